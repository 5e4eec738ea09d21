/* SPDX-License-Identifier: MIT */
/* pydtrace.h: probes (none in this build). */
#ifndef TAIPAN_PYDTRACE_H
#define TAIPAN_PYDTRACE_H

static inline void PyDTrace_AUDIT(const char *arg0, void *arg1) { (void)arg0;(void)arg1; }
static inline int PyDTrace_AUDIT_ENABLED(void) { return 0; }
static inline void PyDTrace_FUNCTION_ENTRY(const char *arg0, const char *arg1, int arg2) { (void)arg0;(void)arg1;(void)arg2; }
static inline int PyDTrace_FUNCTION_ENTRY_ENABLED(void) { return 0; }
static inline void PyDTrace_FUNCTION_RETURN(const char *arg0, const char *arg1, int arg2) { (void)arg0;(void)arg1;(void)arg2; }
static inline int PyDTrace_FUNCTION_RETURN_ENABLED(void) { return 0; }
static inline void PyDTrace_GC_DONE(Py_ssize_t arg0) { (void)arg0; }
static inline int PyDTrace_GC_DONE_ENABLED(void) { return 0; }
static inline void PyDTrace_GC_START(int arg0) { (void)arg0; }
static inline int PyDTrace_GC_START_ENABLED(void) { return 0; }
static inline void PyDTrace_IMPORT_FIND_LOAD_DONE(const char *arg0, int arg1) { (void)arg0;(void)arg1; }
static inline int PyDTrace_IMPORT_FIND_LOAD_DONE_ENABLED(void) { return 0; }
static inline void PyDTrace_IMPORT_FIND_LOAD_START(const char *arg0) { (void)arg0; }
static inline int PyDTrace_IMPORT_FIND_LOAD_START_ENABLED(void) { return 0; }
static inline void PyDTrace_INSTANCE_DELETE_DONE(int arg0) { (void)arg0; }
static inline int PyDTrace_INSTANCE_DELETE_DONE_ENABLED(void) { return 0; }
static inline void PyDTrace_INSTANCE_DELETE_START(int arg0) { (void)arg0; }
static inline int PyDTrace_INSTANCE_DELETE_START_ENABLED(void) { return 0; }
static inline void PyDTrace_INSTANCE_NEW_DONE(int arg0) { (void)arg0; }
static inline int PyDTrace_INSTANCE_NEW_DONE_ENABLED(void) { return 0; }
static inline void PyDTrace_INSTANCE_NEW_START(int arg0) { (void)arg0; }
static inline int PyDTrace_INSTANCE_NEW_START_ENABLED(void) { return 0; }
static inline void PyDTrace_LINE(const char *arg0, const char *arg1, int arg2) { (void)arg0;(void)arg1;(void)arg2; }
static inline int PyDTrace_LINE_ENABLED(void) { return 0; }

#endif
