/* SPDX-License-Identifier: MIT */
/* Py_BuildValue and its family: C values to objects by a format string; and the small helpers that fill modules.
 *
 * The format is a sequence of items; ( ), [ ] and { } nest. One item makes an object, none None, several a tuple.
 * [BUILD-1] 'N' steals its argument even when the whole fails: after a failure the rest of the items is still built, and dropped.
 * Tests: tests/capi/test_testcapi.py.
 */
#undef PY_SSIZE_T_CLEAN
#include "Python.h"
#include "runtime/recursion.h"

#include <stdarg.h>
#include <string.h>

typedef struct {
    const char *format;
    va_list *va;
    int clean; /* '#' takes a Py_ssize_t */
} Build;

static PyObject *build_item(Build *b);

/* Number of items up to `end`, or -1 with SystemError. */
static Py_ssize_t count_items(const char *format, char end)
{
    Py_ssize_t count = 0;
    int depth = 0;
    for (; depth > 0 || *format != end; format++)
        switch (*format) {
        case '\0':
            PyErr_SetString(PyExc_SystemError, "unmatched paren in format");
            return -1;
        case '(': case '[': case '{':
            count += depth == 0;
            depth++;
            break;
        case ')': case ']': case '}':
            depth--;
            break;
        case '#': case '&': case ',': case ':': case ' ': case '\t':
            break;
        default:
            count += depth == 0;
        }
    return count;
}

/* Step over the closing character. 0, or -1 with SystemError. */
static int close_group(Build *b, char end)
{
    if (*b->format != end) {
        PyErr_SetString(PyExc_SystemError, "Unmatched paren in format");
        return -1;
    }
    if (end != '\0')
        b->format++;
    return 0;
}

/* Build `count` items only to drop them [BUILD-1] and step over `end`; the exception that is set stays if the format is right. */
static void drop_items(Build *b, Py_ssize_t count, char end)
{
    PyObject *type, *value, *tb;
    if (count < 0)
        return;
    PyErr_Fetch(&type, &value, &tb);
    while (count-- > 0) {
        PyObject *item = build_item(b);
        if (item == NULL)
            PyErr_Clear();
        Py_XDECREF(item);
    }
    PyErr_Restore(type, value, tb);
    close_group(b, end);
}

static PyObject *build_sequence(Build *b, char end, Py_ssize_t count, int as_list)
{
    if (count < 0)
        return NULL;
    PyObject *result = as_list ? PyList_New(count) : PyTuple_New(count);
    if (result == NULL) {
        drop_items(b, count, end);
        return NULL;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = build_item(b);
        if (item == NULL) {
            drop_items(b, count - i - 1, end);
            Py_DECREF(result);
            return NULL;
        }
        if (as_list)
            PyList_SET_ITEM(result, i, item);
        else
            PyTuple_SET_ITEM(result, i, item);
    }
    if (close_group(b, end) < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *build_dict(Build *b, char end, Py_ssize_t count)
{
    if (count < 0)
        return NULL;
    if (count % 2) {
        PyErr_SetString(PyExc_SystemError, "Bad dict format");
        drop_items(b, count, end);
        return NULL;
    }
    PyObject *result = PyDict_New();
    if (result == NULL) {
        drop_items(b, count, end);
        return NULL;
    }
    for (Py_ssize_t i = 0; i < count; i += 2) {
        PyObject *key = build_item(b), *value = NULL;
        if (key == NULL)
            drop_items(b, count - i - 1, end);
        else if ((value = build_item(b)) == NULL || PyDict_SetItem(result, key, value) < 0)
            drop_items(b, count - i - 2, end);
        else {
            Py_DECREF(key);
            Py_DECREF(value);
            continue;
        }
        Py_XDECREF(key);
        Py_XDECREF(value);
        Py_DECREF(result);
        return NULL;
    }
    if (close_group(b, end) < 0)
        Py_CLEAR(result);
    return result;
}

/* *size: what stands behind '#', or -1 where there is none. 0, or -1 where the warning became an error. */
static int read_size(Build *b, Py_ssize_t *size)
{
    *size = -1;
    if (*b->format != '#')
        return 0;
    b->format++;
    if (b->clean) {
        *size = va_arg(*b->va, Py_ssize_t);
        return 0;
    }
    *size = va_arg(*b->va, int);
    return PyErr_WarnEx(PyExc_DeprecationWarning, "PY_SSIZE_T_CLEAN will be required for '#' formats", 1);
}

static PyObject *new_none(void)
{
    Py_RETURN_NONE;
}

/* s z U y u, each with or without '#'. A NULL pointer is None. */
static PyObject *build_text(Build *b, char unit)
{
    const void *text = va_arg(*b->va, const void *);
    Py_ssize_t size;
    if (read_size(b, &size) < 0)
        return NULL;
    if (text == NULL)
        return new_none();
    if (unit == 'u')
        return PyUnicode_FromWideChar(text, size);
    if (size < 0) {
        size_t length = strlen(text);
        if (length > PY_SSIZE_T_MAX) {
            PyErr_SetString(PyExc_OverflowError, unit == 'y' ? "string too long for Python bytes"
                                                             : "string too long for Python string");
            return NULL;
        }
        size = (Py_ssize_t)length;
    }
    return unit == 'y' ? PyBytes_FromStringAndSize(text, size) : PyUnicode_FromStringAndSize(text, size);
}

/* N S O, and O&. */
static PyObject *build_object(Build *b, char unit)
{
    if (*b->format == '&') {
        typedef PyObject *(*Converter)(void *);
        Converter convert = va_arg(*b->va, Converter);
        void *value = va_arg(*b->va, void *);
        b->format++;
        return convert(value);
    }
    PyObject *value = va_arg(*b->va, PyObject *);
    if (value != NULL) {
        if (unit != 'N')
            Py_INCREF(value);
    }
    else if (!PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "NULL object passed to Py_BuildValue");
    return value;
}

static PyObject *build_character(Build *b, char unit)
{
    int c = va_arg(*b->va, int);
    if (unit == 'C')
        return PyUnicode_FromOrdinal(c);
    char byte = (char)c;
    return PyBytes_FromStringAndSize(&byte, 1);
}

static PyObject *build_group(Build *b, char end)
{
    if (tai_enter_c(" while building a value") < 0) {
        drop_items(b, count_items(b->format, end), end);
        return NULL;
    }
    PyObject *result = end == '}' ? build_dict(b, end, count_items(b->format, end))
                                  : build_sequence(b, end, count_items(b->format, end), end == ']');
    tai_leave_c();
    return result;
}

static PyObject *build_item(Build *b)
{
    for (;;) {
        char unit = *b->format++;
        switch (unit) {
        case '(': return build_group(b, ')');
        case '[': return build_group(b, ']');
        case '{': return build_group(b, '}');
        case 'b': case 'B': case 'h': case 'i':
            return PyLong_FromLong(va_arg(*b->va, int));
        case 'H': return PyLong_FromLong((long)va_arg(*b->va, unsigned int));
        case 'I': return PyLong_FromUnsignedLong(va_arg(*b->va, unsigned int));
        case 'n': return PyLong_FromSsize_t(va_arg(*b->va, Py_ssize_t));
        case 'l': return PyLong_FromLong(va_arg(*b->va, long));
        case 'k': return PyLong_FromUnsignedLong(va_arg(*b->va, unsigned long));
        case 'L': return PyLong_FromLongLong(va_arg(*b->va, long long));
        case 'K': return PyLong_FromUnsignedLongLong(va_arg(*b->va, unsigned long long));
        case 'f': case 'd':
            return PyFloat_FromDouble(va_arg(*b->va, double));
        case 'D': return PyComplex_FromCComplex(*va_arg(*b->va, Py_complex *));
        case 'c': case 'C':
            return build_character(b, unit);
        case 's': case 'z': case 'U': case 'y': case 'u':
            return build_text(b, unit);
        case 'N': case 'S': case 'O':
            return build_object(b, unit);
        case ',': case ':': case ' ': case '\t':
            break;
        default:
            b->format--; /* a format that has ended stays at its end */
            if (unit != '\0')
                b->format++;
            PyErr_SetString(PyExc_SystemError, "bad format char passed to Py_BuildValue");
            return NULL;
        }
    }
}

static PyObject *build_value(const char *format, va_list *va, int clean)
{
    Build b = {format, va, clean};
    Py_ssize_t count = count_items(format, '\0');
    if (count < 0)
        return NULL;
    if (count == 0)
        return new_none();
    return count == 1 ? build_item(&b) : build_sequence(&b, '\0', count, 0);
}

/* The items of a format as an array: small_stack if they fit, else new memory (PyMem_Free). NULL with an exception. */
static PyObject **build_stack(PyObject **small_stack, Py_ssize_t small_room, const char *format, va_list *va,
                              Py_ssize_t *p_count, int clean)
{
    Build b = {format, va, clean};
    Py_ssize_t count = count_items(format, '\0');
    *p_count = 0;
    if (count < 0)
        return NULL;
    PyObject **stack = small_stack;
    if (count > small_room && (stack = PyMem_New(PyObject *, count)) == NULL) {
        PyErr_NoMemory();
        drop_items(&b, count, '\0');
        return NULL;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        stack[i] = build_item(&b);
        if (stack[i] == NULL) {
            drop_items(&b, count - i - 1, '\0');
            while (i > 0)
                Py_DECREF(stack[--i]);
            if (stack != small_stack)
                PyMem_Free(stack);
            return NULL;
        }
    }
    if (count > 0 && close_group(&b, '\0') < 0) {
        while (count > 0)
            Py_DECREF(stack[--count]);
        if (stack != small_stack)
            PyMem_Free(stack);
        return NULL;
    }
    *p_count = count;
    return stack;
}

PyObject *Py_VaBuildValue(const char *format, va_list given)
{
    va_list va;
    va_copy(va, given);
    PyObject *result = build_value(format, &va, 0);
    va_end(va);
    return result;
}

PyObject *_Py_VaBuildValue_SizeT(const char *format, va_list given)
{
    va_list va;
    va_copy(va, given);
    PyObject *result = build_value(format, &va, 1);
    va_end(va);
    return result;
}

PyObject *Py_BuildValue(const char *format, ...)
{
    va_list va;
    va_start(va, format);
    PyObject *result = build_value(format, &va, 0);
    va_end(va);
    return result;
}

PyObject *_Py_BuildValue_SizeT(const char *format, ...)
{
    va_list va;
    va_start(va, format);
    PyObject *result = build_value(format, &va, 1);
    va_end(va);
    return result;
}

PyObject **_Py_VaBuildStack(PyObject **small_stack, Py_ssize_t small_room, const char *format, va_list given, Py_ssize_t *p_count)
{
    va_list va;
    va_copy(va, given);
    PyObject **result = build_stack(small_stack, small_room, format, &va, p_count, 0);
    va_end(va);
    return result;
}

PyObject **_Py_VaBuildStack_SizeT(PyObject **small_stack, Py_ssize_t small_room, const char *format, va_list given,
                                  Py_ssize_t *p_count)
{
    va_list va;
    va_copy(va, given);
    PyObject **result = build_stack(small_stack, small_room, format, &va, p_count, 1);
    va_end(va);
    return result;
}

/* ---- filling modules ---- */

/* Steals value, but only when it succeeds. */
int PyModule_AddObject(PyObject *module, const char *name, PyObject *value)
{
    if (!PyModule_Check(module)) {
        PyErr_SetString(PyExc_TypeError, "PyModule_AddObject() needs module as first arg");
        return -1;
    }
    if (value == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_TypeError, "PyModule_AddObject() needs non-NULL value");
        return -1;
    }
    PyObject *dict = PyModule_GetDict(module);
    if (dict == NULL) {
        PyErr_Format(PyExc_SystemError, "module '%s' has no __dict__", PyModule_GetName(module));
        return -1;
    }
    if (PyDict_SetItemString(dict, name, value) < 0)
        return -1;
    Py_DECREF(value);
    return 0;
}

static int add_new(PyObject *module, const char *name, PyObject *value)
{
    if (value == NULL)
        return -1;
    if (PyModule_AddObject(module, name, value) == 0)
        return 0;
    Py_DECREF(value);
    return -1;
}

int PyModule_AddIntConstant(PyObject *module, const char *name, long value)
{
    return add_new(module, name, PyLong_FromLong(value));
}

int PyModule_AddStringConstant(PyObject *module, const char *name, const char *value)
{
    return add_new(module, name, PyUnicode_FromString(value));
}
