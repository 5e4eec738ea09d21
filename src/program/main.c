/* SPDX-License-Identifier: MIT */
/* The executable. Everything is in the library: see capi/main.c. */
#include "Python.h"
#include "runtime/import.h"
#include "runtime/quiet_exit.h"
#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

/* What a start needs from malloc: one system call instead of eight, and no page faults. */
#define HEAP_AT_START ((size_t)768 * 1024)

static void prepare_heap(void)
{
    (void)mallopt(M_TOP_PAD, HEAP_AT_START);
    char *first = malloc(1);
    if (first != NULL) {
        uintptr_t page = ((uintptr_t)first + 4095) & ~(uintptr_t)4095;
        (void)madvise((void *)page, HEAP_AT_START, MADV_POPULATE_WRITE);
    }
    free(first);
}

int main(int argc, char **argv)
{
    prepare_heap();
    tai_exit_may_be_quiet = 1;
    tai_tell_debugger();
    return Py_BytesMain(argc, argv);
}
