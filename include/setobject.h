/* SPDX-License-Identifier: MIT */
/* setobject.h: set and frozenset. */
#ifndef TAIPAN_SETOBJECT_H
#define TAIPAN_SETOBJECT_H

#define PySet_MINSIZE 8

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    PyObject *key;
    Py_hash_t hash;
} setentry;

typedef struct {
    PyObject ob_base;
    Py_ssize_t fill;
    Py_ssize_t used;
    Py_ssize_t mask;
    setentry *table;
    Py_hash_t hash;
    Py_ssize_t finger;
    setentry smalltable[8];
    PyObject *weakreflist;
} PySetObject;

#endif
PyAPI_FUNC(PyObject *) PyFrozenSet_New(PyObject *);
PyAPI_DATA(PyTypeObject) PyFrozenSet_Type;
PyAPI_DATA(PyTypeObject) PySetIter_Type;
PyAPI_FUNC(int) PySet_Add(PyObject *, PyObject *);
PyAPI_FUNC(int) PySet_Clear(PyObject *);
PyAPI_FUNC(int) PySet_Contains(PyObject *, PyObject *);
PyAPI_FUNC(int) PySet_Discard(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PySet_New(PyObject *);
PyAPI_FUNC(PyObject *) PySet_Pop(PyObject *);
PyAPI_FUNC(Py_ssize_t) PySet_Size(PyObject *);
PyAPI_DATA(PyTypeObject) PySet_Type;
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PySet_ClearFreeList(void);
PyAPI_DATA(PyObject *) _PySet_Dummy;
PyAPI_FUNC(int) _PySet_NextEntry(PyObject *, Py_ssize_t *, PyObject **, Py_hash_t *);
PyAPI_FUNC(int) _PySet_Update(PyObject *, PyObject *);
#endif

#define PySet_Check(ob) PyObject_TypeCheck(ob, &PySet_Type)
#define PyFrozenSet_Check(ob) PyObject_TypeCheck(ob, &PyFrozenSet_Type)
#define PyFrozenSet_CheckExact(ob) (Py_TYPE(ob) == &PyFrozenSet_Type)
#define PyAnySet_CheckExact(ob) (Py_TYPE(ob) == &PySet_Type || Py_TYPE(ob) == &PyFrozenSet_Type)
#define PyAnySet_Check(ob) (PySet_Check(ob) || PyFrozenSet_Check(ob))
#ifndef Py_LIMITED_API
#define PySet_GET_SIZE(so) (assert(PyAnySet_Check(so)), (((PySetObject *)(so))->used))
#endif

#ifdef __cplusplus
}
#endif

#endif
