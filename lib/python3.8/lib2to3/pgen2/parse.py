# SPDX-License-Identifier: MIT
"""Follow the tables of a grammar: tokens in, one by one, and a tree out.

The parser holds a stack of the rules that it is inside of.  An entry is the
rule's automaton, the state in it, and the node so far.  A token is either an
arc of the state on top, or the beginning of a rule that is one, or the rule on
top has to end before it.
"""

from . import token


class ParseError(Exception):
    """The tokens are not of the language.  msg, type, value and context say where."""

    def __init__(self, msg, type, value, context):
        super().__init__("%s: type=%r, value=%r, context=%r" % (msg, type, value, context))
        self.msg = msg
        self.type = type
        self.value = value
        self.context = context

    def __reduce__(self):
        return self.__class__, (self.msg, self.type, self.value, self.context)


def _unchanged(grammar, node):
    """The node as it is: convert, if none is given."""
    return node


class Parser:
    """Reads one input: setup(), then addtoken() until it returns true; then rootnode is the tree.

    convert(grammar, (type, value, context, children)) makes the nodes, from the
    leaves up; children is None for a token.  Without it the tuples stay.
    """

    def __init__(self, grammar, convert=None):
        self.grammar = grammar
        self.convert = convert or _unchanged
        self.stack = []
        self.rootnode = None
        self.used_names = set()

    def setup(self, start=None):
        """Make ready for an input that is of the symbol start, or that of the grammar."""
        symbol = self.grammar.start if start is None else start
        self.stack = [(self.grammar.dfas[symbol], 0, (symbol, None, None, []))]
        self.rootnode = None
        self.used_names = set()     # all names of the input, for new_name() of fixers

    def addtoken(self, type, value, context):
        """Take a token; true if it was the last.  ParseError if it cannot stand here."""
        label = self.classify(type, value, context)
        grammar = self.grammar
        while True:
            (states, first), state, node = self.stack[-1]
            ends = False
            for arc, target in states[state]:
                if arc == label:
                    self.shift(type, value, target, context)
                    return self._finish_rules(states, target)
                if arc == 0:
                    ends = ends or target == state
                    continue
                kind = grammar.labels[arc][0]
                if kind >= token.NT_OFFSET and label in grammar.dfas[kind][1]:
                    self.push(kind, grammar.dfas[kind], target, context)
                    break
            else:
                if not ends:
                    raise ParseError("bad input", type, value, context)
                self.pop()
                if not self.stack:
                    raise ParseError("too much input", type, value, context)

    def _finish_rules(self, states, state):
        """End the rules that can only end where they are; true if that was all of them."""
        while states[state] == [(0, state)]:
            self.pop()
            if not self.stack:
                return True
            (states, first), state, node = self.stack[-1]
        return False

    def classify(self, type, value, context):
        """Return the label of a token."""
        if type == token.NAME:
            self.used_names.add(value)
            keyword = self.grammar.keywords.get(value)
            if keyword is not None:
                return keyword
        label = self.grammar.tokens.get(type)
        if label is None:
            raise ParseError("bad token", type, value, context)
        return label

    def _grow(self, newstate, node):
        """The entry on top with another state, and with one child more unless node is None."""
        dfa, state, parent = self.stack[-1]
        if node is not None:
            parent[-1].append(node)
        self.stack[-1] = (dfa, newstate, parent)

    def shift(self, type, value, newstate, context):
        """Add a token to the rule on top, which goes on in newstate."""
        self._grow(newstate, self.convert(self.grammar, (type, value, context, None)))

    def push(self, type, newdfa, newstate, context):
        """Begin the rule type; the one on top will go on in newstate."""
        self._grow(newstate, None)
        self.stack.append((newdfa, 0, (type, None, context, [])))

    def pop(self):
        """End the rule on top: its node becomes a child of the next, or the root."""
        dfa, state, raw = self.stack.pop()
        node = self.convert(self.grammar, raw)
        if node is None:
            return
        if self.stack:
            self.stack[-1][2][-1].append(node)
        else:
            self.rootnode = node
            node.used_names = self.used_names
