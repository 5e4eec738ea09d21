# SPDX-License-Identifier: MIT
"""Codecs: the registry of encodings, base classes for writing codecs, and streams that encode and decode.

The registry and the built-in codecs are in the native module _codecs; the encodings package finds the others.
"""

import builtins
import sys
from _codecs import *

__all__ = ['register', 'lookup', 'open', 'EncodedFile', 'BOM', 'BOM_BE', 'BOM_LE', 'BOM32_BE', 'BOM32_LE',
           'BOM64_BE', 'BOM64_LE', 'BOM_UTF8', 'BOM_UTF16', 'BOM_UTF16_LE', 'BOM_UTF16_BE', 'BOM_UTF32',
           'BOM_UTF32_LE', 'BOM_UTF32_BE', 'CodecInfo', 'Codec', 'IncrementalEncoder', 'IncrementalDecoder',
           'StreamReader', 'StreamWriter', 'StreamReaderWriter', 'StreamRecoder', 'getencoder', 'getdecoder',
           'getincrementalencoder', 'getincrementaldecoder', 'getreader', 'getwriter', 'encode', 'decode',
           'iterencode', 'iterdecode', 'strict_errors', 'ignore_errors', 'replace_errors',
           'xmlcharrefreplace_errors', 'backslashreplace_errors', 'namereplace_errors', 'register_error',
           'lookup_error']

# Byte order marks.
BOM_UTF8 = b'\xef\xbb\xbf'
BOM_LE = BOM_UTF16_LE = b'\xff\xfe'
BOM_BE = BOM_UTF16_BE = b'\xfe\xff'
BOM_UTF32_LE = b'\xff\xfe\0\0'
BOM_UTF32_BE = b'\0\0\xfe\xff'
_little = sys.byteorder == 'little'
BOM = BOM_UTF16 = BOM_UTF16_LE if _little else BOM_UTF16_BE
BOM_UTF32 = BOM_UTF32_LE if _little else BOM_UTF32_BE
# Names of old, two and four byte forms counted in bits they are not.
BOM32_LE, BOM32_BE = BOM_UTF16_LE, BOM_UTF16_BE
BOM64_LE, BOM64_BE = BOM_UTF32_LE, BOM_UTF32_BE
del _little


class CodecInfo(tuple):
    """What lookup() returns: (encode, decode, streamreader, streamwriter), and more as attributes."""

    # False for codecs between bytes and bytes or str and str, which str.encode() must not use.
    _is_text_encoding = True

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None,
                incrementaldecoder=None, name=None, *, _is_text_encoding=None):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name = name
        self.encode, self.decode = encode, decode
        self.streamreader, self.streamwriter = streamreader, streamwriter
        self.incrementalencoder, self.incrementaldecoder = incrementalencoder, incrementaldecoder
        if _is_text_encoding is not None:
            self._is_text_encoding = _is_text_encoding
        return self

    def __repr__(self):
        cls = self.__class__
        return '<%s.%s object for encoding %s at %#x>' % (cls.__module__, cls.__qualname__, self.name, id(self))


class Codec:
    """Interface of stateless encoders and decoders.

    errors: 'strict' (raise UnicodeError), 'ignore', 'replace', 'surrogateescape', and for encoding
    'xmlcharrefreplace', 'backslashreplace', 'namereplace', or any name given to register_error().
    """

    def encode(self, input, errors='strict'):
        """Return (encoded object, how much of input was used)."""
        raise NotImplementedError

    def decode(self, input, errors='strict'):
        """Return (decoded object, how much of input was used)."""
        raise NotImplementedError


class IncrementalEncoder(object):
    """Encodes a text given piece by piece; state is kept between calls."""

    def __init__(self, errors='strict'):
        self.errors = errors
        self.buffer = ''

    def encode(self, input, final=False):
        """Encode a piece; final tells that it is the last."""
        raise NotImplementedError

    def reset(self):
        """Go back to the initial state."""

    def getstate(self):
        """Return the state, an integer if possible; 0 is the initial one."""
        return 0

    def setstate(self, state):
        """Set a state that getstate() returned."""


class BufferedIncrementalEncoder(IncrementalEncoder):
    """An incremental encoder that keeps what it could not encode yet; subclasses supply _buffer_encode()."""

    def __init__(self, errors='strict'):
        IncrementalEncoder.__init__(self, errors)
        self.buffer = ''

    def _buffer_encode(self, input, errors, final):
        """Encode what can be: return (bytes, characters used)."""
        raise NotImplementedError

    def encode(self, input, final=False):
        text = self.buffer + input
        result, used = self._buffer_encode(text, self.errors, final)
        self.buffer = text[used:]
        return result

    def reset(self):
        IncrementalEncoder.reset(self)
        self.buffer = ''

    def getstate(self):
        return self.buffer or 0

    def setstate(self, state):
        self.buffer = state or ''


class IncrementalDecoder(object):
    """Decodes bytes given piece by piece; state is kept between calls."""

    def __init__(self, errors='strict'):
        self.errors = errors

    def decode(self, input, final=False):
        """Decode a piece; final tells that it is the last."""
        raise NotImplementedError

    def reset(self):
        """Go back to the initial state."""

    def getstate(self):
        """Return (bytes held back, an integer); (b'', 0) is the initial state."""
        return b'', 0

    def setstate(self, state):
        """Set a state that getstate() returned."""


class BufferedIncrementalDecoder(IncrementalDecoder):
    """An incremental decoder that keeps bytes of incomplete characters; subclasses supply _buffer_decode()."""

    def __init__(self, errors='strict'):
        IncrementalDecoder.__init__(self, errors)
        self.buffer = b''

    def _buffer_decode(self, input, errors, final):
        """Decode what can be: return (text, bytes used)."""
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + input
        result, used = self._buffer_decode(data, self.errors, final)
        self.buffer = data[used:]
        return result

    def reset(self):
        IncrementalDecoder.reset(self)
        self.buffer = b''

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


class StreamWriter(Codec):
    """Writes encoded text to a binary stream."""

    def __init__(self, stream, errors='strict'):
        self.stream = stream
        self.errors = errors

    def write(self, object):
        """Encode an object and write it."""
        data, _ = self.encode(object, self.errors)
        self.stream.write(data)

    def writelines(self, list):
        """Write the strings of a list."""
        self.write(''.join(list))

    def reset(self):
        """Write what is held back and go to the initial state."""

    def seek(self, offset, whence=0):
        """Move in the stream; at the start a new encoding begins."""
        self.stream.seek(offset, whence)
        if whence == 0 and offset == 0:
            self.reset()

    def __getattr__(self, name, getattr=getattr):
        """Anything else is the stream's."""
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


class StreamReader(Codec):
    """Reads decoded text from a binary stream.

    bytebuffer: bytes read and not decoded; charbuffer: text decoded and not handed out; linebuffer: the same, split
    into lines, or None.
    """

    charbuffertype = str

    def __init__(self, stream, errors='strict'):
        self.stream = stream
        self.errors = errors
        self.bytebuffer = b''
        self._empty_charbuffer = self.charbuffertype()
        self.charbuffer = self._empty_charbuffer
        self.linebuffer = None

    def decode(self, input, errors='strict'):
        raise NotImplementedError

    def read(self, size=-1, chars=-1, firstline=False):
        """Return decoded text.

        size: roughly how many bytes to read, -1 all.  chars: how many characters to return at most, -1 any number.
        firstline: if decoding fails after a line end, return up to there.
        """
        if self.linebuffer:
            self.charbuffer = self._empty_charbuffer.join(self.linebuffer)
            self.linebuffer = None
        if chars < 0:
            chars = size

        while True:
            # Enough is here?
            if chars >= 0 and len(self.charbuffer) >= chars:
                break
            fresh = self.stream.read() if size < 0 else self.stream.read(size)
            data = self.bytebuffer + fresh
            if not data:
                break
            try:
                text, used = self.decode(data, self.errors)
            except UnicodeDecodeError as error:
                if not firstline:
                    raise
                text, used = self.decode(data[:error.start], self.errors)
                if len(text.splitlines(keepends=True)) <= 1:
                    raise
            self.bytebuffer = data[used:]
            self.charbuffer += text
            if not fresh or chars < 0:
                break

        if chars < 0:
            result, self.charbuffer = self.charbuffer, self._empty_charbuffer
        else:
            result, self.charbuffer = self.charbuffer[:chars], self.charbuffer[chars:]
        return result

    def readline(self, size=None, keepends=True):
        """Return the next line.  size: roughly how many bytes to read at a time."""
        if self.linebuffer:
            line = self.linebuffer.pop(0)
            if len(self.linebuffer) == 1:
                self.charbuffer, self.linebuffer = self.linebuffer[0], None
            return line if keepends else line.splitlines(keepends=False)[0]

        step = size or 72
        line = self._empty_charbuffer
        while True:
            data = self.read(step, firstline=True)
            if data:
                # A \r may be half of \r\n.
                if (isinstance(data, str) and data.endswith('\r')) or (isinstance(data, bytes) and data.endswith(b'\r')):
                    data += self.read(size=1, chars=1)
                line += data
            lines = line.splitlines(True)
            if lines:
                if len(lines) > 1:
                    # The rest is for later calls.
                    line = lines[0]
                    rest = lines[1:]
                    rest[-1] += self.charbuffer
                    if len(rest) > 1:
                        self.linebuffer, self.charbuffer = rest, None
                    else:
                        self.charbuffer = rest[0]
                    return line if keepends else line.splitlines(keepends=False)[0]
                with_end, without = lines[0], lines[0].splitlines(keepends=False)[0]
                if with_end != without:
                    self.charbuffer = self._empty_charbuffer.join(lines[1:]) + self.charbuffer
                    return with_end if keepends else without
            if not data or size is not None:
                return line if keepends or not line else line.splitlines(keepends=False)[0]
            if step < 8000:
                step *= 2

    def readlines(self, sizehint=None, keepends=True):
        """Return all lines as a list; sizehint is ignored."""
        return self.read().splitlines(keepends)

    def reset(self):
        """Forget what is buffered."""
        self.bytebuffer = b''
        self.charbuffer = self._empty_charbuffer
        self.linebuffer = None

    def seek(self, offset, whence=0):
        """Move in the stream, and forget what has been read ahead."""
        self.stream.seek(offset, whence)
        self.reset()

    def __next__(self):
        """Return the next line."""
        line = self.readline()
        if line:
            return line
        raise StopIteration

    def __iter__(self):
        return self

    def __getattr__(self, name, getattr=getattr):
        """Anything else is the stream's."""
        return getattr(self.stream, name)

    def __enter__(self):
        """Return the object itself."""
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


class StreamReaderWriter:
    """A stream to read from and write to, of a StreamReader and a StreamWriter class."""

    encoding = 'unknown'

    def __init__(self, stream, Reader, Writer, errors='strict'):
        self.reader, self.writer = Reader(stream, errors), Writer(stream, errors)
        self.stream, self.errors = stream, errors

    def read(self, size=-1):
        """Read and decode, as StreamReader.read() does."""
        return self.reader.read(size)

    def readline(self, size=None):
        """Return the next line, decoded."""
        return self.reader.readline(size)

    def readlines(self, sizehint=None):
        """Return all lines that are left, decoded."""
        return self.reader.readlines(sizehint)

    def __next__(self):
        """Return the next line."""
        return next(self.reader)

    def __iter__(self):
        return self

    def writelines(self, list):
        """Encode and write the strings of a list."""
        return self.writer.writelines(list)

    def write(self, data):
        """Encode and write."""
        return self.writer.write(data)

    def seek(self, offset, whence=0):
        """Move in the stream; both halves begin anew at its start."""
        at_start = offset == 0 and whence == 0
        self.stream.seek(offset, whence)
        for half in (self.reader, self.writer) if at_start else (self.reader,):
            half.reset()

    def reset(self):
        """Forget the state of both halves."""
        for half in (self.reader, self.writer):
            half.reset()

    def __getattr__(self, name, getattr=getattr):
        """Anything else is the stream's."""
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


class StreamRecoder:
    """A stream that looks like one encoding and stores another.

    encode, decode: between the program's bytes and text.  Reader, Writer: between the stream's bytes and text.
    """

    data_encoding = 'unknown'
    file_encoding = 'unknown'

    def __init__(self, stream, encode, decode, Reader, Writer, errors='strict'):
        self.stream = stream
        self.encode, self.decode = encode, decode
        self.reader = Reader(stream, errors)
        self.writer = Writer(stream, errors)
        self.errors = errors

    def _encoded(self, text):
        return self.encode(text, self.errors)[0]

    def read(self, size=-1):
        """Read, decode, and return it encoded for the program."""
        return self._encoded(self.reader.read(size))

    def readline(self, size=None):
        """Return the next line, encoded for the program."""
        return self._encoded(self.reader.readline() if size is None else self.reader.readline(size))

    def readlines(self, sizehint=None):
        """Return all lines that are left, encoded for the program."""
        return self._encoded(self.reader.read()).splitlines(keepends=True)

    def __next__(self):
        """Return the next line, encoded for the reader of this object."""
        return self._encoded(next(self.reader))

    def __iter__(self):
        return self

    def write(self, data):
        """Decode what the program gives, and write it in the stream's encoding."""
        text, _ = self.decode(data, self.errors)
        return self.writer.write(text)

    def writelines(self, list):
        """Write the bytes objects of a list."""
        self.write(b''.join(list))

    def reset(self):
        """Forget the state of both halves."""
        self.reader.reset()
        self.writer.reset()

    def seek(self, offset, whence=0):
        """Move in the stream."""
        self.reader.seek(offset, whence)
        self.writer.seek(offset, whence)

    def __getattr__(self, name, getattr=getattr):
        """Anything else is the stream's."""
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.stream.close()


def open(filename, mode='r', encoding=None, errors='strict', buffering=-1):
    """Open a file for encoded text and return a StreamReaderWriter; without encoding, what open() returns.

    The file is opened in binary mode: line ends are not translated.
    """
    if encoding is not None and 'b' not in mode:
        mode += 'b'
    file = builtins.open(filename, mode, buffering)
    if encoding is None:
        return file
    try:
        info = lookup(encoding)
        stream = StreamReaderWriter(file, info.streamreader, info.streamwriter, errors)
        stream.encoding = encoding
        return stream
    except:
        file.close()
        raise


def EncodedFile(file, data_encoding, file_encoding=None, errors='strict'):
    """Wrap a binary file that holds file_encoding so that reading and writing it takes data_encoding."""
    if file_encoding is None:
        file_encoding = data_encoding
    outer, inner = lookup(data_encoding), lookup(file_encoding)
    recoder = StreamRecoder(file, outer.encode, outer.decode, inner.streamreader, inner.streamwriter, errors)
    recoder.data_encoding = data_encoding
    recoder.file_encoding = file_encoding
    return recoder


def getencoder(encoding):
    """Return the encoder function of an encoding.  Raises LookupError."""
    return lookup(encoding).encode


def getdecoder(encoding):
    """Return the decoder function of an encoding.  Raises LookupError."""
    return lookup(encoding).decode


def _needed(kind, encoding):
    if kind is None:
        raise LookupError(encoding)
    return kind


def getincrementalencoder(encoding):
    """Return the IncrementalEncoder class of an encoding.  Raises LookupError if there is none."""
    return _needed(lookup(encoding).incrementalencoder, encoding)


def getincrementaldecoder(encoding):
    """Return the IncrementalDecoder class of an encoding.  Raises LookupError if there is none."""
    return _needed(lookup(encoding).incrementaldecoder, encoding)


def getreader(encoding):
    """Return the StreamReader class of an encoding.  Raises LookupError."""
    return lookup(encoding).streamreader


def getwriter(encoding):
    """Return the StreamWriter class of an encoding.  Raises LookupError."""
    return lookup(encoding).streamwriter


def iterencode(iterator, encoding, errors='strict', **kwargs):
    """Yield the strings of an iterator encoded, with an IncrementalEncoder made with errors and kwargs."""
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for text in iterator:
        piece = encoder.encode(text)
        if piece:
            yield piece
    piece = encoder.encode('', True)
    if piece:
        yield piece


def iterdecode(iterator, encoding, errors='strict', **kwargs):
    """Yield the bytes of an iterator decoded, with an IncrementalDecoder made with errors and kwargs."""
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for data in iterator:
        piece = decoder.decode(data)
        if piece:
            yield piece
    piece = decoder.decode(b'', True)
    if piece:
        yield piece


def make_identity_dict(rng):
    """Return {i: i} for the numbers of rng: a start for decoding maps."""
    return {number: number for number in rng}


def make_encoding_map(decoding_map):
    """Return the reverse of a decoding map; characters that several bytes stand for map to None."""
    encoding_map = {}
    for byte, character in decoding_map.items():
        encoding_map[character] = None if character in encoding_map else byte
    return encoding_map


try:
    strict_errors = lookup_error('strict')
    ignore_errors = lookup_error('ignore')
    replace_errors = lookup_error('replace')
    xmlcharrefreplace_errors = lookup_error('xmlcharrefreplace')
    backslashreplace_errors = lookup_error('backslashreplace')
    namereplace_errors = lookup_error('namereplace')
except LookupError:
    strict_errors = ignore_errors = replace_errors = None
    xmlcharrefreplace_errors = backslashreplace_errors = namereplace_errors = None
