# SPDX-License-Identifier: MIT
"""it.next(): next(it); the method next() is __next__().

Nothing is done with calls in a file that gives the name next another meaning,
except that __next__() is called.
"""

from ..fixer_base import BaseFix
from ..fixer_util import Call, Name, find_binding
from ..pgen2 import token
from ..pygram import python_symbols as syms

bind_warning = "Calls to builtin next() possibly shadowed by global binding"


class FixNext(BaseFix):
    """Changes calls and definitions of the method."""

    BM_compatible = True
    PATTERN = "|".join([
        "power< base=any+ trailer< '.' attr='next' > trailer< '(' ')' > >",
        "power< head=any+ trailer< '.' attr='next' > not trailer< '(' ')' > >",
        "classdef< 'class' any+ ':' suite< any* funcdef< 'def' name='next' parameters< '(' NAME ')' > any+ > any* > >",
        "global=global_stmt< 'global' any* 'next' any* >"])
    order = "pre"

    def start_tree(self, tree, filename):
        """Called once before a tree is changed."""
        super().start_tree(tree, filename)
        bound = find_binding('next', tree)
        if bound:
            self.warning(bound, bind_warning)
        self.shadowed_next = bool(bound)

    def transform(self, node, results):
        """Change what was found."""
        base, attr, name = (results.get(key) for key in ("base", "attr", "name"))
        if base:
            if self.shadowed_next:
                attr.replace(Name("__next__", prefix=attr.prefix))
            else:
                parts = [part.clone() for part in base]
                parts[0].prefix = ""
                node.replace(Call(Name("next", prefix=node.prefix), parts))
        elif name:
            name.replace(Name("__next__", prefix=name.prefix))
        elif attr:
            # x.next = ... changes nothing that has to be renamed, unless x is the module of built-ins.
            if not is_assign_target(node):
                attr.replace(Name("__next__"))
            elif "".join(map(str, results["head"])).strip() == '__builtin__':
                self.warning(node, bind_warning)
        elif "global" in results:
            self.warning(node, bind_warning)
            self.shadowed_next = True


def is_assign_target(node):
    """Whether the node stands before the = of an assignment."""
    assign = find_assign(node)
    if assign is None:
        return False
    for child in assign.children:
        if child.type == token.EQUAL:
            return False
        if is_subtree(child, node):
            return True
    return False


def find_assign(node):
    """Return the assignment that the node is in; None if it is in none."""
    while node is not None and node.type != syms.simple_stmt:
        if node.type == syms.expr_stmt:
            return node
        node = node.parent
    return None


def is_subtree(root, node):
    """Whether node is root, or below it."""
    return root == node or any(is_subtree(child, node) for child in root.children)
