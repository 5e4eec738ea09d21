# SPDX-License-Identifier: MIT
"""Running a program: a coroutine from start to end."""

__all__ = 'run',

from . import coroutines, events, tasks


def run(main, *, debug=None):
    """Run a coroutine in a new loop and return its result; what is left of other tasks is cancelled at the end.

    debug: turn debug mode on or off.  RuntimeError is raised if a loop runs in this thread.
    """
    if events._get_running_loop() is not None:
        raise RuntimeError("asyncio.run() cannot be called from a running event loop")
    if not coroutines.iscoroutine(main):
        raise ValueError("a coroutine was expected, got {!r}".format(main))
    loop = events.new_event_loop()
    if debug is not None:
        loop.set_debug(debug)
    try:
        events.set_event_loop(loop)
        return loop.run_until_complete(main)
    finally:
        _finish(loop)


def _finish(loop):
    """Cancel what is left, and close the loop whatever comes of that."""
    try:
        _cancel_all_tasks(loop)
        loop.run_until_complete(loop.shutdown_asyncgens())
    finally:
        events.set_event_loop(None)
        loop.close()


def _cancel_all_tasks(loop):
    """Cancel all tasks and wait for them; report those that fail."""
    pending = tasks.all_tasks(loop)
    if not pending:
        return
    for task in pending:
        task.cancel()
    loop.run_until_complete(tasks.gather(*pending, loop=loop, return_exceptions=True))
    for task in pending:
        if not task.cancelled() and task.exception() is not None:
            loop.call_exception_handler({'message': 'unhandled exception during asyncio.run() shutdown',
                                         'exception': task.exception(), 'task': task})
