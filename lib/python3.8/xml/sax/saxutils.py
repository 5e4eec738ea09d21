# SPDX-License-Identifier: MIT
"""Helpers for SAX: escaping, XMLGenerator, which writes XML, XMLFilterBase, which passes events on."""
import codecs
import io
import os
from . import handler, xmlreader


def _replace_all(text, table):
    for old, new in table.items():
        text = text.replace(old, new)
    return text


def escape(data, entities={}):
    """Return text with & < > escaped, and what entities, a dict, says."""
    data = data.replace('&', '&amp;').replace('>', '&gt;').replace('<', '&lt;')
    return _replace_all(data, entities) if entities else data


def unescape(data, entities={}):
    """Return text with &amp; &lt; &gt; unescaped, and what entities, a dict, says."""
    data = data.replace('&lt;', '<').replace('&gt;', '>')
    if entities:
        data = _replace_all(data, entities)
    return data.replace('&amp;', '&')       # last: it may be part of others


def quoteattr(data, entities={}):
    """Return text escaped as an attribute's value, with quotes around it."""
    data = escape(data, {**entities, '\n': '&#10;', '\r': '&#13;', '\t': '&#9;'})
    if '"' not in data:
        return f'"{data}"'
    if "'" not in data:
        return f"'{data}'"
    return '"%s"' % data.replace('"', '&quot;')


def _gettextwriter(out, encoding):
    """Return a text file that writes to out, which is left open."""
    if out is None:
        import sys
        return sys.stdout
    if isinstance(out, (io.TextIOBase, codecs.StreamWriter, codecs.StreamReaderWriter)):
        return out
    if isinstance(out, io.RawIOBase):
        # Closing the wrapper must not close the file.
        class _Wrapper:
            __class__ = out.__class__

            def __getattr__(self, name):
                return getattr(out, name)
        binary = _Wrapper()
        binary.close = lambda: None
    else:
        # Anything with a write().
        binary = io.BufferedIOBase()
        binary.writable = lambda: True
        binary.write = out.write
        try:
            binary.seekable = out.seekable
            binary.tell = out.tell
        except AttributeError:
            pass
    return io.TextIOWrapper(binary, encoding=encoding, errors='xmlcharrefreplace', newline='\n', write_through=True)


class XMLGenerator(handler.ContentHandler):
    """A handler that writes what it is told as XML, to a file; short_empty_elements writes <a/> for <a></a>."""

    def __init__(self, out=None, encoding='iso-8859-1', short_empty_elements=False):
        handler.ContentHandler.__init__(self)
        out = _gettextwriter(out, encoding)
        self._write, self._flush = out.write, out.flush
        self._ns_contexts = [{}]            # uri -> prefix, per mapping
        self._current_context = self._ns_contexts[-1]
        self._undeclared_ns_maps = []       # for the next element
        self._encoding = encoding
        self._short_empty_elements = short_empty_elements
        self._pending_start_element = False

    def _qname(self, name):
        """Return (uri, local name) as it is to be written."""
        uri, local = name
        if not uri:
            return local
        if uri == 'http://www.w3.org/XML/1998/namespace':
            return 'xml:' + local           # bound without declaration
        prefix = self._current_context[uri]
        return f'{prefix}:{local}' if prefix else local

    def _finish_pending_start_element(self, endElement=False):
        if self._pending_start_element:
            self._write('>')
            self._pending_start_element = False

    def startDocument(self):
        self._write(f'<?xml version="1.0" encoding="{self._encoding}"?>\n')

    def endDocument(self):
        self._flush()

    def startPrefixMapping(self, prefix, uri):
        self._ns_contexts.append(self._current_context.copy())
        self._current_context[uri] = prefix
        self._undeclared_ns_maps.append((prefix, uri))

    def endPrefixMapping(self, prefix):
        self._current_context = self._ns_contexts.pop()

    def _start(self, name, attributes):
        self._finish_pending_start_element()
        self._write('<' + name)
        for key, value in attributes:
            self._write(f' {key}={value}')
        if self._short_empty_elements:
            self._pending_start_element = True
        else:
            self._write('>')

    def _end(self, name):
        if self._pending_start_element:
            self._write('/>')
            self._pending_start_element = False
        else:
            self._write(f'</{name}>')

    def startElement(self, name, attrs):
        self._start(name, [(key, quoteattr(value)) for key, value in attrs.items()])

    def endElement(self, name):
        self._end(name)

    def startElementNS(self, name, qname, attrs):
        declared, self._undeclared_ns_maps = self._undeclared_ns_maps, []
        self._start(self._qname(name), [('xmlns:' + prefix if prefix else 'xmlns', f'"{uri}"') for prefix, uri in declared]
                    + [(self._qname(key), quoteattr(value)) for key, value in attrs.items()])

    def endElementNS(self, name, qname):
        self._end(self._qname(name))

    def _text(self, content):
        return content if isinstance(content, str) else str(content, self._encoding)

    def characters(self, content):
        if content:
            self._finish_pending_start_element()
            self._write(escape(self._text(content)))

    def ignorableWhitespace(self, content):
        if content:
            self._finish_pending_start_element()
            self._write(self._text(content))

    def processingInstruction(self, target, data):
        self._finish_pending_start_element()
        self._write(f'<?{target} {data}?>')


class XMLFilterBase(xmlreader.XMLReader):
    """A parser that hands on requests to another one, the parent, and its events to its own handlers."""

    def __init__(self, parent=None):
        xmlreader.XMLReader.__init__(self)
        self._parent = parent

    def error(self, exception):
        """Pass an error on."""
        self._err_handler.error(exception)

    def fatalError(self, exception):
        """Pass an error on that cannot be recovered from."""
        self._err_handler.fatalError(exception)

    def warning(self, exception):
        """Pass a warning on."""
        self._err_handler.warning(exception)

    def characters(self, content):
        """Pass text on."""
        self._cont_handler.characters(content)

    def endDocument(self):
        """Pass the event on."""
        self._cont_handler.endDocument()

    def endElement(self, name):
        """Pass the event on."""
        self._cont_handler.endElement(name)

    def endElementNS(self, name, qname):
        """Pass the event on."""
        self._cont_handler.endElementNS(name, qname)

    def endPrefixMapping(self, prefix):
        """Pass the event on."""
        self._cont_handler.endPrefixMapping(prefix)

    def ignorableWhitespace(self, chars):
        """Pass white space on that means nothing."""
        self._cont_handler.ignorableWhitespace(chars)

    def notationDecl(self, name, publicId, systemId):
        """Pass the event on."""
        self._dtd_handler.notationDecl(name, publicId, systemId)

    def processingInstruction(self, target, data):
        """Pass the event on."""
        self._cont_handler.processingInstruction(target, data)

    def resolveEntity(self, publicId, systemId):
        """Have the resolver find an entity."""
        return self._ent_handler.resolveEntity(publicId, systemId)

    def setDocumentLocator(self, locator):
        """Pass the locator on."""
        self._cont_handler.setDocumentLocator(locator)

    def skippedEntity(self, name):
        """Pass the event on."""
        self._cont_handler.skippedEntity(name)

    def startDocument(self):
        """Pass the event on."""
        self._cont_handler.startDocument()

    def startElement(self, name, attrs):
        """Pass the event on."""
        self._cont_handler.startElement(name, attrs)

    def startElementNS(self, name, qname, attrs):
        """Pass the event on."""
        self._cont_handler.startElementNS(name, qname, attrs)

    def startPrefixMapping(self, prefix, uri):
        """Pass the event on."""
        self._cont_handler.startPrefixMapping(prefix, uri)

    def unparsedEntityDecl(self, name, publicId, systemId, ndata):
        """Pass the event on."""
        self._dtd_handler.unparsedEntityDecl(name, publicId, systemId, ndata)

    def parse(self, source):
        parent = self._parent
        for register in (parent.setContentHandler, parent.setErrorHandler, parent.setEntityResolver,
                         parent.setDTDHandler):
            register(self)
        parent.parse(source)

    def getFeature(self, name):
        return self._parent.getFeature(name)

    def getProperty(self, name):
        return self._parent.getProperty(name)

    def setFeature(self, name, state):
        self._parent.setFeature(name, state)

    def setLocale(self, locale):
        self._parent.setLocale(locale)

    def setProperty(self, name, value):
        self._parent.setProperty(name, value)

    def getParent(self):
        """Return the parser that requests are handed to."""
        return self._parent

    def setParent(self, parent):
        """Set the parser that requests are handed to."""
        self._parent = parent


def prepare_input_source(source, base=''):
    """Return an InputSource with an open file for a path, URL, file or InputSource; base is what URLs are relative to."""
    if isinstance(source, os.PathLike):
        source = os.fspath(source)
    if isinstance(source, str):
        source = xmlreader.InputSource(source)
    elif hasattr(source, 'read'):
        f = source
        source = xmlreader.InputSource()
        if isinstance(f.read(0), str):
            source.setCharacterStream(f)
        else:
            source.setByteStream(f)
        name = getattr(f, 'name', None)
        if isinstance(name, str):
            source.setSystemId(name)
    if source.getCharacterStream() is None and source.getByteStream() is None:
        name = source.getSystemId()
        path = os.path.join(os.path.dirname(os.path.normpath(base)), name)
        if os.path.isfile(path):
            source.setSystemId(path)
            f = open(path, 'rb')
        else:
            import urllib.parse
            import urllib.request
            source.setSystemId(urllib.parse.urljoin(base, name))
            f = urllib.request.urlopen(source.getSystemId())
        source.setByteStream(f)
    return source
