/* SPDX-License-Identifier: MIT */
/* Warnings: the filters, the decision what to do with a warning, the _warnings module and the PyErr_Warn* functions.
 *
 * The state (filters, registry of "once", default action) lives in the interpreter; once warnings.py is loaded, its attributes of the
 * same names win, because programs assign to them. A registry is the dict __warningregistry__ of the module that warns: it holds the
 * keys of what has been shown, and the version of the filters they were shown under.
 * [WARN-1] filters_version goes up with every change of the filters; a registry with another version is emptied first.
 * [WARN-2] Nearly everything here runs code: filters may hold objects with a match() method, categories are classes, and the module
 *          attributes are anybody's.
 * Tests: tests/library/test_warnings_native.py.
 */
#include "runtime/warnings.h"

#include "frameobject.h"
#include "runtime/errors.h"
#include <stdarg.h>

/* ---- state ---- */

static PyObject *make_filter(PyObject *category, const char *action, const char *module)
{
    return Py_BuildValue("(szOzi)", action, NULL, category, module, 0);
}

static PyObject *default_filters(void)
{
    PyObject *rows[] = {
        make_filter(PyExc_DeprecationWarning, "default", "__main__"),
        make_filter(PyExc_DeprecationWarning, "ignore", NULL),
        make_filter(PyExc_PendingDeprecationWarning, "ignore", NULL),
        make_filter(PyExc_ImportWarning, "ignore", NULL),
        make_filter(PyExc_ResourceWarning, "ignore", NULL),
    };
    Py_ssize_t count = Py_ARRAY_LENGTH(rows);
    PyObject *list = PyList_New(count);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (list != NULL && rows[i] != NULL)
            PyList_SET_ITEM(list, i, rows[i]);
        else {
            Py_CLEAR(list);
            Py_XDECREF(rows[i]);
        }
    }
    return list;
}

int tai_warnings_init(void)
{
    PyInterpreterState *interp = tai_interp();
    if (interp->warnings.filters == NULL && (interp->warnings.filters = default_filters()) == NULL)
        return -1;
    if (interp->warnings.once_registry == NULL && (interp->warnings.once_registry = PyDict_New()) == NULL)
        return -1;
    if (interp->warnings.default_action == NULL &&
        (interp->warnings.default_action = PyUnicode_InternFromString("default")) == NULL)
        return -1;
    return 0;
}

/* An attribute of warnings.py. New; NULL without exception where there is none or the module is not loaded and shall not be
 * (load: 0). Runs code. */
static PyObject *module_attribute(_Py_Identifier *name, int load)
{
    PyObject *module_name = PyUnicode_InternFromString("warnings"), *module, *value = NULL;
    if (module_name == NULL)
        return NULL;
    if (load && !_Py_IsFinalizing()) {
        module = PyImport_Import(module_name);
        if (module == NULL && PyErr_ExceptionMatches(PyExc_ImportError))
            PyErr_Clear(); /* a program without warnings.py */
    }
    else
        module = tai_interp()->modules != NULL ? PyImport_GetModule(module_name) : NULL;
    Py_DECREF(module_name);
    if (module == NULL)
        return NULL;
    (void)_PyObject_LookupAttrId(module, name, &value);
    Py_DECREF(module);
    return value;
}

/* Keep `value` (stolen) as the state's own. Borrowed. */
static PyObject *keep(PyObject **field, PyObject *value)
{
    Py_XSETREF(*field, value);
    return value;
}

static PyObject *once_registry(void)
{
    _Py_IDENTIFIER(onceregistry);
    PyObject *value = module_attribute(&PyId_onceregistry, 0);
    if (value == NULL)
        return PyErr_Occurred() ? NULL : tai_interp()->warnings.once_registry;
    if (!PyDict_Check(value)) {
        PyErr_Format(PyExc_TypeError, "_warnings.onceregistry must be a dict, not '%.200s'", Py_TYPE(value)->tp_name);
        Py_DECREF(value);
        return NULL;
    }
    return keep(&tai_interp()->warnings.once_registry, value);
}

static PyObject *default_action(void)
{
    _Py_IDENTIFIER(defaultaction);
    PyObject *value = module_attribute(&PyId_defaultaction, 0);
    if (value == NULL)
        return PyErr_Occurred() ? NULL : tai_interp()->warnings.default_action;
    if (!PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError, "_warnings.defaultaction must be a string, not '%.200s'", Py_TYPE(value)->tp_name);
        Py_DECREF(value);
        return NULL;
    }
    return keep(&tai_interp()->warnings.default_action, value);
}

/* ---- which filter ---- */

/* Does a filter's condition hold for text? None always, a str if equal, else what match() says. 1, 0, -1. Runs code. */
static int matches(PyObject *condition, PyObject *text)
{
    _Py_IDENTIFIER(match);
    if (condition == Py_None)
        return 1;
    if (PyUnicode_CheckExact(condition)) {
        int order = PyUnicode_Compare(condition, text);
        return order == -1 && PyErr_Occurred() ? -1 : order == 0;
    }
    PyObject *result = _PyObject_CallMethodIdObjArgs(condition, &PyId_match, text, NULL);
    if (result == NULL)
        return -1;
    int truth = PyObject_IsTrue(result);
    Py_DECREF(result);
    return truth;
}

/* Does the row apply? 1, 0, -1. Runs code. */
static int row_applies(PyObject *row, PyObject *category, PyObject *text, Py_ssize_t line, PyObject *module)
{
    int result = PyObject_IsSubclass(category, PyTuple_GET_ITEM(row, 2));
    if (result <= 0)
        return result;
    Py_ssize_t row_line = PyLong_AsSsize_t(PyTuple_GET_ITEM(row, 4));
    if (row_line == -1 && PyErr_Occurred())
        return -1;
    if (row_line != 0 && row_line != line)
        return 0;
    result = matches(PyTuple_GET_ITEM(row, 1), text);
    return result <= 0 ? result : matches(PyTuple_GET_ITEM(row, 3), module);
}

/* The filter list, borrowed from the state. */
static PyObject *current_filters(void)
{
    _Py_IDENTIFIER(filters);
    PyObject *value = module_attribute(&PyId_filters, 0);
    if (value != NULL)
        keep(&tai_interp()->warnings.filters, value);
    else if (PyErr_Occurred())
        return NULL;
    value = tai_interp()->warnings.filters;
    if (value == NULL || !PyList_Check(value)) {
        PyErr_SetString(PyExc_ValueError, "_warnings.filters must be a list");
        return NULL;
    }
    return value;
}

/* What to do. New str; *row (new) is the filter that said so, or None. Runs code. */
static PyObject *find_action(PyObject *category, PyObject *text, Py_ssize_t line, PyObject *module, PyObject **row)
{
    *row = NULL;
    PyObject *filters = current_filters(), *action = NULL;
    if (filters == NULL)
        return NULL;
    Py_INCREF(filters);
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(filters); i++) { /* the list may change under us */
        PyObject *candidate = PyList_GET_ITEM(filters, i);
        if (!PyTuple_Check(candidate) || PyTuple_GET_SIZE(candidate) != 5) {
            PyErr_Format(PyExc_ValueError, "_warnings.filters item %zd isn't a 5-tuple", i);
            goto error;
        }
        action = PyTuple_GET_ITEM(candidate, 0);
        if (!PyUnicode_Check(action)) {
            PyErr_Format(PyExc_TypeError, "action must be a string, not '%.200s'", Py_TYPE(action)->tp_name);
            goto error;
        }
        Py_INCREF(candidate);
        int applies = row_applies(candidate, category, text, line, module);
        if (applies > 0) {
            Py_INCREF(action);
            *row = candidate;
            Py_DECREF(filters);
            return action;
        }
        Py_DECREF(candidate);
        if (applies < 0)
            goto error;
    }
    Py_DECREF(filters);
    action = default_action();
    if (action != NULL) {
        Py_INCREF(action);
        Py_INCREF(Py_None);
        *row = Py_None;
    }
    return action;
error:
    Py_DECREF(filters);
    return NULL;
}

/* ---- what was shown already ---- */

/* 1 if key is in the registry (a dict or None); else 0, and with `add` it is in it then. -1 with an exception. [WARN-1] */
static int already_shown(PyObject *registry, PyObject *key, int add)
{
    _Py_IDENTIFIER(version);
    if (key == NULL)
        return -1;
    long now = tai_interp()->warnings.filters_version;
    PyObject *version = _PyDict_GetItemIdWithError(registry, &PyId_version);
    if (version == NULL && PyErr_Occurred())
        return -1;
    if (version == NULL || !PyLong_CheckExact(version) || PyLong_AsLong(version) != now) {
        PyErr_Clear();
        PyDict_Clear(registry);
        version = PyLong_FromLong(now);
        if (version == NULL || _PyDict_SetItemId(registry, &PyId_version, version) < 0) {
            Py_XDECREF(version);
            return -1;
        }
        Py_DECREF(version);
    }
    else {
        PyObject *shown = PyDict_GetItemWithError(registry, key);
        if (shown == NULL && PyErr_Occurred())
            return -1;
        int truth = shown ? PyObject_IsTrue(shown) : 0;
        if (truth != 0)
            return truth;
    }
    return add ? PyDict_SetItem(registry, key, Py_True) : 0;
}

static int already_shown_pair(PyObject *registry, PyObject *text, PyObject *category)
{
    PyObject *key = PyTuple_Pack(2, text, category);
    int result = already_shown(registry, key, 1);
    Py_XDECREF(key);
    return result;
}

/* ---- showing ---- */

/* Write "file:line: Category: text" and the source line to sys.stderr: for when there is no warnings.py. Swallows all errors. */
static void show_natively(PyObject *filename, int line, PyObject *text, PyObject *category, PyObject *source_line)
{
    _Py_IDENTIFIER(__name__);
    _Py_IDENTIFIER(stderr);
    PyObject *file = _PySys_GetObjectId(&PyId_stderr);
    if (file == NULL || file == Py_None)
        return;
    Py_INCREF(file);
    PyObject *name = _PyObject_GetAttrId(category, &PyId___name__);
    PyObject *heading = name ? PyUnicode_FromFormat("%S:%d: %S: %S\n", filename, line, name, text) : NULL;
    Py_XDECREF(name);
    if (heading != NULL && PyFile_WriteObject(heading, file, Py_PRINT_RAW) == 0) {
        if (source_line != NULL) {
            PyObject *stripped = PyObject_CallMethod(source_line, "strip", NULL);
            if (stripped != NULL && PyFile_WriteString("  ", file) == 0 && PyFile_WriteObject(stripped, file, Py_PRINT_RAW) == 0)
                PyFile_WriteString("\n", file);
            Py_XDECREF(stripped);
        }
        else
            _Py_DisplaySourceLine(file, filename, line, 2);
    }
    Py_XDECREF(heading);
    Py_DECREF(file);
    PyErr_Clear();
}

/* Through warnings._showwarnmsg() if it is there. 0 / -1. Runs code. */
static int show(PyObject *category, PyObject *text, PyObject *message, PyObject *filename, int line, PyObject *line_object,
                PyObject *source_line, PyObject *source)
{
    _Py_IDENTIFIER(_showwarnmsg);
    _Py_IDENTIFIER(WarningMessage);
    PyObject *function = module_attribute(&PyId__showwarnmsg, source != NULL), *record_class, *record, *result;
    if (function == NULL) {
        if (PyErr_Occurred())
            return -1;
        show_natively(filename, line, text, category, source_line);
        return 0;
    }
    if (!PyCallable_Check(function)) {
        PyErr_SetString(PyExc_TypeError, "warnings._showwarnmsg() must be set to a callable");
        Py_DECREF(function);
        return -1;
    }
    record_class = module_attribute(&PyId_WarningMessage, 0);
    if (record_class == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_RuntimeError, "unable to get warnings.WarningMessage");
        Py_DECREF(function);
        return -1;
    }
    record = PyObject_CallFunctionObjArgs(record_class, message, category, filename, line_object, Py_None, Py_None,
                                          source ? source : Py_None, NULL);
    Py_DECREF(record_class);
    result = record ? _PyObject_FastCall(function, &record, 1) : NULL;
    Py_DECREF(function);
    Py_XDECREF(record);
    if (result == NULL)
        return -1;
    Py_DECREF(result);
    return 0;
}

/* ---- a warning ---- */

/* The module name that goes with a file name where nothing better is known. New. */
static PyObject *module_of_file(PyObject *filename)
{
    Py_ssize_t size = PyUnicode_GetLength(filename);
    if (size < 0)
        return NULL; /* no str: TypeError */
    if (size == 0)
        return PyUnicode_FromString("<unknown>");
    if (size >= 3 && PyUnicode_READ_CHAR(filename, size - 3) == '.' && PyUnicode_READ_CHAR(filename, size - 2) == 'p' &&
        PyUnicode_READ_CHAR(filename, size - 1) == 'y')
        return PyUnicode_Substring(filename, 0, size - 3);
    Py_INCREF(filename);
    return filename;
}

/* What the action asks for. 1: show it, 0: do not, -1 with an exception. */
static int carry_out(PyObject *action, PyObject *row, PyObject *key, PyObject *registry, PyObject *text, PyObject *category,
                     PyObject *message)
{
    int has_registry = registry != NULL && registry != Py_None, shown = 0;
    if (_PyUnicode_EqualToASCIIString(action, "error")) {
        PyErr_SetObject(category, message);
        return -1;
    }
    if (_PyUnicode_EqualToASCIIString(action, "ignore"))
        return 0;
    if (_PyUnicode_EqualToASCIIString(action, "always"))
        return 1;
    if (has_registry && PyDict_SetItem(registry, key, Py_True) < 0)
        return -1;
    if (_PyUnicode_EqualToASCIIString(action, "once")) {
        if (!has_registry && (registry = once_registry()) == NULL)
            return -1;
        shown = already_shown_pair(registry, text, category);
    }
    else if (_PyUnicode_EqualToASCIIString(action, "module")) {
        if (has_registry)
            shown = already_shown_pair(registry, text, category);
    }
    else if (!_PyUnicode_EqualToASCIIString(action, "default")) {
        PyErr_Format(PyExc_RuntimeError, "Unrecognized action (%R) in warnings.filters:\n %R", action, row);
        return -1;
    }
    return shown < 0 ? -1 : !shown;
}

/* Everything about one warning. registry: dict, None or NULL; module may be NULL. 0, or -1 with an exception. Runs code. */
static int warn_explicit(PyObject *category, PyObject *message, PyObject *filename, int line, PyObject *module,
                         PyObject *registry, PyObject *source_line, PyObject *source)
{
    PyObject *text = NULL, *line_object = NULL, *key = NULL, *row = NULL, *action = NULL;
    int result = -1;
    if (module == Py_None) /* interpreter on its way down */
        return 0;
    if (registry != NULL && registry != Py_None && !PyDict_Check(registry)) {
        PyErr_SetString(PyExc_TypeError, "'registry' must be a dict or None");
        return -1;
    }
    if (tai_warnings_init() < 0)
        return -1;
    if (module != NULL)
        Py_INCREF(module);
    else if ((module = module_of_file(filename)) == NULL)
        return -1;

    Py_INCREF(message);
    int is_instance = PyObject_IsInstance(message, PyExc_Warning);
    if (is_instance < 0)
        goto done;
    if (is_instance) {
        text = PyObject_Str(message);
        category = (PyObject *)Py_TYPE(message);
    }
    else {
        text = message;
        message = _PyObject_FastCall(category, &message, 1);
    }
    if (text == NULL || message == NULL || (line_object = PyLong_FromLong(line)) == NULL ||
        (key = PyTuple_Pack(3, text, category, line_object)) == NULL)
        goto done;
    if (registry != NULL && registry != Py_None) {
        int shown = already_shown(registry, key, 0);
        if (shown != 0) {
            result = shown < 0 ? -1 : 0;
            goto done;
        }
    }
    action = find_action(category, text, line, module, &row);
    if (action == NULL)
        goto done;
    result = carry_out(action, row, key, registry, text, category, message);
    if (result > 0)
        result = show(category, text, message, filename, line, line_object, source_line, source);
done:
    Py_XDECREF(action);
    Py_XDECREF(row);
    Py_XDECREF(key);
    Py_XDECREF(line_object);
    Py_XDECREF(text);
    Py_XDECREF(message);
    Py_DECREF(module);
    return result;
}

/* ---- who warns ---- */

/* Does the frame belong to the import machinery? Such frames do not count in stack levels. */
static int is_import_frame(PyFrameObject *frame)
{
    PyObject *name = frame->f_code->co_filename;
    if (name == NULL || !PyUnicode_Check(name))
        return 0;
    const char *text = PyUnicode_AsUTF8(name);
    if (text == NULL) {
        PyErr_Clear();
        return 0;
    }
    return strstr(text, "importlib") != NULL && strstr(text, "_bootstrap") != NULL;
}

/* The frame that called this one; takes the reference over. NULL at the end. */
static PyFrameObject *caller_of(PyFrameObject *frame)
{
    _Py_IDENTIFIER(f_back);
    PyObject *back = _PyObject_GetAttrId((PyObject *)frame, &PyId_f_back);
    Py_DECREF(frame);
    if (back == NULL)
        PyErr_Clear();
    else if (!PyFrame_Check(back))
        Py_CLEAR(back);
    return (PyFrameObject *)back;
}

/* Frame `level` (1: the innermost). New, or NULL without exception. */
static PyFrameObject *frame_at(Py_ssize_t level)
{
    PyFrameObject *frame = PyEval_GetFrame();
    Py_XINCREF(frame);
    int count_all = level <= 0 || (frame != NULL && is_import_frame(frame));
    while (--level > 0 && frame != NULL)
        do
            frame = caller_of(frame);
        while (!count_all && frame != NULL && is_import_frame(frame));
    return frame;
}

typedef struct {
    PyObject *filename, *module, *registry; /* owned */
    int line;
} Place;

static void place_clear(Place *place)
{
    Py_XDECREF(place->filename);
    Py_XDECREF(place->module);
    Py_XDECREF(place->registry);
}

/* 0, or -1 with an exception. */
static int find_place(Py_ssize_t level, Place *place)
{
    _Py_IDENTIFIER(__warningregistry__);
    _Py_IDENTIFIER(__name__);
    PyFrameObject *frame = frame_at(level);
    PyObject *globals;
    *place = (Place){.line = 1};
    if (frame == NULL) {
        globals = tai_interp()->sysdict;
        place->filename = PyUnicode_FromString("sys");
    }
    else {
        globals = frame->f_globals;
        place->filename = frame->f_code->co_filename;
        Py_INCREF(place->filename);
        place->line = PyFrame_GetLineNumber(frame);
    }
    Py_XINCREF(globals);
    Py_XDECREF(frame);
    if (globals == NULL || place->filename == NULL)
        goto error;
    place->registry = _PyDict_GetItemIdWithError(globals, &PyId___warningregistry__);
    if (place->registry != NULL)
        Py_INCREF(place->registry);
    else if (PyErr_Occurred() || (place->registry = PyDict_New()) == NULL ||
             _PyDict_SetItemId(globals, &PyId___warningregistry__, place->registry) < 0)
        goto error;
    place->module = _PyDict_GetItemIdWithError(globals, &PyId___name__);
    if (place->module == Py_None || (place->module != NULL && PyUnicode_Check(place->module)))
        Py_INCREF(place->module);
    else {
        place->module = NULL;
        if (PyErr_Occurred() || (place->module = PyUnicode_FromString("<string>")) == NULL)
            goto error;
    }
    Py_DECREF(globals);
    return 0;
error:
    Py_XDECREF(globals);
    place_clear(place);
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "no module to warn from");
    return -1;
}

static int warn(PyObject *category, PyObject *message, Py_ssize_t level, PyObject *source)
{
    Place place;
    if (find_place(level, &place) < 0)
        return -1;
    int result = warn_explicit(category, message, place.filename, place.line, place.module, place.registry, NULL, source);
    place_clear(&place);
    return result;
}

/* ---- the module ---- */

/* The category of a message: the class of an instance, else the given one, else UserWarning. Borrowed. Runs code. */
static PyObject *category_of(PyObject *message, PyObject *category)
{
    int is_instance = PyObject_IsInstance(message, PyExc_Warning);
    if (is_instance < 0)
        return NULL;
    if (is_instance)
        category = (PyObject *)Py_TYPE(message);
    else if (category == NULL || category == Py_None)
        category = PyExc_UserWarning;
    int derived = PyObject_IsSubclass(category, PyExc_Warning);
    if (derived < 0 && !PyErr_ExceptionMatches(PyExc_TypeError))
        return NULL;
    if (derived <= 0) {
        PyErr_Format(PyExc_TypeError, "category must be a Warning subclass, not '%s'", Py_TYPE(category)->tp_name);
        return NULL;
    }
    return category;
}

PyDoc_STRVAR(warn_doc, "warn($module, /, message, category=None, stacklevel=1, source=None)\n--\n\n"
"Issue a warning: show it, ignore it or raise it, as the filters say.");

static PyObject *py_warn(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *kwnames)
{
    static const char *const names[] = {"message", "category", "stacklevel", "source", NULL};
    static struct _PyArg_Parser parser = {.format = "O|OnO:warn", .keywords = names};
    PyObject *message, *category = NULL, *source = NULL;
    Py_ssize_t level = 1;
    if (!_PyArg_ParseStackAndKeywords(args, count, kwnames, &parser, &message, &category, &level, &source))
        return NULL;
    category = category_of(message, category);
    if (category == NULL || warn(category, message, level, source == Py_None ? NULL : source) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* The line of the source that the module's loader knows. New; NULL without exception where there is none. Runs code. */
static PyObject *line_from_loader(PyObject *globals, int line)
{
    _Py_IDENTIFIER(__loader__);
    _Py_IDENTIFIER(__name__);
    _Py_IDENTIFIER(get_source);
    PyObject *loader = _PyDict_GetItemIdWithError(globals, &PyId___loader__), *name = NULL, *get = NULL, *source = NULL;
    PyObject *lines = NULL, *result = NULL;
    if (loader != NULL)
        name = _PyDict_GetItemIdWithError(globals, &PyId___name__);
    if (loader == NULL || name == NULL)
        return NULL;
    Py_INCREF(loader);
    Py_INCREF(name);
    if (_PyObject_LookupAttrId(loader, &PyId_get_source, &get) > 0 && (source = _PyObject_FastCall(get, &name, 1)) != NULL &&
        source != Py_None && (lines = PyUnicode_Splitlines(source, 0)) != NULL && line >= 1 && line <= PyList_GET_SIZE(lines)) {
        result = PyList_GET_ITEM(lines, line - 1);
        Py_INCREF(result);
    }
    Py_DECREF(loader);
    Py_DECREF(name);
    Py_XDECREF(get);
    Py_XDECREF(source);
    Py_XDECREF(lines);
    return result;
}

static PyObject *py_warn_explicit(PyObject *module, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"message", "category", "filename", "lineno", "module", "registry", "module_globals", "source", NULL};
    PyObject *message, *category, *filename, *in_module = NULL, *registry = NULL, *globals = NULL, *source = NULL, *text = NULL;
    int line;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "OOUi|OOOO:warn_explicit", names, &message, &category, &filename, &line,
                                     &in_module, &registry, &globals, &source))
        return NULL;
    if (globals != NULL && globals != Py_None) {
        if (!PyDict_Check(globals)) {
            PyErr_Format(PyExc_TypeError, "module_globals must be a dict, not '%.200s'", Py_TYPE(globals)->tp_name);
            return NULL;
        }
        text = line_from_loader(globals, line);
        if (text == NULL && PyErr_Occurred())
            return NULL;
    }
    int result = warn_explicit(category, message, filename, line, in_module, registry, text, source);
    Py_XDECREF(text);
    if (result < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *py_filters_mutated(PyObject *module, PyObject *Py_UNUSED(ignored))
{
    tai_interp()->warnings.filters_version++;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"warn", (PyCFunction)(void (*)(void))py_warn, METH_FASTCALL | METH_KEYWORDS, warn_doc},
    {"warn_explicit", (PyCFunction)(void (*)(void))py_warn_explicit, METH_VARARGS | METH_KEYWORDS,
     "Issue a warning for a place in a file."},
    {"_filters_mutated", py_filters_mutated, METH_NOARGS},
    {NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_warnings",
    .m_doc = "The native part of warnings.",
    .m_size = 0,
    .m_methods = methods,
};

static int add_borrowed(PyObject *module, const char *name, PyObject *value)
{
    Py_INCREF(value);
    if (PyModule_AddObject(module, name, value) == 0)
        return 0;
    Py_DECREF(value);
    return -1;
}

PyObject *_PyWarnings_Init(void)
{
    if (tai_warnings_init() < 0)
        return NULL;
    PyInterpreterState *interp = tai_interp();
    PyObject *module = PyModule_Create(&definition);
    if (module != NULL && (add_borrowed(module, "filters", interp->warnings.filters) < 0 ||
                           add_borrowed(module, "_onceregistry", interp->warnings.once_registry) < 0 ||
                           add_borrowed(module, "_defaultaction", interp->warnings.default_action) < 0))
        Py_CLEAR(module);
    return module;
}

PyMODINIT_FUNC PyInit__warnings(void)
{
    return _PyWarnings_Init();
}

/* ---- C API ---- */

static int warn_text(PyObject *category, PyObject *text, Py_ssize_t level, PyObject *source)
{
    if (text == NULL)
        return -1;
    int result = warn(category ? category : PyExc_RuntimeWarning, text, level, source);
    Py_DECREF(text);
    return result;
}

int PyErr_WarnEx(PyObject *category, const char *text, Py_ssize_t level)
{
    return warn_text(category, PyUnicode_FromString(text), level, NULL);
}

/* A macro now, but a symbol that extensions may import. */
#undef PyErr_Warn
PyAPI_FUNC(int) PyErr_Warn(PyObject *category, const char *text);
int PyErr_Warn(PyObject *category, const char *text)
{
    return PyErr_WarnEx(category, text, 1);
}

int PyErr_WarnFormat(PyObject *category, Py_ssize_t level, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int result = warn_text(category, PyUnicode_FromFormatV(format, args), level, NULL);
    va_end(args);
    return result;
}

int PyErr_ResourceWarning(PyObject *source, Py_ssize_t level, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int result = warn_text(PyExc_ResourceWarning, PyUnicode_FromFormatV(format, args), level, source);
    va_end(args);
    return result;
}

int PyErr_WarnExplicitObject(PyObject *category, PyObject *message, PyObject *filename, int line, PyObject *module,
                             PyObject *registry)
{
    return warn_explicit(category ? category : PyExc_RuntimeWarning, message, filename, line, module, registry, NULL, NULL);
}

/* Steals message. */
static int warn_at(PyObject *category, PyObject *message, const char *filename_text, int line, const char *module_text,
                   PyObject *registry)
{
    PyObject *filename = message ? PyUnicode_DecodeFSDefault(filename_text) : NULL, *module = NULL;
    int result = -1;
    if (filename != NULL && (module_text == NULL || (module = PyUnicode_FromString(module_text)) != NULL))
        result = PyErr_WarnExplicitObject(category, message, filename, line, module, registry);
    Py_XDECREF(message);
    Py_XDECREF(filename);
    Py_XDECREF(module);
    return result;
}

int PyErr_WarnExplicit(PyObject *category, const char *text, const char *filename, int line, const char *module,
                       PyObject *registry)
{
    return warn_at(category, PyUnicode_FromString(text), filename, line, module, registry);
}

int PyErr_WarnExplicitFormat(PyObject *category, const char *filename, int line, const char *module, PyObject *registry,
                             const char *format, ...)
{
    va_list args;
    va_start(args, format);
    PyObject *message = PyUnicode_FromFormatV(format, args);
    va_end(args);
    return warn_at(category, message, filename, line, module, registry);
}

/* For the deallocator of a coroutine that never ran. Leaves no exception. Runs code. */
void _PyErr_WarnUnawaitedCoroutine(PyObject *coroutine)
{
    _Py_IDENTIFIER(_warn_unawaited_coroutine);
    PyObject *function = module_attribute(&PyId__warn_unawaited_coroutine, 1), *result;
    int warned = 0;
    if (function != NULL) {
        result = _PyObject_FastCall(function, &coroutine, 1);
        warned = result != NULL || PyErr_ExceptionMatches(PyExc_RuntimeWarning);
        Py_XDECREF(result);
        Py_DECREF(function);
    }
    if (PyErr_Occurred())
        PyErr_WriteUnraisable(coroutine);
    if (!warned && PyErr_WarnFormat(PyExc_RuntimeWarning, 1, "coroutine '%S' was never awaited",
                                    ((PyCoroObject *)coroutine)->cr_qualname) < 0)
        PyErr_WriteUnraisable(coroutine);
}
