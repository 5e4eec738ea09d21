/* SPDX-License-Identifier: MIT */
/* emit: instructions, labels, names and constants of the unit under construction.
 *
 * While the compiler is silent nothing is emitted and no constant or local is added, but names that a load or store would put
 * in co_names are: 3.8 does so, and it shows.
 */
#include "frontend/compiler.h"

int tai_keep(Compiler *c, PyObject *value)
{
    if (!value)
        return -1;
    if (PyArena_AddPyObject(c->arena, value) < 0) {
        Py_DECREF(value);
        return -1;
    }
    return 0;
}

/* ---- instructions ---- */

static Ins *add_ins(Compiler *c)
{
    Unit *u = c->unit;
    if (u->count == u->room) {
        int room = u->room ? 2 * u->room : 64;
        Ins *code = room < INT_MAX / (int)sizeof(Ins) ? PyArena_Malloc(c->arena, room * sizeof(Ins)) : NULL;
        if (!code) {
            PyErr_NoMemory();
            return NULL;
        }
        if (u->count)
            memcpy(code, u->code, u->count * sizeof(Ins));
        u->code = code;
        u->room = room;
    }
    Ins *ins = &u->code[u->count++];
    ins->line = u->line_marked ? 0 : u->line;
    u->line_marked = 1;
    ins->expr = u->expr;
    return ins;
}

int tai_emit_arg(Compiler *c, int op, Py_ssize_t arg)
{
    if (c->silent)
        return 0;
    if (op == RETURN_VALUE)
        c->unit->returned = 1;
    Ins *ins = add_ins(c);
    if (!ins)
        return -1;
    ins->op = op;
    ins->jump = JUMP_NONE;
    ins->arg = Py_SAFE_DOWNCAST(arg, Py_ssize_t, int);
    return 0;
}

int tai_emit(Compiler *c, int op)
{
    return tai_emit_arg(c, op, 0);
}

static int jump_form(int op)
{
    static const unsigned char forms[256] = {
#define FORM_NONE JUMP_NONE
#define FORM_CONST JUMP_NONE
#define FORM_NAME JUMP_NONE
#define FORM_LOCAL JUMP_NONE
#define FORM_FREE JUMP_NONE
#define FORM_COMPARE JUMP_NONE
#define FORM_COUNT JUMP_NONE
#define FORM_JREL JUMP_REL
#define FORM_JABS JUMP_ABS
#define OPCODE(name, number, operand, pops, pushes) [number] = FORM_##operand,
#include "defs/opcode.def"
    };
    return forms[op];
}

int tai_emit_jump(Compiler *c, int op, Label target)
{
    if (c->silent)
        return 0;
    Ins *ins = add_ins(c);
    if (!ins)
        return -1;
    ins->op = op;
    ins->jump = jump_form(op);
    ins->arg = target;
    return 0;
}

/* ---- labels ---- */

Label tai_label_new(Compiler *c)
{
    Unit *u = c->unit;
    if (u->label_count == u->label_room) {
        int room = u->label_room ? 2 * u->label_room : 32;
        int *labels = PyArena_Malloc(c->arena, room * sizeof(int));
        if (!labels)
            return -1;
        if (u->label_count)
            memcpy(labels, u->labels, u->label_count * sizeof(int));
        u->labels = labels;
        u->label_room = room;
    }
    u->labels[u->label_count] = -1;
    return u->label_count++;
}

void tai_block_next(Compiler *c)
{
    c->unit->returned = 0;
    if (!c->unit->count)
        c->unit->empty_entry = 1;
}

void tai_label_here(Compiler *c, Label label)
{
    c->unit->labels[label] = c->unit->count;
    tai_block_next(c);
}

/* ---- constants ---- */

static size_t mix(size_t hash, size_t more)
{
    return (hash ^ more) * (size_t)0x9E3779B97F4A7C15u + (hash >> 29);
}

static size_t double_bits(double value)
{
    size_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* A hash that is equal for constants that count as the same. Items of a tuple or frozenset are unique already: their addresses do. */
static size_t const_hash(PyObject *v)
{
    size_t hash = (size_t)Py_TYPE(v) >> 4;
    if (PyUnicode_CheckExact(v) || PyBytes_CheckExact(v) || PyLong_CheckExact(v))
        return mix(hash, (size_t)PyObject_Hash(v));
    if (PyFloat_CheckExact(v))
        return mix(hash, double_bits(PyFloat_AS_DOUBLE(v)));
    if (PyComplex_CheckExact(v))
        return mix(mix(hash, double_bits(((PyComplexObject *)v)->cval.real)), double_bits(((PyComplexObject *)v)->cval.imag));
    if (PyTuple_CheckExact(v)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(v); i++)
            hash = mix(hash, (size_t)PyTuple_GET_ITEM(v, i));
        return hash;
    }
    if (PyFrozenSet_CheckExact(v)) {
        Py_ssize_t at = 0;
        PyObject *item;
        Py_hash_t item_hash;
        size_t sum = (size_t)PySet_GET_SIZE(v);
        while (_PySet_NextEntry(v, &at, &item, &item_hash))
            sum += mix((size_t)item, 1);
        return mix(hash, sum);
    }
    if (PyCode_Check(v)) {
        const PyCodeObject *co = (PyCodeObject *)v;
        hash = mix(mix(hash, (size_t)co->co_firstlineno), (size_t)co->co_name);
        return mix(mix(hash, (size_t)co->co_consts), (size_t)PyObject_Hash(co->co_code));
    }
    return mix(hash, (size_t)v);
}

static int same_tuple(PyObject *a, PyObject *b)
{
    return PyTuple_GET_SIZE(a) == PyTuple_GET_SIZE(b) &&
           !memcmp(((PyTupleObject *)a)->ob_item, ((PyTupleObject *)b)->ob_item, PyTuple_GET_SIZE(a) * sizeof(PyObject *));
}

/* Every item of a is in b by identity; sizes are equal. */
static int same_set(PyObject *a, PyObject *b)
{
    Py_ssize_t at = 0, other;
    PyObject *item, *candidate;
    Py_hash_t hash;
    if (PySet_GET_SIZE(a) != PySet_GET_SIZE(b))
        return 0;
    while (_PySet_NextEntry(a, &at, &item, &hash)) {
        int found = 0;
        for (other = 0; !found && _PySet_NextEntry(b, &other, &candidate, &hash);)
            found = candidate == item;
        if (!found)
            return 0;
    }
    return 1;
}

/* Equal as `==` says; the tuples come from the pool, so that their addresses tell. */
static int same_code(const PyCodeObject *a, const PyCodeObject *b)
{
    return a->co_name == b->co_name && a->co_firstlineno == b->co_firstlineno && a->co_argcount == b->co_argcount &&
           a->co_posonlyargcount == b->co_posonlyargcount && a->co_kwonlyargcount == b->co_kwonlyargcount &&
           a->co_flags == b->co_flags && a->co_consts == b->co_consts && a->co_names == b->co_names &&
           a->co_varnames == b->co_varnames && a->co_freevars == b->co_freevars && a->co_cellvars == b->co_cellvars &&
           PyBytes_GET_SIZE(a->co_code) == PyBytes_GET_SIZE(b->co_code) &&
           !memcmp(PyBytes_AS_STRING(a->co_code), PyBytes_AS_STRING(b->co_code), PyBytes_GET_SIZE(a->co_code));
}

/* 1, 0, or -1 with an exception. */
static int same_const(PyObject *a, PyObject *b)
{
    if (a == b)
        return 1;
    if (Py_TYPE(a) != Py_TYPE(b))
        return 0;
    if (PyUnicode_CheckExact(a) || PyBytes_CheckExact(a) || PyLong_CheckExact(a))
        return PyObject_RichCompareBool(a, b, Py_EQ);
    if (PyFloat_CheckExact(a))
        return PyFloat_AS_DOUBLE(a) == PyFloat_AS_DOUBLE(b) &&
               double_bits(PyFloat_AS_DOUBLE(a)) == double_bits(PyFloat_AS_DOUBLE(b));
    if (PyComplex_CheckExact(a)) {
        Py_complex x = ((PyComplexObject *)a)->cval, y = ((PyComplexObject *)b)->cval;
        return x.real == y.real && x.imag == y.imag && double_bits(x.real) == double_bits(y.real) &&
               double_bits(x.imag) == double_bits(y.imag);
    }
    if (PyCode_Check(a))
        return same_code((PyCodeObject *)a, (PyCodeObject *)b);
    if (PyTuple_CheckExact(a))
        return same_tuple(a, b);
    if (PyFrozenSet_CheckExact(a))
        return same_set(a, b);
    return 0;
}

static int pool_grow(Compiler *c)
{
    ConstPool *pool = &c->pool, old = *pool;
    size_t cells = old.mask ? 2 * (old.mask + 1) : 256;
    pool->items = PyArena_Malloc(c->arena, cells * sizeof(PyObject *));
    pool->hashes = PyArena_Malloc(c->arena, cells * sizeof(size_t));
    if (!pool->items || !pool->hashes)
        return -1;
    memset(pool->items, 0, cells * sizeof(PyObject *));
    pool->mask = cells - 1;
    for (size_t i = 0; old.mask && i <= old.mask; i++)
        if (old.items[i]) {
            size_t at = old.hashes[i] & pool->mask;
            while (pool->items[at])
                at = (at + 1) & pool->mask;
            pool->items[at] = old.items[i];
            pool->hashes[at] = old.hashes[i];
        }
    return 0;
}

/* Items replaced by their unique equals: a new tuple, or the same one (new reference). */
static PyObject *unique_items(Compiler *c, PyObject *tuple)
{
    Py_ssize_t n = PyTuple_GET_SIZE(tuple);
    PyObject *made = NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PyTuple_GET_ITEM(tuple, i), *unique = tai_const_unique(c, item);
        if (!unique)
            goto error;
        if (unique != item && !made) {
            made = PyTuple_New(n);
            for (Py_ssize_t j = 0; made && j < n; j++) {
                Py_INCREF(PyTuple_GET_ITEM(tuple, j));
                PyTuple_SET_ITEM(made, j, PyTuple_GET_ITEM(tuple, j));
            }
            if (!made)
                return NULL;
        }
        if (unique != item) {
            Py_INCREF(unique);
            Py_DECREF(item);
            PyTuple_SET_ITEM(made, i, unique);
        }
    }
    if (made)
        return made;
    Py_INCREF(tuple);
    return tuple;
error:
    Py_XDECREF(made);
    return NULL;
}

static PyObject *unique_set(Compiler *c, PyObject *set)
{
    PyObject *items = PySequence_Tuple(set), *unique = items ? unique_items(c, items) : NULL;
    PyObject *made = unique ? PyFrozenSet_New(unique) : NULL;
    Py_XDECREF(items);
    Py_XDECREF(unique);
    return made;
}

/* Whether making a code object would intern this string, and so replace it inside tuples. */
static int is_name_like(PyObject *v)
{
    if (!PyUnicode_CheckExact(v) || !PyUnicode_IS_ASCII(v))
        return 0;
    const unsigned char *text = PyUnicode_1BYTE_DATA(v);
    for (Py_ssize_t i = 0, n = PyUnicode_GET_LENGTH(v); i < n; i++)
        if (!Py_ISALNUM(text[i]) && text[i] != '_')
            return 0;
    return 1;
}

/* [EMIT-1] Items of tuples in the pool do not change any more: strings that look like names are interned before. */
PyObject *tai_const_unique(Compiler *c, PyObject *value)
{
    ConstPool *pool = &c->pool;
    if (value == Py_None || value == Py_Ellipsis || PyBool_Check(value))
        return value;
    if (tai_tree_too_deep(" during compilation"))
        return NULL;
    if (PyTuple_CheckExact(value))
        value = unique_items(c, value);
    else if (PyFrozenSet_CheckExact(value) && PySet_GET_SIZE(value))
        value = unique_set(c, value);
    else {
        Py_INCREF(value);
        if (is_name_like(value))
            PyUnicode_InternInPlace(&value);
    }
    if (tai_keep(c, value) < 0 || (2 * pool->count >= pool->mask && pool_grow(c) < 0))
        return NULL;
    size_t hash = const_hash(value), at = hash & pool->mask;
    for (; pool->items[at]; at = (at + 1) & pool->mask) {
        int same = pool->hashes[at] == hash ? same_const(pool->items[at], value) : 0;
        if (same)
            return same < 0 ? NULL : pool->items[at];
    }
    pool->items[at] = value;
    pool->hashes[at] = hash;
    pool->count++;
    return value;
}

int tai_const_index(Compiler *c, PyObject *value)
{
    PyObject *unique = tai_const_unique(c, value);
    if (!unique)
        return -1;
    NameMap *consts = &c->unit->consts;
    NameSlot *slot = tai_names_find(consts, unique);
    if (!slot)
        slot = tai_names_add(consts, c->arena, unique, consts->count);
    return slot ? slot->value : -1;
}

int tai_emit_const(Compiler *c, PyObject *value)
{
    if (c->silent)
        return 0;
    int index = tai_const_index(c, value);
    return index < 0 ? -1 : tai_emit_arg(c, LOAD_CONST, index);
}

int tai_emit_new_const(Compiler *c, PyObject *value)
{
    TRY(tai_keep(c, value));
    return tai_emit_const(c, value);
}

/* ---- names ---- */

static int index_of(Compiler *c, NameMap *map, PyObject *name)
{
    NameSlot *slot = tai_names_find(map, name);
    if (!slot)
        slot = tai_names_add(map, c->arena, name, map->count);
    return slot ? slot->value : -1;
}

int tai_emit_name(Compiler *c, int op, PyObject *name)
{
    if (c->silent)
        return 0;
    PyObject *mangled = tai_mangle(c->arena, c->unit->owner, name);
    int index = mangled ? index_of(c, &c->unit->names, mangled) : -1;
    return index < 0 ? -1 : tai_emit_arg(c, op, index);
}

static int choose(expr_context_ty ctx, int load, int store, int delete)
{
    return ctx == Store ? store : ctx == Del ? delete : load;
}

int tai_emit_variable(Compiler *c, PyObject *name, expr_context_ty ctx)
{
    Unit *u = c->unit;
    PyObject *mangled = tai_mangle(c->arena, u->owner, name);
    if (!mangled)
        return -1;
    int function = u->scope->type == FunctionBlock, op, index;
    int scope = tai_scope_lookup(u->scope, mangled);
    if (scope == FREE || scope == CELL) {
        op = choose(ctx, u->scope->type == ClassBlock ? LOAD_CLASSDEREF : LOAD_DEREF, STORE_DEREF, DELETE_DEREF);
        NameSlot *slot = tai_names_find(scope == FREE ? &u->freevars : &u->cellvars, mangled);
        return slot ? tai_emit_arg(c, op, slot->value) : tai_fail(c, "internal error: lost variable");
    }
    if (scope == LOCAL && function) {
        if (c->silent)
            return 0;
        index = index_of(c, &u->varnames, mangled);
        return index < 0 ? -1 : tai_emit_arg(c, choose(ctx, LOAD_FAST, STORE_FAST, DELETE_FAST), index);
    }
    if (scope == GLOBAL_EXPLICIT || (scope == GLOBAL_IMPLICIT && function))
        op = choose(ctx, LOAD_GLOBAL, STORE_GLOBAL, DELETE_GLOBAL);
    else
        op = choose(ctx, LOAD_NAME, STORE_NAME, DELETE_NAME);
    index = index_of(c, &u->names, mangled);
    return index < 0 ? -1 : tai_emit_arg(c, op, index);
}

/* ---- messages ---- */

int tai_fail(Compiler *c, const char *message)
{
    PyObject *text = PyErr_ProgramTextObject(c->filename, c->unit->line);
    if (!text && PyErr_Occurred())
        return -1;
    PyObject *place = Py_BuildValue("(OiiO)", c->filename, c->unit->line, c->unit->column + 1, text ? text : Py_None);
    PyObject *args = place ? Py_BuildValue("(sO)", message, place) : NULL;
    if (args)
        PyErr_SetObject(PyExc_SyntaxError, args);
    Py_XDECREF(args);
    Py_XDECREF(place);
    Py_XDECREF(text);
    return -1;
}

int tai_warn(Compiler *c, const char *format, ...)
{
    if (c->flags->cf_flags & TAI_CF_QUIET)
        return 0;
    va_list values;
    va_start(values, format);
    PyObject *message = PyUnicode_FromFormatV(format, values);
    va_end(values);
    if (!message)
        return -1;
    int failed = PyErr_WarnExplicitObject(PyExc_SyntaxWarning, message, c->filename, c->unit->line, NULL, NULL);
    if (failed < 0 && PyErr_ExceptionMatches(PyExc_SyntaxWarning)) {
        /* The filter says "error": show it as a SyntaxError with its place. */
        PyErr_Clear();
        const char *text = PyUnicode_AsUTF8(message);
        if (text)
            tai_fail(c, text);
    }
    Py_DECREF(message);
    return failed < 0 ? -1 : 0;
}
