# SPDX-License-Identifier: MIT
"""Characters that mean something in HTML: escape() writes them as references, unescape() reads references."""

import re as _re
from html.entities import html5 as _html5

__all__ = ['escape', 'unescape']


def escape(s, quote=True):
    """Return s with &, < and >, and if quote is true also " and ', replaced by references."""
    s = s.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')   # & first, as the others bring more
    return s.replace('"', '&quot;').replace("'", '&#x27;') if quote else s


# Numbers that mean other characters: those that the encoding Windows-1252 has from 128 to 159, and two more.
_invalid_charrefs = {0: '\ufffd', 13: '\r'}
for _number in range(128, 160):
    _byte = bytes([_number])
    _invalid_charrefs[_number] = _byte.decode('cp1252' if _number not in (129, 141, 143, 144, 157) else 'latin-1')
del _number, _byte

# Numbers that are references to nothing: control and non-characters.
_invalid_codepoints = {*range(1, 9), *range(14, 32), *range(127, 160), *range(0xfdd0, 0xfdf0), 0xb,
                       *[plane * 0x10000 + rest for plane in range(17) for rest in (0xfffe, 0xffff)]}

_charref = _re.compile('&('
                       '#[0-9]+;?|#[xX][0-9a-fA-F]+;?'      # by number
                       r'|[^\t\n\f <&#;]{1,32};?)')         # by name


def _replace_charref(s):
    """Return what a match of _charref stands for."""
    name = s.group(1)
    if name[0] == '#':
        digits = name[1:].rstrip(';')
        number = int(digits[1:], 16) if digits[0] in 'xX' else int(digits)
        if number in _invalid_charrefs:
            return _invalid_charrefs[number]
        if 0xd800 <= number <= 0xdfff or number > 0x10ffff:
            return '\ufffd'
        return '' if number in _invalid_codepoints else chr(number)
    if name in _html5:
        return _html5[name]
    # The longest name that it begins with, if that needs no semicolon.
    for end in range(len(name) - 1, 1, -1):
        found = _html5.get(name[:end])
        if found is not None:
            return found + name[end:]
    return s.group()


def unescape(s):
    """Return s with all references, named or by number, replaced by characters, as HTML 5 says."""
    return _charref.sub(_replace_charref, s) if '&' in s else s
