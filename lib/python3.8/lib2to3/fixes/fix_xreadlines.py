# SPDX-License-Identifier: MIT
"""file.xreadlines(): the file itself, which is an iterator of lines."""

from ..fixer_base import BaseFix
from ..fixer_util import Name


class FixXreadlines(BaseFix):
    """Takes calls of the method away; where it is only mentioned, names __iter__."""

    BM_compatible = True
    PATTERN = "power< call=any+ trailer< '.' 'xreadlines' > trailer< '(' ')' > > | power< any+ trailer< '.' no_call='xreadlines' > >"

    def transform(self, node, results):
        """Replace the call by what it was of."""
        mentioned = results.get("no_call")
        if mentioned:
            mentioned.replace(Name("__iter__", prefix=mentioned.prefix))
        else:
            node.replace([part.clone() for part in results["call"]])
