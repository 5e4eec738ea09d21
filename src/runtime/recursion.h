/* SPDX-License-Identifier: MIT */
/* Guards for native recursion (DESIGN 11): every C function that can recurse on data enters here.
 *
 * Two limits hold at once: the depth that sys.setrecursionlimit sets, shared with Python frames, and the address
 * of the C stack, which no setting can lift. Both end in RecursionError.
 */
#ifndef TAI_RUNTIME_RECURSION_H
#define TAI_RUNTIME_RECURSION_H

#include "runtime/state.h"

extern int _Py_CheckRecursionLimit;

/* Whether this runs below the thread's own C stack: on one that foreign code made, whose end is not known. */
int tai_on_other_stack(void);

/* Slow path: decides, and raises "maximum recursion depth exceeded<where>" (where may start with a space). */
NODISCARD int tai_recursion_check(PyThreadState *ts, const char *where);

/* Something was left while ts.overflowed is set. */
void tai_recursion_left(PyThreadState *ts);

void tai_recursion_raise(const char *where);

/* 0, or -1 with RecursionError; on 0 the caller owes a tai_leave_c(). */
NODISCARD static inline int tai_enter_c(const char *where)
{
    PyThreadState *ts = tai_tstate();
    if (LIKELY(++ts->recursion_depth <= _Py_CheckRecursionLimit) &&
        LIKELY((char *)__builtin_frame_address(0) > tai_thread(ts)->c_stack_limit))
        return 0;
    return tai_recursion_check(ts, where); /* takes the depth back on failure */
}

static inline void tai_leave_c(void)
{
    PyThreadState *ts = tai_tstate();
    --ts->recursion_depth;
    if (UNLIKELY(ts->overflowed))
        tai_recursion_left(ts);
}

/* For recursion whose depth is no business of sys.setrecursionlimit (an iterator that asks an iterator): 0, or -1 with
 * RecursionError when the C stack runs out. Nothing to leave. */
NODISCARD static inline int tai_need_stack(const char *where)
{
    if (LIKELY((char *)__builtin_frame_address(0) > tai_thread(tai_tstate())->c_stack_limit) || tai_on_other_stack())
        return 0;
    tai_recursion_raise(where);
    return -1;
}

/* The next item of an iterator, as its tp_iternext gives it. */
static inline PyObject *tai_next_item(PyObject *iter)
{
    return tai_need_stack(" while asking an iterator") < 0 ? NULL : Py_TYPE(iter)->tp_iternext(iter);
}

#endif
