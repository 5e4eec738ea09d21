/* SPDX-License-Identifier: MIT */
/* object: attribute access and call helpers for hot callers; see object.c, attribute.c, compare.c, call.c. */
#ifndef TAI_OBJECTS_OBJECT_H
#define TAI_OBJECTS_OBJECT_H

#include "Python.h"
#include "runtime/state.h"

/* For `o.name(...)`: 1 and *method an unbound function (owned) to be called with o first, or 0 and *method the attribute
 * (owned), or 0 and NULL with an exception. Runs code. */
PyAPI_FUNC(int) _PyObject_GetMethod(PyObject *o, PyObject *name, PyObject **method);

/* Where the __dict__ of o stands, or NULL if it has none. For heap and static types with any tp_dictoffset. */
static inline PyObject **tai_object_dict_ptr(PyObject *o)
{
    Py_ssize_t offset = Py_TYPE(o)->tp_dictoffset;
    if (LIKELY(offset > 0))
        return (PyObject **)((char *)o + offset);
    return offset == 0 ? NULL : _PyObject_GetDictPtr(o);
}

/* The generic getattr with error suppression: new reference, or NULL; with suppress no AttributeError is made or kept. */
PyObject *tai_object_generic_getattr(PyObject *o, PyObject *name, int suppress);

/* Call callable(self, *args) without building anything. New reference. Runs code. */
PyObject *tai_call_prepend(PyObject *callable, PyObject *self, PyObject *const *args, Py_ssize_t nargs,
                           PyObject *kwnames);
/* Tuple and dict to vectorcall arguments and back. */
PyObject *tai_call_tuple_from_stack(PyObject *const *args, Py_ssize_t nargs);

/* binary operation by slot with the exact 3.8 order; NotImplemented when neither side knows. New. */
PyObject *tai_number_binary1(PyObject *v, PyObject *w, size_t slot_offset);

/* isinstance without __instancecheck__ for an exact match and for MRO membership. */
static inline int tai_type_is_subtype(PyTypeObject *a, PyTypeObject *b) { return a == b || PyType_IsSubtype(a, b); }

int tai_object_init_types(void);

#endif
