/* SPDX-License-Identifier: MIT */
/* Looking up carried modules and files (carried.h). What is carried was compiled without -O, so it is left alone under -O
 * (unless there is nothing else).
 * Tests: tests/runtime/test_carried.py
 */
#include "runtime/carried.h"

#include "base/lz.h"
#include "marshal.h"
#include "runtime/import.h"
#include "runtime/state.h"

#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char root[PATH_MAX + 1];
static PyObject *checked; /* the path (owned) that tai_carried_find() answered last, until its code is asked for */

static const char *text_at(uint32_t offset) { return tai_carried_texts + offset; }
static int compare(const void *key, const void *row) { return strcmp(key, text_at(((const TaiCarried *)row)->name)); }

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
    const char *p = text_at(row->relative);
    for (const char *dot = strchr(text_at(row->name), '.'); dot != NULL; dot = strchr(dot + 1, '.'))
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

/* New reference to the bytes of a path; NULL without exception if the file system cannot have such a name, else with one. */
static PyObject *path_bytes(PyObject *path)
{
    PyObject *bytes;
    if (PyUnicode_FSConverter(path, &bytes))
        return bytes;
    if (PyErr_ExceptionMatches(PyExc_ValueError))
        PyErr_Clear();
    return NULL;
}

/* None, unless there is an exception. */
static PyObject *nothing(void)
{
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static int ends_with(const char *text, const char *relative)
{
    size_t n = strlen(text), k = strlen(relative);
    return n > k && text[n - k - 1] == '/' && memcmp(text + n - k, relative, k) == 0;
}

/* ---- reading the code ----
 * The blob is mapped with the executable, but looking at a mapped page makes it, and its neighbours in the page cache,
 * count as memory of this process. So the code is read from the executable's file, where it can be, into a buffer that
 * lives until the objects are made. */

static off_t blob_in_file; /* where tai_carried_blob begins in /proc/self/exe; 0: not looked for yet, -1: not there */

/* For dl_iterate_phdr(): the executable comes first, with an empty name. */
static int look_into_executable(struct dl_phdr_info *object, size_t size, void *unused)
{
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        uintptr_t start = object->dlpi_addr + segment->p_vaddr, blob = (uintptr_t)tai_carried_blob;
        if (segment->p_type == PT_LOAD && blob >= start && blob - start < segment->p_filesz)
            blob_in_file = (off_t)(segment->p_offset + (blob - start));
    }
    return 1;
}

/* Fills `buffer` with `size` bytes of the blob. 0; -1 if the file of the executable can't be read (no /proc) or the blob
 * is in a shared library, whose file may be another one by now. Sets no exception. */
static int read_blob(size_t offset, size_t size, char *buffer)
{
    if (blob_in_file == 0) {
        blob_in_file = -1;
        dl_iterate_phdr(look_into_executable, NULL);
    }
    int fd = blob_in_file < 0 ? -1 : open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t n = pread(fd, buffer, size, blob_in_file + (off_t)offset);
    close(fd);
    return n == (ssize_t)size ? 0 : -1;
}

static PyObject *load_code(const TaiCarried *row)
{
    const char *mapped = (const char *)tai_carried_blob + row->offset;
    char *buffer = PyMem_RawMalloc(row->size);
    int is_read = buffer != NULL && read_blob(row->offset, row->size, buffer) == 0;
    PyObject *code = PyMarshal_ReadObjectFromString(is_read ? buffer : mapped, (Py_ssize_t)row->size);
    PyMem_RawFree(buffer);
    return code;
}

PyObject *tai_carried_code(PyObject *name, PyObject *path)
{
    const TaiCarried *row = find_row(name);
    if (row == NULL || !PyUnicode_Check(path))
        Py_RETURN_NONE;
    PyObject *bytes = path_bytes(path);
    if (bytes == NULL)
        return nothing();
    const char *text = PyBytes_AS_STRING(bytes);
    size_t n = strlen(root);
    int same = ends_with(text, text_at(row->relative)) &&
               (path == checked || (n && strncmp(text, root, n) == 0 && text[n] == '/') || is_unchanged(text, row));
    Py_DECREF(bytes);
    if (path == checked)
        Py_CLEAR(checked);
    if (!same)
        Py_RETURN_NONE;
    PyObject *code = load_code(row);
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
    return PyUnicode_FromString(text_at(row->relative));
}

static int compare_path(const void *key, const void *row) { return strcmp(key, text_at(((const TaiCarriedFile *)row)->relative)); }

static PyObject *read_file(const TaiCarriedFile *file)
{
    PyObject *data = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)file->size);
    char *stored = PyMem_RawMalloc(file->stored + 1);
    if (data == NULL || stored == NULL) {
        PyMem_RawFree(stored);
        Py_XDECREF(data);
        return PyErr_NoMemory();
    }
    if (read_blob(file->offset, file->stored, stored) < 0)
        memcpy(stored, tai_carried_blob + file->offset, file->stored);
    if (file->stored == file->size)
        memcpy(PyBytes_AS_STRING(data), stored, file->size);
    else if (tai_lz_decode((unsigned char *)stored, file->stored, (unsigned char *)PyBytes_AS_STRING(data), file->size) < 0) {
        Py_CLEAR(data); /* the file of the executable is another one by now */
        PyErr_Format(PyExc_OSError, "the carried file %s is damaged", text_at(file->relative));
    }
    PyMem_RawFree(stored);
    return data;
}

PyObject *tai_carried_data(PyObject *path)
{
    size_t k = strlen(root);
    PyObject *bytes = k && PyUnicode_Check(path) ? path_bytes(path) : NULL;
    if (bytes == NULL)
        return nothing();
    const char *text = PyBytes_AS_STRING(bytes);
    const TaiCarriedFile *file = NULL;
    if (strncmp(text, root, k) == 0 && text[k] == '/')
        file = bsearch(text + k + 1, tai_carried_files, tai_carried_file_count, sizeof(TaiCarriedFile), compare_path);
    Py_DECREF(bytes);
    if (file == NULL)
        Py_RETURN_NONE;
    return read_file(file);
}

/* 0; -1 with exception. */
static int append_text(PyObject *list, const char *text)
{
    PyObject *item = PyUnicode_FromString(text);
    int result = item == NULL ? -1 : PyList_Append(list, item);
    Py_XDECREF(item);
    return result;
}

static int is_source(const char *path)
{
    size_t n = strlen(path);
    return n > 3 && strcmp(path + n - 3, ".py") == 0;
}

PyObject *tai_carried_names(void)
{
    PyObject *list = PyList_New(0);
    int result = list == NULL ? -1 : 0;
    for (size_t i = 0; i < tai_carried_count && result == 0; i++)
        result = append_text(list, text_at(tai_carried_modules[i].relative));
    for (size_t i = 0; i < tai_carried_file_count && result == 0; i++)
        if (!is_source(text_at(tai_carried_files[i].relative))) /* those stand there already */
            result = append_text(list, text_at(tai_carried_files[i].relative));
    if (result < 0)
        Py_CLEAR(list);
    return list;
}
