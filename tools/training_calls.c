/* SPDX-License-Identifier: MIT */
/* An extension module of what other people's extension modules do, for the build to count what the C API executes
 * (tools/train_profile). Many of these functions have no caller in taipan itself: without this module they would be taken for
 * code that never runs, and kept small and apart. Each loop stands for a kind of caller: generated wrappers, containers filled
 * from C, conversions, errors that are looked at and dropped. */
#include <Python.h>
#include <frameobject.h>

/* Modules that were built with CPython's headers free an object by a call of _Py_Dealloc(). */
#undef _Py_Dealloc
static void release(PyObject *op)
{
    if (--op->ob_refcnt == 0)
        _Py_Dealloc(op);
}

/* One step of a loop: the call gave NULL or -1 with an exception. */
#define TRY(done)         \
    do {                  \
        if (!(done))      \
            goto failed;  \
    } while (0)

/* Drop the new reference that a call gave. */
#define DROP(call)                \
    do {                          \
        PyObject *dropped = call; \
        TRY(dropped);             \
        release(dropped);         \
    } while (0)

/* ---- The types of a module ---- */

typedef struct {
    PyObject_HEAD
    PyObject *value;
    long number;
} Item;

static PyTypeObject Item_Type;

static PyObject *item_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Item *self = (Item *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->value = PyTuple_Size(args) > 0 ? PyTuple_GetItem(args, 0) : Py_None;
    Py_INCREF(self->value);
    return (PyObject *)self;
}

static int item_traverse(Item *self, visitproc visit, void *arg)
{
    Py_VISIT(self->value);
    return 0;
}

static int item_clear(Item *self)
{
    Py_CLEAR(self->value);
    return 0;
}

static void item_dealloc(Item *self)
{
    PyObject_GC_UnTrack(self);
    Py_CLEAR(self->value);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static Py_ssize_t item_length(PyObject *self) { return 3; }

static PyObject *item_at(PyObject *self, Py_ssize_t i)
{
    if (i >= 3) {
        PyErr_SetString(PyExc_IndexError, "no such item");
        return NULL;
    }
    return PyLong_FromSsize_t(i);
}

static PyObject *item_add(PyObject *a, PyObject *b)
{
    if (!PyObject_TypeCheck(a, &Item_Type) || !PyObject_TypeCheck(b, &Item_Type))
        Py_RETURN_NOTIMPLEMENTED;
    return PyNumber_Add(((Item *)a)->value, ((Item *)b)->value);
}

static PyObject *item_compare(PyObject *a, PyObject *b, int op)
{
    if (!PyObject_TypeCheck(b, &Item_Type))
        Py_RETURN_NOTIMPLEMENTED;
    return PyObject_RichCompare(((Item *)a)->value, ((Item *)b)->value, op);
}

static PyObject *item_get(Item *self, void *unused)
{
    Py_INCREF(self->value);
    return self->value;
}

static int item_set(Item *self, PyObject *value, void *unused)
{
    if (value == NULL) {
        PyErr_SetString(PyExc_AttributeError, "value cannot be deleted");
        return -1;
    }
    Py_INCREF(value);
    Py_SETREF(self->value, value);
    return 0;
}

static PyObject *item_method(PyObject *self, PyObject *arg)
{
    Py_INCREF(arg);
    return arg;
}

static PyObject *two(PyObject *module, PyObject *args)
{
    PyObject *a;
    int b = 0;
    if (!PyArg_ParseTuple(args, "O|i:two", &a, &b))
        return NULL;
    return PyLong_FromLong(b);
}

static PyObject *named(PyObject *module, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"a", "b", NULL};
    PyObject *a;
    double b = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|d:named", names, &a, &b))
        return NULL;
    return PyFloat_FromDouble(b);
}

static PyObject *several(PyObject *module, PyObject *const *args, Py_ssize_t n)
{
    return PyLong_FromSsize_t(n);
}

static PyGetSetDef item_getset[] = {{"value", (getter)item_get, (setter)item_set, NULL, NULL}, {NULL}};
static PyMethodDef item_methods[] = {{"method", item_method, METH_O, NULL}, {NULL}};
static PyNumberMethods item_number = {.nb_add = item_add};
static PySequenceMethods item_sequence = {.sq_length = item_length, .sq_item = item_at};
static PyTypeObject Item_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "training_calls.Item",
    .tp_basicsize = sizeof(Item),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_new = item_new,
    .tp_dealloc = (destructor)item_dealloc,
    .tp_traverse = (traverseproc)item_traverse,
    .tp_clear = (inquiry)item_clear,
    .tp_richcompare = item_compare,
    .tp_as_number = &item_number,
    .tp_as_sequence = &item_sequence,
    .tp_getset = item_getset,
    .tp_methods = item_methods,
};

static PyMethodDef functions[] = {
    {"two", two, METH_VARARGS, NULL},
    {"named", (PyCFunction)(void (*)(void))named, METH_VARARGS | METH_KEYWORDS, NULL},
    {"several", (PyCFunction)(void (*)(void))several, METH_FASTCALL, NULL},
    {NULL},
};

/* ---- The loops: each gives -1 with an exception, else 0; `scope` is a dict of what they work on ---- */

static int numbers(int n, PyObject *scope)
{
    PyObject *a = NULL, *b = NULL;
    for (int i = 0; i < n; i++) {
        int overflow;
        TRY(a = PyLong_FromLong(i * 7));
        TRY(b = PyFloat_FromDouble(i * 0.5));
        TRY(PyLong_AsLong(a) != -1 && PyLong_AsSsize_t(a) != -1 && PyLong_AsLongLong(a) != -1);
        TRY(PyLong_AsUnsignedLong(a) != (unsigned long)-1 && PyLong_AsUnsignedLongLong(a) != (unsigned long long)-1);
        TRY(PyLong_AsLongAndOverflow(a, &overflow) != -1 && PyLong_AsUnsignedLongMask(a) != (unsigned long)-1);
        TRY(PyNumber_AsSsize_t(a, PyExc_OverflowError) != -1 && PyFloat_AsDouble(a) != -1.0 && PyFloat_AsDouble(b) != -1.0);
        TRY(PyNumber_Check(b) && PyIndex_Check(a) && PyObject_Not(a) != -1 && PyObject_IsTrue(b) != -1);
        DROP(PyNumber_Index(a));
        DROP(PyNumber_Long(b));
        DROP(PyNumber_Float(a));
        DROP(PyNumber_Add(a, b));
        DROP(PyNumber_Subtract(a, b));
        DROP(PyNumber_Multiply(a, a));
        DROP(PyNumber_InPlaceAdd(a, a));
        DROP(PyNumber_Negative(b));
        DROP(PyLong_FromUnsignedLong((unsigned long)i));
        DROP(PyLong_FromLongLong(i));
        DROP(PyLong_FromUnsignedLongLong((unsigned long long)i));
        DROP(PyLong_FromSize_t((size_t)i));
        DROP(PyLong_FromVoidPtr(a));
        DROP(PyBool_FromLong(i & 1));
        DROP(PyComplex_FromDoubles(i, 1.0));
        TRY(PyComplex_RealAsDouble(b) != -1.0 && PyComplex_ImagAsDouble(b) == 0.0);
        Py_IncRef(a); /* functions, for users of the limited API */
        Py_DecRef(a);
        Py_CLEAR(a);
        Py_CLEAR(b);
    }
    return 0;
failed:
    Py_XDECREF(a);
    Py_XDECREF(b);
    return -1;
}

static int text(int n, PyObject *scope)
{
    PyObject *word = PyUnicode_FromString("a word"), *other = PyUnicode_InternFromString("other"), *bytes = NULL;
    TRY(word && other);
    for (int i = 0; i < n; i++) {
        const char *data;
        char *from;
        Py_ssize_t size;
        TRY(data = PyUnicode_AsUTF8AndSize(word, &size));
        TRY(PyUnicode_AsUTF8(word) && PyUnicode_GetLength(word) == 6 && PyUnicode_READY(word) == 0);
        TRY(PyUnicode_Compare(word, other) && PyUnicode_CompareWithASCIIString(word, "else") && !PyErr_Occurred());
        TRY(PyUnicode_Contains(word, other) == 0 && PyObject_Hash(word) != -1 && PyUnicode_ReadChar(word, 1) == ' ');
        DROP(PyUnicode_FromStringAndSize(data, size));
        DROP(PyUnicode_FromString("some text"));
        DROP(PyUnicode_Concat(word, other));
        DROP(PyUnicode_Substring(word, 1, 4));
        DROP(PyUnicode_Replace(word, other, word, 1));
        TRY(PyUnicode_Find(word, other, 0, 6, 1) == -1 && PyUnicode_Tailmatch(word, other, 0, 6, 1) == 0);
        DROP(PyUnicode_DecodeUTF8(data, size, NULL));
        DROP(PyUnicode_AsUTF8String(word));
        DROP(PyUnicode_AsASCIIString(word));
        if (i % 8 == 0) {
            DROP(PyUnicode_FromFormat("%s %d %U", "text", i, word));
            DROP(PyUnicode_Join(other, scope));
            DROP(PyObject_Repr(word));
            DROP(PyObject_Str(other));
            DROP(PyUnicode_Split(word, NULL, -1));
        }
        TRY(bytes = PyBytes_FromStringAndSize(data, size));
        TRY(PyBytes_Size(bytes) == size && PyBytes_AsString(bytes) && PyBytes_AsStringAndSize(bytes, &from, &size) == 0);
        Py_CLEAR(bytes);
    }
    Py_DECREF(word);
    Py_DECREF(other);
    return 0;
failed:
    Py_XDECREF(word);
    Py_XDECREF(other);
    Py_XDECREF(bytes);
    return -1;
}

static int containers(int n, PyObject *scope)
{
    PyObject *one = PyLong_FromLong(1), *name = PyUnicode_InternFromString("name");
    PyObject *list = NULL, *dict = NULL, *tuple = NULL, *set = NULL, *iterator = NULL, *item;
    TRY(one && name);
    for (int i = 0; i < n; i++) {
        Py_ssize_t at = 0;
        PyObject *key, *value;
        TRY(tuple = PyTuple_New(2));
        Py_INCREF(one);
        TRY(PyTuple_SetItem(tuple, 0, one) == 0);
        Py_INCREF(name);
        PyTuple_SET_ITEM(tuple, 1, name);
        TRY(PyTuple_Size(tuple) == 2 && PyTuple_GetItem(tuple, 1) && PySequence_Length(tuple) == 2);
        DROP(PyTuple_Pack(2, one, name));
        DROP(PyTuple_GetSlice(tuple, 0, 1));

        TRY(list = PyList_New(1));
        Py_INCREF(one);
        TRY(PyList_SetItem(list, 0, one) == 0 && PyList_Append(list, name) == 0 && PyList_Size(list) == 2);
        TRY(PyList_GetItem(list, 1) && PyObject_Length(list) == 2 && PyObject_Size(list) == 2);
        TRY(PySequence_Contains(list, one) == 1 && PySequence_Check(list) && PySequence_Size(list) == 2);
        DROP(PySequence_GetItem(list, 0));
        DROP(PyObject_GetItem(list, one));
        TRY(PyObject_SetItem(list, one, name) == 0 && PySequence_SetItem(list, 0, one) == 0);
        DROP(PyList_AsTuple(list));
        DROP(PySequence_Fast(list, "a sequence"));
        DROP(PySequence_Tuple(list));
        DROP(PySequence_List(tuple));
        TRY(iterator = PyObject_GetIter(list));
        TRY(PyIter_Check(iterator));
        while ((item = PyIter_Next(iterator)) != NULL)
            Py_DECREF(item);
        TRY(!PyErr_Occurred());

        TRY(dict = PyDict_New());
        TRY(PyDict_SetItem(dict, name, one) == 0 && PyDict_SetItemString(dict, "second", tuple) == 0 && PyDict_Size(dict) == 2);
        TRY(PyDict_GetItem(dict, name) && PyDict_GetItemWithError(dict, name) && PyDict_GetItemString(dict, "second"));
        TRY(PyDict_Contains(dict, name) == 1 && PyMapping_Check(dict) && PyMapping_Size(dict) == 2);
        while (PyDict_Next(dict, &at, &key, &value))
            TRY(PyUnicode_Check(key));
        DROP(PyObject_GetItem(dict, name));
        if (i % 4 == 0) {
            DROP(PyDict_Copy(dict));
            DROP(PyDict_Keys(dict));
            DROP(PyDict_Values(dict));
            DROP(PyDict_Items(dict));
        }
        TRY(PyDict_DelItem(dict, name) == 0 && PyDict_DelItemString(dict, "second") == 0);

        TRY(set = PySet_New(NULL));
        TRY(PySet_Add(set, name) == 0 && PySet_Contains(set, name) == 1 && PySet_Size(set) == 1);
        DROP(PySet_Pop(set));
        Py_CLEAR(tuple);
        Py_CLEAR(list);
        Py_CLEAR(iterator);
        Py_CLEAR(dict);
        Py_CLEAR(set);
    }
    Py_DECREF(one);
    Py_DECREF(name);
    return 0;
failed:
    Py_XDECREF(one);
    Py_XDECREF(name);
    Py_XDECREF(tuple);
    Py_XDECREF(list);
    Py_XDECREF(iterator);
    Py_XDECREF(dict);
    Py_XDECREF(set);
    return -1;
}

static int attributes(int n, PyObject *scope)
{
    PyObject *item = PyDict_GetItemString(scope, "item"), *object = PyDict_GetItemString(scope, "object");
    PyObject *value = PyUnicode_InternFromString("value");
    TRY(item && object && value);
    for (int i = 0; i < n; i++) {
        PyObject *type;
        DROP(PyObject_GetAttr(item, value));
        DROP(PyObject_GetAttrString(item, "value"));
        DROP(PyObject_GetAttr(object, value));
        DROP(PyObject_GetAttrString(object, "method"));
        TRY(PyObject_SetAttr(item, value, Py_None) == 0 && PyObject_SetAttrString(object, "value", Py_None) == 0);
        TRY(PyObject_HasAttr(object, value) && PyObject_HasAttrString(item, "value"));
        TRY(PyObject_IsInstance(item, (PyObject *)&Item_Type) == 1 && PyCallable_Check(object) == 0);
        TRY(PyType_IsSubtype(Py_TYPE(object), &PyBaseObject_Type) && !PyType_IsSubtype(Py_TYPE(item), &PyTuple_Type));
        TRY(type = PyObject_Type(object));
        Py_DECREF(type);
        TRY(PyObject_RichCompareBool(item, item, Py_EQ) == 1 && PyObject_RichCompareBool(item, object, Py_EQ) == 0);
        DROP(PyObject_RichCompare(value, value, Py_NE));
    }
    Py_DECREF(value);
    return 0;
failed:
    Py_XDECREF(value);
    return -1;
}

static int calls(int n, PyObject *scope)
{
    PyObject *object = PyDict_GetItemString(scope, "object"), *function = PyDict_GetItemString(scope, "function");
    PyObject *length = PyDict_GetItemString(scope, "length"), *one = PyLong_FromLong(1);
    PyObject *own[] = {PyDict_GetItemString(scope, "two"), PyDict_GetItemString(scope, "named"), PyDict_GetItemString(scope, "several")};
    PyObject *method = PyUnicode_InternFromString("method"), *args = NULL, *sized = NULL, *kwds = PyDict_New();
    TRY(object && function && length && own[0] && own[1] && own[2] && one && method && kwds);
    TRY(args = PyTuple_Pack(1, one));
    TRY(sized = PyTuple_Pack(1, args));
    for (int i = 0; i < n; i++) {
        PyObject *stack[2] = {NULL, one};
        TRY(Py_EnterRecursiveCall(" in training") == 0);
        DROP(PyObject_Call(function, args, NULL));
        Py_LeaveRecursiveCall();
        DROP(PyObject_Call(function, args, kwds));
        DROP(PyObject_CallObject(function, args));
        DROP(PyObject_CallFunction(function, "i", i));
        DROP(PyObject_CallFunction(function, "O", one));
        DROP(PyObject_CallFunctionObjArgs(function, one, NULL));
        DROP(PyObject_CallMethod(object, "method", "O", one));
        DROP(PyObject_CallMethod(object, "method", "(i)", i));
        DROP(PyObject_CallMethodObjArgs(object, method, one, NULL));
        DROP(PyEval_CallObjectWithKeywords(function, args, NULL));
        DROP(_PyObject_Vectorcall(function, stack + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL));
        DROP(_PyObject_FastCallDict(function, stack + 1, 1, NULL));
        DROP(PyObject_CallFunctionObjArgs(length, args, NULL));
        for (int k = 0; k < 3; k++) {
            DROP(PyObject_Call(own[k], args, kwds));
            DROP(PyObject_CallFunction(own[k], "ii", i, 2));
            DROP(_PyObject_Vectorcall(own[k], stack + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL));
        }
        DROP(PyCFunction_Call(length, sized, NULL));
        DROP(Py_BuildValue("i", i));
        DROP(Py_BuildValue("(is)", i, "text"));
        DROP(Py_BuildValue("OO", one, one));
        DROP(Py_BuildValue("{s:O}", "key", one));
    }
    Py_DECREF(one);
    Py_DECREF(method);
    Py_DECREF(args);
    Py_DECREF(sized);
    Py_DECREF(kwds);
    return 0;
failed:
    Py_XDECREF(one);
    Py_XDECREF(method);
    Py_XDECREF(args);
    Py_XDECREF(sized);
    Py_XDECREF(kwds);
    return -1;
}

/* A traceback of a place that has no Python code, as generated wrappers add one. */
static int add_traceback(PyObject *scope)
{
    PyCodeObject *code = PyCode_NewEmpty("training.pyx", "training", 3);
    PyFrameObject *frame = code ? PyFrame_New(PyThreadState_Get(), code, scope, NULL) : NULL;
    int status = -1;
    if (frame != NULL) {
        frame->f_lineno = 3;
        status = PyTraceBack_Here(frame);
    }
    Py_XDECREF(code);
    Py_XDECREF(frame);
    return status;
}

static int errors(int n, PyObject *scope)
{
    for (int i = 0; i < n; i++) {
        PyObject *type, *value, *traceback;
        PyErr_SetString(PyExc_ValueError, "a value");
        TRY(PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_ValueError));
        PyErr_Clear();
        PyErr_SetNone(PyExc_StopIteration);
        PyErr_Fetch(&type, &value, &traceback);
        TRY(PyErr_GivenExceptionMatches(type, PyExc_StopIteration));
        PyErr_Restore(type, value, traceback);
        PyErr_Clear();
        PyErr_SetObject(PyExc_KeyError, Py_None);
        PyErr_Fetch(&type, &value, &traceback);
        PyErr_NormalizeException(&type, &value, &traceback);
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(traceback);
        if (i % 8 == 0) {
            PyErr_Format(PyExc_TypeError, "%.200s has no item %d", "it", i);
            add_traceback(scope);
            PyErr_Clear();
            TRY(PyErr_WarnEx(PyExc_DeprecationWarning, "in training", 1) == 0);
        }
    }
    return 0;
failed:
    return -1;
}

static int instances(int n, PyObject *scope)
{
    PyObject *a = NULL, *b = NULL, *reference = NULL, *one = PyLong_FromLong(1);
    TRY(one);
    for (int i = 0; i < n; i++) {
        TRY(a = PyObject_CallFunctionObjArgs((PyObject *)&Item_Type, one, NULL));
        TRY(b = PyObject_CallObject((PyObject *)&Item_Type, NULL));
        DROP(PyNumber_Add(a, a));
        DROP(PySequence_GetItem(a, 1));
        DROP(PyObject_RichCompare(a, b, Py_EQ));
        TRY(PySequence_Length(a) == 3 && PyObject_IsTrue(a) == 1 && PyObject_TypeCheck(b, &Item_Type));
        TRY(reference = PyWeakref_NewRef((PyObject *)Py_TYPE(a), NULL));
        TRY(PyWeakref_GetObject(reference));
        Py_CLEAR(reference);
        Py_CLEAR(a);
        Py_CLEAR(b);
    }
    Py_DECREF(one);
    return 0;
failed:
    Py_XDECREF(one);
    Py_XDECREF(a);
    Py_XDECREF(b);
    return -1;
}

static int memory(int n, PyObject *scope)
{
    static char area[64];
    PyObject *capsule = PyCapsule_New(area, "training.area", NULL), *bytes = PyBytes_FromStringAndSize(NULL, 32);
    PyObject *array = PyByteArray_FromStringAndSize(area, 32);
    TRY(capsule && bytes && array);
    memset(PyBytes_AsString(bytes), 'b', 32);
    for (int i = 0; i < n; i++) {
        Py_buffer view;
        void *block;
        TRY(PyCapsule_IsValid(capsule, "training.area") && PyCapsule_GetPointer(capsule, "training.area") == area);
        TRY(PyCapsule_GetName(capsule) && !PyCapsule_GetContext(capsule) && PyCapsule_CheckExact(capsule));
        TRY(PyObject_CheckBuffer(array) && PyObject_GetBuffer(array, &view, PyBUF_FULL) == 0);
        PyBuffer_Release(&view);
        TRY(PyObject_GetBuffer(bytes, &view, PyBUF_SIMPLE) == 0);
        TRY(PyBuffer_IsContiguous(&view, 'C'));
        PyBuffer_Release(&view);
        TRY(PyByteArray_Size(array) == 32 && PyByteArray_AsString(array));
        DROP(PyMemoryView_FromMemory(area, sizeof area, PyBUF_READ));
        DROP(PyMemoryView_FromObject(array));
        TRY(block = PyMem_Malloc(40));
        TRY(block = PyMem_Realloc(block, 80));
        PyMem_Free(block);
        TRY(block = PyObject_Malloc(100));
        PyObject_Free(block);
        TRY(block = PyMem_RawMalloc(100));
        PyMem_RawFree(block);
        DROP(PySlice_New(Py_None, Py_None, Py_None));
    }
    Py_DECREF(capsule);
    Py_DECREF(bytes);
    Py_DECREF(array);
    return 0;
failed:
    Py_XDECREF(capsule);
    Py_XDECREF(bytes);
    Py_XDECREF(array);
    return -1;
}

static int threads(int n, PyObject *scope)
{
    for (int i = 0; i < n; i++) {
        PyGILState_STATE held = PyGILState_Ensure();
        TRY(PyThreadState_Get() && PyGILState_Check() && PyThreadState_GetDict());
        PyGILState_Release(held);
        Py_BEGIN_ALLOW_THREADS
        held = PyGILState_Ensure();
        PyGILState_Release(held);
        Py_END_ALLOW_THREADS
    }
    return 0;
failed:
    return -1;
}

static int modules(int n, PyObject *scope)
{
    PyObject *name = PyUnicode_InternFromString("sys"), *module = NULL;
    TRY(name);
    for (int i = 0; i < n; i++) {
        TRY(module = PyImport_ImportModule("sys"));
        TRY(PyModule_GetDict(module) && PyModule_Check(module) && PyDict_GetItemString(PyImport_GetModuleDict(), "sys"));
        Py_CLEAR(module);
        DROP(PyImport_Import(name));
        TRY(PyImport_AddModule("sys") && PySys_GetObject("modules") && PyEval_GetBuiltins());
    }
    Py_DECREF(name);
    return 0;
failed:
    Py_XDECREF(name);
    Py_XDECREF(module);
    return -1;
}

PyDoc_STRVAR(run_doc, "run(scope, /)\n--\n\nCall what extension modules call, some hundred thousand times.\n\n"
    "scope: dict with 'object', whose class has the method `method` and the attribute `value`, 'function' of one argument and\n"
    "'length', a built-in function of one sequence; 'item', 'two', 'named' and 'several' are added.");

static PyObject *run(PyObject *module, PyObject *scope)
{
    static const struct {
        int (*loop)(int, PyObject *);
        int n;
    } loops[] = {
        {numbers, 100000}, {text, 50000}, {containers, 50000}, {attributes, 100000}, {calls, 50000},
        {errors, 50000}, {instances, 100000}, {memory, 50000}, {threads, 50000}, {modules, 10000},
    };
    if (!PyDict_Check(scope)) {
        PyErr_SetString(PyExc_TypeError, "run() needs a dict");
        return NULL;
    }
    PyObject *item = PyObject_CallObject((PyObject *)&Item_Type, NULL);
    if (item == NULL || PyDict_SetItemString(scope, "item", item) < 0) {
        Py_XDECREF(item);
        return NULL;
    }
    Py_DECREF(item);
    for (PyMethodDef *def = functions; def->ml_name; def++) {
        PyObject *function = PyCFunction_NewEx(def, module, NULL);
        if (function == NULL || PyDict_SetItemString(scope, def->ml_name, function) < 0) {
            Py_XDECREF(function);
            return NULL;
        }
        Py_DECREF(function);
    }
    for (size_t i = 0; i < sizeof loops / sizeof *loops; i++)
        if (loops[i].loop(loops[i].n, scope) < 0)
            return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef module_methods[] = {{"run", run, METH_O, run_doc}, {NULL}};
static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "training_calls",
    .m_doc = "What extension modules call, for the build to count.",
    .m_size = -1,
    .m_methods = module_methods,
};

PyMODINIT_FUNC PyInit_training_calls(void)
{
    if (PyType_Ready(&Item_Type) < 0)
        return NULL;
    PyObject *module = PyModule_Create(&module_def);
    if (module == NULL)
        return NULL;
    Py_INCREF(&Item_Type);
    if (PyModule_AddObject(module, "Item", (PyObject *)&Item_Type) < 0)
        return NULL;
    return module;
}
