/* SPDX-License-Identifier: MIT */
/* list: a growable array of owned references.
 *
 *   PyListObject -> ob_item[0 .. ob_size-1] owned | [ob_size .. allocated-1] garbage
 *
 * The struct is ABI: extensions read ob_item and ob_size through macros.
 * [LIST-1] 0 <= ob_size <= allocated; ob_item == NULL implies that both are 0 (but see LIST-2).
 * [LIST-2] While sort() runs the list is empty and allocated is -1; any mutation it sees is an error (sort.c).
 * [LIST-3] ob_item may move whenever code runs: re-read it after.
 * [LIST-4] Items are taken out of the array before their references are released.
 * Growth leaves an eighth of the size, and a little more, as room. Sorting stands in sort.c, iterators at the end here.
 * Tests: tests/objects/list/.
 */
#include "objects/list/list.h"
#include "base/alloc.h"
#include "objects/plain_equal.h"
#include "objects/tuple.h"
#include "objects/type_call.h"

#include <string.h>

_Py_IDENTIFIER(iter);
_Py_IDENTIFIER(reversed);

enum { KEEP_LISTS = TAI_FREE_LIST(80) };
static PyListObject *kept[KEEP_LISTS];
static int n_kept;

/* ---- allocation ---------------------------------------------------------------------------------------------- */

int tai_list_resize(PyListObject *self, Py_ssize_t newsize)
{
    Py_ssize_t allocated = self->allocated;
    if (allocated >= newsize && newsize >= (allocated >> 1)) {
        Py_SIZE(self) = newsize;
        return 0;
    }
    if (newsize == 0) {
        PyMem_Free(self->ob_item);
        self->ob_item = NULL;
        Py_SIZE(self) = self->allocated = 0;
        return 0;
    }
    size_t room = (size_t)newsize + ((size_t)newsize >> 3) + (newsize < 9 ? 3 : 6);
    if (room > (size_t)PY_SSIZE_T_MAX / sizeof(PyObject *)) {
        PyErr_NoMemory();
        return -1;
    }
    PyObject **items = PyMem_Realloc(self->ob_item, room * sizeof(PyObject *));
    if (items == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->ob_item = items;
    Py_SIZE(self) = newsize;
    self->allocated = (Py_ssize_t)room;
    return 0;
}

/* Exact room for size items in a list that has none. 0 or -1. */
static int preallocate(PyListObject *self, Py_ssize_t size)
{
    if ((size_t)size > (size_t)PY_SSIZE_T_MAX / sizeof(PyObject *) ||
        (self->ob_item = PyMem_Malloc((size_t)size * sizeof(PyObject *))) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->allocated = size;
    return 0;
}

/* A list of n uninitialised items, not yet tracked. New or NULL. */
static PyListObject *new_list(Py_ssize_t n)
{
    PyListObject *self;
    if ((size_t)n > (size_t)PY_SSIZE_T_MAX / sizeof(PyObject *))
        return (PyListObject *)PyErr_NoMemory();
    if (n_kept > 0) {
        self = kept[--n_kept];
        _Py_NewReference((PyObject *)self);
    }
    else if ((self = PyObject_GC_New(PyListObject, &PyList_Type)) == NULL)
        return NULL;
    Py_SIZE(self) = 0;
    self->ob_item = NULL;
    self->allocated = 0;
    if (n > 0 && preallocate(self, n) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    Py_SIZE(self) = n;
    return self;
}

PyObject *PyList_New(Py_ssize_t size)
{
    if (size < 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    PyListObject *self = new_list(size);
    if (self == NULL)
        return NULL;
    if (size > 0)
        memset(self->ob_item, 0, (size_t)size * sizeof(PyObject *));
    tai_gc_track(self);
    return (PyObject *)self;
}

/* A new list with new references to items[0..n-1]. */
static PyObject *list_from_array(PyObject *const *items, Py_ssize_t n)
{
    PyListObject *self = new_list(n);
    if (self == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_INCREF(items[i]);
        self->ob_item[i] = items[i];
    }
    tai_gc_track(self);
    return (PyObject *)self;
}

static void list_dealloc(PyListObject *self)
{
    tai_gc_untrack_if(self);
    Py_TRASHCAN_BEGIN(self, list_dealloc)
    if (self->ob_item != NULL) {
        for (Py_ssize_t i = Py_SIZE(self); --i >= 0;)
            Py_XDECREF(self->ob_item[i]);
        PyMem_Free(self->ob_item);
    }
    if (n_kept < KEEP_LISTS && PyList_CheckExact(self))
        kept[n_kept++] = self;
    else
        Py_TYPE(self)->tp_free((PyObject *)self);
    Py_TRASHCAN_END
}

static int list_traverse(PyListObject *self, visitproc visit, void *arg)
{
    for (Py_ssize_t i = Py_SIZE(self); --i >= 0;)
        Py_VISIT(self->ob_item[i]);
    return 0;
}

static int clear_all(PyListObject *self)
{
    PyObject **items = self->ob_item;
    Py_ssize_t n = Py_SIZE(self);
    if (items == NULL)
        return 0;
    Py_SIZE(self) = 0; /* [LIST-4] */
    self->ob_item = NULL;
    self->allocated = 0;
    while (--n >= 0)
        Py_XDECREF(items[n]);
    PyMem_Free(items);
    return 0;
}

/* ---- operations ---------------------------------------------------------------------------------------------- */

static int insert_at(PyListObject *self, Py_ssize_t where, PyObject *v)
{
    Py_ssize_t n = Py_SIZE(self);
    if (n == PY_SSIZE_T_MAX) {
        PyErr_SetString(PyExc_OverflowError, "cannot add more objects to list");
        return -1;
    }
    if (tai_list_resize(self, n + 1) < 0)
        return -1;
    if (where < 0)
        where = where + n < 0 ? 0 : where + n;
    if (where > n)
        where = n;
    PyObject **items = self->ob_item;
    memmove(items + where + 1, items + where, (size_t)(n - where) * sizeof(PyObject *));
    Py_INCREF(v);
    items[where] = v;
    return 0;
}

static PyObject *get_slice(PyListObject *self, Py_ssize_t low, Py_ssize_t high)
{
    Py_ssize_t n = Py_SIZE(self);
    low = low < 0 ? 0 : low > n ? n : low;
    high = high < low ? low : high > n ? n : high;
    return list_from_array(self->ob_item + low, high - low);
}

/* a + b; new or NULL. */
static PyObject *concat(PyListObject *a, PyListObject *b)
{
    Py_ssize_t m = Py_SIZE(a), n = Py_SIZE(b);
    if (m > PY_SSIZE_T_MAX - n)
        return PyErr_NoMemory();
    PyListObject *result = new_list(m + n);
    if (result == NULL)
        return NULL;
    PyObject **out = result->ob_item;
    for (Py_ssize_t i = 0; i < m; i++) {
        Py_INCREF(a->ob_item[i]);
        *out++ = a->ob_item[i];
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_INCREF(b->ob_item[i]);
        *out++ = b->ob_item[i];
    }
    tai_gc_track(result);
    return (PyObject *)result;
}

static PyObject *list_concat(PyObject *a, PyObject *b)
{
    if (!PyList_Check(b))
        return PyErr_Format(PyExc_TypeError, "can only concatenate list (not \"%.200s\") to list", Py_TYPE(b)->tp_name);
    return concat((PyListObject *)a, (PyListObject *)b);
}

/* Fill out[0 .. n*times-1] with the first n items repeated; the references are not counted. */
static void repeat_array(PyObject **out, Py_ssize_t n, Py_ssize_t total)
{
    Py_ssize_t have = n;
    while (have < total) {
        Py_ssize_t step = have < total - have ? have : total - have;
        memcpy(out + have, out, (size_t)step * sizeof(PyObject *));
        have += step;
    }
}

static PyObject *list_repeat(PyObject *op, Py_ssize_t times)
{
    PyListObject *self = (PyListObject *)op;
    Py_ssize_t n = Py_SIZE(self);
    if (times < 0)
        times = 0;
    if (n > 0 && times > PY_SSIZE_T_MAX / n)
        return PyErr_NoMemory();
    PyListObject *result = new_list(n * times);
    if (result == NULL)
        return NULL;
    if (n * times > 0) {
        for (Py_ssize_t i = 0; i < n; i++) {
            _Py_ADD_REFTOTAL(self->ob_item[i], times);
            self->ob_item[i]->ob_refcnt += times;
            result->ob_item[i] = self->ob_item[i];
        }
        repeat_array(result->ob_item, n, n * times);
    }
    tai_gc_track(result);
    return (PyObject *)result;
}

static PyObject *list_inplace_repeat(PyObject *op, Py_ssize_t times)
{
    PyListObject *self = (PyListObject *)op;
    Py_ssize_t n = Py_SIZE(self);
    if (n > 0 && times < 1)
        clear_all(self);
    else if (n > 0 && times > 1) {
        if (n > PY_SSIZE_T_MAX / times)
            return PyErr_NoMemory();
        if (tai_list_resize(self, n * times) < 0)
            return NULL;
        for (Py_ssize_t i = 0; i < n; i++) {
            _Py_ADD_REFTOTAL(self->ob_item[i], times - 1);
            self->ob_item[i]->ob_refcnt += times - 1;
        }
        repeat_array(self->ob_item, n, n * times);
    }
    Py_INCREF(op);
    return op;
}

/* Replace items low..high-1 by n borrowed ones at src (which must not be self's array); src NULL: n is 0. */
static int replace_range(PyListObject *self, Py_ssize_t low, Py_ssize_t high, PyObject *const *src, Py_ssize_t n)
{
    PyObject *small[16], **old = small;
    Py_ssize_t size = Py_SIZE(self), gone, grow;
    low = low < 0 ? 0 : low > size ? size : low;
    high = high < low ? low : high > size ? size : high;
    gone = high - low;
    grow = n - gone;
    if (size + grow == 0)
        return clear_all(self);
    if (gone > 16 && (old = PyMem_Malloc((size_t)gone * sizeof(PyObject *))) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    if (gone > 0)
        memcpy(old, self->ob_item + low, (size_t)gone * sizeof(PyObject *));
    int result = -1;
    if (grow > 0 && (size > PY_SSIZE_T_MAX - grow || tai_list_resize(self, size + grow) < 0)) {
        if (!PyErr_Occurred())
            PyErr_NoMemory();
        goto done; /* nothing has changed: the old items stay */
    }
    PyObject **items = self->ob_item;
    if (grow != 0)
        memmove(items + high + grow, items + high, (size_t)(size - high) * sizeof(PyObject *));
    if (grow < 0 && tai_list_resize(self, size + grow) < 0) {
        memmove(items + high, items + high + grow, (size_t)(size - high) * sizeof(PyObject *));
        memcpy(items + low, old, (size_t)gone * sizeof(PyObject *));
        goto done;
    }
    items = self->ob_item;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_XINCREF(src[i]);
        items[low + i] = src[i];
    }
    for (Py_ssize_t i = gone; --i >= 0;)
        Py_XDECREF(old[i]);
    result = 0;
done:
    if (old != small)
        PyMem_Free(old);
    return result;
}

/* self[low:high] = v, or del with v NULL. Runs code. */
static int assign_slice(PyListObject *self, Py_ssize_t low, Py_ssize_t high, PyObject *v)
{
    if (v == NULL)
        return replace_range(self, low, high, NULL, 0);
    PyObject *fast;
    if (v == (PyObject *)self)
        fast = get_slice(self, 0, Py_SIZE(self));
    else
        fast = PySequence_Fast(v, "can only assign an iterable");
    if (fast == NULL)
        return -1;
    int result = replace_range(self, low, high, PySequence_Fast_ITEMS(fast), PySequence_Fast_GET_SIZE(fast));
    Py_DECREF(fast);
    return result;
}

static int extend_array(PyListObject *self, PyObject *op)
{
    Py_ssize_t n = PySequence_Fast_GET_SIZE(op), m = Py_SIZE(self);
    if (n == 0)
        return 0;
    if (m > PY_SSIZE_T_MAX - n) {
        PyErr_NoMemory();
        return -1;
    }
    if (self->ob_item == NULL && self->allocated == 0) {
        if (preallocate(self, n) < 0)
            return -1;
        Py_SIZE(self) = n;
    }
    else if (tai_list_resize(self, m + n) < 0)
        return -1;
    PyObject **src = PySequence_Fast_ITEMS(op), **out = self->ob_item + m; /* op may be self: read after the resize */
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_INCREF(src[i]);
        out[i] = src[i];
    }
    return 0;
}

static int extend_iter(PyListObject *self, PyObject *iterable)
{
    PyObject *it = PyObject_GetIter(iterable), *item;
    if (it == NULL)
        return -1;
    Py_ssize_t hint = PyObject_LengthHint(iterable, 8), n = Py_SIZE(self);
    if (hint < 0) {
        Py_DECREF(it);
        return -1;
    }
    if (hint <= PY_SSIZE_T_MAX - n) { /* else: ignore the hint, and fail when memory really ends */
        if (self->ob_item == NULL && self->allocated == 0) {
            if (hint > 0 && preallocate(self, hint) < 0)
                goto error;
        }
        else if (tai_list_resize(self, n + hint) < 0)
            goto error;
        else
            Py_SIZE(self) = n;
    }
    iternextfunc next = Py_TYPE(it)->tp_iternext;
    while ((item = next(it)) != NULL)
        if (tai_list_append_steal(self, item) < 0)
            goto error;
    if (PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_StopIteration))
            goto error;
        PyErr_Clear();
    }
    if (Py_SIZE(self) < self->allocated && tai_list_resize(self, Py_SIZE(self)) < 0)
        goto error;
    Py_DECREF(it);
    return 0;
error:
    Py_DECREF(it);
    return -1;
}

/* list.extend; 0 or -1. Runs code. */
static int extend(PyListObject *self, PyObject *iterable)
{
    if (PyList_CheckExact(iterable) || PyTuple_CheckExact(iterable) || iterable == (PyObject *)self)
        return extend_array(self, iterable);
    return extend_iter(self, iterable);
}

static PyObject *list_inplace_concat(PyObject *self, PyObject *other)
{
    if (extend((PyListObject *)self, other) < 0)
        return NULL;
    Py_INCREF(self);
    return self;
}

/* ---- slots --------------------------------------------------------------------------------------------------- */

static Py_ssize_t list_length(PyObject *self) { return Py_SIZE(self); }

static PyObject *index_error(const char *text)
{
    PyErr_SetString(PyExc_IndexError, text);
    return NULL;
}

static PyObject *list_item(PyObject *self, Py_ssize_t i)
{
    if ((size_t)i >= (size_t)Py_SIZE(self))
        return index_error("list index out of range");
    PyObject *item = ((PyListObject *)self)->ob_item[i];
    Py_INCREF(item);
    return item;
}

static int list_ass_item(PyObject *op, Py_ssize_t i, PyObject *v)
{
    PyListObject *self = (PyListObject *)op;
    if ((size_t)i >= (size_t)Py_SIZE(self)) {
        index_error("list assignment index out of range");
        return -1;
    }
    if (v == NULL)
        return replace_range(self, i, i + 1, NULL, 0);
    Py_INCREF(v);
    Py_SETREF(self->ob_item[i], v);
    return 0;
}

static PyObject *extended_slice(PyListObject *self, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n)
{
    PyListObject *result = new_list(n);
    if (result == NULL)
        return NULL;
    for (Py_ssize_t i = 0, at = start; i < n; i++, at += step) {
        Py_INCREF(self->ob_item[at]);
        result->ob_item[i] = self->ob_item[at];
    }
    tai_gc_track(result);
    return (PyObject *)result;
}

static PyObject *list_subscript(PyObject *op, PyObject *item)
{
    PyListObject *self = (PyListObject *)op;
    if (PyIndex_Check(item)) {
        Py_ssize_t i = PyNumber_AsSsize_t(item, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return list_item(op, i < 0 ? i + Py_SIZE(self) : i);
    }
    if (PySlice_Check(item)) {
        Py_ssize_t start, stop, step;
        if (PySlice_Unpack(item, &start, &stop, &step) < 0)
            return NULL;
        Py_ssize_t n = PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
        if (n <= 0)
            return PyList_New(0);
        return step == 1 ? get_slice(self, start, stop) : extended_slice(self, start, step, n);
    }
    return PyErr_Format(PyExc_TypeError, "list indices must be integers or slices, not %.200s", Py_TYPE(item)->tp_name);
}

static int delete_extended(PyListObject *self, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n)
{
    if (n <= 0)
        return 0;
    if (step < 0) {
        start += step * (n - 1);
        step = -step;
    }
    PyObject **old = PyMem_New(PyObject *, n), **items = self->ob_item;
    if (old == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    Py_ssize_t size = Py_SIZE(self), to = start;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_ssize_t at = start + i * step, next = i + 1 < n ? at + step : size;
        old[i] = items[at];
        memmove(items + to, items + at + 1, (size_t)(next - at - 1) * sizeof(PyObject *));
        to += next - at - 1;
    }
    Py_SIZE(self) = to;
    int result = tai_list_resize(self, to);
    for (Py_ssize_t i = 0; i < n; i++)
        Py_DECREF(old[i]);
    PyMem_Free(old);
    return result;
}

static int assign_extended(PyListObject *self, PyObject *slice, PyObject *value)
{
    Py_ssize_t start, stop, step;
    PyObject *seq = value == (PyObject *)self ? get_slice(self, 0, Py_SIZE(self))
                                              : PySequence_Fast(value, "must assign iterable to extended slice");
    if (seq == NULL)
        return -1;
    int result = -1;
    if (PySlice_Unpack(slice, &start, &stop, &step) < 0)
        goto done;
    /* Making seq may have run code: only now is the size what counts. */
    Py_ssize_t n = PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
    if (PySequence_Fast_GET_SIZE(seq) != n) {
        PyErr_Format(PyExc_ValueError, "attempt to assign sequence of size %zd to extended slice of size %zd",
                     PySequence_Fast_GET_SIZE(seq), n);
        goto done;
    }
    result = 0;
    if (n == 0)
        goto done;
    PyObject **old = PyMem_New(PyObject *, n), **src = PySequence_Fast_ITEMS(seq);
    if (old == NULL) {
        PyErr_NoMemory();
        result = -1;
        goto done;
    }
    for (Py_ssize_t i = 0, at = start; i < n; i++, at += step) {
        old[i] = self->ob_item[at];
        Py_INCREF(src[i]);
        self->ob_item[at] = src[i];
    }
    for (Py_ssize_t i = 0; i < n; i++)
        Py_DECREF(old[i]);
    PyMem_Free(old);
done:
    Py_DECREF(seq);
    return result;
}

static int list_ass_subscript(PyObject *op, PyObject *item, PyObject *value)
{
    PyListObject *self = (PyListObject *)op;
    if (PyIndex_Check(item)) {
        Py_ssize_t i = PyNumber_AsSsize_t(item, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return -1;
        return list_ass_item(op, i < 0 ? i + Py_SIZE(self) : i, value);
    }
    if (!PySlice_Check(item)) {
        PyErr_Format(PyExc_TypeError, "list indices must be integers or slices, not %.200s", Py_TYPE(item)->tp_name);
        return -1;
    }
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(item, &start, &stop, &step) < 0)
        return -1;
    Py_ssize_t n = PySlice_AdjustIndices(Py_SIZE(self), &start, &stop, step);
    if (step == 1)
        return assign_slice(self, start, stop, value);
    if (value == NULL)
        return delete_extended(self, start, step, n);
    return assign_extended(self, item, value);
}

static int list_contains(PyObject *op, PyObject *v)
{
    PyListObject *self = (PyListObject *)op;
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        int same = LIKELY(v != NULL) ? tai_same_or_equal(v, self->ob_item[i]) : PyObject_RichCompareBool(v, op, Py_EQ);
        if (same != 0)
            return same;
    }
    return 0;
}

static PyObject *list_richcompare(PyObject *v, PyObject *w, int op)
{
    if (!PyList_Check(v) || !PyList_Check(w))
        Py_RETURN_NOTIMPLEMENTED;
    PyListObject *a = (PyListObject *)v, *b = (PyListObject *)w;
    if (Py_SIZE(a) != Py_SIZE(b) && (op == Py_EQ || op == Py_NE))
        return PyBool_FromLong(op == Py_NE);
    Py_ssize_t i = 0;
    for (; i < Py_SIZE(a) && i < Py_SIZE(b); i++) {
        int same = tai_same_or_equal(a->ob_item[i], b->ob_item[i]);
        if (same < 0)
            return NULL;
        if (!same)
            break;
    }
    if (i >= Py_SIZE(a) || i >= Py_SIZE(b)) {
        Py_ssize_t m = Py_SIZE(a), n = Py_SIZE(b);
        Py_RETURN_RICHCOMPARE(m, n, op);
    }
    if (op == Py_EQ || op == Py_NE)
        return PyBool_FromLong(op == Py_NE);
    PyObject *x = a->ob_item[i], *y = b->ob_item[i];
    Py_INCREF(x);
    Py_INCREF(y);
    PyObject *result = PyObject_RichCompare(x, y, op);
    Py_DECREF(x);
    Py_DECREF(y);
    return result;
}

static PyObject *list_repr(PyObject *op)
{
    PyListObject *self = (PyListObject *)op;
    if (Py_SIZE(self) == 0)
        return PyUnicode_FromString("[]");
    int status = Py_ReprEnter(op);
    if (status != 0)
        return status > 0 ? PyUnicode_FromString("[...]") : NULL;
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    writer.overallocate = 1;
    writer.min_length = 1 + 1 + (2 + 1) * (Py_SIZE(self) - 1) + 1;
    if (_PyUnicodeWriter_WriteChar(&writer, '[') < 0)
        goto error;
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        if (i > 0 && _PyUnicodeWriter_WriteASCIIString(&writer, ", ", 2) < 0)
            goto error;
        PyObject *item = self->ob_item[i]; /* NULL in a list that is not filled yet */
        Py_XINCREF(item);
        PyObject *text = PyObject_Repr(item);
        Py_XDECREF(item);
        if (text == NULL)
            goto error;
        int failed = _PyUnicodeWriter_WriteStr(&writer, text);
        Py_DECREF(text);
        if (failed < 0)
            goto error;
    }
    writer.overallocate = 0;
    if (_PyUnicodeWriter_WriteChar(&writer, ']') < 0)
        goto error;
    Py_ReprLeave(op);
    return _PyUnicodeWriter_Finish(&writer);
error:
    _PyUnicodeWriter_Dealloc(&writer);
    Py_ReprLeave(op);
    return NULL;
}

/* list(iterable) asks for the length before anything else. 0, or -1 with what __len__ raised. Runs code. */
static int ask_length(PyObject *iterable)
{
    PySequenceMethods *m = Py_TYPE(iterable)->tp_as_sequence;
    if (m == NULL || m->sq_length == NULL || !(Py_TYPE(iterable)->tp_flags & Py_TPFLAGS_HEAPTYPE) || m->sq_length(iterable) != -1)
        return 0;
    if (!PyErr_ExceptionMatches(PyExc_TypeError))
        return -1;
    PyErr_Clear();
    return 0;
}

static int fill_from(PyListObject *self, PyObject *iterable)
{
    if (self->ob_item != NULL)
        clear_all(self);
    return iterable == NULL ? 0 : ask_length(iterable) < 0 ? -1 : extend(self, iterable);
}

static int list_init(PyObject *self, PyObject *args, PyObject *kwds)
{
    if (Py_TYPE(self) == &PyList_Type && !_PyArg_NoKeywords("list", kwds))
        return -1;
    if (!_PyArg_CheckPositional("list", PyTuple_GET_SIZE(args), 0, 1))
        return -1;
    return fill_from((PyListObject *)self, PyTuple_GET_SIZE(args) ? PyTuple_GET_ITEM(args, 0) : NULL);
}

static PyObject *list_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if (!tai_no_kwnames("list", kwnames) || !_PyArg_CheckPositional("list", nargs, 0, 1))
        return NULL;
    PyObject *self = type == (PyObject *)&PyList_Type ? PyList_New(0) : PyType_GenericAlloc((PyTypeObject *)type, 0);
    if (self != NULL && nargs == 1 && (ask_length(args[0]) < 0 || extend((PyListObject *)self, args[0]) < 0))
        Py_CLEAR(self);
    return self;
}

/* ---- methods ------------------------------------------------------------------------------------------------- */

static PyObject *list_append(PyObject *self, PyObject *v)
{
    if (tai_list_append((PyListObject *)self, v) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static int index_argument(PyObject *arg, Py_ssize_t *result)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    PyObject *number = PyNumber_Index(arg);
    if (number == NULL)
        return -1;
    *result = PyLong_AsSsize_t(number);
    Py_DECREF(number);
    return *result == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *list_insert(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t where;
    if (!_PyArg_CheckPositional("insert", nargs, 2, 2) || index_argument(args[0], &where) < 0 ||
        insert_at((PyListObject *)self, where, args[1]) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *list_extend(PyObject *self, PyObject *iterable)
{
    if (extend((PyListObject *)self, iterable) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *list_pop(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    PyListObject *self = (PyListObject *)op;
    Py_ssize_t i = -1, n;
    if (!_PyArg_CheckPositional("pop", nargs, 0, 1) || (nargs == 1 && index_argument(args[0], &i) < 0))
        return NULL;
    if ((n = Py_SIZE(self)) == 0)
        return index_error("pop from empty list");
    if (i < 0)
        i += n;
    if ((size_t)i >= (size_t)n)
        return index_error("pop index out of range");
    PyObject *item = self->ob_item[i];
    if (i < n - 1)
        memmove(self->ob_item + i, self->ob_item + i + 1, (size_t)(n - 1 - i) * sizeof(PyObject *));
    Py_SIZE(self) = n - 1;
    if (n - 1 < (self->allocated >> 1) && tai_list_resize(self, n - 1) < 0)
        PyErr_Clear(); /* could not shrink: the room stays */
    return item;
}

static PyObject *list_remove(PyObject *op, PyObject *v)
{
    PyListObject *self = (PyListObject *)op;
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        int same = tai_same_or_equal(self->ob_item[i], v);
        if (same < 0)
            return NULL;
        if (same) {
            if (replace_range(self, i, i + 1, NULL, 0) < 0)
                return NULL;
            Py_RETURN_NONE;
        }
    }
    PyErr_SetString(PyExc_ValueError, "list.remove(x): x not in list");
    return NULL;
}

static PyObject *list_index(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    PyListObject *self = (PyListObject *)op;
    Py_ssize_t start = 0, stop = PY_SSIZE_T_MAX;
    if (!_PyArg_CheckPositional("index", nargs, 1, 3) || (nargs > 1 && !_PyEval_SliceIndexNotNone(args[1], &start)) ||
        (nargs > 2 && !_PyEval_SliceIndexNotNone(args[2], &stop)))
        return NULL;
    if (start < 0 && (start += Py_SIZE(self)) < 0)
        start = 0;
    if (stop < 0 && (stop += Py_SIZE(self)) < 0)
        stop = 0;
    for (Py_ssize_t i = start; i < stop && i < Py_SIZE(self); i++) {
        int same = tai_same_or_equal(self->ob_item[i], args[0]);
        if (same != 0)
            return same < 0 ? NULL : PyLong_FromSsize_t(i);
    }
    return PyErr_Format(PyExc_ValueError, "%R is not in list", args[0]);
}

static PyObject *list_count(PyObject *op, PyObject *v)
{
    PyListObject *self = (PyListObject *)op;
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        int same = tai_same_or_equal(self->ob_item[i], v);
        if (same < 0)
            return NULL;
        count += same;
    }
    return PyLong_FromSsize_t(count);
}

static void reverse_array(PyObject **items, Py_ssize_t n)
{
    if (n < 2)
        return;
    for (PyObject **low = items, **high = items + n - 1; low < high; low++, high--) {
        PyObject *swap = *low;
        *low = *high;
        *high = swap;
    }
}

static PyObject *list_reverse(PyObject *op, PyObject *unused)
{
    reverse_array(((PyListObject *)op)->ob_item, Py_SIZE(op));
    Py_RETURN_NONE;
}

static PyObject *list_clear(PyObject *self, PyObject *unused)
{
    clear_all((PyListObject *)self);
    Py_RETURN_NONE;
}

static PyObject *list_copy(PyObject *self, PyObject *unused) { return get_slice((PyListObject *)self, 0, Py_SIZE(self)); }

static PyObject *list_sizeof(PyObject *op, PyObject *unused)
{
    Py_ssize_t size = _PyObject_SIZE(Py_TYPE(op));
    return PyLong_FromSsize_t(size + ((PyListObject *)op)->allocated * (Py_ssize_t)sizeof(PyObject *));
}

static PyObject *list_sort(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"key", "reverse", NULL};
    static _PyArg_Parser parser = {"|$Oi:sort", keywords, 0};
    PyObject *key = Py_None;
    int reverse = 0;
    if ((nargs != 0 || kwnames != NULL) &&
        !_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &key, &reverse))
        return NULL;
    if (tai_list_sort((PyListObject *)self, key, reverse) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *list_reversed(PyObject *self, PyObject *unused);
static PyObject *list_iter(PyObject *self);

static PyMethodDef list_methods[] = {
    {"__getitem__", list_subscript, METH_O | METH_COEXIST, PyDoc_STR("x.__getitem__(y) is x[y]: the item at index y.")},
    {"__reversed__", list_reversed, METH_NOARGS,
     PyDoc_STR("__reversed__($self, /)\n--\n\nIterate over the items, last one first.")},
    {"__sizeof__", list_sizeof, METH_NOARGS, PyDoc_STR("__sizeof__($self, /)\n--\n\nBytes of memory that the list takes.")},
    {"clear", list_clear, METH_NOARGS, PyDoc_STR("clear($self, /)\n--\n\nTake all items out.")},
    {"copy", list_copy, METH_NOARGS, PyDoc_STR("copy($self, /)\n--\n\nA new list with the same items.")},
    {"append", list_append, METH_O, PyDoc_STR("append($self, object, /)\n--\n\nAdd an item at the end.")},
    {"insert", (PyCFunction)(void (*)(void))list_insert, METH_FASTCALL,
     PyDoc_STR("insert($self, index, object, /)\n--\n\nAdd an item in front of the one at index.")},
    {"extend", list_extend, METH_O, PyDoc_STR("extend($self, iterable, /)\n--\n\nAdd all items of iterable at the end.")},
    {"pop", (PyCFunction)(void (*)(void))list_pop, METH_FASTCALL,
     PyDoc_STR("pop($self, index=-1, /)\n--\n\nTake out and return the item at index, the last one by default.\n\n"
               "IndexError if there is none.")},
    {"remove", list_remove, METH_O,
     PyDoc_STR("remove($self, value, /)\n--\n\nTake out the first item equal to value; ValueError if there is none.")},
    {"index", (PyCFunction)(void (*)(void))list_index, METH_FASTCALL,
     PyDoc_STR("index($self, value, start=0, stop=sys.maxsize, /)\n--\n\n"
               "Position of the first item equal to value; ValueError if there is none.")},
    {"count", list_count, METH_O, PyDoc_STR("count($self, value, /)\n--\n\nHow many items are equal to value.")},
    {"reverse", list_reverse, METH_NOARGS, PyDoc_STR("reverse($self, /)\n--\n\nTurn the order around, in place.")},
    {"sort", (PyCFunction)(void (*)(void))list_sort, METH_FASTCALL | METH_KEYWORDS,
     PyDoc_STR("sort($self, /, *, key=None, reverse=False)\n--\n\n"
               "Sort in place, equal items keeping their order. Returns None.\n\n"
               "key maps an item to what is compared; reverse puts the greatest first.")},
    {NULL},
};

static PySequenceMethods list_as_sequence = {
    .sq_length = list_length,
    .sq_concat = list_concat,
    .sq_repeat = list_repeat,
    .sq_item = list_item,
    .sq_ass_item = list_ass_item,
    .sq_contains = list_contains,
    .sq_inplace_concat = list_inplace_concat,
    .sq_inplace_repeat = list_inplace_repeat,
};

static PyMappingMethods list_as_mapping = {
    .mp_length = list_length, .mp_subscript = list_subscript, .mp_ass_subscript = list_ass_subscript,
};

PyDoc_STRVAR(list_doc, "list(iterable=(), /)\n--\n\nA mutable sequence of any objects.\n\n"
                       "It starts with the items of iterable, or empty.");

PyTypeObject PyList_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "list",
    .tp_basicsize = sizeof(PyListObject),
    .tp_dealloc = (destructor)list_dealloc,
    .tp_repr = list_repr,
    .tp_as_sequence = &list_as_sequence,
    .tp_as_mapping = &list_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_LIST_SUBCLASS,
    .tp_doc = list_doc,
    .tp_traverse = (traverseproc)list_traverse,
    .tp_clear = (inquiry)clear_all,
    .tp_richcompare = list_richcompare,
    .tp_iter = list_iter,
    .tp_methods = list_methods,
    .tp_init = list_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
    .tp_vectorcall = list_vectorcall,
};

/* ---- C API --------------------------------------------------------------------------------------------------- */

Py_ssize_t PyList_Size(PyObject *op)
{
    if (!PyList_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return Py_SIZE(op);
}

PyObject *PyList_GetItem(PyObject *op, Py_ssize_t i)
{
    if (!PyList_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if ((size_t)i >= (size_t)Py_SIZE(op))
        return index_error("list index out of range");
    return ((PyListObject *)op)->ob_item[i];
}

int PyList_SetItem(PyObject *op, Py_ssize_t i, PyObject *v)
{
    if (!PyList_Check(op)) {
        Py_XDECREF(v);
        PyErr_BadInternalCall();
        return -1;
    }
    if ((size_t)i >= (size_t)Py_SIZE(op)) {
        Py_XDECREF(v);
        index_error("list assignment index out of range");
        return -1;
    }
    Py_XSETREF(((PyListObject *)op)->ob_item[i], v);
    return 0;
}

int PyList_Insert(PyObject *op, Py_ssize_t where, PyObject *v)
{
    if (!PyList_Check(op) || v == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    return insert_at((PyListObject *)op, where, v);
}

int PyList_Append(PyObject *op, PyObject *v)
{
    if (!PyList_Check(op) || v == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    return tai_list_append((PyListObject *)op, v);
}

PyObject *PyList_GetSlice(PyObject *op, Py_ssize_t low, Py_ssize_t high)
{
    if (!PyList_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return get_slice((PyListObject *)op, low, high);
}

int PyList_SetSlice(PyObject *op, Py_ssize_t low, Py_ssize_t high, PyObject *v)
{
    if (!PyList_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return assign_slice((PyListObject *)op, low, high, v);
}

int PyList_Reverse(PyObject *op)
{
    if (op == NULL || !PyList_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    reverse_array(((PyListObject *)op)->ob_item, Py_SIZE(op));
    return 0;
}

int PyList_Sort(PyObject *op)
{
    if (op == NULL || !PyList_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    return tai_list_sort((PyListObject *)op, NULL, 0);
}

PyObject *PyList_AsTuple(PyObject *op)
{
    if (op == NULL || !PyList_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return tai_tuple_from_array(((PyListObject *)op)->ob_item, Py_SIZE(op));
}

PyObject *_PyList_Extend(PyListObject *self, PyObject *iterable) { return list_extend((PyObject *)self, iterable); }

int PyList_ClearFreeList(void)
{
    int freed = n_kept;
    while (n_kept > 0)
        PyObject_GC_Del(kept[--n_kept]);
    return freed;
}

void _PyList_DebugMallocStats(FILE *out)
{
    fprintf(out, "%d free PyListObjects of %zd bytes\n", n_kept, sizeof(PyListObject));
}

/* ---- iterators ----------------------------------------------------------------------------------------------- */

static PyObject *new_iterator(PyTypeObject *type, PyObject *seq, Py_ssize_t index)
{
    TaiListIter *it = PyObject_GC_New(TaiListIter, type);
    if (it == NULL)
        return NULL;
    Py_INCREF(seq);
    it->seq = (PyListObject *)seq;
    it->index = index;
    tai_gc_track(it);
    return (PyObject *)it;
}

static PyObject *list_iter(PyObject *self)
{
    if (!PyList_Check(self)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return new_iterator(&PyListIter_Type, self, 0);
}

static PyObject *list_reversed(PyObject *self, PyObject *unused)
{
    return new_iterator(&PyListRevIter_Type, self, Py_SIZE(self) - 1);
}

static void iter_dealloc(TaiListIter *it)
{
    tai_gc_untrack_if(it);
    Py_XDECREF(it->seq);
    PyObject_GC_Del(it);
}

static int iter_traverse(TaiListIter *it, visitproc visit, void *arg)
{
    Py_VISIT(it->seq);
    return 0;
}

static PyObject *iter_next(TaiListIter *it)
{
    PyListObject *seq = it->seq;
    if (seq == NULL)
        return NULL;
    if (LIKELY(it->index < Py_SIZE(seq))) {
        PyObject *item = seq->ob_item[it->index++];
        Py_INCREF(item);
        return item;
    }
    it->seq = NULL;
    Py_DECREF(seq);
    return NULL;
}

static PyObject *reviter_next(TaiListIter *it)
{
    PyListObject *seq = it->seq;
    if (seq == NULL)
        return NULL;
    if (it->index >= 0 && it->index < Py_SIZE(seq)) {
        PyObject *item = seq->ob_item[it->index--];
        Py_INCREF(item);
        return item;
    }
    it->index = -1;
    it->seq = NULL;
    Py_DECREF(seq);
    return NULL;
}

static PyObject *iter_length_hint(TaiListIter *it, PyObject *unused)
{
    Py_ssize_t left = it->seq ? Py_SIZE(it->seq) - it->index : 0;
    return PyLong_FromSsize_t(left < 0 ? 0 : left);
}

static PyObject *reviter_length_hint(TaiListIter *it, PyObject *unused)
{
    Py_ssize_t left = it->index + 1;
    return PyLong_FromSsize_t(it->seq == NULL || Py_SIZE(it->seq) < left ? 0 : left);
}

/* (iter or reversed, (list,), index), or (iter, ([],)) once exhausted. */
static PyObject *iter_reduce(TaiListIter *it, PyObject *unused)
{
    int forward = Py_TYPE(it) == &PyListIter_Type;
    if (it->seq != NULL)
        return Py_BuildValue("N(O)n", _PyEval_GetBuiltinId(forward ? &PyId_iter : &PyId_reversed), it->seq, it->index);
    PyObject *empty = PyList_New(0);
    return empty ? Py_BuildValue("N(N)", _PyEval_GetBuiltinId(&PyId_iter), empty) : NULL;
}

static PyObject *iter_setstate(TaiListIter *it, PyObject *state)
{
    Py_ssize_t index = PyLong_AsSsize_t(state), least = Py_TYPE(it) == &PyListIter_Type ? 0 : -1;
    if (index == -1 && PyErr_Occurred())
        return NULL;
    if (it->seq != NULL) {
        Py_ssize_t most = Py_SIZE(it->seq) + least; /* past the end, or the last item when going down */
        it->index = index < least ? least : index > most ? most : index;
    }
    Py_RETURN_NONE;
}

#define ITER_METHODS(HINT)                                                                                           \
    {{"__length_hint__", (PyCFunction)HINT, METH_NOARGS, PyDoc_STR("Estimate of the number of items left.")},         \
     {"__reduce__", (PyCFunction)iter_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},                         \
     {"__setstate__", (PyCFunction)iter_setstate, METH_O, PyDoc_STR("Go to a position, for unpickling.")},            \
     {NULL}}

static PyMethodDef iter_methods[] = ITER_METHODS(iter_length_hint);
static PyMethodDef reviter_methods[] = ITER_METHODS(reviter_length_hint);

#define ITER_TYPE(TYPE, NAME, NEXT, METHODS)                                                                         \
    PyTypeObject TYPE = {                                                                                            \
        PyVarObject_HEAD_INIT(&PyType_Type, 0)                                                                       \
        .tp_name = NAME,                                                                                             \
        .tp_basicsize = sizeof(TaiListIter),                                                                         \
        .tp_dealloc = (destructor)iter_dealloc,                                                                      \
        .tp_getattro = PyObject_GenericGetAttr,                                                                      \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,                                                         \
        .tp_traverse = (traverseproc)iter_traverse,                                                                  \
        .tp_iter = PyObject_SelfIter,                                                                                \
        .tp_iternext = (iternextfunc)NEXT,                                                                           \
        .tp_methods = METHODS,                                                                                       \
    }

ITER_TYPE(PyListIter_Type, "list_iterator", iter_next, iter_methods);
ITER_TYPE(PyListRevIter_Type, "list_reverseiterator", reviter_next, reviter_methods);
