# SPDX-License-Identifier: MIT
"""isinstance(x, (int, int)), which other fixers leave behind: isinstance(x, int)."""

from ..fixer_base import BaseFix
from ..pgen2 import token


class FixIsinstance(BaseFix):
    """Takes repeated names out of the tuple in calls of isinstance()."""

    BM_compatible = True
    PATTERN = """
    power<
        'isinstance'
        trailer< '(' arglist< any ',' atom< '('
            args=testlist_gexp< any+ >
        ')' > > ')' >
    >
    """
    run_order = 6

    def transform(self, node, results):
        """Change the tuple, or replace it by its only item."""
        args = results["args"]
        kept = self._without_repetitions(args.children)
        if kept and kept[-1].type == token.COMMA:
            kept.pop()
        if len(kept) == 1:
            atom = args.parent
            kept[0].prefix = atom.prefix
            kept[0].parent = None
            atom.replace(kept[0])
        else:
            args.children[:] = kept
            node.changed()

    @staticmethod
    def _without_repetitions(parts):
        """The items and commas that stay: a repeated name goes with the comma behind it."""
        seen, kept, skip_comma = set(), [], False
        for part in parts:
            if skip_comma and part.type == token.COMMA:
                skip_comma = False
                continue
            skip_comma = part.type == token.NAME and part.value in seen
            if not skip_comma:
                kept.append(part)
                if part.type == token.NAME:
                    seen.add(part.value)
        return kept
