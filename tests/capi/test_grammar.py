# SPDX-License-Identifier: MIT
"""The automata of the concrete syntax by the C API (grammar.h): what an extension module that walks them sees."""
import ctypes
import os
import symbol
import token
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))


class Label(ctypes.Structure):
    _fields_ = [('type', ctypes.c_int), ('text', ctypes.c_char_p)]


class Arc(ctypes.Structure):
    _fields_ = [('label', ctypes.c_short), ('arrow', ctypes.c_short)]


class State(ctypes.Structure):
    _fields_ = [('narcs', ctypes.c_int), ('arcs', ctypes.POINTER(Arc)), ('lower', ctypes.c_int), ('upper', ctypes.c_int),
                ('accel', ctypes.POINTER(ctypes.c_int)), ('accept', ctypes.c_int)]


class Automaton(ctypes.Structure):
    _fields_ = [('type', ctypes.c_int), ('name', ctypes.c_char_p), ('nstates', ctypes.c_int), ('states', ctypes.POINTER(State)),
                ('first', ctypes.POINTER(ctypes.c_ubyte))]


class Grammar(ctypes.Structure):
    _fields_ = [('ndfas', ctypes.c_int), ('dfas', ctypes.POINTER(Automaton)), ('nlabels', ctypes.c_int),
                ('labels', ctypes.POINTER(Label)), ('start', ctypes.c_int), ('accel', ctypes.c_int)]


class Tables(unittest.TestCase):
    def setUp(self):
        self.api = ctypes.pythonapi
        self.grammar = Grammar.in_dll(self.api, '_PyParser_Grammar')
        self.api.PyGrammar_FindDFA.restype = ctypes.POINTER(Automaton)
        self.api.PyGrammar_LabelRepr.restype = ctypes.c_char_p

    def test_rules(self):
        self.assertEqual(self.grammar.start, symbol.single_input)
        rules = self.grammar.dfas[:self.grammar.ndfas]
        self.assertEqual({rule.name.decode(): rule.type for rule in rules},
                         {name: number for number, name in symbol.sym_name.items()})
        self.assertEqual([rule.type for rule in rules], list(range(256, 256 + len(rules))))
        found = self.api.PyGrammar_FindDFA(ctypes.byref(self.grammar), symbol.factor).contents
        self.assertEqual((found.type, found.name), (symbol.factor, b'factor'))

    def test_arcs_stay_inside(self):
        for rule in self.grammar.dfas[:self.grammar.ndfas]:
            ends = 0
            for state in rule.states[:rule.nstates]:
                for arc in state.arcs[:state.narcs]:
                    self.assertTrue(0 <= arc.label < self.grammar.nlabels and 0 <= arc.arrow < rule.nstates)
                    ends += arc.label == 0
            self.assertGreater(ends, 0, rule.name)

    def test_label_texts(self):
        texts = {self.api.PyGrammar_LabelRepr(ctypes.byref(label)) for label in self.grammar.labels[:self.grammar.nlabels]}
        self.assertLessEqual({b'EMPTY', b'NAME', b'NAME(if)', b'NT%d' % symbol.test, b'COLONEQUAL', b'INDENT'}, texts)

    def walk(self, rule_number, tokens):
        """Where the accelerators lead from a rule's first state, by tokens that begin no rule."""
        rule = self.grammar.dfas[rule_number - 256]
        state = rule.states[0]
        for wanted in tokens:
            label = next(i for i, label in enumerate(self.grammar.labels[:self.grammar.nlabels]) if (label.type, label.text) == wanted)
            self.assertTrue(state.lower <= label < state.upper, wanted)
            move = state.accel[label - state.lower]
            self.assertTrue(0 <= move < 128)
            state = rule.states[move]
        return state

    def test_accelerators(self):
        self.api.PyGrammar_AddAccelerators(ctypes.byref(self.grammar))
        self.assertEqual(self.grammar.accel, 1)
        dotted = [(token.NAME, None), (token.DOT, None), (token.NAME, None)]
        self.assertEqual(self.walk(symbol.dotted_name, dotted).accept, 1)
        self.assertEqual(self.walk(symbol.dotted_name, dotted[:2]).accept, 0)
        self.assertEqual(self.walk(symbol.comp_op, [(token.NAME, b'is'), (token.NAME, b'not')]).accept, 1)
        begins = self.grammar.dfas[symbol.stmt - 256].states[0]
        label = next(i for i, label in enumerate(self.grammar.labels[:self.grammar.nlabels]) if label.text == b'while')
        move = begins.accel[label - begins.lower]
        self.assertEqual((move & 128, (move >> 8) + 256), (128, symbol.compound_stmt))
        self.api.PyGrammar_RemoveAccelerators(ctypes.byref(self.grammar))
        self.assertEqual((self.grammar.accel, bool(self.grammar.dfas[0].states[0].accel)), (0, False))
        import parser  # which makes them again
        self.assertEqual(parser.expr('1').compile().co_consts[0], 1)


if __name__ == '__main__':
    unittest.main()
