# SPDX-License-Identifier: MIT
"""UTF-32, low byte first, without a byte order mark."""

import codecs
from encodings import _buffered_codec

_buffered_codec(globals(), 'utf-32-le', codecs.utf_32_le_encode, codecs.utf_32_le_decode)
