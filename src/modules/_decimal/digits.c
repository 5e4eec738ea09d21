/* SPDX-License-Identifier: MIT */
/* _decimal/digits: comparison, neighbours, quantizing, and the operations on the digits of a coefficient. */
#include "Python.h"
#include "modules/_decimal/number.h"

static inline Status no_memory(Num *r)
{
    return tai_num_invalid(r, ST_MEMORY);
}

static Status copy_of(Num *r, const Num *a, int sign)
{
    if (!tai_num_copy(r, a))
        return no_memory(r);
    r->sign = (uint8_t)sign;
    return 0;
}

static Status fitted_copy(Num *r, const Num *a, const Limits *c)
{
    return tai_num_copy(r, a) ? tai_num_fit_any(r, c) : no_memory(r);
}

/* -- order ------------------------------------------------------------------------------------------- */

Limb tai_coef_window(const Num *a, int64_t position)
{
    int64_t low = a->digits - position - LIMB_DIGITS; /* place of the window's last digit */
    if (low <= -LIMB_DIGITS)
        return 0;
    if (low < 0)
        return a->at[0] % tai_pow10[LIMB_DIGITS + low] * tai_pow10[-low];
    int64_t i = low / LIMB_DIGITS;
    int part = (int)(low % LIMB_DIGITS);
    if (part == 0)
        return a->at[i];
    Limb above = i + 1 < a->len ? a->at[i + 1] % tai_pow10[part] * tai_pow10[LIMB_DIGITS - part] : 0;
    return above + a->at[i] / tai_pow10[part];
}

/* Absolute values of finite numbers. */
static int order_magnitudes(const Num *a, const Num *b)
{
    if (coef_is_zero(a) || coef_is_zero(b))
        return coef_is_zero(b) - coef_is_zero(a);
    if (a->exp == b->exp)
        return tai_coef_compare(a, b);
    int64_t x = num_adjusted(a), y = num_adjusted(b);
    if (x != y)
        return x > y ? 1 : -1;
    int64_t longer = a->digits > b->digits ? a->digits : b->digits;
    for (int64_t position = 0; position < longer; position += LIMB_DIGITS) {
        Limb u = tai_coef_window(a, position), v = tai_coef_window(b, position);
        if (u != v)
            return u > v ? 1 : -1;
    }
    return 0;
}

static int order_absolute(const Num *a, const Num *b)
{
    if (a->kind | b->kind)
        return (a->kind == INFINITE) - (b->kind == INFINITE);
    return order_magnitudes(a, b);
}

int tai_num_order(const Num *a, const Num *b)
{
    if (a->sign != b->sign) {
        if (num_is_zero(a) && num_is_zero(b))
            return 0;
        return a->sign ? -1 : 1;
    }
    int order = order_absolute(a, b);
    return a->sign ? -order : order;
}

static int order_total(const Num *a, const Num *b, bool magnitudes)
{
    int sa = magnitudes ? 0 : a->sign, sb = magnitudes ? 0 : b->sign, order;
    if (sa != sb)
        return sa ? -1 : 1;
    int x = a->kind == QUIET ? 2 : a->kind == SIGNALING, y = b->kind == QUIET ? 2 : b->kind == SIGNALING;
    if (x != y) {
        order = x > y ? 1 : -1;
    } else if (x) {
        order = tai_coef_compare(a, b);
    } else {
        order = order_absolute(a, b);
        if (order == 0 && a->kind == FINITE)
            order = (a->exp > b->exp) - (a->exp < b->exp);
    }
    return sa ? -order : order;
}

Status tai_num_compare(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    if (tai_num_nan(r, a, b, c, &st))
        return st;
    tai_num_set_int(r, tai_num_order(a, b));
    return 0;
}

Status tai_num_compare_signal(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    if (tai_num_nan(r, a, b, c, &st))
        return st | ST_INVALID;
    tai_num_set_int(r, tai_num_order(a, b));
    return 0;
}

Status tai_num_compare_total(Num *r, const Num *a, const Num *b, const Limits *Py_UNUSED(c))
{
    tai_num_set_int(r, order_total(a, b, false));
    return 0;
}

Status tai_num_compare_total_mag(Num *r, const Num *a, const Num *b, const Limits *Py_UNUSED(c))
{
    tai_num_set_int(r, order_total(a, b, true));
    return 0;
}

static Status choose(Num *r, const Num *a, const Num *b, const Limits *c, int want, bool magnitudes)
{
    Status st;
    if (a->kind == QUIET && !(b->kind & ANY_NAN))
        return fitted_copy(r, b, c);
    if (b->kind == QUIET && !(a->kind & ANY_NAN))
        return fitted_copy(r, a, c);
    if (tai_num_nan(r, a, b, c, &st))
        return st;
    int order = magnitudes ? order_absolute(a, b) : tai_num_order(a, b);
    if (order == 0)
        order = order_total(a, b, false);
    return fitted_copy(r, order == want ? a : b, c);
}

Status tai_num_max(Num *r, const Num *a, const Num *b, const Limits *c)
{
    return choose(r, a, b, c, 1, false);
}
Status tai_num_min(Num *r, const Num *a, const Num *b, const Limits *c)
{
    return choose(r, a, b, c, -1, false);
}
Status tai_num_max_mag(Num *r, const Num *a, const Num *b, const Limits *c)
{
    return choose(r, a, b, c, 1, true);
}
Status tai_num_min_mag(Num *r, const Num *a, const Num *b, const Limits *c)
{
    return choose(r, a, b, c, -1, true);
}

Status tai_num_copy_sign(Num *r, const Num *a, const Num *b, const Limits *Py_UNUSED(c))
{
    return copy_of(r, a, b->sign);
}

/* -- quantizing -------------------------------------------------------------------------------------- */

Status tai_num_quantize(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st = 0;
    if (a->kind | b->kind) {
        if (tai_num_nan(r, a, b, c, &st))
            return st;
        return a->kind && b->kind ? copy_of(r, a, a->sign) : tai_num_invalid(r, ST_INVALID);
    }
    int64_t exp = b->exp;
    if (exp > c->emax || exp < limits_etiny(c))
        return tai_num_invalid(r, ST_INVALID);
    if (coef_is_zero(a)) {
        tai_num_set_special(r, FINITE, a->sign);
        r->exp = exp;
        return num_fit(r, c);
    }
    int64_t adjusted = num_adjusted(a);
    if (adjusted > c->emax || adjusted - exp + 1 > c->prec)
        return tai_num_invalid(r, ST_INVALID);
    if (!tai_num_copy(r, a))
        return no_memory(r);
    if (exp <= a->exp) {
        if (!tai_coef_raise(r, a->exp - exp))
            return no_memory(r);
        r->exp = exp;
    } else {
        st = tai_num_round_off(r, exp - a->exp, c->rounding);
        if (st & ST_MEMORY)
            return st;
        if (r->digits > c->prec || num_adjusted(r) > c->emax)
            return tai_num_invalid(r, ST_INVALID);
    }
    if (!coef_is_zero(r) && num_adjusted(r) < c->emin)
        st |= ST_SUBNORMAL;
    return st | num_fit(r, c);
}

static Status integral(Num *r, const Num *a, const Limits *c, Status wanted)
{
    Status st;
    if (tai_num_nan(r, a, NULL, c, &st))
        return st;
    if (!tai_num_copy(r, a))
        return no_memory(r);
    if (a->kind == INFINITE || a->exp >= 0)
        return 0;
    if (coef_is_zero(a)) {
        r->exp = 0;
        return 0;
    }
    return tai_num_round_off(r, -a->exp, c->rounding) & wanted;
}

Status tai_num_to_integral(Num *r, const Num *a, const Limits *c)
{
    return integral(r, a, c, ST_MEMORY);
}
Status tai_num_to_integral_exact(Num *r, const Num *a, const Limits *c)
{
    return integral(r, a, c, ST_MEMORY | ST_ROUNDED | ST_INEXACT);
}

Status tai_num_normalize(Num *r, const Num *a, const Limits *c)
{
    Status st;
    if (tai_num_nan(r, a, NULL, c, &st))
        return st;
    if (!tai_num_copy(r, a))
        return no_memory(r);
    if (a->kind == INFINITE)
        return 0;
    st = num_fit(r, c);
    if (r->kind != FINITE)
        return st;
    if (coef_is_zero(r)) {
        r->exp = 0;
        return st;
    }
    int64_t most = (c->clamp ? limits_etop(c) : c->emax) - r->exp, zeros = tai_coef_trailing_zeros(r);
    if (zeros > most)
        zeros = most;
    if (zeros > 0) {
        int rest;
        tai_coef_cut(r, zeros, &rest);
        r->exp += zeros;
    }
    return st;
}

/* -- neighbours -------------------------------------------------------------------------------------- */

static Status neighbour(Num *r, const Num *a, const Limits *c, bool down)
{
    Status st;
    if (tai_num_nan(r, a, NULL, c, &st))
        return st;
    if (a->kind == INFINITE) {
        if (a->sign == down)
            return copy_of(r, a, a->sign);
        r->kind = FINITE;
        r->sign = a->sign;
        r->exp = limits_etop(c);
        return tai_coef_all_nines(r, c->prec) ? 0 : no_memory(r);
    }
    Limits quiet = *c;
    quiet.rounding = down ? ROUND_FLOOR : ROUND_CEILING;
    st = fitted_copy(r, a, &quiet);
    if (st & ST_MEMORY || tai_num_order(r, a) != 0)
        return st & ST_MEMORY;
    Num step, near;
    num_init(&step);
    num_init(&near);
    step.sign = down;
    step.at[0] = 1;
    step.exp = limits_etiny(c) - 1;
    st = tai_num_add(&near, r, &step, &quiet);
    if (!tai_num_copy(r, &near))
        st = no_memory(r);
    num_free(&near);
    return st & ST_MEMORY;
}

Status tai_num_next_minus(Num *r, const Num *a, const Limits *c)
{
    return neighbour(r, a, c, true);
}
Status tai_num_next_plus(Num *r, const Num *a, const Limits *c)
{
    return neighbour(r, a, c, false);
}

Status tai_num_next_toward(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    if (tai_num_nan(r, a, b, c, &st))
        return st;
    int order = tai_num_order(a, b);
    if (order == 0)
        return copy_of(r, a, b->sign);
    st = neighbour(r, a, c, order > 0);
    if (st)
        return st;
    if (r->kind == INFINITE)
        return ST_OVERFLOW | ST_INEXACT | ST_ROUNDED;
    if (num_adjusted(r) < c->emin)
        return ST_UNDERFLOW | ST_SUBNORMAL | ST_INEXACT | ST_ROUNDED | (coef_is_zero(r) ? ST_CLAMPED : 0);
    return 0;
}

/* -- exponents and digits ---------------------------------------------------------------------------- */

Status tai_num_logb(Num *r, const Num *a, const Limits *c)
{
    Status st;
    if (tai_num_nan(r, a, NULL, c, &st))
        return st;
    if (a->kind == INFINITE) {
        tai_num_set_special(r, INFINITE, 0);
        return 0;
    }
    if (coef_is_zero(a)) {
        tai_num_set_special(r, INFINITE, 1);
        return ST_ZERO_DIVISION;
    }
    tai_num_set_int(r, num_adjusted(a));
    return num_fit(r, c);
}

/* A second operand that counts places: a whole number within the limit. */
static bool count_operand(const Num *b, int64_t limit, int64_t *count)
{
    if (b->kind || b->exp || b->len > 2)
        return false;
    Wide n = num_get_wide(b);
    if (n > (Wide)limit)
        return false;
    *count = b->sign ? -(int64_t)n : (int64_t)n;
    return true;
}

/* The common beginning of shift, rotate and scaleb; true: the result is there. */
static bool counted(Num *r, const Num *a, const Num *b, const Limits *c, int64_t limit, int64_t *count,
                    Status *st)
{
    if (tai_num_nan(r, a, b, c, st))
        return true;
    if (!count_operand(b, limit, count)) {
        *st = tai_num_invalid(r, ST_INVALID);
        return true;
    }
    *st = copy_of(r, a, a->sign);
    return *st || a->kind == INFINITE;
}

Status tai_num_scaleb(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    int64_t count;
    if (counted(r, a, b, c, 2 * (c->emax + c->prec), &count, &st))
        return st;
    r->exp += count;
    return num_fit(r, c);
}

Status tai_num_shift(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    int64_t count;
    if (counted(r, a, b, c, c->prec, &count, &st))
        return st;
    if (count < 0) {
        int rest;
        tai_coef_keep_low(r, c->prec);
        tai_coef_cut(r, -count, &rest);
    } else {
        tai_coef_keep_low(r, c->prec - count);
        if (!tai_coef_raise(r, count))
            return no_memory(r);
    }
    return 0;
}

Status tai_num_rotate(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    int64_t count;
    if (counted(r, a, b, c, c->prec, &count, &st))
        return st;
    tai_coef_keep_low(r, c->prec);
    if (count < 0)
        count += c->prec;
    if (count == 0 || count == c->prec)
        return 0;
    Num high;
    num_init(&high);
    int rest;
    bool fine = tai_num_copy(&high, r);
    if (fine)
        tai_coef_cut(&high, c->prec - count, &rest);
    tai_coef_keep_low(r, c->prec - count);
    fine = fine && tai_coef_raise(r, count) && num_grow(r, high.len);
    if (fine) { /* the low part ends in as many zeros as the high part has digits at most */
        for (int64_t i = 0; i < high.len; i++)
            r->at[i] = (i < r->len ? r->at[i] : 0) + high.at[i];
        num_measure(r, r->len > high.len ? r->len : high.len);
    }
    num_free(&high);
    return fine ? 0 : no_memory(r);
}

/* -- logical operations ------------------------------------------------------------------------------ */

static bool is_logical(const Num *a)
{
    if (a->kind || a->sign || a->exp)
        return false;
    for (int64_t i = 0; i < a->len; i++) {
        for (Limb x = a->at[i]; x; x /= 10) {
            if (x % 10 > 1)
                return false;
        }
    }
    return true;
}

typedef enum { LOGIC_AND, LOGIC_OR, LOGIC_XOR } Logic;

static Limb combine(Limb x, Limb y, Logic how) /* digits 0 and 1: sums have no carries */
{
    Limb result = 0;
    for (Limb unit = 1; x | y; unit *= 10, x /= 10, y /= 10) {
        Limb u = x % 10, v = y % 10;
        result += unit * (how == LOGIC_AND ? u & v : how == LOGIC_OR ? u | v : u ^ v);
    }
    return result;
}

static Status logical(Num *r, const Num *a, const Num *b, const Limits *c, Logic how)
{
    if (!is_logical(a) || !is_logical(b))
        return tai_num_invalid(r, ST_INVALID);
    int64_t longer = a->len > b->len ? a->len : b->len;
    if (!num_room(r, longer))
        return no_memory(r);
    for (int64_t i = 0; i < longer; i++)
        r->at[i] = combine(i < a->len ? a->at[i] : 0, i < b->len ? b->at[i] : 0, how);
    r->kind = FINITE;
    r->sign = 0;
    r->exp = 0;
    num_measure(r, longer);
    tai_coef_keep_low(r, c->prec);
    return 0;
}

Status tai_num_logical_and(Num *r, const Num *a, const Num *b, const Limits *c)
{
    return logical(r, a, b, c, LOGIC_AND);
}
Status tai_num_logical_or(Num *r, const Num *a, const Num *b, const Limits *c)
{
    return logical(r, a, b, c, LOGIC_OR);
}
Status tai_num_logical_xor(Num *r, const Num *a, const Num *b, const Limits *c)
{
    return logical(r, a, b, c, LOGIC_XOR);
}

Status tai_num_logical_invert(Num *r, const Num *a, const Limits *c)
{
    Num ones;
    if (!is_logical(a))
        return tai_num_invalid(r, ST_INVALID);
    num_init(&ones);
    Status st;
    if (tai_coef_all_nines(&ones, c->prec)) {
        for (int64_t i = 0; i < ones.len; i++)
            ones.at[i] /= 9;
        st = logical(r, a, &ones, c, LOGIC_XOR);
    } else {
        st = no_memory(r);
    }
    num_free(&ones);
    return st;
}

/* -- questions --------------------------------------------------------------------------------------- */

bool tai_num_is_normal(const Num *a, const Limits *c)
{
    return a->kind == FINITE && !coef_is_zero(a) && num_adjusted(a) >= c->emin;
}
bool tai_num_is_subnormal(const Num *a, const Limits *c)
{
    return a->kind == FINITE && !coef_is_zero(a) && num_adjusted(a) < c->emin;
}

bool tai_num_is_integer(const Num *a)
{
    if (a->kind)
        return false;
    if (a->exp >= 0 || coef_is_zero(a))
        return true;
    return a->digits + a->exp > 0 && tai_coef_trailing_zeros(a) >= -a->exp;
}

bool tai_num_is_odd(const Num *a)
{
    if (a->exp > 0 || coef_is_zero(a) || a->digits <= -a->exp)
        return false;
    return coef_digit(a, -a->exp) & 1;
}

const char *tai_num_class(const Num *a, const Limits *c)
{
    static const char *const names[2][4] = {{"+Infinity", "+Zero", "+Normal", "+Subnormal"},
                                            {"-Infinity", "-Zero", "-Normal", "-Subnormal"}};
    if (a->kind & ANY_NAN)
        return a->kind == QUIET ? "NaN" : "sNaN";
    return names[a->sign][a->kind == INFINITE ? 0 : coef_is_zero(a) ? 1 : tai_num_is_normal(a, c) ? 2 : 3];
}
