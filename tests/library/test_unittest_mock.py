# SPDX-License-Identifier: MIT
"""unittest.mock: calls, specs, special methods, patching, coroutines."""

import asyncio
import inspect
import sys
import unittest
from unittest import mock
from unittest.mock import ANY, DEFAULT, AsyncMock, MagicMock, Mock, call, create_autospec, mock_open, patch, seal


class Thing:
    attribute = 1

    def __init__(self, a):
        pass

    def method(self, x, y=2):
        return x

    async def wait(self):
        pass


class Mocks(unittest.TestCase):

    def test_calls(self):
        m = Mock(name='n')
        m(1, a=2)
        m.foo.bar(3)
        m().x(4)
        self.assertEqual(m.mock_calls, [call(1, a=2), call.foo.bar(3), call(), call().x(4)])
        self.assertEqual(m.method_calls, [call.foo.bar(3)])
        self.assertEqual((m.call_count, m.call_args, m.called), (2, call(), True))
        self.assertEqual(repr(m.mock_calls[3]), 'call().x(4)')
        m.reset_mock()
        self.assertEqual(m.mock_calls, [])

    def test_asserts(self):
        m = Mock(name='n')
        m(1)
        m.assert_called_once_with(1)
        m.assert_called_with(ANY)
        with self.assertRaises(AssertionError) as caught:
            m.assert_called_with(2)
        self.assertEqual(str(caught.exception), 'expected call not found.\nExpected: n(2)\nActual: n(1)')
        with self.assertRaisesRegex(AttributeError, "Attributes cannot start with 'assert'"):
            m.assert_foo

    def test_side_effect(self):
        m = Mock(side_effect=[1, KeyError, DEFAULT], return_value=9)
        self.assertEqual(m(), 1)
        self.assertRaises(KeyError, m)
        self.assertEqual(m(), 9)
        self.assertRaises(StopIteration, m)

    def test_spec(self):
        m = Mock(spec=Thing(1))
        self.assertIsInstance(m, Thing)
        self.assertRaises(AttributeError, lambda: m.nothing)
        m.nothing = 1
        with self.assertRaises(AttributeError):
            Mock(spec_set=Thing).nothing = 1

    def test_autospec(self):
        cls = create_autospec(Thing)
        self.assertRaises(TypeError, cls)
        thing = cls(1)
        self.assertRaisesRegex(TypeError, "missing a required argument: 'x'", thing.method)
        thing.method(1, y=3)
        thing.method.assert_called_once_with(x=1, y=3)

        function = create_autospec(Thing.method)
        self.assertEqual(str(inspect.signature(function)), '(self, x, y=2)')
        self.assertRaises(TypeError, function)

    def test_magic(self):
        m = MagicMock()
        self.assertEqual((len(m), int(m), float(m), list(m), bool(m), 3 in m), (0, 1, 1.0, [], True, False))
        m.__getitem__.return_value = 7
        self.assertEqual(m['k'], 7)
        m.__getitem__.assert_called_with('k')
        self.assertRaises(TypeError, len, Mock())
        with m as entered:
            self.assertIs(entered, m.__enter__.return_value)

    def test_seal(self):
        m = Mock()
        m.known
        seal(m)
        self.assertRaisesRegex(AttributeError, r'^mock\.unknown$', lambda: m.unknown)
        m.known

    def test_open(self):
        m = mock_open(read_data='a\nb\n')
        with m('f') as file:
            self.assertEqual(file.readline(), 'a\n')
            self.assertEqual(list(file), ['b\n'])
        m.assert_called_once_with('f')

    def test_async(self):
        m = AsyncMock(return_value=3)
        self.assertEqual(asyncio.run(m(1)), 3)
        m.assert_awaited_once_with(1)
        self.assertTrue(asyncio.iscoroutinefunction(m))
        self.assertIsInstance(MagicMock(spec=Thing(1)).wait, AsyncMock)


class Patching(unittest.TestCase):

    def test_context(self):
        before = sys.argv
        with patch('sys.argv', ['x']) as new:
            self.assertIs(sys.argv, new)
        self.assertIs(sys.argv, before)

    def test_decorator(self):
        @patch.object(Thing, 'attribute')
        @patch('sys.argv')
        def f(argv, attribute):
            self.assertIs(sys.argv, argv)
            self.assertIs(Thing.attribute, attribute)
        f()
        self.assertEqual(Thing.attribute, 1)

    def test_dict(self):
        d = {'a': 1}
        with patch.dict(d, b=2):
            self.assertEqual(d, {'a': 1, 'b': 2})
        self.assertEqual(d, {'a': 1})

    def test_multiple(self):
        with patch.multiple(Thing, attribute=DEFAULT, method=5) as made:
            self.assertEqual(list(made), ['attribute'])
            self.assertEqual(Thing.method, 5)
        self.assertTrue(inspect.isfunction(Thing.method))

    def test_errors(self):
        self.assertRaises(AttributeError, patch('sys.no_such_thing').start)
        self.assertRaises(TypeError, patch, 'sys')
        self.assertRaises(ValueError, patch, 'a.b', 1, new_callable=2)

    def test_stopall(self):
        patcher = patch.object(Thing, 'attribute', 5)
        patcher.start()
        mock.patch.stopall()
        self.assertEqual(Thing.attribute, 1)


if __name__ == '__main__':
    unittest.main()
