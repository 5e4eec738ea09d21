/* SPDX-License-Identifier: MIT */
/* bytes/split: split, rsplit, splitlines, partition, rpartition and join. */
#include "objects/bytes/bytes.h"

#include "objects/args.h"
#include "objects/bytes/methods.h"

/* Append a copy of s to list, in self's kind. 0 / -1. */
static int push(PyObject *list, PyObject *self, const char *at, Py_ssize_t n)
{
    PyObject *piece = tai_bytes_like(self, at, n);
    if (piece == NULL)
        return -1;
    int result = PyList_Append(list, piece);
    Py_DECREF(piece);
    return result;
}

/* The piece that is the whole of it. */
static int push_rest(PyObject *list, PyObject *self, Span whole, const char *at, Py_ssize_t n)
{
    if (n == whole.n && PyBytes_CheckExact(self))
        return PyList_Append(list, self);
    return push(list, self, at, n);
}

static inline int blank(char c)
{
    return Py_ISSPACE(c) != 0;
}

/* ------------------------------------------------------------------ split */

static int split_blanks(PyObject *list, PyObject *self, Span s, Py_ssize_t max)
{
    const char *p = s.at, *end = s.at + s.n;
    for (;;) {
        while (p < end && blank(*p))
            p++;
        if (p == end)
            return 0;
        const char *start = p;
        if (max-- <= 0)
            return push_rest(list, self, s, start, end - start);
        while (p < end && !blank(*p))
            p++;
        if (push_rest(list, self, s, start, p - start) < 0)
            return -1;
    }
}

static int rsplit_blanks(PyObject *list, PyObject *self, Span s, Py_ssize_t max)
{
    const char *start = s.at, *end = s.at + s.n;
    for (;;) {
        while (end > start && blank(end[-1]))
            end--;
        if (end == start)
            return 0;
        const char *stop = end;
        if (max-- <= 0)
            return push_rest(list, self, s, start, stop - start);
        while (end > start && !blank(end[-1]))
            end--;
        if (push_rest(list, self, s, end, stop - end) < 0)
            return -1;
    }
}

static int split_at(PyObject *list, PyObject *self, Span s, Span sep, Py_ssize_t max)
{
    const char *p = s.at;
    Py_ssize_t n = s.n, at;
    while (max-- > 0 && (at = tai_bytes_find(p, n, sep.at, sep.n)) >= 0) {
        if (push(list, self, p, at) < 0)
            return -1;
        p += at + sep.n;
        n -= at + sep.n;
    }
    return push_rest(list, self, s, p, n);
}

/* A separator of one byte: count first, then fill a list of the right length. New list. */
static PyObject *split_byte(PyObject *self, Span s, char sep, Py_ssize_t max)
{
    Py_ssize_t count = tai_bytes_count(s.at, s.n, &sep, 1, PY_SSIZE_T_MAX);
    if (count > max)
        count = max;
    PyObject *list = PyList_New(count + 1);
    if (list == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i <= count; i++) {
        Py_ssize_t n = i < count ? (const char *)memchr(s.at, (unsigned char)sep, (size_t)s.n) - s.at : s.n;
        PyObject *piece = count == 0 ? tai_bytes_same(self) : tai_bytes_like(self, s.at, n);
        if (piece == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, i, piece);
        s.at += n + 1;
        s.n -= n + 1;
    }
    return list;
}

static int rsplit_at(PyObject *list, PyObject *self, Span s, Span sep, Py_ssize_t max)
{
    Py_ssize_t n = s.n, at;
    while (max-- > 0 && (at = tai_bytes_rfind(s.at, n, sep.at, sep.n)) >= 0) {
        if (push(list, self, s.at + at + sep.n, n - at - sep.n) < 0)
            return -1;
        n = at;
    }
    return push_rest(list, self, s, s.at, n);
}

static PyObject *split(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, _PyArg_Parser *parser, int right)
{
    PyObject *slots[2], *list = NULL;
    Py_ssize_t max = -1;
    Py_buffer sep;
    int status;
    args = tai_args_unpack(args, nargs, kwnames, parser, 0, 2, 2, slots);
    if (args == NULL)
        return NULL;
    if (args[1]) {
        if (PyFloat_Check(args[1])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return NULL;
        }
        PyObject *index = PyNumber_Index(args[1]);
        if (index == NULL)
            return NULL;
        max = PyLong_AsSsize_t(index);
        Py_DECREF(index);
        if (max == -1 && PyErr_Occurred())
            return NULL;
    }
    if (max < 0)
        max = PY_SSIZE_T_MAX;
    sep.obj = NULL;
    int blanks = args[0] == NULL || args[0] == Py_None;
    if (!blanks) {
        if (tai_bytes_buffer(args[0], &sep) < 0)
            return NULL;
        if (sep.len == 0) {
            PyErr_SetString(PyExc_ValueError, "empty separator");
            goto done;
        }
    }
    if (!blanks && !right && sep.len == 1) {
        list = split_byte(self, span_of(self), *(char *)sep.buf, max);
        goto done;
    }
    list = PyList_New(0);
    if (list == NULL)
        goto done;
    Span s = span_of(self), cut = blanks ? (Span){NULL, 0} : (Span){sep.buf, sep.len};
    if (right)
        status = blanks ? rsplit_blanks(list, self, s, max) : rsplit_at(list, self, s, cut, max);
    else
        status = blanks ? split_blanks(list, self, s, max) : split_at(list, self, s, cut, max);
    if (status == 0 && right)
        status = PyList_Reverse(list);
    if (status < 0)
        Py_CLEAR(list);
done:
    if (sep.obj)
        PyBuffer_Release(&sep);
    return list;
}

static const char *const split_names[] = {"sep", "maxsplit", NULL};

PyObject *tai_bytes_split(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, split_names, "split", 0};
    return split(self, args, nargs, kwnames, &parser, 0);
}

PyObject *tai_bytes_rsplit(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, split_names, "rsplit", 0};
    return split(self, args, nargs, kwnames, &parser, 1);
}

PyObject *tai_bytes_splitlines(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"keepends", NULL};
    static _PyArg_Parser parser = {NULL, names, "splitlines", 0};
    PyObject *slots[1];
    args = tai_args_unpack(args, nargs, kwnames, &parser, 0, 1, 1, slots);
    if (args == NULL)
        return NULL;
    int keep = 0;
    if (args[0]) {
        if (PyFloat_Check(args[0])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return NULL;
        }
        keep = _PyLong_AsInt(args[0]);
        if (keep == -1 && PyErr_Occurred())
            return NULL;
    }
    PyObject *list = PyList_New(0);
    if (list == NULL)
        return NULL;
    Span s = span_of(self);
    const char *p = s.at, *end = s.at + s.n;
    while (p < end) {
        const char *start = p;
        while (p < end && *p != '\n' && *p != '\r')
            p++;
        const char *stop = p;
        if (p < end)
            p += *p == '\r' && p + 1 < end && p[1] == '\n' ? 2 : 1;
        if (push_rest(list, self, s, start, (keep ? p : stop) - start) < 0) {
            Py_DECREF(list);
            return NULL;
        }
    }
    return list;
}

/* ------------------------------------------------------------------ partition */

static PyObject *partition(PyObject *self, PyObject *arg, int right)
{
    Py_buffer sep;
    if (tai_bytes_buffer(arg, &sep) < 0)
        return NULL;
    PyObject *pieces[3] = {NULL, NULL, NULL}, *result = NULL;
    if (sep.len == 0) {
        PyErr_SetString(PyExc_ValueError, "empty separator");
        goto done;
    }
    Span s = span_of(self);
    Py_ssize_t at = right ? tai_bytes_rfind(s.at, s.n, sep.buf, sep.len) : tai_bytes_find(s.at, s.n, sep.buf, sep.len);
    if (at >= 0) {
        pieces[0] = tai_bytes_like(self, s.at, at);
        pieces[1] = PyByteArray_Check(self) ? tai_bytes_like(self, sep.buf, sep.len) : (Py_INCREF(arg), arg);
        pieces[2] = tai_bytes_like(self, s.at + at + sep.len, s.n - at - sep.len);
    }
    else {
        pieces[right ? 2 : 0] = tai_bytes_same(self);
        pieces[1] = tai_bytes_like(self, NULL, 0);
        pieces[right ? 0 : 2] = tai_bytes_like(self, NULL, 0);
    }
    if (pieces[0] && pieces[1] && pieces[2])
        result = PyTuple_Pack(3, pieces[0], pieces[1], pieces[2]);
done:
    for (int i = 0; i < 3; i++)
        Py_XDECREF(pieces[i]);
    PyBuffer_Release(&sep);
    return result;
}

PyObject *tai_bytes_partition(PyObject *self, PyObject *sep)
{
    return partition(self, sep, 0);
}

PyObject *tai_bytes_rpartition(PyObject *self, PyObject *sep)
{
    return partition(self, sep, 1);
}

/* ------------------------------------------------------------------ join */

/* The items of seq (list or tuple) after one another. Their buffers are held, so nothing can move while they are copied. */
static PyObject *join_items(PyObject *self, PyObject *seq)
{
    Py_ssize_t n = PySequence_Fast_GET_SIZE(seq), held = 0, total = 0;
    Py_buffer local[10], *views = local;
    PyObject *result = NULL;
    if (n == 0)
        return tai_bytes_like(self, NULL, 0);
    if (n == 1 && !PyByteArray_Check(self) && PyBytes_CheckExact(PySequence_Fast_GET_ITEM(seq, 0))) {
        result = PySequence_Fast_GET_ITEM(seq, 0);
        Py_INCREF(result);
        return result;
    }
    if (n > 10 && (views = PyMem_New(Py_buffer, (size_t)n)) == NULL)
        return PyErr_NoMemory();
    Py_ssize_t between = Py_SIZE(self);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(seq, i);
        if (PyBytes_CheckExact(item)) {
            Py_INCREF(item);
            views[i].obj = item;
            views[i].buf = PyBytes_AS_STRING(item);
            views[i].len = PyBytes_GET_SIZE(item);
        }
        else if (PyObject_GetBuffer(item, &views[i], PyBUF_SIMPLE) != 0) {
            PyErr_Format(PyExc_TypeError, "sequence item %zd: expected a bytes-like object, %.80s found", i, Py_TYPE(item)->tp_name);
            goto done;
        }
        held = i + 1;
        Py_ssize_t more = i ? between : 0;
        if (views[i].len > PY_SSIZE_T_MAX - more - total) {
            PyErr_SetString(PyExc_OverflowError, "join() result is too long");
            goto done;
        }
        total += views[i].len + more;
        if (n != PySequence_Fast_GET_SIZE(seq)) {
            PyErr_SetString(PyExc_RuntimeError, "sequence changed size during iteration");
            goto done;
        }
    }
    if (between != Py_SIZE(self)) {
        PyErr_SetString(PyExc_RuntimeError, "sequence changed size during iteration");
        goto done;
    }
    result = tai_bytes_like(self, NULL, total);
    if (result && total) {
        Span sep = span_of(self);
        char *p = tai_bytes_data(result);
        for (Py_ssize_t i = 0; i < n; i++) {
            if (i && sep.n) {
                memcpy(p, sep.at, (size_t)sep.n);
                p += sep.n;
            }
            memcpy(p, views[i].buf, (size_t)views[i].len);
            p += views[i].len;
        }
    }
done:
    for (Py_ssize_t i = 0; i < held; i++) {
        if (PyBytes_CheckExact(views[i].obj))
            Py_DECREF(views[i].obj);
        else
            PyBuffer_Release(&views[i]);
    }
    if (views != local)
        PyMem_Free(views);
    return result;
}

PyObject *tai_bytes_join(PyObject *self, PyObject *iterable)
{
    PyObject *seq = PySequence_Fast(iterable, "can only join an iterable");
    if (seq == NULL)
        return NULL;
    PyObject *result = join_items(self, seq);
    Py_DECREF(seq);
    return result;
}

PyObject *_PyBytes_Join(PyObject *sep, PyObject *x)
{
    return tai_bytes_join(sep, x);
}
