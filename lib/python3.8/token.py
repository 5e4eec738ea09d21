# SPDX-License-Identifier: MIT
"""Numbers of the tokens of Python source.

Each name below is a number; tok_name leads back from the number to the name, EXACT_TOKEN_TYPES from the text of
an operator to its number.  The numbers are those of src/defs/token.def.
"""

# Number 0 first; a pair holds an operator's name and its text.
_TOKENS = (
    'ENDMARKER', 'NAME', 'NUMBER', 'STRING', 'NEWLINE', 'INDENT', 'DEDENT',
    ('LPAR', '('), ('RPAR', ')'), ('LSQB', '['), ('RSQB', ']'), ('COLON', ':'), ('COMMA', ','), ('SEMI', ';'),
    ('PLUS', '+'), ('MINUS', '-'), ('STAR', '*'), ('SLASH', '/'), ('VBAR', '|'), ('AMPER', '&'), ('LESS', '<'),
    ('GREATER', '>'), ('EQUAL', '='), ('DOT', '.'), ('PERCENT', '%'), ('LBRACE', '{'), ('RBRACE', '}'),
    ('EQEQUAL', '=='), ('NOTEQUAL', '!='), ('LESSEQUAL', '<='), ('GREATEREQUAL', '>='), ('TILDE', '~'),
    ('CIRCUMFLEX', '^'), ('LEFTSHIFT', '<<'), ('RIGHTSHIFT', '>>'), ('DOUBLESTAR', '**'), ('PLUSEQUAL', '+='),
    ('MINEQUAL', '-='), ('STAREQUAL', '*='), ('SLASHEQUAL', '/='), ('PERCENTEQUAL', '%='), ('AMPEREQUAL', '&='),
    ('VBAREQUAL', '|='), ('CIRCUMFLEXEQUAL', '^='), ('LEFTSHIFTEQUAL', '<<='), ('RIGHTSHIFTEQUAL', '>>='),
    ('DOUBLESTAREQUAL', '**='), ('DOUBLESLASH', '//'), ('DOUBLESLASHEQUAL', '//='), ('AT', '@'), ('ATEQUAL', '@='),
    ('RARROW', '->'), ('ELLIPSIS', '...'), ('COLONEQUAL', ':='),
    'OP', 'AWAIT', 'ASYNC', 'TYPE_IGNORE', 'TYPE_COMMENT', 'ERRORTOKEN',
    # The parser never sees these: they are tokenize's.
    'COMMENT', 'NL', 'ENCODING', 'N_TOKENS',
)

__all__ = ['tok_name', 'ISTERMINAL', 'ISNONTERMINAL', 'ISEOF']

tok_name = {}
EXACT_TOKEN_TYPES = {}


def _define(number, name):
    """Make one token known under its number; a pair is an operator."""
    if isinstance(name, tuple):
        name, text = name
        EXACT_TOKEN_TYPES[text] = number
    globals()[name] = number
    tok_name[number] = name
    __all__.append(name)


for _number, _name in enumerate(_TOKENS):
    _define(_number, _name)
# Symbols of the grammar begin here.
_define(256, 'NT_OFFSET')
del _number, _name


def ISTERMINAL(x):
    """True for the number of a token, False for that of a grammar symbol."""
    return x < NT_OFFSET


def ISNONTERMINAL(x):
    """True for the number of a grammar symbol."""
    return x >= NT_OFFSET


def ISEOF(x):
    """True for the token that ends the input."""
    return x == ENDMARKER
