# SPDX-License-Identifier: MIT
"""What the MIME classes of messages without parts derive from."""
__all__ = ['MIMENonMultipart']

from email import errors
from email.mime.base import MIMEBase


class MIMENonMultipart(MIMEBase):
    """A message without parts."""

    def attach(self, payload):
        # It would be lost, or make a message that nobody can read.
        raise errors.MultipartConversionError('Cannot attach additional subparts to non-multipart/*')
