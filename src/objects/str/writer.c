/* SPDX-License-Identifier: MIT */
/* str: _PyUnicodeWriter, a buffer that grows and widens while a string is written.
 *
 * The struct is ABI. [WRITER-1] kind, data, size, maxchar mirror buffer; while readonly is set (a whole string was
 * written first and is shared) kind and size are 0, so that every later write goes through PrepareInternal.
 */
#include "objects/str/str.h"

void _PyUnicodeWriter_Init(_PyUnicodeWriter *w)
{
    memset(w, 0, sizeof *w);
    w->min_char = 127;
}

static void mirror(_PyUnicodeWriter *w)
{
    w->maxchar = str_bound(w->buffer);
    w->data = str_data(w->buffer);
    w->kind = w->readonly ? PyUnicode_WCHAR_KIND : (enum PyUnicode_Kind)str_kind(w->buffer);
    w->size = w->readonly ? 0 : str_len(w->buffer);
}

/* Another buffer, of size characters, with what was written. */
static int move_to(_PyUnicodeWriter *w, Py_ssize_t size, Py_UCS4 maxchar)
{
    PyObject *wider = PyUnicode_New(size, maxchar);
    if (wider == NULL)
        return -1;
    _PyUnicode_FastCopyCharacters(wider, 0, w->buffer, 0, w->pos);
    Py_SETREF(w->buffer, wider);
    w->readonly = 0;
    return 0;
}

int _PyUnicodeWriter_PrepareInternal(_PyUnicodeWriter *w, Py_ssize_t length, Py_UCS4 maxchar)
{
    if (length > PY_SSIZE_T_MAX - w->pos) {
        PyErr_NoMemory();
        return -1;
    }
    Py_ssize_t size = w->pos + length;
    if (maxchar < w->min_char)
        maxchar = w->min_char;
    if (size > w->size || w->buffer == NULL) {
        if (w->overallocate && size <= PY_SSIZE_T_MAX - size / 4)
            size += size / 4;
        if (size < w->min_length)
            size = w->min_length;
    } else {
        size = w->size;
    }
    if (w->buffer == NULL) {
        w->buffer = PyUnicode_New(size, maxchar);
        if (w->buffer == NULL)
            return -1;
    } else if (maxchar > w->maxchar || w->readonly) {
        if (move_to(w, size, maxchar > w->maxchar ? maxchar : w->maxchar) < 0)
            return -1;
    } else if (PyUnicode_Resize(&w->buffer, size) < 0) {
        return -1;
    }
    mirror(w);
    return 0;
}

int _PyUnicodeWriter_PrepareKindInternal(_PyUnicodeWriter *w, enum PyUnicode_Kind kind)
{
    Py_UCS4 maxchar = kind == PyUnicode_1BYTE_KIND ? 0xff : kind == PyUnicode_2BYTE_KIND ? 0xffff : STR_MAXCHAR;
    return _PyUnicodeWriter_PrepareInternal(w, 0, maxchar);
}

int _PyUnicodeWriter_WriteChar(_PyUnicodeWriter *w, Py_UCS4 c)
{
    if (_PyUnicodeWriter_Prepare(w, 1, c) < 0)
        return -1;
    str_put((int)w->kind, w->data, w->pos++, c);
    return 0;
}

int _PyUnicodeWriter_WriteStr(_PyUnicodeWriter *w, PyObject *s)
{
    if (str_ready(s) < 0)
        return -1;
    Py_ssize_t len = str_len(s);
    if (len == 0)
        return 0;
    Py_UCS4 maxchar = str_bound(s);
    if (maxchar > w->maxchar || len > w->size - w->pos) {
        if (w->buffer == NULL && !w->overallocate) {
            w->readonly = 1;
            Py_INCREF(s);
            w->buffer = s;
            mirror(w);
            w->pos += len;
            return 0;
        }
        if (_PyUnicodeWriter_PrepareInternal(w, len, maxchar) < 0)
            return -1;
    }
    tai_str_copy((int)w->kind, w->data, w->pos, str_kind(s), str_data(s), 0, len);
    w->pos += len;
    return 0;
}

int _PyUnicodeWriter_WriteSubstring(_PyUnicodeWriter *w, PyObject *s, Py_ssize_t start, Py_ssize_t end)
{
    if (str_ready(s) < 0)
        return -1;
    if (end <= start)
        return 0;
    if (start == 0 && end == str_len(s))
        return _PyUnicodeWriter_WriteStr(w, s);
    Py_UCS4 maxchar = str_bound(s) > w->maxchar ? _PyUnicode_FindMaxChar(s, start, end) : w->maxchar;
    if (_PyUnicodeWriter_Prepare(w, end - start, maxchar) < 0)
        return -1;
    tai_str_copy((int)w->kind, w->data, w->pos, str_kind(s), str_data(s), start, end - start);
    w->pos += end - start;
    return 0;
}

int _PyUnicodeWriter_WriteASCIIString(_PyUnicodeWriter *w, const char *ascii, Py_ssize_t len)
{
    if (len == -1)
        len = (Py_ssize_t)strlen(ascii);
    if (w->buffer == NULL && !w->overallocate) {
        PyObject *s = _PyUnicode_FromASCII(ascii, len);
        if (s == NULL)
            return -1;
        int r = _PyUnicodeWriter_WriteStr(w, s);
        Py_DECREF(s);
        return r;
    }
    if (_PyUnicodeWriter_Prepare(w, len, 127) < 0)
        return -1;
    if (len > 0)
        tai_str_copy((int)w->kind, w->data, w->pos, 1, ascii, 0, len);
    w->pos += len;
    return 0;
}

int _PyUnicodeWriter_WriteLatin1String(_PyUnicodeWriter *w, const char *latin1, Py_ssize_t len)
{
    if (_PyUnicodeWriter_Prepare(w, len, tai_str_scan_bound(1, latin1, len)) < 0)
        return -1;
    if (len > 0)
        tai_str_copy((int)w->kind, w->data, w->pos, 1, latin1, 0, len);
    w->pos += len;
    return 0;
}

/* The string; the writer is empty afterwards. New, or NULL with an exception. */
PyObject *_PyUnicodeWriter_Finish(_PyUnicodeWriter *w)
{
    PyObject *s = w->buffer;
    w->buffer = NULL;
    if (w->pos == 0) {
        Py_XDECREF(s);
        return tai_str_empty();
    }
    if (w->readonly)
        return s;
    if (str_len(s) != w->pos && PyUnicode_Resize(&s, w->pos) < 0) {
        Py_DECREF(s);
        return NULL;
    }
    if (w->pos == 1 && str_kind(s) == 1) {
        Py_UCS4 c = tai_str_at(s, 0);
        Py_DECREF(s);
        return tai_str_from_char(c);
    }
    return s;
}

void _PyUnicodeWriter_Dealloc(_PyUnicodeWriter *w) { Py_CLEAR(w->buffer); }

/* ---- digits with separators, for number formatting ---- */

typedef struct {
    const char *grouping; /* localeconv's: sizes from the right; 0 repeats the last, CHAR_MAX ends grouping */
    char last;
} Groups;

/* Size of the next group to the left, 0 when the rest is one group. */
static Py_ssize_t next_group(Groups *g)
{
    char size = *g->grouping;
    if (size == 0)
        return g->last;
    if (size == CHAR_MAX)
        return 0;
    g->last = size;
    g->grouping++;
    return size;
}

typedef struct {
    _PyUnicodeWriter *writer; /* NULL: only count */
    Py_ssize_t at;            /* where the part to the right begins */
    PyObject *digits, *sep;
    Py_ssize_t digits_end;
} Grouped;

/* Put, from right to left: a separator if wanted, digits, zeros. */
static void put_group(Grouped *g, int with_sep, Py_ssize_t n_digits, Py_ssize_t n_zeros)
{
    if (g->writer == NULL)
        return;
    int kind = (int)g->writer->kind;
    if (with_sep) {
        g->at -= str_len(g->sep);
        tai_str_copy(kind, g->writer->data, g->at, str_kind(g->sep), str_data(g->sep), 0, str_len(g->sep));
    }
    g->at -= n_digits;
    g->digits_end -= n_digits;
    tai_str_copy(kind, g->writer->data, g->at, str_kind(g->digits), str_data(g->digits), g->digits_end, n_digits);
    g->at -= n_zeros;
    tai_str_fill(kind, g->writer->data, g->at, n_zeros, '0');
}

/* Write (or, without a writer, count) digits[d_pos:d_pos+n_digits] with separators, zero-filled to min_width, into
 * the n_buffer characters at the writer's position. The count; *maxchar is raised if separators are used. */
Py_ssize_t _PyUnicode_InsertThousandsGrouping(_PyUnicodeWriter *writer, Py_ssize_t n_buffer, PyObject *digits,
                                              Py_ssize_t d_pos, Py_ssize_t n_digits, Py_ssize_t min_width,
                                              const char *grouping, PyObject *thousands_sep, Py_UCS4 *maxchar)
{
    Groups sizes = {grouping, 0};
    Grouped out = {writer, writer ? writer->pos + n_buffer : 0, digits, thousands_sep, d_pos + n_digits};
    Py_ssize_t count = 0, left = n_digits, sep_len = str_len(thousands_sep);
    for (int any = 0;; any = 1) {
        Py_ssize_t wanted = left > min_width ? left : min_width;
        if (wanted < 1)
            wanted = 1;
        Py_ssize_t size = next_group(&sizes);
        int final = size <= 0;
        if (final || size > wanted)
            size = wanted;
        Py_ssize_t n = left < size ? left : size, zeros = size - n;
        count += (any ? sep_len : 0) + size;
        put_group(&out, any, n, zeros);
        if (any && writer == NULL && maxchar && str_bound(thousands_sep) > *maxchar)
            *maxchar = str_bound(thousands_sep);
        left -= n;
        min_width -= size;
        if (final || (left <= 0 && min_width <= 0))
            break;
        min_width -= sep_len;
    }
    return count;
}
