# SPDX-License-Identifier: MIT
"""Abstract base classes of containers, iterators and callables; public as collections.abc.

Each class names the methods a type needs to be of that kind, and gives those that can be made of them.  The one-method
classes recognise any type that has the method; the others need inheritance or registration.
"""

from abc import ABCMeta, abstractmethod
import sys

__all__ = ['Awaitable', 'Coroutine', 'AsyncIterable', 'AsyncIterator', 'AsyncGenerator', 'Hashable', 'Iterable',
           'Iterator', 'Generator', 'Reversible', 'Sized', 'Container', 'Callable', 'Collection', 'Set', 'MutableSet',
           'Mapping', 'MutableMapping', 'MappingView', 'KeysView', 'ItemsView', 'ValuesView', 'Sequence',
           'MutableSequence', 'ByteString']

# The public name; pickle and repr() use it.
__name__ = 'collections.abc'

# Types without a name of their own.
bytes_iterator = type(iter(b''))
bytearray_iterator = type(iter(bytearray()))
str_iterator = type(iter(''))
list_iterator, list_reverseiterator = type(iter([])), type(reversed([]))
tuple_iterator, set_iterator, zip_iterator = type(iter(())), type(iter(set())), type(zip())
range_iterator, longrange_iterator = type(iter(range(1))), type(iter(range(1 << 1000)))
dict_keys, dict_values, dict_items = map(type, ({}.keys(), {}.values(), {}.items()))
dict_keyiterator, dict_valueiterator, dict_itemiterator = map(type, map(iter, ({}.keys(), {}.values(), {}.items())))
mappingproxy = type(type.__dict__)
generator = type((lambda: (yield))())


async def _coro():
    pass
_coro = _coro()
coroutine = type(_coro)
_coro.close()       # or it would be reported as never awaited
del _coro


async def _ag():
    yield
_ag = _ag()
async_generator = type(_ag)
del _ag


def _check_methods(C, *methods):
    """Return True if a class has all of the methods, NotImplemented if one is missing or set to None."""
    mro = C.__mro__
    for method in methods:
        for base in mro:
            if method in base.__dict__:
                if base.__dict__[method] is None:
                    return NotImplemented
                break
        else:
            return NotImplemented
    return True


class Hashable(metaclass=ABCMeta):

    """A type with __hash__()."""

    __slots__ = ()

    @abstractmethod
    def __hash__(self):
        return 0

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__hash__') if cls is Hashable else NotImplemented


class Awaitable(metaclass=ABCMeta):

    """A type with __await__(): it can stand in await."""

    __slots__ = ()

    @abstractmethod
    def __await__(self):
        yield

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__await__') if cls is Awaitable else NotImplemented


class Coroutine(Awaitable):

    """A type with send(), throw(), close() and __await__()."""

    __slots__ = ()

    @abstractmethod
    def send(self, value):
        """Go on, with value as the result of the await; return what is awaited next or raise StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Raise an exception where the coroutine waits; return as send()."""
        if val is None:
            if tb is None:
                raise typ
            val = typ()
        raise val if tb is None else val.with_traceback(tb)

    def close(self):
        """Raise GeneratorExit inside and see that the coroutine ends."""
        try:
            self.throw(GeneratorExit)
        except (GeneratorExit, StopIteration):
            return
        raise RuntimeError('coroutine ignored GeneratorExit')

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__await__', 'send', 'throw', 'close') if cls is Coroutine else NotImplemented


class AsyncIterable(metaclass=ABCMeta):

    """A type with __aiter__(): it can stand in async for."""

    __slots__ = ()

    @abstractmethod
    def __aiter__(self):
        return AsyncIterator()

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__aiter__') if cls is AsyncIterable else NotImplemented


class AsyncIterator(AsyncIterable):

    """A type with __aiter__() and __anext__()."""

    __slots__ = ()

    @abstractmethod
    async def __anext__(self):
        """Return the next item or raise StopAsyncIteration."""
        raise StopAsyncIteration

    def __aiter__(self):
        return self

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__anext__', '__aiter__') if cls is AsyncIterator else NotImplemented


class AsyncGenerator(AsyncIterator):

    """A type with asend(), athrow() and aclose() besides what AsyncIterator has."""

    __slots__ = ()

    async def __anext__(self):
        """Return the next item or raise StopAsyncIteration."""
        return await self.asend(None)

    @abstractmethod
    async def asend(self, value):
        """Go on, with value as the result of the yield; return what is yielded next or raise StopAsyncIteration."""
        raise StopAsyncIteration

    @abstractmethod
    async def athrow(self, typ, val=None, tb=None):
        """Raise an exception at the yield; return as asend()."""
        if val is None:
            if tb is None:
                raise typ
            val = typ()
        raise val if tb is None else val.with_traceback(tb)

    async def aclose(self):
        """Raise GeneratorExit inside and see that the generator ends."""
        try:
            await self.athrow(GeneratorExit)
        except (GeneratorExit, StopAsyncIteration):
            return
        raise RuntimeError('asynchronous generator ignored GeneratorExit')

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not AsyncGenerator:
            return NotImplemented
        return _check_methods(C, '__aiter__', '__anext__', 'asend', 'athrow', 'aclose')


class Iterable(metaclass=ABCMeta):

    """A type with __iter__(): it can stand in for."""

    __slots__ = ()

    @abstractmethod
    def __iter__(self):
        while False:
            yield None

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__iter__') if cls is Iterable else NotImplemented


class Iterator(Iterable):

    """A type with __iter__() and __next__()."""

    __slots__ = ()

    @abstractmethod
    def __next__(self):
        """Return the next item or raise StopIteration."""
        raise StopIteration

    def __iter__(self):
        return self

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__iter__', '__next__') if cls is Iterator else NotImplemented


class Reversible(Iterable):

    """A type with __iter__() and __reversed__()."""

    __slots__ = ()

    @abstractmethod
    def __reversed__(self):
        while False:
            yield None

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__reversed__', '__iter__') if cls is Reversible else NotImplemented


class Generator(Iterator):

    """A type with send(), throw() and close() besides what Iterator has."""

    __slots__ = ()

    def __next__(self):
        """Return the next item or raise StopIteration."""
        return self.send(None)

    @abstractmethod
    def send(self, value):
        """Go on, with value as the result of the yield; return what is yielded next or raise StopIteration."""
        raise StopIteration

    @abstractmethod
    def throw(self, typ, val=None, tb=None):
        """Raise an exception at the yield; return as send()."""
        if val is None:
            if tb is None:
                raise typ
            val = typ()
        raise val if tb is None else val.with_traceback(tb)

    def close(self):
        """Raise GeneratorExit inside and see that the generator ends."""
        try:
            self.throw(GeneratorExit)
        except (GeneratorExit, StopIteration):
            return
        raise RuntimeError('generator ignored GeneratorExit')

    @classmethod
    def __subclasshook__(cls, C):
        if cls is not Generator:
            return NotImplemented
        return _check_methods(C, '__iter__', '__next__', 'send', 'throw', 'close')


class Sized(metaclass=ABCMeta):

    """A type with __len__()."""

    __slots__ = ()

    @abstractmethod
    def __len__(self):
        return 0

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__len__') if cls is Sized else NotImplemented


class Container(metaclass=ABCMeta):

    """A type with __contains__(): it can stand behind in."""

    __slots__ = ()

    @abstractmethod
    def __contains__(self, x):
        return False

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__contains__') if cls is Container else NotImplemented


class Collection(Sized, Iterable, Container):

    """A type with __len__(), __iter__() and __contains__()."""

    __slots__ = ()

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__len__', '__iter__', '__contains__') if cls is Collection else NotImplemented


class Callable(metaclass=ABCMeta):

    """A type with __call__()."""

    __slots__ = ()

    @abstractmethod
    def __call__(self, *args, **kwds):
        return False

    @classmethod
    def __subclasshook__(cls, C):
        return _check_methods(C, '__call__') if cls is Callable else NotImplemented


# --- Sets ---------------------------------------------------------------------------------------------------------------


class Set(Collection):
    """A set.  Subclasses supply __contains__, __iter__ and __len__; _from_iterable() if their constructor takes
    anything but an iterable."""

    __slots__ = ()

    def _other_set(self, other):
        """`other` as a set, NotImplemented if it cannot be one."""
        if isinstance(other, Set):
            return other
        return self._from_iterable(other) if isinstance(other, Iterable) else NotImplemented

    @classmethod
    def _from_iterable(cls, it):
        """Make a set of an iterable; results of operators come from here."""
        return cls(it)

    def __le__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) <= len(other) and all(item in other for item in self)

    def __lt__(self, other):
        return len(self) < len(other) and self.__le__(other) if isinstance(other, Set) else NotImplemented

    def __ge__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) >= len(other) and all(item in self for item in other)

    def __gt__(self, other):
        return len(self) > len(other) and self.__ge__(other) if isinstance(other, Set) else NotImplemented

    def __eq__(self, other):
        return len(self) == len(other) and self.__le__(other) if isinstance(other, Set) else NotImplemented

    def __and__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        return self._from_iterable(value for value in other if value in self)

    __rand__ = __and__

    def isdisjoint(self, other):
        """Return whether no item is in both."""
        return not any(value in self for value in other)

    def __or__(self, other):
        if not isinstance(other, Iterable):
            return NotImplemented
        return self._from_iterable(item for source in (self, other) for item in source)

    __ror__ = __or__

    def __sub__(self, other):
        other = self._other_set(other)
        if other is NotImplemented:
            return other
        return self._from_iterable(value for value in self if value not in other)

    def __rsub__(self, other):
        other = self._other_set(other)
        if other is NotImplemented:
            return other
        return self._from_iterable(value for value in other if value not in self)

    def __xor__(self, other):
        other = self._other_set(other)
        if other is NotImplemented:
            return other
        return (self - other) | (other - self)

    __rxor__ = __xor__

    def _hash(self):
        """Return a hash that depends on the items only, not their order; it equals that of a frozenset of them.

        Sets are not hashable by themselves; a subclass that never changes can define __hash__ by this.
        """
        limit = sys.maxsize
        mask = 2 * limit + 1
        count = len(self)
        total = (1927868237 * (count + 1)) & mask
        for item in self:
            value = hash(item)
            total = (total ^ (value ^ (value << 16) ^ 89869747) * 3644798167) & mask
        total ^= (total >> 11) ^ (total >> 25)
        total = (total * 69069 + 907133923) & mask
        if total > limit:
            total -= mask + 1
        return 590923713 if total == -1 else total


Set.register(frozenset)


class MutableSet(Set):
    """A set that can change.  Subclasses supply add() and discard() besides what Set needs."""

    __slots__ = ()

    @abstractmethod
    def add(self, value):
        """Add an item."""
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        """Remove an item if it is there."""
        raise NotImplementedError

    def remove(self, value):
        """Remove an item; KeyError if it is not there."""
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self):
        """Remove any item and return it; KeyError if there is none."""
        for value in self:
            break
        else:
            raise KeyError from None
        self.discard(value)
        return value

    def clear(self):
        """Remove all items."""
        try:
            while True:
                self.pop()
        except KeyError:
            pass

    def __ior__(self, it):
        for value in it:
            self.add(value)
        return self

    def __iand__(self, it):
        for value in self - it:
            self.discard(value)
        return self

    def __isub__(self, it):
        if it is not self:
            for value in it:
                self.discard(value)
            return self
        self.clear()
        return self

    def __ixor__(self, it):
        if it is not self:
            others = it if isinstance(it, Set) else self._from_iterable(it)
            for value in others:
                (self.discard if value in self else self.add)(value)
            return self
        self.clear()
        return self


MutableSet.register(set)


# --- Mappings -----------------------------------------------------------------------------------------------------------


class Mapping(Collection):
    """A mapping.  Subclasses supply __getitem__, __iter__ and __len__."""

    __slots__ = ()

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def get(self, key, default=None):
        """Return self[key], default if there is no such key."""
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        """Return a view of the keys, like a set."""
        return KeysView(self)

    def items(self):
        """Return a view of the (key, value) pairs, like a set."""
        return ItemsView(self)

    def values(self):
        """Return a view of the values."""
        return ValuesView(self)

    def __eq__(self, other):
        return dict(self.items()) == dict(other.items()) if isinstance(other, Mapping) else NotImplemented

    __reversed__ = None


Mapping.register(mappingproxy)


class MappingView(Sized):

    """What the views of a mapping's keys, items and values have in common; len() is the mapping's."""

    __slots__ = ('_mapping',)

    def __init__(self, mapping):
        self._mapping = mapping

    def __repr__(self):
        return '%s(%r)' % (self.__class__.__name__, self._mapping)

    def __len__(self):
        return len(self._mapping)


class KeysView(MappingView, Set):

    """The keys of a mapping, seen as a set."""

    __slots__ = ()

    def __iter__(self):
        yield from self._mapping

    def __contains__(self, key):
        return key in self._mapping

    @classmethod
    def _from_iterable(cls, it):
        return set(it)


KeysView.register(dict_keys)


class ItemsView(MappingView, Set):

    """The items of a mapping, seen as a set of pairs."""

    __slots__ = ()

    @classmethod
    def _from_iterable(cls, it):
        return set(it)

    def __contains__(self, item):
        key, value = item
        try:
            found = self._mapping[key]
        except KeyError:
            return False
        return found is value or found == value

    def __iter__(self):
        for key in self._mapping:
            yield key, self._mapping[key]


ItemsView.register(dict_items)


class ValuesView(MappingView, Collection):

    """The values of a mapping."""

    __slots__ = ()

    def __contains__(self, value):
        for key in self._mapping:
            found = self._mapping[key]
            if found is value or found == value:
                return True
        return False

    def __iter__(self):
        for key in self._mapping:
            yield self._mapping[key]


ValuesView.register(dict_values)


class MutableMapping(Mapping):
    """A mapping that can change.  Subclasses supply __setitem__ and __delitem__ besides what Mapping needs."""

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    __marker = object()

    def pop(self, key, default=__marker):
        """Remove a key and return its value; default if it is not there, else KeyError."""
        try:
            found = self[key]
        except KeyError:
            if default is not self.__marker:
                return default
            raise
        del self[key]
        return found

    def popitem(self):
        """Remove any (key, value) pair and return it; KeyError if there is none."""
        for key in self:
            break
        else:
            raise KeyError from None
        value = self[key]
        del self[key]
        return key, value

    def clear(self):
        """Remove all keys."""
        try:
            while True:
                self.popitem()
        except KeyError:
            pass

    def update(self, other=(), /, **kwds):
        """Take over the items of a mapping, of anything with keys(), or of an iterable of pairs; then of kwds."""
        if isinstance(other, Mapping):
            for key in other:
                self[key] = other[key]
        elif hasattr(other, 'keys'):
            for name in other.keys():
                self[name] = other[name]
        else:
            for name, item in other:
                self[name] = item
        for name in kwds:
            self[name] = kwds[name]

    def setdefault(self, key, default=None):
        """Return self[key], which is set to default if there is no such key."""
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


MutableMapping.register(dict)


# --- Sequences ----------------------------------------------------------------------------------------------------------


class Sequence(Reversible, Collection):
    """A sequence.  Subclasses supply __getitem__ and __len__."""

    __slots__ = ()

    @abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        at = 0
        while True:
            try:
                value = self[at]
            except IndexError:
                return
            yield value
            at += 1

    def __contains__(self, value):
        return any(item is value or item == value for item in self)

    def __reversed__(self):
        for at in reversed(range(len(self))):
            yield self[at]

    def index(self, value, start=0, stop=None):
        """Return the first index of value, from start to before stop if they are given; ValueError if there is none."""
        if start is not None and start < 0:
            start = max(len(self) + start, 0)
        if stop is not None and stop < 0:
            stop += len(self)
        at = start
        while stop is None or at < stop:
            try:
                item = self[at]
            except IndexError:
                break
            if item is value or item == value:
                return at
            at += 1
        raise ValueError

    def count(self, value):
        """Return how many items equal value."""
        return sum(1 for item in self if item is value or item == value)


class ByteString(Sequence):
    """What bytes and bytearray have in common."""

    __slots__ = ()


class MutableSequence(Sequence):
    """A sequence that can change.  Subclasses supply __setitem__, __delitem__ and insert() besides what Sequence
    needs."""

    __slots__ = ()

    @abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @abstractmethod
    def insert(self, index, value):
        """Insert value before index."""
        raise IndexError

    def append(self, value):
        """Add value at the end."""
        self.insert(len(self), value)

    def clear(self):
        """Remove all items."""
        try:
            while True:
                self.pop()
        except IndexError:
            pass

    def reverse(self):
        """Turn the order round."""
        size = len(self)
        for low in range(size // 2):
            high = size - low - 1
            self[low], self[high] = self[high], self[low]

    def extend(self, values):
        """Add the items of an iterable at the end."""
        for value in (list(values) if values is self else values):
            self.append(value)

    def pop(self, index=-1):
        """Remove the item at index, the last by default, and return it; IndexError if there is none."""
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        """Remove the first item that equals value; ValueError if there is none."""
        del self[self.index(value)]

    def __iadd__(self, values):
        self.extend(values)
        return self


for _kind, _types in ((Coroutine, (coroutine,)),
                      (AsyncGenerator, (async_generator,)),
                      (Generator, (generator,)),
                      (Iterator, (bytes_iterator, bytearray_iterator, dict_keyiterator, dict_valueiterator,
                                  dict_itemiterator, list_iterator, list_reverseiterator, range_iterator,
                                  longrange_iterator, set_iterator, str_iterator, tuple_iterator, zip_iterator)),
                      (Sequence, (tuple, str, range, memoryview)),
                      (ByteString, (bytes, bytearray)),
                      (MutableSequence, (list, bytearray))):
    for _type in _types:
        _kind.register(_type)
del _kind, _types, _type
