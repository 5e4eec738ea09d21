# SPDX-License-Identifier: MIT
"""A DOM implementation in plain Python: small, not fast.

    from xml.dom.minidom import parse, parseString
    document = parseString('<a><b/></a>')
    document.documentElement.firstChild.setAttribute('x', '1')
    print(document.toxml())

Nodes refer to each other in circles; unlink(), or the use of a document in a with
statement, breaks them.
"""
import io
import xml.dom
from xml.dom import EMPTY_NAMESPACE, EMPTY_PREFIX, XMLNS_NAMESPACE, domreg
from xml.dom._minitypes import ElementInfo, Identified, ReadOnlySequentialNamedNodeMap, TypeInfo, _no_type
from xml.dom.minicompat import EmptyNodeList, NodeList, StringTypes, defproperty
from xml.dom.xmlbuilder import DOMImplementationLS, DocumentLS

# What elements, and their ids, can be in.
_nodeTypes_with_children = xml.dom.Node.ELEMENT_NODE, xml.dom.Node.ENTITY_REFERENCE_NODE


class Node(xml.dom.Node):
    """What all nodes share."""

    namespaceURI = None
    parentNode = None
    ownerDocument = None
    nextSibling = previousSibling = None
    prefix = EMPTY_PREFIX

    def __bool__(self):
        return True

    def toxml(self, encoding=None):
        """Return the node as XML: str, or with an encoding bytes."""
        return self.toprettyxml('', '', encoding)

    def toprettyxml(self, indent='\t', newl='\n', encoding=None):
        """Return the node as XML in lines that are indented: str, or with an encoding bytes."""
        if encoding is None:
            writer = io.StringIO()
        else:
            writer = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors='xmlcharrefreplace', newline='\n')
        extra = (encoding,) if self.nodeType == Node.DOCUMENT_NODE else ()
        self.writexml(writer, '', indent, newl, *extra)
        return writer.getvalue() if encoding is None else writer.detach().getvalue()

    def hasChildNodes(self):
        """Return whether there are children."""
        return bool(self.childNodes)

    def _get_childNodes(self):
        return self.childNodes

    def _get_firstChild(self):
        return self.childNodes[0] if self.childNodes else None

    def _get_lastChild(self):
        return self.childNodes[-1] if self.childNodes else None

    def _check_child(self, node):
        if node.nodeType not in self._child_node_types:
            raise xml.dom.HierarchyRequestErr(f'{node!r} cannot be child of {self!r}')

    def _index_of(self, child):
        try:
            return self.childNodes.index(child)
        except ValueError:
            raise xml.dom.NotFoundErr()

    @staticmethod
    def _join(before, after):
        """Make two nodes, or None, neighbours."""
        if before is not None:
            before.nextSibling = after
        if after is not None:
            after.previousSibling = before

    def insertBefore(self, newChild, refChild):
        """Insert a child in front of another one, or with None at the end; return it."""
        if newChild.nodeType == self.DOCUMENT_FRAGMENT_NODE:
            for child in tuple(newChild.childNodes):
                self.insertBefore(child, refChild)
            return newChild
        self._check_child(newChild)
        if newChild.parentNode is not None:
            newChild.parentNode.removeChild(newChild)
        if refChild is None:
            self.appendChild(newChild)
            return newChild
        index = self._index_of(refChild)
        if newChild.nodeType in _nodeTypes_with_children:
            _clear_id_cache(self)
        self.childNodes.insert(index, newChild)
        self._join(newChild, refChild)
        self._join(self.childNodes[index - 1] if index else None, newChild)
        newChild.parentNode = self
        return newChild

    def appendChild(self, node):
        """Add a child at the end; return it."""
        if node.nodeType == self.DOCUMENT_FRAGMENT_NODE:
            for child in tuple(node.childNodes):
                self.appendChild(child)
            return node
        self._check_child(node)
        if node.parentNode is not None:
            node.parentNode.removeChild(node)
        if node.nodeType in _nodeTypes_with_children:
            _clear_id_cache(self)
        node.nextSibling = None
        _append_child(self, node)
        return node

    def replaceChild(self, newChild, oldChild):
        """Put a child in another one's place; return that."""
        if newChild.nodeType == self.DOCUMENT_FRAGMENT_NODE:
            behind = oldChild.nextSibling
            self.removeChild(oldChild)
            return self.insertBefore(newChild, behind)
        self._check_child(newChild)
        if newChild is oldChild:
            return
        if newChild.parentNode is not None:
            newChild.parentNode.removeChild(newChild)
        self.childNodes[self._index_of(oldChild)] = newChild
        newChild.parentNode, oldChild.parentNode = self, None
        if newChild.nodeType in _nodeTypes_with_children or oldChild.nodeType in _nodeTypes_with_children:
            _clear_id_cache(self)
        self._join(oldChild.previousSibling, newChild)
        self._join(newChild, oldChild.nextSibling)
        if oldChild.previousSibling is None:
            newChild.previousSibling = None
        if oldChild.nextSibling is None:
            newChild.nextSibling = None
        oldChild.nextSibling = oldChild.previousSibling = None
        return oldChild

    def removeChild(self, oldChild):
        """Remove a child; return it."""
        del self.childNodes[self._index_of(oldChild)]
        self._join(oldChild.previousSibling, oldChild.nextSibling)
        if oldChild.previousSibling is None and oldChild.nextSibling is not None:
            oldChild.nextSibling.previousSibling = None
        if oldChild.nextSibling is None and oldChild.previousSibling is not None:
            oldChild.previousSibling.nextSibling = None
        if oldChild.nodeType in _nodeTypes_with_children:
            _clear_id_cache(self)
        oldChild.parentNode = oldChild.nextSibling = oldChild.previousSibling = None
        return oldChild

    def normalize(self):
        """Join neighbouring texts, and remove empty ones, in all that is below."""
        kept = []
        for child in self.childNodes:
            if child.nodeType == Node.TEXT_NODE:
                if not child.data:
                    self._join(kept[-1] if kept else None, child.nextSibling)
                    child.unlink()
                    continue
                if kept and kept[-1].nodeType == child.nodeType:
                    kept[-1].data += child.data
                    self._join(kept[-1], child.nextSibling)
                    if child.nextSibling is None:
                        kept[-1].nextSibling = None
                    child.unlink()
                    continue
            elif child.nodeType == Node.ELEMENT_NODE:
                child.normalize()
            kept.append(child)
        self.childNodes[:] = kept

    def cloneNode(self, deep):
        """Return a copy; deep copies what is below too."""
        return _clone_node(self, deep, self.ownerDocument or self)

    def isSupported(self, feature, version):
        """Return whether a feature of the DOM is implemented, in a version."""
        return self.ownerDocument.implementation.hasFeature(feature, version)

    def _get_localName(self):
        return None             # but for elements and attributes

    def isSameNode(self, other):
        """Return whether other is this very node."""
        return self is other

    def getInterface(self, feature):
        """Return the object that implements a feature: this one, or None."""
        return self if self.isSupported(feature, None) else None

    def getUserData(self, key):
        """Return what a program has stored with the node under a key."""
        return getattr(self, '_user_data', {}).get(key, (None, None))[0]

    def setUserData(self, key, data, handler):
        """Store something with the node, None for nothing; handler.handle() is told what happens to the node."""
        old = self.getUserData(key)
        store = self.__dict__.setdefault('_user_data', {})
        if data is None:
            store.pop(key, None)
        else:
            store[key] = data, handler
        return old

    def _call_user_data_handler(self, operation, src, dst):
        for key, (data, handler) in list(getattr(self, '_user_data', {}).items()):
            if handler is not None:
                handler.handle(operation, key, data, src, dst)

    def unlink(self):
        """Break the circles of references; the node cannot be used after that."""
        children = self.childNodes
        if children:
            self.childNodes = NodeList()
            for child in children:
                child.unlink()
        self.parentNode = self.ownerDocument = None
        self.previousSibling = self.nextSibling = None

    def __enter__(self):
        return self

    def __exit__(self, et, ev, tb):
        self.unlink()


defproperty(Node, 'firstChild', doc='First child node, or None.')
defproperty(Node, 'lastChild', doc='Last child node, or None.')
defproperty(Node, 'localName', doc='Namespace-local name of this node.')


def _append_child(self, node):
    """Append a node that has no parent, without checks."""
    children = self.childNodes
    if children:
        Node._join(children[-1], node)
    children.append(node)
    node.parentNode = self


def _in_document(node):
    """Is the node in a document's tree?"""
    while node is not None:
        if node.nodeType == Node.DOCUMENT_NODE:
            return True
        node = node.parentNode
    return False


def _write_data(writer, data):
    if data:
        writer.write(data.replace('&', '&amp;').replace('<', '&lt;').replace('"', '&quot;').replace('>', '&gt;'))


def _get_elements_by_tagName_helper(parent, name, rc):
    for child in parent.childNodes:
        if child.nodeType == Node.ELEMENT_NODE and name in ('*', child.tagName):
            rc.append(child)
        _get_elements_by_tagName_helper(child, name, rc)
    return rc


def _get_elements_by_tagName_ns_helper(parent, nsURI, localName, rc):
    for node in parent.childNodes:
        if node.nodeType == Node.ELEMENT_NODE:
            if localName in ('*', node.localName) and nsURI in ('*', node.namespaceURI):
                rc.append(node)
            _get_elements_by_tagName_ns_helper(node, nsURI, localName, rc)
    return rc


class DocumentFragment(Node):
    """Nodes that are put somewhere together."""

    nodeType = Node.DOCUMENT_FRAGMENT_NODE
    nodeName = '#document-fragment'
    nodeValue = attributes = parentNode = None
    _child_node_types = (Node.ELEMENT_NODE, Node.TEXT_NODE, Node.CDATA_SECTION_NODE, Node.ENTITY_REFERENCE_NODE,
                         Node.PROCESSING_INSTRUCTION_NODE, Node.COMMENT_NODE, Node.NOTATION_NODE)

    def __init__(self):
        self.childNodes = NodeList()


class Attr(Node):
    """An attribute; its value is also its child, a Text."""

    __slots__ = ('_name', '_value', 'namespaceURI', '_prefix', 'childNodes', '_localName', 'ownerDocument',
                 'ownerElement')
    nodeType = Node.ATTRIBUTE_NODE
    attributes = None
    specified = False
    _is_id = False
    _child_node_types = Node.TEXT_NODE, Node.ENTITY_REFERENCE_NODE

    def __init__(self, qName, namespaceURI=EMPTY_NAMESPACE, localName=None, prefix=None):
        self.ownerElement = None
        self._name, self._prefix = qName, prefix
        self.namespaceURI = namespaceURI
        if localName is not None:
            self._localName = localName
        self.childNodes = NodeList()
        self.childNodes.append(Text())
        # The value is set later.

    def _changed(self):
        if self.ownerElement is not None:
            _clear_id_cache(self.ownerElement)

    def _get_localName(self):
        try:
            return self._localName
        except AttributeError:
            return self.nodeName.split(':', 1)[-1]

    def _get_specified(self):
        return self.specified

    def _get_name(self):
        return self._name

    def _set_name(self, value):
        self._name = value
        self._changed()

    nodeName = name = property(_get_name, _set_name, doc='The name.')

    def _get_value(self):
        return self._value

    def _set_value(self, value):
        self._value = value
        self.childNodes[0].data = value
        self._changed()
        self.childNodes[0].data = value

    nodeValue = value = property(_get_value, _set_value, doc='The value.')

    def _get_prefix(self):
        return self._prefix

    def _set_prefix(self, prefix):
        if prefix == 'xmlns' and self.namespaceURI and self.namespaceURI != XMLNS_NAMESPACE:
            raise xml.dom.NamespaceErr("illegal use of 'xmlns' prefix for the wrong namespace")
        self._prefix = prefix
        self.name = self.localName if prefix is None else f'{prefix}:{self.localName}'

    prefix = property(_get_prefix, _set_prefix, doc='The prefix of the name, or None.')

    def unlink(self):
        # An attribute leaves its element.
        element = self.ownerElement
        if element is not None:
            del element._attrs[self.nodeName]
            del element._attrsNS[self.namespaceURI, self._get_localName()]
            if self._is_id:
                self._is_id = False
                element._magic_id_nodes -= 1
                self.ownerDocument._magic_id_count -= 1
        for child in self.childNodes:
            child.unlink()
        del self.childNodes[:]

    def _info(self):
        """What the DTD says about the element; None if nothing."""
        if self.ownerDocument is None or self.ownerElement is None:
            return None
        return self.ownerDocument._get_elem_info(self.ownerElement)

    def _get_isId(self):
        if self._is_id:
            return True
        info = self._info()
        if info is None:
            return False
        if self.namespaceURI:
            return info.isIdNS(self.namespaceURI, self.localName)
        return info.isId(self.nodeName)

    def _get_schemaType(self):
        info = self._info() or ElementInfo(None)        # that knows nothing
        if not self.namespaceURI:
            return info.getAttributeType(self.nodeName)
        return info.getAttributeTypeNS(self.namespaceURI, self.localName)


defproperty(Attr, 'isId', doc='True if this attribute is an ID.')
defproperty(Attr, 'localName', doc='Namespace-local name of this attribute.')
defproperty(Attr, 'schemaType', doc='Schema type for this attribute.')


class NamedNodeMap(object):
    """The attributes of an element, by name and by (namespace, local name)."""

    __slots__ = '_attrs', '_attrsNS', '_ownerElement'

    def __init__(self, attrs, attrsNS, ownerElement):
        self._attrs, self._attrsNS = attrs, attrsNS
        self._ownerElement = ownerElement

    def _get_length(self):
        return len(self._attrs)

    def item(self, index):
        """Return a node by its place, or None."""
        try:
            return self[list(self._attrs)[index]]
        except IndexError:
            return None

    def items(self):
        """Return a list of (name, value)."""
        return [(node.nodeName, node.value) for node in self._attrs.values()]

    def itemsNS(self):
        """Return a list of ((namespace, local name), value)."""
        return [((node.namespaceURI, node.localName), node.value) for node in self._attrs.values()]

    def __contains__(self, key):
        return key in (self._attrs if isinstance(key, str) else self._attrsNS)

    def keys(self):
        """Return the names."""
        return self._attrs.keys()

    def keysNS(self):
        """Return the names as (namespace, local name)."""
        return self._attrsNS.keys()

    def values(self):
        """Return the nodes."""
        return self._attrs.values()

    def get(self, name, value=None):
        """Return the node of that name, or value."""
        return self._attrs.get(name, value)

    __len__ = _get_length

    def _cmp(self, other):
        if self._attrs is getattr(other, '_attrs', None):
            return 0
        return (id(self) > id(other)) - (id(self) < id(other))

    def __lt__(self, other):
        return self._cmp(other) < 0

    def __eq__(self, other):
        return not self._cmp(other)

    def __gt__(self, other):
        return self._cmp(other) > 0

    def __ge__(self, other):
        return self._cmp(other) >= 0

    def __le__(self, other):
        return self._cmp(other) <= 0

    def __getitem__(self, attname_or_tuple):
        return (self._attrsNS if isinstance(attname_or_tuple, tuple) else self._attrs)[attname_or_tuple]

    def __setitem__(self, attname, value):
        if isinstance(value, str):
            node = self._attrs.get(attname)
            if node is None:
                node = Attr(attname)
                node.ownerDocument = self._ownerElement.ownerDocument
                self.setNamedItem(node)
            node.value = value
        elif isinstance(value, Attr):
            self.setNamedItem(value)
        else:
            raise TypeError('value must be a string or Attr object')

    def getNamedItem(self, name):
        """Return the node of that name, or None."""
        return self._attrs.get(name)

    def getNamedItemNS(self, namespaceURI, localName):
        """Return the node of that namespace and local name, or None."""
        return self._attrsNS.get((namespaceURI, localName))

    def _remove(self, node):
        if node is None:
            raise xml.dom.NotFoundErr()
        _clear_id_cache(self._ownerElement)
        del self._attrs[node.nodeName]
        del self._attrsNS[node.namespaceURI, node.localName]
        if hasattr(node, 'ownerElement'):
            node.ownerElement = None
        return node

    def removeNamedItem(self, name):
        """Remove the node of that name and return it.  Raises NotFoundErr."""
        return self._remove(self.getNamedItem(name))

    def removeNamedItemNS(self, namespaceURI, localName):
        """Remove the node of that namespace and local name and return it.  Raises NotFoundErr."""
        return self._remove(self.getNamedItemNS(namespaceURI, localName))

    def setNamedItem(self, node):
        """Put a node in; return the one that had its name before, or None."""
        if not isinstance(node, Attr):
            raise xml.dom.HierarchyRequestErr(f'{node!r} cannot be child of {self!r}')
        old = self._attrs.get(node.name)
        if old:
            old.unlink()
        self._attrs[node.name] = self._attrsNS[node.namespaceURI, node.localName] = node
        _clear_id_cache(self._ownerElement)
        node.ownerElement = self._ownerElement
        return old

    setNamedItemNS = setNamedItem

    def __delitem__(self, attname_or_tuple):
        gone = self[attname_or_tuple]
        _clear_id_cache(gone.ownerElement)
        gone.unlink()

    def __setstate__(self, state):
        self._attrs, self._attrsNS, self._ownerElement = state

    def __getstate__(self):
        return self._attrs, self._attrsNS, self._ownerElement


defproperty(NamedNodeMap, 'length', doc='Number of nodes in the NamedNodeMap.')

AttributeList = NamedNodeMap        # a name of old


class Element(Node):
    """An element."""

    __slots__ = ('ownerDocument', 'parentNode', 'tagName', 'nodeName', 'prefix', 'namespaceURI', '_localName',
                 'childNodes', '_attrs', '_attrsNS', 'nextSibling', 'previousSibling')
    nodeType = Node.ELEMENT_NODE
    nodeValue = None
    schemaType = _no_type
    _magic_id_nodes = 0             # attributes that a program made ids
    _child_node_types = (Node.ELEMENT_NODE, Node.PROCESSING_INSTRUCTION_NODE, Node.COMMENT_NODE, Node.TEXT_NODE,
                         Node.CDATA_SECTION_NODE, Node.ENTITY_REFERENCE_NODE)

    def __init__(self, tagName, namespaceURI=EMPTY_NAMESPACE, prefix=None, localName=None):
        self.parentNode = None
        self.tagName = self.nodeName = tagName
        self.prefix, self.namespaceURI = prefix, namespaceURI
        self.childNodes = NodeList()
        self.nextSibling = self.previousSibling = None
        # Most elements have no attributes: the dicts are made when they are needed.
        self._attrs = self._attrsNS = None

    def _ensure_attributes(self):
        if self._attrs is None:
            self._attrs, self._attrsNS = {}, {}

    def _get_localName(self):
        try:
            return self._localName
        except AttributeError:
            return self.tagName.split(':', 1)[-1]

    def _get_tagName(self):
        return self.tagName

    def unlink(self):
        for attribute in list((self._attrs or {}).values()):
            attribute.unlink()
        self._attrs = self._attrsNS = None
        Node.unlink(self)

    def getAttribute(self, attname):
        """Return an attribute's value; '' if there is none."""
        node = self.getAttributeNode(attname)
        return '' if node is None else node.value

    def getAttributeNS(self, namespaceURI, localName):
        """Return the value of an attribute, '' if there is none."""
        node = self.getAttributeNodeNS(namespaceURI, localName)
        return '' if node is None else node.value

    def _new_attribute(self, value, *name):
        node = Attr(*name)
        node.value = value
        node.ownerDocument = self.ownerDocument
        self.setAttributeNode(node)

    def setAttribute(self, attname, value):
        """Set the value of an attribute."""
        node = self.getAttributeNode(attname)
        if node is None:
            self._new_attribute(value, attname)
        elif value != node.value:
            node.value = value

    def setAttributeNS(self, namespaceURI, qualifiedName, value):
        """Set the value of an attribute of a namespace."""
        prefix, local = _nssplit(qualifiedName)
        node = self.getAttributeNodeNS(namespaceURI, local)
        if node is None:
            self._new_attribute(value, qualifiedName, namespaceURI, local, prefix)
            return
        if value != node.value:
            node.value = value
        if node.prefix != prefix:
            node.prefix = prefix
            node.nodeName = qualifiedName

    def getAttributeNode(self, attrname):
        """Return the Attr of that name, or None."""
        return None if self._attrs is None else self._attrs.get(attrname)

    def getAttributeNodeNS(self, namespaceURI, localName):
        """Return the Attr of that namespace and local name, or None."""
        return None if self._attrsNS is None else self._attrsNS.get((namespaceURI, localName))

    def setAttributeNode(self, attr):
        """Set an attribute; return the one that it replaces, or None."""
        if attr.ownerElement not in (None, self):
            raise xml.dom.InuseAttributeErr('attribute node already owned')
        self._ensure_attributes()
        same_name = self._attrs.get(attr.name)
        if same_name is not None:
            self.removeAttributeNode(same_name)
        same_local = self._attrsNS.get((attr.namespaceURI, attr.localName))
        if same_local is not None and same_local is not same_name:
            self.removeAttributeNode(same_local)
        _set_attribute_node(self, attr)
        if same_name is not attr:
            # It was replaced, and can be used elsewhere.
            return same_name
        if same_local is not attr:
            return same_local

    setAttributeNodeNS = setAttributeNode

    def removeAttribute(self, name):
        """Remove an attribute.  Raises NotFoundErr."""
        self.removeAttributeNode(self.getAttributeNode(name))

    def removeAttributeNS(self, namespaceURI, localName):
        """Remove an attribute of a namespace.  Raises NotFoundErr."""
        self.removeAttributeNode(self.getAttributeNodeNS(namespaceURI, localName))

    def removeAttributeNode(self, node):
        """Remove an Attr and return it.  Raises NotFoundErr."""
        if node is None or (self._attrs or {}).get(node.name) is None:
            raise xml.dom.NotFoundErr()
        _clear_id_cache(self)
        node.unlink()
        node.ownerDocument = self.ownerDocument     # it goes on to exist
        return node

    removeAttributeNodeNS = removeAttributeNode

    def hasAttribute(self, name):
        """Return whether there is an attribute of that name."""
        return self.getAttributeNode(name) is not None

    def hasAttributeNS(self, namespaceURI, localName):
        """Return whether there is an attribute of that namespace and local name."""
        return self.getAttributeNodeNS(namespaceURI, localName) is not None

    def getElementsByTagName(self, name):
        """Return all elements below of a name, '*' for all."""
        return _get_elements_by_tagName_helper(self, name, NodeList())

    def getElementsByTagNameNS(self, namespaceURI, localName):
        """Return a list of the elements below, of a namespace and local name; '*' is any."""
        return _get_elements_by_tagName_ns_helper(self, namespaceURI, localName, NodeList())

    def __repr__(self):
        return f'<DOM Element: {self.tagName} at {id(self):#x}>'

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Write the element: indent in front of it, addindent more for what is in it, newl at line ends."""
        writer.write(indent + '<' + self.tagName)
        for name, node in (self._attrs or {}).items():
            writer.write(f' {name}="')
            _write_data(writer, node.value)
            writer.write('"')
        children = self.childNodes
        if not children:
            writer.write(f'/>{newl}')
            return
        writer.write('>')
        if len(children) == 1 and children[0].nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
            # In its own line it would be another text.
            children[0].writexml(writer, '', '', '')
        else:
            writer.write(newl)
            for node in children:
                node.writexml(writer, indent + addindent, addindent, newl)
            writer.write(indent)
        writer.write(f'</{self.tagName}>{newl}')

    def _get_attributes(self):
        self._ensure_attributes()
        return NamedNodeMap(self._attrs, self._attrsNS, self)

    def hasAttributes(self):
        """Return whether there are attributes."""
        return bool(self._attrs)

    def setIdAttribute(self, name):
        """Make an attribute an id."""
        self.setIdAttributeNode(self.getAttributeNode(name))

    def setIdAttributeNS(self, namespaceURI, localName):
        """Declare an attribute of a namespace to be an ID."""
        self.setIdAttributeNode(self.getAttributeNodeNS(namespaceURI, localName))

    def setIdAttributeNode(self, idAttr):
        """Declare an Attr to be an ID."""
        if idAttr is None or idAttr.ownerElement is not self:
            raise xml.dom.NotFoundErr()
        if _get_containing_entref(self):
            raise xml.dom.NoModificationAllowedErr()
        if idAttr._is_id:
            return
        idAttr._is_id = True
        _clear_id_cache(self)
        self.ownerDocument._magic_id_count += 1
        self._magic_id_nodes += 1


defproperty(Element, 'attributes', doc='NamedNodeMap of attributes on the element.')
defproperty(Element, 'localName', doc='Namespace-local name of this element.')


def _set_attribute_node(element, attr):
    """Set an attribute, without checks."""
    _clear_id_cache(element)
    element._ensure_attributes()
    element._attrs[attr.name] = element._attrsNS[attr.namespaceURI, attr.localName] = attr
    attr.ownerElement = element


class Childless:
    """For nodes that cannot have children."""
    __slots__ = ()

    attributes = None
    childNodes = EmptyNodeList()
    firstChild = lastChild = None

    def _get_firstChild(self):
        return None

    def _get_lastChild(self):
        return None

    def appendChild(self, node):
        """Raise HierarchyRequestErr: there can be no children."""
        raise xml.dom.HierarchyRequestErr(self.nodeName + ' nodes cannot have children')

    def hasChildNodes(self):
        """Return False."""
        return False

    def insertBefore(self, newChild, refChild):
        """Raise HierarchyRequestErr: there can be no children."""
        raise xml.dom.HierarchyRequestErr(self.nodeName + ' nodes do not have children')

    def removeChild(self, oldChild):
        """Raise NotFoundErr: there are no children."""
        raise xml.dom.NotFoundErr(self.nodeName + ' nodes do not have children')

    def normalize(self):
        """Do nothing."""
        pass

    def replaceChild(self, newChild, oldChild):
        """Raise HierarchyRequestErr: there can be no children."""
        raise xml.dom.HierarchyRequestErr(self.nodeName + ' nodes do not have children')


class ProcessingInstruction(Childless, Node):
    """A processing instruction: target and data."""

    __slots__ = 'target', 'data'
    nodeType = Node.PROCESSING_INSTRUCTION_NODE

    def __init__(self, target, data):
        self.target, self.data = target, data

    def _get_nodeValue(self):
        return self.data

    def _set_nodeValue(self, value):
        self.data = value

    nodeValue = property(_get_nodeValue, _set_nodeValue, doc='The data.')

    def _get_nodeName(self):
        return self.target

    def _set_nodeName(self, value):
        self.target = value

    nodeName = property(_get_nodeName, _set_nodeName, doc='The target.')

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Write the instruction as XML."""
        writer.write(f'{indent}<?{self.target} {self.data}?>{newl}')


class CharacterData(Childless, Node):
    """What Text and Comment share."""

    __slots__ = '_data', 'ownerDocument', 'parentNode', 'previousSibling', 'nextSibling'

    def __init__(self):
        self._data = ''
        self.nextSibling = self.previousSibling = self.parentNode = self.ownerDocument = None
        Node.__init__(self)

    def _get_length(self):
        return len(self.data)

    __len__ = _get_length

    def _get_data(self):
        return self._data

    def _set_data(self, data):
        self._data = data

    data = nodeValue = property(_get_data, _set_data, doc='The text.')

    def __repr__(self):
        more = '...' if len(self.data) > 10 else ''
        return f'<DOM {self.__class__.__name__} node "{self.data[:10]!r}{more}">'

    def _check(self, offset, count=0, message='offset cannot be beyond end of data'):
        if offset < 0:
            raise xml.dom.IndexSizeErr('offset cannot be negative')
        if offset >= len(self.data):
            raise xml.dom.IndexSizeErr(message)
        if count < 0:
            raise xml.dom.IndexSizeErr('count cannot be negative')

    def substringData(self, offset, count):
        """Return count characters from offset on."""
        self._check(offset, count)
        return self.data[offset:offset + count]

    def appendData(self, arg):
        """Add text at the end."""
        self.data = self.data + arg

    def insertData(self, offset, arg):
        """Put text in at offset."""
        self._check(offset)
        if arg:
            self.data = self.data[:offset] + arg + self.data[offset:]

    def deleteData(self, offset, count):
        """Remove count characters from offset on."""
        self._check(offset, count)
        if count:
            self.data = self.data[:offset] + self.data[offset + count:]

    def replaceData(self, offset, count, arg):
        """Put text in the place of count characters from offset on."""
        self._check(offset, count)
        if count:
            self.data = self.data[:offset] + arg + self.data[offset + count:]


defproperty(CharacterData, 'length', doc='Length of the string data.')


class Text(CharacterData):
    """Text."""

    __slots__ = ()
    nodeType = Node.TEXT_NODE
    nodeName = '#text'
    attributes = None

    def splitText(self, offset):
        """Cut the text; return the node with its second part, which becomes the next sibling."""
        if offset < 0 or offset > len(self.data):
            raise xml.dom.IndexSizeErr('illegal offset value')
        rest = self.__class__()
        rest.data = self.data[offset:]
        rest.ownerDocument = self.ownerDocument
        behind = self.nextSibling
        if self.parentNode and self in self.parentNode.childNodes:
            if behind is None:
                self.parentNode.appendChild(rest)
            else:
                self.parentNode.insertBefore(rest, behind)
        self.data = self.data[:offset]
        return rest

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Write the text as XML."""
        _write_data(writer, indent + self.data + newl)

    def _neighbours(self, step):
        """The texts directly in front or behind, from here on."""
        node = getattr(self, step)
        while node is not None and node.nodeType in (Node.TEXT_NODE, Node.CDATA_SECTION_NODE):
            yield node
            node = getattr(node, step)

    def _get_wholeText(self):
        before = [node.data for node in self._neighbours('previousSibling')]
        return ''.join([*before[::-1], self.data, *(node.data for node in self._neighbours('nextSibling'))])

    def replaceWholeText(self, content):
        """Replace the text and its neighbours; return the node, or None if content is empty."""
        parent = self.parentNode
        for node in [*self._neighbours('previousSibling'), *self._neighbours('nextSibling')]:
            parent.removeChild(node)
        if content:
            self.data = content
            return self
        parent.removeChild(self)
        return None

    def _get_isWhitespaceInElementContent(self):
        if self.data.strip():
            return False
        element = _get_containing_element(self)
        info = None if element is None else self.ownerDocument._get_elem_info(element)
        return False if info is None else info.isElementContent()


defproperty(Text, 'isWhitespaceInElementContent',
            doc='True iff this text node contains only whitespace and is in element content.')
defproperty(Text, 'wholeText', doc='The text of all logically-adjacent text nodes.')


def _containing(node, kind):
    node = node.parentNode
    while node is not None and node.nodeType != kind:
        node = node.parentNode
    return node


def _get_containing_element(node):
    """Return the element that a node is in, or None."""
    return _containing(node, Node.ELEMENT_NODE)


def _get_containing_entref(node):
    """Return the entity reference that a node is in, or None."""
    return _containing(node, Node.ENTITY_REFERENCE_NODE)


class Comment(CharacterData):
    """A comment."""

    nodeType = Node.COMMENT_NODE
    nodeName = '#comment'

    def __init__(self, data):
        CharacterData.__init__(self)
        self._data = data

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Write the comment as XML."""
        if '--' in self.data:
            raise ValueError("'--' is not allowed in a comment node")
        writer.write(f'{indent}<!--{self.data}-->{newl}')


class CDATASection(Text):
    """Text that is written as it is."""

    __slots__ = ()
    nodeType = Node.CDATA_SECTION_NODE
    nodeName = '#cdata-section'

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Write the section as XML."""
        if ']]>' in self.data:
            raise ValueError("']]>' not allowed in a CDATA section")
        writer.write(f'<![CDATA[{self.data}]]>')


class DocumentType(Identified, Childless, Node):
    """A document type: its name, identifiers, entities, notations, and the text of what is in brackets."""

    nodeType = Node.DOCUMENT_TYPE_NODE
    nodeValue = None
    name = publicId = systemId = internalSubset = None

    def __init__(self, qualifiedName):
        self.entities, self.notations = ReadOnlySequentialNamedNodeMap(), ReadOnlySequentialNamedNodeMap()
        if qualifiedName:
            self.name = _nssplit(qualifiedName)[1]
        self.nodeName = self.name

    def _get_internalSubset(self):
        return self.internalSubset

    def cloneNode(self, deep):
        if self.ownerDocument is not None:
            return None             # what belongs to a document stays there
        twin = DocumentType(None)
        twin.name = twin.nodeName = self.name
        operation = xml.dom.UserDataHandler.NODE_CLONED
        if deep:
            twin.entities._seq, twin.notations._seq = [], []
            for notation in self.notations._seq:
                copied = Notation(notation.nodeName, notation.publicId, notation.systemId)
                twin.notations._seq.append(copied)
                notation._call_user_data_handler(operation, notation, copied)
            for entity in self.entities._seq:
                copied = Entity(entity.nodeName, entity.publicId, entity.systemId, entity.notationName)
                copied.actualEncoding, copied.encoding, copied.version = (entity.actualEncoding, entity.encoding,
                                                                          entity.version)
                twin.entities._seq.append(copied)
                entity._call_user_data_handler(operation, entity, copied)
        self._call_user_data_handler(operation, self, twin)
        return twin

    def writexml(self, writer, indent='', addindent='', newl=''):
        """Write the declaration as XML."""
        writer.write('<!DOCTYPE ' + self.name)
        if self.publicId:
            writer.write(f"{newl}  PUBLIC '{self.publicId}'{newl}  '{self.systemId}'")
        elif self.systemId:
            writer.write(f"{newl}  SYSTEM '{self.systemId}'")
        if self.internalSubset is not None:
            writer.write(f' [{self.internalSubset}]')
        writer.write('>' + newl)


class Entity(Identified, Node):
    """An entity of a document type."""

    attributes = nodeValue = None
    nodeType = Node.ENTITY_NODE
    actualEncoding = encoding = version = None

    def __init__(self, name, publicId, systemId, notation):
        self.nodeName = name
        self.notationName = notation
        self.childNodes = NodeList()
        self._identified_mixin_init(publicId, systemId)

    def _get_actualEncoding(self):
        return self.actualEncoding

    def _get_encoding(self):
        return self.encoding

    def _get_version(self):
        return self.version

    def appendChild(self, newChild):
        raise xml.dom.HierarchyRequestErr('cannot append children to an entity node')

    def insertBefore(self, newChild, refChild):
        raise xml.dom.HierarchyRequestErr('cannot insert children below an entity node')

    def removeChild(self, oldChild):
        raise xml.dom.HierarchyRequestErr('cannot remove children from an entity node')

    def replaceChild(self, newChild, oldChild):
        raise xml.dom.HierarchyRequestErr('cannot replace children of an entity node')


class Notation(Identified, Childless, Node):
    """A notation of a document type."""

    nodeType = Node.NOTATION_NODE
    nodeValue = None

    def __init__(self, name, publicId, systemId):
        self.nodeName = name
        self._identified_mixin_init(publicId, systemId)


class DOMImplementation(DOMImplementationLS):
    """What makes documents."""

    _features = [('core', '1.0'), ('core', '2.0'), ('core', None), ('xml', '1.0'), ('xml', '2.0'), ('xml', None),
                 ('ls-load', '3.0'), ('ls-load', None)]

    def hasFeature(self, feature, version):
        """Return whether a feature of the DOM is implemented, in a version."""
        return (feature.lower(), version or None) in self._features

    def createDocument(self, namespaceURI, qualifiedName, doctype):
        """Return a new document, with a root element of that name, if one is given, and a document type."""
        if doctype and doctype.parentNode is not None:
            raise xml.dom.WrongDocumentErr('doctype object owned by another DOM tree')
        document = self._create_document()
        with_root = not (namespaceURI is None and qualifiedName is None and doctype is None)
        if not qualifiedName and with_root:
            raise xml.dom.InvalidCharacterErr('Element with no name')
        root = None
        if with_root:
            prefix, _ = _nssplit(qualifiedName)
            if prefix == 'xml' and namespaceURI != 'http://www.w3.org/XML/1998/namespace':
                raise xml.dom.NamespaceErr("illegal use of 'xml' prefix")
            if prefix and not namespaceURI:
                raise xml.dom.NamespaceErr('illegal use of prefix without namespaces')
            root = document.createElementNS(namespaceURI, qualifiedName)
            if doctype:
                document.appendChild(doctype)
            document.appendChild(root)
        if doctype:
            doctype.parentNode = doctype.ownerDocument = document
        document.doctype = doctype
        document.implementation = self
        return document

    def createDocumentType(self, qualifiedName, publicId, systemId):
        """Return a new DocumentType."""
        made = DocumentType(qualifiedName)
        made._identified_mixin_init(publicId, systemId)
        return made

    def getInterface(self, feature):
        """Return the object that implements a feature: this one, or None."""
        return self if self.hasFeature(feature, None) else None

    def _create_document(self):
        return Document()


def _clear_id_cache(node):
    """Forget which ids are where, as something changed."""
    if node.nodeType == Node.DOCUMENT_NODE:
        document = node
    elif _in_document(node):
        document = node.ownerDocument
    else:
        return
    document._id_cache.clear()
    document._id_search_stack = None


class Document(Node, DocumentLS):
    """A document."""

    __slots__ = '_elem_info', 'doctype', '_id_search_stack', 'childNodes', '_id_cache'
    _child_node_types = (Node.ELEMENT_NODE, Node.PROCESSING_INSTRUCTION_NODE, Node.COMMENT_NODE,
                         Node.DOCUMENT_TYPE_NODE)
    implementation = DOMImplementation()
    nodeType = Node.DOCUMENT_NODE
    nodeName = '#document'
    nodeValue = attributes = parentNode = None
    previousSibling = nextSibling = None
    actualEncoding = encoding = standalone = version = None
    strictErrorChecking = False
    errorHandler = documentURI = None
    _magic_id_count = 0             # attributes that a program made ids

    def __init__(self):
        self.doctype = None
        self.childNodes = NodeList()
        self._elem_info = {}        # tag -> what the DTD says; filled by a builder
        self._id_cache = {}         # id -> element
        self._id_search_stack = None

    def _get_elem_info(self, element):
        key = (element.namespaceURI, element.localName) if element.namespaceURI else element.tagName
        return self._elem_info.get(key)

    def _get_actualEncoding(self):
        return self.actualEncoding

    def _get_doctype(self):
        return self.doctype

    def _get_documentURI(self):
        return self.documentURI

    def _get_encoding(self):
        return self.encoding

    def _get_errorHandler(self):
        return self.errorHandler

    def _get_standalone(self):
        return self.standalone

    def _get_strictErrorChecking(self):
        return self.strictErrorChecking

    def _get_version(self):
        return self.version

    def appendChild(self, node):
        self._check_child(node)
        if node.parentNode is not None:
            # First: it could be here.
            node.parentNode.removeChild(node)
        if node.nodeType == Node.ELEMENT_NODE and self._get_documentElement():
            raise xml.dom.HierarchyRequestErr('two document elements disallowed')
        return Node.appendChild(self, node)

    def removeChild(self, oldChild):
        Node.removeChild(self, oldChild)
        if self.documentElement is oldChild:
            self.documentElement = None
        return oldChild

    def _get_documentElement(self):
        return next((node for node in self.childNodes if node.nodeType == Node.ELEMENT_NODE), None)

    def unlink(self):
        if self.doctype is not None:
            self.doctype.unlink()
            self.doctype = None
        Node.unlink(self)

    def cloneNode(self, deep):
        if not deep:
            return None
        twin = self.implementation.createDocument(None, None, None)
        twin.encoding, twin.standalone, twin.version = self.encoding, self.standalone, self.version
        for node in self.childNodes:
            copied = _clone_node(node, deep, twin)
            assert copied.ownerDocument.isSameNode(twin)
            twin.childNodes.append(copied)
            if copied.nodeType == Node.DOCUMENT_NODE:
                assert twin.documentElement is None
            elif copied.nodeType == Node.DOCUMENT_TYPE_NODE:
                assert twin.doctype is None
                twin.doctype = copied
            copied.parentNode = twin
        self._call_user_data_handler(xml.dom.UserDataHandler.NODE_CLONED, self, twin)
        return twin

    def _own(self, node):
        node.ownerDocument = self
        return node

    def createDocumentFragment(self):
        """Return a new, empty fragment."""
        return self._own(DocumentFragment())

    def createElement(self, tagName):
        """Return a new element."""
        return self._own(Element(tagName))

    def _create_text(self, node, data):
        if not isinstance(data, str):
            raise TypeError('node contents must be a string')
        node.data = data
        return self._own(node)

    def createTextNode(self, data):
        """Return a new text."""
        return self._create_text(Text(), data)

    def createCDATASection(self, data):
        """Return a new CDATA section."""
        return self._create_text(CDATASection(), data)

    def createComment(self, data):
        """Return a new comment."""
        return self._own(Comment(data))

    def createProcessingInstruction(self, target, data):
        """Return a new processing instruction."""
        return self._own(ProcessingInstruction(target, data))

    def createAttribute(self, qName):
        """Return a new attribute."""
        node = self._own(Attr(qName))
        node.value = ''
        return node

    def createElementNS(self, namespaceURI, qualifiedName):
        """Return a new element of a namespace."""
        return self._own(Element(qualifiedName, namespaceURI, _nssplit(qualifiedName)[0]))

    def createAttributeNS(self, namespaceURI, qualifiedName):
        """Return a new attribute of a namespace."""
        prefix, local = _nssplit(qualifiedName)
        node = self._own(Attr(qualifiedName, namespaceURI, local, prefix))
        node.value = ''
        return node

    def _create_entity(self, name, publicId, systemId, notationName):
        return self._own(Entity(name, publicId, systemId, notationName))

    def _create_notation(self, name, publicId, systemId):
        return self._own(Notation(name, publicId, systemId))

    def getElementById(self, id):
        """Return the element with that id, or None. Which attributes are ids the DTD says, or setIdAttribute()."""
        if id in self._id_cache:
            return self._id_cache[id]
        if not (self._elem_info or self._magic_id_count):
            return None
        for element in _get_elements_by_tagName_helper(self, '*', []):
            for attribute in (element._attrs or {}).values():
                if attribute.isId:
                    self._id_cache.setdefault(attribute.value, element)
                    if attribute.value == id:
                        return self._id_cache[id]
        return None

    def getElementsByTagName(self, name):
        """Return all elements of a name, '*' for all."""
        return _get_elements_by_tagName_helper(self, name, NodeList())

    def getElementsByTagNameNS(self, namespaceURI, localName):
        """Return a list of the elements of a namespace and local name; '*' is any."""
        return _get_elements_by_tagName_ns_helper(self, namespaceURI, localName, NodeList())

    def isSupported(self, feature, version):
        """Return whether a feature of the DOM is implemented, in a version."""
        return self.implementation.hasFeature(feature, version)

    def importNode(self, node, deep):
        """Return a copy of another document's node for this one."""
        if node.nodeType == Node.DOCUMENT_NODE:
            raise xml.dom.NotSupportedErr('cannot import document nodes')
        if node.nodeType == Node.DOCUMENT_TYPE_NODE:
            raise xml.dom.NotSupportedErr('cannot import document type nodes')
        return _clone_node(node, deep, self)

    def writexml(self, writer, indent='', addindent='', newl='', encoding=None):
        """Write the document as XML."""
        declared = ' ' if encoding is None else f' encoding="{encoding}"'
        writer.write(f'<?xml version="1.0"{declared}?>{newl}')
        for node in self.childNodes:
            node.writexml(writer, indent, addindent, newl)

    def renameNode(self, n, namespaceURI, name):
        """Give an element or attribute of this document another name."""
        if n.ownerDocument is not self:
            raise xml.dom.WrongDocumentErr('cannot rename nodes from other documents;\n'
                                           f'expected {self},\nfound {n.ownerDocument}')
        if n.nodeType not in (Node.ELEMENT_NODE, Node.ATTRIBUTE_NODE):
            raise xml.dom.NotSupportedErr('renameNode() only applies to element and attribute nodes')
        prefix, local = None, None if namespaceURI == EMPTY_NAMESPACE else name
        if namespaceURI != EMPTY_NAMESPACE and ':' in name:
            prefix, local = name.split(':', 1)
            if prefix == 'xmlns' and namespaceURI != XMLNS_NAMESPACE:
                raise xml.dom.NamespaceErr("illegal use of 'xmlns' prefix")
        elif namespaceURI != EMPTY_NAMESPACE:
            if name == 'xmlns' and namespaceURI != XMLNS_NAMESPACE and n.nodeType == Node.ATTRIBUTE_NODE:
                raise xml.dom.NamespaceErr("illegal use of the 'xmlns' attribute")
        element = None
        if n.nodeType == Node.ATTRIBUTE_NODE:
            element, is_id = n.ownerElement, n._is_id
            if element is not None:
                element.removeAttributeNode(n)
                n.childNodes.append(Text())
                n.childNodes[0].data = n._value
            n.ownerElement = None
        n._localName = local
        n.namespaceURI = namespaceURI
        if n.nodeType == Node.ELEMENT_NODE:
            n.prefix = prefix
            n.tagName = n.nodeName = name
        else:
            n._prefix = prefix
            n._name = name
            if element is not None:
                element.setAttributeNode(n)
                if is_id:
                    element.setIdAttributeNode(n)
        # What follows is for handlers of user data; the node is the same.
        n._call_user_data_handler(xml.dom.UserDataHandler.NODE_RENAMED, n, None)
        return n


defproperty(Document, 'documentElement', doc='Top-level element of this document.')


def _clone_node(node, deep, newOwnerDocument):
    """Return a copy of a node for a document."""
    same = node.ownerDocument.isSameNode(newOwnerDocument) if node.ownerDocument else node is newOwnerDocument
    operation = xml.dom.UserDataHandler.NODE_CLONED if same else xml.dom.UserDataHandler.NODE_IMPORTED
    document, kind = newOwnerDocument, node.nodeType
    if kind == Node.ELEMENT_NODE:
        twin = document.createElementNS(node.namespaceURI, node.nodeName)
        for attribute in (node._attrs or {}).values():
            twin.setAttributeNS(attribute.namespaceURI, attribute.nodeName, attribute.value)
            twin.getAttributeNodeNS(attribute.namespaceURI, attribute.localName).specified = attribute.specified
        if deep:
            for child in node.childNodes:
                twin.appendChild(_clone_node(child, deep, document))
    elif kind == Node.DOCUMENT_FRAGMENT_NODE:
        twin = document.createDocumentFragment()
        if deep:
            for child in node.childNodes:
                twin.appendChild(_clone_node(child, deep, document))
    elif kind == Node.TEXT_NODE:
        twin = document.createTextNode(node.data)
    elif kind == Node.CDATA_SECTION_NODE:
        twin = document.createCDATASection(node.data)
    elif kind == Node.PROCESSING_INSTRUCTION_NODE:
        twin = document.createProcessingInstruction(node.target, node.data)
    elif kind == Node.COMMENT_NODE:
        twin = document.createComment(node.data)
    elif kind == Node.ATTRIBUTE_NODE:
        twin = document.createAttributeNS(node.namespaceURI, node.nodeName)
        twin.specified = True
        twin.value = node.value
    elif kind == Node.DOCUMENT_TYPE_NODE:
        twin = _clone_doctype(node, deep, document, operation)
    else:
        # Documents copy themselves.
        raise xml.dom.NotSupportedErr(f'Cannot clone node {node!r}')
    # Older copies had this method themselves.
    if hasattr(node, '_call_user_data_handler'):
        node._call_user_data_handler(operation, node, twin)
    return twin


def _clone_doctype(node, deep, document, operation):
    assert node.ownerDocument is not document
    twin = document.implementation.createDocumentType(node.name, node.publicId, node.systemId)
    twin.ownerDocument = document
    if deep:
        twin.entities._seq, twin.notations._seq = [], []
        for notation in node.notations._seq:
            copied = Notation(notation.nodeName, notation.publicId, notation.systemId)
            copied.ownerDocument = document
            twin.notations._seq.append(copied)
            notation._call_user_data_handler(operation, notation, copied)
        for entity in node.entities._seq:
            copied = Entity(entity.nodeName, entity.publicId, entity.systemId, entity.notationName)
            copied.actualEncoding, copied.encoding, copied.version = (entity.actualEncoding, entity.encoding,
                                                                      entity.version)
            copied.ownerDocument = document
            twin.entities._seq.append(copied)
            entity._call_user_data_handler(operation, entity, copied)
    return twin


def _nssplit(qualifiedName):
    """Return (prefix or None, local name)."""
    prefix, colon, local = qualifiedName.partition(':')
    return (prefix, local) if colon else (None, qualifiedName)


def _do_pulldom_parse(func, args, kwargs):
    events = func(*args, **kwargs)
    _, root = events.getEvent()
    events.expandNode(root)
    events.clear()
    return root


def parse(file, parser=None, bufsize=None):
    """Read a document from a path or file; parser is a SAX parser, by default expat is used directly."""
    if parser is None and not bufsize:
        from xml.dom import expatbuilder
        return expatbuilder.parse(file)
    from xml.dom import pulldom
    return _do_pulldom_parse(pulldom.parse, (file,), {'parser': parser, 'bufsize': bufsize})


def parseString(string, parser=None):
    """Read a document given as str or bytes; parser as for parse()."""
    if parser is None:
        from xml.dom import expatbuilder
        return expatbuilder.parseString(string)
    from xml.dom import pulldom
    return _do_pulldom_parse(pulldom.parseString, (string,), {'parser': parser})


def getDOMImplementation(features=None):
    """Return the DOMImplementation, or None if it lacks one of the features."""
    if features:
        if isinstance(features, str):
            features = domreg._parse_feature_string(features)
        if not all(Document.implementation.hasFeature(feature, version) for feature, version in features):
            return None
    return Document.implementation
