/* SPDX-License-Identifier: MIT */
/* An extension of what extensions are made of: functions of each calling convention, a heap type with slots, and loops
 * that call back into Python through the C API. It computes next to nothing, so that what is measured is the crossing. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <structmember.h>

static PyObject *noargs(PyObject *m, PyObject *unused) { Py_RETURN_NONE; }

static PyObject *one(PyObject *m, PyObject *arg)
{
    Py_INCREF(arg);
    return arg;
}

static PyObject *varargs(PyObject *m, PyObject *args)
{
    int a, b;
    return PyArg_ParseTuple(args, "ii:varargs", &a, &b) ? PyLong_FromLong(a + b) : NULL;
}

static PyObject *unpack(PyObject *m, PyObject *args)
{
    PyObject *a, *b = Py_None;
    if (!PyArg_UnpackTuple(args, "unpack", 1, 2, &a, &b))
        return NULL;
    Py_INCREF(b);
    return b;
}

static PyObject *keywords(PyObject *m, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"a", "b", "c", NULL};
    PyObject *a, *b = Py_None, *c = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|OO:keywords", names, &a, &b, &c))
        return NULL;
    Py_INCREF(c);
    return c;
}

static PyObject *fast(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    PyObject *last = n ? args[n - 1] : Py_None;
    Py_INCREF(last);
    return last;
}

static PyObject *text(PyObject *m, PyObject *args)
{
    const char *s;
    Py_ssize_t n;
    double d;
    return PyArg_ParseTuple(args, "s#d", &s, &n, &d) ? Py_BuildValue("(nds)", n, d, "x") : NULL;
}

static PyObject *buffer(PyObject *m, PyObject *arg)
{
    Py_buffer view;
    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    Py_ssize_t n = view.len;
    PyBuffer_Release(&view);
    return PyLong_FromSsize_t(n);
}

/* --- calls from C ------------------------------------------------------------------------------------------------- */

#define REPEAT(NAME, FORMAT, CALL)                                                                                   \
    static PyObject *NAME(PyObject *m, PyObject *args)                                                               \
    {                                                                                                                \
        PyObject *f, *x = Py_None;                                                                                   \
        int n;                                                                                                       \
        if (!PyArg_ParseTuple(args, "Oi|O", &f, &n, &x))                                                             \
            return NULL;                                                                                             \
        for (int i = 0; i < n; i++) {                                                                                \
            PyObject *r = CALL;                                                                                      \
            if (r == NULL)                                                                                           \
                return NULL;                                                                                         \
            Py_DECREF(r);                                                                                            \
        }                                                                                                            \
        Py_RETURN_NONE;                                                                                              \
    }

static PyObject *call_tuple(PyObject *f, PyObject *x)
{
    PyObject *args = PyTuple_Pack(1, x), *r = args ? PyObject_CallObject(f, args) : NULL;
    Py_XDECREF(args);
    return r;
}

static PyObject *text_method, *no_arguments;

static PyObject *kept(PyObject *o)
{
    Py_INCREF(o);
    return o;
}

static PyObject *all_items(PyObject *o)
{
    PyObject *it = PyObject_GetIter(o), *item;
    while (it != NULL && (item = PyIter_Next(it)) != NULL)
        Py_DECREF(item);
    Py_XDECREF(it);
    return PyErr_Occurred() ? NULL : kept(o);
}

static PyObject *new_dict(PyObject *o)
{
    PyObject *d = PyDict_New();
    if (d != NULL && PyDict_SetItemString(d, "key", o) < 0)
        Py_CLEAR(d);
    return d;
}

static PyObject *raised_and_cleared(PyObject *o)
{
    PyErr_SetString(PyExc_ValueError, "text");
    if (PyErr_ExceptionMatches(PyExc_ValueError))
        PyErr_Clear();
    return kept(o);
}

REPEAT(c_call_args, "O", PyObject_CallFunctionObjArgs(f, x, NULL))
REPEAT(c_call_object, "O", call_tuple(f, x))
REPEAT(c_call_format, "O", PyObject_CallFunction(f, "i", 3))
REPEAT(c_call_method, "O", PyObject_CallMethod(f, "method", "O", x))
REPEAT(c_vector, "O", _PyObject_Vectorcall(f, &x, 1, NULL))
REPEAT(c_getattr, "O", PyObject_GetAttrString(f, "value"))
REPEAT(c_add, "O", PyNumber_Add(f, x))
REPEAT(c_compare, "O", PyObject_RichCompare(f, x, Py_LT))
REPEAT(c_item, "O", PyObject_GetItem(f, x))
REPEAT(c_list, "O", PySequence_List(f))
REPEAT(c_str, "O", PyObject_Str(f))
REPEAT(c_call_method_args, "O", PyObject_CallMethodObjArgs(f, text_method, x, NULL))
REPEAT(c_call_keywords, "O", PyObject_Call(f, no_arguments, x))
REPEAT(c_getattr_object, "O", PyObject_GetAttr(f, x))
REPEAT(c_iterate, "O", all_items(f))
REPEAT(c_import, "O", PyImport_ImportModule("sys"))
REPEAT(c_bytes, "O", PyBytes_FromStringAndSize("abc", 3))
REPEAT(c_unicode, "O", PyUnicode_FromString("a short text"))
REPEAT(c_float, "O", PyFloat_FromDouble(2.5))
REPEAT(c_tuple, "O", PyTuple_Pack(2, f, x))
REPEAT(c_dict, "O", new_dict(f))
REPEAT(c_error, "O", raised_and_cleared(f))
REPEAT(c_is_instance, "O", PyBool_FromLong(PyObject_IsInstance(f, x)))
REPEAT(c_set_item, "O", PyObject_SetItem(f, x, x) < 0 ? NULL : kept(f))
REPEAT(c_memoryview, "O", PyMemoryView_FromObject(f))

/* --- a heap type -------------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    long value;
} Number;

static PyTypeObject *number_type;

static int number_init(Number *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"value", NULL};
    return PyArg_ParseTupleAndKeywords(args, kwds, "|l", names, &self->value) ? 0 : -1;
}

static void number_dealloc(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *number_add(PyObject *a, PyObject *b)
{
    if (Py_TYPE(a) != number_type || Py_TYPE(b) != number_type)
        Py_RETURN_NOTIMPLEMENTED;
    Number *sum = (Number *)number_type->tp_alloc(number_type, 0);
    if (sum != NULL)
        sum->value = ((Number *)a)->value + ((Number *)b)->value;
    return (PyObject *)sum;
}

static Py_ssize_t number_length(PyObject *self) { return 5; }
static PyObject *number_item(PyObject *self, Py_ssize_t i) { return PyLong_FromSsize_t(i); }
static PyObject *number_call(PyObject *self, PyObject *args, PyObject *kwds) { Py_RETURN_NONE; }
static PyObject *number_get(PyObject *self, void *unused) { return PyLong_FromLong(((Number *)self)->value); }
static PyObject *number_same(PyObject *self, PyObject *unused) { Py_INCREF(self); return self; }
static int number_bool(PyObject *self) { return ((Number *)self)->value != 0; }

static PyObject *number_iter(PyObject *self)
{
    Number *it = (Number *)number_type->tp_alloc(number_type, 0);
    if (it != NULL)
        it->value = 20;
    return (PyObject *)it;
}

static PyObject *number_next(PyObject *self)
{
    if (((Number *)self)->value-- == 0)
        return NULL;
    Py_RETURN_NONE;
}

static int number_contains(PyObject *self, PyObject *key) { return 1; }
static Py_hash_t number_hash(PyObject *self) { return 7; }
static PyObject *number_negative(PyObject *self) { return kept(self); }
static PyObject *number_index(PyObject *self) { return PyLong_FromLong(1); }
static PyObject *number_repr(PyObject *self) { return PyUnicode_FromString("n"); }

/* A type with mapping slots, and attributes of its own making. */
static PyObject *table_subscript(PyObject *self, PyObject *key) { return kept(key); }
static int table_assign(PyObject *self, PyObject *key, PyObject *value) { return 0; }
static PyObject *table_getattr(PyObject *self, PyObject *name) { return kept(name); }
static int table_setattr(PyObject *self, PyObject *name, PyObject *value) { return 0; }
static PyObject *table_value(PyObject *self, PyObject *other) { return kept(self); }

static PyType_Slot table_slots[] = {
    {Py_tp_dealloc, number_dealloc}, {Py_mp_subscript, table_subscript}, {Py_mp_ass_subscript, table_assign},
    {Py_tp_getattro, table_getattr}, {Py_tp_setattro, table_setattr}, {Py_nb_inplace_add, table_value},
    {Py_nb_matrix_multiply, table_value}, {Py_nb_or, table_value}, {0, NULL},
};
static PyType_Spec table_spec = {"_callbench.Table", sizeof(Number), 0, Py_TPFLAGS_DEFAULT, table_slots};

static PyObject *number_set_method(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"value", NULL};
    long value;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "l", names, &value))
        return NULL;
    Py_RETURN_NONE;
}
static PyObject *number_tuple_method(PyObject *self, PyObject *args)
{
    PyObject *a, *b;
    if (!PyArg_ParseTuple(args, "OO", &a, &b))
        return NULL;
    Py_RETURN_NONE;
}
static PyObject *number_fast(PyObject *self, PyObject *const *args, Py_ssize_t n) { Py_RETURN_NONE; }
static PyObject *number_fast_keywords(PyObject *self, PyObject *const *args, Py_ssize_t n, PyObject *names) { Py_RETURN_NONE; }
static int number_set(PyObject *self, PyObject *v, void *unused)
{
    ((Number *)self)->value = PyLong_AsLong(v);
    return PyErr_Occurred() ? -1 : 0;
}

static PyObject *number_compare(PyObject *a, PyObject *b, int op)
{
    return PyBool_FromLong(op == Py_EQ ? ((Number *)a)->value == ((Number *)b)->value : 0);
}

static PyMethodDef number_methods[] = {
    {"same", number_same, METH_NOARGS, NULL}, {"one", number_add, METH_O, NULL}, {"tuple", number_tuple_method, METH_VARARGS, NULL},
    {"set", (PyCFunction)(void (*)(void))number_set_method, METH_VARARGS | METH_KEYWORDS, NULL},
    {"fast", (PyCFunction)(void (*)(void))number_fast, METH_FASTCALL, NULL},
    {"fast_keywords", (PyCFunction)(void (*)(void))number_fast_keywords, METH_FASTCALL | METH_KEYWORDS, NULL},
    {"of_class", number_same, METH_NOARGS | METH_CLASS, NULL}, {"static", noargs, METH_NOARGS | METH_STATIC, NULL}, {NULL},
};
static PyGetSetDef number_getset[] = {{"value", number_get, NULL, NULL, NULL}, {"writable", number_get, number_set, NULL, NULL}, {NULL}};
static PyMemberDef number_members[] = {{"member", T_LONG, offsetof(Number, value), 0, NULL}, {NULL}};

static PyType_Slot number_slots[] = {
    {Py_tp_init, number_init}, {Py_tp_dealloc, number_dealloc}, {Py_nb_add, number_add}, {Py_nb_bool, number_bool},
    {Py_sq_length, number_length}, {Py_sq_item, number_item}, {Py_tp_call, number_call}, {Py_tp_methods, number_methods},
    {Py_tp_getset, number_getset}, {Py_tp_richcompare, number_compare}, {Py_tp_iter, number_iter}, {Py_tp_iternext, number_next},
    {Py_sq_contains, number_contains}, {Py_tp_hash, number_hash}, {Py_nb_negative, number_negative}, {Py_nb_index, number_index},
    {Py_tp_repr, number_repr}, {Py_tp_members, number_members}, {0, NULL},
};
static PyType_Spec number_spec = {"_callbench.Number", sizeof(Number), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, number_slots};

#define M(F) ((PyCFunction)(void (*)(void))F)
static PyMethodDef methods[] = {
    {"noargs", noargs, METH_NOARGS, NULL}, {"one", one, METH_O, NULL}, {"varargs", varargs, METH_VARARGS, NULL},
    {"unpack", unpack, METH_VARARGS, NULL}, {"keywords", M(keywords), METH_VARARGS | METH_KEYWORDS, NULL},
    {"fast", M(fast), METH_FASTCALL, NULL}, {"text", text, METH_VARARGS, NULL}, {"buffer", buffer, METH_O, NULL},
    {"c_call_args", c_call_args, METH_VARARGS, NULL}, {"c_call_object", c_call_object, METH_VARARGS, NULL},
    {"c_call_format", c_call_format, METH_VARARGS, NULL}, {"c_call_method", c_call_method, METH_VARARGS, NULL},
    {"c_vector", c_vector, METH_VARARGS, NULL}, {"c_getattr", c_getattr, METH_VARARGS, NULL},
    {"c_add", c_add, METH_VARARGS, NULL}, {"c_compare", c_compare, METH_VARARGS, NULL}, {"c_item", c_item, METH_VARARGS, NULL},
    {"c_list", c_list, METH_VARARGS, NULL}, {"c_str", c_str, METH_VARARGS, NULL},
    {"c_call_method_args", c_call_method_args, METH_VARARGS, NULL}, {"c_call_keywords", c_call_keywords, METH_VARARGS, NULL},
    {"c_getattr_object", c_getattr_object, METH_VARARGS, NULL}, {"c_iterate", c_iterate, METH_VARARGS, NULL},
    {"c_import", c_import, METH_VARARGS, NULL}, {"c_bytes", c_bytes, METH_VARARGS, NULL}, {"c_unicode", c_unicode, METH_VARARGS, NULL},
    {"c_float", c_float, METH_VARARGS, NULL}, {"c_tuple", c_tuple, METH_VARARGS, NULL}, {"c_dict", c_dict, METH_VARARGS, NULL},
    {"c_error", c_error, METH_VARARGS, NULL}, {"c_is_instance", c_is_instance, METH_VARARGS, NULL},
    {"c_set_item", c_set_item, METH_VARARGS, NULL}, {"c_memoryview", c_memoryview, METH_VARARGS, NULL}, {NULL},
};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_callbench", NULL, -1, methods};

PyMODINIT_FUNC PyInit__callbench(void)
{
    PyObject *m = PyModule_Create(&definition);
    PyObject *table_type = PyType_FromSpec(&table_spec);
    number_type = (PyTypeObject *)PyType_FromSpec(&number_spec);
    text_method = PyUnicode_InternFromString("method");
    no_arguments = PyTuple_New(0);
    if (m == NULL || table_type == NULL || text_method == NULL || no_arguments == NULL ||
        PyModule_AddObject(m, "Table", table_type) < 0 || number_type == NULL || PyModule_AddObject(m, "Number", (PyObject *)number_type) < 0)
        return NULL;
    Py_INCREF(number_type);
    return m;
}
