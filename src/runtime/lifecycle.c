/* SPDX-License-Identifier: MIT */
/* Starting and ending interpreters.
 *
 *   runtime -> configuration -> interpreter, thread, GIL -> units (types and their constants; once a process)
 *           -> sys, builtins, importlib  ("core")
 *           -> path importers, file name codec, signals, streams, __main__, warnings, site  ("main")
 *
 * The end goes the other way: threads are joined, exit functions called, modules taken down in a fixed order.
 * Types, interned strings and other constants of the units outlive the interpreter: a second start finds them.
 * Tests: tests/embedding/, tests/program/
 */
#include "runtime/lifecycle.h"
#include "runtime/collector.h"
#include "runtime/errprint.h"
#include "runtime/import.h"
#include "runtime/quiet_exit.h"
#include "runtime/signals.h"
#include "runtime/sys.h"
#include "runtime/upward.h"
#include "runtime/warnings.h"
#include "base/memory.h"
#include "base/random.h"
#include "runtime/config/config.h"
#include "objects/dict/dict.h"
#include "objects/float/float.h"
#include "objects/int/int.h"
#include "objects/tuple.h"
#include "objects/type/type.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <wchar.h>

/* ---- units ---- */

#define UNITS_EARLY UNIT(int) UNIT(str) UNIT(bytes) UNIT(tuple) UNIT(dict)
#define UNITS_LATE UNIT(types) UNIT(exceptions) UNIT(float) UNIT(int_types) UNIT(str_types) UNIT(float_types) \
    UNIT(errors) UNIT(context) UNIT(crossinterp) UNIT(frame_object) UNIT(generator)

#define UNIT(name) int tai_##name##_init(void);
UNITS_EARLY
UNITS_LATE
#undef UNIT
int tai_exceptions_add_to(PyObject *builtins_module);

static const struct {
    const char *name;
    int (*init)(void);
} units[] = {
#define UNIT(name) {#name, tai_##name##_init},
    UNITS_EARLY UNITS_LATE
#undef UNIT
};

static int units_ready;

static PyStatus init_units(void)
{
    static char message[80];
    if (units_ready)
        return PyStatus_Ok();
    if (_PyTime_Init() < 0)
        return PyStatus_Error("can't initialize time");
    for (size_t i = 0; i < Py_ARRAY_LENGTH(units); i++) {
        if (units[i].init() < 0) {
            PyOS_snprintf(message, sizeof message, "can't initialize %s", units[i].name);
            return PyStatus_Error(message);
        }
    }
    units_ready = 1;
    return PyStatus_Ok();
}

/* ---- core ---- */

static PyStatus create_interpreter(const PyConfig *config, PyThreadState **out)
{
    PyInterpreterState *interp = PyInterpreterState_New();
    if (interp == NULL)
        return PyStatus_Error("can't make main interpreter");
    if (tai_config_copy(&interp->config, config) < 0)
        return PyStatus_NoMemory();
    PyThreadState *ts = PyThreadState_New(interp);
    if (ts == NULL)
        return PyStatus_Error("can't make first thread");
    tai_gilstate_init(interp, ts);
    tai_gil_create();
    tai_gil_take(ts);
    *out = ts;
    return PyStatus_Ok();
}

/* sys, builtins and importlib of a fresh interpreter. */
static PyStatus init_modules(PyInterpreterState *interp)
{
    PyObject *sys = tai_sys_create(interp);
    if (sys == NULL)
        return PyStatus_Error("can't initialize sys module");
    PyObject *builtins = tai_builtins_create(interp);
    if (builtins == NULL || _PyImport_FixupBuiltin(builtins, "builtins", interp->modules) < 0 ||
        tai_exceptions_add_to(builtins) < 0)
        return PyStatus_Error("can't initialize builtins modules");
    interp->builtins_copy = PyDict_Copy(interp->builtins);
    if (interp->builtins_copy == NULL)
        return PyStatus_NoMemory();
    PyObject *import = PyDict_GetItemString(interp->builtins, "__import__");
    if (import == NULL) /* it is there: to ask for it took memory */
        return PyStatus_NoMemory();
    Py_INCREF(import);
    Py_XSETREF(interp->import_func, import);
    if (tai_warnings_init() < 0)
        return PyStatus_Error("can't initialize warnings");
    if (interp->config._install_importlib) {
        if (tai_sys_configure(interp, interp->sysdict) < 0)
            return PyStatus_Error("can't finish initializing sys");
        if (tai_import_init(interp, sys) < 0)
            return PyStatus_Error("can't initialize importlib");
    }
    Py_DECREF(sys);
    Py_DECREF(builtins);
    return PyStatus_Ok();
}

/* PYTHONCOERCECLOCALE=warn, and the locale is still C. */
static void warn_legacy_locale(void)
{
    if (tai_runtime.preconfig.coerce_c_locale_warn && _Py_LegacyLocaleDetected(1))
        fprintf(stderr, "Python runtime initialized with LC_CTYPE=C (a locale with default ASCII encoding), which may cause "
                        "Unicode compatibility problems. Using C.UTF-8, C.utf8, or UTF-8 (if available) as alternative "
                        "Unicode-compatible locales is recommended.\n");
}

static PyStatus init_core(const PyConfig *config, const TaiArgv *args, PyThreadState **out)
{
    PyConfig own;
    PyStatus status = tai_preinit_from_config(config, args);
    if (PyStatus_Exception(status))
        return status;
    PyConfig_InitPythonConfig(&own);
    if (tai_config_copy(&own, config) < 0)
        return PyStatus_NoMemory();
    status = tai_config_read(&own, args);
    if (own.parse_argv == WORDS_PARSED)
        own.parse_argv = 1;
    if (TAI_OK(status)) {
        if (tai_runtime.core_initialized) {
            *out = tai_current;
            if (*out == NULL)
                status = PyStatus_Error("failed to read thread state");
            else if (tai_config_copy(&(*out)->interp->config, &own) < 0)
                status = PyStatus_NoMemory();
            goto done;
        }
        tai_runtime.finalizing = NULL;
        warn_legacy_locale();
        status = tai_config_write(&own);
    }
    if (TAI_OK(status))
        status = tai_hash_secret_init(&own);
    if (TAI_OK(status))
        status = create_interpreter(&own, out);
    if (TAI_OK(status))
        status = init_units();
    if (TAI_OK(status))
        status = init_modules((*out)->interp);
    if (TAI_OK(status))
        tai_runtime.core_initialized = 1;
done:
    PyConfig_Clear(&own);
    return status;
}

/* ---- main ---- */

static PyStatus add_main_module(PyInterpreterState *interp)
{
    PyObject *m = PyImport_AddModule("__main__"), *d;
    if (m == NULL)
        return PyStatus_Error("can't create __main__ module");
    d = PyModule_GetDict(m);
    PyObject *annotations = PyDict_New();
    if (annotations == NULL || PyDict_SetItemString(d, "__annotations__", annotations) < 0)
        return PyStatus_Error("Failed to initialize __main__.__annotations__");
    Py_DECREF(annotations);
    if (PyDict_GetItemString(d, "__builtins__") == NULL) {
        PyObject *builtins = PyImport_ImportModule("builtins");
        if (builtins == NULL || PyDict_SetItemString(d, "__builtins__", builtins) < 0)
            return PyStatus_Error("Failed to initialize __main__.__builtins__");
        Py_DECREF(builtins);
    }
    PyObject *loader = PyDict_GetItemString(d, "__loader__");
    if (loader == NULL || loader == Py_None) {
        loader = PyObject_GetAttrString(interp->importlib, "BuiltinImporter");
        if (loader == NULL || PyDict_SetItemString(d, "__loader__", loader) < 0)
            return PyStatus_Error("Failed to initialize __main__.__loader__");
        Py_DECREF(loader);
    }
    return PyStatus_Ok();
}

static PyStatus import_site(void)
{
    PyObject *m = PyImport_ImportModule("site");
    if (m == NULL)
        return PyStatus_Error("Failed to import the site module");
    Py_DECREF(m);
    return PyStatus_Ok();
}

static PyStatus init_codecs(PyInterpreterState *interp)
{
    if (tai_fs_codec_init(interp) < 0) {
        tai_paths_dump(&interp->config); /* most often the library was not found */
        return PyStatus_Error("failed to get the Python codec of the filesystem encoding");
    }
    if (tai_stdio_codec_init(&interp->config) < 0)
        return PyStatus_Error("failed to get the Python codec name of the stdio encoding");
    return PyStatus_Ok();
}

void tai_stats_print(FILE *file);
int tai_faulthandler_init(int enable);
void tai_faulthandler_fini(void);
int tai_tracemalloc_init(int frames);
void tai_tracemalloc_fini(void);

static PyStatus init_main(PyThreadState *ts)
{
    PyInterpreterState *interp = ts->interp;
    PyConfig *c = &interp->config;
    int is_main = interp == tai_runtime.main;
    if (!tai_runtime.core_initialized)
        return PyStatus_Error("runtime core not initialized");
    if (!c->_install_importlib) {
        tai_runtime.initialized = 1;
        return PyStatus_Ok();
    }
    if (is_main && tai_sys_configure(interp, interp->sysdict) < 0)
        return PyStatus_Error("can't finish initializing sys");
    if (tai_import_init_external(interp) < 0)
        return PyStatus_Error("external importer setup failed");
    if (is_main && tai_faulthandler_init(c->faulthandler) < 0)
        return PyStatus_Error("can't initialize faulthandler");
    TAI_TRY(init_codecs(interp));
    if (is_main) {
        if (tai_signals_init(c->install_signal_handlers) < 0)
            return PyStatus_Error("can't initialize signals");
        if (tai_tracemalloc_init(c->tracemalloc) < 0)
            return PyStatus_Error("can't initialize tracemalloc");
    }
    TAI_TRY(add_main_module(interp));
    if (tai_stdio_init(interp) < 0)
        return PyStatus_Error("can't initialize sys standard streams");
    if (is_main && PySys_HasWarnOptions()) {
        PyObject *m = PyImport_ImportModule("warnings");
        if (m == NULL) {
            fprintf(stderr, "'import warnings' failed; traceback:\n");
            PyErr_Print();
        }
        Py_XDECREF(m);
    }
    if (is_main)
        tai_runtime.initialized = 1;
    if (c->site_import)
        TAI_TRY(import_site());
    return PyStatus_Ok();
}

static PyStatus start_showing(void)
{
    PyObject *m = PyImport_ImportModule("_showcode"), *r = m ? PyObject_CallMethod(m, "start", NULL) : NULL;
    Py_XDECREF(m);
    if (r == NULL) {
        PyErr_Print();
        return PyStatus_Error("-X tai-show failed");
    }
    Py_DECREF(r);
    return PyStatus_Ok();
}

/* What -X options ask for to look at taipan itself. */
static PyStatus start_diagnostics(const PyConfig *c)
{
    const wchar_t *stress = tai_config_xoption(c, L"tai-gc-stress"), *equals = stress ? wcschr(stress, L'=') : NULL;
    if (stress != NULL) {
        wchar_t *end = NULL;
        long n = equals ? wcstol(equals + 1, &end, 10) : 1;
        if (n <= 0 || n > INT_MAX || (end != NULL && *end != 0))
            return PyStatus_Error("-X tai-gc-stress: a number above 0 expected");
        tai_gc_stress((int)n);
    }
    return tai_config_xoption(c, L"tai-show") ? start_showing() : PyStatus_Ok();
}

PyStatus tai_init_from_argv(PyConfig *config, const TaiArgv *args)
{
    PyThreadState *ts = NULL;
    TAI_TRY(tai_runtime_init());
    int first = !tai_runtime.initialized;
    if (first)
        tai_gc_postpone();
    TAI_TRY(init_core(config, args, &ts));
    if (ts->interp->config._init_main)
        TAI_TRY(init_main(ts));
    if (first)
        tai_gc_settle();
    if (first && ts->interp->config.xoptions.length > 0)
        TAI_TRY(start_diagnostics(&ts->interp->config));
    return PyStatus_Ok();
}

PyStatus Py_InitializeFromConfig(const PyConfig *config)
{
    if (config == NULL)
        return PyStatus_Error("initialization config is NULL");
    return tai_init_from_argv((PyConfig *)config, NULL);
}

PyStatus _Py_InitializeMain(void)
{
    TAI_TRY(tai_runtime_init());
    return init_main(tai_current);
}

void Py_InitializeEx(int install_signals)
{
    PyConfig c;
    if (tai_runtime.initialized)
        return;
    PyStatus status = tai_runtime_init();
    _PyConfig_InitCompatConfig(&c);
    c.install_signal_handlers = install_signals;
    if (TAI_OK(status))
        status = Py_InitializeFromConfig(&c);
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
}

void Py_Initialize(void) { Py_InitializeEx(1); }
int Py_IsInitialized(void) { return tai_runtime.initialized; }
int _Py_IsCoreInitialized(void) { return tai_runtime.core_initialized; }
int _Py_IsFinalizing(void) { return tai_runtime.finalizing != NULL; }

/* ---- failing ---- */

static __attribute__((noreturn)) void fatal_status(const char *func, const char *message, int status)
{
    fflush(stdout);
    fprintf(stderr, "Fatal Python error: %s%s%s\n", func ? func : "", func ? ": " : "", message ? message : "<message not set>");
    fprintf(stderr, "Python runtime state: %s\n\n",
            tai_runtime.initialized ? "initialized" : tai_runtime.core_initialized ? "core initialized"
            : tai_runtime.preinitialized ? "preinitialized" : "unknown");
    if (tai_current != NULL && units_ready && PyErr_Occurred())
        PyErr_PrintEx(0);
    fflush(stderr);
    if (status < 0)
        abort();
    exit(status);
}

void Py_ExitStatusException(PyStatus status)
{
    if (PyStatus_IsExit(status))
        exit(status.exitcode);
    if (PyStatus_IsError(status))
        fatal_status(status.func, status.err_msg, 1);
    fatal_status(__func__, "Py_ExitStatusException() must not be called on success", 1);
}

/* ---- the end ---- */

int Py_AtExit(void (*func)(void))
{
    if (tai_runtime.exit_count >= TAI_ATEXIT_MAX)
        return -1;
    tai_runtime.exit_functions[tai_runtime.exit_count++] = func;
    return 0;
}

void _Py_PyAtExit(void (*func)(PyObject *), PyObject *module)
{
    PyInterpreterState *interp = _PyInterpreterState_Get();
    interp->pyexitfunc = func;
    interp->pyexitmodule = module;
}

static void call_exit_functions(PyInterpreterState *interp)
{
    if (interp->pyexitfunc == NULL)
        return;
    interp->pyexitfunc(interp->pyexitmodule);
    PyErr_Clear();
}

/* Join the threads that are no daemons, if threading was ever imported. */
static void wait_for_threads(void)
{
    _Py_IDENTIFIER(_shutdown);
    PyObject *threading = tai_interp()->modules ? PyMapping_GetItemString(tai_interp()->modules, "threading") : NULL;
    if (threading == NULL) {
        PyErr_Clear();
        return;
    }
    PyObject *r = _PyObject_CallMethodIdObjArgs(threading, &PyId__shutdown, NULL);
    if (r == NULL)
        PyErr_WriteUnraisable(threading);
    Py_XDECREF(r);
    Py_DECREF(threading);
}

/* Free lists and caches of the units are emptied; their constants stay for the next start. */
static void trim_units(void)
{
    tai_types_fini();
    tai_dict_fini();
    tai_tuple_fini();
    tai_float_fini();
    tai_int_fini();
    (void)PyList_ClearFreeList();
    (void)PySet_ClearFreeList();
    (void)PyContext_ClearFreeList();
    (void)PyFrame_ClearFreeList();
    (void)PyMethod_ClearFreeList();
    (void)PyCFunction_ClearFreeList();
    (void)PyAsyncGen_ClearFreeLists();
    (void)PyUnicode_ClearFreeList();
}

static void run_c_exit_functions(void)
{
    while (tai_runtime.exit_count > 0)
        tai_runtime.exit_functions[--tai_runtime.exit_count]();
    fflush(stdout);
    fflush(stderr);
}

int Py_FinalizeEx(void)
{
    int status = 0;
    if (!tai_runtime.initialized)
        return 0;
    PyThreadState *ts = tai_current;
    PyInterpreterState *interp = ts->interp;
    if (interp->config._install_importlib) {
        wait_for_threads();
        tai_gil_finish_pending();
        call_exit_functions(interp);
    }
    int malloc_stats = interp->config.malloc_stats;
    if (tai_config_xoption(&interp->config, L"tai-stats"))
        tai_stats_print(stderr);
#ifdef Py_REF_DEBUG
    int show_refs = interp->config.show_ref_count;
#endif
    tai_runtime.finalizing = ts;
    tai_runtime.initialized = 0;
    tai_runtime.core_initialized = 0;
    if (tai_stdio_flush() < 0)
        status = -1;
    if (tai_exit_is_quiet(ts)) {
        run_c_exit_functions();
        return status;
    }
    tai_signals_fini();
    _PyGC_CollectIfEnabled();
    PyImport_Cleanup();
    if (interp->sysdict && tai_stdio_flush() < 0)
        status = -1;
#ifdef Py_REF_DEBUG
    if (show_refs)
        fprintf(stderr, "[%zd refs, %zd blocks]\n", _Py_GetRefTotal(), _Py_GetAllocatedBlocks());
#endif
    tai_faulthandler_fini();
    tai_tracemalloc_fini();
    tai_import_fini();
    PyInterpreterState_Clear(interp);
    if (PySys_Audit("cpython._PySys_ClearAuditHooks", NULL) < 0)
        PyErr_Clear();
    tai_audit_clear();
    tai_gc_fini();
    trim_units();
    tai_gilstate_fini();
    tai_gil_drop(NULL);
    tai_current = NULL;
    PyInterpreterState_Delete(interp);
    if (malloc_stats)
        tai_memory_print_stats(stderr, 1);
    run_c_exit_functions();
    tai_runtime.preinitialized = 0;
    tai_runtime.next_id = 0;
    return status;
}

void Py_Finalize(void) { (void)Py_FinalizeEx(); }

void Py_Exit(int status)
{
    if (Py_FinalizeEx() < 0)
        status = 120;
    exit(status);
}

void _Py_RestoreSignals(void);

/* ---- more interpreters ---- */

static PyStatus init_sub_modules(PyInterpreterState *interp)
{
    interp->modules = PyDict_New();
    if (interp->modules == NULL)
        return PyStatus_Error("can't make modules dictionary");
    PyObject *sys = _PyImport_FindBuiltin("sys", interp->modules);
    if (sys == NULL)
        return PyStatus_Error("can't initialize sys module");
    interp->sysdict = PyModule_GetDict(sys);
    Py_INCREF(interp->sysdict);
    if (PyDict_SetItemString(interp->sysdict, "modules", interp->modules) < 0)
        return PyStatus_Error("can't initialize sys module");
    PyObject *builtins = _PyImport_FindBuiltin("builtins", interp->modules);
    if (builtins == NULL)
        return PyStatus_Error("can't initialize builtins");
    interp->builtins = PyModule_GetDict(builtins);
    Py_INCREF(interp->builtins);
    if (tai_exceptions_add_to(builtins) < 0 || (interp->builtins_copy = PyDict_Copy(interp->builtins)) == NULL)
        return PyStatus_Error("can't initialize builtins");
    if (tai_warnings_init() < 0 || tai_sys_set_preliminary_stderr(interp->sysdict) < 0 ||
        tai_sys_configure(interp, interp->sysdict) < 0)
        return PyStatus_Error("can't initialize sys");
    if (tai_import_init(interp, sys) < 0)
        return PyStatus_Error("can't initialize importlib");
    return init_main(tai_current);
}

PyThreadState *Py_NewInterpreter(void)
{
    if (!tai_runtime.initialized)
        Py_FatalError("Py_NewInterpreter: call Py_Initialize first");
    PyThreadState *old = tai_current;
    PyInterpreterState *interp = PyInterpreterState_New();
    if (interp == NULL)
        return NULL;
    PyThreadState *ts = PyThreadState_New(interp);
    if (ts == NULL) {
        PyInterpreterState_Delete(interp);
        return NULL;
    }
    PyThreadState_Swap(ts);
    PyInterpreterState *from = old ? old->interp : tai_runtime.main;
    PyStatus status = tai_config_copy(&interp->config, &from->config) < 0 ? PyStatus_NoMemory() : init_sub_modules(interp);
    if (TAI_OK(status))
        return ts;
    if (PyErr_Occurred())
        PyErr_PrintEx(0);
    PyThreadState_Clear(ts);
    PyThreadState_Swap(old);
    PyThreadState_Delete(ts);
    PyInterpreterState_Delete(interp);
    return NULL;
}

void Py_EndInterpreter(PyThreadState *ts)
{
    PyInterpreterState *interp = ts->interp;
    if (ts != tai_current)
        Py_FatalError("Py_EndInterpreter: thread is not current");
    if (ts->frame != NULL || tai_thread_frame(ts) != NULL)
        Py_FatalError("Py_EndInterpreter: thread still has a frame");
    interp->finalizing = 1;
    wait_for_threads();
    call_exit_functions(interp);
    if (ts != interp->tstate_head || ts->next != NULL)
        Py_FatalError("Py_EndInterpreter: not the last thread");
    PyImport_Cleanup();
    PyInterpreterState_Clear(interp);
    PyThreadState_Swap(NULL);
    PyInterpreterState_Delete(interp);
}
