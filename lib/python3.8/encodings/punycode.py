# SPDX-License-Identifier: MIT
"""Punycode (RFC 3492): any text in ASCII letters, digits and hyphens.

The ASCII characters come first, then a hyphen; behind it stands for each other character, in the order of their
numbers, how far to go on: through all places in the text for one number, then for the next.  These distances are
written with digits a-z and 0-9 in a way that shows where each ends, depending on a bias that follows their sizes.
"""

import codecs
from encodings import _publish

_DIGITS = b'abcdefghijklmnopqrstuvwxyz0123456789'
_BASE, _DAMP, _SKEW = 36, 700, 38
_FIRST_BIAS, _FIRST_NUMBER = 72, 128


def T(j, bias):
    """The threshold of digit j of a number: a smaller digit is its last."""
    return min(max(_BASE * (j + 1) - bias, 1), 26)


def adapt(delta, first, numchars):
    """The bias after a distance; numchars: characters so far, with the new one."""
    delta //= _DAMP if first else 2
    delta += delta // numchars
    bias = 0
    while delta > (_BASE - 1) * 26 // 2:
        delta //= _BASE - 1
        bias += _BASE
    return bias + _BASE * delta // (delta + _SKEW)


def _write_number(number, bias):
    """The digits of a distance."""
    digits = bytearray()
    j = 0
    while True:
        threshold = T(j, bias)
        if number < threshold:
            digits.append(_DIGITS[number])
            return digits
        number, rest = divmod(number - threshold, _BASE - threshold)
        digits.append(_DIGITS[threshold + rest])
        j += 1


def _distances(text, present):
    """Yield (distance, characters present with it) for the characters that are no ASCII."""
    number, distance = _FIRST_NUMBER, 0
    for wanted in sorted({ord(character) for character in text if character >= '\x80'}):
        distance += (wanted - number) * (present + 1)
        number = wanted
        for character in text:
            if ord(character) < number:
                distance += 1
            elif ord(character) == number:
                present += 1
                yield distance, present
                distance = 0
        distance += 1
        number += 1


def punycode_encode(text):
    """Return text in punycode, as bytes."""
    plain = ''.join([character for character in text if character < '\x80']).encode('ascii')
    digits = bytearray()
    bias = _FIRST_BIAS
    for distance, present in _distances(text, len(plain)):
        first = not digits
        digits += _write_number(distance, bias)
        bias = adapt(distance, first, present)
    return plain + b'-' + bytes(digits) if plain else bytes(digits)


def _read_number(digits, position, bias, errors):
    """Return (distance, position behind it); the distance is None where bad input is passed over."""
    number, weight, j = 0, 1, 0
    while True:
        if position >= len(digits):
            if errors == 'strict':
                raise UnicodeError('incomplete punicode string')
            return None, position
        digit = _DIGITS.find(digits[position].lower().encode('ascii'))
        if digit < 0:
            if errors == 'strict':
                raise UnicodeError("Invalid extended code point '%s'" % digits[position])
            return None, position + 1
        position += 1
        threshold = T(j, bias)
        number += digit * weight
        if digit < threshold:
            return number, position
        weight *= _BASE - threshold
        j += 1


def _insert_characters(text, digits, errors):
    """Put the characters that the digits stand for in their places."""
    characters = list(text)
    number, place, position, bias = _FIRST_NUMBER, -1, 0, _FIRST_BIAS
    while position < len(digits):
        first = position == 0
        distance, position = _read_number(digits, position, bias, errors)
        if distance is None:
            # What follows cannot be understood without it.
            break
        rounds, place = divmod(place + distance + 1, len(characters) + 1)
        number += rounds
        if number > 0x10FFFF:
            if errors == 'strict':
                raise UnicodeError('Invalid character U+%x' % number)
            number = ord('?')
        characters.insert(place, chr(number))
        bias = adapt(distance, first, len(characters))
    return ''.join(characters)


def punycode_decode(text, errors):
    """Return the text that punycode (str or bytes) stands for; errors: 'strict', 'replace' or 'ignore'."""
    data = text.encode('ascii') if isinstance(text, str) else bytes(text)
    plain, hyphen, digits = data.rpartition(b'-')
    # The digits are checked themselves.
    return _insert_characters(str(plain, 'ascii', errors), str(digits, 'ascii'), errors)


class Codec(codecs.Codec):
    """Encodes and decodes complete input."""

    def encode(self, input, errors='strict'):
        return punycode_encode(input), len(input)

    def decode(self, input, errors='strict'):
        _check_errors(errors)
        return punycode_decode(input, errors), len(input)


def _check_errors(errors):
    if errors not in ('strict', 'replace', 'ignore'):
        raise UnicodeError('Unsupported error handling ' + errors)


class IncrementalEncoder(codecs.IncrementalEncoder):
    """Encodes pieces, each by itself."""

    def encode(self, input, final=False):
        return punycode_encode(input)


class IncrementalDecoder(codecs.IncrementalDecoder):
    """Decodes pieces, each by itself."""

    def decode(self, input, final=False):
        _check_errors(self.errors)
        return punycode_decode(input, self.errors)


class StreamWriter(Codec, codecs.StreamWriter):
    """Encodes what is written."""


class StreamReader(Codec, codecs.StreamReader):
    """Decodes what is read."""


_publish(globals(), 'punycode', Codec().encode, Codec().decode)
