/* SPDX-License-Identifier: MIT */
/* Listings of the executable form: what stands in each unit now, and the state of its cache.
 *
 *     area: 6 units, 1 slots, frame 3, warm, plain call, fast locals        (sizes, flags)
 *       block 0: try, depth 0, handler 12                                   (what becomes of exceptions)
 *       7 |     0 LOAD_ATTR_INSTANCE_L      0 self    <LOAD_FAST>  depth 0  heat 24
 *
 * At a line's start its number and |; > where something jumps to; in angle brackets the plain instruction where that is
 * another. Heat: executions until the next attempt (ADAPT), or misses until a form is given up.
 */
#include "vm/exec.h"
#include "vm/ops.h"
#include "opcode.h"

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

static void dump_header(const TaiExec *exec, FILE *file)
{
    static const struct {
        uint32_t flag;
        const char *text;
    } flags[] = {{EXEC_PLAIN, "plain call"}, {EXEC_GENERATOR, "generator"}, {EXEC_HAS_CELLS, "cells"},
                 {EXEC_OPTIMIZED, "fast locals"}, {EXEC_KEEPS, "keeps references"}};
    const char *name = PyUnicode_AsUTF8(exec->code->co_name);
    if (name == NULL)
        PyErr_Clear(); /* surrogates */
    fprintf(file, "%s: %u units, %u slots, frame %u, %s", name ? name : "?", exec->nunits, exec->nslots, exec->nframe,
            exec->flags & EXEC_WARM ? "warm" : "cold");
    if (!(exec->flags & EXEC_WARM))
        fprintf(file, " (%u calls or loops left)", exec->warmup);
    for (size_t i = 0; i < Py_ARRAY_LENGTH(flags); i++)
        if (exec->flags & flags[i].flag)
            fprintf(file, ", %s", flags[i].text);
    fputc('\n', file);
}

static void dump_blocks(const TaiExec *exec, FILE *file)
{
    for (uint32_t i = 0; i < exec->nblocks; i++) {
        const TaiBlock *b = &exec->blocks[i];
        fprintf(file, "  block %u: %s, depth %u, handler %u", i, b->kind == BLOCK_TRY ? "try" : "handler", b->depth, b->handler);
        if (b->outer != EXEC_NO_BLOCK)
            fprintf(file, ", in %u", b->outer);
        fputc('\n', file);
    }
}

/* The name that the operand of a plain instruction stands for; NULL if it has none. Borrowed. */
static PyObject *operand_name(const TaiExec *exec, int op, uint32_t arg)
{
    const PyCodeObject *code = exec->code;
    PyObject *names = NULL;
    switch (op) {
    case LOAD_FAST: case STORE_FAST: case DELETE_FAST: names = code->co_varnames; break;
    case LOAD_NAME: case STORE_NAME: case DELETE_NAME: case LOAD_GLOBAL: case STORE_GLOBAL: case DELETE_GLOBAL: case LOAD_ATTR:
    case STORE_ATTR: case DELETE_ATTR: case LOAD_METHOD: case IMPORT_NAME: case IMPORT_FROM: names = code->co_names; break;
    case LOAD_CONST: names = code->co_consts; break;
    default: return NULL;
    }
    return arg < (size_t)PyTuple_GET_SIZE(names) ? PyTuple_GET_ITEM(names, arg) : NULL;
}

/* Names as they are, of constants those that are short and simple. */
static void dump_operand(const TaiExec *exec, int op, uint32_t arg, FILE *file)
{
    PyObject *name = operand_name(exec, op, arg), *text = NULL;
    char shown[32] = "";
    if (name != NULL && op != LOAD_CONST)
        text = PyUnicode_FromObject(name);
    else if (name != NULL && (name == Py_None || PyLong_CheckExact(name) || PyFloat_CheckExact(name) || PyBool_Check(name) ||
                              (PyUnicode_CheckExact(name) && PyUnicode_GET_LENGTH(name) < 20)))
        text = PyObject_Repr(name);
    const char *bytes = text ? PyUnicode_AsUTF8(text) : NULL;
    if (bytes != NULL)
        snprintf(shown, sizeof shown, "%s", bytes);
    PyErr_Clear();
    Py_XDECREF(text);
    fprintf(file, "%6d %-20s", (int32_t)arg, shown);
}

static void dump_cache(const TaiExec *exec, uint32_t i, FILE *file)
{
    const TaiUnit *unit = &exec->units[i];
    int base = tai_exec_base(exec, i), has_cache = base == LOAD_ATTR || base == STORE_ATTR || base == LOAD_METHOD || base == LOAD_GLOBAL ||
                                                  base == STORE_GLOBAL || base == BINARY_SUBSCR || base == CALL_FUNCTION ||
                                                  base == CALL_METHOD;
    if (exec->heat != NULL && unit->op > TAI_OP_FIRST)
        fprintf(file, "  heat %u", exec->heat[i]);
    if (exec->attempts != NULL && exec->attempts[i])
        fprintf(file, "  failed %u", exec->attempts[i]);
    if (!has_cache || !(exec->flags & EXEC_WARM) || unit->cache >= exec->ncaches || exec->attempts == NULL)
        return;
    const TaiCache *c = &exec->caches[unit->cache];
    if (c->version || c->version2 || c->index || c->offset)
        fprintf(file, "  versions %u %u index %u offset %u", c->version, c->version2, c->index, c->offset);
}

static void dump_unit(TaiExec *exec, uint32_t i, FILE *file)
{
    const TaiUnit *unit = &exec->units[i];
    int base = tai_exec_base(exec, i), starts_line = exec->entry[i] & EXEC_LINE_START;
    if (starts_line || i == 0)
        fprintf(file, "%6d ", tai_exec_line(exec, i));
    else
        fprintf(file, "%6s ", "");
    fprintf(file, "%c%c%5u %-30s", starts_line ? '|' : ' ', exec->entry[i] & EXEC_IS_TARGET ? '>' : ' ', i, tai_exec_op_name(unit->op));
    dump_operand(exec, base, unit->arg, file);
    if (unit->op != base)
        fprintf(file, " <%s>", tai_exec_op_name(base));
    if (exec->depth[i] == EXEC_UNREACHED)
        fprintf(file, "  not reached");
    else
        fprintf(file, "  depth %d", exec->depth[i]);
    dump_cache(exec, i, file);
    fputc('\n', file);
}

void tai_exec_dump(PyCodeObject *code, FILE *file)
{
    TaiExec *exec = tai_exec_peek(code);
    if (exec == NULL) {
        fprintf(file, "never called\n");
        return;
    }
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    dump_header(exec, file);
    dump_blocks(exec, file);
    for (uint32_t i = 0; i < exec->nunits; i++)
        dump_unit(exec, i, file);
    PyErr_Restore(type, value, traceback);
}
