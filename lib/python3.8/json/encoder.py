# SPDX-License-Identifier: MIT
"""The writing half of json: JSONEncoder, and its parts in Python.

The native encoder of _json does the work where it can (one shot);
_make_iterencode() is the general one.
"""
import re

try:
    from _json import encode_basestring_ascii as c_encode_basestring_ascii
except ImportError:
    c_encode_basestring_ascii = None
try:
    from _json import encode_basestring as c_encode_basestring
except ImportError:
    c_encode_basestring = None
try:
    from _json import make_encoder as c_make_encoder
except ImportError:
    c_make_encoder = None

ESCAPE = re.compile(r'[\x00-\x1f\\"\b\f\n\r\t]')
ESCAPE_ASCII = re.compile(r'([\\"]|[^\ -~])')
HAS_UTF8 = re.compile(b'[\x80-\xff]')
ESCAPE_DCT = {}
for i in range(0x20):
    ESCAPE_DCT[chr(i)] = '\\u%04x' % i
ESCAPE_DCT.update(zip('\\"\b\f\n\r\t', ('\\\\', '\\"', '\\b', '\\f', '\\n', '\\r', '\\t')))

INFINITY = float('inf')


def py_encode_basestring(s):
    """Return the str s as a JSON string, quotes included; characters outside ASCII stay as they are."""
    return '"%s"' % ESCAPE.sub(lambda found: ESCAPE_DCT[found.group()], s)


encode_basestring = c_encode_basestring or py_encode_basestring


def _ascii_escape(found):
    char = found.group()
    if char in ESCAPE_DCT:
        return ESCAPE_DCT[char]
    code = ord(char)
    if code < 0x10000:
        return '\\u%04x' % code
    return '\\u%04x\\u%04x' % (0xd7c0 + (code >> 10), 0xdc00 | code & 0x3ff)


def py_encode_basestring_ascii(s):
    """Return the str s as a JSON string of ASCII only, quotes included."""
    return '"%s"' % ESCAPE_ASCII.sub(_ascii_escape, s)


encode_basestring_ascii = c_encode_basestring_ascii or py_encode_basestring_ascii


class JSONEncoder(object):
    """A writer of JSON: dict, list, tuple, str, int, float, True, False, None, and subclasses of these.

    Subclasses override default() to write other objects.  The options are
    those of json.dumps().
    """
    item_separator = ', '
    key_separator = ': '

    def __init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False,
                 indent=None, separators=None, default=None):
        self.ensure_ascii, self.allow_nan = ensure_ascii, allow_nan
        self.check_circular = check_circular
        self.indent = indent
        self.skipkeys, self.sort_keys = skipkeys, sort_keys
        if default is not None:
            self.default = default
        if separators is not None:
            self.item_separator, self.key_separator = separators
        elif indent is not None:
            self.item_separator = ','

    def default(self, o):
        """Return something that can be written instead of o; this one raises TypeError."""
        raise TypeError(f'Object of type {o.__class__.__name__} '
                        f'is not JSON serializable')

    def encode(self, o):
        """Return o as a str of JSON.

            >>> from json.encoder import JSONEncoder
            >>> JSONEncoder(sort_keys=True).encode({'b': [1, None], 'a': 'x'})
            '{"a": "x", "b": [1, null]}'
        """
        if isinstance(o, str):
            return encode_basestring_ascii(o) if self.ensure_ascii else encode_basestring(o)
        return ''.join(self.iterencode(o, _one_shot=True))

    def iterencode(self, o, _one_shot=False):
        """Return an iterable of pieces of text that make up o's JSON."""
        markers = {} if self.check_circular else None
        quote = encode_basestring_ascii if self.ensure_ascii else encode_basestring
        indent = self.indent
        if isinstance(indent, int):
            indent = ' ' * indent
        if _one_shot and c_make_encoder is not None and (indent is None or isinstance(indent, str)):
            run = c_make_encoder(markers, self.default, quote, indent, self.key_separator, self.item_separator,
                                 self.sort_keys, self.skipkeys, self.allow_nan)
            return run(o, 0)

        def floatstr(value, allow_nan=self.allow_nan, _repr=float.__repr__):
            if value - value == 0:          # finite
                return _repr(value)
            if not allow_nan:
                raise ValueError('Out of range float values are not JSON compliant: ' + repr(value))
            if value != value:
                return 'NaN'
            return 'Infinity' if value > 0 else '-Infinity'

        return _make_iterencode(markers, self.default, quote, self.indent, floatstr, self.key_separator,
                                self.item_separator, self.sort_keys, self.skipkeys, _one_shot)(o, 0)


def _make_iterencode(markers, _default, _encoder, _indent, _floatstr, _key_separator, _item_separator, _sort_keys,
                     _skipkeys, _one_shot, ValueError=ValueError, dict=dict, float=float, id=id, int=int,
                     isinstance=isinstance, list=list, str=str, tuple=tuple, _intstr=int.__repr__):
    """Return iterencode(value, level), a generator of pieces of text.

    markers is a dict for the containers being written, or None to trust that
    there are no cycles.
    """
    step = ' ' * _indent if isinstance(_indent, int) else _indent
    words = {None: 'null', True: 'true', False: 'false'}

    def scalar(value):
        """The text of what is no container; None for anything else."""
        if isinstance(value, str):
            return _encoder(value)
        if value is None or value is True or value is False:
            return words[value]
        if isinstance(value, int):
            return _intstr(value)
        if isinstance(value, float):
            return _floatstr(value)
        return None

    def key_text(key):
        """A dict's key as a str; None if it is to be skipped."""
        if isinstance(key, str):
            return key
        if isinstance(key, float):
            return _floatstr(key)
        if key is None or key is True or key is False:
            return words[key]
        if isinstance(key, int):
            return _intstr(key)
        if _skipkeys:
            return None
        raise TypeError(f'keys must be str, int, float, bool or None, '
                        f'not {key.__class__.__name__}')

    def entries(dct):
        """(text in front of the value, value) of each entry that is written."""
        for key, value in sorted(dct.items()) if _sort_keys else dct.items():
            key = key_text(key)
            if key is not None:
                yield _encoder(key) + _key_separator, value

    def enter(value):
        if markers is not None:
            if id(value) in markers:
                raise ValueError('Circular reference detected')
            markers[id(value)] = value

    def leave(value):
        if markers is not None:
            del markers[id(value)]

    def body(pairs, opening, closing, level):
        """Pieces of an array or object; pairs are (text in front, value)."""
        between = _item_separator
        lead, tail = opening, closing
        if step is not None:
            line = '\n' + step * (level + 1)
            between += line
            lead += line
            tail = '\n' + step * level + closing
        empty = True
        for prefix, value in pairs:
            lead += prefix
            text = scalar(value)
            if text is not None:
                yield lead + text
            else:
                yield lead
                yield from encode(value, level + 1)
            lead = between
            empty = False
        yield opening + closing if empty else tail

    def encode(value, level):
        text = scalar(value)
        if text is not None:
            yield text
        elif isinstance(value, (list, tuple)):
            if not value:
                yield '[]'
                return
            enter(value)
            yield from body((('', item) for item in value), '[', ']', level)
            leave(value)
        elif isinstance(value, dict):
            if not value:
                yield '{}'
                return
            enter(value)
            yield from body(entries(value), '{', '}', level)
            leave(value)
        else:
            enter(value)
            yield from encode(_default(value), level)
            leave(value)

    return encode
