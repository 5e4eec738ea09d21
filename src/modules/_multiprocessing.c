/* SPDX-License-Identifier: MIT */
/* _multiprocessing: the lock that processes share, a named POSIX semaphore with an owner and a count of its own.
 *
 * [SEM-1] count is what this process has acquired and not released; owner is the thread that acquired last. A mutex is
 *         ours when count > 0 and owner is the calling thread.
 * Tests: the reference's test_multiprocessing_*.
 */
#include "Python.h"

#include "pythread.h"
#include "structmember.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <time.h>

enum { RECURSIVE_MUTEX, SEMAPHORE };

typedef struct {
    PyObject_HEAD
    sem_t *handle;
    unsigned long owner;
    int count;
    int maxvalue;
    int kind;
    char *name; /* NULL if it was unlinked at once */
} SemLock;

static PyTypeObject SemLockType;

static int is_mine(SemLock *self)
{
    return self->count > 0 && PyThread_get_thread_ident() == self->owner;
}

/* An object around a semaphore; takes name over. NULL leaves both to the caller. */
static PyObject *wrap(PyTypeObject *type, sem_t *handle, int kind, int maxvalue, char *name)
{
    SemLock *self = (SemLock *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->handle = handle;
    self->kind = kind;
    self->maxvalue = maxvalue;
    self->name = name;
    return (PyObject *)self;
}

static char *copy_name(const char *name)
{
    size_t n = strlen(name) + 1;
    char *copy = PyMem_Malloc(n);
    if (copy == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    return memcpy(copy, name, n);
}

static PyObject *semlock_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"kind", "value", "maxvalue", "name", "unlink", NULL};
    int kind, value, maxvalue, unlink;
    const char *name;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "iiisi", names, &kind, &value, &maxvalue, &name, &unlink))
        return NULL;
    if (kind != RECURSIVE_MUTEX && kind != SEMAPHORE) {
        PyErr_SetString(PyExc_ValueError, "unrecognized kind");
        return NULL;
    }
    char *kept = NULL;
    if (!unlink && (kept = copy_name(name)) == NULL)
        return NULL;
    PyObject *self = NULL;
    sem_t *handle = sem_open(name, O_CREAT | O_EXCL, 0600, (unsigned)value);
    if (handle == SEM_FAILED || (unlink && sem_unlink(name) < 0))
        PyErr_SetFromErrno(PyExc_OSError);
    else
        self = wrap(type, handle, kind, maxvalue, kept);
    if (self == NULL) {
        if (handle != SEM_FAILED)
            sem_close(handle);
        PyMem_Free(kept);
    }
    return self;
}

static PyObject *semlock_rebuild(PyObject *type, PyObject *args)
{
    unsigned long long raw;
    int kind, maxvalue;
    const char *name;
    if (!PyArg_ParseTuple(args, "Kiiz", &raw, &kind, &maxvalue, &name))
        return NULL;
    char *kept = NULL;
    sem_t *handle = (sem_t *)(uintptr_t)raw;
    if (name) {
        if ((kept = copy_name(name)) == NULL)
            return NULL;
        handle = sem_open(name, 0);
        if (handle == SEM_FAILED) {
            PyMem_Free(kept);
            return PyErr_SetFromErrno(PyExc_OSError);
        }
    }
    return wrap((PyTypeObject *)type, handle, kind, maxvalue, kept);
}

static void semlock_dealloc(PyObject *op)
{
    SemLock *self = (SemLock *)op;
    if (self->handle)
        sem_close(self->handle);
    PyMem_Free(self->name);
    Py_TYPE(op)->tp_free(op);
}

/* The moment that lies so many seconds ahead; negative ones are now. 0 / -1. */
static int deadline_after(PyObject *timeout, struct timespec *deadline)
{
    double seconds = PyFloat_AsDouble(timeout);
    if (PyErr_Occurred())
        return -1;
    if (clock_gettime(CLOCK_REALTIME, deadline) < 0) {
        PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    if (!(seconds > 0.0))
        seconds = 0.0;
    if (seconds > 1e9)
        seconds = 1e9;
    long whole = (long)seconds;
    long nanoseconds = deadline->tv_nsec + (long)(1e9 * (seconds - (double)whole) + 0.5);
    deadline->tv_sec += whole + nanoseconds / 1000000000;
    deadline->tv_nsec = nanoseconds % 1000000000;
    return 0;
}

static PyObject *semlock_acquire(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"block", "timeout", NULL};
    SemLock *self = (SemLock *)op;
    int blocking = 1, status, error, async = 0;
    PyObject *timeout = Py_None;
    struct timespec deadline;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|iO", names, &blocking, &timeout))
        return NULL;
    if (self->kind == RECURSIVE_MUTEX && is_mine(self)) {
        self->count++;
        Py_RETURN_TRUE;
    }
    int timed = blocking && timeout != Py_None;
    if (timed && deadline_after(timeout, &deadline) < 0)
        return NULL;
    do { /* first without letting the GIL go */
        status = sem_trywait(self->handle);
        error = errno;
    } while (status < 0 && error == EINTR && !(async = PyErr_CheckSignals()));
    if (status < 0 && error == EAGAIN && blocking) {
        do {
            Py_BEGIN_ALLOW_THREADS
            status = timed ? sem_timedwait(self->handle, &deadline) : sem_wait(self->handle);
            error = errno;
            Py_END_ALLOW_THREADS
        } while (status < 0 && error == EINTR && !(async = PyErr_CheckSignals()));
    }
    if (async)
        return NULL;
    if (status < 0) {
        if (error == EAGAIN || error == ETIMEDOUT)
            Py_RETURN_FALSE;
        errno = error;
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    self->count++;
    self->owner = PyThread_get_thread_ident();
    Py_RETURN_TRUE;
}

static PyObject *semlock_release(PyObject *op, PyObject *Py_UNUSED(unused))
{
    SemLock *self = (SemLock *)op;
    if (self->kind == RECURSIVE_MUTEX) {
        if (!is_mine(self)) {
            PyErr_SetString(PyExc_AssertionError, "attempt to release recursive lock not owned by thread");
            return NULL;
        }
        if (self->count > 1) {
            self->count--;
            Py_RETURN_NONE;
        }
    }
    else {
        int value;
        if (sem_getvalue(self->handle, &value) < 0)
            return PyErr_SetFromErrno(PyExc_OSError);
        if (value >= self->maxvalue) {
            PyErr_SetString(PyExc_ValueError, "semaphore or lock released too many times");
            return NULL;
        }
    }
    if (sem_post(self->handle) < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    self->count--;
    Py_RETURN_NONE;
}

static PyObject *semlock_enter(PyObject *op, PyObject *Py_UNUSED(unused))
{
    PyObject *none = PyTuple_New(0), *result = none ? semlock_acquire(op, none, NULL) : NULL;
    Py_XDECREF(none);
    return result;
}

static PyObject *semlock_exit(PyObject *op, PyObject *Py_UNUSED(args))
{
    return semlock_release(op, NULL);
}

static PyObject *semlock_count(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(((SemLock *)op)->count);
}

static PyObject *semlock_is_mine(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(is_mine((SemLock *)op));
}

static PyObject *semlock_get_value(PyObject *op, PyObject *Py_UNUSED(unused))
{
    int value;
    if (sem_getvalue(((SemLock *)op)->handle, &value) < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyLong_FromLong(value < 0 ? 0 : value);
}

static PyObject *semlock_is_zero(PyObject *op, PyObject *Py_UNUSED(unused))
{
    int value;
    if (sem_getvalue(((SemLock *)op)->handle, &value) < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyBool_FromLong(value == 0);
}

static PyObject *semlock_after_fork(PyObject *op, PyObject *Py_UNUSED(unused))
{
    ((SemLock *)op)->count = 0;
    Py_RETURN_NONE;
}

static PyMethodDef semlock_methods[] = {
    {"acquire", (PyCFunction)(void (*)(void))semlock_acquire, METH_VARARGS | METH_KEYWORDS, "take the lock or semaphore: acquire(block=True, timeout=None) -> whether it succeeded"},
    {"release", semlock_release, METH_NOARGS, "give the lock or semaphore back"},
    {"__enter__", semlock_enter, METH_NOARGS, "acquire"},
    {"__exit__", semlock_exit, METH_VARARGS, "release"},
    {"_count", semlock_count, METH_NOARGS, "acquisitions by this process that are not yet released"},
    {"_is_mine", semlock_is_mine, METH_NOARGS, "does the calling thread own the lock?"},
    {"_get_value", semlock_get_value, METH_NOARGS, "the semaphore's value"},
    {"_is_zero", semlock_is_zero, METH_NOARGS, "is the value 0?"},
    {"_rebuild", semlock_rebuild, METH_VARARGS | METH_CLASS, "_rebuild(handle, kind, maxvalue, name): the lock of another process"},
    {"_after_fork", semlock_after_fork, METH_NOARGS, "a child owns nothing: set the count to 0"},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef semlock_members[] = {
    {"handle", T_ULONGLONG, offsetof(SemLock, handle), READONLY, NULL},
    {"kind", T_INT, offsetof(SemLock, kind), READONLY, NULL},
    {"maxvalue", T_INT, offsetof(SemLock, maxvalue), READONLY, NULL},
    {"name", T_STRING, offsetof(SemLock, name), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyTypeObject SemLockType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_multiprocessing.SemLock",
    .tp_basicsize = sizeof(SemLock),
    .tp_dealloc = semlock_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Semaphore or recursive lock of several processes",
    .tp_methods = semlock_methods,
    .tp_members = semlock_members,
    .tp_new = semlock_new,
};

/* ------------------------------------------------------------------ module */

static PyObject *unlink_name(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *name;
    if (!PyArg_ParseTuple(args, "s", &name))
        return NULL;
    if (sem_unlink(name) < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"sem_unlink", unlink_name, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_multiprocessing",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__multiprocessing(void)
{
    if (PyType_Ready(&SemLockType) < 0)
        return NULL;
    PyObject *limit = PyLong_FromLong(SEM_VALUE_MAX);
    if (limit == NULL || PyDict_SetItemString(SemLockType.tp_dict, "SEM_VALUE_MAX", limit) < 0) {
        Py_XDECREF(limit);
        return NULL;
    }
    Py_DECREF(limit);
    PyObject *m = PyModule_Create(&module_def), *flags;
    if (m == NULL)
        return NULL;
    Py_INCREF(&SemLockType);
    PyModule_AddObject(m, "SemLock", (PyObject *)&SemLockType);
    flags = Py_BuildValue("{sisi}", "HAVE_SEM_OPEN", 1, "HAVE_SEM_TIMEDWAIT", 1);
    if (flags == NULL || PyModule_AddObject(m, "flags", flags) < 0) {
        Py_XDECREF(flags);
        Py_CLEAR(m);
    }
    return m;
}
