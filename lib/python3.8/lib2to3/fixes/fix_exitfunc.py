# SPDX-License-Identifier: MIT
"""sys.exitfunc = f: atexit.register(f), with an import of atexit."""

from .. import pytree
from ..fixer_base import BaseFix
from ..fixer_util import Attr, Call, Comma, Name, Newline, syms


class FixExitfunc(BaseFix):
    """Turns the assignment into a call; the import goes to where sys is imported."""

    keep_line_order = True
    BM_compatible = True
    PATTERN = ("sys_import=import_name< 'import' ('sys' | dotted_as_names< (any ',')* 'sys' (',' any)* >) >"
               "| expr_stmt< power< 'sys' trailer< '.' 'exitfunc' > > '=' func=any >")

    def start_tree(self, tree, filename):
        """Called once before a tree is changed."""
        super().start_tree(tree, filename)
        self.sys_import = None

    def transform(self, node, results):
        """Note the import, or replace the assignment."""
        if "sys_import" in results:
            self.sys_import = self.sys_import or results["sys_import"]
            return
        function = results["func"].clone()
        function.prefix = ""
        register = pytree.Node(syms.power, Attr(Name("atexit"), Name("register")))
        node.replace(Call(register, [function], node.prefix))
        if self.sys_import is None:
            self.warning(node, "Can't find sys import; Please add an atexit import at the top of your file.")
            return
        self._import_atexit()

    def _import_atexit(self):
        """Add the module to the import of sys, or a statement behind it."""
        names = self.sys_import.children[1]
        if names.type == syms.dotted_as_names:
            names.append_child(Comma())
            names.append_child(Name("atexit", " "))
            return
        # In the same line of the tree, so that a comment stays at the end.
        line = self.sys_import.parent
        place = line.children.index(self.sys_import)
        line.insert_child(place + 1, Newline())
        line.insert_child(place + 2, pytree.Node(syms.import_name, [Name("import"), Name("atexit", " ")]))
