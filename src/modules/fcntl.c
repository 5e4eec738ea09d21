/* SPDX-License-Identifier: MIT */
/* fcntl: control of descriptors and locks on files. */
#include "Python.h"
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>

static int fildes(PyObject *arg, void *p)
{
    int fd = PyObject_AsFileDescriptor(arg);
    if (fd < 0)
        return 0;
    *(int *)p = fd;
    return 1;
}

enum { BUFFER = 1024 };

/* Repeat a call without the GIL while signals interrupt it. */
#define CALL(result, call, async)                                                                            \
    do {                                                                                                     \
        Py_BEGIN_ALLOW_THREADS                                                                               \
        result = call;                                                                                       \
        Py_END_ALLOW_THREADS                                                                                 \
    } while (result == -1 && errno == EINTR && !(async = PyErr_CheckSignals()))

static PyObject *fcntl_fcntl(PyObject *module, PyObject *args)
{
    int fd, code, ret, async = 0;
    unsigned int number = 0;
    PyObject *arg = NULL;
    char buffer[BUFFER + 1];
    Py_buffer view;
    if (!PyArg_ParseTuple(args, "O&i|O:fcntl", fildes, &fd, &code, &arg) || PySys_Audit("fcntl.fcntl", "iiO", fd, code, arg ? arg : Py_None) < 0)
        return NULL;
    if (arg != NULL && !PyLong_Check(arg)) {
        /* A structure: passed in a buffer, returned as bytes. */
        if (PyArg_Parse(arg, "s*", &view)) {
            Py_ssize_t n = view.len;
            if (n > BUFFER) {
                PyErr_SetString(PyExc_ValueError, "fcntl string arg too long");
                PyBuffer_Release(&view);
                return NULL;
            }
            memcpy(buffer, view.buf, n);
            buffer[n] = '\0';
            PyBuffer_Release(&view);
            CALL(ret, fcntl(fd, code, buffer), async);
            if (ret < 0)
                return async ? NULL : PyErr_SetFromErrno(PyExc_OSError);
            return PyBytes_FromStringAndSize(buffer, n);
        }
        PyErr_Clear();
    }
    if (arg != NULL && !PyArg_Parse(arg, "I;fcntl requires a file or file descriptor, an integer and optionally a third integer or a string", &number))
        return NULL;
    CALL(ret, fcntl(fd, code, (int)number), async);
    if (ret < 0)
        return async ? NULL : PyErr_SetFromErrno(PyExc_OSError);
    return PyLong_FromLong(ret);
}

static PyObject *fcntl_ioctl(PyObject *module, PyObject *args)
{
    int fd, ret, mutate = 1, number = 0;
    unsigned int code;
    PyObject *arg = NULL;
    char buffer[BUFFER + 1];
    Py_buffer view;
    if (!PyArg_ParseTuple(args, "O&I|Op:ioctl", fildes, &fd, &code, &arg, &mutate) ||
        PySys_Audit("fcntl.ioctl", "iIO", fd, code, arg ? arg : Py_None) < 0)
        return NULL;
    if (arg != NULL && !PyLong_Check(arg)) {
        if (PyArg_Parse(arg, "w*:ioctl", &view)) {
            Py_ssize_t n = view.len;
            /* Small buffers are copied, so that the kernel may write past what it was promised. */
            char *data = n <= BUFFER ? buffer : view.buf;
            if (n <= BUFFER) {
                memcpy(buffer, view.buf, n);
                buffer[n] = '\0';
            } else if (!mutate) {
                PyBuffer_Release(&view);
                PyErr_SetString(PyExc_ValueError, "ioctl string arg too long");
                return NULL;
            }
            Py_BEGIN_ALLOW_THREADS
            ret = ioctl(fd, code, data);
            Py_END_ALLOW_THREADS
            int error = errno;
            if (mutate && data == buffer)
                memcpy(view.buf, buffer, n);
            PyBuffer_Release(&view);
            errno = error;
            if (ret < 0)
                return PyErr_SetFromErrno(PyExc_OSError);
            return mutate ? PyLong_FromLong(ret) : PyBytes_FromStringAndSize(buffer, n);
        }
        PyErr_Clear();
        if (PyArg_Parse(arg, "s*:ioctl", &view)) {
            Py_ssize_t n = view.len;
            if (n > BUFFER) {
                PyBuffer_Release(&view);
                PyErr_SetString(PyExc_ValueError, "ioctl string arg too long");
                return NULL;
            }
            memcpy(buffer, view.buf, n);
            buffer[n] = '\0';
            PyBuffer_Release(&view);
            Py_BEGIN_ALLOW_THREADS
            ret = ioctl(fd, code, buffer);
            Py_END_ALLOW_THREADS
            return ret < 0 ? PyErr_SetFromErrno(PyExc_OSError) : PyBytes_FromStringAndSize(buffer, n);
        }
        PyErr_Clear();
    }
    if (arg != NULL && !PyArg_Parse(arg, "i;ioctl requires a file or file descriptor, an integer and optionally an integer or buffer argument", &number))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    ret = ioctl(fd, code, number);
    Py_END_ALLOW_THREADS
    return ret < 0 ? PyErr_SetFromErrno(PyExc_OSError) : PyLong_FromLong(ret);
}

static PyObject *fcntl_flock(PyObject *module, PyObject *args)
{
    int fd, operation, ret, async = 0;
    if (!PyArg_ParseTuple(args, "O&i:flock", fildes, &fd, &operation) || PySys_Audit("fcntl.flock", "ii", fd, operation) < 0)
        return NULL;
    CALL(ret, flock(fd, operation), async);
    if (ret < 0)
        return async ? NULL : PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}

static PyObject *fcntl_lockf(PyObject *module, PyObject *args)
{
    int fd, operation, ret, async = 0, whence = 0;
    PyObject *length = NULL, *start = NULL;
    struct flock l = {0};
    if (!PyArg_ParseTuple(args, "O&i|OOi:lockf", fildes, &fd, &operation, &length, &start, &whence) ||
        PySys_Audit("fcntl.lockf", "iiOOi", fd, operation, length ? length : Py_None, start ? start : Py_None, whence) < 0)
        return NULL;
    if (operation == LOCK_UN)
        l.l_type = F_UNLCK;
    else if (operation & LOCK_SH)
        l.l_type = F_RDLCK;
    else if (operation & LOCK_EX)
        l.l_type = F_WRLCK;
    else {
        PyErr_SetString(PyExc_ValueError, "unrecognized lockf argument");
        return NULL;
    }
    if (start != NULL && (l.l_start = PyLong_AsLongLong(start)) == -1 && PyErr_Occurred())
        return NULL;
    if (length != NULL && (l.l_len = PyLong_AsLongLong(length)) == -1 && PyErr_Occurred())
        return NULL;
    l.l_whence = (short)whence;
    CALL(ret, fcntl(fd, operation & LOCK_NB ? F_SETLK : F_SETLKW, &l), async);
    if (ret < 0)
        return async ? NULL : PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"fcntl", fcntl_fcntl, METH_VARARGS, PyDoc_STR("fcntl($module, fd, cmd, arg=0, /)\n--\n\nPerform an operation on a descriptor.\n\narg: an integer, or bytes that hold a structure; these are returned as the call left them.")},
    {"ioctl", fcntl_ioctl, METH_VARARGS, PyDoc_STR("ioctl($module, fd, request, arg=0, mutate_flag=True, /)\n--\n\nPerform an operation on a device.\n\narg: an integer, bytes, or a writable buffer that is changed if mutate_flag is true.")},
    {"flock", fcntl_flock, METH_VARARGS, PyDoc_STR("flock($module, fd, operation, /)\n--\n\nLock or unlock a whole file.")},
    {"lockf", fcntl_lockf, METH_VARARGS, PyDoc_STR("lockf($module, fd, cmd, len=0, start=0, whence=0, /)\n--\n\nLock or unlock a part of a file; len 0 means to the end.")},
    {NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "fcntl",
    .m_doc = PyDoc_STR("Control of descriptors and locks on files; the fd argument is an int or an object with fileno()."),
    .m_size = -1,
    .m_methods = methods,
};

#define C(name) {#name, (long)name}
static const struct {const char *name; long value;} constants[] = {
    C(LOCK_SH), C(LOCK_EX), C(LOCK_NB), C(LOCK_UN), C(LOCK_MAND), C(LOCK_READ), C(LOCK_WRITE), C(LOCK_RW), C(F_DUPFD),
    C(F_DUPFD_CLOEXEC), C(F_GETFD), C(F_SETFD), C(F_GETFL), C(F_SETFL), C(F_GETLK), C(F_SETLK), C(F_SETLKW), C(F_GETOWN),
    C(F_SETOWN), C(F_GETSIG), C(F_SETSIG), C(F_RDLCK), C(F_WRLCK), C(F_UNLCK), C(F_EXLCK), C(F_SHLCK),
    {"F_GETLK64", F_GETLK}, {"F_SETLK64", F_SETLK}, {"F_SETLKW64", F_SETLKW}, C(FASYNC), C(F_SETLEASE), C(F_GETLEASE),
    C(F_NOTIFY), C(DN_ACCESS), C(DN_MODIFY), C(DN_CREATE), C(DN_DELETE), C(DN_RENAME), C(DN_ATTRIB), C(DN_MULTISHOT),
    {"FD_CLOEXEC", 1}, {"F_OFD_GETLK", 36}, {"F_OFD_SETLK", 37}, {"F_OFD_SETLKW", 38}, {"F_ADD_SEALS", 1033},
    {"F_GET_SEALS", 1034}, {"F_SEAL_SEAL", 1}, {"F_SEAL_SHRINK", 2}, {"F_SEAL_GROW", 4}, {"F_SEAL_WRITE", 8},
    {"I_NREAD", 21249}, {"I_PUSH", 21250}, {"I_POP", 21251}, {"I_LOOK", 21252}, {"I_FLUSH", 21253}, {"I_FLUSHBAND", 21276},
    {"I_SRDOPT", 21254}, {"I_GRDOPT", 21255}, {"I_STR", 21256}, {"I_SETSIG", 21257}, {"I_GETSIG", 21258}, {"I_FIND", 21259},
    {"I_PEEK", 21263}, {"I_FDINSERT", 21264}, {"I_SENDFD", 21265}, {"I_RECVFD", 21262}, {"I_SWROPT", 21267},
    {"I_GWROPT", 21268}, {"I_LIST", 21269}, {"I_PLINK", 21270}, {"I_PUNLINK", 21271}, {"I_SETCLTIME", 21280},
    {"I_GETCLTIME", 21281}, {"I_CKBAND", 21277}, {"I_GETBAND", 21278}, {"I_ATMARK", 21279}, {"I_LINK", 21260},
    {"I_UNLINK", 21261}, {"I_CANPUT", 21282},
};

PyMODINIT_FUNC PyInit_fcntl(void)
{
    PyObject *module = PyModule_Create(&module_def);
    for (size_t i = 0; module != NULL && i < Py_ARRAY_LENGTH(constants); i++)
        if (PyModule_AddIntConstant(module, constants[i].name, constants[i].value) < 0)
            Py_CLEAR(module);
    return module;
}
