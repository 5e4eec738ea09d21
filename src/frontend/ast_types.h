/* SPDX-License-Identifier: MIT */
/* ast_types: the classes of the module `_ast`. */
#ifndef TAI_FRONTEND_AST_TYPES_H
#define TAI_FRONTEND_AST_TYPES_H

#include "frontend/tree.h"

typedef struct AstClasses {
    PyObject *base;                 /* _ast.AST */
    PyObject *types[TREE_TYPES];    /* sums, enums and products: a product's class is also its node's */
    PyObject *nodes[NODE_COUNT];    /* classes of nodes and choices */
    PyObject *choices[NODE_COUNT];  /* the one instance of each choice, else NULL */
    PyObject *field_names[NODE_COUNT][8]; /* interned, in the order of the fields */
    PyObject *position_names[4];
} AstClasses;

/* The classes, made at the first call (they live until the process ends); NULL with an exception. */
const AstClasses *tai_ast_classes(void);

#endif
