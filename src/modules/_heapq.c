/* SPDX-License-Identifier: MIT */
/* _heapq: heaps in lists. heap[k] is not above heap[2k+1] and heap[2k+2] (the _max functions: not below).
 *
 * Comparisons run code, which may change the list: its length is checked after each one, and its items are read again.
 * Tests: tests/modules/test_small_natives.py.
 */
#include "Python.h"

#include "longintrepr.h"

/* Exact ints of one digit at most; their value. */
static inline int short_int(PyObject *o)
{
    return PyLong_CheckExact(o) && (size_t)(Py_SIZE(o) + 1) <= 2;
}

static inline long short_value(PyObject *o)
{
    return Py_SIZE(o) ? (long)Py_SIZE(o) * (long)((PyLongObject *)o)->ob_digit[0] : 0;
}

/* Does a belong above b? 1, 0, or -1 with an exception. Runs code; a and b are held meanwhile. */
static inline int above(PyObject *a, PyObject *b, int max)
{
    if (PyFloat_CheckExact(a) && PyFloat_CheckExact(b))
        return max ? PyFloat_AS_DOUBLE(b) < PyFloat_AS_DOUBLE(a) : PyFloat_AS_DOUBLE(a) < PyFloat_AS_DOUBLE(b);
    if (short_int(a) && short_int(b))
        return max ? short_value(b) < short_value(a) : short_value(a) < short_value(b);
    Py_INCREF(a);
    Py_INCREF(b);
    int result = max ? PyObject_RichCompareBool(b, a, Py_LT) : PyObject_RichCompareBool(a, b, Py_LT);
    Py_DECREF(a);
    Py_DECREF(b);
    return result;
}

static int changed(PyObject *heap, Py_ssize_t size)
{
    if (PyList_GET_SIZE(heap) == size)
        return 0;
    PyErr_SetString(PyExc_RuntimeError, "list changed size during iteration");
    return 1;
}

static inline void swap(PyObject *heap, Py_ssize_t i, Py_ssize_t j)
{
    PyObject **items = ((PyListObject *)heap)->ob_item, *t = items[i];
    items[i] = items[j];
    items[j] = t;
}

/* The item at pos may belong higher up, though not above start. */
static int rise(PyObject *heap, Py_ssize_t start, Py_ssize_t pos, int max)
{
    Py_ssize_t size = PyList_GET_SIZE(heap);
    if (pos >= size) {
        PyErr_SetString(PyExc_IndexError, "index out of range");
        return -1;
    }
    while (pos > start) {
        Py_ssize_t parent = (pos - 1) >> 1;
        int up = above(PyList_GET_ITEM(heap, pos), PyList_GET_ITEM(heap, parent), max);
        if (up < 0 || changed(heap, size))
            return -1;
        if (!up)
            break;
        swap(heap, pos, parent);
        pos = parent;
    }
    return 0;
}

/* The item at pos may belong lower down: let the better child rise all the way, then take the item up to its place. */
static int sink(PyObject *heap, Py_ssize_t pos, int max)
{
    Py_ssize_t size = PyList_GET_SIZE(heap), start = pos;
    if (pos >= size) {
        PyErr_SetString(PyExc_IndexError, "index out of range");
        return -1;
    }
    for (Py_ssize_t limit = size >> 1; pos < limit;) {
        Py_ssize_t child = 2 * pos + 1;
        if (child + 1 < size) {
            int left = above(PyList_GET_ITEM(heap, child), PyList_GET_ITEM(heap, child + 1), max);
            if (left < 0 || changed(heap, size))
                return -1;
            child += !left;
        }
        swap(heap, pos, child);
        pos = child;
    }
    return rise(heap, start, pos, max);
}

static int check_list(PyObject *heap)
{
    if (PyList_Check(heap))
        return 0;
    PyErr_SetString(PyExc_TypeError, "heap argument must be a list");
    return -1;
}

/* ------------------------------------------------------------------ operations */

static PyObject *pop(PyObject *heap, int max)
{
    if (check_list(heap) < 0)
        return NULL;
    Py_ssize_t n = PyList_GET_SIZE(heap);
    if (n == 0) {
        PyErr_SetString(PyExc_IndexError, "index out of range");
        return NULL;
    }
    PyObject *last = PyList_GET_ITEM(heap, n - 1);
    Py_INCREF(last);
    if (PyList_SetSlice(heap, n - 1, n, NULL) < 0) {
        Py_DECREF(last);
        return NULL;
    }
    if (n == 1)
        return last;
    PyObject *top = PyList_GET_ITEM(heap, 0);
    PyList_SET_ITEM(heap, 0, last);
    if (sink(heap, 0, max) < 0) {
        Py_DECREF(top);
        return NULL;
    }
    return top;
}

/* The top out, item in. */
static PyObject *replace(PyObject *heap, PyObject *item, int max)
{
    if (check_list(heap) < 0)
        return NULL;
    if (PyList_GET_SIZE(heap) == 0) {
        PyErr_SetString(PyExc_IndexError, "index out of range");
        return NULL;
    }
    PyObject *top = PyList_GET_ITEM(heap, 0);
    Py_INCREF(item);
    PyList_SET_ITEM(heap, 0, item);
    if (sink(heap, 0, max) < 0) {
        Py_DECREF(top);
        return NULL;
    }
    return top;
}

static PyObject *heapify(PyObject *heap, int max)
{
    if (check_list(heap) < 0)
        return NULL;
    for (Py_ssize_t i = (PyList_GET_SIZE(heap) >> 1) - 1; i >= 0; i--)
        if (sink(heap, i, max) < 0)
            return NULL;
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ functions */

static PyObject *heapq_heappush(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("heappush", nargs, 2, 2) || check_list(args[0]) < 0 || PyList_Append(args[0], args[1]) < 0 ||
        rise(args[0], 0, PyList_GET_SIZE(args[0]) - 1, 0) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *heapq_heappushpop(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("heappushpop", nargs, 2, 2) || check_list(args[0]) < 0)
        return NULL;
    PyObject *heap = args[0], *item = args[1];
    if (PyList_GET_SIZE(heap) > 0) {
        int smaller = above(PyList_GET_ITEM(heap, 0), item, 0);
        if (smaller < 0)
            return NULL;
        if (smaller)
            return replace(heap, item, 0);
    }
    Py_INCREF(item);
    return item;
}

static PyObject *heapq_heapreplace(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    return _PyArg_CheckPositional("heapreplace", nargs, 2, 2) ? replace(args[0], args[1], 0) : NULL;
}

static PyObject *heapq__heapreplace_max(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    return _PyArg_CheckPositional("_heapreplace_max", nargs, 2, 2) ? replace(args[0], args[1], 1) : NULL;
}

static PyObject *heapq_heappop(PyObject *Py_UNUSED(module), PyObject *heap)
{
    return pop(heap, 0);
}

static PyObject *heapq__heappop_max(PyObject *Py_UNUSED(module), PyObject *heap)
{
    return pop(heap, 1);
}

static PyObject *heapq_heapify(PyObject *Py_UNUSED(module), PyObject *heap)
{
    return heapify(heap, 0);
}

static PyObject *heapq__heapify_max(PyObject *Py_UNUSED(module), PyObject *heap)
{
    return heapify(heap, 1);
}

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
static PyMethodDef methods[] = {
    {"heappush", FAST(heapq_heappush), "heappush($module, heap, item, /)\n--\n\nPut item into the heap."},
    {"heappushpop", FAST(heapq_heappushpop), "heappushpop($module, heap, item, /)\n--\n\nheappush() and then heappop(), in one step."},
    {"heappop", heapq_heappop, METH_O, "heappop($module, heap, /)\n--\n\nTake the smallest item out of the heap."},
    {"heapreplace", FAST(heapq_heapreplace), "heapreplace($module, heap, item, /)\n--\n\nheappop() and then heappush(), in one step.\n\nWhat comes out may be larger than item."},
    {"heapify", heapq_heapify, METH_O, "heapify($module, heap, /)\n--\n\nMake a list a heap, in place and in linear time."},
    {"_heappop_max", heapq__heappop_max, METH_O, "_heappop_max($module, heap, /)\n--\n\nheappop() of a heap with the largest item on top."},
    {"_heapify_max", heapq__heapify_max, METH_O, "_heapify_max($module, heap, /)\n--\n\nheapify() with the largest item on top."},
    {"_heapreplace_max", FAST(heapq__heapreplace_max), "_heapreplace_max($module, heap, item, /)\n--\n\nheapreplace() of a heap with the largest item on top."},
    {NULL, NULL, 0, NULL},
};

static int heapq_exec(PyObject *module)
{
    return PyModule_AddStringConstant(module, "__about__",
                                      "A heap is a list in which no item is smaller than its parent, the parent of item k being item\n"
                                      "(k - 1) // 2. So the smallest is always in front, and putting in and taking out cost a number of\n"
                                      "steps that grows only with the logarithm of the length.\n");
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, heapq_exec}, {0, NULL}};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_heapq",
    .m_doc = "Priority queues in plain lists: heap[0] is the smallest item.",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit__heapq(void)
{
    return PyModuleDef_Init(&module_def);
}
