/* SPDX-License-Identifier: MIT */
/* _tkinter: the module, and create(), which starts an interpreter. */
#include "bridge.h"
#include <ctype.h>
#include <string.h>

PyObject *tai_tk_error_type;

/* ------------------------------------------------------------------ create */

typedef struct {
    const char *screen, *base, *class, *use;
    int interactive, wantobjects, wanttk, sync;
} Wishes;

/* Tk reads the options of its main window from argv. */
static void pass_options(Tcl_Interp *interp, const Wishes *wishes)
{
    if (!wishes->sync && wishes->use == NULL)
        return;
    Tcl_Obj *options = Tcl_NewListObj(0, NULL);
    if (wishes->sync)
        Tcl_ListObjAppendElement(NULL, options, Tcl_NewStringObj("-sync", -1));
    if (wishes->use != NULL) {
        Tcl_ListObjAppendElement(NULL, options, Tcl_NewStringObj("-use", -1));
        Tcl_ListObjAppendElement(NULL, options, Tcl_NewStringObj(wishes->use, -1));
    }
    Tcl_SetVar2Ex(interp, "argv", NULL, options, TCL_GLOBAL_ONLY);
}

/* Tk names the application after argv0 and the class of its window after that, with a capital. */
static int pass_name(Tcl_Interp *interp, const char *class)
{
    char *name = PyMem_Malloc(strlen(class) + 1);
    if (name == NULL)
        return -1;
    strcpy(name, class);
    name[0] = (char)tolower((unsigned char)name[0]);
    Tcl_SetVar2(interp, "argv0", NULL, name, TCL_GLOBAL_ONLY);
    PyMem_Free(name);
    return 0;
}

static int start(TkApp *app, const Wishes *wishes)
{
    Tcl_Interp *interp = app->interp;
    int status;
    if (wishes->screen != NULL)
        Tcl_SetVar2(interp, "env", "DISPLAY", wishes->screen, TCL_GLOBAL_ONLY);
    Tcl_SetVar2(interp, "tcl_interactive", NULL, wishes->interactive ? "1" : "0", TCL_GLOBAL_ONLY);
    Tcl_DeleteCommand(interp, "exit"); /* leaving is Python's business */
    if (pass_name(interp, wishes->class) < 0) {
        PyErr_NoMemory();
        return -1;
    }
    if (!wishes->wanttk)
        Tcl_SetVar2(interp, "_tkinter_skip_tk_init", NULL, "1", TCL_GLOBAL_ONLY);
    pass_options(interp, wishes);
    TCL_OPEN
    status = Tcl_Init(interp);
    TCL_CLOSE
    if (status == TCL_OK && wishes->wanttk)
        status = tai_tk_load(interp);
    if (status != TCL_OK) {
        tai_tk_failed(app);
        return -1;
    }
    return 0;
}

static PyObject *create(PyObject *Py_UNUSED(module), PyObject *args)
{
    Wishes w = {.base = "", .class = "Tk", .wanttk = 1};
    if (!_PyArg_CheckPositional("create", PyTuple_GET_SIZE(args), 0, 8) ||
        !PyArg_ParseTuple(args, "|zssiiiiz:create", &w.screen, &w.base, &w.class, &w.interactive, &w.wantobjects, &w.wanttk, &w.sync,
                          &w.use))
        return NULL;
    TkApp *app = PyObject_New(TkApp, &tai_tk_app_type);
    if (app == NULL)
        return NULL;
    app->owner = Tcl_GetCurrentThread();
    app->wantobjects = w.wantobjects;
    app->dispatching = 0;
    app->interp = Tcl_CreateInterp();
    if (Tcl_GetVar2(app->interp, "tcl_platform", "threaded", TCL_GLOBAL_ONLY) == NULL) /* [TK-1] */
        PyErr_SetString(PyExc_RuntimeError, "this Tcl was built without threads");
    else if (start(app, &w) == 0) {
        tai_tk_hook_install();
        return (PyObject *)app;
    }
    Py_DECREF(app);
    return NULL;
}

/* ------------------------------------------------------------------ other functions */

/* Append what is in items to flat, sequences opened and None left out. */
static int flatten_into(PyObject *flat, PyObject *items, int depth)
{
    if (depth > 1000) {
        PyErr_SetString(PyExc_ValueError, "nesting too deep in _flatten");
        return -1;
    }
    if (!PyTuple_Check(items) && !PyList_Check(items)) {
        PyErr_SetString(PyExc_TypeError, "argument must be sequence");
        return -1;
    }
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(items); i++) {
        PyObject *item = PySequence_Fast_GET_ITEM(items, i);
        int status = PyTuple_Check(item) || PyList_Check(item) ? flatten_into(flat, item, depth + 1)
                     : item == Py_None                         ? 0
                                                               : PyList_Append(flat, item);
        if (status < 0)
            return -1;
    }
    return 0;
}

static PyObject *flatten(PyObject *Py_UNUSED(module), PyObject *items)
{
    PyObject *flat, *result = NULL;
    if (PySequence_Size(items) < 0 || (flat = PyList_New(0)) == NULL)
        return NULL;
    if (flatten_into(flat, items, 0) == 0)
        result = PyList_AsTuple(flat);
    Py_DECREF(flat);
    return result;
}

static PyObject *set_pause(PyObject *Py_UNUSED(module), PyObject *arg)
{
    int wanted = _PyLong_AsInt(arg);
    if (wanted == -1 && PyErr_Occurred())
        return NULL;
    if (wanted < 0) {
        PyErr_SetString(PyExc_ValueError, "busywaitinterval must be >= 0");
        return NULL;
    }
    tai_tk_pause = wanted;
    Py_RETURN_NONE;
}

static PyObject *get_pause(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(tai_tk_pause);
}

static PyMethodDef functions[] = {
    {"_flatten", flatten, METH_O, "_flatten($module, item, /)\n--\n\nOne tuple of what is in nested tuples and lists, without None."},
    {"create", create, METH_VARARGS,
     "create($module, screenName=None, baseName='', className='Tk',\n       interactive=False, wantobjects=False, wantTk=True, "
     "sync=False,\n       use=None, /)\n--\n\nStart a Tcl interpreter, with Tk unless wantTk is false.\n\n"
     "sync has every X request answered at once; use is the id of a window to stand in."},
    {"setbusywaitinterval", set_pause, METH_O,
     "setbusywaitinterval($module, new_val, /)\n--\n\nSet the milliseconds between two looks at the events while the prompt waits."},
    {"getbusywaitinterval", get_pause, METH_NOARGS,
     "getbusywaitinterval($module, /)\n--\n\nThe milliseconds between two looks at the events while the prompt waits."},
    {NULL, NULL, 0, NULL},
};

/* ------------------------------------------------------------------ the module */

static struct PyModuleDef module_def = {PyModuleDef_HEAD_INIT, .m_name = "_tkinter", .m_size = -1, .m_methods = functions};

/* The methods of tkapp stand in three files; the type wants them in one table. */
static int add_methods(PyTypeObject *type, PyMethodDef *methods)
{
    for (; methods->ml_name != NULL; methods++) {
        PyObject *method = PyDescr_NewMethod(type, methods);
        int status = method ? PyDict_SetItemString(type->tp_dict, methods->ml_name, method) : -1;
        Py_XDECREF(method);
        if (status < 0)
            return -1;
    }
    return 0;
}

static int add_type(PyObject *module, const char *name, PyTypeObject *type)
{
    if (PyType_Ready(type) < 0)
        return -1;
    type->tp_new = NULL; /* not to be made by calling */
    PyDict_DelItemString(type->tp_dict, "__new__");
    PyErr_Clear();
    PyType_Modified(type);
    Py_INCREF(type);
    return PyModule_AddObject(module, name, (PyObject *)type);
}

static const struct {
    const char *name;
    int value;
} numbers[] = {
    {"READABLE", TCL_READABLE},       {"WRITABLE", TCL_WRITABLE},       {"EXCEPTION", TCL_EXCEPTION},
    {"WINDOW_EVENTS", TCL_WINDOW_EVENTS}, {"FILE_EVENTS", TCL_FILE_EVENTS}, {"TIMER_EVENTS", TCL_TIMER_EVENTS},
    {"IDLE_EVENTS", TCL_IDLE_EVENTS}, {"ALL_EVENTS", TCL_ALL_EVENTS},   {"DONT_WAIT", TCL_DONT_WAIT},
};

static int fill(PyObject *module)
{
    if (tai_tk_error_type == NULL && (tai_tk_error_type = PyErr_NewException("_tkinter.TclError", NULL, NULL)) == NULL)
        return -1;
    Py_INCREF(tai_tk_error_type);
    if (PyModule_AddObject(module, "TclError", tai_tk_error_type) < 0 || PyModule_AddStringConstant(module, "TK_VERSION", TK_VERSION) < 0 ||
        PyModule_AddStringConstant(module, "TCL_VERSION", TCL_VERSION) < 0)
        return -1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(numbers); i++)
        if (PyModule_AddIntConstant(module, numbers[i].name, numbers[i].value) < 0)
            return -1;
    if (add_type(module, "TkappType", &tai_tk_app_type) < 0 || add_type(module, "TkttType", &tai_tk_timer_type) < 0 ||
        add_type(module, "Tcl_Obj", &tai_tk_value_type) < 0)
        return -1;
    return add_methods(&tai_tk_app_type, tai_tk_loop_methods) < 0 || add_methods(&tai_tk_app_type, tai_tk_command_methods) < 0 ? -1 : 0;
}

/* Tcl looks for its library beside the program. */
static int say_where(void)
{
    PyObject *path = PyUnicode_FromWideChar(Py_GetProgramFullPath(), -1), *bytes = path ? PyUnicode_EncodeFSDefault(path) : NULL;
    Py_XDECREF(path);
    if (bytes == NULL)
        return -1;
    Tcl_FindExecutable(PyBytes_AS_STRING(bytes));
    Py_DECREF(bytes);
    return 0;
}

PyMODINIT_FUNC PyInit__tkinter(void)
{
    PyObject *module = PyModule_Create(&module_def);
    if (module != NULL && (fill(module) < 0 || say_where() < 0))
        Py_CLEAR(module);
    return module;
}
