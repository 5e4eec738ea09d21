# SPDX-License-Identifier: MIT
"""Classes that mainly hold data: @dataclass writes __init__, __repr__, comparison and more from annotations.

The methods of a class are generated as one piece of source, in which types and defaults are parameters of a function
around them, and compiled at once.
"""

import keyword
import sys
import types
from reprlib import recursive_repr

__all__ = ['dataclass', 'field', 'Field', 'FrozenInstanceError', 'InitVar', 'MISSING', 'fields', 'asdict', 'astuple',
           'make_dataclass', 'replace', 'is_dataclass']


class FrozenInstanceError(AttributeError):
    """Somebody tried to change an instance of a frozen dataclass."""


class _HAS_DEFAULT_FACTORY_CLASS:
    """The default of an __init__ parameter for which a factory is called."""

    def __repr__(self):
        return '<factory>'


class _MISSING_TYPE:
    """Stands for what has not been given."""


class _FIELD_BASE:
    """A kind of field."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return self.name


_HAS_DEFAULT_FACTORY = _HAS_DEFAULT_FACTORY_CLASS()
MISSING = _MISSING_TYPE()
_FIELD, _FIELD_CLASSVAR, _FIELD_INITVAR = map(_FIELD_BASE, ('_FIELD', '_FIELD_CLASSVAR', '_FIELD_INITVAR'))
_EMPTY_METADATA = types.MappingProxyType({})

# Attributes of a dataclass: its fields by name; how it was made; what its __init__ calls at the end.
_FIELDS = '__dataclass_fields__'
_PARAMS = '__dataclass_params__'
_POST_INIT_NAME = '__post_init__'


class _InitVarMeta(type):
    def __getitem__(self, params):
        return InitVar(params)


class InitVar(metaclass=_InitVarMeta):
    """InitVar[T] annotates a parameter of __init__ that is handed on to __post_init__, and is no field."""

    __slots__ = ('type',)

    def __init__(self, type):
        self.type = type

    def __repr__(self):
        shown = self.type.__name__ if isinstance(self.type, type) else repr(self.type)
        return f'dataclasses.InitVar[{shown}]'


class Field:
    """What is known about a field.  Made by field(); name, type and _field_type are set later."""

    __slots__ = ('name', 'type', 'default', 'default_factory', 'repr', 'hash', 'init', 'compare', 'metadata',
                 '_field_type')

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata):
        self.name = self.type = self._field_type = None
        self.default, self.default_factory = default, default_factory
        self.init, self.repr, self.hash, self.compare = init, repr, hash, compare
        self.metadata = _EMPTY_METADATA if metadata is None else types.MappingProxyType(metadata)

    def __repr__(self):
        shown = ('name', 'type', 'default', 'default_factory', 'init', 'repr', 'hash', 'compare', 'metadata')
        return 'Field(%s,_field_type=%s)' % (','.join([f'{name}={getattr(self, name)!r}' for name in shown]),
                                             self._field_type)

    def __set_name__(self, owner, name):
        # The default would have been asked, if it stood in the class itself.
        tell = getattr(type(self.default), '__set_name__', None)
        if tell:
            tell(self.default, owner, name)


class _DataclassParams:
    """The arguments of @dataclass."""

    __slots__ = ('init', 'repr', 'eq', 'order', 'unsafe_hash', 'frozen')

    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        for name, value in zip(self.__slots__, (init, repr, eq, order, unsafe_hash, frozen)):
            setattr(self, name, value)

    def __repr__(self):
        return '_DataclassParams(%s)' % ','.join([f'{name}={getattr(self, name)!r}' for name in self.__slots__])


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None):
    """Describe a field, as the value of an annotated name in a dataclass.

    default: its default value; default_factory: a function that makes it, called for each instance.
    init: __init__ has a parameter for it.  repr, compare: it is shown, and compared.  hash: it counts for hash();
    None means the same as compare.  metadata: a mapping for others to use.
    """
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError('cannot specify both default and default_factory')
    return Field(default, default_factory, init, repr, hash, compare, metadata)


# ---- generated methods ----

def _tuple_of(name, flds):
    """Return source for the tuple of fields of the object called name."""
    return '(%s)' % ''.join([f'{name}.{f.name},' for f in flds])


class _Methods:
    """Collects the source of methods, and the values that the names in it stand for."""

    def __init__(self, cls):
        self.cls = cls
        self.names = []
        self.lines = []
        self.values = {'MISSING': MISSING, '_HAS_DEFAULT_FACTORY': _HAS_DEFAULT_FACTORY}

    def add(self, name, parameters, body, result=''):
        """Add method name.  body: lines; result: the annotation of the result."""
        self.names.append(name)
        self.lines.append(f' def {name}({parameters}){result}:')
        self.lines += ['  ' + line for line in body]

    def compile(self):
        """Return the functions, by name."""
        if not self.names:
            return {}
        source = '\n'.join([f"def __create_fn__({', '.join(self.values)}):", *self.lines,
                            f" return ({', '.join(self.names)},)"])
        module = sys.modules.get(self.cls.__module__)
        scope = {}
        exec(source, {} if module is None else module.__dict__, scope)
        return dict(zip(self.names, scope['__create_fn__'](**self.values)))

    def add_init(self, flds, frozen, has_post_init):
        """Add __init__ for fields and InitVars."""
        optional = None
        for f in flds:
            if f.init:
                if f.default is not MISSING or f.default_factory is not MISSING:
                    optional = f
                elif optional is not None:
                    raise TypeError(f'non-default argument {f.name!r} follows default argument')
        self_name = '__dataclass_self__' if any(f.name == 'self' for f in flds) else 'self'
        parameters, body = [self_name], []
        for f in flds:
            self._add_init_field(f, frozen, self_name, parameters, body)
        if has_post_init:
            arguments = ','.join([f.name for f in flds if f._field_type is _FIELD_INITVAR])
            body.append(f'{self_name}.{_POST_INIT_NAME}({arguments})')
        self.add('__init__', ','.join(parameters), body or ['pass'], '->None')

    def _add_init_field(self, f, frozen, self_name, parameters, body):
        """Add to the parameters of __init__ and to its body what field f needs."""
        default = '_dflt_' + f.name
        has_factory = f.default_factory is not MISSING
        if has_factory:
            self.values[default] = f.default_factory
        elif f.default is not MISSING:
            self.values[default] = f.default
        value = f.name
        if f.init:
            self.values['_type_' + f.name] = f.type
            parameter = f'{f.name}:_type_{f.name}'
            if has_factory:
                parameter += '=_HAS_DEFAULT_FACTORY'
                value = f'{default}() if {f.name} is _HAS_DEFAULT_FACTORY else {f.name}'
            elif f.default is not MISSING:
                parameter += '=' + default
            parameters.append(parameter)
        elif has_factory:
            value = default + '()'
        else:
            return      # the class attribute serves, if there is a default
        if f._field_type is _FIELD_INITVAR:
            return
        if frozen:
            self.values['__dataclass_setattr__'] = object.__setattr__
            body.append(f'__dataclass_setattr__({self_name},{f.name!r},{value})')
        else:
            body.append(f'{self_name}.{f.name}={value}')

    def add_repr(self, flds):
        shown = ', '.join([f'{f.name}={{self.{f.name}!r}}' for f in flds])
        self.add('__repr__', 'self', [f'return self.__class__.__qualname__ + f"({shown})"'])

    def add_comparison(self, name, operator, flds):
        self.add(name, 'self,other', [
            'if other.__class__ is self.__class__:',
            f" return {_tuple_of('self', flds)}{operator}{_tuple_of('other', flds)}",
            'return NotImplemented'])

    def add_hash(self, flds):
        self.add('__hash__', 'self', [f"return hash({_tuple_of('self', flds)})"])


def _frozen_methods(cls, flds):
    """Return __setattr__ and __delattr__ of a frozen class."""
    names = frozenset([f.name for f in flds])

    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot assign to field {name!r}')
        super(cls, self).__setattr__(name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f'cannot delete field {name!r}')
        super(cls, self).__delattr__(name)

    for method in (__setattr__, __delattr__):
        method.__qualname__ = f'{cls.__qualname__}.{method.__name__}'
    return {'__setattr__': __setattr__, '__delattr__': __delattr__}


# ---- fields ----

def _is_classvar(a_type, typing):
    return a_type is typing.ClassVar or type(a_type) is typing._GenericAlias and a_type.__origin__ is typing.ClassVar


def _is_initvar(a_type, dataclasses):
    return a_type is dataclasses.InitVar or type(a_type) is dataclasses.InitVar


_MODULE_IDENTIFIER_RE = None    # compiled when it is needed


def _is_type(annotation, cls, a_module, a_type, is_type_predicate):
    """Whether a string annotation in class cls begins with a name for a_type, of a_module.

    The string is not evaluated: "X..." is looked up where the class is defined, "m.X..." where m is a_module there.
    """
    global _MODULE_IDENTIFIER_RE
    if _MODULE_IDENTIFIER_RE is None:
        import re
        _MODULE_IDENTIFIER_RE = re.compile(r'^(?:\s*(\w+)\s*\.)?\s*(\w+)')
    match = _MODULE_IDENTIFIER_RE.match(annotation)
    home = sys.modules.get(cls.__module__)
    if match is None or home is None:
        return False
    prefix, name = match.groups()
    scope = home.__dict__
    if prefix:
        if scope.get(prefix) is not a_module:
            return False
        scope = sys.modules[a_type.__module__].__dict__
    return is_type_predicate(scope.get(name), a_module)


def _get_field(cls, a_name, a_type):
    """Return the Field for an annotation in class cls."""
    default = getattr(cls, a_name, MISSING)
    if isinstance(default, Field):
        f = default
    else:
        # The member of a slot is no default.
        f = field(default=MISSING if isinstance(default, types.MemberDescriptorType) else default)
    f.name = a_name
    f.type = a_type
    f._field_type = _FIELD
    typing = sys.modules.get('typing')      # without it there is no ClassVar
    if typing and (_is_classvar(a_type, typing) or isinstance(a_type, str)
                   and _is_type(a_type, cls, typing, typing.ClassVar, _is_classvar)):
        f._field_type = _FIELD_CLASSVAR
    else:
        this = sys.modules[__name__]
        if _is_initvar(a_type, this) or isinstance(a_type, str) and _is_type(a_type, cls, this, InitVar, _is_initvar):
            f._field_type = _FIELD_INITVAR
    if f._field_type is not _FIELD:
        if f.default_factory is not MISSING:
            raise TypeError(f'field {f.name} cannot have a default factory')
    elif isinstance(f.default, (list, dict, set)):
        raise ValueError(f'mutable default {type(f.default)} for field {f.name} is not allowed: use default_factory')
    return f


def _collect_fields(cls, frozen):
    """Return the fields of a class, those of its bases first, by name."""
    found = {}
    bases = [base for base in cls.__mro__[:0:-1] if hasattr(base, _FIELDS)]
    for base in bases:
        found.update(getattr(base, _FIELDS))
    annotations = cls.__dict__.get('__annotations__', {})
    for f in [_get_field(cls, name, kind) for name, kind in annotations.items()]:
        found[f.name] = f
        # The class attribute becomes the default, or goes away.
        if isinstance(getattr(cls, f.name, None), Field):
            if f.default is MISSING:
                delattr(cls, f.name)
            else:
                setattr(cls, f.name, f.default)
    for name, value in cls.__dict__.items():
        if isinstance(value, Field) and name not in annotations:
            raise TypeError(f'{name!r} is a field but has no type annotation')
    if bases:
        frozen_base = any(getattr(base, _PARAMS).frozen for base in bases)
        if frozen_base and not frozen:
            raise TypeError('cannot inherit non-frozen dataclass from a frozen one')
        if frozen and not frozen_base:
            raise TypeError('cannot inherit frozen dataclass from a non-frozen one')
    return found


# ---- the decorator ----

_ORDER = (('__lt__', '<'), ('__le__', '<='), ('__gt__', '>'), ('__ge__', '>='))


def _hash_plan(cls, params, defines_hash):
    """Return what is to be done about __hash__: 'add', 'none' (set it to None), or None."""
    if params.unsafe_hash:
        if defines_hash:
            raise TypeError(f'Cannot overwrite attribute __hash__ in class {cls.__name__}')
        return 'add'
    if not params.eq or defines_hash:
        return None
    return 'add' if params.frozen else 'none'


def _process_class(cls, init, repr, eq, order, unsafe_hash, frozen):
    params = _DataclassParams(init, repr, eq, order, unsafe_hash, frozen)
    setattr(cls, _PARAMS, params)
    found = _collect_fields(cls, frozen)
    setattr(cls, _FIELDS, found)
    own = cls.__dict__
    # A class that defines __eq__ gets a __hash__ of None by itself: that does not count.
    own_hash = own.get('__hash__', MISSING)
    defines_hash = not (own_hash is MISSING or own_hash is None and '__eq__' in own)
    if order and not eq:
        raise ValueError('eq must be true if order is true')

    flds = [f for f in found.values() if f._field_type is _FIELD]
    compared = [f for f in flds if f.compare]
    methods = _Methods(cls)
    parameters = [f for f in found.values() if f._field_type is not _FIELD_CLASSVAR]
    if init and '__init__' not in own:
        methods.add_init(parameters, frozen, hasattr(cls, _POST_INIT_NAME))
    elif init:
        _Methods(cls).add_init(parameters, frozen, False)   # for its errors
    if repr and '__repr__' not in own:
        methods.add_repr([f for f in flds if f.repr])
    if eq and '__eq__' not in own:
        methods.add_comparison('__eq__', '==', compared)
    if order:
        for name, operator in _ORDER:
            if name in own:
                raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}. '
                                'Consider using functools.total_ordering')
            methods.add_comparison(name, operator, compared)
    frozen_methods = _frozen_methods(cls, flds) if frozen else {}
    for name in frozen_methods:
        if name in own:
            raise TypeError(f'Cannot overwrite attribute {name} in class {cls.__name__}')
    hash_plan = _hash_plan(cls, params, defines_hash)
    if hash_plan == 'add':
        methods.add_hash([f for f in flds if (f.compare if f.hash is None else f.hash)])

    made = methods.compile()
    if '__repr__' in made:
        made['__repr__'] = recursive_repr()(made['__repr__'])
    for name, method in {**made, **frozen_methods}.items():
        setattr(cls, name, method)
    if hash_plan == 'none':
        cls.__hash__ = None
    if not getattr(cls, '__doc__'):
        cls.__doc__ = cls.__name__ + _signature_text(cls, parameters, made)
    return cls


def _signature_text(cls, parameters, made):
    """Return the signature of a class as inspect shows it, without loading inspect for the usual case."""
    if type(cls) is not type or cls.__new__ is not object.__new__ or '__init__' not in made:
        import inspect
        return str(inspect.signature(cls)).replace(' -> None', '')
    shown = []
    for f in parameters:
        if f.init:
            kind = f.type
            if isinstance(kind, type):
                text = kind.__qualname__ if kind.__module__ == 'builtins' else f'{kind.__module__}.{kind.__qualname__}'
            else:
                text = repr(kind)
                if getattr(kind, '__module__', None) == 'typing':
                    text = text.replace('typing.', '')
            text = f'{f.name}: {text}'
            if f.default_factory is not MISSING:
                text += ' = <factory>'
            elif f.default is not MISSING:
                text += f' = {f.default!r}'
            shown.append(text)
    return '(%s)' % ', '.join(shown)


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False):
    """Class decorator: make the annotated names of the class body fields, and add methods; return the class.

    init, repr, eq: add __init__, __repr__, __eq__, unless the class defines them.  order: add __lt__ and so on.
    frozen: setting fields raises FrozenInstanceError.  __hash__ is added if eq and frozen are true, or unsafe_hash;
    with eq alone instances cannot be hashed.
    """
    def wrap(cls):
        return _process_class(cls, init, repr, eq, order, unsafe_hash, frozen)
    return wrap if cls is None else wrap(cls)


# ---- functions on dataclasses ----

def fields(class_or_instance):
    """Return the fields of a dataclass, or of an instance of one, as a tuple of Field objects."""
    try:
        found = getattr(class_or_instance, _FIELDS)
    except AttributeError:
        raise TypeError('must be called with a dataclass type or instance')
    return tuple([f for f in found.values() if f._field_type is _FIELD])


def _is_dataclass_instance(obj):
    return hasattr(type(obj), _FIELDS)


def is_dataclass(obj):
    """Return whether obj is a dataclass or an instance of one."""
    return hasattr(obj if isinstance(obj, type) else type(obj), _FIELDS)


# Types whose objects are their own copies.
_ATOMIC = frozenset([int, str, float, bool, type(None), bytes, complex])


def _converted(obj, convert):
    """Return obj with every dataclass instance in it replaced by convert(instance, this function), as a deep copy."""
    cls = type(obj)
    if cls in _ATOMIC:
        return obj
    if hasattr(cls, _FIELDS):
        return convert(obj, _converted)
    if isinstance(obj, (list, tuple)):
        items = [_converted(item, convert) for item in obj]
        return cls(*items) if isinstance(obj, tuple) and hasattr(obj, '_fields') else cls(items)
    if isinstance(obj, dict):
        return cls((_converted(key, convert), _converted(value, convert)) for key, value in obj.items())
    import copy
    return copy.deepcopy(obj)


def asdict(obj, *, dict_factory=dict):
    """Return the fields of a dataclass instance as a dict, instances inside too, anything else copied.

    dict_factory: called with a list of (name, value) pairs.
    """
    if not _is_dataclass_instance(obj):
        raise TypeError('asdict() should be called on dataclass instances')

    def convert(instance, inner):
        return dict_factory([(f.name, inner(getattr(instance, f.name), convert)) for f in fields(instance)])
    return convert(obj, _converted)


def astuple(obj, *, tuple_factory=tuple):
    """Return the values of a dataclass instance's fields as a tuple, instances inside too, anything else copied."""
    if not _is_dataclass_instance(obj):
        raise TypeError('astuple() should be called on dataclass instances')

    def convert(instance, inner):
        return tuple_factory([inner(getattr(instance, f.name), convert) for f in fields(instance)])
    return convert(obj, _converted)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, init=True, repr=True, eq=True, order=False,
                   unsafe_hash=False, frozen=False):
    """Make a new dataclass called cls_name.

    fields: an iterable of name, (name, type), or (name, type, default or field()).  bases, namespace: of the class.
    The others are as for dataclass().
    """
    namespace = {} if namespace is None else dict(namespace)
    annotations = {}
    for item in fields:
        name, kind = item, 'typing.Any'
        if not isinstance(item, str):
            if len(item) not in (2, 3):
                raise TypeError(f'Invalid field: {item!r}')
            name, kind, *default = item
            if default:
                namespace[name], = default
        if not isinstance(name, str) or not name.isidentifier():
            raise TypeError(f'Field names must be valid identifiers: {name!r}')
        if keyword.iskeyword(name):
            raise TypeError(f'Field names must not be keywords: {name!r}')
        if name in annotations:
            raise TypeError(f'Field name duplicated: {name!r}')
        annotations[name] = kind
    namespace['__annotations__'] = annotations
    cls = types.new_class(cls_name, bases, {}, lambda ns: ns.update(namespace))
    return dataclass(cls, init=init, repr=repr, eq=eq, order=order, unsafe_hash=unsafe_hash, frozen=frozen)


def replace(*args, **changes):
    """Return a new object like dataclass instance obj with other values for some fields, made by its __init__."""
    if not args and 'obj' in changes:
        import warnings
        warnings.warn("Passing 'obj' as keyword argument is deprecated", DeprecationWarning, stacklevel=2)
        args = changes.pop('obj'),
    if not args:
        raise TypeError("replace() missing 1 required positional argument: 'obj'")
    if len(args) > 1:
        raise TypeError(f'replace() takes 1 positional argument but {len(args)} were given')
    obj, = args
    if not _is_dataclass_instance(obj):
        raise TypeError('replace() should be called on dataclass instances')
    for f in getattr(obj, _FIELDS).values():
        if f._field_type is _FIELD_CLASSVAR:
            continue
        if f.name in changes:
            if not f.init:
                raise ValueError(f'field {f.name} is declared with init=False, it cannot be specified with replace()')
        elif f.init:
            if f.default is MISSING and f._field_type is _FIELD_INITVAR:
                raise ValueError(f'InitVar {f.name!r} must be specified with replace()')
            changes[f.name] = getattr(obj, f.name)
    return obj.__class__(**changes)


replace.__text_signature__ = '(obj, /, **kwargs)'
