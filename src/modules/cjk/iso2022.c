/* SPDX-License-Identifier: MIT */
/* The ISO 2022 codecs: escape sequences designate the sets that bytes are read by.
 *
 *   state c[0], c[1], c[2]   sets of G0, G1, G2, by the final byte of their escape sequence, | WIDE for two byte sets
 *         c[4]               SHIFTED: G1 is in use (SO), as in iso2022_kr; PASSING: an escape sequence that is not for us is
 *                            handed through up to its final byte
 *
 * Which sets a codec knows, in which of G0 to G2, and the order in which encoding tries them is its Config.
 */
#include "codec.h"

enum {
    WIDE = 0x80,
    ASCII = 'B', ROMAN = 'J', KATAKANA = 'I', LATIN_1 = 'A', GREEK = 'F',
    GB2312 = 'A' | WIDE, KSX1001 = 'C' | WIDE, JISX0208 = 'B' | WIDE, JISX0208_OLD = '@' | WIDE, JISX0212 = 'D' | WIDE,
    JISX0213_1 = 'Q' | WIDE, JISX0213_OLD_1 = 'O' | WIDE, JISX0213_2 = 'P' | WIDE,
    SHIFTED = 1, PASSING = 2, FLAGS = 4, ESC = 0x1B, SO = 0x0E, SI = 0x0F, LONGEST_ESCAPE = 16,
};

typedef struct {
    unsigned char set, place; /* place: 0 to 2 for G0 to G2 */
} Known;

typedef struct {
    Known known[10];          /* in the order of encoding, up to set 0 */
    char no_shift, has_g2;
} Config;

static const Config jp = {{{ROMAN, 0}, {JISX0208, 0}, {JISX0208_OLD, 0}}, 1, 0};
static const Config jp_1 = {{{ROMAN, 0}, {JISX0208, 0}, {JISX0212, 0}, {JISX0208_OLD, 0}}, 1, 0};
static const Config jp_2 = {{{ROMAN, 0}, {JISX0208, 0}, {JISX0212, 0}, {KSX1001, 0}, {GB2312, 0}, {JISX0208_OLD, 0}, {LATIN_1, 2}, {GREEK, 2}}, 1, 1};
static const Config jp_2004 = {{{JISX0208, 0}, {JISX0213_1, 0}, {JISX0213_2, 0}}, 1, 0};
static const Config jp_3 = {{{JISX0208, 0}, {JISX0213_OLD_1, 0}, {JISX0213_2, 0}}, 1, 0};
static const Config jp_ext = {{{JISX0208, 0}, {JISX0212, 0}, {ROMAN, 0}, {KATAKANA, 0}, {JISX0208_OLD, 0}}, 1, 0};
static const Config kr = {{{KSX1001, 1}}, 0, 0};

/* ISO 8859-7 from 0xA0 on, where it is not 0x2D0 more than the byte. */
static Py_UCS4 greek_char(unsigned b)
{
    static const unsigned short first[32] = {0xA0, 0x2018, 0x2019, 0xA3, 0x20AC, 0x20AF, 0xA6, 0xA7, 0xA8, 0xA9, 0x37A, 0xAB, 0xAC, 0xAD, 0, 0x2015,
                                             0xB0, 0xB1, 0xB2, 0xB3, 0x384, 0x385, 0x386, 0xB7, 0x388, 0x389, 0x38A, 0xBB, 0x38C, 0xBD, 0x38E, 0x38F};
    if (b < 0xC0)
        return first[b - 0xA0];
    return b == 0xD2 || b == 0xFF ? 0 : b + 0x2D0;
}

/* ------------------------------------------------------------------ sets */

static const uint32_t *grid_of(unsigned char set)
{
    switch (set) {
    case GB2312:
        return tai_cjk_table("gb2312")->two;
    case KSX1001:
        return tai_cjk_table("euc_kr")->two;
    case JISX0212:
        return tai_cjk_table("euc_jp")->three;
    case JISX0213_1:
        return tai_cjk_table("euc_jis_2004")->two;
    case JISX0213_OLD_1:
        return tai_cjk_table("euc_jisx0213")->two;
    case JISX0213_2:
        return tai_cjk_table("euc_jis_2004")->three;
    default:
        return tai_cjk_table("euc_jp")->two;
    }
}

/* Rows (lead bytes) of JIS X 0213's second plane; the others are those of JIS X 0212. */
static int is_plane_2_row(unsigned lead)
{
    unsigned row = lead - 0xA0;
    return row == 1 || (row >= 3 && row <= 5) || row == 8 || (row >= 12 && row <= 15) || row >= 78;
}

/* The character of a pair of bytes below 0x80, 0 if there is none. */
static uint32_t wide_char(unsigned char set, unsigned a, unsigned b)
{
    if ((a | b) & 0x80 || (set == JISX0213_2 && !is_plane_2_row(a | 0x80)))
        return 0;
    uint32_t u = tai_cjk_two(grid_of(set), a | 0x80, b | 0x80);
    if ((set == JISX0208 || set == JISX0208_OLD) && a == 0x21 && b == 0x40)
        return 0xFF3C;
    return u;
}

/* The code of u in a set, high bits off; 0 if it is not there; *taken as for Codec.encode, NEED_MORE likewise. */
static int code_in(unsigned char set, Py_UCS4 u, Py_UCS4 next, int *taken)
{
    const Table *t;
    int code;
    switch (set) {
    case ROMAN:
        return u == 0xA5 ? 0x5C : u == 0x203E ? 0x7E : u < 0x80 && u != 0x5C && u != 0x7E ? (int)u : 0;
    case KATAKANA:
        return u >= 0xFF61 && u <= 0xFF9F ? (int)(u - 0xFF61 + 0x21) : 0;
    case LATIN_1:
        return u >= 0xA0 && u <= 0xFF ? (int)(u & 0x7F) : 0;
    case GREEK:
        for (unsigned b = 0xA0; b < 0x100; b++)
            if (greek_char(b) == u)
                return (int)(b & 0x7F);
        return 0;
    case GB2312:
        t = tai_cjk_table("gb2312");
        break;
    case KSX1001:
        t = tai_cjk_table("euc_kr");
        break;
    case JISX0213_1:
    case JISX0213_2:
        t = tai_cjk_table("euc_jis_2004");
        break;
    case JISX0213_OLD_1:
        t = tai_cjk_table("euc_jisx0213");
        break;
    default:
        t = tai_cjk_table("euc_jp");
    }
    if (set == JISX0208 && u == 0xFF3C)
        return 0x2140;
    if ((set == JISX0213_1 || set == JISX0213_OLD_1) && u == 0xFF5E)
        return 0;
    if ((set == JISX0213_1 || set == JISX0213_OLD_1) && tai_cjk_pair_code(t, u, 0)) {
        if (next == NO_CHARACTER)
            return NEED_MORE;
        if (next != NO_NEXT && next && (code = tai_cjk_pair_code(t, u, next))) {
            *taken = 2;
            return code & 0x7F7F;
        }
    }
    code = (int)tai_cjk_code(t, u);
    int three = code >= 0x100 && code < 0x8000;
    if (code < 0x100 || three != (set == JISX0212 || set == JISX0213_2) || (code >= 0x8E00 && code < 0x8F00) ||
        (set == JISX0213_2 && !is_plane_2_row((unsigned)code >> 8 | 0x80)))
        return 0;
    return code & 0x7F7F;
}

static int is_known(const Config *config, unsigned char set)
{
    for (const Known *k = config->known; k->set; k++)
        if (k->set == set)
            return 1;
    return 0;
}

/* ------------------------------------------------------------------ decoding */

/* Take an escape sequence of n bytes. n, or minus it if it is not for us. */
static int designate(const Codec *c, State *s, const unsigned char *in, int n)
{
    unsigned char set;
    int place;
    if (n == 3 && in[1] == '$') {
        set = in[2] | WIDE;
        place = 0;
    }
    else if (n == 3) {
        set = in[2];
        place = in[1] == '(' ? 0 : in[1] == ')' ? 1 : in[1] == '.' && ((const Config *)c->config)->has_g2 ? 2 : -1;
    }
    else if (n == 4 && in[1] == '$') {
        set = in[3] | WIDE;
        place = in[2] == '(' ? 0 : in[2] == ')' ? 1 : -1;
    }
    else if (n == 6 && in[3] == ESC && in[4] == '$' && in[5] == 'B') {
        set = JISX0208;
        place = 0;
    }
    else
        return -n;
    if (place < 0 || (set != ASCII && !is_known(c->config, set)))
        return -n;
    s->c[place] = set;
    return n;
}

static int decode_escape(const Codec *c, State *s, const unsigned char *in, Py_ssize_t left)
{
    for (int i = 1; i < LONGEST_ESCAPE; i++) {
        if (i >= left)
            return NEED_MORE;
        if ((in[i] >= 'A' && in[i] <= 'Z') || in[i] == '@')
            return designate(c, s, in, i + 1);
        if (in[i] == '&' && i + 1 < left && in[i + 1] == '@' && is_known(c->config, JISX0208))
            i += 2;
    }
    return ILLEGAL;
}

static int decode_iso2022(const Codec *c, State *s, const unsigned char *in, Py_ssize_t left, Py_UCS4 out[2])
{
    const Config *config = c->config;
    out[0] = NO_CHARACTER;
    out[1] = 0;
    if (s->c[FLAGS] & PASSING) {
        out[0] = *in;
        if ((*in >= 'A' && *in <= 'Z') || *in == '@')
            s->c[FLAGS] &= (unsigned char)~PASSING;
        return 1;
    }
    if (*in == ESC) {
        if (left < 2)
            return NEED_MORE;
        if (strchr("()$.&", in[1]) && in[1])
            return decode_escape(c, s, in, left);
        if (config->has_g2 && in[1] == 'N') {
            if (left < 3)
                return NEED_MORE;
            out[0] = in[2] & 0x80 ? 0 : s->c[2] == LATIN_1 ? in[2] | 0x80u : s->c[2] == GREEK ? (in[2] >= 0x20 ? greek_char(in[2] | 0x80) : 0) : in[2];
            return out[0] || !in[2] ? 3 : -3;
        }
        s->c[FLAGS] |= PASSING;
        out[0] = ESC;
        return 1;
    }
    if (!config->no_shift && (*in == SO || *in == SI)) {
        s->c[FLAGS] = *in == SO ? SHIFTED : 0;
        return 1;
    }
    if (*in & 0x80)
        return ILLEGAL;
    if (*in == '\n')
        s->c[FLAGS] = 0;
    unsigned char set = s->c[s->c[FLAGS] & SHIFTED ? 1 : 0];
    out[0] = *in;
    if (*in < 0x20 || set == ASCII)
        return 1;
    if (set == ROMAN) {
        out[0] = *in == 0x5C ? 0xA5 : *in == 0x7E ? 0x203E : *in;
        return 1;
    }
    if (set == KATAKANA) {
        out[0] = *in + 0xFF61u - 0x21;
        return *in >= 0x21 && *in <= 0x5F ? 1 : ILLEGAL;
    }
    if (!(set & WIDE))
        return ILLEGAL;
    if (left < 2)
        return NEED_MORE;
    uint32_t u = wide_char(set, *in, in[1]);
    if (u == 0)
        return -2;
    if (u >= PAIR)
        tai_cjk_pair(u, out);
    else
        out[0] = u;
    return 2;
}

/* ------------------------------------------------------------------ encoding */

static int put_designation(unsigned char set, int place, unsigned char *out)
{
    int n = 0;
    out[n++] = ESC;
    if (set & WIDE) {
        out[n++] = '$';
        if (place || (set != JISX0208 && set != JISX0208_OLD)) /* these two have a shorter sequence */
            out[n++] = place ? ')' : '(';
    }
    else
        out[n++] = (unsigned char)"()."[place];
    out[n++] = set & 0x7F;
    return n;
}

static int back_to_ascii(State *s, unsigned char *out)
{
    int n = 0;
    if (s->c[FLAGS] & SHIFTED) {
        out[n++] = SI;
        s->c[FLAGS] = 0;
    }
    if (s->c[0] != ASCII) {
        n += put_designation(ASCII, 0, out + n);
        s->c[0] = ASCII;
    }
    return n;
}

static int encode_iso2022(const Codec *c, State *s, Py_UCS4 u, Py_UCS4 next, unsigned char *out, int *taken)
{
    const Config *config = c->config;
    if (u < 0x80) {
        int n = back_to_ascii(s, out);
        out[n++] = (unsigned char)u;
        return n;
    }
    for (const Known *k = config->known; k->set; k++) {
        if (k->place == 2)
            continue;
        int code = code_in(k->set, u, next, taken), n = 0;
        if (code == NEED_MORE)
            return NEED_MORE;
        if (code == 0)
            continue;
        if (s->c[k->place] != k->set) {
            if (k->place == 0 && s->c[FLAGS]) {
                out[n++] = SI;
                s->c[FLAGS] = 0;
            }
            n += put_designation(k->set, k->place, out + n);
            s->c[k->place] = k->set;
        }
        if (k->place == 1 && !s->c[FLAGS]) {
            out[n++] = SO;
            s->c[FLAGS] = SHIFTED;
        }
        if (k->set & WIDE)
            out[n++] = (unsigned char)(code >> 8);
        out[n++] = (unsigned char)code;
        return n;
    }
    return ILLEGAL;
}

/* getstate() shows that 3.8's encoders know of no G2. */
static void init_iso2022(const Codec *Py_UNUSED(c), State *s, int decoding)
{
    s->c[0] = s->c[1] = ASCII;
    s->c[2] = decoding ? ASCII : 0;
}

static int reset_iso2022(const Codec *Py_UNUSED(c), State *s, unsigned char *out)
{
    return back_to_ascii(s, out);
}

#define ISO(name, config, ...) {name, decode_iso2022, encode_iso2022, init_iso2022, reset_iso2022, {__VA_ARGS__}, &config, NULL}

Codec tai_cjk_iso2022[] = {
    ISO("iso2022_kr", kr, "euc_kr"), ISO("iso2022_jp", jp, "euc_jp"), ISO("iso2022_jp_1", jp_1, "euc_jp"),
    ISO("iso2022_jp_2", jp_2, "euc_jp", "euc_kr", "gb2312"), ISO("iso2022_jp_2004", jp_2004, "euc_jis_2004"),
    ISO("iso2022_jp_3", jp_3, "euc_jisx0213"), ISO("iso2022_jp_ext", jp_ext, "euc_jp"), {NULL},
};
