# SPDX-License-Identifier: MIT
"""XML as a tree of elements.

    import xml.etree.ElementTree as ET
    tree = ET.parse('file.xml')
    for element in tree.getroot().iter('name'):
        print(element.get('key'), element.text)

An Element has a tag, attributes (attrib), the text up to its first child, the
text behind its end (tail), and is a sequence of its children.  Names in a
namespace are written {uri}name.  Element, SubElement, TreeBuilder and XMLParser
come from the native _elementtree where it exists.

Beware of XML from others: the parser expands entities, and can be made to use up
time and memory.
"""
import collections
import collections.abc
import contextlib
import io
import sys
from . import ElementPath

__all__ = ['Comment', 'dump', 'Element', 'ElementTree', 'fromstring', 'fromstringlist', 'iselement', 'iterparse',
           'parse', 'ParseError', 'PI', 'ProcessingInstruction', 'QName', 'SubElement', 'tostring', 'tostringlist',
           'TreeBuilder', 'VERSION', 'XML', 'XMLID', 'XMLParser', 'XMLPullParser', 'register_namespace',
           'canonicalize', 'C14NWriterTarget']

VERSION = '1.3.0'


class ParseError(SyntaxError):
    """XML that is not well-formed; code is expat's number of the error, position its (line, column)."""


def _warn(message, category, level=3):
    import warnings
    warnings.warn(message, category, stacklevel=level)


def iselement(element):
    """Say whether something looks like an Element."""
    return hasattr(element, 'tag')


class Element:
    """An element of XML; see the module."""

    tag = None
    attrib = None
    text = None
    tail = None

    def __init__(self, tag, attrib={}, **extra):
        if not isinstance(attrib, dict):
            raise TypeError(f'attrib must be dict, not {attrib.__class__.__name__}')
        self.tag = tag
        self.attrib = {**attrib, **extra}
        self._children = []

    def __repr__(self):
        return f'<{self.__class__.__name__} {self.tag!r} at {id(self):#x}>'

    def makeelement(self, tag, attrib):
        """Return a new element of the same class."""
        return self.__class__(tag, attrib)

    def copy(self):
        """Return a copy, with the same children."""
        twin = self.makeelement(self.tag, self.attrib)
        twin.text, twin.tail = self.text, self.tail
        twin[:] = self
        return twin

    def __len__(self):
        return len(self._children)

    def __bool__(self):
        _warn("The behavior of this method will change in future versions.  Use specific 'len(elem)' or "
              "'elem is not None' test instead.", FutureWarning)
        return len(self._children) != 0

    def __getitem__(self, index):
        return self._children[index]

    def __setitem__(self, index, element):
        if isinstance(index, slice):
            element = list(element)
            for each in element:
                self._assert_is_element(each)
        else:
            self._assert_is_element(element)
        self._children[index] = element

    def __delitem__(self, index):
        del self._children[index]

    def append(self, subelement):
        """Add a child at the end."""
        self._assert_is_element(subelement)
        self._children.append(subelement)

    def extend(self, elements):
        """Add children at the end."""
        for each in elements:
            self._assert_is_element(each)
            self._children.append(each)

    def insert(self, index, subelement):
        """Add a child at an index."""
        self._assert_is_element(subelement)
        self._children.insert(index, subelement)

    def _assert_is_element(self, e):
        # Both the class in Python and the native one will do.
        if not isinstance(e, _Element_Py):
            raise TypeError(f'expected an Element, not {type(e).__name__}')

    def remove(self, subelement):
        """Remove a child; ValueError if it is none."""
        self._children.remove(subelement)

    def getchildren(self):
        """Deprecated: list(element)."""
        _warn("This method will be removed in future versions.  Use 'list(elem)' or iteration over elem instead.",
              DeprecationWarning)
        return self._children

    def find(self, path, namespaces=None):
        """Return the first element that a path leads to, or None; see ElementPath."""
        return ElementPath.find(self, path, namespaces)

    def findtext(self, path, default=None, namespaces=None):
        """Return the text of the first element that a path leads to; default if there is none."""
        return ElementPath.findtext(self, path, default, namespaces)

    def findall(self, path, namespaces=None):
        """Return a list of the elements that a path leads to."""
        return ElementPath.findall(self, path, namespaces)

    def iterfind(self, path, namespaces=None):
        """Return an iterator over the elements that a path leads to."""
        return ElementPath.iterfind(self, path, namespaces)

    def clear(self):
        """Remove all but the tag."""
        self.attrib.clear()
        self._children = []
        self.text = self.tail = None

    def get(self, key, default=None):
        """Return an attribute; default if there is none."""
        return self.attrib.get(key, default)

    def set(self, key, value):
        """Set an attribute."""
        self.attrib[key] = value

    def keys(self):
        """Return the names of the attributes."""
        return self.attrib.keys()

    def items(self):
        """Return the attributes as pairs of name and value."""
        return self.attrib.items()

    def iter(self, tag=None):
        """Yield the element and all below it, in the order of the document; with a tag, those that have it."""
        if tag == '*':
            tag = None
        if tag is None or self.tag == tag:
            yield self
        for child in self._children:
            yield from child.iter(tag)

    def getiterator(self, tag=None):
        """Deprecated: list(element.iter(tag))."""
        _warn("This method will be removed in future versions.  Use 'elem.iter()' or 'list(elem.iter())' instead.",
              DeprecationWarning)
        return list(self.iter(tag))

    def itertext(self):
        """Yield all text in the element, in the order of the document."""
        if self.tag is not None and not isinstance(self.tag, str):
            return          # a comment or the like
        text = self.text        # looked up once: asking whether it is empty can run code
        if text:
            yield text
        for child in self:
            yield from child.itertext()
            text = child.tail
            if text:
                yield text


def SubElement(parent, tag, attrib={}, **extra):
    """Make an element and append it to a parent; return it."""
    child = parent.makeelement(tag, {**attrib, **extra})
    parent.append(child)
    return child


def Comment(text=None):
    """Return an element that stands for a comment; its tag is this function."""
    element = Element(Comment)
    element.text = text
    return element


def ProcessingInstruction(target, text=None):
    """Return an element that stands for a processing instruction; its tag is this function."""
    element = Element(ProcessingInstruction)
    element.text = f'{target} {text}' if text else target
    return element


PI = ProcessingInstruction


class QName:
    """A qualified name, for use as a tag, an attribute or a value: a URI and a name, or both in one as {uri}name."""

    def __init__(self, text_or_uri, tag=None):
        self.text = '{%s}%s' % (text_or_uri, tag) if tag else text_or_uri

    def __str__(self):
        return self.text

    def __repr__(self):
        return f'<{self.__class__.__name__} {self.text!r}>'

    def __hash__(self):
        return hash(self.text)

    @staticmethod
    def _text_of(other):
        return other.text if isinstance(other, QName) else other

    def __le__(self, other):
        return self.text <= self._text_of(other)

    def __lt__(self, other):
        return self.text < self._text_of(other)

    def __ge__(self, other):
        return self.text >= self._text_of(other)

    def __gt__(self, other):
        return self.text > self._text_of(other)

    def __eq__(self, other):
        return self.text == self._text_of(other)


def _is_file(source):
    return hasattr(source, 'read')


class ElementTree:
    """A document: its root element, given, or read from a file."""

    def __init__(self, element=None, file=None):
        self._root = element
        if file:
            self.parse(file)

    def getroot(self):
        """Return the root element."""
        return self._root

    def _setroot(self, element):
        self._root = element

    def parse(self, source, parser=None):
        """Read a document from a path or file, with a parser, by default an XMLParser; return its root element."""
        opened = None if _is_file(source) else open(source, 'rb')
        source = opened or source
        try:
            if parser is None:
                parser = XMLParser()
                whole = getattr(parser, '_parse_whole', None)
                if whole is not None:
                    # The native parser reads the file itself.
                    self._root = whole(source)
                    return self._root
            for data in iter(lambda: source.read(65536), None):
                if not data:
                    break
                parser.feed(data)
            self._root = parser.close()
            return self._root
        finally:
            if opened:
                opened.close()

    def iter(self, tag=None):
        """Return an iterator over all elements, or those of a tag."""
        return self._root.iter(tag)

    def getiterator(self, tag=None):
        """Deprecated: list(tree.iter(tag))."""
        _warn("This method will be removed in future versions.  Use 'tree.iter()' or 'list(tree.iter())' instead.",
              DeprecationWarning)
        return list(self.iter(tag))

    @staticmethod
    def _relative(path):
        if path[:1] == '/':
            path = '.' + path
            _warn('This search is broken in 1.3 and earlier, and will be fixed in a future version.  If you rely on '
                  f'the current behaviour, change it to {path!r}', FutureWarning, 4)
        return path

    def find(self, path, namespaces=None):
        """root.find()"""
        return self._root.find(self._relative(path), namespaces)

    def findtext(self, path, default=None, namespaces=None):
        """root.findtext()"""
        return self._root.findtext(self._relative(path), default, namespaces)

    def findall(self, path, namespaces=None):
        """root.findall()"""
        return self._root.findall(self._relative(path), namespaces)

    def iterfind(self, path, namespaces=None):
        """root.iterfind()"""
        return self._root.iterfind(self._relative(path), namespaces)

    def write(self, file_or_filename, encoding=None, xml_declaration=None, default_namespace=None, method=None, *,
              short_empty_elements=True):
        """Write the document to a path or file.

        encoding            US-ASCII by default; 'unicode' for a text file
        xml_declaration     write one; None: if the encoding is none of US-ASCII,
                            UTF-8 and 'unicode'
        default_namespace   URI for names without prefix
        method              'xml', 'html', 'text' or 'c14n'
        short_empty_elements  write <tag /> for elements without contents
        """
        method = method or 'xml'
        if method not in _serialize:
            raise ValueError(f'unknown method {method!r}')
        encoding = encoding or ('utf-8' if method == 'c14n' else 'us-ascii')
        lowered = encoding.lower()
        with _get_writer(file_or_filename, lowered) as write:
            if xml_declaration is None:
                xml_declaration = lowered not in ('utf-8', 'us-ascii', 'unicode')
            if method == 'xml' and xml_declaration:
                declared = encoding
                if lowered == 'unicode':
                    import locale
                    declared = locale.getpreferredencoding()
                write(f"<?xml version='1.0' encoding='{declared}'?>\n")
            if method == 'text':
                _serialize_text(write, self._root)
            else:
                qnames, namespaces = _namespaces(self._root, default_namespace)
                _serialize[method](write, self._root, qnames, namespaces, short_empty_elements=short_empty_elements)

    def write_c14n(self, file):
        """Write the tree in canonical form (C14N)."""
        return self.write(file, method='c14n')


# Writing

@contextlib.contextmanager
def _get_writer(file_or_filename, encoding):
    """Give a function that writes text to a path or file, which is left open."""
    write = getattr(file_or_filename, 'write', None)
    if write is None:
        options = {} if encoding == 'unicode' else {'encoding': encoding, 'errors': 'xmlcharrefreplace'}
        with open(file_or_filename, 'w', **options) as f:
            yield f.write
        return
    if encoding == 'unicode':
        yield write
        return
    with contextlib.ExitStack() as stack:
        if isinstance(file_or_filename, io.BufferedIOBase):
            binary = file_or_filename
        elif isinstance(file_or_filename, io.RawIOBase):
            binary = io.BufferedWriter(file_or_filename)
            stack.callback(binary.detach)
        else:
            # Anything with a write(): made to look like a file.
            binary = io.BufferedIOBase()
            binary.writable = lambda: True
            binary.write = write
            try:
                binary.seekable = file_or_filename.seekable
                binary.tell = file_or_filename.tell
            except AttributeError:
                pass
        text = io.TextIOWrapper(binary, encoding=encoding, errors='xmlcharrefreplace', newline='\n')
        stack.callback(text.detach)
        yield text.write


def _raise_serialization_error(text):
    raise TypeError(f'cannot serialize {text!r} (type {type(text).__name__})')


_namespace_map = {
    'http://www.w3.org/XML/1998/namespace': 'xml',
    'http://www.w3.org/1999/xhtml': 'html',
    'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
    'http://schemas.xmlsoap.org/wsdl/': 'wsdl',
    'http://www.w3.org/2001/XMLSchema': 'xs',
    'http://www.w3.org/2001/XMLSchema-instance': 'xsi',
    'http://purl.org/dc/elements/1.1/': 'dc',
}


def register_namespace(prefix, uri):
    """Write a URI's names with that prefix; what was registered for either is forgotten. ValueError for ns1 and so on."""
    import re
    if re.match(r'ns\d+$', prefix):
        raise ValueError('Prefix format reserved for internal use')
    for known_uri, known_prefix in list(_namespace_map.items()):
        if known_uri == uri or known_prefix == prefix:
            del _namespace_map[known_uri]
    _namespace_map[uri] = prefix


register_namespace._namespace_map = _namespace_map      # for tests, to restore it


def _namespaces(elem, default_namespace=None):
    """Return how the names below an element are to be written: {name: text}, and {uri: prefix} of what is used."""
    qnames = {None: None}
    namespaces = {}
    if default_namespace:
        namespaces[default_namespace] = ''

    def add(name):
        if name in qnames:
            return
        if not isinstance(name, str):
            _raise_serialization_error(name)
        if not name.startswith('{'):
            if default_namespace:
                raise ValueError('cannot use non-qualified names with default_namespace option')
            qnames[name] = name
            return
        uri, local = name[1:].rsplit('}', 1)
        prefix = namespaces.get(uri)
        if prefix is None:
            prefix = _namespace_map.get(uri)
            if prefix is None:
                prefix = 'ns%d' % len(namespaces)
            if prefix != 'xml':
                namespaces[uri] = prefix
        qnames[name] = f'{prefix}:{local}' if prefix else local

    for element in elem.iter():
        tag = element.tag
        if isinstance(tag, QName):
            add(tag.text)
        elif isinstance(tag, str):
            add(tag)
        elif tag is not None and tag is not Comment and tag is not PI:
            _raise_serialization_error(tag)
        for key, value in element.items():
            add(key.text if isinstance(key, QName) else key)
            if isinstance(value, QName):
                add(value.text)
        if isinstance(element.text, QName):
            add(element.text.text)
    return qnames, namespaces


def _text_of(text, qnames, escape):
    return qnames[text.text] if isinstance(text, QName) else escape(text)


def _write_start(write, elem, tag, qnames, namespaces, escape):
    """Write a start tag, but for its end."""
    write('<' + tag)
    if namespaces:
        for uri, prefix in sorted(namespaces.items(), key=lambda item: item[1]):
            write(' xmlns%s="%s"' % (':' + prefix if prefix else '', escape(uri)))
    for key, value in elem.items():
        name = qnames[key.text if isinstance(key, QName) else key]
        write(' %s="%s"' % (name, _text_of(value, qnames, escape)))


def _serialize_xml(write, elem, qnames, namespaces, short_empty_elements, **kwargs):
    tag, text = elem.tag, elem.text
    if tag is Comment:
        write('<!--%s-->' % text)
    elif tag is ProcessingInstruction:
        write('<?%s?>' % text)
    else:
        name = qnames[tag.text if isinstance(tag, QName) else tag]
        if name is None:
            # An element without tag is only what it contains.
            if text:
                write(_text_of(text, qnames, _escape_cdata))
            for child in elem:
                _serialize_xml(write, child, qnames, None, short_empty_elements=short_empty_elements)
        else:
            _write_start(write, elem, name, qnames, namespaces, _escape_attrib)
            if text or len(elem) or not short_empty_elements:
                write('>')
                if text:
                    write(_text_of(text, qnames, _escape_cdata))
                for child in elem:
                    _serialize_xml(write, child, qnames, None, short_empty_elements=short_empty_elements)
                write('</' + name + '>')
            else:
                write(' />')
    if elem.tail:
        write(_escape_cdata(elem.tail))


# Elements of HTML that have no end tag.
HTML_EMPTY = set('area base basefont br col frame hr img input isindex link meta param'.split())


def _serialize_html(write, elem, qnames, namespaces, **kwargs):
    tag, text = elem.tag, elem.text
    if tag is Comment:
        write('<!--%s-->' % _escape_cdata(text))
    elif tag is ProcessingInstruction:
        write('<?%s?>' % _escape_cdata(text))
    else:
        name = qnames[tag.text if isinstance(tag, QName) else tag]
        lowered = None
        if name is not None:
            _write_start(write, elem, name, qnames, namespaces, _escape_attrib_html)
            write('>')
            lowered = name.lower()
        if text:
            write(text if lowered in ('script', 'style') else _text_of(text, qnames, _escape_cdata))
        for child in elem:
            _serialize_html(write, child, qnames, None)
        if name is not None and lowered not in HTML_EMPTY:
            write('</' + name + '>')
    if elem.tail:
        write(_escape_cdata(elem.tail))


def _serialize_text(write, elem):
    for part in [*elem.itertext(), elem.tail or '']:
        write(part)


_serialize = {'xml': _serialize_xml, 'html': _serialize_html, 'text': _serialize_text}


def _escaper(*pairs):
    """Return a function that replaces characters in a str."""
    table = str.maketrans(dict(pairs))

    def escape(text):
        try:
            return text.translate(table)
        except (TypeError, AttributeError):
            _raise_serialization_error(text)
    return escape


_AMP, _LT, _GT, _QUOT = ('&', '&amp;'), ('<', '&lt;'), ('>', '&gt;'), ('"', '&quot;')
_escape_cdata = _escaper(_AMP, _LT, _GT)
_escape_attrib_html = _escaper(_AMP, _GT, _QUOT)
_escape_attrib_plain = _escaper(_AMP, _LT, _GT, _QUOT, ('\t', '&#09;'), ('\n', '&#10;'))
_escape_cdata_c14n = _escaper(_AMP, _LT, _GT, ('\r', '&#xD;'))
_escape_attrib_c14n = _escaper(_AMP, _LT, _QUOT, ('\t', '&#x9;'), ('\n', '&#xA;'), ('\r', '&#xD;'))


def _escape_attrib(text):
    # Line ends are one character in XML.
    if isinstance(text, str) and '\r' in text:
        text = text.replace('\r\n', '\n').replace('\r', '\n')
    return _escape_attrib_plain(text)


def tostring(element, encoding=None, method=None, *, xml_declaration=None, default_namespace=None,
             short_empty_elements=True):
    """Return an element and all below it as bytes, or with encoding 'unicode' as str; arguments as for write()."""
    stream = io.StringIO() if encoding == 'unicode' else io.BytesIO()
    ElementTree(element).write(stream, encoding, method=method, xml_declaration=xml_declaration,
                               default_namespace=default_namespace, short_empty_elements=short_empty_elements)
    return stream.getvalue()


class _ListDataStream(io.BufferedIOBase):
    """A file that collects what is written in a list."""

    def __init__(self, lst):
        self.lst = lst

    def writable(self):
        return True

    def seekable(self):
        return True

    def write(self, b):
        self.lst.append(b)

    def tell(self):
        return len(self.lst)


def tostringlist(element, encoding=None, method=None, *, xml_declaration=None, default_namespace=None,
                 short_empty_elements=True):
    """Like tostring(), but return a list of pieces."""
    pieces = []
    ElementTree(element).write(_ListDataStream(pieces), encoding, method=method, xml_declaration=xml_declaration,
                               default_namespace=default_namespace, short_empty_elements=short_empty_elements)
    return pieces


def dump(elem):
    """Print an element or tree; for debugging."""
    if not isinstance(elem, ElementTree):
        elem = ElementTree(elem)
    elem.write(sys.stdout, encoding='unicode')
    if not (elem.getroot().tail or '').endswith('\n'):
        sys.stdout.write('\n')


# Reading

def parse(source, parser=None):
    """Read a document from a path or file; return it as an ElementTree."""
    tree = ElementTree()
    tree.parse(source, parser)
    return tree


def iterparse(source, events=None, parser=None):
    """Read a document from a path or file bit by bit; yield (event, what) as it goes.

    events are those to report: 'start', 'end' (the default), with the element;
    'start-ns', with (prefix, uri); 'end-ns', with None; 'comment', 'pi', with the
    element.  At the end the iterator has the root element in root.
    """
    pull = XMLPullParser(events=events, _parser=parser)
    opened = None if _is_file(source) else open(source, 'rb')
    source = opened or source

    def run():
        try:
            while True:
                yield from pull.read_events()
                data = source.read(16 * 1024)
                if not data:
                    break
                pull.feed(data)
            root = pull._close_and_return_root()
            yield from pull.read_events()
            iterator.root = root
        finally:
            if opened:
                opened.close()

    class IterParseIterator(collections.abc.Iterator):
        __next__ = run().__next__

    iterator = IterParseIterator()
    iterator.root = None
    return iterator


class XMLPullParser:
    """Takes XML piece by piece, feed(), and gives events, read_events(); see iterparse() for these."""

    def __init__(self, events=None, *, _parser=None):
        self._events_queue = collections.deque()
        self._parser = _parser or XMLParser(target=TreeBuilder())
        self._parser._setevents(self._events_queue, ('end',) if events is None else events)

    def feed(self, data):
        """Take a piece, bytes or str; an error in it is raised by read_events()."""
        if self._parser is None:
            raise ValueError('feed() called after end of stream')
        if data:
            try:
                self._parser.feed(data)
            except SyntaxError as error:
                self._events_queue.append(error)

    def _close_and_return_root(self):
        root = self._parser.close()
        self._parser = None
        return root

    def close(self):
        """Say that there is no more to come; events that are waiting can still be read."""
        self._close_and_return_root()

    def read_events(self):
        """Return an iterator over the events that are waiting; each is given once."""
        queue = self._events_queue
        while queue:
            event = queue.popleft()
            if isinstance(event, Exception):
                raise event
            yield event


def XML(text, parser=None):
    """Return the root element of a document given as str or bytes."""
    parser = parser or XMLParser(target=TreeBuilder())
    parser.feed(text)
    return parser.close()


fromstring = XML


def XMLID(text, parser=None):
    """Like XML(), but return (root element, {id: element})."""
    root = XML(text, parser)
    return root, {element.get('id'): element for element in root.iter() if element.get('id')}


def fromstringlist(sequence, parser=None):
    """Like XML(), for a document in pieces."""
    parser = parser or XMLParser(target=TreeBuilder())
    for piece in sequence:
        parser.feed(piece)
    return parser.close()


class TreeBuilder:
    """Makes elements of calls to start(), data(), end(), comment() and pi(); close() returns the root.

    The factories make the elements; comments and instructions are put into the
    tree only if insert_comments and insert_pis say so.
    """

    def __init__(self, element_factory=None, *, comment_factory=None, pi_factory=None, insert_comments=False,
                 insert_pis=False):
        self._factory = element_factory or Element
        self._comment_factory = comment_factory or Comment
        self._pi_factory = pi_factory or ProcessingInstruction
        self.insert_comments, self.insert_pis = insert_comments, insert_pis
        self._data = []         # text that belongs to _last
        self._elem = []         # the elements that are open
        self._last = None
        self._tail = None       # is _last at its end?
        self._root = None

    def close(self):
        """Return the root element."""
        assert not self._elem, 'missing end tags'
        assert self._root is not None, 'missing toplevel element'
        return self._root

    def _flush(self):
        if not self._data:
            return
        if self._last is not None:
            where = 'tail' if self._tail else 'text'
            assert getattr(self._last, where) is None, f'internal error ({where})'
            setattr(self._last, where, ''.join(self._data))
        self._data = []

    def data(self, data):
        """Take text."""
        self._data.append(data)

    def _place(self, element):
        self._last = element
        if self._elem:
            self._elem[-1].append(element)

    def start(self, tag, attrs):
        """Open an element; return it."""
        self._flush()
        element = self._factory(tag, attrs)
        self._place(element)
        if not self._elem and self._root is None:
            self._root = element
        self._elem.append(element)
        self._tail = 0
        return element

    def end(self, tag):
        """Close an element; return it."""
        self._flush()
        self._last = last = self._elem.pop()
        assert last.tag == tag, f'end tag mismatch (expected {last.tag}, got {tag})'
        self._tail = 1
        return last

    def comment(self, text):
        """Take a comment; return it as an element."""
        return self._handle_single(self._comment_factory, self.insert_comments, text)

    def pi(self, target, text=None):
        """Take a processing instruction; return it as an element."""
        return self._handle_single(self._pi_factory, self.insert_pis, target, text)

    def _handle_single(self, factory, insert, *args):
        element = factory(*args)
        if insert:
            self._flush()
            self._place(element)
            self._tail = 1
        return element


class XMLParser:
    """Reads XML with expat, and calls the methods that target, by default a TreeBuilder, has.

    encoding takes the place of what the document says.
    """

    def __init__(self, *, target=None, encoding=None):
        try:
            from xml.parsers import expat
        except ImportError:
            raise ImportError('No module named expat; use SimpleXMLTreeBuilder instead')
        self.parser = self._parser = parser = expat.ParserCreate(encoding, '}')
        self.target = self._target = target = TreeBuilder() if target is None else target
        self._error = expat.error
        self._names = {}        # as expat writes them -> as we do
        parser.DefaultHandlerExpand = self._default
        for method, handler, own in (('start', 'StartElementHandler', self._start), ('end', 'EndElementHandler', self._end),
                                     ('start_ns', 'StartNamespaceDeclHandler', self._start_ns),
                                     ('end_ns', 'EndNamespaceDeclHandler', self._end_ns),
                                     ('data', 'CharacterDataHandler', None), ('comment', 'CommentHandler', None),
                                     ('pi', 'ProcessingInstructionHandler', None)):
            if hasattr(target, method):
                setattr(parser, handler, own or getattr(target, method))
        parser.buffer_text = 1
        parser.ordered_attributes = 1
        self._doctype = None
        self.entity = {}
        try:
            self.version = 'Expat %d.%d.%d' % expat.version_info
        except AttributeError:
            pass

    def _setevents(self, events_queue, events_to_report):
        """Put events into a queue besides; for XMLPullParser."""
        parser, target, append = self._parser, self.target, events_queue.append

        def on_start(tag, attributes):
            append(('start', self._start(tag, attributes)))

        def on_end(tag):
            append(('end', self._end(tag)))

        def on_start_ns(prefix, uri):
            result = self._start_ns(prefix, uri) if hasattr(target, 'start_ns') else (prefix or '', uri or '')
            append(('start-ns', result))

        def on_end_ns(prefix):
            append(('end-ns', self._end_ns(prefix) if hasattr(target, 'end_ns') else None))

        def on_comment(text):
            append(('comment', self.target.comment(text)))

        def on_pi(pi_target, data):
            append(('pi', self.target.pi(pi_target, data)))

        handlers = {'start': ('StartElementHandler', on_start), 'end': ('EndElementHandler', on_end),
                    'start-ns': ('StartNamespaceDeclHandler', on_start_ns),
                    'end-ns': ('EndNamespaceDeclHandler', on_end_ns), 'comment': ('CommentHandler', on_comment),
                    'pi': ('ProcessingInstructionHandler', on_pi)}
        for event in events_to_report:
            if event not in handlers:
                raise ValueError(f'unknown event {event!r}')
            setattr(parser, *handlers[event])

    def _raiseerror(self, value):
        error = ParseError(value)
        error.code = value.code
        error.position = value.lineno, value.offset
        raise error

    def _fixname(self, key):
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = '{' + key if '}' in key else key
        return name

    def _start_ns(self, prefix, uri):
        return self.target.start_ns(prefix or '', uri or '')

    def _end_ns(self, prefix):
        return self.target.end_ns(prefix or '')

    def _start(self, tag, attr_list):
        # Names and values by turns.
        fix = self._fixname
        pairs = iter(attr_list)
        return self.target.start(fix(tag), {fix(name): value for name, value in zip(pairs, pairs)})

    def _end(self, tag):
        return self.target.end(self._fixname(tag))

    def _default(self, text):
        """What has no handler: entities that expat does not know, and the document type."""
        first = text[:1]
        if first == '&':
            data = getattr(self.target, 'data', None)
            if data is not None:
                if text[1:-1] not in self.entity:
                    self._undefined_entity(text)
                data(self.entity[text[1:-1]])
        elif first == '<' and text == '<!DOCTYPE':
            self._doctype = []
        elif self._doctype is not None:
            if first == '>':
                self._doctype = None
            elif text.strip():
                self._doctype.append(text.strip())
                self._report_doctype()

    def _undefined_entity(self, text):
        from xml.parsers import expat
        line, column = self.parser.ErrorLineNumber, self.parser.ErrorColumnNumber
        error = expat.error(f'undefined entity {text}: line {line}, column {column}')
        error.code = 11
        error.lineno, error.offset = line, column
        raise error

    def _report_doctype(self):
        """Call the target's doctype() when all of it is there."""
        parts = self._doctype
        kind = parts[1] if len(parts) > 2 else None
        if kind == 'PUBLIC' and len(parts) == 4:
            name, _, pubid, system = parts
            pubid = pubid[1:-1] if pubid else pubid
        elif kind == 'SYSTEM' and len(parts) == 3:
            name, _, system = parts
            pubid = None
        else:
            return
        if hasattr(self.target, 'doctype'):
            self.target.doctype(name, pubid, system[1:-1])
        elif hasattr(self, 'doctype'):
            _warn('The doctype() method of XMLParser is ignored.  Define doctype() method on the TreeBuilder target.',
                  RuntimeWarning, 2)
        self._doctype = None

    def feed(self, data):
        """Take a piece, bytes or str; ParseError if it is not well-formed."""
        try:
            self.parser.Parse(data, False)
        except self._error as error:
            self._raiseerror(error)

    def close(self):
        """Finish; return what the target's close() does. ParseError if the document is not complete."""
        try:
            self.parser.Parse(b'', True)
        except self._error as error:
            self._raiseerror(error)
        try:
            finish = getattr(self.target, 'close', None)
            return finish() if finish is not None else None
        finally:
            # They refer to each other.
            del self.parser, self._parser
            del self.target, self._target


# Canonical XML (C14N 2.0)

def canonicalize(xml_data=None, *, out=None, from_file=None, **options):
    """Return XML, given as str or in a file, in its canonical form, or write it to a text file out.

    The options are those of C14NWriterTarget.
    """
    if xml_data is None and from_file is None:
        raise ValueError("Either 'xml_data' or 'from_file' must be provided as input")
    collected = None
    if out is None:
        out = collected = io.StringIO()
    parser = XMLParser(target=C14NWriterTarget(out.write, **options))
    if xml_data is not None:
        parser.feed(xml_data)
        parser.close()
    else:
        parse(from_file, parser=parser)
    return None if collected is None else collected.getvalue()


def _looks_like_prefix_name(text):
    import re
    return re.match(r'^\w+:\w+$', text, re.UNICODE)


_XML_URI = 'http://www.w3.org/XML/1998/namespace'


class C14NWriterTarget:
    """A target for XMLParser that writes the canonical form by write(str).

    with_comments      write comments
    strip_text         strip white space around text
    rewrite_prefixes   call them n0, n1 and so on
    qname_aware_tags, qname_aware_attrs  names of elements and attributes whose
                       contents are names with a prefix
    exclude_attrs, exclude_tags  names of what to leave out
    """

    def __init__(self, write, *, with_comments=False, strip_text=False, rewrite_prefixes=False, qname_aware_tags=None,
                 qname_aware_attrs=None, exclude_attrs=None, exclude_tags=None):
        self._write = write
        self._data = []
        self._with_comments = with_comments
        self._strip_text = strip_text
        self._exclude_attrs = set(exclude_attrs or ())
        self._exclude_tags = set(exclude_tags or ())
        self._qname_aware_tags = set(qname_aware_tags or ())
        self._qname_aware_attrs = set(qname_aware_attrs or ())
        self._rewrite_prefixes = rewrite_prefixes
        self._prefix_map = {}
        # (uri, prefix) per open element: as declared in the output, and in the input.
        self._declared_ns_stack = [[(_XML_URI, 'xml')]]
        self._ns_stack = [] if rewrite_prefixes else [list(_namespace_map.items())]
        self._ns_stack.append([])
        self._preserve_space = [False]
        self._pending_start = None      # an element whose text has to be seen first
        self._root_seen = self._root_done = False
        self._ignored_depth = 0

    def _iter_namespaces(self, ns_stack, _reversed=reversed):
        for namespaces in _reversed(ns_stack):
            yield from namespaces

    def _resolve_prefix_name(self, prefixed_name):
        """prefix:name -> {uri}name"""
        prefix, name = prefixed_name.split(':', 1)
        for uri, known in self._iter_namespaces(self._ns_stack):
            if known == prefix:
                return '{%s}%s' % (uri, name)
        raise ValueError(f'Prefix {prefix} of QName "{prefixed_name}" is not declared in scope')

    def _qname(self, qname, uri=None):
        """Return (name as written, local name, uri); declares the namespace if that is needed."""
        local = qname
        if uri is None:
            uri = ''
            if qname.startswith('{'):
                uri, local = qname[1:].rsplit('}', 1)

        def written(prefix):
            return f'{prefix}:{local}' if prefix else local, local, uri

        hidden = set()          # prefixes that mean something else by now
        for known, prefix in self._iter_namespaces(self._declared_ns_stack):
            if known == uri and prefix not in hidden:
                return written(prefix)
            hidden.add(prefix)
        if self._rewrite_prefixes:
            # The names are handed out in the order of use, one to what is in no namespace as well.
            prefix = self._prefix_map.setdefault(uri, f'n{len(self._prefix_map)}')
            self._declared_ns_stack[-1].append((uri, prefix))
            return written(prefix)
        if not uri and '' not in hidden:
            return written('')
        for known, prefix in self._iter_namespaces(self._ns_stack):
            if known == uri:
                self._declared_ns_stack[-1].append((uri, prefix))
                return written(prefix)
        if not uri:
            return written('')
        raise ValueError(f'Namespace "{uri}" is not declared in scope')

    def data(self, data):
        """Write text."""
        if not self._ignored_depth:
            self._data.append(data)

    def _flush(self, _join_text=''.join):
        text = _join_text(self._data)
        del self._data[:]
        if self._strip_text and not self._preserve_space[-1]:
            text = text.strip()
        if self._pending_start is not None:
            arguments, self._pending_start = self._pending_start, None
            named = text if text and _looks_like_prefix_name(text) else None
            self._start(*arguments, named)
            if named is not None:
                return
        if text and self._root_seen:
            self._write(_escape_cdata_c14n(text))

    def start_ns(self, prefix, uri):
        """Note a prefix for the next element."""
        if self._ignored_depth:
            return
        if self._data:
            self._flush()       # it belongs to the element before
        self._ns_stack[-1].append((uri, prefix or ''))

    def start(self, tag, attrs):
        """Write the start of an element."""
        if self._ignored_depth or tag in self._exclude_tags:
            self._ignored_depth += 1
            return
        if self._data:
            self._flush()
        declared = []
        self._declared_ns_stack.append(declared)
        if tag in self._qname_aware_tags:
            self._pending_start = tag, attrs, declared
        else:
            self._start(tag, attrs, declared)

    def _start(self, tag, attrs, new_namespaces, qname_text=None):
        attrs = {name: value for name, value in attrs.items() if name not in self._exclude_attrs}
        resolved = {}           # contents that are names -> {uri}name
        if qname_text is not None:
            resolved[qname_text] = self._resolve_prefix_name(qname_text)
        naming = self._qname_aware_attrs.intersection(attrs)
        for name in naming:
            if _looks_like_prefix_name(attrs[name]):
                resolved[attrs[name]] = self._resolve_prefix_name(attrs[name])
        # Sorted, so that prefixes are given out always in the same way.
        names = sorted({tag, *attrs, *resolved.values()}, key=lambda name: name.split('}', 1))
        parsed = {name: self._qname(name) for name in names}
        written = sorted(('xmlns:' + prefix if prefix else 'xmlns', uri) for uri, prefix in new_namespaces)
        for name, value in sorted(attrs.items()):
            if name in naming and value in resolved:
                value = parsed[resolved[value]][0]
            prefixed, local, uri = parsed[name]
            written.append((prefixed if uri else local, value))
        space = attrs.get('{%s}space' % _XML_URI)
        self._preserve_space.append(space == 'preserve' if space else self._preserve_space[-1])
        self._write('<' + parsed[tag][0])
        for name, value in written:
            self._write(f' {name}="{_escape_attrib_c14n(value)}"')
        self._write('>')
        if qname_text is not None:
            self._write(_escape_cdata_c14n(parsed[resolved[qname_text]][0]))
        self._root_seen = True
        self._ns_stack.append([])

    def end(self, tag):
        """Write the end of an element."""
        if self._ignored_depth:
            self._ignored_depth -= 1
            return
        if self._data or self._pending_start is not None:
            self._flush()
        self._write('</%s>' % self._qname(tag)[0])
        for stack in self._preserve_space, self._declared_ns_stack, self._ns_stack:
            stack.pop()
        self._root_done = len(self._preserve_space) == 1

    def _write_outside(self, text):
        """Write a comment or an instruction; outside of the root it is a line of its own."""
        if self._root_done:
            self._write('\n')
        elif self._root_seen and self._data:
            self._flush()
        self._write(text)
        if not self._root_seen:
            self._write('\n')

    def comment(self, text):
        """Write a comment, if comments are wanted."""
        if self._with_comments and not self._ignored_depth:
            self._write_outside(f'<!--{_escape_cdata_c14n(text)}-->')

    def pi(self, target, data):
        """Write a processing instruction."""
        if not self._ignored_depth:
            self._write_outside(f'<?{target} {_escape_cdata_c14n(data)}?>' if data else f'<?{target}?>')


_Element_Py = Element       # for tests

try:
    from _elementtree import Element, ParseError, SubElement, TreeBuilder, XMLParser, _set_factories
except ImportError:
    pass
else:
    _set_factories(Comment, PI)
