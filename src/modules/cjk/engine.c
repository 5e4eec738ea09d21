/* SPDX-License-Identifier: MIT */
/* Whole texts through a Codec: loops, output that grows, error handlers.
 *
 * [CJK-1] Error handlers run code; nothing of a text is kept across them but the object and the position.
 */
#include "codec.h"

/* ------------------------------------------------------------------ errors */

enum Handling { STRICT, REPLACE, IGNORE, CALL };

static enum Handling handling_of(PyObject *errors)
{
    if (errors == NULL || PyUnicode_CompareWithASCIIString(errors, "strict") == 0)
        return STRICT;
    if (PyUnicode_CompareWithASCIIString(errors, "ignore") == 0)
        return IGNORE;
    return PyUnicode_CompareWithASCIIString(errors, "replace") == 0 ? REPLACE : CALL;
}

/* Ask the handler of that name about an exception (borrowed). Its tuple (something, position), new; the position in *at. */
static PyObject *ask_handler(PyObject *errors, PyObject *exception, const char *wrong, Py_ssize_t length, Py_ssize_t *at, int bytes_too)
{
    const char *name = PyUnicode_AsUTF8(errors);
    PyObject *handler = name ? PyCodec_LookupError(name) : NULL;
    PyObject *answer = handler ? PyObject_CallFunctionObjArgs(handler, exception, NULL) : NULL;
    Py_XDECREF(handler);
    if (answer == NULL)
        return NULL;
    PyObject *what = PyTuple_Check(answer) && PyTuple_GET_SIZE(answer) == 2 ? PyTuple_GET_ITEM(answer, 0) : NULL;
    if (what == NULL || !(PyUnicode_Check(what) || (bytes_too && PyBytes_Check(what))) || !PyLong_Check(PyTuple_GET_ITEM(answer, 1))) {
        PyErr_SetString(PyExc_TypeError, wrong);
        goto error;
    }
    Py_ssize_t position = PyNumber_AsSsize_t(PyTuple_GET_ITEM(answer, 1), NULL); /* clips: out of bounds either way */
    *at = position < 0 ? position + length : position;
    if (*at < 0 || *at > length) {
        PyErr_Format(PyExc_IndexError, "position %zd from error handler out of bounds", *at);
        goto error;
    }
    return answer;
error:
    Py_DECREF(answer);
    return NULL;
}

/* Raise (errors strict), or return the exception for a handler, new. */
static PyObject *raise_or_return(PyObject *exception, enum Handling handling)
{
    if (exception && handling == STRICT) {
        PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
        Py_CLEAR(exception);
    }
    return exception;
}

/* ------------------------------------------------------------------ encoding */

typedef struct {
    PyObject *bytes;
    Py_ssize_t used;
} Output;

/* Room for n more bytes: where they go, or NULL. */
static unsigned char *room(Output *o, Py_ssize_t n)
{
    Py_ssize_t size = PyBytes_GET_SIZE(o->bytes);
    if (size - o->used < n) {
        if (n > PY_SSIZE_T_MAX / 2 - size) {
            PyErr_NoMemory();
            return NULL;
        }
        if (_PyBytes_Resize(&o->bytes, size + n + size / 2) < 0)
            return NULL;
    }
    return (unsigned char *)PyBytes_AS_STRING(o->bytes) + o->used;
}

static int put(Output *o, const char *s, Py_ssize_t n)
{
    unsigned char *p = room(o, n);
    if (p == NULL)
        return -1;
    memcpy(p, s, (size_t)n);
    o->used += n;
    return 0;
}

/* Text[*at] cannot be encoded: do what errors says. 0 / -1. Runs code. */
static int encode_error(const Codec *c, State *s, PyObject *text, Py_ssize_t *at, PyObject *errors, Output *o)
{
    enum Handling handling = handling_of(errors);
    if (handling == REPLACE) {
        unsigned char buffer[LONGEST];
        int taken = 1, n = c->encode(c, s, '?', NO_NEXT, buffer, &taken);
        if (n < 0 ? put(o, "?", 1) < 0 : put(o, (char *)buffer, n) < 0)
            return -1;
    }
    if (handling == REPLACE || handling == IGNORE) {
        ++*at;
        return 0;
    }
    PyObject *exception = raise_or_return(PyObject_CallFunction(PyExc_UnicodeEncodeError, "sOnns", c->name, text, *at, *at + 1, "illegal multibyte sequence"), handling);
    if (exception == NULL)
        return -1;
    PyObject *answer = ask_handler(errors, exception, "encoding error handler must return (str, int) tuple", PyUnicode_GET_LENGTH(text), at, 1);
    Py_DECREF(exception);
    if (answer == NULL)
        return -1;
    PyObject *what = PyTuple_GET_ITEM(answer, 0), *bytes = what;
    if (PyUnicode_Check(what)) {
        Py_ssize_t start = 0;
        bytes = tai_cjk_encode(c, s, what, &start, NULL, 1, 0);
    }
    else
        Py_INCREF(bytes);
    int status = bytes ? put(o, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes)) : -1;
    Py_XDECREF(bytes);
    Py_DECREF(answer);
    return status;
}

PyObject *tai_cjk_encode(const Codec *c, State *s, PyObject *text, Py_ssize_t *at, PyObject *errors, int final, int reset)
{
    if (PyUnicode_READY(text) < 0)
        return NULL;
    Py_ssize_t n = PyUnicode_GET_LENGTH(text), i = *at;
    int kind = PyUnicode_KIND(text), plain = c->config == NULL && c->table->ascii && c->reset == NULL;
    const void *data = PyUnicode_DATA(text);
    Output o = {PyBytes_FromStringAndSize(NULL, (n - i) * 2 + 16), 0};
    if (o.bytes == NULL)
        return NULL;
    while (i < n) {
        unsigned char *out = room(&o, LONGEST);
        if (out == NULL)
            goto error;
        Py_UCS4 u = PyUnicode_READ(kind, data, i);
        if (plain && u < 0x80) {
            *out = (unsigned char)u;
            o.used++;
            i++;
            continue;
        }
        int taken = 1, done = c->encode(c, s, u, i + 1 < n ? PyUnicode_READ(kind, data, i + 1) : final ? NO_NEXT : NO_CHARACTER, out, &taken);
        if (done >= 0) {
            o.used += done;
            i += taken;
        }
        else if (done == NEED_MORE)
            break;
        else if (encode_error(c, s, text, &i, errors, &o) < 0)
            goto error;
    }
    *at = i;
    if (reset && c->reset) {
        unsigned char *out = room(&o, LONGEST);
        if (out == NULL)
            goto error;
        o.used += c->reset(c, s, out);
    }
    _PyBytes_Resize(&o.bytes, o.used);
    return o.bytes;
error:
    *at = i;
    Py_XDECREF(o.bytes);
    return NULL;
}

/* ------------------------------------------------------------------ decoding */

typedef struct {
    Py_UCS4 *chars;
    Py_ssize_t used, size;
} Text;

static int text_room(Text *t, Py_ssize_t n)
{
    if (t->size - t->used >= n)
        return 0;
    size_t size = (size_t)t->size + (size_t)n + (size_t)t->size / 2;
    Py_UCS4 *chars = size < PY_SSIZE_T_MAX / sizeof *chars ? PyMem_Realloc(t->chars, size * sizeof *chars) : NULL;
    if (chars == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    t->chars = chars;
    t->size = (Py_ssize_t)size;
    return 0;
}

/* bad bytes from in[*at] on are wrong. 0 / -1. Runs code. */
static int decode_error(const Codec *c, const unsigned char *in, Py_ssize_t n, Py_ssize_t *at, Py_ssize_t bad, const char *reason, PyObject *errors, Text *t)
{
    enum Handling handling = handling_of(errors);
    if (handling == REPLACE) {
        if (text_room(t, 1) < 0)
            return -1;
        t->chars[t->used++] = Py_UNICODE_REPLACEMENT_CHARACTER;
    }
    if (handling == REPLACE || handling == IGNORE) {
        *at += bad;
        return 0;
    }
    PyObject *exception = raise_or_return(PyUnicodeDecodeError_Create(c->name, (const char *)in, n, *at, *at + bad, reason), handling);
    if (exception == NULL)
        return -1;
    PyObject *answer = ask_handler(errors, exception, "decoding error handler must return (str, int) tuple", n, at, 0);
    Py_DECREF(exception);
    if (answer == NULL)
        return -1;
    PyObject *what = PyTuple_GET_ITEM(answer, 0);
    Py_ssize_t length = PyUnicode_READY(what) < 0 ? -1 : PyUnicode_GET_LENGTH(what);
    int status = length < 0 || text_room(t, length) < 0 ? -1 : 0;
    for (Py_ssize_t i = 0; status == 0 && i < length; i++)
        t->chars[t->used++] = PyUnicode_READ_CHAR(what, i);
    Py_DECREF(answer);
    return status;
}

PyObject *tai_cjk_decode(const Codec *c, State *s, const unsigned char *in, Py_ssize_t n, Py_ssize_t *used, PyObject *errors, int final)
{
    Text t = {NULL, 0, 0};
    Py_ssize_t i = 0;
    int plain = c->config == NULL && c->table->ascii && c->reset == NULL;
    PyObject *result = NULL;
    if (text_room(&t, n + 2) < 0)
        goto done;
    while (i < n) {
        if (t.size - t.used < 2 && text_room(&t, n - i + 2) < 0)
            goto done;
        if (plain && in[i] < 0x80) {
            t.chars[t.used++] = in[i++];
            continue;
        }
        Py_UCS4 out[2];
        int taken = c->decode(c, s, in + i, n - i, out);
        if (taken > 0) {
            if (out[0] != NO_CHARACTER)
                t.chars[t.used++] = out[0];
            if (out[1])
                t.chars[t.used++] = out[1];
            i += taken;
            continue;
        }
        if (taken == NEED_MORE && !final)
            break;
        Py_ssize_t bad = taken == NEED_MORE ? n - i : -taken;
        if (decode_error(c, in, n, &i, bad, taken == NEED_MORE ? "incomplete multibyte sequence" : "illegal multibyte sequence", errors, &t) < 0)
            goto done;
    }
    result = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, t.chars, t.used);
done:
    *used = i;
    PyMem_Free(t.chars);
    return result;
}
