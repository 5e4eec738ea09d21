# SPDX-License-Identifier: MIT
"""Hash functions.

    import hashlib
    h = hashlib.sha256(b'what is')
    h.update(b' to be hashed')
    h.digest(), h.hexdigest()

md5, sha1, sha224 to sha512, sha3_224 to sha3_512, blake2b, blake2s, shake_128 and
shake_256 are always there: from OpenSSL (_hashlib) if that can be had, else from
natives of our own.  new(name) makes these and what else OpenSSL knows.
md5 and sha1 are no protection any more against those who mean ill.

Hash objects have update(data), digest(), hexdigest(), copy(), name, digest_size and
block_size.  digest() and hexdigest() of shake take the number of bytes.
"""
__always_supported = ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'blake2b', 'blake2s', 'sha3_224',
                      'sha3_256', 'sha3_384', 'sha3_512', 'shake_128', 'shake_256')

algorithms_guaranteed = set(__always_supported)
algorithms_available = set(__always_supported)

__all__ = __always_supported + ('new', 'algorithms_guaranteed', 'algorithms_available', 'pbkdf2_hmac')

# Native module -> the functions that it holds.
__natives = {'_md5': ('md5',), '_sha1': ('sha1',), '_sha256': ('sha224', 'sha256'), '_sha512': ('sha384', 'sha512'),
             '_blake2': ('blake2b', 'blake2s'),
             '_sha3': ('sha3_224', 'sha3_256', 'sha3_384', 'sha3_512', 'shake_128', 'shake_256')}
__builtin_constructor_cache = {}

# These take arguments that OpenSSL's do not, or are faster.
__block_openssl_constructor = set(__natives['_sha3'] + __natives['_blake2'])


def __get_builtin_constructor(name):
    """Return the native function of that name, in lower or upper case."""
    cache = __builtin_constructor_cache
    found = cache.get(name)
    if found is not None:
        return found
    plain = name.lower() if name in ('MD5', 'SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512') else name
    for module, functions in __natives.items():
        if plain in functions:
            try:
                native = __import__(module)
            except ImportError:
                break           # this interpreter has none
            for each in functions:
                cache[each] = getattr(native, each)
                if module not in ('_sha3', '_blake2'):
                    cache[each.upper()] = cache[each]
            return cache[name]
    raise ValueError('unsupported hash type ' + name)


def __get_openssl_constructor(name):
    """Return OpenSSL's function of that name, or the native one."""
    if name not in __block_openssl_constructor:
        try:
            made = getattr(_hashlib, 'openssl_' + name)
            # OpenSSL may have it and still refuse it.
            made()
            return made
        except (AttributeError, ValueError):
            pass
    return __get_builtin_constructor(name)


def __py_new(name, data=b'', **kwargs):
    """new(name, data=b'', **kwargs) - Return a new hash object of the named algorithm, fed with data.

    The further arguments are those of blake2b() and blake2s().  ValueError if there is no such algorithm.
    """
    return __get_builtin_constructor(name)(data, **kwargs)


def __hash_new(name, data=b'', **kwargs):
    """new(name, data=b'') - Return a new hash object of the named algorithm, fed with data.

    ValueError if there is no such algorithm.
    """
    if name not in __block_openssl_constructor:
        try:
            return _hashlib.new(name, data)
        except ValueError:
            pass        # OpenSSL does not have it, or refuses it
    return __get_builtin_constructor(name)(data, **kwargs)


try:
    import _hashlib
except ImportError:
    new, __get_hash = __py_new, __get_builtin_constructor
else:
    new, __get_hash = __hash_new, __get_openssl_constructor
    algorithms_available = algorithms_available.union(_hashlib.openssl_md_meth_names)

try:
    from _hashlib import pbkdf2_hmac
except ImportError:
    def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
        """Derive a key from a password (PKCS #5, version 2).

        hash_name names the algorithm of the HMAC; password and salt are bytes;
        iterations says how much work it is to be.  Returns dklen bytes, by
        default as many as the hash has.
        """
        if not isinstance(hash_name, str):
            raise TypeError(hash_name)
        password, salt = (part if isinstance(part, (bytes, bytearray)) else bytes(memoryview(part))
                          for part in (password, salt))
        if iterations < 1:
            raise ValueError(iterations)
        inner, outer = new(hash_name), new(hash_name)
        size = outer.digest_size
        if dklen is None:
            dklen = size
        if dklen < 1:
            raise ValueError(dklen)
        width = getattr(inner, 'block_size', 64)
        key = new(hash_name, password).digest() if len(password) > width else password
        key = key.ljust(width, b'\0')
        inner.update(bytes(byte ^ 0x36 for byte in key))
        outer.update(bytes(byte ^ 0x5c for byte in key))

        def mac(message):
            first, second = inner.copy(), outer.copy()
            first.update(message)
            second.update(first.digest())
            return second.digest()

        derived = b''
        number = 0
        while len(derived) < dklen:
            number += 1
            block = mac(salt + number.to_bytes(4, 'big'))
            mixed = int.from_bytes(block, 'big')
            for _ in range(iterations - 1):
                block = mac(block)
                mixed ^= int.from_bytes(block, 'big')
            derived += mixed.to_bytes(size, 'big')
        return derived[:dklen]

try:
    from _hashlib import scrypt         # OpenSSL's only
except ImportError:
    pass

for __name in __always_supported:
    try:
        globals()[__name] = __get_hash(__name)
    except ValueError:
        import logging
        logging.exception('code for hash %s was not found.', __name)

del __always_supported, __get_hash, __py_new, __hash_new, __get_openssl_constructor, __name
