/* SPDX-License-Identifier: MIT */
/* pystrtod.h: text to float and back. */
#ifndef TAIPAN_PYSTRTOD_H
#define TAIPAN_PYSTRTOD_H

#define Py_DTSF_SIGN 1
#define Py_DTSF_ADD_DOT_0 2
#define Py_DTSF_ALT 4
#define Py_DTST_FINITE 0
#define Py_DTST_INFINITE 1
#define Py_DTST_NAN 2

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(char *) PyOS_double_to_string(double, char, int, int, int *);
PyAPI_FUNC(double) PyOS_string_to_double(const char *, char **, PyObject *);
#ifndef Py_LIMITED_API
PyAPI_FUNC(double) _Py_parse_inf_or_nan(const char *, char **);
PyAPI_FUNC(PyObject *) _Py_string_to_number_with_underscores(const char *, Py_ssize_t, const char *, PyObject *, void *, PyObject *(*)(const char *, Py_ssize_t, void *));
#endif
#ifdef __cplusplus
}
#endif

#endif
