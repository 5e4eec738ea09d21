/* SPDX-License-Identifier: MIT */
/* spwd: the database of shadow passwords, for the superuser.  Tests: the reference's test_spwd. */
#include "Python.h"

#include "structseq.h"
#include <errno.h>
#include <shadow.h>

static PyTypeObject EntryType;

static PyStructSequence_Field fields[] = {
    {"sp_namp", "name of the account"}, {"sp_pwdp", "its password, encrypted"}, {"sp_lstchg", "day of the last change"},
    {"sp_min", "days that must pass between changes"}, {"sp_max", "days a password may live"},
    {"sp_warn", "days of warning before it ends"}, {"sp_inact", "days from its end to the account's"},
    {"sp_expire", "day on which the account ends, counted from 1970-01-01"}, {"sp_flag", "reserved"},
    {"sp_nam", "the same as sp_namp; deprecated"}, {"sp_pwd", "the same as sp_pwdp; deprecated"}, {NULL, NULL},
};

static PyStructSequence_Desc entry_desc = {
    "spwd.struct_spwd",
    "Row of the shadow password database: a tuple of nine whose fields have names (sp_namp, sp_pwdp, sp_lstchg, ...).",
    fields, 9,
};

/* A row as a struct_spwd, new. */
static PyObject *make_entry(const struct spwd *row)
{
    PyObject *e = PyStructSequence_New(&EntryType);
    if (e == NULL)
        return NULL;
    const long numbers[] = {row->sp_lstchg, row->sp_min, row->sp_max, row->sp_warn, row->sp_inact, row->sp_expire, (long)row->sp_flag};
    const char *texts[] = {row->sp_namp, row->sp_pwdp};
    for (int i = 0; i < 2; i++) {
        PyObject *s = texts[i] ? PyUnicode_DecodeFSDefault(texts[i]) : Py_None;
        if (s == NULL)
            goto error;
        if (s == Py_None)
            Py_INCREF(s);
        Py_INCREF(s);
        PyStructSequence_SET_ITEM(e, i, s);
        PyStructSequence_SET_ITEM(e, 9 + i, s);
    }
    for (int i = 0; i < 7; i++) {
        PyObject *n = PyLong_FromLong(numbers[i]);
        if (n == NULL)
            goto error;
        PyStructSequence_SET_ITEM(e, 2 + i, n);
    }
    return e;
error:
    Py_DECREF(e);
    return NULL;
}

static PyObject *spwd_getspnam(PyObject *Py_UNUSED(module), PyObject *arg)
{
    if (!PyUnicode_Check(arg)) {
        _PyArg_BadArgument("getspnam", "argument", "str", arg);
        return NULL;
    }
    PyObject *bytes = PyUnicode_EncodeFSDefault(arg), *result = NULL;
    char *name;
    if (bytes == NULL || PyBytes_AsStringAndSize(bytes, &name, NULL) < 0)
        goto done;
    errno = 0;
    const struct spwd *row = getspnam(name);
    if (row)
        result = make_entry(row);
    else if (errno)
        PyErr_SetFromErrno(PyExc_OSError);
    else
        PyErr_SetString(PyExc_KeyError, "getspnam(): name not found");
done:
    Py_XDECREF(bytes);
    return result;
}

static PyObject *spwd_getspall(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyObject *all = PyList_New(0);
    if (all == NULL)
        return NULL;
    setspent();
    for (const struct spwd *row; all && (row = getspent());) {
        PyObject *e = make_entry(row);
        if (e == NULL || PyList_Append(all, e) < 0)
            Py_CLEAR(all);
        Py_XDECREF(e);
    }
    endspent();
    return all;
}

static PyMethodDef methods[] = {
    {"getspnam", spwd_getspnam, METH_O, "getspnam($module, arg, /)\n--\n\nThe entry of the user of that name. KeyError if there is none, PermissionError if one may not look."},
    {"getspall", spwd_getspall, METH_NOARGS, "getspall($module, /)\n--\n\nA list of all entries."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "spwd",
    .m_doc = "The Unix database of shadow passwords, which only the superuser may read.",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_spwd(void)
{
    if (EntryType.tp_name == NULL && PyStructSequence_InitType2(&EntryType, &entry_desc) < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m) {
        Py_INCREF(&EntryType);
        PyModule_AddObject(m, "struct_spwd", (PyObject *)&EntryType);
    }
    return m;
}
