# SPDX-License-Identifier: MIT
"""A race of coroutines that start one after the other, for "happy eyeballs" (RFC 8305)."""

__all__ = 'staggered_race',

import contextlib
import typing

from . import events, exceptions, locks, tasks


async def staggered_race(coro_fns: typing.Iterable[typing.Callable[[], typing.Awaitable]],
                         delay: typing.Optional[float], *, loop: events.AbstractEventLoop = None
                         ) -> typing.Tuple[typing.Any, typing.Optional[int],
                                           typing.List[typing.Optional[Exception]]]:
    """Run coroutines until one succeeds; the next starts when one fails, or after a delay in seconds (None: never).

    coro_fns: functions that make them.  Return (result of the winner, its number, list of exceptions by number);
    the first two are None if nobody won.  When one wins, or this is cancelled, the others are cancelled.
    """
    loop = loop or events.get_running_loop()
    starters = enumerate(iter(coro_fns))
    result = winner = None
    failures = []
    running = []

    async def run_one(previous_failed):
        nonlocal result, winner
        # Wait for one's turn.
        if previous_failed is not None:
            with contextlib.suppress(exceptions.TimeoutError):
                await tasks.wait_for(previous_failed.wait(), delay)
        try:
            number, start = next(starters)
        except StopIteration:
            return
        failed = locks.Event()
        following = loop.create_task(run_one(failed))
        running.append(following)
        assert len(running) == number + 2
        failures.append(None)
        assert len(failures) == number + 1
        try:
            value = await start()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            failures[number] = failure
            failed.set()
        else:
            assert winner is None
            result, winner = value, number
            # No await since it came in: so nobody else can have won.
            for other_number, task in enumerate(running):
                if other_number != number:
                    task.cancel()

    running.append(loop.create_task(run_one(None)))
    try:
        # Tasks may start others.
        done = 0
        while done != len(running):
            finished, _ = await tasks.wait(running)
            done = len(finished)
            if __debug__:
                for task in finished:
                    if task.done() and not task.cancelled() and task.exception():
                        raise task.exception()
        return result, winner, failures
    finally:
        for task in running:
            task.cancel()
