# SPDX-License-Identifier: MIT
"""The values of string literals, without calling eval()."""

import re

simple_escapes = {'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v',
                  "'": "'", '"': '"', '\\': '\\'}

_ESCAPE = re.compile(r'\\(\'|"|\\|[abfnrtv]|x.{0,2}|[0-7]{1,3})')


def escape(m):
    """Return the character of an escape sequence: m matches it with its backslash, group 1 without."""
    text, tail = m.group(0, 1)
    if not text.startswith('\\'):
        raise AssertionError(text)
    if tail in simple_escapes:
        return simple_escapes[tail]
    base, digits = (16, tail[1:]) if tail.startswith('x') else (8, tail)
    if base == 16 and len(digits) < 2:
        raise ValueError("invalid hex string escape ('\\%s')" % tail)
    try:
        return chr(int(digits, base))
    except ValueError:
        kind = 'hex' if base == 16 else 'octal'
        raise ValueError("invalid %s string escape ('\\%s')" % (kind, tail)) from None


def evalString(s):
    """Return the value of a string literal without a prefix letter."""
    quote = s[0] * 3 if s[:3] == s[0] * 3 else s[0]
    if quote[0] not in '\'"' or not s.endswith(quote) or len(s) < 2 * len(quote):
        raise AssertionError(repr(s))
    return _ESCAPE.sub(escape, s[len(quote):-len(quote)])


def test():
    """Print the characters whose repr() does not come back as they are: none."""
    for number in range(256):
        literal = repr(chr(number))
        value = evalString(literal)
        if value != chr(number):
            print(number, chr(number), literal, value)


if __name__ == '__main__':
    test()
