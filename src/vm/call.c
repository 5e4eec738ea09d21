/* SPDX-License-Identifier: MIT */
/* Binding arguments to parameters, and the C entry points that run Python code.
 *
 * The common shapes (no *args, no keywords) are laid out by tai_push_plain without coming here. Everything else is bound by
 * bind_arguments: positional arguments, *args, keywords, **kwargs, defaults, cells, closure, in that order; the messages are 3.8's.
 * Tests: tests/vm/test_changed_meanwhile.py.
 */
#include "vm/call.h"
#include "vm/generator.h"
#include "runtime/recursion.h"


/* ---- error messages ------------------------------------------------------------------------------------------ */

/* "'a'", "'a' and 'b'", "'a', 'b', and 'c'" from a list of names; new. */
static PyObject *enumerate_names(PyObject *names)
{
    Py_ssize_t n = PyList_GET_SIZE(names);
    PyObject *text = NULL, *head = NULL, *comma = NULL, *list = PyList_New(0);
    for (Py_ssize_t i = 0; list != NULL && i < n; i++) {
        PyObject *quoted = PyObject_Repr(PyList_GET_ITEM(names, i));
        if (quoted == NULL || PyList_Append(list, quoted) < 0)
            Py_CLEAR(list);
        Py_XDECREF(quoted);
    }
    if (list == NULL)
        return NULL;
    if (n == 1) {
        text = PyList_GET_ITEM(list, 0);
        Py_INCREF(text);
    }
    else if (n == 2)
        text = PyUnicode_FromFormat("%U and %U", PyList_GET_ITEM(list, 0), PyList_GET_ITEM(list, 1));
    else if ((comma = PyUnicode_FromString(", ")) != NULL) {
        PyObject *last = PyList_GET_ITEM(list, n - 1);
        Py_INCREF(last);
        if (PyList_SetSlice(list, n - 1, n, NULL) == 0 && (head = PyUnicode_Join(comma, list)) != NULL)
            text = PyUnicode_FromFormat("%U, and %U", head, last);
        Py_DECREF(last);
    }
    Py_XDECREF(head);
    Py_XDECREF(comma);
    Py_DECREF(list);
    return text;
}

/* Parameters [first, end) that have no value are an error. */
static int raise_missing(TaiFrame *f, const char *kind, Py_ssize_t first, Py_ssize_t end)
{
    PyObject *names = PyList_New(0), *text;
    if (names == NULL)
        return -1;
    for (Py_ssize_t i = first; i < end; i++)
        if (f->slots[i] == NULL && PyList_Append(names, PyTuple_GET_ITEM(f->code->co_varnames, i)) < 0) {
            Py_DECREF(names);
            return -1;
        }
    Py_ssize_t n = PyList_GET_SIZE(names);
    text = enumerate_names(names);
    Py_DECREF(names);
    if (text == NULL)
        return -1;
    PyErr_Format(PyExc_TypeError, "%U() missing %i required %s argument%s: %U", f->code->co_name, (int)n, kind,
                 n == 1 ? "" : "s", text);
    Py_DECREF(text);
    return -1;
}

static int raise_too_many(TaiFrame *f, const TaiArguments *a)
{
    PyCodeObject *co = f->code;
    Py_ssize_t wanted = co->co_argcount, keywords = 0;
    for (Py_ssize_t i = wanted; i < wanted + co->co_kwonlyargcount; i++)
        keywords += f->slots[i] != NULL;
    PyObject *sig = a->ndefaults ? PyUnicode_FromFormat("from %zd to %zd", wanted - a->ndefaults, wanted)
                                 : PyUnicode_FromFormat("%zd", wanted);
    PyObject *extra = keywords ? PyUnicode_FromFormat(" positional argument%s (and %zd keyword-only argument%s)",
                                                      a->nargs != 1 ? "s" : "", keywords, keywords != 1 ? "s" : "")
                               : PyUnicode_FromString("");
    if (sig != NULL && extra != NULL)
        PyErr_Format(PyExc_TypeError, "%U() takes %U positional argument%s but %zd%U %s given", co->co_name, sig,
                     a->ndefaults || wanted != 1 ? "s" : "", a->nargs, extra, a->nargs == 1 && !keywords ? "was" : "were");
    Py_XDECREF(sig);
    Py_XDECREF(extra);
    return -1;
}

/* If some keywords name positional-only parameters, raise and return 1; -1 on error, 0 if none does. */
static int raise_positional_only(PyCodeObject *co, const TaiArguments *a)
{
    PyObject *names = PyList_New(0);
    int result = -1;
    if (names == NULL)
        return -1;
    for (int i = 0; i < co->co_posonlyargcount; i++) {
        PyObject *param = PyTuple_GET_ITEM(co->co_varnames, i);
        for (Py_ssize_t k = 0; k < a->nkw; k++) {
            PyObject *name = a->kwnames[k * a->kwstep];
            int same = name == param ? 1 : PyObject_RichCompareBool(param, name, Py_EQ);
            if (same < 0 || (same && PyList_Append(names, name) < 0))
                goto done;
        }
    }
    result = 0;
    if (PyList_GET_SIZE(names) > 0) {
        PyObject *comma = PyUnicode_FromString(", "), *text = comma ? PyUnicode_Join(comma, names) : NULL;
        if (text != NULL)
            PyErr_Format(PyExc_TypeError, "%U() got some positional-only arguments passed as keyword arguments: '%U'",
                         co->co_name, text);
        Py_XDECREF(text);
        Py_XDECREF(comma);
        result = 1;
    }
done:
    Py_DECREF(names);
    return result;
}

/* ---- binding ------------------------------------------------------------------------------------------------- */

/* Index of the parameter that a keyword names, among [first, end); end if none; -1 with an exception. */
static Py_ssize_t find_parameter(PyCodeObject *co, PyObject *name, Py_ssize_t first, Py_ssize_t end)
{
    PyObject **names = ((PyTupleObject *)co->co_varnames)->ob_item;
    for (Py_ssize_t i = first; i < end; i++)
        if (names[i] == name)
            return i;
    for (Py_ssize_t i = first; i < end; i++) {
        int same = PyObject_RichCompareBool(name, names[i], Py_EQ);
        if (same > 0)
            return i;
        if (same < 0)
            return -1;
    }
    return end;
}

static int bind_keywords(TaiFrame *f, const TaiArguments *a, PyObject *kwdict)
{
    PyCodeObject *co = f->code;
    Py_ssize_t total = co->co_argcount + co->co_kwonlyargcount;
    for (Py_ssize_t k = 0; k < a->nkw; k++) {
        PyObject *name = a->kwnames[k * a->kwstep], *value = a->kwvalues[k * a->kwstep];
        if (name == NULL || !PyUnicode_Check(name)) {
            PyErr_Format(PyExc_TypeError, "%U() keywords must be strings", co->co_name);
            return -1;
        }
        Py_ssize_t i = find_parameter(co, name, co->co_posonlyargcount, total);
        if (i < 0)
            return -1;
        if (i == total) {
            if (kwdict != NULL) {
                if (PyDict_SetItem(kwdict, name, value) < 0)
                    return -1;
                continue;
            }
            if (co->co_posonlyargcount && raise_positional_only(co, a) != 0)
                return -1;
            PyErr_Format(PyExc_TypeError, "%U() got an unexpected keyword argument '%S'", co->co_name, name);
            return -1;
        }
        if (f->slots[i] != NULL) {
            PyErr_Format(PyExc_TypeError, "%U() got multiple values for argument '%S'", co->co_name, name);
            return -1;
        }
        Py_INCREF(value);
        f->slots[i] = value;
    }
    return 0;
}

static int bind_defaults(TaiFrame *f, const TaiArguments *a)
{
    PyCodeObject *co = f->code;
    Py_ssize_t wanted = co->co_argcount, required = wanted - a->ndefaults;
    for (Py_ssize_t i = a->nargs; i < required; i++)
        if (f->slots[i] == NULL)
            return raise_missing(f, "positional", a->nargs, required);
    for (Py_ssize_t i = required > 0 ? required : 0; i < wanted; i++) {
        if (f->slots[i] != NULL)
            continue;
        PyObject *value = a->defaults[i - required];
        Py_INCREF(value);
        f->slots[i] = value;
    }
    return 0;
}

static int bind_keyword_defaults(TaiFrame *f, const TaiArguments *a)
{
    PyCodeObject *co = f->code;
    Py_ssize_t first = co->co_argcount, end = first + co->co_kwonlyargcount;
    int missing = 0;
    for (Py_ssize_t i = first; i < end; i++) {
        if (f->slots[i] != NULL)
            continue;
        if (a->kwdefaults != NULL) {
            PyObject *value = PyDict_GetItemWithError(a->kwdefaults, PyTuple_GET_ITEM(co->co_varnames, i));
            if (value != NULL) {
                Py_INCREF(value);
                f->slots[i] = value;
                continue;
            }
            if (PyErr_Occurred())
                return -1;
        }
        missing = 1;
    }
    return missing ? raise_missing(f, "keyword-only", first, end) : 0;
}

/* Cells for cell variables (taking over the arguments that are captured), and the closure. */
static int bind_cells(TaiFrame *f, PyObject *closure)
{
    PyCodeObject *co = f->code;
    PyObject **cells = f->slots + co->co_nlocals;
    Py_ssize_t ncells = PyTuple_GET_SIZE(co->co_cellvars), nfree = PyTuple_GET_SIZE(co->co_freevars);
    for (Py_ssize_t i = 0; i < ncells; i++) {
        Py_ssize_t arg = co->co_cell2arg ? co->co_cell2arg[i] : CO_CELL_NOT_AN_ARG;
        PyObject *value = arg == CO_CELL_NOT_AN_ARG ? NULL : f->slots[arg];
        cells[i] = PyCell_New(value);
        if (cells[i] == NULL)
            return -1;
        if (value != NULL)
            Py_CLEAR(f->slots[arg]);
    }
    if (nfree == 0)
        return 0;
    if (closure == NULL || !PyTuple_Check(closure) || PyTuple_GET_SIZE(closure) < nfree) {
        PyErr_Format(PyExc_SystemError, "%U() needs a closure of %zd cells", co->co_name, nfree);
        return -1;
    }
    for (Py_ssize_t i = 0; i < nfree; i++) {
        PyObject *cell = PyTuple_GET_ITEM(closure, i);
        Py_INCREF(cell);
        cells[ncells + i] = cell;
    }
    return 0;
}

/* Loops over a few slots, one by one: what the compiler would make of them, a string instruction that fills or copies, takes 20 ns
 * to get going. */
#define ONE_BY_ONE __asm__ volatile("" ::: "memory")

static inline void clear_values(PyObject **slots, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        slots[i] = NULL;
        ONE_BY_ONE;
    }
}

static inline void move_values(PyObject **to, PyObject **from, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        to[i] = from[i];
        from[i] = NULL;
        ONE_BY_ONE;
    }
}

/* Fill the slots of f from a. 0, or -1 with TypeError or MemoryError; either way the slots are owned. Runs code
 * (comparison of odd keywords). */
static int bind_arguments(TaiFrame *f, const TaiArguments *a)
{
    PyCodeObject *co = f->code;
    Py_ssize_t wanted = co->co_argcount, total = wanted + co->co_kwonlyargcount;
    Py_ssize_t n = a->nargs < wanted ? a->nargs : wanted;
    PyObject *kwdict = NULL;
    clear_values(f->slots, f->exec->nslots);
    if (co->co_flags & CO_VARKEYWORDS) {
        kwdict = PyDict_New();
        if (kwdict == NULL)
            return -1;
        f->slots[total + ((co->co_flags & CO_VARARGS) != 0)] = kwdict;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_INCREF(a->args[i]);
        f->slots[i] = a->args[i];
    }
    if (co->co_flags & CO_VARARGS) {
        Py_ssize_t rest = a->nargs - n;
        PyObject *tuple = PyTuple_New(rest);
        if (tuple == NULL)
            return -1;
        f->slots[total] = tuple;
        for (Py_ssize_t i = 0; i < rest; i++) {
            Py_INCREF(a->args[n + i]);
            PyTuple_SET_ITEM(tuple, i, a->args[n + i]);
        }
    }
    if (a->nkw && bind_keywords(f, a, kwdict) < 0)
        return -1;
    if (a->nargs > wanted && !(co->co_flags & CO_VARARGS))
        return raise_too_many(f, a);
    if (a->nargs < wanted && bind_defaults(f, a) < 0)
        return -1;
    if (co->co_kwonlyargcount && bind_keyword_defaults(f, a) < 0)
        return -1;
    if (f->exec->nslots > (uint32_t)co->co_nlocals)
        return bind_cells(f, a->closure);
    return 0;
}

/* A frame on the data stack that owns what is given (func or, without it, globals: a count is added). */
static TaiFrame *prepare(TaiThread *th, PyCodeObject *code, PyObject *func, PyObject *globals, const TaiArguments *a)
{
    TaiExec *exec = tai_exec_get(code);
    if (exec == NULL)
        return NULL;
    TaiFrame *f = tai_stack_push(th, exec);
    if (f == NULL)
        return NULL;
    PyObject *builtins = tai_builtins_of(globals, th->frame);
    if (builtins == NULL) {
        tai_stack_pop(th, f);
        return NULL;
    }
    if (func != NULL)
        Py_INCREF(func);
    else
        Py_INCREF(globals);
    tai_frame_init(f, exec, func, globals, builtins);
    if (bind_arguments(f, a) == 0)
        return f;
    f->back = th->frame;
    tai_frame_drop(th, f);
    return NULL;
}

/* Bind with the defaults and closure of func, and give code that is no function body its locals. The defaults are held:
 * comparing odd keywords runs code, which could give the function others. */
static TaiFrame *prepare_function(TaiThread *th, PyFunctionObject *func, TaiArguments *a)
{
    PyCodeObject *code = (PyCodeObject *)func->func_code;
    PyObject *defaults = func->func_defaults, *kwdefaults = func->func_kwdefaults;
    Py_XINCREF(defaults);
    Py_XINCREF(kwdefaults);
    a->defaults = defaults ? ((PyTupleObject *)defaults)->ob_item : NULL;
    a->ndefaults = defaults ? PyTuple_GET_SIZE(defaults) : 0;
    a->kwdefaults = kwdefaults;
    a->closure = func->func_closure;
    TaiFrame *f = prepare(th, code, (PyObject *)func, func->func_globals, a);
    Py_XDECREF(defaults);
    Py_XDECREF(kwdefaults);
    if (f != NULL && !(f->exec->flags & EXEC_OPTIMIZED)) {
        if (code->co_flags & CO_NEWLOCALS)
            f->locals = PyDict_New();
        else {
            f->locals = f->globals;
            Py_INCREF(f->locals);
        }
        if (f->locals == NULL) {
            tai_frame_drop(th, f);
            return NULL;
        }
    }
    return f;
}

TaiFrame *tai_frame_for_call(TaiThread *th, PyFunctionObject *func, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    TaiArguments a = {
        .args = args,
        .nargs = nargs,
        .kwnames = kwnames ? ((PyTupleObject *)kwnames)->ob_item : NULL,
        .kwvalues = args + nargs,
        .nkw = kwnames ? PyTuple_GET_SIZE(kwnames) : 0,
        .kwstep = 1,
    };
    return prepare_function(th, func, &a);
}

static TaiFrame *frame_for_dict(TaiThread *th, PyFunctionObject *func, PyObject *const *args, Py_ssize_t nargs, PyObject *kwargs)
{
    PyObject *local[32], **pairs = local, *key, *value;
    Py_ssize_t nkw = kwargs ? PyDict_GET_SIZE(kwargs) : 0, pos = 0, i = 0;
    if (nkw > 16) {
        pairs = PyMem_Malloc((size_t)nkw * 2 * sizeof(PyObject *));
        if (pairs == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
    }
    while (nkw && i < 2 * nkw && PyDict_Next(kwargs, &pos, &key, &value)) {
        /* Comparing odd keywords runs code, which could change the dict. */
        Py_INCREF(key);
        Py_INCREF(value);
        pairs[i++] = key;
        pairs[i++] = value;
    }
    TaiArguments a = {
        .args = args,
        .nargs = nargs,
        .kwnames = pairs,
        .kwvalues = pairs + 1,
        .nkw = nkw,
        .kwstep = 2,
    };
    TaiFrame *f = prepare_function(th, func, &a);
    while (i > 0)
        Py_DECREF(pairs[--i]);
    if (pairs != local)
        PyMem_Free(pairs);
    return f;
}

TaiFrame *tai_frame_for_call_ex(TaiThread *th, PyFunctionObject *func, PyObject *args, PyObject *kwargs)
{
    return frame_for_dict(th, func, ((PyTupleObject *)args)->ob_item, PyTuple_GET_SIZE(args), kwargs);
}

/* ---- running ------------------------------------------------------------------------------------------------- */

/* Let the hook of PEP 523 run f. */
PyObject *tai_run_hooked(PyThreadState *ts, TaiFrame *f, int throwing)
{
    tai_eval_hooked = 1;
    f->back = tai_thread_frame(ts);
    PyFrameObject *obj = tai_frame_object(f);
    if (obj == NULL)
        return NULL;
    Py_INCREF(obj);
    if (obj->f_back == NULL && f->back != NULL) {
        obj->f_back = tai_frame_object(f->back);
        Py_XINCREF(obj->f_back);
    }
    PyObject *result = ts->interp->eval_frame(obj, throwing);
    Py_DECREF(obj);
    if (!f->ended && f->gen == NULL) /* the hook did not evaluate it */
        tai_frame_clear(f);
    return result;
}

/* Run a frame, or make the generator it stands for; the frame is used up. New, or NULL. Runs code. */
static PyObject *run_frame(PyThreadState *ts, TaiFrame *f)
{
    TaiThread *th = tai_thread(ts);
    PyObject *result;
    if (f->exec->flags & EXEC_GENERATOR) {
        result = tai_generator_new(ts, f);
        return result;
    }
    if (UNLIKELY(ts->interp->eval_frame != _PyEval_EvalFrameDefault))
        result = tai_run_hooked(ts, f, 0);
    else
        result = tai_eval(ts, f, 0);
    tai_stack_pop(th, f);
    return result;
}

/* vectorcall of functions. Arguments borrowed; new or NULL. Runs code. */
PyObject *_PyFunction_Vectorcall(PyObject *callable, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyThreadState *ts = tai_tstate();
    PyFunctionObject *func = (PyFunctionObject *)callable;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    TaiThread *th = tai_thread(ts);
    TaiFrame *f;
    if (kwnames == NULL) {
        TaiExec *exec = tai_exec_peek((PyCodeObject *)func->func_code);
        if (LIKELY(exec != NULL) && tai_plain_fits(func, exec, nargs)) {
            Py_INCREF(func);
            f = tai_push_plain(th, func, exec, (PyObject **)args, nargs, th->frame);
            if (f == NULL) {
                Py_DECREF(func);
                return NULL;
            }
            for (Py_ssize_t i = 0; i < nargs; i++)
                Py_INCREF(args[i]);
            return run_frame(ts, f);
        }
    }
    f = tai_frame_for_call(th, func, args, nargs, kwnames);
    return f ? run_frame(ts, f) : NULL;
}

/* The same with keywords in a dict (or NULL). */
PyObject *_PyFunction_FastCallDict(PyObject *callable, PyObject *const *args, Py_ssize_t nargs, PyObject *kwargs)
{
    PyThreadState *ts = tai_tstate();
    if (kwargs == NULL || PyDict_GET_SIZE(kwargs) == 0)
        return _PyFunction_Vectorcall(callable, args, (size_t)nargs, NULL);
    TaiFrame *f = frame_for_dict(tai_thread(ts), (PyFunctionObject *)callable, args, nargs, kwargs);
    return f ? run_frame(ts, f) : NULL;
}

PyObject *_PyEval_EvalCodeWithName(PyObject *code, PyObject *globals, PyObject *locals, PyObject *const *args,
                                   Py_ssize_t nargs, PyObject *const *kwnames, PyObject *const *kwvalues, Py_ssize_t nkw,
                                   int kwstep, PyObject *const *defaults, Py_ssize_t ndefaults, PyObject *kwdefaults,
                                   PyObject *closure, PyObject *name, PyObject *qualname)
{
    PyThreadState *ts = tai_tstate();
    TaiThread *th = tai_thread(ts);
    PyCodeObject *co = (PyCodeObject *)code;
    TaiArguments a = {args, nargs, kwnames, kwvalues, nkw, kwstep, defaults, ndefaults, kwdefaults, closure};
    if (globals == NULL) {
        PyErr_SetString(PyExc_SystemError, "PyEval_EvalCodeEx: NULL globals");
        return NULL;
    }
    if (!PyDict_Check(globals)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    TaiFrame *f = prepare(th, co, NULL, globals, &a);
    if (f == NULL)
        return NULL;
    if (!(f->exec->flags & EXEC_OPTIMIZED)) {
        if (co->co_flags & CO_NEWLOCALS)
            f->locals = PyDict_New();
        else {
            f->locals = locals ? locals : globals;
            Py_INCREF(f->locals);
        }
        if (f->locals == NULL) {
            tai_frame_drop(th, f);
            return NULL;
        }
    }
    PyObject *result = run_frame(ts, f);
    if (result != NULL && (name != NULL || qualname != NULL) && (co->co_flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR)))
        tai_generator_set_names(result, name, qualname);
    return result;
}

PyObject *PyEval_EvalCodeEx(PyObject *code, PyObject *globals, PyObject *locals, PyObject *const *args, int nargs,
                            PyObject *const *kws, int nkw, PyObject *const *defaults, int ndefaults, PyObject *kwdefaults,
                            PyObject *closure)
{
    return _PyEval_EvalCodeWithName(code, globals, locals, args, nargs, kws, kws ? kws + 1 : NULL, nkw, 2, defaults, ndefaults,
                                    kwdefaults, closure, NULL, NULL);
}

PyObject *PyEval_EvalCode(PyObject *code, PyObject *globals, PyObject *locals)
{
    return PyEval_EvalCodeEx(code, globals, locals, NULL, 0, NULL, 0, NULL, 0, NULL, NULL);
}

/* ---- frames made by C code ----------------------------------------------------------------------------------- */

/* Run a frame object: one that stands for an activation not yet started (PEP 523), or one with values of its own, which
 * move into an activation and back. */
PyObject *_PyEval_EvalFrameDefault(PyFrameObject *obj, int throwing)
{
    PyThreadState *ts = tai_tstate();
    TaiThread *th = tai_thread(ts);
    TaiFrame *live = tai_frameobj_live(obj);
    if (live != NULL)
        return tai_eval(ts, live, throwing);
    TaiExec *exec = tai_exec_get(obj->f_code);
    if (exec == NULL)
        return NULL;
    if (exec->flags & EXEC_GENERATOR) {
        PyErr_SetString(PyExc_SystemError, "a generator's frame can only be run by its generator");
        return NULL;
    }
    TaiFrame *f = tai_stack_push(th, exec);
    if (f == NULL)
        return NULL;
    Py_INCREF(obj->f_globals);
    Py_INCREF(obj->f_builtins);
    tai_frame_init(f, exec, NULL, obj->f_globals, obj->f_builtins);
    f->back = th->frame;
    Py_XINCREF(obj->f_locals);
    f->locals = obj->f_locals;
    move_values(f->slots, obj->f_localsplus, exec->nslots);
    obj->f_stacktop = NULL;
    obj->f_iblock = 0;
    f->object = obj;
    Py_INCREF(obj);
    tai_frameobj_extra(obj)->live = f;
    PyObject *result = tai_eval(ts, f, throwing);
    tai_stack_pop(th, f);
    return result;
}

PyObject *PyEval_EvalFrameEx(PyFrameObject *f, int throwing)
{
    PyInterpreterState *interp = tai_interp();
    return interp->eval_frame(f, throwing);
}

PyObject *PyEval_EvalFrame(PyFrameObject *f) { return PyEval_EvalFrameEx(f, 0); }
