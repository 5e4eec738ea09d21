# SPDX-License-Identifier: MIT
"""UTF-8 with a byte order mark: written at the start, skipped when read."""

import codecs


def encode(input, errors='strict'):
    """Encode text; return (bytes that start with the mark, characters used)."""
    return codecs.BOM_UTF8 + codecs.utf_8_encode(input, errors)[0], len(input)


def decode(input, errors='strict'):
    """Decode bytes, without the mark if there is one; return (text, bytes used)."""
    skipped = 3 if input[:3] == codecs.BOM_UTF8 else 0
    output, consumed = codecs.utf_8_decode(input[skipped:], errors, True)
    return output, consumed + skipped


class IncrementalEncoder(codecs.IncrementalEncoder):
    def __init__(self, errors='strict'):
        super().__init__(errors)
        self.first = 1

    def encode(self, input, final=False):
        data = codecs.utf_8_encode(input, self.errors)[0]
        if self.first:
            self.first = 0
            data = codecs.BOM_UTF8 + data
        return data

    def reset(self):
        super().reset()
        self.first = 1

    def getstate(self):
        return self.first

    def setstate(self, state):
        self.first = state


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
    def __init__(self, errors='strict'):
        super().__init__(errors)
        self.first = 1

    def _buffer_decode(self, input, errors, final):
        if not self.first:
            return codecs.utf_8_decode(input, errors, final)
        if len(input) < 3 and codecs.BOM_UTF8.startswith(input) and not final:
            # May become a mark.
            return '', 0
        self.first = 0
        skipped = 3 if input[:3] == codecs.BOM_UTF8 else 0
        output, consumed = codecs.utf_8_decode(input[skipped:], errors, final)
        return output, consumed + skipped

    def reset(self):
        super().reset()
        self.first = 1

    def getstate(self):
        # The flag is turned round: 0 must be the initial state.
        return super().getstate()[0], int(not self.first)

    def setstate(self, state):
        super().setstate(state)
        self.first = int(not state[1])


class StreamWriter(codecs.StreamWriter):
    def reset(self):
        super().reset()
        try:
            del self.encode
        except AttributeError:
            pass

    def encode(self, input, errors='strict'):
        self.encode = codecs.utf_8_encode
        return encode(input, errors)


class StreamReader(codecs.StreamReader):
    def reset(self):
        super().reset()
        try:
            del self.decode
        except AttributeError:
            pass

    def decode(self, input, errors='strict'):
        if len(input) < 3 and codecs.BOM_UTF8.startswith(input):
            return '', 0
        self.decode = codecs.utf_8_decode
        skipped = 3 if input[:3] == codecs.BOM_UTF8 else 0
        output, consumed = codecs.utf_8_decode(input[skipped:], errors)
        return output, consumed + skipped


def getregentry():
    """Return the CodecInfo of this encoding."""
    return codecs.CodecInfo(name='utf-8-sig', encode=encode, decode=decode, incrementalencoder=IncrementalEncoder,
                            incrementaldecoder=IncrementalDecoder, streamreader=StreamReader,
                            streamwriter=StreamWriter)
