/* SPDX-License-Identifier: MIT */
/* pyarena.h: memory freed as a whole. */
#ifndef TAIPAN_PYARENA_H
#define TAIPAN_PYARENA_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyArena_AddPyObject(PyArena *, PyObject *);
PyAPI_FUNC(void) PyArena_Free(PyArena *);
PyAPI_FUNC(void *) PyArena_Malloc(PyArena *, size_t);
PyAPI_FUNC(PyArena *) PyArena_New(void);
#endif
#ifdef __cplusplus
}
#endif

#endif
