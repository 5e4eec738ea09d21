/* SPDX-License-Identifier: MIT */
/* _decimal/text: numbers to and from ASCII text. */
#include "Python.h"
#include "modules/_decimal/number.h"

static const char pairs[] =
    "0001020304050607080910111213141516171819202122232425262728293031323334353637383940414243444546474849"
    "5051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899";

/* count digits of x, padded with zeros. */
static void limb_text(Limb x, char *out, int count)
{
    while (count >= 2) {
        Limb q = x / 100;
        memcpy(out + count - 2, pairs + 2 * (x - q * 100), 2);
        x = q;
        count -= 2;
    }
    if (count)
        out[0] = (char)('0' + x % 10);
}

/* 18 digits as two independent halves. */
static void full_limb_text(Limb x, char *out)
{
    uint32_t high = (uint32_t)(x / 1000000000u), low = (uint32_t)(x - (Limb)high * 1000000000u);
    for (int k = 7; k > 0; k -= 2) {
        uint32_t qh = high / 100, ql = low / 100;
        memcpy(out + k, pairs + 2 * (high - qh * 100), 2);
        memcpy(out + 9 + k, pairs + 2 * (low - ql * 100), 2);
        high = qh;
        low = ql;
    }
    out[0] = (char)('0' + high);
    out[9] = (char)('0' + low);
}

void tai_coef_text(const Num *a, char *out)
{
    int top = (int)(a->digits - (a->len - 1) * LIMB_DIGITS);
    limb_text(a->at[a->len - 1], out, top);
    out += top;
    for (int64_t i = a->len - 2; i >= 0; i--, out += LIMB_DIGITS)
        full_limb_text(a->at[i], out);
}

int64_t tai_num_text_size(const Num *a)
{
    return a->digits + 40; /* sign, point, up to six zeros in front or two behind, exponent */
}

static int64_t special_text(const Num *a, char *out)
{
    const char *name = a->kind == INFINITE ? "Infinity" : a->kind == QUIET ? "NaN" : "sNaN";
    int64_t n = (int64_t)strlen(name);
    memcpy(out, name, (size_t)n);
    if (!coef_is_zero(a)) {
        tai_coef_text(a, out + n);
        n += a->digits;
    }
    return n;
}

int64_t tai_num_text(const Num *a, char *out, bool engineering, bool capitals)
{
    char *p = out;
    if (a->sign)
        *p++ = '-';
    if (a->kind)
        return p - out + special_text(a, p);
    int64_t digits = a->digits, left = a->exp + digits, point; /* point: digits in front of it */
    if (a->exp <= 0 && left > -6)
        point = left;
    else if (!engineering)
        point = 1;
    else if (!coef_is_zero(a))
        point = ((left - 1) % 3 + 3) % 3 + 1;
    else
        point = ((left + 1) % 3 + 3) % 3 - 1;
    if (point <= 0) {
        *p++ = '0';
        *p++ = '.';
        memset(p, '0', (size_t)-point);
        p += -point;
        tai_coef_text(a, p);
        p += digits;
    } else {
        tai_coef_text(a, p);
        if (point < digits) {
            memmove(p + point + 1, p + point, (size_t)(digits - point));
            p[point] = '.';
            p += digits + 1;
        } else {
            memset(p + digits, '0', (size_t)(point - digits));
            p += point;
        }
    }
    if (left != point) {
        *p++ = capitals ? 'E' : 'e';
        p += sprintf(p, "%+lld", (long long)(left - point));
    }
    return p - out;
}

/* -- reading ----------------------------------------------------------------------------------------- */

/* 18 digits or less. */
static Limb read_limb(const char *p, int count)
{
    Limb x = 0;
    for (; count >= 8; count -= 8, p += 8) {
        uint64_t v;
        memcpy(&v, p, 8);
        v -= 0x3030303030303030u;
        v = v * 10 + (v >> 8); /* pairs, then fours, then all eight */
        v = ((v & 0x000000FF000000FFu) * 0x000F424000000064u +
             (v >> 16 & 0x000000FF000000FFu) * 0x0000271000000001u) >>
            32;
        x = x * 100000000u + v;
    }
    while (count-- > 0)
        x = x * 10 + (Limb)(*p++ - '0');
    return x;
}

bool tai_coef_parse(Num *r, const char *text, int64_t length)
{
    const char *dot = memchr(text, '.', (size_t)length);
    int64_t front = dot ? dot - text : length, digits = dot ? length - 1 : length;
    int64_t limbs = (digits + LIMB_DIGITS - 1) / LIMB_DIGITS;
    if (limbs == 0) {
        num_set_limb(r, 0);
        return true;
    }
    if (!num_room(r, limbs))
        return false;
    int64_t end = digits; /* counted without the point */
    for (int64_t i = 0; i < limbs; i++) {
        int64_t from = end > LIMB_DIGITS ? end - LIMB_DIGITS : 0;
        if (from >= front)
            r->at[i] = read_limb(text + from + 1, (int)(end - from));
        else if (end <= front)
            r->at[i] = read_limb(text + from, (int)(end - from));
        else
            r->at[i] = read_limb(text + from, (int)(front - from)) * tai_pow10[end - front] +
                       read_limb(text + front + 1, (int)(end - front));
        end = from;
    }
    num_measure(r, limbs);
    return true;
}

static bool matches(const char *p, const char *end, const char *word)
{
    for (; *word; word++, p++) {
        if (p == end || (*p | 32) != *word)
            return false;
    }
    return p == end;
}

static const char *skip_digits(const char *p, const char *end)
{
    while (p < end && (unsigned char)(*p - '0') <= 9)
        p++;
    return p;
}

static bool parse_special(Num *r, const char *p, const char *end, int sign, bool *memory)
{
    if (matches(p, end, "inf") || matches(p, end, "infinity")) {
        tai_num_set_special(r, INFINITE, sign);
        return true;
    }
    Kind kind = QUIET;
    if (p < end && (*p | 32) == 's') {
        kind = SIGNALING;
        p++;
    }
    if (end - p < 3 || !matches(p, p + 3, "nan") || skip_digits(p + 3, end) != end)
        return false;
    p += 3;
    while (p < end && *p == '0')
        p++;
    tai_num_set_special(r, kind, sign);
    if (tai_coef_parse(r, p, end - p))
        return true;
    *memory = true;
    return false;
}

/* The exponent after 'e'; false: not one. Saturated. */
static bool parse_exponent(const char *p, const char *end, int64_t *exp)
{
    bool negative = false;
    if (p < end && (*p == '+' || *p == '-'))
        negative = *p++ == '-';
    if (p == end)
        return false;
    int64_t value = 0;
    for (; p < end; p++) {
        if ((unsigned char)(*p - '0') > 9)
            return false;
        if (value < 4 * MOST_EMAX / 10)
            value = value * 10 + (*p - '0');
        else
            value = 4 * MOST_EMAX;
    }
    *exp = negative ? -value : value;
    return true;
}

bool tai_num_parse(Num *r, const char *text, int64_t length, bool *memory)
{
    const char *p = text, *end = text + length;
    int sign = 0;
    *memory = false;
    if (p < end && (*p == '+' || *p == '-'))
        sign = *p++ == '-';
    const char *start = p, *dot = NULL;
    p = skip_digits(p, end);
    if (p < end && *p == '.') {
        dot = p;
        p = skip_digits(p + 1, end);
    }
    int64_t count = p - start - (dot != NULL), exp = 0;
    if (count == 0)
        return dot == NULL && parse_special(r, start, end, sign, memory);
    if (p < end && ((*p | 32) != 'e' || !parse_exponent(p + 1, end, &exp)))
        return false;
    if (dot)
        exp -= p - dot - 1;
    const char *first = start;
    while (first < p - 1 && (*first == '0'))
        first++;
    if (*first == '.') {
        do
            first++;
        while (first < p - 1 && *first == '0');
        if (first == p) { /* "0." */
            first = start;
            p = start + 1;
        }
    }
    r->kind = FINITE;
    r->sign = (uint8_t)sign;
    r->exp = exp;
    if (tai_coef_parse(r, first, p - first))
        return true;
    *memory = true;
    return false;
}
