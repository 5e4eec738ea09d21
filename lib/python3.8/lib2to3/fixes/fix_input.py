# SPDX-License-Identifier: MIT
"""input(): eval(input())."""

from .. import patcomp
from ..fixer_base import BaseFix
from ..fixer_util import Call, Name

context = patcomp.compile_pattern("power< 'eval' trailer< '(' any ')' > >")


class FixInput(BaseFix):
    """Puts eval() around calls of input(), unless it is there."""

    BM_compatible = True
    PATTERN = "power< 'input' args=trailer< '(' [any] ')' > >"

    def transform(self, node, results):
        """Return the call of eval()."""
        if context.match(node.parent.parent):
            return None
        new = node.clone()
        new.prefix = ""
        return Call(Name("eval"), [new], prefix=node.prefix)
