# SPDX-License-Identifier: MIT
"""Parts of zipfile: dates, the old encryption, LZMA as ZIP has it, and files in the archive's file."""

import struct
import time

try:
    import lzma
except ImportError:
    lzma = None

# The public name.
__name__ = 'zipfile'


def _dos_stamp(moment):
    """Return the (date, time) numbers of MS-DOS for a date_time."""
    year, month, day, hour, minute, second = moment[:6]
    return (year - 1980) << 9 | month << 5 | day, hour << 11 | minute << 5 | second // 2


def _dos_moment(date, time):
    """Return the date_time of MS-DOS' numbers."""
    return ((date >> 9) + 1980, date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, (time & 31) * 2)


# The encryption of old ZIPs: three keys that every byte changes.  It hides nothing from those who know better.

_crctable = None


def _gen_crc(crc):
    for _ in range(8):
        crc = crc >> 1 ^ (0xEDB88320 if crc & 1 else 0)
    return crc


def _ZipDecrypter(pwd):
    """Return a function that decrypts bytes, in the order of the file."""
    global _crctable
    if _crctable is None:
        _crctable = [_gen_crc(byte) for byte in range(256)]
    table = _crctable
    first, second, third = 0x12345678, 0x23456789, 0x34567890

    def turn(byte):
        nonlocal first, second, third
        first = first >> 8 ^ table[(first ^ byte) & 255]
        second = ((second + (first & 255)) * 134775813 + 1) & 0xFFFFFFFF
        third = third >> 8 ^ table[(third ^ second >> 24) & 255]

    for byte in pwd:
        turn(byte)

    def decrypter(data):
        plain = bytearray()
        for byte in data:
            low = third | 2
            byte ^= low * (low ^ 1) >> 8 & 255
            turn(byte)
            plain.append(byte)
        return bytes(plain)

    return decrypter


class LZMACompressor:
    """Compresses as ZIP wants it: a short header, then raw LZMA."""

    def __init__(self):
        self._comp = None

    def _init(self):
        properties = lzma._encode_filter_properties({'id': lzma.FILTER_LZMA1})
        self._comp = lzma.LZMACompressor(lzma.FORMAT_RAW, filters=[
            lzma._decode_filter_properties(lzma.FILTER_LZMA1, properties)])
        return struct.pack('<BBH', 9, 4, len(properties)) + properties

    def compress(self, data):
        head = b'' if self._comp is not None else self._init()
        return head + self._comp.compress(data)

    def flush(self):
        head = b'' if self._comp is not None else self._init()
        return head + self._comp.flush()


class LZMADecompressor:
    """Decompresses what LZMACompressor wrote."""

    def __init__(self):
        self._decomp = None
        self._waiting = b''     # while the header is not complete
        self.eof = False

    def decompress(self, data):
        if self._decomp is None:
            self._waiting += data
            if len(self._waiting) <= 4:
                return b''
            end = 4 + int.from_bytes(self._waiting[2:4], 'little')
            if len(self._waiting) <= end:
                return b''
            self._decomp = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[
                lzma._decode_filter_properties(lzma.FILTER_LZMA1, self._waiting[4:end])])
            data = self._waiting[end:]
            del self._waiting
        plain = self._decomp.decompress(data)
        self.eof = self._decomp.eof
        return plain


class _SharedFile:
    """One reader's view of the archive's file: it has a position of its own."""

    def __init__(self, file, pos, close, lock, writing):
        self._file = file
        self._pos = pos
        self._close = close
        self._lock = lock
        self._writing = writing     # tells whether an entry is being written
        self.seekable = file.seekable
        self.tell = file.tell

    def seek(self, offset, whence=0):
        with self._lock:
            if self._writing():
                raise ValueError("Can't reposition in the ZIP file while there is an open writing handle on it. "
                                 'Close the writing handle before trying to read.')
            self._file.seek(offset, whence)
            self._pos = self._file.tell()
            return self._pos

    def read(self, n=-1):
        with self._lock:
            if self._writing():
                raise ValueError("Can't read from the ZIP file while there is an open writing handle on it. "
                                 'Close the writing handle before trying to read.')
            self._file.seek(self._pos)
            data = self._file.read(n)
            self._pos = self._file.tell()
            return data

    def close(self):
        file, self._file = self._file, None
        if file is not None:
            self._close(file)


class _Tellable:
    """A file that cannot tell its position: bytes written are counted."""

    def __init__(self, fp):
        self.fp = fp
        self.offset = 0

    def write(self, data):
        count = self.fp.write(data)
        self.offset += count
        return count

    def tell(self):
        return self.offset

    def flush(self):
        self.fp.flush()

    def close(self):
        self.fp.close()
