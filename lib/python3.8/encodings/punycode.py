# SPDX-License-Identifier: MIT
"""Punycode (RFC 3492): any text in ASCII letters, digits and hyphens.

The ASCII characters come first, then a hyphen; behind it stands for each other character, in the order of their
numbers, how far to go on: through all places in the text for one number, then for the next.  These distances are
written with digits a-z and 0-9 in a way that shows where each ends, depending on a bias that follows their sizes.
"""

import codecs
from encodings import _publish

digits = b'abcdefghijklmnopqrstuvwxyz0123456789'
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


# --- Encoding ----------------------------------------------------------------------------------------

def segregate(str):
    """Return the ASCII characters of str as bytes, and a sorted list of the others, each once."""
    plain = ''.join([character for character in str if character < '\x80']).encode('ascii')
    return plain, sorted({character for character in str if character >= '\x80'})


def selective_len(str, max):
    """Return how many characters of str have a number less than max."""
    return sum(ord(character) < max for character in str)


def selective_find(str, char, index, pos):
    """Find char behind the position pos of str; return (index, position), or (-1, -1) if there is none.

    The index is that among the characters not greater than char; the one given belongs to pos.  Start with -1, -1.
    """
    place = str.find(char, pos + 1)
    if place < 0:
        return -1, -1
    return index + 1 + sum(passed <= char for passed in str[pos + 1:place]), place


def insertion_unsort(str, extended):
    """Return a list of the distances at which the characters extended, which are sorted, stand in str."""
    distances = []
    number, distance = _FIRST_NUMBER, 0
    present = selective_len(str, _FIRST_NUMBER)
    for wanted in map(ord, extended):
        distance += (wanted - number) * (present + 1)
        number = wanted
        for character in map(ord, str):
            if character < number:
                distance += 1
            elif character == number:
                present += 1
                distances.append(distance)
                distance = 0
        distance += 1
        number += 1
    return distances


def generate_generalized_integer(N, bias):
    """Return the digits of the distance N, as bytes."""
    written = bytearray()
    j = 0
    while True:
        threshold = T(j, bias)
        if N < threshold:
            written.append(digits[N])
            return bytes(written)
        N, rest = divmod(N - threshold, _BASE - threshold)
        written.append(digits[threshold + rest])
        j += 1


def generate_integers(baselen, deltas):
    """Return the digits of all distances, as bytes; baselen: number of ASCII characters."""
    written = bytearray()
    bias = _FIRST_BIAS
    for present, distance in enumerate(deltas, baselen + 1):
        first = not written
        written += generate_generalized_integer(distance, bias)
        bias = adapt(distance, first, present)
    return bytes(written)


def punycode_encode(text):
    """Return text in punycode, as bytes."""
    plain, extended = segregate(text)
    written = generate_integers(len(plain), insertion_unsort(text, extended))
    return plain + b'-' + written if plain else written


# --- Decoding ----------------------------------------------------------------------------------------

def decode_generalized_number(extended, extpos, bias, errors):
    """Read the distance at extpos; return (position behind it, distance).

    The distance is None where bad input is passed over; errors 'strict' raises UnicodeError there.
    """
    number, weight, j = 0, 1, 0
    while True:
        if extpos >= len(extended):
            if errors == 'strict':
                raise UnicodeError('incomplete punicode string')
            return extpos + 1, None
        digit = digits.find(extended[extpos].lower().encode('ascii'))
        if digit < 0:
            if errors == 'strict':
                raise UnicodeError("Invalid extended code point '%s'" % extended[extpos])
            return extpos + 1, None
        extpos += 1
        threshold = T(j, bias)
        number += digit * weight
        if digit < threshold:
            return extpos, number
        weight *= _BASE - threshold
        j += 1


def insertion_sort(base, extended, errors):
    """Return base with the characters that the digits in extended stand for in their places."""
    characters = list(base)
    number, place, position, bias = _FIRST_NUMBER, -1, 0, _FIRST_BIAS
    while position < len(extended):
        first = position == 0
        position, distance = decode_generalized_number(extended, position, bias, errors)
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
    plain, hyphen, extended = data.rpartition(b'-')
    # The digits are checked themselves.
    return insertion_sort(str(plain, 'ascii', errors), str(extended, 'ascii'), errors)


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
