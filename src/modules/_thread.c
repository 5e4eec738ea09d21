/* SPDX-License-Identifier: MIT */
/* _thread: locks, reentrant locks, thread-local objects, starting threads.
 *
 * A local object has a table of one dict per thread. A thread finds its own through a small holder in the thread state's
 * dict, under the object's key; the table is keyed by weak references to the holders, whose callbacks remove the entry when
 * a thread ends. The key goes away when the object does.
 * Tests: tests/runtime/test_thread.py, CPython's test_thread, test_threading_local, lock_tests.
 */
#include "Python.h"
#include "runtime/runtime.h"
#include "runtime/errprint.h"
#include "runtime/gc.h"

#include "structmember.h"
#include <pthread.h>
#include <stddef.h>

static PyObject *thread_error; /* RuntimeError */
static long thread_count;
static PyObject *str_dict;

#define FAST(f) ((PyCFunction)(void (*)(void))(f))

/* ---- waiting ---- */

/* Acquire with a timeout in nanoseconds (< 0: none, 0: try). Signals are handled in between. PY_LOCK_INTR: a handler raised. */
static PyLockStatus acquire(PyThread_type_lock lock, _PyTime_t timeout)
{
    PyLockStatus r = PyThread_acquire_lock_timed(lock, 0, 0);
    if (r != PY_LOCK_FAILURE || timeout == 0)
        return r;
    _PyTime_t deadline = timeout > 0 ? _PyTime_GetMonotonicClock() + timeout : 0;
    for (;;) {
        _PyTime_t us = timeout > 0 ? _PyTime_AsMicroseconds(timeout, _PyTime_ROUND_CEILING) : -1;
        Py_BEGIN_ALLOW_THREADS
        r = PyThread_acquire_lock_timed(lock, us, 1);
        Py_END_ALLOW_THREADS
        if (r != PY_LOCK_INTR)
            return r;
        if (Py_MakePendingCalls() < 0)
            return PY_LOCK_INTR;
        if (timeout > 0) {
            timeout = deadline - _PyTime_GetMonotonicClock();
            if (timeout < 0)
                return PY_LOCK_FAILURE;
        }
    }
}

/* blocking and timeout arguments of acquire() methods -> nanoseconds for acquire(). */
static int parse_acquire(PyObject *args, PyObject *kwargs, _PyTime_t *timeout)
{
    static char *names[] = {"blocking", "timeout", NULL};
    int blocking = 1;
    PyObject *object = NULL;
    const _PyTime_t unset = _PyTime_FromSeconds(-1);
    *timeout = unset;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|iO:acquire", names, &blocking, &object))
        return -1;
    if (object && _PyTime_FromSecondsObject(timeout, object, _PyTime_ROUND_TIMEOUT) < 0)
        return -1;
    if (!blocking && *timeout != unset) {
        PyErr_SetString(PyExc_ValueError, "can't specify a timeout for a non-blocking call");
        return -1;
    }
    if (*timeout < 0 && *timeout != unset) {
        PyErr_SetString(PyExc_ValueError, "timeout value must be positive");
        return -1;
    }
    if (!blocking) {
        *timeout = 0;
    } else if (*timeout != unset) {
        if (_PyTime_AsMicroseconds(*timeout, _PyTime_ROUND_TIMEOUT) > PY_TIMEOUT_MAX) {
            PyErr_SetString(PyExc_OverflowError, "timeout value is too large");
            return -1;
        }
    }
    return 0;
}

/* ---- lock ---- */

typedef struct {
    PyObject_HEAD
    PyThread_type_lock lock;
    PyObject *weakrefs;
    char locked;
} LockObject;

static PyTypeObject Lock_Type;

static LockObject *new_lock(void)
{
    LockObject *self = PyObject_New(LockObject, &Lock_Type);
    if (self == NULL)
        return NULL;
    self->locked = 0;
    self->weakrefs = NULL;
    self->lock = PyThread_allocate_lock();
    if (self->lock == NULL) {
        Py_DECREF(self);
        PyErr_SetString(thread_error, "can't allocate lock");
        return NULL;
    }
    return self;
}

static void lock_dealloc(LockObject *self)
{
    if (self->weakrefs)
        PyObject_ClearWeakRefs((PyObject *)self);
    if (self->lock) {
        if (self->locked)
            PyThread_release_lock(self->lock);
        PyThread_free_lock(self->lock);
    }
    PyObject_Del(self);
}

static PyObject *lock_acquire(LockObject *self, PyObject *args, PyObject *kwargs)
{
    _PyTime_t timeout = -1;
    if ((PyTuple_GET_SIZE(args) || kwargs) && parse_acquire(args, kwargs, &timeout) < 0)
        return NULL;
    PyLockStatus r = acquire(self->lock, timeout);
    if (r == PY_LOCK_INTR)
        return NULL;
    if (r == PY_LOCK_ACQUIRED)
        self->locked = 1;
    return PyBool_FromLong(r == PY_LOCK_ACQUIRED);
}

static PyObject *lock_release(LockObject *self, PyObject *unused)
{
    if (!self->locked) {
        PyErr_SetString(thread_error, "release unlocked lock");
        return NULL;
    }
    self->locked = 0;
    PyThread_release_lock(self->lock);
    Py_RETURN_NONE;
}

static PyObject *lock_exit(LockObject *self, PyObject *args) { return lock_release(self, NULL); }
static PyObject *lock_locked(LockObject *self, PyObject *unused) { return PyBool_FromLong(self->locked); }

static PyObject *lock_reinit(LockObject *self, PyObject *unused)
{
    PyThread_type_lock fresh = PyThread_allocate_lock();
    if (fresh == NULL) {
        PyErr_SetString(thread_error, "failed to reinitialize lock at fork");
        return NULL;
    }
    self->lock = fresh;
    self->locked = 0;
    Py_RETURN_NONE;
}

static PyObject *lock_repr(LockObject *self)
{
    return PyUnicode_FromFormat("<%s %s object at %p>", self->locked ? "locked" : "unlocked", Py_TYPE(self)->tp_name, self);
}

PyDoc_STRVAR(acquire_doc, "acquire(blocking=True, timeout=-1) -> bool\n\n"
             "Take the lock, waiting until it is free, or for timeout seconds at most, or not at all.\n"
             "Tells whether the lock was taken. Waiting may be interrupted by signals whose handler raises.");
PyDoc_STRVAR(release_doc, "release()\n\nGive the lock back, also one that another thread took. RuntimeError if it is free.");
PyDoc_STRVAR(locked_doc, "locked() -> bool\n\nTell whether the lock is taken.");

static PyMethodDef lock_methods[] = {
    {"acquire_lock", FAST(lock_acquire), METH_VARARGS | METH_KEYWORDS, acquire_doc},
    {"acquire", FAST(lock_acquire), METH_VARARGS | METH_KEYWORDS, acquire_doc},
    {"release_lock", (PyCFunction)lock_release, METH_NOARGS, release_doc},
    {"release", (PyCFunction)lock_release, METH_NOARGS, release_doc},
    {"locked_lock", (PyCFunction)lock_locked, METH_NOARGS, locked_doc},
    {"locked", (PyCFunction)lock_locked, METH_NOARGS, locked_doc},
    {"__enter__", FAST(lock_acquire), METH_VARARGS | METH_KEYWORDS, acquire_doc},
    {"__exit__", (PyCFunction)lock_exit, METH_VARARGS, release_doc},
    {"_at_fork_reinit", (PyCFunction)lock_reinit, METH_NOARGS, "Make the lock a free one, in a forked child."},
    {NULL, NULL},
};

static PyTypeObject Lock_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "_thread.lock",
    .tp_basicsize = sizeof(LockObject),
    .tp_dealloc = (destructor)lock_dealloc,
    .tp_repr = (reprfunc)lock_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "A lock that belongs to no thread: it is taken by acquire() and given back by release().",
    .tp_weaklistoffset = offsetof(LockObject, weakrefs),
    .tp_methods = lock_methods,
};

/* ---- reentrant lock ---- */

typedef struct {
    PyObject_HEAD
    PyThread_type_lock lock;
    unsigned long owner;
    unsigned long count;
    PyObject *weakrefs;
} RLockObject;

static PyTypeObject RLock_Type;

static PyObject *rlock_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    RLockObject *self = (RLockObject *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->lock = PyThread_allocate_lock();
    if (self->lock == NULL) {
        Py_DECREF(self);
        PyErr_SetString(thread_error, "can't allocate lock");
        return NULL;
    }
    return (PyObject *)self;
}

static void rlock_dealloc(RLockObject *self)
{
    if (self->weakrefs)
        PyObject_ClearWeakRefs((PyObject *)self);
    if (self->lock) {
        if (self->count > 0)
            PyThread_release_lock(self->lock);
        PyThread_free_lock(self->lock);
    }
    Py_TYPE(self)->tp_free(self);
}

static int rlock_is_mine(const RLockObject *self)
{
    return self->count > 0 && self->owner == PyThread_get_thread_ident();
}

static PyObject *rlock_acquire(RLockObject *self, PyObject *args, PyObject *kwargs)
{
    _PyTime_t timeout = -1;
    if ((PyTuple_GET_SIZE(args) || kwargs) && parse_acquire(args, kwargs, &timeout) < 0)
        return NULL;
    if (rlock_is_mine(self)) {
        if (self->count + 1 <= self->count) {
            PyErr_SetString(PyExc_OverflowError, "Internal lock count overflowed");
            return NULL;
        }
        self->count++;
        Py_RETURN_TRUE;
    }
    PyLockStatus r = acquire(self->lock, timeout);
    if (r == PY_LOCK_ACQUIRED) {
        self->owner = PyThread_get_thread_ident();
        self->count = 1;
    } else if (r == PY_LOCK_INTR) {
        return NULL;
    }
    return PyBool_FromLong(r == PY_LOCK_ACQUIRED);
}

static PyObject *rlock_release(RLockObject *self, PyObject *unused)
{
    if (!rlock_is_mine(self)) {
        PyErr_SetString(PyExc_RuntimeError, "cannot release un-acquired lock");
        return NULL;
    }
    if (--self->count == 0) {
        self->owner = 0;
        PyThread_release_lock(self->lock);
    }
    Py_RETURN_NONE;
}

static PyObject *rlock_exit(RLockObject *self, PyObject *args) { return rlock_release(self, NULL); }

static PyObject *rlock_acquire_restore(RLockObject *self, PyObject *args)
{
    unsigned long owner, count;
    if (!PyArg_ParseTuple(args, "(kk):_acquire_restore", &count, &owner))
        return NULL;
    int ok = PyThread_acquire_lock(self->lock, 0);
    if (!ok) {
        Py_BEGIN_ALLOW_THREADS
        ok = PyThread_acquire_lock(self->lock, 1);
        Py_END_ALLOW_THREADS
    }
    if (!ok) {
        PyErr_SetString(thread_error, "couldn't acquire lock");
        return NULL;
    }
    self->owner = owner;
    self->count = count;
    Py_RETURN_NONE;
}

static PyObject *rlock_release_save(RLockObject *self, PyObject *unused)
{
    if (self->count == 0) {
        PyErr_SetString(PyExc_RuntimeError, "cannot release un-acquired lock");
        return NULL;
    }
    unsigned long owner = self->owner, count = self->count;
    self->count = 0;
    self->owner = 0;
    PyThread_release_lock(self->lock);
    return Py_BuildValue("kk", count, owner);
}

static PyObject *rlock_is_owned(RLockObject *self, PyObject *unused) { return PyBool_FromLong(rlock_is_mine(self)); }

static PyObject *rlock_repr(RLockObject *self)
{
    return PyUnicode_FromFormat("<%s %s object owner=%ld count=%lu at %p>", self->count ? "locked" : "unlocked",
                                Py_TYPE(self)->tp_name, self->owner, self->count, self);
}

PyDoc_STRVAR(racquire_doc, "acquire(blocking=True, timeout=-1) -> bool\n\n"
             "Take the lock; a thread that has it takes it once more and must release it as often.");

static PyMethodDef rlock_methods[] = {
    {"acquire", FAST(rlock_acquire), METH_VARARGS | METH_KEYWORDS, racquire_doc},
    {"release", (PyCFunction)rlock_release, METH_NOARGS, "release()\n\nGive the lock back once. RuntimeError unless this thread has it."},
    {"_is_owned", (PyCFunction)rlock_is_owned, METH_NOARGS, "_is_owned() -> bool\n\nFor threading.Condition."},
    {"_acquire_restore", (PyCFunction)rlock_acquire_restore, METH_VARARGS, "_acquire_restore(state)\n\nFor threading.Condition."},
    {"_release_save", (PyCFunction)rlock_release_save, METH_NOARGS, "_release_save() -> tuple\n\nFor threading.Condition."},
    {"__enter__", FAST(rlock_acquire), METH_VARARGS | METH_KEYWORDS, racquire_doc},
    {"__exit__", (PyCFunction)rlock_exit, METH_VARARGS, "release()"},
    {NULL, NULL},
};

static PyTypeObject RLock_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "_thread.RLock",
    .tp_doc = PyDoc_STR("A lock that the thread which holds it may take again."),
    .tp_basicsize = sizeof(RLockObject),
    .tp_dealloc = (destructor)rlock_dealloc,
    .tp_repr = (reprfunc)rlock_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_weaklistoffset = offsetof(RLockObject, weakrefs),
    .tp_methods = rlock_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = rlock_new,
};

/* ---- local ---- */

/* Lives in one thread's dict; leads to that thread's attributes of one local object. */
typedef struct {
    PyObject_HEAD
    PyObject *dict;     /* borrowed from the local's table, so that cycles through attributes are seen by the collector */
    PyObject *weakrefs;
} LocalDict;

typedef struct {
    PyObject_HEAD
    PyObject *key;      /* in thread dicts */
    PyObject *args, *kw; /* for __init__ in each thread */
    PyObject *weakrefs;
    PyObject *dicts;    /* weakref to LocalDict -> dict */
    PyObject *callback; /* of those weakrefs */
} LocalObject;

static PyTypeObject Local_Type;

static void localdict_dealloc(LocalDict *self)
{
    if (self->weakrefs)
        PyObject_ClearWeakRefs((PyObject *)self);
    PyObject_Del(self);
}

static PyTypeObject LocalDict_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "_thread._localdummy",
    .tp_basicsize = sizeof(LocalDict),
    .tp_dealloc = (destructor)localdict_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Leads to the attributes of a local object in one thread.",
    .tp_weaklistoffset = offsetof(LocalDict, weakrefs),
};

/* Called when a LocalDict dies: take it out of the local's table. self: weakref to the local. */
static PyObject *local_forget(PyObject *local_ref, PyObject *dict_ref)
{
    PyObject *o = PyWeakref_GET_OBJECT(local_ref);
    if (o == Py_None)
        Py_RETURN_NONE;
    LocalObject *self = (LocalObject *)o;
    Py_INCREF(self);
    if (self->dicts != NULL) {
        PyObject *dict = PyDict_GetItemWithError(self->dicts, dict_ref);
        if (dict != NULL)
            PyDict_DelItem(self->dicts, dict_ref);
        if (PyErr_Occurred())
            PyErr_WriteUnraisable((PyObject *)self);
    }
    Py_DECREF(self);
    Py_RETURN_NONE;
}

static PyMethodDef local_forget_def = {"_localdummy_destroyed", local_forget, METH_O, NULL};

/* This thread's dict, made now; borrowed. */
static PyObject *local_make_dict(LocalObject *self)
{
    PyObject *thread_dict = PyThreadState_GetDict(), *dict, *ref = NULL;
    if (thread_dict == NULL) {
        PyErr_SetString(PyExc_SystemError, "Couldn't get thread-state dictionary");
        return NULL;
    }
    if (self->dicts == NULL && (self->dicts = PyDict_New()) == NULL) /* the collector was here */
        return NULL;
    dict = PyDict_New();
    LocalDict *holder = dict ? PyObject_New(LocalDict, &LocalDict_Type) : NULL;
    if (holder == NULL) {
        Py_XDECREF(dict);
        return NULL;
    }
    holder->dict = dict;
    holder->weakrefs = NULL;
    ref = PyWeakref_NewRef((PyObject *)holder, self->callback);
    int r = ref == NULL ? -1 : PyDict_SetItem(self->dicts, ref, dict);
    if (r == 0)
        r = PyDict_SetItem(thread_dict, self->key, (PyObject *)holder);
    Py_XDECREF(ref);
    Py_DECREF(holder);
    Py_DECREF(dict); /* the table has it */
    return r < 0 ? NULL : dict;
}

/* This thread's dict, with __init__ run if it is new; borrowed. */
static PyObject *local_dict(LocalObject *self)
{
    PyObject *thread_dict = PyThreadState_GetDict();
    if (thread_dict == NULL) {
        PyErr_SetString(PyExc_SystemError, "Couldn't get thread-state dictionary");
        return NULL;
    }
    LocalDict *holder = (LocalDict *)PyDict_GetItemWithError(thread_dict, self->key);
    if (holder != NULL)
        return holder->dict;
    if (PyErr_Occurred())
        return NULL;
    PyObject *dict = local_make_dict(self);
    if (dict == NULL)
        return NULL;
    if (Py_TYPE(self)->tp_init != PyBaseObject_Type.tp_init && Py_TYPE(self)->tp_init((PyObject *)self, self->args, self->kw) < 0) {
        /* so that the next access tries again */
        PyObject *t, *v, *tb;
        PyErr_Fetch(&t, &v, &tb);
        if (PyDict_DelItem(thread_dict, self->key) < 0)
            PyErr_Clear();
        PyErr_Restore(t, v, tb);
        return NULL;
    }
    return dict;
}

static PyObject *local_new(PyTypeObject *type, PyObject *args, PyObject *kw)
{
    if (type->tp_init == PyBaseObject_Type.tp_init) {
        int given = 0;
        if (args != NULL)
            given = PyObject_IsTrue(args);
        if (given == 0 && kw != NULL)
            given = PyObject_IsTrue(kw);
        if (given != 0) {
            if (given > 0)
                PyErr_SetString(PyExc_TypeError, "Initialization arguments are not supported");
            return NULL;
        }
    }
    LocalObject *self = (LocalObject *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    Py_XINCREF(args);
    self->args = args;
    Py_XINCREF(kw);
    self->kw = kw;
    self->key = PyUnicode_FromFormat("thread.local.%p", self);
    self->dicts = PyDict_New();
    PyObject *ref = PyWeakref_NewRef((PyObject *)self, NULL);
    if (self->key == NULL || self->dicts == NULL || ref == NULL) {
        Py_XDECREF(ref);
        goto error;
    }
    self->callback = PyCFunction_NewEx(&local_forget_def, ref, NULL);
    Py_DECREF(ref);
    if (self->callback == NULL || local_make_dict(self) == NULL)
        goto error;
    return (PyObject *)self;
error:
    Py_DECREF(self);
    return NULL;
}

static int local_traverse(LocalObject *self, visitproc visit, void *arg)
{
    Py_VISIT(self->args);
    Py_VISIT(self->kw);
    Py_VISIT(self->dicts);
    return 0;
}

/* Remove the key from all threads' dicts. */
static int local_clear(LocalObject *self)
{
    Py_CLEAR(self->args);
    Py_CLEAR(self->kw);
    Py_CLEAR(self->dicts);
    Py_CLEAR(self->callback);
    if (self->key == NULL || tai_current == NULL)
        return 0;
    for (PyThreadState *ts = tai_interp()->tstate_head; ts; ts = ts->next) {
        if (ts->dict == NULL)
            continue;
        PyObject *v = PyDict_GetItemWithError(ts->dict, self->key);
        if (v != NULL && PyDict_DelItem(ts->dict, self->key) < 0)
            PyErr_Clear();
    }
    return 0;
}

static void local_dealloc(LocalObject *self)
{
    PyObject_GC_UnTrack(self);
    if (self->weakrefs)
        PyObject_ClearWeakRefs((PyObject *)self);
    local_clear(self);
    Py_XDECREF(self->key);
    Py_TYPE(self)->tp_free(self);
}

static PyObject *local_getattro(LocalObject *self, PyObject *name)
{
    PyObject *dict = local_dict(self);
    if (dict == NULL)
        return NULL;
    if (PyUnicode_Check(name) && PyUnicode_Compare(name, str_dict) == 0) {
        Py_INCREF(dict);
        return dict;
    }
    return _PyObject_GenericGetAttrWithDict((PyObject *)self, name, dict, 0);
}

static int local_setattro(LocalObject *self, PyObject *name, PyObject *value)
{
    PyObject *dict = local_dict(self);
    if (dict == NULL)
        return -1;
    if (PyUnicode_Check(name) && PyUnicode_Compare(name, str_dict) == 0) {
        PyErr_Format(PyExc_AttributeError, "'%.50s' object attribute '%U' is read-only", Py_TYPE(self)->tp_name, name);
        return -1;
    }
    return _PyObject_GenericSetAttrWithDict((PyObject *)self, name, value, dict);
}

static PyTypeObject Local_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "_thread._local",
    .tp_basicsize = sizeof(LocalObject),
    .tp_dealloc = (destructor)local_dealloc,
    .tp_getattro = (getattrofunc)local_getattro,
    .tp_setattro = (setattrofunc)local_setattro,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC,
    .tp_doc = "An object whose attributes have values of their own in each thread.",
    .tp_traverse = (traverseproc)local_traverse,
    .tp_clear = (inquiry)local_clear,
    .tp_weaklistoffset = offsetof(LocalObject, weakrefs),
    .tp_new = local_new,
    .tp_alloc = PyType_GenericAlloc,
    .tp_free = PyObject_GC_Del,
};

/* ---- threads ---- */

typedef struct {
    PyThreadState *ts;
    PyObject *func, *args, *keyw; /* owned */
} Boot;

static void run_thread(void *raw)
{
    Boot boot = *(Boot *)raw;
    PyMem_RawFree(raw);
    PyThreadState *ts = boot.ts;
    ts->thread_id = PyThread_get_thread_ident();
    _PyThreadState_Init(&tai_runtime, ts);
    PyEval_AcquireThread(ts);
    thread_count++;
    PyObject *result = PyObject_Call(boot.func, boot.args, boot.keyw);
    if (result == NULL) {
        if (PyErr_ExceptionMatches(PyExc_SystemExit))
            PyErr_Clear();
        else
            _PyErr_WriteUnraisableMsg("in thread started by", boot.func);
    }
    Py_XDECREF(result);
    Py_DECREF(boot.func);
    Py_DECREF(boot.args);
    Py_XDECREF(boot.keyw);
    thread_count--;
    PyThreadState_Clear(ts);
    PyThreadState_DeleteCurrent();
    PyThread_exit_thread();
}

static PyObject *thread_start(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("start_new_thread", n, 2, 3))
        return NULL;
    PyObject *keyw = n > 2 ? args[2] : NULL;
    if (!PyCallable_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "first arg must be callable");
        return NULL;
    }
    if (!PyTuple_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "2nd arg must be a tuple");
        return NULL;
    }
    if (keyw != NULL && !PyDict_Check(keyw)) {
        PyErr_SetString(PyExc_TypeError, "optional 3rd arg must be a dictionary");
        return NULL;
    }
    Boot *boot = PyMem_RawMalloc(sizeof *boot);
    if (boot == NULL)
        return PyErr_NoMemory();
    *boot = (Boot){_PyThreadState_Prealloc(tai_interp()), args[0], args[1], keyw};
    if (boot->ts == NULL) {
        PyMem_RawFree(boot);
        return PyErr_NoMemory();
    }
    Py_INCREF(boot->func);
    Py_INCREF(boot->args);
    Py_XINCREF(boot->keyw);
    unsigned long id = PyThread_start_new_thread(run_thread, boot);
    if (id == PYTHREAD_INVALID_THREAD_ID) {
        PyErr_SetString(thread_error, "can't start new thread");
        Py_DECREF(boot->func);
        Py_DECREF(boot->args);
        Py_XDECREF(boot->keyw);
        PyThreadState_Clear(boot->ts);
        PyThreadState_Delete(boot->ts);
        PyMem_RawFree(boot);
        return NULL;
    }
    return PyLong_FromUnsignedLong(id);
}

static PyObject *thread_exit(PyObject *m, PyObject *unused)
{
    PyErr_SetNone(PyExc_SystemExit);
    return NULL;
}

static PyObject *thread_interrupt_main(PyObject *m, PyObject *unused)
{
    PyErr_SetInterrupt();
    if (PyErr_CheckSignals()) /* the main thread interrupts itself */
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *thread_allocate_lock(PyObject *m, PyObject *unused) { return (PyObject *)new_lock(); }
static PyObject *thread_get_ident(PyObject *m, PyObject *unused) { return PyLong_FromUnsignedLong(PyThread_get_thread_ident()); }
static PyObject *thread_count_now(PyObject *m, PyObject *unused) { return PyLong_FromLong(thread_count); }

static PyObject *thread_get_native_id(PyObject *m, PyObject *unused)
{
    return PyLong_FromUnsignedLong(PyThread_get_thread_native_id());
}

/* on_delete of a thread state: give back the sentinel lock that Thread.join() waits for. */
static void release_sentinel(void *ref_raw)
{
    PyObject *ref = ref_raw, *o = PyWeakref_GET_OBJECT(ref);
    if (o != Py_None) {
        LockObject *lock = (LockObject *)o;
        if (lock->locked) {
            PyThread_release_lock(lock->lock);
            lock->locked = 0;
        }
    }
    Py_DECREF(ref);
}

static PyObject *thread_set_sentinel(PyObject *m, PyObject *unused)
{
    PyThreadState *ts = tai_tstate();
    if (ts->on_delete_data != NULL) { /* replaced, in a forked child: forget the old one */
        PyObject *ref = ts->on_delete_data;
        ts->on_delete = NULL;
        ts->on_delete_data = NULL;
        Py_DECREF(ref);
    }
    LockObject *lock = new_lock();
    if (lock == NULL)
        return NULL;
    PyObject *ref = PyWeakref_NewRef((PyObject *)lock, NULL);
    if (ref == NULL) {
        Py_DECREF(lock);
        return NULL;
    }
    ts->on_delete_data = ref;
    ts->on_delete = release_sentinel;
    return (PyObject *)lock;
}

static PyObject *thread_stack_size(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    Py_ssize_t size = 0;
    if (!_PyArg_CheckPositional("stack_size", n, 0, 1))
        return NULL;
    if (n && (size = PyNumber_AsSsize_t(args[0], PyExc_OverflowError)) == -1 && PyErr_Occurred())
        return NULL;
    if (size < 0) {
        PyErr_SetString(PyExc_ValueError, "size must be 0 or a positive value");
        return NULL;
    }
    size_t old = PyThread_get_stacksize();
    if (n && PyThread_set_stacksize((size_t)size) == -1) {
        PyErr_Format(PyExc_ValueError, "size not valid: %zd bytes", size);
        return NULL;
    }
    return PyLong_FromSsize_t((Py_ssize_t)old);
}

/* ---- excepthook ---- */

static PyTypeObject hook_args_type;
static PyStructSequence_Field hook_args_fields[] = {
    {"exc_type", "Exception type"}, {"exc_value", "Exception value"}, {"exc_traceback", "Exception traceback"}, {"thread", "Thread"}, {NULL, NULL},
};
static PyStructSequence_Desc hook_args_desc = {"_thread.ExceptHookArgs", "ExceptHookArgs\n\nWhat threading.excepthook() is called with.",
                                               hook_args_fields, 4};

static int print_thread_name(PyObject *file, PyObject *thread)
{
    _Py_IDENTIFIER(name);
    PyObject *name = NULL;
    if (PyFile_WriteString("Exception in thread ", file) < 0)
        return -1;
    if (thread != Py_None && _PyObject_LookupAttrId(thread, &PyId_name, &name) < 0)
        return -1;
    int r;
    if (name != NULL) {
        r = PyFile_WriteObject(name, file, Py_PRINT_RAW);
        Py_DECREF(name);
    } else {
        PyObject *id = PyLong_FromUnsignedLong(PyThread_get_thread_ident());
        PyObject *text = id ? PyObject_Str(id) : NULL;
        r = text ? PyFile_WriteObject(text, file, Py_PRINT_RAW) : PyFile_WriteString("<failed to get thread name>", file);
        Py_XDECREF(id);
        Py_XDECREF(text);
    }
    return r < 0 ? -1 : PyFile_WriteString(":\n", file);
}

static PyObject *thread_excepthook(PyObject *m, PyObject *args)
{
    _Py_IDENTIFIER(flush);
    _Py_IDENTIFIER(stderr);
    _Py_IDENTIFIER(_stderr);
    if (Py_TYPE(args) != &hook_args_type) {
        PyErr_SetString(PyExc_TypeError, "_thread.excepthook argument type must be ExceptHookArgs");
        return NULL;
    }
    PyObject *type = PyStructSequence_GET_ITEM(args, 0), *value = PyStructSequence_GET_ITEM(args, 1);
    PyObject *tb = PyStructSequence_GET_ITEM(args, 2), *thread = PyStructSequence_GET_ITEM(args, 3);
    if (type == PyExc_SystemExit)
        Py_RETURN_NONE;
    PyObject *file = _PySys_GetObjectId(&PyId_stderr);
    if (file == NULL || file == Py_None) {
        if (thread == Py_None)
            Py_RETURN_NONE;
        file = _PyObject_GetAttrId(thread, &PyId__stderr);
        if (file == NULL)
            return NULL;
        if (file == Py_None)
            return file;
    } else {
        Py_INCREF(file);
    }
    if (print_thread_name(file, thread) < 0) {
        Py_DECREF(file);
        return NULL;
    }
    tai_err_display(file, type, value, tb);
    PyObject *r = _PyObject_CallMethodIdObjArgs(file, &PyId_flush, NULL);
    Py_DECREF(file);
    if (r == NULL)
        return NULL;
    Py_DECREF(r);
    Py_RETURN_NONE;
}

/* ---- the module ---- */

#define LOCK_DOC "allocate_lock() -> lock object\n\nA new lock, free."
#define START_DOC "start_new_thread(function, args[, kwargs])\n\nRun function(*args, **kwargs) in a new thread and return its identifier.\n\n" \
    "The thread ends when the function returns; SystemExit ends it quietly, other exceptions are reported."
#define EXIT_DOC "exit()\n\nEnd this thread, by raising SystemExit."

static PyMethodDef methods[] = {
    {"start_new_thread", FAST(thread_start), METH_FASTCALL, START_DOC},
    {"start_new", FAST(thread_start), METH_FASTCALL, START_DOC},
    {"allocate_lock", thread_allocate_lock, METH_NOARGS, LOCK_DOC},
    {"allocate", thread_allocate_lock, METH_NOARGS, LOCK_DOC},
    {"exit_thread", thread_exit, METH_NOARGS, EXIT_DOC},
    {"exit", thread_exit, METH_NOARGS, EXIT_DOC},
    {"interrupt_main", thread_interrupt_main, METH_NOARGS, "interrupt_main()\n\nSimulate SIGINT in the main thread."},
    {"get_ident", thread_get_ident, METH_NOARGS, "get_ident() -> integer\n\nA number that no other running thread has."},
    {"get_native_id", thread_get_native_id, METH_NOARGS, "get_native_id() -> integer\n\nThe system's number of this thread."},
    {"_count", thread_count_now, METH_NOARGS, "_count() -> integer\n\nThe number of running threads that this module started."},
    {"stack_size", FAST(thread_stack_size), METH_FASTCALL,
     "stack_size([size]) -> size\n\nThe stack size for new threads, in bytes (0: the system's); size sets another one."},
    {"_set_sentinel", thread_set_sentinel, METH_NOARGS, "_set_sentinel() -> lock\n\nA lock that is released when this thread ends. For threading."},
    {"_excepthook", thread_excepthook, METH_O, "excepthook(exc_type, exc_value, exc_traceback, thread)\n\nReport an exception that a thread did not handle."},
    {NULL, NULL},
};

PyDoc_STRVAR(doc, "Threads and locks, the low level; programs use threading.");

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_thread", doc, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__thread(void)
{
    if (PyType_Ready(&LocalDict_Type) < 0 || PyType_Ready(&Local_Type) < 0 || PyType_Ready(&Lock_Type) < 0 ||
        PyType_Ready(&RLock_Type) < 0)
        return NULL;
    if (hook_args_type.tp_name == NULL && PyStructSequence_InitType2(&hook_args_type, &hook_args_desc) < 0)
        return NULL;
    if (str_dict == NULL && (str_dict = PyUnicode_InternFromString("__dict__")) == NULL)
        return NULL;
    PyObject *m = PyModule_Create(&definition), *d;
    if (m == NULL)
        return NULL;
    double max = _PyTime_AsSecondsDouble((_PyTime_t)PY_TIMEOUT_MAX > _PyTime_MAX / 1000 ? _PyTime_MAX : (_PyTime_t)PY_TIMEOUT_MAX * 1000);
    PyObject *timeout_max = PyFloat_FromDouble(floor(max));
    d = PyModule_GetDict(m);
    thread_error = PyExc_RuntimeError;
    thread_count = 0;
    if (timeout_max == NULL || PyDict_SetItemString(d, "TIMEOUT_MAX", timeout_max) < 0 ||
        PyDict_SetItemString(d, "error", thread_error) < 0 || PyDict_SetItemString(d, "LockType", (PyObject *)&Lock_Type) < 0 ||
        PyDict_SetItemString(d, "RLock", (PyObject *)&RLock_Type) < 0 ||
        PyDict_SetItemString(d, "_local", (PyObject *)&Local_Type) < 0 ||
        PyDict_SetItemString(d, "_ExceptHookArgs", (PyObject *)&hook_args_type) < 0)
        Py_CLEAR(m);
    Py_XDECREF(timeout_max);
    PyEval_InitThreads();
    return m;
}
