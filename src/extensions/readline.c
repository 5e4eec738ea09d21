/* SPDX-License-Identifier: MIT */
/* readline: line editing, history and completion by GNU Readline.
 *
 * Importing it makes the interpreter read its interactive input through read_line() (PyOS_ReadlineFunctionPointer).  Readline
 * calls back at fixed places; each hook that Python can set is a row of `hooks`.
 *
 * [RL-1] read_line() runs without the GIL; every callback takes it (PyGILState_Ensure) before it touches an object.
 * [RL-2] Text crosses in the locale's encoding with surrogateescape, as file names do.
 * Tests: the reference's test_readline.
 */
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
#include <unistd.h>

#include <readline/history.h>
#include <readline/readline.h>

enum { COMPLETER, DISPLAY_MATCHES, STARTUP, PRE_INPUT, HOOKS };
static PyObject *hooks[HOOKS]; /* owned, or NULL */

static int completion_begin, completion_end;
static int history_limit = -1; /* lines that files are cut to; negative: not at all */
static int auto_history = 1;
static char *word_breaks; /* malloc'd, what rl_completer_word_break_characters points to */

static PyObject *encode(PyObject *text)
{
    return PyUnicode_EncodeLocale(text, "surrogateescape");
}

static PyObject *decode(const char *s)
{
    return PyUnicode_DecodeLocale(s, "surrogateescape");
}

/* ------------------------------------------------------------------ init file and history files */

static PyObject *parse_and_bind(PyObject *Py_UNUSED(module), PyObject *text)
{
    if (!PyUnicode_Check(text)) {
        PyErr_Format(PyExc_TypeError, "parse_and_bind() argument must be str, not %.50s", Py_TYPE(text)->tp_name);
        return NULL;
    }
    PyObject *bytes = encode(text);
    char *copy = bytes ? strdup(PyBytes_AS_STRING(bytes)) : NULL; /* Readline writes into it */
    Py_XDECREF(bytes);
    if (copy == NULL)
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    rl_parse_and_bind(copy);
    free(copy);
    Py_RETURN_NONE;
}

/* The name of a file as bytes (new), NULL for None or nothing. 0 / -1. */
static int file_name(PyObject *o, PyObject **bytes)
{
    *bytes = NULL;
    return o == NULL || o == Py_None || PyUnicode_FSConverter(o, bytes) ? 0 : -1;
}

static PyObject *errno_result(int code)
{
    if (code == 0)
        Py_RETURN_NONE;
    errno = code;
    return PyErr_SetFromErrno(PyExc_OSError);
}

static PyObject *read_init_file(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *name = NULL, *bytes;
    if (!PyArg_ParseTuple(args, "|O:read_init_file", &name) || file_name(name, &bytes) < 0)
        return NULL;
    int failed = rl_read_init_file(bytes ? PyBytes_AS_STRING(bytes) : NULL) ? errno : 0;
    Py_XDECREF(bytes);
    return errno_result(failed);
}

static PyObject *read_history_file(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *name = NULL, *bytes;
    if (!PyArg_ParseTuple(args, "|O:read_history_file", &name) || file_name(name, &bytes) < 0)
        return NULL;
    int code = read_history(bytes ? PyBytes_AS_STRING(bytes) : NULL);
    Py_XDECREF(bytes);
    return errno_result(code);
}

/* After writing: cut the file to the limit. */
static PyObject *written(int code, PyObject *bytes)
{
    if (code == 0 && history_limit >= 0)
        history_truncate_file(bytes ? PyBytes_AS_STRING(bytes) : NULL, history_limit);
    Py_XDECREF(bytes);
    return errno_result(code);
}

static PyObject *write_history_file(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *name = NULL, *bytes;
    if (!PyArg_ParseTuple(args, "|O:write_history_file", &name) || file_name(name, &bytes) < 0)
        return NULL;
    errno = 0;
    return written(write_history(bytes ? PyBytes_AS_STRING(bytes) : NULL), bytes);
}

static PyObject *append_history_file(PyObject *Py_UNUSED(module), PyObject *args)
{
    int n;
    PyObject *name = NULL, *bytes;
    if (!PyArg_ParseTuple(args, "i|O:append_history_file", &n, &name) || file_name(name, &bytes) < 0)
        return NULL;
    errno = 0;
    return written(append_history(n, bytes ? PyBytes_AS_STRING(bytes) : NULL), bytes);
}

static PyObject *set_history_length(PyObject *Py_UNUSED(module), PyObject *args)
{
    int n;
    if (!PyArg_ParseTuple(args, "i:set_history_length", &n))
        return NULL;
    history_limit = n;
    Py_RETURN_NONE;
}

static PyObject *get_history_length(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(history_limit);
}

/* ------------------------------------------------------------------ the history */

static void free_entry(HIST_ENTRY *entry)
{
    free(free_history_entry(entry));
}

static int check_position(int at)
{
    if (at >= 0)
        return 0;
    PyErr_SetString(PyExc_ValueError, "History index cannot be negative");
    return -1;
}

static PyObject *no_item(int at)
{
    return PyErr_Format(PyExc_ValueError, "No history item at position %d", at);
}

static PyObject *remove_history_item(PyObject *Py_UNUSED(module), PyObject *args)
{
    int at;
    if (!PyArg_ParseTuple(args, "i:remove_history_item", &at) || check_position(at) < 0)
        return NULL;
    HIST_ENTRY *entry = remove_history(at);
    if (entry == NULL)
        return no_item(at);
    free_entry(entry);
    Py_RETURN_NONE;
}

static PyObject *replace_history_item(PyObject *Py_UNUSED(module), PyObject *args)
{
    int at;
    PyObject *line;
    if (!PyArg_ParseTuple(args, "iU:replace_history_item", &at, &line) || check_position(at) < 0)
        return NULL;
    PyObject *bytes = encode(line);
    if (bytes == NULL)
        return NULL;
    HIST_ENTRY *old = replace_history_entry(at, PyBytes_AS_STRING(bytes), NULL);
    Py_DECREF(bytes);
    if (old == NULL)
        return no_item(at);
    free_entry(old);
    Py_RETURN_NONE;
}

static PyObject *py_add_history(PyObject *Py_UNUSED(module), PyObject *line)
{
    PyObject *bytes = encode(line);
    if (bytes == NULL)
        return NULL;
    add_history(PyBytes_AS_STRING(bytes));
    Py_DECREF(bytes);
    Py_RETURN_NONE;
}

static PyObject *set_auto_history(PyObject *Py_UNUSED(module), PyObject *args)
{
    int on;
    if (!PyArg_ParseTuple(args, "p:set_auto_history", &on))
        return NULL;
    auto_history = on;
    Py_RETURN_NONE;
}

static PyObject *get_history_item(PyObject *Py_UNUSED(module), PyObject *args)
{
    int at;
    if (!PyArg_ParseTuple(args, "i:get_history_item", &at))
        return NULL;
    HIST_ENTRY *entry = history_get(at);
    if (entry == NULL)
        Py_RETURN_NONE;
    return decode(entry->line);
}

static PyObject *get_current_history_length(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(history_length);
}

static PyObject *py_clear_history(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    clear_history();
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ hooks */

static int keep_hook(int which, const char *name, PyObject *args)
{
    char format[64];
    PyObject *function = Py_None;
    PyOS_snprintf(format, sizeof format, "|O:set_%.50s", name);
    if (!PyArg_ParseTuple(args, format, &function))
        return -1;
    if (function != Py_None && !PyCallable_Check(function)) {
        PyErr_Format(PyExc_TypeError, "set_%.50s(func): argument not callable", name);
        return -1;
    }
    if (function == Py_None)
        Py_CLEAR(hooks[which]);
    else {
        Py_INCREF(function);
        Py_XSETREF(hooks[which], function);
    }
    return 0;
}

/* Call a hook without arguments; its result as an int, 0 for None. */
static int run_hook(int which)
{
    PyObject *function = hooks[which], *result;
    int value = 0;
    if (function == NULL)
        return 0;
    Py_INCREF(function);
    result = _PyObject_CallNoArg(function);
    Py_DECREF(function);
    if (result && result != Py_None) {
        value = _PyLong_AsInt(result);
        if (value == -1 && PyErr_Occurred())
            value = 0;
    }
    Py_XDECREF(result);
    PyErr_Clear();
    return value;
}

static int on_startup(void)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    int value = run_hook(STARTUP);
    PyGILState_Release(gil);
    return value;
}

static int on_pre_input(void)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    int value = run_hook(PRE_INPUT);
    PyGILState_Release(gil);
    return value;
}

/* matches[0] is what was typed, matches[1 .. n] are the possible completions. */
static void on_display_matches(char **matches, int n, int longest)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    PyObject *list = PyList_New(n), *typed = NULL, *result = NULL;
    for (int i = 0; list && i < n; i++) {
        PyObject *s = decode(matches[i + 1]);
        if (s == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, s);
    }
    if (list && hooks[DISPLAY_MATCHES] && (typed = decode(matches[0])))
        result = PyObject_CallFunction(hooks[DISPLAY_MATCHES], "OOi", typed, list, longest);
    Py_XDECREF(list);
    Py_XDECREF(typed);
    Py_XDECREF(result);
    PyErr_Clear();
    PyGILState_Release(gil);
}

static PyObject *set_completion_display_matches_hook(PyObject *Py_UNUSED(module), PyObject *args)
{
    if (keep_hook(DISPLAY_MATCHES, "completion_display_matches_hook", args) < 0)
        return NULL;
    rl_completion_display_matches_hook = hooks[DISPLAY_MATCHES] ? on_display_matches : NULL;
    Py_RETURN_NONE;
}

static PyObject *set_startup_hook(PyObject *Py_UNUSED(module), PyObject *args)
{
    if (keep_hook(STARTUP, "startup_hook", args) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *set_pre_input_hook(PyObject *Py_UNUSED(module), PyObject *args)
{
    if (keep_hook(PRE_INPUT, "pre_input_hook", args) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ completion */

static PyObject *set_completer(PyObject *Py_UNUSED(module), PyObject *args)
{
    if (keep_hook(COMPLETER, "completer", args) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *get_completer(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyObject *function = hooks[COMPLETER] ? hooks[COMPLETER] : Py_None;
    Py_INCREF(function);
    return function;
}

/* One completion (malloc'd), NULL after the last: what the completer gives for this state. */
static char *next_completion(const char *text, int state)
{
    char *found = NULL;
    PyGILState_STATE gil = PyGILState_Ensure();
    rl_attempted_completion_over = 1; /* file names are not for us */
    PyObject *function = hooks[COMPLETER], *t = function ? decode(text) : NULL, *result = NULL, *bytes = NULL;
    if (t) {
        Py_INCREF(function);
        result = PyObject_CallFunction(function, "Oi", t, state);
        Py_DECREF(function);
    }
    if (result && result != Py_None && (bytes = encode(result)))
        found = strdup(PyBytes_AS_STRING(bytes));
    Py_XDECREF(t);
    Py_XDECREF(result);
    Py_XDECREF(bytes);
    PyErr_Clear();
    PyGILState_Release(gil);
    return found;
}

/* Readline counts bytes, Python characters. */
static int characters_before(int bytes)
{
    char *part = strndup(rl_line_buffer, (size_t)bytes);
    PyObject *text = part ? decode(part) : NULL;
    int n = text ? (int)PyUnicode_GET_LENGTH(text) : bytes;
    free(part);
    Py_XDECREF(text);
    PyErr_Clear();
    return n;
}

static char **on_completion(const char *text, int begin, int end)
{
    PyGILState_STATE gil = PyGILState_Ensure();
    rl_completion_append_character = '\0';
    rl_completion_suppress_append = 0;
    completion_begin = characters_before(begin);
    completion_end = characters_before(end);
    PyGILState_Release(gil);
    return rl_completion_matches((char *)text, next_completion);
}

static PyObject *get_completion_type(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(rl_completion_type);
}

static PyObject *get_begidx(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(completion_begin);
}

static PyObject *get_endidx(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong(completion_end);
}

static PyObject *set_completer_delims(PyObject *Py_UNUSED(module), PyObject *text)
{
    PyObject *bytes = encode(text);
    char *copy = bytes ? strdup(PyBytes_AS_STRING(bytes)) : NULL;
    Py_XDECREF(bytes);
    if (copy == NULL)
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    free(word_breaks);
    rl_completer_word_break_characters = word_breaks = copy;
    Py_RETURN_NONE;
}

static PyObject *get_completer_delims(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return decode(rl_completer_word_break_characters);
}

/* ------------------------------------------------------------------ the line */

static PyObject *get_line_buffer(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return decode(rl_line_buffer ? rl_line_buffer : "");
}

static PyObject *insert_text(PyObject *Py_UNUSED(module), PyObject *text)
{
    PyObject *bytes = encode(text);
    if (bytes == NULL)
        return NULL;
    rl_insert_text(PyBytes_AS_STRING(bytes));
    Py_DECREF(bytes);
    Py_RETURN_NONE;
}

static PyObject *redisplay(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    rl_redisplay();
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ reading a line */

static char *finished_line;
static int line_finished;
static int window_resized;
static void (*old_resize_handler)(int);

static void on_resize(int signum)
{
    window_resized = 1;
    if (old_resize_handler && old_resize_handler != SIG_DFL && old_resize_handler != SIG_IGN)
        old_resize_handler(signum);
}

static void on_line(char *line)
{
    finished_line = line;
    line_finished = 1;
    rl_callback_handler_remove();
}

/* Wait for a key, running PyOS_InputHook meanwhile. 0, or -1 if a signal asks to give up. */
static int wait_for_input(void)
{
    for (;;) {
        fd_set set;
        struct timeval tenth = {0, 100000};
        FD_ZERO(&set);
        FD_SET(fileno(rl_instream), &set);
        if (PyOS_InputHook)
            PyOS_InputHook();
        if (window_resized) {
            window_resized = 0;
            rl_resize_terminal();
        }
        int n = select(fileno(rl_instream) + 1, &set, NULL, NULL, PyOS_InputHook ? &tenth : NULL);
        if (n > 0)
            return 0;
        if (n < 0 && errno != EINTR)
            return 0; /* let Readline see what is wrong */
        if (n < 0) {
            PyGILState_STATE gil = PyGILState_Ensure();
            int failed = PyErr_CheckSignals();
            PyGILState_Release(gil);
            if (failed)
                return -1;
        }
    }
}

/* A line (malloc'd), NULL at the end of input; *interrupted if a signal came. */
static char *edit_line(const char *prompt, int *interrupted)
{
    *interrupted = 0;
    finished_line = NULL;
    line_finished = 0;
    rl_callback_handler_install(prompt, on_line);
    while (!line_finished) {
        if (wait_for_input() < 0) {
            rl_free_line_state();
            rl_callback_sigcleanup();
            rl_cleanup_after_signal();
            rl_callback_handler_remove();
            *interrupted = 1;
            return NULL;
        }
        rl_callback_read_char();
    }
    return finished_line;
}

static void remember(const char *line)
{
    if (!auto_history || *line == '\0')
        return;
    HIST_ENTRY *last = history_length > 0 ? history_get(history_base + history_length - 1) : NULL;
    if (last == NULL || strcmp(last->line, line) != 0)
        add_history(line);
}

/* PyOS_ReadlineFunctionPointer: the line with its newline, "" at the end of input, NULL after a signal (PyMem_RawMalloc). */
static char *read_line(FILE *in, FILE *out, const char *prompt)
{
    char *saved = setlocale(LC_CTYPE, NULL) ? strdup(setlocale(LC_CTYPE, NULL)) : NULL;
    if (saved == NULL)
        return NULL;
    setlocale(LC_CTYPE, "");
    if (in != rl_instream || out != rl_outstream) {
        rl_instream = in;
        rl_outstream = out;
        rl_prep_terminal(1);
        rl_deprep_terminal();
    }
    int interrupted;
    char *line = edit_line(prompt, &interrupted), *result = NULL;
    size_t n = line ? strlen(line) : 0;
    if (!interrupted && (result = PyMem_RawMalloc(n + 2))) {
        if (line) {
            remember(line);
            memcpy(result, line, n);
            result[n++] = '\n';
        }
        result[n] = '\0';
    }
    free(line);
    setlocale(LC_CTYPE, saved);
    free(saved);
    return result;
}

static int setup(void)
{
    char *saved = setlocale(LC_CTYPE, NULL) ? strdup(setlocale(LC_CTYPE, NULL)) : NULL;
    word_breaks = strdup(" \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?");
    if (saved == NULL || word_breaks == NULL) {
        free(saved);
        PyErr_SetString(PyExc_MemoryError, "not enough memory to save locale");
        return -1;
    }
    rl_readline_name = "python";
    rl_bind_key('\t', rl_insert);
    rl_bind_key_in_map('\t', rl_complete, emacs_meta_keymap);
    rl_bind_key_in_map('\033', rl_complete, emacs_meta_keymap);
    rl_startup_hook = on_startup;
    rl_pre_input_hook = on_pre_input;
    rl_attempted_completion_function = on_completion;
    rl_completion_append_character = '\0';
    rl_completer_word_break_characters = word_breaks;
    rl_catch_signals = 0; /* the interpreter has its own handlers */
    rl_catch_sigwinch = 0;
    old_resize_handler = PyOS_setsig(SIGWINCH, on_resize);
    if (!isatty(STDOUT_FILENO)) /* no escape sequences into files and pipes */
        rl_variable_bind("enable-meta-key", "off");
    rl_variable_bind("enable-bracketed-paste", "off");
    using_history();
    rl_initialize();
    completion_begin = completion_end = 0;
    setlocale(LC_CTYPE, saved);
    free(saved);
    return 0;
}

/* ------------------------------------------------------------------ module */

static PyMethodDef methods[] = {
    {"parse_and_bind", parse_and_bind, METH_O, "parse_and_bind(string) -> None\nRun one line of an init file."},
    {"get_line_buffer", get_line_buffer, METH_NOARGS, "get_line_buffer() -> string\nThe line being edited."},
    {"insert_text", insert_text, METH_O, "insert_text(string) -> None\nPut text at the cursor."},
    {"redisplay", redisplay, METH_NOARGS, "redisplay() -> None\nShow the line as it is now."},
    {"read_init_file", read_init_file, METH_VARARGS, "read_init_file([filename]) -> None\nRun an init file, by default the last one."},
    {"read_history_file", read_history_file, METH_VARARGS, "read_history_file([filename]) -> None\nAdd the lines of a file, by default ~/.history, to the history."},
    {"write_history_file", write_history_file, METH_VARARGS, "write_history_file([filename]) -> None\nWrite the history to a file, by default ~/.history."},
    {"append_history_file", append_history_file, METH_VARARGS, "append_history_file(nelements[, filename]) -> None\nAppend the last lines of the history to a file, by default ~/.history."},
    {"get_history_item", get_history_item, METH_VARARGS, "get_history_item() -> string\nThe line at an index, counted from 1, or None."},
    {"get_current_history_length", get_current_history_length, METH_NOARGS, "get_current_history_length() -> integer\nHow many lines the history has."},
    {"set_history_length", set_history_length, METH_VARARGS, "set_history_length(length) -> None\nHow many lines written files are cut to; negative for no limit."},
    {"get_history_length", get_history_length, METH_NOARGS, "get_history_length() -> int\nHow many lines written files are cut to."},
    {"set_completer", set_completer, METH_VARARGS, "set_completer([function]) -> None\nSet or remove the completer: function(text, state) is asked with 0, 1, 2, ... for the next completion\nuntil it gives no string."},
    {"get_completer", get_completer, METH_NOARGS, "get_completer() -> function\nThe completer."},
    {"get_completion_type", get_completion_type, METH_NOARGS, "get_completion_type() -> int\nWhat kind of completion is under way."},
    {"get_begidx", get_begidx, METH_NOARGS, "get_begidx() -> int\nWhere the text to complete begins."},
    {"get_endidx", get_endidx, METH_NOARGS, "get_endidx() -> int\nWhere the text to complete ends."},
    {"set_completer_delims", set_completer_delims, METH_O, "set_completer_delims(string) -> None\nSet the characters that part words for completion."},
    {"set_auto_history", set_auto_history, METH_VARARGS, "set_auto_history(enabled) -> None\nSay whether lines that are read go to the history."},
    {"add_history", py_add_history, METH_O, "add_history(string) -> None\nAppend a line to the history."},
    {"remove_history_item", remove_history_item, METH_VARARGS, "remove_history_item(pos) -> None\nTake the line at a position, counted from 0, out of the history."},
    {"replace_history_item", replace_history_item, METH_VARARGS, "replace_history_item(pos, line) -> None\nPut another line at a position, counted from 0."},
    {"get_completer_delims", get_completer_delims, METH_NOARGS, "get_completer_delims() -> string\nThe characters that part words for completion."},
    {"set_completion_display_matches_hook", set_completion_display_matches_hook, METH_VARARGS, "set_completion_display_matches_hook([function]) -> None\nSet or remove what shows completions: function(substitution, [matches], longest_match_length)."},
    {"set_startup_hook", set_startup_hook, METH_VARARGS, "set_startup_hook([function]) -> None\nSet or remove what is called before the prompt is shown."},
    {"set_pre_input_hook", set_pre_input_hook, METH_VARARGS, "set_pre_input_hook([function]) -> None\nSet or remove what is called after the prompt is shown and before keys are read."},
    {"clear_history", py_clear_history, METH_NOARGS, "clear_history() -> None\nForget the history."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "readline",
    .m_doc = "Importing this module enables command line editing using GNU readline.",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_readline(void)
{
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    if (PyModule_AddIntConstant(m, "_READLINE_VERSION", RL_READLINE_VERSION) < 0 ||
        PyModule_AddIntConstant(m, "_READLINE_RUNTIME_VERSION", rl_readline_version) < 0 ||
        PyModule_AddStringConstant(m, "_READLINE_LIBRARY_VERSION", rl_library_version) < 0 || setup() < 0) {
        Py_DECREF(m);
        return NULL;
    }
    PyOS_ReadlineFunctionPointer = read_line;
    return m;
}
