/* SPDX-License-Identifier: MIT */
/* str: slots, the methods that stand in no other file, the method table and the type. */
#include "objects/str/str.h"
#include "objects/str/str_init.h"
#include "structmember.h"

/* ---- indexing ---- */

static Py_ssize_t length(PyObject *self) { return str_ready(self) < 0 ? -1 : str_len(self); }

static PyObject *item(PyObject *self, Py_ssize_t i)
{
    if (str_ready(self) < 0)
        return NULL;
    if ((size_t)i >= (size_t)str_len(self)) {
        PyErr_SetString(PyExc_IndexError, "string index out of range");
        return NULL;
    }
    if (LIKELY(PyUnicode_IS_COMPACT_ASCII(self))) /* without a call */
        return tai_str_from_char(((const Py_UCS1 *)(STR_ASCII(self) + 1))[i]);
    return tai_str_from_char(tai_str_at(self, i));
}

static PyObject *stepped_slice(PyObject *self, Py_ssize_t start, Py_ssize_t step, Py_ssize_t n)
{
    int kind = str_kind(self);
    const void *data = str_data(self);
    Py_UCS4 bound = str_bound(self), seen = 0;
    if (bound > 0x7f) {
        for (Py_ssize_t i = 0, at = start; i < n; i++, at += step)
            seen |= str_get(kind, data, at);
        bound = seen < 0x80 ? 0x7f : seen < 0x100 ? 0xff : seen < 0x10000 ? 0xffff : STR_MAXCHAR;
    }
    if (n == 1)
        return tai_str_from_char(str_get(kind, data, start));
    PyObject *r = PyUnicode_New(n, bound);
    if (r == NULL)
        return NULL;
    int to_kind = str_kind(r);
    void *to = str_data(r);
    for (Py_ssize_t i = 0, at = start; i < n; i++, at += step)
        str_put(to_kind, to, i, str_get(kind, data, at));
    return r;
}

static PyObject *subscript(PyObject *self, PyObject *key)
{
    if (str_ready(self) < 0)
        return NULL;
    if (PyIndex_Check(key)) {
        Py_ssize_t i = PyNumber_AsSsize_t(key, PyExc_IndexError);
        if (i == -1 && PyErr_Occurred())
            return NULL;
        return item(self, i < 0 ? i + str_len(self) : i);
    }
    if (!PySlice_Check(key)) {
        PyErr_SetString(PyExc_TypeError, "string indices must be integers");
        return NULL;
    }
    Py_ssize_t start, stop, step;
    if (PySlice_Unpack(key, &start, &stop, &step) < 0)
        return NULL;
    Py_ssize_t n = PySlice_AdjustIndices(str_len(self), &start, &stop, step);
    if (n <= 0)
        return tai_str_empty();
    return step == 1 ? tai_str_slice(self, start, start + n) : stepped_slice(self, start, step, n);
}

/* ---- repr and str ---- */

/* Characters that repr writes for c, '\0' quote meaning: c needs no backslash as a quote. */
static int repr_width(Py_UCS4 c, Py_UCS4 quote)
{
    if (c == quote || c == '\\' || c == '\t' || c == '\r' || c == '\n')
        return 2;
    if (c < 0x7f)
        return c < ' ' ? 4 : 1;
    if (c == 0x7f)
        return 4;
    if (_PyUnicode_IsPrintable(c))
        return 1;
    return c < 0x100 ? 4 : c < 0x10000 ? 6 : 10;
}

static Py_ssize_t put_escape(int kind, void *out, Py_ssize_t o, Py_UCS4 c, int width)
{
    static const char names[] = "\tt\rr\nn";
    str_put(kind, out, o++, '\\');
    if (width == 2) {
        const char *at = c == '\t' || c == '\r' || c == '\n' ? strchr(names, (int)c) + 1 : NULL;
        str_put(kind, out, o++, at ? (Py_UCS4)*at : c);
        return o;
    }
    str_put(kind, out, o++, width == 4 ? 'x' : width == 6 ? 'u' : 'U');
    for (int shift = 4 * (width - 3); shift >= 0; shift -= 4)
        str_put(kind, out, o++, (Py_UCS4)Py_hexdigits[c >> shift & 15]);
    return o;
}

static PyObject *str_repr(PyObject *self)
{
    if (str_ready(self) < 0)
        return NULL;
    StrView v = str_view(self);
    int single = tai_str_find_char(v.kind, v.data, 0, v.len, '\'') >= 0;
    int twice = single && tai_str_find_char(v.kind, v.data, 0, v.len, '"') >= 0;
    Py_UCS4 quote = single && !twice ? '"' : '\'', bound = 0x7f;
    Py_ssize_t n = 2;
    for (Py_ssize_t i = 0; i < v.len; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        int width = repr_width(c, quote);
        if (width == 1 && c > bound)
            bound = c;
        if (n > PY_SSIZE_T_MAX - width) {
            PyErr_SetString(PyExc_OverflowError, "string is too long to generate repr");
            return NULL;
        }
        n += width;
    }
    PyObject *r = PyUnicode_New(n, bound);
    if (r == NULL)
        return NULL;
    int kind = str_kind(r);
    void *out = str_data(r);
    str_put(kind, out, 0, quote);
    str_put(kind, out, n - 1, quote);
    if (n == v.len + 2) {
        tai_str_copy(kind, out, 1, v.kind, v.data, 0, v.len);
        return r;
    }
    for (Py_ssize_t i = 0, o = 1; i < v.len; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        int width = repr_width(c, quote);
        if (width == 1)
            str_put(kind, out, o++, c);
        else
            o = put_escape(kind, out, o, c, width);
    }
    return r;
}

static PyObject *as_str(PyObject *self) { return str_ready(self) < 0 ? NULL : tai_str_exact(self); }

static PyObject *mod(PyObject *v, PyObject *w)
{
    if (!PyUnicode_Check(v))
        Py_RETURN_NOTIMPLEMENTED;
    return PyUnicode_Format(v, w);
}

/* ---- padding ---- */

static PyObject *pad(PyObject *self, Py_ssize_t left, Py_ssize_t right, Py_UCS4 fill)
{
    left = left < 0 ? 0 : left;
    right = right < 0 ? 0 : right;
    if (left == 0 && right == 0)
        return tai_str_exact(self);
    Py_ssize_t n = str_len(self);
    if (left > PY_SSIZE_T_MAX - n || right > PY_SSIZE_T_MAX - (left + n)) {
        PyErr_SetString(PyExc_OverflowError, "padded string is too long");
        return NULL;
    }
    PyObject *r = PyUnicode_New(left + n + right, str_bound(self) > fill ? str_bound(self) : fill);
    if (r == NULL)
        return NULL;
    int kind = str_kind(r);
    void *out = str_data(r);
    tai_str_fill(kind, out, 0, left, fill);
    tai_str_copy(kind, out, left, str_kind(self), str_data(self), 0, n);
    tai_str_fill(kind, out, left + n, right, fill);
    return r;
}


static int parse_padding(const char *name, PyObject *self, PyObject *const *args, Py_ssize_t nargs, Py_ssize_t *room,
                         Py_UCS4 *fill)
{
    Py_ssize_t width;
    *fill = ' ';
    if (!_PyArg_CheckPositional(name, nargs, 1, 2) || tai_str_size_argument(args[0], &width) < 0)
        return -1;
    if (nargs == 2) {
        if (!PyUnicode_Check(args[1])) {
            PyErr_Format(PyExc_TypeError, "The fill character must be a unicode character, not %.100s",
                         Py_TYPE(args[1])->tp_name);
            return -1;
        }
        if (str_ready(args[1]) < 0)
            return -1;
        if (str_len(args[1]) != 1) {
            PyErr_SetString(PyExc_TypeError, "The fill character must be exactly one character long");
            return -1;
        }
        *fill = tai_str_at(args[1], 0);
    }
    if (str_ready(self) < 0)
        return -1;
    *room = width > str_len(self) ? width - str_len(self) : 0;
    return 0;
}

static PyObject *m_ljust(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t room;
    Py_UCS4 fill;
    return parse_padding("ljust", self, args, nargs, &room, &fill) < 0 ? NULL : pad(self, 0, room, fill);
}

static PyObject *m_rjust(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t room;
    Py_UCS4 fill;
    return parse_padding("rjust", self, args, nargs, &room, &fill) < 0 ? NULL : pad(self, room, 0, fill);
}

/* An odd remainder goes left where the width is odd. */
static PyObject *m_center(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_ssize_t room;
    Py_UCS4 fill;
    if (parse_padding("center", self, args, nargs, &room, &fill) < 0)
        return NULL;
    Py_ssize_t left = room / 2 + (room & (str_len(self) + room) & 1);
    return pad(self, left, room - left, fill);
}

static PyObject *m_zfill(PyObject *self, PyObject *arg)
{
    Py_ssize_t width;
    if (tai_str_size_argument(arg, &width) < 0 || str_ready(self) < 0)
        return NULL;
    Py_ssize_t n = str_len(self), room = width - n;
    if (room <= 0)
        return tai_str_exact(self);
    PyObject *r = pad(self, room, 0, '0');
    if (r == NULL || n == 0)
        return r;
    Py_UCS4 sign = tai_str_at(self, 0);
    if (sign == '+' || sign == '-') {
        str_put(str_kind(r), str_data(r), 0, sign);
        str_put(str_kind(r), str_data(r), room, '0');
    }
    return r;
}

static int to_int(PyObject *arg, int *out)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *out = _PyLong_AsInt(arg);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

/* self has a tab. Measures, then fills. */
static PyObject *expand_tabs(PyObject *self, int tabsize)
{
    StrView v = str_view(self);
    Py_ssize_t column = 0, n = 0;
    for (Py_ssize_t i = 0; i < v.len; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        Py_ssize_t step = c != '\t' ? 1 : tabsize > 0 ? tabsize - column % tabsize : 0;
        if (n > PY_SSIZE_T_MAX - step) {
            PyErr_SetString(PyExc_OverflowError, "new string is too long");
            return NULL;
        }
        n += step;
        column = c == '\n' || c == '\r' ? 0 : column + step;
    }
    PyObject *r = PyUnicode_New(n, str_bound(self));
    if (r == NULL || n == 0)
        return r;
    void *out = str_data(r);
    column = 0;
    for (Py_ssize_t i = 0, o = 0; i < v.len; i++) {
        Py_UCS4 c = str_get(v.kind, v.data, i);
        if (c == '\t') {
            Py_ssize_t step = tabsize > 0 ? tabsize - column % tabsize : 0;
            tai_str_fill(v.kind, out, o, step, ' ');
            o += step;
            column += step;
        } else {
            str_put(v.kind, out, o++, c);
            column = c == '\n' || c == '\r' ? 0 : column + 1;
        }
    }
    return r;
}

static PyObject *m_expandtabs(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"tabsize", NULL};
    static _PyArg_Parser parser = {NULL, keywords, "expandtabs", 0};
    PyObject *buffer[1] = {NULL};
    int tabsize = 8;
    if (nargs || kwnames) {
        args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 0, 1, 0, buffer);
        if (args == NULL || (args[0] && to_int(args[0], &tabsize) < 0))
            return NULL;
    }
    if (str_ready(self) < 0)
        return NULL;
    if (tai_str_find_char(str_kind(self), str_data(self), 0, str_len(self), '\t') < 0)
        return tai_str_exact(self);
    return expand_tabs(self, tabsize);
}

/* ---- the rest of the methods ---- */

/* A str without inner zeros, as C text. */
static int to_c_text(const char *method, const char *which, PyObject *arg, const char **out)
{
    Py_ssize_t n;
    if (!PyUnicode_Check(arg)) {
        _PyArg_BadArgument(method, which, "str", arg);
        return -1;
    }
    *out = PyUnicode_AsUTF8AndSize(arg, &n);
    if (*out == NULL)
        return -1;
    if (strlen(*out) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return -1;
    }
    return 0;
}

static PyObject *m_encode(PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"encoding", "errors", NULL};
    static _PyArg_Parser parser = {NULL, keywords, "encode", 0};
    PyObject *buffer[2] = {NULL};
    const char *encoding = NULL, *errors = NULL;
    if (kwnames != NULL && PyTuple_GET_SIZE(kwnames) == 0)
        kwnames = NULL;
    if (nargs || kwnames) {
        args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 0, 2, 0, buffer);
        if (args == NULL || (args[0] && to_c_text("encode", "argument 'encoding'", args[0], &encoding) < 0))
            return NULL;
        int given = nargs > 1 || kwnames; /* UnpackKeywords fills both places then */
        if (given && args[1] && to_c_text("encode", "argument 'errors'", args[1], &errors) < 0)
            return NULL;
    }
    return PyUnicode_AsEncodedString(self, encoding, errors);
}

static PyObject *m_format_spec(PyObject *self, PyObject *spec)
{
    if (!PyUnicode_Check(spec)) {
        _PyArg_BadArgument("__format__", "argument", "str", spec);
        return NULL;
    }
    if (str_ready(spec) < 0 || str_ready(self) < 0)
        return NULL;
    if (str_len(spec) == 0) {
        if (!PyUnicode_CheckExact(self))
            return PyObject_Str(self);
        Py_INCREF(self);
        return self;
    }
    _PyUnicodeWriter w;
    _PyUnicodeWriter_Init(&w);
    if (_PyUnicode_FormatAdvancedWriter(&w, self, spec, 0, str_len(spec)) < 0) {
        _PyUnicodeWriter_Dealloc(&w);
        return NULL;
    }
    return _PyUnicodeWriter_Finish(&w);
}

static PyObject *m_sizeof(PyObject *self, PyObject *ignored) { return PyLong_FromSsize_t(tai_str_sizeof(self)); }

static PyObject *m_getnewargs(PyObject *self, PyObject *ignored)
{
    PyObject *copy = _PyUnicode_Copy(self);
    return copy ? Py_BuildValue("(N)", copy) : NULL;
}

static PyObject *make(PyObject *obj, const char *encoding, const char *errors)
{
    if (obj == NULL)
        return tai_str_empty();
    return encoding == NULL && errors == NULL ? PyObject_Str(obj) : PyUnicode_FromEncodedObject(obj, encoding, errors);
}

static PyObject *str_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"object", "encoding", "errors", NULL};
    PyObject *obj = NULL;
    char *encoding = NULL, *errors = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|Oss:str", keywords, &obj, &encoding, &errors))
        return NULL;
    PyObject *s = make(obj, encoding, errors);
    if (type == &PyUnicode_Type || s == NULL)
        return s;
    PyObject *self = tai_str_new_subtype(type, s);
    Py_DECREF(s);
    return self;
}

/* str(...) itself; subclasses come through str_new. */
static PyObject *str_vectorcall(PyObject *type, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    static const char *const keywords[] = {"object", "encoding", "errors", NULL};
    static _PyArg_Parser parser = {"|Oss:str", keywords, NULL, 0};
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if (kwnames == NULL && nargs <= 1)
        return nargs == 0 ? tai_str_empty() : PyObject_Str(args[0]);
    PyObject *obj = NULL;
    char *encoding = NULL, *errors = NULL;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &obj, &encoding, &errors))
        return NULL;
    return make(obj, encoding, errors);
}

/* ---- tables ---- */

#define NOARGS(name, doc) {#name, tai_str_m_##name, METH_NOARGS, #name "($self, /)\n--\n\n" doc}
#define FAST(name, doc) {#name, (PyCFunction)(void (*)(void))tai_str_m_##name, METH_FASTCALL, doc}
#define FASTKW(name, function, doc) {name, (PyCFunction)(void (*)(void))function, METH_FASTCALL | METH_KEYWORDS, doc}
#define SEARCH(name, word, result, doc) \
    FAST(name, "S." #name "(" word "[, start[, end]]) -> " result "\n\n" doc "\nstart and end limit it as in a slice.")

static PyMethodDef methods[] = {
    FASTKW("encode", m_encode, "encode($self, /, encoding='utf-8', errors='strict')\n--\n\n"
           "The string as bytes in an encoding; errors names the handler for what cannot be encoded."),
    {"replace", (PyCFunction)(void (*)(void))tai_str_m_replace, METH_FASTCALL,
     "replace($self, old, new, count=-1, /)\n--\n\nReplace occurrences of old by new, the first count of them or all."},
    FASTKW("split", tai_str_m_split, "split($self, /, sep=None, maxsplit=-1)\n--\n\n"
           "List of the parts between separators (runs of white space without sep), at most maxsplit cuts."),
    FASTKW("rsplit", tai_str_m_rsplit, "rsplit($self, /, sep=None, maxsplit=-1)\n--\n\n"
           "As split, cutting from the end."),
    {"join", tai_str_m_join, METH_O, "join($self, iterable, /)\n--\n\nThe strings of iterable with this one between them."},
    NOARGS(capitalize, "First character in title case, the others in lower case."),
    NOARGS(casefold, "Form for comparisons that ignore case."),
    NOARGS(title, "Each word with an upper case start, the rest lower case."),
    {"center", (PyCFunction)(void (*)(void))m_center, METH_FASTCALL,
     "center($self, width, fillchar=' ', /)\n--\n\nPad on both sides to width."},
    SEARCH(count, "sub", "int", "Number of occurrences of sub that do not overlap."),
    FASTKW("expandtabs", m_expandtabs, "expandtabs($self, /, tabsize=8)\n--\n\nReplace tabs by spaces up to the next tab stop."),
    SEARCH(find, "sub", "int", "Lowest index of sub, -1 if it is absent."),
    {"partition", tai_str_m_partition, METH_O, "partition($self, sep, /)\n--\n\n"
     "(before, sep, after) at the first sep, or (string, '', '') without one."},
    SEARCH(index, "sub", "int", "Lowest index of sub; ValueError if it is absent."),
    {"ljust", (PyCFunction)(void (*)(void))m_ljust, METH_FASTCALL,
     "ljust($self, width, fillchar=' ', /)\n--\n\nPad on the right to width."},
    NOARGS(lower, "All characters in lower case."),
    {"lstrip", (PyCFunction)(void (*)(void))tai_str_m_lstrip, METH_FASTCALL,
     "lstrip($self, chars=None, /)\n--\n\nWithout the leading white space, or characters of chars."},
    SEARCH(rfind, "sub", "int", "Highest index of sub, -1 if it is absent."),
    SEARCH(rindex, "sub", "int", "Highest index of sub; ValueError if it is absent."),
    {"rjust", (PyCFunction)(void (*)(void))m_rjust, METH_FASTCALL,
     "rjust($self, width, fillchar=' ', /)\n--\n\nPad on the left to width."},
    {"rstrip", (PyCFunction)(void (*)(void))tai_str_m_rstrip, METH_FASTCALL,
     "rstrip($self, chars=None, /)\n--\n\nWithout the trailing white space, or characters of chars."},
    {"rpartition", tai_str_m_rpartition, METH_O, "rpartition($self, sep, /)\n--\n\n"
     "(before, sep, after) at the last sep, or ('', '', string) without one."},
    FASTKW("splitlines", tai_str_m_splitlines, "splitlines($self, /, keepends=False)\n--\n\n"
           "List of the lines, with their ends if keepends."),
    {"strip", (PyCFunction)(void (*)(void))tai_str_m_strip, METH_FASTCALL,
     "strip($self, chars=None, /)\n--\n\nWithout white space, or characters of chars, at both ends."},
    NOARGS(swapcase, "Upper case to lower case and the other way round."),
    {"translate", tai_str_m_translate, METH_O, "translate($self, table, /)\n--\n\n"
     "Replace each character by table[ordinal]: a string, an ordinal, or None to delete; LookupError keeps it."},
    NOARGS(upper, "All characters in upper case."),
    SEARCH(startswith, "prefix", "bool", "Whether it starts with prefix, or one of a tuple of prefixes."),
    SEARCH(endswith, "suffix", "bool", "Whether it ends with suffix, or one of a tuple of suffixes."),
    NOARGS(isascii, "True if all characters are below U+0080; so is the empty string."),
    NOARGS(islower, "True if there are cased characters and all are lower case."),
    NOARGS(isupper, "True if there are cased characters and all are upper case."),
    NOARGS(istitle, "True if upper case follows uncased and lower case follows cased characters only."),
    NOARGS(isspace, "True if there are characters and all are white space."),
    NOARGS(isdecimal, "True if there are characters and all are decimal digits."),
    NOARGS(isdigit, "True if there are characters and all are digits."),
    NOARGS(isnumeric, "True if there are characters and all have a numeric value."),
    NOARGS(isalpha, "True if there are characters and all are letters."),
    NOARGS(isalnum, "True if there are characters and all are letters or numeric."),
    NOARGS(isidentifier, "True if it has the form of an identifier; keywords have it too."),
    NOARGS(isprintable, "True if repr would show all characters as they are."),
    {"zfill", m_zfill, METH_O, "zfill($self, width, /)\n--\n\nPad with zeros on the left, after a sign, to width."},
    {"format", (PyCFunction)(void (*)(void))tai_str_m_format, METH_FASTCALL | METH_KEYWORDS,
     "S.format(*args, **kwargs) -> str\n\nReplace the fields in braces by formatted arguments."},
    {"format_map", tai_str_m_format_map, METH_O,
     "S.format_map(mapping) -> str\n\nReplace the fields in braces by formatted values of mapping."},
    {"__format__", m_format_spec, METH_O, "__format__($self, format_spec, /)\n--\n\nThe string laid out by a format specification."},
    {"maketrans", (PyCFunction)(void (*)(void))tai_str_m_maketrans, METH_FASTCALL | METH_STATIC,
     "maketrans(x, y=<unrepresentable>, z=<unrepresentable>, /)\n--\n\nTable for translate: from a dict, or from characters x to those of y, deleting z."},
    {"__sizeof__", m_sizeof, METH_NOARGS, "__sizeof__($self, /)\n--\n\nSize in memory, in bytes."},
    {"__getnewargs__", m_getnewargs, METH_NOARGS, NULL},
    {NULL},
};

static PyNumberMethods as_number = {.nb_remainder = mod};

static PySequenceMethods as_sequence = {
    .sq_length = length,
    .sq_concat = PyUnicode_Concat,
    .sq_repeat = tai_str_repeat,
    .sq_item = item,
    .sq_contains = PyUnicode_Contains,
};

static PyMappingMethods as_mapping = {.mp_length = length, .mp_subscript = subscript};

static PyObject *iter(PyObject *self);

PyTypeObject PyUnicode_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "str",
    .tp_basicsize = sizeof(PyUnicodeObject),
    .tp_dealloc = tai_str_dealloc,
    .tp_repr = str_repr,
    .tp_as_number = &as_number,
    .tp_as_sequence = &as_sequence,
    .tp_as_mapping = &as_mapping,
    .tp_hash = tai_str_hash,
    .tp_str = as_str,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_UNICODE_SUBCLASS,
    .tp_doc = "str(object='') -> str\n"
              "str(bytes_or_buffer[, encoding[, errors]]) -> str\n\n"
              "The text form of an object, as its __str__ or else __repr__ gives it; or, where encoding or errors is given,\n"
              "the decoded content of a bytes-like object (defaults: utf-8, 'strict').",
    .tp_richcompare = PyUnicode_RichCompare,
    .tp_iter = iter,
    .tp_methods = methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = str_new,
    .tp_free = PyObject_Del,
    .tp_vectorcall = str_vectorcall,
};

/* ---- iterator ---- */

typedef struct {
    PyObject_HEAD
    Py_ssize_t index;
    PyObject *string; /* NULL once exhausted */
} StrIter;

static PyObject *iter(PyObject *self)
{
    if (str_ready(self) < 0)
        return NULL;
    StrIter *it = PyObject_GC_New(StrIter, &PyUnicodeIter_Type);
    if (it == NULL)
        return NULL;
    it->index = 0;
    Py_INCREF(self);
    it->string = self;
    PyObject_GC_Track(it);
    return (PyObject *)it;
}

static void iter_dealloc(StrIter *it)
{
    PyObject_GC_UnTrack(it);
    Py_XDECREF(it->string);
    PyObject_GC_Del(it);
}

static int iter_traverse(StrIter *it, visitproc visit, void *arg)
{
    Py_VISIT(it->string);
    return 0;
}

static PyObject *iter_next(StrIter *it)
{
    if (it->string == NULL)
        return NULL;
    if (it->index < str_len(it->string))
        return tai_str_from_char(tai_str_at(it->string, it->index++));
    Py_CLEAR(it->string);
    return NULL;
}

static PyObject *iter_length_hint(StrIter *it, PyObject *ignored)
{
    return PyLong_FromSsize_t(it->string ? str_len(it->string) - it->index : 0);
}

static PyObject *iter_reduce(StrIter *it, PyObject *ignored)
{
    _Py_IDENTIFIER(iter);
    PyObject *builtin = _PyEval_GetBuiltinId(&PyId_iter);
    if (it->string != NULL)
        return Py_BuildValue("N(O)n", builtin, it->string, it->index);
    return Py_BuildValue("N(N)", builtin, tai_str_empty());
}

static PyObject *iter_setstate(StrIter *it, PyObject *state)
{
    Py_ssize_t index = PyLong_AsSsize_t(state);
    if (index == -1 && PyErr_Occurred())
        return NULL;
    if (it->string != NULL) {
        if (index < 0)
            index = 0;
        else if (index > str_len(it->string))
            index = str_len(it->string);
        it->index = index;
    }
    Py_RETURN_NONE;
}

static PyMethodDef iter_methods[] = {
    {"__length_hint__", (PyCFunction)iter_length_hint, METH_NOARGS, "Number of characters to come."},
    {"__reduce__", (PyCFunction)iter_reduce, METH_NOARGS, "State for pickling."},
    {"__setstate__", (PyCFunction)iter_setstate, METH_O, "Set the position."},
    {NULL},
};

PyTypeObject PyUnicodeIter_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "str_iterator",
    .tp_basicsize = sizeof(StrIter),
    .tp_dealloc = (destructor)iter_dealloc,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)iter_traverse,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)iter_next,
    .tp_methods = iter_methods,
};

/* ---- start ---- */

int tai_str_types_init(void)
{
    PyTypeObject *types[] = {&tai_FormatterIter_Type, &tai_FieldNameIter_Type, &tai_EncodingMap_Type};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(types); i++)
        if (PyType_Ready(types[i]) < 0)
            return -1;
    return 0;
}
