# SPDX-License-Identifier: MIT
"""An encoding that refuses everything: as the default encoding it shows where text is converted unasked."""

import codecs
from encodings import _publish


class Codec(codecs.Codec):
    """Raises UnicodeError."""

    def encode(self, input, errors='strict'):
        raise UnicodeError('undefined encoding')

    def decode(self, input, errors='strict'):
        raise UnicodeError('undefined encoding')


class IncrementalEncoder(codecs.IncrementalEncoder):
    """Raises UnicodeError."""

    def encode(self, input, final=False):
        raise UnicodeError('undefined encoding')


class IncrementalDecoder(codecs.IncrementalDecoder):
    """Raises UnicodeError."""

    def decode(self, input, final=False):
        raise UnicodeError('undefined encoding')


class StreamWriter(Codec, codecs.StreamWriter):
    """Raises UnicodeError."""


class StreamReader(Codec, codecs.StreamReader):
    """Raises UnicodeError."""


_publish(globals(), 'undefined', Codec().encode, Codec().decode)
