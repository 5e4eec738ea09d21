/* SPDX-License-Identifier: MIT */
/* PyConfig: making, copying, reading (command line, environment, defaults, in this order of precedence), and writing it to
 * the global variables. All fields stand in src/defs/config.def.
 * Tests: tests/embedding/test_configurations.py, test_fields.py, CPython's test_embed.
 */
#include "runtime/config/config.h"
#include "base/memory.h"
#include "runtime/exported.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int Py_BytesWarningFlag, Py_InspectFlag, Py_InteractiveFlag, Py_OptimizeFlag, Py_DebugFlag, Py_VerboseFlag, Py_QuietFlag;
int Py_UnbufferedStdioFlag, Py_NoSiteFlag, Py_DontWriteBytecodeFlag, Py_NoUserSiteDirectory, Py_HashRandomizationFlag;

static char *stdio_encoding, *stdio_errors; /* Py_SetStandardStreamEncoding */
static int int_max_str_digits = -1;

int tai_config_int_max_str_digits(const PyConfig *config);
int tai_config_int_max_str_digits(const PyConfig *config) { return int_max_str_digits; }

/* ---- making ---- */

enum { COMPAT, PYTHON, ISOLATED };

static void init(PyConfig *c, int kind)
{
    memset(c, 0, sizeof *c);
#define INT(name, compat, python, isolated) c->name = kind == COMPAT ? (compat) : kind == PYTHON ? (python) : (isolated);
#define ULONG(name)
#define STR(name)
#define LIST(name)
#include "defs/config.def"
#undef INT
#undef ULONG
#undef STR
#undef LIST
}

void _PyConfig_InitCompatConfig(PyConfig *c) { init(c, COMPAT); }
void PyConfig_InitPythonConfig(PyConfig *c) { init(c, PYTHON); }
void PyConfig_InitIsolatedConfig(PyConfig *c) { init(c, ISOLATED); }

void PyConfig_Clear(PyConfig *c)
{
#define INT(name, compat, python, isolated)
#define ULONG(name)
#define STR(name)            \
    PyMem_RawFree(c->name); \
    c->name = NULL;
#define LIST(name) tai_wlist_clear(&c->name);
#include "defs/config.def"
#undef INT
#undef ULONG
#undef STR
#undef LIST
    c->module_search_paths_set = 0;
}

int tai_config_copy(PyConfig *to, const PyConfig *from)
{
    int r = 0;
    if (to == from)
        return 0;
    PyConfig_Clear(to);
#define INT(name, compat, python, isolated) to->name = from->name;
#define ULONG(name) to->name = from->name;
#define STR(name) r |= tai_wstr_set(&to->name, from->name);
#define LIST(name) r |= tai_wlist_copy(&to->name, &from->name);
#include "defs/config.def"
#undef INT
#undef ULONG
#undef STR
#undef LIST
    return r ? -1 : 0;
}

PyStatus PyConfig_SetString(PyConfig *config, wchar_t **field, const wchar_t *text)
{
    TAI_TRY(tai_preinit_from_config(config, NULL));
    return tai_wstr_set(field, text) < 0 ? PyStatus_NoMemory() : PyStatus_Ok();
}

static PyStatus set_decoded(wchar_t **field, const char *text, const char *error)
{
    size_t n;
    wchar_t *wide = NULL;
    if (text != NULL && (wide = Py_DecodeLocale(text, &n)) == NULL)
        return n == (size_t)-2 ? PyStatus_Error(error) : PyStatus_NoMemory();
    PyMem_RawFree(*field);
    *field = wide;
    return PyStatus_Ok();
}

PyStatus PyConfig_SetBytesString(PyConfig *config, wchar_t **field, const char *text)
{
    TAI_TRY(tai_preinit_from_config(config, NULL));
    return set_decoded(field, text, "cannot decode string");
}

PyStatus PyConfig_SetWideStringList(PyConfig *config, PyWideStringList *list, Py_ssize_t n, wchar_t **items)
{
    TAI_TRY(tai_preinit_from_config(config, NULL));
    PyWideStringList given = {n, items};
    return tai_wlist_copy(list, &given) < 0 ? PyStatus_NoMemory() : PyStatus_Ok();
}

static PyStatus set_argv(PyConfig *config, const TaiArgv *args)
{
    TAI_TRY(tai_preinit_from_config(config, args));
    return tai_argv_to_list(args, &config->argv);
}

PyStatus PyConfig_SetArgv(PyConfig *config, Py_ssize_t argc, wchar_t *const *argv)
{
    TaiArgv args = {argc, 1, NULL, argv};
    return set_argv(config, &args);
}

PyStatus PyConfig_SetBytesArgv(PyConfig *config, Py_ssize_t argc, char *const *argv)
{
    TaiArgv args = {argc, 0, argv, NULL};
    return set_argv(config, &args);
}

int Py_SetStandardStreamEncoding(const char *encoding, const char *errors)
{
    if (Py_IsInitialized())
        return -1;
    /* malloc's memory: it outlives a choice of allocators */
    char *e = encoding ? strdup(encoding) : NULL, *r = errors ? strdup(errors) : NULL;
    if ((encoding && !e) || (errors && !r)) {
        free(e);
        free(r);
        return -2;
    }
    free(stdio_encoding);
    free(stdio_errors);
    stdio_encoding = e;
    stdio_errors = r;
    return 0;
}

/* ---- sources of values ---- */

const wchar_t *tai_config_xoption(const PyConfig *config, const wchar_t *name)
{
    size_t n = wcslen(name);
    for (Py_ssize_t i = 0; i < config->xoptions.length; i++) {
        const wchar_t *x = config->xoptions.items[i];
        if (wcsncmp(x, name, n) == 0 && (x[n] == 0 || x[n] == L'='))
            return x;
    }
    return NULL;
}

/* What follows '=' in -X name=value, or NULL. */
static const wchar_t *xoption_value(const wchar_t *x)
{
    const wchar_t *equals = x ? wcschr(x, L'=') : NULL;
    return equals ? equals + 1 : NULL;
}

/* 0 / -1: a whole decimal number that fits an int */
static int parse_int(const char *text, int *out)
{
    char *end;
    errno = 0;
    long n = strtol(text, &end, 10);
    if (*end || errno == ERANGE || n < INT_MIN || n > INT_MAX || end == text)
        return -1;
    *out = (int)n;
    return 0;
}

static int parse_wide_int(const wchar_t *text, int *out)
{
    char narrow[32];
    size_t i = 0;
    for (; text[i] && i < sizeof narrow - 1; i++)
        narrow[i] = text[i] < 128 ? (char)text[i] : '?';
    narrow[i] = 0;
    return text[i] ? -1 : parse_int(narrow, out);
}

/* A flag from the environment: a number, or 1 for any other text; only ever raises the value. */
static void env_flag(const PyConfig *c, int *flag, const char *name)
{
    const char *text = tai_env(c->use_environment, name);
    int n;
    if (text == NULL)
        return;
    if (parse_int(text, &n) < 0 || n < 0)
        n = 1;
    if (*flag < n)
        *flag = n;
}

static PyStatus env_string(const PyConfig *c, wchar_t **field, const char *name, const char *error)
{
    const char *text = tai_env(c->use_environment, name);
    return text == NULL || *field != NULL ? PyStatus_Ok() : set_decoded(field, text, error);
}

/* ---- reading, in parts ---- */

static PyStatus read_env(PyConfig *c)
{
    env_flag(c, &c->parser_debug, "PYTHONDEBUG");
    env_flag(c, &c->verbose, "PYTHONVERBOSE");
    env_flag(c, &c->optimization_level, "PYTHONOPTIMIZE");
    env_flag(c, &c->inspect, "PYTHONINSPECT");
    int on = 0;
    env_flag(c, &on, "PYTHONDONTWRITEBYTECODE");
    if (on)
        c->write_bytecode = 0;
    on = 0;
    env_flag(c, &on, "PYTHONNOUSERSITE");
    if (on)
        c->user_site_directory = 0;
    on = 0;
    env_flag(c, &on, "PYTHONUNBUFFERED");
    if (on)
        c->buffered_stdio = 0;
    if (tai_env(c->use_environment, "PYTHONDUMPREFS"))
        c->dump_refs = 1;
    if (tai_env(c->use_environment, "PYTHONMALLOCSTATS"))
        c->malloc_stats = 1;
    TAI_TRY(env_string(c, &c->pythonpath_env, "PYTHONPATH", "cannot decode PYTHONPATH"));
    return env_string(c, &c->home, "PYTHONHOME", "cannot decode PYTHONHOME");
}

static PyStatus read_hash_seed(PyConfig *c)
{
    if (c->use_hash_seed >= 0)
        return PyStatus_Ok();
    const char *text = tai_env(c->use_environment, "PYTHONHASHSEED");
    if (text == NULL || strcmp(text, "random") == 0) {
        c->use_hash_seed = 0;
        c->hash_seed = 0;
        return PyStatus_Ok();
    }
    char *end;
    errno = 0;
    unsigned long seed = strtoul(text, &end, 10);
    if (*end || seed > 4294967295UL || errno == ERANGE)
        return TAI_ERROR("PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
    c->use_hash_seed = 1;
    c->hash_seed = seed;
    return PyStatus_Ok();
}

static PyStatus read_tracemalloc(PyConfig *c)
{
    int n = 0;
    if (c->tracemalloc >= 0)
        return PyStatus_Ok();
    const char *env = tai_env(c->use_environment, "PYTHONTRACEMALLOC");
    if (env != NULL) {
        if (parse_int(env, &n) < 0 || n < 0)
            return PyStatus_Error("PYTHONTRACEMALLOC: invalid number of frames");
        c->tracemalloc = n;
    }
    const wchar_t *x = tai_config_xoption(c, L"tracemalloc"), *value = xoption_value(x);
    if (x != NULL) {
        n = 1;
        if (value != NULL && (parse_wide_int(value, &n) < 0 || n < 0))
            return PyStatus_Error("-X tracemalloc=NFRAME: invalid number of frames");
        c->tracemalloc = n;
    }
    return PyStatus_Ok();
}

static PyStatus read_int_digits(PyConfig *c)
{
    int n;
    const char *env = tai_env(c->use_environment, "PYTHONINTMAXSTRDIGITS");
    if (env != NULL) {
        if (parse_int(env, &n) < 0 || (n != 0 && n < 640))
            return PyStatus_Error("PYTHONINTMAXSTRDIGITS: invalid limit; must be >= 640 or 0 for unlimited.");
        int_max_str_digits = n;
    }
    const wchar_t *x = tai_config_xoption(c, L"int_max_str_digits"), *value = xoption_value(x);
    if (x != NULL) {
        if (value == NULL || parse_wide_int(value, &n) < 0 || (n != 0 && n < 640))
            return PyStatus_Error("-X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.");
        int_max_str_digits = n;
    }
    return PyStatus_Ok();
}

static PyStatus read_pycache_prefix(PyConfig *c)
{
    if (c->pycache_prefix != NULL)
        return PyStatus_Ok();
    const wchar_t *x = tai_config_xoption(c, L"pycache_prefix");
    if (x == NULL)
        return env_string(c, &c->pycache_prefix, "PYTHONPYCACHEPREFIX", "cannot decode PYTHONPYCACHEPREFIX");
    const wchar_t *value = xoption_value(x);
    if (value != NULL && value[0] && tai_wstr_set(&c->pycache_prefix, value) < 0)
        return PyStatus_NoMemory();
    return PyStatus_Ok();
}

/* -X tai-alloc-fail=N: the N-th allocation from here on fails; N+: that one and all later ones. */
static PyStatus read_alloc_fail(const PyConfig *c)
{
    const wchar_t *x = tai_config_xoption(c, L"tai-alloc-fail"), *value = xoption_value(x);
    wchar_t *end = NULL;
    if (x == NULL)
        return PyStatus_Ok();
    long n = value ? wcstol(value, &end, 10) : 0;
    int all = n > 0 && *end == L'+';
    if (n <= 0 || end[all] != 0)
        return PyStatus_Error("-X tai-alloc-fail: a number, or a number and '+', expected");
    (void)tai_memory_fail((size_t)n, all ? SIZE_MAX : 1);
    return PyStatus_Ok();
}

static PyStatus read_x(PyConfig *c)
{
    if (tai_config_xoption(c, L"showrefcount"))
        c->show_ref_count = 1;
    if (tai_config_xoption(c, L"showalloccount"))
        c->show_alloc_count = 1;
    if (c->faulthandler < 0 && (tai_env(c->use_environment, "PYTHONFAULTHANDLER") || tai_config_xoption(c, L"faulthandler")))
        c->faulthandler = 1;
    if (tai_env(c->use_environment, "PYTHONPROFILEIMPORTTIME") || tai_config_xoption(c, L"importtime"))
        c->import_time = 1;
    TAI_TRY(read_tracemalloc(c));
    TAI_TRY(read_int_digits(c));
    TAI_TRY(read_alloc_fail(c));
    return read_pycache_prefix(c);
}

/* ---- encodings ---- */

static PyStatus locale_encoding(wchar_t **field)
{
    const char *name = nl_langinfo(CODESET);
    if (name == NULL || name[0] == 0)
        return PyStatus_Error("failed to get the locale encoding: nl_langinfo(CODESET) failed");
    return set_decoded(field, name, "failed to decode the locale encoding");
}

/* stdio of a POSIX locale, or one we were coerced to, is lenient. */
static const wchar_t *default_stdio_errors(void)
{
    const char *name = setlocale(LC_CTYPE, NULL);
    if (name != NULL) {
        if (strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0)
            return L"surrogateescape";
        int _Py_IsLocaleCoercionTarget(const char *);
        if (_Py_IsLocaleCoercionTarget(name))
            return L"surrogateescape";
    }
    return L"strict";
}


static PyStatus read_stdio(PyConfig *c, const PyPreConfig *p)
{
    if (c->stdio_encoding == NULL && stdio_encoding != NULL)
        TAI_TRY(set_decoded(&c->stdio_encoding, stdio_encoding, "cannot decode standard stream encoding"));
    if (c->stdio_errors == NULL && stdio_errors != NULL)
        TAI_TRY(set_decoded(&c->stdio_errors, stdio_errors, "cannot decode standard stream errors"));
    if (c->stdio_encoding != NULL && c->stdio_errors != NULL)
        return PyStatus_Ok();
    const char *env = tai_env(c->use_environment, "PYTHONIOENCODING");
    if (env != NULL) {
        char *copy = _PyMem_RawStrdup(env), *errors = copy ? strchr(copy, ':') : NULL;
        PyStatus status = copy ? PyStatus_Ok() : PyStatus_NoMemory();
        if (errors) {
            *errors++ = 0;
            if (*errors == 0)
                errors = NULL;
        }
        if (copy && copy[0] && c->stdio_encoding == NULL)
            status = set_decoded(&c->stdio_encoding, copy, "PYTHONIOENCODING environment variable");
        if (copy && c->stdio_errors == NULL && TAI_OK(status)) {
            if (errors)
                status = set_decoded(&c->stdio_errors, errors, "PYTHONIOENCODING environment variable");
            else if (copy[0] && tai_wstr_set(&c->stdio_errors, L"strict") < 0)
                status = PyStatus_NoMemory();
        }
        PyMem_RawFree(copy);
        TAI_TRY(status);
    }
    if (p->utf8_mode) {
        if (c->stdio_encoding == NULL && tai_wstr_set(&c->stdio_encoding, L"utf-8") < 0)
            return PyStatus_NoMemory();
        if (c->stdio_errors == NULL && tai_wstr_set(&c->stdio_errors, L"surrogateescape") < 0)
            return PyStatus_NoMemory();
    }
    if (c->stdio_encoding == NULL)
        TAI_TRY(locale_encoding(&c->stdio_encoding));
    if (c->stdio_errors == NULL && tai_wstr_set(&c->stdio_errors, default_stdio_errors()) < 0)
        return PyStatus_NoMemory();
    return PyStatus_Ok();
}

int _Py_GetForceASCII(void);

static PyStatus read_fs_encoding(PyConfig *c, const PyPreConfig *p)
{
    if (c->filesystem_encoding == NULL) {
        if (p->utf8_mode) {
            if (tai_wstr_set(&c->filesystem_encoding, L"utf-8") < 0)
                return PyStatus_NoMemory();
        } else if (_Py_GetForceASCII()) {
            if (tai_wstr_set(&c->filesystem_encoding, L"ascii") < 0)
                return PyStatus_NoMemory();
        } else {
            TAI_TRY(locale_encoding(&c->filesystem_encoding));
        }
    }
    if (c->filesystem_errors == NULL && tai_wstr_set(&c->filesystem_errors, L"surrogateescape") < 0)
        return PyStatus_NoMemory();
    return PyStatus_Ok();
}

/* ---- warning options, argv ---- */

static PyStatus add_env_warnings(PyConfig *c, PyWideStringList *out)
{
    const char *env = tai_env(c->use_environment, "PYTHONWARNINGS");
    if (env == NULL)
        return PyStatus_Ok();
    wchar_t *wide = NULL, *state = NULL;
    TAI_TRY(set_decoded(&wide, env, "cannot decode PYTHONWARNINGS"));
    PyStatus status = PyStatus_Ok();
    for (wchar_t *w = wcstok(wide, L",", &state); w && TAI_OK(status); w = wcstok(NULL, L",", &state))
        status = PyWideStringList_Append(out, w);
    PyMem_RawFree(wide);
    return status;
}

static int contains(const PyWideStringList *list, const wchar_t *text)
{
    for (Py_ssize_t i = 0; i < list->length; i++)
        if (wcscmp(list->items[i], text) == 0)
            return 1;
    return 0;
}

/* What the program had set is repeated nowhere, so that a configuration may be read twice. */
static PyStatus add_warning(const PyConfig *c, PyWideStringList *all, const wchar_t *text)
{
    return contains(&c->warnoptions, text) || contains(all, text) ? PyStatus_Ok() : PyWideStringList_Append(all, text);
}

static PyStatus add_warnings(const PyConfig *c, PyWideStringList *all, const PyWideStringList *from)
{
    for (Py_ssize_t i = 0; i < from->length; i++)
        TAI_TRY(add_warning(c, all, from->items[i]));
    return PyStatus_Ok();
}

static PyStatus collect_warnings(PyConfig *c, PyWideStringList *all, PyWideStringList *scratch, const PyWideStringList *cmdline,
                                 const PyWideStringList *early)
{
    if (c->dev_mode)
        TAI_TRY(add_warning(c, all, L"default"));
    TAI_TRY(add_env_warnings(c, scratch));
    TAI_TRY(add_warnings(c, all, scratch));
    TAI_TRY(add_warnings(c, all, cmdline));
    if (c->bytes_warning)
        TAI_TRY(add_warning(c, all, c->bytes_warning > 1 ? L"error::BytesWarning" : L"default::BytesWarning"));
    TAI_TRY(add_warnings(c, all, early));
    return tai_wlist_extend(all, &c->warnoptions) < 0 ? PyStatus_NoMemory() : PyStatus_Ok();
}

/* Lowest precedence first: dev mode, environment, -W, -b, PySys_AddWarnOption, then what the program had set. */
static PyStatus finish_warnoptions(PyConfig *c, const PyWideStringList *cmdline, const PyWideStringList *early)
{
    PyWideStringList all = {0, NULL}, scratch = {0, NULL};
    PyStatus status = collect_warnings(c, &all, &scratch, cmdline, early);
    tai_wlist_clear(&scratch);
    if (TAI_OK(status)) {
        tai_wlist_clear(&c->warnoptions);
        c->warnoptions = all;
    } else {
        tai_wlist_clear(&all);
    }
    return status;
}

static PyStatus slice_argv(PyConfig *c, Py_ssize_t from)
{
    PyWideStringList out = {0, NULL};
    const PyWideStringList *in = &c->argv;
    for (Py_ssize_t i = from; i < in->length; i++)
        TAI_TRY(PyWideStringList_Append(&out, in->items[i]));
    if (out.length == 0)
        TAI_TRY(PyWideStringList_Append(&out, L""));
    const wchar_t *first = c->run_command ? L"-c" : c->run_module ? L"-m" : NULL;
    if (first && tai_wstr_set(&out.items[0], first) < 0)
        return PyStatus_NoMemory();
    tai_wlist_clear(&c->argv);
    c->argv = out;
    return PyStatus_Ok();
}

static void take_globals(PyConfig *c)
{
#define FLAG(variable, field, negated) \
    if (c->field == -1)                \
        c->field = (negated) ? !variable : variable;
#include "defs/global_flag.def"
#undef FLAG
}

static wchar_t *program_name_early;
static PyWideStringList original_argv;

void Py_SetProgramName(const wchar_t *name)
{
    if (name && name[0])
        tai_wstr_set_lasting(&program_name_early, name);
}

wchar_t *Py_GetProgramName(void)
{
    return program_name_early ? program_name_early : (wchar_t *)L"python3";
}

static PyStatus choose_program_name(PyConfig *c)
{
    if (c->program_name != NULL)
        return PyStatus_Ok();
    const wchar_t *name = L"python3";
    if (program_name_early != NULL)
        name = program_name_early;
    else if (c->argv.length && c->argv.items[0][0] && c->_config_init != CONFIG_COMPAT)
        name = c->argv.items[0];
    return tai_wstr_set(&c->program_name, name) < 0 ? PyStatus_NoMemory() : PyStatus_Ok();
}

void Py_GetArgcArgv(int *argc, wchar_t ***argv)
{
    *argc = (int)original_argv.length;
    *argv = original_argv.items;
}

int tai_sys_read_early_options(PyWideStringList *warn, PyWideStringList *x);

static void settle(int *field, int value)
{
    if (*field < 0)
        *field = value;
}

/* isolated, use_environment, dev_mode: as the command line says, else the program, else as pre-initialisation found them. */
static void take_preconfig(PyConfig *c, const PyPreConfig *p)
{
    settle(&c->isolated, p->isolated);
    settle(&c->use_environment, p->use_environment);
    if (c->isolated > 0) {
        c->use_environment = 0;
        c->user_site_directory = 0;
    }
    settle(&c->dev_mode, p->dev_mode);
}

/* The list becomes sys.argv; parse_argv is then WORDS_PARSED, so that a second reading leaves it alone. */
static PyStatus read_words(PyConfig *c, PyWideStringList *warn)
{
    if (c->parse_argv == WORDS_PARSED)
        return PyStatus_Ok();
    if (tai_wlist_copy_lasting(&original_argv, &c->argv) < 0)
        return PyStatus_NoMemory();
    if (c->parse_argv) {
        Py_ssize_t index = 1;
        if (c->argv.length < 1)
            TAI_TRY(PyWideStringList_Append(&c->argv, L""));
        TAI_TRY(tai_cmdline_parse(c, warn, &index));
        TAI_TRY(slice_argv(c, index));
        c->parse_argv = WORDS_PARSED;
    }
    return PyStatus_Ok();
}

static PyStatus read_all(PyConfig *c, PyWideStringList *warn, PyWideStringList *early_warn)
{
    const PyPreConfig *p = &tai_runtime.preconfig;
    take_globals(c);
    TAI_TRY(choose_program_name(c));
    TAI_TRY(read_words(c, warn));
    take_preconfig(c, p);
    if (tai_sys_read_early_options(early_warn, &c->xoptions) < 0)
        return PyStatus_NoMemory();
    if (c->use_environment)
        TAI_TRY(read_env(c));
    TAI_TRY(read_hash_seed(c));
    TAI_TRY(read_x(c));
    settle(&c->faulthandler, c->dev_mode > 0);
    settle(&c->tracemalloc, 0);
    settle(&c->use_hash_seed, 0);
    if (c->check_hash_pycs_mode == NULL && tai_wstr_set(&c->check_hash_pycs_mode, L"default") < 0)
        return PyStatus_NoMemory();
    TAI_TRY(read_fs_encoding(c, p));
    TAI_TRY(read_stdio(c, p));
    TAI_TRY(finish_warnoptions(c, warn, early_warn));
    if (c->_install_importlib)
        TAI_TRY(tai_paths_compute(c));
    return c->argv.length < 1 ? PyWideStringList_Append(&c->argv, L"") : PyStatus_Ok();
}

PyStatus tai_config_read(PyConfig *c, const TaiArgv *args)
{
    PyWideStringList warn = {0, NULL}, early_warn = {0, NULL};
    TAI_TRY(tai_preinit_from_config(c, args));
    if (args)
        TAI_TRY(tai_argv_to_list(args, &c->argv));
    PyStatus status = read_all(c, &warn, &early_warn);
    tai_wlist_clear(&warn);
    tai_wlist_clear(&early_warn);
    return status;
}

PyStatus PyConfig_Read(PyConfig *config)
{
    return tai_config_read(config, NULL);
}

/* ---- effects ---- */

extern int tai_int_max_str_digits;

static void configure_streams(const PyConfig *c)
{
    if (!c->buffered_stdio) {
        setvbuf(stdin, NULL, _IONBF, BUFSIZ);
        setvbuf(stdout, NULL, _IONBF, BUFSIZ);
        setvbuf(stderr, NULL, _IONBF, BUFSIZ);
    } else if (c->interactive) {
        setvbuf(stdin, NULL, _IOLBF, BUFSIZ);
        setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    }
}

PyStatus tai_config_write(const PyConfig *c)
{
#define FLAG(variable, field, negated) \
    if (c->field != -1)                \
        variable = (negated) ? !c->field : c->field;
#include "defs/global_flag.def"
#undef FLAG
    PyPreConfig *p = &tai_runtime.preconfig;
    p->isolated = c->isolated;
    p->use_environment = c->use_environment;
    p->dev_mode = c->dev_mode;
    Py_HashRandomizationFlag = c->use_hash_seed == 0 || c->hash_seed != 0;
    if (int_max_str_digits >= 0)
        tai_int_max_str_digits = int_max_str_digits;
    if (c->configure_c_stdio)
        configure_streams(c);
    if (c->program_name)
        tai_wstr_set_lasting(&program_name_early, c->program_name);
    tai_paths_publish(c);
    return PyStatus_Ok();
}
