/* SPDX-License-Identifier: MIT */
/* Unpickler: the Python type, its memo as an attribute (UnpicklerMemoProxy), load() and loads(). */
#include "modules/pickle/unpickler.h"

#include "structmember.h"
#include <string.h>

/* ---- the object ---- */

static int unpickler_clear(PyObject *op)
{
    Unpickler *u = SELF(op);
    tai_unpickler_memo_clear(u);
    Py_CLEAR(u->piece);
    u->data = NULL;
    u->at = u->size = 0;
    u->peeked = 0;
    Py_CLEAR(u->read);
    Py_CLEAR(u->readline);
    Py_CLEAR(u->peek);
    Py_CLEAR(u->buffers);
    Py_CLEAR(u->pers_func);
    if (u->view.buf != NULL)
        PyBuffer_Release(&u->view);
    u->view.buf = NULL;
    return 0;
}

static void unpickler_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    unpickler_clear(op);
    PyMem_Free(SELF(op)->encoding);
    PyMem_Free(SELF(op)->errors);
    Py_TYPE(op)->tp_free(op);
}

static int unpickler_traverse(PyObject *op, visitproc visit, void *arg)
{
    Unpickler *u = SELF(op);
    for (Py_ssize_t i = 0; i < u->memo_room; i++)
        Py_VISIT(u->memo[i]);
    Py_VISIT(u->sparse);
    Py_VISIT(u->read);
    Py_VISIT(u->readline);
    Py_VISIT(u->peek);
    Py_VISIT(u->buffers);
    Py_VISIT(u->pers_func);
    return 0;
}

static int set_file(Unpickler *u, PyObject *file)
{
    _Py_IDENTIFIER(read);
    _Py_IDENTIFIER(readline);
    _Py_IDENTIFIER(peek);
    if (_PyObject_LookupAttrId(file, &PyId_peek, &u->peek) < 0 || _PyObject_LookupAttrId(file, &PyId_read, &u->read) < 0 ||
        _PyObject_LookupAttrId(file, &PyId_readline, &u->readline) < 0)
        return -1;
    if (u->read == NULL || u->readline == NULL) {
        Py_CLEAR(u->read);
        Py_CLEAR(u->readline);
        Py_CLEAR(u->peek);
        PyErr_SetString(PyExc_TypeError, "file must have 'read' and 'readline' attributes");
        return -1;
    }
    return 0;
}

static int set_options(Unpickler *u, int fix_imports, const char *encoding, const char *errors, PyObject *buffers)
{
    PyMem_Free(u->encoding);
    PyMem_Free(u->errors);
    u->encoding = _PyMem_Strdup(encoding ? encoding : "ASCII");
    u->errors = _PyMem_Strdup(errors ? errors : "strict");
    if (u->encoding == NULL || u->errors == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    u->fix_imports = fix_imports;
    if (buffers != NULL && buffers != Py_None && (u->buffers = PyObject_GetIter(buffers)) == NULL)
        return -1;
    return 0;
}

static int unpickler_init(PyObject *op, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"file", "fix_imports", "encoding", "errors", "buffers", NULL};
    _Py_IDENTIFIER(persistent_load);
    PyObject *file, *buffers = NULL;
    const char *encoding = NULL, *errors = NULL;
    int fix_imports = 1;
    if (!tai_pickle_takes_one("Unpickler", args) ||
        !PyArg_ParseTupleAndKeywords(args, kwargs, "O|$pssO:Unpickler", names, &file, &fix_imports, &encoding, &errors, &buffers))
        return -1;
    if (SELF(op)->running) {
        PyErr_SetString(PyExc_RuntimeError, "Unpickler.__init__() called during load()");
        return -1;
    }
    if (SELF(op)->read != NULL)
        unpickler_clear(op);
    if (set_file(SELF(op), file) < 0 || set_options(SELF(op), fix_imports, encoding, errors, buffers) < 0)
        return -1;
    return tai_pickle_find_method(op, &PyId_persistent_load, &SELF(op)->pers_func, &SELF(op)->pers_bound);
}

PyDoc_STRVAR(load_doc, "load($self, /)\n--\n\nRead the next pickle of the file and return the object it describes.");

static PyObject *unpickler_load(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    if (SELF(op)->read == NULL) {
        PyErr_Format(tai_pickle.UnpicklingError, "Unpickler.__init__() was not called by %s.__init__()", Py_TYPE(op)->tp_name);
        return NULL;
    }
    return tai_unpickler_run(SELF(op));
}

PyDoc_STRVAR(find_class_doc, "find_class($self, module_name, global_name, /)\n--\n\n"
"The object that a pickle refers to by module and name. Subclasses override it to say what may be had.");

static PyObject *unpickler_find_class(PyObject *op, PyObject *const *args, Py_ssize_t count)
{
    if (!_PyArg_CheckPositional("find_class", count, 2, 2))
        return NULL;
    return tai_unpickler_find_class(SELF(op), args[0], args[1]);
}

static PyObject *unpickler_sizeof(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    Unpickler *u = SELF(op);
    Py_ssize_t size = _PyObject_SIZE(Py_TYPE(op)) + u->memo_room * (Py_ssize_t)sizeof(PyObject *);
    if (u->encoding != NULL)
        size += (Py_ssize_t)(strlen(u->encoding) + strlen(u->errors) + 2);
    return PyLong_FromSsize_t(size);
}

static PyMethodDef unpickler_methods[] = {
    {"load", unpickler_load, METH_NOARGS, load_doc},
    {"find_class", (PyCFunction)(void (*)(void))unpickler_find_class, METH_FASTCALL, find_class_doc},
    {"__sizeof__", unpickler_sizeof, METH_NOARGS, "__sizeof__($self, /)\n--\n\nSize in memory, in bytes."},
    {NULL},
};

/* ---- the memo as an attribute ---- */

typedef struct {
    PyObject_HEAD
    Unpickler *unpickler;
} Proxy;

static PyObject *get_memo(PyObject *op, void *closure)
{
    Proxy *proxy = PyObject_GC_New(Proxy, &tai_unpickler_memo_type);
    if (proxy == NULL)
        return NULL;
    Py_INCREF(op);
    proxy->unpickler = SELF(op);
    PyObject_GC_Track(proxy);
    return (PyObject *)proxy;
}

/* {index: object}. New. */
static PyObject *memo_dict(Unpickler *u)
{
    PyObject *dict = u->sparse ? PyDict_Copy(u->sparse) : PyDict_New();
    for (Py_ssize_t i = 0; dict && i < u->memo_room; i++) {
        if (u->memo[i] == NULL)
            continue;
        PyObject *key = PyLong_FromSsize_t(i);
        int failed = key == NULL || PyDict_SetItem(dict, key, u->memo[i]) < 0;
        Py_XDECREF(key);
        if (failed)
            Py_CLEAR(dict);
    }
    return dict;
}

static int set_memo(PyObject *op, PyObject *value, void *closure)
{
    PyObject *dict, *key, *item;
    Py_ssize_t at = 0;
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "attribute deletion is not supported");
        return -1;
    }
    if (Py_TYPE(value) == &tai_unpickler_memo_type)
        dict = memo_dict(((Proxy *)value)->unpickler);
    else if (PyDict_Check(value))
        dict = PyDict_Copy(value);
    else {
        PyErr_Format(PyExc_TypeError, "'memo' attribute must be an UnpicklerMemoProxy object or dict, not %.200s",
                     Py_TYPE(value)->tp_name);
        return -1;
    }
    if (dict == NULL)
        return -1;
    int failed = 0;
    while (!failed && PyDict_Next(dict, &at, &key, &item)) {
        if (!PyLong_Check(key)) {
            PyErr_SetString(PyExc_TypeError, "memo key must be integers");
            failed = 1;
        }
        else if (_PyLong_Sign(key) < 0) {
            PyErr_SetString(PyExc_ValueError, "memo key must be positive integers.");
            failed = 1;
        }
    }
    if (!failed) {
        tai_unpickler_memo_clear(SELF(op));
        for (at = 0; !failed && PyDict_Next(dict, &at, &key, &item);) {
            Py_ssize_t index = PyLong_AsSsize_t(key);
            failed = (index == -1 && PyErr_Occurred()) || tai_unpickler_memo_set(SELF(op), (uint64_t)index, item) < 0;
        }
    }
    Py_DECREF(dict);
    return failed ? -1 : 0;
}

static PyObject *get_persistent_load(PyObject *op, void *closure)
{
    Unpickler *u = SELF(op);
    if (u->pers_func == NULL) {
        PyErr_SetString(PyExc_AttributeError, "persistent_load");
        return NULL;
    }
    return u->pers_bound ? PyMethod_New(u->pers_func, op) : new_reference(u->pers_func);
}

static int set_persistent_load(PyObject *op, PyObject *value, void *closure)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_TypeError, "attribute deletion is not supported");
        return -1;
    }
    if (!PyCallable_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "persistent_load must be a callable taking one argument");
        return -1;
    }
    Py_INCREF(value);
    SELF(op)->pers_bound = 0;
    Py_XSETREF(SELF(op)->pers_func, value);
    return 0;
}

static PyGetSetDef unpickler_getset[] = {
    {"memo", get_memo, set_memo, PyDoc_STR("what has been read: clear(), copy(), __reduce__()")},
    {"persistent_load", get_persistent_load, set_persistent_load, PyDoc_STR("function that returns the object of a persistent name")},
    {NULL},
};

PyDoc_STRVAR(unpickler_doc, "Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict',\n          buffers=())\n--\n\n"
"Reads pickles from a binary file.\n\n"
"fix_imports: take Python 2's names of modules in pickles below protocol 3.\n"
"encoding, errors: how to decode the 8-bit strings of Python 2; 'bytes' leaves them as they are.\n"
"buffers: what the buffers of a pickle that went without them are taken from.");

PyTypeObject tai_unpickler_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "_pickle.Unpickler",
    .tp_basicsize = sizeof(Unpickler),
    .tp_dealloc = unpickler_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = unpickler_doc,
    .tp_traverse = unpickler_traverse,
    .tp_clear = unpickler_clear,
    .tp_methods = unpickler_methods,
    .tp_getset = unpickler_getset,
    .tp_init = unpickler_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};

static PyObject *proxy_clear_memo(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    tai_unpickler_memo_clear(((Proxy *)op)->unpickler);
    Py_RETURN_NONE;
}

static PyObject *proxy_copy(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    return memo_dict(((Proxy *)op)->unpickler);
}

static PyObject *proxy_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    PyObject *contents = memo_dict(((Proxy *)op)->unpickler);
    return contents ? Py_BuildValue("(O(N))", (PyObject *)&PyDict_Type, contents) : NULL;
}

static void proxy_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_XDECREF(((Proxy *)op)->unpickler);
    PyObject_GC_Del(op);
}

static int proxy_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((Proxy *)op)->unpickler);
    return 0;
}

static PyMethodDef proxy_methods[] = {
    {"clear", proxy_clear_memo, METH_NOARGS, "clear($self, /)\n--\n\nRemove everything."},
    {"copy", proxy_copy, METH_NOARGS, "copy($self, /)\n--\n\nThe contents as a dict: {index: object}."},
    {"__reduce__", proxy_reduce, METH_NOARGS, "__reduce__($self, /)\n--\n\nHow pickle gets the contents again."},
    {NULL},
};

PyTypeObject tai_unpickler_memo_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "_pickle.UnpicklerMemoProxy",
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

PyObject *tai_pickle_load(PyObject *file, int fix_imports, const char *encoding, const char *errors, PyObject *buffers)
{
    PyObject *u = PyType_GenericAlloc(&tai_unpickler_type, 0), *value = NULL;
    if (u == NULL)
        return NULL;
    if (set_file(SELF(u), file) == 0 && set_options(SELF(u), fix_imports, encoding, errors, buffers) == 0)
        value = tai_unpickler_run(SELF(u));
    Py_DECREF(u);
    return value;
}

PyObject *tai_pickle_loads(PyObject *data, int fix_imports, const char *encoding, const char *errors, PyObject *buffers)
{
    PyObject *u = PyType_GenericAlloc(&tai_unpickler_type, 0), *value = NULL;
    if (u == NULL)
        return NULL;
    if (PyObject_GetBuffer(data, &SELF(u)->view, PyBUF_CONTIG_RO) < 0)
        SELF(u)->view.buf = NULL;
    else {
        SELF(u)->data = SELF(u)->view.buf;
        SELF(u)->size = SELF(u)->view.len;
        if (set_options(SELF(u), fix_imports, encoding, errors, buffers) == 0)
            value = tai_unpickler_run(SELF(u));
    }
    Py_DECREF(u);
    return value;
}
