# SPDX-License-Identifier: MIT
"""The tables of a grammar, which pgen.py makes and parse.py follows; opmap, the kinds of operators."""

import os
import pickle
import tempfile

from . import token

# What is written, and the kind of token it is.
opmap_raw = """
( LPAR  ) RPAR  [ LSQB  ] RSQB  { LBRACE  } RBRACE  : COLON  , COMMA  ; SEMI  . DOT  ` BACKQUOTE  @ AT
+ PLUS  - MINUS  * STAR  / SLASH  // DOUBLESLASH  % PERCENT  ** DOUBLESTAR
| VBAR  & AMPER  ^ CIRCUMFLEX  ~ TILDE  << LEFTSHIFT  >> RIGHTSHIFT
< LESS  > GREATER  == EQEQUAL  != NOTEQUAL  <> NOTEQUAL  <= LESSEQUAL  >= GREATEREQUAL
= EQUAL  += PLUSEQUAL  -= MINEQUAL  *= STAREQUAL  /= SLASHEQUAL  //= DOUBLESLASHEQUAL  %= PERCENTEQUAL
**= DOUBLESTAREQUAL  &= AMPEREQUAL  |= VBAREQUAL  ^= CIRCUMFLEXEQUAL  @= ATEQUAL
<<= LEFTSHIFTEQUAL  >>= RIGHTSHIFTEQUAL  -> RARROW  := COLONEQUAL
"""

opmap = {op: getattr(token, name) for op, name in zip(opmap_raw.split()[::2], opmap_raw.split()[1::2])}


class Grammar:
    """The tables of one grammar.

    symbol2number, number2symbol
        Symbols (names of rules) and their numbers, from 256 on.
    states
        One automaton a rule, in the order of their numbers: a list of states,
        each a list of arcs (label, next state).  An arc (0, own number) says
        that the rule may end here.
    dfas
        By number of the symbol: its automaton and the labels it can begin with
        (a dict, whose values mean nothing).
    labels
        What the labels, counted from 0, stand for: (kind, keyword or None).
        Label 0 is no token at all.
    keywords, tokens, symbol2label
        The labels of keywords by their text, of kinds of tokens by number, and
        of symbols by name.
    start
        The number of the symbol that the whole input has to be.
    """

    def __init__(self):
        # By text, by number, by name: nothing yet but the label that no token has and the first symbol.
        self.keywords, self.tokens, self.symbol2label = {}, {}, {}
        self.symbol2number, self.number2symbol = {}, {}
        self.dfas, self.states = {}, []
        self.labels, self.start = [(0, "EMPTY")], 256

    def dump(self, filename):
        """Write the tables to a file, which appears only when it is complete."""
        folder = os.path.dirname(filename) or os.curdir
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as file:
            pickle.dump(self.__dict__, file, pickle.HIGHEST_PROTOCOL)
        os.replace(file.name, filename)

    def load(self, filename):
        """Take the tables from a file that dump() wrote."""
        with open(filename, 'rb') as file:
            self.loads(file.read())

    def loads(self, pkl):
        """Take the tables from bytes, as dump() writes them."""
        self.__dict__.update(pickle.loads(pkl))

    def copy(self):
        """Return a grammar whose tables can be changed without changing these."""
        other = type(self)()
        for name, table in self.__dict__.items():
            setattr(other, name, table.copy() if isinstance(table, (dict, list)) else table)
        return other

    def report(self):
        """Print the tables."""
        from pprint import pprint
        for title, name in (('symbols', 'symbol2number'), ('numbers', 'number2symbol'), ('states', 'states'),
                            ('automata', 'dfas'), ('labels', 'labels'), ('start', 'start')):
            print(title)
            pprint(getattr(self, name))
