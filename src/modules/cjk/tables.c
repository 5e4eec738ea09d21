/* SPDX-License-Identifier: MIT */
/* The tables of the codecs: tables.h expanded, and turned round for encoding. */
#include "codec.h"

typedef struct {
    const char *name, *base, *singles, *two, *three, *exceptions;
} Source;

#include "tables.h"

enum { SOURCES = sizeof sources / sizeof sources[0], PAIRS = sizeof pairs / sizeof pairs[0], RUNS = sizeof gb18030_runs / sizeof gb18030_runs[0] };
enum { PAIR_PAGE = 0x300 };

static Table *loaded[SOURCES];

static unsigned digit_of(char c)
{
    return c >= 'a' ? (unsigned)(c - 'a') + 26 : c >= 'A' ? (unsigned)(c - 'A') : c >= '0' ? (unsigned)(c - '0') + 52 : c == '+' ? 62 : 63;
}

static unsigned number(const char *s, int digits)
{
    unsigned n = 0;
    while (digits-- > 0)
        n = n << 6 | digit_of(*s++);
    return n;
}

/* Apply packed cells to those of the base, which cells holds. */
static void unpack(const char *s, uint32_t *cells)
{
    uint32_t last = 0;
    while (*s) {
        unsigned n = *s == '!' || *s == '%' || *s == '#' ? number(s + 1, 2) : 0;
        if (*s == '%')
            memset(cells, 0, n * sizeof *cells);
        else if (*s == '#')
            for (unsigned i = 0; i < n; i++)
                cells[i] = ++last;
        else if (*s != '!') {
            *cells = last = number(s, 3);
            n = 1;
        }
        cells += n;
        s += 3;
    }
}

static uint32_t *new_grid(const uint32_t *base)
{
    uint32_t *g = PyMem_RawCalloc(LEADS * TRAILS, sizeof *g);
    if (g && base)
        memcpy(g, base, LEADS * TRAILS * sizeof *g);
    return g;
}

/* The 94 x 94 part of an EUC grid in the places of Shift_JIS. */
static uint32_t *grid_to_sjis(const uint32_t *euc)
{
    uint32_t *g = new_grid(NULL);
    for (unsigned row = 0; g && row < 94; row++)
        for (unsigned column = 0; column < 94; column++) {
            unsigned lead = row / 2 + (row < 62 ? 0x81 : 0xC1);
            unsigned trail = row & 1 ? column + 0x9F : column + 0x40 + (column >= 0x3F);
            g[(lead - FIRST_LEAD) * TRAILS + trail - FIRST_TRAIL] = tai_cjk_two(euc, row + 0xA1, column + 0xA1);
        }
    return g;
}

static uint16_t *code_slot(Table *t, uint32_t u)
{
    uint16_t **page = &t->pages[u >= PAIR ? PAIR_PAGE : u >> 8];
    if (*page == NULL && (*page = PyMem_RawCalloc(256, sizeof **page)) == NULL)
        return NULL;
    return *page + (u & 0xff);
}

/* u is encoded as code, unless something is known already (keep) . 0 / -1. */
static int set_code(Table *t, uint32_t u, unsigned code, int keep)
{
    uint16_t *slot = code_slot(t, u);
    if (slot == NULL)
        return -1;
    if (!keep || *slot == 0)
        *slot = (uint16_t)code;
    return 0;
}

static int invert_grid(Table *t, const uint32_t *grid, unsigned mask)
{
    for (unsigned i = 0; grid && i < LEADS * TRAILS; i++)
        if (grid[i] && set_code(t, grid[i], ((i / TRAILS + FIRST_LEAD) & mask) << 8 | (i % TRAILS + FIRST_TRAIL), 1) < 0)
            return -1;
    return 0;
}

static int invert(Table *t, const Source *source)
{
    for (unsigned b = 1; b < 256; b++)
        if (t->single[b] && set_code(t, t->single[b], b, 1) < 0)
            return -1;
    if (invert_grid(t, t->two, 0xff) < 0 || invert_grid(t, t->three, 0x7f) < 0)
        return -1;
    for (const char *s = source->exceptions; *s; s += 6)
        if (set_code(t, number(s, 3), number(s + 3, 3), 0) < 0)
            return -1;
    return 0;
}

static void free_table(Table *t)
{
    for (int i = 0; i <= PAIR_PAGE; i++)
        PyMem_RawFree(t->pages[i]);
    PyMem_RawFree(t->two);
    PyMem_RawFree(t->three);
    PyMem_RawFree(t);
}

static Table *expand(const Source *source, const Table *base, int sjis)
{
    Table *t = PyMem_RawCalloc(1, sizeof *t);
    if (t == NULL)
        return NULL;
    t->two = sjis ? grid_to_sjis(base->two) : new_grid(base ? base->two : NULL);
    if (source->three)
        t->three = new_grid(base ? base->three : NULL);
    if (t->two == NULL || (source->three && t->three == NULL))
        goto error;
    for (unsigned b = 0; b < 128; b++)
        t->single[b] = b;
    unpack(source->singles, t->single);
    unpack(source->two, t->two);
    if (source->three)
        unpack(source->three, t->three);
    if (invert(t, source) < 0)
        goto error;
    t->ascii = 1;
    for (unsigned b = 1; b < 128; b++)
        t->ascii = t->ascii && t->single[b] == b;
    t->has_pairs = t->pages[PAIR_PAGE] != NULL;
    return t;
error:
    free_table(t);
    return NULL;
}

const Table *tai_cjk_table(const char *name)
{
    int i = 0;
    while (strcmp(sources[i].name, name) != 0)
        i++;
    if (loaded[i])
        return loaded[i];
    const char *base = sources[i].base;
    const Table *b = base ? tai_cjk_table(base + (*base == '~')) : NULL;
    if (base && b == NULL)
        return NULL;
    loaded[i] = expand(&sources[i], b, base && *base == '~');
    if (loaded[i] == NULL)
        PyErr_NoMemory();
    return loaded[i];
}

void tai_cjk_pair(uint32_t cell, Py_UCS4 out[2])
{
    out[0] = pairs[cell - PAIR][0];
    out[1] = pairs[cell - PAIR][1];
}

int tai_cjk_pair_code(const Table *t, Py_UCS4 first, Py_UCS4 second)
{
    if (!t->has_pairs)
        return 0;
    for (unsigned i = 0; i < PAIRS; i++)
        if (pairs[i][0] == first && (second == 0 || pairs[i][1] == second) && t->pages[PAIR_PAGE][i])
            return t->pages[PAIR_PAGE][i];
    return 0;
}

int32_t tai_cjk_gb18030_pointer(Py_UCS4 u)
{
    int low = 0, high = RUNS - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        if (u < gb18030_runs[middle].first)
            high = middle - 1;
        else if (u > gb18030_runs[middle].last)
            low = middle + 1;
        else
            return gb18030_runs[middle].pointer + (int32_t)(u - gb18030_runs[middle].first);
    }
    return -1;
}

Py_UCS4 tai_cjk_gb18030_char(uint32_t pointer)
{
    for (unsigned i = 0; i < RUNS; i++) {
        uint32_t n = pointer - gb18030_runs[i].pointer;
        if (pointer >= gb18030_runs[i].pointer && n <= (uint32_t)(gb18030_runs[i].last - gb18030_runs[i].first))
            return gb18030_runs[i].first + n;
    }
    return 0;
}
