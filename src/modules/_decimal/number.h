/* SPDX-License-Identifier: MIT */
/* _decimal/number: decimal numbers and the arithmetic on them, as C structures; knows no Python object.
 *
 *   value = (-1)**sign * coefficient * 10**exp, coefficient = sum of at[i] * 10**(18 i)
 *
 * Limbs hold 18 digits: two of them multiply to less than 2**120, so that 256 products add up in 128 bits
 * before the sum is divided once, and 36 digits are one unsigned __int128 away. Up to NUM_LOCAL limbs stand
 * in the structure itself.
 *
 * [NUM-1] Finite: len >= 1, at[len - 1] != 0 unless the number is zero (len == 1, at[0] == 0, digits == 1).
 * [NUM-2] digits is the number of decimal digits of the coefficient.
 * [NUM-3] NaN: the coefficient is the payload, zero if there is none. Infinity: the coefficient is zero.
 * [NUM-4] `at` points to `local` or to memory of its own; so a Num is not copied by assignment.
 * [NUM-5] A result is never one of the operands, except where a function says so.
 *
 * Operations return the conditions they met, a set of ST_ bits; ST_MEMORY is one of them (and leaves the
 * result a NaN).
 */
#ifndef TAI_DECIMAL_NUMBER_H
#define TAI_DECIMAL_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

typedef uint64_t Limb;
typedef unsigned __int128 Wide;
typedef unsigned Status;

enum {
    LIMB_DIGITS = 18,
    NUM_LOCAL = 4,
};
#define LIMB_BASE   1000000000000000000u
#define MOST_PREC   999999999999999999
#define MOST_EMAX   999999999999999999
#define LEAST_EMIN  (-999999999999999999)
#define LEAST_ETINY (LEAST_EMIN - (MOST_PREC - 1))

/* Conditions. The order is that of the public constants of the specification's signals. */
enum {
    ST_CLAMPED = 1 << 0,
    ST_SYNTAX = 1 << 1,
    ST_ZERO_DIVISION = 1 << 2,
    ST_IMPOSSIBLE = 1 << 3,
    ST_UNDEFINED = 1 << 4,
    ST_INEXACT = 1 << 6,
    ST_CONTEXT = 1 << 7,
    ST_INVALID = 1 << 8,
    ST_MEMORY = 1 << 9,
    ST_FLOAT = 1 << 10,
    ST_OVERFLOW = 1 << 11,
    ST_ROUNDED = 1 << 12,
    ST_SUBNORMAL = 1 << 13,
    ST_UNDERFLOW = 1 << 14,
    ST_ANY_INVALID = ST_SYNTAX | ST_IMPOSSIBLE | ST_UNDEFINED | ST_CONTEXT | ST_INVALID | ST_MEMORY,
};

typedef enum {
    ROUND_UP,
    ROUND_DOWN,
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_UP,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_05UP,
    ROUND_COUNT
} Rounding;
typedef enum { FINITE = 0, INFINITE = 1, QUIET = 2, SIGNALING = 4, ANY_NAN = QUIET | SIGNALING } Kind;

/* What arithmetic needs to know of a context. */
typedef struct {
    int64_t prec, emax, emin;
    uint8_t rounding, clamp, capitals;
} Limits;

typedef struct {
    Limb *at;
    int64_t exp;
    int64_t len; /* limbs in use */
    int64_t digits;
    int64_t room; /* limbs there is memory for */
    uint8_t kind, sign;
    Limb local[NUM_LOCAL];
} Num;

extern const Limits tai_exact_limits; /* all that the implementation can hold */
extern const Limb tai_pow10[20];      /* 10**0 .. 10**19 */

static inline int64_t limits_etiny(const Limits *c)
{
    return c->emin - c->prec + 1;
}
static inline int64_t limits_etop(const Limits *c)
{
    return c->emax - c->prec + 1;
}

/* -- making and filling ------------------------------------------------------------------------------ */

static inline void num_init(Num *n)
{
    n->at = n->local;
    n->room = NUM_LOCAL;
    n->exp = 0;
    n->len = n->digits = 1;
    n->kind = FINITE;
    n->sign = 0;
    n->local[0] = 0;
}

void tai_num_release(Num *n); /* frees what [NUM-4] allocated */
static inline void num_free(Num *n)
{
    if (n->at != n->local)
        tai_num_release(n);
}

/* Room for that many limbs; the coefficient is lost (num_room) or kept (grow). false: no memory. */
bool tai_num_enlarge(Num *n, int64_t limbs, bool keep);
static inline bool num_room(Num *n, int64_t limbs)
{
    return limbs <= n->room || tai_num_enlarge(n, limbs, false);
}
static inline bool num_grow(Num *n, int64_t limbs)
{
    return limbs <= n->room || tai_num_enlarge(n, limbs, true);
}

static inline int limb_digits(Limb x) /* 1 for 0 */
{
    int guess = (64 - __builtin_clzll(x | 1)) * 1233 >> 12;
    return guess + (x >= tai_pow10[guess]) + (x == 0);
}

static inline bool num_is_zero(const Num *n)
{
    return n->len == 1 && n->at[0] == 0 && n->kind == FINITE;
}
static inline bool coef_is_zero(const Num *n)
{
    return n->len == 1 && n->at[0] == 0;
}
static inline int64_t num_adjusted(const Num *n)
{
    return n->exp + n->digits - 1;
}

/* Set len and digits of limbs just written (leading zeros allowed). */
static inline void num_measure(Num *n, int64_t len)
{
    while (len > 1 && n->at[len - 1] == 0)
        len--;
    n->len = len;
    n->digits = (len - 1) * LIMB_DIGITS + limb_digits(n->at[len - 1]);
}

/* n = q * 10**18 + r of n below 2**121. */
static inline Limb wide_split(Wide n, Limb *r)
{
    /* 10633823966279326983 = floor(2**123 / 10**18): the quotient comes out right or one too small. */
    Limb q = (Limb)((Wide)(Limb)(n >> 57) * 10633823966279326983u >> 66);
    Limb rest = (Limb)n - q * LIMB_BASE;
    if (rest >= LIMB_BASE) {
        rest -= LIMB_BASE;
        q++;
    }
    *r = rest;
    return q;
}

/* The same of any n. */
static inline Wide wide_split_any(Wide n, Limb *r)
{
    Wide q = (Wide)(Limb)(n >> 64) * 10633823966279326983u >> 59;
    Limb more = wide_split(n - q * LIMB_BASE, r);
    return q + more;
}

/* Division of x < 2**60 by 10**k, 0 < k <= 18, by multiplication. */
typedef struct {
    Limb factor;
    int shift;
} Reciprocal;
extern Reciprocal tai_reciprocal[19];
void tai_number_prepare(void); /* fills the table; once, before anything else here is used */

static inline Limb limb_cut(Limb x, int k)
{
    return (Limb)((Wide)x * tai_reciprocal[k].factor >> 64) >> tai_reciprocal[k].shift;
}

static inline void num_set_limb(Num *n, Limb x)
{
    n->at[0] = x;
    n->len = 1;
    n->digits = limb_digits(x);
}

/* Coefficient v of at least 2**121. */
static inline void num_set_very_wide(Num *n, Wide v)
{
    Wide q = wide_split_any(v, &n->at[0]);
    n->at[2] = wide_split(q, &n->at[1]);
    n->len = 3;
    n->digits = 2 * LIMB_DIGITS + limb_digits(n->at[2]);
}

/* Coefficient v < 2**121. */
static inline void num_set_wide(Num *n, Wide v)
{
    if (v < LIMB_BASE) {
        num_set_limb(n, (Limb)v);
        return;
    }
    Limb q = wide_split(v, &n->at[0]);
    n->at[1] = q;
    n->len = 2;
    if (q >= LIMB_BASE) {
        n->at[1] = q % LIMB_BASE;
        n->at[2] = q / LIMB_BASE;
        n->len = 3;
    }
    n->digits = (n->len - 1) * LIMB_DIGITS + limb_digits(n->at[n->len - 1]);
}

static inline Wide num_get_wide(const Num *n) /* of at most two limbs */
{
    return n->len == 1 ? n->at[0] : (Wide)n->at[1] * LIMB_BASE + n->at[0];
}

void tai_num_set_int(Num *n, int64_t value); /* finite, exponent 0 */
void tai_num_set_special(Num *n, Kind kind, int sign);
bool tai_num_copy(Num *r, const Num *a); /* false: no memory. r may be a */

/* -- coefficients (number.c) ------------------------------------------------------------------------- */

/* r's coefficient times 10**k, k >= 0, in place; the exponent stays. false: no memory. */
bool tai_coef_raise(Num *r, int64_t k);
/* r's coefficient cut by k >= 0 digits in place. *rest: what is lost against one half of a unit: 0 nothing, 1
 * less, 2 half, 3 more. */
void tai_coef_cut(Num *r, int64_t k, int *rest);
/* The lowest k digits only (k >= 0). */
void tai_coef_keep_low(Num *r, int64_t k);
/* Trailing zeros of a coefficient, not zero. */
int64_t tai_coef_trailing_zeros(const Num *a);
bool tai_coef_all_nines(Num *r, int64_t digits); /* 10**digits - 1; false: no memory */
bool tai_coef_power10(Num *r, int64_t k);        /* 10**k */
/* 18 digits from the top; position counts from the first digit. Behind the last digit there are zeros. */
Limb tai_coef_window(const Num *a, int64_t position);
int tai_coef_compare(const Num *a, const Num *b); /* -1, 0, 1 of the integers */
/* Digit i (0 the lowest). */
static inline int coef_digit(const Num *a, int64_t i)
{
    return (int)(a->at[i / LIMB_DIGITS] / tai_pow10[i % LIMB_DIGITS] % 10);
}
static inline bool coef_is_odd(const Num *a)
{
    return a->at[0] & 1;
}

/* Round k digits off in place, the exponent rises by k. Returns ST_ROUNDED, perhaps with ST_INEXACT;
 * ST_MEMORY. */
Status tai_num_round_off(Num *r, int64_t k, Rounding rounding);
/* Fit a finite number to limits, in place. */
Status tai_num_fit_slow(Num *r, const Limits *c);
static inline Status num_fit(Num *r, const Limits *c)
{
    if (r->digits <= c->prec && r->exp >= c->emin && r->exp <= c->emax - c->prec + 1)
        return 0;
    return tai_num_fit_slow(r, c);
}
/* A number of any kind: NaN payloads are shortened to the precision. */
Status tai_num_fit_any(Num *r, const Limits *c);

/* -- binary (bridge.c): magnitudes as GMP's limbs ---------------------------------------------------- */

/* Limbs of 64 bits, on the stack while short. */
typedef struct {
    Limb *at;
    int64_t len; /* without leading zeros; 0 for 0 */
    Limb local[8];
} Bits;

bool tai_bits_room(Bits *b, int64_t limbs); /* fresh; false: no memory */
void tai_bits_free(Bits *b);
bool tai_bits_from_coef(Bits *b, const Num *a);
bool tai_coef_from_bits(Num *r, Limb *at, int64_t len); /* destroys the limbs */
bool tai_bits_affordable(
    int64_t limbs); /* whether memory for several such would be given: GMP itself aborts without */

/* q and r (each may be NULL) of coefficients: truncated quotient, remainder. *inexact: remainder not zero. */
bool tai_coef_divide(Num *q, Num *rest, const Num *a, const Num *b, bool *inexact);
bool tai_coef_root(Num *r, const Num *a, bool *inexact); /* integer square root */
bool tai_coef_multiply(Num *r, const Num *a, const Num *b);

/* -- operations -------------------------------------------------------------------------------------- */

typedef Status (*Unary)(Num *r, const Num *a, const Limits *c);
typedef Status (*Binary)(Num *r, const Num *a, const Num *b, const Limits *c);

/* The NaN that comes of the operands (b may be NULL); true if there is one. */
bool tai_num_nan(Num *r, const Num *a, const Num *b, const Limits *c, Status *st);
Status tai_num_invalid(Num *r, Status why); /* NaN and the condition */

/* arith.c */
Status tai_num_add(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_sub(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_mul(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_fma(Num *r, const Num *a, const Num *b, const Num *third, const Limits *c);
Status tai_num_div(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_divint(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_rem(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_remnear(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_divmod(Num *q, Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_sqrt(Num *r, const Num *a, const Limits *c);
Status tai_num_plus(Num *r, const Num *a, const Limits *c);
Status tai_num_minus(Num *r, const Num *a, const Limits *c);
Status tai_num_abs(Num *r, const Num *a, const Limits *c);

/* digits.c */
int tai_num_order(const Num *a, const Num *b); /* -1, 0, 1; no NaNs */
Status tai_num_compare(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_compare_signal(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_compare_total(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_compare_total_mag(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_max(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_min(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_max_mag(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_min_mag(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_copy_sign(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_quantize(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_to_integral(Num *r, const Num *a, const Limits *c);
Status tai_num_to_integral_exact(Num *r, const Num *a, const Limits *c);
Status tai_num_normalize(Num *r, const Num *a, const Limits *c);
Status tai_num_next_minus(Num *r, const Num *a, const Limits *c);
Status tai_num_next_plus(Num *r, const Num *a, const Limits *c);
Status tai_num_next_toward(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_logb(Num *r, const Num *a, const Limits *c);
Status tai_num_scaleb(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_shift(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_rotate(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_logical_and(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_logical_or(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_logical_xor(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_logical_invert(Num *r, const Num *a, const Limits *c);
bool tai_num_is_normal(const Num *a, const Limits *c);
bool tai_num_is_subnormal(const Num *a, const Limits *c);
bool tai_num_is_integer(const Num *a);
bool tai_num_is_odd(const Num *a); /* of an integer */
const char *tai_num_class(const Num *a, const Limits *c);

/* functions.c, power.c */
/* Reaches so many digits of a value (coefficient, exponent, sign of r), a few units wrong in the last; false:
 * no memory. */
typedef bool (*Approximate)(Num *r, int64_t digits, const void *what);
Status tai_num_converge(Num *r, const Limits *c, Approximate value, const void *what);
bool tai_exp_digits(Num *r, const Num *x, int64_t digits);
/* Logarithm of a > 0, not 1, natural or common. */
bool tai_ln_digits(Num *r, const Num *a, int64_t digits, bool common);
/* Whether rounding r to that many digits could still go either way if it is off by up to so many units of its
 * last digit (a few hundred). */
bool tai_coef_doubtful(const Num *r, int64_t precision, Limb error);
/* e**x is out of all bounds: r is set to something that rounds right. */
bool tai_exp_trivial(Num *r, const Num *x, const Limits *c);
/* One with all digits of the precision, for a result that is not quite that; the sign of r stays. */
Status tai_num_near_one(Num *r, const Limits *c);
Status tai_num_exp(Num *r, const Num *a, const Limits *c);
Status tai_num_ln(Num *r, const Num *a, const Limits *c);
Status tai_num_log10(Num *r, const Num *a, const Limits *c);
Status tai_num_power(Num *r, const Num *a, const Num *b, const Limits *c);
Status tai_num_power_modulo(Num *r, const Num *a, const Num *b, const Num *modulo, const Limits *c);

/* text.c */
/* Read a number from plain ASCII text; false: not one (or no memory: *memory). The exponent is saturated far
 * beyond the limits. */
bool tai_num_parse(Num *r, const char *text, int64_t length, bool *memory);
int64_t tai_num_text_size(const Num *a); /* an upper bound for either form */
int64_t tai_num_text(const Num *a, char *out, bool engineering,
                     bool capitals);         /* length written, no final 0 */
void tai_coef_text(const Num *a, char *out); /* the digits, a->digits of them */
bool tai_coef_parse(Num *r, const char *text,
                    int64_t length); /* digits, maybe with one '.' among them; false: no memory */

#endif
