# SPDX-License-Identifier: MIT
"""cmd, webbrowser, cgitb."""

import cgitb
import cmd
import io
import sys
import unittest
import webbrowser


class Shell(cmd.Cmd):
    def do_add(self, arg):
        """add numbers"""
        self.stdout.write('%d\n' % sum(map(int, arg.split())))

    def do_other(self, arg):
        pass

    def help_topic(self):
        self.stdout.write('about a topic\n')

    def do_EOF(self, arg):
        return True


def session(*lines):
    out = io.StringIO()
    shell = Shell(stdin=io.StringIO(''.join(line + '\n' for line in lines)), stdout=out)
    shell.use_rawinput = False
    shell.prompt = ''
    shell.cmdloop()
    return out.getvalue()


class Commands(unittest.TestCase):

    def test_commands(self):
        self.assertEqual(session('add 1 2', '', 'nonsense 3'), '3\n3\n*** Unknown syntax: nonsense 3\n')

    def test_help(self):
        self.assertEqual(session('help add', '?topic', 'help no'), 'add numbers\nabout a topic\n*** No help on no\n')
        self.assertEqual(session('help'), '\nDocumented commands (type help <topic>):\n' + '=' * 40 + '\nadd  help\n\n'
                         'Miscellaneous help topics:\n' + '=' * 26 + '\ntopic\n\n'
                         'Undocumented commands:\n' + '=' * 22 + '\nEOF  other\n\n')

    def test_parse(self):
        shell = Shell()
        self.assertEqual(shell.parseline(' add 1 '), ('add', '1', 'add 1'))
        self.assertEqual(shell.parseline('?x'), ('help', 'x', 'help x'))
        self.assertEqual(shell.parseline('!x'), (None, None, '!x'))
        self.assertEqual(shell.completenames('ad'), ['add'])

    def test_columns(self):
        out = io.StringIO()
        Shell(stdout=out).columnize([str(i) for i in range(30)], 20)
        self.assertEqual(out.getvalue().splitlines()[0], '0  5  10  15  20  25')
        self.assertRaises(TypeError, Shell().columnize, [1])


class Browsers(unittest.TestCase):

    def test_register(self):
        class Fake(webbrowser.BaseBrowser):
            seen = []

            def open(self, url, new=0, autoraise=True):
                self.seen.append((url, new))
                return True
        webbrowser.register('Fake-Test', Fake, preferred=True)
        self.assertIsInstance(webbrowser.get('fake-test'), Fake)
        self.assertTrue(webbrowser.open_new_tab('about:blank'))
        self.assertEqual(Fake.seen, [('about:blank', 2)])
        self.assertRaises(webbrowser.Error, webbrowser.get, 'no such browser')

    def test_command(self):
        browser = webbrowser.get('prog -x %s &')
        self.assertIsInstance(browser, webbrowser.BackgroundBrowser)
        self.assertEqual((browser.name, browser.args), ('prog', ['-x', '%s']))
        self.assertRaises(webbrowser.Error, webbrowser.Mozilla('x').open, 'u', new=5)


class Tracebacks(unittest.TestCase):

    def test_values(self):
        marker = ['<a>']
        try:
            marker.nothing
        except AttributeError:
            info = sys.exc_info()
        text = cgitb.text(info)
        self.assertIn("\nmarker = ['<a>']\nmarker.nothing undefined\n", text)
        page = cgitb.html(info)
        self.assertIn("<strong>marker</strong>&nbsp;= ['&lt;a&gt;'], marker.nothing <em>undefined</em>", page)

    def test_hook(self):
        out = io.StringIO()
        try:
            1 / 0
        except ZeroDivisionError:
            cgitb.Hook(file=out, format='text').handle()
        self.assertTrue(out.getvalue().startswith('ZeroDivisionError\nPython '))


if __name__ == '__main__':
    unittest.main()
