# SPDX-License-Identifier: MIT
"""Numbers: 0755 is 0o755, and 12L is 12."""

from ..fixer_base import BaseFix
from ..fixer_util import Number
from ..pgen2 import token


class FixNumliterals(BaseFix):
    """Writes the numbers the new way."""

    _accept_type = token.NUMBER

    def match(self, node):
        """Whether the number begins with 0 or ends with L."""
        return node.value.startswith("0") or node.value[-1] in "Ll"

    def transform(self, node, results):
        """Return the number; it may be the same."""
        text = node.value
        if text[-1] in 'Ll':
            text = text[:-1]
        elif text.startswith('0') and text.isdigit() and len(set(text)) > 1:
            text = "0o" + text[1:]
        return Number(text, prefix=node.prefix)
