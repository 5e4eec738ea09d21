/* SPDX-License-Identifier: MIT */
/* The posix module: constants, and the tables of the other files put together. */
#include "posix.h"
#include <dlfcn.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/memfd.h>
#include <sched.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/statvfs.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <sysexits.h>

typedef struct {
    const char *name;
    long value;
} Constant;

#define C(name) {#name, (long)name}
static const Constant constants[] = {
    C(F_OK), C(R_OK), C(W_OK), C(X_OK), {"NGROUPS_MAX", 65536}, C(TMP_MAX), C(WCONTINUED), C(WNOHANG), C(WUNTRACED),
    C(O_RDONLY), C(O_WRONLY), C(O_RDWR), C(O_NDELAY), C(O_NONBLOCK), C(O_APPEND), C(O_DSYNC), C(O_RSYNC), C(O_SYNC),
    C(O_NOCTTY), C(O_CREAT), C(O_EXCL), C(O_TRUNC), C(O_LARGEFILE), C(O_PATH), C(O_TMPFILE), C(PRIO_PROCESS),
    C(PRIO_PGRP), C(PRIO_USER), C(O_CLOEXEC), C(O_ACCMODE), C(SEEK_HOLE), C(SEEK_DATA), C(O_ASYNC), C(O_DIRECT),
    C(O_DIRECTORY), C(O_NOFOLLOW), C(O_NOATIME), C(EX_OK), C(EX_USAGE), C(EX_DATAERR), C(EX_NOINPUT), C(EX_NOUSER),
    C(EX_NOHOST), C(EX_UNAVAILABLE), C(EX_SOFTWARE), C(EX_OSERR), C(EX_OSFILE), C(EX_CANTCREAT), C(EX_IOERR),
    C(EX_TEMPFAIL), C(EX_PROTOCOL), C(EX_NOPERM), C(EX_CONFIG), C(ST_RDONLY), C(ST_NOSUID), C(ST_NODEV), C(ST_NOEXEC),
    C(ST_SYNCHRONOUS), C(ST_MANDLOCK), C(ST_WRITE), C(ST_APPEND), C(ST_NOATIME), C(ST_NODIRATIME), C(ST_RELATIME),
    C(POSIX_FADV_NORMAL), C(POSIX_FADV_SEQUENTIAL), C(POSIX_FADV_RANDOM), C(POSIX_FADV_NOREUSE), C(POSIX_FADV_WILLNEED),
    C(POSIX_FADV_DONTNEED), C(P_PID), C(P_PGID), C(P_ALL), C(WEXITED), C(WNOWAIT), C(WSTOPPED), C(CLD_EXITED),
    C(CLD_DUMPED), C(CLD_TRAPPED), C(CLD_CONTINUED), C(F_LOCK), C(F_TLOCK), C(F_ULOCK), C(F_TEST), C(RWF_DSYNC),
    C(RWF_HIPRI), C(RWF_SYNC), C(RWF_NOWAIT), {"POSIX_SPAWN_OPEN", 0}, {"POSIX_SPAWN_CLOSE", 1}, {"POSIX_SPAWN_DUP2", 2},
    C(SCHED_OTHER), C(SCHED_FIFO), C(SCHED_RR), C(SCHED_BATCH), C(SCHED_IDLE), C(SCHED_RESET_ON_FORK), C(XATTR_CREATE),
    C(XATTR_REPLACE), C(XATTR_SIZE_MAX), C(RTLD_LAZY), C(RTLD_NOW), C(RTLD_GLOBAL), C(RTLD_LOCAL), C(RTLD_NODELETE),
    C(RTLD_NOLOAD), C(RTLD_DEEPBIND), C(GRND_RANDOM), C(GRND_NONBLOCK), C(MFD_CLOEXEC), C(MFD_ALLOW_SEALING),
    C(MFD_HUGETLB), C(MFD_HUGE_SHIFT), C(MFD_HUGE_MASK), C(MFD_HUGE_64KB), C(MFD_HUGE_512KB), C(MFD_HUGE_1MB),
    C(MFD_HUGE_2MB), C(MFD_HUGE_8MB), C(MFD_HUGE_16MB), C(MFD_HUGE_32MB), C(MFD_HUGE_256MB), C(MFD_HUGE_512MB),
    C(MFD_HUGE_1GB), C(MFD_HUGE_2GB), {"MFD_HUGE_16GB", (long)(34u << 26)},
};

/* What os uses to fill supports_dir_fd, supports_fd and the like. */
static const char *const have_functions[] = {
    "HAVE_FACCESSAT", "HAVE_FCHDIR", "HAVE_FCHMOD", "HAVE_FCHMODAT", "HAVE_FCHOWN", "HAVE_FCHOWNAT", "HAVE_FEXECVE",
    "HAVE_FDOPENDIR", "HAVE_FPATHCONF", "HAVE_FSTATAT", "HAVE_FSTATVFS", "HAVE_FTRUNCATE", "HAVE_FUTIMENS",
    "HAVE_FUTIMES", "HAVE_FUTIMESAT", "HAVE_LINKAT", "HAVE_LCHOWN", "HAVE_LSTAT", "HAVE_LUTIMES", "HAVE_MEMFD_CREATE",
    "HAVE_MKDIRAT", "HAVE_MKFIFOAT", "HAVE_MKNODAT", "HAVE_OPENAT", "HAVE_READLINKAT", "HAVE_RENAMEAT",
    "HAVE_SYMLINKAT", "HAVE_UNLINKAT", "HAVE_UTIMENSAT",
};

int posix_add(PyObject *module, const char *name, void *object)
{
    Py_INCREF(object);
    if (PyModule_AddObject(module, name, object) == 0)
        return 0;
    Py_DECREF(object);
    return -1;
}

static int add_constants(PyObject *module)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(constants); i++) {
        /* Flags such as MFD_HUGE_16GB are unsigned. */
        PyObject *value = PyLong_FromLong(constants[i].value);
        if (value == NULL || PyModule_AddObject(module, constants[i].name, value) < 0)
            return -1;
    }
    PyObject *list = PyList_New(0);
    for (size_t i = 0; list != NULL && i < Py_ARRAY_LENGTH(have_functions); i++) {
        PyObject *name = PyUnicode_FromString(have_functions[i]);
        if (name == NULL || PyList_Append(list, name) < 0)
            Py_CLEAR(list);
        Py_XDECREF(name);
    }
    return list == NULL ? -1 : PyModule_AddObject(module, "_have_functions", list);
}

static PyMethodDef no_methods[] = {{NULL}};

static struct PyModuleDef posix_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "posix",
    .m_doc = PyDoc_STR("System calls.  Programs use the os module, which offers them on every platform."),
    .m_size = -1,
    .m_methods = no_methods,
};

PyMODINIT_FUNC PyInit_posix(void)
{
    PyObject *module = PyModule_Create(&posix_module);
    PyMethodDef *tables[] = {posix_stat_methods, posix_files_methods, posix_fd_methods, posix_scandir_methods,
                             posix_process_methods, posix_system_methods};
    if (module == NULL)
        return NULL;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(tables); i++)
        if (PyModule_AddFunctions(module, tables[i]) < 0)
            goto error;
    if (add_constants(module) < 0 || posix_stat_init(module) < 0 || posix_scandir_init(module) < 0 ||
        posix_process_init(module) < 0 || posix_system_init(module) < 0 || posix_add(module, "error", PyExc_OSError) < 0)
        goto error;
    return module;
error:
    Py_DECREF(module);
    return NULL;
}
