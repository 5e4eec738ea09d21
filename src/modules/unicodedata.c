/* SPDX-License-Identifier: MIT */
/* unicodedata: the Unicode character database, version 12.1, and 3.2 as ucd_3_2_0.
 *
 * data/unicodedata_tables.h holds, made by tools/make_unicodedata_tables.py:
 *   records           two-stage table of category, direction, combining class, width, quick-check bits
 *   decompositions    two-stage table of offsets into words: tag << 8 | count, then count characters
 *   pairs             canonical compositions, sorted
 *   old               ranges that were otherwise in 3.2 (mostly: unassigned)
 *   names             word numbers in base UCD_BASE digits (one, two or three digits a word), '~' after each name;
 *                     aliases and named sequences stand after the others, as private-use characters
 * The index from names to characters is made at the first lookup.
 */
#include "Python.h"
#include "structmember.h"
#include "ucnhash.h"
#include <stddef.h>

typedef struct {
    unsigned char category, bidi, combining, mirrored, width;
    unsigned char check; /* bits NFD, NFKD, NFC, NFKC: not, or perhaps not, normalized */
} UcdRecord;

typedef struct {
    unsigned first, second, composed;
} UcdPair;

typedef struct {
    unsigned first, last;
    unsigned char category, bidi, combining, mirrored, width;
    signed char decimal, digit;
    double numeric;
    unsigned char undecomposed; /* decomposes now, did not then */
} UcdOld;

typedef struct {
    unsigned code, value;
} UcdCorrection; /* other canonical decompositions in 3.2 */

typedef struct {
    unsigned first, last, index;
} UcdRange;

typedef struct {
    unsigned code;
    unsigned text[4]; /* of aliases one character, of named sequences several; 0 where shorter */
} UcdAlias;

#include "modules/data/unicodedata_tables.h"

enum { NAME_MAX_LENGTH = 256, FIRST_ALIAS = 0xf0000, FIRST_SEQUENCE = 0xf0200 };

typedef struct {
    PyObject_HEAD
    const char *version;
} UcdObject;

static PyTypeObject ucd_type;

/* ---- records ---- */

static const UcdRecord *record(Py_UCS4 c)
{
    if (c > 0x10ffff)
        c = 0xffff;
    unsigned block = ucd_record_first[c >> UCD_SHIFT];
    return &ucd_records[ucd_record_second[block << UCD_SHIFT | (c & ((1 << UCD_SHIFT) - 1))]];
}

/* tag << 8 | count and the characters after it; count 0 if there is none. */
static const unsigned *decomposition(Py_UCS4 c)
{
    unsigned block = ucd_decomposition_first[c >> UCD_SHIFT];
    return &ucd_decompositions[ucd_decomposition_second[block << UCD_SHIFT | (c & ((1 << UCD_SHIFT) - 1))]];
}

static int is_old(PyObject *self) { return self != NULL && Py_TYPE(self) == &ucd_type; }

/* What was otherwise in 3.2, or NULL. */
static const UcdOld *old_record(PyObject *self, Py_UCS4 c)
{
    if (!is_old(self))
        return NULL;
    size_t low = 0, high = Py_ARRAY_LENGTH(ucd_old);
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (c > ucd_old[mid].last)
            low = mid + 1;
        else if (c < ucd_old[mid].first)
            high = mid;
        else
            return &ucd_old[mid];
    }
    return NULL;
}

static int was_unassigned(PyObject *self, Py_UCS4 c)
{
    const UcdOld *old = old_record(self, c);
    return old != NULL && old->category == 0 && record(c)->category != 0;
}

/* ---- arguments ---- */

static int char_arg(const char *name, const char *which, PyObject *arg, Py_UCS4 *c)
{
    if (!PyUnicode_Check(arg) || PyUnicode_READY(arg) < 0 || PyUnicode_GET_LENGTH(arg) != 1) {
        if (!PyErr_Occurred())
            _PyArg_BadArgument(name, which, "a unicode character", arg);
        return -1;
    }
    *c = PyUnicode_READ_CHAR(arg, 0);
    return 0;
}

/* (chr, default=<none>) */
static int char_default_args(const char *name, PyObject *const *args, Py_ssize_t nargs, Py_UCS4 *c, PyObject **otherwise)
{
    *otherwise = nargs > 1 ? args[1] : NULL;
    return !_PyArg_CheckPositional(name, nargs, 1, 2) ? -1 : char_arg(name, "argument 1", args[0], c);
}

static PyObject *default_or_error(PyObject *otherwise, const char *message)
{
    if (otherwise == NULL)
        PyErr_SetString(PyExc_ValueError, message);
    Py_XINCREF(otherwise);
    return otherwise;
}

/* ---- properties ---- */

#define PROPERTY(name, now, then) \
    static PyObject *m_##name(PyObject *self, PyObject *arg) \
    { \
        Py_UCS4 c; \
        if (char_arg(#name, "argument", arg, &c) < 0) \
            return NULL; \
        const UcdRecord *r = record(c); \
        const UcdOld *old = old_record(self, c); \
        (void)r; \
        return old ? then : now; \
    }
PROPERTY(category, PyUnicode_FromString(ucd_categories[r->category]), PyUnicode_FromString(ucd_categories[old->category]))
PROPERTY(bidirectional, PyUnicode_FromString(ucd_bidis[r->bidi]), PyUnicode_FromString(ucd_bidis[old->bidi]))
PROPERTY(east_asian_width, PyUnicode_FromString(ucd_widths[r->width]), PyUnicode_FromString(ucd_widths[old->width]))
PROPERTY(combining, PyLong_FromLong(r->combining), PyLong_FromLong(old->combining))
PROPERTY(mirrored, PyLong_FromLong(r->mirrored), PyLong_FromLong(old->mirrored))

static PyObject *m_decimal(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_UCS4 c;
    PyObject *otherwise;
    if (char_default_args("decimal", args, nargs, &c, &otherwise) < 0)
        return NULL;
    const UcdOld *old = old_record(self, c);
    int value = old ? old->decimal : Py_UNICODE_TODECIMAL(c);
    return value < 0 ? default_or_error(otherwise, "not a decimal") : PyLong_FromLong(value);
}

static PyObject *m_digit(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_UCS4 c;
    PyObject *otherwise;
    if (char_default_args("digit", args, nargs, &c, &otherwise) < 0)
        return NULL;
    const UcdOld *old = old_record(self, c);
    int value = old ? old->digit : Py_UNICODE_TODIGIT(c);
    return value < 0 ? default_or_error(otherwise, "not a digit") : PyLong_FromLong(value);
}

static PyObject *m_numeric(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_UCS4 c;
    PyObject *otherwise;
    if (char_default_args("numeric", args, nargs, &c, &otherwise) < 0)
        return NULL;
    const UcdOld *old = old_record(self, c);
    double value = old ? old->numeric : Py_UNICODE_TONUMERIC(c);
    return value == -1.0 ? default_or_error(otherwise, "not a numeric character") : PyFloat_FromDouble(value);
}

static PyObject *m_decomposition(PyObject *self, PyObject *arg)
{
    Py_UCS4 c;
    char text[256];
    if (char_arg("decomposition", "argument", arg, &c) < 0)
        return NULL;
    const UcdOld *old = old_record(self, c);
    const unsigned *d = decomposition(c);
    unsigned count = old && old->undecomposed ? 0 : *d & 255;
    int n = 0;
    text[0] = 0;
    if (count && ucd_tags[*d >> 8][0])
        n = sprintf(text, "%s", ucd_tags[*d >> 8]);
    for (unsigned i = 1; i <= count; i++)
        n += sprintf(text + n, n ? " %04X" : "%04X", d[i]);
    return PyUnicode_FromStringAndSize(text, n);
}

/* ---- normalization ---- */

enum Form { NFD, NFKD, NFC, NFKC };
enum { S_BASE = 0xac00, L_BASE = 0x1100, V_BASE = 0x1161, T_BASE = 0x11a7, L_COUNT = 19, V_COUNT = 21, T_COUNT = 28,
       S_COUNT = L_COUNT * V_COUNT * T_COUNT };

typedef struct {
    Py_UCS4 *data;
    Py_ssize_t n, room;
} Chars;

static int chars_add(Chars *out, Py_UCS4 c)
{
    if (out->n == out->room) {
        Py_ssize_t room = out->room ? out->room * 2 : 64;
        Py_UCS4 *more = PyMem_Resize(out->data, Py_UCS4, room);
        if (more == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        out->data = more;
        out->room = room;
    }
    out->data[out->n++] = c;
    return 0;
}

static int add_hangul(Chars *out, Py_UCS4 c)
{
    unsigned s = c - S_BASE, t = s % T_COUNT;
    if (chars_add(out, L_BASE + s / (V_COUNT * T_COUNT)) < 0 || chars_add(out, V_BASE + s % (V_COUNT * T_COUNT) / T_COUNT) < 0)
        return -1;
    return t ? chars_add(out, T_BASE + t) : 0;
}

/* Full decomposition of c. */
static int add_decomposed(PyObject *self, Chars *out, Py_UCS4 c, int compatibly, int depth)
{
    if (c < 0x80)
        return chars_add(out, c);
    if (c - S_BASE < S_COUNT)
        return add_hangul(out, c);
    if (is_old(self)) {
        for (size_t i = 0; i < Py_ARRAY_LENGTH(ucd_corrections); i++)
            if (ucd_corrections[i].code == c)
                return chars_add(out, ucd_corrections[i].value);
        if (was_unassigned(self, c))
            return chars_add(out, c);
    }
    const unsigned *d = decomposition(c);
    unsigned count = *d & 255;
    if (count == 0 || (*d >> 8 && !compatibly) || depth > 16)
        return chars_add(out, c);
    for (unsigned i = 1; i <= count; i++)
        if (add_decomposed(self, out, d[i], compatibly, depth + 1) < 0)
            return -1;
    return 0;
}

/* Sort n characters by combining class, keeping the order of equals. */
static int sort_marks(Py_UCS4 *p, Py_ssize_t n)
{
    if (n <= 32) {
        for (Py_ssize_t i = 1; i < n; i++) {
            Py_UCS4 c = p[i];
            Py_ssize_t k = i;
            for (; k > 0 && record(p[k - 1])->combining > record(c)->combining; k--)
                p[k] = p[k - 1];
            p[k] = c;
        }
        return 0;
    }
    Py_ssize_t at[257] = {0};
    Py_UCS4 *sorted = PyMem_New(Py_UCS4, n);
    if (sorted == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++)
        at[record(p[i])->combining + 1]++;
    for (int k = 0; k < 256; k++)
        at[k + 1] += at[k];
    for (Py_ssize_t i = 0; i < n; i++)
        sorted[at[record(p[i])->combining]++] = p[i];
    memcpy(p, sorted, (size_t)n * sizeof *p);
    PyMem_Free(sorted);
    return 0;
}

static int canonical_order(Chars *chars)
{
    for (Py_ssize_t i = 0; i < chars->n;) {
        if (record(chars->data[i])->combining == 0) {
            i++;
            continue;
        }
        Py_ssize_t start = i;
        while (i < chars->n && record(chars->data[i])->combining)
            i++;
        if (i - start > 1 && sort_marks(chars->data + start, i - start) < 0)
            return -1;
    }
    return 0;
}

/* The character that a and b compose to, or 0. */
static Py_UCS4 compose_pair(Py_UCS4 a, Py_UCS4 b)
{
    if (a - L_BASE < L_COUNT && b - V_BASE < V_COUNT)
        return S_BASE + ((a - L_BASE) * V_COUNT + (b - V_BASE)) * T_COUNT;
    if (a - S_BASE < S_COUNT && (a - S_BASE) % T_COUNT == 0 && b > T_BASE && b < T_BASE + T_COUNT)
        return a + (b - T_BASE);
    size_t low = 0, high = Py_ARRAY_LENGTH(ucd_pairs);
    while (low < high) {
        size_t mid = (low + high) / 2;
        const UcdPair *p = &ucd_pairs[mid];
        if (p->first == a && p->second == b)
            return p->composed;
        if (p->first < a || (p->first == a && p->second < b))
            low = mid + 1;
        else
            high = mid;
    }
    return 0;
}

/* In place. A mark composes with the last starter unless something of its class or higher stands between. */
static void compose(Chars *chars)
{
    Py_ssize_t starter = -1, out = 0;
    int last = 0;
    for (Py_ssize_t i = 0; i < chars->n; i++) {
        Py_UCS4 c = chars->data[i], composed;
        int class = record(c)->combining;
        if (starter >= 0 && (last == 0 || last < class) && (composed = compose_pair(chars->data[starter], c)) != 0) {
            chars->data[starter] = composed;
            continue;
        }
        if (class == 0)
            starter = out;
        last = class;
        chars->data[out++] = c;
    }
    chars->n = out;
}

enum Quick { YES, NO, MAYBE };

static enum Quick quick_check(PyObject *self, PyObject *s, enum Form form)
{
    if (PyUnicode_IS_ASCII(s))
        return YES;
    if (is_old(self))
        return MAYBE;
    int kind = (int)PyUnicode_KIND(s), last = 0;
    const void *data = PyUnicode_DATA(s);
    Py_ssize_t n = PyUnicode_GET_LENGTH(s);
    for (Py_ssize_t i = 0; i < n; i++) {
        const UcdRecord *r = record(PyUnicode_READ(kind, data, i));
        if (r->combining && last > r->combining)
            return NO;
        last = r->combining;
        if (r->check >> form & 1)
            return form == NFC || form == NFKC ? MAYBE : NO;
    }
    return YES;
}

/* New. */
static PyObject *normalized(PyObject *self, PyObject *s, enum Form form)
{
    Chars chars = {NULL, 0, 0};
    PyObject *r = NULL;
    int kind = (int)PyUnicode_KIND(s);
    const void *data = PyUnicode_DATA(s);
    for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(s); i++)
        if (add_decomposed(self, &chars, PyUnicode_READ(kind, data, i), form == NFKD || form == NFKC, 0) < 0)
            goto done;
    if (canonical_order(&chars) < 0)
        goto done;
    if (form == NFC || form == NFKC)
        compose(&chars);
    r = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, chars.data, chars.n);
done:
    PyMem_Free(chars.data);
    return r;
}

static int form_args(const char *name, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional(name, nargs, 2, 2))
        return -1;
    for (int i = 0; i < 2; i++) {
        if (!PyUnicode_Check(args[i])) {
            _PyArg_BadArgument(name, i ? "argument 2" : "argument 1", "str", args[i]);
            return -1;
        }
        if (PyUnicode_READY(args[i]) < 0)
            return -1;
    }
    return 0;
}

static int parse_form(PyObject *name, enum Form *form)
{
    static const char *const names[] = {"NFD", "NFKD", "NFC", "NFKC"};
    for (int i = 0; i < 4; i++)
        if (_PyUnicode_EqualToASCIIString(name, names[i])) {
            *form = (enum Form)i;
            return 0;
        }
    PyErr_SetString(PyExc_ValueError, "invalid normalization form");
    return -1;
}

static PyObject *m_normalize(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    enum Form form;
    if (form_args("normalize", args, nargs) < 0)
        return NULL;
    int empty = PyUnicode_GET_LENGTH(args[1]) == 0;
    if (!empty && parse_form(args[0], &form) < 0)
        return NULL;
    if (empty || quick_check(self, args[1], form) == YES) {
        Py_INCREF(args[1]);
        return args[1];
    }
    return normalized(self, args[1], form);
}

static PyObject *m_is_normalized(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    enum Form form;
    if (form_args("is_normalized", args, nargs) < 0)
        return NULL;
    if (PyUnicode_GET_LENGTH(args[1]) == 0)
        Py_RETURN_TRUE;
    if (parse_form(args[0], &form) < 0)
        return NULL;
    enum Quick quick = quick_check(self, args[1], form);
    if (quick != MAYBE)
        return PyBool_FromLong(quick == YES);
    PyObject *s = normalized(self, args[1], form);
    if (s == NULL)
        return NULL;
    int same = PyUnicode_Compare(s, args[1]) == 0;
    Py_DECREF(s);
    return PyBool_FromLong(same);
}

/* ---- names ---- */

static const char *const jamo[3][T_COUNT] = {
    {"G", "GG", "N", "D", "DD", "R", "M", "B", "BB", "S", "SS", "", "J", "JJ", "C", "K", "T", "P", "H"},
    {"A", "AE", "YA", "YAE", "EO", "E", "YEO", "YE", "O", "WA", "WAE", "OE", "YO", "U", "WEO", "WE", "WI", "YU", "EU", "YI", "I"},
    {"", "G", "GG", "GS", "N", "NJ", "NH", "D", "L", "LG", "LM", "LB", "LS", "LT", "LP", "LH", "M", "B", "BS", "S", "SS", "NG",
     "J", "C", "K", "T", "P", "H"},
};
static const char hangul_prefix[] = "HANGUL SYLLABLE ", ideograph_prefix[] = "CJK UNIFIED IDEOGRAPH-";

static int is_ideograph(Py_UCS4 c)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(ucd_ideographs); i++)
        if (c >= ucd_ideographs[i][0] && c <= ucd_ideographs[i][1])
            return 1;
    return 0;
}

static unsigned word_at[UCD_WORDS];     /* offset of each word in ucd_words, once words_ready */
static unsigned char digit_value[128];
static int words_ready;

static void make_words(void)
{
    const char *p = ucd_words;
    for (unsigned i = 0; i < UCD_WORDS; i++) {
        word_at[i] = (unsigned)(p - ucd_words);
        p = strchr(p, '~') + 1;
    }
    for (unsigned i = 0; i < UCD_BASE; i++)
        digit_value[(unsigned char)ucd_digits[i]] = (unsigned char)i;
    words_ready = 1;
}

/* Write the name coded at *p, which moves behind its end; the length, or -1 if it does not fit. */
static int expand_name(const char **p, char *out, int room)
{
    int n = 0;
    const char *q = *p;
    while (*q != '~') {
        unsigned word = digit_value[(unsigned char)*q++];
        if (word >= UCD_TWO) {
            unsigned high = (word - UCD_TWO) * UCD_BASE + digit_value[(unsigned char)q[0]];
            word = UCD_ONE + (UCD_TWO - UCD_ONE) * UCD_BASE + high * UCD_BASE + digit_value[(unsigned char)q[1]];
            q += 2;
        } else if (word >= UCD_ONE) {
            word = UCD_ONE + (word - UCD_ONE) * UCD_BASE + digit_value[(unsigned char)*q++];
        }
        if (n && n < room)
            out[n++] = ' ';
        for (const char *w = ucd_words + word_at[word]; *w != '~'; w++) {
            if (n >= room - 1)
                return -1;
            out[n++] = *w;
        }
    }
    *p = q + 1;
    out[n] = 0;
    return n;
}

/* Number of c's name in ucd_names, or -1. */
static int name_index(Py_UCS4 c)
{
    size_t low = 0, high = Py_ARRAY_LENGTH(ucd_name_ranges);
    while (low < high) {
        size_t mid = (low + high) / 2;
        const UcdRange *r = &ucd_name_ranges[mid];
        if (c > r->last)
            low = mid + 1;
        else if (c < r->first)
            high = mid;
        else
            return (int)(r->index + (c - r->first));
    }
    return -1;
}

static Py_UCS4 code_of_index(unsigned index)
{
    size_t low = 0, high = Py_ARRAY_LENGTH(ucd_name_ranges);
    while (high - low > 1) {
        size_t mid = (low + high) / 2;
        if (ucd_name_ranges[mid].index <= index)
            low = mid;
        else
            high = mid;
    }
    return ucd_name_ranges[low].first + (index - ucd_name_ranges[low].index);
}

/* For _PyUnicode_Name_CAPI: 1, or 0 if c has no name or it does not fit. */
static int get_name(PyObject *self, Py_UCS4 c, char *out, int room, int with_aliases)
{
    if (c > 0x10ffff || (!with_aliases && c >= FIRST_ALIAS && c < FIRST_ALIAS + 0x600) || was_unassigned(self, c))
        return 0;
    if (c - S_BASE < S_COUNT) {
        unsigned s = c - S_BASE;
        return snprintf(out, (size_t)room, "%s%s%s%s", hangul_prefix, jamo[0][s / (V_COUNT * T_COUNT)],
                        jamo[1][s % (V_COUNT * T_COUNT) / T_COUNT], jamo[2][s % T_COUNT]) < room;
    }
    if (is_ideograph(c))
        return snprintf(out, (size_t)room, "%s%X", ideograph_prefix, c) < room;
    int index = name_index(c);
    if (index < 0)
        return 0;
    if (!words_ready)
        make_words();
    const char *p = ucd_names + ucd_name_offsets[index / 16];
    for (int skip = index % 16; skip > 0; skip--)
        p = strchr(p, '~') + 1;
    return expand_name(&p, out, room) > 0;
}

static PyObject *m_name(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    Py_UCS4 c;
    PyObject *otherwise;
    char name[NAME_MAX_LENGTH + 1];
    if (char_default_args("name", args, nargs, &c, &otherwise) < 0)
        return NULL;
    if (!get_name(self, c, name, sizeof name, 0))
        return default_or_error(otherwise, "no such name");
    return PyUnicode_FromString(name);
}

/* ---- lookup ---- */

enum { INDEX_SIZE = 1 << 17 };
static unsigned short *name_slots; /* number of a name + 1, or 0; open addressing */

static unsigned hash_name(const char *name, int n)
{
    unsigned h = 2166136261u;
    for (int i = 0; i < n; i++)
        h = (h ^ (unsigned char)Py_TOUPPER(Py_CHARMASK(name[i]))) * 16777619u;
    return (h ^ h >> 15) & (INDEX_SIZE - 1);
}

static int make_index(void)
{
    char name[NAME_MAX_LENGTH + 1];
    const char *p = ucd_names;
    unsigned short *slots = PyMem_RawCalloc(INDEX_SIZE, sizeof *slots);
    if (slots == NULL)
        return -1;
    if (!words_ready)
        make_words();
    for (unsigned i = 0; i < UCD_NAMES; i++) {
        unsigned h = hash_name(name, expand_name(&p, name, sizeof name));
        while (slots[h])
            h = (h + 1) & (INDEX_SIZE - 1);
        slots[h] = (unsigned short)(i + 1);
    }
    name_slots = slots;
    return 0;
}

static int same_name(const char *a, const char *b, int n)
{
    for (int i = 0; i < n; i++)
        if (Py_TOUPPER(Py_CHARMASK(a[i])) != Py_TOUPPER(Py_CHARMASK(b[i])))
            return 0;
    return b[n] == 0;
}

/* Longest of a column of jamo that name begins with. */
static int read_jamo(const char **name, const char *end, int column, int count)
{
    int best = -1;
    size_t best_n = 0;
    for (int i = 0; i < count; i++) {
        size_t n = strlen(jamo[column][i]);
        if (n <= (size_t)(end - *name) && memcmp(*name, jamo[column][i], n) == 0 && (best < 0 || n > best_n)) {
            best = i;
            best_n = n;
        }
    }
    *name += best_n;
    return best;
}

/* 1 if the name is one of those that are computed; *c is set. */
static int computed_code(const char *name, int n, Py_UCS4 *c)
{
    const char *end = name + n;
    if ((size_t)n >= sizeof hangul_prefix - 1 && memcmp(name, hangul_prefix, sizeof hangul_prefix - 1) == 0) {
        name += sizeof hangul_prefix - 1;
        int l = read_jamo(&name, end, 0, L_COUNT), v = read_jamo(&name, end, 1, V_COUNT), t = read_jamo(&name, end, 2, T_COUNT);
        if (l < 0 || v < 0 || t < 0 || name != end)
            return 0;
        *c = S_BASE + (Py_UCS4)((l * V_COUNT + v) * T_COUNT + t);
        return 1;
    }
    if ((size_t)n >= sizeof ideograph_prefix - 1 && memcmp(name, ideograph_prefix, sizeof ideograph_prefix - 1) == 0) {
        Py_UCS4 v = 0;
        name += sizeof ideograph_prefix - 1;
        if (end - name != 4 && end - name != 5)
            return 0;
        for (; name < end; name++) {
            if (!Py_ISDIGIT(Py_CHARMASK(*name)) && !(*name >= 'A' && *name <= 'F'))
                return 0;
            v = v * 16 + (Py_UCS4)_PyLong_DigitValue[Py_CHARMASK(*name)];
        }
        *c = v;
        return is_ideograph(v);
    }
    return 0;
}

/* For _PyUnicode_Name_CAPI. A named sequence comes back as its private-use character, if with_sequences. */
static int get_code(PyObject *self, const char *name, int n, Py_UCS4 *code, int with_sequences)
{
    char found[NAME_MAX_LENGTH + 1];
    Py_UCS4 c;
    if (computed_code(name, n, &c)) {
        *code = c;
        return !was_unassigned(self, c);
    }
    if (name_slots == NULL && make_index() < 0)
        return 0;
    if (n > NAME_MAX_LENGTH)
        return 0;
    for (unsigned h = hash_name(name, n); name_slots[h]; h = (h + 1) & (INDEX_SIZE - 1)) {
        c = code_of_index(name_slots[h] - 1u);
        if (!get_name(NULL, c, found, sizeof found, 1) || !same_name(name, found, n))
            continue;
        if (c >= FIRST_ALIAS && c < FIRST_ALIAS + 0x600) {
            if (is_old(self))
                return 0;
            if (c >= FIRST_SEQUENCE) {
                *code = c;
                return with_sequences;
            }
            for (size_t i = 0; i < Py_ARRAY_LENGTH(ucd_aliases); i++)
                if (ucd_aliases[i].code == c) {
                    *code = ucd_aliases[i].text[0];
                    return 1;
                }
            return 0;
        }
        *code = c;
        return !was_unassigned(self, c);
    }
    return 0;
}

static PyObject *m_lookup(PyObject *self, PyObject *arg)
{
    const char *name;
    Py_ssize_t n;
    Py_UCS4 c;
    if (!PyArg_Parse(arg, "s#:lookup", &name, &n))
        return NULL;
    if (n > NAME_MAX_LENGTH) {
        PyErr_SetString(PyExc_KeyError, "name too long");
        return NULL;
    }
    if (!get_code(self, name, (int)n, &c, 1)) {
        PyErr_Format(PyExc_KeyError, "undefined character name '%s'", name);
        return NULL;
    }
    if (c >= FIRST_SEQUENCE && c < FIRST_ALIAS + 0x600)
        for (size_t i = 0; i < Py_ARRAY_LENGTH(ucd_aliases); i++)
            if (ucd_aliases[i].code == c) {
                int k = 0;
                while (k < 4 && ucd_aliases[i].text[k])
                    k++;
                return PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, ucd_aliases[i].text, k);
            }
    return PyUnicode_FromOrdinal((int)c);
}

/* ---- tables ---- */

#define ONE_ROW(name, doc) {#name, m_##name, METH_O, #name "($self, chr, /)\n--\n\n" doc}
#define DEFAULT_ROW(name, doc) \
    {#name, (PyCFunction)(void (*)(void))m_##name, METH_FASTCALL, \
     #name "($self, chr, default=<unrepresentable>, /)\n--\n\n" doc}
#define FORM_ROW(name, doc) \
    {#name, (PyCFunction)(void (*)(void))m_##name, METH_FASTCALL, #name "($self, form, unistr, /)\n--\n\n" doc}

static PyMethodDef methods[] = {
    DEFAULT_ROW(decimal, "Decimal value as an int; default, or ValueError, without one."),
    DEFAULT_ROW(digit, "Digit value as an int; default, or ValueError, without one."),
    DEFAULT_ROW(numeric, "Numeric value as a float; default, or ValueError, without one."),
    ONE_ROW(category, "General category, such as 'Lu'."),
    ONE_ROW(bidirectional, "Bidirectional class, such as 'L'; may be empty."),
    ONE_ROW(combining, "Canonical combining class, 0 for starters."),
    ONE_ROW(mirrored, "1 if it is mirrored in bidirectional text, else 0."),
    ONE_ROW(east_asian_width, "East Asian width, such as 'W'."),
    ONE_ROW(decomposition, "Decomposition: an optional <tag> and code points in hexadecimal; may be empty."),
    DEFAULT_ROW(name, "Name of the character; default, or ValueError, without one."),
    {"lookup", m_lookup, METH_O,
     "lookup($self, name, /)\n--\n\nCharacter (or sequence) of a name; KeyError if there is none."},
    FORM_ROW(is_normalized, "Whether the string is in a form: 'NFC', 'NFKC', 'NFD' or 'NFKD'."),
    FORM_ROW(normalize, "The string in a form: 'NFC', 'NFKC', 'NFD' or 'NFKD'."),
    {NULL},
};

static PyMemberDef members[] = {
    {"unidata_version", T_STRING, offsetof(UcdObject, version), READONLY, "Version of the database."},
    {NULL},
};

static PyTypeObject ucd_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "unicodedata.UCD",
    .tp_doc = PyDoc_STR("The database as one version of Unicode had it."),
    .tp_basicsize = sizeof(UcdObject),
    .tp_dealloc = (destructor)PyObject_Del,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = methods,
    .tp_members = members,
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unicodedata",
    .m_doc = "The Unicode character database, version 12.1.0; ucd_3_2_0 is that of version 3.2.",
    .m_methods = methods,
    .m_size = -1,
};

PyMODINIT_FUNC PyInit_unicodedata(void)
{
    static _PyUnicode_Name_CAPI name_api = {sizeof name_api, get_name, get_code};
    if (PyType_Ready(&ucd_type) < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    UcdObject *old = PyObject_New(UcdObject, &ucd_type);
    if (old == NULL)
        goto error;
    old->version = "3.2.0";
    if (PyModule_AddStringConstant(m, "unidata_version", "12.1.0") < 0 || PyModule_AddObject(m, "ucd_3_2_0", (PyObject *)old) < 0)
        goto error;
    Py_INCREF(&ucd_type);
    if (PyModule_AddObject(m, "UCD", (PyObject *)&ucd_type) < 0)
        goto error;
    PyObject *capsule = PyCapsule_New(&name_api, PyUnicodeData_CAPSULE_NAME, NULL);
    if (capsule == NULL || PyModule_AddObject(m, "ucnhash_CAPI", capsule) < 0)
        goto error;
    return m;
error:
    Py_DECREF(m);
    return NULL;
}
