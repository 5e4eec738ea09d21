/* SPDX-License-Identifier: MIT */
/* PyStatus and lists of wide strings. Works before anything is initialised; memory is raw. */
#include "runtime/config/config.h"

#include "base/memory.h"

#include <wchar.h>

PyStatus PyStatus_Ok(void) { return (PyStatus){._type = _PyStatus_TYPE_OK}; }
PyStatus PyStatus_Error(const char *message) { return (PyStatus){._type = _PyStatus_TYPE_ERROR, .err_msg = message}; }
PyStatus PyStatus_NoMemory(void) { return PyStatus_Error("memory allocation failed"); }
PyStatus PyStatus_Exit(int code) { return (PyStatus){._type = _PyStatus_TYPE_EXIT, .exitcode = code}; }
int PyStatus_IsError(PyStatus s) { return s._type == _PyStatus_TYPE_ERROR; }
int PyStatus_IsExit(PyStatus s) { return s._type == _PyStatus_TYPE_EXIT; }
int PyStatus_Exception(PyStatus s) { return s._type != _PyStatus_TYPE_OK; }

int tai_wstr_set(wchar_t **field, const wchar_t *value)
{
    wchar_t *copy = NULL;
    if (value != NULL && (copy = _PyMem_RawWcsdup(value)) == NULL)
        return -1;
    PyMem_RawFree(*field);
    *field = copy;
    return 0;
}

void tai_wstr_set_lasting(wchar_t **field, const wchar_t *value)
{
    PyMemAllocatorEx chosen;
    (void)tai_memory_set_default(PYMEM_DOMAIN_RAW, &chosen);
    wchar_t *copy = value ? _PyMem_RawWcsdup(value) : NULL;
    PyMem_RawFree(*field);
    *field = copy;
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &chosen);
}

void tai_wlist_clear(PyWideStringList *list)
{
    for (Py_ssize_t i = 0; i < list->length; i++)
        PyMem_RawFree(list->items[i]);
    PyMem_RawFree(list->items);
    list->length = 0;
    list->items = NULL;
}

int tai_wlist_copy(PyWideStringList *to, const PyWideStringList *from)
{
    PyWideStringList copy = {0, NULL};
    if (tai_wlist_extend(&copy, from) < 0) {
        tai_wlist_clear(&copy);
        return -1;
    }
    tai_wlist_clear(to);
    *to = copy;
    return 0;
}

int tai_wlist_copy_lasting(PyWideStringList *to, const PyWideStringList *from)
{
    PyMemAllocatorEx chosen;
    (void)tai_memory_set_default(PYMEM_DOMAIN_RAW, &chosen);
    int r = tai_wlist_copy(to, from);
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &chosen);
    return r;
}

int tai_wlist_extend(PyWideStringList *to, const PyWideStringList *from)
{
    for (Py_ssize_t i = 0; i < from->length; i++)
        if (PyStatus_Exception(PyWideStringList_Append(to, from->items[i])))
            return -1;
    return 0;
}

PyStatus PyWideStringList_Insert(PyWideStringList *list, Py_ssize_t index, const wchar_t *text)
{
    if (list->length == PY_SSIZE_T_MAX)
        return PyStatus_NoMemory();
    if (index < 0)
        return PyStatus_Error("PyWideStringList_Insert index must be >= 0");
    if (index > list->length)
        index = list->length;
    wchar_t *copy = _PyMem_RawWcsdup(text);
    wchar_t **items = copy ? PyMem_RawRealloc(list->items, ((size_t)list->length + 1) * sizeof *items) : NULL;
    if (items == NULL) {
        PyMem_RawFree(copy);
        return PyStatus_NoMemory();
    }
    if (index < list->length)
        memmove(items + index + 1, items + index, (size_t)(list->length - index) * sizeof *items);
    items[index] = copy;
    list->items = items;
    list->length++;
    return PyStatus_Ok();
}

PyStatus PyWideStringList_Append(PyWideStringList *list, const wchar_t *text)
{
    return PyWideStringList_Insert(list, list->length, text);
}
