# SPDX-License-Identifier: MIT
"""Generators, coroutines, asynchronous generators: protocol, messages, ends of life."""
import sys
import unittest
import warnings


class Suspend:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


def drive(coroutine):
    """(what it waited for, its result); what it waits for is sent back."""
    seen, value = [], None
    while True:
        try:
            value = coroutine.send(value)
        except StopIteration as stop:
            return seen, stop.value
        seen.append(value)


class GeneratorTest(unittest.TestCase):
    def test_messages(self):
        def generator():
            yield it.send(None)
        it = generator()
        self.assertRaisesRegex(TypeError, "can't send non-None value to a just-started generator", it.send, 1)
        it = generator()
        self.assertRaisesRegex(ValueError, "generator already executing", next, it)

        def raises():
            yield 1
            raise StopIteration
        with self.assertRaisesRegex(RuntimeError, "generator raised StopIteration") as caught:
            list(raises())
        self.assertIsInstance(caught.exception.__cause__, StopIteration)

        def stubborn():
            try:
                yield
            except GeneratorExit:
                yield
        it = stubborn()
        next(it)
        self.assertRaisesRegex(RuntimeError, "generator ignored GeneratorExit", it.close)

    def test_throw_through_delegation(self):
        log = []

        def inner():
            while True:
                try:
                    log.append((yield))
                except KeyError as error:
                    log.append(repr(error))

        def outer():
            yield from inner()
        it = outer()
        next(it)
        it.send(1)
        it.throw(KeyError("a"))
        it.throw(KeyError, "b")
        self.assertEqual(log, [1, "KeyError('a')", "KeyError('b')"])
        self.assertIsNotNone(it.gi_yieldfrom)
        names = []
        try:
            it.throw(ZeroDivisionError)
        except ZeroDivisionError as error:
            traceback = error.__traceback__
            while traceback:
                names.append(traceback.tb_frame.f_code.co_name)
                traceback = traceback.tb_next
        self.assertEqual(names[1:], ["outer", "inner"])

    def test_finalization(self):
        log = []

        def generator():
            try:
                yield 1
            finally:
                log.append("finally")
        it = generator()
        next(it)
        del it
        it = generator()
        next(it)
        it.close()
        self.assertIsNone(it.gi_frame)
        self.assertEqual(log, ["finally"] * 2)

    def test_frame(self):
        def generator(a):
            b = yield a
            yield b
        it = generator(1)
        frame = it.gi_frame
        self.assertEqual((frame.f_lasti, frame.f_locals, frame.f_back), (-1, {"a": 1}, None))
        next(it)
        it.send(5)
        self.assertEqual(frame.f_locals, {"a": 1, "b": 5})
        self.assertRaises(StopIteration, next, it)
        self.assertEqual(frame.f_locals, {"a": 1, "b": 5})

    def test_clear_of_a_stubborn_generators_frame(self):
        def stubborn():
            try:
                yield 1
            except GeneratorExit:
                yield 2
            finally:
                ends.append(1)
        ends = []
        it = stubborn()
        next(it)
        hook, sys.unraisablehook = sys.unraisablehook, lambda args: ends.append(str(args.exc_value))
        try:
            it.gi_frame.clear()
        finally:
            sys.unraisablehook = hook
        self.assertRaises(StopIteration, it.send, 1)
        self.assertEqual(ends, ["generator ignored GeneratorExit"])

    def test_coroutines(self):
        class Numbers:
            def __init__(self, n):
                self.n = n

            def __aiter__(self):
                return self

            async def __anext__(self):
                if self.n == 0:
                    raise StopAsyncIteration
                self.n -= 1
                return await Suspend(self.n)

        async def numbers(n):
            for i in range(n):
                await Suspend("wait")
                try:
                    yield i * 10
                finally:
                    await Suspend("end")

        class Manager:
            async def __aenter__(self):
                await Suspend("enter")

            async def __aexit__(self, *args):
                await Suspend("exit")
                return True

        async def main():
            out = [i async for i in Numbers(3)]
            async with Manager():
                raise ValueError
            out += [x async for x in numbers(2)]
            return out
        expected = ([2, 1, 0, "enter", "exit", "wait", "end", "wait", "end"], [2, 1, 0, 0, 10])
        for _ in range(40):
            self.assertEqual(drive(main()), expected)

    def test_coroutine_ends(self):
        async def nothing():
            pass
        done = nothing()
        done.close()
        self.assertRaisesRegex(RuntimeError, "cannot reuse already awaited coroutine", done.send, None)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            nothing()
        self.assertRegex(str(caught[0].message), "coroutine '.*nothing' was never awaited")

    def test_origin(self):
        async def nothing():
            pass
        sys.set_coroutine_origin_tracking_depth(1)
        try:
            coroutine = nothing()
        finally:
            sys.set_coroutine_origin_tracking_depth(0)
        self.assertEqual(coroutine.cr_origin[0][2], "test_origin")
        coroutine.close()

    def test_async_generator_protocol(self):
        async def numbers():
            yield 1
            yield 2

        async def main():
            it = numbers()
            first = await it.asend(None)
            await it.aclose()
            await it.aclose()
            try:
                await it.asend(None)
            except StopAsyncIteration:
                return first, "stopped"
        self.assertEqual(drive(main())[1], (1, "stopped"))

    def test_deep_delegation(self):
        def nested(n):
            if n:
                yield from nested(n - 1)
            yield n
        for _ in range(20):
            self.assertEqual(sum(nested(200)), 20100)


if __name__ == "__main__":
    unittest.main()
