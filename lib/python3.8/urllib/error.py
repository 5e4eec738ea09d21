# SPDX-License-Identifier: MIT
"""What urllib.request raises: URLError, an OSError, and its subclasses HTTPError and ContentTooShortError."""
import urllib.response

__all__ = ['URLError', 'HTTPError', 'ContentTooShortError']


class URLError(OSError):
    """Something cannot be fetched; reason, a str or an exception, says why."""

    def __init__(self, reason, filename=None):
        self.reason = reason
        self.args = (reason,)
        if filename is not None:
            self.filename = filename

    def __str__(self):
        return f'<urlopen error {self.reason}>'


class HTTPError(URLError, urllib.response.addinfourl):
    """A server answers with an error: code its number, msg its text; it can be read like any response."""

    # The response's __init__, told apart from the exception's.
    __super_init = urllib.response.addinfourl.__init__

    def __init__(self, url, code, msg, hdrs, fp):
        self.filename = url
        self.code, self.msg = code, msg
        self.hdrs, self.fp = hdrs, fp
        if fp is not None:
            self.__super_init(fp, hdrs, url, code)

    def __str__(self):
        return f'HTTP Error {self.code}: {self.msg}'

    def __repr__(self):
        return f'<HTTPError {self.code}: {self.msg!r}>'

    @property
    def reason(self):
        """The text of the error."""
        return self.msg

    @property
    def headers(self):
        """The headers of the response."""
        return self.hdrs

    @headers.setter
    def headers(self, headers):
        self.hdrs = headers


class ContentTooShortError(URLError):
    """A file was fetched, but is shorter than was said; content is what there is of it."""

    def __init__(self, message, content):
        URLError.__init__(self, message)
        self.content = content
