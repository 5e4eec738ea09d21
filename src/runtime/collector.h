/* SPDX-License-Identifier: MIT */
/* The collector's state, shared by runtime/gc.c (which collects) and modules/gc.c (which shows and sets it). */
#ifndef TAI_RUNTIME_COLLECTOR_H
#define TAI_RUNTIME_COLLECTOR_H

#include "runtime/gc.h"

#define TAI_GENERATIONS 3

enum {
    TAI_GC_DEBUG_STATS = 1,
    TAI_GC_DEBUG_COLLECTABLE = 2,
    TAI_GC_DEBUG_UNCOLLECTABLE = 4,
    TAI_GC_DEBUG_SAVEALL = 32,
    TAI_GC_DEBUG_LEAK = 38,
};

typedef struct {
    int enabled;
    int debug;
    int collecting;                /* a collection is running: no second one */
    int stress;                    /* 0, or N: every Nth allocation asks for a collection, whatever is released meanwhile */
    int threshold[TAI_GENERATIONS];
    int count[TAI_GENERATIONS];    /* [0]: allocations minus releases; [n]: collections of generation n-1 */
    struct {
        Py_ssize_t collections, collected, uncollectable;
    } stats[TAI_GENERATIONS];
    PyObject *garbage;             /* list or NULL */
    PyObject *callbacks;           /* list or NULL */
    Py_ssize_t long_lived_total;   /* survivors of the last full collection */
    Py_ssize_t long_lived_pending; /* moved to the oldest generation since */
} TaiCollector;

extern TaiCollector tai_gc;

PyGC_Head *tai_gc_generation(int n);
PyGC_Head *tai_gc_permanent(void);
Py_ssize_t tai_gc_list_size(PyGC_Head *list);
void tai_gc_list_merge(PyGC_Head *from, PyGC_Head *to); /* appends, empties from */
/* Collect generation n and the younger ones with the callbacks. Number of unreachable objects. Runs code. */
Py_ssize_t tai_gc_collect_generation(int n);
/* Collect what the counts say is due, if automatic collection is on. Runs code. */
void tai_gc_collect_due(void);
/* Begin (n > 0) or end (0) to collect at every nth allocation: at the next step of the evaluator ([GCC-3]), every sixteenth time
 * all generations. For finding what is released, tracked or borrowed wrongly. */
void tai_gc_stress(int n);
void tai_gc_fini(void);
void tai_gc_dump_shutdown_stats(void);
PyAPI_FUNC(PyObject *) _PyGC_Dump(void);

#endif
