/* SPDX-License-Identifier: MIT */
/* The socket object.
 *
 * [SOCKET-1] A socket with a timeout is non-blocking for the system; waiting is done here with poll().
 * [SOCKET-2] EINTR is retried with the time that is left, after signal handlers ran.
 */
#include "sock.h"
#include "runtime/quiet_exit.h"
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>

PyObject *sock_timeout;
_PyTime_t sock_default_timeout = -1;

static PyObject *sock_error(void) { return PyErr_SetFromErrno(PyExc_OSError); }

/* Wait until the socket is ready: 0 ready, 1 timed out, -1 with errno (or an exception, then errno is 0). */
static int wait_ready(Socket *s, int writing, _PyTime_t interval, int connecting)
{
    struct pollfd p = {.fd = s->fd, .events = writing ? POLLOUT : POLLIN};
    if (s->fd < 0)
        return 0;
    if (connecting)
        p.events |= POLLERR;
    _PyTime_t ms = interval < 0 ? -1 : _PyTime_AsMilliseconds(interval, _PyTime_ROUND_CEILING);
    if (ms > INT_MAX)
        ms = INT_MAX;
    int n;
    Py_BEGIN_ALLOW_THREADS
    n = poll(&p, 1, (int)ms);
    Py_END_ALLOW_THREADS
    return n < 0 ? -1 : n == 0;
}

typedef struct {
    Socket *s;
    union {
        struct {void *buffer; size_t size; int flags;} io;
        struct {Address *address; socklen_t *length; void *buffer; size_t size; int flags;} from;
        struct {struct msghdr *message; int flags;} msg;
    };
    Py_ssize_t result;
} Call;

/* Do an operation with the socket's timeout.  call() returns 1 when done or failed for good (errno).  0, or -1 with an
 * exception.  connecting: wait first, call() asks for the outcome. */
static int with_timeout(Call *c, int writing, int (*call)(Call *), int connecting, _PyTime_t timeout)
{
    _PyTime_t deadline = 0;
    int have_deadline = 0;
    for (;;) {
        if (timeout > 0 || connecting) {
            _PyTime_t interval = timeout;
            if (timeout > 0) {
                if (have_deadline) {
                    interval = deadline - _PyTime_GetMonotonicClock();
                } else {
                    deadline = _PyTime_GetMonotonicClock() + timeout;
                    have_deadline = 1;
                }
            }
            int rc = timeout > 0 && interval < 0 ? 1 : wait_ready(c->s, writing, interval, connecting);
            if (rc < 0) {
                if (errno == EINTR) {
                    if (PyErr_CheckSignals())
                        return -1;
                    continue;
                }
                sock_error();
                return -1;
            }
            if (rc == 1) {
                PyErr_SetString(sock_timeout, "timed out");
                return -1;
            }
        }
        for (;;) {
            int ok;
            Py_BEGIN_ALLOW_THREADS
            ok = call(c);
            Py_END_ALLOW_THREADS
            if (ok)
                return 0;
            if (errno != EINTR)
                break;
            if (PyErr_CheckSignals())
                return -1;
        }
        if (timeout > 0 && (errno == EWOULDBLOCK || errno == EAGAIN))
            continue;
        sock_error();
        return -1;
    }
}

/* --- Life ----------------------------------------------------------------------------------------------------------- */

static int set_nonblocking(int fd, int on)
{
    int value = on;
    if (ioctl(fd, FIONBIO, &value) == -1) {
        sock_error();
        return -1;
    }
    return 0;
}

static int init_sockobject(Socket *s, int fd, int family, int type, int proto)
{
    s->fd = fd;
    s->family = family;
    s->type = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
    s->proto = proto;
    if (type & SOCK_NONBLOCK) {
        s->timeout = 0;
    } else {
        s->timeout = sock_default_timeout;
        if (s->timeout >= 0 && set_nonblocking(fd, 1) < 0)
            return -1;
    }
    return 0;
}

static PyObject *socket_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Socket *s = (Socket *)type->tp_alloc(type, 0);
    if (s != NULL) {
        s->fd = -1;
        s->set_error = sock_error;
        s->timeout = -1;
        tai_exit_untracked++;
    }
    return (PyObject *)s;
}

static int socket_init(Socket *s, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"family", "type", "proto", "fileno", NULL};
    int family = -1, type = -1, proto = -1, fd = -1;
    PyObject *fdobj = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|iiiO:socket", names, &family, &type, &proto, &fdobj))
        return -1;
    if (PySys_Audit("socket.__new__", "Oiii", s, family, type, proto) < 0)
        return -1;
    if (fdobj != Py_None) {
        Address a;
        socklen_t length = sizeof a;
        if (PyFloat_Check(fdobj)) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return -1;
        }
        fd = (int)PyLong_AsLong(fdobj);
        if (fd == -1 && PyErr_Occurred())
            return -1;
        if (fd < 0) {
            PyErr_SetString(PyExc_ValueError, "negative file descriptor");
            return -1;
        }
        memset(&a, 0, sizeof a);
        if (getsockname(fd, &a.sa, &length) < 0) {
            if (family == -1 || errno == EBADF || errno == ENOTSOCK) {
                sock_error();
                return -1;
            }
        } else if (family == -1) {
            family = a.sa.sa_family;
        }
        socklen_t size = sizeof type;
        if (type == -1 && getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size) < 0) {
            sock_error();
            return -1;
        }
        size = sizeof proto;
        if (proto == -1 && getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &proto, &size) < 0) {
            sock_error();
            return -1;
        }
    } else {
        if (family == -1)
            family = AF_INET;
        if (type == -1)
            type = SOCK_STREAM;
        if (proto == -1)
            proto = 0;
        Py_BEGIN_ALLOW_THREADS
        fd = socket(family, type | SOCK_CLOEXEC, proto);
        Py_END_ALLOW_THREADS
        if (fd == -1) {
            sock_error();
            return -1;
        }
    }
    if (init_sockobject(s, fd, family, type, proto) < 0) {
        if (fdobj == Py_None)
            close(fd);
        s->fd = -1;
        return -1;
    }
    return 0;
}

static void socket_finalize(Socket *s)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (s->fd != -1) {
        if (PyErr_ResourceWarning((PyObject *)s, 1, "unclosed %R", s) && PyErr_ExceptionMatches(PyExc_Warning))
            PyErr_WriteUnraisable((PyObject *)s);
        int fd = s->fd;
        s->fd = -1;
        Py_BEGIN_ALLOW_THREADS
        close(fd);
        Py_END_ALLOW_THREADS
    }
    PyErr_Restore(type, value, traceback);
}

static void socket_dealloc(Socket *s)
{
    if (PyObject_CallFinalizerFromDealloc((PyObject *)s) < 0)
        return;
    tai_exit_untracked--;
    Py_TYPE(s)->tp_free((PyObject *)s);
}

static PyObject *socket_repr(Socket *s)
{
    return PyUnicode_FromFormat("<socket object, fd=%ld, family=%d, type=%d, proto=%d>", (long)s->fd, s->family, s->type, s->proto);
}

static PyObject *sock_close(Socket *s, PyObject *unused)
{
    int fd = s->fd, rc;
    if (fd != -1) {
        s->fd = -1;
        Py_BEGIN_ALLOW_THREADS
        rc = close(fd);
        Py_END_ALLOW_THREADS
        /* The peer may have reset the connection: it is closed all the same. */
        if (rc < 0 && errno != ECONNRESET)
            return sock_error();
    }
    Py_RETURN_NONE;
}

static PyObject *sock_detach(Socket *s, PyObject *unused)
{
    int fd = s->fd;
    s->fd = -1;
    return PyLong_FromLong(fd);
}

static PyObject *sock_fileno(Socket *s, PyObject *unused) { return PyLong_FromLong(s->fd); }

/* --- Timeouts ---------------------------------------------------------------------------------------------------------- */

static int parse_timeout(PyObject *arg, _PyTime_t *timeout)
{
    *timeout = -1;
    if (arg == Py_None)
        return 0;
    if (_PyTime_FromSecondsObject(timeout, arg, _PyTime_ROUND_TIMEOUT) < 0)
        return -1;
    if (*timeout < 0) {
        PyErr_SetString(PyExc_ValueError, "Timeout value out of range");
        return -1;
    }
    if (_PyTime_AsMilliseconds(*timeout, _PyTime_ROUND_TIMEOUT) > INT_MAX) {
        PyErr_SetString(PyExc_OverflowError, "timeout doesn't fit into C timeval");
        return -1;
    }
    return 0;
}

int sock_set_default_timeout(PyObject *arg) { return parse_timeout(arg, &sock_default_timeout); }

static PyObject *sock_setblocking(Socket *s, PyObject *arg)
{
    long block = PyLong_AsLong(arg);
    if (block == -1 && PyErr_Occurred())
        return NULL;
    s->timeout = block ? -1 : 0;
    if (set_nonblocking(s->fd, !block) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *sock_getblocking(Socket *s, PyObject *unused) { return PyBool_FromLong(s->timeout != 0); }

static PyObject *sock_settimeout(Socket *s, PyObject *arg)
{
    _PyTime_t timeout;
    if (parse_timeout(arg, &timeout) < 0)
        return NULL;
    s->timeout = timeout;
    if (set_nonblocking(s->fd, timeout >= 0) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *sock_gettimeout(Socket *s, PyObject *unused)
{
    if (s->timeout < 0)
        Py_RETURN_NONE;
    return PyFloat_FromDouble(_PyTime_AsSecondsDouble(s->timeout));
}

/* --- Connections ---------------------------------------------------------------------------------------------------------- */

static int do_accept(Call *c)
{
    c->result = accept4(c->s->fd, &c->from.address->sa, c->from.length, SOCK_CLOEXEC);
    return c->result >= 0;
}

static PyObject *sock_accept(Socket *s, PyObject *unused)
{
    Address a;
    socklen_t length = sizeof a;
    Call c = {.s = s, .from = {.address = &a, .length = &length}};
    memset(&a, 0, sizeof a);
    if (with_timeout(&c, 0, do_accept, 0, s->timeout) < 0)
        return NULL;
    PyObject *address = sock_make_address(&a.sa, length, s->proto);
    if (address == NULL) {
        close((int)c.result);
        return NULL;
    }
    return Py_BuildValue("iN", (int)c.result, address);
}

static PyObject *sock_bind(Socket *s, PyObject *address)
{
    Address a;
    socklen_t length;
    int rc;
    if (!sock_parse_address(s, address, &a, &length, "bind") || PySys_Audit("socket.bind", "OO", s, address) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    rc = bind(s->fd, &a.sa, length);
    Py_END_ALLOW_THREADS
    if (rc < 0)
        return sock_error();
    Py_RETURN_NONE;
}

static int connect_outcome(Call *c)
{
    int error;
    socklen_t size = sizeof error;
    if (getsockopt(c->s->fd, SOL_SOCKET, SO_ERROR, &error, &size)) {
        return 0;
    }
    if (error == EISCONN)
        error = 0;
    errno = error;
    return error == 0;
}

/* 0, the error number, or -1 with an exception. */
static int do_connect(Socket *s, Address *a, socklen_t length, int raise)
{
    int rc, error, wait = 0;
    Py_BEGIN_ALLOW_THREADS
    rc = connect(s->fd, &a->sa, length);
    Py_END_ALLOW_THREADS
    if (rc == 0)
        return 0;
    error = errno;
    if (error == EINTR) {
        if (PyErr_CheckSignals())
            return -1;
        wait = s->timeout != 0;
    } else {
        wait = s->timeout > 0 && error == EINPROGRESS;
    }
    if (!wait) {
        if (raise) {
            errno = error;
            sock_error();
            return -1;
        }
        return error;
    }
    Call c = {.s = s};
    if (with_timeout(&c, 1, connect_outcome, 1, s->timeout) < 0) {
        if (raise)
            return -1;
        /* connect_ex() reports numbers; a timeout is EWOULDBLOCK. */
        if (PyErr_ExceptionMatches(sock_timeout)) {
            PyErr_Clear();
            return EWOULDBLOCK;
        }
        if (PyErr_ExceptionMatches(PyExc_OSError)) {
            error = errno;
            PyErr_Clear();
            return error;
        }
        return -1;
    }
    return 0;
}

static PyObject *sock_connect(Socket *s, PyObject *address)
{
    Address a;
    socklen_t length;
    if (!sock_parse_address(s, address, &a, &length, "connect") || PySys_Audit("socket.connect", "OO", s, address) < 0)
        return NULL;
    if (do_connect(s, &a, length, 1) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *sock_connect_ex(Socket *s, PyObject *address)
{
    Address a;
    socklen_t length;
    if (!sock_parse_address(s, address, &a, &length, "connect_ex") || PySys_Audit("socket.connect", "OO", s, address) < 0)
        return NULL;
    int rc = do_connect(s, &a, length, 0);
    return rc < 0 ? NULL : PyLong_FromLong(rc);
}

static PyObject *sock_listen(Socket *s, PyObject *args)
{
    int backlog = Py_MIN(SOMAXCONN, 128), rc;
    if (!PyArg_ParseTuple(args, "|i:listen", &backlog))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    rc = listen(s->fd, backlog < 0 ? 0 : backlog);
    Py_END_ALLOW_THREADS
    if (rc < 0)
        return sock_error();
    Py_RETURN_NONE;
}

static PyObject *sock_shutdown(Socket *s, PyObject *arg)
{
    int how = _PyLong_AsInt(arg), rc;
    if (how == -1 && PyErr_Occurred())
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    rc = shutdown(s->fd, how);
    Py_END_ALLOW_THREADS
    if (rc < 0)
        return sock_error();
    Py_RETURN_NONE;
}

static PyObject *name_of(Socket *s, int (*get)(int, struct sockaddr *, socklen_t *))
{
    Address a;
    socklen_t length = sizeof a;
    int rc;
    memset(&a, 0, sizeof a);
    Py_BEGIN_ALLOW_THREADS
    rc = get(s->fd, &a.sa, &length);
    Py_END_ALLOW_THREADS
    return rc < 0 ? sock_error() : sock_make_address(&a.sa, length, s->proto);
}

static int call_getsockname(int fd, struct sockaddr *a, socklen_t *n) { return getsockname(fd, a, n); }
static int call_getpeername(int fd, struct sockaddr *a, socklen_t *n) { return getpeername(fd, a, n); }
static PyObject *sock_getsockname(Socket *s, PyObject *unused) { return name_of(s, call_getsockname); }
static PyObject *sock_getpeername(Socket *s, PyObject *unused) { return name_of(s, call_getpeername); }

/* --- Options --------------------------------------------------------------------------------------------------------------- */

static PyObject *sock_setsockopt(Socket *s, PyObject *args)
{
    int level, option, flag, rc;
    unsigned length;
    PyObject *none;
    Py_buffer value;
    uint64_t wide; /* what options of AF_VSOCK take */
    if (s->family == AF_VSOCK && PyArg_ParseTuple(args, "iiK:setsockopt", &level, &option, &wide)) {
        rc = setsockopt(s->fd, level, option, &wide, sizeof wide);
        goto done;
    }
    PyErr_Clear();
    if (PyArg_ParseTuple(args, "iii:setsockopt", &level, &option, &flag)) {
        rc = setsockopt(s->fd, level, option, &flag, sizeof flag);
    } else {
        PyErr_Clear();
        if (PyArg_ParseTuple(args, "iiO!I:setsockopt", &level, &option, Py_TYPE(Py_None), &none, &length)) {
            rc = setsockopt(s->fd, level, option, NULL, length);
        } else {
            PyErr_Clear();
            if (!PyArg_ParseTuple(args, "iiy*:setsockopt", &level, &option, &value))
                return NULL;
            rc = setsockopt(s->fd, level, option, value.buf, (socklen_t)value.len);
            PyBuffer_Release(&value);
        }
    }
done:
    if (rc < 0)
        return sock_error();
    Py_RETURN_NONE;
}

static PyObject *sock_getsockopt(Socket *s, PyObject *args)
{
    int level, option, flag = 0;
    socklen_t size = 0;
    if (!PyArg_ParseTuple(args, "ii|i:getsockopt", &level, &option, &size))
        return NULL;
    if (size == 0 && s->family == AF_VSOCK) {
        uint64_t wide = 0;
        socklen_t n = sizeof wide;
        return getsockopt(s->fd, level, option, &wide, &n) < 0 ? sock_error() : PyLong_FromUnsignedLongLong(wide);
    }
    if (size == 0) {
        socklen_t n = sizeof flag;
        return getsockopt(s->fd, level, option, &flag, &n) < 0 ? sock_error() : PyLong_FromLong(flag);
    }
    if ((int)size <= 0 || size > 1024) {
        PyErr_SetString(PyExc_OSError, "getsockopt buflen out of range");
        return NULL;
    }
    PyObject *buffer = PyBytes_FromStringAndSize(NULL, size);
    if (buffer == NULL)
        return NULL;
    if (getsockopt(s->fd, level, option, PyBytes_AS_STRING(buffer), &size) < 0) {
        Py_DECREF(buffer);
        return sock_error();
    }
    _PyBytes_Resize(&buffer, size);
    return buffer;
}

/* --- Receiving ------------------------------------------------------------------------------------------------------------------ */

static int do_recv(Call *c)
{
    c->result = recv(c->s->fd, c->io.buffer, c->io.size, c->io.flags);
    return c->result >= 0;
}

static Py_ssize_t receive(Socket *s, char *buffer, Py_ssize_t size, int flags)
{
    Call c = {.s = s, .io = {buffer, (size_t)size, flags}};
    if (size == 0)
        return 0;
    return with_timeout(&c, 0, do_recv, 0, s->timeout) < 0 ? -1 : c.result;
}

static PyObject *sock_recv(Socket *s, PyObject *args)
{
    Py_ssize_t size, n;
    int flags = 0;
    if (!PyArg_ParseTuple(args, "n|i:recv", &size, &flags))
        return NULL;
    if (size < 0) {
        PyErr_SetString(PyExc_ValueError, "negative buffersize in recv");
        return NULL;
    }
    PyObject *buffer = PyBytes_FromStringAndSize(NULL, size);
    if (buffer == NULL)
        return NULL;
    n = receive(s, PyBytes_AS_STRING(buffer), size, flags);
    if (n < 0) {
        Py_DECREF(buffer);
        return NULL;
    }
    if (n != size)
        _PyBytes_Resize(&buffer, n);
    return buffer;
}

/* Common argument checks of recv_into() and recvfrom_into(): how many bytes to read.  -1 with an exception. */
static Py_ssize_t into_size(Py_buffer *view, Py_ssize_t size, const char *name)
{
    if (size < 0) {
        PyErr_Format(PyExc_ValueError, "negative buffersize in %s", name);
        return -1;
    }
    if (size == 0)
        return view->len;
    if (view->len < size) {
        PyErr_SetString(PyExc_ValueError, strcmp(name, "recv_into") ? "nbytes is greater than the length of the buffer"
                                                                      : "buffer too small for requested bytes");
        return -1;
    }
    return size;
}

static PyObject *sock_recv_into(Socket *s, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"buffer", "nbytes", "flags", NULL};
    Py_buffer view;
    Py_ssize_t size = 0, n = -1;
    int flags = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "w*|ni:recv_into", names, &view, &size, &flags))
        return NULL;
    size = into_size(&view, size, "recv_into");
    if (size >= 0)
        n = receive(s, view.buf, size, flags);
    PyBuffer_Release(&view);
    return n < 0 ? NULL : PyLong_FromSsize_t(n);
}

static int do_recvfrom(Call *c)
{
    *c->from.length = sizeof(Address);
    memset(c->from.address, 0, sizeof(Address));
    c->result = recvfrom(c->s->fd, c->from.buffer, c->from.size, c->from.flags, &c->from.address->sa, c->from.length);
    return c->result >= 0;
}

/* Bytes received, *address their sender; -1 with an exception. */
static Py_ssize_t receive_from(Socket *s, char *buffer, Py_ssize_t size, int flags, PyObject **address)
{
    Address a;
    socklen_t length;
    Call c = {.s = s, .from = {&a, &length, buffer, (size_t)size, flags}};
    *address = NULL;
    if (with_timeout(&c, 0, do_recvfrom, 0, s->timeout) < 0 || (*address = sock_make_address(&a.sa, length, s->proto)) == NULL)
        return -1;
    return c.result;
}

static PyObject *sock_recvfrom(Socket *s, PyObject *args)
{
    Py_ssize_t size, n;
    int flags = 0;
    PyObject *address;
    if (!PyArg_ParseTuple(args, "n|i:recvfrom", &size, &flags))
        return NULL;
    if (size < 0) {
        PyErr_SetString(PyExc_ValueError, "negative buffersize in recvfrom");
        return NULL;
    }
    PyObject *buffer = PyBytes_FromStringAndSize(NULL, size);
    if (buffer == NULL)
        return NULL;
    n = receive_from(s, PyBytes_AS_STRING(buffer), size, flags, &address);
    if (n < 0 || (n != size && _PyBytes_Resize(&buffer, n) < 0)) {
        Py_XDECREF(buffer);
        Py_XDECREF(address);
        return NULL;
    }
    return Py_BuildValue("NN", buffer, address);
}

static PyObject *sock_recvfrom_into(Socket *s, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"buffer", "nbytes", "flags", NULL};
    Py_buffer view;
    Py_ssize_t size = 0, n = -1;
    int flags = 0;
    PyObject *address = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "w*|ni:recvfrom_into", names, &view, &size, &flags))
        return NULL;
    size = into_size(&view, size, "recvfrom_into");
    if (size >= 0)
        n = receive_from(s, view.buf, size, flags, &address);
    PyBuffer_Release(&view);
    if (n < 0) {
        Py_XDECREF(address);
        return NULL;
    }
    return Py_BuildValue("nN", n, address);
}

static int do_recvmsg(Call *c)
{
    c->result = recvmsg(c->s->fd, c->msg.message, c->msg.flags);
    return c->result >= 0;
}

/* recvmsg into vectors: (ancillary list, flags, address), or NULL. *received: bytes. */
static PyObject *receive_message(Socket *s, struct iovec *iov, int count, int flags, Py_ssize_t ancillary, Py_ssize_t *received)
{
    Address a;
    struct msghdr message = {.msg_name = &a.sa, .msg_namelen = sizeof a, .msg_iov = iov, .msg_iovlen = count};
    void *control = NULL;
    PyObject *list = NULL, *result = NULL, *address;
    Call c = {.s = s, .msg = {&message, flags}};
    if (ancillary < 0 || ancillary > INT_MAX) {
        PyErr_SetString(PyExc_ValueError, "invalid ancillary data buffer length");
        return NULL;
    }
    memset(&a, 0, sizeof a);
    if (ancillary > 0 && (control = PyMem_Malloc(ancillary)) == NULL)
        return PyErr_NoMemory();
    message.msg_control = control;
    message.msg_controllen = ancillary;
    if (with_timeout(&c, 0, do_recvmsg, 0, s->timeout) < 0 || (list = PyList_New(0)) == NULL)
        goto done;
    for (struct cmsghdr *h = message.msg_controllen > 0 ? CMSG_FIRSTHDR(&message) : NULL; h != NULL; h = CMSG_NXTHDR(&message, h)) {
        Py_ssize_t room = (char *)control + message.msg_controllen - (char *)CMSG_DATA(h);
        Py_ssize_t size = (Py_ssize_t)h->cmsg_len - (Py_ssize_t)((char *)CMSG_DATA(h) - (char *)h);
        if (size < 0)
            break;
        int cut = size > room;
        PyObject *data = PyBytes_FromStringAndSize((char *)CMSG_DATA(h), cut ? room : size);
        PyObject *item = data == NULL ? NULL : Py_BuildValue("iiN", h->cmsg_level, h->cmsg_type, data);
        if (item == NULL || PyList_Append(list, item) < 0) {
            Py_XDECREF(item);
            goto done;
        }
        Py_DECREF(item);
        if (cut)
            break;
    }
    address = sock_make_address(&a.sa, message.msg_namelen, s->proto);
    if (address != NULL)
        result = Py_BuildValue("OiN", list, (int)message.msg_flags, address);
    *received = c.result;
done:
    Py_XDECREF(list);
    PyMem_Free(control);
    return result;
}

/* (first, *rest) of a value and a three-tuple that is consumed. */
static PyObject *prepend(PyObject *first, PyObject *rest)
{
    PyObject *result = NULL;
    if (first != NULL && rest != NULL)
        result = PyTuple_Pack(4, first, PyTuple_GET_ITEM(rest, 0), PyTuple_GET_ITEM(rest, 1), PyTuple_GET_ITEM(rest, 2));
    Py_XDECREF(first);
    Py_XDECREF(rest);
    return result;
}

static PyObject *sock_recvmsg(Socket *s, PyObject *args)
{
    Py_ssize_t size, ancillary = 0, n = 0;
    int flags = 0;
    if (!PyArg_ParseTuple(args, "n|ni:recvmsg", &size, &ancillary, &flags))
        return NULL;
    if (size < 0) {
        PyErr_SetString(PyExc_ValueError, "negative buffer size in recvmsg()");
        return NULL;
    }
    PyObject *buffer = PyBytes_FromStringAndSize(NULL, size);
    if (buffer == NULL)
        return NULL;
    struct iovec iov = {PyBytes_AS_STRING(buffer), size};
    PyObject *rest = receive_message(s, &iov, 1, flags, ancillary, &n);
    if (rest == NULL) {
        Py_DECREF(buffer);
        return NULL;
    }
    if (n != size)
        _PyBytes_Resize(&buffer, n);
    return prepend(buffer, rest);
}

/* Buffers for one system call. */
typedef struct {
    struct iovec *iov;
    Py_buffer *views;
    int count;
} Vector;

static void vector_close(Vector *v)
{
    while (v->count > 0)
        PyBuffer_Release(&v->views[--v->count]);
    PyMem_Free(v->iov);
    PyMem_Free(v->views);
}

/* The memory of the objects in a sequence; format ("y*;..." or "w*;...") says how each is read. 0, or -1 and nothing to close. */
static int vector_open(Vector *v, PyObject *buffers, const char *no_iterable, const char *format)
{
    PyObject *fast = PySequence_Fast(buffers, no_iterable);
    *v = (Vector){NULL, NULL, 0};
    if (fast == NULL)
        return -1;
    Py_ssize_t n = PySequence_Fast_GET_SIZE(fast);
    v->iov = PyMem_New(struct iovec, n ? n : 1);
    v->views = PyMem_New(Py_buffer, n ? n : 1);
    int ok = v->iov != NULL && v->views != NULL;
    if (!ok)
        PyErr_NoMemory();
    for (; ok && v->count < n && v->count < PySequence_Fast_GET_SIZE(fast); v->count++) {
        Py_buffer *view = &v->views[v->count];
        ok = PyArg_Parse(PySequence_Fast_GET_ITEM(fast, v->count), format, view);
        if (!ok)
            break;
        v->iov[v->count] = (struct iovec){view->buf, (size_t)view->len};
    }
    Py_DECREF(fast);
    if (!ok)
        vector_close(v);
    return ok ? 0 : -1;
}

static PyObject *sock_recvmsg_into(Socket *s, PyObject *args)
{
    PyObject *buffers, *rest, *result = NULL;
    Py_ssize_t ancillary = 0, n = 0;
    Vector v;
    int flags = 0;
    if (!PyArg_ParseTuple(args, "O|ni:recvmsg_into", &buffers, &ancillary, &flags) ||
        vector_open(&v, buffers, "recvmsg_into() argument 1 must be an iterable",
                    "w*;recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers") < 0)
        return NULL;
    rest = receive_message(s, v.iov, v.count, flags, ancillary, &n);
    if (rest != NULL)
        result = prepend(PyLong_FromSsize_t(n), rest);
    vector_close(&v);
    return result;
}

/* --- Sending ----------------------------------------------------------------------------------------------------------------------- */

static int do_send(Call *c)
{
    c->result = send(c->s->fd, c->io.buffer, c->io.size, c->io.flags);
    return c->result >= 0;
}

static PyObject *sock_send(Socket *s, PyObject *args)
{
    Py_buffer view;
    int flags = 0;
    if (!PyArg_ParseTuple(args, "y*|i:send", &view, &flags))
        return NULL;
    Call c = {.s = s, .io = {view.buf, (size_t)view.len, flags}};
    int rc = with_timeout(&c, 1, do_send, 0, s->timeout);
    PyBuffer_Release(&view);
    return rc < 0 ? NULL : PyLong_FromSsize_t(c.result);
}

static PyObject *sock_sendall(Socket *s, PyObject *args)
{
    Py_buffer view;
    int flags = 0, rc = 0;
    if (!PyArg_ParseTuple(args, "y*|i:sendall", &view, &flags))
        return NULL;
    const char *at = view.buf;
    Py_ssize_t left = view.len;
    /* The timeout counts for the whole of it. */
    _PyTime_t timeout = s->timeout, deadline = timeout > 0 ? _PyTime_GetMonotonicClock() + timeout : 0;
    do {
        if (s->timeout > 0) {
            timeout = deadline - _PyTime_GetMonotonicClock();
            if (timeout <= 0) {
                PyErr_SetString(sock_timeout, "timed out");
                rc = -1;
                break;
            }
        }
        Call c = {.s = s, .io = {(void *)at, (size_t)left, flags}};
        if ((rc = with_timeout(&c, 1, do_send, 0, timeout)) < 0)
            break;
        at += c.result;
        left -= c.result;
        if ((rc = PyErr_CheckSignals()) < 0)
            break;
    } while (left > 0);
    PyBuffer_Release(&view);
    if (rc < 0)
        return NULL;
    Py_RETURN_NONE;
}

static int do_sendto(Call *c)
{
    c->result = sendto(c->s->fd, c->from.buffer, c->from.size, c->from.flags, &c->from.address->sa, *c->from.length);
    return c->result >= 0;
}

static PyObject *sock_sendto(Socket *s, PyObject *args)
{
    Py_buffer view;
    PyObject *target, *result = NULL;
    Address a;
    socklen_t length;
    int flags = 0;
    switch (PyTuple_Size(args)) {
    case 2:
        if (!PyArg_ParseTuple(args, "y*O:sendto", &view, &target))
            return NULL;
        break;
    case 3:
        if (!PyArg_ParseTuple(args, "y*iO:sendto", &view, &flags, &target))
            return NULL;
        break;
    default:
        PyErr_Format(PyExc_TypeError, "sendto() takes 2 or 3 arguments (%zd given)", PyTuple_Size(args));
        return NULL;
    }
    if (sock_parse_address(s, target, &a, &length, "sendto") && PySys_Audit("socket.sendto", "OO", s, target) == 0) {
        Call c = {.s = s, .from = {&a, &length, view.buf, (size_t)view.len, flags}};
        if (with_timeout(&c, 1, do_sendto, 0, s->timeout) == 0)
            result = PyLong_FromSsize_t(c.result);
    }
    PyBuffer_Release(&view);
    return result;
}

static int do_sendmsg(Call *c)
{
    c->result = sendmsg(c->s->fd, c->msg.message, c->msg.flags);
    return c->result >= 0;
}

/* Ancillary items (level, type, data) as a control buffer in message.  0 or -1. */
static int fill_control(PyObject *items, struct msghdr *message)
{
    PyObject *fast = PySequence_Fast(items, "sendmsg() argument 2 must be an iterable");
    if (fast == NULL)
        return -1;
    Py_ssize_t n = PySequence_Fast_GET_SIZE(fast), total = 0, got = 0;
    struct {int level, type; Py_buffer data;} *parts = PyMem_Calloc(n ? n : 1, sizeof *parts);
    int rc = -1;
    if (parts == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    for (; got < n; got++) {
        PyObject *item = PySequence_Fast_GET_ITEM(fast, got);
        if (!PyArg_Parse(item, "(iiy*):[sendmsg() ancillary data items]", &parts[got].level, &parts[got].type, &parts[got].data))
            goto done;
        if (parts[got].data.len > INT_MAX / 2) {
            got++;
            PyErr_SetString(PyExc_OSError, "ancillary data item too large");
            goto done;
        }
        total += CMSG_SPACE(parts[got].data.len);
    }
    if (total > 0) {
        message->msg_control = PyMem_Calloc(1, total);
        if (message->msg_control == NULL) {
            PyErr_NoMemory();
            goto done;
        }
        message->msg_controllen = total;
        struct cmsghdr *h = CMSG_FIRSTHDR(message);
        for (Py_ssize_t i = 0; i < n; i++, h = CMSG_NXTHDR(message, h)) {
            h->cmsg_level = parts[i].level;
            h->cmsg_type = parts[i].type;
            h->cmsg_len = CMSG_LEN(parts[i].data.len);
            memcpy(CMSG_DATA(h), parts[i].data.buf, parts[i].data.len);
        }
    }
    rc = 0;
done:
    for (Py_ssize_t i = 0; i < got; i++)
        PyBuffer_Release(&parts[i].data);
    PyMem_Free(parts);
    Py_DECREF(fast);
    return rc;
}

PyObject *sock_sendmsg(Socket *s, PyObject *args)
{
    PyObject *buffers, *ancillary = NULL, *target = NULL, *result = NULL;
    struct msghdr message = {0};
    Address a;
    Vector v;
    socklen_t length;
    int flags = 0;
    if (!PyArg_ParseTuple(args, "O|OiO:sendmsg", &buffers, &ancillary, &flags, &target) ||
        vector_open(&v, buffers, "sendmsg() argument 1 must be an iterable",
                    "y*;sendmsg() argument 1 must be an iterable of bytes-like objects") < 0)
        return NULL;
    message.msg_iov = v.iov;
    message.msg_iovlen = (size_t)v.count;
    if (target != NULL && target != Py_None) {
        if (!sock_parse_address(s, target, &a, &length, "sendmsg") || PySys_Audit("socket.sendmsg", "OO", s, target) < 0)
            goto done;
        message.msg_name = &a;
        message.msg_namelen = length;
    } else if (PySys_Audit("socket.sendmsg", "OO", s, Py_None) < 0) {
        goto done;
    }
    if (ancillary != NULL && fill_control(ancillary, &message) < 0)
        goto done;
    Call c = {.s = s, .msg = {&message, flags}};
    if (with_timeout(&c, 1, do_sendmsg, 0, s->timeout) == 0)
        result = PyLong_FromSsize_t(c.result);
done:
    PyMem_Free(message.msg_control);
    vector_close(&v);
    return result;
}

#define M(function) (PyCFunction)(void (*)(void))function
static PyMethodDef socket_methods[] = {
    {"_accept", M(sock_accept), METH_NOARGS, PyDoc_STR("_accept() -> (integer, address info)\n\nWait for a connection; return its descriptor and the peer's address.")},
    {"bind", M(sock_bind), METH_O, PyDoc_STR("bind(address)\n\nGive the socket a local address.")},
    {"close", M(sock_close), METH_NOARGS, PyDoc_STR("close()\n\nClose the socket.")},
    {"connect", M(sock_connect), METH_O, PyDoc_STR("connect(address)\n\nConnect to a remote address.")},
    {"connect_ex", M(sock_connect_ex), METH_O, PyDoc_STR("connect_ex(address) -> errno\n\nLike connect(), but return the error number, 0 for success.")},
    {"detach", M(sock_detach), METH_NOARGS, PyDoc_STR("detach()\n\nClose the object without the descriptor, which is returned.")},
    {"fileno", M(sock_fileno), METH_NOARGS, PyDoc_STR("fileno() -> integer\n\nReturn the descriptor, -1 if the socket is closed.")},
    {"getpeername", M(sock_getpeername), METH_NOARGS, PyDoc_STR("getpeername() -> address info\n\nReturn the remote address.")},
    {"getsockname", M(sock_getsockname), METH_NOARGS, PyDoc_STR("getsockname() -> address info\n\nReturn the local address.")},
    {"getsockopt", M(sock_getsockopt), METH_VARARGS, PyDoc_STR("getsockopt(level, option[, buffersize]) -> value\n\nReturn an option, an integer or with buffersize bytes.")},
    {"listen", M(sock_listen), METH_VARARGS, PyDoc_STR("listen([backlog])\n\nLet the socket accept connections.")},
    {"recv", M(sock_recv), METH_VARARGS, PyDoc_STR("recv(buffersize[, flags]) -> data\n\nReceive up to buffersize bytes; b'' when the peer has closed.")},
    {"recv_into", M(sock_recv_into), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("recv_into(buffer, [nbytes[, flags]]) -> nbytes_read\n\nReceive into a buffer.")},
    {"recvfrom", M(sock_recvfrom), METH_VARARGS, PyDoc_STR("recvfrom(buffersize[, flags]) -> (data, address info)\n\nReceive bytes and their sender's address.")},
    {"recvfrom_into", M(sock_recvfrom_into), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("recvfrom_into(buffer[, nbytes[, flags]]) -> (nbytes, address info)\n\nReceive into a buffer, with the sender's address.")},
    {"recvmsg", M(sock_recvmsg), METH_VARARGS, PyDoc_STR("recvmsg(bufsize[, ancbufsize[, flags]]) -> (data, ancdata, msg_flags, address)\n\nReceive bytes and ancillary data.")},
    {"recvmsg_into", M(sock_recvmsg_into), METH_VARARGS, PyDoc_STR("recvmsg_into(buffers[, ancbufsize[, flags]]) -> (nbytes, ancdata, msg_flags, address)\n\nThe same into buffers.")},
    {"send", M(sock_send), METH_VARARGS, PyDoc_STR("send(data[, flags]) -> count\n\nSend bytes; return how many went.")},
    {"sendall", M(sock_sendall), METH_VARARGS, PyDoc_STR("sendall(data[, flags])\n\nSend all of the bytes.")},
    {"sendto", M(sock_sendto), METH_VARARGS, PyDoc_STR("sendto(data[, flags], address) -> count\n\nSend bytes to an address.")},
    {"sendmsg", M(sock_sendmsg), METH_VARARGS, PyDoc_STR("sendmsg(buffers[, ancdata[, flags[, address]]]) -> count\n\nSend bytes and ancillary data.")},
    {"sendmsg_afalg", M(sock_sendmsg_afalg), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("sendmsg_afalg([msg], *, op[, iv[, assoclen[, flags]]])\n\nSend data to an AF_ALG operation, with what is to be done.")},
    {"setblocking", M(sock_setblocking), METH_O, PyDoc_STR("setblocking(flag)\n\nMake the socket blocking or not.")},
    {"getblocking", M(sock_getblocking), METH_NOARGS, PyDoc_STR("getblocking()\n\nReturn whether the socket blocks.")},
    {"settimeout", M(sock_settimeout), METH_O, PyDoc_STR("settimeout(timeout)\n\nSet how long operations may take, in seconds; None for ever, 0 not at all.")},
    {"gettimeout", M(sock_gettimeout), METH_NOARGS, PyDoc_STR("gettimeout() -> timeout\n\nReturn the timeout in seconds, or None.")},
    {"setsockopt", M(sock_setsockopt), METH_VARARGS, PyDoc_STR("setsockopt(level, option, value: int)\nsetsockopt(level, option, value: buffer)\nsetsockopt(level, option, None, optlen: int)\n\nSet an option.")},
    {"shutdown", M(sock_shutdown), METH_O, PyDoc_STR("shutdown(flag)\n\nEnd receiving (SHUT_RD), sending (SHUT_WR) or both (SHUT_RDWR).")},
    {NULL},
};

static PyMemberDef socket_members[] = {
    {"family", T_INT, offsetof(Socket, family), READONLY, PyDoc_STR("the socket family")},
    {"type", T_INT, offsetof(Socket, type), READONLY, PyDoc_STR("the socket type")},
    {"proto", T_INT, offsetof(Socket, proto), READONLY, PyDoc_STR("the socket protocol")},
    {NULL},
};

static PyGetSetDef socket_getset[] = {{"timeout", (getter)sock_gettimeout, NULL, PyDoc_STR("the socket timeout")}, {NULL}};

PyTypeObject Socket_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_socket.socket",
    .tp_basicsize = sizeof(Socket),
    .tp_dealloc = (destructor)socket_dealloc,
    .tp_repr = (reprfunc)socket_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = PyDoc_STR("socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object\nsocket(family=-1, type=-1, proto=-1, fileno=None) -> socket object\n\nAn end of a connection, or of datagrams.  fileno: a descriptor to take over."),
    .tp_methods = socket_methods,
    .tp_members = socket_members,
    .tp_getset = socket_getset,
    .tp_init = (initproc)socket_init,
    .tp_new = socket_new,
    .tp_finalize = (destructor)socket_finalize,
};
