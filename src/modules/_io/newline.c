/* SPDX-License-Identifier: MIT */
/* IncrementalNewlineDecoder: wraps a decoder (or none, for text), recognises \n, \r and \r\n, optionally turns all into
 * \n, and remembers which were seen.
 *
 * [NEWLINE-1] A \r at the end of a piece is held back until the next shows whether \n follows.
 */
#include "io.h"

enum { SEEN_CR = 1, SEEN_LF = 2, SEEN_CRLF = 4 };

typedef struct {
    PyObject_HEAD
    PyObject *decoder;      /* None: input is text already */
    PyObject *errors;
    unsigned pending_cr : 1;
    unsigned translate : 1;
    unsigned seen : 3;
} NewlineDecoder;

static int newline_init(NewlineDecoder *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"decoder", "translate", "errors", NULL};
    PyObject *decoder, *errors = NULL;
    int translate;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "Oi|O:IncrementalNewlineDecoder", names, &decoder, &translate, &errors))
        return -1;
    if (errors == NULL)
        errors = io_str_strict;
    Py_INCREF(decoder);
    Py_XSETREF(self->decoder, decoder);
    Py_INCREF(errors);
    Py_XSETREF(self->errors, errors);
    self->translate = translate != 0;
    self->seen = 0;
    self->pending_cr = 0;
    return 0;
}

static void newline_dealloc(NewlineDecoder *self)
{
    Py_CLEAR(self->decoder);
    Py_CLEAR(self->errors);
    Py_TYPE(self)->tp_free(self);
}

/* text (stolen) with a held back \r in front. */
static PyObject *prepend_cr(PyObject *text)
{
    PyObject *joined = PyUnicode_FromFormat("\r%U", text);
    Py_DECREF(text);
    return joined;
}

/* Note the kinds of line ends in text; nothing is changed. */
static void note_kinds(NewlineDecoder *self, int kind, const void *data, Py_ssize_t n)
{
    for (Py_ssize_t i = 0; i < n && self->seen != (SEEN_CR | SEEN_LF | SEEN_CRLF); i++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if (c == '\n') {
            self->seen |= SEEN_LF;
        } else if (c == '\r') {
            if (i + 1 < n && PyUnicode_READ(kind, data, i + 1) == '\n') {
                self->seen |= SEEN_CRLF;
                i++;
            } else {
                self->seen |= SEEN_CR;
            }
        }
    }
}

/* Replace text (stolen) by one whose line ends are all \n. */
static PyObject *translate(NewlineDecoder *self, PyObject *text)
{
    Py_ssize_t n = PyUnicode_GET_LENGTH(text), out = 0;
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    PyObject *result = PyUnicode_New(n, PyUnicode_MAX_CHAR_VALUE(text));
    if (result == NULL) {
        Py_DECREF(text);
        return NULL;
    }
    void *target = PyUnicode_DATA(result);
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if (c == '\n') {
            self->seen |= SEEN_LF;
        } else if (c == '\r') {
            if (i + 1 < n && PyUnicode_READ(kind, data, i + 1) == '\n') {
                self->seen |= SEEN_CRLF;
                i++;
            } else {
                self->seen |= SEEN_CR;
            }
            c = '\n';
        }
        PyUnicode_WRITE(kind, target, out++, c);
    }
    Py_DECREF(text);
    if (out == n)
        return result;
    PyObject *shorter = PyUnicode_Substring(result, 0, out);
    Py_DECREF(result);
    return shorter;
}

PyObject *io_newline_decode(PyObject *op, PyObject *input, int final)
{
    NewlineDecoder *self = (NewlineDecoder *)op;
    PyObject *text;
    if (self->decoder == NULL) {
        PyErr_SetString(PyExc_ValueError, "IncrementalNewlineDecoder.__init__ not called");
        return NULL;
    }
    if (self->decoder != Py_None) {
        text = io_call(self->decoder, io_str_decode, input, final ? Py_True : Py_False);
        if (text == NULL)
            return NULL;
    } else {
        text = input;
        Py_INCREF(text);
    }
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "decoder should return a string result, not '%.200s'", Py_TYPE(text)->tp_name);
        Py_DECREF(text);
        return NULL;
    }
    if (PyUnicode_READY(text) < 0) {
        Py_DECREF(text);
        return NULL;
    }
    Py_ssize_t n = PyUnicode_GET_LENGTH(text);
    if (self->pending_cr && (final || n > 0)) {
        text = prepend_cr(text);
        if (text == NULL)
            return NULL;
        self->pending_cr = 0;
        n++;
    }
    /* [NEWLINE-1] */
    if (!final && n > 0 && PyUnicode_READ_CHAR(text, n - 1) == '\r') {
        PyObject *shorter = PyUnicode_Substring(text, 0, n - 1);
        Py_DECREF(text);
        if (shorter == NULL)
            return NULL;
        text = shorter;
        n--;
        self->pending_cr = 1;
    }
    if (n == 0)
        return text;
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    /* Text with no \r at all is by far the most common. */
    if (PyUnicode_FindChar(text, '\r', 0, n, 1) < 0) {
        if (!(self->seen & SEEN_LF) && PyUnicode_FindChar(text, '\n', 0, n, 1) >= 0)
            self->seen |= SEEN_LF;
        return text;
    }
    if (self->translate)
        return translate(self, text);
    note_kinds(self, kind, data, n);
    return text;
}

static PyObject *newline_decode(NewlineDecoder *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"input", "final", NULL};
    PyObject *input;
    int final = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|i:decode", names, &input, &final))
        return NULL;
    return io_newline_decode((PyObject *)self, input, final);
}

/* State: (bytes the decoder holds back, flags * 2 + pending_cr). */
static PyObject *newline_getstate(NewlineDecoder *self, PyObject *unused)
{
    PyObject *buffer;
    unsigned long long flag = 0;
    if (self->decoder != NULL && self->decoder != Py_None) {
        PyObject *state = io_call0(self->decoder, io_str_getstate);
        if (state == NULL)
            return NULL;
        if (!PyTuple_Check(state)) {
            PyErr_SetString(PyExc_TypeError, "illegal decoder state");
            Py_DECREF(state);
            return NULL;
        }
        if (!PyArg_ParseTuple(state, "OK;illegal decoder state", &buffer, &flag)) {
            Py_DECREF(state);
            return NULL;
        }
        Py_INCREF(buffer);
        Py_DECREF(state);
    } else {
        buffer = PyBytes_FromString("");
    }
    flag = flag << 1 | self->pending_cr;
    return Py_BuildValue("NK", buffer, flag);
}

static PyObject *newline_setstate(NewlineDecoder *self, PyObject *state)
{
    PyObject *buffer;
    unsigned long long flag;
    if (!PyTuple_Check(state)) {
        PyErr_SetString(PyExc_TypeError, "state argument must be a tuple");
        return NULL;
    }
    if (!PyArg_ParseTuple(state, "OK;setstate(): illegal state argument", &buffer, &flag))
        return NULL;
    self->pending_cr = flag & 1;
    flag >>= 1;
    if (self->decoder == NULL || self->decoder == Py_None)
        Py_RETURN_NONE;
    PyObject *inner = Py_BuildValue("(OK)", buffer, flag), *result = inner ? io_call1(self->decoder, io_str_setstate, inner) : NULL;
    Py_XDECREF(inner);
    return result;
}

static PyObject *newline_reset(NewlineDecoder *self, PyObject *unused)
{
    self->seen = 0;
    self->pending_cr = 0;
    if (self->decoder != NULL && self->decoder != Py_None)
        return io_call0(self->decoder, io_str_reset);
    Py_RETURN_NONE;
}

static PyObject *newline_get_newlines(NewlineDecoder *self, void *closure)
{
    switch (self->seen) {
    case SEEN_CR: return PyUnicode_FromString("\r");
    case SEEN_LF: return PyUnicode_FromString("\n");
    case SEEN_CRLF: return PyUnicode_FromString("\r\n");
    case SEEN_CR | SEEN_LF: return Py_BuildValue("ss", "\r", "\n");
    case SEEN_CR | SEEN_CRLF: return Py_BuildValue("ss", "\r", "\r\n");
    case SEEN_LF | SEEN_CRLF: return Py_BuildValue("ss", "\n", "\r\n");
    case SEEN_CR | SEEN_LF | SEEN_CRLF: return Py_BuildValue("sss", "\r", "\n", "\r\n");
    default: Py_RETURN_NONE;
    }
}

#define M(function) (PyCFunction)(void (*)(void))function
static PyMethodDef newline_methods[] = {
    {"decode", M(newline_decode), METH_VARARGS | METH_KEYWORDS, PyDoc_STR("decode($self, /, input, final=False)\n--\n\nDecode a piece and treat its line ends.")},
    {"getstate", M(newline_getstate), METH_NOARGS, PyDoc_STR("getstate($self, /)\n--\n\nReturn the state, for setstate().")},
    {"setstate", M(newline_setstate), METH_O, PyDoc_STR("setstate($self, state, /)\n--\n\nGo back to a state that getstate() returned.")},
    {"reset", M(newline_reset), METH_NOARGS, PyDoc_STR("reset($self, /)\n--\n\nForget everything seen.")},
    {NULL},
};

static PyGetSetDef newline_getset[] = {
    {"newlines", (getter)newline_get_newlines, NULL, PyDoc_STR("kinds of line ends seen: None, a string or a tuple of strings")},
    {NULL},
};

PyTypeObject NewlineDecoder_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_io.IncrementalNewlineDecoder",
    .tp_basicsize = sizeof(NewlineDecoder),
    .tp_dealloc = (destructor)newline_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = PyDoc_STR("IncrementalNewlineDecoder(decoder, translate, errors='strict')\n--\n\n"
                        "Incremental decoder on top of another that recognises all kinds of line ends.\n\n"
                        "decoder: what turns bytes into text, None if the input is text.\n"
                        "translate: whether \\r\\n and \\r become \\n."),
    .tp_methods = newline_methods,
    .tp_getset = newline_getset,
    .tp_init = (initproc)newline_init,
    .tp_new = PyType_GenericNew,
};
