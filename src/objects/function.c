/* SPDX-License-Identifier: MIT */
/* function objects, classmethod and staticmethod.
 *
 * A function binds a code object to globals, defaults and cells. How it runs is the evaluator's business: its vectorcall is
 * _PyFunction_Vectorcall (vm/).
 * [FUNC-1] func_closure has exactly one cell for each free variable of func_code (NULL: none).
 * [FUNC-2] func_defaults is NULL or a tuple, func_kwdefaults and func_annotations NULL or a dict.
 * Tests: tests/objects/test_function.py.
 */
#include "Python.h"
#include "objects/type/type.h"
#include "runtime/gc.h"
#include "runtime/state.h"
#include "structmember.h"

#define FUNC(op) ((PyFunctionObject *)(op))

/* ---- making ---- */

PyObject *PyFunction_NewWithQualName(PyObject *code, PyObject *globals, PyObject *qualname)
{
    _Py_IDENTIFIER(__name__);
    PyFunctionObject *self = PyObject_GC_New(PyFunctionObject, &PyFunction_Type);
    if (self == NULL)
        return NULL;
    PyCodeObject *co = (PyCodeObject *)code;
    PyObject *doc = Py_None, *module;
    if (PyTuple_GET_SIZE(co->co_consts) > 0 && PyUnicode_Check(PyTuple_GET_ITEM(co->co_consts, 0)))
        doc = PyTuple_GET_ITEM(co->co_consts, 0);
    module = _PyDict_GetItemIdWithError(globals, &PyId___name__);
    if (UNLIKELY(module == NULL && PyErr_Occurred())) {
        PyObject_GC_Del(self);
        return NULL;
    }
    if (qualname == NULL)
        qualname = co->co_name;
    Py_INCREF(code);
    Py_INCREF(globals);
    Py_INCREF(doc);
    Py_INCREF(co->co_name);
    Py_INCREF(qualname);
    Py_XINCREF(module);
    self->func_code = code;
    self->func_globals = globals;
    self->func_defaults = NULL;
    self->func_kwdefaults = NULL;
    self->func_closure = NULL;
    self->func_doc = doc;
    self->func_name = co->co_name;
    self->func_dict = NULL;
    self->func_weakreflist = NULL;
    self->func_module = module;
    self->func_annotations = NULL;
    self->func_qualname = qualname;
    self->vectorcall = _PyFunction_Vectorcall;
    tai_gc_track(self);
    return (PyObject *)self;
}

PyObject *PyFunction_New(PyObject *code, PyObject *globals)
{
    return PyFunction_NewWithQualName(code, globals, NULL);
}

static Py_ssize_t free_count(PyObject *code)
{
    return PyTuple_GET_SIZE(((PyCodeObject *)code)->co_freevars);
}

/* Are these the cells for that code? 0, or -1 with an exception. */
static int check_closure(PyCodeObject *code, PyObject *closure)
{
    Py_ssize_t wanted = free_count((PyObject *)code);
    if (!PyTuple_Check(closure)) {
        if (wanted != 0 && closure == Py_None) {
            PyErr_SetString(PyExc_TypeError, "arg 5 (closure) must be tuple");
            return -1;
        }
        if (closure != Py_None) {
            PyErr_SetString(PyExc_TypeError, "arg 5 (closure) must be None or tuple");
            return -1;
        }
    }
    Py_ssize_t count = closure == Py_None ? 0 : PyTuple_GET_SIZE(closure);
    if (count != wanted) {
        PyErr_Format(PyExc_ValueError, "%U requires closure of length %zd, not %zd", code->co_name, wanted, count);
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *cell = PyTuple_GET_ITEM(closure, i);
        if (!PyCell_Check(cell)) {
            PyErr_Format(PyExc_TypeError, "arg 5 (closure) expected cell, found %s", Py_TYPE(cell)->tp_name);
            return -1;
        }
    }
    return 0;
}

static PyObject *function_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"code", "globals", "name", "argdefs", "closure", NULL};
    PyCodeObject *code;
    PyObject *globals, *name = Py_None, *defaults = Py_None, *closure = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OO|OOO:function", names, &code, &globals, &name, &defaults, &closure))
        return NULL;
    if (!PyCode_Check(code) || !PyDict_Check(globals)) {
        if (!PyCode_Check(code))
            _PyArg_BadArgument("function", "argument 'code'", "code", (PyObject *)code);
        else
            _PyArg_BadArgument("function", "argument 'globals'", "dict", globals);
        return NULL;
    }
    if (name != Py_None && !PyUnicode_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "arg 3 (name) must be None or string");
        return NULL;
    }
    if (defaults != Py_None && !PyTuple_Check(defaults)) {
        PyErr_SetString(PyExc_TypeError, "arg 4 (defaults) must be None or tuple");
        return NULL;
    }
    if (check_closure(code, closure) < 0 || PySys_Audit("function.__new__", "O", code) < 0)
        return NULL;
    PyFunctionObject *self = FUNC(PyFunction_New((PyObject *)code, globals));
    if (self == NULL)
        return NULL;
    if (name != Py_None) {
        Py_INCREF(name);
        Py_SETREF(self->func_name, name);
    }
    if (defaults != Py_None) {
        Py_INCREF(defaults);
        self->func_defaults = defaults;
    }
    if (closure != Py_None) {
        Py_INCREF(closure);
        self->func_closure = closure;
    }
    return (PyObject *)self;
}

/* ---- slots ---- */

static int function_clear(PyObject *op)
{
    PyFunctionObject *self = FUNC(op);
    Py_CLEAR(self->func_code);
    Py_CLEAR(self->func_globals);
    Py_CLEAR(self->func_module);
    Py_CLEAR(self->func_name);
    Py_CLEAR(self->func_defaults);
    Py_CLEAR(self->func_kwdefaults);
    Py_CLEAR(self->func_doc);
    Py_CLEAR(self->func_dict);
    Py_CLEAR(self->func_closure);
    Py_CLEAR(self->func_annotations);
    Py_CLEAR(self->func_qualname);
    return 0;
}

static void function_dealloc(PyObject *op)
{
    tai_gc_untrack_if(op);
    if (FUNC(op)->func_weakreflist != NULL)
        PyObject_ClearWeakRefs(op);
    function_clear(op);
    PyObject_GC_Del(op);
}

static int function_traverse(PyObject *op, visitproc visit, void *arg)
{
    PyFunctionObject *self = FUNC(op);
    Py_VISIT(self->func_code);
    Py_VISIT(self->func_globals);
    Py_VISIT(self->func_module);
    Py_VISIT(self->func_defaults);
    Py_VISIT(self->func_kwdefaults);
    Py_VISIT(self->func_doc);
    Py_VISIT(self->func_name);
    Py_VISIT(self->func_dict);
    Py_VISIT(self->func_closure);
    Py_VISIT(self->func_annotations);
    Py_VISIT(self->func_qualname);
    return 0;
}

/* What a cycle can go through: code and names are left alone, so that a cleared function can still be called and shown. */
static int function_tp_clear(PyObject *op)
{
    PyFunctionObject *self = FUNC(op);
    Py_CLEAR(self->func_module);
    Py_CLEAR(self->func_defaults);
    Py_CLEAR(self->func_kwdefaults);
    Py_CLEAR(self->func_doc);
    Py_CLEAR(self->func_dict);
    Py_CLEAR(self->func_annotations);
    /* func_closure stays [FUNC-1]: the cells are cleared by their own tp_clear. */
    return 0;
}

static PyObject *function_repr(PyObject *op)
{
    return PyUnicode_FromFormat("<function %U at %p>", FUNC(op)->func_qualname, op);
}

static PyObject *function_descr_get(PyObject *self, PyObject *object, PyObject *type)
{
    if (object == NULL || object == Py_None) {
        Py_INCREF(self);
        return self;
    }
    return PyMethod_New(self, object);
}

/* ---- attributes ---- */

static PyObject *or_none(PyObject *value)
{
    if (value == NULL)
        value = Py_None;
    Py_INCREF(value);
    return value;
}

static void assign(PyObject **field, PyObject *value)
{
    Py_XINCREF(value);
    Py_XSETREF(*field, value);
}

static int audit_get(PyObject *self, const char *name)
{
    return PySys_Audit("object.__getattr__", "Os", self, name);
}

static int audit_set(PyObject *self, const char *name, PyObject *value)
{
    return value != NULL ? PySys_Audit("object.__setattr__", "OsO", self, name, value)
                         : PySys_Audit("object.__delattr__", "Os", self, name);
}

static PyObject *get_code(PyObject *self, void *closure)
{
    if (audit_get(self, "__code__") < 0)
        return NULL;
    Py_INCREF(FUNC(self)->func_code);
    return FUNC(self)->func_code;
}

static int set_code(PyObject *self, PyObject *value, void *closure)
{
    if (value == NULL || !PyCode_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "__code__ must be set to a code object");
        return -1;
    }
    if (PySys_Audit("object.__setattr__", "OsO", self, "__code__", value) < 0)
        return -1;
    Py_ssize_t wanted = free_count(value);
    Py_ssize_t count = FUNC(self)->func_closure == NULL ? 0 : PyTuple_GET_SIZE(FUNC(self)->func_closure);
    if (wanted != count) {
        PyErr_Format(PyExc_ValueError, "%U() requires a code object with %zd free vars, not %zd", FUNC(self)->func_name, count,
                     wanted);
        return -1;
    }
    assign(&FUNC(self)->func_code, value);
    return 0;
}

static int set_text(PyObject *value, PyObject **field, const char *message)
{
    if (value == NULL || !PyUnicode_Check(value)) {
        PyErr_SetString(PyExc_TypeError, message);
        return -1;
    }
    assign(field, value);
    return 0;
}

static PyObject *get_name(PyObject *self, void *closure)
{
    return or_none(FUNC(self)->func_name);
}

static int set_name(PyObject *self, PyObject *value, void *closure)
{
    return set_text(value, &FUNC(self)->func_name, "__name__ must be set to a string object");
}

static PyObject *get_qualname(PyObject *self, void *closure)
{
    return or_none(FUNC(self)->func_qualname);
}

static int set_qualname(PyObject *self, PyObject *value, void *closure)
{
    return set_text(value, &FUNC(self)->func_qualname, "__qualname__ must be set to a string object");
}

static PyObject *get_defaults(PyObject *self, void *closure)
{
    return audit_get(self, "__defaults__") < 0 ? NULL : or_none(FUNC(self)->func_defaults);
}

static int set_defaults(PyObject *self, PyObject *value, void *closure)
{
    if (value == Py_None)
        value = NULL;
    if (value != NULL && !PyTuple_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "__defaults__ must be set to a tuple object");
        return -1;
    }
    if (audit_set(self, "__defaults__", value) < 0)
        return -1;
    assign(&FUNC(self)->func_defaults, value);
    return 0;
}

static PyObject *get_kwdefaults(PyObject *self, void *closure)
{
    return audit_get(self, "__kwdefaults__") < 0 ? NULL : or_none(FUNC(self)->func_kwdefaults);
}

static int set_kwdefaults(PyObject *self, PyObject *value, void *closure)
{
    if (value == Py_None)
        value = NULL;
    if (value != NULL && !PyDict_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "__kwdefaults__ must be set to a dict object");
        return -1;
    }
    if (audit_set(self, "__kwdefaults__", value) < 0)
        return -1;
    assign(&FUNC(self)->func_kwdefaults, value);
    return 0;
}

static PyObject *get_annotations(PyObject *self, void *closure)
{
    if (FUNC(self)->func_annotations == NULL && (FUNC(self)->func_annotations = PyDict_New()) == NULL)
        return NULL;
    return or_none(FUNC(self)->func_annotations);
}

static int set_annotations(PyObject *self, PyObject *value, void *closure)
{
    if (value == Py_None)
        value = NULL;
    if (value != NULL && !PyDict_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "__annotations__ must be set to a dict object");
        return -1;
    }
    assign(&FUNC(self)->func_annotations, value);
    return 0;
}

static PyGetSetDef function_getset[] = {
    {"__code__", get_code, set_code},
    {"__defaults__", get_defaults, set_defaults},
    {"__kwdefaults__", get_kwdefaults, set_kwdefaults},
    {"__annotations__", get_annotations, set_annotations},
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict},
    {"__name__", get_name, set_name},
    {"__qualname__", get_qualname, set_qualname},
    {NULL},
};

static PyMemberDef function_members[] = {
    {"__closure__", T_OBJECT, offsetof(PyFunctionObject, func_closure), RESTRICTED | READONLY},
    {"__doc__", T_OBJECT, offsetof(PyFunctionObject, func_doc), PY_WRITE_RESTRICTED},
    {"__globals__", T_OBJECT, offsetof(PyFunctionObject, func_globals), RESTRICTED | READONLY},
    {"__module__", T_OBJECT, offsetof(PyFunctionObject, func_module), PY_WRITE_RESTRICTED},
    {NULL},
};

PyDoc_STRVAR(function_doc, "function(code, globals, name=None, argdefs=None, closure=None)\n--\n\n"
"Make a function that runs a code object.\n\n"
"  code\n    the code object\n"
"  globals\n    the dict that global names are looked up in\n"
"  name\n    what to call it, if not by the name that the code has\n"
"  argdefs\n    tuple of defaults for the last parameters\n"
"  closure\n    tuple of cells, one for each free variable");

PyTypeObject PyFunction_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "function",
    .tp_basicsize = sizeof(PyFunctionObject),
    .tp_dealloc = function_dealloc,
    .tp_vectorcall_offset = offsetof(PyFunctionObject, vectorcall),
    .tp_repr = function_repr,
    .tp_call = PyVectorcall_Call,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | _Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR,
    .tp_doc = function_doc,
    .tp_traverse = function_traverse,
    .tp_clear = function_tp_clear,
    .tp_weaklistoffset = offsetof(PyFunctionObject, func_weakreflist),
    .tp_members = function_members,
    .tp_getset = function_getset,
    .tp_descr_get = function_descr_get,
    .tp_dictoffset = offsetof(PyFunctionObject, func_dict),
    .tp_new = function_new,
};

/* ---- C API ---- */

#define CHECKED_GETTER(name, field) \
    PyObject *name(PyObject *op) \
    { \
        if (!PyFunction_Check(op)) { \
            PyErr_BadInternalCall(); \
            return NULL; \
        } \
        return FUNC(op)->field; \
    }
CHECKED_GETTER(PyFunction_GetCode, func_code)
CHECKED_GETTER(PyFunction_GetGlobals, func_globals)
CHECKED_GETTER(PyFunction_GetModule, func_module)
CHECKED_GETTER(PyFunction_GetDefaults, func_defaults)
CHECKED_GETTER(PyFunction_GetKwDefaults, func_kwdefaults)
CHECKED_GETTER(PyFunction_GetClosure, func_closure)
CHECKED_GETTER(PyFunction_GetAnnotations, func_annotations)

/* None clears. is_right: 1 where value has the type of the field. */
static int checked_set(PyObject *op, PyObject **field, PyObject *value, int is_right, const char *message)
{
    if (!PyFunction_Check(op)) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (value != Py_None && !is_right) {
        PyErr_Format(PyExc_SystemError, message, value ? Py_TYPE(value)->tp_name : "NULL");
        return -1;
    }
    assign(field, value == Py_None ? NULL : value);
    return 0;
}

int PyFunction_SetDefaults(PyObject *op, PyObject *value)
{
    return checked_set(op, &FUNC(op)->func_defaults, value, value && PyTuple_Check(value), "non-tuple default args");
}

int PyFunction_SetKwDefaults(PyObject *op, PyObject *value)
{
    return checked_set(op, &FUNC(op)->func_kwdefaults, value, value && PyDict_Check(value),
                       "non-dict keyword only default args");
}

int PyFunction_SetClosure(PyObject *op, PyObject *value)
{
    return checked_set(op, &FUNC(op)->func_closure, value, value && PyTuple_Check(value),
                       "expected tuple for closure, got '%.100s'");
}

int PyFunction_SetAnnotations(PyObject *op, PyObject *value)
{
    return checked_set(op, &FUNC(op)->func_annotations, value, value && PyDict_Check(value), "non-dict annotations");
}

/* ---- classmethod and staticmethod: a callable and a __dict__ ---- */

typedef struct {
    PyObject_HEAD
    PyObject *callable;
    PyObject *dict;
} Wrapper;

#define WRAPPER(op) ((Wrapper *)(op))

static void wrapper_dealloc(PyObject *op)
{
    tai_gc_untrack_if(op);
    Py_TRASHCAN_BEGIN(op, wrapper_dealloc)
    Py_XDECREF(WRAPPER(op)->callable);
    Py_XDECREF(WRAPPER(op)->dict);
    Py_TYPE(op)->tp_free(op);
    Py_TRASHCAN_END
}

static int wrapper_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(WRAPPER(op)->callable);
    Py_VISIT(WRAPPER(op)->dict);
    return 0;
}

static int wrapper_clear(PyObject *op)
{
    Py_CLEAR(WRAPPER(op)->callable);
    Py_CLEAR(WRAPPER(op)->dict);
    return 0;
}

static int wrapper_init(PyObject *op, PyObject *args, PyObject *kwargs, const char *name)
{
    PyObject *callable;
    if (!_PyArg_NoKeywords(name, kwargs) || !PyArg_UnpackTuple(args, name, 1, 1, &callable))
        return -1;
    if (WRAPPER(op)->callable != NULL)
        tai_type_forget_values(); /* [TYPE-5] */
    assign(&WRAPPER(op)->callable, callable);
    return 0;
}

static int classmethod_init(PyObject *op, PyObject *args, PyObject *kwargs)
{
    return wrapper_init(op, args, kwargs, "classmethod");
}

static int staticmethod_init(PyObject *op, PyObject *args, PyObject *kwargs)
{
    return wrapper_init(op, args, kwargs, "staticmethod");
}

static PyObject *classmethod_get(PyObject *self, PyObject *object, PyObject *type)
{
    PyObject *callable = WRAPPER(self)->callable;
    if (callable == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "uninitialized classmethod object");
        return NULL;
    }
    return PyMethod_New(callable, type ? type : (PyObject *)Py_TYPE(object));
}

static PyObject *staticmethod_get(PyObject *self, PyObject *object, PyObject *type)
{
    PyObject *callable = WRAPPER(self)->callable;
    if (callable == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "uninitialized staticmethod object");
        return NULL;
    }
    Py_INCREF(callable);
    return callable;
}

static PyObject *wrapper_isabstract(PyObject *self, void *closure)
{
    int abstract = _PyObject_IsAbstract(WRAPPER(self)->callable);
    return abstract < 0 ? NULL : PyBool_FromLong(abstract);
}

static PyMemberDef wrapper_members[] = {
    {"__func__", T_OBJECT, offsetof(Wrapper, callable), READONLY},
    {NULL},
};

static PyGetSetDef wrapper_getset[] = {
    {"__isabstractmethod__", wrapper_isabstract, NULL},
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict},
    {NULL},
};

PyDoc_STRVAR(classmethod_doc, "classmethod(function) -> method\n\n"
"Make a function a method of the class: its first argument will be the class,\n"
"however it is called, on the class or on an instance.\n\n"
"    class C:\n"
"        @classmethod\n"
"        def create(cls, ...): ...\n");

PyDoc_STRVAR(staticmethod_doc, "staticmethod(function) -> method\n\n"
"Keep a function that stands in a class from being bound: it is called with\n"
"just its arguments, on the class or on an instance.\n\n"
"    class C:\n"
"        @staticmethod\n"
"        def helper(...): ...\n");

#define WRAPPER_TYPE(type, name, doc, get, init) \
    PyTypeObject type = { \
        PyVarObject_HEAD_INIT(&PyType_Type, 0) \
        .tp_name = name, \
        .tp_basicsize = sizeof(Wrapper), \
        .tp_dealloc = wrapper_dealloc, \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, \
        .tp_doc = doc, \
        .tp_traverse = wrapper_traverse, \
        .tp_clear = wrapper_clear, \
        .tp_members = wrapper_members, \
        .tp_getset = wrapper_getset, \
        .tp_descr_get = get, \
        .tp_dictoffset = offsetof(Wrapper, dict), \
        .tp_init = init, \
        .tp_alloc = PyType_GenericAlloc, \
        .tp_new = PyType_GenericNew, \
        .tp_free = PyObject_GC_Del, \
    };
WRAPPER_TYPE(PyClassMethod_Type, "classmethod", classmethod_doc, classmethod_get, classmethod_init)
WRAPPER_TYPE(PyStaticMethod_Type, "staticmethod", staticmethod_doc, staticmethod_get, staticmethod_init)

static PyObject *wrapper_new(PyTypeObject *type, PyObject *callable)
{
    PyObject *self = PyType_GenericAlloc(type, 0);
    if (self != NULL) {
        Py_INCREF(callable);
        WRAPPER(self)->callable = callable;
    }
    return self;
}

PyObject *PyClassMethod_New(PyObject *callable)
{
    return wrapper_new(&PyClassMethod_Type, callable);
}

PyObject *PyStaticMethod_New(PyObject *callable)
{
    return wrapper_new(&PyStaticMethod_Type, callable);
}
