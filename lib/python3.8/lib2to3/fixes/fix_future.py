# SPDX-License-Identifier: MIT
"""Takes away "from __future__ import ...": those features are everywhere now."""

from ..fixer_base import BaseFix
from ..fixer_util import BlankLine


class FixFuture(BaseFix):
    """Takes the statement away; other fixers may need it, so this is one of the last."""

    BM_compatible = True
    PATTERN = "import_from< 'from' module_name=\"__future__\" 'import' any >"
    run_order = 10

    def transform(self, node, results):
        """Return nothing, in the shape of a line end."""
        new = BlankLine()
        new.prefix = node.prefix
        return new
