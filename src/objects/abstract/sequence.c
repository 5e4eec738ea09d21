/* SPDX-License-Identifier: MIT */
/* sequence: operations on anything with the sequence slots, and conversion of any iterable to list and tuple.
 * Tests: tests/objects/test_abstract.py. */
#include "objects/object.h"

static PyObject *null_error(void)
{
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "null argument to internal routine");
    return NULL;
}

static PyObject *type_error(const char *format, PyObject *o)
{
    PyErr_Format(PyExc_TypeError, format, Py_TYPE(o)->tp_name);
    return NULL;
}

int PySequence_Check(PyObject *s)
{
    if (PyDict_Check(s))
        return 0;
    return Py_TYPE(s)->tp_as_sequence && Py_TYPE(s)->tp_as_sequence->sq_item != NULL;
}

/* ---- + and * ------------------------------------------------------------------------------------------------------------------- */

/* Classes that define __add__ have it in the number slot. */
static PyObject *by_number(PyObject *s, PyObject *o, size_t inplace, size_t plain)
{
    PyObject *res;
    if (inplace) {
        PyNumberMethods *nb = Py_TYPE(s)->tp_as_number;
        binaryfunc function = nb ? *(binaryfunc *)((char *)nb + inplace) : NULL;
        if (function != NULL) {
            res = function(s, o);
            if (res != Py_NotImplemented)
                return res;
            Py_DECREF(res);
        }
    }
    res = tai_number_binary1(s, o, plain);
    if (res != Py_NotImplemented)
        return res;
    Py_DECREF(res);
    return NULL;
}

static PyObject *concat(PyObject *s, PyObject *o, int inplace)
{
    PySequenceMethods *sq;
    PyObject *res;
    if (s == NULL || o == NULL)
        return null_error();
    sq = Py_TYPE(s)->tp_as_sequence;
    if (sq && inplace && sq->sq_inplace_concat)
        return sq->sq_inplace_concat(s, o);
    if (sq && sq->sq_concat)
        return sq->sq_concat(s, o);
    if (PySequence_Check(s) && PySequence_Check(o)) {
        res = by_number(s, o, inplace ? offsetof(PyNumberMethods, nb_inplace_add) : 0,
                        offsetof(PyNumberMethods, nb_add));
        if (res != NULL || PyErr_Occurred())
            return res;
    }
    return type_error("'%.200s' object can't be concatenated", s);
}

static PyObject *repeat(PyObject *o, Py_ssize_t count, int inplace)
{
    PySequenceMethods *sq;
    PyObject *res, *n;
    if (o == NULL)
        return null_error();
    sq = Py_TYPE(o)->tp_as_sequence;
    if (sq && inplace && sq->sq_inplace_repeat)
        return sq->sq_inplace_repeat(o, count);
    if (sq && sq->sq_repeat)
        return sq->sq_repeat(o, count);
    if (PySequence_Check(o)) {
        n = PyLong_FromSsize_t(count);
        if (n == NULL)
            return NULL;
        res = by_number(o, n, inplace ? offsetof(PyNumberMethods, nb_inplace_multiply) : 0,
                        offsetof(PyNumberMethods, nb_multiply));
        Py_DECREF(n);
        if (res != NULL || PyErr_Occurred())
            return res;
    }
    return type_error("'%.200s' object can't be repeated", o);
}

PyObject *PySequence_Concat(PyObject *s, PyObject *o)
{
    return concat(s, o, 0);
}

PyObject *PySequence_InPlaceConcat(PyObject *s, PyObject *o)
{
    return concat(s, o, 1);
}

PyObject *PySequence_Repeat(PyObject *o, Py_ssize_t count)
{
    return repeat(o, count, 0);
}

PyObject *PySequence_InPlaceRepeat(PyObject *o, Py_ssize_t count)
{
    return repeat(o, count, 1);
}

/* ---- items ----------------------------------------------------------------------------------------------------------------------- */

/* Negative indices count from the end, if the length is known. 0, or -1 with an exception. */
static int from_end(PyObject *s, Py_ssize_t *i)
{
    PySequenceMethods *sq = Py_TYPE(s)->tp_as_sequence;
    if (*i < 0 && sq->sq_length) {
        Py_ssize_t n = sq->sq_length(s);
        if (n < 0)
            return -1;
        *i += n;
    }
    return 0;
}

static int has_subscript(PyObject *s)
{
    return Py_TYPE(s)->tp_as_mapping && Py_TYPE(s)->tp_as_mapping->mp_subscript;
}

/* What a class made in Python inherits from a mapping for reading, it offers as a sequence too: a number is a key like others. */
static int mapping_as_sequence(PyObject *s)
{
    return PyType_HasFeature(Py_TYPE(s), Py_TPFLAGS_HEAPTYPE) && has_subscript(s);
}

/* The key for index i, counted from the end if it is negative. New. */
static PyObject *index_key(PyObject *s, Py_ssize_t i)
{
    if (i < 0) {
        Py_ssize_t n = PyObject_Size(s);
        if (n < 0)
            return NULL;
        i += n;
    }
    return PyLong_FromSsize_t(i);
}

static PyObject *mapped_item(PyObject *s, Py_ssize_t i)
{
    PyObject *key = index_key(s, i), *item = key ? PyObject_GetItem(s, key) : NULL;
    Py_XDECREF(key);
    return item;
}

PyObject *PySequence_GetItem(PyObject *s, Py_ssize_t i)
{
    PySequenceMethods *sq;
    if (s == NULL)
        return null_error();
    sq = Py_TYPE(s)->tp_as_sequence;
    if (sq && sq->sq_item)
        return from_end(s, &i) < 0 ? NULL : sq->sq_item(s, i);
    if (mapping_as_sequence(s))
        return mapped_item(s, i);
    if (has_subscript(s))
        return type_error("%.200s is not a sequence", s);
    return type_error("'%.200s' object does not support indexing", s);
}

static int ass_item(PyObject *s, Py_ssize_t i, PyObject *value, const char *unsupported)
{
    PySequenceMethods *sq;
    if (s == NULL) {
        null_error();
        return -1;
    }
    sq = Py_TYPE(s)->tp_as_sequence;
    if (sq && sq->sq_ass_item)
        return from_end(s, &i) < 0 ? -1 : sq->sq_ass_item(s, i, value);
    if (Py_TYPE(s)->tp_as_mapping && Py_TYPE(s)->tp_as_mapping->mp_ass_subscript)
        type_error("%.200s is not a sequence", s);
    else
        type_error(unsupported, s);
    return -1;
}

int PySequence_SetItem(PyObject *s, Py_ssize_t i, PyObject *o)
{
    return ass_item(s, i, o, "'%.200s' object does not support item assignment");
}

int PySequence_DelItem(PyObject *s, Py_ssize_t i)
{
    return ass_item(s, i, NULL, "'%.200s' object doesn't support item deletion");
}

PyObject *PySequence_GetSlice(PyObject *s, Py_ssize_t start, Py_ssize_t stop)
{
    PyObject *slice, *res;
    if (s == NULL)
        return null_error();
    if (!has_subscript(s))
        return type_error("'%.200s' object is unsliceable", s);
    slice = _PySlice_FromIndices(start, stop);
    if (slice == NULL)
        return NULL;
    res = Py_TYPE(s)->tp_as_mapping->mp_subscript(s, slice);
    Py_DECREF(slice);
    return res;
}

static int ass_slice(PyObject *s, Py_ssize_t start, Py_ssize_t stop, PyObject *value, const char *unsupported)
{
    PyMappingMethods *mp;
    PyObject *slice;
    int res;
    if (s == NULL) {
        null_error();
        return -1;
    }
    mp = Py_TYPE(s)->tp_as_mapping;
    if (mp == NULL || mp->mp_ass_subscript == NULL) {
        type_error(unsupported, s);
        return -1;
    }
    slice = _PySlice_FromIndices(start, stop);
    if (slice == NULL)
        return -1;
    res = mp->mp_ass_subscript(s, slice, value);
    Py_DECREF(slice);
    return res;
}

int PySequence_SetSlice(PyObject *s, Py_ssize_t start, Py_ssize_t stop, PyObject *o)
{
    return ass_slice(s, start, stop, o, "'%.200s' object doesn't support slice assignment");
}

int PySequence_DelSlice(PyObject *s, Py_ssize_t start, Py_ssize_t stop)
{
    return ass_slice(s, start, stop, NULL, "'%.200s' object doesn't support slice deletion");
}

/* ---- conversion ------------------------------------------------------------------------------------------------------------------ */

/* Room for more items than were expected. */
static int grow(PyObject **tuple, Py_ssize_t *room)
{
    size_t n = (size_t)*room + 10;
    n += n >> 2;
    if (n > PY_SSIZE_T_MAX) {
        PyErr_NoMemory();
        return -1;
    }
    *room = (Py_ssize_t)n;
    return _PyTuple_Resize(tuple, *room);
}

PyObject *PySequence_Tuple(PyObject *v)
{
    PyObject *iter, *res = NULL, *item;
    Py_ssize_t room, n = 0;
    if (v == NULL)
        return null_error();
    if (PyTuple_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    if (PyList_CheckExact(v))
        return PyList_AsTuple(v);
    iter = PyObject_GetIter(v);
    if (iter == NULL)
        return NULL;
    room = PyObject_LengthHint(v, 10);
    if (room == -1 || (res = PyTuple_New(room)) == NULL)
        goto failed;
    while ((item = PyIter_Next(iter)) != NULL) {
        if (n >= room && grow(&res, &room) < 0) {
            Py_DECREF(item);
            goto failed;
        }
        PyTuple_SET_ITEM(res, n++, item);
    }
    if (PyErr_Occurred() || (n < room && _PyTuple_Resize(&res, n) < 0))
        goto failed;
    Py_DECREF(iter);
    return res;
failed:
    Py_XDECREF(res);
    Py_DECREF(iter);
    return NULL;
}

PyObject *PySequence_List(PyObject *v)
{
    PyObject *list, *res;
    if (v == NULL)
        return null_error();
    list = PyList_New(0);
    if (list == NULL)
        return NULL;
    res = _PyList_Extend((PyListObject *)list, v);
    if (res == NULL) {
        Py_DECREF(list);
        return NULL;
    }
    Py_DECREF(res);
    return list;
}

PyObject *PySequence_Fast(PyObject *v, const char *message)
{
    PyObject *iter, *res;
    if (v == NULL)
        return null_error();
    if (PyList_CheckExact(v) || PyTuple_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    iter = PyObject_GetIter(v);
    if (iter == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_SetString(PyExc_TypeError, message);
        return NULL;
    }
    res = PySequence_List(iter);
    Py_DECREF(iter);
    return res;
}

/* ---- searching ------------------------------------------------------------------------------------------------------------------- */

Py_ssize_t _PySequence_IterSearch(PyObject *seq, PyObject *obj, int operation)
{
    PyObject *iter, *item;
    Py_ssize_t n = 0, res = -1;
    int wrapped = 0; /* an index beyond Py_ssize_t was passed */
    if (seq == NULL || obj == NULL) {
        null_error();
        return -1;
    }
    iter = PyObject_GetIter(seq);
    if (iter == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            type_error("argument of type '%.200s' is not iterable", seq);
        return -1;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        int equal = PyObject_RichCompareBool(obj, item, Py_EQ);
        Py_DECREF(item);
        if (equal < 0)
            goto done;
        if (equal && operation == PY_ITERSEARCH_CONTAINS) {
            res = 1;
            goto done;
        }
        if (equal && operation == PY_ITERSEARCH_INDEX) {
            if (wrapped)
                PyErr_SetString(PyExc_OverflowError, "index exceeds C integer size");
            else
                res = n;
            goto done;
        }
        if (equal && n == PY_SSIZE_T_MAX) {
            PyErr_SetString(PyExc_OverflowError, "count exceeds C integer size");
            goto done;
        }
        if (equal || operation == PY_ITERSEARCH_INDEX) {
            if (n == PY_SSIZE_T_MAX)
                wrapped = 1;
            else
                n++;
        }
    }
    if (PyErr_Occurred())
        goto done;
    if (operation == PY_ITERSEARCH_INDEX)
        PyErr_SetString(PyExc_ValueError, "sequence.index(x): x not in sequence");
    else
        res = operation == PY_ITERSEARCH_COUNT ? n : 0;
done:
    Py_DECREF(iter);
    return res;
}

Py_ssize_t PySequence_Count(PyObject *s, PyObject *o)
{
    return _PySequence_IterSearch(s, o, PY_ITERSEARCH_COUNT);
}

Py_ssize_t PySequence_Index(PyObject *s, PyObject *o)
{
    return _PySequence_IterSearch(s, o, PY_ITERSEARCH_INDEX);
}

int PySequence_Contains(PyObject *seq, PyObject *o)
{
    PySequenceMethods *sq = Py_TYPE(seq)->tp_as_sequence;
    if (sq && sq->sq_contains)
        return sq->sq_contains(seq, o);
    return (int)_PySequence_IterSearch(seq, o, PY_ITERSEARCH_CONTAINS);
}

#undef PySequence_In
int PySequence_In(PyObject *w, PyObject *v)
{
    return PySequence_Contains(w, v);
}

/* ---- arrays of C strings --------------------------------------------------------------------------------------------------------- */

void _Py_FreeCharPArray(char *const array[])
{
    for (Py_ssize_t i = 0; array[i] != NULL; i++)
        PyMem_Free(array[i]);
    PyMem_Free((void *)array);
}

/* A sequence of bytes as argv for exec: NULL-terminated, for _Py_FreeCharPArray. */
char *const *_PySequence_BytesToCharpArray(PyObject *self)
{
    Py_ssize_t argc = PySequence_Size(self), i;
    char **array;
    if (argc == -1)
        return NULL;
    if ((size_t)argc > (PY_SSIZE_T_MAX - sizeof(char *)) / sizeof(char *)) {
        PyErr_NoMemory();
        return NULL;
    }
    array = PyMem_Malloc(((size_t)argc + 1) * sizeof(char *));
    if (array == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (i = 0; i < argc; i++) {
        PyObject *item = PySequence_GetItem(self, i);
        char *data;
        Py_ssize_t size;
        array[i] = NULL;
        if (item == NULL)
            goto failed;
        if (PyBytes_AsStringAndSize(item, &data, NULL) < 0) {
            Py_DECREF(item);
            goto failed;
        }
        size = PyBytes_GET_SIZE(item) + 1;
        array[i] = PyMem_Malloc((size_t)size);
        if (array[i] == NULL) {
            PyErr_NoMemory();
            Py_DECREF(item);
            goto failed;
        }
        memcpy(array[i], data, (size_t)size);
        Py_DECREF(item);
    }
    array[argc] = NULL;
    return array;
failed:
    _Py_FreeCharPArray(array);
    return NULL;
}
