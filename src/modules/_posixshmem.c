/* SPDX-License-Identifier: MIT */
/* _posixshmem: names of shared memory, for multiprocessing.shared_memory.  Tests: the reference's test_multiprocessing_*. */
#include "Python.h"

#include "objects/args.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>

static const char *to_path(PyObject *o, const char *function)
{
    if (PyUnicode_Check(o))
        return PyUnicode_AsUTF8(o);
    _PyArg_BadArgument(function, "argument 'path'", "str", o);
    return NULL;
}

static int to_int(PyObject *o, int *out)
{
    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *out = _PyLong_AsInt(o);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *open_memory(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"path", "flags", "mode", NULL};
    static _PyArg_Parser parser = {NULL, names, "shm_open", 0};
    PyObject *slots[3];
    int flags, mode = 0777, fd, async = 0;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 2, 3, 3, slots))
        return NULL;
    const char *path = to_path(slots[0], "shm_open");
    if (path == NULL || to_int(slots[1], &flags) < 0 || (slots[2] && to_int(slots[2], &mode) < 0))
        return NULL;
    do {
        Py_BEGIN_ALLOW_THREADS
        fd = shm_open(path, flags, (mode_t)mode);
        Py_END_ALLOW_THREADS
    } while (fd < 0 && errno == EINTR && !(async = PyErr_CheckSignals()));
    if (fd < 0) {
        if (!async)
            PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, slots[0]);
        return NULL;
    }
    return PyLong_FromLong(fd);
}

static PyObject *unlink_memory(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"path", NULL};
    static _PyArg_Parser parser = {NULL, names, "shm_unlink", 0};
    PyObject *slots[1];
    int status, async = 0;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 1, 1, 1, slots))
        return NULL;
    const char *path = to_path(slots[0], "shm_unlink");
    if (path == NULL)
        return NULL;
    do {
        Py_BEGIN_ALLOW_THREADS
        status = shm_unlink(path);
        Py_END_ALLOW_THREADS
    } while (status < 0 && errno == EINTR && !(async = PyErr_CheckSignals()));
    if (status < 0) {
        if (!async)
            PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, slots[0]);
        return NULL;
    }
    Py_RETURN_NONE;
}

#define FASTKW(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL | METH_KEYWORDS
static PyMethodDef methods[] = {
    {"shm_open", FASTKW(open_memory), "shm_open($module, /, path, flags, mode=511)\n--\n\nOpen shared memory by its name, with flags as os.open() has them; gives a descriptor."},
    {"shm_unlink", FASTKW(unlink_memory), "shm_unlink($module, /, path)\n--\n\nTake the name away; the memory goes with its last mapping."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_posixshmem",
    .m_doc = "Shared memory with names, as POSIX has it.",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__posixshmem(void)
{
    return PyModule_Create(&module_def);
}
