# SPDX-License-Identifier: MIT
"""BinHex 4: files of the old Macintosh, with data and resources, as lines of ASCII.

binhex(input, output) encodes, hexbin(input, output) decodes.  Inside the lines is,
compressed by run lengths: a header, the data, the resources, each with a checksum.
"""
import binascii
import contextlib
import io
import os
import struct
import warnings

with warnings.catch_warnings():
    warnings.simplefilter('ignore', DeprecationWarning)
    from binascii import a2b_hqx, b2a_hqx, crc_hqx, rlecode_hqx, rledecode_hqx

__all__ = ['binhex', 'hexbin', 'Error']


class Error(Exception):
    """A file is not in this format, or methods are called out of order."""


# What of a file is done.
_DID_HEADER, _DID_DATA = 0, 1

REASONABLY_LARGE = 32768        # size of the pieces in which is worked
LINELEN = 64
RUNCHAR = b'\x90'


class FInfo:
    """What the Macintosh knows of a file."""

    def __init__(self):
        self.Type = self.Creator = '????'
        self.Flags = 0


def getfileinfo(name):
    """Return (name, FInfo, size of the data, size of the resources) of a file."""
    info = FInfo()
    with io.open(name, 'rb') as f:
        # Text has no zeros in it.
        if b'\0' not in f.read(512):
            info.Type = 'TEXT'
        size = f.seek(0, 2)
    return os.path.basename(name).replace(':', '-', 1), info, size, 0


class openrsrc:
    """The resources of a file; on this system there are none."""

    def __init__(self, *args):
        pass

    def read(self, *args):
        return b''

    def write(self, *args):
        pass

    def close(self):
        pass


class _Hqxcoderengine:
    """Writes six bits a character, in lines, with the colons around."""

    def __init__(self, ofp):
        self.ofp = ofp
        self.data = b''
        self.hqxdata = b''
        self.linelen = LINELEN - 1      # the first line starts with the colon

    def write(self, data):
        self.data += data
        whole = len(self.data) // 3 * 3
        self.hqxdata += b2a_hqx(self.data[:whole])
        self.data = self.data[whole:]
        self._flush(0)

    def _flush(self, force):
        at = 0
        while len(self.hqxdata) - at >= self.linelen:
            self.ofp.write(self.hqxdata[at:at + self.linelen] + b'\r')
            at += self.linelen
            self.linelen = LINELEN
        self.hqxdata = self.hqxdata[at:]
        if force:
            self.ofp.write(self.hqxdata + b':\r')

    def close(self):
        if self.data:
            self.hqxdata += b2a_hqx(self.data)
        self._flush(1)
        self.ofp.close()
        del self.ofp


class _Rlecoderengine:
    """Writes runs short, in large pieces."""

    def __init__(self, ofp):
        self.ofp = ofp
        self.data = b''

    def write(self, data):
        self.data += data
        if len(self.data) >= REASONABLY_LARGE:
            self.ofp.write(rlecode_hqx(self.data))
            self.data = b''

    def close(self):
        if self.data:
            self.ofp.write(rlecode_hqx(self.data))
        self.ofp.close()
        del self.ofp


class BinHex:
    """A BinHex file for writing: the header at once, then the data by write(), then the resources by write_rsrc()."""

    def __init__(self, name_finfo_dlen_rlen, ofp):
        name, finfo, dlen, rlen = name_finfo_dlen_rlen
        own = isinstance(ofp, str)
        if own:
            ofp = io.open(ofp, 'wb')
        try:
            ofp.write(b'(This file must be converted with BinHex 4.0)\r\r:')
            self.ofp = _Rlecoderengine(_Hqxcoderengine(ofp))
            self.crc = 0
            self.dlen, self.rlen = dlen, rlen
            self._writeinfo(name, FInfo() if finfo is None else finfo)
            self.state = _DID_HEADER
        except:
            if own:
                ofp.close()
            raise

    def _writeinfo(self, name, finfo):
        raw = os.fsencode(name)
        if len(raw) > 63:
            raise Error('Filename too long')
        kind, creator = (code.encode('latin-1') for code in (finfo.Type, finfo.Creator))
        self._write(bytes((len(raw),)) + raw + b'\0' + kind + creator + struct.pack('>h', finfo.Flags)
                    + struct.pack('>ii', self.dlen, self.rlen))
        self._writecrc()

    def _write(self, data):
        self.crc = crc_hqx(data, self.crc)
        self.ofp.write(data)

    def _writecrc(self):
        self.ofp.write(struct.pack('>h' if self.crc < 0 else '>H', self.crc))
        self.crc = 0

    def write(self, data):
        """Write data."""
        if self.state != _DID_HEADER:
            raise Error('Writing data at the wrong time')
        self.dlen -= len(data)
        self._write(data)

    def close_data(self):
        """Finish the data."""
        if self.dlen != 0:
            raise Error(f'Incorrect data size, diff={self.rlen!r}')
        self._writecrc()
        self.state = _DID_DATA

    def write_rsrc(self, data):
        """Write resources."""
        if self.state < _DID_DATA:
            self.close_data()
        if self.state != _DID_DATA:
            raise Error('Writing resource data at the wrong time')
        self.rlen -= len(data)
        self._write(data)

    def close(self):
        """Finish the file. May be called more than once."""
        if self.state is None:
            return
        try:
            if self.state == _DID_HEADER:
                self.close_data()
            if self.rlen:
                raise Error(f'Incorrect resource-datasize, diff={self.rlen!r}')
            self._writecrc()
        finally:
            self.state = None
            ofp = self.ofp
            del self.ofp
            ofp.close()


def _copy(read, write):
    """Copy in large pieces."""
    for data in iter(lambda: read(128000), b''):
        write(data)


def binhex(inp, out):
    """Encode the file at the path inp; out is a path or a binary file."""
    ofp = BinHex(getfileinfo(inp), out)
    with contextlib.closing(ofp):
        with io.open(inp, 'rb') as ifp:
            _copy(ifp.read, ofp.write)
        ofp.close_data()
        resources = openrsrc(inp, 'rb')
        _copy(resources.read, ofp.write_rsrc)
        resources.close()


class _Hqxdecoderengine:
    """Reads what is between the colons, six bits a character."""

    def __init__(self, ifp):
        self.ifp = ifp
        self.eof = 0

    def read(self, totalwtd):
        """Return at least so many bytes."""
        decoded = b''
        missing = totalwtd
        while missing > 0:
            if self.eof:
                return decoded
            data = self.ifp.read((missing + 2) // 3 * 4)
            while True:
                try:
                    part, self.eof = a2b_hqx(data)
                    break
                except binascii.Incomplete:
                    # It ends in the midst of three bytes.
                    more = self.ifp.read(1)
                    if not more:
                        raise Error('Premature EOF on binhex file')
                    data += more
            decoded += part
            missing = totalwtd - len(decoded)
            if not part and not self.eof:
                raise Error('Premature EOF on binhex file')
        return decoded

    def close(self):
        self.ifp.close()


class _Rledecoderengine:
    """Reads short runs as what they stand for."""

    def __init__(self, ifp):
        self.ifp = ifp
        self.pre_buffer = b''       # not expanded
        self.post_buffer = b''      # expanded
        self.eof = 0

    def read(self, wtd):
        if wtd > len(self.post_buffer):
            self._fill(wtd - len(self.post_buffer))
        data, self.post_buffer = self.post_buffer[:wtd], self.post_buffer[wtd:]
        return data

    def _fill(self, wtd):
        self.pre_buffer += self.ifp.read(wtd + 4)
        if self.ifp.eof:
            self.post_buffer += rledecode_hqx(self.pre_buffer)
            self.pre_buffer = b''
            return
        # Keep back what may be part of a run that goes on: 'x', 'x RUN', 'RUN 0'.
        end = len(self.pre_buffer)
        if self.pre_buffer.endswith(RUNCHAR + b'\0' + RUNCHAR):
            end -= 3
        elif self.pre_buffer.endswith(RUNCHAR):
            end -= 2
        elif not self.pre_buffer.endswith(RUNCHAR + b'\0'):
            end -= 1
        else:
            end -= 2
        end = max(end, 0)
        self.post_buffer += rledecode_hqx(self.pre_buffer[:end])
        self.pre_buffer = self.pre_buffer[end:]

    def close(self):
        self.ifp.close()


class HexBin:
    """A BinHex file for reading: FName and FInfo at once, then the data by read(), then the resources by read_rsrc()."""

    def __init__(self, ifp):
        if isinstance(ifp, str):
            ifp = io.open(ifp, 'rb')
        # The first colon at the start of a line.
        before = b'\r'
        while True:
            char = ifp.read(1)
            if not char:
                raise Error('No binhex data found')
            if char == b':' and before in b'\r\n':
                break
            before = char
        self.ifp = _Rledecoderengine(_Hqxdecoderengine(ifp))
        self.crc = 0
        self._readheader()

    def _read(self, len):
        data = self.ifp.read(len)
        self.crc = crc_hqx(data, self.crc)
        return data

    def _checkcrc(self):
        said = int.from_bytes(self.ifp.read(2), 'big')
        self.crc &= 0xffff
        if said != self.crc:
            raise Error(f'CRC error, computed {self.crc:x}, read {said:x}')
        self.crc = 0

    def _readheader(self):
        size = self._read(1)
        if not size:
            raise Error('Premature EOF on binhex file')
        name = self._read(size[0])
        rest = self._read(1 + 4 + 4 + 2 + 4 + 4)
        self._checkcrc()
        self.FName = name
        self.FInfo = FInfo()
        self.FInfo.Type, self.FInfo.Creator = rest[1:5], rest[5:9]
        self.FInfo.Flags, self.dlen, self.rlen = struct.unpack('>hii', rest[9:19])
        self.state = _DID_HEADER

    @staticmethod
    def _amount(n, left):
        return min(n[0], left) if n else left

    def read(self, *n):
        """Return up to n bytes of the data, by default all."""
        if self.state != _DID_HEADER:
            raise Error('Read data at wrong time')
        count = self._amount(n, self.dlen)
        data = b''
        while len(data) < count:
            part = self._read(count - len(data))
            if not part:
                raise Error('Premature EOF on binhex file')
            data += part
        self.dlen -= count
        return data

    def close_data(self):
        """Skip the rest of the data, and compare its checksum."""
        if self.state != _DID_HEADER:
            raise Error('close_data at wrong time')
        if self.dlen:
            self._read(self.dlen)
        self._checkcrc()
        self.state = _DID_DATA

    def read_rsrc(self, *n):
        """Return up to n bytes of the resources, by default all."""
        if self.state == _DID_HEADER:
            self.close_data()
        if self.state != _DID_DATA:
            raise Error('Read resource data at wrong time')
        count = self._amount(n, self.rlen)
        self.rlen -= count
        return self._read(count)

    def close(self):
        """Skip the rest, compare its checksum, and close. May be called more than once."""
        if self.state is None:
            return
        try:
            if self.rlen:
                self.read_rsrc(self.rlen)
            self._checkcrc()
        finally:
            self.state = None
            self.ifp.close()


def hexbin(inp, out):
    """Decode inp, a path or a binary file, to the path out, or to the name that it has in it."""
    ifp = HexBin(inp)
    if not out:
        out = ifp.FName
    with io.open(out, 'wb') as ofp:
        _copy(ifp.read, ofp.write)
    ifp.close_data()
    data = ifp.read_rsrc(128000)
    if data:
        resources = openrsrc(out, 'wb')
        resources.write(data)
        _copy(ifp.read_rsrc, resources.write)
        resources.close()
    ifp.close()
