# SPDX-License-Identifier: MIT
"""The encoding big5, from _codecs_tw."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_tw", "big5"))
