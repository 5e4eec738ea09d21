/* SPDX-License-Identifier: MIT */
/* peephole: small rewrites of finished wordcode.
 *
 * The code is decoded into one Op per instruction; jumps keep their target as a unit number of the *original* code until the end.
 * Rewrites mark operations dead or change them in place; an operation never gets wider than it was. Then the live ones are written
 * together, jumps are given their new distances, and the line table its new offsets. What is rewritten is exactly what 3.8
 * rewrites:
 *   a true constant that is tested                        -> nothing
 *   constants gathered into a tuple                       -> one constant, added at the end of the constants
 *   a tuple of one, two or three built and taken apart    -> nothing, ROT_TWO, ROT_THREE + ROT_TWO
 *   a conditional jump to another, a jump to a jump       -> a jump to where that leads
 *   a jump to a return                                    -> a return
 *   code behind a return, up to the next jump target      -> nothing
 * [PEEP-1] Only operations of one basic block are joined. [PEEP-2] If a width would not suffice, the code is left as it was.
 * Tests: tests/frontend/test_cases.py.
 */
#include "frontend/compiler.h"
#include "frontend/arena.h"

typedef struct {
    unsigned char op;
    unsigned char width;    /* units, with its EXTENDED_ARGs */
    unsigned char dead;     /* to be dropped */
    unsigned char shifted;  /* became narrower at its front: a jump to it sees a gap first */
    unsigned arg;           /* for a jump, what follows from target */
    int at;                 /* its first unit */
    int end;                /* the unit after it; if narrower, it stands last in its room when shifted, else first */
    int target;             /* unit jumped to, or -1 */
    int block;              /* number of its basic block */
} Op;

typedef struct {
    Op *ops;
    int count;
    int *op_of_unit;
    PyObject *consts;
} Code;

static int units_for(unsigned arg)
{
    return arg <= 0xFF ? 1 : arg <= 0xFFFF ? 2 : arg <= 0xFFFFFF ? 3 : 4;
}

static int is_relative(int op)
{
    switch (op) {
    case FOR_ITER:
    case JUMP_FORWARD:
    case SETUP_FINALLY:
    case SETUP_WITH:
    case SETUP_ASYNC_WITH:
    case CALL_FINALLY:
        return 1;
    }
    return 0;
}

static int is_absolute(int op)
{
    return op == JUMP_IF_FALSE_OR_POP || op == JUMP_IF_TRUE_OR_POP || op == JUMP_ABSOLUTE || op == POP_JUMP_IF_FALSE ||
           op == POP_JUMP_IF_TRUE;
}

static int is_conditional(int op)
{
    return is_absolute(op) && op != JUMP_ABSOLUTE;
}

static int jumps_on_true(int op)
{
    return op == JUMP_IF_TRUE_OR_POP || op == POP_JUMP_IF_TRUE;
}

static int is_unconditional(int op)
{
    return op == JUMP_ABSOLUTE || op == JUMP_FORWARD;
}

/* ---- decoding ---- */

/* 0; 1 if the code is not well formed (a jump out of it); -1 with an exception. */
static int decode(Code *code, const unsigned char *data, int units, PyArena *arena)
{
    code->ops = PyArena_Malloc(arena, (units + 1) * sizeof(Op));
    code->op_of_unit = PyArena_Malloc(arena, (units + 1) * sizeof(int));
    if (!code->ops || !code->op_of_unit)
        return -1;
    code->count = 0;
    for (int unit = 0; unit < units;) {
        Op *op = &code->ops[code->count];
        unsigned arg = 0;
        *op = (Op){.at = unit, .target = -1};
        do {
            arg = arg << 8 | data[2 * unit + 1];
            op->op = data[2 * unit];
            op->width++;
            code->op_of_unit[unit++] = code->count;
        } while (op->op == EXTENDED_ARG && unit < units);
        op->arg = arg;
        op->end = unit;
        op->dead = op->op == NOP;
        if (is_relative(op->op))
            op->target = unit + (int)(arg / 2);
        else if (is_absolute(op->op))
            op->target = (int)(arg / 2);
        if (op->target >= units)
            return 1;
        code->count++;
    }
    return 0;
}

static Op *target_of(const Code *code, const Op *op)
{
    return &code->ops[code->op_of_unit[op->target]];
}

/* The opcode that a jump finds there. */
static int seen_op(const Op *op)
{
    return op->dead || op->shifted ? NOP : op->op;
}

static void number_blocks(Code *code)
{
    int block = 0;
    for (int i = 0; i < code->count; i++)
        code->ops[i].block = 0;
    for (int i = 0; i < code->count; i++)
        if (code->ops[i].target >= 0)
            target_of(code, &code->ops[i])->block = 1;
    for (int i = 0; i < code->count; i++) {
        block += code->ops[i].block;
        code->ops[i].block = block;
    }
}

/* ---- rewrites ---- */

/* The live operation after i, or NULL. */
static Op *following(const Code *code, int i)
{
    return i + 1 < code->count ? &code->ops[i + 1] : NULL;
}

/* LOAD_CONST, and whether it and the jump after it vanish. */
static int drop_true_test(Code *code, int i)
{
    Op *op = &code->ops[i], *next = following(code, i);
    if (!next || next->dead || next->op != POP_JUMP_IF_FALSE || next->block != op->block)
        return 0;
    int truth = PyObject_IsTrue(PyList_GET_ITEM(code->consts, op->arg));
    if (truth <= 0)
        return truth;
    op->dead = next->dead = 1;
    return 1;
}

/* Replace the n constants before operation i and the BUILD_TUPLE there by one constant. */
static int fold_tuple(Code *code, int i, int n)
{
    int first = i;
    for (int left = n; left > 0;) {
        if (--first < 0)
            return 0;
        left -= !code->ops[first].dead;
    }
    if (code->ops[first].block != code->ops[i].block)
        return 0;
    PyObject *tuple = PyTuple_New(n);
    if (!tuple)
        return -1;
    for (int j = first, k = 0; j < i; j++)
        if (!code->ops[j].dead) {
            PyObject *item = PyList_GET_ITEM(code->consts, code->ops[j].arg);
            Py_INCREF(item);
            PyTuple_SET_ITEM(tuple, k++, item);
        }
    unsigned index = (unsigned)PyList_GET_SIZE(code->consts);
    int failed = PyList_Append(code->consts, tuple), room = 0;
    Py_DECREF(tuple);
    if (failed)
        return -1;
    for (int j = first; j <= i; j++)
        room += code->ops[j].width;
    if (units_for(index) > room)
        return 0;
    for (int j = first; j < i; j++)
        code->ops[j].dead = 1;
    code->ops[i].op = LOAD_CONST;
    code->ops[i].arg = index;
    code->ops[i].width = units_for(index); /* it stands last in the room of all */
    code->ops[i].shifted = 1;
    return 1;
}

static void unbuild_tuple(Code *code, int i)
{
    Op *op = &code->ops[i], *next = following(code, i);
    if (!next || next->dead || next->op != UNPACK_SEQUENCE || next->block != op->block || next->arg != op->arg)
        return;
    switch (op->arg) {
    case 0:
    case 1:
        op->dead = next->dead = 1;
        break;
    case 2:
        op->op = ROT_TWO;
        op->arg = 0;
        op->width = 1;
        next->dead = 1;
        break;
    case 3:
        op->op = ROT_THREE;
        next->op = ROT_TWO;
        op->arg = next->arg = 0;
        op->width = next->width = 1;
        break;
    }
}

/* A jump that keeps or pops its operand, to another conditional jump on the same value. 1 if it changed. */
static int chain_or_pop(Code *code, Op *op)
{
    Op *there = target_of(code, op);
    int other = seen_op(there), target, becomes;
    if (!is_conditional(other))
        return 0;
    if (jumps_on_true(other) == jumps_on_true(op->op)) { /* the second is taken when the first is */
        target = there->target;
        becomes = other;
    }
    else { /* the second is not taken, and pops */
        target = there->end;
        becomes = op->op == JUMP_IF_TRUE_OR_POP ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE;
    }
    if (units_for(2 * (unsigned)target) > op->width)
        return 0;
    op->width = op->target == target ? op->width : units_for(2 * (unsigned)target);
    op->target = target;
    op->op = becomes;
    return 1;
}

/* A jump to a return or to an unconditional jump. */
static void chain_jump(Code *code, Op *op)
{
    Op *there = target_of(code, op);
    int other = seen_op(there), width, becomes = op->op;
    if (is_unconditional(op->op) && other == RETURN_VALUE) {
        *op = (Op){.op = RETURN_VALUE, .width = 1, .at = op->at, .end = op->end, .target = -1, .block = op->block};
        return;
    }
    if (!is_unconditional(other))
        return;
    int end = op->end;
    if (becomes == JUMP_FORWARD)
        becomes = JUMP_ABSOLUTE;
    else if (!is_absolute(becomes) && there->target < end)
        return; /* no relative jump goes back */
    width = units_for(2 * (unsigned)(is_absolute(becomes) ? there->target : there->target - end));
    if (width > op->width)
        return;
    op->shifted = op->shifted || width < op->width;
    op->width = width;
    op->op = becomes;
    op->target = there->target;
}

/* What follows a return in its block. Setting f_lineno finds finally blocks by their ends: these stay. */
static void drop_unreachable(Code *code, int i)
{
    for (int j = i + 1; j < code->count && code->ops[j].block == code->ops[i].block; j++) {
        if (code->ops[j].op == END_FINALLY || code->ops[j].op == SETUP_FINALLY)
            break;
        code->ops[j].dead = 1;
    }
}

static int rewrite(Code *code)
{
    int constants = 0; /* LOAD_CONSTs just before i */
    for (int i = 0; i < code->count; i++) {
        Op *op = &code->ops[i];
        int before = constants;
        constants = 0;
        if (op->dead)
            continue;
        int dropped;
        switch (op->op) {
        case LOAD_CONST:
            if ((dropped = drop_true_test(code, i)) < 0)
                return -1;
            constants = dropped ? 0 : before + 1;
            break;
        case BUILD_TUPLE: {
            int n = (int)op->arg, folded = n > 0 && before >= n ? fold_tuple(code, i, n) : 0;
            if (folded < 0)
                return -1;
            if (!folded)
                unbuild_tuple(code, i);
            break;
        }
        case JUMP_IF_FALSE_OR_POP:
        case JUMP_IF_TRUE_OR_POP:
            if (chain_or_pop(code, op))
                i--; /* look again at what it has become */
            else
                chain_jump(code, op);
            break;
        case POP_JUMP_IF_FALSE:
        case POP_JUMP_IF_TRUE:
        case JUMP_FORWARD:
        case JUMP_ABSOLUTE:
            chain_jump(code, op);
            break;
        case RETURN_VALUE:
            drop_unreachable(code, i);
            break;
        }
    }
    return 0;
}

/* ---- encoding ---- */

static void write_op(unsigned char *out, const Op *op, unsigned arg)
{
    for (int left = op->width - 1; left >= 0; left--) {
        *out++ = left ? EXTENDED_ARG : op->op;
        *out++ = (unsigned char)(arg >> (8 * left));
    }
}

/* Write the live operations to out. The units written, or -1 if a jump does not fit (no exception). */
static int encode(const Code *code, const int *moved, unsigned char *out)
{
    int unit = 0;
    for (int i = 0; i < code->count; i++) {
        const Op *op = &code->ops[i];
        if (op->dead)
            continue;
        unsigned arg = op->arg;
        if (op->target >= 0) {
            int target = moved[op->target];
            arg = 2 * (unsigned)(is_relative(op->op) ? target - unit - op->width : target);
            if (units_for(arg) > op->width)
                return -1;
        }
        write_op(out + 2 * unit, op, arg);
        unit += op->width;
    }
    return unit;
}

/* moved[u]: how many units of the new code stand before original unit u. */
static void map_units(const Code *code, int units, int *moved)
{
    int before = 0;
    memset(moved, 0, (units + 1) * sizeof(int));
    for (int i = 0; i < code->count; i++) {
        const Op *op = &code->ops[i];
        int first = op->shifted ? op->end - op->width : op->at;
        for (int j = 0; j < op->width && !op->dead; j++)
            moved[first + j] = 1;
    }
    for (int i = 0; i <= units; i++) {
        int live = moved[i];
        moved[i] = before;
        before += live;
    }
}

static void move_lines(const int *moved, unsigned char *lines, Py_ssize_t size)
{
    int old = 0, last = 0;
    for (Py_ssize_t i = 0; i < size; i += 2) {
        old += lines[i];
        int now = 2 * moved[old / 2];
        lines[i] = (unsigned char)(now - last);
        last = now;
    }
}

Py_ssize_t tai_peephole(unsigned char *data, Py_ssize_t units, PyObject *consts, unsigned char *lines, Py_ssize_t lines_size,
                        PyArena *arena, int **moved_out)
{
    Code code = {.consts = consts};
    if (moved_out)
        *moved_out = NULL;
    for (Py_ssize_t i = 0; i < lines_size; i += 2)
        if (lines[i] == 255) /* steps in several pairs are left alone */
            return units;
    int bad = decode(&code, data, (int)units, arena);
    if (bad)
        return bad < 0 ? -1 : units;
    number_blocks(&code);
    if (rewrite(&code) < 0)
        return -1;
    int *moved = PyArena_Malloc(arena, (units + 1) * sizeof(int));
    unsigned char *out = PyArena_Malloc(arena, 2 * units + 2);
    if (!moved || !out)
        return -1;
    map_units(&code, (int)units, moved);
    int written = encode(&code, moved, out);
    if (written < 0)
        return units;
    memcpy(data, out, 2 * written);
    move_lines(moved, lines, lines_size);
    if (moved_out)
        *moved_out = moved;
    return written;
}

/* The same for bytes objects; lnotab's bytes are changed in place. New. */
PyObject *PyCode_Optimize(PyObject *code, PyObject *consts, PyObject *Py_UNUSED(names), PyObject *lnotab)
{
    Py_ssize_t size = PyBytes_GET_SIZE(code), units = size / 2;
    PyArena *arena = size % 2 || size > INT_MAX ? NULL : PyArena_New();
    unsigned char *copy = arena ? tai_arena_copy(arena, PyBytes_AS_STRING(code), size) : NULL;
    PyObject *result = NULL;
    if (copy) {
        units = tai_peephole(copy, units, consts, (unsigned char *)PyBytes_AS_STRING(lnotab), PyBytes_GET_SIZE(lnotab), arena,
                             NULL);
        if (units >= 0)
            result = PyBytes_FromStringAndSize((char *)copy, 2 * units);
    }
    if (arena)
        PyArena_Free(arena);
    if (!result && !PyErr_Occurred()) {
        Py_INCREF(code);
        return code;
    }
    return result;
}
