/* SPDX-License-Identifier: MIT */
/* _testcapi: raising, printing and exchanging exceptions from C, and functions that break the rules about them. */
#include "testcapi.h"
#include "frameobject.h"

#include <errno.h>

/* raise_exception(type, n): PyErr_SetObject with a tuple of 0 ... n-1 as value. */
static PyObject *raise_exception(PyObject *self, PyObject *args)
{
    PyObject *type;
    int count;
    if (!PyArg_ParseTuple(args, "Oi:raise_exception", &type, &count))
        return NULL;
    PyObject *value = PyTuple_New(count);
    if (value == NULL)
        return NULL;
    for (int i = 0; i < count; i++) {
        PyObject *number = PyLong_FromLong(i);
        if (number == NULL) {
            Py_DECREF(value);
            return NULL;
        }
        PyTuple_SET_ITEM(value, i, number);
    }
    PyErr_SetObject(type, value);
    Py_DECREF(value);
    return NULL;
}

static PyObject *raise_memoryerror(PyObject *self, PyObject *unused)
{
    return PyErr_NoMemory();
}

static PyObject *set_errno(PyObject *self, PyObject *args)
{
    int number;
    if (!PyArg_ParseTuple(args, "i:set_errno", &number))
        return NULL;
    errno = number;
    Py_RETURN_NONE;
}

/* set_exc_info(type, value, traceback): makes this the exception being handled, gives the one before. */
static PyObject *set_exc_info(PyObject *self, PyObject *args)
{
    PyObject *set[3], *before[3];
    if (!PyArg_ParseTuple(args, "OOO:set_exc_info", &set[0], &set[1], &set[2]))
        return NULL;
    PyErr_GetExcInfo(&before[0], &before[1], &before[2]);
    for (int i = 0; i < 3; i++)
        Py_INCREF(set[i]);
    PyErr_SetExcInfo(set[0], set[1], set[2]);
    PyObject *result = PyTuple_New(3);
    for (int i = 0; i < 3; i++) {
        PyObject *item = before[i];
        if (item == NULL) {
            Py_INCREF(Py_None);
            item = Py_None;
        }
        if (result != NULL)
            PyTuple_SET_ITEM(result, i, item);
        else
            Py_DECREF(item);
    }
    return result;
}

/* make_exception_with_doc(name, doc=NULL, base=NULL, dict=NULL): a new exception class. */
static PyObject *make_exception_with_doc(PyObject *self, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"name", "doc", "base", "dict", NULL};
    const char *name, *doc = NULL;
    PyObject *base = NULL, *dict = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "s|sOO:make_exception_with_doc", names, &name, &doc, &base, &dict))
        return NULL;
    return PyErr_NewExceptionWithDoc(name, doc, base, dict);
}

static PyObject *exception_print(PyObject *self, PyObject *value)
{
    if (!PyExceptionInstance_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "an exception instance is required");
        return NULL;
    }
    PyObject *traceback = PyException_GetTraceback(value);
    PyErr_Display((PyObject *)Py_TYPE(value), value, traceback != NULL ? traceback : Py_None);
    Py_XDECREF(traceback);
    Py_RETURN_NONE;
}

/* traceback_print(traceback, file) */
static PyObject *traceback_print(PyObject *self, PyObject *args)
{
    PyObject *traceback, *file;
    if (!PyArg_ParseTuple(args, "OO:traceback_print", &traceback, &file) || PyTraceBack_Print(traceback, file) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* write_unraisable_exc(exc, message, obj): reports the exception as one that cannot be raised. */
static PyObject *write_unraisable_exc(PyObject *self, PyObject *args)
{
    PyObject *exception, *message, *object;
    if (!PyArg_ParseTuple(args, "OOO:write_unraisable_exc", &exception, &message, &object))
        return NULL;
    const char *text = NULL;
    if (message != Py_None && (text = PyUnicode_AsUTF8(message)) == NULL)
        return NULL;
    PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
    _PyErr_WriteUnraisableMsg(text, object);
    Py_RETURN_NONE;
}

static PyObject *return_null_without_error(PyObject *self, PyObject *unused)
{
    PyErr_Clear();
    return NULL;
}

static PyObject *return_result_with_error(PyObject *self, PyObject *unused)
{
    PyErr_SetNone(PyExc_ValueError);
    Py_RETURN_NONE;
}

/* code_newempty(filename, name, line) */
static PyObject *code_newempty(PyObject *self, PyObject *args)
{
    const char *filename, *name;
    int line;
    if (!PyArg_ParseTuple(args, "ssi:code_newempty", &filename, &name, &line))
        return NULL;
    return (PyObject *)PyCode_NewEmpty(filename, name, line);
}

static PyObject *get_recursion_depth(PyObject *self, PyObject *unused)
{
    return PyLong_FromLong(PyThreadState_Get()->recursion_depth);
}

static PyMethodDef functions[] = {
    {"raise_exception", raise_exception, METH_VARARGS},
    {"raise_memoryerror", raise_memoryerror, METH_NOARGS},
    {"set_errno", set_errno, METH_VARARGS},
    {"set_exc_info", set_exc_info, METH_VARARGS},
    {"make_exception_with_doc", (PyCFunction)(void (*)(void))make_exception_with_doc, METH_VARARGS | METH_KEYWORDS},
    {"exception_print", exception_print, METH_O},
    {"traceback_print", traceback_print, METH_VARARGS},
    {"write_unraisable_exc", write_unraisable_exc, METH_VARARGS},
    {"return_null_without_error", return_null_without_error, METH_NOARGS},
    {"return_result_with_error", return_result_with_error, METH_NOARGS},
    {"code_newempty", code_newempty, METH_VARARGS},
    {"get_recursion_depth", get_recursion_depth, METH_NOARGS},
    {NULL},
};

int testcapi_add_error_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
