/* SPDX-License-Identifier: MIT */
/* warnings: state of an interpreter, made when first needed. */
#ifndef TAI_RUNTIME_WARNINGS_H
#define TAI_RUNTIME_WARNINGS_H

#include "runtime/state.h"

/* Make the default filters of this interpreter. 0 / -1. */
NODISCARD int tai_warnings_init(void);

#endif
