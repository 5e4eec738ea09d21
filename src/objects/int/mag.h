/* SPDX-License-Identifier: MIT */
/* int/mag: magnitudes, as arrays of 30-bit digits (our memory form) and of 64-bit limbs (GMP's); private to objects/int. */
#ifndef TAI_OBJECTS_INT_MAG_H
#define TAI_OBJECTS_INT_MAG_H

#include "objects/int/int.h"
#include <gmp.h>

_Static_assert(sizeof(mp_limb_t) == 8 && GMP_NUMB_BITS == 64, "limbs of 64 bits");

static inline Py_ssize_t mag_size(const PyObject *o)
{
    Py_ssize_t n = Py_SIZE(o);
    return n < 0 ? -n : n;
}

/* Limbs that n digits need; one spare bit pattern never wanted. */
static inline Py_ssize_t mag_limb_count(Py_ssize_t n)
{
    return n / 32 * 15 + (n % 32 * PyLong_SHIFT + 63) / 64;
}

/* Temporary limbs: on the stack up to a size, else from the heap. */
typedef struct {
    mp_limb_t *at;
    mp_limb_t local[48];
} Limbs;

int tai_limbs_get(Limbs *l, Py_ssize_t n); /* 0, or -1 with MemoryError */
static inline void tai_limbs_free(Limbs *l)
{
    if (l->at != l->local)
        PyMem_Free(l->at);
}

/* New normal int from n limbs (leading zeros allowed). */
PyObject *tai_int_from_limbs(const mp_limb_t *limbs, mp_size_t n, int negative);
/* Get limbs of o in fresh temporaries; *count the length. 0, or -1 with MemoryError. */
int tai_int_limbs(const PyObject *o, Limbs *l, mp_size_t *count);

/* Raw int of n digits, contents open, size n. NULL with MemoryError or OverflowError. */
PyLongObject *tai_int_alloc(Py_ssize_t n);
/* Drop leading zeros of a raw one and put small values in their place; steals o, returns the int to use. */
PyObject *tai_int_finish(PyLongObject *o);
/* New int of a 128-bit magnitude. */
PyObject *tai_int_from_u128(unsigned __int128 m, int negative);
PyObject *tai_int_from_u64(uint64_t m);

/* Truncating division of magnitudes: *q and *r get new ints, where asked for (not NULL). b is not zero. 0 / -1.
 * *r has the sign of a; *q the product of signs. *inexact (not NULL) tells whether the remainder was not zero. */
int tai_int_divrem(PyObject *a, PyObject *b, PyObject **q, PyObject **r, int *inexact);

/* Text of |o| (base 2, 8, 10, 16; no prefix or sign). */
typedef struct {
    char *text;
    Py_ssize_t length;
    char local[72];
} IntText;
int tai_int_text(const PyObject *o, int base, IntText *out); /* 0, or -1 with an exception */
static inline void tai_int_text_free(IntText *t)
{
    if (t->text < t->local || t->text >= t->local + sizeof t->local)
        PyMem_Free(t->text);
}

extern PyNumberMethods tai_int_as_number;
/* Methods whose code stands in other files than the table (int.c). */
PyObject *tai_int_to_decimal(PyObject *o);
#endif
