# SPDX-License-Identifier: MIT
"""try, with, finally in all their crossings: static blocks must behave as the block stack of 3.8 does."""
import sys
import unittest


class Manager:
    def __init__(self, log, swallow=True):
        self.log, self.swallow = log, swallow

    def __enter__(self):
        self.log.append("enter")
        return self

    def __exit__(self, kind, value, traceback):
        self.log.append(kind and kind.__name__)
        return self.swallow


class BlocksTest(unittest.TestCase):
    def test_leaving_finally_in_a_loop(self):
        def run():
            log = []
            for i in range(3):
                try:
                    try:
                        if i == 0:
                            continue
                        if i == 1:
                            raise KeyError
                        return log
                    finally:
                        log.append(("in", i))
                except KeyError:
                    log.append("caught")
                    continue
                finally:
                    log.append(("out", i))
        self.assertEqual(run(), [("in", 0), ("out", 0), ("in", 1), "caught", ("out", 1), ("in", 2), ("out", 2)])

    def test_finally_overrides(self):
        def returns():
            try:
                return 1
            finally:
                for _ in range(2):
                    try:
                        continue
                    finally:
                        pass
                return 2

        def breaks():
            for i in range(5):
                try:
                    raise ValueError
                finally:
                    if i == 3:
                        break
                    continue
            return i
        self.assertEqual((returns(), breaks()), (2, 3))

    def test_return_from_handler_with_name(self):
        def run():
            for i in range(2):
                try:
                    raise ValueError(i)
                except ValueError as error:
                    if i:
                        return error.args
                    continue
        self.assertEqual(run(), (1,))

    def test_return_value_under_finally(self):
        def run(log):
            try:
                return log.append("value") or len(log)
            finally:
                try:
                    raise KeyError
                except KeyError:
                    log.append("handled")
        log = []
        self.assertEqual((run(log), log), (1, ["value", "handled"]))

    def test_exception_in_finally_has_context(self):
        def run():
            try:
                raise ValueError(1)
            finally:
                raise KeyError(2)
        with self.assertRaises(KeyError) as caught:
            run()
        self.assertEqual(repr(caught.exception.__context__), "ValueError(1)")

    def test_exc_info_is_restored(self):
        seen = []

        def generator():
            seen.append(sys.exc_info()[0])
            try:
                raise TypeError
            except TypeError:
                yield
                seen.append(sys.exc_info()[0])

        try:
            raise ValueError
        except ValueError:
            it = generator()
            next(it)
            seen.append(sys.exc_info()[0])
            next(it, None)
            try:
                raise KeyError
            except KeyError:
                seen.append(sys.exc_info()[0])
            seen.append(sys.exc_info()[0])
        seen.append(sys.exc_info()[0])
        self.assertEqual(seen, [ValueError, ValueError, TypeError, KeyError, ValueError, None])

    def test_with(self):
        log = []

        def leave(how):
            for i in range(2):
                with Manager(log):
                    if how == "continue":
                        continue
                    if how == "break":
                        break
                    if how == "return":
                        return "returned"
                    if how == "raise":
                        raise LookupError
            return how
        self.assertEqual([leave(h) for h in ("continue", "break", "return", "raise", "end")],
                         ["continue", "break", "returned", "raise", "end"])
        self.assertEqual(log, ["enter", None] * 4 + ["enter", "LookupError"] * 2 + ["enter", None] * 2)

    def test_with_raising_exit(self):
        class Bad(Manager):
            def __exit__(self, *args):
                raise OSError("exit")
        with self.assertRaises(OSError) as caught:
            with Bad([]):
                raise ValueError("body")
        self.assertEqual(repr(caught.exception.__context__), "ValueError('body')")

    def test_reraise(self):
        def run():
            try:
                raise ValueError("a")
            except ValueError:
                try:
                    raise KeyError
                except KeyError:
                    pass
                raise
        lines = []
        try:
            run()
        except ValueError as error:
            traceback = error.__traceback__
            while traceback:
                lines.append(traceback.tb_frame.f_code.co_name)
                traceback = traceback.tb_next
        self.assertEqual(lines, ["test_reraise", "run"])
        with self.assertRaisesRegex(RuntimeError, "No active exception to reraise"):
            raise

    @unittest.skipUnless(hasattr(sys, "_taipan"), "CPython runs it and may crash")
    def test_impossible_code(self):
        def function(x):
            return x.y(1)
        code = function.__code__
        for damage in (b"\x01\x00", code.co_code[:-2], b"\x71\x03" * 2, b"\x64\xff\x53\x00", b"\xa1\x05\x53\x00"):
            bad = type(function)(code.replace(co_code=damage), globals())
            self.assertRaises(SystemError, bad, 1)


if __name__ == "__main__":
    unittest.main()
