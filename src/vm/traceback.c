/* SPDX-License-Identifier: MIT */
/* traceback: the chain of frames that an exception passed. traceback_print.c shows it.
 *
 * PyTraceBackObject is ABI: tb_next, tb_frame, tb_lasti, tb_lineno. The newest entry is the head of the chain.
 * The functions _Py_Dump* are for signal handlers: they allocate nothing, take no lock and run no code.
 * Tests: tests/library/test_traceback.py.
 */
#include "vm/traceback.h"
#include "vm/call.h"
#include "runtime/errors.h"
#include "runtime/gc.h"
#include "runtime/recursion.h"
#include "structmember.h"
#include "runtime/exported.h"
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
    {"tb_frame", T_OBJECT, offsetof(PyTracebackObject, tb_frame), READONLY | READ_RESTRICTED, PyDoc_STR("the frame")},
    {"tb_lasti", T_INT, offsetof(PyTracebackObject, tb_lasti), READONLY, PyDoc_STR("offset of the instruction")},
    {"tb_lineno", T_INT, offsetof(PyTracebackObject, tb_lineno), READONLY, PyDoc_STR("number of the line")},
    {NULL},
};

static PyGetSetDef traceback_getset[] = {
    {"tb_next", (getter)get_next, (setter)set_next, PyDoc_STR("the next frame towards the place of the exception, or None")},
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
    PyThreadState *ts = interp->tstate_head;
    if (ts == NULL)
        return "unable to get the thread head state";
    for (unsigned n = 0; ts != NULL; ts = ts->next, n++) {
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
