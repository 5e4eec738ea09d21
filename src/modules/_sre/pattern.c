/* SPDX-License-Identifier: MIT */
/* _sre: the module, pattern objects and their methods, scanners. */
#include "modules/_sre/sre.h"
#include "structmember.h"
#include <stddef.h>

/* ---- arguments ---- */

typedef struct {
    PyObject *string;
    Py_ssize_t pos, endpos;
} Range;

static int to_ssize(PyObject *arg, Py_ssize_t *out)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    PyObject *n = PyNumber_Index(arg);
    if (n == NULL)
        return -1;
    *out = PyLong_AsSsize_t(n);
    Py_DECREF(n);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

/* (string, pos=0, endpos=sys.maxsize) */
static int range_args(_PyArg_Parser *parser, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, Range *r)
{
    PyObject *buffer[3] = {NULL}, *values[3] = {NULL};
    r->pos = 0;
    r->endpos = PY_SSIZE_T_MAX;
    if (kwnames == NULL && nargs == 1) {
        r->string = args[0];
        return 0;
    }
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, parser, 1, 3, 0, buffer);
    if (args == NULL)
        return -1;
    for (int i = 0; i < 3 && (args == buffer || i < nargs); i++)
        values[i] = args[i];
    r->string = values[0];
    return (values[1] && to_ssize(values[1], &r->pos) < 0) || (values[2] && to_ssize(values[2], &r->endpos) < 0) ? -1 : 0;
}

static const char *const range_keywords[] = {"string", "pos", "endpos", NULL};

/* ---- match, fullmatch, search ---- */

enum How { MATCH, FULLMATCH, SEARCH };

static PyObject *run_once(PatternObject *self, _PyArg_Parser *parser, PyObject *const *args, Py_ssize_t nargs,
                          PyObject *kwnames, enum How how)
{
    State s;
    Range r;
    if (range_args(parser, args, nargs, kwnames, &r) < 0 || sre_state_init(&s, self, r.string, r.pos, r.endpos) < 0)
        return NULL;
    s.match_all = how == FULLMATCH;
    int status = how == SEARCH ? sre_state_search(&s, self->program) : sre_state_match(&s, self->program);
    PyObject *m = sre_match_new(self, &s, status);
    sre_state_fini(&s);
    return m;
}

#define ONCE(name, how) \
    static PyObject *m_##name(PatternObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames) \
    { \
        static _PyArg_Parser parser = {NULL, range_keywords, #name, 0}; \
        return run_once(self, &parser, args, nargs, kwnames, how); \
    }
ONCE(match, MATCH)
ONCE(fullmatch, FULLMATCH)
ONCE(search, SEARCH)

/* ---- findall, split ---- */

static Py_ssize_t offset(const State *s, const void *p) { return ((const char *)p - s->beginning) >> (s->kind >> 1); }

static PyObject *slice(State *s, Py_ssize_t start, Py_ssize_t end)
{
    return sre_slice(s->is_bytes, s->beginning, s->string, start, end);
}

/* Text of group i (from 0, not counting the whole); unmatched: an empty string, or None. */
static PyObject *group_text(State *s, Py_ssize_t i, int empty)
{
    const void *a = s->regs[2 * i], *b = s->regs[2 * i + 1];
    if (a && b)
        return slice(s, offset(s, a), offset(s, b));
    if (empty)
        return slice(s, 0, 0);
    Py_RETURN_NONE;
}

static void advance(State *s)
{
    s->must_advance = s->ptr == s->start;
    s->start = s->ptr;
}

static int append_steal(PyObject *list, PyObject *v)
{
    int r = v == NULL ? -1 : PyList_Append(list, v);
    Py_XDECREF(v);
    return r;
}

static PyObject *found_item(PatternObject *self, State *s)
{
    if (self->groups == 0)
        return slice(s, offset(s, s->start), offset(s, s->ptr));
    if (self->groups == 1)
        return group_text(s, 0, 1);
    PyObject *t = PyTuple_New(self->groups);
    for (Py_ssize_t i = 0; t != NULL && i < self->groups; i++) {
        PyObject *text = group_text(s, i, 1);
        if (text == NULL)
            Py_CLEAR(t);
        else
            PyTuple_SET_ITEM(t, i, text);
    }
    return t;
}

static PyObject *m_findall(PatternObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, range_keywords, "findall", 0};
    State s;
    Range r;
    if (range_args(&parser, args, nargs, kwnames, &r) < 0 || sre_state_init(&s, self, r.string, r.pos, r.endpos) < 0)
        return NULL;
    PyObject *list = PyList_New(0);
    int status = SRE_NO_MATCH;
    while (list != NULL && s.start <= s.end && (status = sre_state_search(&s, self->program)) == SRE_MATCH) {
        if (append_steal(list, found_item(self, &s)) < 0)
            Py_CLEAR(list);
        advance(&s);
    }
    if (status == SRE_ERROR)
        Py_CLEAR(list);
    sre_state_fini(&s);
    return list;
}

static PyObject *m_split(PatternObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"string", "maxsplit", NULL};
    static _PyArg_Parser parser = {NULL, keywords, "split", 0};
    PyObject *buffer[2] = {NULL};
    State s;
    Py_ssize_t maxsplit = 0, n = 0, last = 0;
    if (kwnames != NULL && PyTuple_GET_SIZE(kwnames) == 0)
        kwnames = NULL;
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 1, 2, 0, buffer);
    if (args == NULL || ((kwnames || nargs > 1) && args[1] && to_ssize(args[1], &maxsplit) < 0) ||
        sre_state_init(&s, self, args[0], 0, PY_SSIZE_T_MAX) < 0)
        return NULL;
    PyObject *list = PyList_New(0);
    int status = SRE_NO_MATCH;
    while (list != NULL && (maxsplit == 0 || n < maxsplit) && (status = sre_state_search(&s, self->program)) == SRE_MATCH) {
        if (append_steal(list, slice(&s, last, offset(&s, s.start))) < 0)
            Py_CLEAR(list);
        for (Py_ssize_t i = 0; list != NULL && i < self->groups; i++)
            if (append_steal(list, group_text(&s, i, 0)) < 0)
                Py_CLEAR(list);
        n++;
        last = offset(&s, s.ptr);
        advance(&s);
    }
    if (status == SRE_ERROR)
        Py_CLEAR(list);
    if (list != NULL && append_steal(list, slice(&s, last, s.endpos)) < 0)
        Py_CLEAR(list);
    sre_state_fini(&s);
    return list;
}

/* ---- sub, subn ---- */

/* What is put in place of a match. */
typedef struct {
    PyObject *function;            /* called with the match, or NULL */
    PyObject *literal;             /* put as it is, or NULL */
    PyObject *groups, *literals;   /* lists of a parsed template: (index, group) pairs, and texts */
} Template;

static void template_fini(Template *t)
{
    Py_XDECREF(t->function);
    Py_XDECREF(t->literal);
    Py_XDECREF(t->groups);
    Py_XDECREF(t->literals);
}

static PyObject *call_re(const char *function, PyObject *a, PyObject *b, PyObject *c)
{
    PyObject *module = PyImport_ImportModule("re");
    if (module == NULL)
        return NULL;
    PyObject *f = PyObject_GetAttrString(module, function);
    Py_DECREF(module);
    PyObject *r = f ? PyObject_CallFunctionObjArgs(f, a, b, c, NULL) : NULL;
    Py_XDECREF(f);
    return r;
}

/* 1 if text is a string without backslashes. */
static int is_literal(PyObject *text)
{
    if (PyUnicode_Check(text))
        return PyUnicode_READY(text) == 0 && PyUnicode_FindChar(text, '\\', 0, PyUnicode_GET_LENGTH(text), 1) == -1;
    Py_buffer view;
    if (PyObject_GetBuffer(text, &view, PyBUF_SIMPLE) != 0) {
        PyErr_Clear();
        return 0;
    }
    int r = view.len == 0 || memchr(view.buf, '\\', (size_t)view.len) == NULL;
    PyBuffer_Release(&view);
    return r;
}

/* A parsed template that has the shape (groups, literals) with groups in range is expanded here. */
static int is_parsed(PyObject *parsed)
{
    if (!PyTuple_CheckExact(parsed) || PyTuple_GET_SIZE(parsed) != 2)
        return 0;
    PyObject *groups = PyTuple_GET_ITEM(parsed, 0), *literals = PyTuple_GET_ITEM(parsed, 1);
    if (!PyList_CheckExact(groups) || !PyList_CheckExact(literals))
        return 0;
    Py_ssize_t before = -1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(groups); i++) {
        PyObject *pair = PyList_GET_ITEM(groups, i);
        if (!PyTuple_CheckExact(pair) || PyTuple_GET_SIZE(pair) != 2 || !PyLong_CheckExact(PyTuple_GET_ITEM(pair, 0)) ||
            !PyLong_CheckExact(PyTuple_GET_ITEM(pair, 1)))
            return 0;
        Py_ssize_t at = PyLong_AsSsize_t(PyTuple_GET_ITEM(pair, 0));
        if (at <= before || at >= PyList_GET_SIZE(literals)) {
            PyErr_Clear();
            return 0;
        }
        before = at;
    }
    return 1;
}

/* Runs code. */
static int template_init(Template *t, PatternObject *self, PyObject *repl)
{
    *t = (Template){NULL, NULL, NULL, NULL};
    if (PyCallable_Check(repl)) {
        Py_INCREF(repl);
        t->function = repl;
        return 0;
    }
    if (is_literal(repl)) {
        Py_INCREF(repl);
        t->literal = repl;
        return 0;
    }
    if (PyErr_Occurred())
        return -1;
    PyObject *parsed = call_re("_compile_repl", repl, (PyObject *)self, NULL);
    if (parsed == NULL && !PyErr_ExceptionMatches(PyExc_AttributeError))
        return -1;
    if (parsed != NULL && is_parsed(parsed)) {
        PyObject *groups = PyTuple_GET_ITEM(parsed, 0), *literals = PyTuple_GET_ITEM(parsed, 1);
        if (PyList_GET_SIZE(groups) == 0 && PyList_GET_SIZE(literals) == 1) {
            t->literal = PyList_GET_ITEM(literals, 0);
            Py_INCREF(t->literal);
        } else {
            Py_INCREF(groups);
            Py_INCREF(literals);
            t->groups = groups;
            t->literals = literals;
        }
        Py_DECREF(parsed);
        return 0;
    }
    PyErr_Clear();
    Py_XDECREF(parsed);
    PyObject *filter = call_re("_subx", (PyObject *)self, repl, NULL);
    if (filter == NULL)
        return -1;
    if (PyCallable_Check(filter))
        t->function = filter;
    else
        t->literal = filter;
    return 0;
}

/* Append the expansion of a parsed template. */
static int expand_template(Template *t, PatternObject *self, State *s, PyObject *list)
{
    Py_ssize_t next = 0, n = PyList_GET_SIZE(t->literals);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *text;
        if (next < PyList_GET_SIZE(t->groups) &&
            PyLong_AsSsize_t(PyTuple_GET_ITEM(PyList_GET_ITEM(t->groups, next), 0)) == i) {
            Py_ssize_t group = PyLong_AsSsize_t(PyTuple_GET_ITEM(PyList_GET_ITEM(t->groups, next), 1));
            next++;
            if (group < 0 || group > self->groups) {
                PyErr_Format(PyExc_IndexError, "invalid group reference %zd", group);
                return -1;
            }
            text = group == 0 ? slice(s, offset(s, s->start), offset(s, s->ptr)) : group_text(s, group - 1, 1);
        } else {
            text = PyList_GET_ITEM(t->literals, i);
            Py_INCREF(text);
        }
        if (append_steal(list, text) < 0)
            return -1;
    }
    return 0;
}

static int append_replacement(Template *t, PatternObject *self, State *s, PyObject *list)
{
    if (t->groups)
        return expand_template(t, self, s, list);
    if (t->literal)
        return t->literal == Py_None ? 0 : PyList_Append(list, t->literal);
    PyObject *m = sre_match_new(self, s, SRE_MATCH);
    if (m == NULL)
        return -1;
    PyObject *text = PyObject_CallFunctionObjArgs(t->function, m, NULL);
    Py_DECREF(m);
    if (text == Py_None) {
        Py_DECREF(text);
        return 0;
    }
    return append_steal(list, text);
}

/* Join pieces of the string's kind. Steals list. */
static PyObject *join(State *s, PyObject *list)
{
    PyObject *empty = slice(s, 0, 0), *r = NULL;
    if (empty != NULL) {
        if (PyList_GET_SIZE(list) == 0) {
            r = empty;
            Py_INCREF(r);
        } else {
            r = s->is_bytes ? _PyBytes_Join(empty, list) : PyUnicode_Join(empty, list);
        }
    }
    Py_XDECREF(empty);
    Py_DECREF(list);
    return r;
}

/* Runs code: repl may be a function. */
static PyObject *substitute(PatternObject *self, PyObject *repl, PyObject *string, Py_ssize_t count, int with_count)
{
    State s;
    Template t;
    Py_ssize_t n = 0, last = 0;
    PyObject *list = NULL, *r = NULL;
    int status = SRE_NO_MATCH;
    if (template_init(&t, self, repl) < 0)
        return NULL;
    if (sre_state_init(&s, self, string, 0, PY_SSIZE_T_MAX) < 0) {
        template_fini(&t);
        return NULL;
    }
    if ((list = PyList_New(0)) == NULL)
        goto done;
    while ((count == 0 || n < count) && (status = sre_state_search(&s, self->program)) == SRE_MATCH) {
        Py_ssize_t b = offset(&s, s.start), e = offset(&s, s.ptr);
        if (last < b && append_steal(list, slice(&s, last, b)) < 0)
            goto done;
        if (append_replacement(&t, self, &s, list) < 0)
            goto done;
        last = e;
        n++;
        advance(&s);
    }
    if (status == SRE_ERROR || (last < s.endpos && append_steal(list, slice(&s, last, s.endpos)) < 0))
        goto done;
    r = join(&s, list);
    list = NULL;
    if (r != NULL && with_count)
        r = Py_BuildValue("Nn", r, n);
done:
    Py_XDECREF(list);
    sre_state_fini(&s);
    template_fini(&t);
    return r;
}

static PyObject *run_sub(PatternObject *self, _PyArg_Parser *parser, PyObject *const *args, Py_ssize_t nargs,
                         PyObject *kwnames, int with_count)
{
    PyObject *buffer[3] = {NULL};
    Py_ssize_t count = 0;
    if (kwnames != NULL && PyTuple_GET_SIZE(kwnames) == 0)
        kwnames = NULL;
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, parser, 2, 3, 0, buffer);
    if (args == NULL || ((kwnames || nargs > 2) && args[2] && to_ssize(args[2], &count) < 0))
        return NULL;
    return substitute(self, args[0], args[1], count, with_count);
}

static const char *const sub_keywords[] = {"repl", "string", "count", NULL};

static PyObject *m_sub(PatternObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, sub_keywords, "sub", 0};
    return run_sub(self, &parser, args, nargs, kwnames, 0);
}

static PyObject *m_subn(PatternObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, sub_keywords, "subn", 0};
    return run_sub(self, &parser, args, nargs, kwnames, 1);
}

/* ---- scanners, finditer ---- */

typedef struct {
    PyObject_HEAD
    PatternObject *pattern;
    int done;
    State state;
} ScannerObject;

static PyObject *scanner_new(PyTypeObject *type, PatternObject *pattern, const Range *r)
{
    ScannerObject *sc = PyObject_New(ScannerObject, type);
    if (sc == NULL)
        return NULL;
    sc->done = 0;
    sc->pattern = NULL;
    if (sre_state_init(&sc->state, pattern, r->string, r->pos, r->endpos) < 0) {
        PyObject_Free(sc);
        return NULL;
    }
    Py_INCREF(pattern);
    sc->pattern = pattern;
    return (PyObject *)sc;
}

static void scanner_dealloc(ScannerObject *sc)
{
    sre_state_fini(&sc->state);
    Py_XDECREF(sc->pattern);
    PyObject_Free(sc);
}

static PyObject *scan(ScannerObject *sc, int search)
{
    State *s = &sc->state;
    if (sc->done)
        Py_RETURN_NONE;
    int status = search ? sre_state_search(s, sc->pattern->program) : sre_state_match(s, sc->pattern->program);
    PyObject *m = sre_match_new(sc->pattern, s, status);
    if (status == SRE_MATCH)
        advance(s);
    else
        sc->done = 1;
    return m;
}

static PyObject *scanner_match(ScannerObject *sc, PyObject *ignored) { return scan(sc, 0); }
static PyObject *scanner_search(ScannerObject *sc, PyObject *ignored) { return scan(sc, 1); }

/* An iterator over matches: two pointers, as iter(function, None) has, and a scanner that nobody else sees. */
typedef struct {
    PyObject_HEAD
    ScannerObject *scanner;
    PyObject *unused;
} FindIterObject;

static void iter_dealloc(FindIterObject *it)
{
    Py_XDECREF(it->scanner);
    PyObject_Free(it);
}

static PyObject *iter_next(FindIterObject *it)
{
    PyObject *m = scan(it->scanner, 1);
    if (m == Py_None)
        Py_CLEAR(m);
    return m;
}

/* As if it were iter(scanner.search, None), which can be copied where the scanner can. */
static PyObject *iter_reduce(FindIterObject *it, PyObject *Py_UNUSED(ignored))
{
    _Py_IDENTIFIER(iter);
    return Py_BuildValue("N(NO)", _PyEval_GetBuiltinId(&PyId_iter), PyObject_GetAttrString((PyObject *)it->scanner, "search"), Py_None);
}

static PyMethodDef iter_methods[] = {
    {"__reduce__", (PyCFunction)iter_reduce, METH_NOARGS, "__reduce__($self, /)\n--\n\nHow copy and pickle make the iterator again."},
    {NULL},
};

static PyMethodDef scanner_methods[] = {
    {"match", (PyCFunction)scanner_match, METH_NOARGS, "match($self, /)\n--\n\nMatch where the last match ended."},
    {"search", (PyCFunction)scanner_search, METH_NOARGS, "search($self, /)\n--\n\nSearch from where the last match ended."},
    {NULL},
};

static PyMemberDef scanner_members[] = {
    {"pattern", T_OBJECT, offsetof(ScannerObject, pattern), READONLY},
    {NULL},
};

PyTypeObject sre_Scanner_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_sre.SRE_Scanner",
    .tp_basicsize = sizeof(ScannerObject),
    .tp_dealloc = (destructor)scanner_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = scanner_methods,
    .tp_members = scanner_members,
};

PyTypeObject sre_FindIter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "callable_iterator",
    .tp_basicsize = sizeof(FindIterObject),
    .tp_dealloc = (destructor)iter_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = (iternextfunc)iter_next,
    .tp_methods = iter_methods,
};

static PyObject *m_finditer(PatternObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, range_keywords, "finditer", 0};
    Range r;
    if (range_args(&parser, args, nargs, kwnames, &r) < 0)
        return NULL;
    PyObject *scanner = scanner_new(&sre_Scanner_Type, self, &r);
    FindIterObject *it = scanner ? PyObject_New(FindIterObject, &sre_FindIter_Type) : NULL;
    if (it == NULL) {
        Py_XDECREF(scanner);
        return NULL;
    }
    it->scanner = (ScannerObject *)scanner;
    it->unused = NULL;
    return (PyObject *)it;
}

static PyObject *m_scanner(PatternObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, range_keywords, "scanner", 0};
    Range r;
    return range_args(&parser, args, nargs, kwnames, &r) < 0 ? NULL : scanner_new(&sre_Scanner_Type, self, &r);
}

/* ---- the object ---- */

static PyObject *m_copy(PyObject *self, PyObject *ignored)
{
    Py_INCREF(self);
    return self;
}

static void pattern_dealloc(PatternObject *self)
{
    if (self->weakreflist)
        PyObject_ClearWeakRefs((PyObject *)self);
    sre_program_free(self->program);
    Py_XDECREF(self->pattern);
    Py_XDECREF(self->groupindex);
    Py_XDECREF(self->indexgroup);
    PyObject_Free(self);
}

static PyObject *flag_names(int flags)
{
    static const struct {
        const char *name;
        int flag;
    } names[] = {
        {"re.TEMPLATE", FLAG_TEMPLATE}, {"re.IGNORECASE", FLAG_IGNORECASE}, {"re.LOCALE", FLAG_LOCALE},
        {"re.MULTILINE", FLAG_MULTILINE}, {"re.DOTALL", FLAG_DOTALL}, {"re.UNICODE", FLAG_UNICODE},
        {"re.VERBOSE", FLAG_VERBOSE}, {"re.DEBUG", FLAG_DEBUG}, {"re.ASCII", FLAG_ASCII},
    };
    PyObject *list = PyList_New(0), *bar, *r;
    for (size_t i = 0; list != NULL && i < Py_ARRAY_LENGTH(names); i++) {
        if (!(flags & names[i].flag))
            continue;
        flags &= ~names[i].flag;
        if (append_steal(list, PyUnicode_FromString(names[i].name)) < 0)
            Py_CLEAR(list);
    }
    if (list != NULL && flags && append_steal(list, PyUnicode_FromFormat("0x%x", flags)) < 0)
        Py_CLEAR(list);
    if (list == NULL)
        return NULL;
    bar = PyUnicode_FromString("|");
    r = bar ? PyUnicode_Join(bar, list) : NULL;
    Py_XDECREF(bar);
    Py_DECREF(list);
    return r;
}

static PyObject *pattern_repr(PatternObject *self)
{
    int flags = self->flags;
    if (self->is_bytes == 0 && (flags & (FLAG_LOCALE | FLAG_UNICODE | FLAG_ASCII)) == FLAG_UNICODE)
        flags &= ~FLAG_UNICODE;
    if (flags == 0)
        return PyUnicode_FromFormat("re.compile(%.200R)", self->pattern);
    PyObject *names = flag_names(flags), *r;
    if (names == NULL)
        return NULL;
    r = PyUnicode_FromFormat("re.compile(%.200R, %S)", self->pattern, names);
    Py_DECREF(names);
    return r;
}

static Py_hash_t pattern_hash(PatternObject *self)
{
    Py_hash_t h = PyObject_Hash(self->pattern);
    if (h == -1)
        return -1;
    h ^= _Py_HashBytes(self->code, self->codesize * (Py_ssize_t)sizeof(Code));
    h ^= self->flags ^ self->is_bytes ^ self->codesize;
    return h == -1 ? -2 : h;
}

static PyObject *pattern_compare(PyObject *a_, PyObject *b_, int op)
{
    if ((op != Py_EQ && op != Py_NE) || Py_TYPE(a_) != Py_TYPE(b_))
        Py_RETURN_NOTIMPLEMENTED;
    PatternObject *a = (PatternObject *)a_, *b = (PatternObject *)b_;
    int equal = a == b;
    if (!equal && a->flags == b->flags && a->is_bytes == b->is_bytes && a->codesize == b->codesize &&
        memcmp(a->code, b->code, (size_t)a->codesize * sizeof(Code)) == 0) {
        equal = PyObject_RichCompareBool(a->pattern, b->pattern, Py_EQ);
        if (equal < 0)
            return NULL;
    }
    return PyBool_FromLong(equal == (op == Py_EQ));
}

/* Names are shown through a proxy; without any, the empty dict itself is what programs have always got. */
static PyObject *get_groupindex(PatternObject *self, void *ignored)
{
    if (PyDict_GET_SIZE(self->groupindex) > 0)
        return PyDictProxy_New(self->groupindex);
    return PyDict_New();
}

#define RANGE_METHOD(name, doc) \
    {#name, (PyCFunction)(void (*)(void))m_##name, METH_FASTCALL | METH_KEYWORDS, \
     #name "($self, /, string, pos=0, endpos=sys.maxsize)\n--\n\n" doc}

static PyMethodDef pattern_methods[] = {
    RANGE_METHOD(match, "Match object if the start of the string matches, else None."),
    RANGE_METHOD(fullmatch, "Match object if all of the string matches, else None."),
    {"sub", (PyCFunction)(void (*)(void))m_sub, METH_FASTCALL | METH_KEYWORDS,
     "sub($self, /, repl, string, count=0)\n--\n\nThe string with its matches (at most count, 0: all) replaced by repl."},
    {"subn", (PyCFunction)(void (*)(void))m_subn, METH_FASTCALL | METH_KEYWORDS,
     "subn($self, /, repl, string, count=0)\n--\n\nAs sub, with the number of replacements: (string, number)."},
    RANGE_METHOD(search, "Match object for the first place that matches, or None."),
    {"split", (PyCFunction)(void (*)(void))m_split, METH_FASTCALL | METH_KEYWORDS,
     "split($self, /, string, maxsplit=0)\n--\n\nThe parts between matches (at most maxsplit of them, 0: all)."},
    RANGE_METHOD(findall, "List of what matches: text, or the group, or a tuple of the groups."),
    RANGE_METHOD(finditer, "Iterator over match objects of all matches."),
    RANGE_METHOD(scanner, "An object that matches or searches step by step."),
    {"__copy__", m_copy, METH_NOARGS, "__copy__($self, /)\n--\n\n"},
    {"__deepcopy__", m_copy, METH_O, "__deepcopy__($self, memo, /)\n--\n\n"},
    {NULL},
};

static PyMemberDef pattern_members[] = {
    {"pattern", T_OBJECT, offsetof(PatternObject, pattern), READONLY, "What it was compiled from."},
    {"flags", T_INT, offsetof(PatternObject, flags), READONLY, "Its flags."},
    {"groups", T_PYSSIZET, offsetof(PatternObject, groups), READONLY, "Number of its groups."},
    {NULL},
};

static PyGetSetDef pattern_getset[] = {
    {"groupindex", (getter)get_groupindex, NULL, "Numbers of the named groups."},
    {NULL},
};

PyTypeObject sre_Pattern_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "re.Pattern",
    .tp_basicsize = offsetof(PatternObject, code),
    .tp_itemsize = sizeof(Code),
    .tp_dealloc = (destructor)pattern_dealloc,
    .tp_repr = (reprfunc)pattern_repr,
    .tp_hash = (hashfunc)pattern_hash,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Compiled regular expression object.",
    .tp_richcompare = pattern_compare,
    .tp_weaklistoffset = offsetof(PatternObject, weakreflist),
    .tp_methods = pattern_methods,
    .tp_members = pattern_members,
    .tp_getset = pattern_getset,
};

/* ---- the module ---- */

static int copy_code(PatternObject *self, PyObject *code)
{
    for (Py_ssize_t i = 0; i < self->codesize; i++) {
        unsigned long word = PyLong_AsUnsignedLong(PyList_GET_ITEM(code, i));
        if (word == (unsigned long)-1 && PyErr_Occurred()) {
            if (PyErr_ExceptionMatches(PyExc_OverflowError))
                PyErr_SetString(PyExc_OverflowError, "regular expression code size limit exceeded");
            return -1;
        }
        self->code[i] = (Code)word;
        if (self->code[i] != word) {
            PyErr_SetString(PyExc_OverflowError, "regular expression code size limit exceeded");
            return -1;
        }
    }
    return 0;
}

/* 0 str, 1 bytes-like, -1 None, -2 with TypeError. */
static int kind_of_pattern(PyObject *pattern)
{
    if (pattern == Py_None)
        return -1;
    if (PyUnicode_Check(pattern))
        return PyUnicode_READY(pattern) < 0 ? -2 : 0;
    if (PyObject_CheckBuffer(pattern))
        return 1;
    PyErr_SetString(PyExc_TypeError, "expected string or bytes-like object");
    return -2;
}

static PyObject *new_pattern(PyObject *pattern, int flags, PyObject *code, Py_ssize_t groups, PyObject *groupindex,
                             PyObject *indexgroup)
{
    Py_ssize_t n = PyList_GET_SIZE(code);
    PatternObject *self = PyObject_NewVar(PatternObject, &sre_Pattern_Type, n);
    if (self == NULL)
        return NULL;
    self->weakreflist = NULL;
    self->pattern = self->groupindex = self->indexgroup = NULL;
    self->program = NULL;
    self->codesize = n;
    self->flags = flags;
    self->groups = groups;
    self->is_bytes = kind_of_pattern(pattern);
    if (self->is_bytes == -2 || copy_code(self, code) < 0)
        goto error;
    if ((self->program = sre_program_new(self->code, n, groups)) == NULL)
        goto error;
    Py_INCREF(pattern);
    self->pattern = pattern;
    Py_INCREF(groupindex);
    self->groupindex = groupindex;
    Py_INCREF(indexgroup);
    self->indexgroup = indexgroup;
    return (PyObject *)self;
error:
    Py_DECREF(self);
    return NULL;
}

static PyObject *m_compile(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"pattern", "flags", "code", "groups", "groupindex", "indexgroup", NULL};
    static _PyArg_Parser parser = {"OiO!nO!O!:compile", keywords, NULL, 0};
    PyObject *pattern, *code, *groupindex, *indexgroup;
    int flags;
    Py_ssize_t groups;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, &parser, &pattern, &flags, &PyList_Type, &code, &groups,
                                      &PyDict_Type, &groupindex, &PyTuple_Type, &indexgroup))
        return NULL;
    return new_pattern(pattern, flags, code, groups, groupindex, indexgroup);
}

static PyObject *m_getcodesize(PyObject *module, PyObject *ignored) { return PyLong_FromSize_t(sizeof(Code)); }

static int char_arg(PyObject *arg, Py_UCS4 *c)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    int n = _PyLong_AsInt(arg);
    *c = (Py_UCS4)n;
    return n == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *m_ascii_iscased(PyObject *module, PyObject *arg)
{
    Py_UCS4 c;
    return char_arg(arg, &c) < 0 ? NULL : PyBool_FromLong(c < 128 && Py_ISALPHA(c));
}

static PyObject *m_unicode_iscased(PyObject *module, PyObject *arg)
{
    Py_UCS4 c;
    return char_arg(arg, &c) < 0 ? NULL : PyBool_FromLong(Py_UNICODE_TOLOWER(c) != c || Py_UNICODE_TOUPPER(c) != c);
}

static PyObject *m_ascii_tolower(PyObject *module, PyObject *arg)
{
    Py_UCS4 c;
    return char_arg(arg, &c) < 0 ? NULL : PyLong_FromLong(c < 128 ? (long)Py_TOLOWER(c) : (int)c);
}

static PyObject *m_unicode_tolower(PyObject *module, PyObject *arg)
{
    Py_UCS4 c;
    return char_arg(arg, &c) < 0 ? NULL : PyLong_FromLong((int)Py_UNICODE_TOLOWER(c));
}

static PyMethodDef module_methods[] = {
    {"compile", (PyCFunction)(void (*)(void))m_compile, METH_FASTCALL | METH_KEYWORDS,
     "compile($module, /, pattern, flags, code, groups, groupindex,\n        indexgroup)\n--\n\nMake a pattern object."},
    {"getcodesize", m_getcodesize, METH_NOARGS, "getcodesize($module, /)\n--\n\n"},
    {"ascii_iscased", m_ascii_iscased, METH_O, "ascii_iscased($module, character, /)\n--\n\n"},
    {"unicode_iscased", m_unicode_iscased, METH_O, "unicode_iscased($module, character, /)\n--\n\n"},
    {"ascii_tolower", m_ascii_tolower, METH_O, "ascii_tolower($module, character, /)\n--\n\n"},
    {"unicode_tolower", m_unicode_tolower, METH_O, "unicode_tolower($module, character, /)\n--\n\n"},
    {NULL},
};

static struct PyModuleDef module_def = {PyModuleDef_HEAD_INIT, .m_name = "_sre", .m_methods = module_methods, .m_size = -1};

PyMODINIT_FUNC PyInit__sre(void)
{
    PyTypeObject *types[] = {&sre_Pattern_Type, &sre_Match_Type, &sre_Scanner_Type, &sre_FindIter_Type};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(types); i++)
        if (PyType_Ready(types[i]) < 0)
            return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    if (PyModule_AddIntConstant(m, "MAGIC", SRE_MAGIC) < 0 ||
        PyModule_AddIntConstant(m, "CODESIZE", sizeof(Code)) < 0 ||
        PyModule_AddObject(m, "MAXREPEAT", PyLong_FromUnsignedLong(SRE_MAXREPEAT)) < 0 ||
        PyModule_AddObject(m, "MAXGROUPS", PyLong_FromUnsignedLong(SRE_MAXGROUPS)) < 0 ||
        PyModule_AddStringConstant(m, "copyright", "taipan regular expressions") < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
