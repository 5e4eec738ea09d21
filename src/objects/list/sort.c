/* SPDX-License-Identifier: MIT */
/* list.sort: what is compared, and with what.
 *
 * Keys of one plain type are turned into 64-bit numbers whose order is theirs (or is theirs up to ties), so
 * that sorting touches no object:
 *
 *   int within 64 bits, float without NaN, both mixed (ints up to 2**53)    number decides alone       ELEM {rank, item}
 *   str of one byte a character     first 8 bytes, big-endian; a tie compares the strings              {rank, key, item}
 *   tuple starting with one of these          the first item as above; a tie compares the tuples       {rank, key, item}
 *   anything else                             __lt__                                                   {key, item}
 *
 * Many ranks in no particular order are sorted by their bytes (radix), which needs no comparison; then the ties.
 *
 * The other algorithm is in sort_impl.h. While it runs the list looks empty ([LIST-2]): `allocated` is -1, and if it is
 * not -1 afterwards, someone has changed the list.
 * Tests: tests/objects/list/test_sort.py.
 */
#include "objects/list/list.h"
#include "objects/plain_equal.h"

#include <string.h>

enum { SORT_GALLOP = 7, SORT_MAX_RUNS = 90 };

typedef struct SortState {
    Py_ssize_t gallop; /* wins in a row that start galloping; adapts */
    void *room;        /* for the smaller run of a merge */
    size_t room_size;
    int (*tie)(PyObject *a, PyObject *b); /* a < b for keys of equal rank: 1, 0, -1 */
} SortState;

typedef struct { uint64_t rank; PyObject *item; } Ranked;
typedef struct { uint64_t rank; PyObject *key, *item; } RankedKey;
typedef struct { PyObject *key, *item; } Keyed;

/* Power of the boundary between the run of length a at start and the run of length b after it, in n elements: the
 * number of leading binary digits that (midpoint / n) of both have in common, plus one. */
static int sort_power(Py_ssize_t start, Py_ssize_t a, Py_ssize_t b, Py_ssize_t n)
{
    size_t left = 2 * (size_t)start + (size_t)a, right = left + (size_t)a + (size_t)b, twice = 2 * (size_t)n;
    int power = 0;
    for (;;) {
        power++;
        if (left >= (size_t)n) {
            left -= (size_t)n;
            right -= (size_t)n;
        }
        else if (right >= (size_t)n)
            return power;
        left <<= 1;
        right <<= 1;
        if (power > 64 || twice == 0)
            return power;
    }
}

/* a < b. Runs code. */
static inline int object_less(PyObject *a, PyObject *b)
{
    richcmpfunc compare = Py_TYPE(a)->tp_richcompare;
    if (compare == NULL || Py_TYPE(a) != Py_TYPE(b))
        return PyObject_RichCompareBool(a, b, Py_LT);
    PyObject *result = compare(a, b, Py_LT);
    if (result == NULL)
        return -1;
    if (result == Py_NotImplemented) {
        Py_DECREF(result);
        return PyObject_RichCompareBool(a, b, Py_LT);
    }
    int less = result == Py_True ? 1 : result == Py_False ? 0 : PyObject_IsTrue(result);
    Py_DECREF(result);
    return less;
}

#define SORT(name) ranked_##name
#define ELEM Ranked
#define LESS(s, a, b) ((a)->rank < (b)->rank)
#include "objects/list/sort_impl.h"

#define SORT(name) ranked_key_##name
#define ELEM RankedKey
#define LESS(s, a, b) ((a)->rank != (b)->rank ? (a)->rank < (b)->rank : (s)->tie((a)->key, (b)->key))
#include "objects/list/sort_impl.h"

#define SORT(name) keyed_##name
#define ELEM Keyed
#define LESS(s, a, b) object_less((a)->key, (b)->key)
#include "objects/list/sort_impl.h"

/* ---- sorting by bytes ---------------------------------------------------------------------------------------- */

enum { RADIX_LEAST = 600 };

/* Sort by rank, from the last byte that differs anywhere to the first, keeping the order of equal ones. 1 done; 0 left
 * to the merge sort: the array is short, or has long runs, or there is no memory for a second one. */
#define DEFINE_RADIX(NAME, ELEM)                                                                                     \
    static int NAME(ELEM *array, Py_ssize_t n)                                                                       \
    {                                                                                                                \
        if (n < RADIX_LEAST)                                                                                         \
            return 0;                                                                                                \
        uint64_t varies = 0;                                                                                         \
        Py_ssize_t falls = 0;                                                                                        \
        for (Py_ssize_t i = 1; i < n; i++) {                                                                         \
            varies |= array[i].rank ^ array[0].rank;                                                                 \
            falls += array[i].rank < array[i - 1].rank;                                                              \
        }                                                                                                            \
        if (falls < n / 16 || falls > n - n / 16)                                                                    \
            return 0;                                                                                                \
        ELEM *other = PyMem_New(ELEM, n), *from = array, *to = other;                                                \
        if (other == NULL)                                                                                           \
            return 0;                                                                                                \
        for (int shift = 0; shift < 64; shift += 8) {                                                                \
            size_t starts[256] = {0}, sum = 0;                                                                       \
            if ((varies >> shift & 255) == 0)                                                                        \
                continue;                                                                                            \
            for (Py_ssize_t i = 0; i < n; i++)                                                                       \
                starts[from[i].rank >> shift & 255]++;                                                               \
            for (int byte = 0; byte < 256; byte++) {                                                                 \
                size_t count = starts[byte];                                                                         \
                starts[byte] = sum;                                                                                  \
                sum += count;                                                                                        \
            }                                                                                                        \
            for (Py_ssize_t i = 0; i < n; i++)                                                                       \
                to[starts[from[i].rank >> shift & 255]++] = from[i];                                                 \
            ELEM *swap = from;                                                                                       \
            from = to;                                                                                               \
            to = swap;                                                                                               \
        }                                                                                                            \
        if (from != array)                                                                                           \
            memcpy(array, from, (size_t)n * sizeof(ELEM));                                                           \
        PyMem_Free(other);                                                                                           \
        return 1;                                                                                                    \
    }

DEFINE_RADIX(radix_ranked, Ranked)
DEFINE_RADIX(radix_ranked_key, RankedKey)

/* After radix: put elements of equal rank in order. 0 or -1. Runs code. */
static int sort_ties(SortState *s, RankedKey *array, Py_ssize_t n)
{
    for (Py_ssize_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && array[end].rank == array[i].rank; end++)
            ;
        if (end - i > 1 && ranked_key_array(s, array + i, end - i) < 0)
            return -1;
    }
    return 0;
}

/* ---- ranks --------------------------------------------------------------------------------------------------- */

enum { IS_INT = 1, IS_SMALL_INT = 2, IS_FLOAT = 4, IS_STR = 8, IS_OTHER = 16 };

static inline int64_t int_value(PyObject *op)
{
    Py_ssize_t size = Py_SIZE(op);
    const digit *d = ((PyLongObject *)op)->ob_digit;
    uint64_t value = 0;
    for (Py_ssize_t i = size < 0 ? -size : size; --i >= 0;)
        value = value << PyLong_SHIFT | d[i];
    return size < 0 ? -(int64_t)value : (int64_t)value;
}

/* Which ways there are to rank it. */
static inline int classify(PyObject *key)
{
    if (PyLong_CheckExact(key)) {
        Py_ssize_t size = Py_SIZE(key);
        if (size < -2 || size > 2)
            return IS_OTHER; /* 60 bits are enough here */
        int64_t value = int_value(key);
        return value >= -((int64_t)1 << 53) && value <= (int64_t)1 << 53 ? IS_SMALL_INT : IS_INT;
    }
    if (PyFloat_CheckExact(key)) {
        double value = PyFloat_AS_DOUBLE(key);
        return value == value ? IS_FLOAT : IS_OTHER;
    }
    if (PyUnicode_CheckExact(key) && PyUnicode_IS_READY(key) && PyUnicode_KIND(key) == PyUnicode_1BYTE_KIND)
        return IS_STR;
    return IS_OTHER;
}

static inline uint64_t rank_double(double value)
{
    uint64_t bits;
    value += 0.0; /* -0.0 is 0.0 */
    memcpy(&bits, &value, 8);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static inline uint64_t rank_str(PyObject *key)
{
    Py_ssize_t length = PyUnicode_GET_LENGTH(key);
    uint64_t bits = 0;
    /* A one-byte string ends in a zero byte, so that 8 bytes can be had from the object if it has 7 or more. */
    memcpy(&bits, PyUnicode_DATA(key), length >= 8 ? 8 : (size_t)length);
    return __builtin_bswap64(bits);
}

/* kinds: all that classify() said about the keys. */
static inline uint64_t rank_of(PyObject *key, int kinds)
{
    if (kinds & IS_STR)
        return rank_str(key);
    if (!(kinds & IS_FLOAT))
        return (uint64_t)int_value(key) ^ (uint64_t)1 << 63;
    return rank_double(PyFloat_CheckExact(key) ? PyFloat_AS_DOUBLE(key) : (double)int_value(key));
}

static inline int can_rank(int kinds)
{
    return kinds == IS_STR || kinds == IS_FLOAT || !(kinds & ~(IS_INT | IS_SMALL_INT)) ||
           kinds == (IS_FLOAT | IS_SMALL_INT);
}

static int str_less(PyObject *a, PyObject *b)
{
    Py_ssize_t m = PyUnicode_GET_LENGTH(a), n = PyUnicode_GET_LENGTH(b);
    int order = memcmp(PyUnicode_DATA(a), PyUnicode_DATA(b), (size_t)(m < n ? m : n));
    return order != 0 ? order < 0 : m < n;
}

/* a < b for exact tuples, as tuple itself decides it. Runs code. */
static int tuple_less(PyObject *a, PyObject *b)
{
    Py_ssize_t m = PyTuple_GET_SIZE(a), n = PyTuple_GET_SIZE(b);
    for (Py_ssize_t i = 0; i < m && i < n; i++) {
        PyObject *x = PyTuple_GET_ITEM(a, i), *y = PyTuple_GET_ITEM(b, i);
        if (x == y)
            continue;
        if (PyFloat_CheckExact(x) && PyFloat_CheckExact(y)) {
            if (PyFloat_AS_DOUBLE(x) == PyFloat_AS_DOUBLE(y))
                continue;
            return PyFloat_AS_DOUBLE(x) < PyFloat_AS_DOUBLE(y);
        }
        int same = tai_same_or_equal(x, y);
        if (same < 0)
            return -1;
        if (!same)
            return object_less(x, y);
    }
    return m < n;
}

/* Kinds of the keys (*tuples 0) or of their first items (*tuples 1); IS_OTHER if there is no rank. */
static int survey(PyObject **keys, Py_ssize_t n, int *tuples)
{
    int kinds = 0;
    *tuples = PyTuple_CheckExact(keys[0]);
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *key = keys[i];
        if (*tuples) {
            if (!PyTuple_CheckExact(key) || PyTuple_GET_SIZE(key) == 0)
                return IS_OTHER;
            key = PyTuple_GET_ITEM(key, 0);
        }
        kinds |= classify(key);
        if (!can_rank(kinds))
            return IS_OTHER;
    }
    return kinds;
}

/* ---- the three ways ------------------------------------------------------------------------------------------ */

/* Nothing to do? A first look that needs no memory. */
static int ranks_ascend(PyObject **keys, Py_ssize_t n, int kinds)
{
    uint64_t last = rank_of(keys[0], kinds);
    for (Py_ssize_t i = 1; i < n; i++) {
        uint64_t rank = rank_of(keys[i], kinds);
        if (rank < last)
            return 0;
        last = rank;
    }
    return 1;
}

static int sort_ranked(SortState *s, PyObject **keys, PyObject **items, Py_ssize_t n, int kinds)
{
    if (ranks_ascend(keys, n, kinds))
        return 0;
    Ranked *array = PyMem_New(Ranked, n);
    if (array == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++)
        array[i] = (Ranked){rank_of(keys[i], kinds), items[i]};
    int result = radix_ranked(array, n) ? 0 : ranked_array(s, array, n);
    for (Py_ssize_t i = 0; i < n; i++)
        items[i] = array[i].item;
    PyMem_Free(array);
    return result;
}

static int sort_ranked_keys(SortState *s, PyObject **keys, PyObject **items, Py_ssize_t n, int kinds, int tuples)
{
    RankedKey *array = PyMem_New(RankedKey, n);
    if (array == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *first = tuples ? PyTuple_GET_ITEM(keys[i], 0) : keys[i];
        array[i] = (RankedKey){rank_of(first, kinds), keys[i], items[i]};
    }
    s->tie = tuples ? tuple_less : str_less;
    int result = radix_ranked_key(array, n) ? sort_ties(s, array, n) : ranked_key_array(s, array, n);
    for (Py_ssize_t i = 0; i < n; i++) {
        keys[i] = array[i].key; /* may be the same array as items: then key and item are the same, too */
        items[i] = array[i].item;
    }
    PyMem_Free(array);
    return result;
}

static int sort_keyed(SortState *s, PyObject **keys, PyObject **items, Py_ssize_t n)
{
    Keyed *array = PyMem_New(Keyed, n);
    if (array == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++)
        array[i] = (Keyed){keys[i], items[i]};
    int result = keyed_array(s, array, n);
    for (Py_ssize_t i = 0; i < n; i++) {
        keys[i] = array[i].key;
        items[i] = array[i].item;
    }
    PyMem_Free(array);
    return result;
}

/* Sort items by keys (the same array, if there is no key function). Runs code. */
static int sort_arrays(PyObject **keys, PyObject **items, Py_ssize_t n)
{
    SortState state = {0};
    int tuples, kinds = survey(keys, n, &tuples), result;
    if (kinds == IS_OTHER)
        result = sort_keyed(&state, keys, items, n);
    else if (tuples || (kinds & IS_STR))
        result = sort_ranked_keys(&state, keys, items, n, kinds, tuples);
    else
        result = sort_ranked(&state, keys, items, n, kinds); /* other keys keep their order: they are only released */
    PyMem_Free(state.room);
    return result;
}

/* ---- list.sort ----------------------------------------------------------------------------------------------- */

static void reverse(PyObject **items, Py_ssize_t n)
{
    for (PyObject **low = items, **high = items + n - 1; low < high; low++, high--) {
        PyObject *swap = *low;
        *low = *high;
        *high = swap;
    }
}

/* keys[i] = key(items[i]), new references. On failure: -1, and *made tells how many there are. Runs code. */
static int call_key(PyObject *key, PyObject **items, PyObject **keys, Py_ssize_t n, Py_ssize_t *made)
{
    for (*made = 0; *made < n; ++*made) {
        PyObject *args[2] = {NULL, items[*made]};
        keys[*made] = _PyObject_Vectorcall(key, args + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
        if (keys[*made] == NULL)
            return -1;
    }
    return 0;
}

static int sort_with_key(PyObject **items, Py_ssize_t n, PyObject *key)
{
    PyObject *small[32], **keys = small;
    Py_ssize_t made = 0;
    if (n > 32 && (keys = PyMem_New(PyObject *, n)) == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    int result = call_key(key, items, keys, n, &made);
    if (result == 0 && n > 1)
        result = sort_arrays(keys, items, n);
    for (Py_ssize_t i = 0; i < made; i++)
        Py_DECREF(keys[i]);
    if (keys != small)
        PyMem_Free(keys);
    return result;
}

int tai_list_sort(PyListObject *self, PyObject *key, int reversed)
{
    PyObject **items = self->ob_item;
    Py_ssize_t n = Py_SIZE(self), allocated = self->allocated;
    int result = 0;
    if (key == Py_None)
        key = NULL;

    Py_SIZE(self) = 0; /* [LIST-2] */
    self->ob_item = NULL;
    self->allocated = -1;

    /* Turning around before and after keeps equal items in their order. */
    if (reversed && n > 1)
        reverse(items, n);
    if (key != NULL)
        result = sort_with_key(items, n, key);
    else if (n > 1)
        result = sort_arrays(items, items, n);
    if (reversed && n > 1)
        reverse(items, n);

    if (self->allocated != -1 && result == 0) {
        PyErr_SetString(PyExc_ValueError, "list modified during sort");
        result = -1;
    }
    PyObject **other = self->ob_item;
    Py_ssize_t other_n = Py_SIZE(self);
    self->ob_item = items;
    Py_SIZE(self) = n;
    self->allocated = allocated;
    if (other != NULL) {
        while (--other_n >= 0)
            Py_XDECREF(other[other_n]);
        PyMem_Free(other);
    }
    return result;
}
