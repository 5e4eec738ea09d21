/* SPDX-License-Identifier: MIT */
/* _testbuffer: items and their bytes. The struct module knows the formats. */
#include "testbuffer.h"

/* A struct.Struct for the format (new). */
static PyObject *struct_for(const char *format)
{
    PyObject *module = PyImport_ImportModule("struct");
    if (module == NULL)
        return NULL;
    PyObject *result = PyObject_CallMethod(module, "Struct", "s", format);
    Py_DECREF(module);
    return result;
}

Py_ssize_t format_size(const char *format)
{
    PyObject *codec = struct_for(format);
    PyObject *size = codec != NULL ? PyObject_GetAttrString(codec, "size") : NULL;
    Py_XDECREF(codec);
    if (size == NULL)
        return -1;
    Py_ssize_t result = PyLong_AsSsize_t(size);
    Py_DECREF(size);
    if (result == 0) {
        PyErr_SetString(PyExc_ValueError, "an item must have a size");
        return -1;
    }
    return result;
}

/* The members at the address as a tuple (new). */
static PyObject *members_at(PyObject *codec, const char *address, Py_ssize_t itemsize)
{
    PyObject *bytes = PyBytes_FromStringAndSize(address, itemsize);
    PyObject *members = bytes != NULL ? PyObject_CallMethod(codec, "unpack", "O", bytes) : NULL;
    Py_XDECREF(bytes);
    if (members == NULL || PyTuple_Check(members))
        return members;
    Py_DECREF(members);
    PyErr_SetString(PyExc_TypeError, "unpack() gave no tuple");
    return NULL;
}

/* The same as an item; takes the codec from the caller. */
static PyObject *item_at(PyObject *codec, const char *address, Py_ssize_t itemsize)
{
    PyObject *members = members_at(codec, address, itemsize);
    if (members == NULL || PyTuple_GET_SIZE(members) != 1)
        return members;
    PyObject *only = PyTuple_GET_ITEM(members, 0);
    Py_INCREF(only);
    Py_DECREF(members);
    return only;
}

PyObject *unpack_item(const char *address, const char *format, Py_ssize_t itemsize)
{
    PyObject *codec = struct_for(format != NULL ? format : "B");
    if (codec == NULL)
        return NULL;
    PyObject *item = item_at(codec, address, itemsize);
    Py_DECREF(codec);
    return item;
}

/* The members that an item stands for, as a tuple (new). ValueError if there are not `count`. */
static PyObject *item_members(PyObject *item, Py_ssize_t count)
{
    int several = PySequence_Check(item) && !PyBytes_Check(item) && !PyByteArray_Check(item);
    PyObject *members = several ? PySequence_Tuple(item) : PyTuple_Pack(1, item);
    if (members == NULL || (PyTuple_GET_SIZE(members) == count && several == (count != 1)))
        return members;
    Py_DECREF(members);
    PyErr_SetString(PyExc_ValueError, "item and format do not have the same number of members");
    return NULL;
}

int pack_item(char *address, PyObject *item, const char *format, Py_ssize_t itemsize)
{
    PyObject *codec = struct_for(format != NULL ? format : "B");
    PyObject *old = codec != NULL ? members_at(codec, address, itemsize) : NULL;
    PyObject *members = old != NULL ? item_members(item, PyTuple_GET_SIZE(old)) : NULL;
    PyObject *pack = members != NULL ? PyObject_GetAttrString(codec, "pack") : NULL;
    PyObject *bytes = pack != NULL ? PyObject_Call(pack, members, NULL) : NULL;
    int result = -1;
    if (bytes != NULL && PyBytes_Check(bytes) && PyBytes_GET_SIZE(bytes) == itemsize) {
        memcpy(address, PyBytes_AS_STRING(bytes), (size_t)itemsize);
        result = 0;
    } else if (bytes != NULL) {
        PyErr_SetString(PyExc_ValueError, "packed to another size");
    }
    Py_XDECREF(bytes);
    Py_XDECREF(pack);
    Py_XDECREF(members);
    Py_XDECREF(old);
    Py_XDECREF(codec);
    return result;
}

/* The list for a dimension and those behind it (new). */
static PyObject *part_to_list(PyObject *codec, const Py_buffer *full, int dimension, char *start)
{
    if (dimension == full->ndim)
        return item_at(codec, start, full->itemsize);
    PyObject *list = PyList_New(0);
    const Py_ssize_t *suboffset = full->suboffsets != NULL ? full->suboffsets + dimension : NULL;
    /* Nothing lies behind the pointers of an array with an empty dimension, but nothing is read there either. */
    for (Py_ssize_t i = 0; list != NULL && i < full->shape[dimension]; i++) {
        char *place = step_into(start, i, full->strides[dimension], suboffset);
        PyObject *part = part_to_list(codec, full, dimension + 1, place);
        if (part == NULL || PyList_Append(list, part) < 0)
            Py_CLEAR(list);
        Py_XDECREF(part);
    }
    return list;
}

PyObject *view_to_list(const Py_buffer *full)
{
    if (full->format == NULL) {
        PyErr_SetString(PyExc_ValueError, "a list needs to know the format");
        return NULL;
    }
    PyObject *codec = struct_for(full->format);
    PyObject *list = codec != NULL ? part_to_list(codec, full, 0, full->buf) : NULL;
    Py_XDECREF(codec);
    return list;
}
