# SPDX-License-Identifier: MIT
"""UTF-16, low byte first, without a byte order mark."""

import codecs
from encodings import _buffered_codec

_buffered_codec(globals(), 'utf-16-le', codecs.utf_16_le_encode, codecs.utf_16_le_decode)
