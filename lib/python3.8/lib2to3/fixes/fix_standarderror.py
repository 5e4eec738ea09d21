# SPDX-License-Identifier: MIT
"""StandardError: Exception."""

from ..fixer_base import BaseFix
from ..fixer_util import Name


class FixStandarderror(BaseFix):
    """Replaces the name."""

    BM_compatible = True
    PATTERN = "'StandardError'"

    def transform(self, node, results):
        """Return the new name."""
        return Name("Exception", prefix=node.prefix)
