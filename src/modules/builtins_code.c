/* SPDX-License-Identifier: MIT */
/* Builtins that compile and run code, make classes, import, and talk to the standard streams.
 *
 * Tests: tests/modules/test_builtins.py
 */
#include "modules/builtins.h"
#include "runtime/state.h"

#include "Python-ast.h"
#include "ast.h"
#include "compile.h"
#include <string.h>
#include <unistd.h>

_Py_IDENTIFIER(__builtins__);

/* ---- __build_class__ ---- */

/* Replace bases that are no classes but have __mro_entries__. New tuple (bases itself if nothing changed). */
static PyObject *resolve_bases(PyObject *bases)
{
    _Py_IDENTIFIER(__mro_entries__);
    PyObject *list = NULL, *method, *entries;
    Py_ssize_t n = PyTuple_GET_SIZE(bases);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *base = PyTuple_GET_ITEM(bases, i);
        method = NULL;
        if (!PyType_Check(base) && _PyObject_LookupAttrId(base, &PyId___mro_entries__, &method) < 0)
            goto error;
        if (method == NULL) {
            if (list && PyList_Append(list, base) < 0)
                goto error;
            continue;
        }
        entries = PyObject_CallFunctionObjArgs(method, bases, NULL);
        Py_DECREF(method);
        if (entries == NULL)
            goto error;
        if (!PyTuple_Check(entries)) {
            PyErr_SetString(PyExc_TypeError, "__mro_entries__ must return a tuple");
            Py_DECREF(entries);
            goto error;
        }
        if (list == NULL) {
            PyObject *head = PyTuple_GetSlice(bases, 0, i);
            list = head ? PySequence_List(head) : NULL;
            Py_XDECREF(head);
        }
        Py_ssize_t end = list ? PyList_GET_SIZE(list) : 0;
        int r = list ? PyList_SetSlice(list, end, end, entries) : -1;
        Py_DECREF(entries);
        if (r < 0)
            goto error;
    }
    if (list == NULL) {
        Py_INCREF(bases);
        return bases;
    }
    PyObject *result = PyList_AsTuple(list);
    Py_DECREF(list);
    return result;
error:
    Py_XDECREF(list);
    return NULL;
}

/* The namespace that the class body runs in; new. */
static PyObject *prepare_namespace(PyObject *meta, int is_class, PyObject *name, PyObject *bases, PyObject *kwargs)
{
    _Py_IDENTIFIER(__prepare__);
    PyObject *prepare;
    if (meta == (PyObject *)&PyType_Type)
        return PyDict_New();
    if (_PyObject_LookupAttrId(meta, &PyId___prepare__, &prepare) < 0)
        return NULL;
    if (prepare == NULL)
        return PyDict_New();
    PyObject *args[2] = {name, bases};
    PyObject *ns = _PyObject_FastCallDict(prepare, args, 2, kwargs);
    Py_DECREF(prepare);
    if (ns != NULL && !PyMapping_Check(ns)) {
        PyErr_Format(PyExc_TypeError, "%.200s.__prepare__() must return a mapping, not %.200s",
                     is_class ? ((PyTypeObject *)meta)->tp_name : "<metaclass>", Py_TYPE(ns)->tp_name);
        Py_CLEAR(ns);
    }
    return ns;
}

/* The cell that the body left behind for super() must hold the class now. */
static int check_class_cell(PyObject *cls, PyObject *cell, PyObject *name)
{
    if (cls == NULL || !PyType_Check(cls) || !PyCell_Check(cell))
        return 0;
    PyObject *held = PyCell_GET(cell);
    if (held == cls)
        return 0;
    if (held == NULL)
        PyErr_Format(PyExc_RuntimeError,
                     "__class__ not set defining %.200R as %.200R. Was __classcell__ propagated to type.__new__?", name, cls);
    else
        PyErr_Format(PyExc_TypeError, "__class__ set to %.200R defining %.200R as %.200R", held, name, cls);
    return -1;
}

/* Metaclass from keywords (removed from them) or bases; new. */
static PyObject *choose_metaclass(PyObject *kwargs, PyObject *bases, int *is_class)
{
    _Py_IDENTIFIER(metaclass);
    PyObject *meta = NULL;
    *is_class = 0;
    if (kwargs != NULL) {
        meta = _PyDict_GetItemIdWithError(kwargs, &PyId_metaclass);
        if (meta != NULL) {
            Py_INCREF(meta);
            if (_PyDict_DelItemId(kwargs, &PyId_metaclass) < 0) {
                Py_DECREF(meta);
                return NULL;
            }
            *is_class = PyType_Check(meta);
        } else if (PyErr_Occurred()) {
            return NULL;
        }
    }
    if (meta == NULL) {
        meta = PyTuple_GET_SIZE(bases) == 0 ? (PyObject *)&PyType_Type : (PyObject *)Py_TYPE(PyTuple_GET_ITEM(bases, 0));
        Py_INCREF(meta);
        *is_class = 1;
    }
    if (*is_class) {
        PyObject *winner = (PyObject *)_PyType_CalculateMetaclass((PyTypeObject *)meta, bases);
        Py_XINCREF(winner);
        Py_SETREF(meta, winner);
    }
    return meta;
}

static PyObject *builtin_build_class(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    _Py_IDENTIFIER(__orig_bases__);
    PyObject *original = NULL, *bases = NULL, *kwargs = NULL, *meta = NULL, *ns = NULL, *cell = NULL, *cls = NULL;
    int is_class;
    if (n < 2) {
        PyErr_SetString(PyExc_TypeError, "__build_class__: not enough arguments");
        return NULL;
    }
    PyObject *func = args[0], *name = args[1];
    if (!PyFunction_Check(func)) {
        PyErr_SetString(PyExc_TypeError, "__build_class__: func must be a function");
        return NULL;
    }
    if (!PyUnicode_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "__build_class__: name is not a string");
        return NULL;
    }
    original = PyTuple_New(n - 2);
    if (original == NULL)
        return NULL;
    for (Py_ssize_t i = 2; i < n; i++) {
        Py_INCREF(args[i]);
        PyTuple_SET_ITEM(original, i - 2, args[i]);
    }
    bases = resolve_bases(original);
    if (bases == NULL)
        goto done;
    if (names != NULL && PyTuple_GET_SIZE(names) > 0) {
        kwargs = PyDict_New();
        for (Py_ssize_t i = 0; kwargs && i < PyTuple_GET_SIZE(names); i++)
            if (PyDict_SetItem(kwargs, PyTuple_GET_ITEM(names, i), args[n + i]) < 0)
                Py_CLEAR(kwargs);
        if (kwargs == NULL)
            goto done;
    }
    meta = choose_metaclass(kwargs, bases, &is_class);
    if (meta == NULL)
        goto done;
    ns = prepare_namespace(meta, is_class, name, bases, kwargs);
    if (ns == NULL)
        goto done;
    cell = PyEval_EvalCodeEx(PyFunction_GET_CODE(func), PyFunction_GET_GLOBALS(func), ns, NULL, 0, NULL, 0, NULL, 0, NULL,
                             PyFunction_GET_CLOSURE(func));
    if (cell == NULL)
        goto done;
    if (bases != original) {
        PyObject *id = _PyUnicode_FromId(&PyId___orig_bases__); /* borrowed */
        if (id == NULL || PyObject_SetItem(ns, id, original) < 0)
            goto done;
    }
    PyObject *call[3] = {name, bases, ns};
    cls = _PyObject_FastCallDict(meta, call, 3, kwargs);
    if (check_class_cell(cls, cell, name) < 0)
        Py_CLEAR(cls);
done:
    Py_XDECREF(cell);
    Py_XDECREF(ns);
    Py_XDECREF(meta);
    Py_XDECREF(kwargs);
    Py_XDECREF(bases);
    Py_DECREF(original);
    return cls;
}

/* ---- __import__ ---- */

static PyObject *builtin_import(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"name", "globals", "locals", "fromlist", "level", NULL};
    PyObject *name, *globals = NULL, *locals = NULL, *fromlist = NULL;
    int level = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "U|OOOi:__import__", keywords, &name, &globals, &locals, &fromlist, &level))
        return NULL;
    return PyImport_ImportModuleLevelObject(name, globals, locals, fromlist, level);
}

/* ---- compile, eval, exec ---- */

/* Compile a tree that Python code may have changed. */
static PyObject *compile_tree(PyObject *source, PyObject *filename, PyCompilerFlags *cf, int mode, int optimize)
{
    if (cf->cf_flags & PyCF_ONLY_AST) {
        Py_INCREF(source);
        return source;
    }
    PyArena *arena = PyArena_New();
    if (arena == NULL)
        return NULL;
    PyObject *result = NULL;
    mod_ty tree = PyAST_obj2mod(source, arena, mode);
    if (tree != NULL && PyAST_Validate(tree))
        result = (PyObject *)PyAST_CompileObject(tree, filename, cf, optimize, arena);
    PyArena_Free(arena);
    return result;
}

static PyObject *builtin_compile(PyObject *m, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"source", "filename", "mode", "flags", "dont_inherit", "optimize", "_feature_version", NULL};
    static const int starts[] = {Py_file_input, Py_eval_input, Py_single_input, Py_func_type_input};
    PyObject *source, *filename = NULL, *copy, *result = NULL;
    const char *mode;
    int flags = 0, dont_inherit = 0, optimize = -1, feature_version = -1;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OO&s|iii$i:compile", keywords, &source, PyUnicode_FSDecoder, &filename,
                                     &mode, &flags, &dont_inherit, &optimize, &feature_version))
        return NULL;
    PyCompilerFlags cf = {flags | PyCF_SOURCE_IS_UTF8, PY_MINOR_VERSION};
    if (feature_version >= 0 && (flags & PyCF_ONLY_AST))
        cf.cf_feature_version = feature_version;
    if (flags & ~(PyCF_MASK | PyCF_MASK_OBSOLETE | PyCF_COMPILE_MASK)) {
        PyErr_SetString(PyExc_ValueError, "compile(): unrecognised flags");
        goto done;
    }
    if (optimize < -1 || optimize > 2) {
        PyErr_SetString(PyExc_ValueError, "compile(): invalid optimize value");
        goto done;
    }
    if (!dont_inherit)
        PyEval_MergeCompilerFlags(&cf);
    int which;
    if (strcmp(mode, "exec") == 0) {
        which = 0;
    } else if (strcmp(mode, "eval") == 0) {
        which = 1;
    } else if (strcmp(mode, "single") == 0) {
        which = 2;
    } else if (strcmp(mode, "func_type") == 0) {
        if (!(flags & PyCF_ONLY_AST)) {
            PyErr_SetString(PyExc_ValueError, "compile() mode 'func_type' requires flag PyCF_ONLY_AST");
            goto done;
        }
        which = 3;
    } else {
        PyErr_SetString(PyExc_ValueError, flags & PyCF_ONLY_AST
                        ? "compile() mode must be 'exec', 'eval', 'single' or 'func_type'"
                        : "compile() mode must be 'exec', 'eval' or 'single'");
        goto done;
    }
    int is_tree = PyAST_Check(source);
    if (is_tree < 0)
        goto done;
    if (is_tree) {
        if (PySys_Audit("compile", "OO", source, Py_None) < 0)
            goto done;
        result = compile_tree(source, filename, &cf, which, optimize);
        goto done;
    }
    const char *text = _Py_SourceAsString(source, "compile", "string, bytes or AST", &cf, &copy);
    if (text == NULL)
        goto done;
    result = Py_CompileStringObject(text, filename, starts[which], &cf, optimize);
    Py_XDECREF(copy);
done:
    Py_DECREF(filename);
    return result;
}

static int ensure_builtins(PyObject *globals)
{
    if (_PyDict_GetItemIdWithError(globals, &PyId___builtins__) != NULL)
        return 0;
    return PyErr_Occurred() ? -1 : _PyDict_SetItemId(globals, &PyId___builtins__, PyEval_GetBuiltins());
}

static PyObject *builtin_eval(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("eval", n, 1, 3))
        return NULL;
    PyObject *source = args[0], *globals = n > 1 ? args[1] : Py_None, *locals = n > 2 ? args[2] : Py_None;
    if (locals != Py_None && !PyMapping_Check(locals)) {
        PyErr_SetString(PyExc_TypeError, "locals must be a mapping");
        return NULL;
    }
    if (globals != Py_None && !PyDict_Check(globals)) {
        PyErr_SetString(PyExc_TypeError, PyMapping_Check(globals) ? "globals must be a real dict; try eval(code, {}, mapping)"
                                                                  : "globals must be a dict");
        return NULL;
    }
    if (globals == Py_None) {
        globals = PyEval_GetGlobals();
        if (locals == Py_None && (locals = PyEval_GetLocals()) == NULL)
            return NULL;
    } else if (locals == Py_None) {
        locals = globals;
    }
    if (globals == NULL || locals == NULL) {
        PyErr_SetString(PyExc_TypeError, "eval must be given globals and locals when called without a frame");
        return NULL;
    }
    if (ensure_builtins(globals) < 0)
        return NULL;
    if (PyCode_Check(source)) {
        if (PySys_Audit("exec", "O", source) < 0)
            return NULL;
        if (PyCode_GetNumFree((PyCodeObject *)source) > 0) {
            PyErr_SetString(PyExc_TypeError, "code object passed to eval() may not contain free variables");
            return NULL;
        }
        return PyEval_EvalCode(source, globals, locals);
    }
    PyCompilerFlags cf = {PyCF_SOURCE_IS_UTF8, PY_MINOR_VERSION};
    PyObject *copy;
    const char *text = _Py_SourceAsString(source, "eval", "string, bytes or code", &cf, &copy);
    if (text == NULL)
        return NULL;
    while (*text == ' ' || *text == '\t')
        text++;
    (void)PyEval_MergeCompilerFlags(&cf);
    Py_INCREF(locals);
    PyObject *result = PyRun_StringFlags(text, Py_eval_input, globals, locals, &cf);
    Py_DECREF(locals);
    Py_XDECREF(copy);
    return result;
}

static PyObject *builtin_exec(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("exec", n, 1, 3))
        return NULL;
    PyObject *source = args[0], *globals = n > 1 ? args[1] : Py_None, *locals = n > 2 ? args[2] : Py_None, *result;
    if (globals == Py_None) {
        globals = PyEval_GetGlobals();
        if (locals == Py_None && (locals = PyEval_GetLocals()) == NULL)
            return NULL;
        if (globals == NULL || locals == NULL) {
            PyErr_SetString(PyExc_SystemError, "globals and locals cannot be NULL");
            return NULL;
        }
    } else if (locals == Py_None) {
        locals = globals;
    }
    if (!PyDict_Check(globals)) {
        PyErr_Format(PyExc_TypeError, "exec() globals must be a dict, not %.100s", Py_TYPE(globals)->tp_name);
        return NULL;
    }
    if (!PyMapping_Check(locals)) {
        PyErr_Format(PyExc_TypeError, "locals must be a mapping or None, not %.100s", Py_TYPE(locals)->tp_name);
        return NULL;
    }
    if (ensure_builtins(globals) < 0)
        return NULL;
    Py_INCREF(locals);
    if (PyCode_Check(source)) {
        if (PySys_Audit("exec", "O", source) < 0) {
            result = NULL;
        } else if (PyCode_GetNumFree((PyCodeObject *)source) > 0) {
            PyErr_SetString(PyExc_TypeError, "code object passed to exec() may not contain free variables");
            result = NULL;
        } else {
            result = PyEval_EvalCode(source, globals, locals);
        }
    } else {
        PyCompilerFlags cf = {PyCF_SOURCE_IS_UTF8, PY_MINOR_VERSION};
        PyObject *copy;
        const char *text = _Py_SourceAsString(source, "exec", "string, bytes or code", &cf, &copy);
        if (text == NULL) {
            result = NULL;
        } else {
            if (PyEval_MergeCompilerFlags(&cf))
                result = PyRun_StringFlags(text, Py_file_input, globals, locals, &cf);
            else
                result = PyRun_String(text, Py_file_input, globals, locals);
            Py_XDECREF(copy);
        }
    }
    Py_DECREF(locals);
    if (result == NULL)
        return NULL;
    Py_DECREF(result);
    Py_RETURN_NONE;
}

static PyObject *builtin_globals(PyObject *m, PyObject *unused)
{
    PyObject *d = PyEval_GetGlobals();
    Py_XINCREF(d);
    return d;
}

static PyObject *builtin_locals(PyObject *m, PyObject *unused)
{
    PyObject *d = PyEval_GetLocals();
    Py_XINCREF(d);
    return d;
}

static PyObject *builtin_breakpoint(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    PyObject *hook = PySys_GetObject("breakpointhook");
    if (hook == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "lost sys.breakpointhook");
        return NULL;
    }
    if (PySys_Audit("builtins.breakpoint", "O", hook) < 0)
        return NULL;
    Py_INCREF(hook);
    PyObject *result = _PyObject_Vectorcall(hook, args, (size_t)n, names);
    Py_DECREF(hook);
    return result;
}

/* ---- print and input ---- */

static int check_text_option(PyObject **value, const char *name)
{
    if (*value == NULL || *value == Py_None) {
        *value = NULL;
        return 0;
    }
    if (PyUnicode_Check(*value))
        return 0;
    PyErr_Format(PyExc_TypeError, "%s must be None or a string, not %.200s", name, Py_TYPE(*value)->tp_name);
    return -1;
}

static int flush_file(PyObject *file)
{
    _Py_IDENTIFIER(flush);
    PyObject *r = _PyObject_CallMethodIdObjArgs(file, &PyId_flush, NULL);
    Py_XDECREF(r);
    return r ? 0 : -1;
}

static PyObject *builtin_print(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static const char *const keywords[] = {"sep", "end", "file", "flush", NULL};
    static struct _PyArg_Parser parser = {"|OOOO:print", keywords, 0};
    _Py_IDENTIFIER(stdout);
    PyObject *sep = NULL, *end = NULL, *file = NULL, *flush = NULL;
    if (names != NULL && !_PyArg_ParseStackAndKeywords(args + n, 0, names, &parser, &sep, &end, &file, &flush))
        return NULL;
    if (file == NULL || file == Py_None) {
        file = _PySys_GetObjectId(&PyId_stdout);
        if (file == NULL) {
            PyErr_SetString(PyExc_RuntimeError, "lost sys.stdout");
            return NULL;
        }
        if (file == Py_None) /* a program without a console */
            Py_RETURN_NONE;
    }
    if (check_text_option(&sep, "sep") < 0 || check_text_option(&end, "end") < 0)
        return NULL;
    Py_INCREF(file);
    int r = 0;
    for (Py_ssize_t i = 0; r == 0 && i < n; i++) {
        if (i > 0)
            r = sep ? PyFile_WriteObject(sep, file, Py_PRINT_RAW) : PyFile_WriteString(" ", file);
        if (r == 0)
            r = PyFile_WriteObject(args[i], file, Py_PRINT_RAW);
    }
    if (r == 0)
        r = end ? PyFile_WriteObject(end, file, Py_PRINT_RAW) : PyFile_WriteString("\n", file);
    if (r == 0 && flush != NULL) {
        int wanted = PyObject_IsTrue(flush);
        r = wanted > 0 ? flush_file(file) : wanted;
    }
    Py_DECREF(file);
    if (r < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* True if the Python file stands for descriptor fd and that is a terminal; -1 never (errors count as no). */
static int is_terminal(PyObject *file, int fd)
{
    _Py_IDENTIFIER(fileno);
    PyObject *number = _PyObject_CallMethodIdObjArgs(file, &PyId_fileno, NULL);
    if (number == NULL) {
        PyErr_Clear();
        return 0;
    }
    long n = PyLong_AsLong(number);
    Py_DECREF(number);
    if (n == -1 && PyErr_Occurred()) {
        PyErr_Clear();
        return 0;
    }
    return n == fd && isatty(fd);
}

/* encoding or errors of a stream as UTF-8; *owner keeps the text alive. NULL if it is no str. */
static const char *stream_text(PyObject *file, _Py_Identifier *id, PyObject **owner)
{
    *owner = _PyObject_GetAttrId(file, id);
    if (*owner == NULL || !PyUnicode_Check(*owner)) {
        PyErr_Clear();
        return NULL;
    }
    return PyUnicode_AsUTF8(*owner);
}

/* Read a line with PyOS_Readline. New str, NULL with an exception, or NULL without: the streams are not fit. */
static PyObject *input_from_terminal(PyObject *in, PyObject *out, PyObject *prompt)
{
    _Py_IDENTIFIER(encoding);
    _Py_IDENTIFIER(errors);
    PyObject *own[4] = {NULL}, *encoded = NULL, *text = NULL, *result = NULL;
    const char *in_encoding = stream_text(in, &PyId_encoding, &own[0]), *in_errors = stream_text(in, &PyId_errors, &own[1]);
    const char *out_encoding = stream_text(out, &PyId_encoding, &own[2]), *out_errors = stream_text(out, &PyId_errors, &own[3]);
    if (!in_encoding || !in_errors || !out_encoding || !out_errors) {
        PyErr_Clear();
        goto done;
    }
    if (flush_file(out) < 0)
        PyErr_Clear();
    const char *prompt_bytes = "";
    if (prompt != NULL) {
        text = PyObject_Str(prompt);
        encoded = text ? PyUnicode_AsEncodedString(text, out_encoding, out_errors) : NULL;
        if (encoded == NULL)
            goto done;
        prompt_bytes = PyBytes_AS_STRING(encoded);
    }
    char *line = PyOS_Readline(stdin, stdout, prompt_bytes);
    if (line == NULL) {
        PyErr_CheckSignals();
        if (!PyErr_Occurred())
            PyErr_SetNone(PyExc_KeyboardInterrupt);
        goto done;
    }
    size_t n = strlen(line);
    if (n == 0)
        PyErr_SetNone(PyExc_EOFError);
    else if (n > PY_SSIZE_T_MAX)
        PyErr_SetString(PyExc_OverflowError, "input: input too long");
    else
        result = PyUnicode_Decode(line, (Py_ssize_t)n - (line[n - 1] == '\n'), in_encoding, in_errors);
    PyMem_Free(line);
    if (result != NULL && PySys_Audit("builtins.input/result", "O", result) < 0)
        Py_CLEAR(result);
done:
    for (int i = 0; i < 4; i++)
        Py_XDECREF(own[i]);
    Py_XDECREF(encoded);
    Py_XDECREF(text);
    return result;
}

static PyObject *builtin_input(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    _Py_IDENTIFIER(stdin);
    _Py_IDENTIFIER(stdout);
    _Py_IDENTIFIER(stderr);
    if (!_PyArg_CheckPositional("input", n, 0, 1))
        return NULL;
    PyObject *prompt = n ? args[0] : NULL;
    PyObject *in = _PySys_GetObjectId(&PyId_stdin), *out = _PySys_GetObjectId(&PyId_stdout), *err = _PySys_GetObjectId(&PyId_stderr);
    const char *lost = in == NULL || in == Py_None ? "stdin" : out == NULL || out == Py_None ? "stdout"
                       : err == NULL || err == Py_None ? "stderr" : NULL;
    if (lost) {
        PyErr_Format(PyExc_RuntimeError, "input(): lost sys.%s", lost);
        return NULL;
    }
    if (PySys_Audit("builtins.input", "O", prompt ? prompt : Py_None) < 0)
        return NULL;
    if (flush_file(err) < 0)
        PyErr_Clear();
    if (is_terminal(in, fileno(stdin)) && is_terminal(out, fileno(stdout))) {
        PyObject *line = input_from_terminal(in, out, prompt);
        if (line != NULL || PyErr_Occurred())
            return line;
    }
    if (prompt != NULL && PyFile_WriteObject(prompt, out, Py_PRINT_RAW) != 0)
        return NULL;
    if (flush_file(out) < 0)
        PyErr_Clear();
    return PyFile_GetLine(in, -1);
}

PyMethodDef tai_builtins_code_methods[] = {
    {"__build_class__", TAI_FAST(builtin_build_class), METH_FASTCALL | METH_KEYWORDS,
     "__build_class__(func, name, /, *bases, [metaclass], **kwds) -> class\n\nWhat the class statement calls."},
    {"__import__", TAI_FAST(builtin_import), METH_VARARGS | METH_KEYWORDS,
     "__import__(name, globals=None, locals=None, fromlist=(), level=0) -> module\n\n"
     "What the import statement calls; use importlib.import_module() in programs.\n\n"
     "For a dotted name the result is the outermost package, unless fromlist is not empty."},
    {"breakpoint", TAI_FAST(builtin_breakpoint), METH_FASTCALL | METH_KEYWORDS,
     "breakpoint(*args, **kws)\n\nCall sys.breakpointhook(*args, **kws), which starts the debugger unless it was replaced."},
    {"compile", TAI_FAST(builtin_compile), METH_VARARGS | METH_KEYWORDS,
     "compile($module, /, source, filename, mode, flags=0,\n        dont_inherit=False, optimize=-1, *, _feature_version=-1)\n--\n\n"
     "Turn source (text, bytes or a tree) into a code object.\n\n"
     "mode is 'exec' for a module, 'eval' for an expression, 'single' for an interactive statement."},
    {"eval", TAI_FAST(builtin_eval), METH_FASTCALL,
     "eval($module, source, globals=None, locals=None, /)\n--\n\nThe value of an expression, given as text or code object."},
    {"exec", TAI_FAST(builtin_exec), METH_FASTCALL,
     "exec($module, source, globals=None, locals=None, /)\n--\n\nRun statements, given as text or code object."},
    {"globals", builtin_globals, METH_NOARGS, "globals($module, /)\n--\n\nThe namespace of the current module."},
    {"input", TAI_FAST(builtin_input), METH_FASTCALL,
     "input($module, prompt=None, /)\n--\n\n"
     "Read a line from standard input, without its newline, after printing prompt. Raises EOFError at the end."},
    {"locals", builtin_locals, METH_NOARGS, "locals($module, /)\n--\n\nA dict of the variables of the current scope."},
    {"print", TAI_FAST(builtin_print), METH_FASTCALL | METH_KEYWORDS,
     "print(value, ..., sep=' ', end='\\n', file=sys.stdout, flush=False)\n\n"
     "Write the values as text to file, with sep between and end behind them; flush tells to flush it then."},
    {NULL, NULL},
};
