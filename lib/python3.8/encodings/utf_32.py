# SPDX-License-Identifier: MIT
"""UTF-32 with a byte order mark; the native order where there is none."""

import codecs
import sys
from encodings._marked_utf import make_codec

make_codec(globals(), 32)
