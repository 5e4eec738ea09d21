/* SPDX-License-Identifier: MIT */
/* faulthandler: Python tracebacks at fatal signals, after a timeout, or on a signal of the user's choice.
 *
 * What runs in a signal handler only writes to a descriptor: the dump walks frames without locks or allocation
 * (_Py_DumpTraceback*). Handlers run on a stack of their own, so that stack overflow can be reported.
 * Tests: CPython's test_faulthandler.
 */
#include "Python.h"
#include "runtime/runtime.h"
#include "runtime/exported.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define PUTS(fd, text) ((void)!_Py_write_noraise(fd, text, strlen(text)))

static struct {
    int enabled;
    PyObject *file;
    int fd;
    int all_threads;
    PyInterpreterState *interp;
} fatal = {.fd = -1};

static struct {
    int signum;
    const char *name;
    int enabled;
    struct sigaction previous;
} faults[] = {
    {.signum = SIGBUS, .name = "Bus error"},
    {.signum = SIGILL, .name = "Illegal instruction"},
    {.signum = SIGFPE, .name = "Floating point exception"},
    {.signum = SIGABRT, .name = "Aborted"},
    {.signum = SIGSEGV, .name = "Segmentation fault"},
};

static struct {
    PyObject *file;
    int fd;
    PY_TIMEOUT_T timeout_us;
    int repeat, exit;
    PyInterpreterState *interp;
    char *header;
    size_t header_len;
    PyThread_type_lock cancel, running; /* cancel: held by the module while the thread may run */
} watchdog;

typedef struct {
    int enabled, fd, all_threads, chain;
    PyObject *file;
    struct sigaction previous;
    PyInterpreterState *interp;
} UserSignal;

static UserSignal *user_signals;
static stack_t handler_stack, old_stack;
static volatile sig_atomic_t reentrant;

/* ---- arguments ---- */

/* Descriptor of file (an int, a file object, or sys.stderr); *file becomes the object to keep (borrowed) or NULL. */
static int get_fd(PyObject **file)
{
    _Py_IDENTIFIER(stderr);
    _Py_IDENTIFIER(fileno);
    _Py_IDENTIFIER(flush);
    PyObject *f = *file;
    if (f == NULL || f == Py_None) {
        f = _PySys_GetObjectId(&PyId_stderr);
        if (f == NULL) {
            PyErr_SetString(PyExc_RuntimeError, "unable to get sys.stderr");
            return -1;
        }
        if (f == Py_None) {
            PyErr_SetString(PyExc_RuntimeError, "sys.stderr is None");
            return -1;
        }
    } else if (PyLong_Check(f)) {
        int fd = _PyLong_AsInt(f);
        if (fd == -1 && PyErr_Occurred())
            return -1;
        if (fd < 0) {
            PyErr_SetString(PyExc_ValueError, "file is not a valid file descripter");
            return -1;
        }
        *file = NULL;
        return fd;
    }
    PyObject *r = _PyObject_CallMethodIdObjArgs(f, &PyId_fileno, NULL);
    if (r == NULL)
        return -1;
    long fd = PyLong_Check(r) ? PyLong_AsLong(r) : -1;
    Py_DECREF(r);
    if (fd < 0 || fd > INT_MAX) {
        PyErr_Clear();
        PyErr_SetString(PyExc_RuntimeError, "file.fileno() is not a valid file descriptor");
        return -1;
    }
    r = _PyObject_CallMethodIdObjArgs(f, &PyId_flush, NULL);
    if (r == NULL)
        PyErr_Clear();
    Py_XDECREF(r);
    *file = f;
    return (int)fd;
}

static PyThreadState *need_thread(void)
{
    PyThreadState *ts = tai_current;
    if (ts == NULL)
        PyErr_SetString(PyExc_RuntimeError, "unable to get the current thread state");
    return ts;
}

/* ---- dumping ---- */

/* From a signal handler: nothing is known about who holds the GIL. */
static void dump(int fd, int all_threads, PyInterpreterState *interp)
{
    if (reentrant)
        return;
    reentrant = 1;
    PyThreadState *ts = PyGILState_GetThisThreadState();
    if (all_threads)
        (void)_Py_DumpTracebackThreads(fd, NULL, ts);
    else if (ts != NULL)
        _Py_DumpTraceback(fd, ts);
    reentrant = 0;
}

static PyObject *fh_dump_traceback(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"file", "all_threads", NULL};
    PyObject *file = NULL;
    int all = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|Oi:dump_traceback", names, &file, &all))
        return NULL;
    int fd = get_fd(&file);
    PyThreadState *ts = fd < 0 ? NULL : need_thread();
    if (ts == NULL)
        return NULL;
    if (all) {
        const char *error = _Py_DumpTracebackThreads(fd, NULL, ts);
        if (error != NULL) {
            PyErr_SetString(PyExc_RuntimeError, error);
            return NULL;
        }
    } else {
        _Py_DumpTraceback(fd, ts);
    }
    if (PyErr_CheckSignals())
        return NULL;
    Py_RETURN_NONE;
}

/* ---- fatal signals ---- */

static void fatal_handler(int signum)
{
    int saved = errno;
    size_t i = 0;
    if (!fatal.enabled)
        return;
    while (i + 1 < Py_ARRAY_LENGTH(faults) && faults[i].signum != signum)
        i++;
    if (faults[i].enabled) {
        (void)sigaction(signum, &faults[i].previous, NULL);
        faults[i].enabled = 0;
    }
    PUTS(fatal.fd, "Fatal Python error: ");
    PUTS(fatal.fd, faults[i].name);
    PUTS(fatal.fd, "\n\n");
    dump(fatal.fd, fatal.all_threads, fatal.interp);
    errno = saved;
    raise(signum);
}

static int enable_faults(void)
{
    if (fatal.enabled)
        return 0;
    fatal.enabled = 1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(faults); i++) {
        struct sigaction action;
        memset(&action, 0, sizeof action);
        action.sa_handler = fatal_handler;
        sigemptyset(&action.sa_mask);
        action.sa_flags = SA_NODEFER | (handler_stack.ss_sp ? SA_ONSTACK : 0);
        if (sigaction(faults[i].signum, &action, &faults[i].previous)) {
            PyErr_SetFromErrno(PyExc_RuntimeError);
            return -1;
        }
        faults[i].enabled = 1;
    }
    return 0;
}

static void disable_faults(void)
{
    if (fatal.enabled) {
        fatal.enabled = 0;
        for (size_t i = 0; i < Py_ARRAY_LENGTH(faults); i++) {
            if (faults[i].enabled)
                (void)sigaction(faults[i].signum, &faults[i].previous, NULL);
            faults[i].enabled = 0;
        }
    }
    Py_CLEAR(fatal.file);
}

static PyObject *fh_enable(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"file", "all_threads", NULL};
    PyObject *file = NULL;
    int all = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|Oi:enable", names, &file, &all))
        return NULL;
    int fd = get_fd(&file);
    PyThreadState *ts = fd < 0 ? NULL : need_thread();
    if (ts == NULL)
        return NULL;
    Py_XINCREF(file);
    Py_XSETREF(fatal.file, file);
    fatal.fd = fd;
    fatal.all_threads = all;
    fatal.interp = ts->interp;
    if (enable_faults() < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *fh_disable(PyObject *m, PyObject *unused)
{
    int was = fatal.enabled;
    disable_faults();
    return PyBool_FromLong(was);
}

static PyObject *fh_is_enabled(PyObject *m, PyObject *unused) { return PyBool_FromLong(fatal.enabled); }

/* ---- timeout ---- */

static void watchdog_thread(void *unused)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, NULL);
    PyLockStatus r;
    do {
        r = PyThread_acquire_lock_timed(watchdog.cancel, watchdog.timeout_us, 0);
        if (r == PY_LOCK_ACQUIRED) {
            PyThread_release_lock(watchdog.cancel);
            break;
        }
        (void)!_Py_write_noraise(watchdog.fd, watchdog.header, watchdog.header_len);
        const char *error = _Py_DumpTracebackThreads(watchdog.fd, watchdog.interp, NULL);
        if (watchdog.exit)
            _exit(1);
        if (error != NULL)
            break;
    } while (watchdog.repeat);
    PyThread_release_lock(watchdog.running);
}

static void cancel_watchdog(void)
{
    if (watchdog.cancel == NULL)
        return;
    PyThread_release_lock(watchdog.cancel);
    PyThread_acquire_lock(watchdog.running, 1); /* until the thread has ended */
    PyThread_release_lock(watchdog.running);
    PyThread_acquire_lock(watchdog.cancel, 1);
    Py_CLEAR(watchdog.file);
    PyMem_Free(watchdog.header);
    watchdog.header = NULL;
}

/* "Timeout (H:MM:SS[.ffffff])!\n"; PyMem_Malloc */
static char *timeout_header(_PyTime_t us)
{
    char text[128];
    unsigned long sec = (unsigned long)(us / 1000000), rest = (unsigned long)(us % 1000000);
    if (rest)
        PyOS_snprintf(text, sizeof text, "Timeout (%lu:%02lu:%02lu.%06lu)!\n", sec / 3600, sec / 60 % 60, sec % 60, rest);
    else
        PyOS_snprintf(text, sizeof text, "Timeout (%lu:%02lu:%02lu)!\n", sec / 3600, sec / 60 % 60, sec % 60);
    return _PyMem_Strdup(text);
}

static PyObject *fh_later(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"timeout", "repeat", "file", "exit", NULL};
    PyObject *timeout_obj, *file = NULL;
    int repeat = 0, leave = 0;
    _PyTime_t timeout;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|iOi:dump_traceback_later", names, &timeout_obj, &repeat, &file, &leave) ||
        _PyTime_FromSecondsObject(&timeout, timeout_obj, _PyTime_ROUND_TIMEOUT) < 0)
        return NULL;
    _PyTime_t us = _PyTime_AsMicroseconds(timeout, _PyTime_ROUND_TIMEOUT);
    if (us <= 0) {
        PyErr_SetString(PyExc_ValueError, "timeout must be greater than 0");
        return NULL;
    }
    if (us >= PY_TIMEOUT_MAX / 1000) {
        PyErr_SetString(PyExc_OverflowError, "timeout value is too large");
        return NULL;
    }
    PyThreadState *ts = need_thread();
    int fd = ts ? get_fd(&file) : -1;
    if (fd < 0)
        return NULL;
    if (watchdog.running == NULL && (watchdog.running = PyThread_allocate_lock()) == NULL)
        return PyErr_NoMemory();
    if (watchdog.cancel == NULL) {
        watchdog.cancel = PyThread_allocate_lock();
        if (watchdog.cancel == NULL)
            return PyErr_NoMemory();
        PyThread_acquire_lock(watchdog.cancel, 1);
    }
    char *header = timeout_header(us);
    if (header == NULL)
        return PyErr_NoMemory();
    cancel_watchdog();
    Py_XINCREF(file);
    Py_XSETREF(watchdog.file, file);
    watchdog.fd = fd;
    watchdog.timeout_us = us;
    watchdog.repeat = repeat;
    watchdog.interp = ts->interp;
    watchdog.exit = leave;
    watchdog.header = header;
    watchdog.header_len = strlen(header);
    PyThread_acquire_lock(watchdog.running, 1);
    if (PyThread_start_new_thread(watchdog_thread, NULL) == PYTHREAD_INVALID_THREAD_ID) {
        PyThread_release_lock(watchdog.running);
        Py_CLEAR(watchdog.file);
        PyMem_Free(header);
        watchdog.header = NULL;
        PyErr_SetString(PyExc_RuntimeError, "unable to start watchdog thread");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *fh_cancel(PyObject *m, PyObject *unused)
{
    cancel_watchdog();
    Py_RETURN_NONE;
}

/* ---- signals of the user's choice ---- */

static int install_user(int signum, int chain, struct sigaction *previous);

static void user_handler(int signum)
{
    int saved = errno;
    UserSignal *user = &user_signals[signum];
    if (!user->enabled)
        return;
    dump(user->fd, user->all_threads, user->interp);
    if (user->chain) {
        (void)sigaction(signum, &user->previous, NULL);
        errno = saved;
        raise(signum);
        saved = errno;
        (void)install_user(signum, user->chain, NULL);
        errno = saved;
    }
}

static int install_user(int signum, int chain, struct sigaction *previous)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = user_handler;
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART | (chain ? SA_NODEFER : 0) | (handler_stack.ss_sp ? SA_ONSTACK : 0);
    return sigaction(signum, &action, previous);
}

static int check_signum(int signum)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(faults); i++) {
        if (faults[i].signum == signum) {
            PyErr_Format(PyExc_RuntimeError, "signal %i cannot be registered, use enable() instead", signum);
            return 0;
        }
    }
    if (signum < 1 || signum >= NSIG) {
        PyErr_SetString(PyExc_ValueError, "signal number out of range");
        return 0;
    }
    return 1;
}

static PyObject *fh_register(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"signum", "file", "all_threads", "chain", NULL};
    int signum, all = 1, chain = 0;
    PyObject *file = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "i|Oii:register", names, &signum, &file, &all, &chain) || !check_signum(signum))
        return NULL;
    PyThreadState *ts = need_thread();
    int fd = ts ? get_fd(&file) : -1;
    if (fd < 0)
        return NULL;
    if (user_signals == NULL && (user_signals = PyMem_RawCalloc(NSIG, sizeof *user_signals)) == NULL)
        return PyErr_NoMemory();
    UserSignal *user = &user_signals[signum];
    if (!user->enabled) {
        if (install_user(signum, chain, &user->previous))
            return PyErr_SetFromErrno(PyExc_OSError);
    }
    Py_XINCREF(file);
    Py_XSETREF(user->file, file);
    user->fd = fd;
    user->all_threads = all;
    user->chain = chain;
    user->interp = ts->interp;
    user->enabled = 1;
    Py_RETURN_NONE;
}

static int unregister_user(UserSignal *user, int signum)
{
    if (!user->enabled)
        return 0;
    user->enabled = 0;
    (void)sigaction(signum, &user->previous, NULL);
    Py_CLEAR(user->file);
    user->fd = -1;
    return 1;
}

static PyObject *fh_unregister(PyObject *m, PyObject *arg)
{
    int signum = _PyLong_AsInt(arg);
    if ((signum == -1 && PyErr_Occurred()) || !check_signum(signum))
        return NULL;
    return PyBool_FromLong(user_signals != NULL && unregister_user(&user_signals[signum], signum));
}

/* ---- ways to die, for tests ---- */

static void no_core_file(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_CORE, &limit) == 0) {
        limit.rlim_cur = 0;
        setrlimit(RLIMIT_CORE, &limit);
    }
}

static PyObject *fh_read_null(PyObject *m, PyObject *unused)
{
    volatile int *p = NULL;
    no_core_file();
    return PyLong_FromLong(*p);
}

static PyObject *fh_sigsegv(PyObject *m, PyObject *args)
{
    int release = 0;
    if (!PyArg_ParseTuple(args, "|i:_sigsegv", &release))
        return NULL;
    no_core_file();
    if (release) {
        Py_BEGIN_ALLOW_THREADS
        raise(SIGSEGV);
        raise(SIGSEGV);
        Py_END_ALLOW_THREADS
    } else {
        raise(SIGSEGV);
        raise(SIGSEGV);
    }
    Py_RETURN_NONE;
}

static PyObject *fh_sigfpe(PyObject *m, PyObject *unused)
{
    no_core_file();
    raise(SIGFPE);
    raise(SIGFPE);
    Py_RETURN_NONE;
}

static PyObject *fh_sigabrt(PyObject *m, PyObject *unused)
{
    no_core_file();
    abort();
    Py_RETURN_NONE;
}

static PyObject *fh_fatal_error(PyObject *m, PyObject *args)
{
    const char *message;
    int release = 0;
    if (!PyArg_ParseTuple(args, "y|i:fatal_error", &message, &release))
        return NULL;
    no_core_file();
    if (release) {
        Py_BEGIN_ALLOW_THREADS
        Py_FatalError(message);
        Py_END_ALLOW_THREADS
    } else {
        Py_FatalError(message);
    }
    Py_RETURN_NONE;
}

static void fatal_in_thread(void *raw) { Py_FatalError("in new thread"); }

static PyObject *fh_fatal_c_thread(PyObject *m, PyObject *unused)
{
    no_core_file();
    if (PyThread_start_new_thread(fatal_in_thread, NULL) == PYTHREAD_INVALID_THREAD_ID) {
        PyErr_SetString(PyExc_RuntimeError, "unable to start the thread");
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    pause();
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

/* The buffer is volatile and looked at afterwards, or an optimiser makes a loop of this. */
static uintptr_t eat_stack(uintptr_t low, uintptr_t high, size_t *depth)
{
    volatile unsigned char buffer[4096];
    uintptr_t here = (uintptr_t)&buffer;
    *depth += 1;
    if (here < low || high < here)
        return here;
    buffer[0] = buffer[sizeof buffer - 1] = (unsigned char)*depth;
    uintptr_t r = eat_stack(low, high, depth);
    return buffer[0] == buffer[sizeof buffer - 1] ? r : here;
}

static PyObject *fh_stack_overflow(PyObject *m, PyObject *unused)
{
    size_t depth = 0, size = (size_t)100 << 20;
    uintptr_t here = (uintptr_t)&depth;
    no_core_file();
    uintptr_t stop = eat_stack(here < size ? 0 : here - size, here + size, &depth);
    PyErr_Format(PyExc_RuntimeError, "unable to raise a stack overflow (allocated %zu bytes on the stack, %zu recursive calls)",
                 (size_t)(here > stop ? here - stop : stop - here), depth);
    return NULL;
}

/* ---- the module ---- */

#define KW(f) ((PyCFunction)(void (*)(void))(f)), METH_VARARGS | METH_KEYWORDS

static PyMethodDef methods[] = {
    {"enable", KW(fh_enable), "enable(file=sys.stderr, all_threads=True): show tracebacks at fatal signals"},
    {"disable", fh_disable, METH_NOARGS, "disable(): undo enable()"},
    {"is_enabled", fh_is_enabled, METH_NOARGS, "is_enabled()->bool: tell whether enable() is in force"},
    {"dump_traceback", KW(fh_dump_traceback), "dump_traceback(file=sys.stderr, all_threads=True): write the tracebacks of all threads, or of this one"},
    {"dump_traceback_later", KW(fh_later),
     "dump_traceback_later(timeout, repeat=False, file=sys.stderr, exit=False):\nwrite tracebacks when timeout seconds have passed, and again if repeat is\ntrue; exit ends the process then."},
    {"cancel_dump_traceback_later", fh_cancel, METH_NOARGS, "cancel_dump_traceback_later():\nundo dump_traceback_later()"},
    {"register", KW(fh_register), "register(signum, file=sys.stderr, all_threads=True, chain=False): write tracebacks when the signal comes in"},
    {"unregister", fh_unregister, METH_O, "unregister(signum): undo register()"},
    {"_read_null", fh_read_null, METH_NOARGS, "_read_null(): read from address zero"},
    {"_sigsegv", fh_sigsegv, METH_VARARGS, "_sigsegv(release_gil=False): raise SIGSEGV"},
    {"_fatal_error_c_thread", fh_fatal_c_thread, METH_NOARGS, "_fatal_error_c_thread(): Py_FatalError() in a new C thread"},
    {"_sigabrt", fh_sigabrt, METH_NOARGS, "_sigabrt(): raise SIGABRT"},
    {"_sigfpe", fh_sigfpe, METH_NOARGS, "_sigfpe(): raise SIGFPE"},
    {"_fatal_error", fh_fatal_error, METH_VARARGS, "_fatal_error(message): Py_FatalError()"},
    {"_stack_overflow", fh_stack_overflow, METH_NOARGS, "_stack_overflow(): use up the C stack"},
    {NULL, NULL},
};

static int fh_traverse(PyObject *m, visitproc visit, void *arg)
{
    Py_VISIT(watchdog.file);
    for (int n = 0; user_signals && n < NSIG; n++)
        Py_VISIT(user_signals[n].file);
    Py_VISIT(fatal.file);
    return 0;
}

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "faulthandler", "Tracebacks of Python code at fatal errors.", 0, methods,
                                        NULL, fh_traverse, NULL, NULL};

PyMODINIT_FUNC PyInit_faulthandler(void)
{
    return PyModule_Create(&definition);
}

void tai_faulthandler_disable(void);

/* Py_FatalError() has shown all there is to show. */
void tai_faulthandler_disable(void)
{
    fatal.enabled = 0;
}

int tai_faulthandler_init(int enable);
void tai_faulthandler_fini(void);

int tai_faulthandler_init(int enable)
{
    if (handler_stack.ss_sp == NULL) {
        handler_stack.ss_size = SIGSTKSZ * 4;
        handler_stack.ss_sp = PyMem_RawMalloc(handler_stack.ss_size);
        if (handler_stack.ss_sp != NULL && sigaltstack(&handler_stack, &old_stack) != 0) {
            PyMem_RawFree(handler_stack.ss_sp);
            handler_stack.ss_sp = NULL;
        }
    }
    if (!enable)
        return 0;
    PyObject *m = PyImport_ImportModule("faulthandler"), *r;
    if (m == NULL)
        return -1;
    fatal.fd = 2; /* sys.stderr is not there yet */
    fatal.all_threads = 1;
    fatal.interp = tai_interp();
    r = enable_faults() < 0 ? NULL : m;
    Py_DECREF(m);
    return r ? 0 : -1;
}

void tai_faulthandler_fini(void)
{
    if (watchdog.cancel)
        cancel_watchdog();
    for (int n = 0; user_signals && n < NSIG; n++)
        unregister_user(&user_signals[n], n);
    disable_faults();
    if (handler_stack.ss_sp != NULL) {
        stack_t now;
        if (sigaltstack(NULL, &now) == 0 && now.ss_sp == handler_stack.ss_sp)
            sigaltstack(&old_stack, NULL);
        PyMem_RawFree(handler_stack.ss_sp);
        handler_stack.ss_sp = NULL;
    }
}
