# SPDX-License-Identifier: MIT
"""XDR, the external data representation of RFC 1014: Packer writes values, Unpacker reads them."""
import struct
from functools import wraps
from io import BytesIO

__all__ = ['Error', 'Packer', 'Unpacker', 'ConversionError']


class Error(Exception):
    """What the errors of this module derive from; msg is their text."""

    def __init__(self, msg):
        self.msg = msg

    def __repr__(self):
        return repr(self.msg)

    def __str__(self):
        return str(self.msg)


class ConversionError(Error):
    """A value cannot be written as that type."""


def raise_conversion_error(function):
    """Turn a method's struct.error into a ConversionError."""
    @wraps(function)
    def method(self, value):
        try:
            return function(self, value)
        except struct.error as error:
            raise ConversionError(error.args[0]) from None
    return method


class Packer:
    """Collects values as XDR; get_buffer() returns the bytes."""

    def __init__(self):
        self.reset()

    def reset(self):
        """Start anew."""
        self.__buf = BytesIO()

    def get_buffer(self):
        """Return what was written so far."""
        return self.__buf.getvalue()

    get_buf = get_buffer        # a name of old

    @raise_conversion_error
    def pack_uint(self, x):
        """Write an unsigned integer of 4 bytes."""
        self.__buf.write(struct.pack('>L', x))

    @raise_conversion_error
    def pack_int(self, x):
        """Write an integer of 4 bytes."""
        self.__buf.write(struct.pack('>l', x))

    pack_enum = pack_int

    def pack_bool(self, x):
        """Write a boolean."""
        self.__buf.write(b'\0\0\0\1' if x else b'\0\0\0\0')

    def pack_uhyper(self, x):
        """Write an unsigned integer of 8 bytes."""
        try:
            self.pack_uint(x >> 32 & 0xffffffff)
            self.pack_uint(x & 0xffffffff)
        except (TypeError, struct.error) as error:
            raise ConversionError(error.args[0]) from None

    pack_hyper = pack_uhyper

    @raise_conversion_error
    def pack_float(self, x):
        """Write a float of 4 bytes."""
        self.__buf.write(struct.pack('>f', x))

    @raise_conversion_error
    def pack_double(self, x):
        """Write a float of 8 bytes."""
        self.__buf.write(struct.pack('>d', x))

    def pack_fstring(self, n, s):
        """Write n bytes, filled up to a multiple of four."""
        if n < 0:
            raise ValueError('fstring size must be nonnegative')
        self.__buf.write(s[:n].ljust(-(-n // 4) * 4, b'\0'))

    pack_fopaque = pack_fstring

    def pack_string(self, s):
        """Write bytes with their number in front."""
        self.pack_uint(len(s))
        self.pack_fstring(len(s), s)

    pack_opaque = pack_bytes = pack_string

    def pack_list(self, list, pack_item):
        """Write items with pack_item, a 1 in front of each, and a 0 at the end."""
        for item in list:
            self.pack_uint(1)
            pack_item(item)
        self.pack_uint(0)

    def pack_farray(self, n, list, pack_item):
        """Write n items with pack_item."""
        if len(list) != n:
            raise ValueError('wrong array size')
        for item in list:
            pack_item(item)

    def pack_array(self, list, pack_item):
        """Write items with pack_item, their number in front."""
        self.pack_uint(len(list))
        self.pack_farray(len(list), list, pack_item)


class Unpacker:
    """Reads values from XDR, given as bytes; EOFError if there are too few."""

    def __init__(self, data):
        self.reset(data)

    def reset(self, data):
        """Start anew, with other bytes."""
        self.__buf, self.__pos = data, 0

    def get_position(self):
        """Return the position in the buffer."""
        return self.__pos

    def set_position(self, position):
        """Go to a position in the buffer."""
        self.__pos = position

    def get_buffer(self):
        """Return the buffer."""
        return self.__buf

    def done(self):
        """Say that all is read; Error if it is not."""
        if self.__pos < len(self.__buf):
            raise Error('unextracted data remains')

    def _take(self, form, size):
        data = self.__buf[self.__pos:self.__pos + size]
        self.__pos += size
        if len(data) < size:
            raise EOFError
        return struct.unpack(form, data)[0]

    def unpack_uint(self):
        """Return an unsigned integer of 4 bytes."""
        return self._take('>L', 4)

    def unpack_int(self):
        """Return an integer of 4 bytes."""
        return self._take('>l', 4)

    unpack_enum = unpack_int

    def unpack_bool(self):
        """Return a boolean."""
        return bool(self.unpack_int())

    def unpack_uhyper(self):
        """Return an unsigned integer of 8 bytes."""
        high = self.unpack_uint()
        return high << 32 | self.unpack_uint()

    def unpack_hyper(self):
        """Return an integer of 8 bytes."""
        number = self.unpack_uhyper()
        return number - (1 << 64) if number >= 1 << 63 else number

    def unpack_float(self):
        """Return a float of 4 bytes."""
        return self._take('>f', 4)

    def unpack_double(self):
        """Return a float of 8 bytes."""
        return self._take('>d', 8)

    def unpack_fstring(self, n):
        """Read n bytes, and those that fill up to a multiple of four."""
        if n < 0:
            raise ValueError('fstring size must be nonnegative')
        start, end = self.__pos, self.__pos + -(-n // 4) * 4
        if end > len(self.__buf):
            raise EOFError
        self.__pos = end
        return self.__buf[start:start + n]

    unpack_fopaque = unpack_fstring

    def unpack_string(self):
        """Read bytes with their number in front."""
        return self.unpack_fstring(self.unpack_uint())

    unpack_opaque = unpack_bytes = unpack_string

    def unpack_list(self, unpack_item):
        """Read items with unpack_item, as pack_list() writes them."""
        items = []
        while True:
            more = self.unpack_uint()
            if more == 0:
                return items
            if more != 1:
                raise ConversionError(f'0 or 1 expected, got {more!r}')
            items.append(unpack_item())

    def unpack_farray(self, n, unpack_item):
        """Read n items with unpack_item."""
        return [unpack_item() for _ in range(n)]

    def unpack_array(self, unpack_item):
        """Read items with unpack_item, their number in front."""
        return self.unpack_farray(self.unpack_uint(), unpack_item)
