/* SPDX-License-Identifier: MIT */
/* _testcapi: the buffer protocol from the side of C. */
#include "testcapi.h"

static PyObject *make_memoryview_from_NULL_pointer(PyObject *self, PyObject *unused)
{
    Py_buffer view;
    if (PyBuffer_FillInfo(&view, NULL, NULL, 1, 1, PyBUF_FULL_RO) < 0)
        return NULL;
    return PyMemoryView_FromBuffer(&view);
}

/* A request without a place for the answer used to lock the object: an error now. */
static PyObject *getbuffer_with_null_view(PyObject *self, PyObject *object)
{
    if (PyObject_GetBuffer(object, NULL, PyBUF_SIMPLE) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *test_pep3118_obsolete_write_locks(PyObject *self, PyObject *unused)
{
    static PyTypeObject *const exporters[] = {&PyBytes_Type, &PyByteArray_Type};
    char memory[4] = "abc";
    CHECK_RAISES(PyBuffer_FillInfo(NULL, NULL, memory, 4, 0, PyBUF_SIMPLE) == -1, PyExc_BufferError);
    for (Py_ssize_t i = 0; i < COUNT_OF(exporters); i++) {
        PyObject *exporter = PyObject_CallObject((PyObject *)exporters[i], NULL);
        CHECK(exporter != NULL);
        CHECK_RAISES(PyObject_GetBuffer(exporter, NULL, PyBUF_SIMPLE) == -1, PyExc_BufferError);
        Py_DECREF(exporter);
    }
    Py_RETURN_NONE;
}

/* Copy {0 ... 5} into ten ints through a view of every second one, forwards or (step < 0) backwards. */
static int scatter(int target[10], Py_ssize_t step)
{
    int source[5] = {10, 11, 12, 13, 14};
    Py_ssize_t shape = 5, stride = step * (Py_ssize_t)sizeof(int), item = sizeof(int);
    Py_buffer view = {.buf = step > 0 ? target : target + 8, .len = 5 * item, .itemsize = item, .ndim = 1,
                      .shape = &shape, .strides = &stride, .format = "i"};
    for (int i = 0; i < 10; i++)
        target[i] = -1;
    return PyBuffer_FromContiguous(&view, source, view.len, 'C');
}

static PyObject *test_from_contiguous(PyObject *self, PyObject *unused)
{
    int target[10];
    CHECK(scatter(target, 2) == 0);
    for (int i = 0; i < 5; i++)
        CHECK(target[2 * i] == 10 + i && target[2 * i + 1] == -1);
    CHECK(scatter(target, -2) == 0);
    for (int i = 0; i < 5; i++)
        CHECK(target[8 - 2 * i] == 10 + i && target[2 * i + 1] == -1);
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"make_memoryview_from_NULL_pointer", make_memoryview_from_NULL_pointer, METH_NOARGS},
    {"getbuffer_with_null_view", getbuffer_with_null_view, METH_O},
    {"test_pep3118_obsolete_write_locks", test_pep3118_obsolete_write_locks, METH_NOARGS},
    {"test_from_contiguous", test_from_contiguous, METH_NOARGS},
    {NULL},
};

int testcapi_add_buffer_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
