# SPDX-License-Identifier: MIT
"""Reading messages in pieces: feed() as often as needed, then close(), which returns the message.

Nothing in a message is an error: what is wrong is listed in its defects.  The
parser is a generator, run whenever there are more lines; it yields NeedMoreData.
"""
__all__ = ['FeedParser', 'BytesFeedParser']

import re
from collections import deque
from io import StringIO
from email import errors
from email._policybase import compat32

NLCRE = re.compile(r'\r\n|\r|\n')
NLCRE_bol = re.compile(r'(\r\n|\r|\n)')
NLCRE_eol = re.compile(r'(\r\n|\r|\n)\Z')
NLCRE_crack = re.compile(r'(\r\n|\r|\n)')
# A header, its continuation, or a Unix From line
headerRE = re.compile(r'^(From |[\041-\071\073-\176]*:|[\t ])')
EMPTYSTRING = ''
NL = '\n'

NeedMoreData = object()


class BufferedSubFile(object):
    """A file that lines are pushed into; reading stops at a line that one of the predicates on a stack accepts."""

    def __init__(self):
        self._partial = StringIO(newline='')    # a line whose end is not there yet
        self._lines = deque()
        self._eofstack = []
        self._closed = False

    def push_eof_matcher(self, pred):
        self._eofstack.append(pred)

    def pop_eof_matcher(self):
        return self._eofstack.pop()

    def close(self):
        """There is no more to come."""
        self._partial.seek(0)
        self.pushlines(self._partial.readlines())
        self._partial.seek(0)
        self._partial.truncate()
        self._closed = True

    def readline(self):
        """Return a line, '' at the end, NeedMoreData if it is not there yet."""
        if not self._lines:
            return '' if self._closed else NeedMoreData
        line = self._lines.popleft()
        # The innermost part ends where any around it does.
        for ends in reversed(self._eofstack):
            if ends(line):
                self._lines.appendleft(line)
                return ''
        return line

    def unreadline(self, line):
        """Put a line back."""
        assert line is not NeedMoreData
        self._lines.appendleft(line)

    def push(self, data):
        """Take text, of which the last line may be incomplete."""
        self._partial.write(data)
        if '\n' not in data and '\r' not in data:
            return
        self._partial.seek(0)
        lines = self._partial.readlines()
        self._partial.seek(0)
        self._partial.truncate()
        # Behind a CR an LF may follow.
        if not lines[-1].endswith('\n'):
            self._partial.write(lines.pop())
        self.pushlines(lines)

    def pushlines(self, lines):
        self._lines.extend(lines)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if line != '':
            return line
        raise StopIteration


class FeedParser:
    """Reads a message of text in pieces; _factory makes it, by default what the policy says."""

    def __init__(self, _factory=None, *, policy=compat32):
        self.policy = policy
        self._old_style_factory = False
        if _factory is None:
            _factory = policy.message_factory
            if _factory is None:
                from email.message import Message as _factory
        else:
            try:
                _factory(policy=policy)
            except TypeError:
                self._old_style_factory = True      # it knows nothing of policies
        self._factory = _factory
        self._input = BufferedSubFile()
        self._msgstack = []
        self._parse = self._parsegen().__next__
        self._cur = self._last = None
        self._headersonly = False

    def _set_headersonly(self):
        self._headersonly = True

    def feed(self, data):
        """Take a piece."""
        self._input.push(data)
        self._call_parse()

    def _call_parse(self):
        try:
            self._parse()
        except StopIteration:
            pass

    def close(self):
        """Return the message."""
        self._input.close()
        self._call_parse()
        root = self._pop_message()
        assert not self._msgstack
        if root.get_content_maintype() == 'multipart' and not root.is_multipart():
            self.policy.handle_defect(root, errors.MultipartInvariantViolationDefect())
        return root

    def _new_message(self):
        message = self._factory() if self._old_style_factory else self._factory(policy=self.policy)
        if self._cur and self._cur.get_content_type() == 'multipart/digest':
            message.set_default_type('message/rfc822')
        if self._msgstack:
            self._msgstack[-1].attach(message)
        self._msgstack.append(message)
        self._cur = self._last = message

    def _pop_message(self):
        message = self._msgstack.pop()
        self._cur = self._msgstack[-1] if self._msgstack else None
        return message

    def _defect(self, defect):
        self.policy.handle_defect(self._cur, defect)

    def _parsegen(self):
        """Read a message, and so the parts in it."""
        self._new_message()
        headers = []
        for line in self._input:
            if line is NeedMoreData:
                yield NeedMoreData
                continue
            if headerRE.match(line):
                headers.append(line)
                continue
            if not NLCRE.match(line):
                # Neither a header nor an empty line: the body starts here.
                self._defect(errors.MissingHeaderBodySeparatorDefect())
                self._input.unreadline(line)
            break
        self._parse_headers(headers)
        maintype = self._cur.get_content_maintype()
        if self._headersonly:
            yield from self._read_text()
        elif self._cur.get_content_type() == 'message/delivery-status':
            yield from self._read_delivery_status()
        elif maintype == 'message':
            yield from self._parsegen()
            self._pop_message()
        elif maintype == 'multipart':
            yield from self._read_multipart()
        else:
            yield from self._read_text()

    def _read_lines(self, target):
        """Collect lines up to the end of this part."""
        for line in self._input:
            if line is NeedMoreData:
                yield NeedMoreData
            else:
                target.append(line)

    def _read_text(self):
        lines = []
        yield from self._read_lines(lines)
        self._cur.set_payload(EMPTYSTRING.join(lines))

    def _next_line(self):
        """Read one line, and leave it in self._line."""
        self._line = self._input.readline()
        while self._line is NeedMoreData:
            yield NeedMoreData
            self._line = self._input.readline()

    def _read_delivery_status(self):
        """Blocks of headers, each of which becomes a message."""
        while True:
            self._input.push_eof_matcher(NLCRE.match)
            yield from self._parsegen()
            self._pop_message()
            self._input.pop_eof_matcher()
            # The empty line that ended it, and one that may follow.
            yield from self._next_line()
            yield from self._next_line()
            if self._line == '':
                break
            self._input.unreadline(self._line)

    def _read_multipart(self):
        boundary = self._cur.get_boundary()
        if boundary is None:
            self._defect(errors.NoBoundaryInMultipartDefect())
            yield from self._read_text()
            return
        encoding = str(self._cur.get('content-transfer-encoding', '8bit')).lower()
        if encoding not in ('7bit', '8bit', 'binary'):
            self._defect(errors.InvalidMultipartContentTransferEncodingDefect())
        is_boundary = re.compile(r'(?P<sep>' + re.escape('--' + boundary)
                                 + r')(?P<end>--)?(?P<ws>[ \t]*)(?P<linesep>\r\n|\r|\n)?$').match
        preamble = []
        in_preamble = True
        newline = False             # does the line in front of the first or behind the last boundary end?
        closed = False
        while True:
            yield from self._next_line()
            line = self._line
            if line == '':
                break
            found = is_boundary(line)
            if found is None:
                assert in_preamble
                preamble.append(line)
                continue
            if found.group('end'):
                closed = True
                newline = found.group('linesep')
                break
            if in_preamble:
                if preamble:
                    self._cur.preamble = EMPTYSTRING.join(self._without_last_newline(preamble))
                in_preamble = False
                self._input.unreadline(line)
                continue
            yield from self._read_part(is_boundary)
        if in_preamble and not closed:
            self._no_boundary(preamble)
            yield from self._set_epilogue(False)
        elif in_preamble:
            # Only the last boundary: all in front of it is the body.
            self._no_boundary(preamble)
            yield from self._set_epilogue(newline)
        else:
            if not closed:
                self._defect(errors.CloseBoundaryNotFoundDefect())
                return
            yield from self._set_epilogue(newline)

    def _no_boundary(self, lines):
        self._defect(errors.StartBoundaryNotFoundDefect())
        self._cur.set_payload(EMPTYSTRING.join(lines))

    @staticmethod
    def _without_last_newline(lines):
        """Take the last line's end off: it belongs to the boundary."""
        found = NLCRE_eol.search(lines[-1])
        if found:
            lines[-1] = lines[-1][:-len(found.group(0))]
        return lines

    def _read_part(self, is_boundary):
        """Read a part behind its boundary, and boundaries that follow each other."""
        while True:
            yield from self._next_line()
            if not is_boundary(self._line):
                self._input.unreadline(self._line)
                break
        self._input.push_eof_matcher(is_boundary)
        yield from self._parsegen()
        last = self._last
        if last.get_content_maintype() == 'multipart':
            epilogue = last.epilogue
            if epilogue == '':
                last.epilogue = None
            elif epilogue is not None:
                found = NLCRE_eol.search(epilogue)
                if found:
                    last.epilogue = epilogue[:-len(found.group(0))]
        else:
            payload = last._payload
            if isinstance(payload, str):
                found = NLCRE_eol.search(payload)
                if found:
                    last._payload = payload[:-len(found.group(0))]
        self._input.pop_eof_matcher()
        self._pop_message()
        # Two parts that end at the same place: the outer one is left now.
        self._last = self._cur

    def _set_epilogue(self, newline):
        """What follows the last boundary."""
        lines = [''] if newline else []
        yield from self._read_lines(lines)
        if lines:
            # The end of the boundary's line is no part of it.
            found = NLCRE_bol.match(lines[0])
            if found:
                lines[0] = lines[0][len(found.group(0)):]
        self._cur.epilogue = EMPTYSTRING.join(lines)

    def _parse_headers(self, lines):
        """Set the headers of the current message from its lines."""
        name, source = '', []
        for number, line in enumerate(lines):
            if line[0] in ' \t':
                if name:
                    source.append(line)
                else:
                    # It continues nothing.
                    self._defect(errors.FirstHeaderLineIsContinuationDefect(line))
                continue
            if name:
                self._cur.set_raw(*self.policy.header_source_parse(source))
                name, source = '', []
            if line.startswith('From '):
                if number == 0:
                    found = NLCRE_eol.search(line)
                    self._cur.set_unixfrom(line[:-len(found.group(0))] if found else line)
                elif number == len(lines) - 1:
                    # Perhaps the start of the body, of a message that has no empty line.
                    self._input.unreadline(line)
                    return
                else:
                    self._cur.defects.append(errors.MisplacedEnvelopeHeaderDefect(line))
                continue
            end = line.find(':')
            if end == 0:
                self._cur.defects.append(errors.InvalidHeaderDefect('Missing header name.'))
                continue
            assert end > 0, '_parse_headers fed line with no : and no leading WS'
            name, source = line[:end], [line]
        if name:
            self._cur.set_raw(*self.policy.header_source_parse(source))


class BytesFeedParser(FeedParser):
    """A FeedParser for bytes."""

    def feed(self, data):
        super().feed(data.decode('ascii', 'surrogateescape'))
