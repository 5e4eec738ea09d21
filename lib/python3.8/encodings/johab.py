# SPDX-License-Identifier: MIT
"""The encoding johab, from _codecs_kr."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_kr", "johab"))
