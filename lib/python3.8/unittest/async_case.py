# SPDX-License-Identifier: MIT
"""IsolatedAsyncioTestCase: tests that are coroutines, each with an event loop of its own.

All parts of a test (fixtures, method, cleanups) run in one task, so that they share its context variables.  The task
takes (future, awaitable) pairs from a queue and puts each outcome into the future.
"""

import asyncio
import inspect

from .case import TestCase

# This module's frames are not hidden in tracebacks: they come before those of the event loop and the test.


class IsolatedAsyncioTestCase(TestCase):
    """A test case whose methods may be coroutine functions."""

    def __init__(self, methodName='runTest'):
        super().__init__(methodName)
        self._asyncioTestLoop = None
        self._asyncioCallsQueue = None

    async def asyncSetUp(self):
        """Called after setUp()."""

    async def asyncTearDown(self):
        """Called before tearDown(), also if the test failed."""

    def addAsyncCleanup(self, func, /, *args, **kwargs):
        """Have a coroutine function called when the test has ended."""
        self.addCleanup(func, *args, **kwargs)

    # The parts of a test, as TestCase.run() calls them

    def _callTestMethod(self, method):
        self._callMaybeAsync(method)

    def _callCleanup(self, function, *args, **kwargs):
        self._callMaybeAsync(function, *args, **kwargs)

    def _callSetUp(self):
        self.setUp()
        self._callAsync(self.asyncSetUp)

    def _callTearDown(self):
        self._callAsync(self.asyncTearDown)
        self.tearDown()

    def _callAsync(self, func, /, *args, **kwargs):
        """Call a coroutine function and wait for its result."""
        awaitable = func(*args, **kwargs)
        assert inspect.isawaitable(awaitable), 'not awaitable: %r' % (awaitable,)
        return self._asyncioTestLoop.run_until_complete(self._to_task(awaitable))

    def _callMaybeAsync(self, func, /, *args, **kwargs):
        """Call a function; if what it returns is awaitable, wait for its result."""
        value = func(*args, **kwargs)
        if not inspect.isawaitable(value):
            return value
        return self._asyncioTestLoop.run_until_complete(self._to_task(value))

    def _to_task(self, awaitable):
        """Have the task wait for something; the future that gets the result."""
        assert self._asyncioTestLoop is not None, 'the test is not running'
        answer = self._asyncioTestLoop.create_future()
        self._asyncioCallsQueue.put_nowait((answer, awaitable))
        return answer

    async def _asyncioLoopRunner(self, fut):
        """The task.  fut gets a result as soon as the queue is there; None in the queue ends it."""
        self._asyncioCallsQueue = queue = asyncio.Queue()
        fut.set_result(None)
        while True:
            job = await queue.get()
            queue.task_done()
            if job is None:
                break
            answer, awaitable = job
            try:
                value = await awaitable
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as exc:
                if not answer.cancelled():
                    answer.set_exception(exc)
            else:
                if not answer.cancelled():
                    answer.set_result(value)

    def _setupAsyncioLoop(self):
        assert self._asyncioTestLoop is None, 'the test is running already'
        loop = asyncio.new_event_loop()
        asyncio.set_event_loop(loop)
        loop.set_debug(True)
        self._asyncioTestLoop = loop
        ready = loop.create_future()
        self._asyncioCallsTask = loop.create_task(self._asyncioLoopRunner(ready))
        loop.run_until_complete(ready)

    def _tearDownAsyncioLoop(self):
        loop = self._asyncioTestLoop
        assert loop is not None, 'the test is not running'
        self._asyncioTestLoop = None
        self._asyncioCallsQueue.put_nowait(None)
        loop.run_until_complete(self._asyncioCallsQueue.join())
        try:
            self._cancel_rest(loop)
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            asyncio.set_event_loop(None)
            loop.close()

    @staticmethod
    def _cancel_rest(loop):
        """Cancel the tasks that the test left behind, and report those that die of something else."""
        tasks = asyncio.all_tasks(loop)
        if not tasks:
            return
        for task in tasks:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*tasks, loop=loop, return_exceptions=True))
        for task in tasks:
            if not task.cancelled() and task.exception() is not None:
                loop.call_exception_handler({'message': 'unhandled exception during test shutdown',
                                             'exception': task.exception(), 'task': task})

    def run(self, result=None):
        """Run the test with a new event loop."""
        self._setupAsyncioLoop()
        try:
            return super().run(result)
        finally:
            self._tearDownAsyncioLoop()
