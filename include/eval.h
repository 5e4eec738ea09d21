/* SPDX-License-Identifier: MIT */
/* eval.h: evaluating code objects. */
#ifndef TAIPAN_EVAL_H
#define TAIPAN_EVAL_H

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(PyObject *) PyEval_EvalCode(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyEval_EvalCodeEx(PyObject *, PyObject *, PyObject *, PyObject *const *, int, PyObject *const *, int, PyObject *const *, int, PyObject *, PyObject *);
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) _PyEval_CallTracing(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) _PyEval_EvalCodeWithName(PyObject *, PyObject *, PyObject *, PyObject *const *, Py_ssize_t, PyObject *const *, PyObject *const *, Py_ssize_t, int, PyObject *const *, Py_ssize_t, PyObject *, PyObject *, PyObject *, PyObject *);
#endif
#ifdef __cplusplus
}
#endif

#endif
