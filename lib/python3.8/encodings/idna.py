# SPDX-License-Identifier: MIT
"""Internationalised domain names (RFC 3490): labels between dots, those that are no ASCII as "xn--" and punycode."""

import codecs
import re
import stringprep
from encodings import _publish
from unicodedata import ucd_3_2_0 as unicodedata

# Dots, also those of East Asian scripts.
dots = re.compile('[\u002E\u3002\uFF0E\uFF61]')

# What encoded labels begin with.
ace_prefix, sace_prefix = b'xn--', 'xn--'


def nameprep(label):
    """Return a label in the form in which labels are compared (RFC 3491).  Raises UnicodeError."""
    mapped = ''.join([stringprep.map_table_b2(c) for c in label if not stringprep.in_table_b1(c)])
    label = unicodedata.normalize('NFKC', mapped)
    prohibited = [getattr(stringprep, 'in_table_' + name) for name in 'c12 c22 c3 c4 c5 c6 c7 c8 c9'.split()]
    for c in label:
        if any(table(c) for table in prohibited):
            raise UnicodeError('Invalid character %r' % c)
    # Text from right to left must not be mixed with other letters, and has to stand at both ends.
    rightward = [stringprep.in_table_d1(c) for c in label]
    if any(rightward):
        if any(map(stringprep.in_table_d2, label)):
            raise UnicodeError('Violation of BIDI requirement 2')
        if not (rightward[0] and rightward[-1]):
            raise UnicodeError('Violation of BIDI requirement 3')
    return label


def _ascii(label):
    """The label as bytes if it is ASCII, else None."""
    try:
        return label.encode('ascii')
    except UnicodeError:
        return None


def _checked(data):
    """The label as it is, if its length is allowed."""
    if 0 < len(data) < 64:
        return data
    raise UnicodeError('label empty or too long')


def ToASCII(label):
    """Return a label as bytes in ASCII.  Raises UnicodeError."""
    data = _ascii(label)
    if data is not None:
        return _checked(data)
    label = nameprep(label)
    data = _ascii(label)
    if data is None:
        if label.startswith(sace_prefix):
            raise UnicodeError('Label starts with ACE prefix')
        data = ace_prefix + label.encode('punycode')
    return _checked(data)


def ToUnicode(label):
    """Return a label (str or bytes) as text.  Raises UnicodeError if it does not encode to itself."""
    if isinstance(label, str):
        data = _ascii(label)
        if data is None:
            data = _ascii(nameprep(label))
            if data is None:
                raise UnicodeError('Invalid character in IDN label')
    else:
        data = label
    if not data.startswith(ace_prefix):
        return str(data, 'ascii')
    text = data[len(ace_prefix):].decode('punycode')
    again = ToASCII(text)
    if again.decode('ascii') != data.decode('ascii').lower():
        raise UnicodeError('IDNA does not round-trip', data, again)
    return text


def _check_errors(errors, text='unsupported error handling '):
    if errors != 'strict':
        raise UnicodeError(text + errors)


def _split_last(labels, dot):
    """Labels without an empty one at the end, and what stands there instead: a dot or nothing."""
    if labels and not labels[-1]:
        return labels[:-1], dot
    return labels, dot[:0]


class Codec(codecs.Codec):
    """Encodes and decodes complete names."""

    def encode(self, input, errors='strict'):
        _check_errors(errors)
        if not input:
            return b'', 0
        data = _ascii(input)
        if data is not None:
            *inner, last = data.split(b'.')
            for label in inner:
                _checked(label)
            if len(last) > 63:
                raise UnicodeError('label too long')
            return data, len(input)
        labels, end = _split_last(dots.split(input), b'.')
        return b'.'.join(map(ToASCII, labels)) + end, len(input)

    def decode(self, input, errors='strict'):
        _check_errors(errors, 'Unsupported error handling ')
        if not input:
            return '', 0
        data = input if isinstance(input, bytes) else bytes(input)
        if ace_prefix not in data:
            # Nothing to do for most names.
            try:
                return data.decode('ascii'), len(data)
            except UnicodeDecodeError:
                pass
        labels, end = _split_last(data.split(b'.'), '.')
        return '.'.join(map(ToUnicode, labels)) + end, len(data)


def _complete_labels(labels, final, dot):
    """The labels that can be converted, and what follows them; the last one may go on in the next piece."""
    labels, end = _split_last(labels, dot)
    if not end and labels and not final:
        labels = labels[:-1]
        if labels:
            end = dot
    return labels, end


class IncrementalEncoder(codecs.BufferedIncrementalEncoder):
    """Encodes label by label."""

    def _buffer_encode(self, input, errors, final):
        _check_errors(errors)
        if not input:
            return b'', 0
        labels, end = _complete_labels(dots.split(input), final, b'.')
        used = sum(map(len, labels)) + max(len(labels) - 1, 0) + len(end)
        return b'.'.join(map(ToASCII, labels)) + end, used


class IncrementalDecoder(codecs.BufferedIncrementalDecoder):
    """Decodes label by label."""

    def _buffer_decode(self, input, errors, final):
        _check_errors(errors, 'Unsupported error handling ')
        if not input:
            return '', 0
        split = dots.split(input) if isinstance(input, str) else str(input, 'ascii').split('.')
        labels, end = _complete_labels(split, final, '.')
        used = sum(map(len, labels)) + max(len(labels) - 1, 0) + len(end)
        return '.'.join(map(ToUnicode, labels)) + end, used


class StreamWriter(Codec, codecs.StreamWriter):
    """Encodes what is written."""


class StreamReader(Codec, codecs.StreamReader):
    """Decodes what is read."""


_publish(globals(), 'idna', Codec().encode, Codec().decode)
