# SPDX-License-Identifier: MIT
"""idlelib: settings, searching, trees, dialogs.  Windows are tested where a display answers, the rest wherever _tkinter is."""
import contextlib
import io
import os
import re
import tempfile
import unittest

try:
    import _tkinter
except ImportError:
    raise unittest.SkipTest('_tkinter was not built (needs tk-dev)')
import tkinter

home = tempfile.TemporaryDirectory()
os.environ['HOME'] = home.name  # the settings of whoever runs this are not touched

import idlelib
if not hasattr(idlelib, 'testing'):
    raise unittest.SkipTest('idlelib has no __init__ here')
from idlelib import config, config_key, searchengine, debugobj, tree, query, window

try:
    tkinter.Tk().destroy()
    DISPLAY = True
except tkinter.TclError:
    DISPLAY = False


def setUpModule():
    idlelib.testing = True


def tearDownModule():
    idlelib.testing = False
    home.cleanup()


def warnings_of(function, *args, **kw):
    """(result, what it printed on stderr)."""
    with contextlib.redirect_stderr(io.StringIO()) as out:
        return function(*args, **kw), out.getvalue()


class ConfigTest(unittest.TestCase):
    def setUp(self):
        self.conf = config.IdleConf(_utest=True)
        self.conf.CreateConfigHandlers()
        self.conf.LoadCfgFiles()

    def test_defaults(self):
        conf = self.conf
        self.assertEqual(conf.GetOption('main', 'EditorWindow', 'width', type='int'), 80)
        self.assertEqual(conf.GetOption('main', 'General', 'print-command-posix'), 'lpr %s')
        self.assertEqual(conf.GetSectionList('default', 'highlight'), ['IDLE Classic', 'IDLE New', 'IDLE Dark'])
        self.assertEqual((conf.CurrentTheme(), conf.current_colors_and_keys('Theme')), ('IDLE Classic',) * 2)
        self.assertEqual(conf.GetHighlight('IDLE Dark', 'cursor'), {'foreground': '#ffffff', 'background': '#002240'})
        self.assertEqual(len(conf.GetThemeDict('default', 'IDLE Classic')), 31)
        self.assertRaises(config.InvalidTheme, conf.GetThemeDict, 'x', 'IDLE Classic')

    def test_key_sets(self):
        conf = self.conf
        for name in conf.GetSectionList('default', 'keys'):
            keys, warnings = warnings_of(conf.GetKeySet, name)
            self.assertEqual((len(keys), warnings), (58, ''))
        self.assertEqual(keys['<<copy>>'], ['<Command-Key-c>'])
        self.assertEqual(conf.GetKeyBinding('IDLE Classic Unix', '<<find>>'), ['<Control-Key-u><Control-Key-u><Control-Key-s>'])
        self.assertTrue(conf.IsCoreBinding('zoom-height'))
        self.assertFalse(conf.IsCoreBinding('z-in'))

    def test_user_before_default(self):
        conf = self.conf
        conf.SetOption('main', 'EditorWindow', 'width', 'wide')
        value, warnings = warnings_of(conf.GetOption, 'main', 'EditorWindow', 'width', type='int')
        self.assertEqual(value, 80)
        self.assertIn("invalid 'int' value for configuration option 'width'\n from section 'EditorWindow': 'wide'", warnings)
        conf.SetOption('main', 'EditorWindow', 'width', '100')
        self.assertEqual(conf.GetOption('main', 'EditorWindow', 'width', type='int'), 100)

    def test_own_key_set(self):
        conf = self.conf
        conf.SetOption('keys', 'Own', 'copy', '<Key-F2>')
        keys, warnings = warnings_of(conf.GetCoreKeys, 'Own')
        self.assertEqual((keys['<<copy>>'], keys['<<cut>>']), (['<Key-F2>'], ['<Control-x>', '<Control-X>']))
        self.assertIn("event '<<cut>>'\n from key set 'Own'", warnings)
        self.assertNotIn('<<zoom-height>>', warnings)

    def test_help_sources(self):
        user = self.conf.userCfg['main']
        for number, value in ('4', 'b;x'), ('2', ' a ; http://y '), ('3', 'nothing;'):
            user.SetOption('HelpFiles', number, value)
        self.assertEqual(self.conf.GetAllExtraHelpSourcesList(), [('a', 'http://y', '2'), ('b', 'x', '4')])

    def test_files_come_and_go(self):
        path = os.path.join(home.name, 'x.cfg')
        parser = config.IdleUserConfParser(path)
        self.assertTrue(parser.SetOption('A', 'b', 'c'))
        self.assertFalse(parser.SetOption('A', 'b', 'c'))
        parser.Save()
        again = config.IdleUserConfParser(path)
        again.Load()
        self.assertEqual(again.Get('A', 'b'), 'c')
        self.assertTrue(again.RemoveOption('A', 'b'))
        again.Save()
        self.assertFalse(os.path.exists(path))

    def test_packaged_files(self):
        packaged = getattr(idlelib, '_packaged', None)
        if packaged is None:
            self.skipTest('of taipan only')
        self.assertIn(b'[IDLE Dark]', packaged.read(os.path.join(os.path.dirname(config.__file__), 'config-highlight.def')))
        self.assertRaises(OSError, packaged.read, os.path.join(os.path.dirname(config.__file__), 'none.def'))
        self.assertRaises(OSError, packaged.read, os.path.join(home.name, 'none'))


class FakeText:
    """The lines of a text, as the search engine asks for them."""

    def __init__(self, *lines):
        self.lines = lines

    def get(self, first, last):
        number = int(float(first))
        return self.lines[number - 1] + '\n' if number <= len(self.lines) else ''

    def index(self, name):
        return '%d.0' % len(self.lines)


class SearchTest(unittest.TestCase):
    def engine(self):
        return searchengine.SearchEngine.__new__(searchengine.SearchEngine)

    def places(self, direction, pattern, *where, **kw):
        found = getattr(self.engine(), 'search_' + direction)(FakeText('one two', '', 'two one'), re.compile(pattern), *where, **kw)
        return found and (found[0], found[1].span())

    def test_forward(self):
        self.assertEqual(self.places('forward', 'two', 1, 0, False), (1, (4, 7)))
        self.assertEqual(self.places('forward', 'two', 1, 7, False), (3, (0, 3)))
        self.assertEqual(self.places('forward', 'one', 3, 7, True), (1, (0, 3)))
        self.assertIsNone(self.places('forward', 'one', 3, 7, False))
        self.assertEqual(self.places('forward', '$', 1, 7, False), (2, (0, 0)))
        self.assertEqual(self.places('forward', '$', 1, 7, False, ok=True), (1, (7, 7)))

    def test_backward(self):
        self.assertEqual(self.places('backward', 'one', 3, 4, False), (1, (0, 3)))
        self.assertEqual(self.places('backward', 'one', 1, 0, True), (3, (4, 7)))
        self.assertIsNone(self.places('backward', 'three', 3, 7, True))

    def test_reverse(self):
        span = lambda pattern, text, col: searchengine.search_reverse(re.compile(pattern), text, col).span()
        self.assertEqual(span('a.', 'abacad', 6), (4, 6))
        self.assertEqual(span('a.', 'abacad', 5), (2, 4))
        self.assertIsNone(searchengine.search_reverse(re.compile('a'), 'ba', 1))


class TreeItemTest(unittest.TestCase):
    def test_objects(self):
        make = debugobj.make_objecttreeitem
        self.assertEqual([(i.GetLabelText(), i.GetText()) for i in make('x', {'b': 1, 'a': [2]}).GetSubList()],
                         [("'a':", '[2]'), ("'b':", '1')])
        self.assertEqual(make('x', 5).GetIconName(), 'python')
        self.assertEqual(make('x', bool).GetSubList()[0].GetText(), "<class 'int'>")

    def test_editing(self):
        values = [1, 2]
        item = debugobj.make_objecttreeitem('x', values).GetSubList()[1]
        item.SetText('1 +')  # no expression
        self.assertEqual(values, [1, 2])
        item.SetText('3 * 3')
        self.assertEqual((values, item.GetText()), ([1, 9], '9'))

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            open(os.path.join(folder, 'a'), 'w').close()
            child, = tree.FileTreeItem(folder).GetSubList()
            child.SetText(os.path.join('sub', 'b'))  # another folder: no
            child.SetText('c')
            self.assertEqual((os.listdir(folder), child.GetText(), child.IsExpandable()), (['c'], 'c', False))

    def test_expandable_is_asked_once(self):
        item = tree.TreeItem()
        self.assertEqual(item._IsExpandable(), 1)
        item._GetSubList()
        self.assertEqual(item._IsExpandable(), 0)


class OtherTest(unittest.TestCase):
    def test_keysyms(self):
        translate = config_key.translate_key
        self.assertEqual([translate(key, ['Shift']) for key in ('a', '1', '{', 'Tab', 'Page Down', 'Left Arrow')],
                         ['Key-A', 'Key-1', 'Key-braceleft', 'Key-Tab', 'Key-Next', 'Key-Left'])
        self.assertEqual(len(config_key.AVAILABLE_KEYS), 12 + 36 + 27 + 3 + 3 + 8)

    def test_window_list(self):
        windows, calls = window.WindowList(), []
        windows.register_callback(lambda: 1 / 0)
        windows.register_callback(lambda: calls.append(1))
        with contextlib.redirect_stdout(io.StringIO()) as out:
            windows.delete(None)
        self.assertEqual(calls, [1])
        self.assertIn('callback failed in WindowList', out.getvalue())


@unittest.skipUnless(DISPLAY, 'no display')
class WindowTest(unittest.TestCase):
    def setUp(self):
        self.root = tkinter.Tk()
        self.root.withdraw()
        self.addCleanup(self.root.destroy)
        self.addCleanup(self.root.update_idletasks)

    def test_replace(self):
        from idlelib import replace
        text = tkinter.Text(self.root)
        text.undo_block_start = text.undo_block_stop = lambda: None
        text.insert('1.0', 'ab ab\nab')
        dialog = replace.ReplaceDialog(self.root, searchengine.get(self.root))
        dialog.text = text
        dialog.engine.revar.set(True)
        dialog.engine.setpat('(a)(b)')
        dialog.replvar.set(r'\2\1')
        dialog.replace_all()
        self.assertEqual(text.get('1.0', 'end-1c'), 'ba ba\nba')

    def test_query(self):
        dialog = query.Goto(self.root, 'T', 'm', _utest=True)
        for typed, error in ('x', 'ERROR: not a base 10 integer.'), ('-1', 'ERROR: not a positive integer.'):
            dialog.entry.delete(0, 'end')
            dialog.entry.insert(0, typed)
            dialog.ok()
            self.assertEqual(dialog.entry_error['text'], error)
        dialog.entry.delete(0, 'end')
        dialog.entry.insert(0, '12')
        dialog.ok()
        self.assertEqual(dialog.result, 12)

    def test_help(self):
        from idlelib import help
        frame = help.HelpFrame(self.root, os.path.join(os.path.dirname(help.__file__), 'help.html'))
        self.assertEqual(frame.text.get('1.0', '1.end'), ' IDLE ')
        labels = [label for label, index in frame.text.parser.toc]
        self.assertEqual(labels[0], 'IDLE')
        self.assertEqual(frame.toc.nametowidget(frame.toc['menu']).index('end'), len(labels) - 1)

    def test_icons(self):
        sizes = {}
        for name in os.listdir(tree.ICONDIR):
            if name.endswith(('.gif', '.png')):
                image = tkinter.PhotoImage(master=self.root, file=os.path.join(tree.ICONDIR, name))
                sizes[name] = image.width(), image.height()
        self.assertEqual(len(sizes), 13)
        self.assertEqual((sizes['folder.gif'], sizes['plusnode.gif'], sizes['idle_256.png']), ((15, 13), (11, 11), (256, 256)))

    def test_settings_dialog(self):
        from idlelib import configdialog
        self.root.instance_dict = {}
        dialog = configdialog.ConfigDialog(self.root, _utest=True)
        dialog.genpage.win_width.set('91')
        dialog.highpage.builtin_name.set('IDLE Dark')
        changes = configdialog.changes
        self.assertEqual(changes['main'], {'EditorWindow': {'width': '91'}, 'Theme': {'name2': 'IDLE Dark'}})
        self.assertEqual(dialog.highpage.highlight_sample.tag_cget('keyword', 'foreground'), '#ff8000')
        configdialog.tracers.detach()
        configdialog.tracers.clear()
        dialog.cancel()
        self.assertEqual(changes['main'], {})


if __name__ == '__main__':
    unittest.main()
