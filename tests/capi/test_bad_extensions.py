# SPDX-License-Identifier: MIT
"""Extension modules that break the rules get an exception that says so, never a crash. Messages as CPython 3.8's.

All of them are in bad_extension.c; it is compiled here.
"""
import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import unittest
import warnings

HERE = os.path.dirname(os.path.realpath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

MODULES = {
    "null_silent": "initialization of null_silent failed without raising an exception",
    "module_raised": "initialization of module_raised raised unreported exception",
    "not_a_module": "initialization of not_a_module did not return an extension module",
    "none": "initialization of none did not return an extension module",
    "raw_definition": "init function of raw_definition returned uninitialized object",
    "bad_flags": "f() method: bad call flags",
    "slots_in_one_phase": "module slots_in_one_phase: PyModule_Create is incompatible with m_slots",
    "create_null": "creation of module create_null failed without setting an exception",
    "create_left": "creation of module create_left raised unreported exception",
    "create_twice": "module create_twice has multiple create slots",
    "unknown_slot": "module unknown_slot uses unknown slot ID 17",
    "negative_slot": "module negative_slot uses unknown slot ID -1",
    "negative_size": "module negative_size: m_size may not be negative for multi-phase initialization",
    "exec_null": "execution of module exec_null failed without setting an exception",
    "exec_left": "execution of module exec_left raised unreported exception",
    "number_with_state": "module number_with_state is not a module object, but requests module state",
    "number_with_exec": "module number_with_exec specifies execution slots, but did not create a ModuleType instance",
}

NOTHING = " returned NULL without setting an error"
BOTH = " returned a result with an error set"
UNSET = "error return without exception set"
# expression (b: the module, s: an object whose slots fail without an exception, w: one whose slots give what they must not)
CALLS = {
    "b.nothing()": "<built-in function nothing>" + NOTHING,
    "b.nothing_o(1)": "<built-in function nothing_o>" + NOTHING,
    "b.nothing_var(1)": "<built-in function nothing_var>" + NOTHING,
    "b.nothing_fast(1)": "<built-in function nothing_fast>" + NOTHING,
    "[*map(b.nothing_o, [1])]": "<built-in function nothing_o>" + NOTHING,
    "sorted([2, 1], key=b.nothing_o)": "<built-in function nothing_o>" + NOTHING,
    "b.both()": "<built-in function both>" + BOTH,
    "b.both_o(1)": "<built-in function both_o>" + BOTH,
    "b.both_var()": "<built-in function both_var>" + BOTH,
    "b.both_fast()": "<built-in function both_fast>" + BOTH,
    "b.both_keywords(a=1)": "<built-in function both_keywords>" + BOTH,
    "max([1, 2], key=b.both_o)": "<built-in function both_o>" + BOTH,
    "b.both.__call__()": "<built-in function both>" + BOTH,
    "s + 1": UNSET,
    "s[0]": UNSET,
    "not s": UNSET,
    "1 if s else 0": UNSET,
    "{s: 1}": UNSET,
    "'%s' % (s,)": UNSET,
    "bool(s)": "<class 'bool'>" + NOTHING,
    "len(s)": "<built-in function len>" + NOTHING,
    "hash(s)": "<built-in function hash>" + NOTHING,
    "iter(s)": "<built-in function iter>" + NOTHING,
    "repr(s)": "<built-in function repr>" + NOTHING,
    "str(s)": "<class 'str'>" + NOTHING,
    "list(s)": "<class 'list'>" + NOTHING,
    "s.__iter__()": "<slot wrapper '__iter__' of 'bad.Silent' objects>" + NOTHING,
    "b.Unmade()": "<class 'bad.Unmade'>" + NOTHING,
}
WRONG = {
    "float(s)": "bad.Silent.__float__ returned non-float (type int)",
    "repr(w)": "__repr__ returned non-string (type int)",
    "str(w)": "__str__ returned non-string (type int)",
    "iter(w)": "iter() returned non-iterator of type 'int'",
}


class BadExtensions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        if compiler is None:
            raise unittest.SkipTest("no C compiler")
        cls.folder = tempfile.mkdtemp()
        cls.path = os.path.join(cls.folder, "bad_extension.so")
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-w", "-I", os.path.join(ROOT, "include"),
                        os.path.join(HERE, "bad_extension.c"), "-o", cls.path], check=True)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def load(self, name, path=None):
        path = path or self.path
        loader = importlib.machinery.ExtensionFileLoader(name, path)
        module = importlib.util.module_from_spec(importlib.util.spec_from_file_location(name, path, loader=loader))
        loader.exec_module(module)
        return module

    def test_modules(self):
        for name, message in MODULES.items():
            with self.subTest(name):
                with self.assertRaises(SystemError) as caught:
                    self.load(name)
                self.assertEqual(str(caught.exception), message)
                self.assertNotIn(name, sys.modules)

    def test_own_exceptions_pass(self):
        with self.assertRaisesRegex(ValueError, "^no$"):
            self.load("null_raised")
        with self.assertRaisesRegex(ValueError, "^module functions cannot set METH_CLASS or METH_STATIC$"):
            self.load("class_method")

    def test_missing_init_function(self):
        for name, symbol in (("missing", "PyInit_missing"), ("na\xefve", "PyInitU_nave_6pa")):
            with self.assertRaises(ImportError) as caught:
                self.load(name)
            self.assertEqual(str(caught.exception), "dynamic module does not define module export function (%s)" % symbol)
            self.assertEqual((caught.exception.name, caught.exception.path), (name, self.path))

    def test_no_shared_object(self):
        for content, message in ((b"", "file too short"), (b"x" * 2000, "invalid ELF header")):
            path = os.path.join(self.folder, "other.so")
            with open(path, "wb") as file:
                file.write(content)
            with self.assertRaises(ImportError) as caught:
                self.load("other", path)
            self.assertEqual(str(caught.exception), "%s: %s" % (path, message))
        with self.assertRaisesRegex(ImportError, "cannot open shared object file"):
            self.load("other", path + ".none")

    def test_other_version(self):
        with warnings.catch_warnings(record=True) as seen:
            warnings.simplefilter("always")
            self.load("wrong_version")
        self.assertEqual([str(w.message) for w in seen], [
            "Python C API version mismatch for module wrong_version: This Python has API version 1013, module wrong_version has version 1007."])

    def test_odd_but_allowed(self):
        self.assertIs(self.load("foreign_module"), sys)
        self.assertEqual(importlib.util.module_from_spec(importlib.util.spec_from_file_location(
            "number", self.path, loader=importlib.machinery.ExtensionFileLoader("number", self.path))), 3)

    def test_calls(self):
        module = self.load("bad_calls")
        names = {"b": module, "s": module.Silent(), "w": module.Wrong()}
        for kind, table in ((SystemError, CALLS), (TypeError, WRONG)):
            for expression, message in table.items():
                with self.subTest(expression):
                    with self.assertRaises(kind) as caught:
                        eval(expression, names)
                    self.assertEqual(str(caught.exception), message)
                    if BOTH in message:
                        self.assertEqual(repr(caught.exception.__cause__), "ValueError('left over')")
        with self.assertRaisesRegex(RuntimeError, "^invalid slot offset$"):
            module.bad_spec()


if __name__ == "__main__":
    unittest.main()
