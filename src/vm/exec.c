/* SPDX-License-Identifier: MIT */
/* Making the executable form: decoding, verification, block analysis. See exec.h for what it is.
 *
 * The wordcode is followed from its first instruction along every edge, carrying the stack depth and the innermost block.
 * Two paths that meet must agree; anything impossible (bad index, underflow, a jump outside) makes the code object
 * unusable: SystemError when it is called, instead of a crash. Which values may be NULL (those that LOAD_METHOD and the finally
 * slots leave) is followed as well: no instruction that looks at an operand may get one. Since that can only grow where
 * paths meet, a unit is followed again until nothing changes.
 *
 * A finally body is reached by exception, by BEGIN_FINALLY and by CALL_FINALLY; all three come with the same depth because
 * the last two put six slots as well ([EXEC-2]). CALL_FINALLY may be reached with up to two values above the depth of
 * the try statement (the value of a `return`), or with some below (the handler around it was left before): it fills up with
 * NULL to the depth of the body, and END_FINALLY goes back to the depth of the unit it returns to.
 */
#include "vm/exec.h"
#include "vm/ops.h"
#include "vm/specialise.h"
#include "vm/stats.h"
#include "opcode.h"
#include <stdlib.h>

typedef struct {
    TaiExec *exec;
    const unsigned char *code;
    uint32_t *work;        /* units to follow */
    uint32_t nwork;
    uint64_t *nulls;       /* per unit: bit k says that the value k below the top may be NULL */
    uint32_t blocks_room;
    int dead;              /* following what no path leads to */
    int failed;            /* out of memory */
    int finally_calls;     /* there is a CALL_FINALLY */
} Analysis;

typedef struct {
    int32_t depth;
    uint16_t block;
    uint64_t nulls;
} State;

enum { QUEUED = 128 }; /* in TaiExec.entry while analysing: the unit waits in work[] */

/* Which of the six slots of a handler may be NULL if it is entered by an exception: value and traceback handled before. */
enum { HANDLER_NULLS = 0x30 };

typedef struct {
    int16_t number;
    int8_t operand, pops, pushes;
} OpInfo;

enum { OPERAND_NONE, OPERAND_CONST, OPERAND_NAME, OPERAND_LOCAL, OPERAND_FREE, OPERAND_COMPARE, OPERAND_COUNT,
       OPERAND_JREL, OPERAND_JABS }; /* the jumps come last */

static const OpInfo op_info[256] = {
#define OPCODE(name, number, operand, pops, pushes) [number] = {number, OPERAND_##operand, pops, pushes},
#include "defs/opcode.def"
};

/* ---- decoding ------------------------------------------------------------------------------------------------ */

static int is_jump(int op) { return op_info[op].operand >= OPERAND_JREL; }

/* Fill the units: operands merged, jumps resolved to distances. What no instruction can be becomes a TRAP, which fails the
 * analysis if it can be reached. */
static void decode(TaiExec *exec, const unsigned char *code)
{
    uint32_t extended = 0;
    PyCodeObject *co = exec->code;
    const uint64_t limits[OPERAND_JREL] = {
        [OPERAND_NONE] = UINT64_MAX,
        [OPERAND_COUNT] = UINT64_MAX,
        [OPERAND_CONST] = (uint64_t)PyTuple_GET_SIZE(co->co_consts),
        [OPERAND_NAME] = (uint64_t)PyTuple_GET_SIZE(co->co_names),
        [OPERAND_LOCAL] = (uint64_t)co->co_nlocals,
        [OPERAND_FREE] = (uint64_t)exec->nslots - (uint64_t)co->co_nlocals,
        [OPERAND_COMPARE] = PyCmp_EXC_MATCH + 1,
    };
    for (uint32_t i = 0; i < exec->nunits; i++) {
        int op = code[2 * i], operand = op_info[op].operand;
        uint32_t arg = extended | code[2 * i + 1];
        int valid = op_info[op].number != 0;
        extended = op == EXTENDED_ARG ? arg << 8 : 0;
        if (operand < OPERAND_JREL)
            valid &= arg < limits[operand];
        else {
            uint32_t target = (operand == OPERAND_JREL ? i + 1 : 0) + arg / 2;
            valid &= (arg & 1) == 0 && arg < 0x7fffffff && target < exec->nunits;
            arg = target - i;
        }
        exec->units[i] = (TaiUnit){.op = (uint16_t)(valid ? op : TAI_OP_TRAP), .arg = arg};
    }
}

/* Mark where lines start: EXEC_LINE_START keeps fused instructions within a line. */
static void mark_lines(TaiExec *exec)
{
    PyObject *table = exec->code->co_lnotab;
    const unsigned char *p = (const unsigned char *)PyBytes_AS_STRING(table);
    Py_ssize_t n = PyBytes_GET_SIZE(table) / 2;
    uint32_t addr = 0;
    for (; n > 0; n--, p += 2) {
        addr += p[0];
        if (addr / 2 < exec->nunits)
            exec->entry[addr / 2] |= EXEC_LINE_START;
    }
}

/* ---- flow ---------------------------------------------------------------------------------------------------- */

static int find_block(Analysis *a, int kind, uint16_t outer, int32_t depth, uint32_t handler)
{
    TaiExec *exec = a->exec;
    for (uint32_t i = 0; i < exec->nblocks; i++) {
        TaiBlock *b = &exec->blocks[i];
        if (b->kind == kind && b->outer == outer && b->depth == (uint32_t)depth && b->handler == handler)
            return (int)i;
    }
    if (exec->nblocks == a->blocks_room) {
        uint32_t room = a->blocks_room ? a->blocks_room * 2 : 4;
        TaiBlock *grown = PyMem_RawRealloc(exec->blocks, room * sizeof(TaiBlock));
        if (grown == NULL) {
            a->failed = 1;
            return -1;
        }
        exec->blocks = grown;
        a->blocks_room = room;
    }
    if (exec->nblocks >= EXEC_NO_BLOCK)
        return -1;
    exec->blocks[exec->nblocks] =
        (TaiBlock){.kind = (uint16_t)kind, .outer = outer, .depth = (uint32_t)depth, .handler = handler};
    return (int)exec->nblocks++;
}

/* Push a block on state; -1 if that is impossible. */
static int enter_block(Analysis *a, State *state, int kind, int32_t depth, uint32_t handler)
{
    int index = find_block(a, kind, state->block, depth, handler);
    if (index < 0)
        return -1;
    state->block = (uint16_t)index;
    return 0;
}

/* Pop the innermost block, which must be of kind and, if a handler, lie `above` slots below the top. */
static int leave_block(Analysis *a, State *state, int kind, int32_t above)
{
    if (state->block == EXEC_NO_BLOCK)
        return -1;
    TaiBlock *b = &a->exec->blocks[state->block];
    if (b->kind != kind || (kind == BLOCK_HANDLER && (int32_t)b->depth != state->depth - above))
        return -1;
    state->block = b->outer;
    return 0;
}

/* Control reaches unit with state: remember it, or compare with what is known. */
static int reach(Analysis *a, uint32_t unit, State state)
{
    TaiExec *exec = a->exec;
    if (unit == exec->nunits && a->dead)
        return 0; /* the end of a function that ended before: units[nunits] traps */
    if (unit >= exec->nunits || state.depth < 0)
        return -1;
    if (state.block != EXEC_NO_BLOCK && state.depth < (int32_t)exec->blocks[state.block].depth)
        return -1;
    if (exec->depth[unit] == EXEC_UNREACHED) {
        exec->depth[unit] = state.depth;
        exec->block[unit] = state.block;
        a->nulls[unit] = 0;
    }
    else if (exec->depth[unit] != state.depth || exec->block[unit] != state.block)
        return -1;
    else if ((a->nulls[unit] | state.nulls) == a->nulls[unit])
        return 0;
    a->nulls[unit] |= state.nulls;
    if (!(exec->entry[unit] & QUEUED)) {
        exec->entry[unit] |= QUEUED;
        a->work[a->nwork++] = unit;
    }
    return 0;
}

static uint64_t drop_bits(uint64_t nulls, int64_t n) { return n >= 64 ? 0 : nulls >> n; }
static uint64_t add_bits(uint64_t nulls, int64_t n) { return n >= 64 ? 0 : nulls << n; }
static uint64_t low_bits(int64_t n) { return n >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1; }

static int reach_jump(Analysis *a, uint32_t unit, State state)
{
    a->exec->entry[unit] |= EXEC_IS_TARGET;
    return reach(a, unit, state);
}

static int reach_handler(Analysis *a, uint32_t unit, State state, int32_t depth)
{
    state.nulls = add_bits(drop_bits(state.nulls, state.depth - depth), 6) | HANDLER_NULLS;
    state.depth = depth;
    if (enter_block(a, &state, BLOCK_HANDLER, depth, unit) < 0)
        return -1;
    state.depth = depth + 6;
    return reach_jump(a, unit, state);
}

/* Values popped and pushed by instructions whose effect depends on the operand but not on the path. -1: not one of them. */
static int variable_effect(int op, uint32_t arg, int64_t *pops, int64_t *pushes)
{
    *pushes = 1;
    switch (op) {
    case BUILD_TUPLE: case BUILD_LIST: case BUILD_SET: case BUILD_STRING: case BUILD_TUPLE_UNPACK: case BUILD_LIST_UNPACK:
    case BUILD_SET_UNPACK: case BUILD_MAP_UNPACK: *pops = arg; return 0;
    case BUILD_TUPLE_UNPACK_WITH_CALL: case BUILD_MAP_UNPACK_WITH_CALL: *pops = arg; return 0;
    case BUILD_MAP: *pops = 2 * (int64_t)arg; return 0;
    case BUILD_CONST_KEY_MAP: *pops = (int64_t)arg + 1; return 0;
    case UNPACK_SEQUENCE: *pops = 1; *pushes = arg; return 0;
    case UNPACK_EX: *pops = 1; *pushes = (int64_t)(arg & 0xff) + (arg >> 8) + 1; return 0;
    case CALL_FUNCTION: *pops = (int64_t)arg + 1; return 0;
    case CALL_METHOD: case CALL_FUNCTION_KW: *pops = (int64_t)arg + 2; return 0;
    case CALL_FUNCTION_EX: *pops = 2 + (arg & 1); return 0;
    case MAKE_FUNCTION: *pops = 2 + __builtin_popcount(arg & 15); return 0;
    case BUILD_SLICE: *pops = arg == 3 ? 3 : 2; return arg == 2 || arg == 3 ? 0 : -1;
    case FORMAT_VALUE: *pops = (arg & 4) ? 2 : 1; return 0;
    default: return -1;
    }
}

/* ---- special instructions: 1 falls through with *state; 0 does not; -1 impossible; 2 not special ---- */

/* Those that enter or leave a handler. */
static int follow_handler(Analysis *a, uint32_t i, int op, uint32_t arg, State *state)
{
    int32_t depth = state->depth;
    uint32_t handler;
    switch (op) {
    case BEGIN_FINALLY:
        if (enter_block(a, state, BLOCK_HANDLER, depth, i + 1) < 0)
            return -1;
        state->depth += 6;
        state->nulls = add_bits(state->nulls, 6) | low_bits(6);
        return 1;
    case END_FINALLY:
        state->nulls = drop_bits(state->nulls, 6);
        state->depth -= 6;
        return leave_block(a, state, BLOCK_HANDLER, 0) < 0 ? -1 : 1;
    case POP_FINALLY:
        state->nulls = arg ? add_bits(drop_bits(state->nulls, 7), 1) | (state->nulls & 1) : drop_bits(state->nulls, 6);
        state->depth -= 6;
        return leave_block(a, state, BLOCK_HANDLER, arg ? 1 : 0) < 0 ? -1 : 1;
    case POP_EXCEPT: { /* `return value` in a handler has brought the value below the three (ROT_FOUR) */
        int32_t above;
        state->depth -= 3;
        state->nulls = drop_bits(state->nulls, 3);
        if (state->block == EXEC_NO_BLOCK)
            return -1;
        above = state->depth - (int32_t)a->exec->blocks[state->block].depth;
        return above < 0 || leave_block(a, state, BLOCK_HANDLER, above) < 0 ? -1 : 1;
    }
    case END_ASYNC_FOR:
        state->nulls = drop_bits(state->nulls, 7);
        state->depth -= 6;
        if (leave_block(a, state, BLOCK_HANDLER, 0) < 0)
            return -1;
        state->depth -= 1;
        return 1;
    case WITH_CLEANUP_START:
        if (state->block == EXEC_NO_BLOCK)
            return -1;
        handler = a->exec->blocks[state->block].handler;
        if (leave_block(a, state, BLOCK_HANDLER, 6) < 0 || depth < 7 ||
            enter_block(a, state, BLOCK_HANDLER, depth - 7, handler) < 0 || (state->nulls >> 6 & 1))
            return -1;
        state->nulls = add_bits(drop_bits(state->nulls, 7), 9) | add_bits(low_bits(7), 2);
        state->depth += 2;
        return 1;
    case WITH_CLEANUP_FINISH:
        if (state->nulls & 3)
            return -1;
        state->nulls = drop_bits(state->nulls, 3) | low_bits(6);
        state->depth -= 3;
        if (state->block == EXEC_NO_BLOCK || a->exec->blocks[state->block].kind != BLOCK_HANDLER ||
            (int32_t)a->exec->blocks[state->block].depth != state->depth - 6)
            return -1;
        return 1;
    default:
        return 2;
    }
}

/* CALL_FINALLY to unit arg, which goes on behind unit i. 1 / -1. */
static int follow_call_finally(Analysis *a, uint32_t i, uint32_t arg, const State *state)
{
    int32_t filled = a->exec->depth[arg] - state->depth;
    a->finally_calls = 1;
    a->exec->entry[arg] |= EXEC_IS_TARGET;
    if (i + 1 < a->exec->nunits)
        a->exec->entry[i + 1] |= EXEC_IS_TARGET;
    if (a->exec->depth[arg] == EXEC_UNREACHED || filled <= 0)
        return 1;
    /* The NULLs that it fills up with, below the int on top. */
    State body = {a->exec->depth[arg], a->exec->block[arg],
                  add_bits(state->nulls, filled) | (low_bits(filled) & ~(uint64_t)1)};
    return reach(a, arg, body) < 0 ? -1 : 1;
}

/* Those that begin or end a `try`, or go into the finally body of one. */
static int follow_try(Analysis *a, uint32_t i, int op, uint32_t arg, State *state)
{
    int32_t depth = state->depth;
    switch (op) {
    case SETUP_FINALLY:
        if (reach_handler(a, arg, *state, depth) < 0)
            return -1;
        return enter_block(a, state, BLOCK_TRY, depth, arg) < 0 ? -1 : 1;
    case SETUP_WITH:
        if (depth < 1 || (state->nulls & 1) || reach_handler(a, arg, *state, depth) < 0)
            return -1;
        state->nulls = add_bits(state->nulls, 1);
        state->depth += 1;
        return enter_block(a, state, BLOCK_TRY, depth, arg) < 0 ? -1 : 1;
    case SETUP_ASYNC_WITH:
        if (depth < 2 || (state->nulls & 3) || reach_handler(a, arg, *state, depth - 1) < 0)
            return -1;
        return enter_block(a, state, BLOCK_TRY, depth - 1, arg) < 0 ? -1 : 1;
    case POP_BLOCK:
        return leave_block(a, state, BLOCK_TRY, 0) < 0 ? -1 : 1;
    case CALL_FINALLY:
        return follow_call_finally(a, i, arg, state);
    default:
        return follow_handler(a, i, op, arg, state);
    }
}

/* Those that jump, or after which nothing follows. */
static int follow_jump(Analysis *a, int op, uint32_t arg, State *state)
{
    int32_t depth = state->depth;
    switch (op) {
    case FOR_ITER:
        if (depth < 1 || (state->nulls & 1) ||
            reach_jump(a, arg, (State){depth - 1, state->block, drop_bits(state->nulls, 1)}) < 0)
            return -1;
        state->nulls = add_bits(state->nulls, 1);
        state->depth += 1;
        return 1;
    case JUMP_IF_FALSE_OR_POP: case JUMP_IF_TRUE_OR_POP:
        if (depth < 1 || (state->nulls & 1) || reach_jump(a, arg, *state) < 0)
            return -1;
        state->nulls = drop_bits(state->nulls, 1);
        state->depth -= 1;
        return 1;
    case POP_JUMP_IF_FALSE: case POP_JUMP_IF_TRUE:
        if (depth < 1 || (state->nulls & 1))
            return -1;
        state->nulls = drop_bits(state->nulls, 1);
        state->depth -= 1;
        return reach_jump(a, arg, *state) < 0 ? -1 : 1;
    case JUMP_ABSOLUTE: case JUMP_FORWARD:
        return reach_jump(a, arg, *state) < 0 ? -1 : 0;
    case RETURN_VALUE:
        return depth < 1 || (state->nulls & 1) ? -1 : 0;
    case RAISE_VARARGS:
        return arg > 2 || depth < (int32_t)arg || (state->nulls & low_bits(arg)) ? -1 : 0;
    default:
        return 2;
    }
}

static int follow_special(Analysis *a, uint32_t i, int op, uint32_t arg, State *state)
{
    int32_t depth = state->depth;
    int result;
    switch (op) {
    case YIELD_VALUE: case YIELD_FROM:
        return a->exec->flags & EXEC_GENERATOR ? 2 : -1;
    case LIST_APPEND: case SET_ADD:
        return arg < 1 || depth < (int64_t)arg + 1 ? -1 : 2;
    case MAP_ADD:
        return arg < 1 || depth < (int64_t)arg + 2 ? -1 : 2;
    case BUILD_TUPLE_UNPACK_WITH_CALL: case BUILD_MAP_UNPACK_WITH_CALL:
        return depth < (int64_t)arg + 1 || arg < 1 ? -1 : 2;
    default:
        result = follow_jump(a, op, arg, state);
        return result == 2 ? follow_try(a, i, op, arg, state) : result;
    }
}

/* What instructions that do not look at all of their operands do to the NULLs; -1: a NULL is where none may be. */
static int follow_nulls(int op, int64_t pops, int64_t pushes, uint64_t *nulls)
{
    uint64_t n = *nulls, rest;
    switch (op) {
    case POP_TOP: *nulls = n >> 1; return 0;
    case DUP_TOP: *nulls = n << 1 | (n & 1); return 0;
    case DUP_TOP_TWO: *nulls = n << 2 | (n & 3); return 0;
    case ROT_TWO: *nulls = (n & ~(uint64_t)3) | (n >> 1 & 1) | (n & 1) << 1; return 0;
    case ROT_THREE: *nulls = (n & ~(uint64_t)7) | (n >> 1 & 3) | (n & 1) << 2; return 0;
    case ROT_FOUR: *nulls = (n & ~(uint64_t)15) | (n >> 1 & 7) | (n & 1) << 3; return 0;
    case LOAD_METHOD: *nulls = n << 1 | 2; return n & 1 ? -1 : 0;
    case CALL_METHOD: rest = n & low_bits(pops - 1); break; /* the deepest operand may be NULL */
    default: rest = n & low_bits(pops); break;
    }
    *nulls = add_bits(drop_bits(n, pops), pushes);
    return rest ? -1 : 0;
}

/* Instructions that follow_special() or follow_nulls() must see. */
static const uint8_t is_special[256] = {
    [BEGIN_FINALLY] = 1, [END_FINALLY] = 1, [POP_FINALLY] = 1, [POP_EXCEPT] = 1, [END_ASYNC_FOR] = 1, [WITH_CLEANUP_START] = 1,
    [WITH_CLEANUP_FINISH] = 1, [SETUP_FINALLY] = 1, [SETUP_WITH] = 1, [SETUP_ASYNC_WITH] = 1, [POP_BLOCK] = 1,
    [CALL_FINALLY] = 1, [FOR_ITER] = 1, [JUMP_IF_FALSE_OR_POP] = 1, [JUMP_IF_TRUE_OR_POP] = 1, [POP_JUMP_IF_FALSE] = 1,
    [POP_JUMP_IF_TRUE] = 1, [JUMP_ABSOLUTE] = 1, [JUMP_FORWARD] = 1, [RETURN_VALUE] = 1, [RAISE_VARARGS] = 1,
    [YIELD_VALUE] = 1, [YIELD_FROM] = 1, [LIST_APPEND] = 1, [SET_ADD] = 1, [MAP_ADD] = 1,
    [BUILD_TUPLE_UNPACK_WITH_CALL] = 1, [BUILD_MAP_UNPACK_WITH_CALL] = 1, [LOAD_METHOD] = 1,
};

/* The effect of unit i on *state. 1: falls through; 0: does not; -1: impossible. */
static int follow(Analysis *a, uint32_t i, State *state)
{
    const TaiUnit *unit = &a->exec->units[i];
    int op = unit->op;
    if (op == TAI_OP_TRAP)
        return -1;
    int64_t pops = op_info[op].pops, pushes = op_info[op].pushes;
    if (is_special[op] || pops < 0 || state->nulls) {
        int special = follow_special(a, i, op, is_jump(op) ? i + unit->arg : unit->arg, state);
        if (special < 2)
            return special;
        if (pops < 0 && variable_effect(op, unit->arg, &pops, &pushes) < 0)
            return -1;
        if (state->depth < pops || state->depth - pops + pushes > 0x3fffffff)
            return -1;
        if (follow_nulls(op, pops, pushes, &state->nulls) < 0)
            return -1;
    }
    else if (state->depth < pops)
        return -1;
    state->depth += (int32_t)(pushes - pops);
    return 1;
}

/* Instructions whose effect is always the same, and that have no path but the one to the next. Filled at first use. */
typedef struct {
    uint8_t is_simple;
    int8_t pops, effect;
} SimpleStep;
static SimpleStep simple_steps[TAI_OP_TRAP + 1];

static void fill_simple_steps(void)
{
    for (int op = 1; op < TAI_OP_TRAP; op++)
        if (!is_special[op] && op_info[op].pops >= 0)
            simple_steps[op] = (SimpleStep){1, op_info[op].pops, (int8_t)(op_info[op].pushes - op_info[op].pops)};
}

/* Follow the path that starts at unit i, to its end or to where it meets what is known. */
static int follow_path(Analysis *a, uint32_t i)
{
    TaiExec *exec = a->exec;
    State state = {exec->depth[i], exec->block[i], a->nulls[i]};
    uint16_t floor_of = state.block;
    int32_t floor = floor_of == EXEC_NO_BLOCK ? 0 : (int32_t)exec->blocks[floor_of].depth; /* where the innermost block begins */
    if (!simple_steps[NOP].is_simple)
        fill_simple_steps();
    for (;;) {
        SimpleStep step = simple_steps[exec->units[i].op];
        if (step.is_simple && state.nulls == 0) {
            if (state.depth < step.pops)
                return -1;
            state.depth += step.effect;
        }
        else {
            int falls = follow(a, i, &state);
            if (falls <= 0)
                return falls;
            if (state.block != floor_of) {
                floor_of = state.block;
                floor = floor_of == EXEC_NO_BLOCK ? 0 : (int32_t)exec->blocks[floor_of].depth;
            }
        }
        i++;
        if (i >= exec->nunits || exec->depth[i] != EXEC_UNREACHED || state.depth < floor)
            break;
        exec->depth[i] = state.depth;
        exec->block[i] = state.block;
        a->nulls[i] = state.nulls;
    }
    return reach(a, i, state);
}

/* Every CALL_FINALLY must lead to a body that starts with six slots, at a depth that fits. */
static int check_finally_calls(TaiExec *exec)
{
    for (uint32_t i = 0; i < exec->nunits; i++) {
        if (exec->units[i].op != CALL_FINALLY || exec->depth[i] == EXEC_UNREACHED)
            continue;
        uint32_t target = i + exec->units[i].arg;
        uint16_t block = exec->block[target];
        if (exec->depth[target] == EXEC_UNREACHED || block == EXEC_NO_BLOCK ||
            exec->blocks[block].kind != BLOCK_HANDLER || (int32_t)exec->blocks[block].depth != exec->depth[target] - 6 ||
            exec->depth[i] > exec->depth[target] - 4)
            return -1;
    }
    return 0;
}

/* Follow what waits in work[] until nothing changes. */
static int drain(Analysis *a)
{
    while (a->nwork > 0) {
        uint32_t unit = a->work[--a->nwork];
        a->exec->entry[unit] &= (uint8_t)~QUEUED;
        if (follow_path(a, unit) < 0)
            return -1;
    }
    return 0;
}

/* The state in which a statement behind unit `last`, which does not fall through, would start. A return may have left
 * blocks before: there it is the state of its line. */
static State state_behind(Analysis *a, uint32_t last)
{
    TaiExec *exec = a->exec;
    uint32_t i = last;
    if (exec->units[last].op == RETURN_VALUE)
        while (i > 0 && (!(exec->entry[i] & EXEC_LINE_START) || exec->depth[i] == EXEC_UNREACHED))
            i--;
    State state = {exec->depth[i], exec->block[i], a->nulls[i]};
    if (exec->units[i].op == RAISE_VARARGS) {
        state.depth -= (int32_t)exec->units[i].arg;
        state.nulls = drop_bits(state.nulls, exec->units[i].arg);
    }
    return state;
}

/* Follow what no path leads to as well, from its first unit on. */
static int follow_dead(Analysis *a)
{
    TaiExec *exec = a->exec;
    a->dead = 1;
    for (uint32_t i = 1; i < exec->nunits; i++)
        if (exec->depth[i] == EXEC_UNREACHED && exec->depth[i - 1] != EXEC_UNREACHED &&
            (reach(a, i, state_behind(a, i - 1)) < 0 || drain(a) < 0))
            return -1;
    return 0;
}

static int analyse(TaiExec *exec, int dead_too)
{
    Analysis a = {.exec = exec, .code = (const unsigned char *)PyBytes_AS_STRING(exec->code->co_code)};
    int result = -1;
    a.work = PyMem_RawMalloc((size_t)exec->nunits * sizeof(uint32_t) + 1);
    a.nulls = PyMem_RawMalloc((size_t)exec->nunits * sizeof(uint64_t) + 1);
    if (a.work == NULL || a.nulls == NULL) {
        PyMem_RawFree(a.work);
        PyMem_RawFree(a.nulls);
        PyErr_NoMemory();
        return -1;
    }
    decode(exec, a.code);
    if (reach(&a, 0, (State){0, EXEC_NO_BLOCK, 0}) < 0 || drain(&a) < 0)
        goto done;
    if (dead_too && follow_dead(&a) < 0)
        goto done;
    result = a.finally_calls ? check_finally_calls(exec) : 0;
done:
    PyMem_RawFree(a.work);
    PyMem_RawFree(a.nulls);
    if (a.failed)
        PyErr_NoMemory();
    else if (result < 0)
        PyErr_SetString(PyExc_SystemError, "invalid bytecode");
    return result;
}

/* What unreached units hold must not run. Returns the room that they would need on the stack if a debugger jumped there:
 * tai_exec_reach_dead() cannot make frames larger. */
static int32_t trap_unreached(TaiExec *exec)
{
    int32_t room = 0;
    for (uint32_t i = 0; i < exec->nunits; i++) {
        int op = exec->units[i].op;
        if (exec->depth[i] != EXEC_UNREACHED)
            continue;
        if (room < 60 && (op == SETUP_FINALLY || op == SETUP_WITH || op == SETUP_ASYNC_WITH))
            room += 6;
        exec->units[i].op = TAI_OP_TRAP;
    }
    return room;
}

/* The deepest stack decides the size of frames. */
static void finish(TaiExec *exec)
{
    int32_t deepest = exec->code->co_stacksize, lowest = 0;
    exec->units[exec->nunits].op = TAI_OP_TRAP;
    for (uint32_t i = 0; i < exec->nunits; i++) {
        int32_t depth = exec->depth[i];
        deepest = depth > deepest ? depth : deepest;
        lowest = depth < lowest ? depth : lowest;
    }
    int32_t dead_room = lowest == EXEC_UNREACHED ? trap_unreached(exec) : 0;
    exec->nframe = exec->nslots + (uint32_t)(deepest + dead_room) + 1;
}

static void set_flags(TaiExec *exec)
{
    PyCodeObject *co = exec->code;
    int special = co->co_flags & (CO_GENERATOR | CO_COROUTINE | CO_ASYNC_GENERATOR);
    if (special)
        exec->flags |= EXEC_GENERATOR;
    if (PyTuple_GET_SIZE(co->co_cellvars))
        exec->flags |= EXEC_HAS_CELLS;
    if ((co->co_flags & (CO_OPTIMIZED | CO_NEWLOCALS)) == (CO_OPTIMIZED | CO_NEWLOCALS))
        exec->flags |= EXEC_OPTIMIZED;
    if ((exec->flags & EXEC_OPTIMIZED) && !special && !(co->co_flags & (CO_VARARGS | CO_VARKEYWORDS)) &&
        co->co_kwonlyargcount == 0 && PyTuple_GET_SIZE(co->co_cellvars) == 0)
        exec->flags |= EXEC_PLAIN;
}

static void free_form(TaiExec *exec)
{
    if (exec->flags & EXEC_KEEPS)
        tai_exec_let_go(exec);
    PyMem_RawFree(exec->depth);
    PyMem_RawFree(exec->blocks);
    PyMem_RawFree(exec->caches);
    PyMem_RawFree(exec->heat);
    PyMem_RawFree(exec->lines);
    PyMem_RawFree(exec);
}

/* A new form that belongs to nobody yet; dead_too: analysed beyond what can be reached. */
static TaiExec *new_form(PyCodeObject *code, int dead_too)
{
    size_t n = (size_t)PyBytes_GET_SIZE(code->co_code) / 2;
    size_t nslots = (size_t)code->co_nlocals + (size_t)PyTuple_GET_SIZE(code->co_cellvars) +
                    (size_t)PyTuple_GET_SIZE(code->co_freevars);
    if (n == 0 || n > 0x1fffffff || nslots > 0xfffffff || code->co_stacksize < 0 || code->co_stacksize > 0xfffffff) {
        PyErr_SetString(PyExc_SystemError, "invalid bytecode");
        return NULL;
    }
    TaiExec *exec = PyMem_RawCalloc(1, sizeof(TaiExec) + (n + 1) * sizeof(TaiUnit));
    char *tables = PyMem_RawMalloc(n * (sizeof(int32_t) + sizeof(uint16_t) + 1));
    if (exec == NULL || tables == NULL) {
        PyMem_RawFree(exec);
        PyMem_RawFree(tables);
        PyErr_NoMemory();
        return NULL;
    }
    exec->code = code;
    exec->nunits = (uint32_t)n;
    exec->nslots = (uint32_t)nslots;
    exec->nargs = (uint32_t)code->co_argcount;
    exec->warmup = EXEC_WARMUP;
    exec->depth = (int32_t *)tables;
    exec->block = (uint16_t *)(exec->depth + n);
    exec->entry = (uint8_t *)(exec->block + n);
    memset(exec->depth, 0xff, n * sizeof(int32_t));
    memset(exec->entry, 0, n);
    set_flags(exec);
    mark_lines(exec);
    if (analyse(exec, dead_too) < 0) {
        free_form(exec);
        return NULL;
    }
    finish(exec);
    return exec;
}

TaiExec *tai_exec_make(PyCodeObject *code)
{
    TaiExec *exec = new_form(code, 0);
    if (exec == NULL)
        return NULL;
    code->co_zombieframe = exec;
    tai_stats.forms_made++;
    if (UNLIKELY(tai_stats_forms != NULL))
        tai_stats_record_form(code);
    return exec;
}

int tai_exec_reach_dead(TaiExec *exec)
{
    TaiExec *more = new_form(exec->code, 1);
    if (more == NULL) {
        PyErr_Clear();
        return 0;
    }
    if (more->nframe > exec->nframe) { /* frames that run now have no room for it */
        free_form(more);
        return 0;
    }
    for (uint32_t i = 0; i < exec->nunits; i++)
        if (exec->depth[i] == EXEC_UNREACHED)
            exec->units[i] = more->units[i];
    /* The tables hold the same for what was known before, blocks are numbered in the order of their discovery. */
    int32_t *depth = exec->depth;
    TaiBlock *blocks = exec->blocks;
    exec->depth = more->depth;
    exec->block = more->block;
    exec->entry = more->entry;
    exec->blocks = more->blocks;
    exec->nblocks = more->nblocks;
    more->depth = depth;
    more->blocks = blocks;
    free_form(more);
    return 1;
}

void tai_exec_free(PyCodeObject *code)
{
    TaiExec *exec = tai_exec_peek(code);
    if (exec == NULL)
        return;
    code->co_zombieframe = NULL;
    tai_stats.forms_freed++;
    free_form(exec);
}

/* ---- lines --------------------------------------------------------------------------------------------------- */

/* Line numbers of all units at once: walking the table for each traceback entry is what makes raising slow. */
static int32_t *make_lines(TaiExec *exec)
{
    int32_t *lines = PyMem_RawMalloc((size_t)exec->nunits * sizeof(int32_t));
    if (lines == NULL)
        return NULL;
    PyObject *table = exec->code->co_lnotab;
    const unsigned char *p = (const unsigned char *)PyBytes_AS_STRING(table), *end = p + PyBytes_GET_SIZE(table) / 2 * 2;
    int line = exec->code->co_firstlineno;
    uint32_t unit = 0, addr = 0;
    for (; p < end; p += 2) {
        addr += p[0];
        for (; unit < exec->nunits && unit * 2 < addr; unit++)
            lines[unit] = line;
        line += (signed char)p[1];
    }
    for (; unit < exec->nunits; unit++)
        lines[unit] = line;
    exec->lines = lines;
    return lines;
}

int tai_exec_line(TaiExec *exec, Py_ssize_t unit)
{
    if (unit < 0)
        return exec->code->co_firstlineno;
    if (exec->lines == NULL && make_lines(exec) == NULL)
        return PyCode_Addr2Line(exec->code, (int)(2 * unit));
    return unit < exec->nunits ? exec->lines[unit] : exec->lines[exec->nunits - 1];
}
