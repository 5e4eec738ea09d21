/* SPDX-License-Identifier: MIT */
/* dtoa.h: correctly rounded conversions of doubles. */
#ifndef TAIPAN_DTOA_H
#define TAIPAN_DTOA_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
PyAPI_FUNC(char *) _Py_dg_dtoa(double, int, int, int *, int *, char **);
PyAPI_FUNC(void) _Py_dg_freedtoa(char *);
PyAPI_FUNC(double) _Py_dg_infinity(int);
PyAPI_FUNC(double) _Py_dg_stdnan(int);
PyAPI_FUNC(double) _Py_dg_strtod(const char *, char **);
#endif
#ifdef __cplusplus
}
#endif

#endif
