/* SPDX-License-Identifier: MIT */
/* traceback_print: showing a traceback, with the lines of source.
 *
 * On a terminal (runtime/style.h) the expression that failed is marked. Its columns are looked up in the source that is there now: all
 * entries of a file at once, and only if the source still compiles to the same code (frontend/places.h).
 * Tests: tests/runtime/test_sys.py, tests/program/test_colour.py.
 */
#include "vm/traceback.h"
#include "frontend/places.h"
#include "runtime/carried.h"
#include "runtime/style.h"
#include <string.h>
#include <wchar.h>

/* ---- source lines -------------------------------------------------------------------------------------------- */

/* The source of a module of the carried library as a file; NULL without an exception. */
static FILE *open_carried(PyObject *filename)
{
    PyObject *data = tai_carried_data(filename);
    FILE *file = NULL;
    if (data == NULL)
        PyErr_Clear();
    else if (PyBytes_Check(data) && PyBytes_GET_SIZE(data) > 0) {
        file = fmemopen(NULL, (size_t)PyBytes_GET_SIZE(data), "w+");
        if (file != NULL) {
            fwrite(PyBytes_AS_STRING(data), 1, (size_t)PyBytes_GET_SIZE(data), file);
            rewind(file);
        }
    }
    Py_XDECREF(data);
    return file;
}

/* Open a source file by the name in the code object, or by its last part in the folders of sys.path. */
static FILE *open_source(PyObject *filename)
{
    FILE *file = _Py_fopen_obj(filename, "rb");
    if (file != NULL)
        return file;
    PyErr_Clear();
    if ((file = open_carried(filename)) != NULL)
        return file;
    PyObject *bytes = PyUnicode_EncodeFSDefault(filename), *path = PySys_GetObject("path");
    if (bytes == NULL) {
        PyErr_Clear();
        return NULL;
    }
    const char *name = PyBytes_AS_STRING(bytes), *tail = strrchr(name, '/');
    tail = tail ? tail + 1 : name;
    for (Py_ssize_t i = 0; path != NULL && PyList_Check(path) && file == NULL && i < PyList_GET_SIZE(path); i++) {
        PyObject *folder = PyList_GET_ITEM(path, i);
        if (!PyUnicode_Check(folder))
            continue;
        PyObject *encoded = PyUnicode_EncodeFSDefault(folder);
        if (encoded == NULL) {
            PyErr_Clear();
            continue;
        }
        const char *prefix = PyBytes_AS_STRING(encoded);
        size_t n = strlen(prefix), room = n + strlen(tail) + 2;
        char *full = room < 4096 ? PyMem_Malloc(room) : NULL;
        if (full != NULL) {
            snprintf(full, room, "%s%s%s", prefix, n > 0 && prefix[n - 1] != '/' ? "/" : "", tail);
            file = fopen(full, "rb");
            PyMem_Free(full);
        }
        Py_DECREF(encoded);
    }
    Py_DECREF(bytes);
    return file;
}

/* Read one line into *buffer (grown as needed); its length without the end, or -1 at the end of the file. */
static Py_ssize_t read_line(FILE *file, char **buffer, size_t *room)
{
    size_t n = 0;
    int c = getc(file);
    if (c == EOF)
        return -1;
    for (; c != EOF && c != '\n'; c = getc(file)) {
        if (c == '\r') {
            int next = getc(file);
            if (next != '\n' && next != EOF)
                ungetc(next, file);
            break;
        }
        if (n + 1 >= *room) {
            size_t bigger = *room * 2 + 128;
            char *grown = PyMem_RawRealloc(*buffer, bigger);
            if (grown == NULL)
                return -1;
            *buffer = grown;
            *room = bigger;
        }
        (*buffer)[n++] = (char)c;
    }
    return (Py_ssize_t)n;
}

/* A coding cookie in a comment line: its name into out, and 1. 0: none; -1: no comment, and not blank: none may follow. */
static int find_cookie(const char *line, Py_ssize_t n, char *out, size_t room)
{
    Py_ssize_t i = 0;
    if (n >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0)
        i = 3;
    while (i < n && (line[i] == ' ' || line[i] == '\t' || line[i] == '\f'))
        i++;
    if (i >= n || line[i] != '#')
        return i >= n ? 0 : -1;
    for (; i + 7 <= n; i++) {
        if (memcmp(line + i, "coding", 6) != 0 || (line[i + 6] != ':' && line[i + 6] != '='))
            continue;
        Py_ssize_t at = i + 7;
        size_t length = 0;
        while (at < n && (line[at] == ' ' || line[at] == '\t'))
            at++;
        while (at < n && length + 1 < room && (Py_ISALNUM(line[at]) || strchr("-_.", line[at])))
            out[length++] = line[at++];
        out[length] = 0;
        return length > 0;
    }
    return 0;
}

/* Line lineno of a file as str without its end (new), or NULL without an exception if it cannot be had. */
static PyObject *source_line(PyObject *filename, int lineno)
{
    char *buffer = NULL, encoding[64] = "utf-8";
    size_t room = 0;
    Py_ssize_t n = -1;
    int cookie = 0;
    FILE *file = filename == NULL || lineno < 1 ? NULL : open_source(filename);
    if (file == NULL)
        return NULL;
    for (int line = 1; line <= lineno; line++) {
        n = read_line(file, &buffer, &room);
        if (n < 0)
            break;
        if (line <= 2 && !cookie)
            cookie = find_cookie(buffer, n, encoding, sizeof encoding);
    }
    fclose(file);
    int mark = lineno == 1 && n >= 3 && memcmp(buffer, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    PyObject *text = n < 0 ? NULL : PyUnicode_Decode(n ? buffer + mark : "", n - mark, encoding, "replace");
    PyMem_RawFree(buffer);
    if (text == NULL)
        PyErr_Clear();
    return text;
}

/* How many characters of white space a line begins with. */
static Py_ssize_t indentation(PyObject *text)
{
    Py_ssize_t i = 0, n = PyUnicode_GET_LENGTH(text);
    while (i < n && (PyUnicode_READ_CHAR(text, i) == ' ' || PyUnicode_READ_CHAR(text, i) == '\t' || PyUnicode_READ_CHAR(text, i) == '\f'))
        i++;
    return i;
}

/* Write text[from:to]. */
static int write_part(PyObject *f, PyObject *text, Py_ssize_t from, Py_ssize_t to)
{
    PyObject *part = PyUnicode_Substring(text, from, to);
    int result = part ? PyFile_WriteObject(part, f, Py_PRINT_RAW) : -1;
    Py_XDECREF(part);
    return result;
}

static int write_spaces(PyObject *f, int count)
{
    static const char spaces[] = "          ";
    int result = 0;
    for (; count > 0 && result == 0; count -= 10)
        result = PyFile_WriteString(count >= 10 ? spaces : spaces + (10 - count), f);
    return result;
}

int _Py_DisplaySourceLine(PyObject *f, PyObject *filename, int lineno, int indent)
{
    PyObject *text = source_line(filename, lineno);
    if (text == NULL)
        return filename ? -1 : 0; /* without an exception */
    int result = write_spaces(f, indent);
    if (result == 0)
        result = write_part(f, text, indentation(text), PyUnicode_GET_LENGTH(text));
    if (result == 0)
        result = PyFile_WriteString("\n", f);
    Py_DECREF(text);
    return result;
}

/* ---- the failing expression ---------------------------------------------------------------------------------- */

enum { SOURCE_LIMIT = 4 << 20, PLACES_LIMIT = 200 };

/* Part of a line in characters: [from, to), within it the core, empty if there is none. */
typedef struct {
    Py_ssize_t from, to, core_from, core_to;
} Part;

static PyObject *read_all(PyObject *filename)
{
    FILE *file = open_source(filename);
    PyObject *bytes = file ? PyBytes_FromStringAndSize(NULL, SOURCE_LIMIT) : NULL;
    if (bytes != NULL) {
        size_t n = fread(PyBytes_AS_STRING(bytes), 1, SOURCE_LIMIT, file);
        if (ferror(file) || n == SOURCE_LIMIT)
            n = 0;
        _PyBytes_Resize(&bytes, (Py_ssize_t)n);
    }
    if (file != NULL)
        fclose(file);
    PyErr_Clear();
    return bytes;
}

static void find_places(TaiPlace *places, int count)
{
    for (int i = 0; i < count; i++) {
        PyObject *filename = places[i].code->co_filename, *bytes;
        int seen = 0;
        for (int j = 0; j < i && !seen; j++)
            seen = places[j].code->co_filename == filename;
        if (seen)
            continue;
        if ((bytes = read_all(filename)) != NULL) {
            tai_places_in_text(places, count, filename, PyBytes_AS_STRING(bytes), (size_t)PyBytes_GET_SIZE(bytes));
            Py_DECREF(bytes);
        } else
            tai_places_in_inputs(places, count, filename);
    }
}

/* The character that begins `column` bytes into text. */
static Py_ssize_t character_at(PyObject *text, int column)
{
    Py_ssize_t i = 0, n = PyUnicode_GET_LENGTH(text);
    for (int bytes = 0; i < n && bytes < column; i++) {
        Py_UCS4 c = PyUnicode_READ_CHAR(text, i);
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
    return i;
}

static int is_blank(PyObject *text, Py_ssize_t at, const char *also)
{
    Py_UCS4 c = PyUnicode_READ_CHAR(text, at);
    return c == ' ' || c == '\t' || c == '\f' || (c < 0x80 && c && strchr(also, (int)c));
}

/* What of this line the place is about; 0 if there is nothing worth a mark. */
static int find_part(const TaiPlace *place, int line, PyObject *text, Py_ssize_t indent, Part *part)
{
    Py_ssize_t end = PyUnicode_GET_LENGTH(text);
    while (end > indent && is_blank(text, end - 1, "\n\r"))
        end--;
    if (place == NULL || place->answers != 1 || place->line != line)
        return 0;
    part->from = character_at(text, place->column);
    part->to = place->end_line == line ? character_at(text, place->end_column) : end;
    if (part->from < indent || part->to > end || part->from >= part->to)
        return 0;
    part->core_from = part->core_to = part->from;
    if (place->core_line == line && place->core_end_line == line) {
        part->core_from = character_at(text, place->core_column);
        part->core_to = character_at(text, place->core_end_column);
        while (part->core_from < part->core_to && is_blank(text, part->core_from, ")"))
            part->core_from++;
        while (part->core_from < part->core_to && part->core_to < part->to && is_blank(text, part->core_to - 1, "("))
            part->core_to--;
    }
    return part->from > indent || part->to < end || part->core_from < part->core_to;
}

/* The line below: blanks as wide as what stands above, then ~~^^~~. */
static int write_carets(PyObject *f, PyObject *text, Py_ssize_t indent, const Part *part, const TaiStyle *style)
{
    int whole = part->core_from >= part->core_to;
    _PyUnicodeWriter w;
    _PyUnicodeWriter_Init(&w);
    for (Py_ssize_t i = indent; i < part->to; i++) {
        Py_UCS4 c = PyUnicode_READ_CHAR(text, i);
        int width = c == '\t' ? 1 : wcwidth((wchar_t)c);
        Py_UCS4 sign = i < part->from ? (c == '\t' ? c : ' ') : whole || (i >= part->core_from && i < part->core_to) ? '^' : '~';
        for (; width > 0; width--)
            if (_PyUnicodeWriter_WriteChar(&w, sign) < 0) {
                _PyUnicodeWriter_Dealloc(&w);
                return -1;
            }
    }
    PyObject *signs = _PyUnicodeWriter_Finish(&w);
    PyObject *line = signs ? PyUnicode_FromFormat("    %s%U%s\n", style->caret, signs, style->off) : NULL;
    int result = line ? PyFile_WriteObject(line, f, Py_PRINT_RAW) : -1;
    Py_XDECREF(signs);
    Py_XDECREF(line);
    return result;
}

/* A source line with its failing part marked, if that is known. */
static int write_marked(PyObject *f, PyObject *filename, int line, const TaiPlace *place, const TaiStyle *style)
{
    PyObject *lines = place && place->text ? PyUnicode_Splitlines(place->text, 0) : NULL, *text = NULL;
    if (lines && line >= 1 && line <= PyList_GET_SIZE(lines)) {
        text = PyList_GET_ITEM(lines, line - 1);
        Py_INCREF(text);
    }
    Py_XDECREF(lines);
    if (text == NULL && (text = source_line(filename, line)) == NULL)
        return 0;
    Py_ssize_t indent = indentation(text), length = PyUnicode_GET_LENGTH(text);
    Part part;
    int marked = find_part(place, line, text, indent, &part), result = write_spaces(f, 4);
    if (!marked)
        part = (Part){length, length, length, length};
    if (result == 0)
        result = write_part(f, text, indent, part.from);
    if (result == 0 && marked)
        result = PyFile_WriteString(style->mark, f);
    if (result == 0 && marked)
        result = write_part(f, text, part.from, part.to);
    if (result == 0 && marked)
        result = PyFile_WriteString(style->off, f);
    if (result == 0)
        result = write_part(f, text, part.to, length);
    if (result == 0)
        result = PyFile_WriteString("\n", f);
    if (result == 0 && marked)
        result = write_carets(f, text, indent, &part, style);
    Py_DECREF(text);
    return result;
}

/* ---- printing ------------------------------------------------------------------------------------------------ */

enum { REPEATS_SHOWN = 3, DEFAULT_LIMIT = 1000 };

static int print_entry(PyObject *f, PyObject *filename, int line, PyObject *name, const TaiPlace *place, const TaiStyle *style)
{
    if (filename == NULL || name == NULL)
        return -1;
    PyObject *text = PyUnicode_FromFormat("  File %s\"%U\"%s, line %s%d%s, in %s%U%s\n", style->path, filename, style->off, style->line,
                                          line, style->off, style->function, name, style->off);
    if (text == NULL)
        return -1;
    int result = PyFile_WriteObject(text, f, Py_PRINT_RAW);
    Py_DECREF(text);
    if (result != 0)
        return result;
    result = style->marks ? write_marked(f, filename, line, place, style) : _Py_DisplaySourceLine(f, filename, line, 4);
    if (result != 0) /* the line is missing: the entry is good without */
        PyErr_Clear();
    return 0;
}

static int print_repeats(PyObject *f, long count)
{
    count -= REPEATS_SHOWN;
    PyObject *text = PyUnicode_FromFormat("  [Previous line repeated %ld more time%s]\n", count, count > 1 ? "s" : "");
    if (text == NULL)
        return -1;
    int result = PyFile_WriteObject(text, f, Py_PRINT_RAW);
    Py_DECREF(text);
    return result;
}

/* The questions about the last entries, PLACES_LIMIT of them at most; *first gets the first entry's number. NULL: none (no exception). */
static TaiPlace *ask_places(PyTracebackObject *tb, long depth, long *first, int *count)
{
    *count = depth < PLACES_LIMIT ? (int)depth : PLACES_LIMIT;
    *first = depth - *count;
    TaiPlace *places = PyMem_Calloc((size_t)*count + 1, sizeof(TaiPlace));
    if (places == NULL)
        return NULL;
    for (long i = 0; i < depth; i++, tb = tb->tb_next)
        if (i >= *first) {
            places[i - *first].code = tb->tb_frame->f_code;
            places[i - *first].lasti = tb->tb_lasti;
        }
    find_places(places, *count);
    return places;
}

static void drop_places(TaiPlace *places, int count)
{
    for (int i = 0; places && i < count; i++)
        Py_XDECREF(places[i].text);
    PyMem_Free(places);
}

static int print_chain(PyTracebackObject *tb, PyObject *f, long limit, const TaiStyle *style)
{
    PyObject *last_file = NULL, *last_name = NULL;
    int last_line = -1, result = 0;
    long depth = 0, count = 0;
    for (PyTracebackObject *walk = tb; walk != NULL; walk = walk->tb_next)
        depth++;
    for (; tb != NULL && depth > limit; tb = tb->tb_next)
        depth--;
    long first = 0, number = 0;
    int asked = 0;
    TaiPlace *places = style->marks ? ask_places(tb, depth, &first, &asked) : NULL;
    for (; tb != NULL && result == 0; tb = tb->tb_next, number++) {
        PyCodeObject *code = tb->tb_frame->f_code;
        if (last_file == NULL || code->co_filename != last_file || last_line == -1 || tb->tb_lineno != last_line ||
            last_name == NULL || code->co_name != last_name) {
            if (count > REPEATS_SHOWN && (result = print_repeats(f, count)) < 0)
                break;
            last_file = code->co_filename;
            last_line = tb->tb_lineno;
            last_name = code->co_name;
            count = 0;
        }
        count++;
        if (count <= REPEATS_SHOWN) {
            result = print_entry(f, code->co_filename, tb->tb_lineno, code->co_name,
                                 places && number >= first ? &places[number - first] : NULL, style);
            if (result == 0)
                result = PyErr_CheckSignals();
        }
    }
    if (result == 0 && count > REPEATS_SHOWN)
        result = print_repeats(f, count);
    drop_places(places, asked);
    return result;
}

int tai_traceback_print(PyObject *v, PyObject *f, const TaiStyle *style)
{
    long limit = DEFAULT_LIMIT;
    if (v == NULL)
        return 0;
    if (!PyTraceBack_Check(v)) {
        PyErr_BadInternalCall();
        return -1;
    }
    PyObject *object = PySys_GetObject("tracebacklimit");
    if (object != NULL && PyLong_Check(object)) {
        int overflow;
        limit = PyLong_AsLongAndOverflow(object, &overflow);
        if (overflow > 0)
            limit = LONG_MAX;
        else if (limit <= 0)
            return 0;
    }
    int result = PyFile_WriteString("Traceback (most recent call last):\n", f);
    return result ? result : print_chain((PyTracebackObject *)v, f, limit, style);
}

int PyTraceBack_Print(PyObject *v, PyObject *f) { return tai_traceback_print(v, f, &tai_style_plain); }
