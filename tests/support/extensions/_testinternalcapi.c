/* SPDX-License-Identifier: MIT */
/* _testinternalcapi: what CPython's test_embed needs of the module of that name. */
#include "Python.h"

extern PyObject *_Py_GetConfigsAsDict(void);

static PyObject *get_configs(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    return _Py_GetConfigsAsDict();
}

static PyMethodDef methods[] = {
    {"get_configs", get_configs, METH_NOARGS, PyDoc_STR("The configuration in use: a dict of three dicts.")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_testinternalcapi", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__testinternalcapi(void);
PyMODINIT_FUNC PyInit__testinternalcapi(void) { return PyModule_Create(&definition); }
