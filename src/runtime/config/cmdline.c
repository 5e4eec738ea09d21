/* SPDX-License-Identifier: MIT */
/* The command line: options, usage, version.
 * Tests: tests/program/test_command_line.py
 */
#include "runtime/config/config.h"
#include "runtime/sys.h"

#include <stdio.h>
#include <string.h>
#include <wchar.h>

static const wchar_t letters[] = L"bBc:dEhiIJm:OqRsStuvVW:xX:?";

enum { HASH_PYCS = 0, LONG_VERSION = 1 };

static const struct {
    const wchar_t *name;
    int has_arg, value;
} long_options[] = {{L"check-hash-based-pycs", 1, HASH_PYCS}, {L"help", 0, 'h'}, {L"version", 0, LONG_VERSION}};

static int next_long(TaiOptions *o, Py_ssize_t argc, wchar_t *const *argv, const wchar_t *word, int report)
{
    o->index++;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(long_options); i++) {
        if (wcscmp(word, long_options[i].name) != 0)
            continue;
        if (long_options[i].has_arg) {
            if (o->index >= argc) {
                if (report)
                    fprintf(stderr, "Argument expected for the %ls options\n", word);
                return '_';
            }
            o->arg = argv[o->index++];
        }
        return long_options[i].value;
    }
    if (report)
        fprintf(stderr, "unknown option %ls\n", argv[o->index - 1]);
    return '_';
}

int tai_option_next(TaiOptions *o, Py_ssize_t argc, wchar_t *const *argv, int report)
{
    if (!o->opened) {
        o->opened = 1;
        o->index = 1;
    }
    if (o->rest == NULL || *o->rest == 0) {
        if (o->index >= argc)
            return -1;
        const wchar_t *word = argv[o->index];
        if (word[0] != L'-' || word[1] == 0)
            return -1;
        if (wcscmp(word, L"--") == 0) {
            o->index++;
            return -1;
        }
        if (wcsncmp(word, L"--", 2) == 0)
            return next_long(o, argc, argv, word + 2, report);
        o->rest = word + 1;
        o->index++;
    }
    wchar_t c = *o->rest++;
    if (c == L'J') {
        if (report)
            fprintf(stderr, "-J is reserved for Jython\n");
        return '_';
    }
    const wchar_t *found = c == L':' ? NULL : wcschr(letters, c);
    if (found == NULL) {
        if (report)
            fprintf(stderr, "Unknown option: -%c\n", (char)c);
        return '_';
    }
    if (found[1] == L':') {
        if (*o->rest) {
            o->arg = o->rest;
            o->rest = NULL;
        } else if (o->index >= argc) {
            if (report)
                fprintf(stderr, "Argument expected for the -%c option\n", (char)c);
            return '_';
        } else {
            o->arg = argv[o->index++];
        }
    }
    return (int)c;
}

static const char usage_text[] =
    "Options and arguments (and corresponding environment variables):\n"
    "-b     : warn when bytes are turned into str or compared with it; twice: an error\n"
    "-B     : write no .pyc files; also PYTHONDONTWRITEBYTECODE=x\n"
    "-c cmd : run the program given as text (ends the list of options)\n"
    "-d     : debug output of the parser; also PYTHONDEBUG=x\n"
    "-E     : ignore the PYTHON* environment variables\n"
    "-h     : show this help and leave (also --help)\n"
    "-i     : become interactive after the script, even if stdin is no terminal; also PYTHONINSPECT=x\n"
    "-I     : run apart from the user's environment (implies -E and -s)\n"
    "-m mod : run a library module as a script (ends the list of options)\n"
    "-O     : leave out assert and `if __debug__`; also PYTHONOPTIMIZE=x\n"
    "-OO    : leave out docstrings too\n"
    "-q     : no version and copyright at interactive start\n"
    "-s     : no user site directory in sys.path; also PYTHONNOUSERSITE\n"
    "-S     : no 'import site' at start\n"
    "-u     : stdout and stderr are not buffered; also PYTHONUNBUFFERED=x\n"
    "-v     : trace imports; also PYTHONVERBOSE=x; more often for more\n"
    "-V     : print the version and leave (also --version); -VV prints more\n"
    "-W arg : warning control, action:message:category:module:lineno; also PYTHONWARNINGS=arg\n"
    "-x     : skip the first line of the source, for first lines of other systems\n"
    "-X opt : set an implementation specific option; these are known:\n"
    "         -X faulthandler, -X showrefcount, -X tracemalloc[=frames], -X showalloccount,\n"
    "         -X importtime, -X dev, -X utf8[=0|1], -X pycache_prefix=PATH, -X int_max_str_digits=number\n"
    "--check-hash-based-pycs always|default|never: how hash-based .pyc files are checked\n"
    "file   : program read from a script file\n"
    "-      : program read from stdin (default; interactive if it is a terminal)\n"
    "arg ...: arguments passed to the program in sys.argv[1:]\n"
    "\n"
    "Other environment variables:\n"
    "PYTHONSTARTUP: file run at interactive start (no default)\n"
    "PYTHONPATH   : ':'-separated directories put in front of the default module search path\n"
    "PYTHONHOME   : alternate <prefix> directory (or <prefix>:<exec_prefix>); the library is in <prefix>/lib/python3.8\n"
    "PYTHONIOENCODING: encoding[:errors] of stdin, stdout and stderr\n"
    "PYTHONFAULTHANDLER: show the Python traceback after fatal signals\n"
    "PYTHONHASHSEED: 'random', or a number in [0; 4294967295] that seeds the hashes of str and bytes\n"
    "PYTHONINTMAXSTRDIGITS: limit of digits when ints and texts are converted, 0 for none\n"
    "PYTHONMALLOC : memory allocators, with debug hooks on request\n"
    "PYTHONCOERCECLOCALE: 0 keeps the C locale, 'warn' reports coercion\n"
    "PYTHONBREAKPOINT: callable that breakpoint() runs, 0 for none\n"
    "PYTHONDEVMODE: development mode\n"
    "PYTHONPYCACHEPREFIX: root of the cache tree for .pyc files\n";

static void usage(int error, const wchar_t *program)
{
    FILE *f = error ? stderr : stdout;
    fprintf(f, "usage: %ls [option] ... [-c cmd | -m mod | file | -] [arg] ...\n", program);
    if (error)
        fprintf(f, "Try `python -h' for more information.\n");
    else
        fputs(usage_text, f);
}

static wchar_t *with_newline(const wchar_t *command)
{
    size_t n = wcslen(command);
    wchar_t *text = PyMem_RawMalloc((n + 2) * sizeof(wchar_t));
    if (text) {
        wmemcpy(text, command, n);
        text[n] = L'\n';
        text[n + 1] = 0;
    }
    return text;
}

/* Simple switches. 1 if c is one. */
static int apply_switch(PyConfig *c, int letter)
{
    switch (letter) {
    case 'b': c->bytes_warning++; return 1;
    case 'd': c->parser_debug++; return 1;
    case 'i': c->inspect++; c->interactive++; return 1;
    case 'E': c->use_environment = 0; return 1;
    case 'I': c->isolated = 1; return 1;
    case 't': return 1; /* history */
    case 'O': c->optimization_level++; return 1;
    case 'B': c->write_bytecode = 0; return 1;
    case 's': c->user_site_directory = 0; return 1;
    case 'S': c->site_import = 0; return 1;
    case 'u': c->buffered_stdio = 0; return 1;
    case 'v': c->verbose++; return 1;
    case 'x': c->skip_source_first_line = 1; return 1;
    case 'q': c->quiet++; return 1;
    case 'R': c->use_hash_seed = 0; return 1;
    default: return 0;
    }
}

PyStatus tai_cmdline_parse(PyConfig *config, PyWideStringList *warnoptions, Py_ssize_t *opt_index)
{
    const PyWideStringList *argv = &config->argv;
    const wchar_t *program = config->program_name;
    if (program == NULL || program[0] == 0)
        program = argv->length ? argv->items[0] : L"python3";
    TaiOptions o = {0};
    int print_version = 0, long_version = 0, letter;
    while ((letter = tai_option_next(&o, argv->length, argv->items, 1)) != -1) {
        if (letter == 'c') {
            if (config->run_command == NULL && (config->run_command = with_newline(o.arg)) == NULL)
                return PyStatus_NoMemory();
            break;
        }
        if (letter == 'm') {
            if (config->run_module == NULL && tai_wstr_set(&config->run_module, o.arg) < 0)
                return PyStatus_NoMemory();
            break;
        }
        if (apply_switch(config, letter))
            continue;
        switch (letter) {
        case HASH_PYCS:
            if (wcscmp(o.arg, L"always") != 0 && wcscmp(o.arg, L"never") != 0 && wcscmp(o.arg, L"default") != 0) {
                fprintf(stderr, "--check-hash-based-pycs must be one of 'default', 'always', or 'never'\n");
                usage(1, program);
                return PyStatus_Exit(2);
            }
            if (tai_wstr_set(&config->check_hash_pycs_mode, o.arg) < 0)
                return PyStatus_NoMemory();
            break;
        case 'h':
        case '?':
            usage(0, program);
            return PyStatus_Exit(0);
        case 'V':
            print_version++;
            break;
        case LONG_VERSION:
            print_version++;
            long_version++;
            break;
        case 'W':
            TAI_TRY(PyWideStringList_Append(warnoptions, o.arg));
            break;
        case 'X':
            TAI_TRY(PyWideStringList_Append(&config->xoptions, o.arg));
            break;
        default:
            usage(1, program);
            return PyStatus_Exit(2);
        }
    }
    if (print_version) {
        if (long_version && print_version == 1)
            printf("Python %s (taipan %s)\n", PY_VERSION, TAI_VERSION);
        else
            printf("Python %s\n", print_version >= 2 ? Py_GetVersion() : PY_VERSION);
        return PyStatus_Exit(0);
    }
    if (config->run_command == NULL && config->run_module == NULL && o.index < argv->length &&
        wcscmp(argv->items[o.index], L"-") != 0 && config->run_filename == NULL) {
        if (tai_wstr_set(&config->run_filename, argv->items[o.index]) < 0)
            return PyStatus_NoMemory();
    }
    if (config->run_command != NULL || config->run_module != NULL)
        o.index--; /* its argument's place becomes argv[0] */
    *opt_index = o.opened ? o.index : 1;
    return PyStatus_Ok();
}
