# SPDX-License-Identifier: MIT
"""Writing messages: Generator as text, BytesGenerator as bytes, DecodedGenerator only what is text in them."""
__all__ = ['Generator', 'DecodedGenerator', 'BytesGenerator']

import re
import sys
from copy import deepcopy
from io import BytesIO, StringIO
from email.utils import _has_surrogates

UNDERSCORE = '_'
NL = '\n'
NLCRE = re.compile(r'\r\n|\r|\n')
fcre = re.compile(r'^From ', re.MULTILINE)


class Generator:
    """Writes messages to a text file.

    mangle_from_   write '>From ' for 'From ' at the start of lines
    maxheaderlen   cut headers that are longer; 0: none
    policy         the policy to write by
    By default all of this is as the message's policy has it.
    """

    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, *, policy=None):
        if mangle_from_ is None:
            mangle_from_ = True if policy is None else policy.mangle_from_
        self._fp = outfp
        self._mangle_from_ = mangle_from_
        self.maxheaderlen = maxheaderlen
        self.policy = policy

    def write(self, s):
        """Write to the file."""
        self._fp.write(s)

    def flatten(self, msg, unixfrom=False, linesep=None):
        """Write a message; unixfrom puts a Unix From line in front; linesep is what ends lines."""
        policy = msg.policy if self.policy is None else self.policy
        changes = {}
        if linesep is not None:
            changes['linesep'] = linesep
        if self.maxheaderlen is not None:
            changes['max_line_length'] = self.maxheaderlen
        if changes:
            policy = policy.clone(**changes)
        self._NL = policy.linesep
        self._encoded_NL = self._encode(self._NL)
        self._EMPTY = ''
        self._encoded_EMPTY = self._encode(self._EMPTY)
        kept = self.policy, msg.policy
        # The message itself is asked for headers on the way.
        self.policy = msg.policy = policy
        try:
            if unixfrom:
                line = msg.get_unixfrom()
                if not line:
                    import time
                    line = 'From nobody ' + time.ctime(time.time())
                self.write(line + self._NL)
            self._write(msg)
        finally:
            self.policy, msg.policy = kept

    def clone(self, fp):
        """Return a generator of the same kind for another file."""
        return self.__class__(fp, self._mangle_from_, None, policy=self.policy)

    # Text and bytes differ in these.

    def _new_buffer(self):
        return StringIO()

    def _encode(self, s):
        return s

    def _write_lines(self, lines):
        """Write text with the line ends of the policy."""
        if not lines:
            return
        *complete, last = NLCRE.split(lines)
        for line in complete:
            self.write(line)
            self.write(self._NL)
        if last:
            self.write(last)

    def _write(self, msg):
        """Write a message: the body first, into a buffer, as that can change the headers."""
        outer = self._fp
        changed = None
        try:
            self._munge_cte = None
            self._fp = body = self._new_buffer()
            self._dispatch(msg)
            changed = self._munge_cte
            del self._munge_cte
        finally:
            self._fp = outer
        if changed:
            msg = deepcopy(msg)
            if msg.get('content-transfer-encoding') is None:
                msg['Content-Transfer-Encoding'] = changed[0]
            else:
                msg.replace_header('content-transfer-encoding', changed[0])
            msg.replace_header('content-type', changed[1])
        own = getattr(msg, '_write_headers', None)
        if own is None:
            self._write_headers(msg)
        else:
            own(self)
        self._fp.write(body.getvalue())

    def _dispatch(self, msg):
        """Write a body by the method for its type, _handle_maintype_subtype or _handle_maintype."""
        main, sub = msg.get_content_maintype(), msg.get_content_subtype()
        specific = UNDERSCORE.join((main, sub)).replace('-', '_')
        method = getattr(self, '_handle_' + specific, None) or getattr(self, '_handle_' + main.replace('-', '_'), None)
        (method or self._writeBody)(msg)

    def _write_headers(self, msg):
        for name, value in msg.raw_items():
            self.write(self.policy.fold(name, value))
        self.write(self._NL)        # between headers and body

    def _handle_text(self, msg):
        payload = msg.get_payload()
        if payload is None:
            return
        if not isinstance(payload, str):
            raise TypeError(f'string payload expected: {type(payload)}')
        if _has_surrogates(msg._payload):
            # Bytes that are not ASCII cannot be written as text: encode them.
            charset = msg.get_param('charset')
            if charset is not None:
                msg = deepcopy(msg)
                del msg['content-transfer-encoding']
                msg.set_payload(payload, charset)
                payload = msg.get_payload()
                self._munge_cte = msg['content-transfer-encoding'], msg['content-type']
        if self._mangle_from_:
            payload = fcre.sub('>From ', payload)
        self._write_lines(payload)

    _writeBody = _handle_text       # where there is no method

    def _flat(self, part):
        """Return a part as it is written."""
        target = self._new_buffer()
        self.clone(target).flatten(part, unixfrom=False, linesep=self._NL)
        return target.getvalue()

    def _handle_multipart(self, msg):
        parts = msg.get_payload()
        if parts is None:
            parts = []
        elif isinstance(parts, str):
            self.write(parts)       # something that was not understood
            return
        elif not isinstance(parts, list):
            parts = [parts]
        texts = [self._flat(part) for part in parts]
        boundary = msg.get_boundary()
        if not boundary:
            # One that occurs in none of them.
            boundary = self._make_boundary(self._encoded_NL.join(texts))
            msg.set_boundary(boundary)
        if msg.preamble is not None:
            self._write_lines(fcre.sub('>From ', msg.preamble) if self._mangle_from_ else msg.preamble)
            self.write(self._NL)
        self.write('--' + boundary + self._NL)
        if texts:
            self._fp.write(texts[0])
        for text in texts[1:]:
            self.write(self._NL + '--' + boundary + self._NL)
            self._fp.write(text)
        self.write(self._NL + '--' + boundary + '--' + self._NL)
        if msg.epilogue is not None:
            self._write_lines(fcre.sub('>From ', msg.epilogue) if self._mangle_from_ else msg.epilogue)

    def _handle_multipart_signed(self, msg):
        # Headers that are cut anew would make the signature invalid.
        kept = self.policy
        self.policy = kept.clone(max_line_length=0)
        try:
            self._handle_multipart(msg)
        finally:
            self.policy = kept

    def _handle_message_delivery_status(self, msg):
        """Blocks of headers, with an empty line between them."""
        blocks = []
        for part in msg.get_payload():
            text = self._flat(part)
            lines = text.split(self._encoded_NL)
            # The empty line at the end is written below.
            if lines and lines[-1] == self._encoded_EMPTY:
                text = self._encoded_NL.join(lines[:-1])
            blocks.append(text)
        self._fp.write(self._encoded_NL.join(blocks))

    def _handle_message(self, msg):
        """A message in a message."""
        payload = msg._payload
        if isinstance(payload, list):
            payload = self._flat(msg.get_payload(0))
        else:
            payload = self._encode(payload)     # it was not understood
        self._fp.write(payload)

    @classmethod
    def _make_boundary(cls, text=None):
        """Return a random boundary that does not occur in text."""
        import random
        boundary = '=' * 15 + _fmt % random.randrange(sys.maxsize) + '=='
        if text is None:
            return boundary
        candidate, number = boundary, 0
        while cls._compile_re('^--' + re.escape(candidate) + '(--)?$', re.MULTILINE).search(text):
            candidate = f'{boundary}.{number}'
            number += 1
        return candidate

    @classmethod
    def _compile_re(cls, s, flags):
        return re.compile(s, flags)


class BytesGenerator(Generator):
    """Writes messages to a binary file; bytes that are not ASCII stay, unless the policy's cte_type is '7bit'."""

    def write(self, s):
        self._fp.write(s.encode('ascii', 'surrogateescape'))

    def _new_buffer(self):
        return BytesIO()

    def _encode(self, s):
        return s.encode('ascii')

    def _write_headers(self, msg):
        for name, value in msg.raw_items():
            self._fp.write(self.policy.fold_binary(name, value))
        self.write(self._NL)

    def _handle_text(self, msg):
        if msg._payload is None:
            return
        if not _has_surrogates(msg._payload) or self.policy.cte_type == '7bit':
            super()._handle_text(msg)
            return
        text = fcre.sub('>From ', msg._payload) if self._mangle_from_ else msg._payload
        self._write_lines(text)

    _writeBody = _handle_text

    @classmethod
    def _compile_re(cls, s, flags):
        return re.compile(s.encode('ascii'), flags)


_FMT = '[Non-text (%(type)s) part of message omitted, filename %(filename)s]'


class DecodedGenerator(Generator):
    """Writes the parts that are text, decoded, and for the others a line, fmt, filled with what is known of them."""

    def __init__(self, outfp, mangle_from_=None, maxheaderlen=None, fmt=None, *, policy=None):
        Generator.__init__(self, outfp, mangle_from_, maxheaderlen, policy=policy)
        self._fmt = _FMT if fmt is None else fmt

    def _dispatch(self, msg):
        for part in msg.walk():
            maintype = part.get_content_maintype()
            if maintype == 'text':
                print(part.get_payload(decode=False), file=self)
            elif maintype != 'multipart':
                print(self._fmt % {'type': part.get_content_type(), 'maintype': maintype,
                                   'subtype': part.get_content_subtype(), 'filename': part.get_filename('[no filename]'),
                                   'description': part.get('Content-Description', '[no description]'),
                                   'encoding': part.get('Content-Transfer-Encoding', '[no encoding]')}, file=self)


_width = len(repr(sys.maxsize - 1))
_fmt = '%%0%dd' % _width

_make_boundary = Generator._make_boundary       # a name of old
