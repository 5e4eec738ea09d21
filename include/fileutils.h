/* SPDX-License-Identifier: MIT */
/* fileutils.h: files, encodings of the locale. */
#ifndef TAIPAN_FILEUTILS_H
#define TAIPAN_FILEUTILS_H

#define _PY_READ_MAX 9223372036854775807L
#define _PY_WRITE_MAX 9223372036854775807L

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { _Py_ERROR_UNKNOWN = 0, _Py_ERROR_STRICT = 1, _Py_ERROR_SURROGATEESCAPE = 2, _Py_ERROR_REPLACE = 3, _Py_ERROR_IGNORE = 4, _Py_ERROR_BACKSLASHREPLACE = 5, _Py_ERROR_SURROGATEPASS = 6, _Py_ERROR_XMLCHARREFREPLACE = 7, _Py_ERROR_OTHER = 8 } _Py_error_handler;
#ifndef Py_LIMITED_API
#define _Py_stat_struct stat
#endif

PyAPI_FUNC(wchar_t *) Py_DecodeLocale(const char *, size_t *);
PyAPI_FUNC(char *) Py_EncodeLocale(const wchar_t *, size_t *);
PyAPI_FUNC(int) _Py_DecodeLocaleEx(const char *, wchar_t **, size_t *, const char **, int, _Py_error_handler);
PyAPI_FUNC(int) _Py_EncodeLocaleEx(const wchar_t *, char **, size_t *, const char **, int, _Py_error_handler);
PyAPI_FUNC(char *) _Py_EncodeLocaleRaw(const wchar_t *, size_t *);
PyAPI_FUNC(_Py_error_handler) _Py_GetErrorHandler(const char *);
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) _Py_device_encoding(int);
PyAPI_FUNC(int) _Py_dup(int);
PyAPI_FUNC(FILE *) _Py_fopen(const char *, const char *);
PyAPI_FUNC(FILE *) _Py_fopen_obj(PyObject *, const char *);
PyAPI_FUNC(int) _Py_fstat(int, struct stat *);
PyAPI_FUNC(int) _Py_fstat_noraise(int, struct stat *);
PyAPI_FUNC(int) _Py_get_blocking(int);
PyAPI_FUNC(int) _Py_get_inheritable(int);
PyAPI_FUNC(int) _Py_open(const char *, int);
PyAPI_FUNC(int) _Py_open_noraise(const char *, int);
PyAPI_FUNC(Py_ssize_t) _Py_read(int, void *, size_t);
PyAPI_FUNC(int) _Py_set_blocking(int, int);
PyAPI_FUNC(int) _Py_set_inheritable(int, int, int *);
PyAPI_FUNC(int) _Py_set_inheritable_async_safe(int, int, int *);
PyAPI_FUNC(int) _Py_stat(PyObject *, struct stat *);
PyAPI_FUNC(FILE *) _Py_wfopen(const wchar_t *, const wchar_t *);
PyAPI_FUNC(wchar_t *) _Py_wgetcwd(wchar_t *, size_t);
PyAPI_FUNC(int) _Py_wreadlink(const wchar_t *, wchar_t *, size_t);
PyAPI_FUNC(wchar_t *) _Py_wrealpath(const wchar_t *, wchar_t *, size_t);
PyAPI_FUNC(Py_ssize_t) _Py_write(int, const void *, size_t);
PyAPI_FUNC(Py_ssize_t) _Py_write_noraise(int, const void *, size_t);
#endif
#ifdef __cplusplus
}
#endif

#endif
