/* SPDX-License-Identifier: MIT */
/* _testcapi: the allocators: replacing them, failing on purpose, misusing them (the debug hooks must notice), and tracing
 * blocks that Python did not allocate.
 */
#include "testcapi.h"

#define DOMAIN_COUNT 3
static const PyMemAllocatorDomain domains[DOMAIN_COUNT] = {PYMEM_DOMAIN_RAW, PYMEM_DOMAIN_MEM, PYMEM_DOMAIN_OBJ};

/* ---- set_nomemory(start, stop=0): allocations fail, beginning after the start-th; from the stop-th on all is well ---- */

static struct {
    int installed;
    int start, stop; /* stop < 1: no end */
    int count;       /* requests since the installation */
    PyMemAllocatorEx original[DOMAIN_COUNT];
} failing;

/* Count a request; whether it has to fail. */
static int must_fail(void)
{
    failing.count++;
    return failing.count > failing.start && (failing.stop < 1 || failing.count <= failing.stop);
}

static void *failing_malloc(void *context, size_t size)
{
    PyMemAllocatorEx *original = context;
    return must_fail() ? NULL : original->malloc(original->ctx, size);
}

static void *failing_calloc(void *context, size_t count, size_t size)
{
    PyMemAllocatorEx *original = context;
    return must_fail() ? NULL : original->calloc(original->ctx, count, size);
}

static void *failing_realloc(void *context, void *block, size_t size)
{
    PyMemAllocatorEx *original = context;
    return must_fail() ? NULL : original->realloc(original->ctx, block, size);
}

static void failing_free(void *context, void *block)
{
    PyMemAllocatorEx *original = context;
    original->free(original->ctx, block);
}

static PyObject *remove_mem_hooks(PyObject *self, PyObject *unused)
{
    if (failing.installed)
        for (int i = 0; i < DOMAIN_COUNT; i++)
            PyMem_SetAllocator(domains[i], &failing.original[i]);
    failing.installed = 0;
    Py_RETURN_NONE;
}

static PyObject *set_nomemory(PyObject *self, PyObject *args)
{
    int start, stop = 0;
    if (!PyArg_ParseTuple(args, "i|i:set_nomemory", &start, &stop))
        return NULL;
    failing.start = start;
    failing.stop = stop;
    failing.count = 0;
    for (int i = 0; i < DOMAIN_COUNT && !failing.installed; i++) {
        PyMem_GetAllocator(domains[i], &failing.original[i]);
        PyMemAllocatorEx hook = {&failing.original[i], failing_malloc, failing_calloc, failing_realloc, failing_free};
        PyMem_SetAllocator(domains[i], &hook);
    }
    failing.installed = 1;
    Py_RETURN_NONE;
}

/* ---- every request reaches an allocator that was set ---- */

typedef struct {
    PyMemAllocatorEx original;
    size_t malloc_size;
    size_t calloc_count, calloc_size;
    void *realloc_block;
    size_t realloc_size;
    void *freed;
} Record;

static void *record_malloc(void *context, size_t size)
{
    Record *record = context;
    record->malloc_size = size;
    return record->original.malloc(record->original.ctx, size);
}

static void *record_calloc(void *context, size_t count, size_t size)
{
    Record *record = context;
    record->calloc_count = count;
    record->calloc_size = size;
    return record->original.calloc(record->original.ctx, count, size);
}

static void *record_realloc(void *context, void *block, size_t size)
{
    Record *record = context;
    record->realloc_block = block;
    record->realloc_size = size;
    return record->original.realloc(record->original.ctx, block, size);
}

static void record_free(void *context, void *block)
{
    Record *record = context;
    record->freed = block;
    record->original.free(record->original.ctx, block);
}

/* The four functions of a domain. */
typedef struct {
    PyMemAllocatorDomain domain;
    void *(*malloc)(size_t);
    void *(*calloc)(size_t, size_t);
    void *(*realloc)(void *, size_t);
    void (*free)(void *);
} Interface;

/* NULL if the requests arrive as they were made, else what did not. Nothing else may allocate meanwhile. */
static const char *exercise(const Interface *api, Record *record)
{
    void *block = api->malloc(40);
    if (block == NULL || record->malloc_size != 40)
        return "malloc";
    void *moved = api->realloc(block, 72);
    if (moved == NULL || record->realloc_block != block || record->realloc_size != 72)
        return "realloc";
    api->free(moved);
    if (record->freed != moved)
        return "free";
    block = api->calloc(3, 5);
    if (block == NULL || record->calloc_count != 3 || record->calloc_size != 5)
        return "calloc";
    for (int i = 0; i < 15; i++)
        if (((char *)block)[i] != 0)
            return "zeros from calloc";
    record->freed = NULL;
    api->free(block);
    return record->freed == block ? NULL : "free after calloc";
}

static PyObject *check_set_allocator(const char *test, const Interface *api)
{
    Record record = {.malloc_size = 0};
    PyMem_GetAllocator(api->domain, &record.original);
    PyMemAllocatorEx recorder = {&record, record_malloc, record_calloc, record_realloc, record_free};
    PyMem_SetAllocator(api->domain, &recorder);
    PyMemAllocatorEx installed;
    PyMem_GetAllocator(api->domain, &installed);
    const char *wrong = installed.ctx == &record ? exercise(api, &record) : "PyMem_GetAllocator";
    PyMem_SetAllocator(api->domain, &record.original);
    if (wrong != NULL)
        return testcapi_failed(test, wrong, __LINE__);
    Py_RETURN_NONE;
}

static PyObject *test_pymem_setrawallocators(PyObject *self, PyObject *unused)
{
    static const Interface raw = {PYMEM_DOMAIN_RAW, PyMem_RawMalloc, PyMem_RawCalloc, PyMem_RawRealloc, PyMem_RawFree};
    return check_set_allocator(__func__, &raw);
}

static PyObject *test_pymem_setallocators(PyObject *self, PyObject *unused)
{
    static const Interface mem = {PYMEM_DOMAIN_MEM, PyMem_Malloc, PyMem_Calloc, PyMem_Realloc, PyMem_Free};
    return check_set_allocator(__func__, &mem);
}

static PyObject *test_pyobject_setallocators(PyObject *self, PyObject *unused)
{
    static const Interface object = {PYMEM_DOMAIN_OBJ, PyObject_Malloc, PyObject_Calloc, PyObject_Realloc, PyObject_Free};
    return check_set_allocator(__func__, &object);
}

/* A request for nothing gets a block of its own. */
static PyObject *test_pymem_alloc0(PyObject *self, PyObject *unused)
{
    static void *(*const mallocs[])(size_t) = {PyMem_RawMalloc, PyMem_Malloc, PyObject_Malloc};
    static void *(*const callocs[])(size_t, size_t) = {PyMem_RawCalloc, PyMem_Calloc, PyObject_Calloc};
    static void (*const frees[])(void *) = {PyMem_RawFree, PyMem_Free, PyObject_Free};
    for (int i = 0; i < DOMAIN_COUNT; i++) {
        void *first = mallocs[i](0), *second = callocs[i](0, 7), *third = callocs[i](7, 0);
        CHECK(first != NULL && second != NULL && third != NULL);
        CHECK(first != second && second != third);
        frees[i](first);
        frees[i](second);
        frees[i](third);
    }
    Py_RETURN_NONE;
}

/* ---- misuse that the debug hooks end ---- */

static PyObject *pymem_buffer_overflow(PyObject *self, PyObject *unused)
{
    volatile char *block = PyMem_Malloc(16);
    CHECK(block != NULL);
    block[16] = 'x';
    PyMem_Free((void *)block);
    Py_RETURN_NONE;
}

static PyObject *pymem_api_misuse(PyObject *self, PyObject *unused)
{
    void *block = PyMem_Malloc(16);
    CHECK(block != NULL);
    PyMem_RawFree(block);
    Py_RETURN_NONE;
}

static PyObject *pymem_malloc_without_gil(PyObject *self, PyObject *unused)
{
    PyThreadState *thread = PyEval_SaveThread();
    void *block = PyMem_Malloc(10);
    PyMem_Free(block);
    PyEval_RestoreThread(thread);
    Py_RETURN_NONE;
}

static PyObject *pyobject_malloc_without_gil(PyObject *self, PyObject *unused)
{
    PyThreadState *thread = PyEval_SaveThread();
    void *block = PyObject_Malloc(10);
    PyObject_Free(block);
    PyEval_RestoreThread(thread);
    Py_RETURN_NONE;
}

static PyObject *pymem_getallocatorsname(PyObject *self, PyObject *unused)
{
    const char *name = _PyMem_GetCurrentAllocatorName();
    if (name != NULL)
        return PyUnicode_FromString(name);
    PyErr_SetString(PyExc_RuntimeError, "cannot get allocators name");
    return NULL;
}

/* ---- does _PyObject_IsFreed recognise memory that is no object? ---- */

static PyObject *expect_freed(const char *test, PyObject *suspect)
{
    if (_PyObject_IsFreed(suspect))
        Py_RETURN_NONE;
    return testcapi_failed(test, "_PyObject_IsFreed(suspect)", __LINE__);
}

static PyObject *check_pyobject_null_is_freed(PyObject *self, PyObject *unused)
{
    return expect_freed(__func__, NULL);
}

static PyObject *check_pyobject_uninitialized_is_freed(PyObject *self, PyObject *unused)
{
    PyObject *suspect = PyObject_Malloc(sizeof(PyObject));
    CHECK(suspect != NULL);
    Py_REFCNT(suspect) = 1;
    return expect_freed(__func__, suspect);
}

static PyObject *check_pyobject_forbidden_bytes_is_freed(PyObject *self, PyObject *unused)
{
    /* The type of the "object" lies in the pad bytes behind the block. */
    PyObject *suspect = PyObject_Malloc(offsetof(PyObject, ob_type));
    CHECK(suspect != NULL);
    Py_REFCNT(suspect) = 1;
    return expect_freed(__func__, suspect);
}

static PyObject *check_pyobject_freed_is_freed(PyObject *self, PyObject *unused)
{
    PyObject *suspect = PyObject_CallObject((PyObject *)&PyBaseObject_Type, NULL);
    CHECK(suspect != NULL);
    Py_TYPE(suspect)->tp_dealloc(suspect);
    Py_REFCNT(suspect) = 1;
    return expect_freed(__func__, suspect);
}

/* ---- tracemalloc ---- */

/* tracemalloc_track(domain, address, size, release_gil=False) */
static PyObject *tracemalloc_track(PyObject *self, PyObject *args)
{
    unsigned int domain;
    unsigned long long address;
    Py_ssize_t size;
    int release = 0;
    if (!PyArg_ParseTuple(args, "IKn|p:tracemalloc_track", &domain, &address, &size, &release))
        return NULL;
    PyThreadState *thread = release ? PyEval_SaveThread() : NULL;
    int result = PyTraceMalloc_Track(domain, (uintptr_t)address, (size_t)size);
    if (thread != NULL)
        PyEval_RestoreThread(thread);
    if (result == 0)
        Py_RETURN_NONE;
    PyErr_SetString(PyExc_RuntimeError, "PyTraceMalloc_Track error");
    return NULL;
}

static PyObject *tracemalloc_untrack(PyObject *self, PyObject *args)
{
    unsigned int domain;
    unsigned long long address;
    if (!PyArg_ParseTuple(args, "IK:tracemalloc_untrack", &domain, &address))
        return NULL;
    if (PyTraceMalloc_Untrack(domain, (uintptr_t)address) == 0)
        Py_RETURN_NONE;
    PyErr_SetString(PyExc_RuntimeError, "PyTraceMalloc_Untrack error");
    return NULL;
}

static PyObject *tracemalloc_get_traceback(PyObject *self, PyObject *args)
{
    unsigned int domain;
    unsigned long long address;
    if (!PyArg_ParseTuple(args, "IK:tracemalloc_get_traceback", &domain, &address))
        return NULL;
    return _PyTraceMalloc_GetTraceback(domain, (uintptr_t)address);
}

#define PLAIN(name) {#name, name, METH_NOARGS}
#define PARSED(name) {#name, name, METH_VARARGS}
static PyMethodDef functions[] = {
    PARSED(set_nomemory),
    PLAIN(remove_mem_hooks),
    PLAIN(test_pymem_setrawallocators),
    PLAIN(test_pymem_setallocators),
    PLAIN(test_pyobject_setallocators),
    PLAIN(test_pymem_alloc0),
    PLAIN(pymem_buffer_overflow),
    PLAIN(pymem_api_misuse),
    PLAIN(pymem_malloc_without_gil),
    PLAIN(pyobject_malloc_without_gil),
    PLAIN(pymem_getallocatorsname),
    PLAIN(check_pyobject_null_is_freed),
    PLAIN(check_pyobject_uninitialized_is_freed),
    PLAIN(check_pyobject_forbidden_bytes_is_freed),
    PLAIN(check_pyobject_freed_is_freed),
    PARSED(tracemalloc_track),
    PARSED(tracemalloc_untrack),
    PARSED(tracemalloc_get_traceback),
    {NULL},
};

int testcapi_add_memory_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
