# SPDX-License-Identifier: MIT
"""Property lists of macOS and iOS, in XML and binary.

    with open('settings.plist', 'rb') as f:
        settings = plistlib.load(f)
    data = plistlib.dumps({'name': 'x', 'list': [1, 2.5, True, b'bytes']})

What can be in them: str, int, float, bool, bytes, bytearray, datetime, UID (binary
only), list, tuple, and dict with keys of str.  Damaged files are an
InvalidFileException, or what the XML parser raises.
"""
__all__ = ['readPlist', 'writePlist', 'readPlistFromBytes', 'writePlistToBytes', 'Data', 'InvalidFileException',
           'FMT_XML', 'FMT_BINARY', 'load', 'dump', 'loads', 'dumps', 'UID']

import binascii
import codecs
import contextlib
import datetime
import enum
import itertools
import os
import re
import struct
from io import BytesIO
from xml.parsers.expat import ParserCreate

PlistFormat = enum.Enum('PlistFormat', 'FMT_XML FMT_BINARY', module=__name__)
globals().update(PlistFormat.__members__)


# Functions of old, all deprecated.

def _deprecated(name, instead):
    import warnings
    warnings.warn(f'The {name} function is deprecated, use {instead}() instead', DeprecationWarning, 3)


@contextlib.contextmanager
def _maybe_open(pathOrFile, mode):
    if isinstance(pathOrFile, str):
        with open(pathOrFile, mode) as f:
            yield f
    else:
        yield pathOrFile


def readPlist(pathOrFile):
    """Deprecated: load() with use_builtin_types=False, also from a path."""
    _deprecated('readPlist', 'load')
    with _maybe_open(pathOrFile, 'rb') as f:
        return load(f, fmt=None, use_builtin_types=False)


def writePlist(value, pathOrFile):
    """Deprecated: dump(), also to a path."""
    _deprecated('writePlist', 'dump')
    with _maybe_open(pathOrFile, 'wb') as f:
        dump(value, f, fmt=FMT_XML, sort_keys=True, skipkeys=False)


def readPlistFromBytes(data):
    """Deprecated: loads() with use_builtin_types=False."""
    _deprecated('readPlistFromBytes', 'loads')
    return load(BytesIO(data), fmt=None, use_builtin_types=False)


def writePlistToBytes(value):
    """Deprecated: dumps()."""
    _deprecated('writePlistToBytes', 'dumps')
    f = BytesIO()
    dump(value, f, fmt=FMT_XML, sort_keys=True, skipkeys=False)
    return f.getvalue()


class Data:
    """Deprecated: bytes as load() with use_builtin_types=False returns them, in data."""

    def __init__(self, data):
        if not isinstance(data, bytes):
            raise TypeError('data must be as bytes')
        self.data = data

    @classmethod
    def fromBase64(cls, data):
        """Make one of the bytes that base64 text stands for."""
        return cls(_decode_base64(data))

    def asBase64(self, maxlinelength=76):
        """Return the data in base64, in lines of at most maxlinelength characters."""
        return _encode_base64(self.data, maxlinelength)

    def __eq__(self, other):
        if isinstance(other, self.__class__):
            return self.data == other.data
        return self.data == other if isinstance(other, bytes) else NotImplemented

    def __repr__(self):
        return f'{self.__class__.__name__}({self.data!r})'


class UID:
    """A number from 0 to 2**64 - 1 that refers to an object, as NSKeyedArchiver writes them."""

    def __init__(self, data):
        if not isinstance(data, int):
            raise TypeError('data must be an int')
        if data >= 1 << 64:
            raise ValueError('UIDs cannot be >= 2**64')
        if data < 0:
            raise ValueError('UIDs must be positive')
        self.data = data

    def __index__(self):
        return self.data

    def __repr__(self):
        return f'{self.__class__.__name__}({self.data!r})'

    def __reduce__(self):
        return self.__class__, (self.data,)

    def __eq__(self, other):
        return self.data == other.data if isinstance(other, UID) else NotImplemented

    def __hash__(self):
        return hash(self.data)


# XML

_controlCharPat = re.compile('[%s]' % ''.join('\\x%02x' % code for code in range(32) if code not in b'\t\n\r'))


def _encode_base64(s, maxlinelength=76):
    """Return bytes in Base64, in lines of at most that length."""
    step = maxlinelength // 4 * 3
    return b''.join([binascii.b2a_base64(s[at:at + step]) for at in range(0, len(s), step)])


def _decode_base64(s):
    return binascii.a2b_base64(s.encode('utf-8') if isinstance(s, str) else s)


_dateParser = re.compile(r'(?P<year>\d\d\d\d)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<hour>\d\d)(?::(?P<minute>\d\d)'
                         r'(?::(?P<second>\d\d))?)?)?)?)?Z', re.ASCII)


def _date_from_string(s):
    match = _dateParser.match(s)
    if match is None:
        raise ValueError(f'invalid date: {s!r}')
    numbers = [int(part) for part in match.groups() if part is not None]
    return datetime.datetime(*numbers)


def _date_to_string(d):
    return '%04d-%02d-%02dT%02d:%02d:%02dZ' % d.timetuple()[:6]


def _escape(text):
    """Return text as it stands in XML, with LF at line ends."""
    if _controlCharPat.search(text) is not None:
        raise ValueError("strings can't contains control characters; use bytes instead")
    text = text.replace('\r\n', '\n').replace('\r', '\n')
    return text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')


class _PlistParser:
    """Reads XML: each element has a method for its start or its end."""

    def __init__(self, use_builtin_types, dict_type):
        self.stack = []                 # the containers that are open
        self.current_key = None
        self.root = None
        self._use_builtin_types = use_builtin_types
        self._dict_type = dict_type

    def parse(self, fileobj):
        self.parser = parser = ParserCreate()
        parser.StartElementHandler = self.handle_begin_element
        parser.EndElementHandler = self.handle_end_element
        parser.CharacterDataHandler = self.handle_data
        parser.EntityDeclHandler = self.handle_entity_decl
        parser.ParseFile(fileobj)
        return self.root

    def handle_entity_decl(self, entity_name, is_parameter_entity, value, base, system_id, public_id, notation_name):
        # They can blow up to any size, and no property list needs them.
        raise InvalidFileException('XML entity declarations are not supported in plist files')

    def handle_begin_element(self, element, attrs):
        self.data = []
        begin = getattr(self, 'begin_' + element, None)
        if begin is not None:
            begin(attrs)

    def handle_end_element(self, element):
        end = getattr(self, 'end_' + element, None)
        if end is not None:
            end()

    def handle_data(self, data):
        self.data.append(data)

    def _fail(self, what):
        raise ValueError(f'{what} at line {self.parser.CurrentLineNumber}')

    def add_object(self, value):
        if not self.stack:
            self.root = value           # the outermost
            return
        container = self.stack[-1]
        if self.current_key is not None:
            if not isinstance(container, type({})):
                self._fail('unexpected element')
            container[self.current_key] = value
            self.current_key = None
        elif isinstance(container, type([])):
            container.append(value)
        else:
            self._fail('unexpected element')

    def get_data(self):
        text = ''.join(self.data)
        self.data = []
        return text

    def begin_dict(self, attrs):
        made = self._dict_type()
        self.add_object(made)
        self.stack.append(made)

    def end_dict(self):
        if self.current_key:
            self._fail(f"missing value for key '{self.current_key}'")
        self.stack.pop()

    def end_key(self):
        if self.current_key or not isinstance(self.stack[-1], type({})):
            self._fail('unexpected key')
        self.current_key = self.get_data()

    def begin_array(self, attrs):
        made = []
        self.add_object(made)
        self.stack.append(made)

    def end_array(self):
        self.stack.pop()

    def end_true(self):
        self.add_object(True)

    def end_false(self):
        self.add_object(False)

    def end_integer(self):
        text = self.get_data()
        self.add_object(int(text, 16 if text[:2] in ('0x', '0X') else 10))

    def end_real(self):
        self.add_object(float(self.get_data()))

    def end_string(self):
        self.add_object(self.get_data())

    def end_data(self):
        data = _decode_base64(self.get_data())
        self.add_object(data if self._use_builtin_types else Data(data))

    def end_date(self):
        self.add_object(_date_from_string(self.get_data()))


class _DumbXMLWriter:
    """Writes elements, a line each, indented by their depth."""

    def __init__(self, file, indent_level=0, indent='\t'):
        self.file = file
        self.stack = []
        self._indent_level = indent_level
        self.indent = indent

    def begin_element(self, element):
        self.stack.append(element)
        self.writeln(f'<{element}>')
        self._indent_level += 1

    def end_element(self, element):
        assert self._indent_level > 0 and self.stack.pop() == element
        self._indent_level -= 1
        self.writeln(f'</{element}>')

    def simple_element(self, element, value=None):
        self.writeln(f'<{element}/>' if value is None else f'<{element}>{_escape(value)}</{element}>')

    def writeln(self, line):
        if line:
            # Text and bytes, as they come.
            self.file.write(self._indent_level * self.indent)
            self.file.write(line.encode('utf-8') if isinstance(line, str) else line)
        self.file.write(b'\n')


PLISTHEADER = b'''\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
'''


class _PlistWriter(_DumbXMLWriter):
    """Writes XML."""

    def __init__(self, file, indent_level=0, indent=b'\t', writeHeader=1, sort_keys=True, skipkeys=False):
        if writeHeader:
            file.write(PLISTHEADER)
        super().__init__(file, indent_level, indent)
        self._sort_keys, self._skipkeys = sort_keys, skipkeys

    def write(self, value):
        self.writeln('<plist version="1.0">')
        self.write_value(value)
        self.writeln('</plist>')

    def write_value(self, value):
        if isinstance(value, str):
            self.simple_element('string', value)
        elif value is True or value is False:
            self.simple_element('true' if value else 'false')
        elif isinstance(value, int):
            if not -1 << 63 <= value < 1 << 64:
                raise OverflowError(value)
            self.simple_element('integer', '%d' % value)
        elif isinstance(value, float):
            self.simple_element('real', repr(value))
        elif isinstance(value, datetime.datetime):
            self.simple_element('date', _date_to_string(value))
        else:
            for kinds, method in ((dict, self.write_dict), ((list, tuple), self.write_array), (Data, self.write_data),
                                  ((bytes, bytearray), self.write_bytes)):
                if isinstance(value, kinds):
                    return method(value)
            raise TypeError(f'unsupported type: {type(value)}')

    def write_data(self, data):
        self.write_bytes(data.data)

    def write_bytes(self, data):
        self.begin_element('data')
        # The lines are as far to the right as the element.
        self._indent_level -= 1
        width = max(16, 76 - len(self.indent.replace(b'\t', b' ' * 8)) * self._indent_level)
        for line in _encode_base64(data, width).split(b'\n'):
            if line:
                self.writeln(line)
        self._indent_level += 1
        self.end_element('data')

    def write_dict(self, d):
        if not d:
            self.simple_element('dict')
            return
        self.begin_element('dict')
        for key, value in sorted(d.items()) if self._sort_keys else d.items():
            if isinstance(key, str):
                self.simple_element('key', key)
                self.write_value(value)
            elif not self._skipkeys:
                raise TypeError('keys must be strings')
        self.end_element('dict')

    def write_array(self, array):
        if not array:
            self.simple_element('array')
            return
        self.begin_element('array')
        for value in array:
            self.write_value(value)
        self.end_element('array')


def _is_fmt_xml(header):
    starts = (b'<?xml', b'<plist')
    if header.startswith(starts):
        return True
    # Other encodings are known by their marks.
    for mark, encoding in ((codecs.BOM_UTF8, 'utf-8'), (codecs.BOM_UTF16_BE, 'utf-16-be'),
                           (codecs.BOM_UTF16_LE, 'utf-16-le')):
        for start in starts:
            if header.startswith(mark + start.decode('ascii').encode(encoding)):
                return True
    return False


# Binary: the objects, then their positions, then 32 bytes that tell where and how many these are.

class InvalidFileException(ValueError):
    """What was read is no property list."""

    def __init__(self, message='Invalid file'):
        ValueError.__init__(self, message)


_BINARY_FORMAT = {1: 'B', 2: 'H', 4: 'L', 8: 'Q'}
_EPOCH = datetime.datetime(2001, 1, 1)
_undefined = object()


class _BinaryPlistParser:
    """Reads the binary format."""

    def __init__(self, use_builtin_types, dict_type):
        self._use_builtin_types = use_builtin_types
        self._dict_type = dict_type

    def parse(self, fp):
        try:
            self._fp = fp
            fp.seek(-32, os.SEEK_END)
            trailer = fp.read(32)
            if len(trailer) != 32:
                raise InvalidFileException()
            position_size, self._ref_size, count, top, table = struct.unpack('>6xBBQQQ', trailer)
            fp.seek(table)
            self._object_offsets = self._read_ints(count, position_size)
            self._objects = [_undefined] * count
            return self._read_object(top)
        except (OSError, IndexError, struct.error, OverflowError, ValueError, MemoryError):
            raise InvalidFileException()

    def _get_size(self, tokenL):
        """Return a size: in four bits, or in the int that follows."""
        if tokenL != 0xF:
            return tokenL
        width = 1 << (self._fp.read(1)[0] & 3)
        return int.from_bytes(self._read_exactly(width), 'big')

    def _read_exactly(self, count):
        data = self._fp.read(count)
        if len(data) != count:
            raise InvalidFileException()
        return data

    def _read_ints(self, n, size):
        if not size:
            raise InvalidFileException()
        data = self._read_exactly(n * size)
        if size in _BINARY_FORMAT:
            return struct.unpack(f'>{n}{_BINARY_FORMAT[size]}', data)
        return tuple(int.from_bytes(data[at:at + size], 'big') for at in range(0, n * size, size))

    def _read_refs(self, n):
        return self._read_ints(n, self._ref_size)

    def _read_object(self, ref):
        """Return the object of that number; its first byte says what it is."""
        known = self._objects[ref]
        if known is not _undefined:
            return known
        self._fp.seek(self._object_offsets[ref])
        token = self._fp.read(1)[0]
        kind, low = token & 0xF0, token & 0x0F
        read = self._read_exactly
        if token in (0x00, 0x08, 0x09, 0x0f):
            result = {0x00: None, 0x08: False, 0x09: True, 0x0f: b''}[token]
        elif kind == 0x10:
            # Eight bytes and more have a sign.
            result = int.from_bytes(self._fp.read(1 << low), 'big', signed=low >= 3)
        elif token == 0x22:
            result, = struct.unpack('>f', read(4))
        elif token == 0x23:
            result, = struct.unpack('>d', read(8))
        elif token == 0x33:
            seconds, = struct.unpack('>d', read(8))
            result = _EPOCH + datetime.timedelta(seconds=seconds)
        elif kind == 0x40:
            result = read(self._get_size(low))
            if not self._use_builtin_types:
                result = Data(result)
        elif kind == 0x50:
            result = read(self._get_size(low)).decode('ascii')
        elif kind == 0x60:
            result = read(self._get_size(low) * 2).decode('utf-16be')
        elif kind == 0x80:
            result = UID(int.from_bytes(read(1 + low), 'big'))
        elif kind == 0xA0:
            refs = self._read_refs(self._get_size(low))
            # Known before its elements are: one of them may be the list itself.
            self._objects[ref] = result = []
            for each in refs:
                result.append(self._read_object(each))
        elif kind == 0xD0:
            count = self._get_size(low)
            keys, values = self._read_refs(count), self._read_refs(count)
            self._objects[ref] = result = self._dict_type()
            try:
                for key, value in zip(keys, values):
                    result[self._read_object(key)] = self._read_object(value)
            except TypeError:
                raise InvalidFileException()        # a key that cannot be one
        else:
            raise InvalidFileException()
        self._objects[ref] = result
        return result


def _count_to_size(count):
    """Return how many bytes a number takes: 1, 2, 4 or 8."""
    return next(size for size in (1, 2, 4, 8) if count < 1 << 8 * size or size == 8)


_scalars = (str, int, float, datetime.datetime, bytes)


class _BinaryPlistWriter(object):
    """Writes the binary format: equal scalars only once."""

    def __init__(self, fp, sort_keys, skipkeys):
        self._fp = fp
        self._sort_keys, self._skipkeys = sort_keys, skipkeys

    def write(self, value):
        self._objlist = []          # all objects, in the order of their numbers
        self._objtable = {}         # scalars, by type and value -> number
        self._objidtable = {}       # containers, by id -> number
        self._flatten(value)
        count = len(self._objlist)
        self._ref_size = _count_to_size(count)
        self._ref_format = _BINARY_FORMAT[self._ref_size]
        write, tell = self._fp.write, self._fp.tell
        positions = []
        write(b'bplist00')
        for each in self._objlist:
            positions.append(tell())
            self._write_object(each)
        table = tell()
        width = _count_to_size(table)
        write(struct.pack(f'>{count}{_BINARY_FORMAT[width]}', *positions))
        write(struct.pack('>5xBBBQQQ', 0, width, self._ref_size, count, self._getrefnum(value), table))

    @staticmethod
    def _key(value):
        """By what a scalar is looked up; None for containers."""
        if isinstance(value, _scalars):
            return type(value), value
        if isinstance(value, Data):
            return type(value.data), value.data
        return None

    def _flatten(self, value):
        """Number an object, and then what is in it."""
        key = self._key(value)
        if key is not None:
            if key in self._objtable:
                return
            self._objtable[key] = len(self._objlist)
        else:
            if id(value) in self._objidtable:
                return
            self._objidtable[id(value)] = len(self._objlist)
        self._objlist.append(value)
        if isinstance(value, dict):
            items = self._items(value)
            for part in itertools.chain((key for key, _ in items), (each for _, each in items)):
                self._flatten(part)
        elif isinstance(value, (list, tuple)):
            for part in value:
                self._flatten(part)

    def _items(self, value):
        """A dict's entries, as they are to be written."""
        items = sorted(value.items()) if self._sort_keys else list(value.items())
        if self._skipkeys:
            return [item for item in items if isinstance(item[0], str)]
        if any(not isinstance(key, str) for key, _ in items):
            raise TypeError('keys must be strings')
        return items

    def _getrefnum(self, value):
        key = self._key(value)
        return self._objidtable[id(value)] if key is None else self._objtable[key]

    def _write_size(self, token, size):
        if size < 15:
            self._fp.write(struct.pack('>B', token | size))
            return
        width = _count_to_size(size)
        self._fp.write(struct.pack('>BB', token | 0xF, 0x10 | width.bit_length() - 1))
        self._fp.write(struct.pack('>' + _BINARY_FORMAT[width], size))

    def _write_refs(self, values):
        numbers = [self._getrefnum(value) for value in values]
        self._fp.write(struct.pack(f'>{len(numbers)}{self._ref_format}', *numbers))

    def _write_object(self, value):
        write, pack = self._fp.write, struct.pack
        if value is None or value is False or value is True:
            write({None: b'\x00', False: b'\x08', True: b'\x09'}[value])
        elif isinstance(value, int):
            self._write_int(value)
        elif isinstance(value, float):
            write(pack('>Bd', 0x23, value))
        elif isinstance(value, datetime.datetime):
            write(pack('>Bd', 0x33, (value - _EPOCH).total_seconds()))
        elif isinstance(value, (Data, bytes, bytearray)):
            data = value.data if isinstance(value, Data) else value
            self._write_size(0x40, len(data))
            write(data)
        elif isinstance(value, str):
            if value.isascii():
                self._write_size(0x50, len(value))
                write(value.encode('ascii'))
            else:
                data = value.encode('utf-16be')
                self._write_size(0x60, len(data) // 2)
                write(data)
        elif isinstance(value, UID):
            if value.data < 0:
                raise ValueError('UIDs must be positive')
            if value.data >= 1 << 64:
                raise OverflowError(value)
            width = _count_to_size(value.data)
            write(pack('>B', 0x80 | width - 1) + value.data.to_bytes(width, 'big'))
        elif isinstance(value, (list, tuple)):
            self._write_size(0xA0, len(value))
            self._write_refs(value)
        elif isinstance(value, dict):
            items = self._items(value)
            self._write_size(0xD0, len(items))
            self._write_refs([key for key, _ in items])
            self._write_refs([each for _, each in items])
        else:
            raise TypeError(value)

    def _write_int(self, value):
        """Up to four bytes have no sign, eight have one, and what is beyond them takes sixteen."""
        if not -1 << 63 <= value < 1 << 64:
            raise OverflowError(value)
        if value >= 1 << 63:
            width = 16
        else:
            width = 8 if value < 0 else _count_to_size(value)
        self._fp.write(struct.pack('>B', 0x10 | width.bit_length() - 1)
                       + value.to_bytes(width, 'big', signed=width >= 8))


def _is_fmt_binary(header):
    return header[:8] == b'bplist00'


_FORMATS = {
    FMT_XML: {'detect': _is_fmt_xml, 'parser': _PlistParser, 'writer': _PlistWriter},
    FMT_BINARY: {'detect': _is_fmt_binary, 'parser': _BinaryPlistParser, 'writer': _BinaryPlistWriter},
}


def load(fp, *, fmt=None, use_builtin_types=True, dict_type=dict):
    """Read a property list from a binary file and return it.

    fmt is FMT_XML or FMT_BINARY; None to find out.  use_builtin_types: bytes as
    bytes, not as Data.  dict_type is the class of the dicts.
    """
    if fmt is None:
        header = fp.read(32)
        fp.seek(0)
        fmt = next((each for each, info in _FORMATS.items() if info['detect'](header)), None)
        if fmt is None:
            raise InvalidFileException()
    parser = _FORMATS[fmt]['parser'](use_builtin_types=use_builtin_types, dict_type=dict_type)
    return parser.parse(fp)


def loads(value, *, fmt=None, use_builtin_types=True, dict_type=dict):
    """Read a property list from bytes and return it; the arguments are those of load()."""
    return load(BytesIO(value), fmt=fmt, use_builtin_types=use_builtin_types, dict_type=dict_type)


def dump(value, fp, *, fmt=FMT_XML, sort_keys=True, skipkeys=False):
    """Write a property list to a binary file.

    sort_keys writes dicts ordered by key; skipkeys leaves out keys that are no
    str, which otherwise are a TypeError, as other things are that cannot be
    written.
    """
    if fmt not in _FORMATS:
        raise ValueError(f'Unsupported format: {fmt!r}')
    _FORMATS[fmt]['writer'](fp, sort_keys=sort_keys, skipkeys=skipkeys).write(value)


def dumps(value, *, fmt=FMT_XML, skipkeys=False, sort_keys=True):
    """Return a property list as bytes; the arguments are those of dump()."""
    target = BytesIO()
    dump(value, target, fmt=fmt, skipkeys=skipkeys, sort_keys=sort_keys)
    return target.getvalue()
