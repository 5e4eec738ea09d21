/* SPDX-License-Identifier: MIT */
/* frame: the object that tracebacks, debuggers and sys._getframe see. The layout is 3.8's.
 *
 * Most frame objects stand for a running activation (tai_frameobj_live): f_lasti, f_back and the values are read through it.
 * When the activation ends the values move to f_localsplus (tai_frame_detach).
 * [FRAMEOBJ-1] live == NULL: f_localsplus[0 .. nslots-1] are owned values or NULL. Else they are not owned, see [FRAMEOBJ-4].
 * [FRAMEOBJ-2] While an activation runs its values are roots for the collector, so traversal leaves them out.
 * [FRAMEOBJ-3] f_blockstack holds our TaiFrameExtra; its entries above f_iblock mean nothing.
 * Entry points: tai_frame_object, PyFrame_*. Tests: tests/vm/test_tracing.py, tests/capi/test_frames.py.
 */
#include "vm/frame.h"
#include "vm/generator.h"
#include "vm/stats.h"
#include "opcode.h"
#include "runtime/gc.h"
#include "structmember.h"

#define LIVE(f) tai_frameobj_live(f)

static size_t slots_of(PyFrameObject *f)
{
    PyCodeObject *co = f->f_code;
    return (size_t)co->co_nlocals + (size_t)PyTuple_GET_SIZE(co->co_cellvars) + (size_t)PyTuple_GET_SIZE(co->co_freevars);
}

/* ---- making -------------------------------------------------------------------------------------------------- */

static PyFrameObject *new_frame_object(PyCodeObject *code, PyObject *builtins, PyObject *globals, PyObject *locals,
                                       size_t nslots, size_t stack)
{
    PyFrameObject *f = PyObject_GC_NewVar(PyFrameObject, &PyFrame_Type, (Py_ssize_t)(nslots + stack));
    if (f == NULL)
        return NULL;
    f->f_back = NULL;
    Py_INCREF(code);
    f->f_code = code;
    Py_INCREF(builtins);
    f->f_builtins = builtins;
    Py_INCREF(globals);
    f->f_globals = globals;
    Py_XINCREF(locals);
    f->f_locals = locals;
    f->f_valuestack = f->f_localsplus + nslots;
    f->f_stacktop = NULL;
    f->f_trace = NULL;
    f->f_trace_lines = 1;
    f->f_trace_opcodes = 0;
    f->f_gen = NULL;
    f->f_lasti = -1;
    f->f_lineno = code->co_firstlineno;
    f->f_iblock = 0;
    f->f_executing = 0;
    memset(f->f_blockstack, 0, sizeof(TaiFrameExtra) + 8); /* [FRAMEOBJ-3] the rest is written before it is read */
    memset(f->f_localsplus, 0, (nslots + stack) * sizeof(PyObject *));
    return f;
}

PyFrameObject *tai_frame_object(TaiFrame *live)
{
    PyFrameObject *f = live->object;
    if (f != NULL)
        return f;
    f = new_frame_object(live->code, live->builtins, live->globals, live->locals, live->exec->nslots, 0);
    if (f == NULL)
        return NULL;
    tai_stats.frame_objects++;
    f->f_gen = (PyObject *)live->gen;
    f->f_executing = (char)live->executing;
    f->f_lasti = live->pc < live->exec->units ? -1 : tai_frame_lasti(live);
    tai_frameobj_extra(f)->live = live;
    live->object = f;
    tai_gc_track(f);
    return f;
}

/* [FRAMEOBJ-4] Values in the struct of a running frame are borrowed copies for foreign readers, true at the moment of showing. A generator's
 * link outwards ends when it yields. */
PyFrameObject *tai_frame_shown(TaiFrame *live, TaiShow show)
{
    PyFrameObject *top = tai_frame_object(live), *f = top;
    for (int depth = 0; f != NULL && (live = LIVE(f)) != NULL; depth++) {
        int linked = f->f_back != NULL || live->back == NULL || !live->executing;
        f->f_lasti = live->pc < live->exec->units ? -1 : tai_frame_lasti(live);
        f->f_executing = (char)live->executing;
        if (show != SHOW_LINKS)
            memcpy(f->f_localsplus, live->slots, live->exec->nslots * sizeof(PyObject *));
        if (linked && (show == SHOW_LINKS || (show == SHOW_INNER && depth > 0)))
            break;
        if (!linked) {
            f->f_back = tai_frame_object(live->back);
            if (f->f_back == NULL)
                return NULL;
            Py_INCREF(f->f_back);
        }
        f = f->f_back;
    }
    return top;
}

PyFrameObject *_PyFrame_New_NoTrack(PyThreadState *ts, PyCodeObject *code, PyObject *globals, PyObject *locals)
{
    TaiFrame *back = tai_thread_frame(ts);
    PyFrameObject *f = NULL;
    if (code == NULL || globals == NULL || !PyDict_Check(globals)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    PyObject *builtins = tai_builtins_of(globals, back), *made_locals = NULL;
    if (builtins == NULL)
        return NULL;
    int optimized = (code->co_flags & (CO_NEWLOCALS | CO_OPTIMIZED)) == (CO_NEWLOCALS | CO_OPTIMIZED);
    if (optimized)
        locals = NULL;
    else if (code->co_flags & CO_NEWLOCALS) {
        locals = made_locals = PyDict_New();
        if (locals == NULL)
            goto done;
    }
    else if (locals == NULL)
        locals = globals;
    size_t nslots = (size_t)code->co_nlocals + (size_t)PyTuple_GET_SIZE(code->co_cellvars) +
                    (size_t)PyTuple_GET_SIZE(code->co_freevars);
    f = new_frame_object(code, builtins, globals, locals, nslots, (size_t)(code->co_stacksize > 0 ? code->co_stacksize : 0));
    if (f == NULL)
        goto done;
    f->f_stacktop = f->f_valuestack;
    if (back != NULL) {
        f->f_back = tai_frame_object(back);
        if (f->f_back == NULL)
            Py_CLEAR(f);
        else
            Py_INCREF(f->f_back);
    }
done:
    Py_XDECREF(made_locals);
    Py_DECREF(builtins);
    return f;
}

PyFrameObject *PyFrame_New(PyThreadState *ts, PyCodeObject *code, PyObject *globals, PyObject *locals)
{
    PyFrameObject *f = _PyFrame_New_NoTrack(ts, code, globals, locals);
    if (f != NULL)
        tai_gc_track(f);
    return f;
}

/* ---- attributes ---------------------------------------------------------------------------------------------- */

static int current_lasti(PyFrameObject *f)
{
    TaiFrame *live = LIVE(f);
    if (live != NULL)
        return live->pc < live->exec->units ? -1 : tai_frame_lasti(live);
    return f->f_lasti;
}

int PyFrame_GetLineNumber(PyFrameObject *f)
{
    if (f->f_trace)
        return f->f_lineno;
    TaiFrame *live = LIVE(f);
    if (live != NULL)
        return tai_exec_line(live->exec, live->pc - live->exec->units);
    TaiExec *exec = tai_exec_peek(f->f_code);
    if (exec != NULL && f->f_lasti >= 0)
        return tai_exec_line(exec, f->f_lasti / 2);
    return PyCode_Addr2Line(f->f_code, f->f_lasti);
}

PyFrameObject *tai_frameobj_back(PyFrameObject *f)
{
    TaiFrame *live = LIVE(f);
    if (f->f_back == NULL && live != NULL && live->executing && live->back != NULL)
        return tai_frame_object(live->back);
    return f->f_back;
}

static PyObject *get_back(PyFrameObject *f, void *closure)
{
    PyObject *back = (PyObject *)tai_frameobj_back(f);
    if (back == NULL) {
        if (PyErr_Occurred())
            return NULL;
        back = Py_None;
    }
    Py_INCREF(back);
    return back;
}

static PyObject *get_lasti(PyFrameObject *f, void *closure) { return PyLong_FromLong(current_lasti(f)); }
static PyObject *get_lineno(PyFrameObject *f, void *closure) { return PyLong_FromLong(PyFrame_GetLineNumber(f)); }

static PyObject *get_locals(PyFrameObject *f, void *closure)
{
    if (PyFrame_FastToLocalsWithError(f) < 0)
        return NULL;
    Py_INCREF(f->f_locals);
    return f->f_locals;
}

static PyObject *get_trace(PyFrameObject *f, void *closure)
{
    PyObject *trace = f->f_trace ? f->f_trace : Py_None;
    Py_INCREF(trace);
    return trace;
}

static int set_trace(PyFrameObject *f, PyObject *v, void *closure)
{
    f->f_lineno = PyFrame_GetLineNumber(f); /* valid from now on: it is kept up to date while traced */
    if (v == Py_None)
        v = NULL;
    Py_XINCREF(v);
    Py_XSETREF(f->f_trace, v);
    return 0;
}

static PyObject *get_trace_opcodes(PyFrameObject *f, void *closure) { return PyBool_FromLong(f->f_trace_opcodes); }

static int set_trace_opcodes(PyFrameObject *f, PyObject *v, void *closure)
{
    if (v == NULL || !PyBool_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "attribute value type must be bool");
        return -1;
    }
    f->f_trace_opcodes = v == Py_True;
    return 0;
}

/* ---- jumps: assignments to f_lineno -------------------------------------------------------------------------- */

/* First unit of the first line that is not before *line; *line becomes that line. -1: there is none. */
static Py_ssize_t unit_for_line(PyCodeObject *co, int *line)
{
    const unsigned char *p = (const unsigned char *)PyBytes_AS_STRING(co->co_lnotab);
    Py_ssize_t n = PyBytes_GET_SIZE(co->co_lnotab) / 2;
    int here = co->co_firstlineno, addr = 0;
    if (*line == here)
        return 0;
    for (; n > 0; n--, p += 2) {
        addr += p[0];
        here += (signed char)p[1];
        if (here >= *line) {
            *line = here;
            return addr / 2;
        }
    }
    return -1;
}

static int block_is_around(TaiExec *exec, uint16_t block, uint16_t inner)
{
    for (; inner != EXEC_NO_BLOCK; inner = exec->blocks[inner].outer)
        if (inner == block)
            return 1;
    return 0;
}

/* A handler block around `in` but not around `other`; EXEC_NO_BLOCK if there is none. */
static uint16_t foreign_block(TaiExec *exec, uint16_t in, uint16_t other, int kind)
{
    for (; in != EXEC_NO_BLOCK; in = exec->blocks[in].outer)
        if (exec->blocks[in].kind == kind && !block_is_around(exec, in, other))
            return in;
    return EXEC_NO_BLOCK;
}

static int enters_loop(TaiExec *exec, uint32_t from, uint32_t to)
{
    for (uint32_t i = 0; i < exec->nunits; i++) {
        if (tai_exec_base(exec, i) != FOR_ITER || exec->depth[i] == EXEC_UNREACHED)
            continue;
        uint32_t end = i + exec->units[i].arg;
        if (to > i && to < end && !(from > i && from < end))
            return 1;
    }
    return 0;
}

static int refuse_handler_jump(TaiExec *exec, uint16_t block, const char *direction)
{
    int op = tai_exec_base(exec, exec->blocks[block].handler);
    PyErr_Format(PyExc_ValueError, "can't jump %s %s block", direction,
                 op == DUP_TOP || op == POP_TOP ? "an 'except'" : "a 'finally'");
    return -1;
}

/* May control go from unit `from` to unit `to`? 0, or -1 with ValueError. */
static int check_jump(TaiExec *exec, uint32_t from, uint32_t to)
{
    int op = tai_exec_base(exec, from);
    uint16_t block;
    if (op == YIELD_VALUE || op == YIELD_FROM) {
        PyErr_SetString(PyExc_ValueError, "can't jump from a yield statement");
        return -1;
    }
    op = tai_exec_base(exec, to);
    if (op == DUP_TOP || op == POP_TOP) {
        PyErr_SetString(PyExc_ValueError, "can't jump to 'except' line as there's no exception");
        return -1;
    }
    if (exec->depth[to] != EXEC_UNREACHED || tai_exec_reach_dead(exec)) {
        if ((block = foreign_block(exec, exec->block[to], exec->block[from], BLOCK_HANDLER)) != EXEC_NO_BLOCK)
            return refuse_handler_jump(exec, block, "into");
        if ((block = foreign_block(exec, exec->block[from], exec->block[to], BLOCK_HANDLER)) != EXEC_NO_BLOCK)
            return refuse_handler_jump(exec, block, "out of");
    }
    if (exec->depth[to] == EXEC_UNREACHED || enters_loop(exec, from, to) || exec->depth[to] > exec->depth[from] ||
        foreign_block(exec, exec->block[to], exec->block[from], BLOCK_TRY) != EXEC_NO_BLOCK) {
        PyErr_SetString(PyExc_ValueError, "can't jump into the middle of a block");
        return -1;
    }
    return 0;
}

static int set_lineno(PyFrameObject *f, PyObject *v, void *closure)
{
    TaiFrame *live = LIVE(f);
    int overflow;
    if (v == NULL) {
        PyErr_SetString(PyExc_AttributeError, "cannot delete attribute");
        return -1;
    }
    if (!PyLong_Check(v)) {
        PyErr_SetString(PyExc_ValueError, "lineno must be an integer");
        return -1;
    }
    int lasti = current_lasti(f);
    if (lasti == -1) {
        PyErr_SetString(PyExc_ValueError, "can't jump from the 'call' trace event of a new frame");
        return -1;
    }
    if (!f->f_trace) {
        PyErr_SetString(PyExc_ValueError, "f_lineno can only be set by a trace function");
        return -1;
    }
    if (f->f_stacktop == NULL || live == NULL) {
        PyErr_SetString(PyExc_ValueError, "can only jump from a 'line' trace event");
        return -1;
    }
    long wide = PyLong_AsLongAndOverflow(v, &overflow);
    if (wide == -1 && PyErr_Occurred())
        return -1;
    if (overflow || wide > INT_MAX || wide < INT_MIN) {
        PyErr_SetString(PyExc_ValueError, "lineno out of range");
        return -1;
    }
    int line = (int)wide;
    if (line < f->f_code->co_firstlineno) {
        PyErr_Format(PyExc_ValueError, "line %d comes before the current code block", line);
        return -1;
    }
    Py_ssize_t to = unit_for_line(f->f_code, &line);
    if (to < 0) {
        PyErr_Format(PyExc_ValueError, "line %d comes after the current code block", line);
        return -1;
    }
    if (check_jump(live->exec, (uint32_t)(lasti / 2), (uint32_t)to) < 0)
        return -1;
    PyObject **target = tai_frame_stack(live) + live->exec->depth[to];
    while (live->sp > target) {
        PyObject *value = *--live->sp;
        Py_XDECREF(value);
    }
    live->pc = live->exec->units + to;
    f->f_lineno = line;
    f->f_lasti = 2 * (int)to;
    tai_frameobj_extra(f)->jumped = 1;
    return 0;
}

/* ---- locals <-> mapping -------------------------------------------------------------------------------------- */

/* Put values (cells if deref) under names into the mapping; names without value are taken out. */
static int slots_to_map(PyObject *names, Py_ssize_t n, PyObject *map, PyObject **values, int deref)
{
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i), *value = values[i];
        if (deref && value != NULL && PyCell_Check(value))
            value = PyCell_GET(value);
        if (value == NULL) {
            if (PyDict_CheckExact(map) && PyDict_GetItemWithError(map, name) == NULL && !PyErr_Occurred())
                continue; /* no KeyError to make and drop at each traced line */
            if (PyObject_DelItem(map, name) == 0)
                continue;
            if (!PyErr_ExceptionMatches(PyExc_KeyError))
                return -1;
            PyErr_Clear();
        }
        else {
            Py_INCREF(value);
            int failed = PyObject_SetItem(map, name, value);
            Py_DECREF(value);
            if (failed)
                return -1;
        }
    }
    return 0;
}

static void map_to_slots(PyObject *names, Py_ssize_t n, PyObject *map, PyObject **values, int deref, int clear)
{
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i), *value;
        if (PyDict_CheckExact(map)) {
            value = PyDict_GetItemWithError(map, name);
            Py_XINCREF(value);
        }
        else
            value = PyObject_GetItem(map, name);
        if (value == NULL) {
            PyErr_Clear();
            if (!clear)
                continue;
        }
        if (deref) {
            if (values[i] != NULL && PyCell_Check(values[i]) && PyCell_GET(values[i]) != value)
                PyCell_Set(values[i], value);
        }
        else if (values[i] != value) {
            Py_XINCREF(value);
            Py_XSETREF(values[i], value);
        }
        Py_XDECREF(value);
    }
}

int PyFrame_FastToLocalsWithError(PyFrameObject *f)
{
    if (f == NULL) {
        PyErr_BadInternalCall();
        return -1;
    }
    if (f->f_locals == NULL) {
        f->f_locals = PyDict_New();
        if (f->f_locals == NULL)
            return -1;
    }
    PyObject *map = f->f_locals, **slots = tai_frameobj_slots(f);
    PyCodeObject *co = f->f_code;
    Py_ssize_t nlocals = co->co_nlocals, nnames = PyTuple_GET_SIZE(co->co_varnames);
    Py_ssize_t ncells = PyTuple_GET_SIZE(co->co_cellvars), nfree = PyTuple_GET_SIZE(co->co_freevars);
    if (slots_to_map(co->co_varnames, nnames < nlocals ? nnames : nlocals, map, slots, 0) < 0)
        return -1;
    if (ncells == 0 && nfree == 0)
        return 0;
    if (slots_to_map(co->co_cellvars, ncells, map, slots + nlocals, 1) < 0)
        return -1;
    /* The free variables of a class body are not among its locals. */
    if (co->co_flags & CO_OPTIMIZED)
        return slots_to_map(co->co_freevars, nfree, map, slots + nlocals + ncells, 1);
    return 0;
}

void PyFrame_FastToLocals(PyFrameObject *f)
{
    PyFrame_FastToLocalsWithError(f);
    PyErr_Clear();
}

void PyFrame_LocalsToFast(PyFrameObject *f, int clear)
{
    PyObject *type, *value, *traceback, *map;
    if (f == NULL || (map = f->f_locals) == NULL)
        return;
    PyObject **slots = tai_frameobj_slots(f);
    PyCodeObject *co = f->f_code;
    Py_ssize_t nlocals = co->co_nlocals, nnames = PyTuple_GET_SIZE(co->co_varnames);
    Py_ssize_t ncells = PyTuple_GET_SIZE(co->co_cellvars), nfree = PyTuple_GET_SIZE(co->co_freevars);
    PyErr_Fetch(&type, &value, &traceback);
    map_to_slots(co->co_varnames, nnames < nlocals ? nnames : nlocals, map, slots, 0, clear);
    map_to_slots(co->co_cellvars, ncells, map, slots + nlocals, 1, clear);
    if (co->co_flags & CO_OPTIMIZED)
        map_to_slots(co->co_freevars, nfree, map, slots + nlocals + ncells, 1, clear);
    PyErr_Restore(type, value, traceback);
}

/* ---- life ---------------------------------------------------------------------------------------------------- */

static void drop_values(PyFrameObject *f)
{
    PyObject **end = f->f_stacktop && f->f_stacktop > f->f_valuestack ? f->f_stacktop : f->f_localsplus + slots_of(f);
    f->f_stacktop = NULL;
    for (PyObject **slot = f->f_localsplus; slot < end; slot++)
        Py_CLEAR(*slot);
}

static void frame_dealloc(PyFrameObject *f)
{
    if (tai_gc_is_tracked(f))
        tai_gc_untrack(f);
    Py_TRASHCAN_BEGIN(f, frame_dealloc)
    PyCodeObject *co = f->f_code;
    if (LIVE(f) != NULL)
        tai_stack_abandon(LIVE(f)); /* somebody released the activation's own reference */
    else
        drop_values(f);
    Py_CLEAR(f->f_back);
    Py_DECREF(f->f_builtins);
    Py_DECREF(f->f_globals);
    Py_CLEAR(f->f_locals);
    Py_CLEAR(f->f_trace);
    PyObject_GC_Del(f);
    Py_DECREF(co);
    Py_TRASHCAN_END
}

static int frame_traverse(PyFrameObject *f, visitproc visit, void *arg)
{
    Py_VISIT(f->f_back);
    Py_VISIT(f->f_code);
    Py_VISIT(f->f_builtins);
    Py_VISIT(f->f_globals);
    Py_VISIT(f->f_locals);
    Py_VISIT(f->f_trace);
    if (LIVE(f) == NULL) {
        PyObject **end = f->f_stacktop ? f->f_stacktop : f->f_localsplus + slots_of(f);
        for (PyObject **slot = f->f_localsplus; slot < end; slot++)
            Py_VISIT(*slot);
    }
    return 0;
}

static int frame_tp_clear(PyFrameObject *f)
{
    /* An activation in being keeps its values; a generator's are cleared with the generator. */
    if (LIVE(f) == NULL) {
        f->f_executing = 0;
        Py_CLEAR(f->f_trace);
        drop_values(f);
    }
    return 0;
}

PyDoc_STRVAR(clear_doc, "F.clear(): drop the references that the frame holds to its variables");

static PyObject *frame_clear(PyFrameObject *f, PyObject *unused)
{
    TaiFrame *live = LIVE(f);
    if (live != NULL && live->executing) {
        PyErr_SetString(PyExc_RuntimeError, "cannot clear an executing frame");
        return NULL;
    }
    if (live != NULL && live->gen != NULL) {
        PyGenObject *gen = live->gen;
        Py_INCREF(gen);
        _PyGen_Finalize((PyObject *)gen);
        live = LIVE(f);
        if (live != NULL && !live->executing) /* it has yielded once more: that was the last time */
            tai_gen_finished(gen);
        Py_DECREF(gen);
        live = LIVE(f);
    }
    if (live == NULL)
        (void)frame_tp_clear(f);
    Py_RETURN_NONE;
}

static PyObject *frame_sizeof(PyFrameObject *f, PyObject *unused)
{
    PyCodeObject *co = f->f_code;
    size_t slots = slots_of(f) + (size_t)co->co_stacksize;
    return PyLong_FromSize_t(sizeof(PyFrameObject) + (slots ? slots - 1 : 0) * sizeof(PyObject *));
}

static PyObject *frame_repr(PyFrameObject *f)
{
    return PyUnicode_FromFormat("<frame at %p, file %R, line %d, code %S>", f, f->f_code->co_filename,
                                PyFrame_GetLineNumber(f), f->f_code->co_name);
}

/* ---- tables -------------------------------------------------------------------------------------------------- */

static PyMemberDef frame_members[] = {
    {"f_code", T_OBJECT, offsetof(PyFrameObject, f_code), READONLY | READ_RESTRICTED, PyDoc_STR("the code")},
    {"f_builtins", T_OBJECT, offsetof(PyFrameObject, f_builtins), READONLY, PyDoc_STR("the built-in names")},
    {"f_globals", T_OBJECT, offsetof(PyFrameObject, f_globals), READONLY, PyDoc_STR("the global names")},
    {"f_trace_lines", T_BOOL, offsetof(PyFrameObject, f_trace_lines), 0, PyDoc_STR("whether lines are traced")},
    {NULL},
};

static PyGetSetDef frame_getset[] = {
    {"f_back", (getter)get_back, NULL, PyDoc_STR("the frame of the caller, or None")},
    {"f_lasti", (getter)get_lasti, NULL, PyDoc_STR("offset of the last instruction")},
    {"f_locals", (getter)get_locals, NULL, PyDoc_STR("the local variables as a dict")},
    {"f_lineno", (getter)get_lineno, (setter)set_lineno, PyDoc_STR("number of the line; a trace function may set it to jump")},
    {"f_trace", (getter)get_trace, (setter)set_trace, PyDoc_STR("the trace function of this frame, or None")},
    {"f_trace_opcodes", (getter)get_trace_opcodes, (setter)set_trace_opcodes, PyDoc_STR("whether instructions are traced")},
    {NULL},
};

static PyMethodDef frame_methods[] = {
    {"clear", (PyCFunction)frame_clear, METH_NOARGS, clear_doc},
    {"__sizeof__", (PyCFunction)frame_sizeof, METH_NOARGS, PyDoc_STR("F.__sizeof__() -> size of the frame in bytes")},
    {NULL},
};

PyTypeObject PyFrame_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "frame",
    .tp_doc = PyDoc_STR("A call that is or was going on."),
    .tp_basicsize = sizeof(PyFrameObject),
    .tp_itemsize = sizeof(PyObject *),
    .tp_dealloc = (destructor)frame_dealloc,
    .tp_repr = (reprfunc)frame_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)frame_traverse,
    .tp_clear = (inquiry)frame_tp_clear,
    .tp_methods = frame_methods,
    .tp_members = frame_members,
    .tp_getset = frame_getset,
};

/* ---- public C API -------------------------------------------------------------------------------------------- */

/* The block stack belongs to evaluators other than ours: code that fills a frame by hand. It shares its bytes with our
 * private state, so only frames that were never run have one. */
void PyFrame_BlockSetup(PyFrameObject *f, int type, int handler, int level)
{
    if (f->f_iblock >= CO_MAXBLOCKS)
        Py_FatalError("XXX block stack overflow");
    PyTryBlock *b = &f->f_blockstack[f->f_iblock++];
    *b = (PyTryBlock){.b_type = type, .b_handler = handler, .b_level = level};
}

PyTryBlock *PyFrame_BlockPop(PyFrameObject *f)
{
    if (f->f_iblock <= 0)
        Py_FatalError("XXX block stack underflow");
    return &f->f_blockstack[--f->f_iblock];
}

int PyFrame_ClearFreeList(void) { return 0; }
void _PyFrame_DebugMallocStats(FILE *out) { fprintf(out, "0 free PyFrameObjects\n"); }

int tai_frame_object_init(void) { return 0; }
