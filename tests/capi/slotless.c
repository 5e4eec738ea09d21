/* SPDX-License-Identifier: MIT */
/* Types whose special methods stand in tp_methods, with nothing in the slots; and slots by number. See test_slotless.py. */
#include <Python.h>

static PyObject *name_of(PyObject *self, const char *what) { return PyUnicode_FromFormat("%s.%s", Py_TYPE(self)->tp_name, what); }
static PyObject *add(PyObject *self, PyObject *other) { return name_of(self, "__add__"); }
static PyObject *get(PyObject *self, PyObject *key) { return name_of(self, "__getitem__"); }
static PyObject *invert(PyObject *self, PyObject *nothing) { return name_of(self, "__invert__"); }
static PyObject *length(PyObject *self, PyObject *nothing) { return PyLong_FromLong(7); }
static PyObject *equal(PyObject *self, PyObject *other) { return name_of(self, "__eq__"); }

static PyMethodDef methods[] = {
    {"__add__", add, METH_O}, {"__getitem__", get, METH_O | METH_COEXIST}, {"__invert__", invert, METH_NOARGS},
    {"__len__", length, METH_NOARGS}, {"__eq__", equal, METH_O | METH_COEXIST}, {0}};

static PyTypeObject base_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "slotless.Base", .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, .tp_methods = methods, .tp_new = PyType_GenericNew};
static PyTypeObject below_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "slotless.Below", .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, .tp_base = &base_type};

/* 1 and 2 are for buffers in later versions; 3.8 puts them nowhere. */
static PyType_Slot heap_slots[] = {{Py_tp_methods, methods}, {1, (void *)add}, {0}};
static PyType_Spec heap_spec = {"slotless.Heap", sizeof(PyObject), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, heap_slots};

/* Calls by the slots, past the names. */
static PyObject *slots_of(PyObject *module, PyObject *type)
{
    PyTypeObject *t = (PyTypeObject *)type;
    return Py_BuildValue("(iiii)", t->tp_as_number && t->tp_as_number->nb_add, t->tp_as_mapping && t->tp_as_mapping->mp_subscript,
                         t->tp_as_number && t->tp_as_number->nb_invert, t->tp_as_sequence && t->tp_as_sequence->sq_length);
}

static PyMethodDef functions[] = {{"slots_of", slots_of, METH_O}, {0}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "slotless", .m_size = -1, .m_methods = functions};

PyMODINIT_FUNC PyInit_slotless(void)
{
    PyObject *module = PyModule_Create(&definition), *heap = PyType_FromSpec(&heap_spec);
    if (module == NULL || heap == NULL || PyType_Ready(&base_type) < 0 || PyType_Ready(&below_type) < 0)
        return NULL;
    Py_INCREF(&base_type);
    Py_INCREF(&below_type);
    if (PyModule_AddObject(module, "Base", (PyObject *)&base_type) < 0 || PyModule_AddObject(module, "Below", (PyObject *)&below_type) < 0 ||
        PyModule_AddObject(module, "Heap", heap) < 0)
        return NULL;
    return module;
}
