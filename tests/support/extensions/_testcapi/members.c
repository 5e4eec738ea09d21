/* SPDX-License-Identifier: MIT */
/* _testcapi: a type whose attributes are C fields, one of each T_ kind that test_structmembers looks at. */
#include "testcapi.h"
#include "structmember.h"

#include <stddef.h>

enum { INPLACE_ROOM = 6 };

typedef struct {
    PyObject_HEAD
    char bool_member;
    char byte_member;
    unsigned char ubyte_member;
    short short_member;
    unsigned short ushort_member;
    int int_member;
    unsigned int uint_member;
    long long_member;
    unsigned long ulong_member;
    Py_ssize_t ssize_member;
    float float_member;
    double double_member;
    char inplace_member[INPLACE_ROOM];
    long long longlong_member;
    unsigned long long ulonglong_member;
} AllMembers;

#define MEMBER(kind, field) {#kind, kind, offsetof(AllMembers, field), 0, NULL}
static PyMemberDef members[] = {
    MEMBER(T_BOOL, bool_member),       MEMBER(T_BYTE, byte_member),     MEMBER(T_UBYTE, ubyte_member),
    MEMBER(T_SHORT, short_member),     MEMBER(T_USHORT, ushort_member), MEMBER(T_INT, int_member),
    MEMBER(T_UINT, uint_member),       MEMBER(T_LONG, long_member),     MEMBER(T_ULONG, ulong_member),
    MEMBER(T_PYSSIZET, ssize_member),  MEMBER(T_FLOAT, float_member),   MEMBER(T_DOUBLE, double_member),
    MEMBER(T_STRING_INPLACE, inplace_member), MEMBER(T_LONGLONG, longlong_member), MEMBER(T_ULONGLONG, ulonglong_member),
    {NULL},
};

static PyObject *all_members_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"T_BOOL",   "T_BYTE",    "T_UBYTE", "T_SHORT",  "T_USHORT",         "T_INT",      "T_UINT",
                            "T_LONG",   "T_ULONG",   "T_PYSSIZET", "T_FLOAT", "T_DOUBLE", "T_STRING_INPLACE", "T_LONGLONG",
                            "T_ULONGLONG", NULL};
    AllMembers *self = (AllMembers *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    const char *text = NULL;
    Py_ssize_t length = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|bbBhHiIlknfds#LK", names, &self->bool_member, &self->byte_member,
                                     &self->ubyte_member, &self->short_member, &self->ushort_member, &self->int_member,
                                     &self->uint_member, &self->long_member, &self->ulong_member, &self->ssize_member,
                                     &self->float_member, &self->double_member, &text, &length, &self->longlong_member,
                                     &self->ulonglong_member))
        goto error;
    if (length >= INPLACE_ROOM) {
        PyErr_Format(PyExc_ValueError, "T_STRING_INPLACE has room for %d bytes", INPLACE_ROOM - 1);
        goto error;
    }
    if (text != NULL)
        memcpy(self->inplace_member, text, (size_t)length);
    return (PyObject *)self;
error:
    Py_DECREF(self);
    return NULL;
}

static PyTypeObject AllMembers_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "test_structmembersType",
    .tp_doc = "One attribute for each kind of C field.",
    .tp_basicsize = sizeof(AllMembers),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_members = members,
    .tp_new = all_members_new,
};

int testcapi_add_member_type(PyObject *module)
{
    return testcapi_add_type(module, "_test_structmembersType", &AllMembers_Type);
}
