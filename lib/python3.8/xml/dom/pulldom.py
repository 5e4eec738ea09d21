# SPDX-License-Identifier: MIT
"""Documents as a stream of events, each with a node; of interesting elements the tree is built.

    for event, node in pulldom.parse('file.xml'):
        if event == pulldom.START_ELEMENT and node.tagName == 'item':
            stream.expandNode(node)
"""
import xml.sax
import xml.sax.handler

START_ELEMENT, END_ELEMENT = 'START_ELEMENT', 'END_ELEMENT'
COMMENT, PROCESSING_INSTRUCTION = 'COMMENT', 'PROCESSING_INSTRUCTION'
START_DOCUMENT, END_DOCUMENT = 'START_DOCUMENT', 'END_DOCUMENT'
IGNORABLE_WHITESPACE, CHARACTERS = 'IGNORABLE_WHITESPACE', 'CHARACTERS'

_XMLNS = 'http://www.w3.org/2000/xmlns/'


class PullDOM(xml.sax.ContentHandler):
    """A SAX handler that makes events with nodes: a linked list of [event, next], from firstEvent to lastEvent."""

    _locator = None
    document = None

    def __init__(self, documentFactory=None):
        from xml.dom import XML_NAMESPACE
        self.documentFactory = documentFactory
        self.firstEvent = self.lastEvent = [None, None]
        self.elementStack = []
        self.push = self.elementStack.append
        self._ns_contexts = [{XML_NAMESPACE: 'xml'}]        # uri -> prefix, per mapping
        self._current_context = self._ns_contexts[-1]
        self.pending_events = []                            # before there is a document

    def _emit_event(self, event, node):
        self.lastEvent[1] = [(event, node), None]
        self.lastEvent = self.lastEvent[1]

    def pop(self):
        """Leave the node that was entered last."""
        return self.elementStack.pop()

    def setDocumentLocator(self, locator):
        self._locator = locator

    def startPrefixMapping(self, prefix, uri):
        self.__dict__.setdefault('_xmlns_attrs', []).append((prefix or 'xmlns', uri))
        self._ns_contexts.append(self._current_context.copy())
        self._current_context[uri] = prefix or None

    def endPrefixMapping(self, prefix):
        self._current_context = self._ns_contexts.pop()

    def _open(self, make, uri, tag):
        """Make an element; the first makes the document."""
        return make(self.document) if self.document else self.buildDocument(uri, tag)

    def startElementNS(self, name, tagName, attrs):
        declared, self._xmlns_attrs = getattr(self, '_xmlns_attrs', None) or [], []
        uri, local = name
        if uri:
            # The name as written is not always told: put it together.
            prefix = self._current_context[uri]
            tagName = tagName or (f'{prefix}:{local}' if prefix else local)
            node = self._open(lambda document: document.createElementNS(uri, tagName), uri, tagName)
        else:
            node = self._open(lambda document: document.createElement(local), None, local)
        for prefix, value in declared:
            written = prefix if prefix == 'xmlns' else 'xmlns:' + prefix
            attribute = self.document.createAttributeNS(_XMLNS, written)
            attribute.value = value
            node.setAttributeNodeNS(attribute)
        for (a_uri, a_local), value in attrs.items():
            if a_uri == _XMLNS:
                written = a_local if a_local == 'xmlns' else 'xmlns:' + a_local
                attribute = self.document.createAttributeNS(a_uri, written)
            elif a_uri:
                prefix = self._current_context[a_uri]
                attribute = self.document.createAttributeNS(a_uri, f'{prefix}:{a_local}' if prefix else a_local)
            else:
                attribute = self.document.createAttribute(a_local)
            attribute.value = value
            node.setAttributeNodeNS(attribute) if a_uri else node.setAttributeNode(attribute)
        self._emit_event(START_ELEMENT, node)
        self.push(node)

    def endElementNS(self, name, tagName):
        self._emit_event(END_ELEMENT, self.pop())

    def startElement(self, name, attrs):
        node = self._open(lambda document: document.createElement(name), None, name)
        for key, value in attrs.items():
            attribute = self.document.createAttribute(key)
            attribute.value = value
            node.setAttributeNode(attribute)
        self._emit_event(START_ELEMENT, node)
        self.push(node)

    def endElement(self, name):
        self._emit_event(END_ELEMENT, self.pop())

    def comment(self, s):
        """Take a comment."""
        if self.document:
            self._emit_event(COMMENT, self.document.createComment(s))
        else:
            self.pending_events.append([(COMMENT, s), None])

    def processingInstruction(self, target, data):
        if self.document:
            self._emit_event(PROCESSING_INSTRUCTION, self.document.createProcessingInstruction(target, data))
        else:
            self.pending_events.append([(PROCESSING_INSTRUCTION, target, data), None])

    def ignorableWhitespace(self, chars):
        self._emit_event(IGNORABLE_WHITESPACE, self.document.createTextNode(chars))

    def characters(self, chars):
        self._emit_event(CHARACTERS, self.document.createTextNode(chars))

    def startDocument(self):
        if self.documentFactory is None:
            import xml.dom.minidom
            self.documentFactory = xml.dom.minidom.Document.implementation

    def buildDocument(self, uri, tagname):
        """Make the document with its root; what stood in front of that follows now."""
        self.document = document = self.documentFactory.createDocument(uri, tagname, None)
        self._emit_event(START_DOCUMENT, document)
        self.push(document)
        for (event, *details), _ in self.pending_events:
            if event == PROCESSING_INSTRUCTION:
                self._emit_event(event, document.createProcessingInstruction(*details))
            elif event == COMMENT:
                self._emit_event(event, document.createComment(*details))
            else:
                raise AssertionError('Unknown pending event ', event)
        self.pending_events = None
        return document.firstChild

    def endDocument(self):
        self._emit_event(END_DOCUMENT, self.document)
        self.pop()

    def clear(self):
        """Let go of the document."""
        self.document = None


class ErrorHandler:
    """Prints warnings, raises errors."""

    def warning(self, exception):
        """Print a warning."""
        print(exception)

    def error(self, exception):
        """Raise an error."""
        raise exception

    fatalError = error


class DOMEventStream:
    """The events of a document that is read as they are asked for: (event, node)."""

    def __init__(self, stream, parser, bufsize):
        self.stream, self.parser, self.bufsize = stream, parser, bufsize
        if not hasattr(parser, 'feed'):
            # A parser that takes a document only as a whole
            self.getEvent = self._slurp
        self.reset()

    def reset(self):
        """Begin anew."""
        self.pulldom = PullDOM()
        self.parser.setFeature(xml.sax.handler.feature_namespaces, 1)
        self.parser.setContentHandler(self.pulldom)

    def __getitem__(self, pos):
        import warnings
        warnings.warn("DOMEventStream's __getitem__ method ignores 'pos' parameters. Use iterator protocol instead.",
                      DeprecationWarning, stacklevel=2)
        event = self.getEvent()
        if event:
            return event
        raise IndexError

    def __next__(self):
        event = self.getEvent()
        if event:
            return event
        raise StopIteration

    def __iter__(self):
        return self

    def expandNode(self, node):
        """Build all that is in an element, whose START_ELEMENT came last."""
        event = self.getEvent()
        parents = [node]
        while event:
            kind, current = event
            if current is node:
                return
            if kind != END_ELEMENT:
                parents[-1].appendChild(current)
            if kind == START_ELEMENT:
                parents.append(current)
            elif kind == END_ELEMENT:
                del parents[-1]
            event = self.getEvent()

    def getEvent(self):
        """Return the next event, None at the end."""
        pull = self.pulldom
        if not pull.firstEvent[1]:
            pull.lastEvent = pull.firstEvent
        while not pull.firstEvent[1]:
            data = self.stream.read(self.bufsize)
            if not data:
                self.parser.close()
                return None
            self.parser.feed(data)
        return self._emit()

    def _slurp(self):
        """Read the whole document; then there are only its events."""
        self.parser.parse(self.stream)
        self.getEvent = self._emit
        return self._emit()

    def _emit(self):
        first = self.pulldom.firstEvent
        event = first[1][0]
        first[1] = first[1][1]
        return event

    def clear(self):
        """Forget the parser and its handler."""
        self.pulldom.clear()
        del self.pulldom
        self.parser = self.stream = None


class SAX2DOM(PullDOM):
    """A SAX handler that builds the whole tree."""

    def _attach(self, parent=-1):
        self.elementStack[parent].appendChild(self.lastEvent[0][1])

    def startElementNS(self, name, tagName, attrs):
        PullDOM.startElementNS(self, name, tagName, attrs)
        self._attach(-2)        # it is the last itself

    def startElement(self, name, attrs):
        PullDOM.startElement(self, name, attrs)
        self._attach(-2)

    def processingInstruction(self, target, data):
        PullDOM.processingInstruction(self, target, data)
        self._attach()

    def ignorableWhitespace(self, chars):
        PullDOM.ignorableWhitespace(self, chars)
        self._attach()

    def characters(self, chars):
        PullDOM.characters(self, chars)
        self._attach()


default_bufsize = (2 ** 14) - 20


def parse(stream_or_string, parser=None, bufsize=None):
    """Return the events of the document at a path or in a file; parser is a SAX parser."""
    stream = open(stream_or_string, 'rb') if isinstance(stream_or_string, str) else stream_or_string
    return DOMEventStream(stream, parser or xml.sax.make_parser(), default_bufsize if bufsize is None else bufsize)


def parseString(string, parser=None):
    """Return the events of the document in a str."""
    from io import StringIO
    return DOMEventStream(StringIO(string), parser or xml.sax.make_parser(), len(string))
