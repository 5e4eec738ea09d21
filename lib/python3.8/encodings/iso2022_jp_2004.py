# SPDX-License-Identifier: MIT
"""The encoding iso2022_jp_2004, from _codecs_iso2022."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_iso2022", "iso2022_jp_2004"))
