# SPDX-License-Identifier: MIT
"""itertools.imap() and its like: the built-in functions."""

from ..fixer_base import BaseFix
from ..fixer_util import Name


class FixItertools(BaseFix):
    """Takes "itertools." and the i away; names without a built-in stay in the module."""

    BM_compatible = True
    it_funcs = "('imap'|'ifilter'|'izip'|'izip_longest'|'ifilterfalse')"
    PATTERN = ("power< it='itertools' trailer< dot='.' func={0} > trailer< '(' [any] ')' > >"
               "| power< func={0} trailer< '(' [any] ')' > >").format(it_funcs)

    # Before map, filter and zip become lists.
    run_order = 6

    def transform(self, node, results):
        """Replace the name."""
        func = results["func"][0]
        prefix = func.prefix
        if "it" in results and func.value not in ("ifilterfalse", "izip_longest"):
            dot, module = results["dot"], results["it"]
            prefix = module.prefix
            module.remove()
            dot.remove()
            func.parent.replace(func)
        func.replace(Name(func.value[1:], prefix=prefix))
