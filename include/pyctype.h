/* SPDX-License-Identifier: MIT */
/* pyctype.h: character classes of ASCII, whatever the locale. */
#ifndef TAIPAN_PYCTYPE_H
#define TAIPAN_PYCTYPE_H

#define PY_CTF_LOWER 1
#define PY_CTF_UPPER 2
#define PY_CTF_ALPHA 3
#define PY_CTF_DIGIT 4
#define PY_CTF_ALNUM 7
#define PY_CTF_SPACE 8
#define PY_CTF_XDIGIT 16

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
PyAPI_DATA(const unsigned int) _Py_ctype_table[256];
PyAPI_DATA(const unsigned char) _Py_ctype_tolower[256];
PyAPI_DATA(const unsigned char) _Py_ctype_toupper[256];
#endif

#ifndef Py_LIMITED_API
#define _PY_CTYPE_IS(c, mask) (_Py_ctype_table[Py_CHARMASK(c)] & (mask))
#define Py_ISLOWER(c) _PY_CTYPE_IS(c, PY_CTF_LOWER)
#define Py_ISUPPER(c) _PY_CTYPE_IS(c, PY_CTF_UPPER)
#define Py_ISALPHA(c) _PY_CTYPE_IS(c, PY_CTF_ALPHA)
#define Py_ISDIGIT(c) _PY_CTYPE_IS(c, PY_CTF_DIGIT)
#define Py_ISXDIGIT(c) _PY_CTYPE_IS(c, PY_CTF_XDIGIT)
#define Py_ISALNUM(c) _PY_CTYPE_IS(c, PY_CTF_ALNUM)
#define Py_ISSPACE(c) _PY_CTYPE_IS(c, PY_CTF_SPACE)
#define Py_TOLOWER(c) (_Py_ctype_tolower[Py_CHARMASK(c)])
#define Py_TOUPPER(c) (_Py_ctype_toupper[Py_CHARMASK(c)])
#endif

#ifdef __cplusplus
}
#endif

#endif
