# SPDX-License-Identifier: MIT
"""The encoding euc_jisx0213, from _codecs_jp."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_jp", "euc_jisx0213"))
