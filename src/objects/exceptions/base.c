/* SPDX-License-Identifier: MIT */
/* BaseException: arguments, traceback, context and cause; what every exception kind builds on.
 *
 * [EXC-1] args is a tuple once __new__ has run.
 * [EXC-2] context and cause are NULL or exceptions; traceback is NULL or a traceback object (None is stored as NULL).
 * [EXC-3] All kinds share tai_exception_dealloc, which lets go of the fields through tp_clear; long chains of contexts are
 *         taken apart with the trashcan, so that they do not recurse.
 * Tests: tests/objects/test_exceptions.py.
 */
#include "objects/exceptions/kinds.h"
#include "objects/exceptions/exceptions.h"

#define SELF(op) ((PyBaseExceptionObject *)(op))

/* ---- life ---- */

PyObject *tai_exception_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *self = type->tp_alloc(type, 0); /* all fields zero */
    if (self == NULL)
        return NULL;
    if (args != NULL) {
        Py_INCREF(args);
        SELF(self)->args = args;
    }
    else if ((SELF(self)->args = PyTuple_New(0)) == NULL)
        Py_CLEAR(self);
    return self;
}

int tai_exception_init_base(PyObject *self, PyObject *args, PyObject *kwargs)
{
    if (!_PyArg_NoKeywords(Py_TYPE(self)->tp_name, kwargs))
        return -1;
    EXC_SET(SELF(self)->args, args);
    return 0;
}

/* Calling a class of this kind itself (not a subclass): no separate __new__ and __init__. */
static PyObject *base_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyTypeObject *tp = (PyTypeObject *)type;
    if (kwnames != NULL && PyTuple_GET_SIZE(kwnames) != 0) {
        PyErr_Format(PyExc_TypeError, "%.200s() takes no keyword arguments", tp->tp_name);
        return NULL;
    }
    Py_ssize_t count = PyVectorcall_NARGS(nargsf);
    PyObject *tuple = PyTuple_New(count);
    if (tuple == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_INCREF(args[i]);
        PyTuple_SET_ITEM(tuple, i, args[i]);
    }
    PyObject *self = tp->tp_alloc(tp, 0);
    if (self == NULL) {
        Py_DECREF(tuple);
        return NULL;
    }
    SELF(self)->args = tuple;
    return self;
}

int tai_exception_clear(PyObject *op)
{
    PyBaseExceptionObject *self = SELF(op);
    Py_CLEAR(self->dict);
    Py_CLEAR(self->args);
    Py_CLEAR(self->traceback);
    Py_CLEAR(self->cause);
    Py_CLEAR(self->context);
    return 0;
}

int tai_exception_traverse(PyObject *op, visitproc visit, void *arg)
{
    PyBaseExceptionObject *self = SELF(op);
    Py_VISIT(self->dict);
    Py_VISIT(self->args);
    Py_VISIT(self->traceback);
    Py_VISIT(self->cause);
    Py_VISIT(self->context);
    return 0;
}

/* The C-level tp_clear of the nearest static class: a heap subclass's own tp_clear would come back to us. */
static inquiry kind_clear(PyTypeObject *type)
{
    while (type->tp_flags & Py_TPFLAGS_HEAPTYPE)
        type = type->tp_base;
    return type->tp_clear;
}

void tai_exception_dealloc(PyObject *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, tai_exception_dealloc)
    kind_clear(Py_TYPE(self))(self);
    Py_TYPE(self)->tp_free(self);
    Py_TRASHCAN_END
}

/* ---- text ---- */

PyObject *tai_exception_str(PyObject *op)
{
    PyObject *args = SELF(op)->args;
    Py_ssize_t count = args == NULL ? 0 : PyTuple_GET_SIZE(args);
    if (count == 0)
        return PyUnicode_FromString("");
    return PyObject_Str(count == 1 ? PyTuple_GET_ITEM(args, 0) : args);
}

static PyObject *exception_repr(PyObject *op)
{
    PyObject *args = SELF(op)->args;
    const char *name = _PyType_Name(Py_TYPE(op));
    if (args == NULL)
        return PyUnicode_FromFormat("%s()", name);
    if (PyTuple_GET_SIZE(args) == 1)
        return PyUnicode_FromFormat("%s(%R)", name, PyTuple_GET_ITEM(args, 0));
    return PyUnicode_FromFormat("%s%R", name, args);
}

/* ---- methods ---- */

static PyObject *exception_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    PyBaseExceptionObject *self = SELF(op);
    PyObject *args = self->args ? self->args : Py_None;
    if (self->dict != NULL)
        return PyTuple_Pack(3, Py_TYPE(op), args, self->dict);
    return PyTuple_Pack(2, Py_TYPE(op), args);
}

static PyObject *exception_setstate(PyObject *self, PyObject *state)
{
    if (state == Py_None)
        Py_RETURN_NONE;
    if (!PyDict_Check(state)) {
        PyErr_SetString(PyExc_TypeError, "state is not a dictionary");
        return NULL;
    }
    PyObject *key, *value;
    Py_ssize_t at = 0;
    while (PyDict_Next(state, &at, &key, &value)) {
        Py_INCREF(key);
        Py_INCREF(value);
        int failed = PyObject_SetAttr(self, key, value);
        Py_DECREF(key);
        Py_DECREF(value);
        if (failed < 0)
            return NULL;
    }
    Py_RETURN_NONE;
}

static int set_traceback(PyObject *self, PyObject *tb, void *closure);

static PyObject *exception_with_traceback(PyObject *self, PyObject *tb)
{
    if (set_traceback(self, tb, NULL) < 0)
        return NULL;
    Py_INCREF(self);
    return self;
}

static PyMethodDef exception_methods[] = {
    {"__reduce__", exception_reduce, METH_NOARGS},
    {"__setstate__", exception_setstate, METH_O},
    {"with_traceback", exception_with_traceback, METH_O,
     "Exception.with_traceback(tb) --\n    make tb the __traceback__, and return the exception."},
    {NULL},
};

/* ---- attributes ---- */

static PyObject *get_or_none(PyObject *value)
{
    if (value == NULL)
        value = Py_None;
    Py_INCREF(value);
    return value;
}

static PyObject *get_args(PyObject *self, void *closure)
{
    return get_or_none(SELF(self)->args);
}

static int set_args(PyObject *self, PyObject *value, void *closure)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "args may not be deleted");
        return -1;
    }
    PyObject *tuple = PySequence_Tuple(value);
    if (tuple == NULL)
        return -1;
    Py_XSETREF(SELF(self)->args, tuple);
    return 0;
}

static PyObject *get_traceback(PyObject *self, void *closure)
{
    return get_or_none(SELF(self)->traceback);
}

static int set_traceback(PyObject *self, PyObject *tb, void *closure)
{
    if (tb == NULL) {
        PyErr_SetString(PyExc_TypeError, "__traceback__ may not be deleted");
        return -1;
    }
    if (!(tb == Py_None || PyTraceBack_Check(tb))) {
        PyErr_SetString(PyExc_TypeError, "__traceback__ must be a traceback or None");
        return -1;
    }
    EXC_SET(SELF(self)->traceback, tb == Py_None ? NULL : tb);
    return 0;
}

static PyObject *get_context(PyObject *self, void *closure)
{
    return get_or_none(SELF(self)->context);
}

static int set_context(PyObject *self, PyObject *value, void *closure)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "__context__ may not be deleted");
        return -1;
    }
    if (!(value == Py_None || PyExceptionInstance_Check(value))) {
        PyErr_SetString(PyExc_TypeError, "exception context must be None or derive from BaseException");
        return -1;
    }
    EXC_SET(SELF(self)->context, value == Py_None ? NULL : value);
    return 0;
}

static PyObject *get_cause(PyObject *self, void *closure)
{
    return get_or_none(SELF(self)->cause);
}

static int set_cause(PyObject *self, PyObject *value, void *closure)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "__cause__ may not be deleted");
        return -1;
    }
    if (!(value == Py_None || PyExceptionInstance_Check(value))) {
        PyErr_SetString(PyExc_TypeError, "exception cause must be None or derive from BaseException");
        return -1;
    }
    SELF(self)->suppress_context = 1;
    EXC_SET(SELF(self)->cause, value == Py_None ? NULL : value);
    return 0;
}

static PyGetSetDef exception_getset[] = {
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict},
    {"args", get_args, set_args, PyDoc_STR("the arguments it was made with")},
    {"__traceback__", get_traceback, set_traceback},
    {"__context__", get_context, set_context, "exception context"},
    {"__cause__", get_cause, set_cause, "exception cause"},
    {NULL},
};

static PyMemberDef exception_members[] = {
    {"__suppress_context__", T_BOOL, offsetof(PyBaseExceptionObject, suppress_context)},
    {NULL},
};

/* ---- the kind: also the kind of the many classes without anything of their own ---- */

const TaiExceptionKind tai_exception_base = {
    .size = sizeof(PyBaseExceptionObject),
    .new = tai_exception_new,
    .init = tai_exception_init_base,
    .dealloc = tai_exception_dealloc,
    .traverse = tai_exception_traverse,
    .clear = tai_exception_clear,
    .vectorcall = base_vectorcall,
};

/* What BaseException alone defines and all others inherit. */
void tai_exception_root_slots(PyTypeObject *type)
{
    type->tp_repr = exception_repr;
    type->tp_str = tai_exception_str;
    type->tp_methods = exception_methods;
    type->tp_members = exception_members;
    type->tp_getset = exception_getset;
    type->tp_getattro = PyObject_GenericGetAttr;
    type->tp_setattro = PyObject_GenericSetAttr;
}

/* ---- C API ---- */

/* New, or NULL without exception where there is none. */
PyObject *PyException_GetTraceback(PyObject *self)
{
    Py_XINCREF(SELF(self)->traceback);
    return SELF(self)->traceback;
}

int PyException_SetTraceback(PyObject *self, PyObject *tb)
{
    return set_traceback(self, tb, NULL);
}

PyObject *PyException_GetCause(PyObject *self)
{
    Py_XINCREF(SELF(self)->cause);
    return SELF(self)->cause;
}

/* Steals cause, which may be NULL. */
void PyException_SetCause(PyObject *self, PyObject *cause)
{
    SELF(self)->suppress_context = 1;
    Py_XSETREF(SELF(self)->cause, cause);
}

PyObject *PyException_GetContext(PyObject *self)
{
    Py_XINCREF(SELF(self)->context);
    return SELF(self)->context;
}

/* Steals context, which may be NULL. */
void PyException_SetContext(PyObject *self, PyObject *context)
{
    Py_XSETREF(SELF(self)->context, context);
}
