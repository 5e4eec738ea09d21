/* SPDX-License-Identifier: MIT */
/* _decimal/bridge: multiplication, division and square roots of coefficients, with GMP where they are long.
 *
 * Products of short coefficients are made column by column. For long ones, four limbs (72 digits, below
 * 2**240) become one 256-bit digit of a binary number with 512-bit places, in which the columns of the
 * product cannot overflow into each other: GMP multiplies the two in less than quadratic time, and the
 * columns are then carried over in base 10**72 (Kronecker's substitution). Division and roots change to
 * binary altogether: GMP's conversions are subquadratic as well.
 */
#include "Python.h"
#include "modules/_decimal/number.h"

#include <gmp.h>

_Static_assert(sizeof(mp_limb_t) == 8 && GMP_NUMB_BITS == 64, "limbs of 64 bits");

enum {
    SUBSTITUTE_FROM = 220, /* limbs of the shorter factor; more than 256 columns would overflow 128 bits. At
                              4000 digits 33 against 38 us */
    GROUP = 4,             /* limbs in a place of the substitution, and of 64 bits in its digits */
    PLACE = 8,             /* 64-bit limbs in a place */
    STRING_FROM = 100,     /* limbs from which conversions go through GMP's */
};

/* -- memory ------------------------------------------------------------------------------------------ */

bool tai_bits_room(Bits *b, int64_t limbs)
{
    b->at = b->local;
    b->len = 0;
    if (limbs <= (int64_t)(sizeof b->local / sizeof b->local[0]))
        return true;
    if (limbs > PY_SSIZE_T_MAX / (int64_t)sizeof(Limb))
        return false;
    b->at = PyMem_Malloc((size_t)limbs * sizeof(Limb));
    if (b->at != NULL)
        return true;
    b->at = b->local;
    return false;
}

void tai_bits_free(Bits *b)
{
    if (b->at != b->local)
        PyMem_Free(b->at);
}

bool tai_bits_affordable(int64_t limbs)
{
    if (limbs < 4096)
        return true;
    if (limbs > PY_SSIZE_T_MAX / 256)
        return false;
    void *probe = PyMem_RawMalloc((size_t)limbs * sizeof(Limb) * 12);
    PyMem_RawFree(probe);
    return probe != NULL;
}

/* -- conversion -------------------------------------------------------------------------------------- */

static void digits_out(const Limb *at, int64_t len,
                       unsigned char *out) /* 18 of each limb, values 0-9, highest first */
{
    for (int64_t i = len - 1; i >= 0; i--) {
        Limb x = at[i];
        for (int k = LIMB_DIGITS - 1; k >= 0; k--) {
            Limb q = x / 10;
            out[k] = (unsigned char)(x - q * 10);
            x = q;
        }
        out += LIMB_DIGITS;
    }
}

/* Of a few limbs: at[] becomes binary, its length is returned. */
static int64_t short_to_bits(Limb *at, const Num *a)
{
    int64_t n = 0;
    for (int64_t i = a->len - 1; i >= 0; i--) {
        Limb carry = a->at[i];
        for (int64_t j = 0; j < n; j++) {
            Wide x = (Wide)at[j] * LIMB_BASE + carry;
            at[j] = (Limb)x;
            carry = (Limb)(x >> 64);
        }
        if (carry)
            at[n++] = carry;
    }
    return n;
}

bool tai_bits_from_coef(Bits *b, const Num *a)
{
    if (!tai_bits_room(b, a->len + 1))
        return false;
    if (a->len < 8) {
        b->len = short_to_bits(b->at, a);
        return true;
    }
    if (a->len < STRING_FROM) {
        int64_t n = 0;
        for (int64_t i = a->len - 1; i >= 0; i--) {
            Limb carry = a->at[i];
            if (n > 0)
                carry = mpn_mul_1(b->at, b->at, n, LIMB_BASE) + mpn_add_1(b->at, b->at, n, a->at[i]);
            if (carry || n == 0)
                b->at[n++] = carry;
        }
        while (n > 0 && b->at[n - 1] == 0)
            n--;
        b->len = n;
        return true;
    }
    unsigned char *text = tai_bits_affordable(a->len) ? PyMem_Malloc((size_t)a->len * LIMB_DIGITS) : NULL;
    if (text == NULL) {
        tai_bits_free(b);
        return false;
    }
    digits_out(a->at, a->len, text);
    int64_t skip = a->len * LIMB_DIGITS - a->digits;
    b->len = mpn_set_str(b->at, text + skip, (size_t)a->digits, 10);
    PyMem_Free(text);
    return true;
}

static bool from_long_bits(Num *r, Limb *at, int64_t len)
{
    size_t room = mpn_sizeinbase(at, len, 10) + 2;
    unsigned char *text = tai_bits_affordable(len) ? PyMem_Malloc(room) : NULL;
    if (text == NULL)
        return false;
    int64_t count = (int64_t)mpn_get_str(text, 10, at, len), limbs = (count + LIMB_DIGITS - 1) / LIMB_DIGITS;
    bool fine = num_room(r, limbs);
    const unsigned char *end = text + count;
    for (int64_t i = 0; fine && i < limbs; i++) {
        const unsigned char *from = end - LIMB_DIGITS < text ? text : end - LIMB_DIGITS;
        Limb x = 0;
        for (const unsigned char *p = from; p < end; p++)
            x = x * 10 + *p;
        r->at[i] = x;
        end = from;
    }
    PyMem_Free(text);
    if (fine)
        num_measure(r, limbs);
    return fine;
}

bool tai_coef_from_bits(Num *r, Limb *at, int64_t len)
{
    while (len > 0 && at[len - 1] == 0)
        len--;
    if (len == 0) {
        num_set_limb(r, 0);
        return true;
    }
    if (len == 1 || (len == 2 && at[1] >> 57 == 0)) {
        num_set_wide(r, len == 1 ? at[0] : (Wide)at[1] << 64 | at[0]);
        return true;
    }
    if (len >= STRING_FROM)
        return from_long_bits(r, at, len);
    if (!num_room(r, len + len / 14 + 2))
        return false;
    int64_t n = 0;
    while (len > 0) {
        r->at[n++] = mpn_divrem_1(at, 0, at, len, LIMB_BASE);
        while (len > 0 && at[len - 1] == 0)
            len--;
    }
    num_measure(r, n);
    return true;
}

/* -- multiplication ---------------------------------------------------------------------------------- */

static void multiply_columns(Limb *out, const Limb *a, int64_t na, const Limb *b,
                             int64_t nb) /* nb <= na, nb < SUBSTITUTE_FROM */
{
    Wide carry = 0;
    for (int64_t column = 0; column < na + nb - 1; column++) {
        int64_t from = column < na ? 0 : column - na + 1, to = column < nb ? column : nb - 1;
        for (int64_t i = from; i <= to; i++)
            carry += (Wide)b[i] * a[column - i];
        carry = wide_split_any(carry, &out[column]);
    }
    out[na + nb - 1] = (Limb)carry;
}

/* The same with a single limb. Products are split on their own, so that only additions wait for each other.
 */
static void multiply_limb(Limb *out, const Limb *a, int64_t na, Limb by)
{
    Limb over = 0;
    for (int64_t i = 0; i < na; i++) {
        Limb low, high = wide_split((Wide)a[i] * by, &low);
        low += over;
        bool carry = low >= LIMB_BASE;
        out[i] = low - (LIMB_BASE & -(Limb)carry);
        over = high + carry;
    }
    out[na] = over;
}

/* Groups of four limbs as digits of 256 bits at distances of 512. */
static void spread(Limb *out, const Limb *at, int64_t len, int64_t groups)
{
    memset(out, 0, (size_t)groups * PLACE * sizeof(Limb));
    for (int64_t g = 0; g < groups; g++, out += PLACE) {
        int64_t count = len - g * GROUP < GROUP ? len - g * GROUP : GROUP;
        for (int64_t i = count - 1; i >= 0; i--) {
            mp_limb_t over = mpn_mul_1(out, out, GROUP, LIMB_BASE);
            (void)over; /* below 10**72 nothing leaves 256 bits */
            mpn_add_1(out, out, GROUP, at[g * GROUP + i]);
        }
    }
}

/* The columns of a product carried over into limbs of 18 digits. */
static void gather(Limb *out, int64_t len, Limb *columns, int64_t places)
{
    Limb carry[PLACE + 1] = {0};
    for (int64_t p = 0; p < places; p++, columns += PLACE) {
        carry[PLACE] = mpn_add_n(carry, carry, columns, PLACE);
        int size = PLACE + 1;
        for (int i = 0; i < GROUP; i++) {
            while (size > 1 && carry[size - 1] == 0)
                size--;
            Limb rest = mpn_divrem_1(carry, 0, carry, size, LIMB_BASE);
            int64_t k = p * GROUP + i;
            if (k < len)
                out[k] = rest;
        }
    }
    for (int64_t k = places * GROUP; k < len; k++)
        out[k] = mpn_divrem_1(carry, 0, carry, PLACE, LIMB_BASE);
}

static bool multiply_long(Limb *out, const Num *a, const Num *b)
{
    int64_t ga = (a->len + GROUP - 1) / GROUP, gb = (b->len + GROUP - 1) / GROUP;
    if (!tai_bits_affordable((ga + gb) * 2 * PLACE))
        return false;
    Limb *work = PyMem_Malloc((size_t)(ga + gb) * 2 * PLACE * sizeof(Limb));
    if (work == NULL)
        return false;
    Limb *x = work, *y = x + ga * PLACE, *product = y + gb * PLACE;
    spread(x, a->at, a->len, ga);
    if (a == b) {
        mpn_sqr(product, x, ga * PLACE);
    } else {
        spread(y, b->at, b->len, gb);
        mpn_mul(product, x, ga * PLACE, y, gb * PLACE);
    }
    gather(out, a->len + b->len, product, ga + gb - 1);
    PyMem_Free(work);
    return true;
}

bool tai_coef_multiply(Num *r, const Num *a, const Num *b)
{
    if (a->len < b->len) {
        const Num *swap = a;
        a = b;
        b = swap;
    }
    if (a->len == 1) {
        num_set_wide(r, (Wide)a->at[0] * b->at[0]);
        return true;
    }
    int64_t total = a->len + b->len;
    if (!num_room(r, total))
        return false;
    if (a->len == 2) {
        Limb *out = r->at, high = a->at[1], low = a->at[0], times = b->at[0];
        if (b->len == 1) {
            Limb carry = wide_split((Wide)low * times, &out[0]);
            out[2] = wide_split((Wide)high * times + carry, &out[1]);
        } else {
            Limb more = b->at[1];
            Limb carry = wide_split((Wide)low * times, &out[0]);
            carry = wide_split((Wide)high * times + (Wide)low * more + carry, &out[1]);
            out[3] = wide_split((Wide)high * more + carry, &out[2]);
        }
    } else if (b->len == 1) {
        multiply_limb(r->at, a->at, a->len, b->at[0]);
    } else if (b->len < SUBSTITUTE_FROM) {
        multiply_columns(r->at, a->at, a->len, b->at, b->len);
    } else if (!multiply_long(r->at, a, b)) {
        return false;
    }
    num_measure(r, total);
    return true;
}

/* -- division ---------------------------------------------------------------------------------------- */

static inline Limb divide_step(Limb high, Limb low, Limb by,
                               Limb *rest) /* (high * 10**18 + low) / by, high < by */
{
    Wide n = (Wide)high * LIMB_BASE + low;
#if defined(__x86_64__)
    Limb q, r;
    __asm__("divq %4" : "=a"(q), "=d"(r) : "0"((Limb)n), "1"((Limb)(n >> 64)), "rm"(by) : "cc");
    *rest = r;
    return q;
#else
    *rest = (Limb)(n % by);
    return (Limb)(n / by);
#endif
}

static bool divide_short(Num *q, Num *rest, const Num *a, Limb by, bool *inexact)
{
    Limb left = 0, scrap;
    if (q && !num_room(q, a->len))
        return false;
    for (int64_t i = a->len - 1; i >= 0; i--)
        *(q ? &q->at[i] : &scrap) = divide_step(left, a->at[i], by, &left);
    if (q)
        num_measure(q, a->len);
    if (rest)
        num_set_limb(rest, left);
    *inexact = left != 0;
    return true;
}

bool tai_coef_divide(Num *q, Num *rest, const Num *a, const Num *b, bool *inexact)
{
    if (b->len == 1)
        return divide_short(q, rest, a, b->at[0], inexact);
    if (tai_coef_compare(a, b) < 0) {
        *inexact = !coef_is_zero(a);
        if (q)
            num_set_limb(q, 0);
        if (rest == NULL)
            return true;
        if (!num_room(rest, a->len))
            return false;
        memcpy(rest->at, a->at, (size_t)a->len * sizeof(Limb));
        num_measure(rest, a->len);
        return true;
    }
    Bits x, y, quotient;
    bool fine = false;
    if (!tai_bits_from_coef(&x, a))
        return false;
    if (!tai_bits_from_coef(&y, b))
        goto free_x;
    if (!tai_bits_affordable(x.len) || !tai_bits_room(&quotient, x.len - y.len + 1))
        goto free_y;
    Bits left;
    if (!tai_bits_room(&left, y.len))
        goto free_quotient;
    mpn_tdiv_qr(quotient.at, left.at, 0, x.at, x.len, y.at, y.len);
    *inexact = !mpn_zero_p(left.at, y.len);
    fine = (q == NULL || tai_coef_from_bits(q, quotient.at, x.len - y.len + 1)) &&
           (rest == NULL || tai_coef_from_bits(rest, left.at, y.len));
    tai_bits_free(&left);
free_quotient:
    tai_bits_free(&quotient);
free_y:
    tai_bits_free(&y);
free_x:
    tai_bits_free(&x);
    return fine;
}

bool tai_coef_root(Num *r, const Num *a, bool *inexact)
{
    Bits x, root, left;
    if (coef_is_zero(a)) {
        num_set_limb(r, 0);
        *inexact = false;
        return true;
    }
    if (!tai_bits_from_coef(&x, a))
        return false;
    bool fine = false;
    int64_t half = (x.len + 1) / 2;
    if (!tai_bits_affordable(x.len) || !tai_bits_room(&root, half))
        goto free_x;
    if (!tai_bits_room(&left, x.len))
        goto free_root;
    *inexact = mpn_sqrtrem(root.at, left.at, x.at, x.len) != 0;
    fine = tai_coef_from_bits(r, root.at, half);
    tai_bits_free(&left);
free_root:
    tai_bits_free(&root);
free_x:
    tai_bits_free(&x);
    return fine;
}
