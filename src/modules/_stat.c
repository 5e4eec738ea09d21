/* SPDX-License-Identifier: MIT */
/* _stat: the constants and tests of the stat module. */
#include "Python.h"
#include <sys/stat.h>

static mode_t mode_from(PyObject *arg)
{
    unsigned long value = PyLong_AsUnsignedLong(arg);
    if (value == (unsigned long)-1 && PyErr_Occurred())
        return (mode_t)-1;
    if ((mode_t)value != value) {
        PyErr_SetString(PyExc_OverflowError, "mode out of range");
        return (mode_t)-1;
    }
    return (mode_t)value;
}

/* Is the file type of the mode `type`?  type 0: never. */
static PyObject *is_type(PyObject *arg, mode_t type)
{
    mode_t mode = mode_from(arg);
    if (mode == (mode_t)-1 && PyErr_Occurred())
        return NULL;
    return PyBool_FromLong(type != 0 && (mode & S_IFMT) == type);
}

#define TEST(name, type)                                                                                     \
    static PyObject *stat_##name(PyObject *module, PyObject *arg) { return is_type(arg, type); }
TEST(S_ISDIR, S_IFDIR)
TEST(S_ISCHR, S_IFCHR)
TEST(S_ISBLK, S_IFBLK)
TEST(S_ISREG, S_IFREG)
TEST(S_ISFIFO, S_IFIFO)
TEST(S_ISLNK, S_IFLNK)
TEST(S_ISSOCK, S_IFSOCK)
TEST(S_ISDOOR, 0)
TEST(S_ISPORT, 0)
TEST(S_ISWHT, 0)

static PyObject *stat_S_IMODE(PyObject *module, PyObject *arg)
{
    mode_t mode = mode_from(arg);
    return mode == (mode_t)-1 && PyErr_Occurred() ? NULL : PyLong_FromUnsignedLong(mode & 07777);
}

static PyObject *stat_S_IFMT(PyObject *module, PyObject *arg)
{
    mode_t mode = mode_from(arg);
    return mode == (mode_t)-1 && PyErr_Occurred() ? NULL : PyLong_FromUnsignedLong(mode & S_IFMT);
}

static PyObject *stat_filemode(PyObject *module, PyObject *arg)
{
    static const struct {mode_t type; char letter;} types[] = {
        {S_IFLNK, 'l'}, {S_IFSOCK, 's'}, {S_IFREG, '-'}, {S_IFBLK, 'b'}, {S_IFDIR, 'd'}, {S_IFCHR, 'c'}, {S_IFIFO, 'p'}};
    static const struct {mode_t execute, special; char both, only;} groups[] = {
        {S_IXUSR, S_ISUID, 's', 'S'}, {S_IXGRP, S_ISGID, 's', 'S'}, {S_IXOTH, S_ISVTX, 't', 'T'}};
    char text[11] = "?";
    mode_t mode = mode_from(arg);
    if (mode == (mode_t)-1 && PyErr_Occurred())
        return NULL;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(types); i++)
        if ((mode & S_IFMT) == types[i].type)
            text[0] = types[i].letter;
    for (int g = 0; g < 3; g++) {
        char *at = text + 1 + 3 * g;
        at[0] = mode & (0400 >> 3 * g) ? 'r' : '-';
        at[1] = mode & (0200 >> 3 * g) ? 'w' : '-';
        if (mode & groups[g].special)
            at[2] = mode & groups[g].execute ? groups[g].both : groups[g].only;
        else
            at[2] = mode & groups[g].execute ? 'x' : '-';
    }
    return PyUnicode_FromString(text);
}

#define M(name, doc) {#name, stat_##name, METH_O, PyDoc_STR(doc)}
static PyMethodDef stat_methods[] = {
    M(S_ISDIR, "S_ISDIR(mode) -> bool\n\nWhether mode is from a directory."),
    M(S_ISCHR, "S_ISCHR(mode) -> bool\n\nWhether mode is from a character device."),
    M(S_ISBLK, "S_ISBLK(mode) -> bool\n\nWhether mode is from a block device."),
    M(S_ISREG, "S_ISREG(mode) -> bool\n\nWhether mode is from a regular file."),
    M(S_ISFIFO, "S_ISFIFO(mode) -> bool\n\nWhether mode is from a named pipe."),
    M(S_ISLNK, "S_ISLNK(mode) -> bool\n\nWhether mode is from a symbolic link."),
    M(S_ISSOCK, "S_ISSOCK(mode) -> bool\n\nWhether mode is from a socket."),
    M(S_ISDOOR, "S_ISDOOR(mode) -> bool\n\nWhether mode is from a door; there are none here."),
    M(S_ISPORT, "S_ISPORT(mode) -> bool\n\nWhether mode is from an event port; there are none here."),
    M(S_ISWHT, "S_ISWHT(mode) -> bool\n\nWhether mode is from a whiteout; there are none here."),
    M(S_IMODE, "The part of a mode that os.chmod() can set."),
    M(S_IFMT, "The part of a mode that says what kind of file it is."),
    M(filemode, "A mode as text like '-rwxrwxrwx'."),
    {NULL},
};

static struct PyModuleDef stat_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_stat",
    .m_doc = PyDoc_STR("Constants and tests of file modes, from the platform."),
    .m_size = -1,
    .m_methods = stat_methods,
};

#define C(name) {#name, name}
static const struct {const char *name; long value;} constants[] = {
    C(S_IFDIR), C(S_IFCHR), C(S_IFBLK), C(S_IFREG), C(S_IFIFO), C(S_IFLNK), C(S_IFSOCK), {"S_IFDOOR", 0}, {"S_IFPORT", 0},
    {"S_IFWHT", 0}, C(S_ISUID), C(S_ISGID), C(S_ISVTX), {"S_ENFMT", S_ISGID}, {"S_IREAD", S_IRUSR}, {"S_IWRITE", S_IWUSR},
    {"S_IEXEC", S_IXUSR}, C(S_IRWXU), C(S_IRUSR), C(S_IWUSR), C(S_IXUSR), C(S_IRWXG), C(S_IRGRP), C(S_IWGRP), C(S_IXGRP),
    C(S_IRWXO), C(S_IROTH), C(S_IWOTH), C(S_IXOTH), {"UF_NODUMP", 0x1}, {"UF_IMMUTABLE", 0x2}, {"UF_APPEND", 0x4},
    {"UF_OPAQUE", 0x8}, {"UF_NOUNLINK", 0x10}, {"UF_COMPRESSED", 0x20}, {"UF_HIDDEN", 0x8000}, {"SF_ARCHIVED", 0x10000},
    {"SF_IMMUTABLE", 0x20000}, {"SF_APPEND", 0x40000}, {"SF_NOUNLINK", 0x100000}, {"SF_SNAPSHOT", 0x200000},
    {"ST_MODE", 0}, {"ST_INO", 1}, {"ST_DEV", 2}, {"ST_NLINK", 3}, {"ST_UID", 4}, {"ST_GID", 5}, {"ST_SIZE", 6},
    {"ST_ATIME", 7}, {"ST_MTIME", 8}, {"ST_CTIME", 9},
    {"FILE_ATTRIBUTE_ARCHIVE", 32}, {"FILE_ATTRIBUTE_COMPRESSED", 2048}, {"FILE_ATTRIBUTE_DEVICE", 64},
    {"FILE_ATTRIBUTE_DIRECTORY", 16}, {"FILE_ATTRIBUTE_ENCRYPTED", 16384}, {"FILE_ATTRIBUTE_HIDDEN", 2},
    {"FILE_ATTRIBUTE_INTEGRITY_STREAM", 32768}, {"FILE_ATTRIBUTE_NORMAL", 128}, {"FILE_ATTRIBUTE_NOT_CONTENT_INDEXED", 8192},
    {"FILE_ATTRIBUTE_NO_SCRUB_DATA", 131072}, {"FILE_ATTRIBUTE_OFFLINE", 4096}, {"FILE_ATTRIBUTE_READONLY", 1},
    {"FILE_ATTRIBUTE_REPARSE_POINT", 1024}, {"FILE_ATTRIBUTE_SPARSE_FILE", 512}, {"FILE_ATTRIBUTE_SYSTEM", 4},
    {"FILE_ATTRIBUTE_TEMPORARY", 256}, {"FILE_ATTRIBUTE_VIRTUAL", 65536},
};

PyMODINIT_FUNC PyInit__stat(void)
{
    PyObject *module = PyModule_Create(&stat_module);
    for (size_t i = 0; module != NULL && i < Py_ARRAY_LENGTH(constants); i++)
        if (PyModule_AddIntConstant(module, constants[i].name, constants[i].value) < 0)
            Py_CLEAR(module);
    return module;
}
