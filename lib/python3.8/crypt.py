# SPDX-License-Identifier: MIT
"""One-way encryption of passwords, as crypt(3) of the system does it."""

import sys as _sys
from collections import namedtuple as _namedtuple

try:
    import _crypt
except ModuleNotFoundError:
    if _sys.platform == 'win32':
        raise ImportError("The crypt module is not supported on Windows")
    raise ImportError("The required _crypt module was not built as part of CPython")

_saltchars = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789./'


def _random():
    from random import SystemRandom
    return SystemRandom()


_sr = _random()


class _Method(_namedtuple('_Method', 'name ident salt_chars total_size')):
    """A way to encrypt: its name, its mark in salts, the length of a salt and of a result."""

    def __repr__(self):
        return '<crypt.METHOD_{}>'.format(self.name)


def mksalt(method=None, *, rounds=None):
    """Return a random salt for a method, by default the strongest.

    rounds says how much work the encryption is to be, for methods that can choose: SHA256 and SHA512 from 1000 to
    999999999, BLOWFISH a power of two from 2**4 to 2**31.  ValueError is raised for others.
    """
    if method is None:
        method = methods[0]
    if rounds is not None and not isinstance(rounds, int):
        raise TypeError(f'{rounds.__class__.__name__} object cannot be interpreted as an integer')
    mark = '$' + method.ident + '$' if method.ident else ''
    if method.ident and method.ident[0] == '2':
        power = 12 if rounds is None else int.bit_length(rounds - 1)
        if rounds is not None:
            if rounds != 1 << power:
                raise ValueError('rounds must be a power of 2')
            if not 4 <= power <= 31:
                raise ValueError('rounds out of the range 2**4 to 2**31')
        mark += f'{power:02d}$'
    elif rounds is not None:
        if method.ident not in ('5', '6'):
            raise ValueError(f"{method} doesn't support the rounds argument")
        if not 1000 <= rounds <= 999_999_999:
            raise ValueError('rounds out of the range 1000 to 999_999_999')
        mark += f'rounds={rounds}$'
    return mark + ''.join([_sr.choice(_saltchars) for _ in range(method.salt_chars)])


def crypt(word, salt=None):
    """Return a password encrypted with a salt; the salt may be a method (a new one is made), or an earlier result.

    A password is right if encrypting it with the stored result as salt gives that result.
    """
    if salt is None or isinstance(salt, _Method):
        salt = mksalt(salt)
    return _crypt.crypt(word, salt)


methods = []        # those this system has, the strongest first


def _add_method(name, *args, rounds=None):
    """Define a method; keep it among those there are if a try succeeds."""
    method = _Method(name, *args)
    globals()['METHOD_' + name] = method
    result = crypt('', mksalt(method, rounds=rounds))
    works = bool(result) and len(result) == method.total_size
    if works:
        methods.append(method)
    return works


_add_method('SHA512', '6', 16, 106)
_add_method('SHA256', '5', 16, 63)
for _letter in 'b', 'y', 'a', '':
    # The same thing with different marks; only few rounds for the try.
    if _add_method('BLOWFISH', '2' + _letter, 22, 59 + len(_letter), rounds=1 << 4):
        break
_add_method('MD5', '1', 8, 34)
_add_method('CRYPT', None, 2, 13)
del _letter
