/* SPDX-License-Identifier: MIT */
/* assemble: a unit's instructions -> wordcode, line table, stack size, code object.
 *
 * A wordcode unit is two bytes: opcode and argument; an argument over 255 puts EXTENDED_ARG units before it. Widths of jumps depend on
 * their distances and the other way round: all start at one unit and grow until nothing changes.
 * [ASM-1] Widths only grow, so that loop ends.
 * Tests: tests/frontend/test_cases.py, tools/compare_code.
 */
#include "frontend/compiler.h"
#include "frontend/places.h"

static int units_for(unsigned arg)
{
    return arg <= 0xFF ? 1 : arg <= 0xFFFF ? 2 : arg <= 0xFFFFFF ? 3 : 4;
}

/* ---- stack size ---- */

enum { STARTS_BLOCK = 1, IS_PENDING = 2 };

typedef struct {
    const Unit *unit;
    char *state;  /* per instruction: STARTS_BLOCK, IS_PENDING */
    int *depth;   /* per instruction that a label names: largest depth at entry, -1 if never reached */
    int *pending; /* instructions to be walked from */
    int pending_count;
} Walk;

static void reach(Walk *walk, int at, int depth)
{
    if (depth <= walk->depth[at])
        return;
    walk->depth[at] = depth;
    if (walk->state[at] & IS_PENDING)
        return;
    walk->state[at] |= IS_PENDING;
    walk->pending[walk->pending_count++] = at;
}

static int ends_flow(int op)
{
    return op == JUMP_ABSOLUTE || op == JUMP_FORWARD || op == RETURN_VALUE || op == RAISE_VARARGS;
}

/* Follow the code from one block's start to where control leaves it; the largest depth seen. */
static int walk_block(Walk *walk, int at)
{
    const Unit *u = walk->unit;
    int depth = walk->depth[at], most = depth;
    for (int i = at; i < u->count; i++) {
        const Ins *ins = &u->code[i];
        if (i > at && (walk->state[i] & STARTS_BLOCK)) {
            reach(walk, i, depth);
            break;
        }
        int after = depth + tai_stack_effect(ins->op, ins->jump ? 0 : ins->arg, 0);
        if (after > most)
            most = after;
        if (ins->jump) {
            int taken = depth + tai_stack_effect(ins->op, 0, 1);
            if (taken > most)
                most = taken;
            if (ins->op != CALL_FINALLY)
                reach(walk, u->labels[ins->arg], taken);
        }
        depth = after;
        if (ends_flow(ins->op))
            break;
    }
    return most;
}

/* The largest depth on any path, or -1 with an exception. */
static int stack_size(Compiler *c)
{
    Unit *u = c->unit;
    int n = u->count, most = 0;
    char *state = PyArena_Malloc(c->arena, n + 1);
    int *depth = PyArena_Malloc(c->arena, (n + 1) * sizeof(int));
    Walk walk = {u, state, depth, PyArena_Malloc(c->arena, (n + 1) * sizeof(int)), 0};
    if (!state || !depth || !walk.pending)
        return -1;
    memset(state, 0, n + 1);
    for (int i = 0; i <= n; i++)
        depth[i] = -1;
    for (int i = 0; i < u->label_count; i++)
        if (u->labels[i] >= 0)
            state[u->labels[i]] = STARTS_BLOCK;
    reach(&walk, 0, 0);
    while (walk.pending_count > 0) {
        int at = walk.pending[--walk.pending_count];
        state[at] &= ~IS_PENDING;
        int deepest = walk_block(&walk, at);
        if (deepest > most)
            most = deepest;
    }
    return most;
}

/* ---- layout ---- */

/* Give every jump its argument. offsets[i]: units before instruction i; offsets[count]: all. */
static int lay_out(Compiler *c, int *offsets, unsigned char *widths)
{
    Unit *u = c->unit;
    for (int i = 0; i < u->count; i++)
        widths[i] = u->code[i].jump ? 1 : units_for(u->code[i].arg);
    for (int changed = 1; changed;) {
        long total = 0;
        changed = 0;
        for (int i = 0; i < u->count; i++) {
            offsets[i] = (int)total;
            total += widths[i];
        }
        if (total > INT_MAX / 4) {
            PyErr_SetString(PyExc_MemoryError, "code too large");
            return -1;
        }
        offsets[u->count] = (int)total;
        for (int i = 0; i < u->count; i++) {
            const Ins *ins = &u->code[i];
            if (!ins->jump)
                continue;
            int target = offsets[u->labels[ins->arg]];
            int width = units_for(2 * (unsigned)(ins->jump == JUMP_REL ? target - offsets[i] - widths[i] : target));
            if (width > widths[i]) {
                widths[i] = width;
                changed = 1;
            }
        }
    }
    return 0;
}

static void write_code(const Unit *u, const int *offsets, const unsigned char *widths, unsigned char *out)
{
    for (int i = 0; i < u->count; i++) {
        const Ins *ins = &u->code[i];
        unsigned arg = ins->arg;
        if (ins->jump) {
            int target = offsets[u->labels[ins->arg]];
            arg = 2 * (unsigned)(ins->jump == JUMP_REL ? target - offsets[i] - widths[i] : target);
        }
        for (int left = widths[i] - 1; left >= 0; left--) {
            *out++ = left ? EXTENDED_ARG : ins->op;
            *out++ = (unsigned char)(arg >> (8 * left));
        }
    }
}

/* ---- line table ---- */

typedef struct {
    unsigned char *bytes;
    size_t size, room;
    PyArena *arena;
} Lines;

static int put_pair(Lines *lines, int code_delta, int line_delta)
{
    if (lines->size + 2 > lines->room) {
        size_t room = lines->room ? 2 * lines->room : 128;
        unsigned char *data = PyArena_Malloc(lines->arena, room);
        if (!data)
            return -1;
        if (lines->size)
            memcpy(data, lines->bytes, lines->size);
        lines->bytes = data;
        lines->room = room;
    }
    lines->bytes[lines->size++] = (unsigned char)code_delta;
    lines->bytes[lines->size++] = (unsigned char)line_delta;
    return 0;
}

/* One step of the table, in as many pairs as it takes: code steps are 0…255 bytes, line steps -128…127. */
static int put_step(Lines *lines, int code_delta, int line_delta)
{
    for (; code_delta > 255; code_delta -= 255)
        TRY(put_pair(lines, 255, 0));
    int limit = line_delta < 0 ? -128 : 127;
    if (line_delta < -128 || line_delta > 127) {
        for (int steps = line_delta / limit; steps > 0; steps--) {
            TRY(put_pair(lines, code_delta, limit));
            line_delta -= limit;
            code_delta = 0;
        }
    }
    return put_pair(lines, code_delta, line_delta);
}

static int make_lines(Compiler *c, const int *offsets, Lines *lines)
{
    const Unit *u = c->unit;
    int line = u->first_line, at = 0;
    for (int i = 0; i < u->count; i++) {
        const Ins *ins = &u->code[i];
        if (!ins->line || (ins->line == line && offsets[i] == at))
            continue;
        TRY(put_step(lines, 2 * (offsets[i] - at), ins->line - line));
        line = ins->line;
        at = offsets[i];
    }
    return 0;
}

/* ---- code object ---- */

static int code_flags(const Compiler *c)
{
    const Scope *scope = c->unit->scope;
    int flags = 0;
    if (scope->type == FunctionBlock) {
        flags |= CO_NEWLOCALS | CO_OPTIMIZED;
        if (scope->nested)
            flags |= CO_NESTED;
        if (scope->generator)
            flags |= scope->coroutine ? CO_ASYNC_GENERATOR : CO_GENERATOR;
        else if (scope->coroutine)
            flags |= CO_COROUTINE;
        if (scope->varargs)
            flags |= CO_VARARGS;
        if (scope->varkeywords)
            flags |= CO_VARKEYWORDS;
    }
    flags |= c->flags->cf_flags & PyCF_MASK;
    if ((c->flags->cf_flags & PyCF_ALLOW_TOP_LEVEL_AWAIT) && scope->coroutine && !scope->generator)
        flags |= CO_COROUTINE;
    return flags;
}

/* The keys of a map as a tuple that is shared with equal ones. Borrowed. */
static PyObject *key_tuple(Compiler *c, const NameMap *map)
{
    PyObject *tuple = PyTuple_New(map->count), *unique = NULL;
    if (!tuple)
        return NULL;
    for (int i = 0; i < map->count; i++) {
        Py_INCREF((PyObject *)map->slots[i].key);
        PyTuple_SET_ITEM(tuple, i, map->slots[i].key);
    }
    unique = tai_const_unique(c, tuple);
    Py_DECREF(tuple);
    return unique;
}

static PyObject *unique_consts(Compiler *c, PyObject *list)
{
    PyObject *tuple = PyList_AsTuple(list), *unique = tuple ? tai_const_unique(c, tuple) : NULL;
    Py_XDECREF(tuple);
    return unique;
}

static PyCodeObject *make_code(Compiler *c, int stack, PyObject *data, PyObject *lines, PyObject *const_list)
{
    Unit *u = c->unit;
    PyObject *names = key_tuple(c, &u->names), *varnames = names ? key_tuple(c, &u->varnames) : NULL;
    PyObject *cells = varnames ? key_tuple(c, &u->cellvars) : NULL, *free = cells ? key_tuple(c, &u->freevars) : NULL;
    PyObject *consts = free ? unique_consts(c, const_list) : NULL;
    if (!consts)
        return NULL;
    return PyCode_NewWithPosOnlyArgs(u->posonlyargcount + u->argcount, u->posonlyargcount, u->kwonlyargcount,
                                     u->varnames.count, stack, code_flags(c), data, consts, names, varnames, free, cells,
                                     c->filename, u->name, u->first_line, lines);
}

/* Code that falls off the end returns None. */
static int finish(Compiler *c, int add_none)
{
    if (c->unit->returned)
        return 0;
    tai_block_next(c);
    if (add_none)
        TRY(tai_emit_const(c, Py_None));
    return tai_emit(c, RETURN_VALUE);
}

static PyObject *const_list(const Unit *u)
{
    PyObject *list = PyList_New(u->consts.count);
    for (int i = 0; list && i < u->consts.count; i++) {
        Py_INCREF((PyObject *)u->consts.slots[i].key);
        PyList_SET_ITEM(list, i, u->consts.slots[i].key);
    }
    return list;
}

/* ---- places ---- */

static int same_source(const PyCodeObject *a, const PyCodeObject *b)
{
    return a->co_firstlineno == b->co_firstlineno && PyUnicode_Compare(a->co_name, b->co_name) == 0 &&
           PyObject_RichCompareBool(a->co_code, b->co_code, Py_EQ) == 1 && PyObject_RichCompareBool(a->co_names, b->co_names, Py_EQ) == 1 &&
           PyObject_RichCompareBool(a->co_lnotab, b->co_lnotab, Py_EQ) == 1;
}

static void set_core(TaiPlace *place, int line, int column, int end_line, int end_column)
{
    place->core_line = line;
    place->core_column = column;
    place->core_end_line = end_line;
    place->core_end_column = end_column;
}

/* The part of an expression that an error is likely about: between the operands, or behind what is called or subscripted. */
static void find_core(TaiPlace *place, expr_ty e)
{
    expr_ty left = e->kind == BinOp_kind ? e->v.BinOp.left : e->kind == Subscript_kind ? e->v.Subscript.value
                 : e->kind == Call_kind ? e->v.Call.func : NULL;
    place->core_line = 0;
    if (left && e->kind == BinOp_kind)
        set_core(place, left->end_lineno, left->end_col_offset, e->v.BinOp.right->lineno, e->v.BinOp.right->col_offset);
    else if (left)
        set_core(place, left->end_lineno, left->end_col_offset, e->end_lineno, e->end_col_offset);
}

/* [ASM-2] An instruction that the peephole pass dropped stands where the next live one does: the last with an offset is the live one. */
static void answer_places(Compiler *c, const PyCodeObject *code, const int *offsets, const unsigned char *widths, const int *moved)
{
    const Unit *u = c->unit;
    for (TaiPlace *place = c->places; place < c->places + c->place_count; place++) {
        const Ins *found = NULL;
        if (!same_source(place->code, code))
            continue;
        for (int i = 0; i < u->count; i++) {
            int unit = offsets[i] + widths[i] - 1;
            if (2 * (moved ? moved[unit] : unit) == place->lasti)
                found = &u->code[i];
        }
        if (!found || found->op != (unsigned char)PyBytes_AS_STRING(code->co_code)[place->lasti] || !found->expr)
            continue;
        place->answers++;
        place->line = found->expr->lineno;
        place->column = found->expr->col_offset;
        place->end_line = found->expr->end_lineno;
        place->end_column = found->expr->end_col_offset;
        find_core(place, found->expr);
    }
}

PyCodeObject *tai_assemble(Compiler *c, int add_none)
{
    Unit *u = c->unit;
    if (finish(c, add_none) < 0)
        return NULL;
    if (!u->first_line)
        u->first_line = !u->empty_entry && u->code[0].line ? u->code[0].line : 1;
    int stack = stack_size(c);
    int *offsets = PyArena_Malloc(c->arena, (u->count + 1) * sizeof(int));
    unsigned char *widths = PyArena_Malloc(c->arena, u->count + 1);
    Lines lines = {.arena = c->arena};
    if (stack < 0 || !offsets || !widths || lay_out(c, offsets, widths) < 0 || make_lines(c, offsets, &lines) < 0)
        return NULL;
    Py_ssize_t units = offsets[u->count];
    unsigned char *code = PyArena_Malloc(c->arena, 2 * units);
    PyObject *consts = code ? const_list(u) : NULL, *data = NULL, *table = NULL;
    PyCodeObject *result = NULL;
    if (consts) {
        write_code(u, offsets, widths, code);
        int *moved;
        units = tai_peephole(code, units, consts, lines.bytes, (Py_ssize_t)lines.size, c->arena, &moved);
        if (units >= 0 && (data = PyBytes_FromStringAndSize((char *)code, 2 * units)) &&
            (table = PyBytes_FromStringAndSize((char *)lines.bytes, (Py_ssize_t)lines.size)))
            result = make_code(c, stack, data, table, consts);
        if (result && c->places)
            answer_places(c, result, offsets, widths, moved);
    }
    Py_XDECREF(data);
    Py_XDECREF(table);
    Py_XDECREF(consts);
    return result;
}
