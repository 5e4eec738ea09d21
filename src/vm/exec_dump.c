/* SPDX-License-Identifier: MIT */
/* Listings of the executable form: what stands in each unit now, and the state of its cache. */
#include "vm/exec.h"
#include "vm/ops.h"

const char *tai_exec_op_name(int op)
{
    static const char *const names[] = {
#define OPCODE(name, number, operand, pops, pushes) [number] = #name,
#include "defs/opcode.def"
#define TAI_OP(name, base, width) [TAI_OP_##name] = #name,
#include "vm/instructions/ops.def"
    };
    const char *name = op >= 0 && op < (int)(sizeof names / sizeof *names) ? names[op] : NULL;
    return name ? name : "?";
}

static void dump_blocks(const TaiExec *exec, FILE *file)
{
    for (uint32_t i = 0; i < exec->nblocks; i++) {
        const TaiBlock *b = &exec->blocks[i];
        fprintf(file, "  block %u: %s depth %u handler %u", i, b->kind == BLOCK_TRY ? "try" : "handler", b->depth, b->handler);
        if (b->outer != EXEC_NO_BLOCK)
            fprintf(file, " in %u", b->outer);
        fputc('\n', file);
    }
}

void tai_exec_dump(PyCodeObject *code, FILE *file)
{
    TaiExec *exec = tai_exec_peek(code);
    const char *name = PyUnicode_AsUTF8(code->co_name);
    if (exec == NULL) {
        fprintf(file, "%s: never called\n", name ? name : "?");
        return;
    }
    fprintf(file, "%s: %u units, %u slots, frame %u, flags %x, %s\n", name ? name : "?", exec->nunits, exec->nslots,
            exec->nframe, exec->flags, exec->flags & EXEC_WARM ? "warm" : "cold");
    dump_blocks(exec, file);
    for (uint32_t i = 0; i < exec->nunits; i++) {
        const TaiUnit *unit = &exec->units[i];
        fprintf(file, "%c%c %5u %-28s %10d", exec->entry[i] & EXEC_LINE_START ? '|' : ' ',
                exec->entry[i] & EXEC_IS_TARGET ? '>' : ' ', i, tai_exec_op_name(unit->op), (int32_t)unit->arg);
        if (unit->op != tai_exec_base(exec, i))
            fprintf(file, "  (%s)", tai_exec_op_name(tai_exec_base(exec, i)));
        if (exec->ncaches && unit->cache < exec->ncaches && unit->op > TAI_OP_FIRST) {
            const TaiCache *c = &exec->caches[unit->cache];
            fprintf(file, "  v %u/%u index %u", c->version, c->version2, c->index);
        }
        if (exec->depth[i] != EXEC_UNREACHED)
            fprintf(file, "  depth %d", exec->depth[i]);
        fputc('\n', file);
    }
}
