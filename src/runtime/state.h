/* SPDX-License-Identifier: MIT */
/* Runtime, interpreter and thread state.
 *
 * PyThreadState is ABI (264 bytes, see include/cpython/pystate.h); TaiThread puts it first and adds what is ours.
 * PyInterpreterState and the runtime are private and free to change.
 *
 * [STATE-1] tai_current is the thread that holds the GIL, NULL while nobody does.
 * [STATE-2] Every PyThreadState is the head of a TaiThread: tai_thread(ts) is a cast.
 * [STATE-3] ts.frame is for foreign code only, and exact from PyThreadState_Get() until Python code runs on; else NULL.
 *           What foreign code puts there instead counts: see vm/stack_switch.c. The evaluator's truth is TaiThread.frame.
 */
#ifndef TAI_RUNTIME_STATE_H
#define TAI_RUNTIME_STATE_H

#include "Python.h"
#include "frameobject.h"
#include "runtime/layout.h"

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
    struct {                   /* what PyThreadState_Get() told foreign code (vm/stack_switch.c) */
        int open;              /* the window: the three fields above say "no chunk, no room", these the truth */
        PyFrameObject *object; /* value of ts.frame, borrowed */
        TaiFrame *frame;       /* activation it stands for */
        char *chunk, *top, *end;
    } told;
    char *spare_chunk;         /* an empty chunk that a finished stack left, or NULL */

    char *c_stack_limit;       /* C code must not recurse below this address (runtime/recursion.h) */
    char *c_stack_end;         /* lowest address of this thread's stack: what is below is another stack */
    char *c_stack_base;        /* highest address seen for this thread */

    struct TaiThread *wait_next; /* GIL queue link */
    PyObject *datetime_cache;  /* reserved for natives that keep a per-thread cache */
    int foreign_tracer;        /* a tracer or profiler of foreign code is set: frames are shown with their values */
} TaiThread;

/* The thread state is shown to foreign code, which may follow or change its frame (vm/stack_switch.c). */
void tai_stack_tell(TaiThread *th);

/* PyEval_SetTrace and PyEval_SetProfile for tracers of ours, which look at frames through functions (vm/tracing.c). */
void tai_set_trace(Py_tracefunc func, PyObject *arg);
void tai_set_profile(Py_tracefunc func, PyObject *arg);

/* One interpreter. Owned by runtime/; other layers use accessors or the fields named here. Order and sizes are those of 3.8's
 * internal header down to audit_hooks: debuggers store into eval_frame (PEP 523 has no function for that yet). */
struct _is {
    struct _is *next;
    struct _ts *tstate_head;
    int64_t id;
    int64_t id_refcount;
    int requires_idref;
    PyThread_type_lock id_mutex;   /* not used: the GIL guards the count */
    int finalizing;

    PyObject *modules;         /* sys.modules */
    PyObject *modules_by_index;
    PyObject *sysdict;
    PyObject *builtins;        /* dict of the builtins module */
    PyObject *importlib;
    int check_interval;        /* these three: only their place counts */
    long num_threads;
    size_t pythread_stacksize;

    PyObject *codec_search_path;
    PyObject *codec_search_cache;
    PyObject *codec_error_registry;
    int codecs_initialized;
    struct {
        char *encoding;        /* of the file system, utf-8 spelling or NULL */
        char *errors;
        _Py_error_handler error_handler;
        int utf8;
    } fs_codec;
    PyConfig config;
    int dlopenflags;           /* only its place counts */

    PyObject *dict;            /* PyInterpreterState_GetDict */
    PyObject *builtins_copy;   /* what builtins held when it was made */
    PyObject *import_func;     /* builtins.__import__ as first set: IMPORT_NAME may bypass it */
    PyObject *(*eval_frame)(struct _frame *, int); /* PEP 523; see tai_eval_hooked */
    Py_ssize_t co_extra_user_count;
    freefunc co_extra_freefuncs[255]; /* _PyEval_RequestCodeExtraIndex */
    PyObject *before_forkers;
    PyObject *after_forkers_parent;
    PyObject *after_forkers_child;
    void (*pyexitfunc)(PyObject *);
    PyObject *pyexitmodule;
    uint64_t tstate_next_unique_id;
    struct {                   /* warnings: see runtime/warnings.c */
        PyObject *filters;
        PyObject *once_registry;
        PyObject *default_action;
        long filters_version;
    } warnings;
    PyObject *audit_hooks;     /* list, or NULL */

    PyObject *pyexc_recursion; /* RecursionError instance kept for when nothing can be made */
};
_Static_assert(offsetof(struct _is, modules) == 56 && offsetof(struct _is, config) == 176 && offsetof(struct _is, eval_frame) == 568 &&
                   offsetof(struct _is, co_extra_freefuncs) == 584 && offsetof(struct _is, audit_hooks) == 2704,
               "layout of 3.8's PyInterpreterState");

/* Whether the id is that of a thread with a thread state. */
int tai_is_thread(unsigned long id);

#define tai_current (tai_runtime.current) /* [STATE-1]; always valid to read with the GIL held */

static inline PyThreadState *tai_tstate(void) { return tai_current; }
static inline TaiThread *tai_thread(PyThreadState *ts) { return (TaiThread *)ts; }
static inline PyInterpreterState *tai_interp(void) { return tai_current->interp; }

/* Some interpreter's eval_frame is not ours: calls go through tai_run_hooked(). A hook is set by a mere store, so we look for one where
 * C code calls Python code, and at the next break after a PyThreadState_Get(). */
extern int tai_eval_hooked;
void tai_eval_look_for_hook(void);

/* The innermost activation. Foreign code may have switched stacks since this thread last looked. */
void tai_stack_sync(TaiThread *th);
static inline TaiFrame *tai_thread_frame(PyThreadState *ts)
{
    TaiThread *th = tai_thread(ts);
    if (UNLIKELY(th->told.open) && th->ts.frame != th->told.object)
        tai_stack_sync(th);
    return th->frame;
}

/* The evaluator looks at this one word at loop edges and calls; non-zero: call tai_eval_break(). Bits below. */
#define tai_eval_breaker (tai_runtime.eval_breaker)
enum {
    TAI_BREAK_FOREIGN = 1,  /* all that foreign code ever stores, over whatever was there: look at everything */
    TAI_BREAK_GIL = 64,     /* another thread waits for the GIL */
    TAI_BREAK_SIGNAL = 2,   /* a signal is pending (main thread handles it) */
    TAI_BREAK_CALLS = 4,    /* Py_AddPendingCall has entries */
    TAI_BREAK_ASYNC = 8,    /* PyThreadState_SetAsyncExc for some thread */
    TAI_BREAK_GC = 16,      /* a collection was asked for */
    TAI_BREAK_HOOK = (int)(1u << 31), /* native code asked for the thread state: it may have set eval_frame */
};
/* TAI_BREAK_HOOK has a byte of its own, which only the holder of the GIL writes: no need for a locked instruction. */
static inline void tai_eval_break_hook(int on)
{
    volatile uint8_t *byte = (volatile uint8_t *)&tai_eval_breaker + (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 3 : 0);
    if (!on || *byte == 0) /* reading the whole soon after a part was written is slow */
        *byte = on ? 0x80 : 0;
}
/* Set or clear bits; safe from signal handlers and threads without the GIL. */
void tai_eval_break_set(uint32_t bits);
void tai_eval_break_clear(uint32_t bits);
/* Handle what is pending: signals, pending calls, GIL hand-over, asynchronous exceptions. 0, or -1 with an
 * exception. Runs code. */
NODISCARD int tai_eval_break(PyThreadState *ts);

#endif
