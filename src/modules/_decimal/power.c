/* SPDX-License-Identifier: MIT */
/* _decimal/power: powers, correctly rounded.
 *
 * Integer exponents: repeated squaring of decimal coefficients cut to somewhat more than the precision; while
 * nothing was cut the power is exact. Others: an exact root where there is one, else e**(b ln a), both with
 * as many digits as rounding needs.
 */
#include "Python.h"
#include "modules/_decimal/number.h"

#include <gmp.h>
#include <math.h>

static inline Status no_memory(Num *r)
{
    return tai_num_invalid(r, ST_MEMORY);
}

/* -- repeated squaring ------------------------------------------------------------------------------- */

/* r = x * y, cut to so many digits; *exact becomes false if anything but zeros went. */
static bool multiply_cut(Num *r, const Num *x, const Num *y, int64_t digits, bool *exact)
{
    r->exp = x->exp + y->exp;
    if (!tai_coef_multiply(r, x, y))
        return false;
    if (r->digits > digits) {
        int rest;
        int64_t k = r->digits - digits;
        tai_coef_cut(r, k, &rest);
        r->exp += k;
        if (rest)
            *exact = false;
    }
    return true;
}

/* base ** exponent truncated to that many digits at each step; the relative error stays below exponent * 20 /
 * 10**digits. true: fine; *exact: nothing was lost.
 */
static bool raise_cut(Num *r, const Num *base, uint64_t exponent, int64_t digits, bool *exact)
{
    Num work[2];
    const Num *power = base;
    int to = 0;
    num_init(&work[0]);
    num_init(&work[1]);
    *exact = true;
    bool fine = true;
    for (int bit = 62 - __builtin_clzll(exponent); fine && bit >= 0; bit--) {
        fine = multiply_cut(&work[to], power, power, digits, exact);
        power = &work[to];
        to ^= 1;
        if (fine && exponent >> bit & 1) {
            fine = multiply_cut(&work[to], power, base, digits, exact);
            power = &work[to];
            to ^= 1;
        }
    }
    fine = fine && tai_num_copy(r, power);
    r->kind = FINITE;
    r->sign = 0;
    num_free(&work[0]);
    num_free(&work[1]);
    return fine;
}

/* A bound of the adjusted exponent of a**b: +1 certainly too large, -1 certainly too small, 0 otherwise. */
static int out_of_bounds(const Num *a, long double b, const Limits *c)
{
    long double lead = log10l((long double)tai_coef_window(a, 0) / 1e17L) + (long double)num_adjusted(a),
                size = lead * b;
    long double margin = 4 + fabsl(size) * 1e-14L;
    return size > (long double)c->emax + margin ? 1 : size < (long double)limits_etiny(c) - margin ? -1 : 0;
}

/* Something that overflows (1) or underflows (-1). */
static Status beyond(Num *r, int way, const Limits *c)
{
    num_set_limb(r, 1);
    r->exp = way > 0 ? c->emax + 1 : limits_etiny(c) - 3;
    return num_fit(r, c);
}

/* One to an integer power: with as many zeros behind the point as multiplying would give, if there is room.
 */
static Status one_to_integer(Num *r, const Num *a, const Num *b, const Limits *c)
{
    num_set_limb(r, 1);
    r->exp = 0;
    if (b->sign || a->exp == 0)
        return 0;
    int64_t room = c->prec - 1, factor = num_adjusted(b) > 17 ? INT64_MAX : 0, fall;
    Num n;
    num_init(&n);
    if (factor == 0 && tai_num_copy(&n, b)) {
        int rest;
        if (n.exp < 0)
            tai_coef_cut(&n, -n.exp, &rest);
        else
            tai_coef_raise(&n, n.exp);
        factor = (int64_t)n.at[0];
    }
    num_free(&n);
    bool all = !__builtin_mul_overflow(-a->exp, factor, &fall) && fall <= room;
    if (!all)
        fall = room;
    if (!tai_coef_raise(r, fall))
        return no_memory(r);
    r->exp = -fall;
    return all ? 0 : ST_ROUNDED;
}

/* An exact power of integer exponent ends at a's exponent times b, as far as the precision reaches. */
static Status pad_to_ideal(Num *r, Wide ideal_fall, const Limits *c)
{
    int64_t room = c->prec + 1 - r->digits;
    if (room > 0 && ideal_fall > 0) {
        int64_t more = ideal_fall < (Wide)room ? (int64_t)ideal_fall : room;
        if (!tai_coef_raise(r, more))
            return no_memory(r);
        r->exp -= more;
    }
    return num_fit(r, c);
}

/* r = 1 / power, with so many digits. */
static bool invert(Num *r, const Num *power, int64_t digits)
{
    Limits wide = {digits, MOST_EMAX * 4, LEAST_EMIN * 4, ROUND_DOWN, 0, 1};
    Num one;
    num_init(&one);
    one.at[0] = 1;
    return !(tai_num_div(r, &one, power, &wide) & ST_MEMORY);
}

/* Whether there is memory for a power of so many digits at most. */
static bool power_affordable(const Num *base, uint64_t exponent, int64_t digits)
{
    long double whole = (log10l((long double)tai_coef_window(base, 0) / 1e17L) + (long double)base->digits) *
                        (long double)exponent;
    return tai_bits_affordable((whole < (long double)digits ? (int64_t)whole : digits) / LIMB_DIGITS);
}

/* base: a without sign and trailing zeros (zeros of them); exponent not 0; r has the sign of the result. */
static Status to_integer(Num *r, const Num *base, int64_t zeros, uint64_t exponent, bool negative,
                         const Limits *c)
{
    int sign = r->sign, guard = limb_digits(exponent) + 1, rest;
    Num power;
    num_init(&power);
    Status st = ST_MEMORY;
    for (int64_t digits = c->prec + 4;; digits += digits / 2 + 8) {
        bool exact;
        if (!power_affordable(base, exponent, digits + guard) ||
            !raise_cut(&power, base, exponent, digits + guard, &exact))
            break;
        power.sign = (uint8_t)sign;
        if (exact && negative) { /* a division rounds correctly */
            Num one;
            num_init(&one);
            one.at[0] = 1;
            st = tai_num_div(r, &one, &power, c);
            break;
        }
        if (!(negative ? invert(r, &power, digits + guard) : tai_num_copy(r, &power)))
            break;
        if (exact) {
            st = pad_to_ideal(r, (Wide)zeros * exponent, c);
            break;
        }
        tai_coef_cut(r, guard, &rest); /* what may be wrong, but a few units */
        r->exp += guard;
        if (!tai_coef_doubtful(r, c->prec, 8)) {
            st = num_fit(r, c);
            break;
        }
    }
    num_free(&power);
    return st & ST_MEMORY ? no_memory(r) : st;
}

/* -- roots ------------------------------------------------------------------------------------------- */

/* value = m ** (1 / degree), if exact. */
static bool exact_root(mpz_t value, unsigned long degree)
{
    return degree == 1 || mpz_cmp_ui(value, 1) == 0 ||
           (degree < mpz_sizeinbase(value, 2) && mpz_root(value, value, degree));
}

/* The exponent as a fraction in lowest terms, if its denominator is a word. */
static bool as_fraction(const Num *b, mpz_t numerator, unsigned long *denominator)
{
    int64_t zeros = tai_coef_trailing_zeros(b), exp = b->exp + zeros;
    Bits bits;
    Num n;
    int rest;
    if (exp >= 0 || exp < -64 || b->digits > 200)
        return false;
    num_init(&n);
    bool fine = tai_num_copy(&n, b);
    if (fine) {
        tai_coef_cut(&n, zeros, &rest);
        fine = tai_bits_from_coef(&bits, &n);
    }
    num_free(&n);
    if (!fine)
        return false;
    mpz_import(numerator, (size_t)bits.len, -1, sizeof(Limb), 0, 0, bits.at);
    tai_bits_free(&bits);
    mpz_t d, shared;
    mpz_init(shared);
    mpz_init(d);
    mpz_ui_pow_ui(d, 10, (unsigned long)-exp);
    mpz_gcd(shared, numerator, d);
    mpz_divexact(numerator, numerator, shared);
    mpz_divexact(d, d, shared);
    fine = mpz_fits_slong_p(d);
    *denominator = mpz_get_ui(d);
    mpz_clear(d);
    mpz_clear(shared);
    return fine;
}

/* (2**twos * 5**fives * m) ** (numerator / denominator) into r, if that is a decimal number of not many more
 * digits than c->prec. */
static bool exact_power(Num *r, mpz_t m, int64_t exp, const mpz_t numerator, unsigned long denominator,
                        bool negative, const Limits *c)
{
    mpz_t five;
    mpz_init_set_ui(five, 5);
    int64_t twos = (int64_t)mpz_scan1(m, 0);
    mpz_fdiv_q_2exp(m, m, (mp_bitcnt_t)twos);
    int64_t fives = (int64_t)mpz_remove(m, m, five) + exp;
    twos += exp;
    bool found = false;
    int64_t d = (int64_t)denominator;
    if (twos % d || fives % d || !exact_root(m, denominator) || !mpz_fits_slong_p(numerator))
        goto done;
    int64_t n = mpz_get_si(numerator);
    bool one = mpz_cmp_ui(m, 1) == 0;
    if (!one && (negative || (double)mpz_sizeinbase(m, 2) * (double)n * 0.30103 > 2.0 * (double)c->prec + 60))
        goto done;
    int64_t scale_twos, scale_fives;
    if (negative)
        n = -n;
    if (__builtin_mul_overflow(twos / d, n, &scale_twos) ||
        __builtin_mul_overflow(fives / d, n, &scale_fives))
        goto done;
    int64_t low = scale_twos < scale_fives ? scale_twos : scale_fives;
    scale_twos -= low;
    scale_fives -= low;
    if ((double)scale_twos > 4.0 * (double)c->prec + 100 ||
        (double)scale_fives > 2.0 * (double)c->prec + 60 || scale_twos + scale_fives > INT32_MAX)
        goto done;
    if (!one)
        mpz_pow_ui(m, m, (unsigned long)n);
    mpz_pow_ui(five, five, (unsigned long)scale_fives);
    mpz_mul(m, m, five);
    mpz_mul_2exp(m, m, (mp_bitcnt_t)scale_twos);
    Bits b;
    int64_t len = (int64_t)mpz_size(m);
    if (!tai_bits_room(&b, len + 1))
        goto done;
    memcpy(b.at, mpz_limbs_read(m), (size_t)len * sizeof(Limb));
    found = tai_coef_from_bits(r, b.at, len);
    tai_bits_free(&b);
    r->kind = FINITE;
    r->exp = low;
done:
    mpz_clear(five);
    return found;
}

static bool root(Num *r, const Num *base, const Num *b, const Limits *c)
{
    mpz_t numerator, m;
    unsigned long denominator;
    Bits bits;
    mpz_init(numerator);
    mpz_init(m);
    bool found = false;
    if (base->digits <= 4000 && as_fraction(b, numerator, &denominator) && tai_bits_from_coef(&bits, base)) {
        mpz_import(m, (size_t)bits.len, -1, sizeof(Limb), 0, 0, bits.at);
        tai_bits_free(&bits);
        found = exact_power(r, m, base->exp, numerator, denominator, b->sign, c);
    }
    mpz_clear(numerator);
    mpz_clear(m);
    return found;
}

/* -- anything else ----------------------------------------------------------------------------------- */

typedef struct {
    const Num *base, *b;
    int64_t size; /* adjusted exponent of b ln base */
} RealPower;

static bool product_of_log(Num *r, const RealPower *p, int64_t digits)
{
    Num log;
    num_init(&log);
    bool fine = tai_ln_digits(&log, p->base, digits, false) && tai_coef_multiply(r, &log, p->b);
    r->kind = FINITE;
    r->exp = log.exp + p->b->exp;
    r->sign = log.sign ^ p->b->sign;
    num_free(&log);
    return fine;
}

static bool real_power(Num *r, int64_t digits, const void *what)
{
    const RealPower *p = what;
    Num x;
    num_init(&x);
    bool fine =
        product_of_log(&x, p, digits + (p->size > 0 ? p->size : 0) + 3) && tai_exp_digits(r, &x, digits);
    num_free(&x);
    return fine;
}

static Status to_real(Num *r, const Num *base, const Num *b, const Limits *c)
{
    Num product;
    num_init(&product);
    RealPower p = {base, b, 0};
    Status st = 0;
    int sign = r->sign;
    if (!product_of_log(&product, &p, 6)) {
        st = no_memory(r);
    } else {
        p.size = num_adjusted(&product);
        if (p.size < -24 - (c->prec > base->digits ? c->prec : base->digits)) {
            num_free(&product);
            return tai_num_near_one(r, c);
        }
        if (!tai_exp_trivial(r, &product, c))
            st = tai_num_converge(r, c, real_power, &p);
    }
    num_free(&product);
    r->sign = (uint8_t)sign;
    return st ? st : num_fit(r, c);
}

/* A root that comes out even is padded, and not called exact. (The native module of CPython finds roots of
 * negative powers of ten from below, and signals what that brings.)
 */
static Status inexact_root(Num *r, const Num *base, const Limits *c)
{
    bool from_below = base->exp < 0 && base->len == 1 && base->at[0] == 1 && num_adjusted(r) <= c->emin;
    if (r->digits < c->prec) {
        int64_t more = c->prec - r->digits;
        if (!tai_coef_raise(r, more))
            return no_memory(r);
        r->exp -= more;
    }
    return (from_below ? ST_UNDERFLOW | ST_SUBNORMAL : 0) | ST_INEXACT | ST_ROUNDED | num_fit(r, c);
}

static Status power_finite(Num *r, const Num *a, const Num *b, bool whole, const Limits *c)
{
    Num base;
    int rest;
    num_init(&base);
    if (!tai_num_copy(&base, a))
        return no_memory(r);
    base.sign = 0;
    int64_t zeros = tai_coef_trailing_zeros(&base);
    tai_coef_cut(&base, zeros, &rest);
    base.exp += zeros;
    r->kind = FINITE;
    bool one = base.len == 1 && base.at[0] == 1 && base.exp == 0;
    Status st;
    if (one && whole) {
        st = one_to_integer(r, a, b, c);
    } else if (whole && b->digits + b->exp <= 18) {
        Num n;
        num_init(&n);
        bool fine = tai_num_copy(&n, b);
        uint64_t exponent = 0;
        if (fine && n.exp < 0)
            tai_coef_cut(&n, -n.exp, &rest);
        else if (fine)
            fine = tai_coef_raise(&n, n.exp);
        if (fine)
            exponent = n.at[0];
        num_free(&n);
        int way = out_of_bounds(&base, b->sign ? -(long double)exponent : (long double)exponent, c);
        st = !fine ? no_memory(r)
             : way ? beyond(r, way, c)
                   : to_integer(r, &base, zeros, exponent, b->sign, c);
    } else if (one) {
        st = tai_num_near_one(r, c);
    } else if (!whole && root(r, &base, b, c)) {
        st = inexact_root(r, &base, c);
    } else {
        st = to_real(r, &base, b, c);
    }
    num_free(&base);
    return st;
}

static bool is_unit(const Num *a) /* equals 1 */
{
    return num_adjusted(a) == 0 && coef_digit(a, a->digits - 1) == 1 &&
           tai_coef_trailing_zeros(a) == a->digits - 1;
}

Status tai_num_power(Num *r, const Num *a, const Num *b, const Limits *c)
{
    Status st;
    if (tai_num_nan(r, a, b, c, &st))
        return st;
    if (num_is_zero(b)) {
        if (num_is_zero(a))
            return tai_num_invalid(r, ST_INVALID);
        tai_num_set_int(r, 1);
        return 0;
    }
    bool whole = tai_num_is_integer(b);
    int sign = a->sign && whole && tai_num_is_odd(b);
    if (a->sign && !whole && !num_is_zero(a))
        return tai_num_invalid(r, ST_INVALID);
    if (a->kind == INFINITE || coef_is_zero(a)) {
        bool grows = (a->kind == INFINITE) != b->sign;
        tai_num_set_special(r, grows ? INFINITE : FINITE, sign);
        return 0;
    }
    r->sign = (uint8_t)sign;
    if (b->kind == FINITE)
        return power_finite(r, a, b, whole, c);
    if (is_unit(a)) {
        return tai_num_near_one(r, c);
    }
    bool grows = (num_adjusted(a) >= 0) != b->sign;
    tai_num_set_special(r, grows ? INFINITE : FINITE, sign);
    return 0;
}

/* -- modulo ------------------------------------------------------------------------------------------ */

/* |a| as an integer, modulo m (which is `modulo`) if that is not NULL; out is initialised by the caller. */
static bool whole_value(mpz_t out, const Num *a, const mpz_t m, const Num *modulo)
{
    Bits b;
    if (m && a->exp >= 0 && modulo->exp == 0 && a->len > modulo->len) { /* in decimal first: mostly short */
        Num rest;
        bool inexact;
        num_init(&rest);
        bool fine = tai_coef_divide(NULL, &rest, a, modulo, &inexact) && tai_bits_from_coef(&b, &rest);
        num_free(&rest);
        if (!fine)
            return false;
    } else if (!tai_bits_from_coef(&b, a)) {
        return false;
    }
    mpz_import(out, (size_t)b.len, -1, sizeof(Limb), 0, 0, b.at);
    tai_bits_free(&b);
    if (a->exp == 0)
        return true;
    mpz_t tens;
    mpz_init_set_ui(tens, 10);
    bool fine = true;
    if (a->exp < 0) {
        mpz_pow_ui(tens, tens, (unsigned long)-a->exp);
        mpz_tdiv_q(out, out, tens);
    } else if (m) {
        mpz_powm_ui(tens, tens, (unsigned long)a->exp, m);
        mpz_mul(out, out, tens);
    } else if (tai_bits_affordable(a->exp / 19 * 2) && a->exp < INT32_MAX) {
        mpz_pow_ui(tens, tens, (unsigned long)a->exp);
        mpz_mul(out, out, tens);
    } else {
        fine = false;
    }
    mpz_clear(tens);
    return fine;
}

Status tai_num_power_modulo(Num *r, const Num *a, const Num *b, const Num *modulo, const Limits *c)
{
    Status st, more;
    if (a->kind | b->kind | modulo->kind) {
        bool early = a->kind == SIGNALING || b->kind == SIGNALING;
        if (!early && modulo->kind == SIGNALING && tai_num_nan(r, modulo, NULL, c, &st))
            return st;
        if (tai_num_nan(r, a, b, c, &more) || tai_num_nan(r, modulo, NULL, c, &more))
            return more;
    }
    if (!tai_num_is_integer(a) || !tai_num_is_integer(b) || !tai_num_is_integer(modulo))
        return tai_num_invalid(r, ST_INVALID);
    if ((b->sign && !num_is_zero(b)) || num_is_zero(modulo) || num_adjusted(modulo) >= c->prec ||
        (num_is_zero(a) && num_is_zero(b)))
        return tai_num_invalid(r, ST_INVALID);
    mpz_t base, exponent, divisor;
    mpz_init(base);
    mpz_init(exponent);
    mpz_init(divisor);
    bool fine = whole_value(divisor, modulo, NULL, NULL) && whole_value(base, a, divisor, modulo) &&
                whole_value(exponent, b, NULL, NULL);
    Bits bits;
    if (fine) {
        mpz_powm(base, base, exponent, divisor);
        int64_t len = (int64_t)mpz_size(base);
        fine = tai_bits_room(&bits, len + 1);
        if (fine) {
            memcpy(bits.at, mpz_limbs_read(base), (size_t)len * sizeof(Limb));
            fine = tai_coef_from_bits(r, bits.at, len);
            tai_bits_free(&bits);
        }
    }
    mpz_clear(base);
    mpz_clear(exponent);
    mpz_clear(divisor);
    if (!fine)
        return no_memory(r);
    r->kind = FINITE;
    r->exp = 0;
    r->sign = a->sign && tai_num_is_odd(b);
    return 0;
}
