# SPDX-License-Identifier: MIT
"""sys.exc_type, exc_value and exc_traceback: the items of sys.exc_info()."""

from ..fixer_base import BaseFix
from ..fixer_util import Attr, Call, Name, Node, Number, Subscript, syms


class FixSysExc(BaseFix):
    """Turns the attributes into items."""

    BM_compatible = True
    exc_info = ["exc_type", "exc_value", "exc_traceback"]
    PATTERN = """
              power< 'sys' trailer< dot='.' attribute=(%s) > >
              """ % '|'.join(map(repr, exc_info))

    def transform(self, node, results):
        """Return the subscript."""
        attribute = results["attribute"][0]
        call = Call(Name("exc_info"), prefix=attribute.prefix)
        parts = Attr(Name("sys"), call)
        parts[1].children[0].prefix = results["dot"].prefix
        parts.append(Subscript(Number(self.exc_info.index(attribute.value))))
        return Node(syms.power, parts, prefix=node.prefix)
