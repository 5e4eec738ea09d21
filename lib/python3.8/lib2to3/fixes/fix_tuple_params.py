# SPDX-License-Identifier: MIT
"""Parameters that are tuples: one name, which is unpacked in the first line.

    def f((a, b), c):           def f(xxx_todo_changeme, c):
        ...                         (a, b) = xxx_todo_changeme
                                    ...
    lambda (x, y): x + y        lambda x_y: x_y[0] + x_y[1]
"""

from .. import pytree
from ..fixer_base import BaseFix
from ..fixer_util import Assign, Name, Newline, Number, Subscript, syms
from ..pgen2 import token


def is_docstring(stmt):
    """Whether a statement is a string alone."""
    return isinstance(stmt, pytree.Node) and stmt.children[0].type == token.STRING


class FixTupleParams(BaseFix):
    """Replaces tuples in the parameters of functions and lambdas."""

    BM_compatible = True
    # Before other fixers change what is in the functions.
    run_order = 4
    PATTERN = ("funcdef< 'def' any parameters< '(' args=any ')' > ['->' any] ':' suite=any+ >"
               "| lambda=lambdef< 'lambda' args=vfpdef< '(' inner=any ')' > ':' body=any >")

    def transform(self, node, results):
        """Replace the tuples, and unpack them in the first lines."""
        if "lambda" in results:
            return self.transform_lambda(node, results)
        suite, args = results["suite"], results["args"]
        one_line = suite[0].children[1].type != token.INDENT if len(suite[0].children) > 1 else True
        if one_line:
            start, indent, end = 0, "; ", pytree.Leaf(token.INDENT, "")
        else:
            start, indent, end = 2, suite[0].children[1].value, Newline()
        lines = []
        if args.type == syms.tfpdef:
            self._replace_tuple(args, lines, end, add_prefix=False)
        elif args.type == syms.typedargslist:
            for i, arg in enumerate(args.children):
                if arg.type == syms.tfpdef:
                    # The first parameter has no blank before it.
                    self._replace_tuple(arg, lines, end, add_prefix=i > 0)
        if not lines:
            return None
        for line in lines:
            line.parent = suite[0]
        after = start
        if start == 0:
            lines[0].prefix = " "
        elif is_docstring(suite[0].children[start]):
            lines[0].prefix = indent
            after = start + 1
        suite[0].children[after:after] = lines
        for line in suite[0].children[after + 1:after + len(lines) + 1]:
            line.prefix = indent
        suite[0].changed()
        return None

    def _replace_tuple(self, parameter, lines, end, add_prefix):
        """Put a name in the place of the tuple, and add the line that unpacks it."""
        name = Name(self.new_name())
        target = parameter.clone()
        target.prefix = ""
        line = Assign(target, name.clone())
        if add_prefix:
            name.prefix = " "
        parameter.replace(name)
        lines.append(pytree.Node(syms.simple_stmt, [line, end.clone()]))

    def transform_lambda(self, node, results):
        """Replace the tuple by a name, and its parts by what they are of it."""
        args, body = results["args"], results["body"]
        params = simplify_args(results["inner"])
        if params.type == token.NAME:
            # Only parentheses too many.
            params = params.clone()
            params.prefix = " "
            args.replace(params)
            return
        names = find_params(params)
        to_index = map_to_index(names)
        whole = Name(self.new_name(tuple_name(names)), prefix=" ")
        args.replace(whole.clone())
        for leaf in list(body.post_order()):
            if leaf.type == token.NAME and leaf.value in to_index:
                subscripts = [part.clone() for part in to_index[leaf.value]]
                leaf.replace(pytree.Node(syms.power, [Name(whole.value)] + subscripts, prefix=leaf.prefix))


def simplify_args(node):
    """Return what is inside of all parentheses around parameters."""
    if node.type in (syms.vfplist, token.NAME):
        return node
    if node.type == syms.vfpdef:
        while node.type == syms.vfpdef:
            node = node.children[1]
        return node
    raise RuntimeError("Received unexpected node %s" % node)


def find_params(node):
    """Return the names of parameters, as a list with lists for tuples in them."""
    if node.type == syms.vfpdef:
        return find_params(node.children[1])
    if node.type == token.NAME:
        return node.value
    return [find_params(child) for child in node.children if child.type != token.COMMA]


def map_to_index(param_list, prefix=[], d=None):
    """Return the subscripts that give each name, as a dict of lists; prefix are those of the list itself."""
    d = {} if d is None else d
    for i, item in enumerate(param_list):
        subscripts = prefix + [Subscript(Number(str(i)))]
        if isinstance(item, list):
            map_to_index(item, subscripts, d=d)
        else:
            d[item] = subscripts
    return d


def tuple_name(param_list):
    """Return a name made of the names of the parameters."""
    return "_".join(tuple_name(item) if isinstance(item, list) else item for item in param_list)
