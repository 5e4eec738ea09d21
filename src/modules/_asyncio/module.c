/* SPDX-License-Identifier: MIT */
/* The module _asyncio: which loop runs in this thread, which tasks there are.  Tests: the reference's test_asyncio. */
#include "aio.h"

#include <pthread.h>

PyObject *aio_cancelled, *aio_invalid_state, *aio_extract_stack, *aio_get_loop, *aio_base_futures, *aio_base_tasks;
PyObject *aio_iscoroutine, *aio_current_tasks;
static PyObject *all_tasks, *get_policy; /* the WeakSet; asyncio.events.get_event_loop_policy */

/* ------------------------------------------------------------------ the running loop
 *
 * One per thread; a child process begins without (forks counts them).
 */

static unsigned forks;
static __thread PyObject *running; /* owned, or NULL */
static __thread unsigned running_since;

static void forked(void)
{
    forks++;
}

/* New; NULL without an exception: none. */
static PyObject *running_loop(void)
{
    if (running == NULL || running_since != forks)
        return NULL;
    Py_INCREF(running);
    return running;
}

PyObject *aio_event_loop(void)
{
    PyObject *loop = running_loop();
    if (loop)
        return loop;
    PyObject *policy = _PyObject_CallNoArg(get_policy);
    loop = policy ? aio_method(policy, "get_event_loop", NULL) : NULL;
    Py_XDECREF(policy);
    return loop;
}

static PyObject *get_event_loop(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return aio_event_loop();
}

static PyObject *get_running_loop(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyObject *loop = running_loop();
    if (loop == NULL)
        PyErr_SetString(PyExc_RuntimeError, "no running event loop");
    return loop;
}

static PyObject *get_running_loop_or_none(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyObject *loop = running_loop();
    if (loop == NULL)
        Py_RETURN_NONE;
    return loop;
}

static PyObject *set_running_loop(PyObject *Py_UNUSED(module), PyObject *loop)
{
    if (loop == Py_None)
        loop = NULL;
    Py_XINCREF(loop);
    Py_XSETREF(running, loop);
    running_since = forks;
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ tasks */

int aio_enter_task(PyObject *loop, PyObject *task)
{
    PyObject *other = PyDict_GetItemWithError(aio_current_tasks, loop);
    if (other) {
        PyErr_Format(PyExc_RuntimeError, "Cannot enter into task %R while another task %R is being executed.", task, other);
        return -1;
    }
    return PyErr_Occurred() ? -1 : PyDict_SetItem(aio_current_tasks, loop, task);
}

int aio_leave_task(PyObject *loop, PyObject *task)
{
    PyObject *current = PyDict_GetItemWithError(aio_current_tasks, loop);
    if (current != task) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_RuntimeError, "Leaving task %R does not match the current task %R.", task, current ? current : Py_None);
        return -1;
    }
    return PyDict_DelItem(aio_current_tasks, loop);
}

int aio_register_task(PyObject *task)
{
    PyObject *r = aio_method(all_tasks, "add", task);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

static PyObject *register_task(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"task", NULL};
    PyObject *task;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:_register_task", names, &task) || aio_register_task(task) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *unregister_task(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"task", NULL};
    PyObject *task;
    return PyArg_ParseTupleAndKeywords(args, kwds, "O:_unregister_task", names, &task) ? aio_method(all_tasks, "discard", task) : NULL;
}

static PyObject *enter_task(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"loop", "task", NULL};
    PyObject *loop, *task;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OO:_enter_task", names, &loop, &task) || aio_enter_task(loop, task) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *leave_task(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"loop", "task", NULL};
    PyObject *loop, *task;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OO:_leave_task", names, &loop, &task) || aio_leave_task(loop, task) < 0)
        return NULL;
    Py_RETURN_NONE;
}

#define KW(f) (PyCFunction)(void (*)(void))(f), METH_VARARGS | METH_KEYWORDS
static PyMethodDef methods[] = {
    {"get_event_loop", get_event_loop, METH_NOARGS, "get_event_loop($module, /)\n--\n\nThe loop that runs in this thread, else the one the policy gives."},
    {"get_running_loop", get_running_loop, METH_NOARGS, "get_running_loop($module, /)\n--\n\nThe loop that runs in this thread; RuntimeError if there is none."},
    {"_get_running_loop", get_running_loop_or_none, METH_NOARGS, "_get_running_loop($module, /)\n--\n\nThe loop that runs in this thread, or None."},
    {"_set_running_loop", set_running_loop, METH_O, "_set_running_loop($module, loop, /)\n--\n\nSay which loop runs in this thread."},
    {"_register_task", KW(register_task), "_register_task($module, /, task)\n--\n\nPut a task into the register."},
    {"_unregister_task", KW(unregister_task), "_unregister_task($module, /, task)\n--\n\nTake a task out of the register."},
    {"_enter_task", KW(enter_task), "_enter_task($module, /, loop, task)\n--\n\nA task of the loop begins to run."},
    {"_leave_task", KW(leave_task), "_leave_task($module, /, loop, task)\n--\n\nA task of the loop stops running."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_asyncio",
    .m_doc = "Futures and tasks in C, for asyncio.",
    .m_size = -1,
    .m_methods = methods,
};

/* *slot = module.name, or the module itself. 0 / -1. */
static int take(PyObject **slot, const char *module, const char *name)
{
    PyObject *m = PyImport_ImportModule(module);
    if (m && name) {
        PyObject *v = PyObject_GetAttrString(m, name);
        Py_DECREF(m);
        m = v;
    }
    Py_XSETREF(*slot, m);
    return m ? 0 : -1;
}

static int prepare(PyObject *m)
{
    static int once;
    if (!once) {
        pthread_atfork(NULL, NULL, forked);
        once = 1;
    }
    PyObject *set = NULL;
    if (take(&get_policy, "asyncio.events", "get_event_loop_policy") < 0 || take(&aio_base_futures, "asyncio.base_futures", NULL) < 0 ||
        take(&aio_get_loop, "asyncio.futures", "_get_loop") < 0 || take(&aio_base_tasks, "asyncio.base_tasks", NULL) < 0 ||
        take(&aio_cancelled, "asyncio.exceptions", "CancelledError") < 0 || take(&aio_invalid_state, "asyncio.exceptions", "InvalidStateError") < 0 ||
        take(&aio_extract_stack, "traceback", "extract_stack") < 0 || take(&aio_iscoroutine, "asyncio.coroutines", "iscoroutine") < 0 ||
        take(&set, "weakref", "WeakSet") < 0)
        return -1;
    Py_XSETREF(all_tasks, _PyObject_CallNoArg(set));
    Py_DECREF(set);
    Py_XSETREF(aio_current_tasks, PyDict_New());
    PyObject *d = PyModule_GetDict(m);
    return all_tasks == NULL || aio_current_tasks == NULL || PyDict_SetItemString(d, "_all_tasks", all_tasks) < 0 ||
                   PyDict_SetItemString(d, "_current_tasks", aio_current_tasks) < 0 || PyDict_SetItemString(d, "Future", (PyObject *)&AioFutureType) < 0 ||
                   PyDict_SetItemString(d, "Task", (PyObject *)&AioTaskType) < 0
               ? -1
               : 0;
}

PyMODINIT_FUNC PyInit__asyncio(void)
{
    PyTypeObject *types[] = {&AioFutureType, &AioFutureIterType, &AioTaskType, &AioStepType, &AioWakeupType};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(types); i++)
        if (PyType_Ready(types[i]) < 0)
            return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m && prepare(m) < 0)
        Py_CLEAR(m);
    return m;
}
