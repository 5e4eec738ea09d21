/* SPDX-License-Identifier: MIT */
/* May the process end without taking the interpreter down?
 *
 * Modules are taken apart at the end so that finalizers run: __del__, the finally of suspended generators, files that flush,
 * callbacks of weak references, what foreign modules do when their objects die. If nothing of that kind exists, taking
 * apart only gives memory back to a process that is about to vanish, and nobody can tell that it was left out.
 * One walk over the collector's lists decides; a doubt means the long way.
 *
 * [QUIET-1] Only asked by the executable (tai_exit_may_be_quiet): an embedding program wants its memory, and may start again.
 * [QUIET-2] Objects that the collector does not track have no finalizer of Python's making: a class with __del__ is a
 *           tracked type. Native objects without tracking whose end can be seen are counted (tai_exit_untracked).
 * Tests: tests/program/test_exit.py
 */
#include "runtime/quiet_exit.h"
#include "runtime/collector.h"
#include "runtime/runtime.h"

#include "objects/type/slot_methods.h"

int tai_generator_has_ended(PyObject *gen);
int tai_io_layers(PyObject *stream, PyObject *layers[3]);
int tai_abc_is_callback(PyObject *op); /* it only keeps a set of an abstract class small */
int tai_io_is_memory(PyTypeObject *type);

int tai_exit_may_be_quiet;
int tai_exit_foreign_code;
Py_ssize_t tai_exit_untracked;

typedef enum { KIND_QUIET, KIND_LOUD, KIND_WEAKREF, KIND_GENERATOR, KIND_CLASS, KIND_FINALIZED } Kind;

static Kind kind_of(PyTypeObject *t)
{
    if (t->tp_del != NULL)
        return KIND_LOUD;
    if (t == &PyGen_Type || t == &PyCoro_Type || t == &PyAsyncGen_Type)
        return KIND_GENERATOR;
    if (t->tp_finalize != NULL)
        return tai_io_is_memory(t) ? KIND_QUIET : KIND_FINALIZED;
    if (PyType_FastSubclass(t, Py_TPFLAGS_TYPE_SUBCLASS))
        return KIND_CLASS;
    if (t == &_PyWeakref_RefType || PyType_IsSubtype(t, &_PyWeakref_RefType) || t == &_PyWeakref_ProxyType ||
        t == &_PyWeakref_CallableProxyType)
        return KIND_WEAKREF;
    return KIND_QUIET;
}

#define STREAMS 3
#define LAYERS 3

typedef struct {
    PyObject *streams[STREAMS * LAYERS]; /* the layers of the standard streams: flushed, their end shows nothing */
    struct {
        PyTypeObject *type;
        Kind kind;
    } seen[64];
} Walk;

static int is_stream(const Walk *walk, PyObject *op)
{
    for (int i = 0; i < STREAMS * LAYERS; i++)
        if (walk->streams[i] == op)
            return 1;
    return 0;
}

static int object_is_quiet(Walk *walk, PyGC_Head *g)
{
    PyObject *op = (PyObject *)(g + 1);
    PyTypeObject *t = Py_TYPE(op);
    size_t slot = ((uintptr_t)t >> 5) % Py_ARRAY_LENGTH(walk->seen);
    if (walk->seen[slot].type != t) {
        walk->seen[slot].type = t;
        walk->seen[slot].kind = kind_of(t);
    }
    switch (walk->seen[slot].kind) {
    case KIND_QUIET: return 1;
    case KIND_LOUD: return 0;
    case KIND_WEAKREF: {
        PyObject *callback = ((PyWeakReference *)op)->wr_callback;
        return callback == NULL || tai_abc_is_callback(callback);
    }
    case KIND_GENERATOR: return tai_generator_has_ended(op);
    case KIND_CLASS: return ((PyTypeObject *)op)->tp_finalize != tai_slot_finalize && ((PyTypeObject *)op)->tp_del == NULL;
    case KIND_FINALIZED: return (g->_gc_prev & TAI_GC_FINALIZED) || is_stream(walk, op);
    }
    return 0;
}

static int list_is_quiet(Walk *walk, PyGC_Head *list)
{
    for (PyGC_Head *g = (PyGC_Head *)list->_gc_next; g != list; g = (PyGC_Head *)g->_gc_next)
        if (!object_is_quiet(walk, g))
            return 0;
    return 1;
}

/* sys.stdin and the others are still the first ones, and hold no data. */
static int streams_are_quiet(Walk *walk)
{
    static const char *const names[STREAMS][2] = {
        {"stdin", "__stdin__"}, {"stdout", "__stdout__"}, {"stderr", "__stderr__"}};
    for (int i = 0; i < STREAMS; i++) {
        PyObject *now = PySys_GetObject(names[i][0]), *first = PySys_GetObject(names[i][1]);
        if (now == NULL || now != first)
            return 0;
        if (now != Py_None && !tai_io_layers(now, walk->streams + i * LAYERS))
            return 0;
    }
    return 1;
}

static int settings_are_quiet(PyInterpreterState *interp)
{
    const PyConfig *c = &interp->config;
    return !c->verbose && !c->dev_mode && !c->malloc_stats && !c->show_ref_count && !c->dump_refs && !c->tracemalloc &&
           !c->inspect && c->_install_importlib && !tai_audit_active();
}

int tai_exit_is_quiet(PyThreadState *ts)
{
    Walk walk = {{NULL}};
    PyInterpreterState *interp = ts->interp;
    if (!tai_exit_may_be_quiet || tai_exit_foreign_code || interp != tai_runtime.head || interp->next != NULL ||
        interp->tstate_head != ts || ts->next != NULL || !settings_are_quiet(interp))
        return 0;
    if (tai_gc.debug || (tai_gc.garbage && PyList_GET_SIZE(tai_gc.garbage)) ||
        (tai_gc.callbacks && PyList_GET_SIZE(tai_gc.callbacks)))
        return 0;
    if (tai_exit_untracked != 0 || !streams_are_quiet(&walk))
        return 0;
    for (int i = 0; i < TAI_GENERATIONS; i++)
        if (!list_is_quiet(&walk, tai_gc_generation(i)))
            return 0;
    return list_is_quiet(&walk, tai_gc_permanent());
}
