# SPDX-License-Identifier: MIT
"""The streams of the module io, in Python.

io uses the native module _io; what stands here has the same interface and is meant for reading, for experiments and
for checking one implementation against the other.

    IOBase
      RawIOBase        FileIO                                     one call here is one call of the system
      BufferedIOBase   BytesIO, BufferedReader, BufferedWriter,
                       BufferedRandom, BufferedRWPair             bytes, with a buffer before a raw stream
      TextIOBase       TextIOWrapper, StringIO                    text, decoded from and encoded to a buffered stream

Down to BytesIO they are in _pyio_base.  The buffered streams may be used by several threads, but not again from within a call of themselves (a signal handler,
say).  The text streams have no lock.
"""

import os
import codecs
import errno
import stat
import sys

from _thread import allocate_lock as Lock
import io
from io import open_code, SEEK_SET, SEEK_CUR, SEEK_END, BlockingIOError, UnsupportedOperation, __all__
from _pyio_base import (BufferedIOBase, BytesIO, DEFAULT_BUFFER_SIZE, IOBase, RawIOBase, _BufferedIOMixin, _flat, _no_text,
                        _whole_number)

if sys.platform in {'win32', 'cygwin'}:
    from msvcrt import setmode as _setmode
else:
    _setmode = None

valid_seek_flags = {SEEK_SET, SEEK_CUR, SEEK_END}
if hasattr(os, 'SEEK_HOLE'):
    valid_seek_flags |= {os.SEEK_HOLE, os.SEEK_DATA}

# ---- open() ----

def _split_mode(mode):
    """Return the letters of the mode of open() as a set, or raise ValueError."""
    letters = set(mode)
    if len(mode) > len(letters) or letters - set('axrwb+tU'):
        raise ValueError('invalid mode: %r' % mode)
    if 'U' in letters:
        if letters & set('xwa+'):
            raise ValueError("mode U cannot be combined with 'x', 'w', 'a', or '+'")
        import warnings
        warnings.warn("'U' mode is deprecated", DeprecationWarning, 3)
        letters.add('r')
    if {'t', 'b'} <= letters:
        raise ValueError("can't have text and binary mode at once")
    kinds = len(letters & set('xrwa'))
    if kinds > 1:
        raise ValueError("can't have read/write/append mode at once")
    if not kinds:
        raise ValueError('must have exactly one of read/write/append mode')
    return letters


def _check_open_arguments(file, mode, buffering, encoding, errors):
    if not isinstance(file, (str, bytes, int)):
        raise TypeError('invalid file: %r' % file)
    for name, value, kind in (('mode', mode, str), ('buffering', buffering, int)):
        if not isinstance(value, kind):
            raise TypeError('invalid %s: %r' % (name, value))
    for name, value in (('encoding', encoding), ('errors', errors)):
        if value is not None and not isinstance(value, str):
            raise TypeError('invalid %s: %r' % (name, value))


def _check_binary_arguments(encoding, errors, newline, buffering):
    for phrase, value in (('an encoding', encoding), ('an errors', errors), ('a newline', newline)):
        if value is not None:
            raise ValueError("binary mode doesn't take %s argument" % phrase)
    if buffering == 1:
        import warnings
        warnings.warn("line buffering (buffering=1) isn't supported in binary mode, "
                      'the default buffer size will be used', RuntimeWarning, 3)


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    r"""Open a file and return a stream.

    file: a path (str, bytes or path-like), or the number of an open file descriptor.
    mode: 'r' to read (the default), 'w' to write an emptied file, 'x' to make a new one, 'a' to write at its end;
        '+' adds the other direction; 't' is text (the default), 'b' bytes.  'U' is 'r' and deprecated.
    buffering: 0 for none (bytes only), 1 for flushing after each line (text only), more for the size of the buffer
        in bytes.  With -1 a terminal is flushed after each line; other files have a buffer of one block.
    encoding, errors: for text, the encoding (default: locale.getpreferredencoding(False)) and what is done with
        characters that it cannot express (default: 'strict').
    newline: for text, how lines end.  Read: None takes '\n', '\r' and '\r\n' for an end and gives '\n'; '' takes all
        three and gives what is there; '\n', '\r' or '\r\n' take only that.  Write: None writes os.linesep for
        '\n'; '' and '\n' change nothing; others stand for each '\n'.
    closefd: False leaves a given file descriptor open when the stream is closed.
    opener: called with path and flags, returns the file descriptor.

    The result is a TextIOWrapper for text; for bytes a BufferedReader, BufferedWriter or BufferedRandom, or a FileIO
    without buffer.  Errors of the system raise OSError; arguments that exclude each other ValueError.
    """
    if not isinstance(file, int):
        file = os.fspath(file)
    _check_open_arguments(file, mode, buffering, encoding, errors)
    letters = _split_mode(mode)
    binary = 'b' in letters
    if binary:
        _check_binary_arguments(encoding, errors, newline, buffering)
    raw = FileIO(file, ''.join(letter for letter in 'xrwa+' if letter in letters), closefd, opener=opener)
    result = raw
    try:
        by_line = not binary and buffering == 1
        if buffering < 0 and raw.isatty():
            by_line = True
        if buffering < 0 or buffering == 1:
            buffering = raw._blksize
        if buffering == 0:
            if binary:
                return raw
            raise ValueError("can't have unbuffered text I/O")
        if '+' in letters:
            result = BufferedRandom(raw, buffering)
        else:
            result = (BufferedReader if 'r' in letters else BufferedWriter)(raw, buffering)
        if not binary:
            result = TextIOWrapper(result, encoding, errors, newline, by_line)
            result.mode = mode
        return result
    except:
        result.close()
        raise


def _open_code_with_warning(path):
    """Open a file of code to read its bytes, and warn that hooks for this are passed by."""
    import warnings
    warnings.warn('_pyio.open_code() may not be using hooks', RuntimeWarning, 2)
    return open(path, 'rb')


class DocDescriptor:
    """The docstring of OpenWrapper: the one of open()."""

    def __get__(self, obj, typ=None):
        signature = "open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True)"
        return signature + '\n\n' + open.__doc__


class OpenWrapper:
    """open(), in a form that does not turn into a method when it is kept in a class."""

    __doc__ = DocDescriptor()

    def __new__(cls, *args, **kwargs):
        return open(*args, **kwargs)


# ---- buffered streams over a raw one ----

class BufferedReader(_BufferedIOMixin):
    """A buffer of buffer_size bytes to read from a raw stream that can be read.

    What was read ahead is _ahead from _used on.
    """

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.readable():
            raise OSError('"raw" argument must be readable.')
        super().__init__(raw)
        if buffer_size <= 0:
            raise ValueError('invalid buffer size')
        self.buffer_size = buffer_size
        self._reset_read_buf()
        self._read_lock = Lock()

    def readable(self):
        return self.raw.readable()

    def _reset_read_buf(self):
        """Forget what was read ahead."""
        self._ahead = b''
        self._used = 0

    def _take(self, count):
        """Remove up to count bytes from what was read ahead and return them."""
        start = self._used
        piece = self._ahead[start:start + count]
        self._used = start + len(piece)
        return piece

    def _read_raw(self, count):
        """Read up to count bytes from the raw stream: bytes, b'' at the end, None if there is nothing yet."""
        piece = self.raw.read(count)
        if piece is not None and not isinstance(piece, bytes):
            piece = bytes(piece)
        return piece

    def read(self, size=None):
        """Return size bytes, fewer only at the end or if the rest would have to be waited for.

        Without a size, or with -1, all that is left.  None if nothing at all is there yet.
        """
        if size is not None and size < -1:
            raise ValueError('invalid number of bytes to read')
        with self._read_lock:
            return self._read_unlocked(size)

    def _read_unlocked(self, n=None):
        if n is None or n == -1:
            return self._read_rest()
        missing = n - (len(self._ahead) - self._used)
        if missing <= 0:
            return self._take(n)
        pieces = [self._take(n)]
        piece = b''
        while missing > 0:
            piece = self._read_raw(max(self.buffer_size, missing))
            if not piece:
                break
            pieces.append(piece)
            missing -= len(piece)
        whole = b''.join(pieces)
        self._ahead, self._used = whole[n:], 0
        if not whole and n:
            return piece
        return whole[:n]

    def _read_rest(self):
        pieces = [self._ahead[self._used:]]
        self._reset_read_buf()
        readall = getattr(self.raw, 'readall', None)
        if readall is not None:
            last = readall()
            if last:
                pieces.append(last)
        else:
            while True:
                last = self.raw.read()
                if not last:
                    break
                pieces.append(last)
        whole = b''.join(pieces)
        return whole if whole else last

    def peek(self, size=0):
        """Return bytes that come next without moving on: at least one, if not at the end; size is only a hint."""
        with self._read_lock:
            return self._peek_unlocked(size)

    def _peek_unlocked(self, n=0):
        wanted = min(n, self.buffer_size)
        have = len(self._ahead) - self._used
        if have == 0 or have < wanted:
            piece = self._read_raw(self.buffer_size - have)
            if piece:
                self._ahead = self._ahead[self._used:] + piece
                self._used = 0
        return self._ahead[self._used:]

    def read1(self, size=-1):
        """Return up to size bytes with at most one read of the raw stream, and none if the buffer is not empty.

        A negative size stands for the size of the buffer.
        """
        if size < 0:
            size = self.buffer_size
        if not size:
            return b''
        with self._read_lock:
            self._peek_unlocked(1)
            return self._take(size)

    def _readinto(self, buf, read1):
        space = _flat(buf)
        filled = 0
        with self._read_lock:
            while filled < len(space):
                rest = len(space) - filled
                piece = self._take(rest)
                if piece:
                    space[filled:filled + len(piece)] = piece
                    filled += len(piece)
                    continue
                if rest > self.buffer_size:
                    count = self.raw.readinto(space[filled:])
                    if not count:
                        break
                    filled += count
                elif read1 and filled or not self._peek_unlocked(1):
                    break
                if read1 and filled:
                    break
        return filled

    def tell(self):
        return super().tell() - (len(self._ahead) - self._used)

    def seek(self, pos, whence=0):
        if whence not in valid_seek_flags:
            raise ValueError('invalid whence value')
        with self._read_lock:
            if whence == SEEK_CUR:
                pos -= len(self._ahead) - self._used
            pos = super().seek(pos, whence)
            self._reset_read_buf()
            return pos


class BufferedWriter(_BufferedIOMixin):
    """A buffer of buffer_size bytes to write to a raw stream that can be written."""

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if not raw.writable():
            raise OSError('"raw" argument must be writable.')
        super().__init__(raw)
        if buffer_size <= 0:
            raise ValueError('invalid buffer size')
        self.buffer_size = buffer_size
        self._held = bytearray()
        self._write_lock = Lock()

    def writable(self):
        return self.raw.writable()

    def write(self, b):
        """Take all the bytes of b and return their number.

        On a stream that does not wait, BlockingIOError may be raised; its characters_written says how many are kept.
        """
        _no_text(b)
        with self._write_lock:
            if self.closed:
                raise ValueError('write to closed file')
            if len(self._held) > self.buffer_size:      # left by a write that failed
                self._flush_unlocked()
            before = len(self._held)
            self._held += b
            taken = len(self._held) - before
            if len(self._held) > self.buffer_size:
                try:
                    self._flush_unlocked()
                except BlockingIOError as error:
                    excess = len(self._held) - self.buffer_size
                    if excess > 0:
                        del self._held[self.buffer_size:]
                        raise BlockingIOError(error.errno, error.strerror, taken - excess)
            return taken

    def truncate(self, pos=None):
        with self._write_lock:
            self._flush_unlocked()
            return self.raw.truncate(self.raw.tell() if pos is None else pos)

    def flush(self):
        with self._write_lock:
            self._flush_unlocked()

    def _flush_unlocked(self):
        if self.closed:
            raise ValueError('flush on closed file')
        while self._held:
            try:
                count = self.raw.write(self._held)
            except BlockingIOError:
                raise RuntimeError('self.raw should implement RawIOBase: it should not raise BlockingIOError')
            if count is None:
                raise BlockingIOError(errno.EAGAIN, 'write could not complete without blocking', 0)
            if not 0 <= count <= len(self._held):
                raise OSError('write() returned incorrect number of bytes')
            del self._held[:count]

    def tell(self):
        return super().tell() + len(self._held)

    def seek(self, pos, whence=0):
        if whence not in valid_seek_flags:
            raise ValueError('invalid whence value')
        with self._write_lock:
            self._flush_unlocked()
            return super().seek(pos, whence)

    def close(self):
        with self._write_lock:
            if self.raw is None or self.closed:
                return
        try:
            self.flush()            # takes the lock itself; may be a method of a derived class
        finally:
            with self._write_lock:
                self.raw.close()


class BufferedRWPair(BufferedIOBase):
    """Two raw streams, a reader and a writer, as one stream in both directions, with a buffer each.

    For things that cannot seek, such as sockets and pipes; files want BufferedRandom.
    """

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE):
        for name, side, ability in (('reader', reader, 'readable'), ('writer', writer, 'writable')):
            if not getattr(side, ability)():
                raise OSError(f'"{name}" argument must be {ability}.')
        self.reader = BufferedReader(reader, buffer_size)
        self.writer = BufferedWriter(writer, buffer_size)

    # -- one half --

    def read(self, size=-1):
        return self.reader.read(-1 if size is None else size)

    def read1(self, size=-1):
        return self.reader.read1(size)

    def readinto(self, b):
        return self.reader.readinto(b)

    def readinto1(self, b):
        return self.reader.readinto1(b)

    def peek(self, size=0):
        """Return bytes that come next without moving on."""
        return self.reader.peek(size)

    def readable(self):
        return self.reader.readable()

    def write(self, b):
        return self.writer.write(b)

    def flush(self):
        return self.writer.flush()

    def writable(self):
        return self.writer.writable()

    # -- both --

    def close(self):
        try:
            self.writer.close()
        finally:
            self.reader.close()

    def isatty(self):
        return self.reader.isatty() or self.writer.isatty()

    @property
    def closed(self):
        return self.writer.closed


class BufferedRandom(BufferedWriter, BufferedReader):
    """A buffer to read from and write to a raw stream that can seek.

    At any time at most one of the two sides holds bytes.
    """

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        raw._checkSeekable()
        BufferedReader.__init__(self, raw, buffer_size)
        BufferedWriter.__init__(self, raw, buffer_size)

    def _drop_ahead(self):
        """Move the raw stream back to where reading has come to.  Needs the lock for reading."""
        if self._ahead:
            self.raw.seek(self._used - len(self._ahead), SEEK_CUR)
            self._reset_read_buf()

    def seek(self, pos, whence=0):
        if whence not in valid_seek_flags:
            raise ValueError('invalid whence value')
        self.flush()
        with self._read_lock:
            self._drop_ahead()
            pos = self.raw.seek(pos, whence)
            self._reset_read_buf()
        if pos < 0:
            raise OSError('seek() returned invalid position')
        return pos

    def tell(self):
        return BufferedWriter.tell(self) if self._held else BufferedReader.tell(self)

    def truncate(self, pos=None):
        return BufferedWriter.truncate(self, self.tell() if pos is None else pos)

    def write(self, b):
        with self._read_lock:
            self._drop_ahead()
        return BufferedWriter.write(self, b)

    # Before reading, what is held is written.

    def read(self, size=None):
        self.flush()
        return BufferedReader.read(self, size)

    def read1(self, size=-1):
        self.flush()
        return BufferedReader.read1(self, size)

    def readinto(self, b):
        self.flush()
        return BufferedReader.readinto(self, b)

    def readinto1(self, b):
        self.flush()
        return BufferedReader.readinto1(self, b)

    def peek(self, size=0):
        self.flush()
        return BufferedReader.peek(self, size)


# ---- files ----

_MODES = {'r': os.O_RDONLY, 'w': os.O_CREAT | os.O_TRUNC, 'a': os.O_APPEND | os.O_CREAT, 'x': os.O_EXCL | os.O_CREAT}


class FileIO(RawIOBase):
    """A file of the system, without buffer.

    file is a path or the number of an open file descriptor, mode one of 'r', 'w', 'x' and 'a', with '+' for both
    directions; 'b' changes nothing.  opener(file, flags) returns the descriptor in place of os.open().  With closefd
    False close() leaves a given descriptor open.
    """

    _fd = -1
    _created = _readable = _writable = _appending = False
    _seekable = None            # None: not known yet
    _closefd = True

    def __init__(self, file, mode='r', closefd=True, opener=None):
        previous, self._fd = self._fd, -1
        if previous >= 0 and self._closefd:
            os.close(previous)
        if isinstance(file, float):
            raise TypeError('integer argument expected, got float')
        given = file if isinstance(file, int) else -1
        if isinstance(file, int) and file < 0:
            raise ValueError('negative file descriptor')
        flags = self._take_mode(mode)
        opened = None
        try:
            if given < 0:
                if not closefd:
                    raise ValueError('Cannot use closefd=False with file name')
                given = opened = self._open(file, flags, opener)
            self._closefd = closefd
            self._examine(given, file)
            self.name = file
            if self._appending:
                try:
                    os.lseek(given, 0, SEEK_END)
                except OSError as error:
                    if error.errno != errno.ESPIPE:
                        raise
        except:
            if opened is not None:
                os.close(opened)
            raise
        self._fd = given

    def _take_mode(self, mode):
        """Set the attributes that follow from mode and return the flags for os.open()."""
        if not isinstance(mode, str):
            raise TypeError('invalid mode: %s' % (mode,))
        if not set(mode) <= set('xrwab+'):
            raise ValueError('invalid mode: %s' % (mode,))
        kinds = [letter for letter in mode if letter in 'rwax']
        if len(kinds) != 1 or mode.count('+') > 1:
            raise ValueError('Must have exactly one of create/read/write/append mode and at most one plus')
        kind, both = kinds[0], '+' in mode
        self._readable = both or kind == 'r'
        self._writable = both or kind != 'r'
        self._created = kind == 'x'
        self._appending = kind == 'a'
        flags = _MODES[kind] | getattr(os, 'O_BINARY', 0)
        if both:
            return flags | os.O_RDWR
        return flags | (os.O_RDONLY if kind == 'r' else os.O_WRONLY)

    @staticmethod
    def _open(path, flags, opener):
        """Return a new descriptor that programs started from here do not inherit."""
        uninherited = getattr(os, 'O_NOINHERIT', 0) or getattr(os, 'O_CLOEXEC', 0)
        flags |= uninherited
        if opener is None:
            fd = os.open(path, flags, 0o666)
        else:
            fd = opener(path, flags)
            if not isinstance(fd, int):
                raise TypeError('expected integer from opener')
            if fd < 0:
                raise OSError('Negative file descriptor')
        if not uninherited or opener is not None:
            os.set_inheritable(fd, False)
        return fd

    def _examine(self, fd, file):
        """Refuse directories, note the size of a block."""
        status = os.fstat(fd)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), file)
        self._blksize = getattr(status, 'st_blksize', 0)
        if self._blksize <= 1:
            self._blksize = DEFAULT_BUFFER_SIZE
        if _setmode:
            _setmode(fd, os.O_BINARY)

    def __del__(self):
        if self._fd >= 0 and self._closefd and not self.closed:
            import warnings
            warnings.warn('unclosed file %r' % (self,), ResourceWarning, stacklevel=2, source=self)
            self.close()

    def __getstate__(self):
        raise TypeError(f'cannot pickle {self.__class__.__name__!r} object')

    def __repr__(self):
        kind = f'{self.__class__.__module__}.{self.__class__.__qualname__}'
        if self.closed:
            return f'<{kind} [closed]>'
        try:
            who = f'name={self.name!r}'
        except AttributeError:
            who = f'fd={self._fd}'
        return f'<{kind} {who} mode={self.mode!r} closefd={self._closefd!r}>'

    def _checkReadable(self):
        if not self._readable:
            raise UnsupportedOperation('File not open for reading')

    def _checkWritable(self, msg=None):
        if not self._writable:
            raise UnsupportedOperation('File not open for writing')

    def read(self, size=None):
        """Return up to size bytes, what one call of the system gives; without a size, all that is left.

        b'' means the end; None that there is nothing yet.
        """
        self._checkClosed()
        self._checkReadable()
        whole = size is None or size < 0
        try:
            return self.readall() if whole else os.read(self._fd, size)
        except BlockingIOError:
            return None

    def readall(self):
        """Read to the end and return the bytes; None if there is nothing yet."""
        self._checkClosed()
        self._checkReadable()
        room = DEFAULT_BUFFER_SIZE
        try:                            # one more byte than is left finds the end with the first call
            left = os.fstat(self._fd).st_size - os.lseek(self._fd, 0, SEEK_CUR)
            room = max(left, 0) + 1
        except OSError:
            pass
        content = bytearray()
        while True:
            if len(content) >= room:
                room = len(content) + max(len(content), DEFAULT_BUFFER_SIZE)
            try:
                piece = os.read(self._fd, room - len(content))
            except BlockingIOError:
                if content:
                    break
                return None
            if not piece:
                break
            content += piece
        return bytes(content)

    def readinto(self, b):
        space = _flat(b)
        data = self.read(len(space))
        if data is None:
            return None
        space[:len(data)] = data
        return len(data)

    def write(self, b):
        """Write the buffer b with one call of the system; return how many bytes were taken, None if none could be."""
        self._checkClosed()
        self._checkWritable()
        try:
            return os.write(self._fd, b)
        except BlockingIOError:
            return None

    def seek(self, pos, whence=0):
        if isinstance(pos, float):
            raise TypeError('an integer is required')
        self._checkClosed()
        return os.lseek(self._fd, pos, whence)

    def tell(self):
        self._checkClosed()
        return os.lseek(self._fd, 0, SEEK_CUR)

    def truncate(self, size=None):
        """Make the file size bytes long (default: up to the position) and return that."""
        self._checkClosed()
        self._checkWritable()
        length = self.tell() if size is None else size
        os.ftruncate(self._fd, length)
        return length

    def close(self):
        """Close the stream, and the descriptor unless closefd was False.  A second call does nothing."""
        if self.closed:
            return
        try:
            if self._closefd:
                os.close(self._fd)
        finally:
            super().close()

    def seekable(self):
        self._checkClosed()
        if self._seekable is None:
            try:
                self.tell()
            except OSError:
                self._seekable = False
            else:
                self._seekable = True
        return self._seekable

    def readable(self):
        self._checkClosed()
        return self._readable

    def writable(self):
        self._checkClosed()
        return self._writable

    def fileno(self):
        self._checkClosed()
        return self._fd

    def isatty(self):
        self._checkClosed()
        return os.isatty(self._fd)

    @property
    def closefd(self):
        """Whether close() closes the descriptor."""
        return self._closefd

    @property
    def mode(self):
        """The mode, in one of the forms rb, rb+, wb, ab, ab+, xb, xb+."""
        if self._created or self._appending:
            return ('xb' if self._created else 'ab') + '+' * self._readable
        if self._readable:
            return 'rb' + '+' * self._writable
        return 'wb'


# ---- text ----

class TextIOBase(IOBase):
    """Text: positions, sizes and lines are in characters, and what is read and written is str."""

    def read(self, size=-1):
        """Return up to size characters, all that are left with a negative size; '' at the end."""
        self._unsupported('read')

    def write(self, s):
        """Write the text s and return its length."""
        self._unsupported('write')

    def truncate(self, pos=None):
        """Cut the stream off at pos (default: the position) and return its size."""
        self._unsupported('truncate')

    def readline(self):
        """Return the next line with its end; '' at the end of the stream."""
        self._unsupported('readline')

    def detach(self):
        """Separate the stream below from this one and return it; this one can no longer be used."""
        self._unsupported('detach')

    @property
    def encoding(self):
        """The name of the encoding, or None."""
        return None

    @property
    def newlines(self):
        """The kinds of line ends read so far: None, a str, or a tuple of them."""
        return None

    @property
    def errors(self):
        """How errors of encoding and decoding are dealt with, or None."""
        return None


io.TextIOBase.register(TextIOBase)


class IncrementalNewlineDecoder(codecs.IncrementalDecoder):
    r"""A decoder that notes the kinds of line ends behind another decoder, and makes them '\n' if translate is true.

    decoder may be None: then text goes in.  A '\r' at the end of a piece is held back until it is known whether '\n'
    follows.
    """

    _LF, _CR, _CRLF = 1, 2, 4

    def __init__(self, decoder, translate, errors='strict'):
        super().__init__(errors=errors)
        self.decoder = decoder
        self.translate = translate
        self._seen = 0
        self._held_cr = False

    def decode(self, input, final=False):
        text = input if self.decoder is None else self.decoder.decode(input, final=final)
        if self._held_cr and (text or final):
            text = '\r' + text
            self._held_cr = False
        if text.endswith('\r') and not final:
            text = text[:-1]
            self._held_cr = True
        if '\r' not in text:
            if '\n' in text:
                self._seen |= self._LF
            return text
        pairs = text.count('\r\n')
        for kind, count in ((self._CRLF, pairs), (self._CR, text.count('\r') - pairs),
                            (self._LF, text.count('\n') - pairs)):
            if count:
                self._seen |= kind
        if self.translate:
            text = text.replace('\r\n', '\n').replace('\r', '\n')
        return text

    def getstate(self):
        held, flags = (b'', 0) if self.decoder is None else self.decoder.getstate()
        return held, flags * 2 + self._held_cr

    def setstate(self, state):
        held, flags = state
        self._held_cr = bool(flags % 2)
        if self.decoder is not None:
            self.decoder.setstate((held, flags // 2))

    def reset(self):
        self._seen = 0
        self._held_cr = False
        if self.decoder is not None:
            self.decoder.reset()

    @property
    def newlines(self):
        """The kinds of line ends seen: None, a str, or a tuple of them."""
        kinds = [end for bit, end in ((self._CR, '\r'), (self._LF, '\n'), (self._CRLF, '\r\n')) if self._seen & bit]
        if len(kinds) > 1:
            return tuple(kinds)
        return kinds[0] if kinds else None


def _default_encoding(buffer):
    """Return the encoding of the terminal below buffer, else that of the locale."""
    try:
        encoding = os.device_encoding(buffer.fileno())
    except (AttributeError, UnsupportedOperation):
        encoding = None
    if encoding is None:
        try:
            import locale
        except ImportError:             # the interpreter is being built, or ends
            return 'ascii'
        encoding = locale.getpreferredencoding(False)
    return encoding


class TextIOWrapper(TextIOBase):
    r"""Text over a buffered stream of bytes.

    encoding, errors and newline are as for open().  With line_buffering, flush() follows each write that has a
    '\n' or '\r'.  With write_through nothing is held back; here that is always so.

    Reading: _text holds decoded characters, of which the first _taken have been given out.  _mark is (flags, input):
    the state of the decoder before _text, and the bytes given to it since; None when the position is known without.
    """

    _CHUNK_SIZE = 2048
    _buffer = None              # for __repr__ and __del__ before __init__ is through

    def __init__(self, buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        self._check_newline(newline)
        if encoding is None:
            encoding = _default_encoding(buffer)
        if not isinstance(encoding, str):
            raise ValueError('invalid encoding: %r' % encoding)
        if not codecs.lookup(encoding)._is_text_encoding:
            raise LookupError('%r is not a text encoding; use codecs.open() to handle arbitrary codecs' % encoding)
        if errors is None:
            errors = 'strict'
        elif not isinstance(errors, str):
            raise ValueError('invalid errors: %r' % errors)
        self._buffer = buffer
        self._set_decoded_chars('')
        self._mark = None
        self._can_seek = self._can_tell = buffer.seekable()
        self._read_piece = 'read1' if hasattr(buffer, 'read1') else 'read'
        self._configure(encoding, errors, newline, line_buffering, write_through)

    # -- settings --

    def _check_newline(self, newline):
        if newline is not None and not isinstance(newline, str):
            raise TypeError('illegal newline type: %r' % (type(newline),))
        if newline not in (None, '', '\n', '\r', '\r\n'):
            raise ValueError('illegal newline value: %r' % (newline,))

    def _configure(self, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False):
        self._encoding = encoding
        self._errors = errors
        self._encoder = self._decoder = None
        self._read_end = newline                        # as given
        self._write_end = newline or os.linesep         # what stands for '\n' when _write_translate
        self._write_translate = newline != ''
        self._line_buffering = line_buffering
        self._write_through = write_through
        if self._can_seek and self.writable() and self.buffer.tell() != 0:
            try:
                self._get_encoder().setstate(0)         # no mark at the start when appending
            except LookupError:
                pass

    def reconfigure(self, *, encoding=None, errors=None, newline=Ellipsis, line_buffering=None, write_through=None):
        """Change settings; those not given stay (errors becomes 'strict' if only an encoding is given).

        After something has been read, encoding, errors and newline cannot change: UnsupportedOperation is raised.
        """
        changed = encoding is not None or errors is not None or newline is not Ellipsis
        if changed and self._decoder is not None:
            raise UnsupportedOperation('It is not possible to set the encoding or newline of stream after the first read')
        if errors is None:
            errors = self._errors if encoding is None else 'strict'
        elif not isinstance(errors, str):
            raise TypeError('invalid errors: %r' % errors)
        if encoding is None:
            encoding = self._encoding
        elif not isinstance(encoding, str):
            raise TypeError('invalid encoding: %r' % encoding)
        if newline is Ellipsis:
            newline = self._read_end
        self._check_newline(newline)
        by_line = self._line_buffering if line_buffering is None else line_buffering
        through = self._write_through if write_through is None else write_through
        self.flush()
        self._configure(encoding, errors, newline, by_line, through)

    @property
    def encoding(self):
        return self._encoding

    @property
    def errors(self):
        return self._errors

    @property
    def line_buffering(self):
        """Whether a line end written flushes."""
        return self._line_buffering

    @property
    def write_through(self):
        """Whether nothing is held back in this object."""
        return self._write_through

    @property
    def newlines(self):
        return getattr(self._decoder, 'newlines', None)

    # -- the stream below --

    @property
    def buffer(self):
        """The stream of bytes below; None after detach()."""
        return self._buffer

    @property
    def name(self):
        """The name of the stream below."""
        return self.buffer.name

    @property
    def closed(self):
        return self.buffer.closed

    def __repr__(self):
        words = [f'{self.__class__.__module__}.{self.__class__.__qualname__}']
        for attribute in 'name', 'mode':
            try:
                words.append(f'{attribute}={getattr(self, attribute)!r}')
            except AttributeError:
                pass
        return f'<{" ".join(words)} encoding={self.encoding!r}>'

    def seekable(self):
        if self.closed:
            raise ValueError('I/O operation on closed file.')
        return self._can_seek

    def readable(self):
        return self.buffer.readable()

    def writable(self):
        return self.buffer.writable()

    def fileno(self):
        return self.buffer.fileno()

    def isatty(self):
        return self.buffer.isatty()

    def flush(self):
        self.buffer.flush()
        self._can_tell = self._can_seek

    def close(self):
        if self.buffer is None or self.closed:
            return
        try:
            self.flush()
        finally:
            self.buffer.close()

    def detach(self):
        buffer = self.buffer
        if buffer is None:
            raise ValueError('buffer is already detached')
        self.flush()
        self._buffer = None
        return buffer

    # -- writing --

    def _get_encoder(self):
        """Make the encoder."""
        self._encoder = codecs.getincrementalencoder(self._encoding)(self._errors)
        return self._encoder

    def write(self, s):
        if self.closed:
            raise ValueError('write to closed file')
        if not isinstance(s, str):
            raise TypeError("can't write %s to text stream" % s.__class__.__name__)
        count = len(s)
        ends_line = self._line_buffering and ('\n' in s or '\r' in s)
        if self._write_translate and self._write_end != '\n' and '\n' in s:
            s = s.replace('\n', self._write_end)
        encoder = self._encoder or self._get_encoder()
        self.buffer.write(encoder.encode(s))
        if ends_line:
            self.flush()
        self._forget()
        if self._decoder:
            self._decoder.reset()
        return count

    def truncate(self, pos=None):
        self.flush()
        return self.buffer.truncate(self.tell() if pos is None else pos)

    # -- reading --

    def _get_decoder(self):
        """Make the decoder, with one for line ends behind it where that is needed."""
        decoder = codecs.getincrementaldecoder(self._encoding)(self._errors)
        if not self._read_end:                          # None or ''
            decoder = IncrementalNewlineDecoder(decoder, self._read_end is None)
        self._decoder = decoder
        return decoder

    def _set_decoded_chars(self, chars):
        self._text = chars
        self._taken = 0

    def _forget(self):
        """Drop what was decoded ahead."""
        self._set_decoded_chars('')
        self._mark = None

    def _get_decoded_chars(self, n=None):
        """Take up to n of the decoded characters, all without n."""
        start = self._taken
        piece = self._text[start:] if n is None else self._text[start:start + n]
        self._taken = start + len(piece)
        return piece

    def _rewind_decoded_chars(self, n):
        """Give the last n characters back."""
        if n > self._taken:
            raise AssertionError('rewind decoded_chars out of bounds')
        self._taken -= n

    def _read_chunk(self):
        """Decode the next piece of input into _text; return whether that was not the end."""
        if self._decoder is None:
            raise ValueError('no decoder')
        if self._can_tell:              # else nobody asks for the position
            held, flags = self._decoder.getstate()
        data = getattr(self.buffer, self._read_piece)(self._CHUNK_SIZE)
        self._set_decoded_chars(self._decoder.decode(data, not data))
        if self._can_tell:
            self._mark = flags, held + data
        return bool(data)

    def read(self, size=None):
        """Return up to size characters; all that are left without size or with a negative one."""
        self._checkReadable()
        size = -1 if size is None else _whole_number(size)
        decoder = self._decoder or self._get_decoder()
        if size < 0:
            text = self._get_decoded_chars() + decoder.decode(self.buffer.read(), final=True)
            self._forget()
            return text
        pieces = [self._get_decoded_chars(size)]
        missing = size - len(pieces[0])
        more = True
        while missing and more:
            more = self._read_chunk()
            pieces.append(self._get_decoded_chars(missing))
            missing -= len(pieces[-1])
        return ''.join(pieces)

    def _find_end(self, text, start):
        """Return the index after the first line end in text from start on, -1 if there is none."""
        if self._read_end != '':
            end = self._read_end or '\n'
            at = text.find(end, start)
            return at if at < 0 else at + len(end)
        newline, carriage = text.find('\n', start), text.find('\r', start)
        if carriage < 0 or 0 <= newline < carriage:
            return newline if newline < 0 else newline + 1
        return carriage + (2 if newline == carriage + 1 else 1)

    def readline(self, size=None):
        """Return the next line with its end, at most size characters of it; '' at the end of the stream."""
        if self.closed:
            raise ValueError('read from closed file')
        limit = -1 if size is None else _whole_number(size)
        if self._decoder is None:
            self._get_decoder()
        line = self._get_decoded_chars()
        searched = 0
        while True:
            end = self._find_end(line, searched)
            if end < 0 and 0 <= limit <= len(line):
                end = limit
            if end >= 0:
                break
            searched = max(len(line) - 1, 0)            # a line end of two characters may be cut in half
            more = True
            while more and not self._text_left():
                more = self._read_chunk()
            if not self._text_left():
                self._forget()                          # the end: what there is is the line
                return line
            line += self._get_decoded_chars()
        if 0 <= limit < end:
            end = limit
        self._rewind_decoded_chars(len(line) - end)
        return line[:end]

    def _text_left(self):
        return self._taken < len(self._text)

    def __next__(self):
        self._can_tell = False          # remembering the state of the decoder for each piece is not worth it
        line = self.readline()
        if not line:
            self._mark = None
            self._can_tell = self._can_seek
            raise StopIteration
        return line

    # -- the position --

    # A position is a number that holds five: a byte where decoding can start, the flags of the decoder there, and how
    # to get from there to the character: bytes to give to it, whether the input ends then, and characters to skip.

    def _pack_cookie(self, position, dec_flags=0, bytes_to_feed=0, need_eof=0, chars_to_skip=0):
        return sum(part << 64 * place for place, part in
                   enumerate((position, dec_flags, bytes_to_feed, chars_to_skip, bool(need_eof))))

    def _unpack_cookie(self, bigint):
        parts = [bigint >> 64 * place & 0xffffffffffffffff for place in range(4)]
        position, dec_flags, bytes_to_feed, chars_to_skip = parts
        return position, dec_flags, bytes_to_feed, bool(bigint >> 256), chars_to_skip

    def tell(self):
        """Return the position as a number for seek(), that means nothing else."""
        if not self._can_seek:
            raise UnsupportedOperation('underlying stream is not seekable')
        if not self._can_tell:
            raise OSError('telling position disabled by next() call')
        self.flush()
        position = self.buffer.tell()
        decoder = self._decoder
        if decoder is None or self._mark is None:
            if self._text:
                raise AssertionError('pending decoded text')
            return position
        flags, data = self._mark
        position -= len(data)
        if not self._taken:
            return self._pack_cookie(position, flags)
        saved = decoder.getstate()
        try:
            return self._locate(decoder, position, flags, data, self._taken)
        finally:
            decoder.setstate(saved)

    def _locate(self, decoder, position, flags, data, skip):
        """Return the cookie of the character number skip of the text that data at position gives.

        The longest start of data that gives no more characters than that is found by bisection.  From there back is
        the next place where the decoder holds no bytes; the rest of the way is made byte by byte.
        """
        def characters(count):
            decoder.setstate((b'', flags))
            return len(decoder.decode(data[:count]))

        low, high = 0, len(data) + 1        # characters(low) <= skip; high is too long
        while high - low > 1:
            middle = (low + high) // 2
            if characters(middle) <= skip:
                low = middle
            else:
                high = middle
        safe_flags, given = flags, 0
        while low:
            given = characters(low)
            held, safe_flags = decoder.getstate()
            if not held:
                break
            low -= len(held)
        if low <= 0:
            low, given, safe_flags = 0, 0, flags
        skip -= given
        if not skip:
            return self._pack_cookie(position + low, safe_flags)
        decoder.setstate((b'', safe_flags))
        given = 0
        for fed in range(1, len(data) - low + 1):
            given += len(decoder.decode(data[low + fed - 1:low + fed]))
            if given >= skip:
                return self._pack_cookie(position + low, safe_flags, fed, False, skip)
        given += len(decoder.decode(b'', final=True))
        if given < skip:
            raise OSError("can't reconstruct logical file position")
        return self._pack_cookie(position + low, safe_flags, len(data) - low, True, skip)

    def _reset_encoder(self, position):
        """Prepare the encoder for writing at position: a mark at the start of the stream is due only there."""
        try:
            encoder = self._encoder or self._get_encoder()
        except LookupError:                 # an encoding that can only be read
            return
        if position:
            encoder.setstate(0)
        else:
            encoder.reset()

    def seek(self, cookie, whence=0):
        """Move to a position that tell() has given, to the start (0), or with whence 2 and 0 to the end."""
        if self.closed:
            raise ValueError('tell on closed file')
        if not self._can_seek:
            raise UnsupportedOperation('underlying stream is not seekable')
        if whence == SEEK_CUR:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero cur-relative seeks")
            cookie = self.tell()
        elif whence == SEEK_END:
            if cookie != 0:
                raise UnsupportedOperation("can't do nonzero end-relative seeks")
            return self._seek_end()
        elif whence != SEEK_SET:
            raise ValueError('unsupported whence (%r)' % (whence,))
        if cookie < 0:
            raise ValueError('negative seek position %r' % (cookie,))
        self.flush()
        position, flags, feed, eof, skip = self._unpack_cookie(cookie)
        self.buffer.seek(position)
        self._forget()
        if cookie == 0 and self._decoder:
            self._decoder.reset()
        elif self._decoder or flags or skip:
            decoder = self._decoder or self._get_decoder()
            decoder.setstate((b'', flags))
            self._mark = flags, b''
        if skip:
            data = self.buffer.read(feed)
            self._set_decoded_chars(decoder.decode(data, eof))
            self._mark = flags, data
            if len(self._text) < skip:
                raise OSError("can't restore logical file position")
            self._taken = skip
        self._reset_encoder(cookie)
        return cookie

    def _seek_end(self):
        self.flush()
        position = self.buffer.seek(0, SEEK_END)
        self._forget()
        if self._decoder:
            self._decoder.reset()
        self._reset_encoder(position)
        return position


class StringIO(TextIOWrapper):
    r"""Text in memory as a stream, that begins with initial_value.

    newline is as for open(), but None writes '\n', whatever the system.
    """

    def __init__(self, initial_value='', newline='\n'):
        super().__init__(BytesIO(), encoding='utf-8', errors='surrogatepass', newline=newline)
        if newline is None:
            self._write_translate = False
        if initial_value is not None:
            if not isinstance(initial_value, str):
                raise TypeError('initial_value must be str or None, not %s' % type(initial_value).__name__)
            self.write(initial_value)
            self.seek(0)

    def getvalue(self):
        """Return the whole content."""
        self.flush()
        decoder = self._decoder or self._get_decoder()
        saved = decoder.getstate()
        decoder.reset()
        try:
            return decoder.decode(self.buffer.getvalue(), final=True)
        finally:
            decoder.setstate(saved)

    def __repr__(self):
        return object.__repr__(self)    # that of the base class has nothing to say here

    @property
    def encoding(self):
        return None

    @property
    def errors(self):
        return None

    def detach(self):
        self._unsupported('detach')
