# SPDX-License-Identifier: MIT
"""contextlib."""

import io
import sys
import unittest
from contextlib import (AsyncExitStack, ExitStack, asynccontextmanager, closing, contextmanager, nullcontext,
                        redirect_stdout, suppress)


def run(coroutine):
    """Run a coroutine that waits for nothing."""
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError('it waits')


class FromGenerators(unittest.TestCase):
    def test_order(self):
        log = []

        @contextmanager
        def manager(x):
            log.append('enter')
            try:
                yield x
            finally:
                log.append('exit')
        with manager(5) as value:
            log.append(value)
        self.assertEqual(log, ['enter', 5, 'exit'])

        @manager(6)
        def decorated():
            log.append('body')
        decorated()
        decorated()
        self.assertEqual(log[3:], ['enter', 'body', 'exit'] * 2)

    def test_errors(self):
        @contextmanager
        def never():
            if False:
                yield

        @contextmanager
        def twice():
            yield
            yield
        with self.assertRaisesRegex(RuntimeError, "generator didn't yield"):
            never().__enter__()
        with self.assertRaisesRegex(RuntimeError, "generator didn't stop"):
            with twice():
                pass

    def test_swallows(self):
        @contextmanager
        def swallow():
            try:
                yield
            except KeyError:
                pass
        with swallow():
            raise KeyError
        with self.assertRaises(StopIteration), swallow():
            raise StopIteration

    def test_async(self):
        @asynccontextmanager
        async def manager():
            yield 3

        async def main():
            async with manager() as value:
                return value
        self.assertEqual(run(main()), 3)


class ReadyMade(unittest.TestCase):
    def test_redirect(self):
        before, out = sys.stdout, io.StringIO()
        with redirect_stdout(out) as target:
            print('x')
        self.assertEqual((out.getvalue(), target, sys.stdout), ('x\n', out, before))

    def test_others(self):
        with suppress(KeyError, IndexError):
            [][0]
        with nullcontext(4) as value:
            self.assertEqual(value, 4)
        file = io.StringIO()
        with closing(file):
            pass
        self.assertTrue(file.closed)


class Stacks(unittest.TestCase):
    def test_order(self):
        log = []
        with ExitStack() as stack:
            stack.callback(log.append, 1)
            stack.push(lambda *error: log.append(error[0]))
            stack.enter_context(closing(io.StringIO()))
        self.assertEqual(log, [None, 1])

    def test_swallow_and_context(self):
        with ExitStack() as stack:
            stack.push(lambda *error: True)
            raise KeyError
        with self.assertRaises(ValueError) as caught:
            with ExitStack() as stack:
                stack.callback(int, 'x')
                stack.callback(lambda: {}['y'])
                1 / 0
        error = caught.exception
        self.assertIsInstance(error.__context__, KeyError)
        self.assertIsInstance(error.__context__.__context__, ZeroDivisionError)

    def test_pop_all(self):
        log = []
        with ExitStack() as stack:
            stack.callback(log.append, 1)
            kept = stack.pop_all()
        self.assertEqual(log, [])
        kept.close()
        self.assertEqual(log, [1])

    def test_async(self):
        log = []

        async def later(x):
            log.append(x)

        async def main():
            async with AsyncExitStack() as stack:
                stack.callback(log.append, 1)
                stack.push_async_callback(later, 2)
        run(main())
        self.assertEqual(log, [2, 1])


if __name__ == '__main__':
    unittest.main()
