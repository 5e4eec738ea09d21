/* SPDX-License-Identifier: MIT */
/* Arguments of system calls: paths, descriptors, ids, offsets. */
#include "posix.h"

PyObject *posix_error(void) { return PyErr_SetFromErrno(PyExc_OSError); }
PyObject *posix_path_error(Path *path) { return PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, path->object); }

PyObject *posix_path_error2(Path *path, Path *path2)
{
    return PyErr_SetFromErrnoWithFilenameObjects(PyExc_OSError, path->object, path2->object);
}

PyObject *posix_bool_or_none(int rc)
{
    if (rc < 0)
        return NULL;
    Py_RETURN_NONE;
}

void posix_path_clear(Path *path) { Py_CLEAR(path->cleanup); }

/* An int that fits a descriptor.  1, or 0 with an exception. */
static int fd_from_index(PyObject *arg, int *fd)
{
    int overflow;
    PyObject *index = PyNumber_Index(arg);
    if (index == NULL)
        return 0;
    long value = PyLong_AsLongAndOverflow(index, &overflow);
    Py_DECREF(index);
    if (overflow > 0 || value > INT_MAX) {
        PyErr_SetString(PyExc_OverflowError, "fd is greater than maximum");
        return 0;
    }
    if (overflow < 0 || value < INT_MIN) {
        PyErr_SetString(PyExc_OverflowError, "fd is less than minimum");
        return 0;
    }
    *fd = (int)value;
    return 1;
}

static int path_type_error(Path *path, PyObject *arg)
{
    const char *kinds = path->allow_fd && path->nullable ? "string, bytes, os.PathLike, integer or None"
                        : path->allow_fd                 ? "string, bytes, os.PathLike or integer"
                        : path->nullable                 ? "string, bytes, os.PathLike or None"
                                                         : "string, bytes or os.PathLike";
    PyErr_Format(PyExc_TypeError, "%s%s%s should be %s, not %.200s", path->function ? path->function : "",
                 path->function ? ": " : "", path->argument ? path->argument : "path", kinds, Py_TYPE(arg)->tp_name);
    return 0;
}

/* Take the bytes (stolen) as path.  1 or 0. */
static int take_bytes(Path *path, PyObject *bytes, PyObject *object_steal)
{
    Py_ssize_t length = PyBytes_GET_SIZE(bytes);
    const char *narrow = PyBytes_AS_STRING(bytes);
    if ((size_t)length != strlen(narrow)) {
        PyErr_Format(PyExc_ValueError, "%s%sembedded null character in %s", path->function ? path->function : "",
                     path->function ? ": " : "", path->argument ? path->argument : "path");
        Py_DECREF(bytes);
        Py_DECREF(object_steal);
        return 0;
    }
    path->narrow = narrow;
    path->length = length;
    path->fd = -1;
    path->object = object_steal;
    if (bytes == object_steal) {
        Py_DECREF(object_steal);
        path->cleanup = bytes;
    } else {
        path->cleanup = PyTuple_Pack(2, bytes, object_steal);
        Py_DECREF(bytes);
        Py_DECREF(object_steal);
        if (path->cleanup == NULL)
            return 0;
    }
    return Py_CLEANUP_SUPPORTED;
}

int posix_path(PyObject *arg, void *p)
{
    Path *path = p;
    PyObject *bytes;
    if (arg == NULL) {
        posix_path_clear(path);
        return 1;
    }
    path->object = path->cleanup = NULL;
    path->object = arg;
    if (arg == Py_None && path->nullable) {
        path->narrow = NULL;
        path->fd = -1;
        return 1;
    }
    if (PyUnicode_Check(arg)) {
        if (!PyUnicode_FSConverter(arg, &bytes))
            return 0;
        Py_INCREF(arg);
        return take_bytes(path, bytes, arg);
    }
    if (PyBytes_Check(arg)) {
        Py_INCREF(arg);
        Py_INCREF(arg);
        return take_bytes(path, arg, arg);
    }
    if (path->allow_fd && PyIndex_Check(arg)) {
        if (!fd_from_index(arg, &path->fd))
            return 0;
        path->narrow = NULL;
        return 1;
    }
    if (PyObject_CheckBuffer(arg)) {
        if (PyErr_WarnFormat(PyExc_DeprecationWarning, 1, "%s%s%s should be %s, not %.200s",
                             path->function ? path->function : "", path->function ? ": " : "",
                             path->argument ? path->argument : "path",
                             path->allow_fd && path->nullable ? "string, bytes, os.PathLike, integer or None"
                             : path->allow_fd                 ? "string, bytes, os.PathLike or integer"
                             : path->nullable                 ? "string, bytes, os.PathLike or None"
                                                              : "string, bytes or os.PathLike",
                             Py_TYPE(arg)->tp_name) < 0)
            return 0;
        bytes = PyBytes_FromObject(arg);
        if (bytes == NULL)
            return 0;
        Py_INCREF(arg);
        return take_bytes(path, bytes, arg);
    }
    /* __fspath__ is looked up on the type. */
    PyObject *method = PyObject_GetAttrString((PyObject *)Py_TYPE(arg), "__fspath__");
    if (method == NULL) {
        PyErr_Clear();
        return path_type_error(path, arg);
    }
    PyObject *result = PyObject_CallFunctionObjArgs(method, arg, NULL);
    Py_DECREF(method);
    if (result == NULL)
        return 0;
    if (PyUnicode_Check(result)) {
        if (!PyUnicode_FSConverter(result, &bytes)) {
            Py_DECREF(result);
            return 0;
        }
        return take_bytes(path, bytes, result);
    }
    if (PyBytes_Check(result)) {
        Py_INCREF(result);
        return take_bytes(path, result, result);
    }
    PyErr_Format(PyExc_TypeError, "expected %.200s.__fspath__() to return str or bytes, not %.200s", Py_TYPE(arg)->tp_name,
                 Py_TYPE(result)->tp_name);
    Py_DECREF(result);
    return 0;
}

int posix_dir_fd(PyObject *arg, void *p)
{
    if (arg == Py_None) {
        *(int *)p = DEFAULT_DIR_FD;
        return 1;
    }
    if (PyIndex_Check(arg))
        return fd_from_index(arg, p);
    PyErr_Format(PyExc_TypeError, "argument should be integer or None, not %.200s", Py_TYPE(arg)->tp_name);
    return 0;
}

int posix_fildes(PyObject *arg, void *p)
{
    int fd = PyObject_AsFileDescriptor(arg);
    if (fd < 0)
        return 0;
    *(int *)p = fd;
    return 1;
}

/* uid_t and gid_t are 32 bits, and -1 is allowed. */
static int id_from(PyObject *arg, uint32_t *result, const char *what)
{
    int overflow;
    PyObject *index = PyNumber_Index(arg);
    if (index == NULL) {
        PyErr_Format(PyExc_TypeError, "%s should be integer, not %.200s", what, Py_TYPE(arg)->tp_name);
        return 0;
    }
    long value = PyLong_AsLongAndOverflow(index, &overflow);
    Py_DECREF(index);
    if (overflow > 0 || (!overflow && value > (long)UINT32_MAX)) {
        PyErr_Format(PyExc_OverflowError, "%s is greater than maximum", what);
        return 0;
    }
    if (overflow < 0 || value < -1) {
        PyErr_Format(PyExc_OverflowError, "%s is less than minimum", what);
        return 0;
    }
    *result = (uint32_t)value;
    return 1;
}

int posix_uid(PyObject *arg, void *p) { return id_from(arg, p, "uid"); }
int posix_gid(PyObject *arg, void *p) { return id_from(arg, p, "gid"); }

/* The same, and the way back, under the names that CPython's grp and pwd import. */
PyAPI_FUNC(int) _Py_Uid_Converter(PyObject *arg, void *result);
PyAPI_FUNC(int) _Py_Gid_Converter(PyObject *arg, void *result);
PyAPI_FUNC(PyObject *) _PyLong_FromUid(uid_t uid);
PyAPI_FUNC(PyObject *) _PyLong_FromGid(gid_t gid);
int _Py_Uid_Converter(PyObject *arg, void *result) { return posix_uid(arg, result); }
int _Py_Gid_Converter(PyObject *arg, void *result) { return posix_gid(arg, result); }
PyObject *_PyLong_FromUid(uid_t uid) { return uid == (uid_t)-1 ? PyLong_FromLong(-1) : PyLong_FromUnsignedLong(uid); }
PyObject *_PyLong_FromGid(gid_t gid) { return _PyLong_FromUid(gid); }

int posix_pid(PyObject *arg, void *p)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return 0;
    }
    long value = PyLong_AsLong(arg);
    if (value == -1 && PyErr_Occurred())
        return 0;
    if (value != (pid_t)value) {
        PyErr_SetString(PyExc_OverflowError, "signed integer is out of range");
        return 0;
    }
    *(pid_t *)p = (pid_t)value;
    return 1;
}

int posix_off_t(PyObject *arg, void *p)
{
    long long value = PyLong_AsLongLong(arg);
    if (value == -1 && PyErr_Occurred())
        return 0;
    *(off_t *)p = (off_t)value;
    return 1;
}

int posix_dev_t(PyObject *arg, void *p)
{
    unsigned long long value = PyLong_AsUnsignedLongLong(arg);
    if (value == (unsigned long long)-1 && PyErr_Occurred())
        return 0;
    *(dev_t *)p = (dev_t)value;
    return 1;
}

int posix_fd_and_dir_fd(const char *function, int dir_fd, int fd)
{
    if (fd == -1 || dir_fd == DEFAULT_DIR_FD)
        return 0;
    PyErr_Format(PyExc_ValueError, "%s: can't specify both dir_fd and fd", function);
    return 1;
}

int posix_fd_and_follow(const char *function, int fd, int follow_symlinks)
{
    if (fd == -1 || follow_symlinks)
        return 0;
    PyErr_Format(PyExc_ValueError, "%s: cannot use fd and follow_symlinks together", function);
    return 1;
}
