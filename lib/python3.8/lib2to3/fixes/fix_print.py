# SPDX-License-Identifier: MIT
"""The statement print: the function print().

    print x, y      print(x, y)
    print x,        print(x, end=' ')
    print >>f, x    print(x, file=f)

Nothing is done in files with "from __future__ import print_function".
"""

from .. import patcomp, pytree
from ..fixer_base import BaseFix
from ..fixer_util import Call, Comma, Name, String
from ..pgen2 import token

parend_expr = patcomp.compile_pattern("""atom< '(' [atom|STRING|NAME] ')' >""")


class FixPrint(BaseFix):
    """Turns print statements into calls."""

    BM_compatible = True
    PATTERN = """
              simple_stmt< any* bare='print' any* > | print_stmt
              """

    def transform(self, node, results):
        """Return the call, or replace the word."""
        bare = results.get("bare")
        if bare:
            bare.replace(Call(Name("print"), [], prefix=bare.prefix))
            return None
        parts = node.children[1:]
        if len(parts) == 1 and parend_expr.match(parts[0]):
            return None         # it is a call already, or means the same as one
        end = file = None
        if parts and parts[-1].type == token.COMMA:
            parts = parts[:-1]
            end = " "
        if parts and parts[0].type == token.RIGHTSHIFT:
            file = parts[1].clone()
            parts = parts[3:]
        args = [part.clone() for part in parts]
        if args:
            args[0].prefix = ""
        if end is not None:
            self.add_kwarg(args, "end", String(repr(end)))
        if file is not None:
            self.add_kwarg(args, "file", file)
        call = Call(Name("print"), args)
        call.prefix = node.prefix
        return call

    def add_kwarg(self, l_nodes, s_kwd, n_expr):
        """Add the argument s_kwd=n_expr to the list l_nodes."""
        n_expr.prefix = ""
        argument = pytree.Node(self.syms.argument, (Name(s_kwd), pytree.Leaf(token.EQUAL, "="), n_expr))
        if l_nodes:
            l_nodes.append(Comma())
            argument.prefix = " "
        l_nodes.append(argument)
