/* SPDX-License-Identifier: MIT */
/* structseq.h: tuples with named fields. */
#ifndef TAIPAN_STRUCTSEQ_H
#define TAIPAN_STRUCTSEQ_H

#ifdef __cplusplus
extern "C" {
#endif

struct PyStructSequence_Field {
    const char *name;
    const char *doc;
};

struct PyStructSequence_Desc {
    const char *name;
    const char *doc;
    struct PyStructSequence_Field *fields;
    int n_in_sequence;
};

#ifndef Py_LIMITED_API
typedef PyTupleObject PyStructSequence;
#endif
PyAPI_FUNC(PyObject *) PyStructSequence_GetItem(PyObject *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyStructSequence_New(PyTypeObject *);
PyAPI_FUNC(PyTypeObject *) PyStructSequence_NewType(PyStructSequence_Desc *);
PyAPI_FUNC(void) PyStructSequence_SetItem(PyObject *, Py_ssize_t, PyObject *);
PyAPI_DATA(char *) PyStructSequence_UnnamedField;
#ifndef Py_LIMITED_API
PyAPI_FUNC(void) PyStructSequence_InitType(PyTypeObject *, PyStructSequence_Desc *);
PyAPI_FUNC(int) PyStructSequence_InitType2(PyTypeObject *, PyStructSequence_Desc *);
#endif

#ifndef Py_LIMITED_API
#define PyStructSequence_SET_ITEM(op, i, v) PyTuple_SET_ITEM(op, i, v)
#define PyStructSequence_GET_ITEM(op, i) PyTuple_GET_ITEM(op, i)
#endif

#ifdef __cplusplus
}
#endif

#endif
