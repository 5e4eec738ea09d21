/* SPDX-License-Identifier: MIT */
/* bytearrayobject.h: bytearray. */
#ifndef TAIPAN_BYTEARRAYOBJECT_H
#define TAIPAN_BYTEARRAYOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    PyVarObject ob_base;
    Py_ssize_t ob_alloc;
    char *ob_bytes;
    char *ob_start;
    int ob_exports;
} PyByteArrayObject;

#endif
PyAPI_DATA(PyTypeObject) PyByteArrayIter_Type;
PyAPI_FUNC(char *) PyByteArray_AsString(PyObject *);
PyAPI_FUNC(PyObject *) PyByteArray_Concat(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) PyByteArray_FromObject(PyObject *);
PyAPI_FUNC(PyObject *) PyByteArray_FromStringAndSize(const char *, Py_ssize_t);
PyAPI_FUNC(int) PyByteArray_Resize(PyObject *, Py_ssize_t);
PyAPI_FUNC(Py_ssize_t) PyByteArray_Size(PyObject *);
PyAPI_DATA(PyTypeObject) PyByteArray_Type;
#ifndef Py_LIMITED_API
PyAPI_DATA(char) _PyByteArray_empty_string[];
#endif

#define PyByteArray_Check(self) PyObject_TypeCheck(self, &PyByteArray_Type)
#define PyByteArray_CheckExact(self) (Py_TYPE(self) == &PyByteArray_Type)
#ifndef Py_LIMITED_API
#define PyByteArray_AS_STRING(self)                                                                          \
    (assert(PyByteArray_Check(self)),                                                                        \
     Py_SIZE(self) ? ((PyByteArrayObject *)(self))->ob_start : _PyByteArray_empty_string)
#define PyByteArray_GET_SIZE(self) (assert(PyByteArray_Check(self)), Py_SIZE(self))
#endif

#ifdef __cplusplus
}
#endif

#endif
