/* SPDX-License-Identifier: MIT */
/* Py_FatalError: the end, for when an invariant is broken. Says why, shows where every thread is, and aborts. */
#include "Python.h"

#include "runtime/errors.h"
#include "runtime/runtime.h"
#include "runtime/exported.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>


static void put(const char *text)
{
    ssize_t written = write(STDERR_FILENO, text, strlen(text));
    (void)written;
}

static void put_state(void)
{
    put("Python runtime state: ");
    if (tai_runtime.finalizing != NULL)
        put("finalizing (tstate=set)");
    else if (tai_runtime.initialized)
        put("initialized");
    else if (tai_runtime.core_initialized)
        put("core initialized");
    else if (tai_runtime.preinitialized)
        put("preinitialized");
    else if (tai_runtime.preinitializing)
        put("preinitializing");
    else
        put("unknown");
    put("\n");
}

/* Print the current exception, if there is one. 1 if so. Runs code. */
static int show_exception(PyThreadState *ts)
{
    _Py_IDENTIFIER(stderr);
    _Py_IDENTIFIER(flush);
    PyObject *type, *value, *tb, *file;
    if (ts == NULL || ts->curexc_type == NULL)
        return 0;
    _PyErr_Fetch(ts, &type, &value, &tb);
    file = _PySys_GetObjectId(&PyId_stderr);
    if (file == NULL || file == Py_None)
        return 0;
    _PyErr_NormalizeException(ts, &type, &value, &tb);
    int has_traceback = tb != NULL && tb != Py_None;
    if (has_traceback && PyExceptionInstance_Check(value))
        PyException_SetTraceback(value, tb);
    PyErr_Display(type, value, tb);
    Py_XDECREF(_PyObject_CallMethodIdObjArgs(file, &PyId_flush, NULL));
    return has_traceback;
}

void tai_faulthandler_disable(void); /* modules/faulthandler.c */

void Py_FatalError(const char *text)
{
    static int entered;
    fflush(stdout);
    fflush(stderr);
    put("Fatal Python error: ");
    put(text != NULL ? text : "<message not set>");
    put("\n");
    if (!entered) {
        entered = 1;
        PyThreadState *ts = tai_tstate(), *own = PyGILState_GetThisThreadState();
        put_state();
        put("\n");
        if (ts == NULL || ts != own || !show_exception(ts)) /* only a thread with the GIL may run code */
            _Py_DumpTracebackThreads(STDERR_FILENO, NULL, own);
        fflush(stderr);
        tai_faulthandler_disable();
        fflush(stderr);
    }
    abort();
}
