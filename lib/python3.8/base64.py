#! /usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Bytes as text of few characters: Base16, Base32 and Base64 (RFC 3548), Ascii85 and Base85.

Encoders take bytes-like objects and return bytes; decoders take ASCII str too.
As a program: encode or decode a file; see -h.
"""
import binascii
import re
import struct

__all__ = ['encode', 'decode', 'encodebytes', 'decodebytes', 'b64encode', 'b64decode', 'b32encode', 'b32decode',
           'b16encode', 'b16decode', 'b85encode', 'b85decode', 'a85encode', 'a85decode', 'standard_b64encode',
           'standard_b64decode', 'urlsafe_b64encode', 'urlsafe_b64decode']

bytes_types = (bytes, bytearray)


def _bytes_from_decode_data(s):
    """Return what a decoder was given as bytes."""
    if isinstance(s, bytes_types):
        return s
    if isinstance(s, str):
        if not s.isascii():
            raise ValueError('string argument should contain only ASCII characters')
        return s.encode('ascii')
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError(f'argument should be a bytes-like object or ASCII string, not {s.__class__.__name__!r}') from None


# Base64

def b64encode(s, altchars=None):
    """Return s in Base64; altchars, two bytes, take the place of + and /."""
    text = binascii.b2a_base64(s, newline=False)
    if altchars is None:
        return text
    assert len(altchars) == 2, repr(altchars)
    return text.translate(bytes.maketrans(b'+/', altchars))


def b64decode(s, altchars=None, validate=False):
    """Return the bytes that s is the Base64 of; altchars as in b64encode().

    Characters of no meaning are left out, or with validate a binascii.Error, as
    wrong padding is in any case.
    """
    s = _bytes_from_decode_data(s)
    if altchars is not None:
        used = _bytes_from_decode_data(altchars)
        assert len(used) == 2, repr(used)
        s = s.translate(bytes.maketrans(used, b'+/'))
    if validate and re.fullmatch(b'[A-Za-z0-9+/]*={0,2}', s) is None:
        raise binascii.Error('Non-base64 digit found')
    return binascii.a2b_base64(s)


def standard_b64encode(s):
    """Return s in Base64."""
    return b64encode(s)


def standard_b64decode(s):
    """Return the bytes that s is the Base64 of."""
    return b64decode(s)


_urlsafe_encode_translation = bytes.maketrans(b'+/', b'-_')
_urlsafe_decode_translation = bytes.maketrans(b'-_', b'+/')


def urlsafe_b64encode(s):
    """Return s in Base64 with - and _ for + and /."""
    return b64encode(s).translate(_urlsafe_encode_translation)


def urlsafe_b64decode(s):
    """Return the bytes that s is the Base64 of, with - and _ for + and /."""
    return b64decode(_bytes_from_decode_data(s).translate(_urlsafe_decode_translation))


# Base32: five bytes are eight characters of five bits.

_b32tab2 = None         # all pairs of characters, by ten bits
_b32rev = None          # character -> five bits
_b32alphabet = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'


def b32encode(s):
    """Return s in Base32."""
    global _b32tab2
    if _b32tab2 is None:
        _b32tab2 = [bytes((high, low)) for high in _b32alphabet for low in _b32alphabet]
    data = s if isinstance(s, bytes_types) else memoryview(s).tobytes()
    missing = -len(data) % 5
    if missing:
        data = data + bytes(missing)
    pairs = _b32tab2
    out = []
    for at in range(0, len(data), 5):
        bits = int.from_bytes(data[at:at + 5], 'big')
        out += pairs[bits >> 30], pairs[bits >> 20 & 1023], pairs[bits >> 10 & 1023], pairs[bits & 1023]
    text = b''.join(out)
    if missing:
        padding = (0, 1, 3, 4, 6)[missing]
        text = text[:-padding] + b'=' * padding
    return text


def b32decode(s, casefold=False, map01=None):
    """Return the bytes that s is the Base32 of.

    casefold accepts lower case too; map01, b'I' or b'L', accepts 1 for that
    letter and 0 for O.  binascii.Error for other characters and wrong padding.
    """
    global _b32rev
    if _b32rev is None:
        _b32rev = {char: bits for bits, char in enumerate(_b32alphabet)}
    s = _bytes_from_decode_data(s)
    if len(s) % 8:
        raise binascii.Error('Incorrect padding')
    if map01 is not None:
        letter = _bytes_from_decode_data(map01)
        assert len(letter) == 1, repr(letter)
        s = s.translate(bytes.maketrans(b'01', b'O' + letter))
    s = s.upper() if casefold else s
    digits = s.rstrip(b'=')
    padding = len(s) - len(digits)
    out = bytearray()
    values = _b32rev
    for at in range(0, len(digits), 8):
        bits = 0
        try:
            for char in digits[at:at + 8]:
                bits = bits << 5 | values[char]
        except KeyError:
            raise binascii.Error('Non-base32 digit found') from None
        missing = max(at + 8 - len(digits), 0)
        out += (bits << 5 * missing).to_bytes(5, 'big')
    lost = {0: 0, 1: 1, 3: 2, 4: 3, 6: 4}.get(padding)
    if lost is None:
        raise binascii.Error('Incorrect padding')
    return bytes(out[:len(out) - lost])


# Base16

def b16encode(s):
    """Return s in hexadecimal digits, in upper case."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    """Return the bytes that s is in hexadecimal digits; in upper case, or with casefold in either."""
    s = _bytes_from_decode_data(s)
    if casefold:
        s = s.upper()
    if s.translate(None, b'0123456789ABCDEF'):
        raise binascii.Error('Non-base16 digit found')
    return binascii.unhexlify(s)


# Ascii85 and Base85: four bytes are five digits to base 85.

_a85chars = _a85chars2 = None       # digits, and pairs of digits, of the one,
_b85chars = _b85chars2 = None       # and of the other
_b85dec = None
_A85START = b'<~'
_A85END = b'~>'
_b85alphabet = (b'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
                b'abcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~')


def _85encode(b, chars, chars2, pad=False, foldnuls=False, foldspaces=False):
    data = b if isinstance(b, bytes_types) else memoryview(b).tobytes()
    missing = -len(data) % 4
    if missing:
        data = data + bytes(missing)
    words = struct.unpack('!%dI' % (len(data) // 4), data)
    pieces = [chars2[word // 614125] + chars2[word // 85 % 7225] + chars[word % 85] for word in words]
    if foldnuls or foldspaces:
        for at, word in enumerate(words):
            if foldnuls and not word:
                pieces[at] = b'z'
            elif foldspaces and word == 0x20202020:
                pieces[at] = b'y'
    if missing and not pad:
        tail = chars[0] * 5 if pieces[-1] == b'z' else pieces[-1]
        pieces[-1] = tail[:-missing]
    return b''.join(pieces)


def _digits(alphabet):
    """Return the digits and pairs of digits of an alphabet."""
    digits = [bytes((char,)) for char in alphabet]
    return digits, [high + low for high in digits for low in digits]


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Return b in Ascii85.

    foldspaces writes y for four spaces; wrapcol is how long lines may become, 0
    for no limit; pad fills b up to a multiple of four; adobe puts <~ and ~>
    around the result.
    """
    global _a85chars, _a85chars2
    if _a85chars2 is None:
        _a85chars, _a85chars2 = _digits(range(33, 118))
    text = _85encode(b, _a85chars, _a85chars2, pad, True, foldspaces)
    if adobe:
        text = _A85START + text
    if wrapcol:
        wrapcol = max(2 if adobe else 1, wrapcol)
        lines = [text[at:at + wrapcol] for at in range(0, len(text), wrapcol)]
        if adobe and len(lines[-1]) + 2 > wrapcol:
            lines.append(b'')
        text = b'\n'.join(lines)
    return text + _A85END if adobe else text


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b' \t\n\r\v'):
    """Return the bytes that b is the Ascii85 of.

    ignorechars are left out; foldspaces and adobe as in a85encode().
    ValueError for anything else.
    """
    b = _bytes_from_decode_data(b)
    if adobe:
        if not b.endswith(_A85END):
            raise ValueError('Ascii85 encoded byte sequences must end with {!r}'.format(_A85END))
        b = b[2 if b.startswith(_A85START) else 0:-2]
    out = bytearray()
    word = count = 0
    for char in b + b'u' * 4:       # the digits that fill the last group
        if 33 <= char <= 117:
            word = word * 85 + (char - 33)
            count += 1
            if count == 5:
                if word > 0xffffffff:
                    raise ValueError('Ascii85 overflow') from None
                out += word.to_bytes(4, 'big')
                word = count = 0
        elif char == 0x7a:
            if count:
                raise ValueError('z inside Ascii85 5-tuple')
            out += b'\0\0\0\0'
        elif foldspaces and char == 0x79:
            if count:
                raise ValueError('y inside Ascii85 5-tuple')
            out += b'    '
        elif char not in ignorechars:
            raise ValueError('Non-Ascii85 digit found: %c' % char)
    filled = 4 - count
    return bytes(out[:-filled] if filled else out)


def b85encode(b, pad=False):
    """Return b in Base85, as git and Mercurial write it; pad fills b up to a multiple of four."""
    global _b85chars, _b85chars2
    if _b85chars2 is None:
        _b85chars, _b85chars2 = _digits(_b85alphabet)
    return _85encode(b, _b85chars, _b85chars2, pad)


def b85decode(b):
    """Return the bytes that b is the Base85 of; ValueError for what is none."""
    global _b85dec
    if _b85dec is None:
        _b85dec = [None] * 256
        for value, char in enumerate(_b85alphabet):
            _b85dec[char] = value
    b = _bytes_from_decode_data(b)
    filled = -len(b) % 5
    b = b + b'~' * filled
    values = _b85dec
    words = []
    for at in range(0, len(b), 5):
        word = 0
        try:
            for char in b[at:at + 5]:
                word = word * 85 + values[char]
        except TypeError:
            bad = next(j for j in range(at, at + 5) if values[b[j]] is None)
            raise ValueError('bad base85 character at position %d' % bad) from None
        if word > 0xffffffff:
            raise ValueError('base85 overflow in hunk starting at byte %d' % at) from None
        words.append(word)
    data = struct.pack('!%dI' % len(words), *words)
    return data[:-filled] if filled else data


# The form of MIME: lines of 76 characters.

MAXLINESIZE = 76
MAXBINSIZE = MAXLINESIZE // 4 * 3


def encode(input, output):
    """Write the Base64 of one binary file to another, in lines of 76 characters."""
    while True:
        chunk = input.read(MAXBINSIZE)
        if not chunk:
            return
        while len(chunk) < MAXBINSIZE:
            more = input.read(MAXBINSIZE - len(chunk))
            if not more:
                break
            chunk += more
        output.write(binascii.b2a_base64(chunk))


def decode(input, output):
    """Write what one binary file is the Base64 of, line by line, to another."""
    for line in iter(input.readline, b''):
        output.write(binascii.a2b_base64(line))


def _input_type_check(s):
    try:
        view = memoryview(s)
    except TypeError as error:
        raise TypeError('expected bytes-like object, not %s' % s.__class__.__name__) from error
    if view.format not in ('c', 'b', 'B'):
        raise TypeError('expected single byte elements, not %r from %s' % (view.format, s.__class__.__name__))
    if view.ndim != 1:
        raise TypeError('expected 1-D data, not %d-D data from %s' % (view.ndim, s.__class__.__name__))


def encodebytes(s):
    """Return s in Base64, in lines of 76 characters."""
    _input_type_check(s)
    return b''.join([binascii.b2a_base64(s[at:at + MAXBINSIZE]) for at in range(0, len(s), MAXBINSIZE)])


def encodestring(s):
    """Deprecated name of encodebytes()."""
    import warnings
    warnings.warn('encodestring() is a deprecated alias since 3.1, use encodebytes()', DeprecationWarning, 2)
    return encodebytes(s)


def decodebytes(s):
    """Return the bytes that s, bytes, is the Base64 of."""
    _input_type_check(s)
    return binascii.a2b_base64(s)


def decodestring(s):
    """Deprecated name of decodebytes()."""
    import warnings
    warnings.warn('decodestring() is a deprecated alias since Python 3.1, use decodebytes()', DeprecationWarning, 2)
    return decodebytes(s)


def main():
    """The program."""
    import getopt
    import sys
    try:
        options, names = getopt.getopt(sys.argv[1:], 'deut')
    except getopt.error as problem:
        sys.stdout = sys.stderr
        print(problem)
        print(f"""usage: {sys.argv[0]} [-d|-e|-u|-t] [file|-]
        -d, -u: decode
        -e: encode (default)
        -t: encode and decode string 'Aladdin:open sesame'""")
        sys.exit(2)
    work = encode
    for option, _ in options:
        if option == '-t':
            return test()
        work = encode if option == '-e' else decode
    if names and names[0] != '-':
        with open(names[0], 'rb') as source:
            work(source, sys.stdout.buffer)
    else:
        work(sys.stdin.buffer, sys.stdout.buffer)


def test():
    s0 = b'Aladdin:open sesame'
    s1 = encodebytes(s0)
    s2 = decodebytes(s1)
    print(repr(s0), repr(s1), repr(s2), sep='\n')
    assert s2 == s0


if __name__ == '__main__':
    main()
