# SPDX-License-Identifier: MIT
"""The Simple API for XML: a parser calls the methods of handlers as it reads.

    xml.sax.parse('file.xml', MyContentHandler())

saxutils  helpers, XMLGenerator, XMLFilterBase
handler   base classes of handlers
xmlreader base classes of parsers
expatreader  the parser
"""
from ._exceptions import (SAXException, SAXNotRecognizedException, SAXNotSupportedException, SAXParseException,
                          SAXReaderNotAvailable)
from .handler import ContentHandler, ErrorHandler
from .xmlreader import InputSource


def parse(source, handler, errorHandler=ErrorHandler()):
    """Read a document from a path, URL, file or InputSource."""
    parser = make_parser()
    parser.setContentHandler(handler)
    parser.setErrorHandler(errorHandler)
    parser.parse(source)


def parseString(string, handler, errorHandler=ErrorHandler()):
    """Read a document given as bytes or str."""
    import io
    if errorHandler is None:
        errorHandler = ErrorHandler()
    source = InputSource()
    if isinstance(string, str):
        source.setCharacterStream(io.StringIO(string))
    else:
        source.setByteStream(io.BytesIO(string))
    parser = make_parser()
    parser.setContentHandler(handler)
    parser.setErrorHandler(errorHandler)
    parser.parse(source)


# Names of modules with a function create_parser().
default_parser_list = ['xml.sax.expatreader']

_false = 0
if _false:
    # For programs that look for what has to be packed.
    import xml.sax.expatreader

import os
import sys
_key = 'python.xml.sax.parser'
if not sys.flags.ignore_environment and 'PY_SAX_PARSER' in os.environ:
    default_parser_list = os.environ['PY_SAX_PARSER'].split(',')
del os


def make_parser(parser_list=()):
    """Return a parser: the first that can be had of those in parser_list, names of modules, and the default ones."""
    for name in [*parser_list, *default_parser_list]:
        try:
            return _create_parser(name)
        except ImportError:
            if name in sys.modules:
                raise           # it is there, but does not work
        except SAXReaderNotAvailable:
            pass
    raise SAXReaderNotAvailable('No parsers found', None)


def _create_parser(parser_name):
    return __import__(parser_name, {}, {}, ['create_parser']).create_parser()



