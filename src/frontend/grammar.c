/* SPDX-License-Identifier: MIT */
/* grammar: the public functions about automata (grammar.h).
 *
 * A state's arcs say where to go by which label. Accelerators say the same by the tokens' labels alone: s_accel[label - s_lower], for
 * labels below s_upper, is -1, the next state, or, where the token begins a rule, the state after the rule | 128 | (the rule's
 * number - 256) << 8. They are made when they are first wanted.
 * Tests: tests/capi/test_grammar.py
 */
#include "frontend/concrete.h"
#include "frontend/lexer.h"
#include "token.h"

enum { BEGINS_RULE = 128 };

const dfa *PyGrammar_FindDFA(grammar *g, int type)
{
    const dfa *rule = &g->g_dfa[type - NT_OFFSET];
    assert(rule->d_type == type);
    return rule;
}

/* The text of a label for messages; some of it is in static memory. */
const char *PyGrammar_LabelRepr(label *lb)
{
    static char room[100];
    if (lb->lb_type == ENDMARKER)
        return "EMPTY";
    if (ISNONTERMINAL(lb->lb_type)) {
        if (lb->lb_str != NULL)
            return lb->lb_str;
        PyOS_snprintf(room, sizeof room, "NT%d", lb->lb_type);
        return room;
    }
    if (lb->lb_type >= N_TOKENS)
        Py_FatalError("invalid label");
    if (lb->lb_str == NULL)
        return _PyParser_TokenNames[lb->lb_type];
    PyOS_snprintf(room, sizeof room, "%.32s(%.32s)", _PyParser_TokenNames[lb->lb_type], lb->lb_str);
    return room;
}

/* Enter one arc into the accelerators of its state. */
static void accelerate_arc(grammar *g, const arc *a, int *accel)
{
    int type = g->g_ll.ll_label[a->a_lbl].lb_type;
    if (!ISNONTERMINAL(type)) {
        accel[a->a_lbl] = a->a_arrow;
        return;
    }
    const dfa *rule = PyGrammar_FindDFA(g, type);
    for (int i = 0; i < g->g_ll.ll_nlabels; i++)
        if (testbit(rule->d_first, i))
            accel[i] = a->a_arrow | BEGINS_RULE | (type - NT_OFFSET) << 8;
}

/* accel: room for one number a label. 0, or -1 if there is no memory. */
static int accelerate_state(grammar *g, state *s, int *accel)
{
    int n = g->g_ll.ll_nlabels, low = 0, high = n;
    for (int i = 0; i < n; i++)
        accel[i] = -1;
    s->s_accept = 0;
    for (int i = 0; i < s->s_narcs; i++)
        if (s->s_arc[i].a_lbl == EMPTY)
            s->s_accept = 1;
        else
            accelerate_arc(g, &s->s_arc[i], accel);
    while (high > 0 && accel[high - 1] == -1)
        high--;
    while (low < high && accel[low] == -1)
        low++;
    if (low == high)
        return 0;
    s->s_accel = PyObject_Malloc((size_t)(high - low) * sizeof(int));
    if (s->s_accel == NULL)
        return -1;
    memcpy(s->s_accel, accel + low, (size_t)(high - low) * sizeof(int));
    s->s_lower = low;
    s->s_upper = high;
    return 0;
}

/* The grammar stays without (g_accel is 0) if there is no memory; no exception is set then. */
void PyGrammar_AddAccelerators(grammar *g)
{
    int *accel = PyObject_Malloc((size_t)g->g_ll.ll_nlabels * sizeof(int)), failed = accel == NULL;
    for (int i = 0; i < g->g_ndfas && !failed; i++)
        for (int j = 0; j < g->g_dfa[i].d_nstates && !failed; j++)
            failed = g->g_dfa[i].d_state[j].s_accel == NULL && accelerate_state(g, &g->g_dfa[i].d_state[j], accel) < 0;
    PyObject_Free(accel);
    g->g_accel = !failed;
}

void PyGrammar_RemoveAccelerators(grammar *g)
{
    g->g_accel = 0;
    for (int i = 0; i < g->g_ndfas; i++)
        for (int j = 0; j < g->g_dfa[i].d_nstates; j++) {
            state *s = &g->g_dfa[i].d_state[j];
            PyObject_Free(s->s_accel);
            s->s_accel = NULL;
            s->s_lower = s->s_upper = 0;
        }
}
