# SPDX-License-Identifier: MIT
"""Names for types that the interpreter uses and that are no built-in names, and help with making classes."""

import sys

__all__ = ['FunctionType', 'LambdaType', 'CodeType', 'MappingProxyType', 'SimpleNamespace', 'CellType',
           'GeneratorType', 'CoroutineType', 'AsyncGeneratorType', 'MethodType', 'BuiltinFunctionType',
           'BuiltinMethodType', 'WrapperDescriptorType', 'MethodWrapperType', 'MethodDescriptorType',
           'ClassMethodDescriptorType', 'ModuleType', 'TracebackType', 'FrameType', 'GetSetDescriptorType',
           'MemberDescriptorType', 'new_class', 'resolve_bases', 'prepare_class', 'DynamicClassAttribute', 'coroutine']


def _samples():
    """Make one object of each of the types that only come into being by running code."""
    value = 1

    def function():
        return value

    def generator():
        yield

    async def coroutine():
        pass

    async def async_generator():
        yield

    waiting = coroutine()
    types = (type(function), type(function.__code__), type(function.__closure__[0]), type(generator()), type(waiting),
             type(async_generator()))
    waiting.close()     # or it would be reported as never awaited
    try:
        raise TypeError
    except TypeError:
        trace = sys.exc_info()[2]
    return types + (type(trace), type(trace.tb_frame))


(FunctionType, CodeType, CellType, GeneratorType, CoroutineType, AsyncGeneratorType, TracebackType,
 FrameType) = _samples()
del _samples
LambdaType = FunctionType
MappingProxyType = type(type.__dict__)
SimpleNamespace = type(sys.implementation)
ModuleType = type(sys)
BuiltinFunctionType = BuiltinMethodType = type(len)
WrapperDescriptorType = type(object.__init__)
MethodWrapperType = type(object().__str__)
MethodDescriptorType = type(str.join)
ClassMethodDescriptorType = type(dict.__dict__['fromkeys'])
GetSetDescriptorType = type(FunctionType.__code__)
MemberDescriptorType = type(FunctionType.__globals__)


class _Sample:
    def method(self):
        pass


MethodType = type(_Sample().method)
del _Sample


# --- Making classes -----------------------------------------------------------------------------------------------------


def new_class(name, bases=(), kwds=None, exec_body=None):
    """Make a class as a class statement does.

    kwds: its keyword arguments, metaclass among them.  exec_body: called with the namespace, to fill it.
    """
    resolved = resolve_bases(bases)
    meta, namespace, kwds = prepare_class(name, resolved, kwds)
    if exec_body is not None:
        exec_body(namespace)
    if resolved is not bases:
        namespace['__orig_bases__'] = bases
    return meta(name, resolved, namespace, **kwds)


def resolve_bases(bases):
    """Return the bases with those that are no classes replaced by what their __mro_entries__ gives (PEP 560)."""
    found = []
    changed = False
    for base in bases:
        if isinstance(base, type) or not hasattr(base, '__mro_entries__'):
            found.append(base)
            continue
        entries = base.__mro_entries__(bases)
        if not isinstance(entries, tuple):
            raise TypeError('__mro_entries__ must return a tuple')
        found.extend(entries)
        changed = True
    return tuple(found) if changed else bases


def prepare_class(name, bases=(), kwds=None):
    """Return (metaclass, namespace, other keyword arguments) for a class to be made."""
    kwds = {} if kwds is None else dict(kwds)
    if 'metaclass' in kwds:
        meta = kwds.pop('metaclass')
    else:
        meta = type(bases[0]) if bases else type
    if isinstance(meta, type):
        meta = _calculate_meta(meta, bases)
    prepare = getattr(meta, '__prepare__', None)
    return meta, {} if prepare is None else prepare(name, bases, **kwds), kwds


def _calculate_meta(meta, bases):
    """Return the metaclass that derives from all others, meta and those of the bases."""
    winner = meta
    for base in bases:
        candidate = type(base)
        if issubclass(winner, candidate):
            continue
        if not issubclass(candidate, winner):
            raise TypeError('metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass '
                            'of the metaclasses of all its bases')
        winner = candidate
    return winner


class DynamicClassAttribute:
    """A property for instances only: on the class, the attribute is looked up by its metaclass' __getattr__."""

    def __init__(self, fget=None, fset=None, fdel=None, doc=None):
        self.fget, self.fset, self.fdel = fget, fset, fdel
        self.__doc__ = doc or fget.__doc__
        self.overwrite_doc = doc is None
        self.__isabstractmethod__ = bool(getattr(fget, '__isabstractmethod__', False))

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            if self.__isabstractmethod__:
                return self
            raise AttributeError()
        return self._needed(self.fget, 'unreadable attribute')(instance)

    def __set__(self, instance, value):
        self._needed(self.fset, "can't set attribute")(instance, value)

    def __delete__(self, instance):
        self._needed(self.fdel, "can't delete attribute")(instance)

    @staticmethod
    def _needed(function, message):
        if function is None:
            raise AttributeError(message)
        return function

    def _varied(self, fget, fset, fdel, doc):
        made = type(self)(fget, fset, fdel, doc)
        made.overwrite_doc = self.overwrite_doc
        return made

    def getter(self, fget):
        """Return a copy with another function to get the value."""
        own = fget.__doc__ if self.overwrite_doc else None
        return self._varied(fget, self.fset, self.fdel, own or self.__doc__)

    def setter(self, fset):
        """Return a copy with another function to set the value."""
        return self._varied(self.fget, fset, self.fdel, self.__doc__)

    def deleter(self, fdel):
        """Return a copy with another function to delete the value."""
        return self._varied(self.fget, self.fset, fdel, self.__doc__)


# --- Coroutines of generators --------------------------------------------------------------------------------------------


class _GeneratorWrapper:
    """A generator-like object (Cython's, say) with the attributes of generators and coroutines."""

    def __init__(self, gen):
        self.__wrapped = gen
        self.__isgen = gen.__class__ is GeneratorType
        self.__name__ = getattr(gen, '__name__', None)
        self.__qualname__ = getattr(gen, '__qualname__', None)

    def send(self, value):
        return self.__wrapped.send(value)

    def throw(self, kind, *rest):
        return self.__wrapped.throw(kind, *rest)

    def close(self):
        return self.__wrapped.close()

    def __next__(self):
        return next(self.__wrapped)

    def __iter__(self):
        return self.__wrapped if self.__isgen else self

    __await__ = __iter__

    gi_code = cr_code = property(lambda self: self.__wrapped.gi_code)
    gi_frame = cr_frame = property(lambda self: self.__wrapped.gi_frame)
    gi_running = cr_running = property(lambda self: self.__wrapped.gi_running)
    gi_yieldfrom = cr_await = property(lambda self: self.__wrapped.gi_yieldfrom)


def coroutine(func):
    """Turn a generator function, or one that returns generator-like objects, into one whose results can be awaited."""
    if not callable(func):
        raise TypeError('types.coroutine() expects a callable')

    if func.__class__ is FunctionType and getattr(func, '__code__', None).__class__ is CodeType:
        flags = func.__code__.co_flags
        # A coroutine function, or one marked already.
        if flags & 0x180:
            return func
        if flags & 0x20:
            func.__code__ = func.__code__.replace(co_flags=flags | 0x100)
            return func

    import functools
    import _collections_abc

    @functools.wraps(func)
    def wrapped(*args, **kwargs):
        result = func(*args, **kwargs)
        if result.__class__ is CoroutineType or \
                (result.__class__ is GeneratorType and result.gi_code.co_flags & 0x100):
            return result
        if isinstance(result, _collections_abc.Generator) and not isinstance(result, _collections_abc.Coroutine):
            return _GeneratorWrapper(result)
        return result

    return wrapped
