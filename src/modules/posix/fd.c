/* SPDX-License-Identifier: MIT */
/* Operations on descriptors. */
#include "posix.h"
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/uio.h>

#define NONE_OR_ERROR(rc, async)                                                                             \
    do {                                                                                                     \
        if (rc != 0)                                                                                         \
            return async ? NULL : posix_error();                                                             \
        Py_RETURN_NONE;                                                                                      \
    } while (0)

static PyObject *posix_open(FASTCALL)
{
    PARSE("O&i|i$O&:open", "path", "flags", "mode", "dir_fd");
    Path path = PATH_INIT("open", "path", 0, 0);
    int flags, mode = 0777, dir_fd = DEFAULT_DIR_FD, fd = -1, async = 0;
    PyObject *result = NULL;
    if (!PARSED(posix_path, &path, &flags, &mode, posix_dir_fd, &dir_fd))
        goto done;
    if (PySys_Audit("open", "OOi", path.object, Py_None, flags | O_CLOEXEC) < 0)
        goto done;
    RETRY(fd, openat(dir_fd, path.narrow, flags | O_CLOEXEC, mode), async);
    if (fd < 0) {
        if (!async)
            posix_path_error(&path);
        goto done;
    }
    result = PyLong_FromLong(fd);
done:
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_close(FASTCALL)
{
    PARSE("i:close", "fd");
    int fd, rc;
    if (!PARSED(&fd))
        return NULL;
    /* Not again after EINTR: the descriptor is gone already. */
    Py_BEGIN_ALLOW_THREADS
    rc = close(fd);
    Py_END_ALLOW_THREADS
    if (rc < 0)
        return posix_error();
    Py_RETURN_NONE;
}

static PyObject *posix_closerange(FASTCALL)
{
    PARSE("ii:closerange", "", "");
    int low, high;
    if (!PARSED(&low, &high))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    long most = sysconf(_SC_OPEN_MAX);
    if (low < 0)
        low = 0;
    if (most > 0 && high > most && close_range(low, high - 1, 0) == 0)
        high = low;
    for (int i = low; i < high; i++)
        close(i);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyObject *posix_dup(FASTCALL)
{
    PARSE("i:dup", "");
    int fd;
    if (!PARSED(&fd))
        return NULL;
    fd = _Py_dup(fd);
    return fd == -1 ? NULL : PyLong_FromLong(fd);
}

static PyObject *posix_dup2(FASTCALL)
{
    PARSE("ii|p:dup2", "fd", "fd2", "inheritable");
    int fd, fd2, inheritable = 1, result;
    if (!PARSED(&fd, &fd2, &inheritable))
        return NULL;
    if (fd < 0 || fd2 < 0) {
        errno = EBADF;
        return posix_error();
    }
    Py_BEGIN_ALLOW_THREADS
    result = inheritable || fd == fd2 ? dup2(fd, fd2) : dup3(fd, fd2, O_CLOEXEC);
    Py_END_ALLOW_THREADS
    if (result < 0)
        return posix_error();
    if (fd == fd2 && !inheritable && _Py_set_inheritable(fd2, 0, NULL) < 0)
        return NULL;
    return PyLong_FromLong(result);
}

static PyObject *posix_lseek(FASTCALL)
{
    PARSE("iO&i:lseek", "", "", "");
    int fd, how;
    off_t position, result;
    if (!PARSED(&fd, posix_off_t, &position, &how))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    result = lseek(fd, position, how);
    Py_END_ALLOW_THREADS
    return result < 0 ? posix_error() : PyLong_FromLongLong(result);
}

static PyObject *posix_read(FASTCALL)
{
    PARSE("in:read", "", "");
    int fd;
    Py_ssize_t length;
    if (!PARSED(&fd, &length))
        return NULL;
    if (length < 0) {
        errno = EINVAL;
        return posix_error();
    }
    if (length > _PY_READ_MAX)
        length = _PY_READ_MAX;
    PyObject *buffer = PyBytes_FromStringAndSize(NULL, length);
    if (buffer == NULL)
        return NULL;
    Py_ssize_t n = _Py_read(fd, PyBytes_AS_STRING(buffer), length);
    if (n == -1) {
        Py_DECREF(buffer);
        return NULL;
    }
    if (n != length)
        _PyBytes_Resize(&buffer, n);
    return buffer;
}

static PyObject *posix_write(FASTCALL)
{
    PARSE("iy*:write", "", "");
    int fd;
    Py_buffer data;
    if (!PARSED(&fd, &data))
        return NULL;
    Py_ssize_t n = _Py_write(fd, data.buf, data.len);
    PyBuffer_Release(&data);
    return n < 0 ? NULL : PyLong_FromSsize_t(n);
}

static PyObject *posix_pread(FASTCALL)
{
    PARSE("inO&:pread", "", "", "");
    int fd, async = 0;
    Py_ssize_t length, n;
    off_t offset;
    if (!PARSED(&fd, &length, posix_off_t, &offset))
        return NULL;
    if (length < 0) {
        errno = EINVAL;
        return posix_error();
    }
    PyObject *buffer = PyBytes_FromStringAndSize(NULL, length);
    if (buffer == NULL)
        return NULL;
    RETRY(n, pread(fd, PyBytes_AS_STRING(buffer), length, offset), async);
    if (n < 0) {
        Py_DECREF(buffer);
        return async ? NULL : posix_error();
    }
    if (n != length)
        _PyBytes_Resize(&buffer, n);
    return buffer;
}

static PyObject *posix_pwrite(FASTCALL)
{
    PARSE("iy*O&:pwrite", "", "", "");
    int fd, async = 0;
    Py_buffer data = {NULL, NULL};
    off_t offset;
    Py_ssize_t n;
    if (!PARSED(&fd, &data, posix_off_t, &offset))
        return NULL;
    RETRY(n, pwrite(fd, data.buf, data.len, offset), async);
    PyBuffer_Release(&data);
    return n < 0 ? (async ? NULL : posix_error()) : PyLong_FromSsize_t(n);
}

/* --- Several buffers at once ------------------------------------------------------------------------------------------ */

typedef struct {
    struct iovec *iov;
    Py_buffer *views;
    Py_ssize_t count;
} Vectors;

static void vectors_release(Vectors *v)
{
    for (Py_ssize_t i = 0; i < v->count; i++)
        PyBuffer_Release(&v->views[i]);
    PyMem_Free(v->iov);
    PyMem_Free(v->views);
}

/* Get the buffers of a sequence.  Total bytes, or -1 with an exception (nothing to release then). */
static Py_ssize_t vectors_setup(Vectors *v, PyObject *sequence, int flags)
{
    Py_ssize_t count = PySequence_Size(sequence), total = 0;
    v->count = 0;
    if (count < 0)
        return -1;
    v->iov = PyMem_New(struct iovec, count ? count : 1);
    v->views = PyMem_New(Py_buffer, count ? count : 1);
    if (v->iov == NULL || v->views == NULL) {
        PyErr_NoMemory();
        goto error;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PySequence_GetItem(sequence, i);
        if (item == NULL)
            goto error;
        int rc = PyObject_GetBuffer(item, &v->views[i], flags);
        Py_DECREF(item);
        if (rc < 0)
            goto error;
        v->count++;
        v->iov[i].iov_base = v->views[i].buf;
        v->iov[i].iov_len = v->views[i].len;
        total += v->views[i].len;
    }
    return total;
error:
    vectors_release(v);
    return -1;
}

/* read or write by vectors; offset < 0: at the position. */
static PyObject *vector_io(const char *name, int fd, PyObject *buffers, off_t offset, int flags, int writing, int positioned)
{
    Vectors v;
    Py_ssize_t n;
    int async = 0;
    if (!PySequence_Check(buffers)) {
        PyErr_Format(PyExc_TypeError, "%s() arg 2 must be a sequence", name);
        return NULL;
    }
    if (vectors_setup(&v, buffers, writing ? PyBUF_SIMPLE : PyBUF_WRITABLE) < 0)
        return NULL;
    RETRY(n,
          positioned ? (writing ? pwritev2(fd, v.iov, (int)v.count, offset, flags) : preadv2(fd, v.iov, (int)v.count, offset, flags))
                     : (writing ? writev(fd, v.iov, (int)v.count) : readv(fd, v.iov, (int)v.count)),
          async);
    int error = errno;
    vectors_release(&v);
    errno = error;
    return n < 0 ? (async ? NULL : posix_error()) : PyLong_FromSsize_t(n);
}

static PyObject *posix_readv(FASTCALL)
{
    PARSE("iO:readv", "", "");
    int fd;
    PyObject *buffers;
    return PARSED(&fd, &buffers) ? vector_io("readv", fd, buffers, 0, 0, 0, 0) : NULL;
}

static PyObject *posix_writev(FASTCALL)
{
    PARSE("iO:writev", "", "");
    int fd;
    PyObject *buffers;
    return PARSED(&fd, &buffers) ? vector_io("writev", fd, buffers, 0, 0, 1, 0) : NULL;
}

static PyObject *posix_preadv(FASTCALL)
{
    PARSE("iOO&|i:preadv", "", "", "", "");
    int fd, flags = 0;
    PyObject *buffers;
    off_t offset;
    return PARSED(&fd, &buffers, posix_off_t, &offset, &flags) ? vector_io("preadv", fd, buffers, offset, flags, 0, 1) : NULL;
}

static PyObject *posix_pwritev(FASTCALL)
{
    PARSE("iOO&|i:pwritev", "", "", "", "");
    int fd, flags = 0;
    PyObject *buffers;
    off_t offset;
    return PARSED(&fd, &buffers, posix_off_t, &offset, &flags) ? vector_io("pwritev", fd, buffers, offset, flags, 1, 1) : NULL;
}

static PyObject *posix_sendfile(FASTCALL)
{
    static const char *const keywords_[] = {"out", "in", "offset", "count", NULL};
    static _PyArg_Parser parser_ = {.format = "iiOn:sendfile", .keywords = keywords_};
    int out, in, async = 0;
    Py_ssize_t count, n;
    PyObject *offset_obj;
    off_t offset;
    if (!PARSED(&out, &in, &offset_obj, &count))
        return NULL;
    if (offset_obj == Py_None) {
        RETRY(n, sendfile(out, in, NULL, count), async);
    } else {
        if (!posix_off_t(offset_obj, &offset))
            return NULL;
        RETRY(n, sendfile(out, in, &offset, count), async);
    }
    return n < 0 ? (async ? NULL : posix_error()) : PyLong_FromSsize_t(n);
}

static PyObject *posix_copy_file_range(FASTCALL)
{
    PARSE("iin|OO:copy_file_range", "src", "dst", "count", "offset_src", "offset_dst");
    int src, dst, async = 0;
    Py_ssize_t count, n;
    PyObject *from = Py_None, *to = Py_None;
    off_t from_value, to_value;
    if (!PARSED(&src, &dst, &count, &from, &to))
        return NULL;
    if (count < 0) {
        PyErr_SetString(PyExc_ValueError, "negative value for 'count' not allowed");
        return NULL;
    }
    if ((from != Py_None && !posix_off_t(from, &from_value)) || (to != Py_None && !posix_off_t(to, &to_value)))
        return NULL;
    RETRY(n, copy_file_range(src, from == Py_None ? NULL : &from_value, dst, to == Py_None ? NULL : &to_value, count, 0), async);
    return n < 0 ? (async ? NULL : posix_error()) : PyLong_FromSsize_t(n);
}

/* --- State of a descriptor ---------------------------------------------------------------------------------------------- */

#define SIMPLE_FD_CALL(name, spec_name, call)                                                                \
    static PyObject *posix_##name(FASTCALL)                                                                  \
    {                                                                                                        \
        PARSE("O&:" #name, spec_name);                                                                       \
        int fd, rc, async = 0;                                                                               \
        if (!PARSED(posix_fildes, &fd))                                                                      \
            return NULL;                                                                                     \
        RETRY(rc, call(fd), async);                                                                          \
        NONE_OR_ERROR(rc, async);                                                                            \
    }
SIMPLE_FD_CALL(fsync, "fd", fsync)
SIMPLE_FD_CALL(fdatasync, "fd", fdatasync)

static PyObject *posix_fchdir(FASTCALL)
{
    PARSE("O&:fchdir", "fd");
    int fd, rc, async = 0;
    if (!PARSED(posix_fildes, &fd) || PySys_Audit("os.chdir", "(i)", fd) < 0)
        return NULL;
    RETRY(rc, fchdir(fd), async);
    NONE_OR_ERROR(rc, async);
}

static PyObject *posix_fchmod(FASTCALL)
{
    PARSE("ii:fchmod", "fd", "mode");
    int fd, mode, rc, async = 0;
    if (!PARSED(&fd, &mode) || PySys_Audit("os.chmod", "iii", fd, mode, -1) < 0)
        return NULL;
    RETRY(rc, fchmod(fd, mode), async);
    NONE_OR_ERROR(rc, async);
}

static PyObject *posix_fchown(FASTCALL)
{
    PARSE("iO&O&:fchown", "fd", "uid", "gid");
    int fd, rc, async = 0;
    uid_t uid;
    gid_t gid;
    if (!PARSED(&fd, posix_uid, &uid, posix_gid, &gid) || PySys_Audit("os.chown", "iIIi", fd, uid, gid, -1) < 0)
        return NULL;
    RETRY(rc, fchown(fd, uid, gid), async);
    NONE_OR_ERROR(rc, async);
}

static PyObject *posix_ftruncate(FASTCALL)
{
    PARSE("iO&:ftruncate", "", "");
    int fd, rc, async = 0;
    off_t length;
    if (!PARSED(&fd, posix_off_t, &length) || PySys_Audit("os.truncate", "in", fd, length) < 0)
        return NULL;
    RETRY(rc, ftruncate(fd, length), async);
    NONE_OR_ERROR(rc, async);
}

static PyObject *posix_lockf(FASTCALL)
{
    PARSE("iiO&:lockf", "", "", "");
    int fd, command, rc;
    off_t length;
    if (!PARSED(&fd, &command, posix_off_t, &length) || PySys_Audit("os.lockf", "iiL", fd, command, (long long)length) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    rc = lockf(fd, command, length);
    Py_END_ALLOW_THREADS
    NONE_OR_ERROR(rc, 0);
}

/* These return the error instead of setting errno. */
static PyObject *posix_posix_fallocate(FASTCALL)
{
    PARSE("iO&O&:posix_fallocate", "", "", "");
    int fd, result, async = 0;
    off_t offset, length;
    if (!PARSED(&fd, posix_off_t, &offset, posix_off_t, &length))
        return NULL;
    do {
        Py_BEGIN_ALLOW_THREADS
        result = posix_fallocate(fd, offset, length);
        Py_END_ALLOW_THREADS
    } while (result == EINTR && !(async = PyErr_CheckSignals()));
    if (result == 0)
        Py_RETURN_NONE;
    errno = result;
    return async ? NULL : posix_error();
}

static PyObject *posix_posix_fadvise(FASTCALL)
{
    PARSE("iO&O&i:posix_fadvise", "", "", "", "");
    int fd, advice, result, async = 0;
    off_t offset, length;
    if (!PARSED(&fd, posix_off_t, &offset, posix_off_t, &length, &advice))
        return NULL;
    do {
        Py_BEGIN_ALLOW_THREADS
        result = posix_fadvise(fd, offset, length, advice);
        Py_END_ALLOW_THREADS
    } while (result == EINTR && !(async = PyErr_CheckSignals()));
    if (result == 0)
        Py_RETURN_NONE;
    errno = result;
    return async ? NULL : posix_error();
}

static PyObject *posix_isatty(FASTCALL)
{
    PARSE("i:isatty", "");
    int fd;
    return PARSED(&fd) ? PyBool_FromLong(isatty(fd)) : NULL;
}

static PyObject *posix_pipe(PyObject *module, PyObject *unused)
{
    int fds[2], rc;
    Py_BEGIN_ALLOW_THREADS
    rc = pipe2(fds, O_CLOEXEC);
    Py_END_ALLOW_THREADS
    return rc != 0 ? posix_error() : Py_BuildValue("(ii)", fds[0], fds[1]);
}

static PyObject *posix_pipe2(FASTCALL)
{
    PARSE("i:pipe2", "");
    int flags, fds[2];
    if (!PARSED(&flags))
        return NULL;
    return pipe2(fds, flags) != 0 ? posix_error() : Py_BuildValue("(ii)", fds[0], fds[1]);
}

static PyObject *posix_get_inheritable(FASTCALL)
{
    PARSE("i:get_inheritable", "");
    int fd;
    if (!PARSED(&fd))
        return NULL;
    int answer = _Py_get_inheritable(fd);
    return answer < 0 ? NULL : PyBool_FromLong(answer);
}

static PyObject *posix_set_inheritable(FASTCALL)
{
    PARSE("ii:set_inheritable", "", "");
    int fd, inheritable;
    if (!PARSED(&fd, &inheritable))
        return NULL;
    return posix_bool_or_none(_Py_set_inheritable(fd, inheritable, NULL));
}

static PyObject *posix_get_blocking(FASTCALL)
{
    PARSE("i:get_blocking", "");
    int fd;
    if (!PARSED(&fd))
        return NULL;
    int answer = _Py_get_blocking(fd);
    return answer < 0 ? NULL : PyBool_FromLong(answer);
}

static PyObject *posix_set_blocking(FASTCALL)
{
    PARSE("ii:set_blocking", "", "");
    int fd, blocking;
    if (!PARSED(&fd, &blocking))
        return NULL;
    return posix_bool_or_none(_Py_set_blocking(fd, blocking));
}

static PyObject *posix_device_encoding(FASTCALL)
{
    PARSE("i:device_encoding", "fd");
    int fd;
    return PARSED(&fd) ? _Py_device_encoding(fd) : NULL;
}

static PyObject *posix_memfd_create(FASTCALL)
{
    PARSE("O&|I:memfd_create", "name", "flags");
    PyObject *name;
    unsigned flags = MFD_CLOEXEC;
    int fd;
    if (!PARSED(PyUnicode_FSConverter, &name, &flags))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    fd = memfd_create(PyBytes_AS_STRING(name), flags);
    Py_END_ALLOW_THREADS
    Py_DECREF(name);
    return fd == -1 ? posix_error() : PyLong_FromLong(fd);
}

static PyObject *posix_sync(PyObject *module, PyObject *unused)
{
    Py_BEGIN_ALLOW_THREADS
    sync();
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

PyMethodDef posix_fd_methods[] = {
    METHOD(open, "open($module, /, path, flags, mode=511, *, dir_fd=None)\n--\n\nOpen a file and return its descriptor, which is not inherited by children."),
    METHOD(close, "close($module, /, fd)\n--\n\nClose a descriptor."),
    METHOD(closerange, "closerange($module, fd_low, fd_high, /)\n--\n\nClose all descriptors from fd_low to below fd_high, ignoring errors."),
    METHOD(dup, "dup($module, fd, /)\n--\n\nReturn a duplicate of a descriptor, not inherited by children."),
    METHOD(dup2, "dup2($module, /, fd, fd2, inheritable=True)\n--\n\nMake fd2 a duplicate of fd; return fd2."),
    METHOD(lseek, "lseek($module, fd, position, how, /)\n--\n\nMove the position of a descriptor and return it."),
    METHOD(read, "read($module, fd, length, /)\n--\n\nReturn up to length bytes read from a descriptor."),
    METHOD(write, "write($module, fd, data, /)\n--\n\nWrite bytes to a descriptor; return how many went."),
    METHOD(pread, "pread($module, fd, length, offset, /)\n--\n\nRead at an offset, leaving the position."),
    METHOD(pwrite, "pwrite($module, fd, buffer, offset, /)\n--\n\nWrite at an offset, leaving the position."),
    METHOD(readv, "readv($module, fd, buffers, /)\n--\n\nRead into several writable buffers; return how many bytes came."),
    METHOD(writev, "writev($module, fd, buffers, /)\n--\n\nWrite several buffers; return how many bytes went."),
    METHOD(preadv, "preadv($module, fd, buffers, offset, flags=0, /)\n--\n\nRead into several buffers at an offset."),
    METHOD(pwritev, "pwritev($module, fd, buffers, offset, flags=0, /)\n--\n\nWrite several buffers at an offset."),
    METHOD(sendfile, "sendfile(out, in, offset, count) -> byteswritten\n\nCopy count bytes from descriptor in to descriptor out; offset None: from in's position."),
    METHOD(copy_file_range, "copy_file_range($module, /, src, dst, count, offset_src=None,\n                offset_dst=None)\n--\n\nCopy count bytes between descriptors inside the kernel; return how many."),
    METHOD(fsync, "fsync($module, /, fd)\n--\n\nForce a file's data to the disk."),
    METHOD(fdatasync, "fdatasync($module, /, fd)\n--\n\nForce a file's content to the disk."),
    METHOD(fchdir, "fchdir($module, /, fd)\n--\n\nMake an open directory the working directory."),
    METHOD(fchmod, "fchmod($module, /, fd, mode)\n--\n\nSet the permissions of an open file."),
    METHOD(fchown, "fchown($module, /, fd, uid, gid)\n--\n\nSet owner and group of an open file."),
    METHOD(ftruncate, "ftruncate($module, fd, length, /)\n--\n\nMake an open file length bytes long."),
    METHOD(lockf, "lockf($module, fd, command, length, /)\n--\n\nApply, test or remove a lock on a section of an open file."),
    METHOD(posix_fallocate, "posix_fallocate($module, fd, offset, length, /)\n--\n\nMake sure that disk space is there for a range of a file."),
    METHOD(posix_fadvise, "posix_fadvise($module, fd, offset, length, advice, /)\n--\n\nTell how a range of a file will be used."),
    METHOD(isatty, "isatty($module, fd, /)\n--\n\nReturn whether a descriptor is a terminal."),
    METHOD_NOARGS(pipe, "pipe($module, /)\n--\n\nMake a pipe; return (read end, write end), not inherited by children."),
    METHOD(pipe2, "pipe2($module, flags, /)\n--\n\nMake a pipe with flags such as O_NONBLOCK and O_CLOEXEC."),
    METHOD(get_inheritable, "get_inheritable($module, fd, /)\n--\n\nReturn whether children inherit a descriptor."),
    METHOD(set_inheritable, "set_inheritable($module, fd, inheritable, /)\n--\n\nSet whether children inherit a descriptor."),
    METHOD(get_blocking, "get_blocking($module, fd, /)\n--\n\nReturn whether a descriptor is in blocking mode."),
    METHOD(set_blocking, "set_blocking($module, fd, blocking, /)\n--\n\nSet whether a descriptor is in blocking mode."),
    METHOD(device_encoding, "device_encoding($module, /, fd)\n--\n\nReturn the encoding of a terminal, None for anything else."),
    METHOD(memfd_create, "memfd_create($module, /, name, flags=MFD_CLOEXEC)\n--\n\nMake a file in memory; return its descriptor."),
    METHOD_NOARGS(sync, "sync($module, /)\n--\n\nForce all data to the disks."),
    {NULL},
};
