/* SPDX-License-Identifier: MIT */
/* _SSLContext: the settings connections are made with. */
#include "ssl.h"

#include <openssl/dh.h>
#include <openssl/pem.h>
#include <stddef.h>

enum { PROTOCOL_SSLV3 = 1, PROTOCOL_TLS = 2, PROTOCOL_TLSV1, PROTOCOL_TLSV1_1, PROTOCOL_TLSV1_2, PROTOCOL_TLS_CLIENT = 16, PROTOCOL_TLS_SERVER };
enum { CERT_NONE, CERT_OPTIONAL, CERT_REQUIRED };
enum { MINIMUM = -2, MAXIMUM = -1 };

static int cannot_delete(PyObject *v)
{
    if (v == NULL)
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
    return v == NULL;
}

/* ------------------------------------------------------------------ life */

static const SSL_METHOD *method_of(int protocol)
{
    switch (protocol) {
    case PROTOCOL_TLSV1:
        return TLSv1_method();
    case PROTOCOL_TLSV1_1:
        return TLSv1_1_method();
    case PROTOCOL_TLSV1_2:
        return TLSv1_2_method();
    case PROTOCOL_TLS:
        return TLS_method();
    case PROTOCOL_TLS_CLIENT:
        return TLS_client_method();
    case PROTOCOL_TLS_SERVER:
        return TLS_server_method();
    default:
        return NULL;
    }
}

static int set_mode(Context *self, int mode)
{
    static const int modes[] = {SSL_VERIFY_NONE, SSL_VERIFY_PEER, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT};
    if (mode < 0 || mode > 2 || (mode == CERT_NONE && self->check_hostname)) {
        PyErr_SetString(PyExc_ValueError, mode == CERT_NONE ? "Cannot set verify_mode to CERT_NONE when check_hostname is enabled." : "invalid value for verify_mode");
        return -1;
    }
    SSL_CTX_set_verify(self->ctx, modes[mode], NULL);
    return 0;
}

extern const char ssl_default_ciphers[];

static PyObject *context_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    int protocol;
    if ((type == &SslContextType && !_PyArg_NoKeywords("_SSLContext", kwds)) || !PyArg_ParseTuple(args, "i:_SSLContext", &protocol))
        return NULL;
    const SSL_METHOD *method = method_of(protocol);
    if (method == NULL) {
        PyErr_SetString(PyExc_ValueError, "invalid or unsupported protocol version");
        return NULL;
    }
    SSL_CTX *ctx;
    Py_BEGIN_ALLOW_THREADS
    ctx = SSL_CTX_new(method);
    Py_END_ALLOW_THREADS
    if (ctx == NULL)
        return SSL_FAIL(NULL);
    Context *self = (Context *)type->tp_alloc(type, 0);
    if (self == NULL) {
        SSL_CTX_free(ctx);
        return NULL;
    }
    self->ctx = ctx;
    self->protocol = protocol;
    self->host_flags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
    self->check_hostname = protocol == PROTOCOL_TLS_CLIENT;
    set_mode(self, self->check_hostname ? CERT_REQUIRED : CERT_NONE);
    SSL_CTX_set_options(ctx, (SSL_OP_ALL & ~SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS) | SSL_OP_NO_SSLv3 | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION |
                                 SSL_OP_IGNORE_UNEXPECTED_EOF);
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_id_context(ctx, (const unsigned char *)"Python", 6);
    X509_VERIFY_PARAM *param = SSL_CTX_get0_param(ctx);
    X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_TRUSTED_FIRST);
    X509_VERIFY_PARAM_set_hostflags(param, self->host_flags);
    SSL_CTX_set_post_handshake_auth(ctx, 0);
    if (!SSL_CTX_set_cipher_list(ctx, ssl_default_ciphers)) {
        ERR_clear_error();
        PyErr_SetString(SslError, "No cipher can be selected.");
        Py_CLEAR(self);
    }
    return (PyObject *)self;
}

static int context_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((Context *)op)->sni_callback);
    Py_VISIT(((Context *)op)->message_callback);
    return 0;
}

static int context_clear(PyObject *op)
{
    Context *self = (Context *)op;
    Py_CLEAR(self->sni_callback);
    Py_CLEAR(self->message_callback);
    Py_CLEAR(self->keylog_name);
    if (self->keylog) {
        BIO_free_all(self->keylog);
        self->keylog = NULL;
    }
    return 0;
}

static void context_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    context_clear(op);
    SSL_CTX_free(((Context *)op)->ctx);
    PyMem_Free(((Context *)op)->alpn);
    Py_TYPE(op)->tp_free(op);
}

/* ------------------------------------------------------------------ ciphers, ALPN, curves */

static PyObject *set_ciphers(PyObject *op, PyObject *arg)
{
    const char *s = PyUnicode_Check(arg) ? PyUnicode_AsUTF8(arg) : NULL;
    if (s == NULL) {
        if (!PyErr_Occurred())
            _PyArg_BadArgument("set_ciphers", "argument", "str", arg);
        return NULL;
    }
    if (!SSL_CTX_set_cipher_list(((Context *)op)->ctx, s)) {
        ERR_clear_error();
        PyErr_SetString(SslError, "No cipher can be selected.");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *cipher_dict(const SSL_CIPHER *c)
{
    char description[512] = "";
    int alg_bits, strength = SSL_CIPHER_get_bits(c, &alg_bits);
    int nid_cipher = SSL_CIPHER_get_cipher_nid(c), nid_digest = SSL_CIPHER_get_digest_nid(c);
    SSL_CIPHER_description(c, description, sizeof description - 1);
    size_t n = strlen(description);
    while (n && (description[n - 1] == '\n' || description[n - 1] == ' '))
        description[--n] = '\0';
    return Py_BuildValue("{skszszszsisisOszszszsz}", "id", (unsigned long)SSL_CIPHER_get_id(c), "name", SSL_CIPHER_get_name(c), "protocol", SSL_CIPHER_get_version(c),
                         "description", description, "strength_bits", strength, "alg_bits", alg_bits, "aead", SSL_CIPHER_is_aead(c) ? Py_True : Py_False, "symmetric",
                         nid_cipher != NID_undef ? OBJ_nid2ln(nid_cipher) : NULL, "digest", nid_digest != NID_undef ? OBJ_nid2ln(nid_digest) : NULL, "kea",
                         OBJ_nid2ln(SSL_CIPHER_get_kx_nid(c)), "auth", OBJ_nid2ln(SSL_CIPHER_get_auth_nid(c)));
}

static PyObject *get_ciphers(PyObject *op, PyObject *Py_UNUSED(unused))
{
    SSL *ssl = SSL_new(((Context *)op)->ctx);
    if (ssl == NULL)
        return SSL_FAIL(NULL);
    STACK_OF(SSL_CIPHER) *all = SSL_get_ciphers(ssl);
    PyObject *list = PyList_New(0);
    for (int i = 0; list && i < sk_SSL_CIPHER_num(all); i++) {
        PyObject *d = cipher_dict(sk_SSL_CIPHER_value(all, i));
        if (d == NULL || PyList_Append(list, d) < 0)
            Py_CLEAR(list);
        Py_XDECREF(d);
    }
    SSL_free(ssl);
    return list;
}

static int select_alpn(SSL *Py_UNUSED(ssl), const unsigned char **out, unsigned char *n, const unsigned char *theirs, unsigned theirs_length, void *arg)
{
    Context *self = arg;
    int found = SSL_select_next_proto((unsigned char **)out, n, self->alpn_length ? self->alpn : (const unsigned char *)"", self->alpn_length, theirs, theirs_length);
    return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

static PyObject *set_alpn(PyObject *op, PyObject *arg)
{
    Context *self = (Context *)op;
    Py_buffer view;
    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    unsigned char *copy = view.len <= UINT_MAX ? PyMem_Malloc((size_t)view.len + 1) : NULL;
    if (copy == NULL) {
        if (view.len > UINT_MAX)
            PyErr_Format(PyExc_OverflowError, "protocols longer than %u bytes", UINT_MAX);
        else
            PyErr_NoMemory();
        PyBuffer_Release(&view);
        return NULL;
    }
    memcpy(copy, view.buf, (size_t)view.len);
    PyMem_Free(self->alpn);
    self->alpn = copy;
    self->alpn_length = (unsigned)view.len;
    PyBuffer_Release(&view);
    if (SSL_CTX_set_alpn_protos(self->ctx, self->alpn, self->alpn_length))
        return PyErr_NoMemory();
    SSL_CTX_set_alpn_select_cb(self->ctx, select_alpn, self);
    Py_RETURN_NONE;
}

static PyObject *set_npn(PyObject *Py_UNUSED(op), PyObject *Py_UNUSED(arg))
{
    PyErr_SetString(PyExc_NotImplementedError, "The NPN extension requires OpenSSL 1.0.1 or later.");
    return NULL;
}

static PyObject *set_ecdh_curve(PyObject *op, PyObject *name)
{
    PyObject *bytes;
    if (!PyUnicode_FSConverter(name, &bytes))
        return NULL;
    int nid = OBJ_sn2nid(PyBytes_AS_STRING(bytes));
    Py_DECREF(bytes);
    if (nid == NID_undef)
        return PyErr_Format(PyExc_ValueError, "unknown elliptic curve name %R", name);
    if (!SSL_CTX_set1_groups(((Context *)op)->ctx, &nid, 1))
        return SSL_FAIL(NULL);
    Py_RETURN_NONE;
}

static PyObject *load_dh_params(PyObject *op, PyObject *path)
{
    FILE *f = _Py_fopen_obj(path, "rb");
    DH *dh;
    if (f == NULL)
        return NULL;
    errno = 0;
    Py_BEGIN_ALLOW_THREADS
    dh = PEM_read_DHparams(f, NULL, NULL, NULL);
    fclose(f);
    Py_END_ALLOW_THREADS
    if (dh == NULL) {
        if (errno) {
            ERR_clear_error();
            return PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, path);
        }
        return SSL_FAIL(NULL);
    }
    int ok = (int)SSL_CTX_set_tmp_dh(((Context *)op)->ctx, dh);
    DH_free(dh);
    if (!ok)
        return SSL_FAIL(NULL);
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ certificates */

typedef struct {
    PyObject *callable;
    char *text;
    int length, failed;
    PyThreadState *thread; /* while OpenSSL runs */
} Password;

/* Take a password, str or bytes. 0 / -1. */
static int take_password(Password *p, PyObject *v, const char *wrong)
{
    const char *s;
    Py_ssize_t n;
    PyObject *bytes = PyUnicode_Check(v) ? PyUnicode_AsUTF8String(v) : (Py_INCREF(v), v);
    if (bytes == NULL)
        return -1;
    if (PyBytes_Check(bytes)) {
        s = PyBytes_AS_STRING(bytes);
        n = PyBytes_GET_SIZE(bytes);
    }
    else if (PyByteArray_Check(bytes)) {
        s = PyByteArray_AS_STRING(bytes);
        n = PyByteArray_GET_SIZE(bytes);
    }
    else {
        PyErr_SetString(PyExc_TypeError, wrong);
        goto error;
    }
    if (n > 1023) {
        PyErr_Format(PyExc_ValueError, "password cannot be longer than %d bytes", 1023);
        goto error;
    }
    PyMem_Free(p->text);
    if ((p->text = PyMem_Malloc((size_t)n + 1)) == NULL) {
        PyErr_SetString(PyExc_MemoryError, "unable to allocate password buffer");
        goto error;
    }
    memcpy(p->text, s, (size_t)n);
    p->length = (int)n;
    Py_DECREF(bytes);
    return 0;
error:
    Py_DECREF(bytes);
    return -1;
}

static int on_password(char *buffer, int size, int Py_UNUSED(rwflag), void *arg)
{
    Password *p = arg;
    if (p->failed) /* OpenSSL may ask again */
        return -1;
    PyEval_RestoreThread(p->thread);
    if (p->callable) {
        PyObject *v = _PyObject_CallNoArg(p->callable);
        if (v == NULL || take_password(p, v, "password callback must return a string") < 0)
            p->failed = 1;
        Py_XDECREF(v);
    }
    if (!p->failed && p->length > size) {
        PyErr_Format(PyExc_ValueError, "password cannot be longer than %d bytes", size);
        p->failed = 1;
    }
    if (!p->failed)
        memcpy(buffer, p->text, (size_t)p->length);
    p->thread = PyEval_SaveThread();
    return p->failed ? -1 : p->length;
}

static PyObject *load_failed(const Password *p)
{
    if (p && p->failed) {
        ERR_clear_error();
        return NULL;
    }
    if (errno) {
        ERR_clear_error();
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    return SSL_FAIL(NULL);
}

/* A path argument; what says which for errors. 0 / -1. */
static int to_path(PyObject *o, const char *wrong, PyObject **bytes)
{
    *bytes = NULL;
    if (o == NULL || o == Py_None || PyUnicode_FSConverter(o, bytes))
        return 0;
    if (PyErr_ExceptionMatches(PyExc_TypeError))
        PyErr_SetString(PyExc_TypeError, wrong);
    return -1;
}

static PyObject *load_cert_chain(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"certfile", "keyfile", "password", NULL};
    Context *self = (Context *)op;
    PyObject *cert, *key = NULL, *password = NULL, *cert_path, *key_path = NULL, *result = NULL;
    Password p = {NULL};
    int ok;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|OO:load_cert_chain", names, &cert, &key, &password))
        return NULL;
    errno = 0;
    ERR_clear_error();
    if (to_path(cert, "certfile should be a valid filesystem path", &cert_path) < 0)
        return NULL;
    if (cert_path == NULL) {
        PyErr_SetString(PyExc_TypeError, "certfile should be a valid filesystem path");
        return NULL;
    }
    if (to_path(key, "keyfile should be a valid filesystem path", &key_path) < 0)
        goto done;
    if (password && password != Py_None) {
        if (PyCallable_Check(password))
            p.callable = password;
        else if (take_password(&p, password, "password should be a string or callable") < 0)
            goto done;
        SSL_CTX_set_default_passwd_cb(self->ctx, on_password);
        SSL_CTX_set_default_passwd_cb_userdata(self->ctx, &p);
    }
    p.thread = PyEval_SaveThread();
    ok = SSL_CTX_use_certificate_chain_file(self->ctx, PyBytes_AS_STRING(cert_path)) == 1;
    if (ok)
        ok = SSL_CTX_use_PrivateKey_file(self->ctx, PyBytes_AS_STRING(key_path ? key_path : cert_path), SSL_FILETYPE_PEM) == 1;
    int matches = ok && SSL_CTX_check_private_key(self->ctx) == 1;
    PyEval_RestoreThread(p.thread);
    if (!ok)
        load_failed(&p);
    else if (!matches)
        SSL_FAIL(NULL);
    else {
        Py_INCREF(Py_None);
        result = Py_None;
    }
    SSL_CTX_set_default_passwd_cb(self->ctx, NULL);
    SSL_CTX_set_default_passwd_cb_userdata(self->ctx, NULL);
done:
    PyMem_Free(p.text);
    Py_XDECREF(cert_path);
    Py_XDECREF(key_path);
    return result;
}

/* Add certificates out of memory, PEM or DER. 0 / -1. */
static int add_certs(Context *self, const void *data, Py_ssize_t n, int type)
{
    if (n <= 0 || n > INT_MAX) {
        PyErr_SetString(PyExc_ValueError, n <= 0 ? "Empty certificate data" : "Certificate data is too long.");
        return -1;
    }
    BIO *bio = BIO_new_mem_buf(data, (int)n);
    if (bio == NULL) {
        SSL_FAIL("Can't allocate buffer");
        return -1;
    }
    X509_STORE *store = SSL_CTX_get_cert_store(self->ctx);
    int loaded = 0, status = -1;
    for (;; loaded++) {
        X509 *cert = type == SSL_FILETYPE_ASN1 ? d2i_X509_bio(bio, NULL) : PEM_read_bio_X509(bio, NULL, NULL, NULL);
        if (cert == NULL)
            break;
        int ok = X509_STORE_add_cert(store, cert);
        X509_free(cert);
        if (!ok) {
            unsigned long e = ERR_peek_last_error();
            if (ERR_GET_LIB(e) != ERR_LIB_X509 || ERR_GET_REASON(e) != X509_R_CERT_ALREADY_IN_HASH_TABLE)
                break;
            ERR_clear_error();
        }
    }
    unsigned long e = ERR_peek_last_error();
    if (loaded == 0)
        SSL_FAIL(type == SSL_FILETYPE_PEM ? "no start line: cadata does not contain a certificate" : "not enough data: cadata does not contain a certificate");
    else if (type == SSL_FILETYPE_ASN1 && ERR_GET_LIB(e) == ERR_LIB_ASN1 && ERR_GET_REASON(e) == ASN1_R_HEADER_TOO_LONG)
        status = 0; /* the end of the data */
    else if (type == SSL_FILETYPE_PEM && ERR_GET_LIB(e) == ERR_LIB_PEM && ERR_GET_REASON(e) == PEM_R_NO_START_LINE)
        status = 0;
    else if (e)
        SSL_FAIL(NULL);
    else
        status = 0;
    if (status == 0)
        ERR_clear_error();
    BIO_free(bio);
    return status;
}

static int add_cadata(Context *self, PyObject *data)
{
    if (PyUnicode_Check(data)) {
        PyObject *ascii = PyUnicode_AsASCIIString(data);
        if (ascii == NULL) {
            if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
                PyErr_SetString(PyExc_TypeError, "cadata should be an ASCII string or a bytes-like object");
            return -1;
        }
        int status = add_certs(self, PyBytes_AS_STRING(ascii), PyBytes_GET_SIZE(ascii), SSL_FILETYPE_PEM);
        Py_DECREF(ascii);
        return status;
    }
    Py_buffer view;
    if (PyObject_GetBuffer(data, &view, PyBUF_SIMPLE) < 0) {
        PyErr_SetString(PyExc_TypeError, "cadata should be an ASCII string or a bytes-like object");
        return -1;
    }
    int status = add_certs(self, view.buf, view.len, SSL_FILETYPE_ASN1);
    PyBuffer_Release(&view);
    return status;
}

static PyObject *load_verify_locations(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"cafile", "capath", "cadata", NULL};
    Context *self = (Context *)op;
    PyObject *file = NULL, *path = NULL, *data = NULL, *file_bytes, *path_bytes = NULL, *result = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OOO:load_verify_locations", names, &file, &path, &data))
        return NULL;
    errno = 0;
    if ((file == NULL || file == Py_None) && (path == NULL || path == Py_None) && (data == NULL || data == Py_None)) {
        PyErr_SetString(PyExc_TypeError, "cafile, capath and cadata cannot be all omitted");
        return NULL;
    }
    if (to_path(file, "cafile should be a valid filesystem path", &file_bytes) < 0)
        return NULL;
    if (to_path(path, "capath should be a valid filesystem path", &path_bytes) < 0 || (data && data != Py_None && add_cadata(self, data) < 0))
        goto done;
    if (file_bytes || path_bytes) {
        int ok;
        Py_BEGIN_ALLOW_THREADS
        errno = 0;
        ok = SSL_CTX_load_verify_locations(self->ctx, file_bytes ? PyBytes_AS_STRING(file_bytes) : NULL, path_bytes ? PyBytes_AS_STRING(path_bytes) : NULL);
        Py_END_ALLOW_THREADS
        if (!ok) {
            load_failed(NULL);
            goto done;
        }
    }
    Py_INCREF(Py_None);
    result = Py_None;
done:
    Py_XDECREF(file_bytes);
    Py_XDECREF(path_bytes);
    return result;
}

static PyObject *set_default_verify_paths(PyObject *op, PyObject *Py_UNUSED(unused))
{
    if (!SSL_CTX_set_default_verify_paths(((Context *)op)->ctx))
        return SSL_FAIL(NULL);
    Py_RETURN_NONE;
}

static PyObject *cert_store_stats(PyObject *op, PyObject *Py_UNUSED(unused))
{
    STACK_OF(X509_OBJECT) *all = X509_STORE_get0_objects(SSL_CTX_get_cert_store(((Context *)op)->ctx));
    int x509 = 0, crl = 0, ca = 0;
    for (int i = 0; i < sk_X509_OBJECT_num(all); i++) {
        X509_OBJECT *o = sk_X509_OBJECT_value(all, i);
        if (X509_OBJECT_get_type(o) == X509_LU_X509) {
            x509++;
            ca += X509_check_ca(X509_OBJECT_get0_X509(o)) != 0;
        }
        else if (X509_OBJECT_get_type(o) == X509_LU_CRL)
            crl++;
    }
    return Py_BuildValue("{sisisi}", "x509", x509, "crl", crl, "x509_ca", ca);
}

static PyObject *get_ca_certs(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"binary_form", NULL};
    int binary = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|p:get_ca_certs", names, &binary))
        return NULL;
    STACK_OF(X509_OBJECT) *all = X509_STORE_get0_objects(SSL_CTX_get_cert_store(((Context *)op)->ctx));
    PyObject *list = PyList_New(0);
    for (int i = 0; list && i < sk_X509_OBJECT_num(all); i++) {
        X509_OBJECT *o = sk_X509_OBJECT_value(all, i);
        X509 *cert = X509_OBJECT_get_type(o) == X509_LU_X509 ? X509_OBJECT_get0_X509(o) : NULL;
        if (cert == NULL || !X509_check_ca(cert))
            continue;
        PyObject *c = binary ? ssl_cert_bytes(cert) : ssl_decode_cert(cert);
        if (c == NULL || PyList_Append(list, c) < 0)
            Py_CLEAR(list);
        Py_XDECREF(c);
    }
    return list;
}

static PyObject *session_stats(PyObject *op, PyObject *Py_UNUSED(unused))
{
    SSL_CTX *c = ((Context *)op)->ctx;
    return Py_BuildValue("{slslslslslslslslslslsl}", "number", SSL_CTX_sess_number(c), "connect", SSL_CTX_sess_connect(c), "connect_good", SSL_CTX_sess_connect_good(c),
                         "connect_renegotiate", SSL_CTX_sess_connect_renegotiate(c), "accept", SSL_CTX_sess_accept(c), "accept_good", SSL_CTX_sess_accept_good(c),
                         "accept_renegotiate", SSL_CTX_sess_accept_renegotiate(c), "hits", SSL_CTX_sess_hits(c), "misses", SSL_CTX_sess_misses(c), "timeouts",
                         SSL_CTX_sess_timeouts(c), "cache_full", SSL_CTX_sess_cache_full(c));
}

/* ------------------------------------------------------------------ connections */

static PyObject *wrap_socket(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"sock", "server_side", "server_hostname", "owner", "session", NULL};
    static PyTypeObject *socket_type;
    PyObject *socket, *hostname = Py_None, *owner = Py_None, *session = Py_None;
    int server_side;
    if (socket_type == NULL) {
        PyObject *module = PyImport_ImportModule("_socket");
        socket_type = module ? (PyTypeObject *)PyObject_GetAttrString(module, "socket") : NULL;
        Py_XDECREF(module);
        if (socket_type == NULL)
            return NULL;
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O!p|O$OO:_wrap_socket", names, socket_type, &socket, &server_side, &hostname, &owner, &session))
        return NULL;
    if (hostname != Py_None && !PyUnicode_Check(hostname) && !PyBytes_Check(hostname) && !PyByteArray_Check(hostname)) {
        PyErr_Format(PyExc_TypeError, "a string, bytes or bytearray is required, not %.100s", Py_TYPE(hostname)->tp_name);
        return NULL;
    }
    if (hostname == Py_None)
        return ssl_new_socket((Context *)op, socket, NULL, NULL, server_side, NULL, owner, session);
    char *ascii = NULL;
    if (!PyArg_Parse(hostname, "es", "ascii", &ascii))
        return NULL;
    PyObject *text = PyUnicode_FromString(ascii);
    PyMem_Free(ascii);
    PyObject *result = text ? ssl_new_socket((Context *)op, socket, NULL, NULL, server_side, text, owner, session) : NULL;
    Py_XDECREF(text);
    return result;
}

static PyObject *wrap_bio(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"incoming", "outgoing", "server_side", "server_hostname", "owner", "session", NULL};
    PyObject *in, *out, *hostname = Py_None, *owner = Py_None, *session = Py_None;
    int server_side;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O!O!p|O$OO:_wrap_bio", names, &SslBioType, &in, &SslBioType, &out, &server_side, &hostname, &owner, &session))
        return NULL;
    if (hostname == Py_None)
        return ssl_new_socket((Context *)op, NULL, in, out, server_side, NULL, owner, session);
    char *ascii = NULL;
    if (!PyArg_Parse(hostname, "es", "ascii", &ascii))
        return NULL;
    PyObject *text = PyUnicode_FromString(ascii);
    PyMem_Free(ascii);
    PyObject *result = text ? ssl_new_socket((Context *)op, NULL, in, out, server_side, text, owner, session) : NULL;
    Py_XDECREF(text);
    return result;
}

/* ------------------------------------------------------------------ callbacks */

/* The Python object around a connection: its owner, else itself. New. */
static PyObject *face_of(TlsSocket *s)
{
    PyObject *o = s->owner ? PyWeakref_GetObject(s->owner) : NULL;
    if (o == NULL || o == Py_None)
        o = s->owner ? Py_None : (PyObject *)s;
    Py_INCREF(o);
    return o;
}

int ssl_on_server_name(SSL *ssl, int *alert, void *arg)
{
    Context *c = arg;
    int verdict = SSL_TLSEXT_ERR_ALERT_FATAL;
    const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    TlsSocket *s = SSL_get_app_data(ssl);
    PyGILState_STATE gil = PyGILState_Ensure();
    if (c->sni_callback == NULL) {
        PyGILState_Release(gil);
        return SSL_TLSEXT_ERR_OK;
    }
    PyObject *face = face_of(s), *text = NULL, *result = NULL;
    *alert = SSL_AD_HANDSHAKE_FAILURE;
    if (face == Py_None) {
        *alert = SSL_AD_INTERNAL_ERROR;
        goto done;
    }
    if (name == NULL)
        text = (Py_INCREF(Py_None), Py_None);
    else if ((text = PyUnicode_DecodeASCII(name, (Py_ssize_t)strlen(name), NULL)) == NULL) {
        PyErr_WriteUnraisable(c->sni_callback);
        *alert = SSL_AD_INTERNAL_ERROR;
        goto done;
    }
    unsigned long outer = s->callback_of;
    PyObject *callback = c->sni_callback;
    Py_INCREF(callback); /* it may set another one */
    s->callback_of = PyThread_get_thread_ident();
    result = PyObject_CallFunctionObjArgs(callback, face, text, c, NULL);
    s->callback_of = outer;
    if (result == NULL)
        PyErr_WriteUnraisable(callback);
    else if (result == Py_None)
        verdict = SSL_TLSEXT_ERR_OK;
    else {
        *alert = (int)PyLong_AsLong(result);
        if (PyErr_Occurred()) {
            PyErr_WriteUnraisable(result);
            *alert = SSL_AD_INTERNAL_ERROR;
        }
    }
    Py_DECREF(callback);
done:
    Py_XDECREF(face);
    Py_XDECREF(text);
    Py_XDECREF(result);
    PyGILState_Release(gil);
    return verdict;
}

void ssl_on_message(int write_p, int version, int type, const void *data, size_t n, SSL *ssl, void *Py_UNUSED(arg))
{
    const unsigned char *bytes = data;
    PyGILState_STATE gil = PyGILState_Ensure();
    TlsSocket *s = SSL_get_app_data(ssl);
    PyObject *callback = s ? s->context->message_callback : NULL;
    if (callback && s->raised[0] == NULL) {
        int kind = -1;
        switch (type) {
        case SSL3_RT_ALERT:
            kind = n > 1 ? bytes[1] : -1;
            break;
        case SSL3_RT_HANDSHAKE:
            kind = n ? bytes[0] : -1;
            break;
        case SSL3_RT_CHANGE_CIPHER_SPEC:
            kind = SSL3_MT_CHANGE_CIPHER_SPEC;
            break;
        case SSL3_RT_HEADER:
            kind = n > 2 ? bytes[1] << 8 | bytes[2] : -1;
            version = kind;
            kind = n ? bytes[0] : -1;
            break;
        case SSL3_RT_INNER_CONTENT_TYPE:
            kind = n ? bytes[0] : -1;
            break;
        default:
            break;
        }
        PyObject *face = face_of(s);
        unsigned long outer = s->callback_of;
        Py_INCREF(callback);
        s->callback_of = PyThread_get_thread_ident();
        PyObject *result = PyObject_CallFunction(callback, "Osiiiy#", face, write_p ? "write" : "read", version, type, kind, data, (Py_ssize_t)n);
        s->callback_of = outer;
        Py_DECREF(callback);
        if (result == NULL)
            PyErr_Fetch(&s->raised[0], &s->raised[1], &s->raised[2]);
        Py_XDECREF(result);
        Py_DECREF(face);
    }
    PyGILState_Release(gil);
}

static void on_keylog(const SSL *ssl, const char *line)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    TlsSocket *s = SSL_get_app_data(ssl);
    if (s && s->context->keylog) {
        BIO_printf(s->context->keylog, "%s\n", line); /* one write a line */
        (void)BIO_flush(s->context->keylog);
    }
    PyGILState_Release(gil);
}

/* ------------------------------------------------------------------ attributes */

static PyObject *get_verify_mode(PyObject *op, void *Py_UNUSED(unused))
{
    int mode = SSL_CTX_get_verify_mode(((Context *)op)->ctx) & (SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT);
    return PyLong_FromLong(mode == SSL_VERIFY_NONE ? CERT_NONE : mode == SSL_VERIFY_PEER ? CERT_OPTIONAL : CERT_REQUIRED);
}

static int to_int(PyObject *v, int *n)
{
    return cannot_delete(v) || !PyArg_Parse(v, "i", n) ? -1 : 0;
}

static int set_verify_mode(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    int n;
    return to_int(v, &n) < 0 ? -1 : set_mode((Context *)op, n);
}

static PyObject *get_verify_flags(PyObject *op, void *Py_UNUSED(unused))
{
    return PyLong_FromUnsignedLong(X509_VERIFY_PARAM_get_flags(SSL_CTX_get0_param(((Context *)op)->ctx)));
}

static int set_verify_flags(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    unsigned long wanted;
    if (cannot_delete(v) || !PyArg_Parse(v, "k", &wanted))
        return -1;
    X509_VERIFY_PARAM *param = SSL_CTX_get0_param(((Context *)op)->ctx);
    unsigned long now = X509_VERIFY_PARAM_get_flags(param), clear = now & ~wanted, set = ~now & wanted;
    if ((clear && !X509_VERIFY_PARAM_clear_flags(param, clear)) || (set && !X509_VERIFY_PARAM_set_flags(param, set))) {
        SSL_FAIL(NULL);
        return -1;
    }
    return 0;
}

static PyObject *get_options(PyObject *op, void *Py_UNUSED(unused))
{
    return PyLong_FromLong((long)SSL_CTX_get_options(((Context *)op)->ctx));
}

static int set_options(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    long wanted;
    if (cannot_delete(v) || !PyArg_Parse(v, "l", &wanted))
        return -1;
    SSL_CTX *c = ((Context *)op)->ctx;
    uint64_t now = SSL_CTX_get_options(c), clear = now & ~(uint64_t)wanted, set = ~now & (uint64_t)wanted;
    if (clear)
        SSL_CTX_clear_options(c, clear);
    if (set)
        SSL_CTX_set_options(c, set);
    return 0;
}

static PyObject *get_check_hostname(PyObject *op, void *Py_UNUSED(unused))
{
    return PyBool_FromLong(((Context *)op)->check_hostname);
}

static int set_check_hostname(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    Context *self = (Context *)op;
    int on;
    if (cannot_delete(v) || !PyArg_Parse(v, "p", &on))
        return -1;
    if (on && SSL_CTX_get_verify_mode(self->ctx) == SSL_VERIFY_NONE && set_mode(self, CERT_REQUIRED) < 0)
        return -1;
    self->check_hostname = on;
    return 0;
}

static PyObject *get_host_flags(PyObject *op, void *Py_UNUSED(unused))
{
    return PyLong_FromUnsignedLong(((Context *)op)->host_flags);
}

static int set_host_flags(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    unsigned flags;
    if (cannot_delete(v) || !PyArg_Parse(v, "I", &flags))
        return -1;
    ((Context *)op)->host_flags = flags;
    X509_VERIFY_PARAM_set_hostflags(SSL_CTX_get0_param(((Context *)op)->ctx), flags);
    return 0;
}

static PyObject *get_version_limit(PyObject *op, void *which)
{
    SSL_CTX *c = ((Context *)op)->ctx;
    int v = (int)(which ? SSL_CTX_get_max_proto_version(c) : SSL_CTX_get_min_proto_version(c));
    return PyLong_FromLong(v ? v : which ? MAXIMUM : MINIMUM);
}

static int set_version_limit(PyObject *op, PyObject *v, void *which)
{
    Context *self = (Context *)op;
    int n, ok;
    if (to_int(v, &n) < 0)
        return -1;
    if (self->protocol != PROTOCOL_TLS && self->protocol != PROTOCOL_TLS_CLIENT && self->protocol != PROTOCOL_TLS_SERVER) {
        PyErr_SetString(PyExc_ValueError, "The context's protocol doesn't support modification of highest and lowest version.");
        return -1;
    }
    if (which)
        n = n == MAXIMUM ? 0 : n == MINIMUM ? TLS1_VERSION : n;
    else
        n = n == MINIMUM ? 0 : n == MAXIMUM ? TLS1_3_VERSION : n;
    int known = n == 0 || (n >= SSL3_VERSION && n <= TLS1_3_VERSION);
    ok = known && (which ? SSL_CTX_set_max_proto_version(self->ctx, n) : SSL_CTX_set_min_proto_version(self->ctx, n));
    if (!ok) {
        ERR_clear_error();
        PyErr_Format(PyExc_ValueError, "Unsupported protocol version 0x%x", n);
        return -1;
    }
    return 0;
}

static PyObject *get_num_tickets(PyObject *op, void *Py_UNUSED(unused))
{
    return PyLong_FromSize_t(SSL_CTX_get_num_tickets(((Context *)op)->ctx));
}

static int set_num_tickets(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    long n;
    if (cannot_delete(v) || !PyArg_Parse(v, "l", &n))
        return -1;
    const char *wrong = n < 0 ? "value must be non-negative" : ((Context *)op)->protocol != PROTOCOL_TLS_SERVER ? "SSLContext is not a server context." : NULL;
    if (!wrong && SSL_CTX_set_num_tickets(((Context *)op)->ctx, (size_t)n) != 1)
        wrong = "failed to set num tickets.";
    if (wrong)
        PyErr_SetString(PyExc_ValueError, wrong);
    return wrong ? -1 : 0;
}

static PyObject *get_post_handshake_auth(PyObject *op, void *Py_UNUSED(unused))
{
    return PyBool_FromLong(((Context *)op)->post_handshake_auth);
}

static int set_post_handshake_auth(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    int on = cannot_delete(v) ? -1 : PyObject_IsTrue(v);
    if (on < 0)
        return -1;
    ((Context *)op)->post_handshake_auth = on; /* told to OpenSSL per connection */
    return 0;
}

static PyObject *get_protocol(PyObject *op, void *Py_UNUSED(unused))
{
    return PyLong_FromLong(((Context *)op)->protocol);
}

static PyObject *or_none(PyObject *o)
{
    o = o ? o : Py_None;
    Py_INCREF(o);
    return o;
}

static PyObject *get_sni_callback(PyObject *op, void *Py_UNUSED(unused))
{
    return or_none(((Context *)op)->sni_callback);
}

static int keep_callable(PyObject **slot, PyObject *v)
{
    if (v != Py_None && !PyCallable_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "not a callable object");
        return -1;
    }
    if (v == Py_None)
        v = NULL;
    Py_XINCREF(v);
    Py_XSETREF(*slot, v);
    return 0;
}

static int set_sni_callback(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    Context *self = (Context *)op;
    if (cannot_delete(v))
        return -1;
    if (self->protocol == PROTOCOL_TLS_CLIENT) {
        PyErr_SetString(PyExc_ValueError, "sni_callback cannot be set on TLS_CLIENT context");
        return -1;
    }
    if (v != Py_None && !PyCallable_Check(v)) {
        SSL_CTX_set_tlsext_servername_callback(self->ctx, NULL);
        Py_CLEAR(self->sni_callback);
        PyErr_SetString(PyExc_TypeError, "not a callable object");
        return -1;
    }
    keep_callable(&self->sni_callback, v);
    SSL_CTX_callback_ctrl(self->ctx, SSL_CTRL_SET_TLSEXT_SERVERNAME_CB, self->sni_callback ? (void (*)(void))ssl_on_server_name : NULL);
    SSL_CTX_set_tlsext_servername_arg(self->ctx, self);
    return 0;
}

static PyObject *get_message_callback(PyObject *op, void *Py_UNUSED(unused))
{
    return or_none(((Context *)op)->message_callback);
}

static int set_message_callback(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    Context *self = (Context *)op;
    if (cannot_delete(v) || keep_callable(&self->message_callback, v) < 0)
        return -1;
    SSL_CTX_set_msg_callback(self->ctx, self->message_callback ? ssl_on_message : NULL);
    return 0;
}

static PyObject *get_keylog(PyObject *op, void *Py_UNUSED(unused))
{
    return or_none(((Context *)op)->keylog_name);
}

static int set_keylog(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    Context *self = (Context *)op;
    if (cannot_delete(v))
        return -1;
    SSL_CTX_set_keylog_callback(self->ctx, NULL);
    if (self->keylog) {
        BIO_free_all(self->keylog);
        self->keylog = NULL;
        Py_CLEAR(self->keylog_name);
    }
    if (v == Py_None)
        return 0;
    FILE *f = _Py_fopen_obj(v, "a");
    if (f == NULL)
        return -1;
    self->keylog = BIO_new_fp(f, BIO_CLOSE | BIO_FP_TEXT);
    if (self->keylog == NULL) {
        fclose(f);
        PyErr_SetString(SslError, "Can't malloc memory for keylog file");
        return -1;
    }
    Py_INCREF(v);
    Py_XSETREF(self->keylog_name, v);
    if (ftell(f) == 0) {
        BIO_puts(self->keylog, "# TLS secrets log file, generated by OpenSSL / Python\n");
        (void)BIO_flush(self->keylog);
    }
    SSL_CTX_set_keylog_callback(self->ctx, on_keylog);
    return 0;
}

#define KW(f) (PyCFunction)(void (*)(void))(f), METH_VARARGS | METH_KEYWORDS
static PyMethodDef context_methods[] = {
    {"_wrap_socket", KW(wrap_socket), "_wrap_socket($self, /, sock, server_side, server_hostname=None, *,\n             owner=None, session=None)\n--\n\n"},
    {"_wrap_bio", KW(wrap_bio), "_wrap_bio($self, /, incoming, outgoing, server_side,\n          server_hostname=None, *, owner=None, session=None)\n--\n\n"},
    {"set_ciphers", set_ciphers, METH_O, "set_ciphers($self, cipherlist, /)\n--\n\n"},
    {"_set_alpn_protocols", set_alpn, METH_O, "_set_alpn_protocols($self, protos, /)\n--\n\n"},
    {"_set_npn_protocols", set_npn, METH_O, "_set_npn_protocols($self, protos, /)\n--\n\n"},
    {"load_cert_chain", KW(load_cert_chain), "load_cert_chain($self, /, certfile, keyfile=None, password=None)\n--\n\n"},
    {"load_dh_params", load_dh_params, METH_O, "load_dh_params($self, path, /)\n--\n\n"},
    {"load_verify_locations", KW(load_verify_locations), "load_verify_locations($self, /, cafile=None, capath=None, cadata=None)\n--\n\n"},
    {"session_stats", session_stats, METH_NOARGS, "session_stats($self, /)\n--\n\n"},
    {"set_default_verify_paths", set_default_verify_paths, METH_NOARGS, "set_default_verify_paths($self, /)\n--\n\n"},
    {"set_ecdh_curve", set_ecdh_curve, METH_O, "set_ecdh_curve($self, name, /)\n--\n\n"},
    {"cert_store_stats", cert_store_stats, METH_NOARGS, "cert_store_stats($self, /)\n--\n\nHow many certificates and revocation lists are loaded: {\'x509\': .., \'crl\': .., \'x509_ca\': ..}."},
    {"get_ca_certs", KW(get_ca_certs), "get_ca_certs($self, /, binary_form=False)\n--\n\nThe loaded CA certificates: dicts, or bytes."},
    {"get_ciphers", get_ciphers, METH_NOARGS, "get_ciphers($self, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef context_getset[] = {
    {"check_hostname", get_check_hostname, set_check_hostname, NULL, NULL},
    {"_host_flags", get_host_flags, set_host_flags, NULL, NULL},
    {"minimum_version", get_version_limit, set_version_limit, NULL, NULL},
    {"maximum_version", get_version_limit, set_version_limit, NULL, (void *)1},
    {"keylog_filename", get_keylog, set_keylog, NULL, NULL},
    {"_msg_callback", get_message_callback, set_message_callback, NULL, NULL},
    {"sni_callback", get_sni_callback, set_sni_callback, "called on servers with the connection, the name the client asks for, and this context", NULL},
    {"num_tickets", get_num_tickets, set_num_tickets, "how many session tickets of TLS 1.3 a server sends", NULL},
    {"options", get_options, set_options, NULL, NULL},
    {"protocol", get_protocol, NULL, NULL, NULL},
    {"verify_flags", get_verify_flags, set_verify_flags, NULL, NULL},
    {"verify_mode", get_verify_mode, set_verify_mode, NULL, NULL},
    {"post_handshake_auth", get_post_handshake_auth, set_post_handshake_auth, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyTypeObject SslContextType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_ssl._SSLContext",
    .tp_basicsize = sizeof(Context),
    .tp_dealloc = context_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = context_traverse,
    .tp_clear = context_clear,
    .tp_methods = context_methods,
    .tp_getset = context_getset,
    .tp_new = context_new,
};
