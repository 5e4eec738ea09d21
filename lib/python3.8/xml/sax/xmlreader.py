# SPDX-License-Identifier: MIT
"""Base classes of SAX parsers, and what they hand out: sources, places, attributes."""
from . import handler
from ._exceptions import SAXNotRecognizedException, SAXNotSupportedException


class XMLReader:
    """A parser: handlers, features and properties are set, then parse() is called."""

    def __init__(self):
        self._cont_handler = handler.ContentHandler()
        self._dtd_handler = handler.DTDHandler()
        self._ent_handler = handler.EntityResolver()
        self._err_handler = handler.ErrorHandler()

    def parse(self, source):
        """Read a document from a system identifier or an InputSource."""
        raise NotImplementedError('This method must be implemented!')

    def getContentHandler(self):
        """Return the ContentHandler."""
        return self._cont_handler

    def setContentHandler(self, handler):
        """Set the ContentHandler."""
        self._cont_handler = handler

    def getDTDHandler(self):
        """Return the DTDHandler."""
        return self._dtd_handler

    def setDTDHandler(self, handler):
        """Set the DTDHandler."""
        self._dtd_handler = handler

    def getEntityResolver(self):
        """Return the EntityResolver."""
        return self._ent_handler

    def setEntityResolver(self, resolver):
        """Set the EntityResolver."""
        self._ent_handler = resolver

    def getErrorHandler(self):
        """Return the ErrorHandler."""
        return self._err_handler

    def setErrorHandler(self, handler):
        """Set the ErrorHandler."""
        self._err_handler = handler

    def setLocale(self, locale):
        """Set the language of messages; SAXNotSupportedException if it cannot be."""
        raise SAXNotSupportedException('Locale support not implemented')

    def getFeature(self, name):
        """Return whether a feature is on; SAXNotRecognizedException if there is none of that name."""
        raise SAXNotRecognizedException(f"Feature '{name}' not recognized")

    def setFeature(self, name, state):
        """Switch a feature on or off; SAXNotRecognizedException, SAXNotSupportedException."""
        raise SAXNotRecognizedException(f"Feature '{name}' not recognized")

    def getProperty(self, name):
        """Return a property; SAXNotRecognizedException if there is none of that name."""
        raise SAXNotRecognizedException(f"Property '{name}' not recognized")

    def setProperty(self, name, value):
        """Set a property; SAXNotRecognizedException, SAXNotSupportedException."""
        raise SAXNotRecognizedException(f"Property '{name}' not recognized")


class IncrementalParser(XMLReader):
    """A parser that can be given a document in pieces: feed(), as often as needed, close(), reset()."""

    def __init__(self, bufsize=2 ** 16):
        self._bufsize = bufsize
        XMLReader.__init__(self)

    def parse(self, source):
        from . import saxutils
        source = saxutils.prepare_input_source(source)
        self.prepareParser(source)
        stream = source.getCharacterStream()
        if stream is None:
            stream = source.getByteStream()
        for piece in iter(lambda: stream.read(self._bufsize), None):
            if not piece:
                break
            self.feed(piece)
        self.close()

    def feed(self, data):
        """Take a piece."""
        raise NotImplementedError('This method must be implemented!')

    def prepareParser(self, source):
        """Called by parse() before the first piece; for subclasses."""
        raise NotImplementedError('prepareParser must be overridden!')

    def close(self):
        """Say that there is no more."""
        raise NotImplementedError('This method must be implemented!')

    def reset(self):
        """Get ready for another document."""
        raise NotImplementedError('This method must be implemented!')


class Locator:
    """Where in a document an event is."""

    def getColumnNumber(self):
        """Return the column."""
        return -1

    def getLineNumber(self):
        """Return the line."""
        return -1

    def getPublicId(self):
        """Return the public identifier."""
        return None

    def getSystemId(self):
        """Return the system identifier."""
        return None


class InputSource:
    """Where to read a document, and how: a file of text, else one of bytes, else a system identifier."""

    def __init__(self, system_id=None):
        self.__system_id, self.__public_id = system_id, None
        self.__encoding = None
        self.__bytefile = self.__charfile = None

    def setPublicId(self, public_id):
        """Set the public identifier."""
        self.__public_id = public_id

    def getPublicId(self):
        """Return the public identifier."""
        return self.__public_id

    def setSystemId(self, system_id):
        """Set the system identifier."""
        self.__system_id = system_id

    def getSystemId(self):
        """Return the system identifier."""
        return self.__system_id

    def setEncoding(self, encoding):
        """Set the encoding of the bytes."""
        self.__encoding = encoding

    def getEncoding(self):
        """Return the encoding of the bytes."""
        return self.__encoding

    def setByteStream(self, bytefile):
        """Set the file of bytes."""
        self.__bytefile = bytefile

    def getByteStream(self):
        """Return the file of bytes."""
        return self.__bytefile

    def setCharacterStream(self, charfile):
        """Set the file of text."""
        self.__charfile = charfile

    def getCharacterStream(self):
        """Return the file of text."""
        return self.__charfile


class AttributesImpl:
    """The attributes of an element, without regard to namespaces: names to values."""

    def __init__(self, attrs):
        self._attrs = attrs

    def __contains__(self, name):
        return name in self._attrs

    def __getitem__(self, name):
        return self._attrs[name]

    def __len__(self):
        return len(self._attrs)

    def _known(self, name):
        if name not in self._attrs:
            raise KeyError(name)
        return name

    def copy(self):
        """Return a copy."""
        return self.__class__(self._attrs)

    def get(self, name, alternative=None):
        """Return the value of an attribute, or alternative."""
        return self._attrs.get(name, alternative)

    def getLength(self):
        """Return the number of attributes."""
        return len(self._attrs)

    def getNameByQName(self, name):
        """Return the name for a qualified name.  Raises KeyError."""
        return self._known(name)

    def getNames(self):
        """Return the names."""
        return list(self._attrs)

    def getQNameByName(self, name):
        """Return the qualified name for a name.  Raises KeyError."""
        return self._known(name)

    def getQNames(self):
        """Return the qualified names."""
        return list(self._attrs)

    def getType(self, name):
        """Return the type of an attribute: CDATA, as nothing else is known."""
        return 'CDATA'

    def getValue(self, name):
        """Return the value of an attribute.  Raises KeyError."""
        return self._attrs[name]

    def getValueByQName(self, name):
        """Return the value by the qualified name.  Raises KeyError."""
        return self._attrs[name]

    def items(self):
        """Return pairs of names and values."""
        return list(self._attrs.items())

    def keys(self):
        """Return the names."""
        return list(self._attrs)

    def values(self):
        """Return the values."""
        return list(self._attrs.values())


class AttributesNSImpl(AttributesImpl):
    """The attributes of an element: (uri, local name) to values; qnames the same to names as written."""

    def __init__(self, attrs, qnames):
        self._attrs, self._qnames = attrs, qnames

    def copy(self):
        """Return a copy."""
        return self.__class__(self._attrs, self._qnames)

    def getNameByQName(self, name):
        """Return (namespace, local name) for a qualified name.  Raises KeyError."""
        for pair, written in self._qnames.items():
            if written == name:
                return pair
        raise KeyError(name)

    def getQNameByName(self, name):
        """Return the qualified name for (namespace, local name).  Raises KeyError."""
        return self._qnames[name]

    def getQNames(self):
        """Return the qualified names."""
        return list(self._qnames.values())

    def getValueByQName(self, name):
        """Return the value by the qualified name.  Raises KeyError."""
        return self._attrs[self.getNameByQName(name)]


def _test():
    for kind in Locator, IncrementalParser, XMLReader:
        kind()
