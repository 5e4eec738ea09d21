# SPDX-License-Identifier: MIT
"""Files and data compressed with bzip2: open(), BZ2File, compress(), decompress(); bit by bit, BZ2Compressor and
BZ2Decompressor, from the native _bz2."""
__all__ = ['BZ2File', 'BZ2Compressor', 'BZ2Decompressor', 'open', 'compress', 'decompress']

from builtins import open as _builtin_open
import io
import _compression
from _bz2 import BZ2Compressor, BZ2Decompressor
from _compression import _MODE_CLOSED, _MODE_READ, _MODE_WRITE

_sentinel = object()


class BZ2File(_compression.CompressedFile):
    """A binary file compressed with bzip2."""

    def __init__(self, filename, mode='r', buffering=_sentinel, compresslevel=9):
        """filename is a path, or a file, which is not closed with this one.

        mode is 'r' to read, 'w' to write, 'x' to create, 'a' to append; a 'b' may
        follow.  compresslevel, from 1 to 9, is for writing.  buffering is
        ignored.
        """
        self._mode = _MODE_CLOSED       # until all is well, for close()
        self._lock = _compression.RLock()
        if buffering is not _sentinel:
            import warnings
            warnings.warn("Use of 'buffering' argument is deprecated and ignored since Python 3.0.", DeprecationWarning,
                          stacklevel=2)
        if compresslevel not in range(1, 10):
            raise ValueError('compresslevel must be between 1 and 9')
        kind = 'r' if mode == '' else mode[:1] if mode[1:] in ('', 'b') else None
        if kind == 'r':
            self._attach(filename, 'rb', _MODE_READ, reader=lambda fp: _compression.DecompressReader(
                fp, BZ2Decompressor, trailing_error=OSError))
        elif kind is not None and kind in 'wxa':
            self._attach(filename, kind + 'b', _MODE_WRITE, compressor=BZ2Compressor(compresslevel))
        else:
            raise ValueError(f'Invalid mode: {mode!r}')

    @staticmethod
    def _index(size):
        if isinstance(size, int):
            return size
        try:
            return size.__index__()
        except AttributeError:
            raise TypeError('Integer argument expected') from None

    def readline(self, size=-1):
        """Return a line, its end included, of at most size bytes."""
        return super().readline(self._index(size))

    def readlines(self, size=-1):
        """Return a list of lines, until they are size bytes or more together."""
        size = self._index(size)
        with self._lock:
            self._check_can_read()
            return self._buffer.readlines(size)

    def writelines(self, seq):
        """Write each bytes object of an iterable; no line ends are added."""
        with self._lock:
            return super().writelines(seq)


def open(filename, mode='rb', compresslevel=9, encoding=None, errors=None, newline=None):
    """Open a file compressed with bzip2: as BZ2File(), or, with 't' in mode, as text.

    The arguments are those of BZ2File() and of the built-in open().
    """
    return _compression.open_text_or_binary(lambda binary: BZ2File(filename, binary, compresslevel=compresslevel), mode,
                                            encoding, errors, newline)


def compress(data, compresslevel=9):
    """Return data, bytes, compressed, with a level from 1 to 9."""
    worker = BZ2Compressor(compresslevel)
    return worker.compress(data) + worker.flush()


def decompress(data):
    """Return what data, bytes, is when decompressed: one stream or several.

    ValueError if it ends too early; OSError if it is damaged.
    """
    parts = []
    while data:
        worker = BZ2Decompressor()
        try:
            part = worker.decompress(data)
        except OSError:
            if not parts:
                raise
            break               # what follows the streams is no stream
        parts.append(part)
        if not worker.eof:
            raise ValueError('Compressed data ended before the end-of-stream marker was reached')
        data = worker.unused_data
    return b''.join(parts)
