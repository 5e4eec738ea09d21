# SPDX-License-Identifier: MIT
"""<>: !=."""

from .. import pytree
from ..fixer_base import BaseFix
from ..pgen2 import token


class FixNe(BaseFix):
    """Replaces the operator."""

    _accept_type = token.NOTEQUAL

    def match(self, node):
        """Whether the node is the operator, written the old way."""
        return node.value == "<>"

    def transform(self, node, results):
        """Return the operator, written the new way."""
        return pytree.Leaf(token.NOTEQUAL, "!=", prefix=node.prefix)
