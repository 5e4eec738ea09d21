# SPDX-License-Identifier: MIT
"""What mocks are made with: named constants, questions about objects and their signatures, and calls as tuples."""

import inspect
import sys
from functools import partial
from types import MethodType

# The public name.
__name__ = 'unittest.mock'

FunctionTypes = (type(inspect.isfunction), MethodType)


# Named constants

class _SentinelObject:
    """An object that is only equal to itself and shows its name."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return 'sentinel.%s' % self.name

    def __reduce__(self):
        return 'sentinel.%s' % self.name


class _Sentinel:
    """Each attribute is a constant that is made when first asked for."""

    def __init__(self):
        self._sentinels = {}

    def __reduce__(self):
        return 'sentinel'

    def __getattr__(self, name):
        known = self._sentinels
        if name not in known:
            if name == '__bases__':         # doctest and inspect ask for it
                raise AttributeError
            known[name] = _SentinelObject(name)
        return known[name]


sentinel = _Sentinel()
DEFAULT, _missing, _deleted = sentinel.DEFAULT, sentinel.MISSING, sentinel.DELETED


class _ANY:
    """Equal to everything."""

    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __repr__(self):
        return '<ANY>'


ANY = _ANY()


# Questions about objects

def _iscoroutinefunction(obj):
    """asyncio.iscoroutinefunction(), without importing asyncio: only asyncio makes the marker."""
    if inspect.iscoroutinefunction(obj):
        return True
    coroutines = sys.modules.get('asyncio.coroutines')
    return coroutines is not None and getattr(obj, '_is_coroutine', None) is coroutines._is_coroutine


def _is_async_func(func):
    return bool(getattr(func, '__code__', None)) and _iscoroutinefunction(func)


def _is_exception(obj):
    return isinstance(obj, BaseException) or (isinstance(obj, type) and issubclass(obj, BaseException))


def _is_list(obj):
    return type(obj) in (list, tuple)


def _is_magic(name):
    return '__%s__' % name[2:-2] == name


def _callable(obj):
    if isinstance(obj, type):
        return True
    if isinstance(obj, (staticmethod, classmethod, MethodType)):
        return _callable(obj.__func__)
    return getattr(obj, '__call__', None) is not None


def _instance_callable(obj):
    """Can the object, or can instances of the class, be called?"""
    if not isinstance(obj, type):
        return getattr(obj, '__call__', None) is not None
    # A class of any metaclass has __call__: look where its instances do.
    return any(base.__dict__.get('__call__') is not None for base in (obj,) + obj.__mro__)


# Signatures

def _get_signature_object(spec, as_instance, eat_self):
    """The function to look at and its signature, None if there is none.

    For a class that is its __init__, unless the mock stands for an instance.
    """
    if isinstance(spec, type) and not as_instance:
        spec, eat_self = spec.__init__, True
    elif not isinstance(spec, FunctionTypes):
        spec = getattr(spec, '__call__', None)
        if spec is None:
            return None
    try:
        return spec, inspect.signature(partial(spec, None) if eat_self else spec)
    except ValueError:
        return None


def _check_signature(func, mock, skipfirst, instance=False):
    """Make a mock raise TypeError for calls that func would not take."""
    found = _get_signature_object(func, instance, skipfirst)
    if found is None:
        return
    func, sig = found

    def checksig(self, /, *args, **kwargs):
        sig.bind(*args, **kwargs)
    _copy_func_details(func, checksig)
    type(mock)._mock_check_sig = checksig
    type(mock).__signature__ = sig


def _copy_func_details(func, funcopy):
    for name in ('__name__', '__doc__', '__text_signature__', '__module__', '__defaults__', '__kwdefaults__'):
        try:
            setattr(funcopy, name, getattr(func, name))
        except AttributeError:
            pass


# Calls

def _format_call_signature(name, args, kwargs):
    parts = [repr(arg) for arg in args] + ['%s=%r' % item for item in kwargs.items()]
    return '%s(%s)' % (name, ', '.join(parts))


class _CallList(list):
    """A list of calls; a list is in it if its items follow each other there."""

    def __contains__(self, value):
        if not isinstance(value, list):
            return list.__contains__(self, value)
        width = len(value)
        return any(self[i:i + width] == value for i in range(len(self) - width + 1))

    def __repr__(self):
        import pprint
        return pprint.pformat(list(self))


class _Call(tuple):
    """A call: (name, args, kwargs), or (args, kwargs) where the name is of no interest.

    Comparison takes shorter tuples too, with missing parts empty.  `call` makes them: call.method(1).other(2).
    """

    def __new__(cls, value=(), name='', parent=None, two=False, from_kall=True):
        if len(value) == 3:
            parts = tuple(value)
        elif len(value) == 2 and type(value[0]) is tuple:
            parts = name, value[0], value[1]
        else:
            found_name, args, kwargs = cls._parts(value)
            parts = found_name or name, args, kwargs
        return tuple.__new__(cls, parts[1:] if two else parts)

    def __init__(self, value=(), name=None, parent=None, two=False, from_kall=True):
        self._mock_name = name
        self._mock_parent = parent
        self._mock_from_kall = from_kall

    __ne__ = object.__ne__
    __hash__ = None

    @staticmethod
    def _parts(value):
        """The name, args and kwargs of a tuple of up to three; a name is a str, args a tuple, kwargs what is left."""
        name, args, kwargs = '', (), {}
        if len(value) == 3:
            return tuple(value)
        for part in value:
            if isinstance(part, str):
                name = part
            elif isinstance(part, tuple):
                args = part
            else:
                kwargs = part
        return name, args, kwargs

    def __eq__(self, other):
        try:
            count = len(other)
        except TypeError:
            return NotImplemented
        if count > 3:
            return False
        mine, theirs = getattr(self, '_mock_parent', None), getattr(other, '_mock_parent', None)
        if mine and theirs and mine != theirs:
            return False
        name, args, kwargs = ('',) + tuple(self) if len(self) == 2 else self
        if count == 2 and not isinstance(other[0], str):
            other_name, (other_args, other_kwargs) = '', other
        elif count == 2:
            other_name = other[0]
            other_args, other_kwargs = (other[1], {}) if isinstance(other[1], tuple) else ((), other[1])
        else:
            other_name, other_args, other_kwargs = self._parts(other)
        if name and other_name != name:
            return False
        return (other_args, other_kwargs) == (args, kwargs)     # in this order: ANY may stand on the other side

    def __call__(self, /, *args, **kwargs):
        path = self._mock_name
        if path is None:
            return _Call(('', args, kwargs), name='()')
        return _Call((path, args, kwargs), name=path + '()', parent=self)

    def __getattr__(self, attr):
        if self._mock_name is None:
            return _Call(name=attr, from_kall=False)
        return _Call(name='%s.%s' % (self._mock_name, attr), parent=self, from_kall=False)

    def __getattribute__(self, attr):
        if attr in tuple.__dict__:          # even names that tuples use stand for calls
            raise AttributeError
        return tuple.__getattribute__(self, attr)

    def count(self, /, *args, **kwargs):
        return self.__getattr__('count')(*args, **kwargs)

    def index(self, /, *args, **kwargs):
        return self.__getattr__('index')(*args, **kwargs)

    def _get_call_arguments(self):
        return tuple(self)[-2:]

    @property
    def args(self):
        """The positional arguments."""
        return self._get_call_arguments()[0]

    @property
    def kwargs(self):
        """The keyword arguments."""
        return self._get_call_arguments()[1]

    def __repr__(self):
        if not self._mock_from_kall:
            name = self._mock_name or 'call'
            return 'call%s' % name if name.startswith('()') else name
        args, kwargs = self._get_call_arguments()
        name = self[0] if len(self) == 3 else ''
        if name:
            name = name if name.startswith('()') else '.' + name
        return _format_call_signature('call' + name, args, kwargs)

    def call_list(self):
        """Return the calls of a chain such as call(1).method(2) as a list."""
        calls = []
        thing = self
        while thing:
            if thing._mock_from_kall:
                calls.append(thing)
            thing = thing._mock_parent
        return _CallList(reversed(calls))


call = _Call(from_kall=False)
