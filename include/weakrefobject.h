/* SPDX-License-Identifier: MIT */
/* weakrefobject.h: weak references and proxies. */
#ifndef TAIPAN_WEAKREFOBJECT_H
#define TAIPAN_WEAKREFOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
struct _PyWeakReference {
    PyObject ob_base;
    PyObject *wr_object;
    PyObject *wr_callback;
    Py_hash_t hash;
    PyWeakReference *wr_prev;
    PyWeakReference *wr_next;
};

#endif
PyAPI_FUNC(PyObject *) PyWeakref_GetObject(PyObject *);
PyAPI_FUNC(PyObject *) PyWeakref_NewProxy(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyWeakref_NewRef(PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) _PyWeakref_CallableProxyType;
PyAPI_DATA(PyTypeObject) _PyWeakref_ProxyType;
PyAPI_DATA(PyTypeObject) _PyWeakref_RefType;
#ifndef Py_LIMITED_API
PyAPI_FUNC(void) _PyWeakref_ClearRef(PyWeakReference *);
PyAPI_FUNC(Py_ssize_t) _PyWeakref_GetWeakrefCount(PyWeakReference *);
#endif

#define PyWeakref_CheckRef(op) PyObject_TypeCheck(op, &_PyWeakref_RefType)
#define PyWeakref_CheckRefExact(op) (Py_TYPE(op) == &_PyWeakref_RefType)
#define PyWeakref_CheckProxy(op)                                                                             \
    (Py_TYPE(op) == &_PyWeakref_ProxyType || Py_TYPE(op) == &_PyWeakref_CallableProxyType)
#define PyWeakref_Check(op) (PyWeakref_CheckRef(op) || PyWeakref_CheckProxy(op))
/* The referent, borrowed; None once it is gone or being destroyed. */
#define PyWeakref_GET_OBJECT(ref)                                                                            \
    (Py_REFCNT(((PyWeakReference *)(ref))->wr_object) > 0 ? ((PyWeakReference *)(ref))->wr_object : Py_None)

#ifdef __cplusplus
}
#endif

#endif
