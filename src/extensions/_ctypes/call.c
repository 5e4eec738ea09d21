/* SPDX-License-Identifier: MIT */
/* Arguments, results, foreign functions. */
#include "ctypes.h"

#include <alloca.h>
#include <dlfcn.h>
#include <errno.h>
#include "frameobject.h"
#include "traceback.h"

/* ------------------------------------------------------------------ Argument: what byref() and from_param() give */

Argument *ct_argument(void)
{
    Argument *a = PyObject_New(Argument, &CtArgumentType);
    if (a) {
        a->ffi = NULL;
        a->tag = 0;
        a->obj = NULL;
        memset(&a->value, 0, sizeof a->value);
    }
    return a;
}

static void argument_dealloc(PyObject *op)
{
    Py_XDECREF(((Argument *)op)->obj);
    PyObject_Del(op);
}

static PyObject *argument_repr(PyObject *op)
{
    Argument *a = (Argument *)op;
    PyObject *number, *text;
    switch (a->tag) {
    case 'b':
    case 'B':
        return PyUnicode_FromFormat("<cparam '%c' (%d)>", a->tag, a->value.b);
    case 'h':
    case 'H':
        return PyUnicode_FromFormat("<cparam '%c' (%d)>", a->tag, a->value.h);
    case 'i':
    case 'I':
        return PyUnicode_FromFormat("<cparam '%c' (%d)>", a->tag, a->value.i);
    case 'l':
    case 'L':
        return PyUnicode_FromFormat("<cparam '%c' (%ld)>", a->tag, a->value.l);
    case 'q':
    case 'Q':
        return PyUnicode_FromFormat("<cparam '%c' (%lld)>", a->tag, a->value.q);
    case 'd':
    case 'f':
        number = PyFloat_FromDouble(a->tag == 'f' ? a->value.f : a->value.d);
        text = number ? PyUnicode_FromFormat("<cparam '%c' (%R)>", a->tag, number) : NULL;
        Py_XDECREF(number);
        return text;
    case 'c':
        if (a->value.c >= ' ' && a->value.c < 127 && a->value.c != '\'' && a->value.c != '\\')
            return PyUnicode_FromFormat("<cparam '%c' ('%c')>", a->tag, a->value.c);
        return PyUnicode_FromFormat("<cparam '%c' ('\\x%02x')>", a->tag, (unsigned char)a->value.c);
    case 'z':
    case 'Z':
    case 'P':
        return PyUnicode_FromFormat("<cparam '%c' (%p)>", a->tag, a->value.p);
    default:
        return a->tag >= ' ' ? PyUnicode_FromFormat("<cparam '%c' at %p>", a->tag, op) : PyUnicode_FromFormat("<cparam 0x%02x at %p>", a->tag, op);
    }
}

static PyMemberDef argument_members[] = {
    {"_obj", T_OBJECT, offsetof(Argument, obj), READONLY, "the object it was made of"},
    {NULL, 0, 0, 0, NULL},
};

PyTypeObject CtArgumentType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "CArgObject",
    .tp_basicsize = sizeof(Argument),
    .tp_dealloc = argument_dealloc,
    .tp_repr = argument_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_members = argument_members,
};

PyObject *ct_byref(PyObject *o, Py_ssize_t offset)
{
    Argument *a = ct_argument();
    if (a) {
        a->tag = 'P';
        a->ffi = &ffi_type_pointer;
        Py_INCREF(o);
        a->obj = o;
        a->value.p = ((CData *)o)->ptr + offset;
    }
    return (PyObject *)a;
}

/* ------------------------------------------------------------------ one argument */

typedef struct {
    ffi_type *ffi;
    void *where;    /* where libffi reads the value */
    PyObject *keep; /* owned, or NULL */
    union {
        int i;
        void *p;
        char bytes[16];
        long double g;
    } value;
} Passed;

static void pass_data(CData *d, Passed *out)
{
    Info *info = INFO_OF(d);
    out->ffi = info->kind == ARRAY ? &ffi_type_pointer : &info->ffi;
    if (info->kind == ARRAY) {
        out->value.p = d->ptr;
        out->where = &out->value;
    }
    else if (info->kind == SIMPLE || info->kind == POINTER || info->kind == FUNCTION) {
        memcpy(out->value.bytes, d->ptr, (size_t)info->size);
        out->where = &out->value;
    }
    else
        out->where = d->ptr;
    Py_INCREF(d);
    out->keep = (PyObject *)d;
}

/* Make v ready to be passed as argument number i. 0 / -1. Runs code. */
static int pass(PyObject *v, Py_ssize_t i, Passed *out)
{
    out->keep = NULL;
    out->where = &out->value;
    if (ct_is_data(v) && INFO_OF(v)) {
        pass_data((CData *)v, out);
        return 0;
    }
    if (Py_TYPE(v) == &CtArgumentType) {
        Argument *a = (Argument *)v;
        out->ffi = a->ffi;
        memcpy(&out->value, &a->value, sizeof a->value);
        Py_INCREF(v);
        out->keep = v;
        return 0;
    }
    if (v == Py_None) {
        out->ffi = &ffi_type_pointer;
        out->value.p = NULL;
        return 0;
    }
    if (PyLong_Check(v)) {
        out->ffi = &ffi_type_sint;
        unsigned long bits = PyLong_AsUnsignedLong(v);
        if (bits == (unsigned long)-1 && PyErr_Occurred()) {
            PyErr_Clear();
            bits = (unsigned long)PyLong_AsLong(v);
            if (bits == (unsigned long)-1 && PyErr_Occurred()) {
                PyErr_SetString(PyExc_OverflowError, "int too long to convert");
                return -1;
            }
        }
        out->value.i = (int)bits;
        return 0;
    }
    if (PyBytes_Check(v)) {
        out->ffi = &ffi_type_pointer;
        out->value.p = PyBytes_AS_STRING(v);
        Py_INCREF(v);
        out->keep = v;
        return 0;
    }
    if (PyUnicode_Check(v)) {
        out->ffi = &ffi_type_pointer;
        out->keep = ct_code('Z')->set(&out->value.p, v, 0);
        return out->keep ? 0 : -1;
    }
    PyObject *as = PyObject_GetAttrString(v, "_as_parameter_");
    if (as) {
        int status = -1;
        if (Py_EnterRecursiveCall(" while processing _as_parameter_") == 0) {
            status = pass(as, i, out);
            Py_LeaveRecursiveCall();
        }
        if (status == 0 && out->keep == NULL) {
            out->keep = as;
            return 0;
        }
        Py_DECREF(as);
        return status;
    }
    if (PyErr_ExceptionMatches(PyExc_AttributeError))
        PyErr_Format(PyExc_TypeError, "Don't know how to convert parameter %d", (int)i);
    return -1;
}

/* ArgumentError "argument i: <type>: text" out of the current exception. */
static void argument_error(Py_ssize_t i)
{
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    PyErr_NormalizeException(&type, &value, &tb);
    PyObject *text = PyUnicode_FromFormat("argument %zd: %S: %S", i, type, value ? value : Py_None);
    if (text)
        PyErr_SetObject(CtArgumentError, text);
    Py_XDECREF(text);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
}

/* ------------------------------------------------------------------ results */

static ffi_type *result_ffi(PyObject *restype)
{
    Info *info = restype ? ct_info(restype) : NULL;
    return restype == Py_None ? &ffi_type_void : info == NULL ? &ffi_type_sint : info->kind == ARRAY ? &ffi_type_pointer : &info->ffi;
}

static PyObject *make_result(PyObject *restype, void *raw, PyObject *checker)
{
    Info *info = restype ? ct_info(restype) : NULL;
    PyObject *v;
    if (restype == NULL)
        return PyLong_FromLong(*(int *)raw);
    if (restype == Py_None)
        Py_RETURN_NONE;
    if (info == NULL)
        return PyObject_CallFunction(restype, "i", *(int *)raw);
    if (info->get && ct_is_plain_simple(restype)) {
        v = info->get(raw, info->size);
        if (info->code->code == 'O' && v) /* the function gave its reference away */
            Py_DECREF(v);
    }
    else
        v = ct_part(restype, NULL, 0, raw);
    if (v == NULL || checker == NULL)
        return v;
    PyObject *checked = PyObject_CallFunctionObjArgs(checker, v, NULL);
    Py_DECREF(v);
    if (checked == NULL)
        _PyTraceback_Add("GetResult", "_ctypes/callproc.c", __LINE__ - 2);
    return checked;
}

/* ------------------------------------------------------------------ the call */

int *ct_saved_errno(void)
{
    static __thread int saved;
    return &saved;
}

static void swap_errno(void)
{
    int now = errno;
    errno = *ct_saved_errno();
    *ct_saved_errno() = now;
}

static int call_out(void *address, int flags, ffi_cif *cif, void *result, void **where)
{
    PyThreadState *saved = flags & FUNCFLAG_PYTHONAPI ? NULL : PyEval_SaveThread();
    if (flags & FUNCFLAG_USE_ERRNO)
        swap_errno();
    ffi_call(cif, FFI_FN(address), result, where);
    if (flags & FUNCFLAG_USE_ERRNO)
        swap_errno();
    if (saved)
        PyEval_RestoreThread(saved);
    return flags & FUNCFLAG_PYTHONAPI && PyErr_Occurred() ? -1 : 0;
}

enum { MOST_ARGUMENTS = 1024 };

PyObject *ct_call(void *address, PyObject *args, int flags, PyObject *converters, PyObject *restype, PyObject *checker)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args), fixed = converters ? PyTuple_GET_SIZE(converters) : 0, done = 0;
    PyObject *result = NULL;
    void *raw = NULL;
    if (n > MOST_ARGUMENTS)
        return PyErr_Format(CtArgumentError, "too many arguments (%zi), maximum is %i", n, MOST_ARGUMENTS);
    Passed *passed = alloca(((size_t)n + 1) * sizeof *passed);
    ffi_type **types = alloca(((size_t)n + 1) * sizeof *types);
    void **where = alloca(((size_t)n + 1) * sizeof *where);
    for (; done < n; done++) {
        PyObject *v = PyTuple_GET_ITEM(args, done), *converted = NULL;
        if (done < fixed && (converted = PyObject_CallFunctionObjArgs(PyTuple_GET_ITEM(converters, done), v, NULL)) == NULL) {
            argument_error(done + 1);
            goto cleanup;
        }
        int status = pass(converted ? converted : v, done + 1, &passed[done]);
        if (status == 0 && passed[done].keep == NULL && converted) {
            passed[done].keep = converted;
            converted = NULL;
        }
        Py_XDECREF(converted);
        if (status < 0) {
            argument_error(done + 1);
            goto cleanup;
        }
        types[done] = passed[done].ffi;
        where[done] = passed[done].where;
    }
    ffi_type *rtype = result_ffi(restype);
    size_t room = rtype->size > sizeof(ffi_arg) ? rtype->size : sizeof(ffi_arg);
    if ((raw = PyMem_Calloc(1, room + 16)) == NULL) {
        PyErr_NoMemory();
        goto cleanup;
    }
    ffi_cif cif;
    int ready = fixed && fixed < n ? ffi_prep_cif_var(&cif, FFI_DEFAULT_ABI, (unsigned)fixed, (unsigned)n, rtype, types)
                                   : ffi_prep_cif(&cif, FFI_DEFAULT_ABI, (unsigned)n, rtype, types);
    if (ready != FFI_OK)
        PyErr_SetString(PyExc_RuntimeError, "ffi_prep_cif failed");
    else if (call_out(address, flags, &cif, raw, where) == 0)
        result = make_result(restype, raw, checker);
cleanup:
    while (done-- > 0)
        Py_XDECREF(passed[done].keep);
    PyMem_Free(raw);
    return result;
}

/* ------------------------------------------------------------------ CFuncPtr: parameters described by paramflags */

enum { IN = 1, OUT = 2, LCID = 4, MOST_FLAGS = 64 };

static PyObject *take_argument(Py_ssize_t *at, PyObject *name, PyObject *preset, PyObject *args, PyObject *kwds)
{
    PyObject *v = NULL;
    if (*at < PyTuple_GET_SIZE(args))
        v = PyTuple_GET_ITEM(args, (*at)++);
    else if (kwds && name && (v = PyDict_GetItem(kwds, name)))
        ++*at;
    else if (preset)
        v = preset;
    else if (name)
        PyErr_Format(PyExc_TypeError, "required argument '%S' missing", name);
    else
        PyErr_SetString(PyExc_TypeError, "not enough arguments");
    Py_XINCREF(v);
    return v;
}

/* A fresh object for an argument that is only output. */
static PyObject *make_output(PyObject *type)
{
    Info *info = ct_info(type);
    if (info == NULL || info->kind == SIMPLE) {
        if (info == NULL)
            PyErr_SetString(PyExc_RuntimeError, "NULL stgdict unexpected");
        else
            PyErr_Format(PyExc_TypeError, "%s 'out' parameter must be passed as default value", ((PyTypeObject *)type)->tp_name);
        return NULL;
    }
    return _PyObject_CallNoArg(info->kind == ARRAY ? type : info->proto);
}

typedef struct {
    uint64_t out, inout; /* bit i: argument i; see MOST_FLAGS */
    int results;
} Outputs;

/* The tuple of arguments to pass. New. */
static PyObject *build_arguments(Function *self, PyObject *argtypes, PyObject *args, PyObject *kwds, Outputs *o)
{
    *o = (Outputs){0, 0, 0};
    if (argtypes == NULL || self->paramflags == NULL || PyTuple_GET_SIZE(argtypes) == 0) {
        Py_INCREF(args);
        return args;
    }
    Py_ssize_t n = PyTuple_GET_SIZE(argtypes), at = 0;
    PyObject *all = PyTuple_New(n);
    for (Py_ssize_t i = 0; all && i < n; i++) {
        PyObject *row = PyTuple_GET_ITEM(self->paramflags, i), *v = NULL;
        Py_ssize_t size = PyTuple_GET_SIZE(row);
        unsigned flag = (unsigned)PyLong_AsUnsignedLongMask(PyTuple_GET_ITEM(row, 0));
        PyObject *name = size > 1 && PyTuple_GET_ITEM(row, 1) != Py_None ? PyTuple_GET_ITEM(row, 1) : NULL, *preset = size > 2 ? PyTuple_GET_ITEM(row, 2) : NULL;
        switch (flag & (IN | OUT | LCID)) {
        case IN | LCID:
            v = preset;
            Py_XINCREF(v);
            if (v == NULL)
                v = PyLong_FromLong(0);
            break;
        case IN | OUT:
            o->inout |= (uint64_t)1 << i;
            o->results++;
            v = take_argument(&at, name, preset, args, kwds);
            break;
        case 0:
        case IN:
            v = take_argument(&at, name, preset, args, kwds);
            break;
        case OUT:
            v = preset;
            Py_XINCREF(v);
            if (v == NULL)
                v = make_output(PyTuple_GET_ITEM(argtypes, i));
            o->out |= (uint64_t)1 << i;
            o->results++;
            break;
        default:
            PyErr_Format(PyExc_ValueError, "paramflag %u not yet implemented", flag);
        }
        if (v == NULL)
            Py_CLEAR(all);
        else
            PyTuple_SET_ITEM(all, i, v);
    }
    Py_ssize_t given = PyTuple_GET_SIZE(args) + (kwds ? PyDict_GET_SIZE(kwds) : 0);
    if (all && given != at && (at < PyTuple_GET_SIZE(args) || given > at)) {
        PyErr_Format(PyExc_TypeError, "call takes exactly %d arguments (%zd given)", (int)at, given);
        Py_CLEAR(all);
    }
    return all;
}

/* What the call gives: the result (stolen), or the outputs. */
static PyObject *build_result(PyObject *result, PyObject *passed, const Outputs *o)
{
    if (result == NULL || (!o->out && !o->inout))
        return result;
    Py_DECREF(result);
    PyObject *all = o->results > 1 ? PyTuple_New(o->results) : NULL;
    int k = 0;
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(passed) && i < MOST_FLAGS; i++) {
        PyObject *v = PyTuple_GET_ITEM(passed, i);
        if (o->inout & (uint64_t)1 << i)
            Py_INCREF(v);
        else if (o->out & (uint64_t)1 << i)
            v = PyObject_CallMethod(v, "__ctypes_from_outparam__", NULL);
        else
            continue;
        if (all == NULL || v == NULL) {
            Py_XDECREF(all);
            return v;
        }
        PyTuple_SET_ITEM(all, k++, v);
    }
    return all;
}

/* What a call uses, its own references: from_param() and the function called may set other types. */
typedef struct {
    PyObject *argtypes, *converters, *restype, *checker, *errcheck;
} Signature;

static Signature signature_of(Function *self, const Info *info)
{
    Signature s = {
        .argtypes = self->argtypes ? self->argtypes : info->argtypes,
        .converters = self->converters ? self->converters : info->converters,
        .restype = self->restype ? self->restype : info->restype,
        .checker = self->restype ? self->checker : info->checker,
        .errcheck = self->errcheck,
    };
    Py_XINCREF(s.argtypes);
    Py_XINCREF(s.converters);
    Py_XINCREF(s.restype);
    Py_XINCREF(s.checker);
    Py_XINCREF(s.errcheck);
    return s;
}

static void signature_release(Signature *s)
{
    Py_XDECREF(s->argtypes);
    Py_XDECREF(s->converters);
    Py_XDECREF(s->restype);
    Py_XDECREF(s->checker);
    Py_XDECREF(s->errcheck);
}

/* Call with the arguments in `passed`; errcheck may replace the result. New. */
static PyObject *call_checked(Function *self, const Signature *s, int flags, PyObject *passed, const Outputs *outputs)
{
    Py_ssize_t required = s->converters ? PyTuple_GET_SIZE(s->converters) : 0, actual = PyTuple_GET_SIZE(passed);
    if (required > actual)
        return PyErr_Format(PyExc_TypeError, "this function takes at least %zd argument%s (%zd given)", required, required == 1 ? "" : "s", actual);
    void *address;
    memcpy(&address, self->data.ptr, sizeof address);
    PyObject *result = ct_call(address, passed, flags, s->converters, s->restype, s->checker);
    if (result && s->errcheck) {
        PyObject *v = PyObject_CallFunctionObjArgs(s->errcheck, result, self, passed, NULL);
        if (v != passed) { /* the arguments themselves mean: go on */
            Py_DECREF(result);
            return v;
        }
        Py_DECREF(v);
    }
    return build_result(result, passed, outputs);
}

static PyObject *function_call(PyObject *op, PyObject *args, PyObject *kwds)
{
    Function *self = (Function *)op;
    Info *info = INFO_OF(op);
    Signature s = signature_of(self, info);
    Outputs outputs;
    PyObject *passed = build_arguments(self, s.argtypes, args, kwds, &outputs), *result = NULL;
    if (passed)
        result = call_checked(self, &s, info->flags, passed, &outputs);
    Py_XDECREF(passed);
    signature_release(&s);
    return result;
}

/* ------------------------------------------------------------------ CFuncPtr: making */

static int is_output_ok(PyObject *type)
{
    Info *info = ct_info(type);
    return info && (info->kind == POINTER || info->kind == ARRAY || info->kind == FUNCTION || (info->kind == SIMPLE && strchr("PzZ", info->code->code)));
}

/* Do they fit the types? build_arguments() relies on it, so it is asked whenever either changes. */
static int check_paramflags(PyObject *argtypes, PyObject *flags)
{
    if (flags == NULL || argtypes == NULL)
        return 0;
    if (!PyTuple_Check(flags)) {
        PyErr_SetString(PyExc_TypeError, "paramflags must be a tuple or None");
        return -1;
    }
    Py_ssize_t n = PyTuple_GET_SIZE(flags);
    if (n != PyTuple_GET_SIZE(argtypes)) {
        PyErr_SetString(PyExc_ValueError, "paramflags must have the same length as argtypes");
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *preset = Py_None, *name = NULL;
        int flag;
        if (!PyTuple_Check(PyTuple_GET_ITEM(flags, i)) || !PyArg_ParseTuple(PyTuple_GET_ITEM(flags, i), "i|OO", &flag, &name, &preset) ||
            (name && name != Py_None && !PyUnicode_Check(name))) {
            PyErr_Clear();
            PyErr_SetString(PyExc_TypeError, "paramflags must be a sequence of (int [,string [,value]]) tuples");
            return -1;
        }
        if (i >= MOST_FLAGS && flag & OUT) {
            PyErr_Format(PyExc_ValueError, "only the first %d parameters can be outputs", MOST_FLAGS);
            return -1;
        }
        switch (flag & (IN | OUT | LCID)) {
        case 0:
        case IN:
        case IN | LCID:
        case IN | OUT:
            break;
        case OUT:
            if (!is_output_ok(PyTuple_GET_ITEM(argtypes, i))) {
                PyErr_Format(PyExc_TypeError, "'out' parameter %d must be a pointer type, not %s", (int)i + 1, ((PyTypeObject *)PyTuple_GET_ITEM(argtypes, i))->tp_name);
                return -1;
            }
            break;
        default:
            PyErr_Format(PyExc_TypeError, "paramflag value %d not supported", flag);
            return -1;
        }
    }
    return 0;
}

static PyObject *wrap_address(PyTypeObject *type, void *address, PyObject *paramflags)
{
    Function *self = (Function *)ct_new_data(type, NULL, NULL);
    if (self == NULL)
        return NULL;
    memcpy(self->data.ptr, &address, sizeof address);
    if (paramflags && paramflags != Py_None) {
        Py_INCREF(paramflags);
        self->paramflags = paramflags;
    }
    return (PyObject *)self;
}

/* ((name, dll)[, paramflags]) */
static PyObject *function_from_dll(PyTypeObject *type, PyObject *args)
{
    PyObject *spec, *paramflags = NULL, *name, *dll, *bytes = NULL;
    if (!PyArg_ParseTuple(args, "O|O", &spec, &paramflags))
        return NULL;
    if (paramflags == Py_None)
        paramflags = NULL;
    spec = PySequence_Tuple(spec);
    if (spec == NULL)
        return NULL;
    PyObject *result = NULL, *handle = NULL;
    if (!PyArg_ParseTuple(spec, "OO;illegal func_spec argument", &name, &dll))
        goto done;
    if (PyUnicode_Check(name))
        bytes = PyUnicode_AsASCIIString(name);
    else if (PyBytes_Check(name)) {
        Py_INCREF(name);
        bytes = name;
    }
    else
        PyErr_SetString(PyExc_TypeError, "function name must be string, bytes object or integer");
    if (bytes == NULL || PySys_Audit("ctypes.dlsym", "OO", dll, name) < 0 || (handle = PyObject_GetAttrString(dll, "_handle")) == NULL)
        goto done;
    if (!PyLong_Check(handle)) {
        PyErr_SetString(PyExc_TypeError, "the _handle attribute of the second argument must be an integer");
        goto done;
    }
    void *h = PyLong_AsVoidPtr(handle), *address;
    if (PyErr_Occurred()) {
        PyErr_SetString(PyExc_ValueError, "could not convert the _handle attribute to a pointer");
        goto done;
    }
    if ((address = dlsym(h, PyBytes_AS_STRING(bytes))) == NULL) {
        const char *error = dlerror();
        PyErr_SetString(PyExc_AttributeError, error ? error : "symbol not found");
        goto done;
    }
    if (check_paramflags(ct_info((PyObject *)type)->argtypes, paramflags) < 0 || (result = wrap_address(type, address, paramflags)) == NULL)
        goto done;
    Py_INCREF(dll);
    if (ct_keep((CData *)result, 0, dll) < 0)
        Py_CLEAR(result);
done:
    Py_XDECREF(bytes);
    Py_XDECREF(handle);
    Py_DECREF(spec);
    return result;
}

static PyObject *function_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Info *info = ct_info((PyObject *)type);
    PyObject *first;
    if (PyTuple_GET_SIZE(args) == 0)
        return ct_new_data(type, args, kwds);
    if (info == NULL) {
        PyErr_SetString(PyExc_TypeError, "abstract class");
        return NULL;
    }
    first = PyTuple_GET_ITEM(args, 0);
    if (PyTuple_Check(first))
        return function_from_dll(type, args);
    if (PyTuple_GET_SIZE(args) == 1 && PyLong_Check(first)) {
        void *address = PyLong_AsVoidPtr(first);
        return address == NULL && PyErr_Occurred() ? NULL : wrap_address(type, address, NULL);
    }
    if (!PyArg_ParseTuple(args, "O", &first))
        return NULL;
    if (!PyCallable_Check(first)) {
        PyErr_SetString(PyExc_TypeError, "argument must be callable or integer function address");
        return NULL;
    }
    if (info->argtypes == NULL) {
        PyErr_SetString(PyExc_TypeError, "cannot construct instance of this class: no argtypes");
        return NULL;
    }
    Function *self = (Function *)ct_new_data(type, NULL, NULL);
    void *code;
    PyObject *callback = self ? ct_make_callback(first, info, &code) : NULL;
    if (callback == NULL || ct_keep(&self->data, 0, callback) < 0) {
        Py_XDECREF(self);
        return NULL;
    }
    Py_INCREF(first);
    self->callable = first;
    memcpy(self->data.ptr, &code, sizeof code);
    return (PyObject *)self;
}

static int function_clear(PyObject *op)
{
    Function *self = (Function *)op;
    Py_CLEAR(self->callable);
    Py_CLEAR(self->argtypes);
    Py_CLEAR(self->converters);
    Py_CLEAR(self->restype);
    Py_CLEAR(self->checker);
    Py_CLEAR(self->errcheck);
    Py_CLEAR(self->paramflags);
    ct_clear(&self->data);
    return 0;
}

static int function_traverse(PyObject *op, visitproc visit, void *arg)
{
    Function *self = (Function *)op;
    Py_VISIT(self->callable);
    Py_VISIT(self->argtypes);
    Py_VISIT(self->converters);
    Py_VISIT(self->restype);
    Py_VISIT(self->checker);
    Py_VISIT(self->errcheck);
    Py_VISIT(self->paramflags);
    return CtDataType.tp_traverse(op, visit, arg);
}

static void function_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    function_clear(op);
    Py_TYPE(op)->tp_free(op);
}

/* ------------------------------------------------------------------ CFuncPtr: attributes */

static PyObject *get_errcheck(PyObject *op, void *Py_UNUSED(unused))
{
    PyObject *v = ((Function *)op)->errcheck;
    v = v ? v : Py_None;
    Py_INCREF(v);
    return v;
}

static int set_errcheck(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    if (v && !PyCallable_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "the errcheck attribute must be callable");
        return -1;
    }
    Py_XINCREF(v);
    Py_XSETREF(((Function *)op)->errcheck, v);
    return 0;
}

static PyObject *get_restype(PyObject *op, void *Py_UNUSED(unused))
{
    Function *self = (Function *)op;
    PyObject *v = self->restype ? self->restype : INFO_OF(op)->restype;
    v = v ? v : Py_None;
    Py_INCREF(v);
    return v;
}

static int set_restype(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    Function *self = (Function *)op;
    if (v == NULL) {
        Py_CLEAR(self->restype);
        Py_CLEAR(self->checker);
        return 0;
    }
    if (v != Py_None && ct_info(v) == NULL && !PyCallable_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "restype must be a type, a callable, or None");
        return -1;
    }
    PyObject *checker = PyObject_GetAttrString(v, "_check_retval_");
    PyErr_Clear();
    Py_XSETREF(self->checker, checker);
    Py_INCREF(v);
    Py_XSETREF(self->restype, v);
    return 0;
}

static PyObject *get_argtypes(PyObject *op, void *Py_UNUSED(unused))
{
    Function *self = (Function *)op;
    PyObject *v = self->argtypes ? self->argtypes : INFO_OF(op)->argtypes;
    v = v ? v : Py_None;
    Py_INCREF(v);
    return v;
}

static int set_argtypes(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    Function *self = (Function *)op;
    if (v == NULL || v == Py_None) {
        Py_CLEAR(self->converters);
        Py_CLEAR(self->argtypes);
        return 0;
    }
    PyObject *tuple = PyTuple_Check(v) ? (Py_INCREF(v), v) : PySequence_Check(v) ? PySequence_Tuple(v) : NULL;
    if (tuple == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "_argtypes_ must be a sequence of types");
        return -1;
    }
    PyObject *converters = check_paramflags(tuple, self->paramflags) < 0 ? NULL : ct_make_converters(tuple);
    if (converters == NULL) {
        Py_DECREF(tuple);
        return -1;
    }
    Py_XSETREF(self->converters, converters);
    Py_XSETREF(self->argtypes, tuple);
    return 0;
}

static PyObject *function_repr(PyObject *op)
{
    return PyUnicode_FromFormat("<%s object at %p>", Py_TYPE(op)->tp_name, op);
}

static int function_bool(PyObject *op)
{
    void *address;
    memcpy(&address, ((CData *)op)->ptr, sizeof address);
    return address != NULL;
}

static PyGetSetDef function_getset[] = {
    {"errcheck", get_errcheck, set_errcheck, "a function that looks at results: errcheck(result, function, arguments)", NULL},
    {"restype", get_restype, set_restype, "the type of results", NULL},
    {"argtypes", get_argtypes, set_argtypes, "the types of arguments", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyNumberMethods function_number = {.nb_bool = function_bool};

PyTypeObject CtFunctionType = {
    PyVarObject_HEAD_INIT(&CtFunctionMeta, 0)
    .tp_name = "_ctypes.PyCFuncPtr",
    .tp_basicsize = sizeof(Function),
    .tp_base = &CtDataType,
    .tp_dealloc = function_dealloc,
    .tp_repr = function_repr,
    .tp_as_number = &function_number,
    .tp_call = function_call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "A pointer to a function",
    .tp_traverse = function_traverse,
    .tp_clear = function_clear,
    .tp_getset = function_getset,
    .tp_new = function_new,
};
