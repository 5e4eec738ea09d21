/* SPDX-License-Identifier: MIT */
/* pymem.h: memory not used for objects. */
#ifndef TAIPAN_PYMEM_H
#define TAIPAN_PYMEM_H

#ifdef __cplusplus
extern "C" {
#endif

struct _PyTraceMalloc_Config {
    enum {TRACEMALLOC_NOT_INITIALIZED = 0, TRACEMALLOC_INITIALIZED = 1, TRACEMALLOC_FINALIZED = 2} initialized;
    int tracing;
    int max_nframe;
    int use_domain;
};

PyAPI_FUNC(void) PyMem_Free(void *);
PyAPI_FUNC(void *) PyMem_Malloc(size_t);
PyAPI_FUNC(void *) PyMem_Realloc(void *, size_t);
PyAPI_DATA(struct _PyTraceMalloc_Config) _Py_tracemalloc_config;

#define PyMem_MALLOC(n) PyMem_Malloc(n)
#define PyMem_REALLOC(p, n) PyMem_Realloc(p, n)
#define PyMem_FREE(p) PyMem_Free(p)
#define PyMem_Del PyMem_Free
#define PyMem_DEL PyMem_FREE

/* Arrays of n items; NULL when n times the size would not fit Py_ssize_t. */
#define PyMem_New(type, n)                                                                                   \
    ((type *)((size_t)(n) > PY_SSIZE_T_MAX / sizeof(type) ? NULL : PyMem_Malloc((n) * sizeof(type))))
#define PyMem_NEW(type, n) PyMem_New(type, n)
#define PyMem_Resize(p, type, n)                                                                             \
    ((p) = (type *)((size_t)(n) > PY_SSIZE_T_MAX / sizeof(type) ? NULL                                       \
                                                                : PyMem_Realloc((p), (n) * sizeof(type))))
#define PyMem_RESIZE(p, type, n) PyMem_Resize(p, type, n)

#define _PyTraceMalloc_Config_INIT                                                                           \
    {                                                                                                        \
        TRACEMALLOC_NOT_INITIALIZED, 0, 1, 0                                                                 \
    }

#ifndef Py_LIMITED_API
#include "cpython/pymem.h"
#endif

#ifdef __cplusplus
}
#endif

#endif
