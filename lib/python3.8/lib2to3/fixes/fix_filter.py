# SPDX-License-Identifier: MIT
"""filter(): list(filter()), unless the result is only walked over; filter(lambda) becomes a list display.

Nothing is done in files with "from future_builtins import filter".
"""

from ..fixer_base import ConditionalFix
from ..fixer_util import ArgList, ListComp, Name, in_special_context, parenthesize
from ..pygram import python_symbols as syms
from ..pytree import Node
from .fix_map import LAMBDA


class FixFilter(ConditionalFix):
    """Makes lists of what filter() gives."""

    BM_compatible = True
    PATTERN = "|".join("%spower< 'filter' %s [extra_trailers=trailer*] >" % way for way in (
        ("filter_lambda=", "trailer< '(' arglist< %s ',' it=any > ')' >" % LAMBDA),
        ("", "trailer< '(' arglist< none='None' ',' seq=any > ')' >"),
        ("", "args=trailer< '(' [any] ')' >")))
    skip_on = "future_builtins.filter"

    def transform(self, node, results):
        """Return the list; None if an iterator will do."""
        if self.should_skip(node):
            return None
        trailers = [part.clone() for part in results.get("extra_trailers", ())]
        if "filter_lambda" in results:
            test = results["xp"].clone()
            if test.type == syms.test:
                test.prefix = ""
                test = parenthesize(test)
            new = ListComp(results["fp"].clone(), results["fp"].clone(), results["it"].clone(), test)
            new = Node(syms.power, [new] + trailers, prefix="")
        elif "none" in results:
            new = ListComp(Name("_f"), Name("_f"), results["seq"].clone(), Name("_f"))
            new = Node(syms.power, [new] + trailers, prefix="")
        else:
            if in_special_context(node):
                return None
            call = Node(syms.power, [Name("filter"), results["args"].clone()])
            new = Node(syms.power, [Name("list"), ArgList([call])] + trailers)
            new.prefix = ""
        new.prefix = node.prefix
        return new
