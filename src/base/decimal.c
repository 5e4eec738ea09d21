/* SPDX-License-Identifier: MIT */
/* decimal: doubles to decimal digits and back, always correctly rounded.
 *
 * Three tools, from fast to exact:
 *   1. 128-bit powers of ten, made on first use (power_of_ten): the shortest form is found with three 64x128 bit products
 *      (Giulietti's Schubfach), numbers are read with one product and an error bound.
 *   2. 128-bit integers: m * 2**e with a fixed number of digits, when everything fits.
 *   3. GMP integers, when neither is certain.
 * [DEC-1] 2**127 <= power < 2**128, and power - 1 < true value <= power (rounded up; exact for exponents 0..55).
 * Tests: tests/objects/float/test_float.py.
 */
#include "base/decimal.h"

#include <errno.h>
#include <gmp.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef unsigned __int128 u128;

#define MANTISSA_BITS 52
#define EXPONENT_BIAS 1075 /* value = mantissa * 2**(biased - 1075) */
#define POWER_MIN (-350)
#define POWER_MAX 350

typedef struct {
    uint64_t hi, lo;
} Power;

static Power powers[POWER_MAX - POWER_MIN + 1];
static unsigned char power_known[POWER_MAX - POWER_MIN + 1];

/* floor(log2(10**k)), right for |k| <= 1233. */
static inline int log2_of_power(int k)
{
    return (k * 1741647) >> 19;
}

static void power_make(int k, Power *p)
{
    mpz_t ten, q;
    mpz_inits(ten, q, NULL);
    mpz_ui_pow_ui(ten, 10, (unsigned long)abs(k));
    int shift = 127 - log2_of_power(k);
    if (k >= 0) {
        if (shift >= 0)
            mpz_mul_2exp(q, ten, (mp_bitcnt_t)shift);
        else
            mpz_cdiv_q_2exp(q, ten, (mp_bitcnt_t)-shift);
    }
    else {
        mpz_set_ui(q, 1);
        mpz_mul_2exp(q, q, (mp_bitcnt_t)shift);
        mpz_cdiv_q(q, q, ten);
    }
    p->lo = mpz_getlimbn(q, 0);
    p->hi = mpz_getlimbn(q, 1);
    mpz_clears(ten, q, NULL);
}

/* Two threads may make the same entry at once: they write the same bytes before either sets the flag. */
static Power power_of_ten(int k)
{
    int i = k - POWER_MIN;
    if (__builtin_expect(!__atomic_load_n(&power_known[i], __ATOMIC_ACQUIRE), 0)) {
        power_make(k, &powers[i]);
        __atomic_store_n(&power_known[i], 1, __ATOMIC_RELEASE);
    }
    return powers[i];
}

static inline uint64_t double_bits(double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    return bits;
}

static inline double double_of_bits(uint64_t bits)
{
    double v;
    memcpy(&v, &bits, sizeof v);
    return v;
}

/* Split |v| into m * 2**e. */
static inline uint64_t split(double v, int *e)
{
    uint64_t bits = double_bits(v), m = bits & ((1ULL << MANTISSA_BITS) - 1);
    int biased = (int)(bits >> MANTISSA_BITS) & 0x7ff;
    *e = (biased ? biased : 1) - EXPONENT_BIAS;
    return biased ? m | 1ULL << MANTISSA_BITS : m;
}

/* ------------------------------------------------------------------ double -> digits */

static void put_u64(TaiDecimal *out, uint64_t v)
{
    char buf[24];
    int n = 24;
    while (v >= 100) {
        unsigned two = (unsigned)(v % 100);
        v /= 100;
        buf[--n] = (char)('0' + two % 10);
        buf[--n] = (char)('0' + two / 10);
    }
    if (v >= 10) {
        buf[--n] = (char)('0' + v % 10);
        v /= 10;
    }
    buf[--n] = (char)('0' + v);
    memcpy(out->digits + out->length, buf + n, (size_t)(24 - n));
    out->length += 24 - n;
}

/* Digits of v (not zero) times 10**exponent; drops trailing zeros. */
static void put_integer(TaiDecimal *out, u128 v, int exponent)
{
    out->length = 0;
    const uint64_t unit = 10000000000000000000ULL; /* 10**19 */
    if (v >> 64) {
        u128 top = v / unit;
        uint64_t low = (uint64_t)(v % unit);
        if (top >> 64 || top >= unit) {
            put_u64(out, (uint64_t)(top / unit));
            uint64_t middle = (uint64_t)(top % unit);
            for (int i = 18; i >= 0; i--, middle /= 10)
                out->digits[out->length + i] = (char)('0' + middle % 10);
            out->length += 19;
        }
        else
            put_u64(out, (uint64_t)top);
        for (int i = 18; i >= 0; i--, low /= 10)
            out->digits[out->length + i] = (char)('0' + low % 10);
        out->length += 19;
    }
    else
        put_u64(out, (uint64_t)v);
    out->point = out->length + exponent;
    while (out->length > 1 && out->digits[out->length - 1] == '0')
        out->length--;
}

/* The upper 64 bits of power * v / 2**64, lowest bit set when anything was cut off below it. */
static inline uint64_t product_odd(Power p, uint64_t v)
{
    u128 low = (u128)p.lo * v;
    u128 high = (u128)p.hi * v + (uint64_t)(low >> 64);
    return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

/* The decimal nearest to m * 2**e among the shortest in its rounding interval: *exponent, digits returned. */
static uint64_t shortest(uint64_t m, int e, int *exponent)
{
    if (e <= 0 && e > -53 && (m & ((1ULL << -e) - 1)) == 0) { /* a small integer is its own shortest form */
        *exponent = 0;
        return m >> -e;
    }
    int odd = (int)(m & 1);
    int closer = m == 1ULL << MANTISSA_BITS && e > 1 - EXPONENT_BIAS; /* the gap below is half the one above */
    int k = (int)(((int64_t)e * 1262611 - (closer ? 524031 : 0)) >> 22);
    int h = e + log2_of_power(-k) + 1;
    Power p = power_of_ten(-k);
    uint64_t low = product_odd(p, (4 * m - 2 + (uint64_t)closer) << h) + (uint64_t)odd;
    uint64_t mid = product_odd(p, (4 * m) << h);
    uint64_t high = product_odd(p, (4 * m + 2) << h) - (uint64_t)odd;
    uint64_t s = mid / 4;
    if (s >= 10) { /* one digit less? */
        uint64_t t = s / 10;
        int down = low <= 40 * t, up = 40 * t + 40 <= high;
        if (down != up) {
            *exponent = k + 1;
            return t + (uint64_t)up;
        }
    }
    *exponent = k;
    int down = low <= 4 * s, up = 4 * s + 4 <= high;
    if (down != up)
        return s + (uint64_t)up;
    uint64_t half = 4 * s + 2;
    return s + (mid > half || (mid == half && (s & 1)));
}

static const uint64_t small_tens[20] = {
    1ULL, 10ULL, 100ULL, 1000ULL, 10000ULL, 100000ULL, 1000000ULL, 10000000ULL, 100000000ULL, 1000000000ULL, 10000000000ULL,
    100000000000ULL, 1000000000000ULL, 10000000000000ULL, 100000000000000ULL, 1000000000000000ULL, 10000000000000000ULL,
    100000000000000000ULL, 1000000000000000000ULL, 10000000000000000000ULL,
};

/* round_half_even(m * 2**e * 10**n), when 128 bits hold everything: 1, else 0. */
static int scaled_u128(uint64_t m, int e, int n, u128 *result)
{
    u128 num = m;
    if (n > 22 || n < -19 || e > 70)
        return 0;
    if (n >= 0) {
        int first = n > 19 ? 19 : n;
        num = (u128)m * small_tens[first];
        if (n > first) {
            if (num >> 117)
                return 0;
            num *= small_tens[n - first];
        }
        if (e >= 0) {
            if (e && num >> (127 - e))
                return 0;
            *result = num << e;
            return 1;
        }
        if (-e >= 128) {
            *result = 0; /* num < 2**127 <= half a unit */
            return 1;
        }
        u128 unit = (u128)1 << -e, rest = num & (unit - 1), half = unit >> 1;
        num >>= -e;
        *result = num + (rest > half || (rest == half && (num & 1)));
        return 1;
    }
    u128 den = small_tens[-n];
    if (e >= 0) {
        num <<= e; /* 53 + 70 bits */
    }
    else {
        if (-e > 60)
            return 0;
        den <<= -e;
    }
    u128 q = num / den, rest = num % den;
    *result = q + (rest > den - rest || (rest == den - rest && (q & 1)));
    return 1;
}

/* The same with GMP; result is initialised by the caller. */
static void scaled_exact(uint64_t m, int e, int n, mpz_t result)
{
    mpz_t den, rest;
    mpz_inits(den, rest, NULL);
    mpz_ui_pow_ui(den, 10, (unsigned long)abs(n));
    mpz_set_ui(result, m);
    if (n >= 0) {
        mpz_mul(result, result, den);
        mpz_set_ui(den, 1);
    }
    if (e >= 0)
        mpz_mul_2exp(result, result, (mp_bitcnt_t)e);
    else
        mpz_mul_2exp(den, den, (mp_bitcnt_t)-e);
    mpz_fdiv_qr(result, rest, result, den);
    mpz_mul_2exp(rest, rest, 1);
    int order = mpz_cmp(rest, den);
    if (order > 0 || (order == 0 && mpz_odd_p(result)))
        mpz_add_ui(result, result, 1);
    mpz_clears(den, rest, NULL);
}

/* m * 2**e rounded at 10**-n. 0 when nothing is left. */
static int fixed(uint64_t m, int e, int n, TaiDecimal *out)
{
    u128 small;
    if (scaled_u128(m, e, n, &small)) {
        if (small == 0)
            return 0;
        put_integer(out, small, -n);
        return 1;
    }
    if (n > 1100)
        n = 1100; /* exact from here on */
    if (n < -400)
        return 0;
    mpz_t big;
    mpz_init(big);
    scaled_exact(m, e, n, big);
    int some = mpz_sgn(big) != 0;
    if (some) {
        char *text = mpz_get_str(NULL, 10, big);
        size_t length = strlen(text), kept = length;
        while (kept > 1 && text[kept - 1] == '0')
            kept--;
        memcpy(out->digits, text, kept);
        out->length = (int)kept;
        out->point = (int)length - n;
        void (*release)(void *, size_t);
        mp_get_memory_functions(NULL, NULL, &release);
        release(text, length + 1);
    }
    mpz_clear(big);
    return some;
}

static void significant(uint64_t m, int e, int ndigits, TaiDecimal *out)
{
    if (ndigits < 1)
        ndigits = 1;
    if (ndigits > 780)
        ndigits = 780; /* beyond every digit there is */
    int bits = 64 - __builtin_clzll(m) + e;                /* 2**(bits-1) <= value < 2**bits */
    int k = (int)(((int64_t)(bits - 1) * 1262611) >> 22); /* floor(log10(2**(bits-1))): the value has k+1 or k+2 integer digits */
    int n = ndigits - 1 - k;
    if (!fixed(m, e, n, out)) { /* cannot round to nothing: it keeps at least ndigits digits */
        out->digits[0] = '0';
        out->length = out->point = 1;
        return;
    }
    if (out->point > k + 1) /* one digit more than asked for: the estimate was low */
        fixed(m, e, n - 1, out);
}

/* CPython 3.8 keeps the trailing zeros of an integer below 10**15 whose dropped digits are exactly a half, rounded down:
 * '%.6g' % 1488505 is 1.48850e+06. Programs may compare such text, so we keep them too. */
static void keep_tie_zeros(double v, int ndigits, TaiDecimal *out)
{
    int dropped = out->point - ndigits;
    if (dropped < 1 || out->length >= ndigits || !(v < 1e15) || v != floor(v))
        return;
    uint64_t unit = small_tens[dropped];
    if ((uint64_t)v % unit * 2 != unit || (uint64_t)v / unit % 10 != 0)
        return;
    memset(out->digits + out->length, '0', (size_t)(ndigits - out->length));
    out->length = ndigits;
}

static const double exact_tens[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

int tai_decimal_round(double v, int ndigits, double *out)
{
    int e;
    u128 q;
    uint64_t m = split(v, &e);
    if (ndigits < 0 || ndigits > 22 || !scaled_u128(m, e, ndigits, &q) || q >> 53)
        return 0;
    *out = copysign((double)(uint64_t)q / exact_tens[ndigits], v); /* both exact, so the quotient is right */
    return 1;
}

void tai_decimal_from_double(double v, int mode, int ndigits, TaiDecimal *out)
{
    int e;
    uint64_t m = split(v, &e);
    out->negative = (int)(double_bits(v) >> 63);
    if (m == 0) {
        out->digits[0] = '0';
        out->length = out->point = 1;
        return;
    }
    if (mode == TAI_DECIMAL_FRACTION) {
        if (!fixed(m, e, ndigits, out)) {
            out->length = 0;
            out->point = -ndigits;
        }
        return;
    }
    if (mode == TAI_DECIMAL_SIGNIFICANT) {
        significant(m, e, ndigits, out);
        keep_tie_zeros(fabs(v), ndigits, out);
        return;
    }
    int exponent;
    uint64_t digits = shortest(m, e, &exponent);
    put_integer(out, digits, exponent);
}

/* ------------------------------------------------------------------ digits -> double */

/* Round value/2**shift (sticky: something more lies below) to a double's mantissa; the value is (hi:lo) * 2**exp2.
 * Returns the bits of the double without sign. */
static uint64_t round_bits(u128 v, int exp2, int sticky)
{
    int lead = (v >> 64) ? 128 - __builtin_clzll((uint64_t)(v >> 64)) : 64 - __builtin_clzll((uint64_t)v);
    int top = lead + exp2; /* value in [2**(top-1), 2**top) */
    if (top > 1024)
        return 0x7ffULL << MANTISSA_BITS;
    int keep = top >= -1021 ? 53 : 53 - (-1021 - top); /* bits of mantissa left for subnormals */
    if (keep < 0)
        return 0;
    int cut = lead - keep;
    uint64_t m;
    if (cut <= 0)
        m = (uint64_t)v << -cut;
    else if (cut >= 128) {
        u128 half = (u128)1 << 127;
        m = v > half || (v == half && sticky);
    }
    else {
        u128 unit = (u128)1 << cut, rest = v & (unit - 1), half = unit >> 1;
        m = (uint64_t)(v >> cut);
        if (rest > half || (rest == half && (sticky || (m & 1))))
            m++;
    }
    if (keep < 53)
        return m; /* subnormal; a carry to 2**52 is the smallest normal, as it should be */
    return ((uint64_t)(top + 1021) << MANTISSA_BITS) + m; /* m carries its hidden bit into the exponent */
}

double tai_double_round(uint64_t hi, uint64_t lo, int exp2, int sticky)
{
    return double_of_bits(round_bits((u128)hi << 64 | lo, exp2, sticky));
}

/* w * 10**q by one product with a bound on its error: 1 when the rounding is certain. */
static int quick_product(uint64_t w, int q, uint64_t *bits)
{
    if (q < POWER_MIN || q > POWER_MAX)
        return 0;
    Power p = power_of_ten(q);
    int shift = __builtin_clzll(w);
    w <<= shift;
    u128 low = (u128)p.lo * w;
    u128 high = (u128)p.hi * w + (uint64_t)(low >> 64);
    int exp2 = log2_of_power(q) - 127 - shift + 64;
    int rest = (uint64_t)low != 0;
    if (q >= 0 && q <= 55) {
        *bits = round_bits(high, exp2, rest); /* exact [DEC-1] */
        return 1;
    }
    /* true product in (P - w, P], w < 2**64: one unit of the upper 128 bits at most */
    uint64_t a = round_bits(high, exp2, rest), b = round_bits(high - 1, exp2, 0);
    *bits = a;
    return a == b;
}

#define DIGITS_KEPT 790 /* more cannot move a tie: what follows is one sticky digit */

static uint64_t exact_value(const char *digits, size_t count, long exponent)
{
    mpz_t num, den, rest;
    mpz_inits(num, den, rest, NULL);
    mp_limb_t limbs[DIGITS_KEPT / 16];
    unsigned char raw[DIGITS_KEPT + 8];
    for (size_t i = 0; i < count; i++)
        raw[i] = (unsigned char)(digits[i] - '0');
    mp_size_t n = mpn_set_str(limbs, raw, count, 10);
    mpz_import(num, (size_t)n, -1, sizeof(mp_limb_t), 0, 0, limbs);
    mpz_ui_pow_ui(den, 10, (unsigned long)labs(exponent));
    if (exponent >= 0) {
        mpz_mul(num, num, den);
        mpz_set_ui(den, 1);
    }
    long shift = (long)mpz_sizeinbase(den, 2) - (long)mpz_sizeinbase(num, 2) + 66; /* a quotient of 66 or 67 bits */
    if (shift >= 0)
        mpz_mul_2exp(num, num, (mp_bitcnt_t)shift);
    else
        mpz_mul_2exp(den, den, (mp_bitcnt_t)-shift);
    mpz_fdiv_qr(num, rest, num, den);
    u128 q = (u128)mpz_getlimbn(num, 1) << 64 | mpz_getlimbn(num, 0);
    uint64_t bits = round_bits(q, (int)-shift, mpz_sgn(rest) != 0);
    mpz_clears(num, den, rest, NULL);
    return bits;
}

/* What a scan of the text found: first 19 significant digits, and where the rest stands. */
typedef struct {
    uint64_t lead;      /* the first 19 significant digits */
    size_t seen;        /* significant digits seen, leading zeros apart */
    long scale;         /* digits after the point */
    const char *start;  /* first significant digit */
    const char *stop;   /* behind the last digit */
} Scan;

static int scan_digits(const char **at, Scan *scan, int after_point)
{
    const char *s = *at, *begin = s;
    for (; *s >= '0' && *s <= '9'; s++) {
        if (scan->seen == 0) {
            if (*s == '0')
                continue;
            scan->start = s;
        }
        if (scan->seen++ < 19)
            scan->lead = scan->lead * 10 + (uint64_t)(*s - '0');
    }
    if (after_point)
        scan->scale = s - begin;
    *at = s;
    return s != begin;
}

static uint64_t scan_value(const Scan *scan, long exponent)
{
    uint64_t bits;
    if (scan->seen == 0)
        return 0;
    long magnitude = (long)scan->seen + exponent; /* value < 10**magnitude */
    if (magnitude > 310)
        return 0x7ffULL << MANTISSA_BITS;
    if (magnitude < -330)
        return 0;
    if (scan->seen <= 19) {
        if (scan->lead < 1ULL << 53 && exponent >= -22 && exponent <= 22) {
            double v = (double)scan->lead;
            return double_bits(exponent < 0 ? v / exact_tens[-exponent] : v * exact_tens[exponent]);
        }
        if (quick_product(scan->lead, (int)exponent, &bits))
            return bits;
    }
    else {
        uint64_t above;
        int q = (int)(exponent + (long)scan->seen - 19);
        if (quick_product(scan->lead, q, &bits) && quick_product(scan->lead + 1, q, &above) && bits == above)
            return bits;
    }
    char digits[DIGITS_KEPT + 2];
    size_t count = 0, passed = 0;
    int more = 0;
    for (const char *s = scan->start; s < scan->stop && passed < scan->seen; s++) {
        if (*s == '.')
            continue;
        passed++;
        if (count < DIGITS_KEPT)
            digits[count++] = *s;
        else if (*s != '0')
            more = 1;
    }
    exponent += (long)(scan->seen - count);
    if (more) {
        digits[count++] = '1';
        exponent--;
    }
    return exact_value(digits, count, exponent);
}

double tai_decimal_to_double(const char *text, char **end)
{
    const char *s = text;
    int negative = 0;
    Scan scan = {0, 0, 0, NULL, NULL};
    if (*s == '-' || *s == '+')
        negative = *s++ == '-';
    int some = scan_digits(&s, &scan, 0);
    if (*s == '.') {
        const char *after = s + 1;
        if (scan_digits(&after, &scan, 1) || some) {
            some = 1;
            s = after;
        }
    }
    if (!some) {
        if (end)
            *end = (char *)text;
        return 0.0;
    }
    scan.stop = s;
    long exponent = 0;
    if (*s == 'e' || *s == 'E') {
        const char *after = s + 1;
        int minus = 0;
        if (*after == '-' || *after == '+')
            minus = *after++ == '-';
        if (*after >= '0' && *after <= '9') {
            for (; *after >= '0' && *after <= '9'; after++)
                if (exponent < (long)1 << 56)
                    exponent = exponent * 10 + (*after - '0');
            if (minus)
                exponent = -exponent;
            s = after;
        }
    }
    if (end)
        *end = (char *)s;
    uint64_t bits = scan_value(&scan, exponent - scan.scale);
    if (bits >> MANTISSA_BITS == 0x7ff)
        errno = ERANGE;
    return double_of_bits(bits | (uint64_t)negative << 63);
}
