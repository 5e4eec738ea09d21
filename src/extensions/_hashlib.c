/* SPDX-License-Identifier: MIT */
/* _hashlib: digests, HMAC and key derivation by OpenSSL 3.
 *
 * A HASH object has a lock from its first long update on; until then the GIL guards it, and afterwards its holder works on it
 * without the GIL.  The digests of the openssl_*() functions are fetched once, which makes small hashes faster.
 * Tests: tests/extensions/test_extensions.py, the reference's test_hashlib and test_hmac.
 */
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include "pythread.h"
#include <limits.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/objects.h>

enum { LONG_DATA = 2048 }; /* from here on the GIL is released */

typedef struct {
    PyObject_HEAD
    EVP_MD_CTX *context;
    PyThread_type_lock lock; /* or NULL */
} Hash;

static PyTypeObject HashType;

/* ------------------------------------------------------------------ errors and arguments */

/* Raise type with OpenSSL's last error. NULL. */
static PyObject *ssl_error(PyObject *type)
{
    unsigned long code = ERR_peek_last_error();
    ERR_clear_error();
    const char *library = code ? ERR_lib_error_string(code) : NULL, *reason = code ? ERR_reason_error_string(code) : NULL;
    if (library && reason)
        PyErr_Format(type, "[%s] %s", library, reason);
    else
        PyErr_SetString(type, reason ? reason : "unknown reasons");
    return NULL;
}

static PyObject *fail(PyObject *type, const char *text)
{
    PyErr_SetString(type, text);
    return NULL;
}

/* What may be hashed: bytes of one dimension, not text. */
static int hashable_bytes(PyObject *o, Py_buffer *view)
{
    const char *wrong = PyUnicode_Check(o) ? "Unicode-objects must be encoded before hashing"
                        : !PyObject_CheckBuffer(o) ? "object supporting the buffer API required"
                                                   : NULL;
    if (wrong) {
        PyErr_SetString(PyExc_TypeError, wrong);
        return -1;
    }
    if (PyObject_GetBuffer(o, view, PyBUF_SIMPLE) < 0)
        return -1;
    if (view->ndim > 1) {
        PyErr_SetString(PyExc_BufferError, "Buffer must be single dimension");
        PyBuffer_Release(view);
        return -1;
    }
    return 0;
}

/* A str argument without NUL characters; NULL with an exception. */
static const char *text_argument(PyObject *o, const char *function, const char *which)
{
    Py_ssize_t n;
    if (!PyUnicode_Check(o)) {
        _PyArg_BadArgument(function, which, "str", o);
        return NULL;
    }
    const char *s = PyUnicode_AsUTF8AndSize(o, &n);
    if (s && strlen(s) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return NULL;
    }
    return s;
}

/* ------------------------------------------------------------------ names */

/* Python's name, another one that is understood, OpenSSL's. */
static const char *const renamed[][3] = {
    {"sha512_224", "SHA512_224", "sha512-224"}, {"sha512_256", "SHA512_256", "sha512-256"}, {"sha3_224", NULL, "sha3-224"},
    {"sha3_256", NULL, "sha3-256"}, {"sha3_384", NULL, "sha3-384"}, {"sha3_512", NULL, "sha3-512"}, {"shake_128", NULL, "shake128"},
    {"shake_256", NULL, "shake256"}, {"blake2s", "blake2s256", "blake2s256"}, {"blake2b", "blake2b512", "blake2b512"},
};

static const EVP_MD *digest_by_name(const char *name)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(renamed); i++)
        if (strcmp(name, renamed[i][0]) == 0 || (renamed[i][1] && strcmp(name, renamed[i][1]) == 0))
            return EVP_get_digestbyname(renamed[i][2]);
    return EVP_get_digestbyname(name);
}

static const char *python_name(const EVP_MD *md)
{
    const char *name = OBJ_nid2ln(EVP_MD_get_type(md));
    if (name == NULL)
        name = EVP_MD_get0_name(md);
    for (size_t i = 0; name && i < Py_ARRAY_LENGTH(renamed); i++)
        if (strcmp(name, renamed[i][2]) == 0)
            return renamed[i][0];
    return name;
}

/* ------------------------------------------------------------------ the object */

static Hash *new_hash(void)
{
    Hash *self = PyObject_New(Hash, &HashType);
    if (self == NULL)
        return NULL;
    self->lock = NULL;
    self->context = EVP_MD_CTX_new();
    if (self->context == NULL) {
        Py_DECREF(self);
        PyErr_NoMemory();
        return NULL;
    }
    return self;
}

static void hash_dealloc(PyObject *op)
{
    Hash *self = (Hash *)op;
    if (self->lock)
        PyThread_free_lock(self->lock);
    EVP_MD_CTX_free(self->context);
    PyObject_Del(op);
}

static void lock_hash(Hash *self)
{
    if (self->lock && !PyThread_acquire_lock(self->lock, NOWAIT_LOCK)) {
        Py_BEGIN_ALLOW_THREADS
        PyThread_acquire_lock(self->lock, WAIT_LOCK);
        Py_END_ALLOW_THREADS
    }
}

static void unlock_hash(Hash *self)
{
    if (self->lock)
        PyThread_release_lock(self->lock);
}

static int feed(EVP_MD_CTX *context, const Py_buffer *view)
{
    int ok;
    if (view->len < LONG_DATA)
        ok = EVP_DigestUpdate(context, view->buf, (size_t)view->len);
    else {
        Py_BEGIN_ALLOW_THREADS
        ok = EVP_DigestUpdate(context, view->buf, (size_t)view->len);
        Py_END_ALLOW_THREADS
    }
    if (!ok)
        ssl_error(PyExc_ValueError);
    return ok ? 0 : -1;
}

/* A new object for md, having taken in data (may be NULL). */
static PyObject *make_hash(const EVP_MD *md, PyObject *data)
{
    Py_buffer view = {.obj = NULL};
    if (data && hashable_bytes(data, &view) < 0)
        return NULL;
    Hash *self = NULL;
    if (md == NULL)
        fail(PyExc_ValueError, "unsupported hash type");
    else if ((self = new_hash())) {
        if (!EVP_DigestInit_ex(self->context, md, NULL)) {
            ssl_error(PyExc_ValueError);
            Py_CLEAR(self);
        }
        else if (view.obj && view.len && feed(self->context, &view) < 0)
            Py_CLEAR(self);
    }
    if (data)
        PyBuffer_Release(&view);
    return (PyObject *)self;
}

static PyObject *hash_update(PyObject *op, PyObject *data)
{
    Hash *self = (Hash *)op;
    Py_buffer view;
    if (hashable_bytes(data, &view) < 0)
        return NULL;
    if (self->lock == NULL && view.len >= LONG_DATA && (self->lock = PyThread_allocate_lock()) == NULL) {
        PyBuffer_Release(&view);
        return fail(PyExc_MemoryError, "unable to allocate lock");
    }
    lock_hash(self);
    int status = feed(self->context, &view);
    unlock_hash(self);
    PyBuffer_Release(&view);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* The digest so far. Its length, or -1 with an exception. */
static int finish(Hash *self, unsigned char out[EVP_MAX_MD_SIZE])
{
    unsigned n = 0;
    EVP_MD_CTX *copy = EVP_MD_CTX_new();
    if (copy == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    lock_hash(self);
    int ok = EVP_MD_CTX_copy(copy, self->context);
    unlock_hash(self);
    ok = ok && EVP_DigestFinal_ex(copy, out, &n);
    EVP_MD_CTX_free(copy);
    if (!ok) {
        ssl_error(PyExc_ValueError);
        return -1;
    }
    return (int)n;
}

static PyObject *hash_digest(PyObject *op, PyObject *Py_UNUSED(unused))
{
    unsigned char out[EVP_MAX_MD_SIZE];
    int n = finish((Hash *)op, out);
    return n < 0 ? NULL : PyBytes_FromStringAndSize((char *)out, n);
}

static PyObject *hash_hexdigest(PyObject *op, PyObject *Py_UNUSED(unused))
{
    unsigned char out[EVP_MAX_MD_SIZE];
    int n = finish((Hash *)op, out);
    PyObject *text = n < 0 ? NULL : PyUnicode_New(2 * n, 127);
    for (int i = 0; text && i < n; i++) {
        PyUnicode_1BYTE_DATA(text)[2 * i] = (Py_UCS1)"0123456789abcdef"[out[i] >> 4];
        PyUnicode_1BYTE_DATA(text)[2 * i + 1] = (Py_UCS1)"0123456789abcdef"[out[i] & 15];
    }
    return text;
}

static PyObject *hash_copy(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Hash *self = (Hash *)op, *twin = new_hash();
    if (twin == NULL)
        return NULL;
    lock_hash(self);
    int ok = EVP_MD_CTX_copy(twin->context, self->context);
    unlock_hash(self);
    if (!ok) {
        Py_DECREF(twin);
        return ssl_error(PyExc_ValueError);
    }
    return (PyObject *)twin;
}

static PyObject *hash_name(PyObject *op, void *Py_UNUSED(unused))
{
    return PyUnicode_FromString(python_name(EVP_MD_CTX_get0_md(((Hash *)op)->context)));
}

static PyObject *hash_digest_size(PyObject *op, void *Py_UNUSED(unused))
{
    return PyLong_FromLong(EVP_MD_CTX_get_size(((Hash *)op)->context));
}

static PyObject *hash_block_size(PyObject *op, void *Py_UNUSED(unused))
{
    return PyLong_FromLong(EVP_MD_CTX_get_block_size(((Hash *)op)->context));
}

static PyObject *hash_repr(PyObject *op)
{
    PyObject *name = hash_name(op, NULL), *text = name ? PyUnicode_FromFormat("<%U HASH object @ %p>", name, op) : NULL;
    Py_XDECREF(name);
    return text;
}

static PyMethodDef hash_methods[] = {
    {"update", hash_update, METH_O, "update($self, obj, /)\n--\n\nTake more bytes in."},
    {"digest", hash_digest, METH_NOARGS, "digest($self, /)\n--\n\nThe digest so far, as bytes."},
    {"hexdigest", hash_hexdigest, METH_NOARGS, "hexdigest($self, /)\n--\n\nThe digest so far, as hexadecimal digits."},
    {"copy", hash_copy, METH_NOARGS, "copy($self, /)\n--\n\nAn object in the same state."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef hash_getset[] = {
    {"digest_size", hash_digest_size, NULL, PyDoc_STR("number of bytes of the digest"), NULL},
    {"block_size", hash_block_size, NULL, PyDoc_STR("number of bytes that the function works on at once"), NULL},
    {"name", hash_name, NULL, "which digest it is", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject HashType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_hashlib.HASH",
    .tp_basicsize = sizeof(Hash),
    .tp_dealloc = hash_dealloc,
    .tp_repr = hash_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "HASH(name, string=b\'\')\n--\n\nA digest of bytes that come piece by piece.\n\nupdate() takes them in, digest() and hexdigest() give the result so far, copy() another object.\nname, digest_size and block_size (in bytes) tell about the kind.",
    .tp_methods = hash_methods,
    .tp_getset = hash_getset,
};

/* ------------------------------------------------------------------ constructors */

static PyObject *hash_new(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"name", "string", NULL};
    static _PyArg_Parser parser = {NULL, names, "new", 0};
    PyObject *slots[2] = {NULL, NULL};
    Py_ssize_t given = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 1, 2, 0, slots);
    if (args == NULL)
        return NULL;
    if (!PyUnicode_Check(args[0]))
        return fail(PyExc_TypeError, "name must be a string");
    const char *name = PyUnicode_AsUTF8(args[0]);
    return name ? make_hash(digest_by_name(name), given > 1 ? args[1] : NULL) : NULL;
}

enum { MD5, SHA1, SHA224, SHA256, SHA384, SHA512, KINDS };
static const char *const fetched_names[KINDS] = {"MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512"};
static EVP_MD *fetched[KINDS];

static const EVP_MD *fetch(int kind)
{
    if (fetched[kind] == NULL && (fetched[kind] = EVP_MD_fetch(NULL, fetched_names[kind], NULL)) == NULL)
        return EVP_get_digestbyname(fetched_names[kind]);
    return fetched[kind];
}

static PyObject *shortcut(int kind, const char *function, _PyArg_Parser *parser, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    PyObject *data = NULL, *slot;
    if (kwnames == NULL && nargs <= 1)
        data = nargs ? args[0] : NULL;
    else {
        args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, parser, 0, 1, 0, &slot);
        if (args == NULL)
            return NULL;
        data = args[0];
    }
    return make_hash(fetch(kind), data);
}

#define SHORTCUT(name, kind)                                                                                                        \
    static PyObject *openssl_##name(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)        \
    {                                                                                                                               \
        static const char *const names[] = {"string", NULL};                                                                        \
        static _PyArg_Parser parser = {NULL, names, "openssl_" #name, 0};                                                           \
        return shortcut(kind, "openssl_" #name, &parser, args, nargs, kwnames);                                                     \
    }
SHORTCUT(md5, MD5)
SHORTCUT(sha1, SHA1)
SHORTCUT(sha224, SHA224)
SHORTCUT(sha256, SHA256)
SHORTCUT(sha384, SHA384)
SHORTCUT(sha512, SHA512)

/* ------------------------------------------------------------------ keys */

static PyObject *hmac_digest(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"key", "msg", "digest", NULL};
    static _PyArg_Parser parser = {NULL, names, "hmac_digest", 0};
    PyObject *slots[3], *result = NULL;
    Py_buffer key = {.obj = NULL}, msg = {.obj = NULL};
    unsigned char out[EVP_MAX_MD_SIZE], *done;
    unsigned n = 0;
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 3, 3, 0, slots);
    if (args == NULL || PyObject_GetBuffer(args[0], &key, PyBUF_SIMPLE) < 0)
        return NULL;
    const char *name;
    if (PyObject_GetBuffer(args[1], &msg, PyBUF_SIMPLE) < 0 || (name = text_argument(args[2], "hmac_digest", "argument 'digest'")) == NULL)
        goto done;
    const EVP_MD *md = digest_by_name(name);
    if (md == NULL)
        fail(PyExc_ValueError, "unsupported hash type");
    else if (key.len > INT_MAX)
        fail(PyExc_OverflowError, "key is too long.");
    else if (msg.len > INT_MAX)
        fail(PyExc_OverflowError, "msg is too long.");
    else {
        Py_BEGIN_ALLOW_THREADS
        done = HMAC(md, key.buf, (int)key.len, msg.buf, (size_t)msg.len, out, &n);
        Py_END_ALLOW_THREADS
        result = done ? PyBytes_FromStringAndSize((char *)out, n) : ssl_error(PyExc_ValueError);
    }
done:
    PyBuffer_Release(&key);
    if (msg.obj)
        PyBuffer_Release(&msg);
    return result;
}

/* A key length: None for the default, else 1 up to INT_MAX. -1 with an exception. */
static long key_length(PyObject *o, long preset)
{
    long n = o && o != Py_None ? PyLong_AsLong(o) : preset;
    if (n == -1 && PyErr_Occurred())
        return -1;
    if (n < 1)
        fail(PyExc_ValueError, "key length must be greater than 0.");
    else if (n > INT_MAX)
        fail(PyExc_OverflowError, "key length is too great.");
    else
        return n;
    return -1;
}

static PyObject *derive_pbkdf2(const EVP_MD *md, const Py_buffer *password, const Py_buffer *salt, long iterations, PyObject *dklen)
{
    if (password->len > INT_MAX)
        return fail(PyExc_OverflowError, "password is too long.");
    if (salt->len > INT_MAX)
        return fail(PyExc_OverflowError, "salt is too long.");
    if (iterations < 1)
        return fail(PyExc_ValueError, "iteration value must be greater than 0.");
    if (iterations > INT_MAX)
        return fail(PyExc_OverflowError, "iteration value is too great.");
    long n = key_length(dklen, EVP_MD_get_size(md));
    PyObject *key = n < 0 ? NULL : PyBytes_FromStringAndSize(NULL, n);
    if (key == NULL)
        return NULL;
    int ok;
    Py_BEGIN_ALLOW_THREADS
    ok = PKCS5_PBKDF2_HMAC(password->buf, (int)password->len, salt->buf, (int)salt->len, (int)iterations, md, (int)n,
                           (unsigned char *)PyBytes_AS_STRING(key));
    Py_END_ALLOW_THREADS
    if (!ok) {
        Py_DECREF(key);
        return ssl_error(PyExc_ValueError);
    }
    return key;
}

static PyObject *pbkdf2_hmac(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"hash_name", "password", "salt", "iterations", "dklen", NULL};
    static _PyArg_Parser parser = {NULL, names, "pbkdf2_hmac", 0};
    PyObject *slots[5], *result = NULL;
    Py_buffer password = {.obj = NULL}, salt = {.obj = NULL};
    Py_ssize_t given = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 4, 5, 0, slots);
    const char *name = args ? text_argument(args[0], "pbkdf2_hmac", "argument 'hash_name'") : NULL;
    if (name == NULL)
        return NULL;
    if (PyObject_GetBuffer(args[1], &password, PyBUF_SIMPLE) < 0 || PyObject_GetBuffer(args[2], &salt, PyBUF_SIMPLE) < 0)
        goto done;
    if (PyFloat_Check(args[3])) {
        fail(PyExc_TypeError, "integer argument expected, got float");
        goto done;
    }
    long iterations = PyLong_AsLong(args[3]);
    if (iterations == -1 && PyErr_Occurred())
        goto done;
    const EVP_MD *md = digest_by_name(name);
    result = md ? derive_pbkdf2(md, &password, &salt, iterations, given > 4 ? args[4] : NULL) : fail(PyExc_ValueError, "unsupported hash type");
done:
    if (password.obj)
        PyBuffer_Release(&password);
    if (salt.obj)
        PyBuffer_Release(&salt);
    return result;
}

typedef struct {
    Py_buffer password, salt;
    PyObject *number[3]; /* n, r, p */
    long maxmem, dklen;
} Scrypt;

static int scrypt_number(const Scrypt *s, int i, unsigned long *out)
{
    *out = s->number[i] ? PyLong_AsUnsignedLong(s->number[i]) : (unsigned long)-1;
    if (s->number[i] && !(*out == (unsigned long)-1 && PyErr_Occurred()))
        return 0;
    PyErr_Clear();
    PyErr_Format(PyExc_TypeError, "%c is required and must be an unsigned int", "nrp"[i]);
    return -1;
}

static PyObject *derive_scrypt(const Scrypt *s)
{
    unsigned long v[3];
    if (s->password.len > INT_MAX)
        return fail(PyExc_OverflowError, "password is too long.");
    if (s->salt.obj == NULL)
        return fail(PyExc_TypeError, "salt is required");
    if (s->salt.len > INT_MAX)
        return fail(PyExc_OverflowError, "salt is too long.");
    if (scrypt_number(s, 0, &v[0]) < 0)
        return NULL;
    if (v[0] < 2 || v[0] & (v[0] - 1))
        return fail(PyExc_ValueError, "n must be a power of 2.");
    if (scrypt_number(s, 1, &v[1]) < 0 || scrypt_number(s, 2, &v[2]) < 0)
        return NULL;
    if (s->maxmem < 0 || s->maxmem > INT_MAX)
        return PyErr_Format(PyExc_ValueError, "maxmem must be positive and smaller than %d", INT_MAX);
    if (s->dklen < 1 || s->dklen > INT_MAX)
        return PyErr_Format(PyExc_ValueError, "dklen must be greater than 0 and smaller than %d", INT_MAX);
    if (!EVP_PBE_scrypt(NULL, 0, NULL, 0, v[0], v[1], v[2], (uint64_t)s->maxmem, NULL, 0)) {
        ERR_clear_error();
        return fail(PyExc_ValueError, "Invalid parameter combination for n, r, p, maxmem.");
    }
    PyObject *key = PyBytes_FromStringAndSize(NULL, s->dklen);
    if (key == NULL)
        return NULL;
    int ok;
    Py_BEGIN_ALLOW_THREADS
    ok = EVP_PBE_scrypt(s->password.buf, (size_t)s->password.len, s->salt.buf, (size_t)s->salt.len, v[0], v[1], v[2], (uint64_t)s->maxmem,
                        (unsigned char *)PyBytes_AS_STRING(key), (size_t)s->dklen);
    Py_END_ALLOW_THREADS
    if (!ok) {
        Py_DECREF(key);
        return ssl_error(PyExc_ValueError);
    }
    return key;
}

static int to_long(PyObject *o, long *out)
{
    if (o == NULL)
        return 0;
    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *out = PyLong_AsLong(o);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *scrypt(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"password", "salt", "n", "r", "p", "maxmem", "dklen", NULL};
    Scrypt s = {.maxmem = 0, .dklen = 64};
    PyObject *o[7] = {NULL}, *result = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|$OOOOOO:scrypt", names, &o[0], &o[1], &o[2], &o[3], &o[4], &o[5], &o[6]) ||
        PyObject_GetBuffer(o[0], &s.password, PyBUF_SIMPLE) < 0)
        return NULL;
    if (o[1] && o[1] != Py_None && PyObject_GetBuffer(o[1], &s.salt, PyBUF_SIMPLE) < 0)
        goto done;
    for (int i = 0; i < 3; i++) {
        static const char *const which[] = {"argument 'n'", "argument 'r'", "argument 'p'"};
        if (o[2 + i] == NULL || o[2 + i] == Py_None)
            continue;
        if (!PyLong_Check(o[2 + i])) {
            _PyArg_BadArgument("scrypt", which[i], "int", o[2 + i]);
            goto done;
        }
        s.number[i] = o[2 + i];
    }
    if (to_long(o[5], &s.maxmem) == 0 && to_long(o[6], &s.dklen) == 0)
        result = derive_scrypt(&s);
done:
    PyBuffer_Release(&s.password);
    if (s.salt.obj)
        PyBuffer_Release(&s.salt);
    return result;
}

/* ------------------------------------------------------------------ module */

#define FASTKW(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL | METH_KEYWORDS
#define OPENSSL(name) {"openssl_" #name, FASTKW(openssl_##name), "openssl_" #name "($module, /, string=b\'\')\n--\n\nA " #name " object, having taken in the string."}
static PyMethodDef methods[] = {
    {"new", FASTKW(hash_new), "new($module, /, name, string=b\'\')\n--\n\nA hash object of the named kind, having taken in the string."},
    OPENSSL(md5), OPENSSL(sha1), OPENSSL(sha224), OPENSSL(sha256), OPENSSL(sha384), OPENSSL(sha512),
    {"hmac_digest", FASTKW(hmac_digest), "hmac_digest($module, /, key, msg, digest)\n--\n\nThe HMAC of one message."},
    {"pbkdf2_hmac", FASTKW(pbkdf2_hmac), "pbkdf2_hmac($module, /, hash_name, password, salt, iterations,\n            dklen=None)\n--\n\nA key derived from a password, by PKCS #5 v2.0."},
    {"scrypt", (PyCFunction)(void (*)(void))scrypt, METH_VARARGS | METH_KEYWORDS, "scrypt($module, /, password, *, salt=None, n=None, r=None, p=None,\n       maxmem=0, dklen=64)\n--\n\nA key derived from a password, by scrypt."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_hashlib",
    .m_size = -1,
    .m_methods = methods,
};

typedef struct {
    PyObject *set;
    int failed;
} Collecting;

static void collect_name(const EVP_MD *md, const char *Py_UNUSED(from), const char *Py_UNUSED(to), void *arg)
{
    Collecting *c = arg;
    const char *text = md ? python_name(md) : NULL;
    if (text == NULL || c->failed)
        return;
    PyObject *name = PyUnicode_FromString(text);
    c->failed = name == NULL || PySet_Add(c->set, name) < 0;
    Py_XDECREF(name);
}

PyMODINIT_FUNC PyInit__hashlib(void)
{
    if (PyType_Ready(&HashType) < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    Collecting c = {PyFrozenSet_New(NULL), 0};
    if (c.set)
        EVP_MD_do_all(collect_name, &c);
    if (c.set == NULL || c.failed || PyDict_SetItemString(PyModule_GetDict(m), "openssl_md_meth_names", c.set) < 0 ||
        PyDict_SetItemString(PyModule_GetDict(m), "HASH", (PyObject *)&HashType) < 0)
        Py_CLEAR(m);
    Py_XDECREF(c.set);
    return m;
}
