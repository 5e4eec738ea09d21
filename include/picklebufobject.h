/* SPDX-License-Identifier: MIT */
/* picklebufobject.h: pickle.PickleBuffer (PEP 574). */
#ifndef TAIPAN_PICKLEBUFOBJECT_H
#define TAIPAN_PICKLEBUFOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) PyPickleBuffer_FromObject(PyObject *);
PyAPI_FUNC(const Py_buffer *) PyPickleBuffer_GetBuffer(PyObject *);
PyAPI_FUNC(int) PyPickleBuffer_Release(PyObject *);
PyAPI_DATA(PyTypeObject) PyPickleBuffer_Type;
#endif

#ifndef Py_LIMITED_API
#define PyPickleBuffer_Check(op) (Py_TYPE(op) == &PyPickleBuffer_Type)
#endif

#ifdef __cplusplus
}
#endif

#endif
