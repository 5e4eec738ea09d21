# SPDX-License-Identifier: MIT
"""Attributes of functions: f.func_x is f.__x__."""

from ..fixer_base import BaseFix
from ..fixer_util import Name


class FixFuncattrs(BaseFix):
    """Replaces the names of the attributes."""

    BM_compatible = True
    PATTERN = """
    power< any+ trailer< '.' attr=('func_closure' | 'func_doc' | 'func_globals'
                                  | 'func_name' | 'func_defaults' | 'func_code'
                                  | 'func_dict') > any* >
    """

    def transform(self, node, results):
        """Replace the name."""
        attr = results["attr"][0]
        attr.replace(Name("__%s__" % attr.value[len("func_"):], prefix=attr.prefix))
