/* SPDX-License-Identifier: MIT */
/* _lsprof: the deterministic profiler behind cProfile.
 *
 * The interpreter reports every call and return.  Running calls form a stack of Frames; a Frame remembers when it began and how
 * much of the time since then its callees took.  What a call cost goes to the Entry of its code, and, with subcalls, to the
 * Link caller -> callee.  Both are found through Tables, open addressed by the address of the code object (or of the
 * PyMethodDef of a builtin function).
 *
 *   Profiler -> top Frame -> ... ;  entries: Table of Entry -> links: Table of Link
 *
 * [PROF-1] Times are integers ("ticks"): nanoseconds, or what the user's timer counts.
 * [PROF-2] Code runs only in the user's timer, in naming a function and in getstats(): no Table is touched across them.
 * Tests: tests/modules/test_small_system.py, the reference's test_cprofile.
 */
#include "Python.h"
#include "runtime/state.h"

#include "frameobject.h"
#include "structseq.h"
#include <time.h>

typedef struct {
    const void *key;
    int64_t total;     /* ticks with callees; of recursive calls only the outermost */
    int64_t inner;     /* ticks without callees */
    long calls;
    long recursive;    /* calls while one was running */
    long depth;        /* calls running now */
} Cost;

typedef struct {
    Cost **slots;
    size_t mask; /* capacity - 1, capacity a power of two; slots NULL: empty */
    size_t used;
} Table;

typedef struct {
    Cost cost;
    PyObject *name; /* code object, or the str that describes a builtin; owned */
    Table links;    /* callee -> Cost */
} Entry;

typedef struct Frame {
    int64_t begun;
    int64_t in_callees;
    struct Frame *caller;
    Entry *entry;
    Cost *link; /* caller's link to entry, or NULL */
} Frame;

enum { ENABLED = 1, SUBCALLS = 2, BUILTINS = 4, NO_MEMORY = 256 };

typedef struct {
    PyObject_HEAD
    Table entries;
    Frame *top;
    Frame *spare; /* Frames to use again */
    int flags;
    PyObject *timer; /* or NULL */
    double unit;     /* seconds per tick of the user's timer; 0: it gives seconds */
} Profiler;

static PyTypeObject ProfilerType, EntryStatsType, LinkStatsType;

/* ------------------------------------------------------------------ tables */

static inline size_t slot_of(const Table *t, const void *key)
{
    size_t i = ((uintptr_t)key >> 4) * (size_t)0x9E3779B97F4A7C15u >> 32 & t->mask;
    while (t->slots[i] && t->slots[i]->key != key)
        i = (i + 1) & t->mask;
    return i;
}

static int table_grow(Table *t)
{
    Table bigger = {.mask = t->slots ? t->mask * 2 + 1 : 7, .used = t->used};
    bigger.slots = PyMem_Calloc(bigger.mask + 1, sizeof *bigger.slots);
    if (bigger.slots == NULL)
        return -1;
    for (size_t i = 0; t->slots && i <= t->mask; i++)
        if (t->slots[i])
            bigger.slots[slot_of(&bigger, t->slots[i]->key)] = t->slots[i];
    PyMem_Free(t->slots);
    *t = bigger;
    return 0;
}

static inline Cost *table_find(const Table *t, const void *key)
{
    return t->slots ? t->slots[slot_of(t, key)] : NULL;
}

/* A new element of the given size, zero but for its key. NULL without exception if memory is out. */
static Cost *table_add(Table *t, const void *key, size_t size)
{
    if ((t->slots == NULL || t->used * 3 >= t->mask * 2) && table_grow(t) < 0)
        return NULL;
    Cost *c = PyMem_Calloc(1, size);
    if (c) {
        c->key = key;
        t->slots[slot_of(t, key)] = c;
        t->used++;
    }
    return c;
}

/* ------------------------------------------------------------------ time */

static int64_t ask_timer(Profiler *self)
{
    PyObject *o = _PyObject_CallNoArg(self->timer);
    int64_t ticks = 0;
    if (o && self->unit > 0.0)
        ticks = PyLong_AsLongLong(o);
    else if (o)
        ticks = (int64_t)(PyFloat_AsDouble(o) * 1e9);
    Py_XDECREF(o);
    if (PyErr_Occurred()) {
        PyErr_WriteUnraisable(self->timer);
        return 0;
    }
    return ticks;
}

static inline int64_t now(Profiler *self)
{
    struct timespec t;
    if (self->timer)
        return ask_timer(self);
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ------------------------------------------------------------------ entries */

/* How a builtin is shown: the repr of the method if its type has it by that name, else "<built-in method MODULE.NAME>". New. */
static PyObject *describe_builtin(PyCFunctionObject *f)
{
    PyObject *module = NULL;
    if (f->m_module) {
        if (PyUnicode_Check(f->m_module))
            module = f->m_module, Py_INCREF(module);
        else if (PyModule_Check(f->m_module))
            module = PyModule_GetNameObject(f->m_module);
        if (module == NULL)
            PyErr_Clear();
    }
    PyObject *text = NULL;
    if (f->m_self) {
        PyObject *name = PyUnicode_FromString(f->m_ml->ml_name);
        PyObject *method = name ? _PyType_Lookup(Py_TYPE(f->m_self), name) : NULL; /* borrowed */
        Py_XINCREF(method);
        if (method)
            text = PyObject_Repr(method);
        Py_XDECREF(method);
        Py_XDECREF(name);
        PyErr_Clear();
        if (text == NULL)
            text = module ? PyUnicode_FromFormat("<built-in method %S.%s>", module, f->m_ml->ml_name)
                          : PyUnicode_FromFormat("<built-in method %s>", f->m_ml->ml_name);
    }
    else if (module && PyUnicode_CompareWithASCIIString(module, "builtins") != 0)
        text = PyUnicode_FromFormat("<%U.%s>", module, f->m_ml->ml_name);
    else
        text = PyUnicode_FromFormat("<%s>", f->m_ml->ml_name);
    Py_XDECREF(module);
    return text;
}

static Entry *add_entry(Profiler *self, const void *key, PyObject *what)
{
    PyObject *name = what;
    if (PyCFunction_Check(what))
        name = describe_builtin((PyCFunctionObject *)what);
    else
        Py_INCREF(name);
    Entry *e = name ? (Entry *)table_find(&self->entries, key) : NULL; /* [PROF-2] naming may have made it */
    if (e) {
        Py_DECREF(name);
        return e;
    }
    e = name ? (Entry *)table_add(&self->entries, key, sizeof(Entry)) : NULL;
    if (e == NULL) {
        PyErr_Clear();
        Py_XDECREF(name);
        self->flags |= NO_MEMORY;
        return NULL;
    }
    e->name = name;
    return e;
}

/* ------------------------------------------------------------------ calls */

/* A call of what, known by key, begins. */
static void begin(Profiler *self, const void *key, PyObject *what)
{
    Entry *e = (Entry *)table_find(&self->entries, key);
    if (e == NULL && (e = add_entry(self, key, what)) == NULL)
        return;
    Frame *f = self->spare;
    if (f)
        self->spare = f->caller;
    else if ((f = PyMem_Malloc(sizeof *f)) == NULL) {
        self->flags |= NO_MEMORY;
        return;
    }
    f->entry = e;
    f->caller = self->top;
    f->in_callees = 0;
    f->link = NULL;
    self->top = f;
    e->cost.depth++;
    if (self->flags & SUBCALLS && f->caller) {
        Table *links = &f->caller->entry->links;
        f->link = table_find(links, key);
        if (f->link == NULL && (f->link = table_add(links, key, sizeof(Cost))) == NULL)
            self->flags |= NO_MEMORY;
        else
            f->link->depth++;
    }
    int64_t t = now(self);
    if (self->top == f) /* the timer may have cleared us */
        f->begun = t;
}

static void charge(Cost *c, int64_t total, int64_t inner)
{
    if (--c->depth == 0)
        c->total += total;
    else
        c->recursive++;
    c->inner += inner;
    c->calls++;
}

/* The innermost call ends. */
static void finish_top(Profiler *self)
{
    Frame *f = self->top;
    int64_t total = now(self) - f->begun;
    if (self->top != f) /* the timer cleared us */
        return;
    self->top = f->caller;
    if (f->caller)
        f->caller->in_callees += total;
    charge(&f->entry->cost, total, total - f->in_callees);
    if (f->link)
        charge(f->link, total, total - f->in_callees);
    f->caller = self->spare;
    self->spare = f;
}

/* A call known by key ends; calls that began before the profiler did are none of ours. */
static void end(Profiler *self, const void *key)
{
    if (self->top && (self->top->entry->cost.key == key || table_find(&self->entries, key)))
        finish_top(self);
}

static int on_event(PyObject *op, PyFrameObject *frame, int event, PyObject *arg)
{
    Profiler *self = (Profiler *)op;
    switch (event) {
    case PyTrace_CALL:
        begin(self, frame->f_code, (PyObject *)frame->f_code);
        break;
    case PyTrace_RETURN:
        end(self, frame->f_code);
        break;
    case PyTrace_C_CALL:
        if (self->flags & BUILTINS && PyCFunction_Check(arg))
            begin(self, ((PyCFunctionObject *)arg)->m_ml, arg);
        break;
    case PyTrace_C_RETURN:
    case PyTrace_C_EXCEPTION:
        if (self->flags & BUILTINS && PyCFunction_Check(arg))
            end(self, ((PyCFunctionObject *)arg)->m_ml);
        break;
    default:
        break;
    }
    return 0;
}

/* ------------------------------------------------------------------ the object */

static void free_frames(Frame **list)
{
    while (*list) {
        Frame *f = *list;
        *list = f->caller;
        PyMem_Free(f);
    }
}

static void forget(Profiler *self)
{
    Table entries = self->entries;
    self->entries = (Table){0};
    free_frames(&self->top);
    free_frames(&self->spare);
    for (size_t i = 0; entries.slots && i <= entries.mask; i++) {
        Entry *e = (Entry *)entries.slots[i];
        if (e == NULL)
            continue;
        for (size_t k = 0; e->links.slots && k <= e->links.mask; k++)
            PyMem_Free(e->links.slots[k]);
        PyMem_Free(e->links.slots);
        Py_XDECREF(e->name);
        PyMem_Free(e);
    }
    PyMem_Free(entries.slots);
}

static void set_flag(Profiler *self, int flag, int value)
{
    if (value > 0)
        self->flags |= flag;
    else if (value == 0)
        self->flags &= ~flag;
}

static PyObject *profiler_enable(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"subcalls", "builtins", NULL};
    int subcalls = -1, builtins = -1;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|ii:enable", names, &subcalls, &builtins))
        return NULL;
    Profiler *self = (Profiler *)op;
    set_flag(self, SUBCALLS, subcalls);
    set_flag(self, BUILTINS, builtins);
    tai_set_profile(on_event, op);
    self->flags |= ENABLED;
    Py_RETURN_NONE;
}

static PyObject *profiler_disable(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Profiler *self = (Profiler *)op;
    self->flags &= ~ENABLED;
    tai_set_profile(NULL, NULL);
    while (self->top) /* calls still running count up to now */
        finish_top(self);
    free_frames(&self->spare);
    if (self->flags & NO_MEMORY) {
        self->flags &= ~NO_MEMORY;
        PyErr_SetString(PyExc_MemoryError, "memory was exhausted while profiling");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *profiler_clear(PyObject *op, PyObject *Py_UNUSED(unused))
{
    forget((Profiler *)op);
    Py_RETURN_NONE;
}

static int profiler_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"timer", "timeunit", "subcalls", "builtins", NULL};
    Profiler *self = (Profiler *)op;
    PyObject *timer = NULL;
    double unit = 0.0;
    int subcalls = 1, builtins = 1;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|Odii:Profiler", names, &timer, &unit, &subcalls, &builtins))
        return -1;
    set_flag(self, SUBCALLS, subcalls != 0);
    set_flag(self, BUILTINS, builtins != 0);
    Py_XINCREF(timer);
    Py_XSETREF(self->timer, timer == Py_None ? (Py_DECREF(timer), NULL) : timer);
    self->unit = unit;
    return 0;
}

static void profiler_dealloc(PyObject *op)
{
    Profiler *self = (Profiler *)op;
    if (self->flags & ENABLED)
        tai_set_profile(NULL, NULL);
    while (self->top && self->timer == NULL)
        finish_top(self);
    forget(self);
    Py_XDECREF(self->timer);
    Py_TYPE(op)->tp_free(op);
}

/* ------------------------------------------------------------------ results */

/* A row of type made of a Cost; the last field of an entry is links (borrowed). New. */
static PyObject *make_row(PyTypeObject *type, const Cost *c, PyObject *name, double unit, PyObject *links)
{
    PyObject *row = PyStructSequence_New(type);
    if (row == NULL)
        return NULL;
    PyObject *fields[6] = {name, PyLong_FromLong(c->calls), PyLong_FromLong(c->recursive), PyFloat_FromDouble(unit * (double)c->total),
                           PyFloat_FromDouble(unit * (double)c->inner), links};
    int ok = 1;
    Py_INCREF(name);
    Py_XINCREF(links);
    for (int i = 0; i < (links ? 6 : 5); i++) {
        ok &= fields[i] != NULL;
        PyStructSequence_SET_ITEM(row, i, fields[i]);
    }
    if (!ok)
        Py_CLEAR(row);
    return row;
}

static int append_steal(PyObject *list, PyObject *o)
{
    int status = o ? PyList_Append(list, o) : -1;
    Py_XDECREF(o);
    return status;
}

/* The list of an entry's callees, or None. New. */
static PyObject *rows_of_links(Profiler *self, const Entry *e, double unit)
{
    PyObject *rows = NULL;
    for (size_t i = 0; e->links.slots && i <= e->links.mask; i++) {
        const Cost *c = e->links.slots[i];
        if (c == NULL || c->calls == 0)
            continue;
        const Entry *callee = (const Entry *)table_find(&self->entries, c->key);
        if (callee == NULL || (rows == NULL && (rows = PyList_New(0)) == NULL) ||
            append_steal(rows, make_row(&LinkStatsType, c, callee->name, unit, NULL)) < 0) {
            Py_XDECREF(rows);
            return NULL;
        }
    }
    if (rows == NULL)
        Py_RETURN_NONE;
    return rows;
}

static PyObject *profiler_getstats(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Profiler *self = (Profiler *)op;
    double unit = self->timer && self->unit > 0.0 ? self->unit : 1e-9;
    PyObject *rows = PyList_New(0);
    for (size_t i = 0; rows && self->entries.slots && i <= self->entries.mask; i++) {
        const Entry *e = (const Entry *)self->entries.slots[i];
        if (e == NULL || e->cost.calls == 0)
            continue;
        PyObject *links = rows_of_links(self, e, unit);
        PyObject *row = links ? make_row(&EntryStatsType, &e->cost, e->name, unit, links) : NULL;
        Py_XDECREF(links);
        if (append_steal(rows, row) < 0)
            Py_CLEAR(rows);
    }
    return rows;
}

#define FIELDS_OF_COST                                                                                                  \
    {"code", "code object, or the description of a builtin function"}, {"callcount", "number of calls"},                 \
    {"reccallcount", "number of calls while another one was running"}, {"totaltime", "time spent, callees included"},    \
    {"inlinetime", "time spent, callees left out"}

static PyStructSequence_Field entry_fields[] = {FIELDS_OF_COST, {"calls", "list of callees, or None"}, {NULL, NULL}};
static PyStructSequence_Field link_fields[] = {FIELDS_OF_COST, {NULL, NULL}};
static PyStructSequence_Desc entry_desc = {"_lsprof.profiler_entry", NULL, entry_fields, 6};
static PyStructSequence_Desc link_desc = {"_lsprof.profiler_subentry", NULL, link_fields, 5};

static PyMethodDef profiler_methods[] = {
    {"getstats", profiler_getstats, METH_NOARGS, "getstats() -> list of profiler_entry objects\n\nWhat was measured, one row a function: (code, callcount, reccallcount, totaltime, inlinetime, calls);\ncalls is None or a list of profiler_subentry objects, which have the same fields but the last."},
    {"enable", (PyCFunction)(void (*)(void))profiler_enable, METH_VARARGS | METH_KEYWORDS, "enable(subcalls=True, builtins=True)\n\nBegin to measure; with subcalls also per caller, with builtins also functions written in C."},
    {"disable", profiler_disable, METH_NOARGS, "disable()\n\nEnd measuring."},
    {"clear", profiler_clear, METH_NOARGS, "clear()\n\nForget all that was measured."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject ProfilerType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_lsprof.Profiler",
    .tp_basicsize = sizeof(Profiler),
    .tp_dealloc = profiler_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Profiler(timer=None, timeunit=None, subcalls=True, builtins=True)\n\nMeasures calls. A timer of one's own gives seconds, or, with timeunit, integers that count\nso many seconds each.",
    .tp_methods = profiler_methods,
    .tp_init = profiler_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_Del,
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_lsprof",
    .m_doc = "Profiler in C",
    .m_size = -1,
};

PyMODINIT_FUNC PyInit__lsprof(void)
{
    if (PyType_Ready(&ProfilerType) < 0)
        return NULL;
    if (EntryStatsType.tp_name == NULL && (PyStructSequence_InitType2(&EntryStatsType, &entry_desc) < 0 ||
                                           PyStructSequence_InitType2(&LinkStatsType, &link_desc) < 0))
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    PyObject *d = PyModule_GetDict(m);
    if (PyDict_SetItemString(d, "Profiler", (PyObject *)&ProfilerType) < 0 ||
        PyDict_SetItemString(d, "profiler_entry", (PyObject *)&EntryStatsType) < 0 ||
        PyDict_SetItemString(d, "profiler_subentry", (PyObject *)&LinkStatsType) < 0)
        Py_CLEAR(m);
    return m;
}
