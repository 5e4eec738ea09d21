/* SPDX-License-Identifier: MIT */
/* _elementtree: the fast half of xml.etree.ElementTree.
 *
 *   element.c   Element, its iterators, SubElement
 *   builder.c   TreeBuilder; the module
 *   parser.c    XMLParser, on Expat
 *
 *   Element -> tag, text, tail (owned, never NULL once made)
 *           -> Extra, or NULL for an element without attributes and children:
 *              attrib (dict or NULL) | children[0 .. length - 1] owned | room up to allocated
 *
 * [ET-1] Children are always Elements (or of subclasses).
 * [ET-2] children moves whenever code runs: indices and lengths are asked for again.
 */
#ifndef TAI_EXTENSIONS_ELEMENTTREE_H
#define TAI_EXTENSIONS_ELEMENTTREE_H

#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include "structmember.h"
#include <stddef.h>

enum { FEW = 4 };

typedef struct {
    PyObject *attrib;
    Py_ssize_t length, allocated;
    PyObject **children; /* few, or memory of its own */
    PyObject *few[FEW];
} Extra;

typedef struct {
    PyObject_HEAD
    PyObject *tag, *text, *tail;
    Extra *extra;
    PyObject *weakrefs;
} Element;

typedef struct {
    PyObject_HEAD
    PyObject *root, *self_this, *last, *last_for_tail; /* NULL: none */
    PyObject *data;                                     /* str, list of str, or NULL */
    PyObject *stack;                                    /* list; its first `depth` items count */
    PyObject *element_factory, *comment_factory, *pi_factory;
    PyObject *events_append;                            /* or NULL */
    PyObject *events[6];                                /* str by kind, NULL: not wanted */
    char insert_comments, insert_pis;
} Builder;

enum { EVENT_START, EVENT_END, EVENT_START_NS, EVENT_END_NS, EVENT_COMMENT, EVENT_PI };

extern PyTypeObject EtElementType, EtElementIterType, EtBuilderType, EtParserType;
extern PyObject *et_parse_error, *et_deepcopy, *et_path;
extern PyObject *et_comment_factory, *et_pi_factory;

PyObject *et_new_element(PyObject *tag, PyObject *attrib);
int et_add_child(Element *self, PyObject *child);
PyObject *et_subelement(PyObject *module, PyObject *args, PyObject *kwds);

PyObject *et_builder_start(Builder *b, PyObject *tag, PyObject *attrib); /* attrib may be NULL */
PyObject *et_builder_data(Builder *b, PyObject *data);
PyObject *et_builder_end(Builder *b);
PyObject *et_builder_comment(Builder *b, PyObject *text);
PyObject *et_builder_pi(Builder *b, PyObject *target, PyObject *text);
PyObject *et_builder_close(Builder *b);
int et_builder_event(Builder *b, int kind, PyObject *what);
int et_parser_init(void);

#endif
