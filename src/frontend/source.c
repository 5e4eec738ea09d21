/* SPDX-License-Identifier: MIT */
/* source: bytes of a program -> utf-8 text with \n newlines.
 *
 * A byte order mark or a coding comment (PEP 263) in the first two lines names the encoding; text in another encoding than utf-8 goes
 * through the codecs ("runs code"). What is not valid utf-8 stays as it is: it may stand in a comment, and is refused
 * elsewhere when it is used.
 * Tests: tests/frontend/test_more.py.
 */
#include "Python.h"
#include "frontend/lexer.h"

enum { LONGEST_NORMALIZED = 12 };

/* ---- newlines ---- */

/* Copy with \r\n and \r as \n, and a newline at the end where wanted. NUL after *end. */
static char *copy_lines(const char *text, size_t size, int file, PyArena *arena, char **end)
{
    char *copy = PyArena_Malloc(arena, size + 2), *to = copy;
    const char *from = text, *limit = text + size;
    if (!copy)
        return NULL;
    while (from < limit) {
        const char *cr = memchr(from, '\r', limit - from);
        size_t part = (cr ? cr : limit) - from;
        memcpy(to, from, part);
        to += part;
        from += part;
        if (cr) {
            *to++ = '\n';
            from += from + 1 < limit && from[1] == '\n' ? 2 : 1;
        }
    }
    /* 3.8 adds a newline behind a final \r\n too. */
    if (file && (to == copy || to[-1] != '\n' || (size >= 2 && text[size - 2] == '\r' && text[size - 1] == '\n')))
        *to++ = '\n';
    *to = 0;
    *end = to;
    return copy;
}

/* ---- coding comments ---- */

static int is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\014';
}

/* "utf-8" and "iso-8859-1" for the spellings of them that are understood without a look into the codecs. */
static const char *common_name(const char *name)
{
    static const char *const latin[] = {"latin-1", "iso-8859-1", "iso-latin-1"};
    char lower[LONGEST_NORMALIZED + 1];
    int i = 0;
    for (; i < LONGEST_NORMALIZED && name[i]; i++)
        lower[i] = name[i] == '_' ? '-' : (char)Py_TOLOWER(name[i]);
    lower[i] = 0;
    if (!strcmp(lower, "utf-8") || !strncmp(lower, "utf-8-", 6))
        return "utf-8";
    for (i = 0; i < 3; i++) {
        size_t n = strlen(latin[i]);
        if (!strncmp(lower, latin[i], n) && (!lower[n] || lower[n] == '-'))
            return "iso-8859-1";
    }
    return NULL;
}

/* The encoding that a line names, in name; 0 if none, and *go_on says whether the next line may. */
static int find_coding(const char *line, const char *end, char *name, size_t room, int *go_on)
{
    const char *p = line;
    *go_on = 0;
    while (p < end && is_blank(*p))
        p++;
    if (p < end && *p != '#')
        return 0;
    *go_on = 1;
    for (; p + 6 < end; p++) {
        if (strncmp(p, "coding", 6) || (p[6] != ':' && p[6] != '='))
            continue;
        const char *begin = p + 7, *stop;
        while (begin < end && (*begin == ' ' || *begin == '\t'))
            begin++;
        for (stop = begin; stop < end && (Py_ISALNUM(*stop) || *stop == '-' || *stop == '_' || *stop == '.');)
            stop++;
        if (stop == begin || (size_t)(stop - begin) >= room)
            continue;
        memcpy(name, begin, stop - begin);
        name[stop - begin] = 0;
        const char *common = common_name(name);
        if (common)
            strcpy(name, common);
        return 1;
    }
    return 0;
}

/* What is wrong with the encoding, as a SyntaxError without a place. */
static void raise_coding(PyObject *message, PyObject *filename, int line)
{
    PyObject *args = message ? Py_BuildValue("(O(OiiO))", message, filename, line, 0, Py_None) : NULL;
    if (args)
        PyErr_SetObject(PyExc_SyntaxError, args);
    Py_XDECREF(args);
    Py_XDECREF(message);
}

static char *recode(const char *text, size_t size, const char *coding, int file, PyObject *filename, PyArena *arena, char **end)
{
    PyObject *decoded = PyUnicode_Decode(text, (Py_ssize_t)size, coding, NULL);
    PyObject *utf8 = decoded ? PyUnicode_AsUTF8String(decoded) : NULL;
    char *copy = NULL;
    Py_XDECREF(decoded);
    if (utf8) {
        copy = copy_lines(PyBytes_AS_STRING(utf8), PyBytes_GET_SIZE(utf8), file, arena, end);
        Py_DECREF(utf8);
        return copy;
    }
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    raise_coding(value ? PyObject_Str(value) : PyUnicode_FromString("unknown decode error"), filename, 0);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
    return NULL;
}

/* The encoding named in the first two lines: 1 and its name, or 0. */
static int named_coding(const char *text, const char *end, char *coding, size_t room)
{
    int go_on = 1, found = 0;
    for (int i = 0; i < 2 && go_on && !found; i++) {
        const char *newline = memchr(text, '\n', end - text);
        if (!newline)
            break;
        found = find_coding(text, newline, coding, room, &go_on);
        text = newline + 1;
    }
    return found;
}

int tai_source_coding(const char *text, size_t size, char *coding, size_t room)
{
    if (size >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3))
        return strcpy(coding, "utf-8") != NULL;
    return named_coding(text, text + size, coding, room);
}

/* The same: 1 and its name; 0 if there is none or it is utf-8; -1 if it contradicts the mark. */
static int declared_coding(const char *text, const char *end, int marked, char *coding, size_t room, PyObject *filename, int line)
{
    if (!named_coding(text, end, coding, room) || !strcmp(coding, "utf-8"))
        return 0;
    if (!marked)
        return 1;
    raise_coding(PyUnicode_FromFormat("encoding problem: %s with BOM", coding), filename, line);
    return -1;
}

/* Drop what stands between a NUL and the next line's start, newline included: 3.8 reads lines as C strings. */
static size_t drop_nuls(char *text, size_t size)
{
    char *to = text, *end = text + size;
    for (char *from = text; from < end;) {
        char *nul = memchr(from, 0, end - from), *newline;
        size_t part = (nul ? nul : end) - from;
        memmove(to, from, part);
        to += part;
        if (!nul)
            break;
        newline = memchr(nul, '\n', end - nul);
        from = newline ? newline + 1 : end;
    }
    *to = 0;
    return to - text;
}

char *tai_source_decode_file(const char *text, size_t size, const char *coding, PyObject *filename, PyArena *arena, char **end,
                             int *plain)
{
    char name[200];
    char *copy = copy_lines(text, size, 1, arena, end);
    if (!copy)
        return NULL;
    *plain = 1;
    if (memchr(copy, 0, *end - copy))
        *end = copy + drop_nuls(copy, *end - copy);
    int marked = *end - copy >= 3 && !memcmp(copy, "\xEF\xBB\xBF", 3);
    copy += 3 * marked;
    if (!coding) {
        int found = declared_coding(copy, *end, marked, name, sizeof name, filename, 1);
        if (found <= 0)
            return found < 0 ? NULL : copy;
        coding = name;
    }
    *plain = 0;
    PyObject *codec = _PyCodec_Lookup(coding);
    if (codec) {
        Py_DECREF(codec);
        return recode(copy, *end - copy, coding, 1, filename, arena, end);
    }
    PyErr_Clear();
    raise_coding(PyUnicode_FromFormat("encoding problem: %s", coding), filename, 1);
    return NULL;
}

char *tai_source_decode(const char *text, size_t size, int is_utf8, int file, PyObject *filename, PyArena *arena, char **end)
{
    char coding[200];
    int marked, found;
    char *copy = copy_lines(text, size, file, arena, end);
    if (!copy || is_utf8)
        return copy;
    marked = *end - copy >= 3 && !memcmp(copy, "\xEF\xBB\xBF", 3);
    copy += 3 * marked;
    found = declared_coding(copy, *end, marked, coding, sizeof coding, filename, 0);
    if (found <= 0)
        return found < 0 ? NULL : copy;
    return recode(copy, *end - copy, coding, file, filename, arena, end);
}
