/* SPDX-License-Identifier: MIT */
/* compare: rich comparison and hashing of any two objects.
 *
 * Order of attempts for `v op w`: the reflected operation of w first if its type is a proper subclass of v's and defines a
 * comparison; then v's; then w's reflected one; then == and != fall back to identity. Tests: tests/objects/test_abstract.py.
 */
#include "objects/object.h"
#include "runtime/recursion.h"

int _Py_SwappedOp[] = {Py_GT, Py_GE, Py_EQ, Py_NE, Py_LT, Py_LE};

static const char *const op_signs[] = {"<", "<=", "==", "!=", ">", ">="};

/* The attempts; new reference. Runs code. */
static PyObject *compare(PyObject *v, PyObject *w, int op)
{
    PyTypeObject *vt = Py_TYPE(v), *wt = Py_TYPE(w);
    PyObject *res;
    int tried_reflected = 0;
    if (vt != wt && wt->tp_richcompare != NULL && PyType_IsSubtype(wt, vt)) {
        tried_reflected = 1;
        res = wt->tp_richcompare(w, v, _Py_SwappedOp[op]);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    if (vt->tp_richcompare != NULL) {
        res = vt->tp_richcompare(v, w, op);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    wt = Py_TYPE(w);
    if (!tried_reflected && wt->tp_richcompare != NULL) {
        res = wt->tp_richcompare(w, v, _Py_SwappedOp[op]);
        if (res != Py_NotImplemented)
            return res;
        Py_DECREF(res);
    }
    if (op != Py_EQ && op != Py_NE) {
        PyErr_Format(PyExc_TypeError, "'%s' not supported between instances of '%.100s' and '%.100s'", op_signs[op],
                     Py_TYPE(v)->tp_name, Py_TYPE(w)->tp_name);
        return NULL;
    }
    res = (v == w) == (op == Py_EQ) ? Py_True : Py_False;
    Py_INCREF(res);
    return res;
}

PyObject *PyObject_RichCompare(PyObject *v, PyObject *w, int op)
{
    PyObject *res;
    assert(op >= Py_LT && op <= Py_GE);
    if (v == NULL || w == NULL) {
        if (!PyErr_Occurred())
            PyErr_BadInternalCall();
        return NULL;
    }
    if (Py_TYPE(v) == Py_TYPE(w) && (PyLong_CheckExact(v) || PyUnicode_CheckExact(v) || PyFloat_CheckExact(v))) {
        res = Py_TYPE(v)->tp_richcompare(v, w, op); /* knows every answer and does not recurse */
        assert(res != Py_NotImplemented);
        return res;
    }
    if (tai_enter_c(" in comparison"))
        return NULL;
    res = compare(v, w, op);
    tai_leave_c();
    return res;
}

int PyObject_RichCompareBool(PyObject *v, PyObject *w, int op)
{
    PyObject *res;
    int truth;
    if (v == w) {
        if (op == Py_EQ)
            return 1;
        if (op == Py_NE)
            return 0;
    }
    if (v != NULL && w != NULL && PyUnicode_CheckExact(v) && PyUnicode_CheckExact(w) && (op == Py_EQ || op == Py_NE) && PyUnicode_IS_READY(v) && PyUnicode_IS_READY(w))
        return (_PyUnicode_EQ(v, w) != 0) == (op == Py_EQ);
    res = PyObject_RichCompare(v, w, op);
    if (res == NULL)
        return -1;
    truth = PyBool_Check(res) ? res == Py_True : PyObject_IsTrue(res);
    Py_DECREF(res);
    return truth;
}

Py_hash_t PyObject_HashNotImplemented(PyObject *v)
{
    PyErr_Format(PyExc_TypeError, "unhashable type: '%.200s'", Py_TYPE(v)->tp_name);
    return -1;
}

Py_hash_t PyObject_Hash(PyObject *v)
{
    PyTypeObject *type = Py_TYPE(v);
    if (LIKELY(type->tp_hash != NULL))
        return type->tp_hash(v);
    if (type->tp_dict == NULL) { /* a static type that nobody has readied yet */
        if (PyType_Ready(type) < 0)
            return -1;
        if (type->tp_hash != NULL)
            return type->tp_hash(v);
    }
    return PyObject_HashNotImplemented(v);
}
