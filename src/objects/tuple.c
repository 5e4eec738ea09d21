/* SPDX-License-Identifier: MIT */
/* tuple: an immutable array of owned references, inside the object.
 *
 * Small tuples come from free lists, one for each size; the empty tuple is one immortal object.
 * [TUPLE-1] A tuple is written only by its maker, before others can see it (PyTuple_SET_ITEM, _PyTuple_Resize).
 * [TUPLE-2] The collector takes exact tuples off its lists when all items are untracked and final
 *           (_PyTuple_MaybeUntrack).
 * The hash is the one of 3.8, number by number: it is what decides the order in sets.
 * Tests: tests/objects/test_tuple.py.
 */
#include "objects/tuple.h"
#include "base/alloc.h"
#include "objects/list/list.h"
#include "objects/plain_equal.h"
#include "objects/type_call.h"
#include "runtime/immortal.h"
#include "runtime/exported.h"

#include <stdarg.h>
#include <string.h>

_Py_IDENTIFIER(iter);

enum { KEEP_SIZES = 20, KEEP_EACH = TAI_FREE_LIST(2000) };
static PyTupleObject *kept[KEEP_SIZES]; /* [n]: tuples of size n, linked through item 0; [0]: the empty tuple */
static int n_kept[KEEP_SIZES];

/* ---- allocation ---------------------------------------------------------------------------------------------- */

/* A tuple of n > 0 uninitialised items, untracked. New or NULL. */
static inline PyTupleObject *new_tuple(Py_ssize_t n)
{
    PyTupleObject *self;
    if (n < KEEP_SIZES && (self = kept[n]) != NULL) {
        kept[n] = (PyTupleObject *)self->ob_item[0];
        n_kept[n]--;
        _Py_NewReference((PyObject *)self);
        return self;
    }
    if ((size_t)n > ((size_t)PY_SSIZE_T_MAX - sizeof(PyTupleObject)) / sizeof(PyObject *))
        return (PyTupleObject *)PyErr_NoMemory();
    return PyObject_GC_NewVar(PyTupleObject, &PyTuple_Type, n);
}

static PyObject *empty_tuple(void)
{
    PyTupleObject *self = kept[0];
    if (self == NULL) {
        if ((self = PyObject_GC_NewVar(PyTupleObject, &PyTuple_Type, 0)) == NULL)
            return NULL;
        tai_immortalize(self);
        kept[0] = self;
        n_kept[0] = 1;
    }
    Py_INCREF(self);
    return (PyObject *)self;
}

PyObject *PyTuple_New(Py_ssize_t n)
{
    if (n < 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (n == 0)
        return empty_tuple();
    PyTupleObject *self = new_tuple(n);
    if (self == NULL)
        return NULL;
    memset(self->ob_item, 0, (size_t)n * sizeof(PyObject *));
    tai_gc_track(self);
    return (PyObject *)self;
}

PyObject *tai_tuple_from_array(PyObject *const *items, Py_ssize_t n)
{
    if (n == 0)
        return empty_tuple();
    PyTupleObject *self = new_tuple(n);
    if (self == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_INCREF(items[i]);
        self->ob_item[i] = items[i];
    }
    tai_gc_track(self);
    return (PyObject *)self;
}

PyObject *_PyTuple_FromArray(PyObject *const *items, Py_ssize_t n) { return tai_tuple_from_array(items, n); }

PyObject *PyTuple_Pack(Py_ssize_t n, ...)
{
    va_list items;
    if (n == 0)
        return empty_tuple();
    PyTupleObject *self = new_tuple(n);
    if (self == NULL)
        return NULL;
    va_start(items, n);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = va_arg(items, PyObject *);
        Py_INCREF(item);
        self->ob_item[i] = item;
    }
    va_end(items);
    tai_gc_track(self);
    return (PyObject *)self;
}

static void tuple_dealloc(PyTupleObject *self)
{
    Py_ssize_t n = Py_SIZE(self);
    if (UNLIKELY(self == kept[0])) { /* its count was driven to zero by code that does not know it is immortal */
        tai_immortalize(self);
        return;
    }
    tai_gc_untrack_if(self);
    Py_TRASHCAN_BEGIN(self, tuple_dealloc)
    for (Py_ssize_t i = n; --i >= 0;)
        Py_XDECREF(self->ob_item[i]);
    if (n > 0 && n < KEEP_SIZES && n_kept[n] < KEEP_EACH && Py_TYPE(self) == &PyTuple_Type) {
        self->ob_item[0] = (PyObject *)kept[n];
        kept[n] = self;
        n_kept[n]++;
    }
    else
        Py_TYPE(self)->tp_free((PyObject *)self);
    Py_TRASHCAN_END
}

static int tuple_traverse(PyTupleObject *self, visitproc visit, void *arg)
{
    for (Py_ssize_t i = Py_SIZE(self); --i >= 0;)
        Py_VISIT(self->ob_item[i]);
    return 0;
}

void _PyTuple_MaybeUntrack(PyObject *op)
{
    if (!PyTuple_CheckExact(op) || !tai_gc_is_tracked(op))
        return;
    for (Py_ssize_t i = 0, n = Py_SIZE(op); i < n; i++) {
        PyObject *item = PyTuple_GET_ITEM(op, i);
        /* NULL: still being made. */
        if (item == NULL || (PyObject_IS_GC(item) && (!PyTuple_CheckExact(item) || tai_gc_is_tracked(item))))
            return;
    }
    tai_gc_untrack(op);
}

int PyTuple_ClearFreeList(void)
{
    int freed = 0;
    for (int n = 1; n < KEEP_SIZES; n++) {
        PyTupleObject *next = kept[n];
        freed += n_kept[n];
        kept[n] = NULL;
        n_kept[n] = 0;
        while (next != NULL) {
            PyTupleObject *self = next;
            next = (PyTupleObject *)self->ob_item[0];
            PyObject_GC_Del(self);
        }
    }
    return freed;
}

void _PyTuple_DebugMallocStats(FILE *out)
{
    for (int n = 1; n < KEEP_SIZES; n++)
        fprintf(out, "%d free %d-sized PyTupleObjects of %zd bytes\n", n_kept[n], n,
                sizeof(PyTupleObject) + (size_t)(n - 1) * sizeof(PyObject *));
}

/* ---- operations ---------------------------------------------------------------------------------------------- */

static PyObject *newref(PyObject *op)
{
    Py_INCREF(op);
    return op;
}

static PyObject *get_slice(PyTupleObject *self, Py_ssize_t low, Py_ssize_t high)
{
    Py_ssize_t n = Py_SIZE(self);
    low = low < 0 ? 0 : low;
    high = high > n ? n : high;
    if (high < low)
        high = low;
    if (low == 0 && high == n && PyTuple_CheckExact(self))
        return newref((PyObject *)self);
    return tai_tuple_from_array(self->ob_item + low, high - low);
}

static PyObject *tuple_concat(PyObject *a, PyObject *b)
{
    if (Py_SIZE(a) == 0 && PyTuple_CheckExact(b))
        return newref(b);
    if (!PyTuple_Check(b))
        return PyErr_Format(PyExc_TypeError, "can only concatenate tuple (not \"%.200s\") to tuple", Py_TYPE(b)->tp_name);
    if (Py_SIZE(b) == 0 && PyTuple_CheckExact(a))
        return newref(a);
    Py_ssize_t m = Py_SIZE(a), n = Py_SIZE(b);
    if (m > PY_SSIZE_T_MAX - n)
        return PyErr_NoMemory();
    if (m + n == 0)
        return empty_tuple();
    PyTupleObject *result = new_tuple(m + n);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < m; i++)
        result->ob_item[i] = newref(PyTuple_GET_ITEM(a, i));
    for (Py_ssize_t i = 0; i < n; i++)
        result->ob_item[m + i] = newref(PyTuple_GET_ITEM(b, i));
    tai_gc_track(result);
    return (PyObject *)result;
}

static PyObject *tuple_repeat(PyObject *op, Py_ssize_t times)
{
    PyTupleObject *self = (PyTupleObject *)op;
    Py_ssize_t n = Py_SIZE(self);
    if ((n == 0 || times == 1) && PyTuple_CheckExact(self))
        return newref(op);
    if (n == 0 || times <= 0)
        return empty_tuple();
    if (n > PY_SSIZE_T_MAX / times)
        return PyErr_NoMemory();
    PyTupleObject *result = new_tuple(n * times);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        _Py_ADD_REFTOTAL(self->ob_item[i], times);
        self->ob_item[i]->ob_refcnt += times;
        result->ob_item[i] = self->ob_item[i];
    }
    for (Py_ssize_t have = n, total = n * times; have < total;) {
        Py_ssize_t step = have < total - have ? have : total - have;
        memcpy(result->ob_item + have, result->ob_item, (size_t)step * sizeof(PyObject *));
        have += step;
    }
    tai_gc_track(result);
    return (PyObject *)result;
}

static Py_ssize_t tuple_length(PyObject *self) { return Py_SIZE(self); }

static PyObject *tuple_item(PyObject *self, Py_ssize_t i)
{
    if ((size_t)i >= (size_t)Py_SIZE(self)) {
        PyErr_SetString(PyExc_IndexError, "tuple index out of range");
        return NULL;
    }
    return newref(PyTuple_GET_ITEM(self, i));
}

static PyObject *tuple_subscript(PyObject *op, PyObject *item)
{
    if (PyIndex_Check(item)) {
        Py_ssize_t i = PyNumber_AsSsize_t(item, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return tuple_item(op, i < 0 ? i + Py_SIZE(op) : i);
    }
    if (!PySlice_Check(item))
        return PyErr_Format(PyExc_TypeError, "tuple indices must be integers or slices, not %.200s",
                            Py_TYPE(item)->tp_name);
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(item, &start, &stop, &step) < 0)
        return NULL;
    Py_ssize_t n = PySlice_AdjustIndices(Py_SIZE(op), &start, &stop, step);
    if (n <= 0)
        return empty_tuple();
    if (step == 1)
        return get_slice((PyTupleObject *)op, start, stop);
    PyTupleObject *result = new_tuple(n);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0, at = start; i < n; i++, at += step)
        result->ob_item[i] = newref(PyTuple_GET_ITEM(op, at));
    tai_gc_track(result);
    return (PyObject *)result;
}

static int tuple_contains(PyObject *op, PyObject *v)
{
    for (Py_ssize_t i = 0, n = Py_SIZE(op); i < n; i++) {
        int same = LIKELY(v != NULL) ? tai_same_or_equal(v, PyTuple_GET_ITEM(op, i)) : PyObject_RichCompareBool(v, op, Py_EQ);
        if (same != 0)
            return same;
    }
    return 0;
}

static Py_hash_t tuple_hash(PyObject *op)
{
    const Py_uhash_t p1 = 11400714785074694791ULL, p2 = 14029467366897019727ULL, p5 = 2870177450012600261ULL;
    Py_ssize_t n = Py_SIZE(op);
    Py_uhash_t sum = p5;
    /* Only the stack limits the depth here, not the recursion limit. */
    if (UNLIKELY((char *)__builtin_frame_address(0) < tai_thread(tai_tstate())->c_stack_limit)) {
        PyErr_SetString(PyExc_RecursionError, "maximum recursion depth exceeded while hashing");
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_hash_t hash = tai_hash_of(PyTuple_GET_ITEM(op, i));
        if (hash == -1)
            return -1;
        sum += (Py_uhash_t)hash * p2;
        sum = (sum << 31 | sum >> 33) * p1;
    }
    sum += (Py_uhash_t)n ^ (p5 ^ 3527539UL);
    return sum == (Py_uhash_t)-1 ? 1546275796 : (Py_hash_t)sum;
}

static PyObject *tuple_richcompare(PyObject *v, PyObject *w, int op)
{
    if (!PyTuple_Check(v) || !PyTuple_Check(w))
        Py_RETURN_NOTIMPLEMENTED;
    Py_ssize_t m = Py_SIZE(v), n = Py_SIZE(w), i = 0;
    for (; i < m && i < n; i++) {
        int same = tai_same_or_equal(PyTuple_GET_ITEM(v, i), PyTuple_GET_ITEM(w, i));
        if (same < 0)
            return NULL;
        if (!same)
            break;
    }
    if (i >= m || i >= n)
        Py_RETURN_RICHCOMPARE(m, n, op);
    if (op == Py_EQ || op == Py_NE)
        return PyBool_FromLong(op == Py_NE);
    return PyObject_RichCompare(PyTuple_GET_ITEM(v, i), PyTuple_GET_ITEM(w, i), op);
}

static PyObject *tuple_repr(PyObject *op)
{
    Py_ssize_t n = Py_SIZE(op);
    if (n == 0)
        return PyUnicode_FromString("()");
    int status = Py_ReprEnter(op);
    if (status != 0)
        return status > 0 ? PyUnicode_FromString("(...)") : NULL;
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    writer.overallocate = 1;
    writer.min_length = n > 1 ? 1 + 1 + (2 + 1) * (n - 1) + 1 : 4;
    if (_PyUnicodeWriter_WriteChar(&writer, '(') < 0)
        goto error;
    for (Py_ssize_t i = 0; i < n; i++) {
        if (i > 0 && _PyUnicodeWriter_WriteASCIIString(&writer, ", ", 2) < 0)
            goto error;
        PyObject *text = PyObject_Repr(PyTuple_GET_ITEM(op, i));
        if (text == NULL)
            goto error;
        int failed = _PyUnicodeWriter_WriteStr(&writer, text);
        Py_DECREF(text);
        if (failed < 0)
            goto error;
    }
    writer.overallocate = 0;
    if (_PyUnicodeWriter_WriteASCIIString(&writer, ",)" + (n > 1), n > 1 ? 1 : 2) < 0)
        goto error;
    Py_ReprLeave(op);
    return _PyUnicodeWriter_Finish(&writer);
error:
    _PyUnicodeWriter_Dealloc(&writer);
    Py_ReprLeave(op);
    return NULL;
}

/* ---- construction -------------------------------------------------------------------------------------------- */

/* An instance of a subclass with the items of iterable (NULL: none). */
static PyObject *subtype_new(PyTypeObject *type, PyObject *iterable)
{
    PyObject *items = iterable ? PySequence_Tuple(iterable) : empty_tuple();
    if (items == NULL)
        return NULL;
    Py_ssize_t n = PyTuple_GET_SIZE(items);
    PyObject *self = type->tp_alloc(type, n);
    for (Py_ssize_t i = 0; self != NULL && i < n; i++)
        PyTuple_SET_ITEM(self, i, newref(PyTuple_GET_ITEM(items, i)));
    Py_DECREF(items);
    return self;
}

static PyObject *tuple_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (type == &PyTuple_Type && !_PyArg_NoKeywords("tuple", kwds))
        return NULL;
    if (!_PyArg_CheckPositional("tuple", PyTuple_GET_SIZE(args), 0, 1))
        return NULL;
    PyObject *iterable = PyTuple_GET_SIZE(args) ? PyTuple_GET_ITEM(args, 0) : NULL;
    if (type != &PyTuple_Type)
        return subtype_new(type, iterable);
    return iterable ? PySequence_Tuple(iterable) : empty_tuple();
}

static PyObject *tuple_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if (!tai_no_kwnames("tuple", kwnames) || !_PyArg_CheckPositional("tuple", nargs, 0, 1))
        return NULL;
    if (type != (PyObject *)&PyTuple_Type)
        return subtype_new((PyTypeObject *)type, nargs ? args[0] : NULL);
    return nargs ? PySequence_Tuple(args[0]) : empty_tuple();
}

/* ---- methods ------------------------------------------------------------------------------------------------- */

static PyObject *tuple_index(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t start = 0, stop = PY_SSIZE_T_MAX, n = Py_SIZE(self);
    if (!_PyArg_CheckPositional("index", nargs, 1, 3) || (nargs > 1 && !_PyEval_SliceIndexNotNone(args[1], &start)) ||
        (nargs > 2 && !_PyEval_SliceIndexNotNone(args[2], &stop)))
        return NULL;
    if (start < 0 && (start += n) < 0)
        start = 0;
    if (stop < 0)
        stop += n;
    for (Py_ssize_t i = start; i < stop && i < n; i++) {
        int same = tai_same_or_equal(PyTuple_GET_ITEM(self, i), args[0]);
        if (same != 0)
            return same < 0 ? NULL : PyLong_FromSsize_t(i);
    }
    PyErr_SetString(PyExc_ValueError, "tuple.index(x): x not in tuple");
    return NULL;
}

static PyObject *tuple_count(PyObject *self, PyObject *v)
{
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0, n = Py_SIZE(self); i < n; i++) {
        int same = tai_same_or_equal(PyTuple_GET_ITEM(self, i), v);
        if (same < 0)
            return NULL;
        count += same;
    }
    return PyLong_FromSsize_t(count);
}

static PyObject *tuple_getnewargs(PyObject *self, PyObject *unused)
{
    PyObject *copy = tai_tuple_from_array(((PyTupleObject *)self)->ob_item, Py_SIZE(self));
    return copy ? Py_BuildValue("(N)", copy) : NULL;
}

static PyMethodDef tuple_methods[] = {
    {"__getnewargs__", tuple_getnewargs, METH_NOARGS, PyDoc_STR("__getnewargs__($self, /)\n--\n\n")},
    {"index", (PyCFunction)(void (*)(void))tuple_index, METH_FASTCALL,
     PyDoc_STR("index($self, value, start=0, stop=sys.maxsize, /)\n--\n\n"
               "Position of the first item equal to value; ValueError if there is none.")},
    {"count", tuple_count, METH_O, PyDoc_STR("count($self, value, /)\n--\n\nHow many items are equal to value.")},
    {NULL},
};

static PySequenceMethods tuple_as_sequence = {
    .sq_length = tuple_length,
    .sq_concat = tuple_concat,
    .sq_repeat = tuple_repeat,
    .sq_item = tuple_item,
    .sq_contains = tuple_contains,
};

static PyMappingMethods tuple_as_mapping = {.mp_length = tuple_length, .mp_subscript = tuple_subscript};

static PyObject *tuple_iter(PyObject *self);

PyDoc_STRVAR(tuple_doc, "tuple(iterable=(), /)\n--\n\nAn immutable sequence of any objects.\n\n"
                        "It holds the items of iterable. A tuple given as iterable is itself the result.");

PyTypeObject PyTuple_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "tuple",
    .tp_basicsize = sizeof(PyTupleObject) - sizeof(PyObject *),
    .tp_itemsize = sizeof(PyObject *),
    .tp_dealloc = (destructor)tuple_dealloc,
    .tp_repr = tuple_repr,
    .tp_as_sequence = &tuple_as_sequence,
    .tp_as_mapping = &tuple_as_mapping,
    .tp_hash = tuple_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_TUPLE_SUBCLASS,
    .tp_doc = tuple_doc,
    .tp_traverse = (traverseproc)tuple_traverse,
    .tp_richcompare = tuple_richcompare,
    .tp_iter = tuple_iter,
    .tp_methods = tuple_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = tuple_new,
    .tp_free = PyObject_GC_Del,
    .tp_vectorcall = tuple_vectorcall,
};

/* ---- C API --------------------------------------------------------------------------------------------------- */

Py_ssize_t PyTuple_Size(PyObject *op)
{
    if (!PyTuple_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return Py_SIZE(op);
}

PyObject *PyTuple_GetItem(PyObject *op, Py_ssize_t i)
{
    if (!PyTuple_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if ((size_t)i >= (size_t)Py_SIZE(op)) {
        PyErr_SetString(PyExc_IndexError, "tuple index out of range");
        return NULL;
    }
    return PyTuple_GET_ITEM(op, i);
}

int PyTuple_SetItem(PyObject *op, Py_ssize_t i, PyObject *v)
{
    if (!PyTuple_Check(op) || Py_REFCNT(op) != 1) {
        Py_XDECREF(v);
        PyErr_BadInternalCall();
        return -1;
    }
    if ((size_t)i >= (size_t)Py_SIZE(op)) {
        Py_XDECREF(v);
        PyErr_SetString(PyExc_IndexError, "tuple assignment index out of range");
        return -1;
    }
    Py_XSETREF(((PyTupleObject *)op)->ob_item[i], v);
    return 0;
}

PyObject *PyTuple_GetSlice(PyObject *op, Py_ssize_t low, Py_ssize_t high)
{
    if (op == NULL || !PyTuple_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return get_slice((PyTupleObject *)op, low, high);
}

int _PyTuple_Resize(PyObject **place, Py_ssize_t newsize)
{
    PyTupleObject *self = (PyTupleObject *)*place;
    Py_ssize_t oldsize = self ? Py_SIZE(self) : 0;
    if (self == NULL || Py_TYPE(self) != &PyTuple_Type || (oldsize != 0 && Py_REFCNT(self) != 1)) {
        *place = NULL;
        Py_XDECREF(self);
        PyErr_BadInternalCall();
        return -1;
    }
    if (oldsize == newsize)
        return 0;
    if (oldsize == 0 || newsize == 0) {
        Py_DECREF(self);
        *place = PyTuple_New(newsize);
        return *place == NULL ? -1 : 0;
    }
    tai_gc_untrack_if(self);
    for (Py_ssize_t i = newsize; i < oldsize; i++)
        Py_CLEAR(self->ob_item[i]);
    PyTupleObject *moved = PyObject_GC_Resize(PyTupleObject, self, newsize);
    if (moved == NULL) {
        *place = NULL;
        PyObject_GC_Del(self);
        return -1;
    }
    if (newsize > oldsize)
        memset(&moved->ob_item[oldsize], 0, (size_t)(newsize - oldsize) * sizeof(PyObject *));
    *place = (PyObject *)moved;
    tai_gc_track(moved);
    return 0;
}

int tai_tuple_init(void)
{
    PyObject *empty = empty_tuple();
    Py_XDECREF(empty);
    return empty ? 0 : -1;
}

void tai_tuple_fini(void) { PyTuple_ClearFreeList(); }

/* ---- iterator ------------------------------------------------------------------------------------------------ */

static PyObject *tuple_iter(PyObject *self)
{
    if (!PyTuple_Check(self)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    TaiTupleIter *it = PyObject_GC_New(TaiTupleIter, &PyTupleIter_Type);
    if (it == NULL)
        return NULL;
    it->index = 0;
    it->seq = (PyTupleObject *)newref(self);
    tai_gc_track(it);
    return (PyObject *)it;
}

static void iter_dealloc(TaiTupleIter *it)
{
    tai_gc_untrack_if(it);
    Py_XDECREF(it->seq);
    PyObject_GC_Del(it);
}

static int iter_traverse(TaiTupleIter *it, visitproc visit, void *arg)
{
    Py_VISIT(it->seq);
    return 0;
}

static PyObject *iter_next(TaiTupleIter *it)
{
    PyTupleObject *seq = it->seq;
    if (seq == NULL)
        return NULL;
    if (LIKELY(it->index < Py_SIZE(seq)))
        return newref(seq->ob_item[it->index++]);
    it->seq = NULL;
    Py_DECREF(seq);
    return NULL;
}

static PyObject *iter_length_hint(TaiTupleIter *it, PyObject *unused)
{
    return PyLong_FromSsize_t(it->seq ? Py_SIZE(it->seq) - it->index : 0);
}

static PyObject *iter_reduce(TaiTupleIter *it, PyObject *unused)
{
    if (it->seq)
        return Py_BuildValue("N(O)n", _PyEval_GetBuiltinId(&PyId_iter), it->seq, it->index);
    return Py_BuildValue("N(())", _PyEval_GetBuiltinId(&PyId_iter));
}

static PyObject *iter_setstate(TaiTupleIter *it, PyObject *state)
{
    Py_ssize_t index = PyLong_AsSsize_t(state);
    if (index == -1 && PyErr_Occurred())
        return NULL;
    if (it->seq != NULL)
        it->index = index < 0 ? 0 : index > Py_SIZE(it->seq) ? Py_SIZE(it->seq) : index;
    Py_RETURN_NONE;
}

static PyMethodDef iter_methods[] = {
    {"__length_hint__", (PyCFunction)iter_length_hint, METH_NOARGS, PyDoc_STR("Estimate of the number of items left.")},
    {"__reduce__", (PyCFunction)iter_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},
    {"__setstate__", (PyCFunction)iter_setstate, METH_O, PyDoc_STR("Go to a position, for unpickling.")},
    {NULL},
};

PyTypeObject PyTupleIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "tuple_iterator",
    .tp_basicsize = sizeof(TaiTupleIter),
    .tp_dealloc = (destructor)iter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)iter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)iter_next,
    .tp_methods = iter_methods,
};
