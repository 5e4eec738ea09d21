/* SPDX-License-Identifier: MIT */
/* Pre-initialisation: what must be known before command line words can be decoded. The allocators, the locale,
 * the coercion of the C locale (PEP 538), and UTF-8 mode (PEP 540).
 *
 * Command line words are looked at for -E, -I, -X dev and -X utf8 only; they are decoded twice if UTF-8 mode is found out late.
 * Tests: tests/embedding/test_configurations.py, test_fields.py, CPython's test_embed, test_utf8_mode, test_c_locale_coercion.
 */
#include "runtime/config/config.h"
#include "base/fileutils.h"
#include "base/memory.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

int Py_UTF8Mode;
int Py_IsolatedFlag, Py_IgnoreEnvironmentFlag;

static void pre_defaults(PyPreConfig *c)
{
    memset(c, 0, sizeof *c);
    c->_config_init = CONFIG_COMPAT;
    c->isolated = c->use_environment = -1;
    c->configure_locale = 1;
    c->dev_mode = -1;
    c->allocator = PYMEM_ALLOCATOR_NOT_SET;
}

void _PyPreConfig_InitCompatConfig(PyPreConfig *c)
{
    pre_defaults(c);
}

void PyPreConfig_InitPythonConfig(PyPreConfig *c)
{
    pre_defaults(c);
    c->_config_init = CONFIG_PYTHON;
    c->isolated = 0;
    c->parse_argv = 1;
    c->use_environment = 1;
    c->coerce_c_locale = c->coerce_c_locale_warn = c->utf8_mode = -1;
}

void PyPreConfig_InitIsolatedConfig(PyPreConfig *c)
{
    pre_defaults(c);
    c->_config_init = CONFIG_ISOLATED;
    c->configure_locale = 0;
    c->isolated = 1;
    c->use_environment = 0;
    c->dev_mode = 0;
}

const char *tai_env(int use_environment, const char *name)
{
    const char *value = use_environment ? getenv(name) : NULL;
    return value && value[0] ? value : NULL;
}

/* ---- locale ---- */

char *_Py_SetLocaleFromEnv(int category)
{
    char *result = setlocale(category, "");
    _Py_ResetForceASCII();
    return result;
}

int _Py_LegacyLocaleDetected(int warn)
{
    const char *name = setlocale(LC_CTYPE, NULL);
    return name != NULL && strcmp(name, "C") == 0;
}

static const char *const coercion_targets[] = {"C.UTF-8", "C.utf8", "UTF-8"};

int _Py_IsLocaleCoercionTarget(const char *name);
int _Py_IsLocaleCoercionTarget(const char *name)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(coercion_targets); i++)
        if (strcmp(name, coercion_targets[i]) == 0)
            return 1;
    return 0;
}

static int coerce_to(const char *target, int warn)
{
    if (setenv("LC_CTYPE", target, 1)) {
        fprintf(stderr, "Error setting LC_CTYPE, skipping C locale coercion\n");
        return 0;
    }
    if (warn)
        fprintf(stderr,
                "Python detected LC_CTYPE=C: LC_CTYPE coerced to %.20s (set another locale or PYTHONCOERCECLOCALE=0 to "
                "disable this locale coercion behavior).\n",
                target);
    _Py_SetLocaleFromEnv(LC_ALL);
    return 1;
}

int _Py_CoerceLegacyLocale(int warn)
{
    const char *all = getenv("LC_ALL");
    int done = 0;
    if (all != NULL && all[0])
        return 0;
    char *old = _PyMem_RawStrdup(setlocale(LC_CTYPE, NULL));
    if (old == NULL)
        return 0;
    for (size_t i = 0; !done && i < Py_ARRAY_LENGTH(coercion_targets); i++) {
        if (setlocale(LC_CTYPE, coercion_targets[i]) == NULL)
            continue;
        const char *codeset = nl_langinfo(CODESET);
        if (codeset == NULL || codeset[0] == 0) /* the name is accepted but means nothing */
            continue;
        done = coerce_to(coercion_targets[i], warn);
    }
    if (!done) {
        setlocale(LC_CTYPE, old);
        _Py_ResetForceASCII();
    }
    PyMem_RawFree(old);
    return done;
}

/* ---- command line ---- */

PyStatus tai_argv_to_list(const TaiArgv *args, PyWideStringList *list)
{
    PyWideStringList made = {0, NULL};
    for (Py_ssize_t i = 0; i < args->argc; i++) {
        wchar_t *own = NULL;
        const wchar_t *word = args->wide ? args->words[i] : NULL;
        if (!args->wide) {
            size_t n;
            own = Py_DecodeLocale(args->bytes[i], &n);
            if (own == NULL) {
                tai_wlist_clear(&made);
                return n == (size_t)-2 ? PyStatus_Error("cannot decode command line arguments") : PyStatus_NoMemory();
            }
            word = own;
        }
        PyStatus status = PyWideStringList_Append(&made, word);
        PyMem_RawFree(own);
        if (PyStatus_Exception(status)) {
            tai_wlist_clear(&made);
            return status;
        }
    }
    tai_wlist_clear(list);
    *list = made;
    return PyStatus_Ok();
}

typedef struct {
    PyWideStringList argv, xoptions;
    int isolated, use_environment, dev_mode;
} PreWords;

/* Read -E, -I and -X from the words; they end at the first that is no option. */
static PyStatus pre_parse(PreWords *w, const TaiArgv *args, int parse)
{
    if (args == NULL)
        return PyStatus_Ok();
    TAI_TRY(tai_argv_to_list(args, &w->argv));
    if (!parse)
        return PyStatus_Ok();
    TaiOptions o = {0};
    int c;
    tai_wlist_clear(&w->xoptions);
    while ((c = tai_option_next(&o, w->argv.length, w->argv.items, 0)) != -1 && c != 'c' && c != 'm') {
        if (c == 'E')
            w->use_environment = 0;
        else if (c == 'I')
            w->isolated = 1;
        else if (c == 'X')
            TAI_TRY(PyWideStringList_Append(&w->xoptions, o.arg));
    }
    return PyStatus_Ok();
}

static const wchar_t *pre_xoption(const PreWords *w, const wchar_t *name)
{
    size_t n = wcslen(name);
    for (Py_ssize_t i = 0; i < w->xoptions.length; i++) {
        const wchar_t *x = w->xoptions.items[i];
        if (wcsncmp(x, name, n) == 0 && (x[n] == 0 || x[n] == L'='))
            return x;
    }
    return NULL;
}

/* ---- deciding ---- */

static PyStatus decide_utf8(PyPreConfig *c, const PreWords *w)
{
    if (c->utf8_mode >= 0)
        return PyStatus_Ok();
    const wchar_t *x = pre_xoption(w, L"utf8");
    if (x != NULL) {
        const wchar_t *value = wcschr(x, L'=');
        if (value == NULL || wcscmp(value + 1, L"1") == 0)
            c->utf8_mode = 1;
        else if (wcscmp(value + 1, L"0") == 0)
            c->utf8_mode = 0;
        else
            return PyStatus_Error("invalid -X utf8 option value");
        return PyStatus_Ok();
    }
    const char *env = tai_env(c->use_environment, "PYTHONUTF8");
    if (env != NULL) {
        if (strcmp(env, "1") == 0)
            c->utf8_mode = 1;
        else if (strcmp(env, "0") == 0)
            c->utf8_mode = 0;
        else
            return PyStatus_Error("invalid PYTHONUTF8 environment variable value");
        return PyStatus_Ok();
    }
    const char *locale = setlocale(LC_CTYPE, NULL);
    c->utf8_mode = locale != NULL && (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0);
    return PyStatus_Ok();
}

static void decide_coercion(PyPreConfig *c)
{
    if (!c->configure_locale) {
        c->coerce_c_locale = c->coerce_c_locale_warn = 0;
        return;
    }
    const char *env = tai_env(c->use_environment, "PYTHONCOERCECLOCALE");
    if (env != NULL) {
        if (strcmp(env, "0") == 0) {
            if (c->coerce_c_locale < 0)
                c->coerce_c_locale = 0;
        } else if (strcmp(env, "warn") == 0) {
            if (c->coerce_c_locale_warn < 0)
                c->coerce_c_locale_warn = 1;
        } else if (c->coerce_c_locale < 0) {
            c->coerce_c_locale = 1;
        }
    }
    if (c->coerce_c_locale < 0 || c->coerce_c_locale == 1)
        c->coerce_c_locale = _Py_LegacyLocaleDetected(0) ? 2 : 0;
    if (c->coerce_c_locale_warn < 0)
        c->coerce_c_locale_warn = 0;
}

static PyStatus decide_allocator(PyPreConfig *c)
{
    if (c->allocator == PYMEM_ALLOCATOR_NOT_SET) {
        const char *env = tai_env(c->use_environment, "PYTHONMALLOC");
        PyMemAllocatorName name;
        if (env != NULL) {
            if (tai_memory_parse_name(env, &name) < 0)
                return PyStatus_Error("PYTHONMALLOC: unknown allocator");
            c->allocator = name;
        }
    }
    if (c->dev_mode && c->allocator == PYMEM_ALLOCATOR_NOT_SET)
        c->allocator = PYMEM_ALLOCATOR_DEBUG;
    return PyStatus_Ok();
}

static PyStatus decide(PyPreConfig *c, const PreWords *w)
{
    if (w->isolated > 0)
        c->isolated = 1;
    if (c->isolated < 0)
        c->isolated = Py_IsolatedFlag > 0;
    if (w->use_environment == 0)
        c->use_environment = 0;
    if (c->use_environment < 0)
        c->use_environment = !Py_IgnoreEnvironmentFlag;
    if (c->isolated > 0)
        c->use_environment = 0;
    if (c->dev_mode < 0)
        c->dev_mode = pre_xoption(w, L"dev") != NULL || tai_env(c->use_environment, "PYTHONDEVMODE") != NULL;
    if (c->_config_init == CONFIG_COMPAT && Py_UTF8Mode > 0)
        c->utf8_mode = 1;
    decide_coercion(c);
    TAI_TRY(decide_utf8(c, w));
    return decide_allocator(c);
}

static PyStatus preinit_with(PyPreConfig *c, const TaiArgv *args, PreWords *w)
{
    if (c->configure_locale)
        _Py_SetLocaleFromEnv(LC_CTYPE);
    int saved_mode = Py_UTF8Mode;
    PyPreConfig given = *c;
    int coerced = 0;
    for (int round = 0;; round++) {
        TAI_TRY(pre_parse(w, args, c->parse_argv));
        TAI_TRY(decide(c, w));
        if (round >= 3)
            return PyStatus_Error("Encoding changed twice while reading the configuration");
        int mode = c->utf8_mode, again = 0;
        if (c->coerce_c_locale == 2 && !coerced) {
            coerced = 1;
            if (_Py_CoerceLegacyLocale(c->coerce_c_locale_warn)) {
                /* the C locale is gone, but it had asked for UTF-8 mode */
                again = args != NULL;
            }
        }
        if (mode != Py_UTF8Mode) {
            Py_UTF8Mode = mode;
            again = args != NULL && !args->wide;
        }
        if (!again)
            break;
        int coerce = c->coerce_c_locale, warn = c->coerce_c_locale_warn;
        *c = given;
        c->utf8_mode = mode;
        c->coerce_c_locale = coerce ? 2 : 0;
        c->coerce_c_locale_warn = warn;
        w->isolated = w->dev_mode = 0;
        w->use_environment = -1;
        if (coerce)
            continue;
    }
    if (given._config_init != CONFIG_COMPAT || c->utf8_mode > 0)
        Py_UTF8Mode = c->utf8_mode;
    (void)saved_mode;
    Py_IsolatedFlag = c->isolated > 0;
    Py_IgnoreEnvironmentFlag = !c->use_environment;
    if (c->allocator != PYMEM_ALLOCATOR_NOT_SET && tai_memory_use((PyMemAllocatorName)c->allocator) < 0)
        return PyStatus_Error("Unknown PYTHONMALLOC allocator");
    return PyStatus_Ok();
}

PyStatus tai_preinit(const PyPreConfig *given, const TaiArgv *args)
{
    TAI_TRY(tai_runtime_init());
    if (tai_runtime.preinitialized)
        return PyStatus_Ok();
    tai_runtime.preinitializing = 1;
    PyPreConfig c;
    if (given)
        c = *given;
    else
        _PyPreConfig_InitCompatConfig(&c);
    PreWords w = {.use_environment = -1};
    PyMemAllocatorEx before, chosen;
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &before);
    PyStatus status = preinit_with(&c, args, &w);
    /* the words are of the allocator of before */
    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &chosen);
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &before);
    tai_wlist_clear(&w.argv);
    tai_wlist_clear(&w.xoptions);
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &chosen);
    tai_runtime.preinitializing = 0;
    if (TAI_OK(status)) {
        tai_runtime.preconfig = c;
        tai_runtime.preinitialized = 1;
    }
    return status;
}

PyStatus tai_preinit_from_config(const PyConfig *config, const TaiArgv *args)
{
    if (tai_runtime.preinitialized)
        return PyStatus_Ok();
    PyPreConfig c;
    if (config->_config_init == CONFIG_PYTHON)
        PyPreConfig_InitPythonConfig(&c);
    else if (config->_config_init == CONFIG_ISOLATED)
        PyPreConfig_InitIsolatedConfig(&c);
    else
        _PyPreConfig_InitCompatConfig(&c);
    if (config->isolated >= 0)
        c.isolated = config->isolated;
    if (config->use_environment >= 0)
        c.use_environment = config->use_environment;
    if (config->dev_mode >= 0)
        c.dev_mode = config->dev_mode;
    c.parse_argv = config->parse_argv;
    if (args == NULL && config->parse_argv) {
        TaiArgv own = {config->argv.length, 1, NULL, config->argv.items};
        return tai_preinit(&c, &own);
    }
    return tai_preinit(&c, args);
}

PyStatus Py_PreInitialize(const PyPreConfig *config) { return tai_preinit(config, NULL); }

PyStatus Py_PreInitializeFromArgs(const PyPreConfig *config, Py_ssize_t argc, wchar_t **argv)
{
    TaiArgv args = {argc, 1, NULL, argv};
    return tai_preinit(config, &args);
}

PyStatus Py_PreInitializeFromBytesArgs(const PyPreConfig *config, Py_ssize_t argc, char **argv)
{
    TaiArgv args = {argc, 0, argv, NULL};
    return tai_preinit(config, &args);
}
