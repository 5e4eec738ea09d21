/* SPDX-License-Identifier: MIT */
/* _PyAccu: gathers strings for one final join. After Init, either Finish* or Destroy.
 * Exported: CPython's _json keeps one on its stack. */
#ifndef TAI_OBJECTS_STR_ACCU_H
#define TAI_OBJECTS_STR_ACCU_H

#include "Python.h"

typedef struct {
    PyObject *large; /* list of strings already joined, or NULL */
    PyObject *small; /* list of strings to be joined */
} _PyAccu;

PyAPI_FUNC(int) _PyAccu_Init(_PyAccu *accu);
PyAPI_FUNC(int) _PyAccu_Accumulate(_PyAccu *accu, PyObject *s);
PyAPI_FUNC(PyObject *) _PyAccu_FinishAsList(_PyAccu *accu); /* new list of strings; ends the accumulator */
PyAPI_FUNC(PyObject *) _PyAccu_Finish(_PyAccu *accu);       /* new string; ends the accumulator */
PyAPI_FUNC(void) _PyAccu_Destroy(_PyAccu *accu);

#endif
