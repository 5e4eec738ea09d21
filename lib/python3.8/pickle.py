# SPDX-License-Identifier: MIT
"""Python objects as streams of bytes, and back.

    dump(object, file)           Pickler(file).dump(object)
    dumps(object) -> bytes
    load(file) -> object         Unpickler(file).load()
    loads(bytes) -> object

A pickle is a program for a small stack machine; each instruction is an opcode
of one byte and its argument.  pickletools explains and shows them.  Reading a
pickle can run any code: read none that you do not trust.

The machine is written twice: in _pickle, which is what Pickler and Unpickler
are where it exists, and here, as _Pickler and _Unpickler, where every opcode is
a method that subclasses can replace.
"""
import codecs
import io
import sys
import _compat_pickle
from copyreg import _extension_cache, _extension_registry, _inverted_registry, dispatch_table
from functools import partial
from itertools import islice
from struct import pack, unpack
from sys import maxsize
from types import FunctionType

__all__ = ['PickleError', 'PicklingError', 'UnpicklingError', 'Pickler', 'Unpickler', 'dump', 'dumps', 'load', 'loads']

try:
    from _pickle import PickleBuffer
    __all__.append('PickleBuffer')
    _HAVE_PICKLE_BUFFER = True
except ImportError:
    _HAVE_PICKLE_BUFFER = False

format_version = '4.0'
compatible_formats = ['1.0', '1.1', '1.2', '1.3', '2.0', '3.0', '4.0', '5.0']
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 4

bytes_types = (bytes, bytearray)    # accepted where a decoder wants bytes
PyStringMap = None                  # a type that only Jython has


class PickleError(Exception):
    """What the other errors of this module derive from."""


class PicklingError(PickleError):
    """An object cannot be pickled."""


class UnpicklingError(PickleError):
    """A pickle is damaged, or asks for what is not allowed; other exceptions can be raised by damaged ones too."""


class _Stop(Exception):
    """STOP was met; value is what the pickle makes."""

    def __init__(self, value):
        self.value = value


# Opcodes.  Protocol 0 is text; what is not noted belongs to it or to protocol 1.
MARK, STOP, POP, POP_MARK, DUP = b'(', b'.', b'0', b'1', b'2'
NONE, INT, BININT, BININT1, BININT2, LONG = b'N', b'I', b'J', b'K', b'M', b'L'
FLOAT, BINFLOAT = b'F', b'G'
STRING, BINSTRING, SHORT_BINSTRING = b'S', b'T', b'U'
UNICODE, BINUNICODE = b'V', b'X'
EMPTY_TUPLE, TUPLE, EMPTY_LIST, LIST, EMPTY_DICT, DICT = b')', b't', b']', b'l', b'}', b'd'
APPEND, APPENDS, SETITEM, SETITEMS = b'a', b'e', b's', b'u'
GLOBAL, INST, OBJ, REDUCE, BUILD = b'c', b'i', b'o', b'R', b'b'
PERSID, BINPERSID = b'P', b'Q'
GET, BINGET, LONG_BINGET, PUT, BINPUT, LONG_BINPUT = b'g', b'h', b'j', b'p', b'q', b'r'
TRUE, FALSE = b'I01\n', b'I00\n'    # forms of INT

# Protocol 2
PROTO, NEWOBJ, EXT1, EXT2, EXT4 = b'\x80', b'\x81', b'\x82', b'\x83', b'\x84'
TUPLE1, TUPLE2, TUPLE3 = b'\x85', b'\x86', b'\x87'
NEWTRUE, NEWFALSE, LONG1, LONG4 = b'\x88', b'\x89', b'\x8a', b'\x8b'
_tuplesize2code = [EMPTY_TUPLE, TUPLE1, TUPLE2, TUPLE3]

# Protocol 3
BINBYTES, SHORT_BINBYTES = b'B', b'C'

# Protocol 4
SHORT_BINUNICODE, BINUNICODE8, BINBYTES8 = b'\x8c', b'\x8d', b'\x8e'
EMPTY_SET, ADDITEMS, FROZENSET = b'\x8f', b'\x90', b'\x91'
NEWOBJ_EX, STACK_GLOBAL, MEMOIZE, FRAME = b'\x92', b'\x93', b'\x94', b'\x95'

# Protocol 5
BYTEARRAY8, NEXT_BUFFER, READONLY_BUFFER = b'\x96', b'\x97', b'\x98'

__all__ += [_name for _name in dir() if _name.replace('_', 'A').isalnum() and _name[0].isalpha() and _name.isupper()]


class _Framer:
    """The way out of _Pickler: bytes are gathered into frames from protocol 4 on."""

    _FRAME_SIZE_MIN = 4             # less is written without a frame
    _FRAME_SIZE_TARGET = 64 * 1024

    def __init__(self, file_write):
        self.file_write = file_write
        self.current_frame = None

    def start_framing(self):
        self.current_frame = io.BytesIO()

    def end_framing(self):
        frame = self.current_frame
        if frame is not None and frame.tell():
            self.commit_frame(force=True)
            self.current_frame = None

    def commit_frame(self, force=False):
        """Write the frame if it is large enough, or in any case with force."""
        frame = self.current_frame
        if frame is None:
            return
        size = frame.tell()
        if not force and size < self._FRAME_SIZE_TARGET:
            return
        if size >= self._FRAME_SIZE_MIN:
            self.file_write(FRAME + pack('<Q', size))
        self.file_write(frame.getbuffer())      # not reused: the file may keep the buffer
        self.current_frame = io.BytesIO()

    def write(self, data):
        target = self.current_frame
        return (self.file_write if target is None else target.write)(data)

    def write_large_bytes(self, header, payload):
        """Write an opcode whose argument is large, outside of frames and without a copy."""
        if self.current_frame is not None:
            self.commit_frame(force=True)
        self.file_write(header)
        self.file_write(payload)


class _Unframer:
    """The way into _Unpickler: takes bytes from the current frame, if there is one, or from the file."""

    def __init__(self, file_read, file_readline, file_tell=None):
        self.file_read = file_read
        self.file_readline = file_readline
        self.current_frame = None

    def _leave_frame(self):
        self.current_frame = None

    def readinto(self, buf):
        wanted = len(buf)
        if self.current_frame is not None:
            count = self.current_frame.readinto(buf)
            if count == wanted:
                return count
            if count:
                raise UnpicklingError('pickle exhausted before end of frame')
            self._leave_frame()
        data = self.file_read(wanted)
        count = len(data)
        buf[:count] = data
        return count

    def read(self, n):
        if self.current_frame is not None:
            data = self.current_frame.read(n)
            if len(data) == n:
                return data
            if data:
                raise UnpicklingError('pickle exhausted before end of frame')
            self._leave_frame()
        return self.file_read(n)

    def readline(self):
        if self.current_frame is not None:
            line = self.current_frame.readline()
            if line.endswith(b'\n'):
                return line
            if line:
                raise UnpicklingError('pickle exhausted before end of frame')
            self._leave_frame()
        return self.file_readline()

    def load_frame(self, frame_size):
        if self.current_frame is not None and self.current_frame.read(1):
            raise UnpicklingError('beginning of a new frame before end of current frame')
        self.current_frame = io.BytesIO(self.file_read(frame_size))


def _getattribute(obj, name):
    """Follow a dotted name from obj; return what it leads to and where the last step was taken."""
    owner = None
    for step in name.split('.'):
        if step == '<locals>':
            raise AttributeError(f"Can't get local attribute {name!r} on {obj!r}")
        try:
            owner, found = (obj if owner is None else found), getattr(obj if owner is None else found, step)
        except AttributeError:
            raise AttributeError(f"Can't get attribute {name!r} on {obj!r}") from None
    return found, owner


def whichmodule(obj, name):
    """Name the module that obj can be imported from under that name; '__main__' if none is found."""
    said = getattr(obj, '__module__', None)
    if said is not None:
        return said
    for candidate, module in sys.modules.copy().items():
        if module is None or candidate in ('__main__', '__mp_main__'):
            continue
        try:
            found, _ = _getattribute(module, name)
        except AttributeError:
            continue
        if found is obj:
            return candidate
    return '__main__'


def encode_long(x):
    r"""Return an int as the fewest bytes of two's complement, little end first; none for 0.

    >>> encode_long(0)
    b''
    >>> encode_long(100)
    b'd'
    >>> encode_long(200)
    b'\xc8\x00'
    >>> encode_long(-1)
    b'\xff'
    >>> encode_long(-129)
    b'\x7f\xff'
    >>> encode_long(0x1234)
    b'4\x12'
    >>> encode_long(2 ** 64 - 1)
    b'\xff\xff\xff\xff\xff\xff\xff\xff\x00'
    """
    if not x:
        return b''
    magnitude = x if x > 0 else ~x
    return x.to_bytes(magnitude.bit_length() // 8 + 1, 'little', signed=True)


def decode_long(data):
    r"""Return the int that encode_long() made data from.

    >>> decode_long(b'')
    0
    >>> decode_long(b'd')
    100
    >>> decode_long(b'\xc8\x00')
    200
    >>> decode_long(b'\xff')
    -1
    >>> decode_long(b'\x7f\xff')
    -129
    >>> hex(decode_long(b'4\x12'))
    '0x1234'
    >>> decode_long(encode_long(-3 ** 50)) == -3 ** 50
    True
    """
    return int.from_bytes(data, 'little', signed=True)


def _handles(table, key):
    """Enter the decorated method into a dispatch table."""
    def enter(method):
        table[key] = method
        return method
    return enter


class _Pickler:
    """Pickler in Python; the arguments are those of dump()."""

    dispatch = {}
    _BATCHSIZE = 1000       # elements between a MARK and the opcode that takes them

    def __init__(self, file, protocol=None, *, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        elif protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif not protocol <= HIGHEST_PROTOCOL:
            raise ValueError(f'pickle protocol must be <= {HIGHEST_PROTOCOL}')
        if buffer_callback is not None and protocol < 5:
            raise ValueError('buffer_callback needs protocol >= 5')
        try:
            self._file_write = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute")
        self._buffer_callback = buffer_callback
        self.proto = int(protocol)
        self.bin = protocol >= 1
        self.fast = 0
        self.fix_imports = fix_imports and protocol < 3
        self.memo = {}          # id(object) -> (number, object); the object is kept so that its id is not reused
        self.framer = _Framer(self._file_write)
        self.write = self.framer.write
        self._write_large_bytes = self.framer.write_large_bytes

    def clear_memo(self):
        """Forget which objects were written, so that they are written again."""
        self.memo.clear()

    def dump(self, obj):
        """Write a pickle of obj."""
        if not hasattr(self, '_file_write'):
            raise PicklingError(f'Pickler.__init__() was not called by {self.__class__.__name__}.__init__()')
        proto, framer = self.proto, self.framer
        if proto > 1:
            self.write(PROTO + pack('<B', proto))
            if proto > 3:
                framer.start_framing()
        self.save(obj)
        self.write(STOP)
        framer.end_framing()

    def memoize(self, obj):
        """Number obj, which is on top of the stack."""
        if self.fast:
            return
        assert id(obj) not in self.memo
        number = len(self.memo)
        self.write(self.put(number))
        self.memo[id(obj)] = number, obj

    def put(self, idx):
        if self.proto >= 4:
            return MEMOIZE
        if not self.bin:
            return PUT + b'%d\n' % idx
        return BINPUT + pack('<B', idx) if idx < 256 else LONG_BINPUT + pack('<I', idx)

    def get(self, i):
        if not self.bin:
            return GET + b'%d\n' % i
        return BINGET + pack('<B', i) if i < 256 else LONG_BINGET + pack('<I', i)

    def save(self, obj, save_persistent_id=True):
        """Write the opcodes that put obj on the stack: the first of the ways below that applies to it."""
        self.framer.commit_frame()
        if save_persistent_id:
            pid = self.persistent_id(obj)
            if pid is not None:
                return self.save_pers(pid)
        known = self.memo.get(id(obj))
        if known is not None:
            self.write(self.get(known[0]))
            return
        reduced = NotImplemented
        override = getattr(self, 'reducer_override', None)
        if override is not None:
            reduced = override(obj)
        if reduced is NotImplemented:
            kind = type(obj)
            method = self.dispatch.get(kind)
            if method is not None:
                return method(self, obj)
            reducer = getattr(self, 'dispatch_table', dispatch_table).get(kind)
            if reducer is not None:
                reduced = reducer(obj)
            elif issubclass(kind, type):
                return self.save_global(obj)
            else:
                reduced = self._reduce(obj, kind)
        else:
            reducer = override
        if reducer is None:
            reducer = getattr(obj, '__reduce_ex__', None) or getattr(obj, '__reduce__', None)
        if isinstance(reduced, str):
            return self.save_global(obj, reduced)
        if not isinstance(reduced, tuple):
            raise PicklingError(f'{reducer} must return string or tuple')
        if not 2 <= len(reduced) <= 6:
            raise PicklingError(f'Tuple returned by {reducer} must have two to six elements')
        self.save_reduce(obj=obj, *reduced)

    def _reduce(self, obj, kind):
        """Ask obj itself what it is to be made of."""
        method = getattr(obj, '__reduce_ex__', None)
        if method is not None:
            return method(self.proto)
        method = getattr(obj, '__reduce__', None)
        if method is None:
            raise PicklingError(f"Can't pickle {kind.__name__!r} object: {obj!r}")
        return method()

    def persistent_id(self, obj):
        """For subclasses: return what stands for an object kept elsewhere, or None to pickle it."""
        return None

    def save_pers(self, pid):
        if self.bin:
            self.save(pid, save_persistent_id=False)
            self.write(BINPERSID)
            return
        try:
            self.write(PERSID + str(pid).encode('ascii') + b'\n')
        except UnicodeEncodeError:
            raise PicklingError('persistent IDs in protocol 0 must be ASCII strings')

    def save_reduce(self, func, args, state=None, listitems=None, dictitems=None, state_setter=None, obj=None):
        """Write an object as __reduce__() describes it: func(*args), then its state, elements and entries.

        obj is the object itself, to be numbered; None for what nothing refers to.
        """
        if not isinstance(args, tuple):
            raise PicklingError('args from save_reduce() must be a tuple')
        if not callable(func):
            raise PicklingError('func from save_reduce() must be callable')
        maker = getattr(func, '__name__', '') if self.proto >= 2 else ''
        if maker == '__newobj_ex__':
            self._save_newobj_ex(obj, maker, *args)
        elif maker == '__newobj__':
            self._save_newobj(obj, *args)
        else:
            self.save(func)
            self.save(args)
            self.write(REDUCE)
        if obj is not None:
            # The arguments may have contained obj; then it is there already, and numbered.
            if id(obj) in self.memo:
                self.write(POP + self.get(self.memo[id(obj)][0]))
            else:
                self.memoize(obj)
        if listitems is not None:
            self._batch_appends(listitems)
        if dictitems is not None:
            self._batch_setitems(dictitems)
        if state is None:
            return
        if state_setter is None:
            self.save(state)
            self.write(BUILD)
        else:
            for part in state_setter, obj, state:
                self.save(part)
            # The setter's result is of no use.
            self.write(TUPLE2 + REDUCE + POP)

    def _save_newobj(self, obj, cls, *args):
        if not hasattr(cls, '__new__'):
            raise PicklingError('args[0] from __newobj__ args has no __new__')
        if obj is not None and cls is not obj.__class__:
            raise PicklingError('args[0] from __newobj__ args has the wrong class')
        self.save(cls)
        self.save(args)
        self.write(NEWOBJ)

    def _save_newobj_ex(self, obj, maker, cls, args, kwargs):
        if not hasattr(cls, '__new__'):
            raise PicklingError(f'args[0] from {maker} args has no __new__')
        if obj is not None and cls is not obj.__class__:
            raise PicklingError(f'args[0] from {maker} args has the wrong class')
        if self.proto < 4:
            self.save(partial(cls.__new__, cls, *args, **kwargs))
            self.save(())
            self.write(REDUCE)
            return
        for part in cls, args, kwargs:
            self.save(part)
        self.write(NEWOBJ_EX)

    @_handles(dispatch, type(None))
    def save_none(self, obj):
        self.write(NONE)

    @_handles(dispatch, bool)
    def save_bool(self, obj):
        if self.proto < 2:
            self.write(TRUE if obj else FALSE)
        else:
            self.write(NEWTRUE if obj else NEWFALSE)

    @_handles(dispatch, int)
    def save_long(self, obj):
        small = -0x80000000 <= obj < 0x80000000
        if not self.bin:
            self.write(INT + repr(obj).encode('ascii') + b'\n' if small else LONG + repr(obj).encode('ascii') + b'L\n')
        elif small:
            if 0 <= obj < 0x10000:
                self.write(BININT1 + pack('<B', obj) if obj < 256 else BININT2 + pack('<H', obj))
            else:
                self.write(BININT + pack('<i', obj))
        elif self.proto < 2:
            self.write(LONG + repr(obj).encode('ascii') + b'L\n')
        else:
            digits = encode_long(obj)
            size = len(digits)
            self.write((LONG1 + pack('<B', size) if size < 256 else LONG4 + pack('<i', size)) + digits)

    @_handles(dispatch, float)
    def save_float(self, obj):
        self.write(BINFLOAT + pack('>d', obj) if self.bin else FLOAT + repr(obj).encode('ascii') + b'\n')

    def _save_sized(self, data, short, medium, long):
        """Write one of three opcodes, by the size of their argument; the first and last may be missing."""
        size = len(data)
        if short and size < 0x100:
            self.write(short + pack('<B', size) + data)
            return
        header = long + pack('<Q', size) if long and (size > 0xffffffff or not medium) else medium + pack('<I', size)
        if size < self.framer._FRAME_SIZE_TARGET:
            self.write(header + data)
        else:
            self._write_large_bytes(header, data)

    @_handles(dispatch, bytes)
    def save_bytes(self, obj):
        if self.proto >= 3:
            self._save_sized(obj, SHORT_BINBYTES, BINBYTES, BINBYTES8 if self.proto >= 4 else None)
            self.memoize(obj)
        elif obj:
            self.save_reduce(codecs.encode, (str(obj, 'latin1'), 'latin1'), obj=obj)
        else:
            self.save_reduce(bytes, (), obj=obj)

    @_handles(dispatch, bytearray)
    def save_bytearray(self, obj):
        if self.proto < 5:
            self.save_reduce(bytearray, (bytes(obj),) if obj else (), obj=obj)
            return
        self._save_sized(obj, None, None, BYTEARRAY8)
        self.memoize(obj)

    if _HAVE_PICKLE_BUFFER:
        @_handles(dispatch, PickleBuffer)
        def save_picklebuffer(self, obj):
            if self.proto < 5:
                raise PicklingError('PickleBuffer can only pickled with protocol >= 5')
            with obj.raw() as view:
                if not view.contiguous:
                    raise PicklingError('PickleBuffer can not be pickled when pointing to a non-contiguous buffer')
                callback = self._buffer_callback
                if callback is not None and not callback(obj):
                    self.write(NEXT_BUFFER + READONLY_BUFFER if view.readonly else NEXT_BUFFER)
                elif view.readonly:
                    self.save_bytes(view.tobytes())
                else:
                    self.save_bytearray(bytearray(view))

    @_handles(dispatch, str)
    def save_str(self, obj):
        if self.bin:
            recent = self.proto >= 4
            self._save_sized(obj.encode('utf-8', 'surrogatepass'), SHORT_BINUNICODE if recent else None, BINUNICODE,
                             BINUNICODE8 if recent else None)
        else:
            # One line, that Python 2 reads too.
            escaped = obj.translate({ord(char): '\\u%04x' % ord(char) for char in '\\\0\n\r\x1a'})
            self.write(UNICODE + escaped.encode('raw-unicode-escape') + b'\n')
        self.memoize(obj)

    @_handles(dispatch, tuple)
    def save_tuple(self, obj):
        count = len(obj)
        if not count:
            self.write(EMPTY_TUPLE if self.bin else MARK + TUPLE)
            return
        marked = self.proto < 2 or count > 3
        if marked:
            self.write(MARK)
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is None:
            self.write(TUPLE if marked else _tuplesize2code[count])
            self.memoize(obj)
            return
        # An element contained the tuple: it is made, so throw these elements away and fetch it.
        if marked and self.bin:
            self.write(POP_MARK + self.get(known[0]))
        else:
            self.write(POP * (count + marked) + self.get(known[0]))

    @_handles(dispatch, list)
    def save_list(self, obj):
        self.write(EMPTY_LIST if self.bin else MARK + LIST)
        self.memoize(obj)
        self._batch_appends(obj)

    def _batches(self, items):
        """Lists of up to _BATCHSIZE items."""
        source = iter(items)
        while True:
            batch = list(islice(source, self._BATCHSIZE))
            if batch:
                yield batch
            if len(batch) < self._BATCHSIZE:
                return

    def _batch_appends(self, items):
        for batch in self._batches(items):
            marked = self.bin and len(batch) > 1
            if marked:
                self.write(MARK)
            for item in batch:
                self.save(item)
                if not marked:
                    self.write(APPEND)
            if marked:
                self.write(APPENDS)

    @_handles(dispatch, dict)
    def save_dict(self, obj):
        self.write(EMPTY_DICT if self.bin else MARK + DICT)
        self.memoize(obj)
        self._batch_setitems(obj.items())

    def _batch_setitems(self, items):
        for batch in self._batches(items):
            marked = self.bin and len(batch) > 1
            if marked:
                self.write(MARK)
            for key, value in batch:
                self.save(key)
                self.save(value)
                if not marked:
                    self.write(SETITEM)
            if marked:
                self.write(SETITEMS)

    @_handles(dispatch, set)
    def save_set(self, obj):
        if self.proto < 4:
            self.save_reduce(set, (list(obj),), obj=obj)
            return
        self.write(EMPTY_SET)
        self.memoize(obj)
        for batch in self._batches(obj):
            self.write(MARK)
            for item in batch:
                self.save(item)
            self.write(ADDITEMS)

    @_handles(dispatch, frozenset)
    def save_frozenset(self, obj):
        if self.proto < 4:
            self.save_reduce(frozenset, (list(obj),), obj=obj)
            return
        self.write(MARK)
        for item in obj:
            self.save(item)
        known = self.memo.get(id(obj))
        if known is None:
            self.write(FROZENSET)
            self.memoize(obj)
        else:
            self.write(POP_MARK + self.get(known[0]))

    def save_global(self, obj, name=None):
        """Write obj as the name by which it can be imported."""
        if name is None:
            name = getattr(obj, '__qualname__', None) or obj.__name__
        module_name = whichmodule(obj, name)
        try:
            __import__(module_name, level=0)
            module = sys.modules[module_name]
            found, owner = _getattribute(module, name)
        except (ImportError, KeyError, AttributeError):
            raise PicklingError(f"Can't pickle {obj!r}: it's not found as {module_name}.{name}") from None
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
        if self.proto >= 2:
            code = _extension_registry.get((module_name, name))
            if code:
                assert code > 0
                self.write(EXT1 + pack('<B', code) if code < 0x100 else
                           EXT2 + pack('<H', code) if code < 0x10000 else EXT4 + pack('<i', code))
                return
        last = name.rpartition('.')[2]
        if owner is module:
            name = last
        if self.proto >= 4:
            self.save(module_name)
            self.save(name)
            self.write(STACK_GLOBAL)
        elif owner is not module:
            self.save_reduce(getattr, (owner, last))
        else:
            self._write_global(module_name, name)
        self.memoize(obj)

    def _write_global(self, module_name, name):
        """Write the opcode that names its object in two lines: in UTF-8 from protocol 3 on, in ASCII before."""
        if self.proto >= 3:
            encoding = 'utf-8'
        else:
            encoding = 'ascii'
            if self.fix_imports:
                renamed = _compat_pickle.REVERSE_NAME_MAPPING.get((module_name, name))
                if renamed is not None:
                    module_name, name = renamed
                else:
                    module_name = _compat_pickle.REVERSE_IMPORT_MAPPING.get(module_name, module_name)
        try:
            self.write(GLOBAL + f'{module_name}\n{name}\n'.encode(encoding))
        except UnicodeEncodeError:
            raise PicklingError(f"can't pickle global identifier '{module_name}.{name}' using pickle protocol "
                                f"{self.proto}") from None

    def save_type(self, obj):
        for value in (None, NotImplemented, ...):
            if obj is type(value):
                return self.save_reduce(type, (value,), obj=obj)
        return self.save_global(obj)

    dispatch[FunctionType] = save_global
    dispatch[type] = save_type


class _Unpickler:
    """Unpickler in Python; the arguments are those of load()."""

    dispatch = {}

    def __init__(self, file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
        self._buffers = None if buffers is None else iter(buffers)
        self._file_readline, self._file_read = file.readline, file.read
        self.memo = {}
        self.encoding, self.errors = encoding, errors
        self.proto = 0
        self.fix_imports = fix_imports

    def load(self):
        """Read one pickle and return the object that it makes."""
        if not hasattr(self, '_file_read'):
            raise UnpicklingError(f'Unpickler.__init__() was not called by {self.__class__.__name__}.__init__()')
        self._unframer = source = _Unframer(self._file_read, self._file_readline)
        self.read, self.readinto, self.readline = source.read, source.readinto, source.readline
        self.metastack = []             # the stacks below each MARK
        self.stack = []
        self.append = self.stack.append
        self.proto = 0
        methods = self.dispatch
        read = source.read
        try:
            while True:
                opcode = read(1)
                if not opcode:
                    raise EOFError
                methods[opcode[0]](self)
        except _Stop as stop:
            return stop.value

    def pop_mark(self):
        """Go back to the stack below the last MARK; return what was above it."""
        above = self.stack
        self.stack = self.metastack.pop()
        self.append = self.stack.append
        return above

    def persistent_load(self, pid):
        """For subclasses: return the object kept elsewhere that pid stands for."""
        raise UnpicklingError('unsupported persistent id encountered')

    @_handles(dispatch, PROTO[0])
    def load_proto(self):
        proto = self.read(1)[0]
        if proto > HIGHEST_PROTOCOL:
            raise ValueError(f'unsupported pickle protocol: {proto}')
        self.proto = proto

    def _size(self, form, width, name=None):
        """Read a size; with name, raise UnpicklingError if nothing can be that large."""
        size, = unpack(form, self.read(width))
        if size > maxsize and name:
            raise UnpicklingError(f"{name} exceeds system's maximum size of {maxsize} bytes")
        return size

    @_handles(dispatch, FRAME[0])
    def load_frame(self):
        size = self._size('<Q', 8)
        if size > maxsize:
            raise ValueError(f'frame size > sys.maxsize: {size}')
        self._unframer.load_frame(size)

    @_handles(dispatch, PERSID[0])
    def load_persid(self):
        try:
            pid = self.readline()[:-1].decode('ascii')
        except UnicodeDecodeError:
            raise UnpicklingError('persistent IDs in protocol 0 must be ASCII strings')
        self.append(self.persistent_load(pid))

    @_handles(dispatch, BINPERSID[0])
    def load_binpersid(self):
        self.append(self.persistent_load(self.stack.pop()))

    @_handles(dispatch, NONE[0])
    def load_none(self):
        self.append(None)

    @_handles(dispatch, NEWFALSE[0])
    def load_false(self):
        self.append(False)

    @_handles(dispatch, NEWTRUE[0])
    def load_true(self):
        self.append(True)

    @_handles(dispatch, INT[0])
    def load_int(self):
        line = self.readline()
        if line in (TRUE[1:], FALSE[1:]):
            self.append(line == TRUE[1:])
        else:
            self.append(int(line, 0))

    @_handles(dispatch, BININT[0])
    def load_binint(self):
        self.append(unpack('<i', self.read(4))[0])

    @_handles(dispatch, BININT1[0])
    def load_binint1(self):
        self.append(self.read(1)[0])

    @_handles(dispatch, BININT2[0])
    def load_binint2(self):
        self.append(unpack('<H', self.read(2))[0])

    @_handles(dispatch, LONG[0])
    def load_long(self):
        digits = self.readline()[:-1]
        if digits.endswith(b'L'):
            digits = digits[:-1]
        self.append(int(digits, 0))

    @_handles(dispatch, LONG1[0])
    def load_long1(self):
        self.append(decode_long(self.read(self.read(1)[0])))

    @_handles(dispatch, LONG4[0])
    def load_long4(self):
        size = self._size('<i', 4)
        if size < 0:
            raise UnpicklingError('LONG pickle has negative byte count')
        self.append(decode_long(self.read(size)))

    @_handles(dispatch, FLOAT[0])
    def load_float(self):
        self.append(float(self.readline()[:-1]))

    @_handles(dispatch, BINFLOAT[0])
    def load_binfloat(self):
        self.append(unpack('>d', self.read(8))[0])

    def _decode_string(self, value):
        """Turn a str of Python 2 into what the encoding asks for."""
        return value if self.encoding == 'bytes' else value.decode(self.encoding, self.errors)

    @_handles(dispatch, STRING[0])
    def load_string(self):
        literal = self.readline()[:-1]
        if len(literal) < 2 or literal[:1] not in (b'"', b"'") or literal[-1] != literal[0]:
            raise UnpicklingError('the STRING opcode argument must be quoted')
        self.append(self._decode_string(codecs.escape_decode(literal[1:-1])[0]))

    @_handles(dispatch, BINSTRING[0])
    def load_binstring(self):
        size = self._size('<i', 4)
        if size < 0:
            raise UnpicklingError('BINSTRING pickle has negative byte count')
        self.append(self._decode_string(self.read(size)))

    @_handles(dispatch, SHORT_BINSTRING[0])
    def load_short_binstring(self):
        self.append(self._decode_string(self.read(self.read(1)[0])))

    @_handles(dispatch, BINBYTES[0])
    def load_binbytes(self):
        self.append(self.read(self._size('<I', 4, 'BINBYTES')))

    @_handles(dispatch, BINBYTES8[0])
    def load_binbytes8(self):
        self.append(self.read(self._size('<Q', 8, 'BINBYTES8')))

    @_handles(dispatch, SHORT_BINBYTES[0])
    def load_short_binbytes(self):
        self.append(self.read(self.read(1)[0]))

    @_handles(dispatch, BYTEARRAY8[0])
    def load_bytearray8(self):
        size = self._size('<Q', 8, 'BYTEARRAY8')
        if size > 1 << 16:  # no room is made for what is only claimed
            value = bytearray(self.read(size))
        else:
            value = bytearray(size)
            self.readinto(value)
        self.append(value)

    @_handles(dispatch, NEXT_BUFFER[0])
    def load_next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError('pickle stream refers to out-of-band data but no *buffers* argument was given')
        for buffer in self._buffers:
            self.append(buffer)
            return
        raise UnpicklingError('not enough out-of-band buffers')

    @_handles(dispatch, READONLY_BUFFER[0])
    def load_readonly_buffer(self):
        with memoryview(self.stack[-1]) as view:
            if not view.readonly:
                self.stack[-1] = view.toreadonly()

    @_handles(dispatch, UNICODE[0])
    def load_unicode(self):
        self.append(str(self.readline()[:-1], 'raw-unicode-escape'))

    @_handles(dispatch, BINUNICODE[0])
    def load_binunicode(self):
        self.append(str(self.read(self._size('<I', 4, 'BINUNICODE')), 'utf-8', 'surrogatepass'))

    @_handles(dispatch, BINUNICODE8[0])
    def load_binunicode8(self):
        self.append(str(self.read(self._size('<Q', 8, 'BINUNICODE8')), 'utf-8', 'surrogatepass'))

    @_handles(dispatch, SHORT_BINUNICODE[0])
    def load_short_binunicode(self):
        self.append(str(self.read(self.read(1)[0]), 'utf-8', 'surrogatepass'))

    @_handles(dispatch, TUPLE[0])
    def load_tuple(self):
        items = self.pop_mark()
        self.append(tuple(items))

    @_handles(dispatch, EMPTY_TUPLE[0])
    def load_empty_tuple(self):
        self.append(())

    @_handles(dispatch, TUPLE1[0])
    def load_tuple1(self):
        self.stack[-1] = (self.stack[-1],)

    @_handles(dispatch, TUPLE2[0])
    def load_tuple2(self):
        second = self.stack.pop()
        self.stack[-1] = self.stack[-1], second

    @_handles(dispatch, TUPLE3[0])
    def load_tuple3(self):
        third, second = self.stack.pop(), self.stack.pop()
        self.stack[-1] = self.stack[-1], second, third

    @_handles(dispatch, EMPTY_LIST[0])
    def load_empty_list(self):
        self.append([])

    @_handles(dispatch, EMPTY_DICT[0])
    def load_empty_dictionary(self):
        self.append({})

    @_handles(dispatch, EMPTY_SET[0])
    def load_empty_set(self):
        self.append(set())

    @_handles(dispatch, FROZENSET[0])
    def load_frozenset(self):
        items = self.pop_mark()
        self.append(frozenset(items))

    @_handles(dispatch, LIST[0])
    def load_list(self):
        items = self.pop_mark()     # which replaces self.append
        self.append(items)

    @_handles(dispatch, DICT[0])
    def load_dict(self):
        flat = self.pop_mark()
        self.append({flat[at]: flat[at + 1] for at in range(0, len(flat), 2)})

    def _instantiate(self, klass, args):
        """Make an instance as Python 2 did of its old classes: without __init__ if nothing asks for it."""
        if not args and isinstance(klass, type) and not hasattr(klass, '__getinitargs__'):
            self.append(klass.__new__(klass))
            return
        try:
            self.append(klass(*args))
        except TypeError as error:
            raise TypeError(f'in constructor for {klass.__name__}: {error}', sys.exc_info()[2])

    def _two_lines(self, encoding):
        """The module and name that follow GLOBAL and INST."""
        return self.readline()[:-1].decode(encoding), self.readline()[:-1].decode(encoding)

    @_handles(dispatch, INST[0])
    def load_inst(self):
        klass = self.find_class(*self._two_lines('ascii'))
        self._instantiate(klass, self.pop_mark())

    @_handles(dispatch, OBJ[0])
    def load_obj(self):
        args = self.pop_mark()
        klass = args.pop(0)
        self._instantiate(klass, args)

    @_handles(dispatch, NEWOBJ[0])
    def load_newobj(self):
        args, cls = self.stack.pop(), self.stack.pop()
        self.append(cls.__new__(cls, *args))

    @_handles(dispatch, NEWOBJ_EX[0])
    def load_newobj_ex(self):
        kwargs, args, cls = self.stack.pop(), self.stack.pop(), self.stack.pop()
        self.append(cls.__new__(cls, *args, **kwargs))

    @_handles(dispatch, GLOBAL[0])
    def load_global(self):
        self.append(self.find_class(*self._two_lines('utf-8')))

    @_handles(dispatch, STACK_GLOBAL[0])
    def load_stack_global(self):
        name, module = self.stack.pop(), self.stack.pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError('STACK_GLOBAL requires str')
        self.append(self.find_class(module, name))

    @_handles(dispatch, EXT1[0])
    def load_ext1(self):
        self.get_extension(self.read(1)[0])

    @_handles(dispatch, EXT2[0])
    def load_ext2(self):
        self.get_extension(unpack('<H', self.read(2))[0])

    @_handles(dispatch, EXT4[0])
    def load_ext4(self):
        self.get_extension(unpack('<i', self.read(4))[0])

    def get_extension(self, code):
        """Push what copyreg.add_extension() gave that number to."""
        if code in _extension_cache:
            self.append(_extension_cache[code])
            return
        where = _inverted_registry.get(code)
        if not where:
            if code <= 0:
                raise UnpicklingError('EXT specifies code <= 0')
            raise ValueError(f'unregistered extension code {code}')
        found = _extension_cache[code] = self.find_class(*where)
        self.append(found)

    def find_class(self, module, name):
        """Return what is called name in module; the place for subclasses to say what pickles may refer to."""
        sys.audit('pickle.find_class', module, name)
        if self.fix_imports and self.proto < 3:
            renamed = _compat_pickle.NAME_MAPPING.get((module, name))
            if renamed is not None:
                module, name = renamed
            else:
                module = _compat_pickle.IMPORT_MAPPING.get(module, module)
        __import__(module, level=0)
        home = sys.modules[module]
        return _getattribute(home, name)[0] if self.proto >= 4 else getattr(home, name)

    @_handles(dispatch, REDUCE[0])
    def load_reduce(self):
        args = self.stack.pop()
        self.stack[-1] = self.stack[-1](*args)

    @_handles(dispatch, POP[0])
    def load_pop(self):
        if not self.stack:
            self.pop_mark()     # what is on top is a mark
        else:
            self.stack.pop()

    @_handles(dispatch, POP_MARK[0])
    def load_pop_mark(self):
        self.pop_mark()

    @_handles(dispatch, DUP[0])
    def load_dup(self):
        self.append(self.stack[-1])

    @_handles(dispatch, GET[0])
    def load_get(self):
        self.append(self.memo[int(self.readline()[:-1])])

    @_handles(dispatch, BINGET[0])
    def load_binget(self):
        self.append(self.memo[self.read(1)[0]])

    @_handles(dispatch, LONG_BINGET[0])
    def load_long_binget(self):
        self.append(self.memo[unpack('<I', self.read(4))[0]])

    @_handles(dispatch, PUT[0])
    def load_put(self):
        number = int(self.readline()[:-1])
        if number < 0:
            raise ValueError('negative PUT argument')
        self.memo[number] = self.stack[-1]

    @_handles(dispatch, BINPUT[0])
    def load_binput(self):
        number = self.read(1)[0]
        self.memo[number] = self.stack[-1]

    @_handles(dispatch, LONG_BINPUT[0])
    def load_long_binput(self):
        number = unpack('<I', self.read(4))[0]
        if number > maxsize:
            raise ValueError('negative LONG_BINPUT argument')
        self.memo[number] = self.stack[-1]

    @_handles(dispatch, MEMOIZE[0])
    def load_memoize(self):
        self.memo[len(self.memo)] = self.stack[-1]

    @_handles(dispatch, APPEND[0])
    def load_append(self):
        item = self.stack.pop()
        self.stack[-1].append(item)

    @_handles(dispatch, APPENDS[0])
    def load_appends(self):
        items = self.pop_mark()
        target = self.stack[-1]
        extend = getattr(target, 'extend', None)
        if extend is not None:
            extend(items)
            return
        append = target.append
        for item in items:
            append(item)

    @_handles(dispatch, SETITEM[0])
    def load_setitem(self):
        value, key = self.stack.pop(), self.stack.pop()
        self.stack[-1][key] = value

    @_handles(dispatch, SETITEMS[0])
    def load_setitems(self):
        flat = self.pop_mark()
        target = self.stack[-1]
        for at in range(0, len(flat), 2):
            target[flat[at]] = flat[at + 1]

    @_handles(dispatch, ADDITEMS[0])
    def load_additems(self):
        items = self.pop_mark()
        target = self.stack[-1]
        if isinstance(target, set):
            target.update(items)
            return
        add = target.add
        for item in items:
            add(item)

    @_handles(dispatch, BUILD[0])
    def load_build(self):
        state = self.stack.pop()
        target = self.stack[-1]
        setter = getattr(target, '__setstate__', None)
        if setter is not None:
            setter(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            values = target.__dict__
            for key, value in state.items():
                values[sys.intern(key) if type(key) is str else key] = value
        if slots:
            for key, value in slots.items():
                setattr(target, key, value)

    @_handles(dispatch, MARK[0])
    def load_mark(self):
        self.metastack.append(self.stack)
        self.stack = []
        self.append = self.stack.append

    @_handles(dispatch, STOP[0])
    def load_stop(self):
        raise _Stop(self.stack.pop())


def _dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """dump(), in Python."""
    pickler = _Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback)
    pickler.dump(obj)


def _dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """dumps(), in Python."""
    target = io.BytesIO()
    _Pickler(target, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return target.getvalue()


def _load(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
    """load(), in Python."""
    unpickler = _Unpickler(file, fix_imports=fix_imports, buffers=buffers, encoding=encoding, errors=errors)
    return unpickler.load()


def _loads(s, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=None):
    """loads(), in Python."""
    if isinstance(s, str):
        raise TypeError("Can't load pickle from unicode string")
    source = io.BytesIO(s)
    return _Unpickler(source, fix_imports=fix_imports, buffers=buffers, encoding=encoding, errors=errors).load()


try:
    from _pickle import (PickleError, PicklingError, UnpicklingError, Pickler, Unpickler, dump, dumps, load, loads)
except ImportError:
    Pickler, Unpickler = _Pickler, _Unpickler
    dump, dumps, load, loads = _dump, _dumps, _load, _loads


def _test():
    import doctest
    return doctest.testmod()


def _main():
    """python -m pickle FILE...: show what is pickled in files."""
    import argparse
    import pprint
    parser = argparse.ArgumentParser(description='display contents of the pickle files')
    parser.add_argument('pickle_file', type=argparse.FileType('br'), nargs='*', help='the pickle file')
    parser.add_argument('-t', '--test', action='store_true', help='run self-test suite')
    parser.add_argument('-v', action='store_true', help='run verbosely; only affects self-test run')
    options = parser.parse_args()
    if options.test:
        _test()
    elif options.pickle_file:
        for file in options.pickle_file:
            pprint.pprint(load(file))
    else:
        parser.print_help()


if __name__ == '__main__':
    _main()
