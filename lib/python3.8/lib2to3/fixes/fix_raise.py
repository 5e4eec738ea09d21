# SPDX-License-Identifier: MIT
"""raise E, V, T: raise E(V).with_traceback(T).

A tuple as V becomes arguments; of a tuple of classes the first is taken.
Exceptions that are strings are warned about.
"""

from .. import pytree
from ..fixer_base import BaseFix
from ..fixer_util import ArgList, Attr, Call, Name, is_tuple
from ..pgen2 import token


class FixRaise(BaseFix):
    """Turns the parts of raise statements into a call."""

    BM_compatible = True
    PATTERN = """
    raise_stmt< 'raise' exc=any [',' val=any [',' tb=any]] >
    """

    def transform(self, node, results):
        """Return the statement; None if it can stay or cannot be changed."""
        exc = results["exc"].clone()
        if exc.type == token.STRING:
            self.cannot_convert(node, "Python 3 does not support string exceptions")
            return None
        if is_tuple(exc):
            while is_tuple(exc):
                exc = exc.children[1].children[0].clone()
            exc.prefix = " "
        if "val" not in results:
            return pytree.Node(self.syms.raise_stmt, [Name("raise"), exc], prefix=node.prefix)
        value = results["val"].clone()
        if is_tuple(value):
            args = [part.clone() for part in value.children[1:-1]]
        else:
            value.prefix = ""
            args = [value]
        if "tb" not in results:
            return pytree.Node(self.syms.raise_stmt, [Name("raise"), Call(exc, args)], prefix=node.prefix)
        traceback = results["tb"].clone()
        traceback.prefix = ""
        raised = exc
        if value.type != token.NAME or value.value != "None":
            raised = Call(exc, args)
        raised = Attr(raised, Name("with_traceback")) + [ArgList([traceback])]
        new = pytree.Node(self.syms.simple_stmt, [Name("raise")] + raised)
        new.prefix = node.prefix
        return new
