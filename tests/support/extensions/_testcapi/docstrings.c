/* SPDX-License-Identifier: MIT */
/* _testcapi: functions whose docstrings have, lack or spoil a text signature; what they do does not matter. */
#include "testcapi.h"

static PyObject *do_nothing(PyObject *self, PyObject *unused)
{
    Py_RETURN_NONE;
}

#define DOCUMENTED(name, doc) {name, do_nothing, METH_NOARGS, doc}

static PyMethodDef functions[] = {
    DOCUMENTED("no_docstring", NULL),
    DOCUMENTED("docstring_empty", ""),
    DOCUMENTED("docstring_no_signature", "This docstring has no signature."),
    DOCUMENTED("docstring_with_invalid_signature",
               "docstring_with_invalid_signature($module, /, boo)\n\nThis docstring has an invalid signature."),
    DOCUMENTED("docstring_with_invalid_signature2",
               "docstring_with_invalid_signature2($module, /, boo)\n\n--\n\nThis docstring also has an invalid signature."),
    DOCUMENTED("docstring_with_signature",
               "docstring_with_signature($module, /, sig)\n--\n\nThis docstring has a valid signature."),
    DOCUMENTED("docstring_with_signature_but_no_doc", "docstring_with_signature_but_no_doc($module, /, sig)\n--\n\n"),
    DOCUMENTED("docstring_with_signature_and_extra_newlines",
               "docstring_with_signature_and_extra_newlines($module, /, parameter)\n--\n\n"
               "\nThis docstring has a valid signature and some extra newlines."),
    DOCUMENTED("docstring_with_signature_with_defaults",
               "docstring_with_signature_with_defaults(module, s='avocado',\n"
               "        b=b'bytes', d=3.14, i=35, n=None, t=True, f=False,\n"
               "        local=the_number_three, sys=sys.maxsize,\n"
               "        exp=sys.maxsize - 1)\n--\n\n"
               "Defaults of many kinds stand in this signature."),
    DOCUMENTED("test_with_docstring", "A docstring that fits a property."),
    {NULL},
};

int testcapi_add_docstring_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
