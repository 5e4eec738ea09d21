# SPDX-License-Identifier: MIT
"""The SAX parser that is built on expat."""
version = '0.20'

from xml.sax._exceptions import (SAXException, SAXNotRecognizedException, SAXNotSupportedException,
                                 SAXParseException, SAXReaderNotAvailable)
from xml.sax.handler import (feature_external_ges, feature_external_pes, feature_namespace_prefixes,
                             feature_namespaces, feature_string_interning, feature_validation,
                             property_interning_dict, property_xml_string)
try:
    from xml.parsers import expat
except ImportError:
    raise SAXReaderNotAvailable('expat not supported', None)
else:
    if not hasattr(expat, 'ParserCreate'):
        raise SAXReaderNotAvailable('expat not supported', None)
import weakref
from xml.sax import handler, saxutils, xmlreader

AttributesImpl, AttributesNSImpl = xmlreader.AttributesImpl, xmlreader.AttributesNSImpl
_mkproxy = weakref.proxy


class _ClosedParser:
    """What is left of an expat parser after close(): where it was."""


class ExpatLocator(xmlreader.Locator):
    """The place where a parser is; it does not keep the parser alive."""

    def __init__(self, parser):
        self._ref = _mkproxy(parser)

    def getColumnNumber(self):
        parser = self._ref
        return None if parser._parser is None else parser._parser.ErrorColumnNumber

    def getLineNumber(self):
        parser = self._ref
        return 1 if parser._parser is None else parser._parser.ErrorLineNumber

    def getPublicId(self):
        return self._ref._source.getPublicId() if self._alive() else None

    def getSystemId(self):
        return self._ref._source.getSystemId() if self._alive() else None

    def _alive(self):
        return self._ref is not None


class ExpatParser(xmlreader.IncrementalParser, xmlreader.Locator):
    """The parser; namespaceHandling switches the feature on."""

    def __init__(self, namespaceHandling=0, bufsize=2 ** 16 - 20):
        xmlreader.IncrementalParser.__init__(self, bufsize)
        self._source = xmlreader.InputSource()
        self._parser = None
        self._namespaces = namespaceHandling
        self._lex_handler_prop = None
        self._parsing = 0
        self._entity_stack = []
        self._external_ges = 0
        self._interning = None

    def parse(self, source):
        """Read a document from a path, URL, file or InputSource."""
        source = saxutils.prepare_input_source(source)
        self._source = source
        try:
            self.reset()
            self._cont_handler.setDocumentLocator(ExpatLocator(self))
            xmlreader.IncrementalParser.parse(self, source)
        except:
            self._close_source()
            raise

    def prepareParser(self, source):
        if source.getSystemId() is not None:
            self._parser.SetBase(source.getSystemId())

    def setContentHandler(self, handler):
        xmlreader.IncrementalParser.setContentHandler(self, handler)
        if self._parsing:
            self._reset_cont_handler()

    def getFeature(self, name):
        if name == feature_namespaces:
            return self._namespaces
        if name == feature_string_interning:
            return self._interning is not None
        if name in (feature_validation, feature_external_pes, feature_namespace_prefixes):
            return 0
        if name == feature_external_ges:
            return self._external_ges
        raise SAXNotRecognizedException(f"Feature '{name}' not recognized")

    _REFUSED = {feature_validation: 'expat does not support validation',
                feature_external_pes: 'expat does not read external parameter entities',
                feature_namespace_prefixes: 'expat does not report namespace prefixes'}

    def setFeature(self, name, state):
        if self._parsing:
            raise SAXNotSupportedException('Cannot set features while parsing')
        if name == feature_namespaces:
            self._namespaces = state
        elif name == feature_external_ges:
            self._external_ges = state
        elif name == feature_string_interning:
            if not state:
                self._interning = None
            elif self._interning is None:
                self._interning = {}
        elif name in self._REFUSED:
            if state:
                raise SAXNotSupportedException(self._REFUSED[name])
        else:
            raise SAXNotRecognizedException(f"Feature '{name}' not recognized")

    def getProperty(self, name):
        if name == handler.property_lexical_handler:
            return self._lex_handler_prop
        if name == property_interning_dict:
            return self._interning
        if name == property_xml_string:
            if not self._parser:
                raise SAXNotSupportedException('XML string cannot be returned when not parsing')
            if not hasattr(self._parser, 'GetInputContext'):
                raise SAXNotRecognizedException('This version of expat does not support getting the XML string')
            return self._parser.GetInputContext()
        raise SAXNotRecognizedException(f"Property '{name}' not recognized")

    def setProperty(self, name, value):
        if name == property_interning_dict:
            self._interning = value
        elif name == handler.property_lexical_handler:
            self._lex_handler_prop = value
            if self._parsing:
                self._reset_lex_handler_prop()
        elif name == property_xml_string:
            raise SAXNotSupportedException(f"Property '{name}' cannot be set")
        else:
            raise SAXNotRecognizedException(f"Property '{name}' not recognized")

    def feed(self, data, isFinal=0):
        if not self._parsing:
            self.reset()
            self._parsing = 1
            self._cont_handler.startDocument()
        try:
            # Errors in what handlers do come through as they are.
            self._parser.Parse(data, isFinal)
        except expat.error as error:
            found = SAXParseException(expat.ErrorString(error.code), error, self)
            # The handler may go on; then there is no more to come.
            self._err_handler.fatalError(found)

    def _close_source(self):
        for f in self._source.getCharacterStream(), self._source.getByteStream():
            if f is not None:
                f.close()

    def close(self):
        if self._entity_stack or self._parser is None or isinstance(self._parser, _ClosedParser):
            return                  # an external entity, or nothing was fed
        try:
            self.feed('', isFinal=1)
            self._cont_handler.endDocument()
            self._parsing = 0
            # Break the circle of references, but keep the place.
            self._parser.CharacterDataHandler = None
        finally:
            self._parsing = 0
            if self._parser is not None:
                left = _ClosedParser()
                left.ErrorColumnNumber, left.ErrorLineNumber = (self._parser.ErrorColumnNumber,
                                                                self._parser.ErrorLineNumber)
                self._parser = left
            self._close_source()

    def _reset_cont_handler(self):
        parser, target = self._parser, self._cont_handler
        parser.ProcessingInstructionHandler = target.processingInstruction
        parser.CharacterDataHandler = target.characters

    def _reset_lex_handler_prop(self):
        parser, lexical = self._parser, self._lex_handler_prop
        parser.CommentHandler = lexical and lexical.comment
        parser.StartCdataSectionHandler = lexical and lexical.startCDATA
        parser.EndCdataSectionHandler = lexical and lexical.endCDATA
        parser.StartDoctypeDeclHandler = lexical and self.start_doctype_decl
        parser.EndDoctypeDeclHandler = lexical and lexical.endDTD

    def reset(self):
        encoding = self._source.getEncoding()
        if self._namespaces:
            parser = expat.ParserCreate(encoding, ' ', intern=self._interning)
            parser.namespace_prefixes = 1
            parser.StartElementHandler, parser.EndElementHandler = self.start_element_ns, self.end_element_ns
        else:
            parser = expat.ParserCreate(encoding, intern=self._interning)
            parser.StartElementHandler, parser.EndElementHandler = self.start_element, self.end_element
        self._parser = parser
        self._reset_cont_handler()
        parser.UnparsedEntityDeclHandler = self.unparsed_entity_decl
        parser.NotationDeclHandler = self.notation_decl
        parser.StartNamespaceDeclHandler = self.start_namespace_decl
        parser.EndNamespaceDeclHandler = self.end_namespace_decl
        self._decl_handler_prop = None
        if self._lex_handler_prop:
            self._reset_lex_handler_prop()
        parser.ExternalEntityRefHandler = self.external_entity_ref
        try:
            parser.SkippedEntityHandler = self.skipped_entity_handler
        except AttributeError:
            parser.UseForeignDTD(1)         # an old expat
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE)
        self._parsing = 0
        self._entity_stack = []

    # As a Locator

    def getColumnNumber(self):
        return None if self._parser is None else self._parser.ErrorColumnNumber

    def getLineNumber(self):
        return 1 if self._parser is None else self._parser.ErrorLineNumber

    def getPublicId(self):
        return self._source.getPublicId()

    def getSystemId(self):
        return self._source.getSystemId()

    # What expat calls

    def start_element(self, name, attrs):
        """Pass the start of an element on."""
        self._cont_handler.startElement(name, AttributesImpl(attrs))

    def end_element(self, name):
        """Pass the end of an element on."""
        self._cont_handler.endElement(name)

    @staticmethod
    def _split_name(name):
        """'uri local prefix' -> ((uri, local), name as written); 'local' -> ((None, local), None)"""
        parts = name.split()
        if len(parts) == 1:
            return (None, name), None
        if len(parts) == 3:
            return tuple(parts[:2]), f'{parts[2]}:{parts[1]}'
        return tuple(parts), parts[1]

    def start_element_ns(self, name, attrs):
        """Pass the start of an element of a namespace on."""
        values, written = {}, {}
        for key, value in attrs.items():
            pair, qname = self._split_name(key)
            values[pair] = value
            written[pair] = pair[1] if qname is None else qname
        pair, _ = self._split_name(name)
        self._cont_handler.startElementNS(pair, None, AttributesNSImpl(values, written))

    def end_element_ns(self, name):
        """Pass the end of an element of a namespace on."""
        pair, _ = self._split_name(name)
        self._cont_handler.endElementNS(pair, None)

    def character_data(self, data):
        """Pass text on."""
        self._cont_handler.characters(data)

    def end_namespace_decl(self, prefix):
        """Pass the end of a prefix on."""
        self._cont_handler.endPrefixMapping(prefix)

    def notation_decl(self, name, base, sysid, pubid):
        """Pass the declaration of a notation on."""
        self._dtd_handler.notationDecl(name, pubid, sysid)

    def processing_instruction(self, target, data):
        """Pass a processing instruction on."""
        self._cont_handler.processingInstruction(target, data)

    def start_doctype_decl(self, name, sysid, pubid, has_internal_subset):
        """Pass the start of the document type on."""
        self._lex_handler_prop.startDTD(name, pubid, sysid)

    def start_namespace_decl(self, prefix, uri):
        """Pass the start of a prefix on."""
        self._cont_handler.startPrefixMapping(prefix, uri)

    def unparsed_entity_decl(self, name, base, sysid, pubid, notation_name):
        """Pass the declaration of an entity that is no XML on."""
        self._dtd_handler.unparsedEntityDecl(name, pubid, sysid, notation_name)

    def external_entity_ref(self, context, base, sysid, pubid):
        """Read an external entity, if that feature is on: by a parser below this one."""
        if not self._external_ges:
            return 1
        source = saxutils.prepare_input_source(self._ent_handler.resolveEntity(pubid, sysid),
                                               self._source.getSystemId() or '')
        self._entity_stack.append((self._parser, self._source))
        self._parser = self._parser.ExternalEntityParserCreate(context)
        self._source = source
        try:
            xmlreader.IncrementalParser.parse(self, source)
        except Exception:
            return 0                # an error, for expat
        self._parser, self._source = self._entity_stack.pop()
        return 1

    def skipped_entity_handler(self, name, is_pe):
        """Pass the name of an entity on that was not read."""
        self._cont_handler.skippedEntity('%' + name if is_pe else name)


def create_parser(*args, **kwargs):
    """Return a new parser."""
    return ExpatParser(*args, **kwargs)
