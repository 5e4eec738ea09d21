/* SPDX-License-Identifier: MIT */
/* ctype: character classes, case mapping and comparison of ASCII, whatever the locale says.
 *
 * The tables are API (pyctype.h); their rows are filled from ranges, so that a class stands in one line.
 */
#include "Python.h"
#include "pyctype.h"
#include "pystrcmp.h"

const unsigned int _Py_ctype_table[256] = {
    ['\t' ... '\r'] = PY_CTF_SPACE,
    [' '] = PY_CTF_SPACE,
    ['0' ... '9'] = PY_CTF_DIGIT | PY_CTF_XDIGIT,
    ['A' ... 'F'] = PY_CTF_UPPER | PY_CTF_XDIGIT,
    ['G' ... 'Z'] = PY_CTF_UPPER,
    ['a' ... 'f'] = PY_CTF_LOWER | PY_CTF_XDIGIT,
    ['g' ... 'z'] = PY_CTF_LOWER,
};

#define ROW4(f, c) f(c), f((c) + 1), f((c) + 2), f((c) + 3)
#define ROW16(f, c) ROW4(f, c), ROW4(f, (c) + 4), ROW4(f, (c) + 8), ROW4(f, (c) + 12)
#define ROW64(f, c) ROW16(f, c), ROW16(f, (c) + 16), ROW16(f, (c) + 32), ROW16(f, (c) + 48)
#define ROW256(f) ROW64(f, 0), ROW64(f, 64), ROW64(f, 128), ROW64(f, 192)
#define LOWER_OF(c) ((c) >= 'A' && (c) <= 'Z' ? (c) + 32 : (c))
#define UPPER_OF(c) ((c) >= 'a' && (c) <= 'z' ? (c) - 32 : (c))

const unsigned char _Py_ctype_tolower[256] = {ROW256(LOWER_OF)};
const unsigned char _Py_ctype_toupper[256] = {ROW256(UPPER_OF)};

int PyOS_mystricmp(const char *a, const char *b)
{
    while (*a && Py_TOLOWER(*a) == Py_TOLOWER(*b))
        a++, b++;
    return Py_TOLOWER(*a) - Py_TOLOWER(*b);
}

int PyOS_mystrnicmp(const char *a, const char *b, Py_ssize_t n)
{
    if (n <= 0)
        return 0;
    while (--n > 0 && *a && Py_TOLOWER(*a) == Py_TOLOWER(*b))
        a++, b++;
    return Py_TOLOWER(*a) - Py_TOLOWER(*b);
}
