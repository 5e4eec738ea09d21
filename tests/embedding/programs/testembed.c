/* SPDX-License-Identifier: MIT */
/* One program that embeds the interpreter in many ways: testembed COMMAND.
 *
 * The names of the commands, and what each must print, are what CPython's test_embed asks of its `_testembed`; our own
 * tests/embedding/test_configurations.py uses them too. A command that shows a configuration prints the JSON text of
 * `_testinternalcapi.get_configs()`. The result is 0 if all went as it should; else a line on stderr tells what did not.
 *
 * Other names of the interface than those of 3.8 are not used, so that it links with CPython's library as well.
 */
#define PY_SSIZE_T_CLEAN
#include "Python.h"
#include "pythread.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* Private, but exported: test_embed compares what it says. */
extern PyObject *_Py_GetConfigsAsDict(void);
extern void _PyConfig_InitCompatConfig(PyConfig *);
extern void _PyPreConfig_InitCompatConfig(PyPreConfig *);

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- tools ---- */

static int complain(const char *what)
{
    fprintf(stderr, "testembed: %s\n", what);
    return 1;
}

/* Go on, or end the program the way the status wants. */
static void need(PyStatus status)
{
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
}

static int show_configs(void)
{
    PyObject *configs = _Py_GetConfigsAsDict(), *json = PyImport_ImportModule("json"), *text = NULL;
    if (configs != NULL && json != NULL)
        text = PyObject_CallMethod(json, "dumps", "O", configs);
    const char *line = text ? PyUnicode_AsUTF8(text) : NULL;
    if (line == NULL)
        PyErr_Print();
    else
        puts(line);
    fflush(stdout);
    Py_XDECREF(text);
    Py_XDECREF(json);
    Py_XDECREF(configs);
    return line == NULL;
}

static int show_and_end(void)
{
    int failed = show_configs();
    Py_Finalize();
    return failed;
}

static int start_and_show(PyConfig *config)
{
    need(Py_InitializeFromConfig(config));
    PyConfig_Clear(config);
    return show_and_end();
}

static void set(PyConfig *config, wchar_t **field, const wchar_t *value) { need(PyConfig_SetString(config, field, value)); }

/* A configuration named `./_testembed` of one of the three kinds. */
enum { COMPAT, PYTHON, ISOLATED };

static void make_config(PyConfig *config, int kind)
{
    if (kind == COMPAT)
        _PyConfig_InitCompatConfig(config);
    else if (kind == PYTHON)
        PyConfig_InitPythonConfig(config);
    else
        PyConfig_InitIsolatedConfig(config);
}

static void make_named(PyConfig *config, int kind, const wchar_t *program)
{
    make_config(config, kind);
    set(config, &config->program_name, program);
}

#define USUAL_NAME L"./_testembed"

/* Words for the field argv; wide literals, not to be changed. */
static void set_words(PyConfig *config, size_t n, const wchar_t *const *words)
{
    need(PyConfig_SetArgv(config, (Py_ssize_t)n, (wchar_t *const *)words));
}

#define SET_WORDS(config, ...)                                           \
    do {                                                                 \
        static const wchar_t *const words_[] = {__VA_ARGS__};            \
        set_words(config, COUNT(words_), words_);                        \
    } while (0)

static void add(PyWideStringList *list, const wchar_t *item) { need(PyWideStringList_Append(list, item)); }

static wchar_t *decoded_env(const char *name)
{
    const char *value = getenv(name);
    wchar_t *wide = value ? Py_DecodeLocale(value, NULL) : NULL;
    if (wide == NULL)
        exit(complain("an environment variable is missing"));
    return wide;
}

/* Everything that the environment can set, and none of it as the defaults are. */
static void set_environment(void)
{
    static const char *const full[] = {
        "PYTHONHASHSEED=42", "PYTHONMALLOC=malloc", "PYTHONTRACEMALLOC=2", "PYTHONPROFILEIMPORTTIME=1",
        "PYTHONMALLOCSTATS=1", "PYTHONUTF8=1", "PYTHONVERBOSE=1", "PYTHONINSPECT=1", "PYTHONOPTIMIZE=2",
        "PYTHONDONTWRITEBYTECODE=1", "PYTHONUNBUFFERED=1", "PYTHONPYCACHEPREFIX=env_pycache_prefix",
        "PYTHONNOUSERSITE=1", "PYTHONFAULTHANDLER=1", "PYTHONIOENCODING=iso8859-1:replace", "PYTHONPATH=/my/path",
        "PYTHONWARNINGS=EnvVar",
    };
    for (size_t i = 0; i < COUNT(full); i++)
        putenv((char *)full[i]);
}

/* Global variables that say something else than the configuration that is going to win over them. */
static void set_globals(int restricted)
{
    Py_IgnoreEnvironmentFlag = restricted;
    Py_IsolatedFlag = restricted;
    Py_UTF8Mode = 1;
    Py_BytesWarningFlag = 9;
    Py_InspectFlag = Py_InteractiveFlag = 1;
    Py_OptimizeFlag = 1;
    Py_DontWriteBytecodeFlag = Py_VerboseFlag = Py_QuietFlag = 1;
    Py_UnbufferedStdioFlag = Py_NoUserSiteDirectory = Py_FrozenFlag = 1;
    Py_NoSiteFlag = 1;
    Py_HashRandomizationFlag = 0;
}

/* ---- starting and stopping ---- */

static void start_plain(void)
{
    Py_SetProgramName(USUAL_NAME);
    Py_Initialize();
}

static void tell_interpreter(void)
{
    PyThreadState *thread = PyThreadState_Get();
    printf("interp %" PRId64 " <0x%" PRIXPTR ">, thread state <0x%" PRIXPTR ">: ", PyInterpreterState_GetID(thread->interp),
           (uintptr_t)thread->interp, (uintptr_t)thread);
    fflush(stdout);
    PyRun_SimpleString("import sys; print('id(modules) =', id(sys.modules)); sys.stdout.flush()");
}

static int repeated_with_subinterpreters(void)
{
    for (int pass = 0; pass < 15; pass++) {
        printf("--- Pass %d ---\n", pass);
        start_plain();
        PyThreadState *first = PyThreadState_Get();
        PyEval_InitThreads();
        PyEval_ReleaseThread(first);
        PyGILState_STATE gil = PyGILState_Ensure();
        tell_interpreter();
        PyThreadState_Swap(NULL);
        for (int i = 0; i < 3; i++) {
            PyThreadState *sub = Py_NewInterpreter();
            tell_interpreter();
            Py_EndInterpreter(sub);
        }
        PyThreadState_Swap(first);
        tell_interpreter();
        PyGILState_Release(gil);
        PyEval_RestoreThread(first);
        Py_Finalize();
    }
    return 0;
}

static void one_encoding(const char *title, const char *encoding, const char *errors)
{
    static const char program[] = "import sys\n"
                                  "for name in ('stdin', 'stdout', 'stderr'):\n"
                                  "    stream = getattr(sys, name)\n"
                                  "    print(f'{name}: {stream.encoding}:{stream.errors}')\n"
                                  "sys.stdout.flush()\n";
    printf("--- %s ---\nExpected encoding: %s\nExpected errors: %s\n", title, encoding ? encoding : "default",
           errors ? errors : "default");
    fflush(stdout);
    if ((encoding || errors) && Py_SetStandardStreamEncoding(encoding, errors) != 0)
        complain("the encoding cannot be set");
    start_plain();
    PyRun_SimpleString(program);
    Py_Finalize();
}

static int stream_encodings(void)
{
    one_encoding("Use defaults", NULL, NULL);
    one_encoding("Set errors only", NULL, "ignore");
    one_encoding("Set encoding only", "iso8859-1", NULL);
    one_encoding("Set encoding and errors", "iso8859-1", "replace");
    return 0;
}

/* Memory, names and paths can be had before the start. */
static int before_start(void)
{
    wchar_t *name = Py_DecodeLocale("./spam", NULL);
    if (name == NULL)
        return complain("a name cannot be decoded");
    Py_SetProgramName(name);
    Py_Initialize();
    PyRun_SimpleString("import sys; print('sys.executable:', sys.executable)");
    Py_Finalize();
    PyMem_RawFree(name);
    return 0;
}

/* Options of the old interface; their text may go away once they are handed over. */
static int options_before_start(void)
{
    wchar_t warning[8], option[32];
    PySys_ResetWarnOptions();
    wcscpy(warning, L"once");
    PySys_AddWarnOption(warning);
    wcscpy(warning, L"module");
    PySys_AddWarnOption(warning);
    wcscpy(warning, L"default");
    PySys_AddWarnOption(warning);
    wcscpy(option, L"not_an_option=1");
    PySys_AddXOption(option);
    wcscpy(option, L"also_not_an_option=2");
    PySys_AddXOption(option);
    wmemset(warning, L'?', COUNT(warning));
    wmemset(option, L'?', COUNT(option));
    start_plain();
    PyRun_SimpleString("import sys, warnings\n"
                       "print('sys.warnoptions:', sys.warnoptions)\n"
                       "print('sys._xoptions:', sys._xoptions)\n"
                       "print('warnings.filters[:3]:', [f[0] for f in warnings.filters[:3]])\n");
    Py_Finalize();
    return 0;
}

static void foreign_thread(void *lock)
{
    if (PyGILState_Check())
        abort();
    PyGILState_STATE state = PyGILState_Ensure();
    if (!PyGILState_Check())
        abort();
    PyGILState_Release(state);
    PyThread_release_lock((PyThread_type_lock)lock);
    PyThread_exit_thread();
}

/* bpo-20891: a thread that Python did not start asks for the GIL before anybody called PyEval_InitThreads(). */
static int gil_from_foreign_thread(void)
{
    PyThread_type_lock lock = PyThread_allocate_lock();
    if (lock == NULL)
        return complain("no lock");
    start_plain();
    PyThread_acquire_lock(lock, 1);
    if (PyThread_start_new_thread(foreign_thread, lock) == (unsigned long)-1)
        return complain("no thread");
    Py_BEGIN_ALLOW_THREADS
    PyThread_acquire_lock(lock, 1);
    Py_END_ALLOW_THREADS
    PyThread_release_lock(lock);
    PyThread_free_lock(lock);
    Py_Finalize();
    return 0;
}

static int start_twice(void)
{
    start_plain();
    start_plain();
    Py_Finalize();
    return 0;
}

static int main_after_start(void)
{
    wchar_t *words[] = {L"./_testembed", L"-c", L"import sys; print(f'Py_Main() after Py_Initialize: sys.argv={sys.argv}')", L"arg2"};
    start_plain();
    return Py_Main((int)COUNT(words), words);
}

/* ---- configurations ---- */

static int default_start(void)
{
    start_plain();
    return show_and_end();
}

static int global_variables(void)
{
    putenv("PYTHONUTF8=0");
    Py_UTF8Mode = 1;
    Py_SetProgramName(L"./globalvar");
    Py_NoSiteFlag = Py_BytesWarningFlag = 1;
    putenv("PYTHONINSPECT=");
    Py_InspectFlag = Py_InteractiveFlag = 1;
    putenv("PYTHONOPTIMIZE=0");
    Py_OptimizeFlag = 2;
    putenv("PYTHONDONTWRITEBYTECODE=");
    Py_DontWriteBytecodeFlag = 1;
    putenv("PYTHONVERBOSE=0");
    Py_VerboseFlag = Py_QuietFlag = 1;
    putenv("PYTHONUNBUFFERED=");
    Py_UnbufferedStdioFlag = 1;
    putenv("PYTHONNOUSERSITE=");
    Py_NoUserSiteDirectory = Py_FrozenFlag = 1;
    Py_Initialize();
    return show_and_end();
}

static void fill_texts(PyConfig *c)
{
    putenv("PYTHONPYCACHEPREFIX=env_pycache_prefix");
    set(c, &c->pycache_prefix, L"conf_pycache_prefix");
    Py_SetProgramName(L"./globalvar");
    set(c, &c->program_name, L"./conf_program_name");
    putenv("PYTHONIOENCODING=cp424");
    Py_SetStandardStreamEncoding("ascii", "ignore");
    set(c, &c->stdio_encoding, L"iso8859-1");
    set(c, &c->stdio_errors, L"replace");
    set(c, &c->check_hash_pycs_mode, L"always");
    SET_WORDS(c, L"python3", L"-W", L"cmdline_warnoption", L"-X", L"cmdline_xoption", L"-c", L"pass", L"arg2");
    c->parse_argv = 1;
    add(&c->xoptions, L"config_xoption1=3");
    add(&c->xoptions, L"config_xoption2=");
    add(&c->xoptions, L"config_xoption3");
    add(&c->warnoptions, L"config_warnoption");
}

static void fill_numbers(PyConfig *c)
{
    c->install_signal_handlers = 0;
    putenv("PYTHONHASHSEED=42");
    c->use_hash_seed = 1;
    c->hash_seed = 123;
    putenv("PYTHONTRACEMALLOC=0");
    c->tracemalloc = 2;
    putenv("PYTHONPROFILEIMPORTTIME=0");
    c->import_time = c->show_ref_count = c->show_alloc_count = 1;
    putenv("PYTHONMALLOCSTATS=0");
    c->malloc_stats = 1;
    Py_NoSiteFlag = Py_BytesWarningFlag = Py_InspectFlag = Py_InteractiveFlag = 0;
    c->site_import = 0;
    c->bytes_warning = c->inspect = c->interactive = 1;
    putenv("PYTHONOPTIMIZE=0");
    Py_OptimizeFlag = 1;
    c->optimization_level = 2;
    Py_DontWriteBytecodeFlag = 0;
    c->write_bytecode = 0;
    Py_VerboseFlag = Py_QuietFlag = Py_UnbufferedStdioFlag = 0;
    c->verbose = c->quiet = 1;
    c->configure_c_stdio = 1;
    c->buffered_stdio = 0;
    c->user_site_directory = 0;
    putenv("PYTHONFAULTHANDLER=");
    c->faulthandler = 1;
    Py_FrozenFlag = 0;
    c->pathconfig_warnings = 0;
}

/* All fields that can be set, each against a global variable or the environment. */
static int from_config(void)
{
    PyPreConfig before;
    PyConfig config;
    _PyPreConfig_InitCompatConfig(&before);
    putenv("PYTHONMALLOC=malloc_debug");
    before.allocator = PYMEM_ALLOCATOR_MALLOC;
    putenv("PYTHONUTF8=0");
    Py_UTF8Mode = 0;
    before.utf8_mode = 1;
    need(Py_PreInitialize(&before));
    _PyConfig_InitCompatConfig(&config);
    fill_numbers(&config);
    fill_texts(&config);
    return start_and_show(&config);
}

static int compat_environment(void)
{
    set_environment();
    Py_UTF8Mode = 0;
    start_plain();
    return show_and_end();
}

static int python_environment(void)
{
    PyConfig config;
    set_environment();
    make_named(&config, PYTHON, USUAL_NAME);
    return start_and_show(&config);
}

static int development_environment(const char *allocator)
{
    putenv((char *)allocator);
    putenv("PYTHONDEVMODE=1");
    start_plain();
    return show_and_end();
}

static int dev_env(void) { return development_environment("PYTHONMALLOC="); }
static int dev_env_malloc(void) { return development_environment("PYTHONMALLOC=malloc"); }

static int dev_mode(void)
{
    PyConfig config;
    make_config(&config, PYTHON);
    putenv("PYTHONFAULTHANDLER=");
    putenv("PYTHONMALLOC=");
    config.dev_mode = 1;
    set(&config, &config.program_name, USUAL_NAME);
    return start_and_show(&config);
}

static int implicit_preinit_by_argv(void)
{
    PyConfig config;
    make_config(&config, PYTHON);
    SET_WORDS(&config, L"python3", L"-X", L"dev", L"script.py");
    set(&config, &config.program_name, USUAL_NAME);
    return start_and_show(&config);
}

static int preinit_ignoring_argv(void)
{
    static const wchar_t *const words[] = {L"python3", L"-E", L"-I", L"-X", L"dev", L"-X", L"utf8", L"script.py"};
    PyPreConfig before;
    PyConfig config;
    PyPreConfig_InitIsolatedConfig(&before);
    before.isolated = 0;
    need(Py_PreInitializeFromArgs(&before, COUNT(words), (wchar_t **)words));
    make_config(&config, ISOLATED);
    config.isolated = 0;
    set_words(&config, COUNT(words), words);
    set(&config, &config.program_name, USUAL_NAME);
    return start_and_show(&config);
}

static int isolated_flag(void)
{
    PyConfig config;
    make_config(&config, PYTHON);
    Py_IsolatedFlag = 0;
    config.isolated = 1;
    set(&config, &config.program_name, USUAL_NAME);
    set_environment();
    return start_and_show(&config);
}

/* Isolation decided at pre-initialisation, or only then by the configuration. */
static int isolated_compat(int at_preinit)
{
    PyPreConfig before;
    PyConfig config;
    _PyPreConfig_InitCompatConfig(&before);
    before.isolated = at_preinit;
    need(Py_PreInitialize(&before));
    make_named(&config, COMPAT, USUAL_NAME);
    if (!at_preinit) {
        Py_IsolatedFlag = 0;
        config.isolated = 1;
    }
    set_environment();
    return start_and_show(&config);
}

static int isolated1(void) { return isolated_compat(1); }
static int isolated2(void) { return isolated_compat(0); }

/* A pre-configuration of one kind, then a configuration of the same kind. */
static int both(int kind, int explicit_preinit)
{
    PyPreConfig before;
    PyConfig config;
    if (kind == COMPAT)
        _PyPreConfig_InitCompatConfig(&before);
    else if (kind == PYTHON)
        PyPreConfig_InitPythonConfig(&before);
    else
        PyPreConfig_InitIsolatedConfig(&before);
    if (kind == ISOLATED) {
        set_environment();
        set_globals(0);
    } else if (kind == PYTHON) {
        set_globals(1);
    }
    if (explicit_preinit)
        need(Py_PreInitialize(&before));
    make_named(&config, kind, USUAL_NAME);
    return start_and_show(&config);
}

static int preinit_compat(void) { return both(COMPAT, 1); }
static int init_compat(void) { return both(COMPAT, 0); }
static int preinit_python(void) { return both(PYTHON, 1); }
static int init_python(void) { return both(PYTHON, 0); }
static int preinit_isolated(void) { return both(ISOLATED, 1); }
static int init_isolated(void) { return both(ISOLATED, 0); }

static int locale_left_alone(void)
{
    PyPreConfig before;
    PyConfig config;
    PyPreConfig_InitPythonConfig(&before);
    before.configure_locale = 0;
    before.coerce_c_locale = before.coerce_c_locale_warn = 1;
    need(Py_PreInitialize(&before));
    make_named(&config, PYTHON, USUAL_NAME);
    return start_and_show(&config);
}

static int read_then_change(void)
{
    PyConfig config;
    make_named(&config, PYTHON, L"./init_read_set");
    need(PyConfig_Read(&config));
    need(PyWideStringList_Insert(&config.module_search_paths, 1, L"test_path_insert1"));
    add(&config.module_search_paths, L"test_path_append");
    set(&config, &config.executable, L"my_executable");
    return start_and_show(&config);
}

static int options_of_sys(void)
{
    PyConfig config;
    PySys_AddXOption(L"sysadd_xoption");
    PySys_AddXOption(L"faulthandler");
    PySys_AddWarnOption(L"ignore:::sysadd_warnoption");
    make_config(&config, PYTHON);
    SET_WORDS(&config, L"python3", L"-W", L"ignore:::cmdline_warnoption", L"-X", L"cmdline_xoption");
    config.parse_argv = 1;
    add(&config.xoptions, L"config_xoption");
    add(&config.warnoptions, L"ignore:::config_warnoption");
    set(&config, &config.program_name, USUAL_NAME);
    return start_and_show(&config);
}

static int all_warning_options(void)
{
    PyConfig config;
    putenv("PYTHONWARNINGS=ignore:::env1,ignore:::env2");
    PySys_AddWarnOption(L"ignore:::PySys_AddWarnOption1");
    make_config(&config, PYTHON);
    config.dev_mode = 1;
    config.bytes_warning = 1;
    set(&config, &config.program_name, USUAL_NAME);
    add(&config.warnoptions, L"ignore:::PyConfig_BeforeRead");
    SET_WORDS(&config, L"python3", L"-Wignore:::cmdline1", L"-Wignore:::cmdline2");
    config.parse_argv = 1;
    PySys_AddWarnOption(L"ignore:::PySys_AddWarnOption2");
    need(PyConfig_Read(&config));
    add(&config.warnoptions, L"ignore:::PyConfig_AfterRead");
    need(PyWideStringList_Insert(&config.warnoptions, 0, L"ignore:::PyConfig_Insert0"));
    return start_and_show(&config);
}

/* ---- running programs ---- */

#define SHOW_BY_MODULE L"import _testinternalcapi, json; print(json.dumps(_testinternalcapi.get_configs()))"

static void command_config(PyConfig *config, const wchar_t *command)
{
    const wchar_t *words[] = {L"python3", L"-c", command, L"arg2"};
    make_config(config, PYTHON);
    set_words(config, COUNT(words), words);
    set(config, &config->program_name, L"./python3");
}

static int run_command(const wchar_t *command)
{
    PyConfig config;
    command_config(&config, command);
    need(Py_InitializeFromConfig(&config));
    PyConfig_Clear(&config);
    return Py_RunMain();
}

static int run_main(void) { return run_command(L"import sys; print(f'Py_RunMain(): sys.argv={sys.argv}')"); }
static int run_main_config(void) { return run_command(SHOW_BY_MODULE); }

static int two_phases(void)
{
    PyConfig config;
    command_config(&config, SHOW_BY_MODULE);
    config._init_main = 0;
    need(Py_InitializeFromConfig(&config));
    PyConfig_Clear(&config);
    if (PyRun_SimpleString("import sys; print('Run Python code before _Py_InitializeMain', file=sys.stderr)") != 0)
        return complain("nothing runs before the second phase");
    need(_Py_InitializeMain());
    return Py_RunMain();
}

static int words_to_parse(int parse)
{
    PyConfig config;
    make_config(&config, PYTHON);
    config.parse_argv = parse;
    SET_WORDS(&config, L"./argv0", L"-E", L"-c", L"pass", L"arg1", L"-v", L"arg3");
    return start_and_show(&config);
}

static int parsed_words(void) { return words_to_parse(1); }
static int kept_words(void) { return words_to_parse(0); }

/* ---- paths ---- */

static int path_set(void)
{
    wchar_t *paths = decoded_env("TESTPATH");
    Py_SetPath(paths);
    PyMem_RawFree(paths);
    Py_Initialize();
    return show_and_end();
}

static int path_set_and_config(void)
{
    PyPreConfig before;
    PyConfig config;
    PyPreConfig_InitPythonConfig(&before);
    need(Py_PreInitialize(&before));
    wchar_t *paths = decoded_env("TESTPATH");
    Py_SetPath(paths);
    PyMem_RawFree(paths);
    putenv("TESTPATH=");
    make_config(&config, PYTHON);
    set(&config, &config.program_name, L"conf_program_name");
    set(&config, &config.executable, L"conf_executable");
    return start_and_show(&config);
}

static int home_set(void)
{
    wchar_t *home = decoded_env("TESTHOME");
    Py_SetPythonHome(home);
    PyMem_RawFree(home);
    putenv("TESTHOME=");
    Py_Initialize();
    return show_and_end();
}

/* ---- auditing ---- */

static PyObject *opener(PyObject *path, void *data)
{
    if (PyUnicode_CompareWithASCIIString(path, "$$test-filename") == 0)
        return PyLong_FromVoidPtr(data);
    PyObject *io = PyImport_ImportModule("_io"), *file = NULL;
    if (io != NULL)
        file = PyObject_CallMethod(io, "open", "Os", path, "rb");
    Py_XDECREF(io);
    return file;
}

static int open_code_hook(void)
{
    static int mark;
    if (PyFile_SetOpenCodeHook(opener, &mark) != 0)
        return complain("the hook for code files is refused");
    if (PyFile_SetOpenCodeHook(opener, &mark) == 0)
        return complain("a second hook is taken");
    start_plain();
    PyObject *result = PyFile_OpenCode("$$test-filename");
    if (result == NULL) {
        PyErr_Print();
        return complain("the hook failed");
    }
    int right = PyLong_AsVoidPtr(result) == &mark;
    Py_DECREF(result);
    Py_Finalize();
    return right ? 0 : complain("the hook was not asked");
}

/* What a hook saw. */
typedef struct {
    int events, started, created, cleared, ended;
} Seen;

static int watch(const char *event, PyObject *args, void *data)
{
    Seen *seen = data;
    if (!PyTuple_Check(args))
        abort();
    seen->events++;
    seen->created += strcmp(event, "cpython.PyInterpreterState_New") == 0;
    seen->cleared += strcmp(event, "cpython.PyInterpreterState_Clear") == 0;
    seen->ended += strcmp(event, "cpython._PySys_ClearAuditHooks") == 0;
    if (strcmp(event, "_testembed.set") == 0) {
        PyObject *value;
        if (!PyArg_ParseTuple(args, "O", &value))
            return -1;
        seen->started = (int)PyLong_AsLong(value);
    } else if (strcmp(event, "_testembed.raise") == 0) {
        PyErr_SetString(PyExc_RuntimeError, "an event was forbidden");
        return -1;
    }
    return 0;
}

/* Arguments, the exception of a hook, an exception that is set already, wrong formats. */
static int check_events(Seen *seen)
{
    if (PySys_Audit("_testembed.raise", NULL) == 0 || !PyErr_ExceptionMatches(PyExc_RuntimeError))
        return complain("a hook cannot raise");
    PyErr_Clear();
    if (PySys_Audit("_testembed.set", "O(", 1) == 0 || !PyErr_Occurred())
        return complain("a bad format is taken");
    PyErr_Clear();
    PyErr_SetString(PyExc_ValueError, "kept");
    if (PySys_Audit("_testembed.set", "i", 42) != 0 || seen->started != 42)
        return complain("arguments do not arrive");
    if (!PyErr_ExceptionMatches(PyExc_ValueError))
        return complain("an exception is lost in a hook");
    PyErr_Clear();
    return 0;
}

static int audit(void)
{
    Seen seen = {0};
    Py_IgnoreEnvironmentFlag = 0;
    if (PySys_AddAuditHook(watch, &seen) != 0)
        return complain("a hook before the start is refused");
    start_plain();
    int failed = check_events(&seen);
    if (failed)
        return failed;
    Py_Finalize();
    if (!seen.ended)
        return complain("the end of the hooks is not told");
    int before = seen.events;
    if (PySys_Audit("_testembed.raise", NULL) != 0 || seen.events != before)
        return complain("a hook outlives the end");
    return 0;
}

static int audit_subinterpreter(void)
{
    Seen seen = {0};
    PySys_AddAuditHook(watch, &seen);
    start_plain();
    PyThreadState *first = PyThreadState_Get();
    for (int i = 0; i < 3; i++) {
        Py_EndInterpreter(Py_NewInterpreter());
        PyThreadState_Swap(first); /* without a current thread a new interpreter is not told */
    }
    Py_Finalize();
    if (seen.created != 3) /* the first one is there before anything can be told */
        return complain("a new interpreter is not told once");
    return seen.cleared == 4 && seen.ended == 1 ? 0 : complain("the end of an interpreter is not told once");
}

typedef struct {
    const char *event;
    int exit;
} Trap;

static int spring(const char *event, PyObject *args, void *data)
{
    const Trap *trap = data;
    if (strcmp(event, trap->event) != 0)
        return 0;
    if (trap->exit)
        exit(trap->exit);
    PyErr_Format(PyExc_RuntimeError, "detected %s%R", event, args);
    return -1;
}

/* Py_RunMain with these words, and a hook that stops it at `event`: by an exception, or by leaving with `code`. */
static int trapped(const char *event, int code, size_t n, const wchar_t *const *words)
{
    static Trap trap;
    PyConfig config;
    trap = (Trap){event, code};
    make_config(&config, ISOLATED);
    config.use_environment = 1;
    config.isolated = 0;
    config.parse_argv = 1;
    set_words(&config, n, words);
    set(&config, &config.program_name, n > 1 ? words[0] : USUAL_NAME);
    PySys_AddAuditHook(spring, &trap);
    need(Py_InitializeFromConfig(&config));
    PyConfig_Clear(&config);
    return Py_RunMain();
}

#define TRAP(name, event, code, ...)                                         \
    static int name(void)                                                    \
    {                                                                        \
        static const wchar_t *const words[] = {USUAL_NAME, __VA_ARGS__};     \
        return trapped(event, code, COUNT(words), words);                    \
    }
TRAP(audit_command, "cpython.run_command", 0, L"-c", L"pass")
TRAP(audit_file, "cpython.run_file", 0, L"filename.py")
TRAP(audit_hook, "cpython.run_interactivehook", 10, L"-i", L"-c", L"pass")
TRAP(audit_startup, "cpython.run_startup", 10, L"-i")
TRAP(audit_stdin, "cpython.run_stdin", 0, L"-")

/* ---- the table ---- */

static const struct {
    const char *name;
    int (*run)(void);
} commands[] = {
    {"test_repeated_init_and_subinterpreters", repeated_with_subinterpreters},
    {"test_forced_io_encoding", stream_encodings},
    {"test_pre_initialization_api", before_start},
    {"test_pre_initialization_sys_options", options_before_start},
    {"test_bpo20891", gil_from_foreign_thread},
    {"test_initialize_twice", start_twice},
    {"test_initialize_pymain", main_after_start},
    {"test_init_initialize_config", default_start},
    {"test_preinit_compat_config", preinit_compat},
    {"test_init_compat_config", init_compat},
    {"test_init_global_config", global_variables},
    {"test_init_from_config", from_config},
    {"test_init_parse_argv", parsed_words},
    {"test_init_dont_parse_argv", kept_words},
    {"test_init_compat_env", compat_environment},
    {"test_init_python_env", python_environment},
    {"test_init_env_dev_mode", dev_env},
    {"test_init_env_dev_mode_alloc", dev_env_malloc},
    {"test_init_dont_configure_locale", locale_left_alone},
    {"test_init_dev_mode", dev_mode},
    {"test_init_isolated_flag", isolated_flag},
    {"test_preinit_isolated_config", preinit_isolated},
    {"test_init_isolated_config", init_isolated},
    {"test_preinit_python_config", preinit_python},
    {"test_init_python_config", init_python},
    {"test_preinit_isolated1", isolated1},
    {"test_preinit_isolated2", isolated2},
    {"test_preinit_parse_argv", implicit_preinit_by_argv},
    {"test_preinit_dont_parse_argv", preinit_ignoring_argv},
    {"test_init_read_set", read_then_change},
    {"test_init_run_main", run_main_config},
    {"test_init_main", two_phases},
    {"test_init_sys_add", options_of_sys},
    {"test_init_setpath", path_set},
    {"test_init_setpath_config", path_set_and_config},
    {"test_init_setpythonhome", home_set},
    {"test_init_warnoptions", all_warning_options},
    {"test_run_main", run_main},
    {"test_open_code_hook", open_code_hook},
    {"test_audit", audit},
    {"test_audit_subinterpreter", audit_subinterpreter},
    {"test_audit_run_command", audit_command},
    {"test_audit_run_file", audit_file},
    {"test_audit_run_interactivehook", audit_hook},
    {"test_audit_run_startup", audit_startup},
    {"test_audit_run_stdin", audit_stdin},
};

int main(int argc, char **argv)
{
    if (argc > 1)
        for (size_t i = 0; i < COUNT(commands); i++)
            if (strcmp(argv[1], commands[i].name) == 0)
                return commands[i].run();
    fprintf(stderr, "usage: %s COMMAND\n", argv[0]);
    for (size_t i = 0; i < COUNT(commands); i++)
        fprintf(stderr, "    %s\n", commands[i].name);
    return 2;
}
