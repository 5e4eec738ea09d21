# SPDX-License-Identifier: MIT
"""[x for x in 1, 2]: the tuple needs parentheses."""

from ..fixer_base import BaseFix
from ..fixer_util import LParen, RParen


class FixParen(BaseFix):
    """Puts them there."""

    BM_compatible = True
    PATTERN = """
        atom< ('[' | '(')
            (listmaker< any
                comp_for<
                    'for' any 'in'
                    target=testlist_safe< any (',' any)+ [','] >
                    [any]
                >
            >
            |
            testlist_gexp< any
                comp_for<
                    'for' any 'in'
                    target=testlist_safe< any (',' any)+ [','] >
                    [any]
                >
            >)
        (']' | ')') >
    """

    def transform(self, node, results):
        """Add the parentheses."""
        target = results["target"]
        left = LParen()
        left.prefix = target.prefix
        target.prefix = ""
        target.insert_child(0, left)
        target.append_child(RParen())
