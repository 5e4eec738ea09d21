# SPDX-License-Identifier: MIT
"""Sound files of the format AU: open(file, 'rb') returns an Au_read, open(file, 'wb') an Au_write.

The header has six numbers in big-endian order: the magic number, the bytes before the sound, the bytes of sound, the
encoding, the frames a second and the channels; a remark may follow.  Samples are linear, of 1 to 4 bytes, or compressed
by u-law, and then translated both ways; those by a-law are read as they are.
"""

import struct
import warnings
from builtins import open as _open_path
from collections import namedtuple
from _soundfile import Reader, Writer

AUDIO_FILE_MAGIC = 0x2e736e64               # '.snd'
AUDIO_UNKNOWN_SIZE = 0xFFFFFFFF
AUDIO_FILE_ENCODING_MULAW_8 = 1
AUDIO_FILE_ENCODING_LINEAR_8 = 2
AUDIO_FILE_ENCODING_LINEAR_16 = 3
AUDIO_FILE_ENCODING_LINEAR_24 = 4
AUDIO_FILE_ENCODING_LINEAR_32 = 5
AUDIO_FILE_ENCODING_FLOAT = 6
AUDIO_FILE_ENCODING_DOUBLE = 7
AUDIO_FILE_ENCODING_ADPCM_G721 = 23
AUDIO_FILE_ENCODING_ADPCM_G722 = 24
AUDIO_FILE_ENCODING_ADPCM_G723_3 = 25
AUDIO_FILE_ENCODING_ADPCM_G723_5 = 26
AUDIO_FILE_ENCODING_ALAW_8 = 27

_LINEAR = {1: AUDIO_FILE_ENCODING_LINEAR_8, 2: AUDIO_FILE_ENCODING_LINEAR_16,
           3: AUDIO_FILE_ENCODING_LINEAR_24, 4: AUDIO_FILE_ENCODING_LINEAR_32}
_NAMES = {'NONE': 'not compressed', 'ULAW': 'CCITT G.711 u-law', 'ALAW': 'CCITT G.711 A-law'}
_LAWS = {AUDIO_FILE_ENCODING_MULAW_8: 'ULAW', AUDIO_FILE_ENCODING_ALAW_8: 'ALAW'}
_simple_encodings = sorted([*_LAWS, *_LINEAR.values()])

_sunau_params = namedtuple('_sunau_params', 'nchannels sampwidth framerate nframes comptype compname')


class Error(Exception):
    """A file is no such file, or methods are called out of order."""


def _read_u32(file):
    data = file.read(4)
    if len(data) < 4:
        raise EOFError
    return int.from_bytes(data, 'big')


def _write_u32(file, x):
    file.write(x.to_bytes(4, 'big'))


class Au_read(Reader):
    """A file that is read: a path or a binary file."""

    _params_type = _sunau_params
    _file = None

    def __init__(self, f):
        self._opened = isinstance(f, str)
        self.initfp(_open_path(f, 'rb') if self._opened else f)

    def __del__(self):
        self.close()

    def initfp(self, file):
        """Read the header from a binary file."""
        self._file = file
        self._soundpos = 0
        if _read_u32(file) != AUDIO_FILE_MAGIC:
            raise Error('bad magic number')
        self._hdr_size = size = _read_u32(file)
        if size < 24:
            raise Error('header size too small')
        if size > 100:
            raise Error('header size ridiculously large')
        self._data_size = _read_u32(file)
        self._encoding = encoding = _read_u32(file)
        if encoding not in _simple_encodings:
            raise Error('encoding not (yet) supported')
        if encoding in _LAWS:
            self._sampwidth, self._framesize = 2, 1
        else:
            self._sampwidth = self._framesize = encoding - AUDIO_FILE_ENCODING_LINEAR_8 + 1
        self._framerate = _read_u32(file)
        self._nchannels = _read_u32(file)
        if not self._nchannels:
            raise Error('bad # of channels')
        self._framesize *= self._nchannels
        self._info = file.read(size - 24).partition(b'\0')[0] if size > 24 else b''
        try:
            self._data_pos = file.tell()
        except (AttributeError, OSError):
            self._data_pos = None

    def getnframes(self):
        """Return the number of frames, AUDIO_UNKNOWN_SIZE if the header does not say."""
        if self._data_size == AUDIO_UNKNOWN_SIZE:
            return AUDIO_UNKNOWN_SIZE
        return self._data_size // self._framesize

    def getcomptype(self):
        """Return 'NONE', 'ULAW' or 'ALAW'."""
        return _LAWS.get(self._encoding, 'NONE')

    def getcompname(self):
        """Return the name of the compression for people."""
        return _NAMES[self.getcomptype()]

    def getmarkers(self):
        """Return None: there are no marks."""
        return None

    def getmark(self, id):
        """Raise Error: there are no marks."""
        raise Error('no marks')

    def readframes(self, nframes):
        """Return up to nframes frames as bytes, all that are left with AUDIO_UNKNOWN_SIZE.

        Linear samples are in big-endian order.
        """
        count = -1 if nframes == AUDIO_UNKNOWN_SIZE else nframes * self._framesize
        data = self._file.read(count)
        self._soundpos += len(data) // self._framesize
        if self._encoding != AUDIO_FILE_ENCODING_MULAW_8:
            return data
        from audioop import ulaw2lin
        return ulaw2lin(data, self._sampwidth)

    def rewind(self):
        """Go back to the first frame."""
        self._seek(0)

    def setpos(self, pos):
        """Go to a position, in frames."""
        if not 0 <= pos <= self.getnframes():
            raise Error('position not in range')
        self._seek(pos)

    def _seek(self, frame):
        if self._data_pos is None:
            raise OSError('cannot seek')
        self._file.seek(self._data_pos + frame * self._framesize)
        self._soundpos = frame

    def close(self):
        """Let go of the file; close it if it was given as a path."""
        file, self._file = self._file, None
        if file and self._opened:
            file.close()


class Au_write(Writer):
    """A file that is written: a path or a binary file.

    The parameters have to be set before the first frame.  If the file can seek, close() corrects a header that
    promised another number of frames.
    """

    _error, _params_type = Error, _sunau_params
    _file = None

    def __init__(self, f):
        self._opened = isinstance(f, str)
        self.initfp(_open_path(f, 'wb') if self._opened else f)

    def initfp(self, file):
        """Begin anew, with a binary file."""
        self._file = file
        self._nchannels = self._sampwidth = self._framerate = self._nframes = None
        self._nframeswritten = self._datawritten = self._datalength = 0
        self._comptype = 'ULAW'
        self._info = b''

    # -- parameters --

    def setnchannels(self, nchannels):
        """Set the number of channels: 1, 2 or 4."""
        self._not_begun()
        if nchannels not in (1, 2, 4):
            raise Error('only 1, 2, or 4 channels supported')
        self._nchannels = nchannels

    def setsampwidth(self, sampwidth):
        """Set the bytes of a sample, 1 to 4."""
        self._not_begun()
        if sampwidth not in _LINEAR:
            raise Error('bad sample width')
        self._sampwidth = sampwidth

    def getsampwidth(self):
        """Return the bytes of a sample."""
        return self._is_set(self._sampwidth, 'sample width not specified')

    def setframerate(self, framerate):
        """Set the frames a second."""
        self._not_begun()
        self._framerate = framerate

    def setnframes(self, nframes):
        """Set how many frames the header promises."""
        if nframes < 0 and not self._nframeswritten:
            raise Error('# of frames cannot be negative')
        super().setnframes(nframes)

    def setcomptype(self, type, name):
        """Set the compression: 'NONE' or 'ULAW'.  The name does not matter."""
        if type not in ('NONE', 'ULAW'):
            raise Error('unknown compression type')
        self._comptype = type

    def getcompname(self):
        """Return the name of the compression for people."""
        return _NAMES[self._comptype]

    def setparams(self, params):
        """Set everything: (channels, bytes a sample, frames a second, frames, type and name of compression)."""
        nchannels, sampwidth, framerate, nframes, comptype, compname = params
        for take, value in ((self.setnchannels, nchannels), (self.setsampwidth, sampwidth),
                            (self.setframerate, framerate), (self.setnframes, nframes)):
            take(value)
        self.setcomptype(comptype, compname)

    def getparams(self):
        """Return everything as a named tuple."""
        return _sunau_params(self.getnchannels(), self.getsampwidth(), self.getframerate(), self.getnframes(),
                             self.getcomptype(), self.getcompname())

    # -- the sound --

    def writeframesraw(self, data):
        """Write frames, and leave the header as it is."""
        if not isinstance(data, (bytes, bytearray)):
            data = memoryview(data).cast('B')
        self._ensure_header_written()
        if self._comptype != 'NONE':
            from audioop import lin2ulaw
            data = lin2ulaw(data, self._sampwidth)
        self._file.write(data)
        self._nframeswritten += len(data) // self._framesize
        self._datawritten += len(data)

    def writeframes(self, data):
        """Write frames, and correct the header if it promised another number."""
        self.writeframesraw(data)
        if self._wrong_header():
            self._patchheader()

    def close(self):
        """Correct the header and let go of the file; close it if it was given as a path."""
        if not self._file:
            return
        try:
            self._ensure_header_written()
            if self._wrong_header():
                self._patchheader()
            self._file.flush()
        finally:
            file, self._file = self._file, None
            if self._opened:
                file.close()

    def _wrong_header(self):
        return self._nframeswritten != self._nframes or self._datalength != self._datawritten

    # -- the header --

    def _ensure_header_written(self):
        if self._nframeswritten:
            return
        for value, name in ((self._nchannels, '# of channels'), (self._sampwidth, 'sample width'),
                            (self._framerate, 'frame rate')):
            if not value:
                raise Error(name + ' not specified')
        self._write_header()

    def _write_header(self):
        if self._comptype == 'NONE':
            encoding, self._framesize = _LINEAR[self._sampwidth], self._sampwidth
        else:
            encoding, self._framesize = AUDIO_FILE_ENCODING_MULAW_8, 1
        self._framesize *= self._nchannels
        size = 25 + len(self._info)
        size += -size % 8
        file = self._file
        file.write(struct.pack('>LL', AUDIO_FILE_MAGIC, size))
        if self._nframes is None:
            length = AUDIO_UNKNOWN_SIZE
        else:
            length = self._nframes * self._framesize
        try:
            self._form_length_pos = file.tell()
        except (AttributeError, OSError):
            self._form_length_pos = None
        file.write(struct.pack('>LLLL', length, encoding, self._framerate, self._nchannels))
        self._datalength = length
        file.write(self._info.ljust(size - 24, b'\0'))

    def _patchheader(self):
        if self._form_length_pos is None:
            raise OSError('cannot seek')
        self._datalength = self._datawritten
        file = self._file
        file.seek(self._form_length_pos)
        _write_u32(file, self._datalength)
        file.seek(0, 2)


def open(f, mode=None):
    """Open a path or a binary file: with mode 'r' or 'rb' to read, with 'w' or 'wb' to write.

    Without a mode, that of the file counts, else it is read.
    """
    if mode is None:
        mode = getattr(f, 'mode', 'rb')
    if mode in ('r', 'rb'):
        return Au_read(f)
    if mode in ('w', 'wb'):
        return Au_write(f)
    raise Error("mode must be 'r', 'rb', 'w', or 'wb'")


def openfp(f, mode=None):
    """The old name of open()."""
    warnings.warn('sunau.openfp is deprecated since Python 3.7. Use sunau.open instead.', DeprecationWarning,
                  stacklevel=2)
    return open(f, mode=mode)
