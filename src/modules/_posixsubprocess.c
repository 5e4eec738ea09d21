/* SPDX-License-Identifier: MIT */
/* _posixsubprocess: fork and exec for the subprocess module.
 *
 * [SPAWN-1] Between fork() and exec() the child calls only functions that are safe there: everything it needs is made
 *           before, nothing is allocated (except by preexec_fn, whose risk is the caller's).
 * [SPAWN-2] What goes wrong in the child is written to errpipe_write as "Name:errno in hex:message", which the parent
 *           turns into an exception.
 */
#include "Python.h"
#include <dirent.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>

typedef struct {
    char *const *exec_array, *const *argv, *const *envp;
    const char *cwd;
    int p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite, errpipe_read, errpipe_write;
    int close_fds, restore_signals, call_setsid;
    int *keep;
    Py_ssize_t keep_count;
    PyObject *preexec_fn, *preexec_args;
} Child;

/* The descriptors to keep, checked and sorted; -1 with an exception. */
static int parse_keep(PyObject *tuple, Child *child)
{
    child->keep_count = PyTuple_GET_SIZE(tuple);
    child->keep = PyMem_New(int, child->keep_count + 1);
    if (child->keep == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    long previous = -1;
    for (Py_ssize_t i = 0; i < child->keep_count; i++) {
        PyObject *item = PyTuple_GET_ITEM(tuple, i);
        long fd = PyLong_Check(item) ? PyLong_AsLong(item) : -1;
        if (fd < 0 || fd <= previous || fd > INT_MAX) {
            PyErr_Clear();
            PyErr_SetString(PyExc_ValueError, "bad value(s) in fds_to_keep");
            return -1;
        }
        child->keep[i] = (int)(previous = fd);
    }
    return 0;
}

static int is_kept(const Child *child, int fd)
{
    Py_ssize_t low = 0, high = child->keep_count;
    while (low < high) {
        Py_ssize_t middle = (low + high) / 2;
        if (child->keep[middle] == fd)
            return 1;
        if (child->keep[middle] < fd)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}

/* Let the kept descriptors be inherited.  0 or -1 with errno. */
static int make_inheritable(const Child *child)
{
    for (Py_ssize_t i = 0; i < child->keep_count; i++) {
        int fd = child->keep[i];
        /* The error pipe must close by itself when exec() succeeds. */
        if (fd == child->errpipe_write)
            continue;
        int flags = fcntl(fd, F_GETFD);
        if (flags != -1 && (flags & FD_CLOEXEC))
            fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC);
    }
    return 0;
}

/* Close all descriptors from 3 on but the kept ones: the gaps between them. */
static void close_others(const Child *child)
{
    int start = 3;
    for (Py_ssize_t i = 0; i <= child->keep_count; i++) {
        int stop = i < child->keep_count ? child->keep[i] : -1;
        if (i < child->keep_count && stop < start)
            continue;
        unsigned last = stop < 0 ? ~0U : (unsigned)stop - 1;
        if (stop < 0 || stop > start) {
#ifdef SYS_close_range
            if (syscall(SYS_close_range, (unsigned)start, last, 0) != 0)
#endif
            {
                long most = sysconf(_SC_OPEN_MAX);
                long end = stop < 0 ? (most > 0 ? most : 1024) : stop;
                for (long fd = start; fd < end; fd++)
                    if (!is_kept(child, (int)fd))
                        close((int)fd);
            }
        }
        start = stop + 1;
    }
}

/* Make `from` descriptor `to` of the child.  0 or -1. */
static int place(int from, int to)
{
    if (from == to) {
        /* dup2() to itself would leave it closed on exec. */
        int flags = fcntl(from, F_GETFD);
        return flags == -1 || fcntl(from, F_SETFD, flags & ~FD_CLOEXEC) == -1 ? -1 : 0;
    }
    return from == -1 ? 0 : dup2(from, to) == -1 ? -1 : 0;
}

static void write_all(int fd, const char *text, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, text, n);
        if (done <= 0)
            return;
        text += done;
        n -= done;
    }
}

/* [SPAWN-2] */
static void report(const Child *child, const char *name, int error, const char *message)
{
    char digits[sizeof error * 2], *at = digits + sizeof digits;
    write_all(child->errpipe_write, name, strlen(name));
    write_all(child->errpipe_write, ":", 1);
    if (error)
        for (unsigned value = (unsigned)error; value; value >>= 4)
            *--at = "0123456789ABCDEF"[value & 15];
    else
        *--at = '0';
    write_all(child->errpipe_write, at, digits + sizeof digits - at);
    write_all(child->errpipe_write, ":", 1);
    write_all(child->errpipe_write, message, strlen(message));
}

/* [SPAWN-1] Runs in the child; returns only if something failed, which it has reported. */
static void child_exec(Child *c)
{
    int saved = 0;
    if (make_inheritable(c) < 0)
        goto error;
    if (c->p2cwrite != -1)
        close(c->p2cwrite);
    if (c->c2pread != -1)
        close(c->c2pread);
    if (c->errread != -1)
        close(c->errread);
    close(c->errpipe_read);

    /* Pipe ends that sit on 0 to 2 must move out of the way before those are filled. */
    if (c->c2pwrite == 0 && (c->c2pwrite = fcntl(0, F_DUPFD_CLOEXEC, 0)) == -1)
        goto error;
    while (c->errwrite == 0 || c->errwrite == 1)
        if ((c->errwrite = fcntl(c->errwrite, F_DUPFD_CLOEXEC, 0)) == -1)
            goto error;
    if (place(c->p2cread, 0) < 0 || place(c->c2pwrite, 1) < 0 || place(c->errwrite, 2) < 0)
        goto error;
    /* The originals stay: exec or close_others() closes those that are not to be passed on. */
    if (c->cwd != NULL && chdir(c->cwd) == -1)
        goto error;
    if (c->restore_signals)
        _Py_RestoreSignals();
    if (c->call_setsid && setsid() == -1)
        goto error;
    if (c->preexec_fn != Py_None && c->preexec_args != NULL) {
        PyObject *result = PyObject_Call(c->preexec_fn, c->preexec_args, NULL);
        if (result == NULL) {
            /* The child is broken; its message names only the kind of failure. */
            report(c, "SubprocessError", 0, "Exception occurred in preexec_fn.");
            return;
        }
        Py_DECREF(result);
    }
    if (c->close_fds)
        close_others(c);

    for (int i = 0; c->exec_array[i] != NULL; i++) {
        if (c->envp)
            execve(c->exec_array[i], c->argv, c->envp);
        else
            execv(c->exec_array[i], c->argv);
        if (errno != ENOENT && errno != ENOTDIR && saved == 0)
            saved = errno;
    }
    if (saved)
        errno = saved;
    report(c, "OSError", errno, "");
    return;
error:
    report(c, "OSError", errno, "noexec");
}

/* gc is off during fork with a preexec_fn, which otherwise could run finalizers in the child.  Was it on?  -1: error. */
static int gc_switch(const char *method, int want_answer)
{
    PyObject *gc = PyImport_ImportModule("gc");
    if (gc == NULL)
        return -1;
    PyObject *result = PyObject_CallMethod(gc, method, NULL);
    Py_DECREF(gc);
    if (result == NULL)
        return -1;
    int truth = want_answer ? PyObject_IsTrue(result) : 0;
    Py_DECREF(result);
    return truth;
}

/* argv as byte strings for exec(): each item goes through the file system's encoding. */
static char *const *argv_array(PyObject *process_args, PyObject **kept)
{
    PyObject *fast = PySequence_Fast(process_args, "argv must be a tuple"), *converted;
    if (fast == NULL)
        return NULL;
    Py_ssize_t n = PySequence_Fast_GET_SIZE(fast);
    converted = PyTuple_New(n);
    if (converted == NULL) {
        Py_DECREF(fast);
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *bytes;
        if (PySequence_Fast_GET_SIZE(fast) != n) {
            PyErr_SetString(PyExc_RuntimeError, "args changed during iteration");
            goto error;
        }
        if (!PyUnicode_FSConverter(PySequence_Fast_GET_ITEM(fast, i), &bytes))
            goto error;
        PyTuple_SET_ITEM(converted, i, bytes);
    }
    Py_DECREF(fast);
    char *const *array = _PySequence_BytesToCharpArray(converted);
    *kept = converted;
    return array;
error:
    Py_DECREF(fast);
    Py_DECREF(converted);
    return NULL;
}

static PyObject *fork_exec(PyObject *module, PyObject *args)
{
    Child c = {0};
    PyObject *process_args, *executables, *keep, *cwd, *env, *cwd_bytes = NULL, *argv_kept = NULL, *result = NULL;
    int gc_was_on = 0, with_preexec;
    pid_t pid;

    if (!PyArg_ParseTuple(args, "OOpO!OOiiiiiiiiiiO:fork_exec", &process_args, &executables, &c.close_fds, &PyTuple_Type, &keep,
                          &cwd, &env, &c.p2cread, &c.p2cwrite, &c.c2pread, &c.c2pwrite, &c.errread, &c.errwrite,
                          &c.errpipe_read, &c.errpipe_write, &c.restore_signals, &c.call_setsid, &c.preexec_fn))
        return NULL;
    with_preexec = c.preexec_fn != Py_None;
    if (with_preexec && _PyInterpreterState_Get() != PyInterpreterState_Main()) {
        PyErr_SetString(PyExc_RuntimeError, "preexec_fn not supported within subinterpreters");
        return NULL;
    }
    if (c.close_fds && c.errpipe_write < 3) {
        PyErr_SetString(PyExc_ValueError, "errpipe_write must be >= 3");
        return NULL;
    }
    if (parse_keep(keep, &c) < 0)
        goto done;
    if (with_preexec) {
        gc_was_on = gc_switch("isenabled", 1);
        if (gc_was_on < 0 || gc_switch("disable", 0) < 0) {
            gc_was_on = 0;
            goto done;
        }
    }
    c.exec_array = _PySequence_BytesToCharpArray(executables);
    if (c.exec_array == NULL)
        goto done;
    if (process_args != Py_None && (c.argv = argv_array(process_args, &argv_kept)) == NULL)
        goto done;
    if (env != Py_None && (c.envp = _PySequence_BytesToCharpArray(env)) == NULL)
        goto done;
    if (cwd != Py_None) {
        if (PyUnicode_FSConverter(cwd, &cwd_bytes) == 0)
            goto done;
        c.cwd = PyBytes_AsString(cwd_bytes);
    }
    if (with_preexec) {
        c.preexec_args = PyTuple_New(0);
        if (c.preexec_args == NULL)
            goto done;
        PyOS_BeforeFork();
    }
    pid = fork();
    if (pid == 0) {
        if (with_preexec)
            PyOS_AfterFork_Child();
        child_exec(&c);
        _exit(255);
    }
    int error = errno;
    if (with_preexec)
        PyOS_AfterFork_Parent();
    errno = error;
    result = pid < 0 ? PyErr_SetFromErrno(PyExc_OSError) : PyLong_FromLong(pid);
done:
    if (c.exec_array)
        _Py_FreeCharPArray(c.exec_array);
    if (c.argv)
        _Py_FreeCharPArray(c.argv);
    if (c.envp)
        _Py_FreeCharPArray(c.envp);
    PyMem_Free(c.keep);
    Py_XDECREF(argv_kept);
    Py_XDECREF(cwd_bytes);
    Py_XDECREF(c.preexec_args);
    if (gc_was_on) {
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        if (gc_switch("enable", 0) < 0)
            PyErr_Clear();
        PyErr_Restore(type, value, traceback);
    }
    return result;
}

static PyMethodDef methods[] = {
    {"fork_exec", fork_exec, METH_VARARGS,
     PyDoc_STR("fork_exec(args, executable_list, close_fds, fds_to_keep, cwd, env,\n"
               "          p2cread, p2cwrite, c2pread, c2pwrite, errread, errwrite,\n"
               "          errpipe_read, errpipe_write, restore_signals, call_setsid,\n"
               "          preexec_fn)\n\n"
               "Fork, set the child up and execute the first program of executable_list that can be.\n"
               "Returns the child's id; it reports errors through errpipe_write.")},
    {NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_posixsubprocess",
    .m_doc = PyDoc_STR("Starting processes, for the subprocess module."),
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__posixsubprocess(void) { return PyModule_Create(&module_def); }
