/* SPDX-License-Identifier: MIT */
/* contextvars (PEP 567). */
#ifndef TAI_OBJECTS_CONTEXT_H
#define TAI_OBJECTS_CONTEXT_H

#include "runtime/state.h"

/* Ready the private types, put Token.MISSING in place. Exported types must be ready. 0 / -1. */
NODISCARD int tai_context_init(void);

#endif
