# SPDX-License-Identifier: MIT
"""The sys module: functions, records, hooks."""
import io
import sys
import unittest


class SysTests(unittest.TestCase):
    def test_identity(self):
        self.assertEqual(sys.version_info[:3], (3, 8, 18))
        self.assertEqual(sys.implementation.name, 'cpython')
        self.assertEqual(sys.implementation.cache_tag, 'cpython-38')
        self.assertTrue(sys.version.startswith('3.8.18 ('))
        self.assertEqual((sys.byteorder, sys.maxunicode, sys.float_repr_style), ('little', 0x10ffff, 'short'))

    def test_records_are_sealed(self):
        for record in sys.flags, sys.version_info:
            self.assertRaisesRegex(TypeError, 'cannot create', type(record), ())

    def test_getframe(self):
        self.assertEqual(sys._getframe().f_code.co_name, 'test_getframe')
        self.assertEqual((lambda: sys._getframe(1).f_code.co_name)(), 'test_getframe')
        self.assertRaisesRegex(ValueError, 'call stack is not deep enough', sys._getframe, 10**6)

    def test_exc_info(self):
        self.assertEqual(sys.exc_info(), (None, None, None))
        try:
            1 / 0
        except ZeroDivisionError as e:
            self.assertIs(sys.exc_info()[1], e)
        self.assertEqual(sys.exc_info(), (None, None, None))

    def test_recursion_limit(self):
        old = sys.getrecursionlimit()
        self.addCleanup(sys.setrecursionlimit, old)
        self.assertRaisesRegex(ValueError, 'greater or equal than 1', sys.setrecursionlimit, 0)
        self.assertRaisesRegex(RecursionError, 'cannot set the recursion limit to 5', sys.setrecursionlimit, 5)

        def f():
            f()
        self.assertRaisesRegex(RecursionError, 'maximum recursion depth exceeded', f)

    def test_intern(self):
        a = 'never seen text %d' % 7
        self.assertIs(sys.intern(a), sys.intern('never seen text ' + '7'))
        self.assertRaisesRegex(TypeError, 'must be str, not int', sys.intern, 1)

        class S(str):
            pass
        self.assertRaisesRegex(TypeError, "can't intern S", sys.intern, S('x'))

    def test_displayhook(self):
        import builtins
        out, sys.stdout = sys.stdout, io.StringIO()
        try:
            sys.displayhook(None)
            sys.displayhook('x')
            self.assertEqual(sys.stdout.getvalue(), "'x'\n")
        finally:
            sys.stdout = out
        self.assertEqual(builtins._, 'x')
        del builtins._

    def test_excepthook_prints_chains(self):
        try:
            try:
                raise KeyError('k')
            except KeyError as e:
                try:
                    raise ValueError('v') from e
                except ValueError:
                    raise TypeError('t')
        except TypeError as e:
            info = type(e), e, e.__traceback__
        err, sys.stderr = sys.stderr, io.StringIO()
        try:
            sys.excepthook(*info)
            text = sys.stderr.getvalue()
        finally:
            sys.stderr = err
        self.assertEqual([l for l in text.splitlines() if l and not l.startswith((' ', 'Traceback'))], [
            "KeyError: 'k'", 'The above exception was the direct cause of the following exception:', 'ValueError: v',
            'During handling of the above exception, another exception occurred:', 'TypeError: t'])

    def test_syntax_error_caret(self):
        err, sys.stderr = sys.stderr, io.StringIO()
        try:
            e = SyntaxError('msg', ('file', 3, 5, '  a bc\n'))
            sys.excepthook(SyntaxError, e, None)
            text = sys.stderr.getvalue()
        finally:
            sys.stderr = err
        self.assertEqual(text, '  File "file", line 3\n    a bc\n      ^\nSyntaxError: msg\n')

    def test_switch_interval(self):
        old = sys.getswitchinterval()
        sys.setswitchinterval(0.02)
        self.assertAlmostEqual(sys.getswitchinterval(), 0.02)
        sys.setswitchinterval(old)
        self.assertRaises(ValueError, sys.setswitchinterval, 0)

    def test_trace(self):
        events = []

        def tracer(frame, event, arg):
            events.append(event)
            return tracer

        def f():
            x = 1
            return x
        sys.settrace(tracer)
        f()
        sys.settrace(None)
        self.assertEqual(events, ['call', 'line', 'line', 'return'])
        self.assertIsNone(sys.gettrace())

    def test_int_digits(self):
        old = sys.get_int_max_str_digits()
        self.assertEqual(old, 4300)
        self.assertRaisesRegex(ValueError, 'must be 0 or larger than 640', sys.set_int_max_str_digits, 639)
        self.assertRaises(ValueError, str, 10**5000)
        sys.set_int_max_str_digits(0)
        self.assertEqual(len(str(10**5000)), 5001)
        sys.set_int_max_str_digits(old)

    def test_getsizeof(self):
        class Bad:
            def __sizeof__(self):
                return -1
        self.assertRaisesRegex(ValueError, 'should return >= 0', sys.getsizeof, Bad())
        self.assertEqual(sys.getsizeof(1.0), 24)
        self.assertEqual(sys.getsizeof([]), 56)


if __name__ == '__main__':
    unittest.main()
