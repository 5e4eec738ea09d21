/* SPDX-License-Identifier: MIT */
/* generator: what the evaluator needs of generators, coroutines and asynchronous generators.
 *
 *   memory:  PyGenObject or PyCoroObject or PyAsyncGenObject | TaiFrame, slots
 *
 * gi_frame of the public struct is only filled when somebody asked for the frame object (it is the same as frame->object).
 */
#ifndef TAI_VM_GENERATOR_H
#define TAI_VM_GENERATOR_H

#include "vm/frame.h"

static inline TaiFrame *tai_gen_frame(PyGenObject *gen)
{
    size_t head = (size_t)Py_TYPE(gen)->tp_basicsize;
    return (TaiFrame *)((char *)gen + ((head + 15) & ~(size_t)15));
}
/* Over: returned, raised or closed. */
int tai_generator_has_ended(PyObject *gen); /* the same for other layers */
static inline int tai_gen_ended(PyGenObject *gen) { return tai_gen_frame(gen)->ended; }

/* The generator of the kind that f's code says; takes f over from the data stack. New, or NULL. */
PyObject *tai_generator_new(PyThreadState *ts, TaiFrame *f);
void tai_generator_set_names(PyObject *gen, PyObject *name, PyObject *qualname);

/* The frame of a generator, coroutine (or asynchronous generator) has ended with an exception: replace StopIteration
 * that escapes by RuntimeError. */
void tai_gen_fix_stop_iteration(PyGenObject *gen);

/* Tie exc_state of the generator into the thread's list, and untie it. */
static inline void tai_gen_link_exc(PyThreadState *ts, PyGenObject *gen)
{
    gen->gi_exc_state.previous_item = ts->exc_info;
    ts->exc_info = &gen->gi_exc_state;
}
static inline void tai_gen_unlink_exc(PyThreadState *ts, PyGenObject *gen)
{
    ts->exc_info = gen->gi_exc_state.previous_item;
    gen->gi_exc_state.previous_item = NULL;
}

/* The running generator has returned or raised: release what it holds. Runs code. */
void tai_gen_finished(PyGenObject *gen);

/* __aiter__/__anext__/__await__ of the evaluator; all new or NULL. */
PyObject *tai_get_aiter(PyObject *obj_borrowed);
PyObject *tai_get_anext(PyObject *aiter_borrowed);

int tai_generator_init(void);

#endif
