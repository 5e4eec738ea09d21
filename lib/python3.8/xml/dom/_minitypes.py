# SPDX-License-Identifier: MIT
"""What minidom knows of document types: the types of attributes and elements, and the maps and identifiers of a DOCTYPE."""

import xml.dom
from xml.dom.minicompat import defproperty

# The public name.
__name__ = 'xml.dom.minidom'


class TypeInfo(object):
    """The type that a DTD or schema gives something."""

    __slots__ = 'namespace', 'name'

    def __init__(self, namespace, name):
        self.namespace, self.name = namespace, name

    def __repr__(self):
        origin = f' (from {self.namespace!r})' if self.namespace else ''
        return f'<{self.__class__.__name__} {self.name!r}{origin}>'

    def _get_name(self):
        return self.name

    def _get_namespace(self):
        return self.namespace


_no_type = TypeInfo(None, None)


class ReadOnlySequentialNamedNodeMap(object):
    """The entities and notations of a document type."""

    __slots__ = '_seq',

    def __init__(self, seq=()):
        self._seq = seq

    def __len__(self):
        return len(self._seq)

    def _get_length(self):
        return len(self._seq)

    def getNamedItem(self, name):
        """Return the node of that name, or None."""
        return next((node for node in self._seq if node.nodeName == name), None)

    def getNamedItemNS(self, namespaceURI, localName):
        """Return the node of that namespace and local name, or None."""
        return next((node for node in self._seq if (node.namespaceURI, node.localName) == (namespaceURI, localName)), None)

    def __getitem__(self, name_or_tuple):
        node = (self.getNamedItemNS(*name_or_tuple) if isinstance(name_or_tuple, tuple)
                else self.getNamedItem(name_or_tuple))
        if node is None:
            raise KeyError(name_or_tuple)
        return node

    def item(self, index):
        """Return a node by its place, or None."""
        return self._seq[index] if 0 <= index < len(self._seq) else None

    def removeNamedItem(self, name):
        """Raise NoModificationAllowedErr."""
        raise xml.dom.NoModificationAllowedErr('NamedNodeMap instance is read-only')

    def removeNamedItemNS(self, namespaceURI, localName):
        """Raise NoModificationAllowedErr."""
        raise xml.dom.NoModificationAllowedErr('NamedNodeMap instance is read-only')

    def setNamedItem(self, node):
        """Raise NoModificationAllowedErr."""
        raise xml.dom.NoModificationAllowedErr('NamedNodeMap instance is read-only')

    setNamedItemNS = setNamedItem

    def __getstate__(self):
        return [self._seq]

    def __setstate__(self, state):
        self._seq = state[0]


defproperty(ReadOnlySequentialNamedNodeMap, 'length', doc='Number of entries in the NamedNodeMap.')


class Identified:
    """For nodes with a public and a system identifier."""
    __slots__ = 'publicId', 'systemId'

    def _identified_mixin_init(self, publicId, systemId):
        self.publicId, self.systemId = publicId, systemId

    def _get_publicId(self):
        return self.publicId

    def _get_systemId(self):
        return self.systemId


class ElementInfo(object):
    """What is known of the elements of a name without a DTD: nothing."""

    __slots__ = 'tagName',

    def __init__(self, name):
        self.tagName = name

    def getAttributeType(self, aname):
        """Return the declared type of an attribute."""
        return _no_type

    def getAttributeTypeNS(self, namespaceURI, localName):
        """Return the declared type of an attribute of a namespace."""
        return _no_type

    def isElementContent(self):
        """Whether the element is declared to hold only elements: never known here."""
        return False

    def isEmpty(self):
        """Whether the element is declared to be empty: never known here."""
        return False

    def isId(self, aname):
        """Whether an attribute is an ID: never known here."""
        return False

    def isIdNS(self, namespaceURI, localName):
        """The same with a namespace."""
        return False

    def __getstate__(self):
        return self.tagName

    def __setstate__(self, state):
        self.tagName = state
