# SPDX-License-Identifier: MIT
"""The console's code page of Windows; elsewhere importing this fails."""

import codecs
# Not there on other systems.
from codecs import oem_encode, oem_decode
from encodings import _buffered_codec

_buffered_codec(globals(), 'oem', oem_encode, oem_decode)
