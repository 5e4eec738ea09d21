# SPDX-License-Identifier: MIT
"""The window with everything that can be imported: the folders of sys.path, packages, modules, what these define."""
import importlib.machinery
import os
import sys

from idlelib.browser import ModuleBrowser, ModuleBrowserTreeItem
from idlelib.tree import TreeItem


class PathBrowser(ModuleBrowser):
    """The window."""

    def __init__(self, master, *, _htest=False, _utest=False):
        """_htest: a person tests, stand below the master; _utest: a program does."""
        self.master = master
        self._htest, self._utest = _htest, _utest
        self.init()

    def settitle(self):
        """Set the title."""
        for set_name in self.top.wm_title, self.top.wm_iconname:
            set_name('Path Browser')

    def rootnode(self):
        """The item at the top of the tree."""
        return PathBrowserTreeItem()


class PathBrowserTreeItem(TreeItem):
    """sys.path, with its folders below it."""

    def GetText(self):
        """Its name."""
        return 'sys.path'

    def GetSubList(self):
        """The folders."""
        return [DirBrowserTreeItem(folder) for folder in sys.path]


class DirBrowserTreeItem(TreeItem):
    """A folder of sys.path or a package, with packages and modules below it."""

    def __init__(self, dir, packages=[]):
        """packages: the names of this package and those it is in."""
        self.dir, self.packages = dir, packages

    def GetText(self):
        """The path, or the package's name."""
        return self.packages[-1] + ': package' if self.packages else self.dir

    def GetSubList(self):
        """The packages, then the modules, each by name."""
        try:
            names = os.listdir(self.dir or os.curdir)
        except OSError:
            return []
        paths = {name: os.path.join(self.dir, name) for name in names}
        packages = sorted((os.path.normcase(name), name) for name in names if self.ispackagedir(paths[name]))
        return ([DirBrowserTreeItem(paths[name], self.packages + [name]) for _, name in packages]
                + [ModuleBrowserTreeItem(paths[name]) for _, name in self.listmodules(names)])

    def ispackagedir(self, file):
        """Is a path the folder of a package?"""
        return os.path.isdir(file) and os.path.exists(os.path.join(file, '__init__.py'))

    def listmodules(self, allnames):
        """Those of a list of file names that are modules, as sorted (name in its normal case, name), without those that
        an import would not find because another file of the module goes before.  Takes modules out of the list."""
        machinery = importlib.machinery
        found = {}
        for suffix in machinery.EXTENSION_SUFFIXES + machinery.SOURCE_SUFFIXES + machinery.BYTECODE_SUFFIXES:
            for name in [name for name in allnames if os.path.normcase(name).endswith(suffix)]:
                found.setdefault(name[:-len(suffix)], name)
                allnames.remove(name)
        return sorted((os.path.normcase(name), name) for name in found.values())


def _path_browser(parent):  # htest #
    """The window."""
    PathBrowser(parent, _htest=True)
