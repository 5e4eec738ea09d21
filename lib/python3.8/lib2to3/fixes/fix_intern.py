# SPDX-License-Identifier: MIT
"""intern(x): sys.intern(x)."""

from ..fixer_base import BaseFix
from ..fixer_util import ImportAndCall, touch_import


class FixIntern(BaseFix):
    """Names the module in calls of intern(), and imports it."""

    BM_compatible = True
    order = "pre"
    PATTERN = "power< 'intern' trailer< lpar='(' %s rpar=')' > after=any* >" % (
        "(not(arglist | argument<any '=' any>) obj=any | obj=arglist<(not argument<any '=' any>) any ','>)")

    def transform(self, node, results):
        """Return the call; None if its argument is one with a star."""
        obj = results["obj"]
        first = obj.children[0] if obj.type == self.syms.arglist else obj
        if first.type == self.syms.argument and first.children[0].value in ("*", "**"):
            return None
        new = ImportAndCall(node, results, ("sys", "intern"))
        touch_import(None, "sys", node)
        return new
