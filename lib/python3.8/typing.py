# SPDX-License-Identifier: MIT
"""Names for types in annotations: Any, Union, generic collections, type variables, protocols and so on.

What stands in an annotation is one of

    a class, or a TypeVar
    a _SpecialForm      Any, NoReturn, and Union, Optional, ClassVar, Final, Literal without arguments
    a _GenericAlias     a class or special form with arguments: List[int], Union[int, str]; and the bare List, which
                        is marked as special
    a ForwardRef        made of a string

Nothing is checked when code runs, except that annotations are well-formed.
"""

import collections
import collections.abc
import contextlib
import functools
import operator
import re as stdlib_re
import sys
import types
from abc import abstractmethod, ABCMeta
from types import WrapperDescriptorType, MethodWrapperType, MethodDescriptorType

__all__ = [
    # The building blocks
    'Any', 'Callable', 'ClassVar', 'Final', 'ForwardRef', 'Generic', 'Literal', 'Optional', 'Protocol', 'Tuple',
    'Type', 'TypeVar', 'Union',
    # From collections.abc and contextlib
    'AbstractSet', 'ByteString', 'Container', 'ContextManager', 'Hashable', 'ItemsView', 'Iterable', 'Iterator',
    'KeysView', 'Mapping', 'MappingView', 'MutableMapping', 'MutableSequence', 'MutableSet', 'Sequence', 'Sized',
    'ValuesView', 'Awaitable', 'AsyncIterator', 'AsyncIterable', 'Coroutine', 'Collection', 'AsyncGenerator',
    'AsyncContextManager',
    # Protocols
    'Reversible', 'SupportsAbs', 'SupportsBytes', 'SupportsComplex', 'SupportsFloat', 'SupportsIndex', 'SupportsInt',
    'SupportsRound',
    # Concrete collections
    'ChainMap', 'Counter', 'Deque', 'Dict', 'DefaultDict', 'List', 'OrderedDict', 'Set', 'FrozenSet', 'NamedTuple',
    'TypedDict', 'Generator',
    # Things that are not types
    'AnyStr', 'cast', 'final', 'get_args', 'get_origin', 'get_type_hints', 'NewType', 'no_type_check',
    'no_type_check_decorator', 'NoReturn', 'overload', 'runtime_checkable', 'Text', 'TYPE_CHECKING']

TYPE_CHECKING = False       # type checkers take it for True
Text = str


def _caller_module(depth=2):
    """Return the __name__ of the module of the caller's caller, or None where that cannot be found out."""
    try:
        return sys._getframe(depth).f_globals.get('__name__', '__main__')
    except (AttributeError, ValueError):
        return None


# ---- checks and traversal of types ----

def _type_check(arg, msg, is_argument=True):
    """Return arg as a type; a str becomes a ForwardRef, None its type.  TypeError, beginning with msg, if it is none.

    is_argument: it stands inside of another type, where ClassVar and Final make no sense.
    """
    if arg is None:
        return type(None)
    if isinstance(arg, str):
        return ForwardRef(arg)
    if isinstance(arg, _GenericAlias):
        if arg.__origin__ in ((Generic, Protocol, ClassVar, Final) if is_argument else (Generic, Protocol)):
            raise TypeError(f'{arg} is not valid as type argument')
        return arg
    if arg in (Any, NoReturn):
        return arg
    if isinstance(arg, _SpecialForm) or arg in (Generic, Protocol):
        raise TypeError(f'Plain {arg} is not valid as type argument')
    if not isinstance(arg, (type, TypeVar, ForwardRef)) and not callable(arg):
        raise TypeError(f'{msg} Got {arg!r:.100}.')
    return arg


def _type_repr(obj):
    """Return how obj is shown inside of a type: classes by their names."""
    if isinstance(obj, type):
        return obj.__qualname__ if obj.__module__ == 'builtins' else f'{obj.__module__}.{obj.__qualname__}'
    if obj is ...:
        return '...'
    return obj.__name__ if isinstance(obj, types.FunctionType) else repr(obj)


def _collect_type_vars(types):
    """Return the type variables in a sequence of types, in the order they appear, as a tuple."""
    found = {}
    for t in types:
        if isinstance(t, TypeVar):
            found[t] = None
        elif isinstance(t, _GenericAlias) and not t._special:
            found.update(dict.fromkeys(t.__parameters__))
    return tuple(found)


def _subs_tvars(tp, tvars, subs):
    """Return tp with the type variables tvars replaced by subs."""
    if not isinstance(tp, _GenericAlias):
        return tp
    meaning = dict(zip(tvars, subs))
    args = tuple([meaning.get(arg, arg) if isinstance(arg, TypeVar) else _subs_tvars(arg, tvars, subs)
                  for arg in tp.__args__])
    return Union[args] if tp.__origin__ is Union else tp.copy_with(args)


def _check_generic(cls, parameters):
    """TypeError if cls does not take as many arguments as there are parameters."""
    wanted, given = len(cls.__parameters__), len(parameters)
    if not wanted:
        raise TypeError(f'{cls} is not a generic class')
    if given != wanted:
        raise TypeError(f"Too {'many' if given > wanted else 'few'} parameters for {cls}; actual {given}, "
                        f"expected {wanted}")


def _remove_dups_flatten(parameters):
    """Return the types in a Union of parameters: those of inner unions, each type once."""
    flat = {}
    for parameter in parameters:
        inner = isinstance(parameter, _GenericAlias) and parameter.__origin__ is Union
        flat.update(dict.fromkeys(parameter.__args__ if inner else (parameter,)))
    return tuple(flat)


def _eval_type(t, globalns, localns):
    """Return t with the forward references in it evaluated."""
    if isinstance(t, ForwardRef):
        return t._evaluate(globalns, localns)
    if not isinstance(t, _GenericAlias):
        return t
    args = tuple([_eval_type(arg, globalns, localns) for arg in t.__args__])
    if args == t.__args__:
        return t
    evaluated = t.copy_with(args)
    evaluated._special = t._special
    return evaluated


_cleanups = []      # functions that empty the caches of subscriptions


def _tp_cache(func):
    """Decorator: remember the results of func, for arguments that can be hashed."""
    cached = functools.lru_cache()(func)
    _cleanups.append(cached.cache_clear)

    @functools.wraps(func)
    def inner(*args, **kwds):
        try:
            return cached(*args, **kwds)
        except TypeError:
            return func(*args, **kwds)  # unhashable; or raise the same again
    return inner


# ---- special forms ----

class _Final:
    """Base of classes that are not to be subclassed, but by those who say _root=True."""

    __slots__ = ('__weakref__',)

    def __init_subclass__(self, /, *args, **kwds):
        if '_root' not in kwds:
            raise TypeError('Cannot subclass special typing classes')


class _Immutable:
    """Base of classes whose objects are their own copies."""

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class _SpecialForm(_Final, _Immutable, _root=True):
    """A name with a meaning of its own.  What subscription does stands in _subscriptions."""

    __slots__ = ('_name', '_doc')

    def __new__(cls, *args, **kwds):
        if len(args) == 3 and isinstance(args[0], str) and isinstance(args[1], tuple):
            raise TypeError(f'Cannot subclass {cls!r}')     # this is what a class statement calls
        return super().__new__(cls)

    def __init__(self, name, doc):
        self._name = name
        self._doc = doc

    def __eq__(self, other):
        return self._name == other._name if isinstance(other, _SpecialForm) else NotImplemented

    def __hash__(self):
        return hash((self._name,))

    def __repr__(self):
        return f'typing.{self._name}'

    def __reduce__(self):
        return self._name

    def __call__(self, *args, **kwds):
        raise TypeError(f'Cannot instantiate {self!r}')

    def __instancecheck__(self, obj):
        raise TypeError(f'{self} cannot be used with isinstance()')

    def __subclasscheck__(self, cls):
        raise TypeError(f'{self} cannot be used with issubclass()')

    @_tp_cache
    def __getitem__(self, parameters):
        subscribe = _subscriptions.get(self._name)
        if subscribe is None:
            raise TypeError(f'{self} is not subscriptable')
        return subscribe(self, parameters)


def _one_type(form, parameters):
    return _GenericAlias(form, (_type_check(parameters, form._name + ' accepts only single type.'),))


def _union(form, parameters):
    if parameters == ():
        raise TypeError('Cannot take a Union of no types.')
    if not isinstance(parameters, tuple):
        parameters = parameters,
    members = _remove_dups_flatten([_type_check(p, 'Union[arg, ...]: each arg must be a type.') for p in parameters])
    return members[0] if len(members) == 1 else _GenericAlias(form, members)


def _optional(form, parameters):
    return Union[_type_check(parameters, 'Optional[t] requires a single type.'), type(None)]


_subscriptions = {'ClassVar': _one_type, 'Final': _one_type, 'Union': _union, 'Optional': _optional,
                  'Literal': lambda form, parameters: _GenericAlias(form, parameters)}

Any = _SpecialForm('Any', doc='Any type at all: every value has it, and it has every method.')
NoReturn = _SpecialForm('NoReturn', doc='The result of a function that never returns.')
ClassVar = _SpecialForm('ClassVar', doc='ClassVar[T]: a variable of the class, which instances do not set.')
Final = _SpecialForm('Final', doc='Final or Final[T]: a name that is assigned once, and not overridden.')
Union = _SpecialForm('Union', doc='Union[X, Y]: X or Y.  Inner unions are dissolved, and repetitions dropped.')
Optional = _SpecialForm('Optional', doc='Optional[X]: X or None.')
Literal = _SpecialForm('Literal', doc="Literal[1, 'a']: one of these very values.")


class ForwardRef(_Final, _root=True):
    """A type given as a string, to be evaluated when it is asked for."""

    __slots__ = ('__forward_arg__', '__forward_code__', '__forward_evaluated__', '__forward_value__',
                 '__forward_is_argument__')

    def __init__(self, arg, is_argument=True):
        if not isinstance(arg, str):
            raise TypeError(f'Forward reference must be a string -- got {arg!r}')
        try:
            self.__forward_code__ = compile(arg, '<string>', 'eval')
        except SyntaxError:
            raise SyntaxError(f'Forward reference must be an expression -- got {arg!r}')
        self.__forward_arg__ = arg
        self.__forward_is_argument__ = is_argument
        self.__forward_evaluated__ = False
        self.__forward_value__ = None

    def _evaluate(self, globalns, localns):
        """Return the type; a namespace that is None is the same as the other."""
        if self.__forward_evaluated__ and localns is globalns:
            return self.__forward_value__
        if globalns is None:
            globalns = {} if localns is None else localns
        elif localns is None:
            localns = globalns
        self.__forward_value__ = _type_check(
            eval(self.__forward_code__, globalns, globalns if localns is None else localns),
            'Forward references must evaluate to types.', is_argument=self.__forward_is_argument__)
        self.__forward_evaluated__ = True
        return self.__forward_value__

    def __eq__(self, other):
        if not isinstance(other, ForwardRef):
            return NotImplemented
        same = self.__forward_arg__ == other.__forward_arg__
        if self.__forward_evaluated__ and other.__forward_evaluated__:
            return same and self.__forward_value__ == other.__forward_value__
        return same

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        return f'ForwardRef({self.__forward_arg__!r})'


class TypeVar(_Final, _Immutable, _root=True):
    """A type variable: TypeVar('T'), TypeVar('T', bound=Base), or TypeVar('T', int, str) for one of these.

    covariant, contravariant: how a generic class depends on it.
    """

    __slots__ = ('__name__', '__bound__', '__constraints__', '__covariant__', '__contravariant__')

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False):
        self.__name__ = name
        if covariant and contravariant:
            raise ValueError('Bivariant types are not supported.')
        self.__covariant__ = bool(covariant)
        self.__contravariant__ = bool(contravariant)
        if constraints and bound is not None:
            raise TypeError('Constraints cannot be combined with bound=...')
        if len(constraints) == 1:
            raise TypeError('A single constraint is not allowed')
        self.__constraints__ = tuple(
            [_type_check(t, 'TypeVar(name, constraint, ...): constraints must be types.') for t in constraints])
        self.__bound__ = None if bound is None else _type_check(bound, 'Bound must be a type.')
        module = _caller_module()
        if module != 'typing':
            self.__module__ = module

    def __repr__(self):
        sign = '+' if self.__covariant__ else '-' if self.__contravariant__ else '~'
        return sign + self.__name__

    def __reduce__(self):
        return self.__name__


# ---- aliases ----

# Classes whose names here are others than where they are.
_normalize_alias = {'list': 'List', 'tuple': 'Tuple', 'dict': 'Dict', 'set': 'Set', 'frozenset': 'FrozenSet',
                    'deque': 'Deque', 'defaultdict': 'DefaultDict', 'type': 'Type', 'Set': 'AbstractSet'}


def _is_dunder(attr):
    return attr.startswith('__') and attr.endswith('__')


class _TypingEmpty:
    """Stands for the () of Tuple[()] while an alias is made."""


class _TypingEllipsis:
    """Stands for an ellipsis while an alias is made."""


_stand_ins = {_TypingEllipsis: ..., _TypingEmpty: ()}


def _alias_identity(alias):
    """What makes an alias, ours or another package's, equal to another: the order in a Union does not count."""
    args = alias.__args__
    return alias.__origin__, frozenset(args) if alias.__origin__ is Union else args


class _GenericAlias(_Final, _root=True):
    """A class or special form with arguments.

    __origin__: the class.  __args__: the arguments; those of Callable[[A, B], R] are A, B, R.
    __parameters__: the type variables among them.  _special: it is a bare name, like List, whose arguments are only
    the variables it has.  _inst: it can be called to make instances.  _name: its name in this module, or None.
    """

    def __init__(self, origin, params, *, inst=True, special=False, name=None):
        self._inst = inst
        self._special = special
        if special and name is None:
            name = _normalize_alias.get(origin.__name__, origin.__name__)
        self._name = name
        if not isinstance(params, tuple):
            params = params,
        self.__origin__ = origin
        self.__args__ = tuple([_stand_ins[p] if p is _TypingEllipsis or p is _TypingEmpty else p for p in params])
        self.__parameters__ = _collect_type_vars(params)
        self.__slots__ = None   # this is what typing.Type[X] has, too, and it shall not come from the origin
        if not name:
            self.__module__ = origin.__module__

    @_tp_cache
    def __getitem__(self, params):
        if self.__origin__ in (Generic, Protocol):
            raise TypeError(f'Cannot subscript already-subscripted {self}')
        if not isinstance(params, tuple):
            params = params,
        params = tuple([_type_check(p, 'Parameters to generic types must be types.') for p in params])
        _check_generic(self, params)
        return _subs_tvars(self, self.__parameters__, params)

    def copy_with(self, params):
        """Return the same with other arguments."""
        return _GenericAlias(self.__origin__, params, name=self._name, inst=self._inst)

    def __repr__(self):
        name = 'typing.' + self._name if self._name else _type_repr(self.__origin__)
        if self._special:
            return name
        shown = [_type_repr(arg) for arg in self.__args__]
        if self._name == 'Callable' and not (len(shown) == 2 and self.__args__[0] is ...):
            return f"{name}[[{', '.join(shown[:-1])}], {shown[-1]}]"
        return f"{name}[{', '.join(shown)}]"

    def __eq__(self, other):
        if isinstance(other, _GenericAlias):
            return _alias_identity(self) == _alias_identity(other)
        return NotImplemented

    def __hash__(self):
        return hash(_alias_identity(self))

    def __call__(self, *args, **kwargs):
        if not self._inst:
            raise TypeError(f'Type {self._name} cannot be instantiated; use {self._name.lower()}() instead')
        made = self.__origin__(*args, **kwargs)
        try:
            made.__orig_class__ = self
        except AttributeError:
            pass
        return made

    def __mro_entries__(self, bases):
        if self._name:
            entries = [] if self.__origin__ in bases else [self.__origin__]
            behind = bases[bases.index(self) + 1:]
            if not any(isinstance(base, _GenericAlias) or issubclass(base, Generic) for base in behind):
                entries.append(Generic)
            return tuple(entries)
        if self.__origin__ is Generic:
            # Other aliases bring Generic along, and behind them it can stand in the order of resolution.
            behind = bases[bases.index(self) + 1:]
            if Protocol in bases or any(isinstance(base, _GenericAlias) and base is not self for base in behind):
                return ()
        return self.__origin__,

    # It has the attributes of its origin, but for special ones.

    def __getattr__(self, attr):
        if '__origin__' not in self.__dict__ or _is_dunder(attr):
            raise AttributeError(attr)
        return getattr(self.__origin__, attr)

    def __setattr__(self, attr, val):
        of_alias = _is_dunder(attr) or attr in ('_name', '_inst', '_special')
        object.__setattr__(self, attr, val) if of_alias else setattr(self.__origin__, attr, val)

    def __instancecheck__(self, obj):
        return self.__subclasscheck__(type(obj))

    def __subclasscheck__(self, cls):
        is_alias = isinstance(cls, _GenericAlias)
        if self._special and (not is_alias or cls._special):
            return issubclass(cls.__origin__ if is_alias else cls, self.__origin__)
        raise TypeError('Subscripted generics cannot be used with class and instance checks')

    def __reduce__(self):
        if self._special:
            return self._name
        origin = globals()[self._name] if self._name else self.__origin__
        args = self.__args__
        if origin is Callable and not (len(args) == 2 and args[0] is ...):
            args = list(args[:-1]), args[-1]
        elif len(args) == 1 and not isinstance(args[0], tuple):
            args, = args
        return operator.getitem, (origin, args)


class _VariadicGenericAlias(_GenericAlias, _root=True):
    """Tuple and Callable, which take any number of arguments."""

    def __getitem__(self, params):
        if self._special and self._name == 'Callable':
            if not isinstance(params, tuple) or len(params) != 2:
                raise TypeError('Callable must be used as Callable[[arg, ...], result].')
            args, result = params
            if isinstance(args, list):
                params = tuple(args), result    # for the cache it must be hashable
            elif args is not ...:
                raise TypeError(f'Callable[args, result]: args must be a list. Got {args}')
        return self.__getitem_inner__(params)

    @_tp_cache
    def __getitem_inner__(self, params):
        if not self._special:
            return super().__getitem__(params)
        if self.__origin__ is tuple:
            return self.copy_with(self._tuple_arguments(params))
        if self.__origin__ is collections.abc.Callable:
            args, result = params
            result = _type_check(result, 'Callable[args, result]: result must be a type.')
            if args is ...:
                return self.copy_with((_TypingEllipsis, result))
            message = 'Callable[[arg, ...], result]: each arg must be a type.'
            return self.copy_with((*[_type_check(arg, message) for arg in args], result))
        return super().__getitem__(params)

    @staticmethod
    def _tuple_arguments(params):
        if params == ():
            return _TypingEmpty,
        if not isinstance(params, tuple):
            params = params,
        if len(params) == 2 and params[1] is ...:
            return _type_check(params[0], 'Tuple[t, ...]: t must be a type.'), _TypingEllipsis
        return tuple([_type_check(p, 'Tuple[t0, t1, ...]: each t must be a type.') for p in params])


# ---- generic classes ----

class Generic:
    """Base class of generic classes.

        class Mapping(Generic[KT, VT]): ...

    makes Mapping[str, int] a type, and its base class is what Mapping is.
    """

    __slots__ = ()
    _is_protocol = False

    def __new__(cls, *args, **kwds):
        if cls is Generic or cls is Protocol:
            raise TypeError(f'Type {cls.__name__} cannot be instantiated; it can be used only as a base class')
        inherited = super().__new__
        if inherited is object.__new__ and cls.__init__ is not object.__init__:
            return inherited(cls)       # the arguments are for __init__
        return inherited(cls, *args, **kwds)

    @_tp_cache
    def __class_getitem__(cls, params):
        if not isinstance(params, tuple):
            params = params,
        if not params:
            raise TypeError(f'Parameter list to {cls.__qualname__}[...] cannot be empty')
        params = tuple([_type_check(p, 'Parameters to generic types must be types.') for p in params])
        if cls in (Generic, Protocol):
            if not all(isinstance(p, TypeVar) for p in params):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be type variables')
            if len(set(params)) != len(params):
                raise TypeError(f'Parameters to {cls.__name__}[...] must all be unique')
        else:
            _check_generic(cls, params)
        return _GenericAlias(cls, params)

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        written = cls.__dict__.get('__orig_bases__')
        if written is None:
            if Generic in cls.__bases__ and cls.__name__ != 'Protocol':
                raise TypeError('Cannot inherit from plain Generic')
            cls.__parameters__ = ()
            return
        if Generic in written:
            raise TypeError('Cannot inherit from plain Generic')
        variables = _collect_type_vars(written)
        declared = [base.__parameters__ for base in written
                    if isinstance(base, _GenericAlias) and base.__origin__ is Generic]
        if len(declared) > 1:
            raise TypeError('Cannot inherit from Generic[...] multiple types.')
        if declared:
            stray = [str(variable) for variable in variables if variable not in declared[0]]
            if stray:
                raise TypeError(f"Some type variables ({', '.join(stray)}) are not listed in "
                                f"Generic[{', '.join(map(str, declared[0]))}]")
            variables = declared[0]
        cls.__parameters__ = variables


# ---- protocols ----

# Attributes that are no members of a protocol.
_TYPING_INTERNALS = ['__parameters__', '__orig_bases__', '__orig_class__', '_is_protocol', '_is_runtime_protocol']
_SPECIAL_NAMES = ['__abstractmethods__', '__annotations__', '__dict__', '__doc__', '__init__', '__module__', '__new__',
                  '__slots__', '__subclasshook__', '__weakref__']
EXCLUDED_ATTRIBUTES = _TYPING_INTERNALS + _SPECIAL_NAMES + ['_MutableMapping__marker']

# Classes that may be bases of a protocol, though they are none.
_PROTO_WHITELIST = {
    'collections.abc': ['Callable', 'Awaitable', 'Iterable', 'Iterator', 'AsyncIterable', 'Hashable', 'Sized',
                        'Container', 'Collection', 'Reversible'],
    'contextlib': ['AbstractContextManager', 'AbstractAsyncContextManager'],
}


def _get_protocol_attrs(cls):
    """Return the set of names of the members of a protocol."""
    members = set()
    for base in cls.__mro__[:-1]:       # without object
        if base.__name__ not in ('Protocol', 'Generic'):
            members.update(base.__dict__, getattr(base, '__annotations__', ()))
    return {name for name in members if name not in EXCLUDED_ATTRIBUTES and not name.startswith('_abc_')}


def _is_callable_members_only(cls):
    return all([callable(getattr(cls, name, None)) for name in _get_protocol_attrs(cls)])


def _no_init(self, *args, **kwargs):
    if type(self)._is_protocol:
        raise TypeError('Protocols cannot be instantiated')


def _allow_reckless_class_cheks():
    """Whether the class check that is going on comes from abc or functools, which must not fail."""
    return _caller_module(4) in ('abc', 'functools', None)


def _has_member(cls, name):
    """Whether a class has a member of a protocol, as an attribute or, if it is a protocol, as an annotation."""
    for base in cls.__mro__:
        if name in base.__dict__:
            return base.__dict__[name] is not None
        annotations = getattr(base, '__annotations__', {})
        if isinstance(annotations, collections.abc.Mapping) and name in annotations and cls._is_protocol:
            return True
    return False


def _make_proto_hook(cls):
    """Return a __subclasshook__ for protocol cls."""
    def _proto_hook(other):
        if not cls.__dict__.get('_is_protocol', False):
            return NotImplemented       # a class that only has a protocol among its bases
        problem = None
        if not getattr(cls, '_is_runtime_protocol', False):
            problem = 'Instance and class checks can only be used with @runtime_checkable protocols'
        elif not _is_callable_members_only(cls):
            problem = "Protocols with non-method members don't support issubclass()"
        if problem:
            if _allow_reckless_class_cheks():
                return NotImplemented
            raise TypeError(problem)
        if not isinstance(other, type):
            raise TypeError('issubclass() arg 1 must be a class')
        for name in _get_protocol_attrs(cls):
            if not _has_member(other, name):
                return NotImplemented
        return True
    return _proto_hook


def _can_be_protocol_base(base):
    return (base in (object, Generic) or base.__name__ in _PROTO_WHITELIST.get(base.__module__, ())
            or issubclass(base, Generic) and base._is_protocol)


class _ProtocolMeta(ABCMeta):
    """Metaclass of protocols: isinstance() looks at the instance, too."""

    def __instancecheck__(cls, instance):
        is_protocol = getattr(cls, '_is_protocol', False)
        if (not is_protocol or _is_callable_members_only(cls)) and issubclass(instance.__class__, cls):
            return True
        if is_protocol and all(
                hasattr(instance, name) and (getattr(instance, name) is not None
                                             or not callable(getattr(cls, name, None)))
                for name in _get_protocol_attrs(cls)):
            return True
        return super().__instancecheck__(instance)


class Protocol(Generic, metaclass=_ProtocolMeta):
    """Base class of protocols: a class that has the members of one is a subclass of it for type checkers.

        class SupportsClose(Protocol):
            def close(self) -> None: ...

    With @runtime_checkable that can be tested with isinstance() and issubclass(), too.
    """

    __slots__ = ()
    _is_protocol = True
    _is_runtime_protocol = False

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        if not cls.__dict__.get('_is_protocol'):    # another kind of Protocol may have said no before
            cls._is_protocol = any(base is Protocol for base in cls.__bases__)
        if '__subclasshook__' not in cls.__dict__:
            cls.__subclasshook__ = _make_proto_hook(cls)
        if cls._is_protocol:
            for base in cls.__bases__:
                if not _can_be_protocol_base(base):
                    raise TypeError('Protocols can only inherit from other protocols, got %r' % base)
            cls.__init__ = _no_init


def runtime_checkable(cls):
    """Class decorator: allow isinstance() and issubclass() with a protocol.  They look whether members are there."""
    if not issubclass(cls, Generic) or not cls._is_protocol:
        raise TypeError('@runtime_checkable can be only applied to protocol classes, got %r' % cls)
    cls._is_runtime_protocol = True
    return cls


# ---- functions ----

def cast(typ, val):
    """Return val.  Type checkers take it to be of type typ."""
    return val


_allowed_types = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.ModuleType,
                  WrapperDescriptorType, MethodWrapperType, MethodDescriptorType)


def _get_defaults(func):
    """Return the default values of a function's parameters, by their names."""
    code = getattr(func, '__code__', None)
    if code is None:
        return {}       # not written in Python
    defaults = func.__defaults__ or ()
    positional = code.co_varnames[:code.co_argcount]
    return {**(func.__kwdefaults__ or {}), **dict(zip(positional[len(positional) - len(defaults):], defaults))}


def _hint(value, globalns, localns):
    """Return the type that an annotation means."""
    if value is None:
        value = type(None)
    elif isinstance(value, str):
        value = ForwardRef(value, is_argument=False)
    return _eval_type(value, globalns, localns)


def get_type_hints(obj, globalns=None, localns=None):
    """Return the annotations of a class, with those of its bases, a function or a module, evaluated, as a dict.

    globalns, localns: where names are looked up, instead of where obj was defined.
    The hint for a parameter whose default is None is made Optional.
    """
    if getattr(obj, '__no_type_check__', None):
        return {}
    if isinstance(obj, type):
        hints = {}
        for base in reversed(obj.__mro__):
            scope = sys.modules[base.__module__].__dict__ if globalns is None else globalns
            for name, value in base.__dict__.get('__annotations__', {}).items():
                hints[name] = _hint(value, scope, localns)
        return hints
    if globalns is None:
        if isinstance(obj, types.ModuleType):
            globalns = obj.__dict__
        else:
            inner = obj
            while hasattr(inner, '__wrapped__'):
                inner = inner.__wrapped__
            globalns = getattr(inner, '__globals__', {})
    if localns is None:
        localns = globalns
    annotations = getattr(obj, '__annotations__', None)
    if annotations is None:
        if not isinstance(obj, _allowed_types):
            raise TypeError('{!r} is not a module, class, method, or function.'.format(obj))
        return {}
    hints = {name: _hint(value, globalns, localns) for name, value in annotations.items()}
    for name, default in _get_defaults(obj).items():
        if default is None and name in hints:
            hints[name] = Optional[hints[name]]
    return hints


def get_origin(tp):
    """Return the class or special form of a type with arguments, as list for List[int]; None for others."""
    if isinstance(tp, _GenericAlias):
        return tp.__origin__
    return Generic if tp is Generic else None


def get_args(tp):
    """Return the arguments of a type as a tuple, as (list of types, result) for Callable."""
    if not isinstance(tp, _GenericAlias) or tp._special:
        return ()
    args = tp.__args__
    if get_origin(tp) is collections.abc.Callable and args[0] is not ...:
        return list(args[:-1]), args[-1]
    return args


def no_type_check(arg):
    """Decorator: the annotations of a function, or of all functions and classes in a class, are not types."""
    if isinstance(arg, type):
        relatives = arg.__bases__ + (arg,)
        for value in list(arg.__dict__.values()):
            if isinstance(value, types.FunctionType):
                value.__no_type_check__ = True
            elif isinstance(value, type) and value not in relatives:
                no_type_check(value)
    try:
        arg.__no_type_check__ = True
    except TypeError:       # a type in C
        pass
    return arg


def no_type_check_decorator(decorator):
    """Make a decorator that does what decorator does, and no_type_check() to the result."""
    @functools.wraps(decorator)
    def wrapped_decorator(*args, **kwds):
        return no_type_check(decorator(*args, **kwds))
    return wrapped_decorator


def _overload_dummy(*args, **kwds):
    """What @overload returns."""
    raise NotImplementedError(
        'You should not call an overloaded function. A series of @overload-decorated functions outside a stub module '
        'should always be followed by an implementation that is not @overload-ed.')


def overload(func):
    """Decorator: func only says one of the signatures of the function of this name, which follows."""
    return _overload_dummy


def final(f):
    """Decorator: a method that is not to be overridden, or a class that is not to be subclassed.  Nothing checks."""
    return f


def NewType(name, tp):
    """Return a function that returns its argument; type checkers take it for a subtype of tp that is called name."""
    def new_type(x):
        return x

    new_type.__supertype__ = tp
    new_type.__name__ = name
    return new_type


# ---- variables and aliases of classes ----

T = TypeVar('T')
KT = TypeVar('KT')
VT = TypeVar('VT')
T_co = TypeVar('T_co', covariant=True)
V_co = TypeVar('V_co', covariant=True)
VT_co = TypeVar('VT_co', covariant=True)
T_contra = TypeVar('T_contra', contravariant=True)
CT_co = TypeVar('CT_co', covariant=True, bound=type)
AnyStr = TypeVar('AnyStr', bytes, str)


def _alias(origin, params, inst=True):
    """Return the bare name for class origin, with type variables params.  inst: it can be called."""
    return _GenericAlias(origin, params, special=True, inst=inst)


Callable = _VariadicGenericAlias(collections.abc.Callable, (), special=True)
Callable.__doc__ = 'Callable[[Arg, ...], Result]: functions and the like; Callable[..., Result] with any arguments.'
Tuple = _VariadicGenericAlias(tuple, (), inst=False, special=True)
Tuple.__doc__ = 'Tuple[X, Y]: a pair of an X and a Y.  Tuple[X, ...]: any number of Xs.  Tuple[()]: the empty tuple.'
Type = _alias(type, CT_co, inst=False)
Type.__doc__ = 'Type[C]: the class C or a subclass of it, as an object.'

Hashable = _alias(collections.abc.Hashable, ())
Sized = _alias(collections.abc.Sized, ())
ByteString = _alias(collections.abc.ByteString, ())

Awaitable = _alias(collections.abc.Awaitable, T_co)
Coroutine = _alias(collections.abc.Coroutine, (T_co, T_contra, V_co))
AsyncIterable = _alias(collections.abc.AsyncIterable, T_co)
AsyncIterator = _alias(collections.abc.AsyncIterator, T_co)
AsyncGenerator = _alias(collections.abc.AsyncGenerator, (T_co, T_contra))
Iterator = _alias(collections.abc.Iterator, T_co)
Generator = _alias(collections.abc.Generator, (T_co, T_contra, V_co))
Reversible = _alias(collections.abc.Reversible, T_co)
Container = _alias(collections.abc.Container, T_co)
Iterable = _alias(collections.abc.Iterable, T_co)
Collection = _alias(collections.abc.Collection, T_co)

AbstractSet = _alias(collections.abc.Set, T_co)
MutableSet = _alias(collections.abc.MutableSet, T)
MutableSequence = _alias(collections.abc.MutableSequence, T)
Mapping = _alias(collections.abc.Mapping, (KT, VT_co))
MutableMapping = _alias(collections.abc.MutableMapping, (KT, VT))
Sequence = _alias(collections.abc.Sequence, T_co)
KeysView = _alias(collections.abc.KeysView, KT)
ValuesView = _alias(collections.abc.ValuesView, VT_co)
ItemsView = _alias(collections.abc.ItemsView, (KT, VT_co))
MappingView = _alias(collections.abc.MappingView, T_co)

ContextManager = _alias(contextlib.AbstractContextManager, T_co)
AsyncContextManager = _alias(contextlib.AbstractAsyncContextManager, T_co)

List = _alias(list, T, inst=False)
Dict = _alias(dict, (KT, VT), inst=False)
Set = _alias(set, T, inst=False)
FrozenSet = _alias(frozenset, T_co, inst=False)
Deque = _alias(collections.deque, T)
DefaultDict = _alias(collections.defaultdict, (KT, VT))
OrderedDict = _alias(collections.OrderedDict, (KT, VT))
Counter = _alias(collections.Counter, T)
ChainMap = _alias(collections.ChainMap, (KT, VT))

Pattern = _alias(stdlib_re.Pattern, AnyStr)
Match = _alias(stdlib_re.Match, AnyStr)


# ---- protocols of one method ----

@runtime_checkable
class SupportsInt(Protocol):
    """Has __int__."""

    __slots__ = ()

    @abstractmethod
    def __int__(self) -> int:
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    """Has __float__."""

    __slots__ = ()

    @abstractmethod
    def __float__(self) -> float:
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    """Has __complex__."""

    __slots__ = ()

    @abstractmethod
    def __complex__(self) -> complex:
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    """Has __bytes__."""

    __slots__ = ()

    @abstractmethod
    def __bytes__(self) -> bytes:
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    """Has __index__."""

    __slots__ = ()

    @abstractmethod
    def __index__(self) -> int:
        pass


@runtime_checkable
class SupportsAbs(Protocol[T_co]):
    """Has __abs__, which returns a T_co."""

    __slots__ = ()

    @abstractmethod
    def __abs__(self) -> T_co:
        pass


@runtime_checkable
class SupportsRound(Protocol[T_co]):
    """Has __round__, which returns a T_co."""

    __slots__ = ()

    @abstractmethod
    def __round__(self, ndigits: int = 0) -> T_co:
        pass


# ---- NamedTuple ----

def _make_nmtuple(name, types):
    """Return the class for NamedTuple.  types: pairs of name and type."""
    message = "NamedTuple('Name', [(f0, t0), (f1, t1), ...]); each t must be a type"
    fields = {field: _type_check(t, message) for field, t in types}
    made = collections.namedtuple(name, fields)
    made.__annotations__ = fields
    made._field_types = fields      # the old name
    module = _caller_module(3)
    if module is not None:
        made.__module__ = module
    return made


_prohibited = ('__new__', '__init__', '__slots__', '__getnewargs__', '_fields', '_field_defaults', '_field_types',
               '_make', '_replace', '_asdict', '_source')       # cannot be defined in a class body
_special = ('__module__', '__name__', '__annotations__')        # are set already


class NamedTupleMeta(type):
    """Metaclass of NamedTuple: classes that it makes are named tuples."""

    def __new__(cls, typename, bases, ns):
        if ns.get('_root', False):
            return super().__new__(cls, typename, bases, ns)
        fields = ns.get('__annotations__', {})
        made = _make_nmtuple(typename, fields.items())
        defaults = {}
        for name in fields:
            if name in ns:
                defaults[name] = ns[name]
            elif defaults:
                raise TypeError('Non-default namedtuple field {field_name} cannot follow default field(s) '
                                '{default_names}'.format(field_name=name, default_names=', '.join(defaults)))
        made.__new__.__annotations__ = dict(fields)
        made.__new__.__defaults__ = tuple(defaults.values())
        made._field_defaults = defaults
        for name, value in ns.items():
            if name in _prohibited:
                raise AttributeError('Cannot overwrite NamedTuple attribute ' + name)
            if name not in _special and name not in made._fields:
                setattr(made, name, value)
        return made


class NamedTuple(metaclass=NamedTupleMeta):
    """collections.namedtuple() with types.

        class Employee(NamedTuple):
            name: str
            id: int = 3

    or NamedTuple('Employee', [('name', str), ('id', int)]), or NamedTuple('Employee', name=str, id=int).
    The types are in __annotations__.
    """

    _root = True

    def __new__(*args, **kwargs):
        if not args:
            raise TypeError('NamedTuple.__new__(): not enough arguments')
        given = list(args[1:3])
        if len(args) > 3:
            raise TypeError('NamedTuple.__new__() takes from 2 to 3 positional arguments but %d were given'
                            % len(args))
        if not given:
            if 'typename' not in kwargs:
                raise TypeError("NamedTuple.__new__() missing 1 required positional argument: 'typename'")
            given.append(_deprecated_keyword(kwargs, 'typename'))
        if len(given) == 1:
            is_list = 'fields' in kwargs and len(kwargs) == 1
            given.append(_deprecated_keyword(kwargs, 'fields') if is_list else None)
        typename, fields = given
        if fields is None:
            fields = kwargs.items()
        elif kwargs:
            raise TypeError('Either list of fields or keywords can be provided to NamedTuple, not both')
        return _make_nmtuple(typename, fields)
    __new__.__text_signature__ = '($cls, typename, fields=None, /, **kwargs)'


def _deprecated_keyword(kwargs, name):
    import warnings
    warnings.warn(f"Passing '{name}' as keyword argument is deprecated", DeprecationWarning, stacklevel=3)
    return kwargs.pop(name)


# ---- TypedDict ----

def _dict_new(cls, /, *args, **kwargs):
    return dict(*args, **kwargs)


def _typeddict_new(cls, typename, fields=None, /, *, total=True, **kwargs):
    if fields is None:
        fields = kwargs
    elif kwargs:
        raise TypeError('TypedDict takes either a dict or keyword arguments, but not both')
    namespace = {'__annotations__': dict(fields), '__total__': total}
    module = _caller_module()
    if module is not None:
        namespace['__module__'] = module
    return _TypedDictMeta(typename, (), namespace)


class _TypedDictMeta(type):
    """Metaclass of TypedDict: its classes make plain dicts."""

    def __new__(cls, name, bases, ns, total=True):
        ns['__new__'] = _typeddict_new if name == 'TypedDict' else _dict_new
        made = super().__new__(cls, name, (dict,), ns)
        message = "TypedDict('Name', {f0: t0, f1: t1, ...}); each t must be a type"
        keys = {key: _type_check(t, message) for key, t in ns.get('__annotations__', {}).items()}
        for base in bases:
            keys.update(base.__dict__.get('__annotations__', {}))
        made.__annotations__ = keys
        if not hasattr(made, '__total__'):
            made.__total__ = total
        return made

    def __subclasscheck__(cls, other):
        raise TypeError('TypedDict does not support instance and class checks')

    __instancecheck__ = __subclasscheck__


class TypedDict(dict, metaclass=_TypedDictMeta):
    """The type of dicts with certain keys.

        class Point2D(TypedDict):
            x: int
            y: int

    or TypedDict('Point2D', {'x': int, 'y': int}), or TypedDict('Point2D', x=int, y=int).  Point2D(x=1, y=2) is a
    plain dict.  total=False says that keys may be missing.  The types are in __annotations__.
    """


TypedDict.__module__ = __name__


# ---- files ----

class IO(Generic[AnyStr]):
    """The type of what open() returns: IO[str] or IO[bytes]."""

    __slots__ = ()

    @property
    @abstractmethod
    def mode(self) -> str:
        pass

    @property
    @abstractmethod
    def name(self) -> str:
        pass

    @property
    @abstractmethod
    def closed(self) -> bool:
        pass

    @abstractmethod
    def close(self) -> None:
        pass

    @abstractmethod
    def fileno(self) -> int:
        pass

    @abstractmethod
    def flush(self) -> None:
        pass

    @abstractmethod
    def isatty(self) -> bool:
        pass

    @abstractmethod
    def readable(self) -> bool:
        pass

    @abstractmethod
    def read(self, n: int = -1) -> AnyStr:
        pass

    @abstractmethod
    def readline(self, limit: int = -1) -> AnyStr:
        pass

    @abstractmethod
    def readlines(self, hint: int = -1) -> List[AnyStr]:
        pass

    @abstractmethod
    def seekable(self) -> bool:
        pass

    @abstractmethod
    def seek(self, offset: int, whence: int = 0) -> int:
        pass

    @abstractmethod
    def tell(self) -> int:
        pass

    @abstractmethod
    def truncate(self, size: int = None) -> int:
        pass

    @abstractmethod
    def writable(self) -> bool:
        pass

    @abstractmethod
    def write(self, s: AnyStr) -> int:
        pass

    @abstractmethod
    def writelines(self, lines: List[AnyStr]) -> None:
        pass

    @abstractmethod
    def __enter__(self) -> 'IO[AnyStr]':
        pass

    @abstractmethod
    def __exit__(self, type, value, traceback) -> None:
        pass


class BinaryIO(IO[bytes]):
    """The type of what open() returns for binary modes."""

    __slots__ = ()

    @abstractmethod
    def write(self, s: Union[bytes, bytearray]) -> int:
        pass

    @abstractmethod
    def __enter__(self) -> 'BinaryIO':
        pass


class TextIO(IO[str]):
    """The type of what open() returns for text."""

    __slots__ = ()

    @property
    @abstractmethod
    def buffer(self) -> BinaryIO:
        pass

    @property
    @abstractmethod
    def encoding(self) -> str:
        pass

    @property
    @abstractmethod
    def errors(self) -> Optional[str]:
        pass

    @property
    @abstractmethod
    def line_buffering(self) -> bool:
        pass

    @property
    @abstractmethod
    def newlines(self) -> Any:
        pass

    @abstractmethod
    def __enter__(self) -> 'TextIO':
        pass


# ---- the modules typing.io and typing.re ----

class io:
    """The types of files, as if they were in a module."""

    __all__ = ['IO', 'TextIO', 'BinaryIO']
    IO = IO
    TextIO = TextIO
    BinaryIO = BinaryIO


class re:
    """The types of regular expressions, as if they were in a module."""

    __all__ = ['Pattern', 'Match']
    Pattern = Pattern
    Match = Match


for _module in io, re:
    _module.__name__ = f'{__name__}.{_module.__name__}'
    sys.modules[_module.__name__] = _module
del _module
