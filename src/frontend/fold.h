/* SPDX-License-Identifier: MIT */
/* fold: constant folding on the tree. */
#ifndef TAI_FRONTEND_FOLD_H
#define TAI_FRONTEND_FOLD_H

#include "frontend/tree.h"

/* Rewrite constant operations of mod in place. 0, or -1 with an exception. */
int tai_fold(mod_ty mod, PyArena *arena, int optimize);

#endif
