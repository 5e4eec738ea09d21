# SPDX-License-Identifier: MIT
"""The encoding cp932, from _codecs_jp."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_jp", "cp932"))
