/* SPDX-License-Identifier: MIT */
/* Signals as the rest of the runtime sees them; modules/_signal.c. */
#ifndef TAI_RUNTIME_SIGNALS_H
#define TAI_RUNTIME_SIGNALS_H

#include "Python.h"

/* Run the Python handlers of signals that came in, if this is the main thread of the main interpreter.
 * 0, or -1 with an exception. Runs code. */
int tai_signals_handle(void);
int tai_signals_init(int install_handlers); /* 0, or -1 with an exception */
void tai_signals_fini(void);
/* Exit as the default action of SIGINT would. Returns the exit status if that did not end the process. */
int tai_signals_exit_sigint(void);

#endif
