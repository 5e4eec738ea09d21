/* SPDX-License-Identifier: MIT */
/* itertools: what its files share. */
#ifndef TAI_MODULES_ITERTOOLS_H
#define TAI_MODULES_ITERTOOLS_H

#include "Python.h"
#include "runtime/recursion.h"

#define ITERTOOLS_TYPES(ROW)                                                                                         \
    ROW(count) ROW(cycle) ROW(repeat) ROW(accumulate) ROW(chain) ROW(compress) ROW(dropwhile) ROW(takewhile)          \
    ROW(filterfalse) ROW(starmap) ROW(islice) ROW(zip_longest) ROW(groupby) ROW(product) ROW(combinations)            \
    ROW(combinations_with_replacement) ROW(permutations)

#define DECLARE_TYPE(NAME) extern PyTypeObject tai_itertools_##NAME;
ITERTOOLS_TYPES(DECLARE_TYPE)
extern PyTypeObject tai_itertools_grouper, tai_itertools_tee, tai_itertools_tee_data;

static inline PyObject *newref(PyObject *op)
{
    Py_XINCREF(op);
    return op;
}

/* The next item of an iterator; NULL at the end (maybe with StopIteration set) or on error. */
static inline PyObject *next_of(PyObject *iter) { return tai_next_item(iter); }

/* The same for an iterator whose owner may let go of it meanwhile: its code may come to the owner again and find the end. */
static inline PyObject *next_held(PyObject *iter)
{
    Py_INCREF(iter);
    PyObject *item = tai_next_item(iter);
    Py_DECREF(iter);
    return item;
}

/* After next_of() gave NULL: 0 at the end (exception cleared), -1 on error. */
static inline int end_or_error(void)
{
    if (!PyErr_Occurred())
        return 0;
    if (!PyErr_ExceptionMatches(PyExc_StopIteration))
        return -1;
    PyErr_Clear();
    return 0;
}

static inline PyObject *call1(PyObject *fn, PyObject *a)
{
    PyObject *args[] = {NULL, a};
    return _PyObject_Vectorcall(fn, args + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
}

static inline PyObject *call2(PyObject *fn, PyObject *a, PyObject *b)
{
    PyObject *args[] = {NULL, a, b};
    return _PyObject_Vectorcall(fn, args + 1, 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
}

/* Truth of a predicate's answer (stolen): 1, 0, -1. */
static inline int truth_steal(PyObject *answer)
{
    if (answer == Py_True || answer == Py_False) {
        Py_DECREF(answer);
        return answer == Py_True;
    }
    if (answer == NULL)
        return -1;
    int truth = PyObject_IsTrue(answer);
    Py_DECREF(answer);
    return truth;
}

/* A tuple that is written again although it was given out before may have been taken off the collector's lists. */
static inline void track_again(PyObject *tuple)
{
    if (((PyGC_Head *)tuple - 1)->_gc_next == 0)
        PyObject_GC_Track(tuple);
}

static inline PyObject *raise_error(PyObject *type, const char *text)
{
    PyErr_SetString(type, text);
    return NULL;
}

/* Is the argument of __setstate__ a tuple? */
static inline int state_is_tuple(PyObject *state)
{
    if (PyTuple_Check(state))
        return 1;
    PyErr_SetString(PyExc_TypeError, "state is not a tuple");
    return 0;
}

#define REDUCE_DOC PyDoc_STR("State for pickling.")
#define SETSTATE_DOC PyDoc_STR("Take over a pickled state.")

/* The slots that all the types have in common. */
#define ITER_SLOTS(NAME, STRUCT) ITER_SLOTS_SIZED(NAME, sizeof(STRUCT))
#define ITER_SLOTS_SIZED(NAME, SIZE)                                                                                 \
    PyVarObject_HEAD_INIT(NULL, 0)                                                                                   \
    .tp_name = "itertools." #NAME,                                                                                   \
    .tp_basicsize = SIZE,                                                                                            \
    .tp_dealloc = (destructor)NAME##_dealloc,                                                                        \
    .tp_getattro = PyObject_GenericGetAttr,                                                                          \
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,                                       \
    .tp_traverse = (traverseproc)NAME##_traverse,                                                                    \
    .tp_iter = PyObject_SelfIter,                                                                                    \
    .tp_iternext = (iternextfunc)NAME##_next,                                                                        \
    .tp_methods = NAME##_methods,                                                                                    \
    .tp_new = NAME##_new,                                                                                            \
    .tp_free = PyObject_GC_Del

/* dealloc and traverse for a struct whose references are listed in FIELDS(ROW). */
#define DEFINE_GC(NAME, STRUCT, FIELDS)                                                                              \
    static void NAME##_dealloc(STRUCT *self)                                                                         \
    {                                                                                                                \
        PyObject_GC_UnTrack(self);                                                                                   \
        Py_TRASHCAN_BEGIN(self, NAME##_dealloc)                                                                      \
        FIELDS(RELEASE_FIELD)                                                                                        \
        Py_TYPE(self)->tp_free(self);                                                                                \
        Py_TRASHCAN_END                                                                                              \
    }                                                                                                                \
    static int NAME##_traverse(STRUCT *self, visitproc visit, void *arg)                                             \
    {                                                                                                                \
        FIELDS(VISIT_FIELD)                                                                                          \
        return 0;                                                                                                    \
    }
#define RELEASE_FIELD(F) Py_XDECREF(self->F);
#define VISIT_FIELD(F) Py_VISIT(self->F);

#endif
