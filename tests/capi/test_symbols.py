# SPDX-License-Identifier: MIT
"""Every function and variable of the public headers is exported, and some that no header declares; nodes of source text."""
import ctypes
import glob
import os
import re
import sys
import unittest

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
sys.path.append(os.path.join(os.path.dirname(HERE), "support"))
import build_extension  # noqa: E402

UNDECLARED = """_PyRuntime _PyAccu_Init _PyAccu_Accumulate _PyAccu_FinishAsList _PyAccu_Finish _PyAccu_Destroy _PyLong_FromGid
_PyLong_FromUid _Py_Gid_Converter _Py_Uid_Converter _Py_GetConfigsAsDict _PyObject_GetMethod _PyErr_Fetch _PyErr_Restore
_PyErr_SetObject _PyErr_Format Py_GetArgcArgv PyCompileString""".split()


def declared():
    """Names in PyAPI_FUNC and PyAPI_DATA declarations."""
    names = set()
    for path in glob.glob(os.path.join(ROOT, "include", "**", "*.h"), recursive=True):
        with open(path) as f:
            text = f.read()
        names.update(re.findall(r"^PyAPI_(?:FUNC|DATA)\((?:[^()]|\([^()]*\))*\)\s*\*?(\w+)\s*[(;\[]", text, re.M))
    return names


class Symbols(unittest.TestCase):
    def test_exported(self):
        names = declared()
        self.assertGreater(len(names), 1500)
        program = ctypes.CDLL(None)
        missing = {name for name in names.union(UNDECLARED) if not hasattr(program, name)}
        missing -= {"_Py_RefTotal", "_Py_GetRefTotal", "_Py_NegativeRefcount"}  # only in builds that count references
        self.assertEqual(missing, set())


class Nodes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.nodes = build_extension.load(os.path.join(HERE, "nodes.c"))

    def test_compiles(self):
        for parse in (self.nodes.simple, self.nodes.detailed):
            scope = {}
            code = parse("x = 1\ndef f():\n    return x + 1\n", 257)
            exec(code, scope)
            self.assertEqual((scope["f"](), code.co_filename), (2, "from node"))
            self.assertEqual(eval(parse("6 * 7", 258)), 42)

    def test_errors(self):
        for parse, filename in (self.nodes.simple, "<string>"), (self.nodes.detailed, "named"):
            with self.assertRaises(SyntaxError) as caught:
                parse("a = (1\nb c\n", 257)
            self.assertEqual((caught.exception.filename, caught.exception.lineno), (filename, 2))

    def test_trees_by_hand(self):
        self.assertEqual(self.nodes.built(), (5, 8, True, 25))


if __name__ == "__main__":
    unittest.main()
