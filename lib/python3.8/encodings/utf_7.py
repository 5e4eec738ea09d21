# SPDX-License-Identifier: MIT
"""UTF-7 (RFC 2152)."""

import codecs
from encodings import _buffered_codec

_buffered_codec(globals(), 'utf-7', codecs.utf_7_encode, codecs.utf_7_decode)
