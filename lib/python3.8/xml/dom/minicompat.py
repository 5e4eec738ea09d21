# SPDX-License-Identifier: MIT
"""Lists of nodes, and properties, for minidom."""
__all__ = ['NodeList', 'EmptyNodeList', 'StringTypes', 'defproperty']

import xml.dom

StringTypes = (str,)


class NodeList(list):
    """A list of nodes."""
    __slots__ = ()

    def item(self, index):
        """Return a node, or None if there is none at the index."""
        return self[index] if 0 <= index < len(self) else None

    def _get_length(self):
        return len(self)

    def _set_length(self, value):
        raise xml.dom.NoModificationAllowedErr("attempt to modify read-only attribute 'length'")

    length = property(_get_length, _set_length, doc='The number of nodes in the NodeList.')

    def __setstate__(self, state):
        # What older pickles hold besides the nodes.
        if state is None:
            state = []
        self[:] = state


class EmptyNodeList(tuple):
    """The list of the children of nodes that cannot have any."""
    __slots__ = ()

    def __add__(self, other):
        return NodeList(other)

    __radd__ = __add__

    def item(self, index):
        """Return None."""
        return None

    _get_length = NodeList._get_length
    _set_length = NodeList._set_length
    length = property(_get_length, _set_length, doc='The number of nodes in the NodeList.')


def defproperty(klass, name, doc):
    """Give a class a property that its method _get_name() works out, and that cannot be set."""
    getter = getattr(klass, '_get_' + name)

    def setter(self, value, name=name):
        raise xml.dom.NoModificationAllowedErr('attempt to modify read-only attribute ' + repr(name))

    assert not hasattr(klass, '_set_' + name), 'expected not to find _set_' + name
    setattr(klass, name, property(getter, setter, doc=doc))
