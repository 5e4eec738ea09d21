# SPDX-License-Identifier: MIT
"""What gzip, bz2 and lzma share: a raw stream that decompresses, and files on top of it."""
import io
from _thread import RLock

BUFFER_SIZE = io.DEFAULT_BUFFER_SIZE    # how much compressed data is read at a time


class BaseStream(io.BufferedIOBase):
    """A binary file with checks of what it can do."""

    def _check_not_closed(self):
        if self.closed:
            raise ValueError('I/O operation on closed file')

    def _demand(self, able, message):
        if not able:
            raise io.UnsupportedOperation(message)

    def _check_can_read(self):
        self._demand(self.readable(), 'File not open for reading')

    def _check_can_write(self):
        self._demand(self.writable(), 'File not open for writing')

    def _check_can_seek(self):
        self._demand(self.readable(), 'Seeking is only supported on files open for reading')
        self._demand(self.seekable(), 'The underlying file object does not support seeking')


class DecompressReader(io.RawIOBase):
    """The decompressed contents of fp, a binary file, which may hold several streams one after the other.

    decomp_factory(**decomp_args) makes the decompressor of each stream.  Errors
    of the kinds trailing_error in what follows the first stream end the file
    instead: something else follows there.
    """

    def readable(self):
        return True

    def __init__(self, fp, decomp_factory, trailing_error=(), **decomp_args):
        self._fp = fp
        self._eof = False
        self._pos = 0           # of what was read, decompressed
        self._size = -1         # decompressed; -1 before the end was seen
        self._decomp_factory = decomp_factory
        self._decomp_args = decomp_args
        self._decompressor = self._fresh()
        self._trailing_error = trailing_error

    def _fresh(self):
        return self._decomp_factory(**self._decomp_args)

    def close(self):
        self._decompressor = None
        return super().close()

    def seekable(self):
        return self._fp.seekable()

    def readinto(self, b):
        with memoryview(b) as target, target.cast('B') as octets:
            data = self.read(len(octets))
            octets[:len(data)] = data
        return len(data)

    def _next_stream(self):
        """The decompressor is at its end: start with what follows. Return the first data, or None at the end."""
        raw = self._decompressor.unused_data or self._fp.read(BUFFER_SIZE)
        return raw or None

    def read(self, size=-1):
        if size < 0:
            return self.readall()
        if not size or self._eof:
            return b''
        while True:
            current = self._decompressor
            if current.eof:
                raw = self._next_stream()
                if raw is None:
                    data = b''
                    break
                self._decompressor = current = self._fresh()
                try:
                    data = current.decompress(raw, size)
                except self._trailing_error:
                    data = b''
                    break
            else:
                raw = b''
                if current.needs_input:
                    raw = self._fp.read(BUFFER_SIZE)
                    if not raw:
                        raise EOFError('Compressed file ended before the end-of-stream marker was reached')
                data = current.decompress(raw, size)
            if data:
                self._pos += len(data)
                return data
        self._eof = True
        self._size = self._pos
        return data

    def readall(self):
        return b''.join(iter(lambda: self.read(io.DEFAULT_BUFFER_SIZE * 8), b''))

    def _rewind(self):
        self._fp.seek(0)
        self._eof = False
        self._pos = 0
        self._decompressor = self._fresh()

    def seek(self, offset, whence=io.SEEK_SET):
        """Go to a position: forward by reading, backward by reading from the start."""
        if whence == io.SEEK_CUR:
            offset += self._pos
        elif whence == io.SEEK_END:
            self._skip(None)        # finds out how large it is
            offset += self._size
        elif whence != io.SEEK_SET:
            raise ValueError(f'Invalid value for whence: {whence}')
        if offset < self._pos:
            self._rewind()
        self._skip(offset)
        return self._pos

    def _skip(self, target):
        """Read up to a position, or with None up to the end."""
        while target is None or self._pos < target:
            amount = io.DEFAULT_BUFFER_SIZE
            if target is not None:
                amount = min(amount, target - self._pos)
            if not self.read(amount):
                return

    def tell(self):
        return self._pos


_MODE_CLOSED, _MODE_READ, _MODE_WRITE = 0, 1, 3


class CompressedFile(BaseStream):
    """A file that is compressed on its way to disk and decompressed on its way back; base of bz2's and lzma's.

    All methods hold a lock, so that threads may share one.
    """

    def _attach(self, filename, mode, mode_code, reader=None, compressor=None):
        """Start: open filename, or take it if it is a file.

        reader(file) makes the raw stream to read from; compressor, for writing.
        """
        from os import PathLike
        self._lock = RLock()
        self._fp = None
        self._closefp = False
        self._mode = _MODE_CLOSED
        self._compressor = compressor
        self._pos = 0           # written so far
        if isinstance(filename, (str, bytes, PathLike)):
            import builtins
            self._fp = builtins.open(filename, mode if 'b' in mode else mode + 'b')
            self._closefp = True
        elif hasattr(filename, 'read') or hasattr(filename, 'write'):
            self._fp = filename
        else:
            raise TypeError('filename must be a str, bytes, file or PathLike object')
        self._mode = mode_code
        if reader is not None:
            self._buffer = io.BufferedReader(reader(self._fp))

    def close(self):
        """Write what is left and close; the file below only if it was opened here. May be called more than once."""
        with self._lock:
            if self._mode == _MODE_CLOSED:
                return
            try:
                if self._mode == _MODE_READ:
                    self._buffer.close()
                else:
                    self._fp.write(self._compressor.flush())
                self._compressor = None
            finally:
                file, self._fp = self._fp, None
                owned, self._closefp = self._closefp, False
                self._mode = _MODE_CLOSED
                self._buffer = None
                if owned:
                    file.close()

    @property
    def closed(self):
        """Whether it is closed."""
        return self._mode == _MODE_CLOSED

    def fileno(self):
        """Return the file descriptor of the file below."""
        self._check_not_closed()
        return self._fp.fileno()

    def seekable(self):
        """Say whether seek() works: it does for reading, if the file below can seek."""
        return self.readable() and self._buffer.seekable()

    def readable(self):
        """Say whether the file was opened for reading."""
        self._check_not_closed()
        return self._mode == _MODE_READ

    def writable(self):
        """Say whether the file was opened for writing."""
        self._check_not_closed()
        return self._mode == _MODE_WRITE

    def peek(self, n=0):
        """Return some of the bytes ahead, at least one unless the file is at its end, and stay in place."""
        with self._lock:
            self._check_can_read()
            return self._buffer.peek(n)

    def read(self, size=-1):
        """Return up to size bytes, by default all; b'' at the end."""
        with self._lock:
            self._check_can_read()
            return self._buffer.read(size)

    def read1(self, size=-1):
        """Return up to size bytes, with as few reads from the file below as possible; b'' at the end."""
        with self._lock:
            self._check_can_read()
            return self._buffer.read1(io.DEFAULT_BUFFER_SIZE if size < 0 else size)

    def readinto(self, b):
        """Fill b, a writable buffer; return how many bytes."""
        with self._lock:
            self._check_can_read()
            return self._buffer.readinto(b)

    def readline(self, size=-1):
        """Return a line, its end included, of at most size bytes."""
        with self._lock:
            self._check_can_read()
            return self._buffer.readline(size)

    def write(self, data):
        """Write bytes; return how many. They may reach the disk as late as in close()."""
        with self._lock:
            self._check_can_write()
            self._fp.write(self._compressor.compress(data))
            length = len(data) if isinstance(data, (bytes, bytearray)) else memoryview(data).nbytes
            self._pos += length
            return length

    def seek(self, offset, whence=io.SEEK_SET):
        """Go to a position in the decompressed data and return it; slow, backwards above all."""
        with self._lock:
            self._check_can_seek()
            return self._buffer.seek(offset, whence)

    def tell(self):
        """Return the position in the decompressed data."""
        with self._lock:
            self._check_not_closed()
            return self._buffer.tell() if self._mode == _MODE_READ else self._pos


def open_text_or_binary(make, mode, encoding, errors, newline):
    """What the open() functions share: make(binary mode) opens the file, for text a TextIOWrapper comes around it."""
    if 't' in mode:
        if 'b' in mode:
            raise ValueError(f'Invalid mode: {mode!r}')
        return io.TextIOWrapper(make(mode.replace('t', '')), encoding, errors, newline)
    for name, value in ('encoding', encoding), ('errors', errors), ('newline', newline):
        if value is not None:
            raise ValueError(f'Argument {name!r} not supported in binary mode')
    return make(mode)
