/* SPDX-License-Identifier: MIT */
/* str: format(), format_map(), and the _string module, which shows the same parser to string.Formatter.
 *
 *   text { name [!conversion] [:spec] } text ...     {{ and }} stand for braces
 *   name: first (.attribute | [key])*                spec may hold fields itself, one level deep
 */
#include "objects/str/str.h"
#include "objects/str/str_init.h"
#include "objects/str/plain_text.h"

/* A piece of a string that the holder keeps alive. */
typedef struct {
    PyObject *str; /* borrowed */
    Py_ssize_t start, end;
} Span;

static inline Py_UCS4 at(const Span *s, Py_ssize_t i) { return tai_str_at(s->str, i); }
static PyObject *span_str(const Span *s) { return s->str ? tai_str_slice(s->str, s->start, s->end) : tai_str_empty(); }

static int value_error(const char *message)
{
    PyErr_SetString(PyExc_ValueError, message);
    return -1;
}

/* Non-negative integer, -1 if the span is not one, -2 with ValueError. */
static Py_ssize_t span_integer(const Span *s)
{
    Py_ssize_t n = 0;
    if (s->start >= s->end)
        return -1;
    for (Py_ssize_t i = s->start; i < s->end; i++) {
        int figure = _PyUnicode_ToDecimalDigit(at(s, i));
        if (figure < 0)
            return -1;
        if (n > (PY_SSIZE_T_MAX - figure) / 10) {
            value_error("Too many decimal digits in format string");
            return -2;
        }
        n = n * 10 + figure;
    }
    return n;
}

/* ---- markup: text and fields ---- */

typedef struct {
    Span literal;
    int has_field;
    Span name, spec;
    Py_UCS4 conversion; /* 0: none */
    int spec_has_fields;
} Piece;

/* The field whose '{' was read; s->start is moved behind its '}'. 1, or -1. */
static int parse_field(Span *s, Piece *piece)
{
    Py_UCS4 c = 0;
    Py_ssize_t start = s->start;
    int kind = str_kind(s->str);
    const void *data = str_data(s->str);
    while (s->start < s->end) {
        c = str_get(kind, data, s->start++);
        if (c == '{')
            return value_error("unexpected '{' in field name");
        if (c == '[') {
            while (s->start < s->end && at(s, s->start) != ']')
                s->start++;
            continue;
        }
        if (c == '}' || c == ':' || c == '!')
            break;
    }
    piece->name = (Span){s->str, start, s->start - 1};
    if (c != '!' && c != ':') {
        if (c != '}')
            return value_error("expected '}' before end of string");
        return 1;
    }
    if (c == '!') {
        if (s->start >= s->end)
            return value_error("end of string while looking for conversion specifier");
        piece->conversion = at(s, s->start++);
        if (s->start < s->end) {
            c = at(s, s->start++);
            if (c == '}')
                return 1;
            if (c != ':')
                return value_error("expected ':' after conversion specifier");
        }
    }
    piece->spec = (Span){s->str, s->start, s->end};
    for (int depth = 1; s->start < s->end; s->start++) {
        c = at(s, s->start);
        if (c == '{') {
            piece->spec_has_fields = 1;
            depth++;
        } else if (c == '}' && --depth == 0) {
            piece->spec.end = s->start++;
            return 1;
        }
    }
    return value_error("unmatched '{' in format spec");
}

/* Next literal text and the field after it, if any. 1, 0 at the end, -1 with ValueError. */
static int next_piece(Span *s, Piece *piece)
{
    *piece = (Piece){.literal = {s->str, s->start, s->start}};
    if (s->start >= s->end)
        return 0;
    Py_UCS4 c = 0;
    Py_ssize_t start = s->start;
    int brace = 0, kind = str_kind(s->str);
    const void *data = str_data(s->str);
    while (s->start < s->end) {
        c = str_get(kind, data, s->start++);
        if (c == '{' || c == '}') {
            brace = 1;
            break;
        }
    }
    int at_end = s->start >= s->end, doubled = !at_end && brace && at(s, s->start) == c;
    if (brace && !doubled) {
        if (c == '}')
            return value_error("Single '}' encountered in format string");
        if (at_end)
            return value_error("Single '{' encountered in format string");
    }
    piece->literal = (Span){s->str, start, s->start - (brace && !doubled)};
    if (doubled)
        s->start++;
    if (!brace || doubled)
        return 1;
    piece->has_field = 1;
    return parse_field(s, piece);
}

/* ---- field names ---- */

enum Numbering { NUMBERING_UNKNOWN, NUMBERING_AUTO, NUMBERING_MANUAL };

typedef struct {
    enum Numbering state;
    Py_ssize_t next;
} AutoNumber;

/* Split name into its first part and *rest; *index is the number it is, or -1. auto_number may be NULL. */
static int split_first(const Span *name, Span *first, Span *rest, Py_ssize_t *index, AutoNumber *auto_number)
{
    Py_ssize_t i = name->start;
    while (i < name->end && at(name, i) != '.' && at(name, i) != '[')
        i++;
    *first = (Span){name->str, name->start, i};
    *rest = (Span){name->str, i, name->end};
    *index = span_integer(first);
    if (*index == -2)
        return -1;
    int empty = first->start >= first->end;
    if (auto_number && (empty || *index != -1)) {
        enum Numbering wanted = empty ? NUMBERING_AUTO : NUMBERING_MANUAL;
        if (auto_number->state == NUMBERING_UNKNOWN)
            auto_number->state = wanted;
        if (auto_number->state != wanted)
            return value_error(empty
                ? "cannot switch from manual field specification to automatic field numbering"
                : "cannot switch from automatic field numbering to manual field specification");
        if (empty)
            *index = auto_number->next++;
    }
    return 0;
}

/* Next .attribute or [key] of rest. 1, 0 at the end, -1 with ValueError. */
static int next_access(Span *rest, int *is_attribute, Span *name, Py_ssize_t *index)
{
    if (rest->start >= rest->end)
        return 0;
    Py_UCS4 c = at(rest, rest->start++);
    Py_ssize_t start = rest->start;
    *index = -1;
    *is_attribute = c == '.';
    if (c == '.') {
        while (rest->start < rest->end && at(rest, rest->start) != '.' && at(rest, rest->start) != '[')
            rest->start++;
        *name = (Span){rest->str, start, rest->start};
    } else if (c == '[') {
        while (rest->start < rest->end && at(rest, rest->start) != ']')
            rest->start++;
        if (rest->start >= rest->end)
            return value_error("Missing ']' in format string");
        *name = (Span){rest->str, start, rest->start++};
        *index = span_integer(name);
        if (*index == -2)
            return -1;
    } else {
        return value_error("Only '.' or '[' may follow ']' in format field specifier");
    }
    if (name->start >= name->end)
        return value_error("Empty attribute in format string");
    return 1;
}

/* ---- formatting ---- */

typedef struct {
    PyObject *const *args; /* positional arguments, then those that kwnames names */
    Py_ssize_t nargs;      /* -1 for format_map */
    PyObject *kwnames;     /* tuple, or NULL */
    PyObject *mapping;     /* of format_map */
    AutoNumber numbers;
} Source;

static int write_markup(Source *source, Span text, _PyUnicodeWriter *w, int depth);

/* The keyword argument called key, or KeyError. New. */
static PyObject *keyword(Source *source, PyObject *key)
{
    Py_ssize_t n = source->kwnames ? PyTuple_GET_SIZE(source->kwnames) : 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *name = PyTuple_GET_ITEM(source->kwnames, i);
        if (str_ready(name) < 0)
            return NULL;
        if (tai_str_equal(name, key)) {
            PyObject *v = source->args[source->nargs + i];
            Py_INCREF(v);
            return v;
        }
    }
    PyErr_SetObject(PyExc_KeyError, key);
    return NULL;
}

/* New. Runs code. */
static PyObject *first_object(Source *source, const Span *first, Py_ssize_t index)
{
    if (index == -1) {
        PyObject *key = span_str(first), *v;
        if (key == NULL)
            return NULL;
        v = source->mapping ? PyObject_GetItem(source->mapping, key) : keyword(source, key);
        Py_DECREF(key);
        return v;
    }
    if (source->nargs < 0) {
        value_error("Format string contains positional fields");
        return NULL;
    }
    if (index >= source->nargs) {
        PyErr_Format(PyExc_IndexError, "Replacement index %zd out of range for positional args tuple", index);
        return NULL;
    }
    PyObject *v = source->args[index];
    Py_INCREF(v);
    return v;
}

static PyObject *follow(PyObject *obj, int is_attribute, const Span *name, Py_ssize_t index)
{
    if (!is_attribute && index != -1) {
        if (PySequence_Check(obj))
            return PySequence_GetItem(obj, index);
        PyObject *key = PyLong_FromSsize_t(index), *v = key ? PyObject_GetItem(obj, key) : NULL;
        Py_XDECREF(key);
        return v;
    }
    PyObject *key = span_str(name), *v = NULL;
    if (key != NULL)
        v = is_attribute ? PyObject_GetAttr(obj, key) : PyObject_GetItem(obj, key);
    Py_XDECREF(key);
    return v;
}

/* The object that a field names. New. Runs code. */
static PyObject *field_object(Source *source, const Span *name)
{
    Span first, rest, part;
    Py_ssize_t index;
    int is_attribute, r;
    if (split_first(name, &first, &rest, &index, &source->numbers) < 0)
        return NULL;
    PyObject *obj = first_object(source, &first, index);
    while (obj != NULL && (r = next_access(&rest, &is_attribute, &part, &index)) != 0) {
        PyObject *inner = r < 0 ? NULL : follow(obj, is_attribute, &part, index);
        Py_DECREF(obj);
        obj = inner;
    }
    return obj;
}

static PyObject *convert(PyObject *obj, Py_UCS4 conversion)
{
    switch (conversion) {
    case 'r': return PyObject_Repr(obj);
    case 's': return PyObject_Str(obj);
    case 'a': return PyObject_ASCII(obj);
    default:
        if (conversion > 32 && conversion < 127)
            PyErr_Format(PyExc_ValueError, "Unknown conversion specifier %c", (int)conversion);
        else
            PyErr_Format(PyExc_ValueError, "Unknown conversion specifier \\x%x", (unsigned)conversion);
        return NULL;
    }
}

static int write_object(PyObject *obj, const Span *spec, _PyUnicodeWriter *w)
{
    PyObject *spec_str = spec->str ? spec->str : tai_str_empty_object;
    int (*fast)(_PyUnicodeWriter *, PyObject *, PyObject *, Py_ssize_t, Py_ssize_t) =
        PyUnicode_CheckExact(obj)   ? _PyUnicode_FormatAdvancedWriter
        : PyLong_CheckExact(obj)    ? _PyLong_FormatAdvancedWriter
        : PyFloat_CheckExact(obj)   ? _PyFloat_FormatAdvancedWriter
        : PyComplex_CheckExact(obj) ? _PyComplex_FormatAdvancedWriter
                                    : NULL;
    if (fast != NULL)
        return fast(w, obj, spec_str, spec->start, spec->end);
    PyObject *text = span_str(spec), *r = text ? PyObject_Format(obj, text) : NULL;
    Py_XDECREF(text);
    if (r == NULL)
        return -1;
    int result = _PyUnicodeWriter_WriteStr(w, r);
    Py_DECREF(r);
    return result;
}

/* Runs code. */
static int write_field(Source *source, const Piece *piece, _PyUnicodeWriter *w, int depth)
{
    int result = -1;
    Span spec = piece->spec;
    PyObject *expanded = NULL, *obj = field_object(source, &piece->name);
    if (obj == NULL)
        return -1;
    if (piece->conversion) {
        Py_SETREF(obj, convert(obj, piece->conversion));
        if (obj == NULL)
            return -1;
    }
    if (piece->spec_has_fields) {
        _PyUnicodeWriter inner;
        _PyUnicodeWriter_Init(&inner);
        if (write_markup(source, spec, &inner, depth - 1) < 0) {
            _PyUnicodeWriter_Dealloc(&inner);
            goto done;
        }
        expanded = _PyUnicodeWriter_Finish(&inner);
        if (expanded == NULL)
            goto done;
        spec = (Span){expanded, 0, str_len(expanded)};
    }
    result = write_object(obj, &spec, w);
done:
    Py_XDECREF(expanded);
    Py_DECREF(obj);
    return result;
}

static int write_markup(Source *source, Span text, _PyUnicodeWriter *w, int depth)
{
    Piece piece;
    int r;
    if (depth < 0)
        return value_error("Max string recursion exceeded");
    while ((r = next_piece(&text, &piece)) > 0) {
        if (piece.literal.end > piece.literal.start) {
            if (!piece.has_field && text.start >= text.end)
                w->overallocate = 0;
            if (_PyUnicodeWriter_WriteSubstring(w, text.str, piece.literal.start, piece.literal.end) < 0)
                return -1;
        }
        if (piece.has_field) {
            if (text.start >= text.end)
                w->overallocate = 0;
            if (write_field(source, &piece, w, depth) < 0)
                return -1;
        }
    }
    return r;
}

static PyObject *format(PyObject *self, Source *source)
{
    if (str_ready(self) < 0)
        return NULL;
    _PyUnicodeWriter w;
    _PyUnicodeWriter_Init(&w);
    w.overallocate = 1;
    w.min_length = str_len(self) + 100;
    if (write_markup(source, (Span){self, 0, str_len(self)}, &w, 1) < 0) {
        _PyUnicodeWriter_Dealloc(&w);
        return NULL;
    }
    return _PyUnicodeWriter_Finish(&w);
}

/* Only {} fields and plain text in an ascii format, with plain values. NULL without exception: not so. */
static PyObject *format_plain(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    PlainText out;
    const char *f = str_data(self), *end = f + str_len(self);
    Py_ssize_t next = 0;
    out.n = 0;
    while (f < end) {
        const char *stop = f;
        while (stop < end && *stop != '{' && *stop != '}')
            stop++;
        if (!plain_put(&out, f, stop - f))
            return NULL;
        if (stop == end)
            break;
        if (end - stop < 2 || stop[0] != '{' || stop[1] != '}' || next == nargs || !plain_put_value(&out, args[next++]))
            return NULL;
        f = stop + 2;
    }
    return out.n > 1 ? _PyUnicode_FromASCII(out.text, out.n) : NULL;
}

PyObject *tai_str_m_format(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    if (LIKELY(STR_ASCII(self)->state.ready) && str_is_ascii(self) && nargs > 0 && str_len(self) > 2) {
        PyObject *r = format_plain(self, args, nargs);
        if (r != NULL || PyErr_Occurred())
            return r;
    }
    return format(self, &(Source){.args = args, .nargs = nargs, .kwnames = kwnames});
}

PyObject *tai_str_m_format_map(PyObject *self, PyObject *mapping)
{
    return format(self, &(Source){.nargs = -1, .mapping = mapping});
}

/* ---- iterators of the _string module ---- */

typedef struct {
    PyObject_HEAD
    PyObject *str;
    Span rest;
} SpanIter;

static void span_iter_dealloc(SpanIter *it)
{
    Py_XDECREF(it->str);
    PyObject_Free(it);
}

static PyObject *span_iter_new(PyTypeObject *type, PyObject *str, Span rest)
{
    SpanIter *it = PyObject_New(SpanIter, type);
    if (it != NULL) {
        Py_INCREF(str);
        it->str = str;
        it->rest = rest;
    }
    return (PyObject *)it;
}

/* (literal, name, spec, conversion), the last three None without a field. */
static PyObject *formatter_next(SpanIter *it)
{
    Piece piece;
    PyObject *literal = NULL, *name = NULL, *spec = NULL, *conversion = NULL;
    if (next_piece(&it->rest, &piece) <= 0)
        return NULL;
    literal = span_str(&piece.literal);
    if (!piece.has_field) {
        name = Py_None;
        spec = Py_None;
        Py_INCREF(name);
        Py_INCREF(spec);
    } else {
        name = span_str(&piece.name);
        spec = span_str(&piece.spec);
    }
    if (piece.conversion == 0) {
        conversion = Py_None;
        Py_INCREF(conversion);
    } else {
        conversion = tai_str_from_char(piece.conversion);
    }
    PyObject *r = literal && name && spec && conversion ? PyTuple_Pack(4, literal, name, spec, conversion) : NULL;
    Py_XDECREF(literal);
    Py_XDECREF(name);
    Py_XDECREF(spec);
    Py_XDECREF(conversion);
    return r;
}

/* (is_attribute, name or index) */
static PyObject *field_name_next(SpanIter *it)
{
    int is_attribute;
    Span name;
    Py_ssize_t index;
    if (next_access(&it->rest, &is_attribute, &name, &index) <= 0)
        return NULL;
    PyObject *part = index == -1 ? span_str(&name) : PyLong_FromSsize_t(index);
    return part ? Py_BuildValue("(ON)", is_attribute ? Py_True : Py_False, part) : NULL;
}

#define SPAN_ITER_TYPE(symbol, name, next) \
    PyTypeObject symbol = { \
        PyVarObject_HEAD_INIT(&PyType_Type, 0) \
        .tp_name = name, \
        .tp_basicsize = sizeof(SpanIter), \
        .tp_dealloc = (destructor)span_iter_dealloc, \
        .tp_getattro = PyObject_GenericGetAttr, \
        .tp_flags = Py_TPFLAGS_DEFAULT, \
        .tp_iter = PyObject_SelfIter, \
        .tp_iternext = (iternextfunc)next, \
    };
SPAN_ITER_TYPE(tai_FormatterIter_Type, "formatteriterator", formatter_next)
SPAN_ITER_TYPE(tai_FieldNameIter_Type, "fieldnameiterator", field_name_next)

static int want_str(PyObject *arg)
{
    if (!PyUnicode_Check(arg)) {
        PyErr_Format(PyExc_TypeError, "expected str, got %s", Py_TYPE(arg)->tp_name);
        return -1;
    }
    return str_ready(arg);
}

static PyObject *formatter_parser(PyObject *module, PyObject *arg)
{
    if (want_str(arg) < 0)
        return NULL;
    return span_iter_new(&tai_FormatterIter_Type, arg, (Span){arg, 0, str_len(arg)});
}

static PyObject *formatter_field_name_split(PyObject *module, PyObject *arg)
{
    Span first, rest;
    Py_ssize_t index;
    if (want_str(arg) < 0 || split_first(&(Span){arg, 0, str_len(arg)}, &first, &rest, &index, NULL) < 0)
        return NULL;
    PyObject *head = index == -1 ? span_str(&first) : PyLong_FromSsize_t(index);
    PyObject *iter = head ? span_iter_new(&tai_FieldNameIter_Type, arg, rest) : NULL;
    if (iter == NULL) {
        Py_XDECREF(head);
        return NULL;
    }
    return Py_BuildValue("(NN)", head, iter);
}

static PyMethodDef string_methods[] = {
    {"formatter_field_name_split", formatter_field_name_split, METH_O,
     "Split a field name into its first part and an iterator over the accesses that follow."},
    {"formatter_parser", formatter_parser, METH_O,
     "Iterate over a format string: (literal text, field name, format spec, conversion)."},
    {NULL},
};

static struct PyModuleDef string_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_string",
    .m_doc = "string helper module",
    .m_methods = string_methods,
};

PyMODINIT_FUNC PyInit__string(void) { return PyModule_Create(&string_module); }
