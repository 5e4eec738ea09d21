/* SPDX-License-Identifier: MIT */
/* stat(), statvfs(), utime() and their results. */
#include "posix.h"
#include <sys/statvfs.h>
#include <sys/time.h>

PyTypeObject *StatResult_Type, *StatVFSResult_Type;

static PyStructSequence_Field stat_fields[] = {
    {"st_mode", "protection bits"},
    {"st_ino", "inode"},
    {"st_dev", "device"},
    {"st_nlink", "number of hard links"},
    {"st_uid", "user ID of owner"},
    {"st_gid", "group ID of owner"},
    {"st_size", "total size, in bytes"},
    {NULL, "integer time of last access"},
    {NULL, "integer time of last modification"},
    {NULL, "integer time of last change"},
    {"st_atime", "time of last access"},
    {"st_mtime", "time of last modification"},
    {"st_ctime", "time of last change"},
    {"st_atime_ns", "time of last access in nanoseconds"},
    {"st_mtime_ns", "time of last modification in nanoseconds"},
    {"st_ctime_ns", "time of last change in nanoseconds"},
    {"st_blksize", "blocksize for filesystem I/O"},
    {"st_blocks", "number of blocks allocated"},
    {"st_rdev", "device type (if inode device)"},
    {0},
};
static PyStructSequence_Desc stat_desc = {
    "os.stat_result",
    "stat_result: Result from stat, fstat, or lstat.\n\n"
    "A tuple of mode, inode, device, links, user, group, size and three times in whole\n"
    "seconds; its attributes tell more, with fractions and in nanoseconds.",
    stat_fields, 10};

static PyStructSequence_Field statvfs_fields[] = {
    {"f_bsize", "size of a block"}, {"f_frsize", "size of a fragment, the unit of f_blocks"}, {"f_blocks", "size of the file system in fragments"}, {"f_bfree", "free blocks"}, {"f_bavail", "free blocks for users who are not root"}, {"f_files", "number of inodes"},
    {"f_ffree", "free inodes"}, {"f_favail", "free inodes for users who are not root"}, {"f_flag", "flags of the mount"}, {"f_namemax", "greatest length of a file name"}, {"f_fsid", "number of the file system"}, {0},
};
static PyStructSequence_Desc statvfs_desc = {"os.statvfs_result", "Result of statvfs() and fstatvfs().", statvfs_fields, 10};

static newfunc structseq_new;

/* stat_result(sequence): missing float times are taken from the integer ones. */
static PyObject *stat_result_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyStructSequence *result = (PyStructSequence *)structseq_new(type, args, kwds);
    if (result == NULL)
        return NULL;
    for (int i = 7; i <= 9; i++) {
        if (result->ob_item[i + 3] == Py_None) {
            Py_DECREF(Py_None);
            Py_INCREF(result->ob_item[i]);
            result->ob_item[i + 3] = result->ob_item[i];
        }
    }
    return (PyObject *)result;
}

/* Seconds as int, float and nanoseconds at their three places. */
static int put_time(PyObject *result, int index, struct timespec when)
{
    PyObject *seconds = _PyLong_FromTime_t(when.tv_sec), *ns, *number;
    if (seconds == NULL)
        return -1;
    PyStructSequence_SET_ITEM(result, index, seconds);
    PyObject *fraction = PyFloat_FromDouble(when.tv_sec + 1e-9 * when.tv_nsec);
    if (fraction == NULL)
        return -1;
    PyStructSequence_SET_ITEM(result, index + 3, fraction);
    long long total;
    if (!__builtin_mul_overflow((long long)when.tv_sec, 1000000000LL, &total) &&
        !__builtin_add_overflow(total, (long long)when.tv_nsec, &total)) {
        number = PyLong_FromLongLong(total);
    } else {
        PyObject *billion = PyLong_FromLong(1000000000), *whole = NULL;
        ns = PyLong_FromLong(when.tv_nsec);
        number = NULL;
        if (billion && ns && (whole = PyNumber_Multiply(seconds, billion)) != NULL)
            number = PyNumber_Add(whole, ns);
        Py_XDECREF(billion);
        Py_XDECREF(whole);
        Py_XDECREF(ns);
    }
    if (number == NULL)
        return -1;
    PyStructSequence_SET_ITEM(result, index + 6, number);
    return 0;
}

PyObject *posix_stat_object(struct stat *st)
{
    PyObject *v = PyStructSequence_New(StatResult_Type);
    if (v == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(v, 0, PyLong_FromLong((long)st->st_mode));
    PyStructSequence_SET_ITEM(v, 1, PyLong_FromUnsignedLongLong(st->st_ino));
    PyStructSequence_SET_ITEM(v, 2, PyLong_FromUnsignedLongLong(st->st_dev));
    PyStructSequence_SET_ITEM(v, 3, PyLong_FromLong((long)st->st_nlink));
    PyStructSequence_SET_ITEM(v, 4, PyLong_FromUnsignedLong(st->st_uid));
    PyStructSequence_SET_ITEM(v, 5, PyLong_FromUnsignedLong(st->st_gid));
    PyStructSequence_SET_ITEM(v, 6, PyLong_FromLongLong(st->st_size));
    PyStructSequence_SET_ITEM(v, 16, PyLong_FromLong((long)st->st_blksize));
    PyStructSequence_SET_ITEM(v, 17, PyLong_FromLong((long)st->st_blocks));
    PyStructSequence_SET_ITEM(v, 18, PyLong_FromLong((long)st->st_rdev));
    if (put_time(v, 7, st->st_atim) < 0 || put_time(v, 8, st->st_mtim) < 0 || put_time(v, 9, st->st_ctim) < 0 ||
        PyErr_Occurred())
        Py_CLEAR(v);
    return v;
}

static PyObject *do_stat(const char *function, Path *path, int dir_fd, int follow)
{
    struct stat st;
    int rc;
    if (posix_fd_and_dir_fd(function, dir_fd, path->fd) || posix_fd_and_follow(function, path->fd, follow))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    if (path->fd != -1)
        rc = fstat(path->fd, &st);
    else if (dir_fd == DEFAULT_DIR_FD)
        rc = follow ? stat(path->narrow, &st) : lstat(path->narrow, &st);
    else
        rc = fstatat(dir_fd, path->narrow, &st, follow ? 0 : AT_SYMLINK_NOFOLLOW);
    Py_END_ALLOW_THREADS
    return rc != 0 ? posix_path_error(path) : posix_stat_object(&st);
}

static PyObject *posix_stat(FASTCALL)
{
    PARSE("O&|$O&p:stat", "path", "dir_fd", "follow_symlinks");
    Path path = PATH_INIT("stat", "path", 0, 1);
    int dir_fd = DEFAULT_DIR_FD, follow = 1;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, posix_dir_fd, &dir_fd, &follow))
        result = do_stat("stat", &path, dir_fd, follow);
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_lstat(FASTCALL)
{
    PARSE("O&|$O&:lstat", "path", "dir_fd");
    Path path = PATH_INIT("lstat", "path", 0, 0);
    int dir_fd = DEFAULT_DIR_FD;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, posix_dir_fd, &dir_fd))
        result = do_stat("lstat", &path, dir_fd, 0);
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_fstat(FASTCALL)
{
    PARSE("i:fstat", "fd");
    struct stat st;
    int fd, rc, async = 0;
    if (!PARSED(&fd))
        return NULL;
    RETRY(rc, fstat(fd, &st), async);
    if (rc != 0)
        return async ? NULL : posix_error();
    return posix_stat_object(&st);
}

static PyObject *statvfs_object(struct statvfs *st)
{
    PyObject *v = PyStructSequence_New(StatVFSResult_Type);
    if (v == NULL)
        return NULL;
    unsigned long values[] = {st->f_bsize, st->f_frsize, st->f_blocks, st->f_bfree, st->f_bavail, st->f_files,
                              st->f_ffree, st->f_favail, st->f_flag, st->f_namemax, st->f_fsid};
    for (int i = 0; i < 11; i++)
        PyStructSequence_SET_ITEM(v, i, PyLong_FromUnsignedLong(values[i]));
    if (PyErr_Occurred())
        Py_CLEAR(v);
    return v;
}

static PyObject *posix_statvfs(FASTCALL)
{
    PARSE("O&:statvfs", "path");
    Path path = PATH_INIT("statvfs", "path", 0, 1);
    struct statvfs st;
    int rc;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path)) {
        Py_BEGIN_ALLOW_THREADS
        rc = path.fd != -1 ? fstatvfs(path.fd, &st) : statvfs(path.narrow, &st);
        Py_END_ALLOW_THREADS
        result = rc ? posix_path_error(&path) : statvfs_object(&st);
    }
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_fstatvfs(FASTCALL)
{
    PARSE("i:fstatvfs", "");
    struct statvfs st;
    int fd, rc, async = 0;
    if (!PARSED(&fd))
        return NULL;
    RETRY(rc, fstatvfs(fd, &st), async);
    if (rc != 0)
        return async ? NULL : posix_error();
    return statvfs_object(&st);
}

/* One time of utime(ns=...): an int of nanoseconds.  0 or -1. */
static int split_ns(PyObject *number, struct timespec *when)
{
    static PyObject *billion;
    if (billion == NULL && (billion = PyLong_FromLong(1000000000)) == NULL)
        return -1;
    PyObject *pair = PyNumber_Divmod(number, billion);
    if (pair == NULL)
        return -1;
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2) {
        PyErr_Format(PyExc_TypeError, "%.200s.__divmod__() must return a 2-tuple, not %.200s", Py_TYPE(number)->tp_name,
                     Py_TYPE(pair)->tp_name);
        Py_DECREF(pair);
        return -1;
    }
    when->tv_sec = _PyLong_AsTime_t(PyTuple_GET_ITEM(pair, 0));
    int failed = when->tv_sec == -1 && PyErr_Occurred();
    if (!failed) {
        when->tv_nsec = PyLong_AsLong(PyTuple_GET_ITEM(pair, 1));
        failed = when->tv_nsec == -1 && PyErr_Occurred();
    }
    Py_DECREF(pair);
    return failed ? -1 : 0;
}

static int split_seconds(PyObject *number, struct timespec *when)
{
    time_t seconds;
    long ns;
    if (_PyTime_ObjectToTimespec(number, &seconds, &ns, _PyTime_ROUND_FLOOR) < 0)
        return -1;
    when->tv_sec = seconds;
    when->tv_nsec = ns;
    return 0;
}

static PyObject *posix_utime(FASTCALL)
{
    PARSE("O&|O$OO&p:utime", "path", "times", "ns", "dir_fd", "follow_symlinks");
    Path path = PATH_INIT("utime", "path", 0, 1);
    PyObject *times = NULL, *ns = NULL, *result = NULL;
    int dir_fd = DEFAULT_DIR_FD, follow = 1, rc;
    struct timespec when[2], *use = when;
    if (!PARSED(posix_path, &path, &times, &ns, posix_dir_fd, &dir_fd, &follow))
        goto done;
    if (times != NULL && times != Py_None && ns != NULL) {
        PyErr_SetString(PyExc_ValueError, "utime: you may specify either 'times' or 'ns' but not both");
        goto done;
    }
    if (times != NULL && times != Py_None) {
        if (!PyTuple_CheckExact(times) || PyTuple_GET_SIZE(times) != 2) {
            PyErr_SetString(PyExc_TypeError, "utime: 'times' must be either a tuple of two ints or None");
            goto done;
        }
        if (split_seconds(PyTuple_GET_ITEM(times, 0), &when[0]) < 0 || split_seconds(PyTuple_GET_ITEM(times, 1), &when[1]) < 0)
            goto done;
    } else if (ns != NULL) {
        if (!PyTuple_CheckExact(ns) || PyTuple_GET_SIZE(ns) != 2) {
            PyErr_SetString(PyExc_TypeError, "utime: 'ns' must be a tuple of two ints");
            goto done;
        }
        if (split_ns(PyTuple_GET_ITEM(ns, 0), &when[0]) < 0 || split_ns(PyTuple_GET_ITEM(ns, 1), &when[1]) < 0)
            goto done;
    } else {
        use = NULL;
    }
    if (posix_fd_and_dir_fd("utime", dir_fd, path.fd) || posix_fd_and_follow("utime", path.fd, follow) ||
        PySys_Audit("os.utime", "OOOi", path.object, times ? times : Py_None, ns ? ns : Py_None, posix_audit_fd(dir_fd)) < 0)
        goto done;
    Py_BEGIN_ALLOW_THREADS
    if (path.fd != -1)
        rc = futimens(path.fd, use);
    else
        rc = utimensat(dir_fd, path.narrow, use, follow ? 0 : AT_SYMLINK_NOFOLLOW);
    Py_END_ALLOW_THREADS
    if (rc < 0) {
        posix_path_error(&path);
        goto done;
    }
    Py_INCREF(Py_None);
    result = Py_None;
done:
    posix_path_clear(&path);
    return result;
}

PyMethodDef posix_stat_methods[] = {
    METHOD(stat, "stat($module, /, path, *, dir_fd=None, follow_symlinks=True)\n--\n\nReturn a stat_result for a path or descriptor.\n\ndir_fd: descriptor of the directory that a relative path starts from.\nfollow_symlinks: False describes a symbolic link itself."),
    METHOD(lstat, "lstat($module, /, path, *, dir_fd=None)\n--\n\nLike stat(), but describe a symbolic link itself."),
    METHOD(fstat, "fstat($module, /, fd)\n--\n\nReturn a stat_result for an open descriptor."),
    METHOD(statvfs, "statvfs($module, /, path)\n--\n\nReturn a statvfs_result for the file system that holds the path or descriptor."),
    METHOD(fstatvfs, "fstatvfs($module, fd, /)\n--\n\nReturn a statvfs_result for the file system of an open descriptor."),
    METHOD(utime, "utime(path, times=None, *[, ns], dir_fd=None, follow_symlinks=True)\nSet the times of last access and modification.\n\ntimes: (access, modified) in seconds; ns: the same in nanoseconds; neither: now."),
    {NULL},
};

int posix_stat_init(PyObject *module)
{
    if (StatResult_Type == NULL) {
        stat_fields[7].name = stat_fields[8].name = stat_fields[9].name = PyStructSequence_UnnamedField;
        StatResult_Type = PyStructSequence_NewType(&stat_desc);
        if (StatResult_Type == NULL)
            return -1;
        structseq_new = StatResult_Type->tp_new;
        StatResult_Type->tp_new = stat_result_new;
        StatVFSResult_Type = PyStructSequence_NewType(&statvfs_desc);
        if (StatVFSResult_Type == NULL)
            return -1;
    }
    return posix_add(module, "stat_result", StatResult_Type) < 0 ? -1 : posix_add(module, "statvfs_result", StatVFSResult_Type);
}
