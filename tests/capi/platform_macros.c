/* SPDX-License-Identifier: MIT */
/* platform_macros.c: what extension modules take from Python.h alone: the platform's macros, and the system headers that come with it. */
#include "Python.h"

#if !defined(HAVE_WCHAR_H) || !defined(HAVE_LONG_LONG) || !defined(HAVE_STDINT_H) || !defined(Py_PYCONFIG_H)
#error "pyconfig.h lacks a macro"
#endif
#if _XOPEN_SOURCE < 700 || _POSIX_C_SOURCE < 200809L
#error "an older system is asked for"
#endif

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static RETSIGTYPE touch(void)
{
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
}

/* A character beyond U+FFFF through wchar_t, as cffi passes it. */
static PyObject *next_char(PyObject *self, PyObject *text)
{
    wchar_t c[2];
    if (PyUnicode_AsWideChar(text, c, 2) != 1) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "one character");
        return NULL;
    }
    touch();
    c[0]++;
    return PyUnicode_FromWideChar(c, 1);
}

static PyMethodDef methods[] = {{"next_char", next_char, METH_O, NULL}, {NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "platform_macros", NULL, -1, methods};

PyMODINIT_FUNC PyInit_platform_macros(void) { return PyModule_Create(&module); }
