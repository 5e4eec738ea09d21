/* SPDX-License-Identifier: MIT */
/* symtable: the public form of scopes: PySymtable_*, PyST_*, and the module `_symtable`.
 *
 * The compiler works on scope.h. Here a finished table is copied into entry objects: dicts, lists and ints as 3.8 documents them.
 * Tests: tests/frontend/test_more.py.
 */
#include "frontend/scope.h"
#include "structmember.h"

/* ---- entries ---- */

static PyObject *entry_repr(PySTEntryObject *self)
{
    return PyUnicode_FromFormat("<symtable entry %U(%ld), line %d>", self->ste_name, PyLong_AS_LONG(self->ste_id), self->ste_lineno);
}

static void entry_dealloc(PySTEntryObject *self)
{
    self->ste_table = NULL;
    Py_XDECREF(self->ste_id);
    Py_XDECREF(self->ste_name);
    Py_XDECREF(self->ste_symbols);
    Py_XDECREF(self->ste_varnames);
    Py_XDECREF(self->ste_children);
    Py_XDECREF(self->ste_directives);
    PyObject_Free(self);
}

#define MEMBER(name, type) {#name, type, offsetof(PySTEntryObject, ste_##name), READONLY, NULL}
static PyMemberDef entry_members[] = {
    MEMBER(id, T_OBJECT), MEMBER(name, T_OBJECT), MEMBER(symbols, T_OBJECT), MEMBER(varnames, T_OBJECT), MEMBER(children, T_OBJECT),
    MEMBER(nested, T_INT), MEMBER(type, T_INT), MEMBER(lineno, T_INT), {NULL, 0, 0, 0, NULL}};

PyTypeObject PySTEntry_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0).tp_name = "symtable entry",
    .tp_basicsize = sizeof(PySTEntryObject),
    .tp_dealloc = (destructor)entry_dealloc,
    .tp_repr = (reprfunc)entry_repr,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_members = entry_members,
};

int PyST_GetScope(PySTEntryObject *entry, PyObject *name)
{
    PyObject *flags = PyDict_GetItem(entry->ste_symbols, name);
    return flags ? (int)((PyLong_AS_LONG(flags) >> SCOPE_OFFSET) & SCOPE_MASK) : 0;
}

/* ---- copying ---- */

static int copy_symbols(PyObject *dict, const NameMap *symbols)
{
    for (int i = 0; i < symbols->count; i++) {
        PyObject *flags = PyLong_FromLong(symbols->slots[i].value);
        int failed = flags ? PyDict_SetItem(dict, symbols->slots[i].key, flags) : -1;
        Py_XDECREF(flags);
        if (failed)
            return -1;
    }
    return 0;
}

static void copy_bits(PySTEntryObject *entry, const Scope *scope)
{
    entry->ste_type = scope->type;
    entry->ste_nested = scope->nested;
    entry->ste_free = scope->free;
    entry->ste_child_free = scope->child_free;
    entry->ste_generator = scope->generator;
    entry->ste_coroutine = scope->coroutine;
    entry->ste_comprehension = scope->comprehension;
    entry->ste_varargs = scope->varargs;
    entry->ste_varkeywords = scope->varkeywords;
    entry->ste_returns_value = scope->returns_value;
    entry->ste_needs_class_closure = scope->needs_class_closure;
    entry->ste_lineno = scope->line;
    entry->ste_col_offset = scope->column;
}

static PySTEntryObject *copy_scope(struct symtable *table, const Scope *scope);

static int copy_parts(struct symtable *table, PySTEntryObject *entry, const Scope *scope)
{
    entry->ste_id = PyLong_FromVoidPtr(scope->node);
    entry->ste_symbols = PyDict_New();
    entry->ste_varnames = PyList_New(0);
    entry->ste_children = PyList_New(0);
    if (!entry->ste_id || !entry->ste_symbols || !entry->ste_varnames || !entry->ste_children ||
        copy_symbols(entry->ste_symbols, &scope->symbols) < 0)
        return -1;
    for (int i = 0; i < scope->params.count; i++)
        if (PyList_Append(entry->ste_varnames, scope->params.slots[i].key) < 0)
            return -1;
    for (const Scope *child = scope->first_child; child; child = child->next) {
        PySTEntryObject *made = copy_scope(table, child);
        int failed = made ? PyList_Append(entry->ste_children, (PyObject *)made) : -1;
        Py_XDECREF(made);
        if (failed)
            return -1;
    }
    return PyDict_SetItem(table->st_blocks, entry->ste_id, (PyObject *)entry);
}

static PySTEntryObject *copy_scope(struct symtable *table, const Scope *scope)
{
    if (tai_tree_too_deep(" during compilation"))
        return NULL;
    PySTEntryObject *entry = PyObject_New(PySTEntryObject, &PySTEntry_Type);
    if (!entry)
        return NULL;
    memset((char *)entry + sizeof(PyObject), 0, sizeof(*entry) - sizeof(PyObject));
    Py_INCREF(scope->name);
    entry->ste_name = scope->name;
    entry->ste_table = table;
    copy_bits(entry, scope);
    if (copy_parts(table, entry, scope) < 0) {
        Py_DECREF(entry);
        return NULL;
    }
    table->st_nblocks++;
    return entry;
}

/* ---- tables ---- */

void PySymtable_Free(struct symtable *table)
{
    Py_XDECREF(table->st_blocks);
    Py_XDECREF(table->st_stack);
    Py_XDECREF(table->st_filename);
    PyMem_Free(table);
}

static int fill(struct symtable *table, mod_ty mod, PyArena *arena)
{
    ScopeTable scopes;
    if (tai_scopes_build(&scopes, mod, table->st_filename, arena) < 0)
        return -1;
    table->st_top = copy_scope(table, scopes.top);
    if (!table->st_top)
        return -1;
    Py_DECREF(table->st_top); /* st_blocks owns it */
    table->st_global = table->st_top->ste_symbols;
    return 0;
}

/* New, to be released with PySymtable_Free; NULL with an exception. */
struct symtable *PySymtable_BuildObject(mod_ty mod, PyObject *filename, PyFutureFeatures *future)
{
    PyArena *arena = PyArena_New();
    struct symtable *table = arena ? PyMem_Calloc(1, sizeof(*table)) : NULL;
    if (!table) {
        if (arena) {
            PyArena_Free(arena);
            PyErr_NoMemory();
        }
        return NULL;
    }
    Py_INCREF(filename);
    table->st_filename = filename;
    table->st_future = future;
    table->st_blocks = PyDict_New();
    table->st_stack = PyList_New(0);
    if ((Py_TYPE(&PySTEntry_Type) == NULL || !PySTEntry_Type.tp_dict) && PyType_Ready(&PySTEntry_Type) < 0)
        Py_CLEAR(table->st_stack);
    if (!table->st_blocks || !table->st_stack || fill(table, mod, arena) < 0) {
        PySymtable_Free(table);
        table = NULL;
    }
    PyArena_Free(arena);
    return table;
}

struct symtable *PySymtable_Build(mod_ty mod, const char *filename, PyFutureFeatures *future)
{
    PyObject *name = PyUnicode_DecodeFSDefault(filename);
    struct symtable *table = name ? PySymtable_BuildObject(mod, name, future) : NULL;
    Py_XDECREF(name);
    return table;
}

/* New; KeyError if no scope belongs to the node. */
PySTEntryObject *PySymtable_Lookup(struct symtable *table, void *tree_node)
{
    PyObject *key = PyLong_FromVoidPtr(tree_node), *entry = key ? PyDict_GetItemWithError(table->st_blocks, key) : NULL;
    Py_XDECREF(key);
    if (entry)
        Py_INCREF(entry);
    else if (!PyErr_Occurred())
        PyErr_SetString(PyExc_KeyError, "unknown symbol table entry");
    return (PySTEntryObject *)entry;
}

/* ---- _symtable ---- */

static int start_of(const char *mode)
{
    if (!strcmp(mode, "exec"))
        return Py_file_input;
    if (!strcmp(mode, "eval"))
        return Py_eval_input;
    if (!strcmp(mode, "single"))
        return Py_single_input;
    PyErr_SetString(PyExc_ValueError, "symtable() arg 3 must be 'exec' or 'eval' or 'single'");
    return -1;
}

static PyObject *symtable_of(PyObject *source, PyObject *filename, const char *mode)
{
    PyCompilerFlags flags = _PyCompilerFlags_INIT;
    PyObject *copy = NULL, *top = NULL;
    flags.cf_flags = PyCF_SOURCE_IS_UTF8;
    const char *text = _Py_SourceAsString(source, "symtable", "string or bytes", &flags, &copy);
    int start = text ? start_of(mode) : -1;
    struct symtable *table = start < 0 ? NULL : _Py_SymtableStringObjectFlags(text, filename, start, &flags);
    Py_XDECREF(copy);
    if (table) {
        top = (PyObject *)table->st_top;
        Py_INCREF(top);
        PySymtable_Free(table);
    }
    return top;
}

static PyObject *symtable_symtable(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *source, *filename;
    const char *mode;
    if (!_PyArg_CheckPositional("symtable", PyTuple_GET_SIZE(args), 3, 3) ||
        !PyArg_ParseTuple(args, "OO&s:symtable", &source, PyUnicode_FSDecoder, &filename, &mode))
        return NULL;
    PyObject *top = symtable_of(source, filename, mode);
    Py_DECREF(filename);
    return top;
}

PyDoc_STRVAR(symtable_doc, "symtable($module, source, filename, startstr, /)\n--\n\n"
                           "Entry of the outermost scope of a program, startstr being 'exec', 'eval' or 'single'.");

static PyMethodDef symtable_methods[] = {{"symtable", symtable_symtable, METH_VARARGS, symtable_doc}, {NULL, NULL, 0, NULL}};

static struct PyModuleDef symtable_module = {
    PyModuleDef_HEAD_INIT, .m_name = "_symtable", .m_size = -1, .m_methods = symtable_methods};

PyMODINIT_FUNC PyInit__symtable(void)
{
    static const struct {
        const char *name;
        int value;
    } constants[] = {
        {"USE", USE}, {"DEF_GLOBAL", DEF_GLOBAL}, {"DEF_NONLOCAL", DEF_NONLOCAL}, {"DEF_LOCAL", DEF_LOCAL},
        {"DEF_PARAM", DEF_PARAM}, {"DEF_FREE", DEF_FREE}, {"DEF_FREE_CLASS", DEF_FREE_CLASS}, {"DEF_IMPORT", DEF_IMPORT},
        {"DEF_BOUND", DEF_BOUND}, {"DEF_ANNOT", DEF_ANNOT}, {"TYPE_FUNCTION", FunctionBlock}, {"TYPE_CLASS", ClassBlock},
        {"TYPE_MODULE", ModuleBlock}, {"LOCAL", LOCAL}, {"GLOBAL_EXPLICIT", GLOBAL_EXPLICIT},
        {"GLOBAL_IMPLICIT", GLOBAL_IMPLICIT}, {"FREE", FREE}, {"CELL", CELL}, {"SCOPE_OFF", SCOPE_OFFSET},
        {"SCOPE_MASK", SCOPE_MASK},
    };
    PyObject *module = PyModule_Create(&symtable_module);
    for (size_t i = 0; module && i < Py_ARRAY_LENGTH(constants); i++)
        if (PyModule_AddIntConstant(module, constants[i].name, constants[i].value) < 0)
            Py_CLEAR(module);
    return module;
}
