/* SPDX-License-Identifier: MIT */
/* Argument parsing, the lower half: one object, one format item, its C targets.
 *
 * A conversion takes its targets from the va_list as it goes and either stores or fails with a text that says what was expected.
 * What it allocated or pinned is entered in the undo list, so that a failure of a later argument can take it back.
 * Texts in parentheses are faults of the format and become SystemError, the others TypeError.
 * Tests: tests/capi/test_getargs.py.
 */
#undef PY_SSIZE_T_CLEAN
#include "capi/getargs.h"

#include <float.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

/* ---- failing ---- */

static int fail(ArgParse *p, const char *text)
{
    p->text = text;
    return -1;
}

static const char *shown_type(PyObject *arg)
{
    return arg == Py_None ? "None" : Py_TYPE(arg)->tp_name;
}

/* "must be <expected>, not <type>"; for a text in parentheses just that. */
static int fail_expected(ArgParse *p, const char *expected, PyObject *arg)
{
    if (expected[0] == '(')
        PyOS_snprintf(p->buffer, sizeof p->buffer, "%.100s", expected);
    else
        PyOS_snprintf(p->buffer, sizeof p->buffer, "must be %.50s, not %.50s", expected, shown_type(arg));
    return fail(p, p->buffer);
}

/* An exception is set. Where conversion functions forget to, say at least that something is wrong. */
static int fail_raised(ArgParse *p, PyObject *arg)
{
    return PyErr_Occurred() ? fail(p, NULL) : fail_expected(p, "(unspecified)", arg);
}

void tai_args_raise(ArgParse *p, int number, const char *function, const char *message)
{
    if (PyErr_Occurred())
        return;
    char text[640];
    const char *reason = p->text != NULL ? p->text : "(unspecified)";
    if (message == NULL) {
        int at = 0, level = 0;
        if (number == 0) /* the items of the one object count as arguments */
            number = p->level[level++];
        text[0] = '\0';
        if (function != NULL)
            at += PyOS_snprintf(text, sizeof text, "%.200s() ", function);
        if (number != 0) {
            at += PyOS_snprintf(text + at, sizeof text - at, "argument %d", number);
            for (int i = level; i < ARGS_MAX_NESTING && p->level[i] > 0 && at < 220; i++)
                at += PyOS_snprintf(text + at, sizeof text - at, ", item %d", p->level[i] - 1);
        }
        else
            at += PyOS_snprintf(text + at, sizeof text - at, "argument");
        PyOS_snprintf(text + at, sizeof text - at, " %.256s", reason);
        message = text;
    }
    PyErr_SetString(reason[0] == '(' ? PyExc_SystemError : PyExc_TypeError, message);
}

/* ---- undoing ---- */

static int remember(ArgParse *p, void *item, int (*converter)(PyObject *, void *), int is_memory)
{
    if (p->undo_count == p->undo_room) {
        int room = p->undo_room * 2;
        ArgUndo *more = PyMem_Malloc(room * sizeof *more);
        if (more == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memcpy(more, p->undo, p->undo_count * sizeof *more);
        if (p->undo != p->undo_fixed)
            PyMem_Free(p->undo);
        p->undo = more;
        p->undo_room = room;
    }
    p->undo[p->undo_count++] = (ArgUndo){item, converter, is_memory};
    return 0;
}

int tai_args_end(ArgParse *p, int ok)
{
    if (!ok)
        for (int i = 0; i < p->undo_count; i++) {
            ArgUndo *undo = &p->undo[i];
            if (undo->converter != NULL)
                undo->converter(NULL, undo->item);
            else if (undo->is_memory) {
                PyMem_Free(*(char **)undo->item);
                *(char **)undo->item = NULL;
            }
            else
                PyBuffer_Release(undo->item);
        }
    if (p->undo != p->undo_fixed)
        PyMem_Free(p->undo);
    return ok;
}

/* ---- targets ---- */

#define TARGET(type) va_arg(*p->va, type *)

/* If the format has a '#', step over it and store size. 1: stored, 0: there is none, -1: failed. */
static int store_size(ArgParse *p, Py_ssize_t size)
{
    if (*p->format != '#')
        return 0;
    p->format++;
    if (p->clean) {
        *TARGET(Py_ssize_t) = size;
        return 1;
    }
    int *target = TARGET(int);
    if (PyErr_WarnEx(PyExc_DeprecationWarning, "PY_SSIZE_T_CLEAN will be required for '#' formats", 1) < 0)
        return fail(p, NULL);
    if (size > INT_MAX) {
        PyErr_SetString(PyExc_OverflowError, "size does not fit in an int");
        return fail(p, NULL);
    }
    *target = (int)size;
    return 1;
}

/* ---- numbers ---- */

static int refuse_float(PyObject *arg)
{
    if (!PyFloat_Check(arg))
        return 0;
    PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
    return -1;
}

static int range_error(ArgParse *p, const char *what, int too_big)
{
    PyErr_Format(PyExc_OverflowError, "%s is %s", what, too_big ? "greater than maximum" : "less than minimum");
    return fail(p, NULL);
}

/* b h i l: checked. */
static int convert_signed(ArgParse *p, int unit, PyObject *arg)
{
    void *target = TARGET(void);
    if (refuse_float(arg) < 0)
        return fail(p, NULL);
    long value = PyLong_AsLong(arg);
    if (value == -1 && PyErr_Occurred())
        return fail(p, NULL);
    switch (unit) {
    case 'b':
        if (value < 0 || value > UCHAR_MAX)
            return range_error(p, "unsigned byte integer", value > 0);
        *(unsigned char *)target = (unsigned char)value;
        return 0;
    case 'h':
        if (value < SHRT_MIN || value > SHRT_MAX)
            return range_error(p, "signed short integer", value > 0);
        *(short *)target = (short)value;
        return 0;
    case 'i':
        if (value < INT_MIN || value > INT_MAX)
            return range_error(p, "signed integer", value > 0);
        *(int *)target = (int)value;
        return 0;
    default:
        *(long *)target = value;
        return 0;
    }
}

/* B H I: only the low bits count. */
static int convert_masked(ArgParse *p, int unit, PyObject *arg)
{
    void *target = TARGET(void);
    if (refuse_float(arg) < 0)
        return fail(p, NULL);
    unsigned long value = PyLong_AsUnsignedLongMask(arg);
    if (value == (unsigned long)-1 && PyErr_Occurred())
        return fail(p, NULL);
    if (unit == 'B')
        *(unsigned char *)target = (unsigned char)value;
    else if (unit == 'H')
        *(unsigned short *)target = (unsigned short)value;
    else
        *(unsigned int *)target = (unsigned int)value;
    return 0;
}

/* n L k K. */
static int convert_wide(ArgParse *p, int unit, PyObject *arg)
{
    if (unit == 'k' || unit == 'K') {
        void *target = TARGET(void);
        if (!PyLong_Check(arg))
            return fail_expected(p, "int", arg);
        if (unit == 'k')
            *(unsigned long *)target = PyLong_AsUnsignedLongMask(arg);
        else
            *(unsigned long long *)target = PyLong_AsUnsignedLongLongMask(arg);
        return 0;
    }
    void *target = TARGET(void);
    if (refuse_float(arg) < 0)
        return fail(p, NULL);
    if (unit == 'n') {
        Py_ssize_t value = -1;
        PyObject *index = PyNumber_Index(arg);
        if (index != NULL) {
            value = PyLong_AsSsize_t(index);
            Py_DECREF(index);
        }
        if (value == -1 && PyErr_Occurred())
            return fail(p, NULL);
        *(Py_ssize_t *)target = value;
        return 0;
    }
    long long value = PyLong_AsLongLong(arg);
    if (value == -1 && PyErr_Occurred())
        return fail(p, NULL);
    *(long long *)target = value;
    return 0;
}

static int convert_real(ArgParse *p, int unit, PyObject *arg)
{
    if (unit == 'D') {
        Py_complex *target = TARGET(Py_complex);
        Py_complex value = PyComplex_AsCComplex(arg);
        if (PyErr_Occurred())
            return fail(p, NULL);
        *target = value;
        return 0;
    }
    void *target = TARGET(void);
    double value = PyFloat_AsDouble(arg);
    if (value == -1.0 && PyErr_Occurred())
        return fail(p, NULL);
    if (unit == 'f')
        *(float *)target = (float)value;
    else
        *(double *)target = value;
    return 0;
}

/* c C p. */
static int convert_character(ArgParse *p, int unit, PyObject *arg)
{
    if (unit == 'p') {
        int *target = TARGET(int), truth = PyObject_IsTrue(arg);
        if (truth < 0)
            return fail_raised(p, arg);
        *target = truth;
        return 0;
    }
    if (unit == 'c') {
        char *target = TARGET(char);
        if (PyBytes_Check(arg) && PyBytes_GET_SIZE(arg) == 1)
            *target = PyBytes_AS_STRING(arg)[0];
        else if (PyByteArray_Check(arg) && PyByteArray_GET_SIZE(arg) == 1)
            *target = PyByteArray_AS_STRING(arg)[0];
        else
            return fail_expected(p, "a byte string of length 1", arg);
        return 0;
    }
    int *target = TARGET(int);
    if (!PyUnicode_Check(arg))
        return fail_expected(p, "a unicode character", arg);
    if (PyUnicode_READY(arg) < 0)
        return fail(p, NULL);
    if (PyUnicode_GET_LENGTH(arg) != 1)
        return fail_expected(p, "a unicode character", arg);
    *target = (int)PyUnicode_READ_CHAR(arg, 0);
    return 0;
}

/* ---- text and buffers ---- */

/* Pin the memory of arg. */
static int take_buffer(ArgParse *p, PyObject *arg, Py_buffer *view)
{
    if (PyObject_GetBuffer(arg, view, PyBUF_SIMPLE) != 0)
        return fail(p, NULL);
    if (!PyBuffer_IsContiguous(view, 'C')) {
        PyBuffer_Release(view);
        return fail_expected(p, "contiguous buffer", arg);
    }
    return 0;
}

/* The memory of an object whose buffer needs no releasing: valid as long as the object. */
static int borrow_buffer(ArgParse *p, PyObject *arg, const void **start, Py_ssize_t *size)
{
    PyBufferProcs *procs = Py_TYPE(arg)->tp_as_buffer;
    if (procs != NULL && procs->bf_releasebuffer != NULL)
        return fail_expected(p, "read-only bytes-like object", arg);
    Py_buffer view;
    if (take_buffer(p, arg, &view) < 0)
        return -1;
    *start = view.buf;
    *size = view.len;
    PyBuffer_Release(&view);
    return 0;
}

/* y* s* z*. */
static int convert_to_buffer(ArgParse *p, int unit, PyObject *arg)
{
    Py_buffer *view = TARGET(Py_buffer);
    p->format++;
    if (unit == 'z' && arg == Py_None)
        PyBuffer_FillInfo(view, NULL, NULL, 0, 1, 0);
    else if (unit != 'y' && PyUnicode_Check(arg)) {
        Py_ssize_t size;
        const char *text = PyUnicode_AsUTF8AndSize(arg, &size);
        if (text == NULL)
            return fail_expected(p, "(unicode conversion error)", arg);
        if (PyBuffer_FillInfo(view, arg, (void *)text, size, 1, 0) < 0)
            return fail(p, NULL);
    }
    else if (take_buffer(p, arg, view) < 0)
        return -1;
    if (remember(p, view, NULL, 0) < 0) {
        PyBuffer_Release(view);
        return fail(p, NULL);
    }
    return 0;
}

/* y s z with or without '#'. */
static int convert_string(ArgParse *p, int unit, PyObject *arg)
{
    if (*p->format == '*')
        return convert_to_buffer(p, unit, arg);
    const char **target = TARGET(const char *);
    const void *start = NULL;
    Py_ssize_t size = 0;
    int with_size = *p->format == '#';
    if (unit == 'z' && arg == Py_None) {
        start = NULL;
        size = 0;
    }
    else if (unit != 'y' && PyUnicode_Check(arg)) {
        start = PyUnicode_AsUTF8AndSize(arg, &size);
        if (start == NULL)
            return fail_expected(p, "(unicode conversion error)", arg);
    }
    else if (unit != 'y' && !with_size)
        return fail_expected(p, unit == 'z' ? "str or None" : "str", arg);
    else {
        *target = NULL; /* for callers that look at it after a failure */
        if (borrow_buffer(p, arg, &start, &size) < 0)
            return -1;
    }
    *target = start;
    if (store_size(p, size) < 0)
        return -1;
    if (!with_size && start != NULL && strlen(start) != (size_t)size) {
        PyErr_SetString(PyExc_ValueError, unit == 'y' ? "embedded null byte" : "embedded null character");
        return fail(p, NULL);
    }
    return 0;
}

/* u Z: the old wide characters. */
static int convert_wide_string(ArgParse *p, int unit, PyObject *arg)
{
    Py_UNICODE **target = TARGET(Py_UNICODE *), *start = NULL;
    Py_ssize_t size = 0;
    int with_size = *p->format == '#';
    if (!(unit == 'Z' && arg == Py_None)) {
        if (!PyUnicode_Check(arg))
            return fail_expected(p, unit == 'Z' ? "str or None" : "str", arg);
        start = PyUnicode_AsUnicodeAndSize(arg, &size);
        if (start == NULL)
            return fail(p, NULL);
    }
    *target = start;
    if (store_size(p, size) < 0)
        return -1;
    if (!with_size && start != NULL && wcslen((const wchar_t *)start) != (size_t)size) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return fail(p, NULL);
    }
    return 0;
}

/* Put the encoded bytes into *target: into the caller's own room of *room bytes if there is some, else into new memory.
 * with_size: store the size too and allow null bytes. */
static int store_encoded(ArgParse *p, PyObject *arg, PyObject *bytes, char **target, int with_size)
{
    const char *start = PyBytes_AS_STRING(bytes);
    Py_ssize_t size = PyBytes_GET_SIZE(bytes);
    int in_place = with_size && *target != NULL;
    if (with_size) {
        /* The size target is in and out: read the room before it is overwritten. */
        void *size_target = TARGET(void);
        p->format++;
        if (!p->clean && PyErr_WarnEx(PyExc_DeprecationWarning, "PY_SSIZE_T_CLEAN will be required for '#' formats", 1) < 0)
            return fail(p, NULL);
        Py_ssize_t room = p->clean ? *(Py_ssize_t *)size_target : *(int *)size_target;
        if (in_place && size + 1 > room) {
            PyErr_Format(PyExc_ValueError, "encoded string too long (%zd, maximum length %zd)", size, room - 1);
            return fail(p, NULL);
        }
        if (!p->clean && size > INT_MAX) {
            PyErr_SetString(PyExc_OverflowError, "size does not fit in an int");
            return fail(p, NULL);
        }
        if (p->clean)
            *(Py_ssize_t *)size_target = size;
        else
            *(int *)size_target = (int)size;
    }
    else if (strlen(start) != (size_t)size)
        return fail_expected(p, "encoded string without null bytes", arg);
    if (!in_place) {
        *target = PyMem_Malloc(size + 1);
        if (*target == NULL) {
            PyErr_NoMemory();
            return fail(p, NULL);
        }
        if (remember(p, target, NULL, 1) < 0) {
            PyMem_Free(*target);
            *target = NULL;
            return fail(p, NULL);
        }
    }
    memcpy(*target, start, size + 1);
    return 0;
}

/* es es# et et#. */
static int convert_encoded(ArgParse *p, PyObject *arg)
{
    const char *encoding = va_arg(*p->va, const char *);
    if (encoding == NULL)
        encoding = PyUnicode_GetDefaultEncoding();
    int text_only = *p->format == 's';
    if (*p->format != 's' && *p->format != 't')
        return fail_expected(p, "(unknown parser marker combination)", arg);
    p->format++;
    char **target = TARGET(char *);
    int with_size = *p->format == '#';
    if (target == NULL)
        return fail_expected(p, "(buffer is NULL)", arg);
    PyObject *bytes;
    if (!text_only && PyBytes_Check(arg)) {
        bytes = arg;
        Py_INCREF(bytes);
    }
    else if (!text_only && PyByteArray_Check(arg))
        bytes = PyBytes_FromStringAndSize(PyByteArray_AS_STRING(arg), PyByteArray_GET_SIZE(arg));
    else if (PyUnicode_Check(arg))
        bytes = PyUnicode_AsEncodedString(arg, encoding, NULL);
    else
        return fail_expected(p, text_only ? "str" : "str, bytes or bytearray", arg);
    if (bytes == NULL)
        return fail_expected(p, "(encoding failed)", arg);
    int result = store_encoded(p, arg, bytes, target, with_size);
    Py_DECREF(bytes);
    return result;
}

static int convert_writable(ArgParse *p, PyObject *arg)
{
    Py_buffer *view = TARGET(Py_buffer);
    if (*p->format != '*')
        return fail_expected(p, "(invalid use of 'w' format character)", arg);
    p->format++;
    if (PyObject_GetBuffer(arg, view, PyBUF_WRITABLE) < 0) {
        PyErr_Clear();
        return fail_expected(p, "read-write bytes-like object", arg);
    }
    if (!PyBuffer_IsContiguous(view, 'C')) {
        PyBuffer_Release(view);
        return fail_expected(p, "contiguous buffer", arg);
    }
    if (remember(p, view, NULL, 0) < 0) {
        PyBuffer_Release(view);
        return fail(p, NULL);
    }
    return 0;
}

/* ---- objects ---- */

/* O O! O&. */
static int convert_object(ArgParse *p, PyObject *arg)
{
    if (*p->format == '!') {
        PyTypeObject *type = va_arg(*p->va, PyTypeObject *);
        PyObject **target = TARGET(PyObject *);
        p->format++;
        if (!PyType_IsSubtype(Py_TYPE(arg), type))
            return fail_expected(p, type->tp_name, arg);
        *target = arg;
        return 0;
    }
    if (*p->format == '&') {
        typedef int (*Converter)(PyObject *, void *);
        Converter convert = va_arg(*p->va, Converter);
        void *target = TARGET(void);
        p->format++;
        int result = convert(arg, target);
        if (result == 0)
            return fail_raised(p, arg);
        if (result == Py_CLEANUP_SUPPORTED && remember(p, target, convert, 0) < 0) {
            convert(NULL, target);
            return fail(p, NULL);
        }
        return 0;
    }
    *TARGET(PyObject *) = arg;
    return 0;
}

/* S Y U. */
static int convert_exact_object(ArgParse *p, int unit, PyObject *arg)
{
    PyObject **target = TARGET(PyObject *);
    if (unit == 'S' && !PyBytes_Check(arg))
        return fail_expected(p, "bytes", arg);
    if (unit == 'Y' && !PyByteArray_Check(arg))
        return fail_expected(p, "bytearray", arg);
    if (unit == 'U') {
        if (!PyUnicode_Check(arg))
            return fail_expected(p, "str", arg);
        if (PyUnicode_READY(arg) < 0)
            return fail(p, NULL);
    }
    *target = arg;
    return 0;
}

static int convert_unit(ArgParse *p, PyObject *arg)
{
    int unit = (unsigned char)*p->format++;
    switch (unit) {
    case 'O':
        return convert_object(p, arg);
    case 'U': case 'S': case 'Y':
        return convert_exact_object(p, unit, arg);
    case 'b': case 'h': case 'i': case 'l':
        return convert_signed(p, unit, arg);
    case 'n': case 'L': case 'k': case 'K':
        return convert_wide(p, unit, arg);
    case 'B': case 'H': case 'I':
        return convert_masked(p, unit, arg);
    case 'd': case 'f': case 'D':
        return convert_real(p, unit, arg);
    case 'p': case 'c': case 'C':
        return convert_character(p, unit, arg);
    case 's': case 'z': case 'y':
        return convert_string(p, unit, arg);
    case 'u': case 'Z':
        return convert_wide_string(p, unit, arg);
    case 'e':
        return convert_encoded(p, arg);
    case 'w':
        return convert_writable(p, arg);
    default:
        return fail_expected(p, "(impossible<bad format char>)", arg);
    }
}

/* ---- nested sequences ---- */

/* Number of items up to the closing parenthesis that matches an opening one just passed. */
static int count_items(const char *format)
{
    int count = 0, depth = 0;
    for (; *format != '\0' && *format != ':' && *format != ';'; format++) {
        if (*format == '(') {
            count += depth == 0;
            depth++;
        }
        else if (*format == ')') {
            if (depth == 0)
                break;
            depth--;
        }
        else if (depth == 0 && Py_ISALPHA(*format)) {
            count++; /* "es" counts for two here: inside parentheses it never fits */
        }
    }
    return count;
}

/* ( items ): p->format stands behind the opening parenthesis. The items are fetched one by one; the sequence may change
 * while converters run, so nothing is remembered about it. */
static int convert_sequence(ArgParse *p, PyObject *arg, int depth)
{
    int count = count_items(p->format);
    p->level[depth] = 0;
    if (depth >= ARGS_MAX_NESTING)
        return fail(p, "(format nested too deeply)");
    if (!PySequence_Check(arg) || PyBytes_Check(arg)) {
        PyOS_snprintf(p->buffer, sizeof p->buffer, "must be %d-item sequence, not %.50s", count, shown_type(arg));
        return fail(p, p->buffer);
    }
    Py_ssize_t size = PySequence_Size(arg);
    if (size != count) {
        PyOS_snprintf(p->buffer, sizeof p->buffer, "must be sequence of length %d, not %zd", count, size);
        return fail(p, p->buffer);
    }
    for (int i = 0; i < count; i++) {
        p->level[depth] = i + 1;
        p->level[depth + 1] = 0;
        PyObject *item = PySequence_GetItem(arg, i);
        if (item == NULL) {
            PyErr_Clear();
            return fail(p, "is not retrievable");
        }
        int result = tai_args_convert(p, item, depth + 1);
        Py_DECREF(item); /* targets borrow: the sequence has to keep it alive, as documented */
        if (result < 0)
            return -1;
    }
    p->level[depth] = 0;
    if (*p->format != '\0') /* ')', or something bad that the caller finds behind it */
        p->format++;
    return 0;
}

int tai_args_convert(ArgParse *p, PyObject *arg, int depth)
{
    if (*p->format == '(') {
        p->format++;
        return convert_sequence(p, arg, depth);
    }
    p->level[depth] = 0;
    return convert_unit(p, arg);
}

/* ---- skipping ---- */

int tai_args_skip(ArgParse *p)
{
    const char *start = p->format;
    int unit = (unsigned char)*p->format++;
    switch (unit) {
    case 'b': case 'B': case 'h': case 'H': case 'i': case 'I': case 'l': case 'k': case 'L': case 'K': case 'n':
    case 'f': case 'd': case 'D': case 'c': case 'C': case 'p': case 'S': case 'Y': case 'U':
        if (p->va != NULL)
            (void)TARGET(void);
        return 0;
    case 'e':
        if (p->va != NULL)
            (void)TARGET(void);
        if (*p->format != 's' && *p->format != 't')
            goto bad;
        p->format++;
        /* fall through */
    case 's': case 'z': case 'y': case 'u': case 'Z': case 'w':
        if (p->va != NULL)
            (void)TARGET(void);
        if (*p->format == '#') {
            if (p->va != NULL)
                (void)TARGET(void);
            p->format++;
        }
        else if (*p->format == '*' && unit != 'e' && unit != 'u' && unit != 'Z')
            p->format++;
        return 0;
    case 'O':
        if (p->va != NULL)
            (void)TARGET(void);
        if (*p->format == '!' || *p->format == '&') {
            if (p->va != NULL)
                (void)TARGET(void);
            p->format++;
        }
        return 0;
    case '(':
        while (*p->format != ')') {
            if (tai_args_at_end(p->format))
                return fail(p, "Unmatched left paren in format string");
            if (tai_args_skip(p) < 0)
                return -1;
        }
        p->format++;
        return 0;
    case ')':
        return fail(p, "Unmatched right paren in format string");
    default:
    bad:
        p->format = start;
        return fail(p, "impossible<bad format char>");
    }
}
