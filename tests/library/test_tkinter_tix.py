# SPDX-License-Identifier: MIT
"""tkinter.tix: what is asked of Tcl (an interpreter that only remembers), and the widgets themselves where Tix and a display are."""
import unittest

try:
    import tkinter
    from tkinter import tix
except ImportError:
    raise unittest.SkipTest('_tkinter was not built (needs tk-dev)')


class Remembering:
    """In place of a Tcl interpreter."""

    def __init__(self):
        self.calls = []

    def call(self, *words):
        self.calls.append(words)
        if words[1:] == ('subwidget', 'entry'):
            return words[0] + '.frame.entry'
        if words[1:] == ('subwidget', 'label'):
            return words[0] + '.lab'
        return ''

    def splitlist(self, words):
        return words if isinstance(words, tuple) else tuple(words.split())

    def wantobjects(self):
        return True


class Root(tkinter.Misc):
    def __init__(self):
        self.tk = Remembering()
        self._w, self.children, self.master, self._tclCommands, self._last_child_ids = '.', {}, None, [], {}


class Asked(unittest.TestCase):
    def setUp(self):
        self.root = Root()

    def test_static_options(self):
        tix.LabelEntry(self.root, {'bd': 3}, labelside='top', options='label.width 9')
        self.assertEqual(self.root.tk.calls[:2], [('tixLabelEntry', '.!labelentry', '-labelside', 'top', '-options', 'label.width 9'),
                                                  (('.!labelentry', 'configure', '-bd', 3),)])

    def test_subwidgets(self):
        w = tix.LabelEntry(self.root)
        self.assertEqual((w.label._w, w.entry._w, w.entry.master._w), ('.!labelentry.lab', '.!labelentry.frame.entry', '.!labelentry.frame'))
        self.assertIsInstance(w.entry, tkinter.Entry)
        self.assertEqual(sorted(w.subwidget_list), ['entry', 'label'])
        with self.assertRaises(AttributeError):
            w.button
        with self.assertRaisesRegex(tkinter.TclError, 'Subwidget button not child of !labelentry'):
            w.subwidget('button')
        del self.root.tk.calls[:]
        w.destroy()
        self.assertEqual(self.root.tk.calls, [('destroy', '.!labelentry.lab'), ('destroy', '.!labelentry.frame.entry'), ('destroy', '.!labelentry')])

    def test_form(self):
        w = tkinter.Frame(self.root)
        w.form(left=5, right='%50')
        self.assertEqual(self.root.tk.calls[-1], ('tixForm', '.!frame', '-left', 5, '-right', '%50'))

    def test_texts(self):
        self.assertEqual(tix.FileTypeList({'*.c': 'C', '*': 'all'}), '{{*.c} {*.c - C}} {{*} {* - all}} ')
        self.assertEqual(tix.CheckList(self.root).getselection(), ())
        self.assertEqual(self.root.tk.calls[-1], ('.!checklist', 'getselection', 'on'))

    def test_style(self):
        style = tix.DisplayStyle('text', refwindow=self.root, fg='red')
        self.assertEqual(self.root.tk.calls[-1], ('tixDisplayStyle', 'text', '-refwindow', self.root, '-fg', 'red'))
        style['bg'] = 'blue'
        self.assertEqual(self.root.tk.calls[-1], ('', 'configure', '-bg', 'blue'))


class Shown(unittest.TestCase):
    def setUp(self):
        try:
            self.root = tix.Tk()
        except tkinter.TclError as e:
            self.skipTest(e)
        self.addCleanup(self.root.destroy)

    def test_every_class(self):
        for kind in (tix.Balloon, tix.ButtonBox, tix.Control, tix.DirList, tix.DirTree, tix.FileEntry, tix.FileSelectBox, tix.Grid, tix.HList,
                     tix.LabelEntry, tix.LabelFrame, tix.Meter, tix.NoteBook, tix.OptionMenu, tix.PanedWindow, tix.PopupMenu,
                     tix.ScrolledGrid, tix.ScrolledHList, tix.ScrolledText, tix.ScrolledWindow, tix.Select, tix.StdButtonBox, tix.TList, tix.Tree):
            with self.subTest(kind=kind.__name__):
                w = kind(self.root)
                for name, part in w.subwidget_list.items():
                    self.assertTrue(part.winfo_exists(), name)
                w.destroy()

    def test_hlist(self):
        w = tix.ScrolledHList(self.root).hlist
        w.add('a', text='A')
        w.add('a.b', text='B')
        w.add_child('a', text='C')
        self.assertEqual((w.info_children('a')[0], len(w.info_children('a')), w.info_parent('a.b'), w.info_exists('x') in (0, '0', False)), ('a.b', 2, 'a', True))
        w.selection_set('a.b')
        self.assertEqual(w.info_selection(), ('a.b',))
        self.assertEqual(w.entrycget('a.b', '-text'), 'B')

    def test_notebook(self):
        w = tix.NoteBook(self.root)
        page = w.add('one', label='One')
        w.add('two', label='Two')
        w.raise_page('two')
        self.assertEqual((w.raised(), len(w.pages()), w.page('one')), ('two', 2, page))
        w.delete('one')
        self.assertEqual(len(w.pages()), 1)


if __name__ == '__main__':
    unittest.main()
