# SPDX-License-Identifier: MIT
"""XML.

dom      the W3C's Document Object Model
parsers  parsers from elsewhere: expat
sax      the Simple API for XML: events
etree    ElementTree, the simplest of these
"""
__all__ = ['dom', 'parsers', 'sax', 'etree']
