/* SPDX-License-Identifier: MIT */
/* Unpickler: a stack machine that reads opcodes and makes objects.
 *
 * [UNP-1] The stack never goes below the last mark (fence); every opcode checks what it takes. Sizes are checked against the input
 *         before memory is taken for them.
 * [UNP-2] load() can be entered again while it runs (by what it calls): each load has a machine of its own on the C stack; only memo
 *         and input belong to the object.
 * Everything here runs code: imports, constructors, __setstate__, read(). Tests: the library's test_pickle.
 */
#include "modules/pickle/unpickler.h"

#include <string.h>

enum { SPARSE_FROM = 1 << 22 };

typedef struct {
    Unpickler *u;
    PyObject **items;
    Py_ssize_t used, room, fence;
    Py_ssize_t *marks, mark_count, mark_room;
} Machine;

/* A number of `bytes` bytes, least significant first. */
static uint64_t number_of(const char *text, int bytes)
{
    uint64_t number = 0;
    for (int i = bytes - 1; i >= 0; i--)
        number = number << 8 | (unsigned char)text[i];
    return number;
}

/* ---- stack ---- */

static int grow(Machine *m)
{
    Py_ssize_t room = m->room ? m->room * 2 : 64;
    PyObject **items = PyMem_Realloc(m->items, room * sizeof *items);
    if (items == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    m->items = items;
    m->room = room;
    return 0;
}

/* Steals value; NULL passes an exception on. */
static inline int push(Machine *m, PyObject *value)
{
    if (value == NULL)
        return -1;
    if (UNLIKELY(m->used == m->room) && grow(m) < 0) {
        Py_DECREF(value);
        return -1;
    }
    m->items[m->used++] = value;
    return 0;
}

static int underflow(Machine *m)
{
    PyErr_SetString(tai_pickle.UnpicklingError, m->mark_count ? "unexpected MARK found" : "unpickling stack underflow");
    return -1;
}

/* Owned; NULL with an exception. */
static PyObject *pop(Machine *m)
{
    if (m->used <= m->fence) {
        underflow(m);
        return NULL;
    }
    return m->items[--m->used];
}

static void drop_to(Machine *m, Py_ssize_t height)
{
    while (m->used > height)
        Py_DECREF(m->items[--m->used]);
}

/* Position of the last mark, which is taken away; -1 with an exception. */
static Py_ssize_t take_mark(Machine *m)
{
    if (m->mark_count < 1) {
        PyErr_SetString(tai_pickle.UnpicklingError, "could not find MARK");
        return -1;
    }
    Py_ssize_t mark = m->marks[--m->mark_count];
    m->fence = m->mark_count ? m->marks[m->mark_count - 1] : 0;
    return mark;
}

static int put_mark(Machine *m)
{
    if (m->mark_count == m->mark_room) {
        Py_ssize_t room = m->mark_room ? m->mark_room * 2 : 32;
        Py_ssize_t *marks = PyMem_Realloc(m->marks, room * sizeof *marks);
        if (marks == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        m->marks = marks;
        m->mark_room = room;
    }
    m->marks[m->mark_count++] = m->fence = m->used;
    return 0;
}

/* The items from `start` on as a tuple or list, taken off the stack. New. */
static PyObject *pop_tuple(Machine *m, Py_ssize_t start)
{
    Py_ssize_t size = m->used - start;
    if (start < m->fence) {
        underflow(m);
        return NULL;
    }
    PyObject *tuple = PyTuple_New(size);
    if (tuple != NULL) {
        for (Py_ssize_t i = 0; i < size; i++)
            PyTuple_SET_ITEM(tuple, i, m->items[start + i]);
        m->used = start;
    }
    return tuple;
}

static PyObject *pop_list(Machine *m, Py_ssize_t start)
{
    Py_ssize_t size = m->used - start;
    PyObject *list = PyList_New(size);
    if (list != NULL) {
        for (Py_ssize_t i = 0; i < size; i++)
            PyList_SET_ITEM(list, i, m->items[start + i]);
        m->used = start;
    }
    return list;
}

/* ---- memo ---- */

static PyObject *memo_get(Unpickler *u, uint64_t index)
{
    PyObject *value = index < (uint64_t)u->memo_room ? u->memo[index] : NULL;
    if (value == NULL) {
        PyObject *key = PyLong_FromUnsignedLongLong(index);
        if (key == NULL)
            return NULL;
        if (u->sparse != NULL)
            value = PyDict_GetItemWithError(u->sparse, key);
        if (value == NULL && !PyErr_Occurred())
            PyErr_SetObject(PyExc_KeyError, key);
        Py_DECREF(key);
    }
    Py_XINCREF(value);
    return value;
}

int tai_unpickler_memo_set(Unpickler *u, uint64_t index, PyObject *value)
{
    if (index >= (uint64_t)u->memo_room) {
        if (index >= SPARSE_FROM && index > (uint64_t)u->memo_count * 2) {
            if (u->sparse == NULL && (u->sparse = PyDict_New()) == NULL)
                return -1;
            PyObject *key = PyLong_FromUnsignedLongLong(index);
            int result = key ? PyDict_SetItem(u->sparse, key, value) : -1;
            Py_XDECREF(key);
            return result;
        }
        Py_ssize_t room = index < 32 ? 64 : (Py_ssize_t)index * 2;
        PyObject **memo = PyMem_Realloc(u->memo, room * sizeof *memo);
        if (memo == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        memset(memo + u->memo_room, 0, (room - u->memo_room) * sizeof *memo);
        u->memo = memo;
        u->memo_room = room;
    }
    PyObject *old = u->memo[index];
    Py_INCREF(value);
    u->memo[index] = value;
    if (old == NULL)
        u->memo_count++;
    else
        Py_DECREF(old);
    return 0;
}

void tai_unpickler_memo_clear(Unpickler *u)
{
    PyObject **memo = u->memo;
    Py_ssize_t room = u->memo_room;
    u->memo = NULL;
    u->memo_room = u->memo_count = 0;
    while (room > 0)
        Py_XDECREF(memo[--room]);
    PyMem_Free(memo);
    Py_CLEAR(u->sparse);
}

/* ---- finding classes ---- */

static PyObject *cannot_get(PyObject *object, PyObject *name)
{
    if (!PyErr_Occurred())
        PyErr_Format(PyExc_AttributeError, "Can't get attribute %R on %R", name, object);
    return NULL;
}

/* An attribute, from protocol 4 on by a dotted path. New. */
static PyObject *get_attribute(PyObject *object, PyObject *name, int dotted)
{
    PyObject *value = NULL, *holder;
    if (!dotted) {
        (void)_PyObject_LookupAttr(object, name, &value);
        return value ? value : cannot_get(object, name);
    }
    PyObject *dot = PyUnicode_FromString("."), *path = dot ? PyUnicode_Split(name, dot, -1) : NULL;
    Py_XDECREF(dot);
    if (path == NULL)
        return NULL;
    holder = object;
    Py_INCREF(holder);
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(path); i++) {
        PyObject *part = PyList_GET_ITEM(path, i);
        value = NULL;
        if (_PyUnicode_EqualToASCIIString(part, "<locals>"))
            PyErr_Format(PyExc_AttributeError, "Can't pickle local attribute %R on %R", name, object);
        else
            (void)_PyObject_LookupAttr(holder, part, &value);
        Py_SETREF(holder, value);
        if (value == NULL) {
            cannot_get(object, name);
            break;
        }
    }
    Py_DECREF(path);
    return holder;
}

/* Python 2's names to Python 3's. Both references are replaced. */
static int fix_names(PyObject **module, PyObject **name)
{
    PyObject *key = PyTuple_Pack(2, *module, *name), *item;
    if (key == NULL)
        return -1;
    item = PyDict_GetItemWithError(tai_pickle.name_2to3, key);
    Py_DECREF(key);
    if (item != NULL) {
        if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) != 2) {
            PyErr_Format(PyExc_RuntimeError, "_compat_pickle.NAME_MAPPING values should be 2-tuples, not %.200s",
                         Py_TYPE(item)->tp_name);
            return -1;
        }
        PyObject *new_module = PyTuple_GET_ITEM(item, 0), *new_name = PyTuple_GET_ITEM(item, 1);
        if (!PyUnicode_Check(new_module) || !PyUnicode_Check(new_name)) {
            PyErr_Format(PyExc_RuntimeError, "_compat_pickle.NAME_MAPPING values should be pairs of str, not (%.200s, %.200s)",
                         Py_TYPE(new_module)->tp_name, Py_TYPE(new_name)->tp_name);
            return -1;
        }
        *module = new_module;
        *name = new_name;
        return 0;
    }
    if (PyErr_Occurred())
        return -1;
    item = PyDict_GetItemWithError(tai_pickle.import_2to3, *module);
    if (item == NULL)
        return PyErr_Occurred() ? -1 : 0;
    if (!PyUnicode_Check(item)) {
        PyErr_Format(PyExc_RuntimeError, "_compat_pickle.IMPORT_MAPPING values should be strings, not %.200s",
                     Py_TYPE(item)->tp_name);
        return -1;
    }
    *module = item;
    return 0;
}

PyObject *tai_unpickler_find_class(Unpickler *u, PyObject *module_name, PyObject *name)
{
    if (PySys_Audit("pickle.find_class", "OO", module_name, name) < 0)
        return NULL;
    if (u->proto < 3 && u->fix_imports && fix_names(&module_name, &name) < 0)
        return NULL;
    PyObject *module = PyImport_Import(module_name);
    if (module == NULL)
        return NULL;
    PyObject *result = get_attribute(module, name, u->proto >= 4);
    Py_DECREF(module);
    return result;
}

/* Through the method, which subclasses override. */
static PyObject *call_find_class(Unpickler *u, PyObject *module_name, PyObject *name)
{
    _Py_IDENTIFIER(find_class);
    if (Py_TYPE(u) == &tai_unpickler_type)
        return tai_unpickler_find_class(u, module_name, name);
    return _PyObject_CallMethodIdObjArgs((PyObject *)u, &PyId_find_class, module_name, name, NULL);
}

/* ---- opcodes: text ---- */

/* A line as a null-terminated copy. PyMem_Free. */
static char *copy_line(Machine *m, Py_ssize_t *size)
{
    const char *line = tai_unpickler_take_line(m->u, 1, size);
    if (line == NULL)
        return NULL;
    char *copy = PyMem_Malloc(*size + 1);
    if (copy == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(copy, line, *size);
    copy[*size] = '\0';
    return copy;
}

static int load_int(Machine *m)
{
    Py_ssize_t size;
    char *line = copy_line(m, &size), *end;
    if (line == NULL)
        return -1;
    PyObject *value;
    if (size == 2 && line[0] == '0' && (line[1] == '0' || line[1] == '1'))
        value = PyBool_FromLong(line[1] == '1');
    else if ((value = PyLong_FromString(line, &end, 0)) == NULL || *end != '\0') {
        if (value != NULL || PyErr_ExceptionMatches(PyExc_ValueError)) {
            Py_CLEAR(value);
            PyErr_SetString(PyExc_ValueError, "could not convert string to int");
        }
    }
    PyMem_Free(line);
    return push(m, value);
}

static int load_long_text(Machine *m)
{
    Py_ssize_t size;
    char *line = copy_line(m, &size);
    if (line == NULL)
        return -1;
    if (line[size - 1] == 'L')
        line[size - 1] = '\0';
    PyObject *value = PyLong_FromString(line, NULL, 0);
    PyMem_Free(line);
    return push(m, value);
}

static int load_float(Machine *m)
{
    Py_ssize_t size;
    char *line = copy_line(m, &size), *end;
    if (line == NULL)
        return -1;
    double value = PyOS_string_to_double(line, &end, PyExc_OverflowError);
    int failed = value == -1.0 && PyErr_Occurred();
    if (!failed && *end != '\0') {
        PyErr_SetString(PyExc_ValueError, "could not convert string to float");
        failed = 1;
    }
    PyMem_Free(line);
    return failed ? -1 : push(m, PyFloat_FromDouble(value));
}

static PyObject *decode_old_string(Unpickler *u, const char *data, Py_ssize_t size)
{
    if (strcmp(u->encoding, "bytes") == 0)
        return PyBytes_FromStringAndSize(data, size);
    if (strcmp(u->errors, "bytes") == 0) {
        PyObject *text = PyUnicode_Decode(data, size, u->encoding, "strict");
        if (text != NULL || !PyErr_ExceptionMatches(PyExc_UnicodeError))
            return text;
        PyErr_Clear();
        return PyBytes_FromStringAndSize(data, size);
    }
    return PyUnicode_Decode(data, size, u->encoding, u->errors);
}

/* Bytes of a Python 2 str: decoded, unless the encoding is "bytes". The codec may load from us: what data lies in is held. */
static PyObject *old_string(Unpickler *u, const char *data, Py_ssize_t size)
{
    PyObject *piece = u->piece, *value;
    Py_XINCREF(piece);
    value = decode_old_string(u, data, size);
    Py_XDECREF(piece);
    return value;
}

static int load_string(Machine *m)
{
    Py_ssize_t size;
    const char *line = tai_unpickler_take_line(m->u, 1, &size);
    if (line == NULL)
        return -1;
    if (size < 2 || line[0] != line[size - 1] || (line[0] != '\'' && line[0] != '"')) {
        PyErr_SetString(tai_pickle.UnpicklingError, "the STRING opcode argument must be quoted");
        return -1;
    }
    PyObject *piece = m->u->piece;
    Py_XINCREF(piece); /* a warning about an escape runs code */
    PyObject *bytes = PyBytes_DecodeEscape(line + 1, size - 2, NULL, 0, NULL);
    Py_XDECREF(piece);
    if (bytes == NULL)
        return -1;
    PyObject *value = old_string(m->u, PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes));
    Py_DECREF(bytes);
    return push(m, value);
}

static int load_unicode(Machine *m)
{
    Py_ssize_t size;
    const char *line = tai_unpickler_take_line(m->u, 0, &size);
    return line ? push(m, PyUnicode_DecodeRawUnicodeEscape(line, size, NULL)) : -1;
}

/* ---- opcodes: counted data ---- */

/* The count before data: -1 with an exception. */
static Py_ssize_t take_count(Machine *m, int bytes, const char *what)
{
    const char *text = take(m->u, bytes);
    if (text == NULL)
        return -1;
    uint64_t count = number_of(text, bytes);
    if (count > PY_SSIZE_T_MAX) {
        PyErr_Format(PyExc_OverflowError, "%s exceeds system's maximum size of %zd bytes", what, PY_SSIZE_T_MAX);
        return -1;
    }
    return (Py_ssize_t)count;
}

static int load_bytes(Machine *m, int count_bytes)
{
    Py_ssize_t size = take_count(m, count_bytes, "BINBYTES");
    const char *data = size < 0 ? NULL : take(m->u, size);
    return data ? push(m, PyBytes_FromStringAndSize(data, size)) : -1;
}

static int load_bytearray(Machine *m)
{
    Py_ssize_t size = take_count(m, 8, "BYTEARRAY8");
    const char *data = size < 0 ? NULL : take(m->u, size);
    return data ? push(m, PyByteArray_FromStringAndSize(data, size)) : -1;
}

static int load_binunicode(Machine *m, int count_bytes)
{
    Py_ssize_t size = take_count(m, count_bytes, "BINUNICODE");
    const char *data = size < 0 ? NULL : take(m->u, size);
    return data ? push(m, PyUnicode_DecodeUTF8(data, size, "surrogatepass")) : -1;
}

static int load_binstring(Machine *m, int count_bytes)
{
    const char *text = take(m->u, count_bytes);
    if (text == NULL)
        return -1;
    Py_ssize_t size = count_bytes == 4 ? (int32_t)number_of(text, 4) : (Py_ssize_t)number_of(text, 1);
    if (size < 0) {
        PyErr_Format(tai_pickle.UnpicklingError, "BINSTRING pickle has negative byte count");
        return -1;
    }
    const char *data = take(m->u, size);
    return data ? push(m, old_string(m->u, data, size)) : -1;
}

static int load_long_bytes(Machine *m, int count_bytes)
{
    const char *text = take(m->u, count_bytes);
    if (text == NULL)
        return -1;
    Py_ssize_t size = count_bytes == 4 ? (int32_t)number_of(text, 4) : (Py_ssize_t)number_of(text, 1);
    if (size < 0) {
        PyErr_SetString(tai_pickle.UnpicklingError, "LONG pickle has negative byte count");
        return -1;
    }
    const char *data = take(m->u, size);
    if (data == NULL)
        return -1;
    return push(m, size == 0 ? PyLong_FromLong(0) : _PyLong_FromByteArray((const unsigned char *)data, size, 1, 1));
}

static int load_binfloat(Machine *m)
{
    const char *data = take(m->u, 8);
    if (data == NULL)
        return -1;
    double value = _PyFloat_Unpack8((const unsigned char *)data, 0);
    return value == -1.0 && PyErr_Occurred() ? -1 : push(m, PyFloat_FromDouble(value));
}

static int load_binint(Machine *m, int bytes)
{
    const char *text = take(m->u, bytes);
    if (text == NULL)
        return -1;
    uint64_t number = number_of(text, bytes);
    return push(m, PyLong_FromLong(bytes == 4 ? (long)(int32_t)number : (long)number));
}

/* ---- opcodes: buffers ---- */

static int load_next_buffer(Machine *m)
{
    if (m->u->buffers == NULL) {
        PyErr_SetString(tai_pickle.UnpicklingError,
                        "pickle stream refers to out-of-band data but no *buffers* argument was given");
        return -1;
    }
    PyObject *buffer = PyIter_Next(m->u->buffers);
    if (buffer == NULL && !PyErr_Occurred())
        PyErr_SetString(tai_pickle.UnpicklingError, "not enough out-of-band buffers");
    return push(m, buffer);
}

static int load_readonly_buffer(Machine *m)
{
    if (m->used <= m->fence)
        return underflow(m);
    PyObject *view = PyMemoryView_FromObject(m->items[m->used - 1]);
    if (view == NULL)
        return -1;
    if (PyMemoryView_GET_BUFFER(view)->readonly) {
        Py_DECREF(view); /* the original will do */
        return 0;
    }
    PyMemoryView_GET_BUFFER(view)->readonly = 1;
    Py_SETREF(m->items[m->used - 1], view);
    return 0;
}

/* ---- opcodes: containers ---- */

static int load_counted_tuple(Machine *m, int count)
{
    if (m->used - count < m->fence)
        return underflow(m);
    return push(m, pop_tuple(m, m->used - count));
}

static int load_marked(Machine *m, int op)
{
    Py_ssize_t start = take_mark(m);
    PyObject *items, *value = NULL;
    if (start < 0)
        return -1;
    if (op == OP_TUPLE)
        return push(m, pop_tuple(m, start));
    if (op == OP_LIST)
        return push(m, pop_list(m, start));
    if (op == OP_FROZENSET) {
        items = pop_tuple(m, start);
        value = items ? PyFrozenSet_New(items) : NULL;
        Py_XDECREF(items);
        return push(m, value);
    }
    if ((m->used - start) % 2 != 0) { /* DICT */
        PyErr_SetString(tai_pickle.UnpicklingError, "odd number of items for DICT");
        return -1;
    }
    value = PyDict_New();
    for (Py_ssize_t i = start; value && i < m->used; i += 2)
        if (PyDict_SetItem(value, m->items[i], m->items[i + 1]) < 0)
            Py_CLEAR(value);
    drop_to(m, start);
    return push(m, value);
}

/* Append the items from `start` on to the list (or what is like one) below them. */
static int append_items(Machine *m, Py_ssize_t start)
{
    _Py_IDENTIFIER(extend);
    _Py_IDENTIFIER(append);
    if (start > m->used || start <= m->fence)
        return underflow(m);
    if (start == m->used)
        return 0;
    PyObject *list = m->items[start - 1], *method;
    if (PyList_CheckExact(list)) {
        if (m->used - start == 1) {
            int result = PyList_Append(list, m->items[start]);
            drop_to(m, start);
            return result;
        }
        PyObject *items = pop_list(m, start);
        if (items == NULL)
            return -1;
        Py_ssize_t size = PyList_GET_SIZE(list);
        int result = PyList_SetSlice(list, size, size, items);
        Py_DECREF(items);
        return result;
    }
    if (_PyObject_LookupAttrId(list, &PyId_extend, &method) < 0)
        return -1;
    if (method != NULL) {
        PyObject *items = pop_list(m, start), *result = items ? _PyObject_FastCall(method, &items, 1) : NULL;
        Py_DECREF(method);
        Py_XDECREF(items);
        Py_XDECREF(result);
        return result ? 0 : -1;
    }
    method = _PyObject_GetAttrId(list, &PyId_append);
    if (method == NULL)
        return -1;
    int failed = 0;
    for (Py_ssize_t i = start; !failed && i < m->used; i++) {
        PyObject *result = _PyObject_FastCall(method, &m->items[i], 1);
        failed = result == NULL;
        Py_XDECREF(result);
    }
    Py_DECREF(method);
    drop_to(m, start);
    return failed ? -1 : 0;
}

static int set_items(Machine *m, Py_ssize_t start)
{
    if (start > m->used || start <= m->fence)
        return underflow(m);
    if (start == m->used)
        return 0;
    if ((m->used - start) % 2 != 0) {
        PyErr_SetString(tai_pickle.UnpicklingError, "odd number of items for SETITEMS");
        return -1;
    }
    PyObject *dict = m->items[start - 1];
    int failed = 0, exact = PyDict_CheckExact(dict);
    for (Py_ssize_t i = start; !failed && i < m->used; i += 2)
        failed = (exact ? PyDict_SetItem(dict, m->items[i], m->items[i + 1])
                        : PyObject_SetItem(dict, m->items[i], m->items[i + 1])) < 0;
    drop_to(m, start);
    return failed ? -1 : 0;
}

static int add_items(Machine *m)
{
    _Py_IDENTIFIER(add);
    Py_ssize_t start = take_mark(m);
    if (start < 0)
        return -1;
    if (start > m->used || start <= m->fence)
        return underflow(m);
    PyObject *set = m->items[start - 1], *method = NULL;
    int failed = 0, exact = PyAnySet_Check(set);
    if (!exact && start < m->used && (method = _PyObject_GetAttrId(set, &PyId_add)) == NULL)
        return -1;
    for (Py_ssize_t i = start; !failed && i < m->used; i++) {
        if (exact)
            failed = PySet_Add(set, m->items[i]) < 0;
        else {
            PyObject *result = _PyObject_FastCall(method, &m->items[i], 1);
            failed = result == NULL;
            Py_XDECREF(result);
        }
    }
    Py_XDECREF(method);
    drop_to(m, start);
    return failed ? -1 : 0;
}

/* ---- opcodes: globals and instances ---- */

static int load_global(Machine *m)
{
    Py_ssize_t size;
    const char *line = tai_unpickler_take_line(m->u, 1, &size);
    PyObject *module = line ? PyUnicode_DecodeUTF8(line, size, "strict") : NULL, *name = NULL, *value = NULL;
    if (module != NULL && (line = tai_unpickler_take_line(m->u, 1, &size)) != NULL && (name = PyUnicode_DecodeUTF8(line, size, "strict")))
        value = call_find_class(m->u, module, name);
    Py_XDECREF(module);
    Py_XDECREF(name);
    return push(m, value);
}

static int load_stack_global(Machine *m)
{
    PyObject *name = pop(m), *module = name ? pop(m) : NULL, *value = NULL;
    if (module != NULL && PyUnicode_CheckExact(name) && PyUnicode_CheckExact(module))
        value = call_find_class(m->u, module, name);
    else    /* also when there are less than two objects */
        PyErr_SetString(tai_pickle.UnpicklingError, "STACK_GLOBAL requires str");
    Py_XDECREF(name);
    Py_XDECREF(module);
    return push(m, value);
}

static int load_extension(Machine *m, int bytes)
{
    const char *text = take(m->u, bytes);
    if (text == NULL)
        return -1;
    long code = bytes == 4 ? (long)(int32_t)number_of(text, 4) : (long)number_of(text, bytes);
    if (code <= 0) {
        PyErr_SetString(tai_pickle.UnpicklingError, "EXT specifies code <= 0");
        return -1;
    }
    PyObject *key = PyLong_FromLong(code), *value, *pair;
    if (key == NULL)
        return -1;
    value = PyDict_GetItemWithError(tai_pickle.extension_cache, key);
    Py_XINCREF(value);
    if (value != NULL || PyErr_Occurred())
        goto done;
    pair = PyDict_GetItemWithError(tai_pickle.inverted_registry, key);
    if (pair == NULL) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_ValueError, "unregistered extension code %ld", code);
        goto done;
    }
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2 || !PyUnicode_Check(PyTuple_GET_ITEM(pair, 0)) ||
        !PyUnicode_Check(PyTuple_GET_ITEM(pair, 1))) {
        PyErr_Format(PyExc_ValueError, "_inverted_registry[%ld] isn't a 2-tuple of strings", code);
        goto done;
    }
    value = call_find_class(m->u, PyTuple_GET_ITEM(pair, 0), PyTuple_GET_ITEM(pair, 1));
    if (value != NULL && PyDict_SetItem(tai_pickle.extension_cache, key, value) < 0)
        Py_CLEAR(value);
done:
    Py_DECREF(key);
    return push(m, value);
}

/* What INST and OBJ do: a class without arguments is made without __init__. New. */
static PyObject *instantiate(PyObject *cls, PyObject *args)
{
    _Py_IDENTIFIER(__getinitargs__);
    _Py_IDENTIFIER(__new__);
    if (PyTuple_GET_SIZE(args) == 0 && PyType_Check(cls)) {
        PyObject *method;
        if (_PyObject_LookupAttrId(cls, &PyId___getinitargs__, &method) < 0)
            return NULL;
        if (method == NULL)
            return _PyObject_CallMethodIdObjArgs(cls, &PyId___new__, cls, NULL);
        Py_DECREF(method);
    }
    return PyObject_Call(cls, args, NULL);
}

static int load_obj(Machine *m)
{
    Py_ssize_t start = take_mark(m);
    if (start < 0)
        return -1;
    if (m->used - start < 1)
        return underflow(m);
    PyObject *args = pop_tuple(m, start + 1), *cls = args ? pop(m) : NULL;
    PyObject *value = cls ? instantiate(cls, args) : NULL;
    Py_XDECREF(args);
    Py_XDECREF(cls);
    return push(m, value);
}

static int load_inst(Machine *m)
{
    Py_ssize_t start = take_mark(m);
    if (start < 0)
        return -1;
    if (load_global(m) < 0)
        return -1;
    PyObject *cls = m->items[--m->used], *args = pop_tuple(m, start);
    PyObject *value = args ? instantiate(cls, args) : NULL;
    Py_DECREF(cls);
    Py_XDECREF(args);
    return push(m, value);
}

static int load_newobj(Machine *m)
{
    PyObject *args = pop(m), *cls = args ? pop(m) : NULL, *value = NULL;
    if (cls != NULL) {
        if (!PyTuple_Check(args))
            PyErr_SetString(tai_pickle.UnpicklingError, "NEWOBJ expected an arg tuple.");
        else if (!PyType_Check(cls))
            PyErr_SetString(tai_pickle.UnpicklingError, "NEWOBJ class argument isn't a type object");
        else if (((PyTypeObject *)cls)->tp_new == NULL)
            PyErr_SetString(tai_pickle.UnpicklingError, "NEWOBJ class argument has NULL tp_new");
        else
            value = ((PyTypeObject *)cls)->tp_new((PyTypeObject *)cls, args, NULL);
    }
    Py_XDECREF(args);
    Py_XDECREF(cls);
    return push(m, value);
}

static int load_newobj_ex(Machine *m)
{
    PyObject *kwargs = pop(m), *args = kwargs ? pop(m) : NULL, *cls = args ? pop(m) : NULL, *value = NULL;
    if (cls != NULL) {
        if (!PyType_Check(cls))
            PyErr_Format(tai_pickle.UnpicklingError, "NEWOBJ_EX class argument must be a type, not %.200s", Py_TYPE(cls)->tp_name);
        else if (((PyTypeObject *)cls)->tp_new == NULL)
            PyErr_SetString(tai_pickle.UnpicklingError, "NEWOBJ_EX class argument doesn't have __new__");
        else if (!PyTuple_Check(args))
            PyErr_Format(tai_pickle.UnpicklingError, "NEWOBJ_EX args argument must be a tuple, not %.200s", Py_TYPE(args)->tp_name);
        else if (!PyDict_Check(kwargs))
            PyErr_Format(tai_pickle.UnpicklingError, "NEWOBJ_EX kwargs argument must be a dict, not %.200s",
                         Py_TYPE(kwargs)->tp_name);
        else
            value = ((PyTypeObject *)cls)->tp_new((PyTypeObject *)cls, args, kwargs);
    }
    Py_XDECREF(kwargs);
    Py_XDECREF(args);
    Py_XDECREF(cls);
    return push(m, value);
}

static int load_reduce(Machine *m)
{
    PyObject *args = pop(m), *callable = args ? pop(m) : NULL, *value = callable ? PyObject_CallObject(callable, args) : NULL;
    Py_XDECREF(args);
    Py_XDECREF(callable);
    return push(m, value);
}

/* Put a dict of attributes into the instance's own dict; keys interned, as attribute names are. */
static int update_dict(PyObject *instance, PyObject *state)
{
    _Py_IDENTIFIER(__dict__);
    PyObject *dict, *key, *value;
    Py_ssize_t at = 0;
    if (!PyDict_Check(state)) {
        PyErr_SetString(tai_pickle.UnpicklingError, "state is not a dictionary");
        return -1;
    }
    dict = _PyObject_GetAttrId(instance, &PyId___dict__);
    if (dict == NULL)
        return -1;
    int failed = 0;
    while (!failed && PyDict_Next(state, &at, &key, &value)) {
        Py_INCREF(key);
        Py_INCREF(value);
        if (PyUnicode_CheckExact(key))
            PyUnicode_InternInPlace(&key);
        failed = PyObject_SetItem(dict, key, value) < 0;
        Py_DECREF(key);
        Py_DECREF(value);
    }
    Py_DECREF(dict);
    return failed ? -1 : 0;
}

static int set_slots(PyObject *instance, PyObject *state)
{
    PyObject *key, *value;
    Py_ssize_t at = 0;
    if (!PyDict_Check(state)) {
        PyErr_SetString(tai_pickle.UnpicklingError, "slot state is not a dictionary");
        return -1;
    }
    int failed = 0;
    while (!failed && PyDict_Next(state, &at, &key, &value)) {
        Py_INCREF(key);
        Py_INCREF(value);
        failed = PyObject_SetAttr(instance, key, value) < 0;
        Py_DECREF(key);
        Py_DECREF(value);
    }
    return failed ? -1 : 0;
}

static int load_build(Machine *m)
{
    _Py_IDENTIFIER(__setstate__);
    if (m->used - 2 < m->fence)
        return underflow(m);
    PyObject *state = pop(m), *instance = m->items[m->used - 1], *method;
    int result = -1;
    if (_PyObject_LookupAttrId(instance, &PyId___setstate__, &method) < 0)
        ;
    else if (method != NULL) {
        PyObject *done = _PyObject_FastCall(method, &state, 1);
        result = done ? 0 : -1;
        Py_XDECREF(done);
        Py_DECREF(method);
    }
    else {
        PyObject *plain = state, *slots = NULL;
        if (PyTuple_Check(state) && PyTuple_GET_SIZE(state) == 2) {
            plain = PyTuple_GET_ITEM(state, 0);
            slots = PyTuple_GET_ITEM(state, 1);
        }
        result = plain == Py_None ? 0 : update_dict(instance, plain);
        if (result == 0 && slots != NULL && slots != Py_None)
            result = set_slots(instance, slots);
    }
    Py_DECREF(state);
    return result;
}

static int load_persistent(Machine *m, int binary)
{
    PyObject *pid;
    if (m->u->pers_func == NULL) {
        PyErr_SetString(tai_pickle.UnpicklingError,
                        "A load persistent id instruction was encountered,\nbut no persistent_load function was specified.");
        return -1;
    }
    if (binary)
        pid = pop(m);
    else {
        Py_ssize_t size;
        const char *line = tai_unpickler_take_line(m->u, 0, &size);
        pid = line ? PyUnicode_DecodeASCII(line, size, "strict") : NULL;
        if (pid == NULL && line != NULL && PyErr_ExceptionMatches(PyExc_UnicodeDecodeError))
            PyErr_SetString(tai_pickle.UnpicklingError, "persistent IDs in protocol 0 must be ASCII strings");
    }
    if (pid == NULL)
        return -1;
    PyObject *value = tai_pickle_call(m->u->pers_func, m->u->pers_bound, (PyObject *)m->u, pid);
    Py_DECREF(pid);
    return push(m, value);
}

/* ---- opcodes: memo and stack ---- */

/* The decimal index in a line. -1 with an exception. */
static int take_index(Machine *m, uint64_t *index, const char *negative)
{
    Py_ssize_t size;
    const char *line = tai_unpickler_take_line(m->u, 1, &size);
    if (line == NULL)
        return -1;
    /* With its newline, which an error shows as well. */
    PyObject *text = PyUnicode_DecodeUTF8(line, size + 1, "strict"), *key;
    key = text ? PyLong_FromUnicodeObject(text, 10) : NULL;
    Py_XDECREF(text);
    if (key == NULL)
        return -1;
    Py_ssize_t value = PyLong_AsSsize_t(key);
    if (value < 0) {
        if (!PyErr_Occurred()) {
            if (negative)
                PyErr_SetString(PyExc_ValueError, negative);
            else
                PyErr_SetObject(PyExc_KeyError, key);
        }
        Py_DECREF(key);
        return -1;
    }
    Py_DECREF(key);
    *index = (uint64_t)value;
    return 0;
}

static int load_get(Machine *m, int bytes)
{
    uint64_t index;
    if (bytes == 0) {
        if (take_index(m, &index, NULL) < 0)
            return -1;
    }
    else {
        const char *text = take(m->u, bytes);
        if (text == NULL)
            return -1;
        index = number_of(text, bytes);
    }
    return push(m, memo_get(m->u, index));
}

static int load_put(Machine *m, int bytes)
{
    uint64_t index;
    if (bytes < 0)
        index = (uint64_t)m->u->memo_count;
    else if (bytes == 0) {
        if (take_index(m, &index, "negative PUT argument") < 0)
            return -1;
    }
    else {
        const char *text = take(m->u, bytes);
        if (text == NULL)
            return -1;
        index = number_of(text, bytes);
    }
    if (m->used <= m->fence)
        return underflow(m);
    return tai_unpickler_memo_set(m->u, index, m->items[m->used - 1]);
}

/* Takes one object off, or a mark without anything above it. */
static int load_pop(Machine *m)
{
    if (m->mark_count > 0 && m->marks[m->mark_count - 1] == m->used)
        return take_mark(m) < 0 ? -1 : 0;
    if (m->used <= m->fence)
        return underflow(m);
    Py_DECREF(m->items[--m->used]);
    return 0;
}

static int load_pop_mark(Machine *m)
{
    Py_ssize_t start = take_mark(m);
    if (start < 0)
        return -1;
    drop_to(m, start);
    return 0;
}

static int load_dup(Machine *m)
{
    if (m->used <= m->fence)
        return underflow(m);
    Py_INCREF(m->items[m->used - 1]);
    return push(m, m->items[m->used - 1]);
}

static int load_proto(Machine *m)
{
    const char *text = take(m->u, 1);
    if (text == NULL)
        return -1;
    int proto = (unsigned char)*text;
    if (proto > PICKLE_HIGHEST) {
        PyErr_Format(PyExc_ValueError, "unsupported pickle protocol: %d", proto);
        return -1;
    }
    m->u->proto = proto;
    return 0;
}

/* Have the whole frame at hand. */
static int load_frame(Machine *m)
{
    const char *text = take(m->u, 8);
    if (text == NULL)
        return -1;
    uint64_t size = number_of(text, 8);
    if (size > PY_SSIZE_T_MAX) {
        PyErr_Format(PyExc_OverflowError, "FRAME length exceeds system's maximum of %zd bytes", PY_SSIZE_T_MAX);
        return -1;
    }
    if (take(m->u, (Py_ssize_t)size) == NULL)
        return -1;
    m->u->at -= (Py_ssize_t)size;
    return 0;
}

static int bad_opcode(int op)
{
    if (op >= 0x20 && op <= 0x7e && op != '\'' && op != '\\')
        PyErr_Format(tai_pickle.UnpicklingError, "invalid load key, '%c'.", op);
    else
        PyErr_Format(tai_pickle.UnpicklingError, "invalid load key, '\\x%02x'.", op);
    return -1;
}

/* One opcode. */
static int step(Machine *m, int op)
{
    Py_ssize_t mark;
    switch (op) {
    case OP_NONE: return push(m, new_reference(Py_None));
    case OP_NEWTRUE: return push(m, new_reference(Py_True));
    case OP_NEWFALSE: return push(m, new_reference(Py_False));
    case OP_BININT: return load_binint(m, 4);
    case OP_BININT1: return load_binint(m, 1);
    case OP_BININT2: return load_binint(m, 2);
    case OP_INT: return load_int(m);
    case OP_LONG: return load_long_text(m);
    case OP_LONG1: return load_long_bytes(m, 1);
    case OP_LONG4: return load_long_bytes(m, 4);
    case OP_FLOAT: return load_float(m);
    case OP_BINFLOAT: return load_binfloat(m);
    case OP_SHORT_BINBYTES: return load_bytes(m, 1);
    case OP_BINBYTES: return load_bytes(m, 4);
    case OP_BINBYTES8: return load_bytes(m, 8);
    case OP_BYTEARRAY8: return load_bytearray(m);
    case OP_NEXT_BUFFER: return load_next_buffer(m);
    case OP_READONLY_BUFFER: return load_readonly_buffer(m);
    case OP_STRING: return load_string(m);
    case OP_BINSTRING: return load_binstring(m, 4);
    case OP_SHORT_BINSTRING: return load_binstring(m, 1);
    case OP_UNICODE: return load_unicode(m);
    case OP_SHORT_BINUNICODE: return load_binunicode(m, 1);
    case OP_BINUNICODE: return load_binunicode(m, 4);
    case OP_BINUNICODE8: return load_binunicode(m, 8);
    case OP_EMPTY_TUPLE: return push(m, PyTuple_New(0));
    case OP_TUPLE1: return load_counted_tuple(m, 1);
    case OP_TUPLE2: return load_counted_tuple(m, 2);
    case OP_TUPLE3: return load_counted_tuple(m, 3);
    case OP_TUPLE: case OP_LIST: case OP_DICT: case OP_FROZENSET:
        return load_marked(m, op);
    case OP_EMPTY_LIST: return push(m, PyList_New(0));
    case OP_EMPTY_DICT: return push(m, PyDict_New());
    case OP_EMPTY_SET: return push(m, PySet_New(NULL));
    case OP_ADDITEMS: return add_items(m);
    case OP_APPEND: return m->used - 1 <= m->fence ? underflow(m) : append_items(m, m->used - 1);
    case OP_APPENDS: return (mark = take_mark(m)) < 0 ? -1 : append_items(m, mark);
    case OP_SETITEM: return m->used - 2 <= m->fence ? underflow(m) : set_items(m, m->used - 2);
    case OP_SETITEMS: return (mark = take_mark(m)) < 0 ? -1 : set_items(m, mark);
    case OP_OBJ: return load_obj(m);
    case OP_INST: return load_inst(m);
    case OP_NEWOBJ: return load_newobj(m);
    case OP_NEWOBJ_EX: return load_newobj_ex(m);
    case OP_GLOBAL: return load_global(m);
    case OP_STACK_GLOBAL: return load_stack_global(m);
    case OP_BUILD: return load_build(m);
    case OP_REDUCE: return load_reduce(m);
    case OP_DUP: return load_dup(m);
    case OP_GET: return load_get(m, 0);
    case OP_BINGET: return load_get(m, 1);
    case OP_LONG_BINGET: return load_get(m, 4);
    case OP_PUT: return load_put(m, 0);
    case OP_BINPUT: return load_put(m, 1);
    case OP_LONG_BINPUT: return load_put(m, 4);
    case OP_MEMOIZE: return load_put(m, -1);
    case OP_MARK: return put_mark(m);
    case OP_POP: return load_pop(m);
    case OP_POP_MARK: return load_pop_mark(m);
    case OP_PERSID: return load_persistent(m, 0);
    case OP_BINPERSID: return load_persistent(m, 1);
    case OP_EXT1: return load_extension(m, 1);
    case OP_EXT2: return load_extension(m, 2);
    case OP_EXT4: return load_extension(m, 4);
    case OP_PROTO: return load_proto(m);
    case OP_FRAME: return load_frame(m);
    default: return bad_opcode(op);
    }
}

/* New, or NULL with an exception. */
PyObject *tai_unpickler_run(Unpickler *u)
{
    Machine m = {.u = u};
    PyObject *value = NULL;
    u->proto = 0;
    u->running++;
    for (;;) {
        const char *text = take(u, 1);
        if (text == NULL) {
            if (PyErr_ExceptionMatches(tai_pickle.UnpicklingError))
                PyErr_SetString(PyExc_EOFError, "Ran out of input");
            break;
        }
        int op = (unsigned char)*text;
        if (op == OP_STOP) {
            if (tai_unpickler_settle(u) == 0)
                value = pop(&m);
            break;
        }
        if (step(&m, op) < 0)
            break;
    }
    drop_to(&m, 0);
    u->running--;
    PyMem_Free(m.items);
    PyMem_Free(m.marks);
    return value;
}
