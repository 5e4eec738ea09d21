# SPDX-License-Identifier: MIT
"""Our own _testcapi: every check that it makes in C, and the functions that other tests lean on."""
import os
import subprocess
import sys
import unittest

import _testcapi


class Checks(unittest.TestCase):
    def test_all(self):
        for name in dir(_testcapi):
            if name.startswith("test_"):
                with self.subTest(name):
                    getattr(_testcapi, name)()


class Functions(unittest.TestCase):
    def test_arguments(self):
        self.assertEqual(_testcapi.getargs_keywords((1, 2), 3, arg5=10), (1, 2, 3, -1, -1, -1, -1, -1, -1, 10))
        self.assertEqual(_testcapi.getargs_es_hash("\xe9\0", "latin1"), b"\xe9\0")
        target = bytearray(4)
        self.assertEqual(_testcapi.getargs_et_hash(b"abc", "latin1", target), b"abc")
        self.assertEqual(target, b"abc\0")
        with self.assertRaisesRegex(TypeError, r"function takes at most 3 arguments \(4 given\)"):
            _testcapi.getargs_keyword_only(1, 2, 3, keyword_only=5)
        with self.assertRaisesRegex(SystemError, "impossible<bad format char>"):
            _testcapi.parse_tuple_and_keywords((), {"b": 1}, "|e+i", ["a", "b"])

    def test_legacy_strings(self):
        import decimal
        context = decimal.Context(rounding=_testcapi.unicode_legacy_string("ROUND_UP"))
        self.assertEqual(context.rounding, "ROUND_UP")
        self.assertEqual({"name": 1}[_testcapi.unicode_legacy_string("name")], 1)
        self.assertEqual(_testcapi.unicode_legacy_string(""), "")

    def test_calls(self):
        self.assertEqual(_testcapi.pyobject_vectorcall(sorted, ([3, 1], True), ("reverse",)), [3, 1])
        self.assertEqual(_testcapi.pyobject_fastcalldict(dict, None, {"a": 1}), {"a": 1})
        with self.assertRaisesRegex(TypeError, "'int' object does not support vectorcall"):
            _testcapi.pyvectorcall_call(3, ())
        arguments = (1, 2)
        self.assertIs(_testcapi.MethodDescriptorNopGet()(*arguments), arguments)

    def test_finalizers_of_the_old_kind(self):
        seen = []

        @_testcapi.with_tp_del
        class Dying:
            def __tp_del__(self):
                seen.append(self)
        Dying()
        self.assertEqual(len(seen), 1)
        self.assertEqual(sys.getrefcount(seen[0]), 2)

    def test_memory_runs_out(self):
        script = ("import _testcapi\n_testcapi.set_nomemory(5, 6)\ntry:\n    for i in range(50): bytearray(1000)\n"
                  "except MemoryError: print('none left')\n_testcapi.remove_mem_hooks()\nprint(bytes(3))")
        done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stdout), (0, b"none left\nb'\\x00\\x00\\x00'\n"))

    def test_misuse_is_noticed(self):
        for name, message in (("pymem_buffer_overflow", b"bad trailing pad byte"),
                              ("pymem_api_misuse", b"bad ID: Allocated using API 'm', verified using API 'r'"),
                              ("pymem_malloc_without_gil", b"Python memory allocator called without holding the GIL")):
            with self.subTest(name):
                done = subprocess.run([sys.executable, "-c", "import _testcapi; _testcapi.%s()" % name],
                                      env=dict(os.environ, PYTHONMALLOC="debug"), stderr=subprocess.PIPE)
                self.assertLess(done.returncode, 0)
                self.assertIn(b"Fatal Python error: " + message, done.stderr)

    def test_threads_and_interpreters(self):
        import threading
        idents = []
        _testcapi._test_thread_state(lambda: idents.append(threading.get_ident()))
        self.assertEqual((len(idents), idents.count(threading.get_ident())), (5, 3))
        self.assertEqual(_testcapi.run_in_subinterp("import sys; sys.only_there = 1"), 0)
        self.assertFalse(hasattr(sys, "only_there"))


if __name__ == "__main__":
    unittest.main()
