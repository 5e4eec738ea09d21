/* SPDX-License-Identifier: MIT */
/* resource: limits and usage of system resources. */
#include "Python.h"
#include "structseq.h"
#include <sys/resource.h>
#include <sys/time.h>

static PyStructSequence_Field fields[] = {
    {"ru_utime", "user time used"}, {"ru_stime", "system time used"}, {"ru_maxrss", "max. resident set size"},
    {"ru_ixrss", "shared memory size"}, {"ru_idrss", "unshared data size"}, {"ru_isrss", "unshared stack size"},
    {"ru_minflt", "page faults not requiring I/O"}, {"ru_majflt", "page faults requiring I/O"},
    {"ru_nswap", "number of swap outs"}, {"ru_inblock", "block input operations"}, {"ru_oublock", "block output operations"},
    {"ru_msgsnd", "IPC messages sent"}, {"ru_msgrcv", "IPC messages received"}, {"ru_nsignals", "signals received"},
    {"ru_nvcsw", "voluntary context switches"}, {"ru_nivcsw", "involuntary context switches"}, {0},
};
static PyStructSequence_Desc desc = {"resource.struct_rusage", "Result of getrusage(); times in seconds.", fields, 16};
static PyTypeObject StructRUsage_Type;

static PyObject *resource_getrusage(PyObject *module, PyObject *arg)
{
    struct rusage ru;
    int who = _PyLong_AsInt(arg);
    if (who == -1 && PyErr_Occurred())
        return NULL;
    if (getrusage(who, &ru) == -1) {
        if (errno == EINVAL) {
            PyErr_SetString(PyExc_ValueError, "invalid who parameter");
            return NULL;
        }
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    PyObject *v = PyStructSequence_New(&StructRUsage_Type);
    if (v == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(v, 0, PyFloat_FromDouble(ru.ru_utime.tv_sec + ru.ru_utime.tv_usec * 1e-6));
    PyStructSequence_SET_ITEM(v, 1, PyFloat_FromDouble(ru.ru_stime.tv_sec + ru.ru_stime.tv_usec * 1e-6));
    long values[] = {ru.ru_maxrss, ru.ru_ixrss, ru.ru_idrss, ru.ru_isrss, ru.ru_minflt, ru.ru_majflt, ru.ru_nswap,
                     ru.ru_inblock, ru.ru_oublock, ru.ru_msgsnd, ru.ru_msgrcv, ru.ru_nsignals, ru.ru_nvcsw, ru.ru_nivcsw};
    for (int i = 0; i < 14; i++)
        PyStructSequence_SET_ITEM(v, 2 + i, PyLong_FromLong(values[i]));
    if (PyErr_Occurred())
        Py_CLEAR(v);
    return v;
}

static int parse_limits(PyObject *limits, struct rlimit *rl)
{
    PyObject *pair = PySequence_Tuple(limits);
    if (pair == NULL)
        return -1;
    if (PyTuple_GET_SIZE(pair) != 2) {
        PyErr_SetString(PyExc_ValueError, "expected a tuple of 2 integers");
        goto error;
    }
    rl->rlim_cur = (rlim_t)PyLong_AsLongLong(PyTuple_GET_ITEM(pair, 0));
    if (rl->rlim_cur == (rlim_t)-1 && PyErr_Occurred())
        goto error;
    rl->rlim_max = (rlim_t)PyLong_AsLongLong(PyTuple_GET_ITEM(pair, 1));
    if (rl->rlim_max == (rlim_t)-1 && PyErr_Occurred())
        goto error;
    Py_DECREF(pair);
    return 0;
error:
    Py_DECREF(pair);
    return -1;
}

static PyObject *limit_object(rlim_t value) { return PyLong_FromLongLong((long long)value); }
static PyObject *limits_tuple(struct rlimit rl) { return Py_BuildValue("NN", limit_object(rl.rlim_cur), limit_object(rl.rlim_max)); }

static int check_resource(int resource)
{
    if (resource >= 0 && resource < RLIM_NLIMITS)
        return 0;
    PyErr_SetString(PyExc_ValueError, "invalid resource specified");
    return -1;
}

static PyObject *resource_getrlimit(PyObject *module, PyObject *arg)
{
    struct rlimit rl;
    int resource = _PyLong_AsInt(arg);
    if ((resource == -1 && PyErr_Occurred()) || check_resource(resource) < 0)
        return NULL;
    return getrlimit(resource, &rl) == -1 ? PyErr_SetFromErrno(PyExc_OSError) : limits_tuple(rl);
}

static PyObject *resource_setrlimit(PyObject *module, PyObject *args)
{
    struct rlimit rl;
    int resource;
    PyObject *limits;
    if (!PyArg_ParseTuple(args, "iO:setrlimit", &resource, &limits) || check_resource(resource) < 0 || parse_limits(limits, &rl) < 0 ||
        PySys_Audit("resource.setrlimit", "iO", resource, limits) < 0)
        return NULL;
    if (setrlimit(resource, &rl) == -1) {
        if (errno == EINVAL)
            PyErr_SetString(PyExc_ValueError, "current limit exceeds maximum limit");
        else if (errno == EPERM)
            PyErr_SetString(PyExc_ValueError, "not allowed to raise maximum limit");
        else
            PyErr_SetFromErrno(PyExc_OSError);
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyObject *resource_prlimit(PyObject *module, PyObject *args)
{
    struct rlimit old, new;
    int pid, resource;
    PyObject *limits = NULL;
    if (!PyArg_ParseTuple(args, "ii|O:prlimit", &pid, &resource, &limits) || check_resource(resource) < 0)
        return NULL;
    if (limits != NULL && parse_limits(limits, &new) < 0)
        return NULL;
    if (PySys_Audit("resource.prlimit", "iiO", pid, resource, limits ? limits : Py_None) < 0)
        return NULL;
    if (prlimit(pid, resource, limits ? &new : NULL, &old) == -1) {
        if (errno == EINVAL) {
            PyErr_SetString(PyExc_ValueError, "current limit exceeds maximum limit");
            return NULL;
        }
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    return limits_tuple(old);
}

static PyObject *resource_getpagesize(PyObject *module, PyObject *unused) { return PyLong_FromLong(sysconf(_SC_PAGESIZE)); }

static PyMethodDef methods[] = {
    {"getrusage", resource_getrusage, METH_O, PyDoc_STR("getrusage($module, who, /)\n--\n\nReturn the resources used by who: RUSAGE_SELF, RUSAGE_CHILDREN or RUSAGE_THREAD.")},
    {"getrlimit", resource_getrlimit, METH_O, PyDoc_STR("getrlimit($module, resource, /)\n--\n\nReturn (soft limit, hard limit) of a resource.")},
    {"setrlimit", resource_setrlimit, METH_VARARGS, PyDoc_STR("setrlimit($module, resource, limits, /)\n--\n\nSet (soft limit, hard limit) of a resource.")},
    {"prlimit", resource_prlimit, METH_VARARGS, PyDoc_STR("prlimit(pid, resource, [limits])\n\nReturn, and if given set, the limits of a process.")},
    {"getpagesize", resource_getpagesize, METH_NOARGS, PyDoc_STR("getpagesize($module, /)\n--\n\nReturn the size of a memory page in bytes.")},
    {NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "resource",
    .m_doc = PyDoc_STR("Limits and usage of system resources."),
    .m_size = -1,
    .m_methods = methods,
};

#define C(name) {#name, name}
static const struct {const char *name; long value;} constants[] = {
    C(RLIMIT_CPU), C(RLIMIT_FSIZE), C(RLIMIT_DATA), C(RLIMIT_STACK), C(RLIMIT_CORE), C(RLIMIT_NOFILE), C(RLIMIT_OFILE),
    C(RLIMIT_AS), C(RLIMIT_RSS), C(RLIMIT_NPROC), C(RLIMIT_MEMLOCK), C(RLIMIT_MSGQUEUE), C(RLIMIT_NICE), C(RLIMIT_RTPRIO),
    C(RLIMIT_RTTIME), C(RLIMIT_SIGPENDING), C(RUSAGE_SELF), C(RUSAGE_CHILDREN), C(RUSAGE_THREAD), {"RLIM_INFINITY", -1},
};

PyMODINIT_FUNC PyInit_resource(void)
{
    PyObject *module = PyModule_Create(&module_def);
    if (module == NULL)
        return NULL;
    if (StructRUsage_Type.tp_name == NULL && PyStructSequence_InitType2(&StructRUsage_Type, &desc) < 0)
        goto error;
    Py_INCREF(PyExc_OSError);
    PyModule_AddObject(module, "error", PyExc_OSError);
    Py_INCREF(&StructRUsage_Type);
    PyModule_AddObject(module, "struct_rusage", (PyObject *)&StructRUsage_Type);
    for (size_t i = 0; i < Py_ARRAY_LENGTH(constants); i++)
        if (PyModule_AddIntConstant(module, constants[i].name, constants[i].value) < 0)
            goto error;
    return module;
error:
    Py_DECREF(module);
    return NULL;
}
