/* SPDX-License-Identifier: MIT */
/* Instructions that specialise themselves: what they become, by what they see. */
#ifndef TAI_VM_SPECIALISE_H
#define TAI_VM_SPECIALISE_H

#include "vm/frame.h"
#include "objects/object.h"

/* Where the operands of a fused instruction come from; the order is that of the suffixes in instructions/ops.def. */
enum OperandMode { MODE_SS, MODE_SL, MODE_SC, MODE_LL, MODE_LC, MODE_CL, MODE_SSX, MODE_LLX, MODE_LCX };

enum {
    HEAT_FIRST = 2,    /* executions before the first attempt */
    HEAT_AGAIN = 40,   /* before the next, after a failure */
    HEAT_MISSES = 24,  /* misses before a specialised instruction is given up */
    HEAT_ATTEMPTS = 3, /* failures after which an instruction stays plain */
};

/* The plain instruction of unit is about to run on the stack below sp: make it a specialised one if that pays.
 * Runs no Python code, leaves no exception. */
void tai_specialise(TaiFrame *f, TaiUnit *unit, PyObject **sp);

/* The guard of a specialised instruction failed: count, and after too many go back to ADAPT, with what is fused around. */
void tai_specialise_miss(TaiExec *exec, TaiUnit *unit);

/* Some bits of the address of a type: what fits into the cache word of a unit. */
static inline uint16_t tai_type_tag(PyTypeObject *type) { return (uint16_t)((uintptr_t)type >> 4); }

/* Is there a FOR_ITER for iterators of that very type? */
static inline int tai_has_for_form(PyTypeObject *type)
{
    return type == &PyListIter_Type || type == &PyTupleIter_Type || type == &PyRangeIter_Type || type == &PyGen_Type;
}

/* unit stayed plain after too many failures and has now met operands for which there is a form: it becomes ADAPT again. */
void tai_specialise_again(TaiExec *exec, TaiUnit *unit);

/* Comparison in a COMPARE_x_JUMP: bit 0 less, 1 equal, 2 greater, 3 unordered; set where the jump is taken. */

/* Release what specialised instructions keep; for a form that will not run any more. */
void tai_exec_let_go(TaiExec *exec);

#endif
