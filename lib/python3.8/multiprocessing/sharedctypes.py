# SPDX-License-Identifier: MIT
"""ctypes objects in memory that processes share, with or without a lock."""

import ctypes
import weakref

from . import get_context, heap
from .context import assert_spawning, reduction

_ForkingPickler = reduction.ForkingPickler

__all__ = ['RawValue', 'RawArray', 'Value', 'Array', 'copy', 'synchronized']

typecode_to_type = {
    'c': ctypes.c_char, 'u': ctypes.c_wchar, 'b': ctypes.c_byte, 'B': ctypes.c_ubyte, 'h': ctypes.c_short,
    'H': ctypes.c_ushort, 'i': ctypes.c_int, 'I': ctypes.c_uint, 'l': ctypes.c_long, 'L': ctypes.c_ulong,
    'q': ctypes.c_longlong, 'Q': ctypes.c_ulonglong, 'f': ctypes.c_float, 'd': ctypes.c_double,
}


def _new_value(type_):
    return rebuild_ctype(type_, heap.BufferWrapper(ctypes.sizeof(type_)), None)


def _type_of(typecode_or_type):
    return typecode_to_type.get(typecode_or_type, typecode_or_type)


def RawValue(typecode_or_type, *args):
    """Return a shared ctypes object, all zeros at first and then initialised with args."""
    made = _new_value(_type_of(typecode_or_type))
    ctypes.memset(ctypes.addressof(made), 0, ctypes.sizeof(made))
    made.__init__(*args)
    return made


def RawArray(typecode_or_type, size_or_initializer):
    """Return a shared ctypes array: of a size and all zeros, or with the items of a sequence."""
    kind = _type_of(typecode_or_type)
    if isinstance(size_or_initializer, int):
        made = _new_value(kind * size_or_initializer)
        ctypes.memset(ctypes.addressof(made), 0, ctypes.sizeof(made))
        return made
    made = _new_value(kind * len(size_or_initializer))
    made.__init__(*size_or_initializer)
    return made


def _with_lock(made, lock, ctx):
    """What Value() and Array() return for a raw object."""
    if lock is False:
        return made
    if lock in (True, None):
        lock = (ctx or get_context()).RLock()
    if not hasattr(lock, 'acquire'):
        raise AttributeError("%r has no method 'acquire'" % lock)
    return synchronized(made, lock, ctx=ctx)


def Value(typecode_or_type, *args, lock=True, ctx=None):
    """Return a shared ctypes object with a lock: a given one, a new one, or (False) none."""
    return _with_lock(RawValue(typecode_or_type, *args), lock, ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    """Return a shared ctypes array with a lock: a given one, a new one, or (False) none."""
    return _with_lock(RawArray(typecode_or_type, size_or_initializer), lock, ctx)


def copy(obj):
    """Return a shared copy of a ctypes object."""
    made = _new_value(type(obj))
    ctypes.pointer(made)[0] = obj
    return made


def synchronized(obj, lock=None, ctx=None):
    """Return a wrapper of a ctypes object that takes a lock for every access."""
    assert not isinstance(obj, SynchronizedBase), 'object already synchronized'
    ctx = ctx or get_context()
    if isinstance(obj, ctypes._SimpleCData):
        return Synchronized(obj, lock, ctx)
    if isinstance(obj, ctypes.Array):
        return (SynchronizedString if obj._type_ is ctypes.c_char else SynchronizedArray)(obj, lock, ctx)
    kind = type(obj)
    wrapper = class_cache.get(kind)
    if wrapper is None:
        attributes = {name: make_property(name) for name in [field[0] for field in kind._fields_]}
        wrapper = class_cache[kind] = type('Synchronized' + kind.__name__, (SynchronizedBase,), attributes)
    return wrapper(obj, lock, ctx)


def reduce_ctype(obj):
    assert_spawning(obj)
    is_array = isinstance(obj, ctypes.Array)
    kind, length = (obj._type_, obj._length_) if is_array else (type(obj), None)
    return rebuild_ctype, (kind, obj._wrapper, length)


def rebuild_ctype(type_, wrapper, length):
    if length is not None:
        type_ = type_ * length
    _ForkingPickler.register(type_, reduce_ctype)
    made = type_.from_buffer(wrapper.create_memoryview())
    made._wrapper = wrapper
    return made


def make_property(name):
    """Return a property that passes an attribute on, under the lock."""
    if name not in prop_cache:
        def get(self):
            with self._lock:
                return getattr(self._obj, name)

        def set(self, value):
            with self._lock:
                setattr(self._obj, name, value)
        prop_cache[name] = property(get, set)
    return prop_cache[name]


prop_cache = {}
class_cache = weakref.WeakKeyDictionary()


class SynchronizedBase:
    """A ctypes object with a lock."""

    def __init__(self, obj, lock=None, ctx=None):
        self._obj = obj
        self._lock = lock or (ctx or get_context()).RLock()
        self.acquire, self.release = self._lock.acquire, self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def __reduce__(self):
        assert_spawning(self)
        return synchronized, (self._obj, self._lock)

    def get_obj(self):
        """Return the object itself."""
        return self._obj

    def get_lock(self):
        """Return the lock."""
        return self._lock

    def __repr__(self):
        return '<%s wrapper for %s>' % (type(self).__name__, self._obj)


class Synchronized(SynchronizedBase):
    """A simple ctypes object with a lock."""

    value = make_property('value')


class SynchronizedArray(SynchronizedBase):
    """A ctypes array with a lock."""

    def __len__(self):
        return len(self._obj)

    def __getitem__(self, i):
        with self._lock:
            return self._obj[i]

    def __setitem__(self, i, value):
        with self._lock:
            self._obj[i] = value

    def __getslice__(self, start, stop):
        return self[start:stop]

    def __setslice__(self, start, stop, values):
        self[start:stop] = values


class SynchronizedString(SynchronizedArray):
    """A ctypes array of characters with a lock."""

    value = make_property('value')
    raw = make_property('raw')
