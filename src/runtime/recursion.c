/* SPDX-License-Identifier: MIT */
/* The recursion limits; see recursion.h. The depth limit is one for the process, as in CPython. */
#include "runtime/recursion.h"

#define DEFAULT_LIMIT 1000
#define HEADROOM 50 /* frames beyond the limit that handlers of RecursionError may use */

static int limit = DEFAULT_LIMIT;
int _Py_CheckRecursionLimit = DEFAULT_LIMIT;

int Py_GetRecursionLimit(void)
{
    return limit;
}

void Py_SetRecursionLimit(int new_limit)
{
    limit = _Py_CheckRecursionLimit = new_limit;
}

void tai_recursion_raise(const char *where)
{
    PyErr_Format(PyExc_RecursionError, "maximum recursion depth exceeded%s", where);
}

int tai_on_other_stack(void)
{
    return (char *)__builtin_frame_address(0) < tai_thread(tai_tstate())->c_stack_end;
}

int tai_recursion_check(PyThreadState *ts, const char *where)
{
    if ((char *)__builtin_frame_address(0) <= tai_thread(ts)->c_stack_limit && !tai_on_other_stack()) {
        --ts->recursion_depth;
        ts->overflowed |= 1;
        tai_recursion_raise(where);
        return -1;
    }
    if (ts->recursion_critical || ts->recursion_depth <= limit)
        return 0;
    if (ts->overflowed & 1) {
        if (ts->recursion_depth > limit + HEADROOM)
            Py_FatalError("Cannot recover from stack overflow.");
        return 0;
    }
    --ts->recursion_depth;
    ts->overflowed |= 1;
    tai_recursion_raise(where);
    return -1;
}

void tai_recursion_left(PyThreadState *ts)
{
    if (ts->recursion_depth < (limit > 200 ? limit - 50 : 3 * (limit >> 2)))
        ts->overflowed &= ~1;
}

int _Py_CheckRecursiveCall(const char *where)
{
    PyThreadState *ts = tai_current;
    _Py_CheckRecursionLimit = limit;
    return tai_recursion_check(ts, where);
}
