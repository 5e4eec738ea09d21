/* SPDX-License-Identifier: MIT */
/* syslog: the system's log.
 *
 * openlog(3) keeps the pointer it is given, so the name lives in `ident` until the next openlog() or closelog().
 * Tests: tests/modules/test_small_system.py.
 */
#include "Python.h"

#include <syslog.h>

static PyObject *ident; /* str that openlog(3) points into, or NULL */
static int is_open;

/* The name the program was called by, without its folders: sys.argv[0]. New; NULL without exception if there is none. */
static PyObject *default_ident(void)
{
    PyObject *argv = PySys_GetObject("argv"); /* borrowed */
    if (argv == NULL || !PyList_Check(argv) || PyList_GET_SIZE(argv) == 0)
        return NULL;
    PyObject *path = PyList_GET_ITEM(argv, 0);
    if (!PyUnicode_Check(path) || PyUnicode_READY(path) < 0 || PyUnicode_GET_LENGTH(path) == 0) {
        PyErr_Clear();
        return NULL;
    }
    Py_ssize_t n = PyUnicode_GET_LENGTH(path), slash = PyUnicode_FindChar(path, '/', 0, n, -1);
    if (slash == -2)
        return NULL;
    return PyUnicode_Substring(path, slash + 1, n);
}

static PyObject *syslog_openlog(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"ident", "logoption", "facility", NULL};
    PyObject *name = NULL;
    long option = 0, facility = LOG_USER;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|Ull:openlog", names, &name, &option, &facility))
        return NULL;
    if (name)
        Py_INCREF(name);
    else if ((name = default_ident()) == NULL && PyErr_Occurred())
        return NULL;
    const char *text = NULL;
    if (name && (text = PyUnicode_AsUTF8(name)) == NULL)
        goto error;
    if (PySys_Audit("syslog.openlog", "sll", text, option, facility) < 0)
        goto error;
    openlog(text, (int)option, (int)facility);
    is_open = 1;
    Py_XSETREF(ident, name);
    Py_RETURN_NONE;
error:
    Py_DECREF(name);
    return NULL;
}

static PyObject *syslog_syslog(PyObject *module, PyObject *args)
{
    PyObject *text;
    int priority = LOG_INFO;
    if (!PyArg_ParseTuple(args, "iU;[priority,] message string", &priority, &text)) {
        PyErr_Clear();
        if (!PyArg_ParseTuple(args, "U;[priority,] message string", &text))
            return NULL;
    }
    const char *message = PyUnicode_AsUTF8(text);
    if (message == NULL || PySys_Audit("syslog.syslog", "is", priority, message) < 0)
        return NULL;
    if (!is_open) {
        PyObject *none = PyTuple_New(0), *r = none ? syslog_openlog(module, none, NULL) : NULL;
        Py_XDECREF(none);
        if (r == NULL)
            return NULL;
        Py_DECREF(r);
    }
    PyObject *held = ident; /* another thread may open the log anew meanwhile */
    Py_XINCREF(held);
    Py_BEGIN_ALLOW_THREADS
    syslog(priority, "%s", message);
    Py_END_ALLOW_THREADS
    Py_XDECREF(held);
    Py_RETURN_NONE;
}

static PyObject *syslog_closelog(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    if (PySys_Audit("syslog.closelog", NULL) < 0)
        return NULL;
    if (is_open) {
        closelog();
        is_open = 0;
        Py_CLEAR(ident);
    }
    Py_RETURN_NONE;
}

static PyObject *syslog_setlogmask(PyObject *Py_UNUSED(module), PyObject *args)
{
    long mask;
    if (!PyArg_ParseTuple(args, "l;mask for priority", &mask) || PySys_Audit("syslog.setlogmask", "(O)", args ? args : Py_None) < 0)
        return NULL;
    return PyLong_FromLong(setlogmask((int)mask));
}

static PyObject *syslog_mask(PyObject *Py_UNUSED(module), PyObject *args)
{
    long level;
    return PyArg_ParseTuple(args, "l:LOG_MASK", &level) ? PyLong_FromLong(LOG_MASK(level)) : NULL;
}

static PyObject *syslog_upto(PyObject *Py_UNUSED(module), PyObject *args)
{
    long level;
    return PyArg_ParseTuple(args, "l:LOG_UPTO", &level) ? PyLong_FromLong(LOG_UPTO(level)) : NULL;
}

static PyMethodDef methods[] = {
    {"openlog", (PyCFunction)(void (*)(void))syslog_openlog, METH_VARARGS | METH_KEYWORDS, PyDoc_STR("openlog(ident=None, logoption=0, facility=LOG_USER)\n\nSet the options of later messages; ident is the program by default.")},
    {"closelog", syslog_closelog, METH_NOARGS, PyDoc_STR("Close the log and forget the options.")},
    {"syslog", syslog_syslog, METH_VARARGS, PyDoc_STR("syslog([priority,] message)\n\nSend a message; the priority is LOG_INFO by default.")},
    {"setlogmask", syslog_setlogmask, METH_VARARGS, PyDoc_STR("setlogmask(mask)\n\nSet which priorities are sent; return the mask before.")},
    {"LOG_MASK", syslog_mask, METH_VARARGS, PyDoc_STR("LOG_MASK(priority)\n\nReturn the mask of one priority.")},
    {"LOG_UPTO", syslog_upto, METH_VARARGS, PyDoc_STR("LOG_UPTO(priority)\n\nReturn the mask of all priorities up to this one.")},
    {NULL, NULL, 0, NULL},
};

#define C(name) {#name, name}
static const struct {
    const char *name;
    int value;
} constants[] = {
    C(LOG_EMERG), C(LOG_ALERT), C(LOG_CRIT), C(LOG_ERR), C(LOG_WARNING), C(LOG_NOTICE), C(LOG_INFO), C(LOG_DEBUG), C(LOG_PID),
    C(LOG_CONS), C(LOG_NDELAY), C(LOG_ODELAY), C(LOG_NOWAIT), C(LOG_PERROR), C(LOG_KERN), C(LOG_USER), C(LOG_MAIL), C(LOG_DAEMON),
    C(LOG_AUTH), C(LOG_AUTHPRIV), C(LOG_LPR), C(LOG_NEWS), C(LOG_UUCP), C(LOG_CRON), C(LOG_SYSLOG), C(LOG_LOCAL0), C(LOG_LOCAL1),
    C(LOG_LOCAL2), C(LOG_LOCAL3), C(LOG_LOCAL4), C(LOG_LOCAL5), C(LOG_LOCAL6), C(LOG_LOCAL7),
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "syslog",
    .m_doc = PyDoc_STR("Messages for the system's log."),
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_syslog(void)
{
    PyObject *m = PyModule_Create(&module_def);
    for (size_t i = 0; m && i < Py_ARRAY_LENGTH(constants); i++)
        if (PyModule_AddIntConstant(m, constants[i].name, constants[i].value) < 0)
            Py_CLEAR(m);
    return m;
}
