# SPDX-License-Identifier: MIT
"""Keyed hashing of messages (RFC 2104).

    hmac.new(key, message, 'sha256').hexdigest()
    hmac.digest(key, message, 'sha256')

Compare digests with compare_digest(), whose time does not tell where they differ.
"""
import warnings as _warnings
from _operator import _compare_digest as compare_digest
try:
    import _hashlib as _hashopenssl
except ImportError:
    _hashopenssl = None
    _openssl_md_meths = None
else:
    _openssl_md_meths = frozenset(_hashopenssl.openssl_md_meth_names)
import hashlib as _hashlib

trans_5C = bytes(byte ^ 0x5c for byte in range(256))
trans_36 = bytes(byte ^ 0x36 for byte in range(256))

# Nothing has been hashed yet: the size is that of the algorithm.
digest_size = None


def _constructor(digestmod):
    """Return a function that makes hash objects: digestmod may be that, a name or a module."""
    if callable(digestmod):
        return digestmod
    if isinstance(digestmod, str):
        return lambda data=b'': _hashlib.new(digestmod, data)
    return lambda data=b'': digestmod.new(data)


class HMAC:
    """A keyed hash of what update() is given; it has the methods of hash objects."""
    blocksize = 64      # where the algorithm does not say

    def __init__(self, key, msg=None, digestmod=''):
        """key and msg are bytes; digestmod is the name of an algorithm, or makes hash objects."""
        if not isinstance(key, (bytes, bytearray)):
            raise TypeError(f'key: expected bytes or bytearray, but got {type(key).__name__!r}')
        if not digestmod:
            raise TypeError("Missing required parameter 'digestmod'.")
        self.digest_cons = make = _constructor(digestmod)
        self.inner, self.outer = make(), make()
        self.digest_size = self.inner.digest_size
        blocksize = getattr(self.inner, 'block_size', None)
        if blocksize is None:
            _warnings.warn('No block_size attribute on given digest object; '
                           f'Assuming {self.blocksize}.', RuntimeWarning, 2)
            blocksize = self.blocksize
        elif blocksize < 16:
            _warnings.warn(f'block_size of {blocksize} seems too small; using our '
                           f'default of {self.blocksize}.', RuntimeWarning, 2)
            blocksize = self.blocksize
        self.block_size = blocksize
        if len(key) > blocksize:
            key = make(key).digest()
        key = key.ljust(blocksize, b'\0')
        self.inner.update(key.translate(trans_36))
        self.outer.update(key.translate(trans_5C))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        """hmac- and the name of the algorithm."""
        return 'hmac-' + self.inner.name

    def update(self, msg):
        """Hash more bytes."""
        self.inner.update(msg)

    def copy(self):
        """Return a copy that can be updated on its own."""
        twin = self.__class__.__new__(self.__class__)
        twin.__dict__.update(self.__dict__)
        twin.inner, twin.outer = self.inner.copy(), self.outer.copy()
        return twin

    def _current(self):
        result = self.outer.copy()
        result.update(self.inner.digest())
        return result

    def digest(self):
        """Return the hash so far, as bytes."""
        return self._current().digest()

    def hexdigest(self):
        """Return the hash so far, as a str of hexadecimal digits."""
        return self._current().hexdigest()


def new(key, msg=None, digestmod=''):
    """Return an HMAC object with that key, bytes, and fed with msg.

    digestmod is the name of an algorithm, or what makes hash objects of one.
    """
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """Return the keyed hash of msg, bytes, at once; digest is as digestmod for new()."""
    if _openssl_md_meths is not None and isinstance(digest, str) and digest in _openssl_md_meths:
        return _hashopenssl.hmac_digest(key, msg, digest)
    make = _constructor(digest)
    inner, outer = make(), make()
    width = getattr(inner, 'block_size', 64)
    key = (make(key).digest() if len(key) > width else key).ljust(width, b'\0')
    inner.update(key.translate(trans_36))
    inner.update(msg)
    outer.update(key.translate(trans_5C))
    outer.update(inner.digest())
    return outer.digest()
