# SPDX-License-Identifier: MIT
"""Help with the with statement: context managers from generators, ready-made ones, and stacks of them."""

import abc
import sys
import _collections_abc
from collections import deque
from functools import wraps
from types import MethodType

__all__ = ['asynccontextmanager', 'contextmanager', 'closing', 'nullcontext', 'AbstractContextManager',
           'AbstractAsyncContextManager', 'AsyncExitStack', 'ContextDecorator', 'ExitStack', 'redirect_stdout',
           'redirect_stderr', 'suppress']


class AbstractContextManager(abc.ABC):
    """Base class of context managers.  Every class that has __enter__ and __exit__ counts as a subclass."""

    @abc.abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        """Leave the context; a true result swallows the exception."""
        return None

    def __enter__(self):
        """Enter the context; the result goes behind "as"."""
        return self

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not AbstractContextManager:
            return NotImplemented
        return _collections_abc._check_methods(C, '__enter__', '__exit__')


class AbstractAsyncContextManager(abc.ABC):
    """Base class of context managers for async with: classes that have __aenter__ and __aexit__."""

    @abc.abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        """Leave the context; a true result swallows the exception."""
        return None

    async def __aenter__(self):
        """Enter the context; the result goes behind "as"."""
        return self

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not AbstractAsyncContextManager:
            return NotImplemented
        return _collections_abc._check_methods(C, '__aenter__', '__aexit__')


class ContextDecorator(object):
    """Base class for context managers that can also be decorators: the function then runs in the context."""

    def _recreate_cm(self):
        """Return the context manager for one call: for those that can be used only once a new one."""
        return self

    def __call__(self, func):
        @wraps(func)
        def in_context(*args, **kwds):
            with self._recreate_cm():
                return func(*args, **kwds)
        return in_context


# ---- context managers from generators ----

_END = object()     # of a generator


class _GeneratorContextManagerBase:
    """A generator that has been made by func(*args, **kwds), to be run up to its yield and then to its end."""

    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds)
        self.func, self.args, self.kwds = func, args, kwds
        # help() on it is about the function.
        self.__doc__ = getattr(func, '__doc__', None) or type(self).__doc__

    def _forget_call(self):
        """Let go of the arguments, which are only there for _recreate_cm()."""
        del self.func, self.args, self.kwds


def _is_new(raised, thrown, stops):
    """Whether the exception that a generator raised is another than the one that was thrown into it.

    stops: the exceptions that a generator cannot let through, but turns into RuntimeError.
    """
    if isinstance(thrown, stops) and isinstance(raised, RuntimeError) and raised.__cause__ is thrown:
        return False
    return raised is not thrown


class _GeneratorContextManager(_GeneratorContextManagerBase, AbstractContextManager, ContextDecorator):
    """What a function decorated with @contextmanager returns."""

    def _recreate_cm(self):
        return self.__class__(self.func, self.args, self.kwds)

    def __enter__(self):
        self._forget_call()
        value = next(self.gen, _END)
        if value is _END:
            raise RuntimeError("generator didn't yield")
        return value

    def __exit__(self, type, value, traceback):
        if type is None:
            if next(self.gen, _END) is _END:
                return False
            raise RuntimeError("generator didn't stop")
        if value is None:
            value = type()      # throw() would make one that cannot be compared
        try:
            self.gen.throw(type, value, traceback)
        except StopIteration as end:
            # Either it swallowed the exception and is done, or this is the very exception.
            return end is not value
        except BaseException as raised:
            if _is_new(raised, value, StopIteration):
                raise
            return False
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContextManager(_GeneratorContextManagerBase, AbstractAsyncContextManager):
    """What a function decorated with @asynccontextmanager returns."""

    async def _next_value(self):
        try:
            return await self.gen.__anext__()
        except StopAsyncIteration:
            return _END

    async def __aenter__(self):
        value = await self._next_value()
        if value is _END:
            raise RuntimeError("generator didn't yield")
        return value

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            if await self._next_value() is not _END:
                raise RuntimeError("generator didn't stop")
            return
        if value is None:
            value = typ()
        try:
            await self.gen.athrow(typ, value, traceback)
        except StopAsyncIteration as end:
            return end is not value
        except BaseException as raised:
            if _is_new(raised, value, (StopIteration, StopAsyncIteration)):
                raise
            return False
        raise RuntimeError("generator didn't stop after throw()")


def contextmanager(func):
    """Decorator: make a context manager of a generator function that yields once.

        @contextmanager
        def opened(path):
            f = open(path)
            try:
                yield f     # the value behind "as"; here the body runs, and raises its exceptions
            finally:
                f.close()

    The result can be used as a decorator, too.
    """
    @wraps(func)
    def helper(*args, **kwds):
        return _GeneratorContextManager(func, args, kwds)
    return helper


def asynccontextmanager(func):
    """Decorator: make a context manager for async with of an async generator function that yields once."""
    @wraps(func)
    def helper(*args, **kwds):
        return _AsyncGeneratorContextManager(func, args, kwds)
    return helper


# ---- ready-made context managers ----

class closing(AbstractContextManager):
    """Gives thing, and calls its close() at the end."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *exc_info):
        self.thing.close()


class _RedirectStream(AbstractContextManager):
    """Puts new_target in the place of a stream of sys.  _stream: the stream's name."""

    _stream = None

    def __init__(self, new_target):
        self._new_target = new_target
        self._old_targets = []      # of each time it has been entered

    def __enter__(self):
        self._old_targets.append(getattr(sys, self._stream))
        setattr(sys, self._stream, self._new_target)
        return self._new_target

    def __exit__(self, exctype, excinst, exctb):
        setattr(sys, self._stream, self._old_targets.pop())


class redirect_stdout(_RedirectStream):
    """Lets sys.stdout be new_target for a while."""

    _stream = 'stdout'


class redirect_stderr(_RedirectStream):
    """Lets sys.stderr be new_target for a while."""

    _stream = 'stderr'


class suppress(AbstractContextManager):
    """Swallows exceptions of the given types; the body ends where they were raised."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, exctype, excinst, exctb):
        return exctype is not None and issubclass(exctype, self._exceptions)


class nullcontext(AbstractContextManager):
    """Does nothing.  enter_result: the value behind "as"."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *excinfo):
        pass


# ---- stacks ----

def _callback_arguments(name, args, kwds):
    """Take apart the arguments of method name: return (self, callback, remaining arguments)."""
    if len(args) >= 2:
        self, callback, *args = args
        return self, callback, args
    if not args:
        raise TypeError("descriptor '%s' of '_BaseExitStack' object needs an argument" % name)
    if 'callback' not in kwds:
        raise TypeError('%s expected at least 1 positional argument, got %d' % (name, len(args) - 1))
    import warnings
    warnings.warn("Passing 'callback' as keyword argument is deprecated", DeprecationWarning, stacklevel=3)
    return args[0], kwds.pop('callback'), ()


class _Unwinding:
    """The exceptions that come and go while a stack is left.

    details: what goes to the next callback.  The context of an exception that a callback raises ends where this stack
    was left; it has to go on with the exception that was there before.
    """

    def __init__(self, details):
        self.details = details
        self.received = details[0] is not None
        self.suppressed = self.raised = False
        self.outside = sys.exc_info()[1]

    def returned(self, swallow):
        """A callback has returned."""
        if swallow:
            self.suppressed, self.raised = True, False
            self.details = None, None, None

    def failed(self):
        """A callback has raised the exception that is being handled."""
        details = sys.exc_info()
        before, link = self.details[1], details[1]
        while link.__context__ is not before:
            if link.__context__ in (None, self.outside):
                link.__context__ = before
                break
            link = link.__context__
        self.raised, self.details = True, details

    def result(self):
        """Raise what is left to be raised; or return what __exit__() is to return."""
        if self.raised:
            problem = self.details[1]
            context = problem.__context__
            try:
                raise problem
            except BaseException:
                problem.__context__ = context   # raise has set it
                raise
        return self.received and self.suppressed


class _BaseExitStack:
    """What ExitStack and AsyncExitStack share: pairs (is it synchronous, function like __exit__), last in first out."""

    @staticmethod
    def _create_exit_wrapper(cm, cm_exit):
        return MethodType(cm_exit, cm)

    @staticmethod
    def _create_cb_wrapper(callback, /, *args, **kwds):
        def _exit_wrapper(exc_type, exc, tb):
            callback(*args, **kwds)
        return _exit_wrapper

    def __init__(self):
        self._exit_callbacks = deque()

    def pop_all(self):
        """Move everything to a new stack, and return that."""
        taken = type(self)()
        taken._exit_callbacks, self._exit_callbacks = self._exit_callbacks, deque()
        return taken

    def push(self, exit):
        """Add the __exit__ of a context manager, which is not entered, or a function like it.  Return exit.

        It can swallow exceptions, by returning something true.
        """
        method = getattr(type(exit), '__exit__', None)
        if method is None:
            self._push_exit_callback(exit)
        else:
            self._push_cm_exit(exit, method)
        return exit

    def enter_context(self, cm):
        """Enter a context manager, add its __exit__, and return what its __enter__ returned."""
        cls = type(cm)
        leave = cls.__exit__
        entered = cls.__enter__(cm)
        self._push_cm_exit(cm, leave)
        return entered

    def callback(*args, **kwds):
        """Add a function, to be called with the other arguments.  It cannot swallow exceptions.  Return it."""
        self, callback, args = _callback_arguments('callback', args, kwds)
        wrapper = self._create_cb_wrapper(callback, *args, **kwds)
        wrapper.__wrapped__ = callback      # for help() and the like
        self._push_exit_callback(wrapper)
        return callback
    callback.__text_signature__ = '($self, callback, /, *args, **kwds)'

    def _push_cm_exit(self, cm, cm_exit):
        self._push_exit_callback(self._create_exit_wrapper(cm, cm_exit))

    def _push_exit_callback(self, callback, is_sync=True):
        self._exit_callbacks.append((is_sync, callback))


class ExitStack(_BaseExitStack, AbstractContextManager):
    """A context manager that leaves any number of others at its end, the last first, as nested with statements do."""

    def __enter__(self):
        return self

    def __exit__(self, *exc_details):
        state = _Unwinding(exc_details)
        callbacks = self._exit_callbacks
        while callbacks:
            leave = callbacks.pop()[1]
            try:
                state.returned(leave(*state.details))
            except:
                state.failed()
        return state.result()

    def close(self):
        """Leave everything now."""
        self.__exit__(None, None, None)


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """Like ExitStack, for async with: takes context managers and callbacks of both kinds."""

    @staticmethod
    def _create_async_exit_wrapper(cm, cm_exit):
        return MethodType(cm_exit, cm)

    @staticmethod
    def _create_async_cb_wrapper(callback, /, *args, **kwds):
        async def _exit_wrapper(exc_type, exc, tb):
            await callback(*args, **kwds)
        return _exit_wrapper

    async def enter_async_context(self, cm):
        """Enter an asynchronous context manager, add its __aexit__, and return what its __aenter__ returned."""
        cls = type(cm)
        leave = cls.__aexit__
        entered = await cls.__aenter__(cm)
        self._push_async_cm_exit(cm, leave)
        return entered

    def push_async_exit(self, exit):
        """Add the __aexit__ of an asynchronous context manager, or a coroutine function like it.  Return exit."""
        method = getattr(type(exit), '__aexit__', None)
        if method is None:
            self._push_exit_callback(exit, False)
        else:
            self._push_async_cm_exit(exit, method)
        return exit

    def push_async_callback(*args, **kwds):
        """Add a coroutine function, to be called with the other arguments.  Return it."""
        self, callback, args = _callback_arguments('push_async_callback', args, kwds)
        wrapper = self._create_async_cb_wrapper(callback, *args, **kwds)
        wrapper.__wrapped__ = callback
        self._push_exit_callback(wrapper, False)
        return callback
    push_async_callback.__text_signature__ = '($self, callback, /, *args, **kwds)'

    async def aclose(self):
        """Leave everything now."""
        await self.__aexit__(None, None, None)

    def _push_async_cm_exit(self, cm, cm_exit):
        self._push_exit_callback(self._create_async_exit_wrapper(cm, cm_exit), False)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *exc_details):
        state = _Unwinding(exc_details)
        callbacks = self._exit_callbacks
        while callbacks:
            is_sync, leave = callbacks.pop()
            try:
                outcome = leave(*state.details)
                state.returned(outcome if is_sync else await outcome)
            except:
                state.failed()
        return state.result()
