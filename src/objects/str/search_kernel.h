/* SPDX-License-Identifier: MIT */
/* Substring search for one pair of character widths. Included by search.c with
 *   HAY, NEEDLE   character types, HAY at least as wide
 *   NAME(x)       names of this instance
 *
 * find() filters candidates by the first and the last character of the needle, 16 bytes at a time, and verifies them.
 * Verification is charged to a budget; a haystack that defeats the filter is finished by the two-way algorithm
 * (Crochemore and Perrin), so that the whole is linear.
 */

/* Largest suffix of p[0..m) under < (or > when flipped): its start - 1, and in *period its period. */
static Py_ssize_t NAME(max_suffix)(const NEEDLE *p, Py_ssize_t m, int flipped, Py_ssize_t *period)
{
    Py_ssize_t start = -1, j = 0, k = 1, per = 1;
    while (j + k < m) {
        NEEDLE a = p[j + k], b = p[start + k];
        if (a == b) {
            if (k == per) {
                j += per;
                k = 1;
            } else {
                k++;
            }
        } else if ((a < b) != flipped) {
            j += k;
            k = 1;
            per = j - start;
        } else {
            start = j++;
            k = per = 1;
        }
    }
    *period = per;
    return start;
}

/* First match, or with last set the last one; -1 without. Needle of at least 2 characters, n >= m. */
static Py_ssize_t NAME(two_way)(const HAY *h, Py_ssize_t n, const NEEDLE *p, Py_ssize_t m, int last)
{
    Py_ssize_t per, per2, found = -1;
    Py_ssize_t cut = NAME(max_suffix)(p, m, 0, &per), cut2 = NAME(max_suffix)(p, m, 1, &per2);
    if (cut2 > cut) {
        cut = cut2;
        per = per2;
    }
    cut++; /* p = p[0..cut) p[cut..m) is a critical factorization */
    int periodic = cut + per <= m && memcmp(p, p + per, (size_t)cut * sizeof *p) == 0;
    if (!periodic)
        per = (cut > m - cut ? cut : m - cut) + 1;
    Py_ssize_t memory = 0; /* characters of the prefix known to match, periodic needles only */
    for (Py_ssize_t pos = 0; pos <= n - m;) {
        Py_ssize_t i = cut > memory ? cut : memory;
        while (i < m && h[pos + i] == p[i])
            i++;
        if (i < m) {
            pos += i - cut + 1;
            memory = 0;
            continue;
        }
        i = cut - 1;
        while (i >= memory && h[pos + i] == p[i])
            i--;
        if (i < memory) {
            if (!last)
                return pos;
            found = pos;
        }
        pos += per;
        memory = periodic ? m - per : 0;
    }
    return found;
}

/* First i in [i, end] with h[i] == first and h[i + gap] == last_char; -1 without. */
static inline Py_ssize_t NAME(next_pair)(const HAY *h, Py_ssize_t i, Py_ssize_t end, HAY first, HAY last_char,
                                         Py_ssize_t gap)
{
#ifdef __SSE2__
    enum { LANES = 16 / sizeof(HAY) };
    typedef HAY Lanes __attribute__((vector_size(16), aligned(1), may_alias));
    Lanes firsts = (Lanes){0} + first, lasts = (Lanes){0} + last_char;
    for (; i + LANES <= end + 1; i += LANES) {
        Lanes eq = (Lanes)(*(const Lanes *)(h + i) == firsts) & (Lanes)(*(const Lanes *)(h + i + gap) == lasts);
        unsigned mask = (unsigned)_mm_movemask_epi8((__m128i)eq);
        if (mask)
            return i + __builtin_ctz(mask) / (int)sizeof(HAY);
    }
#endif
    if (sizeof(HAY) == 1) {
        for (const HAY *at; i <= end && (at = memchr(h + i, (int)first, (size_t)(end - i + 1))) != NULL; i++) {
            i = at - h;
            if (h[i + gap] == last_char)
                return i;
        }
        return -1;
    }
    for (; i <= end; i++)
        if (h[i] == first && h[i + gap] == last_char)
            return i;
    return -1;
}

static Py_ssize_t NAME(find)(const HAY *h, Py_ssize_t n, const NEEDLE *p, Py_ssize_t m)
{
    Py_ssize_t work = 0;
    for (Py_ssize_t i = 0; (i = NAME(next_pair)(h, i, n - m, p[0], p[m - 1], m - 1)) >= 0; i++) {
        Py_ssize_t k = 1;
        while (k < m - 1 && h[i + k] == p[k])
            k++;
        if (k >= m - 1)
            return i;
        work += k;
        if (work > 4 * i + 1024) {
            Py_ssize_t rest = i + 1 <= n - m ? NAME(two_way)(h + i + 1, n - i - 1, p, m, 0) : -1;
            return rest < 0 ? -1 : rest + i + 1;
        }
    }
    return -1;
}

static Py_ssize_t NAME(rfind)(const HAY *h, Py_ssize_t n, const NEEDLE *p, Py_ssize_t m)
{
    Py_ssize_t work = 0;
    for (Py_ssize_t i = n - m; i >= 0; i--) {
        if (h[i] != p[0] || h[i + m - 1] != p[m - 1])
            continue;
        Py_ssize_t k = 1;
        while (k < m - 1 && h[i + k] == p[k])
            k++;
        if (k >= m - 1)
            return i;
        work += k;
        if (work > 4 * (n - i) + 1024)
            return i > 0 ? NAME(two_way)(h, i - 1 + m, p, m, 1) : -1;
    }
    return -1;
}
