# SPDX-License-Identifier: MIT
"""zip(): list(zip()), unless the result is only walked over.

Nothing is done in files with "from future_builtins import zip".
"""

from ..fixer_base import ConditionalFix
from ..fixer_util import ArgList, Name, in_special_context
from ..pygram import python_symbols as syms
from ..pytree import Node


class FixZip(ConditionalFix):
    """Makes lists of what zip() gives."""

    BM_compatible = True
    PATTERN = """
    power< 'zip' args=trailer< '(' [any] ')' > [trailers=trailer*]
    >
    """
    skip_on = "future_builtins.zip"

    def transform(self, node, results):
        """Return the list; None if an iterator will do."""
        if self.should_skip(node) or in_special_context(node):
            return None
        call = Node(syms.power, [Name("zip"), results["args"].clone()], prefix="")
        trailers = [part.clone() for part in results.get("trailers", ())]
        return Node(syms.power, [Name("list"), ArgList([call])] + trailers, prefix=node.prefix)
