/* SPDX-License-Identifier: MIT */
/* The process-wide runtime: one per process, shared by all interpreters.
 *
 * The structure itself is in layout.h. Its fields are protected by the GIL, except heads (heads_lock) and what says otherwise.
 */
#ifndef TAI_RUNTIME_RUNTIME_H
#define TAI_RUNTIME_RUNTIME_H

#include "Python.h"
#include "runtime/state.h"

PyStatus tai_runtime_init(void);     /* idempotent */
PyStatus tai_runtime_after_fork(void);

/* state.c */
void tai_gilstate_init(PyInterpreterState *interp, PyThreadState *ts);
void tai_gilstate_fini(void);
void tai_state_delete_other_threads(PyThreadState *keep);
void tai_state_delete_other_interpreters(void);
void tai_thread_check_stack(PyThreadState *ts);

PyAPI_FUNC(void) _PyThreadState_Init(void *runtime, PyThreadState *ts);

/* gil.c */
void tai_gil_create(void);
void tai_gil_take(PyThreadState *ts);  /* sets tai_current */
void tai_gil_drop(PyThreadState *ts);
void tai_gil_after_fork(void);
void tai_gil_finish_pending(void);     /* run what is left, at exit */

/* audit.c: true if somebody listens */
int tai_audit_active(void);
void tai_audit_clear(void);

PyAPI_FUNC(void) _PyInterpreterState_IDIncref(PyInterpreterState *);
PyAPI_FUNC(void) _PyInterpreterState_IDDecref(PyInterpreterState *);
PyAPI_FUNC(int) _PyInterpreterState_IDInitref(PyInterpreterState *);
PyAPI_FUNC(PyInterpreterState *) _PyInterpreterState_LookUpID(int64_t);

#endif
