# SPDX-License-Identifier: MIT
"""Text as the inside of a string literal."""

import codecs
from encodings import _stateless_codec

_stateless_codec(globals(), 'unicode-escape', codecs.unicode_escape_encode, codecs.unicode_escape_decode)
