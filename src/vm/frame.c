/* SPDX-License-Identifier: MIT */
/* The data stack of a thread, and the end of activations. See frame.h.
 *
 * Chunks are linked towards older ones; a chunk that gets empty is kept as the spare of the one before it, so a loop that
 * calls across the border does not allocate each time.
 * [STACK-1] A frame lies wholly in one chunk, and frames are released in the opposite order of their making.
 */
#include "vm/frame.h"
#include "vm/stats.h"
#include "objects/dict/dict.h"
#include "runtime/upward.h"
#include <stdlib.h>

typedef struct Chunk {
    struct Chunk *older;
    char *older_top, *older_end;  /* what the thread's fields were */
    struct Chunk *spare;          /* an empty younger chunk, or NULL */
    size_t bytes;                 /* of the whole chunk */
    size_t unused;
} Chunk;
_Static_assert(sizeof(Chunk) == TAI_CHUNK_HEADER, "tai_stack_pop knows the size of the header");

TaiFrame *tai_stack_grow(TaiThread *th, size_t bytes)
{
    if (th->told.open) {
        tai_stack_sync(th);
        if (th->stack_end - th->stack_top >= (ptrdiff_t)bytes) {
            TaiFrame *f = (TaiFrame *)th->stack_top;
            th->stack_top += bytes;
            return f;
        }
    }
    Chunk *current = (Chunk *)th->stack_chunk, *chunk = NULL;
    size_t want = bytes + TAI_CHUNK_HEADER;
    size_t size = want < TAI_CHUNK_BYTES ? TAI_CHUNK_BYTES : want;
    char **spare = current != NULL ? (char **)&current->spare : &th->spare_chunk;
    if (*spare != NULL && size == TAI_CHUNK_BYTES) {
        chunk = (Chunk *)*spare;
        *spare = NULL;
    }
    else {
        chunk = PyMem_RawMalloc(size);
        if (chunk == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
        tai_stats.stack_chunks++;
    }
    chunk->older = current;
    chunk->older_top = th->stack_top;
    chunk->older_end = th->stack_end;
    chunk->spare = NULL;
    th->stack_chunk = (char *)chunk;
    th->stack_end = (char *)chunk + size;
    chunk->bytes = size;
    th->stack_top = (char *)chunk + TAI_CHUNK_HEADER + bytes;
    return (TaiFrame *)((char *)chunk + TAI_CHUNK_HEADER);
}

void tai_stack_shrink(TaiThread *th, TaiFrame *f)
{
    if (th->told.open) {
        tai_stack_sync(th);
        tai_stack_pop(th, f);
        return;
    }
    Chunk *chunk = (Chunk *)th->stack_chunk;
    if ((char *)f != (char *)chunk + TAI_CHUNK_HEADER)
        return; /* of a stack that was switched away without our knowing its place: lost */
    Chunk *older = chunk->older;
    if (older == NULL) {
        th->stack_top = (char *)f;
        return;
    }
    th->stack_chunk = (char *)older;
    th->stack_top = chunk->older_top;
    th->stack_end = chunk->older_end;
    PyMem_RawFree(chunk->spare);
    if (older->spare == NULL && chunk->bytes == TAI_CHUNK_BYTES) {
        chunk->spare = NULL;
        older->spare = chunk;
    }
    else
        PyMem_RawFree(chunk);
}

void tai_stack_free_chunk(char *chunk)
{
    PyMem_RawFree(((Chunk *)chunk)->spare);
    PyMem_RawFree(chunk);
}

int tai_stack_is_empty(const char *chunk, const char *top)
{
    return ((const Chunk *)chunk)->older == NULL && top == chunk + TAI_CHUNK_HEADER;
}

void tai_stack_free(TaiThread *th)
{
    char *chunk = th->told.open ? th->told.chunk : th->stack_chunk;
    while (chunk != NULL) {
        char *older = (char *)((Chunk *)chunk)->older;
        tai_stack_free_chunk(chunk);
        chunk = older;
    }
    if (th->spare_chunk != NULL)
        tai_stack_free_chunk(th->spare_chunk);
    th->told.open = 0;
    th->spare_chunk = th->stack_chunk = th->stack_top = th->stack_end = NULL;
}

/* ---- builtins ------------------------------------------------------------------------------------------------ */

/* Borrowed, or NULL without exception. Odd keys would run code when compared: they are passed over. */
static PyObject *value_of_name(PyObject *dict, PyObject *name)
{
    PyObject *key, *value;
    Py_ssize_t pos = 0;
    if (((PyDictObject *)dict)->ma_keys->kind == DICT_KEYS_STR)
        return tai_dict_get_name((PyDictObject *)dict, name);
    while (PyDict_Next(dict, &pos, &key, &value))
        if (PyUnicode_CheckExact(key) && (key == name || PyUnicode_Compare(key, name) == 0))
            return value;
    return NULL;
}

/* What was found last in some dicts of globals, by their versions: no two dicts ever have the same [DICT-6]. As long as a dict
 * has that version, it holds the value. */
static struct {
    uint64_t version;
    PyObject *value; /* borrowed; NULL: nothing yet */
} last_found[256];

/* __builtins__ of globals: borrowed; NULL if there is none, or with an exception. */
static PyObject *builtins_in(PyObject *globals)
{
    _Py_IDENTIFIER(__builtins__);
    size_t row = ((uintptr_t)globals >> 6) % Py_ARRAY_LENGTH(last_found);
    uint64_t version = ((PyDictObject *)globals)->ma_version_tag;
    if (LIKELY(last_found[row].version == version && last_found[row].value != NULL))
        return last_found[row].value;
    PyObject *name = _PyUnicode_FromId(&PyId___builtins__), *value = name ? value_of_name(globals, name) : NULL;
    last_found[row].version = version;
    last_found[row].value = value;
    return value;
}

PyObject *tai_builtins_lookup(PyObject *globals)
{
    PyObject *builtins = builtins_in(globals);
    if (LIKELY(builtins != NULL)) {
        if (PyModule_Check(builtins))
            builtins = PyModule_GetDict(builtins);
        Py_XINCREF(builtins); /* a dict, or whatever a program has put there */
        return builtins;
    }
    if (PyErr_Occurred())
        return NULL;
    /* No builtins: code sees None and nothing else. */
    builtins = PyDict_New();
    if (builtins != NULL && PyDict_SetItemString(builtins, "None", Py_None) < 0)
        Py_CLEAR(builtins);
    return builtins;
}

PyCodeObject *tai_running_code(PyObject ***slots)
{
    TaiFrame *f = tai_thread_frame(tai_tstate());
    if (f == NULL)
        return NULL;
    *slots = f->slots;
    return f->code;
}

/* ---- the end of an activation -------------------------------------------------------------------------------- */

/* The frame object part of tai_frame_clear. */
static void detach(TaiFrame *f)
{
    PyFrameObject *obj = f->object;
    if (obj == NULL)
        return;
    obj->f_lasti = tai_frame_lasti(f);
    obj->f_executing = 0;
    if (f->gen != NULL)
        Py_CLEAR(obj->f_back);
    if (Py_REFCNT(obj) > 1) {
        size_t n = f->exec->nslots;
        memcpy(obj->f_localsplus, f->slots, n * sizeof(PyObject *));
        memset(f->slots, 0, n * sizeof(PyObject *));
        if (f->gen == NULL && f->back != NULL && obj->f_back == NULL) {
            PyObject *type, *value, *traceback;
            PyErr_Fetch(&type, &value, &traceback);
            obj->f_back = tai_frame_object(f->back);
            Py_XINCREF(obj->f_back);
            PyErr_Restore(type, value, traceback);
        }
    } else {
        memset(obj->f_localsplus, 0, f->exec->nslots * sizeof(PyObject *)); /* copies, if it was shown */
    }
    obj->f_gen = NULL;
    f->object = NULL;
    tai_frameobj_extra(obj)->live = NULL;
    Py_DECREF(obj);
}

void tai_frame_clear(TaiFrame *f)
{
    PyObject **stack = tai_frame_stack(f);
    f->ended = 1;
    while (f->sp > stack) {
        PyObject *value = *--f->sp;
        Py_XDECREF(value);
    }
    if (f->object)
        detach(f);
    for (PyObject **slot = f->slots; slot < stack; slot++)
        Py_CLEAR(*slot);
    Py_XDECREF(f->locals);
    f->locals = NULL;
    if (f->func != NULL)
        Py_DECREF(f->func);
    else
        Py_DECREF(f->globals);
    Py_DECREF(f->builtins);
    Py_DECREF(f->code);
}

void tai_frame_drop(TaiThread *th, TaiFrame *f)
{
    tai_frame_clear(f);
    tai_stack_pop(th, f);
}
