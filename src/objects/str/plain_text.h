/* SPDX-License-Identifier: MIT */
/* Formatting of the plainest kind, before the general one: ascii strings and small ints, as str() shows them, put into
 * a buffer. Nothing of this runs code, so that the general way can start again where this one gives up. */
#ifndef TAI_OBJECTS_STR_PLAIN_TEXT_H
#define TAI_OBJECTS_STR_PLAIN_TEXT_H

#include "objects/str/str.h"
#include "longintrepr.h"

enum { PLAIN_ROOM = 512 };

typedef struct {
    Py_ssize_t n;
    char text[PLAIN_ROOM];
} PlainText;

/* 1 if done, 0 if there is no room. */
static inline int plain_put(PlainText *p, const char *text, Py_ssize_t n)
{
    if (n > PLAIN_ROOM - p->n)
        return 0;
    memcpy(p->text + p->n, text, (size_t)n);
    p->n += n;
    return 1;
}

static inline int plain_put_int(PlainText *p, PyObject *v)
{
    Py_ssize_t size = Py_SIZE(v), digits = size < 0 ? -size : size;
    if (digits > 2)
        return 0;
    uint64_t x = digits == 0 ? 0 : ((PyLongObject *)v)->ob_digit[0];
    if (digits == 2)
        x |= (uint64_t)((PyLongObject *)v)->ob_digit[1] << PyLong_SHIFT;
    char text[24], *at = text + sizeof text;
    do
        *--at = (char)('0' + x % 10);
    while ((x /= 10) != 0);
    if (size < 0)
        *--at = '-';
    return plain_put(p, at, text + sizeof text - at);
}

/* str(v) for exact str and int; 1 if done. */
static inline int plain_put_value(PlainText *p, PyObject *v)
{
    if (PyUnicode_CheckExact(v))
        return STR_ASCII(v)->state.ready && str_is_ascii(v) && plain_put(p, str_data(v), str_len(v));
    return PyLong_CheckExact(v) && plain_put_int(p, v);
}

#endif
