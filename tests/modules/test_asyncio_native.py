# SPDX-License-Identifier: MIT
"""_asyncio: the native Future and Task."""
import _asyncio
import asyncio
import gc
import unittest


class Futures(unittest.TestCase):
    def setUp(self):
        self.loop = asyncio.new_event_loop()
        self.addCleanup(self.loop.close)

    def future(self):
        return _asyncio.Future(loop=self.loop)

    def test_states(self):
        future = self.future()
        self.assertEqual((future._state, future.done(), future._callbacks), ('PENDING', False, None))
        with self.assertRaisesRegex(asyncio.InvalidStateError, 'Result is not set.'):
            future.result()
        future.set_result(3)
        self.assertEqual((future.result(), future.exception(), future._state), (3, None, 'FINISHED'))
        self.assertFalse(future.cancel())
        with self.assertRaises(asyncio.InvalidStateError):
            future.set_exception(ValueError)

    def test_refused_exceptions(self):
        future = self.future()
        for bad in (StopIteration, 3, int):
            self.assertRaises(TypeError, future.set_exception, bad)

    def test_callbacks_in_order(self):
        future, seen = self.future(), []
        for number in range(4):
            future.add_done_callback(lambda f, n=number: seen.append(n))
        future.add_done_callback(seen.append)
        future.add_done_callback(seen.append)
        self.assertEqual(future.remove_done_callback(seen.append), 2)
        future.set_result(None)
        self.loop.run_until_complete(asyncio.sleep(0, loop=self.loop))
        self.assertEqual(seen, [0, 1, 2, 3])

    def test_removal_while_comparing(self):
        future = self.future()

        class Odd:
            def __eq__(self, other):
                future.set_result(1) if not future.done() else None
                return False
            __hash__ = None

        for _ in range(3):
            future.add_done_callback(Odd())
        self.assertEqual(future.remove_done_callback(3), 0)
        self.assertIsNone(future._callbacks)

    def test_uninitialised(self):
        empty = _asyncio.Future.__new__(_asyncio.Future)
        self.assertRaises(RuntimeError, repr, empty)
        self.assertRaises(RuntimeError, iter, empty)
        self.assertRaises(RuntimeError, empty.cancel)
        self.assertRaises(asyncio.InvalidStateError, empty.result)

    def test_attributes_set_before_init_stay(self):
        class Mine(_asyncio.Future):
            def __init__(self, **options):
                self.mark = 1
                super().__init__(**options)
        self.assertEqual(Mine(loop=self.loop).mark, 1)

    def test_never_retrieved(self):
        said = []
        self.loop.set_exception_handler(lambda loop, context: said.append(context['message']))
        future = self.future()
        future.set_exception(KeyError(1))
        del future
        gc.collect()
        self.assertEqual(said, ['Future exception was never retrieved'])


class Tasks(unittest.TestCase):
    def setUp(self):
        self.loop = asyncio.new_event_loop()
        self.addCleanup(self.loop.close)

    def run_it(self, coroutine):
        return self.loop.run_until_complete(coroutine)

    def test_result_and_name(self):
        async def work():
            await asyncio.sleep(0)
            return asyncio.current_task().get_name()
        task = _asyncio.Task(work(), loop=self.loop, name='mine')
        self.assertEqual(self.run_it(task), 'mine')
        self.assertIsNone(task._fut_waiter)
        self.assertRaises(RuntimeError, task.set_result, 1)

    def test_cancel_reaches_what_is_awaited(self):
        inner = self.loop.create_future()

        async def wait():
            await inner

        async def main():
            task = self.loop.create_task(wait())
            await asyncio.sleep(0)
            task.cancel()
            with self.assertRaises(asyncio.CancelledError):
                await task
            return inner.cancelled()
        self.assertTrue(self.run_it(main()))

    def test_bad_yields(self):
        other = asyncio.new_event_loop()
        self.addCleanup(other.close)

        class Yields:
            def __init__(self, value):
                self.value = value

            def __await__(self):
                yield self.value

        async def work(value):
            await Yields(value)

        async def itself():
            await asyncio.current_task()

        for coroutine, message in ((work(3), 'Task got bad yield: 3'),
                                   (work(self.loop.create_future()), 'yield was used instead of yield from in task'),
                                   (work(other.create_future()), 'attached to a different loop'),
                                   (work(x for x in ()), 'instead of yield from for generator'),
                                   (itself(), 'Task cannot await on itself')):
            with self.assertRaisesRegex(RuntimeError, message):
                self.run_it(coroutine)

    def test_no_coroutine(self):
        with self.assertRaisesRegex(TypeError, 'a coroutine was expected, got 3'):
            _asyncio.Task(3, loop=self.loop)

    def test_running_loop_is_that_of_the_thread(self):
        import threading

        async def main():
            seen = []
            thread = threading.Thread(target=lambda: seen.append(_asyncio._get_running_loop()))
            thread.start()
            thread.join()
            return seen, _asyncio.get_running_loop() is self.loop
        self.assertEqual(self.run_it(main()), ([None], True))
        self.assertRaises(RuntimeError, _asyncio.get_running_loop)


if __name__ == '__main__':
    unittest.main()
