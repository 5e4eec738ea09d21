# SPDX-License-Identifier: MIT
"""Looking inside: module _taipan, -X tai-show, -X tai-stats, -X tai-gc-stress."""
import gc
import io
import os
import subprocess
import sys
import tempfile
import unittest
import weakref

try:
    import _showcode
    import _taipan
except ImportError:
    _taipan = None

OURS = unittest.skipUnless(_taipan, 'not taipan')

SOURCE = '''\
def area(self, n):
    try:
        return self.w * n
    except ValueError:
        return None
'''


def run(*arguments):
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    return done.returncode, done.stdout, done.stderr


@OURS
class Forms(unittest.TestCase):
    def make(self):
        names = {}
        exec(SOURCE, names)
        return names['area']

    def test_life_of_a_form(self):
        class Box:
            def __init__(self):
                self.w = 2
        area = self.make()
        self.assertIsNone(_taipan.form(area))
        area(Box(), 3)
        cold = _taipan.form(area)
        self.assertTrue(cold.startswith('area: '), cold)
        self.assertIn(', cold (11 calls or loops left)', cold)
        self.assertIn('LOAD_ATTR ', cold)
        self.assertIn('block 0: handler', cold)
        for _ in range(40):
            area(Box(), 3)
        warm = _taipan.form(area.__code__)
        self.assertIn(', warm', warm)
        self.assertIn('LOAD_ATTR_INSTANCE', warm)
        self.assertIn('<LOAD_FAST>', warm)
        self.assertIn('versions', warm)
        self.assertRegex(warm, r'MUL_INT\w* +')

    def test_wrong_argument(self):
        self.assertRaises(TypeError, _taipan.form, 1)

    def test_odd_names(self):
        names = {}
        exec('def f(\xe9): return \xe9 or "\\ud800"', names)
        names['f'](1)
        self.assertIn('\xe9', _taipan.form(names['f']))
        code = names['f'].__code__.replace(co_name='\ud800')
        self.assertIsNone(_taipan.form(code))
        type(names['f'])(code, {})(1)
        self.assertTrue(_taipan.form(code).startswith('?: '))

    def test_recording(self):
        self.assertIsNone(_taipan.record_forms(True))
        area = self.make()
        area(type('Box', (), {'w': 2}), 1)
        found = _taipan.record_forms(False)
        self.assertIn(area.__code__, found)
        self.assertIsNone(_taipan.record_forms(False))

    def test_counters(self):
        before = _taipan.counters()
        area = self.make()
        box = type('Box', (), {'w': 2})()
        for _ in range(60):
            area(box, 2)
        after = _taipan.counters()
        self.assertGreater(after['forms_made'], before['forms_made'])
        self.assertGreater(after['forms_warm'], before['forms_warm'])
        count = lambda counters: sum(counters['specialised'].values())
        self.assertGreater(count(after), count(before))
        missed = lambda counters: sum(counters['missed'].values())
        before = missed(after)
        for value in 'a', (1,), 2.5, 'b', b'':
            area(type('Box', (), {'w': value})(), 2)
        self.assertGreater(missed(_taipan.counters()), before)


    def test_instructions_of_debug_builds(self):
        # Debug builds count each step, and check the stack before it.
        executed = _taipan.counters()['executed']
        self.assertEqual(bool(executed), hasattr(sys, 'gettotalrefcount'))


@OURS
class Tokens(unittest.TestCase):
    def test_tokens(self):
        self.assertEqual(_taipan.tokens('if x:\n  "\xe9"'), [
            ('KEYWORD', 'if', 1, 0, 1, 2), ('NAME', 'x', 1, 3, 1, 4), ('COLON', ':', 1, 4, 1, 5), ('NEWLINE', '', 1, 5, 1, 5),
            ('INDENT', '', 2, -1, 2, -1), ('STRING', '"\xe9"', 2, 2, 2, 6), ('NEWLINE', '', 2, 6, 2, 6),
            ('DEDENT', '', 2, -1, 2, -1), ('NEWLINE', '', 2, -1, 2, -1), ('ENDMARKER', '', 2, -1, 2, -1)])

    def test_bad_text(self):
        self.assertEqual(_taipan.tokens('a $')[1][:2], ('OP', '$'))
        self.assertRaises(SyntaxError, _taipan.tokens, '(]')
        self.assertEqual(_taipan.tokens("'abc")[-1][0], 'ERRORTOKEN')
        self.assertRaises(TypeError, _taipan.tokens, b'a')
        self.assertRaises(UnicodeError, _taipan.tokens, '\ud800')


@OURS
class Show(unittest.TestCase):
    def shown(self, kind, source=SOURCE):
        out = io.StringIO()
        _showcode.show(source, 'name', (kind,), out=out)
        return out.getvalue()

    def test_kinds(self):
        self.assertIn("1:0-1:3          KEYWORD      'def'", self.shown('tokens'))
        self.assertIn("body[] = FunctionDef name='area'", self.shown('tree'))
        self.assertIn('function area, line 1', self.shown('symbols'))
        self.assertIn('self: parameter local referenced', self.shown('symbols'))
        self.assertIn('SETUP_FINALLY', self.shown('code'))

    def test_option(self):
        status, out, err = run('-X', 'tai-show=tree,form:f', '-c', 'def f(): return 7\nprint(f())')
        self.assertEqual((status, out), (0, '7\n'), err)
        self.assertIn("FunctionDef name='f'", err)
        self.assertIn('f: 2 units', err)
        self.assertNotIn('<module>: ', err)

    def test_option_for_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, 'x.py')
            with open(path, 'w') as file:
                file.write('print(1)\n')
            status, out, err = run('-X', 'tai-show', path)
            self.assertEqual((status, out), (0, '1\n'), err)
            self.assertIn('LOAD_NAME                0 (print)', err)
            self.assertIn('<module>: 6 units', err)
            status, out, err = run('-m', '_showcode', '-k', 'symbols', path)
            self.assertEqual((status, out), (0, ''), err)
            self.assertIn('module top', err)
            with open(path, 'w') as file:
                file.write('print(\n')
            status, out, err = run('-X', 'tai-show=all', path)
            self.assertEqual(status, 1)
            self.assertIn('SyntaxError', err)

    def test_bad_option(self):
        status, out, err = run('-X', 'tai-show=nonsense', '-c', 'pass')
        self.assertNotEqual(status, 0)
        self.assertIn("'nonsense' is none of", err)


@OURS
class Options(unittest.TestCase):
    def test_stats(self):
        status, out, err = run('-X', 'tai-stats', '-c', 'pass')
        self.assertEqual((status, out), (0, ''))
        self.assertRegex(err, r'\d+  executable forms made')

    def test_gc_stress(self):
        status, out, err = run('-X', 'tai-gc-stress=3', '-c', 'import gc\nclass C: pass\nfor i in range(200): C()\n'
                               'print(gc.get_stats()[0]["collections"] > 50, gc.get_stats()[2]["collections"] > 3)')
        self.assertEqual((status, out), (0, 'True True\n'), err)
        self.assertNotEqual(run('-X', 'tai-gc-stress=0', '-c', 'pass')[0], 0)
        self.assertNotEqual(run('-X', 'tai-gc-stress=x', '-c', 'pass')[0], 0)

    def test_gc_stress_from_python(self):
        class Node:
            pass
        self.assertRaises(ValueError, _taipan.gc_stress, -1)
        before = _taipan.gc_stress(1)
        try:
            self.assertEqual(_taipan.gc_stress(1), 1)
            node = Node()
            node.self = node
            gone = weakref.ref(node)
            del node
            for _ in range(100):
                Node()
            self.assertIsNone(gone())
        finally:
            _taipan.gc_stress(before)
        if before == 0:
            self.assertLess(gc.get_count()[0], 10000)


if __name__ == '__main__':
    unittest.main()
