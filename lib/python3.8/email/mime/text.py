# SPDX-License-Identifier: MIT
"""Messages of text."""
__all__ = ['MIMEText']

from email.charset import Charset
from email.mime.nonmultipart import MIMENonMultipart


class MIMEText(MIMENonMultipart):
    """A message of type text/_subtype; the charset is by default ASCII, or UTF-8 if the text is none."""

    def __init__(self, _text, _subtype='plain', _charset=None, *, policy=None):
        if _charset is None:
            _charset = 'us-ascii' if _text.isascii() else 'utf-8'
        name = str(_charset) if isinstance(_charset, Charset) else _charset
        MIMENonMultipart.__init__(self, 'text', _subtype, policy=policy, charset=name)
        self.set_payload(_text, _charset)
