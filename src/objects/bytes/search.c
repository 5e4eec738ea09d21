/* SPDX-License-Identifier: MIT */
/* bytes/search: finding and counting. Forward searches lean on the C library's memchr and memmem, which use the widest vectors
 * there are and stay linear; backwards there is memrchr for the last byte and a comparison.
 */
#include "objects/bytes/bytes.h"

#include <string.h>

Py_ssize_t tai_bytes_find(const char *hay, Py_ssize_t n, const char *needle, Py_ssize_t m)
{
    const char *p;
    if (m > n)
        return -1;
    if (m == 0)
        return 0;
    p = m == 1 ? memchr(hay, (unsigned char)*needle, (size_t)n) : memmem(hay, (size_t)n, needle, (size_t)m);
    return p ? p - hay : -1;
}

/* A hash of m bytes that can be rolled to the left keeps the worst case linear. */
static Py_ssize_t rfind_rolling(const char *hay, Py_ssize_t n, const char *needle, Py_ssize_t m)
{
    const uint64_t base = 0x9E3779B97F4A7C15ULL | 1;
    uint64_t want = 0, have = 0, top = 1;
    for (Py_ssize_t i = m; --i >= 0;) {
        want = want * base + (unsigned char)needle[i];
        have = have * base + (unsigned char)hay[n - m + i];
        top *= base;
    }
    for (Py_ssize_t at = n - m;; at--) {
        if (have == want && memcmp(hay + at, needle, (size_t)m) == 0)
            return at;
        if (at == 0)
            return -1;
        have = have * base + (unsigned char)hay[at - 1] - top * (unsigned char)hay[at - 1 + m];
    }
}

Py_ssize_t tai_bytes_rfind(const char *hay, Py_ssize_t n, const char *needle, Py_ssize_t m)
{
    if (m > n)
        return -1;
    if (m == 0)
        return n;
    Py_ssize_t work = 0;
    for (Py_ssize_t end = n - m + 1; end > 0;) { /* where the first byte may stand */
        const char *p = memrchr(hay, (unsigned char)*needle, (size_t)end);
        if (p == NULL)
            return -1;
        if (memcmp(p, needle, (size_t)m) == 0)
            return p - hay;
        end = p - hay;
        if ((work += m) > 8 * n + 1000)
            return rfind_rolling(hay, end + m - 1, needle, m);
    }
    return -1;
}

Py_ssize_t tai_bytes_count(const char *hay, Py_ssize_t n, const char *needle, Py_ssize_t m, Py_ssize_t max)
{
    Py_ssize_t count = 0;
    if (n < 0 || max == 0)
        return 0;
    if (m == 0)
        return n < max ? n + 1 : max;
    if (m == 1 && max == PY_SSIZE_T_MAX) {
        for (Py_ssize_t i = 0; i < n; i++) /* vectorised */
            count += hay[i] == *needle;
        return count;
    }
    while (count < max) {
        Py_ssize_t at = tai_bytes_find(hay, n, needle, m);
        if (at < 0)
            break;
        count++;
        hay += at + m;
        n -= at + m;
    }
    return count;
}
