# SPDX-License-Identifier: MIT
"""Sound files of the formats AIFF and AIFF-C: open(file, 'rb') returns an Aifc_read, open(file, 'wb') an Aifc_write.

Such a file is one chunk FORM that holds chunks: FVER (version, AIFF-C only), COMM (channels, frames, bits a sample,
rate, and in AIFF-C the compression), SSND (the sound) and MARK (marked places), all in big-endian order.  Samples of
2 bytes compressed by u-law, a-law or G.722 are translated both ways.  Types and names of compression are bytes.
"""

import builtins
import struct
import warnings
from collections import namedtuple
from chunk import Chunk
from _soundfile import Reader, Writer

__all__ = ['Error', 'open', 'openfp']


class Error(Exception):
    """A file is no such file, or methods are called out of order."""


_AIFC_version = 0xA2805140
_HUGE_VAL = 1.79769313486231e+308
_PACKED = {b'ULAW': 'ulaw', b'ulaw': 'ulaw', b'ALAW': 'alaw', b'alaw': 'alaw', b'G722': 'adpcm'}

_aifc_params = namedtuple('_aifc_params', 'nchannels sampwidth framerate nframes comptype compname')
for _field, _doc in (('nchannels', 'Channels: 1 for mono, 2 for stereo'),
                     ('sampwidth', 'Bytes a sample'),
                     ('framerate', 'Frames a second'),
                     ('nframes', 'Number of frames'),
                     ('comptype', 'Type of compression, four bytes; b"NONE" for none'),
                     ('compname', 'Name of the compression for people')):
    getattr(_aifc_params, _field).__doc__ = _doc
del _field, _doc


# ---- numbers and strings in files ----

def _get(file, form):
    data = file.read(struct.calcsize(form))
    try:
        return struct.unpack(form, data)[0]
    except struct.error:
        raise EOFError from None


def _read_long(file):
    return _get(file, '>l')


def _read_ulong(file):
    return _get(file, '>L')


def _read_short(file):
    return _get(file, '>h')


def _read_ushort(file):
    return _get(file, '>H')


def _read_string(file):
    """Read a byte with a length, so many bytes, and one more if that makes the whole even."""
    length = ord(file.read(1))
    text = file.read(length) if length else b''
    if length % 2 == 0:
        file.read(1)
    return text


def _read_float(f):
    """Read a number of 80 bits: sign and exponent in 16, a mantissa with all its bits in 64."""
    head = _read_short(f)
    mantissa = _read_ulong(f) << 32 | _read_ulong(f)
    exponent = head & 0x7fff
    if exponent == 0x7fff:
        value = _HUGE_VAL
    else:
        value = mantissa * 2.0 ** (exponent - 16446) if mantissa else 0.0
    return -value if head < 0 else value


def _put(file, form, value):
    file.write(struct.pack(form, value))


def _write_short(f, x):
    _put(f, '>h', x)


def _write_ushort(f, x):
    _put(f, '>H', x)


def _write_long(f, x):
    _put(f, '>l', x)


def _write_ulong(f, x):
    _put(f, '>L', x)


def _write_string(f, s):
    if len(s) > 255:
        raise ValueError('string exceeds maximum pstring length')
    f.write(bytes([len(s)]) + s + b'\0' * (len(s) % 2 == 0))


def _write_float(f, x):
    import math
    head = 0x8000 if x < 0 else 0
    x = abs(x)
    if x == 0:
        head = mantissa = 0
    elif not x <= _HUGE_VAL:                # infinite, or no number
        head |= 0x7fff
        mantissa = 0
    else:
        fraction, exponent = math.frexp(x)
        head |= exponent + 16382
        mantissa = int(math.ldexp(fraction, 64))
    f.write(struct.pack('>HQ', head, mantissa))


# ---- reading ----

class Aifc_read(Reader):
    """A file that is read: a path or a binary file.  A file is closed by close(), even one that was given."""

    _params_type = _aifc_params
    _file = None

    def __init__(self, f):
        opened = None
        if isinstance(f, str):
            f = opened = builtins.open(f, 'rb')
        try:
            self.initfp(f)
        except:
            if opened is not None:
                opened.close()
            raise

    def initfp(self, file):
        """Read everything up to the sound from a binary file."""
        self._version = 0
        self._convert = None
        self._markers = []
        self._soundpos = 0
        self._file = file
        self._chunk = chunk = Chunk(file)
        if chunk.getname() != b'FORM':
            raise Error('file does not start with FORM id')
        form = chunk.read(4)
        if form not in (b'AIFF', b'AIFC'):
            raise Error('not an AIFF or AIFF-C file')
        self._aifc = form == b'AIFC'
        self._comm_chunk_read = self._ssnd_seek_needed = 0
        self._ssnd_chunk = None
        while True:
            self._ssnd_seek_needed = 1
            try:
                chunk = Chunk(self._file)
            except EOFError:
                break
            self._take(chunk)
            chunk.skip()
        if not (self._comm_chunk_read and self._ssnd_chunk):
            raise Error('COMM chunk and/or SSND chunk missing')

    def _take(self, chunk):
        name = chunk.getname()
        if name == b'COMM':
            self._read_comm_chunk(chunk)
            self._comm_chunk_read = 1
        elif name == b'SSND':
            self._ssnd_chunk = chunk
            chunk.read(8)
            self._ssnd_seek_needed = 0
        elif name == b'FVER':
            self._version = _read_ulong(chunk)
        elif name == b'MARK':
            self._readmark(chunk)

    def _read_comm_chunk(self, chunk):
        channels, frames, bits, rate = _read_short(chunk), _read_long(chunk), _read_short(chunk), _read_float(chunk)
        width = (bits + 7) // 8
        for value, what in ((width, 'sample width'), (channels, '# of channels')):
            if value <= 0:
                raise Error('bad ' + what)
        self._nchannels, self._nframes, self._sampwidth, self._framerate = channels, frames, width, int(rate)
        self._framesize = channels * width
        self._comptype, self._compname = b'NONE', b'not compressed'
        if not self._aifc:
            return
        short = chunk.chunksize == 18           # some programs forget to count what follows
        if short:
            warnings.warn('Warning: bad COMM chunk size')
            chunk.chunksize = 23
        self._comptype = chunk.read(4)
        if short:
            length = ord(chunk.file.read(1))
            chunk.file.seek(-1, 1)
            chunk.chunksize += length + (length % 2 == 0)
        self._compname = _read_string(chunk)
        if self._comptype != b'NONE':
            kind = _PACKED.get(self._comptype)
            if kind is None:
                raise Error('unsupported compression type')
            self._convert = getattr(self, '_%s2lin' % kind)
            self._sampwidth = 2

    def _readmark(self, chunk):
        count = _read_short(chunk)
        try:
            for _ in range(count):
                number, place, name = _read_short(chunk), _read_long(chunk), _read_string(chunk)
                if place or name:               # some programs write empty ones
                    self._markers.append((number, place, name))
        except EOFError:
            have = len(self._markers)
            warnings.warn('Warning: MARK chunk contains only %s marker%s instead of %s'
                          % (have, '' if have == 1 else 's', count))

    def close(self):
        """Close the file."""
        file, self._file = self._file, None
        if file is not None:
            file.close()

    def rewind(self):
        """Go back to the first frame."""
        self._ssnd_seek_needed = 1
        self._soundpos = 0

    def setpos(self, pos):
        """Go to a position, in frames."""
        if not 0 <= pos <= self._nframes:
            raise Error('position not in range')
        self._soundpos = pos
        self._ssnd_seek_needed = 1

    def getmarkers(self):
        """Return the marks, tuples (number, position in frames, name); None if there are none."""
        return self._markers or None

    def getmark(self, id):
        """Return the mark with a number."""
        for mark in self._markers:
            if mark[0] == id:
                return mark
        raise Error('marker {0!r} does not exist'.format(id))

    def readframes(self, nframes):
        """Return up to nframes frames as bytes, samples in big-endian order unless they were compressed."""
        if self._ssnd_seek_needed:
            self._ssnd_chunk.seek(0)
            self._ssnd_chunk.read(8)
            if self._soundpos:
                self._ssnd_chunk.seek(self._soundpos * self._framesize + 8)
            self._ssnd_seek_needed = 0
        if not nframes:
            return b''
        data = self._ssnd_chunk.read(nframes * self._framesize)
        if data and self._convert:
            data = self._convert(data)
        self._soundpos += len(data) // (self._nchannels * self._sampwidth)
        return data

    def _alaw2lin(self, data):
        import audioop
        return audioop.alaw2lin(data, 2)

    def _ulaw2lin(self, data):
        import audioop
        return audioop.ulaw2lin(data, 2)

    def _adpcm2lin(self, data):
        import audioop
        linear, self._adpcmstate = audioop.adpcm2lin(data, 2, getattr(self, '_adpcmstate', None))
        return linear


# ---- writing ----

class Aifc_write(Writer):
    """A file that is written: a path or a binary file.

    AIFF-C is written unless aiff() is called or a path ends in '.aiff'.  The parameters have to be set before the
    first frame.  If the file can seek, close() corrects a header that promised another number of frames.
    """

    _error, _params_type = Error, _aifc_params
    _file = None

    def __init__(self, f):
        opened = None
        if isinstance(f, str):
            opened = builtins.open(f, 'wb')
        try:
            self.initfp(f if opened is None else opened)
        except:
            if opened is not None:
                opened.close()
            raise
        if opened is not None and f.endswith('.aiff'):
            self._aifc = 0

    def initfp(self, file):
        """Begin anew, with a binary file."""
        self._file = file
        self._version = _AIFC_version
        self._comptype, self._compname = b'NONE', b'not compressed'
        self._convert = None
        self._nchannels = self._sampwidth = self._framerate = self._nframes = 0
        self._nframeswritten = self._datawritten = self._datalength = 0
        self._markers = []
        self._marklength = 0
        self._aifc = 1

    # -- parameters --

    def aiff(self):
        """Write AIFF, which has no compression."""
        self._not_begun()
        self._aifc = 0

    def aifc(self):
        """Write AIFF-C."""
        self._not_begun()
        self._aifc = 1

    def _known(self, comptype):
        if comptype != b'NONE' and comptype not in _PACKED:
            raise Error('unsupported compression type')

    def setcomptype(self, comptype, compname):
        """Set the compression: b'NONE', b'ULAW', b'ALAW' or b'G722'."""
        self._not_begun()
        self._known(comptype)
        self._comptype = comptype
        self._compname = compname

    def setparams(self, params):
        """Set everything: (channels, bytes a sample, frames a second, frames, type and name of compression)."""
        nchannels, sampwidth, framerate, nframes, comptype, compname = params
        self._not_begun()
        self._known(comptype)
        for take, value in ((self.setnchannels, nchannels), (self.setsampwidth, sampwidth),
                            (self.setframerate, framerate), (self.setnframes, nframes)):
            take(value)
        self.setcomptype(comptype, compname)

    # -- marks --

    def setmark(self, id, pos, name):
        """Mark a position in frames with a number above 0 and a name of bytes."""
        for wrong, what in ((id <= 0, 'marker ID must be > 0'), (pos < 0, 'marker position must be >= 0'),
                            (not isinstance(name, bytes), 'marker name must be bytes')):
            if wrong:
                raise Error(what)
        mark = id, pos, name
        for index, other in enumerate(self._markers):
            if other[0] == id:
                self._markers[index] = mark
                return
        self._markers.append(mark)

    def getmark(self, id):
        """Return the mark with a number."""
        for mark in self._markers:
            if mark[0] == id:
                return mark
        raise Error('marker {0!r} does not exist'.format(id))

    def getmarkers(self):
        """Return the marks; None if there are none."""
        return self._markers or None

    # -- the sound --

    def writeframesraw(self, data):
        """Write frames, and leave the header as it is."""
        if not isinstance(data, (bytes, bytearray)):
            data = memoryview(data).cast('B')
        self._ensure_header_written(len(data))
        count = len(data) // (self._sampwidth * self._nchannels)
        if self._convert:
            data = self._convert(data)
        self._file.write(data)
        self._datawritten += len(data)
        self._nframeswritten += count

    def writeframes(self, data):
        """Write frames, and correct the header if it promised another number."""
        self.writeframesraw(data)
        if self._wrong_header():
            self._patchheader()

    def close(self):
        """Write the marks, correct the header and close the file."""
        if self._file is None:
            return
        try:
            self._ensure_header_written(0)
            if self._datawritten % 2:
                self._file.write(b'\0')
                self._datawritten += 1
            self._writemarkers()
            if self._wrong_header() or self._marklength:
                self._patchheader()
        finally:
            self._convert = None        # it may hold a reference to this object
            file, self._file = self._file, None
            file.close()

    def _wrong_header(self):
        return self._nframeswritten != self._nframes or self._datalength != self._datawritten

    def _lin2alaw(self, data):
        import audioop
        return audioop.lin2alaw(data, 2)

    def _lin2ulaw(self, data):
        import audioop
        return audioop.lin2ulaw(data, 2)

    def _lin2adpcm(self, data):
        import audioop
        packed, self._adpcmstate = audioop.lin2adpcm(data, 2, getattr(self, '_adpcmstate', None))
        return packed

    # -- the header --

    def _ensure_header_written(self, datasize):
        if self._nframeswritten:
            return
        if self._comptype in _PACKED:
            self._sampwidth = self._sampwidth or 2
            if self._sampwidth != 2:
                raise Error('sample width must be 2 when compressing with ulaw/ULAW, alaw/ALAW or G7.22 (ADPCM)')
        for value, name in ((self._nchannels, '# channels'), (self._sampwidth, 'sample width'),
                            (self._framerate, 'sampling rate')):
            if not value:
                raise Error(name + ' not specified')
        self._write_header(datasize)

    def _init_compression(self):
        self._convert = getattr(self, '_lin2' + _PACKED[self._comptype])

    def _write_header(self, initlength):
        packed = _PACKED.get(self._comptype) if self._aifc else None
        if packed:
            self._init_compression()
        if not self._nframes:
            self._nframes = initlength // (self._nchannels * self._sampwidth)
        length = self._nframes * self._nchannels * self._sampwidth
        length += length % 2
        if packed == 'adpcm':
            length = (length + 3) // 4
            length += length % 2
        elif packed:
            length //= 2
            length += length % 2
        self._datalength = length
        file = self._file
        file.write(b'FORM')
        try:
            self._form_length_pos = file.tell()
        except (AttributeError, OSError):
            self._form_length_pos = None
        commlength = self._write_form_length(length)
        if self._aifc:
            file.write(b'AIFCFVER' + struct.pack('>LL', 4, self._version))
        else:
            file.write(b'AIFF')
        file.write(b'COMM' + struct.pack('>Lh', commlength, self._nchannels))
        if self._form_length_pos is not None:
            self._nframes_pos = file.tell()
        file.write(struct.pack('>Lh', self._nframes, 8 if packed else self._sampwidth * 8))
        _write_float(file, self._framerate)
        if self._aifc:
            file.write(self._comptype)
            _write_string(file, self._compname)
        file.write(b'SSND')
        if self._form_length_pos is not None:
            self._ssnd_length_pos = file.tell()
        file.write(struct.pack('>LLL', length + 8, 0, 0))

    def _write_form_length(self, datalength):
        """Write the length of the whole and return the one of COMM."""
        common, version = 18, 0
        if self._aifc:
            common += 5 + len(self._compname)
            common += common % 2
            version = 12
        _write_ulong(self._file, 4 + version + self._marklength + 8 + common + 16 + datalength)
        return common

    def _patchheader(self):
        file = self._file
        end = file.tell()
        length = self._datawritten
        if length % 2:
            file.write(b'\0')
            length += 1
        if (length == self._datalength and self._nframes == self._nframeswritten and not self._marklength):
            file.seek(end)
            return
        file.seek(self._form_length_pos)
        self._write_form_length(length)
        file.seek(self._nframes_pos)
        _write_ulong(file, self._nframeswritten)
        file.seek(self._ssnd_length_pos)
        _write_ulong(file, length + 8)
        file.seek(end)
        self._nframes = self._nframeswritten
        self._datalength = length

    def _writemarkers(self):
        if not self._markers:
            return
        self._file.write(b'MARK')
        size = 2 + sum(6 + len(name) + 1 + (len(name) % 2 == 0) for _, _, name in self._markers)
        _write_ulong(self._file, size)
        self._marklength = size + 8
        _write_short(self._file, len(self._markers))
        for number, place, name in self._markers:
            _write_short(self._file, number)
            _write_ulong(self._file, place)
            _write_string(self._file, name)


def open(f, mode=None):
    """Open a path or a binary file: with mode 'r' or 'rb' to read, with 'w' or 'wb' to write.

    Without a mode, that of the file counts, else it is read.
    """
    if mode is None:
        mode = getattr(f, 'mode', 'rb')
    if mode in ('r', 'rb'):
        return Aifc_read(f)
    if mode in ('w', 'wb'):
        return Aifc_write(f)
    raise Error("mode must be 'r', 'rb', 'w', or 'wb'")


def openfp(f, mode=None):
    """The old name of open()."""
    warnings.warn('aifc.openfp is deprecated since Python 3.7. Use aifc.open instead.', DeprecationWarning, stacklevel=2)
    return open(f, mode=mode)


if __name__ == '__main__':
    import sys
    for _path in sys.argv[1:] or ['/usr/demos/data/audio/bach.aiff']:
        with open(_path, 'r') as _sound:
            print('%s: %s' % (_path, _sound.getparams()))
