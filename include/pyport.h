/* SPDX-License-Identifier: MIT */
/* pyport.h: types and compiler conventions every other header stands on. */
#ifndef TAIPAN_PYPORT_H
#define TAIPAN_PYPORT_H

#include "pyconfig.h"
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>

#define _Py_XCAT(a, b) a##b

#define HAVE_LONG_LONG 1
#define PYLONG_BITS_IN_DIGIT 30
#define PY_BIG_ENDIAN 0
#define PY_LITTLE_ENDIAN 1

#ifdef __cplusplus
extern "C" {
#endif

typedef uintptr_t Py_uintptr_t;
typedef intptr_t Py_intptr_t;
typedef ssize_t Py_ssize_t;
typedef Py_ssize_t Py_hash_t;
typedef size_t Py_uhash_t;
#ifdef PY_SSIZE_T_CLEAN
typedef Py_ssize_t Py_ssize_clean_t;
#else
typedef int Py_ssize_clean_t;
#endif

#define PY_LONG_LONG long long
#define PY_INT32_T int32_t
#define PY_UINT32_T uint32_t
#define PY_INT64_T int64_t
#define PY_UINT64_T uint64_t
#define PY_LLONG_MIN LLONG_MIN
#define PY_LLONG_MAX LLONG_MAX
#define PY_ULLONG_MAX ULLONG_MAX
#define PY_SIZE_MAX SIZE_MAX
#define PY_SSIZE_T_MAX ((Py_ssize_t)(((size_t)-1) >> 1))
#define PY_SSIZE_T_MIN (-PY_SSIZE_T_MAX - 1)
#define PY_DWORD_MAX 4294967295U
#define SIZEOF_PY_HASH_T SIZEOF_SIZE_T
#define SIZEOF_PY_UHASH_T SIZEOF_SIZE_T
#define PY_FORMAT_SIZE_T "z"
#define WITH_THREAD

#define Py_MEMCPY memcpy
#define Py_VA_COPY va_copy
#define Py_LL(x) _Py_XCAT(x, LL)
#define Py_ULL(x) _Py_XCAT(x, ULL)

/* Shared-library symbols: exported where defined, hidden otherwise. */
#define Py_EXPORTED_SYMBOL __attribute__((visibility("default")))
#define PyAPI_FUNC(RTYPE) Py_EXPORTED_SYMBOL RTYPE
#define PyAPI_DATA(RTYPE) extern Py_EXPORTED_SYMBOL RTYPE
#ifdef __cplusplus
#define PyMODINIT_FUNC extern "C" Py_EXPORTED_SYMBOL PyObject *
#else
#define PyMODINIT_FUNC Py_EXPORTED_SYMBOL PyObject *
#endif

#define Py_LOCAL(type) static type
#define Py_LOCAL_INLINE(type) static inline type
#define Py_GCC_ATTRIBUTE(x) __attribute__(x)
#define Py_ALIGNED(x) __attribute__((aligned(x)))
#define Py_DEPRECATED(VERSION_UNUSED) __attribute__((__deprecated__))
#define _Py_HOT_FUNCTION __attribute__((hot))
#define _Py_NO_INLINE __attribute__((noinline))
#define _Py_NO_RETURN __attribute__((__noreturn__))

/* Arithmetic that C leaves to the implementation; gcc and clang shift signed values arithmetically. */
#define Py_ARITHMETIC_RIGHT_SHIFT(TYPE, I, J) ((I) >> (J))
#define Py_FORCE_EXPANSION(X) X
#ifdef Py_DEBUG
#define Py_SAFE_DOWNCAST(VALUE, WIDE, NARROW) (assert((WIDE)(NARROW)(VALUE) == (VALUE)), (NARROW)(VALUE))
#else
#define Py_SAFE_DOWNCAST(VALUE, WIDE, NARROW) ((NARROW)(VALUE))
#endif

/* errno after libm calls: a result that left the range sets ERANGE, an underflow to zero clears it. */
#define _Py_SET_EDOM_FOR_NAN(X) ;
#define Py_SET_ERRNO_ON_MATH_ERROR(X)                                                                        \
    do {                                                                                                     \
        if (errno == 0 && ((X) == Py_HUGE_VAL || (X) == -Py_HUGE_VAL))                                       \
            errno = ERANGE;                                                                                  \
    } while (0)
#define Py_SET_ERANGE_IF_OVERFLOW(X) Py_SET_ERRNO_ON_MATH_ERROR(X)
#define Py_ADJUST_ERANGE1(X)                                                                                 \
    do {                                                                                                     \
        int huge_ = (X) == Py_HUGE_VAL || (X) == -Py_HUGE_VAL;                                               \
        if (errno == 0 && huge_)                                                                             \
            errno = ERANGE;                                                                                  \
        else if (errno == ERANGE && (X) == 0.0)                                                              \
            errno = 0;                                                                                       \
    } while (0)
#define Py_ADJUST_ERANGE2(X, Y)                                                                              \
    do {                                                                                                     \
        int huge_ = (X) == Py_HUGE_VAL || (X) == -Py_HUGE_VAL || (Y) == Py_HUGE_VAL || (Y) == -Py_HUGE_VAL;  \
        if (huge_ && errno == 0)                                                                             \
            errno = ERANGE;                                                                                  \
        else if (!huge_ && errno == ERANGE)                                                                  \
            errno = 0;                                                                                       \
    } while (0)

#define HAVE_PY_SET_53BIT_PRECISION 1
#define _Py_SET_53BIT_PRECISION_HEADER unsigned short old_387controlword, new_387controlword
#define _Py_SET_53BIT_PRECISION_START                                                                        \
    do {                                                                                                     \
        old_387controlword = _Py_get_387controlword();                                                       \
        new_387controlword = (unsigned short)((old_387controlword & ~0x0f00) | 0x0200);                      \
        if (new_387controlword != old_387controlword)                                                        \
            _Py_set_387controlword(new_387controlword);                                                      \
    } while (0)
#define _Py_SET_53BIT_PRECISION_END                                                                          \
    do {                                                                                                     \
        if (new_387controlword != old_387controlword)                                                        \
            _Py_set_387controlword(old_387controlword);                                                      \
    } while (0)

#ifdef __cplusplus
}
#endif

#endif
