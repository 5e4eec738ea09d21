/* SPDX-License-Identifier: MIT */
/* _bisect: binary search in sorted sequences. Comparisons run code, so lengths and items are asked for anew each time.
 * Tests: tests/modules/test_small_natives.py.
 */
#include "Python.h"

#include "longintrepr.h"

#include "objects/args.h"

/* Exact ints of one digit at most; their value. */
static inline int short_int(PyObject *o)
{
    return PyLong_CheckExact(o) && (size_t)(Py_SIZE(o) + 1) <= 2;
}

static inline long short_value(PyObject *o)
{
    return Py_SIZE(o) ? (long)Py_SIZE(o) * (long)((PyLongObject *)o)->ob_digit[0] : 0;
}

/* a < b: 1, 0, or -1 with an exception. Runs code. */
static inline int less(PyObject *a, PyObject *b)
{
    if (PyFloat_CheckExact(a) && PyFloat_CheckExact(b))
        return PyFloat_AS_DOUBLE(a) < PyFloat_AS_DOUBLE(b);
    if (short_int(a) && short_int(b))
        return short_value(a) < short_value(b);
    return PyObject_RichCompareBool(a, b, Py_LT);
}

/* Where to put item: behind equal ones (right) or before them. -1 with an exception. */
static Py_ssize_t search(PyObject *list, PyObject *item, Py_ssize_t lo, Py_ssize_t hi, int right)
{
    if (lo < 0) {
        PyErr_SetString(PyExc_ValueError, "lo must be non-negative");
        return -1;
    }
    if (hi == -1 && (hi = PySequence_Size(list)) < 0)
        return -1;
    while (lo < hi) {
        Py_ssize_t mid = lo + (hi - lo) / 2;
        PyObject *there = PySequence_GetItem(list, mid);
        if (there == NULL)
            return -1;
        int order = right ? less(item, there) : less(there, item);
        Py_DECREF(there);
        if (order < 0)
            return -1;
        if (order == right)
            hi = mid;
        else
            lo = mid + 1;
    }
    return lo;
}

/* An optional index: 0 / -1. */
static int bound(PyObject *o, Py_ssize_t *out)
{
    if (o == NULL)
        return 0;
    PyObject *i = PyNumber_Index(o);
    if (i == NULL)
        return -1;
    *out = PyLong_AsSsize_t(i);
    Py_DECREF(i);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

static const char *const names[] = {"a", "x", "lo", "hi", NULL};

static Py_ssize_t run(_PyArg_Parser *parser, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, PyObject **slots, int right)
{
    Py_ssize_t lo = 0, hi = -1;
    if (!tai_args_unpack(args, nargs, kwnames, parser, 2, 4, 4, slots) || bound(slots[2], &lo) < 0 || bound(slots[3], &hi) < 0)
        return -1;
    return search(slots[0], slots[1], lo, hi, right);
}

#define BISECT(name, right)                                                                                                      \
    static PyObject *bisect_##name(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)      \
    {                                                                                                                            \
        static _PyArg_Parser parser = {NULL, names, "bisect_" #name, 0};                                                         \
        PyObject *slots[4];                                                                                                      \
        Py_ssize_t at = run(&parser, args, nargs, kwnames, slots, right);                                                        \
        return at < 0 ? NULL : PyLong_FromSsize_t(at);                                                                           \
    }                                                                                                                            \
    static PyObject *insort_##name(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)      \
    {                                                                                                                            \
        static _PyArg_Parser parser = {NULL, names, "insort_" #name, 0};                                                         \
        PyObject *slots[4];                                                                                                      \
        Py_ssize_t at = run(&parser, args, nargs, kwnames, slots, right);                                                        \
        return at < 0 ? NULL : insert(slots[0], at, slots[1]);                                                                   \
    }

static PyObject *insert(PyObject *list, Py_ssize_t at, PyObject *item)
{
    _Py_IDENTIFIER(insert);
    if (PyList_CheckExact(list)) {
        if (PyList_Insert(list, at, item) < 0)
            return NULL;
    }
    else {
        PyObject *result = _PyObject_CallMethodId(list, &PyId_insert, "nO", at, item);
        if (result == NULL)
            return NULL;
        Py_DECREF(result);
    }
    Py_RETURN_NONE;
}

BISECT(right, 1)
BISECT(left, 0)

#define FASTKW(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL | METH_KEYWORDS
static PyMethodDef methods[] = {
    {"bisect_right", FASTKW(bisect_right), "bisect_right(a, x[, lo[, hi]]) -> index\n\nWhere x belongs in the sorted a, behind what equals it; lo and hi bound the search."},
    {"bisect_left", FASTKW(bisect_left), "bisect_left(a, x[, lo[, hi]]) -> index\n\nWhere x belongs in the sorted a, before what equals it; lo and hi bound the search."},
    {"insort_right", FASTKW(insort_right), "insort_right(a, x[, lo[, hi]])\n\nInsert x into the sorted a, behind what equals it."},
    {"insort_left", FASTKW(insort_left), "insort_left(a, x[, lo[, hi]])\n\nInsert x into the sorted a, before what equals it."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_bisect",
    .m_doc = "Binary search in sorted lists, and insertion that keeps them sorted.",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__bisect(void)
{
    return PyModuleDef_Init(&module_def);
}
