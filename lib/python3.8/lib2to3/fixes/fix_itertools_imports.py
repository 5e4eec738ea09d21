# SPDX-License-Identifier: MIT
"""Imports of imap, izip and ifilter from itertools go; ifilterfalse and izip_longest lose their i."""

from ..fixer_base import BaseFix
from ..fixer_util import BlankLine, syms
from ..pgen2 import token


class FixItertoolsImports(BaseFix):
    """Changes the names in "from itertools import ..."."""

    BM_compatible = True
    PATTERN = """
              import_from< 'from' 'itertools' 'import' imports=any >
              """

    def transform(self, node, results):
        """Change the names; return an empty line if none is left."""
        imports = results["imports"]
        several = imports.type == syms.import_as_names
        names = imports.children[::2] if several else [imports]
        for name in names:
            self._change(name, node)
        if not several:
            return self._empty(node) if imports.parent is None else None
        self._mend_commas(imports)
        return None if imports.children else self._empty(node)

    @staticmethod
    def _change(name, node):
        """Change one name, or take it out."""
        leaf = name if name.type == token.NAME else name.children[0] if name.type == syms.import_as_name else None
        if leaf is None:
            return      # the star
        if leaf.value in ("imap", "izip", "ifilter"):
            name.remove()
        elif leaf.value in ("ifilterfalse", "izip_longest"):
            leaf.value = leaf.value[1:]
            node.changed()

    @staticmethod
    def _mend_commas(imports):
        """Take out the commas that have no name before or behind them."""
        after_name = False
        for part in list(imports.children):
            is_comma = part.type == token.COMMA
            if is_comma and not after_name:
                part.remove()
            else:
                after_name = not is_comma
        while imports.children and imports.children[-1].type == token.COMMA:
            imports.children[-1].remove()

    @staticmethod
    def _empty(node):
        new = BlankLine()
        new.prefix = node.prefix
        return new
