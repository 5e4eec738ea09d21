/* SPDX-License-Identifier: MIT */
/* Immortal objects: their count is so large that the drift made by code that counts cannot reach zero. */
#ifndef TAI_RUNTIME_IMMORTAL_H
#define TAI_RUNTIME_IMMORTAL_H

#include "Python.h"

#define TAI_IMMORTAL_COUNT ((Py_ssize_t)1 << 60)

static inline void tai_immortalize(void *op) { ((PyObject *)op)->ob_refcnt = TAI_IMMORTAL_COUNT; }
static inline int tai_is_immortal(const void *op) { return ((const PyObject *)op)->ob_refcnt > TAI_IMMORTAL_COUNT / 2; }

#endif
