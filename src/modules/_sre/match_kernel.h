/* SPDX-License-Identifier: MIT */
/* The matcher for strings of one character width. Included by match.c with CH and NAME(x).
 *
 * It does not recurse: choices that remain stand on s->stack, with records between them of the registers that have
 * changed since. Failing takes the stack back to the youngest choice.
 *
 * [MATCH-1] With an empty stack nothing can be taken back, so changes are not recorded (but see dirty).
 * [MATCH-2] A BARRIER stands where a lookaround began; it is barrier - 1 on the stack, 0 meaning none.
 */

static inline int NAME(can_begin)(const Program *p, int first, const CH *at, const CH *end)
{
    if (at >= end)
        return 0;
    const First *f = &p->first[first];
    Py_UCS4 c = *at;
    return c < 256 ? f->low[c] : f->wide;
}

static inline int NAME(in_class)(const Class *cls, Py_UCS4 c)
{
    if (c < 256 && !cls->dynamic)
        return cls->low[c];
    return (c < 256 || cls->wide) && sre_class_test(cls, c);
}

static inline int NAME(is_item)(const Program *p, const Inst *i, Py_UCS4 c)
{
    switch (i->item) {
    case OP_CHAR: return c == i->arg;
    case OP_NOT_CHAR: return c != i->arg;
    case OP_ANY: return c != '\n';
    case OP_CLASS: return NAME(in_class)(&p->class[i->arg], c);
    default: return 1;
    }
}

/* End of the characters of i's item from at on, at most to limit. */
static const CH *NAME(run_end)(const Program *p, const Inst *i, const CH *at, const CH *limit)
{
    switch (i->item) {
    case OP_CHAR:
        while (at < limit && *at == i->arg)
            at++;
        return at;
    case OP_NOT_CHAR:
    case OP_ANY: {
        Py_UCS4 stop = i->item == OP_ANY ? '\n' : i->arg;
        if (sizeof(CH) == 1 && limit - at > 16) {
            const CH *found = stop < 256 ? memchr(at, (int)stop, (size_t)(limit - at)) : NULL;
            return found ? found : limit;
        }
        while (at < limit && *at != stop)
            at++;
        return at;
    }
    case OP_CLASS: {
        const Class *cls = &p->class[i->arg];
        if (sizeof(CH) == 1 && !cls->dynamic) {
            while (at < limit && cls->low[(unsigned char)*at])
                at++;
            return at;
        }
        while (at < limit && NAME(in_class)(cls, *at))
            at++;
        return at;
    }
    default: return limit;
    }
}

/* Text of a group at ptr: the place behind it, or NULL. */
static const CH *NAME(backref)(const CH *ptr, const CH *end, const CH *from, const CH *to, int fold)
{
    if (end - ptr < to - from)
        return NULL;
    for (; from < to; from++, ptr++) {
        Py_UCS4 a = *from, b = *ptr;
        if (a == b)
            continue;
        if (fold == FOLD_NONE)
            return NULL;
        if (fold == FOLD_ASCII ? (a >= 128 || b >= 128 || Py_TOLOWER(a) != Py_TOLOWER(b))
            : fold == FOLD_UNICODE ? Py_UNICODE_TOLOWER(a) != Py_UNICODE_TOLOWER(b)
                                   : sre_lower_locale(a) != sre_lower_locale(b))
            return NULL;
    }
    return ptr;
}

static int NAME(at_position)(const State *s, Code where, const CH *ptr)
{
    const CH *begin = (const CH *)s->beginning, *end = (const CH *)s->end;
    int before, after, negative = 0;
    switch (where) {
    case AT_BEGINNING: case AT_BEGINNING_STRING: return ptr == begin;
    case AT_BEGINNING_LINE: return ptr == begin || ptr[-1] == '\n';
    case AT_END: return ptr == end || (ptr + 1 == end && *ptr == '\n');
    case AT_END_LINE: return ptr == end || *ptr == '\n';
    case AT_END_STRING: return ptr == end;
    default: break;
    }
    if (begin == end)
        return 0;
    Code category = CATEGORY_WORD;
    switch (where) {
    case AT_NON_BOUNDARY: negative = 1; break;
    case AT_LOC_NON_BOUNDARY: negative = 1; /* fall through */
    case AT_LOC_BOUNDARY: category = CATEGORY_LOC_WORD; break;
    case AT_UNI_NON_BOUNDARY: negative = 1; /* fall through */
    case AT_UNI_BOUNDARY: category = CATEGORY_UNI_WORD; break;
    }
    before = ptr > begin && sre_category(category, ptr[-1]);
    after = ptr < end && sre_category(category, *ptr);
    return (before != after) != negative;
}

#define PUSH(kind, where, p_, q_) \
    do { \
        if (top == s->stack_end && sre_state_grow(s, &top) < 0) \
            return SRE_ERROR; \
        *top++ = (Entry){(where), (kind) | (unsigned)(lastindex + 1) << 3, (p_), (q_)}; \
    } while (0)
#define SET_REG(r, v) \
    do { \
        if (top != s->stack) \
            PUSH(UNDO, (r), regs[r], NULL); \
        else \
            dirty = 1; \
        regs[r] = (v); \
    } while (0)
#define LASTINDEX(e) ((int)((e)->tag >> 3) - 1)

int NAME(sre_match)(State *s, const Program *p, const char *from)
{
    const CH *ptr = (const CH *)from, *const end = (const CH *)s->end, *const begin = (const CH *)s->beginning, *run;
    const Inst *const inst = p->inst, *i;
    const void **const regs = s->regs;
    Entry *top = s->stack, *e;
    unsigned pc = 0;
    int lastindex = -1, dirty = 0;
    size_t barrier = 0;

next:
    for (;;) {
        i = &inst[pc];
        switch ((Op)i->op) {
        case OP_CHAR:
            if (ptr >= end || *ptr != i->arg)
                goto fail;
            ptr++;
            pc++;
            continue;
        case OP_STRING: {
            const Py_UCS4 *chars = p->chars + i->arg;
            if ((size_t)(end - ptr) < i->next)
                goto fail;
            for (unsigned k = 0; k < i->next; k++)
                if (ptr[k] != chars[k])
                    goto fail;
            ptr += i->next;
            pc++;
            continue;
        }
        case OP_NOT_CHAR:
            if (ptr >= end || *ptr == i->arg)
                goto fail;
            ptr++;
            pc++;
            continue;
        case OP_ANY:
            if (ptr >= end || *ptr == '\n')
                goto fail;
            ptr++;
            pc++;
            continue;
        case OP_ALL:
            if (ptr >= end)
                goto fail;
            ptr++;
            pc++;
            continue;
        case OP_CLASS:
            if (ptr >= end || !NAME(in_class)(&p->class[i->arg], *ptr))
                goto fail;
            ptr++;
            pc++;
            continue;
        case OP_MARK:
            if (i->arg & 1)
                lastindex = (int)(i->arg / 2 + 1);
            SET_REG(i->arg, ptr);
            pc++;
            continue;
        case OP_AT:
            if (!NAME(at_position)(s, i->arg, ptr))
                goto fail;
            pc++;
            continue;
        case OP_JUMP: pc = i->next; continue;
        case OP_BRANCH: {
            while (i->op == OP_BRANCH && i->first >= 0 && !NAME(can_begin)(p, i->first, ptr, end)) {
                pc = i->next;
                i = &inst[pc];
            }
            if (i->op != OP_BRANCH)
                continue;
            unsigned other = i->next;
            const Inst *j = &inst[other];
            while (j->op == OP_BRANCH && j->first >= 0 && !NAME(can_begin)(p, j->first, ptr, end)) {
                other = j->next;
                j = &inst[other];
            }
            PUSH(TRY, other, ptr, NULL);
            pc++;
            continue;
        }
        case OP_RUN: {
            const CH *low = ptr + i->min;
            if ((size_t)(end - ptr) < i->min)
                goto fail;
            run = NAME(run_end)(p, i, ptr, (size_t)(end - ptr) > i->max ? ptr + i->max : end);
            if (run < low)
                goto fail;
            if (!i->atomic && run > low) {
                if (i->first >= 0) {
                    while (run > low && !NAME(can_begin)(p, i->first, run, end))
                        run--;
                }
                if (run > low && (inst[pc + 1].op != OP_MATCH || s->match_all || s->must_advance))
                    PUSH(RUN, pc, run, low);
            }
            ptr = run;
            pc++;
            continue;
        }
        case OP_LAZY_RUN: {
            if ((size_t)(end - ptr) < i->min)
                goto fail;
            run = ptr + i->min;
            if (i->min && NAME(run_end)(p, i, ptr, run) != run)
                goto fail;
            const CH *limit = (size_t)(end - ptr) > i->max ? ptr + i->max : end;
            if (i->first >= 0) {
                while (!NAME(can_begin)(p, i->first, run, end)) {
                    if (run >= limit || !NAME(is_item)(p, i, *run))
                        goto fail;
                    run++;
                }
            }
            if (run < limit)
                PUSH(LAZY, pc, run, limit);
            ptr = run;
            pc++;
            continue;
        }
        case OP_LOOP_START:
            if (i->counted & 1)
                SET_REG(i->reg + 1, (const void *)(intptr_t)-1);
            if (i->counted & 2)
                SET_REG(i->reg, NULL);
            pc = i->next;
            continue;
        case OP_LOOP:
        case OP_LAZY_LOOP: {
            intptr_t n = 0;
            int allowed = 1;
            if (i->counted & 1) {
                n = (intptr_t)regs[i->reg + 1] + 1;
                if ((size_t)n < i->min) {
                    SET_REG(i->reg + 1, (const void *)n);
                    pc = i->next;
                    continue;
                }
                allowed = (size_t)n < i->max || i->max == SRE_MAXREPEAT;
            }
            if ((i->counted & 2) && ptr == regs[i->reg])
                allowed = 0;
            if (allowed && i->first >= 0 && !NAME(can_begin)(p, i->first, ptr, end))
                allowed = 0;
            if (!allowed) {
                pc++;
                continue;
            }
            if (i->after < 0 || NAME(can_begin)(p, i->after, ptr, end)) {
                if (i->op == OP_LAZY_LOOP) {
                    PUSH(BODY, pc, ptr, NULL);
                    pc++;
                    continue;
                }
                PUSH(TRY, pc + 1, ptr, NULL);
            }
        enter_body:
            if (i->counted & 1)
                SET_REG(i->reg + 1, (const void *)n);
            if (i->counted & 2)
                SET_REG(i->reg, ptr);
            pc = i->next;
            continue;
        body_again:
            n = (i->counted & 1) ? (intptr_t)regs[i->reg + 1] + 1 : 0;
            goto enter_body;
        }
        case OP_BACKREF: {
            const CH *a = regs[2 * i->arg], *b = regs[2 * i->arg + 1];
            if (!a || !b || b < a || (run = NAME(backref)(ptr, end, a, b, i->item)) == NULL)
                goto fail;
            ptr = run;
            pc++;
            continue;
        }
        case OP_IF_GROUP: {
            const CH *a = regs[2 * i->arg], *b = regs[2 * i->arg + 1];
            pc = !a || !b || b < a ? i->next : pc + 1;
            continue;
        }
        case OP_LOOK:
        case OP_LOOK_NOT:
            if ((size_t)(ptr - begin) < i->arg) {
                if (i->op == OP_LOOK)
                    goto fail;
                pc = i->next;
                continue;
            }
            PUSH(BARRIER, pc, ptr, (const void *)barrier);
            barrier = (size_t)(top - s->stack);
            ptr -= i->arg;
            pc++;
            continue;
        case OP_LOOK_END: {
            Entry *look = s->stack + barrier - 1;
            i = &inst[look->pc];
            if (i->op == OP_LOOK) { /* drop the choices inside, keep what undoes its changes */
                Entry *keep = look;
                ptr = look->p;
                barrier = (size_t)look->q;
                for (e = look + 1; e < top; e++)
                    if ((e->tag & 7) == UNDO)
                        *keep++ = *e;
                top = keep;
                pc = i->next;
                continue;
            }
            while (--top > look)
                if ((top->tag & 7) == UNDO)
                    regs[top->pc] = top->p;
            lastindex = LASTINDEX(look);
            barrier = (size_t)look->q;
            goto fail;
        }
        case OP_MATCH:
            if ((s->match_all && ptr != end) || (s->must_advance && ptr == (const CH *)from))
                goto fail;
            s->start = from;
            s->ptr = (const char *)ptr;
            s->lastindex = lastindex;
            return SRE_MATCH;
        case OP_FAIL: goto fail;
        }
    }

fail:
    if (UNLIKELY((++s->ticks & 0xfff) == 0) && PyErr_CheckSignals() < 0)
        return SRE_ERROR;
    while (top != s->stack) {
        e = top - 1;
        switch (e->tag & 7) {
        case UNDO:
            regs[e->pc] = e->p;
            top--;
            continue;
        case TRY:
            top--;
            ptr = e->p;
            pc = e->pc;
            lastindex = LASTINDEX(e);
            goto next;
        case RUN: {
            const CH *low = e->q;
            i = &inst[e->pc];
            run = (const CH *)e->p - 1;
            if (i->first >= 0)
                while (run > low && !NAME(can_begin)(p, i->first, run, end))
                    run--;
            lastindex = LASTINDEX(e);
            pc = e->pc + 1;
            ptr = run;
            if (run > low)
                e->p = run;
            else
                top--;
            goto next;
        }
        case LAZY: {
            const CH *limit = e->q;
            i = &inst[e->pc];
            run = e->p;
            do {
                if (run >= limit || !NAME(is_item)(p, i, *run)) {
                    run = NULL;
                    break;
                }
                run++;
            } while (i->first >= 0 && !NAME(can_begin)(p, i->first, run, end));
            if (run == NULL) {
                top--;
                continue;
            }
            lastindex = LASTINDEX(e);
            pc = e->pc + 1;
            ptr = run;
            if (run < limit)
                e->p = run;
            else
                top--;
            goto next;
        }
        case BODY:
            top--;
            ptr = e->p;
            pc = e->pc;
            lastindex = LASTINDEX(e);
            i = &inst[pc];
            goto body_again;
        default: /* BARRIER */
            top--;
            barrier = (size_t)e->q;
            if (inst[e->pc].op == OP_LOOK_NOT) {
                ptr = e->p;
                lastindex = LASTINDEX(e);
                pc = inst[e->pc].next;
                goto next;
            }
            continue;
        }
    }
    if (dirty)
        memset(regs, 0, s->n_marks * sizeof *regs);
    return SRE_NO_MATCH;
}

/* ---- searching ---- */

/* Next place in [at, last] where the literal start stands; NULL without. */
static const CH *NAME(find_prefix)(const Program *p, const CH *at, const CH *last)
{
    const Py_UCS4 *prefix = p->chars + p->prefix_at;
    unsigned len = p->prefix_len;
    if (at > last)
        return NULL;
    if (sizeof(CH) == 1) {
        if (p->prefix_bytes == NULL)
            return NULL;
        if (len == 1)
            return memchr(at, (unsigned char)p->prefix_bytes[0], (size_t)(last - at + 1));
        return memmem(at, (size_t)(last - at) + len, p->prefix_bytes, len);
    }
    for (; at <= last; at++) {
        if (*at != prefix[0])
            continue;
        unsigned k = 1;
        while (k < len && at[k] == prefix[k])
            k++;
        if (k == len)
            return at;
    }
    return NULL;
}

int NAME(sre_search)(State *s, const Program *p)
{
    const CH *at = (const CH *)s->start, *const end = (const CH *)s->end;
    if (at > end || (size_t)(end - at) < p->min_width)
        return SRE_NO_MATCH;
    const CH *const last = end - p->min_width; /* no match can begin later */
    const char *const start = s->start;
    int must_advance = s->must_advance, r;
    if (p->anchored) {
        if (s->start != s->beginning)
            return SRE_NO_MATCH;
        return NAME(sre_match)(s, p, s->start);
    }
    for (; at <= last; at++) {
        if (p->prefix_len) {
            at = NAME(find_prefix)(p, at, last);
            if (at == NULL)
                break;
            if (p->literal) {
                s->start = (const char *)at;
                s->ptr = (const char *)(at + p->prefix_len);
                s->lastindex = -1;
                return SRE_MATCH;
            }
        } else if (p->start_first >= 0) {
            const First *f = &p->first[p->start_first];
            if (sizeof(CH) == 1)
                while (at <= last && (at == end || !f->low[(unsigned char)*at]))
                    at++;
            else
                while (at <= last && !NAME(can_begin)(p, p->start_first, at, end))
                    at++;
            if (at > last)
                break;
        }
        s->must_advance = must_advance && (const char *)at == start;
        r = NAME(sre_match)(s, p, (const char *)at);
        if (r != SRE_NO_MATCH)
            return r;
    }
    return SRE_NO_MATCH;
}

#undef PUSH
#undef SET_REG
#undef LASTINDEX
