# SPDX-License-Identifier: MIT
"""Latin-1: characters below 256 as their numbers."""

import codecs
from encodings import _stateless_codec

_stateless_codec(globals(), 'iso8859-1', codecs.latin_1_encode, codecs.latin_1_decode, converter=True)
