/* SPDX-License-Identifier: MIT */
/* pymacro.h: small helpers for C code. */
#ifndef TAIPAN_PYMACRO_H
#define TAIPAN_PYMACRO_H

#define Py_MIN(x, y) ((y) < (x) ? (y) : (x))
#define Py_MAX(x, y) ((y) > (x) ? (y) : (x))
#define Py_ABS(x) ((x) >= 0 ? (x) : -(x))
#define _Py_XSTRINGIFY(x) #x
#define Py_STRINGIFY(x) _Py_XSTRINGIFY(x)
#define Py_MEMBER_SIZE(type, member) sizeof(((type *)0)->member)
#define Py_CHARMASK(c) ((unsigned char)((c)&0xff))
#define Py_BUILD_ASSERT_EXPR(cond) (sizeof(char[1 - 2 * !(cond)]) - 1)
#define Py_BUILD_ASSERT(cond)                                                                                \
    do {                                                                                                     \
        (void)Py_BUILD_ASSERT_EXPR(cond);                                                                    \
    } while (0)
#define Py_ARRAY_LENGTH(array) (sizeof(array) / sizeof(*(array)))

#define PyDoc_VAR(name) static const char name[]
#ifdef WITH_DOC_STRINGS
#define PyDoc_STR(str) str
#else
#define PyDoc_STR(str) ""
#endif
#define PyDoc_STRVAR(name, str) PyDoc_VAR(name) = PyDoc_STR(str)

#define _Py_SIZE_ROUND_DOWN(n, a) ((size_t)(n) & ~((size_t)(a)-1))
#define _Py_SIZE_ROUND_UP(n, a) _Py_SIZE_ROUND_DOWN((size_t)(n) + ((size_t)(a)-1), a)
#define _Py_ALIGN_DOWN(p, a) ((void *)((uintptr_t)(p) & ~((uintptr_t)(a)-1)))
#define _Py_ALIGN_UP(p, a) _Py_ALIGN_DOWN((uintptr_t)(p) + ((uintptr_t)(a)-1), a)
#define _Py_IS_ALIGNED(p, a) (((uintptr_t)(p) % (uintptr_t)(a)) == 0)

#define Py_UNUSED(name) _unused_##name __attribute__((unused))
#define Py_UNREACHABLE() Py_FatalError("unreachable code was reached")

#endif
