/* SPDX-License-Identifier: MIT */
/* File descriptors for Python: close-on-exec everywhere, system calls restarted after signals (PEP 475), the GIL
 * released around what may block, errors as OSError.
 *
 * `raise` is true where the caller holds the GIL and wants an exception. Tests: CPython's test_os
 */
#include "base/fileutils.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

PyObject *_Py_device_encoding(int fd)
{
    int tty;
    Py_BEGIN_ALLOW_THREADS
    tty = isatty(fd);
    Py_END_ALLOW_THREADS
    if (tty) {
        const char *codeset = nl_langinfo(CODESET);
        if (codeset != NULL && codeset[0] != 0)
            return PyUnicode_FromString(codeset);
    }
    Py_RETURN_NONE;
}

/* ---- inheritance, blocking ---- */

static int get_inheritable(int fd, int raise)
{
    int flags = fcntl(fd, F_GETFD, 0);
    if (flags == -1) {
        if (raise)
            PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    return !(flags & FD_CLOEXEC);
}

int _Py_get_inheritable(int fd)
{
    return get_inheritable(fd, 1);
}

/* If *atomic_works is 0 the flag given to open() was found not to work on this system, -1: not known yet. */
static int set_inheritable(int fd, int inheritable, int raise, int *atomic_works)
{
    if (atomic_works != NULL && !inheritable) {
        if (*atomic_works == -1) {
            int is = get_inheritable(fd, raise);
            if (is == -1)
                return -1;
            *atomic_works = !is;
        }
        if (*atomic_works)
            return 0;
    }
    int flags = fcntl(fd, F_GETFD);
    if (flags >= 0) {
        int wanted = inheritable ? flags & ~FD_CLOEXEC : flags | FD_CLOEXEC;
        if (wanted == flags || fcntl(fd, F_SETFD, wanted) >= 0)
            return 0;
    }
    if (raise)
        PyErr_SetFromErrno(PyExc_OSError);
    return -1;
}

int _Py_set_inheritable(int fd, int inheritable, int *atomic_works)
{
    return set_inheritable(fd, inheritable, 1, atomic_works);
}

int _Py_set_inheritable_async_safe(int fd, int inheritable, int *atomic_works)
{
    return set_inheritable(fd, inheritable, 0, atomic_works);
}

int _Py_get_blocking(int fd)
{
    int flags;
    flags = fcntl(fd, F_GETFL, 0);
    if (flags < 0) {
        PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    return !(flags & O_NONBLOCK);
}

int _Py_set_blocking(int fd, int blocking)
{
    int arg = !blocking;
    if (ioctl(fd, FIONBIO, &arg) < 0) {
        PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    return 0;
}

/* ---- opening ---- */

int _Py_open(const char *pathname, int flags)
{
    int fd, interrupted = 0;
    if (PySys_Audit("open", "sOi", pathname, Py_None, flags) < 0)
        return -1;
    do {
        Py_BEGIN_ALLOW_THREADS
        fd = open(pathname, flags | O_CLOEXEC);
        Py_END_ALLOW_THREADS
    } while (fd < 0 && errno == EINTR && !(interrupted = PyErr_CheckSignals()));
    if (interrupted)
        return -1;
    if (fd < 0)
        PyErr_SetFromErrnoWithFilename(PyExc_OSError, pathname);
    return fd;
}

int _Py_open_noraise(const char *pathname, int flags)
{
    return open(pathname, flags | O_CLOEXEC);
}

static FILE *cloexec(FILE *f, int raise)
{
    if (f != NULL && set_inheritable(fileno(f), 0, raise, NULL) < 0) {
        fclose(f);
        return NULL;
    }
    return f;
}

FILE *_Py_wfopen(const wchar_t *path, const wchar_t *mode)
{
    char text[10];
    if (wcstombs(text, mode, sizeof text) >= sizeof text) {
        errno = EINVAL;
        return NULL;
    }
    char *name = _Py_EncodeLocaleRaw(path, NULL);
    if (name == NULL)
        return NULL;
    FILE *f = cloexec(fopen(name, text), 0);
    PyMem_RawFree(name);
    return f;
}

FILE *_Py_fopen(const char *path, const char *mode)
{
    return cloexec(fopen(path, mode), 0);
}

FILE *_Py_fopen_obj(PyObject *path, const char *mode)
{
    FILE *f;
    PyObject *bytes;
    int interrupted = 0;
    if (!PyUnicode_FSConverter(path, &bytes))
        return NULL;
    const char *name = PyBytes_AS_STRING(bytes);
    if (PySys_Audit("open", "Osi", path, mode, 0) < 0) {
        Py_DECREF(bytes);
        return NULL;
    }
    do {
        Py_BEGIN_ALLOW_THREADS
        f = fopen(name, mode);
        Py_END_ALLOW_THREADS
    } while (f == NULL && errno == EINTR && !(interrupted = PyErr_CheckSignals()));
    Py_DECREF(bytes);
    if (interrupted)
        return NULL;
    if (f == NULL) {
        PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, path);
        return NULL;
    }
    return cloexec(f, 1);
}

int _Py_dup(int fd)
{
    Py_BEGIN_ALLOW_THREADS
    fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    Py_END_ALLOW_THREADS
    if (fd < 0)
        PyErr_SetFromErrno(PyExc_OSError);
    return fd;
}

int _Py_open_cloexec_works = 1;

/* ---- stat ---- */

int _Py_fstat_noraise(int fd, struct _Py_stat_struct *status)
{
    return fstat(fd, status);
}

int _Py_fstat(int fd, struct _Py_stat_struct *status)
{
    int r;
    Py_BEGIN_ALLOW_THREADS
    r = fstat(fd, status);
    Py_END_ALLOW_THREADS
    if (r != 0)
        PyErr_SetFromErrno(PyExc_OSError);
    return r;
}

/* 0, -1 with errno, -2 with an exception. */
int _Py_stat(PyObject *path, struct stat *st)
{
    PyObject *bytes = PyUnicode_EncodeFSDefault(path);
    if (bytes == NULL)
        return -2;
    char *name;
    if (PyBytes_AsStringAndSize(bytes, &name, NULL) == -1) {
        Py_DECREF(bytes);
        return -2;
    }
    int r = stat(name, st);
    Py_DECREF(bytes);
    return r;
}

/* ---- reading, writing ---- */

Py_ssize_t _Py_read(int fd, void *buf, size_t count)
{
    Py_ssize_t n;
    int error, interrupted = 0;
    if (count > _PY_READ_MAX)
        count = _PY_READ_MAX;
    do {
        Py_BEGIN_ALLOW_THREADS
        errno = 0;
        n = read(fd, buf, count);
        error = errno;
        Py_END_ALLOW_THREADS
    } while (n < 0 && error == EINTR && !(interrupted = PyErr_CheckSignals()));
    if (interrupted) {
        errno = error;
        return -1;
    }
    if (n < 0) {
        errno = error;
        PyErr_SetFromErrno(PyExc_OSError);
        errno = error;
        return -1;
    }
    return n;
}

static Py_ssize_t write_fully_checked(int fd, const void *buf, size_t count, int raise)
{
    Py_ssize_t n;
    int error, interrupted = 0;
    if (count > _PY_WRITE_MAX)
        count = _PY_WRITE_MAX;
    if (raise) {
        do {
            Py_BEGIN_ALLOW_THREADS
            errno = 0;
            n = write(fd, buf, count);
            error = errno;
            Py_END_ALLOW_THREADS
        } while (n < 0 && error == EINTR && !(interrupted = PyErr_CheckSignals()));
    } else {
        do {
            errno = 0;
            n = write(fd, buf, count);
            error = errno;
        } while (n < 0 && error == EINTR);
    }
    if (n < 0 && raise && !interrupted) {
        errno = error;
        PyErr_SetFromErrno(PyExc_OSError);
    }
    errno = error;
    return n < 0 ? -1 : n;
}

Py_ssize_t _Py_write(int fd, const void *buf, size_t count)
{
    return write_fully_checked(fd, buf, count, 1);
}

Py_ssize_t _Py_write_noraise(int fd, const void *buf, size_t count)
{
    return write_fully_checked(fd, buf, count, 0);
}

/* ---- wide paths ---- */

/* Decode name into out[0..room-1]; -1 when it does not fit. */
static int decode_into(const char *name, wchar_t *out, size_t room)
{
    size_t n;
    wchar_t *wide = Py_DecodeLocale(name, &n);
    if (wide == NULL) {
        errno = EINVAL;
        return -1;
    }
    if (n >= room) {
        PyMem_RawFree(wide);
        errno = EINVAL;
        return -1;
    }
    wmemcpy(out, wide, n + 1);
    PyMem_RawFree(wide);
    return (int)n;
}

int _Py_wreadlink(const wchar_t *path, wchar_t *buf, size_t buflen)
{
    char target[PATH_MAX + 1];
    char *name = _Py_EncodeLocaleRaw(path, NULL);
    if (name == NULL) {
        errno = EINVAL;
        return -1;
    }
    ssize_t n = readlink(name, target, sizeof target - 1);
    PyMem_RawFree(name);
    if (n == -1)
        return -1;
    target[n] = 0;
    return decode_into(target, buf, buflen);
}

wchar_t *_Py_wrealpath(const wchar_t *path, wchar_t *resolved, size_t room)
{
    char target[PATH_MAX + 1];
    char *name = _Py_EncodeLocaleRaw(path, NULL);
    if (name == NULL) {
        errno = EINVAL;
        return NULL;
    }
    char *found = realpath(name, target);
    PyMem_RawFree(name);
    return found == NULL || decode_into(found, resolved, room) < 0 ? NULL : resolved;
}

wchar_t *_Py_wgetcwd(wchar_t *buf, size_t room)
{
    char name[PATH_MAX + 1];
    if (getcwd(name, sizeof name) == NULL)
        return NULL;
    return decode_into(name, buf, room) < 0 ? NULL : buf;
}
