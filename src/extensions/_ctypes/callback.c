/* SPDX-License-Identifier: MIT */
/* Python functions that C can call, through closures of libffi. */
#include "ctypes.h"

#include <errno.h>

/* Kept alive by `objects` of whatever holds the address. */
typedef struct {
    PyObject_HEAD
    ffi_closure *closure;
    void *code;
    ffi_cif cif;
    PyObject *callable, *restype, *argtypes;
    int flags;
    ffi_type **types;
} Callback;

static void swap_errno(void)
{
    int now = errno;
    errno = *ct_saved_errno();
    *ct_saved_errno() = now;
}

/* The Python arguments out of C's. New. */
static PyObject *arguments(const Callback *c, void **values)
{
    Py_ssize_t n = PyTuple_GET_SIZE(c->argtypes);
    PyObject *args = PyTuple_New(n);
    for (Py_ssize_t i = 0; args && i < n; i++) {
        PyObject *type = PyTuple_GET_ITEM(c->argtypes, i), *v = NULL;
        Info *info = ct_info(type);
        if (info && info->get && ct_is_plain_simple(type))
            v = info->get(values[i], info->size);
        else if (info) {
            v = _PyObject_CallNoArg(type);
            if (v && ct_is_data(v) && ((CData *)v)->size >= info->size) /* else: by a __new__ of its own */
                memcpy(((CData *)v)->ptr, info->kind == ARRAY ? *(void **)values[i] : values[i], (size_t)info->size);
        }
        else
            PyErr_SetString(PyExc_TypeError, "cannot build parameter");
        if (v == NULL)
            Py_CLEAR(args);
        else
            PyTuple_SET_ITEM(args, i, v);
    }
    return args;
}

static void give_result(const Callback *c, void *where, PyObject *result)
{
    Info *info = ct_info(c->restype);
    if (c->restype == Py_None || info == NULL)
        return;
    PyObject *keep = info->set(where, result, 0);
    if (keep && info->kind == SIMPLE && info->size < (Py_ssize_t)sizeof(ffi_arg) && strchr("bhi", info->code->code)) { /* libffi wants it widened */
        int64_t wide = info->size == 1 ? *(int8_t *)where : info->size == 2 ? *(int16_t *)where : *(int32_t *)where;
        memcpy(where, &wide, sizeof wide);
    }
    if (keep == NULL)
        _PyErr_WriteUnraisableMsg("on converting result of ctypes callback function", c->callable);
    else if (keep == Py_None)
        Py_DECREF(keep);
    else if (info->code->code != 'O' && PyErr_WarnEx(PyExc_RuntimeWarning, "memory leak in callback function.", 1) < 0)
        _PyErr_WriteUnraisableMsg("on converting result of ctypes callback function", c->callable);
    /* else: the caller has the reference */
}

static void called(ffi_cif *Py_UNUSED(cif), void *where, void **values, void *data)
{
    Callback *c = data;
    PyGILState_STATE gil = PyGILState_Ensure();
    if (c->cif.rtype->size) /* what the caller gets if there is an exception */
        memset(where, 0, c->cif.rtype->size < sizeof(ffi_arg) ? sizeof(ffi_arg) : c->cif.rtype->size);
    Py_INCREF(c); /* the callable may let go of the last reference */
    PyObject *callable = c->callable, *args = arguments(c, values), *result = NULL;
    Py_INCREF(callable);
    if (args) {
        if (c->flags & FUNCFLAG_USE_ERRNO)
            swap_errno();
        result = PyObject_CallObject(callable, args);
        if (c->flags & FUNCFLAG_USE_ERRNO)
            swap_errno();
    }
    if (result == NULL)
        _PyErr_WriteUnraisableMsg("on calling ctypes callback function", callable);
    else
        give_result(c, where, result);
    Py_XDECREF(args);
    Py_XDECREF(result);
    Py_DECREF(callable);
    Py_DECREF(c);
    PyGILState_Release(gil);
}

static int callback_traverse(PyObject *op, visitproc visit, void *arg)
{
    Callback *c = (Callback *)op;
    Py_VISIT(c->callable);
    Py_VISIT(c->restype);
    Py_VISIT(c->argtypes);
    return 0;
}

static void callback_dealloc(PyObject *op)
{
    Callback *c = (Callback *)op;
    PyObject_GC_UnTrack(op);
    if (c->closure)
        ffi_closure_free(c->closure);
    Py_XDECREF(c->callable);
    Py_XDECREF(c->restype);
    Py_XDECREF(c->argtypes);
    PyMem_Free(c->types);
    PyObject_GC_Del(op);
}

PyTypeObject CtCallbackType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_ctypes.CThunkObject",
    .tp_basicsize = sizeof(Callback),
    .tp_dealloc = callback_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = callback_traverse,
};

PyObject *ct_make_callback(PyObject *callable, Info *info, void **code)
{
    Py_ssize_t n = PyTuple_GET_SIZE(info->argtypes);
    PyObject *restype = info->restype ? info->restype : Py_None;
    Info *result = ct_info(restype);
    if (restype != Py_None && (result == NULL || result->set == NULL)) {
        PyErr_SetString(PyExc_TypeError, "invalid result type for callback function");
        return NULL;
    }
    Callback *c = PyObject_GC_New(Callback, &CtCallbackType);
    if (c == NULL)
        return NULL;
    memset((char *)c + sizeof(PyObject), 0, sizeof *c - sizeof(PyObject));
    PyObject_GC_Track(c);
    if ((c->types = PyMem_Calloc((size_t)n + 1, sizeof *c->types)) == NULL) {
        Py_DECREF(c);
        return PyErr_NoMemory();
    }
    Py_INCREF(callable);
    c->callable = callable;
    c->flags = info->flags;
    Py_INCREF(restype);
    c->restype = restype;
    Py_INCREF(info->argtypes);
    c->argtypes = info->argtypes;
    for (Py_ssize_t i = 0; i < n; i++) {
        Info *argument = ct_info(PyTuple_GET_ITEM(info->argtypes, i));
        c->types[i] = argument == NULL ? &ffi_type_sint : argument->kind == ARRAY ? &ffi_type_pointer : &argument->ffi;
    }
    c->closure = ffi_closure_alloc(sizeof(ffi_closure), &c->code);
    int status = FFI_OK;
    if (c->closure == NULL)
        PyErr_NoMemory();
    else if ((status = ffi_prep_cif(&c->cif, FFI_DEFAULT_ABI, (unsigned)n, result ? &result->ffi : &ffi_type_void, c->types)) != FFI_OK)
        PyErr_Format(PyExc_RuntimeError, "ffi_prep_cif failed with %d", status);
    else if ((status = ffi_prep_closure_loc(c->closure, &c->cif, called, c, c->code)) != FFI_OK)
        PyErr_Format(PyExc_RuntimeError, "ffi_prep_closure failed with %d", status);
    else {
        *code = c->code;
        return (PyObject *)c;
    }
    Py_DECREF(c);
    return NULL;
}
