/* SPDX-License-Identifier: MIT */
/* Hash functions: SipHash-2-4 over bytes, and the numeric hash of doubles.
 *
 * Bytes and str hash their memory with SipHash-2-4 under a key made at start-up (PYTHONHASHSEED), so that hash
 * collisions cannot be forced from outside. Numbers hash to their value modulo the prime 2**61 - 1, so that equal
 * numbers of different types hash alike. -1 is never a hash.
 */
#include "Python.h"
#include <math.h>
#include <string.h>

_Py_HashSecret_t _Py_HashSecret;
#ifdef Py_DEBUG
int _Py_HashSecret_Initialized;
#endif

static inline uint64_t rotl(uint64_t x, int n) { return x << n | x >> (64 - n); }

typedef struct {
    uint64_t a, b, c, d;
} Sip;

static inline void sip_round(Sip *s)
{
    s->a += s->b;
    s->c += s->d;
    s->b = rotl(s->b, 13) ^ s->a;
    s->d = rotl(s->d, 16) ^ s->c;
    s->a = rotl(s->a, 32);
    s->c += s->b;
    s->a += s->d;
    s->b = rotl(s->b, 17) ^ s->c;
    s->d = rotl(s->d, 21) ^ s->a;
    s->c = rotl(s->c, 32);
}

static inline void sip_word(Sip *s, uint64_t word)
{
    s->d ^= word;
    sip_round(s);
    sip_round(s);
    s->a ^= word;
}

static uint64_t siphash24(uint64_t k0, uint64_t k1, const void *data, Py_ssize_t len)
{
    Sip s = {k0 ^ 0x736f6d6570736575u, k1 ^ 0x646f72616e646f6du, k0 ^ 0x6c7967656e657261u, k1 ^ 0x7465646279746573u};
    const unsigned char *p = data;
    Py_ssize_t left = len;
    for (; left >= 8; left -= 8, p += 8) {
        uint64_t word;
        memcpy(&word, p, 8);
        sip_word(&s, word);
    }
    uint64_t last = 0;
    memcpy(&last, p, (size_t)left);
    sip_word(&s, last | (uint64_t)len << 56);
    s.c ^= 0xff;
    sip_round(&s);
    sip_round(&s);
    sip_round(&s);
    sip_round(&s);
    return s.a ^ s.b ^ s.c ^ s.d;
}

Py_hash_t _Py_HashBytes(const void *data, Py_ssize_t len)
{
    if (len == 0)
        return 0;
    Py_hash_t h = (Py_hash_t)siphash24(_Py_HashSecret.siphash.k0, _Py_HashSecret.siphash.k1, data, len);
    return h == -1 ? -2 : h;
}

uint64_t _Py_KeyedHash(uint64_t key, const char *data, Py_ssize_t len);
uint64_t _Py_KeyedHash(uint64_t key, const char *data, Py_ssize_t len) { return siphash24(key, 0, data, len); }

static Py_hash_t hash_bytes_unguarded(const void *data, Py_ssize_t len)
{
    return (Py_hash_t)siphash24(_Py_HashSecret.siphash.k0, _Py_HashSecret.siphash.k1, data, len);
}

static PyHash_FuncDef hash_function = {hash_bytes_unguarded, "siphash24", 64, 128};

PyHash_FuncDef *PyHash_GetFuncDef(void) { return &hash_function; }

/* The low bits of an address are always zero: rotate them away. */
Py_hash_t _Py_HashPointer(void *p)
{
    uintptr_t bits = (uintptr_t)p;
    Py_hash_t h = (Py_hash_t)(bits >> 4 | bits << (8 * sizeof bits - 4));
    return h == -1 ? -2 : h;
}

/* v = m * 2**e with m an integer of 53 bits: m modulo 2**61-1, rotated left by e in 61 bits. */
Py_hash_t _Py_HashDouble(double v)
{
    if (!isfinite(v))
        return isinf(v) ? (v > 0 ? _PyHASH_INF : -_PyHASH_INF) : _PyHASH_NAN;
    int exponent;
    double m = frexp(v, &exponent);
    int negative = m < 0;
    uint64_t x = (uint64_t)ldexp(fabs(m), 53);
    exponent = (exponent - 53) % _PyHASH_BITS;
    if (exponent < 0)
        exponent += _PyHASH_BITS;
    if (exponent)
        x = (x << exponent & _PyHASH_MODULUS) | x >> (_PyHASH_BITS - exponent);
    if (x == _PyHASH_MODULUS)
        x = 0;
    Py_hash_t h = negative ? -(Py_hash_t)x : (Py_hash_t)x;
    return h == -1 ? -2 : h;
}
