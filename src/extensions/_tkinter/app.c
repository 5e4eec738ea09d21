/* SPDX-License-Identifier: MIT */
/* _tkinter: the object that holds an interpreter of Tcl. */
#include "bridge.h"
#include <string.h>

PyObject *tai_tk_failed(TkApp *app)
{
    PyObject *why = tai_tk_text_of(Tcl_GetObjResult(app->interp));
    if (why != NULL)
        PyErr_SetObject(tai_tk_error_type, why);
    Py_XDECREF(why);
    return NULL;
}

int tai_tk_is_mine(TkApp *app)
{
    if (app->owner == Tcl_GetCurrentThread())
        return 1;
    PyErr_SetString(PyExc_RuntimeError, "Calling Tcl from different apartment");
    return 0;
}

/* Text that Tcl takes as a C string; NULL with TypeError or OverflowError. */
static const char *c_text(PyObject *arg, const char *format)
{
    const char *text;
    if (!PyArg_Parse(arg, format, &text))
        return NULL;
    if (strlen(text) < INT_MAX)
        return text;
    PyErr_SetString(PyExc_OverflowError, "string is too long");
    return NULL;
}

static PyObject *result_text(TkApp *app)
{
    return tai_tk_text_of(Tcl_GetObjResult(app->interp));
}

static PyObject *result_value(TkApp *app)
{
    Tcl_Obj *value = Tcl_GetObjResult(app->interp);
    if (!app->wantobjects)
        return tai_tk_text_of(value);
    Tcl_IncrRefCount(value); /* conversion may touch the result */
    PyObject *made = tai_tk_from(app->interp, value);
    Tcl_DecrRefCount(value);
    return made;
}

/* ------------------------------------------------------------------ call */

enum { FEW_WORDS = 16 };

static void release_words(Tcl_Obj **words, int count, Tcl_Obj **few)
{
    while (count > 0)
        Tcl_DecrRefCount(words[--count]);
    if (words != few)
        PyMem_Free(words);
}

/* The words of a command: those of args before the first None. Their number, or -1 with an exception. Runs code. */
static int make_words(PyObject *args, Tcl_Obj **few, Tcl_Obj ***words)
{
    PyObject *alone[1] = {args}, **items = alone;
    Py_ssize_t size = 1;
    int count = 0;
    if (PyTuple_Check(args)) {
        items = ((PyTupleObject *)args)->ob_item;
        size = PyTuple_GET_SIZE(args);
    }
    *words = few;
    if (size > FEW_WORDS) {
        if (size > INT_MAX) {
            PyErr_SetString(PyExc_OverflowError, "tuple is too long");
            return -1;
        }
        *words = PyMem_New(Tcl_Obj *, size);
        if (*words == NULL) {
            PyErr_NoMemory();
            return -1;
        }
    }
    while (count < size && items[count] != Py_None) {
        Tcl_Obj *word = tai_tk_to(items[count]);
        if (word == NULL) {
            release_words(*words, count, few);
            return -1;
        }
        Tcl_IncrRefCount(word);
        (*words)[count++] = word;
    }
    return count;
}

static PyObject *call_words(TkApp *app, void *args)
{
    Tcl_Obj *few[FEW_WORDS], **words;
    int count = make_words(args, few, &words), status;
    if (count < 0)
        return NULL;
    TCL_OPEN
    status = Tcl_EvalObjv(app->interp, count, words, TCL_EVAL_DIRECT | TCL_EVAL_GLOBAL);
    TCL_CLOSE
    PyObject *result = status == TCL_ERROR ? tai_tk_failed(app) : result_value(app);
    release_words(words, count, few);
    return result;
}

static PyObject *app_call(PyObject *self, PyObject *args)
{
    if (PyTuple_GET_SIZE(args) == 1 && PyTuple_Check(PyTuple_GET_ITEM(args, 0)))
        args = PyTuple_GET_ITEM(args, 0);
    return tai_tk_run((TkApp *)self, call_words, args);
}

/* ------------------------------------------------------------------ scripts and expressions */

typedef int (*Evaluate)(Tcl_Interp *interp, const char *text);

static int evaluate_history(Tcl_Interp *interp, const char *text)
{
    return Tcl_RecordAndEval(interp, text, TCL_NO_EVAL);
}

static PyObject *evaluate(PyObject *o, PyObject *arg, const char *format, Evaluate run)
{
    TkApp *self = (TkApp *)o;
    const char *text = c_text(arg, format);
    int status;
    if (text == NULL || !tai_tk_is_mine(self))
        return NULL;
    TCL_OPEN
    status = run(self->interp, text);
    TCL_CLOSE
    return status == TCL_ERROR ? tai_tk_failed(self) : result_text(self);
}

static PyObject *app_eval(PyObject *self, PyObject *arg)
{
    return evaluate(self, arg, "s:eval", Tcl_Eval);
}

static PyObject *app_evalfile(PyObject *self, PyObject *arg)
{
    return evaluate(self, arg, "s:evalfile", Tcl_EvalFile);
}

static PyObject *app_record(PyObject *self, PyObject *arg)
{
    return evaluate(self, arg, "s:record", evaluate_history);
}

static PyObject *app_exprstring(PyObject *self, PyObject *arg)
{
    return evaluate(self, arg, "s:exprstring", Tcl_ExprString);
}

static PyObject *app_exprlong(PyObject *o, PyObject *arg)
{
    TkApp *self = (TkApp *)o;
    const char *text = c_text(arg, "s:exprlong");
    long number;
    int status;
    if (text == NULL || !tai_tk_is_mine(self))
        return NULL;
    TCL_OPEN
    status = Tcl_ExprLong(self->interp, text, &number);
    TCL_CLOSE
    return status == TCL_ERROR ? tai_tk_failed(self) : PyLong_FromLong(number);
}

static PyObject *app_exprdouble(PyObject *o, PyObject *arg)
{
    TkApp *self = (TkApp *)o;
    const char *text = c_text(arg, "s:exprdouble");
    double number;
    int status;
    if (text == NULL || !tai_tk_is_mine(self))
        return NULL;
    TCL_OPEN
    status = Tcl_ExprDouble(self->interp, text, &number);
    TCL_CLOSE
    return status == TCL_ERROR ? tai_tk_failed(self) : PyFloat_FromDouble(number);
}

static PyObject *app_exprboolean(PyObject *o, PyObject *arg)
{
    TkApp *self = (TkApp *)o;
    const char *text = c_text(arg, "s:exprboolean");
    int truth, status;
    if (text == NULL || !tai_tk_is_mine(self))
        return NULL;
    TCL_OPEN
    status = Tcl_ExprBoolean(self->interp, text, &truth);
    TCL_CLOSE
    return status == TCL_ERROR ? tai_tk_failed(self) : PyLong_FromLong(truth);
}

static PyObject *app_adderrorinfo(PyObject *o, PyObject *arg)
{
    const char *text = c_text(arg, "s:adderrorinfo");
    if (text == NULL || !tai_tk_is_mine((TkApp *)o))
        return NULL;
    Tcl_AddErrorInfo(((TkApp *)o)->interp, text);
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ variables */

typedef struct {
    enum { VAR_GET, VAR_SET, VAR_UNSET } what;
    const char *name, *key; /* key: of an array, or NULL */
    PyObject *value;
    int flags;
} VarRequest;

/* A converter of PyArg_Parse: a variable's name. */
static int var_name(PyObject *arg, void *to)
{
    const char *text;
    Py_ssize_t size;
    if (tai_tk_is_value(arg)) {
        *(const char **)to = Tcl_GetString(tai_tk_value(arg));
        return 1;
    }
    if (PyBytes_Check(arg)) {
        text = PyBytes_AS_STRING(arg);
        size = PyBytes_GET_SIZE(arg);
    }
    else if (PyUnicode_Check(arg)) {
        text = PyUnicode_AsUTF8AndSize(arg, &size);
        if (text == NULL)
            return 0;
    }
    else {
        PyErr_Format(PyExc_TypeError, "must be str, bytes or Tcl_Obj, not %.50s", Py_TYPE(arg)->tp_name);
        return 0;
    }
    if (size > INT_MAX)
        PyErr_SetString(PyExc_OverflowError, PyBytes_Check(arg) ? "bytes object is too long" : "string is too long");
    else if (strlen(text) != (size_t)size)
        PyErr_SetString(PyExc_ValueError, PyBytes_Check(arg) ? "embedded null byte" : "embedded null character");
    else {
        *(const char **)to = text;
        return 1;
    }
    return 0;
}

static PyObject *var_work(TkApp *app, void *data)
{
    VarRequest *request = data;
    int done = 0;
    Tcl_Obj *value = NULL;
    if (request->what == VAR_SET) {
        value = tai_tk_to(request->value);
        if (value == NULL)
            return NULL;
        Tcl_IncrRefCount(value);
    }
    TCL_OPEN /* traces run scripts */
    if (request->what == VAR_SET)
        done = Tcl_SetVar2Ex(app->interp, request->name, request->key, value, request->flags) != NULL;
    else if (request->what == VAR_UNSET)
        done = Tcl_UnsetVar2(app->interp, request->name, request->key, request->flags) == TCL_OK;
    TCL_CLOSE
    if (value != NULL)
        Tcl_DecrRefCount(value);
    if (request->what == VAR_GET) {
        TCL_OPEN
        value = Tcl_GetVar2Ex(app->interp, request->name, request->key, request->flags);
        TCL_CLOSE
        if (value != NULL)
            return app->wantobjects ? tai_tk_from(app->interp, value) : tai_tk_text_of(value);
    }
    if (done)
        Py_RETURN_NONE;
    return tai_tk_failed(app);
}

static PyObject *var_set(PyObject *self, PyObject *args, int flags)
{
    VarRequest request = {.what = VAR_SET, .flags = TCL_LEAVE_ERR_MSG | flags};
    int parsed;
    switch (PyTuple_GET_SIZE(args)) {
    case 2:
        parsed = PyArg_ParseTuple(args, "O&O:setvar", var_name, &request.name, &request.value);
        break;
    case 3:
        parsed = PyArg_ParseTuple(args, "ssO:setvar", &request.name, &request.key, &request.value);
        break;
    default:
        PyErr_SetString(PyExc_TypeError, "setvar requires 2 to 3 arguments");
        parsed = 0;
    }
    return parsed ? tai_tk_run((TkApp *)self, var_work, &request) : NULL;
}

static PyObject *app_setvar(PyObject *self, PyObject *args)
{
    return var_set(self, args, 0);
}

static PyObject *app_globalsetvar(PyObject *self, PyObject *args)
{
    return var_set(self, args, TCL_GLOBAL_ONLY);
}

static PyObject *var_get(PyObject *self, PyObject *args, int flags)
{
    VarRequest request = {.what = VAR_GET, .flags = TCL_LEAVE_ERR_MSG | flags};
    if (!PyArg_ParseTuple(args, "O&|s:getvar", var_name, &request.name, &request.key))
        return NULL;
    return tai_tk_run((TkApp *)self, var_work, &request);
}

static PyObject *app_getvar(PyObject *self, PyObject *args)
{
    return var_get(self, args, 0);
}

static PyObject *app_globalgetvar(PyObject *self, PyObject *args)
{
    return var_get(self, args, TCL_GLOBAL_ONLY);
}

static PyObject *var_unset(PyObject *self, PyObject *args, int flags)
{
    VarRequest request = {.what = VAR_UNSET, .flags = TCL_LEAVE_ERR_MSG | flags};
    if (!PyArg_ParseTuple(args, "s|s:unsetvar", &request.name, &request.key))
        return NULL;
    return tai_tk_run((TkApp *)self, var_work, &request);
}

static PyObject *app_unsetvar(PyObject *self, PyObject *args)
{
    return var_unset(self, args, 0);
}

static PyObject *app_globalunsetvar(PyObject *self, PyObject *args)
{
    return var_unset(self, args, TCL_GLOBAL_ONLY);
}

/* ------------------------------------------------------------------ conversions */

/* A Tcl value of arg, which is one or a str; with a reference of the caller's. NULL with an exception. */
static Tcl_Obj *given_value(PyObject *arg, const char *format)
{
    Tcl_Obj *value = NULL;
    if (tai_tk_is_value(arg))
        value = tai_tk_value(arg);
    else {
        const char *text = c_text(arg, format);
        if (text != NULL)
            value = Tcl_NewStringObj(text, -1);
    }
    if (value != NULL)
        Tcl_IncrRefCount(value);
    return value;
}

static PyObject *app_getint(PyObject *o, PyObject *arg)
{
    TkApp *self = (TkApp *)o;
    if (PyLong_Check(arg)) {
        Py_INCREF(arg);
        return arg;
    }
    Tcl_Obj *value = given_value(arg, "s:getint");
    if (value == NULL)
        return NULL;
    PyObject *number = tai_tk_integer(self->interp, value);
    Tcl_DecrRefCount(value);
    return number != NULL || PyErr_Occurred() ? number : tai_tk_failed(self);
}

static PyObject *app_getdouble(PyObject *o, PyObject *arg)
{
    TkApp *self = (TkApp *)o;
    if (PyFloat_Check(arg)) {
        Py_INCREF(arg);
        return arg;
    }
    if (PyNumber_Check(arg))
        return PyNumber_Float(arg);
    Tcl_Obj *value = given_value(arg, "s:getdouble");
    if (value == NULL)
        return NULL;
    double number;
    int status = Tcl_GetDoubleFromObj(self->interp, value, &number);
    Tcl_DecrRefCount(value);
    return status == TCL_OK ? PyFloat_FromDouble(number) : tai_tk_failed(self);
}

static PyObject *app_getboolean(PyObject *o, PyObject *arg)
{
    TkApp *self = (TkApp *)o;
    if (PyLong_Check(arg))
        return PyBool_FromLong(PyObject_IsTrue(arg));
    int truth, status;
    if (tai_tk_is_value(arg))
        status = Tcl_GetBooleanFromObj(self->interp, tai_tk_value(arg), &truth);
    else {
        const char *text = c_text(arg, "s:getboolean");
        if (text == NULL)
            return NULL;
        status = Tcl_GetBoolean(self->interp, text, &truth); /* "1.0" is none, as an object it is */
    }
    return status == TCL_OK ? PyBool_FromLong(truth) : tai_tk_failed(self);
}

/* ------------------------------------------------------------------ lists */

static PyObject *app_splitlist(PyObject *o, PyObject *arg)
{
    TkApp *self = (TkApp *)o;
    if (PyTuple_Check(arg)) {
        Py_INCREF(arg);
        return arg;
    }
    if (PyList_Check(arg))
        return PySequence_Tuple(arg);
    if (tai_tk_is_value(arg)) {
        int count;
        Tcl_Obj **items;
        if (Tcl_ListObjGetElements(self->interp, tai_tk_value(arg), &count, &items) != TCL_OK)
            return tai_tk_failed(self);
        PyObject *parts = PyTuple_New(count);
        for (int i = 0; parts != NULL && i < count; i++) {
            PyObject *part = tai_tk_from(self->interp, items[i]);
            if (part == NULL)
                Py_CLEAR(parts);
            else
                PyTuple_SET_ITEM(parts, i, part);
        }
        return parts;
    }
    char *text;
    if (!PyArg_Parse(arg, "et:splitlist", "utf-8", &text))
        return NULL;
    int count;
    const char **items;
    PyObject *parts = NULL;
    if (Tcl_SplitList(self->interp, text, &count, &items) == TCL_ERROR)
        tai_tk_failed(self);
    else {
        parts = PyTuple_New(count);
        for (int i = 0; parts != NULL && i < count; i++) {
            PyObject *part = tai_tk_text(items[i], (Py_ssize_t)strlen(items[i]));
            if (part == NULL)
                Py_CLEAR(parts);
            else
                PyTuple_SET_ITEM(parts, i, part);
        }
        Tcl_Free((char *)items);
    }
    PyMem_Free(text);
    return parts;
}

/* text as a tree: a list of two or more is a tuple of trees, all else is itself. */
static PyObject *tree_of_text(const char *text)
{
    int count;
    const char **items;
    if (Tcl_SplitList(NULL, text, &count, &items) != TCL_OK)
        return tai_tk_text(text, (Py_ssize_t)strlen(text));
    PyObject *tree = NULL;
    if (count == 0)
        tree = PyUnicode_FromString("");
    else if (count == 1)
        tree = tai_tk_text(items[0], (Py_ssize_t)strlen(items[0]));
    else if (Py_EnterRecursiveCall(" while splitting a Tcl list") == 0) {
        tree = PyTuple_New(count);
        for (int i = 0; tree != NULL && i < count; i++) {
            PyObject *part = tree_of_text(items[i]);
            if (part == NULL)
                Py_CLEAR(tree);
            else
                PyTuple_SET_ITEM(tree, i, part);
        }
        Py_LeaveRecursiveCall();
    }
    Tcl_Free((char *)items);
    return tree;
}

/* The same for what stands in a Python sequence; what holds no list is left as it is. */
static PyObject *tree_of(PyObject *value)
{
    if (PyTuple_Check(value) || PyList_Check(value)) {
        PyObject *parts = PySequence_Tuple(value), *tree = NULL;
        if (parts == NULL || Py_EnterRecursiveCall(" while splitting a Tcl list"))
            goto done;
        tree = PyTuple_New(PyTuple_GET_SIZE(parts));
        for (Py_ssize_t i = 0; tree != NULL && i < PyTuple_GET_SIZE(parts); i++) {
            PyObject *part = tree_of(PyTuple_GET_ITEM(parts, i));
            if (part == NULL)
                Py_CLEAR(tree);
            else
                PyTuple_SET_ITEM(tree, i, part);
        }
        Py_LeaveRecursiveCall();
    done:
        Py_XDECREF(parts);
        return tree;
    }
    const char *text = NULL;
    if (PyUnicode_Check(value))
        text = PyUnicode_AsUTF8(value);
    else if (PyBytes_Check(value))
        text = PyBytes_AS_STRING(value);
    if (text == NULL && PyErr_Occurred())
        return NULL;
    int count = 0;
    const char **items;
    if (text != NULL && Tcl_SplitList(NULL, text, &count, &items) == TCL_OK) {
        Tcl_Free((char *)items);
        if (count > 1)
            return tree_of_text(text);
    }
    Py_INCREF(value);
    return value;
}

static PyObject *app_split(PyObject *o, PyObject *arg)
{
    if (PyTuple_Check(arg) || PyList_Check(arg))
        return tree_of(arg);
    if (tai_tk_is_value(arg)) {
        int count;
        Tcl_Obj **items;
        TkApp *self = (TkApp *)o;
        if (Tcl_ListObjGetElements(NULL, tai_tk_value(arg), &count, &items) != TCL_OK)
            return tai_tk_from(self->interp, tai_tk_value(arg));
        if (count == 0)
            return PyUnicode_FromString("");
        if (count == 1)
            return tai_tk_from(self->interp, items[0]);
        PyObject *parts = app_splitlist(o, arg), *tree = parts ? tree_of(parts) : NULL;
        Py_XDECREF(parts);
        return tree;
    }
    char *text;
    if (!PyArg_Parse(arg, "et:split", "utf-8", &text))
        return NULL;
    PyObject *tree = tree_of_text(text);
    PyMem_Free(text);
    return tree;
}

/* ------------------------------------------------------------------ the rest */

static PyObject *app_wantobjects(PyObject *o, PyObject *args)
{
    TkApp *self = (TkApp *)o;
    int wanted = -1;
    if (!PyArg_ParseTuple(args, "|i:wantobjects", &wanted))
        return NULL;
    if (wanted == -1)
        return PyBool_FromLong(self->wantobjects);
    self->wantobjects = wanted;
    Py_RETURN_NONE;
}

static PyObject *app_interpaddr(PyObject *o, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromVoidPtr(((TkApp *)o)->interp);
}

int tai_tk_load(Tcl_Interp *interp)
{
    if (Tcl_GetVar2(interp, "tk_version", NULL, TCL_GLOBAL_ONLY) != NULL)
        return TCL_OK;
    int status;
    TCL_OPEN
    status = Tk_Init(interp);
    TCL_CLOSE
    return status;
}

static PyObject *app_loadtk(PyObject *o, PyObject *Py_UNUSED(unused))
{
    TkApp *self = (TkApp *)o;
    if (!tai_tk_is_mine(self))
        return NULL;
    if (tai_tk_load(self->interp) == TCL_OK)
        Py_RETURN_NONE;
    return tai_tk_failed(self);
}

/* An interpreter can only be ended by its own thread; if the object dies in another, the interpreter stays. */
static void app_dealloc(PyObject *o)
{
    TkApp *self = (TkApp *)o;
    if (self->interp != NULL && self->owner == Tcl_GetCurrentThread()) {
        PyObject *error_type, *error, *tb;
        PyErr_Fetch(&error_type, &error, &tb);
        Tcl_DeleteInterp(self->interp);
        PyErr_Restore(error_type, error, tb);
    }
    PyObject_Del(o);
    tai_tk_hook_remove();
}

static PyMethodDef app_methods[] = {
    {"wantobjects", app_wantobjects, METH_VARARGS,
     "Without argument: do results come as Python values of their kind?  With one: 0 gives strings, 1 values."},
    {"call", app_call, METH_VARARGS, "Run the command of these words, or of the one tuple, up to the first None.  Its result."},
    {"eval", app_eval, METH_O, "eval($self, script, /)\n--\n\nRun a script; its result as a string."},
    {"evalfile", app_evalfile, METH_O, "evalfile($self, fileName, /)\n--\n\nRun the script in a file; its result as a string."},
    {"record", app_record, METH_O, "record($self, script, /)\n--\n\nPut a script into Tcl's history without running it."},
    {"adderrorinfo", app_adderrorinfo, METH_O, "adderrorinfo($self, msg, /)\n--\n\nAppend msg to Tcl's errorInfo."},
    {"setvar", app_setvar, METH_VARARGS, "setvar(name, value) or setvar(array, key, value): set a variable."},
    {"globalsetvar", app_globalsetvar, METH_VARARGS, "Like setvar(), for a variable of the global scope."},
    {"getvar", app_getvar, METH_VARARGS, "getvar(name) or getvar(array, key): the value of a variable."},
    {"globalgetvar", app_globalgetvar, METH_VARARGS, "Like getvar(), for a variable of the global scope."},
    {"unsetvar", app_unsetvar, METH_VARARGS, "unsetvar(name) or unsetvar(array, key): remove a variable."},
    {"globalunsetvar", app_globalunsetvar, METH_VARARGS, "Like unsetvar(), for a variable of the global scope."},
    {"getint", app_getint, METH_O, "getint($self, arg, /)\n--\n\nThe int that Tcl reads arg as."},
    {"getdouble", app_getdouble, METH_O, "getdouble($self, arg, /)\n--\n\nThe float that Tcl reads arg as."},
    {"getboolean", app_getboolean, METH_O, "getboolean($self, arg, /)\n--\n\nThe bool that Tcl reads arg as: 1, yes, on, true..."},
    {"exprstring", app_exprstring, METH_O, "exprstring($self, s, /)\n--\n\nThe value of an expression, as a string."},
    {"exprlong", app_exprlong, METH_O, "exprlong($self, s, /)\n--\n\nThe value of an expression, cut to an int."},
    {"exprdouble", app_exprdouble, METH_O, "exprdouble($self, s, /)\n--\n\nThe value of an expression, as a float."},
    {"exprboolean", app_exprboolean, METH_O, "exprboolean($self, s, /)\n--\n\nThe truth of an expression: 0 or 1."},
    {"splitlist", app_splitlist, METH_O, "splitlist($self, arg, /)\n--\n\nThe items of a Tcl list as a tuple."},
    {"split", app_split, METH_O, "split($self, arg, /)\n--\n\nA Tcl list with the lists in it as nested tuples."},
    {"interpaddr", app_interpaddr, METH_NOARGS, "interpaddr($self, /)\n--\n\nThe address of the Tcl interpreter, for other extensions."},
    {"loadtk", app_loadtk, METH_NOARGS, "loadtk($self, /)\n--\n\nLoad Tk if it is not there; this opens the main window."},
    {NULL, NULL, 0, NULL},
};

PyTypeObject tai_tk_app_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "_tkinter.tkapp",
    .tp_basicsize = sizeof(TkApp),
    .tp_dealloc = app_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = app_methods,
};
