# SPDX-License-Identifier: MIT
"""Registering how objects are pickled and copied; and the helpers that pickles of plain objects refer to."""

__all__ = ['pickle', 'constructor', 'add_extension', 'remove_extension', 'clear_extension_cache']

dispatch_table = {}


def pickle(ob_type, pickle_function, constructor_ob=None):
    """Have objects of a type reduced by pickle_function(object), which returns what __reduce__ would."""
    if not callable(pickle_function):
        raise TypeError('reduction functions must be callable')
    dispatch_table[ob_type] = pickle_function
    if constructor_ob is not None:
        constructor(constructor_ob)


def constructor(object):
    """Check that something can be a constructor: raise TypeError if it cannot be called."""
    if not callable(object):
        raise TypeError('constructors must be callable')


def pickle_complex(c):
    return complex, (c.real, c.imag)


pickle(complex, pickle_complex, complex)


def _reconstructor(cls, base, state):
    """Make an object of cls around a value of the native type base: what pickles of protocols 0 and 1 call."""
    if base is object:
        return object.__new__(cls)
    obj = base.__new__(cls, state)
    if base.__init__ != object.__init__:
        base.__init__(obj, state)
    return obj


_HEAPTYPE = 1 << 9      # the flag of classes made by class statements


def _reduce_ex(self, proto):
    """object.__reduce_ex__() for protocols 0 and 1."""
    assert proto < 2
    cls = self.__class__
    for base in cls.__mro__:
        if hasattr(base, '__flags__') and not base.__flags__ & _HEAPTYPE:
            break
    else:
        base = object
    if base is object:
        state = None
    elif base is cls:
        raise TypeError(f'cannot pickle {cls.__name__!r} object')
    else:
        state = base(self)
    args = (cls, base, state)
    try:
        getstate = self.__getstate__
    except AttributeError:
        if getattr(self, '__slots__', None):
            raise TypeError(f'cannot pickle {cls.__name__!r} object: a class that defines __slots__ without '
                            f'defining __getstate__ cannot be pickled with protocol {proto}') from None
        values = getattr(self, '__dict__', None)
    else:
        values = getstate()
    return (_reconstructor, args, values) if values else (_reconstructor, args)


def __newobj__(cls, *args):
    return cls.__new__(cls, *args)


def __newobj_ex__(cls, args, kwargs):
    """For __new__ methods that need keyword arguments, where the protocol cannot say so itself."""
    return cls.__new__(cls, *args, **kwargs)


def _slotnames(cls):
    """Return the names of a class' slots as attributes, those of its bases too; kept in cls.__slotnames__."""
    names = cls.__dict__.get('__slotnames__')
    if names is not None:
        return names
    names = []
    if hasattr(cls, '__slots__'):
        for base in cls.__mro__:
            slots = base.__dict__.get('__slots__', ())
            if isinstance(slots, str):
                slots = (slots,)
            for name in slots:
                if name in ('__dict__', '__weakref__'):
                    continue
                if name.startswith('__') and not name.endswith('__'):
                    stripped = base.__name__.lstrip('_')
                    name = '_%s%s' % (stripped, name) if stripped else name
                names.append(name)
    try:
        cls.__slotnames__ = names
    except:
        # A class that cannot be written to is worked out each time.
        pass
    return names


# Numbers that stand for (module, name) in pickles of protocol 2 on; agreed upon by those who exchange them.
_extension_registry = {}
_inverted_registry = {}
_extension_cache = {}


def add_extension(module, name, code):
    """Have (module, name) written as the number code, 1 to 0x7fffffff.  Raises ValueError."""
    code = int(code)
    if not 1 <= code <= 0x7fffffff:
        raise ValueError('code out of range')
    key = (module, name)
    if _extension_registry.get(key) == code and _inverted_registry.get(code) == key:
        return
    if key in _extension_registry:
        raise ValueError('key %s is already registered with code %s' % (key, _extension_registry[key]))
    if code in _inverted_registry:
        raise ValueError('code %s is already in use for key %s' % (code, _inverted_registry[code]))
    _extension_registry[key] = code
    _inverted_registry[code] = key


def remove_extension(module, name, code):
    """Undo add_extension(), for tests.  Raises ValueError."""
    key = (module, name)
    if _extension_registry.get(key) != code or _inverted_registry.get(code) != key:
        raise ValueError('key %s is not registered with code %s' % (key, code))
    del _extension_registry[key]
    del _inverted_registry[code]
    _extension_cache.pop(code, None)


def clear_extension_cache():
    """Forget the objects that numbers were resolved to."""
    _extension_cache.clear()
