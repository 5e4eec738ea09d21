/* SPDX-License-Identifier: MIT */
/* The exception kinds with a field or two of their own: StopIteration, SystemExit, ImportError, KeyError; and MemoryError, which
 * is made from a stock of spare instances so that it can be raised when there is no memory.
 * Tests: tests/objects/test_exceptions.py.
 */
#include "objects/exceptions/exceptions.h"
#include "objects/exceptions/kinds.h"

#include "runtime/gc.h"

#define ARGS(op) (((PyBaseExceptionObject *)(op))->args)

/* ---- StopIteration: value ---- */

#define STOP(op) ((PyStopIterationObject *)(op))

static int stop_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (tai_exception_init_base(self, args, kwargs) < 0)
        return -1;
    EXC_SET(STOP(self)->value, PyTuple_GET_SIZE(args) > 0 ? PyTuple_GET_ITEM(args, 0) : Py_None);
    return 0;
}

static int stop_clear(PyObject *self)
{
    Py_CLEAR(STOP(self)->value);
    return tai_exception_clear(self);
}

static int stop_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(STOP(self)->value);
    return tai_exception_traverse(self, visit, arg);
}

static PyMemberDef stop_members[] = {
    {"value", T_OBJECT, offsetof(PyStopIterationObject, value), 0, "what the generator returned"},
    {NULL},
};

const TaiExceptionKind tai_exception_stop_iteration = {
    .size = sizeof(PyStopIterationObject),
    .init = stop_init,
    .dealloc = tai_exception_dealloc,
    .traverse = stop_traverse,
    .clear = stop_clear,
    .members = stop_members,
};

/* ---- SystemExit: code ---- */

#define EXIT(op) ((PySystemExitObject *)(op))

static int exit_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (tai_exception_init_base(self, args, kwargs) < 0)
        return -1;
    Py_ssize_t count = PyTuple_GET_SIZE(args);
    if (count > 0)
        EXC_SET(EXIT(self)->code, count == 1 ? PyTuple_GET_ITEM(args, 0) : args);
    return 0;
}

static int exit_clear(PyObject *self)
{
    Py_CLEAR(EXIT(self)->code);
    return tai_exception_clear(self);
}

static int exit_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(EXIT(self)->code);
    return tai_exception_traverse(self, visit, arg);
}

static PyMemberDef exit_members[] = {
    {"code", T_OBJECT, offsetof(PySystemExitObject, code), 0, "exit status"},
    {NULL},
};

const TaiExceptionKind tai_exception_system_exit = {
    .size = sizeof(PySystemExitObject),
    .init = exit_init,
    .dealloc = tai_exception_dealloc,
    .traverse = exit_traverse,
    .clear = exit_clear,
    .members = exit_members,
};

/* ---- ImportError: msg, name, path ---- */

#define IMPORT(op) ((PyImportErrorObject *)(op))

static int import_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"name", "path", NULL};
    PyObject *name = NULL, *path = NULL;
    if (tai_exception_init_base(self, args, NULL) < 0)
        return -1;
    if (kwargs != NULL && PyDict_GET_SIZE(kwargs) != 0) {
        PyObject *none = PyTuple_New(0);
        if (none == NULL)
            return -1;
        int ok = PyArg_ParseTupleAndKeywords(none, kwargs, "|$OO:ImportError", names, &name, &path);
        Py_DECREF(none);
        if (!ok)
            return -1;
    }
    EXC_SET(IMPORT(self)->name, name);
    EXC_SET(IMPORT(self)->path, path);
    EXC_SET(IMPORT(self)->msg, PyTuple_GET_SIZE(args) == 1 ? PyTuple_GET_ITEM(args, 0) : NULL);
    return 0;
}

static int import_clear(PyObject *self)
{
    Py_CLEAR(IMPORT(self)->msg);
    Py_CLEAR(IMPORT(self)->name);
    Py_CLEAR(IMPORT(self)->path);
    return tai_exception_clear(self);
}

static int import_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(IMPORT(self)->msg);
    Py_VISIT(IMPORT(self)->name);
    Py_VISIT(IMPORT(self)->path);
    return tai_exception_traverse(self, visit, arg);
}

static PyObject *import_str(PyObject *self)
{
    PyObject *msg = IMPORT(self)->msg;
    if (msg != NULL && PyUnicode_CheckExact(msg)) {
        Py_INCREF(msg);
        return msg;
    }
    return tai_exception_str(self);
}

/* The pickled state: the instance dict with name and path put in. New; None where there is nothing. */
static PyObject *import_state(PyImportErrorObject *self)
{
    if (self->name == NULL && self->path == NULL) {
        PyObject *state = self->dict ? self->dict : Py_None;
        Py_INCREF(state);
        return state;
    }
    PyObject *state = self->dict ? PyDict_Copy(self->dict) : PyDict_New();
    if (state != NULL && ((self->name && PyDict_SetItemString(state, "name", self->name) < 0) ||
                          (self->path && PyDict_SetItemString(state, "path", self->path) < 0)))
        Py_CLEAR(state);
    return state;
}

static PyObject *import_reduce(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *state = import_state(IMPORT(self)), *result;
    if (state == NULL)
        return NULL;
    if (state == Py_None)
        result = PyTuple_Pack(2, Py_TYPE(self), ARGS(self));
    else
        result = PyTuple_Pack(3, Py_TYPE(self), ARGS(self), state);
    Py_DECREF(state);
    return result;
}

static PyMemberDef import_members[] = {
    {"msg", T_OBJECT, offsetof(PyImportErrorObject, msg), 0, "message"},
    {"name", T_OBJECT, offsetof(PyImportErrorObject, name), 0, "name of the module"},
    {"path", T_OBJECT, offsetof(PyImportErrorObject, path), 0, "file of the module"},
    {NULL},
};

static PyMethodDef import_methods[] = {
    {"__reduce__", import_reduce, METH_NOARGS},
    {NULL},
};

const TaiExceptionKind tai_exception_import_error = {
    .size = sizeof(PyImportErrorObject),
    .init = import_init,
    .str = import_str,
    .dealloc = tai_exception_dealloc,
    .traverse = import_traverse,
    .clear = import_clear,
    .methods = import_methods,
    .members = import_members,
};

/* ---- KeyError: a lone argument is shown with repr(), so that an empty string is seen ---- */

static PyObject *key_str(PyObject *self)
{
    if (PyTuple_GET_SIZE(ARGS(self)) == 1)
        return PyObject_Repr(PyTuple_GET_ITEM(ARGS(self), 0));
    return tai_exception_str(self);
}

const TaiExceptionKind tai_exception_key_error = {
    .size = sizeof(PyBaseExceptionObject),
    .init = tai_exception_init_base,
    .str = key_str,
    .dealloc = tai_exception_dealloc,
    .traverse = tai_exception_traverse,
    .clear = tai_exception_clear,
};

/* ---- MemoryError ----
 * Spare instances are chained through `dict`. Only exact instances come from and go to the stock. When the stock is out,
 * and memory too, everybody gets the same instance: making a MemoryError never fails. */

enum { SPARES = 16 };
static PyBaseExceptionObject *spare;
static int spare_count;
static PyObject *last_resort;

/* The attempt to make an instance can itself run out of memory, and ask for another one. */
static PyObject *memory_new_without_stock(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static int making;
    PyObject *fresh = NULL;
    if (!making || last_resort == NULL) {
        making = 1;
        fresh = tai_exception_new(type, args, kwargs);
        making = 0;
    }
    if (fresh == NULL && last_resort != NULL) {
        PyErr_Clear();
        Py_INCREF(last_resort);
        fresh = last_resort;
    }
    return fresh;
}

static PyObject *memory_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    if (type != (PyTypeObject *)PyExc_MemoryError)
        return tai_exception_new(type, args, kwargs);
    if (spare == NULL)
        return memory_new_without_stock(type, args, kwargs);
    PyBaseExceptionObject *self = spare;
    /* Without memory there may be no tuple: then an instance with the arguments given, at worst an empty tuple. */
    PyObject *given = args;
    if (given != NULL)
        Py_INCREF(given);
    else if ((given = PyTuple_New(0)) == NULL)
        return NULL;
    spare = (PyBaseExceptionObject *)self->dict;
    spare_count--;
    self->dict = NULL;
    self->args = given;
    _Py_NewReference((PyObject *)self);
    tai_gc_track(self);
    return (PyObject *)self;
}

static void memory_dealloc(PyObject *op)
{
    if (Py_TYPE(op) != (PyTypeObject *)PyExc_MemoryError || spare_count >= SPARES) {
        tai_exception_dealloc(op);
        return;
    }
    PyBaseExceptionObject *self = (PyBaseExceptionObject *)op;
    PyObject_GC_UnTrack(op);
    tai_exception_clear(op);
    self->suppress_context = 0;
    self->dict = (PyObject *)spare;
    spare = self;
    spare_count++;
}

const TaiExceptionKind tai_exception_memory_error = {
    .size = sizeof(PyBaseExceptionObject),
    .new = memory_new,
    .init = tai_exception_init_base,
    .dealloc = memory_dealloc,
    .traverse = tai_exception_traverse,
    .clear = tai_exception_clear,
};

int tai_memory_error_init(void)
{
    PyObject *made[SPARES];
    int count = 0;
    if (last_resort == NULL && (last_resort = tai_exception_new((PyTypeObject *)PyExc_MemoryError, NULL, NULL)) == NULL)
        return -1;
    while (count < SPARES && (made[count] = tai_exception_new((PyTypeObject *)PyExc_MemoryError, NULL, NULL)) != NULL)
        count++;
    int result = count == SPARES ? 0 : -1;
    while (count > 0)
        Py_DECREF(made[--count]);
    return result;
}
