/* SPDX-License-Identifier: MIT */
/* xxsubtype: C types derived from list and dict, for tests of inheritance from C. */
#include "Python.h"
#include "structmember.h"
#include <time.h>

typedef struct {
    PyListObject list;
    int state;
} SpamList;

typedef struct {
    PyDictObject dict;
    int state;
} SpamDict;

/* ---- spamlist ------------------------------------------------------------------------------------------------------------ */

static PyObject *spamlist_getstate(SpamList *self, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromLong(self->state);
}

static PyObject *spamlist_setstate(SpamList *self, PyObject *args)
{
    int state;
    if (!PyArg_ParseTuple(args, "i:setstate", &state))
        return NULL;
    self->state = state;
    Py_RETURN_NONE;
}

/* (class or None, args, kwargs): what a class or static method in C was called with. */
static PyObject *spamlist_called_with(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (kwds == NULL)
        kwds = Py_None;
    return PyTuple_Pack(3, self ? self : Py_None, args, kwds);
}

static PyObject *spamlist_get_state(PyObject *self, void *context)
{
    return PyLong_FromLong(((SpamList *)self)->state);
}

static int spamlist_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (PyList_Type.tp_init(self, args, kwds) < 0)
        return -1;
    ((SpamList *)self)->state = 0;
    return 0;
}

static PyMethodDef spamlist_methods[] = {
    {"getstate", (PyCFunction)spamlist_getstate, METH_NOARGS, "getstate() -> state"},
    {"setstate", (PyCFunction)spamlist_setstate, METH_VARARGS, "setstate(state)"},
    {"classmeth", (PyCFunction)(void (*)(void))spamlist_called_with, METH_VARARGS | METH_KEYWORDS | METH_CLASS,
     "classmeth(*args, **kw)"},
    {"staticmeth", (PyCFunction)(void (*)(void))spamlist_called_with, METH_VARARGS | METH_KEYWORDS | METH_STATIC,
     "staticmeth(*args, **kw)"},
    {NULL},
};

static PyGetSetDef spamlist_getset[] = {{"state", spamlist_get_state, NULL, "an int, for demonstration"}, {NULL}};

static PyTypeObject spamlist_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "xxsubtype.spamlist",
    .tp_basicsize = sizeof(SpamList),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_methods = spamlist_methods,
    .tp_getset = spamlist_getset,
    .tp_init = spamlist_init,
};

/* ---- spamdict ------------------------------------------------------------------------------------------------------------ */

static PyObject *spamdict_getstate(SpamDict *self, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromLong(self->state);
}

static PyObject *spamdict_setstate(SpamDict *self, PyObject *args)
{
    int state;
    if (!PyArg_ParseTuple(args, "i:setstate", &state))
        return NULL;
    self->state = state;
    Py_RETURN_NONE;
}

static int spamdict_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (PyDict_Type.tp_init(self, args, kwds) < 0)
        return -1;
    ((SpamDict *)self)->state = 0;
    return 0;
}

static PyMethodDef spamdict_methods[] = {
    {"getstate", (PyCFunction)spamdict_getstate, METH_NOARGS, "getstate() -> state"},
    {"setstate", (PyCFunction)spamdict_setstate, METH_VARARGS, "setstate(state)"},
    {NULL},
};

static PyMemberDef spamdict_members[] = {
    {"state", T_INT, offsetof(SpamDict, state), READONLY, "an int, for demonstration"},
    {NULL},
};

static PyTypeObject spamdict_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "xxsubtype.spamdict",
    .tp_basicsize = sizeof(SpamDict),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_methods = spamdict_methods,
    .tp_members = spamdict_members,
    .tp_init = spamdict_init,
};

/* ---- the module ---------------------------------------------------------------------------------------------------------- */

/* Seconds that n lookups of an attribute take. */
static PyObject *spam_bench(PyObject *self, PyObject *args)
{
    PyObject *obj, *name;
    int n = 1000;
    clock_t start;
    if (!PyArg_ParseTuple(args, "OU|i", &obj, &name, &n))
        return NULL;
    start = clock();
    while (n-- > 0) {
        PyObject *value = PyObject_GetAttr(obj, name);
        if (value == NULL)
            return NULL;
        Py_DECREF(value);
    }
    return PyFloat_FromDouble((double)(clock() - start) / CLOCKS_PER_SEC);
}

static PyMethodDef functions[] = {{"bench", spam_bench, METH_VARARGS, NULL}, {NULL}};

static int exec_module(PyObject *m)
{
    spamlist_type.tp_base = &PyList_Type;
    spamdict_type.tp_base = &PyDict_Type;
    if (PyType_Ready(&spamlist_type) < 0 || PyType_Ready(&spamdict_type) < 0)
        return -1;
    Py_INCREF(&spamlist_type);
    if (PyModule_AddObject(m, "spamlist", (PyObject *)&spamlist_type) < 0)
        return -1;
    Py_INCREF(&spamdict_type);
    return PyModule_AddObject(m, "spamdict", (PyObject *)&spamdict_type);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)exec_module}, {0, NULL}};

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "xxsubtype",
    .m_doc = "C types derived from list and dict; for tests.",
    .m_methods = functions,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_xxsubtype(void)
{
    return PyModuleDef_Init(&module);
}
