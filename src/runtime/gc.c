/* SPDX-License-Identifier: MIT */
/* The cycle collector.
 *
 * A collection works on one list, the generation asked for and all younger ones, in passes over headers:
 *
 *   1. count     each object gets, in the upper bits of _gc_prev, its reference count, and the COLLECTING bit
 *   2. subtract  references from inside the list are taken off: what is left above zero is held from outside
 *   3. mark      from those, everything they reach loses COLLECTING; the objects to visit form a stack that runs
 *                through the same _gc_prev field, so marking needs neither memory nor recursion
 *   4. split     one walk rebuilds the back links; what still has COLLECTING is unreachable
 *   5. legacy    objects with tp_del, and what they reach, are uncollectable
 *   6. weakrefs  to unreachable objects are cleared; callbacks of reachable weakrefs run
 *   7. finalize  tp_finalize once per object; if one came back to life, all are kept
 *   8. clear     tp_clear
 *
 * [GCC-1] Between 1 and 4 _gc_prev of the list holds counts or stack links, no back links: nothing may untrack.
 *         Only tp_traverse runs then.
 * [GCC-2] Objects outside the list never have COLLECTING set.
 * [GCC-3] An allocation never collects, it asks the evaluator to (TAI_BREAK_GC): finalizers would run in the middle of C code
 *         that has just read a size or borrowed a reference. C code that never calls Python code makes garbage that waits.
 * Entry points: PyObject_GC_*, PyGC_Collect, tai_gc_*. Tests: tests/runtime/test_gc.py
 */
#include "runtime/collector.h"
#include "runtime/state.h"

#include "frameobject.h"
#include "genobject.h"

#include <limits.h>

TaiCollector tai_gc = {.enabled = 1, .threshold = {700, 10, 10}};

PyGC_Head tai_gc_young = {(uintptr_t)&tai_gc_young, (uintptr_t)&tai_gc_young};
static PyGC_Head old_generation[TAI_GENERATIONS - 1] = {
    {(uintptr_t)&old_generation[0], (uintptr_t)&old_generation[0]},
    {(uintptr_t)&old_generation[1], (uintptr_t)&old_generation[1]},
};
static PyGC_Head permanent = {(uintptr_t)&permanent, (uintptr_t)&permanent};

PyGC_Head *tai_gc_generation(int n) { return n == 0 ? &tai_gc_young : &old_generation[n - 1]; }
PyGC_Head *tai_gc_permanent(void) { return &permanent; }

/* ---- lists ---- */

static inline PyGC_Head *next_of(const PyGC_Head *g) { return (PyGC_Head *)g->_gc_next; }
static inline PyGC_Head *prev_of(const PyGC_Head *g) { return (PyGC_Head *)(g->_gc_prev & TAI_GC_PREV_MASK); }
static inline void set_prev(PyGC_Head *g, PyGC_Head *p) { g->_gc_prev = (g->_gc_prev & ~TAI_GC_PREV_MASK) | (uintptr_t)p; }
static inline PyObject *object_of(PyGC_Head *g) { return (PyObject *)(g + 1); }
static inline int list_is_empty(const PyGC_Head *list) { return next_of(list) == list; }

static inline void list_init(PyGC_Head *list)
{
    list->_gc_next = list->_gc_prev = (uintptr_t)list;
}

static inline void list_append(PyGC_Head *g, PyGC_Head *list)
{
    PyGC_Head *last = (PyGC_Head *)list->_gc_prev;
    last->_gc_next = (uintptr_t)g;
    set_prev(g, last);
    g->_gc_next = (uintptr_t)list;
    list->_gc_prev = (uintptr_t)g;
}

static inline void list_move(PyGC_Head *g, PyGC_Head *list)
{
    PyGC_Head *p = prev_of(g), *n = next_of(g);
    p->_gc_next = (uintptr_t)n;
    set_prev(n, p);
    list_append(g, list);
}

void tai_gc_list_merge(PyGC_Head *from, PyGC_Head *to)
{
    if (!list_is_empty(from)) {
        PyGC_Head *first = next_of(from), *last = prev_of(from), *tail = prev_of(to);
        tail->_gc_next = (uintptr_t)first;
        set_prev(first, tail);
        last->_gc_next = (uintptr_t)to;
        to->_gc_prev = (uintptr_t)last;
    }
    list_init(from);
}

Py_ssize_t tai_gc_list_size(PyGC_Head *list)
{
    Py_ssize_t n = 0;
    for (PyGC_Head *g = next_of(list); g != list; g = next_of(g))
        n++;
    return n;
}

/* ---- passes 1 to 4 ---- */

#define COUNT_SHIFT 2
#define ONE_REF ((uintptr_t)1 << COUNT_SHIFT)

static void count_references(PyGC_Head *list)
{
    for (PyGC_Head *g = next_of(list); g != list; g = next_of(g))
        g->_gc_prev = (g->_gc_prev & TAI_GC_FINALIZED) | TAI_GC_COLLECTING |
                      (uintptr_t)Py_REFCNT(object_of(g)) << COUNT_SHIFT;
}

static int visit_subtract(PyObject *op, void *unused)
{
    if (PyObject_IS_GC(op)) {
        PyGC_Head *g = tai_gc_head(op);
        if (g->_gc_prev & TAI_GC_COLLECTING && g->_gc_prev >= ONE_REF)
            g->_gc_prev -= ONE_REF;
    }
    return 0;
}

static void subtract_internal(PyGC_Head *list)
{
    for (PyGC_Head *g = next_of(list); g != list; g = next_of(g)) {
        PyObject *op = object_of(g);
        (void)Py_TYPE(op)->tp_traverse(op, visit_subtract, NULL);
    }
}

/* Take op off the suspects and put it on the stack of objects to visit. */
static inline void push_reached(PyGC_Head *g, PyGC_Head **stack)
{
    g->_gc_prev = (g->_gc_prev & TAI_GC_FINALIZED) | (uintptr_t)*stack;
    *stack = g;
}

static int visit_reach(PyObject *op, void *stack)
{
    if (PyObject_IS_GC(op)) {
        PyGC_Head *g = tai_gc_head(op);
        if (g->_gc_prev & TAI_GC_COLLECTING)
            push_reached(g, stack);
    }
    return 0;
}

static void mark_reachable(PyGC_Head *list)
{
    PyGC_Head *stack = NULL;
    for (PyGC_Head *g = next_of(list); g != list; g = next_of(g)) {
        if (!(g->_gc_prev & TAI_GC_COLLECTING) || g->_gc_prev < ONE_REF)
            continue;
        push_reached(g, &stack);
        while (stack != NULL) {
            PyGC_Head *top = stack;
            stack = prev_of(top);
            PyObject *op = object_of(top);
            (void)Py_TYPE(op)->tp_traverse(op, visit_reach, &stack);
        }
    }
}

/* Rebuild the list's back links, moving suspects (COLLECTING stays set) to `unreachable`. */
static void split_unreachable(PyGC_Head *list, PyGC_Head *unreachable)
{
    PyGC_Head *last = list, *bad = unreachable;
    for (PyGC_Head *g = next_of(list), *next; g != list; g = next) {
        next = next_of(g);
        PyGC_Head **tail = g->_gc_prev & TAI_GC_COLLECTING ? &bad : &last;
        (*tail)->_gc_next = (uintptr_t)g;
        set_prev(g, *tail);
        *tail = g;
    }
    last->_gc_next = (uintptr_t)list;
    list->_gc_prev = (uintptr_t)last;
    bad->_gc_next = (uintptr_t)unreachable;
    unreachable->_gc_prev = (uintptr_t)bad;
}

static void find_unreachable(PyGC_Head *list, PyGC_Head *unreachable)
{
    count_references(list);
    subtract_internal(list);
    mark_reachable(list);
    split_unreachable(list, unreachable);
}

/* Tuples and dicts that turned out to hold nothing that can be part of a cycle leave the collector. */
static void untrack_simple(PyGC_Head *list, int dicts)
{
    for (PyGC_Head *g = next_of(list), *next; g != list; g = next) {
        PyObject *op = object_of(g);
        next = next_of(g);
        if (PyTuple_CheckExact(op))
            _PyTuple_MaybeUntrack(op);
        else if (dicts && PyDict_CheckExact(op))
            _PyDict_MaybeUntrack(op);
    }
}

/* ---- 5: legacy finalizers ---- */

static int visit_move_suspect(PyObject *op, void *to)
{
    if (PyObject_IS_GC(op)) {
        PyGC_Head *g = tai_gc_head(op);
        if (g->_gc_prev & TAI_GC_COLLECTING) {
            g->_gc_prev &= ~(uintptr_t)TAI_GC_COLLECTING;
            list_move(g, to);
        }
    }
    return 0;
}

static void set_aside_legacy(PyGC_Head *unreachable, PyGC_Head *legacy)
{
    for (PyGC_Head *g = next_of(unreachable), *next; g != unreachable; g = next) {
        next = next_of(g);
        if (Py_TYPE(object_of(g))->tp_del != NULL) {
            g->_gc_prev &= ~(uintptr_t)TAI_GC_COLLECTING;
            list_move(g, legacy);
        }
    }
    for (PyGC_Head *g = next_of(legacy); g != legacy; g = next_of(g)) {
        PyObject *op = object_of(g);
        (void)Py_TYPE(op)->tp_traverse(op, visit_move_suspect, legacy);
    }
}

static void handle_legacy(PyGC_Head *legacy, PyGC_Head *old)
{
    if (tai_gc.garbage == NULL && !list_is_empty(legacy)) {
        tai_gc.garbage = PyList_New(0);
        if (tai_gc.garbage == NULL)
            Py_FatalError("gc couldn't create gc.garbage list");
    }
    for (PyGC_Head *g = next_of(legacy); g != legacy; g = next_of(g)) {
        PyObject *op = object_of(g);
        if ((tai_gc.debug & TAI_GC_DEBUG_SAVEALL || Py_TYPE(op)->tp_del != NULL) && PyList_Append(tai_gc.garbage, op) < 0) {
            PyErr_Clear();
            break;
        }
    }
    tai_gc_list_merge(legacy, old);
}

/* ---- 6: weak references ---- */

static void clear_weakrefs_of(PyObject *op, PyGC_Head *to_call)
{
    PyWeakReference **list = (PyWeakReference **)PyObject_GET_WEAKREFS_LISTPTR(op);
    while (*list != NULL) {
        PyWeakReference *wr = *list;
        _PyWeakref_ClearRef(wr); /* takes it off the list, keeps the callback */
        if (wr->wr_callback == NULL || tai_gc_head(wr)->_gc_prev & TAI_GC_COLLECTING)
            continue; /* an unreachable weakref never calls back */
        Py_INCREF(wr);
        if (tai_gc_is_tracked(wr))
            list_move(tai_gc_head(wr), to_call);
        else
            Py_DECREF(wr);
    }
}

/* Runs code. Number of callbacks made. */
static void handle_weakrefs(PyGC_Head *unreachable, PyGC_Head *old)
{
    PyGC_Head to_call;
    list_init(&to_call);
    for (PyGC_Head *g = next_of(unreachable), *next; g != unreachable; g = next) {
        PyObject *op = object_of(g);
        next = next_of(g);
        if (PyWeakref_Check(op))
            _PyWeakref_ClearRef((PyWeakReference *)op);
        if (PyType_SUPPORTS_WEAKREFS(Py_TYPE(op)))
            clear_weakrefs_of(op, &to_call);
    }
    while (!list_is_empty(&to_call)) {
        PyGC_Head *g = next_of(&to_call);
        PyObject *wr = object_of(g), *callback = ((PyWeakReference *)wr)->wr_callback;
        PyObject *result = PyObject_CallFunctionObjArgs(callback, wr, NULL);
        if (result == NULL)
            PyErr_WriteUnraisable(callback);
        else
            Py_DECREF(result);
        Py_DECREF(wr);
        if (next_of(&to_call) == g) /* somebody else holds it */
            list_move(g, old);
    }
}

/* ---- 7 and 8 ---- */

/* Call the finalizers. Objects may die or leave the list meanwhile, so finished ones move to a list of their own. */
static void finalize_all(PyGC_Head *list)
{
    PyGC_Head seen;
    list_init(&seen);
    while (!list_is_empty(list)) {
        PyGC_Head *g = next_of(list);
        PyObject *op = object_of(g);
        destructor finalize = Py_TYPE(op)->tp_finalize;
        list_move(g, &seen);
        if (!(g->_gc_prev & TAI_GC_FINALIZED) && finalize) {
            g->_gc_prev |= TAI_GC_FINALIZED;
            Py_INCREF(op);
            finalize(op);
            assert(!PyErr_Occurred());
            Py_DECREF(op);
        }
    }
    tai_gc_list_merge(&seen, list);
}

/* True if something in the list is held from outside of it. Leaves back links in order and COLLECTING clear. */
static int any_resurrected(PyGC_Head *list)
{
    int found = 0;
    count_references(list);
    subtract_internal(list);
    PyGC_Head *last = list;
    for (PyGC_Head *g = next_of(list); g != list; g = next_of(g)) {
        if (g->_gc_prev >= ONE_REF)
            found = 1;
        g->_gc_prev = (g->_gc_prev & TAI_GC_FINALIZED) | (uintptr_t)last;
        last = g;
    }
    return found;
}

static void clear_all(PyGC_Head *list, PyGC_Head *old)
{
    while (!list_is_empty(list)) {
        PyGC_Head *g = next_of(list);
        PyObject *op = object_of(g);
        inquiry clear = Py_TYPE(op)->tp_clear;
        if (tai_gc.debug & TAI_GC_DEBUG_SAVEALL) {
            if (tai_gc.garbage == NULL && (tai_gc.garbage = PyList_New(0)) == NULL)
                Py_FatalError("gc couldn't create gc.garbage list");
            if (PyList_Append(tai_gc.garbage, op) < 0)
                PyErr_Clear();
        } else if (clear != NULL) {
            Py_INCREF(op);
            (void)clear(op);
            if (PyErr_Occurred())
                PyErr_WriteUnraisable((PyObject *)Py_TYPE(op));
            Py_DECREF(op);
        }
        if (next_of(list) == g) /* still alive: perhaps later */
            list_move(g, old);
    }
}

static void clear_free_lists(void)
{
    (void)PyMethod_ClearFreeList();
    (void)PyFrame_ClearFreeList();
    (void)PyCFunction_ClearFreeList();
    (void)PyTuple_ClearFreeList();
    (void)PyUnicode_ClearFreeList();
    (void)PyFloat_ClearFreeList();
    (void)PyList_ClearFreeList();
    (void)PyDict_ClearFreeList();
    (void)PySet_ClearFreeList();
    (void)PyAsyncGen_ClearFreeLists();
    (void)PyContext_ClearFreeList();
}

static void debug_list(const char *what, PyGC_Head *list, Py_ssize_t *n, int print)
{
    for (PyGC_Head *g = next_of(list); g != list; g = next_of(g)) {
        ++*n;
        if (print)
            PySys_FormatStderr("gc: %s <%s %p>\n", what, Py_TYPE(object_of(g))->tp_name, object_of(g));
    }
}

static void debug_start(int generation)
{
    PySys_WriteStderr("gc: collecting generation %d...\n", generation);
    PySys_WriteStderr("gc: objects in each generation: %zd %zd %zd\n", tai_gc_list_size(tai_gc_generation(0)),
                      tai_gc_list_size(tai_gc_generation(1)), tai_gc_list_size(tai_gc_generation(2)));
    PySys_WriteStderr("gc: objects in permanent generation: %zd\n", tai_gc_list_size(&permanent));
}

/* One collection. nofail: exceptions are dropped instead of fatal (used during shutdown). Runs code. */
static Py_ssize_t collect(int generation, Py_ssize_t *collected, Py_ssize_t *uncollectable, int nofail)
{
    PyGC_Head unreachable, legacy, *list = tai_gc_generation(generation);
    Py_ssize_t found = 0, stuck = 0;
    _PyTime_t started = 0;
    PyGC_Head *old = generation < TAI_GENERATIONS - 1 ? tai_gc_generation(generation + 1) : list;

    if (tai_gc.debug & TAI_GC_DEBUG_STATS) {
        debug_start(generation);
        started = _PyTime_GetMonotonicClock();
    }
    if (generation + 1 < TAI_GENERATIONS)
        tai_gc.count[generation + 1]++;
    for (int i = 0; i <= generation; i++)
        tai_gc.count[i] = 0;
    for (int i = 0; i < generation; i++)
        tai_gc_list_merge(tai_gc_generation(i), list);

    list_init(&unreachable);
    list_init(&legacy);
    find_unreachable(list, &unreachable);
    untrack_simple(list, generation == TAI_GENERATIONS - 1);
    if (old != list) {
        if (generation == TAI_GENERATIONS - 2)
            tai_gc.long_lived_pending += tai_gc_list_size(list);
        tai_gc_list_merge(list, old);
    } else {
        tai_gc.long_lived_pending = 0;
        tai_gc.long_lived_total = tai_gc_list_size(list);
    }
    set_aside_legacy(&unreachable, &legacy);
    debug_list("collectable", &unreachable, &found, tai_gc.debug & TAI_GC_DEBUG_COLLECTABLE);

    handle_weakrefs(&unreachable, old);
    finalize_all(&unreachable);
    if (any_resurrected(&unreachable)) {
        tai_gc_list_merge(&unreachable, old);
        found = 0;
    } else {
        clear_all(&unreachable, old);
    }
    debug_list("uncollectable", &legacy, &stuck, tai_gc.debug & TAI_GC_DEBUG_UNCOLLECTABLE);
    if (tai_gc.debug & TAI_GC_DEBUG_STATS)
        PySys_WriteStderr("gc: done, %zd unreachable, %zd uncollectable, %.4fs elapsed\n", found + stuck, stuck,
                          _PyTime_AsSecondsDouble(_PyTime_GetMonotonicClock() - started));
    handle_legacy(&legacy, old);
    if (generation == TAI_GENERATIONS - 1)
        clear_free_lists();
    if (PyErr_Occurred()) {
        if (nofail) {
            PyErr_Clear();
        } else {
            PyObject *where = PyUnicode_FromString("garbage collection");
            PyErr_WriteUnraisable(where);
            Py_XDECREF(where);
            Py_FatalError("unexpected exception during garbage collection");
        }
    }
    *collected = found;
    *uncollectable = stuck;
    tai_gc.stats[generation].collections++;
    tai_gc.stats[generation].collected += found;
    tai_gc.stats[generation].uncollectable += stuck;
    return found + stuck;
}

static void run_callbacks(const char *phase, int generation, Py_ssize_t collected, Py_ssize_t uncollectable)
{
    if (tai_gc.callbacks == NULL || PyList_GET_SIZE(tai_gc.callbacks) == 0)
        return;
    PyObject *info = Py_BuildValue("{sisnsn}", "generation", generation, "collected", collected, "uncollectable", uncollectable);
    PyObject *name = PyUnicode_FromString(phase);
    if (info == NULL || name == NULL)
        PyErr_WriteUnraisable(NULL);
    for (Py_ssize_t i = 0; info && name && i < PyList_GET_SIZE(tai_gc.callbacks); i++) {
        PyObject *callback = PyList_GET_ITEM(tai_gc.callbacks, i);
        Py_INCREF(callback);
        PyObject *r = PyObject_CallFunctionObjArgs(callback, name, info, NULL);
        if (r == NULL)
            PyErr_WriteUnraisable(callback);
        else
            Py_DECREF(r);
        Py_DECREF(callback);
    }
    Py_XDECREF(info);
    Py_XDECREF(name);
}

Py_ssize_t tai_gc_collect_generation(int n)
{
    Py_ssize_t collected = 0, uncollectable = 0;
    run_callbacks("start", n, 0, 0);
    Py_ssize_t result = collect(n, &collected, &uncollectable, 0);
    run_callbacks("stop", n, collected, uncollectable);
    return result;
}

/* While stressing, count[0] stands where every allocation finds it over the threshold. */
enum { STRESS_COUNT = 1 << 29, STRESS_FULL = 16 };

void tai_gc_stress(int n)
{
    tai_gc.stress = n;
    tai_gc.count[0] = n > 0 ? STRESS_COUNT : 0;
}

static void collect_under_stress(void)
{
    static unsigned asked;
    asked++;
    tai_gc.count[0] = STRESS_COUNT;
    if (asked % (unsigned)tai_gc.stress == 0)
        (void)tai_gc_collect_generation(asked / (unsigned)tai_gc.stress % STRESS_FULL == 0 ? TAI_GENERATIONS - 1 : 0);
    if (tai_gc.stress > 0)
        tai_gc.count[0] = STRESS_COUNT;
}

/* The oldest generation whose count is over its threshold; a full collection also waits for enough new survivors. */
void tai_gc_collect_due(void)
{
    if (!tai_gc.enabled || tai_gc.collecting)
        return;
    tai_gc.collecting = 1;
    if (UNLIKELY(tai_gc.stress > 0))
        collect_under_stress();
    for (int i = TAI_GENERATIONS - 1; i >= 0 && tai_gc.stress == 0; i--) {
        if (tai_gc.count[i] > tai_gc.threshold[i]) {
            if (i == TAI_GENERATIONS - 1 && tai_gc.long_lived_pending < tai_gc.long_lived_total / 4)
                continue;
            (void)tai_gc_collect_generation(i);
            break;
        }
    }
    tai_gc.collecting = 0;
}

/* ---- the API ---- */

Py_ssize_t PyGC_Collect(void)
{
    if (tai_gc.collecting)
        return 0;
    PyObject *type, *value, *tb;
    tai_gc.collecting = 1;
    PyErr_Fetch(&type, &value, &tb);
    Py_ssize_t n = tai_gc_collect_generation(TAI_GENERATIONS - 1);
    PyErr_Restore(type, value, tb);
    tai_gc.collecting = 0;
    return n;
}

Py_ssize_t _PyGC_CollectIfEnabled(void)
{
    return tai_gc.enabled ? PyGC_Collect() : 0;
}

Py_ssize_t _PyGC_CollectNoFail(void)
{
    Py_ssize_t collected, uncollectable;
    if (tai_gc.collecting)
        return 0;
    tai_gc.collecting = 1;
    Py_ssize_t n = collect(TAI_GENERATIONS - 1, &collected, &uncollectable, 1);
    tai_gc.collecting = 0;
    return n;
}

void tai_gc_fini(void)
{
    Py_CLEAR(tai_gc.garbage);
    Py_CLEAR(tai_gc.callbacks);
}

void tai_gc_dump_shutdown_stats(void)
{
    if (tai_gc.debug & TAI_GC_DEBUG_SAVEALL || tai_gc.garbage == NULL || PyList_GET_SIZE(tai_gc.garbage) == 0)
        return;
    const char *message = tai_gc.debug & TAI_GC_DEBUG_UNCOLLECTABLE
                              ? "gc: %zd uncollectable objects at shutdown"
                              : "gc: %zd uncollectable objects at shutdown; use gc.set_debug(gc.DEBUG_UNCOLLECTABLE) to list them";
    if (PyErr_WarnExplicitFormat(PyExc_ResourceWarning, "gc", 0, "gc", NULL, message, PyList_GET_SIZE(tai_gc.garbage)))
        PyErr_WriteUnraisable(NULL);
    if (tai_gc.debug & TAI_GC_DEBUG_UNCOLLECTABLE) {
        PyObject *text = PyObject_Repr(tai_gc.garbage), *bytes = text ? PyUnicode_EncodeFSDefault(text) : NULL;
        if (bytes == NULL)
            PyErr_WriteUnraisable(tai_gc.garbage);
        else
            PySys_WriteStderr("      %s\n", PyBytes_AS_STRING(bytes));
        Py_XDECREF(text);
        Py_XDECREF(bytes);
    }
}

void PyObject_GC_Track(void *op)
{
    if (tai_gc_is_tracked(op)) {
        fprintf(stderr, "object at %p of type %s\n", op, Py_TYPE(op)->tp_name);
        Py_FatalError("object already tracked by the garbage collector");
    }
    tai_gc_track(op);
}

void PyObject_GC_UnTrack(void *op)
{
    if (tai_gc_is_tracked(op))
        tai_gc_untrack(op);
}

static PyObject *gc_alloc(int zeroed, size_t size)
{
    if (UNLIKELY(size > PY_SSIZE_T_MAX - sizeof(PyGC_Head)))
        return PyErr_NoMemory();
    size += sizeof(PyGC_Head);
    PyGC_Head *g = zeroed ? PyObject_Calloc(1, size) : PyObject_Malloc(size);
    if (UNLIKELY(g == NULL))
        return PyErr_NoMemory();
    g->_gc_next = g->_gc_prev = 0;
    if (UNLIKELY(++tai_gc.count[0] > tai_gc.threshold[0]) && tai_gc.enabled && tai_gc.threshold[0] && !tai_gc.collecting &&
        !(tai_eval_breaker & TAI_BREAK_GC))
        tai_eval_break_set(TAI_BREAK_GC); /* [GCC-3] */
    return object_of(g);
}

PyObject *_PyObject_GC_Malloc(size_t size) { return gc_alloc(0, size); }
PyObject *_PyObject_GC_Calloc(size_t size) { return gc_alloc(1, size); }

PyObject *_PyObject_GC_New(PyTypeObject *type)
{
    PyObject *op = gc_alloc(0, (size_t)_PyObject_SIZE(type));
    return op ? PyObject_INIT(op, type) : NULL;
}

PyVarObject *_PyObject_GC_NewVar(PyTypeObject *type, Py_ssize_t n)
{
    if (n < 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    PyVarObject *op = (PyVarObject *)gc_alloc(0, (size_t)_PyObject_VAR_SIZE(type, n));
    return op ? PyObject_INIT_VAR(op, type, n) : NULL;
}

PyVarObject *_PyObject_GC_Resize(PyVarObject *op, Py_ssize_t n)
{
    size_t size = (size_t)_PyObject_VAR_SIZE(Py_TYPE(op), n);
    assert(!tai_gc_is_tracked(op));
    if (size > PY_SSIZE_T_MAX - sizeof(PyGC_Head))
        return (PyVarObject *)PyErr_NoMemory();
    PyGC_Head *g = PyObject_Realloc(tai_gc_head(op), size + sizeof(PyGC_Head));
    if (g == NULL)
        return (PyVarObject *)PyErr_NoMemory();
    op = (PyVarObject *)object_of(g);
    Py_SIZE(op) = n;
    return op;
}

void PyObject_GC_Del(void *op)
{
    if (tai_gc_is_tracked(op))
        tai_gc_untrack(op);
    if (tai_gc.count[0] > 0)
        tai_gc.count[0]--;
    PyObject_Free(tai_gc_head(op));
}

/* ---- objects that are not tracked ---- */

PyObject *PyObject_Init(PyObject *op, PyTypeObject *type)
{
    return op ? PyObject_INIT(op, type) : PyErr_NoMemory();
}

PyVarObject *PyObject_InitVar(PyVarObject *op, PyTypeObject *type, Py_ssize_t n)
{
    return op ? PyObject_INIT_VAR(op, type, n) : (PyVarObject *)PyErr_NoMemory();
}

PyObject *_PyObject_New(PyTypeObject *type)
{
    PyObject *op = PyObject_Malloc((size_t)_PyObject_SIZE(type));
    return op ? PyObject_INIT(op, type) : PyErr_NoMemory();
}

PyVarObject *_PyObject_NewVar(PyTypeObject *type, Py_ssize_t n)
{
    PyVarObject *op = PyObject_Malloc((size_t)_PyObject_VAR_SIZE(type, n));
    return op ? PyObject_INIT_VAR(op, type, n) : (PyVarObject *)PyErr_NoMemory();
}

/* ---- start-up ---- */

/* What a start makes lives as long as the process: no collection is due while it goes on, and none looks at it young. */
void tai_gc_postpone(void) { tai_gc.count[0] = INT_MIN / 2; }

void tai_gc_settle(void)
{
    for (int i = 0; i < TAI_GENERATIONS; i++) {
        if (i < TAI_GENERATIONS - 1)
            tai_gc_list_merge(tai_gc_generation(i), tai_gc_generation(TAI_GENERATIONS - 1));
        tai_gc.count[i] = 0;
    }
}
