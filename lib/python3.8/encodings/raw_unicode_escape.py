# SPDX-License-Identifier: MIT
"""Text as the inside of a raw string literal, other characters as \\uXXXX."""

import codecs
from encodings import _stateless_codec

_stateless_codec(globals(), 'raw-unicode-escape', codecs.raw_unicode_escape_encode, codecs.raw_unicode_escape_decode)
