# SPDX-License-Identifier: MIT
"""Objects as items of a tree: attributes, elements and values stand below them.

A text shown can be changed where that makes sense; what is typed is evaluated.
"""
from reprlib import Repr

from idlelib.tree import TreeItem, TreeNode, ScrolledCanvas

myrepr = Repr()
myrepr.maxstring = myrepr.maxother = 100


class ObjectTreeItem(TreeItem):
    """An object, with its attributes below it."""

    def __init__(self, labeltext, object, setfunction=None):
        """labeltext: what stands before it; setfunction(value): puts another object in its place, None if that does not go."""
        self.labeltext, self.object, self.setfunction = labeltext, object, setfunction

    def GetLabelText(self):
        """The name or key."""
        return self.labeltext

    def GetText(self):
        """The repr, not too long."""
        return myrepr.repr(self.object)

    def GetIconName(self):
        """A leaf has that of Python."""
        return None if self.IsExpandable() else 'python'

    def IsEditable(self):
        """Can it be replaced?"""
        return self.setfunction is not None

    def SetText(self, text):
        """Replace the object by the value of an expression; nothing happens if that fails."""
        try:
            value = eval(text)
            self.setfunction(value)
        except Exception:
            return
        self.object = value

    def IsExpandable(self):
        """Has it attributes?"""
        return bool(dir(self.object))

    def GetSubList(self):
        """Items for the attributes that can be read."""
        thing, items = self.object, []
        for name in dir(thing):
            try:
                value = getattr(thing, name)
            except AttributeError:
                continue
            items.append(make_objecttreeitem(str(name) + ' =', value, lambda new, name=name: setattr(thing, name, new)))
        return items


class ClassTreeItem(ObjectTreeItem):
    """A class: its bases come first."""

    def IsExpandable(self):
        """Always."""
        return True

    def GetSubList(self):
        """Items for the bases and the attributes."""
        bases = self.object.__bases__
        if len(bases) == 1:
            first = make_objecttreeitem('__bases__[0] =', bases[0])
        else:
            first = make_objecttreeitem('__bases__ =', bases)
        return [first] + super().GetSubList()


class AtomicObjectTreeItem(ObjectTreeItem):
    """A number or text: nothing below it is of interest."""

    def IsExpandable(self):
        """Never."""
        return False


class SequenceTreeItem(ObjectTreeItem):
    """A list or tuple, with its elements below it."""

    def IsExpandable(self):
        """Is it not empty?"""
        return len(self.object) > 0

    def keys(self):
        """The indices."""
        return range(len(self.object))

    def GetSubList(self):
        """Items for the elements."""
        container, items = self.object, []
        for key in self.keys():
            try:
                value = container[key]
            except KeyError:  # another thread took it
                continue

            def replace(new, key=key):
                container[key] = new

            items.append(make_objecttreeitem('%r:' % (key,), value, replace))
        return items


class DictTreeItem(SequenceTreeItem):
    """A dict, with its values below it."""

    def keys(self):
        """The keys, sorted if they can be."""
        try:
            return sorted(self.object)
        except TypeError:
            return list(self.object)


dispatch = {int: AtomicObjectTreeItem, float: AtomicObjectTreeItem, str: AtomicObjectTreeItem, tuple: SequenceTreeItem,
            list: SequenceTreeItem, dict: DictTreeItem, type: ClassTreeItem}


def make_objecttreeitem(labeltext, object, setfunction=None):
    """The item that suits an object: that of its exact type in `dispatch`, else an ObjectTreeItem."""
    return dispatch.get(type(object), ObjectTreeItem)(labeltext, object, setfunction)


def _object_browser(parent):  # htest #
    """A window with the tree of the module sys."""
    import sys
    from tkinter import Toplevel

    top = Toplevel(parent)
    top.title('Test debug object browser')
    top.geometry('+%d+%d' % (parent.winfo_rootx() + 100, parent.winfo_rooty() + 175))
    top.configure(bd=0, bg='yellow')
    top.focus_set()
    scrolled = ScrolledCanvas(top, bg='white', highlightthickness=0, takefocus=1)
    scrolled.frame.pack(expand=1, fill='both')
    TreeNode(scrolled.canvas, None, make_objecttreeitem('sys', sys)).update()
