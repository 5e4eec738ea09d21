/* SPDX-License-Identifier: MIT */
/* pystrhex.h: bytes as hexadecimal digits. */
#ifndef TAIPAN_PYSTRHEX_H
#define TAIPAN_PYSTRHEX_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) _Py_strhex(const char *, const Py_ssize_t);
PyAPI_FUNC(PyObject *) _Py_strhex_bytes(const char *, const Py_ssize_t);
PyAPI_FUNC(PyObject *) _Py_strhex_bytes_with_sep(const char *, const Py_ssize_t, const PyObject *, const int);
PyAPI_FUNC(PyObject *) _Py_strhex_with_sep(const char *, const Py_ssize_t, const PyObject *, const int);
#endif
#ifdef __cplusplus
}
#endif

#endif
