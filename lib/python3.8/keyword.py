# SPDX-License-Identifier: MIT
"""The reserved words of the language.

iskeyword(word) -> bool; kwlist is the list of all of them, in the order of their characters.
"""

__all__ = ['iskeyword', 'kwlist']

kwlist = ('False None True and as assert async await break class continue def del elif else except finally for from '
          'global if import in is lambda nonlocal not or pass raise return try while with yield').split()
iskeyword = frozenset(kwlist).__contains__
