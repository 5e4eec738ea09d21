# SPDX-License-Identifier: MIT
"""What fixers need again and again: making nodes, asking about them, finding names and imports."""

from . import patcomp
from .pgen2 import token
from .pygram import python_symbols as syms
from .pytree import Leaf, Node

# Making nodes


def Name(name, prefix=None):
    """A name."""
    return Leaf(token.NAME, name, prefix=prefix)


def String(string, prefix=None):
    """A string literal, given with its quotes."""
    return Leaf(token.STRING, string, prefix=prefix)


def Number(n, prefix=None):
    """A number, given as it is written."""
    return Leaf(token.NUMBER, n, prefix=prefix)


def Comma():
    """A comma."""
    return Leaf(token.COMMA, ",")


def Dot():
    """A dot."""
    return Leaf(token.DOT, ".")


def LParen():
    """A left parenthesis."""
    return Leaf(token.LPAR, "(")


def RParen():
    """A right parenthesis."""
    return Leaf(token.RPAR, ")")


def Newline():
    """A line end."""
    return Leaf(token.NEWLINE, "\n")


def BlankLine():
    """What is left of a statement that has been taken out: a line end of no length."""
    return Leaf(token.NEWLINE, "")


def _word(text):
    return Leaf(token.NAME, text, prefix=" ")


def KeywordArg(keyword, value):
    """keyword=value"""
    return Node(syms.argument, [keyword, Leaf(token.EQUAL, "="), value])


def Assign(target, source):
    """target = source, each a node or a list of nodes."""
    left, right = (list(side) if isinstance(side, list) else [side] for side in (target, source))
    right[0].prefix = " "
    return Node(syms.atom, left + [Leaf(token.EQUAL, "=", prefix=" ")] + right)


def Attr(obj, attr):
    """obj.attr, as a list of two nodes."""
    return [obj, Node(syms.trailer, [Dot(), attr])]


def ArgList(args, lparen=LParen(), rparen=RParen()):
    """(args), the list in the parentheses of a call."""
    inside = [Node(syms.arglist, args)] if args else []
    return Node(syms.trailer, [lparen.clone(), *inside, rparen.clone()])


def Call(func_name, args=None, prefix=None):
    """func_name(args)"""
    return Node(syms.power, [func_name, ArgList(args)], prefix=prefix)


def Subscript(index_node):
    """[index_node]"""
    return Node(syms.trailer, [Leaf(token.LBRACE, "["), index_node, Leaf(token.RBRACE, "]")])


def ListComp(xp, fp, it, test=None):
    """[xp for fp in it], with "if test" if that is given."""
    xp.prefix = ""
    fp.prefix = it.prefix = " "
    inside = [_word("for"), fp, _word("in"), it]
    if test:
        test.prefix = " "
        inside.append(Node(syms.comp_if, [_word("if"), test]))
    maker = Node(syms.listmaker, [xp, Node(syms.comp_for, inside)])
    return Node(syms.atom, [Leaf(token.LBRACE, "["), maker, Leaf(token.RBRACE, "]")])


def FromImport(package_name, name_leafs):
    """from package_name import names; the leaves are taken out of where they are."""
    for leaf in name_leafs:
        leaf.remove()
    return Node(syms.import_from, [Leaf(token.NAME, "from"), _word(package_name), _word("import"),
                                   Node(syms.import_as_names, name_leafs)])


def ImportAndCall(node, results, names):
    """names[0].names[1](...), in the place of the call node.

    results has the arguments (obj), the parentheses (lpar, rpar) and a list of
    what follows (after).
    """
    obj = results["obj"].clone()
    arguments = obj if obj.type == syms.arglist else Node(syms.arglist, [obj])
    call = Node(syms.trailer, [results["lpar"].clone(), arguments, results["rpar"].clone()])
    after = [child.clone() for child in results["after"] or ()]
    new = Node(syms.power, Attr(Name(names[0]), Name(names[1])) + [call] + after)
    new.prefix = node.prefix
    return new


def parenthesize(node):
    """(node)"""
    return Node(syms.atom, [LParen(), node, RParen()])


# Asking about nodes


def is_tuple(node):
    """Whether the node is a tuple in parentheses."""
    if node.type != syms.atom or len(node.children) not in (2, 3):
        return False
    if (node.children[0].type, node.children[-1].type) != (token.LPAR, token.RPAR):
        return False
    return len(node.children) == 2 or _has_comma(node.children[1])


def _has_comma(node):
    return node.type == syms.testlist_gexp and any(child.type == token.COMMA for child in node.children)


def is_list(node):
    """Whether the node is a list in brackets."""
    return (node.type == syms.atom and len(node.children) > 1 and isinstance(node.children[0], Leaf)
            and isinstance(node.children[-1], Leaf) and node.children[0].value == "[" and node.children[-1].value == "]")


def attr_chain(obj, attr):
    """Give obj.attr, obj.attr.attr and so on, to the first false value."""
    obj = getattr(obj, attr)
    while obj:
        yield obj
        obj = getattr(obj, attr)


consuming_calls = {"sorted", "list", "set", "any", "all", "tuple", "sum", "min", "max", "enumerate"}

# Places in which an iterator is as good as a list; node is the place.
p0 = "for_stmt< 'for' any 'in' node=any ':' any* > | comp_for< 'for' any 'in' node=any any* >"
p1 = "power< (%s | (any* trailer< '.' 'join' >)) trailer< '(' node=any ')' > any* >" % " | ".join(
    map(repr, ("iter", "list", "tuple", "sorted", "set", "sum", "any", "all", "enumerate")))
p2 = "power< ('sorted' | 'enumerate') trailer< '(' arglist< node=any any* > ')' > any* >"
pats_built = False


def in_special_context(node):
    """Whether an iterator will do in the place of this node: it is only walked over."""
    global p0, p1, p2, pats_built
    if not pats_built:
        p0, p1, p2 = map(patcomp.compile_pattern, (p0, p1, p2))
        pats_built = True
    for pattern, above in zip((p0, p1, p2), attr_chain(node, "parent")):
        found = {}
        if pattern.match(above, found) and found["node"] is node:
            return True
    return False


def is_probably_builtin(node):
    """Whether a name seems to be that of a built-in: not an attribute, parameter, or what is defined here."""
    before, above = node.prev_sibling, node.parent
    if before is not None and before.type == token.DOT:
        return False
    if above.type in (syms.funcdef, syms.classdef):
        return False
    if above.type == syms.expr_stmt and above.children[0] is node:
        return False
    if above.type == syms.parameters:
        return False
    first_or_after_comma = above.children[0] is node or (before is not None and before.type == token.COMMA)
    return not (above.type == syms.typedargslist and first_or_after_comma)


def find_indentation(node):
    """Return the indentation of the block that the node is in."""
    while node is not None:
        if node.type == syms.suite and len(node.children) > 2 and node.children[1].type == token.INDENT:
            return node.children[1].value
        node = node.parent
    return ""


def make_suite(node):
    """Return a suite of the node: itself, or one with a copy of it."""
    if node.type == syms.suite:
        return node
    suite = Node(syms.suite, [node.clone()])
    suite.parent = node.parent
    return suite


def find_root(node):
    """Return the file_input above a node; ValueError if there is none."""
    while node.type != syms.file_input:
        node = node.parent
        if not node:
            raise ValueError("root found before file_input was found.")
    return node


# Names and imports


def does_tree_import(package, name, node):
    """Whether the file of the node imports name, from package unless that is None or empty."""
    return bool(find_binding(name, find_root(node), package))


def is_import(node):
    """Whether the node is an import."""
    return node.type in (syms.import_name, syms.import_from)


def touch_import(package, name, node):
    """Add "import name", or "from package import name", to the file of the node, unless it has it.

    It goes behind the first imports there are, else behind the docstring.
    """
    root = find_root(node)
    if does_tree_import(package, name, root):
        return
    if package is None:
        statement = Node(syms.import_name, [Leaf(token.NAME, "import"), _word(name)])
    else:
        statement = FromImport(package, [_word(name)])
    root.insert_child(_place_of_imports(root.children), Node(syms.simple_stmt, [statement, Newline()]))


def _place_of_imports(statements):
    """The index behind the first imports, or behind the docstring."""
    def imports(node):
        return node.type == syms.simple_stmt and node.children and is_import(node.children[0])

    place = 0
    for place, node in enumerate(statements):
        if imports(node):
            while place < len(statements) and imports(statements[place]):
                place += 1
            return place
    for place, node in enumerate(statements):
        if node.type == syms.simple_stmt and node.children and node.children[0].type == token.STRING:
            return place + 1
    return 0


_DEFINITIONS = {syms.classdef, syms.funcdef}
_BLOCKS = {syms.for_stmt, syms.if_stmt, syms.while_stmt, syms.try_stmt}
_NOT_SEARCHED = _DEFINITIONS | {syms.trailer}


def find_binding(name, node, package=None):
    """Return the statement below the node that gives name a value; None if there is none.

    With a package only imports from it count.  Functions and classes are not
    looked into.
    """
    for child in node.children:
        found = _binding_in(name, child, package)
        if found and (not package or is_import(found)):
            return found
    return None


def _binding_in(name, node, package):
    """The statement that binds the name: node or one inside of it."""
    if node.type in _BLOCKS:
        if node.type == syms.for_stmt and _find(name, node.children[1]):
            return node
        for before, part in zip(node.children, node.children[1:]):
            if before.type == token.COLON:
                found = find_binding(name, make_suite(part), package)
                if found:
                    return found
        return None
    if node.type in _DEFINITIONS:
        return node if node.children[1].value == name else None
    if node.type == syms.simple_stmt:
        return find_binding(name, node, package)
    if node.type == syms.expr_stmt:
        return node if _find(name, node.children[0]) else None
    return _import_of(name, node, package)


def _find(name, node):
    """The leaf with this text in the node, calls and subscripts left out; None if there is none."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node.type == token.NAME and node.value == name:
            return node
        if node.type > 255 and node.type not in _NOT_SEARCHED:
            waiting.extend(node.children)
    return None


def _named(node):
    """The name that a part of an import binds: the last in "a as b"."""
    return node.children[2] if node.type in (syms.import_as_name, syms.dotted_as_name) else node


def _import_of(name, node, package):
    """The node, if it is an import that binds the name (from package, if given)."""
    if node.type == syms.import_name and not package:
        names = node.children[1]
    elif node.type == syms.import_from:
        if package and str(node.children[1]).strip() != package:
            return None
        names = node.children[-1] if node.children[-1].type != token.RPAR else node.children[-2]
        if package and names.type == token.STAR:
            return node
        if package and _find("as", names):
            return None
    else:
        return None
    parts = names.children if names.type in (syms.dotted_as_names, syms.import_as_names) else [names]
    bound = map(_named, parts)
    return node if any(part.type == token.NAME and part.value == name for part in bound) else None
