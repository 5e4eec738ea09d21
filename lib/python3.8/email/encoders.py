# SPDX-License-Identifier: MIT
"""Functions that encode a message's body and say so in its header Content-Transfer-Encoding."""
__all__ = ['encode_7or8bit', 'encode_base64', 'encode_noop', 'encode_quopri']

from base64 import encodebytes as _bencode
from quopri import encodestring as _encodestring


def _qencode(s):
    # Spaces too: some programs lose those at line ends.
    return _encodestring(s, quotetabs=True).replace(b' ', b'=20')


def encode_base64(msg):
    """Encode in Base64."""
    body = msg.get_payload(decode=True)
    msg.set_payload(str(_bencode(body), 'ascii'))
    msg['Content-Transfer-Encoding'] = 'base64'


def encode_quopri(msg):
    """Encode as quoted-printable."""
    body = msg.get_payload(decode=True)
    msg.set_payload(_qencode(body))
    msg['Content-Transfer-Encoding'] = 'quoted-printable'


def encode_7or8bit(msg):
    """Leave it, and say whether all of it is ASCII."""
    body = msg.get_payload(decode=True)
    kind = '7bit'
    if body is not None:
        try:
            body.decode('ascii')
        except UnicodeError:
            kind = '8bit'
    msg['Content-Transfer-Encoding'] = kind


def encode_noop(msg):
    """Leave it, and say nothing."""
