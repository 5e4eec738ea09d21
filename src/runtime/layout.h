/* SPDX-License-Identifier: MIT */
/* The process-wide runtime. Foreign modules and debuggers find it as _PyRuntime and read, some even write it by offset
 * (greenlet queues pending calls that way), so down to audit_hooks each field that can matter to them lies where
 * CPython 3.8 has it. The stretches that nobody outside can use are kept as space. Behind them comes what is ours alone.
 */
#ifndef TAI_RUNTIME_LAYOUT_H
#define TAI_RUNTIME_LAYOUT_H

#include "Python.h"

#define TAI_ATEXIT_MAX 32
#define TAI_PENDING_MAX 32 /* one place stays free */

typedef struct TaiAuditHook {
    struct TaiAuditHook *next;
    Py_AuditHookFunction function;
    void *data;
} TaiAuditHook;

/* Calls that wait for the main thread: a ring, [first, last), under `lock`. See gil.c. */
typedef struct {
    int finishing;           /* no more are taken */
    PyThread_type_lock lock;
    volatile int to_do;      /* the ring is not empty: set by foreign code, we count */
    int async_exc;           /* not used */
    struct {
        int (*func)(void *);
        void *arg;
    } calls[TAI_PENDING_MAX];
    int first, last;
} TaiPending;

/* Offsets in structs, by name: a number for each word of names. */
typedef struct {
    const char *names;
    const uint64_t *values;
} TaiDebugTable;
extern const TaiDebugTable tai_debug_table;

typedef struct {
    int preinitializing;
    int preinitialized;
    int core_initialized;
    int initialized;
    PyThreadState *finalizing; /* the thread that runs Py_FinalizeEx; others must not take the GIL any more */

    PyThread_type_lock heads_lock;
    PyInterpreterState *head, *main;
    int64_t next_id;         /* of interpreters; -1 before the first */
    PyThread_type_lock xid_lock;
    void *xid_space;
    unsigned long main_thread;
    void (*exit_functions[TAI_ATEXIT_MAX])(void);
    int exit_count;

    uint64_t gc_space[30];   /* the collector's state is in gc.c */
    int recursion_limit_space, tracing_space;
    volatile uint32_t eval_breaker; /* tai_eval_breaker, state.h */
    int gil_drop_space;
    TaiPending pending;
    int signals_space;
    uint64_t gil_space[26];  /* gil.c */

    int gilstate_check_enabled;
    PyThreadState *current;  /* tai_current, state.h */
    struct _frame *(*getframe)(PyThreadState *);
    PyInterpreterState *auto_interp;
    Py_tss_t auto_tss;       /* PyGILState: this thread's state */

    PyPreConfig preconfig;
    Py_OpenCodeHookFunction open_code;
    void *open_code_data;
    TaiAuditHook *audit_hooks;

    const TaiDebugTable *debug; /* for debuggers: vm/debug_table.c */
    int memory_ready;        /* allocators chosen */
} TaiRuntime;

#define TAI_RUNTIME_AT(field, offset) _Static_assert(offsetof(TaiRuntime, field) == (offset), "3.8 has " #field " elsewhere")
TAI_RUNTIME_AT(finalizing, 16);
TAI_RUNTIME_AT(head, 32);
TAI_RUNTIME_AT(main_thread, 72);
TAI_RUNTIME_AT(exit_count, 336);
TAI_RUNTIME_AT(gc_space, 344);
TAI_RUNTIME_AT(eval_breaker, 592);
TAI_RUNTIME_AT(pending.lock, 608);
TAI_RUNTIME_AT(pending.calls, 624);
TAI_RUNTIME_AT(pending.first, 1136);
TAI_RUNTIME_AT(gil_space, 1152);
TAI_RUNTIME_AT(current, 1368);
TAI_RUNTIME_AT(auto_tss, 1392);
TAI_RUNTIME_AT(preconfig, 1400);
TAI_RUNTIME_AT(audit_hooks, 1456);
TAI_RUNTIME_AT(debug, 1464);
#undef TAI_RUNTIME_AT

extern TaiRuntime _PyRuntime __attribute__((visibility("default")));
/* The same under a hidden name: a shared library need not look up its address. */
extern TaiRuntime tai_runtime __attribute__((visibility("hidden")));

#endif
