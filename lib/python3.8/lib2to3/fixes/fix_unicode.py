# SPDX-License-Identifier: MIT
"""unicode: str, and unichr: chr.  Literals lose their u.

In files without unicode_literals, "\\u" in a plain literal gets one backslash
more: it was no escape sequence in a byte string.
"""

from ..fixer_base import BaseFix
from ..pgen2 import token

_mapping = {"unichr": "chr", "unicode": "str"}


class FixUnicode(BaseFix):
    """Replaces the names, and changes the literals."""

    BM_compatible = True
    PATTERN = "STRING | 'unicode' | 'unichr'"

    def start_tree(self, tree, filename):
        """Called once before a tree is changed."""
        super().start_tree(tree, filename)
        self.unicode_literals = 'unicode_literals' in tree.future_features

    def transform(self, node, results):
        """Return the new name or literal, which may be the same."""
        new = node.clone()
        if node.type == token.NAME:
            new.value = _mapping[node.value]
            return new
        text = node.value
        if not self.unicode_literals and text[0] in '\'"' and '\\' in text:
            text = r'\\'.join(part.replace('\\u', r'\\u').replace('\\U', r'\\U') for part in text.split(r'\\'))
        if text[0] in 'uU':
            text = text[1:]
        new.value = text
        return new
