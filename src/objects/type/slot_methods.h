/* SPDX-License-Identifier: MIT */
/* Functions that stand in slots of Python classes and call their special methods (slot_methods.c). */
#ifndef TAI_OBJECTS_TYPE_SLOT_METHODS_H
#define TAI_OBJECTS_TYPE_SLOT_METHODS_H

#include "objects/type/type.h"

PyObject *tai_slot_repr(PyObject *self);
PyObject *tai_slot_str(PyObject *self);
Py_hash_t tai_slot_hash(PyObject *self);
int tai_slot_setattro(PyObject *self, PyObject *name, PyObject *value);
PyObject *tai_slot_richcompare(PyObject *self, PyObject *other, int op);
PyObject *tai_slot_iter(PyObject *self);
PyObject *tai_slot_descr_get(PyObject *self, PyObject *obj, PyObject *type);
int tai_slot_descr_set(PyObject *self, PyObject *target, PyObject *value);
void tai_slot_finalize(PyObject *self);
PyObject *tai_slot_am_await(PyObject *self);
PyObject *tai_slot_am_aiter(PyObject *self);
PyObject *tai_slot_am_anext(PyObject *self);
Py_ssize_t tai_slot_length(PyObject *self);
int tai_slot_ass_subscript(PyObject *self, PyObject *key, PyObject *value);
PyObject *tai_slot_sq_item(PyObject *self, Py_ssize_t i);
int tai_slot_sq_ass_item(PyObject *self, Py_ssize_t i, PyObject *value);
int tai_slot_sq_contains(PyObject *self, PyObject *value);
PyObject *tai_slot_nb_power(PyObject *self, PyObject *other, PyObject *modulus);
PyObject *tai_slot_nb_inplace_power(PyObject *self, PyObject *other, PyObject *modulus);
int tai_slot_nb_bool(PyObject *self);

/* number of the row, member of PyNumberMethods, method, reflected method */
#define NUMBER_BINARY(X) \
    X(nb_add, __add__, __radd__) X(nb_subtract, __sub__, __rsub__) X(nb_multiply, __mul__, __rmul__) \
    X(nb_remainder, __mod__, __rmod__) X(nb_divmod, __divmod__, __rdivmod__) X(nb_lshift, __lshift__, __rlshift__) \
    X(nb_rshift, __rshift__, __rrshift__) X(nb_and, __and__, __rand__) X(nb_xor, __xor__, __rxor__) \
    X(nb_or, __or__, __ror__) X(nb_floor_divide, __floordiv__, __rfloordiv__) \
    X(nb_true_divide, __truediv__, __rtruediv__) X(nb_matrix_multiply, __matmul__, __rmatmul__)
#define NUMBER_INPLACE(X) \
    X(nb_inplace_add, __iadd__) X(nb_inplace_subtract, __isub__) X(nb_inplace_multiply, __imul__) \
    X(nb_inplace_remainder, __imod__) X(nb_inplace_lshift, __ilshift__) X(nb_inplace_rshift, __irshift__) \
    X(nb_inplace_and, __iand__) X(nb_inplace_xor, __ixor__) X(nb_inplace_or, __ior__) \
    X(nb_inplace_floor_divide, __ifloordiv__) X(nb_inplace_true_divide, __itruediv__) \
    X(nb_inplace_matrix_multiply, __imatmul__)
#define NUMBER_UNARY(X) \
    X(nb_negative, __neg__) X(nb_positive, __pos__) X(nb_absolute, __abs__) X(nb_invert, __invert__) \
    X(nb_int, __int__) X(nb_float, __float__) X(nb_index, __index__)

#define DECLARE(member, ...) PyObject *tai_slot_##member(PyObject *, PyObject *);
NUMBER_BINARY(DECLARE)
NUMBER_INPLACE(DECLARE)
#undef DECLARE
#define DECLARE(member, ...) PyObject *tai_slot_##member(PyObject *);
NUMBER_UNARY(DECLARE)
#undef DECLARE

#endif
