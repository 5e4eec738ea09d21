/* SPDX-License-Identifier: MIT */
/* _asyncio: which loop runs in a thread, which task runs in a loop, all tasks; and the module.
 *
 * The running loop of a thread stands in the thread state's dict, with the number of forks at that time: in a child
 * process no loop runs. The last answer is kept beside the thread it was for.
 * Tests: tests/modules/test_asyncio_native.py, CPython's test_asyncio.
 */
#include "modules/_asyncio/asyncio.h"

#include <pthread.h>

static PyObject *all_tasks;     /* WeakSet */
static PyObject *current_tasks; /* dict: loop -> task */
static PyObject *needed[NEED_COUNT];
static PyObject *context_names; /* ("context",) */

/* ---- names of the Python side ---- */

static const struct {
    const char *module, *name;
} sources[NEED_COUNT] = {
    [NEED_INVALID_STATE] = {"asyncio.exceptions", "InvalidStateError"},
    [NEED_CANCELLED] = {"asyncio.exceptions", "CancelledError"},
    [NEED_FUTURE_INFO] = {"asyncio.base_futures", "_future_repr_info"},
    [NEED_TASK_INFO] = {"asyncio.base_tasks", "_task_repr_info"},
    [NEED_TASK_STACK] = {"asyncio.base_tasks", "_task_get_stack"},
    [NEED_TASK_PRINT_STACK] = {"asyncio.base_tasks", "_task_print_stack"},
    [NEED_ALL_TASKS] = {"asyncio.tasks", "_all_tasks_compat"},
    [NEED_EXTRACT_STACK] = {"asyncio.format_helpers", "extract_stack"},
    [NEED_IS_COROUTINE] = {"asyncio.coroutines", "iscoroutine"},
    [NEED_POLICY] = {"asyncio.events", "get_event_loop_policy"},
};

PyObject *tai_asyncio_need(Need which)
{
    if (needed[which] == NULL) {
        PyObject *module = PyImport_ImportModule(sources[which].module);
        PyObject *found = module ? PyObject_GetAttrString(module, sources[which].name) : NULL;
        Py_XDECREF(module);
        Py_XSETREF(needed[which], found);
    }
    return needed[which];
}

/* ---- the running loop ---- */

static unsigned forks;
static struct {
    uint64_t thread; /* PyThreadState.id; 0: nothing is known */
    PyThreadState *state;
    PyObject *loop; /* borrowed from the thread's dict */
} last;

static void count_fork(void)
{
    forks++;
    last.thread = 0;
}

static PyObject *key(void)
{
    _Py_IDENTIFIER(__asyncio_running_event_loop__);
    return _PyUnicode_FromId(&PyId___asyncio_running_event_loop__);
}

/* The running loop of this thread, borrowed; NULL without exception if there is none, *failed is set for an error. */
static PyObject *running_loop(int *failed)
{
    PyThreadState *state = PyThreadState_Get();
    *failed = 0;
    if (last.state == state && last.thread == state->id && last.thread != 0)
        return last.loop;
    PyObject *dict = PyThreadState_GetDict(), *name = key(), *pair = NULL;
    if (dict == NULL || name == NULL) {
        *failed = name == NULL;
        return NULL;
    }
    pair = PyDict_GetItemWithError(dict, name);
    if (pair == NULL) {
        *failed = PyErr_Occurred() != NULL;
        return NULL;
    }
    PyObject *loop = PyTuple_GET_ITEM(pair, 0);
    if (loop == Py_None || PyLong_AsUnsignedLong(PyTuple_GET_ITEM(pair, 1)) != forks)
        return NULL;
    last.state = state;
    last.thread = state->id;
    last.loop = loop;
    return loop;
}

static PyObject *get_running_loop_or_none(PyObject *m, PyObject *unused)
{
    int failed;
    PyObject *loop = running_loop(&failed);
    if (failed)
        return NULL;
    if (loop == NULL)
        loop = Py_None;
    Py_INCREF(loop);
    return loop;
}

static PyObject *set_running_loop(PyObject *m, PyObject *loop)
{
    PyObject *dict = PyThreadState_GetDict(), *name = key();
    PyObject *pair = dict && name ? Py_BuildValue("(Ok)", loop, (unsigned long)forks) : NULL;
    last.thread = 0;
    if (pair == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_RuntimeError, "thread-local storage is not available");
        return NULL;
    }
    int r = PyDict_SetItem(dict, name, pair);
    Py_DECREF(pair);
    if (r < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *get_running_loop(PyObject *m, PyObject *unused)
{
    int failed;
    PyObject *loop = running_loop(&failed);
    if (loop == NULL) {
        if (!failed)
            PyErr_SetString(PyExc_RuntimeError, "no running event loop");
        return NULL;
    }
    Py_INCREF(loop);
    return loop;
}

PyObject *tai_asyncio_get_event_loop(void)
{
    _Py_IDENTIFIER(get_event_loop);
    int failed;
    PyObject *loop = running_loop(&failed);
    if (loop != NULL) {
        Py_INCREF(loop);
        return loop;
    }
    PyObject *function = failed ? NULL : tai_asyncio_need(NEED_POLICY);
    PyObject *policy = function ? PyObject_CallObject(function, NULL) : NULL;
    if (policy == NULL)
        return NULL;
    loop = _PyObject_CallMethodIdObjArgs(policy, &PyId_get_event_loop, NULL);
    Py_DECREF(policy);
    return loop;
}

static PyObject *get_event_loop(PyObject *m, PyObject *unused) { return tai_asyncio_get_event_loop(); }

int tai_asyncio_call_soon(PyObject *loop, PyObject *callback, PyObject *argument, PyObject *context)
{
    _Py_IDENTIFIER(call_soon);
    PyObject *method = _PyObject_GetAttrId(loop, &PyId_call_soon);
    if (method == NULL)
        return -1;
    PyObject *args[4];
    size_t n = 0;
    args[++n] = callback;
    if (argument != NULL)
        args[++n] = argument;
    args[n + 1] = context;
    PyObject *handle = _PyObject_Vectorcall(method, args + 1, n | PY_VECTORCALL_ARGUMENTS_OFFSET, context ? context_names : NULL);
    Py_DECREF(method);
    Py_XDECREF(handle);
    return handle ? 0 : -1;
}

/* ---- tasks ---- */

int tai_asyncio_register(PyObject *task)
{
    _Py_IDENTIFIER(add);
    PyObject *r = _PyObject_CallMethodIdObjArgs(all_tasks, &PyId_add, task, NULL);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

int tai_asyncio_enter(PyObject *loop, PyObject *task)
{
    PyObject *other = PyDict_GetItemWithError(current_tasks, loop);
    if (other != NULL) {
        Py_INCREF(other);
        PyErr_Format(PyExc_RuntimeError, "Cannot enter into task %R while another task %R is being executed.", task, other);
        Py_DECREF(other);
        return -1;
    }
    return PyErr_Occurred() ? -1 : PyDict_SetItem(current_tasks, loop, task);
}

int tai_asyncio_leave(PyObject *loop, PyObject *task)
{
    PyObject *other = PyDict_GetItemWithError(current_tasks, loop);
    if (other == task)
        return PyDict_DelItem(current_tasks, loop);
    if (other == NULL) {
        if (PyErr_Occurred())
            return -1;
        other = Py_None;
    }
    Py_INCREF(other);
    PyErr_Format(PyExc_RuntimeError, "Leaving task %R does not match the current task %R.", task, other);
    Py_DECREF(other);
    return -1;
}

PyObject *tai_asyncio_current(PyObject *loop)
{
    PyObject *task = PyDict_GetItemWithError(current_tasks, loop);
    if (task == NULL) {
        if (PyErr_Occurred())
            return NULL;
        task = Py_None;
    }
    Py_INCREF(task);
    return task;
}

static PyObject *register_task(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static const char *const keywords[] = {"task", NULL};
    static _PyArg_Parser parser = {"O:_register_task", keywords, 0};
    PyObject *task;
    if (!_PyArg_ParseStackAndKeywords(args, n, names, &parser, &task) || tai_asyncio_register(task) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *unregister_task(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    _Py_IDENTIFIER(discard);
    static const char *const keywords[] = {"task", NULL};
    static _PyArg_Parser parser = {"O:_unregister_task", keywords, 0};
    PyObject *task;
    if (!_PyArg_ParseStackAndKeywords(args, n, names, &parser, &task))
        return NULL;
    PyObject *r = _PyObject_CallMethodIdObjArgs(all_tasks, &PyId_discard, task, NULL);
    if (r == NULL)
        return NULL;
    Py_DECREF(r);
    Py_RETURN_NONE;
}

static const char *const loop_task[] = {"loop", "task", NULL};

static PyObject *enter_task(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static _PyArg_Parser parser = {"OO:_enter_task", loop_task, 0};
    PyObject *loop, *task;
    if (!_PyArg_ParseStackAndKeywords(args, n, names, &parser, &loop, &task) || tai_asyncio_enter(loop, task) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *leave_task(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static _PyArg_Parser parser = {"OO:_leave_task", loop_task, 0};
    PyObject *loop, *task;
    if (!_PyArg_ParseStackAndKeywords(args, n, names, &parser, &loop, &task) || tai_asyncio_leave(loop, task) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- the module ---- */

#define METHOD(name, function, flags, doc) {name, (PyCFunction)(void (*)(void))(function), flags, doc}
static PyMethodDef functions[] = {
    METHOD("get_event_loop", get_event_loop, METH_NOARGS,
           "get_event_loop($module, /)\n--\n\nReturn the loop that runs in this thread, else the one that the policy gives."),
    METHOD("get_running_loop", get_running_loop, METH_NOARGS,
           "get_running_loop($module, /)\n--\n\nReturn the loop that runs in this thread; RuntimeError if none does."),
    METHOD("_get_running_loop", get_running_loop_or_none, METH_NOARGS,
           "_get_running_loop($module, /)\n--\n\nReturn the loop that runs in this thread, or None."),
    METHOD("_set_running_loop", set_running_loop, METH_O,
           "_set_running_loop($module, loop, /)\n--\n\nSay which loop runs in this thread; for event loops."),
    METHOD("_register_task", register_task, METH_FASTCALL | METH_KEYWORDS,
           "_register_task($module, /, task)\n--\n\nMake asyncio know of the task, so that all_tasks() has it."),
    METHOD("_unregister_task", unregister_task, METH_FASTCALL | METH_KEYWORDS,
           "_unregister_task($module, /, task)\n--\n\nUndo _register_task()."),
    METHOD("_enter_task", enter_task, METH_FASTCALL | METH_KEYWORDS,
           "_enter_task($module, /, loop, task)\n--\n\nSay that the loop runs the task now; RuntimeError if it runs another."),
    METHOD("_leave_task", leave_task, METH_FASTCALL | METH_KEYWORDS,
           "_leave_task($module, /, loop, task)\n--\n\nUndo _enter_task(); RuntimeError if the loop runs another task."),
    {NULL, NULL, 0, NULL},
};

static void let_go(void *unused)
{
    for (int i = 0; i < NEED_COUNT; i++)
        Py_CLEAR(needed[i]);
    Py_CLEAR(all_tasks);
    Py_CLEAR(current_tasks);
    Py_CLEAR(context_names);
    last.thread = 0;
}

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_asyncio", "Futures and tasks of asyncio in C.", -1, functions, NULL, NULL, NULL, let_go,
};

/* The objects that all share; once a process life of the interpreter. */
static int prepare(void)
{
    static int at_fork;
    if (!at_fork) {
        pthread_atfork(NULL, NULL, count_fork);
        at_fork = 1;
    }
    PyObject *weakref = PyImport_ImportModule("weakref");
    PyObject *set = weakref ? PyObject_CallMethod(weakref, "WeakSet", NULL) : NULL;
    Py_XDECREF(weakref);
    if (set == NULL)
        return -1;
    Py_XSETREF(all_tasks, set);
    Py_XSETREF(current_tasks, PyDict_New());
    Py_XSETREF(context_names, Py_BuildValue("(N)", PyUnicode_InternFromString("context")));
    return current_tasks && context_names ? 0 : -1;
}

PyMODINIT_FUNC PyInit__asyncio(void)
{
    PyTypeObject *types[] = {&tai_FutureIter_Type, &tai_TaskStep_Type, &tai_TaskWakeup_Type, &tai_Future_Type, &tai_Task_Type};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (PyType_Ready(types[i]) < 0)
            return NULL;
    if (prepare() < 0)
        return NULL;
    PyObject *m = PyModule_Create(&definition);
    if (m == NULL)
        return NULL;
    const struct {
        const char *name;
        PyObject *value;
    } rows[] = {{"Future", (PyObject *)&tai_Future_Type}, {"Task", (PyObject *)&tai_Task_Type},
                {"_all_tasks", all_tasks}, {"_current_tasks", current_tasks}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Py_INCREF(rows[i].value);
        if (PyModule_AddObject(m, rows[i].name, rows[i].value) < 0) {
            Py_DECREF(rows[i].value);
            Py_DECREF(m);
            return NULL;
        }
    }
    return m;
}
