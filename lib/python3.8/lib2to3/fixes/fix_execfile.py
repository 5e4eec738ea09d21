# SPDX-License-Identifier: MIT
"""execfile(name, ...): exec(compile(open(name, "rb").read(), name, 'exec'), ...)."""

from ..fixer_base import BaseFix
from ..fixer_util import ArgList, Call, Comma, Dot, LParen, Name, Node, RParen, String, syms


class FixExecfile(BaseFix):
    """Spells calls of execfile() out."""

    BM_compatible = True
    PATTERN = """
    power< 'execfile' trailer< '(' arglist< filename=any [',' globals=any [',' locals=any ] ] > ')' > >
    |
    power< 'execfile' trailer< '(' filename=any ')' > >
    """

    def transform(self, node, results):
        """Return the call of exec()."""
        filename = results["filename"]
        # The blanks before the last parenthesis stay.
        last = node.children[-1].children[-1].clone()
        opened = Node(syms.power, [Name("open"), ArgList([filename.clone(), Comma(), String('"rb"', " ")], rparen=last)])
        read = [Node(syms.trailer, [Dot(), Name("read")]), Node(syms.trailer, [LParen(), RParen()])]
        source = Node(syms.power, self._free(opened) + read)
        name = filename.clone()
        name.prefix = " "
        args = [Call(Name("compile"), [source, Comma(), name, Comma(), String("'exec'", " ")], "")]
        for part in (results.get("globals"), results.get("locals")):
            if part is not None:
                args += [Comma(), part.clone()]
        return Call(Name("exec"), args, prefix=node.prefix)

    @staticmethod
    def _free(node):
        """The children of a node, without it."""
        parts = list(node.children)
        for part in parts:
            part.remove()
        return parts
