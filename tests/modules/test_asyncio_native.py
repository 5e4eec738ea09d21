# SPDX-License-Identifier: MIT
"""_asyncio: futures and tasks without an event loop of asyncio's, edges beside CPython's tests."""
import asyncio
import gc
import unittest

import _asyncio


class Loop:
    """What a Future needs of a loop: callbacks run when turn() is called."""

    def __init__(self):
        self.ready, self.reports = [], []

    def get_debug(self):
        return False

    def call_soon(self, callback, *args, context=None):
        self.ready.append((callback, args))

    def call_exception_handler(self, context):
        self.reports.append(context["message"])

    def turn(self):
        while self.ready:
            callback, args = self.ready.pop(0)
            callback(*args)


class Futures(unittest.TestCase):
    def test_states(self):
        loop, seen = Loop(), []
        f = _asyncio.Future(loop=loop)
        f.add_done_callback(seen.append)
        f.add_done_callback(len)
        self.assertEqual(f.remove_done_callback(len), 1)
        self.assertRaisesRegex(asyncio.InvalidStateError, "Result is not set.", f.result)
        f.set_result(5)
        self.assertRaisesRegex(asyncio.InvalidStateError, "invalid state", f.set_result, 6)
        self.assertEqual(seen, [])
        loop.turn()
        self.assertEqual((seen, f.result(), f.exception(), f.done()), ([f], 5, None, True))

    def test_unseen_exception(self):
        loop = Loop()
        f = _asyncio.Future(loop=loop)
        f.set_exception(ValueError)
        del f
        gc.collect()
        self.assertEqual(loop.reports, ["Future exception was never retrieved"])
        self.assertRaisesRegex(TypeError, "StopIteration interacts badly", _asyncio.Future(loop=loop).set_exception, StopIteration)

    def test_uninitialised(self):
        f = _asyncio.Future.__new__(_asyncio.Future)
        self.assertRaisesRegex(RuntimeError, "Future object is not initialized.", f.get_loop)
        self.assertFalse(f.done())


class Tasks(unittest.TestCase):
    def test_steps(self):
        loop = Loop()
        f = _asyncio.Future(loop=loop)

        async def work():
            return await f + await f
        t = _asyncio.Task(work(), loop=loop, name="n")
        loop.turn()
        self.assertIs(t._fut_waiter, f)
        f.set_result(4)
        loop.turn()
        self.assertEqual((t.result(), t.get_name()), (8, "n"))

    def test_cancelling(self):
        loop, log = Loop(), []

        async def work():
            try:
                await _asyncio.Future(loop=loop)
            except asyncio.CancelledError:
                log.append("cancelled")
                raise
        t = _asyncio.Task(work(), loop=loop)
        loop.turn()
        self.assertTrue(t.cancel())
        loop.turn()
        self.assertEqual((log, t.cancelled(), t.cancel()), (["cancelled"], True, False))

    def test_bad_yields(self):
        loop = Loop()

        class Bad:
            def __await__(self):
                yield 42

        async def work():
            await Bad()
        t = _asyncio.Task(work(), loop=loop)
        loop.turn()
        with self.assertRaisesRegex(RuntimeError, "Task got bad yield: 42"):
            t.result()
        self.assertRaisesRegex(TypeError, "a coroutine was expected, got 3", _asyncio.Task, 3, loop=loop)


if __name__ == "__main__":
    unittest.main()
