# SPDX-License-Identifier: MIT
"""The reading half of json: JSONDecoder, its error, and the parts of a scanner in Python.

The native scanner of _json does the work where it exists; py_scanstring(),
JSONObject() and JSONArray() are what the Python scanner is built from.
"""
import re

from json import scanner
try:
    from _json import scanstring as c_scanstring
except ImportError:
    c_scanstring = None

__all__ = ['JSONDecoder', 'JSONDecodeError']

FLAGS = re.VERBOSE | re.MULTILINE | re.DOTALL

PosInf = float('inf')
NegInf = -PosInf
NaN = float('nan')
_CONSTANTS = {'NaN': NaN, 'Infinity': PosInf, '-Infinity': NegInf}


class JSONDecodeError(ValueError):
    """A text that is not JSON.

    msg is what is wrong, doc the text, pos the index where it is wrong, lineno
    and colno the same as a line and a column, both counted from 1.
    """

    def __init__(self, msg, doc, pos):
        before = doc.rfind('\n', 0, pos)
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = doc.count('\n', 0, pos) + 1
        self.colno = pos - before
        ValueError.__init__(self, f'{msg}: line {self.lineno} column {self.colno} (char {pos})')

    def __reduce__(self):
        return self.__class__, (self.msg, self.doc, self.pos)


# A run of plain characters and what ends it.
STRINGCHUNK = re.compile(r'(.*?)(["\\\x00-\x1f])', FLAGS)
BACKSLASH = dict(zip('"\\/bfnrt', '"\\/\b\f\n\r\t'))
_HEX4 = re.compile('[0-9A-Fa-f]{4}')


def _decode_uXXXX(s, pos):
    """Return the number of the four hexadecimal digits behind the u at s[pos]."""
    digits = _HEX4.match(s, pos + 1)
    if digits is None:
        raise JSONDecodeError('Invalid \\uXXXX escape', s, pos)
    return int(digits.group(), 16)


def py_scanstring(s, end, strict=True, _b=BACKSLASH, _m=STRINGCHUNK.match):
    """Read the string whose opening quote is at s[end - 1]; return its value and the index behind it.

    With strict, control characters in it are errors.
    """
    begin = end - 1
    parts = []
    while True:
        found = _m(s, end)
        if found is None:
            raise JSONDecodeError('Unterminated string starting at', s, begin)
        plain, stop = found.groups()
        if plain:
            parts.append(plain)
        end = found.end()
        if stop == '"':
            return ''.join(parts), end
        if stop != '\\':
            if strict:
                raise JSONDecodeError('Invalid control character {0!r} at'.format(stop), s, end)
            parts.append(stop)
            continue
        letter = s[end:end + 1]
        if not letter:
            raise JSONDecodeError('Unterminated string starting at', s, begin)
        if letter != 'u':
            if letter not in _b:
                raise JSONDecodeError('Invalid \\escape: {0!r}'.format(letter), s, end)
            parts.append(_b[letter])
            end += 1
            continue
        code = _decode_uXXXX(s, end)
        end += 5
        if 0xd800 <= code < 0xdc00 and s.startswith('\\u', end):
            low = _decode_uXXXX(s, end + 1)
            if 0xdc00 <= low < 0xe000:
                code = 0x10000 + ((code & 0x3ff) << 10 | low & 0x3ff)
                end += 6
        parts.append(chr(code))


scanstring = c_scanstring or py_scanstring

WHITESPACE = re.compile(r'[ \t\n\r]*', FLAGS)
WHITESPACE_STR = ' \t\n\r'


def JSONObject(s_and_end, strict, scan_once, object_hook, object_pairs_hook, memo=None, _w=WHITESPACE.match,
               _ws=WHITESPACE_STR):
    """Read the object whose '{' is in front of index end of s_and_end = (s, end); return it and the index behind."""
    s, end = s_and_end
    share = ({} if memo is None else memo).setdefault
    pairs = []
    end = _w(s, end).end()
    char = s[end:end + 1]
    closed = char == '}'
    if not closed and char != '"':
        raise JSONDecodeError('Expecting property name enclosed in double quotes', s, end)
    while not closed:
        key, end = scanstring(s, end + 1, strict)
        key = share(key, key)
        end = _w(s, end).end()
        if s[end:end + 1] != ':':
            raise JSONDecodeError("Expecting ':' delimiter", s, end)
        try:
            value, end = scan_once(s, _w(s, end + 1).end())
        except StopIteration as stop:
            raise JSONDecodeError('Expecting value', s, stop.value) from None
        pairs.append((key, value))
        end = _w(s, end).end()
        char = s[end:end + 1]
        if char == ',':
            end = _w(s, end + 1).end()
            if s[end:end + 1] != '"':
                raise JSONDecodeError('Expecting property name enclosed in double quotes', s, end)
        elif char == '}':
            closed = True
        else:
            raise JSONDecodeError("Expecting ',' delimiter", s, end)
    if object_pairs_hook is not None:
        return object_pairs_hook(pairs), end + 1
    result = dict(pairs)
    return (result if object_hook is None else object_hook(result)), end + 1


def JSONArray(s_and_end, scan_once, _w=WHITESPACE.match, _ws=WHITESPACE_STR):
    """Read the array whose '[' is in front of index end of s_and_end = (s, end); return it and the index behind."""
    s, end = s_and_end
    items = []
    end = _w(s, end).end()
    if s[end:end + 1] == ']':
        return items, end + 1
    while True:
        try:
            item, end = scan_once(s, end)
        except StopIteration as stop:
            raise JSONDecodeError('Expecting value', s, stop.value) from None
        items.append(item)
        end = _w(s, end).end()
        char = s[end:end + 1]
        if char == ']':
            return items, end + 1
        if char != ',':
            raise JSONDecodeError("Expecting ',' delimiter", s, end)
        end = _w(s, end + 1).end()


class JSONDecoder(object):
    """A reader of JSON.

    object -> dict, array -> list, string -> str, number -> int or float,
    true, false, null -> True, False, None; NaN, Infinity and -Infinity are read
    as floats, though they are not JSON.  The hooks are those of json.loads();
    without strict, control characters may stand in strings.
    """

    def __init__(self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
                 object_pairs_hook=None):
        self.strict = strict
        self.object_hook = object_hook
        self.object_pairs_hook = object_pairs_hook
        self.parse_int = parse_int or int
        self.parse_float = parse_float or float
        self.parse_constant = parse_constant or _CONSTANTS.__getitem__
        self.parse_string = scanstring
        self.parse_array = JSONArray
        self.parse_object = JSONObject
        self.memo = {}
        self.scan_once = scanner.make_scanner(self)

    def decode(self, s, _w=WHITESPACE.match):
        """Return the value of the document s, a str; JSONDecodeError if it is none or more follows."""
        value, end = self.raw_decode(s, _w(s, 0).end())
        if end != len(s):
            end = _w(s, end).end()
            if end != len(s):
                raise JSONDecodeError('Extra data', s, end)
        return value

    def raw_decode(self, s, idx=0):
        """Read the document that starts at s[idx]; return its value and the index behind it. More may follow."""
        try:
            return self.scan_once(s, idx)
        except StopIteration as stop:
            raise JSONDecodeError('Expecting value', s, stop.value) from None
