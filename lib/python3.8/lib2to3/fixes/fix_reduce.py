# SPDX-License-Identifier: MIT
"""reduce() comes from functools now."""

from ..fixer_base import BaseFix
from ..fixer_util import touch_import


class FixReduce(BaseFix):
    """Imports it in files that call it."""

    BM_compatible = True
    order = "pre"
    PATTERN = "power< 'reduce' trailer< '(' arglist< %s ',' %s [',' %s] > ')' > >" % (
        ("not(argument<any '=' any>) any",) * 3)

    def transform(self, node, results):
        """Add the import."""
        touch_import("functools", "reduce", node)
