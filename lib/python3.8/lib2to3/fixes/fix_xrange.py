# SPDX-License-Identifier: MIT
"""xrange(): range(); range(): list(range()), unless the result is only walked over."""

from .. import patcomp
from ..fixer_base import BaseFix
from ..fixer_util import Call, Name, consuming_calls


class FixXrange(BaseFix):
    """Changes calls of both functions."""

    BM_compatible = True
    PATTERN = """
              power<
                 (name='range'|name='xrange') trailer< '(' args=any ')' >
              rest=any* >
              """
    P1 = "power< func=NAME trailer< '(' node=any ')' > any* >"
    p1 = patcomp.compile_pattern(P1)
    P2 = "for_stmt< 'for' any 'in' node=any ':' any* > | comp_for< 'for' any 'in' node=any any* > | comparison< any 'in' node=any any*>"
    p2 = patcomp.compile_pattern(P2)

    def start_tree(self, tree, filename):
        """Called once before a tree is changed."""
        super().start_tree(tree, filename)
        self.transformed_xranges = set()

    def finish_tree(self, tree, filename):
        """Called once when a tree has been changed."""
        self.transformed_xranges = None

    def transform(self, node, results):
        """Change the call."""
        name = results["name"].value
        if name == "xrange":
            return self.transform_xrange(node, results)
        if name == "range":
            return self.transform_range(node, results)
        raise ValueError(repr(name))

    def transform_xrange(self, node, results):
        """Replace the name."""
        name = results["name"]
        name.replace(Name("range", prefix=name.prefix))
        # It is found again as a call of range(), which it is not to be taken for.
        self.transformed_xranges.add(id(node))

    def transform_range(self, node, results):
        """Put list() around the call, if it is needed."""
        if id(node) in self.transformed_xranges or self.in_special_context(node):
            return None
        call = Call(Name("range"), [results["args"].clone()])
        new = Call(Name("list"), [call], prefix=node.prefix)
        for part in results["rest"]:
            new.append_child(part.clone() if part.parent is not None else part)
        return new

    def in_special_context(self, node):
        """Whether a range will do in the place of the node."""
        if node.parent is None:
            return False
        found = {}
        if node.parent.parent is not None and self.p1.match(node.parent.parent, found) and found["node"] is node:
            return found["func"].value in consuming_calls
        return self.p2.match(node.parent, found) and found["node"] is node
