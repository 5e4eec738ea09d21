# SPDX-License-Identifier: MIT
"""The statement exec: the function exec()."""

from ..fixer_base import BaseFix
from ..fixer_util import Call, Comma, Name


class FixExec(BaseFix):
    """Turns exec statements into calls."""

    BM_compatible = True
    PATTERN = """
    exec_stmt< 'exec' a=any 'in' b=any [',' c=any] >
    |
    exec_stmt< 'exec' (not atom<'(' [any] ')'>) a=any >
    """

    def transform(self, node, results):
        """Return the call."""
        args = [results["a"].clone()]
        args[0].prefix = ""
        for name in "bc":
            part = results.get(name)
            if part is not None:
                args += [Comma(), part.clone()]
        return Call(Name("exec"), args, prefix=node.prefix)
