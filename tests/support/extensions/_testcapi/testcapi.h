/* SPDX-License-Identifier: MIT */
/* What the files of _testcapi share: one function for each, which adds its names to the module, and the report of a failed
 * check.
 */
#ifndef TAIPAN_TESTCAPI_H
#define TAIPAN_TESTCAPI_H

#define PY_SSIZE_T_CLEAN
#include "Python.h"

#define COUNT_OF(array) (Py_ssize_t)(sizeof(array) / sizeof((array)[0]))

/* The exception _testcapi.error (borrowed); set when the module is made. */
extern PyObject *testcapi_error;

/* Report that a check of the test named `test` failed, unless an exception is set already. NULL. */
PyObject *testcapi_failed(const char *test, const char *what, int line);

/* Inside a test function: end it with an error unless the condition holds. */
#define CHECK(condition)                                      \
    do {                                                      \
        if (!(condition))                                     \
            return testcapi_failed(__func__, #condition, __LINE__); \
    } while (0)

/* Inside a test function: the condition holds, and an exception of that kind is set, which is taken away. */
#define CHECK_RAISES(condition, exception)                        \
    do {                                                          \
        CHECK(condition);                                         \
        CHECK(PyErr_Occurred() && PyErr_ExceptionMatches(exception)); \
        PyErr_Clear();                                            \
    } while (0)

/* Ready a static type and add it under the name. 0, or -1 with an exception. */
int testcapi_add_type(PyObject *module, const char *name, PyTypeObject *type);

/* Each adds the names of its file. 0, or -1 with an exception. */
int testcapi_add_argument_functions(PyObject *module);
int testcapi_add_argument_tests(PyObject *module);
int testcapi_add_buffer_functions(PyObject *module);
int testcapi_add_call_functions(PyObject *module);
int testcapi_add_container_functions(PyObject *module);
int testcapi_add_datetime_functions(PyObject *module);
int testcapi_add_docstring_functions(PyObject *module);
int testcapi_add_error_functions(PyObject *module);
int testcapi_add_heap_types(PyObject *module);
int testcapi_add_limits(PyObject *module);
int testcapi_add_marshal_functions(PyObject *module);
int testcapi_add_member_type(PyObject *module);
int testcapi_add_memory_functions(PyObject *module);
int testcapi_add_number_functions(PyObject *module);
int testcapi_add_object_functions(PyObject *module);
int testcapi_add_static_types(PyObject *module);
int testcapi_add_text_functions(PyObject *module);
int testcapi_add_thread_functions(PyObject *module);
int testcapi_add_time_functions(PyObject *module);

#endif
