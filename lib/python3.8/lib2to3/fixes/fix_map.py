# SPDX-License-Identifier: MIT
"""map(): list(map()), unless the result is only walked over; map(lambda) becomes a list display.

Nothing is done in files with "from future_builtins import map".  A call whose
result is not used is warned about: it does nothing any more by itself.
"""

from ..fixer_base import ConditionalFix
from ..fixer_util import ArgList, Call, ListComp, Name, in_special_context
from ..pgen2 import token
from ..pygram import python_symbols as syms
from ..pytree import Node

# A lambda of one parameter.
LAMBDA = "lambdef< 'lambda' (fp=NAME | vfpdef< '(' fp=NAME ')'>) ':' xp=any >"


def _in_list(node):
    """list(...) of a copy of the node."""
    inner = node.clone()
    inner.prefix = ""
    return Call(Name("list"), [inner])


class FixMap(ConditionalFix):
    """Makes lists of what map() gives."""

    BM_compatible = True
    PATTERN = "|".join("%spower< 'map' %s [extra_trailers=trailer*] >" % way for way in (
        ("map_none=", "trailer< '(' arglist< 'None' ',' arg=any [','] > ')' >"),
        ("map_lambda=", "trailer< '(' arglist< %s ',' it=any > ')' >" % LAMBDA),
        ("", "args=trailer< '(' [any] ')' >")))
    skip_on = "future_builtins.map"

    def transform(self, node, results):
        """Return the list; None if an iterator will do."""
        if self.should_skip(node):
            return None
        trailers = [part.clone() for part in results.get("extra_trailers", ())]
        if node.parent.type == syms.simple_stmt:
            self.warning(node, "You should use a for loop here")
            new = _in_list(node)
        elif "map_lambda" in results:
            new = ListComp(*(results[name].clone() for name in ("xp", "fp", "it")))
            new = Node(syms.power, [new] + trailers, prefix="")
        elif "map_none" in results:
            new = Node(syms.power, [_in_list(results["arg"])] + trailers, prefix="")
        else:
            new = self._plain(node, results, trailers)
        if new is not None:
            new.prefix = node.prefix
        return new

    def _plain(self, node, results, trailers):
        args = results["args"]
        inside = args.children[1]
        if inside.type == syms.arglist and inside.children[0].type == token.NAME and inside.children[0].value == "None":
            self.warning(node, "cannot convert map(None, ...) with multiple arguments because map() now truncates "
                               "to the shortest sequence")
            return None
        if in_special_context(node):
            return None
        call = Node(syms.power, [Name("map"), args.clone()], prefix="")
        return Node(syms.power, [Name("list"), ArgList([call])] + trailers, prefix="")
