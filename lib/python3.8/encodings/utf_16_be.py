# SPDX-License-Identifier: MIT
"""UTF-16, high byte first, without a byte order mark."""

import codecs
from encodings import _buffered_codec

_buffered_codec(globals(), 'utf-16-be', codecs.utf_16_be_encode, codecs.utf_16_be_decode)
