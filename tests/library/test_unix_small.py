# SPDX-License-Identifier: MIT
"""stat, tty, crypt, getpass, pipes, sched, _strptime: small modules that know the system or the clock."""
import crypt
import getpass
import io
import os
import pipes
import pty
import sched
import stat
import sys
import tempfile
import termios
import time
import tty
import unittest
from unittest import mock


class Stat(unittest.TestCase):
    def test_modes(self):
        for mode, text in ((0o100644, '-rw-r--r--'), (0o040755, 'drwxr-xr-x'), (0o120777, 'lrwxrwxrwx'), (0o104755, '-rwsr-xr-x'),
                           (0o102644, '-rw-r-Sr--'), (0o041777, 'drwxrwxrwt'), (0o020620, 'crw--w----'), (0o060660, 'brw-rw----'),
                           (0o010600, 'prw-------'), (0o140755, 'srwxr-xr-x'), (0, '?---------')):
            with self.subTest(text):
                self.assertEqual(stat.filemode(mode), text)

    def test_kinds(self):
        mode = os.stat(os.path.dirname(os.path.abspath(__file__))).st_mode
        self.assertTrue(stat.S_ISDIR(mode) and not stat.S_ISREG(mode) and not stat.S_ISLNK(mode))
        self.assertEqual((stat.S_IMODE(0o100644), stat.S_IFMT(0o100644)), (0o644, stat.S_IFREG))
        self.assertEqual((stat.ST_MODE, stat.ST_SIZE, stat.ST_CTIME, stat.S_ISUID, stat.UF_NODUMP), (0, 6, 9, 0o4000, 1))
        self.assertFalse(stat.S_ISDOOR(mode) or stat.S_ISPORT(mode) or stat.S_ISWHT(mode))


@unittest.skipUnless(hasattr(pty, 'openpty'), 'no pseudo terminals')
class Terminal(unittest.TestCase):
    def setUp(self):
        try:
            self.master, self.slave = pty.openpty()
        except OSError as error:
            self.skipTest(error)
        self.addCleanup(os.close, self.master)
        self.addCleanup(os.close, self.slave)

    def test_raw(self):
        tty.setraw(self.slave)
        mode = termios.tcgetattr(self.slave)
        self.assertFalse(mode[tty.LFLAG] & (termios.ECHO | termios.ICANON | termios.ISIG) or mode[tty.OFLAG] & termios.OPOST)
        self.assertEqual(mode[tty.CC][termios.VMIN], 1 if isinstance(mode[tty.CC][termios.VMIN], int) else b'\1')

    def test_cbreak(self):
        before = termios.tcgetattr(self.slave)
        tty.setcbreak(self.slave)
        mode = termios.tcgetattr(self.slave)
        self.assertFalse(mode[tty.LFLAG] & (termios.ECHO | termios.ICANON))
        self.assertEqual(mode[tty.OFLAG], before[tty.OFLAG])

    def test_password(self):
        class Prompt(io.StringIO):
            def write(prompt, text):
                if text == 'Word: ':        # what was typed before is thrown away
                    os.write(self.master, b'secret\n')
                return super().write(text)
        with open(self.slave, 'r', closefd=False) as stream, Prompt() as prompt, mock.patch('os.open', side_effect=OSError), mock.patch('sys.stdin', stream):
            self.assertEqual(getpass.getpass('Word: ', prompt), 'secret')
            self.assertEqual(prompt.getvalue(), 'Word: \n')


class Password(unittest.TestCase):
    def test_user(self):
        with mock.patch.dict(os.environ, {'LOGNAME': 'one', 'USER': 'two'}):
            self.assertEqual(getpass.getuser(), 'one')
            del os.environ['LOGNAME']
            self.assertEqual(getpass.getuser(), 'two')

    def test_no_terminal(self):
        import warnings
        with mock.patch('os.open', side_effect=OSError), mock.patch('sys.stdin', io.StringIO('text\n')), warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter('always')
            self.assertEqual(getpass.getpass(stream=io.StringIO()), 'text')
        self.assertEqual([each.category for each in seen], [getpass.GetPassWarning])

    def test_crypt(self):
        self.assertEqual(crypt.methods[-1].name if crypt.METHOD_CRYPT in crypt.methods else 'CRYPT', 'CRYPT')
        for method in set(crypt.methods) - {getattr(crypt, 'METHOD_BLOWFISH', None)}:       # which takes long
            hashed = crypt.crypt('pass', method)
            self.assertEqual(crypt.crypt('pass', hashed), hashed)
            self.assertNotEqual(crypt.crypt('other', hashed), hashed)
            self.assertEqual(len(hashed), method.total_size)
        if crypt.METHOD_SHA512 in crypt.methods:
            self.assertIn('$rounds=5000$', crypt.mksalt(crypt.METHOD_SHA512, rounds=5000))
            self.assertRaises(ValueError, crypt.mksalt, crypt.METHOD_SHA512, rounds=10)
            self.assertRaises(TypeError, crypt.mksalt, crypt.METHOD_SHA512, rounds='9')
        self.assertEqual(repr(crypt.METHOD_SHA256), '<crypt.METHOD_SHA256>')


class Pipes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.name = os.path.join(folder.name, 'it is')

    def test_write_and_read(self):
        t = pipes.Template()
        t.append('tr a-z A-Z', '--')
        with t.open(self.name, 'w') as f:
            f.write('hello world')
        with open(self.name) as f:
            self.assertEqual(f.read(), 'HELLO WORLD')
        t.reset()
        t.append('cat < "$IN"', 'f-')
        t.append('tr A-Z a-z', pipes.STDIN_STDOUT)
        with t.open(self.name, 'r') as f:
            self.assertEqual(f.read(), 'hello world')
        self.assertEqual(repr(t), '<Template instance, steps=%r>' % t.steps)

    def test_copy(self):
        t = pipes.Template()
        t.append('cat "$IN" > "$OUT"', 'ff')
        with open(self.name, 'w') as f:
            f.write('abc')
        self.assertEqual(t.copy(self.name, self.name + '2'), 0)
        with open(self.name + '2') as f:
            self.assertEqual(f.read(), 'abc')

    def test_errors(self):
        t = pipes.Template()
        for wrong in (7, '--'), ('cat', 'xx'), ('cat', '.-'), ('cat', 'f-'), ('cat', '-f'):
            with self.subTest(wrong):
                self.assertRaises((TypeError, ValueError), t.append, *wrong)
        t.append('cat', '-.')
        self.assertRaises(ValueError, t.append, 'cat', '--')
        self.assertRaises(ValueError, t.prepend, 'cat', '-.')
        self.assertRaises(ValueError, t.open, self.name, 'x')
        self.assertEqual(pipes.quote("it's"), "'it'\"'\"'s'")


class Scheduler(unittest.TestCase):
    def setUp(self):
        self.now, self.seen = 0, []
        self.scheduler = sched.scheduler(lambda: self.now, self.sleep)

    def sleep(self, seconds):
        self.now += seconds

    def test_order(self):
        for delay, priority, name in (5, 1, 'e'), (1, 2, 'b'), (1, 1, 'a'), (1, 2, 'c'):
            self.scheduler.enter(delay, priority, lambda name, at=None: self.seen.append((self.now, name)), (name,), {'at': 1})
        event = self.scheduler.enterabs(3, 1, self.seen.append, ('gone',))
        self.assertEqual(len(self.scheduler.queue), 5)
        self.scheduler.cancel(event)
        self.assertRaises(ValueError, self.scheduler.cancel, event)
        self.scheduler.run()
        self.assertEqual(self.seen, [(1, 'a'), (1, 'b'), (1, 'c'), (5, 'e')])
        self.assertTrue(self.scheduler.empty())

    def test_not_blocking(self):
        self.scheduler.enter(0, 1, self.seen.append, (1,))
        self.scheduler.enter(7, 1, self.seen.append, (2,))
        self.assertEqual((self.scheduler.run(blocking=False), self.seen), (7, [1]))

    def test_events(self):
        event = self.scheduler.enter(2, 1, print)
        self.assertEqual((event.time, event.priority, event.action, event.argument, event.kwargs), (2, 1, print, (), {}))
        self.scheduler.enter(0, 1, lambda: 1 / 0)
        self.assertRaises(ZeroDivisionError, self.scheduler.run)
        self.assertEqual(self.scheduler.queue, [event])


class ReadingTimes(unittest.TestCase):
    def check(self, text, form, *expected):
        with self.subTest(text=text, form=form):
            self.assertEqual(tuple(time.strptime(text, form))[:len(expected)], expected)

    def test_directives(self):
        self.check('29 Feb 2020 23:59:58', '%d %b %Y %H:%M:%S', 2020, 2, 29, 23, 59, 58, 5, 60)
        self.check('12 AM', '%I %p', 1900, 1, 1, 0)
        self.check('12 pm', '%I %p', 1900, 1, 1, 12)
        self.check('69', '%y', 1969)
        self.check('68', '%y', 2068)
        self.check('2020 060', '%Y %j', 2020, 2, 29)
        self.check('2020 9 6', '%Y %W %w', 2020, 3, 7)
        self.check('2020 9 6', '%G %V %u', 2020, 2, 29)
        self.check('100%', '100%%', 1900)
        self.check('monday JANUARY  5', '%A %B %d', 1900, 1, 5, 0, 0, 0, 0)
        self.check('Sun Nov 22 22:10:00 2026', '%c', 2026, 11, 22, 22, 10, 0, 6)

    def test_zones(self):
        from datetime import datetime, timedelta
        for text, seconds in ('+0130', 5400), ('-01:30', -5400), ('Z', 0), ('+01:30:15.5', 5415.5):
            self.assertEqual(datetime.strptime(text, '%z').utcoffset(), timedelta(seconds=seconds))
        self.assertEqual(time.strptime('UTC', '%Z').tm_isdst, 0)
        self.assertEqual(datetime.strptime('.123', '.%f').microsecond, 123000)

    def test_errors(self):
        for text, form, message in (('a', '%d', r"time data 'a' does not match format '%d'"), ('1 2', '%d', 'unconverted data remains:  2'),
                                    ('1', '%Q', r"'Q' is a bad directive in format '%Q'"), ('1', '%', r"stray % in format '%'"),
                                    ('29 2 2019', '%d %m %Y', 'day is out of range for month'), ('2020 5', '%G %V', 'ISO year directive'),
                                    ('5 6', '%V %w', 'ISO week directive'), ('2020 1', '%G %j', 'ISO year directive')):
            with self.subTest(text=text, form=form), self.assertRaisesRegex(ValueError, message):
                time.strptime(text, form)
        self.assertRaises(TypeError, time.strptime, b'1', '%d')
        self.assertRaises(TypeError, time.strptime, '1', 1)


if __name__ == '__main__':
    unittest.main()
