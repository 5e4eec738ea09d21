/* SPDX-License-Identifier: MIT */
/* tree: the syntax tree as the compiler sees it: the public structs of Python-ast.h, and facts about them.
 *
 * A NodeInfo describes the fields of one class of node by offset, made from defs/ast.def; conversion to and from objects and
 * the classes of `_ast` are driven by it.
 */
#ifndef TAI_FRONTEND_TREE_H
#define TAI_FRONTEND_TREE_H

#include <stddef.h>

#include "Python.h"
#include "Python-ast.h"
#include "ast.h"

/* The types a field can have. */
typedef enum TreeType {
    TREE_IDENTIFIER, TREE_STRING, TREE_INT, TREE_CONSTANT,
#define SUM(type, positioned) TREE_##type,
#define ENUM(type) TREE_##type,
#define PRODUCT(type, positioned) TREE_##type,
#include "defs/ast.def"
    TREE_TYPES
} TreeType;

enum { COUNT_ONE, COUNT_OPT, COUNT_SEQ };
enum { SHAPE_LEAF, SHAPE_SUM, SHAPE_ENUM, SHAPE_PRODUCT };

typedef struct FieldInfo {
    const char *name;      /* NULL ends a list */
    unsigned char type;    /* TreeType */
    unsigned char count;   /* COUNT_… */
    unsigned short offset; /* from the start of v, or of the struct of a product */
} FieldInfo;

typedef struct NodeInfo {
    const char *name;
    unsigned char type; /* TreeType it belongs to */
    unsigned char kind; /* number within its type; 0 for a product */
    const FieldInfo *(*fields)(void);
} NodeInfo;

typedef struct TypeInfo {
    const char *name;
    unsigned char shape;      /* SHAPE_… */
    unsigned char positioned; /* has lineno, col_offset, end_lineno, end_col_offset */
    unsigned short size;      /* of the struct */
    unsigned short fields;    /* offset of v, 0 for a product */
    unsigned short position;  /* offset of lineno; the other three ints follow it */
    unsigned char first;      /* its first node in tai_tree_nodes */
} TypeInfo;

/* Nodes and choices of all types, in the order of the table. */
enum {
#define NODE(type, name) NODE_##name,
#define LEAF(type, name) NODE_##name,
#define CHOICE(type, name) NODE_##name,
#define PRODUCT(type, positioned) NODE_##type,
#include "defs/ast.def"
    NODE_COUNT
};

extern const NodeInfo tai_tree_nodes[NODE_COUNT];
extern const TypeInfo tai_tree_types[TREE_TYPES];

/* 1 (and RecursionError "maximum recursion depth exceeded<where>") if the C stack is nearly used up, else 0. */
int tai_tree_too_deep(const char *where);

#endif
