/* SPDX-License-Identifier: MIT */
/* What foreign native code does with frames, thread states and code objects through the structs of the 3.8 headers: the ways of
 * generated code, of debuggers and of profilers. Used by test_frames.py. */
#include "Python.h"
#include "frameobject.h"
#include <pthread.h>
#include <string.h>

/* ---- frames made by hand ---- */

/* run(function, *args): a frame is made, its locals are filled in place, and it is evaluated. */
static PyObject *run(PyObject *self, PyObject *args)
{
    PyObject *function = PyTuple_GetItem(args, 0);
    if (function == NULL)
        return NULL;
    PyThreadState *ts = PyThreadState_Get();
    PyFrameObject *f = PyFrame_New(ts, (PyCodeObject *)PyFunction_GET_CODE(function), PyFunction_GET_GLOBALS(function), NULL);
    if (f == NULL)
        return NULL;
    for (Py_ssize_t i = 1; i < PyTuple_GET_SIZE(args); i++) {
        Py_INCREF(PyTuple_GET_ITEM(args, i));
        f->f_localsplus[i - 1] = PyTuple_GET_ITEM(args, i);
    }
    PyObject *result = PyEval_EvalFrameEx(f, 0);
    ++ts->recursion_depth;
    Py_DECREF(f);
    --ts->recursion_depth;
    return result;
}

/* run_module(code, globals, locals) */
static PyObject *run_module(PyObject *self, PyObject *args)
{
    PyObject *code, *globals, *locals;
    if (!PyArg_ParseTuple(args, "OOO", &code, &globals, &locals))
        return NULL;
    PyFrameObject *f = PyFrame_New(PyThreadState_Get(), (PyCodeObject *)code, globals, locals);
    PyObject *result = f ? PyEval_EvalFrame(f) : NULL;
    Py_XDECREF(f);
    return result;
}

/* The stack as the struct fields show it: [(name, line, lasti)], innermost first. */
static PyObject *stack(PyObject *self, PyObject *unused)
{
    PyObject *list = PyList_New(0);
    for (PyFrameObject *f = PyEval_GetFrame(); list != NULL && f != NULL; f = f->f_back) {
        PyObject *entry = Py_BuildValue("(Oii)", f->f_code->co_name, PyFrame_GetLineNumber(f), f->f_lasti);
        if (entry == NULL || PyList_Append(list, entry) < 0)
            Py_CLEAR(list);
        Py_XDECREF(entry);
    }
    return list;
}

/* The first local variable of every frame, innermost first, as the array in the struct has it. */
static PyObject *first_values(PyObject *self, PyObject *unused)
{
    PyObject *list = PyList_New(0);
    for (PyFrameObject *f = PyEval_GetFrame(); list != NULL && f != NULL; f = f->f_back) {
        PyObject *value = f->f_code->co_nlocals && f->f_localsplus[0] ? f->f_localsplus[0] : Py_None;
        if (PyList_Append(list, value) < 0)
            Py_CLEAR(list);
    }
    return list;
}

/* Locals of the caller: read, changed by a dict, written back. */
static PyObject *set_local(PyObject *self, PyObject *args)
{
    PyObject *name, *value;
    PyFrameObject *f = PyEval_GetFrame();
    if (!PyArg_ParseTuple(args, "OO", &name, &value) || PyFrame_FastToLocalsWithError(f) < 0 || PyObject_SetItem(f->f_locals, name, value) < 0)
        return NULL;
    PyFrame_LocalsToFast(f, 0);
    Py_RETURN_NONE;
}

static PyObject *environment(PyObject *self, PyObject *unused)
{
    return Py_BuildValue("(OOO)", PyEval_GetGlobals(), PyEval_GetLocals(), PyEval_GetBuiltins());
}

/* ---- errors through the struct ---- */

/* fail(type, value): set without any function of the API. */
static PyObject *fail(PyObject *self, PyObject *args)
{
    PyThreadState *ts = _PyThreadState_UncheckedGet();
    PyObject *type, *value;
    if (!PyArg_ParseTuple(args, "OO", &type, &value))
        return NULL;
    PyObject *old_type = ts->curexc_type, *old_value = ts->curexc_value, *old_tb = ts->curexc_traceback;
    Py_INCREF(type);
    Py_INCREF(value);
    ts->curexc_type = type;
    ts->curexc_value = value;
    ts->curexc_traceback = NULL;
    Py_XDECREF(old_type);
    Py_XDECREF(old_value);
    Py_XDECREF(old_tb);
    return NULL;
}

/* catch(callable): call it; the exception taken out of the struct, or None. */
static PyObject *catch_(PyObject *self, PyObject *callable)
{
    PyThreadState *ts = _PyThreadState_UncheckedGet();
    PyObject *result = PyObject_CallObject(callable, NULL);
    if (result != NULL) {
        Py_DECREF(result);
        Py_RETURN_NONE;
    }
    PyObject *type = ts->curexc_type, *value = ts->curexc_value, *tb = ts->curexc_traceback;
    ts->curexc_type = ts->curexc_value = ts->curexc_traceback = NULL;
    PyErr_NormalizeException(&type, &value, &tb);
    Py_XDECREF(type);
    Py_XDECREF(tb);
    return value;
}

/* handling(exception, callable): call while exc_info says that the exception is being handled. */
static PyObject *handling(PyObject *self, PyObject *args)
{
    PyObject *e, *callable;
    if (!PyArg_ParseTuple(args, "OO", &e, &callable))
        return NULL;
    _PyErr_StackItem *info = PyThreadState_Get()->exc_info;
    PyObject *type = info->exc_type, *value = info->exc_value, *tb = info->exc_traceback;
    info->exc_type = (PyObject *)Py_TYPE(e);
    info->exc_value = e;
    info->exc_traceback = Py_None;
    Py_INCREF(info->exc_type);
    Py_INCREF(e);
    Py_INCREF(Py_None);
    PyObject *result = PyObject_CallObject(callable, NULL);
    info = PyThreadState_Get()->exc_info;
    Py_XDECREF(info->exc_type);
    Py_XDECREF(info->exc_value);
    Py_XDECREF(info->exc_traceback);
    info->exc_type = type;
    info->exc_value = value;
    info->exc_traceback = tb;
    return result;
}

/* handled() -> the innermost exception being handled */
static PyObject *handled(PyObject *self, PyObject *unused)
{
    _PyErr_StackItem *info = _PyErr_GetTopmostException(PyThreadState_Get());
    PyObject *value = info->exc_value ? info->exc_value : Py_None;
    Py_INCREF(value);
    return value;
}

/* trace_entry(file, name, line): fail with an entry in the traceback for code that is not Python's. */
static PyObject *trace_entry(PyObject *self, PyObject *args)
{
    const char *file, *name;
    int line;
    if (!PyArg_ParseTuple(args, "ssi", &file, &name, &line))
        return NULL;
    PyObject *empty = PyTuple_New(0), *bytes = PyBytes_FromStringAndSize(NULL, 0), *globals = PyDict_New();
    PyObject *file_object = PyUnicode_FromString(file), *name_object = PyUnicode_FromString(name);
    PyCodeObject *code = PyCode_New(0, 0, 0, 0, 0, bytes, empty, empty, empty, empty, empty, file_object, name_object, line, bytes);
    PyFrameObject *f = code ? PyFrame_New(PyThreadState_Get(), code, globals, NULL) : NULL;
    if (f != NULL) {
        PyErr_SetString(PyExc_RuntimeError, "native");
        f->f_lineno = line;
        PyTraceBack_Here(f);
    }
    Py_XDECREF(f);
    Py_XDECREF(code);
    Py_DECREF(empty);
    Py_DECREF(bytes);
    Py_DECREF(globals);
    Py_DECREF(file_object);
    Py_DECREF(name_object);
    return NULL;
}

/* ---- tracing and profiling in C ---- */

static int record(PyObject *list, PyFrameObject *f, int what, PyObject *arg)
{
    static const char *const names[] = {"call", "exception", "line", "return", "c_call", "c_exception", "c_return", "opcode"};
    PyObject *entry = Py_BuildValue("(sOi)", names[what], f->f_code->co_name, PyFrame_GetLineNumber(f) - f->f_code->co_firstlineno);
    if (what == PyTrace_LINE && (f->f_lineno != PyFrame_GetLineNumber(f) || f->f_lasti < 0))
        PyList_Append(list, Py_None);
    if (what == PyTrace_CALL && f->f_back && strcmp(PyUnicode_AsUTF8(f->f_code->co_name), "shown") == 0)
        PyList_Append(list, PyTuple_Pack(2, f->f_localsplus[0], f->f_back->f_localsplus[0]));
    if (what == PyTrace_CALL && (f->f_back == NULL || f->f_lasti >= 0) && !(f->f_code->co_flags & CO_GENERATOR))
        PyList_Append(list, Py_None);
    int result = entry ? PyList_Append(list, entry) : -1;
    Py_XDECREF(entry);
    return result;
}

/* observe(callable, profile): the events while it runs */
static PyObject *observe(PyObject *self, PyObject *args)
{
    PyObject *callable, *events = PyList_New(0), *type, *value, *tb;
    int profile;
    if (!PyArg_ParseTuple(args, "Oi", &callable, &profile))
        return NULL;
    if (profile)
        PyEval_SetProfile(record, events);
    else
        PyEval_SetTrace(record, events);
    int active = PyThreadState_Get()->use_tracing;
    PyObject *result = PyObject_CallObject(callable, NULL);
    PyErr_Fetch(&type, &value, &tb);
    if (profile)
        PyEval_SetProfile(NULL, NULL);
    else
        PyEval_SetTrace(NULL, NULL);
    Py_XDECREF(result);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
    return Py_BuildValue("(iiN)", active, PyThreadState_Get()->use_tracing, events);
}

/* ---- threads ---- */

typedef struct {
    PyObject *callable;
    int times, failures, distinct;
} Job;

static void *call_in_thread(void *data)
{
    Job *job = data;
    for (int i = 0; i < job->times; i++) {
        PyGILState_STATE outer = PyGILState_Ensure(), inner = PyGILState_Ensure();
        if (!PyGILState_Check() || PyGILState_GetThisThreadState() != PyThreadState_Get() || inner != PyGILState_LOCKED)
            job->failures++;
        PyObject *result = PyObject_CallObject(job->callable, NULL);
        if (result == NULL) {
            PyErr_Clear();
            job->failures++;
        }
        Py_XDECREF(result);
        PyGILState_Release(inner);
        PyGILState_Release(outer);
    }
    return NULL;
}

/* call_from_threads(callable, threads, times) -> failures */
static PyObject *call_from_threads(PyObject *self, PyObject *args)
{
    PyObject *callable;
    int count, times, failures = 0;
    if (!PyArg_ParseTuple(args, "Oii", &callable, &count, &times) || count > 64)
        return NULL;
    pthread_t threads[64];
    Job jobs[64];
    Py_BEGIN_ALLOW_THREADS
    for (int i = 0; i < count; i++) {
        jobs[i] = (Job){callable, times, 0, 0};
        pthread_create(&threads[i], NULL, call_in_thread, &jobs[i]);
    }
    for (int i = 0; i < count; i++) {
        pthread_join(threads[i], NULL);
        failures += jobs[i].failures;
    }
    Py_END_ALLOW_THREADS
    return PyLong_FromLong(failures);
}

static int pending_ran;

static int pending(void *data)
{
    pending_ran++;
    if (data == NULL)
        return 0;
    PyErr_SetString(PyExc_OverflowError, data);
    return -1;
}

static void *add_pending(void *data)
{
    int failures = 0;
    for (int i = 0; i < (data ? 1 : 5); i++)
        failures += Py_AddPendingCall(pending, data) != 0;
    return (void *)(Py_ssize_t)failures;
}

/* pend(message or None): five calls, or a failing one, are asked for by a thread without the GIL -> how many could not be */
static PyObject *pend(PyObject *self, PyObject *message)
{
    pthread_t thread;
    void *failures;
    void *data = message == Py_None ? NULL : (void *)PyUnicode_AsUTF8(message);
    pthread_create(&thread, NULL, add_pending, data);
    pthread_join(thread, &failures);
    return PyLong_FromSsize_t((Py_ssize_t)failures);
}

static PyObject *pended(PyObject *self, PyObject *unused)
{
    int n = pending_ran;
    pending_ran = 0;
    return PyLong_FromLong(n);
}

static PyObject *interrupt(PyObject *self, PyObject *args)
{
    unsigned long id;
    PyObject *exception;
    if (!PyArg_ParseTuple(args, "kO", &id, &exception))
        return NULL;
    return PyLong_FromLong(PyThreadState_SetAsyncExc(id, exception == Py_None ? NULL : exception));
}

/* ---- interpreters ---- */

/* in_new_interpreter(source) -> what the name result is there, as int */
static PyObject *in_new_interpreter(PyObject *self, PyObject *args)
{
    const char *source;
    if (!PyArg_ParseTuple(args, "s", &source))
        return NULL;
    PyThreadState *own = PyThreadState_Get(), *ts = Py_NewInterpreter();
    long answer = -1;
    if (ts == NULL) {
        PyThreadState_Swap(own);
        PyErr_SetString(PyExc_RuntimeError, "no interpreter");
        return NULL;
    }
    if (PyRun_SimpleString(source) == 0) {
        PyObject *result = PyDict_GetItemString(PyModule_GetDict(PyImport_AddModule("__main__")), "result");
        answer = result ? PyLong_AsLong(result) : -2;
    }
    PyErr_Clear();
    Py_EndInterpreter(ts);
    PyThreadState_Swap(own);
    return PyLong_FromLong(answer);
}

/* A second thread state of this interpreter in the same thread. */
static PyObject *in_other_state(PyObject *self, PyObject *callable)
{
    PyThreadState *own = PyThreadState_Get(), *other = PyThreadState_New(own->interp);
    if (other == NULL)
        return PyErr_NoMemory();
    PyThreadState_Swap(other);
    PyObject *result = PyObject_CallObject(callable, NULL);
    if (result == NULL)
        PyErr_Clear();
    PyThreadState_Clear(other);
    PyThreadState_Swap(own);
    PyThreadState_Delete(other);
    if (result == NULL)
        Py_RETURN_NONE;
    return result;
}

/* ---- code ---- */

static Py_ssize_t extra_index = -1;
static int extras_freed;

static void free_extra(void *data)
{
    extras_freed++;
    free(data);
}

static PyObject *set_extra(PyObject *self, PyObject *args)
{
    PyObject *code;
    const char *text;
    if (!PyArg_ParseTuple(args, "Os", &code, &text))
        return NULL;
    if (extra_index < 0)
        extra_index = _PyEval_RequestCodeExtraIndex(free_extra);
    if (_PyCode_SetExtra(code, extra_index, strdup(text)) < 0)
        return NULL;
    return PyLong_FromSsize_t(extra_index);
}

static PyObject *get_extra(PyObject *self, PyObject *code)
{
    void *data = NULL;
    if (_PyCode_GetExtra(code, extra_index, &data) < 0)
        return NULL;
    return Py_BuildValue("(zi)", data, extras_freed);
}

/* new_code(code, posonly): made again from its own parts by PyCode_NewWithPosOnlyArgs */
static PyObject *new_code(PyObject *self, PyObject *args)
{
    PyCodeObject *c;
    int posonly;
    if (!PyArg_ParseTuple(args, "Oi", &c, &posonly))
        return NULL;
    return (PyObject *)PyCode_NewWithPosOnlyArgs(c->co_argcount, posonly, c->co_kwonlyargcount, c->co_nlocals, c->co_stacksize, c->co_flags,
                                                 c->co_code, c->co_consts, c->co_names, c->co_varnames, c->co_freevars, c->co_cellvars,
                                                 c->co_filename, c->co_name, c->co_firstlineno, c->co_lnotab);
}

/* generator(function, *args): PyGen_New of a frame made by hand */
static PyObject *generator(PyObject *self, PyObject *args)
{
    PyObject *function = PyTuple_GetItem(args, 0);
    if (function == NULL)
        return NULL;
    PyFrameObject *f = PyFrame_New(PyThreadState_Get(), (PyCodeObject *)PyFunction_GET_CODE(function), PyFunction_GET_GLOBALS(function), NULL);
    if (f == NULL)
        return NULL;
    for (Py_ssize_t i = 1; i < PyTuple_GET_SIZE(args); i++) {
        Py_INCREF(PyTuple_GET_ITEM(args, i));
        f->f_localsplus[i - 1] = PyTuple_GET_ITEM(args, i);
    }
    Py_CLEAR(f->f_back);
    return PyGen_New(f);
}

static PyObject *generator_state(PyObject *self, PyObject *g)
{
    PyGenObject *gen = (PyGenObject *)g;
    PyObject *frame = gen->gi_frame ? (PyObject *)gen->gi_frame : Py_None;
    return Py_BuildValue("(iOO)", gen->gi_running, frame, gen->gi_code);
}

/* deepen(callable): native recursion around Python calls, until the limit */
static PyObject *deepen(PyObject *self, PyObject *callable)
{
    if (Py_EnterRecursiveCall(" in native code"))
        return NULL;
    PyObject *result = PyObject_CallFunctionObjArgs(callable, callable, NULL);
    Py_LeaveRecursiveCall();
    return result;
}

static PyObject *depth(PyObject *self, PyObject *unused) { return PyLong_FromLong(PyThreadState_Get()->recursion_depth); }

static PyMethodDef methods[] = {
    {"run", run, METH_VARARGS}, {"run_module", run_module, METH_VARARGS}, {"stack", stack, METH_NOARGS}, {"first_values", first_values, METH_NOARGS},
    {"set_local", set_local, METH_VARARGS}, {"environment", environment, METH_NOARGS},
    {"fail", fail, METH_VARARGS}, {"catch", catch_, METH_O}, {"handling", handling, METH_VARARGS}, {"handled", handled, METH_NOARGS},
    {"trace_entry", trace_entry, METH_VARARGS}, {"observe", observe, METH_VARARGS},
    {"call_from_threads", call_from_threads, METH_VARARGS}, {"pend", pend, METH_O}, {"pended", pended, METH_NOARGS},
    {"interrupt", interrupt, METH_VARARGS}, {"in_new_interpreter", in_new_interpreter, METH_VARARGS},
    {"in_other_state", in_other_state, METH_O}, {"set_extra", set_extra, METH_VARARGS}, {"get_extra", get_extra, METH_O},
    {"new_code", new_code, METH_VARARGS}, {"generator", generator, METH_VARARGS}, {"generator_state", generator_state, METH_O},
    {"deepen", deepen, METH_O}, {"depth", depth, METH_NOARGS},
    {NULL}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "frames", NULL, -1, methods};
PyMODINIT_FUNC PyInit_frames(void) { return PyModule_Create(&definition); }
