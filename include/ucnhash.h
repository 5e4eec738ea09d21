/* SPDX-License-Identifier: MIT */
/* ucnhash.h: names of characters. */
#ifndef TAIPAN_UCNHASH_H
#define TAIPAN_UCNHASH_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    int size;
    int (*getname)(PyObject *, Py_UCS4, char *, int, int);
    int (*getcode)(PyObject *, const char *, int, Py_UCS4 *, int);
} _PyUnicode_Name_CAPI;

#endif

#define PyUnicodeData_CAPSULE_NAME "unicodedata.ucnhash_CAPI"

#ifdef __cplusplus
}
#endif

#endif
