/* SPDX-License-Identifier: MIT */
/* The sorting algorithm, a template: sort.c includes it once for each kind of element. Before that it defines
 *
 *   SORT(name)      the name with a suffix of its own
 *   ELEM            the element type, moved by assignment
 *   LESS(s, a, b)   a, b: ELEM *; is *a < *b? 1, 0, or -1 with an exception set (if ever)
 *
 * It is a stable merge sort over natural runs. Runs are found from left to right; short ones are brought to a least
 * length by binary insertion. Which neighbours are merged is decided by powersort: each boundary between two runs has
 * a power, the depth at which a nearly balanced merge tree would separate the midpoints of the runs; boundaries deeper
 * than the new one are merged first. Merging copies the smaller run out and goes on one by one until one side
 * wins SORT_GALLOP times in a row, then by exponential search.
 *
 * Invariant, also after an error: the array is a permutation of what it was.
 */

/* First position in base[0..n-1], sorted, whose element is not less than *key (left) or greater than it (right).
 * hint: where to begin. -1 on error. */
static Py_ssize_t SORT(gallop)(SortState *s, const ELEM *key, const ELEM *base, Py_ssize_t n, Py_ssize_t hint, int right)
{
    Py_ssize_t low, high, step = 1;
    /* before(p): base[p] stands before the place. */
#define BEFORE(p, out)                                                                                               \
    do {                                                                                                             \
        int less_ = right ? LESS(s, key, &base[p]) : LESS(s, &base[p], key);                                         \
        if (less_ < 0)                                                                                               \
            return -1;                                                                                               \
        (out) = right ? !less_ : less_;                                                                              \
    } while (0)
    int before;
    BEFORE(hint, before);
    if (before) {
        low = hint + 1;
        high = n;
        while (hint + step < n) {
            BEFORE(hint + step, before);
            if (!before) {
                high = hint + step;
                break;
            }
            low = hint + step + 1;
            step = step * 2 + 1;
        }
    }
    else {
        low = 0;
        high = hint;
        while (hint - step >= 0) {
            BEFORE(hint - step, before);
            if (before) {
                low = hint - step + 1;
                break;
            }
            high = hint - step;
            step = step * 2 + 1;
        }
    }
    while (low < high) {
        Py_ssize_t middle = low + ((high - low) >> 1);
        BEFORE(middle, before);
        if (before)
            low = middle + 1;
        else
            high = middle;
    }
#undef BEFORE
    return low;
}

/* Insert base[sorted..n-1], one by one, into the sorted part before them. */
static int SORT(insertion)(SortState *s, ELEM *base, Py_ssize_t n, Py_ssize_t sorted)
{
    for (Py_ssize_t i = sorted; i < n; i++) {
        ELEM pivot = base[i];
        Py_ssize_t low = 0, high = i;
        while (low < high) {
            Py_ssize_t middle = low + ((high - low) >> 1);
            int less = LESS(s, &pivot, &base[middle]);
            if (less < 0)
                return -1;
            if (less)
                high = middle;
            else
                low = middle + 1;
        }
        memmove(base + low + 1, base + low, (size_t)(i - low) * sizeof(ELEM));
        base[low] = pivot;
    }
    return 0;
}

/* Length of the run at base; one that falls strictly is turned around. -1 on error. */
static Py_ssize_t SORT(run)(SortState *s, ELEM *base, Py_ssize_t n)
{
    if (n < 2)
        return n;
    int falls = LESS(s, &base[1], &base[0]);
    if (falls < 0)
        return -1;
    Py_ssize_t i = 2;
    for (; i < n; i++) {
        int less = LESS(s, &base[i], &base[i - 1]);
        if (less < 0)
            return -1;
        if (less != falls)
            break;
    }
    if (falls)
        for (ELEM *low = base, *high = base + i - 1; low < high; low++, high--) {
            ELEM swap = *low;
            *low = *high;
            *high = swap;
        }
    return i;
}

/* Merge a[0..na-1] and the b that follows it, na <= nb; from the left. */
static int SORT(merge_low)(SortState *s, ELEM *a, Py_ssize_t na, Py_ssize_t nb, ELEM *room)
{
    memcpy(room, a, (size_t)na * sizeof(ELEM));
    ELEM *out = a, *x = room, *x_end = room + na, *y = a + na, *y_end = y + nb;
    int result = 0;
    for (;;) {
        Py_ssize_t x_wins = 0, y_wins = 0, k;
        while (x_wins < s->gallop && y_wins < s->gallop) {
            int less = LESS(s, y, x);
            if (less < 0)
                goto error;
            if (less) {
                *out++ = *y++;
                y_wins++;
                x_wins = 0;
                if (y == y_end)
                    goto done;
            }
            else {
                *out++ = *x++;
                x_wins++;
                y_wins = 0;
                if (x == x_end)
                    goto done;
            }
        }
        do {
            if ((k = SORT(gallop)(s, y, x, x_end - x, 0, 1)) < 0)
                goto error;
            memcpy(out, x, (size_t)k * sizeof(ELEM));
            out += k;
            x += k;
            x_wins = k;
            if (x == x_end)
                goto done;
            *out++ = *y++;
            if (y == y_end)
                goto done;
            if ((k = SORT(gallop)(s, x, y, y_end - y, 0, 0)) < 0)
                goto error;
            memmove(out, y, (size_t)k * sizeof(ELEM));
            out += k;
            y += k;
            y_wins = k;
            if (y == y_end)
                goto done;
            *out++ = *x++;
            if (x == x_end)
                goto done;
            s->gallop -= s->gallop > 1;
        } while (x_wins >= SORT_GALLOP || y_wins >= SORT_GALLOP);
        s->gallop += 2; /* leaving: make it harder to come back */
    }
error:
    result = -1;
done: /* what is left of y is in its place */
    memcpy(out, x, (size_t)(x_end - x) * sizeof(ELEM));
    return result;
}

/* The same with na > nb, from the right. */
static int SORT(merge_high)(SortState *s, ELEM *a, Py_ssize_t na, Py_ssize_t nb, ELEM *room)
{
    ELEM *b = a + na;
    memcpy(room, b, (size_t)nb * sizeof(ELEM));
    ELEM *out = b + nb, *x = b, *y = room + nb; /* x, y: one past the last element left of either side */
    int result = 0;
    for (;;) {
        Py_ssize_t x_wins = 0, y_wins = 0, k;
        while (x_wins < s->gallop && y_wins < s->gallop) {
            int less = LESS(s, y - 1, x - 1);
            if (less < 0)
                goto error;
            if (less) {
                *--out = *--x;
                x_wins++;
                y_wins = 0;
                if (x == a)
                    goto done;
            }
            else {
                *--out = *--y;
                y_wins++;
                x_wins = 0;
                if (y == room)
                    goto done;
            }
        }
        do {
            if ((k = SORT(gallop)(s, y - 1, a, x - a, x - a - 1, 1)) < 0)
                goto error;
            x_wins = (x - a) - k;
            out -= x_wins;
            x -= x_wins;
            memmove(out, x, (size_t)x_wins * sizeof(ELEM));
            if (x == a)
                goto done;
            *--out = *--y;
            if (y == room)
                goto done;
            if ((k = SORT(gallop)(s, x - 1, room, y - room, y - room - 1, 0)) < 0)
                goto error;
            y_wins = (y - room) - k;
            out -= y_wins;
            y -= y_wins;
            memcpy(out, y, (size_t)y_wins * sizeof(ELEM));
            if (y == room)
                goto done;
            *--out = *--x;
            if (x == a)
                goto done;
            s->gallop -= s->gallop > 1;
        } while (x_wins >= SORT_GALLOP || y_wins >= SORT_GALLOP);
        s->gallop += 2;
    }
error:
    result = -1;
done: /* what is left of x is in its place */
    memcpy(out - (y - room), room, (size_t)(y - room) * sizeof(ELEM));
    return result;
}

static int SORT(merge)(SortState *s, ELEM *a, Py_ssize_t na, Py_ssize_t nb)
{
    /* What is in place already at either end stays there. */
    Py_ssize_t k = SORT(gallop)(s, a + na, a, na, 0, 1);
    if (k < 0)
        return -1;
    a += k;
    na -= k;
    if (na == 0)
        return 0;
    nb = SORT(gallop)(s, a + na - 1, a + na, nb, nb - 1, 0);
    if (nb <= 0)
        return (int)nb;
    size_t need = (size_t)(na < nb ? na : nb) * sizeof(ELEM);
    if (s->room_size < need) {
        PyMem_Free(s->room);
        s->room_size = 0;
        if ((s->room = PyMem_Malloc(need)) == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        s->room_size = need;
    }
    return na <= nb ? SORT(merge_low)(s, a, na, nb, s->room) : SORT(merge_high)(s, a, na, nb, s->room);
}

/* Sort base[0..n-1]. 0, or -1 with an exception. */
static int SORT(array)(SortState *s, ELEM *base, Py_ssize_t n)
{
    struct {
        Py_ssize_t start, length;
        int power; /* of the boundary at its right end */
    } runs[SORT_MAX_RUNS];
    int depth = 0;
    Py_ssize_t least = n, spill = 0, at = 0;
    while (least >= 64) {
        spill |= least & 1;
        least >>= 1;
    }
    least += spill;
    s->gallop = SORT_GALLOP;
    while (at < n) {
        Py_ssize_t length = SORT(run)(s, base + at, n - at);
        if (length < 0)
            return -1;
        if (length < least) {
            Py_ssize_t forced = n - at < least ? n - at : least;
            if (SORT(insertion)(s, base + at, forced, length) < 0)
                return -1;
            length = forced;
        }
        if (depth > 0) {
            int power = sort_power(runs[depth - 1].start, runs[depth - 1].length, length, n);
            while (depth > 1 && runs[depth - 2].power > power) {
                depth--;
                if (SORT(merge)(s, base + runs[depth - 1].start, runs[depth - 1].length, runs[depth].length) < 0)
                    return -1;
                runs[depth - 1].length += runs[depth].length;
            }
            runs[depth - 1].power = power;
        }
        runs[depth].start = at;
        runs[depth].length = length;
        runs[depth].power = 0;
        depth++;
        at += length;
    }
    while (depth > 1) {
        depth--;
        if (SORT(merge)(s, base + runs[depth - 1].start, runs[depth - 1].length, runs[depth].length) < 0)
            return -1;
        runs[depth - 1].length += runs[depth].length;
    }
    return 0;
}

#undef SORT
#undef ELEM
#undef LESS
