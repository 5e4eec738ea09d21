/* SPDX-License-Identifier: MIT */
/* odictobject.h: collections.OrderedDict. */
#ifndef TAIPAN_ODICTOBJECT_H
#define TAIPAN_ODICTOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
#endif
#ifndef Py_LIMITED_API
PyAPI_DATA(PyTypeObject) PyODictItems_Type;
PyAPI_DATA(PyTypeObject) PyODictIter_Type;
PyAPI_DATA(PyTypeObject) PyODictKeys_Type;
PyAPI_DATA(PyTypeObject) PyODictValues_Type;
PyAPI_FUNC(int) PyODict_DelItem(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyODict_New(void);
PyAPI_FUNC(int) PyODict_SetItem(PyObject *, PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) PyODict_Type;
#endif

#ifndef Py_LIMITED_API
#define PyODict_Check(op) PyObject_TypeCheck(op, &PyODict_Type)
#define PyODict_CheckExact(op) (Py_TYPE(op) == &PyODict_Type)
#define PyODict_SIZE(op) PyDict_GET_SIZE((op))
#define PyODict_Size(od) PyDict_Size((PyObject *)(od))
#define PyODict_Contains(od, key) PyDict_Contains((PyObject *)(od), (key))
#define PyODict_GetItem(od, key) PyDict_GetItem((PyObject *)(od), (key))
#define PyODict_GetItemString(od, key) PyDict_GetItemString((PyObject *)(od), (key))
#define PyODict_GetItemWithError(od, key) PyDict_GetItemWithError((PyObject *)(od), (key))
#endif

#ifdef __cplusplus
}
#endif

#endif
