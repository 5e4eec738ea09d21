/* SPDX-License-Identifier: MIT */
/* _sre: match objects. */
#include "modules/_sre/sre.h"
#include "structmember.h"
#include <stddef.h>

static void match_dealloc(MatchObject *m)
{
    Py_XDECREF(m->regs);
    Py_XDECREF(m->string);
    Py_DECREF(m->pattern);
    PyObject_Free(m);
}

/* Number of the group that an int or a name means, or -1 with IndexError. */
static Py_ssize_t group_number(MatchObject *m, PyObject *which)
{
    Py_ssize_t i = -1;
    if (which == NULL)
        return 0;
    if (PyIndex_Check(which)) {
        i = PyNumber_AsSsize_t(which, NULL);
    } else {
        PyObject *number = PyDict_GetItem(m->pattern->groupindex, which); /* what has no hash is no name either */
        if (number != NULL && PyLong_Check(number))
            i = PyLong_AsSsize_t(number);
    }
    if (i >= 0 && i < m->groups)
        return i;
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_IndexError, "no such group");
    return -1;
}

static PyObject *group_of(MatchObject *m, PyObject *which)
{
    Py_ssize_t i = group_number(m, which);
    return i < 0 ? NULL : sre_match_group(m, i, Py_None);
}

static PyObject *m_group(MatchObject *m, PyObject *const *args, Py_ssize_t nargs)
{
    if (nargs <= 1)
        return nargs == 0 ? sre_match_group(m, 0, Py_None) : group_of(m, args[0]);
    PyObject *t = PyTuple_New(nargs);
    for (Py_ssize_t i = 0; t != NULL && i < nargs; i++) {
        PyObject *text = group_of(m, args[i]);
        if (text == NULL)
            Py_CLEAR(t);
        else
            PyTuple_SET_ITEM(t, i, text);
    }
    return t;
}

/* (default=None) */
static int default_arg(_PyArg_Parser *parser, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, PyObject **value)
{
    PyObject *buffer[1] = {NULL};
    *value = Py_None;
    if (nargs == 0 && (kwnames == NULL || PyTuple_GET_SIZE(kwnames) == 0))
        return 0;
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, parser, 0, 1, 0, buffer);
    if (args == NULL)
        return -1;
    if (args[0])
        *value = args[0];
    return 0;
}

static const char *const default_keywords[] = {"default", NULL};

static PyObject *m_groups(MatchObject *m, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, default_keywords, "groups", 0};
    PyObject *otherwise;
    if (default_arg(&parser, args, nargs, kwnames, &otherwise) < 0)
        return NULL;
    PyObject *t = PyTuple_New(m->groups - 1);
    for (Py_ssize_t i = 1; t != NULL && i < m->groups; i++) {
        PyObject *text = sre_match_group(m, i, otherwise);
        if (text == NULL)
            Py_CLEAR(t);
        else
            PyTuple_SET_ITEM(t, i - 1, text);
    }
    return t;
}

static PyObject *m_groupdict(MatchObject *m, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, default_keywords, "groupdict", 0};
    PyObject *otherwise, *name, *number;
    Py_ssize_t at = 0;
    if (default_arg(&parser, args, nargs, kwnames, &otherwise) < 0)
        return NULL;
    PyObject *d = PyDict_New();
    while (d != NULL && PyDict_Next(m->pattern->groupindex, &at, &name, &number)) {
        Py_INCREF(name);
        Py_ssize_t i = group_number(m, name);
        PyObject *text = i < 0 ? NULL : sre_match_group(m, i, otherwise);
        if (text == NULL || PyDict_SetItem(d, name, text) < 0)
            Py_CLEAR(d);
        Py_XDECREF(text);
        Py_DECREF(name);
    }
    return d;
}

static PyObject *pair(Py_ssize_t a, Py_ssize_t b)
{
    PyObject *t = PyTuple_New(2), *x = PyLong_FromSsize_t(a), *y = PyLong_FromSsize_t(b);
    if (t == NULL || x == NULL || y == NULL) {
        Py_XDECREF(t);
        Py_XDECREF(x);
        Py_XDECREF(y);
        return NULL;
    }
    PyTuple_SET_ITEM(t, 0, x);
    PyTuple_SET_ITEM(t, 1, y);
    return t;
}

#define POSITION_METHOD(name, value) \
    static PyObject *m_##name(MatchObject *m, PyObject *const *args, Py_ssize_t nargs) \
    { \
        if (nargs > 1 && !_PyArg_CheckPositional(#name, nargs, 0, 1)) \
            return NULL; \
        Py_ssize_t i = group_number(m, nargs ? args[0] : NULL); \
        return i < 0 ? NULL : value; \
    }
POSITION_METHOD(start, PyLong_FromSsize_t(m->mark[2 * i]))
POSITION_METHOD(end, PyLong_FromSsize_t(m->mark[2 * i + 1]))
POSITION_METHOD(span, pair(m->mark[2 * i], m->mark[2 * i + 1]))

static PyObject *m_expand(MatchObject *m, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const keywords[] = {"template", NULL};
    static _PyArg_Parser parser = {NULL, keywords, "expand", 0};
    PyObject *buffer[1] = {NULL};
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 1, 1, 0, buffer);
    if (args == NULL)
        return NULL;
    PyObject *re = PyImport_ImportModule("re");
    PyObject *r = re ? PyObject_CallMethod(re, "_expand", "OOO", m->pattern, m, args[0]) : NULL;
    Py_XDECREF(re);
    return r;
}

static PyObject *m_copy(PyObject *self, PyObject *ignored)
{
    Py_INCREF(self);
    return self;
}

static PyObject *get_regs(MatchObject *m, void *ignored)
{
    if (m->regs == NULL) {
        PyObject *t = PyTuple_New(m->groups);
        for (Py_ssize_t i = 0; t != NULL && i < m->groups; i++) {
            PyObject *span = pair(m->mark[2 * i], m->mark[2 * i + 1]);
            if (span == NULL)
                Py_CLEAR(t);
            else
                PyTuple_SET_ITEM(t, i, span);
        }
        m->regs = t;
    }
    Py_XINCREF(m->regs);
    return m->regs;
}

static PyObject *get_lastindex(MatchObject *m, void *ignored)
{
    if (m->lastindex >= 0)
        return PyLong_FromSsize_t(m->lastindex);
    Py_RETURN_NONE;
}

static PyObject *get_lastgroup(MatchObject *m, void *ignored)
{
    PyObject *names = m->pattern->indexgroup, *name = Py_None;
    if (m->lastindex >= 0 && m->lastindex < PyTuple_GET_SIZE(names))
        name = PyTuple_GET_ITEM(names, m->lastindex);
    Py_INCREF(name);
    return name;
}

static PyObject *match_repr(MatchObject *m)
{
    PyObject *text = sre_match_group(m, 0, Py_None), *r;
    if (text == NULL)
        return NULL;
    r = PyUnicode_FromFormat("<%s object; span=(%zd, %zd), match=%.50R>", Py_TYPE(m)->tp_name, m->mark[0], m->mark[1], text);
    Py_DECREF(text);
    return r;
}

#define DEFAULT_METHOD(name, doc) \
    {#name, (PyCFunction)(void (*)(void))m_##name, METH_FASTCALL | METH_KEYWORDS, #name "($self, /, default=None)\n--\n\n" doc}
#define POSITION_ROW(name, doc) \
    {#name, (PyCFunction)(void (*)(void))m_##name, METH_FASTCALL, #name "($self, group=0, /)\n--\n\n" doc}

static PyMethodDef methods[] = {
    {"group", (PyCFunction)(void (*)(void))m_group, METH_FASTCALL,
     "group([group1, ...]) -> str or tuple.\n\nText of one group (0: the whole match), or of several."},
    POSITION_ROW(start, "Where the group begins, -1 if it did not match."),
    POSITION_ROW(end, "Where the group ends, -1 if it did not match."),
    POSITION_ROW(span, "(start, end) of the group."),
    DEFAULT_METHOD(groups, "Texts of all groups; default for those that did not match."),
    DEFAULT_METHOD(groupdict, "Texts of the named groups; default for those that did not match."),
    {"expand", (PyCFunction)(void (*)(void))m_expand, METH_FASTCALL | METH_KEYWORDS,
     "expand($self, /, template)\n--\n\nA template filled as sub does it."},
    {"__copy__", m_copy, METH_NOARGS, "__copy__($self, /)\n--\n\n"},
    {"__deepcopy__", m_copy, METH_O, "__deepcopy__($self, memo, /)\n--\n\n"},
    {NULL},
};

static PyGetSetDef getset[] = {
    {"lastindex", (getter)get_lastindex, NULL, "Number of the group that closed last."},
    {"lastgroup", (getter)get_lastgroup, NULL, "Name of the group that closed last."},
    {"regs", (getter)get_regs, NULL, "Spans of all groups."},
    {NULL},
};

static PyMemberDef members[] = {
    {"string", T_OBJECT, offsetof(MatchObject, string), READONLY, "The string that was searched."},
    {"re", T_OBJECT, offsetof(MatchObject, pattern), READONLY, "The pattern."},
    {"pos", T_PYSSIZET, offsetof(MatchObject, pos), READONLY, "Where the search began."},
    {"endpos", T_PYSSIZET, offsetof(MatchObject, endpos), READONLY, "Where the search had to end."},
    {NULL},
};

static PyMappingMethods as_mapping = {.mp_subscript = (binaryfunc)group_of};

PyTypeObject sre_Match_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "re.Match",
    .tp_basicsize = offsetof(MatchObject, mark),
    .tp_itemsize = sizeof(Py_ssize_t),
    .tp_dealloc = (destructor)match_dealloc,
    .tp_repr = (reprfunc)match_repr,
    .tp_as_mapping = &as_mapping,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "What match(), search() and their kin found; always true.",
    .tp_methods = methods,
    .tp_members = members,
    .tp_getset = getset,
};
