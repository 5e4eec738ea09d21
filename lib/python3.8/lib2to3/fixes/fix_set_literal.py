# SPDX-License-Identifier: MIT
"""set([1, 2]): {1, 2}."""

from .. import pytree
from ..fixer_base import BaseFix
from ..fixer_util import syms
from ..pgen2 import token


class FixSetLiteral(BaseFix):
    """Turns calls of set() with a display into set displays.  Only done when asked for."""

    BM_compatible = True
    explicit = True
    PATTERN = """power< 'set' trailer< '('
                     (atom=atom< ('[' | '(') (items=listmaker< any ((',' any)* [',']) >
                                |
                                single=any) ']' >
                     |
                     atom< '(' items=testlist_gexp< any ((',' any)* [',']) > ')' >
                     )
                     ')' > >
              """

    def transform(self, node, results):
        """Return the display; None for an empty one."""
        single = results.get("single")
        if single:
            items = pytree.Node(syms.listmaker, [single.clone()])
            single.replace(items)
        else:
            items = results["items"]
        braces = [pytree.Leaf(token.LBRACE, "{")]
        braces.extend(part.clone() for part in items.children)
        braces.append(pytree.Leaf(token.RBRACE, "}"))
        # Blanks before the closing bracket.
        braces[-1].prefix = items.next_sibling.prefix
        maker = pytree.Node(syms.dictsetmaker, braces)
        maker.prefix = node.prefix
        # {x for x in y} has one child in its place: the generator may stand in parentheses.
        if len(maker.children) == 4:
            last = maker.children[2]
            last.remove()
            maker.children[-1].prefix = last.prefix
        return maker
