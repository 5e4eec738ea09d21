/* SPDX-License-Identifier: MIT */
/* _sre: the matcher for each character width, and its stack. */
#include "modules/_sre/sre.h"
#include <string.h>

#ifndef UNLIKELY
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#endif

#define CH Py_UCS1
#define NAME(x) x##_1
#include "modules/_sre/match_kernel.h"
#undef CH
#undef NAME
#define CH Py_UCS2
#define NAME(x) x##_2
#include "modules/_sre/match_kernel.h"
#undef CH
#undef NAME
#define CH Py_UCS4
#define NAME(x) x##_4
#include "modules/_sre/match_kernel.h"

int sre_state_grow(State *s, Entry **top)
{
    size_t used = (size_t)(*top - s->stack), size = (size_t)(s->stack_end - s->stack);
    int small = s->stack == s->small_stack;
    if (size > PY_SSIZE_T_MAX / (2 * sizeof(Entry))) {
        PyErr_NoMemory();
        return -1;
    }
    Entry *bigger = PyMem_Realloc(small ? NULL : s->stack, size * 2 * sizeof(Entry));
    if (bigger == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    if (small)
        memcpy(bigger, s->small_stack, used * sizeof(Entry));
    s->stack = bigger;
    s->stack_end = bigger + size * 2;
    *top = bigger + used;
    return 0;
}

static void reset(State *s)
{
    s->lastindex = -1;
    for (unsigned i = 0; i < s->n_marks; i++)
        s->regs[i] = NULL;
}

int sre_state_match(State *s, const Program *p)
{
    reset(s);
    if (s->start > s->end) { /* pos > endpos: only what is empty matches, as in CPython 3.8 */
        if (s->match_all)
            return SRE_NO_MATCH;
        s->end = s->start;
    }
    size_t room = (size_t)(s->end - s->start) / (size_t)s->kind;
    if (room < p->min_width)
        return SRE_NO_MATCH;
    return s->kind == 1 ? sre_match_1(s, p, s->start) : s->kind == 2 ? sre_match_2(s, p, s->start) : sre_match_4(s, p, s->start);
}

int sre_state_search(State *s, const Program *p)
{
    reset(s);
    return s->kind == 1 ? sre_search_1(s, p) : s->kind == 2 ? sre_search_2(s, p) : sre_search_4(s, p);
}
