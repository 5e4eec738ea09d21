/* SPDX-License-Identifier: MIT */
/* Pickler: objects to a stream of opcodes.
 *
 * Output collects in a buffer. From protocol 4 on it is cut into frames: the first write after a boundary leaves room for the frame
 * header, which commit_frame() fills in. Large byte strings go out between frames, without a copy where there is a file.
 * [PKL-1] The memo owns its keys: an address cannot be used for a new object while a pickle refers to it.
 * [PKL-2] A container is memoized before its contents, except tuples and frozensets, which look again after theirs: if they are in
 *         the memo by then, they were part of a cycle, and what was written is popped.
 * Everything here runs code: reducers, persistent_id, buffer callbacks, write(). Tests: the library's test_pickle.
 */
#include "modules/pickle/pickler.h"

#include "runtime/recursion.h"
#include <string.h>

enum { BATCH = 1000, FRAME_HEADER = 9, FRAME_MIN = 4, FRAME_TARGET = 64 * 1024, FAST_LIMIT = 50 };

static int save(Pickler *self, PyObject *object, int no_pers);

/* ---- memo: open addressing by address ---- */

static MemoEntry *memo_slot(const Memo *memo, PyObject *key)
{
    size_t i = (((size_t)key >> 4) * (size_t)0x9E3779B97F4A7C15u) >> 24; /* spreads what stands at regular distances */
    for (;; i++) {
        MemoEntry *entry = &memo->entries[i & (size_t)memo->mask];
        if (entry->key == key || entry->key == NULL)
            return entry;
    }
}

Py_ssize_t tai_pickle_memo_find(const Memo *memo, PyObject *key)
{
    if (memo->used == 0)
        return -1;
    MemoEntry *entry = memo_slot(memo, key);
    return entry->key ? entry->index : -1;
}

static int memo_grow(Memo *memo)
{
    Py_ssize_t room = memo->entries ? (memo->mask + 1) * 4 : 64;
    Memo bigger = {PyMem_Calloc((size_t)room, sizeof(MemoEntry)), memo->used, room - 1};
    if (bigger.entries == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; memo->entries && i <= memo->mask; i++)
        if (memo->entries[i].key)
            *memo_slot(&bigger, memo->entries[i].key) = memo->entries[i];
    PyMem_Free(memo->entries);
    *memo = bigger;
    return 0;
}

int tai_pickle_memo_set(Memo *memo, PyObject *key, Py_ssize_t index)
{
    if ((memo->entries == NULL || memo->used * 3 >= memo->mask * 2) && memo_grow(memo) < 0)
        return -1;
    MemoEntry *entry = memo_slot(memo, key);
    if (entry->key == NULL) {
        Py_INCREF(key);
        entry->key = key;
        memo->used++;
    }
    entry->index = index;
    return 0;
}

void tai_pickle_memo_clear(Memo *memo)
{
    Memo old = *memo;
    *memo = (Memo){0};
    for (Py_ssize_t i = 0; old.entries && i <= old.mask; i++)
        Py_XDECREF(old.entries[i].key);
    PyMem_Free(old.entries);
}

/* ---- output ---- */

static int make_room(Pickler *self, Py_ssize_t size)
{
    if (size > PY_SSIZE_T_MAX - self->out_size) {
        PyErr_NoMemory();
        return -1;
    }
    Py_ssize_t wanted = self->out_size + size;
    if (wanted <= self->out_room)
        return 0;
    Py_ssize_t room = wanted > PY_SSIZE_T_MAX / 2 ? wanted : wanted + wanted / 2 + 64;
    char *out = PyMem_Realloc(self->out, room);
    if (out == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->out = out;
    self->out_room = room;
    return 0;
}

static int put(Pickler *self, const void *data, Py_ssize_t size)
{
    int opens = self->framing && self->frame_start < 0;
    if (make_room(self, size + (opens ? FRAME_HEADER : 0)) < 0)
        return -1;
    if (opens) {
        self->frame_start = self->out_size;
        self->out_size += FRAME_HEADER;
    }
    memcpy(self->out + self->out_size, data, size);
    self->out_size += size;
    return 0;
}

static inline int put_op(Pickler *self, int op)
{
    char c = (char)op;
    return put(self, &c, 1);
}

/* An opcode and `bytes` bytes of a number, least significant first. */
static int put_number(Pickler *self, int op, uint64_t number, int bytes)
{
    char text[9] = {(char)op};
    for (int i = 0; i < bytes; i++)
        text[1 + i] = (char)(number >> (8 * i));
    return put(self, text, 1 + bytes);
}

/* Fill in the header of the open frame; a tiny frame goes without. */
static void commit_frame(Pickler *self)
{
    if (!self->framing || self->frame_start < 0)
        return;
    Py_ssize_t size = self->out_size - self->frame_start - FRAME_HEADER;
    char *at = self->out + self->frame_start;
    if (size >= FRAME_MIN) {
        at[0] = (char)OP_FRAME;
        for (int i = 0; i < 8; i++)
            at[1 + i] = (char)((uint64_t)size >> (8 * i));
    }
    else {
        memmove(at, at + FRAME_HEADER, size);
        self->out_size -= FRAME_HEADER;
    }
    self->frame_start = -1;
}

static int write_object(Pickler *self, PyObject *data)
{
    PyObject *result = _PyObject_FastCall(self->write, &data, 1);
    Py_XDECREF(result);
    return result ? 0 : -1;
}

int tai_pickler_flush(Pickler *self)
{
    PyObject *bytes = PyBytes_FromStringAndSize(self->out, self->out_size);
    if (bytes == NULL)
        return -1;
    self->out_size = 0;
    int result = write_object(self, bytes);
    Py_DECREF(bytes);
    return result;
}

/* Between two objects a full frame may end. */
static int boundary(Pickler *self)
{
    if (!self->framing || self->frame_start < 0 || self->out_size - self->frame_start - FRAME_HEADER < FRAME_TARGET)
        return 0;
    commit_frame(self);
    return self->write ? tai_pickler_flush(self) : 0;
}

/* A header of an opcode and a size, then the data; large data by-passes frames and, where there is a file, the buffer. payload: the
 * object that holds the data, or NULL. */
static int put_data(Pickler *self, int op, int size_bytes, const char *data, Py_ssize_t size, PyObject *payload)
{
    int large = size >= FRAME_TARGET, framing = self->framing, result = -1;
    if (large) {
        commit_frame(self);
        self->framing = 0;
    }
    if (put_number(self, op, (uint64_t)size, size_bytes) < 0)
        goto done;
    if (large && self->write) {
        PyObject *own = NULL;
        if (tai_pickler_flush(self) < 0 || (payload == NULL && (payload = own = PyBytes_FromStringAndSize(data, size)) == NULL))
            goto done;
        result = write_object(self, payload);
        Py_XDECREF(own);
    }
    else
        result = put(self, data, size);
done:
    self->framing = framing;
    return result;
}

/* ---- memo opcodes ---- */

static int memo_put(Pickler *self, PyObject *object)
{
    if (self->fast)
        return 0;
    Py_ssize_t index = self->memo.used;
    if (tai_pickle_memo_set(&self->memo, object, index) < 0)
        return -1;
    if (self->proto >= 4)
        return put_op(self, OP_MEMOIZE);
    if (!self->bin) {
        char text[32];
        return put(self, text, PyOS_snprintf(text, sizeof text, "%c%zd\n", OP_PUT, index));
    }
    if (index < 256)
        return put_number(self, OP_BINPUT, (uint64_t)index, 1);
    if ((uint64_t)index <= 0xffffffffu)
        return put_number(self, OP_LONG_BINPUT, (uint64_t)index, 4);
    PyErr_SetString(tai_pickle.PicklingError, "memo id too large for LONG_BINPUT");
    return -1;
}

static int put_get(Pickler *self, Py_ssize_t index)
{
    if (!self->bin) {
        char text[32];
        return put(self, text, PyOS_snprintf(text, sizeof text, "%c%zd\n", OP_GET, index));
    }
    if (index < 256)
        return put_number(self, OP_BINGET, (uint64_t)index, 1);
    if ((uint64_t)index <= 0xffffffffu)
        return put_number(self, OP_LONG_BINGET, (uint64_t)index, 4);
    PyErr_SetString(tai_pickle.PicklingError, "memo id too large for LONG_BINGET");
    return -1;
}

/* ---- fast mode: no memo, so cycles have to be found otherwise ---- */

static int fast_enter(Pickler *self, PyObject *object)
{
    if (!self->fast || ++self->fast_nesting < FAST_LIMIT)
        return 0;
    if (self->fast_memo == NULL && (self->fast_memo = PyDict_New()) == NULL)
        return -1;
    PyObject *key = PyLong_FromVoidPtr(object);
    if (key == NULL)
        return -1;
    int known = PyDict_Contains(self->fast_memo, key);
    if (known > 0)
        PyErr_Format(PyExc_ValueError, "fast mode: can't pickle cyclic objects including object type %.200s at %p",
                     Py_TYPE(object)->tp_name, object);
    if (known == 0)
        known = PyDict_SetItem(self->fast_memo, key, Py_None);
    Py_DECREF(key);
    if (known != 0)
        self->fast_nesting = -1;
    return known == 0 ? 0 : -1;
}

static int fast_leave(Pickler *self, PyObject *object)
{
    if (!self->fast || self->fast_nesting-- < FAST_LIMIT)
        return 0;
    PyObject *key = PyLong_FromVoidPtr(object);
    if (key == NULL)
        return -1;
    int result = PyDict_DelItem(self->fast_memo, key);
    Py_DECREF(key);
    return result;
}

/* ---- atoms ---- */

static int save_bool(Pickler *self, PyObject *object)
{
    int truth = object == Py_True;
    if (self->proto >= 2)
        return put_op(self, truth ? OP_NEWTRUE : OP_NEWFALSE);
    return put(self, truth ? "I01\n" : "I00\n", 4);
}

static int save_long_text(Pickler *self, PyObject *object, int op, const char *end)
{
    PyObject *text = PyObject_Repr(object);
    if (text == NULL)
        return -1;
    Py_ssize_t size;
    const char *digits = PyUnicode_AsUTF8AndSize(text, &size);
    int result = digits == NULL || put_op(self, op) < 0 || put(self, digits, size) < 0 || put(self, end, strlen(end)) < 0;
    Py_DECREF(text);
    return result ? -1 : 0;
}

static int save_long_bytes(Pickler *self, PyObject *object)
{
    int sign = _PyLong_Sign(object);
    if (sign == 0)
        return put_number(self, OP_LONG1, 0, 1);
    size_t bits = _PyLong_NumBits(object);
    if (bits == (size_t)-1 && PyErr_Occurred())
        return -1;
    size_t size = (bits >> 3) + 1;
    if (size > 0x7fffffff) {
        PyErr_SetString(PyExc_OverflowError, "int too large to pickle");
        return -1;
    }
    unsigned char small[64], *bytes = size <= sizeof small ? small : PyMem_Malloc(size);
    if (bytes == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    int result = _PyLong_AsByteArray((PyLongObject *)object, bytes, size, 1, 1);
    if (result == 0) {
        /* a negative number may need one byte less than its bits suggest */
        if (sign < 0 && size > 1 && bytes[size - 1] == 0xff && (bytes[size - 2] & 0x80))
            size--;
        result = (size < 256 ? put_number(self, OP_LONG1, size, 1) : put_number(self, OP_LONG4, size, 4)) < 0 ||
                 put(self, bytes, size) < 0 ? -1 : 0;
    }
    if (bytes != small)
        PyMem_Free(bytes);
    return result;
}

static int save_int(Pickler *self, PyObject *object)
{
    int overflow;
    long value = PyLong_AsLongAndOverflow(object, &overflow);
    if (value == -1 && PyErr_Occurred())
        return -1;
    int fits = !overflow && value >= -0x80000000L && value <= 0x7fffffffL;
    if (self->bin && fits) {
        if (value >= 0 && value <= 0xff)
            return put_number(self, OP_BININT1, (uint64_t)value, 1);
        if (value >= 0 && value <= 0xffff)
            return put_number(self, OP_BININT2, (uint64_t)value, 2);
        return put_number(self, OP_BININT, (uint64_t)value, 4);
    }
    if (self->proto >= 2)
        return save_long_bytes(self, object);
    return fits ? save_long_text(self, object, OP_INT, "\n") : save_long_text(self, object, OP_LONG, "L\n");
}

static int save_float(Pickler *self, PyObject *object)
{
    double value = PyFloat_AS_DOUBLE(object);
    if (self->bin) {
        unsigned char text[9] = {OP_BINFLOAT};
        return _PyFloat_Pack8(value, text + 1, 0) < 0 ? -1 : put(self, text, 9);
    }
    char *text = PyOS_double_to_string(value, 'r', 0, Py_DTSF_ADD_DOT_0, NULL);
    if (text == NULL)
        return -1;
    int result = put_op(self, OP_FLOAT) < 0 || put(self, text, strlen(text)) < 0 || put_op(self, '\n') < 0 ? -1 : 0;
    PyMem_Free(text);
    return result;
}

/* ---- reducers made here ---- */

static int save_reduce(Pickler *self, PyObject *args, PyObject *object);

/* Steals value. */
static int save_reduce_steal(Pickler *self, PyObject *value, PyObject *object)
{
    if (value == NULL)
        return -1;
    int result = save_reduce(self, value, object);
    Py_DECREF(value);
    return result;
}

/* ---- bytes ---- */

static int save_bytes_data(Pickler *self, PyObject *object, const char *data, Py_ssize_t size)
{
    int result;
    if (size <= 0xff)
        result = put_data(self, OP_SHORT_BINBYTES, 1, data, size, object);
    else if ((uint64_t)size <= 0xffffffffu)
        result = put_data(self, OP_BINBYTES, 4, data, size, object);
    else if (self->proto >= 4)
        result = put_data(self, OP_BINBYTES8, 8, data, size, object);
    else {
        PyErr_SetString(PyExc_OverflowError, "serializing a bytes object larger than 4 GiB requires pickle protocol 4 or higher");
        return -1;
    }
    return result < 0 ? -1 : memo_put(self, object);
}

/* Before protocol 3 bytes are pickled as codecs.encode(text, 'latin1'), which Python 2 reads as str. */
static int save_bytes(Pickler *self, PyObject *object)
{
    if (self->proto >= 3)
        return save_bytes_data(self, object, PyBytes_AS_STRING(object), PyBytes_GET_SIZE(object));
    if (PyBytes_GET_SIZE(object) == 0)
        return save_reduce_steal(self, Py_BuildValue("(O())", (PyObject *)&PyBytes_Type), object);
    /* One object each time, so that it is written once. */
    _Py_IDENTIFIER(latin1);
    PyObject *encoding = _PyUnicode_FromId(&PyId_latin1);
    PyObject *text = encoding ? PyUnicode_DecodeLatin1(PyBytes_AS_STRING(object), PyBytes_GET_SIZE(object), "strict") : NULL;
    if (text == NULL)
        return -1;
    return save_reduce_steal(self, Py_BuildValue("(O(NO))", tai_pickle.codecs_encode, text, encoding), object);
}

static int save_bytearray_data(Pickler *self, PyObject *object, const char *data, Py_ssize_t size)
{
    return put_data(self, OP_BYTEARRAY8, 8, data, size, object) < 0 ? -1 : memo_put(self, object);
}

static int save_bytearray(Pickler *self, PyObject *object)
{
    if (self->proto >= 5)
        return save_bytearray_data(self, object, PyByteArray_AS_STRING(object), PyByteArray_GET_SIZE(object));
    if (PyByteArray_GET_SIZE(object) == 0)
        return save_reduce_steal(self, Py_BuildValue("(O())", (PyObject *)&PyByteArray_Type), object);
    PyObject *bytes = PyBytes_FromObject(object);
    if (bytes == NULL)
        return -1;
    return save_reduce_steal(self, Py_BuildValue("(O(N))", (PyObject *)&PyByteArray_Type, bytes), object);
}

static int save_buffer(Pickler *self, PyObject *object)
{
    if (self->proto < 5) {
        PyErr_SetString(tai_pickle.PicklingError, "PickleBuffer can only pickled with protocol >= 5");
        return -1;
    }
    const Py_buffer *view = PyPickleBuffer_GetBuffer(object);
    if (view == NULL)
        return -1;
    if (view->suboffsets != NULL || !PyBuffer_IsContiguous(view, 'A')) {
        PyErr_SetString(tai_pickle.PicklingError, "PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
        return -1;
    }
    int in_band = 1;
    if (self->buffer_callback != NULL) {
        PyObject *result = _PyObject_FastCall(self->buffer_callback, &object, 1);
        if (result == NULL)
            return -1;
        in_band = PyObject_IsTrue(result);
        Py_DECREF(result);
        if (in_band < 0)
            return -1;
    }
    if (!in_band)
        return put_op(self, OP_NEXT_BUFFER) < 0 ? -1 : view->readonly ? put_op(self, OP_READONLY_BUFFER) : 0;
    return view->readonly ? save_bytes_data(self, object, view->buf, view->len)
                          : save_bytearray_data(self, object, view->buf, view->len);
}

/* ---- str ---- */

/* Protocol 0: Latin-1, with escapes for what is beyond and for what would break the line. New. */
static PyObject *raw_escape(PyObject *text)
{
    static const char hex[] = "0123456789abcdef";
    if (PyUnicode_READY(text) < 0)
        return NULL;
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    if (size > PY_SSIZE_T_MAX / 10)
        return PyErr_NoMemory();
    _PyBytesWriter writer;
    _PyBytesWriter_Init(&writer);
    char *p = _PyBytesWriter_Alloc(&writer, size * (kind == PyUnicode_4BYTE_KIND ? 10 : 6));
    if (p == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < size; i++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if (c < 256 && c != '\\' && c != 0 && c != '\n' && c != '\r' && c != 0x1a) {
            *p++ = (char)c;
            continue;
        }
        int digits = c >= 0x10000 ? 8 : 4;
        *p++ = '\\';
        *p++ = digits == 8 ? 'U' : 'u';
        while (digits-- > 0)
            *p++ = hex[(c >> (4 * digits)) & 15];
    }
    return _PyBytesWriter_Finish(&writer, p);
}

static int save_str_data(Pickler *self, PyObject *object, const char *data, Py_ssize_t size)
{
    if (size <= 0xff && self->proto >= 4)
        return put_data(self, OP_SHORT_BINUNICODE, 1, data, size, NULL);
    if ((uint64_t)size <= 0xffffffffu)
        return put_data(self, OP_BINUNICODE, 4, data, size, NULL);
    if (self->proto >= 4)
        return put_data(self, OP_BINUNICODE8, 8, data, size, NULL);
    PyErr_SetString(PyExc_OverflowError, "serializing a string larger than 4 GiB requires pickle protocol 4 or higher");
    return -1;
}

static int save_str(Pickler *self, PyObject *object)
{
    int result;
    if (self->bin) {
        Py_ssize_t size;
        const char *data = PyUnicode_AsUTF8AndSize(object, &size);
        if (data != NULL)
            result = save_str_data(self, object, data, size);
        else { /* surrogates */
            PyErr_Clear();
            PyObject *bytes = PyUnicode_AsEncodedString(object, "utf-8", "surrogatepass");
            if (bytes == NULL)
                return -1;
            result = save_str_data(self, object, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes));
            Py_DECREF(bytes);
        }
    }
    else {
        PyObject *bytes = raw_escape(object);
        if (bytes == NULL)
            return -1;
        result = put_op(self, OP_UNICODE) < 0 || put(self, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes)) < 0 ||
                 put_op(self, '\n') < 0 ? -1 : 0;
        Py_DECREF(bytes);
    }
    return result < 0 ? -1 : memo_put(self, object);
}

/* ---- containers ---- */

static int put_pops(Pickler *self, Py_ssize_t count)
{
    while (count-- > 0)
        if (put_op(self, OP_POP) < 0)
            return -1;
    return 0;
}

static int save_tuple(Pickler *self, PyObject *object)
{
    static const unsigned char ops[] = {OP_EMPTY_TUPLE, OP_TUPLE1, OP_TUPLE2, OP_TUPLE3};
    Py_ssize_t size = PyTuple_GET_SIZE(object);
    if (size == 0)
        return self->proto ? put_op(self, OP_EMPTY_TUPLE) : put(self, "(t", 2);
    int is_short = size <= 3 && self->proto >= 2;
    if (!is_short && put_op(self, OP_MARK) < 0)
        return -1;
    for (Py_ssize_t i = 0; i < size; i++)
        if (save(self, PyTuple_GET_ITEM(object, i), 0) < 0)
            return -1;
    Py_ssize_t index = tai_pickle_memo_find(&self->memo, object);
    if (index >= 0) { /* [PKL-2] */
        int failed = is_short ? put_pops(self, size) : self->bin ? put_op(self, OP_POP_MARK) : put_pops(self, size + 1);
        return failed < 0 ? -1 : put_get(self, index);
    }
    return put_op(self, is_short ? ops[size] : OP_TUPLE) < 0 ? -1 : memo_put(self, object);
}

/* The items of an iterator, appended in batches. */
static int batch_list(Pickler *self, PyObject *iter)
{
    PyObject *first, *item;
    if (self->proto == 0) {
        while ((item = PyIter_Next(iter)) != NULL) {
            int failed = save(self, item, 0) < 0 || put_op(self, OP_APPEND) < 0;
            Py_DECREF(item);
            if (failed)
                return -1;
        }
        return PyErr_Occurred() ? -1 : 0;
    }
    while ((first = PyIter_Next(iter)) != NULL) {
        item = PyIter_Next(iter);
        if (item == NULL) {
            int failed = PyErr_Occurred() || save(self, first, 0) < 0 || put_op(self, OP_APPEND) < 0;
            Py_DECREF(first);
            return failed ? -1 : 0;
        }
        int failed = put_op(self, OP_MARK) < 0 || save(self, first, 0) < 0;
        Py_DECREF(first);
        for (int count = 1; !failed && item != NULL; count++) {
            failed = save(self, item, 0) < 0;
            Py_CLEAR(item);
            if (failed || count + 1 >= BATCH)
                break;
            item = PyIter_Next(iter);
            failed = item == NULL && PyErr_Occurred();
        }
        Py_XDECREF(item);
        if (failed || put_op(self, OP_APPENDS) < 0)
            return -1;
    }
    return PyErr_Occurred() ? -1 : 0;
}

static int batch_list_exact(Pickler *self, PyObject *list)
{
    for (Py_ssize_t at = 0; at < PyList_GET_SIZE(list);) {
        int alone = at == 0 && PyList_GET_SIZE(list) == 1;
        if (!alone && put_op(self, OP_MARK) < 0)
            return -1;
        for (int count = 0; at < PyList_GET_SIZE(list) && count < BATCH; at++, count++) {
            PyObject *item = PyList_GET_ITEM(list, at);
            Py_INCREF(item);
            int failed = save(self, item, 0);
            Py_DECREF(item);
            if (failed < 0)
                return -1;
        }
        if (put_op(self, alone ? OP_APPEND : OP_APPENDS) < 0)
            return -1;
    }
    return 0;
}

static int save_list(Pickler *self, PyObject *object)
{
    if (fast_enter(self, object) < 0)
        return -1;
    if ((self->bin ? put_op(self, OP_EMPTY_LIST) : put(self, "(l", 2)) < 0 || memo_put(self, object) < 0)
        return -1;
    if (PyList_GET_SIZE(object) != 0) {
        if (self->proto > 0) {
            if (batch_list_exact(self, object) < 0)
                return -1;
        }
        else {
            PyObject *iter = PyObject_GetIter(object);
            int failed = iter == NULL || batch_list(self, iter) < 0;
            Py_XDECREF(iter);
            if (failed)
                return -1;
        }
    }
    return fast_leave(self, object);
}

static int save_pair(Pickler *self, PyObject *pair)
{
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2) {
        PyErr_SetString(PyExc_TypeError, "dict items iterator must return 2-tuples");
        return -1;
    }
    return save(self, PyTuple_GET_ITEM(pair, 0), 0) < 0 ? -1 : save(self, PyTuple_GET_ITEM(pair, 1), 0);
}

static int batch_dict(Pickler *self, PyObject *iter)
{
    PyObject *first, *item;
    if (self->proto == 0) {
        while ((item = PyIter_Next(iter)) != NULL) {
            int failed = save_pair(self, item) < 0 || put_op(self, OP_SETITEM) < 0;
            Py_DECREF(item);
            if (failed)
                return -1;
        }
        return PyErr_Occurred() ? -1 : 0;
    }
    while ((first = PyIter_Next(iter)) != NULL) {
        item = PyIter_Next(iter);
        if (item == NULL) {
            int failed = PyErr_Occurred() || save_pair(self, first) < 0 || put_op(self, OP_SETITEM) < 0;
            Py_DECREF(first);
            return failed ? -1 : 0;
        }
        int failed = put_op(self, OP_MARK) < 0 || save_pair(self, first) < 0;
        Py_DECREF(first);
        for (int count = 1; !failed && item != NULL; count++) {
            failed = save_pair(self, item) < 0;
            Py_CLEAR(item);
            if (failed || count + 1 >= BATCH)
                break;
            item = PyIter_Next(iter);
            failed = item == NULL && PyErr_Occurred();
        }
        Py_XDECREF(item);
        if (failed || put_op(self, OP_SETITEMS) < 0)
            return -1;
    }
    return PyErr_Occurred() ? -1 : 0;
}

static int batch_dict_exact(Pickler *self, PyObject *dict)
{
    PyObject *key, *value;
    Py_ssize_t size = PyDict_GET_SIZE(dict), at = 0, done = 0;
    int alone = size == 1;
    while (done < size) {
        if (!alone && put_op(self, OP_MARK) < 0)
            return -1;
        for (int count = 0; count < BATCH && PyDict_Next(dict, &at, &key, &value); count++, done++) {
            Py_INCREF(key);
            Py_INCREF(value);
            int failed = save(self, key, 0) < 0 || save(self, value, 0) < 0;
            Py_DECREF(key);
            Py_DECREF(value);
            if (failed)
                return -1;
            if (PyDict_GET_SIZE(dict) != size) {
                PyErr_SetString(PyExc_RuntimeError, "dictionary changed size during iteration");
                return -1;
            }
        }
        if (put_op(self, alone ? OP_SETITEM : OP_SETITEMS) < 0)
            return -1;
    }
    return 0;
}

static int save_dict(Pickler *self, PyObject *object)
{
    _Py_IDENTIFIER(items);
    if (fast_enter(self, object) < 0)
        return -1;
    if ((self->bin ? put_op(self, OP_EMPTY_DICT) : put(self, "(d", 2)) < 0 || memo_put(self, object) < 0)
        return -1;
    if (PyDict_GET_SIZE(object) != 0) {
        if (PyDict_CheckExact(object) && self->proto > 0) {
            if (batch_dict_exact(self, object) < 0)
                return -1;
        }
        else {
            PyObject *items = _PyObject_CallMethodIdObjArgs(object, &PyId_items, NULL);
            PyObject *iter = items ? PyObject_GetIter(items) : NULL;
            Py_XDECREF(items);
            int failed = iter == NULL || batch_dict(self, iter) < 0;
            Py_XDECREF(iter);
            if (failed)
                return -1;
        }
    }
    return fast_leave(self, object);
}

/* (type, ([items],)) for protocols that know no sets. */
static int save_set_reduced(Pickler *self, PyObject *object, PyTypeObject *type)
{
    PyObject *items = PySequence_List(object);
    return items ? save_reduce_steal(self, Py_BuildValue("(O(N))", type, items), object) : -1;
}

static int save_set(Pickler *self, PyObject *object)
{
    if (self->proto < 4)
        return save_set_reduced(self, object, &PySet_Type);
    if (put_op(self, OP_EMPTY_SET) < 0 || memo_put(self, object) < 0)
        return -1;
    Py_ssize_t size = PySet_GET_SIZE(object), at = 0, done = 0;
    PyObject *item;
    Py_hash_t hash;
    while (done < size) {
        if (put_op(self, OP_MARK) < 0)
            return -1;
        for (int count = 0; count < BATCH && _PySet_NextEntry(object, &at, &item, &hash); count++, done++) {
            Py_INCREF(item);
            int failed = save(self, item, 0);
            Py_DECREF(item);
            if (failed < 0)
                return -1;
            if (PySet_GET_SIZE(object) != size) {
                PyErr_SetString(PyExc_RuntimeError, "set changed size during iteration");
                return -1;
            }
        }
        if (put_op(self, OP_ADDITEMS) < 0)
            return -1;
    }
    return 0;
}

static int save_frozenset(Pickler *self, PyObject *object)
{
    if (self->proto < 4)
        return save_set_reduced(self, object, &PyFrozenSet_Type);
    PyObject *iter = PyObject_GetIter(object), *item;
    if (iter == NULL || put_op(self, OP_MARK) < 0) {
        Py_XDECREF(iter);
        return -1;
    }
    while ((item = PyIter_Next(iter)) != NULL) {
        int failed = save(self, item, 0);
        Py_DECREF(item);
        if (failed < 0)
            break;
    }
    Py_DECREF(iter);
    if (PyErr_Occurred())
        return -1;
    Py_ssize_t index = tai_pickle_memo_find(&self->memo, object);
    if (index >= 0)
        return put_op(self, OP_POP_MARK) < 0 ? -1 : put_get(self, index);
    return put_op(self, OP_FROZENSET) < 0 ? -1 : memo_put(self, object);
}

/* ---- globals ---- */

/* "a.b.c" as a list; names inside functions cannot be found again. New. `where` for the message, may be NULL. */
static PyObject *dotted_path(PyObject *where, PyObject *name)
{
    PyObject *dot = PyUnicode_FromString("."), *path = dot ? PyUnicode_Split(name, dot, -1) : NULL;
    Py_XDECREF(dot);
    for (Py_ssize_t i = 0; path && i < PyList_GET_SIZE(path); i++)
        if (_PyUnicode_EqualToASCIIString(PyList_GET_ITEM(path, i), "<locals>")) {
            if (where == NULL)
                PyErr_Format(PyExc_AttributeError, "Can't pickle local object %R", name);
            else
                PyErr_Format(PyExc_AttributeError, "Can't pickle local attribute %R on %R", name, where);
            Py_CLEAR(path);
        }
    return path;
}

/* Follow the path. New; *parent (new) is what holds the last name. NULL with AttributeError. */
static PyObject *deep_attribute(PyObject *object, PyObject *path, PyObject **parent)
{
    PyObject *holder = NULL;
    Py_INCREF(object);
    for (Py_ssize_t i = 0; object && i < PyList_GET_SIZE(path); i++) {
        Py_XSETREF(holder, object);
        object = PyObject_GetAttr(holder, PyList_GET_ITEM(path, i));
    }
    if (object != NULL && parent != NULL)
        *parent = holder;
    else
        Py_XDECREF(holder);
    return object;
}

/* The name of the module that has the object under this path. New. */
static PyObject *which_module(PyObject *object, PyObject *path)
{
    _Py_IDENTIFIER(__module__);
    PyObject *name, *modules, *module;
    if (_PyObject_LookupAttrId(object, &PyId___module__, &name) < 0)
        return NULL;
    if (name != NULL && name != Py_None)
        return name;
    Py_CLEAR(name);
    modules = PySys_GetObject("modules");
    if (modules == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "unable to get sys.modules");
        return NULL;
    }
    PyObject *copy = PyMapping_Items(modules); /* imports may happen while attributes are read */
    for (Py_ssize_t i = 0; copy && i < PyList_GET_SIZE(copy); i++) {
        PyObject *pair = PyList_GET_ITEM(copy, i);
        name = PyTuple_GET_ITEM(pair, 0);
        module = PyTuple_GET_ITEM(pair, 1);
        if (module == Py_None || (PyUnicode_Check(name) && _PyUnicode_EqualToASCIIString(name, "__main__")))
            continue;
        PyObject *candidate = deep_attribute(module, path, NULL);
        if (candidate == NULL) {
            if (!PyErr_ExceptionMatches(PyExc_AttributeError)) {
                Py_DECREF(copy);
                return NULL;
            }
            PyErr_Clear();
        }
        Py_XDECREF(candidate);
        if (candidate == object) {
            Py_INCREF(name);
            Py_DECREF(copy);
            return name;
        }
    }
    if (copy == NULL)
        return NULL;
    Py_DECREF(copy);
    return PyUnicode_FromString("__main__");
}

/* An EXT opcode if the name is registered with copyreg. 1 done, 0 not registered, -1. */
static int save_extension(Pickler *self, PyObject *object, PyObject *module, PyObject *name)
{
    PyObject *key = PyTuple_Pack(2, module, name), *code_object;
    if (key == NULL)
        return -1;
    code_object = PyDict_GetItemWithError(tai_pickle.extension_registry, key);
    Py_DECREF(key);
    if (code_object == NULL)
        return PyErr_Occurred() ? -1 : 0;
    if (!PyLong_Check(code_object)) {
        PyErr_Format(tai_pickle.PicklingError, "Can't pickle %R: extension code %R isn't an integer", object, code_object);
        return -1;
    }
    long code = PyLong_AsLong(code_object);
    if (code <= 0 || code > 0x7fffffffL) {
        if (!PyErr_Occurred())
            PyErr_Format(tai_pickle.PicklingError, "Can't pickle %R: extension code %ld is out of range", object, code);
        return -1;
    }
    int result = code <= 0xff ? put_number(self, OP_EXT1, code, 1)
               : code <= 0xffff ? put_number(self, OP_EXT2, code, 2) : put_number(self, OP_EXT4, code, 4);
    return result < 0 ? -1 : 1;
}

/* Python 3's names to Python 2's. Both references are replaced. */
static int fix_names(PyObject **module, PyObject **name)
{
    PyObject *key = PyTuple_Pack(2, *module, *name), *item;
    if (key == NULL)
        return -1;
    item = PyDict_GetItemWithError(tai_pickle.name_3to2, key);
    Py_DECREF(key);
    if (item != NULL) {
        if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) != 2) {
            PyErr_Format(PyExc_RuntimeError, "_compat_pickle.REVERSE_NAME_MAPPING values should be 2-tuples, not %.200s",
                         Py_TYPE(item)->tp_name);
            return -1;
        }
        PyObject *new_module = PyTuple_GET_ITEM(item, 0), *new_name = PyTuple_GET_ITEM(item, 1);
        if (!PyUnicode_Check(new_module) || !PyUnicode_Check(new_name)) {
            PyErr_Format(PyExc_RuntimeError,
                         "_compat_pickle.REVERSE_NAME_MAPPING values should be pairs of str, not (%.200s, %.200s)",
                         Py_TYPE(new_module)->tp_name, Py_TYPE(new_name)->tp_name);
            return -1;
        }
        Py_INCREF(new_module);
        Py_INCREF(new_name);
        Py_SETREF(*module, new_module);
        Py_SETREF(*name, new_name);
        return 0;
    }
    if (PyErr_Occurred())
        return -1;
    item = PyDict_GetItemWithError(tai_pickle.import_3to2, *module);
    if (item == NULL)
        return PyErr_Occurred() ? -1 : 0;
    if (!PyUnicode_Check(item)) {
        PyErr_Format(PyExc_RuntimeError, "_compat_pickle.REVERSE_IMPORT_MAPPING values should be strings, not %.200s",
                     Py_TYPE(item)->tp_name);
        return -1;
    }
    Py_INCREF(item);
    Py_SETREF(*module, item);
    return 0;
}

static int put_identifier(Pickler *self, PyObject *name, const char *what)
{
    PyObject *bytes = self->proto >= 3 ? PyUnicode_AsUTF8String(name) : PyUnicode_AsASCIIString(name);
    if (bytes == NULL) {
        if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError))
            PyErr_Format(tai_pickle.PicklingError, "can't pickle %s identifier '%S' using pickle protocol %i", what, name,
                         self->proto);
        return -1;
    }
    int result = put(self, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes)) < 0 || put_op(self, '\n') < 0 ? -1 : 0;
    Py_DECREF(bytes);
    return result;
}

static int put_global(Pickler *self, PyObject *module, PyObject *name)
{
    Py_INCREF(module);
    Py_INCREF(name);
    int result = self->fix_imports && self->proto < 3 ? fix_names(&module, &name) : 0;
    if (result == 0)
        result = put_op(self, OP_GLOBAL) < 0 || put_identifier(self, module, "module") < 0 ||
                 put_identifier(self, name, "global") < 0 ? -1 : 0;
    Py_DECREF(module);
    Py_DECREF(name);
    return result;
}

/* By reference: module and qualified name, after a check that they lead to the same object. name: str or NULL. */
static int save_global(Pickler *self, PyObject *object, PyObject *name)
{
    _Py_IDENTIFIER(__qualname__);
    _Py_IDENTIFIER(__name__);
    PyObject *path = NULL, *module_name = NULL, *module = NULL, *found = NULL, *parent = NULL;
    int result = -1;
    if (name != NULL)
        Py_INCREF(name);
    else if (_PyObject_LookupAttrId(object, &PyId___qualname__, &name) < 0 ||
             (name == NULL && (name = _PyObject_GetAttrId(object, &PyId___name__)) == NULL))
        return -1;
    if ((path = dotted_path(NULL, name)) == NULL || (module_name = which_module(object, path)) == NULL)
        goto done;
    module = PyImport_ImportModuleLevelObject(module_name, NULL, NULL, NULL, 0);
    if (module != NULL)
        Py_SETREF(module, PyImport_GetModule(module_name)); /* a dotted name: the last part */
    if (module == NULL) {
        PyErr_Format(tai_pickle.PicklingError, "Can't pickle %R: import of module %R failed", object, module_name);
        goto done;
    }
    found = deep_attribute(module, path, &parent);
    if (found == NULL) {
        PyErr_Format(tai_pickle.PicklingError, "Can't pickle %R: attribute lookup %S on %S failed", object, name, module_name);
        goto done;
    }
    if (found != object) {
        PyErr_Format(tai_pickle.PicklingError, "Can't pickle %R: it's not the same object as %S.%S", object, module_name, name);
        goto done;
    }
    if (self->proto >= 2 && (result = save_extension(self, object, module_name, name)) != 0) {
        result = result < 0 ? -1 : 0; /* not memoized */
        goto done;
    }
    PyObject *last = PyList_GET_ITEM(path, PyList_GET_SIZE(path) - 1);
    if (self->proto >= 4)
        result = save(self, module_name, 0) < 0 || save(self, name, 0) < 0 || put_op(self, OP_STACK_GLOBAL) < 0 ? -1 : 0;
    else if (parent != module)
        result = save_reduce_steal(self, Py_BuildValue("(O(OO))", tai_pickle.getattr, parent, last), NULL);
    else
        result = put_global(self, module_name, last);
    if (result == 0)
        result = memo_put(self, object);
done:
    Py_XDECREF(name);
    Py_XDECREF(path);
    Py_XDECREF(module_name);
    Py_XDECREF(module);
    Py_XDECREF(found);
    Py_XDECREF(parent);
    return result;
}

static int save_named_singleton(Pickler *self, PyObject *object, const char *text)
{
    PyObject *name = PyUnicode_FromString(text);
    if (name == NULL)
        return -1;
    int result = save_global(self, object, name);
    Py_DECREF(name);
    return result;
}

static int save_type(Pickler *self, PyObject *object)
{
    PyObject *singleton = object == (PyObject *)&_PyNone_Type ? Py_None
                        : object == (PyObject *)&PyEllipsis_Type ? Py_Ellipsis
                        : object == (PyObject *)&_PyNotImplemented_Type ? Py_NotImplemented : NULL;
    if (singleton != NULL)
        return save_reduce_steal(self, Py_BuildValue("(O(O))", &PyType_Type, singleton), object);
    return save_global(self, object, NULL);
}

/* ---- reduce ---- */

static int is_named(PyObject *callable, const char *name)
{
    _Py_IDENTIFIER(__name__);
    PyObject *own;
    if (_PyObject_LookupAttrId(callable, &PyId___name__, &own) < 0)
        return -1;
    int result = own != NULL && PyUnicode_Check(own) && _PyUnicode_EqualToASCIIString(own, name);
    Py_XDECREF(own);
    return result;
}

static int save_newobj_ex(Pickler *self, PyObject *args)
{
    _Py_IDENTIFIER(__new__);
    if (PyTuple_GET_SIZE(args) != 3) {
        PyErr_Format(tai_pickle.PicklingError, "length of the NEWOBJ_EX argument tuple must be exactly 3, not %zd",
                     PyTuple_GET_SIZE(args));
        return -1;
    }
    PyObject *cls = PyTuple_GET_ITEM(args, 0), *new_args = PyTuple_GET_ITEM(args, 1), *kwargs = PyTuple_GET_ITEM(args, 2);
    const char *wrong = !PyType_Check(cls) ? "first item from NEWOBJ_EX argument tuple must be a class, not %.200s"
                      : !PyTuple_Check(new_args) ? "second item from NEWOBJ_EX argument tuple must be a tuple, not %.200s"
                      : !PyDict_Check(kwargs) ? "third item from NEWOBJ_EX argument tuple must be a dict, not %.200s" : NULL;
    if (wrong != NULL) {
        PyObject *item = !PyType_Check(cls) ? cls : !PyTuple_Check(new_args) ? new_args : kwargs;
        PyErr_Format(tai_pickle.PicklingError, wrong, Py_TYPE(item)->tp_name);
        return -1;
    }
    if (self->proto >= 4)
        return save(self, cls, 0) < 0 || save(self, new_args, 0) < 0 || save(self, kwargs, 0) < 0 ||
               put_op(self, OP_NEWOBJ_EX) < 0 ? -1 : 0;
    /* partial(cls.__new__, cls, *args, **kwargs)() */
    PyObject *front = NULL, *all = NULL, *partial = NULL, *none = NULL, *cls_new = _PyObject_GetAttrId(cls, &PyId___new__);
    if (cls_new != NULL && (front = PyTuple_Pack(2, cls_new, cls)) != NULL && (all = PySequence_Concat(front, new_args)) != NULL)
        partial = PyObject_Call(tai_pickle.partial, all, kwargs);
    Py_XDECREF(cls_new);
    Py_XDECREF(front);
    Py_XDECREF(all);
    int result = partial == NULL || (none = PyTuple_New(0)) == NULL || save(self, partial, 0) < 0 || save(self, none, 0) < 0 ||
                 put_op(self, OP_REDUCE) < 0 ? -1 : 0;
    Py_XDECREF(partial);
    Py_XDECREF(none);
    return result;
}

static int save_newobj(Pickler *self, PyObject *args, PyObject *object)
{
    _Py_IDENTIFIER(__new__);
    _Py_IDENTIFIER(__class__);
    if (PyTuple_GET_SIZE(args) < 1) {
        PyErr_SetString(tai_pickle.PicklingError, "__newobj__ arglist is empty");
        return -1;
    }
    PyObject *cls = PyTuple_GET_ITEM(args, 0), *attribute;
    if (_PyObject_LookupAttrId(cls, &PyId___new__, &attribute) < 0)
        return -1;
    if (attribute == NULL) {
        PyErr_SetString(tai_pickle.PicklingError, "args[0] from __newobj__ args is not a type");
        return -1;
    }
    Py_DECREF(attribute);
    if (object != NULL) {
        attribute = _PyObject_GetAttrId(object, &PyId___class__);
        if (attribute == NULL)
            return -1;
        Py_DECREF(attribute);
        if (attribute != cls) {
            PyErr_SetString(tai_pickle.PicklingError, "args[0] from __newobj__ args has the wrong class");
            return -1;
        }
    }
    PyObject *rest = PyTuple_GetSlice(args, 1, PyTuple_GET_SIZE(args));
    if (rest == NULL)
        return -1;
    int result = save(self, cls, 0) < 0 || save(self, rest, 0) < 0 || put_op(self, OP_NEWOBJ) < 0 ? -1 : 0;
    Py_DECREF(rest);
    return result;
}

typedef struct {
    PyObject *callable, *args, *state, *listitems, *dictitems, *setter; /* NULL: not given */
} Reduced;

static int read_reduced(PyObject *value, Reduced *r)
{
    Py_ssize_t size = PyTuple_GET_SIZE(value);
    *r = (Reduced){0};
    if (size < 2 || size > 6) {
        PyErr_SetString(tai_pickle.PicklingError, "tuple returned by __reduce__ must contain 2 through 6 elements");
        return -1;
    }
    PyObject **fields[] = {&r->callable, &r->args, &r->state, &r->listitems, &r->dictitems, &r->setter};
    for (Py_ssize_t i = 0; i < size; i++)
        if (i < 2 || PyTuple_GET_ITEM(value, i) != Py_None)
            *fields[i] = PyTuple_GET_ITEM(value, i);
    if (!PyCallable_Check(r->callable))
        PyErr_SetString(tai_pickle.PicklingError, "first item of the tuple returned by __reduce__ must be callable");
    else if (!PyTuple_Check(r->args))
        PyErr_SetString(tai_pickle.PicklingError, "second item of the tuple returned by __reduce__ must be a tuple");
    else if (r->listitems && !PyIter_Check(r->listitems))
        PyErr_Format(tai_pickle.PicklingError, "fourth element of the tuple returned by __reduce__ must be an iterator, not %s",
                     Py_TYPE(r->listitems)->tp_name);
    else if (r->dictitems && !PyIter_Check(r->dictitems))
        PyErr_Format(tai_pickle.PicklingError, "fifth element of the tuple returned by __reduce__ must be an iterator, not %s",
                     Py_TYPE(r->dictitems)->tp_name);
    else if (r->setter && !PyCallable_Check(r->setter))
        PyErr_Format(tai_pickle.PicklingError, "sixth element of the tuple returned by __reduce__ must be a function, not %s",
                     Py_TYPE(r->setter)->tp_name);
    else
        return 0;
    return -1;
}

/* What a reducer returned. object: what it stands for, to be memoized; NULL: nothing. */
static int save_reduce(Pickler *self, PyObject *value, PyObject *object)
{
    Reduced r;
    int is_ex = 0, is_new = 0;
    if (read_reduced(value, &r) < 0)
        return -1;
    if (self->proto >= 2 && ((is_ex = is_named(r.callable, "__newobj_ex__")) < 0 ||
                             (!is_ex && (is_new = is_named(r.callable, "__newobj__")) < 0)))
        return -1;
    if (is_ex ? save_newobj_ex(self, r.args) < 0
        : is_new ? save_newobj(self, r.args, object) < 0
        : save(self, r.callable, 0) < 0 || save(self, r.args, 0) < 0 || put_op(self, OP_REDUCE) < 0)
        return -1;
    if (object != NULL) {
        Py_ssize_t index = tai_pickle_memo_find(&self->memo, object);
        if (index >= 0 ? put_op(self, OP_POP) < 0 || put_get(self, index) < 0 : memo_put(self, object) < 0)
            return -1;
    }
    if (r.listitems && batch_list(self, r.listitems) < 0)
        return -1;
    if (r.dictitems && batch_dict(self, r.dictitems) < 0)
        return -1;
    if (r.state == NULL)
        return 0;
    if (r.setter == NULL)
        return save(self, r.state, 0) < 0 ? -1 : put_op(self, OP_BUILD);
    return save(self, r.setter, 0) < 0 || save(self, object, 0) < 0 || save(self, r.state, 0) < 0 ||
           put_op(self, OP_TUPLE2) < 0 || put_op(self, OP_REDUCE) < 0 || put_op(self, OP_POP) < 0 ? -1 : 0;
}

/* ---- persistent ids ---- */

PyObject *tai_pickle_call(PyObject *func, int bound, PyObject *self, PyObject *object)
{
    PyObject *args[2] = {self, object}, *result;
    Py_INCREF(func); /* the attribute that holds it may be set meanwhile */
    result = bound ? _PyObject_FastCall(func, args, 2) : _PyObject_FastCall(func, &object, 1);
    Py_DECREF(func);
    return result;
}

int tai_pickle_find_method(PyObject *self, _Py_Identifier *name, PyObject **func, int *bound)
{
    PyObject *method;
    *bound = 0;
    if (_PyObject_LookupAttrId(self, name, &method) < 0)
        return -1;
    if (method != NULL && PyMethod_Check(method) && PyMethod_GET_SELF(method) == self) {
        PyObject *function = PyMethod_GET_FUNCTION(method); /* without self: the pickler would keep itself alive */
        Py_INCREF(function);
        Py_SETREF(method, function);
        *bound = 1;
    }
    *func = method;
    return 0;
}

/* 1 written, 0 no persistent id, -1. */
static int save_persistent(Pickler *self, PyObject *object)
{
    PyObject *pid = tai_pickle_call(self->pers_func, self->pers_bound, (PyObject *)self, object);
    int result = pid == NULL ? -1 : pid != Py_None;
    if (result > 0) {
        if (self->bin)
            result = save(self, pid, 1) < 0 || put_op(self, OP_BINPERSID) < 0 ? -1 : 1;
        else {
            PyObject *text = PyObject_Str(pid);
            if (text == NULL)
                result = -1;
            else if (!PyUnicode_IS_ASCII(text)) {
                PyErr_SetString(tai_pickle.PicklingError, "persistent IDs in protocol 0 must be ASCII strings");
                result = -1;
            }
            else
                result = put_op(self, OP_PERSID) < 0 || put(self, PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text)) < 0 ||
                         put_op(self, '\n') < 0 ? -1 : 1;
            Py_XDECREF(text);
        }
    }
    Py_XDECREF(pid);
    return result;
}

/* ---- any object ---- */

/* The reducer of a type: from the pickler's own table, or copyreg's. New, NULL without exception where there is none. */
static PyObject *find_reducer(Pickler *self, PyTypeObject *type)
{
    PyObject *reducer;
    if (self->dispatch_table == NULL) {
        reducer = PyDict_GetItemWithError(tai_pickle.dispatch_table, (PyObject *)type);
        Py_XINCREF(reducer);
        return reducer;
    }
    PyObject *table = self->dispatch_table;
    Py_INCREF(table);
    reducer = PyObject_GetItem(table, (PyObject *)type);
    Py_DECREF(table);
    if (reducer == NULL && PyErr_ExceptionMatches(PyExc_KeyError))
        PyErr_Clear();
    return reducer;
}

/* What object.__reduce_ex__(proto) or __reduce__() says. New. */
static PyObject *ask_object(Pickler *self, PyObject *object)
{
    _Py_IDENTIFIER(__reduce_ex__);
    _Py_IDENTIFIER(__reduce__);
    PyObject *method, *result;
    if (_PyObject_LookupAttrId(object, &PyId___reduce_ex__, &method) < 0)
        return NULL;
    if (method != NULL) {
        PyObject *proto = PyLong_FromLong(self->proto);
        result = proto ? _PyObject_FastCall(method, &proto, 1) : NULL;
        Py_XDECREF(proto);
    }
    else {
        if (_PyObject_LookupAttrId(object, &PyId___reduce__, &method) < 0)
            return NULL;
        if (method == NULL) {
            PyErr_Format(tai_pickle.PicklingError, "can't pickle '%.200s' object: %R", Py_TYPE(object)->tp_name, object);
            return NULL;
        }
        result = _PyObject_CallNoArg(method);
    }
    Py_DECREF(method);
    return result;
}

static int save_by_reducing(Pickler *self, PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    PyObject *value = NULL;
    if (self->reducer_override != NULL) {
        value = _PyObject_FastCall(self->reducer_override, &object, 1);
        if (value == NULL)
            return -1;
        if (value == Py_NotImplemented)
            Py_CLEAR(value);
    }
    if (value == NULL) {
        if (type == &PyType_Type)
            return save_type(self, object);
        if (type == &PyFunction_Type)
            return save_global(self, object, NULL);
        PyObject *reducer = find_reducer(self, type);
        if (reducer != NULL) {
            value = _PyObject_FastCall(reducer, &object, 1);
            Py_DECREF(reducer);
        }
        else if (PyErr_Occurred())
            return -1;
        else if (PyType_IsSubtype(type, &PyType_Type))
            return save_global(self, object, NULL);
        else
            value = ask_object(self, object);
        if (value == NULL)
            return -1;
    }
    int result = -1;
    if (PyUnicode_Check(value))
        result = save_global(self, object, value);
    else if (PyTuple_Check(value))
        result = save_reduce(self, value, object);
    else
        PyErr_SetString(tai_pickle.PicklingError, "__reduce__ must return a string or tuple");
    Py_DECREF(value);
    return result;
}

static int save_container(Pickler *self, PyObject *object)
{
    PyTypeObject *type = Py_TYPE(object);
    if (type == &PyDict_Type)
        return save_dict(self, object);
    if (type == &PyList_Type)
        return save_list(self, object);
    if (type == &PyTuple_Type)
        return save_tuple(self, object);
    if (type == &PySet_Type)
        return save_set(self, object);
    if (type == &PyFrozenSet_Type)
        return save_frozenset(self, object);
    if (type == &PyByteArray_Type)
        return save_bytearray(self, object);
    if (type == &PyPickleBuffer_Type)
        return save_buffer(self, object);
    return save_by_reducing(self, object);
}

static int save(Pickler *self, PyObject *object, int no_pers)
{
    PyTypeObject *type = Py_TYPE(object);
    int result;
    if (!no_pers && self->pers_func != NULL && (result = save_persistent(self, object)) != 0)
        return result < 0 ? -1 : boundary(self);
    if (type == &PyLong_Type)
        result = save_int(self, object);
    else if (object == Py_None)
        result = put_op(self, OP_NONE);
    else if (type == &PyBool_Type)
        result = save_bool(self, object);
    else if (type == &PyFloat_Type)
        result = save_float(self, object);
    else {
        Py_ssize_t index = tai_pickle_memo_find(&self->memo, object);
        if (index >= 0)
            result = put_get(self, index);
        else if (type == &PyUnicode_Type)
            result = save_str(self, object);
        else if (type == &PyBytes_Type)
            result = save_bytes(self, object);
        else if (object == Py_Ellipsis)
            result = save_named_singleton(self, object, "Ellipsis");
        else if (object == Py_NotImplemented)
            result = save_named_singleton(self, object, "NotImplemented");
        else {
            if (tai_enter_c(" while pickling an object") < 0)
                return -1;
            result = save_container(self, object);
            tai_leave_c();
        }
    }
    return result < 0 ? -1 : boundary(self);
}

/* ---- a dump ---- */

int tai_pickler_setup(Pickler *self, PyObject *protocol, int fix_imports, PyObject *buffer_callback)
{
    long proto = PICKLE_DEFAULT;
    if (protocol != NULL && protocol != Py_None) {
        proto = PyLong_AsLong(protocol);
        if (proto < 0) {
            if (proto == -1 && PyErr_Occurred())
                return -1;
            proto = PICKLE_HIGHEST;
        }
        else if (proto > PICKLE_HIGHEST) {
            PyErr_Format(PyExc_ValueError, "pickle protocol must be <= %d", PICKLE_HIGHEST);
            return -1;
        }
    }
    self->proto = (int)proto;
    self->bin = proto > 0;
    self->fix_imports = fix_imports && proto < 3;
    if (buffer_callback == Py_None)
        buffer_callback = NULL;
    if (buffer_callback != NULL && proto < 5) {
        PyErr_SetString(PyExc_ValueError, "buffer_callback needs protocol >= 5");
        return -1;
    }
    Py_XINCREF(buffer_callback);
    Py_XSETREF(self->buffer_callback, buffer_callback);
    return 0;
}

int tai_pickler_dump(Pickler *self, PyObject *object)
{
    _Py_IDENTIFIER(reducer_override);
    self->out_size = 0;
    self->frame_start = -1;
    self->framing = 0;
    if (Py_TYPE(self) != &tai_pickler_type && _PyObject_LookupAttrId((PyObject *)self, &PyId_reducer_override,
                                                                     &self->reducer_override) < 0)
        return -1;
    int result = -1;
    if (self->proto >= 2 && put_number(self, OP_PROTO, (uint64_t)self->proto, 1) < 0)
        goto done;
    self->framing = self->proto >= 4;
    if (save(self, object, 0) < 0 || put_op(self, OP_STOP) < 0)
        goto done;
    commit_frame(self);
    result = 0;
done:
    self->framing = 0;
    Py_CLEAR(self->reducer_override); /* it holds the pickler */
    return result;
}
