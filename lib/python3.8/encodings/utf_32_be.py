# SPDX-License-Identifier: MIT
"""UTF-32, high byte first, without a byte order mark."""

import codecs
from encodings import _buffered_codec

_buffered_codec(globals(), 'utf-32-be', codecs.utf_32_be_encode, codecs.utf_32_be_decode)
