# SPDX-License-Identifier: MIT
"""Files and data compressed with gzip (RFC 1952): open(), GzipFile, compress(), decompress().

As a program: compress files, or with -d decompress them.
"""
import builtins
import errno
import io
import os
import struct
import time
import zlib
import _compression

__all__ = ['BadGzipFile', 'GzipFile', 'open', 'compress', 'decompress']

FTEXT, FHCRC, FEXTRA, FNAME, FCOMMENT = 1, 2, 4, 8, 16      # flags of a header
READ, WRITE = 1, 2

_COMPRESS_LEVEL_FAST, _COMPRESS_LEVEL_TRADEOFF, _COMPRESS_LEVEL_BEST = 1, 6, 9
_MAGIC = b'\x1f\x8b'


class BadGzipFile(OSError):
    """What was to be decompressed is not in gzip's format, or damaged."""


def open(filename, mode='rb', compresslevel=_COMPRESS_LEVEL_BEST, encoding=None, errors=None, newline=None):
    """Open a file compressed with gzip: as GzipFile(), or, with 't' in mode, as text.

    filename is a path or a file; the other arguments are those of GzipFile()
    and of the built-in open().
    """
    def make(binary):
        if isinstance(filename, (str, bytes, os.PathLike)):
            return GzipFile(filename, binary, compresslevel)
        if hasattr(filename, 'read') or hasattr(filename, 'write'):
            return GzipFile(None, binary, compresslevel, filename)
        raise TypeError('filename must be a str or bytes object, or a file')

    return _compression.open_text_or_binary(make, mode, encoding, errors, newline)


def write32u(output, value):
    """Write an unsigned int of four bytes, little end first."""
    output.write(struct.pack('<L', value))


class _PaddedFile:
    """A file of which some bytes can be put back, or given in front."""

    def __init__(self, f, prepend=b''):
        self.file = f
        self._buffer = prepend
        self._read = 0          # of the buffer; None when it is used up
        self._length = len(prepend)

    def read(self, size):
        if self._read is None:
            return self.file.read(size)
        start, end = self._read, self._read + size
        if end <= self._length:
            self._read = end
            return self._buffer[start:end]
        self._read = None
        return self._buffer[start:] + self.file.read(size - self._length + start)

    def prepend(self, prepend=b''):
        """Put back what was read last; if it came from the buffer, that is gone back in."""
        if self._read is None:
            self._buffer = prepend
            self._length = len(prepend)
            self._read = 0
        else:
            self._read -= len(prepend)

    def seek(self, off):
        self._read = None
        self._buffer = None
        return self.file.seek(off)

    def seekable(self):
        return True         # for GzipFile, whose own seekable() says so too


class GzipFile(_compression.BaseStream):
    """A binary file compressed with gzip."""

    myfileobj = None        # the file below, if it was opened here

    def __init__(self, filename=None, mode=None, compresslevel=_COMPRESS_LEVEL_BEST, fileobj=None, mtime=None):
        """Open the path filename, or take fileobj, a file, which is not closed with this one.

        With a fileobj, filename is for the header only.  mode is 'r' to read,
        'w' to write, 'x' to create, 'a' to append, 'b' may follow; by default
        that of fileobj, or 'rb'.  For writing: compresslevel, from 0 to 9;
        mtime, the time for the header, by default the present.
        """
        if mode:
            if 't' in mode or 'U' in mode:
                raise ValueError(f'Invalid mode: {mode!r}')
            mode = mode if 'b' in mode else mode + 'b'
        if fileobj is None:
            self.myfileobj = fileobj = builtins.open(filename, mode or 'rb')
        if filename is not None:
            filename = os.fspath(filename)
        else:
            filename = getattr(fileobj, 'name', '')
            filename = filename if isinstance(filename, (str, bytes)) else ''   # not a descriptor
        self.name = filename
        mode = getattr(fileobj, 'mode', 'rb') if mode is None else mode
        if mode.startswith('r'):
            self.mode = READ
            self._buffer = io.BufferedReader(_GzipReader(fileobj))
        elif mode.startswith(('w', 'a', 'x')):
            self.mode = WRITE
            self._init_write(filename)
            self.compress = zlib.compressobj(compresslevel, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, 0)
            self._write_mtime = mtime
        else:
            raise ValueError(f'Invalid mode: {mode!r}')
        self.fileobj = fileobj
        if self.mode == WRITE:
            self._write_gzip_header(compresslevel)

    @property
    def filename(self):
        """Deprecated: the name, with .gz at its end if it was opened for writing."""
        import warnings
        warnings.warn('use the name attribute', DeprecationWarning, 2)
        if self.mode != WRITE or self.name.endswith('.gz'):
            return self.name
        return self.name + '.gz'

    @property
    def mtime(self):
        """The time in the header that was read last; None before."""
        return self._buffer.raw._last_mtime

    def __repr__(self):
        return f'<gzip {repr(self.fileobj)[1:-1]} {hex(id(self))}>'

    def _init_write(self, filename):
        self.name = filename
        self.crc = zlib.crc32(b'')
        self.size = 0           # written, before compression
        self.offset = 0
        self.bufsize, self.writebuf = 0, []

    def _header_name(self):
        """The name for the header: without folders and .gz, in Latin-1; b'' if it cannot be."""
        name = os.path.basename(self.name)
        if not isinstance(name, bytes):
            try:
                name = name.encode('latin-1')
            except UnicodeEncodeError:
                return b''
        return name[:-3] if name.endswith(b'.gz') else name

    def _write_gzip_header(self, compresslevel):
        name = self._header_name()
        mtime = time.time() if self._write_mtime is None else self._write_mtime
        effort = {_COMPRESS_LEVEL_BEST: 2, _COMPRESS_LEVEL_FAST: 4}.get(compresslevel, 0)
        # One piece after the other: the file may take no more than that at once.
        self.fileobj.write(_MAGIC)
        self.fileobj.write(b'\x08' + bytes((FNAME if name else 0,)))
        write32u(self.fileobj, int(mtime))
        self.fileobj.write(bytes((effort, 255)))
        if name:
            self.fileobj.write(name + b'\0')

    def _demand_mode(self, mode, what):
        if self.mode != mode:
            raise OSError(errno.EBADF, what)

    def write(self, data):
        """Write bytes; return how many."""
        self._check_not_closed()
        self._demand_mode(WRITE, 'write() on read-only GzipFile object')
        if self.fileobj is None:
            raise ValueError('write() on closed GzipFile object')
        if isinstance(data, bytes):
            length = len(data)
        else:
            data = memoryview(data)
            length = data.nbytes
        if length:
            self.fileobj.write(self.compress.compress(data))
            self.crc = zlib.crc32(data, self.crc)
            self.size += length
            self.offset += length
        return length

    def read(self, size=-1):
        """Return up to size bytes, by default all; b'' at the end."""
        self._check_not_closed()
        self._demand_mode(READ, 'read() on write-only GzipFile object')
        return self._buffer.read(size)

    def read1(self, size=-1):
        """Return up to size bytes, with as few reads from the file below as possible; b'' at the end."""
        self._check_not_closed()
        self._demand_mode(READ, 'read1() on write-only GzipFile object')
        return self._buffer.read1(io.DEFAULT_BUFFER_SIZE if size < 0 else size)

    def peek(self, n):
        """Return some of the bytes ahead, at least one unless the file is at its end, and stay in place."""
        self._check_not_closed()
        self._demand_mode(READ, 'peek() on write-only GzipFile object')
        return self._buffer.peek(n)

    @property
    def closed(self):
        """Whether it is closed."""
        return self.fileobj is None

    def close(self):
        """Write what is left and close; the file below only if it was opened here. May be called more than once."""
        below = self.fileobj
        if below is None:
            return
        self.fileobj = None
        try:
            if self.mode == WRITE:
                below.write(self.compress.flush())
                write32u(below, self.crc)
                write32u(below, self.size & 0xffffffff)
            else:
                self._buffer.close()
        finally:
            own, self.myfileobj = self.myfileobj, None
            if own:
                own.close()

    def flush(self, zlib_mode=zlib.Z_SYNC_FLUSH):
        """Write what was compressed so far to the file below."""
        self._check_not_closed()
        if self.mode == WRITE:
            self.fileobj.write(self.compress.flush(zlib_mode))
            self.fileobj.flush()

    def fileno(self):
        """Return the file descriptor of the file below."""
        return self.fileobj.fileno()

    def rewind(self):
        """Go back to the start, in a file that is read."""
        if self.mode != READ:
            raise OSError("Can't rewind in write mode")
        self._buffer.seek(0)

    def readable(self):
        """Say whether the file was opened for reading."""
        return self.mode == READ

    def writable(self):
        """Say whether the file was opened for writing."""
        return self.mode == WRITE

    def seekable(self):
        """Say whether seek() works; in a file that is written it goes forward only, by writing zeros."""
        return True

    def seek(self, offset, whence=io.SEEK_SET):
        """Go to a position in the decompressed data and return it; slow, backwards above all."""
        if self.mode == READ:
            self._check_not_closed()
            return self._buffer.seek(offset, whence)
        if whence == io.SEEK_CUR:
            offset += self.offset
        elif whence != io.SEEK_SET:
            raise ValueError('Seek from end not supported')
        if offset < self.offset:
            raise OSError('Negative seek in write mode')
        missing = offset - self.offset
        zeros = bytes(min(missing, 64 * 1024))
        while missing:
            missing -= self.write(zeros[:missing])
        return self.offset

    def readline(self, size=-1):
        """Return a line, its end included, of at most size bytes."""
        self._check_not_closed()
        return self._buffer.readline(size)


class _GzipReader(_compression.DecompressReader):
    """The decompressed contents of a file with gzip members, one after the other, and perhaps zeros behind them."""

    def __init__(self, fp):
        super().__init__(_PaddedFile(fp), zlib.decompressobj, wbits=-zlib.MAX_WBITS)
        self._new_member = True     # a header is next
        self._last_mtime = None

    def _init_read(self):
        self._crc = zlib.crc32(b'')
        self._stream_size = 0       # decompressed, of this member

    def _read_exact(self, n):
        """Read n bytes; EOFError if there are fewer."""
        parts = []
        while n > 0:
            part = self._fp.read(n)
            if not part:
                raise EOFError('Compressed file ended before the end-of-stream marker was reached')
            parts.append(part)
            n -= len(part)
        return b''.join(parts)

    def _read_gzip_header(self):
        """Read a member's header; return whether there is one, and not the end of the file."""
        magic = self._fp.read(2)
        if not magic:
            return False
        if magic != _MAGIC:
            raise BadGzipFile(f'Not a gzipped file ({magic!r})')
        method, flags, self._last_mtime = struct.unpack('<BBIxx', self._read_exact(8))
        if method != 8:
            raise BadGzipFile('Unknown compression method')
        if flags & FEXTRA:
            size, = struct.unpack('<H', self._read_exact(2))
            self._read_exact(size)
        for flag in FNAME, FCOMMENT:
            if flags & flag:
                while self._fp.read(1) not in (b'\0', b''):
                    pass
        if flags & FHCRC:
            self._read_exact(2)
        return True

    def read(self, size=-1):
        if size < 0:
            return self.readall()
        if not size:
            return b''
        while True:
            if self._decompressor.eof:
                self._read_eof()
                self._new_member = True
                self._decompressor = self._fresh()
            if self._new_member:
                self._init_read()
                if not self._read_gzip_header():
                    self._size = self._pos
                    return b''
                self._new_member = False
            raw = self._fp.read(io.DEFAULT_BUFFER_SIZE)
            data = self._decompressor.decompress(raw, size)
            rest = self._decompressor.unconsumed_tail or self._decompressor.unused_data
            if rest:
                self._fp.prepend(rest)
            if data:
                self._add_read_data(data)
                self._pos += len(data)
                return data
            if not raw:
                raise EOFError('Compressed file ended before the end-of-stream marker was reached')

    def _add_read_data(self, data):
        self._stream_size += len(data)
        self._crc = zlib.crc32(data, self._crc)

    def _read_eof(self):
        """Compare the checksum and size at a member's end; read over zeros that follow."""
        _check_trailer(self._read_exact(8), self._crc, self._stream_size)
        following = b'\0'
        while following == b'\0':
            following = self._fp.read(1)
        if following:
            self._fp.prepend(following)

    def _rewind(self):
        super()._rewind()
        self._new_member = True


def _check_trailer(trailer, crc, size):
    expected_crc, expected_size = struct.unpack('<II', trailer)
    if expected_crc != crc:
        raise BadGzipFile(f'CRC check failed {hex(expected_crc)} != {hex(crc)}')
    if expected_size != size & 0xffffffff:
        raise BadGzipFile('Incorrect length of data produced')


def compress(data, compresslevel=_COMPRESS_LEVEL_BEST, *, mtime=None):
    """Return data, bytes, compressed with a level from 0 to 9; mtime is the time for the header, by default now."""
    target = io.BytesIO()
    with GzipFile(fileobj=target, mode='wb', compresslevel=compresslevel, mtime=mtime) as f:
        f.write(data)
    return target.getvalue()


def decompress(data):
    """Return what data, bytes, is when decompressed: all members of it. BadGzipFile, EOFError, zlib.error."""
    with GzipFile(fileobj=io.BytesIO(data)) as f:
        return f.read()


def _decompress_file(name):
    """FILE.gz to FILE; None if its name is not of that form."""
    import sys
    if name == '-':
        return GzipFile(filename='', mode='rb', fileobj=sys.stdin.buffer), sys.stdout.buffer
    if not name.endswith('.gz'):
        return None
    return open(name, 'rb'), builtins.open(name[:-3], 'wb')


def main():
    """The program."""
    import sys
    from argparse import ArgumentParser
    parser = ArgumentParser(description='A simple command line interface for the gzip module: act like gzip, '
                                        'but do not delete the input file.')
    group = parser.add_mutually_exclusive_group()
    group.add_argument('--fast', action='store_true', help='compress faster')
    group.add_argument('--best', action='store_true', help='compress better')
    group.add_argument('-d', '--decompress', action='store_true', help='act like gunzip instead of gzip')
    parser.add_argument('args', nargs='*', default=['-'], metavar='file')
    options = parser.parse_args()
    level = _COMPRESS_LEVEL_TRADEOFF
    if options.fast:
        level = _COMPRESS_LEVEL_FAST
    elif options.best:
        level = _COMPRESS_LEVEL_BEST
    for name in options.args:
        if options.decompress:
            pair = _decompress_file(name)
            if pair is None:
                sys.exit(f"filename doesn't end in .gz: {name!r}")
        elif name == '-':
            pair = sys.stdin.buffer, GzipFile(filename='', mode='wb', fileobj=sys.stdout.buffer, compresslevel=level)
        else:
            pair = builtins.open(name, 'rb'), open(name + '.gz', 'wb')
        source, target = pair
        for chunk in iter(lambda: source.read(io.DEFAULT_BUFFER_SIZE), b''):
            target.write(chunk)
        if target is not sys.stdout.buffer:
            target.close()
        if source is not sys.stdin.buffer:
            source.close()


if __name__ == '__main__':
    main()
