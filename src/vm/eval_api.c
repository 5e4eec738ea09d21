/* SPDX-License-Identifier: MIT */
/* The C API around the evaluator: the current frame and its dicts, hooks of asynchronous code, names of callables. */
#include "vm/frame.h"
#include "runtime/errors.h"

static TaiFrame *current_frame(void)
{
    PyThreadState *ts = tai_tstate();
    return ts ? tai_thread_frame(ts) : NULL;
}

/* The innermost frame; borrowed, NULL without exception if no Python code runs. */
PyFrameObject *PyEval_GetFrame(void)
{
    TaiFrame *f = current_frame();
    if (f == NULL)
        return NULL;
    PyFrameObject *obj = tai_frame_shown(f, SHOW_ALL);
    if (obj == NULL)
        PyErr_Clear();
    return obj;
}

PyObject *PyEval_GetBuiltins(void)
{
    TaiFrame *f = current_frame();
    return f ? f->builtins : tai_interp()->builtins;
}

PyObject *_PyEval_GetBuiltinId(_Py_Identifier *name)
{
    PyObject *id = _PyUnicode_FromId(name);
    if (id == NULL)
        return NULL;
    PyObject *v = PyDict_GetItemWithError(PyEval_GetBuiltins(), id);
    if (v != NULL)
        Py_INCREF(v);
    else if (!PyErr_Occurred())
        PyErr_SetObject(PyExc_AttributeError, id);
    return v;
}

PyObject *PyEval_GetGlobals(void)
{
    TaiFrame *f = current_frame();
    return f ? f->globals : NULL;
}

/* The locals of the innermost frame as a mapping; borrowed. */
PyObject *PyEval_GetLocals(void)
{
    TaiFrame *f = current_frame();
    if (f == NULL) {
        PyErr_SetString(PyExc_SystemError, "frame does not exist");
        return NULL;
    }
    PyFrameObject *obj = tai_frame_object(f);
    if (obj == NULL || PyFrame_FastToLocalsWithError(obj) < 0)
        return NULL;
    return obj->f_locals;
}

int PyEval_MergeCompilerFlags(PyCompilerFlags *flags)
{
    TaiFrame *f = current_frame();
    int result = flags->cf_flags != 0;
    if (f != NULL) {
        int inherited = f->code->co_flags & PyCF_MASK;
        if (inherited) {
            result = 1;
            flags->cf_flags |= inherited;
        }
    }
    return result;
}

/* ---- names of callables -------------------------------------------------------------------------------------- */

const char *PyEval_GetFuncName(PyObject *func)
{
    if (PyMethod_Check(func))
        return PyEval_GetFuncName(PyMethod_GET_FUNCTION(func));
    if (PyFunction_Check(func))
        return PyUnicode_AsUTF8(((PyFunctionObject *)func)->func_name);
    if (PyCFunction_Check(func))
        return ((PyCFunctionObject *)func)->m_ml->ml_name;
    return Py_TYPE(func)->tp_name;
}

const char *PyEval_GetFuncDesc(PyObject *func)
{
    if (PyMethod_Check(func) || PyFunction_Check(func) || PyCFunction_Check(func))
        return "()";
    return " object";
}

/* ---- old ways to call ---------------------------------------------------------------------------------------- */

PyObject *PyEval_CallObjectWithKeywords(PyObject *callable, PyObject *args, PyObject *kwargs)
{
    if (args != NULL && !PyTuple_Check(args)) {
        PyErr_SetString(PyExc_TypeError, "argument list must be a tuple");
        return NULL;
    }
    if (kwargs != NULL && !PyDict_Check(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "keyword list must be a dictionary");
        return NULL;
    }
    if (args != NULL)
        return PyObject_Call(callable, args, kwargs);
    return _PyObject_FastCallDict(callable, NULL, 0, kwargs);
}

/* ---- hooks of asynchronous code ------------------------------------------------------------------------------ */

void _PyEval_SetCoroutineOriginTrackingDepth(int depth) { tai_tstate()->coroutine_origin_tracking_depth = depth; }
int _PyEval_GetCoroutineOriginTrackingDepth(void) { return tai_tstate()->coroutine_origin_tracking_depth; }

void _PyEval_SetAsyncGenFirstiter(PyObject *hook)
{
    PyThreadState *ts = tai_tstate();
    if (PySys_Audit("sys.set_asyncgen_hook_firstiter", NULL) < 0)
        return;
    Py_XINCREF(hook);
    Py_XSETREF(ts->async_gen_firstiter, hook);
}
PyObject *_PyEval_GetAsyncGenFirstiter(void) { return tai_tstate()->async_gen_firstiter; }

void _PyEval_SetAsyncGenFinalizer(PyObject *hook)
{
    PyThreadState *ts = tai_tstate();
    if (PySys_Audit("sys.set_asyncgen_hook_finalizer", NULL) < 0)
        return;
    Py_XINCREF(hook);
    Py_XSETREF(ts->async_gen_finalizer, hook);
}
PyObject *_PyEval_GetAsyncGenFinalizer(void) { return tai_tstate()->async_gen_finalizer; }

/* ---- slices -------------------------------------------------------------------------------------------------- */

/* An index of a slice, clipped to Py_ssize_t. 1 and *out set, or 0 with TypeError. Runs code. */
int _PyEval_SliceIndexNotNone(PyObject *v, Py_ssize_t *out)
{
    if (!PyIndex_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "slice indices must be integers or have an __index__ method");
        return 0;
    }
    Py_ssize_t x = PyNumber_AsSsize_t(v, NULL);
    if (x == -1 && PyErr_Occurred())
        return 0;
    *out = x;
    return 1;
}

/* The same, where None leaves *out alone. */
int _PyEval_SliceIndex(PyObject *v, Py_ssize_t *out)
{
    if (v == Py_None)
        return 1;
    if (!PyIndex_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "slice indices must be integers or None or have an __index__ method");
        return 0;
    }
    return _PyEval_SliceIndexNotNone(v, out);
}
