/* SPDX-License-Identifier: MIT */
/* _tkinter: what its files share.
 *
 *   app.c       the object that holds an interpreter of Tcl: its methods
 *   values.c    Python values <-> Tcl values; the type Tcl_Obj
 *   commands.c  Python functions as Tcl commands, and as handlers of files and timers
 *   loop.c      the event loop, the hook of the prompt, requests of other threads
 *   module.c    create(), constants, the module
 *
 * [TK-1] Tcl is built with threads: an interpreter belongs to the thread that made it, and only that one calls it.
 * [TK-2] Tcl is called without the GIL wherever it may run a script or wait (TCL_OPEN/TCL_CLOSE); what Tcl calls takes
 *        the GIL with PyGILState_Ensure(), which also serves when it is held.
 * [TK-3] An exception of a handler cannot pass through Tcl's frames: it is put aside (tai_tk_put_aside), the event loop
 *        ends, and mainloop() raises it.
 */
#ifndef TAI_EXT_TKINTER_BRIDGE_H
#define TAI_EXT_TKINTER_BRIDGE_H

#define PY_SSIZE_T_CLEAN 1
#include "Python.h"
#ifndef TCL_THREADS
#define TCL_THREADS 1 /* else tcl.h turns mutexes and conditions into nothing, however Tcl was built */
#endif
#include <tcl.h>
#include <tk.h>

typedef struct {
    PyObject_HEAD
    Tcl_Interp *interp;
    Tcl_ThreadId owner;  /* the thread that may call interp */
    int wantobjects;     /* results as Python values of their kind, or else as strings */
    int dispatching;     /* the event loop runs, or willdispatch() promised it */
} TkApp;

#define TCL_OPEN Py_BEGIN_ALLOW_THREADS
#define TCL_CLOSE Py_END_ALLOW_THREADS

extern PyObject *tai_tk_error_type;
extern PyTypeObject tai_tk_app_type, tai_tk_value_type, tai_tk_timer_type;
extern PyMethodDef tai_tk_loop_methods[], tai_tk_command_methods[];

/* values.c: new references, NULL with an exception. */
PyObject *tai_tk_text(const char *utf8, Py_ssize_t size);
PyObject *tai_tk_text_of(Tcl_Obj *value);
PyObject *tai_tk_from(Tcl_Interp *interp, Tcl_Obj *value);
PyObject *tai_tk_integer(Tcl_Interp *interp, Tcl_Obj *value);
Tcl_Obj *tai_tk_to(PyObject *value); /* of reference count 0; runs code */
int tai_tk_is_value(PyObject *o);
Tcl_Obj *tai_tk_value(PyObject *o); /* borrowed */

/* app.c */
PyObject *tai_tk_failed(TkApp *app); /* NULL with TclError: the interpreter's result */
int tai_tk_is_mine(TkApp *app);      /* 1, or 0 with RuntimeError in another thread */
int tai_tk_load(Tcl_Interp *interp);

/* loop.c */
typedef PyObject *(*TkJob)(TkApp *app, void *data);
PyObject *tai_tk_run(TkApp *app, TkJob job, void *data); /* in the interpreter's thread; waits for it */
void tai_tk_put_aside(void);
int tai_tk_waiting_error(void);
void tai_tk_hook_install(void);
void tai_tk_hook_remove(void);
extern int tai_tk_pause; /* milliseconds between two looks at the event queue */

#endif
