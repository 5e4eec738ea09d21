# SPDX-License-Identifier: MIT
"""Looking at pickles without running them.

    dis(pickle)         print the instructions, and check that they fit together
    genops(pickle)      the same, for programs
    optimize(pickle)    drop the instructions that store what is never fetched
    opcodes             all instructions of the machine, as OpcodeInfo objects

The machine.  A pickle is a run of instructions: a byte, the opcode, and for
some an argument.  They work on a stack, into which MARK puts marks; opcodes
such as LIST take everything above the last mark.  Besides there is the memo, a
table from small ints to objects, with which one object is referred to from
several places.  STOP ends the run; the result is what is then on the stack.

Protocols only ever add instructions.  0 has arguments in the form of text
lines; 1 added binary ones; 2 those for classes with __new__, registered
extensions and short forms; 3 bytes; 4 frames, sets, large objects, and names
that are taken from the stack; 5 buffers that travel outside the pickle.
"""
import codecs
import io
import pickle
import re
import sys
from pickle import decode_long
from struct import error as _short_data, unpack as _unpack

__all__ = ['dis', 'genops', 'optimize']

bytes_types = pickle.bytes_types

# How long an argument is, where it is no fixed number of bytes.
UP_TO_NEWLINE = -1          # to the end of the line
TAKEN_FROM_ARGUMENT1 = -2   # it starts with its length, in 1 byte,
TAKEN_FROM_ARGUMENT4 = -3   # in 4 bytes, signed,
TAKEN_FROM_ARGUMENT4U = -4  # in 4 bytes, unsigned,
TAKEN_FROM_ARGUMENT8U = -5  # in 8 bytes, unsigned


class ArgumentDescriptor(object):
    """How an opcode's argument is written.

    n is its size in bytes, or one of the constants above; reader(file) reads
    it and returns its value; doc tells more.
    """
    __slots__ = ('name', 'n', 'reader', 'doc')

    def __init__(self, name, n, reader, doc):
        assert isinstance(n, int) and -5 <= n
        assert isinstance(name, str) and isinstance(doc, str)
        self.name, self.n = name, n
        self.reader, self.doc = reader, doc


def _fixed(f, form, width, name):
    """Read a number of so many bytes."""
    data = f.read(width)
    if len(data) != width:
        raise ValueError(f'not enough data in stream to read {name}')
    return _unpack(form, data)[0]


def read_uint1(f):
    r"""
    >>> read_uint1(io.BytesIO(b'\x2a'))
    42
    >>> read_uint1(io.BytesIO(b'\xf0\x0f'))
    240
    """
    return _fixed(f, '<B', 1, 'uint1')


def read_uint2(f):
    r"""
    >>> read_uint2(io.BytesIO(b'\x34\x12'))
    4660
    >>> read_uint2(io.BytesIO(b'\xfe\xff'))
    65534
    >>> read_uint2(io.BytesIO(b'\x34'))
    Traceback (most recent call last):
        ...
    ValueError: not enough data in stream to read uint2
    """
    return _fixed(f, '<H', 2, 'uint2')


def read_int4(f):
    r"""
    >>> read_int4(io.BytesIO(b'\x10\x27\x00\x00'))
    10000
    >>> read_int4(io.BytesIO(b'\xff\xff\xff\x7f'))
    2147483647
    >>> read_int4(io.BytesIO(b'\xf0\xd8\xff\xff'))
    -10000
    """
    return _fixed(f, '<i', 4, 'int4')


def read_uint4(f):
    r"""
    >>> read_uint4(io.BytesIO(b'\x10\x27\x00\x00'))
    10000
    >>> read_uint4(io.BytesIO(b'\xf0\xd8\xff\xff'))
    4294957296
    >>> read_uint4(io.BytesIO(b'\x10\x27'))
    Traceback (most recent call last):
        ...
    ValueError: not enough data in stream to read uint4
    """
    return _fixed(f, '<I', 4, 'uint4')


def read_uint8(f):
    r"""
    >>> read_uint8(io.BytesIO(b'\x10\x27' + bytes(6)))
    10000
    >>> read_uint8(io.BytesIO(b'\xf0' + b'\xff' * 7))
    18446744073709551600
    >>> read_uint8(io.BytesIO(bytes(7)))
    Traceback (most recent call last):
        ...
    ValueError: not enough data in stream to read uint8
    """
    return _fixed(f, '<Q', 8, 'uint8')


def _line(f, name):
    """Read a line; return it without its end."""
    line = f.readline()
    if not line.endswith(b'\n'):
        raise ValueError(f'no newline found when trying to read {name}')
    return line[:-1]


def read_stringnl(f, decode=True, stripquotes=True):
    r"""Read a line that holds a string literal of Python 2.

    >>> read_stringnl(io.BytesIO(b"'pear'\nplum\n"))
    'pear'
    >>> read_stringnl(io.BytesIO(b'"pear"\n'))
    'pear'
    >>> read_stringnl(io.BytesIO(b"'pear'\n"), stripquotes=False)
    "'pear'"
    >>> read_stringnl(io.BytesIO(b"'pear'\n"), decode=False)
    b'pear'
    >>> read_stringnl(io.BytesIO(b"'tab\\there'\n"))
    'tab\there'
    >>> read_stringnl(io.BytesIO(b'pear\n'))
    Traceback (most recent call last):
        ...
    ValueError: no string quotes around b'pear'
    >>> read_stringnl(io.BytesIO(b"'pear'"))
    Traceback (most recent call last):
        ...
    ValueError: no newline found when trying to read stringnl
    >>> read_stringnl(io.BytesIO(b"'pear\"\n"))
    Traceback (most recent call last):
        ...
    ValueError: strinq quote b"'" not found at both ends of b'\'pear"'
    """
    data = _line(f, 'stringnl')
    if stripquotes:
        quote = data[:1]
        if quote not in (b'"', b"'"):
            raise ValueError(f'no string quotes around {data!r}')
        if not data.endswith(quote):
            raise ValueError(f'strinq quote {quote!r} not found at both ends of {data!r}')
        data = data[1:-1]
    return codecs.escape_decode(data)[0].decode('ascii') if decode else data


def read_stringnl_noescape(f):
    """Read a line as it stands."""
    return read_stringnl(f, stripquotes=False)


def read_stringnl_noescape_pair(f):
    r"""Read two lines; return them with a space between.

    >>> read_stringnl_noescape_pair(io.BytesIO(b'decimal\nDecimal\n.'))
    'decimal Decimal'
    >>> read_stringnl_noescape_pair(io.BytesIO(b'decimal\n'))
    Traceback (most recent call last):
        ...
    ValueError: no newline found when trying to read stringnl
    """
    return '%s %s' % (read_stringnl_noescape(f), read_stringnl_noescape(f))


def _counted(f, count, name):
    """Read count bytes."""
    # io.BytesIO.read() takes no more than sys.maxsize.
    if count > sys.maxsize:
        raise ValueError(f'{name} byte count > sys.maxsize: {count}')
    data = f.read(count)
    if len(data) != count:
        raise ValueError(f'expected {count} bytes in a {name}, but only {len(data)} remain')
    return data


def read_string1(f):
    r"""
    >>> read_string1(io.BytesIO(b'\x04pear, plum'))
    'pear'
    >>> read_string1(io.BytesIO(b'\x01\xe9'))
    'é'
    >>> read_string1(io.BytesIO(b'\x05pear'))
    Traceback (most recent call last):
        ...
    ValueError: expected 5 bytes in a string1, but only 4 remain
    """
    return _counted(f, read_uint1(f), 'string1').decode('latin-1')


def read_string4(f):
    r"""
    >>> read_string4(io.BytesIO(b'\x04\x00\x00\x00pear, plum'))
    'pear'
    >>> read_string4(io.BytesIO(bytes(4)))
    ''
    >>> read_string4(io.BytesIO(b'\x05\x00\x00\x00pear'))
    Traceback (most recent call last):
        ...
    ValueError: expected 5 bytes in a string4, but only 4 remain
    >>> read_string4(io.BytesIO(b'\xff\xff\xff\xff'))
    Traceback (most recent call last):
        ...
    ValueError: string4 byte count < 0: -1
    """
    count = read_int4(f)
    if count < 0:
        raise ValueError(f'string4 byte count < 0: {count}')
    return _counted(f, count, 'string4').decode('latin-1')


def read_bytes1(f):
    r"""
    >>> read_bytes1(io.BytesIO(b'\x04pear, plum'))
    b'pear'
    >>> read_bytes1(io.BytesIO(b'\x00'))
    b''
    >>> read_bytes1(io.BytesIO(b'\x05pear'))
    Traceback (most recent call last):
        ...
    ValueError: expected 5 bytes in a bytes1, but only 4 remain
    """
    return _counted(f, read_uint1(f), 'bytes1')


def read_bytes4(f):
    r"""
    >>> read_bytes4(io.BytesIO(b'\x04\x00\x00\x00pear, plum'))
    b'pear'
    >>> read_bytes4(io.BytesIO(bytes(4)))
    b''
    >>> read_bytes4(io.BytesIO(b'\x05\x00\x00\x00pear'))
    Traceback (most recent call last):
        ...
    ValueError: expected 5 bytes in a bytes4, but only 4 remain
    >>> read_bytes4(io.BytesIO(b'\x05\x00'))
    Traceback (most recent call last):
        ...
    ValueError: not enough data in stream to read uint4
    """
    return _counted(f, read_uint4(f), 'bytes4')


def read_bytes8(f):
    r"""
    >>> read_bytes8(io.BytesIO(b'\x04' + bytes(7) + b'pear, plum'))
    b'pear'
    >>> read_bytes8(io.BytesIO(bytes(8)))
    b''
    >>> read_bytes8(io.BytesIO(b'\x05' + bytes(7) + b'pear'))
    Traceback (most recent call last):
        ...
    ValueError: expected 5 bytes in a bytes8, but only 4 remain
    >>> read_bytes8(io.BytesIO(b'\xff' * 8))
    Traceback (most recent call last):
        ...
    ValueError: bytes8 byte count > sys.maxsize: 18446744073709551615
    >>> read_bytes8(io.BytesIO(b'\x05'))
    Traceback (most recent call last):
        ...
    ValueError: not enough data in stream to read uint8
    """
    return _counted(f, read_uint8(f), 'bytes8')


def read_bytearray8(f):
    r"""
    >>> read_bytearray8(io.BytesIO(b'\x04' + bytes(7) + b'pear, plum'))
    bytearray(b'pear')
    >>> read_bytearray8(io.BytesIO(bytes(8)))
    bytearray(b'')
    >>> read_bytearray8(io.BytesIO(b'\x05' + bytes(7) + b'pear'))
    Traceback (most recent call last):
        ...
    ValueError: expected 5 bytes in a bytearray8, but only 4 remain
    >>> read_bytearray8(io.BytesIO(b'\xff' * 8))
    Traceback (most recent call last):
        ...
    ValueError: bytearray8 byte count > sys.maxsize: 18446744073709551615
    >>> read_bytearray8(io.BytesIO(b'\x05'))
    Traceback (most recent call last):
        ...
    ValueError: not enough data in stream to read uint8
    """
    return bytearray(_counted(f, read_uint8(f), 'bytearray8'))


def read_unicodestringnl(f):
    r"""
    >>> read_unicodestringnl(io.BytesIO(b'plum\\u0026pear\n.'))
    'plum&pear'
    >>> read_unicodestringnl(io.BytesIO(b'plum'))
    Traceback (most recent call last):
        ...
    ValueError: no newline found when trying to read unicodestringnl
    """
    return str(_line(f, 'unicodestringnl'), 'raw-unicode-escape')


def _utf8(f, count, name):
    return str(_counted(f, count, name), 'utf-8', 'surrogatepass')


def read_unicodestring1(f):
    r"""
    >>> text = 'caf\xe9 \N{SNOWMAN}'
    >>> size = bytes([9])
    >>> read_unicodestring1(io.BytesIO(size + text.encode() + b'.')) == text
    True
    >>> len(text.encode()) == size[0]
    True
    >>> read_unicodestring1(io.BytesIO(bytes(1)))
    ''
    >>> read_unicodestring1(io.BytesIO(b'\x03\xed\xb0\x80'))
    '\udc00'
    >>> read_unicodestring1(io.BytesIO(size + b'caf'))
    Traceback (most recent call last):
        ...
    ValueError: expected 9 bytes in a unicodestring1, but only 3 remain
    >>> read_unicodestring1(io.BytesIO(b'\x01\xff'))
    Traceback (most recent call last):
        ...
    UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte
    """
    return _utf8(f, read_uint1(f), 'unicodestring1')


def read_unicodestring4(f):
    r"""
    >>> text = 'caf\xe9 \N{SNOWMAN}'
    >>> size = (9).to_bytes(4, 'little')
    >>> read_unicodestring4(io.BytesIO(size + text.encode() + b'.')) == text
    True
    >>> len(text.encode()) == size[0]
    True
    >>> read_unicodestring4(io.BytesIO(bytes(4)))
    ''
    >>> read_unicodestring4(io.BytesIO(b'\x03\x00\x00\x00\xed\xb0\x80'))
    '\udc00'
    >>> read_unicodestring4(io.BytesIO(size + b'caf'))
    Traceback (most recent call last):
        ...
    ValueError: expected 9 bytes in a unicodestring4, but only 3 remain
    >>> read_unicodestring4(io.BytesIO(b'\x01\x00\x00\x00\xff'))
    Traceback (most recent call last):
        ...
    UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte
    """
    return _utf8(f, read_uint4(f), 'unicodestring4')


def read_unicodestring8(f):
    r"""
    >>> text = 'caf\xe9 \N{SNOWMAN}'
    >>> size = (9).to_bytes(8, 'little')
    >>> read_unicodestring8(io.BytesIO(size + text.encode() + b'.')) == text
    True
    >>> len(text.encode()) == size[0]
    True
    >>> read_unicodestring8(io.BytesIO(bytes(8)))
    ''
    >>> read_unicodestring8(io.BytesIO(b'\x03' + bytes(7) + b'\xed\xb0\x80'))
    '\udc00'
    >>> read_unicodestring8(io.BytesIO(size + b'caf'))
    Traceback (most recent call last):
        ...
    ValueError: expected 9 bytes in a unicodestring8, but only 3 remain
    >>> read_unicodestring8(io.BytesIO(b'\x01' + bytes(7) + b'\xff'))
    Traceback (most recent call last):
        ...
    UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0: invalid start byte
    """
    return _utf8(f, read_uint8(f), 'unicodestring8')


def read_decimalnl_short(f):
    r"""Read a line with a number; 00 and 01 are False and True.

    >>> read_decimalnl_short(io.BytesIO(b'-250\n7'))
    -250
    >>> read_decimalnl_short(io.BytesIO(b'00\n')), read_decimalnl_short(io.BytesIO(b'01\n'))
    (False, True)
    >>> read_decimalnl_short(io.BytesIO(b'12L\n'))
    Traceback (most recent call last):
        ...
    ValueError: invalid literal for int() with base 10: b'12L'
    """
    text = read_stringnl(f, decode=False, stripquotes=False)
    return {b'00': False, b'01': True}[text] if text in (b'00', b'01') else int(text)


def read_decimalnl_long(f):
    r"""Read a line with a number that may end in L.

    >>> read_decimalnl_long(io.BytesIO(b'-250L\n7'))
    -250
    >>> read_decimalnl_long(io.BytesIO(b'98765432109876543210\n'))
    98765432109876543210
    >>> read_decimalnl_long(io.BytesIO(b'12LL\n'))
    Traceback (most recent call last):
        ...
    ValueError: invalid literal for int() with base 10: b'12L'
    """
    text = read_stringnl(f, decode=False, stripquotes=False)
    return int(text[:-1] if text.endswith(b'L') else text)


def read_floatnl(f):
    r"""
    >>> read_floatnl(io.BytesIO(b'2.5e-3\n'))
    0.0025
    >>> read_floatnl(io.BytesIO(b'-inf\n.'))
    -inf
    """
    return float(read_stringnl(f, decode=False, stripquotes=False))


def read_float8(f):
    r"""
    >>> read_float8(io.BytesIO(b'\x40\x04' + bytes(6)))
    2.5
    >>> read_float8(io.BytesIO(b'\xc0\x24' + bytes(6) + b'.'))
    -10.0
    >>> read_float8(io.BytesIO(b'\x7f\xf0' + bytes(6)))
    inf
    >>> read_float8(io.BytesIO(b'\x40\x04'))
    Traceback (most recent call last):
        ...
    ValueError: not enough data in stream to read float8
    """
    return _fixed(f, '>d', 8, 'float8')


def read_long1(f):
    r"""
    >>> read_long1(io.BytesIO(b'\x00'))
    0
    >>> read_long1(io.BytesIO(b'\x01d'))
    100
    >>> read_long1(io.BytesIO(b'\x02\xc8\x00'))
    200
    >>> read_long1(io.BytesIO(b'\x02\x7f\xff'))
    -129
    >>> read_long1(io.BytesIO(b'\x09' + bytes(8) + b'\x01')) == 2 ** 64
    True
    >>> read_long1(io.BytesIO(b'\x03\xc8\x00'))
    Traceback (most recent call last):
        ...
    ValueError: not enough data in stream to read long1
    """
    count = read_uint1(f)
    data = f.read(count)
    if len(data) < count:
        raise ValueError('not enough data in stream to read long1')
    return decode_long(data)


def read_long4(f):
    r"""
    >>> read_long4(io.BytesIO(bytes(4)))
    0
    >>> read_long4(io.BytesIO(b'\x01\x00\x00\x00d'))
    100
    >>> read_long4(io.BytesIO(b'\x02\x00\x00\x00\xc8\x00'))
    200
    >>> read_long4(io.BytesIO(b'\x02\x00\x00\x00\x7f\xff'))
    -129
    >>> read_long4(io.BytesIO(b'\x03\x00\x00\x00\xc8\x00'))
    Traceback (most recent call last):
        ...
    ValueError: not enough data in stream to read long4
    >>> read_long4(io.BytesIO(b'\xff\xff\xff\xff'))
    Traceback (most recent call last):
        ...
    ValueError: long4 byte count < 0: -1
    """
    count = read_int4(f)
    if count < 0:
        raise ValueError(f'long4 byte count < 0: {count}')
    data = f.read(count)
    if len(data) < count:
        raise ValueError('not enough data in stream to read long4')
    return decode_long(data)


uint1 = ArgumentDescriptor('uint1', 1, read_uint1, 'One byte, unsigned.')
uint2 = ArgumentDescriptor('uint2', 2, read_uint2, 'Two bytes, unsigned, little end first.')
int4 = ArgumentDescriptor('int4', 4, read_int4, "Four bytes, two's complement, little end first.")
uint4 = ArgumentDescriptor('uint4', 4, read_uint4, 'Four bytes, unsigned, little end first.')
uint8 = ArgumentDescriptor('uint8', 8, read_uint8, 'Eight bytes, unsigned, little end first.')
stringnl = ArgumentDescriptor('stringnl', UP_TO_NEWLINE, read_stringnl,
                              'A line with a string literal of Python 2: in quotes, with escapes.')
stringnl_noescape = ArgumentDescriptor('stringnl_noescape', UP_TO_NEWLINE, read_stringnl_noescape,
                                       'A line that stands for itself.')
stringnl_noescape_pair = ArgumentDescriptor('stringnl_noescape_pair', UP_TO_NEWLINE, read_stringnl_noescape_pair,
                                            'Two lines that stand for themselves: a module and a name in it.')
string1 = ArgumentDescriptor('string1', TAKEN_FROM_ARGUMENT1, read_string1, 'A length of one byte, and so many bytes.')
string4 = ArgumentDescriptor('string4', TAKEN_FROM_ARGUMENT4, read_string4,
                             'A length of four bytes, signed, and so many bytes.')
bytes1 = ArgumentDescriptor('bytes1', TAKEN_FROM_ARGUMENT1, read_bytes1, 'A length of one byte, and so many bytes.')
bytes4 = ArgumentDescriptor('bytes4', TAKEN_FROM_ARGUMENT4U, read_bytes4,
                            'A length of four bytes, unsigned, and so many bytes.')
bytes8 = ArgumentDescriptor('bytes8', TAKEN_FROM_ARGUMENT8U, read_bytes8, 'A length of eight bytes, and so many bytes.')
bytearray8 = ArgumentDescriptor('bytearray8', TAKEN_FROM_ARGUMENT8U, read_bytearray8,
                                'A length of eight bytes, and so many bytes.')
unicodestringnl = ArgumentDescriptor('unicodestringnl', UP_TO_NEWLINE, read_unicodestringnl,
                                     'A line in the encoding raw-unicode-escape.')
unicodestring1 = ArgumentDescriptor('unicodestring1', TAKEN_FROM_ARGUMENT1, read_unicodestring1,
                                    'A length of one byte, and so many bytes of UTF-8; surrogates are let through.')
unicodestring4 = ArgumentDescriptor('unicodestring4', TAKEN_FROM_ARGUMENT4U, read_unicodestring4,
                                    'A length of four bytes, and so many bytes of UTF-8; surrogates are let through.')
unicodestring8 = ArgumentDescriptor('unicodestring8', TAKEN_FROM_ARGUMENT8U, read_unicodestring8,
                                    'A length of eight bytes, and so many bytes of UTF-8; surrogates are let through.')
decimalnl_short = ArgumentDescriptor('decimalnl_short', UP_TO_NEWLINE, read_decimalnl_short,
                                     'A line with a decimal number; 00 and 01 stand for False and True.')
decimalnl_long = ArgumentDescriptor('decimalnl_long', UP_TO_NEWLINE, read_decimalnl_long,
                                    'A line with a decimal number of any size, which may end in L.')
floatnl = ArgumentDescriptor('floatnl', UP_TO_NEWLINE, read_floatnl, 'A line with a number as repr(float) writes it.')
float8 = ArgumentDescriptor('float8', 8, read_float8, 'A double of IEEE 754, big end first.')
long1 = ArgumentDescriptor('long1', TAKEN_FROM_ARGUMENT1, read_long1,
                           "A length of one byte, and so many bytes of two's complement, little end first.")
long4 = ArgumentDescriptor('long4', TAKEN_FROM_ARGUMENT4, read_long4,
                           "A length of four bytes, and so many bytes of two's complement, little end first.")


class StackObject(object):
    """A kind of thing on the stack: its name, its type or types (itself for what has none), and doc."""
    __slots__ = ('name', 'obtype', 'doc')

    def __init__(self, name, obtype, doc):
        assert isinstance(name, str) and isinstance(doc, str)
        assert all(isinstance(each, type) for each in (obtype if isinstance(obtype, tuple) else (obtype,)))
        self.name, self.obtype = name, obtype
        self.doc = doc

    def __repr__(self):
        return self.name


pyint = pylong = StackObject('int', int, 'An int.')
pyinteger_or_bool = StackObject('int_or_bool', (int, bool), 'An int or a bool.')
pybool = StackObject('bool', bool, 'True or False.')
pyfloat = StackObject('float', float, 'A float.')
pybytes_or_str = pystring = StackObject('bytes_or_str', (bytes, str), 'A str of Python 2: str or bytes, as the reader asks.')
pybytes = StackObject('bytes', bytes, 'A bytes object.')
pybytearray = StackObject('bytearray', bytearray, 'A bytearray.')
pyunicode = StackObject('str', str, 'A str.')
pynone = StackObject('None', type(None), 'None.')
pytuple = StackObject('tuple', tuple, 'A tuple.')
pylist = StackObject('list', list, 'A list.')
pydict = StackObject('dict', dict, 'A dict.')
pyset = StackObject('set', set, 'A set.')
pyfrozenset = StackObject('frozenset', set, 'A frozenset.')
pybuffer = StackObject('buffer', object, 'Any object that offers the buffer protocol.')
anyobject = StackObject('any', object, 'Any object.')
markobject = StackObject('mark', StackObject, 'A mark; opcodes that take a slice of the stack take what is above it.')
stackslice = StackObject('stackslice', StackObject, 'All objects above the last mark, however many.')


class OpcodeInfo(object):
    """One instruction.

    name; code, a str of one character; arg, an ArgumentDescriptor or None;
    stack_before and stack_after, lists of StackObject: what it takes from the
    stack and what it leaves, the top at the end; proto, the protocol that
    introduced it; doc.
    """
    __slots__ = ('name', 'code', 'arg', 'stack_before', 'stack_after', 'proto', 'doc')

    def __init__(self, name, code, arg, stack_before, stack_after, proto, doc):
        assert isinstance(name, str) and isinstance(doc, str)
        assert isinstance(code, str) and len(code) == 1
        assert arg is None or isinstance(arg, ArgumentDescriptor)
        assert all(isinstance(each, StackObject) for each in stack_before + stack_after)
        assert isinstance(proto, int) and 0 <= proto <= pickle.HIGHEST_PROTOCOL
        for slot, value in zip(self.__slots__, (name, code, arg, stack_before, stack_after, proto, doc)):
            setattr(self, slot, value)


I = OpcodeInfo
_slice = [markobject, stackslice]

opcodes = [
    # Numbers
    I('INT', 'I', decimalnl_short, [], [pyinteger_or_bool], 0,
      'Push an int, or, for 00 and 01, a bool: False and True are written so that old readers get 0 and 1.'),
    I('BININT', 'J', int4, [], [pyint], 1, 'Push an int of four bytes.'),
    I('BININT1', 'K', uint1, [], [pyint], 1, 'Push an int of one byte.'),
    I('BININT2', 'M', uint2, [], [pyint], 1, 'Push an int of two bytes.'),
    I('LONG', 'L', decimalnl_long, [], [pyint], 0, 'Push an int. The digits take quadratic time; LONG1 does not.'),
    I('LONG1', '\x8a', long1, [], [pyint], 2, 'Push an int of up to 255 bytes.'),
    I('LONG4', '\x8b', long4, [], [pyint], 2, 'Push an int of any size.'),
    # Strings of Python 2, and bytes
    I('STRING', 'S', stringnl, [], [pybytes_or_str], 0, 'Push a str of Python 2, decoded as the reader asks.'),
    I('BINSTRING', 'T', string4, [], [pybytes_or_str], 1, 'Push a str of Python 2, decoded as the reader asks.'),
    I('SHORT_BINSTRING', 'U', string1, [], [pybytes_or_str], 1,
      'Push a str of Python 2 of up to 255 bytes, decoded as the reader asks.'),
    I('BINBYTES', 'B', bytes4, [], [pybytes], 3, 'Push bytes, less than 4 GiB.'),
    I('SHORT_BINBYTES', 'C', bytes1, [], [pybytes], 3, 'Push bytes, up to 255.'),
    I('BINBYTES8', '\x8e', bytes8, [], [pybytes], 4, 'Push bytes of any size.'),
    I('BYTEARRAY8', '\x96', bytearray8, [], [pybytearray], 5, 'Push a bytearray of any size.'),
    I('NEXT_BUFFER', '\x97', None, [], [pybuffer], 5, 'Push the next of the buffers that were given to the reader.'),
    I('READONLY_BUFFER', '\x98', None, [pybuffer], [pybuffer], 5, 'Replace a writable buffer by a view that cannot be written.'),
    I('NONE', 'N', None, [], [pynone], 0, 'Push None.'),
    I('NEWTRUE', '\x88', None, [], [pybool], 2, 'Push True.'),
    I('NEWFALSE', '\x89', None, [], [pybool], 2, 'Push False.'),
    # str
    I('UNICODE', 'V', unicodestringnl, [], [pyunicode], 0, 'Push a str, given in the encoding raw-unicode-escape.'),
    I('SHORT_BINUNICODE', '\x8c', unicodestring1, [], [pyunicode], 4, 'Push a str of up to 255 bytes of UTF-8.'),
    I('BINUNICODE', 'X', unicodestring4, [], [pyunicode], 1, 'Push a str of less than 4 GiB of UTF-8.'),
    I('BINUNICODE8', '\x8d', unicodestring8, [], [pyunicode], 4, 'Push a str of any size.'),
    I('FLOAT', 'F', floatnl, [], [pyfloat], 0, 'Push a float, given as decimal text. Infinities and NaN are written as repr() has them.'),
    I('BINFLOAT', 'G', float8, [], [pyfloat], 1, 'Push a float, given in its eight bytes.'),
    # Containers
    I('EMPTY_LIST', ']', None, [], [pylist], 1, 'Push a new list.'),
    I('APPEND', 'a', None, [pylist, anyobject], [pylist], 0, 'Append the object on top to the list below it.'),
    I('APPENDS', 'e', None, [pylist] + _slice, [pylist], 1, 'Append everything above the last mark to the list below it.'),
    I('LIST', 'l', None, _slice, [pylist], 0, 'Make a list of everything above the last mark.'),
    I('EMPTY_TUPLE', ')', None, [], [pytuple], 1, 'Push the empty tuple.'),
    I('TUPLE', 't', None, _slice, [pytuple], 0, 'Make a tuple of everything above the last mark.'),
    I('TUPLE1', '\x85', None, [anyobject], [pytuple], 2, 'Make a tuple of the object on top.'),
    I('TUPLE2', '\x86', None, [anyobject] * 2, [pytuple], 2, 'Make a tuple of the two objects on top.'),
    I('TUPLE3', '\x87', None, [anyobject] * 3, [pytuple], 2, 'Make a tuple of the three objects on top.'),
    I('EMPTY_DICT', '}', None, [], [pydict], 1, 'Push a new dict.'),
    I('DICT', 'd', None, _slice, [pydict], 0, 'Make a dict of the keys and values, by turns, above the last mark.'),
    I('SETITEM', 's', None, [pydict, anyobject, anyobject], [pydict], 0, 'Put the key and value on top into the dict below them.'),
    I('SETITEMS', 'u', None, [pydict] + _slice, [pydict], 1,
      'Put the keys and values, by turns, above the last mark into the dict below it.'),
    I('EMPTY_SET', '\x8f', None, [], [pyset], 4, 'Push a new set.'),
    I('ADDITEMS', '\x90', None, [pyset] + _slice, [pyset], 4, 'Add everything above the last mark to the set below it.'),
    I('FROZENSET', '\x91', None, _slice, [pyfrozenset], 4, 'Make a frozenset of everything above the last mark.'),
    # The stack
    I('POP', '0', None, [anyobject], [], 0, 'Throw away the object, or the mark, on top.'),
    I('DUP', '2', None, [anyobject], [anyobject, anyobject], 0, 'Push the object on top once more.'),
    I('MARK', '(', None, [], [markobject], 0, 'Put a mark on the stack.'),
    I('POP_MARK', '1', None, _slice, [], 1, 'Throw away everything above the last mark, and the mark.'),
    # The memo
    I('GET', 'g', decimalnl_short, [], [anyobject], 0, 'Push the object of that number in the memo.'),
    I('BINGET', 'h', uint1, [], [anyobject], 1, 'Push the object of that number, up to 255, in the memo.'),
    I('LONG_BINGET', 'j', uint4, [], [anyobject], 1, 'Push the object of that number in the memo.'),
    I('PUT', 'p', decimalnl_short, [], [], 0, 'Give the object on top that number in the memo; it stays on top.'),
    I('BINPUT', 'q', uint1, [], [], 1, 'Give the object on top that number, up to 255, in the memo.'),
    I('LONG_BINPUT', 'r', uint4, [], [], 1, 'Give the object on top that number in the memo.'),
    I('MEMOIZE', '\x94', None, [anyobject], [anyobject], 4, 'Give the object on top the next number in the memo.'),
    # Registered extensions
    I('EXT1', '\x82', uint1, [], [anyobject], 2, 'Push what copyreg.add_extension() registered for a number up to 255.'),
    I('EXT2', '\x83', uint2, [], [anyobject], 2, 'Push what copyreg.add_extension() registered for a number up to 65535.'),
    I('EXT4', '\x84', int4, [], [anyobject], 2, 'Push what copyreg.add_extension() registered for a number.'),
    # Globals and instances
    I('GLOBAL', 'c', stringnl_noescape_pair, [], [anyobject], 0,
      'Push what find_class() returns for a module and a name in it: import the one, look up the other.'),
    I('STACK_GLOBAL', '\x93', None, [pyunicode, pyunicode], [anyobject], 4,
      'Like GLOBAL, with module and name from the stack; the name may be dotted.'),
    I('REDUCE', 'R', None, [anyobject, anyobject], [anyobject], 0,
      'Call the callable below the top with the tuple on top as its arguments; push the result.'),
    I('BUILD', 'b', None, [anyobject, anyobject], [anyobject], 0,
      'Give the object below the top its state: by __setstate__() if it has that, else into its __dict__ and slots.'),
    I('INST', 'i', stringnl_noescape_pair, _slice, [anyobject], 0,
      'Make an instance of the class that the lines name, with everything above the last mark as arguments.'),
    I('OBJ', 'o', None, [markobject, anyobject, stackslice], [anyobject], 1,
      'Make an instance of the class above the last mark, with everything above the class as arguments.'),
    I('NEWOBJ', '\x81', None, [anyobject, anyobject], [anyobject], 2,
      'Make an object by cls.__new__(cls, *args) from the class and the tuple on top.'),
    I('NEWOBJ_EX', '\x92', None, [anyobject] * 3, [anyobject], 4,
      'Make an object by cls.__new__(cls, *args, **kwargs) from the class, tuple and dict on top.'),
    # The machine itself
    I('PROTO', '\x80', uint1, [], [], 2, 'Say which protocol the pickle is of; stands at its start.'),
    I('STOP', '.', None, [anyobject], [], 0, 'End the run; the object on top is the result.'),
    I('FRAME', '\x95', uint8, [], [], 4, 'Say that so many bytes belong together and can be read at once.'),
    # Persistent ids
    I('PERSID', 'P', stringnl_noescape, [], [anyobject], 0, 'Push what persistent_load() returns for the line.'),
    I('BINPERSID', 'Q', None, [anyobject], [anyobject], 1, 'Replace the object on top by what persistent_load() returns for it.'),
]
del I

code2op = {info.code: info for info in opcodes}
assert len(code2op) == len(opcodes) == len({info.name for info in opcodes})


def _check_names():
    """Every opcode of pickle is described here under the same name, and the other way round."""
    theirs = {name: getattr(pickle, name) for name in pickle.__all__ if re.match(r'[A-Z][A-Z0-9_]+$', name)}
    theirs = {name: code.decode('latin-1') for name, code in theirs.items()
              if isinstance(code, bytes) and len(code) == 1}
    ours = {info.name: info.code for info in opcodes}
    assert theirs == ours, set(theirs.items()) ^ set(ours.items())


_check_names()


def _genops(data, yield_end_pos=False):
    source = io.BytesIO(data) if isinstance(data, bytes_types) else data
    tell = getattr(source, 'tell', lambda: None)
    while True:
        pos = tell()
        code = source.read(1)
        opcode = code2op.get(code.decode('latin-1'))
        if opcode is None:
            if not code:
                raise ValueError('pickle exhausted before seeing STOP')
            raise ValueError('at position %s, opcode %r unknown' % ('<unknown>' if pos is None else pos, code))
        arg = None if opcode.arg is None else opcode.arg.reader(source)
        yield (opcode, arg, pos, tell()) if yield_end_pos else (opcode, arg, pos)
        if code == b'.':
            assert opcode.name == 'STOP'
            return


def genops(pickle):
    """Yield (OpcodeInfo, argument or None, position) for each instruction up to STOP.

    pickle is bytes or a file; the position is None if the file has no tell().
    ValueError for what is no pickle.
    """
    return _genops(pickle)


def optimize(p):
    """Return the pickle p, bytes, without the instructions that number objects which are never fetched."""
    puts = {}           # number in the memo -> positions of the instructions that gave it
    gets = set()
    spans = []          # (opcode, argument, start, end)
    proto = 0
    count = 0           # how many numbers were given
    for opcode, arg, start, end in _genops(p, yield_end_pos=True):
        spans.append((opcode.name, arg, start, end))
        if opcode.name == 'PROTO':
            proto = max(proto, arg)
        elif 'GET' in opcode.name:
            gets.add(arg)
            proto = max(proto, opcode.proto)
    for name, arg, start, end in spans:
        if 'PUT' in name or name == 'MEMOIZE':
            puts[start] = arg if arg is not None else count
            count += 1
    target = io.BytesIO()
    pickler = pickle._Pickler(target, proto)
    if proto >= 4:
        pickler.framer.start_framing()
    renumbered = {}
    for name, arg, start, end in spans:
        data = p[start:end]
        if name in ('PROTO', 'FRAME'):
            if name == 'PROTO':
                target.write(pickle.PROTO + bytes([proto]))
            continue
        if start in puts:
            if puts[start] not in gets:
                continue
            number = renumbered[puts[start]] = len(renumbered)
            data = pickler.put(number)
        elif 'GET' in name:
            data = pickler.get(renumbered[arg])
        pickler.framer.commit_frame(force=len(data) >= pickler.framer._FRAME_SIZE_TARGET)
        if len(data) >= pickler.framer._FRAME_SIZE_TARGET:
            target.write(data)
        else:
            pickler.write(data)
    pickler.framer.end_framing()
    return target.getvalue()


def dis(pickle, out=None, memo=None, indentlevel=4, annotate=0):
    """Print a pickle's instructions, a line each, and check that they fit together.

    pickle      bytes or a file; read up to STOP
    out         a text file; standard output
    memo        a dict that keeps the memo for further pickles of one Pickler
    indentlevel columns to indent by for each open MARK
    annotate    a column from which a short description is printed; 0: none

    ValueError if the stack or the memo does not hold what an instruction needs.
    """
    stack = []              # StackObjects
    marks = []              # positions of the open marks
    memo = {} if memo is None else memo
    highest = -1
    indent = ' ' * indentlevel
    trouble = None
    column = annotate
    for opcode, arg, pos in genops(pickle):
        line = '' if pos is None else '%5d: ' % pos
        line += '%-4s %s%s' % (repr(opcode.code)[1:-1], indent * len(marks), opcode.name)
        highest = max(highest, opcode.proto)
        taken = opcode.stack_before
        left = opcode.stack_after
        count = len(taken)
        remark = None
        if markobject in taken or opcode.name == 'POP' and stack and stack[-1] is markobject:
            assert markobject not in left
            if markobject in stack:
                where = marks.pop()
                remark = '(MARK at unknown opcode offset)' if where is None else '(MARK at %d)' % where
                # Everything above the mark goes; what the opcode takes below it is counted.
                while stack[-1] is not markobject:
                    stack.pop()
                stack.pop()
                count = taken.index(markobject) if markobject in taken else 0
            else:
                remark = trouble = 'no MARK exists on stack'
        if opcode.name in ('PUT', 'BINPUT', 'LONG_BINPUT', 'MEMOIZE'):
            if opcode.name == 'MEMOIZE':
                number = len(memo)
                remark = f'(as {number})'
            else:
                number = arg
            if number in memo:
                trouble = f'memo key {arg} already defined'
            elif not stack:
                trouble = "stack is empty -- can't store into memo"
            elif stack[-1] is markobject:
                trouble = "can't store markobject in the memo"
            else:
                memo[number] = stack[-1]
        elif opcode.name in ('GET', 'BINGET', 'LONG_BINGET'):
            if arg in memo:
                left = [memo[arg]]
            else:
                trouble = f'memo key {arg} has never been stored into'
        if arg is not None or remark:
            line += ' ' * (10 - len(opcode.name))
            if arg is not None:
                line += ' ' + repr(arg)
            if remark:
                line += ' ' + remark
        if annotate:
            line = line.ljust(column)
            column = min(len(line), 50)         # a longer line moves the column for those that follow
            line += ' ' + opcode.doc
        print(line, file=out)
        if trouble:
            raise ValueError(trouble)
        if len(stack) < count:
            raise ValueError('tries to pop %d items from stack with only %d items' % (count, len(stack)))
        if count:
            del stack[-count:]
        if markobject in left:
            marks.append(pos)
        stack.extend(left)
    print('highest protocol among opcodes =', highest, file=out)
    if stack:
        raise ValueError('stack not empty after STOP: %r' % stack)


class _Example:
    """An object for the tests below."""

    def __init__(self, value):
        self.value = value


_dis_test = r"""
>>> import io, pickle
>>> pile = [7, ('a', 2.5), {b'k': None}]
>>> dis(pickle.dumps(pile, 0))
    0: (    MARK
    1: l        LIST       (MARK at 0)
    2: p    PUT        0
    5: I    INT        7
    8: a    APPEND
    9: (    MARK
   10: V        UNICODE    'a'
   13: p        PUT        1
   16: F        FLOAT      2.5
   21: t        TUPLE      (MARK at 9)
   22: p    PUT        2
   25: a    APPEND
   26: (    MARK
   27: d        DICT       (MARK at 26)
   28: p    PUT        3
   31: c    GLOBAL     '_codecs encode'
   47: p    PUT        4
   50: (    MARK
   51: V        UNICODE    'k'
   54: p        PUT        5
   57: V        UNICODE    'latin1'
   65: p        PUT        6
   68: t        TUPLE      (MARK at 50)
   69: p    PUT        7
   72: R    REDUCE
   73: p    PUT        8
   76: N    NONE
   77: s    SETITEM
   78: a    APPEND
   79: .    STOP
highest protocol among opcodes = 0
>>> dis(pickle.dumps(pile, 1))
    0: ]    EMPTY_LIST
    1: q    BINPUT     0
    3: (    MARK
    4: K        BININT1    7
    6: (        MARK
    7: X            BINUNICODE 'a'
   13: q            BINPUT     1
   15: G            BINFLOAT   2.5
   24: t            TUPLE      (MARK at 6)
   25: q        BINPUT     2
   27: }        EMPTY_DICT
   28: q        BINPUT     3
   30: c        GLOBAL     '_codecs encode'
   46: q        BINPUT     4
   48: (        MARK
   49: X            BINUNICODE 'k'
   55: q            BINPUT     5
   57: X            BINUNICODE 'latin1'
   68: q            BINPUT     6
   70: t            TUPLE      (MARK at 48)
   71: q        BINPUT     7
   73: R        REDUCE
   74: q        BINPUT     8
   76: N        NONE
   77: s        SETITEM
   78: e        APPENDS    (MARK at 3)
   79: .    STOP
highest protocol among opcodes = 1
>>> dis(pickle.dumps(pile, 4))
    0: \x80 PROTO      4
    2: \x95 FRAME      30
   11: ]    EMPTY_LIST
   12: \x94 MEMOIZE    (as 0)
   13: (    MARK
   14: K        BININT1    7
   16: \x8c     SHORT_BINUNICODE 'a'
   19: \x94     MEMOIZE    (as 1)
   20: G        BINFLOAT   2.5
   29: \x86     TUPLE2
   30: \x94     MEMOIZE    (as 2)
   31: }        EMPTY_DICT
   32: \x94     MEMOIZE    (as 3)
   33: C        SHORT_BINBYTES b'k'
   36: \x94     MEMOIZE    (as 4)
   37: N        NONE
   38: s        SETITEM
   39: e        APPENDS    (MARK at 13)
   40: .    STOP
highest protocol among opcodes = 4
>>> pair = [[], []]; pair[0].append(pair)
>>> dis(pickle.dumps(pair, 2), indentlevel=2)
    0: \x80 PROTO      2
    2: ]    EMPTY_LIST
    3: q    BINPUT     0
    5: (    MARK
    6: ]      EMPTY_LIST
    7: q      BINPUT     1
    9: h      BINGET     0
   11: a      APPEND
   12: ]      EMPTY_LIST
   13: q      BINPUT     2
   15: e      APPENDS    (MARK at 5)
   16: .    STOP
highest protocol among opcodes = 2
>>> same = ()
>>> dis(pickle.dumps((same, same), 2))
    0: \x80 PROTO      2
    2: )    EMPTY_TUPLE
    3: )    EMPTY_TUPLE
    4: \x86 TUPLE2
    5: q    BINPUT     0
    7: .    STOP
highest protocol among opcodes = 2
>>> dis(pickle.dumps((True, -1, 70000, 2 ** 40), 2), annotate=40)
    0: \x80 PROTO      2                 Say which protocol the pickle is of; stands at its start.
    2: (    MARK                         Put a mark on the stack.
    3: \x88     NEWTRUE                  Push True.
    4: J        BININT     -1            Push an int of four bytes.
    9: J        BININT     70000         Push an int of four bytes.
   14: \x8a     LONG1      1099511627776 Push an int of up to 255 bytes.
   22: t        TUPLE      (MARK at 2)   Make a tuple of everything above the last mark.
   23: q    BINPUT     0                 Give the object on top that number, up to 255, in the memo.
   25: .    STOP                         End the run; the object on top is the result.
highest protocol among opcodes = 2
>>> dis(pickle.dumps(dis, 0))
    0: c    GLOBAL     'pickletools dis'
   17: p    PUT        0
   20: .    STOP
highest protocol among opcodes = 0
>>> dis(pickle.dumps(dis, 4))
    0: \x80 PROTO      4
    2: \x95 FRAME      23
   11: \x8c SHORT_BINUNICODE 'pickletools'
   24: \x94 MEMOIZE    (as 0)
   25: \x8c SHORT_BINUNICODE 'dis'
   30: \x94 MEMOIZE    (as 1)
   31: \x93 STACK_GLOBAL
   32: \x94 MEMOIZE    (as 2)
   33: .    STOP
highest protocol among opcodes = 4
>>> dis(pickle.dumps(_Example('x'), 2))
    0: \x80 PROTO      2
    2: c    GLOBAL     'pickletools _Example'
   24: q    BINPUT     0
   26: )    EMPTY_TUPLE
   27: \x81 NEWOBJ
   28: q    BINPUT     1
   30: }    EMPTY_DICT
   31: q    BINPUT     2
   33: X    BINUNICODE 'value'
   43: q    BINPUT     3
   45: X    BINUNICODE 'x'
   51: q    BINPUT     4
   53: s    SETITEM
   54: b    BUILD
   55: .    STOP
highest protocol among opcodes = 2
>>> again = pickle.loads(pickle.dumps(_Example(5)))
>>> again.value
5
>>> lone = optimize(pickle.dumps([1], 2))
>>> dis(lone)
    0: \x80 PROTO      2
    2: ]    EMPTY_LIST
    3: K    BININT1    1
    5: a    APPEND
    6: .    STOP
highest protocol among opcodes = 2
>>> pickle.loads(lone)
[1]
>>> dis(pickle.dumps({1, 2}, 4))
    0: \x80 PROTO      4
    2: \x95 FRAME      9
   11: \x8f EMPTY_SET
   12: \x94 MEMOIZE    (as 0)
   13: (    MARK
   14: K        BININT1    1
   16: K        BININT1    2
   18: \x90     ADDITEMS   (MARK at 13)
   19: .    STOP
highest protocol among opcodes = 4
>>> dis(pickle.dumps('\xe9', 0))
    0: V    UNICODE    'é'
    3: p    PUT        0
    6: .    STOP
highest protocol among opcodes = 0
>>> dis(io.BytesIO(pickle.dumps(None, 2)))
    0: \x80 PROTO      2
    2: N    NONE
    3: .    STOP
highest protocol among opcodes = 2
>>> dis(b'K')
Traceback (most recent call last):
    ...
ValueError: not enough data in stream to read uint1
>>> dis(b'Nq')
Traceback (most recent call last):
    ...
ValueError: not enough data in stream to read uint1
>>> dis(b'0.')
Traceback (most recent call last):
    ...
ValueError: tries to pop 1 items from stack with only 0 items
>>> dis(b'N(.')
Traceback (most recent call last):
    ...
ValueError: stack not empty after STOP: [None]
>>> dis(b'N')
Traceback (most recent call last):
    ...
ValueError: pickle exhausted before seeing STOP
>>> dis(b'h\x00.')
Traceback (most recent call last):
    ...
ValueError: memo key 0 has never been stored into
>>> dis(b'Nq\x00Nq\x00.')
Traceback (most recent call last):
    ...
ValueError: memo key 0 already defined
"""

_memo_test = r"""
>>> import io, pickle
>>> stream = io.BytesIO()
>>> writer = pickle.Pickler(stream, 2)
>>> pile = [1]
>>> writer.dump(pile)
>>> writer.dump(pile)
>>> stream.seek(0)
0
>>> known = {}
>>> dis(stream, memo=known)
    0: \x80 PROTO      2
    2: ]    EMPTY_LIST
    3: q    BINPUT     0
    5: K    BININT1    1
    7: a    APPEND
    8: .    STOP
highest protocol among opcodes = 2
>>> sorted(known)
[0]
>>> dis(stream, memo=known)
    9: \x80 PROTO      2
   11: h    BINGET     0
   13: .    STOP
highest protocol among opcodes = 2
>>> stream.read()
b''
"""

__test__ = {'disassembler_test': _dis_test, 'disassembler_memo_test': _memo_test}


def _test():
    import doctest
    return doctest.testmod()


def _main():
    """python -m pickletools FILE...: dis() of what is in files."""
    import argparse
    parser = argparse.ArgumentParser(description='disassemble one or more pickle files')
    add = parser.add_argument
    add('pickle_file', type=argparse.FileType('br'), nargs='*', help='the pickle file')
    add('-o', '--output', default=sys.stdout, type=argparse.FileType('w'), help='where to write to')
    add('-m', '--memo', action='store_true', help='keep the memo from one file to the next')
    add('-l', '--indentlevel', default=4, type=int, help='the number of blanks by which to indent a new MARK level')
    add('-a', '--annotate', action='store_true', help='annotate each line with a short opcode description')
    add('-p', '--preamble', default='==> {name} <==',
        help='if more than one pickle file is specified, print this before each disassembly')
    add('-t', '--test', action='store_true', help='run self-test suite')
    add('-v', action='store_true', help='run verbosely; only affects self-test run')
    options = parser.parse_args()
    files = options.pickle_file
    if options.test:
        return _test()
    if not files:
        return parser.print_help()
    memo = {} if options.memo else None
    for file in files:
        if len(files) > 1:
            options.output.write(options.preamble.format(name=file.name) + '\n')
        dis(file, options.output, memo, options.indentlevel, 30 if options.annotate else 0)


if __name__ == '__main__':
    _main()
