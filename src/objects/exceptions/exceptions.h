/* SPDX-License-Identifier: MIT */
/* The built-in exception classes (defs/exception.def). */
#ifndef TAI_OBJECTS_EXCEPTIONS_H
#define TAI_OBJECTS_EXCEPTIONS_H

#include "runtime/state.h"

/* Make the classes usable. Types must be ready. 0 / -1 with an exception. */
NODISCARD int tai_exceptions_init(void);

/* Add all classes and their aliases to the builtins module. 0 / -1. */
NODISCARD int tai_exceptions_add_to(PyObject *builtins_module);

/* base.c: slots of BaseException that no row of the table can say. */
void tai_exception_root_slots(PyTypeObject *type);

#endif
