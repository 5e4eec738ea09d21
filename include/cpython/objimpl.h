/* SPDX-License-Identifier: MIT */
/* cpython/objimpl.h: making and freeing objects, beyond the limited API. */
#ifndef TAIPAN_CPYTHON_OBJIMPL_H
#define TAIPAN_CPYTHON_OBJIMPL_H

#define _PyGC_PREV_MASK_FINALIZED 1
#define _PyGC_PREV_MASK_COLLECTING 2

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    void *ctx;
    void *(*alloc)(void *, size_t);
    void (*free)(void *, void *, size_t);
} PyObjectArenaAllocator;

typedef struct {
    uintptr_t _gc_next;
    uintptr_t _gc_prev;
} PyGC_Head;

PyAPI_FUNC(void) PyObject_GetArenaAllocator(PyObjectArenaAllocator *);
PyAPI_FUNC(void) PyObject_SetArenaAllocator(PyObjectArenaAllocator *);
PyAPI_FUNC(Py_ssize_t) _PyGC_CollectIfEnabled(void);
PyAPI_FUNC(Py_ssize_t) _PyGC_CollectNoFail(void);
PyAPI_FUNC(int) _PyObject_DebugMallocStats(FILE *);
PyAPI_FUNC(PyObject *) _PyObject_GC_Calloc(size_t);
PyAPI_FUNC(PyObject *) _PyObject_GC_Malloc(size_t);
PyAPI_FUNC(Py_ssize_t) _Py_GetAllocatedBlocks(void);

#define _Py_AS_GC(o) ((PyGC_Head *)(o)-1)
#define _PyGC_PREV_SHIFT (2)
#define _PyGC_PREV_MASK (((uintptr_t)-1) << _PyGC_PREV_SHIFT)
#define _PyGCHead_NEXT(g) ((PyGC_Head *)(g)->_gc_next)
#define _PyGCHead_SET_NEXT(g, p) ((g)->_gc_next = (uintptr_t)(p))
#define _PyGCHead_PREV(g) ((PyGC_Head *)((g)->_gc_prev & _PyGC_PREV_MASK))
#define _PyGCHead_SET_PREV(g, p)                                                                             \
    ((g)->_gc_prev = ((g)->_gc_prev & ~_PyGC_PREV_MASK) | ((uintptr_t)(p)))
#define _PyGCHead_FINALIZED(g) (((g)->_gc_prev & _PyGC_PREV_MASK_FINALIZED) != 0)
#define _PyGCHead_SET_FINALIZED(g) ((g)->_gc_prev |= _PyGC_PREV_MASK_FINALIZED)
#define _PyGC_FINALIZED(o) _PyGCHead_FINALIZED(_Py_AS_GC(o))
#define _PyGC_SET_FINALIZED(o) _PyGCHead_SET_FINALIZED(_Py_AS_GC(o))
#define _PyObject_GC_IS_TRACKED(o) (_PyGCHead_NEXT(_Py_AS_GC(o)) != NULL)
#define PyObject_IS_GC(o)                                                                                    \
    (PyType_IS_GC(Py_TYPE(o)) && (Py_TYPE(o)->tp_is_gc == NULL || Py_TYPE(o)->tp_is_gc(o)))
#define _PyObject_GC_MAY_BE_TRACKED(obj)                                                                     \
    (PyObject_IS_GC(obj) && (!PyTuple_CheckExact(obj) || _PyObject_GC_IS_TRACKED(obj)))
#define PyType_SUPPORTS_WEAKREFS(t) ((t)->tp_weaklistoffset > 0)
#define PyObject_GET_WEAKREFS_LISTPTR(o) ((PyObject **)((char *)(o) + Py_TYPE(o)->tp_weaklistoffset))

#ifdef __cplusplus
}
#endif

#endif
