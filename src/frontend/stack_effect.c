/* SPDX-License-Identifier: MIT */
/* stack_effect: how many values an instruction leaves more than it takes. Tests: tests/frontend/test_cases.py, tools/compare_code. */
#include "frontend/compiler.h"

/* Values an exception handler finds: the exception's three, and the three it replaced. */
#define HANDLER_VALUES 6

/* The effect by the table of instructions; VARIABLE for those that depend on more. */
#define VARIABLE 127
static const signed char fixed_effect[256] = {
#define OPCODE(name, number, operand, pops, pushes) [number] = ((pops) < 0 ? VARIABLE : (pushes) - (pops)),
#include "defs/opcode.def"
};
static const unsigned char known[256] = {
#define OPCODE(name, number, operand, pops, pushes) [number] = 1,
#include "defs/opcode.def"
};

int tai_stack_effect(int op, int arg, int jump)
{
    if (op < 0 || op > 255 || !known[op])
        return op == EXTENDED_ARG ? 0 : PY_INVALID_STACK_EFFECT;
    if (fixed_effect[op] != VARIABLE)
        return fixed_effect[op];
    switch (op) {
    case BEGIN_FINALLY:
        return HANDLER_VALUES;
    case END_FINALLY:
    case POP_FINALLY:
        return -HANDLER_VALUES;
    case END_ASYNC_FOR:
        return -HANDLER_VALUES - 1;
    case WITH_CLEANUP_START:
        return 2;
    case WITH_CLEANUP_FINISH:
    case POP_EXCEPT:
        return -3;
    case SETUP_FINALLY:
        return jump ? HANDLER_VALUES : 0;
    case SETUP_WITH: /* __exit__ below, and the value of __enter__ or the handler's values */
        return jump ? HANDLER_VALUES : 1;
    case SETUP_ASYNC_WITH: /* the value of __enter__ is there already */
        return jump ? HANDLER_VALUES - 1 : 0;
    case CALL_FINALLY:
        return jump ? 1 : 0;
    case FOR_ITER:
        return jump > 0 ? -1 : 1;
    case JUMP_IF_FALSE_OR_POP:
    case JUMP_IF_TRUE_OR_POP:
        return jump ? 0 : -1;
    case UNPACK_SEQUENCE:
        return arg - 1;
    case UNPACK_EX:
        return (arg & 0xFF) + (arg >> 8);
    case BUILD_TUPLE:
    case BUILD_LIST:
    case BUILD_SET:
    case BUILD_STRING:
    case BUILD_LIST_UNPACK:
    case BUILD_TUPLE_UNPACK:
    case BUILD_TUPLE_UNPACK_WITH_CALL:
    case BUILD_SET_UNPACK:
    case BUILD_MAP_UNPACK:
    case BUILD_MAP_UNPACK_WITH_CALL:
        return 1 - arg;
    case BUILD_MAP:
        return 1 - 2 * arg;
    case BUILD_CONST_KEY_MAP:
    case RAISE_VARARGS:
    case CALL_FUNCTION:
        return -arg;
    case CALL_METHOD:
    case CALL_FUNCTION_KW:
        return -arg - 1;
    case CALL_FUNCTION_EX:
        return -1 - (arg & 1);
    case MAKE_FUNCTION:
        return -1 - !!(arg & 1) - !!(arg & 2) - !!(arg & 4) - !!(arg & 8);
    case BUILD_SLICE:
        return arg == 3 ? -2 : -1;
    case FORMAT_VALUE:
        return arg & 4 ? -1 : 0;
    }
    return PY_INVALID_STACK_EFFECT;
}

int PyCompile_OpcodeStackEffectWithJump(int opcode, int oparg, int jump)
{
    return tai_stack_effect(opcode, oparg, jump);
}

int PyCompile_OpcodeStackEffect(int opcode, int oparg)
{
    return tai_stack_effect(opcode, oparg, -1);
}
