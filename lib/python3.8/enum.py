# SPDX-License-Identifier: MIT
"""Enumerations: classes whose members are named constants.

A class statement on Enum collects its members in an _EnumDict; EnumMeta then makes the class without them and adds
them one by one.  A class keeps _member_names_ (without aliases), _member_map_ (name -> member, with aliases) and
_value2member_map_ (value -> member, for hashable values).
"""

import sys
from types import MappingProxyType, DynamicClassAttribute

__all__ = ['EnumMeta', 'Enum', 'IntEnum', 'Flag', 'IntFlag', 'auto', 'unique']


def _is_descriptor(obj):
    """Whether obj does something special as a class attribute: then it is no member."""
    cls = type(obj)
    return (hasattr(cls, '__get__') or hasattr(cls, '__set__') or hasattr(cls, '__delete__')
            or hasattr(obj, '__get__') or hasattr(obj, '__set__') or hasattr(obj, '__delete__'))


def _is_dunder(name):
    """Whether name is __something__."""
    return len(name) > 4 and name[:2] == name[-2:] == '__' and name[2] != '_' and name[-3] != '_'


def _is_sunder(name):
    """Whether name is _something_."""
    return len(name) > 2 and name[0] == name[-1] == '_' and name[1] != '_' and name[-2] != '_'


def _make_class_unpicklable(cls):
    """Let pickling of cls's instances fail at once."""
    def _break_on_call_reduce(self, proto):
        raise TypeError('%r cannot be pickled' % self)
    cls.__reduce_ex__ = _break_on_call_reduce
    cls.__module__ = '<unknown>'


def _names_in(names):
    """Return the names of a list, or of a string with blanks or commas between them, as a list."""
    return names.replace(',', ' ').split() if isinstance(names, str) else list(names)


_auto_null = object()


class auto:
    """Stands for a value that the class's _generate_next_value_ is to choose."""

    value = _auto_null


class _EnumDict(dict):
    """The namespace of a class body: knows which names are members, and lets none be used twice."""

    # Names with single underscores that a class body may set.
    _settable = frozenset(['_order_', '_create_pseudo_member_', '_generate_next_value_', '_missing_', '_ignore_'])

    def __init__(self):
        super().__init__()
        self._member_names = []
        self._last_values = []
        self._ignore = []
        self._auto_called = False

    def __setitem__(self, key, value):
        if _is_sunder(key):
            value = self._reserved(key, value)
        elif _is_dunder(key):
            if key == '__order__':
                key = '_order_'
        elif key in self._member_names:
            raise TypeError('Attempted to reuse key: %r' % key)
        elif key not in self._ignore and not _is_descriptor(value):
            if key in self:     # was a method or the like
                raise TypeError('%r already defined as: %r' % (key, self[key]))
            if isinstance(value, auto):
                if value.value == _auto_null:
                    value.value = self._generate_next_value(key, 1, len(self._member_names), self._last_values[:])
                    self._auto_called = True
                value = value.value
            self._member_names.append(key)
            self._last_values.append(value)
        super().__setitem__(key, value)

    def _reserved(self, key, value):
        """Do what setting the name _key_ means; return the value to store."""
        if key not in self._settable:
            raise ValueError('_names_ are reserved for future Enum use')
        if key == '_generate_next_value_':
            if self._auto_called:
                raise TypeError('_generate_next_value_ must be defined before members')
            self._generate_next_value = value
        elif key == '_ignore_':
            value = self._ignore = _names_in(value)
            late = set(value) & set(self._member_names)
            if late:
                raise ValueError('_ignore_ cannot specify already set names: %r' % (late,))
        return value


# EnumMeta has to know that Enum itself is being made.
Enum = None


class EnumMeta(type):
    """The metaclass of Enum."""

    @classmethod
    def __prepare__(metacls, cls, bases):
        metacls._check_for_existing_members(cls, bases)
        namespace = _EnumDict()
        first_enum = metacls._get_mixins_(cls, bases)[1]
        if first_enum is not None:
            namespace['_generate_next_value_'] = getattr(first_enum, '_generate_next_value_', None)
        return namespace

    def __new__(metacls, cls, bases, classdict):
        classdict.setdefault('_ignore_', []).append('_ignore_')
        for name in classdict['_ignore_']:
            classdict.pop(name, None)
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        make, save_new, use_args = metacls._find_new_(classdict, member_type, first_enum)

        values = {name: classdict.pop(name) for name in classdict._member_names}
        order = classdict.pop('_order_', None)
        unusable = values.keys() & {'mro', ''}
        if unusable:
            raise ValueError('Invalid enum member name: {0}'.format(','.join(unusable)))
        classdict.setdefault('__doc__', 'An enumeration.')

        self = super().__new__(metacls, cls, bases, classdict)
        self._member_names_ = []
        self._member_map_ = {}
        self._member_type_ = member_type
        self._value2member_map_ = {}
        if '__reduce_ex__' not in classdict and member_type is not object and not (vars(member_type).keys() & {
                '__getnewargs_ex__', '__getnewargs__', '__reduce_ex__', '__reduce__'}):
            _make_class_unpicklable(self)
        _add_members(self, values, make, use_args)

        # What the data type does on its own account must not win over Enum.
        for name in ('__repr__', '__str__', '__format__', '__reduce_ex__'):
            if name not in classdict:
                of_type = getattr(member_type, name, None)
                if of_type is not None and getattr(self, name) is of_type:
                    setattr(self, name, getattr(first_enum, name, None))

        # Calling the class looks members up from now on; __new__ as written serves subclasses.
        if Enum is not None:
            if save_new:
                self.__new_member__ = make
            self.__new__ = Enum.__new__

        if order is not None and _names_in(order) != self._member_names_:
            raise TypeError('member order does not match _order_')
        return self

    def __bool__(self):
        """Classes are true, even without members."""
        return True

    def __call__(cls, value, names=None, *, module=None, qualname=None, type=None, start=1):
        """Look a member up by its value; or with names make a new enumeration called value.

        names: a string of names, or an iterable of names or of (name, value) pairs, or a mapping.
        module, qualname: where pickle finds the class.  type: its data type.  start: the first value.
        """
        if names is not None:
            return cls._create_(value, names, module=module, qualname=qualname, type=type, start=start)
        return cls.__new__(cls, value)

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'"
                            % (type(member).__qualname__, cls.__class__.__qualname__))
        return isinstance(member, cls) and member._name_ in cls._member_map_

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError('%s: cannot delete Enum member.' % cls.__name__)
        super().__delattr__(attr)

    def __dir__(self):
        return ['__class__', '__doc__', '__members__', '__module__', *self._member_names_]

    def __getattr__(cls, name):
        """Members that are not in the class's own dict."""
        # Members are class attributes, except those that have the name of a DynamicClassAttribute.
        if not _is_dunder(name):
            member = cls._member_map_.get(name)
            if member is not None or name in cls._member_map_:
                return member
        raise AttributeError(name)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        """Iterate over the members in the order of definition, without aliases."""
        return map(cls._member_map_.__getitem__, cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @property
    def __members__(cls):
        """
        Returns a mapping of member name->value.

        This mapping lists all enum members, including aliases. Note that this
        is a read-only view of the internal mapping.
        """
        # These very words: help() on an enumeration is tested with them.
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        return '<enum %r>' % cls.__name__

    def __reversed__(cls):
        """The members, last one first."""
        return map(cls._member_map_.__getitem__, reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get('_member_map_', ()):
            raise AttributeError('Cannot reassign members.')
        super().__setattr__(name, value)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1):
        """Make a new enumeration, as described at __call__."""
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        first_enum = cls._get_mixins_(cls, bases)[1]
        classdict = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = _names_in(names)
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            values = []
            for count, name in enumerate(names):
                values.append(first_enum._generate_next_value_(name, start, count, values[:]))
            names = zip(names, values)
        for item in names:
            name, value = (item, names[item]) if isinstance(item, str) else item
            classdict[name] = value
        made = metacls.__new__(metacls, class_name, bases, classdict)
        if module is None:
            try:
                module = sys._getframe(2).f_globals['__name__']     # of who called the class
            except (AttributeError, ValueError, KeyError):
                _make_class_unpicklable(made)
        if module is not None:
            made.__module__ = module
        if qualname is not None:
            made.__qualname__ = qualname
        return made

    def _convert_(cls, name, module, filter, source=None):
        """Replace constants of a module by the members of a new enumeration called name, and return that.

        module: the module's name.  filter: says of a constant's name whether it is to be a member.
        source: the module or object that has the constants, if not the same.
        """
        target = vars(sys.modules[module])
        found = [pair for pair in vars(source or sys.modules[module]).items() if filter(pair[0])]
        try:
            found.sort(key=lambda pair: (pair[1], pair[0]))     # which name comes first decides what is an alias
        except TypeError:
            found.sort(key=lambda pair: pair[0])
        made = cls(name, found, module=module)
        made.__reduce_ex__ = _reduce_ex_by_name
        target.update(made.__members__)
        target[name] = made
        return made

    def _convert(cls, *args, **kwargs):
        import warnings
        warnings.warn('_convert is deprecated and will be removed in 3.9, use _convert_ instead.', DeprecationWarning,
                      stacklevel=2)
        return cls._convert_(*args, **kwargs)

    @staticmethod
    def _check_for_existing_members(class_name, bases):
        """TypeError if a base has members already."""
        for base in {base: None for cls in bases for base in cls.__mro__}:
            if issubclass(base, Enum or ()) and base._member_names_:
                raise TypeError('%s: cannot extend enumeration %r' % (class_name, base.__name__))

    @staticmethod
    def _get_mixins_(class_name, bases):
        """Return the data type of the members, and the enumeration among the bases, which is the last of them."""
        if not bases:
            return object, Enum
        first_enum = bases[-1]
        if not issubclass(first_enum, Enum):
            raise TypeError('new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] '
                            'enum_type)`')
        data_types = [found for found in map(_data_type_of, bases) if found is not None]
        if len(data_types) > 1:
            raise TypeError('%r: too many data types: %r' % (class_name, data_types))
        member_type = data_types[0] if data_types else object
        if first_enum._member_names_:
            raise TypeError('Cannot extend enumerations')
        return member_type, first_enum

    @staticmethod
    def _find_new_(classdict, member_type, first_enum):
        """Return the __new__ that makes members, whether the class body defines it, and whether it takes the value."""
        own = classdict.get('__new__')
        if own is not None:
            return own, True, own is not object.__new__
        plain = {None, None.__new__, object.__new__, Enum and Enum.__new__}
        for name in ('__new_member__', '__new__'):
            for cls in (member_type, first_enum):
                found = getattr(cls, name, None)
                if found not in plain:
                    return found, False, True
        return object.__new__, False, False


def _data_type_of(base):
    """Return the data type that a base class brings along, or None."""
    topmost = None
    for cls in base.__mro__:
        if cls is object:
            continue
        if issubclass(cls, Enum):
            if cls._member_type_ is not object:
                return cls._member_type_
        elif '__new__' in cls.__dict__:
            return topmost or cls
        elif topmost is None:
            topmost = cls
    return None


def _add_members(cls, values, make, use_args):
    """Make the members of a new class.  values: name -> value; make: their __new__; use_args: it takes the value."""
    member_type = cls._member_type_
    names, by_name, by_value = cls._member_names_, cls._member_map_, cls._value2member_map_
    dynamic = {name for base in cls.mro() for name, value in vars(base).items()
               if isinstance(value, DynamicClassAttribute)}
    unhashable = []
    for name, value in values.items():
        args = value if isinstance(value, tuple) else (value,)
        if member_type is tuple:
            args = args,
        member = make(cls, *args) if use_args else make(cls)
        if not hasattr(member, '_value_'):
            member._value_ = member_type(*args) if use_args and member_type is not object else value
        value = member._value_
        member._name_ = name
        member.__objclass__ = cls
        member.__init__(*args)

        # A member with a value that was there already is an alias of the first.
        try:
            known = by_value.get(value)
            hashable = True
        except TypeError:
            hashable, known = False, next((other for other in by_name.values() if other._value_ == value), None)
        if known is None and unhashable:
            known = next((other for other in unhashable if other._value_ == value), None)
        if known is not None:
            member = known
        else:
            names.append(name)
            if not hashable:
                unhashable.append(member)
        if name not in dynamic:
            setattr(cls, name, member)
        by_name[name] = member
        if hashable:
            by_value[value] = member


class Enum(metaclass=EnumMeta):
    """Base class of enumerations.

        class Color(Enum):
            RED = 1
            GREEN = auto()

    Color.RED, Color['RED'] and Color(1) are the same object; Color.RED.name is 'RED', Color.RED.value is 1.
    """

    def __new__(cls, value):
        # Members are made elsewhere: this looks one up.
        if type(value) is cls:      # for pickle's sake
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for member in cls._member_map_.values():
                if member._value_ == value:
                    return member
        error = invalid = ValueError('%r is not a valid %s' % (value, cls.__name__))
        try:
            try:
                found = cls._missing_(value)
            except Exception as failure:
                if failure.__context__ is None:
                    failure.__context__ = invalid
                raise
            if isinstance(found, cls):
                return found
            if found is not None:
                error = TypeError('error in %s._missing_: returned %r instead of None or a valid member'
                                  % (cls.__name__, found))
                error.__context__ = invalid
            raise error
        finally:
            error = invalid = None      # or they would refer to this frame, and it to them

    def _generate_next_value_(name, start, count, last_values):
        """Choose the value of auto(): one more than the last value that can be added to.

        name: the member's; start: the first value; count: of members before; last_values: theirs.
        """
        for value in last_values[::-1]:
            try:
                return value + 1
            except TypeError:
                pass
        return start

    @classmethod
    def _missing_(cls, value):
        """Called for values that no member has; may return a member.  To be overridden."""
        return None

    def __repr__(self):
        return '<%s.%s: %r>' % (self.__class__.__name__, self._name_, self._value_)

    def __str__(self):
        return '%s.%s' % (self.__class__.__name__, self._name_)

    def __dir__(self):
        added = [name for cls in self.__class__.mro() for name in vars(cls)
                 if name[0] != '_' and name not in self._member_map_]
        added += [name for name in vars(self) if name[0] != '_']
        return ['__class__', '__doc__', '__module__'] + added

    def __format__(self, format_spec):
        # As the data type formats its values, unless the class has a __str__ of its own.
        own_str = type(self).__str__ not in (Enum.__str__, Flag.__str__)
        if own_str or self._member_type_ is object:
            return str.__format__(str(self), format_spec)
        return self._member_type_.__format__(self._value_, format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    # Not plain attributes of members, so that members can be called "name" and "value".

    @DynamicClassAttribute
    def name(self):
        """The name of the Enum member."""
        return self._name_

    @DynamicClassAttribute
    def value(self):
        """The value of the Enum member."""
        return self._value_


class IntEnum(int, Enum):
    """Enum where members are also (and must be) ints"""


def _reduce_ex_by_name(self, proto):
    return self.name


class Flag(Enum):
    """Enumerations whose members can be combined with & | ^ ~.

    Combinations that have no name are made when they come up, and kept.
    """

    def _generate_next_value_(name, start, count, last_values):
        """Choose the value of auto(): the next power of two."""
        if not count:
            return 1 if start is None else start
        last = last_values[-1]
        try:
            return 1 << _high_bit(last) + 1
        except Exception:
            raise TypeError('Invalid Flag value: %r' % last) from None

    @classmethod
    def _missing_(cls, value):
        """Make the combination; a negative value is that of an inverted one."""
        if value < 0:
            return ~cls._create_pseudo_member_(~value)
        return cls._create_pseudo_member_(value)

    @classmethod
    def _create_pseudo_member_(cls, value):
        """Return the combination with this value.  ValueError if it has bits that no member has."""
        member = cls._value2member_map_.get(value)
        if member is None:
            if _decompose(cls, value)[1]:
                raise ValueError('%r is not a valid %s' % (value, cls.__name__))
            member = object.__new__(cls)
            member._name_, member._value_ = None, value
            member = cls._value2member_map_.setdefault(value, member)   # another thread may have been here
        return member

    def __contains__(self, other):
        """Whether all bits of other are set."""
        if isinstance(other, self.__class__):
            return other._value_ & self._value_ == other._value_
        raise TypeError("unsupported operand type(s) for 'in': '%s' and '%s'"
                        % (type(other).__qualname__, self.__class__.__qualname__))

    def _shown_name(self):
        """The name, or the names of the parts."""
        if self._name_ is not None:
            return self._name_
        members = _decompose(self.__class__, self._value_)[0]
        return '|'.join([str(member._name_ or member._value_) for member in members])

    def __repr__(self):
        return '<%s.%s: %r>' % (self.__class__.__name__, self._shown_name(), self._value_)

    def __str__(self):
        return '%s.%s' % (self.__class__.__name__, self._shown_name())

    def __bool__(self):
        return bool(self._value_)

    def __or__(self, other):
        cls = self.__class__
        return cls(self._value_ | other._value_) if isinstance(other, cls) else NotImplemented

    def __and__(self, other):
        cls = self.__class__
        return cls(self._value_ & other._value_) if isinstance(other, cls) else NotImplemented

    def __xor__(self, other):
        cls = self.__class__
        return cls(self._value_ ^ other._value_) if isinstance(other, cls) else NotImplemented

    def __invert__(self):
        cls, bits = self.__class__, 0
        parts = _decompose(cls, self._value_)[0]
        for member in cls:
            if member not in parts and not member._value_ & self._value_:
                bits |= member._value_
        return cls(bits)


class IntFlag(int, Flag):
    """Flags that are ints: they can have bits without a name, and combine with ints."""

    @classmethod
    def _missing_(cls, value):
        if isinstance(value, int):
            return cls._create_pseudo_member_(value)
        raise ValueError('%r is not a valid %s' % (value, cls.__name__))

    @classmethod
    def _create_pseudo_member_(cls, value):
        """Return the member with this value, after making members for those of its bits that have none."""
        by_value = cls._value2member_map_
        if value not in by_value:
            rest = _decompose(cls, value)[1]
            wanted = [value]
            while rest:
                bit = 1 << _high_bit(rest)
                if bit not in by_value and bit not in wanted:
                    wanted.append(bit)
                rest = 0 if rest == -bit else rest ^ bit
            for bits in reversed(wanted):
                member = int.__new__(cls, bits)
                member._name_, member._value_ = None, bits
                by_value.setdefault(bits, member)
        return by_value[value]

    def __or__(self, other):
        if isinstance(other, (self.__class__, int)):
            return self.__class__(self._value_ | self.__class__(other)._value_)
        return NotImplemented

    def __and__(self, other):
        if isinstance(other, (self.__class__, int)):
            return self.__class__(self._value_ & self.__class__(other)._value_)
        return NotImplemented

    def __xor__(self, other):
        if isinstance(other, (self.__class__, int)):
            return self.__class__(self._value_ ^ self.__class__(other)._value_)
        return NotImplemented

    __ror__ = __or__
    __rand__ = __and__
    __rxor__ = __xor__

    def __invert__(self):
        return self.__class__(~self._value_)


def _high_bit(value):
    """The position of the highest bit of value, or -1."""
    return value.bit_length() - 1


def unique(enumeration):
    """Class decorator: ValueError if two members have the same value."""
    aliases = [(alias, member.name) for alias, member in enumeration.__members__.items() if alias != member.name]
    if aliases:
        raise ValueError('duplicate values found in %r: %s'
                         % (enumeration, ', '.join(['%s -> %s' % pair for pair in aliases])))
    return enumeration


def _decompose(flag, value):
    """Return the members of class flag that value consists of, largest first, and the bits that are left."""
    known = list(flag._value2member_map_.items())   # a copy: other threads may add to it
    members, rest = [], value
    for bits, member in known:
        named = member._name_ is not None or value >= 0 and _power_of_two(bits)
        if named and bits and bits & value == bits:
            members.append(member)
            rest &= ~bits
    if not members and value in flag._value2member_map_:
        members = [flag._value2member_map_[value]]
    members.sort(key=lambda member: member._value_, reverse=True)
    if len(members) > 1 and members[0]._value_ == value:
        del members[0]      # that is value itself, not a part of it
    return members, rest


def _power_of_two(value):
    return value > 0 and value & value - 1 == 0
