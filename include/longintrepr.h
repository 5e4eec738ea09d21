/* SPDX-License-Identifier: MIT */
/* longintrepr.h: digits of an int. */
#ifndef TAIPAN_LONGINTREPR_H
#define TAIPAN_LONGINTREPR_H

#ifdef __cplusplus
extern "C" {
#endif

typedef uint32_t digit;
typedef int32_t sdigit;
typedef uint64_t twodigits;
typedef int64_t stwodigits;
#ifndef Py_LIMITED_API
struct _longobject {
    PyVarObject ob_base;
    digit ob_digit[1];
};

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyObject *) _PyLong_Copy(PyLongObject *);
PyAPI_FUNC(PyLongObject *) _PyLong_New(Py_ssize_t);
#endif

#define PyLong_SHIFT 30
#define PyLong_BASE ((digit)1 << PyLong_SHIFT)
#define PyLong_MASK ((digit)(PyLong_BASE - 1))
#define _PyLong_DECIMAL_SHIFT 9
#define _PyLong_DECIMAL_BASE ((digit)1000000000)

#ifdef __cplusplus
}
#endif

#endif
