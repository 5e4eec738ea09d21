/* SPDX-License-Identifier: MIT */
/* object: what every object can do that needs no type knowledge. Text forms, truth, dir(), None and NotImplemented, repr guards,
 * end of life (finalizers, the trashcan), and help for people debugging.
 *
 * The trashcan bounds the C stack when long chains of containers die: beyond a nesting depth, objects are put
 * on a list linked through their collector header, and die when the outermost deallocation returns.
 * Attribute access is in attribute.c, comparison and hashing in compare.c. Tests: tests/objects/test_abstract.py.
 */
#include "objects/object.h"
#include "objects/type/type.h"
#include "frameobject.h"
#include "runtime/gc.h"
#include "runtime/immortal.h"
#include "runtime/recursion.h"

_Py_IDENTIFIER(Py_Repr);
_Py_IDENTIFIER(__bytes__);
_Py_IDENTIFIER(__dir__);
_Py_IDENTIFIER(__isabstractmethod__);

/* ---- counting, for callers without macros -------------------------------------------------------------------- */

/* What modules compiled with Py_DEBUG count and call; any build has them, so that any build loads such modules. */
PyAPI_DATA(Py_ssize_t) _Py_RefTotal;
PyAPI_FUNC(Py_ssize_t) _Py_GetRefTotal(void);
PyAPI_FUNC(void) _Py_NegativeRefcount(const char *filename, int lineno, PyObject *op);
Py_ssize_t _Py_RefTotal;

Py_ssize_t _Py_GetRefTotal(void)
{
    return _Py_RefTotal;
}

void _Py_NegativeRefcount(const char *filename, int lineno, PyObject *op)
{
    fprintf(stderr, "%s:%d: the reference count of an object has fallen below zero\n", filename, lineno);
    _PyObject_Dump(op);
    Py_FatalError("negative reference count");
}

#undef _Py_Dealloc
void _Py_Dealloc(PyObject *op)
{
    Py_TYPE(op)->tp_dealloc(op);
}

void Py_IncRef(PyObject *o)
{
    Py_XINCREF(o);
}

void Py_DecRef(PyObject *o)
{
    Py_XDECREF(o);
}

/* ---- text forms ---------------------------------------------------------------------------------------------- */

static PyObject *null_text(void)
{
    return PyUnicode_FromString("<NULL>");
}

static PyObject *checked_text(PyObject *res, const char *method)
{
    if (res != NULL && !PyUnicode_Check(res)) {
        PyErr_Format(PyExc_TypeError, "%s returned non-string (type %.200s)", method, Py_TYPE(res)->tp_name);
        Py_CLEAR(res);
    }
    return res;
}

PyObject *PyObject_Repr(PyObject *v)
{
    PyObject *res;
    if (UNLIKELY(PyErr_CheckSignals() < 0))
        return NULL;
    if (v == NULL)
        return null_text();
    if (Py_TYPE(v)->tp_repr == NULL)
        return PyUnicode_FromFormat("<%s object at %p>", Py_TYPE(v)->tp_name, v);
    assert(!PyErr_Occurred());
    if (tai_enter_c(" while getting the repr of an object"))
        return NULL;
    res = Py_TYPE(v)->tp_repr(v);
    tai_leave_c();
    return checked_text(res, "__repr__");
}

PyObject *PyObject_Str(PyObject *v)
{
    PyObject *res;
    if (v == NULL)
        return null_text();
    if (PyUnicode_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    if (Py_TYPE(v)->tp_str == NULL)
        return PyObject_Repr(v);
    if (UNLIKELY(PyErr_CheckSignals() < 0))
        return NULL;
    assert(!PyErr_Occurred());
    if (tai_enter_c(" while getting the str of an object"))
        return NULL;
    res = Py_TYPE(v)->tp_str(v);
    tai_leave_c();
    return checked_text(res, "__str__");
}

PyObject *PyObject_ASCII(PyObject *v)
{
    PyObject *repr = PyObject_Repr(v), *bytes, *res;
    if (repr == NULL || PyUnicode_IS_ASCII(repr))
        return repr;
    bytes = _PyUnicode_AsASCIIString(repr, "backslashreplace");
    Py_DECREF(repr);
    if (bytes == NULL)
        return NULL;
    res = PyUnicode_DecodeASCII(PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes), NULL);
    Py_DECREF(bytes);
    return res;
}

PyObject *PyObject_Bytes(PyObject *v)
{
    PyObject *method, *res;
    if (v == NULL)
        return PyBytes_FromString("<NULL>");
    if (PyBytes_CheckExact(v)) {
        Py_INCREF(v);
        return v;
    }
    method = _PyObject_LookupSpecial(v, &PyId___bytes__);
    if (method == NULL)
        return PyErr_Occurred() ? NULL : PyBytes_FromObject(v);
    res = _PyObject_CallNoArg(method);
    Py_DECREF(method);
    if (res != NULL && !PyBytes_Check(res)) {
        PyErr_Format(PyExc_TypeError, "__bytes__ returned non-bytes (type %.200s)", Py_TYPE(res)->tp_name);
        Py_CLEAR(res);
    }
    return res;
}

int PyObject_Print(PyObject *op, FILE *fp, int flags)
{
    PyObject *text, *bytes = NULL;
    int failed = -1;
    if (PyErr_CheckSignals())
        return -1;
    clearerr(fp);
    if (op != NULL && op->ob_refcnt <= 0) {
        fprintf(fp, "<refcnt %zd at %p>", op->ob_refcnt, (void *)op);
        return 0;
    }
    text = (flags & Py_PRINT_RAW) ? PyObject_Str(op) : PyObject_Repr(op);
    if (text != NULL && op == NULL)
        Py_SETREF(text, PyUnicode_FromString("<nil>"));
    if (text != NULL)
        bytes = PyUnicode_AsEncodedString(text, "utf-8", "backslashreplace");
    if (bytes != NULL) {
        fwrite(PyBytes_AS_STRING(bytes), 1, (size_t)PyBytes_GET_SIZE(bytes), fp);
        failed = 0;
    }
    Py_XDECREF(text);
    Py_XDECREF(bytes);
    if (failed == 0 && ferror(fp)) {
        PyErr_SetFromErrno(PyExc_OSError);
        clearerr(fp);
        failed = -1;
    }
    return failed;
}

/* ---- truth, kinds ---------------------------------------------------------------------------------------------- */

int PyObject_IsTrue(PyObject *v)
{
    PyTypeObject *type;
    Py_ssize_t res;
    if (v == Py_True)
        return 1;
    if (v == Py_False || v == Py_None)
        return 0;
    type = Py_TYPE(v);
    if (type->tp_as_number && type->tp_as_number->nb_bool)
        res = type->tp_as_number->nb_bool(v);
    else if (type->tp_as_mapping && type->tp_as_mapping->mp_length)
        res = type->tp_as_mapping->mp_length(v);
    else if (type->tp_as_sequence && type->tp_as_sequence->sq_length)
        res = type->tp_as_sequence->sq_length(v);
    else
        return 1;
    return res > 0 ? 1 : (int)res;
}

int PyObject_Not(PyObject *v)
{
    int res = PyObject_IsTrue(v);
    return res < 0 ? res : !res;
}

int PyCallable_Check(PyObject *x)
{
    return x != NULL && Py_TYPE(x)->tp_call != NULL;
}

int _PyObject_IsAbstract(PyObject *obj)
{
    PyObject *flag;
    int res;
    if (obj == NULL)
        return 0;
    if (tai_need_stack(" while asking for __isabstractmethod__") < 0) /* wrappers ask what they wrap */
        return -1;
    res = _PyObject_LookupAttrId(obj, &PyId___isabstractmethod__, &flag);
    if (res > 0) {
        res = PyObject_IsTrue(flag);
        Py_DECREF(flag);
    }
    return res;
}

/* ---- dir() --------------------------------------------------------------------------------------------------- */

static PyObject *dir_locals(void)
{
    PyObject *locals = PyEval_GetLocals(), *names; /* borrowed */
    if (locals == NULL)
        return NULL;
    names = PyMapping_Keys(locals);
    if (names == NULL)
        return NULL;
    if (!PyList_Check(names)) {
        PyErr_Format(PyExc_TypeError, "dir(): expected keys() of locals to be a list, not '%.200s'",
                     Py_TYPE(names)->tp_name);
        Py_DECREF(names);
        return NULL;
    }
    if (PyList_Sort(names))
        Py_CLEAR(names);
    return names;
}

PyObject *PyObject_Dir(PyObject *obj)
{
    PyObject *method, *names, *list;
    if (obj == NULL)
        return dir_locals();
    method = _PyObject_LookupSpecial(obj, &PyId___dir__);
    if (method == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "object does not provide __dir__");
        return NULL;
    }
    names = _PyObject_CallNoArg(method);
    Py_DECREF(method);
    if (names == NULL)
        return NULL;
    list = PySequence_List(names);
    Py_DECREF(names);
    if (list != NULL && PyList_Sort(list) < 0)
        Py_CLEAR(list);
    return list;
}

/* ---- None and NotImplemented ----------------------------------------------------------------------------------- */

static PyObject *none_repr(PyObject *op)
{
    return PyUnicode_FromString("None");
}

static void singleton_dealloc(PyObject *op)
{
    tai_immortalize(op); /* code that counts wrongly brought it here; it goes on living */
}

static PyObject *singleton_no_args(PyTypeObject *type, PyObject *args, PyObject *kwds, PyObject *value)
{
    if (PyTuple_GET_SIZE(args) || (kwds && PyDict_GET_SIZE(kwds))) {
        PyErr_Format(PyExc_TypeError, "%s takes no arguments", type->tp_name);
        return NULL;
    }
    Py_INCREF(value);
    return value;
}

static PyObject *none_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    return singleton_no_args(type, args, kwds, Py_None);
}

static PyObject *not_implemented_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    return singleton_no_args(type, args, kwds, Py_NotImplemented);
}

static int none_bool(PyObject *v)
{
    return 0;
}


static PyNumberMethods none_as_number = {.nb_bool = none_bool};

PyTypeObject _PyNone_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "NoneType",
    .tp_dealloc = singleton_dealloc,
    .tp_repr = none_repr,
    .tp_as_number = &none_as_number,
    .tp_hash = NULL, /* inherited: by address, as object's */
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = none_new,
};

PyObject _Py_NoneStruct = {_PyObject_EXTRA_INIT TAI_IMMORTAL_COUNT, &_PyNone_Type};

static PyObject *not_implemented_repr(PyObject *op)
{
    return PyUnicode_FromString("NotImplemented");
}

static PyObject *not_implemented_reduce(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    return PyUnicode_FromString("NotImplemented");
}

static PyMethodDef not_implemented_methods[] = {
    {"__reduce__", not_implemented_reduce, METH_NOARGS, NULL},
    {NULL},
};

PyTypeObject _PyNotImplemented_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "NotImplementedType",
    .tp_dealloc = singleton_dealloc,
    .tp_repr = not_implemented_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = not_implemented_methods,
    .tp_new = not_implemented_new,
};

PyObject _Py_NotImplementedStruct = {_PyObject_EXTRA_INIT TAI_IMMORTAL_COUNT, &_PyNotImplemented_Type};

/* ---- repr of things that contain themselves ------------------------------------------------------------------- */

/* The list of objects whose repr is being made by this thread, kept in its dict. Borrowed, NULL if none (no exception)
 * or on error. */
static PyObject *repr_list(int create)
{
    PyObject *dict = PyThreadState_GetDict(), *list;
    if (dict == NULL)
        return NULL;
    list = _PyDict_GetItemIdWithError(dict, &PyId_Py_Repr);
    if (list != NULL || !create || PyErr_Occurred())
        return list;
    list = PyList_New(0);
    if (list == NULL || _PyDict_SetItemId(dict, &PyId_Py_Repr, list) < 0) {
        Py_XDECREF(list);
        return NULL;
    }
    Py_DECREF(list); /* the dict holds it */
    return list;
}

int Py_ReprEnter(PyObject *obj)
{
    PyObject *list = repr_list(1);
    if (list == NULL)
        return PyErr_Occurred() ? -1 : 0;
    for (Py_ssize_t i = PyList_GET_SIZE(list); --i >= 0;)
        if (PyList_GET_ITEM(list, i) == obj)
            return 1;
    return PyList_Append(list, obj) < 0 ? -1 : 0;
}

void Py_ReprLeave(PyObject *obj)
{
    PyObject *type, *value, *trace, *list;
    PyErr_Fetch(&type, &value, &trace);
    list = repr_list(0);
    if (list != NULL && PyList_Check(list)) {
        for (Py_ssize_t i = PyList_GET_SIZE(list); --i >= 0;) {
            if (PyList_GET_ITEM(list, i) == obj) {
                PyList_SetSlice(list, i, i + 1, NULL);
                break;
            }
        }
    }
    PyErr_Restore(type, value, trace);
}

/* ---- end of life ------------------------------------------------------------------------------------------------- */

void PyObject_CallFinalizer(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    if (type->tp_finalize == NULL)
        return;
    if (PyType_IS_GC(type)) {
        if (tai_gc_head(self)->_gc_prev & TAI_GC_FINALIZED)
            return;
        type->tp_finalize(self);
        tai_gc_head(self)->_gc_prev |= TAI_GC_FINALIZED;
        return;
    }
    type->tp_finalize(self);
}

/* Called by tp_dealloc with a count of 0. 0: go on; -1: the finalizer brought the object back to life. */
int PyObject_CallFinalizerFromDealloc(PyObject *self)
{
    if (self->ob_refcnt != 0)
        Py_FatalError("PyObject_CallFinalizerFromDealloc called on object with a non-zero refcount");
    self->ob_refcnt = 1;
    PyObject_CallFinalizer(self);
    if (LIKELY(--self->ob_refcnt == 0))
        return 0;
    return -1; /* the references that keep it were counted as usual; it is still as it was, tracked or not */
}

/* Objects waiting are linked through _gc_prev, whose flag bits are of no more use to them. */
void _PyTrash_thread_deposit_object(PyObject *op)
{
    PyThreadState *ts = tai_tstate();
    assert(PyObject_IS_GC(op) && !tai_gc_is_tracked(op) && op->ob_refcnt == 0);
    tai_gc_head(op)->_gc_prev = (uintptr_t)ts->trash_delete_later;
    ts->trash_delete_later = op;
}

void _PyTrash_thread_destroy_chain(void)
{
    PyThreadState *ts = tai_tstate();
    ++ts->trash_delete_nesting; /* nested deallocations deposit instead of coming back here */
    while (ts->trash_delete_later) {
        PyObject *op = ts->trash_delete_later;
        ts->trash_delete_later = (PyObject *)tai_gc_head(op)->_gc_prev;
        tai_gc_head(op)->_gc_prev = 0;
        Py_TYPE(op)->tp_dealloc(op);
    }
    --ts->trash_delete_nesting;
}

/* The names that old binaries use. */
void _PyTrash_deposit_object(PyObject *op)
{
    _PyTrash_thread_deposit_object(op);
}

void _PyTrash_destroy_chain(void)
{
    _PyTrash_thread_destroy_chain();
}

/* ---- for debugging ----------------------------------------------------------------------------------------------- */

int _PyObject_IsFreed(PyObject *op)
{
    uintptr_t p = (uintptr_t)op, t;
    if (p < 4096 || (p & 7) || p == (uintptr_t)0xDDDDDDDDDDDDDDDD || p == (uintptr_t)0xCDCDCDCDCDCDCDCD)
        return 1;
    t = (uintptr_t)op->ob_type;
    return t < 4096 || t == (uintptr_t)0xDDDDDDDDDDDDDDDD || t == (uintptr_t)0xCDCDCDCDCDCDCDCD ||
           t == (uintptr_t)0xFDFDFDFDFDFDFDFD;
}

void _PyObject_Dump(PyObject *op)
{
    if (_PyObject_IsFreed(op)) {
        fprintf(stderr, "<object at %p is freed>\n", (void *)op);
        fflush(stderr);
        return;
    }
    fprintf(stderr, "object address  : %p\nobject refcount : %zd\nobject type     : %p\nobject type name: %s\nobject repr     : ",
            (void *)op, op->ob_refcnt, (void *)Py_TYPE(op), Py_TYPE(op)->tp_name);
    fflush(stderr);
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *type, *value, *trace;
    PyErr_Fetch(&type, &value, &trace);
    (void)PyObject_Print(op, stderr, 0);
    PyErr_Clear();
    fprintf(stderr, "\n");
    fflush(stderr);
    PyErr_Restore(type, value, trace);
    PyGILState_Release(gil);
}

void _Py_BreakPoint(void)
{
}

int _PyObject_CheckConsistency(PyObject *op, int check_content)
{
    _PyObject_ASSERT(op, !_PyObject_IsFreed(op));
    _PyObject_ASSERT(op, op->ob_refcnt >= 1);
    _PyObject_ASSERT(op, Py_TYPE(op)->tp_name != NULL);
    if (check_content && PyUnicode_Check(op))
        _PyUnicode_CheckConsistency(op, check_content);
    return 1;
}

void _PyObject_AssertFailed(PyObject *obj, const char *expr, const char *msg, const char *file, int line,
                            const char *function)
{
    fprintf(stderr, "%s:%d: ", file, line);
    if (function)
        fprintf(stderr, "%s: ", function);
    if (expr)
        fprintf(stderr, "Assertion \"%s\" failed", expr);
    else
        fprintf(stderr, "Assertion failed");
    if (msg)
        fprintf(stderr, ": %s", msg);
    fprintf(stderr, "\n");
    fflush(stderr);
    if (_PyObject_IsFreed(obj))
        fprintf(stderr, "<object at %p is freed>\n", (void *)obj);
    else
        _PyObject_Dump(obj);
    fflush(stderr);
    Py_FatalError("_PyObject_AssertFailed");
}

void _PyDebugAllocatorStats(FILE *out, const char *block_name, int num_blocks, size_t sizeof_block)
{
    char what[128];
    PyOS_snprintf(what, sizeof what, "%d %ss * %zd bytes each", num_blocks, block_name, sizeof_block);
    fprintf(out, "%-48s = %15zu\n", what, num_blocks * sizeof_block);
}

void _PyObject_DebugTypeStats(FILE *out)
{
    _PyDict_DebugMallocStats(out);
    _PyFloat_DebugMallocStats(out);
    _PyList_DebugMallocStats(out);
    _PyTuple_DebugMallocStats(out);
}
