/* SPDX-License-Identifier: MIT */
/* comp_flow: code for if, loops, try and with, and for leaving them by break, continue and return.
 *
 * Each syntactic block that needs care when it is left stands on the unit's stack of flows; a jump or return out of it emits, from
 * the innermost outwards, what restores the stack and runs the finally blocks.
 * A finally block is compiled before its try block, because the try block's form depends on whether the finally block
 * jumps or returns; its instructions are then moved behind (move_out, move_in).
 * Tests: tests/frontend/test_cases.py, tools/compare_code.
 */
#include "frontend/compiler.h"

/* ---- the stack of flows ---- */

static int push_flow(Compiler *c, FlowKind kind, Label start, Label exit)
{
    Unit *u = c->unit;
    if (u->flow_count >= CO_MAXBLOCKS) {
        PyErr_SetString(PyExc_SyntaxError, "too many statically nested blocks");
        return -1;
    }
    u->flows[u->flow_count++] = (Flow){kind, start, exit, 0};
    return 0;
}

static void pop_flow(Compiler *c)
{
    c->unit->flow_count--;
}

static int unwind_with(Compiler *c, const Flow *flow, int keep_top)
{
    TRY(tai_emit(c, POP_BLOCK));
    if (keep_top)
        TRY(tai_emit(c, ROT_TWO));
    TRY(tai_emit(c, BEGIN_FINALLY));
    TRY(tai_emit(c, WITH_CLEANUP_START));
    if (flow->kind == FLOW_ASYNC_WITH) {
        TRY(tai_emit(c, GET_AWAITABLE));
        TRY(tai_emit_const(c, Py_None));
        TRY(tai_emit(c, YIELD_FROM));
    }
    TRY(tai_emit(c, WITH_CLEANUP_FINISH));
    return tai_emit_arg(c, POP_FINALLY, 0);
}

static int unwind_try2(Compiler *c, const Flow *flow, int keep_top)
{
    TRY(tai_emit(c, POP_BLOCK));
    if (!keep_top) {
        TRY(tai_emit_jump(c, CALL_FINALLY, flow->exit));
        return tai_emit(c, POP_TOP);
    }
    TRY(tai_emit(c, ROT_TWO));
    TRY(tai_emit(c, POP_TOP));
    return tai_emit_jump(c, CALL_FINALLY, flow->exit);
}

static int unwind_handler(Compiler *c, const Flow *flow, int keep_top)
{
    if (keep_top)
        TRY(tai_emit(c, ROT_FOUR));
    if (flow->exit == NO_LABEL)
        return tai_emit(c, POP_EXCEPT);
    TRY(tai_emit(c, POP_BLOCK));
    TRY(tai_emit(c, POP_EXCEPT));
    return tai_emit_jump(c, CALL_FINALLY, flow->exit);
}

/* Leave one flow; keep_top: the value on top of the stack (to be returned) stays there. */
static int unwind(Compiler *c, Flow *flow, int keep_top)
{
    switch (flow->kind) {
    case FLOW_WHILE:
        return 0;
    case FLOW_FINALLY:
        flow->left = 1;
        TRY(tai_emit_arg(c, POP_FINALLY, keep_top));
        if (keep_top)
            TRY(tai_emit(c, ROT_TWO));
        return tai_emit(c, POP_TOP);
    case FLOW_FOR:
        if (keep_top)
            TRY(tai_emit(c, ROT_TWO));
        return tai_emit(c, POP_TOP);
    case FLOW_EXCEPT:
        return tai_emit(c, POP_BLOCK);
    case FLOW_FINALLY_TRY:
        TRY(tai_emit(c, POP_BLOCK));
        return tai_emit_jump(c, CALL_FINALLY, flow->exit);
    case FLOW_FINALLY_TRY2:
        return unwind_try2(c, flow, keep_top);
    case FLOW_WITH:
    case FLOW_ASYNC_WITH:
        return unwind_with(c, flow, keep_top);
    case FLOW_HANDLER:
        return unwind_handler(c, flow, keep_top);
    }
    return 0;
}

static int compile_break(Compiler *c)
{
    for (int i = c->unit->flow_count; i-- > 0;) {
        Flow *flow = &c->unit->flows[i];
        TRY(unwind(c, flow, 0));
        if (flow->kind == FLOW_WHILE || flow->kind == FLOW_FOR)
            return tai_emit_jump(c, JUMP_ABSOLUTE, flow->exit);
    }
    return tai_fail(c, "'break' outside loop");
}

static int compile_continue(Compiler *c)
{
    for (int i = c->unit->flow_count; i-- > 0;) {
        Flow *flow = &c->unit->flows[i];
        if (flow->kind == FLOW_WHILE || flow->kind == FLOW_FOR)
            return tai_emit_jump(c, JUMP_ABSOLUTE, flow->start);
        TRY(unwind(c, flow, 0));
    }
    return tai_fail(c, "'continue' not properly in loop");
}

static int compile_return(Compiler *c, stmt_ty s)
{
    expr_ty value = s->v.Return.value;
    int keep_top = value && value->kind != Constant_kind;
    if (c->unit->scope->type != FunctionBlock)
        return tai_fail(c, "'return' outside function");
    if (value && c->unit->scope->coroutine && c->unit->scope->generator)
        return tai_fail(c, "'return' with value in async generator");
    if (keep_top)
        TRY(tai_compile_expr(c, value));
    for (int i = c->unit->flow_count; i-- > 0;)
        TRY(unwind(c, &c->unit->flows[i], keep_top));
    if (!value)
        TRY(tai_emit_const(c, Py_None));
    else if (!keep_top)
        TRY(tai_compile_expr(c, value));
    return tai_emit(c, RETURN_VALUE);
}

/* ---- if and loops ---- */

/* The truth of a test that is known here: 0 or 1; 2 if it is not, -1 with an exception. */
static int known_truth(expr_ty e)
{
    return e->kind == Constant_kind ? PyObject_IsTrue(e->v.Constant.value) : 2;
}

static int compile_silently(Compiler *c, asdl_seq *stmts)
{
    c->silent++;
    int result = tai_compile_stmts(c, stmts);
    c->silent--;
    return result;
}

static int compile_if(Compiler *c, stmt_ty s)
{
    asdl_seq *body = s->v.If.body, *orelse = s->v.If.orelse;
    Label end = tai_label_new(c), next = end;
    int truth = known_truth(s->v.If.test);
    if (end < 0 || truth < 0)
        return -1;
    if (truth == 0) {
        TRY(compile_silently(c, body));
        TRY(tai_compile_stmts(c, orelse));
    }
    else if (truth == 1) {
        TRY(tai_compile_stmts(c, body));
        TRY(compile_silently(c, orelse));
    }
    else {
        if (asdl_seq_LEN(orelse) && (next = tai_label_new(c)) < 0)
            return -1;
        TRY(tai_compile_jump_if(c, s->v.If.test, next, 0));
        TRY(tai_compile_stmts(c, body));
        if (asdl_seq_LEN(orelse)) {
            TRY(tai_emit_jump(c, JUMP_FORWARD, end));
            tai_label_here(c, next);
            TRY(tai_compile_stmts(c, orelse));
        }
    }
    tai_label_here(c, end);
    return 0;
}

/* while 0: the body is only checked. */
static int compile_dead_while(Compiler *c, stmt_ty s)
{
    c->silent++;
    int failed = push_flow(c, FLOW_WHILE, NO_LABEL, NO_LABEL);
    if (!failed) {
        failed = tai_compile_stmts(c, s->v.While.body);
        pop_flow(c);
    }
    c->silent--;
    return failed ? -1 : tai_compile_stmts(c, s->v.While.orelse);
}

static int compile_while(Compiler *c, stmt_ty s)
{
    int truth = known_truth(s->v.While.test);
    if (truth <= 0)
        return truth < 0 ? -1 : compile_dead_while(c, s);
    Label loop = tai_label_new(c), end = tai_label_new(c), done = tai_label_new(c);
    if (loop < 0 || end < 0 || done < 0)
        return -1;
    tai_label_here(c, loop);
    TRY(push_flow(c, FLOW_WHILE, loop, end));
    if (truth == 2)
        TRY(tai_compile_jump_if(c, s->v.While.test, done, 0));
    TRY(tai_compile_stmts(c, s->v.While.body));
    TRY(tai_emit_jump(c, JUMP_ABSOLUTE, loop));
    if (truth == 2)
        tai_label_here(c, done);
    pop_flow(c);
    TRY(tai_compile_stmts(c, s->v.While.orelse));
    tai_label_here(c, end);
    return 0;
}

static int compile_for(Compiler *c, stmt_ty s)
{
    Label start = tai_label_new(c), done = tai_label_new(c), end = tai_label_new(c);
    if (start < 0 || done < 0 || end < 0)
        return -1;
    TRY(push_flow(c, FLOW_FOR, start, end));
    TRY(tai_compile_expr(c, s->v.For.iter));
    TRY(tai_emit(c, GET_ITER));
    tai_label_here(c, start);
    TRY(tai_emit_jump(c, FOR_ITER, done));
    TRY(tai_compile_expr(c, s->v.For.target));
    TRY(tai_compile_stmts(c, s->v.For.body));
    TRY(tai_emit_jump(c, JUMP_ABSOLUTE, start));
    tai_label_here(c, done);
    pop_flow(c);
    TRY(tai_compile_stmts(c, s->v.For.orelse));
    tai_label_here(c, end);
    return 0;
}

/* async statements stand in coroutines, or at top level where that is allowed. */
static int check_async(Compiler *c, const char *message)
{
    if (tai_top_level_await(c)) {
        c->unit->scope->coroutine = 1;
        return 0;
    }
    return c->unit->kind == UNIT_ASYNC_FUNCTION ? 0 : tai_fail(c, message);
}

static int emit_await(Compiler *c)
{
    TRY(tai_emit(c, GET_AWAITABLE));
    TRY(tai_emit_const(c, Py_None));
    return tai_emit(c, YIELD_FROM);
}

static int compile_async_for(Compiler *c, stmt_ty s)
{
    TRY(check_async(c, "'async for' outside async function"));
    Label start = tai_label_new(c), done = tai_label_new(c), end = tai_label_new(c);
    if (start < 0 || done < 0 || end < 0)
        return -1;
    TRY(tai_compile_expr(c, s->v.AsyncFor.iter));
    TRY(tai_emit(c, GET_AITER));
    tai_label_here(c, start);
    TRY(push_flow(c, FLOW_FOR, start, end));
    TRY(tai_emit_jump(c, SETUP_FINALLY, done));
    TRY(tai_emit(c, GET_ANEXT));
    TRY(tai_emit_const(c, Py_None));
    TRY(tai_emit(c, YIELD_FROM));
    TRY(tai_emit(c, POP_BLOCK));
    TRY(tai_compile_expr(c, s->v.AsyncFor.target));
    TRY(tai_compile_stmts(c, s->v.AsyncFor.body));
    TRY(tai_emit_jump(c, JUMP_ABSOLUTE, start));
    pop_flow(c);
    tai_label_here(c, done);
    TRY(tai_emit(c, END_ASYNC_FOR));
    TRY(tai_compile_stmts(c, s->v.AsyncFor.orelse));
    tai_label_here(c, end);
    return 0;
}

/* ---- try ---- */

/* except … as name: the body runs in a try whose finally forgets the name. */
static int compile_named_handler(Compiler *c, excepthandler_ty h)
{
    PyObject *name = h->v.ExceptHandler.name;
    Label body = tai_label_new(c), forget = tai_label_new(c);
    if (body < 0 || forget < 0)
        return -1;
    TRY(tai_emit_variable(c, name, Store));
    TRY(tai_emit(c, POP_TOP));
    TRY(tai_emit_jump(c, SETUP_FINALLY, forget));
    tai_label_here(c, body);
    TRY(push_flow(c, FLOW_HANDLER, body, forget));
    TRY(tai_compile_stmts(c, h->v.ExceptHandler.body));
    TRY(tai_emit(c, POP_BLOCK));
    TRY(tai_emit(c, BEGIN_FINALLY));
    pop_flow(c);
    tai_label_here(c, forget);
    TRY(push_flow(c, FLOW_FINALLY, forget, NO_LABEL));
    TRY(tai_emit_const(c, Py_None));
    TRY(tai_emit_variable(c, name, Store));
    TRY(tai_emit_variable(c, name, Del));
    TRY(tai_emit(c, END_FINALLY));
    TRY(tai_emit(c, POP_EXCEPT));
    pop_flow(c);
    return 0;
}

static int compile_plain_handler(Compiler *c, excepthandler_ty h)
{
    TRY(tai_emit(c, POP_TOP));
    TRY(tai_emit(c, POP_TOP));
    tai_block_next(c);
    TRY(push_flow(c, FLOW_HANDLER, NO_LABEL, NO_LABEL));
    TRY(tai_compile_stmts(c, h->v.ExceptHandler.body));
    TRY(tai_emit(c, POP_EXCEPT));
    pop_flow(c);
    return 0;
}

static int compile_handler(Compiler *c, excepthandler_ty h, Label end)
{
    Label next = tai_label_new(c);
    if (next < 0)
        return -1;
    if (h->v.ExceptHandler.type) {
        TRY(tai_emit(c, DUP_TOP));
        TRY(tai_compile_expr(c, h->v.ExceptHandler.type));
        TRY(tai_emit_arg(c, COMPARE_OP, PyCmp_EXC_MATCH));
        TRY(tai_emit_jump(c, POP_JUMP_IF_FALSE, next));
    }
    TRY(tai_emit(c, POP_TOP));
    TRY(h->v.ExceptHandler.name ? compile_named_handler(c, h) : compile_plain_handler(c, h));
    TRY(tai_emit_jump(c, JUMP_FORWARD, end));
    tai_label_here(c, next);
    return 0;
}

static int compile_try_except(Compiler *c, stmt_ty s)
{
    Label handlers = tai_label_new(c), orelse = tai_label_new(c), end = tai_label_new(c);
    if (handlers < 0 || orelse < 0 || end < 0)
        return -1;
    TRY(tai_emit_jump(c, SETUP_FINALLY, handlers));
    tai_block_next(c);
    TRY(push_flow(c, FLOW_EXCEPT, NO_LABEL, NO_LABEL));
    TRY(tai_compile_stmts(c, s->v.Try.body));
    TRY(tai_emit(c, POP_BLOCK));
    pop_flow(c);
    TRY(tai_emit_jump(c, JUMP_FORWARD, orelse));
    tai_label_here(c, handlers);
    for (Py_ssize_t i = 0, n = asdl_seq_LEN(s->v.Try.handlers); i < n; i++) {
        excepthandler_ty h = asdl_seq_GET(s->v.Try.handlers, i);
        if (!h->v.ExceptHandler.type && i < n - 1)
            return tai_fail(c, "default 'except:' must be last");
        c->unit->line = h->lineno;
        c->unit->column = h->col_offset;
        c->unit->line_marked = 0;
        TRY(compile_handler(c, h, end));
    }
    TRY(tai_emit(c, END_FINALLY));
    tai_label_here(c, orelse);
    TRY(tai_compile_stmts(c, s->v.Try.orelse));
    tai_label_here(c, end);
    return 0;
}

/* Instructions taken out of the stream, to be put back later. */
typedef struct {
    Ins *code;
    int count, from;      /* from: index it stood at */
    Label first, last;    /* labels from first to last - 1 may stand in it */
    int returned;
} Segment;

static int move_out(Compiler *c, Segment *segment, int from, Label first)
{
    Unit *u = c->unit;
    *segment = (Segment){NULL, u->count - from, from, first, u->label_count, u->returned};
    if (segment->count) {
        segment->code = PyArena_Malloc(c->arena, segment->count * sizeof(Ins));
        if (!segment->code)
            return -1;
        memcpy(segment->code, u->code + from, segment->count * sizeof(Ins));
    }
    u->count = from;
    return 0;
}

static int move_in(Compiler *c, const Segment *segment)
{
    Unit *u = c->unit;
    int shift = u->count - segment->from;
    while (u->room < u->count + segment->count) {
        Ins *code = PyArena_Malloc(c->arena, 2 * (size_t)(u->room + segment->count) * sizeof(Ins));
        if (!code)
            return -1;
        if (u->count)
            memcpy(code, u->code, u->count * sizeof(Ins));
        u->code = code;
        u->room = 2 * (u->room + segment->count);
    }
    if (segment->count)
        memcpy(u->code + u->count, segment->code, segment->count * sizeof(Ins));
    u->count += segment->count;
    for (Label label = segment->first; label < segment->last; label++)
        if (u->labels[label] >= 0)
            u->labels[label] += shift;
    u->returned = segment->returned;
    return 0;
}

/* The finally block; *jumps tells whether a jump or return leaves it. */
static int compile_finally_block(Compiler *c, stmt_ty s, Label end, int *jumps)
{
    tai_label_here(c, end);
    TRY(push_flow(c, FLOW_FINALLY, end, end));
    TRY(tai_compile_stmts(c, s->v.Try.finalbody));
    TRY(tai_emit(c, END_FINALLY));
    *jumps = c->unit->flows[c->unit->flow_count - 1].left;
    if (*jumps)
        TRY(tai_emit(c, POP_TOP)); /* the placeholder */
    pop_flow(c);
    return 0;
}

static int compile_try_finally(Compiler *c, stmt_ty s)
{
    Unit *u = c->unit;
    Label end = tai_label_new(c);
    int from = u->count, returned = u->returned, empty_entry = u->empty_entry, jumps;
    Segment finally;
    if (end < 0)
        return -1;
    TRY(compile_finally_block(c, s, end, &jumps));
    TRY(move_out(c, &finally, from, end));
    u->returned = returned;
    u->empty_entry = empty_entry;
    u->line = s->lineno;
    u->column = s->col_offset;
    u->line_marked = 0;
    if (jumps)
        TRY(tai_emit_const(c, Py_None)); /* a placeholder, so that the stack is level when the finally block is left early */
    TRY(tai_emit_jump(c, SETUP_FINALLY, end));
    tai_block_next(c);
    TRY(push_flow(c, jumps ? FLOW_FINALLY_TRY2 : FLOW_FINALLY_TRY, NO_LABEL, end));
    if (asdl_seq_LEN(s->v.Try.handlers))
        TRY(compile_try_except(c, s));
    else
        TRY(tai_compile_stmts(c, s->v.Try.body));
    TRY(tai_emit(c, POP_BLOCK));
    TRY(tai_emit(c, BEGIN_FINALLY));
    pop_flow(c);
    return move_in(c, &finally);
}

/* ---- with ---- */

static int enter_context(Compiler *c, withitem_ty item, int is_async, Label cleanup)
{
    TRY(tai_compile_expr(c, item->context_expr));
    if (is_async) {
        TRY(tai_emit(c, BEFORE_ASYNC_WITH));
        TRY(emit_await(c));
    }
    return tai_emit_jump(c, is_async ? SETUP_ASYNC_WITH : SETUP_WITH, cleanup);
}

/* Item number index and what is inside it. With and AsyncWith have the same layout. */
static int compile_with_item(Compiler *c, stmt_ty s, Py_ssize_t index)
{
    withitem_ty item = asdl_seq_GET(s->v.With.items, index);
    int is_async = s->kind == AsyncWith_kind;
    Label cleanup = tai_label_new(c);
    if (cleanup < 0 || tai_tree_too_deep(" during compilation"))
        return -1;
    if (is_async)
        TRY(check_async(c, "'async with' outside async function"));
    TRY(enter_context(c, item, is_async, cleanup));
    tai_block_next(c);
    TRY(push_flow(c, is_async ? FLOW_ASYNC_WITH : FLOW_WITH, NO_LABEL, cleanup));
    if (item->optional_vars)
        TRY(tai_compile_expr(c, item->optional_vars));
    else
        TRY(tai_emit(c, POP_TOP));
    if (index + 1 == asdl_seq_LEN(s->v.With.items))
        TRY(tai_compile_stmts(c, s->v.With.body));
    else
        TRY(compile_with_item(c, s, index + 1));
    TRY(tai_emit(c, POP_BLOCK));
    TRY(tai_emit(c, BEGIN_FINALLY));
    pop_flow(c);
    tai_label_here(c, cleanup);
    TRY(push_flow(c, FLOW_FINALLY, cleanup, NO_LABEL));
    TRY(tai_emit(c, WITH_CLEANUP_START));
    if (is_async)
        TRY(emit_await(c));
    TRY(tai_emit(c, WITH_CLEANUP_FINISH));
    TRY(tai_emit(c, END_FINALLY));
    pop_flow(c);
    return 0;
}

int tai_compile_flow(Compiler *c, stmt_ty s)
{
    switch (s->kind) {
    case Return_kind:
        return compile_return(c, s);
    case Break_kind:
        return compile_break(c);
    case Continue_kind:
        return compile_continue(c);
    case If_kind:
        return compile_if(c, s);
    case While_kind:
        return compile_while(c, s);
    case For_kind:
        return compile_for(c, s);
    case AsyncFor_kind:
        return compile_async_for(c, s);
    case Try_kind:
        return asdl_seq_LEN(s->v.Try.finalbody) ? compile_try_finally(c, s) : compile_try_except(c, s);
    case With_kind:
    case AsyncWith_kind:
        return compile_with_item(c, s, 0);
    default:
        return 0;
    }
}
