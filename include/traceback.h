/* SPDX-License-Identifier: MIT */
/* traceback.h: tracebacks. */
#ifndef TAIPAN_TRACEBACK_H
#define TAIPAN_TRACEBACK_H

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(int) PyTraceBack_Here(struct _frame *);
PyAPI_FUNC(int) PyTraceBack_Print(PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) PyTraceBack_Type;

#define PyTraceBack_Check(v) (Py_TYPE(v) == &PyTraceBack_Type)
#ifndef Py_LIMITED_API
#include "cpython/traceback.h"
#endif

#ifdef __cplusplus
}
#endif

#endif
