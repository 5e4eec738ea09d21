# SPDX-License-Identifier: MIT
"""Shell patterns for names.

`*` stands for any run of characters, `?` for one character, `[abc]` for one of a set and `[!abc]` for one outside
it.  A pattern matches a whole name.  Nothing in a pattern escapes: put a special character into a set to find it.
"""

import functools
import os
import posixpath
import re

__all__ = ["filter", "fnmatch", "fnmatchcase", "translate"]

_SET_OPERATORS = str.maketrans({c: '\\' + c for c in '&~|'})


def fnmatch(name, pat):
    """Return whether a name matches a pattern, after os.path.normcase() of both.

    Use fnmatchcase() where letter case has to count on every system.
    """
    return fnmatchcase(os.path.normcase(name), os.path.normcase(pat))


@functools.lru_cache(maxsize=256, typed=True)
def _compile_pattern(pat):
    """The match method of the compiled pattern, a str or bytes object."""
    if isinstance(pat, bytes):
        return re.compile(translate(pat.decode('ISO-8859-1')).encode('ISO-8859-1')).match
    return re.compile(translate(pat)).match


def filter(names, pat):
    """Return the list of those names (an iterable) that fnmatch() would accept."""
    matches = _compile_pattern(os.path.normcase(pat))
    if os.path is posixpath:
        # Here normcase() is the identity, and the names are its callers' own.
        return [name for name in names if matches(name)]
    return [name for name in names if matches(os.path.normcase(name))]


def fnmatchcase(name, pat):
    """Return whether a name matches a pattern, letter case included."""
    return _compile_pattern(pat)(name) is not None


def translate(pat):
    """Return the regular expression (a str) that means the same as a shell pattern."""
    parts = []
    at = 0
    while at < len(pat):
        char = pat[at]
        at += 1
        if char == '*':
            parts.append('.*')
        elif char == '?':
            parts.append('.')
        elif char != '[':
            parts.append(re.escape(char))
        else:
            # A bracket right after "[" or "[!" belongs to the set.
            end = pat.find(']', at + 1 + (pat[at:at + 1] == '!'))
            if end < 0:
                parts.append('\\[')
            else:
                parts.append(_translate_set(pat[at:end]))
                at = end + 1
    return '(?s:' + ''.join(parts) + r')\Z'


def _translate_set(inner):
    """The regular expression of a set, given what stands between its brackets."""
    if '--' in inner:
        inner = _escape_hyphens(inner)
    else:
        inner = inner.replace('\\', '\\\\')
    inner = inner.translate(_SET_OPERATORS)     # re reserves "&&", "~~" and "||"
    if inner[0] == '!':
        inner = '^' + inner[1:]
    elif inner[0] in '^[':
        inner = '\\' + inner
    return '[' + inner + ']'


def _escape_hyphens(inner):
    """Escape the hyphens of a set that do not make a range."""
    pieces = []
    start = 0
    look = 2 if inner[0] == '!' else 1
    while True:
        hyphen = inner.find('-', look)
        if hyphen < 0:
            break
        pieces.append(inner[start:hyphen])
        start = hyphen + 1
        look = hyphen + 3
    pieces.append(inner[start:])
    return '-'.join(p.replace('\\', '\\\\').replace('-', '\\-') for p in pieces)
