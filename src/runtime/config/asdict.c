/* SPDX-License-Identifier: MIT */
/* The configuration in use as Python objects: what `_testinternalcapi.get_configs()` gives, for tests and for curious people.
 * Three dicts: the global variables of the old interface, PyPreConfig, PyConfig; NULL texts are None.
 * Tests: tests/embedding/test_configurations.py
 */
#include "runtime/config/config.h"

#include "runtime/state.h"

PyAPI_FUNC(PyObject *) _Py_GetConfigsAsDict(void);
PyAPI_DATA(int) _Py_HasFileSystemDefaultEncodeErrors;

/* Put a value (stolen, NULL: there is an exception) into dict. 0 / -1. */
static int put(PyObject *dict, const char *name, PyObject *value)
{
    int r = value ? PyDict_SetItemString(dict, name, value) : -1;
    Py_XDECREF(value);
    return r;
}

static PyObject *new_none(void)
{
    Py_INCREF(Py_None);
    return Py_None;
}

static PyObject *from_wide(const wchar_t *text) { return text ? PyUnicode_FromWideChar(text, -1) : new_none(); }
static PyObject *from_bytes(const char *text) { return text ? PyUnicode_FromString(text) : new_none(); }

static PyObject *from_list(const PyWideStringList *list)
{
    PyObject *out = PyList_New(list->length);
    for (Py_ssize_t i = 0; out != NULL && i < list->length; i++) {
        PyObject *item = PyUnicode_FromWideChar(list->items[i], -1);
        if (item == NULL)
            Py_CLEAR(out);
        else
            PyList_SET_ITEM(out, i, item);
    }
    return out;
}

static int put_int(PyObject *dict, const char *name, int value) { return put(dict, name, PyLong_FromLong(value)); }

static int put_globals(PyObject *d)
{
    int r = put(d, "Py_FileSystemDefaultEncoding", from_bytes(Py_FileSystemDefaultEncoding)) < 0 ||
            put(d, "Py_FileSystemDefaultEncodeErrors", from_bytes(Py_FileSystemDefaultEncodeErrors)) < 0 ||
            put_int(d, "Py_HasFileSystemDefaultEncoding", Py_HasFileSystemDefaultEncoding) < 0 ||
            put_int(d, "_Py_HasFileSystemDefaultEncodeErrors", _Py_HasFileSystemDefaultEncodeErrors) < 0 ||
            put_int(d, "Py_UTF8Mode", Py_UTF8Mode) < 0 ||
            put_int(d, "Py_HashRandomizationFlag", Py_HashRandomizationFlag) < 0;
#define FLAG(variable, field, negated) r = r || put_int(d, #variable, variable) < 0;
#include "defs/global_flag.def"
#undef FLAG
    return r ? -1 : 0;
}

static int put_preconfig(PyObject *d, const PyPreConfig *p)
{
#define FIELD(name)                      \
    if (put_int(d, #name, p->name) < 0) \
        return -1;
    FIELD(_config_init)
    FIELD(parse_argv)
    FIELD(isolated)
    FIELD(use_environment)
    FIELD(configure_locale)
    FIELD(coerce_c_locale)
    FIELD(coerce_c_locale_warn)
    FIELD(utf8_mode)
    FIELD(dev_mode)
    FIELD(allocator)
#undef FIELD
    return 0;
}

static int put_config(PyObject *d, const PyConfig *c)
{
    int r = 0;
#define INT(name, compat, python, isolated) r = r || put_int(d, #name, c->name) < 0;
#define ULONG(name) r = r || put(d, #name, PyLong_FromUnsignedLong(c->name)) < 0;
#define STR(name) r = r || put(d, #name, from_wide(c->name)) < 0;
#define LIST(name) r = r || put(d, #name, from_list(&c->name)) < 0;
#include "defs/config.def"
#undef INT
#undef ULONG
#undef STR
#undef LIST
    /* whether the list was given is no news: it is there */
    return r || PyDict_DelItemString(d, "module_search_paths_set") < 0 ? -1 : 0;
}

/* A new dict of the dicts "global_config", "pre_config" and "config" of the current interpreter. */
PyObject *_Py_GetConfigsAsDict(void)
{
    PyObject *all = PyDict_New(), *globals = PyDict_New(), *before = PyDict_New(), *config = PyDict_New();
    if (all == NULL || globals == NULL || before == NULL || config == NULL || put_globals(globals) < 0 ||
        put_preconfig(before, &tai_runtime.preconfig) < 0 || put_config(config, &tai_interp()->config) < 0 ||
        PyDict_SetItemString(all, "global_config", globals) < 0 || PyDict_SetItemString(all, "pre_config", before) < 0 ||
        PyDict_SetItemString(all, "config", config) < 0)
        Py_CLEAR(all);
    Py_XDECREF(globals);
    Py_XDECREF(before);
    Py_XDECREF(config);
    return all;
}
