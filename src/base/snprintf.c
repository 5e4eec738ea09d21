/* SPDX-License-Identifier: MIT */
/* PyOS_snprintf: snprintf that always ends the buffer with a null and never takes a size that cannot be. */
#include "Python.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>

/* As vsnprintf; -666 for a size beyond INT_MAX, of which nothing is written. */
int PyOS_vsnprintf(char *buffer, size_t size, const char *format, va_list args)
{
    if (size == 0 || size > INT_MAX - 512) {
        if (size > 0)
            buffer[size - 1] = '\0';
        return -666;
    }
    int length = vsnprintf(buffer, size, format, args);
    buffer[size - 1] = '\0';
    return length;
}

int PyOS_snprintf(char *buffer, size_t size, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int length = PyOS_vsnprintf(buffer, size, format, args);
    va_end(args);
    return length;
}
