/* SPDX-License-Identifier: MIT */
/* pyexpat: parsing XML with Expat, whose events go to attributes of the parser object.
 *
 * One row of `events` stands for an event: attribute, name in tracebacks, and how Expat is told to report it.  Every C handler
 * first asks ready(): is there a Python handler, is no exception pending, has buffered text been handed out?  Then it makes the
 * arguments and calls deliver().
 *
 * [EXPAT-1] After an exception the parser is stopped (XML_StopParser); events Expat still reports are dropped by ready().
 * [EXPAT-2] While Expat calls us the object is alive: Parse() holds it, and it cannot be entered again by Expat itself.
 * Tests: the reference's test_pyexpat, test_sax, test_minidom.
 */
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include "frameobject.h"
#include "structmember.h"
#include "traceback.h"
#include <expat.h>
#include <limits.h>
#include <stddef.h>

#include "pyexpat.h"

enum {
    START_ELEMENT, END_ELEMENT, PROCESSING_INSTRUCTION, CHARACTER_DATA, UNPARSED_ENTITY_DECL, NOTATION_DECL, START_NAMESPACE,
    END_NAMESPACE, COMMENT, START_CDATA, END_CDATA, DEFAULT, DEFAULT_EXPAND, NOT_STANDALONE, EXTERNAL_ENTITY, START_DOCTYPE,
    END_DOCTYPE, ENTITY_DECL, XML_DECL, ELEMENT_DECL, ATTLIST_DECL, SKIPPED_ENTITY, EVENTS
};

enum { TEXT_BUFFER = 8192, PIECE = 1 << 20, READ_SIZE = 2048 };

typedef struct {
    PyObject_HEAD
    XML_Parser parser;
    int ordered_attributes, specified_attributes, namespace_prefixes;
    int in_callback;
    XML_Char *text; /* buffered character data, or NULL if buffer_text is off */
    int text_size, text_used;
    PyObject *intern; /* dict, or NULL */
    PyObject *handlers[EVENTS];
} Parser;

static PyTypeObject ParserType;
static PyObject *ExpatError;

static void tell_expat(Parser *self, int event, int on);

/* ------------------------------------------------------------------ delivering events */

/* A text of Expat's; NULL gives None. New. */
static PyObject *text_or_none(const XML_Char *s)
{
    if (s == NULL)
        Py_RETURN_NONE;
    return PyUnicode_DecodeUTF8(s, (Py_ssize_t)strlen(s), "strict");
}

/* The same for names, which come up again and again. New. */
static PyObject *name_or_none(Parser *self, const XML_Char *s)
{
    PyObject *text = text_or_none(s);
    if (text == NULL || s == NULL || self->intern == NULL)
        return text;
    PyObject *known = PyDict_SetDefault(self->intern, text, text); /* borrowed */
    Py_XINCREF(known);
    Py_DECREF(text);
    return known;
}

static void stop(Parser *self)
{
    XML_StopParser(self->parser, XML_FALSE);
}

static const char *const traceback_names[EVENTS] = {
    "StartElement", "EndElement", "ProcessingInstruction", "CharacterData", "UnparsedEntityDecl", "NotationDecl", "StartNamespaceDecl",
    "EndNamespaceDecl", "Comment", "StartCdataSection", "EndCdataSection", "Default", "DefaultHandlerExpand", "NotStandalone",
    "ExternalEntityRef", "StartDoctypeDecl", "EndDoctypeDecl", "EntityDecl", "XmlDecl", "ElementDecl", "AttlistDecl", "SkippedEntity",
};

/* Call the handler with args (stolen; NULL: an exception is set). The result, new; NULL after stopping the parser. Runs code. */
static PyObject *deliver(Parser *self, int event, PyObject *args)
{
    PyObject *result = NULL, *handler = self->handlers[event];
    if (args && handler) {
        Py_INCREF(handler);
        self->in_callback = 1;
        result = PyObject_Call(handler, args, NULL);
        self->in_callback = 0;
        if (result == NULL)
            _PyTraceback_Add(traceback_names[event], "pyexpat.c", __LINE__);
        Py_DECREF(handler);
    }
    Py_XDECREF(args);
    if (result == NULL)
        stop(self);
    return result;
}

static void deliver_only(Parser *self, int event, PyObject *args)
{
    PyObject *result = deliver(self, event, args);
    Py_XDECREF(result);
}

static int deliver_int(Parser *self, int event, PyObject *args)
{
    PyObject *result = deliver(self, event, args);
    if (result == NULL)
        return 0;
    long v = PyLong_AsLong(result);
    Py_DECREF(result);
    if (v == -1 && PyErr_Occurred()) {
        stop(self);
        return 0;
    }
    return (int)v;
}

static int give_text(Parser *self, const XML_Char *s, int n)
{
    PyObject *text = PyUnicode_DecodeUTF8(s, n, "strict");
    PyObject *result = deliver(self, CHARACTER_DATA, text ? PyTuple_Pack(1, text) : NULL);
    Py_XDECREF(text);
    Py_XDECREF(result);
    return result ? 0 : -1;
}

/* Hand out what is buffered. 0 / -1. */
static int flush_text(Parser *self)
{
    if (self->text == NULL || self->text_used == 0)
        return 0;
    int n = self->text_used;
    self->text_used = 0;
    return self->handlers[CHARACTER_DATA] ? give_text(self, self->text, n) : 0;
}

static int ready(Parser *self, int event)
{
    return self->handlers[event] && !PyErr_Occurred() && flush_text(self) == 0 && self->handlers[event];
}

/* ------------------------------------------------------------------ Expat's handlers */

static PyObject *attribute_list(Parser *self, const XML_Char **atts, int n)
{
    PyObject *list = PyList_New(n);
    for (int i = 0; list && i < n; i++) {
        PyObject *s = i % 2 == 0 ? name_or_none(self, atts[i]) : text_or_none(atts[i]);
        if (s == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, s);
    }
    return list;
}

static PyObject *attribute_dict(Parser *self, const XML_Char **atts, int n)
{
    PyObject *dict = PyDict_New();
    for (int i = 0; dict && i < n; i += 2) {
        PyObject *name = name_or_none(self, atts[i]), *value = name ? text_or_none(atts[i + 1]) : NULL;
        if (value == NULL || PyDict_SetItem(dict, name, value) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(name);
        Py_XDECREF(value);
    }
    return dict;
}

static void on_start_element(void *data, const XML_Char *name, const XML_Char **atts)
{
    Parser *self = data;
    if (!ready(self, START_ELEMENT))
        return;
    int n = self->specified_attributes ? XML_GetSpecifiedAttributeCount(self->parser) : 0;
    if (!self->specified_attributes)
        while (atts[n])
            n += 2;
    PyObject *attributes = self->ordered_attributes ? attribute_list(self, atts, n) : attribute_dict(self, atts, n);
    PyObject *tag = attributes ? name_or_none(self, name) : NULL;
    deliver_only(self, START_ELEMENT, tag ? PyTuple_Pack(2, tag, attributes) : NULL);
    Py_XDECREF(tag);
    Py_XDECREF(attributes);
}

static void on_text(void *data, const XML_Char *s, int n)
{
    Parser *self = data;
    if (!self->handlers[CHARACTER_DATA] || PyErr_Occurred())
        return;
    if (self->text == NULL) {
        give_text(self, s, n);
        return;
    }
    if (n > self->text_size - self->text_used) {
        if (flush_text(self) < 0 || !self->handlers[CHARACTER_DATA])
            return;
        if (n > self->text_size) {
            give_text(self, s, n);
            return;
        }
    }
    memcpy(self->text + self->text_used, s, (size_t)n * sizeof *s);
    self->text_used += n;
}

/* Handlers whose arguments are names (N), texts (O&: None for NULL) and ints. */
#define NAME(s) name_or_none(self, s)
#define TEXT(s) text_or_none, s
#define ON(event, function, parameters, ...)                             \
    static void function parameters                                      \
    {                                                                    \
        Parser *self = data;                                             \
        if (ready(self, event))                                          \
            deliver_only(self, event, Py_BuildValue(__VA_ARGS__));       \
    }
#define S const XML_Char *

ON(END_ELEMENT, on_end_element, (void *data, S name), "(N)", NAME(name))
ON(PROCESSING_INSTRUCTION, on_instruction, (void *data, S target, S text), "(NO&)", NAME(target), TEXT(text))
ON(UNPARSED_ENTITY_DECL, on_unparsed_entity, (void *data, S name, S base, S system, S public, S notation), "(NNNNN)", NAME(name), NAME(base), NAME(system), NAME(public), NAME(notation))
ON(NOTATION_DECL, on_notation, (void *data, S name, S base, S system, S public), "(NNNN)", NAME(name), NAME(base), NAME(system), NAME(public))
ON(START_NAMESPACE, on_start_namespace, (void *data, S prefix, S uri), "(NN)", NAME(prefix), NAME(uri))
ON(END_NAMESPACE, on_end_namespace, (void *data, S prefix), "(N)", NAME(prefix))
ON(COMMENT, on_comment, (void *data, S text), "(O&)", TEXT(text))
ON(START_CDATA, on_start_cdata, (void *data), "()")
ON(END_CDATA, on_end_cdata, (void *data), "()")
ON(DEFAULT, on_default, (void *data, S s, int n), "(N)", PyUnicode_DecodeUTF8(s, n, "strict"))
ON(DEFAULT_EXPAND, on_default_expand, (void *data, S s, int n), "(N)", PyUnicode_DecodeUTF8(s, n, "strict"))
ON(START_DOCTYPE, on_start_doctype, (void *data, S name, S system, S public, int internal), "(NNNi)", NAME(name), NAME(system), NAME(public), internal)
ON(END_DOCTYPE, on_end_doctype, (void *data), "()")
ON(XML_DECL, on_xml_decl, (void *data, S version, S encoding, int standalone), "(O&O&i)", TEXT(version), TEXT(encoding), standalone)
ON(ATTLIST_DECL, on_attlist, (void *data, S element, S name, S type, S preset, int required), "(NNO&O&i)", NAME(element), NAME(name), TEXT(type), TEXT(preset), required)
ON(SKIPPED_ENTITY, on_skipped_entity, (void *data, S name, int parameter), "(Ni)", NAME(name), parameter)

static void on_entity(void *data, S name, int parameter, S value, int n, S base, S system, S public, S notation)
{
    Parser *self = data;
    if (!ready(self, ENTITY_DECL))
        return;
    PyObject *text = value ? PyUnicode_DecodeUTF8(value, n, "strict") : (Py_INCREF(Py_None), Py_None);
    deliver_only(self, ENTITY_DECL, Py_BuildValue("(NiNNNNN)", NAME(name), parameter, text, NAME(base), NAME(system), NAME(public), NAME(notation)));
}

static int on_not_standalone(void *data)
{
    Parser *self = data;
    return ready(self, NOT_STANDALONE) ? deliver_int(self, NOT_STANDALONE, PyTuple_New(0)) : 0;
}

static int on_external_entity(XML_Parser parser, S context, S base, S system, S public)
{
    Parser *self = XML_GetUserData(parser);
    if (!ready(self, EXTERNAL_ENTITY))
        return 0;
    return deliver_int(self, EXTERNAL_ENTITY, Py_BuildValue("(O&NNN)", TEXT(context), NAME(base), NAME(system), NAME(public)));
}

/* An element's content model: (type, quantifier, name, (models of the children...)). New. */
static PyObject *content_model(Parser *self, const XML_Content *model)
{
    if (Py_EnterRecursiveCall(" in a content model"))
        return NULL;
    PyObject *result = NULL, *children = PyTuple_New(model->numchildren);
    for (unsigned i = 0; children && i < model->numchildren; i++) {
        PyObject *child = content_model(self, &model->children[i]);
        if (child == NULL)
            Py_CLEAR(children);
        else
            PyTuple_SET_ITEM(children, i, child);
    }
    if (children)
        result = Py_BuildValue("(iiNN)", (int)model->type, (int)model->quant, NAME(model->name), children);
    Py_LeaveRecursiveCall();
    return result;
}

static void on_element_decl(void *data, S name, XML_Content *model)
{
    Parser *self = data;
    if (ready(self, ELEMENT_DECL)) {
        PyObject *m = content_model(self, model), *tag = m ? NAME(name) : NULL;
        deliver_only(self, ELEMENT_DECL, tag ? PyTuple_Pack(2, tag, m) : NULL);
        Py_XDECREF(m);
        Py_XDECREF(tag);
    }
    XML_FreeContentModel(self->parser, model);
}

static void ignore_text(void *Py_UNUSED(data), S Py_UNUSED(s), int Py_UNUSED(n)) {}

/* Encodings Expat does not know, as long as they have one byte a character. */
static int on_unknown_encoding(void *Py_UNUSED(data), S name, XML_Encoding *info)
{
    char all[256];
    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    PyObject *text = PyErr_Occurred() ? NULL : PyUnicode_Decode(all, 256, name, "replace");
    if (text == NULL || PyUnicode_READY(text) < 0) {
        Py_XDECREF(text);
        return XML_STATUS_ERROR;
    }
    if (PyUnicode_GET_LENGTH(text) != 256) {
        Py_DECREF(text);
        PyErr_SetString(PyExc_ValueError, "multi-byte encodings are not supported");
        return XML_STATUS_ERROR;
    }
    for (int i = 0; i < 256; i++) {
        Py_UCS4 c = PyUnicode_READ_CHAR(text, i);
        info->map[i] = c == Py_UNICODE_REPLACEMENT_CHARACTER ? -1 : (int)c;
    }
    info->data = NULL;
    info->convert = NULL;
    info->release = NULL;
    Py_DECREF(text);
    return XML_STATUS_OK;
}

/* Switch Expat's reports of an event on or off. */
static void tell_expat(Parser *self, int event, int on)
{
    XML_Parser p = self->parser;
    switch (event) {
#define ROW(number, setter, function) case number: setter(p, on ? function : NULL); break;
    ROW(START_ELEMENT, XML_SetStartElementHandler, on_start_element)
    ROW(END_ELEMENT, XML_SetEndElementHandler, on_end_element)
    ROW(PROCESSING_INSTRUCTION, XML_SetProcessingInstructionHandler, on_instruction)
    ROW(CHARACTER_DATA, XML_SetCharacterDataHandler, on_text)
    ROW(UNPARSED_ENTITY_DECL, XML_SetUnparsedEntityDeclHandler, on_unparsed_entity)
    ROW(NOTATION_DECL, XML_SetNotationDeclHandler, on_notation)
    ROW(START_NAMESPACE, XML_SetStartNamespaceDeclHandler, on_start_namespace)
    ROW(END_NAMESPACE, XML_SetEndNamespaceDeclHandler, on_end_namespace)
    ROW(COMMENT, XML_SetCommentHandler, on_comment)
    ROW(START_CDATA, XML_SetStartCdataSectionHandler, on_start_cdata)
    ROW(END_CDATA, XML_SetEndCdataSectionHandler, on_end_cdata)
    ROW(DEFAULT, XML_SetDefaultHandler, on_default)
    ROW(DEFAULT_EXPAND, XML_SetDefaultHandlerExpand, on_default_expand)
    ROW(NOT_STANDALONE, XML_SetNotStandaloneHandler, on_not_standalone)
    ROW(EXTERNAL_ENTITY, XML_SetExternalEntityRefHandler, on_external_entity)
    ROW(START_DOCTYPE, XML_SetStartDoctypeDeclHandler, on_start_doctype)
    ROW(END_DOCTYPE, XML_SetEndDoctypeDeclHandler, on_end_doctype)
    ROW(ENTITY_DECL, XML_SetEntityDeclHandler, on_entity)
    ROW(XML_DECL, XML_SetXmlDeclHandler, on_xml_decl)
    ROW(ELEMENT_DECL, XML_SetElementDeclHandler, on_element_decl)
    ROW(ATTLIST_DECL, XML_SetAttlistDeclHandler, on_attlist)
    ROW(SKIPPED_ENTITY, XML_SetSkippedEntityHandler, on_skipped_entity)
#undef ROW
    }
}

/* ------------------------------------------------------------------ parsing */

/* Raise ExpatError for a code, at the parser's place. NULL. */
static PyObject *raise_expat(Parser *self, enum XML_Error code)
{
    int line = (int)XML_GetErrorLineNumber(self->parser), column = (int)XML_GetErrorColumnNumber(self->parser);
    const char *what = XML_ErrorString(code); /* NULL without an error: when a handler has used the parser itself */
    PyObject *text = PyUnicode_FromFormat("%s: line %i, column %i", what ? what : "unknown error", line, column);
    PyObject *error = text ? PyObject_CallFunctionObjArgs(ExpatError, text, NULL) : NULL;
    Py_XDECREF(text);
    static const char *const names[] = {"code", "offset", "lineno"};
    const int values[] = {(int)code, column, line};
    for (int i = 0; error && i < 3; i++) {
        PyObject *v = PyLong_FromLong(values[i]);
        if (v == NULL || PyObject_SetAttrString(error, names[i], v) < 0)
            Py_CLEAR(error);
        Py_XDECREF(v);
    }
    if (error)
        PyErr_SetObject(ExpatError, error);
    Py_XDECREF(error);
    return NULL;
}

static PyObject *parse_result(Parser *self, int status)
{
    if (PyErr_Occurred())
        return NULL;
    if (status == XML_STATUS_ERROR)
        return raise_expat(self, XML_GetErrorCode(self->parser));
    return flush_text(self) < 0 ? NULL : PyLong_FromLong(status);
}

static PyObject *parser_Parse(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    Parser *self = (Parser *)op;
    Py_buffer view = {.obj = NULL};
    const char *s;
    Py_ssize_t n;
    int final = 0, status = XML_STATUS_OK;
    if (!_PyArg_CheckPositional("Parse", nargs, 1, 2))
        return NULL;
    if (nargs > 1) {
        if (PyFloat_Check(args[1])) {
            PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
            return NULL;
        }
        final = _PyLong_AsInt(args[1]);
        if (final == -1 && PyErr_Occurred())
            return NULL;
    }
    PyObject *data = args[0];
    if (PyUnicode_Check(data)) {
        if ((s = PyUnicode_AsUTF8AndSize(data, &n)) == NULL)
            return NULL;
        (void)XML_SetEncoding(self->parser, "utf-8");
    }
    else {
        if (PyObject_GetBuffer(data, &view, PyBUF_SIMPLE) < 0)
            return NULL;
        s = view.buf;
        n = view.len;
    }
    Py_INCREF(data);
    for (; n > PIECE && status == XML_STATUS_OK; s += PIECE, n -= PIECE)
        status = PyErr_Occurred() ? XML_STATUS_ERROR : XML_Parse(self->parser, s, PIECE, 0);
    if (status == XML_STATUS_OK && !PyErr_Occurred())
        status = XML_Parse(self->parser, s, (int)n, final);
    Py_DECREF(data);
    if (view.obj)
        PyBuffer_Release(&view);
    return parse_result(self, status);
}

/* Read up to READ_SIZE bytes into buffer. Their number, or -1 with an exception. Runs code. */
static int read_piece(char *buffer, PyObject *read)
{
    PyObject *piece = PyObject_CallFunction(read, "i", READ_SIZE);
    const char *s;
    Py_ssize_t n = -1;
    if (piece == NULL)
        return -1;
    if (PyByteArray_Check(piece)) {
        s = PyByteArray_AS_STRING(piece);
        n = PyByteArray_GET_SIZE(piece);
    }
    else if (PyBytes_Check(piece)) {
        s = PyBytes_AS_STRING(piece);
        n = PyBytes_GET_SIZE(piece);
    }
    else
        PyErr_Format(PyExc_TypeError, "read() did not return a bytes object (type=%.400s)", Py_TYPE(piece)->tp_name);
    if (n > READ_SIZE) {
        PyErr_Format(PyExc_ValueError, "read() returned too much data: %i bytes requested, %zd returned", READ_SIZE, n);
        n = -1;
    }
    if (n > 0)
        memcpy(buffer, s, (size_t)n);
    Py_DECREF(piece);
    return (int)n;
}

static PyObject *parser_ParseFile(PyObject *op, PyObject *file)
{
    Parser *self = (Parser *)op;
    PyObject *read = PyObject_GetAttrString(file, "read");
    if (read == NULL) {
        if (PyErr_ExceptionMatches(PyExc_AttributeError))
            PyErr_SetString(PyExc_TypeError, "argument must have 'read' attribute");
        return NULL;
    }
    int status, n;
    do {
        char *buffer = XML_GetBuffer(self->parser, READ_SIZE);
        if (buffer == NULL) {
            Py_DECREF(read);
            return XML_GetErrorCode(self->parser) == XML_ERROR_NO_MEMORY ? PyErr_NoMemory() : raise_expat(self, XML_GetErrorCode(self->parser));
        }
        if ((n = read_piece(buffer, read)) < 0) {
            Py_DECREF(read);
            return NULL;
        }
        status = XML_ParseBuffer(self->parser, n, n == 0);
    } while (n > 0 && status == XML_STATUS_OK && !PyErr_Occurred());
    Py_DECREF(read);
    return parse_result(self, status);
}

/* ------------------------------------------------------------------ the object */

static Parser *new_parser(XML_Parser parser, PyObject *intern)
{
    if (parser == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "XML_ParserCreate failed");
        return NULL;
    }
    Parser *self = PyObject_GC_New(Parser, &ParserType);
    if (self == NULL) {
        XML_ParserFree(parser);
        return NULL;
    }
    memset((char *)self + offsetof(Parser, parser), 0, sizeof *self - offsetof(Parser, parser));
    self->parser = parser;
    self->text_size = TEXT_BUFFER;
    Py_XINCREF(intern);
    self->intern = intern;
    XML_SetUserData(parser, self);
    PyObject_GC_Track(self);
    return self;
}

static int parser_traverse(PyObject *op, visitproc visit, void *arg)
{
    Parser *self = (Parser *)op;
    for (int i = 0; i < EVENTS; i++)
        Py_VISIT(self->handlers[i]);
    Py_VISIT(self->intern);
    return 0;
}

static int parser_clear(PyObject *op)
{
    Parser *self = (Parser *)op;
    for (int i = 0; i < EVENTS; i++)
        Py_CLEAR(self->handlers[i]);
    Py_CLEAR(self->intern);
    return 0;
}

static void parser_dealloc(PyObject *op)
{
    Parser *self = (Parser *)op;
    PyObject_GC_UnTrack(op);
    parser_clear(op);
    XML_ParserFree(self->parser);
    PyMem_Free(self->text);
    PyObject_GC_Del(op);
}

static PyObject *parser_SetBase(PyObject *op, PyObject *arg)
{
    Py_ssize_t n;
    if (!PyUnicode_Check(arg)) {
        _PyArg_BadArgument("SetBase", "argument", "str", arg);
        return NULL;
    }
    const char *s = PyUnicode_AsUTF8AndSize(arg, &n);
    if (s == NULL)
        return NULL;
    if (strlen(s) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return NULL;
    }
    if (!XML_SetBase(((Parser *)op)->parser, s))
        return PyErr_NoMemory();
    Py_RETURN_NONE;
}

static PyObject *parser_GetBase(PyObject *op, PyObject *Py_UNUSED(unused))
{
    return text_or_none(XML_GetBase(((Parser *)op)->parser));
}

static PyObject *parser_GetInputContext(PyObject *op, PyObject *Py_UNUSED(unused))
{
    Parser *self = (Parser *)op;
    int offset, n;
    const char *s = self->in_callback ? XML_GetInputContext(self->parser, &offset, &n) : NULL;
    if (s == NULL)
        Py_RETURN_NONE;
    return PyBytes_FromStringAndSize(s + offset, n - offset);
}

/* str or None as a C string in *out. 0 / -1. */
static int optional_text(PyObject *o, const char *function, const char *which, const char **out)
{
    Py_ssize_t n;
    *out = NULL;
    if (o == NULL || o == Py_None)
        return 0;
    if (!PyUnicode_Check(o)) {
        _PyArg_BadArgument(function, which, "str or None", o);
        return -1;
    }
    if ((*out = PyUnicode_AsUTF8AndSize(o, &n)) == NULL)
        return -1;
    if (strlen(*out) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return -1;
    }
    return 0;
}

static PyObject *parser_child(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    Parser *self = (Parser *)op;
    const char *context, *encoding = NULL;
    if (!_PyArg_CheckPositional("ExternalEntityParserCreate", nargs, 1, 2) ||
        optional_text(args[0], "ExternalEntityParserCreate", "argument 1", &context) < 0)
        return NULL;
    if (nargs > 1) {
        if (!PyUnicode_Check(args[1])) {
            _PyArg_BadArgument("ExternalEntityParserCreate", "argument 2", "str", args[1]);
            return NULL;
        }
        if (optional_text(args[1], "ExternalEntityParserCreate", "argument 2", &encoding) < 0)
            return NULL;
    }
    Parser *child = new_parser(XML_ExternalEntityParserCreate(self->parser, context, encoding), self->intern);
    if (child == NULL)
        return NULL;
    child->ordered_attributes = self->ordered_attributes;
    child->specified_attributes = self->specified_attributes;
    child->namespace_prefixes = self->namespace_prefixes;
    child->text_size = self->text_size;
    if (self->text && (child->text = PyMem_Malloc((size_t)self->text_size)) == NULL) {
        Py_DECREF(child);
        return PyErr_NoMemory();
    }
    for (int i = 0; i < EVENTS; i++)
        if (self->handlers[i]) {
            Py_INCREF(self->handlers[i]);
            child->handlers[i] = self->handlers[i];
            tell_expat(child, i, 1);
        }
    return (PyObject *)child;
}

static PyObject *parser_SetParamEntityParsing(PyObject *op, PyObject *arg)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    int flag = _PyLong_AsInt(arg);
    if (flag == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(XML_SetParamEntityParsing(((Parser *)op)->parser, (enum XML_ParamEntityParsing)flag));
}

static PyObject *parser_UseForeignDTD(PyObject *op, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("UseForeignDTD", nargs, 0, 1))
        return NULL;
    int flag = nargs ? PyObject_IsTrue(args[0]) : 1;
    if (flag < 0)
        return NULL;
    enum XML_Error code = XML_UseForeignDTD(((Parser *)op)->parser, flag ? XML_TRUE : XML_FALSE);
    if (code != XML_ERROR_NONE)
        return raise_expat((Parser *)op, code);
    Py_RETURN_NONE;
}

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
static PyMethodDef parser_methods[] = {
    {"Parse", FAST(parser_Parse), "Parse($self, data, isfinal=False, /)\n--\n\nParse a piece of XML, bytes or str; isfinal is true for the last one."},
    {"ParseFile", parser_ParseFile, METH_O, "ParseFile($self, file, /)\n--\n\nParse what the read() method of an object gives."},
    {"SetBase", parser_SetBase, METH_O, "SetBase($self, base, /)\n--\n\nSet the base that relative system identifiers refer to."},
    {"GetBase", parser_GetBase, METH_NOARGS, "GetBase($self, /)\n--\n\nThe base set by SetBase(), or None."},
    {"GetInputContext", parser_GetInputContext, METH_NOARGS, "GetInputContext($self, /)\n--\n\nIn a handler, the bytes of input that caused the event, perhaps not all of them; None elsewhere."},
    {"ExternalEntityParserCreate", FAST(parser_child), "ExternalEntityParserCreate($self, context, encoding=<unrepresentable>,\n                           /)\n--\n\nA parser with the same settings for an external entity; context is what the ExternalEntityRefHandler got."},
    {"SetParamEntityParsing", parser_SetParamEntityParsing, METH_O, "SetParamEntityParsing($self, flag, /)\n--\n\nSay when parameter entities, the external subset included, are parsed: one of the XML_PARAM_ENTITY_PARSING_\nconstants. True if that could be set."},
    {"UseForeignDTD", FAST(parser_UseForeignDTD), "UseForeignDTD($self, flag=True, /)\n--\n\nAsk the ExternalEntityRefHandler for an external subset even if the document names none."},
    {NULL, NULL, 0, NULL},
};

/* ------------------------------------------------------------------ attributes */

static int cannot_delete(PyObject *v)
{
    if (v == NULL)
        PyErr_SetString(PyExc_RuntimeError, "Cannot delete attribute");
    return v == NULL;
}

static PyObject *get_handler(PyObject *op, void *event)
{
    PyObject *h = ((Parser *)op)->handlers[(intptr_t)event];
    if (h == NULL)
        h = Py_None;
    Py_INCREF(h);
    return h;
}

static int set_handler(PyObject *op, PyObject *v, void *closure)
{
    Parser *self = (Parser *)op;
    int event = (int)(intptr_t)closure;
    if (cannot_delete(v))
        return -1;
    if (event == CHARACTER_DATA && flush_text(self) < 0) /* the old handler gets what it was sent */
        return -1;
    if (v == Py_None)
        v = NULL;
    Py_XINCREF(v);
    Py_XSETREF(self->handlers[event], v);
    if (v == NULL && event == CHARACTER_DATA && self->in_callback)
        XML_SetCharacterDataHandler(self->parser, ignore_text); /* Expat may be in the middle of a text */
    else
        tell_expat(self, event, v != NULL);
    return 0;
}

static PyObject *get_flag(PyObject *op, void *offset)
{
    return PyBool_FromLong(*(int *)((char *)op + (intptr_t)offset));
}

static int set_flag(PyObject *op, PyObject *v, void *offset)
{
    int b = cannot_delete(v) ? -1 : PyObject_IsTrue(v);
    if (b < 0)
        return -1;
    *(int *)((char *)op + (intptr_t)offset) = b;
    if ((size_t)(intptr_t)offset == offsetof(Parser, namespace_prefixes))
        XML_SetReturnNSTriplet(((Parser *)op)->parser, b);
    return 0;
}

static PyObject *get_buffer_text(PyObject *op, void *Py_UNUSED(unused))
{
    return PyBool_FromLong(((Parser *)op)->text != NULL);
}

static int set_buffer_text(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    Parser *self = (Parser *)op;
    int b = cannot_delete(v) ? -1 : PyObject_IsTrue(v);
    if (b < 0)
        return -1;
    if (b && self->text == NULL) {
        if ((self->text = PyMem_Malloc((size_t)self->text_size)) == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        self->text_used = 0;
    }
    else if (!b && self->text) {
        if (flush_text(self) < 0)
            return -1;
        PyMem_Free(self->text);
        self->text = NULL;
    }
    return 0;
}

static PyObject *get_buffer_size(PyObject *op, void *Py_UNUSED(unused))
{
    return PyLong_FromLong(((Parser *)op)->text_size);
}

static int set_buffer_size(PyObject *op, PyObject *v, void *Py_UNUSED(unused))
{
    Parser *self = (Parser *)op;
    if (cannot_delete(v))
        return -1;
    if (!PyLong_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "buffer_size must be an integer");
        return -1;
    }
    long n = PyLong_AsLong(v);
    if (n <= 0 || n > INT_MAX) {
        if (n > INT_MAX)
            PyErr_Format(PyExc_ValueError, "buffer_size must not be greater than %i", INT_MAX);
        else if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "buffer_size must be greater than zero");
        return -1;
    }
    if (n == self->text_size)
        return 0;
    if (self->text) {
        if (flush_text(self) < 0)
            return -1;
        XML_Char *room = PyMem_Malloc((size_t)n);
        if (room == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        PyMem_Free(self->text);
        self->text = room;
    }
    self->text_size = (int)n;
    return 0;
}

static PyObject *get_buffer_used(PyObject *op, void *Py_UNUSED(unused))
{
    return PyLong_FromLong(((Parser *)op)->text_used);
}

#define POSITION(name, call)                                         \
    static PyObject *get_##name(PyObject *op, void *Py_UNUSED(unused)) \
    {                                                                \
        return PyLong_FromLong((long)call(((Parser *)op)->parser));  \
    }
POSITION(error_code, XML_GetErrorCode)
POSITION(line, XML_GetCurrentLineNumber)
POSITION(column, XML_GetCurrentColumnNumber)
POSITION(byte_index, XML_GetCurrentByteIndex)

#define H(name, event) {#name, get_handler, set_handler, NULL, (void *)(intptr_t)(event)}
#define FLAG(name) {#name, get_flag, set_flag, NULL, (void *)offsetof(Parser, name)}
static PyGetSetDef parser_getset[] = {
    H(StartElementHandler, START_ELEMENT), H(EndElementHandler, END_ELEMENT), H(ProcessingInstructionHandler, PROCESSING_INSTRUCTION),
    H(CharacterDataHandler, CHARACTER_DATA), H(UnparsedEntityDeclHandler, UNPARSED_ENTITY_DECL), H(NotationDeclHandler, NOTATION_DECL),
    H(StartNamespaceDeclHandler, START_NAMESPACE), H(EndNamespaceDeclHandler, END_NAMESPACE), H(CommentHandler, COMMENT),
    H(StartCdataSectionHandler, START_CDATA), H(EndCdataSectionHandler, END_CDATA), H(DefaultHandler, DEFAULT),
    H(DefaultHandlerExpand, DEFAULT_EXPAND), H(NotStandaloneHandler, NOT_STANDALONE), H(ExternalEntityRefHandler, EXTERNAL_ENTITY),
    H(StartDoctypeDeclHandler, START_DOCTYPE), H(EndDoctypeDeclHandler, END_DOCTYPE), H(EntityDeclHandler, ENTITY_DECL),
    H(XmlDeclHandler, XML_DECL), H(ElementDeclHandler, ELEMENT_DECL), H(AttlistDeclHandler, ATTLIST_DECL), H(SkippedEntityHandler, SKIPPED_ENTITY),
    {"ErrorCode", get_error_code, NULL, NULL, NULL}, {"ErrorLineNumber", get_line, NULL, NULL, NULL},
    {"ErrorColumnNumber", get_column, NULL, NULL, NULL}, {"ErrorByteIndex", get_byte_index, NULL, NULL, NULL},
    {"CurrentLineNumber", get_line, NULL, NULL, NULL}, {"CurrentColumnNumber", get_column, NULL, NULL, NULL},
    {"CurrentByteIndex", get_byte_index, NULL, NULL, NULL}, {"buffer_size", get_buffer_size, set_buffer_size, NULL, NULL},
    {"buffer_text", get_buffer_text, set_buffer_text, NULL, NULL}, {"buffer_used", get_buffer_used, NULL, NULL, NULL},
    FLAG(namespace_prefixes), FLAG(ordered_attributes), FLAG(specified_attributes),
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMemberDef parser_members[] = {
    {"intern", T_OBJECT, offsetof(Parser, intern), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyTypeObject ParserType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "pyexpat.xmlparser",
    .tp_basicsize = sizeof(Parser),
    .tp_dealloc = parser_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "XML parser",
    .tp_traverse = parser_traverse,
    .tp_clear = parser_clear,
    .tp_methods = parser_methods,
    .tp_members = parser_members,
    .tp_getset = parser_getset,
};

/* ------------------------------------------------------------------ module */

static PyObject *create(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"encoding", "namespace_separator", "intern", NULL};
    static _PyArg_Parser parser = {NULL, names, "ParserCreate", 0};
    static const XML_Memory_Handling_Suite memory = {PyObject_Malloc, PyObject_Realloc, PyObject_Free};
    PyObject *slots[3] = {NULL, NULL, NULL}, *own = NULL;
    const char *encoding, *separator;
    if (kwnames || nargs > 3) {
        if (!_PyArg_UnpackKeywords(args, nargs, NULL, kwnames, &parser, 0, 3, 0, slots))
            return NULL;
    }
    for (Py_ssize_t i = 0; i < nargs; i++)
        slots[i] = args[i];
    if (optional_text(slots[0], "ParserCreate", "argument 'encoding'", &encoding) < 0 ||
        optional_text(slots[1], "ParserCreate", "argument 'namespace_separator'", &separator) < 0)
        return NULL;
    if (separator && strlen(separator) > 1) {
        PyErr_SetString(PyExc_ValueError, "namespace_separator must be at most one character, omitted, or None");
        return NULL;
    }
    PyObject *intern = slots[2];
    if (intern == NULL && (intern = own = PyDict_New()) == NULL)
        return NULL;
    if (intern == Py_None)
        intern = NULL;
    else if (!PyDict_Check(intern)) {
        PyErr_SetString(PyExc_TypeError, "intern must be a dictionary");
        return NULL;
    }
    Parser *self = new_parser(XML_ParserCreate_MM(encoding, &memory, separator), intern);
    Py_XDECREF(own);
    if (self == NULL)
        return NULL;
    XML_SetHashSalt(self->parser, (unsigned long)_Py_HashSecret.expat.hashsalt);
#ifdef TAI_HAVE_REPARSE_DEFERRAL /* tokens are wanted as soon as they are whole */
    XML_SetReparseDeferralEnabled(self->parser, XML_FALSE);
#endif
    XML_SetUnknownEncodingHandler(self->parser, on_unknown_encoding, NULL);
    return (PyObject *)self;
}

static PyObject *error_string(PyObject *Py_UNUSED(module), PyObject *arg)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    long code = PyLong_AsLong(arg);
    return code == -1 && PyErr_Occurred() ? NULL : Py_BuildValue("z", XML_ErrorString((enum XML_Error)code));
}

static PyMethodDef methods[] = {
    {"ParserCreate", (PyCFunction)(void (*)(void))create, METH_FASTCALL | METH_KEYWORDS, "ParserCreate($module, /, encoding=None, namespace_separator=None,\n             intern=<unrepresentable>)\n--\n\nA parser. With a namespace_separator names are expanded, URI and local name joined by it."},
    {"ErrorString", error_string, METH_O, "ErrorString($module, code, /)\n--\n\nThe text of an error code."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pyexpat",
    .m_doc = "XML parsing by Expat.",
    .m_size = -1,
    .m_methods = methods,
};

typedef struct {
    const char *name;
    int value;
} Constant;

#define E(name) {"XML_ERROR_" #name, XML_ERROR_##name}
static const Constant errors[] = {
    E(NO_MEMORY), E(SYNTAX), E(NO_ELEMENTS), E(INVALID_TOKEN), E(UNCLOSED_TOKEN), E(PARTIAL_CHAR), E(TAG_MISMATCH), E(DUPLICATE_ATTRIBUTE),
    E(JUNK_AFTER_DOC_ELEMENT), E(PARAM_ENTITY_REF), E(UNDEFINED_ENTITY), E(RECURSIVE_ENTITY_REF), E(ASYNC_ENTITY), E(BAD_CHAR_REF),
    E(BINARY_ENTITY_REF), E(ATTRIBUTE_EXTERNAL_ENTITY_REF), E(MISPLACED_XML_PI), E(UNKNOWN_ENCODING), E(INCORRECT_ENCODING),
    E(UNCLOSED_CDATA_SECTION), E(EXTERNAL_ENTITY_HANDLING), E(NOT_STANDALONE), E(UNEXPECTED_STATE), E(ENTITY_DECLARED_IN_PE),
    E(FEATURE_REQUIRES_XML_DTD), E(CANT_CHANGE_FEATURE_ONCE_PARSING), E(UNBOUND_PREFIX), E(UNDECLARING_PREFIX), E(INCOMPLETE_PE),
    E(XML_DECL), E(TEXT_DECL), E(PUBLICID), E(SUSPENDED), E(NOT_SUSPENDED), E(ABORTED), E(FINISHED), E(SUSPEND_PE),
};
#undef E

#define C(name) {#name, name}
static const Constant models[] = {
    C(XML_CTYPE_EMPTY), C(XML_CTYPE_ANY), C(XML_CTYPE_MIXED), C(XML_CTYPE_NAME), C(XML_CTYPE_CHOICE), C(XML_CTYPE_SEQ),
    C(XML_CQUANT_NONE), C(XML_CQUANT_OPT), C(XML_CQUANT_REP), C(XML_CQUANT_PLUS),
};
static const Constant plain[] = {
    C(XML_PARAM_ENTITY_PARSING_NEVER), C(XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE), C(XML_PARAM_ENTITY_PARSING_ALWAYS),
};
#undef C

/* pyexpat.errors: name -> text, text -> code (codes), code -> text (messages). 0 / -1. */
static int fill_errors(PyObject *m)
{
    PyObject *codes = PyDict_New(), *messages = PyDict_New();
    int status = codes && messages ? 0 : -1;
    for (size_t i = 0; status == 0 && i < Py_ARRAY_LENGTH(errors); i++) {
        PyObject *text = PyUnicode_FromString(XML_ErrorString((enum XML_Error)errors[i].value)), *code = PyLong_FromLong(errors[i].value);
        if (!text || !code || PyDict_SetItemString(PyModule_GetDict(m), errors[i].name, text) < 0 || PyDict_SetItem(codes, text, code) < 0 ||
            PyDict_SetItem(messages, code, text) < 0)
            status = -1;
        Py_XDECREF(text);
        Py_XDECREF(code);
    }
    if (status == 0 && (PyDict_SetItemString(PyModule_GetDict(m), "codes", codes) < 0 || PyDict_SetItemString(PyModule_GetDict(m), "messages", messages) < 0))
        status = -1;
    Py_XDECREF(codes);
    Py_XDECREF(messages);
    return status;
}

/* A module inside this one, in sys.modules and as an attribute. Borrowed. */
static PyObject *submodule(PyObject *m, const char *full_name, const char *doc)
{
    PyObject *sub = PyImport_AddModule(full_name);
    if (sub == NULL || PyModule_SetDocString(sub, doc) < 0 || PyDict_SetItemString(PyModule_GetDict(m), strchr(full_name, '.') + 1, sub) < 0)
        return NULL;
    return sub;
}

static PyObject *feature_list(void)
{
    PyObject *list = PyList_New(0);
    for (const XML_Feature *f = XML_GetFeatureList(); list && f->feature != XML_FEATURE_END; f++) {
        PyObject *pair = Py_BuildValue("(si)", f->name, (int)f->value);
        if (pair == NULL || PyList_Append(list, pair) < 0)
            Py_CLEAR(list);
        Py_XDECREF(pair);
    }
    return list;
}

static struct PyExpat_CAPI capi = {
    .magic = PyExpat_CAPI_MAGIC,
    .size = sizeof capi,
    .MAJOR_VERSION = XML_MAJOR_VERSION,
    .MINOR_VERSION = XML_MINOR_VERSION,
    .MICRO_VERSION = XML_MICRO_VERSION,
    .ErrorString = XML_ErrorString,
    .GetErrorCode = XML_GetErrorCode,
    .GetErrorColumnNumber = XML_GetErrorColumnNumber,
    .GetErrorLineNumber = XML_GetErrorLineNumber,
    .Parse = XML_Parse,
    .ParserCreate_MM = XML_ParserCreate_MM,
    .ParserFree = XML_ParserFree,
    .SetCharacterDataHandler = XML_SetCharacterDataHandler,
    .SetCommentHandler = XML_SetCommentHandler,
    .SetDefaultHandlerExpand = XML_SetDefaultHandlerExpand,
    .SetElementHandler = XML_SetElementHandler,
    .SetNamespaceDeclHandler = XML_SetNamespaceDeclHandler,
    .SetProcessingInstructionHandler = XML_SetProcessingInstructionHandler,
    .SetUnknownEncodingHandler = XML_SetUnknownEncodingHandler,
    .SetUserData = XML_SetUserData,
    .SetStartDoctypeDeclHandler = XML_SetStartDoctypeDeclHandler,
    .SetEncoding = XML_SetEncoding,
    .DefaultUnknownEncodingHandler = on_unknown_encoding,
    .SetHashSalt = XML_SetHashSalt,
};

static int add_steal(PyObject *m, const char *name, PyObject *v)
{
    int status = v ? PyDict_SetItemString(PyModule_GetDict(m), name, v) : -1;
    Py_XDECREF(v);
    return status;
}

static int fill_module(PyObject *m)
{
    PyObject *d = PyModule_GetDict(m), *sub;
    XML_Expat_Version v = XML_ExpatVersionInfo();
    if (ExpatError == NULL && (ExpatError = PyErr_NewException("xml.parsers.expat.ExpatError", NULL, NULL)) == NULL)
        return -1;
    if (PyDict_SetItemString(d, "error", ExpatError) < 0 || PyDict_SetItemString(d, "ExpatError", ExpatError) < 0 ||
        PyDict_SetItemString(d, "XMLParserType", (PyObject *)&ParserType) < 0 || PyModule_AddStringConstant(m, "EXPAT_VERSION", XML_ExpatVersion()) < 0 ||
        add_steal(m, "version_info", Py_BuildValue("(iii)", v.major, v.minor, v.micro)) < 0 ||
        PyModule_AddStringConstant(m, "native_encoding", "UTF-8") < 0 || add_steal(m, "features", feature_list()) < 0)
        return -1;
    if ((sub = submodule(m, "pyexpat.errors", "Names of the errors, as their texts.")) == NULL || fill_errors(sub) < 0)
        return -1;
    if ((sub = submodule(m, "pyexpat.model", "Names of the numbers in content models.")) == NULL)
        return -1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(models); i++)
        if (PyModule_AddIntConstant(sub, models[i].name, models[i].value) < 0)
            return -1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(plain); i++)
        if (PyModule_AddIntConstant(m, plain[i].name, plain[i].value) < 0)
            return -1;
    return add_steal(m, "expat_CAPI", PyCapsule_New(&capi, PyExpat_CAPSULE_NAME, NULL));
}

PyMODINIT_FUNC PyInit_pyexpat(void)
{
    if (PyType_Ready(&ParserType) < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m && fill_module(m) < 0)
        Py_CLEAR(m);
    return m;
}
