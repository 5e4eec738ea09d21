/* SPDX-License-Identifier: MIT */
/* _decimal/functions: exp, ln and log10, correctly rounded.
 *
 * The functions work in binary fixed point (GMP integers scaled by 2**bits) and give decimal digits with an
 * error of a few units in the last. tai_num_converge() asks for more of them until rounding is beyond doubt
 * (Ziv's strategy). exp is a Taylor series after halving the argument; ln is Halley's iteration on exp, from
 * a long double. ln 10 is kept once computed.
 */
#include "Python.h"
#include "modules/_decimal/number.h"

#include <gmp.h>
#include <math.h>

#define BITS_PER_DIGIT 3.3219280948873626
#define LOG10_2        0.30102999566398119521
static const int64_t MOST_LIMBS = (int64_t)1
                                  << 26; /* of a GMP integer here: 20 times this fits its counters */

static bool affordable(int64_t bits)
{
    return bits / 64 < MOST_LIMBS && tai_bits_affordable(bits / 64 * 2 + 8);
}

/* -- between numbers and GMP's integers -------------------------------------------------------------- */

static bool integer_from(mpz_t out, const Num *a) /* the coefficient; with false, out is open as well */
{
    Bits b;
    mpz_init(out);
    if (!tai_bits_from_coef(&b, a))
        return false;
    mpz_import(out, (size_t)b.len, -1, sizeof(Limb), 0, 0, b.at);
    tai_bits_free(&b);
    return true;
}

static bool integer_to(Num *r, const mpz_t value) /* magnitude and sign */
{
    Bits b;
    int64_t len = (int64_t)mpz_size(value);
    if (!tai_bits_room(&b, len + 1))
        return false;
    memcpy(b.at, mpz_limbs_read(value), (size_t)len * sizeof(Limb));
    bool fine = tai_coef_from_bits(r, b.at, len);
    tai_bits_free(&b);
    r->kind = FINITE;
    r->sign = mpz_sgn(value) < 0;
    return fine;
}

static void power_of_ten(mpz_t out, int64_t k)
{
    mpz_ui_pow_ui(out, 10, (unsigned long)k);
}

/* a's value in fixed point, rounded down; false: no memory. */
static bool to_fixed(mpz_t out, const Num *a, int64_t exp, int64_t bits)
{
    int64_t size = a->digits > (exp < 0 ? -exp : exp) ? a->digits : (exp < 0 ? -exp : exp);
    if (size > MOST_EMAX || !affordable(bits + (int64_t)((double)size * BITS_PER_DIGIT)) ||
        !integer_from(out, a))
        return false;
    mpz_t tens;
    mpz_init(tens);
    power_of_ten(tens, exp < 0 ? -exp : exp);
    if (exp >= 0) {
        mpz_mul(out, out, tens);
        mpz_mul_2exp(out, out, (mp_bitcnt_t)bits);
        if (a->sign)
            mpz_neg(out, out);
    } else {
        mpz_mul_2exp(out, out, (mp_bitcnt_t)bits);
        if (a->sign)
            mpz_neg(out, out);
        mpz_fdiv_q(out, out, tens);
    }
    mpz_clear(tens);
    return true;
}

/* About so many significant digits of a fixed-point value. */
static bool from_fixed(Num *r, mpz_t value, int64_t bits, int64_t digits)
{
    int64_t size = (int64_t)mpz_sizeinbase(value, 2) - bits,
            places = digits - (int64_t)((double)size * LOG10_2) + 1;
    mpz_t tens;
    mpz_init(tens);
    power_of_ten(tens, places < 0 ? -places : places);
    if (places >= 0) {
        mpz_mul(value, value, tens);
        mpz_tdiv_q_2exp(value, value, (mp_bitcnt_t)bits);
    } else {
        mpz_mul_2exp(tens, tens, (mp_bitcnt_t)bits);
        mpz_tdiv_q(value, value, tens);
    }
    mpz_clear(tens);
    r->exp = -places;
    return integer_to(r, value);
}

/* -- constants --------------------------------------------------------------------------------------- */

static void add_inverse_atanh(mpz_t sum, unsigned times, unsigned q,
                              int64_t bits) /* sum += times * atanh(1/q) * 2**bits */
{
    mpz_t power, term;
    mpz_init(power);
    mpz_init(term);
    mpz_setbit(power, (mp_bitcnt_t)bits);
    mpz_mul_ui(power, power, times);
    mpz_fdiv_q_ui(power, power, q);
    for (unsigned long k = 1; mpz_sgn(power) != 0; k += 2) {
        mpz_fdiv_q_ui(term, power, k);
        mpz_add(sum, sum, term);
        mpz_fdiv_q_ui(power, power, (unsigned long)q * q);
    }
    mpz_clear(power);
    mpz_clear(term);
}

/* ln 10, scaled. The longest value so far is kept for good. */
static void ln10_fixed(mpz_t out, int64_t bits)
{
    static mpz_t known;
    static int64_t have;
    if (have < bits) {
        if (have == 0)
            mpz_init(known);
        have = bits + bits / 4 + 256;
        mpz_set_ui(known, 0);
        add_inverse_atanh(known, 46, 31, have + 16);
        add_inverse_atanh(known, 34, 49, have + 16);
        add_inverse_atanh(known, 20, 161, have + 16);
        mpz_fdiv_q_2exp(known, known, 16);
    }
    mpz_fdiv_q_2exp(out, known, (mp_bitcnt_t)(have - bits));
}

/* -- the series -------------------------------------------------------------------------------------- */

enum { MOST_COLUMNS = 32 };

/* sum of x**k / k! for a small fixed-point x. The terms are summed in columns of equal k modulo `columns`, so
 * that only one step in `columns` multiplies by a long number (x**columns). */
static void taylor(mpz_t total, const mpz_t x, int64_t bits, int columns)
{
    mpz_t sums[MOST_COLUMNS], power, term;
    mpz_init_set(power, x);
    for (int j = 0; j < columns; j++)
        mpz_init(sums[j]);
    for (int j = 1; j < columns; j++) {
        mpz_mul(power, power, x);
        mpz_fdiv_q_2exp(power, power, (mp_bitcnt_t)bits);
    }
    mpz_init(term);
    mpz_setbit(term, (mp_bitcnt_t)bits);
    unsigned long k = 0;
    while (mpz_sgn(term) != 0) {
        for (int j = 0; j < columns; j++) {
            mpz_add(sums[j], sums[j], term);
            mpz_tdiv_q_ui(term, term, ++k);
        }
        mpz_mul(term, term, power);
        mpz_tdiv_q_2exp(term, term, (mp_bitcnt_t)bits);
    }
    mpz_set(total, sums[columns - 1]);
    for (int j = columns - 2; j >= 0; j--) {
        mpz_mul(total, total, x);
        mpz_fdiv_q_2exp(total, total, (mp_bitcnt_t)bits);
        mpz_add(total, total, sums[j]);
    }
    for (int j = 0; j < columns; j++)
        mpz_clear(sums[j]);
    mpz_clear(power);
    mpz_clear(term);
}

/* e**x for a fixed-point x of a few units; x may be out. */
static void exp_fixed(mpz_t out, const mpz_t x, int64_t bits)
{
    int64_t halvings = (int64_t)(cbrt((double)bits) * 1.4) + 2, guard = halvings + 16, work = bits + guard;
    int columns = (int)(cbrt((double)bits) * 0.5);
    columns = columns < 2 ? 2 : columns > MOST_COLUMNS ? MOST_COLUMNS : columns;
    mpz_t small;
    mpz_init(small);
    mpz_mul_2exp(small, x, (mp_bitcnt_t)guard);
    mpz_fdiv_q_2exp(small, small, (mp_bitcnt_t)halvings);
    taylor(out, small, work, columns);
    mpz_clear(small);
    for (int64_t i = 0; i < halvings; i++) {
        mpz_mul(out, out, out);
        mpz_fdiv_q_2exp(out, out, (mp_bitcnt_t)work);
    }
    mpz_fdiv_q_2exp(out, out, (mp_bitcnt_t)guard);
}

static void rescale(mpz_t out, const mpz_t value, int64_t from, int64_t to)
{
    if (to >= from)
        mpz_mul_2exp(out, value, (mp_bitcnt_t)(to - from));
    else
        mpz_fdiv_q_2exp(out, value, (mp_bitcnt_t)(from - to));
}

/* ln of a fixed-point y between about 1/4 and 4; y may be out. */
static void ln_fixed(mpz_t out, const mpz_t y, int64_t bits)
{
    mpz_t target, reached, guess, step;
    int64_t have = 60, scale = 62;
    mpz_init(target);
    mpz_init(reached);
    mpz_init(guess);
    mpz_init(step);
    rescale(target, y, bits, 62);
    long double rough = logl((long double)mpz_get_ui(target) / 0x1p62L) * 0x1p62L;
    mpz_set_si(guess, (long)rough);
    bool last;
    do {
        int64_t work = 3 * have - 8;
        last = work >= bits + 12;
        if (last)
            work = bits + 12;
        rescale(guess, guess, scale, work);
        rescale(target, y, bits, work);
        exp_fixed(reached, guess, work);
        mpz_sub(step, target, reached); /* guess += 2 (y - e**guess) / (y + e**guess) */
        mpz_mul_2exp(step, step, (mp_bitcnt_t)(work + 1));
        mpz_add(target, target, reached);
        mpz_fdiv_q(step, step, target);
        mpz_add(guess, guess, step);
        scale = work;
        have = work - 8;
    } while (!last);
    mpz_fdiv_q_2exp(out, guess, 12);
    mpz_clear(target);
    mpz_clear(reached);
    mpz_clear(guess);
    mpz_clear(step);
}

/* -- as decimal digits ------------------------------------------------------------------------------- */

bool tai_exp_digits(Num *r, const Num *x, int64_t digits)
{
    int64_t adjusted = num_adjusted(x);
    if (digits > MOST_PREC || adjusted > 40)
        return false;
    int64_t bits = (int64_t)((double)(digits + 4) * BITS_PER_DIGIT) + 32;
    int64_t whole = adjusted >= 0 ? (int64_t)((double)(adjusted + 2) * BITS_PER_DIGIT) + 2 : 0,
            wide = bits + whole;
    mpz_t fixed, ln10, tens;
    if (!affordable(wide * 2))
        return false;
    bool fine = to_fixed(fixed, x, x->exp, wide);
    if (!fine)
        return false;
    mpz_init(ln10);
    mpz_init(tens);
    ln10_fixed(ln10, wide);
    if (adjusted < 0 && !x->sign)
        mpz_set_ui(tens, 0);
    else
        mpz_fdiv_qr(tens, fixed, fixed, ln10);
    mpz_fdiv_q_2exp(fixed, fixed, (mp_bitcnt_t)whole);
    exp_fixed(fixed, fixed, bits);
    fine = from_fixed(r, fixed, bits, digits + 2);
    r->exp += mpz_get_si(tens);
    mpz_clear(fixed);
    mpz_clear(ln10);
    mpz_clear(tens);
    return fine;
}

/* How many places behind the point a - 1 begins to differ from 0, for a near 1. */
static int64_t zeros_near_one(const Num *a)
{
    Num one, difference;
    num_init(&one);
    num_init(&difference);
    one.at[0] = 1;
    Limits rough = {9, MOST_EMAX, LEAST_EMIN, ROUND_DOWN, 0, 1};
    Status st = tai_num_sub(&difference, a, &one, &rough);
    int64_t zeros = st & ST_MEMORY ? 0 : -num_adjusted(&difference);
    num_free(&difference);
    return zeros > 0 ? zeros : 0;
}

bool tai_ln_digits(Num *r, const Num *a, int64_t digits, bool common)
{
    int64_t scale = num_adjusted(a);
    if (tai_coef_window(a, 0) >= 3 * tai_pow10[LIMB_DIGITS - 1])
        scale++;
    int64_t extra = scale == 0 ? zeros_near_one(a) : 0;
    if (digits > MOST_PREC || extra > MOST_PREC)
        return false;
    int64_t bits = (int64_t)((double)(digits + extra + 4) * BITS_PER_DIGIT) + 32 + 64;
    mpz_t fixed, ln10;
    if (!affordable(bits * 2) || !to_fixed(fixed, a, a->exp - scale, bits))
        return false;
    mpz_init(ln10);
    ln_fixed(fixed, fixed, bits);
    ln10_fixed(ln10, bits);
    if (scale > 0)
        mpz_addmul_ui(fixed, ln10, (unsigned long)scale);
    else if (scale < 0)
        mpz_submul_ui(fixed, ln10, (unsigned long)-scale);
    if (common) {
        mpz_mul_2exp(fixed, fixed, (mp_bitcnt_t)bits);
        mpz_fdiv_q(fixed, fixed, ln10);
    }
    bool fine = from_fixed(r, fixed, bits, digits + 2);
    mpz_clear(fixed);
    mpz_clear(ln10);
    return fine;
}

/* -- rounding ---------------------------------------------------------------------------------------- */

bool tai_coef_doubtful(const Num *r, int64_t precision, Limb error)
{
    Limb unit = LIMB_BASE / 2; /* the first window: both the boundaries and the middle become 0 */
    bool below = false;        /* the digits seen so far are those just below a boundary, not just above */
    for (int64_t position = precision;; position += LIMB_DIGITS) {
        int64_t left = r->digits - position;
        if (left < 3)
            return true;
        bool first = position == precision;
        Limb tail = tai_coef_window(r, position) % unit,
             off = left >= LIMB_DIGITS ? error : error * tai_pow10[LIMB_DIGITS - left];
        if (left < LIMB_DIGITS + 3)
            return (tail <= off && (first || !below)) || (unit - tail <= off && (first || below));
        if (first)
            below = tail != 0;
        if (tail != (below ? unit - 1 : 0))
            return false;
        unit = LIMB_BASE;
    }
}

Status tai_num_converge(Num *r, const Limits *c, Approximate value, const void *what)
{
    int64_t digits = c->prec + 4;
    for (;;) {
        if (!value(r, digits, what))
            return tai_num_invalid(r, ST_MEMORY);
        if (!tai_coef_doubtful(r, c->prec, 20))
            break;
        digits += digits / 2 + 8;
    }
    r->kind = FINITE;
    return 0;
}

static bool exp_of(Num *r, int64_t digits, const void *what)
{
    return tai_exp_digits(r, what, digits);
}
static bool ln_of(Num *r, int64_t digits, const void *what)
{
    return tai_ln_digits(r, what, digits, false);
}
static bool log10_of(Num *r, int64_t digits, const void *what)
{
    return tai_ln_digits(r, what, digits, true);
}

static Limits half_even(const Limits *c)
{
    Limits even = *c;
    even.rounding = ROUND_HALF_EVEN;
    return even;
}

bool tai_exp_trivial(Num *r, const Num *x, const Limits *c)
{
    int64_t size = num_adjusted(x), bound = c->prec - c->emin > c->emax ? c->prec - c->emin : c->emax;
    r->kind = FINITE;
    if (size > limb_digits((Limb)bound) + 1) {
        num_set_limb(r, 1);
        r->exp = x->sign ? limits_etiny(c) - 3 : c->emax + 1;
        return true;
    }
    return false;
}

Status tai_num_near_one(Num *r, const Limits *c)
{
    int sign = r->sign;
    if (!tai_coef_power10(r, c->prec - 1))
        return tai_num_invalid(r, ST_MEMORY);
    r->kind = FINITE;
    r->sign = (uint8_t)sign;
    r->exp = 1 - c->prec;
    return ST_INEXACT | ST_ROUNDED;
}

Status tai_num_exp(Num *r, const Num *a, const Limits *c)
{
    Status st;
    if (tai_num_nan(r, a, NULL, c, &st))
        return st;
    if (a->kind == INFINITE || coef_is_zero(a)) {
        tai_num_set_special(r, a->kind && !a->sign ? INFINITE : FINITE, 0);
        if (!a->kind)
            num_set_limb(r, 1);
        return 0;
    }
    Limits even = half_even(c);
    int64_t size = num_adjusted(a);
    if (size < -c->prec - 1 || (size == -c->prec - 1 && coef_digit(a, a->digits - 1) < (a->sign ? 5 : 9)))
        return tai_num_near_one(r, c); /* to the nearest */
    if (!tai_exp_trivial(r, a, c))
        st = tai_num_converge(r, c, exp_of, a);
    return st ? st : num_fit(r, &even);
}

/* Whether a is 10**n. */
static bool is_power_of_ten(const Num *a)
{
    return tai_coef_trailing_zeros(a) == a->digits - 1 && coef_digit(a, a->digits - 1) == 1;
}

static Status logarithm(Num *r, const Num *a, const Limits *c, bool common)
{
    Status st;
    if (tai_num_nan(r, a, NULL, c, &st))
        return st;
    if (num_is_zero(a)) {
        tai_num_set_special(r, INFINITE, 1);
        return 0;
    }
    if (a->sign)
        return tai_num_invalid(r, ST_INVALID);
    if (a->kind == INFINITE) {
        tai_num_set_special(r, INFINITE, 0);
        return 0;
    }
    Limits even = half_even(c);
    if (is_power_of_ten(a) && (common || num_adjusted(a) == 0)) {
        tai_num_set_int(r, num_adjusted(a));
        return common ? num_fit(r, &even) : 0;
    }
    st = tai_num_converge(r, c, common ? log10_of : ln_of, a);
    return st ? st : num_fit(r, &even);
}

Status tai_num_ln(Num *r, const Num *a, const Limits *c)
{
    return logarithm(r, a, c, false);
}
Status tai_num_log10(Num *r, const Num *a, const Limits *c)
{
    return logarithm(r, a, c, true);
}
