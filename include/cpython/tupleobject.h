/* SPDX-License-Identifier: MIT */
/* cpython/tupleobject.h: tuple, beyond the limited API. */
#ifndef TAIPAN_CPYTHON_TUPLEOBJECT_H
#define TAIPAN_CPYTHON_TUPLEOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    PyVarObject ob_base;
    PyObject *ob_item[1];
} PyTupleObject;

PyAPI_FUNC(void) _PyTuple_DebugMallocStats(FILE *);
PyAPI_FUNC(void) _PyTuple_MaybeUntrack(PyObject *);
PyAPI_FUNC(int) _PyTuple_Resize(PyObject **, Py_ssize_t);

#define _PyTuple_CAST(op) (assert(PyTuple_Check(op)), (PyTupleObject *)(op))
#define PyTuple_GET_SIZE(op) Py_SIZE(_PyTuple_CAST(op))
#define PyTuple_GET_ITEM(op, i) (_PyTuple_CAST(op)->ob_item[i])
#define PyTuple_SET_ITEM(op, i, v) (_PyTuple_CAST(op)->ob_item[i] = v)

#ifdef __cplusplus
}
#endif

#endif
