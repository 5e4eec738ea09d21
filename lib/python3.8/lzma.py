# SPDX-License-Identifier: MIT
"""Files and data compressed with LZMA, in the formats .xz and .lzma, or raw: open(), LZMAFile, compress(),
decompress(); bit by bit, LZMACompressor and LZMADecompressor, from the native _lzma."""
__all__ = ['CHECK_NONE', 'CHECK_CRC32', 'CHECK_CRC64', 'CHECK_SHA256', 'CHECK_ID_MAX', 'CHECK_UNKNOWN', 'FILTER_LZMA1',
           'FILTER_LZMA2', 'FILTER_DELTA', 'FILTER_X86', 'FILTER_IA64', 'FILTER_ARM', 'FILTER_ARMTHUMB',
           'FILTER_POWERPC', 'FILTER_SPARC', 'FORMAT_AUTO', 'FORMAT_XZ', 'FORMAT_ALONE', 'FORMAT_RAW', 'MF_HC3',
           'MF_HC4', 'MF_BT2', 'MF_BT3', 'MF_BT4', 'MODE_FAST', 'MODE_NORMAL', 'PRESET_DEFAULT', 'PRESET_EXTREME',
           'LZMACompressor', 'LZMADecompressor', 'LZMAFile', 'LZMAError', 'open', 'compress', 'decompress',
           'is_check_supported']

import builtins
import io
import _compression
from _compression import _MODE_CLOSED, _MODE_READ, _MODE_WRITE
from _lzma import *
from _lzma import _decode_filter_properties, _encode_filter_properties


class LZMAFile(_compression.CompressedFile):
    """A binary file compressed with LZMA."""

    def __init__(self, filename=None, mode='r', *, format=None, check=-1, preset=None, filters=None):
        """filename is a path, or a file, which is not closed with this one.

        mode is 'r' to read, 'w' to write, 'x' to create, 'a' to append; a 'b' may
        follow.  The rest is as for LZMACompressor (format: FORMAT_XZ) or, for
        reading, LZMADecompressor (FORMAT_AUTO).
        """
        self._mode = _MODE_CLOSED       # until all is well, for close()
        self._lock = _compression.RLock()
        kind = mode[:1] if mode and mode[1:] in ('', 'b') else None
        if kind == 'r':
            if check != -1:
                raise ValueError('Cannot specify an integrity check when opening a file for reading')
            if preset is not None:
                raise ValueError('Cannot specify a preset compression level when opening a file for reading')
            options = {'format': FORMAT_AUTO if format is None else format, 'filters': filters}
            self._attach(filename, 'rb', _MODE_READ, reader=lambda fp: _compression.DecompressReader(
                fp, LZMADecompressor, trailing_error=LZMAError, **options))
        elif kind is not None and kind in 'wxa':
            compressor = LZMACompressor(format=FORMAT_XZ if format is None else format, check=check, preset=preset,
                                        filters=filters)
            self._attach(filename, kind + 'b', _MODE_WRITE, compressor=compressor)
        else:
            raise ValueError('Invalid mode: {!r}'.format(mode))

    readinto = _compression.BaseStream.readinto

    def peek(self, size=-1):
        """Return some of the bytes ahead, at least one unless the file is at its end, and stay in place."""
        return super().peek(size)


def open(filename, mode='rb', *, format=None, check=-1, preset=None, filters=None, encoding=None, errors=None,
         newline=None):
    """Open a file compressed with LZMA: as LZMAFile(), or, with 't' in mode, as text.

    The arguments are those of LZMAFile() and of the built-in open().
    """
    return _compression.open_text_or_binary(
        lambda binary: LZMAFile(filename, binary, format=format, check=check, preset=preset, filters=filters), mode,
        encoding, errors, newline)


def compress(data, format=FORMAT_XZ, check=-1, preset=None, filters=None):
    """Return data, bytes, compressed; the arguments are those of LZMACompressor."""
    worker = LZMACompressor(format, check, preset, filters)
    return worker.compress(data) + worker.flush()


def decompress(data, format=FORMAT_AUTO, memlimit=None, filters=None):
    """Return what data, bytes, is when decompressed: one stream or several; the arguments are LZMADecompressor's.

    LZMAError if it is damaged or ends too early.
    """
    parts = []
    while True:
        worker = LZMADecompressor(format, memlimit, filters)
        try:
            part = worker.decompress(data)
        except LZMAError:
            if not parts:
                raise
            break               # what follows the streams is no stream
        parts.append(part)
        if not worker.eof:
            raise LZMAError('Compressed data ended before the end-of-stream marker was reached')
        data = worker.unused_data
        if not data:
            break
    return b''.join(parts)
