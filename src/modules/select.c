/* SPDX-License-Identifier: MIT */
/* select: waiting for descriptors: select(), poll() and epoll. */
#include "Python.h"
#include "structmember.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

/* A timeout argument as nanoseconds: -1 for None.  0 or -1 with an exception. */
static int parse_timeout(PyObject *arg, _PyTime_t *timeout, int milliseconds, const char *type_message)
{
    *timeout = -1;
    if (arg == NULL || arg == Py_None)
        return 0;
    int rc = milliseconds ? _PyTime_FromMillisecondsObject(timeout, arg, _PyTime_ROUND_TIMEOUT)
                          : _PyTime_FromSecondsObject(timeout, arg, _PyTime_ROUND_TIMEOUT);
    if (rc < 0) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_SetString(PyExc_TypeError, type_message);
        return -1;
    }
    return 0;
}

/* --- select() ------------------------------------------------------------------------------------------------------ */

typedef struct {
    PyObject *object; /* owned */
    int fd;
} Watched;

typedef struct {
    Watched items[FD_SETSIZE];
    int count;
} WatchList;

static void watch_clear(WatchList *list)
{
    for (int i = 0; i < list->count; i++)
        Py_DECREF(list->items[i].object);
    list->count = 0;
}

/* Fill a set from a sequence of descriptors; the highest + 1, or -1. */
static int watch_fill(PyObject *sequence, fd_set *set, WatchList *list)
{
    int highest = -1;
    FD_ZERO(set);
    list->count = 0;
    PyObject *fast = PySequence_Fast(sequence, "arguments 1-3 must be sequences");
    if (fast == NULL)
        return -1;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
        PyObject *object = PySequence_Fast_GET_ITEM(fast, i);
        Py_INCREF(object);
        int fd = PyObject_AsFileDescriptor(object);
        if (fd == -1) {
            Py_DECREF(object);
            goto error;
        }
        if (!_PyIsSelectable_fd(fd)) {
            PyErr_SetString(PyExc_ValueError, "filedescriptor out of range in select()");
            Py_DECREF(object);
            goto error;
        }
        if (list->count >= FD_SETSIZE) {
            PyErr_SetString(PyExc_ValueError, "too many file descriptors in select()");
            Py_DECREF(object);
            goto error;
        }
        if (fd > highest)
            highest = fd;
        FD_SET(fd, set);
        list->items[list->count++] = (Watched){object, fd};
    }
    Py_DECREF(fast);
    return highest + 1;
error:
    Py_DECREF(fast);
    return -1;
}

static PyObject *watch_ready(const fd_set *set, const WatchList *list)
{
    PyObject *result = PyList_New(0);
    for (int i = 0; result != NULL && i < list->count; i++)
        if (FD_ISSET(list->items[i].fd, set) && PyList_Append(result, list->items[i].object) < 0)
            Py_CLEAR(result);
    return result;
}

static PyObject *select_select(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    fd_set sets[3];
    _PyTime_t timeout, deadline = 0;
    struct timeval tv, *tvp = NULL;
    int n, highest = 0;
    PyObject *result = NULL;
    if (!_PyArg_CheckPositional("select", nargs, 3, 4))
        return NULL;
    PyObject *limit = nargs == 4 ? args[3] : Py_None;
    if (parse_timeout(limit, &timeout, 0, "timeout must be a float or None") < 0)
        return NULL;
    if (limit != Py_None && timeout < 0) {
        PyErr_SetString(PyExc_ValueError, "timeout must be non-negative");
        return NULL;
    }
    WatchList *lists = PyMem_Calloc(3, sizeof(WatchList));
    if (lists == NULL)
        return PyErr_NoMemory();
    for (int i = 0; i < 3; i++) {
        int top = watch_fill(args[i], &sets[i], &lists[i]);
        if (top < 0)
            goto done;
        if (top > highest)
            highest = top;
    }
    if (limit != Py_None) {
        if (_PyTime_AsTimeval(timeout, &tv, _PyTime_ROUND_TIMEOUT) < 0)
            goto done;
        tvp = &tv;
        deadline = _PyTime_GetMonotonicClock() + timeout;
    }
    for (;;) {
        fd_set now[3] = {sets[0], sets[1], sets[2]};
        Py_BEGIN_ALLOW_THREADS
        errno = 0;
        n = select(highest, &now[0], &now[1], &now[2], tvp);
        Py_END_ALLOW_THREADS
        if (n >= 0) {
            if (n == 0)
                for (int i = 0; i < 3; i++)
                    FD_ZERO(&now[i]);
            PyObject *lists_ready[3];
            for (int i = 0; i < 3; i++)
                lists_ready[i] = watch_ready(&now[i], &lists[i]);
            if (lists_ready[0] && lists_ready[1] && lists_ready[2])
                result = PyTuple_Pack(3, lists_ready[0], lists_ready[1], lists_ready[2]);
            for (int i = 0; i < 3; i++)
                Py_XDECREF(lists_ready[i]);
            goto done;
        }
        if (errno != EINTR) {
            PyErr_SetFromErrno(PyExc_OSError);
            goto done;
        }
        if (PyErr_CheckSignals())
            goto done;
        if (tvp) {
            timeout = deadline - _PyTime_GetMonotonicClock();
            if (timeout < 0)
                timeout = 0;
            if (_PyTime_AsTimeval(timeout, &tv, _PyTime_ROUND_CEILING) < 0)
                goto done;
        }
    }
done:
    for (int i = 0; i < 3; i++)
        watch_clear(&lists[i]);
    PyMem_Free(lists);
    return result;
}

/* --- poll ------------------------------------------------------------------------------------------------------------ */

typedef struct {
    PyObject_HEAD
    PyObject *dict;         /* fd -> events */
    int changed;            /* ufds is older than dict */
    int ufd_count;
    struct pollfd *ufds;
    int running;
} Poll;

static PyTypeObject Poll_Type;

static int parse_events(PyObject *arg, unsigned short *events)
{
    if (PyLong_Check(arg) && _PyLong_Sign(arg) < 0) {
        PyErr_SetString(PyExc_ValueError, "value must be positive");
        return -1;
    }
    unsigned long value = PyLong_AsUnsignedLong(arg);
    if (value == (unsigned long)-1 && PyErr_Occurred())
        return -1;
    if (value > USHRT_MAX) {
        PyErr_SetString(PyExc_OverflowError, "Python int too large for C unsigned short");
        return -1;
    }
    *events = (unsigned short)value;
    return 0;
}

static int poll_set(Poll *self, int fd, unsigned short events, int must_exist)
{
    PyObject *key = PyLong_FromLong(fd), *value = PyLong_FromLong(events);
    int rc = -1;
    if (key != NULL && value != NULL) {
        if (must_exist && PyDict_GetItemWithError(self->dict, key) == NULL) {
            if (!PyErr_Occurred()) {
                errno = ENOENT;
                PyErr_SetFromErrno(PyExc_OSError);
            }
        } else {
            rc = PyDict_SetItem(self->dict, key, value);
        }
    }
    Py_XDECREF(key);
    Py_XDECREF(value);
    self->changed = 1;
    return rc;
}

static PyObject *poll_register(Poll *self, PyObject *const *args, Py_ssize_t nargs)
{
    unsigned short events = POLLIN | POLLPRI | POLLOUT;
    if (!_PyArg_CheckPositional("register", nargs, 1, 2))
        return NULL;
    int fd = PyObject_AsFileDescriptor(args[0]);
    if (fd < 0 || (nargs == 2 && parse_events(args[1], &events) < 0) || poll_set(self, fd, events, 0) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *poll_modify(Poll *self, PyObject *const *args, Py_ssize_t nargs)
{
    unsigned short events;
    if (!_PyArg_CheckPositional("modify", nargs, 2, 2))
        return NULL;
    int fd = PyObject_AsFileDescriptor(args[0]);
    if (fd < 0 || parse_events(args[1], &events) < 0 || poll_set(self, fd, events, 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *poll_unregister(Poll *self, PyObject *arg)
{
    int fd = PyObject_AsFileDescriptor(arg);
    if (fd < 0)
        return NULL;
    PyObject *key = PyLong_FromLong(fd);
    if (key == NULL)
        return NULL;
    int rc = PyDict_DelItem(self->dict, key);
    Py_DECREF(key);
    if (rc < 0)
        return NULL;
    self->changed = 1;
    Py_RETURN_NONE;
}

static int poll_update(Poll *self)
{
    Py_ssize_t pos = 0;
    PyObject *key, *value;
    int n = (int)PyDict_GET_SIZE(self->dict), i = 0;
    struct pollfd *ufds = PyMem_Realloc(self->ufds, (n ? n : 1) * sizeof(struct pollfd));
    if (ufds == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->ufds = ufds;
    self->ufd_count = n;
    while (i < n && PyDict_Next(self->dict, &pos, &key, &value)) {
        ufds[i].fd = (int)PyLong_AsLong(key);
        ufds[i++].events = (short)(unsigned short)PyLong_AsLong(value);
    }
    self->changed = 0;
    return 0;
}

static PyObject *poll_poll(Poll *self, PyObject *const *args, Py_ssize_t nargs)
{
    _PyTime_t timeout, deadline = 0, ms = -1;
    int n, async = 0;
    if (!_PyArg_CheckPositional("poll", nargs, 0, 1))
        return NULL;
    PyObject *limit = nargs ? args[0] : Py_None;
    if (limit != Py_None) {
        if (parse_timeout(limit, &timeout, 1, "timeout must be an integer or None") < 0)
            return NULL;
        ms = _PyTime_AsMilliseconds(timeout, _PyTime_ROUND_TIMEOUT);
        if (ms < INT_MIN || ms > INT_MAX) {
            PyErr_SetString(PyExc_OverflowError, "timeout is too large");
            return NULL;
        }
        if (timeout >= 0)
            deadline = _PyTime_GetMonotonicClock() + timeout;
    }
    if (ms < 0)
        ms = -1;
    if (self->running) {
        PyErr_SetString(PyExc_RuntimeError, "concurrent poll() invocation");
        return NULL;
    }
    if (self->changed && poll_update(self) < 0)
        return NULL;
    self->running = 1;
    for (;;) {
        Py_BEGIN_ALLOW_THREADS
        errno = 0;
        n = poll(self->ufds, self->ufd_count, (int)ms);
        Py_END_ALLOW_THREADS
        if (errno != EINTR)
            break;
        if (PyErr_CheckSignals()) {
            async = 1;
            break;
        }
        if (ms >= 0) {
            timeout = deadline - _PyTime_GetMonotonicClock();
            if (timeout < 0) {
                n = 0;
                break;
            }
            ms = _PyTime_AsMilliseconds(timeout, _PyTime_ROUND_CEILING);
        }
    }
    self->running = 0;
    if (async)
        return NULL;
    if (n < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    PyObject *list = PyList_New(0);
    for (int i = 0; list != NULL && i < self->ufd_count && n > 0; i++) {
        if (!self->ufds[i].revents)
            continue;
        PyObject *pair = Py_BuildValue("ii", self->ufds[i].fd, self->ufds[i].revents & 0xffff);
        if (pair == NULL || PyList_Append(list, pair) < 0)
            Py_CLEAR(list);
        Py_XDECREF(pair);
    }
    return list;
}

static void poll_dealloc(Poll *self)
{
    PyMem_Free(self->ufds);
    Py_XDECREF(self->dict);
    PyObject_Del(self);
}

#define M(function) (PyCFunction)(void (*)(void))function
static PyMethodDef poll_methods[] = {
    {"register", M(poll_register), METH_FASTCALL, PyDoc_STR("register($self, fd, eventmask=POLLIN | POLLPRI | POLLOUT, /)\n--\n\nWatch a descriptor.")},
    {"modify", M(poll_modify), METH_FASTCALL, PyDoc_STR("modify($self, fd, eventmask, /)\n--\n\nWatch a descriptor for other events.")},
    {"unregister", M(poll_unregister), METH_O, PyDoc_STR("unregister($self, fd, /)\n--\n\nWatch a descriptor no more.")},
    {"poll", M(poll_poll), METH_FASTCALL, PyDoc_STR("poll($self, timeout=None, /)\n--\n\nWait up to timeout milliseconds; return a list of (fd, event).")},
    {NULL},
};

static PyTypeObject Poll_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "select.poll",
    .tp_basicsize = sizeof(Poll),
    .tp_dealloc = (destructor)poll_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = poll_methods,
};

static PyObject *select_poll(PyObject *module, PyObject *unused)
{
    Poll *self = PyObject_New(Poll, &Poll_Type);
    if (self == NULL)
        return NULL;
    self->changed = 1;
    self->ufd_count = 0;
    self->ufds = NULL;
    self->running = 0;
    self->dict = PyDict_New();
    if (self->dict == NULL)
        Py_CLEAR(self);
    return (PyObject *)self;
}

/* --- epoll ------------------------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    int epfd; /* -1: closed */
} Epoll;

static PyTypeObject Epoll_Type;

static PyObject *epoll_closed_error(void)
{
    PyErr_SetString(PyExc_ValueError, "I/O operation on closed epoll object");
    return NULL;
}

static int epoll_shut(Epoll *self)
{
    int error = 0;
    if (self->epfd >= 0) {
        int fd = self->epfd;
        self->epfd = -1;
        Py_BEGIN_ALLOW_THREADS
        if (close(fd) < 0)
            error = errno;
        Py_END_ALLOW_THREADS
    }
    return error;
}

static PyObject *epoll_wrap(PyTypeObject *type, int fd)
{
    Epoll *self = (Epoll *)type->tp_alloc(type, 0);
    if (self == NULL) {
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    self->epfd = fd;
    if (fd < 0) {
        PyErr_SetFromErrno(PyExc_OSError);
        Py_CLEAR(self);
    }
    return (PyObject *)self;
}

static int to_int(PyObject *value, int *number)
{
    if (PyFloat_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *number = _PyLong_AsInt(value);
    return *number == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *epoll_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static const char *const names[] = {"sizehint", "flags", NULL};
    static _PyArg_Parser parser = {.keywords = names, .fname = "epoll"};
    PyObject *laid[2] = {NULL}, *const *given;
    int sizehint = -1, flags = 0;
    given = _PyArg_UnpackKeywords(&PyTuple_GET_ITEM(args, 0), PyTuple_GET_SIZE(args), kwds, NULL, &parser, 0, 2, 0, laid);
    if (given == NULL)
        return NULL;
    for (int i = 0; i < 2 && (given == laid || i < PyTuple_GET_SIZE(args)); i++)
        if (given[i] != NULL && to_int(given[i], i == 0 ? &sizehint : &flags) < 0)
            return NULL;
    if (sizehint <= 0 && sizehint != -1) {
        PyErr_SetString(PyExc_ValueError, "negative sizehint");
        return NULL;
    }
    if (flags && flags != EPOLL_CLOEXEC) {
        PyErr_SetString(PyExc_OSError, "invalid flags");
        return NULL;
    }
    int fd;
    Py_BEGIN_ALLOW_THREADS
    fd = epoll_create1(EPOLL_CLOEXEC);
    Py_END_ALLOW_THREADS
    return epoll_wrap(type, fd);
}

static void epoll_dealloc(Epoll *self)
{
    epoll_shut(self);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *epoll_close(Epoll *self, PyObject *unused)
{
    errno = epoll_shut(self);
    if (errno)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}

static PyObject *epoll_fileno(Epoll *self, PyObject *unused)
{
    return self->epfd < 0 ? epoll_closed_error() : PyLong_FromLong(self->epfd);
}

static PyObject *epoll_fromfd(PyObject *cls, PyObject *arg)
{
    int fd;
    if (to_int(arg, &fd) < 0)
        return NULL;
    return epoll_wrap((PyTypeObject *)cls, fd == -1 ? epoll_create1(EPOLL_CLOEXEC) : fd);
}

static PyObject *epoll_control(Epoll *self, int op, int fd, unsigned events)
{
    struct epoll_event event = {.events = events, .data.fd = fd};
    int rc;
    if (self->epfd < 0)
        return epoll_closed_error();
    Py_BEGIN_ALLOW_THREADS
    rc = epoll_ctl(self->epfd, op, fd, &event);
    if (op == EPOLL_CTL_DEL && rc < 0 && errno == EBADF)
        rc = 0; /* a closed descriptor is gone already */
    Py_END_ALLOW_THREADS
    if (rc < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}

/* Descriptors are converted in their place among the arguments. */
static int to_descriptor(PyObject *object, void *out)
{
    int fd = PyObject_AsFileDescriptor(object);
    *(int *)out = fd;
    return fd >= 0;
}

static PyObject *epoll_register(Epoll *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"fd", "eventmask", NULL};
    static _PyArg_Parser parser = {.format = "O&|I:register", .keywords = names};
    int fd;
    unsigned events = EPOLLIN | EPOLLPRI | EPOLLOUT;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, to_descriptor, &fd, &events))
        return NULL;
    return epoll_control(self, EPOLL_CTL_ADD, fd, events);
}

static PyObject *epoll_modify(Epoll *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"fd", "eventmask", NULL};
    static _PyArg_Parser parser = {.format = "O&I:modify", .keywords = names};
    int fd;
    unsigned events;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, to_descriptor, &fd, &events))
        return NULL;
    return epoll_control(self, EPOLL_CTL_MOD, fd, events);
}

static PyObject *epoll_unregister(Epoll *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"fd", NULL};
    static _PyArg_Parser parser = {.format = "O:unregister", .keywords = names};
    PyObject *object;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &object))
        return NULL;
    int fd = PyObject_AsFileDescriptor(object);
    return fd < 0 ? NULL : epoll_control(self, EPOLL_CTL_DEL, fd, 0);
}

static PyObject *epoll_poll(Epoll *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"timeout", "maxevents", NULL};
    static _PyArg_Parser parser = {.format = "|Oi:poll", .keywords = names};
    PyObject *limit = Py_None, *list = NULL;
    int maxevents = -1, n;
    _PyTime_t timeout, ms = -1, deadline = 0;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &limit, &maxevents))
        return NULL;
    if (self->epfd < 0)
        return epoll_closed_error();
    if (limit != Py_None) {
        if (parse_timeout(limit, &timeout, 0, "timeout must be an integer or None") < 0)
            return NULL;
        ms = _PyTime_AsMilliseconds(timeout, _PyTime_ROUND_CEILING);
        if (ms < INT_MIN || ms > INT_MAX) {
            PyErr_SetString(PyExc_OverflowError, "timeout is too large");
            return NULL;
        }
        if (ms < 0)
            ms = -1;
        else
            deadline = _PyTime_GetMonotonicClock() + timeout;
    }
    if (maxevents == -1)
        maxevents = FD_SETSIZE - 1;
    else if (maxevents < 1) {
        PyErr_Format(PyExc_ValueError, "maxevents must be greater than 0, got %d", maxevents);
        return NULL;
    }
    struct epoll_event *events = PyMem_New(struct epoll_event, maxevents);
    if (events == NULL)
        return PyErr_NoMemory();
    for (;;) {
        Py_BEGIN_ALLOW_THREADS
        errno = 0;
        n = epoll_wait(self->epfd, events, maxevents, (int)ms);
        Py_END_ALLOW_THREADS
        if (errno != EINTR)
            break;
        if (PyErr_CheckSignals())
            goto done;
        if (ms >= 0) {
            timeout = deadline - _PyTime_GetMonotonicClock();
            if (timeout < 0) {
                n = 0;
                break;
            }
            ms = _PyTime_AsMilliseconds(timeout, _PyTime_ROUND_CEILING);
        }
    }
    if (n < 0) {
        PyErr_SetFromErrno(PyExc_OSError);
        goto done;
    }
    list = PyList_New(n);
    for (int i = 0; list != NULL && i < n; i++) {
        PyObject *pair = Py_BuildValue("iI", events[i].data.fd, events[i].events);
        if (pair == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, pair);
    }
done:
    PyMem_Free(events);
    return list;
}

static PyObject *epoll_enter(Epoll *self, PyObject *unused)
{
    if (self->epfd < 0)
        return epoll_closed_error();
    Py_INCREF(self);
    return (PyObject *)self;
}

static PyObject *epoll_exit(Epoll *self, PyObject *const *args, Py_ssize_t nargs)
{
    return _PyArg_CheckPositional("__exit__", nargs, 0, 3) ? epoll_close(self, NULL) : NULL;
}

static PyObject *epoll_get_closed(Epoll *self, void *closure) { return PyBool_FromLong(self->epfd < 0); }

static PyMethodDef epoll_methods[] = {
    {"fromfd", M(epoll_fromfd), METH_O | METH_CLASS, PyDoc_STR("fromfd($type, fd, /)\n--\n\nMake an epoll object of a descriptor.")},
    {"close", M(epoll_close), METH_NOARGS, PyDoc_STR("close($self, /)\n--\n\nClose the descriptor; further operations raise ValueError.")},
    {"fileno", M(epoll_fileno), METH_NOARGS, PyDoc_STR("fileno($self, /)\n--\n\nReturn the descriptor.")},
    {"register", M(epoll_register), METH_FASTCALL | METH_KEYWORDS, PyDoc_STR("register($self, /, fd, eventmask=EPOLLIN | EPOLLPRI | EPOLLOUT)\n--\n\nWatch a descriptor.  Raises OSError if it is watched already.")},
    {"modify", M(epoll_modify), METH_FASTCALL | METH_KEYWORDS, PyDoc_STR("modify($self, /, fd, eventmask)\n--\n\nWatch a descriptor for other events.")},
    {"unregister", M(epoll_unregister), METH_FASTCALL | METH_KEYWORDS, PyDoc_STR("unregister($self, /, fd)\n--\n\nWatch a descriptor no more.")},
    {"poll", M(epoll_poll), METH_FASTCALL | METH_KEYWORDS, PyDoc_STR("poll($self, /, timeout=None, maxevents=-1)\n--\n\nWait up to timeout seconds; return a list of (fd, events).")},
    {"__enter__", M(epoll_enter), METH_NOARGS, PyDoc_STR("__enter__($self, /)\n--\n\nReturn the object itself.  Raises ValueError if it is closed.")},
    {"__exit__", M(epoll_exit), METH_FASTCALL, PyDoc_STR("__exit__($self, exc_type=None, exc_value=None, exc_tb=None, /)\n--\n\nClose the descriptor.")},
    {NULL},
};

static PyGetSetDef epoll_getset[] = {{"closed", (getter)epoll_get_closed, NULL, PyDoc_STR("whether the object is closed")}, {NULL}};

static PyTypeObject Epoll_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "select.epoll",
    .tp_basicsize = sizeof(Epoll),
    .tp_dealloc = (destructor)epoll_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = PyDoc_STR("epoll(sizehint=-1, flags=0)\n--\n\nThe kernel's object for waiting on many descriptors."),
    .tp_methods = epoll_methods,
    .tp_getset = epoll_getset,
    .tp_new = epoll_new,
};

static PyMethodDef module_methods[] = {
    {"select", M(select_select), METH_FASTCALL, PyDoc_STR("select($module, rlist, wlist, xlist, timeout=None, /)\n--\n\nWait until descriptors are ready: to be read, to be written, with an exceptional condition.\n\nReturns three lists, parts of the arguments; all empty after timeout seconds.")},
    {"poll", select_poll, METH_NOARGS, PyDoc_STR("poll($module, /)\n--\n\nReturn an object for waiting on descriptors.")},
    {NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "select",
    .m_doc = PyDoc_STR("Waiting for descriptors."),
    .m_size = -1,
    .m_methods = module_methods,
};

#define C(name) {#name, (long)name}
static const struct {const char *name; long value;} constants[] = {
    {"PIPE_BUF", 4096}, C(POLLIN), C(POLLPRI), C(POLLOUT), C(POLLERR), C(POLLHUP), C(POLLNVAL), C(POLLRDNORM),
    C(POLLRDBAND), C(POLLWRNORM), C(POLLWRBAND), C(POLLMSG), C(POLLRDHUP), C(EPOLLIN), C(EPOLLOUT), C(EPOLLPRI),
    C(EPOLLERR), C(EPOLLHUP), C(EPOLLRDHUP), {"EPOLLET", (long)(1u << 31)}, C(EPOLLONESHOT), C(EPOLLEXCLUSIVE),
    C(EPOLLRDNORM), C(EPOLLRDBAND), C(EPOLLWRNORM), C(EPOLLWRBAND), C(EPOLLMSG), C(EPOLL_CLOEXEC),
};

PyMODINIT_FUNC PyInit_select(void)
{
    PyObject *module = PyModule_Create(&module_def);
    if (module == NULL)
        return NULL;
    if (PyType_Ready(&Poll_Type) < 0 || PyType_Ready(&Epoll_Type) < 0)
        goto error;
    Py_INCREF(PyExc_OSError);
    PyModule_AddObject(module, "error", PyExc_OSError);
    Py_INCREF(&Epoll_Type);
    PyModule_AddObject(module, "epoll", (PyObject *)&Epoll_Type);
    for (size_t i = 0; i < Py_ARRAY_LENGTH(constants); i++)
        if (PyModule_AddIntConstant(module, constants[i].name, constants[i].value) < 0)
            goto error;
    return module;
error:
    Py_DECREF(module);
    return NULL;
}
