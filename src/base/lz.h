/* SPDX-License-Identifier: MIT */
/* A small compression for texts that the executable carries: half of zlib's gain, with no library.
 *
 * A block is a row of sequences; each is
 *
 *     head: literals << 4 | copied | [more literals] | the literals | distance, 2 bytes, low first | [more copied]
 *
 * A nibble of 15 is continued in bytes that are added to it, up to one below 255. What is copied is MATCH_MIN bytes
 * longer than its number says (MATCH_MIN is 4), and begins `distance` bytes before the end of what is written so far; the two may overlap.
 * The last sequence ends after its literals.
 */
#ifndef TAI_BASE_LZ_H
#define TAI_BASE_LZ_H

#include <stddef.h>

size_t tai_lz_bound(size_t n); /* a block of n bytes takes at most so many */

/* Compresses n bytes into `block`, which has room for tai_lz_bound(n). Size of the block; 0 without memory. */
size_t tai_lz_encode(const unsigned char *text, size_t n, unsigned char *block);

/* Writes the n bytes that a block of `size` bytes stands for. 0; -1 if the block is damaged or stands for another
 * number of bytes. */
int tai_lz_decode(const unsigned char *block, size_t size, unsigned char *text, size_t n);

#endif
