/* SPDX-License-Identifier: MIT */
/* _tkinter: Python functions that Tcl calls: commands, handlers of files, timers. */
#include "bridge.h"

/* ------------------------------------------------------------------ commands */

typedef struct {
    TkApp *app;     /* borrowed: the interpreter dies with it */
    PyObject *func; /* owned */
} Command;

/* func(*words). New, or NULL with an exception. Runs code. */
static PyObject *call_with_words(PyObject *func, int count, Tcl_Obj *const words[])
{
    PyObject *args = PyTuple_New(count), *result;
    for (int i = 0; args != NULL && i < count; i++) {
        PyObject *word = tai_tk_text_of(words[i]);
        if (word == NULL)
            Py_CLEAR(args);
        else
            PyTuple_SET_ITEM(args, i, word);
    }
    if (args == NULL)
        return NULL;
    result = PyObject_Call(func, args, NULL);
    Py_DECREF(args);
    return result;
}

static int command_run(ClientData data, Tcl_Interp *interp, int count, Tcl_Obj *const words[])
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *func = ((Command *)data)->func;
    Py_INCREF(func); /* the command may delete itself */
    PyObject *result = call_with_words(func, count - 1, words + 1);
    Py_DECREF(func);
    Tcl_Obj *value = result ? tai_tk_to(result) : NULL;
    if (value != NULL)
        Tcl_SetObjResult(interp, value);
    else
        tai_tk_put_aside();
    Py_XDECREF(result);
    PyGILState_Release(gil);
    return value ? TCL_OK : TCL_ERROR;
}

static void command_gone(ClientData data)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    Command *command = data;
    Py_DECREF(command->func);
    PyMem_Free(command);
    PyGILState_Release(gil);
}

typedef struct {
    const char *name;
    PyObject *func; /* NULL: delete */
} CommandRequest;

static PyObject *define_command(TkApp *app, void *data)
{
    CommandRequest *request = data;
    Command *command = PyMem_New(Command, 1);
    if (command == NULL)
        return PyErr_NoMemory();
    Py_INCREF(request->func);
    *command = (Command){app, request->func};
    Tcl_Command made;
    TCL_OPEN
    made = Tcl_CreateObjCommand(app->interp, request->name, command_run, command, command_gone);
    TCL_CLOSE
    if (made != NULL)
        Py_RETURN_NONE;
    Py_DECREF(command->func);
    PyMem_Free(command);
    PyErr_SetString(tai_tk_error_type, "can't create Tcl command");
    return NULL;
}

static PyObject *delete_command(TkApp *app, void *data)
{
    CommandRequest *request = data;
    int status;
    TCL_OPEN
    status = Tcl_DeleteCommand(app->interp, request->name);
    TCL_CLOSE
    if (status >= 0)
        Py_RETURN_NONE;
    PyErr_SetString(tai_tk_error_type, "can't delete Tcl command");
    return NULL;
}

static PyObject *app_createcommand(PyObject *self, PyObject *args)
{
    CommandRequest request;
    if (!_PyArg_CheckPositional("createcommand", PyTuple_GET_SIZE(args), 2, 2) ||
        !PyArg_ParseTuple(args, "sO:createcommand", &request.name, &request.func))
        return NULL;
    if (!PyCallable_Check(request.func)) {
        PyErr_SetString(PyExc_TypeError, "command not callable");
        return NULL;
    }
    return tai_tk_run((TkApp *)self, define_command, &request);
}

static PyObject *app_deletecommand(PyObject *self, PyObject *name)
{
    CommandRequest request = {NULL, NULL};
    return PyArg_Parse(name, "s:deletecommand", &request.name) ? tai_tk_run((TkApp *)self, delete_command, &request) : NULL;
}

/* ------------------------------------------------------------------ files */

typedef struct Watch {
    struct Watch *next;
    PyObject *file, *func; /* owned */
    int descriptor;
} Watch;

static Watch *watches; /* under the GIL */

static void file_is_ready(ClientData data, int mask)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    Watch *watch = data;
    PyObject *func = watch->func;
    Py_INCREF(func);
    PyObject *result = PyObject_CallFunction(func, "Oi", watch->file, mask);
    if (result == NULL)
        tai_tk_put_aside();
    Py_XDECREF(result);
    Py_DECREF(func);
    PyGILState_Release(gil);
}

static void forget_watch(int descriptor)
{
    for (Watch **link = &watches; *link != NULL; link = &(*link)->next)
        if ((*link)->descriptor == descriptor) {
            Watch *old = *link;
            *link = old->next;
            Py_DECREF(old->file);
            Py_DECREF(old->func);
            PyMem_Free(old);
            return;
        }
}

static PyObject *app_createfilehandler(PyObject *self, PyObject *args)
{
    PyObject *file, *func;
    int mask;
    if (!_PyArg_CheckPositional("createfilehandler", PyTuple_GET_SIZE(args), 3, 3) ||
        !PyArg_ParseTuple(args, "OiO:createfilehandler", &file, &mask, &func) || !tai_tk_is_mine((TkApp *)self))
        return NULL;
    int descriptor = PyObject_AsFileDescriptor(file);
    if (descriptor < 0)
        return NULL;
    if (!PyCallable_Check(func)) {
        PyErr_SetString(PyExc_TypeError, "bad argument list");
        return NULL;
    }
    Watch *watch = PyMem_New(Watch, 1);
    if (watch == NULL)
        return PyErr_NoMemory();
    Py_INCREF(file);
    Py_INCREF(func);
    Tcl_CreateFileHandler(descriptor, mask, file_is_ready, watch);
    forget_watch(descriptor); /* what the new handler replaced */
    *watch = (Watch){watches, file, func, descriptor};
    watches = watch;
    Py_RETURN_NONE;
}

static PyObject *app_deletefilehandler(PyObject *self, PyObject *file)
{
    if (!tai_tk_is_mine((TkApp *)self))
        return NULL;
    int descriptor = PyObject_AsFileDescriptor(file);
    if (descriptor < 0)
        return NULL;
    Tcl_DeleteFileHandler(descriptor);
    forget_watch(descriptor);
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ timers */

typedef struct {
    PyObject_HEAD
    Tcl_TimerToken token; /* NULL once it rang or was cancelled */
    PyObject *func;       /* owned while token is set; so is the object itself, by the timer */
} Timer;

static PyObject *timer_stop(PyObject *o)
{
    Timer *self = (Timer *)o;
    PyObject *func = self->func;
    self->token = NULL;
    self->func = NULL;
    return func;
}

static void timer_rings(ClientData data)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *self = data, *func = timer_stop(self), *result = _PyObject_CallNoArg(func);
    if (result == NULL)
        tai_tk_put_aside();
    Py_XDECREF(result);
    Py_DECREF(func);
    Py_DECREF(self);
    PyGILState_Release(gil);
}

static PyObject *timer_cancel(PyObject *o, PyObject *Py_UNUSED(unused))
{
    Timer *self = (Timer *)o;
    if (self->token != NULL) {
        Tcl_DeleteTimerHandler(self->token);
        PyObject *func = timer_stop(o);
        Py_DECREF(func);
        Py_DECREF(o);
    }
    Py_RETURN_NONE;
}

static PyObject *timer_repr(PyObject *o)
{
    return PyUnicode_FromFormat("<tktimertoken at %p%s>", o, ((Timer *)o)->token ? "" : ", handler deleted");
}

static PyMethodDef timer_methods[] = {
    {"deletetimerhandler", timer_cancel, METH_NOARGS, "deletetimerhandler($self, /)\n--\n\nCancel the timer if it has not rung."},
    {NULL, NULL, 0, NULL},
};

static void timer_dealloc(PyObject *o)
{
    PyObject_Del(o);
}

PyTypeObject tai_tk_timer_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_tkinter.tktimertoken",
    .tp_basicsize = sizeof(Timer),
    .tp_dealloc = timer_dealloc,
    .tp_repr = timer_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = timer_methods,
};

static PyObject *app_createtimerhandler(PyObject *self, PyObject *args)
{
    int delay;
    PyObject *func;
    if (!_PyArg_CheckPositional("createtimerhandler", PyTuple_GET_SIZE(args), 2, 2) ||
        !PyArg_ParseTuple(args, "iO:createtimerhandler", &delay, &func))
        return NULL;
    if (!PyCallable_Check(func)) {
        PyErr_SetString(PyExc_TypeError, "bad argument list");
        return NULL;
    }
    if (!tai_tk_is_mine((TkApp *)self))
        return NULL;
    Timer *timer = PyObject_New(Timer, &tai_tk_timer_type);
    if (timer == NULL)
        return NULL;
    Py_INCREF(func);
    Py_INCREF(timer);
    timer->func = func;
    timer->token = Tcl_CreateTimerHandler(delay, timer_rings, timer);
    return (PyObject *)timer;
}

PyMethodDef tai_tk_command_methods[] = {
    {"createcommand", app_createcommand, METH_VARARGS,
     "createcommand($self, name, func, /)\n--\n\nMake the Tcl command name, which calls func with its words as strings."},
    {"deletecommand", app_deletecommand, METH_O, "deletecommand($self, name, /)\n--\n\nRemove a command; TclError if there is none."},
    {"createfilehandler", app_createfilehandler, METH_VARARGS,
     "createfilehandler($self, file, mask, func, /)\n--\n\n"
     "Call func(file, mask) from the event loop when file is READABLE, WRITABLE or has an EXCEPTION."},
    {"deletefilehandler", app_deletefilehandler, METH_O, "deletefilehandler($self, file, /)\n--\n\nNo longer watch file."},
    {"createtimerhandler", app_createtimerhandler, METH_VARARGS,
     "createtimerhandler($self, milliseconds, func, /)\n--\n\nCall func() once, from the event loop, after that time."},
    {NULL, NULL, 0, NULL},
};
