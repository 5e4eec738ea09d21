/* SPDX-License-Identifier: MIT */
/* _sre: from CPython's code words to a Program. One pass translates and checks; a second one finds what can begin
 * where, which makes branches skip, loops stop early and searches jump. */
#include "modules/_sre/sre.h"
#include "runtime/recursion.h"
#include <ctype.h>

/* ---- character tests ---- */

Py_UCS4 sre_lower_locale(Py_UCS4 c) { return c < 256 ? (Py_UCS4)tolower((int)c) : c; }
static Py_UCS4 upper_locale(Py_UCS4 c) { return c < 256 ? (Py_UCS4)toupper((int)c) : c; }

static int is_word(Py_UCS4 c) { return c < 128 && (Py_ISALNUM(c) || c == '_'); }
static int is_uni_word(Py_UCS4 c) { return Py_UNICODE_ISALNUM(c) || c == '_'; }

int sre_category(Code category, Py_UCS4 c)
{
    switch (category) {
    case CATEGORY_DIGIT: return c < 128 && Py_ISDIGIT(c);
    case CATEGORY_NOT_DIGIT: return !(c < 128 && Py_ISDIGIT(c));
    case CATEGORY_SPACE: return c < 128 && Py_ISSPACE(c);
    case CATEGORY_NOT_SPACE: return !(c < 128 && Py_ISSPACE(c));
    case CATEGORY_WORD: return is_word(c);
    case CATEGORY_NOT_WORD: return !is_word(c);
    case CATEGORY_LINEBREAK: return c == '\n';
    case CATEGORY_NOT_LINEBREAK: return c != '\n';
    case CATEGORY_LOC_WORD: return c < 256 && (isalnum((int)c) || c == '_');
    case CATEGORY_LOC_NOT_WORD: return !(c < 256 && (isalnum((int)c) || c == '_'));
    case CATEGORY_UNI_DIGIT: return Py_UNICODE_ISDECIMAL(c);
    case CATEGORY_UNI_NOT_DIGIT: return !Py_UNICODE_ISDECIMAL(c);
    case CATEGORY_UNI_SPACE: return Py_UNICODE_ISSPACE(c);
    case CATEGORY_UNI_NOT_SPACE: return !Py_UNICODE_ISSPACE(c);
    case CATEGORY_UNI_WORD: return is_uni_word(c);
    case CATEGORY_UNI_NOT_WORD: return !is_uni_word(c);
    case CATEGORY_UNI_LINEBREAK: return Py_UNICODE_ISLINEBREAK(c);
    case CATEGORY_UNI_NOT_LINEBREAK: return !Py_UNICODE_ISLINEBREAK(c);
    default: return 0;
    }
}

/* Membership in the set whose words begin at s and end with FAILURE. */
static int in_set(const Code *s, Py_UCS4 c)
{
    int result = 1;
    for (;;) {
        switch (*s++) {
        case SRE_FAILURE: return !result;
        case SRE_NEGATE: result = !result; break;
        case SRE_LITERAL:
            if (c == s[0])
                return result;
            s++;
            break;
        case SRE_CATEGORY:
            if (sre_category(s[0], c))
                return result;
            s++;
            break;
        case SRE_CHARSET:
            if (c < 256 && (s[c >> 5] >> (c & 31) & 1))
                return result;
            s += 8;
            break;
        case SRE_RANGE:
            if (s[0] <= c && c <= s[1])
                return result;
            s += 2;
            break;
        case SRE_RANGE_UNI_IGNORE: {
            Py_UCS4 up = Py_UNICODE_TOUPPER(c);
            if ((s[0] <= c && c <= s[1]) || (s[0] <= up && up <= s[1]))
                return result;
            s += 2;
            break;
        }
        case SRE_BIGCHARSET: {
            Code blocks = *s++;
            const unsigned char *map = (const unsigned char *)s;
            s += 64;
            if (c < 65536 && (s[map[c >> 8] * 8 + ((c & 255) >> 5)] >> (c & 31) & 1))
                return result;
            s += blocks * 8;
            break;
        }
        default: return 0; /* [SRE-1] */
        }
    }
}

int sre_class_test(const Class *cls, Py_UCS4 c)
{
    int negated = cls->op == SRE_NOT_LITERAL;
    Py_UCS4 folded = c;
    if (cls->fold == FOLD_LOCALE) {
        Py_UCS4 lo = sre_lower_locale(c), up = upper_locale(c);
        if (cls->set)
            return in_set(cls->set, lo) || (up != lo && in_set(cls->set, up));
        return (c == cls->arg || lo == cls->arg || up == cls->arg) != negated;
    }
    if (cls->fold == FOLD_ASCII)
        folded = c < 128 ? Py_TOLOWER(c) : c;
    else if (cls->fold == FOLD_UNICODE)
        folded = Py_UNICODE_TOLOWER(c);
    if (cls->set)
        return in_set(cls->set, folded);
    if (cls->op == SRE_CATEGORY)
        return sre_category(cls->arg, folded);
    return (folded == cls->arg) != negated;
}

/* ---- building ---- */

typedef struct {
    const Code *code;
    Py_ssize_t n;
    unsigned groups;
    Program *p;
    unsigned cap_inst, cap_class, cap_first, cap_chars;
    unsigned label;     /* highest instruction that something jumps to: no fusing across it */
    int nested;         /* inside a lookaround */
} Builder;

static int invalid(void)
{
    PyErr_SetString(PyExc_RuntimeError, "invalid SRE code");
    return -1;
}

static int grow(void **array, unsigned n, unsigned *capacity, size_t size)
{
    if (n < *capacity)
        return 0;
    unsigned more = *capacity ? *capacity * 2 : 8;
    void *bigger = PyMem_Realloc(*array, more * size);
    if (bigger == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    *array = bigger;
    *capacity = more;
    return 0;
}

/* Index of the new instruction, or -1. */
static int emit(Builder *b, Op op, Code arg)
{
    Program *p = b->p;
    if (p->n_inst >= 0x7ffffff0 || grow((void **)&p->inst, p->n_inst, &b->cap_inst, sizeof *p->inst) < 0)
        return -1;
    p->inst[p->n_inst] = (Inst){.op = (unsigned char)op, .arg = arg, .first = -1, .after = -1};
    return (int)p->n_inst++;
}

static int add_char(Builder *b, Py_UCS4 c)
{
    if (grow((void **)&b->p->chars, b->p->n_chars, &b->cap_chars, sizeof(Py_UCS4)) < 0)
        return -1;
    b->p->chars[b->p->n_chars++] = c;
    return 0;
}

/* A literal character, joined to a string before it. */
static int emit_char(Builder *b, Py_UCS4 c)
{
    Program *p = b->p;
    if (p->n_inst > b->label && p->n_inst > 0) {
        Inst *last = &p->inst[p->n_inst - 1];
        if (last->op == OP_STRING && last->arg + last->next == p->n_chars) {
            last->next++;
            return add_char(b, c);
        }
        if (last->op == OP_CHAR) {
            Py_UCS4 before = last->arg;
            last->op = OP_STRING;
            last->arg = p->n_chars;
            last->next = 2;
            return add_char(b, before) < 0 ? -1 : add_char(b, c);
        }
    }
    return emit(b, OP_CHAR, c) < 0 ? -1 : 0;
}

/* Words of a set from at up to and with its FAILURE, within stop; -1 if malformed. */
static Py_ssize_t check_set(Builder *b, Py_ssize_t at, Py_ssize_t stop)
{
    const Code *code = b->code;
    while (at < stop) {
        Code op = code[at++];
        Py_ssize_t args;
        switch (op) {
        case SRE_FAILURE: return at;
        case SRE_NEGATE: args = 0; break;
        case SRE_LITERAL: args = 1; break;
        case SRE_RANGE: case SRE_RANGE_UNI_IGNORE: args = 2; break;
        case SRE_CHARSET: args = 8; break;
        case SRE_CATEGORY:
            if (at >= stop || code[at] >= CATEGORY_COUNT)
                return invalid();
            args = 1;
            break;
        case SRE_BIGCHARSET: {
            if (stop - at < 65 || code[at] > 256)
                return invalid();
            const unsigned char *map = (const unsigned char *)(code + at + 1);
            for (int i = 0; i < 256; i++)
                if (map[i] >= code[at])
                    return invalid();
            args = 65 + (Py_ssize_t)code[at] * 8;
            break;
        }
        default: return invalid();
        }
        if (stop - at < args)
            return invalid();
        at += args;
    }
    return invalid();
}

static void fill_class(Class *cls)
{
    cls->dynamic = cls->fold == FOLD_LOCALE;
    if (cls->op == SRE_CATEGORY)
        cls->dynamic |= cls->arg == CATEGORY_LOC_WORD || cls->arg == CATEGORY_LOC_NOT_WORD;
    cls->wide = 1;
    if (cls->set) {
        int wide = 0;
        for (const Code *s = cls->set; *s != SRE_FAILURE;) {
            switch (*s++) {
            case SRE_NEGATE: wide = 1; break;
            case SRE_LITERAL: wide |= *s++ > 255; break;
            case SRE_CATEGORY:
                cls->dynamic |= *s == CATEGORY_LOC_WORD || *s == CATEGORY_LOC_NOT_WORD;
                wide |= *s != CATEGORY_DIGIT && *s != CATEGORY_SPACE && *s != CATEGORY_WORD && *s != CATEGORY_LINEBREAK;
                s++;
                break;
            case SRE_CHARSET: s += 8; break;
            case SRE_RANGE: wide |= s[1] > 255; s += 2; break;
            case SRE_RANGE_UNI_IGNORE: wide = 1; s += 2; break;
            case SRE_BIGCHARSET: wide = 1; s += 65 + s[0] * 8; break;
            }
        }
        cls->wide = (unsigned char)(wide || cls->fold == FOLD_UNICODE);
    } else if (cls->op == SRE_LITERAL) {
        cls->wide = (unsigned char)(cls->arg > 255 || cls->fold == FOLD_UNICODE);
    } else if (cls->op == SRE_CATEGORY) {
        cls->wide = cls->arg != CATEGORY_DIGIT && cls->arg != CATEGORY_SPACE && cls->arg != CATEGORY_WORD;
    }
    for (Py_UCS4 c = 0; c < 256; c++)
        cls->low[c] = (unsigned char)sre_class_test(cls, c);
}

/* Index of the class, shared with an equal one, or -1. words: what distinguishes it. */
static int add_class(Builder *b, Code op, int fold, Code arg, const Code *set, Py_ssize_t words)
{
    Program *p = b->p;
    for (unsigned i = 0; i < p->n_class; i++) {
        Class *c = &p->class[i];
        if (c->op == op && c->fold == fold && c->arg == arg && !c->set == !set && c->length == (Code)words &&
            (!set || memcmp(c->set, set, (size_t)words * sizeof(Code)) == 0))
            return (int)i;
    }
    if (grow((void **)&p->class, p->n_class, &b->cap_class, sizeof *p->class) < 0)
        return -1;
    Class *c = &p->class[p->n_class];
    *c = (Class){.op = op, .fold = (unsigned char)fold, .arg = arg, .set = set, .length = (Code)words};
    fill_class(c);
    return (int)p->n_class++;
}

typedef struct {
    Op op;
    Code arg;
} Item;

/* The single-character test at *at: 1 with *item, 0 if there is none, -1. *at moves behind it. */
static int read_item(Builder *b, Py_ssize_t *at, Py_ssize_t stop, Item *item)
{
    static const struct {
        Code word, base;
        int fold;
    } folded[] = {
        {SRE_LITERAL_IGNORE, SRE_LITERAL, FOLD_ASCII}, {SRE_NOT_LITERAL_IGNORE, SRE_NOT_LITERAL, FOLD_ASCII},
        {SRE_LITERAL_LOC_IGNORE, SRE_LITERAL, FOLD_LOCALE}, {SRE_NOT_LITERAL_LOC_IGNORE, SRE_NOT_LITERAL, FOLD_LOCALE},
        {SRE_LITERAL_UNI_IGNORE, SRE_LITERAL, FOLD_UNICODE}, {SRE_NOT_LITERAL_UNI_IGNORE, SRE_NOT_LITERAL, FOLD_UNICODE},
        {SRE_IN, SRE_IN, FOLD_NONE}, {SRE_IN_IGNORE, SRE_IN, FOLD_ASCII}, {SRE_IN_LOC_IGNORE, SRE_IN, FOLD_LOCALE},
        {SRE_IN_UNI_IGNORE, SRE_IN, FOLD_UNICODE}, {SRE_CATEGORY, SRE_CATEGORY, FOLD_NONE},
    };
    const Code *code = b->code;
    Code word = code[*at];
    if (word == SRE_ANY || word == SRE_ANY_ALL) {
        *item = (Item){word == SRE_ANY ? OP_ANY : OP_ALL, 0};
        ++*at;
        return 1;
    }
    if (word == SRE_LITERAL || word == SRE_NOT_LITERAL) {
        if (stop - *at < 2)
            return invalid();
        *item = (Item){word == SRE_LITERAL ? OP_CHAR : OP_NOT_CHAR, code[*at + 1]};
        *at += 2;
        return 1;
    }
    for (size_t i = 0; i < Py_ARRAY_LENGTH(folded); i++) {
        if (word != folded[i].word)
            continue;
        int index;
        if (stop - *at < 2)
            return invalid();
        Code arg = code[*at + 1];
        if (folded[i].base == SRE_IN) {
            Py_ssize_t end = *at + 1 + (Py_ssize_t)arg;
            if (end > stop || check_set(b, *at + 2, end) < 0)
                return PyErr_Occurred() ? -1 : invalid();
            index = add_class(b, SRE_IN, folded[i].fold, 0, code + *at + 2, (Py_ssize_t)arg - 1);
            *at = end;
        } else {
            if (word == SRE_CATEGORY && arg >= CATEGORY_COUNT)
                return invalid();
            index = add_class(b, folded[i].base, folded[i].fold, arg, NULL, 0);
            *at += 2;
        }
        *item = (Item){OP_CLASS, (Code)index};
        return index < 0 ? -1 : 1;
    }
    return 0;
}

static Code add_width(Code a, Code b) { return a > SRE_MAXREPEAT - b ? SRE_MAXREPEAT : a + b; }
static Code times_width(Code a, Code n) { return a && n > SRE_MAXREPEAT / a ? SRE_MAXREPEAT : a * n; }

static Py_ssize_t translate(Builder *b, Py_ssize_t at, Py_ssize_t stop, Code *width);

/* A part with its own end: all words up to stop must be used, but for a closing SUCCESS if wanted. */
static int translate_part(Builder *b, Py_ssize_t at, Py_ssize_t stop, int success, Code *width)
{
    if (tai_enter_c(" while compiling a regular expression"))
        return -1;
    Py_ssize_t end = translate(b, at, stop, width);
    tai_leave_c();
    if (end < 0)
        return -1;
    if (success) {
        if (end >= stop || b->code[end] != SRE_SUCCESS)
            return invalid();
        end++;
    }
    return end == stop ? 0 : invalid();
}

static int set_target(Builder *b, int inst)
{
    b->p->inst[inst].next = b->p->n_inst;
    b->label = b->p->n_inst;
    return 0;
}

/* BRANCH: at its first skip word. */
static Py_ssize_t translate_branch(Builder *b, Py_ssize_t at, Py_ssize_t stop, Code *width)
{
    Code least = SRE_MAXREPEAT, part;
    int jumps = -1; /* chain of the jumps to the end, through their next fields */
    if (at >= stop || b->code[at] == 0)
        return invalid();
    while (at < stop && b->code[at] != 0) {
        Py_ssize_t end = at + (Py_ssize_t)b->code[at];
        if (end >= stop || b->code[at] < 3 || b->code[end - 2] != SRE_JUMP)
            return invalid();
        int last = b->code[end] == 0, branch = -1;
        if (!last && (branch = emit(b, OP_BRANCH, 0)) < 0)
            return -1;
        b->label = b->p->n_inst;
        if (translate_part(b, at + 1, end - 2, 0, &part) < 0)
            return -1;
        least = part < least ? part : least;
        if (!last) {
            int jump = emit(b, OP_JUMP, 0);
            if (jump < 0)
                return -1;
            b->p->inst[jump].next = (unsigned)jumps;
            jumps = jump;
            set_target(b, branch);
        }
        at = end;
    }
    if (at >= stop)
        return invalid();
    while (jumps >= 0) {
        int before = (int)b->p->inst[jumps].next;
        set_target(b, jumps);
        jumps = before;
    }
    b->label = b->p->n_inst;
    *width = least;
    return at + 1;
}

/* REPEAT_ONE or MIN_REPEAT_ONE: at the skip word. */
static Py_ssize_t translate_run(Builder *b, Py_ssize_t at, Py_ssize_t stop, int lazy, Code *width)
{
    if (stop - at < 5)
        return invalid();
    Py_ssize_t end = at + (Py_ssize_t)b->code[at], body = at + 3;
    Code min = b->code[at + 1], max = b->code[at + 2];
    Item item;
    if (end > stop || end - at < 5 || min > max)
        return invalid();
    int r = read_item(b, &body, end, &item);
    if (r <= 0)
        return r < 0 ? -1 : invalid();
    if (body + 1 != end || b->code[body] != SRE_SUCCESS)
        return invalid();
    int i = emit(b, lazy ? OP_LAZY_RUN : OP_RUN, item.arg);
    if (i < 0)
        return -1;
    b->p->inst[i].item = (unsigned char)item.op;
    b->p->inst[i].min = min;
    b->p->inst[i].max = max;
    *width = min;
    return end;
}

/* REPEAT ... UNTIL: at the skip word. */
static Py_ssize_t translate_loop(Builder *b, Py_ssize_t at, Py_ssize_t stop, Code *width)
{
    if (stop - at < 4)
        return invalid();
    Py_ssize_t end = at + (Py_ssize_t)b->code[at];
    Code min = b->code[at + 1], max = b->code[at + 2], body_width;
    if (end >= stop || end - at < 3 || min > max)
        return invalid();
    Code until = b->code[end];
    if (until != SRE_MAX_UNTIL && until != SRE_MIN_UNTIL)
        return invalid();
    unsigned reg = b->p->n_regs;
    b->p->n_regs += 2;
    int start = emit(b, OP_LOOP_START, 0);
    if (start < 0)
        return -1;
    b->label = b->p->n_inst;
    unsigned body = b->p->n_inst;
    if (translate_part(b, at + 3, end, 0, &body_width) < 0)
        return -1;
    int loop = emit(b, until == SRE_MAX_UNTIL ? OP_LOOP : OP_LAZY_LOOP, 0);
    if (loop < 0)
        return -1;
    Inst *inst = &b->p->inst[loop];
    inst->min = min;
    inst->max = max;
    inst->reg = reg;
    inst->next = body;
    inst->counted = (unsigned char)((min > 0 || max != SRE_MAXREPEAT ? 1 : 0) | (body_width == 0 ? 2 : 0));
    b->p->inst[start].next = (unsigned)loop;
    b->p->inst[start].reg = reg;
    b->p->inst[start].counted = inst->counted;
    b->label = b->p->n_inst;
    *width = times_width(body_width, min);
    return end + 1;
}

/* ASSERT or ASSERT_NOT: at the skip word. */
static Py_ssize_t translate_look(Builder *b, Py_ssize_t at, Py_ssize_t stop, int negative)
{
    Code ignored;
    if (stop - at < 3)
        return invalid();
    Py_ssize_t end = at + (Py_ssize_t)b->code[at];
    if (end > stop || end - at < 3 || (b->code[at + 1] & 0x80000000u))
        return invalid();
    int look = emit(b, negative ? OP_LOOK_NOT : OP_LOOK, b->code[at + 1]);
    if (look < 0)
        return -1;
    b->label = b->p->n_inst;
    b->nested++;
    if (translate_part(b, at + 2, end, 1, &ignored) < 0)
        return -1;
    b->nested--;
    if (emit(b, OP_LOOK_END, 0) < 0)
        return -1;
    set_target(b, look);
    return end;
}

/* GROUPREF_EXISTS: at the group word. */
static Py_ssize_t translate_if(Builder *b, Py_ssize_t at, Py_ssize_t stop, Code *width)
{
    Code yes_width, no_width = 0;
    if (stop - at < 2 || b->code[at] >= b->groups)
        return invalid();
    Py_ssize_t otherwise = at + (Py_ssize_t)b->code[at + 1];
    if (otherwise > stop || otherwise < at + 2)
        return invalid();
    int test = emit(b, OP_IF_GROUP, b->code[at]);
    if (test < 0)
        return -1;
    b->label = b->p->n_inst;
    if (tai_enter_c(" while compiling a regular expression"))
        return -1;
    Py_ssize_t end = translate(b, at + 2, otherwise, &yes_width);
    tai_leave_c();
    if (end < 0)
        return -1;
    if (end == otherwise) {
        set_target(b, test);
        *width = 0;
        return end;
    }
    if (end != otherwise - 2 || b->code[end] != SRE_JUMP)
        return invalid();
    Py_ssize_t after = end + 1 + (Py_ssize_t)b->code[end + 1];
    if (after > stop || after < otherwise)
        return invalid();
    int jump = emit(b, OP_JUMP, 0);
    if (jump < 0)
        return -1;
    set_target(b, test);
    if (translate_part(b, otherwise, after, 0, &no_width) < 0)
        return -1;
    set_target(b, jump);
    *width = yes_width < no_width ? yes_width : no_width;
    return after;
}

static int backref_fold(Code word)
{
    return word == SRE_GROUPREF ? FOLD_NONE : word == SRE_GROUPREF_IGNORE ? FOLD_ASCII
         : word == SRE_GROUPREF_LOC_IGNORE ? FOLD_LOCALE : word == SRE_GROUPREF_UNI_IGNORE ? FOLD_UNICODE : -1;
}

/* Translate until stop, or a SUCCESS or JUMP that belongs to the caller. The place reached, or -1. */
static Py_ssize_t translate(Builder *b, Py_ssize_t at, Py_ssize_t stop, Code *width)
{
    const Code *code = b->code;
    Code total = 0, part;
    while (at < stop && code[at] != SRE_SUCCESS && code[at] != SRE_JUMP) {
        Item item;
        int r = read_item(b, &at, stop, &item);
        if (r < 0)
            return -1;
        if (r == 1) {
            if ((item.op == OP_CHAR ? emit_char(b, item.arg) : emit(b, item.op, item.arg)) < 0)
                return -1;
            total = add_width(total, 1);
            continue;
        }
        Code word = code[at++];
        part = 0;
        switch (word) {
        case SRE_FAILURE:
            if (emit(b, OP_FAIL, 0) < 0)
                return -1;
            break;
        case SRE_MARK:
            if (at >= stop || code[at] >= 2 * b->groups)
                return invalid();
            if (emit(b, OP_MARK, code[at++]) < 0)
                return -1;
            break;
        case SRE_AT:
            if (at >= stop || code[at] >= AT_COUNT)
                return invalid();
            if (emit(b, OP_AT, code[at++]) < 0)
                return -1;
            break;
        case SRE_GROUPREF: case SRE_GROUPREF_IGNORE: case SRE_GROUPREF_LOC_IGNORE: case SRE_GROUPREF_UNI_IGNORE: {
            if (at >= stop || code[at] >= b->groups)
                return invalid();
            int i = emit(b, OP_BACKREF, code[at++]);
            if (i < 0)
                return -1;
            b->p->inst[i].item = (unsigned char)backref_fold(word);
            break;
        }
        case SRE_INFO:
            if (at >= stop || code[at] < 1 || at + (Py_ssize_t)code[at] > stop)
                return invalid();
            at += (Py_ssize_t)code[at];
            break;
        case SRE_BRANCH: at = translate_branch(b, at, stop, &part); break;
        case SRE_REPEAT_ONE: at = translate_run(b, at, stop, 0, &part); break;
        case SRE_MIN_REPEAT_ONE: at = translate_run(b, at, stop, 1, &part); break;
        case SRE_REPEAT: at = translate_loop(b, at, stop, &part); break;
        case SRE_ASSERT: at = translate_look(b, at, stop, 0); break;
        case SRE_ASSERT_NOT: at = translate_look(b, at, stop, 1); break;
        case SRE_GROUPREF_EXISTS: at = translate_if(b, at, stop, &part); break;
        default: return invalid();
        }
        if (at < 0)
            return -1;
        total = add_width(total, part);
    }
    *width = total;
    return at;
}

/* ---- what can begin where ---- */

static void add_item(const Program *p, Op op, Code arg, First *f)
{
    switch (op) {
    case OP_CHAR:
        if (arg < 256)
            f->low[arg] = 1;
        else
            f->wide = 1;
        break;
    case OP_NOT_CHAR:
    case OP_ANY:
        for (unsigned c = 0; c < 256; c++)
            f->low[c] |= op == OP_ANY ? c != '\n' : c != arg;
        f->wide = 1;
        break;
    case OP_CLASS:
        if (!p->class[arg].dynamic) {
            for (unsigned c = 0; c < 256; c++)
                f->low[c] |= p->class[arg].low[c];
            f->wide |= p->class[arg].wide;
            break;
        } /* fall through */
    default:
        memset(f->low, 1, sizeof f->low);
        f->wide = 1;
    }
}

/* Add to f what a match from pc on can begin with. 1 if it must begin with one of these, 0 if it may be empty or is
 * not understood. budget bounds the work. */
static int add_first(const Program *p, unsigned pc, First *f, int *budget)
{
    while (--*budget > 0) {
        const Inst *i = &p->inst[pc];
        switch ((Op)i->op) {
        case OP_FAIL: return 1;
        case OP_CHAR: case OP_NOT_CHAR: case OP_ANY: case OP_ALL: case OP_CLASS: add_item(p, i->op, i->arg, f); return 1;
        case OP_STRING: add_item(p, OP_CHAR, p->chars[i->arg], f); return 1;
        case OP_MARK: case OP_AT: pc++; break;
        case OP_JUMP: case OP_LOOK: case OP_LOOK_NOT: case OP_LOOP_START: pc = i->next; break;
        case OP_BRANCH:
            if (!add_first(p, pc + 1, f, budget))
                return 0;
            pc = i->next;
            break;
        case OP_RUN: case OP_LAZY_RUN:
            if (i->max > 0)
                add_item(p, i->item, i->arg, f);
            if (i->min > 0)
                return 1;
            pc++;
            break;
        case OP_LOOP: case OP_LAZY_LOOP:
            if (!add_first(p, i->next, f, budget))
                return 0;
            pc++;
            break;
        default: return 0;
        }
    }
    return 0;
}

/* Index of the First for pc, -1 if it would not help, -2 with MemoryError. */
static int make_first(Builder *b, unsigned pc)
{
    First f = {{0}, 0};
    int budget = 64, all = 1;
    if (!add_first(b->p, pc, &f, &budget))
        return -1;
    for (int c = 0; c < 256 && all; c++)
        all = f.low[c];
    if (all && f.wide)
        return -1;
    for (unsigned i = b->p->n_first; i-- > 0 && i + 8 > b->p->n_first;)
        if (memcmp(&b->p->first[i], &f, sizeof f) == 0)
            return (int)i;
    if (grow((void **)&b->p->first, b->p->n_first, &b->cap_first, sizeof f) < 0)
        return -2;
    b->p->first[b->p->n_first] = f;
    return (int)b->p->n_first++;
}

/* No character is both in the run's item and in f: a run cannot gain by giving back. */
static int disjoint(const Program *p, const Inst *run, const First *f)
{
    First item = {{0}, 0};
    if (run->item == OP_CLASS && p->class[run->arg].dynamic)
        return 0;
    add_item(p, run->item, run->arg, &item);
    for (int c = 0; c < 256; c++)
        if (item.low[c] && f->low[c])
            return 0;
    return !(item.wide && f->wide);
}

static int prefix_in_bytes(Program *p)
{
    for (unsigned i = 0; i < p->prefix_len; i++)
        if (p->chars[p->prefix_at + i] > 255)
            return 0;
    p->prefix_bytes = PyMem_Malloc(p->prefix_len);
    if (p->prefix_bytes == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (unsigned i = 0; i < p->prefix_len; i++)
        p->prefix_bytes[i] = (char)p->chars[p->prefix_at + i];
    return 0;
}

static int analyse(Builder *b)
{
    Program *p = b->p;
    for (unsigned pc = 0; pc < p->n_inst; pc++) {
        Inst *i = &p->inst[pc];
        if (i->op == OP_LOOP || i->op == OP_LAZY_LOOP) {
            if ((i->first = make_first(b, i->next)) == -2 || (i->after = make_first(b, pc + 1)) == -2)
                return -1;
            continue;
        }
        if (i->op != OP_BRANCH && i->op != OP_RUN && i->op != OP_LAZY_RUN)
            continue;
        i->first = make_first(b, pc + 1);
        if (i->first == -2)
            return -1;
        if (i->op == OP_RUN && i->first >= 0)
            i->atomic = (unsigned char)disjoint(p, i, &p->first[i->first]);
    }
    unsigned pc = 0;
    int marks = 0;
    while (p->inst[pc].op == OP_MARK) {
        pc++;
        marks = 1;
    }
    const Inst *start = &p->inst[pc];
    p->anchored = start->op == OP_AT && (start->arg == AT_BEGINNING || start->arg == AT_BEGINNING_STRING);
    if (start->op == OP_STRING || start->op == OP_CHAR) {
        p->prefix_at = start->op == OP_STRING ? start->arg : p->n_chars;
        p->prefix_len = start->op == OP_STRING ? start->next : 1;
        if (start->op == OP_CHAR && add_char(b, start->arg) < 0)
            return -1;
        p->literal = !marks && p->inst[pc + 1].op == OP_MATCH;
        return prefix_in_bytes(p);
    } else {
        p->start_first = make_first(b, 0);
        if (p->start_first == -2)
            return -1;
    }
    return 0;
}

Program *sre_program_new(const Code *code, Py_ssize_t n, Py_ssize_t groups)
{
    if (groups < 0 || groups > INT_MAX / 4) {
        invalid();
        return NULL;
    }
    Program *p = PyMem_Calloc(1, sizeof *p);
    if (p == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    Builder b = {.code = code, .n = n, .groups = (unsigned)groups, .p = p};
    p->n_regs = 2 * (unsigned)groups;
    p->start_first = -1;
    if (translate_part(&b, 0, n, 1, &p->min_width) < 0 || emit(&b, OP_MATCH, 0) < 0 || analyse(&b) < 0) {
        sre_program_free(p);
        return NULL;
    }
    return p;
}

void sre_program_free(Program *p)
{
    if (p == NULL)
        return;
    PyMem_Free(p->inst);
    PyMem_Free(p->class);
    PyMem_Free(p->first);
    PyMem_Free(p->chars);
    PyMem_Free(p->prefix_bytes);
    PyMem_Free(p);
}
