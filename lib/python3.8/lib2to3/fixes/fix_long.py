# SPDX-License-Identifier: MIT
"""long: int."""

from ..fixer_base import BaseFix
from ..fixer_util import is_probably_builtin


class FixLong(BaseFix):
    """Replaces the name, where it seems to be that of the built-in."""

    BM_compatible = True
    PATTERN = "'long'"

    def transform(self, node, results):
        """Change the name."""
        if is_probably_builtin(node):
            node.value = "int"
            node.changed()
