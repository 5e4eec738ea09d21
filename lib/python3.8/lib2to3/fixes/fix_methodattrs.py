# SPDX-License-Identifier: MIT
"""Attributes of methods: m.im_func is m.__func__, and so on."""

from ..fixer_base import BaseFix
from ..fixer_util import Name

MAP = dict(im_func="__func__", im_self="__self__", im_class="__self__.__class__")


class FixMethodattrs(BaseFix):
    """Replaces the names of the attributes."""

    BM_compatible = True
    PATTERN = """
    power< any+ trailer< '.' attr=('im_func' | 'im_self' | 'im_class') > any* >
    """

    def transform(self, node, results):
        """Replace the name."""
        attr = results["attr"][0]
        attr.replace(Name(MAP[attr.value], prefix=attr.prefix))
