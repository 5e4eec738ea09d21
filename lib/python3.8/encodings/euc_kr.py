# SPDX-License-Identifier: MIT
"""The encoding euc_kr, from _codecs_kr."""
from encodings import _multibyte

globals().update(_multibyte.members("_codecs_kr", "euc_kr"))
