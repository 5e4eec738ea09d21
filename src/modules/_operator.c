/* SPDX-License-Identifier: MIT */
/* _operator: the operators of the language as functions, and itemgetter, attrgetter, methodcaller.
 *
 * The plain functions are rows of the tables UNARY, BINARY and COMPARE below.
 * Tests: tests/modules/test_small_natives.py.
 */
#include "Python.h"

#include <stddef.h>
#include <string.h>

static PyObject *newref(PyObject *op)
{
    Py_XINCREF(op);
    return op;
}

/* ---- functions ----------------------------------------------------------------------------------------------- */

#define UNARY_TABLE(ROW)                                                                                             \
    ROW(neg, PyNumber_Negative(a), "-a")                                                                             \
    ROW(pos, PyNumber_Positive(a), "+a")                                                                             \
    ROW(abs, PyNumber_Absolute(a), "abs(a)")                                                                         \
    ROW(inv, PyNumber_Invert(a), "~a")                                                                               \
    ROW(invert, PyNumber_Invert(a), "~a")                                                                            \
    ROW(index, PyNumber_Index(a), "a.__index__()")

#define BINARY_TABLE(ROW)                                                                                            \
    ROW(add, PyNumber_Add(a, b), "a + b")                                                                            \
    ROW(sub, PyNumber_Subtract(a, b), "a - b")                                                                       \
    ROW(mul, PyNumber_Multiply(a, b), "a * b")                                                                       \
    ROW(matmul, PyNumber_MatrixMultiply(a, b), "a @ b")                                                              \
    ROW(floordiv, PyNumber_FloorDivide(a, b), "a // b")                                                              \
    ROW(truediv, PyNumber_TrueDivide(a, b), "a / b")                                                                 \
    ROW(mod, PyNumber_Remainder(a, b), "a % b")                                                                      \
    ROW(lshift, PyNumber_Lshift(a, b), "a << b")                                                                     \
    ROW(rshift, PyNumber_Rshift(a, b), "a >> b")                                                                     \
    ROW(and_, PyNumber_And(a, b), "a & b")                                                                           \
    ROW(xor, PyNumber_Xor(a, b), "a ^ b")                                                                            \
    ROW(or_, PyNumber_Or(a, b), "a | b")                                                                             \
    ROW(pow, PyNumber_Power(a, b, Py_None), "a ** b")                                                                \
    ROW(iadd, PyNumber_InPlaceAdd(a, b), "a += b")                                                                   \
    ROW(isub, PyNumber_InPlaceSubtract(a, b), "a -= b")                                                              \
    ROW(imul, PyNumber_InPlaceMultiply(a, b), "a *= b")                                                              \
    ROW(imatmul, PyNumber_InPlaceMatrixMultiply(a, b), "a @= b")                                                     \
    ROW(ifloordiv, PyNumber_InPlaceFloorDivide(a, b), "a //= b")                                                     \
    ROW(itruediv, PyNumber_InPlaceTrueDivide(a, b), "a /= b")                                                        \
    ROW(imod, PyNumber_InPlaceRemainder(a, b), "a %= b")                                                             \
    ROW(ilshift, PyNumber_InPlaceLshift(a, b), "a <<= b")                                                            \
    ROW(irshift, PyNumber_InPlaceRshift(a, b), "a >>= b")                                                            \
    ROW(iand, PyNumber_InPlaceAnd(a, b), "a &= b")                                                                   \
    ROW(ixor, PyNumber_InPlaceXor(a, b), "a ^= b")                                                                   \
    ROW(ior, PyNumber_InPlaceOr(a, b), "a |= b")                                                                     \
    ROW(ipow, PyNumber_InPlacePower(a, b, Py_None), "a **= b")                                                       \
    ROW(concat, PySequence_Concat(a, b), "a + b, for sequences")                                                     \
    ROW(iconcat, PySequence_InPlaceConcat(a, b), "a += b, for sequences")                                            \
    ROW(getitem, PyObject_GetItem(a, b), "a[b]")                                                                     \
    ROW(delitem, none_or_error(PyObject_DelItem(a, b)), "del a[b]")                                                  \
    ROW(contains, bool_or_error(PySequence_Contains(a, b)), "b in a (the other way round)")                          \
    ROW(indexOf, size_or_error(PySequence_Index(a, b)), "Position of the first b in a.")                             \
    ROW(countOf, size_or_error(PySequence_Count(a, b)), "How often b occurs in a.")                                  \
    ROW(is_, PyBool_FromLong(a == b), "a is b")                                                                      \
    ROW(is_not, PyBool_FromLong(a != b), "a is not b")                                                               \
    ROW(lt, PyObject_RichCompare(a, b, Py_LT), "a < b")                                                              \
    ROW(le, PyObject_RichCompare(a, b, Py_LE), "a <= b")                                                             \
    ROW(eq, PyObject_RichCompare(a, b, Py_EQ), "a == b")                                                             \
    ROW(ne, PyObject_RichCompare(a, b, Py_NE), "a != b")                                                             \
    ROW(ge, PyObject_RichCompare(a, b, Py_GE), "a >= b")                                                             \
    ROW(gt, PyObject_RichCompare(a, b, Py_GT), "a > b")

static PyObject *none_or_error(int status) { return status < 0 ? NULL : newref(Py_None); }
static PyObject *bool_or_error(int truth) { return truth < 0 ? NULL : PyBool_FromLong(truth); }
static PyObject *size_or_error(Py_ssize_t n) { return n < 0 ? NULL : PyLong_FromSsize_t(n); }

#define DEFINE_UNARY(NAME, CALL, DOC) \
    static PyObject *operator_##NAME(PyObject *module, PyObject *a) { return CALL; }
UNARY_TABLE(DEFINE_UNARY)

#define DEFINE_BINARY(NAME, CALL, DOC)                                                                               \
    static PyObject *operator_##NAME(PyObject *module, PyObject *const *args, Py_ssize_t nargs)                      \
    {                                                                                                                \
        if (nargs != 2 && !_PyArg_CheckPositional(#NAME, nargs, 2, 2))                                               \
            return NULL;                                                                                             \
        PyObject *a = args[0], *b = args[1];                                                                         \
        return CALL;                                                                                                 \
    }
BINARY_TABLE(DEFINE_BINARY)

static PyObject *operator_not_(PyObject *module, PyObject *a) { return bool_or_error(PyObject_Not(a)); }
static PyObject *operator_truth(PyObject *module, PyObject *a) { return bool_or_error(PyObject_IsTrue(a)); }

static PyObject *operator_setitem(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("setitem", nargs, 3, 3))
        return NULL;
    return none_or_error(PyObject_SetItem(args[0], args[1], args[2]));
}

static PyObject *operator_length_hint(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t deflt = 0;
    if (!_PyArg_CheckPositional("length_hint", nargs, 1, 2))
        return NULL;
    if (nargs > 1) {
        if (PyFloat_Check(args[1])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return NULL;
        }
        PyObject *number = PyNumber_Index(args[1]);
        if (number == NULL)
            return NULL;
        deflt = PyLong_AsSsize_t(number);
        Py_DECREF(number);
        if (deflt == -1 && PyErr_Occurred())
            return NULL;
    }
    Py_ssize_t hint = PyObject_LengthHint(args[0], deflt);
    return hint == -1 && PyErr_Occurred() ? NULL : PyLong_FromSsize_t(hint);
}

/* Equality in a time that depends on the length of b only. */
static int equal_slowly(const unsigned char *a, Py_ssize_t m, const unsigned char *b, Py_ssize_t n)
{
    const volatile unsigned char *left = m == n ? a : b, *right = b;
    volatile unsigned char differ = m != n;
    for (Py_ssize_t i = 0; i < n; i++)
        differ |= left[i] ^ right[i];
    return differ == 0;
}

static PyObject *operator_compare_digest(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("_compare_digest", nargs, 2, 2))
        return NULL;
    PyObject *a = args[0], *b = args[1];
    if (PyUnicode_Check(a) && PyUnicode_Check(b)) {
        if (PyUnicode_READY(a) < 0 || PyUnicode_READY(b) < 0)
            return NULL;
        if (!PyUnicode_IS_ASCII(a) || !PyUnicode_IS_ASCII(b)) {
            PyErr_SetString(PyExc_TypeError, "comparing strings with non-ASCII characters is not supported");
            return NULL;
        }
        return PyBool_FromLong(equal_slowly(PyUnicode_DATA(a), PyUnicode_GET_LENGTH(a), PyUnicode_DATA(b),
                                            PyUnicode_GET_LENGTH(b)));
    }
    if (!PyObject_CheckBuffer(a) || !PyObject_CheckBuffer(b))
        return PyErr_Format(PyExc_TypeError, "unsupported operand types(s) or combination of types: '%.100s' and '%.100s'",
                            Py_TYPE(a)->tp_name, Py_TYPE(b)->tp_name);
    Py_buffer x, y;
    PyObject *result = NULL;
    if (PyObject_GetBuffer(a, &x, PyBUF_SIMPLE) < 0)
        return NULL;
    if (PyObject_GetBuffer(b, &y, PyBUF_SIMPLE) == 0) {
        if (x.ndim > 1 || y.ndim > 1)
            PyErr_SetString(PyExc_BufferError, "Buffer must be single dimension");
        else
            result = PyBool_FromLong(equal_slowly(x.buf, x.len, y.buf, y.len));
        PyBuffer_Release(&y);
    }
    PyBuffer_Release(&x);
    return result;
}

/* ---- what the getters share ---------------------------------------------------------------------------------- */

/* Exactly one positional argument? */
static int one_argument(const char *name, Py_ssize_t nargs, PyObject *kwnames)
{
    if (kwnames != NULL && PyTuple_GET_SIZE(kwnames) != 0) {
        PyErr_Format(PyExc_TypeError, "%.200s() takes no keyword arguments", name);
        return 0;
    }
    return _PyArg_CheckPositional(name, nargs, 1, 1);
}

/* An itemgetter or attrgetter. */
typedef struct {
    PyObject_HEAD
    vectorcallfunc vectorcall;
    PyObject *names; /* the arguments, a tuple */
    PyObject *paths; /* attrgetter: tuple of (name or tuple of names); itemgetter: NULL */
    Py_ssize_t index; /* itemgetter of one small int >= 0; else -1 */
} Getter;

static int getter_traverse(Getter *self, visitproc visit, void *arg)
{
    Py_VISIT(self->names);
    Py_VISIT(self->paths);
    return 0;
}

static int getter_clear(Getter *self)
{
    Py_CLEAR(self->names);
    Py_CLEAR(self->paths);
    return 0;
}

static void getter_dealloc(Getter *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, getter_dealloc)
    getter_clear(self);
    PyObject_GC_Del(self);
    Py_TRASHCAN_END
}

/* operator.itemgetter(1, 2) */
static PyObject *getter_repr(Getter *self)
{
    PyObject *result = NULL;
    int status = Py_ReprEnter((PyObject *)self);
    if (status != 0)
        return status > 0 ? PyUnicode_FromFormat("%s(...)", Py_TYPE(self)->tp_name) : NULL;
    if (PyTuple_GET_SIZE(self->names) == 1)
        result = PyUnicode_FromFormat("%s(%R)", Py_TYPE(self)->tp_name, PyTuple_GET_ITEM(self->names, 0));
    else
        result = PyUnicode_FromFormat("%s%R", Py_TYPE(self)->tp_name, self->names);
    Py_ReprLeave((PyObject *)self);
    return result;
}

static PyObject *getter_reduce(Getter *self, PyObject *unused)
{
    return PyTuple_Pack(2, Py_TYPE(self), self->names);
}

/* (get(obj, 0), get(obj, 1), ...) or, for one, just that. */
static PyObject *collect(Getter *self, PyObject *obj, PyObject *(*get)(Getter *, PyObject *, Py_ssize_t))
{
    Py_ssize_t n = PyTuple_GET_SIZE(self->names);
    if (n == 1)
        return get(self, obj, 0);
    PyObject *result = PyTuple_New(n);
    for (Py_ssize_t i = 0; result != NULL && i < n; i++) {
        PyObject *item = get(self, obj, i);
        if (item == NULL)
            Py_CLEAR(result);
        else
            PyTuple_SET_ITEM(result, i, item);
    }
    return result;
}

static PyMethodDef getter_methods[] = {
    {"__reduce__", (PyCFunction)getter_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},
    {NULL},
};

/* ---- itemgetter ---------------------------------------------------------------------------------------------- */

static PyObject *get_item(Getter *self, PyObject *obj, Py_ssize_t i)
{
    return PyObject_GetItem(obj, PyTuple_GET_ITEM(self->names, i));
}

static PyObject *itemgetter_vectorcall(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Getter *self = (Getter *)op;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if ((nargs != 1 || kwnames != NULL) && !one_argument("itemgetter", nargs, kwnames))
        return NULL;
    PyObject *obj = args[0];
    if (self->index >= 0) {
        if (PyTuple_CheckExact(obj) && self->index < PyTuple_GET_SIZE(obj))
            return newref(PyTuple_GET_ITEM(obj, self->index));
        if (PyList_CheckExact(obj) && self->index < PyList_GET_SIZE(obj))
            return newref(PyList_GET_ITEM(obj, self->index));
    }
    return collect(self, obj, get_item);
}

static PyObject *itemgetter_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (!_PyArg_NoKeywords("itemgetter", kwds) ||
        (PyTuple_GET_SIZE(args) == 0 && !_PyArg_CheckPositional("itemgetter", 0, 1, 1)))
        return NULL;
    Getter *self = PyObject_GC_New(Getter, type);
    if (self == NULL)
        return NULL;
    PyObject *first = PyTuple_GET_ITEM(args, 0);
    self->vectorcall = itemgetter_vectorcall;
    self->names = newref(args);
    self->paths = NULL;
    self->index = -1;
    if (PyTuple_GET_SIZE(args) == 1 && PyLong_CheckExact(first)) {
        self->index = PyLong_AsSsize_t(first);
        if (self->index < 0) {
            PyErr_Clear();
            self->index = -1;
        }
    }
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

PyDoc_STRVAR(itemgetter_doc, "itemgetter(item, ...) --> itemgetter object\n\nA callable that gets the items from its argument:\n"
                             "itemgetter(2)(x) is x[2], itemgetter(2, 5)(x) is (x[2], x[5]).");

static PyTypeObject Itemgetter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "operator.itemgetter",
    .tp_basicsize = sizeof(Getter),
    .tp_dealloc = (destructor)getter_dealloc,
    .tp_vectorcall_offset = offsetof(Getter, vectorcall),
    .tp_repr = (reprfunc)getter_repr,
    .tp_call = PyVectorcall_Call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | _Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = itemgetter_doc,
    .tp_traverse = (traverseproc)getter_traverse,
    .tp_clear = (inquiry)getter_clear,
    .tp_methods = getter_methods,
    .tp_new = itemgetter_new,
};

/* ---- attrgetter ---------------------------------------------------------------------------------------------- */

static PyObject *get_attribute(Getter *self, PyObject *obj, Py_ssize_t i)
{
    PyObject *path = PyTuple_GET_ITEM(self->paths, i);
    if (!PyTuple_CheckExact(path))
        return PyObject_GetAttr(obj, path);
    Py_INCREF(obj);
    for (Py_ssize_t j = 0; obj != NULL && j < PyTuple_GET_SIZE(path); j++)
        Py_SETREF(obj, PyObject_GetAttr(obj, PyTuple_GET_ITEM(path, j)));
    return obj;
}

static PyObject *attrgetter_vectorcall(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if ((nargs != 1 || kwnames != NULL) && !one_argument("attrgetter", nargs, kwnames))
        return NULL;
    return collect((Getter *)op, args[0], get_attribute);
}

/* "a.b.c" -> ("a", "b", "c"), "a" -> "a", interned; new or NULL. */
static PyObject *split_path(PyObject *name)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(name);
    if (PyUnicode_FindChar(name, '.', 0, length, 1) < 0) {
        Py_INCREF(name);
        PyUnicode_InternInPlace(&name);
        return name;
    }
    PyObject *dot = PyUnicode_FromString("."), *list = dot ? PyUnicode_Split(name, dot, -1) : NULL, *path;
    Py_XDECREF(dot);
    if (list == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *part = newref(PyList_GET_ITEM(list, i));
        PyUnicode_InternInPlace(&part);
        PyList_SetItem(list, i, part);
    }
    path = PyList_AsTuple(list);
    Py_DECREF(list);
    return path;
}

static PyObject *attrgetter_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (!_PyArg_NoKeywords("attrgetter", kwds) || (n == 0 && !_PyArg_CheckPositional("attrgetter", 0, 1, 1)))
        return NULL;
    PyObject *paths = PyTuple_New(n);
    for (Py_ssize_t i = 0; paths != NULL && i < n; i++) {
        PyObject *name = PyTuple_GET_ITEM(args, i), *path = NULL;
        if (!PyUnicode_Check(name))
            PyErr_SetString(PyExc_TypeError, "attribute name must be a string");
        else if (PyUnicode_READY(name) == 0)
            path = split_path(name);
        if (path == NULL)
            Py_CLEAR(paths);
        else
            PyTuple_SET_ITEM(paths, i, path);
    }
    Getter *self = paths ? PyObject_GC_New(Getter, type) : NULL;
    if (self == NULL) {
        Py_XDECREF(paths);
        return NULL;
    }
    self->vectorcall = attrgetter_vectorcall;
    self->names = newref(args);
    self->paths = paths;
    self->index = -1;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

PyDoc_STRVAR(attrgetter_doc, "attrgetter(attr, ...) --> attrgetter object\n\nA callable that gets the attributes from its "
                             "argument:\nattrgetter('a')(x) is x.a, attrgetter('a', 'b.c')(x) is (x.a, x.b.c).");

static PyTypeObject Attrgetter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "operator.attrgetter",
    .tp_basicsize = sizeof(Getter),
    .tp_dealloc = (destructor)getter_dealloc,
    .tp_vectorcall_offset = offsetof(Getter, vectorcall),
    .tp_repr = (reprfunc)getter_repr,
    .tp_call = PyVectorcall_Call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | _Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = attrgetter_doc,
    .tp_traverse = (traverseproc)getter_traverse,
    .tp_clear = (inquiry)getter_clear,
    .tp_methods = getter_methods,
    .tp_new = attrgetter_new,
};

/* ---- methodcaller -------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    vectorcallfunc vectorcall;
    PyObject *name; /* interned */
    PyObject *args;
    PyObject *kwds; /* dict or NULL */
} Caller;

static PyObject *caller_vectorcall(PyObject *op, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    Caller *self = (Caller *)op;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if ((nargs != 1 || kwnames != NULL) && !one_argument("methodcaller", nargs, kwnames))
        return NULL;
    PyObject *method = PyObject_GetAttr(args[0], self->name), *result;
    if (method == NULL)
        return NULL;
    result = PyObject_Call(method, self->args, self->kwds);
    Py_DECREF(method);
    return result;
}

static PyObject *caller_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (PyTuple_GET_SIZE(args) < 1) {
        PyErr_SetString(PyExc_TypeError, "methodcaller needs at least one argument, the method name");
        return NULL;
    }
    PyObject *name = PyTuple_GET_ITEM(args, 0);
    if (!PyUnicode_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "method name must be a string");
        return NULL;
    }
    PyObject *rest = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args)), *copy = NULL;
    Caller *self = NULL;
    if (rest != NULL && (kwds == NULL || PyDict_GET_SIZE(kwds) == 0 || (copy = PyDict_Copy(kwds)) != NULL))
        self = PyObject_GC_New(Caller, type);
    if (self == NULL) {
        Py_XDECREF(rest);
        Py_XDECREF(copy);
        return NULL;
    }
    Py_INCREF(name);
    PyUnicode_InternInPlace(&name);
    self->vectorcall = caller_vectorcall;
    self->name = name;
    self->args = rest;
    self->kwds = copy;
    PyObject_GC_Track(self);
    return (PyObject *)self;
}

static int caller_traverse(Caller *self, visitproc visit, void *arg)
{
    Py_VISIT(self->args);
    Py_VISIT(self->kwds);
    return 0;
}

static int caller_clear(Caller *self)
{
    Py_CLEAR(self->name);
    Py_CLEAR(self->args);
    Py_CLEAR(self->kwds);
    return 0;
}

static void caller_dealloc(Caller *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, caller_dealloc)
    caller_clear(self);
    PyObject_GC_Del(self);
    Py_TRASHCAN_END
}

static PyObject *caller_repr(Caller *self)
{
    int status = Py_ReprEnter((PyObject *)self);
    if (status != 0)
        return status > 0 ? PyUnicode_FromFormat("%s(...)", Py_TYPE(self)->tp_name) : NULL;
    PyObject *text = PyUnicode_FromFormat("%R", self->name), *key, *value, *result = NULL;
    Py_ssize_t pos = 0;
    for (Py_ssize_t i = 0; text != NULL && i < PyTuple_GET_SIZE(self->args); i++)
        Py_SETREF(text, PyUnicode_FromFormat("%U, %R", text, PyTuple_GET_ITEM(self->args, i)));
    while (text != NULL && self->kwds != NULL && PyDict_Next(self->kwds, &pos, &key, &value))
        Py_SETREF(text, PyUnicode_FromFormat("%U, %U=%R", text, key, value));
    if (text != NULL)
        result = PyUnicode_FromFormat("%s(%U)", Py_TYPE(self)->tp_name, text);
    Py_XDECREF(text);
    Py_ReprLeave((PyObject *)self);
    return result;
}

/* (type, (name, *args)); with keywords (functools.partial(type, name, **kwds), args) */
static PyObject *caller_reduce(Caller *self, PyObject *unused)
{
    PyObject *head = PyTuple_Pack(1, self->name), *all, *module, *partial, *maker = NULL, *args;
    if (head == NULL)
        return NULL;
    if (self->kwds == NULL) {
        all = PySequence_Concat(head, self->args);
        Py_DECREF(head);
        return all ? Py_BuildValue("ON", Py_TYPE(self), all) : NULL;
    }
    Py_DECREF(head);
    if ((module = PyImport_ImportModule("functools")) == NULL)
        return NULL;
    partial = PyObject_GetAttrString(module, "partial");
    Py_DECREF(module);
    if (partial == NULL)
        return NULL;
    if ((args = PyTuple_Pack(2, Py_TYPE(self), self->name)) != NULL) {
        maker = PyObject_Call(partial, args, self->kwds);
        Py_DECREF(args);
    }
    Py_DECREF(partial);
    return maker ? Py_BuildValue("NO", maker, self->args) : NULL;
}

static PyMethodDef caller_methods[] = {
    {"__reduce__", (PyCFunction)caller_reduce, METH_NOARGS, PyDoc_STR("State for pickling.")},
    {NULL},
};

PyDoc_STRVAR(caller_doc, "methodcaller(name, ...) --> methodcaller object\n\nA callable that calls a method of its argument:\n"
                         "methodcaller('m', 1, k=2)(x) is x.m(1, k=2).");

static PyTypeObject Caller_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "operator.methodcaller",
    .tp_basicsize = sizeof(Caller),
    .tp_dealloc = (destructor)caller_dealloc,
    .tp_vectorcall_offset = offsetof(Caller, vectorcall),
    .tp_repr = (reprfunc)caller_repr,
    .tp_call = PyVectorcall_Call,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | _Py_TPFLAGS_HAVE_VECTORCALL,
    .tp_doc = caller_doc,
    .tp_traverse = (traverseproc)caller_traverse,
    .tp_clear = (inquiry)caller_clear,
    .tp_methods = caller_methods,
    .tp_new = caller_new,
};

/* ---- module -------------------------------------------------------------------------------------------------- */

#define FAST(FUNCTION) ((PyCFunction)(void (*)(void))FUNCTION)
#define ROW_UNARY(NAME, CALL, DOC) {#NAME, operator_##NAME, METH_O, PyDoc_STR(#NAME "($module, a, /)\n--\n\n" DOC)},
#define ROW_BINARY(NAME, CALL, DOC) \
    {#NAME, FAST(operator_##NAME), METH_FASTCALL, PyDoc_STR(#NAME "($module, a, b, /)\n--\n\n" DOC)},

static PyMethodDef methods[] = {
    UNARY_TABLE(ROW_UNARY)
    BINARY_TABLE(ROW_BINARY)
    {"not_", operator_not_, METH_O, PyDoc_STR("not_($module, a, /)\n--\n\nnot a")},
    {"truth", operator_truth, METH_O, PyDoc_STR("truth($module, a, /)\n--\n\nbool(a)")},
    {"setitem", FAST(operator_setitem), METH_FASTCALL, PyDoc_STR("setitem($module, a, b, c, /)\n--\n\na[b] = c")},
    {"length_hint", FAST(operator_length_hint), METH_FASTCALL,
     PyDoc_STR("length_hint($module, obj, default=0, /)\n--\n\nAbout how many items obj will give.\n\n"
               "Its length, else what its __length_hint__() says, else default.")},
    {"_compare_digest", FAST(operator_compare_digest), METH_FASTCALL,
     PyDoc_STR("_compare_digest($module, a, b, /)\n--\n\n"
               "a == b, for secrets: the time taken does not tell where they differ.\n\n"
               "Both are bytes-like, or both are ASCII strings.")},
    {NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_operator", PyDoc_STR("The operators as functions."), -1, methods,
};

PyMODINIT_FUNC PyInit__operator(void)
{
    static const struct { const char *name; PyTypeObject *type; } types[] = {
        {"itemgetter", &Itemgetter_Type}, {"attrgetter", &Attrgetter_Type}, {"methodcaller", &Caller_Type},
    };
    PyObject *module = PyModule_Create(&definition);
    for (size_t i = 0; module != NULL && i < sizeof(types) / sizeof(types[0]); i++) {
        if (PyType_Ready(types[i].type) < 0) {
            Py_CLEAR(module);
            break;
        }
        Py_INCREF(types[i].type);
        if (PyModule_AddObject(module, types[i].name, (PyObject *)types[i].type) < 0)
            Py_CLEAR(module);
    }
    return module;
}
