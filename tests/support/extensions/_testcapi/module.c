/* SPDX-License-Identifier: MIT */
/* _testcapi: the C API seen from an extension, for the tests. Each file beside this one covers a topic; names and what the
 * functions do follow from the tests that call them (the reference's test package and tests/capi). Functions named test_...
 * take no arguments and raise _testcapi.error if the API misbehaves: test_capi runs them all.
 */
#include "testcapi.h"

#include <float.h>
#include <limits.h>

PyObject *testcapi_error;

PyObject *testcapi_failed(const char *test, const char *what, int line)
{
    if (!PyErr_Occurred())
        PyErr_Format(testcapi_error, "%s, line %d: not so: %s", test, line, what);
    return NULL;
}

int testcapi_add_type(PyObject *module, const char *name, PyTypeObject *type)
{
    if (PyType_Ready(type) < 0)
        return -1;
    Py_INCREF(type);
    if (PyModule_AddObject(module, name, (PyObject *)type) == 0)
        return 0;
    Py_DECREF(type);
    return -1;
}

/* ---- limits of the C types ---- */

/* Add the object (stolen, may be NULL with an exception). 0 or -1. */
static int add_steal(PyObject *module, const char *name, PyObject *value)
{
    if (value == NULL)
        return -1;
    if (PyModule_AddObject(module, name, value) == 0)
        return 0;
    Py_DECREF(value);
    return -1;
}

#define LIMIT(name) {#name, (long long)(name)}
static const struct {
    const char *name;
    long long value;
} signed_limits[] = {
    LIMIT(CHAR_MAX),       LIMIT(CHAR_MIN),       LIMIT(UCHAR_MAX), LIMIT(SHRT_MAX),  LIMIT(SHRT_MIN), LIMIT(USHRT_MAX),
    LIMIT(INT_MAX),        LIMIT(INT_MIN),        LIMIT(UINT_MAX),  LIMIT(LONG_MAX),  LIMIT(LONG_MIN), LIMIT(LLONG_MAX),
    LIMIT(LLONG_MIN),      LIMIT(PY_SSIZE_T_MAX), LIMIT(PY_SSIZE_T_MIN), {"SIZEOF_PYGC_HEAD", sizeof(PyGC_Head)},
    {"SIZEOF_TIME_T", sizeof(time_t)}, {"the_number_three", 3},
};
#define REAL(name) {#name, (double)(name)}
static const struct {
    const char *name;
    double value;
} real_limits[] = {REAL(FLT_MAX), REAL(FLT_MIN), REAL(DBL_MAX), REAL(DBL_MIN)};

int testcapi_add_limits(PyObject *module)
{
    for (Py_ssize_t i = 0; i < COUNT_OF(signed_limits); i++)
        if (add_steal(module, signed_limits[i].name, PyLong_FromLongLong(signed_limits[i].value)) < 0)
            return -1;
    for (Py_ssize_t i = 0; i < COUNT_OF(real_limits); i++)
        if (add_steal(module, real_limits[i].name, PyFloat_FromDouble(real_limits[i].value)) < 0)
            return -1;
    if (add_steal(module, "ULONG_MAX", PyLong_FromUnsignedLong(ULONG_MAX)) < 0 ||
        add_steal(module, "ULLONG_MAX", PyLong_FromUnsignedLongLong(ULLONG_MAX)) < 0)
        return -1;
#ifdef WITH_PYMALLOC
    int pymalloc = 1;
#else
    int pymalloc = 0;
#endif
    return add_steal(module, "WITH_PYMALLOC", PyBool_FromLong(pymalloc));
}

/* ---- the module ---- */

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_testcapi",
    .m_size = -1,
};

static int (*const fillers[])(PyObject *) = {
    testcapi_add_limits,           testcapi_add_argument_functions, testcapi_add_argument_tests, testcapi_add_buffer_functions,
    testcapi_add_call_functions,   testcapi_add_container_functions, testcapi_add_datetime_functions,
    testcapi_add_docstring_functions, testcapi_add_error_functions, testcapi_add_heap_types,     testcapi_add_marshal_functions,
    testcapi_add_member_type,      testcapi_add_memory_functions,   testcapi_add_number_functions, testcapi_add_object_functions,
    testcapi_add_static_types,     testcapi_add_text_functions,     testcapi_add_thread_functions, testcapi_add_time_functions,
};

PyMODINIT_FUNC PyInit__testcapi(void)
{
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL)
        return NULL;
    testcapi_error = PyErr_NewException("_testcapi.error", NULL, NULL);
    Py_XINCREF(testcapi_error);
    if (add_steal(module, "error", testcapi_error) < 0)
        goto error;
    for (Py_ssize_t i = 0; i < COUNT_OF(fillers); i++)
        if (fillers[i](module) < 0)
            goto error;
    return module;
error:
    Py_DECREF(module);
    return NULL;
}
