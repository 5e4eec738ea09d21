# SPDX-License-Identifier: MIT
"""Message: headers and a body, which is text, or a list of messages. EmailMessage: the same with methods for contents."""
__all__ = ['Message', 'EmailMessage']

import binascii
import quopri
import re
from io import BytesIO, StringIO
from email import errors, utils
from email import charset as _charset
from email._policybase import compat32

Charset = _charset.Charset
SEMISPACE = '; '
tspecials = re.compile(r'[ \(\)<>@,;:\\"/\[\]\?=]')     # what needs quotes in a parameter


def _splitparam(param):
    """Cut a value at its first semicolon; strip both parts. The second is None if there is none."""
    value, semicolon, rest = str(param).partition(';')
    return value.strip(), rest.strip() if semicolon else None


def _formatparam(param, value=None, quote=True):
    """Return a parameter as name=value; in quotes, if it needs them or quote says so.

    A value that is (charset, language, text), or is not ASCII, is encoded as
    RFC 2231 has it.
    """
    if value is None or not len(value):
        return param
    if not isinstance(value, tuple):
        if value.isascii():
            if quote or tspecials.search(value):
                return f'{param}="{utils.quote(value)}"'
            return f'{param}={value}'
        value = 'utf-8', '', value
    return f'{param}*={utils.encode_rfc2231(value[2], value[0], value[1])}'


def _parseparam(s):
    """Return the parameters in '; name=value; ...', as str each; semicolons in quotes do not count."""
    result = []
    text = str(s)
    at = 0
    while text[at:at + 1] == ';':
        at += 1
        end = text.find(';', at)
        # A semicolon behind an odd number of quotes is inside of them.
        while end > at and (text.count('"', at, end) - text.count('\\"', at, end)) & 1:
            end = text.find(';', end + 1)
        end = len(text) if end < 0 else end
        name, equal, value = text[at:end].partition('=')
        result.append((f'{name.strip().lower()}={value.strip()}' if equal else name).strip())
        at = end
    return result


def _unquotevalue(value):
    if isinstance(value, tuple):
        return (*value[:2], utils.unquote(value[2]))
    return utils.unquote(value)


class Message:
    """A mail message.

    Headers are like a dict that keeps its order and may have a name several
    times; names are compared without regard to case.  The body is the payload: a
    str, or a list of messages in a multipart.  preamble and epilogue are what
    stands in front of and behind the parts; defects what was wrong when it was
    read.
    """

    def __init__(self, policy=compat32):
        self.policy = policy
        self._headers = []
        self._unixfrom = None
        self._payload = None
        self._charset = None
        self.preamble = self.epilogue = None
        self.defects = []
        self._default_type = 'text/plain'

    def __str__(self):
        return self.as_string()

    def as_string(self, unixfrom=False, maxheaderlen=0, policy=None):
        """Return the message as str; unixfrom puts its Unix From line in front, maxheaderlen cuts headers."""
        from email.generator import Generator
        target = StringIO()
        Generator(target, mangle_from_=False, maxheaderlen=maxheaderlen,
                  policy=self.policy if policy is None else policy).flatten(self, unixfrom=unixfrom)
        return target.getvalue()

    def __bytes__(self):
        """The message as bytes, as as_bytes() makes it."""
        return self.as_bytes()

    def as_bytes(self, unixfrom=False, policy=None):
        """Return the message as bytes; unixfrom puts its Unix From line in front."""
        from email.generator import BytesGenerator
        target = BytesIO()
        BytesGenerator(target, mangle_from_=False,
                       policy=self.policy if policy is None else policy).flatten(self, unixfrom=unixfrom)
        return target.getvalue()

    def is_multipart(self):
        """Say whether the body is a list of messages."""
        return isinstance(self._payload, list)

    def set_unixfrom(self, unixfrom):
        """Set the Unix From line."""
        self._unixfrom = unixfrom

    def get_unixfrom(self):
        """Return the Unix From line."""
        return self._unixfrom

    # The body

    def attach(self, payload):
        """Add a message to a multipart; TypeError if it is none."""
        if self._payload is None:
            self._payload = [payload]
            return
        try:
            self._payload.append(payload)
        except AttributeError:
            raise TypeError('Attach is not valid on a message with a non-multipart payload')

    def get_payload(self, i=None, decode=False):
        """Return the body: a str, or a list of messages, or of that list number i.

        decode: return bytes, decoded as the header Content-Transfer-Encoding says,
        or, if that fails, as they are; None for a multipart.
        """
        if self.is_multipart():
            if decode:
                return None
            return self._payload if i is None else self._payload[i]
        if i is not None and not isinstance(self._payload, list):
            raise TypeError(f'Expected list, got {type(self._payload)}')
        payload = self._payload
        # A header's object may be no str.
        encoding = str(self.get('content-transfer-encoding', '')).lower()
        raw = None
        if isinstance(payload, str):
            payload, raw = self._raw_payload(payload, decode)
        if not decode:
            return payload
        if raw is None:
            raw = payload
            if isinstance(payload, str):
                try:
                    raw = payload.encode('ascii')
                except UnicodeError:
                    # Made by a program, without saying a charset.
                    raw = payload.encode('raw-unicode-escape')
        return self._decode_payload(payload, raw, encoding)

    def _raw_payload(self, payload, decode):
        """Return a str as it is to be given out, and its bytes, if it holds some that could not be decoded."""
        if not utils._has_surrogates(payload):
            return payload, None
        raw = payload.encode('ascii', 'surrogateescape')
        if not decode:
            try:
                payload = raw.decode(self.get_param('charset', 'ascii'), 'replace')
            except LookupError:
                payload = raw.decode('ascii', 'replace')
        return payload, raw

    def _decode_payload(self, payload, raw, encoding):
        if encoding == 'quoted-printable':
            return quopri.decodestring(raw)
        if encoding == 'base64':
            from email._encoded_words import decode_b
            value, defects = decode_b(b''.join(raw.splitlines()))
            for defect in defects:
                self.policy.handle_defect(self, defect)
            return value
        if encoding in ('x-uuencode', 'uuencode', 'uue', 'x-uue'):
            import uu
            source, target = BytesIO(raw), BytesIO()
            try:
                uu.decode(source, target, quiet=True)
                return target.getvalue()
            except (uu.Error, binascii.Error):
                return raw          # damaged
        return raw if isinstance(payload, str) else payload

    def set_payload(self, payload, charset=None):
        """Set the body; a charset as for set_charset()."""
        if isinstance(charset, Charset) and hasattr(payload, 'encode'):
            payload = payload.encode(charset.output_charset, 'surrogateescape')
        if hasattr(payload, 'decode'):
            # Bytes are kept as str, those beyond ASCII as surrogates.
            payload = payload.decode('ascii', 'surrogateescape')
        self._payload = payload
        if charset is not None:
            self.set_charset(charset)

    def set_charset(self, charset):
        """Set the charset, a name or a Charset, in the headers, and encode the body accordingly; None removes it."""
        if charset is None:
            self._charset = None
            self.del_param('charset')
            return
        self._charset = charset = charset if isinstance(charset, Charset) else Charset(charset)
        if 'MIME-Version' not in self:
            self.add_header('MIME-Version', '1.0')
        if 'Content-Type' not in self:
            self.add_header('Content-Type', 'text/plain', charset=charset.get_output_charset())
        else:
            self.set_param('charset', charset.get_output_charset())
        if charset != charset.get_output_charset():
            self._payload = charset.body_encode(self._payload)
        if 'Content-Transfer-Encoding' in self:
            return
        encoding = charset.get_body_encoding()
        try:
            encoding(self)
        except TypeError:
            # A name, and not a function.  The bytes may still be kept as surrogates.
            raw = self._payload
            if raw:
                try:
                    raw = raw.encode('ascii', 'surrogateescape')
                except UnicodeError:
                    raw = raw.encode(charset.output_charset)
            self._payload = charset.body_encode(raw)
            self.add_header('Content-Transfer-Encoding', encoding)

    def get_charset(self):
        """Return the Charset that was set."""
        return self._charset

    # Headers

    def __len__(self):
        """How many headers there are."""
        return len(self._headers)

    def __getitem__(self, name):
        """The value of the first header of that name, None if there is none."""
        # Not a KeyError if there is none.
        return self.get(name)

    def __setitem__(self, name, val):
        """Add a header; none of the same name is replaced."""
        limit = self.policy.header_max_count(name)
        if limit:
            lowered = name.lower()
            if sum(key.lower() == lowered for key, _ in self._headers) >= limit:
                raise ValueError(f'There may be at most {limit} {name} headers in a message')
        self._headers.append(self.policy.header_store_parse(name, val))

    def __delitem__(self, name):
        """Remove all headers of a name; there need not be one."""
        name = name.lower()
        self._headers = [header for header in self._headers if header[0].lower() != name]

    def __contains__(self, name):
        name = name.lower()
        return any(key.lower() == name for key, _ in self._headers)

    def __iter__(self):
        for name, _ in self._headers:
            yield name

    def keys(self):
        """Return the names of all headers."""
        return [name for name, _ in self._headers]

    def values(self):
        """Return the values of all headers."""
        return [value for _, value in self.items()]

    def items(self):
        """Return all headers, as (name, value)."""
        return [(name, self.policy.header_fetch_parse(name, value)) for name, value in self._headers]

    def get(self, name, failobj=None):
        """Return the first header of a name; failobj if there is none."""
        name = name.lower()
        for key, value in self._headers:
            if key.lower() == name:
                return self.policy.header_fetch_parse(key, value)
        return failobj

    def set_raw(self, name, value):
        """Add a header as it is; for parsers."""
        self._headers.append((name, value))

    def raw_items(self):
        """Return an iterator over the headers as they are stored; for generators."""
        return iter(self._headers.copy())

    def get_all(self, name, failobj=None):
        """Return a list of all headers of a name; failobj if there is none."""
        name = name.lower()
        found = [self.policy.header_fetch_parse(key, value) for key, value in self._headers if key.lower() == name]
        return found or failobj

    def add_header(self, _name, _value, **_params):
        """Add a header with parameters: _ in their names becomes -, None means one without value.

            msg.add_header('Content-Disposition', 'attachment', filename='bud.gif')
        """
        parts = [] if _value is None else [_value]
        for name, value in _params.items():
            name = name.replace('_', '-')
            parts.append(name if value is None else _formatparam(name, value))
        self[_name] = SEMISPACE.join(parts)

    def replace_header(self, _name, _value):
        """Replace the first header of a name, in its place; KeyError if there is none."""
        lowered = _name.lower()
        for index, (name, _) in enumerate(self._headers):
            if name.lower() == lowered:
                self._headers[index] = self.policy.header_store_parse(name, _value)
                return
        raise KeyError(_name)

    # The type

    def get_content_type(self):
        """Return maintype/subtype in lower case; the default type if none is said, text/plain if it is wrong."""
        missing = object()
        value = self.get('content-type', missing)
        if value is missing:
            return self.get_default_type()
        kind = _splitparam(value)[0].lower()
        return kind if kind.count('/') == 1 else 'text/plain'

    def get_content_maintype(self):
        """Return the first part of the type."""
        return self.get_content_type().split('/')[0]

    def get_content_subtype(self):
        """Return the second part of the type."""
        return self.get_content_type().split('/')[1]

    def get_default_type(self):
        """Return the type where none is said: text/plain, or message/rfc822 in a digest."""
        return self._default_type

    def set_default_type(self, ctype):
        """Set the type where none is said; no header is written."""
        self._default_type = ctype

    def _get_params_preserve(self, failobj, header):
        """Like get_params(), with the quotes."""
        missing = object()
        value = self.get(header, missing)
        if value is missing:
            return failobj
        pairs = []
        for param in _parseparam(';' + str(value)):
            name, _, text = param.partition('=')
            pairs.append((name.strip(), text.strip()))
        return utils.decode_params(pairs)

    def get_params(self, failobj=None, header='content-type', unquote=True):
        """Return the parameters of a header as a list of (name, value), the first being the header's own value.

        The value of a parameter in another charset is (charset, language, text).
        failobj if there is no such header.
        """
        missing = object()
        params = self._get_params_preserve(missing, header)
        if params is missing:
            return failobj
        return [(name, _unquotevalue(value)) for name, value in params] if unquote else params

    def get_param(self, param, failobj=None, header='content-type', unquote=True):
        """Return a parameter of a header, as for get_params(); failobj if there is none."""
        if header not in self:
            return failobj
        for name, value in self._get_params_preserve(failobj, header):
            if name.lower() == param.lower():
                return _unquotevalue(value) if unquote else value
        return failobj

    def set_param(self, param, value, header='Content-Type', requote=True, charset=None, language='', replace=False):
        """Set a parameter of a header, which is added if there is none.

        With a charset the value is encoded as RFC 2231 has it; replace keeps the
        header in its place.
        """
        if not isinstance(value, tuple) and charset:
            value = charset, language, value
        is_type = header.lower() == 'content-type'
        current = 'text/plain' if header not in self and is_type else self.get(header)
        if not self.get_param(param, header=header):
            text = _formatparam(param, value, requote)
            changed = SEMISPACE.join([current, text]) if current else text
        else:
            parts = []
            for name, old in self.get_params(header=header, unquote=requote):
                parts.append(_formatparam(name, value if name.lower() == param.lower() else old, requote))
            changed = SEMISPACE.join(parts)
        if changed != self.get(header):
            self._exchange(header, changed, replace)

    def _exchange(self, header, value, in_place=False):
        if in_place:
            self.replace_header(header, value)
        else:
            del self[header]
            self[header] = value

    def del_param(self, param, header='content-type', requote=True):
        """Remove a parameter of a header."""
        if header not in self:
            return
        kept = [_formatparam(name, value, requote) for name, value in self.get_params(header=header, unquote=requote)
                if name.lower() != param.lower()]
        changed = SEMISPACE.join(kept)
        if changed != self.get(header):
            self._exchange(header, changed)

    def set_type(self, type, header='Content-Type', requote=True):
        """Set the type, and keep the parameters. ValueError if it is not maintype/subtype."""
        if type.count('/') != 1:
            raise ValueError
        if header.lower() == 'content-type':
            self._exchange('MIME-Version', '1.0')
        if header not in self:
            self[header] = type
            return
        params = self.get_params(header=header, unquote=requote)
        self._exchange(header, type)
        for name, value in params[1:]:
            self.set_param(name, value, header, requote)

    def get_filename(self, failobj=None):
        """Return the file name that the headers tell; failobj if there is none."""
        missing = object()
        name = self.get_param('filename', missing, 'content-disposition')
        if name is missing:
            name = self.get_param('name', missing, 'content-type')
        return failobj if name is missing else utils.collapse_rfc2231_value(name).strip()

    def get_boundary(self, failobj=None):
        """Return the boundary; failobj if there is none."""
        missing = object()
        boundary = self.get_param('boundary', missing)
        return failobj if boundary is missing else utils.collapse_rfc2231_value(boundary).rstrip()

    def set_boundary(self, boundary):
        """Set the boundary in the header Content-Type, in its place; HeaderParseError if there is none."""
        missing = object()
        params = self._get_params_preserve(missing, 'content-type')
        if params is missing:
            raise errors.HeaderParseError('No Content-Type header found')
        quoted = f'"{boundary}"'
        changed = [(name, quoted if name.lower() == 'boundary' else value) for name, value in params]
        if not any(name.lower() == 'boundary' for name, _ in params):
            changed.append(('boundary', quoted))
        text = SEMISPACE.join(name if value == '' else f'{name}={value}' for name, value in changed)
        self._headers = [self.policy.header_store_parse(name, text) if name.lower() == 'content-type' else (name, value)
                         for name, value in self._headers]

    def get_content_charset(self, failobj=None):
        """Return the charset that the headers tell, in lower case; failobj if there is none."""
        charset = self.get_param('charset', None)
        if charset is None:
            return failobj
        if isinstance(charset, tuple):
            own = charset[0] or 'us-ascii'
            try:
                charset = str(charset[2].encode('raw-unicode-escape'), own)
            except (LookupError, UnicodeError):
                charset = charset[2]
        return charset.lower() if charset.isascii() else failobj

    def get_charsets(self, failobj=None):
        """Return a list of the charsets of all parts; failobj for those that tell none."""
        return [part.get_content_charset(failobj) for part in self.walk()]

    def get_content_disposition(self):
        """Return the value of Content-Disposition, in lower case and without parameters; None if there is none."""
        value = self.get('content-disposition')
        return None if value is None else _splitparam(value)[0].lower()

    from email.iterators import walk


class MIMEPart(Message):
    """A message, or a part of one, with methods that know about types of contents."""

    def __init__(self, policy=None):
        if policy is None:
            from email.policy import default
            policy = default
        super().__init__(policy)

    def as_string(self, unixfrom=False, maxheaderlen=None, policy=None):
        """Return the message as str; headers are cut at maxheaderlen, by default where the policy says."""
        policy = self.policy if policy is None else policy
        if maxheaderlen is None:
            maxheaderlen = policy.max_line_length
        return super().as_string(unixfrom, maxheaderlen, policy)

    def __str__(self):
        # So that it can be shown, also what is not ASCII.
        return self.as_string(policy=self.policy.clone(utf8=True))

    def is_attachment(self):
        """Say whether it is an attachment."""
        disposition = self.get('content-disposition')
        return False if disposition is None else disposition.content_disposition == 'attachment'

    def _find_body(self, part, preferencelist):
        """Yield (preference, part) of what may be the body."""
        if part.is_attachment():
            return
        main, sub = part.get_content_type().split('/')
        if main == 'text':
            if sub in preferencelist:
                yield preferencelist.index(sub), part
            return
        if main != 'multipart' or not self.is_multipart():
            return
        if sub != 'related':
            for each in part.iter_parts():
                yield from self._find_body(each, preferencelist)
            return
        if 'related' in preferencelist:
            yield preferencelist.index('related'), part
        root = None
        start = part.get_param('start')
        if start:
            root = next((each for each in part.iter_parts() if each['content-id'] == start), None)
        if root is None:
            parts = part.get_payload()
            root = parts[0] if parts else None
        if root is not None:
            yield from self._find_body(root, preferencelist)

    def get_body(self, preferencelist=('related', 'html', 'plain')):
        """Return the part that is best shown as the body, the kinds in the order of preference; None if there is none."""
        best, body = len(preferencelist), None
        for preference, part in self._find_body(self, preferencelist):
            if preference < best:
                best, body = preference, part
                if best == 0:
                    break
        return body

    _body_types = {('text', 'plain'), ('text', 'html'), ('multipart', 'related'), ('multipart', 'alternative')}

    def iter_attachments(self):
        """Yield the parts that are not the body."""
        main, sub = self.get_content_type().split('/')
        if main != 'multipart' or sub == 'alternative':
            return
        payload = self.get_payload()
        try:
            parts = payload.copy()
        except AttributeError:
            return              # text, although it says that it is a multipart
        if main == 'multipart' and sub == 'related':
            start = self.get_param('start')
            others = [part for part in parts if not (start and part.get('content-id') == start)]
            if len(others) == len(parts):
                others = parts[1:]
            yield from others
            return
        seen = []               # the first of each kind of body is the body
        for part in parts:
            main, sub = part.get_content_type().split('/')
            if (main, sub) in self._body_types and not part.is_attachment() and sub not in seen:
                seen.append(sub)
            else:
                yield part

    def iter_parts(self):
        """Yield the parts of a multipart; none if it is none."""
        if self.get_content_maintype() == 'multipart':
            yield from self.get_payload()

    def get_content(self, *args, content_manager=None, **kw):
        """Return the contents, as the content manager has them: text as str, and so on."""
        manager = self.policy.content_manager if content_manager is None else content_manager
        return manager.get_content(self, *args, **kw)

    def set_content(self, *args, content_manager=None, **kw):
        """Set the contents, as the content manager does it."""
        manager = self.policy.content_manager if content_manager is None else content_manager
        manager.set_content(self, *args, **kw)

    def _make_multipart(self, subtype, disallowed_subtypes, boundary):
        """Become a multipart; what was there becomes the first part."""
        if self.get_content_maintype() == 'multipart':
            existing = self.get_content_subtype()
            if existing in disallowed_subtypes + (subtype,):
                raise ValueError(f'Cannot convert {existing} to {subtype}')
        kept, moved = [], []
        for header in self._headers:
            (moved if header[0].lower().startswith('content-') else kept).append(header)
        if moved:
            # Only then there is anything to move.
            part = type(self)(policy=self.policy)
            part._headers, part._payload = moved, self._payload
            self._payload = [part]
        else:
            self._payload = []
        self._headers = kept
        self['Content-Type'] = f'multipart/{subtype}'
        if boundary is not None:
            self.set_param('boundary', boundary)

    def make_related(self, boundary=None):
        """Become a multipart/related."""
        self._make_multipart('related', ('alternative', 'mixed'), boundary)

    def make_alternative(self, boundary=None):
        """Become a multipart/alternative."""
        self._make_multipart('alternative', ('mixed',), boundary)

    def make_mixed(self, boundary=None):
        """Become a multipart/mixed."""
        self._make_multipart('mixed', (), boundary)

    def _add_multipart(self, _subtype, *args, _disp=None, **kw):
        if self.get_content_maintype() != 'multipart' or self.get_content_subtype() != _subtype:
            getattr(self, 'make_' + _subtype)()
        added = type(self)(policy=self.policy)
        added.set_content(*args, **kw)
        if _disp and 'content-disposition' not in added:
            added['Content-Disposition'] = _disp
        self.attach(added)

    def add_related(self, *args, **kw):
        """Add a part to a multipart/related, which it becomes if it is none; arguments as for set_content()."""
        self._add_multipart('related', *args, _disp='inline', **kw)

    def add_alternative(self, *args, **kw):
        """Add a part to a multipart/alternative, which it becomes if it is none; arguments as for set_content()."""
        self._add_multipart('alternative', *args, **kw)

    def add_attachment(self, *args, **kw):
        """Add a part to a multipart/mixed, which it becomes if it is none; arguments as for set_content()."""
        self._add_multipart('mixed', *args, _disp='attachment', **kw)

    def clear(self):
        """Remove the body and all headers."""
        self._headers = []
        self._payload = None

    def clear_content(self):
        """Remove the body and the headers that tell about it."""
        self._headers = [header for header in self._headers if not header[0].lower().startswith('content-')]
        self._payload = None


class EmailMessage(MIMEPart):
    """A MIMEPart that is a whole message: it says which version of MIME it is of."""

    def set_content(self, *args, **kw):
        super().set_content(*args, **kw)
        if 'MIME-Version' not in self:
            self['MIME-Version'] = '1.0'
