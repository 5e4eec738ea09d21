/* SPDX-License-Identifier: MIT */
/* Python-ast.h: nodes of the syntax tree. */
#ifndef TAIPAN_PYTHON_AST_H
#define TAIPAN_PYTHON_AST_H

#include "asdl.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct _mod *mod_ty;
typedef struct _stmt *stmt_ty;
typedef struct _expr *expr_ty;
typedef struct _slice *slice_ty;
typedef struct _comprehension *comprehension_ty;
typedef struct _excepthandler *excepthandler_ty;
typedef struct _arguments *arguments_ty;
typedef struct _arg *arg_ty;
typedef struct _keyword *keyword_ty;
typedef struct _alias *alias_ty;
typedef struct _withitem *withitem_ty;
typedef struct _type_ignore *type_ignore_ty;
typedef enum _expr_context { Load = 1, Store = 2, Del = 3, AugLoad = 4, AugStore = 5, Param = 6 } expr_context_ty;
typedef enum _boolop { And = 1, Or = 2 } boolop_ty;
typedef enum _operator { Add = 1, Sub = 2, Mult = 3, MatMult = 4, Div = 5, Mod = 6, Pow = 7, LShift = 8, RShift = 9, BitOr = 10, BitXor = 11, BitAnd = 12, FloorDiv = 13 } operator_ty;
typedef enum _unaryop { Invert = 1, Not = 2, UAdd = 3, USub = 4 } unaryop_ty;
typedef enum _cmpop { Eq = 1, NotEq = 2, Lt = 3, LtE = 4, Gt = 5, GtE = 6, Is = 7, IsNot = 8, In = 9, NotIn = 10 } cmpop_ty;
enum _mod_kind { Module_kind = 1, Interactive_kind = 2, Expression_kind = 3, FunctionType_kind = 4, Suite_kind = 5 };
enum _stmt_kind { FunctionDef_kind = 1, AsyncFunctionDef_kind = 2, ClassDef_kind = 3, Return_kind = 4, Delete_kind = 5, Assign_kind = 6, AugAssign_kind = 7, AnnAssign_kind = 8, For_kind = 9, AsyncFor_kind = 10, While_kind = 11, If_kind = 12, With_kind = 13, AsyncWith_kind = 14, Raise_kind = 15, Try_kind = 16, Assert_kind = 17, Import_kind = 18, ImportFrom_kind = 19, Global_kind = 20, Nonlocal_kind = 21, Expr_kind = 22, Pass_kind = 23, Break_kind = 24, Continue_kind = 25 };
enum _expr_kind { BoolOp_kind = 1, NamedExpr_kind = 2, BinOp_kind = 3, UnaryOp_kind = 4, Lambda_kind = 5, IfExp_kind = 6, Dict_kind = 7, Set_kind = 8, ListComp_kind = 9, SetComp_kind = 10, DictComp_kind = 11, GeneratorExp_kind = 12, Await_kind = 13, Yield_kind = 14, YieldFrom_kind = 15, Compare_kind = 16, Call_kind = 17, FormattedValue_kind = 18, JoinedStr_kind = 19, Constant_kind = 20, Attribute_kind = 21, Subscript_kind = 22, Starred_kind = 23, Name_kind = 24, List_kind = 25, Tuple_kind = 26 };
enum _slice_kind { Slice_kind = 1, ExtSlice_kind = 2, Index_kind = 3 };
enum _excepthandler_kind { ExceptHandler_kind = 1 };
enum _type_ignore_kind { TypeIgnore_kind = 1 };
#ifndef Py_LIMITED_API
struct _mod {
    enum _mod_kind kind;
    union {
        struct {
            asdl_seq *body;
            asdl_seq *type_ignores;
        } Module;
        struct {
            asdl_seq *body;
        } Interactive;
        struct {
            expr_ty body;
        } Expression;
        struct {
            asdl_seq *argtypes;
            expr_ty returns;
        } FunctionType;
        struct {
            asdl_seq *body;
        } Suite;
    } v;
};

struct _stmt {
    enum _stmt_kind kind;
    union {
        struct {
            identifier name;
            arguments_ty args;
            asdl_seq *body;
            asdl_seq *decorator_list;
            expr_ty returns;
            string type_comment;
        } FunctionDef;
        struct {
            identifier name;
            arguments_ty args;
            asdl_seq *body;
            asdl_seq *decorator_list;
            expr_ty returns;
            string type_comment;
        } AsyncFunctionDef;
        struct {
            identifier name;
            asdl_seq *bases;
            asdl_seq *keywords;
            asdl_seq *body;
            asdl_seq *decorator_list;
        } ClassDef;
        struct {
            expr_ty value;
        } Return;
        struct {
            asdl_seq *targets;
        } Delete;
        struct {
            asdl_seq *targets;
            expr_ty value;
            string type_comment;
        } Assign;
        struct {
            expr_ty target;
            operator_ty op;
            expr_ty value;
        } AugAssign;
        struct {
            expr_ty target;
            expr_ty annotation;
            expr_ty value;
            int simple;
        } AnnAssign;
        struct {
            expr_ty target;
            expr_ty iter;
            asdl_seq *body;
            asdl_seq *orelse;
            string type_comment;
        } For;
        struct {
            expr_ty target;
            expr_ty iter;
            asdl_seq *body;
            asdl_seq *orelse;
            string type_comment;
        } AsyncFor;
        struct {
            expr_ty test;
            asdl_seq *body;
            asdl_seq *orelse;
        } While;
        struct {
            expr_ty test;
            asdl_seq *body;
            asdl_seq *orelse;
        } If;
        struct {
            asdl_seq *items;
            asdl_seq *body;
            string type_comment;
        } With;
        struct {
            asdl_seq *items;
            asdl_seq *body;
            string type_comment;
        } AsyncWith;
        struct {
            expr_ty exc;
            expr_ty cause;
        } Raise;
        struct {
            asdl_seq *body;
            asdl_seq *handlers;
            asdl_seq *orelse;
            asdl_seq *finalbody;
        } Try;
        struct {
            expr_ty test;
            expr_ty msg;
        } Assert;
        struct {
            asdl_seq *names;
        } Import;
        struct {
            identifier module;
            asdl_seq *names;
            int level;
        } ImportFrom;
        struct {
            asdl_seq *names;
        } Global;
        struct {
            asdl_seq *names;
        } Nonlocal;
        struct {
            expr_ty value;
        } Expr;
    } v;
    int lineno;
    int col_offset;
    int end_lineno;
    int end_col_offset;
};

struct _expr {
    enum _expr_kind kind;
    union {
        struct {
            boolop_ty op;
            asdl_seq *values;
        } BoolOp;
        struct {
            expr_ty target;
            expr_ty value;
        } NamedExpr;
        struct {
            expr_ty left;
            operator_ty op;
            expr_ty right;
        } BinOp;
        struct {
            unaryop_ty op;
            expr_ty operand;
        } UnaryOp;
        struct {
            arguments_ty args;
            expr_ty body;
        } Lambda;
        struct {
            expr_ty test;
            expr_ty body;
            expr_ty orelse;
        } IfExp;
        struct {
            asdl_seq *keys;
            asdl_seq *values;
        } Dict;
        struct {
            asdl_seq *elts;
        } Set;
        struct {
            expr_ty elt;
            asdl_seq *generators;
        } ListComp;
        struct {
            expr_ty elt;
            asdl_seq *generators;
        } SetComp;
        struct {
            expr_ty key;
            expr_ty value;
            asdl_seq *generators;
        } DictComp;
        struct {
            expr_ty elt;
            asdl_seq *generators;
        } GeneratorExp;
        struct {
            expr_ty value;
        } Await;
        struct {
            expr_ty value;
        } Yield;
        struct {
            expr_ty value;
        } YieldFrom;
        struct {
            expr_ty left;
            asdl_int_seq *ops;
            asdl_seq *comparators;
        } Compare;
        struct {
            expr_ty func;
            asdl_seq *args;
            asdl_seq *keywords;
        } Call;
        struct {
            expr_ty value;
            int conversion;
            expr_ty format_spec;
        } FormattedValue;
        struct {
            asdl_seq *values;
        } JoinedStr;
        struct {
            constant value;
            string kind;
        } Constant;
        struct {
            expr_ty value;
            identifier attr;
            expr_context_ty ctx;
        } Attribute;
        struct {
            expr_ty value;
            slice_ty slice;
            expr_context_ty ctx;
        } Subscript;
        struct {
            expr_ty value;
            expr_context_ty ctx;
        } Starred;
        struct {
            identifier id;
            expr_context_ty ctx;
        } Name;
        struct {
            asdl_seq *elts;
            expr_context_ty ctx;
        } List;
        struct {
            asdl_seq *elts;
            expr_context_ty ctx;
        } Tuple;
    } v;
    int lineno;
    int col_offset;
    int end_lineno;
    int end_col_offset;
};

struct _slice {
    enum _slice_kind kind;
    union {
        struct {
            expr_ty lower;
            expr_ty upper;
            expr_ty step;
        } Slice;
        struct {
            asdl_seq *dims;
        } ExtSlice;
        struct {
            expr_ty value;
        } Index;
    } v;
};

struct _comprehension {
    expr_ty target;
    expr_ty iter;
    asdl_seq *ifs;
    int is_async;
};

struct _excepthandler {
    enum _excepthandler_kind kind;
    union {
        struct {
            expr_ty type;
            identifier name;
            asdl_seq *body;
        } ExceptHandler;
    } v;
    int lineno;
    int col_offset;
    int end_lineno;
    int end_col_offset;
};

struct _arguments {
    asdl_seq *posonlyargs;
    asdl_seq *args;
    arg_ty vararg;
    asdl_seq *kwonlyargs;
    asdl_seq *kw_defaults;
    arg_ty kwarg;
    asdl_seq *defaults;
};

struct _arg {
    identifier arg;
    expr_ty annotation;
    string type_comment;
    int lineno;
    int col_offset;
    int end_lineno;
    int end_col_offset;
};

struct _keyword {
    identifier arg;
    expr_ty value;
};

struct _alias {
    identifier name;
    identifier asname;
};

struct _withitem {
    expr_ty context_expr;
    expr_ty optional_vars;
};

struct _type_ignore {
    enum _type_ignore_kind kind;
    union {
        struct {
            int lineno;
            string tag;
        } TypeIgnore;
    } v;
};

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyAST_Check(PyObject *);
PyAPI_FUNC(PyObject *) PyAST_mod2obj(mod_ty);
PyAPI_FUNC(mod_ty) PyAST_obj2mod(PyObject *, PyArena *, int);
PyAPI_FUNC(stmt_ty) _Py_AnnAssign(expr_ty, expr_ty, expr_ty, int, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Assert(expr_ty, expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Assign(asdl_seq *, expr_ty, string, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_AsyncFor(expr_ty, expr_ty, asdl_seq *, asdl_seq *, string, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_AsyncFunctionDef(identifier, arguments_ty, asdl_seq *, asdl_seq *, expr_ty, string, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_AsyncWith(asdl_seq *, asdl_seq *, string, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Attribute(expr_ty, identifier, expr_context_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_AugAssign(expr_ty, operator_ty, expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Await(expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_BinOp(expr_ty, operator_ty, expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_BoolOp(boolop_ty, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Break(int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Call(expr_ty, asdl_seq *, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_ClassDef(identifier, asdl_seq *, asdl_seq *, asdl_seq *, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Compare(expr_ty, asdl_int_seq *, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Constant(constant, string, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Continue(int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Delete(asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Dict(asdl_seq *, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_DictComp(expr_ty, expr_ty, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(excepthandler_ty) _Py_ExceptHandler(expr_ty, identifier, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Expr(expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(mod_ty) _Py_Expression(expr_ty, PyArena *);
PyAPI_FUNC(slice_ty) _Py_ExtSlice(asdl_seq *, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_For(expr_ty, expr_ty, asdl_seq *, asdl_seq *, string, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_FormattedValue(expr_ty, int, expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_FunctionDef(identifier, arguments_ty, asdl_seq *, asdl_seq *, expr_ty, string, int, int, int, int, PyArena *);
PyAPI_FUNC(mod_ty) _Py_FunctionType(asdl_seq *, expr_ty, PyArena *);
PyAPI_FUNC(expr_ty) _Py_GeneratorExp(expr_ty, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Global(asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_If(expr_ty, asdl_seq *, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_IfExp(expr_ty, expr_ty, expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Import(asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_ImportFrom(identifier, asdl_seq *, int, int, int, int, int, PyArena *);
PyAPI_FUNC(slice_ty) _Py_Index(expr_ty, PyArena *);
PyAPI_FUNC(mod_ty) _Py_Interactive(asdl_seq *, PyArena *);
PyAPI_FUNC(expr_ty) _Py_JoinedStr(asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Lambda(arguments_ty, expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_List(asdl_seq *, expr_context_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_ListComp(expr_ty, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(mod_ty) _Py_Module(asdl_seq *, asdl_seq *, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Name(identifier, expr_context_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_NamedExpr(expr_ty, expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Nonlocal(asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Pass(int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Raise(expr_ty, expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Return(expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Set(asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_SetComp(expr_ty, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(slice_ty) _Py_Slice(expr_ty, expr_ty, expr_ty, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Starred(expr_ty, expr_context_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Subscript(expr_ty, slice_ty, expr_context_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(mod_ty) _Py_Suite(asdl_seq *, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_Try(asdl_seq *, asdl_seq *, asdl_seq *, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Tuple(asdl_seq *, expr_context_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(type_ignore_ty) _Py_TypeIgnore(int, string, PyArena *);
PyAPI_FUNC(expr_ty) _Py_UnaryOp(unaryop_ty, expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_While(expr_ty, asdl_seq *, asdl_seq *, int, int, int, int, PyArena *);
PyAPI_FUNC(stmt_ty) _Py_With(asdl_seq *, asdl_seq *, string, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_Yield(expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(expr_ty) _Py_YieldFrom(expr_ty, int, int, int, int, PyArena *);
PyAPI_FUNC(alias_ty) _Py_alias(identifier, identifier, PyArena *);
PyAPI_FUNC(arg_ty) _Py_arg(identifier, expr_ty, string, int, int, int, int, PyArena *);
PyAPI_FUNC(arguments_ty) _Py_arguments(asdl_seq *, asdl_seq *, arg_ty, asdl_seq *, asdl_seq *, arg_ty, asdl_seq *, PyArena *);
PyAPI_FUNC(comprehension_ty) _Py_comprehension(expr_ty, expr_ty, asdl_seq *, int, PyArena *);
PyAPI_FUNC(keyword_ty) _Py_keyword(identifier, expr_ty, PyArena *);
PyAPI_FUNC(withitem_ty) _Py_withitem(expr_ty, expr_ty, PyArena *);
#endif
#define AnnAssign(field0, field1, field2, field3, field4, field5, field6, field7, field8) (_Py_AnnAssign(field0, field1, field2, field3, field4, field5, field6, field7, field8))
#define Assert(field0, field1, field2, field3, field4, field5, field6) (_Py_Assert(field0, field1, field2, field3, field4, field5, field6))
#define Assign(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_Assign(field0, field1, field2, field3, field4, field5, field6, field7))
#define AsyncFor(field0, field1, field2, field3, field4, field5, field6, field7, field8, field9) (_Py_AsyncFor(field0, field1, field2, field3, field4, field5, field6, field7, field8, field9))
#define AsyncFunctionDef(field0, field1, field2, field3, field4, field5, field6, field7, field8, field9, field10) (_Py_AsyncFunctionDef(field0, field1, field2, field3, field4, field5, field6, field7, field8, field9, field10))
#define AsyncWith(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_AsyncWith(field0, field1, field2, field3, field4, field5, field6, field7))
#define Attribute(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_Attribute(field0, field1, field2, field3, field4, field5, field6, field7))
#define AugAssign(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_AugAssign(field0, field1, field2, field3, field4, field5, field6, field7))
#define Await(field0, field1, field2, field3, field4, field5) (_Py_Await(field0, field1, field2, field3, field4, field5))
#define BinOp(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_BinOp(field0, field1, field2, field3, field4, field5, field6, field7))
#define BoolOp(field0, field1, field2, field3, field4, field5, field6) (_Py_BoolOp(field0, field1, field2, field3, field4, field5, field6))
#define Break(field0, field1, field2, field3, field4) (_Py_Break(field0, field1, field2, field3, field4))
#define Call(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_Call(field0, field1, field2, field3, field4, field5, field6, field7))
#define ClassDef(field0, field1, field2, field3, field4, field5, field6, field7, field8, field9) (_Py_ClassDef(field0, field1, field2, field3, field4, field5, field6, field7, field8, field9))
#define Compare(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_Compare(field0, field1, field2, field3, field4, field5, field6, field7))
#define Constant(field0, field1, field2, field3, field4, field5, field6) (_Py_Constant(field0, field1, field2, field3, field4, field5, field6))
#define Continue(field0, field1, field2, field3, field4) (_Py_Continue(field0, field1, field2, field3, field4))
#define Delete(field0, field1, field2, field3, field4, field5) (_Py_Delete(field0, field1, field2, field3, field4, field5))
#define Dict(field0, field1, field2, field3, field4, field5, field6) (_Py_Dict(field0, field1, field2, field3, field4, field5, field6))
#define DictComp(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_DictComp(field0, field1, field2, field3, field4, field5, field6, field7))
#define ExceptHandler(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_ExceptHandler(field0, field1, field2, field3, field4, field5, field6, field7))
#define Expr(field0, field1, field2, field3, field4, field5) (_Py_Expr(field0, field1, field2, field3, field4, field5))
#define Expression(field0, field1) (_Py_Expression(field0, field1))
#define ExtSlice(field0, field1) (_Py_ExtSlice(field0, field1))
#define For(field0, field1, field2, field3, field4, field5, field6, field7, field8, field9) (_Py_For(field0, field1, field2, field3, field4, field5, field6, field7, field8, field9))
#define FormattedValue(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_FormattedValue(field0, field1, field2, field3, field4, field5, field6, field7))
#define FunctionDef(field0, field1, field2, field3, field4, field5, field6, field7, field8, field9, field10) (_Py_FunctionDef(field0, field1, field2, field3, field4, field5, field6, field7, field8, field9, field10))
#define FunctionType(field0, field1, field2) (_Py_FunctionType(field0, field1, field2))
#define GeneratorExp(field0, field1, field2, field3, field4, field5, field6) (_Py_GeneratorExp(field0, field1, field2, field3, field4, field5, field6))
#define Global(field0, field1, field2, field3, field4, field5) (_Py_Global(field0, field1, field2, field3, field4, field5))
#define If(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_If(field0, field1, field2, field3, field4, field5, field6, field7))
#define IfExp(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_IfExp(field0, field1, field2, field3, field4, field5, field6, field7))
#define Import(field0, field1, field2, field3, field4, field5) (_Py_Import(field0, field1, field2, field3, field4, field5))
#define ImportFrom(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_ImportFrom(field0, field1, field2, field3, field4, field5, field6, field7))
#define Index(field0, field1) (_Py_Index(field0, field1))
#define Interactive(field0, field1) (_Py_Interactive(field0, field1))
#define JoinedStr(field0, field1, field2, field3, field4, field5) (_Py_JoinedStr(field0, field1, field2, field3, field4, field5))
#define Lambda(field0, field1, field2, field3, field4, field5, field6) (_Py_Lambda(field0, field1, field2, field3, field4, field5, field6))
#define List(field0, field1, field2, field3, field4, field5, field6) (_Py_List(field0, field1, field2, field3, field4, field5, field6))
#define ListComp(field0, field1, field2, field3, field4, field5, field6) (_Py_ListComp(field0, field1, field2, field3, field4, field5, field6))
#define Module(field0, field1, field2) (_Py_Module(field0, field1, field2))
#define Name(field0, field1, field2, field3, field4, field5, field6) (_Py_Name(field0, field1, field2, field3, field4, field5, field6))
#define NamedExpr(field0, field1, field2, field3, field4, field5, field6) (_Py_NamedExpr(field0, field1, field2, field3, field4, field5, field6))
#define Nonlocal(field0, field1, field2, field3, field4, field5) (_Py_Nonlocal(field0, field1, field2, field3, field4, field5))
#define Pass(field0, field1, field2, field3, field4) (_Py_Pass(field0, field1, field2, field3, field4))
#define Raise(field0, field1, field2, field3, field4, field5, field6) (_Py_Raise(field0, field1, field2, field3, field4, field5, field6))
#define Return(field0, field1, field2, field3, field4, field5) (_Py_Return(field0, field1, field2, field3, field4, field5))
#define Set(field0, field1, field2, field3, field4, field5) (_Py_Set(field0, field1, field2, field3, field4, field5))
#define SetComp(field0, field1, field2, field3, field4, field5, field6) (_Py_SetComp(field0, field1, field2, field3, field4, field5, field6))
#define Slice(field0, field1, field2, field3) (_Py_Slice(field0, field1, field2, field3))
#define Starred(field0, field1, field2, field3, field4, field5, field6) (_Py_Starred(field0, field1, field2, field3, field4, field5, field6))
#define Subscript(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_Subscript(field0, field1, field2, field3, field4, field5, field6, field7))
#define Suite(field0, field1) (_Py_Suite(field0, field1))
#define Try(field0, field1, field2, field3, field4, field5, field6, field7, field8) (_Py_Try(field0, field1, field2, field3, field4, field5, field6, field7, field8))
#define Tuple(field0, field1, field2, field3, field4, field5, field6) (_Py_Tuple(field0, field1, field2, field3, field4, field5, field6))
#define TypeIgnore(field0, field1, field2) (_Py_TypeIgnore(field0, field1, field2))
#define UnaryOp(field0, field1, field2, field3, field4, field5, field6) (_Py_UnaryOp(field0, field1, field2, field3, field4, field5, field6))
#define While(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_While(field0, field1, field2, field3, field4, field5, field6, field7))
#define With(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_With(field0, field1, field2, field3, field4, field5, field6, field7))
#define Yield(field0, field1, field2, field3, field4, field5) (_Py_Yield(field0, field1, field2, field3, field4, field5))
#define YieldFrom(field0, field1, field2, field3, field4, field5) (_Py_YieldFrom(field0, field1, field2, field3, field4, field5))
#define alias(field0, field1, field2) (_Py_alias(field0, field1, field2))
#define arg(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_arg(field0, field1, field2, field3, field4, field5, field6, field7))
#define arguments(field0, field1, field2, field3, field4, field5, field6, field7) (_Py_arguments(field0, field1, field2, field3, field4, field5, field6, field7))
#define comprehension(field0, field1, field2, field3, field4) (_Py_comprehension(field0, field1, field2, field3, field4))
#define keyword(field0, field1, field2) (_Py_keyword(field0, field1, field2))
#define withitem(field0, field1, field2) (_Py_withitem(field0, field1, field2))
#ifdef __cplusplus
}
#endif

#endif
