/* SPDX-License-Identifier: MIT */
/* bitset.h: sets of small integers. */
#ifndef TAIPAN_BITSET_H
#define TAIPAN_BITSET_H

#ifdef __cplusplus
extern "C" {
#endif

typedef char *bitset;

#define BYTE char
#define BITSPERBYTE (8 * sizeof(BYTE))
#define BIT2BYTE(ibit) ((ibit) / BITSPERBYTE)
#define BIT2SHIFT(ibit) ((ibit) % BITSPERBYTE)
#define BIT2MASK(ibit) (1 << BIT2SHIFT(ibit))
#define testbit(ss, ibit) (((ss)[BIT2BYTE(ibit)] & BIT2MASK(ibit)) != 0)

#ifdef __cplusplus
}
#endif

#endif
