/* SPDX-License-Identifier: MIT */
/* Argument parsing, the upper half: PyArg_Parse* over format strings.
 *
 * Two loops: parse_positional() for tuples and stacks, parse_named() for calls with keywords. The second one serves both kinds of
 * name lists (char ** and _PyArg_Parser) and both kinds of keyword arguments (dict, and names + stack) through `Named`.
 * The format is read left to right once, next to the values; nothing of it is kept, except that a _PyArg_Parser holds its names as
 * interned strings.
 * Conversions: getargs_convert.c. The checks that generated wrappers use: argcheck.c. Tests: tests/capi/test_getargs.py.
 */
#undef PY_SSIZE_T_CLEAN
#include "capi/getargs.h"
#include "capi/argcheck.h"

#include <limits.h>
#include <string.h>

/* The twins that treat '#' as Py_ssize_t; the headers name them only for callers that ask for it. */
PyAPI_FUNC(int) _PyArg_Parse_SizeT(PyObject *, const char *, ...);
PyAPI_FUNC(int) _PyArg_ParseTuple_SizeT(PyObject *, const char *, ...);
PyAPI_FUNC(int) _PyArg_ParseTupleAndKeywords_SizeT(PyObject *, PyObject *, const char *, char **, ...);
PyAPI_FUNC(int) _PyArg_VaParse_SizeT(PyObject *, const char *, va_list);
PyAPI_FUNC(int) _PyArg_VaParseTupleAndKeywords_SizeT(PyObject *, PyObject *, const char *, char **, va_list);
PyAPI_FUNC(int) _PyArg_ParseTupleAndKeywordsFast_SizeT(PyObject *, PyObject *, struct _PyArg_Parser *, ...);
PyAPI_FUNC(int) _PyArg_ParseStack_SizeT(PyObject *const *, Py_ssize_t, const char *, ...);
PyAPI_FUNC(int) _PyArg_ParseStackAndKeywords_SizeT(PyObject *const *, Py_ssize_t, PyObject *, struct _PyArg_Parser *, ...);
PyAPI_FUNC(int) _PyArg_VaParseTupleAndKeywordsFast_SizeT(PyObject *, PyObject *, struct _PyArg_Parser *, va_list);

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

/* ---- positional ---- */

typedef struct {
    int min, max;
    const char *function; /* behind ':', or NULL */
    const char *message;  /* behind ';', or NULL */
} Shape;

/* Count the items of a format. 0, or -1 with SystemError. */
static int read_shape(const char *format, Shape *shape)
{
    int depth = 0, min = -1, max = 0;
    shape->function = shape->message = NULL;
    for (; *format != '\0'; format++) {
        char c = *format;
        if (c == '(') {
            max += depth == 0;
            depth++;
        }
        else if (c == ')') {
            if (depth-- == 0) {
                PyErr_SetString(PyExc_SystemError, "excess ')' in getargs format");
                return -1;
            }
        }
        else if (c == ':' || c == ';') {
            *(c == ':' ? &shape->function : &shape->message) = format + 1;
            break;
        }
        else if (depth == 0) {
            if (Py_ISALPHA(c) && c != 'e') /* of "es" the second letter counts */
                max++;
            else if (c == '|')
                min = max;
        }
    }
    if (depth != 0) {
        PyErr_SetString(PyExc_SystemError, "missing ')' in getargs format");
        return -1;
    }
    shape->min = min < 0 ? max : min;
    shape->max = max;
    return 0;
}

static void raise_count(const Shape *shape, Py_ssize_t given)
{
    if (shape->message != NULL) {
        PyErr_SetString(PyExc_TypeError, shape->message);
        return;
    }
    int bound = given < shape->min ? shape->min : shape->max;
    PyErr_Format(PyExc_TypeError, "%.150s%s takes %s %d argument%s (%zd given)", shown_function(shape->function),
                 shown_call(shape->function),
                 shape->min == shape->max ? "exactly" : given < shape->min ? "at least" : "at most", bound, plural(bound), given);
}

/* single: the values are the one object of PyArg_Parse. */
static int parse_positional(PyObject *const *values, Py_ssize_t count, const char *format, va_list *va, int clean, int single)
{
    Shape shape;
    ArgParse p;
    if (read_shape(format, &shape) < 0)
        return 0;
    if (single ? shape.max > 0 && (shape.min != 1 || shape.max != 1) : count < shape.min || count > shape.max) {
        if (single)
            PyErr_SetString(PyExc_SystemError, "old style getargs format uses new features");
        else
            raise_count(&shape, count);
        return 0;
    }
    tai_args_begin(&p, format, va, clean);
    if (single) {
        if (shape.max == 0) {
            if (values[0] == NULL)
                return 1;
            PyErr_Format(PyExc_TypeError, "%.200s%s takes no arguments", shown_function(shape.function),
                         shown_call(shape.function));
            return 0;
        }
        if (values[0] == NULL) {
            PyErr_Format(PyExc_TypeError, "%.200s%s takes at least one argument", shown_function(shape.function),
                         shown_call(shape.function));
            return 0;
        }
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        if (*p.format == '|' && !single)
            p.format++;
        if (tai_args_convert(&p, values[i], 0) < 0) {
            tai_args_raise(&p, single ? 0 : (int)i + 1, shape.function, shape.message);
            return tai_args_end(&p, 0);
        }
    }
    if (!single && *p.format != '\0' && !Py_ISALPHA(*p.format) && strchr("(|;:", *p.format) == NULL) {
        PyErr_Format(PyExc_SystemError, "bad format string: %.200s", format);
        return tai_args_end(&p, 0);
    }
    return tai_args_end(&p, 1);
}

static int parse_tuple(PyObject *args, const char *format, va_list *va, int clean)
{
    if (args == NULL || !PyTuple_Check(args)) {
        PyErr_SetString(PyExc_SystemError, "new style getargs format but argument is not a tuple");
        return 0;
    }
    return parse_positional(&PyTuple_GET_ITEM(args, 0), PyTuple_GET_SIZE(args), format, va, clean, 0);
}

/* Define name and its _SizeT twin; `clean` tells the body which one it is. */
#define TWINS(name, size_t_name, parameters, last, call) \
    int name parameters \
    { \
        const int clean = 0; \
        va_list va; \
        va_start(va, last); \
        int ok = call; \
        va_end(va); \
        return ok; \
    } \
    int size_t_name parameters \
    { \
        const int clean = 1; \
        va_list va; \
        va_start(va, last); \
        int ok = call; \
        va_end(va); \
        return ok; \
    }

/* The same for functions that are given a va_list, which stays usable for the caller. */
#define VA_TWINS(name, size_t_name, parameters, call) \
    int name parameters \
    { \
        const int clean = 0; \
        va_list va; \
        va_copy(va, given); \
        int ok = call; \
        va_end(va); \
        return ok; \
    } \
    int size_t_name parameters \
    { \
        const int clean = 1; \
        va_list va; \
        va_copy(va, given); \
        int ok = call; \
        va_end(va); \
        return ok; \
    }

TWINS(PyArg_Parse, _PyArg_Parse_SizeT, (PyObject *arg, const char *format, ...), format,
      parse_positional(&arg, 1, format, &va, clean, 1))
TWINS(PyArg_ParseTuple, _PyArg_ParseTuple_SizeT, (PyObject *args, const char *format, ...), format,
      parse_tuple(args, format, &va, clean))
TWINS(_PyArg_ParseStack, _PyArg_ParseStack_SizeT, (PyObject *const *args, Py_ssize_t count, const char *format, ...), format,
      parse_positional(args, count, format, &va, clean, 0))
VA_TWINS(PyArg_VaParse, _PyArg_VaParse_SizeT, (PyObject *args, const char *format, va_list given),
         parse_tuple(args, format, &va, clean))

/* ---- named ---- */

/* The parameter names and the keyword arguments of a call. */
typedef struct {
    char *const *names;       /* of a char ** list, or */
    PyObject *name_tuple;     /* of a parser: names of the parameters from `anonymous` on */
    int count, anonymous;     /* parameters in all; how many of them are positional only */
    PyObject *dict;           /* keyword arguments: a dict, or */
    PyObject *kwnames;        /* their names, */
    PyObject *const *kwstack; /* and their values */
    Py_ssize_t given;         /* how many */
} Named;

static const char *name_of(const Named *n, int i)
{
    if (n->names != NULL)
        return n->names[i];
    return PyUnicode_AsUTF8(PyTuple_GET_ITEM(n->name_tuple, i - n->anonymous));
}

/* Is the str `key` spelled like the UTF-8 `name`? */
static int same_name(PyObject *key, const char *name)
{
    if (!PyUnicode_Check(key))
        return 0;
    const char *text = PyUnicode_AsUTF8(key);
    if (text == NULL) {
        PyErr_Clear();
        return 0;
    }
    return strcmp(text, name) == 0;
}

/* The keyword argument for parameter i. Borrowed; NULL: not given, or an exception. */
static PyObject *find_named(const Named *n, int i)
{
    if (n->name_tuple != NULL) {
        PyObject *name = PyTuple_GET_ITEM(n->name_tuple, i - n->anonymous);
        return n->kwnames != NULL ? tai_args_find_keyword(n->kwnames, n->kwstack, name)
                                  : PyDict_GetItemWithError(n->dict, name);
    }
    PyObject *key, *value;
    Py_ssize_t at = 0;
    while (PyDict_Next(n->dict, &at, &key, &value))
        if (same_name(key, n->names[i]))
            return value;
    return NULL;
}

/* After all parameters have been served some keyword is left: say which and why, -1. 0 if none is: a conversion that ran
 * code may have emptied the dict. */
NODISCARD static int check_leftover(const Named *n, Py_ssize_t positional, const char *function)
{
    for (int i = n->anonymous; i < positional && i < n->count; i++) {
        if (find_named(n, i) != NULL) {
            PyErr_Format(PyExc_TypeError, "argument for %.200s%s given by name ('%s') and position (%d)",
                         shown_function(function), shown_call(function), name_of(n, i), i + 1);
            return -1;
        }
        if (PyErr_Occurred())
            return -1;
    }
    PyObject *key, *value;
    Py_ssize_t at = 0;
    for (;;) {
        if (n->kwnames != NULL) {
            if (at >= PyTuple_GET_SIZE(n->kwnames))
                break;
            key = PyTuple_GET_ITEM(n->kwnames, at++);
        }
        else if (!PyDict_Next(n->dict, &at, &key, &value))
            break;
        if (!PyUnicode_Check(key)) {
            PyErr_SetString(PyExc_TypeError, "keywords must be strings");
            return -1;
        }
        int known = 0;
        for (int i = n->anonymous; i < n->count && !known; i++)
            known = same_name(key, name_of(n, i));
        if (!known) {
            PyErr_Format(PyExc_TypeError, "'%U' is an invalid keyword argument for %.200s%s", key,
                         function == NULL ? "this function" : function, shown_call(function));
            return -1;
        }
    }
    return 0;
}

static void raise_positional(const char *function, const char *how, int bound, Py_ssize_t given)
{
    PyErr_Format(PyExc_TypeError, "%.200s%s takes %s %d positional argument%s (%zd given)", shown_function(function),
                 shown_call(function), how, bound, plural(bound), given);
}

/* The marks '|' and '$' before parameter i. 1: there was something wrong with the call that is reported later (*missing), 0 fine,
 * -1 with an exception. */
static int read_marks(ArgParse *p, const Named *n, int i, int *min, int *max)
{
    if (*p->format == '|') {
        if (*min != INT_MAX) {
            PyErr_SetString(PyExc_SystemError, "Invalid format string (| specified twice)");
            return -1;
        }
        *min = i;
        p->format++;
        if (*max != INT_MAX) {
            PyErr_SetString(PyExc_SystemError, "Invalid format string ($ before |)");
            return -1;
        }
    }
    if (*p->format == '$') {
        if (*max != INT_MAX) {
            PyErr_SetString(PyExc_SystemError, "Invalid format string ($ specified twice)");
            return -1;
        }
        *max = i;
        p->format++;
        if (*max < n->anonymous) {
            PyErr_SetString(PyExc_SystemError, "Empty parameter name after $");
            return -1;
        }
    }
    return 0;
}

static int parse_named(PyObject *const *values, Py_ssize_t positional, const Named *n, const char *format, va_list *va,
                       int clean)
{
    const char *function = strchr(format, ':'), *message = NULL;
    if (function != NULL)
        function++;
    else if ((message = strchr(format, ';')) != NULL)
        message++;
    if (positional + n->given > n->count) {
        PyErr_Format(PyExc_TypeError, "%.200s%s takes at most %d %sargument%s (%zd given)", shown_function(function),
                     shown_call(function), n->count, positional == 0 ? "keyword " : "", plural(n->count),
                     positional + n->given);
        return 0;
    }
    ArgParse p;
    int min = INT_MAX, max = INT_MAX, i, short_of = 0; /* short_of: a positional-only parameter is missing */
    Py_ssize_t unused = n->given;
    tai_args_begin(&p, format, va, clean);
    for (i = 0; i < n->count; i++) {
        int max_before = max;
        if (read_marks(&p, n, i, &min, &max) < 0)
            goto fail;
        if (max != max_before && !short_of && max < positional) {
            if (max == 0)
                PyErr_Format(PyExc_TypeError, "%.200s%s takes no positional arguments", shown_function(function), shown_call(function));
            else
                raise_positional(function, min != INT_MAX ? "at most" : "exactly", max, positional);
            goto fail;
        }
        if (max != max_before && short_of)
            break; /* how many positional ones are needed is known now */
        if (tai_args_at_end(p.format)) {
            PyErr_Format(PyExc_SystemError, "More keyword list entries (%d) than format specifiers (%d)", n->count, i);
            goto fail;
        }
        if (!short_of) {
            PyObject *value = NULL;
            if (i < positional)
                value = values[i];
            else if (unused > 0 && i >= n->anonymous) {
                value = find_named(n, i);
                if (value != NULL)
                    unused--;
                else if (PyErr_Occurred())
                    goto fail;
            }
            if (value != NULL) {
                if (tai_args_convert(&p, value, 0) < 0) {
                    tai_args_raise(&p, i + 1, function, message);
                    goto fail;
                }
                continue;
            }
            if (i < min) {
                if (i < n->anonymous)
                    short_of = 1; /* how many are needed is known only when '|' has been passed */
                else {
                    PyErr_Format(PyExc_TypeError, "%.200s%s missing required argument '%s' (pos %d)",
                                 shown_function(function), shown_call(function), name_of(n, i), i + 1);
                    goto fail;
                }
            }
            else if (unused == 0 && !short_of)
                return tai_args_end(&p, 1); /* all given ones are served and none of the rest is needed */
        }
        const char *item = p.format;
        if (tai_args_skip(&p) < 0) {
            PyErr_Format(PyExc_SystemError, "%s: '%s'", p.text, item);
            goto fail;
        }
    }
    if (short_of) {
        int bound = n->anonymous < min ? n->anonymous : min;
        raise_positional(function, bound < i ? "at least" : "exactly", bound, positional);
        goto fail;
    }
    if (!tai_args_at_end(p.format) && *p.format != '|' && *p.format != '$') {
        PyErr_Format(PyExc_SystemError, "more argument specifiers than keyword list entries (remaining format:'%s')", p.format);
        goto fail;
    }
    if (unused > 0 && check_leftover(n, positional, function) < 0)
        goto fail;
    return tai_args_end(&p, 1);
fail:
    return tai_args_end(&p, 0);
}

/* Names as a char ** list: the first ones may be empty (positional only). */
static int parse_listed(PyObject *args, PyObject *kwargs, const char *format, char **names, va_list *va, int clean)
{
    if (args == NULL || !PyTuple_Check(args) || (kwargs != NULL && !PyDict_Check(kwargs)) || format == NULL || names == NULL) {
        PyErr_BadInternalCall();
        return 0;
    }
    Named n = {.names = names, .dict = kwargs, .given = kwargs == NULL ? 0 : PyDict_GET_SIZE(kwargs)};
    while (names[n.anonymous] != NULL && names[n.anonymous][0] == '\0')
        n.anonymous++;
    for (n.count = n.anonymous; names[n.count] != NULL; n.count++)
        if (names[n.count][0] == '\0') {
            PyErr_SetString(PyExc_SystemError, "Empty keyword parameter name");
            return 0;
        }
    return parse_named(&PyTuple_GET_ITEM(args, 0), PyTuple_GET_SIZE(args), &n, format, va, clean);
}

static int parse_prepared(PyObject *const *values, Py_ssize_t positional, PyObject *dict, PyObject *kwnames,
                          PyObject *const *kwstack, struct _PyArg_Parser *parser, va_list *va, int clean)
{
    if (parser == NULL || (dict != NULL && !PyDict_Check(dict)) || (kwnames != NULL && !PyTuple_Check(kwnames))) {
        PyErr_BadInternalCall();
        return 0;
    }
    if (tai_args_prepare(parser) < 0)
        return 0;
    Named n = {
        .name_tuple = parser->kwtuple,
        .anonymous = parser->pos,
        .count = parser->pos + (int)PyTuple_GET_SIZE(parser->kwtuple),
        .dict = dict,
        .kwnames = kwnames,
        .kwstack = kwstack,
        .given = dict != NULL ? PyDict_GET_SIZE(dict) : kwnames != NULL ? PyTuple_GET_SIZE(kwnames) : 0,
    };
    return parse_named(values, positional, &n, parser->format, va, clean);
}

enum { STACK_MOST = 24 };

/* A call of a function all of whose parameters are positional only: 0 if there are as many as needed, -1 with TypeError. */
NODISCARD static int check_anonymous(const struct _PyArg_Parser *parser, Py_ssize_t count, PyObject *kwnames)
{
    const char *function = shown_function(parser->fname);
    if (kwnames != NULL && PyTuple_GET_SIZE(kwnames) > 0) {
        PyErr_Format(PyExc_TypeError, "%.200s() takes no keyword arguments", function);
        return -1;
    }
    if (parser->pos == 1 && parser->min == 1 && count != 1) {
        PyErr_Format(PyExc_TypeError, "%.200s() takes exactly one argument (%zd given)", function, count);
        return -1;
    }
    return _PyArg_CheckPositional(function, count, parser->min, parser->pos) ? 0 : -1;
}

/* An int, in the words of functions whose arguments are taken one by one. */
NODISCARD static int vector_int(PyObject *value, int *number)
{
    if (PyFloat_Check(value)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *number = _PyLong_AsInt(value);
    return *number == -1 && PyErr_Occurred() ? -1 : 0;
}

/* Arguments of a vectorcall.  All are laid out and counted before the first is converted: which of several mistakes of a call is
 * told, and whether a conversion runs code, does not depend on the kind of the parameters. */
static int parse_stack(PyObject *const *values, Py_ssize_t positional, PyObject *kwnames, struct _PyArg_Parser *parser,
                       va_list *va, int clean)
{
    PyObject *laid[STACK_MOST];
    if (parser == NULL || (kwnames != NULL && !PyTuple_Check(kwnames))) {
        PyErr_BadInternalCall();
        return 0;
    }
    if (tai_args_prepare(parser) < 0)
        return 0;
    int count = parser->pos + (int)PyTuple_GET_SIZE(parser->kwtuple), i = 0;
    if (count > STACK_MOST)
        return parse_prepared(values, positional, NULL, kwnames, values + positional, parser, va, clean);
    if (count == parser->pos) {
        if (check_anonymous(parser, positional, kwnames) < 0)
            return 0;
    }
    else {
        int needed = parser->min < parser->max ? parser->min : parser->max;
        values = (_PyArg_UnpackKeywords)(values, positional, NULL, kwnames, parser, needed, parser->max, parser->min - needed, laid);
        if (values == NULL)
            return 0;
        for (positional = count; positional > 0 && values[positional - 1] == NULL;)
            positional--;
    }
    ArgParse p;
    tai_args_begin(&p, parser->format, va, clean);
    for (; i < positional; i++) {
        while (*p.format == '|' || *p.format == '$')
            p.format++;
        if (*p.format == 'i' && values[i] != NULL) {
            if (vector_int(values[i], va_arg(*va, int *)) < 0)
                return tai_args_end(&p, 0);
            p.format++;
            continue;
        }
        if (values[i] != NULL ? tai_args_convert(&p, values[i], 0) < 0 : tai_args_skip(&p) < 0) {
            tai_args_raise(&p, i + 1, parser->fname, parser->custom_msg);
            return tai_args_end(&p, 0);
        }
    }
    return tai_args_end(&p, 1);
}

static int parse_prepared_tuple(PyObject *args, PyObject *kwargs, struct _PyArg_Parser *parser, va_list *va, int clean)
{
    if (args == NULL || !PyTuple_Check(args)) {
        PyErr_BadInternalCall();
        return 0;
    }
    return parse_prepared(&PyTuple_GET_ITEM(args, 0), PyTuple_GET_SIZE(args), kwargs, NULL, NULL, parser, va, clean);
}

TWINS(PyArg_ParseTupleAndKeywords, _PyArg_ParseTupleAndKeywords_SizeT,
      (PyObject *args, PyObject *kwargs, const char *format, char **names, ...), names,
      parse_listed(args, kwargs, format, names, &va, clean))
VA_TWINS(PyArg_VaParseTupleAndKeywords, _PyArg_VaParseTupleAndKeywords_SizeT,
         (PyObject *args, PyObject *kwargs, const char *format, char **names, va_list given),
         parse_listed(args, kwargs, format, names, &va, clean))
TWINS(_PyArg_ParseTupleAndKeywordsFast, _PyArg_ParseTupleAndKeywordsFast_SizeT,
      (PyObject *args, PyObject *kwargs, struct _PyArg_Parser *parser, ...), parser,
      parse_prepared_tuple(args, kwargs, parser, &va, clean))
VA_TWINS(_PyArg_VaParseTupleAndKeywordsFast, _PyArg_VaParseTupleAndKeywordsFast_SizeT,
         (PyObject *args, PyObject *kwargs, struct _PyArg_Parser *parser, va_list given),
         parse_prepared_tuple(args, kwargs, parser, &va, clean))
TWINS(_PyArg_ParseStackAndKeywords, _PyArg_ParseStackAndKeywords_SizeT,
      (PyObject *const *args, Py_ssize_t count, PyObject *kwnames, struct _PyArg_Parser *parser, ...), parser,
      parse_stack(args, count, kwnames, parser, &va, clean))
