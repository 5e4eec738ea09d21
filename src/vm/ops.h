/* SPDX-License-Identifier: MIT */
/* Numbers of everything that can stand in TaiUnit.op: the opcodes of 3.8 by their own numbers, and from 164 on ours. */
#ifndef TAI_VM_OPS_H
#define TAI_VM_OPS_H

enum TaiOp {
    TAI_OP_FIRST = 163,
#define TAI_OP(name, base, width) TAI_OP_##name,
#include "vm/instructions/ops.def"
    TAI_OP_COUNT
};

#endif
