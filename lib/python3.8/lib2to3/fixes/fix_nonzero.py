# SPDX-License-Identifier: MIT
"""The method __nonzero__(): __bool__()."""

from ..fixer_base import BaseFix
from ..fixer_util import Name


class FixNonzero(BaseFix):
    """Replaces the name of the method in its class."""

    BM_compatible = True
    PATTERN = "classdef< 'class' any+ ':' suite< any* funcdef< 'def' name='__nonzero__' parameters< '(' NAME ')' > any+ > any* > >"

    def transform(self, node, results):
        """Replace the name."""
        name = results["name"]
        name.replace(Name("__bool__", prefix=name.prefix))
