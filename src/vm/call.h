/* SPDX-License-Identifier: MIT */
/* Calling Python code: from arguments to an activation. */
#ifndef TAI_VM_CALL_H
#define TAI_VM_CALL_H

#include "vm/frame.h"

/* Arguments and defaults for a code object; all borrowed. Keyword i is kwnames[i * kwstep] = kwvalues[i * kwstep]. */
typedef struct TaiArguments {
    PyObject *const *args;
    Py_ssize_t nargs;
    PyObject *const *kwnames;
    PyObject *const *kwvalues;
    Py_ssize_t nkw;
    int kwstep;
    PyObject *const *defaults;
    Py_ssize_t ndefaults;
    PyObject *kwdefaults;  /* dict or NULL */
    PyObject *closure;     /* tuple or NULL */
} TaiArguments;

/* A frame for func, ready to run, on the data stack; NULL with an exception. kwnames: tuple or NULL, its values stand behind
 * the nargs positional ones. Arguments borrowed. */
NODISCARD TaiFrame *tai_frame_for_call(TaiThread *th, PyFunctionObject *func, PyObject *const *args, Py_ssize_t nargs,
                                       PyObject *kwnames);

/* The same for f(*args, **kwargs): args a tuple, kwargs a dict or NULL. */
NODISCARD TaiFrame *tai_frame_for_call_ex(TaiThread *th, PyFunctionObject *func, PyObject *args, PyObject *kwargs);

/* The evaluator: runs f, which is on nobody's chain yet. throwing: raise the current exception at its pc.
 * Result new, NULL with an exception. On return a generator's frame is suspended (!ended) or over; any other is cleared
 * but its memory is the caller's to pop. Runs code. */
PyObject *tai_eval(PyThreadState *ts, TaiFrame *f, int throwing);

/* Frame of a function with EXEC_PLAIN and as many arguments as parameters, or fewer with defaults for the rest: func and args
 * are stolen. The caller has checked that the closure fits (tai_closure_fits). */
NODISCARD static inline TaiFrame *tai_push_plain(TaiThread *th, PyFunctionObject *func, TaiExec *exec, PyObject **args,
                                                 Py_ssize_t nargs, TaiFrame *caller)
{
    TaiFrame *f = tai_stack_push(th, exec);
    if (UNLIKELY(f == NULL))
        return NULL;
    PyObject *builtins = tai_builtins_of(func->func_globals, caller);
    if (UNLIKELY(builtins == NULL)) {
        tai_stack_pop(th, f);
        return NULL;
    }
    tai_frame_init(f, exec, (PyObject *)func, func->func_globals, builtins);
    PyObject **slot = f->slots, **end = slot + exec->code->co_nlocals;
    for (Py_ssize_t i = 0; i < nargs; i++)
        *slot++ = args[i];
    if (UNLIKELY((uint32_t)nargs < exec->nargs)) {
        PyTupleObject *defaults = (PyTupleObject *)func->func_defaults;
        PyObject **from = defaults->ob_item + Py_SIZE(defaults) - (exec->nargs - (uint32_t)nargs);
        for (uint32_t i = (uint32_t)nargs; i < exec->nargs; i++) {
            Py_INCREF(*from);
            *slot++ = *from++;
        }
    }
    while (slot < end)
        *slot++ = NULL;
    end = f->slots + exec->nslots;
    if (slot < end) {
        PyObject **cells = ((PyTupleObject *)func->func_closure)->ob_item;
        while (slot < end) {
            PyObject *cell = *cells++;
            Py_INCREF(cell);
            *slot++ = cell;
        }
    }
    return f;
}

/* EXEC_PLAIN code: its free variables are those of the function? */
static inline int tai_closure_fits(const PyFunctionObject *func, const TaiExec *exec)
{
    Py_ssize_t nfree = (Py_ssize_t)exec->nslots - exec->code->co_nlocals;
    return nfree == 0 || (func->func_closure != NULL && PyTuple_GET_SIZE(func->func_closure) >= nfree);
}

/* Can func be called with nargs positional arguments by tai_push_plain? */
static inline int tai_plain_fits(const PyFunctionObject *func, const TaiExec *exec, Py_ssize_t nargs)
{
    if (!(exec->flags & EXEC_PLAIN) || !tai_closure_fits(func, exec))
        return 0;
    Py_ssize_t lacking = (Py_ssize_t)exec->nargs - nargs;
    return lacking == 0 || (lacking > 0 && func->func_defaults != NULL && PyTuple_GET_SIZE(func->func_defaults) >= lacking);
}

/* The same as tai_eval through the interpreter's PEP 523 hook. While there is one (tai_eval_hooked) no activation is pushed
 * directly. */
PyObject *tai_run_hooked(PyThreadState *ts, TaiFrame *f, int throwing);

#endif
