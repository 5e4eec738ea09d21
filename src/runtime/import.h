/* SPDX-License-Identifier: MIT */
/* Import machinery shared by import.c (modules, the import statement), extension.c (native modules) and
 * modules/_imp.c. */
#ifndef TAI_RUNTIME_IMPORT_H
#define TAI_RUNTIME_IMPORT_H

#include "Python.h"
#include "runtime/state.h"

extern const struct _frozen tai_frozen_modules[];         /* made by the build; empty in the freezing program */
const struct _frozen *tai_import_find_frozen(PyObject *name); /* NULL: none, no exception */

/* extension.c */
PyObject *tai_extension_create_builtin(PyObject *spec);                /* new; None if there is no such module */
PyObject *tai_extension_create_dynamic(PyObject *spec);                /* new */
int tai_extension_exec(PyObject *module);                              /* Py_mod_exec slots, once */
int tai_extension_is_builtin(PyObject *name);                          /* 1, 0, -1: builtin that cannot be made again */
void tai_extension_fini(void);

/* A place for debuggers: libraries have been mapped. gdb takes such a place from the dynamic linker that a program asks
 * for; taipan asks for none (program/entry.c), and then gdb looks for one of this name in the program. Does nothing. */
void tai_tell_debugger(void) __asm__("_dl_debug_state") __attribute__((visibility("hidden")));

/* import.c */
int tai_import_init(PyInterpreterState *interp, PyObject *sys_module); /* frozen importlib and _imp. 0 / -1 */
int tai_import_init_external(PyInterpreterState *interp);              /* path based importers, zipimport. 0 / -1 */
int tai_import_lock_held(void);
void tai_import_rename_code(PyCodeObject *code, PyObject *path);        /* set co_filename, also of the code inside */
void tai_import_fini(void);

#endif
