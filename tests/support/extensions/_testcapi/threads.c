/* SPDX-License-Identifier: MIT */
/* _testcapi: threads that Python did not start, calls that wait for the main thread, interpreters beside the main one,
 * signals.
 */
#include "testcapi.h"
#include "pythread.h"

#include <signal.h>
#include <sys/wait.h>

/* ---- threads made by C ---- */

typedef struct {
    PyObject *callback;      /* borrowed from who waits for `done` */
    PyThread_type_lock done; /* held until the thread has ended its business */
} Job;

/* Call it with the lock of the interpreter, printing what it raises. */
static void call_and_print(PyObject *callback)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *result = PyObject_CallObject(callback, NULL);
    if (result == NULL)
        PyErr_Print();
    Py_XDECREF(result);
    PyGILState_Release(state);
}

static void run_job(void *argument)
{
    Job *job = argument;
    call_and_print(job->callback);
    PyThread_release_lock(job->done);
}

/* Call the callback in a new thread and wait for its end. 0, or -1 with an exception. */
static int call_in_thread(PyObject *callback)
{
    Job job = {callback, PyThread_allocate_lock()};
    if (job.done == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    PyThread_acquire_lock(job.done, WAIT_LOCK);
    int started = PyThread_start_new_thread(run_job, &job) != PYTHREAD_INVALID_THREAD_ID;
    if (started) {
        Py_BEGIN_ALLOW_THREADS
        PyThread_acquire_lock(job.done, WAIT_LOCK);
        Py_END_ALLOW_THREADS
    } else {
        PyErr_SetString(PyExc_RuntimeError, "unable to start the thread");
    }
    PyThread_release_lock(job.done);
    PyThread_free_lock(job.done);
    return started ? 0 : -1;
}

static PyObject *call_in_temporary_c_thread(PyObject *self, PyObject *callback)
{
    if (call_in_thread(callback) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* _test_thread_state(callback): calls it three times in this thread, in different states, and twice in others. */
static PyObject *_test_thread_state(PyObject *self, PyObject *callback)
{
    if (!PyCallable_Check(callback)) {
        PyErr_Format(PyExc_TypeError, "'%s' object is not callable", Py_TYPE(callback)->tp_name);
        return NULL;
    }
    if (call_in_thread(callback) < 0)
        return NULL;
    call_and_print(callback);
    Py_BEGIN_ALLOW_THREADS
    call_and_print(callback);
    Py_END_ALLOW_THREADS
    PyGILState_STATE state = PyGILState_Ensure();
    call_and_print(callback);
    PyGILState_Release(state);
    if (call_in_thread(callback) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *crash_no_current_thread(PyObject *self, PyObject *unused)
{
    (void)PyEval_SaveThread();
    (void)PyThreadState_Get();
    Py_UNREACHABLE();
}

static PyObject *test_pythread_tss_key_state(PyObject *self, PyObject *unused)
{
    static char value[] = "value";
    Py_tss_t key = Py_tss_NEEDS_INIT;
    CHECK(!PyThread_tss_is_created(&key));
    CHECK(PyThread_tss_create(&key) == 0);
    CHECK(PyThread_tss_is_created(&key));
    CHECK(PyThread_tss_create(&key) == 0); /* a second time changes nothing */
    CHECK(PyThread_tss_get(&key) == NULL);
    CHECK(PyThread_tss_set(&key, value) == 0);
    CHECK(PyThread_tss_get(&key) == value);
    PyThread_tss_delete(&key);
    CHECK(!PyThread_tss_is_created(&key));
    Py_tss_t *allocated = PyThread_tss_alloc();
    CHECK(allocated != NULL && !PyThread_tss_is_created(allocated));
    PyThread_tss_free(allocated);
    Py_RETURN_NONE;
}

/* ---- calls that wait for the main thread ---- */

static int make_pending_call(void *callback)
{
    PyObject *result = PyObject_CallObject(callback, NULL);
    Py_DECREF((PyObject *)callback);
    Py_XDECREF(result);
    return result != NULL ? 0 : -1;
}

/* _pending_threadfunc(callback): whether there was room for one more. */
static PyObject *_pending_threadfunc(PyObject *self, PyObject *callback)
{
    int result;
    Py_INCREF(callback);
    Py_BEGIN_ALLOW_THREADS
    result = Py_AddPendingCall(make_pending_call, callback);
    Py_END_ALLOW_THREADS
    if (result != 0) {
        Py_DECREF(callback);
        Py_RETURN_FALSE;
    }
    Py_RETURN_TRUE;
}

/* ---- another interpreter ---- */

static PyObject *run_in_subinterp(PyObject *self, PyObject *args)
{
    const char *code;
    if (!PyArg_ParseTuple(args, "s:run_in_subinterp", &code))
        return NULL;
    PyThreadState *ours = PyThreadState_Swap(NULL);
    PyThreadState *other = Py_NewInterpreter();
    if (other == NULL) {
        PyThreadState_Swap(ours);
        PyErr_SetString(PyExc_RuntimeError, "sub-interpreter creation failed");
        return NULL;
    }
    int result = PyRun_SimpleString(code);
    Py_EndInterpreter(other);
    PyThreadState_Swap(ours);
    return PyLong_FromLong(result);
}

/* ---- signals and ends of processes ---- */

/* The signal comes after the call of this function and before the generator goes on. */
static PyObject *raise_SIGINT_then_send_None(PyObject *self, PyObject *args)
{
    PyGenObject *generator;
    if (!PyArg_ParseTuple(args, "O!", &PyGen_Type, &generator))
        return NULL;
    raise(SIGINT);
    return _PyGen_Send(generator, Py_None);
}

/* W_STOPCODE(signal): the status of a child that the signal stopped. */
static PyObject *stop_code(PyObject *self, PyObject *args)
{
    int number;
    if (!PyArg_ParseTuple(args, "i:W_STOPCODE", &number))
        return NULL;
    return PyLong_FromLong(W_STOPCODE(number));
}

#define PLAIN(name) {#name, name, METH_NOARGS}
#define ONE(name) {#name, name, METH_O}
static PyMethodDef functions[] = {
    ONE(call_in_temporary_c_thread),
    ONE(_test_thread_state),
    ONE(_pending_threadfunc),
    PLAIN(crash_no_current_thread),
    PLAIN(test_pythread_tss_key_state),
    {"run_in_subinterp", run_in_subinterp, METH_VARARGS},
    {"raise_SIGINT_then_send_None", raise_SIGINT_then_send_None, METH_VARARGS},
    {"W_STOPCODE", stop_code, METH_VARARGS},
    {NULL},
};

int testcapi_add_thread_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
