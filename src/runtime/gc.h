/* SPDX-License-Identifier: MIT */
/* The collector's header before each tracked object, and the inline operations on it.
 *
 *   memory:  PyGC_Head { _gc_next, _gc_prev } | PyObject ...
 *
 * [GC-1] _gc_next == 0 means untracked. Bit 0 of _gc_prev: finalized (PEP 442); bit 1: being collected.
 * [GC-2] A tracked object is on the list of exactly one generation; new ones go on tai_gc_young.
 * [GC-3] An object is tracked only after all fields that tp_traverse reads are set.
 */
#ifndef TAI_RUNTIME_GC_H
#define TAI_RUNTIME_GC_H

#include "Python.h"
#include <assert.h>

extern PyGC_Head tai_gc_young; /* sentinel of the youngest generation */

#define TAI_GC_FINALIZED 1
#define TAI_GC_COLLECTING 2
#define TAI_GC_PREV_MASK (~(uintptr_t)3)

static inline PyGC_Head *tai_gc_head(const void *op) { return (PyGC_Head *)op - 1; }
static inline int tai_gc_is_tracked(const void *op) { return tai_gc_head(op)->_gc_next != 0; }

static inline void tai_gc_track(void *op)
{
    PyGC_Head *gc = tai_gc_head(op), *last = (PyGC_Head *)(tai_gc_young._gc_prev);
    assert(gc->_gc_next == 0);
    last->_gc_next = (uintptr_t)gc;
    gc->_gc_prev = (gc->_gc_prev & TAI_GC_FINALIZED) | (uintptr_t)last;
    gc->_gc_next = (uintptr_t)&tai_gc_young;
    tai_gc_young._gc_prev = (uintptr_t)gc;
}

static inline void tai_gc_untrack(void *op)
{
    PyGC_Head *gc = tai_gc_head(op);
    PyGC_Head *prev = (PyGC_Head *)(gc->_gc_prev & TAI_GC_PREV_MASK), *next = (PyGC_Head *)gc->_gc_next;
    assert(next != NULL);
    prev->_gc_next = (uintptr_t)next;
    next->_gc_prev = (next->_gc_prev & ~TAI_GC_PREV_MASK) | (uintptr_t)prev;
    gc->_gc_next = 0;
    gc->_gc_prev &= TAI_GC_FINALIZED;
}

static inline void tai_gc_untrack_if(void *op)
{
    if (tai_gc_is_tracked(op))
        tai_gc_untrack(op);
}

void tai_gc_postpone(void); /* no automatic collection until ... */
void tai_gc_settle(void);   /* ... what there is now counts as old */

#endif
