# SPDX-License-Identifier: MIT
"""UTF-8."""

import codecs
from encodings import _buffered_codec

_buffered_codec(globals(), 'utf-8', codecs.utf_8_encode, codecs.utf_8_decode)
