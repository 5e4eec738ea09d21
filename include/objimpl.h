/* SPDX-License-Identifier: MIT */
/* objimpl.h: making and freeing objects. */
#ifndef TAIPAN_OBJIMPL_H
#define TAIPAN_OBJIMPL_H

#include "pymem.h"

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(Py_ssize_t) PyGC_Collect(void);
PyAPI_FUNC(void *) PyObject_Calloc(size_t, size_t);
PyAPI_FUNC(void) PyObject_Free(void *);
PyAPI_FUNC(void) PyObject_GC_Del(void *);
PyAPI_FUNC(void) PyObject_GC_Track(void *);
PyAPI_FUNC(void) PyObject_GC_UnTrack(void *);
PyAPI_FUNC(PyObject *) PyObject_Init(PyObject *, PyTypeObject *);
PyAPI_FUNC(PyVarObject *) PyObject_InitVar(PyVarObject *, PyTypeObject *, Py_ssize_t);
PyAPI_FUNC(void *) PyObject_Malloc(size_t);
PyAPI_FUNC(void *) PyObject_Realloc(void *, size_t);
PyAPI_FUNC(PyObject *) _PyObject_GC_New(PyTypeObject *);
PyAPI_FUNC(PyVarObject *) _PyObject_GC_NewVar(PyTypeObject *, Py_ssize_t);
PyAPI_FUNC(PyVarObject *) _PyObject_GC_Resize(PyVarObject *, Py_ssize_t);
PyAPI_FUNC(PyObject *) _PyObject_New(PyTypeObject *);
PyAPI_FUNC(PyVarObject *) _PyObject_NewVar(PyTypeObject *, Py_ssize_t);

#define PyObject_MALLOC PyObject_Malloc
#define PyObject_REALLOC PyObject_Realloc
#define PyObject_FREE PyObject_Free
#define PyObject_Del PyObject_Free
#define PyObject_DEL PyObject_Free
#define PyObject_GC_Resize(type, op, n) ((type *)_PyObject_GC_Resize(_PyVarObject_CAST(op), (n)))
#define PyObject_GC_New(type, typeobj) ((type *)_PyObject_GC_New(typeobj))
#define PyObject_GC_NewVar(type, typeobj, n) ((type *)_PyObject_GC_NewVar((typeobj), (n)))
#define PyObject_New(type, typeobj) ((type *)_PyObject_New(typeobj))
#define PyObject_NewVar(type, typeobj, n) ((type *)_PyObject_NewVar((typeobj), (n)))

static inline PyObject *_PyObject_INIT(PyObject *op, PyTypeObject *typeobj)
{
    Py_TYPE(op) = typeobj;
    if (PyType_GetFlags(typeobj) & Py_TPFLAGS_HEAPTYPE)
        Py_INCREF(typeobj);
    _Py_NewReference(op);
    return op;
}

static inline PyVarObject *_PyObject_INIT_VAR(PyVarObject *op, PyTypeObject *typeobj, Py_ssize_t size)
{
    Py_SIZE(op) = size;
    _PyObject_INIT((PyObject *)op, typeobj);
    return op;
}

#define PyObject_INIT(op, typeobj) _PyObject_INIT(_PyObject_CAST(op), (typeobj))
#define PyObject_INIT_VAR(op, typeobj, size) _PyObject_INIT_VAR(_PyVarObject_CAST(op), (typeobj), (size))

/* Bytes an instance takes; a variable one is rounded up to whole pointers. */
#define _PyObject_SIZE(typeobj) ((typeobj)->tp_basicsize)
#define _PyObject_VAR_SIZE(typeobj, nitems)                                                                  \
    _Py_SIZE_ROUND_UP((typeobj)->tp_basicsize + (nitems) * (typeobj)->tp_itemsize, SIZEOF_VOID_P)
#define PyObject_NEW(type, typeobj)                                                                          \
    ((type *)PyObject_Init((PyObject *)PyObject_MALLOC(_PyObject_SIZE(typeobj)), (typeobj)))
#define PyObject_NEW_VAR(type, typeobj, n)                                                                   \
    ((type *)PyObject_InitVar((PyVarObject *)PyObject_MALLOC(_PyObject_VAR_SIZE((typeobj), (n))), (typeobj), (n)))

#define PyType_IS_GC(t) PyType_HasFeature((t), Py_TPFLAGS_HAVE_GC)
#define Py_VISIT(op)                                                                                         \
    do {                                                                                                     \
        if (op) {                                                                                            \
            int vret_ = visit(_PyObject_CAST(op), arg);                                                      \
            if (vret_)                                                                                       \
                return vret_;                                                                                \
        }                                                                                                    \
    } while (0)

#ifndef Py_LIMITED_API
#include "cpython/objimpl.h"
#endif

#ifdef __cplusplus
}
#endif

#endif
