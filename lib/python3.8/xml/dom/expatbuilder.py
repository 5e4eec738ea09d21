# SPDX-License-Identifier: MIT
"""Building minidom trees by expat: ExpatBuilder, with namespaces ExpatBuilderNS; FragmentBuilder for parts.

A filter that the options name decides about nodes; while one is rejected or
skipped, a Rejecter or Skipper has the parser's handlers.
"""
from xml.dom import EMPTY_NAMESPACE, EMPTY_PREFIX, Node, XMLNS_NAMESPACE, minidom, xmlbuilder
from xml.dom.NodeFilter import NodeFilter
from xml.dom.minidom import _append_child, _set_attribute_node
from xml.parsers import expat

TEXT_NODE, CDATA_SECTION_NODE, DOCUMENT_NODE = Node.TEXT_NODE, Node.CDATA_SECTION_NODE, Node.DOCUMENT_NODE
FILTER_ACCEPT, FILTER_REJECT, FILTER_SKIP, FILTER_INTERRUPT = (
    getattr(xmlbuilder.DOMBuilderFilter, 'FILTER_' + _name) for _name in ('ACCEPT', 'REJECT', 'SKIP', 'INTERRUPT'))

theDOMImplementation = minidom.getDOMImplementation()

# Types of attributes in a DTD
_typeinfo_map = {_name: minidom.TypeInfo(None, _name.lower())
                 for _name in 'CDATA ENTITY ENTITIES ID IDREF IDREFS NMTOKEN NMTOKENS'.split()}
_typeinfo_map['ENUM'] = minidom.TypeInfo(None, 'enumeration')


class ElementInfo(object):
    """What a DTD says about the elements of a name: the model of their contents, and their attributes."""

    __slots__ = '_attr_info', '_model', 'tagName'

    def __init__(self, tagName, model=None):
        self.tagName = tagName
        self._attr_info = []        # what expat tells of each: [None, name, None, None, default, type, required]
        self._model = model

    def __getstate__(self):
        return self._attr_info, self._model, self.tagName

    def __setstate__(self, state):
        self._attr_info, self._model, self.tagName = state

    def getAttributeType(self, aname):
        """Return the declared type of an attribute."""
        for info in self._attr_info:
            if info[1] == aname:
                kind = info[-2]
                # A list of values in parentheses
                return _typeinfo_map['ENUM'] if kind[0] == '(' else _typeinfo_map[kind]
        return minidom._no_type

    def getAttributeTypeNS(self, namespaceURI, localName):
        """Return the declared type of an attribute of a namespace: never known."""
        return minidom._no_type

    def _model_is(self, *kinds):
        return bool(self._model) and self._model[0] in kinds

    def isElementContent(self):
        """Are there only elements in it, and no text?"""
        return bool(self._model) and not self._model_is(expat.model.XML_CTYPE_ANY, expat.model.XML_CTYPE_MIXED)

    def isEmpty(self):
        """Whether the element is declared to be empty."""
        return self._model_is(expat.model.XML_CTYPE_EMPTY)

    def isId(self, aname):
        """Whether an attribute is declared to be an ID."""
        return any(info[1] == aname and info[-2] == 'ID' for info in self._attr_info)

    def isIdNS(self, euri, ename, auri, aname):
        """Whether an attribute of a namespace is declared to be an ID."""
        # DTDs know nothing of namespaces.
        return self.isId((auri, aname))


def _intern(builder, s):
    return builder._intern_setdefault(s, s)


def _parse_ns_name(builder, name):
    """Return (uri, local name, prefix, name as written) of 'uri local prefix' or 'uri local'."""
    assert ' ' in name
    parts = name.split(' ')
    intern = builder._intern_setdefault
    if len(parts) == 3:
        uri, local, prefix = parts
        prefix = intern(prefix, prefix)
        written = intern(f'{prefix}:{local}', f'{prefix}:{local}')
        return intern(uri, uri), intern(local, local), prefix, written
    if len(parts) == 2:
        uri, local = parts
        local = intern(local, local)
        return intern(uri, uri), local, EMPTY_PREFIX, local
    raise ValueError(f'Unsupported syntax: spaces in URIs not supported: {name!r}')


class ParseEscape(Exception):
    """Raised by handlers to stop the parser."""


class ExpatBuilder:
    """Builds documents, without regard to namespaces; options is an xmlbuilder.Options."""

    def __init__(self, options=None):
        self._options = options = xmlbuilder.Options() if options is None else options
        self._filter = None
        if options.filter is not None:
            self._filter = FilterVisibilityController(options.filter)
            # No node is finished before its parts; so the methods differ.
            self._finish_start_element = self._filtered_start
            self._finish_end_element = self._filtered_end
        self._parser = None
        self.reset()

    def createParser(self):
        """Return a new expat parser."""
        return expat.ParserCreate()

    def getParser(self):
        """Return the parser in use."""
        if not self._parser:
            self._parser = parser = self.createParser()
            parser.buffer_text = parser.ordered_attributes = parser.specified_attributes = True
            self._intern_setdefault = parser.intern.setdefault
            self.install(parser)
        return self._parser

    def reset(self):
        """Get ready for another document."""
        self.document = theDOMImplementation.createDocument(EMPTY_NAMESPACE, None, None)
        self.curNode = self.document
        self._elem_info = self.document._elem_info
        self._cdata = False

    def install(self, parser):
        """Set the parser's handlers."""
        options = self._options
        for name, wanted, handler in (
                ('StartDoctypeDecl', True, self.start_doctype_decl_handler), ('XmlDecl', True, self.xml_decl_handler),
                ('StartElement', True, self.first_element_handler), ('EndElement', True, self.end_element_handler),
                ('ProcessingInstruction', True, self.pi_handler), ('Comment', options.comments, self.comment_handler),
                ('EntityDecl', options.entities, self.entity_decl_handler),
                ('NotationDecl', True, self.notation_decl_handler), ('ElementDecl', True, self.element_decl_handler),
                ('AttlistDecl', True, self.attlist_decl_handler),
                ('StartCdataSection', options.cdata_sections, self.start_cdata_section_handler),
                ('EndCdataSection', options.cdata_sections, self.end_cdata_section_handler),
                ('CharacterData', True, self.character_data_handler_cdata if options.cdata_sections
                 else self.character_data_handler),
                ('ExternalEntityRef', True, self.external_entity_ref_handler)):
            if wanted:
                setattr(parser, name + 'Handler', handler)

    def _done(self):
        document = self.document
        self.reset()
        self._parser = None
        return document

    def parseFile(self, file):
        """Return the document in a file."""
        parser = self.getParser()
        first = True
        try:
            for piece in iter(lambda: file.read(16 * 1024), None):
                if not piece:
                    break
                parser.Parse(piece, False)
                if first and self.document.documentElement:
                    self._setup_subset(piece)
                first = False
            parser.Parse(b'', True)
        except ParseEscape:
            pass
        return self._done()

    def parseString(self, string):
        """Return the document in a str or bytes."""
        parser = self.getParser()
        try:
            parser.Parse(string, True)
            self._setup_subset(string)
        except ParseEscape:
            pass
        return self._done()

    def _setup_subset(self, buffer):
        """Set the text of what stands in brackets in the document type."""
        if self.document.doctype:
            extractor = InternalSubsetExtractor()
            extractor.parseString(buffer)
            self.document.doctype.internalSubset = extractor.getSubset()

    def _removed_by_filter(self, node):
        return self._filter is not None and self._filter.acceptNode(node) == FILTER_REJECT

    def start_doctype_decl_handler(self, doctypeName, systemId, publicId, has_internal_subset):
        """Begin the document type."""
        doctype = theDOMImplementation.createDocumentType(doctypeName, publicId, systemId)
        doctype.ownerDocument = self.document
        _append_child(self.document, doctype)
        self.document.doctype = doctype
        if self._removed_by_filter(doctype):
            self.document.doctype = None
            del self.document.childNodes[-1]
            doctype = None
            self._parser.EntityDeclHandler = self._parser.NotationDeclHandler = None
        if has_internal_subset and doctype is not None:
            doctype.entities._seq, doctype.notations._seq = [], []
            self._parser.CommentHandler = self._parser.ProcessingInstructionHandler = None
            self._parser.EndDoctypeDeclHandler = self.end_doctype_decl_handler

    def end_doctype_decl_handler(self):
        """End the document type."""
        # Comments inside of it are no nodes.
        if self._options.comments:
            self._parser.CommentHandler = self.comment_handler
        self._parser.ProcessingInstructionHandler = self.pi_handler
        if not (self._elem_info or self._filter):
            self._finish_end_element = id

    def _add(self, node):
        """Append a node that is complete."""
        _append_child(self.curNode, node)
        if self._removed_by_filter(node):
            self.curNode.removeChild(node)

    def pi_handler(self, target, data):
        """Add a processing instruction."""
        self._add(self.document.createProcessingInstruction(target, data))

    def comment_handler(self, data):
        """Add a comment."""
        self._add(self.document.createComment(data))

    def character_data_handler_cdata(self, data):
        """Add text, where CDATA sections are kept."""
        children = self.curNode.childNodes
        last = children[-1] if children else None
        if self._cdata:
            if self._cdata_continue and last is not None and last.nodeType == CDATA_SECTION_NODE:
                last.appendData(data)
                return
            node = self.document.createCDATASection(data)
            self._cdata_continue = True
        elif last is not None and last.nodeType == TEXT_NODE:
            last.data = last.data + data
            return
        else:
            node = self._new_text(data)
        _append_child(self.curNode, node)

    def character_data_handler(self, data):
        """Add text."""
        children = self.curNode.childNodes
        if children and children[-1].nodeType == TEXT_NODE:
            children[-1].data = children[-1].data + data
        else:
            _append_child(self.curNode, self._new_text(data))

    def _new_text(self, data):
        node = minidom.Text()
        node.data = data
        node.ownerDocument = self.document
        return node

    def entity_decl_handler(self, entityName, is_parameter_entity, value, base, systemId, publicId, notationName):
        """Note the declaration of an entity."""
        if is_parameter_entity or not self._options.entities:
            return
        node = self.document._create_entity(entityName, publicId, systemId, notationName)
        if value is not None:
            # Its text; what the text consists of is not built.
            node.childNodes.append(self.document.createTextNode(value))
        self.document.doctype.entities._seq.append(node)
        if self._removed_by_filter(node):
            del self.document.doctype.entities._seq[-1]

    def notation_decl_handler(self, notationName, base, systemId, publicId):
        """Note the declaration of a notation."""
        node = self.document._create_notation(notationName, publicId, systemId)
        self.document.doctype.notations._seq.append(node)
        if self._filter is not None and self._filter.acceptNode(node) == FILTER_ACCEPT:
            del self.document.doctype.notations._seq[-1]

    def start_cdata_section_handler(self):
        """Begin a CDATA section."""
        self._cdata, self._cdata_continue = True, False

    def end_cdata_section_handler(self):
        """End a CDATA section."""
        self._cdata = self._cdata_continue = False

    def external_entity_ref_handler(self, context, base, systemId, publicId):
        """Pass over an external entity."""
        return 1                    # they are not read

    def first_element_handler(self, name, attributes):
        """Begin the root."""
        # Only the first one is special.
        self.getParser().StartElementHandler = self.start_element_handler
        if not self._elem_info and self._filter is None:
            self._finish_end_element = id       # nothing to be done
        self.start_element_handler(name, attributes)

    def start_element_handler(self, name, attributes):
        """Begin an element."""
        node = self.document.createElement(name)
        _append_child(self.curNode, node)
        self.curNode = node
        pairs = iter(attributes)
        for key, value in zip(pairs, pairs):
            attribute = minidom.Attr(key, EMPTY_NAMESPACE, None, EMPTY_PREFIX)
            attribute.value = value
            attribute.ownerDocument = self.document
            _set_attribute_node(node, attribute)
        if node is not self.document.documentElement:
            self._finish_start_element(node)

    def _finish_start_element(self, node):
        pass

    def _filtered_start(self, node):
        """Ask the filter before what is in an element is read."""
        if node is self.document.documentElement:
            return
        answer = self._filter.startContainer(node)
        if answer == FILTER_REJECT:
            Rejecter(self)
        elif answer == FILTER_SKIP:
            Skipper(self)
        else:
            return
        self.curNode = node.parentNode
        node.parentNode.removeChild(node)
        node.unlink()

    def end_element_handler(self, name):
        """End an element."""
        node = self.curNode
        self.curNode = node.parentNode
        self._finish_end_element(node)

    def _finish_end_element(self, curNode):
        info = self._elem_info.get(curNode.tagName)
        if info:
            self._handle_white_text_nodes(curNode, info)

    def _filtered_end(self, curNode):
        """Ask the filter about an element that is complete."""
        info = self._elem_info.get(curNode.tagName)
        if info:
            self._handle_white_text_nodes(curNode, info)
        if curNode is self.document.documentElement:
            return
        if self._removed_by_filter(curNode):
            self.curNode.removeChild(curNode)
            curNode.unlink()

    def _handle_white_text_nodes(self, node, info):
        """Remove white space where the DTD allows no text, if the options say so."""
        if self._options.whitespace_in_element_content or not info.isElementContent():
            return
        for child in [child for child in node.childNodes if child.nodeType == TEXT_NODE and not child.data.strip()]:
            node.removeChild(child)

    def element_decl_handler(self, name, model):
        """Note the declaration of an element."""
        known = self._elem_info.setdefault(name, ElementInfo(name))
        assert known._model is None
        known._model = model

    def attlist_decl_handler(self, elem, name, type, default, required):
        """Note the declaration of an attribute."""
        info = self._elem_info.setdefault(elem, ElementInfo(elem))
        info._attr_info.append([None, name, None, None, default, 0, type, required])

    def xml_decl_handler(self, version, encoding, standalone):
        """Note the XML declaration."""
        document = self.document
        document.version, document.encoding = version, encoding
        if standalone >= 0:         # -1: it does not say
            document.standalone = bool(standalone)


_ALLOWED_FILTER_RETURNS = FILTER_ACCEPT, FILTER_REJECT, FILTER_SKIP


class FilterVisibilityController(object):
    """Asks a filter about the kinds of nodes that it wants to see, and checks what it answers."""

    __slots__ = 'filter',

    _nodetype_mask = {kind: 1 << kind - 1 for kind in range(1, 13)}

    def __init__(self, filter):
        self.filter = filter

    def _ask(self, method, node):
        if not self._nodetype_mask[node.nodeType] & self.filter.whatToShow:
            return FILTER_ACCEPT
        answer = getattr(self.filter, method)(node)
        if answer == FILTER_INTERRUPT:
            raise ParseEscape
        if answer not in _ALLOWED_FILTER_RETURNS:
            raise ValueError(f'{method}() returned illegal value: {answer!r}')
        return answer

    def startContainer(self, node):
        """Ask the filter about an element that begins."""
        return self._ask('startContainer', node)

    def acceptNode(self, node):
        """Ask the filter about a node that is complete."""
        answer = self._ask('acceptNode', node)
        if answer == FILTER_SKIP:
            # Its children take its place.
            parent = node.parentNode
            for child in node.childNodes[:]:
                parent.appendChild(child)
            return FILTER_REJECT
        return answer


class FilterCrutch(object):
    """Has the handlers of elements while one is left out; base of the two that follow."""

    __slots__ = '_builder', '_level', '_old_start', '_old_end'

    def __init__(self, builder):
        parser = builder._parser
        self._builder, self._level = builder, 0
        self._old_start, self._old_end = parser.StartElementHandler, parser.EndElementHandler
        parser.StartElementHandler, parser.EndElementHandler = self.start_element_handler, self.end_element_handler


class Rejecter(FilterCrutch):
    """Leaves out an element and all that is in it."""

    __slots__ = ()

    def __init__(self, builder):
        FilterCrutch.__init__(self, builder)
        parser = builder._parser
        for name in ('ProcessingInstructionHandler', 'CommentHandler', 'CharacterDataHandler', 'StartCdataSectionHandler',
                     'EndCdataSectionHandler', 'ExternalEntityRefHandler'):
            setattr(parser, name, None)

    def start_element_handler(self, *args):
        """Count an element that is left out."""
        self._level += 1

    def end_element_handler(self, *args):
        """Go back to building behind the element that is left out."""
        if self._level:
            self._level -= 1
            return
        # Its end: the builder goes on.
        parser = self._builder._parser
        self._builder.install(parser)
        parser.StartElementHandler, parser.EndElementHandler = self._old_start, self._old_end


class Skipper(FilterCrutch):
    """Leaves out an element, but not what is in it."""

    __slots__ = ()

    def start_element_handler(self, *args):
        """Count an element."""
        node = self._builder.curNode
        self._old_start(*args)
        if self._builder.curNode is not node:
            self._level += 1

    def end_element_handler(self, *args):
        """Go back to building behind the element that was skipped."""
        if self._level:
            self._level -= 1
            self._old_end(*args)
            return
        parser = self._builder._parser
        parser.StartElementHandler, parser.EndElementHandler = self._old_start, self._old_end
        self._builder = None


_FRAGMENT_BUILDER_INTERNAL_SYSTEM_ID = 'http://xml.python.org/entities/fragment-builder/internal'

# A document around the fragment, with the declarations that are valid for it.
_FRAGMENT_BUILDER_TEMPLATE = f'''\
<!DOCTYPE wrapper
  %s [
  <!ENTITY fragment-builder-internal
    SYSTEM "{_FRAGMENT_BUILDER_INTERNAL_SYSTEM_ID}">
%s
]>
<wrapper %s
>&fragment-builder-internal;</wrapper>'''


class FragmentBuilder(ExpatBuilder):
    """Builds fragments for a place in a document: context is the node that they are for."""

    def __init__(self, context, options=None):
        if context.nodeType == DOCUMENT_NODE:
            self.originalDocument = self.context = context
        else:
            self.originalDocument, self.context = context.ownerDocument, context
        ExpatBuilder.__init__(self, options)

    def reset(self):
        ExpatBuilder.reset(self)
        self.fragment = None

    def parseFile(self, file):
        """Return the fragment in a file."""
        return self.parseString(file.read())

    def parseString(self, string):
        """Return the fragment in a str or bytes."""
        self._source = string
        parser = self.getParser()
        doctype = self.originalDocument.doctype
        identifiers = ''
        if doctype and doctype.publicId:
            identifiers = f'PUBLIC "{doctype.publicId}" "{doctype.systemId}"'
        elif doctype and doctype.systemId:
            identifiers = f'SYSTEM "{doctype.systemId}"'
        try:
            parser.Parse(_FRAGMENT_BUILDER_TEMPLATE % (identifiers, self._getDeclarations(), self._getNSattrs()), True)
        except:
            self.reset()
            raise
        fragment = self.fragment
        self.reset()
        return fragment

    def _getDeclarations(self):
        """Return the declarations of the document's type, as text."""
        doctype = self.originalDocument.doctype
        if not doctype:
            return ''
        lines = []
        for node in getattr(doctype.notations, '_seq', ()):
            lines.append(f'\n  <!NOTATION {node.nodeName}' + (
                f' PUBLIC "{node.publicId}"\n             "{node.systemId}">' if node.publicId else
                f' SYSTEM "{node.systemId}">'))
        for node in getattr(doctype.entities, '_seq', ()):
            text = f'\n  <!ENTITY {node.nodeName}'
            if node.publicId:
                text += f' PUBLIC "{node.publicId}"\n             "{node.systemId}"'
            elif node.systemId:
                text += f' SYSTEM "{node.systemId}"'
            else:
                text += f' "{node.firstChild.data}"'
            if node.notationName:
                text += f' NOTATION {node.notationName}'
            lines.append(text + '>')
        return ''.join(lines)

    def _getNSattrs(self):
        return ''

    def external_entity_ref_handler(self, context, base, systemId, publicId):
        """Parse the fragment where its entity stands."""
        if systemId != _FRAGMENT_BUILDER_INTERNAL_SYSTEM_ID:
            return ExpatBuilder.external_entity_ref_handler(self, context, base, systemId, publicId)
        # The fragment itself.
        document, node = self.document, self.curNode
        outer = self._parser
        parser = outer.ExternalEntityParserCreate(context)
        self.document = self.originalDocument
        self.fragment = self.curNode = self.document.createDocumentFragment()
        self._parser = parser
        try:
            parser.Parse(self._source, True)
        finally:
            self.curNode, self.document = node, document
            self._parser = outer
            self._source = None
        return -1


class Namespaces:
    """What makes a builder one with namespaces."""

    def _initNamespaces(self):
        self._ns_ordered_prefixes = []      # declared, for the next element

    def createParser(self):
        """Return a parser that knows namespaces."""
        parser = expat.ParserCreate(namespace_separator=' ')
        parser.namespace_prefixes = True
        return parser

    def install(self, parser):
        """Set the handlers of a parser."""
        ExpatBuilder.install(self, parser)
        if self._options.namespace_declarations:
            parser.StartNamespaceDeclHandler = self.start_namespace_decl_handler

    def start_namespace_decl_handler(self, prefix, uri):
        """Note a prefix."""
        self._ns_ordered_prefixes.append((prefix, uri))

    def _attribute(self, node, value, *name):
        attribute = minidom.Attr(*name)
        attribute.value = value
        attribute.ownerDocument = self.document
        _set_attribute_node(node, attribute)

    def start_element_handler(self, name, attributes):
        """Begin an element of a namespace."""
        if ' ' in name:
            uri, local, prefix, written = _parse_ns_name(self, name)
        else:
            uri, written, local, prefix = EMPTY_NAMESPACE, name, None, EMPTY_PREFIX
        node = minidom.Element(written, uri, prefix, local)
        node.ownerDocument = self.document
        _append_child(self.curNode, node)
        self.curNode = node
        declared, self._ns_ordered_prefixes = self._ns_ordered_prefixes, []
        for prefix, uri in declared:
            if prefix:
                self._attribute(node, uri, _intern(self, 'xmlns:' + prefix), XMLNS_NAMESPACE, prefix, 'xmlns')
            else:
                self._attribute(node, uri, 'xmlns', XMLNS_NAMESPACE, 'xmlns', EMPTY_PREFIX)
            # A default namespace that is switched off has no URI.
            if not uri:
                node._attrs['xmlns:' + prefix if prefix else 'xmlns'].value = ''
        pairs = iter(attributes)
        for key, value in zip(pairs, pairs):
            if ' ' in key:
                uri, local, prefix, written = _parse_ns_name(self, key)
                self._attribute(node, value, written, uri, local, prefix)
            else:
                self._attribute(node, value, key, EMPTY_NAMESPACE, key, EMPTY_PREFIX)
        if node is not self.document.documentElement:
            self._finish_start_element(node)

    def end_element_handler(self, name):
        """End an element of a namespace."""
        node = self.curNode
        self.curNode = node.parentNode
        self._finish_end_element(node)


class ExpatBuilderNS(Namespaces, ExpatBuilder):
    """Builds documents with namespaces."""

    def reset(self):
        ExpatBuilder.reset(self)
        self._initNamespaces()


class FragmentBuilderNS(Namespaces, FragmentBuilder):
    """Builds fragments with namespaces."""

    def reset(self):
        FragmentBuilder.reset(self)
        self._initNamespaces()

    def _getNSattrs(self):
        """Return the declarations of namespaces that are valid at the place, as text."""
        found = {}
        node = self.context
        while node is not None:
            for name, attribute in (getattr(node, '_attrs', None) or {}).items():
                if attribute.namespaceURI == XMLNS_NAMESPACE:
                    found.setdefault(name, attribute.value)     # the innermost
            node = node.parentNode
        return ''.join(f" {name}='{value}'" for name, value in found.items())


class InternalSubsetExtractor(ExpatBuilder):
    """Finds the text in brackets in the document type, which expat does not tell."""

    subset = None

    def getSubset(self):
        """Return the text, or None."""
        return self.subset

    def parseFile(self, file):
        try:
            ExpatBuilder.parseFile(self, file)
        except ParseEscape:
            pass

    def parseString(self, string):
        try:
            ExpatBuilder.parseString(self, string)
        except ParseEscape:
            pass

    def install(self, parser):
        parser.StartDoctypeDeclHandler = self.start_doctype_decl_handler
        parser.StartElementHandler = self.start_element_handler

    def start_doctype_decl_handler(self, name, publicId, systemId, has_internal_subset):
        """Note the names of the document type."""
        if not has_internal_subset:
            raise ParseEscape()
        # All that follows comes to the default handler.
        pieces = self.subset = []
        parser = self.getParser()
        parser.DefaultHandler = pieces.append
        parser.EndDoctypeDeclHandler = self.end_doctype_decl_handler

    def end_doctype_decl_handler(self):
        """Stop: what is wanted is complete."""
        text = ''.join(self.subset)
        self.subset = text.replace('\r\n', '\n').replace('\r', '\n')
        raise ParseEscape()

    def start_element_handler(self, name, attrs):
        """Stop: there was no document type."""
        raise ParseEscape()         # there was none


def parse(file, namespaces=True):
    """Return the document at a path or in a file."""
    builder = ExpatBuilderNS() if namespaces else ExpatBuilder()
    if not isinstance(file, str):
        return builder.parseFile(file)
    with open(file, 'rb') as f:
        return builder.parseFile(f)


def parseString(string, namespaces=True):
    """Return the document in a str or bytes."""
    return (ExpatBuilderNS if namespaces else ExpatBuilder)().parseString(string)


def parseFragment(file, context, namespaces=True):
    """Return the fragment at a path or in a file, for a place in a document: context is the node that it is for."""
    builder = (FragmentBuilderNS if namespaces else FragmentBuilder)(context)
    if not isinstance(file, str):
        return builder.parseFile(file)
    with open(file, 'rb') as f:
        return builder.parseFile(f)


def parseFragmentString(string, context, namespaces=True):
    """Return the fragment in a str or bytes, for a place in a document: context is the node that it is for."""
    return (FragmentBuilderNS if namespaces else FragmentBuilder)(context).parseString(string)


def makeBuilder(options):
    """Return a builder for an xmlbuilder.Options."""
    return (ExpatBuilderNS if options.namespaces else ExpatBuilder)(options)
