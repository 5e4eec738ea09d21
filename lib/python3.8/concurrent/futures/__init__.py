# SPDX-License-Identifier: MIT
"""Calls that are made elsewhere: in a pool of threads or of processes; a Future stands for the result."""

__author__ = 'taipan'

from concurrent.futures._base import (ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, BrokenExecutor, CancelledError,
                                      Executor, Future, InvalidStateError, TimeoutError, as_completed, wait)

__all__ = ('FIRST_COMPLETED', 'FIRST_EXCEPTION', 'ALL_COMPLETED', 'CancelledError', 'TimeoutError', 'BrokenExecutor',
           'Future', 'Executor', 'wait', 'as_completed', 'ProcessPoolExecutor', 'ThreadPoolExecutor')


def __dir__():
    return __all__ + ('__author__', '__doc__')


def __getattr__(name):
    # The pools are loaded when they are asked for first.
    if name == 'ThreadPoolExecutor':
        from .thread import ThreadPoolExecutor as pool
    elif name == 'ProcessPoolExecutor':
        from .process import ProcessPoolExecutor as pool
    else:
        raise AttributeError(f"module {__name__} has no attribute {name}")
    globals()[name] = pool
    return pool
