# SPDX-License-Identifier: MIT
"""The functions of operator in Python, for where the native module _operator is missing."""

from builtins import abs as _abs


def _define(name, parameters, expression, doc):
    scope = {'_abs': _abs}
    exec(f'def {name}({parameters}):\n    return {expression}\n', scope)
    function = scope[name]
    function.__doc__ = doc
    function.__module__ = 'operator'
    globals()[name] = function


for _name, _expression in (('not_', 'not a'), ('truth', 'True if a else False'), ('abs', '_abs(a)'), ('inv', '~a'),
                           ('invert', '~a'), ('neg', '-a'), ('pos', '+a'), ('index', 'a.__index__()')):
    _define(_name, 'a', _expression, f'Return {_expression.replace("_abs", "abs")}.')

_operators = {'lt': '<', 'le': '<=', 'eq': '==', 'ne': '!=', 'ge': '>=', 'gt': '>', 'is_': 'is', 'is_not': 'is not',
              'add': '+', 'and_': '&', 'floordiv': '//', 'lshift': '<<', 'mod': '%', 'mul': '*', 'matmul': '@',
              'or_': '|', 'pow': '**', 'rshift': '>>', 'sub': '-', 'truediv': '/', 'xor': '^'}
for _name, _operator in _operators.items():
    _define(_name, 'a, b', f'a {_operator} b', f'Return a {_operator} b.')
_define('contains', 'a, b', 'b in a', 'Return b in a.')
_define('getitem', 'a, b', 'a[b]', 'Return a[b].')


def _define_in_place(name, operator):
    scope = {}
    exec(f'def {name}(a, b):\n    a {operator}= b\n    return a\n', scope)
    function = scope[name]
    function.__doc__ = f'Do a {operator}= b, and return a.'
    function.__module__ = 'operator'
    globals()[name] = function


for _name in ('add', 'and_', 'floordiv', 'lshift', 'mod', 'mul', 'matmul', 'or_', 'pow', 'rshift', 'sub', 'truediv',
              'xor'):
    _define_in_place('i' + _name.rstrip('_'), _operators[_name])
del _name, _operator, _operators, _expression, _define_in_place


def concat(a, b):
    """Return a + b, for sequences."""
    if not hasattr(a, '__getitem__'):
        raise TypeError("'%s' object can't be concatenated" % type(a).__name__)
    return a + b


def iconcat(a, b):
    """Do a += b, for sequences, and return a."""
    if not hasattr(a, '__getitem__'):
        raise TypeError("'%s' object can't be concatenated" % type(a).__name__)
    a += b
    return a


def setitem(a, b, c):
    """Do a[b] = c."""
    a[b] = c


def delitem(a, b):
    """Do del a[b]."""
    del a[b]


def countOf(a, b):
    """Return how many items of a equal b."""
    return sum([1 for item in a if item is b or item == b])


def indexOf(a, b):
    """Return the index of the first item of a that equals b.  ValueError if there is none."""
    for at, item in enumerate(a):
        if item is b or item == b:
            return at
    raise ValueError('sequence.index(x): x not in sequence')


def length_hint(obj, default=0):
    """Return about how many items obj will give: its length, or what its __length_hint__() says, or default."""
    if not isinstance(default, int):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(default).__name__)
    try:
        return len(obj)
    except TypeError:
        pass
    try:
        guess = type(obj).__length_hint__
        size = guess(obj)
    except (AttributeError, TypeError):
        return default
    if size is NotImplemented:
        return default
    if not isinstance(size, int):
        raise TypeError('__length_hint__ must be integer, not %s' % type(size).__name__)
    if size < 0:
        raise ValueError('__length_hint__() should return >= 0')
    return size


class attrgetter:
    """attrgetter('a', 'b.c')(x) is (x.a, x.b.c); with one name it is the attribute itself."""

    __slots__ = ('_attrs', '_paths')
    __module__ = 'operator'

    def __init__(self, attr, *attrs):
        self._attrs = attr, *attrs
        for name in self._attrs:
            if not isinstance(name, str):
                raise TypeError('attribute name must be a string')
        self._paths = [name.split('.') for name in self._attrs]

    def __call__(self, obj):
        found = []
        for path in self._paths:
            value = obj
            for name in path:
                value = getattr(value, name)
            found.append(value)
        return tuple(found) if len(found) > 1 else found[0]

    def __repr__(self):
        return '%s.%s(%s)' % (type(self).__module__, type(self).__qualname__, ', '.join(map(repr, self._attrs)))

    def __reduce__(self):
        return self.__class__, self._attrs


class itemgetter:
    """itemgetter(1, 'b')(x) is (x[1], x['b']); with one key it is the item itself."""

    __slots__ = ('_items',)
    __module__ = 'operator'

    def __init__(self, item, *items):
        self._items = item, *items

    def __call__(self, obj):
        found = [obj[item] for item in self._items]
        return tuple(found) if len(found) > 1 else found[0]

    def __repr__(self):
        return '%s.%s(%s)' % (type(self).__module__, type(self).__name__, ', '.join(map(repr, self._items)))

    def __reduce__(self):
        return self.__class__, self._items


class methodcaller:
    """methodcaller('name', 1, key=2)(x) is x.name(1, key=2)."""

    __slots__ = ('_name', '_args', '_kwargs')
    __module__ = 'operator'

    def __init__(self, name, /, *args, **kwargs):
        if not isinstance(name, str):
            raise TypeError('method name must be a string')
        self._name, self._args, self._kwargs = name, args, kwargs

    def __call__(self, obj):
        return getattr(obj, self._name)(*self._args, **self._kwargs)

    def __repr__(self):
        shown = [repr(self._name), *map(repr, self._args), *['%s=%r' % pair for pair in self._kwargs.items()]]
        return '%s.%s(%s)' % (type(self).__module__, type(self).__name__, ', '.join(shown))

    def __reduce__(self):
        if not self._kwargs:
            return self.__class__, (self._name,) + self._args
        from functools import partial
        return partial(self.__class__, self._name, **self._kwargs), self._args
