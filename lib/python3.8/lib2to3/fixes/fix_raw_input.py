# SPDX-License-Identifier: MIT
"""raw_input(): input()."""

from ..fixer_base import BaseFix
from ..fixer_util import Name


class FixRawInput(BaseFix):
    """Replaces the name of the function."""

    BM_compatible = True
    PATTERN = "power< name='raw_input' trailer< '(' [any] ')' > any* >"

    def transform(self, node, results):
        """Replace the name."""
        name = results["name"]
        name.replace(Name("input", prefix=name.prefix))
