/* SPDX-License-Identifier: MIT */
/* The executable form: what really runs when a code object is called.
 *
 *   PyCodeObject.co_zombieframe -> TaiExec { ..., units[0 .. nunits-1] }      made at the first call, freed with the code
 *
 * One 8-byte unit stands for each two-byte wordcode instruction, so `f_lasti == 2 * unit index` in both directions.
 *   op     what runs now: a plain 3.8 opcode, or one of instructions/ops.def (specialised, or fused with followers)
 *   cache  a 16-bit word for the instruction: index into caches[], or the warm-up counter of one that has no cache
 *   arg    operand with the EXTENDED_ARG prefixes merged; jumps hold the signed distance to their target
 * The plain opcode of a unit is always what the wordcode says (tai_exec_base): tracing dispatches on it.
 *
 * What 3.8 does at run time with its block stack is worked out once, in exec.c: each unit knows its stack depth and
 * its innermost block; blocks[] says where an exception goes from there. SETUP_FINALLY and POP_BLOCK do nothing.
 *
 * [EXEC-1] Every operand index, jump target and stack depth has been verified: a unit that runs needs no check.
 *          Units that cannot be reached have depth EXEC_UNREACHED and op TRAP, until a debugger jumps there.
 * [EXEC-2] The stack has depth[i] values whenever unit i starts. To keep this so, our finally bodies are
 *          always entered with six slots: (tb, value, type) handled before and (tb, value, type) raised, or five NULLs
 *          and on top NULL (fell in: BEGIN_FINALLY) or an int (CALL_FINALLY: where to return). The third slot is not NULL
 *          exactly if the body was entered by an exception.
 * [EXEC-3] A fused instruction covers units of one basic block (no jump target but its first, no line
 *          start inside) and leaves the covered units as they are: any of them can be entered or fallen back to.
 * Entry points: tai_exec_get, tai_exec_dump. Tests: tests/vm/.
 */
#ifndef TAI_VM_EXEC_H
#define TAI_VM_EXEC_H

#include "Python.h"
#include "runtime/state.h"
#include <stdint.h>

typedef struct TaiUnit {
    uint16_t op;
    uint16_t cache;
    uint32_t arg;
} TaiUnit;

enum { EXEC_UNREACHED = -1, EXEC_NO_BLOCK = 0xFFFF };

/* State of one specialised instruction; which fields mean what is said at the instruction. */
typedef struct TaiCache {
    uint32_t version;      /* type version or dict keys version: the guard */
    uint32_t version2;     /* a second one */
    uint32_t index;        /* entry or slot index, or byte offset */
    uint32_t offset;       /* of the __dict__ pointer in the object, or 0 */
    PyObject *object;      /* borrowed: kept alive by what the guard checks */
} TaiCache;

enum { BLOCK_TRY, BLOCK_HANDLER };
typedef struct TaiBlock {
    uint16_t kind;      /* BLOCK_TRY: SETUP_x..POP_BLOCK; BLOCK_HANDLER: six slots stand at depth (see [EXEC-2]) */
    uint16_t outer;     /* index of the enclosing block, or EXEC_NO_BLOCK */
    uint32_t depth;     /* stack depth outside the block */
    uint32_t handler;   /* first unit of the handler: where an exception in a BLOCK_TRY goes */
} TaiBlock;

enum { /* TaiExec.flags */
    EXEC_PLAIN = 1,       /* no *args, **kwargs, keyword-only, cells, generator: args are the first locals, rest is NULL */
    EXEC_GENERATOR = 2,   /* generator, coroutine or asynchronous generator */
    EXEC_WARM = 4,        /* caches are there, instructions specialise themselves */
    EXEC_HAS_CELLS = 8,   /* cell variables to make at entry */
    EXEC_OPTIMIZED = 16,  /* CO_OPTIMIZED and CO_NEWLOCALS */
    EXEC_KEEPS = 64,      /* caches own references: [SPEC-1] */
};

typedef struct TaiExec {
    PyCodeObject *code;   /* borrowed: the owner of this */
    uint32_t nunits;
    uint32_t nslots;      /* locals + cells + free variables */
    uint32_t nframe;      /* nslots + stack: object slots of a frame */
    uint32_t nargs;       /* positional parameters */
    uint32_t flags;
    uint32_t warmup;      /* calls and backward jumps left before it gets warm */
    uint32_t ncaches;
    uint32_t nblocks;
    TaiCache *caches;
    TaiBlock *blocks;
    int32_t *depth;       /* per unit: before it, or EXEC_UNREACHED */
    uint16_t *block;      /* per unit: innermost block */
    uint8_t *entry;       /* per unit: EXEC_IS_TARGET, EXEC_LINE_START */
    uint8_t *heat;        /* per unit: counts down to the next attempt, or misses left; NULL while cold */
    uint8_t *attempts;    /* per unit: how many failed; behind heat, in one block */
    int32_t *lines;       /* per unit line numbers; made on demand */
    TaiUnit units[];      /* nunits, and one that traps */
} TaiExec;

enum { EXEC_IS_TARGET = 1, EXEC_LINE_START = 2 };
enum { EXEC_WARMUP = 12 };

/* The executable form of code, made if need be; NULL with SystemError for impossible code, or MemoryError. */
NODISCARD TaiExec *tai_exec_make(PyCodeObject *code);
static inline TaiExec *tai_exec_peek(PyCodeObject *code) { return (TaiExec *)code->co_zombieframe; }
NODISCARD static inline TaiExec *tai_exec_get(PyCodeObject *code)
{
    TaiExec *exec = tai_exec_peek(code);
    return LIKELY(exec != NULL) ? exec : tai_exec_make(code);
}
void tai_exec_free(PyCodeObject *code);

/* Somebody jumps to a line that no path leads to: give the units there what they need to run. Whether that was possible. */
NODISCARD int tai_exec_reach_dead(TaiExec *exec);

/* Give exec its caches and let its instructions specialise. Cannot fail (without memory it stays cold). */
void tai_exec_warm(TaiExec *exec);

/* Line of a unit; builds the table at first use and decodes the line table itself when memory is short. */
int tai_exec_line(TaiExec *exec, Py_ssize_t unit);

static inline int tai_exec_base(const TaiExec *exec, Py_ssize_t unit)
{
    return ((unsigned char *)PyBytes_AS_STRING(exec->code->co_code))[2 * unit];
}

const char *tai_exec_op_name(int op);
/* Write a listing of the form and the state of its caches to file. */
void tai_exec_dump(PyCodeObject *code, FILE *file);

#endif
