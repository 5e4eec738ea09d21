# SPDX-License-Identifier: MIT
"""The ANSI code page of Windows; elsewhere importing this fails."""

import codecs
# Not there on other systems.
from codecs import mbcs_encode, mbcs_decode
from encodings import _buffered_codec

_buffered_codec(globals(), 'mbcs', mbcs_encode, mbcs_decode)
