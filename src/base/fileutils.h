/* SPDX-License-Identifier: MIT */
/* Text conversions and file helpers that are not API; see fileutils.c and locale.c. */
#ifndef TAI_BASE_FILEUTILS_H
#define TAI_BASE_FILEUTILS_H

#include "Python.h"
#include <locale.h>

PyAPI_FUNC(int) _Py_DecodeUTF8Ex(const char *arg, Py_ssize_t arglen, wchar_t **wstr, size_t *wlen, const char **reason,
                                 _Py_error_handler errors);
PyAPI_FUNC(int) _Py_EncodeUTF8Ex(const wchar_t *text, char **str, size_t *error_pos, const char **reason, int raw_malloc,
                                 _Py_error_handler errors);
PyAPI_FUNC(wchar_t *) _Py_DecodeUTF8_surrogateescape(const char *arg, Py_ssize_t arglen, size_t *wlen);
PyAPI_FUNC(int) _Py_GetForceASCII(void);
PyAPI_FUNC(void) _Py_ResetForceASCII(void);
PyAPI_FUNC(int) _Py_GetLocaleconvNumeric(struct lconv *lc, PyObject **decimal_point, PyObject **thousands_sep);

#endif
