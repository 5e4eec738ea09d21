/* SPDX-License-Identifier: MIT */
/* Operating system randomness and the seed of str hashes; see random.c. */
#ifndef TAI_BASE_RANDOM_H
#define TAI_BASE_RANDOM_H

#include "Python.h"

/* Fill _Py_HashSecret: zero if !use_hash_seed is false and seed is 0, from the seed, or at random. */
PyStatus tai_hash_secret_init(const PyConfig *config);

#endif
