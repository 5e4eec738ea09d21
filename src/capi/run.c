/* SPDX-License-Identifier: MIT */
/* PyRun_*: compile and run text, files, .pyc files, and the interactive loop.
 *
 * Files are read whole and compiled from memory. The interactive loop gives the parser line after line, until it has a statement.
 * Tests: tests/embedding/, tests/program/
 */
#include "Python.h"
#include "runtime/runtime.h"
#include "runtime/errprint.h"
#include "frontend/parse.h"
#include "frontend/places.h"

#include "Python-ast.h"
#include "ast.h"
#include "compile.h"
#include "marshal.h"
#include "symtable.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int tai_unhandled_keyboard_interrupt;

/* ---- compiling ---- */

static PyObject *compile_tree(mod_ty tree, PyObject *filename, PyCompilerFlags *flags, int optimize, PyArena *arena)
{
    if (flags && (flags->cf_flags & PyCF_ONLY_AST))
        return PyAST_mod2obj(tree);
    return (PyObject *)PyAST_CompileObject(tree, filename, flags, optimize, arena);
}

/* Parse, telling the audit hooks. */
static mod_ty parse(const char *text, PyObject *filename, int start, PyCompilerFlags *flags, PyArena *arena)
{
    if (PySys_Audit("compile", "yO", text, filename) < 0)
        return NULL;
    return PyParser_ASTFromStringObject(text, filename, start, flags, arena);
}

PyObject *Py_CompileStringObject(const char *text, PyObject *filename, int start, PyCompilerFlags *flags, int optimize)
{
    PyArena *arena = PyArena_New();
    if (arena == NULL)
        return NULL;
    mod_ty tree = parse(text, filename, start, flags, arena);
    PyObject *result = tree ? compile_tree(tree, filename, flags, optimize, arena) : NULL;
    PyArena_Free(arena);
    return result;
}

PyObject *Py_CompileStringExFlags(const char *text, const char *filename, int start, PyCompilerFlags *flags, int optimize)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    PyObject *result = name ? Py_CompileStringObject(text, name, start, flags, optimize) : NULL;
    Py_XDECREF(name);
    return result;
}

#undef Py_CompileString
#undef Py_CompileStringFlags
PyObject *Py_CompileString(const char *text, const char *filename, int start)
{
    return Py_CompileStringExFlags(text, filename, start, NULL, -1);
}

PyAPI_FUNC(PyObject *) Py_CompileStringFlags(const char *, const char *, int, PyCompilerFlags *);
PyObject *Py_CompileStringFlags(const char *text, const char *filename, int start, PyCompilerFlags *flags)
{
    return Py_CompileStringExFlags(text, filename, start, flags, -1);
}

/* The source text in a str, bytes, or buffer, as a C string; *copy owns it if it is not NULL. */
const char *_Py_SourceAsString(PyObject *source, const char *function, const char *what, PyCompilerFlags *flags, PyObject **copy)
{
    const char *text;
    Py_ssize_t n;
    Py_buffer view;
    *copy = NULL;
    if (PyUnicode_Check(source)) {
        flags->cf_flags |= PyCF_IGNORE_COOKIE;
        text = PyUnicode_AsUTF8AndSize(source, &n);
        if (text == NULL)
            return NULL;
    } else if (PyBytes_Check(source)) {
        text = PyBytes_AS_STRING(source);
        n = PyBytes_GET_SIZE(source);
    } else if (PyByteArray_Check(source)) {
        text = PyByteArray_AS_STRING(source);
        n = PyByteArray_GET_SIZE(source);
    } else if (PyObject_GetBuffer(source, &view, PyBUF_SIMPLE) == 0) {
        *copy = PyBytes_FromStringAndSize(view.buf, view.len);
        PyBuffer_Release(&view);
        if (*copy == NULL)
            return NULL;
        text = PyBytes_AS_STRING(*copy);
        n = PyBytes_GET_SIZE(*copy);
    } else {
        PyErr_Format(PyExc_TypeError, "%s() arg 1 must be a %s object", function, what);
        return NULL;
    }
    if (strlen(text) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "source code string cannot contain null bytes");
        Py_CLEAR(*copy);
        return NULL;
    }
    return text;
}

/* ---- running ---- */

static PyObject *run_code(PyCodeObject *co, PyObject *globals, PyObject *locals)
{
    _Py_IDENTIFIER(__builtins__);
    if (globals != NULL && PyDict_Check(globals) && _PyDict_GetItemId(globals, &PyId___builtins__) == NULL &&
        _PyDict_SetItemId(globals, &PyId___builtins__, tai_interp()->builtins) < 0)
        return NULL;
    PyObject *v = PyEval_EvalCode((PyObject *)co, globals, locals);
    tai_unhandled_keyboard_interrupt = v == NULL && PyErr_Occurred() == PyExc_KeyboardInterrupt;
    return v;
}

static PyObject *run_tree(mod_ty tree, PyObject *filename, PyObject *globals, PyObject *locals, PyCompilerFlags *flags, PyArena *arena)
{
    PyCodeObject *co = PyAST_CompileObject(tree, filename, flags, -1, arena);
    if (co == NULL)
        return NULL;
    PyObject *v = PySys_Audit("exec", "O", co) < 0 ? NULL : run_code(co, globals, locals);
    Py_DECREF(co);
    return v;
}

PyObject *PyRun_StringFlags(const char *text, int start, PyObject *globals, PyObject *locals, PyCompilerFlags *flags)
{
    PyObject *filename = PyUnicode_FromString("<string>"), *result = NULL;
    PyArena *arena = filename ? PyArena_New() : NULL;
    if (arena != NULL) {
        mod_ty tree = parse(text, filename, start, flags, arena);
        if (tree != NULL)
            result = run_tree(tree, filename, globals, locals, flags, arena);
        PyArena_Free(arena);
    }
    Py_XDECREF(filename);
    return result;
}

PyObject *PyRun_FileExFlags(FILE *f, const char *filename, int start, PyObject *globals, PyObject *locals, int closeit,
                            PyCompilerFlags *flags)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename), *result = NULL;
    PyArena *arena = name && PySys_Audit("compile", "OO", Py_None, name) == 0 ? PyArena_New() : NULL;
    mod_ty tree = arena ? PyParser_ASTFromFileObject(f, name, NULL, start, NULL, NULL, flags, NULL, arena) : NULL;
    if (closeit)
        fclose(f);
    if (tree != NULL)
        result = run_tree(tree, name, globals, locals, flags, arena);
    if (arena != NULL)
        PyArena_Free(arena);
    Py_XDECREF(name);
    return result;
}

/* ---- in __main__ ---- */

/* Print the exception; -1. */
static int show_error(void)
{
    PyErr_Print();
    return -1;
}

static PyObject *main_dict(void)
{
    PyObject *m = PyImport_AddModule("__main__");
    return m ? PyModule_GetDict(m) : NULL;
}

int PyRun_SimpleStringFlags(const char *command, PyCompilerFlags *flags)
{
    PyObject *d = main_dict();
    if (d == NULL)
        return show_error();
    PyObject *v = PyRun_StringFlags(command, Py_file_input, d, d, flags);
    if (v == NULL)
        return show_error();
    Py_DECREF(v);
    return 0;
}

/* A .pyc by its name or its magic number? */
static int is_pyc(FILE *f, const char *filename, int closeit)
{
    size_t n = strlen(filename);
    if (n > 4 && strcmp(filename + n - 4, ".pyc") == 0)
        return 1;
    if (!closeit)
        return 0; /* may be a pipe: do not read from it */
    int result = 0;
    if (ftell(f) == 0) {
        unsigned char b[2];
        unsigned half = (unsigned)PyImport_GetMagicNumber() & 0xFFFF;
        if (fread(b, 1, 2, f) == 2 && ((unsigned)b[1] << 8 | b[0]) == half)
            result = 1;
        rewind(f);
    }
    return result;
}

static PyObject *run_pyc(FILE *f, PyObject *globals, PyObject *locals)
{
    long magic = PyMarshal_ReadLongFromFile(f);
    if (magic != PyImport_GetMagicNumber()) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_RuntimeError, "Bad magic number in .pyc file");
        fclose(f);
        return NULL;
    }
    for (int i = 0; i < 3; i++)
        (void)PyMarshal_ReadLongFromFile(f);
    PyObject *co = PyErr_Occurred() ? NULL : PyMarshal_ReadLastObjectFromFile(f);
    fclose(f);
    if (co == NULL || !PyCode_Check(co)) {
        Py_XDECREF(co);
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_RuntimeError, "Bad code object in .pyc file");
        return NULL;
    }
    PyObject *v = run_code((PyCodeObject *)co, globals, locals);
    Py_DECREF(co);
    return v;
}

static int set_main_loader(PyObject *d, PyObject *filename, const char *name)
{
    PyObject *importlib = tai_interp()->importlib;
    PyObject *external = importlib ? PyObject_GetAttrString(importlib, "_bootstrap_external") : NULL;
    PyObject *type = external ? PyObject_GetAttrString(external, name) : NULL;
    Py_XDECREF(external);
    PyObject *loader = type ? PyObject_CallFunction(type, "sO", "__main__", filename) : NULL;
    Py_XDECREF(type);
    int r = loader ? PyDict_SetItemString(d, "__loader__", loader) : -1;
    Py_XDECREF(loader);
    return r;
}

int PyRun_SimpleFileExFlags(FILE *f, const char *filename, int closeit, PyCompilerFlags *flags)
{
    int r = -1, set_file = 0;
    PyObject *d = main_dict(), *v;
    if (d == NULL)
        return show_error();
    Py_INCREF(d);
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    if (name == NULL)
        goto done;
    if (PyDict_GetItemString(d, "__file__") == NULL) {
        if (PyDict_SetItemString(d, "__file__", name) < 0 || PyDict_SetItemString(d, "__cached__", Py_None) < 0)
            goto done;
        set_file = 1;
    }
    if (is_pyc(f, filename, closeit)) {
        if (closeit)
            fclose(f);
        FILE *binary = _Py_fopen(filename, "rb");
        if (binary == NULL) {
            fprintf(stderr, "python: Can't reopen .pyc file\n");
            goto done;
        }
        if (set_main_loader(d, name, "SourcelessFileLoader") < 0) {
            fprintf(stderr, "python: failed to set __main__.__loader__\n");
            fclose(binary);
            goto done;
        }
        v = run_pyc(binary, d, d);
    } else {
        if (strcmp(filename, "<stdin>") != 0 && set_main_loader(d, name, "SourceFileLoader") < 0) {
            fprintf(stderr, "python: failed to set __main__.__loader__\n");
            goto done;
        }
        v = PyRun_FileExFlags(f, filename, Py_file_input, d, d, closeit, flags);
    }
    tai_flush_std();
    if (v == NULL) {
        Py_CLEAR(d); /* what it holds may be needed while the error is shown, not after */
        set_file = 0;
        show_error();
        goto done;
    }
    Py_DECREF(v);
    r = 0;
done:
    if (set_file && d) {
        if (PyDict_DelItemString(d, "__file__") || PyDict_DelItemString(d, "__cached__"))
            PyErr_Clear();
    }
    Py_XDECREF(name);
    Py_XDECREF(d);
    return r;
}

int PyRun_AnyFileExFlags(FILE *f, const char *filename, int closeit, PyCompilerFlags *flags)
{
    if (filename == NULL)
        filename = "???";
    if (Py_FdIsInteractive(f, filename)) {
        int r = PyRun_InteractiveLoopFlags(f, filename, flags);
        if (closeit)
            fclose(f);
        return r;
    }
    return PyRun_SimpleFileExFlags(f, filename, closeit, flags);
}

int Py_FdIsInteractive(FILE *f, const char *filename)
{
    if (isatty(fileno(f)))
        return 1;
    if (!Py_InteractiveFlag)
        return 0;
    return filename == NULL || strcmp(filename, "<stdin>") == 0 || strcmp(filename, "???") == 0;
}

/* ---- interactive ---- */

static PyObject *prompt_text(const char *name, const char *fallback)
{
    PyObject *v = PySys_GetObject(name);
    if (v == NULL) {
        v = PyUnicode_FromString(fallback);
        if (v == NULL || PySys_SetObject(name, v) < 0)
            PyErr_Clear();
        Py_XDECREF(v);
        v = PySys_GetObject(name);
    }
    PyObject *text = v ? PyObject_Str(v) : NULL;
    if (text == NULL)
        PyErr_Clear();
    return text;
}

/* A line from f with a prompt if it is standard input; "" at the end (PyMem_Malloc). NULL with an exception. */
static char *read_line(FILE *f, const char *prompt_name, const char *fallback)
{
    if (f != stdin) {
        char buffer[1024];
        size_t n = 0;
        char *line = PyMem_Calloc(1, 1);
        while (line && fgets(buffer, sizeof buffer, f)) {
            size_t k = strlen(buffer);
            line = PyMem_Realloc(line, n + k + 1);
            if (line == NULL)
                break;
            memcpy(line + n, buffer, k + 1);
            n += k;
            if (line[n - 1] == '\n')
                break;
        }
        if (line == NULL)
            PyErr_NoMemory();
        return line;
    }
    PyObject *prompt = prompt_text(prompt_name, fallback);
    PyObject *data = prompt ? PyUnicode_AsEncodedString(prompt, "utf-8", "replace") : NULL;
    char *line = PyOS_Readline(stdin, stdout, data ? PyBytes_AS_STRING(data) : "");
    Py_XDECREF(data);
    Py_XDECREF(prompt);
    if (line == NULL && !PyErr_Occurred()) {
        PyErr_CheckSignals();
        if (!PyErr_Occurred())
            PyErr_SetNone(PyExc_KeyboardInterrupt);
    }
    return line;
}

enum { ONE_EOF = 11 /* E_EOF */ };

/* An interactive input while it is read: its lines are kept for errors to point at. */
typedef struct {
    FILE *file;
    char *text; /* PyMem_Malloc, or NULL */
    size_t size;
} Input;

static char *next_line(void *context, int first)
{
    Input *input = context;
    char *line = read_line(input->file, first ? "ps1" : "ps2", first ? ">>> " : "... ");
    size_t n = line ? strlen(line) : 0;
    char *text = n ? PyMem_Realloc(input->text, input->size + n + 1) : NULL;
    if (text) {
        memcpy(text + input->size, line, n + 1);
        input->text = text;
        input->size += n;
    }
    return line;
}

/* Read, compile and run one statement. 0, -1 with an exception, or ONE_EOF. */
static int run_one(FILE *f, PyObject *filename, PyCompilerFlags *flags)
{
    int at_end, result = -1;
    Input input = {f, NULL, 0};
    PyArena *arena = PySys_Audit("compile", "OO", Py_None, filename) == 0 ? PyArena_New() : NULL;
    if (arena == NULL)
        return -1;
    mod_ty tree = tai_parse_interactive(next_line, &input, filename, flags, arena, &at_end);
    if (tree && input.text)
        tai_places_remember(filename, input.text, input.size);
    PyMem_Free(input.text);
    PyObject *d = tree ? main_dict() : NULL, *v = d ? run_tree(tree, filename, d, d, flags, arena) : NULL;
    if (v != NULL) {
        result = 0;
        Py_DECREF(v);
        tai_flush_std();
    }
    else if (at_end) {
        PyErr_Clear();
        PySys_WriteStderr("\n"); /* the prompt was answered by nothing */
        result = ONE_EOF;
    }
    PyArena_Free(arena);
    return result;
}

int PyRun_InteractiveOneObject(FILE *f, PyObject *filename, PyCompilerFlags *flags)
{
    int r = run_one(f, filename, flags);
    if (r == -1) {
        PyErr_Print();
        tai_flush_std();
    }
    return r;
}

int PyRun_InteractiveOneFlags(FILE *f, const char *filename, PyCompilerFlags *flags)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    if (name == NULL)
        return show_error();
    int r = PyRun_InteractiveOneObject(f, name, flags);
    Py_DECREF(name);
    return r;
}

int PyRun_InteractiveLoopFlags(FILE *f, const char *filename, PyCompilerFlags *flags)
{
    PyCompilerFlags own = {0, PY_MINOR_VERSION};
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    if (name == NULL)
        return show_error();
    if (flags == NULL)
        flags = &own;
    Py_XDECREF(prompt_text("ps1", ">>> "));
    Py_XDECREF(prompt_text("ps2", "... "));
    int result = 0, no_memory = 0, r;
    do {
        r = run_one(f, name, flags);
        if (r == -1 && !PyErr_Occurred())
            PyErr_NoMemory();
        if (r == -1) {
            if (PyErr_ExceptionMatches(PyExc_MemoryError)) {
                if (++no_memory > 16) {
                    PyErr_Clear();
                    result = -1;
                    break;
                }
            } else {
                no_memory = 0;
            }
            PyErr_Print();
            tai_flush_std();
        } else if (r == 0) {
            no_memory = 0;
        }
    } while (r != ONE_EOF);
    Py_DECREF(name);
    return result;
}

/* ---- symbol tables ---- */

struct symtable *_Py_SymtableStringObjectFlags(const char *text, PyObject *filename, int start, PyCompilerFlags *flags)
{
    PyArena *arena = PyArena_New();
    if (arena == NULL)
        return NULL;
    mod_ty tree = parse(text, filename, start, flags, arena);
    PyFutureFeatures *future = tree ? PyFuture_FromASTObject(tree, filename) : NULL;
    struct symtable *table = NULL;
    if (future != NULL) {
        future->ff_features |= flags ? flags->cf_flags : 0;
        table = PySymtable_BuildObject(tree, filename, future);
        PyObject_Free(future);
    }
    PyArena_Free(arena);
    return table;
}

struct symtable *Py_SymtableStringObject(const char *text, PyObject *filename, int start)
{
    PyCompilerFlags flags = {0, PY_MINOR_VERSION};
    return _Py_SymtableStringObjectFlags(text, filename, start, &flags);
}

struct symtable *Py_SymtableString(const char *text, const char *filename, int start)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    struct symtable *table = name ? Py_SymtableStringObject(text, name, start) : NULL;
    Py_XDECREF(name);
    return table;
}

/* ---- shorter forms: macros in the header, functions for binaries that name them ---- */

#undef PyRun_String
#undef PyRun_AnyFile
#undef PyRun_AnyFileEx
#undef PyRun_AnyFileFlags
#undef PyRun_SimpleString
#undef PyRun_SimpleFile
#undef PyRun_SimpleFileEx
#undef PyRun_InteractiveOne
#undef PyRun_InteractiveLoop
#undef PyRun_File
#undef PyRun_FileEx
#undef PyRun_FileFlags
PyObject *PyRun_String(const char *s, int start, PyObject *g, PyObject *l) { return PyRun_StringFlags(s, start, g, l, NULL); }
int PyRun_AnyFile(FILE *f, const char *name) { return PyRun_AnyFileExFlags(f, name, 0, NULL); }
int PyRun_AnyFileEx(FILE *f, const char *name, int closeit) { return PyRun_AnyFileExFlags(f, name, closeit, NULL); }
int PyRun_AnyFileFlags(FILE *f, const char *name, PyCompilerFlags *fl) { return PyRun_AnyFileExFlags(f, name, 0, fl); }
int PyRun_SimpleString(const char *s) { return PyRun_SimpleStringFlags(s, NULL); }
int PyRun_SimpleFile(FILE *f, const char *name) { return PyRun_SimpleFileExFlags(f, name, 0, NULL); }
int PyRun_SimpleFileEx(FILE *f, const char *name, int closeit) { return PyRun_SimpleFileExFlags(f, name, closeit, NULL); }
int PyRun_InteractiveOne(FILE *f, const char *name) { return PyRun_InteractiveOneFlags(f, name, NULL); }
int PyRun_InteractiveLoop(FILE *f, const char *name) { return PyRun_InteractiveLoopFlags(f, name, NULL); }

PyObject *PyRun_File(FILE *f, const char *name, int start, PyObject *g, PyObject *l)
{
    return PyRun_FileExFlags(f, name, start, g, l, 0, NULL);
}

PyObject *PyRun_FileEx(FILE *f, const char *name, int start, PyObject *g, PyObject *l, int closeit)
{
    return PyRun_FileExFlags(f, name, start, g, l, closeit, NULL);
}

PyObject *PyRun_FileFlags(FILE *f, const char *name, int start, PyObject *g, PyObject *l, PyCompilerFlags *flags)
{
    return PyRun_FileExFlags(f, name, start, g, l, 0, flags);
}
