/* SPDX-License-Identifier: MIT */
/* Unpickler: its input. One block of memory (loads), or a file that is read piece by piece: a frame, a line, or what an opcode needs.
 * If the file can peek(), a larger piece is looked at and the file is moved on by what was used.
 * Whatever reads the file runs code, and that may load from the same object: sizes are looked up again afterwards.
 */
#include "modules/pickle/unpickler.h"

#include <string.h>

enum { PEEK = 128 * 1024 };

static int truncated(void)
{
    PyErr_SetString(tai_pickle.UnpicklingError, "pickle data was truncated");
    return -1;
}

static void set_piece(Unpickler *u, PyObject *piece, int peeked)
{
    Py_XSETREF(u->piece, piece);
    u->data = piece ? PyBytes_AS_STRING(piece) : NULL;
    u->size = piece ? PyBytes_GET_SIZE(piece) : 0;
    u->at = 0;
    u->peeked = peeked;
}

/* A checked answer of read() or readline(): bytes, or what can be seen as such. Steals. */
static PyObject *checked_bytes(PyObject *answer)
{
    if (answer == NULL || PyBytes_Check(answer))
        return answer;
    Py_buffer view;
    PyObject *bytes = NULL;
    if (PyObject_GetBuffer(answer, &view, PyBUF_CONTIG_RO) == 0) {
        bytes = PyBytes_FromStringAndSize(view.buf, view.len);
        PyBuffer_Release(&view);
    }
    Py_DECREF(answer);
    return bytes;
}

static PyObject *read_file(Unpickler *u, Py_ssize_t size)
{
    PyObject *number = PyLong_FromSsize_t(size), *bytes;
    if (number == NULL)
        return NULL;
    bytes = _PyObject_FastCall(u->read, &number, 1);
    Py_DECREF(number);
    return checked_bytes(bytes);
}

/* Move the file over what was used of a peeked piece, and forget the piece. */
int tai_unpickler_settle(Unpickler *u)
{
    if (!u->peeked)
        return 0;
    Py_ssize_t used = u->at;
    set_piece(u, NULL, 0);
    if (used == 0)
        return 0;
    PyObject *bytes = read_file(u, used);
    Py_XDECREF(bytes);
    return bytes ? 0 : -1;
}

static int look_ahead(Unpickler *u, Py_ssize_t size)
{
    PyObject *number = PyLong_FromSsize_t(PEEK), *bytes;
    if (number == NULL)
        return -1;
    PyObject *peek = u->peek;
    Py_INCREF(peek); /* a load inside may do without */
    bytes = _PyObject_FastCall(peek, &number, 1);
    Py_DECREF(peek);
    Py_DECREF(number);
    if (bytes == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_NotImplementedError))
            return -1;
        PyErr_Clear();
        Py_CLEAR(u->peek);
        return 0;
    }
    if (!PyBytes_Check(bytes) || PyBytes_GET_SIZE(bytes) < size) {
        Py_DECREF(bytes);
        return 0;
    }
    set_piece(u, bytes, 1);
    return 1;
}

/* More input, so that `size` bytes are at hand. 0, or -1 with an exception. */
int tai_unpickler_fill(Unpickler *u, Py_ssize_t size)
{
    if (u->read == NULL)
        return truncated();
    if (u->peeked && tai_unpickler_settle(u) < 0)
        return -1;
    Py_ssize_t rest = u->size - u->at;
    if (u->peek != NULL && rest == 0) {
        int looked = look_ahead(u, size);
        if (looked != 0)
            return looked < 0 ? -1 : 0;
    }
    PyObject *bytes = read_file(u, size - rest);
    if (bytes == NULL)
        return -1;
    rest = u->size - u->at; /* read() may have loaded from us */
    if (rest > 0) { /* the end of one piece and the begin of the next */
        PyObject *both = PyBytes_FromStringAndSize(u->data + u->at, rest);
        PyBytes_ConcatAndDel(&both, bytes);
        bytes = both;
        if (bytes == NULL)
            return -1;
    }
    int is_short = PyBytes_GET_SIZE(bytes) < size;
    set_piece(u, bytes, 0);
    return is_short ? truncated() : 0;
}

/* Take a line with its end; *size without the end, but at least `least` bytes. NULL with an exception. */
const char *tai_unpickler_take_line(Unpickler *u, Py_ssize_t least, Py_ssize_t *size)
{
    const char *start = u->data + u->at, *end = u->size > u->at ? memchr(start, '\n', u->size - u->at) : NULL;
    if (end == NULL && u->read != NULL) {
        if (tai_unpickler_settle(u) < 0)
            return NULL;
        PyObject *line = checked_bytes(_PyObject_CallNoArg(u->readline));
        if (line == NULL)
            return NULL;
        Py_ssize_t rest = u->size - u->at;
        if (rest > 0) {
            PyObject *both = PyBytes_FromStringAndSize(u->data + u->at, rest);
            PyBytes_ConcatAndDel(&both, line);
            if ((line = both) == NULL)
                return NULL;
        }
        set_piece(u, line, 0);
        start = u->data;
        end = u->size > 0 ? memchr(start, '\n', u->size) : NULL;
    }
    if (end == NULL || end - start < least) {
        truncated();
        return NULL;
    }
    *size = end - start;
    u->at += *size + 1;
    return start;
}
