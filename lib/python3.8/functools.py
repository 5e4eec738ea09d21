# SPDX-License-Identifier: MIT
"""Functions that make functions from functions: caches, partial application, generic functions, wrappers.

reduce, partial, cmp_to_key and the cache behind lru_cache come from the native module _functools; what stands for them
here serves only where that is missing.
"""

__all__ = ['update_wrapper', 'wraps', 'WRAPPER_ASSIGNMENTS', 'WRAPPER_UPDATES', 'total_ordering', 'cmp_to_key',
           'lru_cache', 'reduce', 'partial', 'partialmethod', 'singledispatch', 'singledispatchmethod',
           'cached_property']

from abc import get_cache_token
from collections import namedtuple
from reprlib import recursive_repr
from _thread import RLock

# ---- wrappers ----

WRAPPER_ASSIGNMENTS = ('__module__', '__name__', '__qualname__', '__doc__', '__annotations__')
WRAPPER_UPDATES = ('__dict__',)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Make wrapper look like wrapped, and return it.

    assigned: names of attributes to copy; those that wrapped lacks are left alone.
    updated: names of attributes that are mappings, to be updated from wrapped's.
    wrapper.__wrapped__ becomes wrapped.
    """
    for name in assigned:
        try:
            setattr(wrapper, name, getattr(wrapped, name))
        except AttributeError:
            if hasattr(wrapped, name):
                raise
    for name in updated:
        getattr(wrapper, name).update(getattr(wrapped, name, {}))
    wrapper.__wrapped__ = wrapped   # last, as __dict__ may bring one along
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    """Return a decorator that calls update_wrapper() with these arguments on the function it decorates."""
    return partial(update_wrapper, wrapped=wrapped, assigned=assigned, updated=updated)


# ---- ordering ----
#
# _X_from_Y computes X from a class's method __Y__.  They are found by these names when they are pickled.

def _gt_from_lt(self, other, NotImplemented=NotImplemented):
    """Return a > b.  Computed by @total_ordering from not a < b and a != b."""
    less = self.__lt__(other)
    return less if less is NotImplemented else not less and self != other


def _le_from_lt(self, other, NotImplemented=NotImplemented):
    """Return a <= b.  Computed by @total_ordering from a < b or a == b."""
    less = self.__lt__(other)
    return less if less is NotImplemented else less or self == other


def _ge_from_lt(self, other, NotImplemented=NotImplemented):
    """Return a >= b.  Computed by @total_ordering from not a < b."""
    less = self.__lt__(other)
    return less if less is NotImplemented else not less


def _ge_from_le(self, other, NotImplemented=NotImplemented):
    """Return a >= b.  Computed by @total_ordering from not a <= b or a == b."""
    at_most = self.__le__(other)
    return at_most if at_most is NotImplemented else not at_most or self == other


def _lt_from_le(self, other, NotImplemented=NotImplemented):
    """Return a < b.  Computed by @total_ordering from a <= b and a != b."""
    at_most = self.__le__(other)
    return at_most if at_most is NotImplemented else at_most and self != other


def _gt_from_le(self, other, NotImplemented=NotImplemented):
    """Return a > b.  Computed by @total_ordering from not a <= b."""
    at_most = self.__le__(other)
    return at_most if at_most is NotImplemented else not at_most


def _lt_from_gt(self, other, NotImplemented=NotImplemented):
    """Return a < b.  Computed by @total_ordering from not a > b and a != b."""
    more = self.__gt__(other)
    return more if more is NotImplemented else not more and self != other


def _ge_from_gt(self, other, NotImplemented=NotImplemented):
    """Return a >= b.  Computed by @total_ordering from a > b or a == b."""
    more = self.__gt__(other)
    return more if more is NotImplemented else more or self == other


def _le_from_gt(self, other, NotImplemented=NotImplemented):
    """Return a <= b.  Computed by @total_ordering from not a > b."""
    more = self.__gt__(other)
    return more if more is NotImplemented else not more


def _le_from_ge(self, other, NotImplemented=NotImplemented):
    """Return a <= b.  Computed by @total_ordering from not a >= b or a == b."""
    at_least = self.__ge__(other)
    return at_least if at_least is NotImplemented else not at_least or self == other


def _gt_from_ge(self, other, NotImplemented=NotImplemented):
    """Return a > b.  Computed by @total_ordering from a >= b and a != b."""
    at_least = self.__ge__(other)
    return at_least if at_least is NotImplemented else at_least and self != other


def _lt_from_ge(self, other, NotImplemented=NotImplemented):
    """Return a < b.  Computed by @total_ordering from not a >= b."""
    at_least = self.__ge__(other)
    return at_least if at_least is NotImplemented else not at_least


# What follows from which method, preferred methods first.
_convert = {
    '__lt__': [('__gt__', _gt_from_lt), ('__le__', _le_from_lt), ('__ge__', _ge_from_lt)],
    '__le__': [('__ge__', _ge_from_le), ('__lt__', _lt_from_le), ('__gt__', _gt_from_le)],
    '__gt__': [('__lt__', _lt_from_gt), ('__ge__', _ge_from_gt), ('__le__', _le_from_gt)],
    '__ge__': [('__le__', _le_from_ge), ('__gt__', _gt_from_ge), ('__lt__', _lt_from_ge)],
}


def total_ordering(cls):
    """Class decorator: complete the comparison methods from at least one of __lt__, __le__, __gt__, __ge__.

    ValueError if the class has none of them.
    """
    own = [name for name in _convert if getattr(cls, name, None) is not getattr(object, name, None)]
    if not own:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    # '__lt__' > '__le__' > '__gt__' > '__ge__', as characters go
    for name, function in _convert[max(own)]:
        if name not in own:
            function.__name__ = name
            setattr(cls, name, function)
    return cls


def cmp_to_key(mycmp):
    """Turn an old comparison function (negative, zero or positive) into a key function for sorting."""
    class K(object):
        __slots__ = ['obj']
        __hash__ = None

        def __init__(self, obj):
            self.obj = obj

        def __eq__(self, other):
            return not mycmp(self.obj, other.obj)

        def __lt__(self, other):
            return 0 > mycmp(self.obj, other.obj)

        def __gt__(self, other):
            return 0 < mycmp(self.obj, other.obj)

        def __le__(self, other):
            return 0 >= mycmp(self.obj, other.obj)

        def __ge__(self, other):
            return 0 <= mycmp(self.obj, other.obj)

    return K


# ---- reduce ----

_initial_missing = object()


def reduce(function, sequence, initial=_initial_missing):
    """Combine the items of sequence from left to right with function(so_far, item).

    initial: stands before the items, and is the result for none.  TypeError if there is neither item nor initial.
    """
    items = iter(sequence)
    so_far = next(items, _initial_missing) if initial is _initial_missing else initial
    if so_far is _initial_missing:
        raise TypeError('reduce() of empty sequence with no initial value')
    for item in items:
        so_far = function(so_far, item)
    return so_far


# ---- partial application ----

def _arguments_text(args, keywords):
    """Show arguments as in a call, each preceded by a comma and a space."""
    return ''.join([', %r' % (value,) for value in args] + [', %s=%r' % pair for pair in keywords.items()])


class partial:
    """A callable that calls func with args and keywords in front of what it is called with."""

    __slots__ = 'func', 'args', 'keywords', '__dict__', '__weakref__'

    def __new__(cls, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError('the first argument must be callable')
        if hasattr(func, 'func'):   # a partial of a partial becomes one
            func, args, keywords = func.func, func.args + args, {**func.keywords, **keywords}
        made = super().__new__(cls)
        made.func, made.args, made.keywords = func, args, keywords
        return made

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    @recursive_repr()
    def __repr__(self):
        cls = type(self)
        name = cls.__qualname__
        if cls.__module__ == 'functools':
            name = 'functools.' + name
        return '%s(%r%s)' % (name, self.func, _arguments_text(self.args, self.keywords))

    def __reduce__(self):
        return type(self), (self.func,), (self.func, self.args, self.keywords or None, self.__dict__ or None)

    def __setstate__(self, state):
        if not isinstance(state, tuple):
            raise TypeError('argument to __setstate__ must be a tuple')
        if len(state) != 4:
            raise TypeError('expected 4 items in state, got %d' % len(state))
        func, args, keywords, attributes = state
        if not (callable(func) and isinstance(args, tuple) and (keywords is None or isinstance(keywords, dict))
                and (attributes is None or isinstance(attributes, dict))):
            raise TypeError('invalid partial state')
        self.func, self.args = func, tuple(args)
        self.keywords = keywords if type(keywords) is dict else dict(keywords or ())
        self.__dict__ = {} if attributes is None else attributes


try:
    from _functools import cmp_to_key, partial, reduce
except ImportError:
    pass


class partialmethod(object):
    """partial() for methods: use it as a class attribute.

    func may be a callable or a descriptor (classmethod, staticmethod, property, another partialmethod).
    """

    def __init__(*args, **keywords):
        if len(args) >= 2:
            self, func, *args = args
        elif not args:
            raise TypeError("descriptor '__init__' of partialmethod needs an argument")
        elif 'func' in keywords:
            self, = args
            args, func = (), keywords.pop('func')
            import warnings
            warnings.warn("Passing 'func' as keyword argument is deprecated", DeprecationWarning, stacklevel=2)
        else:
            raise TypeError("type 'partialmethod' takes at least one argument, got %d" % (len(args) - 1))
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError('{!r} is not callable or a descriptor'.format(func))
        if isinstance(func, partialmethod):
            args, keywords, func = func.args + tuple(args), {**func.keywords, **keywords}, func.func
        self.func = func
        self.args = tuple(args)
        self.keywords = keywords
    __init__.__text_signature__ = '($self, func, /, *args, **keywords)'

    def __repr__(self):
        cls = type(self)
        given = [', '.join(map(repr, self.args)), ', '.join('%s=%r' % pair for pair in self.keywords.items())]
        return '%s.%s(%s, %s, %s)' % (cls.__module__, cls.__qualname__, self.func, *given)

    def _make_unbound_method(self):
        def _method(cls_or_self, /, *args, **keywords):
            return self.func(cls_or_self, *self.args, *args, **{**self.keywords, **keywords})
        _method.__isabstractmethod__ = self.__isabstractmethod__
        _method._partialmethod = self
        return _method

    def __get__(self, obj, cls=None):
        binder = getattr(self.func, '__get__', None)
        if binder is not None:
            bound = binder(obj, cls)
            if bound is not self.func:      # something special: bind first, apply afterwards
                bound = partial(bound, *self.args, **self.keywords)
                try:
                    bound.__self__ = bound.func.__self__
                except AttributeError:
                    pass
                return bound
        return self._make_unbound_method().__get__(obj, cls)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)


def _unwrap_partial(func):
    """Return the function below any partials."""
    while isinstance(func, partial):
        func = func.func
    return func


# ---- caches ----

_CacheInfo = namedtuple('CacheInfo', ['hits', 'misses', 'maxsize', 'currsize'])


class _HashedSeq(list):
    """A key made of several parts, which computes its hash only once."""

    __slots__ = 'hashvalue'

    def __init__(self, tup, hash=hash):
        self[:] = tup
        self.hashvalue = hash(tup)

    def __hash__(self):
        return self.hashvalue


def _make_key(args, kwds, typed, kwd_mark=(object(),), fasttypes={int, str}, tuple=tuple, type=type, len=len):
    """Make the key of a call.  The order of keyword arguments counts; with typed so do the types."""
    key = args
    if kwds:
        key += kwd_mark
        for pair in kwds.items():
            key += pair
    if typed:
        key += tuple([type(value) for value in args]) + tuple([type(value) for value in kwds.values()])
    elif len(key) == 1 and type(key[0]) in fasttypes:
        return key[0]
    return _HashedSeq(key)


def lru_cache(maxsize=128, typed=False):
    """Decorator: keep the results of the last maxsize calls with different arguments.

    maxsize: None for no limit, 0 for no cache.  typed: whether 3 and 3.0 are different arguments.
    Arguments must be hashable.  The function gets cache_info() and cache_clear(), and __wrapped__.
    The decorator can also be used without parentheses.
    """
    if callable(maxsize) and isinstance(typed, bool):
        return update_wrapper(_lru_cache_wrapper(maxsize, 128, typed, _CacheInfo), maxsize)
    if isinstance(maxsize, int):
        maxsize = max(0, maxsize)
    elif maxsize is not None:
        raise TypeError('Expected first argument to be an integer, a callable, or None')

    def decorating_function(user_function):
        return update_wrapper(_lru_cache_wrapper(user_function, maxsize, typed, _CacheInfo), user_function)

    return decorating_function


def _lru_cache_wrapper(user_function, maxsize, typed, _CacheInfo):
    """The cache of lru_cache(): a mapping with the key that was used last at its end.

    The lock is held while the mapping changes, never while user_function runs.
    """
    from collections import OrderedDict
    cache = OrderedDict()
    size, look_up, touch, oldest = cache.__len__, cache.get, cache.move_to_end, cache.popitem
    absent, lock, make_key = object(), RLock(), _make_key
    hits = misses = 0

    def wrapper(*args, **kwds):
        nonlocal hits, misses
        if maxsize == 0:
            misses += 1
            return user_function(*args, **kwds)
        key = make_key(args, kwds, typed)
        with lock:
            result = look_up(key, absent)
            if result is not absent:
                hits += 1
                touch(key)
                return result
            misses += 1
        result = user_function(*args, **kwds)
        with lock:
            # The call may have stored the same key meanwhile: then nothing has to make room.
            if maxsize is not None and size() >= maxsize and key not in cache:
                oldest(False)
            cache[key] = result
        return result

    def cache_info():
        """Report how the cache does."""
        with lock:
            return _CacheInfo(hits, misses, maxsize, size())

    def cache_clear():
        """Forget the results and the counts."""
        nonlocal hits, misses
        with lock:
            cache.clear()
            hits = misses = 0

    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    return wrapper


try:
    from _functools import _lru_cache_wrapper
except ImportError:
    pass


_NOT_FOUND = object()


class cached_property:
    """A property whose getter runs once for each instance; the value then is in the instance's __dict__."""

    def __init__(self, func):
        self.func = func
        self.attrname = None
        self.__doc__ = func.__doc__
        self.lock = RLock()

    def __set_name__(self, owner, name):
        if self.attrname not in (None, name):
            raise TypeError('Cannot assign the same cached_property to two different names '
                            f'({self.attrname!r} and {name!r}).')
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        name = self.attrname
        if name is None:
            raise TypeError('Cannot use cached_property instance without calling __set_name__ on it.')
        owner_name = type(instance).__name__
        try:
            store = instance.__dict__
        except AttributeError:      # slots, or so
            raise TypeError(f"No '__dict__' attribute on {owner_name!r} instance to cache {name!r} property.") from None
        value = store.get(name, _NOT_FOUND)
        if value is _NOT_FOUND:
            with self.lock:
                value = store.get(name, _NOT_FOUND)     # another thread may have been faster
                if value is _NOT_FOUND:
                    value = self.func(instance)
                    try:
                        store[name] = value
                    except TypeError:
                        raise TypeError(f"The '__dict__' attribute on {owner_name!r} instance does not support item "
                                        f"assignment for caching {name!r} property.") from None
        return value


# ---- generic functions ----

def _c3_merge(sequences):
    """Merge lists of classes by the C3 rule: the next class is the first head that stands in no tail.

    RuntimeError if there is none.  The lists are not changed.
    """
    waiting = [list(classes) for classes in sequences if classes]
    merged = []
    while waiting:
        for candidate in [classes[0] for classes in waiting]:
            if not any(candidate in classes[1:] for classes in waiting):
                break
        else:
            raise RuntimeError('Inconsistent hierarchy')
        merged.append(candidate)
        for classes in waiting:
            if classes[0] == candidate:
                del classes[0]
        waiting = [classes for classes in waiting if classes]
    return merged


def _c3_mro(cls, abcs=None):
    """Compute cls's method resolution order with the classes abcs, of which it is a virtual subclass, put in.

    They go behind the last of cls's bases that is an abstract class itself, and only there where cls is, but no base
    of it is, a subclass of them.
    """
    bases = cls.__bases__
    split = len(bases)
    while split and not hasattr(bases[split - 1], '__abstractmethods__'):
        split -= 1
    abcs = list(abcs or ())
    here = [abc for abc in abcs if issubclass(cls, abc) and not any(issubclass(base, abc) for base in bases)]
    further = [abc for abc in abcs if abc not in here]
    groups = [list(bases[:split]), here, list(bases[split:])]
    orders = [_c3_mro(base, further) for group in groups for base in group]
    return _c3_merge([[cls]] + orders + groups)


def _compose_mro(cls, types):
    """Compute cls's method resolution order with those of types put in that cls is a virtual subclass of."""
    mro = set(cls.__mro__)

    def is_virtual_base(typ):
        return typ not in mro and hasattr(typ, '__mro__') and issubclass(cls, typ)

    def stands_for_subclass(typ):
        return any(other is not typ and typ in other.__mro__ for other in virtual)

    virtual = [typ for typ in types if is_virtual_base(typ)]
    virtual = [typ for typ in virtual if not stands_for_subclass(typ)]
    known = set(types)
    chosen = []
    for typ in virtual:
        # Subclasses of typ that cls belongs to as well lead to a more exact order.
        detours = [[base for base in sub.__mro__ if base in known]
                   for sub in typ.__subclasses__() if sub not in mro and issubclass(cls, sub)]
        detours.sort(key=len, reverse=True)
        for found in (detours or [[typ]]):
            for base in found:
                if base not in chosen:
                    chosen.append(base)
    return _c3_mro(cls, abcs=chosen)


def _find_impl(cls, registry):
    """Return the implementation in registry that serves cls best, or None.

    RuntimeError if two unrelated abstract classes are equally good.
    """
    best = None
    for typ in _compose_mro(cls, registry.keys()):
        if best is not None:
            if (typ in registry and typ not in cls.__mro__ and best not in cls.__mro__
                    and not issubclass(best, typ)):
                raise RuntimeError('Ambiguous dispatch: {} or {}'.format(best, typ))
            break
        if typ in registry:
            best = typ
    return registry.get(best)


def singledispatch(func):
    """Make func a generic function, whose implementation is chosen by the type of the first argument.

    func itself serves for object.  The result has register(cls, func=None), dispatch(cls) and registry.
    """
    import types
    import weakref
    registry = {}
    chosen = weakref.WeakKeyDictionary()
    token = None    # of the abstract classes, once one is registered

    def dispatch(cls):
        """Return the implementation that an argument of type cls gets."""
        nonlocal token
        if token is not None and token != get_cache_token():
            chosen.clear()
            token = get_cache_token()
        try:
            return chosen[cls]
        except KeyError:
            pass
        impl = chosen[cls] = registry[cls] if cls in registry else _find_impl(cls, registry)
        return impl

    def register(cls, func=None):
        """Make func the implementation for cls, and return it.

        Without func this is a decorator; with a function for cls the class is the annotation of its first parameter.
        """
        nonlocal token
        if func is None:
            if isinstance(cls, type):
                return lambda func: register(cls, func)
            if not getattr(cls, '__annotations__', {}):
                raise TypeError(f'Invalid first argument to `register()`: {cls!r}. Use either '
                                '`@register(some_class)` or plain `@register` on an annotated function.')
            from typing import get_type_hints
            func = cls
            argname, cls = next(iter(get_type_hints(func).items()))
            if not isinstance(cls, type):
                raise TypeError(f'Invalid annotation for {argname!r}. {cls!r} is not a class.')
        registry[cls] = func
        if token is None and hasattr(cls, '__abstractmethods__'):
            token = get_cache_token()
        chosen.clear()
        return func

    def wrapper(*args, **kw):
        if args:
            return dispatch(args[0].__class__)(*args, **kw)
        raise TypeError(f'{name} requires at least 1 positional argument')

    name = getattr(func, '__name__', 'singledispatch function')
    registry[object] = func
    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = types.MappingProxyType(registry)
    wrapper._clear_cache = chosen.clear
    update_wrapper(wrapper, func)
    return wrapper


class singledispatchmethod:
    """singledispatch() for methods, the type being that of the first argument after self.

    func may be a descriptor, so @singledispatchmethod goes on top of @classmethod and others.
    """

    def __init__(self, func):
        if not callable(func) and not hasattr(func, '__get__'):
            raise TypeError(f'{func!r} is not callable or a descriptor')
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        """Make method the implementation for cls, as singledispatch()'s register does."""
        return self.dispatcher.register(cls, func=method)

    def __get__(self, obj, cls=None):
        dispatch = self.dispatcher.dispatch

        def _method(*args, **kwargs):
            return dispatch(args[0].__class__).__get__(obj, cls)(*args, **kwargs)

        _method.register = self.register
        _method.__isabstractmethod__ = self.__isabstractmethod__
        return update_wrapper(_method, self.func)

    @property
    def __isabstractmethod__(self):
        return getattr(self.func, '__isabstractmethod__', False)
