# SPDX-License-Identifier: MIT
"""The grammars of Python and of patterns, ready to use, and their symbols as attributes."""

import os

from .pgen2 import driver

_HERE = os.path.dirname(__file__)


class Symbols:
    """The numbers of a grammar's symbols, as attributes with the symbols' names."""

    def __init__(self, grammar):
        self.__dict__.update(grammar.symbol2number)


def _without(grammar, *keywords):
    """The same grammar, in which some words are ordinary names."""
    changed = grammar.copy()
    for word in keywords:
        del changed.keywords[word]
    return changed


def _load(name):
    return driver.load_packaged_grammar("lib2to3", os.path.join(_HERE, name))


python_grammar = _load("Grammar.txt")
python_symbols = Symbols(python_grammar)
python_grammar_no_print_statement = _without(python_grammar, "print")
python_grammar_no_print_and_exec_statement = _without(python_grammar, "print", "exec")
pattern_grammar = _load("PatternGrammar.txt")
pattern_symbols = Symbols(pattern_grammar)
