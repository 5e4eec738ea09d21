/* SPDX-License-Identifier: MIT */
/* Foreign code that switches C stacks (greenlet), and what it sees of the thread state.
 *
 * greenlet copies parts of the C stack away and back, and changes frame, recursion_depth, exc_info and context of the
 * PyThreadState along. The evaluator's registers live on the C stack and follow by themselves; the chain of activations and
 * the data stack, which are ours, must follow too. What we know: who switches asks PyThreadState_Get(), reads ts.frame, and
 * stores another frame (or NULL, for a stack that starts) in its place afterwards. So:
 *
 *   tell   PyThreadState_Get() puts the frame object of the innermost activation into ts.frame, and where the data stack
 *          stands into that object. Then it takes the thread's chunk and room away: the window is open.
 *   sync   Whoever needs the data stack next (a call, a return, a reader of the frame) finds no room and comes here. If
 *          ts.frame is as we left it, nothing happened, and the window closes. If another frame is there whose activation
 *          runs, its stack is the current one; if NULL, a new stack starts.
 *
 * Calls that never meet foreign code pay nothing for this.
 *
 * [SWITCH-1] While the window is open stack_chunk and stack_end are NULL, told.chunk, .top and .end are the truth, and
 *            nothing is pushed or popped. The bit TAI_LOOK in ts.overflowed brings returns here (it may get lost: foreign
 *            macros clear that byte; then the next push does, or the return from a frame that has an object).
 * [SWITCH-2] ts.frame is not NULL and ours only while the window is open: it cannot outlive its activation.
 * [SWITCH-3] A frame of a foreign type, or one that runs nothing, is somebody's own business: the stack stays.
 * A stack that is never switched to again is lost, and so is all that its frames hold, but for the innermost one: greenlet
 * releases the reference to its frame object that it took over from ts.frame (tai_stack_abandon). So it is in CPython.
 * Tests: tests/capi/test_stack_switch.py, tests/wheels/test_wheels.py, greenlet's own.
 */
#include "vm/frame.h"
#include <stdlib.h>

/* The frame object of f; a pending exception stays. Runs no code: whoever asked is in the middle of things. */
static PyFrameObject *object_of(TaiFrame *f)
{
    if (f->object != NULL)
        return f->object;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyFrameObject *obj = tai_frame_object(f);
    PyErr_Restore(type, value, traceback);
    return obj;
}

void tai_stack_tell(TaiThread *th)
{
    tai_stack_sync(th);
    TaiFrame *f = th->frame;
    if (th->ts.frame == NULL && f != NULL && (th->ts.frame = object_of(f)) != NULL)
        th->ts.frame->f_executing = (char)f->executing;
    th->told.object = th->ts.frame;
    th->told.frame = f;
    th->told.chunk = th->stack_chunk;
    th->told.top = th->stack_top;
    th->told.end = th->stack_end;
    if (f != NULL && f->object != NULL) {
        TaiFrameExtra *extra = tai_frameobj_extra(f->object);
        extra->stack_chunk = th->stack_chunk;
        extra->stack_top = th->stack_top;
        extra->stack_end = th->stack_end;
    }
    th->stack_chunk = th->stack_end = NULL;
    th->ts.overflowed |= TAI_LOOK;
    th->told.open = 1;
}

/* The stack that was current has no activation: keep its chunk for the next one, if that is all it has. */
static void leave_stack(TaiThread *th)
{
    if (th->told.frame == NULL && th->told.chunk != NULL && tai_stack_is_empty(th->told.chunk, th->told.top)) {
        if (th->spare_chunk == NULL)
            th->spare_chunk = th->told.chunk;
        else
            tai_stack_free_chunk(th->told.chunk);
    }
}

void tai_stack_sync(TaiThread *th)
{
    if (!th->told.open)
        return;
    PyFrameObject *now = th->ts.frame;
    TaiFrame *live = NULL;
    th->told.open = 0;
    th->ts.overflowed &= ~TAI_LOOK;
    th->stack_chunk = th->told.chunk;
    th->stack_top = th->told.top;
    th->stack_end = th->told.end;
    if (now != NULL) {
        if (now == th->told.object) {
            if (th->told.frame != NULL && th->told.frame->object == now)
                th->ts.frame = NULL; /* [SWITCH-2] */
            return;
        }
        live = Py_TYPE(now) == &PyFrame_Type ? tai_frameobj_live(now) : NULL;
        if (live == NULL || !live->executing)
            return; /* [SWITCH-3] */
        th->ts.frame = NULL;
        if (live == th->told.frame)
            return;
    }
    else if (th->told.object == NULL)
        return;
    if (th->frame == th->told.frame) /* else the evaluator has moved on already, on the new stack */
        th->frame = live;
    leave_stack(th);
    if (live != NULL) {
        TaiFrameExtra *extra = tai_frameobj_extra(now);
        th->stack_chunk = extra->stack_chunk;
        th->stack_top = extra->stack_top;
        th->stack_end = extra->stack_end;
    }
    else
        th->stack_chunk = th->stack_top = th->stack_end = NULL;
}

static int runs_here(const TaiFrame *f)
{
    for (TaiFrame *g = tai_current ? tai_thread_frame(tai_current) : NULL; g != NULL; g = g->back)
        if (g == f)
            return 1;
    return 0;
}

void tai_stack_abandon(TaiFrame *f)
{
    TaiFrameExtra *extra = tai_frameobj_extra(f->object);
    char *chunk = extra->stack_chunk;
    f->object = NULL;
    if (chunk == NULL || f->gen != NULL || !f->executing || runs_here(f))
        return;
    int alone = f->back == NULL && tai_stack_is_empty(chunk, (char *)f);
    tai_frame_clear(f);
    if (alone)
        tai_stack_free_chunk(chunk);
}
