/* SPDX-License-Identifier: MIT */
/* args: parameters of a METH_FASTCALL | METH_KEYWORDS method in an array of their own, NULL where one was not given.
 *
 * _PyArg_UnpackKeywords() may hand the caller's array back, which ends after the last argument given; this does not.
 */
#ifndef TAI_OBJECTS_ARGS_H
#define TAI_OBJECTS_ARGS_H

#include "Python.h"

/* Fill slots[0..total): minpos to maxpos of them positional. slots, or NULL with TypeError. */
static inline PyObject **tai_args_unpack(PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, _PyArg_Parser *parser,
                                         int minpos, int maxpos, int total, PyObject **slots)
{
    for (int i = 0; i < total; i++)
        slots[i] = NULL;
    if (kwnames == NULL && minpos <= nargs && nargs <= maxpos) {
        for (Py_ssize_t i = 0; i < nargs; i++)
            slots[i] = args[i];
        return slots;
    }
    return (_PyArg_UnpackKeywords)(args, nargs, NULL, kwnames, parser, minpos, maxpos, 0, slots) ? slots : NULL;
}

#endif
