# SPDX-License-Identifier: MIT
"""symbol and _py_abc."""

import symbol
import unittest

import _py_abc


class Symbol(unittest.TestCase):
    def test_numbers(self):
        self.assertEqual((symbol.single_input, symbol.typelist, len(symbol.sym_name)), (256, 347, 92))
        self.assertEqual(symbol.sym_name[symbol.with_item], 'with_item')


class PythonABC(unittest.TestCase):
    def test_registered(self):
        class A(metaclass=_py_abc.ABCMeta):
            pass

        before = _py_abc.get_cache_token()
        self.assertFalse(isinstance(3, A))
        self.assertIs(A.register(int), int)
        self.assertTrue(isinstance(True, A))
        self.assertGreater(_py_abc.get_cache_token(), before)
        self.assertRaisesRegex(TypeError, 'Can only register classes', A.register, 3)
        with self.assertRaisesRegex(RuntimeError, 'Refusing to create an inheritance cycle'):
            type('B', (A,), {}).register(A)


if __name__ == '__main__':
    unittest.main()
