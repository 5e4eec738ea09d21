# SPDX-License-Identifier: MIT
"""WeakSet: a set whose items go when nobody else holds them."""

from _weakref import ref

__all__ = ['WeakSet']


class _IterationGuard:
    """While one is entered, items that die are only noted, so that iteration stays valid."""

    def __init__(self, weakcontainer):
        self.container = ref(weakcontainer)

    def __enter__(self):
        container = self.container()
        if container is not None:
            container._iterating.add(self)
        return self

    def __exit__(self, *error):
        container = self.container()
        if container is not None:
            guards = container._iterating
            guards.remove(self)
            if not guards:
                container._commit_removals()


class WeakSet:
    """A set of weak references.  data holds the references; those of dead items wait in _pending_removals while
    somebody iterates."""

    def __init__(self, data=None):
        self.data = set()

        def remove(item, selfref=ref(self)):
            self = selfref()
            if self is None:
                return
            if self._iterating:
                self._pending_removals.append(item)
            else:
                self.data.discard(item)

        self._remove = remove
        self._pending_removals = []
        self._iterating = set()
        if data is not None:
            self.update(data)

    def _commit_removals(self):
        while self._pending_removals:
            self.data.discard(self._pending_removals.pop())

    def _settle(self):
        if self._pending_removals:
            self._commit_removals()

    def __iter__(self):
        with _IterationGuard(self):
            for reference in self.data:
                item = reference()
                if item is not None:
                    # The consumer may drop it: it is not held here either.
                    yield item

    def __len__(self):
        return len(self.data) - len(self._pending_removals)

    def __contains__(self, item):
        try:
            reference = ref(item)
        except TypeError:
            return False
        return reference in self.data

    def __reduce__(self):
        return self.__class__, (list(self),), getattr(self, '__dict__', None)

    def add(self, item):
        """Add an item; it needs to be one that weak references may refer to."""
        self._settle()
        self.data.add(ref(item, self._remove))

    def clear(self):
        """Remove all items."""
        self._settle()
        self.data.clear()

    def copy(self):
        """Return a new WeakSet of the same items."""
        return self.__class__(self)

    def pop(self):
        """Remove any item and return it.  Raises KeyError if there is none."""
        self._settle()
        while True:
            try:
                reference = self.data.pop()
            except KeyError:
                raise KeyError('pop from empty WeakSet') from None
            item = reference()
            if item is not None:
                return item

    def remove(self, item):
        """Remove an item.  Raises KeyError if it is not there."""
        self._settle()
        self.data.remove(ref(item))

    def discard(self, item):
        """Remove an item if it is there."""
        self._settle()
        self.data.discard(ref(item))

    def update(self, other):
        """Add the items of an iterable."""
        self._settle()
        for item in other:
            self.add(item)

    def __ior__(self, other):
        self.update(other)
        return self

    def difference(self, other):
        """Return a new set of the items that are not in other."""
        result = self.copy()
        result.difference_update(other)
        return result

    __sub__ = difference

    def difference_update(self, other):
        """Remove the items of other."""
        self.__isub__(other)

    def __isub__(self, other):
        self._settle()
        if self is not other:
            self.data.difference_update([ref(item) for item in other])
        else:
            self.data.clear()
        return self

    def intersection(self, other):
        """Return a new set of the items that are in other, too."""
        return self.__class__(item for item in other if item in self)

    __and__ = intersection

    def intersection_update(self, other):
        """Keep only items that are in other, too."""
        self.__iand__(other)

    def __iand__(self, other):
        self._settle()
        self.data.intersection_update(ref(item) for item in other)
        return self

    def _refs(self, other):
        return set(map(ref, other))

    def issubset(self, other):
        """Return whether all items are in other."""
        return self.data.issubset(self._refs(other))

    __le__ = issubset

    def __lt__(self, other):
        return self.data < self._refs(other)

    def issuperset(self, other):
        """Return whether all items of other are in this set."""
        return self.data.issuperset(self._refs(other))

    __ge__ = issuperset

    def __gt__(self, other):
        return self.data > self._refs(other)

    def __eq__(self, other):
        return self.data == self._refs(other) if isinstance(other, self.__class__) else NotImplemented

    def symmetric_difference(self, other):
        """Return a new set of the items that are in one of both, not in the other."""
        result = self.copy()
        result.symmetric_difference_update(other)
        return result

    __xor__ = symmetric_difference

    def symmetric_difference_update(self, other):
        """Remove the items of other that are here, and add those that are not."""
        self.__ixor__(other)

    def __ixor__(self, other):
        self._settle()
        if self is other:
            self.data.clear()
        else:
            self.data.symmetric_difference_update(ref(item, self._remove) for item in other)
        return self

    def union(self, other):
        """Return a new set of the items of both."""
        return self.__class__(item for source in (self, other) for item in source)

    __or__ = union

    def isdisjoint(self, other):
        """Return whether no item is in other."""
        return not self.intersection(other)

    def __repr__(self):
        return repr(self.data)
