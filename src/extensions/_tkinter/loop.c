/* SPDX-License-Identifier: MIT */
/* _tkinter: the event loop; requests of other threads; the hook that keeps windows alive while the prompt waits.
 *
 * A request of another thread is an event in the queue of the interpreter's thread. The asker sleeps until it is done;
 * the record stands on its stack, the event of Tcl (which Tcl frees) only points to it. */
#include "bridge.h"
#include <unistd.h>

int tai_tk_pause = 20;

static int leaving;                             /* quit() was called */
static PyObject *aside_type, *aside, *aside_tb; /* [TK-3] */

void tai_tk_put_aside(void)
{
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    Py_XSETREF(aside_type, type);
    Py_XSETREF(aside, value);
    Py_XSETREF(aside_tb, tb);
}

int tai_tk_waiting_error(void)
{
    return aside_type != NULL;
}

static int raise_aside(void)
{
    if (aside_type == NULL)
        return 0;
    PyObject *type = aside_type, *value = aside, *tb = aside_tb;
    aside_type = aside = aside_tb = NULL;
    PyErr_Restore(type, value, tb);
    return 1;
}

/* ------------------------------------------------------------------ other threads */

typedef struct {
    TkApp *app;
    TkJob job;
    void *data;
    PyObject *result;
    PyObject *type, *value, *tb; /* the exception, if result is NULL */
    int done;
    Tcl_Condition finished;
} Request;

typedef struct {
    Tcl_Event head; /* Tcl's */
    Request *request;
} RequestEvent;

TCL_DECLARE_MUTEX(request_lock)

static int serve(Tcl_Event *event, int Py_UNUSED(flags))
{
    Request *r = ((RequestEvent *)event)->request;
    PyGILState_STATE gil = PyGILState_Ensure();
    r->result = r->job(r->app, r->data);
    if (r->result == NULL)
        PyErr_Fetch(&r->type, &r->value, &r->tb);
    PyGILState_Release(gil);
    Tcl_MutexLock(&request_lock);
    r->done = 1;
    Tcl_ConditionNotify(&r->finished);
    Tcl_MutexUnlock(&request_lock);
    return 1;
}

/* Give the interpreter's thread a second to begin its event loop. */
static int loop_runs(TkApp *app)
{
    for (int tries = 0; !app->dispatching; tries++) {
        if (tries == 10) {
            PyErr_SetString(PyExc_RuntimeError, "main thread is not in main loop");
            return 0;
        }
        Py_BEGIN_ALLOW_THREADS
        Tcl_Sleep(100);
        Py_END_ALLOW_THREADS
    }
    return 1;
}

PyObject *tai_tk_run(TkApp *app, TkJob job, void *data)
{
    if (app->owner == Tcl_GetCurrentThread())
        return job(app, data);
    if (!loop_runs(app))
        return NULL;
    Request r = {.app = app, .job = job, .data = data};
    RequestEvent *event = (RequestEvent *)ckalloc(sizeof *event);
    event->head.proc = serve;
    event->request = &r;
    Py_BEGIN_ALLOW_THREADS
    Tcl_MutexLock(&request_lock);
    Tcl_ThreadQueueEvent(app->owner, &event->head, TCL_QUEUE_TAIL);
    Tcl_ThreadAlert(app->owner);
    while (!r.done)
        Tcl_ConditionWait(&r.finished, &request_lock, NULL);
    Tcl_MutexUnlock(&request_lock);
    Tcl_ConditionFinalize(&r.finished);
    Py_END_ALLOW_THREADS
    if (r.result == NULL)
        PyErr_Restore(r.type, r.value, r.tb);
    return r.result;
}

/* ------------------------------------------------------------------ the loop */

static PyObject *app_mainloop(PyObject *o, PyObject *args)
{
    TkApp *self = (TkApp *)o;
    int threshold = 0, status = 1;
    if (!PyArg_ParseTuple(args, "|i:mainloop", &threshold) || !tai_tk_is_mine(self))
        return NULL;
    self->dispatching = 1;
    leaving = 0;
    while (status >= 0 && !leaving && aside_type == NULL && Tk_GetNumMainWindows() > threshold) {
        Py_BEGIN_ALLOW_THREADS
        status = Tcl_DoOneEvent(0);
        Py_END_ALLOW_THREADS
        if (PyErr_CheckSignals() < 0) {
            self->dispatching = 0;
            return NULL;
        }
    }
    self->dispatching = 0;
    leaving = 0;
    if (raise_aside())
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *app_dooneevent(PyObject *Py_UNUSED(o), PyObject *args)
{
    int flags = 0, done;
    if (!PyArg_ParseTuple(args, "|i:dooneevent", &flags))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    done = Tcl_DoOneEvent(flags);
    Py_END_ALLOW_THREADS
    return PyLong_FromLong(done);
}

static PyObject *app_quit(PyObject *Py_UNUSED(o), PyObject *Py_UNUSED(unused))
{
    leaving = 1;
    Py_RETURN_NONE;
}

static PyObject *app_willdispatch(PyObject *o, PyObject *Py_UNUSED(unused))
{
    ((TkApp *)o)->dispatching = 1;
    Py_RETURN_NONE;
}

PyMethodDef tai_tk_loop_methods[] = {
    {"mainloop", app_mainloop, METH_VARARGS,
     "mainloop($self, threshold=0, /)\n--\n\nHandle events until quit() or until no more than threshold main windows are left."},
    {"dooneevent", app_dooneevent, METH_VARARGS,
     "dooneevent($self, flags=0, /)\n--\n\nHandle one event of the kinds in flags; DONT_WAIT returns 0 if there is none."},
    {"quit", app_quit, METH_NOARGS, "quit($self, /)\n--\n\nLet mainloop() return after the event it is handling."},
    {"willdispatch", app_willdispatch, METH_NOARGS,
     "willdispatch($self, /)\n--\n\nSay that the event loop will run: other threads need not wait for it to begin."},
    {NULL, NULL, 0, NULL},
};

/* ------------------------------------------------------------------ at the prompt */

static Tcl_ThreadId hook_owner;

static void input_is_there(ClientData flag, int Py_UNUSED(mask))
{
    *(int *)flag = 1;
}

/* Called without the GIL while the prompt waits for a line. Events are handled until there is input. */
static int prompt_hook(void)
{
    int ready = 0, descriptor = fileno(stdin);
    if (hook_owner != Tcl_GetCurrentThread())
        return 0;
    Tcl_CreateFileHandler(descriptor, TCL_READABLE, input_is_there, &ready);
    while (!ready && aside_type == NULL) {
        int done = Tcl_DoOneEvent(TCL_DONT_WAIT);
        if (done < 0)
            break;
        if (done == 0)
            Tcl_Sleep(tai_tk_pause);
    }
    Tcl_DeleteFileHandler(descriptor);
    if (aside_type != NULL) {
        PyGILState_STATE gil = PyGILState_Ensure();
        if (raise_aside())
            PyErr_Print();
        PyGILState_Release(gil);
    }
    return 0;
}

void tai_tk_hook_install(void)
{
    if (PyOS_InputHook == NULL) {
        hook_owner = Tcl_GetCurrentThread();
        PyOS_InputHook = prompt_hook;
    }
}

void tai_tk_hook_remove(void)
{
    if (PyOS_InputHook == prompt_hook && Tk_GetNumMainWindows() == 0)
        PyOS_InputHook = NULL;
}
