# SPDX-License-Identifier: MIT
"""The contents of messages as objects: what get_content() and set_content() of EmailMessage do."""

import binascii
import email.charset
import email.errors
import email.message
from email import quoprimime


class ContentManager:
    """Functions that get contents, by type, and that set them, by the class of the object."""

    def __init__(self):
        self.get_handlers, self.set_handlers = {}, {}

    def add_get_handler(self, key, handler):
        """Have handler(message, ...) get contents of a type: 'maintype/subtype', 'maintype', or '' for all others."""
        self.get_handlers[key] = handler

    def get_content(self, msg, *args, **kw):
        """Return the contents of a message.  KeyError if there is no handler for its type."""
        full = msg.get_content_type()
        for key in full, msg.get_content_maintype(), '':
            if key in self.get_handlers:
                return self.get_handlers[key](msg, *args, **kw)
        raise KeyError(full)

    def add_set_handler(self, typekey, handler):
        """Have handler(message, object, ...) set contents of a class: the class, or its name; None for all others."""
        self.set_handlers[typekey] = handler

    def set_content(self, msg, obj, *args, **kw):
        """Make an object the contents of a message.  KeyError if there is no handler, TypeError for a multipart."""
        if msg.get_content_maintype() == 'multipart':
            raise TypeError('set_content not valid on multipart')
        handler = self._find_set_handler(msg, obj)
        msg.clear_content()
        handler(msg, obj, *args, **kw)

    def _find_set_handler(self, msg, obj):
        whole_names = []
        for cls in type(obj).__mro__:
            path = '.'.join(filter(None, (cls.__module__, cls.__qualname__)))
            whole_names.append(path)
            for key in cls, path, cls.__qualname__, cls.__name__:
                if key in self.set_handlers:
                    return self.set_handlers[key]
        if None in self.set_handlers:
            return self.set_handlers[None]
        raise KeyError(whole_names[0])


raw_data_manager = ContentManager()


# Getting

def get_text_content(msg, errors='replace'):
    """Return text; errors: how to treat bytes that its charset does not know."""
    return msg.get_payload(decode=True).decode(msg.get_param('charset', 'ASCII'), errors=errors)


def get_non_text_content(msg):
    """Return bytes."""
    return msg.get_payload(decode=True)


def get_message_content(msg):
    """Return the message in a message."""
    return msg.get_payload(0)


def get_and_fixup_unknown_message_content(msg):
    """Return the bytes of a message of an unknown kind, which should not have been parsed."""
    return bytes(msg.get_payload(0))


raw_data_manager.add_get_handler('text', get_text_content)
raw_data_manager.add_get_handler('message', get_and_fixup_unknown_message_content)
for subtype in ('rfc822', 'external-body'):
    raw_data_manager.add_get_handler('message/' + subtype, get_message_content)
for maintype in ('audio', 'image', 'video', 'application'):
    raw_data_manager.add_get_handler(maintype, get_non_text_content)


# Setting

def _prepare_set(msg, maintype, subtype, headers):
    """Set the type, and other headers, objects or lines."""
    msg['Content-Type'] = '/'.join((maintype, subtype))
    if not headers:
        return
    if not hasattr(headers[0], 'name'):
        headers = [msg.policy.header_factory(*msg.policy.header_source_parse([line])) for line in headers]
    try:
        for header in headers:
            if header.defects:
                raise header.defects[0]
            msg[header.name] = header
    except email.errors.HeaderDefect as error:
        raise ValueError('Invalid header: {}'.format(header.fold(policy=msg.policy))) from error


def _finalize_set(msg, disposition, filename, cid, params):
    """Set disposition, file name, id and parameters."""
    named = filename is not None
    if named or disposition is not None:
        msg['Content-Disposition'] = 'attachment' if disposition is None else disposition
    if named:
        msg.set_param('filename', filename, header='Content-Disposition', replace=True)
    if cid is not None:
        msg['Content-ID'] = cid
    for name, value in (params or {}).items():
        msg.set_param(name, value)


def _base64_lines(data, limit):
    """Bytes in Base64, in lines."""
    width = max(limit // 4 * 3, 3)
    return ''.join([binascii.b2a_base64(data[start:start + width]).decode('ascii')
                    for start in range(0, len(data), width)])


def _quoted_printable_lines(lines, limit):
    """Lines, bytes, in quoted-printable."""
    return quoprimime.body_encode(b'\n'.join(lines).decode('latin-1'), limit)


def _choose_encoding(lines, policy):
    """The encoding that suits lines, bytes, best: as they are, if they can be, else the shorter one."""
    limit = policy.max_line_length or float('inf')
    if all(len(line) <= limit for line in lines):
        if all(line.isascii() for line in lines):
            return '7bit'
        if policy.cte_type == '8bit':
            return '8bit'
    # The first lines tell enough.
    sample = lines[:10]
    size = len(b'\n'.join(sample))
    quoted = len(_quoted_printable_lines(sample, policy.max_line_length or 76))
    return 'base64' if quoted > size + (size + 2) // 3 else 'quoted-printable'


def _encode_text(string, charset, cte, policy):
    """(the encoding, text encoded by it)"""
    lines = string.encode(charset).splitlines()
    linesep = policy.linesep.encode('ascii')
    whole = linesep.join(lines) + linesep
    if cte is None:
        cte = _choose_encoding(lines, policy)
    if cte == '7bit':
        return cte, '\n'.join([line.decode('ascii') for line in lines]) + '\n'
    if cte == '8bit':
        return cte, '\n'.join([line.decode('ascii', 'surrogateescape') for line in lines]) + '\n'
    limit = policy.max_line_length or 76
    if cte == 'quoted-printable':
        return cte, quoprimime.body_encode((b'\n'.join(lines) + b'\n').decode('latin-1'), limit)
    if cte == 'base64':
        return cte, _base64_lines(whole, limit)
    raise ValueError('Unknown content transfer encoding {}'.format(cte))


def set_text_content(msg, string, subtype='plain', charset='utf-8', cte=None, disposition=None, filename=None,
                     cid=None, params=None, headers=None):
    """Make text the contents.  cte: the encoding, chosen if it is None."""
    _prepare_set(msg, 'text', subtype, headers)
    cte, payload = _encode_text(string, charset, cte, msg.policy)
    msg.set_payload(payload)
    msg.set_param('charset', email.charset.ALIASES.get(charset, charset), replace=True)
    msg['Content-Transfer-Encoding'] = cte
    _finalize_set(msg, disposition, filename, cid, params)


def set_message_content(msg, message, subtype='rfc822', cte=None, disposition=None, filename=None, cid=None,
                        params=None, headers=None):
    """Make a message the contents; only some encodings are allowed for each subtype."""
    if subtype == 'partial':
        raise ValueError('message/partial is not supported for Message objects')
    allowed = {'rfc822': (None, '7bit', '8bit', 'binary'), 'external-body': (None, '7bit')}.get(subtype)
    if allowed is not None and cte not in allowed:
        raise ValueError('message/{} parts do not support cte={}'.format(subtype, cte))
    if cte is None:
        # 8bit is left to the generator to find out.
        cte = '7bit' if subtype == 'external-body' else '8bit'
    _prepare_set(msg, 'message', subtype, headers)
    msg.set_payload([message])
    msg['Content-Transfer-Encoding'] = cte
    _finalize_set(msg, disposition, filename, cid, params)


def set_bytes_content(msg, data, maintype, subtype, cte='base64', disposition=None, filename=None, cid=None,
                      params=None, headers=None):
    """Make bytes the contents."""
    _prepare_set(msg, maintype, subtype, headers)
    if cte == 'base64':
        payload = _base64_lines(data, msg.policy.max_line_length or 76)
    elif cte == 'quoted-printable':
        # Line ends are no line ends here.
        payload = binascii.b2a_qp(data, istext=False, header=False, quotetabs=True).decode('ascii')
    elif cte in ('7bit', '8bit', 'binary'):
        payload = data.decode('ascii', 'strict' if cte == '7bit' else 'surrogateescape')
    else:
        payload = data
    msg.set_payload(payload)
    msg['Content-Transfer-Encoding'] = cte
    _finalize_set(msg, disposition, filename, cid, params)


raw_data_manager.add_set_handler(str, set_text_content)
raw_data_manager.add_set_handler(email.message.Message, set_message_content)
for _kind in bytes, bytearray, memoryview:
    raw_data_manager.add_set_handler(_kind, set_bytes_content)
del _kind
