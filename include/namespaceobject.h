/* SPDX-License-Identifier: MIT */
/* namespaceobject.h: types.SimpleNamespace. */
#ifndef TAIPAN_NAMESPACEOBJECT_H
#define TAIPAN_NAMESPACEOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) _PyNamespace_New(PyObject *);
PyAPI_DATA(PyTypeObject) _PyNamespace_Type;
#endif
#ifdef __cplusplus
}
#endif

#endif
