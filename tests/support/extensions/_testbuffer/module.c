/* SPDX-License-Identifier: MIT */
/* _testbuffer: the module: functions that call the C interface of buffers, staticarray, constants. */
#include "testbuffer.h"

/* ---- functions ---- */

/* get_pointer(exporter, indices): the item that PyBuffer_GetPointer finds. */
static PyObject *get_pointer(PyObject *self, PyObject *args)
{
    PyObject *exporter, *indices;
    Py_buffer view;
    if (!PyArg_ParseTuple(args, "OO:get_pointer", &exporter, &indices) ||
        PyObject_GetBuffer(exporter, &view, PyBUF_FULL_RO) < 0)
        return NULL;
    PyObject *result = NULL, *sequence = PySequence_Check(indices) ? PySequence_Tuple(indices) : NULL;
    if (sequence == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "indices must be a sequence");
        goto done;
    }
    if (view.ndim > ND_MAX_NDIM || PyTuple_GET_SIZE(sequence) != view.ndim) {
        PyErr_SetString(PyExc_ValueError, "as many indices as dimensions are needed");
        goto done;
    }
    Py_ssize_t numbers[ND_MAX_NDIM];
    for (int i = 0; i < view.ndim; i++) {
        numbers[i] = PyLong_AsSsize_t(PyTuple_GET_ITEM(sequence, i));
        if (numbers[i] == -1 && PyErr_Occurred())
            goto done;
        if (numbers[i] < 0 || numbers[i] >= view.shape[i]) {
            PyErr_SetString(PyExc_ValueError, "index out of bounds");
            goto done;
        }
    }
    result = unpack_item(PyBuffer_GetPointer(&view, numbers), view.format, view.itemsize);
done:
    Py_XDECREF(sequence);
    PyBuffer_Release(&view);
    return result;
}

/* The order that a str of one ASCII character names, or 0 with an exception. */
static char order_of(PyObject *object)
{
    if (!PyUnicode_Check(object)) {
        PyErr_Format(PyExc_TypeError, "order must be a str, not %.200s", Py_TYPE(object)->tp_name);
        return 0;
    }
    PyObject *ascii = PyUnicode_AsASCIIString(object);
    if (ascii == NULL)
        return 0;
    char order = PyBytes_GET_SIZE(ascii) == 1 ? PyBytes_AS_STRING(ascii)[0] : 0;
    Py_DECREF(ascii);
    if (order == 'C' || order == 'F' || order == 'A')
        return order;
    PyErr_SetString(PyExc_ValueError, "order must be 'C', 'F' or 'A'");
    return 0;
}

/* get_contiguous(exporter, PyBUF_READ or PyBUF_WRITE, order) */
static PyObject *get_contiguous(PyObject *self, PyObject *args)
{
    PyObject *exporter, *kind_object, *order_object;
    if (!PyArg_ParseTuple(args, "OOO:get_contiguous", &exporter, &kind_object, &order_object))
        return NULL;
    if (!PyLong_Check(kind_object)) {
        PyErr_SetString(PyExc_TypeError, "the kind of buffer must be an int");
        return NULL;
    }
    long kind = PyLong_AsLong(kind_object);
    if (kind == -1 && PyErr_Occurred())
        return NULL;
    if (kind != PyBUF_READ && kind != PyBUF_WRITE) {
        PyErr_SetString(PyExc_ValueError, "the kind of buffer must be PyBUF_READ or PyBUF_WRITE");
        return NULL;
    }
    char order = order_of(order_object);
    return order != 0 ? PyMemoryView_GetContiguous(exporter, (int)kind, order) : NULL;
}

/* py_buffer_to_contiguous(exporter, order, request): the bytes that PyBuffer_ToContiguous writes. */
static PyObject *py_buffer_to_contiguous(PyObject *self, PyObject *args)
{
    PyObject *exporter, *order_object;
    int request;
    if (!PyArg_ParseTuple(args, "OOi:py_buffer_to_contiguous", &exporter, &order_object, &request))
        return NULL;
    Py_buffer view;
    char order = order_of(order_object);
    if (order == 0 || PyObject_GetBuffer(exporter, &view, request) < 0)
        return NULL;
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, view.len);
    if (bytes != NULL && PyBuffer_ToContiguous(PyBytes_AS_STRING(bytes), &view, view.len, order) < 0)
        Py_CLEAR(bytes);
    PyBuffer_Release(&view);
    return bytes;
}

/* is_contiguous(exporter, order); an ndarray's own view is looked at, even if it could not be exported in full. */
static PyObject *is_contiguous(PyObject *self, PyObject *args)
{
    PyObject *exporter, *order_object;
    if (!PyArg_ParseTuple(args, "OO:is_contiguous", &exporter, &order_object))
        return NULL;
    char order = order_of(order_object);
    if (order == 0)
        return NULL;
    if (Py_TYPE(exporter) == &NDArray_Type)
        return PyBool_FromLong(PyBuffer_IsContiguous(&((NDArray *)exporter)->head->view, order));
    Py_buffer view;
    if (PyObject_GetBuffer(exporter, &view, PyBUF_FULL_RO) < 0)
        return NULL;
    int result = PyBuffer_IsContiguous(&view, order);
    PyBuffer_Release(&view);
    return PyBool_FromLong(result);
}

/* Whether two contiguous views have the same layout and bytes. */
static int same_contiguous(const Py_buffer *left, const Py_buffer *right)
{
    if (left->len != right->len || !same_structure(left, right) || !PyBuffer_IsContiguous(left, 'A') ||
        !PyBuffer_IsContiguous(right, 'A'))
        return 0;
    for (int i = 0; i < left->ndim && left->len > 0; i++)
        if (left->shape[i] > 1 && left->strides[i] != right->strides[i])
            return 0;
    return memcmp(left->buf, right->buf, (size_t)left->len) == 0;
}

/* cmp_contig(exporter, exporter) */
static PyObject *cmp_contig(PyObject *self, PyObject *args)
{
    PyObject *first, *second;
    Py_buffer left, right;
    if (!PyArg_ParseTuple(args, "OO:cmp_contig", &first, &second) || PyObject_GetBuffer(first, &left, PyBUF_FULL_RO) < 0)
        return NULL;
    if (PyObject_GetBuffer(second, &right, PyBUF_FULL_RO) < 0) {
        PyBuffer_Release(&left);
        return NULL;
    }
    int same = same_contiguous(&left, &right);
    PyBuffer_Release(&left);
    PyBuffer_Release(&right);
    return PyBool_FromLong(same);
}

/* slice_indices(slice, length): (start, stop, step, length of the slice) */
static PyObject *slice_indices(PyObject *self, PyObject *args)
{
    PyObject *slice;
    Py_ssize_t length, start, stop, step;
    if (!PyArg_ParseTuple(args, "O!n:slice_indices", &PySlice_Type, &slice, &length) ||
        PySlice_Unpack(slice, &start, &stop, &step) < 0)
        return NULL;
    Py_ssize_t count = PySlice_AdjustIndices(length, &start, &stop, step);
    return Py_BuildValue("(nnnn)", start, stop, step, count);
}

static PyObject *get_sizeof_void_p(PyObject *self, PyObject *unused)
{
    return PyLong_FromSize_t(sizeof(void *));
}

static PyMethodDef functions[] = {
    {"get_pointer", get_pointer, METH_VARARGS},
    {"get_contiguous", get_contiguous, METH_VARARGS},
    {"py_buffer_to_contiguous", py_buffer_to_contiguous, METH_VARARGS},
    {"is_contiguous", is_contiguous, METH_VARARGS},
    {"cmp_contig", cmp_contig, METH_VARARGS},
    {"slice_indices", slice_indices, METH_VARARGS},
    {"get_sizeof_void_p", get_sizeof_void_p, METH_NOARGS},
    {NULL},
};

/* ---- staticarray(legacy_mode=False): twelve bytes that always exist; the old mode says so by an exporter of NULL ---- */

typedef struct {
    PyObject_HEAD
    int legacy;
} StaticArray;

static char twelve[12] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
static Py_ssize_t twelve_shape[1] = {12}, twelve_strides[1] = {1};

static PyObject *static_array_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"legacy_mode", NULL};
    int legacy = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|p:staticarray", names, &legacy))
        return NULL;
    StaticArray *self = (StaticArray *)type->tp_alloc(type, 0);
    if (self != NULL)
        self->legacy = legacy;
    return (PyObject *)self;
}

static int static_array_getbuffer(StaticArray *self, Py_buffer *view, int request)
{
    Py_buffer all = {.buf = twelve, .len = 12, .itemsize = 1, .readonly = 1, .ndim = 1, .format = "B", .shape = twelve_shape,
                     .strides = twelve_strides};
    *view = all;
    if (self->legacy)
        return 0;
    Py_INCREF(self);
    view->obj = (PyObject *)self;
    return 0;
}

static PyBufferProcs static_array_buffer = {.bf_getbuffer = (getbufferproc)static_array_getbuffer};

PyTypeObject StaticArray_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "staticarray",
    .tp_basicsize = sizeof(StaticArray),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_as_buffer = &static_array_buffer,
    .tp_new = static_array_new,
};

/* ---- the module ---- */

#define CONSTANT(name) {#name, name}
static const struct {
    const char *name;
    long value;
} constants[] = {
    CONSTANT(ND_MAX_NDIM),     CONSTANT(ND_VAREXPORT),       CONSTANT(ND_WRITABLE),        CONSTANT(ND_FORTRAN),
    CONSTANT(ND_SCALAR),       CONSTANT(ND_PIL),             CONSTANT(ND_REDIRECT),        CONSTANT(ND_GETBUF_FAIL),
    CONSTANT(ND_GETBUF_UNDEFINED), CONSTANT(PyBUF_SIMPLE),   CONSTANT(PyBUF_WRITABLE),     CONSTANT(PyBUF_FORMAT),
    CONSTANT(PyBUF_ND),        CONSTANT(PyBUF_STRIDES),      CONSTANT(PyBUF_C_CONTIGUOUS), CONSTANT(PyBUF_F_CONTIGUOUS),
    CONSTANT(PyBUF_ANY_CONTIGUOUS), CONSTANT(PyBUF_INDIRECT), CONSTANT(PyBUF_FULL),        CONSTANT(PyBUF_FULL_RO),
    CONSTANT(PyBUF_RECORDS),   CONSTANT(PyBUF_RECORDS_RO),   CONSTANT(PyBUF_STRIDED),      CONSTANT(PyBUF_STRIDED_RO),
    CONSTANT(PyBUF_CONTIG),    CONSTANT(PyBUF_CONTIG_RO),    CONSTANT(PyBUF_READ),         CONSTANT(PyBUF_WRITE),
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "_testbuffer", .m_size = -1, .m_methods = functions};

static int add_type(PyObject *module, const char *name, PyTypeObject *type)
{
    if (PyType_Ready(type) < 0)
        return -1;
    Py_INCREF(type);
    return PyModule_AddObject(module, name, (PyObject *)type);
}

PyMODINIT_FUNC PyInit__testbuffer(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL)
        return NULL;
    if (add_type(module, "ndarray", &NDArray_Type) < 0 || add_type(module, "staticarray", &StaticArray_Type) < 0)
        goto error;
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        if (PyModule_AddIntConstant(module, constants[i].name, constants[i].value) < 0)
            goto error;
    return module;
error:
    Py_DECREF(module);
    return NULL;
}
