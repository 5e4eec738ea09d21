# SPDX-License-Identifier: MIT
"""The interface of threading without threads.

This is threading itself, executed once more on top of `_dummy_thread`: starting a thread runs it to its end.
"""

import sys


def _load():
    """A second copy of threading that takes `_dummy_thread` for `_thread`; sys.modules is left as it was."""
    import _dummy_thread
    hidden = ('_thread', 'threading', '_threading_local')
    before = {name: sys.modules.pop(name) for name in hidden if name in sys.modules}
    sys.modules['_thread'] = _dummy_thread
    try:
        import threading
        if '_threading_local' in sys.modules:
            sys.modules['_dummy__threading_local'] = sys.modules['_threading_local']
    finally:
        for name in hidden:
            sys.modules.pop(name, None)
        sys.modules.update(before)
    return threading


_module = sys.modules['_dummy_threading'] = _load()
__all__ = _module.__all__
globals().update((name, getattr(_module, name)) for name in __all__)
