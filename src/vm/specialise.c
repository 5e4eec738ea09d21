/* SPDX-License-Identifier: MIT */
/* Warming up: caches for an executable form, and what its instructions become. */
#include "vm/specialise.h"

void tai_exec_warm(TaiExec *exec) { exec->flags |= EXEC_WARM; }
