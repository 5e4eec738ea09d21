/* SPDX-License-Identifier: MIT */
/* posix: what its files share.
 *
 *   module.c   the module, its constants and struct sequences, configuration names
 *   path.c     path arguments, descriptors, other converters
 *   stat.c     stat family, utime, statvfs
 *   files.c    names and directories: open .. xattr
 *   fd.c       operations on descriptors
 *   scandir.c  scandir() and DirEntry
 *   process.c  ids, fork, exec, wait, spawn, signals
 *   system.c   scheduling, terminals, times, random numbers, environment
 *
 * Each file offers a table of methods that module.c strings together.  Python's os module is built on all of it.
 */
#ifndef TAI_MODULES_POSIX_H
#define TAI_MODULES_POSIX_H

#include "Python.h"
#include "structmember.h"
#include "structseq.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* A path argument.  Fill with PATH_INIT, use posix_path as "O&" converter, release with posix_path_clear. */
typedef struct {
    const char *function;      /* names for messages */
    const char *argument;
    int nullable;              /* None or left out: narrow is "." */
    int allow_fd;              /* an integer is a descriptor */
    const char *narrow;        /* the path in the file system's encoding, NULL if fd is meant */
    int fd;                    /* -1 unless a descriptor was given */
    Py_ssize_t length;
    PyObject *object;          /* what was passed (after __fspath__), borrowed or owned by cleanup */
    PyObject *cleanup;
} Path;
#define PATH_INIT(function, argument, nullable, allow_fd) {function, argument, nullable, allow_fd, NULL, -1, 0, NULL, NULL}

int posix_path(PyObject *arg, void *path);
void posix_path_clear(Path *path);
/* OSError from errno, naming the path(s); NULL. */
PyObject *posix_path_error(Path *path);
PyObject *posix_path_error2(Path *path, Path *path2);
PyObject *posix_error(void);

/* Converters for "O&". */
#define DEFAULT_DIR_FD AT_FDCWD
int posix_dir_fd(PyObject *arg, void *fd);          /* None: AT_FDCWD */
int posix_fildes(PyObject *arg, void *fd);          /* int or object with fileno() */
int posix_uid(PyObject *arg, void *uid);
int posix_gid(PyObject *arg, void *gid);
int posix_pid(PyObject *arg, void *pid);
int posix_off_t(PyObject *arg, void *offset);
int posix_dev_t(PyObject *arg, void *device);

/* 1 if combinations are wrong, with ValueError. */
int posix_fd_and_dir_fd(const char *function, int dir_fd, int fd);
int posix_fd_and_follow(const char *function, int fd, int follow_symlinks);

/* Parse FASTCALL arguments by a static parser.  `names` end with NULL. */
#define PARSE(spec, ...)                                                                                     \
    static const char *const keywords_[] = {__VA_ARGS__, NULL};                                              \
    static _PyArg_Parser parser_ = {.format = spec, .keywords = keywords_}
#define PARSED(...) _PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser_, __VA_ARGS__)
#define FASTCALL PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames
#define METHOD(name, doc)                                                                                    \
    {#name, (PyCFunction)(void (*)(void))posix_##name, METH_FASTCALL | METH_KEYWORDS, PyDoc_STR(doc)}
#define METHOD_NOARGS(name, doc) {#name, (PyCFunction)(void (*)(void))posix_##name, METH_NOARGS, PyDoc_STR(doc)}
#define METHOD_O(name, doc) {#name, (PyCFunction)(void (*)(void))posix_##name, METH_O, PyDoc_STR(doc)}

/* How audit events show dir_fd. */
static inline int posix_audit_fd(int dir_fd) { return dir_fd == DEFAULT_DIR_FD ? -1 : dir_fd; }

/* Call a system function without the GIL, again after EINTR unless a signal handler raised. */
#define RETRY(result, call, async)                                                                           \
    do {                                                                                                     \
        Py_BEGIN_ALLOW_THREADS                                                                               \
        result = call;                                                                                       \
        Py_END_ALLOW_THREADS                                                                                 \
    } while (result == -1 && errno == EINTR && !(async = PyErr_CheckSignals()))

PyObject *posix_bool_or_none(int rc);
/* stat_result from a struct stat. */
PyObject *posix_stat_object(struct stat *status);

extern PyTypeObject *StatResult_Type, *StatVFSResult_Type, *WaitidResult_Type, *SchedParam_Type, *TimesResult_Type,
    *UnameResult_Type, *TerminalSize_Type;
extern PyTypeObject DirEntry_Type, ScandirIterator_Type;
extern PyMethodDef posix_stat_methods[], posix_files_methods[], posix_fd_methods[], posix_scandir_methods[],
    posix_process_methods[], posix_system_methods[];
int posix_stat_init(PyObject *module);
int posix_scandir_init(PyObject *module);
int posix_process_init(PyObject *module);
int posix_system_init(PyObject *module);
int posix_add(PyObject *module, const char *name, void *object);

#endif
