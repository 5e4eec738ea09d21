# SPDX-License-Identifier: MIT
"""Files in tar archives, and archives that are read or written as streams, compressed or not."""

import io
import os
import struct
import time
from _tarfile_base import BLOCKSIZE, CompressionError, NUL, ReadError, StreamError

# The public name.
__name__ = 'tarfile'


class _LowLevelFile:
    """A file with the least that _Stream needs; works on devices too."""

    def __init__(self, name, mode):
        flags = {'r': os.O_RDONLY, 'w': os.O_WRONLY | os.O_CREAT | os.O_TRUNC}[mode]
        self.fd = os.open(name, flags | getattr(os, 'O_BINARY', 0), 0o666)

    def close(self):
        os.close(self.fd)

    def read(self, size):
        return os.read(self.fd, size)

    def write(self, s):
        os.write(self.fd, s)


class _Stream:
    """A file that is only read, or only written, from start to end, in pieces of bufsize; with compression."""

    def __init__(self, name, mode, comptype, fileobj, bufsize):
        self._extfileobj = fileobj is not None
        if fileobj is None:
            fileobj = _LowLevelFile(name, mode)
        if comptype == '*':
            fileobj = _StreamProxy(fileobj)
            comptype = fileobj.getcomptype()
        self.name = name or ''
        self.mode = mode
        self.comptype = comptype
        self.fileobj = fileobj
        self.bufsize = bufsize
        self.buf = b''          # as in the file: read or to be written
        self.dbuf = b''         # decompressed
        self.pos = 0
        self.closed = False
        self.cmp = None
        try:
            self._start_compression()
        except:
            if not self._extfileobj:
                fileobj.close()
            self.closed = True
            raise

    def _start_compression(self):
        reading = self.mode == 'r'
        if self.comptype == 'gz':
            try:
                import zlib
            except ImportError:
                raise CompressionError('zlib module is not available')
            self.zlib = zlib
            self.crc = zlib.crc32(b'')
            self.exception = zlib.error
            if reading:
                self._init_read_gz()
            else:
                self._init_write_gz()
        elif self.comptype == 'bz2':
            try:
                import bz2
            except ImportError:
                raise CompressionError('bz2 module is not available')
            self.exception = OSError
            self.cmp = bz2.BZ2Decompressor() if reading else bz2.BZ2Compressor()
        elif self.comptype == 'xz':
            try:
                import lzma
            except ImportError:
                raise CompressionError('lzma module is not available')
            self.exception = lzma.LZMAError
            self.cmp = lzma.LZMADecompressor() if reading else lzma.LZMACompressor()
        elif self.comptype != 'tar':
            raise CompressionError(f'unknown compression type {self.comptype!r}')

    def __del__(self):
        if hasattr(self, 'closed') and not self.closed:
            self.close()

    def _init_write_gz(self):
        """Write a header of gzip."""
        zlib = self.zlib
        self.cmp = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, 0)
        self.__write(b'\x1f\x8b\x08\x08' + struct.pack('<L', int(time.time())) + b'\x02\xff')
        if self.name.endswith('.gz'):
            self.name = self.name[:-3]
        self.name = os.path.basename(self.name)
        self.__write(self.name.encode('iso-8859-1', 'replace') + NUL)

    def write(self, s):
        if self.comptype == 'gz':
            self.crc = self.zlib.crc32(s, self.crc)
        self.pos += len(s)
        self.__write(s if self.cmp is None else self.cmp.compress(s))

    def __write(self, s):
        """Write to the file, in full pieces."""
        self.buf += s
        size = self.bufsize
        whole = len(self.buf) - len(self.buf) % size if len(self.buf) % size else len(self.buf) - size
        for at in range(0, whole, size):
            self.fileobj.write(self.buf[at:at + size])
        if whole > 0:
            self.buf = self.buf[whole:]

    def close(self):
        if self.closed:
            return
        self.closed = True
        try:
            if self.mode == 'w':
                if self.cmp is not None:
                    self.buf += self.cmp.flush()
                if self.buf:
                    self.fileobj.write(self.buf)
                    self.buf = b''
                    if self.comptype == 'gz':
                        self.fileobj.write(struct.pack('<LL', self.crc, self.pos & 0xffffffff))
        finally:
            if not self._extfileobj:
                self.fileobj.close()

    def _init_read_gz(self):
        """Read a header of gzip."""
        self.cmp = self.zlib.decompressobj(-self.zlib.MAX_WBITS)
        if self.__read(2) != b'\x1f\x8b':
            raise ReadError('not a gzip file')
        if self.__read(1) != b'\x08':
            raise CompressionError('unsupported compression method')
        flags = ord(self.__read(1))
        self.__read(6)
        if flags & 4:
            size = int.from_bytes(self.__read(2), 'little')
            self.read(size)
        for flag in 8, 16:
            if flags & flag:
                while self.__read(1) not in (b'', NUL):
                    pass
        if flags & 2:
            self.__read(2)

    def tell(self):
        return self.pos

    def seek(self, pos=0):
        """Go forward to a position."""
        missing = pos - self.pos
        if missing < 0:
            raise StreamError('seeking backwards is not allowed')
        while missing > 0:
            step = min(missing, self.bufsize)
            self.read(step)
            missing -= step
        return self.pos

    def read(self, size):
        assert size is not None
        data = self._read(size)
        self.pos += len(data)
        return data

    def _read(self, size):
        if self.comptype == 'tar':
            return self.__read(size)
        parts = [self.dbuf]
        have = len(self.dbuf)
        while have < size:
            # What was read with the header first.
            raw, self.buf = self.buf or self.fileobj.read(self.bufsize), b''
            if not raw:
                break
            try:
                data = self.cmp.decompress(raw)
            except self.exception:
                raise ReadError('invalid compressed data')
            parts.append(data)
            have += len(data)
        data = b''.join(parts)
        self.dbuf = data[size:]
        return data[:size]

    def __read(self, size):
        """Read from the file, in full pieces."""
        parts = [self.buf]
        have = len(self.buf)
        while have < size:
            data = self.fileobj.read(self.bufsize)
            if not data:
                break
            parts.append(data)
            have += len(data)
        data = b''.join(parts)
        self.buf = data[size:]
        return data[:size]


class _StreamProxy(object):
    """A stream of which the first block is looked at, to find out how it is compressed."""

    def __init__(self, fileobj):
        self.fileobj = fileobj
        self.buf = fileobj.read(BLOCKSIZE)

    def read(self, size):
        self.read = self.fileobj.read       # the next time
        return self.buf

    def getcomptype(self):
        head = self.buf
        if head.startswith(b'\x1f\x8b\x08'):
            return 'gz'
        if head.startswith(b'BZh') and head[4:10] == b'1AY&SY':
            return 'bz2'
        if head.startswith((b'\x5d\0\0\x80', b'\xfd7zXZ')):
            return 'xz'
        return 'tar'

    def close(self):
        self.fileobj.close()


class _FileInFile(object):
    """A part of a file as a file; blockinfo lists the (offset, size) of its data, between which there are zeros."""

    def __init__(self, fileobj, offset, size, blockinfo=None):
        self.fileobj = fileobj
        self.offset = offset
        self.size = size
        self.position = 0
        self.name = getattr(fileobj, 'name', None)
        self.closed = False
        self.map = []           # (is data, start, end, where in fileobj)
        self.map_index = 0
        here = 0
        for start, length in [(0, size)] if blockinfo is None else blockinfo:
            if start > here:
                self.map.append((False, here, start, None))
            self.map.append((True, start, start + length, offset))
            offset += length
            here = start + length
        if here < size:
            self.map.append((False, here, size, None))

    def flush(self):
        pass

    def readable(self):
        return True

    def writable(self):
        return False

    def seekable(self):
        return self.fileobj.seekable()

    def tell(self):
        return self.position

    def seek(self, position, whence=io.SEEK_SET):
        if whence == io.SEEK_CUR:
            position += self.position
        elif whence == io.SEEK_END:
            position += self.size
        elif whence != io.SEEK_SET:
            raise ValueError('Invalid argument')
        self.position = min(max(position, 0), self.size)
        return self.position

    def read(self, size=None):
        left = self.size - self.position
        left = left if size is None else min(size, left)
        parts = []
        while left > 0:
            # The segment that the position is in; the next one mostly.
            while not self.map[self.map_index][1] <= self.position < self.map[self.map_index][2]:
                self.map_index = (self.map_index + 1) % len(self.map)
            is_data, start, end, where = self.map[self.map_index]
            count = min(left, end - self.position)
            if is_data:
                self.fileobj.seek(where + self.position - start)
                data = self.fileobj.read(count)
                if len(data) != count:
                    raise ReadError('unexpected end of data')
                parts.append(data)
            else:
                parts.append(NUL * count)
            left -= count
            self.position += count
        return b''.join(parts)

    def readinto(self, b):
        data = self.read(len(b))
        b[:len(data)] = data
        return len(data)

    def close(self):
        self.closed = True


class ExFileObject(io.BufferedReader):
    """A member's contents, for reading; made by TarFile.extractfile()."""

    def __init__(self, tarfile, tarinfo):
        super().__init__(_FileInFile(tarfile.fileobj, tarinfo.offset_data, tarinfo.size, tarinfo.sparse))
