/* SPDX-License-Identifier: MIT */
/* grammar.h: tables of the LL(1) parser. */
#ifndef TAIPAN_GRAMMAR_H
#define TAIPAN_GRAMMAR_H

#include "bitset.h"

#define EMPTY 0

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    int lb_type;
    const char *lb_str;
} label;

typedef struct {
    int ll_nlabels;
    const label *ll_label;
} labellist;

typedef struct {
    short a_lbl;
    short a_arrow;
} arc;

typedef struct {
    int s_narcs;
    const arc *s_arc;
    int s_lower;
    int s_upper;
    int *s_accel;
    int s_accept;
} state;

typedef struct {
    int d_type;
    char *d_name;
    int d_nstates;
    state *d_state;
    bitset d_first;
} dfa;

typedef struct {
    int g_ndfas;
    const dfa *g_dfa;
    const labellist g_ll;
    int g_start;
    int g_accel;
} grammar;

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(void) PyGrammar_AddAccelerators(grammar *);
PyAPI_FUNC(const dfa *) PyGrammar_FindDFA(grammar *, int);
PyAPI_FUNC(const char *) PyGrammar_LabelRepr(label *);
PyAPI_FUNC(void) PyGrammar_RemoveAccelerators(grammar *);
#endif
#ifdef __cplusplus
}
#endif

#endif
