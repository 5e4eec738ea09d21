/* SPDX-License-Identifier: MIT */
/* pwd: the user database. */
#include "Python.h"
#include "structseq.h"
#include <pwd.h>

static PyStructSequence_Field fields[] = {
    {"pw_name", "user name"},     {"pw_passwd", "password"},   {"pw_uid", "user id"},        {"pw_gid", "group id"},
    {"pw_gecos", "real name"},    {"pw_dir", "home directory"}, {"pw_shell", "shell program"}, {0},
};
static PyStructSequence_Desc desc = {"pwd.struct_passwd", "An entry of the user database.", fields, 7};
static PyTypeObject StructPasswd_Type;

static PyObject *text(const char *value)
{
    if (value != NULL)
        return PyUnicode_DecodeFSDefault(value);
    Py_RETURN_NONE;
}

static PyObject *id_object(uint32_t id) { return id == (uint32_t)-1 ? PyLong_FromLong(-1) : PyLong_FromUnsignedLong(id); }

static PyObject *entry(const struct passwd *p)
{
    PyObject *v = PyStructSequence_New(&StructPasswd_Type);
    if (v == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(v, 0, text(p->pw_name));
    PyStructSequence_SET_ITEM(v, 1, text(p->pw_passwd));
    PyStructSequence_SET_ITEM(v, 2, id_object(p->pw_uid));
    PyStructSequence_SET_ITEM(v, 3, id_object(p->pw_gid));
    PyStructSequence_SET_ITEM(v, 4, text(p->pw_gecos));
    PyStructSequence_SET_ITEM(v, 5, text(p->pw_dir));
    PyStructSequence_SET_ITEM(v, 6, text(p->pw_shell));
    if (PyErr_Occurred())
        Py_CLEAR(v);
    return v;
}

/* Call get(arg..., &result) with a buffer that grows until the entry fits; then make `found`. */
#define LOOK_UP(get, result, size_name)                                                                      \
    long room = sysconf(size_name);                                                                          \
    char *buffer = NULL;                                                                                     \
    int status = ERANGE;                                                                                     \
    if (room <= 0)                                                                                           \
        room = 1024;                                                                                         \
    for (; status == ERANGE && room < (1L << 24); room *= 2) {                                               \
        char *bigger = PyMem_RawRealloc(buffer, room);                                                       \
        if (bigger == NULL) {                                                                                \
            PyMem_RawFree(buffer);                                                                           \
            return PyErr_NoMemory();                                                                         \
        }                                                                                                    \
        buffer = bigger;                                                                                     \
        Py_BEGIN_ALLOW_THREADS                                                                               \
        status = get;                                                                                        \
        Py_END_ALLOW_THREADS                                                                                 \
        if (status != 0)                                                                                     \
            result = NULL;                                                                                   \
    }

static PyObject *pwd_getpwuid(PyObject *module, PyObject *arg)
{
    struct passwd store, *result = NULL;
    int overflow;
    PyObject *index = PyNumber_Index(arg), *v;
    if (index == NULL)
        return PyErr_Format(PyExc_TypeError, "uid should be integer, not %.200s", Py_TYPE(arg)->tp_name);
    long uid = PyLong_AsLongAndOverflow(index, &overflow);
    Py_DECREF(index);
    if (overflow || uid < -1 || uid > (long)UINT32_MAX)
        return PyErr_Format(PyExc_KeyError, "getpwuid(): uid not found");
    LOOK_UP(getpwuid_r((uid_t)uid, &store, buffer, room, &result), result, _SC_GETPW_R_SIZE_MAX)
    if (result == NULL) {
        PyMem_RawFree(buffer);
        PyObject *shown = id_object((uint32_t)uid);
        if (shown != NULL) {
            PyErr_Format(PyExc_KeyError, "getpwuid(): uid not found: %S", shown);
            Py_DECREF(shown);
        }
        return NULL;
    }
    v = entry(result);
    PyMem_RawFree(buffer);
    return v;
}

static PyObject *pwd_getpwnam(PyObject *module, PyObject *arg)
{
    struct passwd store, *result = NULL;
    PyObject *bytes, *v = NULL;
    char *name;
    if (!PyUnicode_Check(arg)) {
        PyErr_Format(PyExc_TypeError, "getpwnam() argument must be str, not %.50s", Py_TYPE(arg)->tp_name);
        return NULL;
    }
    bytes = PyUnicode_EncodeFSDefault(arg);
    if (bytes == NULL)
        return NULL;
    if (PyBytes_AsStringAndSize(bytes, &name, NULL) < 0) {
        Py_DECREF(bytes);
        return NULL;
    }
    LOOK_UP(getpwnam_r(name, &store, buffer, room, &result), result, _SC_GETPW_R_SIZE_MAX)
    if (result == NULL)
        PyErr_Format(PyExc_KeyError, "getpwnam(): name not found: %R", arg);
    else
        v = entry(result);
    PyMem_RawFree(buffer);
    Py_DECREF(bytes);
    return v;
}

static PyObject *pwd_getpwall(PyObject *module, PyObject *unused)
{
    PyObject *list = PyList_New(0);
    struct passwd *p;
    setpwent();
    while (list != NULL && (p = getpwent()) != NULL) {
        PyObject *v = entry(p);
        if (v == NULL || PyList_Append(list, v) < 0)
            Py_CLEAR(list);
        Py_XDECREF(v);
    }
    endpwent();
    return list;
}

static PyMethodDef methods[] = {
    {"getpwuid", pwd_getpwuid, METH_O, PyDoc_STR("getpwuid($module, uidobj, /)\n--\n\nReturn the entry of a user id.  Raises KeyError.")},
    {"getpwnam", pwd_getpwnam, METH_O, PyDoc_STR("getpwnam($module, name, /)\n--\n\nReturn the entry of a user name.  Raises KeyError.")},
    {"getpwall", pwd_getpwall, METH_NOARGS, PyDoc_STR("getpwall($module, /)\n--\n\nReturn all entries as a list.")},
    {NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pwd",
    .m_doc = PyDoc_STR("The user database; entries are tuples (pw_name, pw_passwd, pw_uid, pw_gid, pw_gecos, pw_dir, pw_shell)."),
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_pwd(void)
{
    PyObject *module = PyModule_Create(&module_def);
    if (module == NULL)
        return NULL;
    if (StructPasswd_Type.tp_name == NULL && PyStructSequence_InitType2(&StructPasswd_Type, &desc) < 0) {
        Py_DECREF(module);
        return NULL;
    }
    Py_INCREF(&StructPasswd_Type);
    PyModule_AddObject(module, "struct_passwd", (PyObject *)&StructPasswd_Type);
    return module;
}
