/* SPDX-License-Identifier: MIT */
/* Threads, locks and thread-local storage: the pythread.h interface on pthreads and futexes.
 *
 * A lock is one word: 0 free, 1 held, 2 held and somebody may wait. It belongs to nobody: any thread may release it.
 * Tests: tests/runtime/test_thread.py
 */
#include "Python.h"
#include "pythread.h"

#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

void PyThread_init_thread(void)
{
}

/* ---- locks ---- */

typedef struct {
    atomic_int word;
} Lock;

static long futex_wait(atomic_int *word, int value, const struct timespec *deadline)
{
    return syscall(SYS_futex, word, FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, value, deadline, NULL, FUTEX_BITSET_MATCH_ANY);
}

PyThread_type_lock PyThread_allocate_lock(void)
{
    Lock *lock = PyMem_RawMalloc(sizeof *lock);
    if (lock)
        atomic_init(&lock->word, 0);
    return lock;
}

void PyThread_free_lock(PyThread_type_lock lock)
{
    PyMem_RawFree(lock);
}

/* Monotonic time that lies `microseconds` ahead. */
static struct timespec deadline_after(PY_TIMEOUT_T microseconds)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += microseconds / 1000000;
    t.tv_nsec += microseconds % 1000000 * 1000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_nsec -= 1000000000;
        t.tv_sec++;
    }
    return t;
}

PyLockStatus PyThread_acquire_lock_timed(PyThread_type_lock handle, PY_TIMEOUT_T microseconds, int intr_flag)
{
    Lock *lock = handle;
    int seen = 0;
    if (atomic_compare_exchange_strong_explicit(&lock->word, &seen, 1, memory_order_acquire, memory_order_relaxed))
        return PY_LOCK_ACQUIRED;
    if (microseconds == 0)
        return PY_LOCK_FAILURE;
    struct timespec deadline, *until = NULL;
    if (microseconds > 0) {
        deadline = deadline_after(microseconds);
        until = &deadline;
    }
    while (atomic_exchange_explicit(&lock->word, 2, memory_order_acquire) != 0) {
        if (futex_wait(&lock->word, 2, until) == 0)
            continue;
        if (errno == ETIMEDOUT)
            return PY_LOCK_FAILURE;
        if (errno == EINTR && intr_flag)
            return PY_LOCK_INTR;
    }
    return PY_LOCK_ACQUIRED;
}

int PyThread_acquire_lock(PyThread_type_lock lock, int waitflag)
{
    return PyThread_acquire_lock_timed(lock, waitflag ? -1 : 0, 0) == PY_LOCK_ACQUIRED;
}

void PyThread_release_lock(PyThread_type_lock handle)
{
    Lock *lock = handle;
    if (atomic_exchange_explicit(&lock->word, 0, memory_order_release) == 2)
        syscall(SYS_futex, &lock->word, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL, NULL, 0);
}

/* ---- threads ---- */

#define STACK_MIN 0x8000

static size_t stack_size; /* 0: the system's default */

typedef struct {
    void (*func)(void *);
    void *arg;
} Start;

static void *thread_main(void *raw)
{
    Start start = *(Start *)raw;
    PyMem_RawFree(raw);
    start.func(start.arg);
    return NULL;
}

unsigned long PyThread_start_new_thread(void (*func)(void *), void *arg)
{
    pthread_t thread;
    pthread_attr_t attr;
    Start *start = PyMem_RawMalloc(sizeof *start);
    if (start == NULL)
        return PYTHREAD_INVALID_THREAD_ID;
    *start = (Start){func, arg};
    if (pthread_attr_init(&attr) != 0)
        goto fail;
    if (stack_size != 0 && pthread_attr_setstacksize(&attr, stack_size) != 0) {
        pthread_attr_destroy(&attr);
        goto fail;
    }
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    int error = pthread_create(&thread, &attr, thread_main, start);
    pthread_attr_destroy(&attr);
    if (error == 0)
        return (unsigned long)thread;
fail:
    PyMem_RawFree(start);
    return PYTHREAD_INVALID_THREAD_ID;
}

unsigned long PyThread_get_thread_ident(void)
{
    return (unsigned long)pthread_self();
}

unsigned long PyThread_get_thread_native_id(void)
{
    return (unsigned long)syscall(SYS_gettid);
}

void _Py_NO_RETURN PyThread_exit_thread(void)
{
    pthread_exit(NULL);
}

size_t PyThread_get_stacksize(void)
{
    return stack_size;
}

/* 0, or -1 when the size is not usable. */
int PyThread_set_stacksize(size_t size)
{
    pthread_attr_t attr;
    if (size != 0) {
        if (size < STACK_MIN || pthread_attr_init(&attr) != 0)
            return -1;
        int error = pthread_attr_setstacksize(&attr, size);
        pthread_attr_destroy(&attr);
        if (error)
            return -1;
    }
    stack_size = size;
    return 0;
}

/* ---- thread-local storage ---- */

Py_tss_t *PyThread_tss_alloc(void)
{
    Py_tss_t *key = PyMem_RawMalloc(sizeof *key);
    if (key)
        *key = (Py_tss_t)Py_tss_NEEDS_INIT;
    return key;
}

void PyThread_tss_free(Py_tss_t *key)
{
    if (key) {
        PyThread_tss_delete(key);
        PyMem_RawFree(key);
    }
}

int PyThread_tss_is_created(Py_tss_t *key)
{
    return key->_is_initialized;
}

int PyThread_tss_create(Py_tss_t *key)
{
    if (key->_is_initialized)
        return 0;
    if (pthread_key_create(&key->_key, NULL) != 0)
        return -1;
    key->_is_initialized = 1;
    return 0;
}

void PyThread_tss_delete(Py_tss_t *key)
{
    if (!key->_is_initialized)
        return;
    pthread_key_delete(key->_key);
    key->_is_initialized = 0;
}

int PyThread_tss_set(Py_tss_t *key, void *value)
{
    return pthread_setspecific(key->_key, value) == 0 ? 0 : -1;
}

void *PyThread_tss_get(Py_tss_t *key)
{
    return pthread_getspecific(key->_key);
}

int PyThread_create_key(void)
{
    pthread_key_t key;
    if (pthread_key_create(&key, NULL) != 0)
        return -1;
    if (key > INT_MAX) {
        pthread_key_delete(key);
        errno = ENOMEM;
        return -1;
    }
    return (int)key;
}

void PyThread_delete_key(int key) { pthread_key_delete((pthread_key_t)key); }
void PyThread_delete_key_value(int key) { pthread_setspecific((pthread_key_t)key, NULL); }
int PyThread_set_key_value(int key, void *value) { return pthread_setspecific((pthread_key_t)key, value) ? -1 : 0; }
void *PyThread_get_key_value(int key) { return pthread_getspecific((pthread_key_t)key); }
void PyThread_ReInitTLS(void) {}

/* ---- sys.thread_info ---- */

static PyStructSequence_Field info_fields[] = {
    {"name", "name of the thread implementation"},
    {"lock", "name of the lock implementation"},
    {"version", "name and version of the thread library"},
    {NULL, NULL},
};
static PyStructSequence_Desc info_desc = {"sys.thread_info", "sys.thread_info\n\nWhat the threads of this program are made of.", info_fields, 3};
static PyTypeObject info_type;

PyObject *PyThread_GetInfo(void)
{
    char version[255];
    if (info_type.tp_name == NULL && PyStructSequence_InitType2(&info_type, &info_desc) < 0)
        return NULL;
    PyObject *info = PyStructSequence_New(&info_type);
    if (info == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(info, 0, PyUnicode_FromString("pthread"));
    PyStructSequence_SET_ITEM(info, 1, PyUnicode_FromString("semaphore"));
    size_t n = confstr(_CS_GNU_LIBPTHREAD_VERSION, version, sizeof version);
    PyObject *text;
    if (n > 0 && n <= sizeof version) {
        text = PyUnicode_DecodeFSDefaultAndSize(version, (Py_ssize_t)n - 1);
    } else {
        text = Py_None;
        Py_INCREF(text);
    }
    PyStructSequence_SET_ITEM(info, 2, text);
    if (PyErr_Occurred())
        Py_CLEAR(info);
    return info;
}
