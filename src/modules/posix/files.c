/* SPDX-License-Identifier: MIT */
/* Names and directories: access, chmod, chown, link, list, make, move, remove, extended attributes. */
#include "posix.h"
#include <dirent.h>
#include <sys/xattr.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>

/* Run a call on a path without the GIL and end in None or OSError. */
#define PATH_CALL(call)                                                                                      \
    do {                                                                                                     \
        int rc_;                                                                                             \
        Py_BEGIN_ALLOW_THREADS                                                                               \
        rc_ = call;                                                                                          \
        Py_END_ALLOW_THREADS                                                                                 \
        if (rc_ != 0) {                                                                                      \
            posix_path_error(&path);                                                                         \
        } else {                                                                                             \
            Py_INCREF(Py_None);                                                                              \
            result = Py_None;                                                                                \
        }                                                                                                    \
    } while (0)

static PyObject *posix_access(FASTCALL)
{
    PARSE("O&i|$O&pp:access", "path", "mode", "dir_fd", "effective_ids", "follow_symlinks");
    Path path = PATH_INIT("access", "path", 0, 0);
    int mode, dir_fd = DEFAULT_DIR_FD, effective = 0, follow = 1, rc;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, &mode, posix_dir_fd, &dir_fd, &effective, &follow)) {
        int flags = (follow ? 0 : AT_SYMLINK_NOFOLLOW) | (effective ? AT_EACCESS : 0);
        Py_BEGIN_ALLOW_THREADS
        if (dir_fd != DEFAULT_DIR_FD || flags)
            rc = faccessat(dir_fd, path.narrow, mode, flags);
        else
            rc = access(path.narrow, mode);
        Py_END_ALLOW_THREADS
        result = PyBool_FromLong(rc == 0);
    }
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_chdir(FASTCALL)
{
    PARSE("O&:chdir", "path");
    Path path = PATH_INIT("chdir", "path", 0, 1);
    PyObject *result = NULL;
    if (PARSED(posix_path, &path) && PySys_Audit("os.chdir", "(O)", path.object) == 0)
        PATH_CALL(path.fd != -1 ? fchdir(path.fd) : chdir(path.narrow));
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_chroot(FASTCALL)
{
    PARSE("O&:chroot", "path");
    Path path = PATH_INIT("chroot", "path", 0, 0);
    PyObject *result = NULL;
    if (PARSED(posix_path, &path))
        PATH_CALL(chroot(path.narrow));
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_chmod(FASTCALL)
{
    PARSE("O&i|$O&p:chmod", "path", "mode", "dir_fd", "follow_symlinks");
    Path path = PATH_INIT("chmod", "path", 0, 1);
    int mode, dir_fd = DEFAULT_DIR_FD, follow = 1, rc;
    PyObject *result = NULL;
    if (!PARSED(posix_path, &path, &mode, posix_dir_fd, &dir_fd, &follow))
        goto done;
    if (PySys_Audit("os.chmod", "Oii", path.object, mode, posix_audit_fd(dir_fd)) < 0)
        goto done;
    Py_BEGIN_ALLOW_THREADS
    if (path.fd != -1)
        rc = fchmod(path.fd, mode);
    else if (dir_fd != DEFAULT_DIR_FD || !follow)
        rc = fchmodat(dir_fd, path.narrow, mode, follow ? 0 : AT_SYMLINK_NOFOLLOW);
    else
        rc = chmod(path.narrow, mode);
    Py_END_ALLOW_THREADS
    if (rc < 0) {
        if (!follow && errno == EOPNOTSUPP && dir_fd == DEFAULT_DIR_FD)
            PyErr_SetString(PyExc_NotImplementedError, "chmod: follow_symlinks unavailable on this platform");
        else if (!follow && errno == EOPNOTSUPP)
            PyErr_SetString(PyExc_ValueError, "chmod: cannot use dir_fd and follow_symlinks together");
        else
            posix_path_error(&path);
        goto done;
    }
    Py_INCREF(Py_None);
    result = Py_None;
done:
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_chown(FASTCALL)
{
    PARSE("O&O&O&|$O&p:chown", "path", "uid", "gid", "dir_fd", "follow_symlinks");
    Path path = PATH_INIT("chown", "path", 0, 1);
    uid_t uid;
    gid_t gid;
    int dir_fd = DEFAULT_DIR_FD, follow = 1;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, posix_uid, &uid, posix_gid, &gid, posix_dir_fd, &dir_fd, &follow) &&
        !posix_fd_and_dir_fd("chown", dir_fd, path.fd) && !posix_fd_and_follow("chown", path.fd, follow) &&
        PySys_Audit("os.chown", "OIIi", path.object, uid, gid, posix_audit_fd(dir_fd)) == 0)
        PATH_CALL(path.fd != -1 ? fchown(path.fd, uid, gid)
                                : fchownat(dir_fd, path.narrow, uid, gid, follow ? 0 : AT_SYMLINK_NOFOLLOW));
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_lchown(FASTCALL)
{
    PARSE("O&O&O&:lchown", "path", "uid", "gid");
    Path path = PATH_INIT("lchown", "path", 0, 0);
    uid_t uid;
    gid_t gid;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, posix_uid, &uid, posix_gid, &gid) &&
        PySys_Audit("os.chown", "OIIi", path.object, uid, gid, -1) == 0)
        PATH_CALL(lchown(path.narrow, uid, gid));
    posix_path_clear(&path);
    return result;
}

/* The working directory in a buffer to free(), NULL with errno. */
static PyObject *current_directory(int as_bytes)
{
    char *cwd;
    Py_BEGIN_ALLOW_THREADS
    cwd = getcwd(NULL, 0);
    Py_END_ALLOW_THREADS
    if (cwd == NULL)
        return errno == ENOMEM ? PyErr_NoMemory() : posix_error();
    PyObject *result = as_bytes ? PyBytes_FromString(cwd) : PyUnicode_DecodeFSDefault(cwd);
    free(cwd);
    return result;
}

static PyObject *posix_getcwd(PyObject *module, PyObject *unused) { return current_directory(0); }
static PyObject *posix_getcwdb(PyObject *module, PyObject *unused) { return current_directory(1); }

static PyObject *posix_link(FASTCALL)
{
    PARSE("O&O&|$O&O&p:link", "src", "dst", "src_dir_fd", "dst_dir_fd", "follow_symlinks");
    Path src = PATH_INIT("link", "src", 0, 0), dst = PATH_INIT("link", "dst", 0, 0);
    int src_fd = DEFAULT_DIR_FD, dst_fd = DEFAULT_DIR_FD, follow = 1, rc;
    PyObject *result = NULL;
    if (PARSED(posix_path, &src, posix_path, &dst, posix_dir_fd, &src_fd, posix_dir_fd, &dst_fd, &follow) &&
        PySys_Audit("os.link", "OOii", src.object, dst.object, posix_audit_fd(src_fd), posix_audit_fd(dst_fd)) == 0) {
        Py_BEGIN_ALLOW_THREADS
        if (src_fd != DEFAULT_DIR_FD || dst_fd != DEFAULT_DIR_FD || !follow)
            rc = linkat(src_fd, src.narrow, dst_fd, dst.narrow, follow ? AT_SYMLINK_FOLLOW : 0);
        else
            rc = link(src.narrow, dst.narrow);
        Py_END_ALLOW_THREADS
        if (rc)
            posix_path_error2(&src, &dst);
        else
            Py_INCREF(result = Py_None);
    }
    posix_path_clear(&src);
    posix_path_clear(&dst);
    return result;
}

/* Names in a directory; "." and ".." left out. */
static PyObject *list_directory(Path *path)
{
    DIR *dir = NULL;
    PyObject *list = NULL;
    int fd = -1, as_str = !(path->object != NULL && path->cleanup != NULL && !PyUnicode_Check(path->object) &&
                            !(PyTuple_Check(path->cleanup) && PyUnicode_Check(PyTuple_GET_ITEM(path->cleanup, 1))));
    if (path->fd != -1) {
        fd = _Py_dup(path->fd);
        if (fd == -1)
            return NULL;
        as_str = 1;
        Py_BEGIN_ALLOW_THREADS
        dir = fdopendir(fd);
        Py_END_ALLOW_THREADS
    } else {
        const char *name = path->narrow ? path->narrow : ".";
        Py_BEGIN_ALLOW_THREADS
        dir = opendir(name);
        Py_END_ALLOW_THREADS
    }
    if (dir == NULL) {
        posix_path_error(path);
        if (fd != -1)
            close(fd);
        return NULL;
    }
    list = PyList_New(0);
    while (list != NULL) {
        struct dirent *entry;
        errno = 0;
        Py_BEGIN_ALLOW_THREADS
        entry = readdir(dir);
        Py_END_ALLOW_THREADS
        if (entry == NULL) {
            if (errno != 0) {
                posix_path_error(path);
                Py_CLEAR(list);
            }
            break;
        }
        const char *name = entry->d_name;
        if (name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0')))
            continue;
        PyObject *item = as_str ? PyUnicode_DecodeFSDefault(name) : PyBytes_FromString(name);
        if (item == NULL || PyList_Append(list, item) < 0)
            Py_CLEAR(list);
        Py_XDECREF(item);
    }
    Py_BEGIN_ALLOW_THREADS
    if (fd != -1)
        rewinddir(dir);
    closedir(dir);
    Py_END_ALLOW_THREADS
    return list;
}

static PyObject *posix_listdir(FASTCALL)
{
    PARSE("|O&:listdir", "path");
    Path path = PATH_INIT("listdir", "path", 1, 1);
    PyObject *result = NULL;
    if (PARSED(posix_path, &path) && PySys_Audit("os.listdir", "O", path.object ? path.object : Py_None) == 0)
        result = list_directory(&path);
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_mkdir(FASTCALL)
{
    PARSE("O&|i$O&:mkdir", "path", "mode", "dir_fd");
    Path path = PATH_INIT("mkdir", "path", 0, 0);
    int mode = 0777, dir_fd = DEFAULT_DIR_FD;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, &mode, posix_dir_fd, &dir_fd) &&
        PySys_Audit("os.mkdir", "Oii", path.object, mode, posix_audit_fd(dir_fd)) == 0)
        PATH_CALL(mkdirat(dir_fd, path.narrow, mode));
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_mkfifo(FASTCALL)
{
    PARSE("O&|i$O&:mkfifo", "path", "mode", "dir_fd");
    Path path = PATH_INIT("mkfifo", "path", 0, 0);
    int mode = 0666, dir_fd = DEFAULT_DIR_FD, rc, async = 0;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, &mode, posix_dir_fd, &dir_fd)) {
        RETRY(rc, mkfifoat(dir_fd, path.narrow, mode), async);
        if (rc == 0)
            Py_INCREF(result = Py_None);
        else if (!async)
            posix_path_error(&path);
    }
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_mknod(FASTCALL)
{
    PARSE("O&|iO&$O&:mknod", "path", "mode", "device", "dir_fd");
    Path path = PATH_INIT("mknod", "path", 0, 0);
    int mode = 0600, dir_fd = DEFAULT_DIR_FD, rc, async = 0;
    dev_t device = 0;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, &mode, posix_dev_t, &device, posix_dir_fd, &dir_fd)) {
        RETRY(rc, mknodat(dir_fd, path.narrow, mode, device), async);
        if (rc == 0)
            Py_INCREF(result = Py_None);
        else if (!async)
            posix_path_error(&path);
    }
    posix_path_clear(&path);
    return result;
}

static PyObject *do_rename(PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, _PyArg_Parser *parser, const char *name)
{
    Path src = PATH_INIT(name, "src", 0, 0), dst = PATH_INIT(name, "dst", 0, 0);
    int src_fd = DEFAULT_DIR_FD, dst_fd = DEFAULT_DIR_FD, rc;
    PyObject *result = NULL;
    if (_PyArg_ParseStackAndKeywords(args, nargs, kwnames, parser, posix_path, &src, posix_path, &dst, posix_dir_fd, &src_fd,
                                     posix_dir_fd, &dst_fd) &&
        PySys_Audit("os.rename", "OOii", src.object, dst.object, posix_audit_fd(src_fd), posix_audit_fd(dst_fd)) == 0) {
        Py_BEGIN_ALLOW_THREADS
        rc = renameat(src_fd, src.narrow, dst_fd, dst.narrow);
        Py_END_ALLOW_THREADS
        if (rc)
            posix_path_error2(&src, &dst);
        else
            Py_INCREF(result = Py_None);
    }
    posix_path_clear(&src);
    posix_path_clear(&dst);
    return result;
}

static PyObject *posix_rename(FASTCALL)
{
    PARSE("O&O&|$O&O&:rename", "src", "dst", "src_dir_fd", "dst_dir_fd");
    return do_rename(args, nargs, kwnames, &parser_, "rename");
}

static PyObject *posix_replace(FASTCALL)
{
    PARSE("O&O&|$O&O&:replace", "src", "dst", "src_dir_fd", "dst_dir_fd");
    return do_rename(args, nargs, kwnames, &parser_, "replace");
}

static PyObject *do_unlink(PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, _PyArg_Parser *parser,
                           const char *name, int flags)
{
    Path path = PATH_INIT(name, "path", 0, 0);
    int dir_fd = DEFAULT_DIR_FD;
    PyObject *result = NULL;
    if (_PyArg_ParseStackAndKeywords(args, nargs, kwnames, parser, posix_path, &path, posix_dir_fd, &dir_fd) &&
        PySys_Audit(flags ? "os.rmdir" : "os.remove", "Oi", path.object, posix_audit_fd(dir_fd)) == 0)
        PATH_CALL(unlinkat(dir_fd, path.narrow, flags));
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_rmdir(FASTCALL)
{
    PARSE("O&|$O&:rmdir", "path", "dir_fd");
    return do_unlink(args, nargs, kwnames, &parser_, "rmdir", AT_REMOVEDIR);
}

static PyObject *posix_unlink(FASTCALL)
{
    PARSE("O&|$O&:unlink", "path", "dir_fd");
    return do_unlink(args, nargs, kwnames, &parser_, "unlink", 0);
}

static PyObject *posix_remove(FASTCALL)
{
    PARSE("O&|$O&:remove", "path", "dir_fd");
    return do_unlink(args, nargs, kwnames, &parser_, "remove", 0);
}

static PyObject *posix_readlink(FASTCALL)
{
    PARSE("O&|$O&:readlink", "path", "dir_fd");
    Path path = PATH_INIT("readlink", "path", 0, 0);
    int dir_fd = DEFAULT_DIR_FD;
    char target[4096 + 1];
    ssize_t n;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, posix_dir_fd, &dir_fd)) {
        Py_BEGIN_ALLOW_THREADS
        n = readlinkat(dir_fd, path.narrow, target, sizeof target - 1);
        Py_END_ALLOW_THREADS
        if (n < 0) {
            posix_path_error(&path);
        } else if (PyUnicode_Check(path.object)) {
            result = PyUnicode_DecodeFSDefaultAndSize(target, n);
        } else {
            result = PyBytes_FromStringAndSize(target, n);
        }
    }
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_symlink(FASTCALL)
{
    PARSE("O&O&|p$O&:symlink", "src", "dst", "target_is_directory", "dir_fd");
    Path src = PATH_INIT("symlink", "src", 0, 0), dst = PATH_INIT("symlink", "dst", 0, 0);
    int directory = 0, dir_fd = DEFAULT_DIR_FD, rc;
    PyObject *result = NULL;
    if (PARSED(posix_path, &src, posix_path, &dst, &directory, posix_dir_fd, &dir_fd) &&
        PySys_Audit("os.symlink", "OOi", src.object, dst.object, posix_audit_fd(dir_fd)) == 0) {
        Py_BEGIN_ALLOW_THREADS
        rc = symlinkat(src.narrow, dir_fd, dst.narrow);
        Py_END_ALLOW_THREADS
        if (rc)
            posix_path_error2(&src, &dst);
        else
            Py_INCREF(result = Py_None);
    }
    posix_path_clear(&src);
    posix_path_clear(&dst);
    return result;
}

static PyObject *posix_truncate(FASTCALL)
{
    PARSE("O&O&:truncate", "path", "length");
    Path path = PATH_INIT("truncate", "path", 0, 1);
    off_t length;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, posix_off_t, &length) && PySys_Audit("os.truncate", "On", path.object, length) == 0)
        PATH_CALL(path.fd != -1 ? ftruncate(path.fd, length) : truncate(path.narrow, length));
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_fspath(FASTCALL)
{
    PARSE("O:fspath", "path");
    PyObject *path;
    return PARSED(&path) ? PyOS_FSPath(path) : NULL;
}

/* --- Extended attributes ------------------------------------------------------------------------------------------------ */

static PyObject *posix_getxattr(FASTCALL)
{
    PARSE("O&O&|$p:getxattr", "path", "attribute", "follow_symlinks");
    Path path = PATH_INIT("getxattr", "path", 0, 1), attribute = PATH_INIT("getxattr", "attribute", 0, 0);
    int follow = 1;
    PyObject *buffer = NULL;
    if (!PARSED(posix_path, &path, posix_path, &attribute, &follow) || posix_fd_and_follow("getxattr", path.fd, follow) ||
        PySys_Audit("os.getxattr", "OO", path.object, attribute.object) < 0)
        goto done;
    static const Py_ssize_t sizes[] = {128, 65536};
    for (int i = 0;; i++) {
        ssize_t n;
        if (i == 2) {
            posix_path_error(&path);
            break;
        }
        buffer = PyBytes_FromStringAndSize(NULL, sizes[i]);
        if (buffer == NULL)
            break;
        char *data = PyBytes_AS_STRING(buffer);
        Py_BEGIN_ALLOW_THREADS
        n = path.fd >= 0 ? fgetxattr(path.fd, attribute.narrow, data, sizes[i])
            : follow     ? getxattr(path.narrow, attribute.narrow, data, sizes[i])
                         : lgetxattr(path.narrow, attribute.narrow, data, sizes[i]);
        Py_END_ALLOW_THREADS
        if (n >= 0) {
            if (n != sizes[i])
                _PyBytes_Resize(&buffer, n);
            break;
        }
        Py_CLEAR(buffer);
        if (errno == ERANGE)
            continue;
        posix_path_error(&path);
        break;
    }
done:
    posix_path_clear(&path);
    posix_path_clear(&attribute);
    return buffer;
}

static PyObject *posix_setxattr(FASTCALL)
{
    PARSE("O&O&y*|i$p:setxattr", "path", "attribute", "value", "flags", "follow_symlinks");
    Path path = PATH_INIT("setxattr", "path", 0, 1), attribute = PATH_INIT("setxattr", "attribute", 0, 0);
    Py_buffer value = {NULL, NULL};
    int flags = 0, follow = 1;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, posix_path, &attribute, &value, &flags, &follow) &&
        !posix_fd_and_follow("setxattr", path.fd, follow) &&
        PySys_Audit("os.setxattr", "OOy#i", path.object, attribute.object, value.buf, value.len, flags) == 0)
        PATH_CALL(path.fd > -1 ? fsetxattr(path.fd, attribute.narrow, value.buf, value.len, flags)
                  : follow     ? setxattr(path.narrow, attribute.narrow, value.buf, value.len, flags)
                               : lsetxattr(path.narrow, attribute.narrow, value.buf, value.len, flags));
    posix_path_clear(&path);
    posix_path_clear(&attribute);
    if (value.obj)
        PyBuffer_Release(&value);
    return result;
}

static PyObject *posix_removexattr(FASTCALL)
{
    PARSE("O&O&|$p:removexattr", "path", "attribute", "follow_symlinks");
    Path path = PATH_INIT("removexattr", "path", 0, 1), attribute = PATH_INIT("removexattr", "attribute", 0, 0);
    int follow = 1;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, posix_path, &attribute, &follow) && !posix_fd_and_follow("removexattr", path.fd, follow) &&
        PySys_Audit("os.removexattr", "OO", path.object, attribute.object) == 0)
        PATH_CALL(path.fd > -1 ? fremovexattr(path.fd, attribute.narrow)
                  : follow     ? removexattr(path.narrow, attribute.narrow)
                               : lremovexattr(path.narrow, attribute.narrow));
    posix_path_clear(&path);
    posix_path_clear(&attribute);
    return result;
}

static PyObject *posix_listxattr(FASTCALL)
{
    PARSE("|O&$p:listxattr", "path", "follow_symlinks");
    Path path = PATH_INIT("listxattr", "path", 1, 1);
    int follow = 1;
    PyObject *result = NULL;
    char *buffer = NULL;
    if (!PARSED(posix_path, &path, &follow) || posix_fd_and_follow("listxattr", path.fd, follow) ||
        PySys_Audit("os.listxattr", "(O)", path.object ? path.object : Py_None) < 0)
        goto done;
    const char *name = path.narrow ? path.narrow : ".";
    static const size_t sizes[] = {256, 65536};
    for (int i = 0; i < 2; i++) {
        ssize_t n;
        PyMem_Free(buffer);
        buffer = PyMem_Malloc(sizes[i]);
        if (buffer == NULL) {
            PyErr_NoMemory();
            goto done;
        }
        Py_BEGIN_ALLOW_THREADS
        n = path.fd > -1 ? flistxattr(path.fd, buffer, sizes[i])
            : follow     ? listxattr(name, buffer, sizes[i])
                         : llistxattr(name, buffer, sizes[i]);
        Py_END_ALLOW_THREADS
        if (n < 0) {
            if (errno == ERANGE && i == 0)
                continue;
            posix_path_error(&path);
            goto done;
        }
        result = PyList_New(0);
        for (const char *at = buffer; result != NULL && at < buffer + n; at += strlen(at) + 1) {
            PyObject *item = PyUnicode_DecodeFSDefault(at);
            if (item == NULL || PyList_Append(result, item) < 0)
                Py_CLEAR(result);
            Py_XDECREF(item);
        }
        break;
    }
done:
    PyMem_Free(buffer);
    posix_path_clear(&path);
    return result;
}

/* --- Device numbers --------------------------------------------------------------------------------------------------------- */

static PyObject *posix_major(PyObject *module, PyObject *arg)
{
    dev_t device;
    return posix_dev_t(arg, &device) ? PyLong_FromUnsignedLong(major(device)) : NULL;
}

static PyObject *posix_minor(PyObject *module, PyObject *arg)
{
    dev_t device;
    return posix_dev_t(arg, &device) ? PyLong_FromUnsignedLong(minor(device)) : NULL;
}

static PyObject *posix_makedev(FASTCALL)
{
    PARSE("ii:makedev", "", "");
    int high, low;
    return PARSED(&high, &low) ? PyLong_FromLongLong((long long)makedev(high, low)) : NULL;
}

PyMethodDef posix_files_methods[] = {
    METHOD(access, "access($module, /, path, mode, *, dir_fd=None, effective_ids=False,\n       follow_symlinks=True)\n--\n\nReturn whether the real user may use the path as mode says (F_OK, R_OK, W_OK, X_OK).\n\neffective_ids: ask for the effective user instead."),
    METHOD(chdir, "chdir($module, /, path)\n--\n\nMake the path or directory descriptor the working directory."),
    METHOD(chmod, "chmod($module, /, path, mode, *, dir_fd=None, follow_symlinks=True)\n--\n\nSet the permissions of a path or descriptor."),
    METHOD(chown, "chown($module, /, path, uid, gid, *, dir_fd=None, follow_symlinks=True)\n--\n\nSet owner and group of a path or descriptor; -1 leaves one as it is."),
    METHOD(lchown, "lchown($module, /, path, uid, gid)\n--\n\nSet owner and group of a path, of a symbolic link itself."),
    METHOD(chroot, "chroot($module, /, path)\n--\n\nMake the path the root directory of the process."),
    METHOD_NOARGS(getcwd, "getcwd($module, /)\n--\n\nReturn the working directory as str."),
    METHOD_NOARGS(getcwdb, "getcwdb($module, /)\n--\n\nReturn the working directory as bytes."),
    METHOD(link, "link($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None,\n     follow_symlinks=True)\n--\n\nMake dst a hard link to src."),
    METHOD(listdir, "listdir($module, /, path=None)\n--\n\nReturn the names in a directory as a list, in any order, without '.' and '..'.\n\npath: bytes give bytes; a descriptor or None (the working directory) give str."),
    METHOD(mkdir, "mkdir($module, /, path, mode=511, *, dir_fd=None)\n--\n\nMake a directory."),
    METHOD(mkfifo, "mkfifo($module, /, path, mode=438, *, dir_fd=None)\n--\n\nMake a named pipe."),
    METHOD(mknod, "mknod($module, /, path, mode=384, device=0, *, dir_fd=None)\n--\n\nMake a file, named pipe or device, as mode says."),
    METHOD(rename, "rename($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)\n--\n\nRename a file or directory."),
    METHOD(replace, "replace($module, /, src, dst, *, src_dir_fd=None, dst_dir_fd=None)\n--\n\nRename a file or directory over what is there."),
    METHOD(rmdir, "rmdir($module, /, path, *, dir_fd=None)\n--\n\nRemove an empty directory."),
    METHOD(unlink, "unlink($module, /, path, *, dir_fd=None)\n--\n\nRemove a file."),
    METHOD(remove, "remove($module, /, path, *, dir_fd=None)\n--\n\nRemove a file; the same as unlink()."),
    METHOD(readlink, "readlink($module, /, path, *, dir_fd=None)\n--\n\nReturn the target of a symbolic link."),
    METHOD(symlink, "symlink($module, /, src, dst, target_is_directory=False, *, dir_fd=None)\n--\n\nMake dst a symbolic link to src."),
    METHOD(truncate, "truncate($module, /, path, length)\n--\n\nMake a file length bytes long."),
    METHOD(fspath, "fspath($module, /, path)\n--\n\nReturn the str or bytes that a path-like object stands for.  Raises TypeError."),
    METHOD(getxattr, "getxattr($module, /, path, attribute, *, follow_symlinks=True)\n--\n\nReturn the value of an extended attribute as bytes."),
    METHOD(setxattr, "setxattr($module, /, path, attribute, value, flags=0, *,\n         follow_symlinks=True)\n--\n\nSet an extended attribute."),
    METHOD(removexattr, "removexattr($module, /, path, attribute, *, follow_symlinks=True)\n--\n\nRemove an extended attribute."),
    METHOD(listxattr, "listxattr($module, /, path=None, *, follow_symlinks=True)\n--\n\nReturn the names of the extended attributes."),
    METHOD_O(major, "major($module, device, /)\n--\n\nReturn the major part of a device number."),
    METHOD_O(minor, "minor($module, device, /)\n--\n\nReturn the minor part of a device number."),
    METHOD(makedev, "makedev($module, major, minor, /)\n--\n\nReturn a device number of its two parts."),
    {NULL},
};
