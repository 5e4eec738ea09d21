# SPDX-License-Identifier: MIT
"""The window with the classes and functions of a module."""
import os
import pyclbr
import sys

from idlelib.config import idleConf
from idlelib.tree import TreeNode, TreeItem, ScrolledCanvas
from idlelib.window import ListedToplevel

file_open = None  # opens an editor for a path; set by the first window


def transform_children(child_dict, modname=None):
    """The classes and functions of a pyclbr tree, in the order of their lines.

    modname: leave out those of other modules.  The names of classes are extended by their bases, once.
    """
    found = []
    for name, thing in child_dict.items():
        if modname is not None and thing.module != modname:
            continue
        bases = getattr(thing, 'super', None)
        if bases and thing.name == name:
            thing.name += '(%s)' % ', '.join(_base_name(base, thing.module) for base in bases)
        found.append(thing)
    return sorted(found, key=lambda thing: thing.lineno)


def _base_name(base, module):
    """The name of a base, with its module if that is another one.  pyclbr gives a str for those that it does not know."""
    if isinstance(base, str):
        return base
    return base.name if base.module == module else f'{base.module}.{base.name}'


class ModuleBrowser:
    """The window.  A subclass changes its title and the top of the tree."""

    def __init__(self, master, path, *, _htest=False, _utest=False):
        """path: the source of the module.

        _htest: a person tests, stand below the master; _utest: a program does, stay hidden behind.
        """
        self.master, self.path = master, path
        self._htest, self._utest = _htest, _utest
        self.init()

    def close(self, event=None):
        """Close the window."""
        self.top.destroy()
        self.node.destroy()

    def init(self):
        """Make the window and the tree."""
        global file_open
        flist = None
        if not (self._htest or self._utest):
            from idlelib import pyshell
            flist = getattr(pyshell, 'flist', None)  # set by its main()
        file_open = flist.open if flist else _open_in_new_list(self.master)
        pyclbr._modules.clear()  # sources may have changed
        top = self.top = ListedToplevel(self.master)
        top.protocol('WM_DELETE_WINDOW', self.close)
        top.bind('<Escape>', self.close)
        if self._htest:
            top.geometry('+%d+%d' % (self.master.winfo_rootx(), self.master.winfo_rooty() + 200))
        self.settitle()
        top.focus_set()
        colours = idleConf.GetHighlight(idleConf.CurrentTheme(), 'normal')
        scrolled = ScrolledCanvas(top, bg=colours['background'], highlightthickness=0, takefocus=1)
        scrolled.frame.pack(fill='both', expand=1)
        self.node = TreeNode(scrolled.canvas, None, self.rootnode())
        if not self._utest:
            self.node.update()
            self.node.expand()

    def settitle(self):
        """Set the title."""
        self.top.wm_title('Module Browser - ' + os.path.basename(self.path))
        self.top.wm_iconname('Module Browser')

    def rootnode(self):
        """The item at the top of the tree."""
        return ModuleBrowserTreeItem(self.path)


def _open_in_new_list(master):
    """A file_open for a window that belongs to no shell."""
    def open_file(path):
        from idlelib.pyshell import PyShellFileList
        return PyShellFileList(master).open(path)
    return open_file


class ModuleBrowserTreeItem(TreeItem):
    """A module, with its classes and functions below it."""

    def __init__(self, file):
        """file: the path of the source."""
        self.file = file

    def GetText(self):
        """The file's name."""
        return os.path.basename(self.file)

    def GetIconName(self):
        """That of Python."""
        return 'python'

    def GetSubList(self):
        """The classes and functions."""
        return [ChildBrowserTreeItem(thing) for thing in self.listchildren()]

    def OnDoubleClick(self):
        """Open the source."""
        if self.IsExpandable() and os.path.exists(self.file):
            file_open(self.file)

    def IsExpandable(self):
        """Is it a Python source?"""
        return os.path.normcase(self.file[-3:]) == '.py'

    def listchildren(self):
        """What pyclbr finds in the source; [] if it cannot read it."""
        folder, name = os.path.split(self.file)
        module, suffix = os.path.splitext(name)
        if os.path.normcase(suffix) != '.py':
            return []
        try:
            found = pyclbr.readmodule_ex(module, [folder] + sys.path)
        except ImportError:
            return []
        return transform_children(found, module)


class ChildBrowserTreeItem(TreeItem):
    """A class or function, with what is defined inside below it."""

    def __init__(self, obj):
        """obj: a pyclbr.Class or Function."""
        self.obj, self.name = obj, obj.name
        self.isfunction = isinstance(obj, pyclbr.Function)

    def GetText(self):
        """The head of the definition."""
        return f'def {self.name}(...)' if self.isfunction else f'class {self.name}'

    def GetIconName(self):
        """A class has a folder's."""
        return 'python' if self.isfunction else 'folder'

    def IsExpandable(self):
        """Is something defined inside?"""
        return bool(self.obj.children)

    def GetSubList(self):
        """What is defined inside."""
        return [ChildBrowserTreeItem(thing) for thing in transform_children(self.obj.children)]

    def OnDoubleClick(self):
        """Open the source at the definition."""
        try:
            file_open(self.obj.file).gotoline(self.obj.lineno)
        except (OSError, AttributeError):
            pass


def _module_browser(parent):  # htest #
    """The window for the file that was started, else this one."""
    path = __file__
    if len(sys.argv) > 1:
        path = sys.argv[1]
    ModuleBrowser(parent, path, _htest=True)
