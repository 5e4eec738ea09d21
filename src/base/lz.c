/* SPDX-License-Identifier: MIT */
/* The compression of carried texts (lz.h). The encoder runs when taipan is built and may be slow: it follows chains of
 * places with the same four bytes, and takes a later match where that is longer. The decoder trusts no number it reads.
 * Tests: tests/runtime/test_carried.py
 */
#include "base/lz.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { MATCH_MIN = 4, REACH = 65535, HASH_BITS = 15, TRIES = 256 };

size_t tai_lz_bound(size_t n) { return n + n / 255 + 16; }

/* ---- encoding ---- */

typedef struct {
    const unsigned char *text;
    size_t n;
    int32_t *head;  /* of each hash: the last place with it, or -1 */
    int32_t *chain; /* of each place: the one before it with the same hash, or -1 */
    size_t entered; /* places below are in the chains */
} Matcher;

static unsigned hash(const unsigned char *p)
{
    uint32_t word;
    memcpy(&word, p, sizeof word);
    return (word * 2654435761u) >> (32 - HASH_BITS);
}

static void enter_up_to(Matcher *m, size_t end)
{
    for (; m->entered < end && m->entered + MATCH_MIN <= m->n; m->entered++) {
        unsigned h = hash(m->text + m->entered);
        m->chain[m->entered] = m->head[h];
        m->head[h] = (int32_t)m->entered;
    }
}

/* Length of the longest match for the text at `at`, 0 for none; its distance in *distance. */
static size_t find_match(Matcher *m, size_t at, size_t *distance)
{
    size_t best = 0;
    if (at + MATCH_MIN > m->n)
        return 0;
    enter_up_to(m, at);
    int32_t place = m->head[hash(m->text + at)];
    for (int i = 0; i < TRIES && place >= 0 && at - (size_t)place <= REACH; i++, place = m->chain[place]) {
        size_t k = 0;
        while (at + k < m->n && m->text[(size_t)place + k] == m->text[at + k])
            k++;
        if (k > best) {
            best = k;
            *distance = at - (size_t)place;
        }
    }
    return best >= MATCH_MIN ? best : 0;
}

static unsigned char *put_rest(unsigned char *out, size_t rest)
{
    for (; rest >= 255; rest -= 255)
        *out++ = 255;
    *out++ = (unsigned char)rest;
    return out;
}

/* Writes `count` literals and, if length is not 0, the copy after them. */
static unsigned char *put_sequence(unsigned char *out, const unsigned char *literals, size_t count, size_t length, size_t distance)
{
    size_t copied = length ? length - MATCH_MIN : 0;
    *out++ = (unsigned char)((count < 15 ? count : 15) << 4 | (copied < 15 ? copied : 15));
    if (count >= 15)
        out = put_rest(out, count - 15);
    memcpy(out, literals, count);
    out += count;
    if (length) {
        *out++ = (unsigned char)(distance & 255);
        *out++ = (unsigned char)(distance >> 8);
        if (copied >= 15)
            out = put_rest(out, copied - 15);
    }
    return out;
}

size_t tai_lz_encode(const unsigned char *text, size_t n, unsigned char *block)
{
    Matcher m = {.text = text, .n = n, .head = malloc(sizeof(int32_t) << HASH_BITS), .chain = malloc((n + 1) * sizeof(int32_t))};
    unsigned char *out = block;
    if (m.head != NULL && m.chain != NULL && n < INT32_MAX) {
        memset(m.head, -1, sizeof(int32_t) << HASH_BITS);
        size_t pending = 0;
        for (size_t at = 0; at < n;) {
            size_t distance = 0, later_distance, length = find_match(&m, at, &distance);
            if (length == 0 || find_match(&m, at + 1, &later_distance) > length) {
                at++;
                continue;
            }
            out = put_sequence(out, text + pending, at - pending, length, distance);
            pending = at += length;
        }
        out = put_sequence(out, text + pending, n - pending, 0, 0);
    }
    free(m.head);
    free(m.chain);
    return (size_t)(out - block);
}

/* ---- decoding ---- */

/* Adds the bytes that continue a nibble of 15. 0, or -1 at the end of the block. */
static int get_rest(const unsigned char **in, const unsigned char *end, size_t *number)
{
    for (unsigned char byte = 255; byte == 255;) {
        if (*in == end)
            return -1;
        byte = *(*in)++;
        *number += byte;
    }
    return 0;
}

int tai_lz_decode(const unsigned char *block, size_t size, unsigned char *text, size_t n)
{
    const unsigned char *in = block, *end = block + size;
    size_t written = 0;
    while (in < end) {
        size_t count = *in >> 4, copied = *in & 15;
        in++;
        if ((count == 15 && get_rest(&in, end, &count) < 0) || count > (size_t)(end - in) || count > n - written)
            return -1;
        memcpy(text + written, in, count);
        written += count;
        in += count;
        if (in == end)
            break;
        if (end - in < 2)
            return -1;
        size_t distance = in[0] | (size_t)in[1] << 8;
        in += 2;
        if ((copied == 15 && get_rest(&in, end, &copied) < 0) || distance == 0 || distance > written ||
            copied + MATCH_MIN > n - written)
            return -1;
        for (copied += MATCH_MIN; copied > 0; copied--, written++)
            text[written] = text[written - distance];
    }
    return written == n ? 0 : -1;
}
