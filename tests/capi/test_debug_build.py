# SPDX-License-Identifier: MIT
"""Debug and release builds share one binary interface: each loads extension modules that were made for the other."""
import importlib.machinery
import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
BUILD = os.path.dirname(os.path.realpath(sys.executable))

SOURCE = r"""
#include "Python.h"
#include "structmember.h"

/* Takes and gives references by the macros of the headers, in all the ways that are inlined. */
static PyObject *turn(PyObject *module, PyObject *args)
{
    PyObject *list = PyList_New(0), *item;
    for (long i = 0; i < 1000; i++) {
        item = PyLong_FromLong(i * 1000000);
        if (item == NULL || PyList_Append(list, item) < 0)
            return NULL;
        Py_INCREF(item);
        Py_DECREF(item);
        Py_DECREF(item);
    }
    item = PyTuple_New(2);
    PyTuple_SET_ITEM(item, 0, list);
    Py_INCREF(Py_None);
    PyTuple_SET_ITEM(item, 1, Py_None);
    PyObject *kept = PyList_GET_ITEM(list, 7);
    Py_INCREF(kept);
    Py_SETREF(item, PyUnicode_FromFormat("%R", kept));
    Py_CLEAR(kept);
    return item;
}

typedef struct { PyObject_HEAD PyObject *own; PyObject *weak; } Box;
static int box_traverse(Box *self, visitproc visit, void *arg) { Py_VISIT(self->own); return 0; }
static int box_clear(Box *self) { Py_CLEAR(self->own); return 0; }
static void box_dealloc(Box *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, box_dealloc)
    if (self->weak)
        PyObject_ClearWeakRefs((PyObject *)self);
    box_clear(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
    Py_TRASHCAN_END
}
static PyMemberDef members[] = {{"own", T_OBJECT, offsetof(Box, own), 0, NULL}, {NULL, 0, 0, 0, NULL}};
static PyTypeObject box_type = {
    PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "Box", .tp_basicsize = sizeof(Box),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, .tp_new = PyType_GenericNew, .tp_dealloc = (destructor)box_dealloc,
    .tp_traverse = (traverseproc)box_traverse, .tp_clear = (inquiry)box_clear, .tp_members = members,
    .tp_weaklistoffset = offsetof(Box, weak),
};

static PyMethodDef functions[] = {{"turn", turn, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "NAME", NULL, -1, functions, NULL, NULL, NULL, NULL};
#define JOIN_(a, b) a##b
#define JOIN(a, b) JOIN_(a, b)
PyMODINIT_FUNC JOIN(PyInit_, NAME)(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL || PyType_Ready(&box_type) < 0)
        return NULL;
    Py_INCREF(&box_type);
    PyModule_AddObject(module, "Box", (PyObject *)&box_type);
    PyModule_AddIntConstant(module, "size", sizeof(PyTypeObject) + sizeof(PyThreadState) + sizeof(PyListObject));
    return module;
}
"""


def compile_kind(folder, name, *options):
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise unittest.SkipTest("no C compiler")
    source, target = os.path.join(folder, name + ".c"), os.path.join(folder, name + ".so")
    with open(source, "w") as file:
        file.write(SOURCE)
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-w", "-I", os.path.join(ROOT, "include"), "-DNAME=" + name, *options, source,
                    "-o", target], check=True)
    return target


def load(name, path):
    loader = importlib.machinery.ExtensionFileLoader(name, path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_file_location(name, path, loader=loader))
    loader.exec_module(module)
    return module


class Interface(unittest.TestCase):
    def test_both_kinds_here(self):
        """A module compiled as for a debug build, and one as for a release build, in this interpreter."""
        folder = tempfile.mkdtemp()
        try:
            kinds = [load("for_debug", compile_kind(folder, "for_debug", "-DPy_DEBUG=1", "-UNDEBUG")),
                     load("for_release", compile_kind(folder, "for_release", "-DNDEBUG"))]
        finally:
            shutil.rmtree(folder)
        self.assertEqual(kinds[0].size, kinds[1].size)
        for module, other in (kinds, kinds[::-1]):
            self.assertEqual(module.turn(), "7000000")
            outer = module.Box()
            outer.own = other.Box()
            outer.own.own = outer
            del outer
            chain = None
            for _ in range(5000):
                box = (module if _ % 2 else other).Box()
                box.own, chain = chain, box
            del box, chain

    def test_names(self):
        self.assertEqual(sys.abiflags, "")
        self.assertEqual(importlib.machinery.EXTENSION_SUFFIXES, [".cpython-38-x86_64-linux-gnu.so", ".abi3.so", ".so"])
        self.assertEqual(sysconfig.get_config_var("SOABI"), "cpython-38-x86_64-linux-gnu")
        self.assertEqual(sys.implementation.cache_tag, "cpython-38")

    def test_other_builds(self):
        """The extension modules of this build in the other builds of this tree, and theirs here."""
        names = [name.partition(".")[0] for name in os.listdir(os.path.join(BUILD, "lib-dynload"))] if os.path.isdir(
            os.path.join(BUILD, "lib-dynload")) else []
        names = sorted(set(names) & {"zlib", "_bz2", "_lzma", "_ctypes", "_sqlite3", "_uuid", "pyexpat", "_testmultiphase"})
        others = [os.path.join(ROOT, "build", kind) for kind in ("dev", "debug", "release")]
        if os.path.basename(BUILD) not in ("dev", "debug", "release"):
            self.skipTest("modules of a sanitizer build need its program")
        others = [path for path in others if os.path.exists(path + "/taipan") and path != BUILD and os.path.isdir(path + "/lib-dynload")]
        if not names or not others:
            self.skipTest("one build only")
        code = ("import sys\nfor n in %r:\n    m = __import__(n)\n    assert m.__file__.startswith(%r), m.__file__\n"
                "import zlib, gc; assert zlib.decompress(zlib.compress(b'a' * 9999)) == b'a' * 9999; gc.collect(); print('ok')")
        for other in others:
            for program, modules in ((other, BUILD), (BUILD, other)):
                with self.subTest(program=program, modules=modules):
                    done = subprocess.run([program + "/taipan", "-c", code % (names, modules)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                          env=dict(os.environ, PYTHONPATH=modules + "/lib-dynload"), timeout=60, universal_newlines=True)
                    self.assertEqual((done.returncode, done.stdout), (0, "ok\n"))


if __name__ == "__main__":
    unittest.main()
