/* SPDX-License-Identifier: MIT */
/* collections.deque: a ring of references.
 *
 *   items[(head + i) & mask] is item i, for 0 <= i < ob_size; the other places are garbage
 *
 * Both ends grow and shrink in constant time, and so does access by index. The ring has 2**n places; it doubles when it is full
 * and halves when it is filled to an eighth.
 * [DEQUE-1] state grows with every change of the length or rotation: iterators and searches that see another state
 *           raise RuntimeError.
 * [DEQUE-2] maxlen < 0: no limit. The length passes it only for a moment, inside append.
 * Tests: tests/modules/test_deque.py.
 */
#include "collections.h"

#include <stddef.h>
#include <string.h>

typedef struct {
    PyObject_VAR_HEAD
    PyObject **items; /* NULL: no ring yet, mask is -1 then */
    size_t mask;
    size_t head;
    size_t state;
    Py_ssize_t maxlen;
    PyObject *weakreflist;
} Deque;

enum { LEAST_PLACES = 8 };

#define DEQUE(op) ((Deque *)(op))

static PyObject *newref(PyObject *op)
{
    Py_XINCREF(op);
    return op;
}

static inline PyObject **place(Deque *self, Py_ssize_t i) { return &self->items[(self->head + (size_t)i) & self->mask]; }
static inline PyObject *item_at(Deque *self, Py_ssize_t i) { return *place(self, i); }

static PyObject *raise(PyObject *type, const char *text)
{
    PyErr_SetString(type, text);
    return NULL;
}

static int mutated(void)
{
    PyErr_SetString(PyExc_RuntimeError, "deque mutated during iteration");
    return -1;
}

/* ---- the ring ------------------------------------------------------------------------------------------------ */

/* Copies the items, in order, to out. */
static void copy_out(Deque *self, PyObject **out)
{
    size_t n = (size_t)Py_SIZE(self), first = self->mask + 1 - self->head;
    if (n == 0)
        return;
    if (first > n)
        first = n;
    memcpy(out, self->items + self->head, first * sizeof(PyObject *));
    memcpy(out + first, self->items, (n - first) * sizeof(PyObject *));
}

/* Move to a ring of that many places (a power of two, enough for the items). 0 or -1. */
static int resize(Deque *self, size_t places)
{
    if (places > PY_SSIZE_T_MAX / sizeof(PyObject *)) {
        PyErr_NoMemory();
        return -1;
    }
    PyObject **items = PyMem_Malloc(places * sizeof(PyObject *));
    if (items == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    copy_out(self, items);
    PyMem_Free(self->items);
    self->items = items;
    self->mask = places - 1;
    self->head = 0;
    return 0;
}

/* Room for n more items. 0 or -1. */
static int reserve(Deque *self, Py_ssize_t n)
{
    if (n > PY_SSIZE_T_MAX / (Py_ssize_t)(2 * sizeof(PyObject *)) - Py_SIZE(self)) {
        PyErr_NoMemory();
        return -1;
    }
    size_t need = (size_t)(Py_SIZE(self) + n), places = self->mask + 1;
    if (need <= places)
        return 0;
    if (places < LEAST_PLACES)
        places = LEAST_PLACES;
    while (places < need)
        places <<= 1;
    return resize(self, places);
}

static void shrink(Deque *self)
{
    size_t places = self->mask + 1;
    if (places > 64 && (size_t)Py_SIZE(self) <= places / 8 && resize(self, places / 2) < 0)
        PyErr_Clear(); /* it stays as big as it is */
}

static PyObject *take_last(Deque *self)
{
    PyObject *item = item_at(self, Py_SIZE(self) - 1);
    Py_SIZE(self)--;
    self->state++;
    shrink(self);
    return item;
}

static PyObject *take_first(Deque *self)
{
    PyObject *item = self->items[self->head];
    self->head = (self->head + 1) & self->mask;
    Py_SIZE(self)--;
    self->state++;
    shrink(self);
    return item;
}

/* Add an item (stolen) at an end; beyond maxlen the other end loses one. 0 or -1. Runs code then. */
static int push_last(Deque *self, PyObject *item)
{
    if ((size_t)Py_SIZE(self) > self->mask || self->items == NULL) {
        if (reserve(self, 1) < 0) {
            Py_DECREF(item);
            return -1;
        }
    }
    *place(self, Py_SIZE(self)) = item;
    Py_SIZE(self)++;
    if (self->maxlen >= 0 && Py_SIZE(self) > self->maxlen) {
        PyObject *old = take_first(self);
        Py_DECREF(old);
    }
    else
        self->state++;
    return 0;
}

static int push_first(Deque *self, PyObject *item)
{
    if ((size_t)Py_SIZE(self) > self->mask || self->items == NULL) {
        if (reserve(self, 1) < 0) {
            Py_DECREF(item);
            return -1;
        }
    }
    self->head = (self->head - 1) & self->mask;
    self->items[self->head] = item;
    Py_SIZE(self)++;
    if (self->maxlen >= 0 && Py_SIZE(self) > self->maxlen) {
        PyObject *old = take_last(self);
        Py_DECREF(old);
    }
    else
        self->state++;
    return 0;
}

static int clear(Deque *self)
{
    Deque old = *self;
    if (self->items == NULL)
        return 0;
    self->items = NULL;
    self->mask = (size_t)-1;
    self->head = 0;
    Py_SIZE(self) = 0;
    self->state++;
    for (Py_ssize_t i = 0; i < Py_SIZE(&old); i++)
        Py_DECREF(item_at(&old, i));
    PyMem_Free(old.items);
    return 0;
}

static void rotate(Deque *self, Py_ssize_t n)
{
    Py_ssize_t size = Py_SIZE(self);
    if (size <= 1)
        return;
    n %= size;
    if (n > size / 2)
        n -= size;
    else if (n < -(size / 2))
        n += size;
    if (n == 0)
        return;
    self->state++;
    if ((size_t)size == self->mask + 1) { /* full: the ring itself turns */
        self->head = (self->head - (size_t)n) & self->mask;
        return;
    }
    for (; n > 0; n--) {
        PyObject *item = item_at(self, size - 1);
        self->head = (self->head - 1) & self->mask;
        self->items[self->head] = item;
    }
    for (; n < 0; n++) {
        PyObject *item = self->items[self->head];
        self->head = (self->head + 1) & self->mask;
        *place(self, size - 1) = item;
    }
}

/* Take item i out; the shorter side moves. */
static PyObject *take_at(Deque *self, Py_ssize_t i)
{
    PyObject *item = item_at(self, i);
    if (i < Py_SIZE(self) / 2) {
        for (; i > 0; i--)
            *place(self, i) = item_at(self, i - 1);
        self->head = (self->head + 1) & self->mask;
    }
    else
        for (; i < Py_SIZE(self) - 1; i++)
            *place(self, i) = item_at(self, i + 1);
    Py_SIZE(self)--;
    self->state++;
    return item;
}

/* ---- many items ---------------------------------------------------------------------------------------------- */

/* Push all items of an iterable. 0 or -1. Runs code. */
static int extend(Deque *self, PyObject *iterable, int left)
{
    PyObject *iter, *item;
    if (iterable == (PyObject *)self) {
        PyObject *list = PySequence_List(iterable);
        int result = list ? extend(self, list, left) : -1;
        Py_XDECREF(list);
        return result;
    }
    if ((iter = PyObject_GetIter(iterable)) == NULL)
        return -1;
    iternextfunc next = Py_TYPE(iter)->tp_iternext;
    int failed = 0;
    while (!failed && (item = next(iter)) != NULL) {
        if (self->maxlen == 0)
            Py_DECREF(item);
        else
            failed = left ? push_first(self, item) : push_last(self, item);
    }
    Py_DECREF(iter);
    if (!failed && PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_StopIteration))
            return -1;
        PyErr_Clear();
    }
    return failed;
}

static PyObject *deque_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Deque *self = DEQUE(type->tp_alloc(type, 0));
    if (self == NULL)
        return NULL;
    self->mask = (size_t)-1; /* so that mask + 1 places is none */
    self->maxlen = -1;
    return (PyObject *)self;
}

static PyObject *deque_copy(PyObject *op, PyObject *unused)
{
    Deque *self = DEQUE(op), *copy;
    if (Py_TYPE(self) == &tai_deque_type) {
        if ((copy = DEQUE(deque_new(&tai_deque_type, NULL, NULL))) == NULL)
            return NULL;
        copy->maxlen = self->maxlen;
        if (Py_SIZE(self) > 0 && reserve(copy, Py_SIZE(self)) < 0) {
            Py_DECREF(copy);
            return NULL;
        }
        if (Py_SIZE(self) > 0)
            copy_out(self, copy->items);
        Py_SIZE(copy) = Py_SIZE(self);
        for (Py_ssize_t i = 0; i < Py_SIZE(copy); i++)
            Py_INCREF(copy->items[i]);
        return (PyObject *)copy;
    }
    PyObject *result = self->maxlen < 0 ? PyObject_CallFunctionObjArgs((PyObject *)Py_TYPE(self), self, NULL)
                                        : PyObject_CallFunction((PyObject *)Py_TYPE(self), "On", self, self->maxlen);
    if (result != NULL && !PyObject_TypeCheck(result, &tai_deque_type)) {
        PyErr_Format(PyExc_TypeError, "%.200s() must return a deque, not %.200s", Py_TYPE(self)->tp_name,
                     Py_TYPE(result)->tp_name);
        Py_CLEAR(result);
    }
    return result;
}

static PyObject *deque_concat(PyObject *self, PyObject *other)
{
    int is = PyObject_IsInstance(other, (PyObject *)&tai_deque_type);
    if (is <= 0) {
        if (is == 0)
            PyErr_Format(PyExc_TypeError, "can only concatenate deque (not \"%.200s\") to deque", Py_TYPE(other)->tp_name);
        return NULL;
    }
    PyObject *result = deque_copy(self, NULL);
    if (result != NULL && extend(DEQUE(result), other, 0) < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *deque_inplace_repeat(PyObject *op, Py_ssize_t times)
{
    Deque *self = DEQUE(op);
    Py_ssize_t size = Py_SIZE(self);
    if (size == 0 || times == 1)
        return newref(op);
    if (times <= 0) {
        clear(self);
        return newref(op);
    }
    if (self->maxlen >= 0 && times * (double)size > (double)self->maxlen) /* no more copies than can be seen */
        times = (self->maxlen + size - 1) / size + 1;
    if (size > PY_SSIZE_T_MAX / times)
        return PyErr_NoMemory();
    PyObject *list = PySequence_List(op); /* a subclass may give other items, or fewer */
    if (list == NULL)
        return NULL;
    size = size < PyList_GET_SIZE(list) ? size : PyList_GET_SIZE(list);
    if (self->maxlen < 0 && reserve(self, size * (times - 1)) < 0) {
        Py_DECREF(list);
        return NULL;
    }
    while (--times > 0)
        for (Py_ssize_t i = 0; i < size; i++)
            if (push_last(self, newref(PyList_GET_ITEM(list, i))) < 0) {
                Py_DECREF(list);
                return NULL;
            }
    Py_DECREF(list);
    return newref(op);
}

static PyObject *deque_repeat(PyObject *self, Py_ssize_t times)
{
    PyObject *copy = deque_copy(self, NULL), *result;
    if (copy == NULL)
        return NULL;
    result = deque_inplace_repeat(copy, times);
    Py_DECREF(copy);
    return result;
}

static PyObject *deque_inplace_concat(PyObject *self, PyObject *other)
{
    return extend(DEQUE(self), other, 0) < 0 ? NULL : newref(self);
}

/* ---- methods ------------------------------------------------------------------------------------------------- */

static PyObject *none_or_error(int status) { return status < 0 ? NULL : newref(Py_None); }

static PyObject *deque_append(PyObject *self, PyObject *item) { return none_or_error(push_last(DEQUE(self), newref(item))); }
static PyObject *deque_appendleft(PyObject *self, PyObject *item) { return none_or_error(push_first(DEQUE(self), newref(item))); }
static PyObject *deque_extend(PyObject *self, PyObject *items) { return none_or_error(extend(DEQUE(self), items, 0)); }
static PyObject *deque_extendleft(PyObject *self, PyObject *items) { return none_or_error(extend(DEQUE(self), items, 1)); }
static PyObject *deque_clear(PyObject *self, PyObject *unused) { return none_or_error(clear(DEQUE(self))); }

static PyObject *deque_pop(PyObject *self, PyObject *unused)
{
    return Py_SIZE(self) ? take_last(DEQUE(self)) : raise(PyExc_IndexError, "pop from an empty deque");
}

static PyObject *deque_popleft(PyObject *self, PyObject *unused)
{
    return Py_SIZE(self) ? take_first(DEQUE(self)) : raise(PyExc_IndexError, "pop from an empty deque");
}

static PyObject *deque_rotate(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t n = 1;
    if (nargs > 1) {
        PyErr_Format(PyExc_TypeError, "rotate() takes at most 1 argument (%zd given)", nargs);
        return NULL;
    }
    if (nargs) {
        PyObject *number = PyFloat_Check(args[0]) ? raise(PyExc_TypeError, "integer argument expected, got float")
                                                  : PyNumber_Index(args[0]);
        if (number == NULL)
            return NULL;
        n = PyLong_AsSsize_t(number);
        Py_DECREF(number);
        if (n == -1 && PyErr_Occurred())
            return NULL;
    }
    rotate(DEQUE(self), n);
    Py_RETURN_NONE;
}

static PyObject *deque_reverse(PyObject *op, PyObject *unused)
{
    Deque *self = DEQUE(op);
    for (Py_ssize_t i = 0, j = Py_SIZE(self) - 1; i < j; i++, j--) {
        PyObject *keep = item_at(self, i);
        *place(self, i) = item_at(self, j);
        *place(self, j) = keep;
    }
    Py_RETURN_NONE;
}

/* Is item i equal to v? 1, 0, -1 (also if the deque has changed meanwhile). Runs code. */
static int equal_at(Deque *self, Py_ssize_t i, PyObject *v, size_t state)
{
    PyObject *item = newref(item_at(self, i));
    int same = PyObject_RichCompareBool(item, v, Py_EQ);
    Py_DECREF(item);
    if (same < 0)
        return -1;
    return same == 0 && self->state != state ? mutated() : same;
}

static PyObject *deque_count(PyObject *op, PyObject *v)
{
    Deque *self = DEQUE(op);
    size_t state = self->state;
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0, n = Py_SIZE(self); i < n; i++) {
        int same = equal_at(self, i, v, state);
        if (same > 0 && self->state != state)
            same = mutated();
        if (same < 0)
            return NULL;
        count += same;
    }
    return PyLong_FromSsize_t(count);
}

static int deque_contains(PyObject *op, PyObject *v)
{
    Deque *self = DEQUE(op);
    size_t state = self->state;
    for (Py_ssize_t i = 0, n = Py_SIZE(self); i < n; i++) {
        int same = equal_at(self, i, v, state);
        if (same)
            return same;
    }
    return 0;
}

static PyObject *deque_index(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    Deque *self = DEQUE(op);
    Py_ssize_t start = 0, n = Py_SIZE(self), stop = n;
    size_t state = self->state;
    if (nargs < 1 || nargs > 3) {
        PyErr_Format(PyExc_TypeError, "index() takes at %s %d argument%s (%zd given)", nargs ? "most" : "least", nargs ? 3 : 1,
                     nargs ? "s" : "", nargs);
        return NULL;
    }
    if ( (nargs > 1 && !_PyEval_SliceIndexNotNone(args[1], &start)) ||
        (nargs > 2 && !_PyEval_SliceIndexNotNone(args[2], &stop)))
        return NULL;
    if (start < 0 && (start += n) < 0)
        start = 0;
    if (stop < 0 && (stop += n) < 0)
        stop = 0;
    if (stop > n)
        stop = n;
    for (Py_ssize_t i = start; i < stop; i++) {
        if (self->state != state)
            return mutated(), NULL;
        int same = equal_at(self, i, args[0], state);
        if (same)
            return same < 0 ? NULL : PyLong_FromSsize_t(i);
    }
    return PyErr_Format(PyExc_ValueError, "%R is not in deque", args[0]);
}

static PyObject *deque_remove(PyObject *op, PyObject *v)
{
    Deque *self = DEQUE(op);
    Py_ssize_t n = Py_SIZE(self);
    size_t state = self->state;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = newref(item_at(self, i));
        int same = PyObject_RichCompareBool(item, v, Py_EQ);
        Py_DECREF(item);
        if (same < 0)
            return NULL;
        if (self->state != state)
            return raise(PyExc_IndexError, "deque mutated during remove().");
        if (same) {
            item = take_at(self, i);
            Py_DECREF(item);
            Py_RETURN_NONE;
        }
    }
    return raise(PyExc_ValueError, "deque.remove(x): x not in deque");
}

static PyObject *deque_insert(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    Deque *self = DEQUE(op);
    PyObject *v;
    Py_ssize_t i, n;
    if (!_PyArg_ParseStack(args, nargs, "nO:insert", &i, &v))
        return NULL;
    if (self->maxlen >= 0 && Py_SIZE(self) >= self->maxlen)
        return raise(PyExc_IndexError, "deque already at its maximum size");
    n = Py_SIZE(self);
    if (i < 0 && (i += n) < 0)
        i = 0;
    if (i >= n)
        return deque_append(op, v);
    if (i < n / 2) {
        if (push_first(self, newref(v)) < 0)
            return NULL;
        PyObject *item = self->items[self->head];
        for (Py_ssize_t at = 0; at < i; at++)
            *place(self, at) = item_at(self, at + 1);
        *place(self, i) = item;
    }
    else {
        if (push_last(self, newref(v)) < 0)
            return NULL;
        PyObject *item = item_at(self, n);
        for (Py_ssize_t at = n; at > i; at--)
            *place(self, at) = item_at(self, at - 1);
        *place(self, i) = item;
    }
    Py_RETURN_NONE;
}

static PyObject *deque_reduce(PyObject *op, PyObject *unused)
{
    _Py_IDENTIFIER(__dict__);
    PyObject *dict, *iter;
    if (_PyObject_LookupAttrId(op, &PyId___dict__, &dict) < 0)
        return NULL;
    if (dict == NULL)
        dict = newref(Py_None);
    if ((iter = PyObject_GetIter(op)) == NULL) {
        Py_DECREF(dict);
        return NULL;
    }
    if (DEQUE(op)->maxlen < 0)
        return Py_BuildValue("O()NN", Py_TYPE(op), dict, iter);
    return Py_BuildValue("O(()n)NN", Py_TYPE(op), DEQUE(op)->maxlen, dict, iter);
}

static PyObject *deque_sizeof(PyObject *op, PyObject *unused)
{
    Py_ssize_t places = DEQUE(op)->items ? (Py_ssize_t)(DEQUE(op)->mask + 1) : 0;
    return PyLong_FromSsize_t(_PyObject_SIZE(Py_TYPE(op)) + places * (Py_ssize_t)sizeof(PyObject *));
}

static PyObject *deque_get_maxlen(PyObject *op, void *unused)
{
    return DEQUE(op)->maxlen < 0 ? newref(Py_None) : PyLong_FromSsize_t(DEQUE(op)->maxlen);
}

/* ---- slots --------------------------------------------------------------------------------------------------- */

static Py_ssize_t deque_length(PyObject *self) { return Py_SIZE(self); }
static int deque_bool(PyObject *self) { return Py_SIZE(self) != 0; }

static PyObject *deque_item(PyObject *self, Py_ssize_t i)
{
    if ((size_t)i >= (size_t)Py_SIZE(self))
        return raise(PyExc_IndexError, "deque index out of range");
    return newref(item_at(DEQUE(self), i));
}

static int deque_ass_item(PyObject *self, Py_ssize_t i, PyObject *v)
{
    if ((size_t)i >= (size_t)Py_SIZE(self)) {
        raise(PyExc_IndexError, "deque index out of range");
        return -1;
    }
    PyObject *old;
    if (v == NULL)
        old = take_at(DEQUE(self), i);
    else {
        old = item_at(DEQUE(self), i);
        *place(DEQUE(self), i) = newref(v);
    }
    Py_DECREF(old);
    return 0;
}

static void deque_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_TRASHCAN_BEGIN(op, deque_dealloc)
    if (DEQUE(op)->weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    clear(DEQUE(op));
    Py_TYPE(op)->tp_free(op);
    Py_TRASHCAN_END
}

static int deque_traverse(PyObject *op, visitproc visit, void *arg)
{
    for (Py_ssize_t i = 0; i < Py_SIZE(op); i++)
        Py_VISIT(item_at(DEQUE(op), i));
    return 0;
}

static PyObject *deque_repr(PyObject *op)
{
    int status = Py_ReprEnter(op);
    if (status != 0)
        return status > 0 ? PyUnicode_FromString("[...]") : NULL;
    PyObject *list = PySequence_List(op), *result = NULL;
    if (list != NULL) {
        if (DEQUE(op)->maxlen >= 0)
            result = PyUnicode_FromFormat("%s(%R, maxlen=%zd)", _PyType_Name(Py_TYPE(op)), list, DEQUE(op)->maxlen);
        else
            result = PyUnicode_FromFormat("%s(%R)", _PyType_Name(Py_TYPE(op)), list);
        Py_DECREF(list);
    }
    Py_ReprLeave(op);
    return result;
}

static PyObject *deque_richcompare(PyObject *v, PyObject *w, int op)
{
    if (!PyObject_TypeCheck(v, &tai_deque_type) || !PyObject_TypeCheck(w, &tai_deque_type))
        Py_RETURN_NOTIMPLEMENTED;
    Deque *a = DEQUE(v), *b = DEQUE(w);
    Py_ssize_t m = Py_SIZE(a), n = Py_SIZE(b), i = 0;
    size_t state_a = a->state, state_b = b->state;
    if (m != n && (op == Py_EQ || op == Py_NE))
        return PyBool_FromLong(op == Py_NE);
    for (; i < m && i < n; i++) {
        PyObject *x = newref(item_at(a, i)), *y = newref(item_at(b, i)), *result;
        int same = PyObject_RichCompareBool(x, y, Py_EQ);
        if (same != 0) {
            Py_DECREF(x);
            Py_DECREF(y);
            if (same < 0)
                return NULL;
            if (a->state != state_a || b->state != state_b)
                return mutated(), NULL;
            continue;
        }
        if (op == Py_EQ || op == Py_NE)
            result = PyBool_FromLong(op == Py_NE);
        else
            result = PyObject_RichCompare(x, y, op);
        Py_DECREF(x);
        Py_DECREF(y);
        return result;
    }
    Py_RETURN_RICHCOMPARE(m, n, op);
}

static int deque_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"iterable", "maxlen", NULL};
    PyObject *iterable = NULL, *limit = NULL;
    Py_ssize_t maxlen = -1;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OO:deque", keywords, &iterable, &limit))
        return -1;
    if (limit != NULL && limit != Py_None) {
        maxlen = PyLong_AsSsize_t(limit);
        if (maxlen == -1 && PyErr_Occurred())
            return -1;
        if (maxlen < 0) {
            PyErr_SetString(PyExc_ValueError, "maxlen must be non-negative");
            return -1;
        }
    }
    DEQUE(op)->maxlen = maxlen;
    if (Py_SIZE(op) > 0)
        clear(DEQUE(op));
    return iterable ? extend(DEQUE(op), iterable, 0) : 0;
}

/* ---- iterators ----------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    Deque *deque;
    Py_ssize_t index;
    Py_ssize_t left;
    size_t state;
} DequeIter;

static PyObject *new_iter(PyTypeObject *type, PyObject *deque)
{
    DequeIter *it = PyObject_GC_New(DequeIter, type);
    if (it == NULL)
        return NULL;
    it->deque = DEQUE(newref(deque));
    it->left = Py_SIZE(deque);
    it->index = type == &tai_deque_iter_type ? 0 : it->left - 1;
    it->state = it->deque->state;
    PyObject_GC_Track(it);
    return (PyObject *)it;
}

static PyObject *deque_iter(PyObject *self) { return new_iter(&tai_deque_iter_type, self); }
static PyObject *deque_reversed(PyObject *self, PyObject *unused) { return new_iter(&tai_deque_reviter_type, self); }

static void iter_dealloc(DequeIter *it)
{
    PyObject_GC_UnTrack(it);
    Py_XDECREF(it->deque);
    PyObject_GC_Del(it);
}

static int iter_traverse(DequeIter *it, visitproc visit, void *arg)
{
    Py_VISIT(it->deque);
    return 0;
}

static inline __attribute__((always_inline)) PyObject *iter_step(DequeIter *it, Py_ssize_t step)
{
    if (it->deque->state != it->state) {
        it->left = 0;
        return mutated(), NULL;
    }
    if (it->left == 0)
        return NULL;
    PyObject *item = newref(item_at(it->deque, it->index));
    it->index += step;
    it->left--;
    return item;
}

static PyObject *iter_next(DequeIter *it) { return iter_step(it, 1); }
static PyObject *iter_prev(DequeIter *it) { return iter_step(it, -1); }

/* (deque, number of items already given) */
static PyObject *iter_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyObject *deque;
    Py_ssize_t given = 0;
    if (!PyArg_ParseTuple(args, "O!|n", &tai_deque_type, &deque, &given))
        return NULL;
    DequeIter *it = (DequeIter *)new_iter(type, deque);
    if (it != NULL && given > 0) {
        if (given > it->left)
            given = it->left;
        it->left -= given;
        it->index += type == &tai_deque_iter_type ? given : -given;
    }
    return (PyObject *)it;
}

static PyObject *iter_length_hint(DequeIter *it, PyObject *unused) { return PyLong_FromSsize_t(it->left); }

static PyObject *iter_reduce(DequeIter *it, PyObject *unused)
{
    return Py_BuildValue("O(On)", Py_TYPE(it), it->deque, Py_SIZE(it->deque) - it->left);
}

static PyMethodDef iter_methods[] = {
    {"__length_hint__", (PyCFunction)iter_length_hint, METH_NOARGS, PyDoc_STR("Estimate of the number of items left.")},
    {"__reduce__", (PyCFunction)iter_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},
    {NULL},
};

#define ITER_TYPE(TYPE, NAME, NEXT)                                                                                  \
    PyTypeObject TYPE = {                                                                                            \
        PyVarObject_HEAD_INIT(NULL, 0)                                                                               \
        .tp_name = NAME,                                                                                             \
        .tp_basicsize = sizeof(DequeIter),                                                                           \
        .tp_dealloc = (destructor)iter_dealloc,                                                                      \
        .tp_getattro = PyObject_GenericGetAttr,                                                                      \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,                                                         \
        .tp_traverse = (traverseproc)iter_traverse,                                                                  \
        .tp_iter = PyObject_SelfIter,                                                                                \
        .tp_iternext = (iternextfunc)NEXT,                                                                           \
        .tp_methods = iter_methods,                                                                                  \
        .tp_new = iter_new,                                                                                          \
    }

ITER_TYPE(tai_deque_iter_type, "_collections._deque_iterator", iter_next);
ITER_TYPE(tai_deque_reviter_type, "_collections._deque_reverse_iterator", iter_prev);

/* ---- type ---------------------------------------------------------------------------------------------------- */

#define FAST(FUNCTION) ((PyCFunction)(void (*)(void))FUNCTION)

static PyMethodDef deque_methods[] = {
    {"append", deque_append, METH_O, PyDoc_STR("Add an item on the right side.")},
    {"appendleft", deque_appendleft, METH_O, PyDoc_STR("Add an item on the left side.")},
    {"clear", deque_clear, METH_NOARGS, PyDoc_STR("Take all items out.")},
    {"__copy__", deque_copy, METH_NOARGS, PyDoc_STR("A new deque with the same items.")},
    {"copy", deque_copy, METH_NOARGS, PyDoc_STR("A new deque with the same items.")},
    {"count", deque_count, METH_O, PyDoc_STR("D.count(value) -> how many items are equal to value")},
    {"extend", deque_extend, METH_O, PyDoc_STR("Add all items of an iterable on the right side.")},
    {"extendleft", deque_extendleft, METH_O,
     PyDoc_STR("Add all items of an iterable on the left side, one by one: they end up turned around.")},
    {"index", FAST(deque_index), METH_FASTCALL,
     PyDoc_STR("D.index(value, [start, [stop]]) -> position of the first item equal to value; ValueError if there is none")},
    {"insert", FAST(deque_insert), METH_FASTCALL, PyDoc_STR("D.insert(index, object) -- add an item in front of the one at index")},
    {"pop", deque_pop, METH_NOARGS, PyDoc_STR("Take out and return the rightmost item.")},
    {"popleft", deque_popleft, METH_NOARGS, PyDoc_STR("Take out and return the leftmost item.")},
    {"__reduce__", deque_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},
    {"remove", deque_remove, METH_O, PyDoc_STR("D.remove(value) -- take out the first item equal to value; ValueError if none is")},
    {"__reversed__", deque_reversed, METH_NOARGS, PyDoc_STR("D.__reversed__() -- iterate from right to left")},
    {"reverse", deque_reverse, METH_NOARGS, PyDoc_STR("D.reverse() -- turn the order around, in place")},
    {"rotate", FAST(deque_rotate), METH_FASTCALL,
     PyDoc_STR("Move n items (1 by default) from the right end to the left one; with n < 0 the other way.")},
    {"__sizeof__", deque_sizeof, METH_NOARGS, PyDoc_STR("D.__sizeof__() -- bytes of memory taken by D")},
    {NULL},
};

static PyGetSetDef deque_getset[] = {
    {"maxlen", deque_get_maxlen, NULL, PyDoc_STR("greatest length, or None")},
    {NULL},
};

static PySequenceMethods deque_as_sequence = {
    .sq_length = deque_length,
    .sq_concat = deque_concat,
    .sq_repeat = deque_repeat,
    .sq_item = deque_item,
    .sq_ass_item = deque_ass_item,
    .sq_contains = deque_contains,
    .sq_inplace_concat = deque_inplace_concat,
    .sq_inplace_repeat = deque_inplace_repeat,
};
static PyNumberMethods deque_as_number = {.nb_bool = deque_bool};

PyDoc_STRVAR(deque_doc, "deque([iterable[, maxlen]]) --> deque object\n\n"
                        "A list that is fast at both ends. Beyond maxlen, what is added on one side pushes out on the other.");

PyTypeObject tai_deque_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "collections.deque",
    .tp_basicsize = sizeof(Deque),
    .tp_dealloc = deque_dealloc,
    .tp_repr = deque_repr,
    .tp_as_number = &deque_as_number,
    .tp_as_sequence = &deque_as_sequence,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = deque_doc,
    .tp_traverse = deque_traverse,
    .tp_clear = (inquiry)clear,
    .tp_richcompare = deque_richcompare,
    .tp_weaklistoffset = offsetof(Deque, weakreflist),
    .tp_iter = deque_iter,
    .tp_methods = deque_methods,
    .tp_getset = deque_getset,
    .tp_init = deque_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = deque_new,
    .tp_free = PyObject_GC_Del,
};
