# SPDX-License-Identifier: MIT
"""_warnings: decisions of the native part, with and without warnings.py."""
import _warnings
import io
import sys
import unittest
import warnings


class Native(unittest.TestCase):
    def test_messages(self):
        for call, text in ((lambda: _warnings.warn(), r"warn\(\) missing required argument 'message' \(pos 1\)"),
                           (lambda: _warnings.warn("x", 1), "category must be a Warning subclass, not 'int'"),
                           (lambda: _warnings.warn("x", int), "category must be a Warning subclass, not 'type'"),
                           (lambda: _warnings.warn_explicit("x", UserWarning, "f", 1, registry=3),
                            "'registry' must be a dict or None"),
                           (lambda: _warnings.warn_explicit("x", UserWarning, "f", 1, module_globals=3),
                            "module_globals must be a dict, not 'int'")):
            with self.assertRaisesRegex(TypeError, text):
                call()

    def test_actions(self):
        for action, shown in (("ignore", 0), ("always", 3), ("default", 1), ("module", 1), ("once", 1)):
            with warnings.catch_warnings(record=True) as seen:
                warnings.resetwarnings()
                warnings.simplefilter(action)
                for _ in range(3):
                    _warnings.warn("text " + action, UserWarning)
            self.assertEqual(len(seen), shown, action)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with self.assertRaisesRegex(UserWarning, "boom"):
                _warnings.warn("boom")
            with self.assertRaises(DeprecationWarning):
                _warnings.warn(DeprecationWarning("x"), UserWarning)

    def test_place(self):
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")

            def f():
                _warnings.warn("x", stacklevel=2)
            f()
            line = sys._getframe().f_lineno - 1
            _warnings.warn("y", stacklevel=1000)
            _warnings.warn_explicit("z", UserWarning, "file.py", 7, source=1)
        self.assertEqual((seen[0].lineno, seen[0].filename), (line, __file__))
        self.assertEqual((seen[1].lineno, seen[1].filename), (1, "sys"))
        self.assertEqual((seen[2].lineno, seen[2].filename, seen[2].source), (7, "file.py", 1))

    def test_registry_version(self):
        registry = {}
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("default")
            for _ in range(2):
                _warnings.warn_explicit("x", UserWarning, "f", 1, registry=registry)
            self.assertEqual(len(seen), 1)
            warnings.simplefilter("default", append=True)
            _warnings._filters_mutated()
            _warnings.warn_explicit("x", UserWarning, "f", 1, registry=registry)
            self.assertEqual(len(seen), 2)
        self.assertIn("version", registry)

    def test_bad_state(self):
        with warnings.catch_warnings():
            warnings.filters = [("always", None, UserWarning, None)]
            with self.assertRaisesRegex(ValueError, r"_warnings.filters item 0 isn't a 5-tuple"):
                _warnings.warn("x")
            warnings.filters = 1
            with self.assertRaisesRegex(ValueError, "_warnings.filters must be a list"):
                _warnings.warn("x")
            warnings.filters = [("bad", None, UserWarning, None, 0)]
            with self.assertRaisesRegex(RuntimeError, r"Unrecognized action \('bad'\) in warnings.filters"):
                _warnings.warn("x")

    def test_without_python_part(self):
        saved, err = sys.modules.pop("warnings"), sys.stderr
        filters = list(_warnings.filters)
        try:
            sys.stderr = io.StringIO()
            _warnings.filters[:] = [("always", None, Warning, None, 0)]
            _warnings._filters_mutated()
            sys.modules["warnings"] = saved
            saved_hook = saved._showwarnmsg
            saved.filters, old = _warnings.filters, saved.filters
            del saved._showwarnmsg
            _warnings.warn_explicit("text", UserWarning, "nofile.py", 3)
            shown = sys.stderr.getvalue()
        finally:
            saved._showwarnmsg = saved_hook
            saved.filters = old
            _warnings.filters[:] = filters
            _warnings._filters_mutated()
            sys.stderr = err
            sys.modules["warnings"] = saved
        self.assertEqual(shown, "nofile.py:3: UserWarning: text\n")


if __name__ == "__main__":
    unittest.main()
