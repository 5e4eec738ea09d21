/* SPDX-License-Identifier: MIT */
/* codec: what the files of this folder share.
 *
 *   tables.c   the tables of tables.h, expanded when a codec is first asked for
 *   coders.c   codecs that need no more than tables: one, two or three bytes a character; GB 18030, EUC-KR, HZ
 *   iso2022.c  the ISO 2022 family
 *   engine.c   whole strings: error handlers, output; the objects of _multibytecodec are in objects.c
 *   modules.c  _codecs_cn ... _codecs_tw: which codec is whose
 *
 * A codec works on one character at a time through decode() and encode(), with 8 bytes of state.
 */
#ifndef TAI_MODULES_CJK_CODEC_H
#define TAI_MODULES_CJK_CODEC_H

#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include <stdint.h>

enum { FIRST_LEAD = 0x81, FIRST_TRAIL = 0x31, LEADS = 126, TRAILS = 206, PAIR = 0x3F000 };

typedef struct {
    uint32_t *two;          /* LEADS x TRAILS: character, PAIR + number, or 0 */
    uint32_t *three;        /* the same behind 0x8F, or NULL */
    uint32_t single[256];
    uint16_t *pages[0x301]; /* character >> 8 -> codes of 256 characters; the last page is that of the pairs */
    char ascii;             /* the lower half is ASCII */
    char has_pairs;
} Table;

/* The table of a codec by its name, made if need be; NULL with MemoryError. */
const Table *tai_cjk_table(const char *name);
/* The two characters of a pair. */
void tai_cjk_pair(uint32_t cell, Py_UCS4 out[2]);
/* The code of first + second if there is one; second 0: can first begin a pair? */
int tai_cjk_pair_code(const Table *t, Py_UCS4 first, Py_UCS4 second);
/* GB 18030's four byte numbers. -1: none. */
int32_t tai_cjk_gb18030_pointer(Py_UCS4 u);
Py_UCS4 tai_cjk_gb18030_char(uint32_t pointer);

static inline uint32_t tai_cjk_two(const uint32_t *grid, unsigned lead, unsigned trail)
{
    return lead - FIRST_LEAD < LEADS && trail - FIRST_TRAIL < TRAILS ? grid[(lead - FIRST_LEAD) * TRAILS + trail - FIRST_TRAIL] : 0;
}

/* The code of a character: below 0x100 one byte, from 0x8000 two, between them three (0x8F, high | 0x80, low); 0: none. */
static inline unsigned tai_cjk_code(const Table *t, Py_UCS4 u)
{
    const uint16_t *page = u < 0x30000 ? t->pages[u >> 8] : NULL;
    return page ? page[u & 0xff] : 0;
}

typedef union {
    unsigned char c[8];
    uint64_t all;
} State;

enum {
    NO_CHARACTER = 0xFFFFFFFF, /* decode: bytes that stand for none; encode: the next character is not known yet */
    NO_NEXT = 0xFFFFFFFE,      /* encode: there is none */
    ILLEGAL = -1,
    NEED_MORE = -100,
    LONGEST = 12, /* bytes from one call of encode or reset */
};

typedef struct Codec {
    const char *name;
    /* Decode what stands at in[0 .. left-1], left > 0, to out[0] and, unless 0, out[1].
     * Bytes used; -n: n bytes are illegal; NEED_MORE. */
    int (*decode)(const struct Codec *, State *, const unsigned char *in, Py_ssize_t left, Py_UCS4 out[2]);
    /* Encode u; *taken is 2 if next went with it. Bytes written; ILLEGAL; NEED_MORE: say what next is. */
    int (*encode)(const struct Codec *, State *, Py_UCS4 u, Py_UCS4 next, unsigned char *out, int *taken);
    void (*init)(const struct Codec *, State *, int decoding);           /* NULL: zero */
    int (*reset)(const struct Codec *, State *, unsigned char *out);     /* NULL: nothing to write */
    const char *tables[6];  /* that have to be there, up to NULL */
    const void *config;
    const Table *table;     /* the first of them, once loaded */
} Codec;

extern Codec tai_cjk_plain[], tai_cjk_iso2022[]; /* up to a row without name */

static inline void tai_cjk_init_state(const Codec *c, State *s, int decoding)
{
    s->all = 0;
    if (c->init)
        c->init(c, s, decoding);
}

/* Encode text[*at ...]; final: the end of the text is the end of all, reset: write what brings the state back.
 * Without final, *at is where one has to go on. The bytes, new. Runs code. */
PyObject *tai_cjk_encode(const Codec *c, State *s, PyObject *text, Py_ssize_t *at, PyObject *errors, int final, int reset);
/* Decode; *used is how far it came, less than n only without final. The text, new. Runs code. */
PyObject *tai_cjk_decode(const Codec *c, State *s, const unsigned char *in, Py_ssize_t n, Py_ssize_t *used, PyObject *errors, int final);
/* An object of _multibytecodec for a codec. New. */
PyObject *tai_cjk_codec_object(Codec *c);

#endif
