/* SPDX-License-Identifier: MIT */
/* The evaluator: one function, computed gotos, instructions by family in instructions/ *.inc.
 *
 * Registers:  frame  the running activation
 *             pc     the unit that runs; instructions save it in frame->pc before anything that could look at it (SAVE)
 *             sp     next free place of the evaluation stack
 *             dispatch  addresses by unit op: `table`, or `traced` while the thread is being traced
 *
 * A call of a Python function pushes a frame and goes on in the same loop; frame->on_return says what its result is for.
 * Only the frame given to tai_eval (RETURN_TO_C) returns to C.
 *
 * [EVAL-1] An instruction that fails leaves operands on the stack: everything below sp is owned and the unwinder pops it.
 * [EVAL-2] dispatch is looked up again (SYNC) after every call out that could have switched tracing.
 * Tests: tests/vm/.
 */
#include "vm/call.h"
#include "vm/fast_values.h"
#include "vm/generator.h"
#include "vm/helpers.h"
#include "vm/ops.h"
#include "vm/poly.h"
#include "vm/specialise.h"
#include "vm/stats.h"
#include "vm/traceback.h"
#include "vm/tracing.h"
#include "objects/dict/dict.h"
#include "objects/int/int.h"
#include "objects/list/list.h"
#include "objects/range.h"
#include "objects/tuple.h"
#include "objects/type/type.h"
#include "opcode.h"
#include "runtime/errors.h"
#include "runtime/recursion.h"
#include "structmember.h"

#pragma GCC optimize("no-gcse", "no-crossjumping")
#pragma GCC diagnostic ignored "-Woverride-init"
#ifdef __clang__
#pragma clang diagnostic ignored "-Winitializer-overrides"
#endif

/* gcc spills what every instruction needs when it decides by itself: nbody, recursion and methods gain 5 to 10 % here. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__OPTIMIZE__)
#define PIN(register_name) asm(register_name)
#else
#define PIN(register_name)
#endif

/* Where the C stack stands. Asking for the frame address would make the evaluator keep a frame pointer. */
#if defined(__GNUC__) && defined(__x86_64__)
#define TAI_STACK_HERE() ({ char *here_; __asm__("mov %%rsp, %0" : "=r"(here_)); here_; })
#else
#define TAI_STACK_HERE() ((char *)__builtin_frame_address(0))
#endif

#define OP(name) op_##name:
#define NEXT()                      \
    do {                            \
        pc++;                       \
        TAI_STEP(frame, pc, sp);    \
        goto *dispatch[pc->op];     \
    } while (0)
#define SKIP(n)                     \
    do {                            \
        pc += (n);                  \
        TAI_STEP(frame, pc, sp);    \
        goto *dispatch[pc->op];     \
    } while (0)
#define JUMP() SKIP((int32_t)pc->arg)
#define SAVE() (frame->pc = pc)
#define PUSH(v) (*sp++ = (v))
#define POP() (*--sp)
#define TOP() (sp[-1])
#define NAME_AT(unit) PyTuple_GET_ITEM(frame->code->co_names, (unit)->arg)
#define NAME() NAME_AT(pc)
#define LOCAL(i) (frame->slots[i])
#define CELL(i) (frame->slots[frame->code->co_nlocals + (i)])
#define STACK_BASE() (frame->slots + frame->exec->nslots)
#define SYNC() (dispatch = UNLIKELY(ts->use_tracing) ? traced : table)
#define UNIT() ((TaiUnit *)pc)
#define CACHE() (&frame->exec->caches[pc->cache])

/* A plain instruction that gave up specialising (see specialise.c) sees operands that could be: it tries again. */
#define AGAIN_IF(name, condition)                                                                       \
    do {                                                                                                \
        if (pc->op == (name) && UNLIKELY(condition) && (frame->exec->flags & EXEC_WARM))                \
            tai_specialise_again(frame->exec, UNIT());                                                  \
    } while (0)

/* Result of a binary or unary slot in the place of its operands. */
#define RESULT(n, v)                \
    do {                            \
        PyObject *result_ = (v);    \
        if (UNLIKELY(result_ == NULL)) \
            goto error;             \
        sp -= (n);                  \
        PUSH(result_);              \
    } while (0)

/* Truth of an object that is none of True, False, None: 1, 0, or -1 with an exception. Runs code. */
static inline int truth_of(PyObject *v)
{
    PyNumberMethods *number = Py_TYPE(v)->tp_as_number;
    if (number == NULL || number->nb_bool == NULL)
        return PyObject_IsTrue(v);
    int truth = number->nb_bool(v);
    return truth > 0 ? 1 : truth;
}

/* Put the exception state back from three slots (tb, value, type), which are stolen. */
static inline void restore_exc_info(PyThreadState *ts, PyObject **slots)
{
    _PyErr_StackItem *item = ts->exc_info;
    PyObject *type = item->exc_type, *value = item->exc_value, *traceback = item->exc_traceback;
    item->exc_type = slots[2];
    item->exc_value = slots[1];
    item->exc_traceback = slots[0];
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(traceback);
}

/* The current exception becomes the one being handled; six slots go on the stack ([EXEC-2]). Returns the new sp. */
static PyObject **push_handler(PyThreadState *ts, PyObject **sp)
{
    PyObject *type, *value, *traceback;
    _PyErr_StackItem *item = ts->exc_info;
    *sp++ = item->exc_traceback;
    *sp++ = item->exc_value;
    if (item->exc_type == NULL)
        Py_INCREF(Py_None);
    *sp++ = item->exc_type ? item->exc_type : Py_None;
    item->exc_type = item->exc_value = item->exc_traceback = NULL;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    PyException_SetTraceback(value, traceback ? traceback : Py_None);
    Py_INCREF(type);
    item->exc_type = type;
    Py_INCREF(value);
    item->exc_value = value;
    if (traceback == NULL) {
        traceback = Py_None;
        Py_INCREF(traceback);
    }
    Py_INCREF(traceback);
    item->exc_traceback = traceback;
    *sp++ = traceback;
    *sp++ = value;
    *sp++ = type;
    return sp;
}

/* Leave the handler block whose slots start at slots; everything above its first three has been popped. */
static void leave_handler(PyThreadState *ts, PyObject **slots)
{
    if (slots[2] != NULL)
        restore_exc_info(ts, slots);
    else {
        Py_XDECREF(slots[0]);
        Py_XDECREF(slots[1]);
    }
}

/* Go through the blocks around unit: 1 with *sp_io at the handler's six slots and *target set, or 0. Runs code. */
static int unwind(PyThreadState *ts, TaiFrame *f, Py_ssize_t unit, PyObject ***sp_io, uint32_t *target)
{
    TaiExec *exec = f->exec;
    PyObject **sp = *sp_io, **base = tai_frame_stack(f);
    uint16_t block = unit < 0 ? EXEC_NO_BLOCK : exec->block[unit];
    while (block != EXEC_NO_BLOCK) {
        TaiBlock *b = &exec->blocks[block];
        PyObject **floor = base + b->depth + (b->kind == BLOCK_HANDLER ? 3 : 0);
        while (sp > floor) {
            PyObject *v = *--sp;
            Py_XDECREF(v);
        }
        if (b->kind == BLOCK_TRY) {
            *sp_io = push_handler(ts, sp);
            *target = b->handler;
            return 1;
        }
        sp = base + b->depth;
        leave_handler(ts, sp);
        block = b->outer;
    }
    *sp_io = sp;
    return 0;
}

/* Where a finally body that was called goes on: verified, since the int could be any. -1 with SystemError. */
static Py_ssize_t finally_return(TaiFrame *f, PyObject *where, Py_ssize_t depth)
{
    Py_ssize_t unit = PyLong_AsSsize_t(where);
    TaiExec *exec = f->exec;
    if (unit < 1 || unit >= (Py_ssize_t)exec->nunits || tai_exec_base(exec, unit - 1) != CALL_FINALLY ||
        exec->depth[unit] == EXEC_UNREACHED || exec->depth[unit] > depth + 5) {
        PyErr_SetString(PyExc_SystemError, "'finally' pops bad exception");
        return -1;
    }
    return unit;
}

static inline void leave_depth(PyThreadState *ts)
{
    --ts->recursion_depth;
    if (UNLIKELY(ts->overflowed)) {
        tai_stack_sync(tai_thread(ts));
        tai_recursion_left(ts);
    }
}

/* Before f, which foreign code may have switched to, stops executing: the frame object is what tells its stack, and TAI_LOOK
 * may have got lost [SWITCH-1]. */
static inline void sync_before_end(TaiThread *th, TaiFrame *f)
{
    if (UNLIKELY(f->object != NULL && th->told.open))
        tai_stack_sync(th);
}

/* Release all that a finished call frame holds. Its values are those below sp. */
static inline void clear_call_frame(TaiThread *th, TaiFrame *f, PyObject **sp)
{
    if (UNLIKELY(f->object != NULL || f->locals != NULL)) {
        sync_before_end(th, f);
        f->sp = sp;
        tai_frame_clear(f);
        return;
    }
    for (PyObject **slot = f->slots; slot < sp; slot++)
        Py_XDECREF(*slot);
    if (LIKELY(f->func != NULL))
        Py_DECREF(f->func);
    else
        Py_DECREF(f->globals);
    Py_DECREF(f->builtins);
    Py_DECREF(f->code);
}

#define DROP_BELOW(floor)                               \
    for (PyObject **floor_ = (floor); sp > floor_;) {   \
        PyObject *drop_ = POP();                        \
        Py_XDECREF(drop_);                              \
    }

PyObject *tai_eval(PyThreadState *ts, TaiFrame *entry, int throwing)
{
    static const void *const table[512] = {
        [0 ... 511] = &&op_TRAP,
#define OPCODE(name, number, operand, pops, pushes) [number] = &&op_##name,
#include "defs/opcode.def"
#define TAI_OP(name, base, width) [TAI_OP_##name] = &&op_##name,
#include "vm/instructions/ops.def"
    };
    static const void *const traced[512] = {[0 ... 511] = &&trace_unit};
    _Static_assert(TAI_OP_COUNT < 512, "the dispatch tables have 512 entries");

    TaiThread *th = tai_thread(ts);
    register const void *const *dispatch PIN("r14") = table;
    register const TaiUnit *pc PIN("r12");
    register PyObject **sp PIN("rbx");
    register TaiFrame *frame PIN("r13") = entry;
    TaiFrame *callee;
    PyObject *retval, **call_base, **call_args;
    Py_ssize_t call_nargs;
    PyFunctionObject *call_method_func;

    frame->back = tai_thread_frame(ts);
    frame->on_return = RETURN_TO_C;
    if (UNLIKELY(TAI_STACK_HERE() <= th->c_stack_limit)) {
        ts->recursion_depth++;
        if (tai_recursion_check(ts, "") < 0) {
            if (frame->gen == NULL)
                tai_frame_clear(frame);
            return NULL;
        }
        ts->recursion_depth--;
    }
    goto start_frame;

    /* ---- entering and leaving -------------------------------------------------------------------------------- */

enter: /* callee, made on the data stack; the caller's operands are gone from its stack */
    frame->pc = pc;
    frame->sp = sp;
    callee->back = frame;
    frame = callee;
start_frame:
    if (UNLIKELY(++ts->recursion_depth > _Py_CheckRecursionLimit) && tai_recursion_check(ts, "") < 0)
        goto refused;
    th->frame = frame;
    frame->executing = 1;
    pc = frame->pc;
    sp = frame->sp;
    if (UNLIKELY(frame->exec->warmup != 0) && --frame->exec->warmup == 0)
        tai_exec_warm(frame->exec);
    SYNC();
    if (UNLIKELY(ts->use_tracing) && tai_trace_call(ts, frame) < 0)
        goto leave_error_untraced;
    if (UNLIKELY(throwing)) {
        throwing = 0;
        goto error;
    }
    if (UNLIKELY(tai_eval_breaker)) {
        int op = pc[1].op;
        if (op != SETUP_FINALLY && op != SETUP_WITH && op != BEFORE_ASYNC_WITH && op != YIELD_FROM) {
            if (tai_eval_break(ts) < 0)
                goto error;
            SYNC();
        }
    }
    NEXT();

refused: /* the frame must not start: recursion limit */
    callee = frame->back;
    if (frame->on_return == RETURN_TO_C) {
        if (frame->gen == NULL)
            tai_frame_clear(frame);
        return NULL;
    }
    if (frame->gen != NULL) {
        tai_gen_unlink_exc(ts, frame->gen);
        tai_gen_finished(frame->gen);
    }
    else {
        th->frame = callee;
        tai_frame_drop(th, frame);
    }
    frame = callee;
    pc = frame->pc;
    sp = frame->sp;
    goto error;

leave: /* with retval */
    if (UNLIKELY(ts->use_tracing)) {
        frame->pc = pc;
        frame->sp = sp;
        retval = tai_trace_return(ts, frame, retval, 0);
        if (retval == NULL)
            goto leave_error_untraced;
    }
    callee = frame;
    frame = callee->back;
    th->frame = frame;
    leave_depth(ts);
    if (UNLIKELY(callee->on_return != RETURN_PUSH))
        goto leave_special;
    clear_call_frame(th, callee, sp);
    tai_stack_pop(th, callee);
    pc = frame->pc;
    sp = frame->sp;
    PUSH(retval);
    SYNC();
    NEXT();

leave_special:
    sync_before_end(th, callee);
    callee->executing = 0;
    callee->sp = sp;
    if (callee->gen != NULL && callee->on_return != RETURN_TO_C) {
        tai_gen_unlink_exc(ts, callee->gen);
        tai_gen_finished(callee->gen);
    }
    else {
        tai_frame_clear(callee);
        if (callee->on_return == RETURN_TO_C)
            return retval;
        tai_stack_pop(th, callee);
    }
    pc = frame->pc;
    sp = frame->sp;
    SYNC();
    switch (callee->on_return) {
    case RETURN_INIT:
        if (UNLIKELY(tai_init_result(retval) < 0))
            goto error;
        if (UNLIKELY(tai_eval_breaker)) /* what the new object's dict asked for ([GCC-3]) comes before the next step */
            goto break_after_call;
        NEXT();
    case RETURN_FOR_ITER: /* the iterator on the stack is exhausted */
        Py_DECREF(retval);
        retval = POP();
        Py_DECREF(retval);
        JUMP();
    case RETURN_SEND:
        Py_SETREF(sp[-1], retval);
        NEXT();
    default:
        PUSH(retval);
        NEXT();
    }

yield_out: /* with retval; frame->pc and sp are set for going on */
    frame->sp = sp;
    if (UNLIKELY(ts->use_tracing)) {
        retval = tai_trace_return(ts, frame, retval, 1);
        if (retval == NULL)
            goto leave_error_untraced;
    }
    callee = frame;
    frame = callee->back;
    th->frame = frame;
    leave_depth(ts);
    sync_before_end(th, callee);
    callee->executing = 0;
    if (UNLIKELY(callee->object != NULL))
        tai_frame_suspended(callee->object);
    if (callee->on_return == RETURN_TO_C)
        return retval;
    tai_gen_unlink_exc(ts, callee->gen);
    callee->gen->gi_running = 0;
    pc = frame->pc;
    sp = frame->sp;
    SYNC();
    if (callee->on_return == RETURN_FOR_ITER) {
        PUSH(retval);
        NEXT();
    }
    frame->pc = pc - 1; /* RETURN_SEND: this frame yields it as well */
    goto yield_out;

leave_error: /* the exception goes to the caller */
    if (UNLIKELY(ts->use_tracing)) {
        frame->sp = sp;
        (void)tai_trace_return(ts, frame, NULL, 0);
    }
leave_error_untraced:
    callee = frame;
    frame = callee->back;
    th->frame = frame;
    leave_depth(ts);
    sync_before_end(th, callee);
    callee->executing = 0;
    callee->sp = sp;
    if (callee->gen != NULL && callee->on_return != RETURN_TO_C) {
        tai_gen_unlink_exc(ts, callee->gen);
        tai_gen_fix_stop_iteration(callee->gen);
        tai_gen_finished(callee->gen);
    }
    else {
        tai_frame_clear(callee);
        if (callee->on_return == RETURN_TO_C)
            return NULL;
        tai_stack_pop(th, callee);
    }
    pc = frame->pc;
    sp = frame->sp;
    goto error;

    /* ---- exceptions ------------------------------------------------------------------------------------------ */

error:
    SAVE();
    SYNC();
    if (UNLIKELY(ts->curexc_type == NULL)) /* a slot of a foreign type forgot it */
        PyErr_SetString(PyExc_SystemError, "error return without exception set");
    tai_traceback_here(ts, frame);
    if (UNLIKELY(ts->use_tracing) && ts->c_tracefunc != NULL)
        tai_trace_exception(ts, frame);
unwind: {
    uint32_t target;
    PyObject **unwound = sp; /* the address of sp must not be taken: it would live in memory */
    int caught = unwind(ts, frame, pc - frame->exec->units, &unwound, &target);
    sp = unwound;
    if (!caught)
        goto leave_error;
    SYNC();
    pc = frame->exec->units + target;
    SKIP(0);
}

trace_unit:
    SAVE();
    frame->sp = sp;
    if (tai_trace_unit(ts, frame) < 0)
        goto error;
    pc = frame->pc;
    sp = frame->sp;
    SYNC();
    goto *table[tai_exec_base(frame->exec, pc - frame->exec->units)];

OP(TRAP)
    SAVE();
    PyErr_SetString(PyExc_SystemError, "unknown opcode");
    goto error;

#include "vm/instructions/stack.inc"
#include "vm/instructions/names.inc"
#include "vm/instructions/operators.inc"
#include "vm/instructions/build.inc"
#include "vm/instructions/control.inc"
#include "vm/instructions/calls.inc"
#include "vm/instructions/exceptions.inc"
#include "vm/instructions/generators.inc"
}
