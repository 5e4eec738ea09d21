/* SPDX-License-Identifier: MIT */
/* Looking up carried modules (carried.h). What is carried was compiled without -O, so it is left alone under -O
 * (unless there is nothing else).
 * Tests: tests/runtime/test_carried.py
 */
#include "runtime/carried.h"

#include "marshal.h"
#include "runtime/import.h"
#include "runtime/state.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char root[PATH_MAX + 1];
static PyObject *checked; /* the path (owned) that tai_carried_find() answered last, until its code is asked for */

static int compare(const void *key, const void *row) { return strcmp(key, ((const TaiCarried *)row)->name); }

static const TaiCarried *find_row(PyObject *name)
{
    if (!PyUnicode_Check(name) || !PyUnicode_IS_COMPACT_ASCII(name) ||
        (tai_interp()->config.optimization_level > 0 && root[0] == 0))
        return NULL;
    return bsearch(PyUnicode_DATA(name), tai_carried_modules, tai_carried_count, sizeof(TaiCarried), compare);
}

static int is_unchanged(const char *path, const TaiCarried *row)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_mtime == row->mtime && st.st_size == row->source_size;
}

/* The part of row->relative below its package's folder: "decoder.py", or "json/__init__.py" for the package. */
static const char *below_folder(const TaiCarried *row)
{
    const char *p = row->relative;
    for (const char *dot = strchr(row->name, '.'); dot != NULL; dot = strchr(dot + 1, '.'))
        p = strchr(p, '/') + 1;
    return p;
}

PyObject *tai_carried_find(PyObject *name, PyObject *folder)
{
    const TaiCarried *row = find_row(name);
    if (row == NULL || !PyUnicode_Check(folder))
        Py_RETURN_NONE;
    PyObject *path = PyUnicode_FromFormat("%U/%s", folder, below_folder(row)), *bytes = NULL;
    if (path != NULL && PyUnicode_FSConverter(path, &bytes)) {
        int same = is_unchanged(PyBytes_AS_STRING(bytes), row);
        Py_DECREF(bytes);
        if (same) {
            Py_INCREF(path);
            Py_XSETREF(checked, path);
            return path;
        }
    } else if (path == NULL || !PyErr_ExceptionMatches(PyExc_ValueError)) {
        Py_XDECREF(path);
        return NULL;
    }
    PyErr_Clear(); /* a name that the file system cannot have */
    Py_DECREF(path);
    Py_RETURN_NONE;
}

static int ends_with(PyObject *path, const char *relative)
{
    Py_ssize_t n;
    const char *text = PyUnicode_AsUTF8AndSize(path, &n);
    size_t k = strlen(relative);
    if (text == NULL) {
        PyErr_Clear();
        return 0;
    }
    return (size_t)n > k && text[n - (Py_ssize_t)k - 1] == '/' && memcmp(text + n - k, relative, k) == 0;
}

PyObject *tai_carried_code(PyObject *name, PyObject *path)
{
    const TaiCarried *row = find_row(name);
    if (row == NULL || !PyUnicode_Check(path) || !ends_with(path, row->relative))
        Py_RETURN_NONE;
    PyObject *bytes;
    if (!PyUnicode_FSConverter(path, &bytes))
        return NULL;
    const char *text = PyBytes_AS_STRING(bytes);
    size_t n = strlen(root);
    int same = path == checked || (n && strncmp(text, root, n) == 0 && text[n] == '/') || is_unchanged(text, row);
    Py_DECREF(bytes);
    if (path == checked)
        Py_CLEAR(checked);
    if (!same)
        Py_RETURN_NONE;
    PyObject *code = PyMarshal_ReadObjectFromString((const char *)row->code, (Py_ssize_t)row->size);
    if (code != NULL)
        tai_import_rename_code((PyCodeObject *)code, path);
    return code;
}

/* ---- without a library folder ---- */

int tai_carried_is_library(void)
{
    return bsearch("os", tai_carried_modules, tai_carried_count, sizeof(TaiCarried), compare) != NULL;
}

void tai_carried_set_root(const char *path) { snprintf(root, sizeof root, "%s", path); }

PyObject *tai_carried_root(void)
{
    if (root[0] == 0)
        Py_RETURN_NONE;
    return PyUnicode_DecodeFSDefault(root);
}

PyObject *tai_carried_relative(PyObject *name)
{
    const TaiCarried *row = find_row(name);
    if (row == NULL)
        Py_RETURN_NONE;
    return PyUnicode_FromString(row->relative);
}
