# SPDX-License-Identifier: MIT
"""Kinds of tokens, by number; below NT_OFFSET.  From there on numbers are symbols of a grammar."""

_NAMES = """
    ENDMARKER NAME NUMBER STRING NEWLINE INDENT DEDENT LPAR RPAR LSQB RSQB COLON COMMA SEMI PLUS MINUS STAR
    SLASH VBAR AMPER LESS GREATER EQUAL DOT PERCENT BACKQUOTE LBRACE RBRACE EQEQUAL NOTEQUAL LESSEQUAL
    GREATEREQUAL TILDE CIRCUMFLEX LEFTSHIFT RIGHTSHIFT DOUBLESTAR PLUSEQUAL MINEQUAL STAREQUAL SLASHEQUAL
    PERCENTEQUAL AMPEREQUAL VBAREQUAL CIRCUMFLEXEQUAL LEFTSHIFTEQUAL RIGHTSHIFTEQUAL DOUBLESTAREQUAL
    DOUBLESLASH DOUBLESLASHEQUAL AT ATEQUAL OP COMMENT NL RARROW AWAIT ASYNC ERRORTOKEN COLONEQUAL
    N_TOKENS
""".split()

tok_name = dict(enumerate(_NAMES))
globals().update((name, number) for number, name in enumerate(_NAMES))

NT_OFFSET = 256
tok_name[NT_OFFSET] = 'NT_OFFSET'


def ISTERMINAL(x):
    """Whether x is the number of a kind of tokens."""
    return x < NT_OFFSET


def ISNONTERMINAL(x):
    """Whether x is the number of a symbol."""
    return not ISTERMINAL(x)


def ISEOF(x):
    """Whether x is the kind of the token that ends the input."""
    return x == globals()['ENDMARKER']
