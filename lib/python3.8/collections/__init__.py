# SPDX-License-Identifier: MIT
"""Containers beyond dict, list, set and tuple.

deque, defaultdict and OrderedDict come from the native module _collections.  Here are namedtuple, ChainMap, Counter,
the base classes UserDict, UserList and UserString, and an OrderedDict for where the native one is missing.
"""

__all__ = ['deque', 'defaultdict', 'namedtuple', 'UserDict', 'UserList', 'UserString', 'Counter', 'OrderedDict',
           'ChainMap']

import _collections_abc
import sys as _sys
from itertools import chain as _chain, repeat as _repeat, starmap as _starmap
from keyword import iskeyword as _iskeyword
from operator import eq as _eq, itemgetter as _itemgetter
from reprlib import recursive_repr as _recursive_repr

try:
    from _collections import deque
    _collections_abc.MutableSequence.register(deque)
except ImportError:
    pass
try:
    from _collections import defaultdict
except ImportError:
    pass


def __getattr__(name):
    if name not in _collections_abc.__all__:
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    import warnings
    warnings.warn("Using or importing the ABCs from 'collections' instead of from 'collections.abc' is deprecated "
                  "since Python 3.3, and in 3.10 it will stop working", DeprecationWarning, stacklevel=2)
    abstract = globals()[name] = getattr(_collections_abc, name)
    return abstract


# ---- OrderedDict ----

class _OrderedDictKeysView(_collections_abc.KeysView):
    def __reversed__(self):
        return reversed(self._mapping)


class _OrderedDictItemsView(_collections_abc.ItemsView):
    def __reversed__(self):
        mapping = self._mapping
        return ((key, mapping[key]) for key in reversed(mapping))


class _OrderedDictValuesView(_collections_abc.ValuesView):
    def __reversed__(self):
        return map(self._mapping.__getitem__, reversed(self._mapping))


class OrderedDict(dict):
    """A dictionary with an order that can be changed, and that counts in comparisons with others of its kind.

    The order is that of the keys of a second dict.
    """

    __marker = object()

    def __new__(cls, /, *args, **kwds):
        self = dict.__new__(cls)
        self.__order = {}
        return self

    def __init__(self, other=(), /, **kwds):
        self.__update(other, **kwds)

    update = __update = _collections_abc.MutableMapping.update
    __ne__ = _collections_abc.MutableMapping.__ne__

    def __setitem__(self, key, value, add=dict.__setitem__):
        if key not in self:
            self.__order[key] = None
        add(self, key, value)

    def __delitem__(self, key, remove=dict.__delitem__):
        remove(self, key)
        del self.__order[key]

    def __iter__(self):
        return iter(self.__order)

    def __reversed__(self):
        return reversed(self.__order)

    def __sizeof__(self):
        return sum(map(_sys.getsizeof, (self.__dict__, self.__order)), super().__sizeof__())

    def clear(self):
        """Remove everything."""
        dict.clear(self)
        self.__order.clear()

    def keys(self):
        """Return a set-like view of the keys."""
        return _OrderedDictKeysView(self)

    def items(self):
        """Return a set-like view of the pairs of key and value."""
        return _OrderedDictItemsView(self)

    def values(self):
        """Return a view of the values."""
        return _OrderedDictValuesView(self)

    def pop(self, key, default=__marker):
        """Remove key and return its value; without key return default, or raise KeyError if there is none."""
        if key in self:
            value = self[key]
            del self[key]
            return value
        if default is self.__marker:
            raise KeyError(key)
        return default

    def popitem(self, last=True):
        """Remove the last pair, or the first, and return it.  KeyError if there is none."""
        if not self:
            raise KeyError('dictionary is empty')
        key = next(reversed(self.__order) if last else iter(self.__order))
        value = dict.pop(self, key)
        del self.__order[key]
        return key, value

    def setdefault(self, key, default=None):
        """Return key's value; without key insert it with default first."""
        if key in self:
            return self[key]
        self[key] = default
        return default

    def move_to_end(self, key, last=True):
        """Move an existing key to the end, or to the beginning.  KeyError without it."""
        order = self.__order
        del order[key]
        self.__order = {**order, key: None} if last else {key: None, **order}

    def copy(self):
        """Return a copy, which shares the values."""
        return self.__class__(self)

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """Return a new one with the items of iterable as keys, all with the same value."""
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def __eq__(self, other):
        same = dict.__eq__(self, other)
        if isinstance(other, OrderedDict):
            return same and all(map(_eq, self, other))
        return same

    def __reduce__(self):
        state = {name: value for name, value in vars(self).items() if name != '_OrderedDict__order'}
        return self.__class__, (), state or None, None, iter(self.items())

    @_recursive_repr()
    def __repr__(self):
        name = self.__class__.__name__
        return '%s(%r)' % (name, list(self.items())) if self else '%s()' % name


try:
    from _collections import OrderedDict
except ImportError:
    pass


# ---- namedtuple ----

try:
    from _collections import _tuplegetter
except ImportError:
    def _tuplegetter(index, doc):
        return property(_itemgetter(index), doc=doc)


def _checked_names(typename, field_names, rename):
    """Return the field names of a namedtuple as a tuple, after making sure that they and typename are usable."""
    names = [_sys.intern(str(name)) for name in field_names]
    if rename:
        taken = set()
        for index, name in enumerate(names):
            if name in taken or name[:1] == '_' or not name.isidentifier() or _iskeyword(name):
                names[index] = f'_{index}'
            taken.add(name)
    for name in (typename, *names):
        if type(name) is not str:
            raise TypeError('Type names and field names must be strings')
        if not name.isidentifier():
            raise ValueError(f'Type names and field names must be valid identifiers: {name!r}')
        if _iskeyword(name):
            raise ValueError(f'Type names and field names cannot be a keyword: {name!r}')
    taken = set()
    for name in names:
        if name[:1] == '_' and not rename:
            raise ValueError(f'Field names cannot start with an underscore: {name!r}')
        if name in taken:
            raise ValueError(f'Encountered duplicate field name: {name!r}')
        taken.add(name)
    return tuple(names)


_field_docs = {}    # position -> docstring, so that all named tuples share them


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """Make a subclass of tuple whose items have names.

    field_names: a sequence of identifiers, or one string with blanks or commas between them.
    rename: replace unusable names by _ and the position instead of raising ValueError.
    defaults: values for the last fields.  module: the class's __module__, by default the caller's.

    >>> Point = namedtuple('Point', 'x y', defaults=[0])
    >>> Point.__doc__
    'Point(x, y)'
    >>> p = Point(11)
    >>> p
    Point(x=11, y=0)
    >>> p.x + p[1]
    11
    >>> x, y = p
    >>> x, y
    (11, 0)
    >>> p._replace(x=100)
    Point(x=100, y=0)
    >>> p._asdict()
    {'x': 11, 'y': 0}
    >>> Point._make([1, 2])
    Point(x=1, y=2)
    >>> Point._fields
    ('x', 'y')
    """
    if isinstance(field_names, str):
        field_names = field_names.replace(',', ' ').split()
    typename = _sys.intern(str(typename))
    fields = _checked_names(typename, field_names, rename)
    count = len(fields)
    default_of = {}
    if defaults is not None:
        defaults = tuple(defaults)
        if len(defaults) > count:
            raise TypeError('Got more default values than field names')
        default_of = dict(zip(fields[count - len(defaults):], defaults))
    shown = ', '.join(fields)
    template = '(' + ', '.join(name + '=%r' for name in fields) + ')'
    make_tuple, size, as_dict, pairs = tuple.__new__, len, dict, zip

    scope = {'_tuple_new': make_tuple, '__builtins__': {}, '__name__': f'namedtuple_{typename}'}
    items = shown + ',' if count == 1 else shown
    __new__ = eval(f'lambda _cls, {shown}: _tuple_new(_cls, ({items}))', scope)
    __new__.__name__ = '__new__'
    __new__.__doc__ = f'Create new instance of {typename}({shown})'
    if defaults is not None:
        __new__.__defaults__ = defaults

    @classmethod
    def _make(cls, iterable):
        made = make_tuple(cls, iterable)
        if size(made) != count:
            raise TypeError(f'Expected {count} arguments, got {size(made)}')
        return made

    def _replace(self, /, **kwds):
        take = kwds.pop
        made = self._make([take(name, value) for name, value in pairs(fields, self)])
        if kwds:
            raise ValueError(f'Got unexpected field names: {list(kwds)!r}')
        return made

    def __repr__(self):
        """Show the type's name and the fields as keyword arguments."""
        return self.__class__.__name__ + template % self

    def _asdict(self):
        """Return a new dict from field names to values."""
        return as_dict(pairs(fields, self))

    def __getnewargs__(self):
        """Return the fields as a plain tuple, for copy and pickle."""
        return tuple(self)

    _make.__func__.__doc__ = f'Make a new {typename} object from a sequence or iterable'
    _replace.__doc__ = f'Return a new {typename} object replacing specified fields with new values'
    for method in (__new__, _make.__func__, _replace, __repr__, _asdict, __getnewargs__):
        method.__qualname__ = f'{typename}.{method.__name__}'

    namespace = {'__doc__': f'{typename}({shown})', '__slots__': (), '_fields': fields, '_field_defaults': default_of,
                 '_fields_defaults': default_of, '__new__': __new__, '_make': _make, '_replace': _replace,
                 '__repr__': __repr__, '_asdict': _asdict, '__getnewargs__': __getnewargs__}
    for index, name in enumerate(fields):
        doc = _field_docs.get(index)
        if doc is None:
            doc = _field_docs[index] = _sys.intern(f'Alias for field number {index}')
        namespace[name] = _tuplegetter(index, doc)
    made = type(typename, (tuple,), namespace)

    # For pickle the class must say where it can be found: that is where namedtuple() was called.
    if module is None:
        try:
            module = _sys._getframe(1).f_globals.get('__name__', '__main__')
        except (AttributeError, ValueError):
            return made
    if module is not None:
        made.__module__ = module
    return made


# ---- Counter ----

def _count_elements(mapping, iterable):
    """Add 1 to mapping[item] for each item of iterable."""
    count = mapping.get
    for item in iterable:
        mapping[item] = count(item, 0) + 1


try:
    from _collections import _count_elements
except ImportError:
    pass


class Counter(dict):
    """A dict from hashable items to how often they occur; what is not in it occurs 0 times.

    Counts may be any numbers, negative ones included.  Counter('abca') counts the items of an iterable,
    Counter({'a': 2}) and Counter(a=2) say the counts.

    >>> votes = Counter('mississippi')
    >>> votes
    Counter({'i': 4, 's': 4, 'p': 2, 'm': 1})
    >>> votes['s'], votes['x']
    (4, 0)
    >>> votes.most_common(2)
    [('i', 4), ('s', 4)]
    >>> sorted(votes)
    ['i', 'm', 'p', 's']
    >>> sum(votes.values())
    11
    >>> ''.join(sorted(votes.elements()))
    'iiiimppssss'
    >>> votes['x'] += 1
    >>> votes['x']
    1
    >>> del votes['x']
    >>> 'x' in votes
    False
    >>> more = Counter('mmm')
    >>> votes.update(more)
    >>> votes['m']
    4
    >>> votes.subtract('pppp')
    >>> votes['p']
    -2
    >>> +votes
    Counter({'m': 4, 'i': 4, 's': 4})
    >>> votes.clear()
    >>> votes
    Counter()
    """

    def __init__(self, iterable=None, /, **kwds):
        """Count the items of an iterable, or take counts from a mapping and from keyword arguments.

        >>> Counter()
        Counter()
        >>> Counter('abba')
        Counter({'a': 2, 'b': 2})
        >>> Counter({'x': 3}, y=1)
        Counter({'x': 3, 'y': 1})
        >>> Counter(x=2, y=5)
        Counter({'y': 5, 'x': 2})
        """
        super(Counter, self).__init__()
        self.update(iterable, **kwds)

    def __missing__(self, key):
        """The count of an item that is not here."""
        return 0

    def __delitem__(self, elem):
        """Like dict's, but without KeyError for items that are not here."""
        if elem in self:
            super().__delitem__(elem)

    def most_common(self, n=None):
        """Return (item, count) pairs from the highest count down, n of them, or all; equals as they were inserted.

        >>> Counter('banana').most_common(2)
        [('a', 3), ('n', 2)]
        """
        if n is None:
            return sorted(self.items(), key=_itemgetter(1), reverse=True)
        import heapq
        return heapq.nlargest(n, self.items(), key=_itemgetter(1))

    def elements(self):
        """Iterate over the items, each as often as its count says; not at all for counts below 1.

        >>> list(Counter(b=2, a=1, c=-1).elements())
        ['b', 'b', 'a']
        >>> factors = Counter({2: 3, 7: 1})
        >>> product = 1
        >>> for factor in factors.elements():
        ...     product *= factor
        >>> product
        56
        >>> list(Counter().elements())
        []
        """
        return _chain.from_iterable(_starmap(_repeat, self.items()))

    @classmethod
    def fromkeys(cls, iterable, v=None):
        # One count for all items: that is no use of a Counter, so this of dict's methods is closed.
        raise NotImplementedError('Counter.fromkeys() is undefined.  Use Counter(iterable) instead.')

    def update(self, iterable=None, /, **kwds):
        """Add counts from another mapping, the items of an iterable, or keyword arguments.

        >>> c = Counter('ab')
        >>> c.update('bc')
        >>> c.update({'a': 10})
        >>> c.update(z=-1)
        >>> c['a'], c['b'], c['c'], c['z']
        (11, 2, 1, -1)
        """
        if isinstance(iterable, _collections_abc.Mapping):
            if self:
                have = self.get
                for elem, count in iterable.items():
                    self[elem] = count + have(elem, 0)
            else:
                super(Counter, self).update(iterable)   # nothing to add to
        elif iterable is not None:
            _count_elements(self, iterable)
        if kwds:
            self.update(kwds)

    def subtract(self, iterable=None, /, **kwds):
        """Take counts away, given as for update().  Counts can become negative.

        >>> c = Counter('aab')
        >>> c.subtract('abb')
        >>> c.subtract(Counter(a=1))
        >>> c['a']
        0
        >>> c['b']
        -1
        """
        have = self.get
        if isinstance(iterable, _collections_abc.Mapping):
            for elem, count in iterable.items():
                self[elem] = have(elem, 0) - count
        elif iterable is not None:
            for elem in iterable:
                self[elem] = have(elem, 0) - 1
        if kwds:
            self.subtract(kwds)

    def copy(self):
        """Return a copy of the same class."""
        return self.__class__(self)

    def __reduce__(self):
        return self.__class__, (dict(self),)

    def __repr__(self):
        name = self.__class__.__name__
        if not self:
            return '%s()' % name
        try:
            pairs = ', '.join(['%r: %r' % pair for pair in self.most_common()])
            return '%s({%s})' % (name, pairs)
        except TypeError:   # counts without an order
            return '%s(%r)' % (name, dict(self))

    # Counters as multisets: the operators keep positive counts only.

    def _combined(self, other, combine):
        """Make a Counter of combine(count here, count there) for all items of both, if positive."""
        if not isinstance(other, Counter):
            return NotImplemented
        made = Counter()
        for source, seen in ((self, ()), (other, self)):
            for elem in source:
                if elem not in seen:
                    count = combine(self[elem], other[elem])
                    if count > 0:
                        made[elem] = count
        return made

    def __add__(self, other):
        """Add the counts.

        >>> Counter('aab') + Counter('bc')
        Counter({'a': 2, 'b': 2, 'c': 1})
        """
        return self._combined(other, lambda here, there: here + there)

    def __sub__(self, other):
        """Subtract the counts.

        >>> Counter('aaab') - Counter('abc')
        Counter({'a': 2})
        """
        return self._combined(other, lambda here, there: here - there)

    def __or__(self, other):
        """Take the larger count of each item.

        >>> Counter('aab') | Counter('bbc')
        Counter({'a': 2, 'b': 2, 'c': 1})
        """
        return self._combined(other, lambda here, there: there if here < there else here)

    def __and__(self, other):
        """Take the smaller count of each item.

        >>> Counter('aab') & Counter('abb')
        Counter({'a': 1, 'b': 1})
        """
        return self._combined(other, lambda here, there: here if here < there else there)

    def __pos__(self):
        """Drop counts that are not positive."""
        return self._combined(Counter(), lambda here, there: here)

    def __neg__(self):
        """Drop counts that are not negative, and turn the sign of the others."""
        return self._combined(Counter(), lambda here, there: -here)

    def _keep_positive(self):
        """Remove the items whose count is not positive, and return self."""
        for elem in [elem for elem, count in self.items() if not count > 0]:
            del self[elem]
        return self

    def __iadd__(self, other):
        """Add other's counts, and keep the positive sums.

        >>> c = Counter('aab')
        >>> c += Counter('bc')
        >>> c
        Counter({'a': 2, 'b': 2, 'c': 1})
        """
        for elem, count in other.items():
            self[elem] += count
        return self._keep_positive()

    def __isub__(self, other):
        """Subtract other's counts, and keep the positive differences.

        >>> c = Counter('aab')
        >>> c -= Counter('abc')
        >>> c
        Counter({'a': 1})
        """
        for elem, count in other.items():
            self[elem] -= count
        return self._keep_positive()

    def __ior__(self, other):
        """Raise counts to other's where those are larger.

        >>> c = Counter('aab')
        >>> c |= Counter('bbb')
        >>> c
        Counter({'b': 3, 'a': 2})
        """
        for elem, count in other.items():
            if count > self[elem]:
                self[elem] = count
        return self._keep_positive()

    def __iand__(self, other):
        """Lower counts to other's where those are smaller.

        >>> c = Counter('aab')
        >>> c &= Counter('abb')
        >>> c
        Counter({'a': 1, 'b': 1})
        """
        for elem, count in self.items():
            limit = other[elem]
            if limit < count:
                self[elem] = limit
        return self._keep_positive()


# ---- ChainMap ----

class ChainMap(_collections_abc.MutableMapping):
    """Several mappings that look like one.  maps is the list of them; the first that has a key gives the value, and
    all changes go to the first."""

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __missing__(self, key):
        raise KeyError(key)

    def __getitem__(self, key):
        for mapping in self.maps:
            try:
                return mapping[key]     # not "in" first: a defaultdict has all keys
            except KeyError:
                continue
        return self.__missing__(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __len__(self):
        return len(set().union(*self.maps))

    def __iter__(self):
        order = {}
        for mapping in reversed(self.maps):
            order.update(mapping)
        return iter(order)

    def __contains__(self, key):
        return any([key in mapping for mapping in self.maps])

    def __bool__(self):
        return any(self.maps)

    @_recursive_repr()
    def __repr__(self):
        return '%s(%s)' % (self.__class__.__name__, ', '.join([repr(mapping) for mapping in self.maps]))

    @classmethod
    def fromkeys(cls, iterable, *args):
        """Return a ChainMap of one dict that dict.fromkeys() makes."""
        return cls(dict.fromkeys(iterable, *args))

    def copy(self):
        """Return a new one with a copy of the first mapping and the other mappings themselves."""
        first, *others = self.maps
        return self.__class__(first.copy(), *others)

    __copy__ = copy

    def new_child(self, m=None):
        """Return a new one with mapping m, or an empty dict, in front of these mappings."""
        return self.__class__({} if m is None else m, *self.maps)

    @property
    def parents(self):
        """A new one without the first mapping."""
        return self.__class__(*self.maps[1:])

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        try:
            del self.maps[0][key]
        except KeyError:
            raise KeyError('Key not found in the first mapping: {!r}'.format(key))

    def popitem(self):
        """Remove a pair from the first mapping and return it.  KeyError if that is empty."""
        try:
            return self.maps[0].popitem()
        except KeyError:
            raise KeyError('No keys found in the first mapping.')

    def pop(self, key, *args):
        """Remove key from the first mapping and return its value, or else args[0] if given."""
        try:
            return self.maps[0].pop(key, *args)
        except KeyError:
            raise KeyError('Key not found in the first mapping: {!r}'.format(key))

    def clear(self):
        """Empty the first mapping."""
        self.maps[0].clear()


# ---- base classes ----

class UserDict(_collections_abc.MutableMapping):
    """A dictionary to derive from: all its methods go through the few defined here.  data is the dict inside."""

    def __init__(*args, **kwargs):
        if not args:
            raise TypeError("descriptor '__init__' of 'UserDict' object needs an argument")
        self, *args = args
        if len(args) > 1:
            raise TypeError('expected at most 1 arguments, got %d' % len(args))
        content = args[0] if args else None
        if not args and 'dict' in kwargs:
            import warnings
            content = kwargs.pop('dict')
            warnings.warn("Passing 'dict' as keyword argument is deprecated", DeprecationWarning, stacklevel=2)
        self.data = {}
        for source in (content, kwargs):
            if source is not None and (source or source is not kwargs):
                self.update(source)
    __init__.__text_signature__ = '($self, dict=None, /, **kwargs)'

    def __len__(self):
        return len(self.data)

    def __getitem__(self, key):
        if key in self.data:
            return self.data[key]
        missing = getattr(self.__class__, '__missing__', None)
        if missing is None:
            raise KeyError(key)
        return missing(self, key)

    def __setitem__(self, key, item):
        self.data[key] = item

    def __delitem__(self, key):
        del self.data[key]

    def __iter__(self):
        return iter(self.data)

    def __contains__(self, key):
        # Mapping's would ask __getitem__, and __missing__ may answer.
        return key in self.data

    def __repr__(self):
        return repr(self.data)

    def __copy__(self):
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__, data=self.data.copy())
        return made

    def copy(self):
        """Return a copy, which shares the values."""
        if self.__class__ is UserDict:
            return UserDict(self.data.copy())
        made = self.__copy__()
        made.data = {}
        made.update(self)
        return made

    @classmethod
    def fromkeys(cls, iterable, value=None):
        """Return a new one with the items of iterable as keys, all with the same value."""
        made = cls()
        for key in iterable:
            made[key] = value
        return made


def _plain_list(other):
    """Return what other holds, if it is a UserList, as something that list operators accept."""
    return other.data if isinstance(other, UserList) else other


def _as_list(other):
    """Return other's items as a list."""
    return other.data if isinstance(other, UserList) else other if isinstance(other, list) else list(other)


class UserList(_collections_abc.MutableSequence):
    """A list to derive from.  data is the list inside."""

    def __init__(self, initlist=None):
        self.data = [] if initlist is None else list(_plain_list(initlist))

    def __repr__(self):
        return repr(self.data)

    def __lt__(self, other):
        return self.data < _plain_list(other)

    def __le__(self, other):
        return self.data <= _plain_list(other)

    def __eq__(self, other):
        return self.data == _plain_list(other)

    def __gt__(self, other):
        return self.data > _plain_list(other)

    def __ge__(self, other):
        return self.data >= _plain_list(other)

    def __contains__(self, item):
        return item in self.data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, i):
        found = self.data[i]
        return self.__class__(found) if isinstance(i, slice) else found

    def __setitem__(self, i, item):
        self.data[i] = item

    def __delitem__(self, i):
        del self.data[i]

    def __add__(self, other):
        return self.__class__(self.data + _as_list(other))

    def __radd__(self, other):
        return self.__class__(_as_list(other) + self.data)

    def __iadd__(self, other):
        self.data += _plain_list(other)
        return self

    def __mul__(self, n):
        return self.__class__(self.data * n)

    __rmul__ = __mul__

    def __imul__(self, n):
        self.data *= n
        return self

    def __copy__(self):
        made = self.__class__.__new__(self.__class__)
        made.__dict__.update(self.__dict__, data=self.data[:])
        return made

    def append(self, item):
        self.data.append(item)

    def insert(self, i, item):
        self.data.insert(i, item)

    def pop(self, i=-1):
        return self.data.pop(i)

    def remove(self, item):
        self.data.remove(item)

    def clear(self):
        self.data.clear()

    def copy(self):
        """Return a new list of the same items."""
        return self.__class__(self)

    def count(self, item):
        return self.data.count(item)

    def index(self, item, *args):
        return self.data.index(item, *args)

    def reverse(self):
        self.data.reverse()

    def sort(self, /, *args, **kwds):
        """Sort the list in place, as list.sort() does."""
        self.data.sort(*args, **kwds)

    def extend(self, other):
        self.data.extend(_plain_list(other))


def _plain_str(other):
    """Return the str in a UserString, and anything else as it is."""
    return other.data if isinstance(other, UserString) else other


class UserString(_collections_abc.Sequence):
    """A string to derive from.  data is the str inside; methods that make strings return the same class, except those
    that return lists or tuples of strings."""

    def __init__(self, seq):
        self.data = seq if isinstance(seq, str) else seq.data[:] if isinstance(seq, UserString) else str(seq)

    def __str__(self):
        return str(self.data)

    def __repr__(self):
        return repr(self.data)

    def __int__(self):
        return int(self.data)

    def __float__(self):
        return float(self.data)

    def __complex__(self):
        return complex(self.data)

    def __hash__(self):
        return hash(self.data)

    def __getnewargs__(self):
        return self.data[:],

    def __eq__(self, string):
        return self.data == _plain_str(string)

    def __lt__(self, string):
        return self.data < _plain_str(string)

    def __le__(self, string):
        return self.data <= _plain_str(string)

    def __gt__(self, string):
        return self.data > _plain_str(string)

    def __ge__(self, string):
        return self.data >= _plain_str(string)

    def __contains__(self, char):
        return _plain_str(char) in self.data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        return self.__class__(self.data[index])

    def __add__(self, other):
        other = _plain_str(other)
        return self.__class__(self.data + (other if isinstance(other, str) else str(other)))

    def __radd__(self, other):
        return self.__class__((other if isinstance(other, str) else str(other)) + self.data)

    def __mul__(self, n):
        return self.__class__(self.data * n)

    __rmul__ = __mul__

    def __mod__(self, args):
        return self.__class__(self.data % args)

    def __rmod__(self, template):
        return self.__class__(str(template) % self)

    def count(self, sub, start=0, end=_sys.maxsize):
        return self.data.count(_plain_str(sub), start, end)

    def encode(self, encoding='utf-8', errors='strict'):
        return self.data.encode('utf-8' if encoding is None else encoding, 'strict' if errors is None else errors)

    def endswith(self, suffix, start=0, end=_sys.maxsize):
        return self.data.endswith(suffix, start, end)

    def find(self, sub, start=0, end=_sys.maxsize):
        return self.data.find(_plain_str(sub), start, end)

    def format(self, /, *args, **kwds):
        return self.data.format(*args, **kwds)

    def format_map(self, mapping):
        return self.data.format_map(mapping)

    def index(self, sub, start=0, end=_sys.maxsize):
        return self.data.index(sub, start, end)

    def join(self, seq):
        return self.data.join(seq)

    maketrans = str.maketrans

    def partition(self, sep):
        return self.data.partition(sep)

    def replace(self, old, new, maxsplit=-1):
        return self.__class__(self.data.replace(_plain_str(old), _plain_str(new), maxsplit))

    def rfind(self, sub, start=0, end=_sys.maxsize):
        return self.data.rfind(_plain_str(sub), start, end)

    def rindex(self, sub, start=0, end=_sys.maxsize):
        return self.data.rindex(sub, start, end)

    def rpartition(self, sep):
        return self.data.rpartition(sep)

    def rsplit(self, sep=None, maxsplit=-1):
        return self.data.rsplit(sep, maxsplit)

    def split(self, sep=None, maxsplit=-1):
        return self.data.split(sep, maxsplit)

    def splitlines(self, keepends=False):
        return self.data.splitlines(keepends)

    def startswith(self, prefix, start=0, end=_sys.maxsize):
        return self.data.startswith(prefix, start, end)

    # One method of str each, with the result in the same class.

    def capitalize(self):
        return self.__class__(self.data.capitalize())

    def casefold(self):
        return self.__class__(self.data.casefold())

    def center(self, width, *args):
        return self.__class__(self.data.center(width, *args))

    def expandtabs(self, tabsize=8):
        return self.__class__(self.data.expandtabs(tabsize))

    def ljust(self, width, *args):
        return self.__class__(self.data.ljust(width, *args))

    def lower(self):
        return self.__class__(self.data.lower())

    def lstrip(self, chars=None):
        return self.__class__(self.data.lstrip(chars))

    def rjust(self, width, *args):
        return self.__class__(self.data.rjust(width, *args))

    def rstrip(self, chars=None):
        return self.__class__(self.data.rstrip(chars))

    def strip(self, chars=None):
        return self.__class__(self.data.strip(chars))

    def swapcase(self):
        return self.__class__(self.data.swapcase())

    def title(self):
        return self.__class__(self.data.title())

    def translate(self, *args):
        return self.__class__(self.data.translate(*args))

    def upper(self):
        return self.__class__(self.data.upper())

    def zfill(self, width):
        return self.__class__(self.data.zfill(width))


def _define_tests(cls, names):
    """Give cls the methods of str that ask something about all characters, and all methods the docstrings of str."""
    def make(name):
        def method(self):
            return getattr(self.data, name)()
        method.__name__ = name
        method.__qualname__ = cls.__qualname__ + '.' + name
        return method

    for name in names.split():
        setattr(cls, name, make(name))
    for name, method in vars(cls).items():
        if name[0] != '_' and method.__doc__ is None:
            method.__doc__ = getattr(str, name).__doc__


_define_tests(UserString, 'isalpha isalnum isascii isdecimal isdigit isidentifier islower isnumeric isprintable isspace '
                          'istitle isupper')
del _define_tests
