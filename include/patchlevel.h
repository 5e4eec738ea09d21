/* SPDX-License-Identifier: MIT */
/* patchlevel.h: version of Python that this library implements. */
#ifndef TAIPAN_PATCHLEVEL_H
#define TAIPAN_PATCHLEVEL_H

#define PY_RELEASE_LEVEL_ALPHA 10
#define PY_RELEASE_LEVEL_BETA 11
#define PY_RELEASE_LEVEL_GAMMA 12
#define PY_RELEASE_LEVEL_FINAL 15
#define PY_MAJOR_VERSION 3
#define PY_MINOR_VERSION 8
#define PY_MICRO_VERSION 18
#define PY_RELEASE_LEVEL 15
#define PY_RELEASE_SERIAL 0
#define PY_VERSION_HEX 50860784
#define PY_VERSION "3.8.18"

#endif
