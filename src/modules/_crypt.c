/* SPDX-License-Identifier: MIT */
/* _crypt: the system's password hashing, crypt(3).  The reentrant form, so that the GIL can go: some methods take a second.
 * Tests: the reference's test_crypt.
 */
#include "Python.h"

#include <crypt.h>

static PyObject *hash_password(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    const char *in[2];
    if (!_PyArg_CheckPositional("crypt", nargs, 2, 2))
        return NULL;
    for (int i = 0; i < 2; i++) {
        Py_ssize_t n;
        if (!PyUnicode_Check(args[i])) {
            _PyArg_BadArgument("crypt", i ? "argument 2" : "argument 1", "str", args[i]);
            return NULL;
        }
        if ((in[i] = PyUnicode_AsUTF8AndSize(args[i], &n)) == NULL)
            return NULL;
        if (strlen(in[i]) != (size_t)n) {
            PyErr_SetString(PyExc_ValueError, "embedded null character");
            return NULL;
        }
    }
    struct crypt_data *work = PyMem_RawCalloc(1, sizeof *work);
    if (work == NULL)
        return PyErr_NoMemory();
    const char *hash;
    Py_BEGIN_ALLOW_THREADS
    hash = crypt_r(in[0], in[1], work);
    Py_END_ALLOW_THREADS
    PyObject *result = Py_BuildValue("s", hash);
    PyMem_RawFree(work);
    return result;
}

static PyMethodDef methods[] = {
    {"crypt", (PyCFunction)(void (*)(void))hash_password, METH_FASTCALL,
     "crypt($module, word, salt, /)\n--\n\nThe hash of a password. The salt says the method and makes equal passwords differ."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_crypt",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__crypt(void)
{
    return PyModule_Create(&module_def);
}
