/* SPDX-License-Identifier: MIT */
/* What a function with the oldest convention is given. See test_call_objects.py. */
#include <Python.h>

static PyObject *given(PyObject *self, PyObject *args, PyObject *kwargs) { return Py_BuildValue("OO", args, kwargs ? kwargs : Py_None); }

static PyMethodDef methods[] = {{"given", (PyCFunction)(void (*)(void))given, METH_VARARGS | METH_KEYWORDS}, {0}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "call_objects", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_call_objects(void) { return PyModule_Create(&definition); }
