/* SPDX-License-Identifier: MIT */
/* PyOS_Readline: a line from the user, by the readline module's function when standard input and output are terminals,
 * else by fgets(). The GIL is released while waiting. Tests: tests/program/test_command_line.py
 */
#include "Python.h"
#include "runtime/runtime.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int (*PyOS_InputHook)(void);
PyThreadState *_PyOS_ReadlineTState;
char *(*PyOS_ReadlineFunctionPointer)(FILE *, FILE *, const char *);
PyAPI_FUNC(char *) PyOS_StdioReadline(FILE *in, FILE *out, const char *prompt);

static PyThread_type_lock busy;

/* 1: interrupted by a signal whose handler raised; -1: end of file; 0: buf holds (part of) a line. */
static int get_part(char *buf, int room, FILE *in)
{
    for (;;) {
        if (PyOS_InputHook != NULL)
            (void)PyOS_InputHook();
        errno = 0;
        clearerr(in);
        if (fgets(buf, room, in) != NULL)
            return 0;
        int error = errno;
        if (feof(in)) {
            clearerr(in);
            return -1;
        }
        if (error == EINTR) {
            PyEval_RestoreThread(_PyOS_ReadlineTState);
            int raised = PyErr_CheckSignals();
            PyEval_SaveThread();
            if (raised < 0)
                return 1;
            continue;
        }
        if (PyOS_InterruptOccurred())
            return 1;
        return -2;
    }
}

/* Without the GIL. A line with its newline, "" at the end of file (PyMem_RawMalloc), or NULL when interrupted. */
char *PyOS_StdioReadline(FILE *in, FILE *out, const char *prompt)
{
    size_t room = 128, n = 0;
    fflush(out);
    if (prompt)
        fprintf(stderr, "%s", prompt);
    fflush(stderr);
    char *line = PyMem_RawMalloc(room);
    while (line != NULL) {
        int r = get_part(line + n, (int)(room - n), in);
        if (r == 1) {
            PyMem_RawFree(line);
            return NULL;
        }
        if (r != 0) {
            line[n] = 0;
            break;
        }
        n += strlen(line + n);
        if (n > 0 && line[n - 1] == '\n')
            break;
        if (room - n > 2)
            continue;
        if (room > INT_MAX / 4) {
            PyMem_RawFree(line);
            PyEval_RestoreThread(_PyOS_ReadlineTState);
            PyErr_SetString(PyExc_OverflowError, "input line too long");
            PyEval_SaveThread();
            return NULL;
        }
        room *= 2;
        char *more = PyMem_RawRealloc(line, room);
        if (more == NULL)
            PyMem_RawFree(line);
        line = more;
    }
    return line;
}

char *PyOS_Readline(FILE *in, FILE *out, const char *prompt)
{
    if (_PyOS_ReadlineTState == tai_tstate()) {
        PyErr_SetString(PyExc_RuntimeError, "can't re-enter readline");
        return NULL;
    }
    if (PyOS_ReadlineFunctionPointer == NULL)
        PyOS_ReadlineFunctionPointer = PyOS_StdioReadline;
    if (busy == NULL && (busy = PyThread_allocate_lock()) == NULL) {
        PyErr_SetString(PyExc_MemoryError, "can't allocate lock");
        return NULL;
    }
    PyThreadState *ts = tai_tstate();
    _PyOS_ReadlineTState = ts;
    PyEval_SaveThread();
    PyThread_acquire_lock(busy, 1);
    char *line;
    if (isatty(fileno(in)) && isatty(fileno(out)) && ts->interp == tai_runtime.main)
        line = PyOS_ReadlineFunctionPointer(in, out, prompt);
    else
        line = PyOS_StdioReadline(in, out, prompt);
    PyEval_RestoreThread(ts);
    PyThread_release_lock(busy);
    _PyOS_ReadlineTState = NULL;
    if (line == NULL)
        return NULL;
    size_t n = strlen(line) + 1;
    char *result = PyMem_Malloc(n);
    if (result != NULL)
        memcpy(result, line, n);
    else
        PyErr_NoMemory();
    PyMem_RawFree(line);
    return result;
}
