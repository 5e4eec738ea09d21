/* SPDX-License-Identifier: MIT */
/* range: the iterator over machine integers, for loops that step it in place. */
#ifndef TAI_OBJECTS_RANGE_H
#define TAI_OBJECTS_RANGE_H

#include "Python.h"

/* Gives next, next + step, ...: left values more. length: how many there were in all. */
typedef struct {
    PyObject_HEAD
    long next;
    long step;
    long left;
    long length;
} TaiRangeIter;

typedef struct {
    PyObject_HEAD
    PyObject *start, *stop, *step, *length; /* exact ints (or int subclasses, as given) */
} TaiRange;

#endif
