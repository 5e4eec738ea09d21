# SPDX-License-Identifier: MIT
"""Make the tables of a grammar from its text.

Each rule is read into a small automaton with empty arcs (NFAState), which is
turned into one without (DFAState) whose equal states are joined.  Numbers are
given out in a fixed order, so that the same text always gives the same tables.
"""

from . import grammar, token, tokenize


class PgenGrammar(grammar.Grammar):
    """Tables that were made here."""


class NFAState:
    """A state with arcs (label, next); a label None is no token at all."""

    def __init__(self):
        self.arcs = []

    def addarc(self, next, label=None):
        """Add an arc to the state next."""
        self.arcs.append((label, next))


class DFAState:
    """A state without empty arcs: nfaset, the states that it stands for; arcs, next states by label."""

    def __init__(self, nfaset, final):
        self.nfaset = nfaset
        self.isfinal = final in nfaset
        self.arcs = {}

    def addarc(self, next, label):
        """Add an arc; there is no other of that label."""
        if label in self.arcs:
            raise AssertionError(label)
        self.arcs[label] = next

    def unifystate(self, old, new):
        """Let the arcs that lead to old lead to new."""
        self.arcs = {label: new if next is old else next for label, next in self.arcs.items()}

    def __eq__(self, other):
        """Whether the states cannot be told apart: both final or not, and the same arcs."""
        return (isinstance(other, DFAState) and self.isfinal == other.isfinal and self.arcs.keys() == other.arcs.keys()
                and all(next is other.arcs[label] for label, next in self.arcs.items()))

    __hash__ = None


def _closure(states):
    """All states that can be reached by empty arcs, as a dict of their ids."""
    found = {}
    waiting = list(states)
    while waiting:
        state = waiting.pop()
        if id(state) not in found:
            found[id(state)] = state
            waiting.extend(next for label, next in state.arcs if label is None)
    return found


class _StateSet:
    """NFA states, told apart by identity."""

    def __init__(self, states):
        self.by_id = _closure(states)
        self.key = frozenset(self.by_id)

    def __contains__(self, state):
        return id(state) in self.by_id

    def targets(self):
        """Where arcs lead, by label: lists of states."""
        result = {}
        for state in self.by_id.values():
            for label, next in state.arcs:
                if label is not None:
                    result.setdefault(label, []).append(next)
        return result


class ParserGenerator:
    """Reads the text of a grammar; make_grammar() gives its tables.

    The text comes from stream, or from the file of that name.
    """

    def __init__(self, filename, stream=None):
        self.filename = filename
        own = None if stream is not None else open(filename, encoding='utf-8')
        try:
            self.generator = tokenize.generate_tokens((own or stream).readline)
            self.gettoken()
            self.dfas, self.startsymbol = self.parse()
        finally:
            if own:
                own.close()
        self.first = {}
        self.addfirstsets()

    # Tables

    def make_grammar(self):
        """Return the tables, a PgenGrammar."""
        tables = PgenGrammar()
        names = [self.startsymbol] + sorted(name for name in self.dfas if name != self.startsymbol)
        for number, name in enumerate(names, token.NT_OFFSET):
            tables.symbol2number[name] = number
            tables.number2symbol[number] = name
        for name in names:
            rule = self.dfas[name]
            number_of = {id(state): i for i, state in enumerate(rule)}
            states = []
            for i, state in enumerate(rule):
                arcs = [(self.make_label(tables, label), number_of[id(next)]) for label, next in sorted(state.arcs.items())]
                states.append(arcs + [(0, i)] if state.isfinal else arcs)
            tables.states.append(states)
            tables.dfas[tables.symbol2number[name]] = (states, self.make_first(tables, name))
        tables.start = tables.symbol2number[self.startsymbol]
        return tables

    def make_first(self, c, name):
        """The labels that a rule can begin with, as a dict; c are the tables."""
        return dict.fromkeys((self.make_label(c, label) for label in sorted(self.first[name])), 1)

    def make_label(self, c, label):
        """The number of a label in the tables c: a new one if it was not met before."""
        if label[0] in '\'"':
            text = label[1:-1]
            if text[0].isalpha():
                table, key, meaning = c.keywords, text, (token.NAME, text)
            else:
                kind = grammar.opmap[text]
                table, key, meaning = c.tokens, kind, (kind, None)
        elif label in c.symbol2number:
            table, key, meaning = c.symbol2label, label, (c.symbol2number[label], None)
        else:
            kind = getattr(token, label, None)
            if not isinstance(kind, int) or kind not in token.tok_name:
                raise AssertionError(label)
            table, key, meaning = c.tokens, kind, (kind, None)
        if key not in table:
            table[key] = len(c.labels)
            c.labels.append(meaning)
        return table[key]

    # What rules begin with

    def addfirstsets(self):
        """Find for every rule the labels it can begin with."""
        for name in sorted(self.dfas):
            if name not in self.first:
                self.calcfirst(name)

    def calcfirst(self, name):
        """Find the labels that a rule can begin with; no two of its ways may begin alike."""
        self.first[name] = None         # under way
        owner = {}
        for label in sorted(self.dfas[name][0].arcs):
            if label in self.dfas:
                if label in self.first:
                    if self.first[label] is None:
                        raise ValueError("recursion for rule %r" % name)
                else:
                    self.calcfirst(label)
                begins = self.first[label]
            else:
                begins = {label: 1}
            for symbol in begins:
                if symbol in owner:
                    raise ValueError("rule %s is ambiguous; %s is in the first sets of %s as well as %s"
                                     % (name, symbol, label, owner[symbol]))
                owner[symbol] = label
        self.first[name] = dict.fromkeys(owner, 1)

    # Reading

    def parse(self):
        """Read all rules; return their automata by name, and the name of the first."""
        dfas = {}
        first_name = None
        while self.type != token.ENDMARKER:
            if self.type == token.NEWLINE:
                self.gettoken()
                continue
            name = self.expect(token.NAME)
            self.expect(token.OP, ":")
            start, finish = self.parse_rhs()
            self.expect(token.NEWLINE)
            dfas[name] = self.make_dfa(start, finish)
            self.simplify_dfa(dfas[name])
            first_name = first_name or name
        return dfas, first_name

    def parse_rhs(self):
        """alternative ('|' alternative)*: return its first and last state."""
        ways = [self.parse_alt()]
        while self.value == "|":
            self.gettoken()
            ways.append(self.parse_alt())
        if len(ways) == 1:
            return ways[0]
        start, finish = NFAState(), NFAState()
        for first, last in ways:
            start.addarc(first)
            last.addarc(finish)
        return start, finish

    def parse_alt(self):
        """item+: return its first and last state."""
        start, finish = self.parse_item()
        while self.value in ("(", "[") or self.type in (token.NAME, token.STRING):
            first, last = self.parse_item()
            finish.addarc(first)
            finish = last
        return start, finish

    def parse_item(self):
        """'[' alternatives ']', or an atom with '*' or '+' behind it: return its first and last state."""
        if self.value == "[":
            self.gettoken()
            start, finish = self.parse_rhs()
            self.expect(token.OP, "]")
            start.addarc(finish)
            return start, finish
        start, finish = self.parse_atom()
        if self.value not in ("*", "+"):
            return start, finish
        finish.addarc(start)
        once = self.value == "+"
        self.gettoken()
        return start, finish if once else start

    def parse_atom(self):
        """A name, a string or a group: return its first and last state."""
        if self.value == "(":
            self.gettoken()
            inside = self.parse_rhs()
            self.expect(token.OP, ")")
            return inside
        if self.type not in (token.NAME, token.STRING):
            self.raise_error("expected (...) or NAME or STRING, got %s/%s", self.type, self.value)
        start, finish = NFAState(), NFAState()
        start.addarc(finish, self.value)
        self.gettoken()
        return start, finish

    def expect(self, type, value=None):
        """Go past a token that has to be of a kind, and value if given; return its text."""
        if self.type != type or (value is not None and self.value != value):
            self.raise_error("expected %s/%s, got %s/%s", type, value, self.type, self.value)
        text = self.value
        self.gettoken()
        return text

    def gettoken(self):
        """Go to the next token: its type, value, begin, end and line become attributes."""
        for self.type, self.value, self.begin, self.end, self.line in self.generator:
            if self.type not in (tokenize.COMMENT, tokenize.NL):
                break

    def raise_error(self, msg, *args):
        """Raise SyntaxError at the present token; args go into msg."""
        raise SyntaxError(msg % args if args else msg, (self.filename, self.end[0], self.end[1], self.line))

    # Automata

    def make_dfa(self, start, finish):
        """Return a list of DFAStates that accept what the NFA from start to finish does."""
        first = _StateSet([start])
        states = [DFAState(first, finish)]
        known = {first.key: states[0]}
        for state in states:            # grows meanwhile
            for label, nexts in sorted(state.nfaset.targets().items()):
                targets = _StateSet(nexts)
                if targets.key not in known:
                    known[targets.key] = DFAState(targets, finish)
                    states.append(known[targets.key])
                state.addarc(known[targets.key], label)
        return states

    def simplify_dfa(self, dfa):
        """Join the equal states of a list, in place, until there are none."""
        joined = True
        while joined:
            joined = False
            for i, kept in enumerate(dfa):
                for j in range(len(dfa) - 1, i, -1):
                    if dfa[j] == kept:
                        gone = dfa.pop(j)
                        for state in dfa:
                            state.unifystate(gone, kept)
                        joined = True

    def dump_nfa(self, name, start, finish):
        """Print the automaton of a rule, with its empty arcs."""
        print("Dump of NFA for", name)
        states = [start]
        for state in states:
            print("  State", states.index(state), "(final)" if state is finish else "")
            for label, next in state.arcs:
                if next not in states:
                    states.append(next)
                print("    %s -> %d" % (label or "", states.index(next)))

    def dump_dfa(self, name, dfa):
        """Print the automaton of a rule."""
        print("Dump of DFA for", name)
        place = {id(state): i for i, state in enumerate(dfa)}
        for i, state in enumerate(dfa):
            print("  State", i, "(final)" if state.isfinal else "")
            for label, next in sorted(state.arcs.items()):
                print("    %s -> %d" % (label, place[id(next)]))


def generate_grammar(filename="Grammar.txt"):
    """Return the tables of the grammar in a file."""
    return ParserGenerator(filename).make_grammar()
