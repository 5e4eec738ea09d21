# SPDX-License-Identifier: MIT
"""The base of _pyio: the abstract classes of raw and buffered streams, what buffered ones share, and bytes in memory."""

import abc
import io
from io import SEEK_CUR, SEEK_END, SEEK_SET, UnsupportedOperation
import sys

# The public name.
__name__ = '_pyio'

DEFAULT_BUFFER_SIZE = 8192

# Whether an error in close() is reported when a stream is collected: in development mode and debug builds only.
_IOBASE_EMITS_UNRAISABLE = hasattr(sys, 'gettotalrefcount') or sys.flags.dev_mode


def _whole_number(value):
    """Return value as an int if it stands for one; else raise TypeError."""
    try:
        as_index = value.__index__
    except AttributeError:
        raise TypeError(f'{value!r} is not an integer')
    return as_index()


def _no_text(data):
    if isinstance(data, str):
        raise TypeError("can't write str to binary stream")


def _flat(buffer):
    """Return a memoryview of the bytes of buffer."""
    view = buffer if isinstance(buffer, memoryview) else memoryview(buffer)
    return view.cast('B')


# ---- abstract streams ----

class IOBase(metaclass=abc.ABCMeta):
    """What all streams share: position, closing, lines.

    Nothing can be read, written or sought here; classes derived from this say what they can do.  A stream is an
    iterator over its lines and a context manager that closes it.  Using a closed one raises ValueError.
    """

    __closed = False

    def _unsupported(self, name):
        """Raise UnsupportedOperation for the method called name."""
        raise UnsupportedOperation('%s.%s() not supported' % (self.__class__.__name__, name))

    # -- the position --

    def seek(self, pos, whence=0):
        """Move to the byte pos, counted from the start (whence 0), from here (1) or from the end (2).

        The new position, from the start, is returned.
        """
        self._unsupported('seek')

    def tell(self):
        """Return the position in the stream, an int."""
        return self.seek(0, 1)

    def truncate(self, pos=None):
        """Make the file pos bytes long (default: up to the position) and return its new size.

        The position stays.
        """
        self._unsupported('truncate')

    # -- the end --

    def flush(self):
        """Write out what is held back.  Streams to read from do nothing."""
        self._checkClosed()

    def close(self):
        """Flush and close the stream.  A second call does nothing."""
        if not self.__closed:
            try:
                self.flush()
            finally:
                self.__closed = True

    def __del__(self):
        try:
            done = self.closed
        except AttributeError:          # not set up to the end
            return
        if done:
            return
        if _IOBASE_EMITS_UNRAISABLE:
            self.close()
            return
        try:
            self.close()
        except:
            pass

    @property
    def closed(self):
        """Whether the stream has been closed."""
        return self.__closed

    def _checkClosed(self, msg=None):
        """Raise ValueError if the stream is closed."""
        if self.closed:
            raise ValueError(msg if msg is not None else 'I/O operation on closed file.')

    # -- abilities --

    def seekable(self):
        """Return whether seek(), tell() and truncate() work; else they raise OSError."""
        self._checkClosed()
        return False

    def readable(self):
        """Return whether the stream can be read; else read() raises OSError."""
        self._checkClosed()
        return False

    def writable(self):
        """Return whether the stream can be written; else write() and truncate() raise OSError."""
        self._checkClosed()
        return False

    def _checkSeekable(self, msg=None):
        """Raise UnsupportedOperation if the stream cannot seek."""
        if not self.seekable():
            raise UnsupportedOperation(msg if msg is not None else 'File or stream is not seekable.')

    def _checkReadable(self, msg=None):
        """Raise UnsupportedOperation if the stream cannot be read."""
        if not self.readable():
            raise UnsupportedOperation(msg if msg is not None else 'File or stream is not readable.')

    def _checkWritable(self, msg=None):
        """Raise UnsupportedOperation if the stream cannot be written."""
        if not self.writable():
            raise UnsupportedOperation(msg if msg is not None else 'File or stream is not writable.')

    def fileno(self):
        """Return the number of the file descriptor below, an int; raise OSError if there is none."""
        self._unsupported('fileno')

    def isatty(self):
        """Return whether the stream is a terminal."""
        self._checkClosed()
        return False

    # -- with --

    def __enter__(self):
        self._checkClosed()
        return self

    def __exit__(self, *args):
        self.close()

    # -- lines --

    def readline(self, size=-1):
        r"""Return the next line as bytes, at most size of them, with its b'\n'; b'' at the end."""
        size = -1 if size is None else _whole_number(size)
        peek = getattr(self, 'peek', None)
        line = bytearray()
        while size < 0 or len(line) < size:
            count = 1
            if peek is not None:
                ahead = peek(1)
                count = (ahead.find(b'\n') + 1 or len(ahead)) if ahead else 1
                if size >= 0:
                    count = min(count, size - len(line))
            piece = self.read(count)
            if not piece:
                break
            line += piece
            if line.endswith(b'\n'):
                break
        return bytes(line)

    def __iter__(self):
        self._checkClosed()
        return self

    def __next__(self):
        line = self.readline()
        if line:
            return line
        raise StopIteration

    def readlines(self, hint=None):
        """Return the lines that are left as a list; with a hint, stop when they have that many bytes or characters."""
        if hint is None or hint <= 0:
            return [*self]
        lines, total = [], 0
        for line in self:
            lines.append(line)
            total += len(line)
            if total >= hint:
                break
        return lines

    def writelines(self, lines):
        """Write every item of an iterable; no line ends are added."""
        self._checkClosed()
        for line in lines:
            self.write(line)


io.IOBase.register(IOBase)


class RawIOBase(IOBase):
    """Unbuffered bytes: every call goes to the system.

    readinto() and write() are for the derived class to define; read() and readall() follow.
    """

    def read(self, size=-1):
        """Return up to size bytes, those that one readinto() gives; all that is left with a negative size.

        b'' means the end; None that there is nothing yet, on a stream that does not wait.
        """
        if size is None:
            size = -1
        if size < 0:
            return self.readall()
        space = bytearray(size.__index__())
        count = self.readinto(space)
        return None if count is None else bytes(space[:count])

    def readall(self):
        """Read to the end and return the bytes; None if there is nothing yet."""
        pieces = []
        while True:
            piece = self.read(DEFAULT_BUFFER_SIZE)
            if not piece:
                return b''.join(pieces) if pieces else piece
            pieces.append(piece)

    def readinto(self, b):
        """Read into the writable buffer b and return the number of bytes; 0 at the end, None if there is nothing yet."""
        self._unsupported('readinto')

    def write(self, b):
        """Write the buffer b and return how many of its bytes were taken; None if none could be without waiting."""
        self._unsupported('write')


io.RawIOBase.register(RawIOBase)
RawIOBase.register(io.FileIO)


class BufferedIOBase(IOBase):
    """Bytes with a buffer before them.

    read() returns as many bytes as asked for and write() takes all it is given, however many calls of the raw stream
    that needs.  Where a raw stream would return None, BlockingIOError is raised.
    """

    def read(self, size=-1):
        """Return size bytes, fewer only at the end; all that is left with None or a negative size."""
        self._unsupported('read')

    def read1(self, size=-1):
        """Return up to size bytes with at most one read of the raw stream."""
        self._unsupported('read1')

    def readinto(self, b):
        """Read into the writable buffer b and return the number of bytes, 0 at the end."""
        return self._readinto(b, read1=False)

    def readinto1(self, b):
        """As readinto(), with at most one read of the raw stream."""
        return self._readinto(b, read1=True)

    def _readinto(self, b, read1):
        space = _flat(b)
        data = (self.read1 if read1 else self.read)(len(space))
        space[:len(data)] = data
        return len(data)

    def write(self, b):
        """Write the buffer b and return its size in bytes."""
        self._unsupported('write')

    def detach(self):
        """Separate the raw stream from this one and return it; this one can no longer be used."""
        self._unsupported('detach')


io.BufferedIOBase.register(BufferedIOBase)


class _BufferedIOMixin(BufferedIOBase):
    """What the streams over one raw stream share: most things are handed on to it."""

    def __init__(self, raw):
        self._raw = raw

    @property
    def raw(self):
        """The raw stream below; None after detach()."""
        return self._raw

    def seek(self, pos, whence=0):
        place = self.raw.seek(pos, whence)
        if place < 0:
            raise OSError('seek() returned an invalid position')
        return place

    def tell(self):
        place = self.raw.tell()
        if place < 0:
            raise OSError('tell() returned an invalid position')
        return place

    def truncate(self, pos=None):
        self.flush()
        return self.raw.truncate(self.tell() if pos is None else pos)

    def flush(self):
        if self.closed:
            raise ValueError('flush on closed file')
        self.raw.flush()

    def close(self):
        if self.raw is None or self.closed:
            return
        try:
            self.flush()
        finally:
            self.raw.close()

    def detach(self):
        raw = self.raw
        if raw is None:
            raise ValueError('raw stream already detached')
        self.flush()
        self._raw = None
        return raw

    def seekable(self):
        return self.raw.seekable()

    def fileno(self):
        return self.raw.fileno()

    def isatty(self):
        return self.raw.isatty()

    @property
    def closed(self):
        return self.raw.closed

    @property
    def name(self):
        """The name of the raw stream."""
        return self.raw.name

    @property
    def mode(self):
        """The mode of the raw stream."""
        return self.raw.mode

    def __getstate__(self):
        raise TypeError(f'cannot pickle {self.__class__.__name__!r} object')

    def __repr__(self):
        kind = f'{self.__class__.__module__}.{self.__class__.__qualname__}'
        try:
            return f'<{kind} name={self.name!r}>'
        except AttributeError:
            return f'<{kind}>'


# ---- bytes in memory ----

class BytesIO(BufferedIOBase):
    """Bytes in memory as a binary stream, that begins with initial_bytes."""

    _buffer = None          # a bytearray; None before __init__

    def __init__(self, initial_bytes=None):
        content = bytearray()
        if initial_bytes is not None:
            content += initial_bytes
        self._buffer = content
        self._pos = 0

    def __getstate__(self):
        if self.closed:
            raise ValueError('__getstate__ on closed file')
        return self.__dict__.copy()

    def _open_for(self, method):
        self._checkClosed('%s on closed file' % method)

    def getvalue(self):
        """Return the whole content as bytes."""
        self._open_for('getvalue')
        return bytes(self._buffer)

    def getbuffer(self):
        """Return a memoryview of the content, that can be written; the size is fixed while it lives."""
        self._open_for('getbuffer')
        return memoryview(self._buffer)

    def close(self):
        if self._buffer is not None:
            self._buffer.clear()
        super().close()

    def read(self, size=-1):
        self._checkClosed('read from closed file')
        count = -1 if size is None else _whole_number(size)
        start = self._pos
        stop = len(self._buffer) if count < 0 else min(start + count, len(self._buffer))
        if start >= stop:
            return b''
        self._pos = stop
        return bytes(self._buffer[start:stop])

    def read1(self, size=-1):
        """The same as read()."""
        return self.read(size)

    def write(self, b):
        self._checkClosed('write to closed file')
        _no_text(b)
        with memoryview(b) as view:
            count = view.nbytes
        if count:
            start = self._pos
            gap = start - len(self._buffer)
            if gap > 0:
                self._buffer += bytes(gap)
            self._buffer[start:start + count] = b
            self._pos = start + count
        return count

    def seek(self, pos, whence=0):
        self._open_for('seek')
        offset = _whole_number(pos)
        if whence == SEEK_SET:
            if offset < 0:
                raise ValueError('negative seek position %r' % (offset,))
            self._pos = offset
        elif whence == SEEK_CUR:
            self._pos = max(0, self._pos + offset)
        elif whence == SEEK_END:
            self._pos = max(0, len(self._buffer) + offset)
        else:
            raise ValueError('unsupported whence value')
        return self._pos

    def tell(self):
        self._open_for('tell')
        return self._pos

    def truncate(self, pos=None):
        self._open_for('truncate')
        size = self._pos if pos is None else _whole_number(pos)
        if size < 0:
            raise ValueError('negative truncate position %r' % (size,))
        del self._buffer[size:]
        return size

    def readable(self):
        self._checkClosed()
        return True

    writable = seekable = readable
