/* SPDX-License-Identifier: MIT */
/* The sys module; sys.c (functions), sys_info.c (attributes), sys_api.c (PySys_*). */
#ifndef TAI_RUNTIME_SYS_H
#define TAI_RUNTIME_SYS_H

#include "Python.h"
#include "runtime/state.h"

#define TAI_VERSION "0.1.0"

/* Make the module and interp->sysdict, with what needs no configuration. New reference or NULL. */
PyObject *tai_sys_create(PyInterpreterState *interp);
/* Set what comes from interp->config. 0 / -1. */
int tai_sys_configure(PyInterpreterState *interp, PyObject *sysdict);
int tai_sys_add_info(PyObject *sysdict);                    /* version, limits, structseqs */
/* A stderr that needs nothing, for messages before io is there. 0 / -1. */
int tai_sys_set_preliminary_stderr(PyObject *sysdict);
extern PyMethodDef tai_sys_methods[];

int tai_audit_add_python_hook(PyObject *hook); /* sys.addaudithook */

#endif
