/* SPDX-License-Identifier: MIT */
/* _PyAccu: gathers strings for one final join. After Init, either Finish* or Destroy. */
#ifndef TAI_OBJECTS_STR_ACCU_H
#define TAI_OBJECTS_STR_ACCU_H

#include "Python.h"

typedef struct {
    PyObject *large; /* list of strings already joined, or NULL */
    PyObject *small; /* list of strings to be joined */
} _PyAccu;

int _PyAccu_Init(_PyAccu *accu);
int _PyAccu_Accumulate(_PyAccu *accu, PyObject *s);
PyObject *_PyAccu_FinishAsList(_PyAccu *accu); /* new list of strings; ends the accumulator */
PyObject *_PyAccu_Finish(_PyAccu *accu);       /* new string; ends the accumulator */
void _PyAccu_Destroy(_PyAccu *accu);

#endif
