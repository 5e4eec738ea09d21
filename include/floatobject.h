/* SPDX-License-Identifier: MIT */
/* floatobject.h: float. */
#ifndef TAIPAN_FLOATOBJECT_H
#define TAIPAN_FLOATOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    PyObject ob_base;
    double ob_fval;
} PyFloatObject;

#endif
PyAPI_FUNC(double) PyFloat_AsDouble(PyObject *);
PyAPI_FUNC(PyObject *) PyFloat_FromDouble(double);
PyAPI_FUNC(PyObject *) PyFloat_FromString(PyObject *);
PyAPI_FUNC(PyObject *) PyFloat_GetInfo(void);
PyAPI_FUNC(double) PyFloat_GetMax(void);
PyAPI_FUNC(double) PyFloat_GetMin(void);
PyAPI_DATA(PyTypeObject) PyFloat_Type;
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyFloat_ClearFreeList(void);
PyAPI_FUNC(void) _PyFloat_DebugMallocStats(FILE *);
PyAPI_FUNC(int) _PyFloat_FormatAdvancedWriter(_PyUnicodeWriter *, PyObject *, PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(int) _PyFloat_Pack2(double, unsigned char *, int);
PyAPI_FUNC(int) _PyFloat_Pack4(double, unsigned char *, int);
PyAPI_FUNC(int) _PyFloat_Pack8(double, unsigned char *, int);
PyAPI_FUNC(double) _PyFloat_Unpack2(const unsigned char *, int);
PyAPI_FUNC(double) _PyFloat_Unpack4(const unsigned char *, int);
PyAPI_FUNC(double) _PyFloat_Unpack8(const unsigned char *, int);
#endif

#define PyFloat_Check(op) PyObject_TypeCheck(op, &PyFloat_Type)
#define PyFloat_CheckExact(op) (Py_TYPE(op) == &PyFloat_Type)
#define Py_RETURN_NAN return PyFloat_FromDouble(Py_NAN)
#define Py_RETURN_INF(sign)                                                                                  \
    do {                                                                                                     \
        if (copysign(1., sign) == 1.)                                                                        \
            return PyFloat_FromDouble(Py_HUGE_VAL);                                                          \
        return PyFloat_FromDouble(-Py_HUGE_VAL);                                                             \
    } while (0)
#ifndef Py_LIMITED_API
#define PyFloat_AS_DOUBLE(op) (((PyFloatObject *)(op))->ob_fval)
#endif

#ifdef __cplusplus
}
#endif

#endif
