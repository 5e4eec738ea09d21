/* SPDX-License-Identifier: MIT */
/* _SSLSocket: TLS on a socket or on two MemoryBIOs.  Sockets with a timeout are non-blocking for OpenSSL, and we wait. */
#include "ssl.h"

#include <poll.h>

enum Wait { READY, TIMED_OUT, CLOSED, NONBLOCKING, BLOCKING };

/* The socket, new; NULL: gone (exception) or BIOs (none). An operation begins with it: a callback of OpenSSL's cannot begin one,
 * because OpenSSL is in the middle of another. */
static Socket *underlying(TlsSocket *self, int *gone)
{
    *gone = 0;
    if (self->callback_of != 0 && self->callback_of == PyThread_get_thread_ident()) {
        *gone = 1;
        PyErr_SetString(PyExc_RuntimeError, "a callback of the connection cannot use it");
        return NULL;
    }
    if (self->socket == NULL)
        return NULL;
    PyObject *o = PyWeakref_GetObject(self->socket);
    if (o == Py_None || ((Socket *)o)->fd < 0) {
        *gone = 1;
        ssl_raise(self, SslError, -1, "Underlying socket connection gone", 0, __LINE__);
        return NULL;
    }
    Py_INCREF(o);
    return (Socket *)o;
}

/* Wait until the socket may be read or written. */
static enum Wait wait_for(Socket *s, int writing, _PyTime_t timeout)
{
    if (s == NULL || timeout == 0)
        return NONBLOCKING;
    if (timeout < 0)
        return s->timeout > 0 ? TIMED_OUT : BLOCKING;
    if (s->fd < 0)
        return CLOSED;
    struct pollfd p = {s->fd, writing ? POLLOUT : POLLIN, 0};
    _PyTime_t ms = _PyTime_AsMilliseconds(timeout, _PyTime_ROUND_CEILING);
    int n;
again:
    Py_BEGIN_ALLOW_THREADS
    n = poll(&p, 1, (int)(ms > INT_MAX ? INT_MAX : ms));
    Py_END_ALLOW_THREADS
    if (n < 0 && errno == EINTR && PyErr_CheckSignals() == 0)
        goto again;
    return n == 0 ? TIMED_OUT : READY;
}

/* What one try of an operation came to. */
static void remember(TlsSocket *self, int ret)
{
    self->last_errno = errno;
    self->last_error = SSL_get_error(self->ssl, ret);
}

typedef int Operation(SSL *ssl, void *data, size_t n, size_t *done);

static int op_handshake(SSL *ssl, void *Py_UNUSED(data), size_t Py_UNUSED(n), size_t *Py_UNUSED(done))
{
    return SSL_do_handshake(ssl);
}

static int op_read(SSL *ssl, void *data, size_t n, size_t *done)
{
    return SSL_read_ex(ssl, data, n, done);
}

static int op_write(SSL *ssl, void *data, size_t n, size_t *done)
{
    return SSL_write_ex(ssl, data, n, done);
}

/* The exception of a callback is raised now. 1 if there was one. */
static int raised_by_callback(TlsSocket *self)
{
    if (self->raised[0] == NULL)
        return 0;
    PyErr_Restore(self->raised[0], self->raised[1], self->raised[2]);
    self->raised[0] = self->raised[1] = self->raised[2] = NULL;
    return 1;
}

/* Try until it is done, has failed or would block. Its last return value; -2 with an exception. */
static int attempt(TlsSocket *self, Socket *s, Operation *operation, void *data, size_t n, size_t *done, const char *what, const char *closed)
{
    _PyTime_t timeout = s ? s->timeout : 0, deadline = 0;
    int ret, has_timeout = timeout > 0;
    if (s) {
        BIO_set_nbio(SSL_get_rbio(self->ssl), timeout >= 0);
        BIO_set_nbio(SSL_get_wbio(self->ssl), timeout >= 0);
    }
    if (has_timeout)
        deadline = _PyTime_GetMonotonicClock() + timeout;
    for (;;) {
        Py_BEGIN_ALLOW_THREADS
        errno = 0;
        ret = operation(self->ssl, data, n, done);
        remember(self, ret);
        Py_END_ALLOW_THREADS
        if (PyErr_CheckSignals() < 0)
            return -2;
        if (ret > 0 || (self->last_error != SSL_ERROR_WANT_READ && self->last_error != SSL_ERROR_WANT_WRITE))
            return ret;
        if (has_timeout)
            timeout = deadline - _PyTime_GetMonotonicClock();
        enum Wait w = wait_for(s, self->last_error == SSL_ERROR_WANT_WRITE, has_timeout && timeout <= 0 ? -1 : timeout);
        if (PyErr_Occurred())
            return -2;
        if (w == TIMED_OUT) {
            PyErr_SetString(ssl_timeout_error, what);
            return -2;
        }
        if (w == CLOSED) {
            PyErr_SetString(SslError, closed);
            return -2;
        }
        if (w == NONBLOCKING)
            return ret;
    }
}

static PyObject *do_handshake(PyObject *op, PyObject *Py_UNUSED(unused))
{
    TlsSocket *self = (TlsSocket *)op;
    int gone;
    Socket *s = underlying(self, &gone);
    if (gone)
        return NULL;
    int ret = attempt(self, s, op_handshake, NULL, 0, NULL, "_ssl.c:1: The handshake operation timed out", "_ssl.c:1: Underlying socket has been closed.");
    Py_XDECREF(s);
    if (ret < 1) {
        if (ret != -2)
            ssl_call_failed(self, ret, __LINE__);
        raised_by_callback(self);
        return NULL;
    }
    if (raised_by_callback(self))
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *tls_write(PyObject *op, PyObject *arg)
{
    TlsSocket *self = (TlsSocket *)op;
    Py_buffer view;
    size_t done = 0;
    int gone, ret = 1;
    Socket *s = underlying(self, &gone);
    if (gone)
        return NULL;
    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0) {
        Py_XDECREF(s);
        return NULL;
    }
    PyObject *result = NULL;
    if (view.len > INT_MAX) {
        PyErr_Format(PyExc_OverflowError, "string longer than %d bytes", INT_MAX);
        goto finish;
    }
    if (s && s->timeout > 0) {
        enum Wait w = wait_for(s, 1, s->timeout);
        if (w == TIMED_OUT || w == CLOSED) {
            PyErr_SetString(w == TIMED_OUT ? ssl_timeout_error : SslError, w == TIMED_OUT ? "The write operation timed out" : "Underlying socket has been closed.");
            goto finish;
        }
    }
    if (view.len)
        ret = attempt(self, s, op_write, view.buf, (size_t)view.len, &done, "The write operation timed out", "Underlying socket has been closed.");
    if (ret == 1 && !raised_by_callback(self))
        result = PyLong_FromSize_t(done);
    else if (ret != -2 && ret != 1) {
        ssl_call_failed(self, ret, __LINE__);
        raised_by_callback(self);
    }
finish:
    Py_XDECREF(s);
    PyBuffer_Release(&view);
    return result;
}

static PyObject *tls_read(PyObject *op, PyObject *args)
{
    TlsSocket *self = (TlsSocket *)op;
    PyObject *target = NULL, *bytes = NULL, *result = NULL;
    Py_buffer view = {.obj = NULL};
    int n, gone, ret = 1;
    size_t done = 0;
    Py_ssize_t given = PyTuple_GET_SIZE(args);
    if (given < 1 || given > 2) {
        PyErr_SetString(PyExc_TypeError, "_ssl._SSLSocket.read requires 1 to 2 arguments");
        return NULL;
    }
    if (!PyArg_ParseTuple(args, given == 1 ? "i:read" : "iO:read", &n, &target) || (target && PyObject_GetBuffer(target, &view, PyBUF_WRITABLE) < 0))
        return NULL;
    Socket *s = underlying(self, &gone);
    char *where;
    if (gone)
        goto finish;
    if (target == NULL) {
        if (n < 0) {
            PyErr_SetString(PyExc_ValueError, "size should not be negative");
            goto finish;
        }
        if ((bytes = PyBytes_FromStringAndSize(NULL, n)) == NULL)
            goto finish;
        where = PyBytes_AS_STRING(bytes);
    }
    else {
        if (n <= 0 || n > view.len) {
            if (view.len > INT_MAX) {
                PyErr_SetString(PyExc_OverflowError, "maximum length can't fit in a C 'int'");
                goto finish;
            }
            n = (int)view.len;
        }
        where = view.buf;
    }
    if (n) {
        ret = attempt(self, s, op_read, where, (size_t)n, &done, "The read operation timed out", "Underlying socket has been closed.");
        if (ret == 0 && self->last_error == SSL_ERROR_ZERO_RETURN && SSL_get_shutdown(self->ssl) & SSL_RECEIVED_SHUTDOWN)
            ret = 1; /* the end: nothing read */
    }
    if (ret != 1) {
        if (ret != -2)
            ssl_call_failed(self, ret, __LINE__);
        raised_by_callback(self);
        goto finish;
    }
    if (raised_by_callback(self))
        goto finish;
    if (target)
        result = PyLong_FromSize_t(done);
    else {
        _PyBytes_Resize(&bytes, (Py_ssize_t)done);
        result = bytes;
        bytes = NULL;
    }
finish:
    Py_XDECREF(s);
    Py_XDECREF(bytes);
    if (view.obj)
        PyBuffer_Release(&view);
    return result;
}

static PyObject *tls_shutdown(PyObject *op, PyObject *Py_UNUSED(unused))
{
    TlsSocket *self = (TlsSocket *)op;
    int gone, ret, zeros = 0;
    Socket *s = underlying(self, &gone);
    if (gone)
        return NULL;
    _PyTime_t timeout = s ? s->timeout : 0, deadline = timeout > 0 ? _PyTime_GetMonotonicClock() + timeout : 0;
    int has_timeout = timeout > 0;
    if (s) {
        BIO_set_nbio(SSL_get_rbio(self->ssl), timeout >= 0);
        BIO_set_nbio(SSL_get_wbio(self->ssl), timeout >= 0);
    }
    for (;;) {
        if (self->shutdown_seen_zero)
            SSL_set_read_ahead(self->ssl, 0); /* what follows the end of TLS is not for us */
        Py_BEGIN_ALLOW_THREADS
        errno = 0;
        ret = SSL_shutdown(self->ssl);
        remember(self, ret);
        Py_END_ALLOW_THREADS
        if (ret > 0)
            break;
        if (ret == 0) {
            if (++zeros > 1)
                break;
            self->shutdown_seen_zero = 1;
            continue;
        }
        if (has_timeout)
            timeout = deadline - _PyTime_GetMonotonicClock();
        if (self->last_error != SSL_ERROR_WANT_READ && self->last_error != SSL_ERROR_WANT_WRITE)
            break;
        enum Wait w = wait_for(s, self->last_error == SSL_ERROR_WANT_WRITE, has_timeout && timeout <= 0 ? -1 : timeout);
        if (w == TIMED_OUT) {
            PyErr_SetString(ssl_timeout_error, self->last_error == SSL_ERROR_WANT_READ ? "The read operation timed out" : "The write operation timed out");
            Py_XDECREF(s);
            return NULL;
        }
        if (w != READY && w != BLOCKING)
            break;
    }
    if (ret < 0) {
        Py_XDECREF(s);
        ssl_call_failed(self, ret, __LINE__);
        raised_by_callback(self);
        return NULL;
    }
    if (raised_by_callback(self)) {
        Py_XDECREF(s);
        return NULL;
    }
    if (s)
        return (PyObject *)s;
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ what is known about the connection */

static PyObject *tls_getpeercert(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    TlsSocket *self = (TlsSocket *)op;
    if (!_PyArg_CheckPositional("getpeercert", nargs, 0, 1))
        return NULL;
    int der = nargs ? PyObject_IsTrue(args[0]) : 0;
    if (der < 0)
        return NULL;
    if (!SSL_is_init_finished(self->ssl)) {
        PyErr_SetString(PyExc_ValueError, "handshake not done yet");
        return NULL;
    }
    X509 *cert = SSL_get1_peer_certificate(self->ssl);
    if (cert == NULL)
        Py_RETURN_NONE;
    PyObject *result = der ? ssl_cert_bytes(cert) : SSL_CTX_get_verify_mode(SSL_get_SSL_CTX(self->ssl)) & SSL_VERIFY_PEER ? ssl_decode_cert(cert) : PyDict_New();
    X509_free(cert);
    return result;
}

static PyObject *tls_cipher(PyObject *op, PyObject *Py_UNUSED(unused))
{
    const SSL_CIPHER *cipher = SSL_get_current_cipher(((TlsSocket *)op)->ssl);
    if (cipher == NULL)
        Py_RETURN_NONE;
    return ssl_cipher(cipher);
}

static PyObject *tls_shared_ciphers(PyObject *op, PyObject *Py_UNUSED(unused))
{
    STACK_OF(SSL_CIPHER) *all = SSL_get_ciphers(((TlsSocket *)op)->ssl);
    if (all == NULL)
        Py_RETURN_NONE;
    PyObject *list = PyList_New(sk_SSL_CIPHER_num(all));
    for (int i = 0; list && i < sk_SSL_CIPHER_num(all); i++) {
        PyObject *c = ssl_cipher(sk_SSL_CIPHER_value(all, i));
        if (c == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, c);
    }
    return list;
}

static PyObject *tls_compression(PyObject *op, PyObject *Py_UNUSED(unused))
{
    const COMP_METHOD *method = SSL_get_current_compression(((TlsSocket *)op)->ssl);
    const char *name = method ? OBJ_nid2sn(COMP_get_type(method)) : NULL;
    return Py_BuildValue("z", name);
}

static PyObject *tls_version(PyObject *op, PyObject *Py_UNUSED(unused))
{
    SSL *ssl = ((TlsSocket *)op)->ssl;
    const char *version = SSL_is_init_finished(ssl) ? SSL_get_version(ssl) : NULL;
    return Py_BuildValue("z", version && strcmp(version, "unknown") == 0 ? NULL : version);
}

static PyObject *tls_alpn(PyObject *op, PyObject *Py_UNUSED(unused))
{
    const unsigned char *name;
    unsigned n;
    SSL_get0_alpn_selected(((TlsSocket *)op)->ssl, &name, &n);
    if (name == NULL)
        Py_RETURN_NONE;
    return PyUnicode_FromStringAndSize((const char *)name, n);
}

static PyObject *tls_pending(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(SSL_pending(((TlsSocket *)op)->ssl));
}

static PyObject *tls_channel_binding(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"cb_type", NULL};
    TlsSocket *self = (TlsSocket *)op;
    const char *kind = "tls-unique";
    char data[128];
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|s:get_channel_binding", names, &kind))
        return NULL;
    if (strcmp(kind, "tls-unique") != 0)
        return PyErr_Format(PyExc_ValueError, "'%s' channel binding type not implemented", kind);
    size_t n = SSL_session_reused(self->ssl) ^ !self->server_side ? SSL_get_finished(self->ssl, data, sizeof data) : SSL_get_peer_finished(self->ssl, data, sizeof data);
    if (n == 0)
        Py_RETURN_NONE;
    return PyBytes_FromStringAndSize(data, (Py_ssize_t)n);
}

static PyObject *tls_verify_post_handshake(PyObject *op, PyObject *Py_UNUSED(unused))
{
    if (SSL_verify_client_post_handshake(((TlsSocket *)op)->ssl) == 0)
        return SSL_FAIL(NULL);
    Py_RETURN_NONE;
}

static PyObject *get_context(PyObject *op, void *Py_UNUSED(unused))
{
    Py_INCREF(((TlsSocket *)op)->context);
    return (PyObject *)((TlsSocket *)op)->context;
}

static int set_context(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    TlsSocket *self = (TlsSocket *)op;
    if (v == NULL || !PyObject_TypeCheck(v, &SslContextType)) {
        PyErr_SetString(PyExc_TypeError, "The value must be a SSLContext");
        return -1;
    }
    Py_INCREF(v);
    Py_SETREF(self->context, (Context *)v);
    SSL_set_SSL_CTX(self->ssl, self->context->ctx);
    SSL_set_msg_callback(self->ssl, self->context->message_callback ? ssl_on_message : NULL);
    return 0;
}

static PyObject *get_server_side(PyObject *op, void *Py_UNUSED(unused))
{
    return PyBool_FromLong(((TlsSocket *)op)->server_side);
}

static PyObject *get_hostname(PyObject *op, void *Py_UNUSED(unused))
{
    PyObject *v = ((TlsSocket *)op)->hostname;
    v = v ? v : Py_None;
    Py_INCREF(v);
    return v;
}

static PyObject *get_owner(PyObject *op, void *Py_UNUSED(unused))
{
    PyObject *v = ((TlsSocket *)op)->owner ? PyWeakref_GetObject(((TlsSocket *)op)->owner) : Py_None;
    Py_INCREF(v);
    return v;
}

static int set_owner(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    PyObject *ref = v ? PyWeakref_NewRef(v, NULL) : NULL;
    if (ref == NULL && PyErr_Occurred())
        return -1;
    Py_XSETREF(((TlsSocket *)op)->owner, ref);
    return 0;
}

/* A copy of a session: OpenSSL goes on changing the one of a connection. New; NULL without exception. */
static SSL_SESSION *copy_session(SSL_SESSION *session)
{
    unsigned char *der = NULL;
    int n = i2d_SSL_SESSION(session, &der);
    const unsigned char *p = der;
    SSL_SESSION *copy = n > 0 ? d2i_SSL_SESSION(NULL, &p, n) : NULL;
    OPENSSL_free(der);
    return copy;
}

static PyObject *get_session(PyObject *op, void *Py_UNUSED(unused))
{
    TlsSocket *self = (TlsSocket *)op;
    SSL_SESSION *session = SSL_get0_session(self->ssl);
    if (session == NULL)
        Py_RETURN_NONE;
    if ((session = copy_session(session)) == NULL)
        return SSL_FAIL("Invalid session");
    Session *s = PyObject_GC_New(Session, &SslSessionType);
    if (s == NULL) {
        SSL_SESSION_free(session);
        return NULL;
    }
    s->session = session;
    Py_INCREF(self->context);
    s->context = self->context;
    PyObject_GC_Track(s);
    return (PyObject *)s;
}

static int set_session(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    TlsSocket *self = (TlsSocket *)op;
    const char *wrong = NULL;
    PyObject *type = PyExc_ValueError;
    if (v == NULL || Py_TYPE(v) != &SslSessionType) {
        wrong = "Value is not a SSLSession.";
        type = PyExc_TypeError;
    }
    else if (((Session *)v)->context->ctx != self->context->ctx)
        wrong = "Session refers to a different SSLContext.";
    else if (self->server_side)
        wrong = "Cannot set session for server-side SSLSocket.";
    else if (SSL_is_init_finished(self->ssl))
        wrong = "Cannot set session after handshake.";
    if (wrong) {
        PyErr_SetString(type, wrong);
        return -1;
    }
    SSL_SESSION *copy = copy_session(((Session *)v)->session);
    int ok = copy && SSL_set_session(self->ssl, copy);
    SSL_SESSION_free(copy);
    if (!ok)
        SSL_FAIL(NULL);
    return ok ? 0 : -1;
}

static PyObject *get_session_reused(PyObject *op, void *Py_UNUSED(unused))
{
    return PyBool_FromLong(SSL_session_reused(((TlsSocket *)op)->ssl));
}

/* ------------------------------------------------------------------ making one */

/* Tell OpenSSL the name the peer is to have. 0 / -1. */
static int set_hostname(TlsSocket *self, PyObject *hostname)
{
    Py_ssize_t n;
    const char *name = PyUnicode_AsUTF8AndSize(hostname, &n);
    if (name == NULL)
        return -1;
    if (n == 0 || *name == '.') {
        PyErr_SetString(PyExc_ValueError, "server_hostname cannot be an empty string or start with a leading dot.");
        return -1;
    }
    Py_INCREF(hostname);
    self->hostname = hostname;
    ASN1_OCTET_STRING *ip = a2i_IPADDRESS(name);
    if (ip == NULL)
        ERR_clear_error();
    int ok = ip != NULL || SSL_set_tlsext_host_name(self->ssl, name);
    if (ok && self->context->check_hostname) {
        X509_VERIFY_PARAM *param = SSL_get0_param(self->ssl);
        ok = ip ? X509_VERIFY_PARAM_set1_ip(param, ASN1_STRING_get0_data(ip), (size_t)ASN1_STRING_length(ip)) : X509_VERIFY_PARAM_set1_host(param, name, (size_t)n);
    }
    ASN1_OCTET_STRING_free(ip);
    if (!ok)
        SSL_FAIL(NULL);
    return ok ? 0 : -1;
}

PyObject *ssl_new_socket(Context *c, PyObject *socket, PyObject *in, PyObject *out, int server_side, PyObject *hostname, PyObject *owner, PyObject *session)
{
    TlsSocket *self = PyObject_New(TlsSocket, &SslSocketType);
    if (self == NULL)
        return NULL;
    memset((char *)self + sizeof(PyObject), 0, sizeof *self - sizeof(PyObject));
    Py_INCREF(c);
    self->context = c;
    self->server_side = server_side;
    ERR_clear_error();
    self->ssl = SSL_new(c->ctx);
    if (self->ssl == NULL) {
        SSL_FAIL(NULL);
        goto error;
    }
    SSL_set_app_data(self->ssl, self);
    if (socket)
        SSL_set_fd(self->ssl, ((Socket *)socket)->fd);
    else {
        PyObject *bios[2] = {in, out};
        for (int i = 0; i < 2; i++) {
            Py_INCREF(bios[i]);
            self->bios[i] = bios[i];
            BIO_up_ref(((MemoryBio *)bios[i])->bio);
        }
        SSL_set_bio(self->ssl, ((MemoryBio *)in)->bio, ((MemoryBio *)out)->bio);
    }
    SSL_set_mode(self->ssl, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_AUTO_RETRY);
    if (c->post_handshake_auth) {
        if (server_side) {
            int mode = SSL_get_verify_mode(self->ssl); /* asked for later: not in the handshake */
            if (mode & SSL_VERIFY_PEER)
                SSL_set_verify(self->ssl, mode | SSL_VERIFY_POST_HANDSHAKE, SSL_get_verify_callback(self->ssl));
        }
        else
            SSL_set_post_handshake_auth(self->ssl, 1);
    }
    if (hostname && set_hostname(self, hostname) < 0)
        goto error;
    if (server_side)
        SSL_set_accept_state(self->ssl);
    else
        SSL_set_connect_state(self->ssl);
    if (socket && (self->socket = PyWeakref_NewRef(socket, NULL)) == NULL)
        goto error;
    if (owner && owner != Py_None && set_owner((PyObject *)self, owner, NULL) < 0)
        goto error;
    if (session && session != Py_None && set_session((PyObject *)self, session, NULL) < 0)
        goto error;
    SSL_set_msg_callback(self->ssl, c->message_callback ? ssl_on_message : NULL);
    return (PyObject *)self;
error:
    Py_DECREF(self);
    return NULL;
}

static void tls_dealloc(PyObject *op)
{
    TlsSocket *self = (TlsSocket *)op;
    if (self->ssl)
        SSL_free(self->ssl);
    Py_XDECREF(self->socket);
    Py_XDECREF(self->bios[0]);
    Py_XDECREF(self->bios[1]);
    Py_XDECREF(self->owner);
    Py_XDECREF(self->context);
    Py_XDECREF(self->hostname);
    for (int i = 0; i < 3; i++)
        Py_XDECREF(self->raised[i]);
    PyObject_Del(op);
}

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
static PyMethodDef tls_methods[] = {
    {"do_handshake", do_handshake, METH_NOARGS, "do_handshake($self, /)\n--\n\n"},
    {"write", tls_write, METH_O, "write($self, b, /)\n--\n\nEncrypt and send bytes; how many were taken."},
    {"read", tls_read, METH_VARARGS, "read(size, [buffer])\nReceive up to size bytes, into the buffer if there is one."},
    {"pending", tls_pending, METH_NOARGS, "pending($self, /)\n--\n\nBytes that are decrypted and not yet read."},
    {"getpeercert", FAST(tls_getpeercert), "getpeercert($self, der=False, /)\n--\n\nThe peer's certificate: a dict (empty if it was not verified), or bytes; None if it has none."},
    {"get_channel_binding", (PyCFunction)(void (*)(void))tls_channel_binding, METH_VARARGS | METH_KEYWORDS, "get_channel_binding($self, /, cb_type=\'tls-unique\')\n--\n\nThe data that names this connection."},
    {"cipher", tls_cipher, METH_NOARGS, "cipher($self, /)\n--\n\n"},
    {"shared_ciphers", tls_shared_ciphers, METH_NOARGS, "shared_ciphers($self, /)\n--\n\n"},
    {"version", tls_version, METH_NOARGS, "version($self, /)\n--\n\n"},
    {"selected_alpn_protocol", tls_alpn, METH_NOARGS, "selected_alpn_protocol($self, /)\n--\n\n"},
    {"compression", tls_compression, METH_NOARGS, "compression($self, /)\n--\n\n"},
    {"shutdown", tls_shutdown, METH_NOARGS, "shutdown($self, /)\n--\n\nEnd TLS; the plain socket."},
    {"verify_client_post_handshake", tls_verify_post_handshake, METH_NOARGS, "verify_client_post_handshake($self, /)\n--\n\nAsk the client for its certificate after the handshake."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef tls_getset[] = {
    {"context", get_context, set_context, "the context; another one may be set in an sni_callback", NULL},
    {"server_side", get_server_side, NULL, "is this the server's side?", NULL},
    {"server_hostname", get_hostname, NULL, "the name of the peer", NULL},
    {"owner", get_owner, set_owner, "the object around this one", NULL},
    {"session", get_session, set_session, "the session", NULL},
    {"session_reused", get_session_reused, NULL, "was an earlier session taken up?", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyTypeObject SslSocketType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_ssl._SSLSocket",
    .tp_basicsize = sizeof(TlsSocket),
    .tp_dealloc = tls_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = tls_methods,
    .tp_getset = tls_getset,
};

/* ------------------------------------------------------------------ sessions */

static void session_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    Py_XDECREF(((Session *)op)->context);
    SSL_SESSION_free(((Session *)op)->session);
    PyObject_GC_Del(op);
}

static int session_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT((PyObject *)((Session *)op)->context);
    return 0;
}

static int session_clear(PyObject *op)
{
    Py_CLEAR(((Session *)op)->context);
    return 0;
}

static PyObject *session_richcompare(PyObject *a, PyObject *b, int how)
{
    if (Py_TYPE(a) != &SslSessionType || Py_TYPE(b) != &SslSessionType || (how != Py_EQ && how != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    unsigned n, m;
    const unsigned char *x = SSL_SESSION_get_id(((Session *)a)->session, &n), *y = SSL_SESSION_get_id(((Session *)b)->session, &m);
    int equal = a == b || (n == m && memcmp(x, y, n) == 0);
    return PyBool_FromLong(equal == (how == Py_EQ));
}

static PyObject *session_number(PyObject *op, void *which)
{
    SSL_SESSION *s = ((Session *)op)->session;
    switch ((intptr_t)which) {
    case 0:
        return PyLong_FromLong((long)SSL_SESSION_get_time(s));
    case 1:
        return PyLong_FromLong((long)SSL_SESSION_get_timeout(s));
    case 2:
        return PyLong_FromUnsignedLong(SSL_SESSION_get_ticket_lifetime_hint(s));
    default:
        return PyBool_FromLong(SSL_SESSION_has_ticket(s));
    }
}

static PyObject *session_id(PyObject *op, void *Py_UNUSED(unused))
{
    unsigned n;
    const unsigned char *id = SSL_SESSION_get_id(((Session *)op)->session, &n);
    return PyBytes_FromStringAndSize((const char *)id, n);
}

static PyGetSetDef session_getset[] = {
    {"has_ticket", session_number, NULL, "has it a ticket?", (void *)3},
    {"id", session_id, NULL, "its name", NULL},
    {"ticket_lifetime_hint", session_number, NULL, "how long the server means to take the ticket, in seconds", (void *)2},
    {"time", session_number, NULL, "when it was made, seconds since the epoch", (void *)0},
    {"timeout", session_number, NULL, "how long it is good, in seconds", (void *)1},
    {NULL, NULL, NULL, NULL, NULL},
};

PyTypeObject SslSessionType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_ssl.Session",
    .tp_basicsize = sizeof(Session),
    .tp_dealloc = session_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = session_traverse,
    .tp_clear = session_clear,
    .tp_richcompare = session_richcompare,
    .tp_getset = session_getset,
};
