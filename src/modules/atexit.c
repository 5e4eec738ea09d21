/* SPDX-License-Identifier: MIT */
/* atexit: functions to be called when the interpreter ends, the last registered first.
 *
 * The entries live in the module's state; the runtime calls run_at_exit() through the interpreter's pyexitfunc. An unregistered entry
 * becomes an empty place, so that positions stay valid while callbacks register and unregister.
 * Tests: the library's test_atexit.
 */
#include "Python.h"

PyAPI_FUNC(void) _Py_PyAtExit(void (*func)(PyObject *), PyObject *module);

typedef struct {
    PyObject *function; /* NULL: empty place */
    PyObject *args, *kwargs;
} Entry;

typedef struct {
    Entry *entries;
    int count, room;
} State;

static PyModuleDef definition;

static State *state_of(PyObject *module)
{
    return PyModule_GetState(module);
}

static void entry_clear(Entry *entry)
{
    Entry old = *entry;
    *entry = (Entry){0};
    Py_XDECREF(old.function);
    Py_XDECREF(old.args);
    Py_XDECREF(old.kwargs);
}

static void clear_entries(State *state)
{
    for (int i = 0; i < state->count; i++)
        entry_clear(&state->entries[i]);
    state->count = 0;
}

/* Call everything, the last first, and forget it. Errors are printed as they come; the last one is left set, and SystemExit is not
 * printed. Runs code. */
static void run_at_exit(PyObject *module)
{
    if (module == NULL)
        return;
    State *state = state_of(module);
    PyObject *type = NULL, *value, *tb;
    if (state->count == 0)
        return;
    for (int i = state->count - 1; i >= 0; i--) {
        if (i >= state->count || state->entries[i].function == NULL)
            continue;
        Entry entry = state->entries[i]; /* the call may move or clear the table */
        Py_INCREF(entry.function);
        Py_XINCREF(entry.args);
        Py_XINCREF(entry.kwargs);
        PyObject *result = PyObject_Call(entry.function, entry.args, entry.kwargs);
        Py_DECREF(entry.function);
        Py_XDECREF(entry.args);
        Py_XDECREF(entry.kwargs);
        if (result != NULL) {
            Py_DECREF(result);
            continue;
        }
        if (type != NULL) {
            Py_DECREF(type);
            Py_XDECREF(value);
            Py_XDECREF(tb);
        }
        PyErr_Fetch(&type, &value, &tb);
        if (!PyErr_GivenExceptionMatches(type, PyExc_SystemExit)) {
            PySys_WriteStderr("Error in atexit._run_exitfuncs:\n");
            PyErr_NormalizeException(&type, &value, &tb);
            PyErr_Display(type, value, tb);
        }
    }
    clear_entries(state);
    if (type != NULL)
        PyErr_Restore(type, value, tb);
}

PyDoc_STRVAR(register_doc, "register(func, *args, **kwargs) -> func\n\n"
"Have func(*args, **kwargs) called when the interpreter ends.\n"
"func is returned, so that register can be used as a decorator.");

static PyObject *atexit_register(PyObject *module, PyObject *args, PyObject *kwargs)
{
    State *state = state_of(module);
    if (PyTuple_GET_SIZE(args) == 0) {
        PyErr_SetString(PyExc_TypeError, "register() takes at least 1 argument (0 given)");
        return NULL;
    }
    PyObject *function = PyTuple_GET_ITEM(args, 0);
    if (!PyCallable_Check(function)) {
        PyErr_SetString(PyExc_TypeError, "the first argument must be callable");
        return NULL;
    }
    PyObject *rest = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
    if (rest == NULL)
        return NULL;
    if (state->count == state->room) {
        int room = state->room ? state->room * 2 : 16;
        Entry *more = PyMem_Realloc(state->entries, room * sizeof *more);
        if (more == NULL) {
            Py_DECREF(rest);
            return PyErr_NoMemory();
        }
        state->entries = more;
        state->room = room;
    }
    Py_INCREF(function);
    Py_XINCREF(kwargs);
    state->entries[state->count++] = (Entry){function, rest, kwargs};
    Py_INCREF(function);
    return function;
}

static PyObject *atexit_run(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    run_at_exit(module);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *atexit_clear(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    clear_entries(state_of(module));
    Py_RETURN_NONE;
}

static PyObject *atexit_count(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    return PyLong_FromLong(state_of(module)->count);
}

PyDoc_STRVAR(unregister_doc, "unregister(func) -> None\n\n"
"Take back every register() of a function that equals func.");

static PyObject *atexit_unregister(PyObject *module, PyObject *function)
{
    State *state = state_of(module);
    for (int i = 0; i < state->count; i++) {
        PyObject *present = state->entries[i].function;
        if (present == NULL)
            continue;
        Py_INCREF(present);
        int equal = PyObject_RichCompareBool(present, function, Py_EQ);
        if (equal > 0 && i < state->count && state->entries[i].function == present)
            entry_clear(&state->entries[i]);
        Py_DECREF(present);
        if (equal < 0)
            return NULL;
    }
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"register", (PyCFunction)(void (*)(void))atexit_register, METH_VARARGS | METH_KEYWORDS, register_doc},
    {"_clear", atexit_clear, METH_NOARGS, "_clear() -> None\n\nForget all registered functions."},
    {"unregister", atexit_unregister, METH_O, unregister_doc},
    {"_run_exitfuncs", atexit_run, METH_NOARGS, "_run_exitfuncs() -> None\n\nCall all registered functions now."},
    {"_ncallbacks", atexit_count, METH_NOARGS, "_ncallbacks() -> int\n\nHow many functions are registered."},
    {NULL},
};

static int traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = state_of(module);
    if (state == NULL)
        return 0;
    for (int i = 0; i < state->count; i++) {
        Py_VISIT(state->entries[i].function);
        Py_VISIT(state->entries[i].args);
        Py_VISIT(state->entries[i].kwargs);
    }
    return 0;
}

static int clear(PyObject *module)
{
    if (state_of(module) != NULL)
        clear_entries(state_of(module));
    return 0;
}

static void release(void *module)
{
    State *state = state_of(module);
    if (state == NULL)
        return;
    clear_entries(state);
    PyMem_Free(state->entries);
    state->entries = NULL;
}

static int execute(PyObject *module)
{
    _Py_PyAtExit(run_at_exit, module);
    return 0;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, execute},
    {0, NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "atexit",
    .m_doc = "Have functions called when the interpreter ends.\n\n"
             "register() adds one, unregister() takes one back; they are called in the\nreverse of the order they were added in.",
    .m_size = sizeof(State),
    .m_methods = methods,
    .m_slots = slots,
    .m_traverse = traverse,
    .m_clear = clear,
    .m_free = release,
};

PyMODINIT_FUNC PyInit_atexit(void)
{
    return PyModuleDef_Init(&definition);
}
