/* SPDX-License-Identifier: MIT */
/* Warming up: caches for an executable form, and what its instructions become.
 *
 * A form that has been called or has looped EXEC_WARMUP times gets caches, and every instruction that can be specialised
 * becomes ADAPT: it counts down `heat`, then looks at its operands once (tai_specialise) and becomes a specialised one, or
 * waits longer. A specialised instruction counts the failures of its guard down in `heat` and returns to ADAPT at zero.
 * After HEAT_ATTEMPTS failures it becomes plain, to be rid of the counting; the plain instruction looks for the types that
 * have forms (AGAIN_IF in interpreter.c) and makes it ADAPT once more when it meets one.
 *
 * An operand that is a local or constant loaded just before is not pushed at all: the load becomes the fused instruction
 * (SL, LL ... forms), if the units stand in one line and nothing jumps between them ([EXEC-3]).
 * [SPEC-1] No specialised instruction keeps a counted reference, except of len, isinstance and list.append: their guards
 *          compare the function itself. What a cache borrows is kept alive by the version that the guard compares.
 */
#include "vm/specialise.h"
#include "vm/call.h"
#include "vm/generator.h"
#include "vm/helpers.h"
#include "vm/ops.h"
#include "vm/poly.h"
#include "vm/stats.h"
#include "objects/dict/dict.h"
#include "objects/int/int.h"
#include "objects/list/list.h"
#include "objects/range.h"
#include "objects/tuple.h"
#include "objects/type/type.h"
#include "opcode.h"
#include "structmember.h"

static const uint8_t op_width[TAI_OP_COUNT] = {
#define TAI_OP(name, base, width) [TAI_OP_##name] = width,
#include "vm/instructions/ops.def"
};

/* ---- warming up ---------------------------------------------------------------------------------------------- */

enum { ADAPTS = 1, NEEDS_CACHE = 2 };

/* What can be specialised, and which of these need a TaiCache; the others keep their 16-bit cache word for themselves. */
static const uint8_t traits[256] = {
    [BINARY_ADD] = ADAPTS, [BINARY_SUBTRACT] = ADAPTS, [BINARY_MULTIPLY] = ADAPTS, [BINARY_TRUE_DIVIDE] = ADAPTS,
    [BINARY_MODULO] = ADAPTS, [BINARY_FLOOR_DIVIDE] = ADAPTS, [BINARY_AND] = ADAPTS, [BINARY_OR] = ADAPTS, [BINARY_XOR] = ADAPTS,
    [BINARY_LSHIFT] = ADAPTS, [BINARY_RSHIFT] = ADAPTS, [INPLACE_ADD] = ADAPTS, [INPLACE_SUBTRACT] = ADAPTS,
    [INPLACE_MULTIPLY] = ADAPTS, [INPLACE_TRUE_DIVIDE] = ADAPTS, [INPLACE_MODULO] = ADAPTS, [INPLACE_FLOOR_DIVIDE] = ADAPTS,
    [INPLACE_AND] = ADAPTS, [INPLACE_OR] = ADAPTS, [INPLACE_XOR] = ADAPTS, [INPLACE_LSHIFT] = ADAPTS, [INPLACE_RSHIFT] = ADAPTS,
    [COMPARE_OP] = ADAPTS, [STORE_SUBSCR] = ADAPTS, [FOR_ITER] = ADAPTS, [UNPACK_SEQUENCE] = ADAPTS, [YIELD_FROM] = ADAPTS,
    [BINARY_SUBSCR] = ADAPTS | NEEDS_CACHE, [LOAD_GLOBAL] = ADAPTS | NEEDS_CACHE, [STORE_GLOBAL] = ADAPTS | NEEDS_CACHE,
    [LOAD_ATTR] = ADAPTS | NEEDS_CACHE, [STORE_ATTR] = ADAPTS | NEEDS_CACHE, [LOAD_METHOD] = ADAPTS | NEEDS_CACHE,
    [CALL_FUNCTION] = ADAPTS | NEEDS_CACHE, [CALL_METHOD] = ADAPTS | NEEDS_CACHE,
};

static inline int needs_cache(int op) { return op < 256 && (traits[op] & NEEDS_CACHE); }
static inline int adapts(int op) { return op < 256 && (traits[op] & ADAPTS); }

/* May units first..last become one instruction? */
static int can_fuse(const TaiExec *exec, Py_ssize_t first, Py_ssize_t last)
{
    if (first < 0 || last >= (Py_ssize_t)exec->nunits)
        return 0;
    for (Py_ssize_t i = first + 1; i <= last; i++)
        if (exec->entry[i] != 0)
            return 0;
    return 1;
}

/* Takes two operands, or one: loads in front of it are left to it. */
static int consumes_loads(int op) { return op == STORE_SUBSCR || op == LOAD_ATTR || op == STORE_ATTR || op == LOAD_METHOD ||
                                           (adapts(op) && op != FOR_ITER && op != CALL_FUNCTION && op != CALL_METHOD &&
                                            op != UNPACK_SEQUENCE && op != LOAD_GLOBAL && op != STORE_GLOBAL && op != YIELD_FROM); }

/* Fusions that depend on nothing but the instructions. */
static void fuse_loads(TaiExec *exec)
{
    Py_ssize_t n = (Py_ssize_t)exec->nunits;
    for (Py_ssize_t i = 0; i + 1 < n; i++) {
        int op = tai_exec_base(exec, i), next = tai_exec_base(exec, i + 1);
        int after = i + 2 < n ? tai_exec_base(exec, i + 2) : 0, later = i + 3 < n ? tai_exec_base(exec, i + 3) : 0;
        if (exec->depth[i] == EXEC_UNREACHED || exec->units[i].op != op || !can_fuse(exec, i, i + 1))
            continue;
        if (op == EXTENDED_ARG && (next == JUMP_ABSOLUTE || next == JUMP_FORWARD)) {
            /* Only the tracing table shows that a prefix stands here. */
            exec->units[i].op = (int32_t)exec->units[i + 1].arg < 0 ? TAI_OP_JUMP_BACK : JUMP_FORWARD;
            exec->units[i].arg = exec->units[i + 1].arg + 1;
            continue;
        }
        if (op == LOAD_FAST && (next == POP_JUMP_IF_FALSE || next == POP_JUMP_IF_TRUE)) {
            exec->units[i].op = TAI_OP_TEST_LOCAL_JUMP;
            exec->units[i].cache = next == POP_JUMP_IF_TRUE;
            continue;
        }
        if (consumes_loads(after) || ((after == LOAD_FAST || after == LOAD_CONST) && consumes_loads(later)))
            continue;
        if (op == LOAD_FAST && next == LOAD_FAST) {
            exec->units[i].op = TAI_OP_LOAD_FAST_LOAD_FAST;
            i++;
        }
        else if (op == LOAD_FAST && next == LOAD_CONST) {
            exec->units[i].op = TAI_OP_LOAD_FAST_LOAD_CONST;
            i++;
        }
    }
}

void tai_exec_warm(TaiExec *exec)
{
    uint32_t n = 0;
    exec->warmup = 0;
    tai_stats.forms_warm++;
    exec->heat = PyMem_RawMalloc(2 * (size_t)exec->nunits);
    for (uint32_t i = 0; i < exec->nunits; i++)
        n += exec->depth[i] != EXEC_UNREACHED && needs_cache(exec->units[i].op);
    if (n > 0xfffe)
        n = 0xfffe;
    exec->caches = PyMem_RawCalloc(n ? n : 1, sizeof(TaiCache));
    if (exec->heat == NULL || exec->caches == NULL)
        return; /* stays cold */
    memset(exec->heat, HEAT_FIRST, exec->nunits);
    exec->attempts = exec->heat + exec->nunits;
    memset(exec->attempts, 0, exec->nunits);
    for (uint32_t i = 0; i < exec->nunits; i++) {
        TaiUnit *unit = &exec->units[i];
        int op = unit->op;
        if (exec->depth[i] == EXEC_UNREACHED)
            continue;
        if (op == JUMP_ABSOLUTE && (int32_t)unit->arg < 0)
            unit->op = TAI_OP_JUMP_BACK;
        uint32_t slot = (uint32_t)exec->code->co_nlocals + unit->arg;
        if ((op == LOAD_DEREF || op == STORE_DEREF) && slot < UINT16_MAX) {
            unit->cache = (uint16_t)slot;
            unit->op = op == LOAD_DEREF ? TAI_OP_LOAD_DEREF_SLOT : TAI_OP_STORE_DEREF_SLOT;
        }
        if (!adapts(op))
            continue;
        if (needs_cache(op)) {
            if (exec->ncaches >= n)
                continue;
            unit->cache = (uint16_t)exec->ncaches++;
        }
        unit->op = TAI_OP_ADAPT;
    }
    fuse_loads(exec);
    exec->flags |= EXEC_WARM;
}

/* ---- changing a unit ----------------------------------------------------------------------------------------- */

/* Give units in front of `unit` that cover it their own instruction back. */
static void unfuse(TaiExec *exec, TaiUnit *unit)
{
    for (int back = 1; back <= 3 && unit - back >= exec->units; back++) {
        TaiUnit *u = unit - back;
        if (u->op > TAI_OP_FIRST && u->op < TAI_OP_COUNT && op_width[u->op] > back && u->op != TAI_OP_ADAPT) {
            int base = tai_exec_base(exec, u - exec->units);
            if (adapts(base)) {
                u->op = TAI_OP_ADAPT;
                exec->heat[u - exec->units] = HEAT_FIRST;
            }
            else
                u->op = (uint16_t)base;
        }
    }
}

/* [SPEC-1] */
static int keeps_reference(int op)
{
    return op == TAI_OP_CALL_FUNCTION_LEN || op == TAI_OP_CALL_FUNCTION_ISINSTANCE || op == TAI_OP_CALL_METHOD_APPEND;
}

void tai_exec_let_go(TaiExec *exec)
{
    for (uint32_t i = 0; i < exec->nunits; i++)
        if (keeps_reference(exec->units[i].op))
            Py_CLEAR(exec->caches[exec->units[i].cache].object);
}

static int poly_form(int op);
static void become_unary(TaiExec *exec, TaiUnit *unit, int op_s);

void tai_specialise_miss(TaiExec *exec, TaiUnit *unit)
{
    uint8_t *heat = &exec->heat[unit - exec->units];
    tai_stats.missed[unit->op]++;
    if (*heat > 0) {
        --*heat;
        return;
    }
    int poly = poly_form(unit->op);
    if (poly != 0) {
        become_unary(exec, unit, poly);
        return;
    }
    PyObject *kept = keeps_reference(unit->op) ? exec->caches[unit->cache].object : NULL;
    *heat = HEAT_AGAIN;
    unit->op = TAI_OP_ADAPT;
    unfuse(exec, unit);
    Py_XDECREF(kept);
}

static void become(TaiExec *exec, TaiUnit *unit, int op)
{
    unit->op = (uint16_t)op;
    tai_stats.specialised[op]++;
    exec->heat[unit - exec->units] = HEAT_MISSES;
}

/* The mode in which unit could take its operands, and the unit where it would start. */
static enum OperandMode operand_mode(TaiExec *exec, TaiUnit *unit, int allow_cl, TaiUnit **first)
{
    Py_ssize_t i = unit - exec->units;
    *first = unit;
    if (i < 1)
        return MODE_SS;
    int b = tai_exec_base(exec, i - 1), a = i >= 2 ? tai_exec_base(exec, i - 2) : 0;
    if (i >= 2 && can_fuse(exec, i - 2, i)) {
        *first = unit - 2;
        if (a == LOAD_FAST && b == LOAD_FAST)
            return MODE_LL;
        if (a == LOAD_FAST && b == LOAD_CONST)
            return MODE_LC;
        if (allow_cl && a == LOAD_CONST && b == LOAD_FAST)
            return MODE_CL;
    }
    *first = unit - 1;
    if (can_fuse(exec, i - 1, i)) {
        if (b == LOAD_FAST)
            return MODE_SL;
        if (b == LOAD_CONST)
            return MODE_SC;
    }
    *first = unit;
    return MODE_SS;
}

/* Specialise unit to op_ss and the units in front to the fused form. mask: what fused comparisons keep in their cache
 * word, -1 for none. */
static void become_binary(TaiExec *exec, TaiUnit *unit, int op_ss, int allow_cl, int may_store, int mask)
{
    TaiUnit *first;
    enum OperandMode mode = operand_mode(exec, unit, allow_cl, &first);
    Py_ssize_t i = unit - exec->units;
    unfuse(exec, unit);
    become(exec, unit, op_ss);
    if (mask >= 0)
        unit->cache = (uint16_t)mask;
    int store = may_store && i + 1 < (Py_ssize_t)exec->nunits && tai_exec_base(exec, i + 1) == STORE_FAST &&
                can_fuse(exec, i, i + 1);
    if (store) {
        unfuse(exec, unit + 1);
        unit->op = (uint16_t)(op_ss + MODE_SSX);
    }
    if (mode == MODE_SS)
        return;
    unfuse(exec, first);
    if (first + 1 < unit)
        unfuse(exec, first + 1);
    if (store && (mode == MODE_LL || mode == MODE_LC))
        mode = mode == MODE_LL ? MODE_LLX : MODE_LCX;
    first->op = (uint16_t)(op_ss + mode);
    if (mask >= 0)
        first->cache = (uint16_t)mask;
}

/* S or L form of an instruction with one operand. */
static void become_unary(TaiExec *exec, TaiUnit *unit, int op_s)
{
    Py_ssize_t i = unit - exec->units;
    unfuse(exec, unit);
    become(exec, unit, op_s);
    if (i >= 1 && tai_exec_base(exec, i - 1) == LOAD_FAST && can_fuse(exec, i - 1, i)) {
        unfuse(exec, unit - 1);
        unit[-1].op = (uint16_t)(op_s + 1);
    }
}

/* ---- operators ----------------------------------------------------------------------------------------------- */

static void specialise_binary(TaiExec *exec, TaiUnit *unit, int op, PyObject *a, PyObject *b)
{
    int ints = Py_TYPE(a) == &PyLong_Type && Py_TYPE(b) == &PyLong_Type && tai_int_is_short(a) && tai_int_is_short(b);
    int numbers = (Py_TYPE(a) == &PyFloat_Type || Py_TYPE(a) == &PyLong_Type) &&
                  (Py_TYPE(b) == &PyFloat_Type || Py_TYPE(b) == &PyLong_Type);
    int floats = numbers && (Py_TYPE(a) == &PyFloat_Type || Py_TYPE(b) == &PyFloat_Type);
    int target = 0, nine = 0;
    switch (op) {
    case BINARY_ADD: case INPLACE_ADD:
        if (PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b)) {
            become(exec, unit, TAI_OP_ADD_STR);
            return;
        }
        target = ints ? TAI_OP_ADD_INT_SS : floats ? TAI_OP_ADD_FLOAT_SS : 0;
        nine = 1;
        break;
    case BINARY_SUBTRACT: case INPLACE_SUBTRACT:
        target = ints ? TAI_OP_SUB_INT_SS : floats ? TAI_OP_SUB_FLOAT_SS : 0;
        nine = 1;
        break;
    case BINARY_MULTIPLY: case INPLACE_MULTIPLY:
        target = ints ? TAI_OP_MUL_INT_SS : floats ? TAI_OP_MUL_FLOAT_SS : 0;
        nine = 1;
        break;
    case BINARY_TRUE_DIVIDE: case INPLACE_TRUE_DIVIDE:
        target = floats || (ints && numbers) ? TAI_OP_DIV_FLOAT_SS : 0;
        nine = 1;
        break;
    case BINARY_MODULO: case INPLACE_MODULO: target = ints ? TAI_OP_MOD_INT_SS : 0; break;
    case BINARY_FLOOR_DIVIDE: case INPLACE_FLOOR_DIVIDE: target = ints ? TAI_OP_FLOORDIV_INT_SS : 0; break;
    case BINARY_AND: case INPLACE_AND: target = ints ? TAI_OP_AND_INT_SS : 0; break;
    case BINARY_OR: case INPLACE_OR: target = ints ? TAI_OP_OR_INT_SS : 0; break;
    case BINARY_XOR: case INPLACE_XOR: target = ints ? TAI_OP_XOR_INT_SS : 0; break;
    case BINARY_LSHIFT: case INPLACE_LSHIFT: target = ints ? TAI_OP_LSHIFT_INT_SS : 0; break;
    case BINARY_RSHIFT: case INPLACE_RSHIFT: target = ints ? TAI_OP_RSHIFT_INT_SS : 0; break;
    default: break;
    }
    if (target != 0)
        become_binary(exec, unit, target, 1, nine, -1);
}

/* Bits of COMPARE_x_JUMP for which op is true: less, equal, greater, unordered. */
static int truth_mask(int op)
{
    static const unsigned char masks[] = {[Py_LT] = 1, [Py_LE] = 3, [Py_EQ] = 2, [Py_NE] = 13, [Py_GT] = 4, [Py_GE] = 6};
    return masks[op];
}

static void specialise_compare(TaiExec *exec, TaiUnit *unit, PyObject *a, PyObject *b)
{
    Py_ssize_t i = unit - exec->units;
    Py_ssize_t at = i + 1; /* of the jump */
    while (at < (Py_ssize_t)exec->nunits && tai_exec_base(exec, at) == EXTENDED_ARG)
        at++;
    int op = (int)unit->arg, next = at < (Py_ssize_t)exec->nunits ? tai_exec_base(exec, at) : 0;
    int jump = (next == POP_JUMP_IF_FALSE || next == POP_JUMP_IF_TRUE) && can_fuse(exec, i, at);
    int flip = next == POP_JUMP_IF_FALSE ? 15 : 0, prefixes = (int)(at - i - 1) << 8;
    int ints = Py_TYPE(a) == &PyLong_Type && Py_TYPE(b) == &PyLong_Type;
    int floats = (Py_TYPE(a) == &PyFloat_Type && (Py_TYPE(b) == &PyFloat_Type || Py_TYPE(b) == &PyLong_Type)) ||
                 (Py_TYPE(a) == &PyLong_Type && Py_TYPE(b) == &PyFloat_Type);
    if (!jump) {
        if (op <= Py_GE && ints)
            become(exec, unit, TAI_OP_COMPARE_INT);
        else if (op <= Py_GE && floats)
            become(exec, unit, TAI_OP_COMPARE_FLOAT);
        return;
    }
    if (op == PyCmp_IS || op == PyCmp_IS_NOT)
        become_binary(exec, unit, TAI_OP_COMPARE_IS_JUMP_SS, 0, 0, ((op == PyCmp_IS ? 2 : 1) ^ (flip & 3)) | prefixes);
    else if (op <= Py_GE && ints)
        become_binary(exec, unit, TAI_OP_COMPARE_INT_JUMP_SS, 0, 0, (truth_mask(op) ^ flip) | prefixes);
    else if (op <= Py_GE && floats)
        become_binary(exec, unit, TAI_OP_COMPARE_FLOAT_JUMP_SS, 0, 0, (truth_mask(op) ^ flip) | prefixes);
    else if ((op == Py_EQ || op == Py_NE) && PyUnicode_CheckExact(a) && PyUnicode_CheckExact(b))
        become_binary(exec, unit, TAI_OP_COMPARE_STR_JUMP_SS, 0, 0, ((op == Py_EQ ? 2 : 1) ^ (flip & 3)) | prefixes);
    else
        become_binary(exec, unit, TAI_OP_COMPARE_ANY_JUMP_SS, 0, 0, (2 ^ (flip & 3)) | prefixes);
}

static void specialise_subscr(TaiExec *exec, TaiUnit *unit, PyObject *a, PyObject *b)
{
    _Py_IDENTIFIER(__getitem__);
    int small = Py_TYPE(b) == &PyLong_Type && tai_int_is_compact(b);
    Py_ssize_t i = unit - exec->units;
    if (PySlice_Check(b)) {
        if (i >= 1 && tai_exec_base(exec, i - 1) == BUILD_SLICE && unit[-1].arg == 2 && can_fuse(exec, i - 1, i) &&
            (PyList_CheckExact(a) || PyTuple_CheckExact(a) || PyUnicode_CheckExact(a)))
            unit[-1].op = TAI_OP_SUBSCR_SLICE;
        return;
    }
    if (PyList_CheckExact(a) && small)
        become_binary(exec, unit, TAI_OP_SUBSCR_LIST_INT_SS, 0, 0, -1);
    else if (PyTuple_CheckExact(a) && small)
        become_binary(exec, unit, TAI_OP_SUBSCR_TUPLE_INT_SS, 0, 0, -1);
    else if (PyDict_CheckExact(a))
        become_binary(exec, unit, TAI_OP_SUBSCR_DICT_SS, 0, 0, -1);
    else if (PyUnicode_CheckExact(a) && small)
        become(exec, unit, TAI_OP_SUBSCR_STR_INT);
    else if (Py_TYPE(a)->tp_as_mapping != NULL && Py_TYPE(a)->tp_as_mapping->mp_subscript == tai_slot_getitem) {
        PyObject *name = _PyUnicode_FromId(&PyId___getitem__);
        PyObject *func = name ? tai_type_lookup(Py_TYPE(a), name) : NULL;
        uint32_t version = tai_type_version(Py_TYPE(a));
        if (func == NULL || !PyFunction_Check(func) || version == 0)
            return;
        TaiCache *cache = &exec->caches[unit->cache];
        cache->version = version;
        cache->object = func;
        become(exec, unit, TAI_OP_SUBSCR_PYTHON);
    }
}

static void specialise_store_subscr(TaiExec *exec, TaiUnit *unit, PyObject *a, PyObject *b)
{
    Py_ssize_t i = unit - exec->units;
    if (PySlice_Check(b)) {
        if (i >= 1 && tai_exec_base(exec, i - 1) == BUILD_SLICE && unit[-1].arg == 2 && can_fuse(exec, i - 1, i) &&
            PyList_CheckExact(a))
            unit[-1].op = TAI_OP_STORE_SLICE_LIST;
    }
    else if (PyDict_CheckExact(a))
        become(exec, unit, TAI_OP_STORE_SUBSCR_DICT);
    else if (PyList_CheckExact(a) && Py_TYPE(b) == &PyLong_Type) {
        become(exec, unit, TAI_OP_STORE_SUBSCR_LIST_INT);
        if (i >= 2 && tai_exec_base(exec, i - 1) == LOAD_FAST && tai_exec_base(exec, i - 2) == LOAD_FAST &&
            can_fuse(exec, i - 2, i)) {
            unfuse(exec, unit);
            unfuse(exec, unit - 1);
            unfuse(exec, unit - 2);
            unit[-2].op = TAI_OP_STORE_SUBSCR_LIST_INT_LL;
        }
    }
}

/* ---- names --------------------------------------------------------------------------------------------------- */

static void specialise_global(TaiFrame *f, TaiUnit *unit, PyObject *name)
{
    TaiCache *cache = &f->exec->caches[unit->cache];
    if (!PyDict_CheckExact(f->globals) || !PyDict_CheckExact(f->builtins))
        return;
    PyDictObject *globals = (PyDictObject *)f->globals, *builtins = (PyDictObject *)f->builtins;
    Py_ssize_t index = tai_dict_lookup_index(globals, name);
    if (index == DICT_SLOT_ERROR || globals->ma_values != NULL || builtins->ma_values != NULL)
        return;
    cache->version = tai_dict_keys_version(globals->ma_keys);
    if (cache->version == 0)
        return;
    if (index >= 0) {
        cache->index = (uint32_t)index;
        become(f->exec, unit, TAI_OP_LOAD_GLOBAL_MODULE);
        return;
    }
    index = tai_dict_lookup_index(builtins, name);
    cache->version2 = index >= 0 ? tai_dict_keys_version(builtins->ma_keys) : 0;
    if (cache->version2 == 0)
        return;
    cache->index = (uint32_t)index;
    become(f->exec, unit, TAI_OP_LOAD_GLOBAL_BUILTIN);
}

static void specialise_store_global(TaiFrame *f, TaiUnit *unit, PyObject *name)
{
    TaiCache *cache = &f->exec->caches[unit->cache];
    PyDictObject *globals = (PyDictObject *)f->globals;
    if (!PyDict_CheckExact(globals) || globals->ma_values != NULL)
        return;
    Py_ssize_t index = tai_dict_lookup_index(globals, name);
    if (index < 0 || (cache->version = tai_dict_keys_version(globals->ma_keys)) == 0)
        return;
    cache->index = (uint32_t)index;
    become(f->exec, unit, TAI_OP_STORE_GLOBAL_MODULE);
}

enum Where { IN_DICT, IN_SLOT, ON_CLASS, NOWHERE };

/* Where the attribute of o is found; fills version, version2, offset, index or object. *descr: what the class has. */
static enum Where locate(PyObject *o, PyObject *name, TaiCache *cache, PyObject **descr)
{
    PyTypeObject *type = Py_TYPE(o);
    PyDictObject *dict = NULL;
    *descr = NULL;
    if (type->tp_dict == NULL || (cache->version = tai_type_version(type)) == 0 || type->tp_dictoffset < 0)
        return NOWHERE;
    cache->offset = (uint32_t)type->tp_dictoffset;
    cache->version2 = UINT32_MAX; /* no dict yet: any that comes later is another one, whatever its version */
    if (cache->offset != 0)
        dict = *(PyDictObject **)((char *)o + cache->offset);
    if (dict != NULL && !PyDict_Check(dict))
        return NOWHERE;
    *descr = tai_type_lookup(type, name);
    if (*descr != NULL && PyDescr_IsData(*descr)) {
        if (Py_TYPE(*descr) != &PyMemberDescr_Type)
            return ON_CLASS;
        PyMemberDef *member = ((PyMemberDescrObject *)*descr)->d_member;
        if (member->type != T_OBJECT_EX || (member->flags & READONLY) || !PyType_IsSubtype(type, ((PyDescrObject *)*descr)->d_type))
            return ON_CLASS;
        cache->index = (uint32_t)member->offset;
        return IN_SLOT;
    }
    if (dict != NULL) {
        Py_ssize_t index = tai_dict_lookup_index(dict, name);
        if (index == DICT_SLOT_ERROR || (cache->version2 = tai_dict_keys_version(dict->ma_keys)) == 0)
            return NOWHERE;
        if (index >= 0) {
            cache->index = (uint32_t)index;
            return tai_dict_value_at(dict, index) != NULL || *descr == NULL ? IN_DICT : NOWHERE;
        }
    }
    return *descr != NULL && !tai_type_is_restless(type, name) ? ON_CLASS : NOWHERE;
}

/* A value on a class that stays itself when it is got from an instance. */
static int is_plain_value(PyObject *v) { return Py_TYPE(v)->tp_descr_get == NULL; }

static int specialise_module_attr(TaiExec *exec, TaiUnit *unit, PyObject *o, PyObject *name, int op)
{
    TaiCache *cache = &exec->caches[unit->cache];
    if (Py_TYPE(o) != &PyModule_Type)
        return 0;
    PyDictObject *dict = *(PyDictObject **)((char *)o + PyModule_Type.tp_dictoffset);
    Py_ssize_t index = dict != NULL && dict->ma_values == NULL ? tai_dict_lookup_index(dict, name) : -1;
    cache->offset = (uint32_t)PyModule_Type.tp_dictoffset;
    if (index >= 0 && (cache->version = tai_dict_keys_version(dict->ma_keys)) != 0) {
        cache->index = (uint32_t)index;
        become(exec, unit, op);
    }
    return 1;
}

/* Attribute of a class: 0 if o is none; fills the cache and returns what the class has, borrowed, if it can be cached. */
static PyObject *locate_on_type(PyObject *o, PyObject *name, TaiCache *cache)
{
    PyTypeObject *meta = Py_TYPE(o);
    if (meta->tp_getattro != (getattrofunc)tai_type_getattro || meta->tp_dict == NULL)
        return NULL;
    if (tai_type_lookup(meta, name) != NULL) /* a descriptor of the metaclass might come first */
        return NULL;
    PyObject *v = tai_type_is_restless((PyTypeObject *)o, name) ? NULL : tai_type_lookup((PyTypeObject *)o, name);
    cache->version = tai_type_version((PyTypeObject *)o);
    cache->version2 = tai_type_version(meta);
    return v != NULL && cache->version != 0 && cache->version2 != 0 ? v : NULL;
}

/* The function behind a staticmethod or classmethod; borrowed from it, or NULL. */
static PyObject *inner_function(PyObject *wrapper)
{
    PyObject *func = PyObject_GetAttrString(wrapper, "__func__");
    if (func == NULL) {
        PyErr_Clear();
        return NULL;
    }
    Py_DECREF(func);
    return Py_REFCNT(func) > 0 ? func : NULL;
}

static void specialise_property(TaiExec *exec, TaiUnit *unit, PyObject *property)
{
    PyObject *func = PyObject_GetAttrString(property, "fget");
    if (func == NULL) {
        PyErr_Clear();
        return;
    }
    if (PyFunction_Check(func)) {
        exec->caches[unit->cache].object = func;
        become_unary(exec, unit, TAI_OP_LOAD_ATTR_PROPERTY_S);
    }
    Py_DECREF(func);
}

/* Descriptors that C types have: may they be used on o without asking again? */
static int is_usable_getset(PyObject *o, PyObject *descr)
{
    return Py_TYPE(descr) == &PyGetSetDescr_Type && PyType_IsSubtype(Py_TYPE(o), ((PyDescrObject *)descr)->d_type);
}

static int is_member(PyObject *o, PyObject *descr)
{
    return Py_TYPE(descr) == &PyMemberDescr_Type && PyType_IsSubtype(Py_TYPE(o), ((PyDescrObject *)descr)->d_type);
}

static void specialise_load_attr(TaiExec *exec, TaiUnit *unit, PyObject *o, PyObject *name)
{
    TaiCache *cache = &exec->caches[unit->cache];
    PyObject *descr;
    if (specialise_module_attr(exec, unit, o, name, TAI_OP_LOAD_ATTR_MODULE))
        return;
    if (PyType_Check(o)) {
        PyObject *v = locate_on_type(o, name, cache);
        if (v != NULL && (is_plain_value(v) || PyFunction_Check(v))) {
            cache->object = v;
            become(exec, unit, TAI_OP_LOAD_ATTR_TYPE);
        }
        return;
    }
    if (Py_TYPE(o)->tp_getattro != PyObject_GenericGetAttr)
        return;
    switch (locate(o, name, cache, &descr)) {
    case IN_DICT: become_unary(exec, unit, TAI_OP_LOAD_ATTR_INSTANCE_S); break;
    case IN_SLOT: become_unary(exec, unit, TAI_OP_LOAD_ATTR_SLOT_S); break;
    case ON_CLASS:
        if (Py_TYPE(descr) == &PyProperty_Type)
            specialise_property(exec, unit, descr);
        else if (is_plain_value(descr)) {
            cache->object = descr;
            become_unary(exec, unit, TAI_OP_LOAD_ATTR_CLASS_S);
        }
        else if (is_usable_getset(o, descr) && ((PyGetSetDescrObject *)descr)->d_getset->get != NULL) {
            cache->object = descr;
            become_unary(exec, unit, TAI_OP_LOAD_ATTR_GETSET_S);
        }
        else if (is_member(o, descr)) {
            cache->object = descr;
            become_unary(exec, unit, TAI_OP_LOAD_ATTR_MEMBER_S);
        }
        break;
    default: break;
    }
}

static void specialise_store_attr(TaiExec *exec, TaiUnit *unit, PyObject *o, PyObject *name)
{
    TaiCache *cache = &exec->caches[unit->cache];
    PyObject *descr;
    if (Py_TYPE(o)->tp_setattro != PyObject_GenericSetAttr)
        return;
    switch (locate(o, name, cache, &descr)) {
    case IN_DICT: {
        PyDictObject *dict = *(PyDictObject **)((char *)o + cache->offset);
        if (PyDict_CheckExact(dict) && (dict->ma_values != NULL || tai_dict_value_at(dict, cache->index) != NULL))
            become_unary(exec, unit, TAI_OP_STORE_ATTR_INSTANCE_S);
        break;
    }
    case IN_SLOT: become_unary(exec, unit, TAI_OP_STORE_ATTR_SLOT_S); break;
    case ON_CLASS:
        if (is_usable_getset(o, descr) && ((PyGetSetDescrObject *)descr)->d_getset->set != NULL) {
            cache->object = descr;
            become_unary(exec, unit, TAI_OP_STORE_ATTR_GETSET_S);
        }
        break;
    default: break;
    }
}

/* A dict for an instance that has none yet, over the shared keys of its class if they are of that version. NULL without
 * exception if they are not, or without memory. */
PyDictObject *tai_vm_new_instance_dict(PyObject *o, uint32_t version)
{
    PyTypeObject *type = Py_TYPE(o);
    PyDictKeysObject *keys = type->tp_flags & Py_TPFLAGS_HEAPTYPE ? ((PyHeapTypeObject *)type)->ht_cached_keys : NULL;
    if (keys == NULL || keys->version != version)
        return NULL;
    PyObject *dict = tai_dict_new_split(keys);
    if (dict == NULL)
        PyErr_Clear();
    return (PyDictObject *)dict;
}

static void specialise_load_method(TaiExec *exec, TaiUnit *unit, PyObject *o, PyObject *name)
{
    TaiCache *cache = &exec->caches[unit->cache];
    PyObject *descr, *v;
    if (specialise_module_attr(exec, unit, o, name, TAI_OP_LOAD_METHOD_MODULE))
        return;
    if (PyType_Check(o)) {
        v = locate_on_type(o, name, cache);
        if (v == NULL)
            return;
        if (is_plain_value(v) || PyFunction_Check(v)) {
            cache->object = v;
            become(exec, unit, TAI_OP_LOAD_METHOD_OF_TYPE);
        }
        else if (Py_TYPE(v) == &PyStaticMethod_Type && (cache->object = inner_function(v)) != NULL)
            become(exec, unit, TAI_OP_LOAD_METHOD_OF_TYPE);
        else if (Py_TYPE(v) == &PyClassMethod_Type && (cache->object = inner_function(v)) != NULL &&
                 PyFunction_Check(cache->object))
            become(exec, unit, TAI_OP_LOAD_METHOD_OF_TYPE_CLASS);
        return;
    }
    if (Py_TYPE(o)->tp_getattro != PyObject_GenericGetAttr || locate(o, name, cache, &descr) != ON_CLASS)
        return;
    if (PyDescr_IsData(descr))
        return;
    if (PyType_HasFeature(Py_TYPE(descr), Py_TPFLAGS_METHOD_DESCRIPTOR)) {
        cache->object = descr;
        become_unary(exec, unit, cache->offset == 0 ? TAI_OP_LOAD_METHOD_NODICT_S : TAI_OP_LOAD_METHOD_SELF_S);
    }
    else if (Py_TYPE(descr) == &PyStaticMethod_Type && (cache->object = inner_function(descr)) != NULL)
        become_unary(exec, unit, TAI_OP_LOAD_METHOD_STATIC_S);
    else if (Py_TYPE(descr) == &PyClassMethod_Type && (cache->object = inner_function(descr)) != NULL &&
             PyFunction_Check(cache->object))
        become_unary(exec, unit, TAI_OP_LOAD_METHOD_CLASS_S);
}

/* ---- sites that see several classes -------------------------------------------------------------------------- */

TaiPolyEntry tai_poly_values[1 << POLY_LOG2], tai_poly_methods[1 << POLY_LOG2];

void tai_poly_fill(TaiPolyEntry *entry, PyObject *o, PyObject *name, int methods)
{
    PyTypeObject *type = Py_TYPE(o);
    TaiCache found = {0};
    PyObject *descr = NULL;
    enum Where where = NOWHERE;
    int kind = POLY_NONE;
    if (type->tp_getattro == PyObject_GenericGetAttr && type->tp_setattro == PyObject_GenericSetAttr && !PyType_Check(o))
        where = locate(o, name, &found, &descr);
    if (where == IN_DICT && !methods)
        kind = POLY_DICT;
    else if (where == IN_SLOT && !methods)
        kind = POLY_SLOT;
    else if (where == ON_CLASS && !PyDescr_IsData(descr) &&
             (methods ? PyType_HasFeature(Py_TYPE(descr), Py_TPFLAGS_METHOD_DESCRIPTOR) : is_plain_value(descr)))
        kind = POLY_CLASS;
    PyObject *old = entry->name;
    Py_INCREF(name);
    *entry = (TaiPolyEntry){.version = type->tp_version_tag, .keys_version = found.version2, .name = name, .object = descr,
                            .index = found.index, .offset = (uint16_t)found.offset, .kind = (uint16_t)kind};
    if (found.offset > UINT16_MAX)
        entry->kind = POLY_NONE;
    Py_XDECREF(old); /* a name: runs no code */
}

TaiSuperEntry tai_super_table[1 << POLY_LOG2];

void tai_super_fill(TaiSuperEntry *entry, PyTypeObject *type, PyTypeObject *cls, PyObject *name, int of_type)
{
    PyObject *mro = type->tp_mro, *found = NULL, *old = entry->name;
    Py_ssize_t i = 0, n = mro != NULL && PyTuple_Check(mro) ? PyTuple_GET_SIZE(mro) : 0;
    int kind = SUPER_NONE;
    uint32_t version = tai_type_version(type), cls_version = tai_type_version(cls);
    while (i < n && PyTuple_GET_ITEM(mro, i) != (PyObject *)cls)
        i++;
    for (i++; i < n && found == NULL; i++) {
        PyObject *dict = ((PyTypeObject *)PyTuple_GET_ITEM(mro, i))->tp_dict;
        if (dict == NULL || ((PyDictObject *)dict)->ma_keys->kind != DICT_KEYS_STR) {
            found = NULL;
            break;
        }
        found = tai_dict_get_name((PyDictObject *)dict, name);
    }
    if (found != NULL && version != 0 && cls_version != 0) {
        if (!of_type && PyType_HasFeature(Py_TYPE(found), Py_TPFLAGS_METHOD_DESCRIPTOR))
            kind = SUPER_METHOD_OF_SELF;
        else if (Py_TYPE(found) == &PyStaticMethod_Type && (found = inner_function(found)) != NULL)
            kind = SUPER_PLAIN;
        else if (of_type && found != NULL && Py_TYPE(found) == &PyClassMethod_Type &&
                 (found = inner_function(found)) != NULL && PyFunction_Check(found))
            kind = SUPER_METHOD_OF_SELF;
    }
    Py_INCREF(name);
    *entry = (TaiSuperEntry){version, cls_version, name, found, kind};
    Py_XDECREF(old);
}

/* What an attribute instruction becomes whose guard keeps failing; 0: no such form. */
static int poly_form(int op)
{
    switch (op) {
    case TAI_OP_LOAD_ATTR_INSTANCE_S: case TAI_OP_LOAD_ATTR_SLOT_S: case TAI_OP_LOAD_ATTR_CLASS_S:
        return TAI_OP_LOAD_ATTR_POLY_S;
    case TAI_OP_STORE_ATTR_INSTANCE_S: case TAI_OP_STORE_ATTR_SLOT_S:
        return TAI_OP_STORE_ATTR_POLY_S;
    case TAI_OP_LOAD_METHOD_SELF_S:
        return TAI_OP_LOAD_METHOD_POLY_S;
    default:
        return 0;
    }
}

/* ---- calls --------------------------------------------------------------------------------------------------- */

/* Is func the built-in function of that name, as the interpreter was started with? */
static int is_builtin(PyObject *func, const char *name)
{
    PyCFunctionObject *c = (PyCFunctionObject *)func;
    if (Py_TYPE(func) != &PyCFunction_Type || strcmp(c->m_ml->ml_name, name) != 0)
        return 0;
    PyObject *known = tai_interp()->builtins_copy;
    return known != NULL && PyDict_Check(known) && PyDict_GetItemString(known, name) == func;
}

static void keep(TaiExec *exec, TaiUnit *unit, PyObject *func, int op)
{
    Py_INCREF(func);
    exec->flags |= EXEC_KEEPS;
    exec->caches[unit->cache].object = func;
    become(exec, unit, op);
}

static int specialise_class_call(TaiExec *exec, TaiUnit *unit, PyObject *cls, Py_ssize_t nargs)
{
    _Py_IDENTIFIER(__init__);
    PyTypeObject *type = (PyTypeObject *)cls;
    TaiCache *cache = &exec->caches[unit->cache];
    if (cls == (PyObject *)&PyType_Type && nargs == 1) {
        become(exec, unit, TAI_OP_CALL_FUNCTION_TYPE_1);
        return 1;
    }
    if (!tai_type_has_plain_new(type) || type->tp_init != tai_slot_init || Py_TYPE(cls)->tp_call != PyType_Type.tp_call ||
        !(type->tp_flags & Py_TPFLAGS_HEAPTYPE))
        return 0;
    PyObject *name = _PyUnicode_FromId(&PyId___init__), *init = name ? tai_type_lookup(type, name) : NULL;
    cache->version = tai_type_version(type);
    cache->version2 = tai_type_version(Py_TYPE(cls));
    if (init == NULL || !PyFunction_Check(init) || cache->version == 0 || cache->version2 == 0)
        return 0;
    cache->object = init;
    become(exec, unit, TAI_OP_CALL_FUNCTION_CLASS);
    return 1;
}

/* super() in a method, followed by .name(: 1 if unit became SUPER_METHOD. */
static int specialise_super(TaiExec *exec, TaiUnit *unit)
{
    PyCodeObject *code = exec->code;
    Py_ssize_t i = unit - exec->units, ncells = PyTuple_GET_SIZE(code->co_cellvars);
    if (code->co_argcount == 0 || code->co_cell2arg != NULL || i + 1 >= (Py_ssize_t)exec->nunits ||
        tai_exec_base(exec, i + 1) != LOAD_METHOD || !can_fuse(exec, i, i + 1))
        return 0;
    for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(code->co_freevars); k++)
        if (PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(code->co_freevars, k), "__class__") == 0) {
            exec->caches[unit->cache].index = (uint32_t)(code->co_nlocals + ncells + k);
            unfuse(exec, unit + 1);
            become(exec, unit, TAI_OP_SUPER_METHOD);
            return 1;
        }
    return 0;
}

static void specialise_call(TaiExec *exec, TaiUnit *unit, PyObject **sp)
{
    Py_ssize_t n = (Py_ssize_t)unit->arg;
    PyObject *callable = sp[-n - 1];
    if (n == 0 && callable == (PyObject *)&PySuper_Type && specialise_super(exec, unit))
        return;
    if (Py_TYPE(callable) == &PyFunction_Type) {
        become(exec, unit, TAI_OP_CALL_FUNCTION_PY);
        return;
    }
    if (Py_TYPE(callable) == &PyMethod_Type)
        return;
    if (PyType_Check(callable) && specialise_class_call(exec, unit, callable, n))
        return;
    if (n == 1 && is_builtin(callable, "len")) {
        keep(exec, unit, callable, TAI_OP_CALL_FUNCTION_LEN);
        return;
    }
    if (n == 2 && is_builtin(callable, "isinstance")) {
        keep(exec, unit, callable, TAI_OP_CALL_FUNCTION_ISINSTANCE);
        return;
    }
    if (Py_TYPE(callable) == &PyCFunction_Type) {
        int flags = ((PyCFunctionObject *)callable)->m_ml->ml_flags;
        if (flags == METH_O && n == 1) {
            become(exec, unit, TAI_OP_CALL_FUNCTION_O);
            return;
        }
        if (flags == METH_FASTCALL || flags == (METH_FASTCALL | METH_KEYWORDS)) {
            become(exec, unit, TAI_OP_CALL_FUNCTION_FAST);
            return;
        }
    }
    become(exec, unit, TAI_OP_CALL_FUNCTION_VECTOR);
}

static void specialise_call_method(TaiExec *exec, TaiUnit *unit, PyObject **sp)
{
    Py_ssize_t n = (Py_ssize_t)unit->arg;
    PyObject **base = sp - n - 2, *callable = base[0] ? base[0] : base[1];
    if (Py_TYPE(callable) == &PyFunction_Type) {
        become(exec, unit, TAI_OP_CALL_METHOD_PY);
        return;
    }
    if (base[0] == NULL || Py_TYPE(callable) != &PyMethodDescr_Type) {
        if (Py_TYPE(callable) != &PyMethod_Type)
            become(exec, unit, TAI_OP_CALL_METHOD_VECTOR);
        return;
    }
    PyMethodDescrObject *descr = (PyMethodDescrObject *)callable;
    int flags = descr->d_method->ml_flags;
    if (flags == METH_NOARGS && n == 0)
        become(exec, unit, TAI_OP_CALL_METHOD_NOARGS);
    else if (flags == METH_O && n == 1) {
        if (descr->d_common.d_type == &PyList_Type && strcmp(descr->d_method->ml_name, "append") == 0 &&
            PyList_CheckExact(base[1]))
            keep(exec, unit, callable, TAI_OP_CALL_METHOD_APPEND);
        else
            become(exec, unit, TAI_OP_CALL_METHOD_O);
    }
    else if (flags == METH_FASTCALL || flags == (METH_FASTCALL | METH_KEYWORDS))
        become(exec, unit, TAI_OP_CALL_METHOD_FAST);
    else
        become(exec, unit, TAI_OP_CALL_METHOD_VECTOR);
}

/* ---- loops --------------------------------------------------------------------------------------------------- */

static void specialise_for(TaiExec *exec, TaiUnit *unit, PyObject *it)
{
    Py_ssize_t i = unit - exec->units;
    int store = i + 1 < (Py_ssize_t)exec->nunits && tai_exec_base(exec, i + 1) == STORE_FAST && can_fuse(exec, i, i + 1);
    PyTypeObject *type = Py_TYPE(it);
    if (type == &PyListIter_Type)
        become(exec, unit, store ? TAI_OP_FOR_ITER_LIST_STORE : TAI_OP_FOR_ITER_LIST);
    else if (type == &PyTupleIter_Type)
        become(exec, unit, store ? TAI_OP_FOR_ITER_TUPLE_STORE : TAI_OP_FOR_ITER_TUPLE);
    else if (type == &PyRangeIter_Type)
        become(exec, unit, store ? TAI_OP_FOR_ITER_RANGE_STORE : TAI_OP_FOR_ITER_RANGE);
    else if (type == &PyGen_Type)
        become(exec, unit, TAI_OP_FOR_ITER_GENERATOR);
    else if (type->tp_iternext != NULL) {
        unit->cache = tai_type_tag(type);
        become(exec, unit, store ? TAI_OP_FOR_ITER_NATIVE_STORE : TAI_OP_FOR_ITER_NATIVE);
    }
}

/* ---- staying plain ------------------------------------------------------------------------------------------- */

/* May an instruction that could not be specialised for these operands stay plain? Only if its plain form notices others. */
static int may_stay_plain(int op, PyObject **sp)
{
    switch (op) {
    case LOAD_ATTR: case LOAD_METHOD: return Py_TYPE(sp[-1])->tp_getattro != PyObject_GenericGetAttr;
    case STORE_ATTR: return Py_TYPE(sp[-1])->tp_setattro != PyObject_GenericSetAttr;
    case LOAD_GLOBAL: case STORE_GLOBAL: case FOR_ITER: return 0;
    default: return 1;
    }
}

/* Two loads in front of an instruction that stays plain become one. */
static void fuse_operands(TaiExec *exec, TaiUnit *unit, int op)
{
    Py_ssize_t i = unit - exec->units;
    if (i < 2 || !consumes_loads(op) || !can_fuse(exec, i - 2, i - 1) || unit[-2].op != LOAD_FAST)
        return;
    if (unit[-1].op == LOAD_FAST)
        unit[-2].op = TAI_OP_LOAD_FAST_LOAD_FAST;
    else if (unit[-1].op == LOAD_CONST)
        unit[-2].op = TAI_OP_LOAD_FAST_LOAD_CONST;
}

static void attempt_failed(TaiExec *exec, TaiUnit *unit, int op, PyObject **sp)
{
    uint8_t *attempts = &exec->attempts[unit - exec->units];
    tai_stats.failed[op]++;
    if (*attempts < HEAT_ATTEMPTS)
        ++*attempts;
    if (*attempts == HEAT_ATTEMPTS && may_stay_plain(op, sp)) {
        unit->op = (uint16_t)op;
        tai_stats.stayed_plain++;
        fuse_operands(exec, unit, op);
    }
}

void tai_specialise_again(TaiExec *exec, TaiUnit *unit)
{
    Py_ssize_t i = unit - exec->units;
    if (exec->attempts[i] < HEAT_ATTEMPTS)
        return; /* it never was ADAPT */
    tai_stats.tried_again++;
    exec->heat[i] = HEAT_AGAIN;
    unit->op = TAI_OP_ADAPT;
    unfuse(exec, unit);
}

/* ---- entry --------------------------------------------------------------------------------------------------- */

void tai_specialise(TaiFrame *f, TaiUnit *unit, PyObject **sp)
{
    TaiExec *exec = f->exec;
    int op = tai_exec_base(exec, unit - exec->units);
    PyObject *names = f->code->co_names;
    exec->heat[unit - exec->units] = HEAT_AGAIN;
    switch (op) {
    case COMPARE_OP: specialise_compare(exec, unit, sp[-2], sp[-1]); break;
    case BINARY_SUBSCR: specialise_subscr(exec, unit, sp[-2], sp[-1]); break;
    case STORE_SUBSCR: specialise_store_subscr(exec, unit, sp[-2], sp[-1]); break;
    case LOAD_GLOBAL: specialise_global(f, unit, PyTuple_GET_ITEM(names, unit->arg)); break;
    case STORE_GLOBAL: specialise_store_global(f, unit, PyTuple_GET_ITEM(names, unit->arg)); break;
    case LOAD_ATTR: specialise_load_attr(exec, unit, sp[-1], PyTuple_GET_ITEM(names, unit->arg)); break;
    case STORE_ATTR: specialise_store_attr(exec, unit, sp[-1], PyTuple_GET_ITEM(names, unit->arg)); break;
    case LOAD_METHOD: specialise_load_method(exec, unit, sp[-1], PyTuple_GET_ITEM(names, unit->arg)); break;
    case CALL_FUNCTION: specialise_call(exec, unit, sp); break;
    case CALL_METHOD: specialise_call_method(exec, unit, sp); break;
    case FOR_ITER: specialise_for(exec, unit, sp[-1]); break;
    case UNPACK_SEQUENCE:
        if (unit->arg == 2 && PyTuple_CheckExact(sp[-1])) {
            Py_ssize_t i = unit - exec->units;
            int stores = i + 2 < (Py_ssize_t)exec->nunits && tai_exec_base(exec, i + 1) == STORE_FAST &&
                         tai_exec_base(exec, i + 2) == STORE_FAST && can_fuse(exec, i, i + 2);
            become(exec, unit, stores ? TAI_OP_UNPACK_PAIR_STORE : TAI_OP_UNPACK_PAIR);
        }
        break;
    case YIELD_FROM:
        if (PyGen_CheckExact(sp[-2]) || PyCoro_CheckExact(sp[-2]))
            become(exec, unit, TAI_OP_SEND_GENERATOR);
        break;
    default: specialise_binary(exec, unit, op, sp[-2], sp[-1]); break;
    }
    if (unit->op == TAI_OP_ADAPT)
        attempt_failed(exec, unit, op, sp);
    if (UNLIKELY(PyErr_Occurred() != NULL)) /* looking around may run out of memory: then it stays as it is */
        PyErr_Clear();
}
