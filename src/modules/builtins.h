/* SPDX-License-Identifier: MIT */
/* The builtins module, in parts: builtins.c (functions on objects), builtins_code.c (those that run code or talk to
 * files), builtins_iter.c (map, filter, zip). */
#ifndef TAI_MODULES_BUILTINS_H
#define TAI_MODULES_BUILTINS_H

#include "Python.h"

#define TAI_FAST(f) ((PyCFunction)(void (*)(void))(f))

extern PyMethodDef tai_builtins_code_methods[];

#endif
