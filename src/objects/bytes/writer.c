/* SPDX-License-Identifier: MIT */
/* bytes/writer: _PyBytesWriter, a growing buffer that ends as bytes or bytearray. It starts in the writer's own 512 bytes; then
 * writer->buffer is a bytes (or bytearray) object of writer->allocated bytes. Positions are pointers into the current memory,
 * handed in and out because it may move.
 */
#include "objects/bytes/bytes.h"

void _PyBytesWriter_Init(_PyBytesWriter *w)
{
    memset(w, 0, offsetof(_PyBytesWriter, small_buffer));
}

void _PyBytesWriter_Dealloc(_PyBytesWriter *w)
{
    Py_CLEAR(w->buffer);
}

static char *memory(_PyBytesWriter *w)
{
    if (w->use_small_buffer)
        return w->small_buffer;
    return tai_bytes_data(w->buffer);
}

void *_PyBytesWriter_Resize(_PyBytesWriter *w, void *str, Py_ssize_t size)
{
    Py_ssize_t allocated = size, pos = str ? (char *)str - memory(w) : 0;
    if (w->overallocate && size <= PY_SSIZE_T_MAX - size / 4)
        allocated += size / 4;
    if (w->use_small_buffer) {
        PyObject *o = w->use_bytearray ? PyByteArray_FromStringAndSize(NULL, allocated) : PyBytes_FromStringAndSize(NULL, allocated);
        if (o == NULL)
            goto error;
        memcpy(tai_bytes_data(o), w->small_buffer, (size_t)pos);
        w->buffer = o;
        w->use_small_buffer = 0;
    }
    else if (w->use_bytearray ? PyByteArray_Resize(w->buffer, allocated) : _PyBytes_Resize(&w->buffer, allocated))
        goto error;
    w->allocated = allocated;
    return memory(w) + pos;
error:
    _PyBytesWriter_Dealloc(w);
    return NULL;
}

void *_PyBytesWriter_Prepare(_PyBytesWriter *w, void *str, Py_ssize_t size)
{
    if (size == 0)
        return str;
    if (w->min_size > PY_SSIZE_T_MAX - size) {
        PyErr_NoMemory();
        _PyBytesWriter_Dealloc(w);
        return NULL;
    }
    w->min_size += size;
    return w->min_size > w->allocated ? _PyBytesWriter_Resize(w, str, w->min_size) : str;
}

void *_PyBytesWriter_Alloc(_PyBytesWriter *w, Py_ssize_t size)
{
    w->use_small_buffer = 1;
    w->allocated = sizeof w->small_buffer;
    return _PyBytesWriter_Prepare(w, w->small_buffer, size);
}

PyObject *_PyBytesWriter_Finish(_PyBytesWriter *w, void *str)
{
    Py_ssize_t size = (char *)str - memory(w);
    PyObject *result;
    if (w->use_small_buffer || (size == 0 && !w->use_bytearray)) {
        result = w->use_bytearray ? PyByteArray_FromStringAndSize(memory(w), size) : PyBytes_FromStringAndSize(memory(w), size);
        Py_CLEAR(w->buffer);
        return result;
    }
    result = w->buffer;
    w->buffer = NULL;
    if (size != w->allocated) {
        if (w->use_bytearray) {
            if (PyByteArray_Resize(result, size) < 0)
                Py_CLEAR(result);
        }
        else
            _PyBytes_Resize(&result, size);
    }
    return result;
}

void *_PyBytesWriter_WriteBytes(_PyBytesWriter *w, void *str, const void *bytes, Py_ssize_t size)
{
    char *p = _PyBytesWriter_Prepare(w, str, size);
    if (p == NULL)
        return NULL;
    memcpy(p, bytes, (size_t)size);
    return p + size;
}
