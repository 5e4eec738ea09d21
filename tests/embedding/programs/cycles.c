/* SPDX-License-Identifier: MIT */
/* Starts and ends the interpreter again and again, running argv[2] (a command) in each life, and tells how many blocks and
 * bytes live after each end: what an end forgets to free shows as growth.
 *
 *     cycles N [command]      prints "blocks BYTES" per life, then "ok" or "grows" (by more than 2 blocks a life)
 */
#include "Python.h"
#include <malloc.h>
#include <stdlib.h>

static long blocks_now(void) { return (long)_Py_GetAllocatedBlocks(); }
static long bytes_now(void)
{
    struct mallinfo2 info = mallinfo2();
    return (long)(info.uordblks + info.hblkhd);
}

int main(int argc, char **argv)
{
    int lives = argc > 1 ? atoi(argv[1]) : 20;
    const char *command = argc > 2 ? argv[2] : "pass";
    long middle_blocks = 0, middle_bytes = 0;
    for (int i = 0; i < lives; i++) {
        Py_Initialize();
        if (PyRun_SimpleString(command) != 0)
            return 1;
        if (Py_FinalizeEx() != 0)
            return 1;
        if (i == lives / 2) {
            middle_blocks = blocks_now();
            middle_bytes = bytes_now();
        }
        if (getenv("CYCLES_VERBOSE"))
            printf("%ld %ld\n", blocks_now(), bytes_now());
    }
    long rest = lives - 1 - lives / 2;
    long blocks = rest > 0 ? (blocks_now() - middle_blocks) / rest : 0, bytes = rest > 0 ? (bytes_now() - middle_bytes) / rest : 0;
    printf("per life: %ld blocks, %ld bytes from malloc\n", blocks, bytes);
    puts(blocks > 2 || bytes > 4096 ? "grows" : "ok");
    return 0;
}
