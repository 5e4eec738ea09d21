/* SPDX-License-Identifier: MIT */
/* The global interpreter lock, the evaluator's break word, and pending calls.
 *
 * The lock is a flag under a mutex. Who waits for it sleeps on `freed`; when the switch interval passes without the
 * lock having changed hands, it sets TAI_BREAK_GIL, and the holder gives way at its next check. After such a request
 * the holder waits on `switched` until somebody else really had the lock.
 *
 * [GIL-1] tai_current is written only by the thread that holds the lock.
 * [GIL-2] Once the runtime finalizes, only the finalizing thread gets the lock; others end in take().
 * Tests: tests/runtime/test_thread.py
 */
#include "runtime/runtime.h"
#include "runtime/collector.h"
#include "runtime/signals.h"
#include "runtime/exported.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

static struct {
    pthread_mutex_t mutex;
    pthread_cond_t freed, switched;
    int exists;
    int locked;
    PyThreadState *last_holder;
    unsigned long switches;
    unsigned long interval; /* microseconds */
    int waiters;
} gil = {.interval = 5000};

void tai_eval_break_set(uint32_t bits) { __atomic_fetch_or(&tai_eval_breaker, bits, __ATOMIC_SEQ_CST); }
void tai_eval_break_clear(uint32_t bits) { __atomic_fetch_and(&tai_eval_breaker, ~bits, __ATOMIC_SEQ_CST); }

static void init_primitives(void)
{
    pthread_condattr_t attr;
    pthread_mutex_init(&gil.mutex, NULL);
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_cond_init(&gil.freed, &attr);
    pthread_cond_init(&gil.switched, &attr);
    pthread_condattr_destroy(&attr);
    gil.locked = 0;
    gil.waiters = 0;
    gil.last_holder = NULL;
    gil.exists = 1;
}

void tai_gil_create(void)
{
    tai_runtime.pending.finishing = 0;
    if (!gil.exists)
        init_primitives();
}

static struct timespec after_interval(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_nsec += (long)(gil.interval % 1000000) * 1000;
    t.tv_sec += (time_t)(gil.interval / 1000000) + t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

static void leave_if_finalizing(PyThreadState *ts)
{
    if (tai_runtime.finalizing != NULL && tai_runtime.finalizing != ts) {
        PyThread_exit_thread();
    }
}

void tai_gil_take(PyThreadState *ts)
{
    int saved_errno = errno;
    leave_if_finalizing(ts);
    if (!gil.exists)
        init_primitives();
    pthread_mutex_lock(&gil.mutex);
    gil.waiters++;
    while (gil.locked) {
        unsigned long seen = gil.switches;
        struct timespec until = after_interval();
        int r = pthread_cond_timedwait(&gil.freed, &gil.mutex, &until);
        if (r == ETIMEDOUT && gil.locked && gil.switches == seen)
            tai_eval_break_set(TAI_BREAK_GIL);
    }
    gil.waiters--;
    gil.locked = 1;
    if (gil.last_holder != ts) {
        gil.last_holder = ts;
        gil.switches++;
    }
    tai_eval_break_clear(TAI_BREAK_GIL);
    pthread_cond_signal(&gil.switched);
    pthread_mutex_unlock(&gil.mutex);
    if (tai_runtime.finalizing != NULL && tai_runtime.finalizing != ts) {
        tai_gil_drop(NULL);
        PyThread_exit_thread();
    }
    tai_current = ts;
    if (ts != NULL) {
        tai_thread_check_stack(ts);
        if (ts->async_exc != NULL)
            tai_eval_break_set(TAI_BREAK_ASYNC);
    }
    errno = saved_errno;
}

/* ts may be NULL: then nobody waits for a successor. */
void tai_gil_drop(PyThreadState *ts)
{
    tai_current = NULL;
    pthread_mutex_lock(&gil.mutex);
    gil.locked = 0;
    if (gil.waiters)
        pthread_cond_signal(&gil.freed);
    if (ts != NULL && (tai_eval_breaker & TAI_BREAK_GIL) && gil.waiters && tai_runtime.finalizing == NULL) {
        /* asked to give way: see that it happens */
        unsigned long seen = gil.switches;
        while (gil.switches == seen && gil.waiters && gil.last_holder == ts) {
            struct timespec until = after_interval();
            until.tv_sec += 1;
            if (pthread_cond_timedwait(&gil.switched, &gil.mutex, &until) == ETIMEDOUT)
                break;
        }
    }
    pthread_mutex_unlock(&gil.mutex);
}

/* In the child of fork(): the lock is ours, whoever waited is gone. */
void tai_gil_after_fork(void)
{
    if (!gil.exists)
        return;
    PyThreadState *ts = tai_current;
    init_primitives();
    gil.locked = 1;
    gil.last_holder = ts;
    tai_eval_break_clear(TAI_BREAK_GIL);
}

/* ---- pending calls ---- */

/* The ring is in _PyRuntime, with 3.8's layout: foreign code adds to it by itself, under its lock. */
#define PENDING (&tai_runtime.pending)
static int pending_busy;

static void refuse_pending(void)
{
    PyObject *t, *v, *tb;
    if (tai_current == NULL || !PyGILState_Check())
        return;
    PyErr_Fetch(&t, &v, &tb);
    PyErr_SetString(PyExc_SystemError, "Py_AddPendingCall: cannot add pending calls (Python shutting down)");
    PyErr_Print();
    PyErr_Restore(t, v, tb);
}

int Py_AddPendingCall(int (*func)(void *), void *arg)
{
    TaiPending *p = PENDING;
    PyThread_acquire_lock(p->lock, WAIT_LOCK);
    int finishing = p->finishing, next = (p->last + 1) % TAI_PENDING_MAX, full = next == p->first;
    if (!finishing && !full) {
        p->calls[p->last].func = func;
        p->calls[p->last].arg = arg;
        p->last = next;
    }
    PyThread_release_lock(p->lock);
    if (finishing) {
        refuse_pending();
        return -1;
    }
    tai_eval_break_set(TAI_BREAK_CALLS);
    return full ? -1 : 0;
}

int _PyEval_AddPendingCall(PyThreadState *ts, void *ceval, int (*func)(void *), void *arg)
{
    return Py_AddPendingCall(func, arg);
}

/* Take the oldest call off the ring: 1, or 0 if there is none. */
static int next_pending(int (**func)(void *), void **arg)
{
    TaiPending *p = PENDING;
    PyThread_acquire_lock(p->lock, WAIT_LOCK);
    int any = p->first != p->last;
    if (any) {
        *func = p->calls[p->first].func;
        *arg = p->calls[p->first].arg;
        p->first = (p->first + 1) % TAI_PENDING_MAX;
    }
    PyThread_release_lock(p->lock);
    return any;
}

static int run_pending_calls(void)
{
    if (PyThread_get_thread_ident() != tai_runtime.main_thread || pending_busy)
        return 0;
    pending_busy = 1;
    tai_eval_break_clear(TAI_BREAK_CALLS);
    PENDING->to_do = 0;
    int r = 0;
    int (*func)(void *);
    void *arg;
    for (int i = 0; i < TAI_PENDING_MAX && r == 0 && next_pending(&func, &arg); i++)
        r = func(arg);
    pending_busy = 0;
    if (PENDING->first != PENDING->last)
        tai_eval_break_set(TAI_BREAK_CALLS);
    return r == 0 ? 0 : -1;
}

int Py_MakePendingCalls(void)
{
    if (PyErr_CheckSignals() < 0)
        return -1;
    return run_pending_calls();
}

void tai_gil_finish_pending(void)
{
    PyThread_acquire_lock(PENDING->lock, WAIT_LOCK);
    PENDING->finishing = 1;
    PyThread_release_lock(PENDING->lock);
    if (run_pending_calls() < 0) {
        PyObject *t, *v, *tb;
        PyErr_Fetch(&t, &v, &tb);
        PyErr_BadInternalCall();
        _PyErr_ChainExceptions(t, v, tb);
        PyErr_Print();
    }
}

/* ---- what the evaluator calls ---- */

static int raise_async(PyThreadState *ts)
{
    PyObject *exc = ts->async_exc;
    ts->async_exc = NULL;
    int others = 0;
    for (PyThreadState *t = ts->interp->tstate_head; t; t = t->next)
        others |= t->async_exc != NULL;
    if (!others)
        tai_eval_break_clear(TAI_BREAK_ASYNC);
    if (exc == NULL)
        return 0;
    PyErr_SetNone(exc);
    Py_DECREF(exc);
    return -1;
}

int tai_eval_break(PyThreadState *ts)
{
    uint32_t bits = tai_eval_breaker;
    if (bits & TAI_BREAK_FOREIGN) {
        tai_eval_break_clear(TAI_BREAK_FOREIGN);
        tai_eval_break_set(TAI_BREAK_SIGNAL | TAI_BREAK_CALLS | TAI_BREAK_ASYNC); /* each for the thread that it is for */
        bits |= TAI_BREAK_SIGNAL | TAI_BREAK_CALLS | TAI_BREAK_HOOK;
    }
    if (LIKELY(bits == (uint32_t)TAI_BREAK_HOOK) && !tai_eval_hooked && ts->interp->eval_frame == _PyEval_EvalFrameDefault) {
        tai_eval_break_hook(0);
        return 0;
    }
    if (bits & TAI_BREAK_SIGNAL && tai_signals_handle() < 0)
        return -1;
    if (bits & TAI_BREAK_CALLS && run_pending_calls() < 0)
        return -1;
    if (bits & TAI_BREAK_HOOK) {
        tai_eval_break_hook(0);
        if (tai_eval_hooked || ts->interp->eval_frame != _PyEval_EvalFrameDefault)
            tai_eval_look_for_hook();
    }
    if (bits & TAI_BREAK_GC) {
        tai_eval_break_clear(TAI_BREAK_GC);
        tai_gc_collect_due();
    }
    if (bits & TAI_BREAK_GIL) {
        tai_gil_drop(ts);
        tai_gil_take(ts);
    }
    if (tai_eval_breaker & TAI_BREAK_ASYNC)
        return raise_async(ts);
    return 0;
}

/* ---- PyEval_: threads ---- */

int PyEval_ThreadsInitialized(void) { return gil.exists; }

void PyEval_InitThreads(void)
{
    if (gil.exists)
        return;
    init_primitives();
    tai_gil_take(tai_current);
}

void PyEval_AcquireLock(void)
{
    PyThreadState *ts = tai_current;
    if (ts == NULL)
        Py_FatalError("PyEval_AcquireLock: current thread state is NULL");
    tai_gil_take(ts);
}

void PyEval_ReleaseLock(void)
{
    PyThreadState *ts = tai_current;
    tai_gil_drop(ts);
}

void PyEval_AcquireThread(PyThreadState *ts)
{
    if (ts == NULL)
        Py_FatalError("PyEval_AcquireThread: NULL new thread state");
    tai_gil_take(ts);
}

void PyEval_ReleaseThread(PyThreadState *ts)
{
    if (ts == NULL)
        Py_FatalError("PyEval_ReleaseThread: NULL thread state");
    if (tai_current != ts)
        Py_FatalError("PyEval_ReleaseThread: wrong thread state");
    tai_gil_drop(ts);
}

PyThreadState *PyEval_SaveThread(void)
{
    PyThreadState *ts = tai_current;
    if (ts == NULL)
        Py_FatalError("PyEval_SaveThread: NULL tstate");
    tai_gil_drop(ts);
    return ts;
}

void PyEval_RestoreThread(PyThreadState *ts)
{
    if (ts == NULL)
        Py_FatalError("PyEval_RestoreThread: NULL tstate");
    tai_gil_take(ts);
}

void _PyEval_SetSwitchInterval(unsigned long microseconds) { gil.interval = microseconds; }
unsigned long _PyEval_GetSwitchInterval(void) { return gil.interval; }
