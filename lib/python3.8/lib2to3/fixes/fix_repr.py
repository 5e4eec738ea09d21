# SPDX-License-Identifier: MIT
"""Backquotes: repr()."""

from ..fixer_base import BaseFix
from ..fixer_util import Call, Name, parenthesize


class FixRepr(BaseFix):
    """Turns an expression in backquotes into a call."""

    BM_compatible = True
    PATTERN = "atom < '`' expr=any '`' >"

    def transform(self, node, results):
        """Return the call."""
        expr = results["expr"].clone()
        if expr.type == self.syms.testlist1:
            expr = parenthesize(expr)
        return Call(Name("repr"), [expr], prefix=node.prefix)
