/* SPDX-License-Identifier: MIT */
/* What programs do with an embedded interpreter: scenarios NAME [ARGUMENT]. Each prints "ok", or what went wrong and ends with 1.
 * tests/embedding/test_scenarios.py runs them all. Clean under the address sanitizer.
 */
#define PY_SSIZE_T_CLEAN
#include "Python.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static int wrong(const char *what)
{
    if (PyErr_Occurred())
        PyErr_Print();
    printf("wrong: %s\n", what);
    return 1;
}

static int ok(void)
{
    if (Py_FinalizeEx() != 0)
        return wrong("the end");
    puts("ok");
    return 0;
}

static void need(PyStatus status)
{
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
}

static void start(PyConfig *config)
{
    PyStatus status = Py_InitializeFromConfig(config);
    PyConfig_Clear(config);
    need(status);
}

static void start_isolated(void)
{
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    start(&config);
}

#define RUN(text) (PyRun_SimpleString(text) == 0)

/* ---- configurations */

/* Nothing of the surroundings gets in: no variables, no signal handlers, no changed locale, no user's folders. */
static int isolated(const char *unused)
{
    setenv("PYTHONPATH", "/nowhere", 1);
    setenv("PYTHONOPTIMIZE", "2", 1);
    setenv("PYTHONHASHSEED", "abc", 1);
    setenv("PYTHONWARNINGS", "error", 1);
    start_isolated();
    struct sigaction action;
    if (sigaction(SIGINT, NULL, &action) != 0 || action.sa_handler != SIG_DFL)
        return wrong("a signal handler");
    if (!RUN("import sys\n"
             "assert '/nowhere' not in sys.path and '' not in sys.path, sys.path\n"
             "assert sys.flags.isolated and sys.flags.ignore_environment and sys.flags.no_user_site\n"
             "assert not sys.flags.optimize and not sys.warnoptions\n"
             "assert sys.argv == [''], sys.argv\n"))
        return wrong("isolated");
    return ok();
}

/* The program says where modules are: its own folder (the argument) first, then the library. */
static int search_path(const char *folder)
{
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    need(PyConfig_Read(&config));
    wchar_t *wide = Py_DecodeLocale(folder, NULL);
    need(PyWideStringList_Insert(&config.module_search_paths, 0, wide));
    Py_ssize_t n = config.module_search_paths.length;
    start(&config);
    PyObject *path = PySys_GetObject("path");
    if (path == NULL || PyList_Size(path) < n)
        return wrong("sys.path is shorter than the list");
    PyObject *module = PyImport_ImportModule("own_module"), *value = module ? PyObject_GetAttrString(module, "value") : NULL;
    long number = value ? PyLong_AsLong(value) : -1;
    Py_XDECREF(value);
    Py_XDECREF(module);
    PyMem_RawFree(wide);
    return number == 42 ? ok() : wrong("own_module");
}

/* The list alone counts: what is not on it is not found. */
static int only_path(const char *folder)
{
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    need(PyConfig_Read(&config));
    wchar_t *library = NULL, *wide = Py_DecodeLocale(folder, NULL);
    for (Py_ssize_t i = 0; i < config.module_search_paths.length; i++)
        if (wcsstr(config.module_search_paths.items[i], L"python3.8") != NULL && library == NULL)
            library = wcsdup(config.module_search_paths.items[i]);
    wchar_t *items[] = {wide, library ? library : (wchar_t *)L""};
    need(PyConfig_SetWideStringList(&config, &config.module_search_paths, 2, items));
    config.module_search_paths_set = 1;
    config.site_import = 0;
    start(&config);
    PyObject *given = Py_BuildValue("[uu]", items[0], items[1]), *path = PySys_GetObject("path");
    int same = given != NULL && path != NULL && PyObject_RichCompareBool(path, given, Py_EQ) == 1;
    Py_XDECREF(given);
    free(library);
    PyMem_RawFree(wide);
    return same && RUN("import own_module\nassert own_module.value == 42\n") ? ok() : wrong("sys.path is not the list");
}

/* An importer of the program's own: the source of any module `virtual_*` is made up here. */
static PyObject *source_of(PyObject *self, PyObject *args)
{
    const char *name;
    if (!PyArg_ParseTuple(args, "s", &name))
        return NULL;
    return strncmp(name, "virtual_", 8) == 0 ? PyUnicode_FromFormat("name = %R\ndef double(x): return 2 * x\n", PyTuple_GET_ITEM(args, 0))
                                             : Py_BuildValue("");
}

static PyObject *listen_now(PyObject *self, PyObject *args);

static PyMethodDef program_functions[] = {
    {"source_of", source_of, METH_VARARGS, NULL}, {"listen_now", listen_now, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef program_definition = {PyModuleDef_HEAD_INIT, "program", NULL, -1, program_functions, NULL, NULL, NULL, NULL};
static PyObject *program_init(void) { return PyModule_Create(&program_definition); }

static int importer(const char *unused)
{
    PyImport_AppendInittab("program", program_init);
    start_isolated();
    if (!RUN("import sys, program\n"
             "from importlib.machinery import ModuleSpec\n"
             "class Finder:\n"
             "    def find_spec(self, name, path=None, target=None):\n"
             "        if program.source_of(name) is not None:\n"
             "            return ModuleSpec(name, self, origin='program')\n"
             "    def create_module(self, spec):\n"
             "        return None\n"
             "    def exec_module(self, module):\n"
             "        exec(program.source_of(module.__name__), module.__dict__)\n"
             "sys.meta_path.insert(0, Finder())\n"
             "import virtual_one, virtual_two\n"
             "assert virtual_one.name == 'virtual_one' and virtual_two.double(4) == 8\n"
             "try: import real_none\n"
             "except ModuleNotFoundError: pass\n"
             "else: raise AssertionError\n"))
        return wrong("importer");
    return ok();
}

/* ---- several interpreters */

enum { INTERPRETERS = 4 };

static int counts_alone(PyThreadState *thread, int round)
{
    char text[200];
    PyThreadState_Swap(thread);
    sprintf(text, "import json, collections\ncount = globals().get('count', 0) + 1\nassert count == %d, count\njson.mark = count\n", round);
    return RUN(text);
}

/* Four beside the first, taken in turn; each has its own globals and modules; they end in another order than they began. */
static int interpreters(const char *unused)
{
    PyThreadState *all[INTERPRETERS + 1];
    start_isolated();
    all[0] = PyThreadState_Get();
    for (int i = 1; i <= INTERPRETERS; i++)
        if ((all[i] = Py_NewInterpreter()) == NULL)
            return wrong("a new interpreter");
    for (int round = 1; round <= 5; round++)
        for (int i = 0; i <= INTERPRETERS; i++)
            if (!counts_alone(all[i], round))
                return wrong("globals");
    static const int order[INTERPRETERS] = {2, 4, 1, 3};
    for (int i = 0; i < INTERPRETERS; i++) {
        PyThreadState_Swap(all[order[i]]);
        if (!RUN("import json\nassert json.mark == 5\nimport sys\nsys.cycle = [sys]\n"))
            return wrong("modules are shared");
        Py_EndInterpreter(all[order[i]]);
    }
    PyThreadState_Swap(all[0]);
    return RUN("assert count == 5 and json.mark == 5\n") ? ok() : wrong("the first interpreter");
}

/* ---- threads that call in */

enum { THREADS = 8, CALLS = 500 };

static PyObject *called; /* a Python function of one number */

static void *call_in(void *argument)
{
    long number = (long)argument, sum = 0;
    for (int i = 0; i < CALLS; i++) {
        PyGILState_STATE gil = PyGILState_Ensure();
        PyObject *result = PyObject_CallFunction(called, "l", number);
        if (result == NULL) {
            PyErr_Print();
        } else {
            sum += PyLong_AsLong(result);
            Py_DECREF(result);
        }
        if (i % 7 == 0) { /* nested, and the GIL given up in between */
            PyGILState_STATE inner = PyGILState_Ensure();
            Py_BEGIN_ALLOW_THREADS
            sched_yield();
            Py_END_ALLOW_THREADS
            PyGILState_Release(inner);
        }
        PyGILState_Release(gil);
    }
    return (void *)sum;
}

static int threads(const char *unused)
{
    pthread_t all[THREADS];
    long total = 0, expected = 0;
    start_isolated();
    if (!RUN("import threading, _thread\nlock = threading.Lock()\ncalls = 0\nlocal = threading.local()\n"
             "def called(n):\n"
             "    global calls\n"
             "    with lock: calls += 1\n"
             "    local.n = getattr(local, 'n', n)\n"
             "    assert local.n == n\n"
             "    return sum(i for i in range(n))\n"))
        return wrong("preparation");
    PyObject *names = PyModule_GetDict(PyImport_AddModule("__main__"));
    called = PyDict_GetItemString(names, "called");
    Py_BEGIN_ALLOW_THREADS
    for (long i = 0; i < THREADS; i++) {
        pthread_create(&all[i], NULL, call_in, (void *)(i + 3));
        expected += CALLS * ((i + 3) * (i + 2) / 2);
    }
    for (int i = 0; i < THREADS; i++) {
        void *sum;
        pthread_join(all[i], &sum);
        total += (long)sum;
    }
    Py_END_ALLOW_THREADS
    if (total != expected || PyLong_AsLong(PyDict_GetItemString(names, "calls")) != THREADS * CALLS)
        return wrong("calls are lost");
    return ok();
}

/* A thread's whole state made by hand, in a second interpreter. */
static PyInterpreterState *second;

static void *work_in_second(void *unused)
{
    PyThreadState *mine = PyThreadState_New(second);
    PyEval_RestoreThread(mine);
    int fine = RUN("import _thread\nseen = _thread.get_ident()\n");
    PyThreadState_Clear(mine);
    PyThreadState_DeleteCurrent();
    return fine ? (void *)&second : NULL;
}

static int foreign_states(const char *unused)
{
    start_isolated();
    PyThreadState *first = PyThreadState_Get(), *sub = Py_NewInterpreter();
    pthread_t thread;
    void *result;
    second = sub->interp;
    PyEval_SaveThread();
    pthread_create(&thread, NULL, work_in_second, NULL);
    pthread_join(thread, &result);
    PyEval_RestoreThread(sub);
    if (result == NULL || !RUN("import _thread\nassert seen != _thread.get_ident()\n"))
        return wrong("a thread in another interpreter");
    Py_EndInterpreter(sub);
    PyThreadState_Swap(first);
    return ok();
}

static int pending_count, listening;

static PyObject *listen_now(PyObject *self, PyObject *args)
{
    __atomic_store_n(&listening, 1, __ATOMIC_RELEASE);
    Py_RETURN_NONE;
}

static int pending(void *data)
{
    pending_count += *(int *)data;
    if (pending_count == 30) {
        PyErr_SetString(PyExc_KeyError, "from pending");
        return -1;
    }
    return 0;
}

static void *add_pending(void *data)
{
    while (!__atomic_load_n(&listening, __ATOMIC_ACQUIRE))
        sched_yield();
    for (int i = 0; i < 30; i++)
        while (Py_AddPendingCall(pending, data) != 0)
            sched_yield();
    return NULL;
}

/* Calls asked for by another thread run in the main thread's Python code; an exception of one comes out there. */
static int pending_calls(const char *unused)
{
    static int one = 1;
    pthread_t thread;
    PyImport_AppendInittab("program", program_init);
    start_isolated();
    pthread_create(&thread, NULL, add_pending, &one);
    if (!RUN("import time, program\ntry:\n    program.listen_now()\n    end = time.monotonic() + 20\n    while time.monotonic() < end: pass\nexcept KeyError as e:\n"
             "    assert e.args == ('from pending',)\nelse:\n    raise AssertionError\n"))
        return wrong("pending calls");
    pthread_join(thread, NULL);
    return pending_count == 30 ? ok() : wrong("pending calls are lost");
}

/* Threads that still run when the interpreter ends; they hang in the attempt to take the GIL. */
static int daemons(const char *unused)
{
    start_isolated();
    if (!RUN("import threading, time\n"
             "def forever():\n"
             "    while True: time.sleep(0.001); [i for i in range(100)]\n"
             "for i in range(4): threading.Thread(target=forever, daemon=True).start()\n"
             "time.sleep(0.02)\n"))
        return wrong("daemons");
    return ok();
}

/* ---- the end */

static int exits;
static void at_exit(void) { exits++; }

static int end_functions(const char *unused)
{
    for (int life = 1; life <= 3; life++) {
        start_isolated();
        Py_AtExit(at_exit);
        if (!RUN("import atexit, sys\n"
                 "class Late:\n"
                 "    def __del__(self): assert sys is not None and self.x.y\n"
                 "def bye(): global gone; gone = True\n"
                 "atexit.register(bye)\nlate = Late(); late.x = Late(); late.x.y = True; late.x.x = late.x\n"))
            return wrong("preparation");
        if (Py_FinalizeEx() != 0 || exits != life || Py_IsInitialized())
            return wrong("an end");
    }
    if (Py_FinalizeEx() != 0) /* again: nothing happens */
        return wrong("a second end");
    puts("ok");
    return 0;
}

/* ---- hooks of auditing that come late */

static int heard;

static int hear(const char *event, PyObject *args, void *data)
{
    heard += strcmp(event, "own.event") == 0 && PyTuple_Size(args) == 2;
    return 0;
}

static PyObject *refusal; /* what a hook raises when another one is added */

static int refuse(const char *event, PyObject *args, void *data)
{
    if (refusal == NULL || (strcmp(event, "sys.addaudithook") != 0 && strcmp(event, "setopencodehook") != 0))
        return 0;
    PyErr_SetString(refusal, "no more hooks");
    return -1;
}

static PyObject *open_nothing(PyObject *path, void *data) { return PyUnicode_FromFormat("opened %U", path); }

/* After the start a hook may refuse others: silently by a RuntimeError, else its exception comes out. */
static int late_hooks(const char *unused)
{
    start_isolated();
    if (PySys_AddAuditHook(hear, NULL) != 0 || PySys_AddAuditHook(refuse, NULL) != 0)
        return wrong("a hook is refused");
    if (PySys_Audit("own.event", "is", 1, "two") != 0 || heard != 1)
        return wrong("an event is not heard");
    refusal = PyExc_RuntimeError;
    if (PySys_AddAuditHook(hear, NULL) != 0 || PyErr_Occurred())
        return wrong("a RuntimeError comes out");
    refusal = PyExc_KeyError;
    if (PySys_AddAuditHook(hear, NULL) == 0 || !PyErr_ExceptionMatches(PyExc_KeyError))
        return wrong("an exception does not come out");
    PyErr_Clear();
    if (PyFile_SetOpenCodeHook(open_nothing, NULL) == 0 || !PyErr_ExceptionMatches(PyExc_KeyError))
        return wrong("the hook for code files is not audited");
    PyErr_Clear();
    refusal = NULL;
    if (PyFile_SetOpenCodeHook(open_nothing, NULL) != 0)
        return wrong("the hook for code files is refused");
    if (PyFile_SetOpenCodeHook(open_nothing, NULL) == 0 || !PyErr_ExceptionMatches(PyExc_SystemError))
        return wrong("a second hook for code files is taken");
    PyErr_Clear();
    if (!RUN("import io\nassert io.open_code('/x') == 'opened /x'\n"
             "try: io.open_code(b'/x')\nexcept TypeError: pass\nelse: raise AssertionError\n"))
        return wrong("io.open_code");
    if (PySys_Audit("own.event", "is", 1, "two") != 0 || heard != 2)
        return wrong("a refused hook hears");
    return ok();
}

/* Errors: configurations that cannot be. */
static int bad_configurations(const char *unused)
{
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    PyStatus status = PyConfig_SetBytesString(&config, &config.program_name, "x");
    need(status);
    setenv("PYTHONHASHSEED", "-1", 1);
    status = Py_InitializeFromConfig(&config);
    if (!PyStatus_IsError(status) || strstr(status.err_msg, "PYTHONHASHSEED must be") == NULL || Py_IsInitialized())
        return wrong("a bad hash seed");
    unsetenv("PYTHONHASHSEED");
    status = PyWideStringList_Insert(&config.argv, -1, L"x");
    if (!PyStatus_IsError(status) || strcmp(status.err_msg, "PyWideStringList_Insert index must be >= 0") != 0)
        return wrong("a bad index");
    static const char *const help[] = {"x", "--version"};
    need(PyConfig_SetBytesArgv(&config, 2, (char *const *)help));
    status = Py_InitializeFromConfig(&config);
    if (!PyStatus_IsExit(status) || status.exitcode != 0)
        return wrong("--version is no reason to leave");
    PyConfig_Clear(&config);
    if (!PyStatus_IsError(Py_InitializeFromConfig(NULL)))
        return wrong("no configuration");
    start_isolated(); /* nothing of it matters afterwards */
    return ok();
}

/* A stream of the interpreter that the program listens to. */
static int streams(const char *unused)
{
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    need(PyConfig_SetString(&config, &config.stdio_encoding, L"latin-1"));
    need(PyConfig_SetString(&config, &config.stdio_errors, L"backslashreplace"));
    config.buffered_stdio = 0;
    start(&config);
    if (!RUN("import sys, io\nassert (sys.stdout.encoding, sys.stdout.errors) == ('iso8859-1', 'backslashreplace')\n"
             "assert sys.stdout.write_through\nsys.stdout = io.StringIO()\nprint('caught')\n"))
        return wrong("streams");
    PyObject *out = PySys_GetObject("stdout"), *text = PyObject_CallMethod(out, "getvalue", NULL);
    int same = text != NULL && PyUnicode_CompareWithASCIIString(text, "caught\n") == 0;
    Py_XDECREF(text);
    return same ? ok() : wrong("what was printed");
}

/* The lock of the code that cffi embeds: see tai_type_tag_is_foreign(). */
static int cffi_lock(const char *unused)
{
    for (int round = 0; round < 2; round++) {
        if (PyCapsule_Type.tp_version_tag != 0)
            return wrong("the lock is held by nobody");
        PyCapsule_Type.tp_version_tag = (unsigned)-42;
        if (!Py_IsInitialized())
            start_isolated();
        if (PyCapsule_Type.tp_version_tag != (unsigned)-42)
            return wrong("the lock was taken away");
        PyCapsule_Type.tp_version_tag = 0;
        if (!RUN("import datetime, gc\n"
                 "c = datetime.datetime_CAPI\n"
                 "for i in range(500):\n"
                 "    c.__class__, repr(c), hash(c), c == c, str(c), c.__doc__, dir(c)\n"
                 "    try:\n"
                 "        c.name\n"
                 "    except AttributeError:\n"
                 "        pass\n"))
            return wrong("capsules");
    }
    return ok();
}

static const struct {
    const char *name;
    int (*run)(const char *argument);
} scenarios[] = {
    {"isolated", isolated}, {"search_path", search_path}, {"only_path", only_path}, {"importer", importer},
    {"interpreters", interpreters}, {"threads", threads}, {"foreign_states", foreign_states}, {"pending_calls", pending_calls},
    {"daemons", daemons}, {"end_functions", end_functions}, {"bad_configurations", bad_configurations}, {"streams", streams},
    {"late_hooks", late_hooks}, {"cffi_lock", cffi_lock},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof scenarios / sizeof *scenarios; i++)
        if (strcmp(argv[1], scenarios[i].name) == 0)
            return scenarios[i].run(argc > 2 ? argv[2] : NULL);
    for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
        puts(scenarios[i].name);
    return argc > 1 ? 2 : 0;
}
