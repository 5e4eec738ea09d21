/* SPDX-License-Identifier: MIT */
/* node.h: nodes of the concrete syntax tree. */
#ifndef TAIPAN_NODE_H
#define TAIPAN_NODE_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
struct _node {
    short n_type;
    char *n_str;
    int n_lineno;
    int n_col_offset;
    int n_nchildren;
    struct _node *n_child;
    int n_end_lineno;
    int n_end_col_offset;
};

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyNode_AddChild(node *, int, char *, int, int, int, int);
PyAPI_FUNC(void) PyNode_Free(node *);
PyAPI_FUNC(void) PyNode_ListTree(node *);
PyAPI_FUNC(node *) PyNode_New(int);
PyAPI_FUNC(void) _PyNode_FinalizeEndPos(node *);
PyAPI_FUNC(Py_ssize_t) _PyNode_SizeOf(node *);
#endif

#define NCH(n) ((n)->n_nchildren)
#define CHILD(n, i) (&(n)->n_child[i])
#define RCHILD(n, i) (CHILD(n, NCH(n) + i))
#define TYPE(n) ((n)->n_type)
#define STR(n) ((n)->n_str)
#define LINENO(n) ((n)->n_lineno)
#define REQ(n, type) assert(TYPE(n) == (type))

#ifdef __cplusplus
}
#endif

#endif
