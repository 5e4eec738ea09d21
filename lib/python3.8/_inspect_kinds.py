# SPDX-License-Identifier: MIT
"""What kind of thing is this, and what is an attribute really: the part of inspect that needs nothing else of it."""

import functools
import sys
import types

# The public name.
__name__ = 'inspect'


# Bits of a code object's co_flags, and their names without CO_
_CODE_FLAGS = ((1, 'OPTIMIZED'), (2, 'NEWLOCALS'), (4, 'VARARGS'), (8, 'VARKEYWORDS'), (16, 'NESTED'),
               (32, 'GENERATOR'), (64, 'NOFREE'), (128, 'COROUTINE'), (256, 'ITERABLE_COROUTINE'),
               (512, 'ASYNC_GENERATOR'))
_FLAG = {name: number for number, name in _CODE_FLAGS}

TPFLAGS_IS_ABSTRACT = 1 << 20       # of a class's __flags__


# What is it?

def ismodule(object):
    """Is it a module?"""
    return isinstance(object, types.ModuleType)


def isclass(object):
    """Is it a class?"""
    return isinstance(object, type)


def ismethod(object):
    """Is it a function of a class, bound to an object?"""
    return isinstance(object, types.MethodType)


def isfunction(object):
    """Is it a function written in Python?"""
    return isinstance(object, types.FunctionType)


def isbuiltin(object):
    """Is it a function or bound method written in C?"""
    return isinstance(object, types.BuiltinFunctionType)


def iscode(object):
    """Is it a code object?"""
    return isinstance(object, types.CodeType)


def isframe(object):
    """Is it a frame?"""
    return isinstance(object, types.FrameType)


def istraceback(object):
    """Is it a traceback?"""
    return isinstance(object, types.TracebackType)


def isgenerator(object):
    """Is it the iterator that a generator function returns?"""
    return isinstance(object, types.GeneratorType)


def iscoroutine(object):
    """Is it the coroutine that an async function returns?"""
    return isinstance(object, types.CoroutineType)


def isasyncgen(object):
    """Is it the asynchronous iterator that an async generator function returns?"""
    return isinstance(object, types.AsyncGeneratorType)


def isawaitable(object):
    """Can it be used after await?"""
    if isinstance(object, types.CoroutineType):
        return True
    if isinstance(object, types.GeneratorType):
        return bool(object.gi_code.co_flags & _FLAG['ITERABLE_COROUTINE'])
    from collections.abc import Awaitable
    return isinstance(object, Awaitable)


def _has_code_flag(f, flag):
    """Has the function below methods and partial objects this bit?"""
    while ismethod(f):
        f = f.__func__
    f = functools._unwrap_partial(f)
    return isfunction(f) and bool(f.__code__.co_flags & flag)


def isgeneratorfunction(obj):
    """Is it a function with yield, that is not async?"""
    return _has_code_flag(obj, _FLAG['GENERATOR'])


def iscoroutinefunction(obj):
    """Is it an async function without yield?"""
    return _has_code_flag(obj, _FLAG['COROUTINE'])


def isasyncgenfunction(obj):
    """Is it an async function with yield?"""
    return _has_code_flag(obj, _FLAG['ASYNC_GENERATOR'])


def isgetsetdescriptor(object):
    """Is it an attribute that C functions read and write?"""
    return isinstance(object, types.GetSetDescriptorType)


def ismemberdescriptor(object):
    """Is it an attribute kept in a field of the C struct, or in a slot?"""
    return isinstance(object, types.MemberDescriptorType)


def isdatadescriptor(object):
    """Is it a descriptor that can be assigned to or deleted, as properties are?"""
    if isinstance(object, (type, types.MethodType, types.FunctionType)):
        return False
    kind = type(object)
    return hasattr(kind, '__set__') or hasattr(kind, '__delete__')


def ismethoddescriptor(object):
    """Is it a descriptor that can only be read and is no Python function or method, such as the C methods of types?"""
    if isinstance(object, (type, types.MethodType, types.FunctionType)):
        return False
    kind = type(object)
    return hasattr(kind, '__get__') and not hasattr(kind, '__set__')


def isroutine(object):
    """Is it any kind of function or method?"""
    return isinstance(object, (types.BuiltinFunctionType, types.FunctionType, types.MethodType)) \
        or ismethoddescriptor(object)


def isabstract(object):
    """Is it a class with abstract methods?"""
    if not isinstance(object, type):
        return False
    if object.__flags__ & TPFLAGS_IS_ABSTRACT:
        return True
    if not issubclass(type(object), _abc_meta()) or hasattr(object, '__abstractmethods__'):
        return False        # no ABC, or a finished one without abstract methods
    # __init_subclass__ sees a class before ABCMeta has counted its abstract methods.
    if any(getattr(value, '__isabstractmethod__', False) for value in object.__dict__.values()):
        return True
    return any(getattr(getattr(object, name, None), '__isabstractmethod__', False)
               for base in object.__bases__ for name in getattr(base, '__abstractmethods__', ()))


def _abc_meta():
    import abc
    return abc.ABCMeta


# Attributes without running code

_sentinel = object()


def _static_getmro(klass):
    return type.__dict__['__mro__'].__get__(klass)


def _check_instance(obj, attr):
    """What obj's own __dict__ holds, whatever __getattribute__ says."""
    try:
        own = object.__getattribute__(obj, '__dict__')
    except AttributeError:
        return _sentinel
    return dict.get(own, attr, _sentinel)


def _check_class(klass, attr):
    """What the __dict__ of the class or of one of its bases holds."""
    for entry in _static_getmro(klass):
        if _shadowed_dict(type(entry)) is _sentinel and attr in entry.__dict__:
            return entry.__dict__[attr]
    return _sentinel


def _is_type(obj):
    try:
        _static_getmro(obj)
    except TypeError:
        return False
    return True


def _shadowed_dict(klass):
    """What a class has under the name __dict__, if that is not the usual descriptor."""
    namespace = type.__dict__['__dict__']
    for entry in _static_getmro(klass):
        found = namespace.__get__(entry).get('__dict__', _sentinel)
        if found is _sentinel:
            continue
        usual = (type(found) is types.GetSetDescriptorType and found.__name__ == '__dict__'
                 and found.__objclass__ is entry)
        if not usual:
            return found
    return _sentinel


def getattr_static(obj, attr, default=_sentinel):
    """Return an attribute without calling descriptors, __getattr__ or __getattribute__.

    So a property object may come instead of its value, and attributes that are made up are not found: then the default
    is returned or AttributeError raised.
    """
    on_instance = _sentinel
    is_class = _is_type(obj)
    klass = obj if is_class else type(obj)
    if not is_class:
        shadow = _shadowed_dict(klass)
        if shadow is _sentinel or type(shadow) is types.MemberDescriptorType:
            on_instance = _check_instance(obj, attr)
    on_class = _check_class(klass, attr)
    if on_class is not _sentinel:
        if on_instance is _sentinel:
            return on_class
        kind = type(on_class)
        if _check_class(kind, '__get__') is not _sentinel and _check_class(kind, '__set__') is not _sentinel:
            return on_class             # data descriptors go first
    if on_instance is not _sentinel:
        return on_instance
    if is_class:
        found = _check_class(type(klass), attr)     # the metaclass
        if found is not _sentinel:
            return found
    if default is _sentinel:
        raise AttributeError(attr)
    return default


# Other small things

def unwrap(func, *, stop=None):
    """Follow __wrapped__ to the innermost function, or up to one for which stop(function) is true.

    ValueError if the chain goes in a circle.
    """
    seen = {id(func): func}         # the objects are kept alive, so that no id is used twice
    limit = sys.getrecursionlimit()
    inner = func
    while hasattr(inner, '__wrapped__') and not (stop is not None and stop(inner)):
        inner = inner.__wrapped__
        if id(inner) in seen or len(seen) >= limit:
            raise ValueError('wrapper loop when unwrapping {!r}'.format(func))
        seen[id(inner)] = inner
    return inner


def formatannotation(annotation, base_module=None):
    """Return an annotation as it would be written, for one from base_module without that module's name."""
    if getattr(annotation, '__module__', None) == 'typing':
        return repr(annotation).replace('typing.', '')
    if not isinstance(annotation, type):
        return repr(annotation)
    if annotation.__module__ in ('builtins', base_module):
        return annotation.__qualname__
    return '%s.%s' % (annotation.__module__, annotation.__qualname__)


def formatannotationrelativeto(object):
    """Return a formatannotation function for annotations of an object, which leaves its module's name out."""
    home = getattr(object, '__module__', None)
    return lambda annotation: formatannotation(annotation, home)
