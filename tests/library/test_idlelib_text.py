# SPDX-License-Identifier: MIT
"""idlelib: what stands between the keys and a text: undo, events with many functions, the parser, colours, brackets,
completions and call tips."""
import os
import tempfile
import unittest

home = tempfile.TemporaryDirectory()
os.environ['HOME'] = home.name      # the settings of whoever runs this are not read

try:
    import tkinter
    tkinter.Tk().destroy()
except (ImportError, RuntimeError):
    tkinter = None
except tkinter.TclError:        # no display
    tkinter = None
try:
    from idlelib import pyparse
except ImportError:
    raise unittest.SkipTest('idlelib is not installed')

if tkinter:
    from idlelib import autocomplete, calltip
    from idlelib.colorizer import ColorDelegator
    from idlelib.hyperparser import HyperParser
    from idlelib.multicall import MultiCallCreator, _parse_sequence, _triplet_to_sequence
    from idlelib.parenmatch import ParenMatch
    from idlelib.percolator import Percolator
    from idlelib.undo import UndoDelegator


class ParseTest(unittest.TestCase):

    def parser(self, code):
        parser = pyparse.Parser(4, 8)
        parser.set_code(code)
        return parser

    def test_end(self):
        for code, kind in (('x\n', pyparse.C_NONE), ('x = (1,\n', pyparse.C_BRACKET), ('x = \\\n', pyparse.C_BACKSLASH),
                           ("x = '''a\n", pyparse.C_STRING_FIRST_LINE), ("x = '''a\nb\n", pyparse.C_STRING_NEXT_LINES),
                           ("x = ')'  # (\n", pyparse.C_NONE), ("x = '(\n", pyparse.C_NONE), ("'\\\n", pyparse.C_STRING_FIRST_LINE)):
            self.assertEqual(self.parser(code).get_continuation_type(), kind, code)

    def test_indent(self):
        self.assertEqual(self.parser('f(a,\n').compute_bracket_indent(), 2)
        self.assertEqual(self.parser('\tf(\n').compute_bracket_indent(), 12)
        self.assertEqual(self.parser('  x = a + \\\n').compute_backslash_indent(), 6)
        self.assertEqual(self.parser('  x == a \\\n').compute_backslash_indent(), 4)
        self.assertEqual(self.parser('a\n\t b(\n').get_base_indent_string(), '\t ')

    def test_last_statement(self):
        parser = self.parser('a = 1\nif f(x)[0]:  # why\n')
        self.assertEqual(parser.get_last_stmt_bracketing(),
                         ((6, 0), (10, 1), (13, 0), (13, 1), (16, 0), (19, 1), (25, 0)))
        self.assertTrue(parser.is_block_opener())
        self.assertTrue(self.parser('  return x\n').is_block_closer())
        self.assertFalse(self.parser('returned\n').is_block_closer())

    def test_start(self):
        code = 'class A:\n    def f(self):\n        pass\n    x = """\n    def g():\n"""\n'
        self.assertEqual(self.parser(code).find_good_parse_start(lambda place: place > 40), 9)
        self.assertIsNone(self.parser(code).find_good_parse_start(lambda place: True))


@unittest.skipUnless(tkinter, 'needs Tcl/Tk and a display')
class TextTest(unittest.TestCase):

    def setUp(self):
        self.root = tkinter.Tk()
        self.addCleanup(self.root.destroy)
        self.addCleanup(self.root.update_idletasks)
        self.root.withdraw()
        self.text = MultiCallCreator(tkinter.Text)(self.root)
        self.indentwidth = self.tabwidth = 8        # of the editor window that this stands for
        self.prompt_last_line = '>>>'
        self.text_frame = self.root

    def settle(self, condition):
        for _ in range(1000):
            self.root.update()
            if condition():
                return
            self.root.after(1)
        self.fail('nothing happens')


class UndoTest(TextTest):

    def setUp(self):
        super().setUp()
        self.undo = UndoDelegator()
        percolator = Percolator(self.text)
        percolator.insertfilter(self.undo)
        self.addCleanup(percolator.close)

    def test_words(self):
        for char in 'ab cd':
            self.text.insert('insert', char)
        self.text.delete('1.0')
        found = []
        while self.undo.pointer:
            found.append(self.text.get('1.0', 'end-1c'))
            self.undo.undo_event(None)
        self.assertEqual(found, ['b cd', 'ab cd', 'ab ', 'ab'])
        for _ in range(4):
            self.undo.redo_event(None)
        self.assertEqual(self.text.get('1.0', 'end-1c'), 'b cd')

    def test_saved(self):
        calls = []
        self.undo.set_saved_change_hook(lambda: calls.append(self.undo.get_saved()))
        self.text.insert('insert', 'a')
        self.undo.undo_event(None)
        self.undo.redo_event(None)
        self.undo.set_saved(True)
        self.assertEqual(calls, [False, True, False, True])

    def test_blocks(self):
        self.undo.undo_block_start()
        self.text.insert('1.0', 'a\n')
        self.text.insert('1.0', 'b')
        self.undo.undo_block_stop()
        self.text.mark_set('place', '1.1')
        self.undo.undo_event(None)
        self.assertEqual(self.text.get('1.0', 'end-1c'), '')


class MultiCallTest(TextTest):

    def test_sequences(self):
        for sequence, triplet, name in (('<Control-Shift-Key-a>', (5, 0, 'a'), '<Control-Shift-KeyPress-a>'),
                                        ('<M-Button-1>', (8, 2, '1'), '<Meta-ButtonPress-1>'),
                                        ('<Enter>', (0, 10, None), '<Enter>')):
            self.assertEqual(_parse_sequence(sequence), triplet)
            self.assertEqual(_triplet_to_sequence(triplet), name)
        for sequence in '<a>', '<B1-Motion>', '<Control-Enter>', '<Key-a><Key-b>', '<Button-9>', 'a':
            self.assertIsNone(_parse_sequence(sequence), sequence)

    def test_calls(self):
        calls = []
        for name, sequence, result in (('all', '<KeyPress>', None), ('a', '<Key-a>', None), ('ctrl', '<Control-KeyPress>', None),
                                       ('ctrl-a', '<Control-Key-a>', None), ('b', '<Key-b>', 'break')):
            self.text.bind('<<%s>>' % name, lambda event, name=name, result=result: calls.append(name) or result)
            self.text.event_add('<<%s>>' % name, sequence)
        self.root.deiconify()
        self.text.pack()
        self.text.focus_force()
        self.root.update()
        for key, state, expected in (('a', 4, ['ctrl-a', 'a', 'ctrl', 'all']), ('a', 0, ['a', 'all']), ('x', 5, ['ctrl', 'all']),
                                     ('b', 4, ['b'])):
            self.text.event_generate('<Key>', keysym=key, state=state, when='now')
            self.assertEqual(calls, expected)
            calls.clear()
        self.text.event_delete('<<all>>', '<KeyPress>')
        self.assertEqual(self.text.event_info('<<all>>'), ())
        self.text.event_generate('<Key>', keysym='x', when='now')
        self.assertEqual(calls, [])


class CodeTest(TextTest):

    def test_colors(self):
        color = ColorDelegator()
        percolator = Percolator(self.text)
        percolator.insertfilter(color)
        self.text.insert('1.0', 'def f():\n    return len("""a\nif""")  # b\n')
        self.settle(lambda: not color.after_id and not color.colorizing)
        found = {tag: list(map(str, self.text.tag_ranges(tag))) for tag in color.tagdefs if tag.isupper() and tag != 'SYNC'}
        self.assertEqual(found, {
            'KEYWORD': ['1.0', '1.3', '2.4', '2.10'], 'DEFINITION': ['1.4', '1.5'], 'BUILTIN': ['2.11', '2.14'],
            'STRING': ['2.15', '3.5'], 'COMMENT': ['3.8', '3.11'], 'TODO': [], 'ERROR': []})
        self.text.delete('2.15', '2.18')
        self.settle(lambda: not color.after_id and not color.colorizing)
        self.assertIn('KEYWORD', self.text.tag_names('3.0'))
        color.close()
        percolator.close()

    def test_surroundings(self):
        self.text.insert('1.0', 'x = f(a.b[1], "(")\n')
        parser = HyperParser(self, '1.11')
        self.assertEqual(parser.get_surrounding_brackets(), ('1.9', '1.11'))
        self.assertEqual(parser.get_surrounding_brackets('('), ('1.5', '1.17'))
        parser.set_index('1.12')
        self.assertEqual(parser.get_expression(), 'a.b[1]')
        parser.set_index('1.16')
        self.assertTrue(parser.is_in_string())
        self.assertRaises(ValueError, parser.get_expression)

    def test_brackets(self):
        match = ParenMatch(self)
        match.STYLE = 'parens'
        self.text.insert('1.0', 'f(a)')
        match.paren_closed_event(None)
        self.assertEqual(list(map(str, self.text.tag_ranges('paren'))), ['1.1', '1.2', '1.3', '1.4'])
        match.restore_event()
        self.assertEqual(self.text.tag_ranges('paren'), ())

    def test_completions(self):
        completer = autocomplete.AutoComplete(self)
        self.text.insert('1.0', 'unittest.TestCas')
        self.assertEqual(completer.open_completions(autocomplete.TAB), True)
        self.assertEqual(self.text.get('1.0', 'end-1c'), 'unittest.TestCase')
        self.text.delete('1.0', 'end')
        self.text.insert('1.0', 'unittest.Te')
        self.root.deiconify()
        self.text.pack()
        self.root.update()
        completer.open_completions(autocomplete.FORCE)
        window = completer.autocompletewindow
        self.assertTrue(window.is_active())
        event = tkinter.Event()
        for event.keysym, event.char, result in (('s', 's', 'break'), ('t', 't', 'break'), ('S', 'S', 'break'), ('space', ' ', None)):
            self.assertEqual(window.keypress_event(event), result)
        self.assertFalse(window.is_active())
        self.assertEqual(self.text.get('1.0', 'end-1c'), 'unittest.TestSuite')
        self.assertEqual(completer.fetch_completions('nothing.at.all', autocomplete.ATTRS), ([], []))
        here = os.path.dirname(os.path.abspath(__file__))
        self.assertIn(os.path.basename(__file__), completer.fetch_completions(here, autocomplete.FILES)[0])

    def test_call_tips(self):
        def function(a, b=1, *, c):
            """What it does.

            More.
            """
        self.assertEqual(calltip.get_argspec(function), '(a, b=1, *, c)\nWhat it does.')
        self.assertEqual(calltip.get_argspec(5), '')
        self.assertIsNone(calltip.get_entity('1 / 0'))


if __name__ == '__main__':
    unittest.main()
