# SPDX-License-Identifier: MIT
"""The encoding hz, from _codecs_cn."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_cn", "hz"))
