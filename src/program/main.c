/* SPDX-License-Identifier: MIT */
/* The executable. Everything is in the library: see capi/main.c. */
#include "Python.h"

int main(int argc, char **argv)
{
    return Py_BytesMain(argc, argv);
}
