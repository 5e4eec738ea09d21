# SPDX-License-Identifier: MIT
"""Weak references: to objects, methods, and in mappings and sets; finalizers."""

import _collections_abc
import itertools
import sys
from _weakref import (CallableProxyType, ProxyType, ReferenceType, _remove_dead_weakref, getweakrefcount,
                      getweakrefs, proxy, ref)
from _weakrefset import WeakSet, _IterationGuard

ProxyTypes = (ProxyType, CallableProxyType)

__all__ = ['ref', 'proxy', 'getweakrefcount', 'getweakrefs', 'WeakKeyDictionary', 'ReferenceType', 'ProxyType',
           'CallableProxyType', 'ProxyTypes', 'WeakValueDictionary', 'WeakSet', 'WeakMethod', 'finalize']


class WeakMethod(ref):
    """A weak reference to a bound method: dead when its object or its function is."""

    __slots__ = '_func_ref', '_meth_type', '_alive', '__weakref__'

    def __new__(cls, meth, callback=None):
        try:
            instance, function = meth.__self__, meth.__func__
        except AttributeError:
            raise TypeError('argument should be a bound method, not {}'.format(type(meth))) from None

        def died(_):
            # Whichever of the two goes first; told once.
            self = own()
            if self is not None and self._alive:
                self._alive = False
                if callback is not None:
                    callback(self)

        self = ref.__new__(cls, instance, died)
        self._func_ref = ref(function, died)
        self._meth_type = type(meth)
        self._alive = True
        own = ref(self)
        return self

    def __call__(self):
        instance, function = super().__call__(), self._func_ref()
        return None if instance is None or function is None else self._meth_type(function, instance)

    def __eq__(self, other):
        if not isinstance(other, WeakMethod):
            return False
        if not self._alive or not other._alive:
            return self is other
        return ref.__eq__(self, other) and self._func_ref == other._func_ref

    def __ne__(self, other):
        return not self == other

    __hash__ = ref.__hash__


class KeyedRef(ref):
    """A weak reference that knows the key it is stored under."""

    __slots__ = ('key',)

    def __new__(type, ob, callback, key):
        self = ref.__new__(type, ob, callback)
        self.key = key
        return self

    def __init__(self, ob, callback, key):
        super().__init__(ob, callback)


class _WeakDictionary(_collections_abc.MutableMapping):
    """What both dictionaries share: removals wait while somebody iterates."""

    def _start(self):
        self._pending_removals = []
        self._iterating = set()
        self.data = {}

    def _settle(self):
        if self._pending_removals and not self._iterating:
            self._commit_removals()

    def __repr__(self):
        return '<%s at %#x>' % (self.__class__.__name__, id(self))

    def items(self):
        self._settle()
        with _IterationGuard(self):
            yield from self._pairs()

    def keys(self):
        for key, _ in self.items():
            yield key

    __iter__ = keys

    def values(self):
        for _, value in self.items():
            yield value

    def copy(self):
        result = self.__class__()
        for key, value in self.items():
            result[key] = value
        return result

    __copy__ = copy


class WeakValueDictionary(_WeakDictionary):
    """A mapping whose entries go when nobody else holds their values."""

    def __init__(self, other=(), /, **kw):
        def remove(wr, selfref=ref(self), _atomic_removal=_remove_dead_weakref):
            self = selfref()
            if self is None:
                return
            if self._iterating:
                self._pending_removals.append(wr.key)
            else:
                _atomic_removal(self.data, wr.key)

        self._remove = remove
        self._start()
        self.update(other, **kw)

    def _commit_removals(self):
        while self._pending_removals:
            _remove_dead_weakref(self.data, self._pending_removals.pop())

    def _pairs(self):
        for key, reference in self.data.items():
            value = reference()
            if value is not None:
                yield key, value

    def __getitem__(self, key):
        self._settle()
        value = self.data[key]()
        if value is None:
            raise KeyError(key)
        return value

    def __setitem__(self, key, value):
        self._settle()
        self.data[key] = KeyedRef(value, self._remove, key)

    def __delitem__(self, key):
        self._settle()
        if self.data[key]() is None:
            raise KeyError(key)     # its removal is pending
        del self.data[key]

    def __len__(self):
        self._settle()
        dead = [key for key in set(self._pending_removals) if key in self.data and self.data[key]() is None]
        return len(self.data) - len(dead)

    def __contains__(self, key):
        self._settle()
        reference = self.data.get(key)
        return reference is not None and reference() is not None

    def __deepcopy__(self, memo):
        from copy import deepcopy
        result = self.__class__()
        for key, value in self.items():
            result[deepcopy(key, memo)] = value
        return result

    def get(self, key, default=None):
        self._settle()
        reference = self.data.get(key)
        value = None if reference is None else reference()
        return default if value is None else value

    def itervaluerefs(self):
        """Yield the weak references to the values."""
        self._settle()
        with _IterationGuard(self):
            yield from self.data.values()

    def valuerefs(self):
        """Return the weak references to the values as a list."""
        self._settle()
        return list(self.data.values())

    def popitem(self):
        self._settle()
        while True:
            key, reference = self.data.popitem()
            value = reference()
            if value is not None:
                return key, value

    def pop(self, key, *args):
        self._settle()
        reference = self.data.pop(key, None)
        value = None if reference is None else reference()
        if value is not None:
            return value
        if args:
            return args[0]
        raise KeyError(key)

    def setdefault(self, key, default=None):
        value = self.get(key)
        if value is None:
            self[key] = value = default
        return value

    def update(self, other=None, /, **kwargs):
        self._settle()
        if other is not None:
            for key, value in dict(other).items():
                self.data[key] = KeyedRef(value, self._remove, key)
        for key, value in kwargs.items():
            self.data[key] = KeyedRef(value, self._remove, key)


class WeakKeyDictionary(_WeakDictionary):
    """A mapping whose entries go when nobody else holds their keys."""

    def __init__(self, dict=None):
        def remove(reference, selfref=ref(self)):
            self = selfref()
            if self is None:
                return
            if self._iterating:
                self._pending_removals.append(reference)
            else:
                self.data.pop(reference, None)

        self._remove = remove
        self._start()
        if dict is not None:
            self.update(dict)

    def _commit_removals(self):
        while self._pending_removals:
            self.data.pop(self._pending_removals.pop(), None)

    def _pairs(self):
        for reference, value in self.data.items():
            key = reference()
            if key is not None:
                yield key, value

    def __getitem__(self, key):
        return self.data[ref(key)]

    def __setitem__(self, key, value):
        self.data[ref(key, self._remove)] = value

    def __delitem__(self, key):
        del self.data[ref(key)]

    def __len__(self):
        # Keys that died while somebody iterates may have been removed by hand since.
        return len(self.data) - sum(1 for reference in set(self._pending_removals) if reference in self.data)

    def __contains__(self, key):
        try:
            reference = ref(key)
        except TypeError:
            return False
        return reference in self.data

    def __deepcopy__(self, memo):
        from copy import deepcopy
        result = self.__class__()
        for key, value in self.items():
            result[key] = deepcopy(value, memo)
        return result

    def get(self, key, default=None):
        return self.data.get(ref(key), default)

    def keyrefs(self):
        """Return the weak references to the keys as a list."""
        return list(self.data)

    def popitem(self):
        while True:
            reference, value = self.data.popitem()
            key = reference()
            if key is not None:
                return key, value

    def pop(self, key, *args):
        return self.data.pop(ref(key), *args)

    def setdefault(self, key, default=None):
        return self.data.setdefault(ref(key, self._remove), default)

    def update(self, dict=None, /, **kwargs):
        if dict is not None:
            for key, value in (dict.items() if hasattr(dict, 'items') else {}.__class__(dict).items()):
                self.data[ref(key, self._remove)] = value
        if kwargs:
            self.update(kwargs)


class finalize:
    """A function to call when an object dies, or at exit if it lives on.

    finalize(obj, func, *args, **kwargs): neither func nor its arguments may hold obj.  Calling the finalizer calls the
    function once and returns its result.
    """

    __slots__ = ()
    _registry = {}
    _shutdown = False
    _index_iter = itertools.count()
    _dirty = False
    _registered_with_atexit = False

    class _Info:
        __slots__ = ('weakref', 'func', 'args', 'kwargs', 'atexit', 'index')

    def __init__(*args, **kwargs):
        if not args:
            raise TypeError("descriptor '__init__' of 'finalize' object needs an argument")
        self, *args = args
        for position, name in enumerate(('obj', 'func')):
            if len(args) == position and name in kwargs:
                import warnings
                warnings.warn("Passing '%s' as keyword argument is deprecated" % name, DeprecationWarning, stacklevel=2)
                args.append(kwargs.pop(name))
        if len(args) < 2:
            raise TypeError('finalize expected at least 2 positional arguments, got %d' % len(args))
        obj, func, *args = args
        args = tuple(args)
        if not self._registered_with_atexit:
            import atexit
            atexit.register(self._exitfunc)
            finalize._registered_with_atexit = True
        info = self._Info()
        info.func, info.args, info.kwargs = func, args, kwargs or None
        info.index, info.atexit = next(self._index_iter), True
        info.weakref = ref(obj, self)
        self._registry[self] = info
        finalize._dirty = True
    __init__.__text_signature__ = '($self, obj, func, /, *args, **kwargs)'

    def __call__(self, _=None):
        """Call the function if that has not been done, and return its result."""
        info = self._registry.pop(self, None)
        if info and not self._shutdown:
            return info.func(*info.args, **(info.kwargs or {}))

    def detach(self):
        """If alive, mark as dead and return (obj, func, args, kwargs); else None."""
        info = self._registry.get(self)
        obj = info and info.weakref()
        if obj is not None and self._registry.pop(self, None):
            return obj, info.func, info.args, info.kwargs or {}

    def peek(self):
        """If alive, return (obj, func, args, kwargs); else None."""
        info = self._registry.get(self)
        obj = info and info.weakref()
        if obj is not None:
            return obj, info.func, info.args, info.kwargs or {}

    @property
    def alive(self):
        """Whether the function has still to be called."""
        return self in self._registry

    @property
    def atexit(self):
        """Whether the function is called at exit if the object lives until then."""
        return self in self._registry and self._registry[self].atexit

    @atexit.setter
    def atexit(self, value):
        info = self._registry.get(self)
        if info:
            info.atexit = bool(value)

    def __repr__(self):
        held = self.peek()
        state = 'dead' if held is None else 'for %r at %#x' % (type(held[0]).__name__, id(held[0]))
        return '<%s object at %#x; %s>' % (type(self).__name__, id(self), state)

    @classmethod
    def _select_for_exit(cls):
        """The finalizers to call at exit, oldest first."""
        chosen = [(info.index, finalizer) for finalizer, info in cls._registry.items() if info.atexit]
        return [finalizer for _, finalizer in sorted(chosen, key=lambda pair: pair[0])]

    @classmethod
    def _exitfunc(cls):
        # Newest first; with collection off, so that no other finalizer comes between.
        turn_on = False
        try:
            if cls._registry:
                import gc
                if gc.isenabled():
                    turn_on = True
                    gc.disable()
                waiting = []
                finalize._dirty = True
                # A finalizer may make new ones, which then come first.
                while finalize._dirty or waiting:
                    if finalize._dirty:
                        finalize._dirty = False
                        waiting = cls._select_for_exit()
                        continue
                    finalizer = waiting.pop()
                    try:
                        finalizer()
                    except Exception:
                        sys.excepthook(*sys.exc_info())
                    assert finalizer not in cls._registry
        finally:
            # From here on finalizers do nothing.
            finalize._shutdown = True
            if turn_on:
                gc.enable()
