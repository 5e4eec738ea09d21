# SPDX-License-Identifier: MIT
"""The encoding cp949, from _codecs_kr."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_kr", "cp949"))
