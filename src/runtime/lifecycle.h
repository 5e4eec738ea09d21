/* SPDX-License-Identifier: MIT */
/* Start and end of the interpreter; lifecycle.c, stdio.c. */
#ifndef TAI_RUNTIME_LIFECYCLE_H
#define TAI_RUNTIME_LIFECYCLE_H

#include "runtime/config/config.h"

PyStatus tai_init_from_argv(PyConfig *config, const TaiArgv *args);
int tai_stdio_init(PyInterpreterState *interp);   /* sys.stdin, stdout, stderr, builtins.open. 0 / -1 */
int tai_stdio_flush(void);                        /* sys.stdout, sys.stderr. 0, or -1 (reported) */
int tai_fs_codec_init(PyInterpreterState *interp);
int tai_stdio_codec_init(PyConfig *config);

#endif
