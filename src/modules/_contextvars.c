/* SPDX-License-Identifier: MIT */
/* _contextvars: what contextvars.py exports. The types live in objects/context.c. */
#include "Python.h"

PyDoc_STRVAR(copy_doc, "copy_context($module, /)\n--\n\nA copy of the current context.");

static PyObject *copy_context(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    return PyContext_CopyCurrent();
}

static PyMethodDef methods[] = {
    {"copy_context", copy_context, METH_NOARGS, copy_doc},
    {NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_contextvars",
    .m_doc = "Context variables.",
    .m_size = -1,
    .m_methods = methods,
};

static int add_type(PyObject *module, const char *name, PyTypeObject *type)
{
    Py_INCREF(type);
    return PyModule_AddObject(module, name, (PyObject *)type);
}

PyMODINIT_FUNC PyInit__contextvars(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module != NULL &&
        (add_type(module, "Context", &PyContext_Type) < 0 || add_type(module, "ContextVar", &PyContextVar_Type) < 0 ||
         add_type(module, "Token", &PyContextToken_Type) < 0))
        Py_CLEAR(module);
    return module;
}
