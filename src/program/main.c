/* SPDX-License-Identifier: MIT */
/* The executable. Everything is in the library: see capi/main.c. */
#include "Python.h"
#include "runtime/quiet_exit.h"

int main(int argc, char **argv)
{
    tai_exit_may_be_quiet = 1;
    return Py_BytesMain(argc, argv);
}
