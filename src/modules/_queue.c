/* SPDX-License-Identifier: MIT */
/* _queue: SimpleQueue, an unbounded queue that is safe to use from signal handlers and finalizers: put() takes no lock.
 *
 * Items stand in a list, those before `first` are taken already. The lock is held while the queue is (or was last seen)
 * empty: a getter that finds nothing waits for it, and put() releases it. The GIL protects everything else.
 * Tests: tests/modules/test_small_natives.py.
 */
#include "Python.h"
#include "pythread.h"

#include <stddef.h>

typedef struct {
    PyObject_HEAD
    PyThread_type_lock lock;
    int locked;
    PyObject *items;
    Py_ssize_t first;
    PyObject *weakreflist;
} SimpleQueue;

static PyObject *empty_error;
static PyTypeObject SimpleQueue_Type;

static void release_lock(SimpleQueue *self)
{
    if (self->locked) {
        self->locked = 0;
        PyThread_release_lock(self->lock);
    }
}

static void queue_dealloc(SimpleQueue *self)
{
    PyObject_GC_UnTrack(self);
    if (self->lock != NULL) {
        release_lock(self);
        PyThread_free_lock(self->lock);
    }
    Py_XDECREF(self->items);
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    Py_TYPE(self)->tp_free(self);
}

static int queue_traverse(SimpleQueue *self, visitproc visit, void *arg)
{
    Py_VISIT(self->items);
    return 0;
}

static PyObject *queue_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if ((type == &SimpleQueue_Type && !_PyArg_NoKeywords("SimpleQueue", kwds)) ||
        !_PyArg_CheckPositional("SimpleQueue", PyTuple_GET_SIZE(args), 0, 0))
        return NULL;
    SimpleQueue *self = (SimpleQueue *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->items = PyList_New(0);
    self->lock = PyThread_allocate_lock();
    if (self->lock == NULL || self->items == NULL) {
        if (self->lock == NULL)
            PyErr_SetString(PyExc_MemoryError, "can't allocate lock");
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static PyObject *put_item(SimpleQueue *self, PyObject *item)
{
    if (PyList_Append(self->items, item) < 0)
        return NULL;
    release_lock(self); /* a getter may go on */
    Py_RETURN_NONE;
}

static PyObject *queue_put(SimpleQueue *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"item", "block", "timeout", NULL};
    static _PyArg_Parser parser = {"O|pO:put", keywords, 0};
    PyObject *item, *timeout;
    int block;
    if (nargs == 1 && kwnames == NULL)
        return put_item(self, args[0]);
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &item, &block, &timeout))
        return NULL;
    return put_item(self, item);
}

static PyObject *queue_put_nowait(SimpleQueue *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"item", NULL};
    static _PyArg_Parser parser = {"O:put_nowait", keywords, 0};
    PyObject *item;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &item))
        return NULL;
    return put_item(self, item);
}

static PyObject *take_item(SimpleQueue *self)
{
    Py_ssize_t n = PyList_GET_SIZE(self->items);
    PyObject *item = PyList_GET_ITEM(self->items, self->first);
    Py_INCREF(Py_None);
    PyList_SET_ITEM(self->items, self->first, Py_None);
    self->first++;
    /* Compact when half of it is gone: constant time for each item on the average. */
    if (self->first * 2 > n) {
        if (PyList_SetSlice(self->items, 0, self->first, NULL) < 0) {
            self->first--; /* put it back */
            PyList_SET_ITEM(self->items, self->first, item);
            return NULL;
        }
        self->first = 0;
    }
    return item;
}

/* Wait until there is an item. limit: microseconds, 0 do not wait, -1 for ever. 0; -1 with an exception. */
static int wait_for_item(SimpleQueue *self, PY_TIMEOUT_T limit)
{
    _PyTime_t end = limit > 0 ? _PyTime_GetMonotonicClock() + limit * 1000 : 0;
    while (self->first == PyList_GET_SIZE(self->items)) {
        PyLockStatus status = PyThread_acquire_lock_timed(self->lock, 0, 0);
        if (status == PY_LOCK_FAILURE && limit != 0) {
            Py_BEGIN_ALLOW_THREADS
            status = PyThread_acquire_lock_timed(self->lock, limit, 1);
            Py_END_ALLOW_THREADS
        }
        if (status == PY_LOCK_INTR && Py_MakePendingCalls() < 0)
            return -1;
        if (status == PY_LOCK_FAILURE) {
            PyErr_SetNone(empty_error);
            return -1;
        }
        if (status == PY_LOCK_ACQUIRED)
            self->locked = 1;
        if (end > 0) {
            limit = (end - _PyTime_GetMonotonicClock()) / 1000;
            if (limit < 0)
                limit = 0;
        }
    }
    return 0;
}

static PyObject *get_item(SimpleQueue *self, PY_TIMEOUT_T limit)
{
    if (wait_for_item(self, limit) < 0)
        return NULL;
    PyObject *item = take_item(self);
    release_lock(self);
    return item;
}

static PyObject *queue_get(SimpleQueue *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"block", "timeout", NULL};
    static _PyArg_Parser parser = {"|pO:get", keywords, 0};
    PyObject *timeout = Py_None;
    int block = 1;
    PY_TIMEOUT_T limit = -1;
    if ((nargs || kwnames) && !_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &block, &timeout))
        return NULL;
    if (!block)
        limit = 0;
    else if (timeout != Py_None) {
        _PyTime_t time;
        if (_PyTime_FromSecondsObject(&time, timeout, _PyTime_ROUND_CEILING) < 0)
            return NULL;
        if (time < 0) {
            PyErr_SetString(PyExc_ValueError, "'timeout' must be a non-negative number");
            return NULL;
        }
        limit = _PyTime_AsMicroseconds(time, _PyTime_ROUND_CEILING);
        if (limit > PY_TIMEOUT_MAX) {
            PyErr_SetString(PyExc_OverflowError, "timeout value is too large");
            return NULL;
        }
    }
    return get_item(self, limit);
}

static PyObject *queue_get_nowait(SimpleQueue *self, PyObject *unused) { return get_item(self, 0); }

static PyObject *queue_empty(SimpleQueue *self, PyObject *unused)
{
    return PyBool_FromLong(PyList_GET_SIZE(self->items) == self->first);
}

static PyObject *queue_qsize(SimpleQueue *self, PyObject *unused)
{
    return PyLong_FromSsize_t(PyList_GET_SIZE(self->items) - self->first);
}

#define FAST(FUNCTION) ((PyCFunction)(void (*)(void))FUNCTION)

static PyMethodDef queue_methods[] = {
    {"empty", (PyCFunction)queue_empty, METH_NOARGS,
     PyDoc_STR("empty($self, /)\n--\n\nWhether there is no item now (another thread may change that at once).")},
    {"get", FAST(queue_get), METH_FASTCALL | METH_KEYWORDS,
     PyDoc_STR("get($self, /, block=True, timeout=None)\n--\n\nTake out and return the oldest item.\n\n"
               "Waits for one, at most timeout seconds if given; then, or without block, raises Empty.")},
    {"get_nowait", (PyCFunction)queue_get_nowait, METH_NOARGS,
     PyDoc_STR("get_nowait($self, /)\n--\n\nTake out and return the oldest item; raises Empty if there is none.")},
    {"put", FAST(queue_put), METH_FASTCALL | METH_KEYWORDS,
     PyDoc_STR("put($self, /, item, block=True, timeout=None)\n--\n\nAdd an item. Never waits: the other arguments are ignored.")},
    {"put_nowait", FAST(queue_put_nowait), METH_FASTCALL | METH_KEYWORDS,
     PyDoc_STR("put_nowait($self, /, item)\n--\n\nAdd an item. Never waits.")},
    {"qsize", (PyCFunction)queue_qsize, METH_NOARGS, PyDoc_STR("qsize($self, /)\n--\n\nNumber of items now.")},
    {NULL},
};

static PyTypeObject SimpleQueue_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_queue.SimpleQueue",
    .tp_basicsize = sizeof(SimpleQueue),
    .tp_dealloc = (destructor)queue_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = PyDoc_STR("SimpleQueue()\n--\n\nUnbounded queue, first in, first out, that may be entered again while in use."),
    .tp_traverse = (traverseproc)queue_traverse,
    .tp_weaklistoffset = offsetof(SimpleQueue, weakreflist),
    .tp_methods = queue_methods,
    .tp_new = queue_new,
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_queue", PyDoc_STR("The part of queue that is written in C."), -1, NULL,
};

PyMODINIT_FUNC PyInit__queue(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL)
        return NULL;
    if (empty_error == NULL)
        empty_error = PyErr_NewExceptionWithDoc("_queue.Empty", "get() with a limit found no item.", NULL, NULL);
    Py_XINCREF(empty_error);
    Py_INCREF(&SimpleQueue_Type);
    if (empty_error == NULL || PyType_Ready(&SimpleQueue_Type) < 0 ||
        PyModule_AddObject(module, "Empty", empty_error) < 0 ||
        PyModule_AddObject(module, "SimpleQueue", (PyObject *)&SimpleQueue_Type) < 0)
        Py_CLEAR(module);
    return module;
}
