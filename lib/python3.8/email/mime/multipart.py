# SPDX-License-Identifier: MIT
"""Messages with parts."""
__all__ = ['MIMEMultipart']

from email.mime.base import MIMEBase


class MIMEMultipart(MIMEBase):
    """A message with parts, of type multipart/_subtype; boundary is worked out if none is given."""

    def __init__(self, _subtype='mixed', boundary=None, _subparts=None, *, policy=None, **_params):
        MIMEBase.__init__(self, 'multipart', _subtype, policy=policy, **_params)
        self._payload = []      # so that it is a multipart even without parts
        for part in _subparts or ():
            self.attach(part)
        if boundary:
            self.set_boundary(boundary)
