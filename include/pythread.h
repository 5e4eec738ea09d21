/* SPDX-License-Identifier: MIT */
/* pythread.h: threads, locks, thread-specific storage. */
#ifndef TAIPAN_PYTHREAD_H
#define TAIPAN_PYTHREAD_H

#include <pthread.h>

#define WAIT_LOCK 1
#define NOWAIT_LOCK 0

#ifdef __cplusplus
extern "C" {
#endif

typedef void *PyThread_type_lock;
typedef void *PyThread_type_sema;
typedef enum PyLockStatus { PY_LOCK_FAILURE = 0, PY_LOCK_ACQUIRED = 1, PY_LOCK_INTR = 2 } PyLockStatus;
#ifndef Py_LIMITED_API
struct _Py_tss_t {
    int _is_initialized;
    pthread_key_t _key;
};

#endif
PyAPI_FUNC(PyObject *) PyThread_GetInfo(void);
PyAPI_FUNC(void) PyThread_ReInitTLS(void) Py_DEPRECATED(3);
PyAPI_FUNC(int) PyThread_acquire_lock(PyThread_type_lock, int);
PyAPI_FUNC(PyLockStatus) PyThread_acquire_lock_timed(PyThread_type_lock, long long, int);
PyAPI_FUNC(PyThread_type_lock) PyThread_allocate_lock(void);
PyAPI_FUNC(int) PyThread_create_key(void) Py_DEPRECATED(3);
PyAPI_FUNC(void) PyThread_delete_key(int) Py_DEPRECATED(3);
PyAPI_FUNC(void) PyThread_delete_key_value(int) Py_DEPRECATED(3);
PyAPI_FUNC(_Py_NO_RETURN void) PyThread_exit_thread(void);
PyAPI_FUNC(void) PyThread_free_lock(PyThread_type_lock);
PyAPI_FUNC(void *) PyThread_get_key_value(int) Py_DEPRECATED(3);
PyAPI_FUNC(size_t) PyThread_get_stacksize(void);
PyAPI_FUNC(unsigned long) PyThread_get_thread_ident(void);
PyAPI_FUNC(unsigned long) PyThread_get_thread_native_id(void);
PyAPI_FUNC(void) PyThread_init_thread(void);
PyAPI_FUNC(void) PyThread_release_lock(PyThread_type_lock);
PyAPI_FUNC(int) PyThread_set_key_value(int, void *) Py_DEPRECATED(3);
PyAPI_FUNC(int) PyThread_set_stacksize(size_t);
PyAPI_FUNC(unsigned long) PyThread_start_new_thread(void (*)(void *), void *);
PyAPI_FUNC(Py_tss_t *) PyThread_tss_alloc(void);
PyAPI_FUNC(int) PyThread_tss_create(Py_tss_t *);
PyAPI_FUNC(void) PyThread_tss_delete(Py_tss_t *);
PyAPI_FUNC(void) PyThread_tss_free(Py_tss_t *);
PyAPI_FUNC(void *) PyThread_tss_get(Py_tss_t *);
PyAPI_FUNC(int) PyThread_tss_is_created(Py_tss_t *);
PyAPI_FUNC(int) PyThread_tss_set(Py_tss_t *, void *);

#define PY_TIMEOUT_T long long
#define PY_TIMEOUT_MAX (LLONG_MAX / 1000)
#define PYTHREAD_INVALID_THREAD_ID ((unsigned long)-1)
#define PY_HAVE_THREAD_NATIVE_ID
#ifndef Py_LIMITED_API
#define Py_tss_NEEDS_INIT {0}
#endif

#ifdef __cplusplus
}
#endif

#endif
