/* SPDX-License-Identifier: MIT */
/* The module _ssl: exceptions, MemoryBIO, random numbers, object identifiers, constants.
 * Tests: tests/extensions/test_ssl_native.py, the reference's test_ssl. */
#include "ssl.h"

#include <openssl/pem.h>
#include <openssl/rand.h>

PyObject *SslError, *SslZeroReturnError, *SslWantReadError, *SslWantWriteError, *SslSyscallError, *SslEofError, *SslCertError, *ssl_timeout_error;
const char ssl_default_ciphers[] = "DEFAULT:!aNULL:!eNULL:!MD5:!3DES:!DES:!RC4:!IDEA:!SEED:!aDSS:!SRP:!PSK";

static PyObject *codes_to_names, *names_to_codes, *libraries; /* (library, reason) -> mnemonic, and so on */

/* ------------------------------------------------------------------ errors */

static const struct {
    int number;
    const char *name;
} library_names[] = {
    {ERR_LIB_ASN1, "ASN1"}, {ERR_LIB_ASYNC, "ASYNC"}, {ERR_LIB_BIO, "BIO"}, {ERR_LIB_BN, "BN"}, {ERR_LIB_BUF, "BUF"}, {ERR_LIB_CMS, "CMS"},
    {ERR_LIB_COMP, "COMP"}, {ERR_LIB_CONF, "CONF"}, {ERR_LIB_CRYPTO, "CRYPTO"}, {ERR_LIB_CT, "CT"}, {ERR_LIB_DH, "DH"}, {ERR_LIB_DSA, "DSA"},
    {ERR_LIB_EC, "EC"}, {ERR_LIB_ENGINE, "ENGINE"}, {ERR_LIB_EVP, "EVP"}, {ERR_LIB_KDF, "KDF"}, {ERR_LIB_OBJ, "OBJ"}, {ERR_LIB_OCSP, "OCSP"},
    {ERR_LIB_PEM, "PEM"}, {ERR_LIB_PKCS12, "PKCS12"}, {ERR_LIB_PKCS7, "PKCS7"}, {ERR_LIB_PROV, "PROV"}, {ERR_LIB_RAND, "RAND"}, {ERR_LIB_RSA, "RSA"},
    {ERR_LIB_SSL, "SSL"}, {ERR_LIB_SYS, "SYS"}, {ERR_LIB_TS, "TS"}, {ERR_LIB_UI, "UI"}, {ERR_LIB_X509, "X509"}, {ERR_LIB_X509V3, "X509V3"},
};

/* OpenSSL's text of a reason as a mnemonic: NO_START_LINE. New; None if there is none. */
static PyObject *mnemonic_of(unsigned long code)
{
    PyObject *key = Py_BuildValue("(ii)", ERR_GET_LIB(code), ERR_GET_REASON(code)), *name;
    if (key == NULL)
        return NULL;
    if ((name = PyDict_GetItemWithError(codes_to_names, key)) || PyErr_Occurred()) {
        Py_XINCREF(name);
        Py_DECREF(key);
        return name;
    }
    const char *text = ERR_reason_error_string(code);
    char buffer[128];
    size_t n = 0;
    for (; text && text[n] && n < sizeof buffer; n++)
        buffer[n] = Py_ISALNUM((unsigned char)text[n]) ? (char)Py_TOUPPER((unsigned char)text[n]) : '_';
    if (n == 0 || (n > 4 && strcmp(text + n - 4, " lib") == 0) || ERR_GET_REASON(code) < 100) { /* "PEM lib" and the like name no reason */
        Py_DECREF(key);
        Py_RETURN_NONE;
    }
    name = PyUnicode_FromStringAndSize(buffer, (Py_ssize_t)n);
    if (name && (PyDict_SetItem(codes_to_names, key, name) < 0 || PyDict_SetItem(names_to_codes, name, key) < 0))
        Py_CLEAR(name);
    Py_DECREF(key);
    return name;
}

/* The words of a failed verification. New. */
static PyObject *verification_text(TlsSocket *s, long code)
{
    if (code == X509_V_ERR_HOSTNAME_MISMATCH)
        return PyUnicode_FromFormat("Hostname mismatch, certificate is not valid for '%S'.", s->hostname ? s->hostname : Py_None);
    if (code == X509_V_ERR_IP_ADDRESS_MISMATCH)
        return PyUnicode_FromFormat("IP address mismatch, certificate is not valid for '%S'.", s->hostname ? s->hostname : Py_None);
    const char *text = X509_verify_cert_error_string(code);
    return PyUnicode_FromString(text ? text : "unknown error");
}

PyObject *ssl_raise(TlsSocket *s, PyObject *type, int number, const char *text, unsigned long code, int line)
{
    PyObject *reason = NULL, *library = NULL, *verify = NULL, *message = NULL, *error = NULL, *verify_code = NULL;
    if (code) {
        if ((reason = mnemonic_of(code)) == NULL)
            goto done;
        PyObject *key = PyLong_FromLong(ERR_GET_LIB(code));
        library = key ? PyDict_GetItemWithError(libraries, key) : NULL;
        Py_XDECREF(key);
        Py_XINCREF(library);
        if (text == NULL)
            text = ERR_reason_error_string(code);
    }
    if (text == NULL)
        text = "unknown error";
    if (s && type == SslCertError) {
        long v = SSL_get_verify_result(s->ssl);
        if ((verify_code = PyLong_FromLong(v)) == NULL || (verify = verification_text(s, v)) == NULL)
            goto done;
    }
    int named = reason && reason != Py_None && library;
    if (verify && named)
        message = PyUnicode_FromFormat("[%S: %S] %s: %S (_ssl.c:%d)", library, reason, text, verify, line);
    else if (named)
        message = PyUnicode_FromFormat("[%S: %S] %s (_ssl.c:%d)", library, reason, text, line);
    else if (library)
        message = PyUnicode_FromFormat("[%S] %s (_ssl.c:%d)", library, text, line);
    else
        message = PyUnicode_FromFormat("%s (_ssl.c:%d)", text, line);
    error = message ? PyObject_CallFunction(type, "iO", number, message) : NULL;
    if (error == NULL || PyObject_SetAttrString(error, "reason", reason ? reason : Py_None) < 0 ||
        PyObject_SetAttrString(error, "library", library ? library : Py_None) < 0 ||
        (verify && (PyObject_SetAttrString(error, "verify_code", verify_code) < 0 || PyObject_SetAttrString(error, "verify_message", verify) < 0)))
        goto done;
    PyErr_SetObject(type, error);
done:
    Py_XDECREF(reason);
    Py_XDECREF(library);
    Py_XDECREF(verify);
    Py_XDECREF(verify_code);
    Py_XDECREF(message);
    Py_XDECREF(error);
    return NULL;
}

PyObject *ssl_fail(const char *text, int line)
{
    unsigned long code = text ? 0 : ERR_peek_last_error();
    ssl_raise(NULL, SslError, ERR_GET_REASON(code), text, code, line);
    ERR_clear_error();
    return NULL;
}

/* What an error of the transport was. NULL. */
static PyObject *transport_failed(TlsSocket *s, int ret, unsigned long code, int line)
{
    PyObject *socket = s->socket ? PyWeakref_GetObject(s->socket) : NULL;
    if (code)
        return ssl_raise(s, SslSyscallError, SSL_ERROR_SYSCALL, NULL, code, line);
    if (ret == 0 || socket == Py_None || (socket && s->last_errno == 0) || (socket == NULL && s->last_errno == 0))
        return ssl_raise(s, SslEofError, ERROR_EOF, "EOF occurred in violation of protocol", 0, line);
    if (socket) {
        errno = s->last_errno;
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    return ssl_raise(s, SslSyscallError, SSL_ERROR_SYSCALL, "Some I/O error occurred", 0, line);
}

PyObject *ssl_call_failed(TlsSocket *s, int ret, int line)
{
    unsigned long code = ERR_peek_last_error();
    switch (s->last_error) {
    case SSL_ERROR_ZERO_RETURN:
        ssl_raise(s, SslZeroReturnError, SSL_ERROR_ZERO_RETURN, "TLS/SSL connection has been closed (EOF)", code, line);
        break;
    case SSL_ERROR_WANT_READ:
        ssl_raise(s, SslWantReadError, SSL_ERROR_WANT_READ, "The operation did not complete (read)", code, line);
        break;
    case SSL_ERROR_WANT_WRITE:
        ssl_raise(s, SslWantWriteError, SSL_ERROR_WANT_WRITE, "The operation did not complete (write)", code, line);
        break;
    case SSL_ERROR_WANT_X509_LOOKUP:
        ssl_raise(s, SslError, SSL_ERROR_WANT_X509_LOOKUP, "The operation did not complete (X509 lookup)", code, line);
        break;
    case SSL_ERROR_WANT_CONNECT:
        ssl_raise(s, SslError, SSL_ERROR_WANT_CONNECT, "The operation did not complete (connect)", code, line);
        break;
    case SSL_ERROR_SYSCALL:
        transport_failed(s, ret, code, line);
        break;
    case SSL_ERROR_SSL:
        if (ERR_GET_LIB(code) == ERR_LIB_SSL && ERR_GET_REASON(code) == SSL_R_CERTIFICATE_VERIFY_FAILED)
            ssl_raise(s, SslCertError, SSL_ERROR_SSL, NULL, code, line);
        else if (ERR_GET_LIB(code) == ERR_LIB_SSL && ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
            ssl_raise(s, SslEofError, ERROR_EOF, "EOF occurred in violation of protocol", code, line);
        else
            ssl_raise(s, SslError, SSL_ERROR_SSL, code ? NULL : "A failure in the SSL library occurred", code, line);
        break;
    default:
        ssl_raise(s, SslError, ERROR_INVALID, "Invalid error code", code, line);
    }
    ERR_clear_error();
    return NULL;
}

static PyObject *error_str(PyObject *self)
{
    PyObject *text = ((PyOSErrorObject *)self)->strerror;
    if (text && PyUnicode_Check(text)) {
        Py_INCREF(text);
        return text;
    }
    return PyObject_Str(((PyOSErrorObject *)self)->args);
}

/* ------------------------------------------------------------------ MemoryBIO */

static PyObject *bio_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    if (!_PyArg_NoKeywords("MemoryBIO", kwds) || !_PyArg_NoPositional("MemoryBIO", args))
        return NULL;
    BIO *bio = BIO_new(BIO_s_mem());
    if (bio == NULL) {
        PyErr_SetString(SslError, "failed to allocate BIO");
        return NULL;
    }
    BIO_set_retry_read(bio); /* empty is not the end, until write_eof() */
    BIO_set_mem_eof_return(bio, -1);
    MemoryBio *self = (MemoryBio *)type->tp_alloc(type, 0);
    if (self == NULL) {
        BIO_free(bio);
        return NULL;
    }
    self->bio = bio;
    return (PyObject *)self;
}

static void bio_dealloc(PyObject *op)
{
    BIO_free(((MemoryBio *)op)->bio);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *bio_read(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    MemoryBio *self = (MemoryBio *)op;
    int n = -1, available = (int)BIO_ctrl_pending(self->bio);
    if (!_PyArg_CheckPositional("read", nargs, 0, 1))
        return NULL;
    if (nargs) {
        if (PyFloat_Check(args[0])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return NULL;
        }
        n = _PyLong_AsInt(args[0]);
        if (n == -1 && PyErr_Occurred())
            return NULL;
    }
    if (n < 0 || n > available)
        n = available;
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, n);
    if (bytes == NULL || n == 0)
        return bytes;
    int got = BIO_read(self->bio, PyBytes_AS_STRING(bytes), n);
    if (got < 0) {
        Py_DECREF(bytes);
        return SSL_FAIL(NULL);
    }
    _PyBytes_Resize(&bytes, got);
    return bytes;
}

static PyObject *bio_write(PyObject *op, PyObject *arg)
{
    MemoryBio *self = (MemoryBio *)op;
    Py_buffer view;
    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    int n = -1;
    if (view.len > INT_MAX)
        PyErr_Format(PyExc_OverflowError, "string longer than %d bytes", INT_MAX);
    else if (self->eof) {
        PyObject *error = PyObject_CallFunction(SslError, "s", "cannot write() after write_eof()");
        if (error) {
            PyErr_SetObject(SslError, error);
            Py_DECREF(error);
        }
    }
    else if ((n = view.len ? BIO_write(self->bio, view.buf, (int)view.len) : 0) < 0)
        SSL_FAIL(NULL);
    PyBuffer_Release(&view);
    return PyErr_Occurred() ? NULL : PyLong_FromLong(n);
}

static PyObject *bio_write_eof(PyObject *op, PyObject *Py_UNUSED(unused))
{
    MemoryBio *self = (MemoryBio *)op;
    self->eof = 1;
    BIO_clear_retry_flags(self->bio);
    BIO_set_mem_eof_return(self->bio, 0);
    Py_RETURN_NONE;
}

static PyObject *bio_pending(PyObject *op, void *Py_UNUSED(unused))
{
    return PyLong_FromSize_t(BIO_ctrl_pending(((MemoryBio *)op)->bio));
}

static PyObject *bio_eof(PyObject *op, void *Py_UNUSED(unused))
{
    return PyBool_FromLong(((MemoryBio *)op)->eof && BIO_ctrl_pending(((MemoryBio *)op)->bio) == 0);
}

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
static PyMethodDef bio_methods[] = {
    {"read", FAST(bio_read), "read($self, size=-1, /)\n--\n\nUp to size bytes, all if it is negative; b\'\' if there are none."},
    {"write", bio_write, METH_O, "write($self, b, /)\n--\n\nAppend bytes; their number."},
    {"write_eof", bio_write_eof, METH_NOARGS, "write_eof($self, /)\n--\n\nSay that no more will be written."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef bio_getset[] = {
    {"pending", bio_pending, NULL, "bytes that can be read", NULL},
    {"eof", bio_eof, NULL, "was all read after write_eof()?", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyTypeObject SslBioType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_ssl.MemoryBIO",
    .tp_basicsize = sizeof(MemoryBio),
    .tp_dealloc = bio_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = bio_methods,
    .tp_getset = bio_getset,
    .tp_new = bio_new,
};

/* ------------------------------------------------------------------ functions */

static PyObject *random_bytes(PyObject *arg, int pseudo)
{
    int n;
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    n = _PyLong_AsInt(arg);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (n < 0) {
        PyErr_SetString(PyExc_ValueError, "num must be positive");
        return NULL;
    }
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, n);
    if (bytes == NULL)
        return NULL;
    int ok = RAND_bytes((unsigned char *)PyBytes_AS_STRING(bytes), n);
    if (ok == 1)
        return pseudo ? Py_BuildValue("NO", bytes, Py_True) : bytes;
    Py_DECREF(bytes);
    return SSL_FAIL(NULL);
}

static PyObject *module_RAND_bytes(PyObject *Py_UNUSED(module), PyObject *arg)
{
    return random_bytes(arg, 0);
}

static PyObject *module_RAND_pseudo_bytes(PyObject *Py_UNUSED(module), PyObject *arg)
{
    return random_bytes(arg, 1);
}

static PyObject *module_RAND_status(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyBool_FromLong(RAND_status());
}

static PyObject *module_RAND_add(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer view;
    double entropy;
    if (!PyArg_ParseTuple(args, "s*d:RAND_add", &view, &entropy))
        return NULL;
    RAND_add(view.buf, view.len < INT_MAX ? (int)view.len : INT_MAX, entropy);
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
}

static PyObject *default_verify_paths(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyObject *all = PyTuple_New(4);
    const char *texts[] = {X509_get_default_cert_file_env(), X509_get_default_cert_file(), X509_get_default_cert_dir_env(), X509_get_default_cert_dir()};
    for (int i = 0; all && i < 4; i++) {
        PyObject *s = PyUnicode_DecodeFSDefault(texts[i]);
        if (s == NULL)
            Py_CLEAR(all);
        else
            PyTuple_SET_ITEM(all, i, s);
    }
    return all;
}

static PyObject *txt2obj(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"txt", "name", NULL};
    const char *text;
    int name = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "s|p:txt2obj", names, &text, &name))
        return NULL;
    ASN1_OBJECT *o = OBJ_txt2obj(text, !name);
    if (o == NULL) {
        ERR_clear_error();
        return PyErr_Format(PyExc_ValueError, "unknown object '%.100s'", text);
    }
    PyObject *info = ssl_object_info(o, 0);
    ASN1_OBJECT_free(o);
    return info;
}

static PyObject *nid2obj(PyObject *Py_UNUSED(module), PyObject *arg)
{
    int nid = _PyLong_AsInt(arg);
    if (nid == -1 && PyErr_Occurred())
        return NULL;
    if (nid < NID_undef) {
        PyErr_SetString(PyExc_ValueError, "NID must be positive.");
        return NULL;
    }
    ASN1_OBJECT *o = OBJ_nid2obj(nid);
    if (o == NULL) {
        ERR_clear_error();
        return PyErr_Format(PyExc_ValueError, "unknown NID %i", nid);
    }
    PyObject *info = ssl_object_info(o, 0);
    ASN1_OBJECT_free(o);
    return info;
}

static PyObject *test_decode_cert(PyObject *Py_UNUSED(module), PyObject *path)
{
    PyObject *bytes, *result = NULL;
    if (!PyUnicode_FSConverter(path, &bytes))
        return NULL;
    BIO *file = BIO_new_file(PyBytes_AS_STRING(bytes), "rb");
    X509 *cert = file ? PEM_read_bio_X509(file, NULL, NULL, NULL) : NULL;
    if (cert)
        result = ssl_decode_cert(cert);
    else {
        PyErr_SetString(SslError, file ? "Error decoding PEM-encoded file" : "Can't open file");
        ERR_clear_error();
    }
    X509_free(cert);
    BIO_free(file);
    Py_DECREF(bytes);
    return result;
}

static PyMethodDef methods[] = {
    {"_test_decode_cert", test_decode_cert, METH_O, "_test_decode_cert($module, path, /)\n--\n\n"},
    {"RAND_add", module_RAND_add, METH_VARARGS, "RAND_add($module, string, entropy, /)\n--\n\nMix a string into the generator; entropy is how many random bytes it is worth."},
    {"RAND_bytes", module_RAND_bytes, METH_O, "RAND_bytes($module, n, /)\n--\n\nStrong random bytes."},
    {"RAND_pseudo_bytes", module_RAND_pseudo_bytes, METH_O, "RAND_pseudo_bytes($module, n, /)\n--\n\nRandom bytes, and whether they are strong."},
    {"RAND_status", module_RAND_status, METH_NOARGS, "RAND_status($module, /)\n--\n\nHas the generator been seeded?"},
    {"get_default_verify_paths", default_verify_paths, METH_NOARGS, "get_default_verify_paths($module, /)\n--\n\nWhere certificates are looked for: (variable of the file, file, variable of the folder, folder)."},
    {"txt2obj", (PyCFunction)(void (*)(void))txt2obj, METH_VARARGS | METH_KEYWORDS, "txt2obj($module, /, txt, name=False)\n--\n\n(nid, short name, long name, numbers) of an object by its numbers, or also by name."},
    {"nid2obj", nid2obj, METH_O, "nid2obj($module, nid, /)\n--\n\n(nid, short name, long name, numbers) of an object by its nid."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_ssl",
    .m_doc = "TLS on sockets, for the module ssl.",
    .m_size = -1,
    .m_methods = methods,
};

/* ------------------------------------------------------------------ making the module */

static const struct {
    const char *name;
    long value;
} constants[] = {
#include "constants.def"
};

static int add(PyObject *m, const char *name, PyObject *v_steal)
{
    int status = v_steal ? PyDict_SetItemString(PyModule_GetDict(m), name, v_steal) : -1;
    Py_XDECREF(v_steal);
    return status;
}

static int add_exception(PyObject *m, PyObject **slot, const char *name, PyObject *bases, const char *doc)
{
    char full[64];
    PyOS_snprintf(full, sizeof full, "ssl.%s", name);
    if (*slot == NULL && (*slot = PyErr_NewExceptionWithDoc(full, doc, bases, NULL)) == NULL)
        return -1;
    return PyDict_SetItemString(PyModule_GetDict(m), name, *slot);
}

static int add_exceptions(PyObject *m)
{
    static PyType_Slot slots[] = {{Py_tp_base, NULL}, {Py_tp_doc, "TLS went wrong."}, {Py_tp_str, (void *)error_str}, {0, NULL}};
    static PyType_Spec spec = {"ssl.SSLError", sizeof(PyOSErrorObject), 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots};
    slots[0].pfunc = PyExc_OSError;
    if (SslError == NULL && (SslError = PyType_FromSpec(&spec)) == NULL)
        return -1;
    PyObject *both = PyTuple_Pack(2, SslError, PyExc_ValueError);
    int status = both == NULL || PyDict_SetItemString(PyModule_GetDict(m), "SSLError", SslError) < 0 ||
                 add_exception(m, &SslCertError, "SSLCertVerificationError", both, "A certificate could not be verified.") < 0 ||
                 add_exception(m, &SslZeroReturnError, "SSLZeroReturnError", SslError, "The peer has closed TLS.") < 0 ||
                 add_exception(m, &SslWantReadError, "SSLWantReadError", SslError, "More has to be read from the non-blocking socket first.") < 0 ||
                 add_exception(m, &SslWantWriteError, "SSLWantWriteError", SslError, "More has to be written to the non-blocking socket first.") < 0 ||
                 add_exception(m, &SslSyscallError, "SSLSyscallError", SslError, "A system call failed under TLS.") < 0 ||
                 add_exception(m, &SslEofError, "SSLEOFError", SslError, "TLS was cut off.") < 0;
    Py_XDECREF(both);
    return status ? -1 : 0;
}

static int add_error_tables(PyObject *m)
{
    if (codes_to_names == NULL && ((codes_to_names = PyDict_New()) == NULL || (names_to_codes = PyDict_New()) == NULL || (libraries = PyDict_New()) == NULL))
        return -1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(library_names); i++) {
        PyObject *key = PyLong_FromLong(library_names[i].number), *name = PyUnicode_InternFromString(library_names[i].name);
        int status = key && name ? PyDict_SetItem(libraries, key, name) : -1;
        Py_XDECREF(key);
        Py_XDECREF(name);
        if (status < 0)
            return -1;
    }
    PyObject *d = PyModule_GetDict(m);
    return PyDict_SetItemString(d, "err_codes_to_names", codes_to_names) < 0 || PyDict_SetItemString(d, "err_names_to_codes", names_to_codes) < 0 ||
                   PyDict_SetItemString(d, "lib_codes_to_names", libraries) < 0
               ? -1
               : 0;
}

static PyObject *version_tuple(unsigned long v)
{
    return Py_BuildValue("(kkkkk)", v >> 28 & 0xF, v >> 20 & 0xFF, v >> 12 & 0xFF, v >> 4 & 0xFF, v & 0xF);
}

static int fill(PyObject *m)
{
    static const struct {
        const char *name;
        int value;
    } bools[] = {{"HAS_SNI", 1}, {"HAS_TLS_UNIQUE", 1}, {"HAS_ECDH", 1}, {"HAS_NPN", 0}, {"HAS_ALPN", 1}, {"HAS_SSLv2", 0},
                 {"HAS_SSLv3", 0}, {"HAS_TLSv1", 1}, {"HAS_TLSv1_1", 1}, {"HAS_TLSv1_2", 1}, {"HAS_TLSv1_3", 1}};
    PyTypeObject *types[] = {&SslContextType, &SslSocketType, &SslBioType, &SslSessionType};
    static const char *const type_names[] = {"_SSLContext", "_SSLSocket", "MemoryBIO", "SSLSession"};
    PyObject *d = PyModule_GetDict(m), *socket = PyImport_ImportModule("_socket");
    ssl_timeout_error = socket ? PyObject_GetAttrString(socket, "timeout") : NULL;
    Py_XDECREF(socket);
    if (ssl_timeout_error == NULL || add_exceptions(m) < 0 || add_error_tables(m) < 0)
        return -1;
    for (int i = 0; i < 4; i++)
        if (PyType_Ready(types[i]) < 0 || PyDict_SetItemString(d, type_names[i], (PyObject *)types[i]) < 0)
            return -1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(constants); i++)
        if (PyModule_AddIntConstant(m, constants[i].name, constants[i].value) < 0)
            return -1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(bools); i++)
        if (PyDict_SetItemString(d, bools[i].name, bools[i].value ? Py_True : Py_False) < 0)
            return -1;
    unsigned long v = OpenSSL_version_num();
    return add(m, "OPENSSL_VERSION_NUMBER", PyLong_FromUnsignedLong(v)) < 0 || add(m, "OPENSSL_VERSION_INFO", version_tuple(v)) < 0 ||
                   add(m, "OPENSSL_VERSION", PyUnicode_FromString(OpenSSL_version(OPENSSL_VERSION))) < 0 ||
                   add(m, "_OPENSSL_API_VERSION", version_tuple(OPENSSL_VERSION_NUMBER)) < 0 || PyModule_AddStringConstant(m, "_DEFAULT_CIPHERS", ssl_default_ciphers) < 0
               ? -1
               : 0;
}

PyMODINIT_FUNC PyInit__ssl(void)
{
    PyObject *m = PyModule_Create(&module_def);
    if (m && fill(m) < 0)
        Py_CLEAR(m);
    return m;
}
