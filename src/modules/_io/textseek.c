/* SPDX-License-Identifier: MIT */
/* seek() and tell() of text streams.
 *
 * A position in text is a cookie: where in the bytes to start, the decoder's flags there, how many bytes to feed it, how
 * many of the characters that come out to skip, and whether it must be told the end.  A cookie whose last four are zero is
 * simply the byte position.  Packed into an int, least significant first:
 *
 *   8 bytes start | 4 decoder flags | 4 bytes to feed | 4 characters to skip | 1 need end
 */
#include "textio.h"

typedef struct {
    off_t start;
    int flags;
    int feed;
    int skip;
    char need_end;
} Cookie;

enum { COOKIE_BYTES = 8 + 3 * 4 + 1 };

static void put(unsigned char *at, int n, uint64_t value)
{
    for (int i = 0; i < n; i++)
        at[i] = (unsigned char)(value >> 8 * i);
}

static uint64_t get(const unsigned char *at, int n)
{
    uint64_t value = 0;
    for (int i = 0; i < n; i++)
        value |= (uint64_t)at[i] << 8 * i;
    return value;
}

static PyObject *cookie_pack(const Cookie *cookie)
{
    unsigned char bytes[COOKIE_BYTES];
    put(bytes, 8, cookie->start);
    put(bytes + 8, 4, (uint32_t)cookie->flags);
    put(bytes + 12, 4, (uint32_t)cookie->feed);
    put(bytes + 16, 4, (uint32_t)cookie->skip);
    bytes[20] = cookie->need_end;
    return _PyLong_FromByteArray(bytes, sizeof bytes, 1, 0);
}

static int cookie_unpack(Cookie *cookie, PyObject *number)
{
    unsigned char bytes[COOKIE_BYTES];
    PyObject *integer = PyNumber_Long(number);
    if (integer == NULL)
        return -1;
    int rc = _PyLong_AsByteArray((PyLongObject *)integer, bytes, sizeof bytes, 1, 0);
    Py_DECREF(integer);
    if (rc < 0)
        return -1;
    cookie->start = (off_t)get(bytes, 8);
    cookie->flags = (int)get(bytes + 8, 4);
    cookie->feed = (int)get(bytes + 12, 4);
    cookie->skip = (int)get(bytes + 16, 4);
    cookie->need_end = bytes[20];
    return 0;
}

static int discard(PyObject *result)
{
    if (result == NULL)
        return -1;
    Py_DECREF(result);
    return 0;
}

/* Put the decoder into the state (nothing held back, flags); the initial state resets it. */
static int set_decoder_state(TextIO *self, off_t start, int flags)
{
    if (start == 0 && flags == 0)
        return discard(io_call0(self->decoder, io_str_reset));
    PyObject *state = Py_BuildValue("(yi)", "", flags), *result = state ? io_call1(self->decoder, io_str_setstate, state) : NULL;
    Py_XDECREF(state);
    return discard(result);
}

/* The decoder's state: how many bytes it holds back and its flags. */
static int get_decoder_state(TextIO *self, Py_ssize_t *held, int *flags)
{
    PyObject *state = io_call0(self->decoder, io_str_getstate), *bytes;
    if (state == NULL)
        return -1;
    if (!PyTuple_Check(state)) {
        PyErr_SetString(PyExc_TypeError, "illegal decoder state");
        Py_DECREF(state);
        return -1;
    }
    if (!PyArg_ParseTuple(state, "Oi;illegal decoder state", &bytes, flags)) {
        Py_DECREF(state);
        return -1;
    }
    if (!PyBytes_Check(bytes)) {
        PyErr_Format(PyExc_TypeError, "illegal decoder state: the first item should be a bytes object, not '%.200s'",
                     Py_TYPE(bytes)->tp_name);
        Py_DECREF(state);
        return -1;
    }
    *held = PyBytes_GET_SIZE(bytes);
    Py_DECREF(state);
    return 0;
}

/* Decode n bytes; the number of characters that came out, or -1. */
static Py_ssize_t feed(TextIO *self, const char *bytes, Py_ssize_t n, int final)
{
    PyObject *piece = PyBytes_FromStringAndSize(bytes, n), *text = piece ? io_call(self->decoder, io_str_decode, piece, final ? Py_True : Py_False) : NULL;
    Py_XDECREF(piece);
    if (text == NULL)
        return -1;
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "decoder should return a string result, not '%.200s'", Py_TYPE(text)->tp_name);
        Py_DECREF(text);
        return -1;
    }
    Py_ssize_t length = PyUnicode_GetLength(text);
    Py_DECREF(text);
    return length;
}

static int flush_self(TextIO *self) { return discard(io_call0((PyObject *)self, io_str_flush)); }

/* The number given to seek(whence 1 or 2) must be 0: 0, or -1 with an exception. */
static int check_no_distance(PyObject *number, int whence)
{
    int zero = PyObject_RichCompareBool(number, io_zero, Py_EQ);
    if (zero == 0)
        PyErr_Format(io_unsupported_operation, "can't do nonzero %s-relative seeks", whence == 1 ? "cur" : "end");
    return zero > 0 ? 0 : -1;
}

/* Forget what was decoded and the snapshot before it. */
static void forget_decoded(TextIO *self)
{
    textio_set_decoded(self, NULL);
    Py_CLEAR(self->snapshot_input);
}

/* seek(0, 2): the offset in the buffer; new, or NULL. */
static PyObject *seek_end(TextIO *self)
{
    if (flush_self(self) < 0)
        return NULL;
    forget_decoded(self);
    if (self->decoder && discard(io_call0(self->decoder, io_str_reset)) < 0)
        return NULL;
    PyObject *whence = PyLong_FromLong(2), *result = whence ? io_call(self->buffer, io_str_seek, io_zero, whence) : NULL;
    Py_XDECREF(whence);
    if (result != NULL && self->encoder) {
        int at_start = PyObject_RichCompareBool(result, io_zero, Py_EQ);
        if (at_start < 0 || textio_reset_encoder(self, at_start) < 0)
            Py_CLEAR(result);
    }
    return result;
}

/* The buffer stands at the cookie's start: decode from there as tell() did, to the same character. 0 / -1. */
static int decode_again(TextIO *self, const Cookie *cookie)
{
    PyObject *count = PyLong_FromLong(cookie->feed), *input = count ? io_call1(self->buffer, io_str_read, count) : NULL;
    Py_XDECREF(count);
    if (input == NULL)
        return -1;
    if (!PyBytes_Check(input)) {
        PyErr_Format(PyExc_TypeError, "underlying read() should have returned a bytes object, not '%.200s'",
                     Py_TYPE(input)->tp_name);
        Py_DECREF(input);
        return -1;
    }
    Py_INCREF(input);
    Py_XSETREF(self->snapshot_input, input);
    self->snapshot_flags = cookie->flags;
    PyObject *decoded = self->decoder ? textio_decode(self, input, cookie->need_end) : NULL;
    Py_DECREF(input);
    if (decoded == NULL) {
        if (!PyErr_Occurred())
            io_unsupported("not readable");
        return -1;
    }
    textio_set_decoded(self, decoded);
    if (PyUnicode_GetLength(decoded) < cookie->skip) {
        PyErr_SetString(PyExc_OSError, "can't restore logical file position");
        return -1;
    }
    self->decoded_used = cookie->skip;
    return 0;
}

/* Bring buffer, decoder and encoder to the place that a cookie of tell() names. 0 / -1. */
static int go_to(TextIO *self, PyObject *number)
{
    Cookie cookie;
    if (flush_self(self) < 0 || cookie_unpack(&cookie, number) < 0)
        return -1;
    PyObject *position = io_from_offset(cookie.start);
    int status = position == NULL ? -1 : discard(io_call1(self->buffer, io_str_seek, position));
    Py_XDECREF(position);
    if (status < 0)
        return -1;
    forget_decoded(self);
    if (self->decoder && set_decoder_state(self, cookie.start, cookie.flags) < 0)
        return -1;
    if (cookie.skip) {
        if (decode_again(self, &cookie) < 0)
            return -1;
    }
    else {
        PyObject *nothing = PyBytes_FromStringAndSize(NULL, 0);
        if (nothing == NULL)
            return -1;
        Py_XSETREF(self->snapshot_input, nothing);
        self->snapshot_flags = cookie.flags;
    }
    return self->encoder ? textio_reset_encoder(self, cookie.start == 0 && cookie.flags == 0) : 0;
}

PyObject *textio_seek(TextIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    int whence = 0, negative;
    if (!_PyArg_CheckPositional("seek", nargs, 1, 2))
        return NULL;
    if (nargs == 2 && (whence = _PyLong_AsInt(args[1])) == -1 && PyErr_Occurred())
        return NULL;
    if (textio_check_ready(self) < 0 || textio_check_open(self) < 0)
        return NULL;
    if (!self->seekable) {
        io_unsupported("underlying stream is not seekable");
        return NULL;
    }
    if ((whence == 1 || whence == 2) && check_no_distance(args[0], whence) < 0)
        return NULL;
    if (whence == 2)
        return seek_end(self);
    if (whence != 0 && whence != 1) {
        PyErr_Format(PyExc_ValueError, "invalid whence (%d, should be %d, %d or %d)", whence, 0, 1, 2);
        return NULL;
    }
    /* Going to where one is shakes the decoder into a clean state. */
    PyObject *number = whence == 1 ? io_call0((PyObject *)self, io_str_tell) : args[0];
    if (number == NULL)
        return NULL;
    if (whence == 0)
        Py_INCREF(number);
    negative = PyObject_RichCompareBool(number, io_zero, Py_LT);
    if (negative > 0)
        PyErr_Format(PyExc_ValueError, "negative seek position %R", number);
    if (negative != 0 || go_to(self, number) < 0)
        Py_CLEAR(number);
    return number;
}

/* From the snapshot on, find a place as near as possible before the `*skip`-th character where the decoder holds nothing
 * back.  Returns its offset in the input, *flags and *skip adjusted; the decoder is left there.  -1: error. */
static Py_ssize_t find_safe_place(TextIO *self, const char *input, Py_ssize_t size, off_t start, int *flags, Py_ssize_t *skip)
{
    Py_ssize_t n = (Py_ssize_t)(self->b2cratio * *skip), back = 1;
    if (n > size)
        n = size;
    int first_flags = *flags;
    while (n > 0) {
        if (set_decoder_state(self, start, first_flags) < 0)
            return -1;
        Py_ssize_t chars = feed(self, input, n, 0), held;
        if (chars < 0)
            return -1;
        if (chars <= *skip) {
            int found;
            if (get_decoder_state(self, &held, &found) < 0)
                return -1;
            if (held == 0) {
                *flags = found;
                *skip -= chars;
                return n;
            }
            n -= held;
            back = 1;
        } else {
            n -= back;
            back *= 2;
        }
    }
    return set_decoder_state(self, start, first_flags) < 0 ? -1 : 0;
}

/* Complete the cookie for a position inside the decoded text.  The decoder is used and left anywhere.  0 or -1. */
static int locate(TextIO *self, const char *input, Py_ssize_t size, Cookie *cookie, Py_ssize_t skip)
{
    const char *end = input + size;
    Py_ssize_t offset = find_safe_place(self, input, size, cookie->start, &cookie->flags, &skip), chars = 0, fed = 0;
    if (offset < 0)
        return -1;
    cookie->start += offset;
    cookie->skip = (int)skip;
    if (skip == 0)
        return 0;
    input += offset;
    /* Byte by byte; each point where nothing is held back is a better start. */
    for (; input < end; input++) {
        Py_ssize_t n = feed(self, input, 1, 0), held;
        int flags;
        if (n < 0)
            return -1;
        chars += n;
        fed++;
        if (get_decoder_state(self, &held, &flags) < 0)
            return -1;
        if (held == 0 && chars <= skip) {
            cookie->start += fed;
            skip -= chars;
            cookie->flags = flags;
            fed = 0;
            chars = 0;
        }
        if (chars >= skip)
            break;
    }
    if (input == end) {
        Py_ssize_t n = feed(self, "", 0, 1);
        if (n < 0)
            return -1;
        chars += n;
        cookie->need_end = 1;
        if (chars < skip) {
            PyErr_SetString(PyExc_OSError, "can't reconstruct logical file position");
            return -1;
        }
    }
    cookie->feed = (int)fed;
    cookie->skip = (int)skip;
    return 0;
}

PyObject *textio_tell(TextIO *self, PyObject *unused)
{
    Cookie cookie = {0};
    PyObject *position, *saved;
    if (textio_check_ready(self) < 0 || textio_check_open(self) < 0)
        return NULL;
    if (!self->seekable)
        return io_unsupported("underlying stream is not seekable");
    if (!self->telling) {
        PyErr_SetString(PyExc_OSError, "telling position disabled by next() call");
        return NULL;
    }
    if (textio_flush_pending(self) < 0 || flush_self(self) < 0)
        return NULL;
    position = io_call0(self->buffer, io_str_tell);
    if (position == NULL)
        return NULL;
    if (self->decoder == NULL || self->snapshot_input == NULL) {
        return position;
    }
    cookie.start = io_as_offset(position, PyExc_ValueError);
    Py_DECREF(position);
    if (cookie.start == -1 && PyErr_Occurred())
        return NULL;
    cookie.start -= PyBytes_GET_SIZE(self->snapshot_input);
    cookie.flags = self->snapshot_flags;
    if (self->decoded_chars == NULL || self->decoded_used == 0)
        return cookie_pack(&cookie);

    saved = io_call0(self->decoder, io_str_getstate);
    if (saved == NULL)
        return NULL;
    PyObject *snapshot = self->snapshot_input;
    if (snapshot == NULL) { /* gone while the decoder ran */
        Py_DECREF(saved);
        return cookie_pack(&cookie);
    }
    Py_INCREF(snapshot);
    int rc = locate(self, PyBytes_AS_STRING(snapshot), PyBytes_GET_SIZE(snapshot), &cookie, self->decoded_used);
    Py_DECREF(snapshot);
    PyObject *type, *value, *traceback;
    if (rc < 0)
        PyErr_Fetch(&type, &value, &traceback);
    PyObject *restored = io_call1(self->decoder, io_str_setstate, saved);
    Py_DECREF(saved);
    if (rc < 0) {
        _PyErr_ChainExceptions(type, value, traceback);
        Py_XDECREF(restored);
        return NULL;
    }
    if (discard(restored) < 0)
        return NULL;
    return cookie_pack(&cookie);
}
