/* SPDX-License-Identifier: MIT */
/* pystate.h: threads and interpreters. */
#ifndef TAIPAN_PYSTATE_H
#define TAIPAN_PYSTATE_H

#include "pythread.h"

#define MAX_CO_EXTRA_USERS 255

#ifdef __cplusplus
extern "C" {
#endif

typedef enum { PyGILState_LOCKED = 0, PyGILState_UNLOCKED = 1 } PyGILState_STATE;
#ifndef Py_LIMITED_API
#endif
PyAPI_FUNC(PyGILState_STATE) PyGILState_Ensure(void);
PyAPI_FUNC(PyThreadState *) PyGILState_GetThisThreadState(void);
PyAPI_FUNC(void) PyGILState_Release(PyGILState_STATE);
PyAPI_FUNC(void) PyInterpreterState_Clear(PyInterpreterState *);
PyAPI_FUNC(void) PyInterpreterState_Delete(PyInterpreterState *);
PyAPI_FUNC(PyObject *) PyInterpreterState_GetDict(PyInterpreterState *);
PyAPI_FUNC(int64_t) PyInterpreterState_GetID(PyInterpreterState *);
PyAPI_FUNC(PyInterpreterState *) PyInterpreterState_New(void);
PyAPI_FUNC(int) PyState_AddModule(PyObject *, struct PyModuleDef *);
PyAPI_FUNC(PyObject *) PyState_FindModule(struct PyModuleDef *);
PyAPI_FUNC(int) PyState_RemoveModule(struct PyModuleDef *);
PyAPI_FUNC(void) PyThreadState_Clear(PyThreadState *);
PyAPI_FUNC(void) PyThreadState_Delete(PyThreadState *);
PyAPI_FUNC(void) PyThreadState_DeleteCurrent(void);
PyAPI_FUNC(PyThreadState *) PyThreadState_Get(void);
PyAPI_FUNC(PyObject *) PyThreadState_GetDict(void);
PyAPI_FUNC(PyThreadState *) PyThreadState_New(PyInterpreterState *);
PyAPI_FUNC(int) PyThreadState_SetAsyncExc(unsigned long, PyObject *);
PyAPI_FUNC(PyThreadState *) PyThreadState_Swap(PyThreadState *);

#ifdef Py_BUILD_CORE
#define PyThreadState_GET() _PyThreadState_UncheckedGet()
#else
#define PyThreadState_GET() PyThreadState_Get()
#endif
#ifndef Py_LIMITED_API
#include "cpython/initconfig.h"
#include "cpython/pystate.h"
#endif

#ifdef __cplusplus
}
#endif

#endif
