/* SPDX-License-Identifier: MIT */
/* Python functions that C can call, through closures of libffi. */
#include "ctypes.h"

#include <errno.h>

typedef struct {
    ffi_closure *closure;
    void *code;
    ffi_cif cif;
    PyObject *callable, *restype, *argtypes; /* callable is borrowed from the Function object, which holds us */
    int flags;
    ffi_type *types[];
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
            if (v && ct_is_data(v) && INFO_OF(v))
                memcpy(((CData *)v)->ptr, values[i], (size_t)info->size);
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
    memset(where, 0, info->ffi.size < sizeof(ffi_arg) ? sizeof(ffi_arg) : info->ffi.size);
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
    const Callback *c = data;
    PyGILState_STATE gil = PyGILState_Ensure();
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
    PyGILState_Release(gil);
}

void ct_free_callback(void *closure)
{
    Callback *c = closure;
    if (c->closure)
        ffi_closure_free(c->closure);
    Py_XDECREF(c->restype);
    Py_XDECREF(c->argtypes);
    PyMem_Free(c);
}

void *ct_make_callback(Function *Py_UNUSED(f), PyObject *callable, Info *info, void **code)
{
    Py_ssize_t n = PyTuple_GET_SIZE(info->argtypes);
    PyObject *restype = info->restype ? info->restype : Py_None;
    Info *result = ct_info(restype);
    if (restype != Py_None && (result == NULL || result->set == NULL)) {
        PyErr_SetString(PyExc_TypeError, "invalid result type for callback function");
        return NULL;
    }
    Callback *c = PyMem_Calloc(1, sizeof *c + (size_t)(n + 1) * sizeof(ffi_type *));
    if (c == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
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
        return c;
    }
    ct_free_callback(c);
    return NULL;
}
