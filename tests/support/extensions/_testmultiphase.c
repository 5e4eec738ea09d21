/* SPDX-License-Identifier: MIT */
/* Test module for initialisation in several phases (PEP 489): one well-made module, some odd but legal ones, and many that
 * break a rule, each with an init function of its own. importlib's own tests know the names.
 */
#include "Python.h"

/* ---- the well-made module ---- */

typedef struct {
    PyObject_HEAD
    PyObject *attributes; /* dict, or NULL until one is set */
} Example;

static int example_traverse(Example *self, visitproc visit, void *arg)
{
    Py_VISIT(self->attributes);
    return 0;
}

static int example_clear(Example *self)
{
    Py_CLEAR(self->attributes);
    return 0;
}

static void example_dealloc(Example *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->attributes);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *example_demo(PyObject *self, PyObject *args)
{
    PyObject *o = NULL;
    if (!PyArg_ParseTuple(args, "|O:demo", &o))
        return NULL;
    if (o == NULL || !PyUnicode_Check(o))
        Py_RETURN_NONE;
    Py_INCREF(o);
    return o;
}

static PyObject *example_getattr(Example *self, PyObject *name)
{
    PyObject *found = self->attributes ? PyDict_GetItemWithError(self->attributes, name) : NULL;
    if (found == NULL)
        return PyErr_Occurred() ? NULL : PyObject_GenericGetAttr((PyObject *)self, name);
    Py_INCREF(found);
    return found;
}

static int example_setattr(Example *self, PyObject *name, PyObject *value)
{
    if (self->attributes == NULL && (self->attributes = PyDict_New()) == NULL)
        return -1;
    if (value != NULL)
        return PyDict_SetItem(self->attributes, name, value);
    int r = PyDict_DelItem(self->attributes, name);
    if (r < 0 && PyErr_ExceptionMatches(PyExc_KeyError))
        PyErr_SetString(PyExc_AttributeError, "no such attribute to delete");
    return r;
}

static PyMethodDef example_methods[] = {
    {"demo", example_demo, METH_VARARGS, "demo([text]): the text itself, None for anything else."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot example_slots[] = {
    {Py_tp_doc, "A type made when the module is executed."},
    {Py_tp_dealloc, example_dealloc}, {Py_tp_traverse, example_traverse}, {Py_tp_clear, example_clear},
    {Py_tp_getattro, example_getattr}, {Py_tp_setattro, example_setattr}, {Py_tp_methods, example_methods},
    {0, NULL},
};
static PyType_Spec example_spec = {"_testimportexec.Example", sizeof(Example), 0,
                                   Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE, example_slots};
static PyType_Slot str_slots[] = {{Py_tp_base, NULL}, {0, NULL}};
static PyType_Spec str_spec = {"_testimportexec.Str", 0, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, str_slots};

static PyObject *foo(PyObject *m, PyObject *args)
{
    long i, j;
    return PyArg_ParseTuple(args, "ll:foo", &i, &j) ? PyLong_FromLong(i + j) : NULL;
}

static struct PyModuleDef main_definition;

/* PyState_* is for modules with one phase only: find answers None, the others raise. */
static PyObject *call_state_registration_func(PyObject *m, PyObject *args)
{
    int which;
    if (!PyArg_ParseTuple(args, "i:call_state_registration_func", &which))
        return NULL;
    if (which == 0) {
        PyObject *found = PyState_FindModule(&main_definition);
        if (found == NULL)
            Py_RETURN_NONE;
        Py_INCREF(found);
        return found;
    }
    if ((which == 1 ? PyState_AddModule(m, &main_definition) : PyState_RemoveModule(&main_definition)) != 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"foo", foo, METH_VARARGS, "foo(i, j): the sum."},
    {"call_state_registration_func", call_state_registration_func, METH_VARARGS,
     "call_state_registration_func(0 | 1 | 2): call PyState_FindModule, AddModule, RemoveModule."},
    {NULL, NULL, 0, NULL},
};

/* Steals value. */
static int add(PyObject *m, const char *name, PyObject *value)
{
    if (value != NULL && PyModule_AddObject(m, name, value) == 0)
        return 0;
    Py_XDECREF(value);
    return -1;
}

static int execute(PyObject *m)
{
    str_slots[0].pfunc = &PyUnicode_Type;
    if (add(m, "Example", PyType_FromSpec(&example_spec)) < 0 || add(m, "Str", PyType_FromSpec(&str_spec)) < 0 ||
        add(m, "error", PyErr_NewException("_testimportexec.error", NULL, NULL)) < 0)
        return -1;
    return PyModule_AddIntConstant(m, "int_const", 1969) < 0 ||
                   PyModule_AddStringConstant(m, "str_const", "something different") < 0 ? -1 : 0;
}

#define SLOTS(name, ...) static PyModuleDef_Slot name[] = {__VA_ARGS__, {0, NULL}}
#define DEFINITION(variable, name, doc, size, methods, slots)                                                          \
    static struct PyModuleDef variable = {PyModuleDef_HEAD_INIT, name, doc, size, methods, slots, NULL, NULL, NULL}
#define INIT(function, definition) PyMODINIT_FUNC function(void) { return PyModuleDef_Init(&definition); }

SLOTS(main_slots, {Py_mod_exec, execute});
DEFINITION(main_definition, "_testmultiphase", "A module made in several phases.", 0, functions, main_slots);
INIT(PyInit__testmultiphase, main_definition)
INIT(PyInit_x, main_definition) /* a name of one letter */

/* ---- odd, but legal ---- */

static PyObject *create_namespace(PyObject *spec, PyModuleDef *definition)
{
    PyObject *types = PyImport_ImportModule("types"), *space = NULL;
    PyObject *type = types ? PyObject_GetAttrString(types, "SimpleNamespace") : NULL;
    PyObject *three = type ? PyLong_FromLong(3) : NULL;
    if (three != NULL && (space = PyObject_CallObject(type, NULL)) != NULL && PyObject_SetAttrString(space, "three", three) < 0)
        Py_CLEAR(space);
    Py_XDECREF(three);
    Py_XDECREF(type);
    Py_XDECREF(types);
    return space;
}

static PyObject *bar(PyObject *m, PyObject *args)
{
    long i, j;
    return PyArg_ParseTuple(args, "ll:bar", &i, &j) ? PyLong_FromLong(i - j) : NULL;
}

static PyMethodDef nonmodule_methods[] = {{"bar", bar, METH_VARARGS, "bar(i, j): the difference."}, {NULL, NULL, 0, NULL}};

SLOTS(nonmodule_slots, {Py_mod_create, create_namespace});
DEFINITION(nonmodule, "_testmultiphase_nonmodule", "No module at all.", 0, NULL, nonmodule_slots);
INIT(PyInit__testmultiphase_nonmodule, nonmodule)
DEFINITION(nonmodule_with_methods, "_testmultiphase_nonmodule_with_methods", "No module at all.", 0, nonmodule_methods, nonmodule_slots);
INIT(PyInit__testmultiphase_nonmodule_with_methods, nonmodule_with_methods)
DEFINITION(null_slots, "_testmultiphase_null_slots", "Nothing to do.", 0, NULL, NULL);
INIT(PyInit__testmultiphase_null_slots, null_slots)
DEFINITION(czech, "_testmultiphase_zkou\xc5\xa1ka_na\xc4\x8dten\xc3\xad", "Module named in Czech", 0, NULL, main_slots);
INIT(PyInitU__testmultiphase_zkouka_naten_evc07gi8e, czech)
DEFINITION(japanese, "\xef\xbc\xbf\xe3\x82\xa4\xe3\x83\xb3\xe3\x83\x9d\xe3\x83\xbc\xe3\x83\x88\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88",
           "Module named in Japanese", 0, NULL, main_slots);
INIT(PyInitU_eckzbwbhc6jpgzcx415x, japanese)
DEFINITION(dummy, "imp_dummy", "For the tests of imp.", 0, functions, main_slots);
INIT(PyInit_imp_dummy, dummy)

/* ---- rules broken in the definition ---- */

SLOTS(large_slots, {98765, NULL});
DEFINITION(bad_slot_large, "_testmultiphase_bad_slot_large", NULL, 0, NULL, large_slots);
INIT(PyInit__testmultiphase_bad_slot_large, bad_slot_large)
SLOTS(negative_slots, {-1, NULL});
DEFINITION(bad_slot_negative, "_testmultiphase_bad_slot_negative", NULL, 0, NULL, negative_slots);
INIT(PyInit__testmultiphase_bad_slot_negative, bad_slot_negative)
DEFINITION(int_with_state, "_testmultiphase_create_int_with_state", NULL, 10, NULL, nonmodule_slots);
INIT(PyInit__testmultiphase_create_int_with_state, int_with_state)
DEFINITION(negative_size, "_testmultiphase_negative_size", NULL, -1, NULL, nonmodule_slots);
INIT(PyInit__testmultiphase_negative_size, negative_size)
SLOTS(nonmodule_exec_slots, {Py_mod_create, create_namespace}, {Py_mod_exec, execute});
DEFINITION(nonmodule_exec, "_testmultiphase_nonmodule_with_exec_slots", NULL, 0, NULL, nonmodule_exec_slots);
INIT(PyInit__testmultiphase_nonmodule_with_exec_slots, nonmodule_exec)

/* ---- rules broken by the init function ---- */

static PyObject *complain(void)
{
    PyErr_SetString(PyExc_SystemError, "bad init function");
    return NULL;
}

PyMODINIT_FUNC PyInit__testmultiphase_export_null(void) { return NULL; }
PyMODINIT_FUNC PyInit__testmultiphase_export_raise(void) { return complain(); }

PyMODINIT_FUNC PyInit__testmultiphase_export_uninitialized(void)
{
    static struct PyModuleDef never; /* all zero: PyModuleDef_Init() has not seen it */
    return (PyObject *)&never;
}

PyMODINIT_FUNC PyInit__testmultiphase_export_unreported_exception(void)
{
    (void)complain();
    return PyModuleDef_Init(&main_definition);
}

/* ---- rules broken while creating and executing ---- */

static PyObject *create_null(PyObject *spec, PyModuleDef *definition) { return NULL; }
static PyObject *create_raise(PyObject *spec, PyModuleDef *definition) { return complain(); }

static PyObject *create_both(PyObject *spec, PyModuleDef *definition)
{
    (void)complain();
    return PyModule_New("both");
}

static int execute_error(PyObject *m) { return -1; }

static int execute_raise(PyObject *m)
{
    (void)complain();
    return -1;
}

static int execute_both(PyObject *m)
{
    (void)complain();
    return 0;
}

#define BAD(what, slot, function)                                                                                      \
    SLOTS(what##_slots, {slot, function});                                                                             \
    DEFINITION(what##_definition, "_testmultiphase_" #what, NULL, 0, NULL, what##_slots);                              \
    INIT(PyInit__testmultiphase_##what, what##_definition)

BAD(create_null, Py_mod_create, create_null)
BAD(create_raise, Py_mod_create, create_raise)
BAD(create_unreported_exception, Py_mod_create, create_both)
BAD(exec_err, Py_mod_exec, execute_error)
BAD(exec_raise, Py_mod_exec, execute_raise)
BAD(exec_unreported_exception, Py_mod_exec, execute_both)

/* ---- state that is looked at before it is there ---- */

typedef struct {
    PyObject *number;
} State;

static int bad_traverse(PyObject *m, visitproc visit, void *arg)
{
    State *state = PyModule_GetState(m);
    Py_VISIT(state->number); /* state is NULL before the module is executed */
    return 0;
}

static int execute_state(PyObject *m)
{
    State *state = PyModule_GetState(m);
    state->number = PyLong_FromLong(0);
    return state->number ? 0 : -1;
}

SLOTS(bad_traverse_slots, {Py_mod_exec, execute_state});
static struct PyModuleDef bad_traverse_definition = {
    PyModuleDef_HEAD_INIT, "_testmultiphase_with_bad_traverse", NULL, sizeof(State), NULL, bad_traverse_slots, bad_traverse, NULL, NULL,
};
INIT(PyInit__testmultiphase_with_bad_traverse, bad_traverse_definition)
