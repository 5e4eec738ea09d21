# SPDX-License-Identifier: MIT
"""os.getcwdu(): os.getcwd()."""

from ..fixer_base import BaseFix
from ..fixer_util import Name


class FixGetcwdu(BaseFix):
    """Replaces the name of the method."""

    BM_compatible = True
    PATTERN = "power< 'os' trailer< dot='.' name='getcwdu' > any* >"

    def transform(self, node, results):
        """Replace the name."""
        name = results["name"]
        name.replace(Name("getcwd", prefix=name.prefix))
