/* SPDX-License-Identifier: MIT */
/* cpython/abstract.h: operations on any object, beyond the limited API. */
#ifndef TAIPAN_CPYTHON_ABSTRACT_H
#define TAIPAN_CPYTHON_ABSTRACT_H

#ifdef PY_SSIZE_T_CLEAN
#define _PyObject_CallMethodId _PyObject_CallMethodId_SizeT
#endif
#define PY_VECTORCALL_ARGUMENTS_OFFSET ((size_t)1 << (8 * sizeof(size_t) - 1))

#define _PY_FASTCALL_SMALL_STACK 5
#define PY_ITERSEARCH_COUNT 1
#define PY_ITERSEARCH_INDEX 2
#define PY_ITERSEARCH_CONTAINS 3

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(void) PyBuffer_FillContiguousStrides(int, Py_ssize_t *, Py_ssize_t *, int, char);
PyAPI_FUNC(int) PyBuffer_FillInfo(Py_buffer *, PyObject *, void *, Py_ssize_t, int, int);
PyAPI_FUNC(int) PyBuffer_FromContiguous(Py_buffer *, void *, Py_ssize_t, char);
PyAPI_FUNC(void *) PyBuffer_GetPointer(Py_buffer *, Py_ssize_t *);
PyAPI_FUNC(int) PyBuffer_IsContiguous(const Py_buffer *, char);
PyAPI_FUNC(void) PyBuffer_Release(Py_buffer *);
PyAPI_FUNC(int) PyBuffer_ToContiguous(void *, Py_buffer *, Py_ssize_t, char);
PyAPI_FUNC(int) PyObject_CopyData(PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_GetBuffer(PyObject *, Py_buffer *, int);
PyAPI_FUNC(Py_ssize_t) PyObject_LengthHint(PyObject *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyVectorcall_Call(PyObject *, PyObject *, PyObject *);
#ifndef PY_SSIZE_T_CLEAN
PyAPI_FUNC(PyObject *) _PyObject_CallMethodId(PyObject *, _Py_Identifier *, const char *, ...);
#endif
PyAPI_FUNC(PyObject *) _PyObject_CallMethodIdObjArgs(PyObject *, struct _Py_Identifier *, ...);
PyAPI_FUNC(PyObject *) _PyObject_CallMethodId_SizeT(PyObject *, _Py_Identifier *, const char *, ...);
PyAPI_FUNC(PyObject *) _PyObject_Call_Prepend(PyObject *, PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) _PyObject_FastCallDict(PyObject *, PyObject *const *, size_t, PyObject *);
PyAPI_FUNC(PyObject *) _PyObject_FastCall_Prepend(PyObject *, PyObject *, PyObject *const *, Py_ssize_t);
PyAPI_FUNC(int) _PyObject_HasLen(PyObject *);
PyAPI_FUNC(PyObject *) _PyObject_MakeTpCall(PyObject *, PyObject *const *, Py_ssize_t, PyObject *);
PyAPI_FUNC(int) _PyObject_RealIsInstance(PyObject *, PyObject *);
PyAPI_FUNC(int) _PyObject_RealIsSubclass(PyObject *, PyObject *);
PyAPI_FUNC(char *const *) _PySequence_BytesToCharpArray(PyObject *);
PyAPI_FUNC(Py_ssize_t) _PySequence_IterSearch(PyObject *, PyObject *, int);
PyAPI_FUNC(PyObject *) _PyStack_AsDict(PyObject *const *, PyObject *);
PyAPI_FUNC(int) _PyStack_UnpackDict(PyObject *const *, Py_ssize_t, PyObject *, PyObject *const **, PyObject **);
PyAPI_FUNC(PyObject *) _Py_CheckFunctionResult(PyObject *, PyObject *, const char *);
PyAPI_FUNC(void) _Py_FreeCharPArray(char *const *);
PyAPI_FUNC(void) _Py_add_one_to_index_C(int, Py_ssize_t *, const Py_ssize_t *);
PyAPI_FUNC(void) _Py_add_one_to_index_F(int, Py_ssize_t *, const Py_ssize_t *);
PyAPI_FUNC(int) _Py_convert_optional_to_ssize_t(PyObject *, void *);

static inline Py_ssize_t PyVectorcall_NARGS(size_t n) { return n & ~PY_VECTORCALL_ARGUMENTS_OFFSET; }

/* The vectorcall slot of a callable, NULL when its type has none (PEP 590). */
static inline vectorcallfunc _PyVectorcall_Function(PyObject *callable)
{
    PyTypeObject *tp = Py_TYPE(callable);
    if (!PyType_HasFeature(tp, _Py_TPFLAGS_HAVE_VECTORCALL))
        return NULL;
    return *(vectorcallfunc *)(((char *)callable) + tp->tp_vectorcall_offset);
}

static inline PyObject *_PyObject_Vectorcall(PyObject *callable, PyObject *const *args, size_t nargsf,
                                             PyObject *kwnames)
{
    vectorcallfunc func = _PyVectorcall_Function(callable);
    if (func == NULL)
        return _PyObject_MakeTpCall(callable, args, PyVectorcall_NARGS(nargsf), kwnames);
    return _Py_CheckFunctionResult(callable, func(callable, args, nargsf, kwnames), NULL);
}

static inline PyObject *_PyObject_FastCall(PyObject *func, PyObject *const *args, Py_ssize_t nargs)
{
    return _PyObject_Vectorcall(func, args, (size_t)nargs, NULL);
}

static inline PyObject *_PyObject_CallNoArg(PyObject *func) { return _PyObject_Vectorcall(func, NULL, 0, NULL); }

#define PyObject_CheckBuffer(obj)                                                                            \
    (Py_TYPE(obj)->tp_as_buffer != NULL && Py_TYPE(obj)->tp_as_buffer->bf_getbuffer != NULL)
#define PyIter_Check(obj)                                                                                    \
    (Py_TYPE(obj)->tp_iternext != NULL && Py_TYPE(obj)->tp_iternext != &_PyObject_NextNotImplemented)
#define PyIndex_Check(obj)                                                                                   \
    (Py_TYPE(obj)->tp_as_number != NULL && Py_TYPE(obj)->tp_as_number->nb_index != NULL)
#define PySequence_ITEM(o, i) (Py_TYPE(o)->tp_as_sequence->sq_item((o), (i)))

#ifdef __cplusplus
}
#endif

#endif
