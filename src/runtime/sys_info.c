/* SPDX-License-Identifier: MIT */
/* What sys tells about the program: versions, limits, hashes, flags, paths.
 *
 * Each record type (sys.flags, sys.float_info...) is one table of field names with their documentation; values are
 * filled in the same order. Tests: tests/runtime/test_sys.py
 */
#include "runtime/runtime.h"
#include "runtime/sys.h"
#include "base/fileutils.h"
#include "base/memory.h"

#include <stdio.h>
#include <string.h>

/* ---- versions ---- */

#ifndef TAI_BUILD_DATE
#define TAI_BUILD_DATE __DATE__ ", " __TIME__
#endif

const char *Py_GetVersion(void)
{
    static char text[250];
    if (text[0] == 0)
        PyOS_snprintf(text, sizeof text, "%.80s (%.120s) %.80s", PY_VERSION, Py_GetBuildInfo(), Py_GetCompiler());
    return text;
}

const char *Py_GetBuildInfo(void)
{
    return "taipan " TAI_VERSION ", " TAI_BUILD_DATE;
}

const char *Py_GetCompiler(void)
{
#ifdef __clang__
    return "[Clang " __clang_version__ "]";
#else
    return "[GCC " __VERSION__ "]";
#endif
}

const char *Py_GetPlatform(void) { return "linux"; }
const char *Py_GetCopyright(void) { return "Copyright (c) 2026 the taipan developers.\nReleased under the MIT license."; }
const char *_Py_gitversion(void) { return ""; }
const char *_Py_gitidentifier(void) { return ""; }

/* ---- record types ---- */

#define FIELD(name, doc) {name, doc}
#define END {NULL, NULL}

static PyStructSequence_Field version_fields[] = {
    FIELD("major", "major release number"), FIELD("minor", "minor release number"), FIELD("micro", "patch release number"),
    FIELD("releaselevel", "'alpha', 'beta', 'candidate' or 'final'"), FIELD("serial", "serial number of the level"), END};
static PyStructSequence_Field flags_fields[] = {
    FIELD("debug", "-d"), FIELD("inspect", "-i"), FIELD("interactive", "-i"), FIELD("optimize", "-O or -OO"),
    FIELD("dont_write_bytecode", "-B"), FIELD("no_user_site", "-s"), FIELD("no_site", "-S"), FIELD("ignore_environment", "-E"),
    FIELD("verbose", "-v"), FIELD("bytes_warning", "-b"), FIELD("quiet", "-q"), FIELD("hash_randomization", "-R"),
    FIELD("isolated", "-I"), FIELD("dev_mode", "-X dev"), FIELD("utf8_mode", "-X utf8"),
    FIELD("int_max_str_digits", "-X int_max_str_digits"), END};
static PyStructSequence_Field hash_fields[] = {
    FIELD("width", "bits of a hash"), FIELD("modulus", "prime of the numeric hashes"), FIELD("inf", "hash of infinity"),
    FIELD("nan", "hash of a nan"), FIELD("imag", "factor of the imaginary part"), FIELD("algorithm", "name of the hash function of str and bytes"),
    FIELD("hash_bits", "bits of its result"), FIELD("seed_bits", "bits of its key"), FIELD("cutoff", "texts shorter than this use another function"), END};

#define DESC(var, name, doc, fields) \
    static PyStructSequence_Desc var = {name, name "\n\n" doc, fields, (int)Py_ARRAY_LENGTH(fields) - 1}
DESC(version_desc, "sys.version_info", "The version, as numbers that can be compared.", version_fields);
DESC(flags_desc, "sys.flags", "Command line options and environment settings in force.", flags_fields);
DESC(hash_desc, "sys.hash_info", "Parameters of hashing.", hash_fields);

static PyTypeObject version_type, flags_type, hash_type;

static int make_type(PyTypeObject *type, PyStructSequence_Desc *desc)
{
    return type->tp_name == NULL ? PyStructSequence_InitType2(type, desc) : 0;
}

/* Types like sys.flags exist once: nobody makes more of them. */
static void seal_type(PyTypeObject *type)
{
    type->tp_init = NULL;
    type->tp_new = NULL;
    if (type->tp_dict && PyDict_DelItemString(type->tp_dict, "__new__") < 0)
        PyErr_Clear();
    PyType_Modified(type);
}

/* Fill record from values (stolen); NULL if one of them is. */
static PyObject *record(PyTypeObject *type, PyStructSequence_Desc *desc, PyObject **values)
{
    PyObject *seq = make_type(type, desc) < 0 ? NULL : PyStructSequence_New(type);
    for (int i = 0; i < desc->n_in_sequence; i++) {
        if (seq)
            PyStructSequence_SET_ITEM(seq, i, values[i]);
        else
            Py_XDECREF(values[i]);
    }
    if (PyErr_Occurred())
        Py_CLEAR(seq);
    return seq;
}

#define INT(x) PyLong_FromLong((long)(x))

static PyObject *make_version_info(void)
{
    PyObject *values[] = {INT(PY_MAJOR_VERSION), INT(PY_MINOR_VERSION), INT(PY_MICRO_VERSION), PyUnicode_FromString("final"), INT(0)};
    PyObject *r = record(&version_type, &version_desc, values);
    if (r)
        seal_type(&version_type);
    return r;
}

static PyObject *make_hash_info(void)
{
    PyHash_FuncDef *f = PyHash_GetFuncDef();
    PyObject *values[] = {INT(8 * sizeof(Py_hash_t)), PyLong_FromSsize_t(_PyHASH_MODULUS), INT(_PyHASH_INF), INT(_PyHASH_NAN),
                          INT(_PyHASH_IMAG), PyUnicode_FromString(f->name), INT(f->hash_bits), INT(f->seed_bits),
                          INT(Py_HASH_CUTOFF)};
    return record(&hash_type, &hash_desc, values);
}

int tai_config_int_max_str_digits(const PyConfig *config);

static PyObject *make_flags(PyInterpreterState *interp)
{
    const PyConfig *c = &interp->config;
    const PyPreConfig *p = &tai_runtime.preconfig;
    PyObject *values[] = {
        INT(c->parser_debug), INT(c->inspect), INT(c->interactive), INT(c->optimization_level), INT(!c->write_bytecode),
        INT(!c->user_site_directory), INT(!c->site_import), INT(!c->use_environment), INT(c->verbose), INT(c->bytes_warning),
        INT(c->quiet), INT(c->use_hash_seed == 0 || c->hash_seed != 0), INT(c->isolated), PyBool_FromLong(c->dev_mode),
        INT(p->utf8_mode), INT(tai_config_int_max_str_digits(c))};
    PyObject *r = record(&flags_type, &flags_desc, values);
    if (r)
        seal_type(&flags_type);
    return r;
}

static PyObject *make_implementation(PyObject *version_info)
{
    PyObject *fields = Py_BuildValue("{sssssOskss}", "name", "cpython", "cache_tag", "cpython-38", "version", version_info,
                                     "hexversion", (unsigned long)PY_VERSION_HEX, "_multiarch", "x86_64-linux-gnu");
    PyObject *ns = fields ? _PyNamespace_New(fields) : NULL;
    Py_XDECREF(fields);
    return ns;
}

PyDoc_STRVAR(fail_allocations_doc,
"fail_allocations($module, first, count=1, /)\n--\n\n"
"Let count allocations of memory fail, the first-th from now on being the first of them (0: none any more).\n\n"
"The result is the number of allocations since the last call.");

/* Takes no memory before it has ended the failing. */
static PyObject *fail_allocations(PyObject *self, PyObject *const *args, Py_ssize_t n)
{
    Py_ssize_t value[2] = {0, 1};
    if (!_PyArg_CheckPositional("fail_allocations", n, 1, 2))
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        value[i] = PyLong_AsSsize_t(args[i]);
        if (value[i] == -1 && PyErr_Occurred())
            return NULL;
        if (value[i] < 0) {
            PyErr_SetString(PyExc_ValueError, "numbers must not be negative");
            return NULL;
        }
    }
    size_t made = tai_memory_fail((size_t)value[0], (size_t)value[1]);
    return PyLong_FromSize_t(made);
}

static PyMethodDef fail_allocations_def = {"fail_allocations", (PyCFunction)(void *)fail_allocations, METH_FASTCALL,
                                           fail_allocations_doc};

/* The truth about this program, for those who ask. */
static PyObject *make_taipan(void)
{
    PyObject *fields = Py_BuildValue("{sssssN}", "version", TAI_VERSION, "name", "taipan", "fail_allocations",
                                     PyCFunction_New(&fail_allocations_def, NULL));
    PyObject *ns = fields ? _PyNamespace_New(fields) : NULL;
    Py_XDECREF(fields);
    return ns;
}

/* Put value (stolen) under name. */
static int put(PyObject *dict, const char *name, PyObject *value)
{
    if (value == NULL)
        return -1;
    int r = PyDict_SetItemString(dict, name, value);
    Py_DECREF(value);
    return r;
}

extern struct _inittab *PyImport_Inittab;

static PyObject *builtin_names(void)
{
    PyObject *list = PyList_New(0), *tuple;
    for (struct _inittab *t = PyImport_Inittab; list && t->name; t++) {
        PyObject *name = PyUnicode_FromString(t->name);
        if (name == NULL || PyList_Append(list, name) < 0)
            Py_CLEAR(list);
        Py_XDECREF(name);
    }
    if (list == NULL || PyList_Sort(list) < 0) {
        Py_XDECREF(list);
        return NULL;
    }
    tuple = PyList_AsTuple(list);
    Py_DECREF(list);
    return tuple;
}

int tai_sys_add_info(PyObject *d)
{
    PyObject *version = make_version_info();
    if (version == NULL)
        return -1;
    Py_INCREF(version);
    if (put(d, "version_info", version) < 0 || put(d, "implementation", make_implementation(version)) < 0) {
        Py_DECREF(version);
        return -1;
    }
    Py_DECREF(version);
    if (put(d, "version", PyUnicode_FromString(Py_GetVersion())) < 0 ||
        put(d, "hexversion", PyLong_FromLong(PY_VERSION_HEX)) < 0 ||
        put(d, "_git", Py_BuildValue("(szz)", "CPython", _Py_gitidentifier(), _Py_gitversion())) < 0 ||
        put(d, "_framework", PyUnicode_FromString("")) < 0 || put(d, "api_version", PyLong_FromLong(PYTHON_API_VERSION)) < 0 ||
        put(d, "copyright", PyUnicode_FromString(Py_GetCopyright())) < 0 ||
        put(d, "platform", PyUnicode_FromString(Py_GetPlatform())) < 0 ||
        put(d, "maxsize", PyLong_FromSsize_t(PY_SSIZE_T_MAX)) < 0 || put(d, "float_info", PyFloat_GetInfo()) < 0 ||
        put(d, "int_info", PyLong_GetInfo()) < 0 || put(d, "hash_info", make_hash_info()) < 0 ||
        put(d, "maxunicode", PyLong_FromLong(0x10FFFF)) < 0 || put(d, "builtin_module_names", builtin_names()) < 0 ||
        put(d, "byteorder", PyUnicode_FromString("little")) < 0 || put(d, "abiflags", PyUnicode_FromString("")) < 0 ||
        put(d, "float_repr_style", PyUnicode_FromString("short")) < 0 || put(d, "thread_info", PyThread_GetInfo()) < 0 ||
        put(d, "_taipan", make_taipan()) < 0)
        return -1;
    return 0;
}

/* ---- from the configuration ---- */

static PyObject *wide(const wchar_t *text)
{
    if (text == NULL)
        Py_RETURN_NONE;
    return PyUnicode_FromWideChar(text, -1);
}

static PyObject *wide_list(const PyWideStringList *list)
{
    PyObject *r = PyList_New(list->length);
    for (Py_ssize_t i = 0; r && i < list->length; i++) {
        PyObject *item = PyUnicode_FromWideChar(list->items[i], -1);
        if (item == NULL)
            Py_CLEAR(r);
        else
            PyList_SET_ITEM(r, i, item);
    }
    return r;
}

static PyObject *x_options(const PyWideStringList *list)
{
    PyObject *dict = PyDict_New();
    for (Py_ssize_t i = 0; dict && i < list->length; i++) {
        const wchar_t *text = list->items[i], *equals = wcschr(text, L'=');
        PyObject *name = PyUnicode_FromWideChar(text, equals ? equals - text : -1);
        PyObject *value = equals ? PyUnicode_FromWideChar(equals + 1, -1) : (Py_INCREF(Py_True), Py_True);
        if (name == NULL || value == NULL || PyDict_SetItem(dict, name, value) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(name);
        Py_XDECREF(value);
    }
    return dict;
}

/* Names are set when the configuration has a value for them (embedders may leave some out). */
static int put_wide(PyObject *d, const char *name, const wchar_t *text)
{
    return text == NULL ? 0 : put(d, name, wide(text));
}

int tai_sys_configure(PyInterpreterState *interp, PyObject *d)
{
    const PyConfig *c = &interp->config;
    if (c->module_search_paths_set && put(d, "path", wide_list(&c->module_search_paths)) < 0)
        return -1;
    if (put_wide(d, "executable", c->executable) < 0 || put_wide(d, "_base_executable", c->base_executable) < 0 ||
        put_wide(d, "prefix", c->prefix) < 0 || put_wide(d, "base_prefix", c->base_prefix) < 0 ||
        put_wide(d, "exec_prefix", c->exec_prefix) < 0 || put_wide(d, "base_exec_prefix", c->base_exec_prefix) < 0 ||
        put(d, "pycache_prefix", wide(c->pycache_prefix)) < 0 || put(d, "_home", wide(c->home)) < 0 ||
        put(d, "argv", wide_list(&c->argv)) < 0 || put(d, "warnoptions", wide_list(&c->warnoptions)) < 0 ||
        put(d, "_xoptions", x_options(&c->xoptions)) < 0 || put(d, "flags", make_flags(interp)) < 0 ||
        put(d, "dont_write_bytecode", PyBool_FromLong(!c->write_bytecode)) < 0)
        return -1;
    return 0;
}
