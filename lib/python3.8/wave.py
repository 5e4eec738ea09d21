# SPDX-License-Identifier: MIT
"""WAV files, uncompressed: open(file, 'rb') returns a Wave_read, open(file, 'wb') a Wave_write."""
import builtins
import struct
import sys
from chunk import Chunk
from collections import namedtuple
from _soundfile import Reader, Writer

__all__ = ['open', 'openfp', 'Error', 'Wave_read', 'Wave_write']


class Error(Exception):
    """A file is no such file, or methods are called out of order."""


WAVE_FORMAT_PCM = 0x0001
_array_fmts = None, 'b', 'h', None, 'i'

_wave_params = namedtuple('_wave_params', 'nchannels sampwidth framerate nframes comptype compname')


def _swap(data, width):
    """Turn the bytes of each sample round."""
    turned = bytearray(len(data))
    for at in range(width):
        turned[at::width] = data[width - 1 - at::width]
    return bytes(turned)


class Wave_read(Reader):
    """A file that is read: a path or a binary file."""

    _params_type = _wave_params

    def initfp(self, file):
        """Use a file that is open."""
        self._convert = None
        self._soundpos = 0
        self._file = Chunk(file, bigendian=0)
        if self._file.getname() != b'RIFF':
            raise Error('file does not start with RIFF id')
        if self._file.read(4) != b'WAVE':
            raise Error('not a WAVE file')
        self._fmt_chunk_read = 0
        self._data_chunk = None
        while True:
            self._data_seek_needed = 1
            try:
                chunk = Chunk(self._file, bigendian=0)
            except EOFError:
                break
            name = chunk.getname()
            if name == b'fmt ':
                self._read_fmt_chunk(chunk)
                self._fmt_chunk_read = 1
            elif name == b'data':
                if not self._fmt_chunk_read:
                    raise Error('data chunk before fmt chunk')
                self._nframes = chunk.chunksize // self._framesize
                self._data_chunk, self._data_seek_needed = chunk, 0
                break
            chunk.skip()
        if not (self._data_chunk and self._fmt_chunk_read):
            raise Error('fmt chunk and/or data chunk missing')

    def __init__(self, f):
        self._i_opened_the_file = None
        if isinstance(f, str):
            f = self._i_opened_the_file = builtins.open(f, 'rb')
        try:
            self.initfp(f)
        except:
            if f is self._i_opened_the_file:
                f.close()
            raise

    def __del__(self):
        self.close()

    def rewind(self):
        """Go back to the first frame."""
        self._data_seek_needed = 1
        self._soundpos = 0

    def close(self):
        """Close the file, if it was opened here."""
        self._file = None
        file, self._i_opened_the_file = self._i_opened_the_file, None
        if file:
            file.close()

    def getmarkers(self):
        """Return None: there are no markers."""
        return None

    def getmark(self, id):
        """Raise Error: there are no markers."""
        raise Error('no marks')

    def setpos(self, pos):
        """Go to a frame."""
        if not 0 <= pos <= self._nframes:
            raise Error('position not in range')
        self._soundpos = pos
        self._data_seek_needed = 1

    def readframes(self, nframes):
        """Return up to so many frames, as bytes."""
        if self._data_seek_needed:
            self._data_chunk.seek(0, 0)
            start = self._soundpos * self._framesize
            if start:
                self._data_chunk.seek(start, 0)
            self._data_seek_needed = 0
        if nframes == 0:
            return b''
        data = self._data_chunk.read(nframes * self._framesize)
        if self._sampwidth != 1 and sys.byteorder == 'big':
            data = _swap(data, self._sampwidth)
        if self._convert and data:
            data = self._convert(data)
        self._soundpos += len(data) // (self._nchannels * self._sampwidth)
        return data

    def _read_fmt_chunk(self, chunk):
        try:
            kind, self._nchannels, self._framerate, _, _ = struct.unpack('<HHLLH', chunk.read(14))
        except struct.error:
            raise EOFError from None
        if kind != WAVE_FORMAT_PCM:
            raise Error(f'unknown format: {kind!r}')
        try:
            bits, = struct.unpack('<H', chunk.read(2))
        except struct.error:
            raise EOFError from None
        self._sampwidth = (bits + 7) // 8
        if not self._sampwidth:
            raise Error('bad sample width')
        if not self._nchannels:
            raise Error('bad # of channels')
        self._framesize = self._nchannels * self._sampwidth
        self._comptype, self._compname = 'NONE', 'not compressed'


class Wave_write(Writer):
    """A file that is written: a path or a binary file. The parameters are set before the first frame."""

    _error, _params_type = Error, _wave_params

    def __init__(self, f):
        self._i_opened_the_file = None
        if isinstance(f, str):
            f = self._i_opened_the_file = builtins.open(f, 'wb')
        try:
            self.initfp(f)
        except:
            if self._i_opened_the_file:
                f.close()
            raise

    def initfp(self, file):
        """Use a file that is open."""
        self._file = file
        self._convert = None
        self._nchannels = self._sampwidth = self._framerate = self._nframes = 0
        self._nframeswritten = self._datawritten = self._datalength = 0
        self._headerwritten = False

    def _not_begun(self):
        if self._datawritten:
            raise Error('cannot change parameters after starting to write')

    def setframerate(self, framerate):
        """Set the number of frames a second, which is rounded."""
        super().setframerate(framerate)
        self._framerate = int(round(framerate))

    def setcomptype(self, comptype, compname):
        """Set the compression: only 'NONE' is known."""
        self._not_begun()
        if comptype not in ('NONE',):
            raise Error('unsupported compression type')
        self._comptype, self._compname = comptype, compname

    def setparams(self, params):
        """Set all of these, from a tuple (nchannels, sampwidth, framerate, nframes, comptype, compname)."""
        nchannels, sampwidth, framerate, nframes, comptype, compname = params
        self._not_begun()
        self.setcomptype(comptype, compname)
        self.setnframes(nframes)
        for change, value in ((self.setnchannels, nchannels), (self.setsampwidth, sampwidth),
                              (self.setframerate, framerate)):
            change(value)

    def setmark(self, id, pos, name):
        """Raise Error: there are no markers."""
        raise Error('setmark() not supported')

    def getmark(self, id):
        """Raise Error: there are no markers."""
        raise Error('no marks')

    def getmarkers(self):
        """Return None: there are no markers."""
        return None

    def writeframesraw(self, data):
        """Write frames, bytes; the header is not mended if their number was not known."""
        if not isinstance(data, (bytes, bytearray)):
            data = memoryview(data).cast('B')
        self._ensure_header_written(len(data))
        count = len(data) // (self._sampwidth * self._nchannels)
        if self._convert:
            data = self._convert(data)
        if self._sampwidth != 1 and sys.byteorder == 'big':
            data = _swap(data, self._sampwidth)
        self._file.write(data)
        self._datawritten += len(data)
        self._nframeswritten += count

    def writeframes(self, data):
        """Write frames, bytes, and mend the header."""
        self.writeframesraw(data)
        self._patchheader()

    def close(self):
        """Mend the header, and close the file, if it was opened here."""
        target = self._file
        try:
            if target:
                self._ensure_header_written(0)
                self._patchheader()
                target.flush()
        finally:
            self._file = None
            file, self._i_opened_the_file = self._i_opened_the_file, None
            if file:
                file.close()

    def _ensure_header_written(self, datasize):
        if self._headerwritten:
            return
        for value, what in ((self._nchannels, '# channels'), (self._sampwidth, 'sample width'),
                            (self._framerate, 'sampling rate')):
            if not value:
                raise Error(f'{what} not specified')
        self._write_header(datasize)

    def _write_header(self, initlength):
        assert not self._headerwritten
        self._file.write(b'RIFF')
        frame = self._nchannels * self._sampwidth
        if not self._nframes:
            self._nframes = initlength // frame
        self._datalength = self._nframes * frame
        try:
            self._form_length_pos = self._file.tell()
        except (AttributeError, OSError):
            self._form_length_pos = None        # it cannot be mended
        self._file.write(struct.pack('<L4s4sLHHLLHH4s', 36 + self._datalength, b'WAVE', b'fmt ', 16, WAVE_FORMAT_PCM,
                                     self._nchannels, self._framerate, frame * self._framerate, frame,
                                     self._sampwidth * 8, b'data'))
        if self._form_length_pos is not None:
            self._data_length_pos = self._file.tell()
        self._headerwritten = True
        self._file.write(struct.pack('<L', self._datalength))

    def _patchheader(self):
        """Mend the sizes in the header, if they are wrong."""
        if self._datalength == self._datawritten:
            return
        assert self._headerwritten
        here = self._file.tell()
        for place, size in (self._form_length_pos, 36 + self._datawritten), (self._data_length_pos, self._datawritten):
            self._file.seek(place, 0)
            self._file.write(struct.pack('<L', size))
        self._file.seek(here, 0)
        self._datalength = self._datawritten


def open(f, mode=None):
    """Open a path or binary file: 'r' or 'rb' to read, 'w' or 'wb' to write; by default as the file is, or 'rb'."""
    if mode is None:
        mode = getattr(f, 'mode', 'rb')
    if mode in ('r', 'rb'):
        return Wave_read(f)
    if mode in ('w', 'wb'):
        return Wave_write(f)
    raise Error("mode must be 'r', 'rb', 'w', or 'wb'")


def openfp(f, mode=None):
    """Deprecated name of open()."""
    import warnings
    warnings.warn('wave.openfp is deprecated since Python 3.7. Use wave.open instead.', DeprecationWarning, stacklevel=2)
    return open(f, mode=mode)
