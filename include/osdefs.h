/* SPDX-License-Identifier: MIT */
/* osdefs.h: separators of paths. */
#ifndef TAIPAN_OSDEFS_H
#define TAIPAN_OSDEFS_H

#define SEP L'/'
#define DELIM L':'
#define MAXPATHLEN 4096

#endif
