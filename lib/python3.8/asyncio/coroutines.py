# SPDX-License-Identifier: MIT
"""Coroutines: those of `async def`, and generators that were marked as such."""

__all__ = 'coroutine', 'iscoroutinefunction', 'iscoroutine'

import functools
import inspect
import os
import sys
import traceback
import types
import warnings
from _collections_abc import Awaitable, Coroutine

from . import base_futures, constants, format_helpers
from .log import logger


def _is_debug_mode():
    """Whether debug mode is on from the start: by -X dev, or a variable of the environment."""
    return sys.flags.dev_mode or (not sys.flags.ignore_environment and bool(os.environ.get('PYTHONASYNCIODEBUG')))


_DEBUG = _is_debug_mode()


class CoroWrapper:
    """Stands for a generator in debug mode, to notice if nobody runs it."""

    def __init__(self, gen, func=None):
        assert inspect.isgenerator(gen) or inspect.iscoroutine(gen), gen
        self.gen = gen
        self.func = func        # what made it
        self._source_traceback = format_helpers.extract_stack(sys._getframe(1))
        self.__name__ = getattr(gen, '__name__', None)
        self.__qualname__ = getattr(gen, '__qualname__', None)

    def __repr__(self):
        text = _format_coroutine(self)
        if self._source_traceback:
            made = self._source_traceback[-1]
            text += f', created at {made[0]}:{made[1]}'
        return f'<{self.__class__.__name__} {text}>'

    def __iter__(self):
        return self

    def __next__(self):
        return self.gen.send(None)

    def send(self, value):
        return self.gen.send(value)

    def throw(self, type, value=None, traceback=None):
        return self.gen.throw(type, value, traceback)

    def close(self):
        return self.gen.close()

    def __await__(self):
        return self

    gi_frame = property(lambda self: self.gen.gi_frame)
    gi_running = property(lambda self: self.gen.gi_running)
    gi_code = property(lambda self: self.gen.gi_code)
    gi_yieldfrom = property(lambda self: self.gen.gi_yieldfrom)

    def __del__(self):
        # gen is missing if __init__ failed.
        gen = getattr(self, 'gen', None)
        frame = getattr(gen, 'gi_frame', None)
        if frame is not None and frame.f_lasti == -1:
            text = f'{self!r} was never yielded from'
            made = getattr(self, '_source_traceback', ())
            if made:
                text += (f'\nCoroutine object created at (most recent call last, truncated to '
                         f'{constants.DEBUG_STACK_DEPTH} last lines):\n' + ''.join(traceback.format_list(made)).rstrip())
            logger.error(text)


def coroutine(func):
    """Mark a generator function as a coroutine; deprecated, as there is `async def`.

    In debug mode coroutines that nobody runs are logged.
    """
    warnings.warn('"@coroutine" decorator is deprecated since Python 3.8, use "async def" instead',
                  DeprecationWarning, stacklevel=2)
    if inspect.iscoroutinefunction(func):
        return func
    if inspect.isgeneratorfunction(func):
        generator_function = func
    else:
        @functools.wraps(func)
        def generator_function(*args, **kwargs):
            result = func(*args, **kwargs)
            if base_futures.isfuture(result) or inspect.isgenerator(result) or isinstance(result, CoroWrapper):
                return (yield from result)
            # Any other awaitable; what is none is a result.
            try:
                wait = result.__await__
            except AttributeError:
                return result
            if isinstance(result, Awaitable):
                result = yield from wait()
            return result

    made = types.coroutine(generator_function)
    if not _DEBUG:
        wrapper = made
    else:
        @functools.wraps(func)
        def wrapper(*args, **kwargs):
            wrapped = CoroWrapper(made(*args, **kwargs), func=func)
            if wrapped._source_traceback:
                del wrapped._source_traceback[-1]       # this function
            # A coroutine function may have another name than its generator.
            wrapped.__name__ = getattr(func, '__name__', None)
            wrapped.__qualname__ = getattr(func, '__qualname__', None)
            return wrapped
    wrapper._is_coroutine = _is_coroutine
    return wrapper


_is_coroutine = object()        # the mark


def iscoroutinefunction(func):
    """Return whether a function is a coroutine function."""
    return inspect.iscoroutinefunction(func) or getattr(func, "_is_coroutine", None) is _is_coroutine


_COROUTINE_TYPES = (types.CoroutineType, types.GeneratorType, Coroutine, CoroWrapper)
_iscoroutine_typecache = set()      # classes known to be such; tests of abstract classes are slow


def iscoroutine(obj):
    """Return whether an object is a coroutine."""
    kind = type(obj)
    if kind in _iscoroutine_typecache:
        return True
    if not isinstance(obj, _COROUTINE_TYPES):
        return False
    if len(_iscoroutine_typecache) < 100:
        _iscoroutine_typecache.add(kind)
    return True


def _format_coroutine(coro):
    """A coroutine as text: what, whether running, where."""
    assert iscoroutine(coro)
    wrapped = isinstance(coro, CoroWrapper)

    def name_of(coro):
        # Those of Cython have neither, perhaps.
        if wrapped:
            return format_helpers._format_callback(coro.func, (), {})
        name = getattr(coro, '__qualname__', None) or getattr(coro, '__name__', None)
        return f'{name or f"<{type(coro).__name__} without __name__>"}()'

    def is_running(coro):
        for attribute in 'cr_running', 'gi_running':
            try:
                return getattr(coro, attribute)
            except AttributeError:
                pass
        return False

    code = getattr(coro, 'cr_code', None) or getattr(coro, 'gi_code', None)
    name = name_of(coro)
    if not code:
        return f'{name} running' if is_running(coro) else name
    frame = getattr(coro, 'gi_frame', None) or getattr(coro, 'cr_frame', None)
    path = code.co_filename or '<empty co_filename>'
    if wrapped and coro.func is not None and not inspect.isgeneratorfunction(coro.func):
        source = format_helpers._get_function_source(coro.func)
        if source is not None:
            path, line = source
        else:
            line = code.co_firstlineno
        return f'{name} {"done" if frame is None else "running"}, defined at {path}:{line}'
    if frame is not None:
        return f'{name} running at {path}:{frame.f_lineno}'
    return f'{name} done, defined at {path}:{code.co_firstlineno}'
