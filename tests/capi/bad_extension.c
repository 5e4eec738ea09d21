/* SPDX-License-Identifier: MIT */
/* Modules that do what a module must not do, all in one file: tests/capi/test_bad_extensions.py loads each by its name. */
#include "Python.h"

#define INIT(name) PyMODINIT_FUNC PyInit_##name(void); PyMODINIT_FUNC PyInit_##name(void)
#define DEFINITION(variable, name, size, methods, slots) \
    static struct PyModuleDef variable = {PyModuleDef_HEAD_INIT, name, NULL, size, methods, slots, NULL, NULL, NULL}

static PyObject *nothing(PyObject *self, PyObject *args) { return NULL; }

static PyObject *both(PyObject *self, PyObject *args)
{
    PyErr_SetString(PyExc_ValueError, "left over");
    return PyLong_FromLong(1);
}

static PyObject *good(PyObject *self, PyObject *args) { return PyLong_FromLong(42); }

/* ---- functions and types that break the rules of calls */

static PyObject *object_new(PyTypeObject *type, PyObject *args, PyObject *kwds) { return type->tp_alloc(type, 0); }
static int minus_one(PyObject *self, PyObject *args, PyObject *kwds) { return -1; }
static PyObject *unary_nothing(PyObject *self) { return NULL; }
static Py_ssize_t length_nothing(PyObject *self) { return -1; }
static int truth_nothing(PyObject *self) { return -1; }
static Py_hash_t hash_nothing(PyObject *self) { return -1; }
static PyObject *binary_nothing(PyObject *a, PyObject *b) { return NULL; }
static PyObject *not_text(PyObject *self) { return PyLong_FromLong(1); }
static int store_nothing(PyObject *self, PyObject *key, PyObject *value) { return -1; }
static PyObject *call_nothing(PyObject *self, PyObject *args, PyObject *kwds) { return NULL; }
static PyObject *call_both(PyObject *self, PyObject *args, PyObject *kwds) { return both(self, args); }

static PyNumberMethods numbers = {.nb_add = binary_nothing, .nb_bool = truth_nothing, .nb_index = not_text, .nb_float = not_text};
static PyMappingMethods mapping = {.mp_length = length_nothing, .mp_subscript = binary_nothing, .mp_ass_subscript = store_nothing};
static PyTypeObject silent_type = {
    PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "bad.Silent", .tp_basicsize = sizeof(PyObject), .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = object_new, .tp_as_number = &numbers, .tp_as_mapping = &mapping, .tp_hash = hash_nothing, .tp_iter = unary_nothing,
    .tp_call = call_nothing, .tp_repr = unary_nothing, .tp_str = unary_nothing,
};
static PyTypeObject wrong_type = {
    PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "bad.Wrong", .tp_basicsize = sizeof(PyObject), .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = object_new, .tp_repr = not_text, .tp_str = not_text, .tp_iter = not_text, .tp_call = call_both,
};
static PyTypeObject unmade_type = {
    PyVarObject_HEAD_INIT(NULL, 0) .tp_name = "bad.Unmade", .tp_basicsize = sizeof(PyObject), .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = object_new, .tp_init = minus_one,
};

static PyObject *bad_spec(PyObject *self, PyObject *args)
{
    static PyType_Slot slots[] = {{9999, NULL}, {0, NULL}};
    static PyType_Spec spec = {"bad.Spec", sizeof(PyObject), 0, Py_TPFLAGS_DEFAULT, slots};
    return PyType_FromSpec(&spec);
}

static PyMethodDef functions[] = {
    {"nothing", nothing, METH_NOARGS, NULL},
    {"nothing_o", nothing, METH_O, NULL},
    {"nothing_var", nothing, METH_VARARGS, NULL},
    {"nothing_fast", (PyCFunction)nothing, METH_FASTCALL, NULL},
    {"both", both, METH_NOARGS, NULL},
    {"both_o", both, METH_O, NULL},
    {"both_var", both, METH_VARARGS, NULL},
    {"both_fast", (PyCFunction)both, METH_FASTCALL, NULL},
    {"both_keywords", (PyCFunction)both, METH_VARARGS | METH_KEYWORDS, NULL},
    {"bad_spec", bad_spec, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
DEFINITION(bad_definition, "bad_calls", -1, functions, NULL);

INIT(bad_calls)
{
    PyObject *module = PyModule_Create(&bad_definition);
    PyTypeObject *types[] = {&silent_type, &wrong_type, &unmade_type};
    for (int i = 0; module != NULL && i < 3; i++)
        if (PyType_Ready(types[i]) < 0 || PyModule_AddObject(module, strchr(types[i]->tp_name, '.') + 1, (PyObject *)types[i]) < 0)
            return NULL;
    return module;
}

/* ---- init functions of one phase */

INIT(null_silent) { return NULL; }

INIT(null_raised)
{
    PyErr_SetString(PyExc_ValueError, "no");
    return NULL;
}

DEFINITION(plain_definition, "plain", -1, NULL, NULL);
INIT(module_raised)
{
    PyErr_SetString(PyExc_ValueError, "left over");
    return PyModule_Create(&plain_definition);
}

INIT(not_a_module) { return PyLong_FromLong(7); }
INIT(none) { Py_RETURN_NONE; }
INIT(foreign_module) { return PyImport_ImportModule("sys"); }

DEFINITION(raw_definition, "raw_definition", 0, NULL, NULL);
INIT(raw_definition) { return (PyObject *)&raw_definition; }

DEFINITION(old_definition, "wrong_version", -1, NULL, NULL);
INIT(wrong_version) { return PyModule_Create2(&old_definition, 1007); }

static PyMethodDef class_methods[] = {{"f", good, METH_NOARGS | METH_CLASS, NULL}, {NULL, NULL, 0, NULL}};
DEFINITION(class_definition, "class_method", -1, class_methods, NULL);
INIT(class_method) { return PyModule_Create(&class_definition); }

static PyMethodDef flag_methods[] = {{"f", good, 0x2000, NULL}, {NULL, NULL, 0, NULL}};
DEFINITION(flag_definition, "bad_flags", -1, flag_methods, NULL);
INIT(bad_flags) { return PyModule_Create(&flag_definition); }

static PyModuleDef_Slot no_slots[] = {{0, NULL}};
DEFINITION(slots_definition, "slots_in_one_phase", 0, NULL, no_slots);
INIT(slots_in_one_phase) { return PyModule_Create(&slots_definition); }

/* ---- init functions of many phases: (kind of failure) of create and exec */

static PyObject *create_silent(PyObject *spec, PyModuleDef *definition) { return NULL; }
static PyObject *create_raised(PyObject *spec, PyModuleDef *definition)
{
    PyErr_SetString(PyExc_ValueError, "left over");
    return PyModule_New("x");
}
static PyObject *create_number(PyObject *spec, PyModuleDef *definition) { return PyLong_FromLong(3); }
static int exec_silent(PyObject *module) { return -1; }
static int exec_raised(PyObject *module)
{
    PyErr_SetString(PyExc_ValueError, "left over");
    return 0;
}
static int exec_good(PyObject *module) { return 0; }

#define PHASED(name, size, ...)                                      \
    static PyModuleDef_Slot name##_slots[] = {__VA_ARGS__, {0, NULL}}; \
    DEFINITION(name##_definition, #name, size, NULL, name##_slots);  \
    INIT(name) { return PyModuleDef_Init(&name##_definition); }
PHASED(create_null, 0, {Py_mod_create, create_silent})
PHASED(create_left, 0, {Py_mod_create, create_raised})
PHASED(create_twice, 0, {Py_mod_create, create_raised}, {Py_mod_create, create_silent})
PHASED(unknown_slot, 0, {17, exec_good})
PHASED(negative_slot, 0, {-1, exec_good})
PHASED(negative_size, -1, {Py_mod_exec, exec_good})
PHASED(exec_null, 0, {Py_mod_exec, exec_silent})
PHASED(exec_left, 0, {Py_mod_exec, exec_raised})
PHASED(number_with_state, 10, {Py_mod_create, create_number})
PHASED(number_with_exec, 0, {Py_mod_create, create_number}, {Py_mod_exec, exec_good})
PHASED(number, 0, {Py_mod_create, create_number})
