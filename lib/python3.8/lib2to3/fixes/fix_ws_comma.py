# SPDX-License-Identifier: MIT
"""Blanks around commas and colons: none before, one behind."""

from .. import pytree
from ..fixer_base import BaseFix
from ..pgen2 import token


class FixWsComma(BaseFix):
    """Puts blanks where they usually stand.  Only done when asked for."""

    explicit = True
    PATTERN = "any< (not(',') any)+ ',' ((not(',') any)+ ',')* [not(',') any] >"
    SEPS = COMMA, COLON = pytree.Leaf(token.COMMA, ","), pytree.Leaf(token.COLON, ":")

    def transform(self, node, results):
        """Return a copy with such blanks; line ends stay."""
        new = node.clone()
        behind = False
        for child in new.children:
            if child in self.SEPS:
                if child.prefix.isspace() and "\n" not in child.prefix:
                    child.prefix = ""
                behind = True
            else:
                if behind and not child.prefix:
                    child.prefix = " "
                behind = False
        return new
