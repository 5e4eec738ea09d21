# SPDX-License-Identifier: MIT
"""What the MIME classes derive from."""
__all__ = ['MIMEBase']

from email import message
from email._policybase import compat32


class MIMEBase(message.Message):
    """A message with a MIME-Version and a Content-Type, whose parameters are the further arguments."""

    def __init__(self, _maintype, _subtype, *, policy=None, **_params):
        message.Message.__init__(self, policy=compat32 if policy is None else policy)
        self.add_header('Content-Type', f'{_maintype}/{_subtype}', **_params)
        self['MIME-Version'] = '1.0'
