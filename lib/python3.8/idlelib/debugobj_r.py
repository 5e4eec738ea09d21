# SPDX-License-Identifier: MIT
"""Tree items of another process: the object lives where the user's program runs, the tree is drawn in IDLE."""
from idlelib import rpc


def remote_object_tree_item(item):
    """Register an item in this process; the number by which the other process knows it."""
    wrapped = WrappedObjectTreeItem(item)
    number = id(wrapped)
    rpc.objecttable[number] = wrapped
    return number


class WrappedObjectTreeItem:
    """An item whose methods the other process calls.  Items below it are given as numbers."""

    def __init__(self, item):
        self.__item = item

    def __getattr__(self, name):
        return getattr(self.__item, name)

    def _GetSubList(self):
        """The numbers of the items below."""
        return [remote_object_tree_item(item) for item in self.__item._GetSubList()]


class StubObjectTreeItem:
    """Stands for a registered item of the other process."""

    def __init__(self, sockio, oid):
        """sockio: the connection; oid: the item's number."""
        self.sockio, self.oid = sockio, oid

    def __getattr__(self, name):
        return rpc.MethodProxy(self.sockio, self.oid, name)

    def _GetSubList(self):
        """Stubs for the items below."""
        numbers = self.sockio.remotecall(self.oid, '_GetSubList', (), {})
        return [StubObjectTreeItem(self.sockio, number) for number in numbers]
