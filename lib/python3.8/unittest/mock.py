# SPDX-License-Identifier: MIT
"""Mock objects: stand-ins that take any use, remember it, and answer as told.

How it hangs together: every mock is the only instance of a class of its own, so that special methods can be put on it.
Attributes are made when first asked for and kept in `_mock_children`; a child knows its parent twice: `_mock_parent` and
`_mock_name` for `method_calls`, `_mock_new_parent` and `_mock_new_name` (which also pass through return values, as '()')
for `mock_calls`.  A call climbs these links and is noted at every level as a _Call, a tuple (name, args, kwargs).  State
is kept in the instance's __dict__ under names with _mock_, because __setattr__ and __getattr__ belong to the user.
create_autospec() of a function gives a real function (for its signature) with the mock in its attribute `mock`; the
mock's `_mock_delegate` points back to it, and both share their state.
"""

__all__ = ('Mock', 'MagicMock', 'patch', 'sentinel', 'DEFAULT', 'ANY', 'call', 'create_autospec', 'AsyncMock',
           'FILTER_DIR', 'NonCallableMock', 'NonCallableMagicMock', 'mock_open', 'PropertyMock', 'seal')

import builtins
import contextlib
import inspect
import io
import sys
from functools import partial, wraps
from types import CodeType, ModuleType
from unittest._mock_calls import (ANY, DEFAULT, FunctionTypes, _ANY, _Call, _CallList, _Sentinel, _SentinelObject, _callable,
                                  _check_signature, _copy_func_details, _deleted, _format_call_signature,
                                  _get_signature_object, _instance_callable, _is_async_func, _is_exception, _is_list,
                                  _is_magic, _iscoroutinefunction, _missing, call, sentinel)
from unittest.util import safe_repr

FILTER_DIR = True       # dir() of a mock leaves out what is of no use

_builtins = {name for name in dir(builtins) if not name.startswith('_')}


# Questions about objects

def _is_async_obj(obj):
    if _is_instance_mock(obj) and not isinstance(obj, AsyncMock):
        return False
    obj = getattr(obj, '__func__', obj)         # static and class methods
    return _iscoroutinefunction(obj) or inspect.isawaitable(obj)


def _is_instance_mock(obj):
    # The real class: __class__ may say something else.
    return issubclass(type(obj), NonCallableMock)


def _extract_mock(obj):
    """The mock behind an autospecced function."""
    return obj.mock if isinstance(obj, FunctionTypes) and hasattr(obj, 'mock') else obj


# Signatures

def _set_signature(mock, original, instance=False):
    """Return a function with the original's signature that calls the mock; the mock itself if none is known."""
    found = _get_signature_object(original, instance, isinstance(original, type))
    if found is None:
        return mock
    sig = found[1]

    def funcopy(*args, **kwargs):
        sig.bind(*args, **kwargs)
        return mock(*args, **kwargs)

    name = original.__name__
    funcopy.__name__ = funcopy.__qualname__ = name if name.isidentifier() else 'funcopy'
    _setup_func(funcopy, mock, sig)
    return funcopy


_assert_names = ('assert_called_with', 'assert_called_once_with', 'assert_has_calls', 'assert_any_call',
                 'assert_called', 'assert_called_once', 'assert_not_called')
_await_assert_names = ('assert_awaited', 'assert_awaited_once', 'assert_awaited_with', 'assert_awaited_once_with',
                       'assert_any_await', 'assert_has_awaits', 'assert_not_awaited')


def _setup_func(funcopy, mock, sig):
    """Give a function the attributes of its mock."""
    def delegate(name):
        def method(*args, **kwargs):
            return getattr(mock, name)(*args, **kwargs)
        method.__name__ = name
        return method

    def reset_mock():
        funcopy.method_calls = _CallList()
        funcopy.mock_calls = _CallList()
        mock.reset_mock()
        answer = funcopy.return_value
        if _is_instance_mock(answer) and answer is not mock:
            answer.reset_mock()

    funcopy.mock = mock
    funcopy.called, funcopy.call_count, funcopy.call_args = False, 0, None
    for name in ('call_args_list', 'method_calls', 'mock_calls'):
        setattr(funcopy, name, _CallList())
    funcopy.return_value, funcopy.side_effect = mock.return_value, mock.side_effect
    funcopy._mock_children = mock._mock_children
    for name in _assert_names:
        setattr(funcopy, name, delegate(name))
    funcopy.reset_mock = reset_mock
    funcopy.__signature__ = sig
    mock._mock_delegate = funcopy


def _setup_async_mock(mock):
    """The same for what concerns awaiting; mock is an autospecced function."""
    import asyncio.coroutines
    mock._is_coroutine = asyncio.coroutines._is_coroutine
    mock.await_count, mock.await_args, mock.await_args_list = 0, None, _CallList()
    inner = mock.mock
    for name in _await_assert_names:
        setattr(mock, name, partial(lambda attribute, *args, **kwargs: getattr(inner, attribute)(*args, **kwargs),
                                    name))


# Mocks

class Base:
    """The end of every mock's chain of __init__ methods."""

    _mock_return_value = DEFAULT
    _mock_side_effect = None

    def __init__(self, /, *args, **kwargs):
        pass


_allowed_names = {'_mock_name', '_mock_new_name', '_mock_new_parent', '_mock_parent', '_mock_return_value',
                  '_mock_side_effect', 'await_args', 'await_args_list', 'await_count', 'call_args', 'call_args_list',
                  'call_count', 'called', 'mock_calls', 'return_value', 'side_effect'}


_property_docs = {
    'called': 'whether there was a call',
    'call_count': 'number of calls',
    'call_args': 'the last call, or None',
    'call_args_list': 'the calls of the mock itself',
    'mock_calls': 'the calls of the mock, of its attributes, and of what they returned',
    'await_count': 'number of awaits',
    'await_args': 'the last call that was awaited, or None',
    'await_args_list': 'the calls that were awaited',
}


def _delegating_property(name):
    """A property kept in _mock_<name>, or in the function that the mock was made for."""
    own = '_mock_' + name
    _allowed_names.add(name)

    def get(self):
        place = self._mock_delegate
        return getattr(self, own) if place is None else getattr(place, name)

    def put(self, value):
        place = self._mock_delegate
        if place is None:
            self.__dict__[own] = value
        else:
            setattr(place, name, value)

    return property(get, put, doc=_property_docs[name])


class _MockIter:
    """An iterator of side effects."""

    def __init__(self, obj):
        self.obj = iter(obj)

    def __next__(self):
        return next(self.obj)


def _try_iter(obj):
    """What a side effect is kept as: exceptions, callables and None as they are, an iterator of anything else."""
    if obj is None or _is_exception(obj) or _callable(obj):
        return obj
    try:
        return iter(obj)
    except TypeError:
        return obj          # it may be something that can be called later


def _check_and_set_parent(parent, value, name, new_name):
    """Link a mock to its parent, if it has none yet and this would not make a circle.  Return whether it was done."""
    value = _extract_mock(value)
    if not _is_instance_mock(value):
        return False
    if (value._mock_name or value._mock_new_name or value._mock_parent is not None
            or value._mock_new_parent is not None):
        return False
    ancestor = parent
    while ancestor is not None:
        if ancestor is value:
            return False
        ancestor = ancestor._mock_new_parent
    if new_name:
        value._mock_new_parent, value._mock_new_name = parent, new_name
    if name:
        value._mock_parent, value._mock_name = parent, name
    return True


# The plain super() needs a cell called __class__ in the class body, which a trace function would fill with the property.
_safe_super = super


class NonCallableMock(Base):
    """A mock that cannot be called."""

    def __new__(cls, /, *args, **kw):
        bases = (cls,)
        if not issubclass(cls, AsyncMockMixin):
            spec = kw.get('spec_set', kw.get('spec', args[0] if args else None))
            if spec is not None and _is_async_obj(spec):
                bases = (AsyncMockMixin, cls)
        own_class = type(cls.__name__, bases, {'__doc__': cls.__doc__})
        return object.__new__(own_class)

    def __init__(self, spec=None, wraps=None, name=None, spec_set=None, parent=None, _spec_state=None, _new_name='',
                 _new_parent=None, _spec_as_instance=False, _eat_self=None, unsafe=False, **kwargs):
        """spec: an object, class or list of names that says which attributes there are.  spec_set: the same, and no
        other can be set.  wraps: an object that calls and attributes are passed on to.  name: shown in the repr.
        unsafe: allow attributes whose names begin with assert.  Other keywords configure the mock.
        """
        if _new_parent is None:
            _new_parent = parent
        state = self.__dict__
        state.update(_mock_parent=parent, _mock_name=name, _mock_new_name=_new_name, _mock_new_parent=_new_parent,
                     _mock_sealed=False)
        if spec_set is not None:
            spec, spec_set = spec_set, True
        self._mock_add_spec(spec, spec_set, _spec_as_instance, parent is not None if _eat_self is None else _eat_self)
        state.update(_mock_children={}, _mock_wraps=wraps, _mock_delegate=None, _mock_called=False,
                     _mock_call_args=None, _mock_call_count=0, _mock_call_args_list=_CallList(),
                     _mock_mock_calls=_CallList(), method_calls=_CallList(), _mock_unsafe=unsafe)
        if kwargs:
            self.configure_mock(**kwargs)
        _safe_super(NonCallableMock, self).__init__(spec, wraps, name, spec_set, parent, _spec_state)

    def attach_mock(self, mock, attribute):
        """Make a mock an attribute of this one, whose lists of calls it then appears in."""
        inner = _extract_mock(mock)
        inner._mock_parent = inner._mock_new_parent = None
        inner._mock_name, inner._mock_new_name = '', None
        setattr(self, attribute, mock)

    # The spec

    def mock_add_spec(self, spec, spec_set=False):
        """Give the mock a spec, an object or list of names.  spec_set: other attributes cannot be set either."""
        self._mock_add_spec(spec, spec_set)

    def _mock_add_spec(self, spec, spec_set, _spec_as_instance=False, _eat_self=False):
        names, kind, sig, coroutines = spec, None, None, []
        if spec is not None:
            names = dir(spec)
            coroutines = [name for name in names if _iscoroutinefunction(getattr(spec, name, None))]
            if _is_list(spec):
                names = spec
            else:
                kind = spec if isinstance(spec, type) else type(spec)
                found = _get_signature_object(spec, _spec_as_instance, _eat_self)
                sig = found and found[1]
        self.__dict__.update(_spec_class=kind, _spec_set=spec_set, _spec_signature=sig, _mock_methods=names,
                             _spec_asyncs=coroutines)

    @property
    def __class__(self):
        return type(self) if self._spec_class is None else self._spec_class

    # State

    called, call_count, call_args, call_args_list, mock_calls = map(
        _delegating_property, ('called', 'call_count', 'call_args', 'call_args_list', 'mock_calls'))

    def __get_return_value(self):
        place = self._mock_delegate
        value = self._mock_return_value if place is None else place.return_value
        if value is DEFAULT:
            value = self._get_child_mock(_new_parent=self, _new_name='()')
            self.return_value = value
        return value

    def __set_return_value(self, value):
        if self._mock_delegate is not None:
            self._mock_delegate.return_value = value
        else:
            self._mock_return_value = value
            _check_and_set_parent(self, value, None, '()')

    return_value = property(__get_return_value, __set_return_value, doc='What a call returns; a mock by default.')

    def __get_side_effect(self):
        place = self._mock_delegate
        if place is None:
            return self._mock_side_effect
        effect = place.side_effect
        if effect is not None and not callable(effect) and not isinstance(effect, _MockIter) \
                and not _is_exception(effect):
            effect = place.side_effect = _MockIter(effect)
        return effect

    def __set_side_effect(self, value):
        value = _try_iter(value)
        if self._mock_delegate is None:
            self._mock_side_effect = value
        else:
            self._mock_delegate.side_effect = value

    side_effect = property(__get_side_effect, __set_side_effect,
                           doc='An exception to raise, a function to call, or an iterable of answers.')

    def reset_mock(self, visited=None, *, return_value=False, side_effect=False):
        """Forget all calls, here and in the children; the answers too if asked for."""
        visited = [] if visited is None else visited
        if id(self) in visited:
            return
        visited.append(id(self))
        self.called, self.call_count, self.call_args = False, 0, None
        self.mock_calls, self.call_args_list, self.method_calls = _CallList(), _CallList(), _CallList()
        if return_value:
            self._mock_return_value = DEFAULT
        if side_effect:
            self._mock_side_effect = None
        for child in self._mock_children.values():
            if child is not _deleted and not isinstance(child, _SpecState):
                child.reset_mock(visited)
        answer = self._mock_return_value
        if _is_instance_mock(answer) and answer is not self:
            answer.reset_mock(visited)

    def configure_mock(self, /, **kwargs):
        """Set attributes; names may be dotted: configure_mock(**{'method.return_value': 3})."""
        for path in sorted(kwargs, key=lambda path: path.count('.')):      # outer ones first
            *steps, last = path.split('.')
            target = self
            for step in steps:
                target = getattr(target, step)
            setattr(target, last, kwargs[path])

    # Attributes

    def __getattr__(self, name):
        if name in ('_mock_methods', '_mock_unsafe'):       # not there yet, in a copy
            raise AttributeError(name)
        if self._mock_methods is not None:
            if name not in self._mock_methods or name in _all_magics:
                raise AttributeError('Mock object has no attribute %r' % name)
        elif _is_magic(name):
            raise AttributeError(name)
        if not self._mock_unsafe and name.startswith(('assert', 'assret')):
            raise AttributeError("Attributes cannot start with 'assert' or 'assret'")

        child = self._mock_children.get(name)
        if child is _deleted:
            raise AttributeError(name)
        if child is None:
            wrapped = None if self._mock_wraps is None else getattr(self._mock_wraps, name)
            child = self._get_child_mock(parent=self, name=name, wraps=wrapped, _new_name=name, _new_parent=self)
            self._mock_children[name] = child
        elif isinstance(child, _SpecState):
            child = create_autospec(child.spec, child.spec_set, child.instance, child.parent, child.name)
            self._mock_children[name] = child
        return child

    def __setattr__(self, name, value):
        if name in _allowed_names:          # the properties and their fields
            object.__setattr__(self, name, value)
            return
        names = self._mock_methods
        if self._spec_set and names is not None and name not in names and name not in self.__dict__:
            raise AttributeError("Mock object has no attribute '%s'" % name)
        if name in _unsupported_magics:
            raise AttributeError('Attempting to set unsupported magic method %r.' % name)
        if name in _all_magics:
            if names is not None and name not in names:
                raise AttributeError("Mock object has no attribute '%s'" % name)
            value = self._set_magic(name, value)
        elif name == '__class__':
            self._spec_class = value
            return
        elif _check_and_set_parent(self, value, name, name):
            self._mock_children[name] = value
        if self._mock_sealed and not hasattr(self, name):
            raise AttributeError('Cannot set %s.%s' % (self._extract_mock_name(), name))
        object.__setattr__(self, name, value)

    def _set_magic(self, name, value):
        """Put a special method on the class; what the attribute of the instance is to be."""
        if _is_instance_mock(value):
            _check_and_set_parent(self, value, None, name)
            setattr(type(self), name, value)
            self._mock_children[name] = value
            return value
        setattr(type(self), name, _get_method(name, value))
        return lambda *args, **kw: value(self, *args, **kw)

    def __delattr__(self, name):
        if name in _all_magics and name in type(self).__dict__:
            delattr(type(self), name)
            if name not in self.__dict__:
                return
        child = self._mock_children.get(name, _missing)
        if name in self.__dict__:
            object.__delattr__(self, name)
        elif child is _deleted:
            raise AttributeError(name)
        self._mock_children[name] = _deleted

    def __dir__(self):
        if not FILTER_DIR:
            return object.__dir__(self)
        names = set(self._mock_methods or [])
        names.update(name for name in dir(type(self)) if not name.startswith('_'))
        names.update(name for name in self.__dict__ if not name.startswith('_') or _is_magic(name))
        names.update(name for name, child in self._mock_children.items() if child is not _deleted)
        return sorted(names)

    def _get_child_mock(self, /, **kw):
        """Make the mock for an attribute or return value.  Subclasses may use another class than their own."""
        new_name = kw.get('_new_name')
        if new_name in self.__dict__['_spec_asyncs']:
            return AsyncMock(**kw)
        if self._mock_sealed:
            raise AttributeError(self._extract_mock_name() + ('.' + kw['name'] if 'name' in kw else '()'))
        kind = type(self)
        if issubclass(kind, MagicMock) and new_name in _async_method_magics:
            made = AsyncMock
        elif issubclass(kind, AsyncMockMixin):
            plain = new_name in _all_sync_magics or (self._mock_methods and new_name in self._mock_methods)
            made = MagicMock if plain else AsyncMock
        elif issubclass(kind, CallableMixin):
            made = kind.__mro__[1]          # behind the class of this object alone
        else:
            made = MagicMock if issubclass(kind, NonCallableMagicMock) else Mock
        return made(**kw)

    # Names

    def _extract_mock_name(self):
        """The way from the topmost mock to this one."""
        path = ''
        mock = self
        while True:
            step, parent = mock._mock_new_name, mock._mock_new_parent
            if parent is None:
                break
            path = step + ('.' if path and not path.startswith('()') else '') + path
            mock = parent
        top = mock._mock_name or 'mock'
        return top + ('.' if path and not path.startswith('()') else '') + path

    def __repr__(self):
        shown = ''
        name = self._extract_mock_name()
        if name not in ('mock', 'mock.'):
            shown += ' name=%r' % name
        if self._spec_class is not None:
            shown += ' %s=%r' % ('spec_set' if self._spec_set else 'spec', self._spec_class.__name__)
        return "<%s%s id='%s'>" % (type(self).__name__, shown, id(self))

    # Checking calls

    def _format_mock_call_signature(self, args, kwargs):
        return _format_call_signature(self._mock_name or 'mock', args, kwargs)

    def _format_mock_failure_message(self, args, kwargs, action='call'):
        return 'expected %s not found.\nExpected: %s\nActual: %s' % (
            action, self._format_mock_call_signature(args, kwargs), self._format_mock_call_signature(*self.call_args))

    def _get_call_signature_from_name(self, name):
        """The signature of the child with a dotted name, as it stands in mock_calls; None if it has none."""
        if not name:
            return self._spec_signature
        sig, children = None, self._mock_children
        for step in name.replace('()', '').split('.'):
            child = children.get(step)
            if child is None or isinstance(child, _SpecState):
                break
            child = _extract_mock(child)
            children, sig = child._mock_children, child._spec_signature
        return sig

    def _call_matcher(self, _call):
        """The call with its arguments sorted by the signature, so that f(1) equals f(a=1).

        If it does not fit the signature, the TypeError; if there is no signature, the call itself.
        """
        nested = isinstance(_call, tuple) and len(_call) > 2
        sig = self._get_call_signature_from_name(_call[0]) if nested else self._spec_signature
        if sig is None:
            return _call
        name, args, kwargs = ('',) + tuple(_call) if len(_call) == 2 else _call
        try:
            bound = sig.bind(*args, **kwargs)
        except TypeError as exc:
            return exc.with_traceback(None)
        return call(name, bound.args, bound.kwargs)     # all three are arguments, so that names are compared too

    def _calls_repr(self, prefix='Calls'):
        """A sentence that lists the calls, nothing if there were none."""
        return '\n%s: %s.' % (prefix, safe_repr(self.mock_calls)) if self.mock_calls else ''

    def assert_not_called(self):
        """AssertionError if the mock was called."""
        if self.call_count:
            raise AssertionError("Expected '%s' to not have been called. Called %s times.%s" % (
                self._mock_name or 'mock', self.call_count, self._calls_repr()))

    def assert_called(self):
        """AssertionError if the mock was not called."""
        if not self.call_count:
            raise AssertionError("Expected '%s' to have been called." % (self._mock_name or 'mock'))

    def assert_called_once(self):
        """AssertionError unless the mock was called once."""
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to have been called once. Called %s times.%s" % (
                self._mock_name or 'mock', self.call_count, self._calls_repr()))

    def assert_called_with(self, /, *args, **kwargs):
        """AssertionError unless the last call had these arguments."""
        if self.call_args is None:
            raise AssertionError('expected call not found.\nExpected: %s\nActual: %s' % (
                self._format_mock_call_signature(args, kwargs), 'not called.'))
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        if expected != self._call_matcher(self.call_args):
            raise AssertionError(self._format_mock_failure_message(args, kwargs)) from _if_exception(expected)

    def assert_called_once_with(self, /, *args, **kwargs):
        """AssertionError unless there was one call, with these arguments."""
        if self.call_count != 1:
            raise AssertionError("Expected '%s' to be called once. Called %s times.%s" % (
                self._mock_name or 'mock', self.call_count, self._calls_repr()))
        return self.assert_called_with(*args, **kwargs)

    def assert_any_call(self, /, *args, **kwargs):
        """AssertionError unless one of the calls had these arguments."""
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        cause = _if_exception(expected)
        if cause or expected not in [self._call_matcher(one) for one in self.call_args_list]:
            raise AssertionError('%s call not found' % self._format_mock_call_signature(args, kwargs)) from cause

    def assert_has_calls(self, calls, any_order=False):
        """AssertionError unless the calls stand in mock_calls, one after the other, or in any order."""
        expected = [self._call_matcher(one) for one in calls]
        cause = next((one for one in expected if isinstance(one, Exception)), None)
        happened = _CallList(self._call_matcher(one) for one in self.mock_calls)
        if not any_order:
            if expected not in happened:
                raise AssertionError('%s\nExpected: %s%s' % (
                    _problem('calls', expected, cause), _CallList(calls),
                    self._calls_repr(prefix='Actual').rstrip('.'))) from cause
            return
        happened = list(happened)
        absent = _take_out(expected, happened)
        if absent:
            raise AssertionError('%r does not contain all of %r in its call list, found %r instead' % (
                self._mock_name or 'mock', tuple(absent), happened)) from cause


def _if_exception(matched):
    return matched if isinstance(matched, Exception) else None


def _problem(what, expected, cause):
    """The first line of the message about a list of calls."""
    if cause is None:
        return '%s not found.' % what.capitalize()
    errors = [_if_exception(one) for one in expected]
    return 'Error processing expected %s.\nErrors: %s' % (what, errors)


def _take_out(expected, happened):
    """Take the expected calls out of the list of those that happened; those that are not there."""
    absent = []
    for one in expected:
        try:
            happened.remove(one)
        except ValueError:
            absent.append(one)
    return absent


class CallableMixin(Base):
    """What makes a mock callable."""

    def __init__(self, spec=None, side_effect=None, return_value=DEFAULT, wraps=None, name=None, spec_set=None,
                 parent=None, _spec_state=None, _new_name='', _new_parent=None, **kwargs):
        self.__dict__['_mock_return_value'] = return_value
        super().__init__(spec, wraps, name, spec_set, parent, _spec_state, _new_name, _new_parent, **kwargs)
        self.side_effect = side_effect

    def _mock_check_sig(self, /, *args, **kwargs):
        """Replaced where a spec has a signature."""

    def __call__(self, /, *args, **kwargs):
        self._mock_check_sig(*args, **kwargs)
        self._increment_mock_call(*args, **kwargs)
        return self._mock_call(*args, **kwargs)

    def _mock_call(self, /, *args, **kwargs):
        return self._execute_mock_call(*args, **kwargs)

    def _increment_mock_call(self, /, *args, **kwargs):
        """Note a call here and in all mocks above."""
        this = _Call((args, kwargs), two=True)
        if self._mock_delegate is None:
            state = self.__dict__           # much faster than the properties
            state['_mock_called'] = True
            state['_mock_call_count'] += 1
            state['_mock_call_args'] = this
        else:
            self.called = True
            self.call_count += 1
            self.call_args = this
        self.call_args_list.append(this)
        self.mock_calls.append(_Call(('', args, kwargs)))

        name, path = self._mock_name, self._mock_new_name
        as_method = self._mock_parent is not None
        step = path
        above = self._mock_new_parent
        while above is not None:
            if as_method:
                above.method_calls.append(_Call((name, args, kwargs)))
                as_method = above._mock_parent is not None
                if as_method:
                    name = above._mock_name + '.' + name
            above.mock_calls.append(_Call((path, args, kwargs)))
            if above._mock_new_name:
                path = above._mock_new_name + ('' if step == '()' else '.') + path
                step = above._mock_new_name
            above = above._mock_new_parent

    def _execute_mock_call(self, /, *args, **kwargs):
        """Make the answer."""
        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not _callable(effect):
                answer = next(effect)
                if _is_exception(answer):
                    raise answer
            else:
                answer = effect(*args, **kwargs)
            if answer is not DEFAULT:
                return answer
        if self._mock_return_value is DEFAULT and self._mock_wraps is not None:
            return self._mock_wraps(*args, **kwargs)
        return self.return_value


class Mock(CallableMixin, NonCallableMock):
    """A mock that can be called and has all attributes that are asked for.

    spec: an object, class or list of names that says which attributes there are.  side_effect: called with the
    arguments of each call, its result being the answer unless it is DEFAULT; or an exception to raise; or an iterable
    of answers.  return_value: the answer otherwise, a new mock if not given.  wraps: an object that calls and attributes
    are passed on to.  name: shown in the repr.  spec_set: a spec that does not allow other attributes to be set either.
    Other keywords set attributes.
    """


# Special methods

magic_methods = ('lt gt le ge eq ne getitem setitem delitem len contains iter hash str sizeof enter exit divmod rdivmod '
                 'neg pos abs invert complex int float index round trunc floor ceil bool next fspath aiter ')
numerics = 'add sub mul matmul div floordiv mod lshift rshift and xor or pow truediv'
inplace = ' '.join('i' + name for name in numerics.split())
right = ' '.join('r' + name for name in numerics.split())


def _dunders(names):
    return {'__%s__' % name for name in names.split()}


# Those that a MagicMock has not, but that can be set
_non_defaults = _dunders('get set delete reversed missing reduce reduce_ex getinitargs getnewargs getstate setstate '
                         'getformat setformat repr dir subclasses format getnewargs_ex')
_unsupported_magics = _dunders('getattr setattr init new prepare instancecheck subclasscheck del')
_async_method_magics = _dunders('aenter aexit anext')
_sync_async_magics = _dunders('aiter')
_async_magics = _sync_async_magics | _async_method_magics
_magics = _dunders(' '.join([magic_methods, numerics, inplace, right]))
_all_sync_magics = _magics | _non_defaults
_all_magics = _all_sync_magics | _async_magics

_return_values = dict.fromkeys(['__lt__', '__gt__', '__le__', '__ge__'], NotImplemented)
_return_values.update(__int__=1, __contains__=False, __len__=0, __exit__=False, __complex__=1j, __float__=1.0,
                      __bool__=True, __index__=1, __aexit__=False)

_calculate_return_value = {
    '__hash__': lambda self: object.__hash__(self),
    '__str__': lambda self: object.__str__(self),
    '__sizeof__': lambda self: object.__sizeof__(self),
    '__fspath__': lambda self: '%s/%s/%s' % (type(self).__name__, self._extract_mock_name(), id(self)),
}


def _get_method(name, func):
    """A function, as a special method of a class."""
    def method(self, /, *args, **kw):
        return func(self, *args, **kw)
    method.__name__ = name
    return method


def _get_eq(self):
    def eq(other):
        told = self.__eq__._mock_return_value
        if told is not DEFAULT:
            return told
        return True if self is other else NotImplemented
    return eq


def _get_ne(self):
    def ne(other):
        if self.__ne__._mock_return_value is not DEFAULT:
            return DEFAULT
        return False if self is other else NotImplemented
    return ne


def _get_iter(self):
    def make_iterator():
        told = self.__iter__._mock_return_value
        return iter([] if told is DEFAULT else told)        # an iterator is its own
    return make_iterator


class _AsyncIterator:
    """An asynchronous iterator over an ordinary one."""

    def __init__(self, iterator):
        self.iterator = iterator
        code_mock = NonCallableMock(spec_set=CodeType)
        code_mock.co_flags = inspect.CO_ITERABLE_COROUTINE
        self.__dict__['__code__'] = code_mock

    def __aiter__(self):
        return self

    async def __anext__(self):
        for item in self.iterator:
            return item
        raise StopAsyncIteration


def _get_async_iter(self):
    def make_iterator():
        told = self.__aiter__._mock_return_value
        return _AsyncIterator(iter([] if told is DEFAULT else told))
    return make_iterator


_side_effect_methods = {'__eq__': _get_eq, '__ne__': _get_ne, '__iter__': _get_iter, '__aiter__': _get_async_iter}


def _set_return_value(mock, method, name):
    """Give the mock of a special method the usual answer."""
    if name in _return_values:
        method.return_value = _return_values[name]
    elif name in _calculate_return_value:
        method.return_value = _calculate_return_value[name](mock)
    elif name in _side_effect_methods:
        method.side_effect = _side_effect_methods[name](mock)


class MagicProxy(Base):
    """Stands on a mock's class for a special method until that is used for the first time."""

    def __init__(self, name, parent):
        self.name = name
        self.parent = parent

    def create_mock(self):
        name, parent = self.name, self.parent
        made = parent._get_child_mock(name=name, _new_name=name, _new_parent=parent)
        setattr(parent, name, made)
        _set_return_value(parent, made, name)
        return made

    def __get__(self, obj, _type=None):
        return self.create_mock()


class MagicMixin(Base):
    """What gives a mock special methods."""

    def __init__(self, /, *args, **kw):
        self._mock_set_magics()         # they may be configured,
        super().__init__(*args, **kw)
        self._mock_set_magics()         # and the spec may not have them

    def _mock_set_magics(self):
        own = type(self)
        every = _magics | _async_method_magics
        names = getattr(self, '_mock_methods', None)
        wanted = every if names is None else every.intersection(names)
        for name in every - wanted:
            if name in own.__dict__:
                delattr(self, name)
        for name in wanted - set(own.__dict__):
            setattr(own, name, MagicProxy(name, self))


class NonCallableMagicMock(MagicMixin, NonCallableMock):
    """A mock with special methods that cannot be called."""

    def mock_add_spec(self, spec, spec_set=False):
        """Give the mock a spec, an object or list of names.  spec_set: other attributes cannot be set either."""
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


class MagicMock(MagicMixin, Mock):
    """A Mock that has the special methods too, with the usual answers."""

    def mock_add_spec(self, spec, spec_set=False):
        """Give the mock a spec, an object or list of names.  spec_set: other attributes cannot be set either."""
        self._mock_add_spec(spec, spec_set)
        self._mock_set_magics()


# Coroutines

class AsyncMockMixin(Base):
    """What makes the calls of a mock coroutines, and notes when they are awaited."""

    await_count = _delegating_property('await_count')
    await_args = _delegating_property('await_args')
    await_args_list = _delegating_property('await_args_list')

    def __init__(self, /, *args, **kwargs):
        import asyncio.coroutines
        super().__init__(*args, **kwargs)
        code_mock = NonCallableMock(spec_set=CodeType)
        code_mock.co_flags = inspect.CO_COROUTINE
        # Both ways in which asyncio and inspect know coroutine functions
        self.__dict__.update(_is_coroutine=asyncio.coroutines._is_coroutine, _mock_await_count=0,
                             _mock_await_args=None, _mock_await_args_list=_CallList(), __code__=code_mock)

    async def _execute_mock_call(self, /, *args, **kwargs):
        this = _Call((args, kwargs), two=True)
        self.await_count += 1
        self.await_args = this
        self.await_args_list.append(this)

        effect = self.side_effect
        if effect is not None:
            if _is_exception(effect):
                raise effect
            if not _callable(effect):
                try:
                    answer = next(effect)
                except StopIteration:       # which a coroutine cannot raise
                    raise StopAsyncIteration
                if _is_exception(answer):
                    raise answer
            else:
                answer = effect(*args, **kwargs)
                if _iscoroutinefunction(effect):
                    answer = await answer
            if answer is not DEFAULT:
                return answer
        if self._mock_return_value is DEFAULT and self._mock_wraps is not None:
            answer = self._mock_wraps(*args, **kwargs)
            return await answer if _iscoroutinefunction(self._mock_wraps) else answer
        return self.return_value

    def _await_name(self):
        return self._mock_name or 'mock'

    def assert_awaited(self):
        """AssertionError if the mock was not awaited."""
        if not self.await_count:
            raise AssertionError('Expected %s to have been awaited.' % self._await_name())

    def assert_awaited_once(self):
        """AssertionError unless the mock was awaited once."""
        if self.await_count != 1:
            raise AssertionError('Expected %s to have been awaited once. Awaited %s times.' % (
                self._await_name(), self.await_count))

    def assert_awaited_with(self, /, *args, **kwargs):
        """AssertionError unless the last await had these arguments."""
        if self.await_args is None:
            raise AssertionError('Expected await: %s\nNot awaited' % self._format_mock_call_signature(args, kwargs))
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        if expected != self._call_matcher(self.await_args):
            raise AssertionError(self._format_mock_failure_message(args, kwargs, action='await')) \
                from _if_exception(expected)

    def assert_awaited_once_with(self, /, *args, **kwargs):
        """AssertionError unless there was one await, with these arguments."""
        if self.await_count != 1:
            raise AssertionError('Expected %s to have been awaited once. Awaited %s times.' % (
                self._await_name(), self.await_count))
        return self.assert_awaited_with(*args, **kwargs)

    def assert_any_await(self, /, *args, **kwargs):
        """AssertionError unless one of the awaits had these arguments."""
        expected = self._call_matcher(_Call((args, kwargs), two=True))
        cause = _if_exception(expected)
        if cause or expected not in [self._call_matcher(one) for one in self.await_args_list]:
            raise AssertionError('%s await not found' % self._format_mock_call_signature(args, kwargs)) from cause

    def assert_has_awaits(self, calls, any_order=False):
        """AssertionError unless the calls stand in await_args_list, one after the other, or in any order."""
        expected = [self._call_matcher(one) for one in calls]
        cause = next((one for one in expected if isinstance(one, Exception)), None)
        happened = _CallList(self._call_matcher(one) for one in self.await_args_list)
        if not any_order:
            if expected not in happened:
                raise AssertionError('%s\nExpected: %s\nActual: %s' % (
                    _problem('awaits', expected, cause), _CallList(calls), self.await_args_list)) from cause
            return
        absent = _take_out(expected, list(happened))
        if absent:
            raise AssertionError('%r not all found in await list' % (tuple(absent),)) from cause

    def assert_not_awaited(self):
        """AssertionError if the mock was awaited."""
        if self.await_count:
            raise AssertionError('Expected %s to not have been awaited. Awaited %s times.' % (
                self._await_name(), self.await_count))

    def reset_mock(self, /, *args, **kwargs):
        """Forget all calls and awaits."""
        super().reset_mock(*args, **kwargs)
        self.await_count, self.await_args, self.await_args_list = 0, None, _CallList()


class AsyncMagicMixin(MagicMixin):
    """What gives a mock special methods, the asynchronous ones too."""

    def __init__(self, /, *args, **kw):
        super().__init__(*args, **kw)


class AsyncMock(AsyncMockMixin, AsyncMagicMixin, Mock):
    """A mock that behaves as an async function: a call gives something to await, and that the answer.

    The arguments are Mock's.  side_effect may be an async function; an iterable that is used up raises
    StopAsyncIteration.
    """


class PropertyMock(Mock):
    """A mock to put on a class in place of a property: reading the attribute calls it, setting it calls it with the
    value.
    """

    def _get_child_mock(self, /, **kwargs):
        return MagicMock(**kwargs)

    def __get__(self, obj, obj_type=None):
        return self()

    def __set__(self, obj, val):
        self(val)


# Specs that reach down

class _SpecState:
    """A child of an autospecced mock that has not been made yet: create_autospec()'s arguments."""

    def __init__(self, spec, spec_set=False, parent=None, name=None, ids=None, instance=False):
        self.spec = spec
        self.spec_set = spec_set
        self.parent = parent
        self.name = name
        self.ids = ids
        self.instance = instance


def create_autospec(spec, spec_set=False, instance=False, _parent=None, _name=None, **kwargs):
    """Return a mock whose attributes, and their attributes, are those of spec, and whose calls take its arguments.

    spec: an object, class or function.  spec_set: other attributes cannot be set either.  instance: spec is a class, the
    mock stands for an instance.  Other keywords configure the mock.
    """
    if _is_list(spec):
        spec = type(spec)           # it stands for a list or tuple here
    is_type = isinstance(spec, type)
    is_function = isinstance(spec, FunctionTypes)
    is_async = _is_async_func(spec)
    options = {} if spec is None else {'spec_set' if spec_set else 'spec': spec}
    if options and instance:
        options['_spec_as_instance'] = True
    options.update(kwargs)
    if inspect.isdatadescriptor(spec):      # of a property's value nothing is known
        options = {}
    if is_async:
        if instance:
            raise RuntimeError('Instance can not be True when create_autospec is mocking an async function')
        kind = AsyncMock
    elif inspect.isdatadescriptor(spec):
        kind = MagicMock
    elif not _callable(spec) or (is_type and instance and not _instance_callable(spec)):
        kind = NonCallableMagicMock
    else:
        kind = MagicMock
    _name = options.pop('name', _name)
    mock = kind(parent=_parent, _new_parent=_parent, _new_name='' if _parent is None else _name, name=_name, **options)

    if not is_function:
        _check_signature(spec, mock, is_type, instance)
    else:
        mock = _set_signature(mock, spec)
        if is_async:
            _setup_async_mock(mock)
    if _parent is not None and not instance:
        _parent._mock_children[_name] = mock
    if is_type and not instance and 'return_value' not in kwargs:
        mock.return_value = create_autospec(spec, spec_set, instance=True, _name='()', _parent=mock)
    _autospec_children(mock, spec, spec_set, is_type, is_function, instance)
    return mock


def _autospec_children(mock, spec, spec_set, is_type, is_function, instance):
    """Make the methods of an autospecced mock; other attributes are left until they are asked for."""
    for name in dir(spec):
        if _is_magic(name):
            continue
        try:
            original = getattr(spec, name)
        except AttributeError:
            continue
        if not isinstance(original, FunctionTypes):
            child = _SpecState(original, spec_set, mock, name, instance)
            mock._mock_children[name] = child
            continue
        parent = mock.mock if is_function else mock
        skip_self = _must_skip(spec, name, is_type)
        kind = AsyncMock if _iscoroutinefunction(original) else MagicMock
        child = kind(parent=parent, name=name, _new_name=name, _new_parent=parent, _eat_self=skip_self,
                     **{'spec_set' if spec_set else 'spec': original})
        mock._mock_children[name] = child
        _check_signature(original, child, skipfirst=skip_self)
        if isinstance(child, FunctionTypes):
            setattr(mock, name, child)


def _must_skip(spec, entry, is_type):
    """Is the first parameter of this method one that callers do not give?"""
    if not isinstance(spec, type):
        if entry in getattr(spec, '__dict__', {}):
            return False            # a function put on the instance
        spec = spec.__class__
    for cls in spec.__mro__:
        found = cls.__dict__.get(entry, DEFAULT)
        if found is not DEFAULT:
            return is_type and isinstance(found, FunctionTypes)
    return is_type


def seal(mock):
    """Make a mock, and those below it, raise AttributeError for attributes that nobody has asked for or set before."""
    mock._mock_sealed = True
    for name in dir(mock):
        try:
            child = getattr(mock, name)
        except AttributeError:
            continue
        if isinstance(child, NonCallableMock) and child._mock_new_parent is mock:
            seal(child)


# Patching

def _dot_lookup(thing, comp, import_path):
    try:
        return getattr(thing, comp)
    except AttributeError:
        __import__(import_path)
        return getattr(thing, comp)


def _importer(target):
    """The object with a dotted name; what can be imported is."""
    path, *rest = target.split('.')
    thing = __import__(path)
    for name in rest:
        path += '.' + name
        thing = _dot_lookup(thing, name, path)
    return thing


def _get_target(target):
    """A function that gets the object to patch, and the name of the attribute."""
    try:
        target, attribute = target.rsplit('.', 1)
    except (TypeError, ValueError):
        raise TypeError('Need a valid target to patch. You supplied: %r' % (target,))
    return lambda: _importer(target), attribute


def _test_methods(cls):
    """(name, value) of what a decorated class has to have patched."""
    for name in dir(cls):
        if name.startswith(patch.TEST_PREFIX):
            value = getattr(cls, name)
            if hasattr(value, '__call__'):
                yield name, value


# What an object goes on having when the attribute is deleted: it must be put back all the same.
_undeletable = ('__doc__', '__module__', '__defaults__', '__annotations__', '__kwdefaults__')


class _patch:
    """What patch() returns: a decorator and context that replaces an attribute for a time."""

    attribute_name = None       # patch.multiple: the attribute is passed on by name
    _active_patches = []        # those that were started

    def __init__(self, getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs):
        if new_callable is not None:
            if new is not DEFAULT:
                raise ValueError("Cannot use 'new' and 'new_callable' together")
            if autospec is not None:
                raise ValueError("Cannot use 'autospec' and 'new_callable' together")
        self.getter, self.attribute, self.new, self.new_callable = getter, attribute, new, new_callable
        self.spec, self.spec_set, self.autospec, self.create = spec, spec_set, autospec, create
        self.kwargs = kwargs
        self.has_local = False
        self.additional_patchers = []

    def copy(self):
        twin = _patch(self.getter, self.attribute, self.new, self.spec, self.create, self.spec_set, self.autospec,
                      self.new_callable, self.kwargs)
        twin.attribute_name = self.attribute_name
        twin.additional_patchers = [patcher.copy() for patcher in self.additional_patchers]
        return twin

    # As a decorator

    def __call__(self, func):
        if inspect.iscoroutinefunction(func):
            return self.decorate_async_callable(func)
        return self.decorate_class(func) if isinstance(func, type) else self.decorate_callable(func)

    def decorate_class(self, klass):
        for name, method in _test_methods(klass):
            setattr(klass, name, self.copy()(method))
        return klass

    @contextlib.contextmanager
    def decoration_helper(self, patched, args, keywargs):
        """Enter all patches of a decorated function; gives the arguments to call it with."""
        mocks = []
        with contextlib.ExitStack() as stack:
            for patching in patched.patchings:
                made = stack.enter_context(patching)
                if patching.attribute_name is not None:
                    keywargs.update(made)
                elif patching.new is DEFAULT:
                    mocks.append(made)
            yield args + tuple(mocks), keywargs

    def decorate_callable(self, func):
        if hasattr(func, 'patchings'):      # decorated already: one wrapper does for all
            func.patchings.append(self)
            return func

        @wraps(func)
        def patched(*args, **keywargs):
            with self.decoration_helper(patched, args, keywargs) as (all_args, all_keywords):
                return func(*all_args, **all_keywords)

        patched.patchings = [self]
        return patched

    def decorate_async_callable(self, func):
        if hasattr(func, 'patchings'):
            func.patchings.append(self)
            return func

        @wraps(func)
        async def patched(*args, **keywargs):
            with self.decoration_helper(patched, args, keywargs) as (all_args, all_keywords):
                return await func(*all_args, **all_keywords)

        patched.patchings = [self]
        return patched

    # As a context

    def get_original(self):
        """The attribute as it is, DEFAULT if there is none, and whether it is the target's own."""
        target, name = self.getter(), self.attribute
        local = True
        try:
            original = target.__dict__[name]
        except (AttributeError, KeyError):
            original, local = getattr(target, name, DEFAULT), False
        if name in _builtins and isinstance(target, ModuleType):
            self.create = True              # hide a builtin from one module
        if original is DEFAULT and not self.create:
            raise AttributeError('%s does not have the attribute %r' % (target, name))
        return original, local

    def __enter__(self):
        # False means the same as None
        spec = None if self.spec is False else self.spec
        spec_set = None if self.spec_set is False else self.spec_set
        autospec = None if self.autospec is False else self.autospec
        if spec is not None and autospec is not None:
            raise TypeError("Can't specify spec and autospec")
        if (spec is not None or autospec is not None) and spec_set not in (True, None):
            raise TypeError("Can't provide explicit spec_set *and* spec or autospec")
        self.target = self.getter()
        original, local = self.get_original()

        new = self.new
        if new is DEFAULT and autospec is None:
            new = self._make_mock(original, spec, spec_set)
        elif autospec is not None:
            if new is not DEFAULT:
                raise TypeError("autospec creates the mock for you. Can't specify autospec and new.")
            if original is DEFAULT:
                raise TypeError("Can't use 'autospec' with create=True")
            new = create_autospec(original if autospec is True else autospec, spec_set=bool(spec_set),
                                  _name=self.attribute, **self.kwargs)
        elif self.kwargs:
            raise TypeError("Can't pass kwargs to a mock we aren't creating")

        self.temp_original, self.is_local = original, local
        try:
            setattr(self.target, self.attribute, new)
            return new if self.attribute_name is None else self._enter_others(new)
        except:
            if not self.__exit__(*sys.exc_info()):
                raise

    def _enter_others(self, new):
        """Enter the other patches of patch.multiple; the mocks by their names."""
        made = {self.attribute: new} if self.new is DEFAULT else {}
        self._exit_stack = contextlib.ExitStack()
        for patching in self.additional_patchers:
            entered = self._exit_stack.enter_context(patching)
            if patching.new is DEFAULT:
                made.update(entered)
        return made

    def _make_mock(self, original, spec, spec_set):
        """The mock to put in place if the caller gave nothing."""
        if spec is True:
            spec = original             # spec_set=True says the same more strictly
            if spec_set is True:
                spec, spec_set = None, original
        elif spec is not None:
            if spec_set is True:
                spec, spec_set = None, spec
        elif spec_set is True:
            spec_set = original

        model = spec if spec_set is None else spec_set
        inherit = False
        if model is not None:
            if original is DEFAULT:
                raise TypeError("Can't use 'spec' with create=True")
            inherit = isinstance(original, type)        # its instances get the spec too
        kind = AsyncMock if spec is None and _is_async_obj(original) else MagicMock
        options = {}
        if self.new_callable is not None:
            kind = self.new_callable
        elif model is not None:
            not_callable = '__call__' not in model if _is_list(model) else not callable(model)
            if _is_async_obj(model):
                kind = AsyncMock
            elif not_callable:
                kind = NonCallableMagicMock
        if spec is not None:
            options['spec'] = spec
        if spec_set is not None:
            options['spec_set'] = spec_set
        if isinstance(kind, type) and issubclass(kind, NonCallableMock) and self.attribute:
            options['name'] = self.attribute
        options.update(self.kwargs)
        new = kind(**options)
        if inherit and _is_instance_mock(new):
            if not _is_list(model) and not _instance_callable(model):
                kind = NonCallableMagicMock
            options.pop('name')
            new.return_value = kind(_new_parent=new, _new_name='()', **options)
        return new

    def __exit__(self, *exc_info):
        """Put the attribute back.  RuntimeError if the patch was not entered."""
        if not hasattr(self, 'temp_original'):
            raise RuntimeError('stop called on unstarted patcher')
        target, name, original = self.target, self.attribute, self.temp_original
        if self.is_local and original is not DEFAULT:
            setattr(target, name, original)
        else:
            delattr(target, name)
            if not self.create and (not hasattr(target, name) or name in _undeletable):
                # It was not in __dict__ and is gone all the same: a proxy, perhaps.
                setattr(target, name, original)
        del self.temp_original, self.is_local, self.target
        stack = self.__dict__.pop('_exit_stack', None)
        return stack.__exit__(*exc_info) if stack is not None else False

    def start(self):
        """Enter the patch; patch.stopall() knows it then."""
        made = self.__enter__()
        self._active_patches.append(self)
        return made

    def stop(self):
        """Leave a patch that was started; nothing happens if it was not."""
        try:
            self._active_patches.remove(self)
        except ValueError:
            return None
        return self.__exit__(None, None, None)


def patch(target, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    """Return a decorator and context that replaces an object by a mock for a time.

    target: its dotted name, as its user would import it.  new: what to put in its place, a MagicMock (AsyncMock for an
    async function) if not given: that is passed to the decorated function as an additional argument, or given by the
    with-statement.  spec, spec_set: arguments for the mock, True means the object itself.  autospec: make the mock by
    create_autospec().  create: the object need not exist.  new_callable: what to make the mock with.  Other keywords
    configure the mock.  A class is decorated by decorating its methods whose names begin with patch.TEST_PREFIX.
    """
    getter, attribute = _get_target(target)
    return _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_object(target, attribute, new=DEFAULT, spec=None, create=False, spec_set=None, autospec=None,
                  new_callable=None, **kwargs):
    """patch() for an attribute of an object that is at hand.  TypeError if target is a name."""
    if type(target) is str:
        raise TypeError('%r must be the actual object to be patched, not a str' % target)
    return _patch(lambda: target, attribute, new, spec, create, spec_set, autospec, new_callable, kwargs)


def _patch_multiple(target, spec=None, create=False, spec_set=None, autospec=None, new_callable=None, **kwargs):
    """patch() for several attributes of one object, which may be given by its name: attribute=new.

    Where new is DEFAULT a mock is made, and passed to the decorated function by the name of the attribute; the
    with-statement gives a dict of them.
    """
    getter = (lambda: _importer(target)) if type(target) is str else (lambda: target)
    if not kwargs:
        raise ValueError('Must supply at least one keyword argument with patch.multiple')
    patchers = []
    for attribute, new in kwargs.items():
        patcher = _patch(getter, attribute, new, spec, create, spec_set, autospec, new_callable, {})
        patcher.attribute_name = attribute
        patchers.append(patcher)
    first, *others = patchers
    first.additional_patchers = others
    return first


class _patch_dict:
    """What patch.dict() returns: a decorator and context that changes a mapping for a time.

    in_dict: the mapping or its dotted name.  values: a mapping, or pairs, of items to set.  clear: empty it first.  Other
    keywords are items too.  Afterwards the mapping is as it was before.
    """

    def __init__(self, in_dict, values=(), clear=False, **kwargs):
        self.in_dict = in_dict
        self.values = dict(values, **kwargs)
        self.clear = clear
        self._original = None

    def __call__(self, f):
        if isinstance(f, type):
            return self.decorate_class(f)

        @wraps(f)
        def patched(*args, **kw):
            with self:
                return f(*args, **kw)
        return patched

    def decorate_class(self, klass):
        for name, method in _test_methods(klass):
            setattr(klass, name, _patch_dict(self.in_dict, self.values, self.clear)(method))
        return klass

    def __enter__(self):
        self._patch_dict()
        return self.in_dict

    def __exit__(self, *args):
        self._unpatch_dict()
        return False

    start = __enter__
    stop = __exit__

    def _patch_dict(self):
        if isinstance(self.in_dict, str):
            self.in_dict = _importer(self.in_dict)
        mapping = self.in_dict
        try:
            self._original = mapping.copy()
        except AttributeError:          # a mapping with little more than []
            self._original = {key: mapping[key] for key in mapping}
        if self.clear:
            _clear_dict(mapping)
        _update_mapping(mapping, self.values)

    def _unpatch_dict(self):
        _clear_dict(self.in_dict)
        _update_mapping(self.in_dict, self._original)


def _update_mapping(mapping, values):
    try:
        mapping.update(values)
    except AttributeError:
        for key in values:
            mapping[key] = values[key]


def _clear_dict(in_dict):
    try:
        in_dict.clear()
    except AttributeError:
        for key in list(in_dict):
            del in_dict[key]


def _patch_stopall():
    """Stop all patches that were started, the last one first."""
    for patcher in reversed(_patch._active_patches):
        patcher.stop()


patch.object, patch.multiple, patch.dict = _patch_object, _patch_multiple, _patch_dict
patch.stopall = _patch_stopall
patch.TEST_PREFIX = 'test'


# Files

file_spec = None


def _to_stream(read_data):
    return io.BytesIO(read_data) if isinstance(read_data, bytes) else io.StringIO(read_data)


def mock_open(mock=None, read_data=''):
    """Return a mock to put in the place of open().

    mock: the mock to set up, a MagicMock if not given.  read_data: what is read from the file handle, str or bytes.
    """
    global file_spec
    stream = _to_stream(read_data)
    lines = None                # the generator that is the side effect of readline, unless the user sets another

    def read(*args, **kwargs):
        told = handle.read.return_value
        return stream.read(*args, **kwargs) if told is None else told

    def readlines(*args, **kwargs):
        told = handle.readlines.return_value
        return stream.readlines(*args, **kwargs) if told is None else told

    def iterate():
        while handle.readline.return_value is not None:
            yield handle.readline.return_value
        yield from stream

    def readline(*args, **kwargs):
        yield from iterate()
        while True:
            yield stream.readline(*args, **kwargs)

    def next_line():
        told = handle.readline.return_value
        return next(stream) if told is None else told

    def reset(*args, **kwargs):
        """The file is opened again."""
        nonlocal stream, lines
        stream = _to_stream(read_data)
        if handle.readline.side_effect == lines:
            lines = readline()
            handle.readline.side_effect = lines
        return DEFAULT

    if file_spec is None:
        file_spec = list(set(dir(io.TextIOWrapper)) | set(dir(io.BytesIO)))
    if mock is None:
        mock = MagicMock(name='open', spec=open)
    handle = MagicMock(spec=file_spec)
    handle.__enter__.return_value = handle
    for name in ('write', 'read', 'readline', 'readlines'):
        getattr(handle, name).return_value = None
    lines = readline()
    handle.read.side_effect, handle.readlines.side_effect, handle.readline.side_effect = read, readlines, lines
    handle.__iter__.side_effect, handle.__next__.side_effect = iterate, next_line
    mock.side_effect = reset
    mock.return_value = handle
    return mock
