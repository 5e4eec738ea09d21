/* SPDX-License-Identifier: MIT */
/* osmodule.h: path protocol (PEP 519). */
#ifndef TAIPAN_OSMODULE_H
#define TAIPAN_OSMODULE_H

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(PyObject *) PyOS_FSPath(PyObject *);
#ifdef __cplusplus
}
#endif

#endif
