# SPDX-License-Identifier: MIT
"""What code finds in `__builtins__` of its globals, also when that is no dict."""
import unittest


class BuiltinsOfGlobals(unittest.TestCase):
    def test_any_object(self):
        code = compile("result = len('abc')", "x", "exec")
        with self.assertRaises(TypeError):
            exec(code, {"__builtins__": 123})
        with self.assertRaisesRegex(NameError, "name 'len' is not defined"):
            exec(code, {"__builtins__": {}})

        class Mapping:
            def __getitem__(self, name):
                return lambda text: (name, text)
        names = {"__builtins__": Mapping()}
        exec(code, names)
        self.assertEqual(names["result"], ("len", "abc"))

    def test_changes_under_warm_code(self):
        names = {"__builtins__": {"len": len}}
        exec("def f(x):\n    return len(x)", names)
        for _ in range(100):
            self.assertEqual(names["f"]("ab"), 2)
        names["__builtins__"] = {"len": lambda x: "other"}
        self.assertEqual(names["f"]("ab"), "other")
        names["__builtins__"] = 5
        with self.assertRaises(TypeError):
            names["f"]("ab")

    def test_readonly(self):
        class Frozen(dict):
            def __setitem__(self, key, value):
                raise KeyError("frozen")
        with self.assertRaisesRegex(KeyError, "frozen"):
            exec("__builtins__['x'] = 1", {"__builtins__": Frozen()})


if __name__ == "__main__":
    unittest.main()
