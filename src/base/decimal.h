/* SPDX-License-Identifier: MIT */
/* Exact conversion between binary doubles and decimal digits (decimal.c). Knows no Python object. */
#ifndef TAI_BASE_DECIMAL_H
#define TAI_BASE_DECIMAL_H

#include <stddef.h>
#include <stdint.h>

/* No double has more significant decimal digits than 767; conversions never write more than this. */
#define TAI_DECIMAL_MAX 800

/* What tai_decimal_from_double made: digits[0..length) without sign, point or trailing zeros, value 0.DIGITS * 10**point. */
typedef struct {
    char digits[TAI_DECIMAL_MAX];
    int length;
    int point;
    int negative;
} TaiDecimal;

enum { TAI_DECIMAL_SHORTEST = 0, TAI_DECIMAL_SIGNIFICANT = 2, TAI_DECIMAL_FRACTION = 3 };

/* Convert the finite v. SHORTEST: the fewest digits that read back as v, nearest to v among them. SIGNIFICANT: ndigits digits
 * (at least one). FRACTION: ndigits digits after the point (may be negative). Both round half to even on the exact value.
 * Zero gives "0" with point 1; a FRACTION that rounds to nothing gives length 0 and point -ndigits. */
void tai_decimal_from_double(double v, int mode, int ndigits, TaiDecimal *out);

/* Read [sign] digits [. digits] [e [sign] digits] at s: the nearest double, halves to even. *end is set behind it, or to s when
 * there is no number. Too large: +-HUGE_VAL with errno ERANGE. Takes no blanks, hex, inf or nan. */
double tai_decimal_to_double(const char *s, char **end);

/* Quick way to round v at 10**-ndigits, halves to even: 1 and *out, or 0 when it takes the long way (through the two above). */
int tai_decimal_round(double v, int ndigits, double *out);

/* The double nearest to (hi:lo + a little, if sticky) * 2**exp2, halves to even; hi:lo is not zero. Infinite when too large. */
double tai_double_round(uint64_t hi, uint64_t lo, int exp2, int sticky);

#endif
