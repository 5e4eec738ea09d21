/* SPDX-License-Identifier: MIT */
/* Interpreter and thread states: making, linking, clearing, deleting them, the PyGILState_ functions, per-interpreter
 * module tables (PyState_*), and data that crosses interpreters.
 *
 * The lists of interpreters and threads change under heads_lock, so that they may be read without the GIL.
 * Tests: tests/embedding/test_scenarios.py, CPython's _testcapi
 */
#include "runtime/runtime.h"
#include "runtime/recursion.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static PyFrameObject *frame_of(PyThreadState *ts);
TaiRuntime _PyRuntime = {.next_id = -1, .getframe = frame_of, .debug = &tai_debug_table};
extern TaiRuntime tai_runtime __attribute__((alias("_PyRuntime")));

#define LOCK_HEADS() PyThread_acquire_lock(tai_runtime.heads_lock, WAIT_LOCK)
#define UNLOCK_HEADS() PyThread_release_lock(tai_runtime.heads_lock)

PyStatus tai_runtime_init(void)
{
    if (tai_runtime.memory_ready)
        return PyStatus_Ok();
    tai_runtime.memory_ready = 1;
    tai_runtime.next_id = 0;
    tai_runtime.auto_tss = (Py_tss_t)Py_tss_NEEDS_INIT;
    tai_runtime.gilstate_check_enabled = 1;
    tai_runtime.heads_lock = PyThread_allocate_lock();
    tai_runtime.xid_lock = PyThread_allocate_lock();
    if (!tai_runtime.heads_lock || !tai_runtime.xid_lock)
        return PyStatus_NoMemory();
    tai_runtime.pending.lock = PyThread_allocate_lock();
    if (!tai_runtime.pending.lock)
        return PyStatus_NoMemory();
    tai_runtime.main_thread = PyThread_get_thread_ident();
    return PyStatus_Ok();
}

PyStatus tai_runtime_after_fork(void)
{
    tai_runtime.heads_lock = PyThread_allocate_lock();
    tai_runtime.xid_lock = PyThread_allocate_lock();
    tai_runtime.pending.lock = PyThread_allocate_lock();
    if (!tai_runtime.heads_lock || !tai_runtime.xid_lock || !tai_runtime.pending.lock)
        return PyStatus_Error("Failed to initialize lock for _PyRuntime");
    tai_runtime.main_thread = PyThread_get_thread_ident();
    return PyStatus_Ok();
}

int tai_is_thread(unsigned long id)
{
    int found = 0;
    LOCK_HEADS();
    for (PyInterpreterState *interp = tai_runtime.head; interp && !found; interp = interp->next)
        for (PyThreadState *ts = interp->tstate_head; ts && !found; ts = ts->next)
            found = ts->thread_id == id;
    UNLOCK_HEADS();
    return found;
}

/* ---- interpreters ---- */

int tai_eval_hooked;

void tai_eval_look_for_hook(void)
{
    int hooked = 0;
    LOCK_HEADS();
    for (PyInterpreterState *interp = tai_runtime.head; interp; interp = interp->next)
        hooked |= interp->eval_frame != _PyEval_EvalFrameDefault;
    UNLOCK_HEADS();
    tai_eval_hooked = hooked;
}

PyInterpreterState *PyInterpreterState_New(void)
{
    if (tai_current != NULL && PySys_Audit("cpython.PyInterpreterState_New", NULL) < 0)
        return NULL;
    PyInterpreterState *interp = PyMem_RawCalloc(1, sizeof *interp);
    if (interp == NULL)
        return NULL;
    interp->id_refcount = -1;
    interp->eval_frame = _PyEval_EvalFrameDefault;
    PyConfig_InitPythonConfig(&interp->config);
    LOCK_HEADS();
    if (tai_runtime.next_id < 0) {
        UNLOCK_HEADS();
        PyMem_RawFree(interp);
        PyErr_SetString(PyExc_RuntimeError, "failed to get an interpreter ID");
        return NULL;
    }
    interp->id = tai_runtime.next_id++;
    interp->next = tai_runtime.head;
    if (tai_runtime.main == NULL)
        tai_runtime.main = interp;
    tai_runtime.head = interp;
    UNLOCK_HEADS();
    return interp;
}

void PyInterpreterState_Clear(PyInterpreterState *interp)
{
    if (tai_current && tai_current->interp == interp && PySys_Audit("cpython.PyInterpreterState_Clear", NULL) < 0)
        PyErr_Clear();
    LOCK_HEADS();
    for (PyThreadState *ts = interp->tstate_head; ts; ts = ts->next) {
        UNLOCK_HEADS();
        PyThreadState_Clear(ts);
        LOCK_HEADS();
    }
    UNLOCK_HEADS();
    Py_CLEAR(interp->audit_hooks);
    PyConfig_Clear(&interp->config);
    Py_CLEAR(interp->codec_search_path);
    Py_CLEAR(interp->codec_search_cache);
    Py_CLEAR(interp->codec_error_registry);
    Py_CLEAR(interp->warnings.filters);
    Py_CLEAR(interp->warnings.once_registry);
    Py_CLEAR(interp->warnings.default_action);
    Py_CLEAR(interp->modules);
    Py_CLEAR(interp->modules_by_index);
    Py_CLEAR(interp->sysdict);
    Py_CLEAR(interp->builtins);
    Py_CLEAR(interp->builtins_copy);
    Py_CLEAR(interp->importlib);
    Py_CLEAR(interp->import_func);
    Py_CLEAR(interp->dict);
    Py_CLEAR(interp->before_forkers);
    Py_CLEAR(interp->after_forkers_parent);
    Py_CLEAR(interp->after_forkers_child);
    if (interp == tai_runtime.main)
        Py_CLEAR(interp->pyexc_recursion);
}

static void free_thread(PyThreadState *ts);

void PyInterpreterState_Delete(PyInterpreterState *interp)
{
    while (interp->tstate_head) {
        PyThreadState *ts = interp->tstate_head;
        if (ts == tai_current)
            tai_current = NULL;
        PyThreadState_Delete(ts);
    }
    LOCK_HEADS();
    PyInterpreterState **p = &tai_runtime.head;
    while (*p != NULL && *p != interp)
        p = &(*p)->next;
    if (*p == NULL)
        Py_FatalError("PyInterpreterState_Delete: invalid interp");
    if (interp->tstate_head != NULL)
        Py_FatalError("PyInterpreterState_Delete: remaining threads");
    *p = interp->next;
    if (tai_runtime.main == interp) {
        tai_runtime.main = NULL;
        if (tai_runtime.head != NULL)
            Py_FatalError("PyInterpreterState_Delete: remaining subinterpreters");
    }
    UNLOCK_HEADS();
    PyMem_RawFree(interp->fs_codec.encoding);
    PyMem_RawFree(interp->fs_codec.errors);
    PyMem_RawFree(interp);
}

/* After fork: only the main interpreter goes on. */
void tai_state_delete_other_interpreters(void)
{
    PyThreadState *ts = PyThreadState_Swap(NULL);
    if (ts != NULL && ts->interp != tai_runtime.main)
        Py_FatalError("PyInterpreterState_DeleteExceptMain: not main interpreter");
    PyInterpreterState *interp = tai_runtime.head;
    while (interp != NULL) {
        PyInterpreterState *next = interp->next;
        if (interp != tai_runtime.main) {
            PyInterpreterState_Clear(interp);
            while (interp->tstate_head) {
                PyThreadState *dead = interp->tstate_head;
                interp->tstate_head = dead->next;
                free_thread(dead);
            }
            PyMem_RawFree(interp);
        }
        interp = next;
    }
    tai_runtime.head = tai_runtime.main;
    if (tai_runtime.main)
        tai_runtime.main->next = NULL;
    PyThreadState_Swap(ts);
}

PyInterpreterState *_PyInterpreterState_Get(void)
{
    PyThreadState *ts = tai_current;
    if (ts == NULL)
        Py_FatalError("_PyInterpreterState_Get(): no current thread state");
    if (ts->interp == NULL)
        Py_FatalError("_PyInterpreterState_Get(): no current interpreter");
    return ts->interp;
}

int64_t PyInterpreterState_GetID(PyInterpreterState *interp)
{
    if (interp == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "no interpreter provided");
        return -1;
    }
    return interp->id;
}

PyInterpreterState *_PyInterpreterState_LookUpID(int64_t id)
{
    PyInterpreterState *interp = NULL;
    if (id >= 0) {
        LOCK_HEADS();
        for (interp = tai_runtime.head; interp && interp->id != id; interp = interp->next)
            ;
        UNLOCK_HEADS();
    }
    if (interp == NULL && !PyErr_Occurred())
        PyErr_Format(PyExc_RuntimeError, "unrecognized interpreter ID %lld", (long long)id);
    return interp;
}

int _PyInterpreterState_IDInitref(PyInterpreterState *interp)
{
    if (interp->id_refcount < 0)
        interp->id_refcount = 0;
    return 0;
}

void _PyInterpreterState_IDIncref(PyInterpreterState *interp)
{
    if (interp->id_refcount >= 0)
        interp->id_refcount++;
}

void _PyInterpreterState_IDDecref(PyInterpreterState *interp)
{
    if (interp->id_refcount < 0 || --interp->id_refcount > 0 || !interp->requires_idref)
        return;
    PyThreadState *ts = interp->tstate_head ? interp->tstate_head : PyThreadState_New(interp);
    PyThreadState *saved = PyThreadState_Swap(ts);
    Py_EndInterpreter(ts);
    PyThreadState_Swap(saved);
}

int _PyInterpreterState_RequiresIDRef(PyInterpreterState *interp) { return interp->requires_idref; }
void _PyInterpreterState_RequireIDRef(PyInterpreterState *interp, int required) { interp->requires_idref = required ? 1 : 0; }

PyObject *_PyInterpreterState_GetMainModule(PyInterpreterState *interp)
{
    if (interp->modules == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "interpreter not initialized");
        return NULL;
    }
    return PyMapping_GetItemString(interp->modules, "__main__");
}

PyObject *PyInterpreterState_GetDict(PyInterpreterState *interp)
{
    if (interp->dict == NULL && (interp->dict = PyDict_New()) == NULL)
        PyErr_Clear();
    return interp->dict;
}

PyInterpreterState *PyInterpreterState_Head(void) { return tai_runtime.head; }
PyInterpreterState *PyInterpreterState_Main(void) { return tai_runtime.main; }
PyInterpreterState *PyInterpreterState_Next(PyInterpreterState *interp) { return interp->next; }


/* Foreign code that goes through the threads looks at their frames (is this interpreter running?): show them. */
static PyThreadState *shown(PyThreadState *ts)
{
    if (ts != NULL && tai_current != NULL && tai_current->thread_id == PyThread_get_thread_ident())
        tai_stack_tell(tai_thread(ts));
    return ts;
}

PyThreadState *PyInterpreterState_ThreadHead(PyInterpreterState *interp) { return shown(interp->tstate_head); }
PyThreadState *PyThreadState_Next(PyThreadState *ts) { return shown(ts->next); }

/* ---- threads ---- */

#define STACK_RESERVE (192 * 1024) /* bytes left for handlers, libraries and the way out */

/* The first thread's stack ends at the program's name, which the kernel puts there, and may have as much as the limit says.
 * 1, or 0 if that does not fit; libc would read and parse the table of all mappings for the same answer. */
static int first_thread_stack(const char *here, void **low, size_t *size)
{
    struct rlimit limit;
    const char *name = (const char *)getauxval(AT_EXECFN);
    if (name == NULL || syscall(SYS_gettid) != getpid() || getrlimit(RLIMIT_STACK, &limit) != 0 ||
        limit.rlim_cur > (rlim_t)1 << 30)
        return 0;
    uintptr_t top = ((uintptr_t)name + strlen(name) + 1 + 4095) & ~(uintptr_t)4095;
    if ((uintptr_t)here > top || top - (uintptr_t)here > limit.rlim_cur)
        return 0;
    *size = limit.rlim_cur & ~(size_t)4095;
    *low = (void *)(top - *size);
    return 1;
}

/* Find this C thread's stack limits. */
static void set_stack(TaiThread *t)
{
    pthread_attr_t attr;
    void *low = NULL;
    size_t size = 0;
    char *here = __builtin_frame_address(0);
    if (!first_thread_stack(here, &low, &size) && pthread_getattr_np(pthread_self(), &attr) == 0) {
        pthread_attr_getstack(&attr, &low, &size);
        pthread_attr_destroy(&attr);
    }
    size_t reserve = STACK_RESERVE;
    if (low == NULL || size == 0) {
        low = here - (1 << 20);
        size = 1 << 20;
    }
    t->c_stack_base = (char *)low + size;
    if (size > (size_t)1 << 30) /* "unlimited": do not believe it */
        low = here - ((size_t)64 << 20);
    if (reserve > size / 4)
        reserve = size / 4;
    t->c_stack_end = low;
    t->c_stack_limit = (char *)low + reserve;
}

/* A state may come into use on another C thread than the one it was made for. */
void tai_thread_check_stack(PyThreadState *ts)
{
    TaiThread *t = tai_thread(ts);
    char *here = __builtin_frame_address(0);
    if (here > t->c_stack_base || here < t->c_stack_limit - STACK_RESERVE)
        set_stack(t);
}

static PyThreadState *make_thread(PyInterpreterState *interp, int init)
{
    TaiThread *t = PyMem_RawCalloc(1, sizeof *t);
    if (t == NULL)
        return NULL;
    PyThreadState *ts = &t->ts;
    ts->interp = interp;
    ts->thread_id = PyThread_get_thread_ident();
    ts->gilstate_counter = 0;
    ts->exc_info = &ts->exc_state;
    ts->id = ++interp->tstate_next_unique_id;
    ts->context_ver = 1;
    set_stack(t);
    if (init)
        _PyThreadState_Init(&tai_runtime, ts);
    LOCK_HEADS();
    ts->next = interp->tstate_head;
    if (ts->next)
        ts->next->prev = ts;
    interp->tstate_head = ts;
    UNLOCK_HEADS();
    return ts;
}

static void note_gilstate(PyThreadState *ts);

void _PyThreadState_Init(void *runtime, PyThreadState *ts)
{
    set_stack(tai_thread(ts));
    note_gilstate(ts);
}

PyThreadState *PyThreadState_New(PyInterpreterState *interp) { return make_thread(interp, 1); }
PyThreadState *_PyThreadState_Prealloc(PyInterpreterState *interp) { return make_thread(interp, 0); }

void PyThreadState_Clear(PyThreadState *ts)
{
    if (Py_VerboseFlag && ts->frame != NULL)
        fprintf(stderr, "PyThreadState_Clear: warning: thread still has a frame\n");
    ts->frame = NULL;
    Py_CLEAR(ts->dict);
    Py_CLEAR(ts->async_exc);
    Py_CLEAR(ts->curexc_type);
    Py_CLEAR(ts->curexc_value);
    Py_CLEAR(ts->curexc_traceback);
    Py_CLEAR(ts->exc_state.exc_type);
    Py_CLEAR(ts->exc_state.exc_value);
    Py_CLEAR(ts->exc_state.exc_traceback);
    if (Py_VerboseFlag && ts->exc_info != &ts->exc_state)
        fprintf(stderr, "PyThreadState_Clear: warning: thread still has a generator\n");
    ts->c_profilefunc = NULL;
    ts->c_tracefunc = NULL;
    Py_CLEAR(ts->c_profileobj);
    Py_CLEAR(ts->c_traceobj);
    Py_CLEAR(ts->async_gen_firstiter);
    Py_CLEAR(ts->async_gen_finalizer);
    Py_CLEAR(ts->context);
    Py_CLEAR(tai_thread(ts)->datetime_cache);
}

/* Give back the data stack that the evaluator keeps per thread (vm/frame.c). */
extern void tai_stack_free(TaiThread *t);

static void free_thread(PyThreadState *ts)
{
    tai_stack_free(tai_thread(ts));
    PyMem_RawFree(ts);
}

/* Take ts off its list and tell who waits for its end (on_delete may release locks and references). */
static void unlink_thread(PyThreadState *ts)
{
    PyInterpreterState *interp = ts->interp;
    if (interp == NULL)
        Py_FatalError("PyThreadState_Delete: NULL interp");
    LOCK_HEADS();
    if (ts->prev)
        ts->prev->next = ts->next;
    else
        interp->tstate_head = ts->next;
    if (ts->next)
        ts->next->prev = ts->prev;
    UNLOCK_HEADS();
    if (ts->on_delete != NULL)
        ts->on_delete(ts->on_delete_data);
}

/* After unlink_thread(): what that runs still may free, and has to find that this thread has the GIL. */
static void forget_gilstate(PyThreadState *ts)
{
    if (PyThread_tss_is_created(&tai_runtime.auto_tss) && PyThread_tss_get(&tai_runtime.auto_tss) == ts)
        PyThread_tss_set(&tai_runtime.auto_tss, NULL);
}

void PyThreadState_Delete(PyThreadState *ts)
{
    if (ts == tai_current)
        Py_FatalError("PyThreadState_Delete: tstate is still current");
    unlink_thread(ts);
    forget_gilstate(ts);
    free_thread(ts);
}

void PyThreadState_DeleteCurrent(void)
{
    PyThreadState *ts = tai_current;
    if (ts == NULL)
        Py_FatalError("PyThreadState_DeleteCurrent: no current tstate");
    unlink_thread(ts);
    forget_gilstate(ts);
    tai_current = NULL;
    free_thread(ts);
    tai_gil_drop(NULL);
}

/* Keep one thread of its interpreter (in a forked child, or when finalizing). */
void tai_state_delete_other_threads(PyThreadState *keep)
{
    PyInterpreterState *interp = keep->interp;
    LOCK_HEADS();
    PyThreadState *list = interp->tstate_head;
    if (keep->prev)
        keep->prev->next = keep->next;
    else
        list = keep->next;
    if (keep->next)
        keep->next->prev = keep->prev;
    keep->prev = keep->next = NULL;
    interp->tstate_head = keep;
    UNLOCK_HEADS();
    while (list) {
        PyThreadState *next = list->next;
        PyThreadState_Clear(list);
        PyMem_RawFree(list); /* its data stack may still be in use by a thread that was frozen: leave it */
        list = next;
    }
}

PyThreadState *_PyThreadState_UncheckedGet(void) { return tai_current; }

PyThreadState *PyThreadState_Get(void)
{
    if (tai_current == NULL)
        Py_FatalError("PyThreadState_Get: no current thread");
    tai_eval_break_hook(1);
    TaiThread *th = tai_thread(tai_current);
    if (!th->told.open || th->ts.frame != th->told.object || th->frame != th->told.frame)
        tai_stack_tell(th);
    return tai_current;
}

PyThreadState *PyThreadState_Swap(PyThreadState *ts)
{
    PyThreadState *old = tai_current;
    tai_current = ts;
    if (ts != NULL)
        tai_thread_check_stack(ts);
    return old;
}

PyObject *PyThreadState_GetDict(void)
{
    PyThreadState *ts = tai_current;
    if (ts == NULL)
        return NULL;
    if (ts->dict == NULL && (ts->dict = PyDict_New()) == NULL)
        PyErr_Clear();
    return ts->dict;
}

int PyThreadState_SetAsyncExc(unsigned long id, PyObject *exc)
{
    PyInterpreterState *interp = tai_interp();
    LOCK_HEADS();
    for (PyThreadState *ts = interp->tstate_head; ts; ts = ts->next) {
        if (ts->thread_id == id) {
            PyObject *old = ts->async_exc;
            Py_XINCREF(exc);
            ts->async_exc = exc;
            UNLOCK_HEADS();
            Py_XDECREF(old);
            if (exc)
                tai_eval_break_set(TAI_BREAK_ASYNC);
            return 1;
        }
    }
    UNLOCK_HEADS();
    return 0;
}

/* The frame object of an activation, made if need be (vm/frame.c). */
extern PyFrameObject *tai_frame_object(TaiFrame *f);

static PyFrameObject *frame_of(PyThreadState *ts)
{
    TaiFrame *f = tai_thread_frame(ts);
    return f ? tai_frame_object(f) : ts->frame;
}

PyObject *_PyThread_CurrentFrames(void)
{
    if (PySys_Audit("sys._current_frames", NULL) < 0)
        return NULL;
    PyObject *result = PyDict_New();
    if (result == NULL)
        return NULL;
    /* holding the GIL no thread can come or go but ones that never had a frame */
    for (PyInterpreterState *interp = tai_runtime.head; interp; interp = interp->next) {
        for (PyThreadState *ts = interp->tstate_head; ts; ts = ts->next) {
            PyObject *frame = (PyObject *)frame_of(ts);
            if (frame == NULL) {
                if (PyErr_Occurred())
                    goto error;
                continue;
            }
            PyObject *id = PyLong_FromUnsignedLong(ts->thread_id);
            if (id == NULL || PyDict_SetItem(result, id, frame) < 0) {
                Py_XDECREF(id);
                goto error;
            }
            Py_DECREF(id);
        }
    }
    return result;
error:
    Py_DECREF(result);
    return NULL;
}

/* ---- PyGILState ---- */

/* Bind ts to the running thread, unless it has a state already. */
static void note_gilstate(PyThreadState *ts)
{
    if (tai_runtime.auto_interp == NULL)
        return;
    if (PyThread_tss_get(&tai_runtime.auto_tss) == NULL && PyThread_tss_set(&tai_runtime.auto_tss, ts) != 0)
        Py_FatalError("Couldn't create autoTSSkey mapping");
    ts->gilstate_counter = 1;
}

void tai_gilstate_init(PyInterpreterState *interp, PyThreadState *ts)
{
    if (PyThread_tss_create(&tai_runtime.auto_tss) != 0)
        Py_FatalError("Could not allocate TSS entry");
    tai_runtime.auto_interp = interp;
    note_gilstate(ts);
}

void tai_gilstate_fini(void)
{
    PyThread_tss_delete(&tai_runtime.auto_tss);
    tai_runtime.auto_interp = NULL;
}

PyInterpreterState *_PyGILState_GetInterpreterStateUnsafe(void) { return tai_runtime.auto_interp; }

PyThreadState *PyGILState_GetThisThreadState(void)
{
    return tai_runtime.auto_interp == NULL ? NULL : PyThread_tss_get(&tai_runtime.auto_tss);
}

int PyGILState_Check(void)
{
    if (!tai_runtime.gilstate_check_enabled || !PyThread_tss_is_created(&tai_runtime.auto_tss))
        return 1;
    PyThreadState *ts = tai_current;
    return ts != NULL && ts == PyGILState_GetThisThreadState();
}

PyGILState_STATE PyGILState_Ensure(void)
{
    int held = 0;
    if (tai_runtime.auto_interp == NULL)
        Py_FatalError("PyGILState_Ensure: Python is not initialized");
    PyThreadState *ts = PyThread_tss_get(&tai_runtime.auto_tss);
    if (ts == NULL) {
        tai_gil_create();
        ts = PyThreadState_New(tai_runtime.auto_interp);
        if (ts == NULL)
            Py_FatalError("Couldn't create thread-state for new thread");
        ts->gilstate_counter = 0;
    } else {
        held = ts == tai_current;
    }
    if (!held)
        PyEval_RestoreThread(ts);
    ts->gilstate_counter++;
    return held ? PyGILState_LOCKED : PyGILState_UNLOCKED;
}

void PyGILState_Release(PyGILState_STATE old)
{
    PyThreadState *ts = PyThread_tss_get(&tai_runtime.auto_tss);
    if (ts == NULL)
        Py_FatalError("auto-releasing thread-state, but no thread-state for this thread");
    if (ts != tai_current)
        Py_FatalError("This thread state must be current when releasing");
    if (--ts->gilstate_counter == 0) {
        PyThreadState_Clear(ts);
        PyThreadState_DeleteCurrent();
    } else if (old == PyGILState_UNLOCKED) {
        PyEval_SaveThread();
    }
}

/* ---- modules by index ---- */

PyObject *PyState_FindModule(struct PyModuleDef *module)
{
    PyInterpreterState *interp = tai_interp();
    Py_ssize_t i = module->m_base.m_index;
    if (module->m_slots || i == 0 || interp->modules_by_index == NULL || i >= PyList_GET_SIZE(interp->modules_by_index))
        return NULL;
    PyObject *found = PyList_GET_ITEM(interp->modules_by_index, i);
    return found == Py_None ? NULL : found;
}

int _PyState_AddModule(PyObject *module, struct PyModuleDef *def)
{
    PyInterpreterState *interp = tai_interp();
    if (def == NULL)
        return -1;
    if (def->m_slots) {
        PyErr_SetString(PyExc_SystemError, "PyState_AddModule called on module with slots");
        return -1;
    }
    if (interp->modules_by_index == NULL && (interp->modules_by_index = PyList_New(0)) == NULL)
        return -1;
    while (PyList_GET_SIZE(interp->modules_by_index) <= def->m_base.m_index)
        if (PyList_Append(interp->modules_by_index, Py_None) < 0)
            return -1;
    Py_INCREF(module);
    return PyList_SetItem(interp->modules_by_index, def->m_base.m_index, module);
}

int PyState_AddModule(PyObject *module, struct PyModuleDef *def)
{
    PyInterpreterState *interp = tai_interp();
    if (def == NULL) {
        Py_FatalError("PyState_AddModule: Module Definition is NULL");
        return -1;
    }
    Py_ssize_t i = def->m_base.m_index;
    if (interp->modules_by_index && i < PyList_GET_SIZE(interp->modules_by_index) &&
        module == PyList_GET_ITEM(interp->modules_by_index, i)) {
        Py_FatalError("PyState_AddModule: Module already added!");
        return -1;
    }
    return _PyState_AddModule(module, def);
}

int PyState_RemoveModule(struct PyModuleDef *def)
{
    PyInterpreterState *interp = tai_interp();
    Py_ssize_t i = def->m_base.m_index;
    if (def->m_slots) {
        PyErr_SetString(PyExc_SystemError, "PyState_RemoveModule called on module with slots");
        return -1;
    }
    if (i == 0)
        Py_FatalError("PyState_RemoveModule: Module index invalid.");
    if (interp->modules_by_index == NULL)
        Py_FatalError("PyState_RemoveModule: Interpreters module-list not accessible.");
    if (i > PyList_GET_SIZE(interp->modules_by_index))
        Py_FatalError("PyState_RemoveModule: Module index out of bounds.");
    Py_INCREF(Py_None);
    return PyList_SetItem(interp->modules_by_index, i, Py_None);
}

void _PyState_ClearModules(void)
{
    PyObject *list = tai_interp()->modules_by_index;
    if (list == NULL)
        return;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *m = PyList_GET_ITEM(list, i);
        if (PyModule_Check(m)) {
            PyModuleDef *def = PyModule_GetDef(m);
            if (def)
                Py_CLEAR(def->m_base.m_copy);
        }
    }
    (void)PyList_SetSlice(list, 0, PyList_GET_SIZE(list), NULL);
}
