# SPDX-License-Identifier: MIT
"""The encoding cp950, from _codecs_tw."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_tw", "cp950"))
