# SPDX-License-Identifier: MIT
"""weakref.finalize, copy, __future__, _compat_pickle, this: small modules and what was mended in them."""

import __future__
import _compat_pickle
import contextlib
import copy
import io
import sys
import unittest
import weakref


class Thing:
    pass


class Weak(unittest.TestCase):
    def test_finalize(self):
        log, thing = [], Thing()
        finalizer = weakref.finalize(thing, log.append, 1)
        self.assertTrue(finalizer.alive)
        del thing
        self.assertEqual((log, finalizer.alive), ([1], False))
        thing = Thing()
        with self.assertWarnsRegex(DeprecationWarning, "Passing 'func' as keyword argument is deprecated"):
            weakref.finalize(thing, func=len).detach()
        with self.assertRaisesRegex(TypeError, 'finalize expected at least 2 positional arguments, got 1'):
            weakref.finalize(thing)

    def test_values_that_die_while_iterating(self):
        things = [Thing(), Thing()]
        d = weakref.WeakValueDictionary(enumerate(things))
        items = d.items()
        next(items)
        del things[1]
        self.assertEqual(len(d), 1)
        self.assertRaises(KeyError, d.__delitem__, 1)
        items.close()


class Copies(unittest.TestCase):
    def test_range(self):
        r = range(3)
        self.assertEqual(copy.deepcopy(r), r)
        self.assertIsNot(copy.deepcopy(r), r)
        self.assertIs(copy.copy(r), r)


class Facts(unittest.TestCase):
    def test_future(self):
        self.assertEqual(__future__.annotations.compiler_flag, 0x1000000)
        self.assertEqual(__future__.division.getMandatoryRelease(), (3, 0, 0, 'alpha', 0))
        self.assertEqual(len(__future__.all_feature_names), 10)

    def test_compat_pickle(self):
        c = _compat_pickle
        self.assertEqual((c.IMPORT_MAPPING['Queue'], c.REVERSE_IMPORT_MAPPING['queue']), ('queue', 'Queue'))
        self.assertEqual(c.NAME_MAPPING['itertools', 'izip'], ('builtins', 'zip'))
        self.assertEqual(c.REVERSE_NAME_MAPPING['builtins', 'FileExistsError'], ('exceptions', 'OSError'))
        self.assertEqual([len(t) for t in (c.IMPORT_MAPPING, c.NAME_MAPPING, c.REVERSE_IMPORT_MAPPING,
                                           c.REVERSE_NAME_MAPPING)], [55, 88, 47, 112])

    def test_this(self):
        sys.modules.pop('this', None)
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            import this     # noqa
        lines = out.getvalue().splitlines()
        self.assertEqual((len(lines), lines[2]), (21, 'Beautiful is better than ugly.'))


if __name__ == '__main__':
    unittest.main()
