# SPDX-License-Identifier: MIT
"""idlelib: the connection of its processes, what runs the user's code, editor windows, the shell.

Windows are tested where a display answers, the rest wherever _tkinter is.
"""
import io
import os
import subprocess
import sys
import tempfile
import textwrap
import threading
import types
import unittest
from unittest import mock

try:
    import _tkinter
except ImportError:
    raise unittest.SkipTest('_tkinter was not built (needs tk-dev)')
import tkinter

home = tempfile.TemporaryDirectory()
os.environ['HOME'] = home.name      # the settings of whoever runs this are not touched

import idlelib
try:
    from idlelib import debugger_r, iomenu, mainmenu, outwin, pyshell, rpc, run, editor
except ImportError as err:
    raise unittest.SkipTest(f'a part of idlelib is missing: {err}')

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


class Target:
    value = 7

    def double(self, x):
        return 2 * x

    def fail(self):
        raise LookupError('nothing')

    def twice(self, function_name):
        return self.peer.remotecall('here', function_name, (), {}) * 2

    def code(self, source):
        return compile(source, '<x>', 'eval')


class Server(rpc.RPCServer):
    def handle_error(self, request, client_address):
        pass


class Handler(rpc.RPCHandler):
    def handle(self):
        target = Target()
        target.peer = self
        self.register('there', target)
        self.mainloop()

    def exithook(self):
        raise EOFError


class RpcTest(unittest.TestCase):
    def setUp(self):
        self.client = rpc.RPCClient(('127.0.0.1', 0))
        address = self.client.listening_sock.getsockname()
        self.thread = threading.Thread(target=lambda: Server(address, Handler).handle_request())
        self.thread.start()
        self.client.accept()

    def tearDown(self):
        self.client.close()
        self.client.listening_sock.close()
        self.thread.join()
        rpc.objecttable.clear()

    def call(self, name, *args, oid='there'):
        return self.client.remotecall(oid, name, args, {})

    def test_calls(self):
        self.assertEqual(self.call('double', 21), 42)
        self.assertEqual(len(self.call('double', 'ab' * 100000)), 400000)
        self.assertEqual(eval(self.call('code', '6 * 7')), 42)
        self.assertEqual(self.client.nextseq % 2, 1)

    def test_errors(self):
        with self.assertRaisesRegex(LookupError, 'nothing'):
            self.call('fail')
        self.assertRaises(RuntimeError, self.call, 'no_such_method')
        self.assertRaises(RuntimeError, self.call, 'double', 1, oid='nobody')

    def test_call_within_a_call(self):
        self.client.register('here', types.SimpleNamespace(answer=lambda: 21))
        self.assertEqual(self.call('twice', 'answer'), 42)

    def test_proxy(self):
        proxy = self.client.get_remote_proxy('there')
        self.assertEqual((proxy.double(4), proxy.value), (8, 7))
        self.assertRaises(AttributeError, getattr, proxy, 'other')


class RunTest(unittest.TestCase):
    def setUp(self):
        handler = mock.Mock()
        patch = mock.patch.dict(rpc.objecttable, exec=mock.Mock(rpchandler=handler))
        patch.start()
        self.addCleanup(patch.stop)
        handler.console.getvar = lambda name: False
        self.executive = run.Executive(handler)

    def execute(self, source):
        with mock.patch('sys.stderr', io.StringIO()) as err:
            self.executive.runcode(compile(textwrap.dedent(source), 'user.py', 'exec'))
        return err.getvalue()

    def test_output_of_errors(self):
        out = self.execute('x = 5\ntry: 1/0\nexcept Exception as e: raise KeyError(x) from e')
        first, between, second = out.partition('\nThe above exception was the direct cause '
                                               'of the following exception:\n\n')
        self.assertEqual(first.splitlines()[::2],
                         ['Traceback (most recent call last):',
                          'ZeroDivisionError: division by zero'])
        self.assertIn('File "user.py", line 3', second)
        self.assertTrue(between and second.endswith('KeyError: 5\n'))
        self.assertNotIn('run.py', out)
        self.assertEqual(self.executive.locals['x'], 5)

    def test_exit(self):
        self.assertEqual(self.execute('raise SystemExit("bye")'), 'SystemExit: bye\n')
        self.assertEqual(self.execute('raise SystemExit(3)'), '')

    def test_files(self):
        lines = ['one\n', 'two\n', '']
        shell = mock.Mock()
        shell.readline = lambda: lines.pop(0)
        stdin = run.StdInputFile(shell, 'stdin')
        self.assertEqual((stdin.read(2), stdin.readline(), list(stdin)), ('on', 'e\n', ['two\n']))
        stderr = run.StdOutputFile(shell, 'stderr', 'ascii', 'backslashreplace')
        stderr.write('\xe9')
        shell.write.assert_called_with('\\xe9', 'stderr')

    def test_recursion_limit(self):
        limit = sys.getrecursionlimit()
        run.install_recursionlimit_wrappers()
        try:
            self.assertEqual(sys.getrecursionlimit(), limit)
            with self.assertRaisesRegex(TypeError, r'exactly one argument \(0 given\)'):
                sys.setrecursionlimit()
        finally:
            run.uninstall_recursionlimit_wrappers()
        self.assertEqual(sys.getrecursionlimit(), limit)

    def test_warning_text(self):
        self.assertEqual(run.idle_formatwarning('Careful', UserWarning, 'nofile', 3, line='  x = 1 '),
                         '\nWarning (from warnings module):\n  File "nofile", line 3\n'
                         '    x = 1\nUserWarning: Careful\n')


class FunctionsTest(unittest.TestCase):
    def test_file_line_helper(self):
        with tempfile.NamedTemporaryFile(suffix='.py') as file:
            name = file.name
            for line in (f'  File "{name}", line 12, in f', f'{name}(12) x', f'{name}: 12: text'):
                self.assertEqual(outwin.file_line_helper(line), (name, 12))
        self.assertIsNone(outwin.file_line_helper(f'{name}: 12: text'))      # gone

    def test_indent(self):
        self.assertEqual(editor.get_line_indent('  \t  x', 4), (5, 6))

    def test_menu_texts(self):
        self.assertEqual([editor.prepstr(s) for s in ('She_ll', 'x')], [(3, 'Shell'), (-1, 'x')])
        keys = {'<<a>>': ['<Control-Shift-Key-S>'], '<<b>>': ['<Control-x><Alt-Key-slash>']}
        self.assertEqual(editor.get_accelerator(keys, '<<a>>'), 'Ctrl+Shift+S')
        self.assertEqual(editor.get_accelerator(keys, '<<b>>'), 'Ctrl+X Alt+/')
        self.assertEqual(editor.get_accelerator(keys, '<<c>>'), '')

    def test_menus_and_keys_fit(self):
        events = {entry[1] for _, entries in mainmenu.menudefs for entry in entries if entry}
        self.assertTrue({'<<run-module>>', '<<undo>>', '<<toggle-debugger>>'} <= events)
        self.assertTrue({'<<run-module>>', '<<undo>>'} <= set(mainmenu.default_keydefs))

    def test_restart_line(self):
        self.assertEqual(pyshell.restart_line(30, 'a.py'), '======== RESTART: a.py =======')
        self.assertEqual(pyshell.restart_line(5, ''), '= RESTART: Shell')

    def test_linecache_keeps_commands(self):
        import linecache
        with mock.patch.dict(linecache.cache, {'<pyshell#9>': (2, 0, ['x'], '<pyshell#9>')}):
            linecache.checkcache()
            self.assertEqual(linecache.getline('<pyshell#9>', 1), 'x')

    def test_breakpoint_lines(self):
        ranges = [mock.Mock(string=s, __str__=lambda self: self.string)
                  for s in ('3.0', '4.0', '7.0', '9.0')]
        lines = pyshell.PyShellEditorWindow.ranges_to_linenumbers(None, ranges)
        self.assertEqual(lines, [3, 7, 8])

    def test_debugger_tables(self):
        adapter = debugger_r.IdbAdapter(None)
        frame = debugger_r.wrap_frame(sys._getframe())
        try:
            marker = 'here'
            self.assertEqual(adapter.code_name(adapter.frame_code(frame)), 'test_debugger_tables')
            variables = adapter.frame_locals(frame)
            self.assertIn('marker', adapter.dict_keys_list(variables))
            self.assertEqual(adapter.dict_item(variables, 'marker'), repr(marker))
        finally:
            debugger_r.frametable.clear()
            debugger_r.dicttable.clear()
            debugger_r.codetable.clear()

    def test_usage(self):
        out = subprocess.run([sys.executable, '-m', 'idlelib', '-h'], stdout=subprocess.PIPE)
        self.assertIn(b'idle  [-deins] [-t title] [file]*', out.stdout)


@unittest.skipUnless(DISPLAY, 'no display')
class EditorTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.root = tkinter.Tk()
        cls.root.withdraw()
        cls.window = editor.EditorWindow(root=cls.root)
        cls.text = cls.window.text

    @classmethod
    def tearDownClass(cls):
        cls.window._close()
        cls.root.update_idletasks()
        for number in cls.root.tk.call('after', 'info'):
            cls.root.after_cancel(number)
        cls.root.destroy()
        del cls.root, cls.window, cls.text

    def after(self, handler, content, mark, event=None):
        text = self.text
        text.delete('1.0', 'end')
        text.insert('1.0', content)
        text.update()
        text.mark_set('insert', mark)
        handler(event)
        return text.get('1.0', 'end-1c'), text.index('insert')

    def test_backspace(self):
        key = self.window.smart_backspace_event
        self.assertEqual(self.after(key, '        x', '1.8'), ('    x', '1.4'))
        self.assertEqual(self.after(key, '\t', '1.1'), ('    ', '1.4'))
        self.assertEqual(self.after(key, 'x\n', '2.0'), ('x', '1.1'))
        self.assertEqual(self.after(key, 'ab', '1.1'), ('b', '1.0'))

    def test_tab(self):
        key = self.window.smart_indent_event
        self.assertEqual(self.after(key, '  x', '1.2'), ('      x', '1.6'))
        self.assertEqual(self.after(key, 'abcde', '1.5'), ('abcde   ', '1.8'))

    def test_return(self):
        key = self.window.newline_and_indent_event
        self.assertEqual(self.after(key, 'if x:  ', '1.5')[0], 'if x:\n    ')
        self.assertEqual(self.after(key, 'if x:\n    pass', '2.8')[0], 'if x:\n    pass\n')
        self.assertEqual(self.after(key, 'f(a, b)', '1.4')[0], 'f(a,\n  b)')

    def test_home(self):
        event = types.SimpleNamespace(state=0, keysym='Home')
        for mark, expected in (('1.7', '1.4'), ('1.4', '1.0'), ('1.0', '1.4')):
            self.assertEqual(self.after(self.window.home_callback, '    abc', mark, event)[1], expected)

    def test_guess_indent(self):
        self.text.delete('1.0', 'end')
        self.text.insert('1.0', 'x = 1\ndef f():\n   y\n')
        self.assertEqual(self.window.guess_indent(), 3)

    def test_title(self):
        self.window.set_saved(False)
        self.assertEqual(self.window.top.title(), '*untitled*')
        self.window.set_saved(True)
        self.assertEqual(self.window.top.title(), 'untitled')

    def test_encode(self):
        encode = self.window.io.encode
        self.assertEqual(encode('x = 1'), b'x = 1')
        self.assertEqual(encode('\xe9'), b'\xc3\xa9')
        self.assertEqual(encode('# coding: latin-1\n\xe9'), b'# coding: latin-1\n\xe9')
        with mock.patch.object(iomenu.messagebox, 'showerror') as showerror:
            self.assertEqual(encode('# coding: ascii\n\xe9')[:3], b'\xef\xbb\xbf')
        self.assertEqual(showerror.call_args[0][1], "Invalid encoding 'ascii'.\nSaving as UTF-8")

    def test_load_and_save(self):
        name = os.path.join(home.name, 'some.py')
        with open(name, 'wb') as stream:
            stream.write(b'def f():\r\n  pass\r\n')
        window = editor.EditorWindow(root=self.root, filename=name)
        try:
            self.assertTrue(window.good_load)
            self.assertEqual((window.indentwidth, window.io.eol_convention), (2, '\r\n'))
            self.assertTrue(window.top.title().startswith(f'some.py - {name} ('))
            window.text.insert('end-1c', 'x = 1')
            self.assertFalse(window.get_saved())
            window.io.save(None)
            self.assertTrue(window.get_saved())
        finally:
            window._close()
        with open(name, 'rb') as stream:
            self.assertEqual(stream.read(), b'def f():\r\n  pass\r\nx = 1\r\n')


SESSION = r'''
import sys, time, tkinter
from idlelib import pyshell, runscript
pyshell.use_subprocess = True
sys.argv[1:], name = [], sys.argv[1]
root = tkinter.Tk()
root.withdraw()
windows = pyshell.PyShellFileList(root)
shell = windows.open_shell()
text = shell.text

def wait(condition):
    deadline = time.monotonic() + 40
    while not condition():
        if time.monotonic() > deadline:
            print('TOO LATE')
            break
        root.update()
        time.sleep(0.01)

def prompt():
    return not shell.executing and text.get('end-1c linestart', 'end-1c') == '>>> '

def enter(line, until=prompt):
    text.insert('end-1c', line)
    text.mark_set('insert', 'end-1c')
    shell.enter_callback(None)
    wait(until)

wait(prompt)
enter('6 * 7')
enter('1 / 0')
enter('[line for line in open("/dev/null")]')
enter('import time')
enter('while True: time.sleep(0.01)', lambda: True)
enter('', lambda: shell.executing)
for _ in range(30):
    root.update()
    time.sleep(0.01)
shell.cancel_callback()
wait(prompt)
shell.restart_shell()
wait(prompt)
enter('time')
edit = windows.open(name)
edit.text.event_generate('<<run-module>>')
wait(lambda: 'finished' in text.get('1.0', 'end'))
wait(prompt)
enter('answer')
print(text.get('1.0', 'end'))
edit._close()
shell.close()
'''


@unittest.skipUnless(DISPLAY, 'no display')
class SessionTest(unittest.TestCase):
    def test_session(self):
        name = os.path.join(home.name, 'script.py')
        with open(name, 'w') as stream:
            stream.write('import sys\nanswer = len(sys.argv)\nprint(__name__, "finished")\n')
        out = subprocess.run([sys.executable, '-c', SESSION, name], stdout=subprocess.PIPE,
                             stderr=subprocess.STDOUT, timeout=100).stdout.decode()
        lines = out[out.index('>>> '):].split('\n')
        expected = [
            '>>> 6 * 7', '42',
            '>>> 1 / 0', 'Traceback (most recent call last):',
            '  File "<pyshell#1>", line 1, in <module>', '    1 / 0',
            'ZeroDivisionError: division by zero',
            '>>> [line for line in open("/dev/null")]', '[]',
            '>>> import time',
            '>>> while True: time.sleep(0.01)', '', 'KeyboardInterrupt',
            '>>> time', "NameError: name 'time' is not defined",
            '__main__ finished', '>>> answer', '1']
        position = 0
        for line in expected:
            self.assertIn(line, lines[position:], out)
            position = lines.index(line, position) + 1
        self.assertEqual(sum(' RESTART: ' in line for line in lines), 2)


if __name__ == '__main__':
    unittest.main()
