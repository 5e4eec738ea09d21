/* SPDX-License-Identifier: MIT */
/* UnicodeEncodeError, UnicodeDecodeError and UnicodeTranslateError, and the C accessors that codecs use.
 *
 * The three share a layout: encoding (not for Translate), object, start, end, reason. object is str, for Decode bytes.
 * [UEX-1] Python code can store anything anywhere: every accessor checks, and positions are clipped to the object when read.
 * Tests: tests/objects/test_exceptions.py.
 */
#include "objects/exceptions/kinds.h"

#define SELF(op) ((PyUnicodeErrorObject *)(op))

/* ---- checked fields ---- */

/* A field that must be str. New, or NULL with TypeError. */
static PyObject *get_text(PyObject *field, const char *name)
{
    if (field == NULL) {
        PyErr_Format(PyExc_TypeError, "%.200s attribute not set", name);
        return NULL;
    }
    if (!PyUnicode_Check(field)) {
        PyErr_Format(PyExc_TypeError, "%.200s attribute must be unicode", name);
        return NULL;
    }
    Py_INCREF(field);
    return field;
}

static PyObject *get_bytes(PyObject *field, const char *name)
{
    if (field == NULL) {
        PyErr_Format(PyExc_TypeError, "%.200s attribute not set", name);
        return NULL;
    }
    if (!PyBytes_Check(field)) {
        PyErr_Format(PyExc_TypeError, "%.200s attribute must be bytes", name);
        return NULL;
    }
    Py_INCREF(field);
    return field;
}

static int set_text(PyObject **field, const char *value)
{
    PyObject *text = PyUnicode_FromString(value);
    if (text == NULL)
        return -1;
    Py_XSETREF(*field, text);
    return 0;
}

/* Length of the object, -1 with TypeError where it is not what it should be. */
static Py_ssize_t object_length(PyObject *self, int is_bytes)
{
    PyObject *object = is_bytes ? get_bytes(SELF(self)->object, "object") : get_text(SELF(self)->object, "object");
    if (object == NULL)
        return -1;
    Py_ssize_t size = is_bytes ? PyBytes_GET_SIZE(object) : PyUnicode_READY(object) < 0 ? -1 : PyUnicode_GET_LENGTH(object);
    Py_DECREF(object);
    return size;
}

static int get_start(PyObject *self, int is_bytes, Py_ssize_t *start)
{
    Py_ssize_t size = object_length(self, is_bytes), at = SELF(self)->start;
    if (size < 0)
        return -1;
    if (at < 0)
        at = 0;
    *start = at >= size ? size - 1 : at; /* -1 for an empty object, as callers know it */
    return 0;
}

static int get_end(PyObject *self, int is_bytes, Py_ssize_t *end)
{
    Py_ssize_t size = object_length(self, is_bytes), at = SELF(self)->end;
    if (size < 0)
        return -1;
    if (at < 1)
        at = 1;
    *end = at > size ? size : at;
    return 0;
}

/* ---- the accessors, once for each class ---- */

PyObject *PyUnicodeEncodeError_GetEncoding(PyObject *self) { return get_text(SELF(self)->encoding, "encoding"); }
PyObject *PyUnicodeDecodeError_GetEncoding(PyObject *self) { return get_text(SELF(self)->encoding, "encoding"); }
PyObject *PyUnicodeEncodeError_GetObject(PyObject *self) { return get_text(SELF(self)->object, "object"); }
PyObject *PyUnicodeDecodeError_GetObject(PyObject *self) { return get_bytes(SELF(self)->object, "object"); }
PyObject *PyUnicodeTranslateError_GetObject(PyObject *self) { return get_text(SELF(self)->object, "object"); }
int PyUnicodeEncodeError_GetStart(PyObject *self, Py_ssize_t *start) { return get_start(self, 0, start); }
int PyUnicodeDecodeError_GetStart(PyObject *self, Py_ssize_t *start) { return get_start(self, 1, start); }
int PyUnicodeTranslateError_GetStart(PyObject *self, Py_ssize_t *start) { return get_start(self, 0, start); }
int PyUnicodeEncodeError_GetEnd(PyObject *self, Py_ssize_t *end) { return get_end(self, 0, end); }
int PyUnicodeDecodeError_GetEnd(PyObject *self, Py_ssize_t *end) { return get_end(self, 1, end); }
int PyUnicodeTranslateError_GetEnd(PyObject *self, Py_ssize_t *end) { return get_end(self, 0, end); }

#define COMMON_ACCESSORS(Class) \
    PyObject *Class##_GetReason(PyObject *self) { return get_text(SELF(self)->reason, "reason"); } \
    int Class##_SetReason(PyObject *self, const char *reason) { return set_text(&SELF(self)->reason, reason); } \
    int Class##_SetStart(PyObject *self, Py_ssize_t start) { SELF(self)->start = start; return 0; } \
    int Class##_SetEnd(PyObject *self, Py_ssize_t end) { SELF(self)->end = end; return 0; }
COMMON_ACCESSORS(PyUnicodeEncodeError)
COMMON_ACCESSORS(PyUnicodeDecodeError)
COMMON_ACCESSORS(PyUnicodeTranslateError)
#undef COMMON_ACCESSORS

/* ---- shared slots ---- */

static int unicode_clear(PyObject *self)
{
    Py_CLEAR(SELF(self)->encoding);
    Py_CLEAR(SELF(self)->object);
    Py_CLEAR(SELF(self)->reason);
    return tai_exception_clear(self);
}

static int unicode_traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(SELF(self)->encoding);
    Py_VISIT(SELF(self)->object);
    Py_VISIT(SELF(self)->reason);
    return tai_exception_traverse(self, visit, arg);
}

/* Store what a constructor has parsed. The object is taken as is. */
static int store(PyUnicodeErrorObject *self, PyObject *encoding, PyObject *object, Py_ssize_t start, Py_ssize_t end,
                 PyObject *reason)
{
    EXC_SET(self->encoding, encoding);
    EXC_SET(self->object, object);
    EXC_SET(self->reason, reason);
    self->start = start;
    self->end = end;
    return 0;
}

static void forget(PyUnicodeErrorObject *self)
{
    Py_CLEAR(self->encoding);
    Py_CLEAR(self->object);
    Py_CLEAR(self->reason);
}

/* Str of an encoding or reason field, which may be anything. */
static PyObject *field_str(PyObject *field)
{
    return field == NULL ? PyUnicode_FromString("") : PyObject_Str(field);
}

/* How the message names one character. */
static const char *escape_format(Py_UCS4 c)
{
    return c <= 0xff ? "\\x%02x" : c <= 0xffff ? "\\u%04x" : "\\U%08x";
}

static PyMemberDef unicode_members[] = {
    {"encoding", T_OBJECT, offsetof(PyUnicodeErrorObject, encoding), 0, "name of the encoding"},
    {"object", T_OBJECT, offsetof(PyUnicodeErrorObject, object), 0, "what could not be converted"},
    {"start", T_PYSSIZET, offsetof(PyUnicodeErrorObject, start), 0, "where the trouble begins"},
    {"end", T_PYSSIZET, offsetof(PyUnicodeErrorObject, end), 0, "where it ends"},
    {"reason", T_OBJECT, offsetof(PyUnicodeErrorObject, reason), 0, "what the trouble is"},
    {NULL},
};

/* ---- encode ---- */

static int encode_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *encoding, *object, *reason;
    Py_ssize_t start, end;
    if (tai_exception_init_base(self, args, kwargs) < 0)
        return -1;
    forget(SELF(self));
    if (!PyArg_ParseTuple(args, "UUnnU", &encoding, &object, &start, &end, &reason))
        return -1;
    return store(SELF(self), encoding, object, start, end, reason);
}

/* "... can't encode character '\xe4' in position 3: reason", or a range of positions. `verb` is the part between. */
static PyObject *text_message(PyUnicodeErrorObject *self, PyObject *encoding, PyObject *reason)
{
    PyObject *object = self->object;
    if (PyUnicode_READY(object) < 0)
        return NULL;
    if (self->start >= 0 && self->start < PyUnicode_GET_LENGTH(object) && self->end == self->start + 1) {
        char shown[16];
        Py_UCS4 c = PyUnicode_READ_CHAR(object, self->start);
        PyOS_snprintf(shown, sizeof shown, escape_format(c), (unsigned)c);
        if (encoding != NULL)
            return PyUnicode_FromFormat("'%U' codec can't encode character '%s' in position %zd: %U", encoding, shown,
                                        self->start, reason);
        return PyUnicode_FromFormat("can't translate character '%s' in position %zd: %U", shown, self->start, reason);
    }
    if (encoding != NULL)
        return PyUnicode_FromFormat("'%U' codec can't encode characters in position %zd-%zd: %U", encoding, self->start,
                                    self->end - 1, reason);
    return PyUnicode_FromFormat("can't translate characters in position %zd-%zd: %U", self->start, self->end - 1, reason);
}

static PyObject *encode_str(PyObject *op)
{
    PyUnicodeErrorObject *self = SELF(op);
    if (self->object == NULL)
        return PyUnicode_FromString("");
    PyObject *result = NULL, *reason = field_str(self->reason), *encoding = reason ? field_str(self->encoding) : NULL;
    if (encoding != NULL) {
        PyObject *object = self->object; /* the two calls above ran code */
        if (object == NULL || !PyUnicode_Check(object))
            result = PyUnicode_FromFormat("'%U' codec can't encode characters in position %zd-%zd: %U", encoding,
                                          self->start, self->end - 1, reason);
        else
            result = text_message(self, encoding, reason);
    }
    Py_XDECREF(reason);
    Py_XDECREF(encoding);
    return result;
}

const TaiExceptionKind tai_exception_unicode_encode_error = {
    .size = sizeof(PyUnicodeErrorObject),
    .new = tai_exception_new,
    .init = encode_init,
    .str = encode_str,
    .dealloc = tai_exception_dealloc,
    .traverse = unicode_traverse,
    .clear = unicode_clear,
    .members = unicode_members,
};

/* ---- decode ---- */

static int decode_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *encoding, *object, *reason, *copy;
    Py_ssize_t start, end;
    if (tai_exception_init_base(self, args, kwargs) < 0)
        return -1;
    forget(SELF(self));
    if (!PyArg_ParseTuple(args, "UOnnU", &encoding, &object, &start, &end, &reason))
        return -1;
    if (PyBytes_Check(object)) {
        copy = object;
        Py_INCREF(copy);
    }
    else {
        Py_buffer view;
        if (PyObject_GetBuffer(object, &view, PyBUF_SIMPLE) < 0)
            return -1;
        copy = PyBytes_FromStringAndSize(view.buf, view.len);
        PyBuffer_Release(&view);
        if (copy == NULL)
            return -1;
    }
    store(SELF(self), encoding, copy, start, end, reason);
    Py_DECREF(copy);
    return 0;
}

static PyObject *decode_str(PyObject *op)
{
    PyUnicodeErrorObject *self = SELF(op);
    if (self->object == NULL)
        return PyUnicode_FromString("");
    PyObject *result = NULL, *reason = field_str(self->reason), *encoding = reason ? field_str(self->encoding) : NULL;
    if (encoding != NULL) {
        PyObject *object = self->object;
        if (object != NULL && PyBytes_Check(object) && self->start >= 0 && self->start < PyBytes_GET_SIZE(object) &&
            self->end == self->start + 1)
            result = PyUnicode_FromFormat("'%U' codec can't decode byte 0x%02x in position %zd: %U", encoding,
                                          (unsigned char)PyBytes_AS_STRING(object)[self->start], self->start, reason);
        else
            result = PyUnicode_FromFormat("'%U' codec can't decode bytes in position %zd-%zd: %U", encoding, self->start,
                                          self->end - 1, reason);
    }
    Py_XDECREF(reason);
    Py_XDECREF(encoding);
    return result;
}

const TaiExceptionKind tai_exception_unicode_decode_error = {
    .size = sizeof(PyUnicodeErrorObject),
    .new = tai_exception_new,
    .init = decode_init,
    .str = decode_str,
    .dealloc = tai_exception_dealloc,
    .traverse = unicode_traverse,
    .clear = unicode_clear,
    .members = unicode_members,
};

/* ---- translate ---- */

static int translate_init(PyObject *self, PyObject *args, PyObject *kwargs)
{
    PyObject *object, *reason;
    Py_ssize_t start, end;
    if (tai_exception_init_base(self, args, kwargs) < 0)
        return -1;
    forget(SELF(self));
    if (!PyArg_ParseTuple(args, "UnnU", &object, &start, &end, &reason))
        return -1;
    return store(SELF(self), NULL, object, start, end, reason);
}

static PyObject *translate_str(PyObject *op)
{
    PyUnicodeErrorObject *self = SELF(op);
    if (self->object == NULL)
        return PyUnicode_FromString("");
    PyObject *reason = field_str(self->reason), *result;
    if (reason == NULL)
        return NULL;
    if (self->object == NULL || !PyUnicode_Check(self->object))
        result = PyUnicode_FromFormat("can't translate characters in position %zd-%zd: %U", self->start, self->end - 1,
                                      reason);
    else
        result = text_message(self, NULL, reason);
    Py_DECREF(reason);
    return result;
}

const TaiExceptionKind tai_exception_unicode_translate_error = {
    .size = sizeof(PyUnicodeErrorObject),
    .new = tai_exception_new,
    .init = translate_init,
    .str = translate_str,
    .dealloc = tai_exception_dealloc,
    .traverse = unicode_traverse,
    .clear = unicode_clear,
    .members = unicode_members,
};

/* ---- making them from C ---- */

/* The object of an error: as many characters or bytes as said, below 0 as there are. New. */
static PyObject *wide_object(const Py_UNICODE *text, Py_ssize_t length)
{
    return PyUnicode_FromWideChar(text, length < 0 ? -1 : length);
}

PyObject *PyUnicodeEncodeError_Create(const char *encoding, const Py_UNICODE *text, Py_ssize_t length, Py_ssize_t start,
                                      Py_ssize_t end, const char *reason)
{
    PyObject *object = wide_object(text, length);
    if (object == NULL)
        return NULL;
    PyObject *self = PyObject_CallFunction(PyExc_UnicodeEncodeError, "sOnns", encoding, object, start, end, reason);
    Py_DECREF(object);
    return self;
}

PyObject *PyUnicodeDecodeError_Create(const char *encoding, const char *bytes, Py_ssize_t length, Py_ssize_t start,
                                      Py_ssize_t end, const char *reason)
{
    PyObject *object = length < 0 ? PyBytes_FromString(bytes) : PyBytes_FromStringAndSize(bytes, length);
    if (object == NULL)
        return NULL;
    PyObject *self = PyObject_CallFunction(PyExc_UnicodeDecodeError, "sOnns", encoding, object, start, end, reason);
    Py_DECREF(object);
    return self;
}

PyObject *_PyUnicodeTranslateError_Create(PyObject *object, Py_ssize_t start, Py_ssize_t end, const char *reason)
{
    return PyObject_CallFunction(PyExc_UnicodeTranslateError, "Onns", object, start, end, reason);
}

PyObject *PyUnicodeTranslateError_Create(const Py_UNICODE *text, Py_ssize_t length, Py_ssize_t start, Py_ssize_t end,
                                         const char *reason)
{
    PyObject *object = wide_object(text, length);
    if (object == NULL)
        return NULL;
    PyObject *self = _PyUnicodeTranslateError_Create(object, start, end, reason);
    Py_DECREF(object);
    return self;
}
