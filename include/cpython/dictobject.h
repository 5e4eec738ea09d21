/* SPDX-License-Identifier: MIT */
/* cpython/dictobject.h: dict and its views, beyond the limited API. */
#ifndef TAIPAN_CPYTHON_DICTOBJECT_H
#define TAIPAN_CPYTHON_DICTOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
    PyObject ob_base;
    Py_ssize_t ma_used;
    uint64_t ma_version_tag;
    PyDictKeysObject *ma_keys;
    PyObject **ma_values;
} PyDictObject;

typedef struct {
    PyObject ob_base;
    PyDictObject *dv_dict;
} _PyDictViewObject;

PyAPI_FUNC(int) PyDict_ClearFreeList(void);
PyAPI_FUNC(PyObject *) PyDict_SetDefault(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyObject_GenericGetDict(PyObject *, void *);
PyAPI_FUNC(PyObject *) _PyDictView_Intersect(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) _PyDictView_New(PyObject *, PyTypeObject *);
PyAPI_FUNC(int) _PyDict_Contains(PyObject *, PyObject *, Py_hash_t);
PyAPI_FUNC(void) _PyDict_DebugMallocStats(FILE *);
PyAPI_FUNC(int) _PyDict_DelItemId(PyObject *, struct _Py_Identifier *);
PyAPI_FUNC(int) _PyDict_DelItemIf(PyObject *, PyObject *, int (*)(PyObject *));
PyAPI_FUNC(int) _PyDict_DelItem_KnownHash(PyObject *, PyObject *, Py_hash_t);
PyAPI_FUNC(PyObject *) _PyDict_FromKeys(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) _PyDict_GetItemId(PyObject *, struct _Py_Identifier *);
PyAPI_FUNC(PyObject *) _PyDict_GetItemIdWithError(PyObject *, struct _Py_Identifier *);
PyAPI_FUNC(PyObject *) _PyDict_GetItemStringWithError(PyObject *, const char *);
PyAPI_FUNC(PyObject *) _PyDict_GetItem_KnownHash(PyObject *, PyObject *, Py_hash_t);
PyAPI_FUNC(int) _PyDict_HasOnlyStringKeys(PyObject *);
PyAPI_FUNC(Py_ssize_t) _PyDict_KeysSize(PyDictKeysObject *);
PyAPI_FUNC(PyObject *) _PyDict_LoadGlobal(PyDictObject *, PyDictObject *, PyObject *);
PyAPI_FUNC(void) _PyDict_MaybeUntrack(PyObject *);
PyAPI_FUNC(int) _PyDict_MergeEx(PyObject *, PyObject *, int);
PyAPI_FUNC(PyDictKeysObject *) _PyDict_NewKeysForClass(void);
PyAPI_FUNC(PyObject *) _PyDict_NewPresized(Py_ssize_t);
PyAPI_FUNC(int) _PyDict_Next(PyObject *, Py_ssize_t *, PyObject **, PyObject **, Py_hash_t *);
PyAPI_FUNC(PyObject *) _PyDict_Pop(PyObject *, PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) _PyDict_Pop_KnownHash(PyObject *, PyObject *, Py_hash_t, PyObject *);
PyAPI_FUNC(int) _PyDict_SetItemId(PyObject *, struct _Py_Identifier *, PyObject *);
PyAPI_FUNC(int) _PyDict_SetItem_KnownHash(PyObject *, PyObject *, PyObject *, Py_hash_t);
PyAPI_FUNC(Py_ssize_t) _PyDict_SizeOf(PyDictObject *);
PyAPI_FUNC(int) _PyObjectDict_SetItem(PyTypeObject *, PyObject **, PyObject *, PyObject *);

#define _PyDict_HasSplitTable(d) ((d)->ma_values != NULL)
#define PyDict_GET_SIZE(mp) (assert(PyDict_Check(mp)), ((PyDictObject *)(mp))->ma_used)

#ifdef __cplusplus
}
#endif

#endif
