/* SPDX-License-Identifier: MIT */
/* Counters of the virtual machine, and a record of the code objects that run (`-X tai-stats`, `-X tai-show=form`, module _taipan).
 *
 * Always counted: what happens on slow paths. What each instruction runs costs too much for that; `debug` builds count it,
 * and check the stack at every step while they are at it ([EXEC-2]).
 */
#ifndef TAI_VM_STATS_H
#define TAI_VM_STATS_H

#include "vm/frame.h"
#include "vm/ops.h"

typedef struct {
#define COUNTER(name, text) uint64_t name;
#include "defs/counter.def"
    uint64_t specialised[TAI_OP_COUNT]; /* by what an instruction became */
    uint64_t missed[TAI_OP_COUNT];      /* guards that failed, by what it was */
    uint64_t failed[256];               /* attempts that found no form, by plain instruction */
    uint64_t executed[TAI_OP_COUNT];    /* debug builds only */
} TaiStats;

extern TaiStats tai_stats;

/* The code objects whose forms were made since recording began: a list, or NULL while nothing is recorded. */
extern PyObject *tai_stats_forms;
void tai_stats_record_form(PyCodeObject *code); /* leaves no exception */

/* Print what is not zero, for `-X tai-stats`. */
void tai_stats_print(FILE *file);

/* A unit is about to run: count it, end the process with a message if the stack is not as it must be. */
void tai_stats_step(const TaiFrame *frame, const TaiUnit *pc, PyObject **sp);

#ifdef Py_DEBUG
#define TAI_STEP(frame, pc, sp) tai_stats_step(frame, pc, sp)
#else
#define TAI_STEP(frame, pc, sp) ((void)0)
#endif

#endif
