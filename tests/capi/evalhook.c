/* SPDX-License-Identifier: MIT */
/* A PEP 523 hook as debuggers set it in 3.8: a store into the interpreter state, 568 bytes from its start.
 * evalhook.start(), evalhook.stop() -> names of the functions that were evaluated in between. Used by test_evalhook.py. */
#include "Python.h"
#include "frameobject.h"

typedef PyObject *(*evaluator)(PyFrameObject *, int);
static PyObject *names;

static evaluator *slot(void) { return (evaluator *)((char *)PyThreadState_Get()->interp + 568); }

static PyObject *hook(PyFrameObject *frame, int throwing)
{
    if (names != NULL && PyList_Append(names, frame->f_code->co_name) < 0)
        return NULL;
    return _PyEval_EvalFrameDefault(frame, throwing);
}

static PyObject *start(PyObject *self, PyObject *unused)
{
    Py_XDECREF(names);
    names = PyList_New(0);
    *slot() = (evaluator)hook;
    Py_RETURN_NONE;
}

static PyObject *stop(PyObject *self, PyObject *unused)
{
    PyObject *result = names;
    names = NULL;
    *slot() = (evaluator)_PyEval_EvalFrameDefault;
    return result ? result : PyList_New(0);
}

static PyMethodDef methods[] = {{"start", start, METH_NOARGS, NULL}, {"stop", stop, METH_NOARGS, NULL}, {NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "evalhook", NULL, -1, methods};
PyMODINIT_FUNC PyInit_evalhook(void) { return PyModule_Create(&definition); }
