/* SPDX-License-Identifier: MIT */
/* FileIO: a file descriptor as an unbuffered stream.
 *
 * [FILEIO-1] fd < 0 means closed.  seekable is -1 until somebody asks.
 * [FILEIO-2] System calls run without the GIL; EINTR is retried after signal handlers ran (_Py_read, _Py_write).
 */
#include "io.h"
#include <fcntl.h>
#include <sys/stat.h>

typedef struct {
    PyObject_HEAD
    int fd;
    unsigned created : 1;
    unsigned readable : 1;
    unsigned writable : 1;
    unsigned appending : 1;
    unsigned closefd : 1;
    signed seekable : 2;
    char finalizing;
    unsigned blksize;
    PyObject *weakreflist;
    PyObject *dict;
} FileIO;

#define SMALLCHUNK 8192

static PyObject *closed_error(void)
{
    PyErr_SetString(PyExc_ValueError, "I/O operation on closed file");
    return NULL;
}

static PyObject *mode_error(const char *action)
{
    PyErr_Format(io_unsupported_operation, "File not open for %s", action);
    return NULL;
}

/* Close the descriptor if it is ours to close.  0 or -1 with OSError. */
static int close_fd(FileIO *self)
{
    int error = 0;
    if (self->fd >= 0) {
        int fd = self->fd;
        self->fd = -1;
        Py_BEGIN_ALLOW_THREADS
        if (close(fd) < 0)
            error = errno;
        Py_END_ALLOW_THREADS
    }
    if (error) {
        errno = error;
        PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    return 0;
}

static PyObject *fileio_close(FileIO *self, PyObject *unused)
{
    PyObject *type, *value, *traceback;
    PyObject *result = io_call1((PyObject *)&RawIOBase_Type, io_str_close, (PyObject *)self);
    if (!self->closefd) {
        self->fd = -1;
        return result;
    }
    if (result == NULL)
        PyErr_Fetch(&type, &value, &traceback);
    if (self->finalizing) {
        PyObject *warned = io_fileio_dealloc_warn((PyObject *)self, (PyObject *)self);
        if (warned != NULL)
            Py_DECREF(warned);
        else
            PyErr_Clear();
    }
    int rc = close_fd(self);
    if (result == NULL)
        _PyErr_ChainExceptions(type, value, traceback);
    if (rc < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *fileio_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    FileIO *self = (FileIO *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->fd = -1;
    self->seekable = -1;
    self->closefd = 1;
    return (PyObject *)self;
}

/* Set the ability fields and open() flags from a mode string.  0 or -1 with ValueError. */
static int parse_mode(FileIO *self, const char *mode, int *flags)
{
    int kinds = 0, plus = 0;
    *flags = 0;
    for (const char *s = mode; *s; s++) {
        switch (*s) {
        case 'x': kinds++; self->created = 1; self->writable = 1; *flags |= O_EXCL | O_CREAT; break;
        case 'r': kinds++; self->readable = 1; break;
        case 'w': kinds++; self->writable = 1; *flags |= O_CREAT | O_TRUNC; break;
        case 'a': kinds++; self->writable = 1; self->appending = 1; *flags |= O_APPEND | O_CREAT; break;
        case 'b': break;
        case '+':
            if (plus++)
                goto bad;
            self->readable = self->writable = 1;
            break;
        default: PyErr_Format(PyExc_ValueError, "invalid mode: %.200s", mode); return -1;
        }
        if (kinds > 1)
            goto bad;
    }
    if (kinds == 0)
        goto bad;
    *flags |= self->readable && self->writable ? O_RDWR : self->readable ? O_RDONLY : O_WRONLY;
    *flags |= O_CLOEXEC;
    return 0;
bad:
    PyErr_SetString(PyExc_ValueError, "Must have exactly one of create/read/write/append mode and at most one plus");
    return -1;
}

/* Open `name` into self->fd.  0 or -1 with OSError that carries nameobj. */
static int open_path(FileIO *self, const char *name, int flags, PyObject *nameobj)
{
    int async = 0;
    do {
        Py_BEGIN_ALLOW_THREADS
        self->fd = open(name, flags, 0666);
        Py_END_ALLOW_THREADS
    } while (self->fd < 0 && errno == EINTR && !(async = PyErr_CheckSignals()));
    if (async)
        return -1;
    if (self->fd < 0) {
        PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, nameobj);
        return -1;
    }
    return 0;
}

static int open_by_opener(FileIO *self, PyObject *nameobj, int flags, PyObject *opener)
{
    PyObject *fdobj = PyObject_CallFunction(opener, "Oi", nameobj, flags);
    if (fdobj == NULL)
        return -1;
    if (!PyLong_Check(fdobj)) {
        Py_DECREF(fdobj);
        PyErr_SetString(PyExc_TypeError, "expected integer from opener");
        return -1;
    }
    self->fd = _PyLong_AsInt(fdobj);
    Py_DECREF(fdobj);
    if (self->fd < 0) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_ValueError, "opener returned %d", self->fd);
        return -1;
    }
    return _Py_set_inheritable(self->fd, 0, NULL);
}

static int fileio_init(FileIO *self, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"file", "mode", "closefd", "opener", NULL};
    PyObject *nameobj, *mode_object = NULL, *opener = Py_None, *pathbytes = NULL;
    const char *mode = "r";
    int closefd = 1, flags, fd = -1, ret = -1, fd_is_own = 0;
    struct stat status;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O|OiO:FileIO", names, &nameobj, &mode_object, &closefd, &opener) ||
        io_text_argument("FileIO", "argument 'mode'", mode_object, 0, &mode) < 0)
        return -1;
    if (PyFloat_Check(nameobj)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    if (self->fd >= 0) {
        if (self->closefd) {
            if (close_fd(self) < 0)
                return -1;
        } else {
            self->fd = -1;
        }
    }
    fd = _PyLong_AsInt(nameobj);
    if (fd < 0) {
        if (!PyErr_Occurred()) {
            PyErr_SetString(PyExc_ValueError, "negative file descriptor");
            return -1;
        }
        PyErr_Clear();
        if (!PyUnicode_FSConverter(nameobj, &pathbytes))
            return -1;
    }
    self->created = self->readable = self->writable = self->appending = 0;
    self->seekable = -1;
    self->closefd = closefd != 0;
    if (parse_mode(self, mode, &flags) < 0)
        goto error;
    if (PySys_Audit("open", "Osi", nameobj, mode, flags) < 0)
        goto error;

    if (fd >= 0) {
        self->fd = fd;
    } else {
        if (!closefd) {
            PyErr_SetString(PyExc_ValueError, "Cannot use closefd=False with file name");
            goto error;
        }
        int rc = opener == Py_None ? open_path(self, PyBytes_AS_STRING(pathbytes), flags, nameobj)
                                   : open_by_opener(self, nameobj, flags, opener);
        if (rc < 0)
            goto error;
        fd_is_own = 1;
    }
    self->blksize = IO_DEFAULT_BUFFER_SIZE;
    if (_Py_fstat_noraise(self->fd, &status) < 0) {
        if (errno == EBADF) {
            PyErr_SetFromErrno(PyExc_OSError);
            goto error;
        }
    } else {
        if (S_ISDIR(status.st_mode)) {
            errno = EISDIR;
            PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, nameobj);
            goto error;
        }
        if (status.st_blksize > 1)
            self->blksize = (unsigned)status.st_blksize;
    }
    if (PyObject_SetAttr((PyObject *)self, io_str_name, nameobj) < 0)
        goto error;
    if (self->appending && lseek(self->fd, 0, SEEK_END) < 0 && errno != ESPIPE) {
        PyErr_SetFromErrno(PyExc_OSError);
        goto error;
    }
    ret = 0;
    goto done;
error:
    if (!fd_is_own)
        self->fd = -1;
    if (self->fd >= 0) {
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        close_fd(self);
        _PyErr_ChainExceptions(type, value, traceback);
    }
done:
    Py_XDECREF(pathbytes);
    return ret;
}

static int fileio_traverse(FileIO *self, visitproc visit, void *arg)
{
    Py_VISIT(self->dict);
    return 0;
}

static int fileio_clear(FileIO *self)
{
    Py_CLEAR(self->dict);
    return 0;
}

static void fileio_dealloc(FileIO *self)
{
    self->finalizing = 1;
    if (io_finalize((PyObject *)self) < 0)
        return;
    PyObject_GC_UnTrack(self);
    if (self->weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)self);
    Py_CLEAR(self->dict);
    Py_TYPE(self)->tp_free(self);
}

PyObject *io_fileio_dealloc_warn(PyObject *op, PyObject *source)
{
    FileIO *self = (FileIO *)op;
    if (self->fd >= 0 && self->closefd) {
        PyObject *type, *value, *traceback;
        PyErr_Fetch(&type, &value, &traceback);
        if (PyErr_ResourceWarning(source, 1, "unclosed file %R", source) && PyErr_ExceptionMatches(PyExc_Warning))
            PyErr_WriteUnraisable(op);
        PyErr_Restore(type, value, traceback);
    }
    Py_RETURN_NONE;
}

/* --- Methods ----------------------------------------------------------------------------------------------------- */

static PyObject *fileio_fileno(FileIO *self, PyObject *unused)
{
    return self->fd < 0 ? closed_error() : PyLong_FromLong(self->fd);
}

static PyObject *fileio_readable(FileIO *self, PyObject *unused)
{
    return self->fd < 0 ? closed_error() : PyBool_FromLong(self->readable);
}

static PyObject *fileio_writable(FileIO *self, PyObject *unused)
{
    return self->fd < 0 ? closed_error() : PyBool_FromLong(self->writable);
}

static PyObject *seek_to(FileIO *self, PyObject *posobj, int whence, int suppress_pipe_error)
{
    off_t pos = 0, result;
    if (posobj != NULL) {
        pos = (off_t)PyLong_AsLongLong(posobj);
        if (PyErr_Occurred())
            return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    result = lseek(self->fd, pos, whence);
    Py_END_ALLOW_THREADS
    if (self->seekable < 0)
        self->seekable = result >= 0;
    if (result < 0) {
        if (suppress_pipe_error && errno == ESPIPE)
            result = 0;
        else
            return PyErr_SetFromErrno(PyExc_OSError);
    }
    return io_from_offset(result);
}

static PyObject *fileio_seekable(FileIO *self, PyObject *unused)
{
    if (self->fd < 0)
        return closed_error();
    if (self->seekable < 0) {
        PyObject *pos = seek_to(self, NULL, SEEK_CUR, 0);
        if (pos == NULL)
            PyErr_Clear();
        else
            Py_DECREF(pos);
    }
    return PyBool_FromLong(self->seekable > 0);
}

static PyObject *fileio_readinto(FileIO *self, PyObject *arg)
{
    Py_buffer buffer;
    if (self->fd < 0)
        return closed_error();
    if (!self->readable)
        return mode_error("reading");
    if (!PyArg_Parse(arg, "w*:readinto", &buffer))
        return NULL;
    Py_ssize_t n = _Py_read(self->fd, buffer.buf, buffer.len);
    int error = errno;
    PyBuffer_Release(&buffer);
    if (n >= 0)
        return PyLong_FromSsize_t(n);
    if (error == EAGAIN) {
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    return NULL;
}

static size_t next_readall_size(size_t have)
{
    size_t more = have > 65536 ? have >> 3 : 256 + have;
    return have + (more > SMALLCHUNK ? more : SMALLCHUNK);
}

static PyObject *fileio_readall(FileIO *self, PyObject *unused)
{
    struct stat status;
    off_t pos, end = -1;
    Py_ssize_t size = SMALLCHUNK, have = 0, n;
    if (self->fd < 0)
        return closed_error();
    Py_BEGIN_ALLOW_THREADS
    pos = lseek(self->fd, 0, SEEK_CUR);
    if (fstat(self->fd, &status) == 0 && status.st_size < PY_SSIZE_T_MAX)
        end = status.st_size;
    Py_END_ALLOW_THREADS
    if (end > 0 && end >= pos && pos >= 0 && end - pos < PY_SSIZE_T_MAX)
        /* One byte more than the file has, so that the end is seen without growing. */
        size = (Py_ssize_t)(end - pos + 1);
    PyObject *result = PyBytes_FromStringAndSize(NULL, size);
    if (result == NULL)
        return NULL;
    for (;;) {
        if (have >= size) {
            size_t bigger = next_readall_size(have);
            if (bigger > (size_t)PY_SSIZE_T_MAX) {
                Py_DECREF(result);
                PyErr_SetString(PyExc_OverflowError, "unbounded read returned more bytes than a Python bytes object can hold");
                return NULL;
            }
            if (_PyBytes_Resize(&result, size = (Py_ssize_t)bigger) < 0)
                return NULL;
        }
        n = _Py_read(self->fd, PyBytes_AS_STRING(result) + have, size - have);
        if (n == 0)
            break;
        if (n < 0) {
            if (errno == EAGAIN) {
                PyErr_Clear();
                if (have > 0)
                    break;
                Py_DECREF(result);
                Py_RETURN_NONE;
            }
            Py_DECREF(result);
            return NULL;
        }
        have += n;
    }
    if (have < size && _PyBytes_Resize(&result, have) < 0)
        return NULL;
    return result;
}

static PyObject *fileio_read(FileIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t size = -1;
    if (!_PyArg_CheckPositional("read", nargs, 0, 1) || (nargs && !io_convert_size(args[0], &size)))
        return NULL;
    if (self->fd < 0)
        return closed_error();
    if (!self->readable)
        return mode_error("reading");
    if (size < 0)
        return fileio_readall(self, NULL);
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, size);
    if (bytes == NULL)
        return NULL;
    Py_ssize_t n = _Py_read(self->fd, PyBytes_AS_STRING(bytes), size);
    if (n == -1) {
        int error = errno;
        Py_DECREF(bytes);
        if (error == EAGAIN) {
            PyErr_Clear();
            Py_RETURN_NONE;
        }
        return NULL;
    }
    if (n != size && _PyBytes_Resize(&bytes, n) < 0)
        return NULL;
    return bytes;
}

static PyObject *fileio_write(FileIO *self, PyObject *arg)
{
    Py_buffer buffer;
    if (self->fd < 0)
        return closed_error();
    if (!self->writable)
        return mode_error("writing");
    if (!PyArg_Parse(arg, "y*:write", &buffer))
        return NULL;
    Py_ssize_t n = _Py_write(self->fd, buffer.buf, buffer.len);
    int error = errno;
    PyBuffer_Release(&buffer);
    if (n >= 0)
        return PyLong_FromSsize_t(n);
    if (error == EAGAIN) {
        PyErr_Clear();
        Py_RETURN_NONE;
    }
    return NULL;
}

static PyObject *fileio_seek(FileIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    int whence = 0;
    if (!_PyArg_CheckPositional("seek", nargs, 1, 2))
        return NULL;
    if (nargs == 2) {
        if (PyFloat_Check(args[1])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return NULL;
        }
        whence = _PyLong_AsInt(args[1]);
        if (whence == -1 && PyErr_Occurred())
            return NULL;
    }
    if (self->fd < 0)
        return closed_error();
    if (PyFloat_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "an integer is required");
        return NULL;
    }
    return seek_to(self, args[0], whence, 0);
}

static PyObject *fileio_tell(FileIO *self, PyObject *unused)
{
    return self->fd < 0 ? closed_error() : seek_to(self, NULL, SEEK_CUR, 0);
}

static PyObject *fileio_truncate(FileIO *self, PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *posobj;
    int rc;
    if (!_PyArg_CheckPositional("truncate", nargs, 0, 1))
        return NULL;
    if (self->fd < 0)
        return closed_error();
    if (!self->writable)
        return mode_error("writing");
    if (nargs == 0 || args[0] == Py_None) {
        posobj = seek_to(self, NULL, SEEK_CUR, 0);
        if (posobj == NULL)
            return NULL;
    } else {
        posobj = args[0];
        Py_INCREF(posobj);
    }
    off_t pos = (off_t)PyLong_AsLongLong(posobj);
    if (PyErr_Occurred()) {
        Py_DECREF(posobj);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    errno = 0;
    rc = ftruncate(self->fd, pos);
    Py_END_ALLOW_THREADS
    if (rc != 0) {
        Py_DECREF(posobj);
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    return posobj;
}

static PyObject *fileio_isatty(FileIO *self, PyObject *unused)
{
    long answer;
    if (self->fd < 0)
        return closed_error();
    Py_BEGIN_ALLOW_THREADS
    answer = isatty(self->fd);
    Py_END_ALLOW_THREADS
    return PyBool_FromLong(answer);
}

static const char *mode_string(FileIO *self)
{
    if (self->created)
        return self->readable ? "xb+" : "xb";
    if (self->appending)
        return self->readable ? "ab+" : "ab";
    if (self->readable)
        return self->writable ? "rb+" : "rb";
    return "wb";
}

static PyObject *fileio_repr(FileIO *self)
{
    PyObject *name, *result;
    if (self->fd < 0)
        return PyUnicode_FromFormat("<%s [closed]>", Py_TYPE(self)->tp_name);
    if (_PyObject_LookupAttr((PyObject *)self, io_str_name, &name) < 0)
        return NULL;
    if (name == NULL)
        return PyUnicode_FromFormat("<%s fd=%d mode='%s' closefd=%s>", Py_TYPE(self)->tp_name, self->fd,
                                    mode_string(self), self->closefd ? "True" : "False");
    int status = Py_ReprEnter((PyObject *)self);
    result = NULL;
    if (status == 0) {
        result = PyUnicode_FromFormat("<%s name=%R mode='%s' closefd=%s>", Py_TYPE(self)->tp_name, name,
                                      mode_string(self), self->closefd ? "True" : "False");
        Py_ReprLeave((PyObject *)self);
    } else if (status > 0) {
        PyErr_Format(PyExc_RuntimeError, "reentrant call inside %s.__repr__", Py_TYPE(self)->tp_name);
    }
    Py_DECREF(name);
    return result;
}

static PyObject *get_closed(FileIO *self, void *closure) { return PyBool_FromLong(self->fd < 0); }
static PyObject *get_closefd(FileIO *self, void *closure) { return PyBool_FromLong(self->closefd); }
static PyObject *get_mode(FileIO *self, void *closure) { return PyUnicode_FromString(mode_string(self)); }

#define M(function) (PyCFunction)(void (*)(void))function
static PyMethodDef fileio_methods[] = {
    {"read", M(fileio_read), METH_FASTCALL, PyDoc_STR("read($self, size=-1, /)\n--\n\nRead up to size bytes with one system call; all that is left if size is negative.\n\nReturns None if nothing is there yet in non-blocking mode, b'' at the end.")},
    {"readall", M(fileio_readall), METH_NOARGS, PyDoc_STR("readall($self, /)\n--\n\nRead all that is left.")},
    {"readinto", M(fileio_readinto), METH_O, PyDoc_STR("readinto($self, buffer, /)\n--\n\nRead into a writable buffer; return how many bytes came.")},
    {"write", M(fileio_write), METH_O, PyDoc_STR("write($self, b, /)\n--\n\nWrite with one system call; return how many bytes went, None if it would block.")},
    {"seek", M(fileio_seek), METH_FASTCALL, PyDoc_STR("seek($self, pos, whence=0, /)\n--\n\nMove to pos bytes from the start (0), the current place (1) or the end (2); return the new position.")},
    {"tell", M(fileio_tell), METH_NOARGS, PyDoc_STR("tell($self, /)\n--\n\nReturn the position.")},
    {"truncate", M(fileio_truncate), METH_FASTCALL, PyDoc_STR("truncate($self, size=None, /)\n--\n\nMake the file size bytes long, the position by default; the position stays.")},
    {"close", M(fileio_close), METH_NOARGS, PyDoc_STR("close($self, /)\n--\n\nClose the file; with closefd=False leave the descriptor open.")},
    {"seekable", M(fileio_seekable), METH_NOARGS, PyDoc_STR("seekable($self, /)\n--\n\nReturn whether the file supports seeking.")},
    {"readable", M(fileio_readable), METH_NOARGS, PyDoc_STR("readable($self, /)\n--\n\nReturn whether the file was opened for reading.")},
    {"writable", M(fileio_writable), METH_NOARGS, PyDoc_STR("writable($self, /)\n--\n\nReturn whether the file was opened for writing.")},
    {"fileno", M(fileio_fileno), METH_NOARGS, PyDoc_STR("fileno($self, /)\n--\n\nReturn the descriptor.")},
    {"isatty", M(fileio_isatty), METH_NOARGS, PyDoc_STR("isatty($self, /)\n--\n\nReturn whether the file is a terminal.")},
    {"_dealloc_warn", M(io_fileio_dealloc_warn), METH_O, NULL},
    {NULL},
};

static PyGetSetDef fileio_getset[] = {
    {"closed", (getter)get_closed, NULL, PyDoc_STR("True if the file is closed")},
    {"closefd", (getter)get_closefd, NULL, PyDoc_STR("whether close() closes the descriptor")},
    {"mode", (getter)get_mode, NULL, PyDoc_STR("the mode as a string")},
    {NULL},
};

static PyMemberDef fileio_members[] = {
    {"_blksize", T_UINT, offsetof(FileIO, blksize), 0, NULL},
    {"_finalizing", T_BOOL, offsetof(FileIO, finalizing), 0, NULL},
    {NULL},
};

PyTypeObject FileIO_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_io.FileIO",
    .tp_basicsize = sizeof(FileIO),
    .tp_dealloc = (destructor)fileio_dealloc,
    .tp_repr = (reprfunc)fileio_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_doc = PyDoc_STR("FileIO(file, mode='r', closefd=True, opener=None)\n--\n\nA file as an unbuffered stream of bytes.\n\n"
                        "file: path or descriptor.  mode: one of r, w, x, a, and + for both directions.\n"
                        "opener(file, flags) may open the file and return its descriptor.\n"
                        "Raises OSError if the file cannot be opened."),
    .tp_traverse = (traverseproc)fileio_traverse,
    .tp_clear = (inquiry)fileio_clear,
    .tp_weaklistoffset = offsetof(FileIO, weakreflist),
    .tp_methods = fileio_methods,
    .tp_members = fileio_members,
    .tp_getset = fileio_getset,
    .tp_dictoffset = offsetof(FileIO, dict),
    .tp_init = (initproc)fileio_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = fileio_new,
    .tp_free = PyObject_GC_Del,
};
