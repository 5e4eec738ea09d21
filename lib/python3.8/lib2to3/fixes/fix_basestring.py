# SPDX-License-Identifier: MIT
"""basestring: str."""

from ..fixer_base import BaseFix
from ..fixer_util import Name


class FixBasestring(BaseFix):
    """Replaces the name."""

    BM_compatible = True
    PATTERN = "'basestring'"

    def transform(self, node, results):
        """Return the new name."""
        return Name("str", prefix=node.prefix)
