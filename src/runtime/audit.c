/* SPDX-License-Identifier: MIT */
/* Audit events (PEP 578): C hooks for the process, Python hooks per interpreter.
 *
 * Raising an event costs two loads when nobody listens. Tests: tests/runtime/test_audit_events.py, tests/embedding/
 */
#include "runtime/runtime.h"
#include "runtime/sys.h"
#include "runtime/errors.h"

#include <stdarg.h>
#include <string.h>

int tai_audit_active(void)
{
    PyThreadState *ts = tai_current;
    return tai_runtime.audit_hooks != NULL || (ts != NULL && ts->interp != NULL && ts->interp->audit_hooks != NULL);
}

/* Call one Python hook; 0 / -1. While it runs tracing is off unless it asks for it by __cantrace__. */
static int call_python_hook(PyThreadState *ts, PyObject *hook, PyObject *event, PyObject *args)
{
    _Py_IDENTIFIER(__cantrace__);
    PyObject *can;
    if (_PyObject_LookupAttrId(hook, &PyId___cantrace__, &can) < 0)
        return -1;
    int trace = can ? PyObject_IsTrue(can) : 0;
    Py_XDECREF(can);
    if (trace < 0)
        return -1;
    if (trace) {
        ts->use_tracing = ts->c_tracefunc || ts->c_profilefunc;
        ts->tracing--;
    }
    PyObject *r = PyObject_CallFunctionObjArgs(hook, event, args, NULL);
    if (trace) {
        ts->tracing++;
        ts->use_tracing = 0;
    }
    Py_XDECREF(r);
    return r ? 0 : -1;
}

static int call_python_hooks(PyThreadState *ts, const char *event, PyObject *args)
{
    PyObject *name = PyUnicode_FromString(event);
    PyObject *hooks = name ? PyObject_GetIter(ts->interp->audit_hooks) : NULL;
    int r = hooks ? 0 : -1;
    ts->tracing++;
    ts->use_tracing = 0;
    while (r == 0) {
        PyObject *hook = PyIter_Next(hooks);
        if (hook == NULL)
            break;
        r = call_python_hook(ts, hook, name, args);
        Py_DECREF(hook);
    }
    ts->tracing--;
    ts->use_tracing = ts->c_tracefunc || ts->c_profilefunc;
    if (r == 0 && PyErr_Occurred())
        r = -1;
    Py_XDECREF(hooks);
    Py_XDECREF(name);
    return r;
}

int PySys_Audit(const char *event, const char *format, ...)
{
    if (LIKELY(!tai_audit_active()))
        return 0;
    PyThreadState *ts = tai_current;
    PyObject *type = NULL, *value = NULL, *tb = NULL, *args = NULL;
    int r = 0;
    if (ts)
        PyErr_Fetch(&type, &value, &tb);
    if (format && format[0]) {
        va_list va;
        va_start(va, format);
        args = Py_VaBuildValue(format, va);
        va_end(va);
        if (args && !PyTuple_Check(args)) {
            PyObject *pair = PyTuple_Pack(1, args);
            Py_DECREF(args);
            args = pair;
        }
    } else {
        args = PyTuple_New(0);
    }
    if (args == NULL)
        r = -1;
    for (TaiAuditHook *h = tai_runtime.audit_hooks; r == 0 && h; h = h->next)
        if (h->function(event, args, h->data) < 0)
            r = -1;
    if (r == 0 && ts && ts->interp && ts->interp->audit_hooks)
        r = call_python_hooks(ts, event, args);
    Py_XDECREF(args);
    if (ts) {
        if (r == 0) {
            PyErr_Restore(type, value, tb);
        } else {
            Py_XDECREF(type);
            Py_XDECREF(value);
            Py_XDECREF(tb);
        }
    }
    return r < 0 ? -1 : 0;
}

int PySys_AddAuditHook(Py_AuditHookFunction function, void *data)
{
    /* hooks that are there may forbid it, by an exception that is a RuntimeError */
    if (tai_current != NULL && tai_runtime.initialized && PySys_Audit("sys.addaudithook", NULL) < 0) {
        if (PyErr_ExceptionMatches(PyExc_RuntimeError)) {
            PyErr_Clear();
            return 0;
        }
        return -1;
    }
    TaiAuditHook *hook = PyMem_RawMalloc(sizeof *hook);
    if (hook == NULL) {
        if (tai_current != NULL && tai_runtime.initialized)
            PyErr_NoMemory();
        return -1;
    }
    *hook = (TaiAuditHook){NULL, function, data};
    TaiAuditHook **end = &tai_runtime.audit_hooks;
    while (*end)
        end = &(*end)->next;
    *end = hook;
    return 0;
}

void tai_audit_clear(void)
{
    while (tai_runtime.audit_hooks) {
        TaiAuditHook *h = tai_runtime.audit_hooks;
        tai_runtime.audit_hooks = h->next;
        PyMem_RawFree(h);
    }
}

int tai_audit_add_python_hook(PyObject *hook)
{
    PyInterpreterState *interp = tai_interp();
    if (PySys_Audit("sys.addaudithook", NULL) < 0) {
        if (!PyErr_ExceptionMatches(PyExc_Exception))
            return -1;
        PyErr_Clear();
        return 0;
    }
    if (interp->audit_hooks == NULL) {
        interp->audit_hooks = PyList_New(0);
        if (interp->audit_hooks == NULL)
            return -1;
        PyObject_GC_UnTrack(interp->audit_hooks); /* not to be found through gc */
    }
    return PyList_Append(interp->audit_hooks, hook);
}
