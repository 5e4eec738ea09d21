/* SPDX-License-Identifier: MIT */
/* The exception classes themselves: type objects and PyExc_ pointers made from defs/exception.def.
 *
 * A type object starts with name, parent and doc; tai_exceptions_init() copies the slots of its kind into it and readies it.
 */
#include "objects/exceptions/exceptions.h"
#include "objects/exceptions/kinds.h"


/* ---- type objects ---- */

#define ALIAS(name, of)
#define EXCEPTION(name, parent, kind, doc) static PyTypeObject type_##name;
#include "defs/exception.def"
#undef EXCEPTION

#define type_0 PyBaseObject_Type
#define EXCEPTION(name, parent, kind, doc) \
    static PyTypeObject type_##name = { \
        PyVarObject_HEAD_INIT(&PyType_Type, 0) \
        .tp_name = #name, \
        .tp_basicsize = sizeof(PyBaseExceptionObject), \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASE_EXC_SUBCLASS, \
        .tp_doc = doc, \
        .tp_base = &type_##parent, \
        .tp_dictoffset = offsetof(PyBaseExceptionObject, dict), \
    }; \
    PyObject *PyExc_##name = (PyObject *)&type_##name;
#include "defs/exception.def"
#undef EXCEPTION
#undef ALIAS

#define EXCEPTION(name, parent, kind, doc)
#define ALIAS(name, of) PyObject *PyExc_##name = (PyObject *)&type_##of;
#include "defs/exception.def"
#undef ALIAS
#undef EXCEPTION

/* ---- rows ---- */

typedef struct {
    PyTypeObject *type;
    const TaiExceptionKind *kind;
} Row;

static const Row rows[] = {
#define ALIAS(name, of)
#define EXCEPTION(name, parent, kind, doc) {&type_##name, &tai_exception_##kind},
#include "defs/exception.def"
#undef EXCEPTION
#undef ALIAS
};

static const struct { const char *name; PyTypeObject *type; } aliases[] = {
#define EXCEPTION(name, parent, kind, doc)
#define ALIAS(name, of) {#name, &type_##of},
#include "defs/exception.def"
#undef ALIAS
#undef EXCEPTION
};

/* The class of a kind defines its methods; further classes of the kind inherit them. */
static void apply(const Row *row, const TaiExceptionKind *parent_kind)
{
    PyTypeObject *type = row->type;
    const TaiExceptionKind *kind = row->kind;
    type->tp_basicsize = kind->size;
    if (kind == &tai_exception_base || kind != parent_kind)
        type->tp_new = kind->new; /* the others inherit it and have no __new__ of their own */
    type->tp_init = kind->init;
    type->tp_dealloc = kind->dealloc;
    type->tp_traverse = kind->traverse;
    type->tp_clear = kind->clear;
    type->tp_vectorcall = kind->vectorcall;
    if (kind != parent_kind) {
        type->tp_str = kind->str;
        type->tp_methods = kind->methods;
        type->tp_members = kind->members;
        type->tp_getset = kind->getset;
    }
}

static const TaiExceptionKind *kind_of(PyTypeObject *type)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(rows); i++)
        if (rows[i].type == type)
            return rows[i].kind;
    return NULL;
}

int tai_exceptions_init(void)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(rows); i++) {
        apply(&rows[i], kind_of(rows[i].type->tp_base));
        if (i == 0)
            tai_exception_root_slots(rows[0].type);
        if (PyType_Ready(rows[i].type) < 0)
            return -1;
    }
    return tai_oserror_init() < 0 || tai_memory_error_init() < 0 ? -1 : 0;
}

int tai_exceptions_add_to(PyObject *builtins_module)
{
    PyObject *dict = PyModule_GetDict(builtins_module);
    if (dict == NULL)
        return -1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(rows); i++)
        if (PyDict_SetItemString(dict, rows[i].type->tp_name, (PyObject *)rows[i].type) < 0)
            return -1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(aliases); i++)
        if (PyDict_SetItemString(dict, aliases[i].name, (PyObject *)aliases[i].type) < 0)
            return -1;
    return 0;
}
