/* SPDX-License-Identifier: MIT */
/* bytesobject.h: bytes. */
#ifndef TAIPAN_BYTESOBJECT_H
#define TAIPAN_BYTESOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    PyVarObject ob_base;
    Py_hash_t ob_shash;
    char ob_sval[1];
} PyBytesObject;

typedef struct {
    PyObject *buffer;
    Py_ssize_t allocated;
    Py_ssize_t min_size;
    int use_bytearray;
    int overallocate;
    int use_small_buffer;
    char small_buffer[512];
} _PyBytesWriter;

#endif
PyAPI_DATA(PyTypeObject) PyBytesIter_Type;
PyAPI_FUNC(char *) PyBytes_AsString(PyObject *);
PyAPI_FUNC(int) PyBytes_AsStringAndSize(PyObject *, char **, Py_ssize_t *);
PyAPI_FUNC(void) PyBytes_Concat(PyObject **, PyObject *);
PyAPI_FUNC(void) PyBytes_ConcatAndDel(PyObject **, PyObject *);
PyAPI_FUNC(PyObject *) PyBytes_DecodeEscape(const char *, Py_ssize_t, const char *, Py_ssize_t, const char *);
PyAPI_FUNC(PyObject *) PyBytes_FromFormat(const char *, ...);
PyAPI_FUNC(PyObject *) PyBytes_FromFormatV(const char *, va_list);
PyAPI_FUNC(PyObject *) PyBytes_FromObject(PyObject *);
PyAPI_FUNC(PyObject *) PyBytes_FromString(const char *);
PyAPI_FUNC(PyObject *) PyBytes_FromStringAndSize(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyBytes_Repr(PyObject *, int);
PyAPI_FUNC(Py_ssize_t) PyBytes_Size(PyObject *);
PyAPI_DATA(PyTypeObject) PyBytes_Type;
#ifndef Py_LIMITED_API
PyAPI_FUNC(void *) _PyBytesWriter_Alloc(_PyBytesWriter *, Py_ssize_t);
PyAPI_FUNC(void) _PyBytesWriter_Dealloc(_PyBytesWriter *);
PyAPI_FUNC(PyObject *) _PyBytesWriter_Finish(_PyBytesWriter *, void *);
PyAPI_FUNC(void) _PyBytesWriter_Init(_PyBytesWriter *);
PyAPI_FUNC(void *) _PyBytesWriter_Prepare(_PyBytesWriter *, void *, Py_ssize_t);
PyAPI_FUNC(void *) _PyBytesWriter_Resize(_PyBytesWriter *, void *, Py_ssize_t);
PyAPI_FUNC(void *) _PyBytesWriter_WriteBytes(_PyBytesWriter *, void *, const void *, Py_ssize_t);
PyAPI_FUNC(PyObject *) _PyBytes_DecodeEscape(const char *, Py_ssize_t, const char *, Py_ssize_t, const char *, const char **);
PyAPI_FUNC(PyObject *) _PyBytes_FormatEx(const char *, Py_ssize_t, PyObject *, int);
PyAPI_FUNC(PyObject *) _PyBytes_FromHex(PyObject *, int);
PyAPI_FUNC(PyObject *) _PyBytes_Join(PyObject *, PyObject *);
PyAPI_FUNC(int) _PyBytes_Resize(PyObject **, Py_ssize_t);
#endif

#define F_LJUST (1 << 0)
#define F_SIGN (1 << 1)
#define F_BLANK (1 << 2)
#define F_ALT (1 << 3)
#define F_ZERO (1 << 4)
#define PyBytes_Check(op) PyType_FastSubclass(Py_TYPE(op), Py_TPFLAGS_BYTES_SUBCLASS)
#define PyBytes_CheckExact(op) (Py_TYPE(op) == &PyBytes_Type)
#ifndef Py_LIMITED_API
#define PyBytes_AS_STRING(op) (assert(PyBytes_Check(op)), ((PyBytesObject *)(op))->ob_sval)
#define PyBytes_GET_SIZE(op) (assert(PyBytes_Check(op)), Py_SIZE(op))
#endif

#ifdef __cplusplus
}
#endif

#endif
