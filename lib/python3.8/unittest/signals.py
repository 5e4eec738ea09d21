# SPDX-License-Identifier: MIT
"""Ctrl-C in a test run: the first one lets the running test end and stops, the second one interrupts."""

import signal
import weakref
from functools import wraps

__unittest = True

_results = weakref.WeakKeyDictionary()      # the results that are told to stop
_interrupt_handler = None


class _InterruptHandler:
    """A handler of SIGINT that stops all registered results, and calls the one before it the second time."""

    def __init__(self, default_handler):
        self.called = False
        self.original_handler = default_handler
        if callable(default_handler):
            self.default_handler = default_handler
        elif default_handler == signal.SIG_DFL:
            self.default_handler = signal.default_int_handler
        elif default_handler == signal.SIG_IGN:
            self.default_handler = lambda signum, frame: None
        else:
            raise TypeError('expected SIGINT signal handler to be signal.SIG_IGN, signal.SIG_DFL, '
                            'or a callable object')

    def __call__(self, signum, frame):
        # Somebody who keeps this object behind a handler of his own wants the old behaviour.
        if self.called or signal.getsignal(signal.SIGINT) is not self:
            self.default_handler(signum, frame)
        self.called = True
        for result in list(_results):
            result.stop()


def registerResult(result):
    """Have result.stop() called at Ctrl-C, as long as the result lives."""
    _results[result] = 1


def removeResult(result):
    """Undo registerResult().  Return whether the result was registered."""
    return bool(_results.pop(result, None))


def installHandler():
    """Catch Ctrl-C from now on."""
    global _interrupt_handler
    if _interrupt_handler is None:
        _interrupt_handler = _InterruptHandler(signal.getsignal(signal.SIGINT))
        signal.signal(signal.SIGINT, _interrupt_handler)


def removeHandler(method=None):
    """Put the handler back that was there before; as a decorator, only while the function runs."""
    if method is None:
        if _interrupt_handler is not None:
            signal.signal(signal.SIGINT, _interrupt_handler.original_handler)
        return None

    @wraps(method)
    def without_handler(*args, **kwargs):
        before = signal.getsignal(signal.SIGINT)
        removeHandler()
        try:
            return method(*args, **kwargs)
        finally:
            signal.signal(signal.SIGINT, before)

    return without_handler
