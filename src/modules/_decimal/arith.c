/* SPDX-License-Identifier: MIT */
/* _decimal/arith: sums, products, quotients, remainders and square roots, rounded once.
 *
 * Every operation finds the exact result, or enough of it that rounding cannot be misled: where more would
 * follow, a last digit that is neither 0 nor 5 says so (`mark`), at least one place behind those that are
 * kept.
 */
#include "Python.h"
#include "modules/_decimal/number.h"

static inline Status no_memory(Num *r)
{
    return tai_num_invalid(r, ST_MEMORY);
}

/* A coefficient whose tail was lost: make the last digit tell. */
static void mark(Num *r)
{
    if (r->at[0] % 5 == 0) /* then adding one carries nowhere */
        r->at[0]++;
}

/* -- sums -------------------------------------------------------------------------------------------- */

static void add_limbs(Num *r, const Num *a,
                      const Num *b) /* r may be either; room is there; a is the longer */
{
    Limb carry = 0;
    int64_t i = 0, longer = a->len, shorter = b->len;
    for (; i < shorter; i++) {
        Limb x = a->at[i] + b->at[i] + carry;
        carry = x >= LIMB_BASE;
        r->at[i] = x - (LIMB_BASE & -carry);
    }
    for (; i < longer; i++) {
        Limb x = a->at[i] + carry;
        carry = x >= LIMB_BASE;
        r->at[i] = x - (LIMB_BASE & -carry);
    }
    r->at[longer] = carry;
    num_measure(r, longer + 1);
}

static void subtract_limbs(Num *r, const Num *a, const Num *b) /* a >= b; r may be either */
{
    Limb borrow = 0;
    int64_t i = 0, longer = a->len, shorter = b->len;
    for (; i < shorter; i++) {
        Limb x = a->at[i] - b->at[i] - borrow;
        borrow = x >> 63;
        r->at[i] = x + (LIMB_BASE & -borrow);
    }
    for (; i < longer; i++) {
        Limb x = a->at[i] - borrow;
        borrow = x >> 63;
        r->at[i] = x + (LIMB_BASE & -borrow);
    }
    num_measure(r, longer);
}

/* The sign of an exact zero sum. */
static inline int zero_sign(int sa, int sb, const Limits *c)
{
    return sa == sb ? sa : c->rounding == ROUND_FLOOR;
}

/* a and b with these signs and the same exponent (r's). */
static Status add_aligned(Num *r, const Num *a, int sa, const Num *b, int sb, const Limits *c)
{
    int64_t longer = a->len > b->len ? a->len : b->len;
    if (!num_room(r, longer + 1))
        return no_memory(r);
    if (sa == sb) {
        if (a->len >= b->len)
            add_limbs(r, a, b);
        else
            add_limbs(r, b, a);
        r->sign = (uint8_t)sa;
    } else {
        int order = tai_coef_compare(a, b);
        if (order >= 0)
            subtract_limbs(r, a, b);
        else
            subtract_limbs(r, b, a);
        r->sign = (uint8_t)(order > 0 ? sa : order < 0 ? sb : zero_sign(sa, sb, c));
    }
    if (coef_is_zero(r))
        r->sign = (uint8_t)zero_sign(sa, sb, c);
    return num_fit(r, c);
}

/* high has the larger exponent. Too small a low summand is made a trace behind the high one's last kept
 * digit. */
static Status add_shifted(Num *r, const Num *high, int sh, const Num *low, int sl, const Limits *c)
{
    int64_t shift = high->exp - low->exp;
    Num trace, raised;
    num_init(&trace);
    if (!coef_is_zero(high)) {
        int64_t top = num_adjusted(high), floor = (high->exp < top - c->prec ? high->exp : top - c->prec) - 2;
        if (num_adjusted(low) < floor) {
            trace.at[0] = !coef_is_zero(low);
            trace.exp = floor;
            low = &trace;
            shift = high->exp - floor;
        }
    }
    num_init(&raised);
    r->exp = low->exp;
    Status st;
    if (tai_num_copy(&raised, high) && tai_coef_raise(&raised, shift))
        st = add_aligned(r, &raised, sh, low, sl, c);
    else
        st = no_memory(r);
    num_free(&raised);
    return st;
}

static const Limb high_powers[] = {1u, 10u, 100u, 1000u, 10000u, 100000u, 1000000u, 10000000u, 100000000u};

/* Finite numbers. */
static Status add_finite(Num *r, const Num *a, int sa, const Num *b, int sb, const Limits *c)
{
    r->kind = FINITE;
    int64_t shift = a->exp - b->exp;
    if (shift < 0) {
        const Num *swap = a;
        int sign = sa;
        a = b, b = swap;
        sa = sb, sb = sign;
        shift = -shift;
    }
    if (a->len > 2 || b->len > 2 || shift > 26 || a->digits + shift > 38) {
        if (shift)
            return add_shifted(r, a, sa, b, sb, c);
        r->exp = b->exp;
        return add_aligned(r, a, sa, b, sb, c);
    }
    Wide x = num_get_wide(a), y = num_get_wide(b);
    if (shift <= 18)
        x *= tai_pow10[shift];
    else
        x = x * LIMB_BASE * high_powers[shift - 18];
    int sign = sa;
    if (sa == sb) {
        x += y;
    } else if (x > y) {
        x -= y;
    } else {
        sign = x == y ? c->rounding == ROUND_FLOOR : sb;
        x = y - x;
    }
    r->exp = b->exp;
    r->sign = (uint8_t)sign;
    if (x >> 121)
        num_set_very_wide(r, x);
    else
        num_set_wide(r, x);
    return num_fit(r, c);
}

static Status add_special(Num *r, const Num *a, const Num *b, int sb, const Limits *c)
{
    Status st;
    if (tai_num_nan(r, a, b, c, &st))
        return st;
    if (a->kind == INFINITE && b->kind == INFINITE && a->sign != sb)
        return tai_num_invalid(r, ST_INVALID);
    tai_num_set_special(r, INFINITE, a->kind == INFINITE ? a->sign : sb);
    return 0;
}

Status tai_num_add(Num *r, const Num *a, const Num *b, const Limits *c)
{
    if (a->kind | b->kind)
        return add_special(r, a, b, b->sign, c);
    return add_finite(r, a, a->sign, b, b->sign, c);
}

Status tai_num_sub(Num *r, const Num *a, const Num *b, const Limits *c)
{
    if (a->kind | b->kind)
        return add_special(r, a, b, !b->sign, c);
    return add_finite(r, a, a->sign, b, !b->sign, c);
}

static Status signed_copy(Num *r, const Num *a, int sign, const Limits *c)
{
    Status st;
    if (tai_num_nan(r, a, NULL, c, &st))
        return st;
    if (!tai_num_copy(r, a))
        return no_memory(r);
    r->sign = (uint8_t)sign;
    return a->kind == FINITE ? num_fit(r, c) : 0;
}

Status tai_num_plus(Num *r, const Num *a, const Limits *c)
{
    return signed_copy(r, a, num_is_zero(a) && c->rounding != ROUND_FLOOR ? 0 : a->sign, c);
}

Status tai_num_minus(Num *r, const Num *a, const Limits *c)
{
    return signed_copy(r, a, num_is_zero(a) && c->rounding != ROUND_FLOOR ? 0 : !a->sign, c);
}

Status tai_num_abs(Num *r, const Num *a, const Limits *c)
{
    return signed_copy(r, a, 0, c);
}

/* -- products ---------------------------------------------------------------------------------------- */

static Status multiply_special(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    if (tai_num_nan(r, a, b, c, &st))
        return st;
    if (num_is_zero(a) || num_is_zero(b))
        return tai_num_invalid(r, ST_INVALID);
    tai_num_set_special(r, INFINITE, a->sign ^ b->sign);
    return 0;
}

/* Without rounding; finite operands. */
static bool multiply_exact(Num *r, const Num *a, const Num *b)
{
    r->kind = FINITE;
    r->sign = a->sign ^ b->sign;
    r->exp = a->exp + b->exp;
    return tai_coef_multiply(r, a, b);
}

Status tai_num_mul(Num *r, const Num *a, const Num *b, const Limits *c)
{
    if (a->kind | b->kind)
        return multiply_special(r, a, b, c);
    return multiply_exact(r, a, b) ? num_fit(r, c) : no_memory(r);
}

Status tai_num_fma(Num *r, const Num *a, const Num *b, const Num *third, const Limits *c)
{
    Num product;
    Status st = 0;
    num_init(&product);
    if (a->kind | b->kind) {
        if ((a->kind | b->kind) & ANY_NAN) {
            if (a->kind != SIGNALING && b->kind != SIGNALING && third->kind == SIGNALING)
                tai_num_nan(r, third, NULL, c, &st);
            else
                tai_num_nan(r, a, b, c, &st);
            return st;
        }
        st = multiply_special(&product, a, b, c);
        if (st) /* infinity times zero */
            return tai_num_invalid(r, ST_INVALID);
    } else if (!multiply_exact(&product, a, b)) {
        num_free(&product);
        return no_memory(r);
    }
    st = tai_num_add(r, &product, third, c);
    num_free(&product);
    return st;
}

/* -- quotients --------------------------------------------------------------------------------------- */

/* True if the result is clear from what the operands are. */
static bool divide_special(Num *r, const Num *a, const Num *b, bool whole, const Limits *c, Status *st)
{
    if (a->kind | b->kind) {
        if (tai_num_nan(r, a, b, c, st))
            return true;
        if (a->kind == INFINITE) {
            if (b->kind == INFINITE) {
                *st = tai_num_invalid(r, ST_INVALID);
                return true;
            }
            tai_num_set_special(r, INFINITE, a->sign ^ b->sign);
            *st = 0;
            return true;
        }
        tai_num_set_special(r, FINITE, a->sign ^ b->sign);
        *st = 0;
        if (!whole) {
            r->exp = limits_etiny(c);
            *st = ST_CLAMPED;
        }
        return true;
    }
    if (coef_is_zero(b)) {
        if (coef_is_zero(a)) {
            *st = tai_num_invalid(r, ST_UNDEFINED);
        } else {
            tai_num_set_special(r, INFINITE, a->sign ^ b->sign);
            *st = ST_ZERO_DIVISION;
        }
        return true;
    }
    return false;
}

/* Take trailing zeros off, as far as exponent most. */
static void strip_towards(Num *r, int64_t most)
{
    if (r->exp >= most || coef_is_zero(r) || r->at[0] % 10)
        return;
    int64_t zeros = tai_coef_trailing_zeros(r);
    int rest;
    if (zeros > most - r->exp)
        zeros = most - r->exp;
    tai_coef_cut(r, zeros, &rest);
    r->exp += zeros;
}

Status tai_num_div(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    if (divide_special(r, a, b, false, c, &st))
        return st;
    int64_t ideal = a->exp - b->exp;
    r->kind = FINITE;
    r->sign = a->sign ^ b->sign;
    r->exp = ideal;
    if (coef_is_zero(a)) {
        num_set_limb(r, 0);
        return num_fit(r, c);
    }
    int64_t shift = c->prec + 1 - (a->digits - b->digits);
    bool inexact, fine;
    Num dividend;
    num_init(&dividend);
    int rest = 0;
    fine = tai_num_copy(&dividend, a);
    if (fine && shift > 0)
        fine = tai_coef_raise(&dividend, shift);
    else if (shift < -LIMB_DIGITS * 4)
        tai_coef_cut(&dividend, -shift, &rest);
    else
        shift = 0;
    fine = fine && tai_coef_divide(r, NULL, &dividend, b, &inexact);
    num_free(&dividend);
    if (!fine)
        return no_memory(r);
    r->exp -= shift;
    if (inexact || rest)
        mark(r);
    else
        strip_towards(r, ideal);
    return num_fit(r, c);
}

/* Truncated quotient (q, maybe NULL) and remainder (r, maybe NULL) of finite numbers, b not zero, without
 * rounding. */
static Status divide_whole(Num *q, Num *r, const Num *a, const Num *b, const Limits *c)
{
    int64_t low = a->exp < b->exp ? a->exp : b->exp, gap = num_adjusted(a) - num_adjusted(b);
    if (coef_is_zero(a) || gap < 0) {
        if (q)
            num_set_limb(q, 0);
        if (r == NULL)
            return 0;
        if (!tai_num_copy(r, a))
            return ST_MEMORY;
        if (coef_is_zero(r))
            r->exp = low;
        else if (a->exp > low) { /* a shorter coefficient at a larger exponent: both places fit into the
                                    precision or are rounded */
            if (!tai_coef_raise(r, a->exp - low))
                return ST_MEMORY;
            r->exp = low;
        }
        return 0;
    }
    if (gap > c->prec)
        return ST_IMPOSSIBLE;
    Num x, y, quotient;
    num_init(&x);
    num_init(&y);
    num_init(&quotient);
    bool inexact;
    bool certain = gap + 1 <= c->prec; /* that the quotient fits */
    Num *to = q ? q : certain ? NULL : &quotient;
    Status st = 0;
    if (!tai_num_copy(&x, a) || !tai_coef_raise(&x, a->exp - low) || !tai_num_copy(&y, b) ||
        !tai_coef_raise(&y, b->exp - low) || !tai_coef_divide(to, r, &x, &y, &inexact))
        st = ST_MEMORY;
    else if (to && to->digits > c->prec)
        st = ST_IMPOSSIBLE;
    if (r) {
        r->kind = FINITE;
        r->exp = low;
    }
    num_free(&x);
    num_free(&y);
    num_free(&quotient);
    return st;
}

Status tai_num_divint(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    if (divide_special(r, a, b, true, c, &st))
        return st;
    st = divide_whole(r, NULL, a, b, c);
    if (st)
        return tai_num_invalid(r, st);
    r->kind = FINITE;
    r->exp = 0;
    r->sign = a->sign ^ b->sign;
    return num_fit(r, c);
}

/* Remainders of which an operand is special or the divisor zero. */
static bool remainder_special(Num *r, const Num *a, const Num *b, const Limits *c, Status *st)
{
    if (a->kind | b->kind) {
        if (tai_num_nan(r, a, b, c, st))
            return true;
        if (a->kind == INFINITE)
            *st = tai_num_invalid(r, ST_INVALID);
        else
            *st = tai_num_copy(r, a) ? num_fit(r, c) : no_memory(r);
        return true;
    }
    if (!coef_is_zero(b))
        return false;
    *st = tai_num_invalid(r, coef_is_zero(a) ? ST_UNDEFINED : ST_INVALID);
    return true;
}

Status tai_num_rem(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    if (remainder_special(r, a, b, c, &st))
        return st;
    st = divide_whole(NULL, r, a, b, c);
    if (st)
        return tai_num_invalid(r, st);
    r->sign = a->sign;
    return num_fit(r, c);
}

Status tai_num_divmod(Num *q, Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    if (a->kind | b->kind) {
        if (tai_num_nan(q, a, b, c, &st))
            return tai_num_copy(r, q) ? st : no_memory(r);
        if (a->kind == INFINITE) {
            if (b->kind == INFINITE)
                tai_num_set_special(q, QUIET, 0);
            else
                tai_num_set_special(q, INFINITE, a->sign ^ b->sign);
            return tai_num_invalid(r, ST_INVALID);
        }
        tai_num_set_special(q, FINITE, a->sign ^ b->sign);
        return tai_num_copy(r, a) ? num_fit(r, c) : no_memory(r);
    }
    if (coef_is_zero(b)) {
        if (coef_is_zero(a)) {
            tai_num_set_special(q, QUIET, 0);
            return tai_num_invalid(r, ST_UNDEFINED);
        }
        tai_num_set_special(q, INFINITE, a->sign ^ b->sign);
        return tai_num_invalid(r, ST_ZERO_DIVISION | ST_INVALID);
    }
    st = divide_whole(q, r, a, b, c);
    if (st) {
        tai_num_set_special(q, QUIET, 0);
        return tai_num_invalid(r, st);
    }
    q->kind = FINITE;
    q->exp = 0;
    q->sign = a->sign ^ b->sign;
    r->sign = a->sign;
    st = num_fit(q, c);
    return st | num_fit(r, c);
}

/* After a truncated division: go on to the nearest multiple, the even one in the middle. r becomes what is
 * left. */
static Status towards_nearest(Num *q, Num *r, const Num *b, const Limits *c)
{
    Num divisor, twice;
    num_init(&divisor);
    num_init(&twice);
    Status st = 0;
    if (!tai_num_copy(&divisor, b) || !tai_coef_raise(&divisor, b->exp - r->exp) ||
        !num_room(&twice, r->len + 1)) {
        st = ST_MEMORY;
    } else {
        add_limbs(&twice, r, r);
        int order = tai_coef_compare(&twice, &divisor);
        if (order > 0 || (order == 0 && coef_is_odd(q))) {
            if (!num_grow(r, divisor.len))
                st = ST_MEMORY;
            else {
                while (r->len < divisor.len)
                    r->at[r->len++] = 0;
                subtract_limbs(r, &divisor, r);
                r->sign ^= 1;
                Num one;
                num_init(&one);
                one.at[0] = 1;
                if (!num_grow(q, q->len + 1))
                    st = ST_MEMORY;
                else
                    add_limbs(q, q, &one);
            }
        }
        if (!st && q->digits > c->prec)
            st = ST_IMPOSSIBLE;
    }
    num_free(&divisor);
    num_free(&twice);
    return st;
}

Status tai_num_remnear(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    if (remainder_special(r, a, b, c, &st))
        return st;
    Num q;
    num_init(&q);
    int64_t gap = num_adjusted(a) - num_adjusted(b);
    st = divide_whole(&q, r, a, b, c);
    r->sign = a->sign;
    if (!st && !coef_is_zero(a) && gap >= -1)
        st = towards_nearest(&q, r, b, c);
    num_free(&q);
    return st ? tai_num_invalid(r, st) : num_fit(r, c);
}

/* -- square root ------------------------------------------------------------------------------------- */

Status tai_num_sqrt(Num *r, const Num *a, const Limits *c)
{
    Status st;
    if (tai_num_nan(r, a, NULL, c, &st))
        return st;
    if (a->sign && !num_is_zero(a))
        return tai_num_invalid(r, ST_INVALID);
    if (!tai_num_copy(r, a))
        return no_memory(r);
    if (a->kind == INFINITE)
        return 0;
    int64_t ideal = a->exp >> 1;
    r->exp = ideal;
    if (coef_is_zero(a))
        return num_fit(r, c);
    int odd = (int)(a->exp & 1);
    int64_t shift = c->prec + 1 - (a->digits + odd + 1) / 2;
    if (shift < 0)
        shift = 0;
    Num square;
    num_init(&square);
    bool inexact;
    bool fine = shift < INT64_MAX / 4 && tai_num_copy(&square, a) &&
                tai_coef_raise(&square, 2 * shift + odd) && tai_coef_root(r, &square, &inexact);
    num_free(&square);
    if (!fine)
        return no_memory(r);
    r->exp = ideal - shift;
    if (inexact)
        mark(r);
    else
        strip_towards(r, ideal);
    Limits even = *c;
    even.rounding = ROUND_HALF_EVEN;
    return num_fit(r, &even);
}
