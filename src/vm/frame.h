/* SPDX-License-Identifier: MIT */
/* Activations. A Python call is a TaiFrame on the thread's data stack, a generator's is inside the generator.
 *
 *   TaiThread.frame -> innermost;  .back leads outwards, across C code that runs in between
 *
 *   data stack chunk:  | link | TaiFrame, slots | TaiFrame, slots | ... free ... |
 *   slots:             locals | cells | free variables | evaluation stack
 *
 * A PyFrameObject is made when somebody can see it (tai_frame_object), and is tied to its activation by
 * tai_frameobj_live(); while tied, the values are the activation's, and when the activation ends they move into the object
 * if others hold it. A PyFrameObject made by PyFrame_New has its values from the start; running it ties it to an activation.
 *
 * [FRAME-1] `pc` is the unit that runs or ran last; `pc < units` means not started. It is exact whenever code can look at it.
 * [FRAME-2] `sp` is exact when the frame is suspended: a caller during a call, a generator between resumptions.
 * [FRAME-3] slots[0 .. nslots-1] are always owned values or NULL; the evaluation stack below sp is owned.
 * [FRAME-4] A generator's frame is on the thread's chain exactly while it runs.
 */
#ifndef TAI_VM_FRAME_H
#define TAI_VM_FRAME_H

#include "Python.h"
#include "frameobject.h"
#include "vm/exec.h"
#include <string.h>

/* What happens with the result of an activation. */
enum TaiReturn {
    RETURN_TO_C,        /* the evaluator returns to its caller */
    RETURN_PUSH,        /* push on the caller's stack, go on behind its pc */
    RETURN_INIT,        /* __init__: must be None; the object is on the caller's stack already */
    RETURN_FOR_ITER,    /* generator resumed by FOR_ITER */
    RETURN_SEND,        /* generator resumed by YIELD_FROM */
};

struct TaiFrame {
    TaiFrame *back;
    const TaiUnit *pc;
    PyObject **sp;
    PyObject **consts;        /* borrowed from code */
    TaiExec *exec;            /* borrowed from code */
    PyCodeObject *code;       /* owned */
    PyObject *func;           /* owned, or NULL: the function that was called */
    PyObject *globals;        /* borrowed from func; owned if there is none */
    PyObject *builtins;       /* owned */
    PyObject *locals;         /* owned, or NULL */
    PyFrameObject *object;    /* owned, or NULL */
    PyGenObject *gen;         /* borrowed: the generator that holds this frame, or NULL */
    uint8_t on_return;        /* enum TaiReturn */
    uint8_t executing;        /* is on a thread's chain */
    uint8_t ended;            /* generator frame whose slots have been released */
    uint8_t unused[5];
    PyObject *slots[];
};

static inline PyObject **tai_frame_stack(TaiFrame *f) { return f->slots + f->exec->nslots; }
static inline int tai_frame_lasti(const TaiFrame *f) { return 2 * (int)(f->pc - f->exec->units); }
static inline size_t tai_frame_bytes(const TaiExec *exec)
{
    return sizeof(TaiFrame) + (size_t)exec->nframe * sizeof(PyObject *);
}

/* ---- data stack ---------------------------------------------------------------------------------------------- */

/* Room for bytes in a new chunk; NULL with MemoryError. */
NODISCARD TaiFrame *tai_stack_grow(TaiThread *th, size_t bytes);
/* Release a frame that is the first of its chunk, or after a window of foreign code (vm/stack_switch.c). */
void tai_stack_shrink(TaiThread *th, TaiFrame *f);
/* Give all chunks back (the thread ends). */
void tai_stack_free(TaiThread *th);
void tai_stack_free_chunk(char *chunk);
/* Whether a stack that stands at (chunk, top) holds nothing. */
int tai_stack_is_empty(const char *chunk, const char *top);

/* The frame object of f goes away although f runs: its stack was switched away and will not come back. */
void tai_stack_abandon(TaiFrame *f);

/* A bit of ts.overflowed, besides 1: look whether the stack has been switched. See vm/stack_switch.c. */
enum { TAI_LOOK = 2 };

NODISCARD static inline TaiFrame *tai_stack_push(TaiThread *th, const TaiExec *exec)
{
    size_t bytes = tai_frame_bytes(exec);
    TaiFrame *f = (TaiFrame *)th->stack_top;
    if (UNLIKELY((intptr_t)th->stack_end - (intptr_t)th->stack_top < (intptr_t)bytes)) /* [SWITCH-1] no room */
        return tai_stack_grow(th, bytes);
    th->stack_top += bytes;
    return f;
}

/* A frame that is not the first of its chunk begins within CHUNK_BYTES of it. */
enum { TAI_CHUNK_HEADER = 48, TAI_CHUNK_BYTES = 64 * 1024 };
static inline void tai_stack_pop(TaiThread *th, TaiFrame *f)
{
    if (UNLIKELY((uintptr_t)f - (uintptr_t)th->stack_chunk - (TAI_CHUNK_HEADER + 1) >= TAI_CHUNK_BYTES))
        tai_stack_shrink(th, f);
    else
        th->stack_top = (char *)f;
}

/* ---- activations --------------------------------------------------------------------------------------------- */

/* Fill the header of a frame for func (stolen), or NULL and globals (stolen then); builtins is stolen. The slots are the
 * caller's job. */
static inline void tai_frame_init(TaiFrame *f, TaiExec *exec, PyObject *func, PyObject *globals, PyObject *builtins)
{
    f->pc = exec->units - 1;
    f->sp = f->slots + exec->nslots;
    f->exec = exec;
    f->code = exec->code;
    Py_INCREF(exec->code);
    f->consts = ((PyTupleObject *)exec->code->co_consts)->ob_item;
    f->func = func;
    f->globals = globals;
    f->builtins = builtins;
    f->locals = NULL;
    f->object = NULL;
    f->gen = NULL;
    f->on_return = RETURN_TO_C;
    f->executing = 0;
    f->ended = 0;
}

/* Builtins that code with these globals sees: those of the calling frame if it has the same globals. New; NULL with an
 * exception. Runs no code: whoever makes a frame has looked at the function already. */
PyObject *tai_builtins_lookup(PyObject *globals);
static inline PyObject *tai_builtins_of(PyObject *globals, TaiFrame *back)
{
    if (back == NULL || back->globals != globals)
        return tai_builtins_lookup(globals);
    Py_INCREF(back->builtins);
    return back->builtins;
}

/* The activation has ended: release everything that f holds (slots, stack, header), hand values to a frame object that
 * others hold. The frame must be off the chain. Runs code. Does not free the memory of f. */
void tai_frame_clear(TaiFrame *f);

/* tai_frame_clear and give the memory back to the data stack. */
void tai_frame_drop(TaiThread *th, TaiFrame *f);

/* ---- frame objects ------------------------------------------------------------------------------------------- */

/* The frame object of f (borrowed), made if need be; NULL with MemoryError. */
PyFrameObject *tai_frame_object(TaiFrame *f);

/* The same for the eyes of foreign code, which reads the struct: f_back and f_lasti are there. SHOW_INNER: so are the values of this frame
 * and of its caller (enough for a tracer, as each call is shown to it); SHOW_ALL: those of all outer frames. */
typedef enum TaiShow { SHOW_LINKS, SHOW_INNER, SHOW_ALL } TaiShow;
PyFrameObject *tai_frame_shown(TaiFrame *f, TaiShow show);

/* The activation of a generator leaves its thread's chain. */
static inline void tai_frame_suspended(PyFrameObject *f) { Py_CLEAR(f->f_back); }

/* Private state of a frame object, in the space that 3.8 uses for its block stack. */
typedef struct TaiFrameExtra {
    TaiFrame *live;       /* the activation it stands for, or NULL */
    int instr_lb, instr_ub, instr_prev; /* line tracing: range of the current line, last instruction */
    int jumped;           /* f_lineno was set during the current event */
    char *stack_chunk, *stack_top, *stack_end; /* the data stack when foreign code last saw this frame (vm/stack_switch.c) */
} TaiFrameExtra;
_Static_assert(sizeof(TaiFrameExtra) <= sizeof(((PyFrameObject *)0)->f_blockstack), "TaiFrameExtra must fit");

static inline TaiFrameExtra *tai_frameobj_extra(PyFrameObject *f)
{
    return (TaiFrameExtra *)(((uintptr_t)f->f_blockstack + 7) & ~(uintptr_t)7);
}
static inline TaiFrame *tai_frameobj_live(PyFrameObject *f) { return tai_frameobj_extra(f)->live; }
static inline PyObject **tai_frameobj_slots(PyFrameObject *f)
{
    TaiFrame *live = tai_frameobj_live(f);
    return live ? live->slots : f->f_localsplus;
}
/* Frame that called f; borrowed, NULL without exception if none, or with one. */
PyFrameObject *tai_frameobj_back(PyFrameObject *f);

int tai_frame_object_init(void);

#endif
