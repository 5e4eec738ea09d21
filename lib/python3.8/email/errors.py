# SPDX-License-Identifier: MIT
"""Errors of the email package, and defects: what is wrong in a message that could be read nevertheless."""


class MessageError(Exception):
    """What the errors derive from."""


class MessageParseError(MessageError):
    """A message cannot be read."""


class HeaderParseError(MessageParseError):
    """A header cannot be read."""


class BoundaryError(MessageParseError):
    """A multipart has no end."""


class MultipartConversionError(MessageError, TypeError):
    """A message cannot become a multipart."""


class CharsetError(MessageError):
    """A charset's name is no ASCII."""


class MessageDefect(ValueError):
    """What the defects derive from; line is the line that is wrong, if it is known."""

    def __init__(self, line=None):
        if line is not None:
            super().__init__(line)
        self.line = line


class NoBoundaryInMultipartDefect(MessageDefect):
    """A multipart does not say what its boundary is."""


class StartBoundaryNotFoundDefect(MessageDefect):
    """A multipart's boundary does not occur in it."""


class CloseBoundaryNotFoundDefect(MessageDefect):
    """A multipart's last boundary is missing."""


class FirstHeaderLineIsContinuationDefect(MessageDefect):
    """The first line is the continuation of nothing."""


class MisplacedEnvelopeHeaderDefect(MessageDefect):
    """There is a Unix From line among the headers."""


class MissingHeaderBodySeparatorDefect(MessageDefect):
    """Among the headers is a line that is none."""


MalformedHeaderDefect = MissingHeaderBodySeparatorDefect        # a name of old


class MultipartInvariantViolationDefect(MessageDefect):
    """What says that it is a multipart has no parts."""


class InvalidMultipartContentTransferEncodingDefect(MessageDefect):
    """A multipart is encoded as a whole."""


class UndecodableBytesDefect(MessageDefect):
    """There are bytes that are not ASCII."""


class InvalidBase64PaddingDefect(MessageDefect):
    """Base64 ends too early."""


class InvalidBase64CharactersDefect(MessageDefect):
    """There are other characters in Base64."""


class InvalidBase64LengthDefect(MessageDefect):
    """Base64 has a length that it cannot have."""


class HeaderDefect(MessageDefect):
    """What defects of headers derive from."""

    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)


class InvalidHeaderDefect(HeaderDefect):
    """A header is not as it has to be."""


class HeaderMissingRequiredValue(HeaderDefect):
    """A header that has to have a value is empty."""


class NonPrintableDefect(HeaderDefect):
    """There are control characters in a header."""

    def __init__(self, non_printables):
        super().__init__(non_printables)
        self.non_printables = non_printables

    def __str__(self):
        return f'the following ASCII non-printables found in header: {self.non_printables}'


class ObsoleteHeaderDefect(HeaderDefect):
    """A header is written in a way of old."""


class NonASCIILocalPartDefect(HeaderDefect):
    """What is in front of the @ is not ASCII."""
