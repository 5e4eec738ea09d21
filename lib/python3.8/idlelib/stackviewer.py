# SPDX-License-Identifier: MIT
"""The stack of the last error as a tree: frames, their variables, and the objects in these."""
import linecache
import os
import sys
import tkinter as tk

from idlelib.debugobj import ObjectTreeItem, make_objecttreeitem
from idlelib.tree import TreeNode, TreeItem, ScrolledCanvas


def StackBrowser(root, flist=None, tb=None, top=None):
    """Open the tree in a new window, or in `top`.

    flist: the file list that opens sources; tb: a traceback, that of sys.last_traceback if None.
    """
    global sc, item, node  # tests look at them
    item = StackTreeItem(flist, tb)
    sc = ScrolledCanvas(tk.Toplevel(root) if top is None else top, bg='white', highlightthickness=0)
    sc.frame.pack(fill='both', expand=1)
    node = TreeNode(sc.canvas, None, item)
    node.expand()


class StackTreeItem(TreeItem):
    """The error, with the frames below it, the oldest first."""

    def __init__(self, flist=None, tb=None):
        self.flist = flist
        self.stack, self.text = self.get_stack(tb), self.get_exception()

    def get_stack(self, tb):
        """[(frame, line number), ...] of a traceback, of sys.last_traceback if None."""
        stack = []
        tb = sys.last_traceback if tb is None else tb
        while tb:
            if tb.tb_frame is not None:
                stack.append((tb.tb_frame, tb.tb_lineno))
            tb = tb.tb_next
        return stack

    def get_exception(self):
        """The last line of the traceback."""
        name = getattr(sys.last_type, '__name__', str(sys.last_type))
        return name if sys.last_value is None else f'{name}: {sys.last_value}'

    def GetText(self):
        """The error."""
        return self.text

    def GetSubList(self):
        """The frames."""
        return [FrameTreeItem(info, self.flist) for info in self.stack]


class FrameTreeItem(TreeItem):
    """A frame, with its variables below it."""

    def __init__(self, info, flist):
        """info: (frame, line number)."""
        self.info, self.flist = info, flist

    def GetText(self):
        """Module, function, line number and line."""
        frame, number = self.info
        where = frame.f_globals.get('__name__', '?')
        line = linecache.getline(frame.f_code.co_filename, number).strip()
        function = frame.f_code.co_name
        if function not in ('?', '', None):
            where = '%s.%s(...)' % (where, function)
        return '%s, line %d: %s' % (where, number, line)

    def GetSubList(self):
        """The local variables, if it has its own, and the global ones."""
        frame = self.info[0]
        items = [VariablesTreeItem('<globals>', frame.f_globals)]
        if frame.f_locals is not frame.f_globals:
            items.insert(0, VariablesTreeItem('<locals>', frame.f_locals))
        return items

    def OnDoubleClick(self):
        """Open the source."""
        frame, number = self.info
        path = frame.f_code.co_filename
        if self.flist and os.path.isfile(path):
            self.flist.gotofileline(path, number)


class VariablesTreeItem(ObjectTreeItem):
    """A namespace, with the variables below it."""

    def GetText(self):
        """Which one it is."""
        return self.labeltext

    def GetLabelText(self):
        """None: the text says it all."""
        return None

    def IsExpandable(self):
        """Has it variables?"""
        return len(self.object) > 0

    def GetSubList(self):
        """Items for the variables."""
        namespace = self.object
        return [make_objecttreeitem(name + ' =', value, lambda new, name=name: namespace.__setitem__(name, new))
                for name, value in list(namespace.items())]


def _stack_viewer(parent):  # htest #
    """A window with the stack of an error made here."""
    from idlelib.pyshell import PyShellFileList

    top = tk.Toplevel(parent)
    top.title('Test StackViewer')
    top.geometry('+%d+%d' % (parent.winfo_rootx() + 50, parent.winfo_rooty() + 175))
    flist = PyShellFileList(top)
    try:
        intentional_name_error
    except NameError:
        sys.last_type, sys.last_value, sys.last_traceback = sys.exc_info()
    try:
        StackBrowser(top, flist=flist, top=top, tb=sys.last_traceback)
    finally:
        del sys.last_type, sys.last_value, sys.last_traceback
