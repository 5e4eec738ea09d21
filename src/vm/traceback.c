/* SPDX-License-Identifier: MIT */
/* traceback: the chain of frames that an exception passed, and printing it.
 *
 * PyTraceBackObject is ABI: tb_next, tb_frame, tb_lasti, tb_lineno. The newest entry is the head of the chain.
 * The functions _Py_Dump* are for signal handlers: they allocate nothing, take no lock and run no code.
 * Tests: tests/vm/test_tracebacks.py.
 */
#include "vm/traceback.h"
#include "vm/call.h"
#include "runtime/errors.h"
#include "runtime/gc.h"
#include "runtime/recursion.h"
#include "structmember.h"
#include <unistd.h>
#include <errno.h>

/* ---- entries ------------------------------------------------------------------------------------------------- */

static PyTracebackObject *new_entry(PyTracebackObject *next, PyFrameObject *frame, int lasti, int line)
{
    PyTracebackObject *tb = PyObject_GC_New(PyTracebackObject, &PyTraceBack_Type);
    if (tb == NULL)
        return NULL;
    Py_XINCREF(next);
    tb->tb_next = next;
    Py_XINCREF(frame);
    tb->tb_frame = frame;
    tb->tb_lasti = lasti;
    tb->tb_lineno = line;
    tai_gc_track(tb);
    return tb;
}

/* Without memory for it, MemoryError takes the place of what is raised. */
void tai_traceback_here(PyThreadState *ts, TaiFrame *f)
{
    PyObject *type, *value, *old;
    PyTracebackObject *tb = NULL;
    _PyErr_Fetch(ts, &type, &value, &old);
    if (old == NULL || PyTraceBack_Check(old)) {
        PyFrameObject *frame = f->object ? f->object : tai_frame_object(f);
        if (frame != NULL) {
            int lasti = f->pc < f->exec->units ? -1 : tai_frame_lasti(f);
            int line = frame->f_trace ? frame->f_lineno : tai_exec_line(f->exec, f->pc - f->exec->units);
            tb = new_entry((PyTracebackObject *)old, frame, lasti, line);
        }
        if (tb == NULL) {
            _PyErr_ChainExceptions(type, value, old);
            return;
        }
        Py_XDECREF(old);
        old = (PyObject *)tb;
    }
    _PyErr_Restore(ts, type, value, old);
}

int PyTraceBack_Here(PyFrameObject *frame)
{
    PyObject *type, *value, *old;
    PyErr_Fetch(&type, &value, &old);
    TaiFrame *live = tai_frameobj_live(frame);
    int lasti = live ? (live->pc < live->exec->units ? -1 : tai_frame_lasti(live)) : frame->f_lasti;
    PyTracebackObject *tb = NULL;
    if (old != NULL && !PyTraceBack_Check(old))
        PyErr_SetString(PyExc_TypeError, "bad argument type for built-in operation");
    else
        tb = new_entry((PyTracebackObject *)old, frame, lasti, PyFrame_GetLineNumber(frame));
    if (tb == NULL) {
        _PyErr_ChainExceptions(type, value, old);
        return -1;
    }
    PyErr_Restore(type, value, (PyObject *)tb);
    Py_XDECREF(old);
    return 0;
}

PyObject *_PyTraceBack_FromFrame(PyObject *next, PyFrameObject *frame)
{
    return (PyObject *)new_entry((PyTracebackObject *)next, frame, frame->f_lasti, PyFrame_GetLineNumber(frame));
}

void _PyTraceback_Add(const char *funcname, const char *filename, int line)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *globals = PyDict_New();
    PyCodeObject *code = globals ? PyCode_NewEmpty(filename, funcname, line) : NULL;
    PyFrameObject *frame = code ? PyFrame_New(tai_tstate(), code, globals, NULL) : NULL;
    Py_XDECREF(globals);
    Py_XDECREF(code);
    if (frame == NULL) {
        _PyErr_ChainExceptions(type, value, traceback);
        return;
    }
    frame->f_lineno = line;
    PyErr_Restore(type, value, traceback);
    PyTraceBack_Here(frame);
    Py_DECREF(frame);
}

/* ---- the type ------------------------------------------------------------------------------------------------ */

PyDoc_STRVAR(traceback_doc, "TracebackType(tb_next, tb_frame, tb_lasti, tb_lineno)\n--\n\nOne entry of a traceback.");

static PyObject *traceback_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"tb_next", "tb_frame", "tb_lasti", "tb_lineno", NULL};
    PyObject *next, *frame;
    int lasti, line;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OO!ii:TracebackType", keywords, &next, &PyFrame_Type, &frame, &lasti, &line))
        return NULL;
    if (next == Py_None)
        next = NULL;
    else if (!PyTraceBack_Check(next)) {
        PyErr_Format(PyExc_TypeError, "expected traceback object or None, got '%s'", Py_TYPE(next)->tp_name);
        return NULL;
    }
    return (PyObject *)new_entry((PyTracebackObject *)next, (PyFrameObject *)frame, lasti, line);
}

static PyObject *get_next(PyTracebackObject *tb, void *closure)
{
    PyObject *next = tb->tb_next ? (PyObject *)tb->tb_next : Py_None;
    Py_INCREF(next);
    return next;
}

static int set_next(PyTracebackObject *tb, PyObject *v, void *closure)
{
    if (v == NULL) {
        PyErr_Format(PyExc_TypeError, "can't delete tb_next attribute");
        return -1;
    }
    if (v == Py_None)
        v = NULL;
    else if (!PyTraceBack_Check(v)) {
        PyErr_Format(PyExc_TypeError, "expected traceback object, got '%s'", Py_TYPE(v)->tp_name);
        return -1;
    }
    for (PyTracebackObject *walk = (PyTracebackObject *)v; walk != NULL; walk = walk->tb_next)
        if (walk == tb) {
            PyErr_Format(PyExc_ValueError, "traceback loop detected");
            return -1;
        }
    Py_XINCREF(v);
    Py_XSETREF(tb->tb_next, (PyTracebackObject *)v);
    return 0;
}

static PyObject *traceback_dir(PyTracebackObject *self, PyObject *unused)
{
    return Py_BuildValue("[ssss]", "tb_frame", "tb_next", "tb_lasti", "tb_lineno");
}

static void traceback_dealloc(PyTracebackObject *tb)
{
    tai_gc_untrack_if(tb);
    Py_TRASHCAN_BEGIN(tb, traceback_dealloc)
    Py_XDECREF(tb->tb_next);
    Py_XDECREF(tb->tb_frame);
    PyObject_GC_Del(tb);
    Py_TRASHCAN_END
}

static int traceback_traverse(PyTracebackObject *tb, visitproc visit, void *arg)
{
    Py_VISIT(tb->tb_next);
    Py_VISIT(tb->tb_frame);
    return 0;
}

static int traceback_clear(PyTracebackObject *tb)
{
    Py_CLEAR(tb->tb_next);
    Py_CLEAR(tb->tb_frame);
    return 0;
}

static PyMethodDef traceback_methods[] = {
    {"__dir__", (PyCFunction)traceback_dir, METH_NOARGS, NULL},
    {NULL},
};

static PyMemberDef traceback_members[] = {
    {"tb_frame", T_OBJECT, offsetof(PyTracebackObject, tb_frame), READONLY},
    {"tb_lasti", T_INT, offsetof(PyTracebackObject, tb_lasti), READONLY},
    {"tb_lineno", T_INT, offsetof(PyTracebackObject, tb_lineno), READONLY},
    {NULL},
};

static PyGetSetDef traceback_getset[] = {
    {"tb_next", (getter)get_next, (setter)set_next, NULL},
    {NULL},
};

PyTypeObject PyTraceBack_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "traceback",
    .tp_basicsize = sizeof(PyTracebackObject),
    .tp_dealloc = (destructor)traceback_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = traceback_doc,
    .tp_traverse = (traverseproc)traceback_traverse,
    .tp_clear = (inquiry)traceback_clear,
    .tp_methods = traceback_methods,
    .tp_members = traceback_members,
    .tp_getset = traceback_getset,
    .tp_new = traceback_new,
};

/* ---- source lines -------------------------------------------------------------------------------------------- */

/* Open a source file by the name in the code object, or by its last part in the folders of sys.path. */
static FILE *open_source(PyObject *filename)
{
    FILE *file = _Py_fopen_obj(filename, "rb");
    if (file != NULL)
        return file;
    PyErr_Clear();
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

int _Py_DisplaySourceLine(PyObject *f, PyObject *filename, int lineno, int indent)
{
    char *buffer = NULL, encoding[64] = "utf-8";
    size_t room = 0;
    Py_ssize_t n = -1;
    int result = 0, cookie = 0;
    if (filename == NULL || lineno < 1)
        return 0;
    FILE *file = open_source(filename);
    if (file == NULL)
        return 0;
    for (int line = 1; line <= lineno; line++) {
        n = read_line(file, &buffer, &room);
        if (n < 0)
            break;
        if (line <= 2 && !cookie)
            cookie = find_cookie(buffer, n, encoding, sizeof encoding);
    }
    fclose(file);
    if (n < 0 || buffer == NULL) {
        PyMem_RawFree(buffer);
        return n == 0 ? PyFile_WriteString("\n", f) : 0;
    }
    char *start = buffer, *end = buffer + n;
    if (lineno == 1 && n >= 3 && memcmp(start, "\xef\xbb\xbf", 3) == 0)
        start += 3;
    while (start < end && (*start == ' ' || *start == '\t' || *start == '\f'))
        start++;
    PyObject *text = PyUnicode_Decode(start, end - start, encoding, "replace");
    PyMem_RawFree(buffer);
    if (text == NULL) {
        PyErr_Clear();
        return 0;
    }
    char spaces[] = "          ";
    for (; indent > 0 && result == 0; indent -= 10)
        result = PyFile_WriteString(indent >= 10 ? spaces : spaces + (10 - indent), f);
    if (result == 0)
        result = PyFile_WriteObject(text, f, Py_PRINT_RAW);
    if (result == 0)
        result = PyFile_WriteString("\n", f);
    Py_DECREF(text);
    return result;
}

/* ---- printing ------------------------------------------------------------------------------------------------ */

enum { REPEATS_SHOWN = 3, DEFAULT_LIMIT = 1000 };

static int print_entry(PyObject *f, PyObject *filename, int line, PyObject *name)
{
    if (filename == NULL || name == NULL)
        return -1;
    PyObject *text = PyUnicode_FromFormat("  File \"%U\", line %d, in %U\n", filename, line, name);
    if (text == NULL)
        return -1;
    int result = PyFile_WriteObject(text, f, Py_PRINT_RAW);
    Py_DECREF(text);
    if (result != 0)
        return result;
    if (_Py_DisplaySourceLine(f, filename, line, 4) != 0) /* the line is missing: the entry is good without */
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

static int print_chain(PyTracebackObject *tb, PyObject *f, long limit)
{
    PyObject *last_file = NULL, *last_name = NULL;
    int last_line = -1, result = 0;
    long depth = 0, count = 0;
    for (PyTracebackObject *walk = tb; walk != NULL; walk = walk->tb_next)
        depth++;
    for (; tb != NULL && depth > limit; tb = tb->tb_next)
        depth--;
    for (; tb != NULL && result == 0; tb = tb->tb_next) {
        PyCodeObject *code = tb->tb_frame->f_code;
        if (last_file == NULL || code->co_filename != last_file || last_line == -1 || tb->tb_lineno != last_line ||
            last_name == NULL || code->co_name != last_name) {
            if (count > REPEATS_SHOWN && print_repeats(f, count) < 0)
                return -1;
            last_file = code->co_filename;
            last_line = tb->tb_lineno;
            last_name = code->co_name;
            count = 0;
        }
        count++;
        if (count <= REPEATS_SHOWN) {
            result = print_entry(f, code->co_filename, tb->tb_lineno, code->co_name);
            if (result == 0)
                result = PyErr_CheckSignals();
        }
    }
    if (result == 0 && count > REPEATS_SHOWN)
        result = print_repeats(f, count);
    return result;
}

int PyTraceBack_Print(PyObject *v, PyObject *f)
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
    return result ? result : print_chain((PyTracebackObject *)v, f, limit);
}

/* ---- for signal handlers ------------------------------------------------------------------------------------- */

enum { DUMP_FRAMES = 100, DUMP_STRING = 500, DUMP_THREADS = 100 };

static void put(int fd, const char *s, size_t n)
{
    int saved = errno;
    while (n > 0) {
        ssize_t done = write(fd, s, n);
        if (done <= 0)
            break;
        s += done;
        n -= (size_t)done;
    }
    errno = saved;
}
#define PUTS(fd, text) put(fd, text, sizeof(text) - 1)

void _Py_DumpDecimal(int fd, unsigned long value)
{
    char buffer[24], *p = buffer + sizeof buffer;
    do
        *--p = (char)('0' + value % 10);
    while ((value /= 10) != 0);
    put(fd, p, (size_t)(buffer + sizeof buffer - p));
}

void _Py_DumpHexadecimal(int fd, unsigned long value, Py_ssize_t width)
{
    char buffer[2 * sizeof(unsigned long)], *end = buffer + sizeof buffer, *p = end;
    if (width > (Py_ssize_t)sizeof buffer)
        width = sizeof buffer;
    do
        *--p = "0123456789abcdef"[value & 15];
    while ((value >>= 4) != 0 || end - p < width);
    put(fd, p, (size_t)(end - p));
}

void _Py_DumpASCII(int fd, PyObject *text)
{
    PyASCIIObject *ascii = (PyASCIIObject *)text;
    if (!PyUnicode_Check(text) || !ascii->state.ready)
        return;
    Py_ssize_t size = ascii->length, shown = size > DUMP_STRING ? DUMP_STRING : size;
    int kind = ascii->state.kind;
    const void *data = ascii->state.compact ? (ascii->state.ascii ? (const void *)(ascii + 1)
                                                                  : (const void *)((PyCompactUnicodeObject *)text + 1))
                                            : ((PyUnicodeObject *)text)->data.any;
    if (data == NULL)
        return;
    for (Py_ssize_t i = 0; i < shown; i++) {
        Py_UCS4 ch = PyUnicode_READ(kind, data, i);
        if (ch >= ' ' && ch <= 126) {
            char c = (char)ch;
            put(fd, &c, 1);
        }
        else if (ch <= 0xff) {
            PUTS(fd, "\\x");
            _Py_DumpHexadecimal(fd, ch, 2);
        }
        else {
            PUTS(fd, ch <= 0xffff ? "\\u" : "\\U");
            _Py_DumpHexadecimal(fd, ch, ch <= 0xffff ? 4 : 8);
        }
    }
    if (shown < size)
        PUTS(fd, "...");
}

static void dump_frame(int fd, TaiFrame *f)
{
    PyCodeObject *code = f->code;
    PUTS(fd, "  File ");
    if (code->co_filename != NULL && PyUnicode_Check(code->co_filename)) {
        PUTS(fd, "\"");
        _Py_DumpASCII(fd, code->co_filename);
        PUTS(fd, "\"");
    }
    else
        PUTS(fd, "???");
    int line = PyCode_Addr2Line(code, f->pc < f->exec->units ? -1 : tai_frame_lasti(f));
    PUTS(fd, ", line ");
    if (line >= 0)
        _Py_DumpDecimal(fd, (unsigned long)line);
    else
        PUTS(fd, "???");
    PUTS(fd, " in ");
    if (code->co_name != NULL && PyUnicode_Check(code->co_name))
        _Py_DumpASCII(fd, code->co_name);
    else
        PUTS(fd, "???");
    PUTS(fd, "\n");
}

static void dump_stack(int fd, PyThreadState *ts, int header)
{
    if (header)
        PUTS(fd, "Stack (most recent call first):\n");
    TaiFrame *f = tai_thread(ts)->frame;
    if (f == NULL) {
        PUTS(fd, "  <no Python frame>\n");
        return;
    }
    for (unsigned depth = 0; f != NULL; f = f->back, depth++) {
        if (depth >= DUMP_FRAMES) {
            PUTS(fd, "  ...\n");
            break;
        }
        dump_frame(fd, f);
    }
}

void _Py_DumpTraceback(int fd, PyThreadState *ts) { dump_stack(fd, ts, 1); }

const char *_Py_DumpTracebackThreads(int fd, PyInterpreterState *interp, PyThreadState *current)
{
    if (current == NULL)
        current = PyGILState_GetThisThreadState();
    if (interp == NULL) {
        interp = current ? current->interp : _PyGILState_GetInterpreterStateUnsafe();
        if (interp == NULL)
            return "unable to get the interpreter state";
    }
    PyThreadState *ts = PyInterpreterState_ThreadHead(interp);
    if (ts == NULL)
        return "unable to get the thread head state";
    for (unsigned n = 0; ts != NULL; ts = PyThreadState_Next(ts), n++) {
        if (n != 0)
            PUTS(fd, "\n");
        if (n >= DUMP_THREADS) {
            PUTS(fd, "...\n");
            break;
        }
        if (ts == current)
            PUTS(fd, "Current thread 0x");
        else
            PUTS(fd, "Thread 0x");
        _Py_DumpHexadecimal(fd, ts->thread_id, sizeof(unsigned long) * 2);
        PUTS(fd, " (most recent call first):\n");
        dump_stack(fd, ts, 0);
    }
    return NULL;
}
