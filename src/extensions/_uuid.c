/* SPDX-License-Identifier: MIT */
/* _uuid: time based identifiers made by libuuid, which may ask a daemon so that they stay unique across processes. */
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include <uuid/uuid.h>

static PyObject *generate(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    uuid_t id;
    int unsafe;
    Py_BEGIN_ALLOW_THREADS
    unsafe = uuid_generate_time_safe(id);
    Py_END_ALLOW_THREADS
    return Py_BuildValue("y#i", (const char *)id, (Py_ssize_t)sizeof id, unsafe);
}

static PyMethodDef methods[] = {
    {"generate_time_safe", generate, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_uuid",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__uuid(void)
{
    PyObject *m = PyModule_Create(&module_def);
    if (m && PyModule_AddIntConstant(m, "has_uuid_generate_time_safe", 1) < 0)
        Py_CLEAR(m);
    return m;
}
