# SPDX-License-Identifier: MIT
"""iso8859-1: Western European languages."""

from encodings._charmap_table import make_codec

make_codec(globals(), 'iso8859-1', ''.join(map(chr, range(256))))
