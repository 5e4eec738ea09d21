# SPDX-License-Identifier: MIT
"""curses: windows, keys, panels and the text box, each on a terminal of its own (24 lines of 80 columns)."""
import ast
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import threading
import unittest

try:
    import curses
    import curses.ascii
    import curses.panel
except ImportError:
    raise unittest.SkipTest('no ncurses')

BEGIN = 'import curses, curses.panel, curses.textpad, sys\nscreen = curses.initscr()\nresult = None\ntry:\n'
END = '\nfinally:\n    curses.endwin()\nprint(ascii(result), file=sys.stderr)\n'


def on_terminal(code, keys=b''):
    """Run lines of code that set result, with screen at hand; return result."""
    code = BEGIN + '\n'.join('    ' + line for line in code.strip().split('\n')) + END
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, 80, 0, 0))
    child = subprocess.Popen([sys.executable, '-c', code], stdin=slave, stdout=slave, stderr=subprocess.PIPE,
                             env={**os.environ, 'TERM': 'xterm', 'LC_ALL': 'C.UTF-8', 'LINES': '24', 'COLUMNS': '80'})
    os.close(slave)
    os.write(master, keys)

    def drain():
        try:
            while os.read(master, 4096):
                pass
        except OSError:
            pass

    reader = threading.Thread(target=drain, daemon=True)
    reader.start()
    errors = child.communicate(timeout=60)[1].decode()
    reader.join(10)
    os.close(master)
    try:
        return ast.literal_eval(errors.strip())
    except (SyntaxError, ValueError):
        raise AssertionError(errors)


class WindowTest(unittest.TestCase):

    def test_text_is_read_back(self):
        self.assertEqual(on_terminal('''
win = curses.newwin(3, 6, 2, 4)
win.addstr(0, 1, 'abc')
win.insstr(0, 1, b'XY')
win.addstr(1, 0, '\\u20ac\\xe9', curses.A_BOLD)
win.addch(2, 0, '!', curses.A_REVERSE)
result = [win.instr(0, 0), win.instr(1, 0).decode('utf-8')[:5], win.inch(2, 0) == ord('!') | curses.A_REVERSE,
          win.getbegyx(), win.getmaxyx(), win.derwin(1, 1).getparyx(), win.encoding]
'''), [b' XYabc', '\u20ac\xe9   ', True, (2, 4), (3, 6), (1, 1), 'UTF-8'])

    def test_errors(self):
        self.assertEqual(on_terminal('''
result = []
for call in (lambda: screen.addch(), lambda: screen.addch('ab'), lambda: screen.move(100, 1), lambda: screen.addstr(5),
             lambda: curses.newpad(5, 5).refresh(), lambda: curses.init_pair(1, 1, 1), lambda: screen.box(1),
             lambda: curses.tigetstr(1), lambda: screen.getstr(-1), lambda: curses.window()):
    try:
        call()
    except Exception as e:
        result.append((type(e).__name__, str(e)))
'''), [
            ('TypeError', '_curses.window.addch requires 1 to 4 arguments'),
            ('TypeError', 'expect bytes or str of length 1, or int, got a str of length 2'),
            ('error', 'wmove() returned ERR'),
            ('TypeError', 'expect bytes or str, got int'),
            ('error', 'refresh() for a pad requires 6 arguments'),
            ('error', 'must call start_color() first'),
            ('TypeError', '_curses.window.box requires 0 to 2 arguments'),
            ('TypeError', 'tigetstr() argument must be str, not int'),
            ('ValueError', "'n' must be nonnegative"),
            ('TypeError', "cannot create '_curses.window' instances"),
        ])

    def test_before_the_screen(self):
        code = 'import _curses\ntry: _curses.beep()\nexcept _curses.error as e: print(e)'
        self.assertEqual(subprocess.check_output([sys.executable, '-c', code]), b'must call initscr() first\n')

    def test_saved_window(self):
        self.assertEqual(on_terminal('''
import io
win = curses.newwin(2, 4, 1, 1)
win.addstr('hey')
file = io.BytesIO()
win.putwin(file)
file.seek(0)
result = curses.getwin(file).instr(0, 0)
'''), b'hey ')

    def test_colors(self):
        self.assertEqual(on_terminal('''
curses.start_color()
curses.init_pair(2, curses.COLOR_RED, curses.COLOR_BLUE)
result = curses.COLORS, curses.pair_content(2), curses.pair_number(curses.color_pair(2)), curses.color_content(0)
'''), (8, (1, 4), 2, (0, 0, 0)))


class KeyTest(unittest.TestCase):

    def test_keys_from_the_terminal(self):
        self.assertEqual(on_terminal('''
curses.noecho()
curses.cbreak()
screen.keypad(True)
result = screen.getch(), screen.getkey(), screen.getkey(), screen.get_wch(), screen.get_wch()
''', b'a\x1bOA\x1bOB\xc3\xa9\x1bOC'), (97, 'KEY_UP', 'KEY_DOWN', '\xe9', curses.KEY_RIGHT))

    def test_pushed_back(self):
        self.assertEqual(on_terminal('''
curses.ungetch('x')
first = screen.getkey()
curses.unget_wch('\\u20ac')
result = first, screen.get_wch(), curses.keyname(259), curses.unctrl(1)
'''), ('x', '\u20ac', b'KEY_UP', b'^A'))

    def test_mouse(self):
        self.assertEqual(on_terminal('''
mask = curses.mousemask(curses.BUTTON1_PRESSED)
curses.ungetmouse(0, 3, 4, 0, curses.BUTTON1_PRESSED)
result = mask, screen.getch() == curses.KEY_MOUSE, curses.getmouse()
'''), ((2, 0), True, (0, 3, 4, 0, 2)))

    def test_textbox(self):
        self.assertEqual(on_terminal('''
curses.noecho()
curses.cbreak()
result = curses.textpad.Textbox(curses.newwin(2, 10), insert_mode=True).edit()
''', b'world\x01ab\x08\x08hi \nx\x07'), 'hi world \nx \n')


class PanelTest(unittest.TestCase):

    def test_pile(self):
        self.assertEqual(on_terminal('''
win = curses.newwin(2, 2)
low, high = curses.panel.new_panel(win), curses.panel.new_panel(curses.newwin(3, 3))
high.set_userptr('mine')
before = curses.panel.top_panel() is high, low.above() is high, high.above(), low.window() is win, high.userptr()
low.top()
high.hide()
try:
    low.userptr()
except curses.panel.error as e:
    error = str(e)
result = before, curses.panel.top_panel() is low, high.hidden(), low.below(), error
'''), ((True, True, None, True, 'mine'), True, True, None, 'no userptr set'))


class OtherTest(unittest.TestCase):

    def test_wrapper_cleans_up(self):
        self.assertEqual(on_terminal('''
def program(window, *args, **kwds):
    return window.getmaxyx(), args, kwds, curses.isendwin()
result = curses.wrapper(program, 1, func=2), curses.isendwin()
try:
    curses.wrapper(lambda window: 1 // 0)
except ZeroDivisionError:
    result += curses.isendwin(),
'''), (((24, 80), (1,), {'func': 2}, False), True, True))

    def test_terminfo(self):
        code = ("import curses; curses.setupterm('xterm', 1)\n"
                "print(curses.tparm(curses.tigetstr('cup'), 4, 5), curses.tigetnum('colors'), curses.tigetflag('am'), curses.tigetstr('zz'))")
        self.assertEqual(subprocess.check_output([sys.executable, '-c', code]), b"b'\\x1b[5;6H' 8 1 None\n")

    def test_characters(self):
        self.assertEqual([curses.ascii.unctrl(c) for c in ('a', '\n', 127, '\xc1', 0x8a)], ['a', '^J', '^?', '!A', '!^J'])
        self.assertEqual((curses.ascii.ctrl('j'), curses.ascii.alt(65), curses.ascii.ascii('\xc1')), ('\n', 193, 'A'))
        self.assertEqual(curses.ascii.ESC, 27)
        self.assertFalse(curses.ascii.isalpha('\xe9'))


if __name__ == '__main__':
    unittest.main()
