# SPDX-License-Identifier: MIT
"""Python values as words of Tcl, and Tcl's dictionaries as Python's."""
import re

from _tkinter import _flatten

_magic_re = re.compile(r'([\\{}])')
_space_re = re.compile(r'([\s])', re.ASCII)


def _join(value):
    """The items of value as one Tcl list."""
    return ' '.join([_stringify(item) for item in value])


def _stringify(value):
    """value as one word of a Tcl list, quoted where it must be."""
    if isinstance(value, (list, tuple)):
        if len(value) != 1:
            return '{%s}' % _join(value)
        only = _stringify(value[0])
        return '{%s}' % only if _magic_re.search(only) else only
    word = str(value)
    if not word:
        return '{}'
    if _magic_re.search(word):
        # braces would have to be in pairs: put a backslash before everything (and newline is a blank behind one)
        word = _space_re.sub(r'\\\1', _magic_re.sub(r'\\\1', word)).replace('\\\n', '\\n')
        return '\\' + word if word[0] == '"' else word
    if word[0] == '"' or _space_re.search(word):
        return '{%s}' % word
    return word


def _cnfmerge(cnfs):
    """One dict of the dicts in nested sequences; a dict, None or str is returned as it is."""
    if cnfs is None or isinstance(cnfs, (dict, str)):
        return cnfs
    merged = {}
    for cnf in _flatten(cnfs):
        try:
            merged.update(cnf)
        except (AttributeError, TypeError) as error:
            print('_cnfmerge: fallback due to:', error)
            for name, value in cnf.items():
                merged[name] = value
    return merged


def _splitdict(tk, v, cut_minus=True, conv=None):
    """A Tcl list of names and values as a dict.

    The names lose their leading '-' if cut_minus is true; conv, if given,
    is applied to the values.
    """
    words = tk.splitlist(v)
    if len(words) % 2:
        raise RuntimeError('Tcl list representing a dict is expected '
                           'to contain an even number of elements')
    found = {}
    for name, value in zip(words[::2], words[1::2]):
        name = str(name)
        if cut_minus and name[:1] == '-':
            name = name[1:]
        found[name] = value if conv is None else conv(value)
    return found
