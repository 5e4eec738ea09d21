# SPDX-License-Identifier: MIT
"""Random numbers that nobody can foresee, from the system's source: for passwords, tokens and the like."""
__all__ = ['choice', 'randbelow', 'randbits', 'SystemRandom', 'token_bytes', 'token_hex', 'token_urlsafe',
           'compare_digest']

import base64
import os
from hmac import compare_digest
from random import SystemRandom

DEFAULT_ENTROPY = 32        # bytes, where no number is given

_sysrand = SystemRandom()
randbits, choice = _sysrand.getrandbits, _sysrand.choice


def randbelow(exclusive_upper_bound):
    """Return an int from 0 to exclusive_upper_bound - 1."""
    if exclusive_upper_bound > 0:
        return _sysrand._randbelow(exclusive_upper_bound)
    raise ValueError('Upper bound must be positive.')


def token_bytes(nbytes=None):
    """Return so many random bytes; a number that is safe today if none is given."""
    return os.urandom(DEFAULT_ENTROPY if nbytes is None else nbytes)


def token_hex(nbytes=None):
    """Return so many random bytes as a str of hexadecimal digits, two for each."""
    return token_bytes(nbytes).hex()


def token_urlsafe(nbytes=None):
    """Return so many random bytes as a str of Base64 that needs no quoting in URLs."""
    return base64.urlsafe_b64encode(token_bytes(nbytes)).decode('ascii').rstrip('=')
