/* SPDX-License-Identifier: MIT */
/* The _io module: open(), open_code(), UnsupportedOperation, and all the stream types.
 *
 * open() composes FileIO, a buffer and TextIOWrapper as mode and buffering ask.
 */
#include "io.h"
#include <sys/stat.h>

typedef struct {
    unsigned creating : 1, reading : 1, writing : 1, appending : 1, updating : 1, text : 1, binary : 1, universal : 1;
} OpenMode;

/* 0 or -1 with ValueError. */
static int parse_mode(const char *mode, OpenMode *m)
{
    memset(m, 0, sizeof *m);
    for (const char *s = mode; *s; s++) {
        switch (*s) {
        case 'x': m->creating = 1; break;
        case 'r': m->reading = 1; break;
        case 'w': m->writing = 1; break;
        case 'a': m->appending = 1; break;
        case '+': m->updating = 1; break;
        case 't': m->text = 1; break;
        case 'b': m->binary = 1; break;
        case 'U': m->universal = 1; m->reading = 1; break;
        default: goto invalid;
        }
        if (strchr(s + 1, *s))
            goto invalid;
    }
    return 0;
invalid:
    PyErr_Format(PyExc_ValueError, "invalid mode: '%s'", mode);
    return -1;
}

static int check_mode(const OpenMode *m, PyObject *encoding, PyObject *errors, PyObject *newline)
{
    const char *message = NULL;
    if (m->universal) {
        if (m->creating || m->writing || m->appending || m->updating) {
            PyErr_SetString(PyExc_ValueError, "mode U cannot be combined with 'x', 'w', 'a', or '+'");
            return -1;
        }
        if (PyErr_WarnEx(PyExc_DeprecationWarning, "'U' mode is deprecated", 1) < 0)
            return -1;
    }
    if (m->text && m->binary)
        message = "can't have text and binary mode at once";
    else if (m->creating + m->reading + m->writing + m->appending > 1)
        message = "must have exactly one of create/read/write/append mode";
    else if (m->binary && encoding != Py_None)
        message = "binary mode doesn't take an encoding argument";
    else if (m->binary && errors != Py_None)
        message = "binary mode doesn't take an errors argument";
    else if (m->binary && newline != Py_None)
        message = "binary mode doesn't take a newline argument";
    if (message == NULL)
        return 0;
    PyErr_SetString(PyExc_ValueError, message);
    return -1;
}

/* After a failure: close what was opened, keeping the exception. */
static void close_after_failure(PyObject *stream)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    PyObject *result = io_call0(stream, io_str_close);
    _PyErr_ChainExceptions(type, value, traceback);
    Py_XDECREF(result);
    Py_DECREF(stream);
}

/* --- Calls on the layers of a stream: [IO-1] ------------------------------------------------------------------------- */

static int is_gone(PyObject *self)
{
    if (self == NULL)
        PyErr_SetString(PyExc_ValueError, "the stream was detached or set up anew meanwhile");
    return self == NULL;
}

PyObject *io_call(PyObject *self, PyObject *name, PyObject *a, PyObject *b)
{
    if (is_gone(self))
        return NULL;
    Py_INCREF(self);
    PyObject *result = PyObject_CallMethodObjArgs(self, name, a, b, NULL);
    Py_DECREF(self);
    return result;
}

PyObject *io_get(PyObject *self, PyObject *name)
{
    if (is_gone(self))
        return NULL;
    Py_INCREF(self);
    PyObject *result = PyObject_GetAttr(self, name);
    Py_DECREF(self);
    return result;
}

void io_end_loan(PyObject *memory)
{
    _PyManagedBufferObject *loan = ((PyMemoryViewObject *)memory)->mbuf;
    if (Py_REFCNT(memory) > 1 || loan->exports > 1)
        loan->flags |= _Py_MANAGED_BUFFER_RELEASED;
    Py_DECREF(memory);
}

/* The buffer size to use: the file's block size unless given; *line_buffering for terminals.  -1: error. */
static long choose_buffering(PyObject *raw, int buffering, const OpenMode *m, int *line_buffering)
{
    *line_buffering = 0;
    if (buffering == 1 && m->binary &&
        PyErr_WarnEx(PyExc_RuntimeWarning,
                     "line buffering (buffering=1) isn't supported in binary mode, the default buffer size will be used", 1) < 0)
        return -1;
    PyObject *isatty = NULL;
    if (buffering < 0) {
        isatty = io_call0(raw, io_str_isatty);
        if (isatty == NULL)
            return -1;
        if (PyObject_IsTrue(isatty))
            buffering = -1, *line_buffering = 1;
        Py_DECREF(isatty);
    }
    if (buffering == 1) {
        *line_buffering = !m->binary;
        buffering = -1;
    }
    if (buffering < 0) {
        PyObject *blksize = PyObject_GetAttrString(raw, "_blksize");
        if (blksize == NULL)
            return -1;
        long size = PyLong_AsLong(blksize);
        Py_DECREF(blksize);
        if (size == -1 && PyErr_Occurred())
            return -1;
        return size;
    }
    return buffering;
}

static PyObject *open_stream(PyObject *file, const char *mode, int buffering, PyObject *encoding, PyObject *errors,
                  PyObject *newline, int closefd, PyObject *opener)
{
    OpenMode m;
    char raw_mode[8], *r = raw_mode;
    int line_buffering, is_number = PyNumber_Check(file);
    PyObject *path, *stream = NULL, *upper;

    if (is_number) {
        path = file;
        Py_INCREF(path);
    } else if ((path = PyOS_FSPath(file)) == NULL) {
        return NULL;
    }
    if (!is_number && !PyUnicode_Check(path) && !PyBytes_Check(path)) {
        PyErr_Format(PyExc_TypeError, "invalid file: %R", file);
        goto error;
    }
    if (parse_mode(mode, &m) < 0)
        goto error;
    if (m.creating)
        *r++ = 'x';
    if (m.reading)
        *r++ = 'r';
    if (m.writing)
        *r++ = 'w';
    if (m.appending)
        *r++ = 'a';
    if (m.updating)
        *r++ = '+';
    *r = '\0';
    if (check_mode(&m, encoding, errors, newline) < 0)
        goto error;

    stream = PyObject_CallFunction((PyObject *)&FileIO_Type, "OsOO", path, raw_mode, closefd ? Py_True : Py_False, opener);
    if (stream == NULL)
        goto error;
    long size = choose_buffering(stream, buffering, &m, &line_buffering);
    if (size < 0) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "invalid buffering size");
        goto error;
    }
    if (size == 0) {
        if (!m.binary) {
            PyErr_SetString(PyExc_ValueError, "can't have unbuffered text I/O");
            goto error;
        }
        Py_DECREF(path);
        return stream;
    }

    PyTypeObject *kind;
    if (m.updating)
        kind = &BufferedRandom_Type;
    else if (m.creating || m.writing || m.appending)
        kind = &BufferedWriter_Type;
    else if (m.reading)
        kind = &BufferedReader_Type;
    else {
        PyErr_Format(PyExc_ValueError, "unknown mode: '%s'", mode);
        goto error;
    }
    upper = PyObject_CallFunction((PyObject *)kind, "Ol", stream, size);
    if (upper == NULL)
        goto error;
    Py_SETREF(stream, upper);
    if (m.binary) {
        Py_DECREF(path);
        return stream;
    }
    upper = PyObject_CallFunction((PyObject *)&TextIOWrapper_Type, "OOOOO", stream, encoding, errors, newline,
                                  line_buffering ? Py_True : Py_False);
    if (upper == NULL)
        goto error;
    Py_SETREF(stream, upper);
    PyObject *modeobj = PyUnicode_FromString(mode);
    int rc = modeobj == NULL ? -1 : PyObject_SetAttr(stream, io_str_mode, modeobj);
    Py_XDECREF(modeobj);
    if (rc < 0)
        goto error;
    Py_DECREF(path);
    return stream;
error:
    Py_DECREF(path);
    if (stream != NULL)
        close_after_failure(stream);
    return NULL;
}

/* value as int, left alone if there is none. 0, or -1 with TypeError or OverflowError. */
static int int_argument(PyObject *value, int *number)
{
    if (value == NULL)
        return 0;
    if (PyFloat_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *number = _PyLong_AsInt(value);
    return *number == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *module_open(PyObject *module, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"file", "mode", "buffering", "encoding", "errors", "newline", "closefd", "opener", NULL};
    PyObject *file, *modeobj = NULL, *buffers = NULL, *encoding = Py_None, *errors = Py_None, *newline = Py_None, *closing = NULL, *opener = Py_None;
    const char *mode = "r", *text;
    int buffering = -1, closefd = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|OOOOOOO:open", names, &file, &modeobj, &buffers, &encoding, &errors, &newline,
                                     &closing, &opener))
        return NULL;
    if (io_text_argument("open", "argument 'mode'", modeobj, 0, &mode) < 0 || int_argument(buffers, &buffering) < 0 ||
        io_text_argument("open", "argument 'encoding'", encoding, 1, &text) < 0 ||
        io_text_argument("open", "argument 'errors'", errors, 1, &text) < 0 ||
        io_text_argument("open", "argument 'newline'", newline, 1, &text) < 0 || int_argument(closing, &closefd) < 0)
        return NULL;
    return open_stream(file, mode, buffering, encoding, errors, newline, closefd, opener);
}

int io_text_argument(const char *function, const char *argument, PyObject *value, int or_none, const char **text)
{
    Py_ssize_t n;
    if (value == NULL || (or_none && value == Py_None))
        return 0;
    if (!PyUnicode_Check(value)) {
        _PyArg_BadArgument(function, argument, or_none ? "str or None" : "str", value);
        return -1;
    }
    const char *s = PyUnicode_AsUTF8AndSize(value, &n);
    if (s == NULL)
        return -1;
    if ((size_t)n != strlen(s)) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return -1;
    }
    *text = s;
    return 0;
}

static PyObject *module_open_code(PyObject *module, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"path", NULL};
    PyObject *path;
    const char *text;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:open_code", names, &path) ||
        (!PyUnicode_Check(path) && io_text_argument("open_code", "argument 'path'", path, 0, &text) < 0))
        return NULL;
    return PyFile_OpenCodeObject(path);
}

PyDoc_STRVAR(open_doc,
"open($module, /, file, mode='r', buffering=-1, encoding=None,\n"
"     errors=None, newline=None, closefd=True, opener=None)\n"
"--\n\n"
"Open a file and return a stream.\n\n"
"file: a path, or the number of an open descriptor.\n"
"mode: 'r' read, 'w' truncate and write, 'x' create and write, 'a' append; '+' adds the\n"
"  other direction; 'b' gives bytes, 't' (the default) text.\n"
"buffering: 0 none (binary only), 1 by lines (text only), larger: bytes of the buffer,\n"
"  -1: a suitable size, by lines for terminals.\n"
"encoding, errors: how text is decoded and encoded; the locale's encoding and 'strict'\n"
"  by default.\n"
"newline: None turns all line ends into '\\n' when reading and '\\n' into os.linesep when\n"
"  writing; '' keeps them; '\\n', '\\r', '\\r\\n' are the only line end.\n"
"closefd: whether closing closes a descriptor given as file.\n"
"opener: called with (file, flags) to open it; returns a descriptor.\n\n"
"Raises OSError if the file cannot be opened, ValueError for arguments that do not fit.");

static PyMethodDef module_methods[] = {
    {"open", (PyCFunction)(void (*)(void))module_open, METH_VARARGS | METH_KEYWORDS, open_doc},
    {"open_code", (PyCFunction)(void (*)(void))module_open_code, METH_VARARGS | METH_KEYWORDS,
     PyDoc_STR("open_code($module, /, path)\n--\n\nOpen the file at the absolute path for reading bytes that will be executed (audited).")},
    {NULL},
};

static struct PyModuleDef io_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "io",
    .m_doc = PyDoc_STR("Streams: files, buffers and text, behind the io module."),
    .m_size = -1,
    .m_methods = module_methods,
};

static int add(PyObject *module, const char *name, void *object)
{
    Py_INCREF(object);
    if (PyModule_AddObject(module, name, object) < 0) {
        Py_DECREF(object);
        return -1;
    }
    return 0;
}

static int add_type(PyObject *module, PyTypeObject *type, PyTypeObject *base)
{
    if (base != NULL)
        type->tp_base = base;
    if (PyType_Ready(type) < 0)
        return -1;
    return add(module, strrchr(type->tp_name, '.') + 1, type);
}

PyMODINIT_FUNC PyInit__io(void)
{
    PyObject *module = PyModule_Create(&io_module), *bases;
    if (module == NULL || io_init_names() < 0)
        goto error;
    if (PyModule_AddIntConstant(module, "DEFAULT_BUFFER_SIZE", IO_DEFAULT_BUFFER_SIZE) < 0)
        goto error;
    if (io_unsupported_operation == NULL) {
        bases = Py_BuildValue("(OO)", PyExc_OSError, PyExc_ValueError);
        if (bases == NULL)
            goto error;
        io_unsupported_operation = PyObject_CallFunction((PyObject *)&PyType_Type, "sN{}", "UnsupportedOperation", bases);
        if (io_unsupported_operation == NULL)
            goto error;
        PyObject *name = PyUnicode_FromString("io");
        if (name == NULL || PyObject_SetAttrString(io_unsupported_operation, "__module__", name) < 0)
            goto error;
        Py_DECREF(name);
    }
    if (add(module, "UnsupportedOperation", io_unsupported_operation) < 0 ||
        add(module, "BlockingIOError", PyExc_BlockingIOError) < 0)
        goto error;
    if (add_type(module, &IOBase_Type, NULL) < 0 || add_type(module, &RawIOBase_Type, &IOBase_Type) < 0 ||
        add_type(module, &BufferedIOBase_Type, &IOBase_Type) < 0 || add_type(module, &TextIOBase_Type, &IOBase_Type) < 0 ||
        add_type(module, &FileIO_Type, &RawIOBase_Type) < 0 || add_type(module, &BytesIO_Type, &BufferedIOBase_Type) < 0 ||
        PyType_Ready(&BytesIOBuffer_Type) < 0 || add_type(module, &StringIO_Type, &TextIOBase_Type) < 0 ||
        add_type(module, &BufferedReader_Type, &BufferedIOBase_Type) < 0 ||
        add_type(module, &BufferedWriter_Type, &BufferedIOBase_Type) < 0 ||
        add_type(module, &BufferedRWPair_Type, &BufferedIOBase_Type) < 0 ||
        add_type(module, &BufferedRandom_Type, &BufferedIOBase_Type) < 0 ||
        add_type(module, &TextIOWrapper_Type, &TextIOBase_Type) < 0 || add_type(module, &NewlineDecoder_Type, NULL) < 0)
        goto error;
    return module;
error:
    Py_XDECREF(module);
    return NULL;
}
