# SPDX-License-Identifier: MIT
"""Events of sys.settrace and sys.setprofile, frames, jumps. Lines are counted from the `def`."""
import subprocess
import sys
import unittest


def events_of(function, *args):
    first, events = function.__code__.co_firstlineno, []

    def tracer(frame, event, arg):
        if frame.f_code is function.__code__:
            events.append((event, frame.f_lineno - first))
        return tracer
    sys.settrace(tracer)
    try:
        function(*args)
    except ZeroDivisionError:
        pass
    finally:
        sys.settrace(None)
    return events


def loop(n):
    t = 0
    for i in range(n):
        t += i
    return t


def caught():
    try:
        1 / 0
    except ZeroDivisionError:
        return 1


def uncaught():
    1 / 0


class TracingTest(unittest.TestCase):
    def test_lines(self):
        expected = [("call", 0), ("line", 1), ("line", 2), ("line", 3), ("line", 2), ("line", 3), ("line", 2), ("line", 4),
                    ("return", 4)]
        for _ in range(20):
            loop(5)
            self.assertEqual(events_of(loop, 2), expected)

    def test_exceptions(self):
        self.assertEqual(events_of(caught), [("call", 0), ("line", 1), ("line", 2), ("exception", 2), ("line", 3),
                                             ("line", 4), ("return", 4)])
        self.assertEqual(events_of(uncaught), [("call", 0), ("line", 1), ("exception", 1), ("return", 1)])

    def test_opcodes(self):
        offsets = []

        def tracer(frame, event, arg):
            frame.f_trace_opcodes = True
            frame.f_trace_lines = False
            if event == "opcode":
                offsets.append(frame.f_lasti)
            return tracer
        sys.settrace(tracer)
        uncaught_offsets = None
        try:
            caught()
        finally:
            sys.settrace(None)
        self.assertEqual(offsets[:4], [0, 2, 4, 6])
        self.assertIsNone(uncaught_offsets)

    def test_profile(self):
        events = []

        def profiler(frame, event, arg):
            events.append((event, frame.f_code.co_name, getattr(arg, "__name__", None)))

        def function():
            len([])
            try:
                [].index(1)
            except ValueError:
                pass
        sys.setprofile(profiler)
        try:
            function()
        finally:
            sys.setprofile(None)
        self.assertEqual(events[:6], [("call", "function", None), ("c_call", "function", "len"),
                                      ("c_return", "function", "len"), ("c_call", "function", "index"),
                                      ("c_exception", "function", "index"), ("return", "function", None)])

    def jump(self, function, source, target):
        first = function.__code__.co_firstlineno
        done = []

        def tracer(frame, event, arg):
            if frame.f_code is function.__code__ and event == "line" and frame.f_lineno == first + source and not done:
                done.append(True)
                frame.f_lineno = first + target
            return tracer
        out = []
        sys.settrace(tracer)
        try:
            function(out)
        finally:
            sys.settrace(None)
        return out

    def test_jumps(self):
        def straight(out):
            out.append(1)
            out.append(2)
            out.append(3)

        def loops(out):
            for i in (1, 2):
                out.append(i)
            out.append(3)

        def protected(out):
            try:
                out.append(2)
            finally:
                out.append(4)
            out.append(5)
        self.assertEqual(self.jump(straight, 2, 3), [1, 3])
        self.assertEqual(self.jump(straight, 3, 2), [1, 2, 2, 3])
        self.assertEqual(self.jump(loops, 2, 3), [3])
        with self.assertRaisesRegex(ValueError, "into the middle of a block"):
            self.jump(loops, 3, 2)
        with self.assertRaisesRegex(ValueError, "can't jump into a 'finally' block"):
            self.jump(protected, 2, 4)

    def test_jump_to_dead_code(self):
        def endless(out):
            out.append(1)
            while True:
                out.append(3)
            out.append(4)

        def returned(out):
            try:
                out.append(2)
            finally:
                out.append(4)
                return
                try:
                    out.append(7)
                finally:
                    out.append(9)
                out.append(10)
            out.append(11)

        def cut_off(out):
            try:
                out.append(2)
            finally:
                out.append(4)
                return
            out.append(6)
        self.assertEqual(self.jump(endless, 3, 4), [1, 4])
        self.assertEqual(self.jump(returned, 4, 10), [2, 10, 11])
        with self.assertRaisesRegex(ValueError, "can't jump out of a 'finally' block"):
            self.jump(cut_off, 4, 6)

    def test_audit_hooks_cannot_stop_it_but_are_heard(self):
        script = ("import sys\n"
                  "def hook(event, args):\n"
                  "    if event in ('sys.settrace', 'sys.setprofile'): raise ValueError(event)\n"
                  "sys.addaudithook(hook)\n"
                  "for set in sys.settrace, sys.setprofile: print(set(print), sys.gettrace(), sys.getprofile())\n")
        done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
        self.assertEqual(done.stdout, "None None None\n" * 2)
        self.assertIn("Exception ignored in PyEval_SetTrace:", done.stderr)
        self.assertIn("Exception ignored in PyEval_SetProfile:", done.stderr)

    def test_jump_refusals(self):
        frame = sys._getframe()
        with self.assertRaisesRegex(ValueError, "f_lineno can only be set by a trace function"):
            frame.f_lineno = 1
        with self.assertRaises(AttributeError):
            del frame.f_lineno

    def test_tracer_set_by_the_method_of_an_operator(self):
        """As pdb.set_trace() in __eq__ does: the caller is traced from its next line on, warm or not."""
        def tracer(frame, event, arg):
            if event == "line" and frame.f_code is not Operand.act.__code__:
                lines.append(frame.f_lineno - frame.f_code.co_firstlineno)
            return tracer

        class Operand:
            armed = False

            def act(self, *others):
                if self.armed:
                    Operand.armed = False
                    sys._getframe(1).f_trace = tracer
                    sys.settrace(tracer)
                return True
            __add__ = __iadd__ = __lt__ = __eq__ = __getitem__ = __setitem__ = __bool__ = __neg__ = act

            def __hash__(self):
                return 5
        for body in ("a + 1", "a += 1", "a < 1", "a[1]", "a[1] = 2", "not a", "-a", "a % 2 if a < 3 else 1", "d[a]", "d[a] = 3",
                     "1 if a == 2 else 3", "a in [7]"):
            names = {}
            exec("def f(a, d):\n    %s\n    x = 1\n    y = 2\n" % body, names)
            f, d = names["f"], {Operand(): 1}
            Operand.__mod__ = Operand.act
            for i in range(300):
                f(Operand(), d)
            lines = []
            Operand.armed = True
            try:
                f(Operand(), d)
            finally:
                sys.settrace(None)
            self.assertEqual(lines[-2:], [2, 3], body)

    def test_place_of_an_error_in_warm_code(self):
        def f(d, key):
            return d[key]

        def place(key):
            try:
                f({1: 2}, key)
            except KeyError as e:
                return e.__traceback__.tb_next.tb_lasti
        cold = place(3)
        for i in range(300):
            f({1: 2}, 1)
        self.assertEqual(place(3), cold)

    def test_frames(self):
        def inner():
            frame = sys._getframe()
            value = 5
            return frame, frame.f_back.f_code.co_name, value
        frame, back, _ = inner()
        self.assertEqual((back, frame.f_locals["value"], frame.f_back.f_code.co_name), ("test_frames", 5, "test_frames"))
        frame.clear()
        self.assertEqual(frame.f_locals, {})
        with self.assertRaisesRegex(RuntimeError, "cannot clear an executing frame"):
            sys._getframe().clear()


if __name__ == "__main__":
    unittest.main()
