# SPDX-License-Identifier: MIT
"""The W3C's "Load and Save", as it was once a draft: reading documents by DOMBuilder objects."""
import copy
import warnings
import xml.dom
from xml.dom.NodeFilter import NodeFilter

__all__ = ['DOMBuilder', 'DOMEntityResolver', 'DOMInputSource']


class Options:
    """What a DOMBuilder can be told."""

    # These are features, with the names of the specification but for hyphens.
    namespaces = 1
    namespace_declarations = True
    validation = False
    external_parameter_entities = external_general_entities = external_dtd_subset = True
    validate_if_schema = validate = datatype_normalization = False
    create_entity_ref_nodes = entities = True
    whitespace_in_element_content = cdata_sections = comments = True
    charset_overrides_xml_encoding = True
    infoset = supported_mediatypes_only = False

    errorHandler = filter = None


def _name_xform(name):
    return name.lower().replace('-', '_')


class DOMBuilder:
    """Reads documents, as its features, its filter and its resolver of entities say."""

    entityResolver = errorHandler = filter = None
    ACTION_REPLACE, ACTION_APPEND_AS_CHILDREN, ACTION_INSERT_AFTER, ACTION_INSERT_BEFORE = 1, 2, 3, 4
    _legal_actions = 1, 2, 3, 4

    def __init__(self):
        self._options = Options()

    def _get_entityResolver(self):
        return self.entityResolver

    def _set_entityResolver(self, entityResolver):
        self.entityResolver = entityResolver

    def _get_errorHandler(self):
        return self.errorHandler

    def _set_errorHandler(self, errorHandler):
        self.errorHandler = errorHandler

    def _get_filter(self):
        return self.filter

    def _set_filter(self, filter):
        self.filter = filter

    def setFeature(self, name, state):
        """Switch a feature; NotFoundErr if it is not known, NotSupportedErr if it cannot be that."""
        if not self.supportsFeature(name):
            raise xml.dom.NotFoundErr('unknown feature: ' + repr(name))
        state = 1 if state else 0
        try:
            settings = self._settings[_name_xform(name), state]
        except KeyError:
            raise xml.dom.NotSupportedErr(f'unsupported feature: {name!r}') from None
        for attribute, value in settings:
            setattr(self._options, attribute, value)

    def supportsFeature(self, name):
        """Return whether there is a feature."""
        return hasattr(self._options, _name_xform(name))

    def canSetFeature(self, name, state):
        """Return whether a feature can be set to a state."""
        return (_name_xform(name), 1 if state else 0) in self._settings

    # (feature, state) -> the attributes of Options that follow
    _settings = {(_feature, _state): [(_feature, _state)] for _feature, _states in (
        ('namespace_declarations', (0, 1)), ('validation', (0,)), ('external_general_entities', (0, 1)),
        ('external_parameter_entities', (0, 1)), ('validate_if_schema', (0,)), ('create_entity_ref_nodes', (0, 1)),
        ('entities', (0, 1)), ('whitespace_in_element_content', (0, 1)), ('cdata_sections', (0, 1)),
        ('comments', (0, 1)), ('charset_overrides_xml_encoding', (0, 1)), ('datatype_normalization', (0,)),
        ('namespaces', (1,)), ('supported_mediatypes_only', (0,)))
        for _state in _states}
    _settings.update({
        ('create_entity_ref_nodes', 1): [('create_entity_ref_nodes', 1)],
        ('create_entity_ref_nodes', 0): [('create_entity_ref_nodes', 0)],
        ('infoset', 0): [],
        ('infoset', 1): [('namespace_declarations', 0), ('validate_if_schema', 0), ('create_entity_ref_nodes', 0),
                         ('entities', 0), ('cdata_sections', 0), ('datatype_normalization', 1),
                         ('whitespace_in_element_content', 1), ('comments', 1),
                         ('charset_overrides_xml_encoding', 1)],
        ('external_dtd_subset', 0): [('external_dtd_subset', 0)],
        ('external_dtd_subset', 1): [('external_dtd_subset', 1)]})

    def getFeature(self, name):
        """Return a feature's state; NotFoundErr if it is not known."""
        attribute = _name_xform(name)
        if attribute == 'infoset':
            options = self._options
            return (options.datatype_normalization and options.whitespace_in_element_content and options.comments
                    and options.charset_overrides_xml_encoding
                    and not (options.namespace_declarations or options.validate_if_schema or options.create_entity_ref_nodes
                             or options.entities or options.cdata_sections))
        if not hasattr(self._options, attribute):
            raise xml.dom.NotFoundErr(f'feature {name!r} not known')
        return getattr(self._options, attribute)

    def parseURI(self, uri):
        """Read the document at a URI."""
        resolver = self.entityResolver or DOMEntityResolver()
        return self.parse(resolver.resolveEntity(None, uri))

    def parse(self, input):
        """Read the document of a DOMInputSource."""
        options = copy.copy(self._options)
        options.filter = self.filter
        options.errorHandler = self.errorHandler
        stream = input.byteStream
        if stream is None and input.systemId:
            import urllib.request
            stream = urllib.request.urlopen(input.systemId)
        return self._parse_bytestream(stream, options)

    def parseWithContext(self, input, cnode, action):
        """Raise NotSupportedErr."""
        if action not in self._legal_actions:
            raise ValueError('not a legal action')
        raise NotImplementedError("Haven't written this yet...")

    def _parse_bytestream(self, stream, options):
        import xml.dom.expatbuilder
        return xml.dom.expatbuilder.makeBuilder(options).parseFile(stream)


class DOMEntityResolver(object):
    """Opens URIs."""

    __slots__ = '_opener',

    def resolveEntity(self, publicId, systemId):
        """Return a DOMInputSource for a system identifier."""
        assert systemId is not None
        source = DOMInputSource()
        source.publicId, source.systemId = publicId, systemId
        source.byteStream = self._get_opener().open(systemId)
        source.encoding = self._guess_media_encoding(source)
        # What relative URIs in it mean
        import posixpath
        import urllib.parse
        parts = urllib.parse.urlparse(systemId)
        if parts.path and not parts.path.endswith('/'):
            source.baseURI = urllib.parse.urlunparse(parts._replace(path=posixpath.dirname(parts.path) + '/'))
        else:
            source.baseURI = systemId
        return source

    def _get_opener(self):
        try:
            return self._opener
        except AttributeError:
            self._opener = self._create_opener()
            return self._opener

    def _create_opener(self):
        import urllib.request
        return urllib.request.build_opener()

    def _guess_media_encoding(self, source):
        """Return the charset that the server tells, or None."""
        for param in source.byteStream.info().get_params(failobj=(), header='content-type'):
            if param[0].lower() == 'charset':
                return param[1].lower()


class DOMInputSource(object):
    """Where to read a document."""

    __slots__ = 'byteStream', 'characterStream', 'stringData', 'encoding', 'publicId', 'systemId', 'baseURI'

    def __init__(self):
        for name in self.__slots__:
            setattr(self, name, None)

    def _get_byteStream(self):
        return self.byteStream

    def _set_byteStream(self, byteStream):
        self.byteStream = byteStream

    def _get_characterStream(self):
        return self.characterStream

    def _set_characterStream(self, characterStream):
        self.characterStream = characterStream

    def _get_stringData(self):
        return self.stringData

    def _set_stringData(self, data):
        self.stringData = data

    def _get_encoding(self):
        return self.encoding

    def _set_encoding(self, encoding):
        self.encoding = encoding

    def _get_publicId(self):
        return self.publicId

    def _set_publicId(self, publicId):
        self.publicId = publicId

    def _get_systemId(self):
        return self.systemId

    def _set_systemId(self, systemId):
        self.systemId = systemId

    def _get_baseURI(self):
        return self.baseURI

    def _set_baseURI(self, uri):
        self.baseURI = uri


class DOMBuilderFilter:
    """Says which nodes are built: acceptNode() when one is complete, startContainer() before what is in it is read."""

    FILTER_ACCEPT, FILTER_REJECT, FILTER_SKIP, FILTER_INTERRUPT = 1, 2, 3, 4
    whatToShow = NodeFilter.SHOW_ALL

    def _get_whatToShow(self):
        return self.whatToShow

    def acceptNode(self, element):
        return self.FILTER_ACCEPT

    def startContainer(self, element):
        return self.FILTER_ACCEPT


del NodeFilter


class DocumentLS:
    """For documents: reading into them, which is not supported, and writing."""

    async_ = False

    def _get_async(self):
        return False

    def _set_async(self, flag):
        if flag:
            raise xml.dom.NotSupportedErr('asynchronous document loading is not supported')

    def abort(self):
        raise NotImplementedError("haven't figured out what this means yet")

    def load(self, uri):
        raise NotImplementedError('not written yet')

    def loadXML(self, source):
        raise NotImplementedError('not written yet')

    def saveXML(self, snode):
        """Return a node of this document, or with None all of it, as XML."""
        if snode is None:
            snode = self
        elif snode.ownerDocument is not self:
            raise xml.dom.WrongDocumentErr()
        return snode.toxml()


class DOMImplementationLS:
    """For implementations: makes builders and sources."""

    MODE_SYNCHRONOUS, MODE_ASYNCHRONOUS = 1, 2

    def createDOMBuilder(self, mode, schemaType):
        if schemaType is not None:
            raise xml.dom.NotSupportedErr('schemaType not yet supported')
        if mode == self.MODE_SYNCHRONOUS:
            return DOMBuilder()
        if mode == self.MODE_ASYNCHRONOUS:
            raise xml.dom.NotSupportedErr('asynchronous builders are not supported')
        raise ValueError('unknown value for mode')

    def createDOMWriter(self):
        raise NotImplementedError("the writer interface hasn't been written yet!")

    def createDOMInputSource(self):
        return DOMInputSource()
