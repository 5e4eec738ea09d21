# SPDX-License-Identifier: MIT
"""unittest: the order of calls, what results are told, messages, loading."""

import io
import types
import unittest


def run(cls, result=None):
    result = result or unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(cls).run(result)
    return result


class Running(unittest.TestCase):

    def test_order(self):
        calls = []

        class T(unittest.TestCase):
            setUpClass = classmethod(lambda cls: calls.append('class up'))
            tearDownClass = classmethod(lambda cls: calls.append('class down'))

            def setUp(self):
                calls.append('up')
                self.addCleanup(calls.append, 'cleanup 1')
                self.addCleanup(calls.append, 'cleanup 2')

            def tearDown(self):
                calls.append('down')

            def test(self):
                calls.append('test')
        run(T)
        self.assertEqual(calls, ['class up', 'up', 'test', 'down', 'cleanup 2', 'cleanup 1', 'class down'])

    def test_outcomes(self):
        class T(unittest.TestCase):
            def test_error(self):
                1 / 0

            def test_fail(self):
                self.fail('why')

            def test_good(self):
                pass

            @unittest.skip('reason')
            def test_skip(self):
                pass

            @unittest.expectedFailure
            def test_x_fails(self):
                self.fail()

            @unittest.expectedFailure
            def test_x_passes(self):
                pass
        result = run(T)
        self.assertEqual([len(one) for one in (result.errors, result.failures, result.skipped, result.expectedFailures,
                                               result.unexpectedSuccesses)], [1] * 5)
        self.assertEqual(result.testsRun, 6)
        self.assertFalse(result.wasSuccessful())
        self.assertTrue(result.failures[0][1].endswith('AssertionError: why\n'))
        self.assertNotIn('case.py', result.failures[0][1])

    def test_subtests(self):
        class T(unittest.TestCase):
            def test(self):
                for i in range(4):
                    with self.subTest('m', i=i):
                        self.assertEqual(i % 2, 0)
        result = run(T)
        self.assertEqual([str(test).split(') ')[1] for test, _ in result.failures], ['[m] (i=1)', '[m] (i=3)'])

    def test_class_setup_fails(self):
        class T(unittest.TestCase):
            @classmethod
            def setUpClass(cls):
                1 / 0

            def test(self):
                raise AssertionError('must not run')
        result = run(T)
        self.assertEqual(result.testsRun, 0)
        self.assertTrue(str(result.errors[0][0]).startswith('setUpClass ('))

    def test_runner(self):
        class T(unittest.TestCase):
            def test_a(self):
                pass

            def test_b(self):
                self.skipTest('r')
        for verbosity, begin in ((1, '.s\n'), (2, 'test_a (')):
            out = io.StringIO()
            runner = unittest.TextTestRunner(out, verbosity=verbosity)
            runner.run(unittest.makeSuite(T))
            self.assertTrue(out.getvalue().startswith(begin), out.getvalue())
            self.assertRegex(out.getvalue(), r'-{70}\nRan 2 tests in \d+\.\d{3}s\n\nOK \(skipped=1\)\n\Z')

    def test_async(self):
        class T(unittest.IsolatedAsyncioTestCase):
            async def test(self):
                import asyncio
                await asyncio.sleep(0)
                self.fail('reached')
        self.assertIn('reached', run(T).failures[0][1])


class Messages(unittest.TestCase):

    def check(self, message, method, *args, **kwargs):
        with self.assertRaises(AssertionError) as caught:
            getattr(unittest.TestCase(), method)(*args, **kwargs)
        self.assertEqual(str(caught.exception), message)

    def test_messages(self):
        self.check('1 != 2', 'assertEqual', 1, 2)
        self.check('1 != 2 : why', 'assertEqual', 1, 2, 'why')
        self.check('3 not found in [1]', 'assertIn', 3, [1])
        self.check('1 != 1.1 within 7 places (0.10000000000000009 difference)', 'assertAlmostEqual', 1, 1.1)
        self.check("Regex didn't match: 'b' not found in 'a'", 'assertRegex', 'a', 'b')
        self.check('ValueError not raised by int', 'assertRaises', ValueError, int)
        self.check('Element counts were not equal:\nFirst has 1, Second has 0:  2', 'assertCountEqual', [1, 2], [1])
        self.check('Lists differ: [1] != [2]\n\nFirst differing element 0:\n1\n2\n\n- [1]\n+ [2]', 'assertListEqual',
                   [1], [2])
        self.check('Items in the second set but not the first:\n3', 'assertSetEqual', {1}, {1, 3})
        self.check('{1: 2} != {1: 3}\n- {1: 2}\n?     ^\n\n+ {1: 3}\n?     ^\n', 'assertDictEqual', {1: 2}, {1: 3})

    def test_contexts(self):
        with self.assertRaisesRegex(ValueError, 'invalid literal') as caught:
            int('x')
        self.assertIsInstance(caught.exception, ValueError)
        with self.assertWarns(UserWarning):
            import warnings
            warnings.warn('w')
        with self.assertLogs('a.b', 'INFO') as log:
            import logging
            logging.getLogger('a.b').info('hello')
        self.assertEqual(log.output, ['INFO:a.b:hello'])


class Loading(unittest.TestCase):

    def test_names(self):
        module = types.ModuleType('m')

        class T(unittest.TestCase):
            def test_b(self): pass
            def test_a(self): pass
            def other(self): pass
        module.T = T
        load = unittest.TestLoader()
        self.assertEqual(load.getTestCaseNames(T), ['test_a', 'test_b'])
        self.assertEqual(load.loadTestsFromModule(module).countTestCases(), 2)
        self.assertEqual(load.loadTestsFromName('T.test_a', module).countTestCases(), 1)
        load.testNamePatterns = ['*_b']
        self.assertEqual(load.getTestCaseNames(T), ['test_b'])

    def test_faults_become_tests(self):
        load = unittest.TestLoader()
        suite = load.loadTestsFromName('no_such_module_at_all')
        self.assertEqual(len(load.errors), 1)
        result = unittest.TestResult()
        suite.run(result)
        self.assertIn('ModuleNotFoundError', result.errors[0][1])


if __name__ == '__main__':
    unittest.main()
