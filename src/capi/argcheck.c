/* SPDX-License-Identifier: MIT */
/* Argument checks for functions that take their arguments as an array: counts, keywords to slots, refusals.
 *
 * These are the hot ones: every builtin with keywords goes through _PyArg_UnpackKeywords().
 * Parsers are static in their callers; a prepared one is on the list below, so that _PyArg_Fini() can return it to its first state.
 * Tests: tests/capi/test_getargs.py.
 */
#undef PY_SSIZE_T_CLEAN
#include "capi/argcheck.h"

#include "capi/getargs.h"
#include <limits.h>
#include <string.h>

static struct _PyArg_Parser *prepared;

static const char *shown_function(const char *name)
{
    return name == NULL ? "function" : name;
}

static const char *shown_call(const char *name)
{
    return name == NULL ? "" : "()";
}

static const char *plural(Py_ssize_t count)
{
    return count == 1 ? "" : "s";
}

/* ---- parsers ---- */

/* min and max of the format's marks; INT_MAX where there is none. */
static int read_limits(struct _PyArg_Parser *parser, int count)
{
    ArgParse p;
    tai_args_begin(&p, parser->format, NULL, 1);
    parser->min = parser->max = INT_MAX;
    for (int i = 0; i < count; i++) {
        if (*p.format == '|') {
            if (parser->min != INT_MAX || parser->max != INT_MAX) {
                PyErr_SetString(PyExc_SystemError, parser->min != INT_MAX ? "Invalid format string (| specified twice)"
                                                                          : "Invalid format string ($ before |)");
                return -1;
            }
            parser->min = i;
            p.format++;
        }
        if (*p.format == '$') {
            if (parser->max != INT_MAX || i < parser->pos) {
                PyErr_SetString(PyExc_SystemError, parser->max != INT_MAX ? "Invalid format string ($ specified twice)"
                                                                          : "Empty parameter name after $");
                return -1;
            }
            parser->max = i;
            p.format++;
        }
        if (tai_args_at_end(p.format)) {
            PyErr_Format(PyExc_SystemError, "More keyword list entries (%d) than format specifiers (%d)", count, i);
            return -1;
        }
        if (tai_args_skip(&p) < 0) {
            PyErr_Format(PyExc_SystemError, "%s: '%s'", p.text, p.format);
            return -1;
        }
    }
    if (parser->min > count)
        parser->min = count;
    if (parser->max > count)
        parser->max = count;
    if (!tai_args_at_end(p.format) && *p.format != '|' && *p.format != '$') {
        PyErr_Format(PyExc_SystemError, "more argument specifiers than keyword list entries (remaining format:'%s')", p.format);
        return -1;
    }
    return 0;
}

int tai_args_prepare(struct _PyArg_Parser *parser)
{
    if (LIKELY(parser->kwtuple != NULL))
        return 0;
    const char *const *names = parser->keywords;
    int anonymous = 0, count;
    while (names[anonymous] != NULL && names[anonymous][0] == '\0')
        anonymous++;
    for (count = anonymous; names[count] != NULL; count++)
        if (names[count][0] == '\0') {
            PyErr_SetString(PyExc_SystemError, "Empty keyword parameter name");
            return -1;
        }
    parser->pos = anonymous;
    if (parser->format != NULL) {
        const char *mark = strchr(parser->format, ':');
        if (mark != NULL)
            parser->fname = mark + 1;
        else if ((mark = strchr(parser->format, ';')) != NULL)
            parser->custom_msg = mark + 1;
        if (read_limits(parser, count) < 0)
            return -1;
    }
    PyObject *tuple = PyTuple_New(count - anonymous);
    if (tuple == NULL)
        return -1;
    for (int i = anonymous; i < count; i++) {
        PyObject *name = PyUnicode_InternFromString(names[i]);
        if (name == NULL) {
            Py_DECREF(tuple);
            return -1;
        }
        PyTuple_SET_ITEM(tuple, i - anonymous, name);
    }
    parser->kwtuple = tuple;
    parser->next = prepared;
    prepared = parser;
    return 0;
}

void _PyArg_Fini(void)
{
    while (prepared != NULL) {
        struct _PyArg_Parser *parser = prepared;
        prepared = parser->next;
        parser->next = NULL;
        Py_CLEAR(parser->kwtuple);
    }
}

PyObject *tai_args_find_keyword(PyObject *kwnames, PyObject *const *values, PyObject *name)
{
    Py_ssize_t count = PyTuple_GET_SIZE(kwnames);
    for (Py_ssize_t i = 0; i < count; i++)
        if (PyTuple_GET_ITEM(kwnames, i) == name)
            return values[i];
    for (Py_ssize_t i = 0; i < count; i++) { /* names that are not interned */
        PyObject *given = PyTuple_GET_ITEM(kwnames, i);
        if (PyUnicode_Check(given) && _PyUnicode_EQ(given, name))
            return values[i];
    }
    return NULL;
}

/* ---- keywords to slots ---- */

typedef struct {
    PyObject *dict, *kwnames;   /* one of them, or neither */
    PyObject *const *values;    /* for kwnames */
    Py_ssize_t count;
} Keywords;

static PyObject *find(const Keywords *given, PyObject *name)
{
    return given->kwnames != NULL ? tai_args_find_keyword(given->kwnames, given->values, name)
                                  : PyDict_GetItemWithError(given->dict, name);
}

/* Some keyword has found no slot: say which and why. */
static void raise_leftover(const Keywords *given, struct _PyArg_Parser *parser, Py_ssize_t positional)
{
    PyObject *names = parser->kwtuple, *key, *value;
    const char *function = parser->fname;
    for (Py_ssize_t i = parser->pos; i < positional && i - parser->pos < PyTuple_GET_SIZE(names); i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i - parser->pos);
        if (find(given, name) != NULL) {
            PyErr_Format(PyExc_TypeError, "argument for %.200s%s given by name ('%U') and position (%d)",
                         shown_function(function), shown_call(function), name, (int)i + 1);
            return;
        }
        if (PyErr_Occurred())
            return;
    }
    for (Py_ssize_t at = 0;;) {
        if (given->kwnames != NULL) {
            if (at >= PyTuple_GET_SIZE(given->kwnames))
                return;
            key = PyTuple_GET_ITEM(given->kwnames, at++);
        }
        else if (!PyDict_Next(given->dict, &at, &key, &value))
            return;
        if (!PyUnicode_Check(key)) {
            PyErr_SetString(PyExc_TypeError, "keywords must be strings");
            return;
        }
        int known = PySequence_Contains(names, key);
        if (known == 0)
            PyErr_Format(PyExc_TypeError, "'%U' is an invalid keyword argument for %.200s%s", key,
                         function == NULL ? "this function" : function, shown_call(function));
        if (known <= 0)
            return;
    }
}

static void raise_positional(const char *function, const char *how, Py_ssize_t bound, Py_ssize_t given)
{
    PyErr_Format(PyExc_TypeError, "%.200s%s takes %s %zd positional argument%s (%zd given)", shown_function(function),
                 shown_call(function), how, bound, plural(bound), given);
}

/* Lay the arguments of a call out by parameter in buf (room for all parameters; NULL for what is not given). The macro of this name
 * keeps calls away that need no laying out, and gives its callers args itself: they must not look behind the last argument then. minpos/maxpos: positional parameters needed/allowed; minkw: keyword-only ones needed.
 * Borrowed, or NULL with an exception. */
PyObject *const *(_PyArg_UnpackKeywords)(PyObject *const *args, Py_ssize_t nargs, PyObject *kwargs, PyObject *kwnames,
                                         struct _PyArg_Parser *parser, int minpos, int maxpos, int minkw, PyObject **buf)
{
    if (kwargs != NULL && !PyDict_Check(kwargs)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (tai_args_prepare(parser) < 0)
        return NULL;
    Keywords given = {.dict = kwnames ? NULL : kwargs, .kwnames = kwnames, .values = args != NULL ? args + nargs : NULL};
    given.count = kwnames ? PyTuple_GET_SIZE(kwnames) : kwargs ? PyDict_GET_SIZE(kwargs) : 0;
    const char *function = parser->fname;
    int anonymous = parser->pos, needed_anonymous = anonymous < minpos ? anonymous : minpos;
    int count = anonymous + (int)PyTuple_GET_SIZE(parser->kwtuple);
    if (nargs + given.count > count) {
        PyErr_Format(PyExc_TypeError, "%.200s%s takes at most %d %sargument%s (%zd given)", shown_function(function),
                     shown_call(function), count, nargs == 0 ? "keyword " : "", plural(count), nargs + given.count);
        return NULL;
    }
    if (nargs > maxpos) {
        if (maxpos == 0)
            PyErr_Format(PyExc_TypeError, "%.200s%s takes no positional arguments", shown_function(function),
                         shown_call(function));
        else
            raise_positional(function, minpos < maxpos ? "at most" : "exactly", maxpos, nargs);
        return NULL;
    }
    if (nargs < needed_anonymous) {
        raise_positional(function, minpos < maxpos ? "at least" : "exactly", needed_anonymous, nargs);
        return NULL;
    }
    for (Py_ssize_t i = 0; i < nargs; i++)
        buf[i] = args[i];
    for (Py_ssize_t i = nargs; i < anonymous; i++)
        buf[i] = NULL;
    Py_ssize_t unused = given.count;
    int first_keyword_only = maxpos, needed = minkw ? maxpos + minkw : minpos;
    for (int i = nargs > anonymous ? (int)nargs : anonymous; i < count; i++) {
        PyObject *value = NULL;
        if (unused > 0) {
            value = find(&given, PyTuple_GET_ITEM(parser->kwtuple, i - anonymous));
            if (value != NULL)
                unused--;
            else if (given.kwnames == NULL && PyErr_Occurred())
                return NULL;
        }
        buf[i] = value;
        if (value == NULL && (i < minpos || (first_keyword_only <= i && i < needed))) {
            PyErr_Format(PyExc_TypeError, "%.200s%s missing required argument '%U' (pos %d)", shown_function(function),
                         shown_call(function), PyTuple_GET_ITEM(parser->kwtuple, i - anonymous), i + 1);
            return NULL;
        }
    }
    if (unused > 0) {
        raise_leftover(&given, parser, nargs);
        return NULL;
    }
    return buf;
}

/* ---- counts ---- */

int (_PyArg_CheckPositional)(const char *name, Py_ssize_t nargs, Py_ssize_t min, Py_ssize_t max)
{
    if (min <= nargs && nargs <= max)
        return 1;
    Py_ssize_t bound = nargs < min ? min : max;
    const char *how = min == max ? "" : nargs < min ? "at least " : "at most ";
    if (name != NULL)
        PyErr_Format(PyExc_TypeError, "%.200s expected %s%zd argument%s, got %zd", name, how, bound, plural(bound), nargs);
    else
        PyErr_Format(PyExc_TypeError, "unpacked tuple should have %s%zd element%s, but has %zd", how, bound, plural(bound),
                     nargs);
    return 0;
}

/* Store the values through the PyObject ** that follow; those of missing optional ones stay as they are. */
static int unpack(PyObject *const *values, Py_ssize_t count, const char *name, Py_ssize_t min, Py_ssize_t max, va_list va)
{
    if (!_PyArg_CheckPositional(name, count, min, max))
        return 0;
    for (Py_ssize_t i = 0; i < count; i++)
        *va_arg(va, PyObject **) = values[i];
    return 1;
}

int PyArg_UnpackTuple(PyObject *args, const char *name, Py_ssize_t min, Py_ssize_t max, ...)
{
    if (!PyTuple_Check(args)) {
        PyErr_SetString(PyExc_SystemError, "PyArg_UnpackTuple() argument list is not a tuple");
        return 0;
    }
    va_list va;
    va_start(va, max);
    int ok = unpack(&PyTuple_GET_ITEM(args, 0), PyTuple_GET_SIZE(args), name, min, max, va);
    va_end(va);
    return ok;
}

int _PyArg_UnpackStack(PyObject *const *args, Py_ssize_t nargs, const char *name, Py_ssize_t min, Py_ssize_t max, ...)
{
    va_list va;
    va_start(va, max);
    int ok = unpack(args, nargs, name, min, max, va);
    va_end(va);
    return ok;
}

/* ---- refusals ---- */

int (_PyArg_NoKeywords)(const char *function, PyObject *kwargs)
{
    if (kwargs == NULL)
        return 1;
    if (!PyDict_CheckExact(kwargs)) {
        PyErr_BadInternalCall();
        return 0;
    }
    if (PyDict_GET_SIZE(kwargs) == 0)
        return 1;
    PyErr_Format(PyExc_TypeError, "%.200s() takes no keyword arguments", function);
    return 0;
}

int (_PyArg_NoPositional)(const char *function, PyObject *args)
{
    if (args == NULL)
        return 1;
    if (!PyTuple_CheckExact(args)) {
        PyErr_BadInternalCall();
        return 0;
    }
    if (PyTuple_GET_SIZE(args) == 0)
        return 1;
    PyErr_Format(PyExc_TypeError, "%.200s() takes no positional arguments", function);
    return 0;
}

/* `which` as shown: "argument 2", "argument 'x'". */
void _PyArg_BadArgument(const char *function, const char *which, const char *expected, PyObject *arg)
{
    PyErr_Format(PyExc_TypeError, "%.200s() %.200s must be %.50s, not %.50s", function, which, expected,
                 arg == Py_None ? "None" : Py_TYPE(arg)->tp_name);
}

int PyArg_ValidateKeywordArguments(PyObject *kwargs)
{
    if (!PyDict_Check(kwargs)) {
        PyErr_BadInternalCall();
        return 0;
    }
    if (!_PyDict_HasOnlyStringKeys(kwargs)) {
        PyErr_SetString(PyExc_TypeError, "keywords must be strings");
        return 0;
    }
    return 1;
}
