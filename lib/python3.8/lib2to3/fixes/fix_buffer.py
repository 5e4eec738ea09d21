# SPDX-License-Identifier: MIT
"""buffer(): memoryview()."""

from ..fixer_base import BaseFix
from ..fixer_util import Name


class FixBuffer(BaseFix):
    """Replaces the name.  The two are not quite the same: only done when asked for."""

    BM_compatible = True
    explicit = True
    PATTERN = "power< name='buffer' trailer< '(' [any] ')' > any* >"

    def transform(self, node, results):
        """Replace the name."""
        name = results["name"]
        name.replace(Name("memoryview", prefix=name.prefix))
