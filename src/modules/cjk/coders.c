/* SPDX-License-Identifier: MIT */
/* Codecs that are tables: a byte, a pair of bytes, or 0x8F and a pair, for a character; with what GB 18030, EUC-KR, Johab and HZ
 * have besides. */
#include "codec.h"

static int give(uint32_t cell, int used, Py_UCS4 out[2])
{
    out[1] = 0;
    if (cell >= PAIR)
        tai_cjk_pair(cell, out);
    else
        out[0] = cell;
    return used;
}

static int decode_table(const Codec *c, State *Py_UNUSED(s), const unsigned char *in, Py_ssize_t left, Py_UCS4 out[2])
{
    const Table *t = c->table;
    uint32_t cell = t->single[*in];
    if (cell || *in == 0)
        return give(cell, 1, out);
    if (*in == 0x8F && t->three) {
        if (left < 3)
            return NEED_MORE;
        cell = tai_cjk_two(t->three, in[1], in[2]);
        return cell ? give(cell, 3, out) : ILLEGAL;
    }
    if (left < 2)
        return NEED_MORE;
    cell = tai_cjk_two(t->two, *in, in[1]);
    return cell ? give(cell, 2, out) : ILLEGAL;
}

/* Shift_JIS knows from a byte alone that it cannot lead. */
static int decode_sjis(const Codec *c, State *s, const unsigned char *in, Py_ssize_t left, Py_UCS4 out[2])
{
    if (c->table->single[*in] == 0 && *in && (*in == 0x80 || *in == 0xA0 || *in > (c->name[9] ? 0xFC : 0xEA)))
        return ILLEGAL;
    return decode_table(c, s, in, left, out);
}

static int put_code(unsigned code, unsigned char *out)
{
    if (code < 0x100) {
        out[0] = (unsigned char)code;
        return 1;
    }
    if (code >= 0x8000) {
        out[0] = (unsigned char)(code >> 8);
        out[1] = (unsigned char)code;
        return 2;
    }
    out[0] = 0x8F;
    out[1] = (unsigned char)(code >> 8 | 0x80);
    out[2] = (unsigned char)code;
    return 3;
}

static int encode_table(const Codec *c, State *Py_UNUSED(s), Py_UCS4 u, Py_UCS4 next, unsigned char *out, int *taken)
{
    const Table *t = c->table;
    if (u == 0) {
        *out = 0;
        return 1;
    }
    if (t->has_pairs && u >= 0x80 && tai_cjk_pair_code(t, u, 0)) {
        if (next == NO_CHARACTER)
            return NEED_MORE;
        int code = next != NO_NEXT && next ? tai_cjk_pair_code(t, u, next) : 0;
        if (code) {
            *taken = 2;
            return put_code((unsigned)code, out);
        }
    }
    unsigned code = tai_cjk_code(t, u);
    return code ? put_code(code, out) : ILLEGAL;
}

/* ------------------------------------------------------------------ GB 18030: four bytes for all the rest */

static int is_four_byte_digit(unsigned char b)
{
    return b >= 0x30 && b <= 0x39;
}

static int decode_gb18030(const Codec *c, State *s, const unsigned char *in, Py_ssize_t left, Py_UCS4 out[2])
{
    if (*in < 0x80 || left < 2 || !is_four_byte_digit(in[1]))
        return decode_table(c, s, in, left, out);
    if (left < 4)
        return NEED_MORE;
    if (in[0] < 0x81 || in[0] > 0xFE || in[2] < 0x81 || in[2] > 0xFE || !is_four_byte_digit(in[3]))
        return ILLEGAL;
    uint32_t pointer = ((in[0] - 0x81u) * 10 + in[1] - 0x30) * 1260 + (in[2] - 0x81u) * 10 + in[3] - 0x30;
    uint32_t u = pointer >= 189000 ? pointer - 189000 + 0x10000 : tai_cjk_gb18030_char(pointer);
    out[0] = u;
    out[1] = 0;
    return u && u <= 0x10FFFF ? 4 : ILLEGAL;
}

static int encode_gb18030(const Codec *c, State *s, Py_UCS4 u, Py_UCS4 next, unsigned char *out, int *taken)
{
    int n = encode_table(c, s, u, next, out, taken);
    if (n != ILLEGAL)
        return n;
    int32_t pointer = u >= 0x10000 ? (int32_t)(u - 0x10000) + 189000 : tai_cjk_gb18030_pointer(u);
    if (pointer < 0)
        return ILLEGAL;
    out[3] = (unsigned char)(0x30 + pointer % 10);
    out[2] = (unsigned char)(0x81 + pointer / 10 % 126);
    out[1] = (unsigned char)(0x30 + pointer / 1260 % 10);
    out[0] = (unsigned char)(0x81 + pointer / 12600);
    return 4;
}

/* ------------------------------------------------------------------ EUC-KR: syllables spelled out
 *
 * A syllable that KS X 1001 lacks is written as filler, initial, medial and final letter, each from row 0xA4.
 */

enum { LETTERS = 0xA4, FILLER = 0xD4 };

static const unsigned char initials[19] = {0xA1, 0xA2, 0xA4, 0xA7, 0xA8, 0xA9, 0xB1, 0xB2, 0xB3, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xBA, 0xBB, 0xBC, 0xBD, 0xBE};
static const unsigned char finals[28] = {FILLER, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE,
                                         0xAF,   0xB0, 0xB1, 0xB2, 0xB4, 0xB5, 0xB6, 0xB7, 0xB8, 0xBA, 0xBB, 0xBC, 0xBD, 0xBE};

static int place_of(const unsigned char *list, int n, unsigned char b)
{
    for (int i = 0; i < n; i++)
        if (list[i] == b)
            return i;
    return -1;
}

static int decode_euc_kr(const Codec *c, State *s, const unsigned char *in, Py_ssize_t left, Py_UCS4 out[2])
{
    if (in[0] != LETTERS || left < 2 || in[1] != FILLER)
        return decode_table(c, s, in, left, out);
    if (left < 8)
        return NEED_MORE;
    int initial = place_of(initials, 19, in[3]), medial = in[5] - 0xBF, final = place_of(finals, 28, in[7]);
    if (in[2] != LETTERS || in[4] != LETTERS || in[6] != LETTERS || initial < 0 || medial < 0 || medial > 20 || final < 0)
        return ILLEGAL;
    out[0] = (Py_UCS4)(0xAC00 + (initial * 21 + medial) * 28 + final);
    out[1] = 0;
    return 8;
}

static int encode_euc_kr(const Codec *c, State *s, Py_UCS4 u, Py_UCS4 next, unsigned char *out, int *taken)
{
    int n = encode_table(c, s, u, next, out, taken);
    if (n != ILLEGAL || u < 0xAC00 || u > 0xD7A3)
        return n;
    unsigned syllable = u - 0xAC00;
    for (int i = 0; i < 8; i += 2)
        out[i] = LETTERS;
    out[1] = FILLER;
    out[3] = initials[syllable / 588];
    out[5] = (unsigned char)(0xBF + syllable / 28 % 21);
    out[7] = finals[syllable % 28];
    return 8;
}

/* ------------------------------------------------------------------ HZ: GB 2312 between ~{ and ~} */

static int decode_hz(const Codec *c, State *s, const unsigned char *in, Py_ssize_t left, Py_UCS4 out[2])
{
    out[0] = NO_CHARACTER;
    out[1] = 0;
    if (*in == '~') {
        if (left < 2)
            return NEED_MORE;
        if (in[1] == '~' && !s->c[0])
            out[0] = '~';
        else if (in[1] == '{' && !s->c[0])
            s->c[0] = 1;
        else if (in[1] == '}' && s->c[0])
            s->c[0] = 0;
        else if (in[1] != '\n' || s->c[0])
            return ILLEGAL;
        return 2;
    }
    if (*in & 0x80)
        return ILLEGAL;
    if (!s->c[0]) {
        out[0] = *in;
        return 1;
    }
    if (left < 2)
        return NEED_MORE;
    uint32_t cell = in[1] & 0x80 ? 0 : tai_cjk_two(c->table->two, *in | 0x80, in[1] | 0x80);
    return cell ? give(cell, 2, out) : ILLEGAL;
}

static int encode_hz(const Codec *c, State *s, Py_UCS4 u, Py_UCS4 Py_UNUSED(next), unsigned char *out, int *Py_UNUSED(taken))
{
    int n = 0;
    if (u < 0x80) {
        if (s->c[0]) {
            s->c[0] = 0;
            out[n++] = '~';
            out[n++] = '}';
        }
        out[n++] = (unsigned char)u;
        if (u == '~')
            out[n++] = '~';
        return n;
    }
    unsigned code = tai_cjk_code(c->table, u);
    if (code < 0x8000)
        return ILLEGAL;
    if (!s->c[0]) {
        s->c[0] = 1;
        out[n++] = '~';
        out[n++] = '{';
    }
    out[n++] = (unsigned char)(code >> 8 & 0x7f);
    out[n++] = (unsigned char)(code & 0x7f);
    return n;
}

static int reset_hz(const Codec *Py_UNUSED(c), State *s, unsigned char *out)
{
    if (!s->c[0])
        return 0;
    s->c[0] = 0;
    out[0] = '~';
    out[1] = '}';
    return 2;
}

#define TABLE(codec) {#codec, decode_table, encode_table, NULL, NULL, {#codec}, NULL, NULL}
#define SJIS(codec) {#codec, decode_sjis, encode_table, NULL, NULL, {#codec}, NULL, NULL}

Codec tai_cjk_plain[] = {
    TABLE(gb2312), TABLE(gbk), TABLE(cp949), TABLE(johab), TABLE(big5), TABLE(cp950), TABLE(big5hkscs), SJIS(shift_jis),
    TABLE(cp932), TABLE(euc_jp), SJIS(shift_jis_2004), SJIS(shift_jisx0213), TABLE(euc_jis_2004), TABLE(euc_jisx0213),
    {"gb18030", decode_gb18030, encode_gb18030, NULL, NULL, {"gb18030"}, NULL, NULL},
    {"euc_kr", decode_euc_kr, encode_euc_kr, NULL, NULL, {"euc_kr"}, NULL, NULL},
    {"hz", decode_hz, encode_hz, NULL, reset_hz, {"gb2312"}, NULL, NULL},
    {NULL},
};
