/* SPDX-License-Identifier: MIT */
/* ast.h: checks on syntax trees. */
#ifndef TAIPAN_AST_H
#define TAIPAN_AST_H

#include "Python-ast.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
PyAPI_FUNC(mod_ty) PyAST_FromNode(const node *, PyCompilerFlags *, const char *, PyArena *);
PyAPI_FUNC(mod_ty) PyAST_FromNodeObject(const node *, PyCompilerFlags *, PyObject *, PyArena *);
PyAPI_FUNC(int) PyAST_Validate(mod_ty);
PyAPI_FUNC(PyObject *) _PyAST_ExprAsUnicode(expr_ty);
PyAPI_FUNC(PyObject *) _PyAST_GetDocString(asdl_seq *);
#endif
#ifdef __cplusplus
}
#endif

#endif
