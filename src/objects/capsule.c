/* SPDX-License-Identifier: MIT */
/* PyCapsule: a named C pointer as an object, for C interfaces between extensions. A pointer that is not NULL makes a capsule valid.
 * Tests: tests/capi/test_testcapi.py.
 */
#include "Python.h"

#include <string.h>

typedef struct {
    PyObject_HEAD
    void *pointer;
    const char *name;
    void *context;
    PyCapsule_Destructor destructor;
} Capsule;

#define SELF(op) ((Capsule *)(op))

static int same_name(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* The capsule, or NULL with ValueError that names the function. */
static Capsule *checked(PyObject *op, const char *message)
{
    if (op != NULL && PyCapsule_CheckExact(op) && SELF(op)->pointer != NULL)
        return SELF(op);
    PyErr_SetString(PyExc_ValueError, message);
    return NULL;
}

#define CHECKED(op, function) checked(op, function " called with invalid PyCapsule object")

PyObject *PyCapsule_New(void *pointer, const char *name, PyCapsule_Destructor release)
{
    if (pointer == NULL) {
        PyErr_SetString(PyExc_ValueError, "PyCapsule_New called with null pointer");
        return NULL;
    }
    Capsule *self = PyObject_New(Capsule, &PyCapsule_Type);
    if (self == NULL)
        return NULL;
    self->pointer = pointer;
    self->name = name;
    self->context = NULL;
    self->destructor = release;
    return (PyObject *)self;
}

int PyCapsule_IsValid(PyObject *op, const char *name)
{
    return op != NULL && PyCapsule_CheckExact(op) && SELF(op)->pointer != NULL && same_name(SELF(op)->name, name);
}

void *PyCapsule_GetPointer(PyObject *op, const char *name)
{
    Capsule *self = CHECKED(op, "PyCapsule_GetPointer");
    if (self == NULL)
        return NULL;
    if (!same_name(name, self->name)) {
        PyErr_SetString(PyExc_ValueError, "PyCapsule_GetPointer called with incorrect name");
        return NULL;
    }
    return self->pointer;
}

const char *PyCapsule_GetName(PyObject *op)
{
    Capsule *self = CHECKED(op, "PyCapsule_GetName");
    return self ? self->name : NULL;
}

PyCapsule_Destructor PyCapsule_GetDestructor(PyObject *op)
{
    Capsule *self = CHECKED(op, "PyCapsule_GetDestructor");
    return self ? self->destructor : NULL;
}

void *PyCapsule_GetContext(PyObject *op)
{
    Capsule *self = CHECKED(op, "PyCapsule_GetContext");
    return self ? self->context : NULL;
}

int PyCapsule_SetPointer(PyObject *op, void *pointer)
{
    if (pointer == NULL) {
        PyErr_SetString(PyExc_ValueError, "PyCapsule_SetPointer called with null pointer");
        return -1;
    }
    Capsule *self = CHECKED(op, "PyCapsule_SetPointer");
    if (self == NULL)
        return -1;
    self->pointer = pointer;
    return 0;
}

int PyCapsule_SetName(PyObject *op, const char *name)
{
    Capsule *self = CHECKED(op, "PyCapsule_SetName");
    if (self == NULL)
        return -1;
    self->name = name;
    return 0;
}

int PyCapsule_SetDestructor(PyObject *op, PyCapsule_Destructor release)
{
    Capsule *self = CHECKED(op, "PyCapsule_SetDestructor");
    if (self == NULL)
        return -1;
    self->destructor = release;
    return 0;
}

int PyCapsule_SetContext(PyObject *op, void *context)
{
    Capsule *self = CHECKED(op, "PyCapsule_SetContext");
    if (self == NULL)
        return -1;
    self->context = context;
    return 0;
}

static void no_module(const char *name, Py_ssize_t length)
{
    PyObject *shown = PyUnicode_DecodeUTF8(name, length, "replace");
    if (shown != NULL)
        PyErr_Format(PyExc_ImportError, "PyCapsule_Import could not import module \"%U\"", shown);
    Py_XDECREF(shown);
}

/* The pointer of the capsule that is called `name`, "package.module.attribute": the first part is imported, the others are
 * attributes. NULL with an exception. Runs code. */
void *PyCapsule_Import(const char *name, int no_block)
{
    PyObject *object = NULL;
    void *pointer = NULL;
    for (const char *part = name; part != NULL;) {
        const char *dot = strchr(part, '.');
        PyObject *text = dot ? PyUnicode_FromStringAndSize(part, dot - part) : PyUnicode_FromString(part), *next;
        if (text == NULL) {
            if (object == NULL && !no_block)
                no_module(part, dot ? dot - part : (Py_ssize_t)strlen(part));
            goto done;
        }
        if (object != NULL)
            next = PyObject_GetAttr(object, text);
        else if (no_block)
            next = PyImport_ImportModuleNoBlock(PyUnicode_AsUTF8(text));
        else {
            next = PyImport_Import(text);
            if (next == NULL)
                no_module(part, dot ? dot - part : (Py_ssize_t)strlen(part));
        }
        Py_DECREF(text);
        Py_XSETREF(object, next);
        if (object == NULL)
            goto done;
        part = dot ? dot + 1 : NULL;
    }
    if (PyCapsule_IsValid(object, name))
        pointer = SELF(object)->pointer;
    else
        PyErr_Format(PyExc_AttributeError, "PyCapsule_Import \"%s\" is not valid", name);
done:
    Py_XDECREF(object);
    return pointer;
}

static void capsule_dealloc(PyObject *op)
{
    if (SELF(op)->destructor != NULL)
        SELF(op)->destructor(op);
    PyObject_Free(op);
}

static PyObject *capsule_repr(PyObject *op)
{
    const char *name = SELF(op)->name, *quote = name ? "\"" : "";
    return PyUnicode_FromFormat("<capsule object %s%s%s at %p>", quote, name ? name : "NULL", quote, op);
}

PyTypeObject PyCapsule_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "PyCapsule",
    .tp_basicsize = sizeof(Capsule),
    .tp_dealloc = capsule_dealloc,
    .tp_repr = capsule_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "A C pointer in the keeping of Python, with a name that says what it points to.\n\n"
              "Extension modules hand their C interfaces to each other in such objects.\n",
};
