/* SPDX-License-Identifier: MIT */
/* object.h: objects, types and reference counts. */
#ifndef TAIPAN_OBJECT_H
#define TAIPAN_OBJECT_H

#include "pymem.h"
#define _PyObject_HEAD_EXTRA
#define _PyObject_EXTRA_INIT
#define PyObject_HEAD PyObject ob_base;
#define PyObject_VAR_HEAD PyVarObject ob_base;
#define PyObject_HEAD_INIT(type) {_PyObject_EXTRA_INIT 1, type},
#define PyVarObject_HEAD_INIT(type, size) {PyObject_HEAD_INIT(type) size},

#define Py_INVALID_SIZE -1L
#define Py_PRINT_RAW 1
#define Py_TPFLAGS_HEAPTYPE 512UL
#define Py_TPFLAGS_BASETYPE 1024UL
#define _Py_TPFLAGS_HAVE_VECTORCALL 2048UL
#define Py_TPFLAGS_READY 4096UL
#define Py_TPFLAGS_READYING 8192UL
#define Py_TPFLAGS_HAVE_GC 16384UL
#define Py_TPFLAGS_HAVE_STACKLESS_EXTENSION 0
#define Py_TPFLAGS_METHOD_DESCRIPTOR 131072UL
#define Py_TPFLAGS_HAVE_VERSION_TAG 262144UL
#define Py_TPFLAGS_VALID_VERSION_TAG 524288UL
#define Py_TPFLAGS_IS_ABSTRACT 1048576UL
#define Py_TPFLAGS_LONG_SUBCLASS 16777216UL
#define Py_TPFLAGS_LIST_SUBCLASS 33554432UL
#define Py_TPFLAGS_TUPLE_SUBCLASS 67108864UL
#define Py_TPFLAGS_BYTES_SUBCLASS 134217728UL
#define Py_TPFLAGS_UNICODE_SUBCLASS 268435456UL
#define Py_TPFLAGS_DICT_SUBCLASS 536870912UL
#define Py_TPFLAGS_BASE_EXC_SUBCLASS 1073741824UL
#define Py_TPFLAGS_TYPE_SUBCLASS 2147483648UL
#define Py_TPFLAGS_DEFAULT 262144UL
#define Py_TPFLAGS_HAVE_FINALIZE 1UL
#define Py_LT 0
#define Py_LE 1
#define Py_EQ 2
#define Py_NE 3
#define Py_GT 4
#define Py_GE 5
#define PyTrash_UNWIND_LEVEL 50

#ifdef __cplusplus
extern "C" {
#endif

typedef PyObject *(*unaryfunc)(PyObject *);
typedef PyObject *(*binaryfunc)(PyObject *, PyObject *);
typedef PyObject *(*ternaryfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*inquiry)(PyObject *);
typedef Py_ssize_t (*lenfunc)(PyObject *);
typedef PyObject *(*ssizeargfunc)(PyObject *, Py_ssize_t);
typedef PyObject *(*ssizessizeargfunc)(PyObject *, Py_ssize_t, Py_ssize_t);
typedef int (*ssizeobjargproc)(PyObject *, Py_ssize_t, PyObject *);
typedef int (*ssizessizeobjargproc)(PyObject *, Py_ssize_t, Py_ssize_t, PyObject *);
typedef int (*objobjargproc)(PyObject *, PyObject *, PyObject *);
typedef int (*objobjproc)(PyObject *, PyObject *);
typedef int (*visitproc)(PyObject *, void *);
typedef int (*traverseproc)(PyObject *, visitproc, void *);
typedef void (*freefunc)(void *);
typedef void (*destructor)(PyObject *);
typedef PyObject *(*getattrfunc)(PyObject *, char *);
typedef PyObject *(*getattrofunc)(PyObject *, PyObject *);
typedef int (*setattrfunc)(PyObject *, char *, PyObject *);
typedef int (*setattrofunc)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*reprfunc)(PyObject *);
typedef Py_hash_t (*hashfunc)(PyObject *);
typedef PyObject *(*richcmpfunc)(PyObject *, PyObject *, int);
typedef PyObject *(*getiterfunc)(PyObject *);
typedef PyObject *(*iternextfunc)(PyObject *);
typedef PyObject *(*descrgetfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*descrsetfunc)(PyObject *, PyObject *, PyObject *);
typedef int (*initproc)(PyObject *, PyObject *, PyObject *);
typedef PyObject *(*newfunc)(struct _typeobject *, PyObject *, PyObject *);
typedef PyObject *(*allocfunc)(struct _typeobject *, Py_ssize_t);
struct _object {
    Py_ssize_t ob_refcnt;
    struct _typeobject *ob_type;
};

typedef struct {
    PyObject ob_base;
    Py_ssize_t ob_size;
} PyVarObject;

typedef struct {
    int slot;
    void *pfunc;
} PyType_Slot;

typedef struct {
    const char *name;
    int basicsize;
    int itemsize;
    unsigned int flags;
    PyType_Slot *slots;
} PyType_Spec;

PyAPI_DATA(struct _typeobject) PyBaseObject_Type;
PyAPI_FUNC(int) PyCallable_Check(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_ASCII(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_Bytes(PyObject *);
PyAPI_FUNC(void) PyObject_ClearWeakRefs(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_Dir(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_GenericGetAttr(PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_GenericSetAttr(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_GenericSetDict(PyObject *, PyObject *, void *);
PyAPI_FUNC(PyObject *) PyObject_GetAttr(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyObject_GetAttrString(PyObject *, const char *);
PyAPI_FUNC(int) PyObject_HasAttr(PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_HasAttrString(PyObject *, const char *);
PyAPI_FUNC(Py_hash_t) PyObject_Hash(PyObject *);
PyAPI_FUNC(Py_hash_t) PyObject_HashNotImplemented(PyObject *);
PyAPI_FUNC(int) PyObject_IsTrue(PyObject *);
PyAPI_FUNC(int) PyObject_Not(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_Repr(PyObject *);
PyAPI_FUNC(PyObject *) PyObject_RichCompare(PyObject *, PyObject *, int);
PyAPI_FUNC(int) PyObject_RichCompareBool(PyObject *, PyObject *, int);
PyAPI_FUNC(PyObject *) PyObject_SelfIter(PyObject *);
PyAPI_FUNC(int) PyObject_SetAttr(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(int) PyObject_SetAttrString(PyObject *, const char *, PyObject *);
PyAPI_FUNC(PyObject *) PyObject_Str(PyObject *);
PyAPI_DATA(struct _typeobject) PySuper_Type;
PyAPI_FUNC(unsigned int) PyType_ClearCache(void);
PyAPI_FUNC(PyObject *) PyType_FromSpec(PyType_Spec *);
PyAPI_FUNC(PyObject *) PyType_FromSpecWithBases(PyType_Spec *, PyObject *);
PyAPI_FUNC(PyObject *) PyType_GenericAlloc(struct _typeobject *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyType_GenericNew(struct _typeobject *, PyObject *, PyObject *);
PyAPI_FUNC(unsigned long) PyType_GetFlags(struct _typeobject *);
PyAPI_FUNC(void *) PyType_GetSlot(struct _typeobject *, int);
PyAPI_FUNC(int) PyType_IsSubtype(struct _typeobject *, struct _typeobject *);
PyAPI_FUNC(void) PyType_Modified(struct _typeobject *);
PyAPI_FUNC(int) PyType_Ready(struct _typeobject *);
PyAPI_DATA(struct _typeobject) PyType_Type;
PyAPI_FUNC(void) Py_DecRef(PyObject *);
PyAPI_FUNC(void) Py_IncRef(PyObject *);
PyAPI_FUNC(int) Py_ReprEnter(PyObject *);
PyAPI_FUNC(void) Py_ReprLeave(PyObject *);
PyAPI_FUNC(int) _PyTraceMalloc_NewReference(PyObject *);
PyAPI_FUNC(void) _PyTrash_thread_deposit_object(PyObject *);
PyAPI_FUNC(void) _PyTrash_thread_destroy_chain(void);
PyAPI_DATA(PyObject) _Py_NoneStruct;
PyAPI_DATA(PyObject) _Py_NotImplementedStruct;

#define _PyObject_CAST(op) ((PyObject *)(op))
#define _PyVarObject_CAST(op) ((PyVarObject *)(op))
#define Py_REFCNT(ob) (_PyObject_CAST(ob)->ob_refcnt)
#define Py_TYPE(ob) (_PyObject_CAST(ob)->ob_type)
#define Py_SIZE(ob) (_PyVarObject_CAST(ob)->ob_size)
#define PyObject_TypeCheck(ob, tp) (Py_TYPE(ob) == (tp) || PyType_IsSubtype(Py_TYPE(ob), (tp)))

/* Accounting hooks of special CPython builds; this interface has none. */
#define _Py_INC_TPALLOCS(OP)
#define _Py_INC_TPFREES(OP)
#define _Py_DEC_TPFREES(OP)
#define _Py_COUNT_ALLOCS_COMMA

#ifdef Py_LIMITED_API
#define PyType_HasFeature(t, f) ((PyType_GetFlags(t) & (f)) != 0)
#else
#define PyType_HasFeature(t, f) (((t)->tp_flags & (f)) != 0)
#endif
#define PyType_FastSubclass(t, f) PyType_HasFeature(t, f)
#define PyType_Check(op) PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_TYPE_SUBCLASS)
#define PyType_CheckExact(op) (Py_TYPE(op) == &PyType_Type)

PyAPI_FUNC(void) _Py_Dealloc(PyObject *);
#ifndef Py_LIMITED_API
static inline void _Py_Dealloc_inline(PyObject *op);
#define _Py_Dealloc(op) _Py_Dealloc_inline(op)
#endif

/* A Py_DEBUG build adds up all references (sys.gettotalrefcount) but those to objects that are never freed, and
 * stops where a count falls below zero. */
#if defined(Py_DEBUG) && !defined(Py_LIMITED_API)
#define Py_REF_DEBUG
PyAPI_DATA(Py_ssize_t) _Py_RefTotal;
PyAPI_FUNC(void) _Py_NegativeRefcount(const char *filename, int lineno, PyObject *op);
PyAPI_FUNC(Py_ssize_t) _Py_GetRefTotal(void);
#define _Py_INC_REFTOTAL _Py_RefTotal++
#define _Py_DEC_REFTOTAL _Py_RefTotal--
#define _Py_ADD_REFTOTAL(op, n) (_Py_RefTotal += Py_REFCNT(op) < (Py_ssize_t)1 << 59 ? (n) : 0)
#else
#define _Py_INC_REFTOTAL
#define _Py_DEC_REFTOTAL
#define _Py_ADD_REFTOTAL(op, n) ((void)0)
#endif

static inline void _Py_NewReference(PyObject *op)
{
    if (_Py_tracemalloc_config.tracing)
        _PyTraceMalloc_NewReference(op);
    _Py_INC_REFTOTAL;
    Py_REFCNT(op) = 1;
}

static inline void _Py_ForgetReference(PyObject *op) { (void)op; }

static inline void _Py_INCREF(PyObject *op)
{
    _Py_ADD_REFTOTAL(op, 1);
    op->ob_refcnt++;
}

static inline void _Py_DECREF(const char *filename, int lineno, PyObject *op)
{
    (void)filename;
    (void)lineno;
    _Py_ADD_REFTOTAL(op, -1);
    if (--op->ob_refcnt == 0)
        _Py_Dealloc(op);
#ifdef Py_REF_DEBUG
    else if (op->ob_refcnt < 0)
        _Py_NegativeRefcount(filename, lineno, op);
#endif
}

static inline void _Py_XINCREF(PyObject *op)
{
    if (op != NULL)
        _Py_INCREF(op);
}

static inline void _Py_XDECREF(PyObject *op)
{
    if (op != NULL)
        _Py_DECREF(__FILE__, __LINE__, op);
}

#define Py_INCREF(op) _Py_INCREF(_PyObject_CAST(op))
#define Py_DECREF(op) _Py_DECREF(__FILE__, __LINE__, _PyObject_CAST(op))
#define Py_XINCREF(op) _Py_XINCREF(_PyObject_CAST(op))
#define Py_XDECREF(op) _Py_XDECREF(_PyObject_CAST(op))

/* Release the reference a variable holds, after the variable is NULL: whatever runs then sees no stale value. */
#define Py_CLEAR(op)                                                                                         \
    do {                                                                                                     \
        PyObject *held_ = _PyObject_CAST(op);                                                                \
        if (held_ != NULL) {                                                                                 \
            (op) = NULL;                                                                                     \
            Py_DECREF(held_);                                                                                \
        }                                                                                                    \
    } while (0)

#define Py_None (&_Py_NoneStruct)
#define Py_RETURN_NONE return Py_INCREF(Py_None), Py_None
#define Py_NotImplemented (&_Py_NotImplementedStruct)
#define Py_RETURN_NOTIMPLEMENTED return Py_INCREF(Py_NotImplemented), Py_NotImplemented

#define Py_RETURN_RICHCOMPARE(val1, val2, op)                                                                \
    do {                                                                                                     \
        switch (op) {                                                                                        \
        case Py_LT: if ((val1) < (val2)) Py_RETURN_TRUE; Py_RETURN_FALSE;                                    \
        case Py_LE: if ((val1) <= (val2)) Py_RETURN_TRUE; Py_RETURN_FALSE;                                   \
        case Py_EQ: if ((val1) == (val2)) Py_RETURN_TRUE; Py_RETURN_FALSE;                                   \
        case Py_NE: if ((val1) != (val2)) Py_RETURN_TRUE; Py_RETURN_FALSE;                                   \
        case Py_GT: if ((val1) > (val2)) Py_RETURN_TRUE; Py_RETURN_FALSE;                                    \
        case Py_GE: if ((val1) >= (val2)) Py_RETURN_TRUE; Py_RETURN_FALSE;                                   \
        default: Py_UNREACHABLE();                                                                           \
        }                                                                                                    \
    } while (0)

/* Containers that can nest deeply put their dealloc's body between these: past a depth the object is queued and
 * freed when the stack has unwound. */
#define Py_TRASHCAN_BEGIN_CONDITION(op, cond)                                                                \
    do {                                                                                                     \
        PyThreadState *trash_ts_ = NULL;                                                                     \
        if (cond) {                                                                                          \
            trash_ts_ = PyThreadState_GET();                                                                 \
            if (trash_ts_->trash_delete_nesting >= PyTrash_UNWIND_LEVEL) {                                   \
                _PyTrash_thread_deposit_object(_PyObject_CAST(op));                                          \
                break;                                                                                       \
            }                                                                                                \
            ++trash_ts_->trash_delete_nesting;                                                               \
        }
#define Py_TRASHCAN_END                                                                                      \
    if (trash_ts_) {                                                                                         \
        --trash_ts_->trash_delete_nesting;                                                                   \
        if (trash_ts_->trash_delete_later && trash_ts_->trash_delete_nesting <= 0)                           \
            _PyTrash_thread_destroy_chain();                                                                 \
    }                                                                                                        \
    }                                                                                                        \
    while (0)                                                                                                \
        ;
#define Py_TRASHCAN_BEGIN(op, dealloc)                                                                       \
    Py_TRASHCAN_BEGIN_CONDITION(op, Py_TYPE(op)->tp_dealloc == (destructor)(dealloc))
#define Py_TRASHCAN_SAFE_BEGIN(op) Py_TRASHCAN_BEGIN_CONDITION(op, 1)
#define Py_TRASHCAN_SAFE_END(op) Py_TRASHCAN_END

#ifndef Py_LIMITED_API
#include "cpython/object.h"
#endif

#ifdef __cplusplus
}
#endif

#endif
