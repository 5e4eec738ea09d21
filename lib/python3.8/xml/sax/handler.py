# SPDX-License-Identifier: MIT
"""What a SAX parser calls: base classes to override what one wants to see. Names of features and properties."""
version = '2.0beta'


class ErrorHandler:
    """Errors are raised, warnings printed."""

    def error(self, exception):
        """An error after which parsing can go on."""
        raise exception

    def fatalError(self, exception):
        """An error after which it cannot."""
        raise exception

    def warning(self, exception):
        """Something less than an error."""
        print(exception)


class ContentHandler:
    """The contents of a document, in its order."""

    def __init__(self):
        self._locator = None

    def setDocumentLocator(self, locator):
        """Called first: locator tells, while events come, where they are."""
        self._locator = locator

    def startDocument(self):
        """The start; called once."""

    def endDocument(self):
        """The end; called once, at the end of the file or after a fatal error."""

    def startPrefixMapping(self, prefix, uri):
        """A prefix, None for none, stands for a namespace from the next element on."""

    def endPrefixMapping(self, prefix):
        """A prefix is not valid any more."""

    def startElement(self, name, attrs):
        """The start of an element, without regard to namespaces; attrs is an AttributesImpl."""

    def endElement(self, name):
        """The end of an element, without regard to namespaces."""

    def startElementNS(self, name, qname, attrs):
        """The start of an element: name is (uri, local name), qname as written, attrs an AttributesNSImpl."""

    def endElementNS(self, name, qname):
        """The end of an element."""

    def characters(self, content):
        """Text; it may come in several pieces."""

    def ignorableWhitespace(self, whitespace):
        """White space where no text can be."""

    def processingInstruction(self, target, data):
        """A processing instruction."""

    def skippedEntity(self, name):
        """An entity that was not read."""


class DTDHandler:
    """The parts of a DTD that are needed to know what unparsed entities are."""

    def notationDecl(self, name, publicId, systemId):
        """A notation."""

    def unparsedEntityDecl(self, name, publicId, systemId, ndata):
        """An unparsed entity."""


class EntityResolver:
    """Where external entities are."""

    def resolveEntity(self, publicId, systemId):
        """Return a system identifier, or an InputSource."""
        return systemId


_features = 'http://xml.org/sax/features/'
feature_namespaces = _features + 'namespaces'
feature_namespace_prefixes = _features + 'namespace-prefixes'
feature_string_interning = _features + 'string-interning'
feature_validation = _features + 'validation'
feature_external_ges = _features + 'external-general-entities'
feature_external_pes = _features + 'external-parameter-entities'
all_features = [feature_namespaces, feature_namespace_prefixes, feature_string_interning, feature_validation,
                feature_external_ges, feature_external_pes]

_properties = 'http://xml.org/sax/properties/'
property_lexical_handler = _properties + 'lexical-handler'
property_declaration_handler = _properties + 'declaration-handler'
property_dom_node = _properties + 'dom-node'
property_xml_string = _properties + 'xml-string'
property_encoding = 'http://www.python.org/sax/properties/encoding'
property_interning_dict = 'http://www.python.org/sax/properties/interning-dict'
all_properties = [property_lexical_handler, property_dom_node, property_declaration_handler, property_xml_string,
                  property_encoding, property_interning_dict]
