/* SPDX-License-Identifier: MIT */
/* The system around the process: scheduling, terminals, times, random numbers, environment, configuration. */
#include "posix.h"
#include <langinfo.h>
#include <pty.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/times.h>
#include <sys/utsname.h>

PyTypeObject *SchedParam_Type, *TimesResult_Type, *UnameResult_Type, *TerminalSize_Type;

static PyStructSequence_Field sched_fields[] = {{"sched_priority", "the scheduling priority"}, {0}};
static PyStructSequence_Desc sched_desc = {"posix.sched_param", "Parameter of a scheduling policy.", sched_fields, 1};
static PyStructSequence_Field times_fields[] = {
    {"user", "user time"},
    {"system", "system time"},
    {"children_user", "user time of children"},
    {"children_system", "system time of children"},
    {"elapsed", "elapsed time since an arbitrary point in the past"},
    {0},
};
static PyStructSequence_Desc times_desc = {"posix.times_result", "Result of times(), in seconds.", times_fields, 5};
static PyStructSequence_Field uname_fields[] = {
    {"sysname", "operating system name"},
    {"nodename", "name of machine on network (implementation-defined)"},
    {"release", "operating system release"},
    {"version", "operating system version"},
    {"machine", "hardware identifier"},
    {0},
};
static PyStructSequence_Desc uname_desc = {"posix.uname_result", "Result of uname().", uname_fields, 5};
static PyStructSequence_Field size_fields[] = {
    {"columns", "width of the terminal window in characters"},
    {"lines", "height of the terminal window in characters"},
    {0},
};
static PyStructSequence_Desc size_desc = {"os.terminal_size", "(columns, lines) of a terminal.", size_fields, 2};

static PyObject *none_or_error(int rc)
{
    if (rc < 0)
        return posix_error();
    Py_RETURN_NONE;
}

/* --- Scheduling ------------------------------------------------------------------------------------------------- */

static PyObject *sched_param_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"sched_priority", NULL};
    PyObject *priority;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:sched_param", names, &priority))
        return NULL;
    PyObject *result = PyStructSequence_New(type);
    if (result != NULL) {
        Py_INCREF(priority);
        PyStructSequence_SET_ITEM(result, 0, priority);
    }
    return result;
}

static int convert_sched_param(PyObject *object, struct sched_param *param)
{
    if (Py_TYPE(object) != SchedParam_Type) {
        PyErr_SetString(PyExc_TypeError, "must have a sched_param object");
        return -1;
    }
    long priority = PyLong_AsLong(PyStructSequence_GET_ITEM(object, 0));
    if (priority == -1 && PyErr_Occurred())
        return -1;
    if (priority > INT_MAX || priority < INT_MIN) {
        PyErr_SetString(PyExc_OverflowError, "sched_priority out of range");
        return -1;
    }
    param->sched_priority = (int)priority;
    return 0;
}

static PyObject *posix_sched_get_priority_max(FASTCALL)
{
    PARSE("i:sched_get_priority_max", "policy");
    int policy;
    if (!PARSED(&policy))
        return NULL;
    int value = sched_get_priority_max(policy);
    return value < 0 ? posix_error() : PyLong_FromLong(value);
}

static PyObject *posix_sched_get_priority_min(FASTCALL)
{
    PARSE("i:sched_get_priority_min", "policy");
    int policy;
    if (!PARSED(&policy))
        return NULL;
    int value = sched_get_priority_min(policy);
    return value < 0 ? posix_error() : PyLong_FromLong(value);
}

static PyObject *posix_sched_getscheduler(FASTCALL)
{
    PARSE("O&:sched_getscheduler", "");
    pid_t pid;
    if (!PARSED(posix_pid, &pid))
        return NULL;
    int policy = sched_getscheduler(pid);
    return policy < 0 ? posix_error() : PyLong_FromLong(policy);
}

static PyObject *posix_sched_setscheduler(FASTCALL)
{
    PARSE("O&iO:sched_setscheduler", "", "", "");
    pid_t pid;
    int policy;
    PyObject *object;
    struct sched_param param;
    if (!PARSED(posix_pid, &pid, &policy, &object) || convert_sched_param(object, &param) < 0)
        return NULL;
    return none_or_error(sched_setscheduler(pid, policy, &param));
}

static PyObject *posix_sched_getparam(FASTCALL)
{
    PARSE("O&:sched_getparam", "");
    pid_t pid;
    struct sched_param param;
    if (!PARSED(posix_pid, &pid))
        return NULL;
    if (sched_getparam(pid, &param))
        return posix_error();
    PyObject *result = PyStructSequence_New(SchedParam_Type);
    if (result == NULL)
        return NULL;
    PyObject *priority = PyLong_FromLong(param.sched_priority);
    if (priority == NULL) {
        Py_DECREF(result);
        return NULL;
    }
    PyStructSequence_SET_ITEM(result, 0, priority);
    return result;
}

static PyObject *posix_sched_setparam(FASTCALL)
{
    PARSE("O&O:sched_setparam", "", "");
    pid_t pid;
    PyObject *object;
    struct sched_param param;
    if (!PARSED(posix_pid, &pid, &object) || convert_sched_param(object, &param) < 0)
        return NULL;
    return none_or_error(sched_setparam(pid, &param));
}

static PyObject *posix_sched_rr_get_interval(FASTCALL)
{
    PARSE("O&:sched_rr_get_interval", "");
    pid_t pid;
    struct timespec interval;
    if (!PARSED(posix_pid, &pid))
        return NULL;
    if (sched_rr_get_interval(pid, &interval) == -1)
        return posix_error();
    return PyFloat_FromDouble(interval.tv_sec + 1e-9 * interval.tv_nsec);
}

static PyObject *posix_sched_yield(PyObject *m, PyObject *u) { return none_or_error(sched_yield()); }

static PyObject *posix_sched_setaffinity(FASTCALL)
{
    PARSE("O&O:sched_setaffinity", "", "");
    pid_t pid;
    PyObject *mask, *it, *item;
    int cpus = 64;
    if (!PARSED(posix_pid, &pid, &mask))
        return NULL;
    it = PyObject_GetIter(mask);
    if (it == NULL)
        return NULL;
    size_t size = CPU_ALLOC_SIZE(cpus);
    cpu_set_t *set = CPU_ALLOC(cpus);
    if (set == NULL) {
        PyErr_NoMemory();
        goto error;
    }
    CPU_ZERO_S(size, set);
    while ((item = PyIter_Next(it)) != NULL) {
        if (!PyLong_Check(item)) {
            PyErr_Format(PyExc_TypeError, "expected an iterator of ints, but iterator yielded %R", Py_TYPE(item));
            Py_DECREF(item);
            goto error;
        }
        long cpu = PyLong_AsLong(item);
        Py_DECREF(item);
        if (cpu < 0) {
            if (!PyErr_Occurred())
                PyErr_SetString(PyExc_ValueError, "negative CPU number");
            goto error;
        }
        if (cpu > INT_MAX - 1) {
            PyErr_SetString(PyExc_OverflowError, "CPU number too large");
            goto error;
        }
        if (cpu >= cpus) {
            int bigger = cpus;
            while (bigger <= cpu) {
                if (bigger > INT_MAX / 2)
                    bigger = (int)cpu + 1;
                else
                    bigger *= 2;
            }
            cpu_set_t *grown = CPU_ALLOC(bigger);
            if (grown == NULL) {
                PyErr_NoMemory();
                goto error;
            }
            size_t grown_size = CPU_ALLOC_SIZE(bigger);
            CPU_ZERO_S(grown_size, grown);
            memcpy(grown, set, size);
            CPU_FREE(set);
            set = grown;
            size = grown_size;
            cpus = bigger;
        }
        CPU_SET_S(cpu, size, set);
    }
    if (PyErr_Occurred())
        goto error;
    if (sched_setaffinity(pid, size, set)) {
        posix_error();
        goto error;
    }
    Py_DECREF(it);
    CPU_FREE(set);
    Py_RETURN_NONE;
error:
    if (set)
        CPU_FREE(set);
    Py_DECREF(it);
    return NULL;
}

static PyObject *posix_sched_getaffinity(FASTCALL)
{
    PARSE("O&:sched_getaffinity", "");
    pid_t pid;
    cpu_set_t *set;
    size_t size;
    if (!PARSED(posix_pid, &pid))
        return NULL;
    for (int cpus = 64;; cpus *= 2) {
        size = CPU_ALLOC_SIZE(cpus);
        set = CPU_ALLOC(cpus);
        if (set == NULL)
            return PyErr_NoMemory();
        if (sched_getaffinity(pid, size, set) == 0)
            break;
        CPU_FREE(set);
        if (errno != EINVAL)
            return posix_error();
        if (cpus > INT_MAX / 2) {
            PyErr_SetString(PyExc_OverflowError, "could not allocate a large enough CPU set");
            return NULL;
        }
    }
    PyObject *result = PySet_New(NULL);
    int count = CPU_COUNT_S(size, set);
    for (int cpu = 0; result != NULL && count > 0; cpu++) {
        if (!CPU_ISSET_S(cpu, size, set))
            continue;
        PyObject *number = PyLong_FromLong(cpu);
        count--;
        if (number == NULL || PySet_Add(result, number) < 0)
            Py_CLEAR(result);
        Py_XDECREF(number);
    }
    CPU_FREE(set);
    return result;
}

static PyObject *posix_cpu_count(PyObject *m, PyObject *u)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    if (count < 1)
        Py_RETURN_NONE;
    return PyLong_FromLong(count);
}

static PyObject *posix_getloadavg(PyObject *m, PyObject *u)
{
    double averages[3];
    if (getloadavg(averages, 3) != 3) {
        PyErr_SetString(PyExc_OSError, "Load averages are unobtainable");
        return NULL;
    }
    return Py_BuildValue("ddd", averages[0], averages[1], averages[2]);
}

/* --- Terminals --------------------------------------------------------------------------------------------------------- */

static PyObject *posix_openpty(PyObject *m, PyObject *u)
{
    int master = -1, slave = -1;
    if (openpty(&master, &slave, NULL, NULL, NULL) != 0)
        return posix_error();
    if (_Py_set_inheritable(master, 0, NULL) < 0 || _Py_set_inheritable(slave, 0, NULL) < 0) {
        close(master);
        close(slave);
        return NULL;
    }
    return Py_BuildValue("(ii)", master, slave);
}

static PyObject *posix_tcgetpgrp(FASTCALL)
{
    PARSE("i:tcgetpgrp", "");
    int fd;
    if (!PARSED(&fd))
        return NULL;
    pid_t group = tcgetpgrp(fd);
    return group < 0 ? posix_error() : PyLong_FromLong(group);
}

static PyObject *posix_tcsetpgrp(FASTCALL)
{
    PARSE("iO&:tcsetpgrp", "", "");
    int fd;
    pid_t group;
    return PARSED(&fd, posix_pid, &group) ? none_or_error(tcsetpgrp(fd, group)) : NULL;
}

static PyObject *posix_ttyname(FASTCALL)
{
    PARSE("i:ttyname", "");
    int fd;
    if (!PARSED(&fd))
        return NULL;
    char *name = ttyname(fd);
    return name == NULL ? posix_error() : PyUnicode_DecodeFSDefault(name);
}

static PyObject *posix_ctermid(PyObject *m, PyObject *u)
{
    char buffer[L_ctermid], *name = ctermid(buffer);
    return name == NULL ? posix_error() : PyUnicode_DecodeFSDefault(buffer);
}

static PyObject *posix_get_terminal_size(FASTCALL)
{
    PARSE("|i:get_terminal_size", "");
    int fd = STDOUT_FILENO;
    struct winsize w;
    if (!PARSED(&fd))
        return NULL;
    if (ioctl(fd, TIOCGWINSZ, &w))
        return posix_error();
    PyObject *size = PyStructSequence_New(TerminalSize_Type);
    if (size == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(size, 0, PyLong_FromLong(w.ws_col));
    PyStructSequence_SET_ITEM(size, 1, PyLong_FromLong(w.ws_row));
    if (PyErr_Occurred())
        Py_CLEAR(size);
    return size;
}

/* --- Times, names, random numbers ----------------------------------------------------------------------------------------- */

static PyObject *posix_times(PyObject *m, PyObject *u)
{
    struct tms t;
    errno = 0;
    clock_t now = times(&t);
    if (now == (clock_t)-1)
        return posix_error();
    double tick = (double)sysconf(_SC_CLK_TCK);
    PyObject *result = PyStructSequence_New(TimesResult_Type);
    if (result == NULL)
        return NULL;
    double values[] = {t.tms_utime / tick, t.tms_stime / tick, t.tms_cutime / tick, t.tms_cstime / tick, now / tick};
    for (int i = 0; i < 5; i++)
        PyStructSequence_SET_ITEM(result, i, PyFloat_FromDouble(values[i]));
    if (PyErr_Occurred())
        Py_CLEAR(result);
    return result;
}

static PyObject *posix_uname(PyObject *m, PyObject *unused)
{
    struct utsname u;
    if (uname(&u) < 0)
        return posix_error();
    PyObject *result = PyStructSequence_New(UnameResult_Type);
    if (result == NULL)
        return NULL;
    const char *values[] = {u.sysname, u.nodename, u.release, u.version, u.machine};
    for (int i = 0; i < 5; i++) {
        PyObject *text = PyUnicode_DecodeFSDefault(values[i]);
        if (text == NULL) {
            Py_DECREF(result);
            return NULL;
        }
        PyStructSequence_SET_ITEM(result, i, text);
    }
    return result;
}

static PyObject *random_bytes(Py_ssize_t size, int flags)
{
    if (size < 0) {
        errno = EINVAL;
        return posix_error();
    }
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, size);
    Py_ssize_t done = 0;
    while (bytes != NULL && done < size) {
        ssize_t n;
        Py_BEGIN_ALLOW_THREADS
        n = getrandom(PyBytes_AS_STRING(bytes) + done, size - done, flags < 0 ? 0 : flags);
        Py_END_ALLOW_THREADS
        if (n < 0) {
            if (errno == EINTR && PyErr_CheckSignals() == 0)
                continue;
            if (errno != EINTR)
                posix_error();
            Py_CLEAR(bytes);
            break;
        }
        done += n;
        if (flags >= 0)
            break; /* getrandom() may return less */
    }
    if (bytes != NULL && done < size)
        _PyBytes_Resize(&bytes, done);
    return bytes;
}

static PyObject *posix_urandom(FASTCALL)
{
    PARSE("n:urandom", "");
    Py_ssize_t size;
    if (!PARSED(&size))
        return NULL;
    if (size < 0)
        return PyErr_Format(PyExc_ValueError, "negative argument not allowed");
    return random_bytes(size, -1);
}

static PyObject *posix_getrandom(FASTCALL)
{
    PARSE("n|i:getrandom", "size", "flags");
    Py_ssize_t size;
    int flags = 0;
    return PARSED(&size, &flags) ? random_bytes(size, flags) : NULL;
}

static PyObject *posix_umask(FASTCALL)
{
    PARSE("i:umask", "");
    int mask;
    return PARSED(&mask) ? PyLong_FromLong(umask(mask)) : NULL;
}

static PyObject *posix_strerror(FASTCALL)
{
    PARSE("i:strerror", "");
    int code;
    if (!PARSED(&code))
        return NULL;
    char *message = strerror(code);
    if (message == NULL) {
        PyErr_SetString(PyExc_ValueError, "strerror() argument out of range");
        return NULL;
    }
    return PyUnicode_DecodeLocale(message, "surrogateescape");
}

/* --- Environment ---------------------------------------------------------------------------------------------------------- */

/* putenv() keeps the pointer it is given: the strings live here as long as they are in use. */
static PyObject *kept_strings;

static PyObject *posix_putenv(FASTCALL)
{
    PARSE("O&O&:putenv", "", "");
    PyObject *name, *value, *text, *result = NULL;
    if (!PARSED(PyUnicode_FSConverter, &name, PyUnicode_FSConverter, &value))
        return NULL;
    const char *key = PyBytes_AS_STRING(name);
    if (strchr(key, '=') != NULL) {
        PyErr_SetString(PyExc_ValueError, "illegal environment variable name");
        goto done;
    }
    if (PySys_Audit("os.putenv", "OO", name, value) < 0)
        goto done;
    text = PyBytes_FromFormat("%s=%s", key, PyBytes_AS_STRING(value));
    if (text == NULL)
        goto done;
    if (putenv(PyBytes_AS_STRING(text))) {
        Py_DECREF(text);
        posix_error();
        goto done;
    }
    if (kept_strings == NULL)
        kept_strings = PyDict_New();
    /* If it cannot be kept it is leaked: the environment points to it. */
    if (kept_strings == NULL || PyDict_SetItem(kept_strings, name, text) < 0)
        PyErr_Clear();
    else
        Py_DECREF(text);
    Py_INCREF(Py_None);
    result = Py_None;
done:
    Py_DECREF(name);
    Py_DECREF(value);
    return result;
}

static PyObject *posix_unsetenv(FASTCALL)
{
    PARSE("O&:unsetenv", "");
    PyObject *name;
    if (!PARSED(PyUnicode_FSConverter, &name))
        return NULL;
    if (PySys_Audit("os.unsetenv", "(O)", name) < 0) {
        Py_DECREF(name);
        return NULL;
    }
    if (unsetenv(PyBytes_AS_STRING(name))) {
        Py_DECREF(name);
        return posix_error();
    }
    if (kept_strings != NULL && PyDict_DelItem(kept_strings, name) < 0)
        PyErr_Clear();
    Py_DECREF(name);
    Py_RETURN_NONE;
}

extern char **environ;

/* The environment as a dict of bytes. */
static PyObject *environment_dict(void)
{
    PyObject *dict = PyDict_New();
    for (char **e = environ; dict != NULL && e != NULL && *e != NULL; e++) {
        const char *equal = strchr(*e, '=');
        if (equal == NULL)
            continue;
        PyObject *key = PyBytes_FromStringAndSize(*e, equal - *e), *value = PyBytes_FromString(equal + 1);
        if (key == NULL || value == NULL || PyDict_SetDefault(dict, key, value) == NULL)
            Py_CLEAR(dict);
        Py_XDECREF(key);
        Py_XDECREF(value);
    }
    return dict;
}

/* --- Configuration values --------------------------------------------------------------------------------------------------- */

typedef struct {
    const char *name;
    int value;
} ConfName;

#define SYSCONF(name, macro)
#define PATHCONF(name, macro)
#define CONFSTR(name, macro)
#undef SYSCONF
#define SYSCONF(name, macro) {#name, macro},
static const ConfName sysconf_table[] = {
#include "confnames.def"
};
#undef SYSCONF
#define SYSCONF(name, macro)
#undef PATHCONF
#define PATHCONF(name, macro) {#name, macro},
static const ConfName pathconf_table[] = {
#include "confnames.def"
};
#undef PATHCONF
#define PATHCONF(name, macro)
#undef CONFSTR
#define CONFSTR(name, macro) {#name, macro},
static const ConfName confstr_table[] = {
#include "confnames.def"
};

static int conf_name(PyObject *arg, int *value, const ConfName *table, size_t n)
{
    if (PyLong_Check(arg)) {
        *value = _PyLong_AsInt(arg);
        return !(*value == -1 && PyErr_Occurred());
    }
    if (!PyUnicode_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "configuration names must be strings or integers");
        return 0;
    }
    for (size_t i = 0; i < n; i++)
        if (_PyUnicode_EqualToASCIIString(arg, table[i].name)) {
            *value = table[i].value;
            return 1;
        }
    PyErr_SetString(PyExc_ValueError, "unrecognized configuration name");
    return 0;
}

static int sysconf_name(PyObject *arg, void *p) { return conf_name(arg, p, sysconf_table, Py_ARRAY_LENGTH(sysconf_table)); }
static int pathconf_name(PyObject *arg, void *p) { return conf_name(arg, p, pathconf_table, Py_ARRAY_LENGTH(pathconf_table)); }
static int confstr_name(PyObject *arg, void *p) { return conf_name(arg, p, confstr_table, Py_ARRAY_LENGTH(confstr_table)); }

static PyObject *posix_sysconf(FASTCALL)
{
    PARSE("O&:sysconf", "");
    int name;
    if (!PARSED(sysconf_name, &name))
        return NULL;
    errno = 0;
    long value = sysconf(name);
    return value == -1 && errno != 0 ? posix_error() : PyLong_FromLong(value);
}

static PyObject *posix_fpathconf(FASTCALL)
{
    PARSE("iO&:fpathconf", "", "");
    int fd, name;
    if (!PARSED(&fd, pathconf_name, &name))
        return NULL;
    errno = 0;
    long value = fpathconf(fd, name);
    return value == -1 && errno != 0 ? posix_error() : PyLong_FromLong(value);
}

static PyObject *posix_pathconf(FASTCALL)
{
    PARSE("O&O&:pathconf", "path", "name");
    Path path = PATH_INIT("pathconf", "path", 0, 1);
    int name;
    PyObject *result = NULL;
    if (PARSED(posix_path, &path, pathconf_name, &name)) {
        errno = 0;
        long value = path.fd != -1 ? fpathconf(path.fd, name) : pathconf(path.narrow, name);
        if (value == -1 && errno != 0)
            errno == EINVAL ? posix_error() : posix_path_error(&path);
        else
            result = PyLong_FromLong(value);
    }
    posix_path_clear(&path);
    return result;
}

static PyObject *posix_confstr(FASTCALL)
{
    PARSE("O&:confstr", "");
    int name;
    char buffer[256];
    if (!PARSED(confstr_name, &name))
        return NULL;
    errno = 0;
    size_t n = confstr(name, buffer, sizeof buffer);
    if (n == 0) {
        if (errno)
            return posix_error();
        Py_RETURN_NONE;
    }
    if (n <= sizeof buffer)
        return PyUnicode_DecodeFSDefaultAndSize(buffer, n - 1);
    char *longer = PyMem_Malloc(n);
    if (longer == NULL)
        return PyErr_NoMemory();
    size_t again = confstr(name, longer, n);
    PyObject *result = again == n ? PyUnicode_DecodeFSDefaultAndSize(longer, n - 1) : posix_error();
    PyMem_Free(longer);
    return result;
}

static int add_names(PyObject *module, const char *attribute, const ConfName *table, size_t n)
{
    PyObject *dict = PyDict_New();
    for (size_t i = 0; dict != NULL && i < n; i++) {
        PyObject *value = PyLong_FromLong(table[i].value);
        if (value == NULL || PyDict_SetItemString(dict, table[i].name, value) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(value);
    }
    return dict == NULL ? -1 : PyModule_AddObject(module, attribute, dict);
}

PyMethodDef posix_system_methods[] = {
    METHOD(sched_get_priority_max, "sched_get_priority_max($module, /, policy)\n--\n\nReturn the highest priority of a policy."),
    METHOD(sched_get_priority_min, "sched_get_priority_min($module, /, policy)\n--\n\nReturn the lowest priority of a policy."),
    METHOD(sched_getscheduler, "sched_getscheduler($module, pid, /)\n--\n\nReturn the scheduling policy of a process; 0 is the caller."),
    METHOD(sched_setscheduler, "sched_setscheduler($module, pid, policy, param, /)\n--\n\nSet the scheduling policy of a process."),
    METHOD(sched_getparam, "sched_getparam($module, pid, /)\n--\n\nReturn the scheduling parameter of a process."),
    METHOD(sched_setparam, "sched_setparam($module, pid, param, /)\n--\n\nSet the scheduling parameter of a process."),
    METHOD(sched_rr_get_interval, "sched_rr_get_interval($module, pid, /)\n--\n\nReturn the round-robin quantum in seconds."),
    METHOD_NOARGS(sched_yield, "sched_yield($module, /)\n--\n\nGive up the processor."),
    METHOD(sched_setaffinity, "sched_setaffinity($module, pid, mask, /)\n--\n\nRestrict a process to the processors that mask yields."),
    METHOD(sched_getaffinity, "sched_getaffinity($module, pid, /)\n--\n\nReturn the set of processors a process may use."),
    METHOD_NOARGS(cpu_count, "cpu_count($module, /)\n--\n\nReturn the number of processors, None if unknown."),
    METHOD_NOARGS(getloadavg, "getloadavg($module, /)\n--\n\nReturn the load of the last 1, 5 and 15 minutes."),
    METHOD_NOARGS(openpty, "openpty($module, /)\n--\n\nOpen a pseudo-terminal; return the descriptors of its two ends."),
    METHOD(tcgetpgrp, "tcgetpgrp($module, fd, /)\n--\n\nReturn the foreground process group of a terminal."),
    METHOD(tcsetpgrp, "tcsetpgrp($module, fd, pgid, /)\n--\n\nSet the foreground process group of a terminal."),
    METHOD(ttyname, "ttyname($module, fd, /)\n--\n\nReturn the name of a terminal."),
    METHOD_NOARGS(ctermid, "ctermid($module, /)\n--\n\nReturn the name of the controlling terminal."),
    METHOD(get_terminal_size, "Return the size of the terminal window as (columns, lines).\n\nfd: descriptor of the terminal, standard output by default."),
    METHOD_NOARGS(times, "times($module, /)\n--\n\nReturn the times the process has used, a times_result."),
    METHOD_NOARGS(uname, "uname($module, /)\n--\n\nReturn what the operating system is, a uname_result."),
    METHOD(urandom, "urandom($module, size, /)\n--\n\nReturn size random bytes fit for cryptography."),
    METHOD(getrandom, "getrandom($module, /, size, flags=0)\n--\n\nReturn up to size random bytes."),
    METHOD(umask, "umask($module, mask, /)\n--\n\nSet the mask of permissions of new files; return the old one."),
    METHOD(strerror, "strerror($module, code, /)\n--\n\nReturn the message for an error number."),
    METHOD(putenv, "putenv($module, name, value, /)\n--\n\nSet a variable of the environment."),
    METHOD(unsetenv, "unsetenv($module, name, /)\n--\n\nRemove a variable from the environment."),
    METHOD(sysconf, "sysconf($module, name, /)\n--\n\nReturn a configuration value of the system."),
    METHOD(fpathconf, "fpathconf($module, fd, name, /)\n--\n\nReturn a configuration value for an open file."),
    METHOD(pathconf, "pathconf($module, /, path, name)\n--\n\nReturn a configuration value for a path or descriptor."),
    METHOD(confstr, "confstr($module, name, /)\n--\n\nReturn a configuration string of the system."),
    {NULL},
};

static int add_type(PyObject *module, const char *name, PyTypeObject **type, PyStructSequence_Desc *desc)
{
    if (*type == NULL && (*type = PyStructSequence_NewType(desc)) == NULL)
        return -1;
    return posix_add(module, name, *type);
}

int posix_system_init(PyObject *module)
{
    if (add_type(module, "sched_param", &SchedParam_Type, &sched_desc) < 0 ||
        add_type(module, "times_result", &TimesResult_Type, &times_desc) < 0 ||
        add_type(module, "uname_result", &UnameResult_Type, &uname_desc) < 0 ||
        add_type(module, "terminal_size", &TerminalSize_Type, &size_desc) < 0)
        return -1;
    SchedParam_Type->tp_new = sched_param_new;
    PyObject *environment = environment_dict();
    if (environment == NULL || PyModule_AddObject(module, "environ", environment) < 0)
        return -1;
    return add_names(module, "sysconf_names", sysconf_table, Py_ARRAY_LENGTH(sysconf_table)) < 0 ||
                   add_names(module, "pathconf_names", pathconf_table, Py_ARRAY_LENGTH(pathconf_table)) < 0 ||
                   add_names(module, "confstr_names", confstr_table, Py_ARRAY_LENGTH(confstr_table)) < 0
               ? -1
               : 0;
}
