# SPDX-License-Identifier: MIT
"""The encoding shift_jis, from _codecs_jp."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_jp", "shift_jis"))
