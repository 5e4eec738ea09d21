# SPDX-License-Identifier: MIT
"""HTMLParser: reads HTML, and calls a method for each tag, text, comment and so on.  It copes with any text."""

import re
import _markupbase
from html import unescape

__all__ = ['HTMLParser']

# What may be a reference that is cut off at the end of the data; what text ends at.
incomplete, interesting_normal = re.compile('&[a-zA-Z#]'), re.compile('[&<]')
entityref = re.compile('&([a-zA-Z][-.a-zA-Z0-9]*)[^a-zA-Z0-9]')
charref = re.compile('&#(?:[0-9]+|[xX][0-9a-fA-F]+)[^0-9a-fA-F]')
starttagopen = re.compile('<[a-zA-Z]')
piclose = endendtag = re.compile('>')
commentclose = re.compile(r'--\s*>')

# A tag's name with what separates it from the attributes: white space and lone slashes.
_GAP = r'(?:\s|/(?!>))*'
_NAME = r'([a-zA-Z][^\t\n\r\f />\x00]*)'
tagfind_tolerant = re.compile(_NAME + _GAP)
# An attribute: name, then maybe a value in quotes or without.
attrfind_tolerant = re.compile(
    r'((?<=[\'"\s/])[^\s/>][^\s/=>]*)(\s*=+\s*(\'[^\']*\'|"[^"]*"|(?![\'"])[^>\s]*))?' + _GAP)
# A start tag up to where its end is expected.
locatestarttagend_tolerant = re.compile(r"""
    <[a-zA-Z][^\t\n\r\f />\x00]*
    (?: [\s/]*
        (?: (?<=['"\s/]) [^\s/>][^\s/=>]*
            (?: \s*=+\s* (?: '[^']*' | "[^"]*" | (?!['"])[^>\s]* ) \s* )?
            (?: \s | / (?!>) )*
        )*
    )?
    \s*
    """, re.VERBOSE)
endtagfind = re.compile(r'</\s*([a-zA-Z][-.a-zA-Z0-9:_]*)\s*>')


class HTMLParser(_markupbase.ParserBase):
    """Base class for readers of HTML: override the handle_ methods, then feed() text and close().

    convert_charrefs: let references (&eacute; &#233;) be characters in the text, except in script and style; else
    handle_entityref() and handle_charref() are called for them.
    """

    CDATA_CONTENT_ELEMENTS = ('script', 'style')    # elements with no tags inside

    def __init__(self, *, convert_charrefs=True):
        self.convert_charrefs = convert_charrefs
        self.reset()

    def reset(self):
        """Forget everything that was fed."""
        super().reset()
        self.rawdata = ''           # what has not been dealt with
        self.lasttag = '???'
        self.interesting = interesting_normal
        self.cdata_elem = None      # the element without tags that is being read
        self._start_text = None

    def feed(self, data):
        """Read some text.  What is not complete waits for more."""
        self.rawdata += data
        self.goahead(0)

    def close(self):
        """Deal with what is left, as if the text ended there."""
        self.goahead(1)

    def get_starttag_text(self):
        """Return the last start tag as it was written."""
        return self._start_text

    def set_cdata_mode(self, elem):
        """Take what follows as text, up to the end tag of the element."""
        self.cdata_elem = elem.lower()
        self.interesting = re.compile(r'</\s*%s\s*>' % self.cdata_elem, re.I)

    def clear_cdata_mode(self):
        """Go back to looking for tags and references."""
        self.interesting = interesting_normal
        self.cdata_elem = None

    # ---- the main loop ----

    def _text_end(self, i, end):
        """Return the index where text that begins at i ends; -1 if more data is needed to know."""
        data = self.rawdata
        if not self.convert_charrefs or self.cdata_elem:
            found = self.interesting.search(data, i)
            if found:
                return found.start()
            return -1 if self.cdata_elem else len(data)
        at = data.find('<', i)
        if at >= 0:
            return at
        # A reference that is cut off must wait: one near the end, without white space or semicolon behind it.
        ampersand = data.rfind('&', max(i, len(data) - 34))
        if ampersand >= 0 and not end and not re.compile(r'[\s;]').search(data, ampersand):
            return -1
        return len(data)

    def _report_text(self, text):
        self.handle_data(unescape(text) if self.convert_charrefs and not self.cdata_elem else text)

    def goahead(self, end):
        """Deal with as much as possible; with all of it if end is true."""
        data = self.rawdata
        at, size = 0, len(data)
        while at < size:
            stop = self._text_end(at, end)
            if stop < 0:
                break
            if stop > at:
                self._report_text(data[at:stop])
            at = self.updatepos(at, stop)
            if at == size:
                break
            if data[at] == '<':
                next_at, go_on = self._markup(at, end), True
            else:
                next_at, go_on = self._reference(at, end)
            if next_at < 0:
                break
            at = self.updatepos(at, next_at)
            if not go_on:
                break
        if end and at < size and not self.cdata_elem:
            self._report_text(data[at:size])
            at = self.updatepos(at, size)
        self.rawdata = data[at:]

    def _markup(self, i, end):
        """Read what begins with <; return the index behind, or -1 to wait for more."""
        data = self.rawdata
        if starttagopen.match(data, i):
            after = self.parse_starttag(i)
        elif data.startswith('</', i):
            after = self.parse_endtag(i)
        elif data.startswith('<!--', i):
            after = self.parse_comment(i)
        elif data.startswith('<?', i):
            after = self.parse_pi(i)
        elif data.startswith('<!', i):
            after = self.parse_html_declaration(i)
        elif i + 1 < len(data):
            self.handle_data('<')
            return i + 1
        else:
            after = -1
            if not end:
                return after
        if after >= 0 or not end:
            return after
        # It is cut off for good: then it is text, up to the next > or <.
        after = data.find('>', i + 1) + 1
        if not after:
            after = data.find('<', i + 1)
            if after < 0:
                after = i + 1
        self._report_text(data[i:after])
        return after

    def _reference(self, i, end):
        """Read what begins with &.  Return the index behind, or -1 to wait for more, and whether to go on there.

        What follows a broken reference is looked at with the next data only.
        """
        data = self.rawdata
        numeric = data.startswith('&#', i)
        found = (charref if numeric else entityref).match(data, i)
        if found:
            after = found.end()
            if data[after - 1] != ';':
                after -= 1
            if numeric:
                self.handle_charref(found.group()[2:-1])
            else:
                self.handle_entityref(found.group(1))
            return after, True
        if numeric:
            if ';' not in data[i:]:
                return -1, False
            self.handle_data('&#')
            return i + 2, False
        found = incomplete.match(data, i)
        if found:
            return i + 1 if end and found.group() == data[i:] else -1, False
        if i + 1 == len(data):
            return -1, False
        self.handle_data('&')
        return i + 1, True

    # ---- declarations and the like ----

    def parse_html_declaration(self, i):
        """Read <!...>."""
        data = self.rawdata
        assert data[i:i + 2] == '<!', 'unexpected call to parse_html_declaration()'
        if data.startswith('<!--', i):
            return self.parse_comment(i)
        if data.startswith('<![', i):
            return self.parse_marked_section(i)
        if data[i:i + 9].lower() != '<!doctype':
            return self.parse_bogus_comment(i)
        end = data.find('>', i + 9)
        if end < 0:
            return -1
        self.handle_decl(data[i + 2:end])
        return end + 1

    def parse_bogus_comment(self, i, report=1):
        """Read <!...> or </...> that is nothing else: it counts as a comment."""
        data = self.rawdata
        assert data[i:i + 2] in ('<!', '</'), 'unexpected call to parse_comment()'
        end = data.find('>', i + 2)
        if end < 0:
            return -1
        if report:
            self.handle_comment(data[i + 2:end])
        return end + 1

    def parse_pi(self, i):
        """Read <?...>."""
        data = self.rawdata
        assert data[i:i + 2] == '<?', 'unexpected call to parse_pi()'
        close = piclose.search(data, i + 2)     # programs put another pattern there
        if close is None:
            return -1
        self.handle_pi(data[i + 2:close.start()])
        return close.end()

    # ---- tags ----

    def parse_starttag(self, i):
        """Read a start tag, and call handle_starttag() or handle_startendtag()."""
        self._start_text = None
        end = self.check_for_whole_start_tag(i)
        if end < 0:
            return end
        data = self.rawdata
        self._start_text = data[i:end]
        found = tagfind_tolerant.match(data, i + 1)
        assert found, 'unexpected call to parse_starttag()'
        self.lasttag = tag = found.group(1).lower()
        at = found.end()
        attrs = []
        while at < end:
            found = attrfind_tolerant.match(data, at)
            if not found:
                break
            name, rest, value = found.groups()
            if not rest:
                value = None
            elif value[:1] == value[-1:] and value[:1] in ('"', "'"):
                value = value[1:-1]
            attrs.append((name.lower(), unescape(value) if value else value))
            at = found.end()
        closing = data[at:end].strip()
        if closing not in ('>', '/>'):
            self.handle_data(data[i:end])
        elif closing == '/>':
            self.handle_startendtag(tag, attrs)
        else:
            self.handle_starttag(tag, attrs)
            if tag in self.CDATA_CONTENT_ELEMENTS:
                self.set_cdata_mode(tag)
        return end

    def check_for_whole_start_tag(self, i):
        """Return the index behind the start tag that begins at i, or -1 if it is not complete."""
        data = self.rawdata
        found = locatestarttagend_tolerant.match(data, i)
        if not found:
            raise AssertionError('we should not get here!')
        at = found.end()
        char = data[at:at + 1]
        if char == '>':
            return at + 1
        if char == '/':
            if data.startswith('/>', at):
                return at + 2
            if data.startswith('/', at) and at + 1 == len(data):
                return -1
            return at if at > i else i + 1
        if char == '' or char.isascii() and char.isalpha() or char in '=/':
            return -1           # it may go on
        return at if at > i else i + 1

    def parse_endtag(self, i):
        """Read </...>, and call handle_endtag()."""
        data = self.rawdata
        assert data[i:i + 2] == '</', 'unexpected call to parse_endtag'
        end = data.find('>', i + 1) + 1
        if not end:
            return -1
        found = endtagfind.match(data, i)
        if not found:
            if self.cdata_elem is not None:
                self.handle_data(data[i:end])
                return end
            named = tagfind_tolerant.match(data, i + 2)
            if not named:
                # </> is nothing; anything else is a comment.
                return i + 3 if data[i:i + 3] == '</>' else self.parse_bogus_comment(i)
            self.handle_endtag(named.group(1).lower())
            return data.find('>', named.end()) + 1      # attributes do not count here
        tag = found.group(1).lower()
        if self.cdata_elem is not None and tag != self.cdata_elem:
            self.handle_data(data[i:end])
            return end
        self.handle_endtag(tag)
        self.clear_cdata_mode()
        return end

    # ---- to be overridden ----

    def handle_startendtag(self, tag, attrs):
        """Called for <tag .../>; by itself calls the handlers of start and end."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_starttag(self, tag, attrs):
        """Called for <tag ...>.  tag: in lower case; attrs: list of (name in lower case, value or None)."""

    def handle_endtag(self, tag):
        """Called for </tag>."""

    def handle_charref(self, name):
        """Called for &#name; unless references are converted."""

    def handle_entityref(self, name):
        """Called for &name; unless references are converted."""

    def handle_data(self, data):
        """Called for text."""

    def handle_comment(self, data):
        """Called for <!--data-->."""

    def handle_decl(self, decl):
        """Called for <!decl>."""

    def handle_pi(self, data):
        """Called for <?data>."""

    def unknown_decl(self, data):
        """Called for <![data]]>."""

    def unescape(self, s):
        """Deprecated: html.unescape()."""
        import warnings
        warnings.warn('The unescape method is deprecated and will be removed in 3.5, use html.unescape() instead.',
                      DeprecationWarning, stacklevel=2)
        return unescape(s)
