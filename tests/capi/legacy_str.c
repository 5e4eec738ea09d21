/* SPDX-License-Identifier: MIT */
/* legacy_str.make(text) -> an equal str in the old form, not ready. Used by test_legacy_str.py. */
#include "Python.h"

static PyObject *make(PyObject *self, PyObject *text)
{
    Py_ssize_t n;
    wchar_t *wide = PyUnicode_AsWideCharString(text, &n);
    if (wide == NULL)
        return NULL;
    PyObject *result = PyUnicode_FromUnicode(NULL, n);
    if (result != NULL)
        memcpy(PyUnicode_AS_UNICODE(result), wide, n * sizeof(wchar_t));
    PyMem_Free(wide);
    return result;
}

static PyMethodDef methods[] = {{"make", make, METH_O, NULL}, {NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "legacy_str", NULL, -1, methods};
PyMODINIT_FUNC PyInit_legacy_str(void) { return PyModule_Create(&definition); }
