/* SPDX-License-Identifier: MIT */
/* range: an arithmetic progression of ints of any size, and its two iterators.
 *
 * The four fields are int objects; whatever fits is computed in C longs (Longs), the rest with number objects.
 * range_iterator counts in longs, longrange_iterator in objects.
 * [RANGE-1] step is not 0; length is the number of elements, never negative.
 * Tests: tests/objects/test_range.py.
 */
#include "objects/range.h"
#include "objects/plain_equal.h"
#include "objects/tuple.h"
#include "objects/type_call.h"
#include "runtime/state.h"

#include "structmember.h"

#include <limits.h>
#include <stddef.h>

_Py_IDENTIFIER(iter);

#define RANGE(op) ((TaiRange *)(op))

static PyObject *newref(PyObject *op)
{
    Py_INCREF(op);
    return op;
}

/* ---- arithmetic ---------------------------------------------------------------------------------------------- */

/* 1 and *result, or 0 if it does not fit in a long. No exception. */
static inline int as_long(PyObject *op, long *result)
{
    int overflow;
    *result = PyLong_AsLongAndOverflow(op, &overflow);
    return !overflow;
}

/* Number of values of low, low + step, ... before high, for longs. */
static inline unsigned long count_longs(long low, long high, long step)
{
    if (step > 0)
        return low < high ? 1UL + ((unsigned long)high - 1UL - (unsigned long)low) / (unsigned long)step : 0;
    return low > high ? 1UL + ((unsigned long)low - 1UL - (unsigned long)high) / (0UL - (unsigned long)step) : 0;
}

/* a*b + c as a new int object; NULL on error. */
static PyObject *mul_add(PyObject *a, PyObject *b, PyObject *c)
{
    long x, y, z, product, sum;
    if (as_long(a, &x) && as_long(b, &y) && as_long(c, &z) && !__builtin_mul_overflow(x, y, &product) &&
        !__builtin_add_overflow(product, z, &sum))
        return PyLong_FromLong(sum);
    PyObject *big = PyNumber_Multiply(a, b), *result;
    if (big == NULL)
        return NULL;
    result = PyNumber_Add(big, c);
    Py_DECREF(big);
    return result;
}

/* New length of (start, stop, step); NULL on error. */
static PyObject *compute_length(PyObject *start, PyObject *stop, PyObject *step)
{
    long low, high, by;
    if (as_long(start, &low) && as_long(stop, &high) && as_long(step, &by))
        return PyLong_FromUnsignedLong(count_longs(low, high, by));
    PyObject *zero = PyLong_FromLong(0), *one = PyLong_FromLong(1);
    PyObject *from = start, *to = stop, *size = NULL, *span = NULL, *last = NULL, *steps = NULL, *result = NULL;
    int forward, some;
    if (zero == NULL || one == NULL || (forward = PyObject_RichCompareBool(step, zero, Py_GT)) < 0)
        goto done;
    if (forward)
        size = newref(step);
    else {
        from = stop;
        to = start;
        if ((size = PyNumber_Negative(step)) == NULL)
            goto done;
    }
    if ((some = PyObject_RichCompareBool(from, to, Py_LT)) < 0)
        goto done;
    if (!some) {
        result = newref(zero);
        goto done;
    }
    if ((span = PyNumber_Subtract(to, from)) && (last = PyNumber_Subtract(span, one)) &&
        (steps = PyNumber_FloorDivide(last, size)))
        result = PyNumber_Add(steps, one);
done:
    Py_XDECREF(zero);
    Py_XDECREF(one);
    Py_XDECREF(size);
    Py_XDECREF(span);
    Py_XDECREF(last);
    Py_XDECREF(steps);
    return result;
}

/* A range of three ints, stolen (also on failure). New or NULL. */
static PyObject *make_range(PyTypeObject *type, PyObject *start, PyObject *stop, PyObject *step)
{
    PyObject *length = start && stop && step ? compute_length(start, stop, step) : NULL;
    TaiRange *self = length ? PyObject_New(TaiRange, type) : NULL;
    if (self == NULL) {
        Py_XDECREF(start);
        Py_XDECREF(stop);
        Py_XDECREF(step);
        Py_XDECREF(length);
        return NULL;
    }
    self->start = start;
    self->stop = stop;
    self->step = step;
    self->length = length;
    return (PyObject *)self;
}

static PyObject *range_from_args(PyTypeObject *type, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *start, *stop, *step = NULL;
    if (nargs <= 1) {
        if (!_PyArg_CheckPositional("range", nargs, 1, 1) || (stop = PyNumber_Index(args[0])) == NULL)
            return NULL;
        return make_range(type, PyLong_FromLong(0), stop, PyLong_FromLong(1));
    }
    if (!_PyArg_CheckPositional("range", nargs, 2, 3) || (start = PyNumber_Index(args[0])) == NULL)
        return NULL;
    stop = PyNumber_Index(args[1]);
    if (stop != NULL)
        step = nargs == 3 ? PyNumber_Index(args[2]) : PyLong_FromLong(1);
    if (step != NULL && _PyLong_Sign(step) == 0) {
        PyErr_SetString(PyExc_ValueError, "range() arg 3 must not be zero");
        Py_CLEAR(step);
    }
    return make_range(type, start, stop, step);
}

static PyObject *range_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (!_PyArg_NoKeywords("range", kwds))
        return NULL;
    return range_from_args(type, ((PyTupleObject *)args)->ob_item, PyTuple_GET_SIZE(args));
}

static PyObject *range_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    if (!tai_no_kwnames("range", kwnames))
        return NULL;
    return range_from_args((PyTypeObject *)type, args, PyVectorcall_NARGS(nargsf));
}

static void range_dealloc(PyObject *op)
{
    Py_DECREF(RANGE(op)->start);
    Py_DECREF(RANGE(op)->stop);
    Py_DECREF(RANGE(op)->step);
    Py_DECREF(RANGE(op)->length);
    PyObject_Del(op);
}

/* ---- items --------------------------------------------------------------------------------------------------- */

static Py_ssize_t range_length(PyObject *op) { return PyLong_AsSsize_t(RANGE(op)->length); }

static PyObject *item_at(TaiRange *self, PyObject *i) { return mul_add(i, self->step, self->start); }

/* The item at index i (any int object, may be negative). New or NULL. */
static PyObject *get_item(TaiRange *self, PyObject *i)
{
    long at, length, start, step, product, value;
    if (as_long(i, &at) && as_long(self->length, &length)) {
        if (at < 0)
            at += length;
        if (at < 0 || at >= length)
            goto range_error;
        if (as_long(self->start, &start) && as_long(self->step, &step) && !__builtin_mul_overflow(at, step, &product) &&
            !__builtin_add_overflow(start, product, &value))
            return PyLong_FromLong(value);
    }
    PyObject *place = _PyLong_Sign(i) < 0 ? PyNumber_Add(self->length, i) : newref(i), *result = NULL;
    if (place == NULL)
        return NULL;
    int out = _PyLong_Sign(place) < 0 ? 1 : PyObject_RichCompareBool(place, self->length, Py_GE);
    if (out == 0)
        result = item_at(self, place);
    Py_DECREF(place);
    if (out <= 0)
        return result;
range_error:
    PyErr_SetString(PyExc_IndexError, "range object index out of range");
    return NULL;
}

static PyObject *range_item(PyObject *op, Py_ssize_t i)
{
    PyObject *index = PyLong_FromSsize_t(i), *result;
    if (index == NULL)
        return NULL;
    result = get_item(RANGE(op), index);
    Py_DECREF(index);
    return result;
}

static PyObject *get_slice(TaiRange *self, PyObject *slice)
{
    PyObject *start = NULL, *stop = NULL, *step = NULL, *new_step = NULL, *new_start = NULL, *new_stop = NULL;
    if (_PySlice_GetLongIndices((PySliceObject *)slice, self->length, &start, &stop, &step) < 0)
        return NULL;
    new_step = PyNumber_Multiply(self->step, step);
    if (new_step != NULL)
        new_start = item_at(self, start);
    if (new_start != NULL)
        new_stop = item_at(self, stop);
    Py_DECREF(start);
    Py_DECREF(stop);
    Py_DECREF(step);
    return make_range(Py_TYPE(self), new_start, new_stop, new_step);
}

static PyObject *range_subscript(PyObject *op, PyObject *item)
{
    if (PyIndex_Check(item)) {
        PyObject *i = PyNumber_Index(item), *result;
        if (i == NULL)
            return NULL;
        result = get_item(RANGE(op), i);
        Py_DECREF(i);
        return result;
    }
    if (PySlice_Check(item))
        return get_slice(RANGE(op), item);
    return PyErr_Format(PyExc_TypeError, "range indices must be integers or slices, not %.200s", Py_TYPE(item)->tp_name);
}

/* ---- searching ----------------------------------------------------------------------------------------------- */

/* Is the int (or bool) among the elements? 1, 0, -1. */
static int contains_int(TaiRange *self, PyObject *value)
{
    long v, start, stop, step;
    if (as_long(value, &v) && as_long(self->start, &start) && as_long(self->stop, &stop) && as_long(self->step, &step)) {
        if (step > 0 ? v < start || v >= stop : v > start || v <= stop)
            return 0;
        return step > 0 ? ((unsigned long)v - (unsigned long)start) % (unsigned long)step == 0
                        : ((unsigned long)start - (unsigned long)v) % (0UL - (unsigned long)step) == 0;
    }
    int forward = _PyLong_Sign(self->step) > 0;
    int after = PyObject_RichCompareBool(self->start, value, forward ? Py_LE : Py_GE);
    int before = after <= 0 ? after : PyObject_RichCompareBool(value, self->stop, forward ? Py_LT : Py_GT);
    if (before <= 0)
        return before;
    PyObject *offset = PyNumber_Subtract(value, self->start), *rest = offset ? PyNumber_Remainder(offset, self->step) : NULL;
    int result = rest ? _PyLong_Sign(rest) == 0 : -1;
    Py_XDECREF(offset);
    Py_XDECREF(rest);
    return result;
}

static inline int is_plain_int(PyObject *op) { return PyLong_CheckExact(op) || PyBool_Check(op); }

static int range_contains(PyObject *op, PyObject *value)
{
    if (is_plain_int(value))
        return contains_int(RANGE(op), value);
    return (int)_PySequence_IterSearch(op, value, PY_ITERSEARCH_CONTAINS);
}

static PyObject *range_count(PyObject *op, PyObject *value)
{
    if (is_plain_int(value)) {
        int found = contains_int(RANGE(op), value);
        return found < 0 ? NULL : PyLong_FromLong(found);
    }
    Py_ssize_t count = _PySequence_IterSearch(op, value, PY_ITERSEARCH_COUNT);
    return count < 0 ? NULL : PyLong_FromSsize_t(count);
}

static PyObject *range_index(PyObject *op, PyObject *value)
{
    if (!is_plain_int(value)) {
        Py_ssize_t at = _PySequence_IterSearch(op, value, PY_ITERSEARCH_INDEX);
        return at < 0 ? NULL : PyLong_FromSsize_t(at);
    }
    int found = contains_int(RANGE(op), value);
    if (found < 0)
        return NULL;
    if (!found)
        return PyErr_Format(PyExc_ValueError, "%R is not in range", value);
    PyObject *offset = PyNumber_Subtract(value, RANGE(op)->start), *result;
    if (offset == NULL)
        return NULL;
    result = PyNumber_FloorDivide(offset, RANGE(op)->step);
    Py_DECREF(offset);
    return result;
}

/* ---- the rest of the slots ----------------------------------------------------------------------------------- */

static int range_equal(TaiRange *a, TaiRange *b)
{
    if (a == b)
        return 1;
    int same = tai_same_or_equal(a->length, b->length);
    if (same <= 0 || _PyLong_Sign(a->length) == 0)
        return same;
    if ((same = tai_same_or_equal(a->start, b->start)) <= 0)
        return same;
    long length;
    if (as_long(a->length, &length) && length == 1)
        return 1;
    return tai_same_or_equal(a->step, b->step);
}

static PyObject *range_richcompare(PyObject *a, PyObject *b, int op)
{
    if (!PyRange_Check(b) || (op != Py_EQ && op != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    int same = range_equal(RANGE(a), RANGE(b));
    return same < 0 ? NULL : PyBool_FromLong(same == (op == Py_EQ));
}

/* That of (length, start, step), where what does not matter is None. */
static Py_hash_t range_hash(PyObject *op)
{
    TaiRange *self = RANGE(op);
    long length;
    int known = as_long(self->length, &length);
    PyObject *start = known && length == 0 ? Py_None : self->start;
    PyObject *step = known && length <= 1 ? Py_None : self->step;
    PyObject *key = PyTuple_Pack(3, self->length, start, step);
    if (key == NULL)
        return -1;
    Py_hash_t hash = PyObject_Hash(key);
    Py_DECREF(key);
    return hash;
}

static PyObject *range_repr(PyObject *op)
{
    TaiRange *self = RANGE(op);
    long step;
    if (as_long(self->step, &step) && step == 1)
        return PyUnicode_FromFormat("range(%R, %R)", self->start, self->stop);
    return PyUnicode_FromFormat("range(%R, %R, %R)", self->start, self->stop, self->step);
}

static int range_bool(PyObject *op) { return _PyLong_Sign(RANGE(op)->length) != 0; }

static PyObject *range_reduce(PyObject *op, PyObject *unused)
{
    return Py_BuildValue("(O(OOO))", Py_TYPE(op), RANGE(op)->start, RANGE(op)->stop, RANGE(op)->step);
}

/* ---- iterators ----------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    PyObject *index, *start, *step, *length;
} LongIter;

static PyObject *iter_longs(long start, long step, long length)
{
    TaiRangeIter *it = PyObject_New(TaiRangeIter, &PyRangeIter_Type);
    if (it == NULL)
        return NULL;
    it->next = start;
    it->step = step;
    it->left = it->length = length;
    return (PyObject *)it;
}

/* Steals start and step (also on failure), borrows length. */
static PyObject *iter_objects(PyObject *start, PyObject *step, PyObject *length)
{
    LongIter *it = start && step ? PyObject_New(LongIter, &PyLongRangeIter_Type) : NULL;
    PyObject *zero = it ? PyLong_FromLong(0) : NULL;
    if (it == NULL) {
        Py_XDECREF(start);
        Py_XDECREF(step);
        return NULL;
    }
    it->start = start;
    it->step = step;
    it->length = newref(length);
    it->index = zero;
    if (zero == NULL)
        Py_CLEAR(it);
    return (PyObject *)it;
}

static PyObject *range_iter(PyObject *op)
{
    TaiRange *self = RANGE(op);
    long start, stop, step, length;
    if (as_long(self->start, &start) && as_long(self->step, &step) && as_long(self->stop, &stop) &&
        as_long(self->length, &length))
        return iter_longs(start, step, length);
    return iter_objects(newref(self->start), newref(self->step), self->length);
}

static PyObject *range_reversed(PyObject *op, PyObject *unused)
{
    TaiRange *self = RANGE(op);
    long start, stop, step, length;
    if (as_long(self->start, &start) && as_long(self->step, &step) && as_long(self->stop, &stop) &&
        as_long(self->length, &length) && step != LONG_MIN)
        return iter_longs(length ? start + (length - 1) * step : start, -step, length);
    PyObject *one = PyLong_FromLong(1), *last = one ? PyNumber_Subtract(self->length, one) : NULL;
    PyObject *first = last ? item_at(self, last) : NULL;
    PyObject *result = iter_objects(first, first ? PyNumber_Negative(self->step) : NULL, self->length);
    Py_XDECREF(one);
    Py_XDECREF(last);
    return result;
}

static PyObject *iter_next(TaiRangeIter *it)
{
    if (it->left <= 0)
        return NULL;
    long value = it->next;
    it->next = (long)((unsigned long)value + (unsigned long)it->step); /* may wrap after the last one */
    it->left--;
    return PyLong_FromLong(value);
}

static PyObject *iter_length_hint(TaiRangeIter *it, PyObject *unused) { return PyLong_FromLong(it->left); }

/* (iter, (the whole range,), index) */
static PyObject *iter_reduce(TaiRangeIter *it, PyObject *unused)
{
    long index = it->length - it->left;
    unsigned long start = (unsigned long)it->next - (unsigned long)index * (unsigned long)it->step;
    unsigned long stop = start + (unsigned long)it->length * (unsigned long)it->step;
    PyObject *range = make_range(&PyRange_Type, PyLong_FromLong((long)start), PyLong_FromLong((long)stop),
                                 PyLong_FromLong(it->step));
    return range ? Py_BuildValue("N(N)l", _PyEval_GetBuiltinId(&PyId_iter), range, index) : NULL;
}

static PyObject *iter_setstate(TaiRangeIter *it, PyObject *state)
{
    long index = PyLong_AsLong(state), old = it->length - it->left;
    if (index == -1 && PyErr_Occurred())
        return NULL;
    index = index < 0 ? 0 : index > it->length ? it->length : index;
    it->next = (long)((unsigned long)it->next + (unsigned long)(index - old) * (unsigned long)it->step);
    it->left = it->length - index;
    Py_RETURN_NONE;
}

static void long_dealloc(LongIter *it)
{
    Py_XDECREF(it->index);
    Py_XDECREF(it->start);
    Py_XDECREF(it->step);
    Py_XDECREF(it->length);
    PyObject_Del(it);
}

static PyObject *long_next(LongIter *it)
{
    int more = PyObject_RichCompareBool(it->index, it->length, Py_LT);
    if (more <= 0)
        return NULL;
    PyObject *one = PyLong_FromLong(1), *after = one ? PyNumber_Add(it->index, one) : NULL;
    PyObject *value = after ? mul_add(it->index, it->step, it->start) : NULL;
    Py_XDECREF(one);
    if (value != NULL)
        Py_SETREF(it->index, after);
    else
        Py_XDECREF(after);
    return value;
}

static PyObject *long_length_hint(LongIter *it, PyObject *unused) { return PyNumber_Subtract(it->length, it->index); }

static PyObject *long_reduce(LongIter *it, PyObject *unused)
{
    PyObject *stop = mul_add(it->length, it->step, it->start);
    PyObject *range = stop ? make_range(&PyRange_Type, newref(it->start), stop, newref(it->step)) : NULL;
    return range ? Py_BuildValue("N(N)O", _PyEval_GetBuiltinId(&PyId_iter), range, it->index) : NULL;
}

static PyObject *long_setstate(LongIter *it, PyObject *state)
{
    if (!PyLong_CheckExact(state)) {
        PyErr_Format(PyExc_TypeError, "state must be an int, not %.100s", Py_TYPE(state)->tp_name);
        return NULL;
    }
    PyObject *index;
    if (_PyLong_Sign(state) < 0)
        index = PyLong_FromLong(0);
    else {
        int past = PyObject_RichCompareBool(state, it->length, Py_GT);
        index = past < 0 ? NULL : newref(past ? it->length : state);
    }
    if (index == NULL)
        return NULL;
    Py_SETREF(it->index, index);
    Py_RETURN_NONE;
}

/* ---- types --------------------------------------------------------------------------------------------------- */

static PyMethodDef range_methods[] = {
    {"__reversed__", range_reversed, METH_NOARGS, PyDoc_STR("Iterate over the elements, last one first.")},
    {"__reduce__", range_reduce, METH_NOARGS, NULL},
    {"count", range_count, METH_O, PyDoc_STR("rangeobject.count(value) -> how many elements are equal to value")},
    {"index", range_index, METH_O,
     PyDoc_STR("rangeobject.index(value) -> position of value among the elements; ValueError if it is none")},
    {NULL},
};

static PyMemberDef range_members[] = {
    {"start", T_OBJECT_EX, offsetof(TaiRange, start), READONLY, PyDoc_STR("the first number")},
    {"stop", T_OBJECT_EX, offsetof(TaiRange, stop), READONLY, PyDoc_STR("the end, which is not reached")},
    {"step", T_OBJECT_EX, offsetof(TaiRange, step), READONLY, PyDoc_STR("the distance of numbers")},
    {NULL},
};

static PyNumberMethods range_as_number = {.nb_bool = range_bool};
static PySequenceMethods range_as_sequence = {
    .sq_length = range_length, .sq_item = range_item, .sq_contains = range_contains,
};
static PyMappingMethods range_as_mapping = {.mp_length = range_length, .mp_subscript = range_subscript};

PyDoc_STRVAR(range_doc, "range(stop) -> range object\nrange(start, stop[, step]) -> range object\n\n"
                        "The ints start, start + step, ... before stop, as a sequence that needs no room for them.\n"
                        "start is 0 and step is 1 where not given; a negative step counts down.");

PyTypeObject PyRange_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "range",
    .tp_basicsize = sizeof(TaiRange),
    .tp_dealloc = range_dealloc,
    .tp_repr = range_repr,
    .tp_as_number = &range_as_number,
    .tp_as_sequence = &range_as_sequence,
    .tp_as_mapping = &range_as_mapping,
    .tp_hash = range_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = range_doc,
    .tp_richcompare = range_richcompare,
    .tp_iter = range_iter,
    .tp_methods = range_methods,
    .tp_members = range_members,
    .tp_new = range_new,
    .tp_vectorcall = range_vectorcall,
};

#define ITER_METHODS(PREFIX)                                                                                         \
    {{"__length_hint__", (PyCFunction)PREFIX##_length_hint, METH_NOARGS,                                              \
      PyDoc_STR("Estimate of the number of items left.")},                                                            \
     {"__reduce__", (PyCFunction)PREFIX##_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},                     \
     {"__setstate__", (PyCFunction)PREFIX##_setstate, METH_O, PyDoc_STR("Go to a position, for unpickling.")},        \
     {NULL}}

static PyMethodDef iter_methods[] = ITER_METHODS(iter);
static PyMethodDef long_methods[] = ITER_METHODS(long);

PyTypeObject PyRangeIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "range_iterator",
    .tp_basicsize = sizeof(TaiRangeIter),
    .tp_dealloc = (destructor)PyObject_Del,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)iter_next,
    .tp_methods = iter_methods,
};

PyTypeObject PyLongRangeIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "longrange_iterator",
    .tp_basicsize = sizeof(LongIter),
    .tp_dealloc = (destructor)long_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)long_next,
    .tp_methods = long_methods,
};
