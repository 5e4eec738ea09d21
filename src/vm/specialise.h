/* SPDX-License-Identifier: MIT */
/* Instructions that specialise themselves: what they become, by what they see. */
#ifndef TAI_VM_SPECIALISE_H
#define TAI_VM_SPECIALISE_H

#include "vm/frame.h"
#include "objects/object.h"

#endif
