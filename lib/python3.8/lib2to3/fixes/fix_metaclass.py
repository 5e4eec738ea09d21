# SPDX-License-Identifier: MIT
"""__metaclass__ = M in a class: metaclass=M in its header.

Of several assignments the last counts.
"""

from ..fixer_base import BaseFix
from ..fixer_util import Leaf, Node, syms
from ..pgen2 import token


def has_metaclass(parent):
    """Whether a class or its suite has such an assignment."""
    for node in parent.children:
        if node.type == syms.suite:
            return has_metaclass(node)
        if node.type == syms.simple_stmt and node.children and _is_assignment(node.children[0]):
            return True
    return False


def _is_assignment(node):
    """Whether the node is an assignment to __metaclass__."""
    return node.type == syms.expr_stmt and bool(node.children) and isinstance(node.children[0], Leaf) \
        and node.children[0].value == '__metaclass__'


def fixup_parse_tree(cls_node):
    """Give a class with its body on the line of its header a suite."""
    if any(node.type == syms.suite for node in cls_node.children):
        return
    for i, node in enumerate(cls_node.children):
        if node.type == token.COLON:
            break
    else:
        raise ValueError("No class suite and no ':'!")
    suite = Node(syms.suite, [])
    for part in cls_node.children[i + 1:]:
        part.remove()
        suite.append_child(part)
    cls_node.append_child(suite)


def fixup_simple_stmt(parent, i, stmt_node):
    """Split statement i of parent in two, where __metaclass__ is not the first on its line."""
    for place, node in enumerate(stmt_node.children):
        if node.type == token.SEMI:
            break
    else:
        return
    node.remove()       # the semicolon
    expression = Node(syms.expr_stmt, [])
    line = Node(syms.simple_stmt, [expression])
    for part in stmt_node.children[place:]:
        part.remove()
        expression.append_child(part)
    parent.insert_child(i, line)
    first_new, first_old = line.children[0].children[0], stmt_node.children[0].children[0]
    first_new.prefix = first_old.prefix


def remove_trailing_newline(node):
    """Take the line end at the end of a node out."""
    if node.children and node.children[-1].type == token.NEWLINE:
        node.children[-1].remove()


def find_metas(cls_node):
    """Give (suite, index, statement) of each assignment to __metaclass__ in a class."""
    for suite in cls_node.children:
        if suite.type == syms.suite:
            break
    else:
        raise ValueError("No class suite!")
    for i, line in list(enumerate(suite.children)):
        if line.type == syms.simple_stmt and line.children and _is_assignment(line.children[0]):
            fixup_simple_stmt(suite, i, line)
            remove_trailing_newline(line)
            yield suite, i, line


def fixup_indent(suite):
    """Let the first statement of a suite have the indentation that stands for it, and no more."""
    parts = suite.children[::-1]
    while parts:
        if parts.pop().type == token.INDENT:
            break
    while parts:
        node = parts.pop()
        if isinstance(node, Leaf) and node.type != token.DEDENT:
            if node.prefix:
                node.prefix = ""
            return
        parts.extend(node.children[::-1])


class FixMetaclass(BaseFix):
    """Moves the metaclass into the header."""

    BM_compatible = True
    PATTERN = """
    classdef<any*>
    """

    def transform(self, node, results):
        """Change the class."""
        if not has_metaclass(node):
            return
        fixup_parse_tree(node)
        last = None
        for suite, i, line in find_metas(node):
            last = line
            line.remove()
        first_text = node.children[0].type      # of a leaf, to make more like it
        arguments = self._arguments(node)
        assignment = last.children[0].children
        assignment[0].value = "metaclass"
        # No blanks around the =, and one before it all if something stands there.
        assignment[0].prefix = " " if arguments.children else ""
        if arguments.children:
            arguments.append_child(Leaf(token.COMMA, ","))
        assignment[1].prefix = ""
        assignment[2].prefix = ""
        arguments.append_child(last.children[0].clone())
        fixup_indent(suite)
        self._fill(suite, first_text)

    @staticmethod
    def _arguments(node):
        """The argument list in the header, made if it is not there."""
        parts = node.children
        if len(parts) == 7 or (len(parts) == 6 and parts[3].type == syms.arglist):
            if parts[3].type == syms.arglist:
                return parts[3]
            only = parts[3].clone()
            arguments = Node(syms.arglist, [only])
            node.set_child(3, arguments)
            return arguments
        arguments = Node(syms.arglist, [])
        if len(parts) == 6:
            node.insert_child(3, arguments)     # class C():
            return arguments
        if len(parts) == 4:
            node.insert_child(2, Leaf(token.LPAR, "("))
            node.insert_child(3, arguments)
            node.insert_child(4, Leaf(token.RPAR, ")"))
            return arguments
        raise ValueError("Unexpected class definition")

    @staticmethod
    def _fill(suite, kind):
        """Put "pass" into a suite that has nothing in it any more."""
        if not suite.children:
            suite.append_child(Leaf(kind, "pass", prefix=" "))
            suite.append_child(Leaf(token.NEWLINE, "\n"))
        elif len(suite.children) > 1 and suite.children[-2].type == token.INDENT and suite.children[-1].type == token.DEDENT:
            suite.insert_child(-1, Leaf(kind, "pass"))
            suite.insert_child(-1, Leaf(token.NEWLINE, "\n"))
