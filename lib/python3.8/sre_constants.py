# SPDX-License-Identifier: MIT
"""What the parts of the regular expression machinery agree on: code words, flags, the exception.

The numbers are those that the native module _sre expects.
"""

MAGIC = 20171005    # version of the code that sre_compile makes

from _sre import MAXREPEAT, MAXGROUPS


class error(Exception):
    """A pattern or template is not valid.

    msg: what is wrong, without the place.  pattern: the pattern.  pos: the index in it where reading failed, or None.
    lineno, colno: the same as line and column, counted from 1.
    """

    __module__ = 're'

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = self.colno = None
        if pattern is not None and pos is not None:
            newline = '\n' if isinstance(pattern, str) else b'\n'
            self.lineno = 1 + pattern.count(newline, 0, pos)
            self.colno = pos - pattern.rfind(newline, 0, pos)
            msg = '%s at position %d' % (msg, pos)
            if newline in pattern:
                msg += ' (line %d, column %d)' % (self.lineno, self.colno)
        super().__init__(msg)


class _NamedIntConstant(int):
    """An int that shows itself by its name."""

    def __new__(cls, value, name):
        made = super().__new__(cls, value)
        made.name = name
        return made

    def __repr__(self):
        return self.name


MAXREPEAT = _NamedIntConstant(MAXREPEAT, 'MAXREPEAT')


def _makecodes(names):
    """Define the names of a string as constants of this module, numbered from 0 on; return the list of them."""
    codes = [_NamedIntConstant(number, name) for number, name in enumerate(names.split())]
    globals().update({code.name: code for code in codes})
    return codes


# Operators.  The last two are only in parsed patterns, not in code.
OPCODES = _makecodes(
    'FAILURE SUCCESS ANY ANY_ALL ASSERT ASSERT_NOT AT BRANCH CALL CATEGORY CHARSET BIGCHARSET GROUPREF GROUPREF_EXISTS '
    'IN INFO JUMP LITERAL MARK MAX_UNTIL MIN_UNTIL NOT_LITERAL NEGATE RANGE REPEAT REPEAT_ONE SUBPATTERN '
    'MIN_REPEAT_ONE GROUPREF_IGNORE IN_IGNORE LITERAL_IGNORE NOT_LITERAL_IGNORE GROUPREF_LOC_IGNORE IN_LOC_IGNORE '
    'LITERAL_LOC_IGNORE NOT_LITERAL_LOC_IGNORE GROUPREF_UNI_IGNORE IN_UNI_IGNORE LITERAL_UNI_IGNORE '
    'NOT_LITERAL_UNI_IGNORE RANGE_UNI_IGNORE MIN_REPEAT MAX_REPEAT')
del OPCODES[-2:]

# Places, for AT.
ATCODES = _makecodes(
    'AT_BEGINNING AT_BEGINNING_LINE AT_BEGINNING_STRING AT_BOUNDARY AT_NON_BOUNDARY AT_END AT_END_LINE AT_END_STRING '
    'AT_LOC_BOUNDARY AT_LOC_NON_BOUNDARY AT_UNI_BOUNDARY AT_UNI_NON_BOUNDARY')

# Kinds of characters, for CATEGORY.
CHCODES = _makecodes(
    'CATEGORY_DIGIT CATEGORY_NOT_DIGIT CATEGORY_SPACE CATEGORY_NOT_SPACE CATEGORY_WORD CATEGORY_NOT_WORD '
    'CATEGORY_LINEBREAK CATEGORY_NOT_LINEBREAK CATEGORY_LOC_WORD CATEGORY_LOC_NOT_WORD CATEGORY_UNI_DIGIT '
    'CATEGORY_UNI_NOT_DIGIT CATEGORY_UNI_SPACE CATEGORY_UNI_NOT_SPACE CATEGORY_UNI_WORD CATEGORY_UNI_NOT_WORD '
    'CATEGORY_UNI_LINEBREAK CATEGORY_UNI_NOT_LINEBREAK')

# What an operator, place or kind becomes under a flag.
OP_IGNORE = {LITERAL: LITERAL_IGNORE, NOT_LITERAL: NOT_LITERAL_IGNORE}
OP_LOCALE_IGNORE = {LITERAL: LITERAL_LOC_IGNORE, NOT_LITERAL: NOT_LITERAL_LOC_IGNORE}
OP_UNICODE_IGNORE = {LITERAL: LITERAL_UNI_IGNORE, NOT_LITERAL: NOT_LITERAL_UNI_IGNORE}
AT_MULTILINE = {AT_BEGINNING: AT_BEGINNING_LINE, AT_END: AT_END_LINE}
AT_LOCALE = {AT_BOUNDARY: AT_LOC_BOUNDARY, AT_NON_BOUNDARY: AT_LOC_NON_BOUNDARY}
AT_UNICODE = {AT_BOUNDARY: AT_UNI_BOUNDARY, AT_NON_BOUNDARY: AT_UNI_NON_BOUNDARY}
CH_LOCALE = {kind: globals()[kind.name.replace('Y_', 'Y_LOC_')] if 'WORD' in kind.name else kind
             for kind in CHCODES[:8]}
CH_UNICODE = {kind: globals()[kind.name.replace('Y_', 'Y_UNI_')] for kind in CHCODES[:8]}

# Flags.  re documents those that are for users.
(SRE_FLAG_TEMPLATE, SRE_FLAG_IGNORECASE, SRE_FLAG_LOCALE, SRE_FLAG_MULTILINE, SRE_FLAG_DOTALL, SRE_FLAG_UNICODE,
 SRE_FLAG_VERBOSE, SRE_FLAG_DEBUG, SRE_FLAG_ASCII) = [1 << _bit for _bit in range(9)]

# Flags of INFO: there is a prefix; it is the whole pattern; there is a set of first characters.
SRE_INFO_PREFIX, SRE_INFO_LITERAL, SRE_INFO_CHARSET = 1, 2, 4
