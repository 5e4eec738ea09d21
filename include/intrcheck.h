/* SPDX-License-Identifier: MIT */
/* intrcheck.h: signals. */
#ifndef TAIPAN_INTRCHECK_H
#define TAIPAN_INTRCHECK_H

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_FUNC(void) PyOS_AfterFork(void) Py_DEPRECATED(3);
PyAPI_FUNC(void) PyOS_AfterFork_Child(void);
PyAPI_FUNC(void) PyOS_AfterFork_Parent(void);
PyAPI_FUNC(void) PyOS_BeforeFork(void);
PyAPI_FUNC(void) PyOS_InitInterrupts(void);
PyAPI_FUNC(int) PyOS_InterruptOccurred(void);
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) _PyOS_IsMainThread(void);
PyAPI_FUNC(void) _PySignal_AfterFork(void);
#endif
#ifdef __cplusplus
}
#endif

#endif
