/* SPDX-License-Identifier: MIT */
/* Text -> node -> code object, and trees made by hand. See test_symbols.py. */
#include <Python.h>
#include <node.h>
#include <grammar.h>
#include <errcode.h>
#include <parsetok.h>
#include <compile.h>
#include <string.h>

static PyObject *code_of(node *n)
{
    if (n == NULL)
        return NULL;
    PyObject *code = (PyObject *)PyNode_Compile(n, "from node");
    PyNode_Free(n);
    return code;
}

static PyObject *simple(PyObject *self, PyObject *args)
{
    const char *text;
    int start;
    return PyArg_ParseTuple(args, "si", &text, &start) ? code_of(PyParser_SimpleParseStringFlags(text, start, 0)) : NULL;
}

static PyObject *detailed(PyObject *self, PyObject *args)
{
    const char *text;
    perrdetail err;
    int start, flags = 0;
    if (!PyArg_ParseTuple(args, "si", &text, &start))
        return NULL;
    node *n = PyParser_ParseStringFlagsFilenameEx(text, "named", NULL, start, &err, &flags);
    if (n == NULL)
        PyParser_SetError(&err);
    PyParser_ClearError(&err);
    return code_of(n);
}

static PyObject *built(PyObject *self, PyObject *unused)
{
    node *n = PyNode_New(257);
    for (int i = 0; i < 5; i++) {
        char *word = PyObject_Malloc(8);
        strcpy(word, "word");
        if (PyNode_AddChild(n, 1, word, 1, i, 1, i + 4) != 0)
            return PyErr_NoMemory();
    }
    _PyNode_FinalizeEndPos(n);
    PyObject *result = Py_BuildValue("iiOn", NCH(n), n->n_end_col_offset, strcmp(STR(CHILD(n, 4)), "word") ? Py_False : Py_True,
                                     _PyNode_SizeOf(n) - (Py_ssize_t)(9 * sizeof(node)));
    PyNode_Free(n);
    return result;
}

static PyMethodDef methods[] = {{"simple", simple, METH_VARARGS}, {"detailed", detailed, METH_VARARGS}, {"built", built, METH_NOARGS}, {0}};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "nodes", .m_size = -1, .m_methods = methods};
PyMODINIT_FUNC PyInit_nodes(void) { return PyModule_Create(&definition); }
