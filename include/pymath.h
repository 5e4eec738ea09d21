/* SPDX-License-Identifier: MIT */
/* pymath.h: floating-point constants and tests. */
#ifndef TAIPAN_PYMATH_H
#define TAIPAN_PYMATH_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
PyAPI_FUNC(unsigned short) _Py_get_387controlword(void);
PyAPI_FUNC(void) _Py_set_387controlword(unsigned short);
#endif

#define Py_MATH_PIl 3.1415926535897932384626433832795029L
#define Py_MATH_PI 3.14159265358979323846
#define Py_MATH_El 2.7182818284590452353602874713526625L
#define Py_MATH_E 2.7182818284590452354
#define Py_MATH_TAU 6.2831853071795864769252867665590057683943L
#define Py_HUGE_VAL HUGE_VAL
#define Py_NAN (Py_HUGE_VAL * 0.)

#define Py_FORCE_DOUBLE(X) (X)
#define Py_IS_NAN(X) isnan(X)
#define Py_IS_INFINITY(X) isinf(X)
#define Py_IS_FINITE(X) isfinite(X)
#define Py_OVERFLOWED(X) ((X) != 0.0 && (errno == ERANGE || Py_IS_INFINITY(X)))

/* Does the floating value v fit the integral type once its fraction is dropped? */
#define _Py_IntegralTypeSigned(type) ((type)-1 < (type)0)
#define _Py_IntegralTypeMax(type)                                                                            \
    (_Py_IntegralTypeSigned(type) ? (type)((((((type)1) << (sizeof(type) * CHAR_BIT - 2)) - 1) << 1) + 1)    \
                                  : ~(type)0)
#define _Py_IntegralTypeMin(type) (_Py_IntegralTypeSigned(type) ? -_Py_IntegralTypeMax(type) - 1 : 0)
#define _Py_InIntegralTypeRange(type, v)                                                                     \
    ((v) >= _Py_IntegralTypeMin(type) && (v) <= _Py_IntegralTypeMax(type))

#ifdef __cplusplus
}
#endif

#endif
