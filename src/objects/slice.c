/* SPDX-License-Identifier: MIT */
/* slice objects, the arithmetic of slicing, and Ellipsis.
 *
 * One freed slice is kept for the next: subscripts make and drop them one at a time.
 * Tests: tests/objects/test_small_types.py.
 */
#include "Python.h"
#include "runtime/gc.h"
#include "runtime/immortal.h"
#include "runtime/state.h"
#include "structmember.h"
#include "runtime/exported.h"

/* ---- Ellipsis ---- */

static PyObject *ellipsis_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    if (PyTuple_GET_SIZE(args) != 0 || (kwargs != NULL && PyDict_GET_SIZE(kwargs) != 0)) {
        PyErr_SetString(PyExc_TypeError, "EllipsisType takes no arguments");
        return NULL;
    }
    Py_INCREF(Py_Ellipsis);
    return Py_Ellipsis;
}

static PyObject *ellipsis_repr(PyObject *op)
{
    return PyUnicode_FromString("Ellipsis");
}

static PyObject *ellipsis_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    return PyUnicode_FromString("Ellipsis");
}

static PyMethodDef ellipsis_methods[] = {
    {"__reduce__", ellipsis_reduce, METH_NOARGS},
    {NULL},
};

PyTypeObject PyEllipsis_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "ellipsis",
    .tp_repr = ellipsis_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = ellipsis_methods,
    .tp_new = ellipsis_new,
};

PyObject _Py_EllipsisObject = {
    _PyObject_EXTRA_INIT
    .ob_refcnt = TAI_IMMORTAL_COUNT,
    .ob_type = &PyEllipsis_Type,
};

/* ---- making ---- */

#define SLICE(op) ((PySliceObject *)(op))

static PySliceObject *spare;

static PySliceObject *allocate(void)
{
    PySliceObject *self = spare;
    if (self != NULL) {
        spare = NULL;
        _Py_NewReference((PyObject *)self);
        return self;
    }
    return PyObject_GC_New(PySliceObject, &PySlice_Type);
}

PyObject *PySlice_New(PyObject *start, PyObject *stop, PyObject *step)
{
    PySliceObject *self = allocate();
    if (self == NULL)
        return NULL;
    self->start = start ? start : Py_None;
    self->stop = stop ? stop : Py_None;
    self->step = step ? step : Py_None;
    Py_INCREF(self->start);
    Py_INCREF(self->stop);
    Py_INCREF(self->step);
    tai_gc_track(self);
    return (PyObject *)self;
}

PyObject *_PySlice_FromIndices(Py_ssize_t start, Py_ssize_t stop)
{
    PyObject *from = PyLong_FromSsize_t(start), *to = from ? PyLong_FromSsize_t(stop) : NULL, *self = NULL;
    if (to != NULL)
        self = PySlice_New(from, to, NULL);
    Py_XDECREF(from);
    Py_XDECREF(to);
    return self;
}

static PyObject *slice_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *start = NULL, *stop = NULL, *step = NULL;
    if (!_PyArg_NoKeywords("slice", kwargs) || !PyArg_UnpackTuple(args, "slice", 1, 3, &start, &stop, &step))
        return NULL;
    if (stop == NULL) { /* slice(stop) */
        stop = start;
        start = NULL;
    }
    return PySlice_New(start, stop, step);
}

static void slice_dealloc(PyObject *op)
{
    PySliceObject *self = SLICE(op);
    PyObject_GC_UnTrack(op); /* from the trashcan it comes untracked */
    Py_TRASHCAN_BEGIN(op, slice_dealloc)
    PyObject *start = self->start, *stop = self->stop, *step = self->step;
    if (spare == NULL)
        spare = self;
    else
        PyObject_GC_Del(self);
    Py_DECREF(start);
    Py_DECREF(stop);
    Py_DECREF(step);
    Py_TRASHCAN_END
}

void PySlice_Fini(void)
{
    if (spare != NULL)
        PyObject_GC_Del(spare);
    spare = NULL;
}

/* ---- C API: indices ---- */

/* None leaves *value as it is. 0 / -1. Runs code. */
static int read_bound(PyObject *bound, Py_ssize_t *value)
{
    return bound == Py_None || _PyEval_SliceIndex(bound, value) ? 0 : -1;
}

/* start, stop and step as numbers, clipped to Py_ssize_t. 0, or -1 with an exception. Runs code. */
int PySlice_Unpack(PyObject *op, Py_ssize_t *start, Py_ssize_t *stop, Py_ssize_t *step)
{
    PySliceObject *self = SLICE(op);
    *step = 1;
    if (read_bound(self->step, step) < 0)
        return -1;
    if (*step == 0) {
        PyErr_SetString(PyExc_ValueError, "slice step cannot be zero");
        return -1;
    }
    if (*step < -PY_SSIZE_T_MAX) /* so that it can be negated */
        *step = -PY_SSIZE_T_MAX;
    *start = *step < 0 ? PY_SSIZE_T_MAX : 0;
    *stop = *step < 0 ? PY_SSIZE_T_MIN : PY_SSIZE_T_MAX;
    return read_bound(self->start, start) < 0 || read_bound(self->stop, stop) < 0 ? -1 : 0;
}

static inline Py_ssize_t clip(Py_ssize_t at, Py_ssize_t length, int backward)
{
    if (at < 0) {
        at += length;
        if (at < 0)
            at = backward ? -1 : 0;
    }
    else if (at >= length)
        at = backward ? length - 1 : length;
    return at;
}

/* Bring the bounds into a sequence of that length; the number of items. */
Py_ssize_t PySlice_AdjustIndices(Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop, Py_ssize_t step)
{
    assert(step != 0 && step >= -PY_SSIZE_T_MAX);
    int backward = step < 0;
    *start = clip(*start, length, backward);
    *stop = clip(*stop, length, backward);
    if (backward)
        return *stop < *start ? (*start - *stop - 1) / -step + 1 : 0;
    return *start < *stop ? (*stop - *start - 1) / step + 1 : 0;
}

#undef PySlice_GetIndicesEx
int PySlice_GetIndicesEx(PyObject *op, Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop, Py_ssize_t *step,
                         Py_ssize_t *count)
{
    *count = 0;
    if (PySlice_Unpack(op, start, stop, step) < 0)
        return -1;
    *count = PySlice_AdjustIndices(length, start, stop, *step);
    return 0;
}

/* The oldest form: ints only; out of range is an error without exception. */
int PySlice_GetIndices(PyObject *op, Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *stop, Py_ssize_t *step)
{
    PySliceObject *self = SLICE(op);
    PyObject *bounds[3] = {self->step, self->start, self->stop};
    Py_ssize_t *targets[3] = {step, start, stop};
    for (int i = 0; i < 3; i++) {
        if (bounds[i] == Py_None) {
            *targets[i] = i == 0 ? 1 : i == 1 ? (*step < 0 ? length - 1 : 0) : (*step < 0 ? -1 : length);
            continue;
        }
        if (!PyLong_Check(bounds[i]))
            return -1;
        *targets[i] = PyLong_AsSsize_t(bounds[i]);
        if (*targets[i] == -1 && PyErr_Occurred())
            return -1;
        if (i > 0 && *targets[i] < 0)
            *targets[i] += length;
    }
    return *stop > length || *start >= length || *step == 0 ? -1 : 0;
}

/* ---- indices of any size ---- */

/* A bound as an int. New. Runs code. */
static PyObject *as_index(PyObject *bound)
{
    if (PyIndex_Check(bound))
        return PyNumber_Index(bound);
    PyErr_SetString(PyExc_TypeError, "slice indices must be integers or None or have an __index__ method");
    return NULL;
}

/* bound brought into lower..upper; negative ones count from the end. `missing` stands for None. New. Runs code. */
static PyObject *adjust_long(PyObject *bound, PyObject *missing, PyObject *length, PyObject *lower, PyObject *upper)
{
    if (bound == Py_None) {
        Py_INCREF(missing);
        return missing;
    }
    PyObject *value = as_index(bound), *limit = upper;
    if (value == NULL)
        return NULL;
    int negative = _PyLong_Sign(value) < 0;
    if (negative) {
        PyObject *sum = PyNumber_Add(value, length);
        Py_SETREF(value, sum);
        limit = lower;
    }
    int beyond = value == NULL ? -1 : PyObject_RichCompareBool(value, limit, negative ? Py_LT : Py_GT);
    if (beyond < 0) {
        Py_XDECREF(value);
        return NULL;
    }
    if (beyond) {
        Py_INCREF(limit);
        Py_SETREF(value, limit);
    }
    return value;
}

/* The bounds for a sequence of `length` (an int that is not negative), as ints. 0, or -1 with an exception. Runs code. */
int _PySlice_GetLongIndices(PySliceObject *self, PyObject *length, PyObject **start_ptr, PyObject **stop_ptr,
                            PyObject **step_ptr)
{
    PyObject *step, *lower = NULL, *upper = NULL, *start = NULL, *stop = NULL;
    step = self->step == Py_None ? PyLong_FromLong(1) : as_index(self->step);
    if (step == NULL)
        return -1;
    int sign = _PyLong_Sign(step);
    if (sign == 0) {
        PyErr_SetString(PyExc_ValueError, "slice step cannot be zero");
        goto error;
    }
    lower = PyLong_FromLong(sign < 0 ? -1 : 0);
    if (lower == NULL)
        goto error;
    if (sign < 0)
        upper = PyNumber_Add(length, lower);
    else {
        Py_INCREF(length);
        upper = length;
    }
    if (upper == NULL)
        goto error;
    start = adjust_long(self->start, sign < 0 ? upper : lower, length, lower, upper);
    if (start == NULL)
        goto error;
    stop = adjust_long(self->stop, sign < 0 ? lower : upper, length, lower, upper);
    if (stop == NULL)
        goto error;
    Py_DECREF(lower);
    Py_DECREF(upper);
    *start_ptr = start;
    *stop_ptr = stop;
    *step_ptr = step;
    return 0;
error:
    *start_ptr = *stop_ptr = *step_ptr = NULL;
    Py_DECREF(step);
    Py_XDECREF(lower);
    Py_XDECREF(upper);
    Py_XDECREF(start);
    return -1;
}

static PyObject *slice_indices(PyObject *self, PyObject *arg)
{
    PyObject *length = PyNumber_Index(arg), *start, *stop, *step;
    if (length == NULL)
        return NULL;
    if (_PyLong_Sign(length) < 0) {
        PyErr_SetString(PyExc_ValueError, "length should not be negative");
        Py_DECREF(length);
        return NULL;
    }
    int failed = _PySlice_GetLongIndices(SLICE(self), length, &start, &stop, &step);
    Py_DECREF(length);
    return failed < 0 ? NULL : Py_BuildValue("(NNN)", start, stop, step);
}

/* ---- slots ---- */

static PyObject *slice_repr(PyObject *op)
{
    return PyUnicode_FromFormat("slice(%R, %R, %R)", SLICE(op)->start, SLICE(op)->stop, SLICE(op)->step);
}

/* As the tuples of the three. Runs code. */
static PyObject *slice_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!PySlice_Check(a) || !PySlice_Check(b))
        Py_RETURN_NOTIMPLEMENTED;
    if (a == b)
        return PyBool_FromLong(op == Py_EQ || op == Py_LE || op == Py_GE);
    PyObject *left = PyTuple_Pack(3, SLICE(a)->start, SLICE(a)->stop, SLICE(a)->step), *right, *result;
    if (left == NULL)
        return NULL;
    right = PyTuple_Pack(3, SLICE(b)->start, SLICE(b)->stop, SLICE(b)->step);
    result = right ? PyObject_RichCompare(left, right, op) : NULL;
    Py_DECREF(left);
    Py_XDECREF(right);
    return result;
}

static int slice_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(SLICE(op)->start);
    Py_VISIT(SLICE(op)->stop);
    Py_VISIT(SLICE(op)->step);
    return 0;
}

static PyObject *slice_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    return Py_BuildValue("O(OOO)", Py_TYPE(op), SLICE(op)->start, SLICE(op)->stop, SLICE(op)->step);
}

PyDoc_STRVAR(indices_doc, "S.indices(len) -> (start, stop, stride)\n\n"
"What S means for a sequence of len items: bounds that lie within it, and the\n"
"step. Bounds beyond either end are brought in as subscripts do it.");

static PyMethodDef slice_methods[] = {
    {"indices", slice_indices, METH_O, indices_doc},
    {"__reduce__", slice_reduce, METH_NOARGS, "How pickle gets this slice again."},
    {NULL},
};

static PyMemberDef slice_members[] = {
    {"start", T_OBJECT, offsetof(PySliceObject, start), READONLY, PyDoc_STR("where it begins, or None")},
    {"stop", T_OBJECT, offsetof(PySliceObject, stop), READONLY, PyDoc_STR("where it ends, or None")},
    {"step", T_OBJECT, offsetof(PySliceObject, step), READONLY, PyDoc_STR("the distance of items, or None")},
    {NULL},
};

PyTypeObject PySlice_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "slice",
    .tp_basicsize = sizeof(PySliceObject),
    .tp_dealloc = slice_dealloc,
    .tp_repr = slice_repr,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "slice(stop)\nslice(start, stop[, step])\n\nMake a slice object: what a[start:stop:step] hands to a.",
    .tp_traverse = slice_traverse,
    .tp_richcompare = slice_richcompare,
    .tp_methods = slice_methods,
    .tp_members = slice_members,
    .tp_new = slice_new,
};
