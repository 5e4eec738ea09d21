# SPDX-License-Identifier: MIT
"""The encoding big5hkscs, from _codecs_hk."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_hk", "big5hkscs"))
