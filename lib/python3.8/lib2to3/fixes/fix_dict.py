# SPDX-License-Identifier: MIT
"""Methods of dicts: keys(), items() and values() gave lists, iterkeys() and so on iterators, viewkeys() and so on views.

    d.keys()        list(d.keys())
    d.iterkeys()    iter(d.keys())
    d.viewkeys()    d.keys()

The calls around are left out where the dict is only walked over.
"""

from .. import fixer_util, patcomp
from ..fixer_base import BaseFix
from ..fixer_util import Call, Dot, Name
from ..pytree import Node

iter_exempt = fixer_util.consuming_calls | {"iter"}


class FixDict(BaseFix):
    """Turns calls of those methods into what is the same now."""

    BM_compatible = True
    PATTERN = "power< head=any+ trailer< '.' method=(%s) > parens=trailer< '(' ')' > tail=any* >" % "|".join(
        repr(kind + what) for kind in ("", "iter", "view") for what in ("keys", "items", "values"))
    P1 = "power< func=NAME trailer< '(' node=any ')' > any* >"
    p1 = patcomp.compile_pattern(P1)
    P2 = "for_stmt< 'for' any 'in' node=any ':' any* > | comp_for< 'for' any 'in' node=any any* >"
    p2 = patcomp.compile_pattern(P2)

    def transform(self, node, results):
        """Return what is in the place of the call."""
        tail = results["tail"]
        method = results["method"][0]
        name = method.value
        is_iter, is_view = name.startswith("iter"), name.startswith("view")
        if is_iter or is_view:
            name = name[4:]
        special = not tail and self.in_special_context(node, is_iter)
        parts = [part.clone() for part in results["head"]]
        parts.append(Node(self.syms.trailer, [Dot(), Name(name, prefix=method.prefix)]))
        parts.append(results["parens"].clone())
        new = Node(self.syms.power, parts)
        if not (special or is_view):
            new.prefix = ""
            new = Call(Name("iter" if is_iter else "list"), [new])
        if tail:
            new = Node(self.syms.power, [new] + [part.clone() for part in tail])
        new.prefix = node.prefix
        return new

    def in_special_context(self, node, isiter):
        """Whether a view will do in the place of the node (isiter: of an iterator)."""
        if node.parent is None:
            return False
        found = {}
        if node.parent.parent is not None and self.p1.match(node.parent.parent, found) and found["node"] is node:
            return found["func"].value in (iter_exempt if isiter else fixer_util.consuming_calls)
        if not isiter:
            return False
        return self.p2.match(node.parent, found) and found["node"] is node
