/* SPDX-License-Identifier: MIT */
/* bytes_methods.h: methods that bytes and bytearray share. */
#ifndef TAIPAN_BYTES_METHODS_H
#define TAIPAN_BYTES_METHODS_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
PyAPI_FUNC(void) _Py_bytes_capitalize(char *, const char *, Py_ssize_t);
PyAPI_FUNC(int) _Py_bytes_contains(const char *, Py_ssize_t, PyObject *);
PyAPI_FUNC(PyObject *) _Py_bytes_count(const char *, Py_ssize_t, PyObject *);
PyAPI_FUNC(PyObject *) _Py_bytes_endswith(const char *, Py_ssize_t, PyObject *);
PyAPI_FUNC(PyObject *) _Py_bytes_find(const char *, Py_ssize_t, PyObject *);
PyAPI_FUNC(PyObject *) _Py_bytes_index(const char *, Py_ssize_t, PyObject *);
PyAPI_FUNC(PyObject *) _Py_bytes_isalnum(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) _Py_bytes_isalpha(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) _Py_bytes_isascii(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) _Py_bytes_isdigit(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) _Py_bytes_islower(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) _Py_bytes_isspace(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) _Py_bytes_istitle(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) _Py_bytes_isupper(const char *, Py_ssize_t);
PyAPI_FUNC(void) _Py_bytes_lower(char *, const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) _Py_bytes_maketrans(Py_buffer *, Py_buffer *);
PyAPI_FUNC(PyObject *) _Py_bytes_rfind(const char *, Py_ssize_t, PyObject *);
PyAPI_FUNC(PyObject *) _Py_bytes_rindex(const char *, Py_ssize_t, PyObject *);
PyAPI_FUNC(PyObject *) _Py_bytes_startswith(const char *, Py_ssize_t, PyObject *);
PyAPI_FUNC(void) _Py_bytes_swapcase(char *, const char *, Py_ssize_t);
PyAPI_FUNC(void) _Py_bytes_title(char *, const char *, Py_ssize_t);
PyAPI_FUNC(void) _Py_bytes_upper(char *, const char *, Py_ssize_t);
PyAPI_DATA(const char) _Py_capitalize__doc__[];
PyAPI_DATA(const char) _Py_count__doc__[];
PyAPI_DATA(const char) _Py_endswith__doc__[];
PyAPI_DATA(const char) _Py_find__doc__[];
PyAPI_DATA(const char) _Py_index__doc__[];
PyAPI_DATA(const char) _Py_isalnum__doc__[];
PyAPI_DATA(const char) _Py_isalpha__doc__[];
PyAPI_DATA(const char) _Py_isascii__doc__[];
PyAPI_DATA(const char) _Py_isdigit__doc__[];
PyAPI_DATA(const char) _Py_islower__doc__[];
PyAPI_DATA(const char) _Py_isspace__doc__[];
PyAPI_DATA(const char) _Py_istitle__doc__[];
PyAPI_DATA(const char) _Py_isupper__doc__[];
PyAPI_DATA(const char) _Py_lower__doc__[];
PyAPI_DATA(const char) _Py_maketrans__doc__[];
PyAPI_DATA(const char) _Py_rfind__doc__[];
PyAPI_DATA(const char) _Py_rindex__doc__[];
PyAPI_DATA(const char) _Py_startswith__doc__[];
PyAPI_DATA(const char) _Py_swapcase__doc__[];
PyAPI_DATA(const char) _Py_title__doc__[];
PyAPI_DATA(const char) _Py_upper__doc__[];
#endif

#define PyDoc_STRVAR_shared(name, str) const char name[] = PyDoc_STR(str)

#ifdef __cplusplus
}
#endif

#endif
