# SPDX-License-Identifier: MIT
"""Errors of SAX."""


class SAXException(Exception):
    """An error or warning; it may hold another exception."""

    def __init__(self, msg, exception=None):
        self._msg = msg
        self._exception = exception
        Exception.__init__(self, msg)

    def getMessage(self):
        """Return the text."""
        return self._msg

    def getException(self):
        """Return the exception that it holds, or None."""
        return self._exception

    def __str__(self):
        return self._msg

    def __getitem__(self, ix):
        # Exceptions were sequences once.
        raise AttributeError('__getitem__')


class SAXParseException(SAXException):
    """An error in a document, and where."""

    def __init__(self, msg, exception, locator):
        SAXException.__init__(self, msg, exception)
        self._locator = locator
        # Kept: the locator goes on.
        self._systemId = locator.getSystemId()
        self._colnum, self._linenum = locator.getColumnNumber(), locator.getLineNumber()

    def getColumnNumber(self):
        """Return the column."""
        return self._colnum

    def getLineNumber(self):
        """Return the line."""
        return self._linenum

    def getPublicId(self):
        """Return the public identifier of the entity."""
        return self._locator.getPublicId()

    def getSystemId(self):
        """Return the system identifier of the entity."""
        return self._systemId

    def __str__(self):
        place = [self.getSystemId(), self.getLineNumber(), self.getColumnNumber()]
        place[0] = '<unknown>' if place[0] is None else place[0]
        place[1:] = ['?' if number is None else number for number in place[1:]]
        return '%s:%s:%s: %s' % (*place, self._msg)


class SAXNotRecognizedException(SAXException):
    """A feature or property is not known."""


class SAXNotSupportedException(SAXException):
    """A feature or property is known, but cannot be that."""


class SAXReaderNotAvailable(SAXNotSupportedException):
    """A parser cannot be had."""
