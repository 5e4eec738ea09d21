# SPDX-License-Identifier: MIT
"""ASCII: characters below 128."""

import codecs
from encodings import _stateless_codec

_stateless_codec(globals(), 'ascii', codecs.ascii_encode, codecs.ascii_decode, converter=True)
