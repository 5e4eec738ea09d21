/* SPDX-License-Identifier: MIT */
/* traceback: entries for exceptions that pass a frame. */
#ifndef TAI_VM_TRACEBACK_H
#define TAI_VM_TRACEBACK_H

#include "vm/frame.h"

/* Add f at its pc to the traceback of the current exception. Cannot fail: without memory the entry is left out. */
void tai_traceback_here(PyThreadState *ts, TaiFrame *f);

#endif
