/* SPDX-License-Identifier: MIT */
/* py_curses.h: C interface of the _curses module. */
#ifndef TAIPAN_PY_CURSES_H
#define TAIPAN_PY_CURSES_H

#include <curses.h>
#include "Python.h"

#define PyCurses_API_pointers 4

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    PyObject ob_base;
    WINDOW *win;
    char *encoding;
} PyCursesWindowObject;

#endif

#define PyCurses_CAPSULE_NAME "_curses._C_API"
#ifndef CURSES_MODULE
/* Users of the _curses module reach it through a capsule: [0] window type, [1..3] checks that must have been made. */
static void **PyCurses_API;
#define PyCursesWindow_Type (*(PyTypeObject *)PyCurses_API[0])
#define PyCursesSetupTermCalled {if (!((int (*)(void))PyCurses_API[1])()) return NULL;}
#define PyCursesInitialised {if (!((int (*)(void))PyCurses_API[2])()) return NULL;}
#define PyCursesInitialisedColor {if (!((int (*)(void))PyCurses_API[3])()) return NULL;}
#define import_curses() PyCurses_API = (void **)PyCapsule_Import(PyCurses_CAPSULE_NAME, 1);
#endif
#define PyCursesWindow_Check(v) (Py_TYPE(v) == &PyCursesWindow_Type)
static const char catchall_ERR[] __attribute__((unused)) = "curses function returned ERR";
static const char catchall_NULL[] __attribute__((unused)) = "curses function returned NULL";

#ifdef __cplusplus
}
#endif

#endif
