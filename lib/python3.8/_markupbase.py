# SPDX-License-Identifier: MIT
"""What parsers of SGML-like languages share: positions, declarations, comments and marked sections.

Functions parse_X(i) read what begins at index i of self.rawdata, and return the index behind it, or -1 if the data
ends before.
"""

import re

_declname_match = re.compile(r'[a-zA-Z][-_.a-zA-Z0-9]*\s*').match
_declstringlit_match = re.compile(r'(\'[^\']*\'|"[^"]*")\s*').match
_commentclose = re.compile(r'--\s*>')
_markedsectionclose = re.compile(r']\s*]\s*>')
_msmarkedsectionclose = re.compile(r']\s*>')


class ParserBase:
    """Base class; a subclass defines handle_comment(), handle_decl() and unknown_decl(), and may define error()."""

    def __init__(self):
        if self.__class__ is ParserBase:
            raise RuntimeError('_markupbase.ParserBase must be subclassed')

    def error(self, message):
        """Called with what is wrong in the data; has to raise an exception."""
        raise NotImplementedError('subclasses of ParserBase must override error()')

    def reset(self):
        """Begin with the first line again."""
        self.lineno = 1
        self.offset = 0

    def getpos(self):
        """Return (line, from 1 on; column, from 0 on)."""
        return self.lineno, self.offset

    def updatepos(self, i, j):
        """Let the position advance over rawdata[i:j]; return j."""
        if j > i:
            data = self.rawdata
            lines = data.count('\n', i, j)
            if lines:
                self.lineno += lines
                self.offset = j - data.rindex('\n', i, j) - 1
            else:
                self.offset += j - i
        return j

    _decl_otherchars = ''   # characters besides names and strings that a declaration may have

    def unknown_decl(self, data):
        """Called with the contents of a marked section."""

    def _fail(self, i, message):
        """Report an error at index i."""
        self.updatepos(self._start, i)
        self.error(message)

    def parse_declaration(self, i):
        """Read <!...>: a comment, a marked section, or a declaration, which is handed to handle_decl()."""
        data = self.rawdata
        assert data[i:i + 2] == '<!', 'unexpected call to parse_declaration'
        begin = i + 2
        after = data[begin:begin + 1]
        if after == '>':
            return begin + 1        # an empty comment
        if after in '-' or not after:
            # More may come: with what is there it is a comment, or not decidable.
            if data[begin:begin + 2] == '--':
                return self.parse_comment(i)
            return -1
        if after == '[':
            return self.parse_marked_section(i)
        name, at = self._scan_name(begin, i)
        if at < 0:
            return at
        if name == 'doctype':
            self._decl_otherchars = ''
        while at < len(data):
            char = data[at]
            if char == '>':
                text = data[begin:at]
                self.handle_decl(text) if name == 'doctype' else self.unknown_decl(text)
                return at + 1
            if char in '"\'':
                found = _declstringlit_match(data, at)
                if not found:
                    return -1
                at = found.end()
            elif char.isascii() and char.isalpha():
                at = self._scan_name(at, i)[1]
            elif char in self._decl_otherchars:
                at += 1
            elif char != '[':
                self.error('unexpected %r char in declaration' % char)
            elif name == 'doctype':
                at = self._parse_doctype_subset(at + 1, i)
            elif name in {'attlist', 'linktype', 'link', 'element'}:
                # Legal, but nobody has ever used it.
                self.error("unsupported '[' char in %s declaration" % name)
            else:
                self.error("unexpected '[' char in declaration")
            if at < 0:
                return at
        return -1

    def parse_marked_section(self, i, report=1):
        """Read <![name[...]]>, or <![if ...]> of Microsoft.  report: whether to call unknown_decl()."""
        data = self.rawdata
        assert data[i:i + 3] == '<![', 'unexpected call to parse_marked_section()'
        name, at = self._scan_name(i + 3, i)
        if at < 0:
            return at
        if name in {'temp', 'cdata', 'ignore', 'include', 'rcdata'}:
            closing = _markedsectionclose
        elif name in {'if', 'else', 'endif'}:
            closing = _msmarkedsectionclose
        else:
            self.error('unknown status keyword %r in marked section' % data[i + 3:at])
        found = closing.search(data, i + 3)
        if not found:
            return -1
        if report:
            self.unknown_decl(data[i + 3:found.start()])
        return found.end()

    def parse_comment(self, i, report=1):
        """Read <!--...-->.  report: whether to call handle_comment()."""
        data = self.rawdata
        if data[i:i + 4] != '<!--':
            self.error('unexpected call to parse_comment()')
        found = _commentclose.search(data, i + 4)
        if not found:
            return -1
        if report:
            self.handle_comment(data[i + 4:found.start()])
        return found.end()

    # ---- the declarations between the brackets of a DOCTYPE; declstartpos: where that begins ----

    def _parse_doctype_subset(self, i, declstartpos):
        """Read up to the closing bracket."""
        self._start = declstartpos
        data = self.rawdata
        at, end = i, len(data)
        while at < end:
            char = data[at]
            if char == '<':
                at = self._parse_subset_declaration(at, declstartpos)
                if at < 0:
                    return at
            elif char == '%':
                # A reference to a parameter entity.
                name, at = self._scan_name(at + 1, declstartpos)
                if at < 0:
                    return at
                if data[at:at + 1] == ';':
                    at += 1
            elif char == ']':
                at += 1
                while at < end and data[at].isspace():
                    at += 1
                if at == end:
                    return -1
                if data[at] == '>':
                    return at
                self._fail(at, 'unexpected char after internal subset')
            elif char.isspace():
                at += 1
            else:
                self._fail(at, 'unexpected char %r in internal subset' % char)
        return -1

    def _parse_subset_declaration(self, i, declstartpos):
        """Read one declaration, or a comment."""
        data = self.rawdata
        opening = data[i:i + 2]
        if opening == '<':
            return -1
        if opening != '<!':
            self._fail(i + 1, 'unexpected char in internal subset (in %r)' % opening)
        if i + 2 == len(data) or i + 4 > len(data):
            return -1
        if data[i:i + 4] == '<!--':
            return self.parse_comment(i, report=0)
        name, at = self._scan_name(i + 2, declstartpos)
        if at < 0:
            return -1
        if name not in {'attlist', 'element', 'entity', 'notation'}:
            self._fail(i + 2, 'unknown declaration %r in internal subset' % name)
        return getattr(self, '_parse_doctype_' + name)(at, declstartpos)

    def _parse_doctype_element(self, i, declstartpos):
        """Read <!ELEMENT name content>, without looking at the content."""
        name, at = self._scan_name(i, declstartpos)
        if at < 0:
            return -1
        end = self.rawdata.find('>', at)
        return end + 1 if end >= 0 else -1

    def _parse_doctype_attlist(self, i, declstartpos):
        """Read <!ATTLIST name (attribute type default)...>."""
        data = self.rawdata
        name, at = self._scan_name(i, declstartpos)
        char = data[at:at + 1]
        if char == '':
            return -1
        if char == '>':
            return at + 1
        while True:
            name, at = self._scan_name(at, declstartpos)
            if at < 0:
                return at
            char = data[at:at + 1]
            if char == '':
                return -1
            if char == '(':
                # An enumeration of values.
                at = data.find(')', at) + 1
                if not at:
                    return -1
                while data[at:at + 1].isspace():
                    at += 1
                if not data[at:]:
                    return -1
            else:
                name, at = self._scan_name(at, declstartpos)
            char = data[at:at + 1]
            if not char:
                return -1
            if char in '\'"':
                found = _declstringlit_match(data, at)
                if not found:
                    return -1
                at = found.end()
                char = data[at:at + 1]
                if not char:
                    return -1
            if char == '#':
                if data[at:] == '#':
                    return -1
                name, at = self._scan_name(at + 1, declstartpos)
                if at < 0:
                    return at
                char = data[at:at + 1]
                if not char:
                    return -1
            if char == '>':
                return at + 1

    def _parse_words(self, i, declstartpos):
        """Read names and strings up to >."""
        data = self.rawdata
        at = i
        while at < len(data):
            char = data[at]
            if char == '>':
                return at + 1
            if char in '\'"':
                found = _declstringlit_match(data, at)
                if not found:
                    return -1
                at = found.end()
            else:
                name, at = self._scan_name(at, declstartpos)
                if at < 0:
                    return at
        return -1

    def _parse_doctype_notation(self, i, declstartpos):
        """Read <!NOTATION name ...>."""
        name, at = self._scan_name(i, declstartpos)
        return at if at < 0 else self._parse_words(at, declstartpos)

    def _parse_doctype_entity(self, i, declstartpos):
        """Read <!ENTITY name ...>, or <!ENTITY % name ...>."""
        data, at = self.rawdata, i
        if data[i:i + 1] == '%':
            at = i + 1
            while data[at:at + 1].isspace():
                at += 1
            if at >= len(data):
                return -1
        name, at = self._scan_name(at, declstartpos)
        return at if at < 0 else self._parse_words(at, declstartpos)

    def _scan_name(self, i, declstartpos):
        """Read a name and white space.  Return (name in lower case, index behind), or (None, -1) at the end."""
        data = self.rawdata
        if i == len(data):
            return None, -1
        found = _declname_match(data, i)
        if not found:
            self.updatepos(declstartpos, i)
            self.error('expected name token at %r' % data[declstartpos:declstartpos + 20])
            return None, -1
        if found.end() == len(data):
            return None, -1     # it may go on
        return found.group().strip().lower(), found.end()
