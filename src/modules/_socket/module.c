/* SPDX-License-Identifier: MIT */
/* The _socket module: names, addresses, byte order, interfaces, constants; and the capsule that _ssl uses. */
#include "sock.h"
#include "runtime/quiet_exit.h"

PyObject *sock_gaierror;
static PyObject *herror_type; /* socket.herror */

static PyObject *host_error(int code)
{
    PyObject *value = Py_BuildValue("(is)", code, hstrerror(code));
    if (value != NULL) {
        PyErr_SetObject(herror_type, value);
        Py_DECREF(value);
    }
    return NULL;
}

/* --- Names of hosts ------------------------------------------------------------------------------------------------- */

static PyObject *socket_gethostname(PyObject *module, PyObject *unused)
{
    char name[1024];
    int rc;
    if (PySys_Audit("socket.gethostname", NULL) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    rc = gethostname(name, sizeof name - 1);
    Py_END_ALLOW_THREADS
    if (rc < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    name[sizeof name - 1] = '\0';
    return PyUnicode_DecodeFSDefault(name);
}

static PyObject *socket_sethostname(PyObject *module, PyObject *args)
{
    PyObject *name;
    Py_buffer view;
    if (PyArg_ParseTuple(args, "S:sethostname", &name)) {
        Py_INCREF(name);
    } else {
        PyErr_Clear();
        if (!PyArg_ParseTuple(args, "O&:sethostname", PyUnicode_FSConverter, &name))
            return NULL;
    }
    PyObject *result = NULL;
    if (PySys_Audit("socket.sethostname", "(O)", name) == 0 && PyObject_GetBuffer(name, &view, PyBUF_SIMPLE) == 0) {
        int rc = sethostname(view.buf, view.len);
        PyBuffer_Release(&view);
        if (rc < 0)
            PyErr_SetFromErrno(PyExc_OSError);
        else
            Py_INCREF(result = Py_None);
    }
    Py_DECREF(name);
    return result;
}

static PyObject *socket_gethostbyname(PyObject *module, PyObject *args)
{
    char *name;
    Address a;
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, "et:gethostbyname", "idna", &name))
        return NULL;
    if (PySys_Audit("socket.gethostbyname", "O", args) == 0 && sock_resolve(name, &a.sa, sizeof a.in, AF_INET) >= 0)
        result = sock_ip_text(&a.sa, sizeof a.in);
    PyMem_Free(name);
    return result;
}

/* (name, aliases, addresses) of a hostent. */
static PyObject *host_info(const struct hostent *h)
{
    PyObject *aliases = PyList_New(0), *addresses = PyList_New(0), *item;
    if (aliases == NULL || addresses == NULL)
        goto error;
    for (char **alias = h->h_aliases; alias != NULL && *alias != NULL; alias++) {
        item = PyUnicode_FromString(*alias);
        if (item == NULL || PyList_Append(aliases, item) < 0) {
            Py_XDECREF(item);
            goto error;
        }
        Py_DECREF(item);
    }
    for (char **at = h->h_addr_list; *at != NULL; at++) {
        char text[INET6_ADDRSTRLEN];
        item = inet_ntop(h->h_addrtype, *at, text, sizeof text) ? PyUnicode_FromString(text) : PyErr_SetFromErrno(PyExc_OSError);
        if (item == NULL || PyList_Append(addresses, item) < 0) {
            Py_XDECREF(item);
            goto error;
        }
        Py_DECREF(item);
    }
    return Py_BuildValue("NNN", PyUnicode_DecodeFSDefault(h->h_name), aliases, addresses);
error:
    Py_XDECREF(aliases);
    Py_XDECREF(addresses);
    return NULL;
}

static PyObject *by_name_or_address(PyObject *args, const char *format, const char *event, int reverse)
{
    char *name, *buffer = NULL;
    Address a;
    struct hostent store, *found = NULL;
    int error = 0, rc = ERANGE;
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, format, "idna", &name))
        return NULL;
    if (PySys_Audit(event, "O", args) < 0 || sock_resolve(name, &a.sa, sizeof a, reverse ? AF_UNSPEC : AF_INET) < 0)
        goto done;
    for (size_t room = 8192; rc == ERANGE && room < (1u << 22); room *= 2) {
        char *bigger = PyMem_Realloc(buffer, room);
        if (bigger == NULL) {
            PyErr_NoMemory();
            goto done;
        }
        buffer = bigger;
        Py_BEGIN_ALLOW_THREADS
        if (!reverse)
            rc = gethostbyname_r(name, &store, buffer, room, &found, &error);
        else if (a.sa.sa_family == AF_INET6)
            rc = gethostbyaddr_r(&a.in6.sin6_addr, 16, AF_INET6, &store, buffer, room, &found, &error);
        else
            rc = gethostbyaddr_r(&a.in.sin_addr, 4, AF_INET, &store, buffer, room, &found, &error);
        Py_END_ALLOW_THREADS
    }
    result = found == NULL ? host_error(error) : host_info(found);
done:
    PyMem_Free(buffer);
    PyMem_Free(name);
    return result;
}

static PyObject *socket_gethostbyname_ex(PyObject *module, PyObject *args)
{
    return by_name_or_address(args, "et:gethostbyname_ex", "socket.gethostbyname", 0);
}

static PyObject *socket_gethostbyaddr(PyObject *module, PyObject *args)
{
    return by_name_or_address(args, "et:gethostbyaddr", "socket.gethostbyaddr", 1);
}

static PyObject *socket_getservbyname(PyObject *module, PyObject *args)
{
    const char *name, *proto = NULL;
    struct servent *found;
    int port = 0;
    if (!PyArg_ParseTuple(args, "s|s:getservbyname", &name, &proto) || PySys_Audit("socket.getservbyname", "ss", name, proto) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    found = getservbyname(name, proto);
    if (found)
        port = ntohs((uint16_t)found->s_port);
    Py_END_ALLOW_THREADS
    if (found == NULL) {
        PyErr_SetString(PyExc_OSError, "service/proto not found");
        return NULL;
    }
    return PyLong_FromLong(port);
}

static PyObject *socket_getservbyport(PyObject *module, PyObject *args)
{
    int port;
    const char *proto = NULL;
    if (!PyArg_ParseTuple(args, "i|s:getservbyport", &port, &proto))
        return NULL;
    if (port < 0 || port > 0xffff) {
        PyErr_SetString(PyExc_OverflowError, "getservbyport: port must be 0-65535.");
        return NULL;
    }
    if (PySys_Audit("socket.getservbyport", "is", port, proto) < 0)
        return NULL;
    struct servent *found;
    Py_BEGIN_ALLOW_THREADS
    found = getservbyport(htons((uint16_t)port), proto);
    Py_END_ALLOW_THREADS
    if (found == NULL) {
        PyErr_SetString(PyExc_OSError, "port/proto not found");
        return NULL;
    }
    return PyUnicode_FromString(found->s_name);
}

static PyObject *socket_getprotobyname(PyObject *module, PyObject *args)
{
    const char *name;
    struct protoent *found;
    if (!PyArg_ParseTuple(args, "s:getprotobyname", &name))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    found = getprotobyname(name);
    Py_END_ALLOW_THREADS
    if (found == NULL) {
        PyErr_SetString(PyExc_OSError, "protocol not found");
        return NULL;
    }
    return PyLong_FromLong(found->p_proto);
}

/* --- getaddrinfo and getnameinfo ----------------------------------------------------------------------------------------- */

static PyObject *socket_getaddrinfo(PyObject *module, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"host", "port", "family", "type", "proto", "flags", NULL};
    PyObject *host_obj, *port_obj, *host_bytes = NULL, *port_bytes = NULL, *list = NULL;
    struct addrinfo hints = {0}, *found = NULL;
    char number[30];
    const char *host = NULL, *port = NULL;
    int family = AF_UNSPEC, type = 0, proto = 0, flags = 0, code;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OO|iiii:getaddrinfo", names, &host_obj, &port_obj, &family, &type, &proto, &flags))
        return NULL;
    if (host_obj != Py_None) {
        if (!PyUnicode_Check(host_obj) && !PyBytes_Check(host_obj)) {
            PyErr_SetString(PyExc_TypeError, "getaddrinfo() argument 1 must be string or None");
            return NULL;
        }
        if (PyUnicode_Check(host_obj))
            host_bytes = PyUnicode_AsEncodedString(host_obj, "idna", NULL);
        else
            Py_INCREF(host_bytes = host_obj);
        if (host_bytes == NULL)
            return NULL;
        host = PyBytes_AS_STRING(host_bytes);
    }
    if (PyLong_CheckExact(port_obj)) {
        long value = PyLong_AsLong(port_obj);
        if (value == -1 && PyErr_Occurred())
            goto done;
        PyOS_snprintf(number, sizeof number, "%ld", value);
        port = number;
    } else if (PyUnicode_Check(port_obj)) {
        if ((port = PyUnicode_AsUTF8(port_obj)) == NULL)
            goto done;
    } else if (PyBytes_Check(port_obj)) {
        port = PyBytes_AS_STRING(port_obj);
    } else if (port_obj != Py_None) {
        PyErr_SetString(PyExc_OSError, "Int or String expected");
        goto done;
    }
    if (PySys_Audit("socket.getaddrinfo", "OOiii", host_obj, port_obj, family, type, proto, flags) < 0)
        goto done;
    hints.ai_family = family;
    hints.ai_socktype = type;
    hints.ai_protocol = proto;
    hints.ai_flags = flags;
    Py_BEGIN_ALLOW_THREADS
    code = getaddrinfo(host, port, &hints, &found);
    Py_END_ALLOW_THREADS
    if (code) {
        found = NULL;
        sock_gai_error(code);
        goto done;
    }
    list = PyList_New(0);
    for (struct addrinfo *r = found; list != NULL && r != NULL; r = r->ai_next) {
        PyObject *address = sock_make_address(r->ai_addr, r->ai_addrlen, r->ai_protocol);
        PyObject *item = address == NULL ? NULL : Py_BuildValue("iiisN", r->ai_family, r->ai_socktype, r->ai_protocol,
                                                                r->ai_canonname ? r->ai_canonname : "", address);
        if (item == NULL || PyList_Append(list, item) < 0)
            Py_CLEAR(list);
        Py_XDECREF(item);
    }
done:
    if (found)
        freeaddrinfo(found);
    Py_XDECREF(host_bytes);
    Py_XDECREF(port_bytes);
    return list;
}

static PyObject *socket_getnameinfo(PyObject *module, PyObject *args)
{
    PyObject *address, *result = NULL;
    struct addrinfo hints = {0}, *found = NULL;
    const char *host;
    char name[NI_MAXHOST], service[NI_MAXSERV], number[30];
    int flags, port, code;
    unsigned flowinfo = 0, scope = 0;
    if (!PyArg_ParseTuple(args, "Oi:getnameinfo", &address, &flags))
        return NULL;
    if (!PyTuple_Check(address)) {
        PyErr_SetString(PyExc_TypeError, "getnameinfo() argument 1 must be a tuple");
        return NULL;
    }
    if (!PyArg_ParseTuple(address, "si|II;getnameinfo(): illegal sockaddr argument", &host, &port, &flowinfo, &scope))
        return NULL;
    if (flowinfo > 0xfffff) {
        PyErr_SetString(PyExc_OverflowError, "getnameinfo(): flowinfo must be 0-1048575.");
        return NULL;
    }
    if (PySys_Audit("socket.getnameinfo", "(O)", address) < 0)
        return NULL;
    PyOS_snprintf(number, sizeof number, "%d", port);
    hints.ai_socktype = SOCK_DGRAM;
    hints.ai_flags = AI_NUMERICHOST;
    Py_BEGIN_ALLOW_THREADS
    code = getaddrinfo(host, number, &hints, &found);
    Py_END_ALLOW_THREADS
    if (code)
        return sock_gai_error(code);
    if (found->ai_next) {
        PyErr_SetString(PyExc_OSError, "sockaddr resolved to multiple addresses");
        goto done;
    }
    if (found->ai_family == AF_INET && PyTuple_GET_SIZE(address) != 2) {
        PyErr_SetString(PyExc_OSError, "IPv4 sockaddr must be 2 tuple");
        goto done;
    }
    if (found->ai_family == AF_INET6) {
        ((struct sockaddr_in6 *)found->ai_addr)->sin6_flowinfo = htonl(flowinfo);
        ((struct sockaddr_in6 *)found->ai_addr)->sin6_scope_id = scope;
    }
    Py_BEGIN_ALLOW_THREADS
    code = getnameinfo(found->ai_addr, found->ai_addrlen, name, sizeof name, service, sizeof service, flags);
    Py_END_ALLOW_THREADS
    result = code ? sock_gai_error(code) : Py_BuildValue("ss", name, service);
done:
    freeaddrinfo(found);
    return result;
}

/* --- Conversions ----------------------------------------------------------------------------------------------------------- */

/* A 16-bit number; ntohs and htons still take larger ones, with a warning.  -1 with an exception. */
static long parse_short(PyObject *arg, const char *name)
{
    int overflow;
    long x = PyLong_Check(arg) ? PyLong_AsLongAndOverflow(arg, &overflow) : (overflow = 0, -1);
    if (!PyLong_Check(arg)) {
        PyErr_Format(PyExc_TypeError, PyFloat_Check(arg) ? "integer argument expected, got float" : "an integer is required (got type %s)", Py_TYPE(arg)->tp_name);
        return -1;
    }
    if (overflow || x > INT_MAX) {
        PyErr_SetString(PyExc_OverflowError, overflow < 0 ? "signed integer is less than minimum" : "signed integer is greater than maximum");
        if (overflow < 0 || x < 0)
            return -1;
        return -1;
    }
    if (x < 0) {
        PyErr_Format(PyExc_OverflowError, "%s: can't convert negative Python int to C 16-bit unsigned integer", name);
        return -1;
    }
    if (x > 0xffff) {
        char message[120];
        PyOS_snprintf(message, sizeof message, "%s: Python int too large to convert to C 16-bit unsigned integer (The silent truncation is deprecated)", name);
        if (PyErr_WarnEx(PyExc_DeprecationWarning, message, 1))
            return -1;
    }
    return x;
}

static PyObject *socket_ntohs(PyObject *module, PyObject *arg)
{
    long x = parse_short(arg, "ntohs");
    return x < 0 ? NULL : PyLong_FromUnsignedLong(ntohs((uint16_t)x));
}

static PyObject *socket_htons(PyObject *module, PyObject *arg)
{
    long x = parse_short(arg, "htons");
    return x < 0 ? NULL : PyLong_FromUnsignedLong(htons((uint16_t)x));
}

static int parse_long(PyObject *arg, uint32_t *result)
{
    if (!PyLong_Check(arg)) {
        PyErr_Format(PyExc_TypeError, "expected int, %s found", Py_TYPE(arg)->tp_name);
        return -1;
    }
    unsigned long x = PyLong_AsUnsignedLong(arg);
    if (x == (unsigned long)-1 && PyErr_Occurred())
        return -1;
    if (x > UINT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, "int larger than 32 bits");
        return -1;
    }
    *result = (uint32_t)x;
    return 0;
}

static PyObject *socket_ntohl(PyObject *module, PyObject *arg)
{
    uint32_t x;
    return parse_long(arg, &x) < 0 ? NULL : PyLong_FromUnsignedLong(ntohl(x));
}

static PyObject *socket_htonl(PyObject *module, PyObject *arg)
{
    uint32_t x;
    return parse_long(arg, &x) < 0 ? NULL : PyLong_FromUnsignedLong(htonl(x));
}

static PyObject *socket_inet_aton(PyObject *module, PyObject *args)
{
    const char *text;
    struct in_addr a;
    if (!PyArg_ParseTuple(args, "s:inet_aton", &text))
        return NULL;
    if (inet_aton(text, &a) != 0)
        return PyBytes_FromStringAndSize((char *)&a, sizeof a);
    PyErr_SetString(PyExc_OSError, "illegal IP address string passed to inet_aton");
    return NULL;
}

static PyObject *socket_inet_ntoa(PyObject *module, PyObject *args)
{
    Py_buffer packed;
    struct in_addr a;
    char text[INET_ADDRSTRLEN];
    if (!PyArg_ParseTuple(args, "y*:inet_ntoa", &packed))
        return NULL;
    if (packed.len != sizeof a) {
        PyErr_SetString(PyExc_OSError, "packed IP wrong length for inet_ntoa");
        PyBuffer_Release(&packed);
        return NULL;
    }
    memcpy(&a, packed.buf, sizeof a);
    PyBuffer_Release(&packed);
    return PyUnicode_FromString(inet_ntop(AF_INET, &a, text, sizeof text));
}

static PyObject *socket_inet_pton(PyObject *module, PyObject *args)
{
    int family;
    const char *text;
    char packed[sizeof(struct in6_addr)];
    if (!PyArg_ParseTuple(args, "is:inet_pton", &family, &text))
        return NULL;
    int rc = inet_pton(family, text, packed);
    if (rc < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    if (rc == 0) {
        PyErr_SetString(PyExc_OSError, "illegal IP address string passed to inet_pton");
        return NULL;
    }
    return PyBytes_FromStringAndSize(packed, family == AF_INET ? 4 : 16);
}

static PyObject *socket_inet_ntop(PyObject *module, PyObject *args)
{
    int family;
    Py_buffer packed;
    char text[INET6_ADDRSTRLEN + 1] = "";
    PyObject *result = NULL;
    if (!PyArg_ParseTuple(args, "iy*:inet_ntop", &family, &packed))
        return NULL;
    if (family != AF_INET && family != AF_INET6)
        PyErr_Format(PyExc_ValueError, "unknown address family %d", family);
    else if (packed.len != (family == AF_INET ? 4 : 16))
        PyErr_SetString(PyExc_ValueError, "invalid length of packed IP address string");
    else if (inet_ntop(family, packed.buf, text, sizeof text) == NULL)
        PyErr_SetFromErrno(PyExc_OSError);
    else
        result = PyUnicode_FromString(text);
    PyBuffer_Release(&packed);
    return result;
}

/* --- Interfaces, pairs, descriptors -------------------------------------------------------------------------------------------- */

static PyObject *socket_if_nameindex(PyObject *module, PyObject *unused)
{
    struct if_nameindex *all;
    Py_BEGIN_ALLOW_THREADS
    all = if_nameindex();
    Py_END_ALLOW_THREADS
    if (all == NULL)
        return PyErr_SetFromErrno(PyExc_OSError);
    PyObject *list = PyList_New(0);
    for (struct if_nameindex *i = all; list != NULL && i->if_index != 0; i++) {
        PyObject *item = Py_BuildValue("IO&", i->if_index, PyUnicode_DecodeFSDefault, i->if_name);
        if (item == NULL || PyList_Append(list, item) < 0)
            Py_CLEAR(list);
        Py_XDECREF(item);
    }
    if_freenameindex(all);
    return list;
}

static PyObject *socket_if_nametoindex(PyObject *module, PyObject *args)
{
    PyObject *name;
    if (!PyArg_ParseTuple(args, "O&:if_nametoindex", PyUnicode_FSConverter, &name))
        return NULL;
    unsigned long index = if_nametoindex(PyBytes_AS_STRING(name));
    Py_DECREF(name);
    if (index == 0) {
        PyErr_SetString(PyExc_OSError, "no interface with this name");
        return NULL;
    }
    return PyLong_FromUnsignedLong(index);
}

static PyObject *socket_if_indextoname(PyObject *module, PyObject *arg)
{
    char name[IF_NAMESIZE + 1];
    unsigned long index = PyLong_AsUnsignedLong(arg);
    if (index == (unsigned long)-1 && PyErr_Occurred())
        return NULL;
    if (if_indextoname((unsigned)index, name) == NULL)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyUnicode_DecodeFSDefault(name);
}

static PyObject *wrap(int fd, int family, int type, int proto)
{
    Socket *s = (Socket *)Socket_Type.tp_alloc(&Socket_Type, 0);
    if (s == NULL) {
        close(fd);
        return NULL;
    }
    s->fd = fd;
    s->family = family;
    s->type = type;
    s->proto = proto;
    s->timeout = sock_default_timeout;
    tai_exit_untracked++;
    return (PyObject *)s;
}

static PyObject *socket_socketpair(PyObject *module, PyObject *args)
{
    int family = AF_UNIX, type = SOCK_STREAM, proto = 0, fds[2], rc;
    if (!PyArg_ParseTuple(args, "|iii:socketpair", &family, &type, &proto))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    rc = socketpair(family, type | SOCK_CLOEXEC, proto, fds);
    Py_END_ALLOW_THREADS
    if (rc < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    PyObject *a = wrap(fds[0], family, type, proto), *b = wrap(fds[1], family, type, proto);
    if (a == NULL || b == NULL) {
        Py_XDECREF(a);
        Py_XDECREF(b);
        return NULL;
    }
    return Py_BuildValue("NN", a, b);
}

static PyObject *socket_dup(PyObject *module, PyObject *arg)
{
    int fd = _PyLong_AsInt(arg);
    if (fd == -1 && PyErr_Occurred())
        return NULL;
    fd = _Py_dup(fd);
    return fd == -1 ? NULL : PyLong_FromLong(fd);
}

static PyObject *socket_close(PyObject *module, PyObject *arg)
{
    int fd = _PyLong_AsInt(arg), rc;
    if (fd == -1 && PyErr_Occurred())
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    rc = close(fd);
    Py_END_ALLOW_THREADS
    if (rc < 0 && errno != ECONNRESET)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}

static PyObject *socket_getdefaulttimeout(PyObject *module, PyObject *unused)
{
    if (sock_default_timeout < 0)
        Py_RETURN_NONE;
    return PyFloat_FromDouble(_PyTime_AsSecondsDouble(sock_default_timeout));
}

static PyObject *socket_setdefaulttimeout(PyObject *module, PyObject *arg)
{
    if (sock_set_default_timeout(arg) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *socket_CMSG_LEN(PyObject *module, PyObject *args)
{
    Py_ssize_t n;
    if (!PyArg_ParseTuple(args, "n:CMSG_LEN", &n))
        return NULL;
    if (n < 0 || n > INT_MAX - (Py_ssize_t)CMSG_LEN(0))
        return PyErr_Format(PyExc_OverflowError, "CMSG_LEN() argument out of range");
    return PyLong_FromSize_t(CMSG_LEN(n));
}

static PyObject *socket_CMSG_SPACE(PyObject *module, PyObject *args)
{
    Py_ssize_t n;
    if (!PyArg_ParseTuple(args, "n:CMSG_SPACE", &n))
        return NULL;
    if (n < 0 || n > INT_MAX - (Py_ssize_t)CMSG_SPACE(1))
        return PyErr_Format(PyExc_OverflowError, "CMSG_SPACE() argument out of range");
    return PyLong_FromSize_t(CMSG_SPACE(n));
}

#define V(name, doc) {#name, socket_##name, METH_VARARGS, PyDoc_STR(doc)}
#define O(name, doc) {#name, socket_##name, METH_O, PyDoc_STR(doc)}
#define N(name, doc) {#name, socket_##name, METH_NOARGS, PyDoc_STR(doc)}
static PyMethodDef methods[] = {
    V(gethostbyname, "gethostbyname(host) -> address\n\nReturn the IPv4 address of a host."),
    V(gethostbyname_ex, "gethostbyname_ex(host) -> (name, aliaslist, addresslist)\n\nReturn names and IPv4 addresses of a host."),
    V(gethostbyaddr, "gethostbyaddr(host) -> (name, aliaslist, addresslist)\n\nReturn names and addresses for an address."),
    N(gethostname, "gethostname() -> string\n\nReturn the name of this host."),
    V(sethostname, "sethostname(name)\n\nSet the name of this host."),
    V(getservbyname, "getservbyname(servicename[, protocolname]) -> integer\n\nReturn the port of a service."),
    V(getservbyport, "getservbyport(port[, protocolname]) -> string\n\nReturn the service of a port."),
    V(getprotobyname, "getprotobyname(name) -> integer\n\nReturn the number of a protocol."),
    O(close, "close(integer) -> None\n\nClose a socket's descriptor."),
    O(dup, "dup(integer) -> integer\n\nDuplicate a socket's descriptor."),
    V(socketpair, "socketpair([family[, type [, proto]]]) -> (socket object, socket object)\n\nReturn two sockets connected with each other."),
    O(ntohs, "ntohs(x) -> integer\n\nConvert 16 bits from network to host order."),
    O(ntohl, "ntohl(x) -> integer\n\nConvert 32 bits from network to host order."),
    O(htons, "htons(x) -> integer\n\nConvert 16 bits from host to network order."),
    O(htonl, "htonl(x) -> integer\n\nConvert 32 bits from host to network order."),
    V(inet_aton, "inet_aton(string) -> bytes giving packed 32-bit IP representation"),
    V(inet_ntoa, "inet_ntoa(packed_ip) -> ip_address_string"),
    V(inet_pton, "inet_pton(af, ip) -> packed IP address string"),
    V(inet_ntop, "inet_ntop(af, packed_ip) -> string formatted IP address"),
    {"getaddrinfo", (PyCFunction)(void (*)(void))socket_getaddrinfo, METH_VARARGS | METH_KEYWORDS,
     PyDoc_STR("getaddrinfo(host, port [, family, type, proto, flags])\n    -> list of (family, type, proto, canonname, sockaddr)\n\nReturn what is needed to connect to a service of a host.")},
    V(getnameinfo, "getnameinfo(sockaddr, flags) --> (host, port)\n\nReturn names for an address."),
    N(getdefaulttimeout, "getdefaulttimeout() -> timeout\n\nReturn the timeout of new sockets in seconds, or None."),
    O(setdefaulttimeout, "setdefaulttimeout(timeout)\n\nSet the timeout of new sockets."),
    N(if_nameindex, "if_nameindex()\n\nReturn a list of (index, name) of the network interfaces."),
    V(if_nametoindex, "if_nametoindex(if_name)\n\nReturn the index of an interface."),
    O(if_indextoname, "if_indextoname(if_index)\n\nReturn the name of an interface."),
    V(CMSG_LEN, "CMSG_LEN(length) -> control message length\n\nReturn the length, without padding, of an ancillary item of length bytes."),
    V(CMSG_SPACE, "CMSG_SPACE(length) -> buffer size\n\nReturn the room that an ancillary item of length bytes takes."),
    {NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_socket",
    .m_doc = PyDoc_STR("Sockets, behind the socket module."),
    .m_size = -1,
    .m_methods = methods,
};

/* What other natives take from the capsule _socket.CAPI. */
static struct {
    PyTypeObject *Sock_Type;
    PyObject *error;
    PyObject *timeout_error;
} capi;

typedef struct {const char *name; long value;} Constant;
static const Constant constants[] = {
#define CONSTANT(name, value) {#name, value},
#include "constants.def"
};

static int add(PyObject *module, const char *name, PyObject *value)
{
    Py_XINCREF(value);
    return value == NULL || PyModule_AddObject(module, name, value) < 0 ? -1 : 0;
}

PyMODINIT_FUNC PyInit__socket(void)
{
    PyObject *module = PyModule_Create(&module_def), *capsule;
    if (module == NULL)
        return NULL;
    if (sock_timeout == NULL) {
        herror_type = PyErr_NewException("socket.herror", PyExc_OSError, NULL);
        sock_gaierror = PyErr_NewException("socket.gaierror", PyExc_OSError, NULL);
        sock_timeout = PyErr_NewException("socket.timeout", PyExc_OSError, NULL);
    }
    if (PyType_Ready(&Socket_Type) < 0 || add(module, "error", PyExc_OSError) < 0 || add(module, "herror", herror_type) < 0 ||
        add(module, "gaierror", sock_gaierror) < 0 || add(module, "timeout", sock_timeout) < 0 ||
        add(module, "SocketType", (PyObject *)&Socket_Type) < 0 || add(module, "socket", (PyObject *)&Socket_Type) < 0 ||
        add(module, "has_ipv6", Py_True) < 0)
        goto error;
    capi.Sock_Type = &Socket_Type;
    capi.error = PyExc_OSError;
    capi.timeout_error = sock_timeout;
    capsule = PyCapsule_New(&capi, "_socket.CAPI", NULL);
    if (capsule == NULL || PyModule_AddObject(module, "CAPI", capsule) < 0)
        goto error;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(constants); i++)
        if (PyModule_AddIntConstant(module, constants[i].name, constants[i].value) < 0)
            goto error;
    return module;
error:
    Py_DECREF(module);
    return NULL;
}
