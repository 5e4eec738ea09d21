/* SPDX-License-Identifier: MIT */
/* compile.h: compiling source. */
#ifndef TAIPAN_COMPILE_H
#define TAIPAN_COMPILE_H

#ifndef Py_LIMITED_API
#include "code.h"
#endif

#define PyCF_SOURCE_IS_UTF8 256
#define PyCF_DONT_IMPLY_DEDENT 512
#define PyCF_ONLY_AST 1024
#define PyCF_IGNORE_COOKIE 2048
#define PyCF_TYPE_COMMENTS 4096
#define PyCF_ALLOW_TOP_LEVEL_AWAIT 8192
#define PY_INVALID_STACK_EFFECT 2147483647
#define Py_single_input 256
#define Py_file_input 257
#define Py_eval_input 258
#define Py_func_type_input 345

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    int cf_flags;
    int cf_feature_version;
} PyCompilerFlags;

typedef struct {
    int ff_features;
    int ff_lineno;
} PyFutureFeatures;

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(PyCodeObject *) PyAST_CompileEx(struct _mod *, const char *, PyCompilerFlags *, int, PyArena *);
PyAPI_FUNC(PyCodeObject *) PyAST_CompileObject(struct _mod *, PyObject *, PyCompilerFlags *, int, PyArena *);
PyAPI_FUNC(int) PyCompile_OpcodeStackEffect(int, int);
PyAPI_FUNC(int) PyCompile_OpcodeStackEffectWithJump(int, int, int);
PyAPI_FUNC(PyFutureFeatures *) PyFuture_FromAST(struct _mod *, const char *);
PyAPI_FUNC(PyFutureFeatures *) PyFuture_FromASTObject(struct _mod *, PyObject *);
PyAPI_FUNC(PyCodeObject *) PyNode_Compile(struct _node *, const char *);
PyAPI_FUNC(int) _PyAST_Optimize(struct _mod *, PyArena *, int);
PyAPI_FUNC(PyObject *) _Py_Mangle(PyObject *, PyObject *);
#endif

#ifndef Py_LIMITED_API
#define FUTURE_NESTED_SCOPES "nested_scopes"
#define FUTURE_GENERATORS "generators"
#define FUTURE_DIVISION "division"
#define FUTURE_ABSOLUTE_IMPORT "absolute_import"
#define FUTURE_WITH_STATEMENT "with_statement"
#define FUTURE_PRINT_FUNCTION "print_function"
#define FUTURE_UNICODE_LITERALS "unicode_literals"
#define FUTURE_BARRY_AS_BDFL "barry_as_FLUFL"
#define FUTURE_GENERATOR_STOP "generator_stop"
#define FUTURE_ANNOTATIONS "annotations"
#define PyCF_MASK                                                                                            \
    (CO_FUTURE_DIVISION | CO_FUTURE_ABSOLUTE_IMPORT | CO_FUTURE_WITH_STATEMENT | CO_FUTURE_PRINT_FUNCTION |  \
     CO_FUTURE_UNICODE_LITERALS | CO_FUTURE_BARRY_AS_BDFL | CO_FUTURE_GENERATOR_STOP | CO_FUTURE_ANNOTATIONS)
#define PyCF_MASK_OBSOLETE (CO_NESTED)
#define PyCF_COMPILE_MASK (PyCF_ONLY_AST | PyCF_ALLOW_TOP_LEVEL_AWAIT | PyCF_TYPE_COMMENTS | PyCF_DONT_IMPLY_DEDENT)
#define _PyCompilerFlags_INIT ((PyCompilerFlags){.cf_flags = 0, .cf_feature_version = PY_MINOR_VERSION})
#define PyAST_Compile(mod, s, f, ar) PyAST_CompileEx(mod, s, f, -1, ar)
#endif

#ifdef __cplusplus
}
#endif

#endif
