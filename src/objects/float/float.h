/* SPDX-License-Identifier: MIT */
/* float: what other units and the evaluator may use inline. Floats are immutable; dead exact ones wait on a free list. */
#ifndef TAI_OBJECTS_FLOAT_H
#define TAI_OBJECTS_FLOAT_H

#include "Python.h"
#include "base/alloc.h"

#define TAI_FLOAT_FREE_MAX TAI_FREE_LIST(200)
extern PyFloatObject *tai_float_free; /* linked through ob_type */
extern int tai_float_free_count;

PyObject *tai_float_new_slow(double v);
int tai_float_init(void);
void tai_float_fini(void);
int tai_float_types_init(void); /* sys.float_info's type; after types are ready */

/* New float, or NULL with MemoryError. */
static inline PyObject *tai_float_new(double v)
{
    PyFloatObject *f = tai_float_free;
    if (__builtin_expect(f == NULL, 0))
        return tai_float_new_slow(v);
    tai_float_free = (PyFloatObject *)f->ob_base.ob_type;
    tai_float_free_count--;
    f->ob_base.ob_type = &PyFloat_Type;
    _Py_INC_REFTOTAL;
    f->ob_base.ob_refcnt = 1;
    f->ob_fval = v;
    return (PyObject *)f;
}

static inline double tai_float_value(const PyObject *o)
{
    return ((const PyFloatObject *)o)->ob_fval;
}

/* Python's float power: new, or NULL with an exception where Python raises. */
PyObject *tai_float_pow(double a, double b);
/* Exact comparison of a double with an int: -1, 0, 1 (a is not nan). */
int tai_float_cmp_int(double a, PyObject *b);

/* text.c */
Py_ssize_t tai_float_write_size(double v, char code, int precision);
char *tai_float_write(char *p, double v, char code, int precision, int flags, int upper, int *kind);

#endif
