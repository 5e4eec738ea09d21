# SPDX-License-Identifier: MIT
"""make_scanner(decoder): the function that reads one JSON value; the native one of _json where it exists."""
import re

try:
    from _json import make_scanner as c_make_scanner
except ImportError:
    c_make_scanner = None

__all__ = ['make_scanner']

NUMBER_RE = re.compile(r'(-?(?:0|[1-9]\d*))(\.\d+)?([eE][-+]?\d+)?', re.VERBOSE | re.MULTILINE | re.DOTALL)

_LITERALS = {'n': ('null', None), 't': ('true', True), 'f': ('false', False)}
_REALS = ('NaN', 'Infinity', '-Infinity')


def py_make_scanner(context):
    """Return scan_once(string, idx), which reads as context, a JSONDecoder, says.

    Its result is (value, index behind it); StopIteration with the index, if no
    value starts there.
    """
    strict = context.strict
    object_hook, pairs_hook = context.object_hook, context.object_pairs_hook
    parse_object, parse_array, parse_string = context.parse_object, context.parse_array, context.parse_string
    parse_int, parse_float, parse_constant = context.parse_int, context.parse_float, context.parse_constant
    memo = context.memo
    number = NUMBER_RE.match

    def scan_value(string, idx):
        if idx < 0:
            raise ValueError('idx cannot be negative')
        first = string[idx:idx + 1]
        if first == '"':
            return parse_string(string, idx + 1, strict)
        if first == '{':
            return parse_object((string, idx + 1), strict, scan_value, object_hook, pairs_hook, memo)
        if first == '[':
            return parse_array((string, idx + 1), scan_value)
        if first in _LITERALS:
            word, value = _LITERALS[first]
            if string.startswith(word, idx):
                return value, idx + len(word)
        found = number(string, idx)
        if found is not None:
            whole, fraction, exponent = found.groups()
            if fraction or exponent:
                return parse_float(found.group()), found.end()
            return parse_int(whole), found.end()
        for word in _REALS:
            if string.startswith(word, idx):
                return parse_constant(word), idx + len(word)
        raise StopIteration(idx)

    def scan_once(string, idx):
        try:
            return scan_value(string, idx)
        finally:
            memo.clear()        # keys are shared within one document only

    return scan_once


make_scanner = c_make_scanner or py_make_scanner
