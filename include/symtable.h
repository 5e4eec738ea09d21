/* SPDX-License-Identifier: MIT */
/* symtable.h: symbol tables. */
#ifndef TAIPAN_SYMTABLE_H
#define TAIPAN_SYMTABLE_H

#include "Python-ast.h"

#define DEF_GLOBAL 1
#define DEF_LOCAL 2
#define DEF_PARAM 4
#define DEF_NONLOCAL 8
#define USE 16
#define DEF_FREE 32
#define DEF_FREE_CLASS 64
#define DEF_IMPORT 128
#define DEF_ANNOT 256
#define DEF_COMP_ITER 512
#define DEF_BOUND 134
#define SCOPE_OFFSET 11
#define SCOPE_MASK 15
#define LOCAL 1
#define GLOBAL_EXPLICIT 2
#define GLOBAL_IMPLICIT 3
#define FREE 4
#define CELL 5
#define GENERATOR 1
#define GENERATOR_EXPRESSION 2

#ifdef __cplusplus
extern "C" {
#endif

typedef enum _block_type { FunctionBlock = 0, ClassBlock = 1, ModuleBlock = 2 } _Py_block_ty;
#ifndef Py_LIMITED_API
struct symtable {
    PyObject *st_filename;
    struct _symtable_entry *st_cur;
    struct _symtable_entry *st_top;
    PyObject *st_blocks;
    PyObject *st_stack;
    PyObject *st_global;
    int st_nblocks;
    PyObject *st_private;
    PyFutureFeatures *st_future;
    int recursion_depth;
    int recursion_limit;
};

struct _symtable_entry {
    PyObject ob_base;
    PyObject *ste_id;
    PyObject *ste_symbols;
    PyObject *ste_name;
    PyObject *ste_varnames;
    PyObject *ste_children;
    PyObject *ste_directives;
    _Py_block_ty ste_type;
    int ste_nested;
    unsigned int ste_free : 1;
    unsigned int ste_child_free : 1;
    unsigned int ste_generator : 1;
    unsigned int ste_coroutine : 1;
    unsigned int ste_comprehension : 1;
    unsigned int ste_varargs : 1;
    unsigned int ste_varkeywords : 1;
    unsigned int ste_returns_value : 1;
    unsigned int ste_needs_class_closure : 1;
    unsigned int ste_comp_iter_target : 1;
    int ste_comp_iter_expr;
    int ste_lineno;
    int ste_col_offset;
    int ste_opt_lineno;
    int ste_opt_col_offset;
    struct symtable *ste_table;
};
typedef struct _symtable_entry PySTEntryObject;

#endif
#ifndef Py_LIMITED_API
PyAPI_DATA(PyTypeObject) PySTEntry_Type;
PyAPI_FUNC(int) PyST_GetScope(PySTEntryObject *, PyObject *);
PyAPI_FUNC(struct symtable *) PySymtable_Build(mod_ty, const char *, PyFutureFeatures *);
PyAPI_FUNC(struct symtable *) PySymtable_BuildObject(mod_ty, PyObject *, PyFutureFeatures *);
PyAPI_FUNC(void) PySymtable_Free(struct symtable *);
PyAPI_FUNC(PySTEntryObject *) PySymtable_Lookup(struct symtable *, void *);
#endif

#define PySTEntry_Check(op) (Py_TYPE(op) == &PySTEntry_Type)

#ifdef __cplusplus
}
#endif

#endif
