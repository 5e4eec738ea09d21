/* SPDX-License-Identifier: MIT */
/* sliceobject.h: slice and Ellipsis. */
#ifndef TAIPAN_SLICEOBJECT_H
#define TAIPAN_SLICEOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    PyObject ob_base;
    PyObject *start;
    PyObject *stop;
    PyObject *step;
} PySliceObject;

#endif
PyAPI_DATA(PyTypeObject) PyEllipsis_Type;
PyAPI_FUNC(Py_ssize_t) PySlice_AdjustIndices(Py_ssize_t, Py_ssize_t *, Py_ssize_t *, Py_ssize_t);
PyAPI_FUNC(int) PySlice_GetIndices(PyObject *, Py_ssize_t, Py_ssize_t *, Py_ssize_t *, Py_ssize_t *);
#undef PySlice_GetIndicesEx
PyAPI_FUNC(int) PySlice_GetIndicesEx(PyObject *, Py_ssize_t, Py_ssize_t *, Py_ssize_t *, Py_ssize_t *, Py_ssize_t *) Py_DEPRECATED(3);
PyAPI_FUNC(PyObject *) PySlice_New(PyObject *, PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) PySlice_Type;
PyAPI_FUNC(int) PySlice_Unpack(PyObject *, Py_ssize_t *, Py_ssize_t *, Py_ssize_t *);
PyAPI_DATA(PyObject) _Py_EllipsisObject;
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) _PySlice_FromIndices(Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(int) _PySlice_GetLongIndices(PySliceObject *, PyObject *, PyObject **, PyObject **, PyObject **);
#endif

#define Py_Ellipsis (&_Py_EllipsisObject)
#define PySlice_Check(op) (Py_TYPE(op) == &PySlice_Type)
#define PySlice_GetIndicesEx(slice, length, start, stop, step, slicelen)                                     \
    (PySlice_Unpack((slice), (start), (stop), (step)) < 0                                                    \
         ? (*(slicelen) = 0, -1)                                                                             \
         : (*(slicelen) = PySlice_AdjustIndices((length), (start), (stop), *(step)), 0))

#ifdef __cplusplus
}
#endif

#endif
