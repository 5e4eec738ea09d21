# SPDX-License-Identifier: MIT
"""warnings: filters, the text, contexts, -W options."""

import io
import unittest
import warnings


class Filters(unittest.TestCase):

    def setUp(self):
        caught = warnings.catch_warnings(record=True)
        self.log = caught.__enter__()
        self.addCleanup(caught.__exit__, None, None, None)
        warnings.resetwarnings()

    def test_error(self):
        warnings.filterwarnings('error', 'begin', DeprecationWarning)
        with self.assertRaises(DeprecationWarning):
            warnings.warn('BEGIN and so on', DeprecationWarning)
        warnings.warn('not begin', DeprecationWarning)
        self.assertEqual(len(self.log), 1)

    def test_order(self):
        warnings.simplefilter('ignore')
        warnings.simplefilter('always', append=True)
        warnings.warn('x')
        self.assertEqual(self.log, [])
        warnings.simplefilter('always')
        self.assertEqual([item[0] for item in warnings.filters], ['always', 'ignore'])

    def test_once(self):
        for action, count in (('default', 1), ('module', 1), ('once', 1), ('always', 3)):
            warnings.simplefilter(action)
            del self.log[:]
            for _ in range(3):
                warnings.warn('text for ' + action)
            self.assertEqual(len(self.log), count, action)

    def test_message(self):
        warnings.simplefilter('always')
        warnings.warn('text', stacklevel=1)
        message = self.log[0]
        self.assertEqual((str(message.message), message.category), ('text', UserWarning))
        self.assertIn("category : 'UserWarning'", str(message))

    def test_wrong_arguments(self):
        for call in (lambda: warnings.simplefilter('nonsense'), lambda: warnings.filterwarnings('error', category=int),
                     lambda: warnings.filterwarnings('error', lineno=-1)):
            self.assertRaises(AssertionError, call)
        self.assertRaises(TypeError, warnings.warn, 'x', int)

    def test_options(self):
        warnings._processoptions(['error::DeprecationWarning:mod:3'])
        action, message, category, module, lineno = warnings.filters[0]
        self.assertEqual((action, category, lineno), ('error', DeprecationWarning, 3))
        self.assertTrue(module.match('mod') and not module.match('module'))
        for bad in ('nonsense', 'error::NoSuch', 'error:::::', 'error::::x', 'error::int'):
            self.assertRaises(warnings._OptionError, warnings._setoption, bad)


class Text(unittest.TestCase):

    def test_format(self):
        self.assertEqual(warnings.formatwarning('m', UserWarning, 'f.py', 3, ' the line '),
                         'f.py:3: UserWarning: m\n  the line\n')

    def test_show(self):
        out = io.StringIO()
        warnings.showwarning('m', UserWarning, 'no file', 3, out)
        self.assertEqual(out.getvalue(), 'no file:3: UserWarning: m\n')

    def test_own_showwarning(self):
        with warnings.catch_warnings():
            seen = []
            warnings.showwarning = lambda *args: seen.append(args)
            warnings.simplefilter('always')
            warnings.warn_explicit('m', UserWarning, 'f', 7)
            self.assertEqual(seen[0][1:4], (UserWarning, 'f', 7))

    def test_context_once(self):
        context = warnings.catch_warnings()
        self.assertRaisesRegex(RuntimeError, 'Cannot exit', context.__exit__)
        with context:
            self.assertRaisesRegex(RuntimeError, 'Cannot enter', context.__enter__)
        self.assertEqual(repr(warnings.catch_warnings(record=True)), 'catch_warnings(record=True)')


if __name__ == '__main__':
    unittest.main()
