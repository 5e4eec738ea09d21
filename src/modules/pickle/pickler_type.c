/* SPDX-License-Identifier: MIT */
/* _pickle.Pickler and the proxy of its memo, as Python sees them. Tests: the library's test_pickle. */
#include "modules/pickle/pickler.h"

#include "structmember.h"

#define SELF(op) ((Pickler *)(op))

/* ---- life ---- */

Pickler *tai_pickler_make(void)
{
    Pickler *self = SELF(PyType_GenericAlloc(&tai_pickler_type, 0));
    if (self != NULL)
        self->frame_start = -1;
    return self;
}

static int pickler_clear(PyObject *op)
{
    Pickler *self = SELF(op);
    tai_pickle_memo_clear(&self->memo);
    Py_CLEAR(self->pers_func);
    Py_CLEAR(self->dispatch_table);
    Py_CLEAR(self->reducer_override);
    Py_CLEAR(self->write);
    Py_CLEAR(self->buffer_callback);
    Py_CLEAR(self->fast_memo);
    return 0;
}

static void pickler_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    pickler_clear(op);
    PyMem_Free(SELF(op)->out);
    Py_TYPE(op)->tp_free(op);
}

static int pickler_traverse(PyObject *op, visitproc visit, void *arg)
{
    Pickler *self = SELF(op);
    for (Py_ssize_t i = 0; self->memo.entries && i <= self->memo.mask; i++)
        Py_VISIT(self->memo.entries[i].key);
    Py_VISIT(self->pers_func);
    Py_VISIT(self->dispatch_table);
    Py_VISIT(self->reducer_override);
    Py_VISIT(self->write);
    Py_VISIT(self->buffer_callback);
    Py_VISIT(self->fast_memo);
    return 0;
}

static int set_file(Pickler *self, PyObject *file)
{
    _Py_IDENTIFIER(write);
    PyObject *write;
    if (_PyObject_LookupAttrId(file, &PyId_write, &write) < 0)
        return -1;
    if (write == NULL) {
        PyErr_SetString(PyExc_TypeError, "file must have a 'write' attribute");
        return -1;
    }
    Py_XSETREF(self->write, write);
    return 0;
}

static int pickler_init(PyObject *op, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"file", "protocol", "fix_imports", "buffer_callback", NULL};
    _Py_IDENTIFIER(persistent_id);
    _Py_IDENTIFIER(dispatch_table);
    PyObject *file, *protocol = NULL, *buffer_callback = NULL;
    int fix_imports = 1;
    Pickler *self = SELF(op);
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|OpO:Pickler", names, &file, &protocol, &fix_imports, &buffer_callback))
        return -1;
    if (self->running) {
        PyErr_SetString(PyExc_RuntimeError, "Pickler.__init__() called during dump()");
        return -1;
    }
    if (self->write != NULL)
        pickler_clear(op); /* called again */
    if (tai_pickler_setup(self, protocol, fix_imports, buffer_callback) < 0 || set_file(self, file) < 0)
        return -1;
    self->fast = self->fast_nesting = 0;
    if (tai_pickle_find_method(op, &PyId_persistent_id, &self->pers_func, &self->pers_bound) < 0)
        return -1;
    return _PyObject_LookupAttrId(op, &PyId_dispatch_table, &self->dispatch_table) < 0 ? -1 : 0;
}

/* ---- methods ---- */

PyDoc_STRVAR(dump_doc, "dump($self, obj, /)\n--\n\nWrite the pickle of obj to the file.");

static PyObject *pickler_dump(PyObject *op, PyObject *object)
{
    if (SELF(op)->write == NULL) {
        PyErr_Format(tai_pickle.PicklingError, "Pickler.__init__() was not called by %s.__init__()", Py_TYPE(op)->tp_name);
        return NULL;
    }
    if (SELF(op)->running) {
        PyErr_SetString(PyExc_RuntimeError, "Pickler.dump() called during dump()");
        return NULL;
    }
    SELF(op)->running = 1;
    int failed = tai_pickler_dump(SELF(op), object) < 0 || tai_pickler_flush(SELF(op)) < 0;
    SELF(op)->running = 0;
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

PyDoc_STRVAR(clear_doc, "clear_memo($self, /)\n--\n\nForget what was pickled: the next dump() stands for itself again.");

static PyObject *pickler_clear_memo(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    tai_pickle_memo_clear(&SELF(op)->memo);
    Py_RETURN_NONE;
}

static PyObject *pickler_sizeof(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    Pickler *self = SELF(op);
    Py_ssize_t size = _PyObject_SIZE(Py_TYPE(op));
    if (self->memo.entries)
        size += (self->memo.mask + 1) * (Py_ssize_t)sizeof(MemoEntry);
    return PyLong_FromSsize_t(size + self->out_room);
}

static PyMethodDef pickler_methods[] = {
    {"dump", pickler_dump, METH_O, dump_doc},
    {"clear_memo", pickler_clear_memo, METH_NOARGS, clear_doc},
    {"__sizeof__", pickler_sizeof, METH_NOARGS, "__sizeof__($self, /)\n--\n\nSize in memory, in bytes."},
    {NULL},
};

/* ---- the memo as an attribute ---- */

typedef struct {
    PyObject_HEAD
    Pickler *pickler;
} Proxy;

static PyObject *get_memo(PyObject *op, void *closure)
{
    Proxy *proxy = PyObject_GC_New(Proxy, &tai_pickler_memo_type);
    if (proxy == NULL)
        return NULL;
    Py_INCREF(op);
    proxy->pickler = SELF(op);
    PyObject_GC_Track(proxy);
    return (PyObject *)proxy;
}

static int copy_memo(const Memo *from, Memo *to)
{
    for (Py_ssize_t i = 0; from->entries && i <= from->mask; i++)
        if (from->entries[i].key && tai_pickle_memo_set(to, from->entries[i].key, from->entries[i].index) < 0)
            return -1;
    return 0;
}

/* From {id: (index, object)}. */
static int memo_from_dict(PyObject *dict, Memo *to)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    while (PyDict_Next(dict, &at, &key, &value)) {
        if (!PyTuple_Check(value) || PyTuple_GET_SIZE(value) != 2) {
            PyErr_SetString(PyExc_TypeError, "'memo' values must be 2-item tuples");
            return -1;
        }
        Py_ssize_t index = PyLong_AsSsize_t(PyTuple_GET_ITEM(value, 0));
        if ((index == -1 && PyErr_Occurred()) || tai_pickle_memo_set(to, PyTuple_GET_ITEM(value, 1), index) < 0)
            return -1;
    }
    return 0;
}

static int set_memo(PyObject *op, PyObject *value, void *closure)
{
    Memo memo = {0};
    int result;
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "attribute deletion is not supported");
        return -1;
    }
    if (Py_TYPE(value) == &tai_pickler_memo_type)
        result = copy_memo(&((Proxy *)value)->pickler->memo, &memo);
    else if (PyDict_Check(value))
        result = memo_from_dict(value, &memo);
    else {
        PyErr_Format(PyExc_TypeError, "'memo' attribute must be a PicklerMemoProxy object or dict, not %.200s",
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    if (result < 0) {
        tai_pickle_memo_clear(&memo);
        return -1;
    }
    Memo old = SELF(op)->memo;
    SELF(op)->memo = memo;
    tai_pickle_memo_clear(&old);
    return 0;
}

static PyObject *get_persistent_id(PyObject *op, void *closure)
{
    Pickler *self = SELF(op);
    if (self->pers_func == NULL) {
        PyErr_SetString(PyExc_AttributeError, "persistent_id");
        return NULL;
    }
    if (self->pers_bound)
        return PyMethod_New(self->pers_func, op);
    Py_INCREF(self->pers_func);
    return self->pers_func;
}

static int set_persistent_id(PyObject *op, PyObject *value, void *closure)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "attribute deletion is not supported");
        return -1;
    }
    if (!PyCallable_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "persistent_id must be a callable taking one argument");
        return -1;
    }
    Py_INCREF(value);
    SELF(op)->pers_bound = 0;
    Py_XSETREF(SELF(op)->pers_func, value);
    return 0;
}

static PyMemberDef pickler_members[] = {
    {"bin", T_INT, offsetof(Pickler, bin), 0, PyDoc_STR("whether the protocol is a binary one")},
    {"fast", T_INT, offsetof(Pickler, fast), 0, PyDoc_STR("if set, nothing is remembered: no cycles, no shared objects")},
    {"dispatch_table", T_OBJECT_EX, offsetof(Pickler, dispatch_table), 0, PyDoc_STR("mapping from types to functions that reduce their objects")},
    {NULL},
};

static PyGetSetDef pickler_getset[] = {
    {"memo", get_memo, set_memo, PyDoc_STR("what has been written: clear(), copy(), __reduce__()")},
    {"persistent_id", get_persistent_id, set_persistent_id, PyDoc_STR("function that returns the name of an object kept elsewhere, or None")},
    {NULL},
};

PyDoc_STRVAR(pickler_doc, "Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)\n--\n\n"
"Writes pickles to a binary file.\n\n"
"protocol: 0 to 5, a negative number for the highest; without one, the default.\n"
"fix_imports: with a protocol below 3, write Python 2's names of modules.\n"
"buffer_callback: with protocol 5, is given each buffer; false keeps it out of the pickle.");

PyTypeObject tai_pickler_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "_pickle.Pickler",
    .tp_basicsize = sizeof(Pickler),
    .tp_dealloc = pickler_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = pickler_doc,
    .tp_traverse = pickler_traverse,
    .tp_clear = pickler_clear,
    .tp_methods = pickler_methods,
    .tp_members = pickler_members,
    .tp_getset = pickler_getset,
    .tp_init = pickler_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};

/* ---- the proxy ---- */

static PyObject *proxy_clear_memo(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    tai_pickle_memo_clear(&((Proxy *)op)->pickler->memo);
    Py_RETURN_NONE;
}

static PyObject *proxy_copy(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    const Memo *memo = &((Proxy *)op)->pickler->memo;
    PyObject *dict = PyDict_New();
    for (Py_ssize_t i = 0; dict && memo->entries && i <= memo->mask; i++) {
        MemoEntry *entry = &memo->entries[i];
        if (entry->key == NULL)
            continue;
        PyObject *key = PyLong_FromVoidPtr(entry->key), *value = Py_BuildValue("nO", entry->index, entry->key);
        int failed = key == NULL || value == NULL || PyDict_SetItem(dict, key, value) < 0;
        Py_XDECREF(key);
        Py_XDECREF(value);
        if (failed)
            Py_CLEAR(dict);
    }
    return dict;
}

static PyObject *proxy_reduce(PyObject *op, PyObject *ignored)
{
    PyObject *contents = proxy_copy(op, NULL);
    return contents ? Py_BuildValue("(O(N))", (PyObject *)&PyDict_Type, contents) : NULL;
}

static void proxy_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_XDECREF(((Proxy *)op)->pickler);
    PyObject_GC_Del(op);
}

static int proxy_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((Proxy *)op)->pickler);
    return 0;
}

static PyMethodDef proxy_methods[] = {
    {"clear", proxy_clear_memo, METH_NOARGS, "clear($self, /)\n--\n\nRemove everything."},
    {"copy", proxy_copy, METH_NOARGS, "copy($self, /)\n--\n\nThe contents as a dict: {id: (index, object)}."},
    {"__reduce__", proxy_reduce, METH_NOARGS, "__reduce__($self, /)\n--\n\nHow pickle gets the contents again."},
    {NULL},
};

PyTypeObject tai_pickler_memo_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "_pickle.PicklerMemoProxy",
    .tp_basicsize = sizeof(Proxy),
    .tp_dealloc = proxy_dealloc,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = proxy_traverse,
    .tp_methods = proxy_methods,
};

/* ---- the module's functions ---- */

PyObject *tai_pickle_dump(PyObject *object, PyObject *file, PyObject *protocol, int fix_imports, PyObject *buffer_callback)
{
    Pickler *self = tai_pickler_make();
    if (self == NULL)
        return NULL;
    int failed = tai_pickler_setup(self, protocol, fix_imports, buffer_callback) < 0 || set_file(self, file) < 0 ||
                 tai_pickler_dump(self, object) < 0 || tai_pickler_flush(self) < 0;
    Py_DECREF(self);
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

PyObject *tai_pickle_dumps(PyObject *object, PyObject *protocol, int fix_imports, PyObject *buffer_callback)
{
    Pickler *self = tai_pickler_make();
    if (self == NULL)
        return NULL;
    PyObject *result = NULL;
    if (tai_pickler_setup(self, protocol, fix_imports, buffer_callback) == 0 && tai_pickler_dump(self, object) == 0)
        result = PyBytes_FromStringAndSize(self->out, self->out_size);
    Py_DECREF(self);
    return result;
}
