/* SPDX-License-Identifier: MIT */
/* grp: the group database. */
#include "Python.h"
#include "structseq.h"
#include <grp.h>

static PyStructSequence_Field fields[] = {
    {"gr_name", "group name"}, {"gr_passwd", "password"}, {"gr_gid", "group id"}, {"gr_mem", "group members"}, {0},
};
static PyStructSequence_Desc desc = {"grp.struct_group", "An entry of the group database.", fields, 4};
static PyTypeObject StructGroup_Type;

static PyObject *entry(const struct group *p)
{
    PyObject *v = PyStructSequence_New(&StructGroup_Type), *members = PyList_New(0);
    if (v == NULL || members == NULL)
        goto error;
    for (char **m = p->gr_mem; *m != NULL; m++) {
        PyObject *name = PyUnicode_DecodeFSDefault(*m);
        if (name == NULL || PyList_Append(members, name) < 0) {
            Py_XDECREF(name);
            goto error;
        }
        Py_DECREF(name);
    }
    PyStructSequence_SET_ITEM(v, 0, PyUnicode_DecodeFSDefault(p->gr_name));
    if (p->gr_passwd)
        PyStructSequence_SET_ITEM(v, 1, PyUnicode_DecodeFSDefault(p->gr_passwd));
    else
        PyStructSequence_SET_ITEM(v, 1, (Py_INCREF(Py_None), Py_None));
    PyStructSequence_SET_ITEM(v, 2, p->gr_gid == (gid_t)-1 ? PyLong_FromLong(-1) : PyLong_FromUnsignedLong(p->gr_gid));
    PyStructSequence_SET_ITEM(v, 3, members);
    if (PyErr_Occurred())
        Py_CLEAR(v);
    return v;
error:
    Py_XDECREF(v);
    Py_XDECREF(members);
    return NULL;
}

/* The entry that get() finds with a buffer that grows until it fits; NULL if there is none. */
static struct group *look_up(const char *name, gid_t gid, struct group *store, char **buffer)
{
    struct group *result = NULL;
    int status = ERANGE;
    *buffer = NULL;
    for (size_t room = 1024; status == ERANGE && room < (1u << 24); room *= 2) {
        char *bigger = PyMem_RawRealloc(*buffer, room);
        if (bigger == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
        *buffer = bigger;
        Py_BEGIN_ALLOW_THREADS
        status = name ? getgrnam_r(name, store, bigger, room, &result) : getgrgid_r(gid, store, bigger, room, &result);
        Py_END_ALLOW_THREADS
    }
    return status == 0 ? result : NULL;
}

static PyObject *grp_getgrgid(PyObject *module, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"id", NULL};
    struct group store, *found;
    char *buffer;
    PyObject *id, *index, *v = NULL;
    int overflow;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:getgrgid", names, &id))
        return NULL;
    index = PyNumber_Index(id);
    if (index == NULL) {
        if (!PyErr_ExceptionMatches(PyExc_TypeError))
            return NULL;
        PyErr_Clear();
        if (PyErr_WarnFormat(PyExc_DeprecationWarning, 1, "group id must be int, not %.200", Py_TYPE(id)->tp_name) < 0)
            return NULL;
        index = PyNumber_Long(id);
        if (index == NULL)
            return NULL;
    }
    long gid = PyLong_AsLongAndOverflow(index, &overflow);
    Py_DECREF(index);
    if (overflow || gid < -1 || gid > (long)UINT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, overflow < 0 || gid < 0 ? "gid is less than minimum" : "gid is greater than maximum");
        return NULL;
    }
    found = look_up(NULL, (gid_t)gid, &store, &buffer);
    if (found != NULL)
        v = entry(found);
    else if (!PyErr_Occurred())
        PyErr_Format(PyExc_KeyError, "getgrgid(): gid not found: %S", id);
    PyMem_RawFree(buffer);
    return v;
}

static PyObject *grp_getgrnam(PyObject *module, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"name", NULL};
    struct group store, *found;
    char *buffer = NULL, *text;
    PyObject *name, *bytes, *v = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "U:getgrnam", names, &name) || (bytes = PyUnicode_EncodeFSDefault(name)) == NULL)
        return NULL;
    if (PyBytes_AsStringAndSize(bytes, &text, NULL) == 0) {
        found = look_up(text, 0, &store, &buffer);
        if (found != NULL)
            v = entry(found);
        else if (!PyErr_Occurred())
            PyErr_Format(PyExc_KeyError, "getgrnam(): name not found: %R", name);
    }
    PyMem_RawFree(buffer);
    Py_DECREF(bytes);
    return v;
}

static PyObject *grp_getgrall(PyObject *module, PyObject *unused)
{
    PyObject *list = PyList_New(0);
    struct group *p;
    setgrent();
    while (list != NULL && (p = getgrent()) != NULL) {
        PyObject *v = entry(p);
        if (v == NULL || PyList_Append(list, v) < 0)
            Py_CLEAR(list);
        Py_XDECREF(v);
    }
    endgrent();
    return list;
}

static PyMethodDef methods[] = {
    {"getgrgid", (PyCFunction)(void (*)(void))grp_getgrgid, METH_VARARGS | METH_KEYWORDS, PyDoc_STR("getgrgid($module, /, id)\n--\n\nReturn the entry of a group id.  Raises KeyError.")},
    {"getgrnam", (PyCFunction)(void (*)(void))grp_getgrnam, METH_VARARGS | METH_KEYWORDS, PyDoc_STR("getgrnam($module, /, name)\n--\n\nReturn the entry of a group name.  Raises KeyError.")},
    {"getgrall", grp_getgrall, METH_NOARGS, PyDoc_STR("getgrall($module, /)\n--\n\nReturn all entries as a list.")},
    {NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "grp",
    .m_doc = PyDoc_STR("The group database; entries are tuples (gr_name, gr_passwd, gr_gid, gr_mem)."),
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_grp(void)
{
    PyObject *module = PyModule_Create(&module_def);
    if (module == NULL)
        return NULL;
    if (StructGroup_Type.tp_name == NULL && PyStructSequence_InitType2(&StructGroup_Type, &desc) < 0) {
        Py_DECREF(module);
        return NULL;
    }
    Py_INCREF(&StructGroup_Type);
    PyModule_AddObject(module, "struct_group", (PyObject *)&StructGroup_Type);
    return module;
}
