/* SPDX-License-Identifier: MIT */
/* _csv: dialects, reader and writer of character-separated values (PEP 305).
 *
 * The reader is a machine over characters (feed), with the end of a line as character 0. A field that lies in one
 * piece in its line, plain or quoted, is cut out of it at once (take_plain, take_quoted); the machine does the rest.
 * Tests: tests/modules/test_small_natives.py.
 */
#include "Python.h"
#include "structmember.h"

#include <stddef.h>
#include <string.h>

enum { QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE };

typedef struct {
    PyObject_HEAD
    char doublequote, skipinitialspace, strict;
    int quoting;
    Py_UCS4 delimiter, quotechar, escapechar; /* 0: none */
    PyObject *lineterminator;
    /* By character below 128: what ends a plain field when reading, what needs care when writing. */
    unsigned char stops[128], specials[128];
} Dialect;

typedef enum {
    START_RECORD, START_FIELD, ESCAPED, IN_FIELD, IN_QUOTED, ESCAPE_IN_QUOTED, QUOTE_IN_QUOTED, EAT_NEWLINE, AFTER_ESCAPED_NEWLINE,
} State;

typedef struct {
    PyObject_HEAD
    PyObject *input;
    Dialect *dialect;
    PyObject *fields;      /* list: the record so far */
    State state;
    int numeric;           /* the field is unquoted and shall be a number */
    Py_UCS4 *field;        /* the field so far */
    Py_ssize_t length, room;
    unsigned long line_num;
} Reader;

typedef struct {
    PyObject_HEAD
    PyObject *write;
    Dialect *dialect;
} Writer;

static PyObject *csv_error, *dialects;
static long field_limit = 128 * 1024;
static PyTypeObject Dialect_Type, Reader_Type, Writer_Type;

/* ---- dialects ------------------------------------------------------------------------------------------------ */

static PyObject *char_or_none(Py_UCS4 c)
{
    if (c == 0)
        Py_RETURN_NONE;
    return PyUnicode_FromOrdinal((int)c);
}

static PyObject *get_delimiter(Dialect *self, void *unused) { return char_or_none(self->delimiter); }
static PyObject *get_escapechar(Dialect *self, void *unused) { return char_or_none(self->escapechar); }
static PyObject *get_quotechar(Dialect *self, void *unused) { return char_or_none(self->quotechar); }
static PyObject *get_quoting(Dialect *self, void *unused) { return PyLong_FromLong(self->quoting); }

static PyObject *get_lineterminator(Dialect *self, void *unused)
{
    Py_XINCREF(self->lineterminator);
    return self->lineterminator;
}

static int set_bool(char *target, PyObject *value, int deflt)
{
    int truth = value ? PyObject_IsTrue(value) : deflt;
    *target = truth > 0;
    return truth < 0 ? -1 : 0;
}

static int set_char(const char *name, Py_UCS4 *target, PyObject *value, Py_UCS4 deflt)
{
    *target = value ? 0 : deflt;
    if (value == NULL || value == Py_None)
        return 0;
    if (!PyUnicode_Check(value)) {
        PyErr_Format(PyExc_TypeError, "\"%s\" must be string, not %.200s", name, Py_TYPE(value)->tp_name);
        return -1;
    }
    Py_ssize_t n = PyUnicode_GetLength(value);
    if (n < 0 || n > 1) {
        if (n > 1)
            PyErr_Format(PyExc_TypeError, "\"%s\" must be a 1-character string", name);
        return -1;
    }
    if (n == 1)
        *target = PyUnicode_READ_CHAR(value, 0);
    return 0;
}

static int set_quoting(Dialect *self, PyObject *value)
{
    self->quoting = QUOTE_MINIMAL;
    if (value == NULL)
        return 0;
    if (!PyLong_CheckExact(value)) {
        PyErr_SetString(PyExc_TypeError, "\"quoting\" must be an integer");
        return -1;
    }
    self->quoting = _PyLong_AsInt(value);
    return self->quoting == -1 && PyErr_Occurred() ? -1 : 0;
}

static int set_lineterminator(Dialect *self, PyObject *value)
{
    if (value == NULL)
        self->lineterminator = PyUnicode_FromString("\r\n");
    else if (value != Py_None) {
        if (!PyUnicode_Check(value)) {
            PyErr_SetString(PyExc_TypeError, "\"lineterminator\" must be a string");
            return -1;
        }
        if (PyUnicode_READY(value) < 0)
            return -1;
        Py_INCREF(value);
        self->lineterminator = value;
    }
    return value == NULL && self->lineterminator == NULL ? -1 : 0;
}

static int type_error(const char *text)
{
    PyErr_SetString(PyExc_TypeError, text);
    return -1;
}

/* Can c not be written as it is? */
static int is_special(const Dialect *d, Py_UCS4 c)
{
    return c == d->delimiter || c == d->escapechar || c == d->quotechar ||
           PyUnicode_FindChar(d->lineterminator, c, 0, PyUnicode_GET_LENGTH(d->lineterminator), 1) >= 0;
}

enum { DELIMITER, DOUBLEQUOTE, ESCAPECHAR, LINETERMINATOR, QUOTECHAR, QUOTING, SKIPINITIALSPACE, STRICT, N_OPTIONS };

/* Take over the options (NULL: default) and look whether they go together. */
static int dialect_set(Dialect *self, PyObject *o[N_OPTIONS])
{
    if (set_char("delimiter", &self->delimiter, o[DELIMITER], ',') < 0 ||
        set_bool(&self->doublequote, o[DOUBLEQUOTE], 1) < 0 ||
        set_char("escapechar", &self->escapechar, o[ESCAPECHAR], 0) < 0 ||
        set_lineterminator(self, o[LINETERMINATOR]) < 0 ||
        set_char("quotechar", &self->quotechar, o[QUOTECHAR], '"') < 0 || set_quoting(self, o[QUOTING]) < 0 ||
        set_bool(&self->skipinitialspace, o[SKIPINITIALSPACE], 0) < 0 || set_bool(&self->strict, o[STRICT], 0) < 0)
        return -1;
    if (self->quoting < QUOTE_MINIMAL || self->quoting > QUOTE_NONE)
        return type_error("bad \"quoting\" value");
    if (self->delimiter == 0)
        return type_error("\"delimiter\" must be a 1-character string");
    if (o[QUOTECHAR] == Py_None && o[QUOTING] == NULL)
        self->quoting = QUOTE_NONE;
    if (self->quoting != QUOTE_NONE && self->quotechar == 0)
        return type_error("quotechar must be set if quoting enabled");
    if (self->lineterminator == NULL)
        return type_error("lineterminator must be set");
    for (Py_UCS4 c = 0; c < 128; c++) {
        self->specials[c] = (unsigned char)is_special(self, c);
        self->stops[c] = c == self->delimiter || c == self->escapechar || c == '\n' || c == '\r' || c == 0;
    }
    return 0;
}

/* The registered dialect; new, or NULL with an exception. */
static PyObject *find_dialect(PyObject *name)
{
    PyObject *found = PyDict_GetItemWithError(dialects, name);
    if (found == NULL && !PyErr_Occurred())
        PyErr_SetString(csv_error, "unknown dialect");
    Py_XINCREF(found);
    return found;
}

static PyObject *dialect_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"dialect", "delimiter", "doublequote", "escapechar", "lineterminator",
                               "quotechar", "quoting", "skipinitialspace", "strict", NULL};
    PyObject *base = NULL, *o[N_OPTIONS] = {NULL};
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|OOOOOOOOO", keywords, &base, &o[0], &o[1], &o[2], &o[3], &o[4], &o[5],
                                     &o[6], &o[7]))
        return NULL;
    int given = 0;
    for (int i = 0; i < N_OPTIONS; i++)
        given |= o[i] != NULL;
    if (base != NULL) {
        if (PyUnicode_Check(base)) {
            if ((base = find_dialect(base)) == NULL)
                return NULL;
        }
        else
            Py_INCREF(base);
        if (PyObject_TypeCheck(base, &Dialect_Type) && !given)
            return base; /* immutable: it may be shared */
    }
    for (int i = 0; i < N_OPTIONS; i++) {
        if (o[i] != NULL)
            Py_INCREF(o[i]);
        else if (base != NULL && (o[i] = PyObject_GetAttrString(base, keywords[i + 1])) == NULL)
            PyErr_Clear();
    }
    Dialect *self = (Dialect *)type->tp_alloc(type, 0);
    if (self != NULL && dialect_set(self, o) < 0)
        Py_CLEAR(self);
    for (int i = 0; i < N_OPTIONS; i++)
        Py_XDECREF(o[i]);
    Py_XDECREF(base);
    return (PyObject *)self;
}

static void dialect_dealloc(Dialect *self)
{
    Py_XDECREF(self->lineterminator);
    Py_TYPE(self)->tp_free(self);
}

static PyMemberDef dialect_members[] = {
    {"skipinitialspace", T_BOOL, offsetof(Dialect, skipinitialspace), READONLY},
    {"doublequote", T_BOOL, offsetof(Dialect, doublequote), READONLY},
    {"strict", T_BOOL, offsetof(Dialect, strict), READONLY},
    {NULL},
};

static PyGetSetDef dialect_getset[] = {
    {"delimiter", (getter)get_delimiter},
    {"escapechar", (getter)get_escapechar},
    {"lineterminator", (getter)get_lineterminator},
    {"quotechar", (getter)get_quotechar},
    {"quoting", (getter)get_quoting},
    {NULL},
};

static PyTypeObject Dialect_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_csv.Dialect",
    .tp_basicsize = sizeof(Dialect),
    .tp_dealloc = (destructor)dialect_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = PyDoc_STR("The options of a CSV format."),
    .tp_members = dialect_members,
    .tp_getset = dialect_getset,
    .tp_new = dialect_new,
};

/* Dialect(base, **kwds); base may be NULL. */
static PyObject *make_dialect(PyObject *base, PyObject *kwds)
{
    PyObject *args = base ? PyTuple_Pack(1, base) : PyTuple_New(0), *result;
    if (args == NULL)
        return NULL;
    result = PyObject_Call((PyObject *)&Dialect_Type, args, kwds);
    Py_DECREF(args);
    return result;
}

/* ---- reader -------------------------------------------------------------------------------------------------- */

static int add_char(Reader *self, Py_UCS4 c)
{
    if (self->length >= field_limit) {
        PyErr_Format(csv_error, "field larger than field limit (%ld)", field_limit);
        return -1;
    }
    if (self->length == self->room) {
        Py_ssize_t room = self->room ? self->room * 2 : 4096;
        Py_UCS4 *field = PyMem_Resize(self->field, Py_UCS4, room);
        if (field == NULL) {
            self->field = field;
            self->room = 0;
            PyErr_NoMemory();
            return -1;
        }
        self->room = room;
    }
    self->field[self->length++] = c;
    return 0;
}

/* Append a field (stolen) to the record, as a number if it has to be one. */
static int save(Reader *self, PyObject *field)
{
    if (field != NULL && self->numeric) {
        self->numeric = 0;
        Py_SETREF(field, PyNumber_Float(field));
    }
    if (field == NULL)
        return -1;
    int failed = PyList_Append(self->fields, field);
    Py_DECREF(field);
    return failed;
}

static int save_field(Reader *self)
{
    PyObject *field = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, self->field, self->length);
    self->length = 0;
    return save(self, field);
}

static inline int is_newline(Py_UCS4 c) { return c == '\n' || c == '\r'; }

/* The end of a field by the end of a line. */
static int end_line(Reader *self, Py_UCS4 c)
{
    self->state = c == 0 ? START_RECORD : EAT_NEWLINE;
    return save_field(self);
}

/* One character, 0 at the end of the line. 0 or -1. */
static int feed(Reader *self, Py_UCS4 c)
{
    const Dialect *d = self->dialect;
    int quotes = d->quoting != QUOTE_NONE;
    switch (self->state) {
    case START_RECORD:
        if (c == 0)
            return 0; /* empty line: empty record */
        if (is_newline(c)) {
            self->state = EAT_NEWLINE;
            return 0;
        }
        self->state = START_FIELD;
        /* fall through */
    case START_FIELD:
        if (c == 0 || is_newline(c))
            return end_line(self, c);
        if (c == d->quotechar && quotes)
            self->state = IN_QUOTED;
        else if (c == d->escapechar)
            self->state = ESCAPED;
        else if (c == ' ' && d->skipinitialspace)
            ;
        else if (c == d->delimiter)
            return save_field(self);
        else {
            self->numeric = d->quoting == QUOTE_NONNUMERIC;
            self->state = IN_FIELD;
            return add_char(self, c);
        }
        return 0;
    case ESCAPED:
        self->state = is_newline(c) ? AFTER_ESCAPED_NEWLINE : IN_FIELD;
        return add_char(self, c ? c : '\n');
    case AFTER_ESCAPED_NEWLINE:
        if (c == 0)
            return 0;
        /* fall through */
    case IN_FIELD:
        if (c == 0 || is_newline(c))
            return end_line(self, c);
        if (c == d->escapechar)
            self->state = ESCAPED;
        else if (c == d->delimiter) {
            self->state = START_FIELD;
            return save_field(self);
        }
        else
            return add_char(self, c);
        return 0;
    case IN_QUOTED:
        if (c == 0)
            return 0;
        if (c == d->escapechar)
            self->state = ESCAPE_IN_QUOTED;
        else if (c == d->quotechar && quotes)
            self->state = d->doublequote ? QUOTE_IN_QUOTED : IN_FIELD;
        else
            return add_char(self, c);
        return 0;
    case ESCAPE_IN_QUOTED:
        self->state = IN_QUOTED;
        return add_char(self, c ? c : '\n');
    case QUOTE_IN_QUOTED: /* the end, or the first of two quotes */
        if (quotes && c == d->quotechar) {
            self->state = IN_QUOTED;
            return add_char(self, c);
        }
        if (c == d->delimiter) {
            self->state = START_FIELD;
            return save_field(self);
        }
        if (c == 0 || is_newline(c))
            return end_line(self, c);
        if (!d->strict) {
            self->state = IN_FIELD;
            return add_char(self, c);
        }
        PyErr_Format(csv_error, "'%c' expected after '%c'", (int)d->delimiter, (int)d->quotechar);
        return -1;
    case EAT_NEWLINE:
        if (is_newline(c))
            return 0;
        if (c == 0) {
            self->state = START_RECORD;
            return 0;
        }
        PyErr_SetString(csv_error, "new-line character seen in unquoted field - do you need to open the file in "
                                   "universal-newline mode?");
        return -1;
    }
    return 0;
}

/* At the start of a field at i: if it lies in one piece in the line and ends with a delimiter, save it. The index after
 * the delimiter, or i if it does not, or -1. */
static Py_ssize_t take_piece(Reader *self, PyObject *line, int kind, const void *data, Py_ssize_t i, Py_ssize_t n)
{
    const Dialect *d = self->dialect;
    Py_ssize_t start = i, stop;
    Py_UCS4 c = PyUnicode_READ(kind, data, i);
    if (c == d->quotechar && d->quoting != QUOTE_NONE) {
        if (!d->doublequote)
            return i;
        for (stop = ++start; stop < n; stop++) {
            c = PyUnicode_READ(kind, data, stop);
            if (c == d->quotechar || c == d->escapechar || c == 0)
                break;
        }
        if (stop + 1 >= n || c != d->quotechar || PyUnicode_READ(kind, data, stop + 1) != d->delimiter)
            return i;
        i = stop + 2;
    }
    else {
        if (c == ' ' && d->skipinitialspace)
            return i;
        stop = start;
        if (PyUnicode_IS_ASCII(line))
            while (stop < n && !d->stops[((const unsigned char *)data)[stop]])
                stop++;
        for (; stop < n; stop++) {
            c = PyUnicode_READ(kind, data, stop);
            if (c < 128 ? d->stops[c] : c == d->delimiter || c == d->escapechar)
                break;
        }
        if (stop >= n || c != d->delimiter)
            return i;
        self->numeric = d->quoting == QUOTE_NONNUMERIC && stop > start;
        i = stop + 1;
    }
    if (stop - start > field_limit) {
        PyErr_Format(csv_error, "field larger than field limit (%ld)", field_limit);
        return -1;
    }
    return save(self, PyUnicode_Substring(line, start, stop)) < 0 ? -1 : i;
}

static int feed_line(Reader *self, PyObject *line)
{
    int kind = (int)PyUnicode_KIND(line);
    const void *data = PyUnicode_DATA(line);
    Py_ssize_t n = PyUnicode_GET_LENGTH(line), i = 0;
    while (i < n) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if ((self->state == START_FIELD || (self->state == START_RECORD && !is_newline(c))) && self->length == 0 && c != 0) {
            Py_ssize_t next = take_piece(self, line, kind, data, i, n);
            if (next < 0)
                return -1;
            if (next != i) {
                self->state = START_FIELD;
                i = next;
                continue;
            }
        }
        if (c == 0) {
            PyErr_SetString(csv_error, "line contains NUL");
            return -1;
        }
        if (feed(self, c) < 0)
            return -1;
        i++;
    }
    return feed(self, 0);
}

static int reset(Reader *self)
{
    Py_XSETREF(self->fields, PyList_New(0));
    self->length = 0;
    self->state = START_RECORD;
    self->numeric = 0;
    return self->fields ? 0 : -1;
}

static PyObject *reader_next(Reader *self)
{
    if (reset(self) < 0)
        return NULL;
    do {
        PyObject *line = PyIter_Next(self->input);
        if (line == NULL) {
            /* The end of the input inside a record. */
            if (!PyErr_Occurred() && self->fields != NULL && (self->length != 0 || self->state == IN_QUOTED)) {
                if (self->dialect->strict)
                    PyErr_SetString(csv_error, "unexpected end of data");
                else if (save_field(self) >= 0)
                    break;
            }
            return NULL;
        }
        int failed = -1;
        if (self->fields == NULL) /* the iterator has asked this reader, and that took the record away */
            PyErr_SetString(csv_error, "iterator has already advanced the reader");
        else if (!PyUnicode_Check(line))
            PyErr_Format(csv_error, "iterator should return strings, not %.200s (did you open the file in text mode?)",
                         Py_TYPE(line)->tp_name);
        else if (PyUnicode_READY(line) == 0) {
            self->line_num++;
            failed = feed_line(self, line);
        }
        Py_DECREF(line);
        if (failed)
            return NULL;
    } while (self->state != START_RECORD);
    PyObject *fields = self->fields; /* not NULL here: feeding a line runs no code */
    self->fields = NULL;
    return fields;
}

static void reader_dealloc(Reader *self)
{
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, reader_dealloc)
    Py_XDECREF(self->dialect);
    Py_XDECREF(self->input);
    Py_XDECREF(self->fields);
    PyMem_Free(self->field);
    PyObject_GC_Del(self);
    Py_TRASHCAN_END
}

static int reader_traverse(Reader *self, visitproc visit, void *arg)
{
    Py_VISIT(self->dialect);
    Py_VISIT(self->input);
    Py_VISIT(self->fields);
    return 0;
}

static int reader_clear(Reader *self)
{
    Py_CLEAR(self->dialect);
    Py_CLEAR(self->input);
    Py_CLEAR(self->fields);
    return 0;
}

static PyMemberDef reader_members[] = {
    {"dialect", T_OBJECT, offsetof(Reader, dialect), READONLY},
    {"line_num", T_ULONG, offsetof(Reader, line_num), READONLY},
    {NULL},
};

static PyTypeObject Reader_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_csv.reader",
    .tp_basicsize = sizeof(Reader),
    .tp_dealloc = (destructor)reader_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = PyDoc_STR("Iterator over the records of a CSV text, as lists of str."),
    .tp_traverse = (traverseproc)reader_traverse,
    .tp_clear = (inquiry)reader_clear,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)reader_next,
    .tp_members = reader_members,
};

static PyObject *csv_reader(PyObject *module, PyObject *args, PyObject *kwds)
{
    PyObject *iterable, *base = NULL;
    if (!PyArg_UnpackTuple(args, "", 1, 2, &iterable, &base))
        return NULL;
    Reader *self = PyObject_GC_New(Reader, &Reader_Type);
    if (self == NULL)
        return NULL;
    memset((char *)self + sizeof(PyObject), 0, sizeof(Reader) - sizeof(PyObject));
    if (reset(self) < 0 || (self->input = PyObject_GetIter(iterable)) == NULL ||
        (self->dialect = (Dialect *)make_dialect(base, kwds)) == NULL) {
        PyObject_GC_Track(self);
        Py_CLEAR(self);
    } else
        PyObject_GC_Track(self); /* not before: nothing finds a reader that is not complete */
    return (PyObject *)self;
}

/* ---- writer -------------------------------------------------------------------------------------------------- */

/* Append a field to the record: as it is, escaped, or in quotes. text NULL: empty. quoted: at any rate. */
static int write_field(Writer *self, _PyUnicodeWriter *out, PyObject *text, int quoted)
{
    const Dialect *d = self->dialect;
    Py_ssize_t n = text ? PyUnicode_GET_LENGTH(text) : 0, specials = 0;
    int kind = text ? (int)PyUnicode_KIND(text) : 1;
    const void *data = text ? PyUnicode_DATA(text) : NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if ((!(c < 128 ? d->specials[c] : is_special(d, c))))
            continue;
        specials++;
        int escape = d->quoting == QUOTE_NONE || (c == d->quotechar && !d->doublequote);
        if (escape && d->escapechar == 0) {
            PyErr_SetString(csv_error, "need to escape, but no escapechar set");
            return -1;
        }
        if (!escape)
            quoted = 1;
    }
    if (quoted && _PyUnicodeWriter_WriteChar(out, d->quotechar) < 0)
        return -1;
    if (specials == 0) {
        if (text && _PyUnicodeWriter_WriteStr(out, text) < 0)
            return -1;
    }
    else
        for (Py_ssize_t i = 0; i < n; i++) {
            Py_UCS4 c = PyUnicode_READ(kind, data, i), before = 0;
            if (c == d->quotechar && d->quoting != QUOTE_NONE)
                before = d->doublequote ? d->quotechar : d->escapechar;
            else if (d->quoting == QUOTE_NONE && is_special(d, c))
                before = d->escapechar;
            if ((before && _PyUnicodeWriter_WriteChar(out, before) < 0) || _PyUnicodeWriter_WriteChar(out, c) < 0)
                return -1;
        }
    return quoted ? _PyUnicodeWriter_WriteChar(out, d->quotechar) : 0;
}

static int write_value(Writer *self, _PyUnicodeWriter *out, PyObject *value)
{
    int quoted = self->dialect->quoting == QUOTE_ALL ||
                 (self->dialect->quoting == QUOTE_NONNUMERIC && !PyNumber_Check(value));
    if (value == Py_None)
        return write_field(self, out, NULL, quoted);
    PyObject *text = PyObject_Str(value);
    int result = text == NULL || PyUnicode_READY(text) < 0 ? -1 : write_field(self, out, text, quoted);
    Py_XDECREF(text);
    return result;
}

static PyObject *writer_writerow(Writer *self, PyObject *row)
{
    PyObject *iter = PyObject_GetIter(row), *value, *record, *result;
    if (iter == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_Format(csv_error, "iterable expected, not %.200s", Py_TYPE(row)->tp_name);
        return NULL;
    }
    _PyUnicodeWriter out;
    _PyUnicodeWriter_Init(&out);
    out.overallocate = 1;
    Py_ssize_t n = 0;
    int failed = 0;
    while (!failed && (value = PyIter_Next(iter)) != NULL) {
        failed = (n++ > 0 && _PyUnicodeWriter_WriteChar(&out, self->dialect->delimiter) < 0) ||
                 write_value(self, &out, value) < 0;
        Py_DECREF(value);
    }
    Py_DECREF(iter);
    if (failed || PyErr_Occurred())
        goto error;
    if (n > 0 && out.pos == 0) { /* one empty field: an empty line would mean an empty record */
        if (self->dialect->quoting == QUOTE_NONE) {
            PyErr_SetString(csv_error, "single empty field record must be quoted");
            goto error;
        }
        if (write_field(self, &out, NULL, 1) < 0)
            goto error;
    }
    if (_PyUnicodeWriter_WriteStr(&out, self->dialect->lineterminator) < 0)
        goto error;
    if ((record = _PyUnicodeWriter_Finish(&out)) == NULL)
        return NULL;
    result = PyObject_CallFunctionObjArgs(self->write, record, NULL);
    Py_DECREF(record);
    return result;
error:
    _PyUnicodeWriter_Dealloc(&out);
    return NULL;
}

static PyObject *writer_writerows(Writer *self, PyObject *rows)
{
    PyObject *iter = PyObject_GetIter(rows), *row;
    if (iter == NULL)
        return NULL;
    while ((row = PyIter_Next(iter)) != NULL) {
        PyObject *result = writer_writerow(self, row);
        Py_DECREF(row);
        if (result == NULL)
            break;
        Py_DECREF(result);
    }
    Py_DECREF(iter);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static void writer_dealloc(Writer *self)
{
    PyObject_GC_UnTrack(self);
    Py_XDECREF(self->dialect);
    Py_XDECREF(self->write);
    PyObject_GC_Del(self);
}

static int writer_traverse(Writer *self, visitproc visit, void *arg)
{
    Py_VISIT(self->dialect);
    Py_VISIT(self->write);
    return 0;
}

static int writer_clear(Writer *self)
{
    Py_CLEAR(self->dialect);
    Py_CLEAR(self->write);
    return 0;
}

static PyMethodDef writer_methods[] = {
    {"writerow", (PyCFunction)writer_writerow, METH_O,
     PyDoc_STR("writerow(iterable)\n\nWrite one record with these fields. Returns what write() returned.")},
    {"writerows", (PyCFunction)writer_writerows, METH_O,
     PyDoc_STR("writerows(iterable of iterables)\n\nWrite a record for each of the iterables.")},
    {NULL},
};

static PyMemberDef writer_members[] = {
    {"dialect", T_OBJECT, offsetof(Writer, dialect), READONLY},
    {NULL},
};

static PyTypeObject Writer_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_csv.writer",
    .tp_basicsize = sizeof(Writer),
    .tp_dealloc = (destructor)writer_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = PyDoc_STR("Writes records to an object with a method write()."),
    .tp_traverse = (traverseproc)writer_traverse,
    .tp_clear = (inquiry)writer_clear,
    .tp_methods = writer_methods,
    .tp_members = writer_members,
};

static PyObject *csv_writer(PyObject *module, PyObject *args, PyObject *kwds)
{
    _Py_IDENTIFIER(write);
    PyObject *file, *base = NULL;
    if (!PyArg_UnpackTuple(args, "", 1, 2, &file, &base))
        return NULL;
    Writer *self = PyObject_GC_New(Writer, &Writer_Type);
    if (self == NULL)
        return NULL;
    self->write = NULL;
    self->dialect = NULL;
    if (_PyObject_LookupAttrId(file, &PyId_write, &self->write) < 0)
        goto error;
    if (self->write == NULL || !PyCallable_Check(self->write)) {
        PyErr_SetString(PyExc_TypeError, "argument 1 must have a \"write\" method");
        goto error;
    }
    if ((self->dialect = (Dialect *)make_dialect(base, kwds)) != NULL) {
        PyObject_GC_Track(self);
        return (PyObject *)self;
    }
error:
    PyObject_GC_Track(self); /* as its dealloc expects */
    Py_DECREF(self);
    return NULL;
}

/* ---- module -------------------------------------------------------------------------------------------------- */

static PyObject *csv_list_dialects(PyObject *module, PyObject *unused) { return PyDict_Keys(dialects); }

static PyObject *csv_register_dialect(PyObject *module, PyObject *args, PyObject *kwds)
{
    PyObject *name, *base = NULL, *dialect;
    if (!PyArg_UnpackTuple(args, "", 1, 2, &name, &base))
        return NULL;
    if (!PyUnicode_Check(name)) {
        PyErr_SetString(PyExc_TypeError, "dialect name must be a string");
        return NULL;
    }
    if (PyUnicode_READY(name) < 0 || (dialect = make_dialect(base, kwds)) == NULL)
        return NULL;
    int failed = PyDict_SetItem(dialects, name, dialect);
    Py_DECREF(dialect);
    if (failed)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *csv_unregister_dialect(PyObject *module, PyObject *name)
{
    if (PyDict_DelItem(dialects, name) < 0) {
        if (PyErr_ExceptionMatches(PyExc_KeyError))
            PyErr_SetString(csv_error, "unknown dialect");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *csv_get_dialect(PyObject *module, PyObject *name) { return find_dialect(name); }

static PyObject *csv_field_size_limit(PyObject *module, PyObject *args)
{
    PyObject *limit = NULL;
    long old = field_limit;
    if (!PyArg_UnpackTuple(args, "field_size_limit", 0, 1, &limit))
        return NULL;
    if (limit != NULL) {
        if (!PyLong_CheckExact(limit)) {
            PyErr_SetString(PyExc_TypeError, "limit must be an integer");
            return NULL;
        }
        long value = PyLong_AsLong(limit);
        if (value == -1 && PyErr_Occurred())
            return NULL;
        field_limit = value;
    }
    return PyLong_FromLong(old);
}

#define KEYWORDS(FUNCTION) (PyCFunction)(void (*)(void))FUNCTION, METH_VARARGS | METH_KEYWORDS

static PyMethodDef methods[] = {
    {"reader", KEYWORDS(csv_reader),
     PyDoc_STR("csv_reader = reader(iterable [, dialect='excel'] [, options])\n\n"
               "An iterator over the records in the lines that iterable gives; a record may span lines.")},
    {"writer", KEYWORDS(csv_writer),
     PyDoc_STR("csv_writer = csv.writer(fileobj [, dialect='excel'] [, options])\n\n"
               "An object whose writerow() and writerows() call fileobj.write() with a line for each record.")},
    {"list_dialects", csv_list_dialects, METH_NOARGS, PyDoc_STR("Names of the registered dialects.")},
    {"register_dialect", KEYWORDS(csv_register_dialect),
     PyDoc_STR("dialect = csv.register_dialect(name[, dialect[, **options]])\n\nGive a dialect a name.")},
    {"unregister_dialect", csv_unregister_dialect, METH_O,
     PyDoc_STR("csv.unregister_dialect(name)\n\nForget a dialect; Error if there is none with the name.")},
    {"get_dialect", csv_get_dialect, METH_O,
     PyDoc_STR("dialect = csv.get_dialect(name)\n\nThe dialect with the name; Error if there is none.")},
    {"field_size_limit", csv_field_size_limit, METH_VARARGS,
     PyDoc_STR("csv.field_size_limit([limit])\n\nThe greatest length of a field that readers accept; limit replaces it.")},
    {NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_csv", PyDoc_STR("Reading and writing of character-separated values."), -1, methods,
};

PyMODINIT_FUNC PyInit__csv(void)
{
    if (PyType_Ready(&Dialect_Type) < 0 || PyType_Ready(&Reader_Type) < 0 || PyType_Ready(&Writer_Type) < 0)
        return NULL;
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL)
        return NULL;
    if (dialects == NULL)
        dialects = PyDict_New();
    if (csv_error == NULL)
        csv_error = PyErr_NewException("_csv.Error", NULL, NULL);
    Py_XINCREF(dialects);
    Py_XINCREF(csv_error);
    Py_INCREF(&Dialect_Type);
    if (dialects == NULL || csv_error == NULL || PyModule_AddObject(module, "_dialects", dialects) < 0 ||
        PyModule_AddObject(module, "Error", csv_error) < 0 ||
        PyModule_AddObject(module, "Dialect", (PyObject *)&Dialect_Type) < 0 ||
        PyModule_AddStringConstant(module, "__version__", "1.0") < 0 ||
        PyModule_AddIntMacro(module, QUOTE_MINIMAL) < 0 || PyModule_AddIntMacro(module, QUOTE_ALL) < 0 ||
        PyModule_AddIntMacro(module, QUOTE_NONNUMERIC) < 0 || PyModule_AddIntMacro(module, QUOTE_NONE) < 0)
        Py_CLEAR(module);
    return module;
}
