/* SPDX-License-Identifier: MIT */
/* _signal, and the part of signals that the runtime needs.
 *
 * The C handler only notes the number, sets a bit in the evaluator's break word and writes to the wake-up descriptor.
 * The Python handler runs later, in the main thread of the main interpreter, from tai_signals_handle().
 *
 * [SIG-1] tripped[n] is set before any_tripped; the handling side clears any_tripped first.
 * Tests: tests/runtime/test_thread.py, CPython's test_signal.
 */
#include "Python.h"
#include "runtime/runtime.h"
#include "runtime/signals.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/time.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static atomic_int tripped[NSIG], any_tripped;
static PyObject *handlers[NSIG]; /* what signal.getsignal() tells; owned */
static PyObject *default_handler, *ignore_handler, *int_handler, *itimer_error;
static struct {
    int fd;
    int warn_on_full;
} wakeup = {-1, 1};
static pid_t main_pid;

static int is_main_thread(void)
{
    return PyThread_get_thread_ident() == tai_runtime.main_thread && tai_interp() == tai_runtime.main;
}

int _PyOS_IsMainThread(void) { return PyThread_get_thread_ident() == tai_runtime.main_thread; }

/* ---- the C side ---- */

static int report_wakeup_error(void *raw)
{
    int saved = errno;
    PyObject *t, *v, *tb;
    PyErr_Fetch(&t, &v, &tb);
    errno = (int)(intptr_t)raw;
    PyErr_SetFromErrno(PyExc_OSError);
    PySys_WriteStderr("Exception ignored when trying to write to the signal wakeup fd:\n");
    PyErr_WriteUnraisable(NULL);
    PyErr_Restore(t, v, tb);
    errno = saved;
    return 0;
}

static void trip(int n)
{
    atomic_store(&tripped[n], 1);
    atomic_store(&any_tripped, 1);
    tai_eval_break_set(TAI_BREAK_SIGNAL);
    int fd = wakeup.fd;
    if (fd != -1) {
        unsigned char byte = (unsigned char)n;
        ssize_t r;
        do
            r = write(fd, &byte, 1);
        while (r < 0 && errno == EINTR);
        if (r < 0 && (wakeup.warn_on_full || (errno != EWOULDBLOCK && errno != EAGAIN)))
            Py_AddPendingCall(report_wakeup_error, (void *)(intptr_t)errno);
    }
}

static void c_handler(int n)
{
    int saved = errno;
    if (getpid() == main_pid)
        trip(n);
    errno = saved;
}

PyOS_sighandler_t PyOS_getsig(int n)
{
    struct sigaction action;
    return sigaction(n, NULL, &action) == -1 ? SIG_ERR : action.sa_handler;
}

PyOS_sighandler_t PyOS_setsig(int n, PyOS_sighandler_t handler)
{
    struct sigaction action, old;
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = 0;
    return sigaction(n, &action, &old) == -1 ? SIG_ERR : old.sa_handler;
}

/* Runs code. */
int tai_signals_handle(void)
{
    if (!is_main_thread())
        return 0;
    tai_eval_break_clear(TAI_BREAK_SIGNAL);
    if (!atomic_exchange(&any_tripped, 0))
        return 0;
    PyObject *frame = (PyObject *)PyEval_GetFrame();
    if (frame == NULL)
        frame = Py_None;
    Py_INCREF(frame);
    int result = 0;
    for (int n = 1; n < NSIG && result == 0; n++) {
        if (!atomic_exchange(&tripped[n], 0))
            continue;
        PyObject *handler = handlers[n];
        if (handler == NULL || handler == Py_None || handler == default_handler || handler == ignore_handler)
            continue; /* changed since */
        Py_INCREF(handler);
        PyObject *number = PyLong_FromLong(n);
        PyObject *r = number ? PyObject_CallFunctionObjArgs(handler, number, frame, NULL) : NULL;
        Py_XDECREF(number);
        Py_DECREF(handler);
        if (r == NULL) {
            result = -1;
            atomic_store(&any_tripped, 1); /* there may be more */
            tai_eval_break_set(TAI_BREAK_SIGNAL);
        }
        Py_XDECREF(r);
    }
    Py_DECREF(frame);
    return result;
}

int PyErr_CheckSignals(void)
{
    return atomic_load(&any_tripped) ? tai_signals_handle() : 0;
}

int _PyErr_CheckSignals(void) { return PyErr_CheckSignals(); }

void PyErr_SetInterrupt(void)
{
    PyObject *h = handlers[SIGINT];
    if (h != ignore_handler && h != default_handler && h != NULL)
        trip(SIGINT);
}

int PyOS_InterruptOccurred(void)
{
    if (!atomic_load(&tripped[SIGINT]) || !_PyOS_IsMainThread())
        return 0;
    atomic_store(&tripped[SIGINT], 0);
    return 1;
}

void PyOS_InitInterrupts(void)
{
    PyObject *m = PyImport_ImportModule("_signal");
    Py_XDECREF(m);
}

/* Those that came in before the fork are the parent's. */
static void forget_signals(void)
{
    if (!atomic_load(&any_tripped))
        return;
    atomic_store(&any_tripped, 0);
    for (int n = 1; n < NSIG; n++)
        atomic_store(&tripped[n], 0);
}

void _PySignal_AfterFork(void)
{
    main_pid = getpid();
    forget_signals();
}

int tai_signals_exit_sigint(void)
{
    PyOS_setsig(SIGINT, SIG_DFL);
    kill(getpid(), SIGINT);
    return SIGINT + 128;
}

void _Py_RestoreSignals(void)
{
    PyOS_setsig(SIGPIPE, SIG_DFL);
    PyOS_setsig(SIGXFSZ, SIG_DFL);
}

/* ---- forking: what os.fork() calls ---- */

static void run_forkers(PyObject *list, int reverse)
{
    PyObject *copy = PySequence_List(list);
    if (copy == NULL || (reverse && PyList_Reverse(copy) < 0)) {
        PyErr_WriteUnraisable(list);
        Py_XDECREF(copy);
        return;
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(copy); i++) {
        PyObject *r = _PyObject_CallNoArg(PyList_GET_ITEM(copy, i));
        if (r == NULL)
            PyErr_WriteUnraisable(list);
        Py_XDECREF(r);
    }
    Py_DECREF(copy);
}

void PyOS_BeforeFork(void)
{
    if (tai_interp()->before_forkers)
        run_forkers(tai_interp()->before_forkers, 1);
    _PyImport_AcquireLock();
}

void PyOS_AfterFork_Parent(void)
{
    if (_PyImport_ReleaseLock() <= 0)
        Py_FatalError("failed releasing import lock after fork");
    if (tai_interp()->after_forkers_parent)
        run_forkers(tai_interp()->after_forkers_parent, 0);
}

void PyOS_AfterFork_Child(void)
{
    PyThreadState *ts = tai_tstate();
    PyStatus status = tai_runtime_after_fork();
    if (PyStatus_Exception(status))
        Py_FatalError(status.err_msg);
    PyThread_tss_set(&tai_runtime.auto_tss, ts);
    ts->thread_id = PyThread_get_thread_ident();
    tai_gil_after_fork();
    tai_state_delete_other_threads(ts);
    _PyImport_ReInitLock();
    _PySignal_AfterFork();
    tai_state_delete_other_interpreters();
    if (tai_interp()->after_forkers_child)
        run_forkers(tai_interp()->after_forkers_child, 0);
}

void PyOS_AfterFork(void) { PyOS_AfterFork_Child(); }

/* ---- arguments ---- */

static int get_int(PyObject *arg)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    return _PyLong_AsInt(arg);
}

/* A signal number; -1 with an exception. */
static int get_signal(PyObject *arg)
{
    int n = get_int(arg);
    if (n == -1 && PyErr_Occurred())
        return -1;
    if (n < 1 || n >= NSIG) {
        PyErr_SetString(PyExc_ValueError, "signal number out of range");
        return -1;
    }
    return n;
}

static PyObject *os_error(void)
{
    return PyErr_SetFromErrno(PyExc_OSError);
}

static int check_main(const char *message)
{
    if (is_main_thread())
        return 0;
    PyErr_SetString(PyExc_ValueError, message);
    return -1;
}

/* ---- handlers ---- */

static PyObject *signal_default_int_handler(PyObject *m, PyObject *args)
{
    PyErr_SetNone(PyExc_KeyboardInterrupt);
    return NULL;
}

static PyObject *signal_signal(PyObject *m, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("signal", nargs, 2, 2))
        return NULL;
    int n = get_int(args[0]);
    if ((n == -1 && PyErr_Occurred()) || check_main("signal only works in main thread") < 0)
        return NULL;
    if (n < 1 || n >= NSIG) {
        PyErr_SetString(PyExc_ValueError, "signal number out of range");
        return NULL;
    }
    void (*function)(int);
    if (args[1] == default_handler || PyObject_RichCompareBool(args[1], default_handler, Py_EQ) == 1) {
        function = SIG_DFL;
    } else if (args[1] == ignore_handler || PyObject_RichCompareBool(args[1], ignore_handler, Py_EQ) == 1) {
        function = SIG_IGN;
    } else if (PyCallable_Check(args[1])) {
        function = c_handler;
    } else {
        PyErr_SetString(PyExc_TypeError, "signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object");
        return NULL;
    }
    if (PyErr_CheckSignals() < 0)
        return NULL;
    if (PyOS_setsig(n, function) == SIG_ERR)
        return os_error();
    PyObject *old = handlers[n], *now = function == SIG_DFL ? default_handler : function == SIG_IGN ? ignore_handler : args[1];
    Py_INCREF(now);
    handlers[n] = now;
    if (old != NULL)
        return old;
    Py_RETURN_NONE;
}

static PyObject *signal_getsignal(PyObject *m, PyObject *arg)
{
    int n = get_signal(arg);
    if (n < 0)
        return NULL;
    PyObject *h = handlers[n] ? handlers[n] : Py_None;
    Py_INCREF(h);
    return h;
}

static PyObject *signal_strsignal(PyObject *m, PyObject *arg)
{
    int n = get_signal(arg);
    if (n < 0)
        return NULL;
    errno = 0;
    const char *text = strsignal(n);
    if (errno || text == NULL || strstr(text, "Unknown signal") != NULL)
        Py_RETURN_NONE;
    return PyUnicode_FromString(text);
}

static PyObject *signal_raise_signal(PyObject *m, PyObject *arg)
{
    int n = get_int(arg);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    int r;
    Py_BEGIN_ALLOW_THREADS
    r = raise(n);
    Py_END_ALLOW_THREADS
    if (r)
        return os_error();
    if (PyErr_CheckSignals())
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *signal_siginterrupt(PyObject *m, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("siginterrupt", nargs, 2, 2))
        return NULL;
    int n = get_signal(args[0]), flag = n < 0 ? -1 : get_int(args[1]);
    if (n < 0 || (flag == -1 && PyErr_Occurred()))
        return NULL;
    struct sigaction action;
    (void)sigaction(n, NULL, &action);
    if (flag)
        action.sa_flags &= ~SA_RESTART;
    else
        action.sa_flags |= SA_RESTART;
    if (sigaction(n, &action, NULL) < 0)
        return os_error();
    Py_RETURN_NONE;
}

static PyObject *signal_set_wakeup_fd(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"", "warn_on_full_buffer", NULL};
    int fd, warn = 1;
    struct _Py_stat_struct st;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i|$p:set_wakeup_fd", names, &fd, &warn) ||
        check_main("set_wakeup_fd only works in main thread") < 0)
        return NULL;
    if (fd != -1) {
        if (_Py_fstat(fd, &st) != 0)
            return NULL;
        int blocking = _Py_get_blocking(fd);
        if (blocking < 0)
            return NULL;
        if (blocking) {
            PyErr_Format(PyExc_ValueError, "the fd %i must be in non-blocking mode", fd);
            return NULL;
        }
    }
    int old = wakeup.fd;
    wakeup.fd = fd;
    wakeup.warn_on_full = warn;
    return PyLong_FromLong(old);
}

int PySignal_SetWakeupFd(int fd)
{
    int old = wakeup.fd;
    wakeup.fd = fd < 0 ? -1 : fd;
    wakeup.warn_on_full = 1;
    return old;
}

/* ---- waiting, timers ---- */

static PyObject *signal_pause(PyObject *m, PyObject *unused)
{
    Py_BEGIN_ALLOW_THREADS
    (void)pause();
    Py_END_ALLOW_THREADS
    if (PyErr_CheckSignals())
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *signal_alarm(PyObject *m, PyObject *arg)
{
    int seconds = get_int(arg);
    return seconds == -1 && PyErr_Occurred() ? NULL : PyLong_FromLong((long)alarm((unsigned)seconds));
}

static int to_timeval(PyObject *o, struct timeval *tv)
{
    _PyTime_t t;
    tv->tv_sec = tv->tv_usec = 0;
    if (o == NULL)
        return 0;
    return _PyTime_FromSecondsObject(&t, o, _PyTime_ROUND_CEILING) < 0 ? -1 : _PyTime_AsTimeval(t, tv, _PyTime_ROUND_CEILING);
}

static PyObject *itimer_pair(const struct itimerval *t)
{
    return Py_BuildValue("(dd)", (double)t->it_value.tv_sec + (double)t->it_value.tv_usec / 1e6,
                         (double)t->it_interval.tv_sec + (double)t->it_interval.tv_usec / 1e6);
}

static PyObject *signal_setitimer(PyObject *m, PyObject *const *args, Py_ssize_t nargs)
{
    struct itimerval new, old;
    if (!_PyArg_CheckPositional("setitimer", nargs, 2, 3))
        return NULL;
    int which = get_int(args[0]);
    if (which == -1 && PyErr_Occurred())
        return NULL;
    if (to_timeval(args[1], &new.it_value) < 0 || to_timeval(nargs > 2 ? args[2] : NULL, &new.it_interval) < 0)
        return NULL;
    if (setitimer(which, &new, &old) != 0)
        return PyErr_SetFromErrno(itimer_error);
    return itimer_pair(&old);
}

static PyObject *signal_getitimer(PyObject *m, PyObject *arg)
{
    struct itimerval old;
    int which = get_int(arg);
    if (which == -1 && PyErr_Occurred())
        return NULL;
    return getitimer(which, &old) != 0 ? PyErr_SetFromErrno(itimer_error) : itimer_pair(&old);
}

/* ---- sets ---- */

PyAPI_FUNC(int) _Py_Sigset_Converter(PyObject *, void *);
int _Py_Sigset_Converter(PyObject *iterable, void *out)
{
    sigset_t *mask = out;
    if (sigemptyset(mask) < 0) {
        os_error();
        return 0;
    }
    PyObject *it = PyObject_GetIter(iterable), *item;
    if (it == NULL)
        return 0;
    while ((item = PyIter_Next(it)) != NULL) {
        int overflow;
        long n = PyLong_AsLongAndOverflow(item, &overflow);
        Py_DECREF(item);
        if (n <= 0 || n >= NSIG) {
            if (overflow || !PyErr_Occurred())
                PyErr_Format(PyExc_ValueError, "signal number %ld out of range", n);
            break;
        }
        if (sigaddset(mask, (int)n) && errno != EINVAL) {
            os_error();
            break;
        }
    }
    Py_DECREF(it);
    return !PyErr_Occurred();
}

static PyObject *sigset_to_set(const sigset_t *mask)
{
    PyObject *set = PySet_New(NULL);
    for (int n = 1; set && n < NSIG; n++) {
        if (sigismember(mask, n) != 1)
            continue;
        PyObject *number = PyLong_FromLong(n);
        if (number == NULL || PySet_Add(set, number) < 0)
            Py_CLEAR(set);
        Py_XDECREF(number);
    }
    return set;
}

static PyObject *signal_pthread_sigmask(PyObject *m, PyObject *const *args, Py_ssize_t nargs)
{
    sigset_t mask, old;
    if (!_PyArg_CheckPositional("pthread_sigmask", nargs, 2, 2))
        return NULL;
    int how = get_int(args[0]);
    if ((how == -1 && PyErr_Occurred()) || !_Py_Sigset_Converter(args[1], &mask))
        return NULL;
    int error = pthread_sigmask(how, &mask, &old);
    if (error != 0) {
        errno = error;
        return os_error();
    }
    if (PyErr_CheckSignals())
        return NULL;
    return sigset_to_set(&old);
}

static PyObject *signal_sigpending(PyObject *m, PyObject *unused)
{
    sigset_t mask;
    return sigpending(&mask) ? os_error() : sigset_to_set(&mask);
}

static PyObject *signal_sigwait(PyObject *m, PyObject *arg)
{
    sigset_t mask;
    int n, error;
    if (!_Py_Sigset_Converter(arg, &mask))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    error = sigwait(&mask, &n);
    Py_END_ALLOW_THREADS
    if (error) {
        errno = error;
        return os_error();
    }
    return PyLong_FromLong(n);
}

static PyObject *signal_valid_signals(PyObject *m, PyObject *unused)
{
    sigset_t mask;
    return sigemptyset(&mask) || sigfillset(&mask) ? os_error() : sigset_to_set(&mask);
}

static PyTypeObject siginfo_type;
static PyStructSequence_Field siginfo_fields[] = {
    {"si_signo", "signal number"}, {"si_code", "signal code"}, {"si_errno", "error number that goes with it"},
    {"si_pid", "process that sent it"}, {"si_uid", "real user of that process"}, {"si_status", "exit value or signal"},
    {"si_band", "band event of SIGPOLL"}, {NULL, NULL},
};
static PyStructSequence_Desc siginfo_desc = {"signal.struct_siginfo", "What the system tells about a signal.", siginfo_fields, 7};

static PyObject *make_siginfo(const siginfo_t *si)
{
    PyObject *r = PyStructSequence_New(&siginfo_type);
    if (r == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(r, 0, PyLong_FromLong(si->si_signo));
    PyStructSequence_SET_ITEM(r, 1, PyLong_FromLong(si->si_code));
    PyStructSequence_SET_ITEM(r, 2, PyLong_FromLong(si->si_errno));
    PyStructSequence_SET_ITEM(r, 3, PyLong_FromLong(si->si_pid));
    PyStructSequence_SET_ITEM(r, 4, PyLong_FromUnsignedLong(si->si_uid));
    PyStructSequence_SET_ITEM(r, 5, PyLong_FromLong(si->si_status));
    PyStructSequence_SET_ITEM(r, 6, PyLong_FromLong(si->si_band));
    if (PyErr_Occurred())
        Py_CLEAR(r);
    return r;
}

static PyObject *signal_sigwaitinfo(PyObject *m, PyObject *arg)
{
    sigset_t mask;
    siginfo_t si;
    int r, interrupted = 0;
    if (!_Py_Sigset_Converter(arg, &mask))
        return NULL;
    do {
        Py_BEGIN_ALLOW_THREADS
        r = sigwaitinfo(&mask, &si);
        Py_END_ALLOW_THREADS
    } while (r == -1 && errno == EINTR && !(interrupted = PyErr_CheckSignals()));
    if (r == -1)
        return interrupted ? NULL : os_error();
    return make_siginfo(&si);
}

static PyObject *signal_sigtimedwait(PyObject *m, PyObject *const *args, Py_ssize_t nargs)
{
    sigset_t mask;
    siginfo_t si;
    _PyTime_t timeout;
    if (!_PyArg_CheckPositional("sigtimedwait", nargs, 2, 2) || !_Py_Sigset_Converter(args[0], &mask) ||
        _PyTime_FromSecondsObject(&timeout, args[1], _PyTime_ROUND_CEILING) < 0)
        return NULL;
    if (timeout < 0) {
        PyErr_SetString(PyExc_ValueError, "timeout must be non-negative");
        return NULL;
    }
    _PyTime_t deadline = _PyTime_GetMonotonicClock() + timeout;
    for (;;) {
        struct timespec ts;
        int r;
        if (_PyTime_AsTimespec(timeout, &ts) < 0)
            return NULL;
        Py_BEGIN_ALLOW_THREADS
        r = sigtimedwait(&mask, &si, &ts);
        Py_END_ALLOW_THREADS
        if (r != -1)
            return make_siginfo(&si);
        if (errno == EAGAIN)
            Py_RETURN_NONE;
        if (errno != EINTR)
            return os_error();
        if (PyErr_CheckSignals())
            return NULL;
        timeout = deadline - _PyTime_GetMonotonicClock();
        if (timeout < 0)
            Py_RETURN_NONE;
    }
}

static PyObject *signal_pthread_kill(PyObject *m, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("pthread_kill", nargs, 2, 2))
        return NULL;
    unsigned long id = PyLong_AsUnsignedLongMask(args[0]);
    int n = PyErr_Occurred() ? -1 : get_int(args[1]);
    if (PyErr_Occurred() || PySys_Audit("signal.pthread_kill", "ki", id, n) < 0)
        return NULL;
    int error = tai_is_thread(id) ? pthread_kill((pthread_t)id, n) : ESRCH; /* the system trusts what it is given */
    if (error != 0) {
        errno = error;
        return os_error();
    }
    if (PyErr_CheckSignals())
        return NULL;
    Py_RETURN_NONE;
}

/* ---- the module ---- */

#define FAST(f) ((PyCFunction)(void (*)(void))(f))

static PyMethodDef methods[] = {
    {"default_int_handler", signal_default_int_handler, METH_VARARGS,
     "default_int_handler(...)\n\nThe handler that Python installs for SIGINT: raises KeyboardInterrupt."},
    {"alarm", signal_alarm, METH_O, "alarm($module, seconds, /)\n--\n\nHave SIGALRM sent after some seconds."},
    {"setitimer", FAST(signal_setitimer), METH_FASTCALL,
     "setitimer($module, which, seconds, interval=0.0, /)\n--\n\nSet an interval timer; returns its old (seconds, interval)."},
    {"getitimer", signal_getitimer, METH_O, "getitimer($module, which, /)\n--\n\nThe (seconds, interval) of a timer."},
    {"signal", FAST(signal_signal), METH_FASTCALL,
     "signal($module, signalnum, handler, /)\n--\n\n"
     "Set what happens on a signal: SIG_DFL, SIG_IGN or a function of (number, frame). Returns what was set before."},
    {"raise_signal", signal_raise_signal, METH_O, "raise_signal($module, signalnum, /)\n--\n\nSend a signal to this process."},
    {"strsignal", signal_strsignal, METH_O, "strsignal($module, signalnum, /)\n--\n\nThe system's text for a signal, or None."},
    {"getsignal", signal_getsignal, METH_O,
     "getsignal($module, signalnum, /)\n--\n\nWhat happens on a signal: SIG_DFL, SIG_IGN, a function, or None if it was not set from Python."},
    {"set_wakeup_fd", FAST(signal_set_wakeup_fd), METH_VARARGS | METH_KEYWORDS,
     "set_wakeup_fd(fd, *, warn_on_full_buffer=True) -> fd\n\nSet the descriptor that each signal's number is written to, or -1."},
    {"siginterrupt", FAST(signal_siginterrupt), METH_FASTCALL,
     "siginterrupt($module, signalnum, flag, /)\n--\n\nChoose whether the signal interrupts system calls."},
    {"pause", signal_pause, METH_NOARGS, "pause($module, /)\n--\n\nWait for a signal."},
    {"pthread_kill", FAST(signal_pthread_kill), METH_FASTCALL, "pthread_kill($module, thread_id, signalnum, /)\n--\n\nSend a signal to a thread."},
    {"pthread_sigmask", FAST(signal_pthread_sigmask), METH_FASTCALL,
     "pthread_sigmask($module, how, mask, /)\n--\n\nChange which signals this thread blocks; returns the old set."},
    {"sigpending", signal_sigpending, METH_NOARGS, "sigpending($module, /)\n--\n\nThe blocked signals that came in."},
    {"sigwait", signal_sigwait, METH_O, "sigwait($module, sigset, /)\n--\n\nWait for one of the signals and return its number."},
    {"sigwaitinfo", signal_sigwaitinfo, METH_O, "sigwaitinfo($module, sigset, /)\n--\n\nWait for one of the signals and tell about it."},
    {"sigtimedwait", FAST(signal_sigtimedwait), METH_FASTCALL,
     "sigtimedwait($module, sigset, timeout, /)\n--\n\nLike sigwaitinfo(), but not longer than timeout seconds; None then."},
    {"valid_signals", signal_valid_signals, METH_NOARGS, "valid_signals($module, /)\n--\n\nAll signal numbers of this system."},
    {NULL, NULL},
};

static const struct {
    const char *name;
    int value;
} constants[] = {
    {"NSIG", NSIG}, {"SIG_BLOCK", SIG_BLOCK}, {"SIG_UNBLOCK", SIG_UNBLOCK}, {"SIG_SETMASK", SIG_SETMASK},
#define S(name) {#name, name}
    S(SIGHUP), S(SIGINT), S(SIGQUIT), S(SIGILL), S(SIGTRAP), S(SIGIOT), S(SIGABRT), S(SIGFPE), S(SIGKILL), S(SIGBUS), S(SIGSEGV),
    S(SIGSYS), S(SIGPIPE), S(SIGALRM), S(SIGTERM), S(SIGUSR1), S(SIGUSR2), S(SIGCLD), S(SIGCHLD), S(SIGPWR), S(SIGIO), S(SIGURG),
    S(SIGWINCH), S(SIGPOLL), S(SIGSTOP), S(SIGTSTP), S(SIGCONT), S(SIGTTIN), S(SIGTTOU), S(SIGVTALRM), S(SIGPROF), S(SIGXCPU),
    S(SIGXFSZ), S(ITIMER_REAL), S(ITIMER_VIRTUAL), S(ITIMER_PROF),
};

PyDoc_STRVAR(doc, "Signals: what the system sends to this process, and what is done about it.");

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_signal", doc, -1, methods, NULL, NULL, NULL, NULL};

static int add(PyObject *d, const char *name, PyObject *value)
{
    return value ? PyDict_SetItemString(d, name, value) : -1;
}

static int fill(PyObject *d)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(constants); i++) {
        PyObject *v = PyLong_FromLong(constants[i].value);
        int r = add(d, constants[i].name, v);
        Py_XDECREF(v);
        if (r < 0)
            return -1;
    }
    PyObject *low = PyLong_FromLong(SIGRTMIN), *high = PyLong_FromLong(SIGRTMAX);
    int r = add(d, "SIGRTMIN", low) < 0 || add(d, "SIGRTMAX", high) < 0 ? -1 : 0;
    Py_XDECREF(low);
    Py_XDECREF(high);
    return r;
}

PyMODINIT_FUNC PyInit__signal(void)
{
    PyObject *m = PyModule_Create(&definition);
    if (m == NULL)
        return NULL;
    PyObject *d = PyModule_GetDict(m);
    if (siginfo_type.tp_name == NULL && PyStructSequence_InitType2(&siginfo_type, &siginfo_desc) < 0)
        goto error;
    main_pid = getpid();
    if (default_handler == NULL)
        default_handler = PyLong_FromVoidPtr((void *)SIG_DFL);
    if (ignore_handler == NULL)
        ignore_handler = PyLong_FromVoidPtr((void *)SIG_IGN);
    if (itimer_error == NULL)
        itimer_error = PyErr_NewException("signal.itimer_error", PyExc_OSError, NULL);
    int_handler = PyDict_GetItemString(d, "default_int_handler");
    if (int_handler == NULL) { /* it is there: to ask for it took memory */
        PyErr_NoMemory();
        goto error;
    }
    if (add(d, "struct_siginfo", (PyObject *)&siginfo_type) < 0 || add(d, "SIG_DFL", default_handler) < 0 ||
        add(d, "SIG_IGN", ignore_handler) < 0 || add(d, "ItimerError", itimer_error) < 0 || fill(d) < 0)
        goto error;
    for (int n = 1; n < NSIG; n++) {
        void (*now)(int) = PyOS_getsig(n);
        PyObject *h = now == SIG_DFL ? default_handler : now == SIG_IGN ? ignore_handler : Py_None;
        if (now == c_handler && handlers[n])
            continue;
        Py_INCREF(h);
        Py_XSETREF(handlers[n], h);
    }
    if (handlers[SIGINT] == default_handler) { /* also where install_signal_handlers is 0: whoever imports signal wants it */
        Py_INCREF(int_handler);
        Py_SETREF(handlers[SIGINT], int_handler);
        PyOS_setsig(SIGINT, c_handler);
    }
    return m;
error:
    Py_DECREF(m);
    return NULL;
}

int tai_signals_init(int install_handlers)
{
    if (!install_handlers)
        return 0;
    PyOS_setsig(SIGPIPE, SIG_IGN);
    PyOS_setsig(SIGXFSZ, SIG_IGN);
    PyObject *m = PyImport_ImportModule("_signal");
    Py_XDECREF(m);
    return m ? 0 : -1;
}

void tai_signals_fini(void)
{
    for (int n = 1; n < NSIG; n++) {
        PyObject *h = handlers[n];
        handlers[n] = NULL;
        atomic_store(&tripped[n], 0);
        if (h != NULL && h != Py_None && h != default_handler && h != ignore_handler)
            PyOS_setsig(n, SIG_DFL);
        Py_XDECREF(h);
    }
}
