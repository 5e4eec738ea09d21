# SPDX-License-Identifier: MIT
"""The encoding gb18030, from _codecs_cn."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_cn", "gb18030"))
