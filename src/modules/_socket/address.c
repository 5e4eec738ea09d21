/* SPDX-License-Identifier: MIT */
/* Socket addresses.  What a program passes and gets, by family:
 *
 *   AF_INET   (host, port)                       AF_UNIX     path, str or bytes (abstract names start with \0)
 *   AF_INET6  (host, port[, flowinfo[, scope]])   AF_NETLINK  (pid, groups)
 * Those of other families are in families.c.
 */
#include "sock.h"
#include <stddef.h>

PyObject *sock_gai_error(int code)
{
    if (code == EAI_SYSTEM)
        return PyErr_SetFromErrno(PyExc_OSError);
    PyObject *value = Py_BuildValue("(is)", code, gai_strerror(code));
    if (value != NULL) {
        PyErr_SetObject(sock_gaierror, value);
        Py_DECREF(value);
    }
    return NULL;
}

/* "idna"-encoded host of str, bytes or bytearray: a bytes object; NULL with an exception. */
static PyObject *host_bytes(PyObject *host)
{
    if (PyBytes_Check(host)) {
        Py_INCREF(host);
        return host;
    }
    if (PyByteArray_Check(host))
        return PyBytes_FromStringAndSize(PyByteArray_AS_STRING(host), PyByteArray_GET_SIZE(host));
    if (!PyUnicode_Check(host)) {
        PyErr_Format(PyExc_TypeError, "str, bytes or bytearray expected, not %s", Py_TYPE(host)->tp_name);
        return NULL;
    }
    if (PyUnicode_READY(host) == 0 && PyUnicode_IS_ASCII(host))
        return PyUnicode_AsASCIIString(host);
    return PyUnicode_AsEncodedString(host, "idna", NULL);
}

int sock_resolve(const char *name, struct sockaddr *address, size_t room, int family)
{
    struct addrinfo hints = {0}, *found;
    int code;
    memset(address, 0, room);
    if (name[0] == '\0') {
        /* The wildcard address. */
        hints.ai_family = family;
        hints.ai_socktype = SOCK_DGRAM;
        hints.ai_flags = AI_PASSIVE;
        Py_BEGIN_ALLOW_THREADS
        code = getaddrinfo(NULL, "0", &hints, &found);
        Py_END_ALLOW_THREADS
        if (code) {
            sock_gai_error(code);
            return -1;
        }
        if (found->ai_next) {
            freeaddrinfo(found);
            PyErr_SetString(PyExc_OSError, "wildcard resolved to multiple address");
            return -1;
        }
        goto take;
    }
    if (strcmp(name, "255.255.255.255") == 0 || strcmp(name, "<broadcast>") == 0) {
        struct sockaddr_in *in = (struct sockaddr_in *)address;
        if (family != AF_INET && family != AF_UNSPEC) {
            PyErr_SetString(PyExc_OSError, "address family mismatched");
            return -1;
        }
        in->sin_family = AF_INET;
        in->sin_addr.s_addr = INADDR_BROADCAST;
        return 4;
    }
    if (family == AF_UNSPEC || family == AF_INET) {
        struct sockaddr_in *in = (struct sockaddr_in *)address;
        if (inet_pton(AF_INET, name, &in->sin_addr) > 0) {
            in->sin_family = AF_INET;
            return 4;
        }
    }
    if ((family == AF_UNSPEC || family == AF_INET6) && room >= sizeof(struct sockaddr_in6) && !strchr(name, '%')) {
        struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)address;
        memset(in6, 0, sizeof *in6);
        if (inet_pton(AF_INET6, name, &in6->sin6_addr) > 0) {
            in6->sin6_family = AF_INET6;
            return 16;
        }
    }
    hints.ai_family = family;
    Py_BEGIN_ALLOW_THREADS
    code = getaddrinfo(name, NULL, &hints, &found);
    Py_END_ALLOW_THREADS
    if (code) {
        sock_gai_error(code);
        return -1;
    }
take:
    if (found->ai_addrlen < room)
        room = found->ai_addrlen;
    memcpy(address, found->ai_addr, room);
    freeaddrinfo(found);
    switch (address->sa_family) {
    case AF_INET: return 4;
    case AF_INET6: return 16;
    default: PyErr_SetString(PyExc_OSError, "unknown address family"); return -1;
    }
}

static int host_converter(PyObject *object, void *p)
{
    PyObject *bytes = host_bytes(object);
    if (bytes == NULL)
        return 0;
    if (strlen(PyBytes_AS_STRING(bytes)) != (size_t)PyBytes_GET_SIZE(bytes)) {
        PyErr_SetString(PyExc_TypeError, "host name must not contain null character");
        Py_DECREF(bytes);
        return 0;
    }
    *(PyObject **)p = bytes;
    return 1;
}

static int port_in_range(int port, const char *caller)
{
    if (port >= 0 && port <= 0xffff)
        return 1;
    PyErr_Format(PyExc_OverflowError, "%s(): port must be 0-65535.", caller);
    return 0;
}

static int parse_unix(PyObject *args, Address *a, socklen_t *length, const char *caller)
{
    Py_buffer path;
    int ok = 0;
    if (PyUnicode_Check(args)) {
        if ((args = PyUnicode_EncodeFSDefault(args)) == NULL)
            return 0;
    } else {
        Py_INCREF(args);
    }
    if (!PyArg_Parse(args, "y*", &path)) {
        Py_DECREF(args);
        return 0;
    }
    /* A leading \0 marks an abstract name, which is not ended by one. */
    size_t n = path.len;
    int abstract = n == 0 || ((const char *)path.buf)[0] == '\0';
    if (n > sizeof a->un.sun_path || (!abstract && n >= sizeof a->un.sun_path)) {
        PyErr_SetString(PyExc_OSError, "AF_UNIX path too long");
    } else {
        a->un.sun_family = AF_UNIX;
        memcpy(a->un.sun_path, path.buf, n);
        *length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n);
        if (!abstract) {
            a->un.sun_path[n] = '\0';
            ++*length;
        }
        ok = 1;
    }
    PyBuffer_Release(&path);
    Py_DECREF(args);
    return ok;
}

int sock_parse_address(Socket *s, PyObject *args, Address *a, socklen_t *length, const char *caller)
{
    PyObject *host;
    int port;
    memset(a, 0, sizeof *a);
    switch (s->family) {
    case AF_UNIX: return parse_unix(args, a, length, caller);
    case AF_NETLINK: {
        int pid, groups;
        if (!PyTuple_Check(args)) {
            PyErr_Format(PyExc_TypeError, "%s(): AF_NETLINK address must be tuple, not %.500s", caller, Py_TYPE(args)->tp_name);
            return 0;
        }
        if (!PyArg_ParseTuple(args, "II;AF_NETLINK address must be a pair (pid, groups)", &pid, &groups))
            return 0;
        a->nl.nl_family = AF_NETLINK;
        a->nl.nl_pid = pid;
        a->nl.nl_groups = groups;
        *length = sizeof a->nl;
        return 1;
    }
    case AF_RDS:
    case AF_INET: {
        if (!PyTuple_Check(args)) {
            PyErr_Format(PyExc_TypeError, "%s(): AF_INET address must be tuple, not %.500s", caller, Py_TYPE(args)->tp_name);
            return 0;
        }
        if (!PyArg_ParseTuple(args, "O&i;AF_INET address must be a pair (host, port)", host_converter, &host, &port)) {
            if (PyErr_ExceptionMatches(PyExc_OverflowError))
                PyErr_Format(PyExc_OverflowError, "%s(): port must be 0-65535.", caller);
            return 0;
        }
        int n = sock_resolve(PyBytes_AS_STRING(host), &a->sa, sizeof a->in, AF_INET);
        Py_DECREF(host);
        if (n < 0 || !port_in_range(port, caller))
            return 0;
        a->in.sin_family = AF_INET;
        a->in.sin_port = htons((uint16_t)port);
        *length = sizeof a->in;
        return 1;
    }
    case AF_INET6: {
        unsigned flowinfo = 0, scope = 0;
        if (!PyTuple_Check(args)) {
            PyErr_Format(PyExc_TypeError, "%s(): AF_INET6 address must be tuple, not %.500s", caller, Py_TYPE(args)->tp_name);
            return 0;
        }
        if (!PyArg_ParseTuple(args, "O&i|II;AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])", host_converter,
                              &host, &port, &flowinfo, &scope)) {
            if (PyErr_ExceptionMatches(PyExc_OverflowError))
                PyErr_Format(PyExc_OverflowError, "%s(): port must be 0-65535.", caller);
            return 0;
        }
        int n = sock_resolve(PyBytes_AS_STRING(host), &a->sa, sizeof a->in6, AF_INET6);
        Py_DECREF(host);
        if (n < 0 || !port_in_range(port, caller))
            return 0;
        if (flowinfo > 0xfffff) {
            PyErr_Format(PyExc_OverflowError, "%s(): flowinfo must be 0-1048575.", caller);
            return 0;
        }
        a->in6.sin6_family = AF_INET6;
        a->in6.sin6_port = htons((uint16_t)port);
        a->in6.sin6_flowinfo = htonl(flowinfo);
        a->in6.sin6_scope_id = scope;
        *length = sizeof a->in6;
        return 1;
    }
    default: return sock_parse_linux_address(s, args, a, length, caller);
    }
}

PyObject *sock_ip_text(const struct sockaddr *address, socklen_t length)
{
    char text[NI_MAXHOST];
    int code = getnameinfo(address, length, text, sizeof text, NULL, 0, NI_NUMERICHOST);
    if (code)
        return sock_gai_error(code);
    return PyUnicode_FromString(text);
}

PyObject *sock_make_address(const struct sockaddr *address, socklen_t length, int proto)
{
    const Address *a = (const Address *)address;
    if (length == 0)
        Py_RETURN_NONE;
    switch (address->sa_family) {
    case AF_INET: {
        char text[INET_ADDRSTRLEN];
        if (inet_ntop(AF_INET, &a->in.sin_addr, text, sizeof text) == NULL)
            return PyErr_SetFromErrno(PyExc_OSError);
        return Py_BuildValue("si", text, ntohs(a->in.sin_port));
    }
    case AF_INET6: {
        char text[INET6_ADDRSTRLEN];
        if (inet_ntop(AF_INET6, &a->in6.sin6_addr, text, sizeof text) == NULL)
            return PyErr_SetFromErrno(PyExc_OSError);
        return Py_BuildValue("siII", text, ntohs(a->in6.sin6_port), ntohl(a->in6.sin6_flowinfo), a->in6.sin6_scope_id);
    }
    case AF_UNIX: {
        Py_ssize_t n = (Py_ssize_t)length - (Py_ssize_t)offsetof(struct sockaddr_un, sun_path);
        if (n > 0 && a->un.sun_path[0] == '\0')
            return PyBytes_FromStringAndSize(a->un.sun_path, n);
        return PyUnicode_DecodeFSDefaultAndSize(a->un.sun_path, n > 0 ? (Py_ssize_t)strnlen(a->un.sun_path, n) : 0);
    }
    case AF_NETLINK: return Py_BuildValue("II", a->nl.nl_pid, a->nl.nl_groups);
    default: return sock_make_linux_address(address, proto);
    }
}
