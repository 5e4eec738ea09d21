/* SPDX-License-Identifier: MIT */
/* configure KIND [pre.]FIELD=VALUE...: start with these fields of PyPreConfig and PyConfig, then run what they ask for.
 *
 * KIND is compat, python or isolated. Numbers are numbers, texts texts, "none" is NULL; a list is FIELD=VALUE again and again. read=1: PyConfig_Read
 * before the start. The result is that of Py_RunMain; a status that is no success is printed and ends with 3 (an error) or 4 (a wish to leave).
 * Tests: test_fields.py
 */
#include "Python.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void _PyConfig_InitCompatConfig(PyConfig *);
extern void _PyPreConfig_InitCompatConfig(PyPreConfig *);

enum { INT, ULONG, STR, LIST, PRE };

#define FIELD(kind, name) {#name, kind, offsetof(PyConfig, name)}
#define PRE_FIELD(name) {"pre." #name, PRE, offsetof(PyPreConfig, name)}
static const struct {
    const char *name;
    int kind;
    size_t offset;
} fields[] = {
    FIELD(INT, isolated), FIELD(INT, use_environment), FIELD(INT, dev_mode), FIELD(INT, install_signal_handlers),
    FIELD(INT, use_hash_seed), FIELD(ULONG, hash_seed), FIELD(INT, faulthandler), FIELD(INT, tracemalloc), FIELD(INT, import_time),
    FIELD(INT, show_ref_count), FIELD(INT, show_alloc_count), FIELD(INT, dump_refs), FIELD(INT, malloc_stats),
    FIELD(STR, filesystem_encoding), FIELD(STR, filesystem_errors), FIELD(STR, pycache_prefix), FIELD(INT, parse_argv), FIELD(LIST, argv),
    FIELD(STR, program_name), FIELD(LIST, xoptions), FIELD(LIST, warnoptions), FIELD(INT, site_import), FIELD(INT, bytes_warning),
    FIELD(INT, inspect), FIELD(INT, interactive), FIELD(INT, optimization_level), FIELD(INT, parser_debug), FIELD(INT, write_bytecode),
    FIELD(INT, verbose), FIELD(INT, quiet), FIELD(INT, user_site_directory), FIELD(INT, configure_c_stdio), FIELD(INT, buffered_stdio),
    FIELD(STR, stdio_encoding), FIELD(STR, stdio_errors), FIELD(STR, check_hash_pycs_mode), FIELD(INT, pathconfig_warnings),
    FIELD(STR, pythonpath_env), FIELD(STR, home), FIELD(INT, module_search_paths_set), FIELD(LIST, module_search_paths), FIELD(STR, executable),
    FIELD(STR, base_executable), FIELD(STR, prefix), FIELD(STR, base_prefix), FIELD(STR, exec_prefix), FIELD(STR, base_exec_prefix),
    FIELD(INT, skip_source_first_line), FIELD(STR, run_command), FIELD(STR, run_module), FIELD(STR, run_filename),
    FIELD(INT, _install_importlib), FIELD(INT, _init_main),
    PRE_FIELD(parse_argv), PRE_FIELD(isolated), PRE_FIELD(use_environment), PRE_FIELD(configure_locale), PRE_FIELD(coerce_c_locale),
    PRE_FIELD(coerce_c_locale_warn), PRE_FIELD(utf8_mode), PRE_FIELD(dev_mode), PRE_FIELD(allocator),
};

static void need(PyStatus status)
{
    if (!PyStatus_Exception(status))
        return;
    if (PyStatus_IsExit(status)) {
        printf("exit %d\n", status.exitcode);
        exit(4);
    }
    printf("error: %s\n", status.err_msg);
    exit(3);
}

static PyPreConfig before;
static PyConfig config;

static int is_field(size_t i, const char *word)
{
    size_t n = strlen(fields[i].name);
    return strncmp(word, fields[i].name, n) == 0 && word[n] == '=';
}

static void set(size_t i, const char *value)
{
    char *place = (char *)(fields[i].kind == PRE ? (void *)&before : (void *)&config) + fields[i].offset;
    switch (fields[i].kind) {
    case INT:
    case PRE:
        *(int *)place = atoi(value);
        break;
    case ULONG:
        *(unsigned long *)place = strtoul(value, NULL, 10);
        break;
    case STR:
        need(PyConfig_SetBytesString(&config, (wchar_t **)place, strcmp(value, "none") == 0 ? NULL : value));
        break;
    case LIST: {
        wchar_t *wide = Py_DecodeLocale(value, NULL);
        if (wide == NULL)
            exit(2);
        need(PyWideStringList_Append((PyWideStringList *)place, wide));
        PyMem_RawFree(wide);
        break;
    }
    }
}

/* All fields of the words that stand (or do not) in the pre-configuration; how many. */
static int set_all(int count, char **words, int pre)
{
    int seen = 0;
    for (int w = 0; w < count; w++)
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
            if (is_field(i, words[w]) && (fields[i].kind == PRE) == pre) {
                set(i, strchr(words[w], '=') + 1);
                seen++;
            }
    return seen;
}

int main(int argc, char **argv)
{
    const char *kind = argc > 1 ? argv[1] : "python";
    int compat = strcmp(kind, "compat") == 0, isolated = strcmp(kind, "isolated") == 0;
    compat ? _PyPreConfig_InitCompatConfig(&before) : isolated ? PyPreConfig_InitIsolatedConfig(&before) : PyPreConfig_InitPythonConfig(&before);
    if (set_all(argc - 2, argv + 2, 1))
        need(Py_PreInitialize(&before));
    compat ? _PyConfig_InitCompatConfig(&config) : isolated ? PyConfig_InitIsolatedConfig(&config) : PyConfig_InitPythonConfig(&config);
    set_all(argc - 2, argv + 2, 0);
    for (int i = 2; i < argc; i++)
        if (strcmp(argv[i], "read=1") == 0)
            need(PyConfig_Read(&config));
    need(Py_InitializeFromConfig(&config));
    PyConfig_Clear(&config);
    return Py_RunMain();
}
