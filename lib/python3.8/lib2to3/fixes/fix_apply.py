# SPDX-License-Identifier: MIT
"""apply(f, args, keywords): f(*args, **keywords)."""

from ..fixer_base import BaseFix
from ..fixer_util import Call, Comma, parenthesize
from ..pgen2 import token
from ..pytree import Leaf


class FixApply(BaseFix):
    """Turns calls of apply() into calls with * and **."""

    BM_compatible = True
    PATTERN = """
        power< 'apply'
            trailer< '('
                arglist< (not argument<NAME '=' any>) func=any ','
                         (not argument<NAME '=' any>) args=any
                         [',' (not argument<NAME '=' any>) kwds=any] [','] >
            ')' >
        >"""

    def transform(self, node, results):
        """Return the call; None if an argument is already one with *."""
        func, args, kwds = results["func"], results["args"], results.get("kwds")
        stars = (token.STAR, token.DOUBLESTAR)
        for part in (func, args, kwds):
            if part is not None and part.type == self.syms.argument and part.children[0].type in stars:
                return None
        simple = func.type == token.NAME or func.type == self.syms.atom or (
            func.type == self.syms.power and func.children[-2].type != token.DOUBLESTAR)
        func = func.clone()
        func.prefix = ""
        arguments = [Leaf(token.STAR, "*"), self._bare(args)]
        if kwds is not None:
            arguments += [Comma(), Leaf(token.DOUBLESTAR, "**", prefix=" "), self._bare(kwds)]
        return Call(func if simple else parenthesize(func), arguments, prefix=node.prefix)

    @staticmethod
    def _bare(part):
        part = part.clone()
        part.prefix = ""
        return part
