# SPDX-License-Identifier: MIT
"""sys.maxint: sys.maxsize."""

from ..fixer_base import BaseFix
from ..fixer_util import Name, attr_chain

MAPPING = {"sys": {"maxint": "maxsize"}}
LOOKUP = {}     # the new name, by module and old name


def alternates(members):
    """Return the pattern of one of these names."""
    return "(" + "|".join(map(repr, members)) + ")"


def build_pattern():
    """Give the patterns for imports and uses of all old names, and fill LOOKUP."""
    for module, names in MAPPING.items():
        for old, new in names.items():
            LOOKUP[module, old] = new
            yield """
                  import_from< 'from' module_name=%r 'import'
                      ( attr_name=%r | import_as_name< attr_name=%r 'as' any >) >
                  """ % (module, old, old)
            yield """
                  power< module_name=%r trailer< '.' attr_name=%r > any* >
                  """ % (module, old)


class FixRenames(BaseFix):
    """Replaces the names."""

    BM_compatible = True
    order = "pre"
    PATTERN = '|'.join(build_pattern())

    def match(self, node):
        """Whether the node is one of those, and nothing above it is."""
        found = super().match(node)
        if found and any(super(FixRenames, self).match(above) for above in attr_chain(node, "parent")):
            return False
        return found

    def transform(self, node, results):
        """Replace the name."""
        module, attr = results.get("module_name"), results.get("attr_name")
        if module and attr:
            attr.replace(Name(LOOKUP[module.value, attr.value], prefix=attr.prefix))
