/* SPDX-License-Identifier: MIT */
/* Runtime, interpreter and thread state.
 *
 * PyThreadState is ABI (264 bytes, see include/cpython/pystate.h); TaiThread puts it first and adds what is ours.
 * PyInterpreterState and the runtime are private and free to change.
 *
 * [STATE-1] tai_current is the thread that holds the GIL, NULL while nobody does.
 * [STATE-2] Every PyThreadState is the head of a TaiThread: tai_thread(ts) is a cast.
 * [STATE-3] ts.frame is only a mirror: it is brought up to date when a PyFrameObject is asked for
 *           (tai_frame_materialize) and by C code that runs frames of its own; the evaluator's truth is
 *           TaiThread.frame.
 */
#ifndef TAI_RUNTIME_STATE_H
#define TAI_RUNTIME_STATE_H

#include "Python.h"
#include "frameobject.h"

#define NODISCARD __attribute__((warn_unused_result))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

typedef struct TaiFrame TaiFrame; /* vm/frame.h */

typedef struct TaiThread {
    PyThreadState ts;

    TaiFrame *frame;           /* innermost Python activation, or NULL */
    char *stack_chunk;         /* current chunk of the data stack (vm/frame.c owns it) */
    char *stack_top;           /* next free byte in it */
    char *stack_end;           /* one past its last byte */

    char *c_stack_limit;       /* C code must not recurse below this address (runtime/recursion.h) */
    char *c_stack_base;        /* highest address seen for this thread */

    struct TaiThread *wait_next; /* GIL queue link */
    PyObject *datetime_cache;  /* reserved for natives that keep a per-thread cache */
} TaiThread;

/* One interpreter. Owned by runtime/; other layers use accessors or the fields named here. */
struct _is {
    struct _is *next;
    struct _ts *tstate_head;
    int64_t id;
    int64_t id_refcount;
    int requires_idref;
    int finalizing;

    PyObject *modules;         /* sys.modules */
    PyObject *modules_by_index;
    PyObject *sysdict;
    PyObject *builtins;        /* dict of the builtins module */
    PyObject *builtins_copy;   /* what it held when it was made */
    PyObject *importlib;
    PyObject *import_func;     /* builtins.__import__ as first set: IMPORT_NAME may bypass it */
    PyObject *dict;            /* PyInterpreterState_GetDict */

    PyObject *codec_search_path;
    PyObject *codec_search_cache;
    PyObject *codec_error_registry;
    int codecs_initialized;
    struct {
        char *encoding;        /* of the file system, utf-8 spelling or NULL */
        char *errors;
        int utf8;
        _Py_error_handler error_handler;
    } fs_codec;

    struct {                   /* warnings: see runtime/warnings.c */
        PyObject *filters;
        PyObject *once_registry;
        PyObject *default_action;
        long filters_version;
    } warnings;

    PyConfig config;
    PyObject *before_forkers;
    PyObject *after_forkers_parent;
    PyObject *after_forkers_child;
    void (*pyexitfunc)(PyObject *);
    PyObject *pyexitmodule;
    PyObject *audit_hooks;     /* list, or NULL */
    PyObject *(*eval_frame)(struct _frame *, int); /* PEP 523; NULL means ours */
    PyObject *pyexc_recursion; /* RecursionError instance kept for when nothing can be made */
    uint64_t tstate_next_unique_id;
    freefunc co_extra_freefuncs[255]; /* _PyEval_RequestCodeExtraIndex */
    Py_ssize_t co_extra_user_count;
};

extern PyThreadState *tai_current;     /* [STATE-1]; always valid to read with the GIL held */

static inline PyThreadState *tai_tstate(void) { return tai_current; }
static inline TaiThread *tai_thread(PyThreadState *ts) { return (TaiThread *)ts; }
static inline PyInterpreterState *tai_interp(void) { return tai_current->interp; }

/* The evaluator looks at this one word at loop edges and calls; non-zero: call tai_eval_break(). Bits below. */
extern volatile uint32_t tai_eval_breaker;
enum {
    TAI_BREAK_GIL = 1,      /* another thread waits for the GIL */
    TAI_BREAK_SIGNAL = 2,   /* a signal is pending (main thread handles it) */
    TAI_BREAK_CALLS = 4,    /* Py_AddPendingCall has entries */
    TAI_BREAK_ASYNC = 8,    /* PyThreadState_SetAsyncExc for some thread */
    TAI_BREAK_GC = 16,      /* a collection was asked for */
};
/* Set or clear bits; safe from signal handlers and threads without the GIL. */
void tai_eval_break_set(uint32_t bits);
void tai_eval_break_clear(uint32_t bits);
/* Handle what is pending: signals, pending calls, GIL hand-over, asynchronous exceptions. 0, or -1 with an
 * exception. Runs code. */
NODISCARD int tai_eval_break(PyThreadState *ts);

#endif
