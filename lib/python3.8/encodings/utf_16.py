# SPDX-License-Identifier: MIT
"""UTF-16 with a byte order mark."""

import codecs

import sys

encode = codecs.utf_16_encode
_native = codecs.utf_16_le_encode if sys.byteorder == 'little' else codecs.utf_16_be_encode


def decode(input, errors='strict'):
    """Decode bytes that are complete; return (text, bytes used)."""
    return codecs.utf_16_decode(input, errors, True)


def _decoder_for(byteorder, problem):
    """The decoder of the order found: -1 low byte first, 1 high byte first."""
    if byteorder == -1:
        return codecs.utf_16_le_decode
    if byteorder == 1:
        return codecs.utf_16_be_decode
    raise UnicodeError(problem)


class IncrementalEncoder(codecs.IncrementalEncoder):
    """encoder: None until the mark is written."""

    def __init__(self, errors='strict'):
        super().__init__(errors)
        self.encoder = None

    def encode(self, input, final=False):
        if self.encoder is not None:
            return self.encoder(input, self.errors)[0]
        result = codecs.utf_16_encode(input, self.errors)[0]
        self.encoder = _native
        return result

    def reset(self):
        super().reset()
        self.encoder = None

    def getstate(self):
        # 2 is the state at the start, 0 after the mark, so that 0 can be set to suppress it.
        return 0 if self.encoder else 2

    def setstate(self, state):
        self.encoder = None if state else _native


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
    """decoder: None until the mark was read."""

    def __init__(self, errors='strict'):
        super().__init__(errors)
        self.decoder = None

    def _buffer_decode(self, input, errors, final):
        if self.decoder is not None:
            return self.decoder(input, self.errors, final)
        output, consumed, byteorder = codecs.utf_16_ex_decode(input, errors, 0, final)
        if byteorder != 0 or consumed >= 2:
            self.decoder = _decoder_for(byteorder, 'UTF-16 stream does not start with BOM')
        return output, consumed

    def reset(self):
        super().reset()
        self.decoder = None

    def getstate(self):
        held = super().getstate()[0]
        if self.decoder is None:
            return held, 2
        # 0: the machine's order, 1: the other.
        big = self.decoder is codecs.utf_16_be_decode
        return held, int((sys.byteorder == 'big') != big)

    def setstate(self, state):
        super().setstate(state)
        if state[1] == 2:
            self.decoder = None
        else:
            big = (sys.byteorder == 'big') == (state[1] == 0)
            self.decoder = codecs.utf_16_be_decode if big else codecs.utf_16_le_decode


class StreamWriter(codecs.StreamWriter):
    def __init__(self, stream, errors='strict'):
        super().__init__(stream, errors)
        self.encoder = None

    def reset(self):
        super().reset()
        self.encoder = None

    def encode(self, input, errors='strict'):
        if self.encoder is not None:
            return self.encoder(input, errors)
        result = codecs.utf_16_encode(input, errors)
        self.encoder = _native
        return result


class StreamReader(codecs.StreamReader):
    def reset(self):
        super().reset()
        try:
            del self.decode
        except AttributeError:
            pass

    def decode(self, input, errors='strict'):
        output, consumed, byteorder = codecs.utf_16_ex_decode(input, errors, 0, False)
        if byteorder != 0 or consumed >= 2:
            self.decode = _decoder_for(byteorder, 'UTF-16 stream does not start with BOM')
        return output, consumed


def getregentry():
    return codecs.CodecInfo(name='utf-16', encode=encode, decode=decode, incrementalencoder=IncrementalEncoder,
                            incrementaldecoder=IncrementalDecoder, streamreader=StreamReader,
                            streamwriter=StreamWriter)
