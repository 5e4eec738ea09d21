/* SPDX-License-Identifier: MIT */
/* _collections: what its files share. */
#ifndef TAI_MODULES_COLLECTIONS_H
#define TAI_MODULES_COLLECTIONS_H

#include "Python.h"

extern PyTypeObject tai_deque_type, tai_deque_iter_type, tai_deque_reviter_type;
extern PyTypeObject tai_defaultdict_type, tai_tuplegetter_type;

#endif
