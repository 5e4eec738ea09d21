/* SPDX-License-Identifier: MIT */
/* Py_RunMain: what the command line asks for. A command, a module, a directory or archive, a file, standard input; then
 * the prompt if -i; then the exit status. Tests: tests/program/
 */
#include "runtime/lifecycle.h"
#include "runtime/errprint.h"
#include "runtime/signals.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- small pieces ---- */

/* Print the exception; SystemExit sets *status. True if the program should end. */
static int show_and_check_exit(int *status)
{
    if (_Py_HandleSystemExit(status))
        return 1;
    PyErr_Print();
    return 0;
}

static int fail(int *status)
{
    if (!_Py_HandleSystemExit(status)) {
        PyErr_Print();
        *status = 1;
    }
    return *status;
}

static int is_interactive_stdin(const PyConfig *c)
{
    return isatty(fileno(stdin)) || c->interactive;
}

static void print_header(const PyConfig *c)
{
    if (c->quiet)
        return;
    if (c->verbose || (c->run_command == NULL && c->run_filename == NULL && c->run_module == NULL && is_interactive_stdin(c))) {
        fprintf(stderr, "Python %s on %s\n", Py_GetVersion(), Py_GetPlatform());
        if (c->site_import)
            fprintf(stderr, "Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n");
    }
}

static void import_readline(const PyConfig *c)
{
    if (c->isolated || (!c->inspect && (c->run_command || c->run_filename || c->run_module)) || !isatty(fileno(stdin)))
        return;
    PyObject *m = PyImport_ImportModule("readline");
    if (m == NULL)
        PyErr_Clear();
    Py_XDECREF(m);
}

/* Module that runpy would run for this sys.path entry: the importer's existence decides. New, NULL: none (no exception). */
static int main_importer(const wchar_t *filename, PyObject **path)
{
    *path = PyUnicode_FromWideChar(filename, -1);
    PyObject *importer = *path ? PyImport_GetImporter(*path) : NULL;
    if (importer == NULL) {
        PySys_WriteStderr("Failed checking if argv[0] is an import path entry\n");
        Py_CLEAR(*path);
        return -1;
    }
    int found = importer != Py_None;
    Py_DECREF(importer);
    if (!found)
        Py_CLEAR(*path);
    return found;
}

static int prepend_path(PyObject *entry)
{
    PyObject *path = PySys_GetObject("path");
    if (path == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "unable to get sys.path");
        return -1;
    }
    return PyList_Insert(path, 0, entry);
}

static int add_sys_path0(const PyConfig *c)
{
    PyObject *entry = NULL;
    int r = tai_path_compute_sys_path0(&c->argv, &entry);
    if (r <= 0)
        return r;
    r = prepend_path(entry);
    Py_DECREF(entry);
    return r;
}

/* ---- the ways to run ---- */

static int run_command(const wchar_t *command, PyCompilerFlags *flags)
{
    PyObject *text = PyUnicode_FromWideChar(command, -1), *bytes = NULL;
    int status = 1;
    if (text == NULL || PySys_Audit("cpython.run_command", "O", text) < 0 ||
        (bytes = PyUnicode_AsUTF8String(text)) == NULL) {
        PySys_WriteStderr("Unable to decode the command from the command line:\n");
        Py_XDECREF(text);
        return fail(&status);
    }
    Py_DECREF(text);
    int r = PyRun_SimpleStringFlags(PyBytes_AsString(bytes), flags);
    Py_DECREF(bytes);
    return r != 0;
}

static int run_module(const wchar_t *name, int set_argv0)
{
    int status = 1;
    PyObject *module = NULL, *runpy = NULL, *run = NULL, *r = NULL;
    PyObject *text = PyUnicode_FromWideChar(name, -1);
    if (text == NULL || PySys_Audit("cpython.run_module", "O", text) < 0) {
        Py_XDECREF(text);
        return fail(&status);
    }
    runpy = PyImport_ImportModule("runpy");
    if (runpy == NULL) {
        fprintf(stderr, "Could not import runpy module\n");
        Py_DECREF(text);
        return fail(&status);
    }
    run = PyObject_GetAttrString(runpy, "_run_module_as_main");
    if (run == NULL)
        fprintf(stderr, "Could not access runpy._run_module_as_main\n");
    else
        r = PyObject_CallFunction(run, "OO", text, set_argv0 ? Py_True : Py_False);
    tai_unhandled_keyboard_interrupt = r == NULL && PyErr_Occurred() == PyExc_KeyboardInterrupt;
    Py_DECREF(text);
    Py_XDECREF(module);
    Py_XDECREF(run);
    Py_DECREF(runpy);
    if (r == NULL)
        return fail(&status);
    Py_DECREF(r);
    return 0;
}

static int run_file(const PyConfig *c, PyCompilerFlags *flags)
{
    const wchar_t *name = c->run_filename;
    int status = 1;
    PyObject *text = PyUnicode_FromWideChar(name, -1);
    if (text == NULL || PySys_Audit("cpython.run_file", "O", text) < 0) {
        Py_XDECREF(text);
        return fail(&status);
    }
    FILE *f = _Py_wfopen(name, L"rb");
    if (f == NULL) {
        int error = errno;
        fprintf(stderr, "%ls: can't open file '%ls': [Errno %d] %s\n", c->program_name, name, error, strerror(error));
        Py_DECREF(text);
        return 2;
    }
    struct stat st;
    if (fstat(fileno(f), &st) == 0 && S_ISDIR(st.st_mode)) {
        fprintf(stderr, "%ls: '%ls' is a directory, cannot continue\n", c->program_name, name);
        fclose(f);
        Py_DECREF(text);
        return 1;
    }
    if (c->skip_source_first_line) {
        int ch;
        while ((ch = getc(f)) != EOF) {
            if (ch == '\n') {
                (void)ungetc(ch, f);
                break;
            }
        }
    }
    if (Py_MakePendingCalls() == -1) {
        fclose(f);
        Py_DECREF(text);
        return fail(&status);
    }
    PyObject *bytes = PyUnicode_EncodeFSDefault(text);
    int r = bytes == NULL ? -1 : PyRun_AnyFileExFlags(f, PyBytes_AsString(bytes), 1, flags);
    if (bytes == NULL)
        PyErr_Clear();
    Py_XDECREF(bytes);
    Py_DECREF(text);
    return r != 0;
}

/* $PYTHONSTARTUP; true if the program should end. */
static int run_startup(const PyConfig *c, PyCompilerFlags *flags, int *status)
{
    const char *name = tai_env(c->use_environment, "PYTHONSTARTUP");
    if (name == NULL)
        return 0;
    PyObject *text = PyUnicode_DecodeFSDefault(name);
    if (text == NULL || PySys_Audit("cpython.run_startup", "O", text) < 0) {
        Py_XDECREF(text);
        return show_and_check_exit(status);
    }
    Py_DECREF(text);
    FILE *f = _Py_fopen(name, "r");
    if (f == NULL) {
        int error = errno;
        PySys_WriteStderr("Could not open PYTHONSTARTUP\n");
        errno = error;
        PyErr_SetFromErrnoWithFilename(PyExc_OSError, name);
        return show_and_check_exit(status);
    }
    (void)PyRun_SimpleFileExFlags(f, name, 0, flags);
    PyErr_Clear();
    fclose(f);
    return 0;
}

static int run_interactive_hook(int *status)
{
    PyObject *hook = PySys_GetObject("__interactivehook__");
    if (hook == NULL)
        return 0;
    if (PySys_Audit("cpython.run_interactivehook", "O", hook) < 0)
        goto failed;
    PyObject *r = _PyObject_CallNoArg(hook);
    if (r == NULL)
        goto failed;
    Py_DECREF(r);
    return 0;
failed:
    PySys_WriteStderr("Failed calling sys.__interactivehook__\n");
    return show_and_check_exit(status);
}

static int run_stdin(PyConfig *c, PyCompilerFlags *flags)
{
    int status;
    if (is_interactive_stdin(c)) {
        c->inspect = 0; /* the prompt is the program: no second one after it */
        Py_InspectFlag = 0;
        if (run_startup(c, flags, &status) || run_interactive_hook(&status))
            return status;
    }
    if (Py_MakePendingCalls() == -1)
        return fail(&status);
    if (PySys_Audit("cpython.run_stdin", NULL) < 0)
        return fail(&status);
    return PyRun_AnyFileExFlags(stdin, "<stdin>", 0, flags) != 0;
}

/* The prompt after the program, for -i or PYTHONINSPECT set by it. */
static void run_prompt(PyConfig *c, PyCompilerFlags *flags, int *status)
{
    if (!Py_InspectFlag && tai_env(c->use_environment, "PYTHONINSPECT")) {
        Py_InspectFlag = 1;
        c->inspect = 1;
    }
    if (!((Py_InspectFlag || c->inspect) && is_interactive_stdin(c) &&
          (c->run_command || c->run_filename || c->run_module || 1) && (Py_InspectFlag || c->inspect)))
        return;
    if (!c->inspect)
        return;
    c->inspect = 0;
    Py_InspectFlag = 0;
    if (run_interactive_hook(status))
        return;
    *status = PyRun_AnyFileExFlags(stdin, "<stdin>", 0, flags) != 0;
}

static void run(int *status)
{
    PyInterpreterState *interp = tai_interp();
    PyConfig *c = &interp->config;
    PyCompilerFlags flags = {0, PY_MINOR_VERSION};
    PyObject *importer_path = NULL;
    *status = 0;
    if (c->run_filename != NULL && main_importer(c->run_filename, &importer_path) < 0) {
        (void)fail(status);
        return;
    }
    if ((importer_path != NULL ? prepend_path(importer_path) : c->isolated ? 0 : add_sys_path0(c)) < 0) {
        (void)fail(status);
        goto done;
    }
    print_header(c);
    import_readline(c);
    if (c->run_command)
        *status = run_command(c->run_command, &flags);
    else if (c->run_module)
        *status = run_module(c->run_module, 1);
    else if (importer_path != NULL)
        *status = run_module(L"__main__", 0);
    else if (c->run_filename != NULL)
        *status = run_file(c, &flags);
    else
        *status = run_stdin(c, &flags);
    run_prompt(c, &flags, status);
done:
    Py_XDECREF(importer_path);
}

int Py_RunMain(void)
{
    int status = 0;
    run(&status);
    if (Py_FinalizeEx() < 0)
        status = 120;
    if (tai_unhandled_keyboard_interrupt)
        status = tai_signals_exit_sigint();
    return status;
}

static int main_with(TaiArgv *args)
{
    PyPreConfig pre;
    PyConfig config;
    PyStatus status = tai_runtime_init();
    PyPreConfig_InitPythonConfig(&pre);
    if (TAI_OK(status))
        status = tai_preinit(&pre, args);
    if (TAI_OK(status)) {
        PyConfig_InitPythonConfig(&config);
        status = tai_argv_to_list(args, &config.argv);
        if (TAI_OK(status))
            status = tai_init_from_argv(&config, NULL);
        PyConfig_Clear(&config);
    }
    if (PyStatus_IsExit(status))
        return status.exitcode;
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
    return Py_RunMain();
}

int Py_Main(int argc, wchar_t **argv)
{
    TaiArgv args = {argc, 1, NULL, argv};
    return main_with(&args);
}

int Py_BytesMain(int argc, char **argv)
{
    TaiArgv args = {argc, 0, argv, NULL};
    return main_with(&args);
}
