# SPDX-License-Identifier: MIT
"""UTF-16 and UTF-32 with a byte order mark: what the two have in common.

Until the mark is written or read, or found missing, the codecs are open; after it they use the functions of one order.
"""

import codecs
import sys
from encodings import _publish


def make_codec(namespace, width):
    """Make the names of a codec module; width: 16 or 32."""
    name = 'utf-%d' % width
    native = {part: getattr(codecs, 'utf_%d_%s' % (width, part))
              for part in ('encode', 'decode', 'ex_decode', 'le_encode', 'be_encode', 'le_decode', 'be_decode')}
    own, other = ('le', 'be') if sys.byteorder == 'little' else ('be', 'le')
    encode, ex_decode = native['encode'], native['ex_decode']
    encode_unmarked = native[own + '_encode']
    own_decode, other_decode = native[own + '_decode'], native[other + '_decode']

    def decode(input, errors='strict'):
        """Decode bytes that are complete; return (text, bytes used)."""
        return native['decode'](input, errors, True)

    def settled(byteorder, consumed):
        """The decoder to use from now on, None if that is still open; byteorder: -1 low byte first, 1 high."""
        if byteorder:
            return native['le_decode'] if byteorder == -1 else native['be_decode']
        if consumed >= width // 8:
            raise UnicodeError('UTF-%d stream does not start with BOM' % width)
        return None

    class IncrementalEncoder(codecs.IncrementalEncoder):
        """encoder: None until the mark is written."""

        def __init__(self, errors='strict'):
            codecs.IncrementalEncoder.__init__(self, errors)
            self.encoder = None

        def encode(self, input, final=False):
            if self.encoder:
                return self.encoder(input, self.errors)[0]
            self.encoder = encode_unmarked
            try:
                return encode(input, self.errors)[0]
            except UnicodeError:
                self.encoder = None
                raise

        def reset(self):
            codecs.IncrementalEncoder.reset(self)
            self.encoder = None

        def getstate(self):
            # Not 0 at the start, so that setting 0 keeps the mark from being written.
            return 0 if self.encoder else 2

        def setstate(self, state):
            self.encoder = None if state else encode_unmarked

    class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
        """decoder: None until the mark was read."""

        def __init__(self, errors='strict'):
            codecs.BufferedIncrementalDecoder.__init__(self, errors)
            self.decoder = None

        def _buffer_decode(self, input, errors, final):
            if self.decoder:
                return self.decoder(input, self.errors, final)
            output, consumed, byteorder = ex_decode(input, errors, 0, final)
            self.decoder = settled(byteorder, consumed)
            return output, consumed

        def reset(self):
            codecs.BufferedIncrementalDecoder.reset(self)
            self.decoder = None

        def getstate(self):
            # 2: open; 0: the machine's order, 1: the other.
            kept = codecs.BufferedIncrementalDecoder.getstate(self)[0]
            if self.decoder is None:
                return kept, 2
            return kept, int(self.decoder is other_decode)

        def setstate(self, state):
            codecs.BufferedIncrementalDecoder.setstate(self, state)
            self.decoder = {0: own_decode, 1: other_decode}.get(state[1])

    class StreamWriter(codecs.StreamWriter):
        """encoder: None until the mark is written."""

        def __init__(self, stream, errors='strict'):
            codecs.StreamWriter.__init__(self, stream, errors)
            self.encoder = None

        def reset(self):
            codecs.StreamWriter.reset(self)
            self.encoder = None

        def encode(self, input, errors='strict'):
            if self.encoder:
                return self.encoder(input, errors)
            data = encode(input, errors)
            self.encoder = encode_unmarked
            return data

    class StreamReader(codecs.StreamReader):
        """Once the mark was read, decode is an attribute of the object."""

        def reset(self):
            codecs.StreamReader.reset(self)
            self.__dict__.pop('decode', None)

        def decode(self, input, errors='strict'):
            output, consumed, byteorder = ex_decode(input, errors, 0, False)
            decoder = settled(byteorder, consumed)
            if decoder:
                self.decode = decoder
            return output, consumed

    decode.__module__, decode.__qualname__ = namespace['__name__'], 'decode'
    namespace.update(encode=encode, decode=decode)
    _publish(namespace, name, encode, decode, IncrementalEncoder, IncrementalDecoder, StreamWriter, StreamReader)
