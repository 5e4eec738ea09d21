/* SPDX-License-Identifier: MIT */
/* _testcapi: marshal's functions for C files. */
#include "testcapi.h"
#include "marshal.h"

/* Open the file that the first argument names. NULL with an exception. */
static FILE *open_file(PyObject *name, const char *mode)
{
    PyObject *path;
    if (!PyUnicode_FSConverter(name, &path))
        return NULL;
    FILE *file = fopen(PyBytes_AS_STRING(path), mode);
    Py_DECREF(path);
    if (file == NULL)
        PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, name);
    return file;
}

/* pymarshal_write_long_to_file(number, filename, version) */
static PyObject *pymarshal_write_long_to_file(PyObject *self, PyObject *args)
{
    long number;
    PyObject *name;
    int version;
    if (!PyArg_ParseTuple(args, "lOi:pymarshal_write_long_to_file", &number, &name, &version))
        return NULL;
    FILE *file = open_file(name, "wb");
    if (file == NULL)
        return NULL;
    PyMarshal_WriteLongToFile(number, file, version);
    fclose(file);
    Py_RETURN_NONE;
}

/* pymarshal_write_object_to_file(object, filename, version) */
static PyObject *pymarshal_write_object_to_file(PyObject *self, PyObject *args)
{
    PyObject *object, *name;
    int version;
    if (!PyArg_ParseTuple(args, "OOi:pymarshal_write_object_to_file", &object, &name, &version))
        return NULL;
    FILE *file = open_file(name, "wb");
    if (file == NULL)
        return NULL;
    PyMarshal_WriteObjectToFile(object, file, version);
    fclose(file);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

/* ---- reading: what was read and where the file stands then ---- */

static PyObject *read_short(FILE *file)
{
    return PyLong_FromLong(PyMarshal_ReadShortFromFile(file));
}

static PyObject *read_long(FILE *file)
{
    return PyLong_FromLong(PyMarshal_ReadLongFromFile(file));
}

static PyObject *read_from(PyObject *name, PyObject *(*read)(FILE *))
{
    FILE *file = open_file(name, "rb");
    if (file == NULL)
        return NULL;
    PyObject *value = read(file);
    long position = ftell(file);
    fclose(file);
    if (value == NULL || PyErr_Occurred()) {
        Py_XDECREF(value);
        return NULL;
    }
    return Py_BuildValue("(Nl)", value, position);
}

static PyObject *pymarshal_read_short_from_file(PyObject *self, PyObject *name)
{
    return read_from(name, read_short);
}

static PyObject *pymarshal_read_long_from_file(PyObject *self, PyObject *name)
{
    return read_from(name, read_long);
}

static PyObject *pymarshal_read_object_from_file(PyObject *self, PyObject *name)
{
    return read_from(name, PyMarshal_ReadObjectFromFile);
}

static PyObject *pymarshal_read_last_object_from_file(PyObject *self, PyObject *name)
{
    return read_from(name, PyMarshal_ReadLastObjectFromFile);
}

#define ONE(name) {#name, name, METH_O}
#define PARSED(name) {#name, name, METH_VARARGS}
static PyMethodDef functions[] = {
    PARSED(pymarshal_write_long_to_file), PARSED(pymarshal_write_object_to_file),  ONE(pymarshal_read_short_from_file),
    ONE(pymarshal_read_long_from_file),   ONE(pymarshal_read_object_from_file),    ONE(pymarshal_read_last_object_from_file),
    {NULL},
};

int testcapi_add_marshal_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
