# SPDX-License-Identifier: MIT
"""Messages of sound."""
__all__ = ['MIMEAudio']

from email import encoders
from email.mime.nonmultipart import MIMENonMultipart

_sndhdr_MIMEmap = {'au': 'basic', 'wav': 'x-wav', 'aiff': 'x-aiff', 'aifc': 'x-aiff'}


def _whatsnd(data):
    """Return the subtype of a sound, by its first bytes; None if it is not known."""
    import sndhdr
    from io import BytesIO
    head = data[:512]
    fake = BytesIO(head)
    for test in sndhdr.tests:
        found = test(head, fake)
        if found is not None:
            return _sndhdr_MIMEmap.get(found[0])
    return None


class MIMEAudio(MIMENonMultipart):
    """A message of type audio/_subtype, by default what the data looks like; _encoder encodes it, in Base64."""

    def __init__(self, _audiodata, _subtype=None, _encoder=encoders.encode_base64, *, policy=None, **_params):
        _subtype = _whatsnd(_audiodata) if _subtype is None else _subtype
        if _subtype is None:
            raise TypeError('Could not find audio MIME subtype')
        MIMENonMultipart.__init__(self, 'audio', _subtype, policy=policy, **_params)
        self.set_payload(_audiodata)
        _encoder(self)
