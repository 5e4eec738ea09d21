# SPDX-License-Identifier: MIT
"""Call C functions and handle C data from Python.

    from ctypes import CDLL, c_double
    libm = CDLL('libm.so.6')
    libm.cos.restype = c_double
    libm.cos.argtypes = [c_double]
    libm.cos(1.0)

The machinery (type objects, calls, callbacks) is in the extension _ctypes.
This module names the simple C types, loads libraries and makes prototypes.
Wrong declarations crash the process: nothing here can check them.
"""
import os as _os
import sys as _sys

from struct import calcsize as _calcsize

from _ctypes import (
    Structure, Union, Array, ArgumentError, POINTER, RTLD_GLOBAL, RTLD_LOCAL,
    _Pointer, _SimpleCData, _pointer_type_cache,
    addressof, alignment, byref, get_errno, pointer, resize, set_errno, sizeof,
    dlopen as _dlopen,
    CFuncPtr as _CFuncPtr,
    __version__ as _ctypes_version,
    FUNCFLAG_CDECL as _FUNCFLAG_CDECL,
    FUNCFLAG_PYTHONAPI as _FUNCFLAG_PYTHONAPI,
    FUNCFLAG_USE_ERRNO as _FUNCFLAG_USE_ERRNO,
    FUNCFLAG_USE_LASTERROR as _FUNCFLAG_USE_LASTERROR,
    _cast_addr, _memmove_addr, _memset_addr, _string_at_addr, _wstring_at_addr)

__version__ = '1.1.0'

if _ctypes_version != __version__:
    raise Exception('Version number mismatch', __version__, _ctypes_version)

DEFAULT_MODE = RTLD_LOCAL


# ---- simple types

def _check_size(typ, typecode=None):
    """Compare a type's size with that of a struct code: SystemError if unlike."""
    have = sizeof(typ)
    want = _calcsize(typ._type_ if typecode is None else typecode)
    if have != want:
        raise SystemError(f'sizeof({typ}) wrong: {have} instead of {want}')


def _simple(name, code, check=True):
    """A new simple type of this module; code is the letter _ctypes knows."""
    made = type(_SimpleCData)(
        name, (_SimpleCData,), {'__module__': __name__, '_type_': code})
    if check:
        _check_size(made)
    if sizeof(made) == 1:                # one byte reads the same both ways
        made.__ctype_le__ = made.__ctype_be__ = made
    return made


def _integer(name, code, *shorter):
    """A simple integer type, or the type in shorter that has the same size."""
    for other in shorter:
        if _calcsize(other._type_) == _calcsize(code):
            return other
    return _simple(name, code)


c_char = _simple('c_char', 'c')
c_byte = _simple('c_byte', 'b')
c_ubyte = _simple('c_ubyte', 'B')
c_bool = _simple('c_bool', '?', check=False)
c_short = _simple('c_short', 'h')
c_ushort = _simple('c_ushort', 'H')
c_long = _simple('c_long', 'l')
c_ulong = _simple('c_ulong', 'L')
c_int = _integer('c_int', 'i', c_long)
c_uint = _integer('c_uint', 'I', c_ulong)
c_longlong = _integer('c_longlong', 'q', c_long)
c_ulonglong = _integer('c_ulonglong', 'Q', c_ulong)
c_float = _simple('c_float', 'f')
c_double = _simple('c_double', 'd')
c_longdouble = _simple('c_longdouble', 'g', check=False)
if sizeof(c_longdouble) == sizeof(c_double):
    c_longdouble = c_double
c_void_p = c_voidp = _simple('c_void_p', 'P')
c_wchar = _simple('c_wchar', 'u', check=False)


class py_object(_SimpleCData):
    """A PyObject *: any Python object, or NULL (no value)."""
    _type_ = 'O'

    def __repr__(self):
        try:
            text = super().__repr__()
        except ValueError:
            text = f'{type(self).__name__}(<NULL>)'
        return text


class c_char_p(_SimpleCData):
    """A char * to bytes that end with a zero byte; None is NULL."""
    _type_ = 'z'

    def __repr__(self):
        address = c_void_p.from_buffer(self).value
        return f'{type(self).__name__}({address})'


class c_wchar_p(_SimpleCData):
    """A wchar_t * to a string that ends with a zero character; None is NULL."""
    _type_ = 'Z'
    __repr__ = c_char_p.__repr__


for _typ in (py_object, c_char_p, c_wchar_p):
    _check_size(_typ, 'P')
for _typ in (c_byte, c_short, c_int, c_long, c_longlong):
    globals()[f'c_int{8 * sizeof(_typ)}'] = _typ
for _typ in (c_ubyte, c_ushort, c_uint, c_ulong, c_ulonglong):
    globals()[f'c_uint{8 * sizeof(_typ)}'] = _typ
    if sizeof(_typ) == sizeof(c_void_p):
        c_size_t = _typ
        c_ssize_t = globals()[f'c_int{8 * sizeof(_typ)}']
del _typ


# ---- arrays and pointers

def _buffer_of(unit, text, kind, size, init, event):
    """Make an array of unit from text, a count, or refuse init (TypeError); auditors hear of the event."""
    if isinstance(init, kind):
        length = text if size is None else size
        _sys.audit(event, init, length)
        array = (unit * length)()
        array.value = init
        return array
    if isinstance(init, int):
        _sys.audit(event, None, init)
        return (unit * init)()
    raise TypeError(init)


def create_string_buffer(init, size=None):
    """Return a changeable array of c_char.

    init: bytes, copied in with a zero byte after them (size says how long the
    array is, when given), or an int, the length of an array of zeros.
    """
    return _buffer_of(c_char, len(init) + 1 if isinstance(init, bytes) else 0,
                      bytes, size, init, 'ctypes.create_string_buffer')


def c_buffer(init, size=None):
    """Another name for create_string_buffer()."""
    return create_string_buffer(init, size)


def _wide_length(init):
    """How many wchar_t the string needs, the zero at its end included."""
    wide = 0 if sizeof(c_wchar) > 2 else sum(ch > '\uffff' for ch in init)
    return len(init) + wide + 1


def create_unicode_buffer(init, size=None):
    """Return a changeable array of c_wchar.

    init: a str, copied in with a zero after it (size says how long the array
    is, when given), or an int, the length of an array of zeros.
    """
    return _buffer_of(c_wchar, _wide_length(init) if isinstance(init, str) else 0,
                      str, size, init, 'ctypes.create_unicode_buffer')


def SetPointerType(pointer, cls):
    """Say what an incomplete pointer type, made with POINTER('name'), points to."""
    cache = _pointer_type_cache
    if cache.get(cls) is not None:
        raise RuntimeError('This type already exists in the cache')
    key = id(pointer)
    if key not in cache:
        raise RuntimeError("What's this???")
    pointer.set_type(cls)
    cache[cls] = cache.pop(key)


def ARRAY(typ, len):
    """The type of arrays of len items of typ: typ * len."""
    return typ * len


# ---- function prototypes

_c_functype_cache = {}

_FLAG_OF_KEYWORD = (('use_errno', _FUNCFLAG_USE_ERRNO),
                    ('use_last_error', _FUNCFLAG_USE_LASTERROR))


def CFUNCTYPE(restype, *argtypes, **kw):
    """Return the type of C functions with this result and these arguments.

    Keywords: use_errno and use_last_error keep the copies of errno and of the
    Windows error in step around calls.  A prototype is called with an address,
    a Python callable, or (name, library)[, paramflags].
    """
    flags = _FUNCFLAG_CDECL
    for word, flag in _FLAG_OF_KEYWORD:
        if kw.pop(word, False):
            flags |= flag
    if kw:
        raise ValueError(f'unexpected keyword argument(s) {kw.keys()}')

    key = restype, argtypes, flags
    known = _c_functype_cache.get(key)
    if known is not None:
        return known

    class CFunctionType(_CFuncPtr):
        _argtypes_, _restype_, _flags_ = argtypes, restype, flags

    return _c_functype_cache.setdefault(key, CFunctionType)


def PYFUNCTYPE(restype, *argtypes):
    """Return the type of functions of the Python C API: called with the lock held."""

    class CFunctionType(_CFuncPtr):
        _argtypes_, _restype_ = argtypes, restype
        _flags_ = _FUNCFLAG_PYTHONAPI | _FUNCFLAG_CDECL

    return CFunctionType


# ---- libraries

class CDLL:
    """A loaded shared library; its functions are attributes.

    name: file of the library, None for the process itself.  mode: how dlopen()
    shall bind.  handle: one that is open already.  use_errno, use_last_error:
    see CFUNCTYPE().  winmode matters on Windows only.  An attribute stays the
    same object, library['name'] makes a new one each time.
    """
    _func_flags_ = _FUNCFLAG_CDECL
    _func_restype_ = c_int
    _name = '<uninitialized>'
    _handle = 0
    _FuncPtr = None

    def __init__(self, name, mode=DEFAULT_MODE, handle=None, use_errno=False,
                 use_last_error=False, winmode=None):
        self._name = name
        flags = (self._func_flags_
                 | (use_errno and _FUNCFLAG_USE_ERRNO)
                 | (use_last_error and _FUNCFLAG_USE_LASTERROR))

        class _FuncPtr(_CFuncPtr):
            _flags_, _restype_ = flags, self._func_restype_

        self._FuncPtr = _FuncPtr
        self._handle = _dlopen(name, mode) if handle is None else handle

    def __repr__(self):
        word = 2 * _sys.maxsize + 1
        return (f"<{type(self).__name__} '{self._name}', "
                f'handle {self._handle & word:x} at {id(self) & word:#x}>')

    def __getattr__(self, name):
        if name[:2] == '__' == name[-2:]:
            raise AttributeError(name)
        found = self[name]
        setattr(self, name, found)
        return found

    def __getitem__(self, name_or_ordinal):
        found = self._FuncPtr((name_or_ordinal, self))
        if isinstance(name_or_ordinal, int):
            return found
        found.__name__ = name_or_ordinal
        return found


class PyDLL(CDLL):
    """A library of Python C API functions: called with the lock held, and a
    Python exception that a function leaves behind is raised."""
    _func_flags_ = _FUNCFLAG_CDECL | _FUNCFLAG_PYTHONAPI


class LibraryLoader:
    """Loads libraries of one kind, as attributes (kept) or with LoadLibrary()."""

    def __init__(self, dlltype):
        self._dlltype = dlltype

    def LoadLibrary(self, name):
        """Load the library anew and return it; OSError if that cannot be."""
        return self._dlltype(name)

    def __getattr__(self, name):
        if name[:1] == '_':
            raise AttributeError(name)
        library = self.__dict__[name] = self.LoadLibrary(name)
        return library

    def __getitem__(self, name):
        return getattr(self, name)


cdll = LibraryLoader(CDLL)
pydll = LibraryLoader(PyDLL)
pythonapi = PyDLL(None)


# ---- memory

memmove = CFUNCTYPE(*[c_void_p] * 3, c_size_t)(_memmove_addr)
memset = CFUNCTYPE(*[c_void_p] * 2, c_int, c_size_t)(_memset_addr)
_cast = PYFUNCTYPE(py_object, c_void_p, *[py_object] * 2)(_cast_addr)
_string_at, _wstring_at = map(PYFUNCTYPE(py_object, c_void_p, c_int),
                              (_string_at_addr, _wstring_at_addr))


def cast(obj, typ):
    """Return a new object of the pointer type typ for the memory obj points to."""
    return _cast(obj, obj, typ)


def string_at(ptr, size=-1):
    """Return the bytes at an address: size of them, or up to the first zero."""
    return _string_at(ptr, size)


def wstring_at(ptr, size=-1):
    """Return the str at an address: size wchar_t, or up to the first zero."""
    return _wstring_at(ptr, size)


def _reset_cache():
    """Forget the pointer and function types made so far; set up the built-in ones."""
    _c_functype_cache.clear()
    _pointer_type_cache.clear()
    for unit, text in (c_wchar, c_wchar_p), (c_char, c_char_p):
        POINTER(unit).from_param = text.from_param
    _pointer_type_cache[None] = c_void_p


_reset_cache()

# At the end: it takes names from this module.
from ctypes._endian import BigEndianStructure, LittleEndianStructure
