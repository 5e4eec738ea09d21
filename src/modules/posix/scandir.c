/* SPDX-License-Identifier: MIT */
/* scandir(): an iterator over a directory, and its entries.
 *
 * [SCANDIR-1] dir is NULL once the iterator is exhausted or closed.
 * [SCANDIR-2] An entry knows its kind from the directory (d_type) and calls stat() only when that does not tell; results
 *             are kept.
 */
#include "posix.h"
#include "runtime/quiet_exit.h"
#include <dirent.h>
#include <sched.h>

typedef struct {
    PyObject_HEAD
    PyObject *name;
    PyObject *path;
    PyObject *stat;
    PyObject *lstat;
    unsigned char d_type;
    ino_t d_ino;
    int dir_fd;
} DirEntry;

typedef struct {
    PyObject_HEAD
    Path path;
    DIR *dir;
    int fd;
    int busy; /* a thread is reading the directory without the GIL */
} ScandirIterator;

/* --- DirEntry --------------------------------------------------------------------------------------------------- */

static void entry_dealloc(DirEntry *self)
{
    Py_XDECREF(self->name);
    Py_XDECREF(self->path);
    Py_XDECREF(self->stat);
    Py_XDECREF(self->lstat);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *entry_fetch(DirEntry *self, int follow)
{
    PyObject *bytes;
    struct stat st;
    int rc;
    if (!PyUnicode_FSConverter(self->path, &bytes))
        return NULL;
    const char *path = PyBytes_AS_STRING(bytes);
    if (self->dir_fd != DEFAULT_DIR_FD)
        rc = fstatat(self->dir_fd, path, &st, follow ? 0 : AT_SYMLINK_NOFOLLOW);
    else
        rc = follow ? stat(path, &st) : lstat(path, &st);
    Py_DECREF(bytes);
    if (rc != 0)
        return PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, self->path);
    return posix_stat_object(&st);
}

static PyObject *entry_lstat(DirEntry *self)
{
    if (self->lstat == NULL && (self->lstat = entry_fetch(self, 0)) == NULL)
        return NULL;
    Py_INCREF(self->lstat);
    return self->lstat;
}

static int entry_test_mode(DirEntry *self, int follow, mode_t mode);

static PyObject *entry_get_stat(DirEntry *self, int follow)
{
    if (!follow)
        return entry_lstat(self);
    if (self->stat == NULL) {
        int link = entry_test_mode(self, 0, S_IFLNK);
        if (link < 0)
            return NULL;
        self->stat = link ? entry_fetch(self, 1) : entry_lstat(self);
    }
    Py_XINCREF(self->stat);
    return self->stat;
}

/* Is the entry of kind `mode` (S_IF...)?  A file that is gone is of no kind.  -1: error. */
static int entry_test_mode(DirEntry *self, int follow, mode_t mode)
{
    int is_link = self->d_type == DT_LNK, need_stat = self->d_type == DT_UNKNOWN || (follow && is_link);
    if (!need_stat) {
        unsigned char want = mode == S_IFDIR ? DT_DIR : mode == S_IFREG ? DT_REG : DT_LNK;
        return self->d_type == want;
    }
    PyObject *st = entry_get_stat(self, follow);
    if (st == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_FileNotFoundError))
            return -1;
        PyErr_Clear();
        return 0;
    }
    PyObject *value = PyObject_GetAttrString(st, "st_mode");
    Py_DECREF(st);
    if (value == NULL)
        return -1;
    long bits = PyLong_AsLong(value);
    Py_DECREF(value);
    if (bits == -1 && PyErr_Occurred())
        return -1;
    return (bits & S_IFMT) == mode;
}

static PyObject *entry_test(DirEntry *self, int follow, mode_t mode)
{
    int answer = entry_test_mode(self, follow, mode);
    return answer < 0 ? NULL : PyBool_FromLong(answer);
}

#define ENTRY_METHOD(function, spec, expression)                                                             \
    static PyObject *function(DirEntry *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)    \
    {                                                                                                        \
        PARSE(spec, "follow_symlinks");                                                                      \
        int follow = 1;                                                                                      \
        return PARSED(&follow) ? expression : NULL;                                                          \
    }
ENTRY_METHOD(entry_is_dir, "|$p:is_dir", entry_test(self, follow, S_IFDIR))
ENTRY_METHOD(entry_is_file, "|$p:is_file", entry_test(self, follow, S_IFREG))
ENTRY_METHOD(entry_stat, "|$p:stat", entry_get_stat(self, follow))

static PyObject *entry_is_symlink(DirEntry *self, PyObject *unused) { return entry_test(self, 0, S_IFLNK); }
static PyObject *entry_inode(DirEntry *self, PyObject *unused) { return PyLong_FromUnsignedLongLong(self->d_ino); }
static PyObject *entry_repr(DirEntry *self) { return PyUnicode_FromFormat("<DirEntry %R>", self->name); }

static PyObject *entry_fspath(DirEntry *self, PyObject *unused)
{
    Py_INCREF(self->path);
    return self->path;
}

#define M(function) (PyCFunction)(void (*)(void))function
static PyMethodDef entry_methods[] = {
    {"is_dir", M(entry_is_dir), METH_FASTCALL | METH_KEYWORDS, PyDoc_STR("is_dir($self, /, *, follow_symlinks=True)\n--\n\nReturn whether the entry is a directory.")},
    {"is_file", M(entry_is_file), METH_FASTCALL | METH_KEYWORDS, PyDoc_STR("is_file($self, /, *, follow_symlinks=True)\n--\n\nReturn whether the entry is a regular file.")},
    {"is_symlink", M(entry_is_symlink), METH_NOARGS, PyDoc_STR("is_symlink($self, /)\n--\n\nReturn whether the entry is a symbolic link.")},
    {"stat", M(entry_stat), METH_FASTCALL | METH_KEYWORDS, PyDoc_STR("stat($self, /, *, follow_symlinks=True)\n--\n\nReturn a stat_result for the entry.")},
    {"inode", M(entry_inode), METH_NOARGS, PyDoc_STR("inode($self, /)\n--\n\nReturn the inode number.")},
    {"__fspath__", M(entry_fspath), METH_NOARGS, PyDoc_STR("__fspath__($self, /)\n--\n\nReturn the path.")},
    {NULL},
};

static PyMemberDef entry_members[] = {
    {"name", T_OBJECT_EX, offsetof(DirEntry, name), READONLY, PyDoc_STR("the entry's name in its directory")},
    {"path", T_OBJECT_EX, offsetof(DirEntry, path), READONLY, PyDoc_STR("the name joined to what scandir() was given")},
    {NULL},
};

PyTypeObject DirEntry_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "posix.DirEntry",
    .tp_doc = PyDoc_STR("An entry of a folder, with what the system told about it; made by scandir()."),
    .tp_basicsize = sizeof(DirEntry),
    .tp_dealloc = (destructor)entry_dealloc,
    .tp_repr = (reprfunc)entry_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = entry_methods,
    .tp_members = entry_members,
};

static PyObject *entry_new(Path *path, const char *name, ino_t ino, unsigned char type)
{
    DirEntry *entry = PyObject_New(DirEntry, &DirEntry_Type);
    if (entry == NULL)
        return NULL;
    entry->name = entry->path = entry->stat = entry->lstat = NULL;
    entry->dir_fd = path->fd != -1 ? path->fd : DEFAULT_DIR_FD;
    entry->d_type = type;
    entry->d_ino = ino;
    char *joined = NULL;
    const char *full = name;
    if (path->fd == -1) {
        const char *folder = path->narrow ? path->narrow : ".";
        size_t n = strlen(folder);
        joined = PyMem_Malloc(n + strlen(name) + 2);
        if (joined == NULL) {
            PyErr_NoMemory();
            goto error;
        }
        memcpy(joined, folder, n);
        if (n > 0 && joined[n - 1] != '/')
            joined[n++] = '/';
        strcpy(joined + n, name);
        full = joined;
    }
    /* bytes in, bytes out; a descriptor or None gives str. */
    int as_bytes = path->narrow != NULL && path->object != NULL && PyObject_CheckBuffer(path->object);
    entry->name = as_bytes ? PyBytes_FromString(name) : PyUnicode_DecodeFSDefault(name);
    entry->path = as_bytes ? PyBytes_FromString(full) : PyUnicode_DecodeFSDefault(full);
    PyMem_Free(joined);
    if (entry->name != NULL && entry->path != NULL)
        return (PyObject *)entry;
error:
    Py_DECREF(entry);
    return NULL;
}

/* --- The iterator ------------------------------------------------------------------------------------------------- */

/* Wait until no thread is inside readdir(), which none stays in for long. */
static void iterator_wait(ScandirIterator *self)
{
    while (self->busy) {
        Py_BEGIN_ALLOW_THREADS
        sched_yield();
        Py_END_ALLOW_THREADS
    }
}

static void iterator_close(ScandirIterator *self)
{
    iterator_wait(self);
    DIR *dir = self->dir;
    if (dir == NULL)
        return;
    self->dir = NULL;
    Py_BEGIN_ALLOW_THREADS
    if (self->path.fd != -1)
        rewinddir(dir);
    closedir(dir);
    Py_END_ALLOW_THREADS
}

static PyObject *iterator_next(ScandirIterator *self)
{
    iterator_wait(self);
    while (self->dir != NULL) {
        struct dirent *direntp, found;
        self->busy = 1;
        errno = 0;
        Py_BEGIN_ALLOW_THREADS
        direntp = readdir(self->dir);
        Py_END_ALLOW_THREADS
        self->busy = 0;
        if (direntp == NULL) {
            if (errno != 0)
                posix_path_error(&self->path);
            break;
        }
        const char *name = direntp->d_name;
        if (name[0] == '.' && (name[1] == '\0' || (name[1] == '.' && name[2] == '\0')))
            continue;
        /* Making the entry may run code, and that read on. */
        found.d_ino = direntp->d_ino;
        found.d_type = direntp->d_type;
        memccpy(found.d_name, name, '\0', sizeof found.d_name);
        PyObject *entry = entry_new(&self->path, found.d_name, found.d_ino, found.d_type);
        if (entry == NULL)
            break;
        return entry;
    }
    iterator_close(self);
    return NULL;
}

static PyObject *iterator_close_method(ScandirIterator *self, PyObject *unused)
{
    iterator_close(self);
    Py_RETURN_NONE;
}

static PyObject *iterator_enter(PyObject *self, PyObject *unused)
{
    Py_INCREF(self);
    return self;
}

static PyObject *iterator_exit(ScandirIterator *self, PyObject *args)
{
    iterator_close(self);
    Py_RETURN_NONE;
}

static void iterator_finalize(ScandirIterator *self)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (self->dir != NULL) {
        if (PyErr_ResourceWarning((PyObject *)self, 1, "unclosed scandir iterator %R", self) &&
            PyErr_ExceptionMatches(PyExc_Warning))
            PyErr_WriteUnraisable((PyObject *)self);
    }
    iterator_close(self);
    PyErr_Restore(type, value, traceback);
}

static void iterator_dealloc(ScandirIterator *self)
{
    if (PyObject_CallFinalizerFromDealloc((PyObject *)self) < 0)
        return;
    tai_exit_untracked--;
    posix_path_clear(&self->path);
    Py_TYPE(self)->tp_free(self);
}

static PyMethodDef iterator_methods[] = {
    {"__enter__", M(iterator_enter), METH_NOARGS, NULL},
    {"__exit__", M(iterator_exit), METH_VARARGS, NULL},
    {"close", M(iterator_close_method), METH_NOARGS, NULL},
    {NULL},
};

PyTypeObject ScandirIterator_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "posix.ScandirIterator",
    .tp_basicsize = sizeof(ScandirIterator),
    .tp_dealloc = (destructor)iterator_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_FINALIZE,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)iterator_next,
    .tp_methods = iterator_methods,
    .tp_finalize = (destructor)iterator_finalize,
};

static PyObject *posix_scandir(FASTCALL)
{
    PARSE("|O&:scandir", "path");
    Path path = PATH_INIT("scandir", "path", 1, 1);
    ScandirIterator *self;
    int fd = -1;
    if (!PARSED(posix_path, &path) || PySys_Audit("os.scandir", "O", path.object ? path.object : Py_None) < 0) {
        posix_path_clear(&path);
        return NULL;
    }
    self = PyObject_New(ScandirIterator, &ScandirIterator_Type);
    if (self == NULL) {
        posix_path_clear(&path);
        return NULL;
    }
    tai_exit_untracked++;
    self->dir = NULL;
    self->busy = 0;
    self->path = path;
    /* The object is kept for messages; for None and descriptors it is not in cleanup. */
    if (self->path.cleanup == NULL) {
        if (self->path.object == NULL)
            self->path.object = Py_None;
        Py_INCREF(self->path.object);
        self->path.cleanup = self->path.object;
    }
    errno = 0;
    if (self->path.fd != -1) {
        fd = _Py_dup(self->path.fd);
        if (fd == -1)
            goto error;
        Py_BEGIN_ALLOW_THREADS
        self->dir = fdopendir(fd);
        Py_END_ALLOW_THREADS
    } else {
        const char *name = self->path.narrow ? self->path.narrow : ".";
        Py_BEGIN_ALLOW_THREADS
        self->dir = opendir(name);
        Py_END_ALLOW_THREADS
    }
    if (self->dir == NULL) {
        posix_path_error(&self->path);
        if (fd != -1)
            close(fd);
        goto error;
    }
    return (PyObject *)self;
error:
    Py_DECREF(self);
    return NULL;
}

PyMethodDef posix_scandir_methods[] = {
    METHOD(scandir, "scandir($module, /, path=None)\n--\n\nReturn an iterator of DirEntry objects for a directory.\n\npath: as for listdir()."),
    {NULL},
};

int posix_scandir_init(PyObject *module)
{
    if (PyType_Ready(&ScandirIterator_Type) < 0 || PyType_Ready(&DirEntry_Type) < 0)
        return -1;
    return posix_add(module, "DirEntry", &DirEntry_Type);
}
