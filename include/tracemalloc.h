/* SPDX-License-Identifier: MIT */
/* tracemalloc.h: tracing memory blocks. */
#ifndef TAIPAN_TRACEMALLOC_H
#define TAIPAN_TRACEMALLOC_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyTraceMalloc_Track(unsigned int, uintptr_t, size_t);
PyAPI_FUNC(int) PyTraceMalloc_Untrack(unsigned int, uintptr_t);
PyAPI_FUNC(PyObject *) _PyTraceMalloc_GetTraceback(unsigned int, uintptr_t);
#endif
#ifdef __cplusplus
}
#endif

#endif
