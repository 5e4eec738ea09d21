/* SPDX-License-Identifier: MIT */
/* _decimal/number: memory of numbers, shifting coefficients by powers of ten, rounding, fitting to a
 * context's limits. See number.h for the representation.
 */
#include "Python.h"
#include "modules/_decimal/number.h"

const Limits tai_exact_limits = {MOST_PREC, MOST_EMAX, LEAST_EMIN, ROUND_HALF_EVEN, 0, 1};

const Limb tai_pow10[20] = {
    1u,
    10u,
    100u,
    1000u,
    10000u,
    100000u,
    1000000u,
    10000000u,
    100000000u,
    1000000000u,
    10000000000u,
    100000000000u,
    1000000000000u,
    10000000000000u,
    100000000000000u,
    1000000000000000u,
    10000000000000000u,
    100000000000000000u,
    1000000000000000000u,
    10000000000000000000u,
};
Reciprocal tai_reciprocal[19];

/* factor = 2**(64 + shift) / 10**k rounded up, 2**shift <= 10**k: its error times x < 2**60 stays below
 * 2**(64 + shift). */
void tai_number_prepare(void)
{
    for (int k = 1; k <= 18; k++) {
        int shift = 63 - __builtin_clzll(tai_pow10[k]);
        tai_reciprocal[k].factor = (Limb)((((Wide)1 << (64 + shift)) - 1) / tai_pow10[k] + 1);
        tai_reciprocal[k].shift = shift;
    }
}

/* -- memory ------------------------------------------------------------------------------------------ */

void tai_num_release(Num *n)
{
    PyMem_Free(n->at);
    n->at = n->local;
    n->room = NUM_LOCAL;
}

bool tai_num_enlarge(Num *n, int64_t limbs, bool keep)
{
    if (limbs > PY_SSIZE_T_MAX / (int64_t)sizeof(Limb))
        return false;
    Limb *more = PyMem_Malloc((size_t)limbs * sizeof(Limb));
    if (more == NULL)
        return false;
    if (keep)
        memcpy(more, n->at, (size_t)n->len * sizeof(Limb));
    num_free(n);
    n->at = more;
    n->room = limbs;
    return true;
}

void tai_num_set_int(Num *n, int64_t value)
{
    uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
    n->kind = FINITE;
    n->sign = value < 0;
    n->exp = 0;
    num_set_wide(n, magnitude);
}

void tai_num_set_special(Num *n, Kind kind, int sign)
{
    n->kind = (uint8_t)kind;
    n->sign = (uint8_t)sign;
    n->exp = 0;
    num_set_limb(n, 0);
}

bool tai_num_copy(Num *r, const Num *a)
{
    if (r == a)
        return true;
    if (!num_room(r, a->len))
        return false;
    memcpy(r->at, a->at, (size_t)a->len * sizeof(Limb));
    r->len = a->len;
    r->digits = a->digits;
    r->exp = a->exp;
    r->kind = a->kind;
    r->sign = a->sign;
    return true;
}

/* -- powers of ten ----------------------------------------------------------------------------------- */

bool tai_coef_raise(Num *r, int64_t k)
{
    if (k == 0 || coef_is_zero(r))
        return true;
    if (k <= LIMB_DIGITS && r->len == 1) {
        num_set_wide(r, (Wide)r->at[0] * tai_pow10[k]);
        return true;
    }
    if (k > INT64_MAX / 2 || r->digits > INT64_MAX / 2 - k)
        return false;
    int64_t whole = k / LIMB_DIGITS, digits = r->digits + k, len = r->len;
    int part = (int)(k % LIMB_DIGITS);
    int64_t total = (digits + LIMB_DIGITS - 1) / LIMB_DIGITS;
    if (!num_grow(r, total))
        return false;
    if (part == 0) {
        memmove(r->at + whole, r->at, (size_t)len * sizeof(Limb));
    } else {
        Limb over = 0, low = tai_pow10[part];
        int back = LIMB_DIGITS - part;
        for (int64_t i = len - 1; i >= 0; i--) {
            Limb q = limb_cut(r->at[i], back);
            if (i + whole + 1 < total)
                r->at[i + whole + 1] = over + q;
            over = (r->at[i] - q * tai_pow10[back]) * low;
        }
        r->at[whole] = over;
    }
    memset(r->at, 0, (size_t)whole * sizeof(Limb));
    r->len = total;
    r->digits = digits;
    return true;
}

void tai_coef_cut(Num *r, int64_t k, int *rest)
{
    if (k == 0 || coef_is_zero(r)) {
        *rest = 0;
        return;
    }
    if (k > r->digits) {
        *rest = 1;
        num_set_limb(r, 0);
        return;
    }
    int64_t whole = (k - 1) / LIMB_DIGITS, len = r->len; /* the limb the first lost digit is in */
    int part = (int)(k - whole * LIMB_DIGITS);           /* 1 .. 18 */
    Limb edge = r->at[whole], kept = limb_cut(edge, part), lost = edge - kept * tai_pow10[part],
         half = tai_pow10[part] / 2;
    bool below = false;
    for (int64_t i = 0; i < whole && !below; i++)
        below = r->at[i] != 0;
    *rest = lost > half || (lost == half && below) ? 3 : lost == half ? 2 : lost || below ? 1 : 0;
    if (part == LIMB_DIGITS) {
        len -= whole + 1;
        memmove(r->at, r->at + whole + 1, (size_t)len * sizeof(Limb));
        if (len == 0)
            r->at[len++] = 0;
    } else {
        len -= whole;
        Limb up = tai_pow10[LIMB_DIGITS - part], low = tai_pow10[part];
        for (int64_t i = 0; i + 1 < len; i++) {
            Limb next = r->at[i + whole + 1], q = limb_cut(next, part);
            r->at[i] = kept + (next - q * low) * up;
            kept = q;
        }
        r->at[len - 1] = kept;
    }
    num_measure(r, len);
}

void tai_coef_keep_low(Num *r, int64_t k)
{
    if (r->digits <= k)
        return;
    int64_t whole = k / LIMB_DIGITS;
    int part = (int)(k % LIMB_DIGITS);
    r->at[whole] %= tai_pow10[part];
    num_measure(r, whole + 1);
}

int64_t tai_coef_trailing_zeros(const Num *a)
{
    int64_t i = 0;
    while (a->at[i] == 0)
        i++;
    Limb x = a->at[i];
    int zeros = 0;
    for (int step = 16; step; step >>= 1) {
        Limb q = limb_cut(x, step);
        if (q * tai_pow10[step] == x) {
            x = q;
            zeros += step;
        }
    }
    return i * LIMB_DIGITS + zeros;
}

bool tai_coef_all_nines(Num *r, int64_t digits)
{
    int64_t len = (digits - 1) / LIMB_DIGITS + 1;
    if (!num_room(r, len))
        return false;
    for (int64_t i = 0; i < len; i++)
        r->at[i] = LIMB_BASE - 1;
    r->at[len - 1] = tai_pow10[(digits - 1) % LIMB_DIGITS + 1] - 1;
    r->len = len;
    r->digits = digits;
    return true;
}

bool tai_coef_power10(Num *r, int64_t k)
{
    num_set_limb(r, 1);
    return tai_coef_raise(r, k);
}

int tai_coef_compare(const Num *a, const Num *b)
{
    if (a->len != b->len)
        return a->len > b->len ? 1 : -1;
    for (int64_t i = a->len - 1; i >= 0; i--) {
        if (a->at[i] != b->at[i])
            return a->at[i] > b->at[i] ? 1 : -1;
    }
    return 0;
}

/* -- rounding ---------------------------------------------------------------------------------------- */

static bool add_one(Num *r)
{
    for (int64_t i = 0; i < r->len; i++) {
        if (++r->at[i] < LIMB_BASE) {
            if (i == r->len - 1)
                r->digits = i * LIMB_DIGITS + limb_digits(r->at[i]);
            return true;
        }
        r->at[i] = 0;
    }
    if (!num_grow(r, r->len + 1))
        return false;
    r->at[r->len++] = 1;
    r->digits = (r->len - 1) * LIMB_DIGITS + 1;
    return true;
}

/* Whether the kept part goes up, of what was lost (as tai_coef_cut tells it, not 0). */
static bool goes_up(const Num *kept, int rest, Rounding rounding)
{
    switch (rounding) {
    case ROUND_UP: return true;
    case ROUND_CEILING: return !kept->sign;
    case ROUND_FLOOR: return kept->sign;
    case ROUND_HALF_UP: return rest >= 2;
    case ROUND_HALF_DOWN: return rest == 3;
    case ROUND_HALF_EVEN: return rest == 3 || (rest == 2 && coef_is_odd(kept));
    case ROUND_05UP: return kept->at[0] % 5 == 0;
    default: return false;
    }
}

Status tai_num_round_off(Num *r, int64_t k, Rounding rounding)
{
    int rest;
    tai_coef_cut(r, k, &rest);
    r->exp += k;
    if (rest == 0)
        return ST_ROUNDED;
    if (goes_up(r, rest, rounding) && !add_one(r))
        return tai_num_invalid(r, ST_MEMORY);
    return ST_ROUNDED | ST_INEXACT;
}

static Status overflow(Num *r, const Limits *c)
{
    Rounding rounding = c->rounding;
    Status st = ST_OVERFLOW | ST_INEXACT | ST_ROUNDED;
    if (rounding == ROUND_DOWN || rounding == ROUND_05UP ||
        rounding == (r->sign ? ROUND_CEILING : ROUND_FLOOR)) {
        if (!tai_coef_all_nines(r, c->prec))
            return tai_num_invalid(r, ST_MEMORY);
        r->exp = limits_etop(c);
        return st;
    }
    tai_num_set_special(r, INFINITE, r->sign);
    return st;
}

static Status fit_zero(Num *r, const Limits *c)
{
    int64_t least = limits_etiny(c), most = c->clamp ? limits_etop(c) : c->emax;
    int64_t exp = r->exp < least ? least : r->exp > most ? most : r->exp;
    Status st = exp == r->exp ? 0 : ST_CLAMPED;
    r->exp = exp;
    return st;
}

static Status fold_down(Num *r, const Limits *c)
{
    int64_t most = limits_etop(c);
    if (!c->clamp || r->exp <= most)
        return 0;
    if (!tai_coef_raise(r, r->exp - most))
        return tai_num_invalid(r, ST_MEMORY);
    r->exp = most;
    return ST_CLAMPED;
}

Status tai_num_fit_slow(Num *r, const Limits *c)
{
    if (coef_is_zero(r))
        return fit_zero(r, c);
    int64_t adjusted = num_adjusted(r), least = limits_etiny(c);
    if (adjusted > c->emax)
        return overflow(r, c);
    bool tiny = adjusted < c->emin;
    Status st = tiny ? ST_SUBNORMAL : 0;
    int64_t target = r->exp + r->digits - c->prec;
    if (target < least)
        target = least;
    if (target > r->exp) {
        Status lost = tai_num_round_off(r, target - r->exp, c->rounding);
        if (lost & ST_MEMORY)
            return lost;
        if (lost & ST_INEXACT) {
            if (tiny)
                st |= ST_UNDERFLOW;
            if (coef_is_zero(r))
                st |= ST_CLAMPED;
        }
        st |= lost;
        if (r->digits > c->prec) { /* carried into a further digit: 10...0 */
            int rest;
            tai_coef_cut(r, 1, &rest);
            r->exp++;
        }
        if (r->exp > c->emax - r->digits + 1)
            return overflow(r, c);
    }
    return st | fold_down(r, c);
}

Status tai_num_fit_any(Num *r, const Limits *c)
{
    if (r->kind == FINITE)
        return num_fit(r, c);
    if (r->kind & ANY_NAN)
        tai_coef_keep_low(r, c->prec - c->clamp);
    return 0;
}

Status tai_num_invalid(Num *r, Status why)
{
    tai_num_set_special(r, QUIET, 0);
    return why;
}

bool tai_num_nan(Num *r, const Num *a, const Num *b, const Limits *c, Status *st)
{
    const Num *from = NULL;
    *st = 0;
    if (a->kind == SIGNALING || (b && b->kind == SIGNALING)) {
        from = a->kind == SIGNALING ? a : b;
        *st = ST_INVALID;
    } else if (a->kind == QUIET || (b && b->kind == QUIET)) {
        from = a->kind == QUIET ? a : b;
    }
    if (from == NULL)
        return false;
    if (!tai_num_copy(r, from))
        *st = tai_num_invalid(r, ST_MEMORY);
    r->kind = QUIET;
    tai_num_fit_any(r, c);
    return true;
}
