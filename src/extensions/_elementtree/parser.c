/* SPDX-License-Identifier: MIT */
/* XMLParser: Expat's events to a target, directly if that is a TreeBuilder.
 *
 * Names of tags and attributes come up again and again: `names` is a hash table from Expat's spelling (uri}local) to ours
 * ({uri}local), which saves decoding and hashing.
 */
#include "tree.h"

#include <expat.h>

#include "pyexpat.h"

typedef struct {
    uint32_t hash;
    char *spelling; /* NULL: free */
    PyObject *name;
} Name;

enum { ON_START, ON_DATA, ON_END, ON_COMMENT, ON_PI, ON_CLOSE, ON_DOCTYPE, ON_START_NS, ON_END_NS, TARGETS };

typedef struct {
    PyObject_HEAD
    XML_Parser parser;
    PyObject *target, *entity;
    Builder *builder; /* the target if it is exactly a TreeBuilder; borrowed from target */
    PyObject *handle[TARGETS];
    Name *names;
    size_t mask, used;
} Parser;

static const struct PyExpat_CAPI *expat;

/* ------------------------------------------------------------------ names */

static PyObject *spell(const char *s)
{
    const char *brace = strchr(s, '}');
    if (brace == NULL)
        return PyUnicode_DecodeUTF8(s, (Py_ssize_t)strlen(s), "strict");
    size_t n = strlen(s);
    char *buffer = PyMem_Malloc(n + 2);
    if (buffer == NULL)
        return PyErr_NoMemory();
    buffer[0] = '{';
    memcpy(buffer + 1, s, n + 1);
    PyObject *name = PyUnicode_DecodeUTF8(buffer, (Py_ssize_t)n + 1, "strict");
    PyMem_Free(buffer);
    return name;
}

static int grow_names(Parser *p)
{
    size_t size = p->names ? (p->mask + 1) * 2 : 64;
    Name *names = PyMem_Calloc(size, sizeof *names);
    if (names == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; p->names && i <= p->mask; i++)
        if (p->names[i].spelling) {
            size_t k = p->names[i].hash & (size - 1);
            while (names[k].spelling)
                k = (k + 1) & (size - 1);
            names[k] = p->names[i];
        }
    PyMem_Free(p->names);
    p->names = names;
    p->mask = size - 1;
    return 0;
}

/* Our name for Expat's. New. */
static PyObject *name_of(Parser *p, const char *s)
{
    uint32_t hash = 2166136261u;
    for (const char *c = s; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    if ((p->names == NULL || p->used * 2 > p->mask) && grow_names(p) < 0)
        return NULL;
    size_t i = hash & p->mask;
    for (; p->names[i].spelling; i = (i + 1) & p->mask)
        if (p->names[i].hash == hash && strcmp(p->names[i].spelling, s) == 0) {
            Py_INCREF(p->names[i].name);
            return p->names[i].name;
        }
    size_t n = strlen(s) + 1;
    PyObject *name = spell(s);
    char *copy = name ? PyMem_Malloc(n) : NULL;
    if (copy == NULL) {
        Py_XDECREF(name);
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    }
    if (PyUnicode_CheckExact(name))
        PyUnicode_InternInPlace(&name);
    Py_INCREF(name);
    p->names[i] = (Name){hash, memcpy(copy, s, n), name};
    p->used++;
    return name;
}

/* ------------------------------------------------------------------ errors */

static void parse_error(enum XML_Error code, Py_ssize_t line, Py_ssize_t column, const char *text)
{
    PyObject *message = PyUnicode_FromFormat("%s: line %zd, column %zd", text ? text : XML_ErrorString(code), line, column);
    PyObject *error = message ? PyObject_CallFunctionObjArgs(et_parse_error, message, NULL) : NULL, *n = NULL, *position = NULL;
    if (error && (n = PyLong_FromLong((long)code)) && PyObject_SetAttrString(error, "code", n) == 0 &&
        (position = Py_BuildValue("(nn)", line, column)) && PyObject_SetAttrString(error, "position", position) == 0)
        PyErr_SetObject(et_parse_error, error);
    Py_XDECREF(message);
    Py_XDECREF(error);
    Py_XDECREF(n);
    Py_XDECREF(position);
}

/* ------------------------------------------------------------------ events */

static void drop(PyObject *o)
{
    Py_XDECREF(o);
}

static void on_text_object(Parser *p, PyObject *text)
{
    if (p->builder)
        drop(et_builder_data(p->builder, text));
    else if (p->handle[ON_DATA])
        drop(PyObject_CallFunctionObjArgs(p->handle[ON_DATA], text, NULL));
}

static void on_start(void *data, const XML_Char *tag, const XML_Char **atts)
{
    Parser *p = data;
    if (PyErr_Occurred())
        return;
    PyObject *name = name_of(p, tag), *attrib = NULL;
    if (name == NULL)
        return;
    if (atts[0] || p->builder == NULL) {
        if ((attrib = PyDict_New()) == NULL)
            goto done;
        for (; atts[0]; atts += 2) {
            PyObject *key = name_of(p, atts[0]), *value = key ? PyUnicode_DecodeUTF8(atts[1], (Py_ssize_t)strlen(atts[1]), "strict") : NULL;
            int status = value ? PyDict_SetItem(attrib, key, value) : -1;
            Py_XDECREF(key);
            Py_XDECREF(value);
            if (status < 0)
                goto done;
        }
    }
    if (p->builder)
        drop(et_builder_start(p->builder, name, attrib));
    else if (p->handle[ON_START])
        drop(PyObject_CallFunctionObjArgs(p->handle[ON_START], name, attrib, NULL));
done:
    Py_DECREF(name);
    Py_XDECREF(attrib);
}

static void on_data(void *data, const XML_Char *s, int n)
{
    if (PyErr_Occurred())
        return;
    PyObject *text = PyUnicode_DecodeUTF8(s, n, "strict");
    if (text)
        on_text_object(data, text);
    Py_XDECREF(text);
}

static void on_end(void *data, const XML_Char *tag)
{
    Parser *p = data;
    if (PyErr_Occurred())
        return;
    if (p->builder)
        drop(et_builder_end(p->builder));
    else if (p->handle[ON_END]) {
        PyObject *name = name_of(p, tag);
        if (name)
            drop(PyObject_CallFunctionObjArgs(p->handle[ON_END], name, NULL));
        Py_XDECREF(name);
    }
}

/* Everything else: we look for entities that Expat does not know. */
static void on_default(void *data, const XML_Char *s, int n)
{
    Parser *p = data;
    if (n < 2 || s[0] != '&' || PyErr_Occurred())
        return;
    PyObject *key = PyUnicode_DecodeUTF8(s + 1, n - 2, "strict");
    PyObject *value = key ? PyDict_GetItemWithError(p->entity, key) : NULL;
    if (value) {
        Py_INCREF(value);
        on_text_object(p, value);
        Py_DECREF(value);
    }
    else if (key && !PyErr_Occurred()) {
        char text[128] = "undefined entity ";
        strncat(text, s, n < 100 ? (size_t)n : 100);
        parse_error(XML_ERROR_UNDEFINED_ENTITY, (Py_ssize_t)XML_GetErrorLineNumber(p->parser), (Py_ssize_t)XML_GetErrorColumnNumber(p->parser), text);
    }
    Py_XDECREF(key);
}

static PyObject *text_or_empty(const XML_Char *s)
{
    return s ? PyUnicode_DecodeUTF8(s, (Py_ssize_t)strlen(s), "strict") : PyUnicode_New(0, 0);
}

static PyObject *text_or_none(const XML_Char *s)
{
    if (s)
        return PyUnicode_DecodeUTF8(s, (Py_ssize_t)strlen(s), "strict");
    Py_INCREF(Py_None);
    return Py_None;
}

static void on_start_ns(void *data, const XML_Char *prefix, const XML_Char *uri)
{
    Parser *p = data;
    if (PyErr_Occurred())
        return;
    PyObject *a = text_or_empty(prefix), *b = a ? text_or_empty(uri) : NULL, *pair = b ? PyTuple_Pack(2, a, b) : NULL;
    if (pair && p->builder)
        et_builder_event(p->builder, EVENT_START_NS, pair);
    else if (pair && p->handle[ON_START_NS])
        drop(PyObject_CallFunctionObjArgs(p->handle[ON_START_NS], a, b, NULL));
    Py_XDECREF(a);
    Py_XDECREF(b);
    Py_XDECREF(pair);
}

static void on_end_ns(void *data, const XML_Char *prefix)
{
    Parser *p = data;
    if (PyErr_Occurred())
        return;
    if (p->builder)
        et_builder_event(p->builder, EVENT_END_NS, Py_None);
    else if (p->handle[ON_END_NS]) {
        PyObject *a = text_or_empty(prefix);
        if (a)
            drop(PyObject_CallFunctionObjArgs(p->handle[ON_END_NS], a, NULL));
        Py_XDECREF(a);
    }
}

static void on_comment(void *data, const XML_Char *s)
{
    Parser *p = data;
    if (PyErr_Occurred())
        return;
    PyObject *text = text_or_none(s);
    if (text && p->builder)
        drop(et_builder_comment(p->builder, text));
    else if (text && p->handle[ON_COMMENT])
        drop(PyObject_CallFunctionObjArgs(p->handle[ON_COMMENT], text, NULL));
    Py_XDECREF(text);
}

static void on_pi(void *data, const XML_Char *target, const XML_Char *s)
{
    Parser *p = data;
    if (PyErr_Occurred())
        return;
    PyObject *a = text_or_none(target), *b = a ? text_or_none(s && *s ? s : NULL) : NULL;
    if (b && p->builder)
        drop(et_builder_pi(p->builder, a, b));
    else if (b && p->handle[ON_PI])
        drop(PyObject_CallFunctionObjArgs(p->handle[ON_PI], a, b, NULL));
    Py_XDECREF(a);
    Py_XDECREF(b);
}

static void on_doctype(void *data, const XML_Char *doctype, const XML_Char *system, const XML_Char *public, int Py_UNUSED(internal))
{
    Parser *p = data;
    if (PyErr_Occurred())
        return;
    PyObject *name = text_or_none(doctype), *s = name ? text_or_none(system) : NULL, *id = s ? text_or_none(public) : NULL;
    if (id && p->handle[ON_DOCTYPE])
        drop(PyObject_CallFunctionObjArgs(p->handle[ON_DOCTYPE], name, id, s, NULL));
    else if (id && PyObject_HasAttrString((PyObject *)p, "doctype"))
        PyErr_WarnEx(PyExc_RuntimeWarning, "The doctype() method of XMLParser is ignored.  Define doctype() method on the TreeBuilder target.", 1);
    Py_XDECREF(name);
    Py_XDECREF(s);
    Py_XDECREF(id);
}

/* ------------------------------------------------------------------ the class */

static PyObject *parser_new(PyTypeObject *type, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(kwds))
{
    return type->tp_alloc(type, 0);
}

static void forget(Parser *self)
{
    if (self->parser) {
        XML_Parser parser = self->parser;
        self->parser = NULL;
        XML_ParserFree(parser);
    }
    for (size_t i = 0; self->names && i <= self->mask; i++)
        if (self->names[i].spelling) {
            PyMem_Free(self->names[i].spelling);
            Py_DECREF(self->names[i].name);
        }
    PyMem_Free(self->names);
    self->names = NULL;
    self->mask = self->used = 0;
    self->builder = NULL;
    for (int i = 0; i < TARGETS; i++)
        Py_CLEAR(self->handle[i]);
    Py_CLEAR(self->target);
    Py_CLEAR(self->entity);
}

static int find_handlers(Parser *self)
{
    static const char *const names[TARGETS] = {"start", "data", "end", "comment", "pi", "close", "doctype", "start_ns", "end_ns"};
    for (int i = 0; i < TARGETS; i++) {
        PyObject *h = PyObject_GetAttrString(self->target, names[i]);
        if (h == NULL) {
            if (!PyErr_ExceptionMatches(PyExc_AttributeError))
                return -1;
            PyErr_Clear();
        }
        self->handle[i] = h;
    }
    return 0;
}

static int parser_init(PyObject *op, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"target", "encoding", NULL};
    static const XML_Memory_Handling_Suite memory = {PyObject_Malloc, PyObject_Realloc, PyObject_Free};
    Parser *self = (Parser *)op;
    PyObject *target = Py_None;
    const char *encoding = NULL;
    if (!_PyArg_NoPositional("XMLParser", args) || !PyArg_ParseTupleAndKeywords(args, kwds, "|$Oz:XMLParser", names, &target, &encoding))
        return -1;
    if (target == Py_None) {
        if ((target = _PyObject_CallNoArg((PyObject *)&EtBuilderType)) == NULL)
            return -1;
    }
    else
        Py_INCREF(target);
    forget(self);
    self->target = target;
    self->builder = Py_TYPE(target) == &EtBuilderType ? (Builder *)target : NULL;
    self->entity = PyDict_New();
    self->parser = self->entity ? XML_ParserCreate_MM(encoding, &memory, "}") : NULL;
    if (self->parser == NULL) {
        if (!PyErr_Occurred())
            PyErr_NoMemory();
        return -1;
    }
    XML_SetHashSalt(self->parser, (unsigned long)_Py_HashSecret.expat.hashsalt);
#ifdef TAI_HAVE_REPARSE_DEFERRAL /* tokens are wanted as soon as they are whole */
    XML_SetReparseDeferralEnabled(self->parser, XML_FALSE);
#endif
    if (find_handlers(self) < 0)
        return -1;
    XML_SetUserData(self->parser, self);
    XML_SetElementHandler(self->parser, on_start, on_end);
    XML_SetDefaultHandlerExpand(self->parser, on_default);
    XML_SetCharacterDataHandler(self->parser, on_data);
    if (self->builder ? 0 : self->handle[ON_START_NS] || self->handle[ON_END_NS])
        XML_SetNamespaceDeclHandler(self->parser, on_start_ns, on_end_ns);
    if (self->builder ? self->builder->insert_comments : self->handle[ON_COMMENT] != NULL)
        XML_SetCommentHandler(self->parser, on_comment);
    if (self->builder ? self->builder->insert_pis : self->handle[ON_PI] != NULL)
        XML_SetProcessingInstructionHandler(self->parser, on_pi);
    XML_SetStartDoctypeDeclHandler(self->parser, on_doctype);
    XML_SetUnknownEncodingHandler(self->parser, expat->DefaultUnknownEncodingHandler, NULL);
    return 0;
}

static int parser_traverse(PyObject *op, visitproc visit, void *arg)
{
    Parser *self = (Parser *)op;
    for (int i = 0; i < TARGETS; i++)
        Py_VISIT(self->handle[i]);
    Py_VISIT(self->target);
    Py_VISIT(self->entity);
    return 0;
}

static int parser_clear(PyObject *op)
{
    forget((Parser *)op);
    return 0;
}

static void parser_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    forget((Parser *)op);
    Py_TYPE(op)->tp_free(op);
}

static int ready(Parser *self)
{
    if (self->parser == NULL)
        PyErr_SetString(PyExc_ValueError, "XMLParser.__init__() wasn't called");
    return self->parser != NULL;
}

/* Parse; None. New. Runs code. */
static PyObject *parse(Parser *self, const char *s, Py_ssize_t n, int final)
{
    enum XML_Status status = XML_STATUS_OK;
    while (status == XML_STATUS_OK && n > INT_MAX / 2) {
        status = XML_Parse(self->parser, s, INT_MAX / 2, 0);
        s += INT_MAX / 2;
        n -= INT_MAX / 2;
        if (PyErr_Occurred())
            return NULL;
    }
    if (status == XML_STATUS_OK)
        status = XML_Parse(self->parser, s, (int)n, final);
    if (PyErr_Occurred())
        return NULL;
    if (status == XML_STATUS_ERROR) {
        parse_error(XML_GetErrorCode(self->parser), (Py_ssize_t)XML_GetErrorLineNumber(self->parser), (Py_ssize_t)XML_GetErrorColumnNumber(self->parser), NULL);
        return NULL;
    }
    Py_RETURN_NONE;
}

/* str or bytes-like. New (None). */
static PyObject *parse_object(Parser *self, PyObject *data)
{
    if (PyUnicode_Check(data)) {
        Py_ssize_t n;
        const char *s = PyUnicode_AsUTF8AndSize(data, &n);
        if (s == NULL)
            return NULL;
        (void)XML_SetEncoding(self->parser, "utf-8");
        return parse(self, s, n, 0);
    }
    Py_buffer view;
    if (PyObject_GetBuffer(data, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    PyObject *result = parse(self, view.buf, view.len, 0);
    PyBuffer_Release(&view);
    return result;
}

static PyObject *parser_feed(PyObject *op, PyObject *data)
{
    return ready((Parser *)op) ? parse_object((Parser *)op, data) : NULL;
}

static PyObject *parser_close(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Parser *self = (Parser *)op;
    if (!ready(self))
        return NULL;
    PyObject *r = parse(self, "", 0, 1);
    if (r == NULL)
        return NULL;
    if (self->builder) {
        Py_DECREF(r);
        return et_builder_close(self->builder);
    }
    if (self->handle[ON_CLOSE]) {
        Py_DECREF(r);
        return _PyObject_CallNoArg(self->handle[ON_CLOSE]);
    }
    return r;
}

static PyObject *parser_parse_whole(PyObject *op, PyObject *file)
{
    Parser *self = (Parser *)op;
    PyObject *read, *r;
    if (!ready(self) || (read = PyObject_GetAttrString(file, "read")) == NULL)
        return NULL;
    for (;;) {
        PyObject *piece = PyObject_CallFunction(read, "i", 64 * 1024);
        if (piece == NULL)
            goto error;
        if ((PyUnicode_CheckExact(piece) && PyUnicode_GET_LENGTH(piece) == 0) || (PyBytes_CheckExact(piece) && PyBytes_GET_SIZE(piece) == 0) ||
            !(PyUnicode_CheckExact(piece) || PyBytes_CheckExact(piece))) {
            Py_DECREF(piece);
            break;
        }
        r = parse_object(self, piece);
        Py_DECREF(piece);
        if (r == NULL)
            goto error;
        Py_DECREF(r);
    }
    Py_DECREF(read);
    r = parse(self, "", 0, 1);
    if (r && self->builder) {
        Py_DECREF(r);
        return et_builder_close(self->builder);
    }
    return r;
error:
    Py_DECREF(read);
    return NULL;
}

/* Which event a name stands for; -1: none. */
static int event_kind(const char *name)
{
    static const char *const names[] = {"start", "end", "start-ns", "end-ns", "comment", "pi"};
    for (int i = 0; i < 6; i++)
        if (strcmp(names[i], name) == 0)
            return i;
    return -1;
}

static PyObject *parser_setevents(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    Parser *self = (Parser *)op;
    if (!_PyArg_CheckPositional("_setevents", nargs, 1, 2) || !ready(self))
        return NULL;
    Builder *b = self->builder;
    if (b == NULL) {
        PyErr_SetString(PyExc_TypeError, "event handling only supported for ElementTree.TreeBuilder targets");
        return NULL;
    }
    PyObject *append = PyObject_GetAttrString(args[0], "append");
    if (append == NULL)
        return NULL;
    Py_XSETREF(b->events_append, append);
    for (int i = 0; i < 6; i++)
        Py_CLEAR(b->events[i]);
    if (nargs < 2 || args[1] == Py_None) {
        b->events[EVENT_END] = PyUnicode_FromString("end");
        if (b->events[EVENT_END] == NULL)
            return NULL;
        Py_RETURN_NONE;
    }
    PyObject *list = PySequence_Fast(args[1], "events must be a sequence");
    if (list == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(list); i++) {
        PyObject *event = PySequence_Fast_GET_ITEM(list, i);
        const char *name = PyUnicode_Check(event) ? PyUnicode_AsUTF8(event) : PyBytes_Check(event) ? PyBytes_AS_STRING(event) : NULL;
        int kind = name ? event_kind(name) : -1;
        if (kind < 0) {
            if (name)
                PyErr_Format(PyExc_ValueError, "unknown event '%s'", name);
            else
                PyErr_SetString(PyExc_ValueError, "invalid events sequence");
            Py_DECREF(list);
            return NULL;
        }
        Py_INCREF(event);
        Py_XSETREF(b->events[kind], event);
        if (kind == EVENT_START_NS || kind == EVENT_END_NS)
            XML_SetNamespaceDeclHandler(self->parser, on_start_ns, on_end_ns);
        else if (kind == EVENT_COMMENT)
            XML_SetCommentHandler(self->parser, on_comment);
        else if (kind == EVENT_PI)
            XML_SetProcessingInstructionHandler(self->parser, on_pi);
    }
    Py_DECREF(list);
    Py_RETURN_NONE;
}

static PyObject *get_version(PyObject *Py_UNUSED(op), void *Py_UNUSED(unused))
{
    return PyUnicode_FromFormat("Expat %d.%d.%d", XML_MAJOR_VERSION, XML_MINOR_VERSION, XML_MICRO_VERSION);
}

static PyMethodDef parser_methods[] = {
    {"feed", parser_feed, METH_O, "feed($self, data, /)\n--\n\nParse a piece of the document."},
    {"close", parser_close, METH_NOARGS, "close($self, /)\n--\n\nEnd the document; return what the target returns: the root of the tree."},
    {"_parse_whole", parser_parse_whole, METH_O, "_parse_whole($self, file, /)\n--\n\n"},
    {"_setevents", (PyCFunction)(void (*)(void))parser_setevents, METH_FASTCALL, "_setevents($self, events_queue, events_to_report=None, /)\n--\n\n"},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef parser_members[] = {
    {"entity", T_OBJECT, offsetof(Parser, entity), READONLY, NULL},
    {"target", T_OBJECT, offsetof(Parser, target), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyGetSetDef parser_getset[] = {
    {"version", get_version, NULL, PyDoc_STR("the version of Expat"), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

PyTypeObject EtParserType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "xml.etree.ElementTree.XMLParser",
    .tp_doc = PyDoc_STR("Parses XML by Expat, and calls the methods of a target, by default a TreeBuilder."),
    .tp_basicsize = sizeof(Parser),
    .tp_dealloc = parser_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = parser_traverse,
    .tp_clear = parser_clear,
    .tp_methods = parser_methods,
    .tp_members = parser_members,
    .tp_getset = parser_getset,
    .tp_init = parser_init,
    .tp_new = parser_new,
};

int et_parser_init(void)
{
    expat = PyCapsule_Import(PyExpat_CAPSULE_NAME, 0);
    if (expat == NULL)
        return -1;
    if (strcmp(expat->magic, PyExpat_CAPI_MAGIC) != 0 || (size_t)expat->size < sizeof *expat || expat->MAJOR_VERSION != XML_MAJOR_VERSION) {
        PyErr_SetString(PyExc_ImportError, "pyexpat version is incompatible");
        return -1;
    }
    return 0;
}
