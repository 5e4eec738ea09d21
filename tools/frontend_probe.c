/* SPDX-License-Identifier: MIT */
/* frontend_probe: src/frontend as an extension module of the reference interpreter, to compare the two compilers in one process.
 * Built by tools/frontend_probe_build; used by tools/compare_code. Not part of the product. */
#include "frontend/ast_types.h"
#ifndef PROBE_NO_PARSER
#include "frontend/parse.h"
#endif
#include "compile.h"

/* Make our conversions use the classes of the running interpreter's `_ast`, so that trees can be exchanged. */
static PyObject *probe_adopt(PyObject *self, PyObject *ast)
{
    AstClasses *all = (AstClasses *)tai_ast_classes();
    if (!all || !(all->base = PyObject_GetAttrString(ast, "AST")))
        return NULL;
    for (int t = TREE_CONSTANT + 1; t < TREE_TYPES; t++)
        if (!(all->types[t] = PyObject_GetAttrString(ast, tai_tree_types[t].name)))
            return NULL;
    for (int n = 0; n < NODE_COUNT; n++) {
        if (!(all->nodes[n] = PyObject_GetAttrString(ast, tai_tree_nodes[n].name)))
            return NULL;
        if (all->choices[n])
            all->choices[n] = PyObject_CallObject(all->nodes[n], NULL);
    }
    Py_RETURN_NONE;
}

static PyObject *probe_compile_ast(PyObject *self, PyObject *args)
{
    PyObject *ast, *filename;
    int mode, optimize, flags = 0;
    if (!PyArg_ParseTuple(args, "OUii|i", &ast, &filename, &mode, &optimize, &flags))
        return NULL;
    PyCompilerFlags cf = _PyCompilerFlags_INIT;
    cf.cf_flags = flags;
    PyArena *arena = PyArena_New();
    mod_ty mod = PyAST_obj2mod(ast, arena, mode);
    PyObject *code = mod ? (PyObject *)PyAST_CompileObject(mod, filename, &cf, optimize, arena) : NULL;
    PyArena_Free(arena);
    return code;
}

#ifndef PROBE_NO_PARSER
static PyObject *probe_parse(PyObject *self, PyObject *args)
{
    PyObject *filename;
    const char *source;
    Py_ssize_t size;
    int start, flags, minor, to_code, optimize = -1;
    if (!PyArg_ParseTuple(args, "y#Uiiii|i", &source, &size, &filename, &start, &flags, &minor, &to_code, &optimize))
        return NULL;
    PyCompilerFlags cf = {flags, minor};
    PyArena *arena = PyArena_New();
    mod_ty mod = tai_parse_string(source, filename, start, &cf, arena);
    PyObject *result = NULL;
    if (mod && to_code == 2) {
        Py_INCREF(Py_None);
        result = Py_None;
    }
    else if (mod)
        result = to_code ? (PyObject *)PyAST_CompileObject(mod, filename, &cf, optimize, arena) : PyAST_mod2obj(mod);
    PyArena_Free(arena);
    return result;
}
#endif

PyMODINIT_FUNC PyInit__ast(void);

static PyObject *probe_ast(PyObject *self, PyObject *ignored)
{
    return PyInit__ast();
}

static PyMethodDef methods[] = {
    {"adopt", probe_adopt, METH_O, NULL},
    {"compile_ast", probe_compile_ast, METH_VARARGS, NULL},
#ifndef PROBE_NO_PARSER
    {"parse", probe_parse, METH_VARARGS, NULL},
#endif
    {"ast_module", probe_ast, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}};
static struct PyModuleDef def = {PyModuleDef_HEAD_INIT, .m_name = "frontend_probe", .m_size = -1, .m_methods = methods};

PyMODINIT_FUNC PyInit_frontend_probe(void)
{
    return PyModule_Create(&def);
}
