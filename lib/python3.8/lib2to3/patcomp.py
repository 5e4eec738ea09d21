# SPDX-License-Identifier: MIT
"""Compile patterns, written as text, into those of pytree.

    NAME, 'text'            a token of a kind, or with a text
    any                     any one node
    symbol< ... >           a node with what its children are
    name=...                note what is found under this name
    ( ... )  [ ... ]        group; optional
    x*  x+  x{2}  x{1,3}    repeated
    x | y    not x          one of; nothing that x matches here
"""

import io

from . import pygram, pytree
from .pgen2 import driver, grammar, literals, parse, token, tokenize


class PatternSyntaxError(Exception):
    """The text is no pattern."""


def tokenize_wrapper(input):
    """Give the tokens of a pattern: line ends and indentation count for nothing."""
    skipped = {token.NEWLINE, token.INDENT, token.DEDENT}
    return (found for found in tokenize.generate_tokens(io.StringIO(input).readline) if found[0] not in skipped)


TOKEN_MAP = {"NAME": token.NAME, "STRING": token.STRING, "NUMBER": token.NUMBER, "TOKEN": None}


def pattern_convert(grammar, raw_node_info):
    """Make a node of the pattern's own tree; symbols with one child stay."""
    type, value, context, children = raw_node_info
    if children or type in grammar.number2symbol:
        return pytree.Node(type, children, context=context)
    return pytree.Leaf(type, value, context=context)


class PatternCompiler:
    """Compiles patterns, for the Python grammar; grammar_file, if given, has another grammar of patterns."""

    def __init__(self, grammar_file=None):
        if grammar_file is None:
            self.grammar, self.syms = pygram.pattern_grammar, pygram.pattern_symbols
        else:
            self.grammar = driver.load_grammar(grammar_file)
            self.syms = pygram.Symbols(self.grammar)
        self.pygrammar, self.pysyms = pygram.python_grammar, pygram.python_symbols
        self.driver = driver.Driver(self.grammar, convert=pattern_convert)

    def compile_pattern(self, input, debug=False, with_tree=False):
        """Return the pattern of a text; with_tree: a pair of that and the tree of the text.

        Raises PatternSyntaxError if the text is none.
        """
        try:
            tree = self.driver.parse_tokens(tokenize_wrapper(input), debug=debug)
        except parse.ParseError as e:
            raise PatternSyntaxError(str(e)) from None
        pattern = self.compile_node(tree)
        return (pattern, tree) if with_tree else pattern

    def compile_node(self, node):
        """Return the pattern of a part of the tree."""
        syms = self.syms
        if node.type == syms.Matcher:
            node = node.children[0]
        if node.type == syms.Alternatives:
            ways = [self.compile_node(child) for child in node.children[::2]]
            if len(ways) == 1:
                return ways[0]
            return pytree.WildcardPattern([[way] for way in ways], min=1, max=1).optimize()
        if node.type == syms.Alternative:
            units = [self.compile_node(child) for child in node.children]
            if len(units) == 1:
                return units[0]
            return pytree.WildcardPattern([units], min=1, max=1).optimize()
        if node.type == syms.NegatedUnit:
            return pytree.NegatedPattern(self.compile_basic(node.children[1:])).optimize()
        assert node.type == syms.Unit, node
        return self._compile_unit(node.children)

    def _compile_unit(self, nodes):
        """[name '='] basic [repeater]"""
        name = repeat = None
        if len(nodes) > 2 and nodes[1].type == token.EQUAL:
            name, nodes = nodes[0].value, nodes[2:]
        if len(nodes) > 1 and nodes[-1].type == self.syms.Repeater:
            nodes, repeat = nodes[:-1], nodes[-1]
        pattern = self.compile_basic(nodes, repeat)
        if repeat is not None:
            low, high = self._bounds(repeat.children)
            if (low, high) != (1, 1):
                pattern = pytree.WildcardPattern([[pattern.optimize()]], min=low, max=high)
        if name is not None:
            pattern.name = name
        return pattern.optimize()

    def _bounds(self, children):
        """How often a repeater says: '*', '+', '{' n [',' n] '}'."""
        first = children[0]
        if first.type == token.LBRACE:
            numbers = [self.get_int(child) for child in children[1:-1:2]]
            return numbers[0], numbers[-1]
        return (0 if first.type == token.STAR else 1), pytree.HUGE

    def compile_basic(self, nodes, repeat=None):
        """Return the pattern of a text, a name with its details, or a group."""
        first = nodes[0]
        if first.type == token.STRING:
            text = literals.evalString(first.value)
            return pytree.LeafPattern(_type_of_literal(text), text)
        if first.type == token.NAME:
            return self._compile_name(first.value, nodes[1:])
        if first.value == "(":
            return self.compile_node(nodes[1])
        assert first.value == "[", first
        return pytree.WildcardPattern([[self.compile_node(nodes[1])]], min=0, max=1)

    def _compile_name(self, name, details):
        """A kind of token in capitals, "any", or a symbol; the latter two may have details."""
        if name.isupper():
            if name not in TOKEN_MAP:
                raise PatternSyntaxError("Invalid token: %r" % name)
            if details:
                raise PatternSyntaxError("Can't have details for token")
            return pytree.LeafPattern(TOKEN_MAP[name])
        kind = None
        if name != "any" and not name.startswith("_"):
            kind = getattr(self.pysyms, name, None)
            if kind is None:
                raise PatternSyntaxError("Invalid symbol: %r" % name)
        content = [self.compile_node(details[0].children[1])] if details else None
        return pytree.NodePattern(kind, content)

    def get_int(self, node):
        """Return the number that a leaf is."""
        assert node.type == token.NUMBER, node
        return int(node.value)


def _type_of_literal(text):
    """The kind of token that a text is; None if it is none."""
    return token.NAME if text[0].isalpha() else grammar.opmap.get(text)


def compile_pattern(pattern):
    """Return the pattern of a text."""
    return PatternCompiler().compile_pattern(pattern)
