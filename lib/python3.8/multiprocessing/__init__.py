# SPDX-License-Identifier: MIT
"""Processes with the interface of threading: queues, locks, pools, managers.

The functions here are methods of the default context (context.py); get_context() gives one for another start method.
"""

import sys

from . import context

globals().update((name, getattr(context._default_context, name))
                 for name in dir(context._default_context) if not name.startswith('_'))
__all__ = [name for name in dir(context._default_context) if not name.startswith('_')]

SUBDEBUG = 5
SUBWARNING = 25

# The main module of a spawned process has another name; both are the same module.
if '__main__' in sys.modules:
    sys.modules['__mp_main__'] = sys.modules['__main__']
