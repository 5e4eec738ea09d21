# SPDX-License-Identifier: MIT
"""What `make install` makes: other people's build tools find it, C programs and extension modules build against it, it can be moved."""
import glob
import os
import shutil
import sys
import unittest

sys.path.insert(1, os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "support"))
from installed import Installed, run, sanitized, tool

PRICES = "8.33 EUR\n"
VECTORS = "Vector(3.0, 6.0) 5.0 7.0\n"
SUFFIX = ".cpython-38-x86_64-linux-gnu.so"


def setUpModule():
    if sanitized():
        raise unittest.SkipTest("other people's programs are not built with sanitizers")


class Layout(Installed):
    def test_names(self):
        for name in ("taipan", "python3.8", "python3", "python3.8-config", "python3-config"):
            self.assertTrue(os.access(os.path.join(self.prefix, "bin", name), os.X_OK), name)
        for name in ("lib/libpython3.8.so", "lib/libpython3.8.so.1.0", "lib/libpython3.so", "include/python3.8/Python.h",
                     "include/python3.8/pyconfig.h", "lib/python3.8/os.py", "lib/pkgconfig/python-3.8-embed.pc", "lib/pkgconfig/python3.pc"):
            self.assertTrue(os.path.exists(os.path.join(self.prefix, name)), name)
        self.assertEqual(glob.glob(os.path.join(self.prefix, "lib/python3.8/lib-dynload/_test*")), [])

    def test_paths(self):
        out = self.python("-c", "import sys, sysconfig as s; print(sys.prefix, s.get_path('include'), s.get_config_var('LIBDIR'), s.get_path('purelib'))")
        self.assertEqual(out.split(), [self.prefix, self.prefix + "/include/python3.8", self.prefix + "/lib",
                                       self.prefix + "/lib/python3.8/site-packages"])

    def test_moved(self):
        target = os.path.join(self.folder, "moved")
        os.rename(self.prefix, target)
        try:
            out = run(target + "/bin/python3", "-c", "import sys, json, zlib; print(sys.prefix, json.__file__)")
            self.assertEqual(out.split(), [target, target + "/lib/python3.8/json/__init__.py"])
        finally:
            os.rename(target, self.prefix)


class Tools(Installed):
    def config(self, *options):
        return run(os.path.join(self.prefix, "bin", "python3.8-config"), *options).strip()

    def test_python_config(self):
        self.assertEqual(self.config("--prefix"), self.prefix)
        self.assertEqual(self.config("--includes"), "-I%s/include/python3.8" % self.prefix)
        self.assertEqual(self.config("--extension-suffix"), SUFFIX)
        self.assertNotIn("-lpython3.8", self.config("--ldflags"))
        self.assertIn("-lpython3.8", self.config("--embed", "--ldflags").split())
        self.assertIn("-L%s/lib" % self.prefix, self.config("--embed", "--ldflags").split())
        with self.assertRaises(AssertionError):
            self.config("--nonsense")

    def test_pkg_config(self):
        program, folder = tool("pkg-config"), os.path.join(self.prefix, "lib", "pkgconfig")

        def ask(*words):
            words = run(program, *words, PKG_CONFIG_PATH=folder).split()
            return [option[:2] + os.path.normpath(option[2:]) if option[:2] in ("-I", "-L") else option for option in words]
        for name in ("python-3.8", "python3"):
            self.assertEqual(ask("--modversion", name), ["3.8"])
            self.assertEqual(ask("--cflags", "--libs", name), ["-I%s/include/python3.8" % self.prefix])
            self.assertEqual(ask("--libs", name + "-embed"), ["-L%s/lib" % self.prefix, "-lpython3.8"])


class Embedding(Installed):
    def test_make(self):
        tool("make"), tool("cc")
        folder = self.copy("examples", "embedding")
        run("make", "PREFIX=" + self.prefix, cwd=folder)
        self.assertEqual(run("./calculator", "prices.py", "3", "4", cwd=folder), PRICES)
        with self.assertRaisesRegex(AssertionError, "ValueError: invalid literal for int"):
            run("./calculator", "prices.py", "x", cwd=folder)
        with self.assertRaisesRegex(AssertionError, "FileNotFoundError"):
            run("./calculator", "none.py", cwd=folder)

    def test_cmake(self):
        folder = self.copy("examples", "embedding")
        run("cmake", "-S", folder, "-B", folder + "/build", "-DPython3_ROOT_DIR=" + self.prefix)
        run("cmake", "--build", folder + "/build")
        self.assertEqual(run("build/calculator", "prices.py", "3", "4", cwd=folder), PRICES)

    def test_find_package(self):
        """The programs of this folder, by CMake; each finds the library without a word about where it is."""
        folder = self.copy("tests", "embedding")
        out = run("cmake", "-S", folder, "-B", folder + "/build", "-DPython3_ROOT_DIR=" + self.prefix)
        found = next(line for line in out.splitlines() if line.startswith("-- found")).split()[2:]
        self.assertIn(os.path.basename(found[0]), ("python3", "python3.8"))
        self.assertEqual([os.path.realpath(found[0])] + found[1:],
                         [self.prefix + "/bin/taipan", "3.8.18", "Python", SUFFIX[1:-3], self.prefix + "/include/python3.8",
                          self.prefix + "/lib/libpython3.8.so"])
        run("cmake", "--build", folder + "/build")
        self.assertEqual(run(folder + "/build/embed"), "ok\n")
        self.assertIn("Py_RunMain(): sys.argv=['-c', 'arg2']", run(folder + "/build/testembed", "test_run_main"))


class Extensions(Installed):
    def setUp(self):
        tool("cc")
        self.source = self.copy("examples", "extension")

    def use(self, *path):
        return self.python("use.py", cwd=self.source, PYTHONPATH=os.pathsep.join(path))

    def test_make(self):
        tool("make")
        run("make", "PREFIX=" + self.prefix, cwd=self.source)
        self.assertEqual(self.use(), VECTORS)

    def test_cmake(self):
        run("cmake", "-S", self.source, "-B", self.source + "/build", "-DPython3_ROOT_DIR=" + self.prefix)
        run("cmake", "--build", self.source + "/build")
        self.assertTrue(os.path.exists(self.source + "/build/planar" + SUFFIX))
        self.assertEqual(self.use(self.source + "/build"), VECTORS)

    def test_build_ext(self):
        tool("gcc")
        self.python("setup.py", "build_ext", "--inplace", cwd=self.source)
        self.assertTrue(os.path.exists(self.source + "/planar" + SUFFIX))
        self.assertEqual(self.use(), VECTORS)

    def test_install(self):
        tool("gcc")
        self.python("setup.py", "-q", "build", "install", "--prefix", self.source + "/target", cwd=self.source)
        packages = self.source + "/target/lib/python3.8/site-packages"
        self.assertTrue(os.path.exists(packages + "/planar" + SUFFIX))
        self.assertEqual(len(glob.glob(packages + "/planar-1.0*egg-info")), 1)
        os.rename(self.source + "/planar.c", self.source + "/moved.c")
        self.assertEqual(self.use(packages), VECTORS)

    def test_limited_api(self):
        """An abi3 module: one file for all versions from 3.2 on."""
        source, target = self.source + "/limited.c", self.source + "/limited.abi3.so"
        with open(source, "w") as file:
            file.write('#define Py_LIMITED_API 0x03020000\n#include <Python.h>\n'
                       'static PyObject *answer(PyObject *m, PyObject *a) { return PyLong_FromLong(42); }\n'
                       'static PyMethodDef f[] = {{"answer", answer, METH_NOARGS, 0}, {0}};\n'
                       'static struct PyModuleDef d = {PyModuleDef_HEAD_INIT, "limited", 0, -1, f};\n'
                       'PyMODINIT_FUNC PyInit_limited(void) { return PyModule_Create(&d); }\n')
        run("cc", "-shared", "-fPIC", "-I%s/include/python3.8" % self.prefix, source, "-o", target)
        self.assertEqual(self.python("-c", "import limited; print(limited.answer(), limited.__file__)", PYTHONPATH=self.source).split(),
                         ["42", target])

    def test_cxx(self):
        compiler = tool("g++")
        source, target = self.source + "/plus.cpp", self.source + "/plus" + SUFFIX
        with open(source, "w") as file:
            file.write('#include <Python.h>\n#include <string>\n'
                       'static PyObject *twice(PyObject *, PyObject *x) { std::string s = PyUnicode_AsUTF8(x);\n'
                       '    return PyUnicode_FromString((s + s).c_str()); }\n'
                       'static PyMethodDef f[] = {{"twice", twice, METH_O, nullptr}, {nullptr, nullptr, 0, nullptr}};\n'
                       'static PyModuleDef d = {PyModuleDef_HEAD_INIT, "plus", nullptr, -1, f, nullptr, nullptr, nullptr, nullptr};\n'
                       'PyMODINIT_FUNC PyInit_plus() { return PyModule_Create(&d); }\n')
        run(compiler, "-std=c++14", "-Wall", "-Werror", "-shared", "-fPIC", "-I%s/include/python3.8" % self.prefix, source, "-o", target)
        self.assertEqual(self.python("-c", "import plus; print(plus.twice('ab'))", PYTHONPATH=self.source), "abab\n")


if __name__ == "__main__":
    unittest.main()
