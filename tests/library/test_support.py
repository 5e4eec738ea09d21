# SPDX-License-Identifier: MIT
"""test.support, and its helpers for scripts and bytecode."""
import gc
import os
import socket
import sys
import threading
import unittest
import warnings

try:
    from test import bytecode_helper, support
    from test.support import script_helper
except ImportError:
    raise unittest.SkipTest('the library has no package test')


class FilesTest(unittest.TestCase):

    def test_folders(self):
        before = os.getcwd()
        with support.temp_cwd() as folder:
            self.assertEqual(os.path.realpath(os.getcwd()), os.path.realpath(folder))
            os.makedirs('a/b')
            support.create_empty_file('a/b/c')
            os.chmod('a/b', 0o500)
            support.rmtree('a')
            self.assertEqual(os.listdir('.'), [])
            support.unlink('none')
            support.rmdir('none')
            support.create_empty_file(support.TESTFN_UNICODE)
        self.assertEqual(os.getcwd(), before)
        self.assertFalse(os.path.exists(folder))
        with self.assertWarns(RuntimeWarning), support.change_cwd('/none/such', quiet=True):
            pass

    def test_descriptors(self):
        self.assertRaises(OSError, os.fstat, support.make_bad_fd())
        count = support.fd_count()
        with open(os.devnull):
            self.assertEqual(support.fd_count(), count + 1)

    def test_paths(self):
        self.assertEqual(os.fspath(support.FakePath('x')), 'x')
        self.assertRaises(ZeroDivisionError, os.fspath, support.FakePath(ZeroDivisionError))
        self.assertEqual(support.findfile('no such file'), 'no such file')


class ModulesTest(unittest.TestCase):

    def test_import(self):
        self.assertRaises(unittest.SkipTest, support.import_module, 'no_such_module')
        import colorsys
        fresh = support.import_fresh_module('colorsys')
        self.assertIsNot(fresh, colorsys)
        self.assertIs(sys.modules['colorsys'], colorsys)
        self.assertIsNone(support.import_fresh_module('colorsys', fresh=['no_such_module']))
        with support.CleanImport('colorsys'):
            self.assertNotIn('colorsys', sys.modules)
        self.assertIs(sys.modules['colorsys'], colorsys)

    def test_names(self):
        self.assertEqual(support.detect_api_mismatch([], ()) & {'append', 'count'}, {'append'})
        self.assertRaises(unittest.SkipTest, support.get_attribute, [], 'nothing')


class WatchingTest(unittest.TestCase):

    def test_streams(self):
        with support.captured_stdout() as out, support.captured_stdin() as stdin:
            stdin.write('line\n')
            stdin.seek(0)
            print(input())
        self.assertEqual(out.getvalue(), 'line\n')

    def test_warnings(self):
        with support.check_warnings(('one', UserWarning)) as seen:
            warnings.warn('one more')
            self.assertEqual(str(seen.message), 'one more')
            seen.reset()
            self.assertIsNone(seen.message)
        with self.assertRaisesRegex(AssertionError, '^unhandled warning'):
            with support.check_warnings(('one', UserWarning)):
                warnings.warn('one')
                warnings.warn('two')
        with self.assertRaisesRegex(AssertionError, r"^filter \('one', UserWarning\) did not catch any warning$"):
            with support.check_warnings(('one', UserWarning)):
                pass
        with self.assertRaises(AssertionError), support.check_no_resource_warning(self):
            open(os.devnull)

    def test_undone(self):
        with support.EnvironmentVarGuard() as env:
            env['TAIPAN_A'] = '1'
            del env['PATH']
            self.assertNotIn('PATH', os.environ)
        self.assertNotIn('TAIPAN_A', os.environ)
        self.assertIn('PATH', os.environ)
        with support.swap_attr(self, 'missing', 1) as old, support.swap_item(self.__dict__, 'b', 2):
            self.assertEqual((old, self.missing, self.b), (None, 1, 2))
        self.assertFalse(hasattr(self, 'missing') or hasattr(self, 'b'))
        with support.disable_gc():
            self.assertFalse(gc.isenabled())
        self.assertTrue(gc.isenabled())

    def test_threads(self):
        event = threading.Event()
        with support.wait_threads_exit(), support.start_threads([threading.Thread(target=event.wait) for _ in range(3)], event.set):
            self.assertGreaterEqual(threading.active_count(), 4)
        with support.catch_threading_exception() as caught:
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
            self.assertIs(caught.exc_type, ZeroDivisionError)
        with support.catch_unraisable_exception() as caught:
            class Bad:
                def __del__(self):
                    1 / 0
            Bad()
            self.assertIsInstance(caught.unraisable.exc_value, ZeroDivisionError)


class SkippingTest(unittest.TestCase):

    def test_resources(self):
        with support.swap_attr(support, 'use_resources', ['cpu']):
            support.requires('cpu')
            with self.assertRaisesRegex(support.ResourceDenied, "^Use of the 'network' resource not enabled$"):
                support.requires('network')

    def test_implementations(self):
        self.assertTrue(support.check_impl_detail(cpython=True))
        self.assertFalse(support.check_impl_detail(cpython=False))
        self.assertTrue(support.check_impl_detail(jython=False))

    def test_memory(self):
        with support.swap_attr(support, 'max_memuse', 0), support.swap_attr(support, 'real_max_memuse', 0):
            support.set_memlimit('2.5g')
            self.assertEqual(support.max_memuse, 5 * 2 ** 29)
            self.assertRaises(ValueError, support.set_memlimit, '1k')
            self.assertRaises(ValueError, support.set_memlimit, 'much')


class RunningTest(unittest.TestCase):

    def test_choice(self):
        class Test:
            def id(self):
                return 'test.test_x.Case.test_method'
        for patterns, ignored, result in (([], [], True), (['Case'], [], True), (['test_m*'], [], True), (['other'], [], False),
                                          (['test.test_x.Case.test_method'], [], True), ([], ['Case'], False),
                                          (['Case'], ['*method'], False)):
            support.set_match_tests(patterns, ignored)
            self.assertEqual(support.match_test(Test()), result, (patterns, ignored))
        support.set_match_tests(['*'])

    def test_run(self):
        class Good(unittest.TestCase):
            def test(self):
                pass

        class Bad(unittest.TestCase):
            def test(self):
                self.fail('so')
        with support.swap_attr(support, 'verbose', 0), support.captured_stdout():
            support.run_unittest(Good)
            with self.assertRaisesRegex(support.TestFailed, 'AssertionError: so'):
                support.run_unittest(Good, Bad)
            self.assertRaises(support.TestDidNotRun, support.run_unittest, unittest.TestSuite())

    def test_syntax(self):
        support.check_syntax_error(self, 'a b', 'invalid', lineno=1, offset=3)
        support.check_syntax_warning(self, '1 is 1', '"is" with a literal')
        self.assertRaises(AssertionError, support.check_syntax_error, self, 'a')

    def test_objects(self):
        self.assertTrue(support.LARGEST > 5 and support.SMALLEST < -5 and support.ALWAYS_EQ == 7)
        self.assertTrue(support.LARGEST >= support.LARGEST and not support.SMALLEST < support.SMALLEST)
        self.assertEqual(support.sortdict({2: 'b', 1: 'a'}), "{1: 'a', 2: 'b'}")
        mean, deviation = support.collision_stats(1000, 100)
        self.assertAlmostEqual(mean, 4.79, 2)
        self.assertAlmostEqual(deviation, 2.06, 1)
        support.check_free_after_iterating(self, iter, list)

    def test_network(self):
        with socket.socket() as sock:
            self.assertEqual(support.bind_port(sock, '127.0.0.1'), sock.getsockname()[1])
        with self.assertRaises(support.ResourceDenied), support.transient_internet('host'):
            raise socket.timeout


class HelpersTest(unittest.TestCase):

    def test_scripts(self):
        done = script_helper.assert_python_ok('-c', 'import sys; print(sys.flags.isolated); print(1, file=sys.stderr)')
        self.assertEqual((done.rc, done.out, done.err), (0, b'1\n', b'1'))
        done = script_helper.assert_python_failure('-c', 'import os; exit(int(os.environ["A"]))', A='3')
        self.assertEqual(done.rc, 3)
        with self.assertRaisesRegex(AssertionError, 'Process return code is 0'):
            script_helper.assert_python_failure('-c', 'pass')
        with support.temp_dir() as folder:
            script_helper.make_pkg(os.path.join(folder, 'p'), 'print(__name__)')
            name = script_helper.make_script(os.path.join(folder, 'p'), 'm', 'print(__name__)')
            archive, inside = script_helper.make_zip_script(folder, 'z', name, '__main__.py')
            self.assertEqual(script_helper.assert_python_ok(archive).out, b'__main__\n')
            self.assertEqual(script_helper.assert_python_ok('-m', 'p.m', __cwd=folder, PYTHONPATH=folder).out, b'p\n__main__\n')
        process = script_helper.spawn_python('-c', 'print(input())')
        process.stdin.write(b'hello\n')
        self.assertEqual(script_helper.kill_python(process), b'hello\n')

    def test_bytecode(self):
        case = bytecode_helper.BytecodeTestCase()
        self.assertEqual(case.assertInBytecode(lambda: 5, 'LOAD_CONST', 5).argval, 5)
        case.assertNotInBytecode(lambda: 5, 'BINARY_ADD')
        self.assertRaises(AssertionError, case.assertNotInBytecode, lambda: 5, 'RETURN_VALUE')


if __name__ == '__main__':
    unittest.main()
