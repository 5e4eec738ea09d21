/* SPDX-License-Identifier: MIT */
/* The module _ctypes: its functions.  Tests: tests/extensions/test_ctypes_native.py, the reference's ctypes.test. */
#include "ctypes.h"

#include <dlfcn.h>
#include <wchar.h>

PyObject *CtArgumentError, *ct_pointer_types;

/* ------------------------------------------------------------------ sizes and addresses */

static CData *data_argument(PyObject *o, const char *wrong)
{
    if (ct_is_data(o))
        return (CData *)o;
    PyErr_SetString(PyExc_TypeError, wrong);
    return NULL;
}

static PyObject *ct_sizeof(PyObject *Py_UNUSED(module), PyObject *o)
{
    Info *info = ct_info(o);
    if (info)
        return PyLong_FromSsize_t(info->size);
    if (ct_is_data(o))
        return PyLong_FromSsize_t(((CData *)o)->size);
    PyErr_SetString(PyExc_TypeError, "this type has no size");
    return NULL;
}

static PyObject *ct_alignment(PyObject *Py_UNUSED(module), PyObject *o)
{
    Info *info = ct_info(o);
    if (info == NULL && ct_is_data(o))
        info = INFO_OF(o);
    if (info)
        return PyLong_FromSsize_t(info->align);
    PyErr_SetString(PyExc_TypeError, "no alignment info");
    return NULL;
}

static PyObject *module_byref(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *o, *offset = NULL;
    Py_ssize_t n = 0;
    if (!PyArg_UnpackTuple(args, "byref", 1, 2, &o, &offset))
        return NULL;
    if (offset && (n = PyNumber_AsSsize_t(offset, NULL)) == -1 && PyErr_Occurred())
        return NULL;
    if (!ct_is_data(o))
        return PyErr_Format(PyExc_TypeError, "byref() argument must be a ctypes instance, not '%s'", Py_TYPE(o)->tp_name);
    return ct_byref(o, n);
}

static PyObject *ct_addressof(PyObject *Py_UNUSED(module), PyObject *o)
{
    CData *d = data_argument(o, "invalid type");
    return d && PySys_Audit("ctypes.addressof", "O", o) == 0 ? PyLong_FromVoidPtr(d->ptr) : NULL;
}

static PyObject *module_resize(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *o;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "On:resize", &o, &size))
        return NULL;
    CData *d = data_argument(o, "excepted ctypes instance");
    if (d == NULL)
        return NULL;
    Info *info = INFO_OF(o);
    if (size < info->size)
        return PyErr_Format(PyExc_ValueError, "minimum size is %zd", info->size);
    if (d->base || (!d->needs_free && d->ptr != d->own.bytes)) {
        PyErr_SetString(PyExc_ValueError, "Memory cannot be resized because this object doesn't own it");
        return NULL;
    }
    if (ct_resize(d, size) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *buffer_info(PyObject *Py_UNUSED(module), PyObject *o)
{
    Info *info = ct_info(o);
    if (info == NULL && ct_is_data(o))
        info = INFO_OF(o);
    if (info == NULL) {
        PyErr_SetString(PyExc_TypeError, "not a ctypes type or object");
        return NULL;
    }
    PyObject *shape = PyTuple_New(info->ndim);
    for (int i = 0; shape && i < info->ndim; i++)
        PyTuple_SET_ITEM(shape, i, PyLong_FromSsize_t(info->shape[i]));
    return shape ? Py_BuildValue("siN", info->format, info->ndim, shape) : NULL;
}

/* ------------------------------------------------------------------ pointers */

PyObject *ct_pointer_type(PyObject *item)
{
    PyObject *type = PyDict_GetItemWithError(ct_pointer_types, item);
    if (type || PyErr_Occurred()) {
        Py_XINCREF(type);
        return type;
    }
    PyObject *key;
    if (PyUnicode_CheckExact(item)) { /* the target is said later by set_type() */
        PyObject *name = PyUnicode_FromFormat("LP_%U", item);
        type = name ? PyObject_CallFunction((PyObject *)&CtPointerMeta, "N(O){}", name, &CtPointerType) : NULL;
        key = type ? PyLong_FromVoidPtr(type) : NULL;
    }
    else if (PyType_Check(item)) {
        PyObject *name = PyUnicode_FromFormat("LP_%s", ((PyTypeObject *)item)->tp_name);
        type = name ? PyObject_CallFunction((PyObject *)&CtPointerMeta, "N(O){sO}", name, &CtPointerType, "_type_", item) : NULL;
        Py_INCREF(item);
        key = item;
    }
    else {
        PyErr_SetString(PyExc_TypeError, "must be a ctypes type");
        return NULL;
    }
    if (type && (key == NULL || PyDict_SetItem(ct_pointer_types, key, type) < 0))
        Py_CLEAR(type);
    Py_XDECREF(key);
    return type;
}

static PyObject *module_POINTER(PyObject *Py_UNUSED(module), PyObject *item)
{
    return ct_pointer_type(item);
}

static PyObject *module_pointer(PyObject *Py_UNUSED(module), PyObject *o)
{
    PyObject *type = ct_pointer_type((PyObject *)Py_TYPE(o));
    PyObject *result = type ? PyObject_CallFunctionObjArgs(type, o, NULL) : NULL;
    Py_XDECREF(type);
    return result;
}

/* cast(): called through a function object, so that the address may be given in any form. New. */
static PyObject *cast(void *p, PyObject *source, PyObject *type)
{
    Info *info = ct_info(type);
    int ok = info && (info->kind == POINTER || info->kind == FUNCTION || (info->kind == SIMPLE && strchr("sPzUZXO", info->code->code)));
    if (!ok)
        return PyErr_Format(PyExc_TypeError, "cast() argument 2 must be a pointer type, not %s", PyType_Check(type) ? ((PyTypeObject *)type)->tp_name : Py_TYPE(type)->tp_name);
    CData *result = (CData *)_PyObject_CallNoArg(type);
    if (result == NULL)
        return NULL;
    if (!ct_is_data((PyObject *)result) || result->size < (Py_ssize_t)sizeof p) { /* by a __new__ of its own */
        PyErr_SetString(PyExc_TypeError, "cast() argument 2 does not make pointers");
        goto error;
    }
    /* Both keep alive what either does. */
    if (ct_is_data(source)) {
        CData *from = (CData *)source;
        PyObject *kept = ct_kept(from), *number;
        if (kept == NULL)
            goto error;
        Py_INCREF(kept);
        Py_XSETREF(result->objects, kept);
        if (PyDict_CheckExact(kept)) {
            number = PyLong_FromVoidPtr(source);
            int status = number ? PyDict_SetItem(kept, number, source) : -1;
            Py_XDECREF(number);
            if (status < 0) {
                Py_DECREF(kept);
                goto error;
            }
        }
        Py_DECREF(kept);
    }
    memcpy(result->ptr, &p, sizeof p);
    return (PyObject *)result;
error:
    Py_DECREF(result);
    return NULL;
}

PyObject *ct_string_at(const char *p, int n)
{
    if (PySys_Audit("ctypes.string_at", "ni", (Py_ssize_t)p, n) < 0)
        return NULL;
    return n == -1 ? PyBytes_FromStringAndSize(p, (Py_ssize_t)strlen(p)) : PyBytes_FromStringAndSize(p, n);
}

PyObject *ct_wstring_at(const wchar_t *p, int n)
{
    Py_ssize_t length = n == -1 ? (Py_ssize_t)wcslen(p) : n;
    if (PySys_Audit("ctypes.wstring_at", "ni", (Py_ssize_t)p, n) < 0)
        return NULL;
    return PyUnicode_FromWideChar(p, length);
}

/* ------------------------------------------------------------------ libraries */

static PyObject *module_dlopen(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *name, *bytes = NULL;
    int mode = RTLD_NOW;
    if (!PyArg_ParseTuple(args, "O|i:dlopen", &name, &mode))
        return NULL;
    if (name != Py_None && !PyUnicode_FSConverter(name, &bytes))
        return NULL;
    void *handle = NULL;
    if (PySys_Audit("ctypes.dlopen", "O", name) == 0) {
        handle = dlopen(bytes ? PyBytes_AS_STRING(bytes) : NULL, mode | RTLD_NOW);
        if (handle == NULL) {
            const char *error = dlerror();
            PyErr_SetString(PyExc_OSError, error ? error : "dlopen() error");
        }
    }
    Py_XDECREF(bytes);
    return handle ? PyLong_FromVoidPtr(handle) : NULL;
}

static int to_pointer(PyObject *o, void *out)
{
    *(void **)out = PyLong_AsVoidPtr(o);
    return !PyErr_Occurred();
}

static PyObject *module_dlclose(PyObject *Py_UNUSED(module), PyObject *args)
{
    void *handle;
    if (!PyArg_ParseTuple(args, "O&:dlclose", to_pointer, &handle))
        return NULL;
    if (dlclose(handle)) {
        PyErr_SetString(PyExc_OSError, dlerror());
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *module_dlsym(PyObject *Py_UNUSED(module), PyObject *args)
{
    void *handle;
    const char *name;
    if (!PyArg_ParseTuple(args, "O&s:dlsym", to_pointer, &handle, &name) || PySys_Audit("ctypes.dlsym/handle", "O", args) < 0)
        return NULL;
    void *p = dlsym(handle, name);
    if (p == NULL) {
        PyErr_SetString(PyExc_OSError, dlerror());
        return NULL;
    }
    return PyLong_FromVoidPtr(p);
}

/* ------------------------------------------------------------------ calls by address, errno, references */

static PyObject *call_address(PyObject *args, int flags)
{
    void *address;
    PyObject *arguments;
    if (!PyArg_ParseTuple(args, "O&O!", to_pointer, &address, &PyTuple_Type, &arguments) ||
        PySys_Audit("ctypes.call_function", "nO", (Py_ssize_t)address, arguments) < 0)
        return NULL;
    return ct_call(address, arguments, flags, NULL, NULL, NULL);
}

static PyObject *call_function(PyObject *Py_UNUSED(module), PyObject *args)
{
    return call_address(args, 0);
}

static PyObject *call_cdeclfunction(PyObject *Py_UNUSED(module), PyObject *args)
{
    return call_address(args, FUNCFLAG_CDECL);
}

static PyObject *get_errno(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PySys_Audit("ctypes.get_errno", NULL) < 0 ? NULL : PyLong_FromLong(*ct_saved_errno());
}

static PyObject *set_errno(PyObject *Py_UNUSED(module), PyObject *args)
{
    int n;
    if (PySys_Audit("ctypes.set_errno", "O", args) < 0 || !PyArg_ParseTuple(args, "i", &n))
        return NULL;
    int old = *ct_saved_errno();
    *ct_saved_errno() = n;
    return PyLong_FromLong(old);
}

static PyObject *object_at(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *o;
    if (!PyArg_ParseTuple(args, "O&:PyObj_FromPtr", to_pointer, &o) || PySys_Audit("ctypes.PyObj_FromPtr", "O", o) < 0)
        return NULL;
    Py_INCREF(o);
    return o;
}

static PyObject *py_incref(PyObject *Py_UNUSED(module), PyObject *o)
{
    Py_INCREF(o);
    Py_INCREF(o);
    return o;
}

static PyObject *py_decref(PyObject *Py_UNUSED(module), PyObject *o)
{
    Py_DECREF(o);
    Py_INCREF(o);
    return o;
}

static PyObject *unpickle(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *type, *state;
    if (!PyArg_ParseTuple(args, "OO!", &type, &PyTuple_Type, &state))
        return NULL;
    PyObject *o = PyObject_CallMethod(type, "__new__", "O", type);
    PyObject *setstate = o ? PyObject_GetAttrString(o, "__setstate__") : NULL, *r = setstate ? PyObject_CallObject(setstate, state) : NULL;
    Py_XDECREF(setstate);
    if (r == NULL)
        Py_CLEAR(o);
    Py_XDECREF(r);
    return o;
}

static PyMethodDef methods[] = {
    {"get_errno", get_errno, METH_NOARGS, NULL},
    {"set_errno", set_errno, METH_VARARGS, NULL},
    {"POINTER", module_POINTER, METH_O, NULL},
    {"pointer", module_pointer, METH_O, NULL},
    {"_unpickle", unpickle, METH_VARARGS, NULL},
    {"buffer_info", buffer_info, METH_O, "The format, dimensions and shape an object has as a buffer"},
    {"resize", module_resize, METH_VARARGS, "Give an instance more memory"},
    {"dlopen", module_dlopen, METH_VARARGS, "dlopen(name, flag={RTLD_GLOBAL|RTLD_LOCAL}): load a library"},
    {"dlclose", module_dlclose, METH_VARARGS, "let a library go"},
    {"dlsym", module_dlsym, METH_VARARGS, "the address of a symbol of a library"},
    {"alignment", ct_alignment, METH_O, "alignment(C type or instance) -> integer"},
    {"sizeof", ct_sizeof, METH_O, "sizeof(C type or instance) -> integer\nThe number of bytes it takes"},
    {"byref", module_byref, METH_VARARGS, "byref(C instance[, offset=0]) -> a pointer to the instance, good as an argument only"},
    {"addressof", ct_addressof, METH_O, "addressof(C instance) -> integer\nWhere the instance's memory is"},
    {"call_function", call_function, METH_VARARGS, NULL},
    {"call_cdeclfunction", call_cdeclfunction, METH_VARARGS, NULL},
    {"PyObj_FromPtr", object_at, METH_VARARGS, NULL},
    {"Py_INCREF", py_incref, METH_O, NULL},
    {"Py_DECREF", py_decref, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_ctypes",
    .m_doc = "C data and C functions.",
    .m_size = -1,
    .m_methods = methods,
};

static int add(PyObject *m, const char *name, PyObject *v_steal)
{
    int status = v_steal ? PyDict_SetItemString(PyModule_GetDict(m), name, v_steal) : -1;
    Py_XDECREF(v_steal);
    return status;
}

static int add_type(PyObject *m, const char *name, PyTypeObject *type)
{
    return PyType_Ready(type) < 0 ? -1 : name ? PyDict_SetItemString(PyModule_GetDict(m), name, (PyObject *)type) : 0;
}

static int fill(PyObject *m)
{
    if (add_type(m, NULL, &CtMetaType) || add_type(m, NULL, &CtStructMeta) || add_type(m, NULL, &CtUnionMeta) || add_type(m, NULL, &CtPointerMeta) ||
        add_type(m, NULL, &CtArrayMeta) || add_type(m, NULL, &CtSimpleMeta) || add_type(m, NULL, &CtFunctionMeta) || add_type(m, NULL, &CtArgumentType) ||
        add_type(m, NULL, &CtFieldType) || add_type(m, NULL, &CtCallbackType) || add_type(m, NULL, &CtDataType) || add_type(m, "Union", &CtUnionType) || add_type(m, "Structure", &CtStructType) ||
        add_type(m, "_Pointer", &CtPointerType) || add_type(m, "Array", &CtArrayType) || add_type(m, "_SimpleCData", &CtSimpleType) ||
        add_type(m, "CFuncPtr", &CtFunctionType))
        return -1;
    if (ct_pointer_types == NULL && (ct_pointer_types = PyDict_New()) == NULL)
        return -1;
    if (CtArgumentError == NULL && (CtArgumentError = PyErr_NewException("ctypes.ArgumentError", NULL, NULL)) == NULL)
        return -1;
    Py_INCREF(ct_pointer_types);
    Py_INCREF(CtArgumentError);
    return add(m, "_pointer_type_cache", ct_pointer_types) || add(m, "ArgumentError", CtArgumentError) ||
                   add(m, "_memmove_addr", PyLong_FromVoidPtr((void *)memmove)) || add(m, "_memset_addr", PyLong_FromVoidPtr((void *)memset)) ||
                   add(m, "_string_at_addr", PyLong_FromVoidPtr((void *)ct_string_at)) || add(m, "_cast_addr", PyLong_FromVoidPtr((void *)cast)) ||
                   add(m, "_wstring_at_addr", PyLong_FromVoidPtr((void *)ct_wstring_at)) || PyModule_AddIntConstant(m, "FUNCFLAG_CDECL", FUNCFLAG_CDECL) ||
                   PyModule_AddIntConstant(m, "FUNCFLAG_USE_ERRNO", FUNCFLAG_USE_ERRNO) ||
                   PyModule_AddIntConstant(m, "FUNCFLAG_USE_LASTERROR", FUNCFLAG_USE_LASTERROR) ||
                   PyModule_AddIntConstant(m, "FUNCFLAG_PYTHONAPI", FUNCFLAG_PYTHONAPI) || PyModule_AddStringConstant(m, "__version__", "1.1.0") ||
                   PyModule_AddIntConstant(m, "RTLD_LOCAL", RTLD_LOCAL) || PyModule_AddIntConstant(m, "RTLD_GLOBAL", RTLD_GLOBAL)
               ? -1
               : 0;
}

PyMODINIT_FUNC PyInit__ctypes(void)
{
    PyObject *m = PyModule_Create(&module_def);
    if (m && fill(m) < 0)
        Py_CLEAR(m);
    return m;
}
