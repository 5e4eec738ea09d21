# SPDX-License-Identifier: MIT
"""What Future in Python and any other kind share: states, a test, and the text of repr()."""

__all__ = ()

import reprlib
from _thread import get_ident

from . import format_helpers

_PENDING, _CANCELLED, _FINISHED = 'PENDING', 'CANCELLED', 'FINISHED'


def isfuture(obj):
    """Return whether an object is a future.

    That is: its class has _asyncio_future_blocking, and it is not None.  Mock objects have every attribute, their
    classes do not.
    """
    return (hasattr(obj.__class__, '_asyncio_future_blocking')
            and getattr(obj, '_asyncio_future_blocking') is not None)


def _format_callbacks(cb):
    """The callbacks of a future, the middle ones left out."""
    def show(pair):
        return format_helpers._format_callback_source(pair[0], ())

    if len(cb) > 2:
        text = '{}, <{} more>, {}'.format(show(cb[0]), len(cb) - 2, show(cb[-1]))
    else:
        text = ', '.join(map(show, cb))
    return f'cb=[{text}]'


# (id, thread) of futures whose repr() is being made: their result may refer to them.
_repr_running = set()


def _future_repr_info(future):
    """The list of words for repr()."""
    words = [future._state.lower()]
    if future._state == _FINISHED:
        if future._exception is not None:
            words.append(f'exception={future._exception!r}')
        else:
            key = id(future), get_ident()
            if key in _repr_running:
                result = '...'
            else:
                _repr_running.add(key)
                try:
                    result = reprlib.repr(future._result)
                finally:
                    _repr_running.discard(key)
            words.append(f'result={result}')
    if future._callbacks:
        words.append(_format_callbacks(future._callbacks))
    if future._source_traceback:
        made = future._source_traceback[-1]
        words.append(f'created at {made[0]}:{made[1]}')
    return words
