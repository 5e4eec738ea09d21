# SPDX-License-Identifier: MIT
"""tkinter and _tkinter: what needs no display is tested wherever the module is, the rest where a display answers."""
import threading
import unittest

try:
    import _tkinter
except ImportError:
    raise unittest.SkipTest('_tkinter was not built (needs tk-dev)')
import tkinter

try:
    tkinter.Tk().destroy()
    DISPLAY = True
except tkinter.TclError:
    DISPLAY = False


class TclTest(unittest.TestCase):
    def setUp(self):
        self.tcl = tkinter.Tcl().tk

    def test_values_go_through(self):
        for value in (1, -2 ** 200, 2 ** 63, 1.5, True, b'a\0\xff', 'a\0b', '\u20ac\U0001f600', (1, ('a', 2.5)), ()):
            with self.subTest(value=value):
                wanted = '' if value == () else value
                self.assertEqual(self.tcl.call('set', 'x', value) or '', wanted)

    def test_bytes_that_are_no_text(self):
        self.assertEqual(self.tcl.call('set', 'x', '<\udce2\udc82\udcac>'), '<\u20ac>')
        self.assertRaises(UnicodeEncodeError, self.tcl.call, 'set', 'x', '\ud83d')

    def test_tcl_obj(self):
        value = self.tcl.call('dict', 'create', 'a', 1)
        self.assertEqual((value.typename, value.string, str(value)), ('dict', 'a 1', 'a 1'))
        self.assertEqual(repr(value), "<dict object: 'a 1'>")
        self.assertEqual(value, self.tcl.call('dict', 'create', 'a', 1))
        self.assertRaises(TypeError, hash, value)

    def test_numbers(self):
        self.assertEqual(self.tcl.getint('0x10'), 16)
        self.assertEqual(self.tcl.getint(str(-2 ** 63 - 1)), -2 ** 63 - 1)
        self.assertIs(self.tcl.getboolean('yes'), True)
        self.assertRaisesRegex(tkinter.TclError, 'expected boolean value but got "1.0"', self.tcl.getboolean, '1.0')
        self.assertRaisesRegex(TypeError, r'getdouble\(\) argument must be str, not None', self.tcl.getdouble, None)

    def test_lists(self):
        self.assertEqual(self.tcl.splitlist('a {b c}'), ('a', 'b c'))
        self.assertEqual(self.tcl.split('a {b {c d}}'), ('a', ('b', ('c', 'd'))))
        self.assertRaisesRegex(tkinter.TclError, 'unmatched open brace', self.tcl.splitlist, '{')

    def test_variables(self):
        self.tcl.setvar('array', 'key', 3)
        self.assertEqual(self.tcl.getvar('array(key)'), 3)
        self.tcl.unsetvar('array', 'key')
        self.assertRaisesRegex(tkinter.TclError, 'no such element', self.tcl.getvar, 'array', 'key')

    def test_commands(self):
        seen = []
        self.tcl.createcommand('note', lambda *args: seen.append(args) or len(args))
        self.assertEqual(self.tcl.eval('note a {b c}'), '2')
        self.assertEqual(seen, [('a', 'b c')])
        self.tcl.deletecommand('note')
        self.assertRaisesRegex(tkinter.TclError, "can't delete Tcl command", self.tcl.deletecommand, 'note')

    def test_timer(self):
        rang = []
        timer = self.tcl.createtimerhandler(1, lambda: rang.append(1))
        self.assertRegex(repr(timer), '^<tktimertoken at 0x[0-9a-f]+>$')
        while not rang:
            self.tcl.dooneevent(0)
        self.assertRegex(repr(timer), 'handler deleted>$')

    def test_other_thread(self):
        results = []

        def work():
            try:
                results.append(self.tcl.call('expr', '6*7'))
                self.tcl.eval('set x 1')
            except RuntimeError as error:
                results.append(str(error))

        self.tcl.willdispatch()
        thread = threading.Thread(target=work)
        thread.start()
        while thread.is_alive():
            self.tcl.dooneevent(_tkinter.DONT_WAIT)
            thread.join(0.001)
        self.assertEqual(results, [42, 'Calling Tcl from different apartment'])

    def test_words(self):
        for value, wanted in (('', '{}'), ('a b', '{a b}'), ('{', '\\{'), ('"x', '{"x}'), ('\n\\', '\\n\\\\')):
            self.assertEqual(tkinter._stringify(value), wanted)
        self.assertEqual(tkinter._join(['a', ('b', 'c d')]), 'a {b {c d}}')
        self.assertEqual(tkinter._splitdict(self.tcl, '-a 1 b 2'), {'a': '1', 'b': '2'})
        self.assertEqual(tkinter._flatten((1, [2, None, (3,)])), (1, 2, 3))


@unittest.skipUnless(DISPLAY, 'no display')
class TkTest(unittest.TestCase):
    def setUp(self):
        self.root = tkinter.Tk()
        self.addCleanup(self.root.destroy)

    def test_names_and_options(self):
        first = tkinter.Button(self.root, text='one')
        second = tkinter.Button(self.root, {'text': 'two'}, name='b')
        self.assertEqual((str(first), str(second)), ('.!button', '.b'))
        self.assertEqual(repr(first), '<tkinter.Button object .!button>')
        self.assertIs(self.root.nametowidget('.b'), second)
        first['text'] = 'three'
        self.assertEqual((first.cget('text'), first.configure('bg')[0]), ('three', 'background'))

    def test_pack_and_grid(self):
        frame = tkinter.Frame(self.root)
        frame.pack(side='left', padx=(1, 2))
        self.assertEqual(frame.pack_info()['in'], self.root)
        tkinter.Label(frame).grid(row=1, column=2)
        self.assertEqual(frame.grid_size(), (3, 2))
        frame.columnconfigure(2, weight=3)
        self.assertEqual(frame.columnconfigure(2, 'weight'), 3)

    def test_event(self):
        seen = []
        self.root.bind('<<Mine>>', seen.append)
        self.root.update()
        self.root.event_generate('<<Mine>>', x=3, y=4)
        self.assertEqual((seen[0].type, seen[0].x, seen[0].widget), (tkinter.EventType.VirtualEvent, 3, self.root))
        self.assertRegex(repr(seen[0]), '^<VirtualEvent event x=3 y=4>$')

    def test_callback_that_fails(self):
        caught = []
        self.root.report_callback_exception = lambda *exc: caught.append(exc[0])
        self.root.after(1, lambda: 1 / 0)
        while not caught:
            self.root.update()
        self.assertEqual(caught, [ZeroDivisionError])

    def test_variable_and_trace(self):
        var, seen = tkinter.IntVar(self.root, 3), []
        name = var.trace_add('write', lambda *args: seen.append(var.get()))
        var.set('4.7')
        self.assertEqual((var.get(), seen), (4, [4]))
        var.trace_remove('write', name)
        self.assertEqual(var.trace_info(), [])

    def test_canvas_and_text(self):
        canvas = tkinter.Canvas(self.root)
        line = canvas.create_line(1, 2, (3, 4), tags='t')
        self.assertEqual((canvas.coords(line), canvas.find_withtag('t')), ([1.0, 2.0, 3.0, 4.0], (line,)))
        text = tkinter.Text(self.root)
        text.insert('1.0', 'a b a')
        self.assertEqual(text.search('a', '1.1', 'end'), '1.4')
        self.assertEqual(text.dump('1.0', '1.1', text=True), [('text', 'a', '1.0')])

    def test_ttk(self):
        from tkinter import ttk
        tree = ttk.Treeview(self.root, columns=('a', 'b'))
        item = tree.insert('', 'end', text='t', values=(1, 'x y'))
        self.assertEqual((tree.set(item), tree.item(item, 'text')), ({'a': '1', 'b': 'x y'}, 't'))
        button = ttk.Button(self.root)
        self.assertEqual((button.state(['disabled']), button.instate(['!disabled'])), (('!disabled',), False))
        style = ttk.Style(self.root)
        style.map('X.TButton', background=[('pressed', 'active', 'red')])
        self.assertEqual(style.map('X.TButton', 'background'), [('pressed', 'active', 'red')])

    def test_font(self):
        from tkinter import font
        mine = font.Font(self.root, name='mine', size=20, weight='bold')
        self.assertEqual((mine['weight'], font.Font(self.root, name='mine', exists=True)), ('bold', mine))
        self.assertGreater(mine.measure('mm'), mine.measure('i'))

    def test_dialog(self):
        from tkinter import simpledialog

        def answer():
            for dialog in self.root.winfo_children():
                if isinstance(dialog, simpledialog.Dialog):
                    dialog.entry.insert('end', '5')
                    dialog.ok()

        self.root.after(100, answer)
        self.assertEqual(simpledialog.askinteger('title', 'prompt', initialvalue=3, parent=self.root), 35)


if __name__ == '__main__':
    unittest.main()
