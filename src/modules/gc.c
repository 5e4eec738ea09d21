/* SPDX-License-Identifier: MIT */
/* The gc module: switches, thresholds, statistics and views of the collector in runtime/gc.c.
 * Tests: tests/runtime/test_gc.py
 */
#include "Python.h"
#include "runtime/collector.h"
#include "runtime/state.h"

static PyObject *gc_enable(PyObject *m, PyObject *unused)
{
    tai_gc.enabled = 1;
    Py_RETURN_NONE;
}

static PyObject *gc_disable(PyObject *m, PyObject *unused)
{
    tai_gc.enabled = 0;
    Py_RETURN_NONE;
}

static PyObject *gc_isenabled(PyObject *m, PyObject *unused)
{
    return PyBool_FromLong(tai_gc.enabled);
}

static PyObject *gc_collect(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"generation", NULL};
    int generation = TAI_GENERATIONS - 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|i:collect", names, &generation))
        return NULL;
    if (generation < 0 || generation >= TAI_GENERATIONS) {
        PyErr_SetString(PyExc_ValueError, "invalid generation");
        return NULL;
    }
    if (tai_gc.collecting)
        return PyLong_FromLong(0);
    tai_gc.collecting = 1;
    Py_ssize_t n = tai_gc_collect_generation(generation);
    tai_gc.collecting = 0;
    return PyLong_FromSsize_t(n);
}

static PyObject *gc_set_debug(PyObject *m, PyObject *arg)
{
    int flags = _PyLong_AsInt(arg);
    if (flags == -1 && PyErr_Occurred())
        return NULL;
    tai_gc.debug = flags;
    Py_RETURN_NONE;
}

static PyObject *gc_get_debug(PyObject *m, PyObject *unused)
{
    return PyLong_FromLong(tai_gc.debug);
}

static PyObject *gc_set_threshold(PyObject *m, PyObject *args)
{
    int *t = tai_gc.threshold;
    if (!PyArg_ParseTuple(args, "i|ii:set_threshold", &t[0], &t[1], &t[2]))
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *gc_get_threshold(PyObject *m, PyObject *unused)
{
    return Py_BuildValue("(iii)", tai_gc.threshold[0], tai_gc.threshold[1], tai_gc.threshold[2]);
}

static PyObject *gc_get_count(PyObject *m, PyObject *unused)
{
    return Py_BuildValue("(iii)", tai_gc.count[0], tai_gc.count[1], tai_gc.count[2]);
}

static PyObject *gc_get_stats(PyObject *m, PyObject *unused)
{
    PyObject *result = PyList_New(0);
    for (int i = 0; result && i < TAI_GENERATIONS; i++) {
        PyObject *row = Py_BuildValue("{snsnsn}", "collections", tai_gc.stats[i].collections, "collected",
                                      tai_gc.stats[i].collected, "uncollectable", tai_gc.stats[i].uncollectable);
        if (row == NULL || PyList_Append(result, row) < 0)
            Py_CLEAR(result);
        Py_XDECREF(row);
    }
    return result;
}

/* ---- views ---- */

static int visit_is_wanted(PyObject *op, void *wanted)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE((PyObject *)wanted); i++)
        if (PyTuple_GET_ITEM((PyObject *)wanted, i) == op)
            return 1;
    return 0;
}

static PyObject *gc_get_referrers(PyObject *m, PyObject *wanted)
{
    if (PySys_Audit("gc.get_referrers", "(O)", wanted) < 0)
        return NULL;
    PyObject *result = PyList_New(0);
    if (result == NULL)
        return NULL;
    for (int n = 0; n < TAI_GENERATIONS; n++) {
        PyGC_Head *list = tai_gc_generation(n);
        for (PyGC_Head *g = (PyGC_Head *)list->_gc_next; g != list; g = (PyGC_Head *)g->_gc_next) {
            PyObject *op = (PyObject *)(g + 1);
            if (op == wanted || op == result || !Py_TYPE(op)->tp_traverse(op, visit_is_wanted, wanted))
                continue;
            if (PyList_Append(result, op) < 0) {
                Py_DECREF(result);
                return NULL;
            }
        }
    }
    return result;
}

static int visit_append(PyObject *op, void *list)
{
    return PyList_Append(list, op) < 0;
}

static PyObject *gc_get_referents(PyObject *m, PyObject *args)
{
    if (PySys_Audit("gc.get_referents", "(O)", args) < 0)
        return NULL;
    PyObject *result = PyList_New(0);
    for (Py_ssize_t i = 0; result && i < PyTuple_GET_SIZE(args); i++) {
        PyObject *op = PyTuple_GET_ITEM(args, i);
        if (!PyObject_IS_GC(op) || Py_TYPE(op)->tp_traverse == NULL)
            continue;
        if (Py_TYPE(op)->tp_traverse(op, visit_append, result))
            Py_CLEAR(result);
    }
    return result;
}

static int append_list(PyObject *result, PyGC_Head *list)
{
    for (PyGC_Head *g = (PyGC_Head *)list->_gc_next; g != list; g = (PyGC_Head *)g->_gc_next) {
        PyObject *op = (PyObject *)(g + 1);
        if (op != result && PyList_Append(result, op) < 0)
            return -1;
    }
    return 0;
}

static PyObject *gc_get_objects(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"generation", NULL};
    PyObject *which = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|O:get_objects", names, &which))
        return NULL;
    int first = 0, last = TAI_GENERATIONS - 1;
    if (which == Py_None && PySys_Audit("gc.get_objects", "n", (Py_ssize_t)-1) < 0)
        return NULL;
    if (which != Py_None) {
        PyObject *index = PyNumber_Index(which);
        if (index == NULL) {
            PyErr_Format(PyExc_TypeError, "argument should be integer or None, not '%.200s'", Py_TYPE(which)->tp_name);
            return NULL;
        }
        Py_ssize_t n = PyLong_AsSsize_t(index);
        Py_DECREF(index);
        if (n == -1 && PyErr_Occurred())
            return NULL;
        if (PySys_Audit("gc.get_objects", "n", n) < 0)
            return NULL;
        if (n >= TAI_GENERATIONS) {
            PyErr_Format(PyExc_ValueError, "generation parameter must be less than the number of available generations (%i)",
                         TAI_GENERATIONS);
            return NULL;
        }
        if (n < -1) {
            PyErr_SetString(PyExc_ValueError, "generation parameter cannot be negative");
            return NULL;
        }
        if (n >= 0) /* -1 is another word for None */
            first = last = (int)n;
    }
    PyObject *result = PyList_New(0);
    for (int i = first; result && i <= last; i++)
        if (append_list(result, tai_gc_generation(i)) < 0)
            Py_CLEAR(result);
    return result;
}

static PyObject *gc_is_tracked(PyObject *m, PyObject *op)
{
    return PyBool_FromLong(PyObject_IS_GC(op) && tai_gc_is_tracked(op));
}

static PyObject *gc_freeze(PyObject *m, PyObject *unused)
{
    for (int i = 0; i < TAI_GENERATIONS; i++) {
        tai_gc_list_merge(tai_gc_generation(i), tai_gc_permanent());
        tai_gc.count[i] = 0;
    }
    Py_RETURN_NONE;
}

static PyObject *gc_unfreeze(PyObject *m, PyObject *unused)
{
    tai_gc_list_merge(tai_gc_permanent(), tai_gc_generation(TAI_GENERATIONS - 1));
    Py_RETURN_NONE;
}

static PyObject *gc_get_freeze_count(PyObject *m, PyObject *unused)
{
    return PyLong_FromSsize_t(tai_gc_list_size(tai_gc_permanent()));
}

PyObject *_PyGC_Dump(void)
{
    Py_RETURN_NONE;
}

PyDoc_STRVAR(doc_enable, "enable($module, /)\n--\n\nTurn automatic collection on.");
PyDoc_STRVAR(doc_disable, "disable($module, /)\n--\n\nTurn automatic collection off.");
PyDoc_STRVAR(doc_isenabled, "isenabled($module, /)\n--\n\nTell whether automatic collection is on.");
PyDoc_STRVAR(doc_collect, "collect($module, /, generation=2)\n--\n\n"
             "Collect the given generation and all younger ones.\n\nReturns how many unreachable objects were found.");
PyDoc_STRVAR(doc_set_debug, "set_debug($module, flags, /)\n--\n\n"
             "Choose what the collector reports on sys.stderr: an or-combination of the DEBUG_ constants.");
PyDoc_STRVAR(doc_get_debug, "get_debug($module, /)\n--\n\nThe debugging flags in force.");
PyDoc_STRVAR(doc_set_threshold, "set_threshold(threshold0, [threshold1, threshold2]) -> None\n\n"
             "Set when each generation is collected. A first threshold of zero stops automatic collection.");
PyDoc_STRVAR(doc_get_threshold, "get_threshold($module, /)\n--\n\nThe thresholds as a tuple of three ints.");
PyDoc_STRVAR(doc_get_count, "get_count($module, /)\n--\n\nThe counters that are compared with the thresholds.");
PyDoc_STRVAR(doc_get_stats, "get_stats($module, /)\n--\n\nA list with one dict of totals per generation.");
PyDoc_STRVAR(doc_get_referrers, "get_referrers(*objs) -> list\n\nThe tracked objects that refer directly to one of objs.");
PyDoc_STRVAR(doc_get_referents, "get_referents(*objs) -> list\n\nThe objects that objs refer to directly.");
PyDoc_STRVAR(doc_get_objects, "get_objects($module, /, generation=None)\n--\n\n"
             "The tracked objects, of one generation or of all.");
PyDoc_STRVAR(doc_is_tracked, "is_tracked($module, obj, /)\n--\n\nTell whether the collector watches obj.");
PyDoc_STRVAR(doc_freeze, "freeze($module, /)\n--\n\n"
             "Move everything tracked to a generation that is never collected, for instance before a fork.");
PyDoc_STRVAR(doc_unfreeze, "unfreeze($module, /)\n--\n\nGive the frozen objects back to the oldest generation.");
PyDoc_STRVAR(doc_freeze_count, "get_freeze_count($module, /)\n--\n\nThe number of frozen objects.");
PyDoc_STRVAR(doc_module, "Access to the cycle collector: switch it, tune it, ask it about objects.");

static PyMethodDef methods[] = {
    {"enable", gc_enable, METH_NOARGS, doc_enable},
    {"disable", gc_disable, METH_NOARGS, doc_disable},
    {"isenabled", gc_isenabled, METH_NOARGS, doc_isenabled},
    {"set_debug", gc_set_debug, METH_O, doc_set_debug},
    {"get_debug", gc_get_debug, METH_NOARGS, doc_get_debug},
    {"get_count", gc_get_count, METH_NOARGS, doc_get_count},
    {"set_threshold", gc_set_threshold, METH_VARARGS, doc_set_threshold},
    {"get_threshold", gc_get_threshold, METH_NOARGS, doc_get_threshold},
    {"collect", (PyCFunction)(void (*)(void))gc_collect, METH_VARARGS | METH_KEYWORDS, doc_collect},
    {"get_objects", (PyCFunction)(void (*)(void))gc_get_objects, METH_VARARGS | METH_KEYWORDS, doc_get_objects},
    {"get_stats", gc_get_stats, METH_NOARGS, doc_get_stats},
    {"is_tracked", gc_is_tracked, METH_O, doc_is_tracked},
    {"get_referrers", gc_get_referrers, METH_VARARGS, doc_get_referrers},
    {"get_referents", gc_get_referents, METH_VARARGS, doc_get_referents},
    {"freeze", gc_freeze, METH_NOARGS, doc_freeze},
    {"unfreeze", gc_unfreeze, METH_NOARGS, doc_unfreeze},
    {"get_freeze_count", gc_get_freeze_count, METH_NOARGS, doc_freeze_count},
    {NULL, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "gc", doc_module, -1, methods, NULL, NULL, NULL, NULL};

static int add_list(PyObject *m, const char *name, PyObject **slot)
{
    if (*slot == NULL && (*slot = PyList_New(0)) == NULL)
        return -1;
    Py_INCREF(*slot);
    if (PyModule_AddObject(m, name, *slot) < 0) {
        Py_DECREF(*slot);
        return -1;
    }
    return 0;
}

PyMODINIT_FUNC PyInit_gc(void)
{
    PyObject *m = PyModule_Create(&definition);
    if (m == NULL)
        return NULL;
    if (add_list(m, "garbage", &tai_gc.garbage) < 0 || add_list(m, "callbacks", &tai_gc.callbacks) < 0 ||
        PyModule_AddIntConstant(m, "DEBUG_STATS", TAI_GC_DEBUG_STATS) < 0 ||
        PyModule_AddIntConstant(m, "DEBUG_COLLECTABLE", TAI_GC_DEBUG_COLLECTABLE) < 0 ||
        PyModule_AddIntConstant(m, "DEBUG_UNCOLLECTABLE", TAI_GC_DEBUG_UNCOLLECTABLE) < 0 ||
        PyModule_AddIntConstant(m, "DEBUG_SAVEALL", TAI_GC_DEBUG_SAVEALL) < 0 ||
        PyModule_AddIntConstant(m, "DEBUG_LEAK", TAI_GC_DEBUG_LEAK) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
