# SPDX-License-Identifier: MIT
"""except E, e: except E as e.  A target that is no name is given its value in the first line of the block."""

from .. import pytree
from ..fixer_base import BaseFix
from ..fixer_util import Assign, Attr, Name, is_list, is_tuple, syms
from ..pgen2 import token


def find_excepts(nodes):
    """Give each except clause that has a class, with the suite behind its colon."""
    for i, node in enumerate(nodes):
        if node.type == syms.except_clause and node.children[0].value == 'except':
            yield node, nodes[i + 2]


class FixExcept(BaseFix):
    """Turns the comma of except clauses into "as"."""

    BM_compatible = True
    PATTERN = "try_stmt< 'try' {0} cleanup=(except_clause {0})+ tail=(['except' {0}] ['else' {0}] ['finally' {0}]) >".format(
        "':' (simple_stmt | suite)")

    def transform(self, node, results):
        """Return the try statement with new clauses."""
        cleanup = [part.clone() for part in results["cleanup"]]
        for clause, suite in find_excepts(cleanup):
            if len(clause.children) == 4:
                self._clause(clause, suite)
        untouched = [part.clone() for part in node.children[:3]]
        return pytree.Node(node.type, untouched + cleanup + [part.clone() for part in results["tail"]])

    def _clause(self, clause, suite):
        kind, comma, target = clause.children[1:4]
        comma.replace(Name("as", prefix=" "))
        if target.type == token.NAME:
            if target.prefix == "":
                target.prefix = " "     # nothing stood behind the comma
            return
        name = Name(self.new_name(), prefix=" ")
        target.replace(name)
        target.prefix = ""
        # Behind the line end and the indentation.
        place = next((i for i, part in enumerate(suite.children) if isinstance(part, pytree.Node)), 0)
        value = Attr(name.clone(), Name("args")) if is_tuple(target) or is_list(target) else name.clone()
        if isinstance(value, list):
            value[0].prefix = ""
        else:
            value.prefix = ""
        assign = Assign(target, value)
        suite.insert_child(place, pytree.Leaf(token.NEWLINE, "\n"))
        suite.insert_child(place, assign)
        self._indent_next(suite, place)

    @staticmethod
    def _indent_next(suite, place):
        """The statement behind the inserted line has to be indented itself."""
        for part in suite.children[:place]:
            if part.type == token.INDENT:
                suite.children[place + 2].prefix = part.value
