# SPDX-License-Identifier: MIT
"""Imports of modules that lie beside the file become relative: from . import name."""

from os.path import dirname, exists, join, sep

from ..fixer_base import BaseFix
from ..fixer_util import FromImport, syms
from ..pgen2 import token


def traverse_imports(names):
    """Give the dotted names of all that an import has."""
    waiting = [names]
    while waiting:
        node = waiting.pop()
        if node.type == token.NAME:
            yield node.value
        elif node.type == syms.dotted_name:
            yield "".join(part.value for part in node.children)
        elif node.type == syms.dotted_as_name:
            waiting.append(node.children[0])
        elif node.type == syms.dotted_as_names:
            waiting.extend(node.children[::-2])
        else:
            raise AssertionError("unknown node type")


class FixImport(BaseFix):
    """Makes imports of neighbours relative; not in files with "from __future__ import absolute_import"."""

    BM_compatible = True
    PATTERN = """
    import_from< 'from' imp=any 'import' ['('] any [')'] >
    |
    import_name< 'import' imp=any >
    """

    def start_tree(self, tree, name):
        """Called once before a tree is changed."""
        super().start_tree(tree, name)
        self.skip = "absolute_import" in tree.future_features

    def transform(self, node, results):
        """Change the statement, or return another."""
        if self.skip:
            return None
        imp = results["imp"]
        if node.type == syms.import_from:
            # The first leaf is the module; one that is relative already begins with a dot.
            while not hasattr(imp, "value"):
                imp = imp.children[0]
            if self.probably_a_local_import(imp.value):
                imp.value = "." + imp.value
                imp.changed()
            return None
        local = [self.probably_a_local_import(name) for name in traverse_imports(imp)]
        if not any(local):
            return None
        if not all(local):
            self.warning(node, "absolute and local imports together")
            return None
        new = FromImport(".", [imp])
        new.prefix = node.prefix
        return new

    def probably_a_local_import(self, imp_name):
        """Whether a module of the name lies beside the file, which has to be in a package."""
        if imp_name.startswith("."):
            return False
        folder = dirname(self.filename)
        if not exists(join(folder, "__init__.py")):
            return False
        path = join(folder, imp_name.split(".", 1)[0])
        return any(exists(path + ending) for ending in (".py", sep, ".pyc", ".so", ".sl", ".pyd"))
