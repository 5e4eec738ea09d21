/* SPDX-License-Identifier: MIT */
/* Processes: identities, fork, exec, spawn, wait, signals, priorities. */
#include "posix.h"
#include "runtime/state.h"
#include <grp.h>
#include <pty.h>
#include <pwd.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

PyTypeObject *WaitidResult_Type;

static PyObject *none_or_error(int rc)
{
    if (rc < 0)
        return posix_error();
    Py_RETURN_NONE;
}

/* --- Identities ----------------------------------------------------------------------------------------------------- */

static PyObject *id_object(uint32_t id) { return id == (uint32_t)-1 ? PyLong_FromLong(-1) : PyLong_FromUnsignedLong(id); }

static PyObject *posix_getpid(PyObject *m, PyObject *u) { return PyLong_FromLong(getpid()); }
static PyObject *posix_getppid(PyObject *m, PyObject *u) { return PyLong_FromLong(getppid()); }
static PyObject *posix_getpgrp(PyObject *m, PyObject *u) { return PyLong_FromLong(getpgrp()); }
static PyObject *posix_getuid(PyObject *m, PyObject *u) { return id_object(getuid()); }
static PyObject *posix_geteuid(PyObject *m, PyObject *u) { return id_object(geteuid()); }
static PyObject *posix_getgid(PyObject *m, PyObject *u) { return id_object(getgid()); }
static PyObject *posix_getegid(PyObject *m, PyObject *u) { return id_object(getegid()); }
static PyObject *posix_setpgrp(PyObject *m, PyObject *u) { return none_or_error(setpgrp()); }

static PyObject *posix_getresuid(PyObject *m, PyObject *u)
{
    uid_t r, e, s;
    return getresuid(&r, &e, &s) < 0 ? posix_error() : Py_BuildValue("(NNN)", id_object(r), id_object(e), id_object(s));
}

static PyObject *posix_getresgid(PyObject *m, PyObject *u)
{
    gid_t r, e, s;
    return getresgid(&r, &e, &s) < 0 ? posix_error() : Py_BuildValue("(NNN)", id_object(r), id_object(e), id_object(s));
}

#define SET_ID(name, converter, call)                                                                        \
    static PyObject *posix_##name(PyObject *module, PyObject *arg)                                           \
    {                                                                                                        \
        uint32_t id;                                                                                         \
        return converter(arg, &id) ? none_or_error(call(id)) : NULL;                                         \
    }
SET_ID(setuid, posix_uid, setuid)
SET_ID(seteuid, posix_uid, seteuid)
SET_ID(setgid, posix_gid, setgid)
SET_ID(setegid, posix_gid, setegid)

static PyObject *posix_setreuid(FASTCALL)
{
    PARSE("O&O&:setreuid", "", "");
    uid_t r, e;
    return PARSED(posix_uid, &r, posix_uid, &e) ? none_or_error(setreuid(r, e)) : NULL;
}

static PyObject *posix_setregid(FASTCALL)
{
    PARSE("O&O&:setregid", "", "");
    gid_t r, e;
    return PARSED(posix_gid, &r, posix_gid, &e) ? none_or_error(setregid(r, e)) : NULL;
}

static PyObject *posix_setresuid(FASTCALL)
{
    PARSE("O&O&O&:setresuid", "", "", "");
    uid_t r, e, s;
    return PARSED(posix_uid, &r, posix_uid, &e, posix_uid, &s) ? none_or_error(setresuid(r, e, s)) : NULL;
}

static PyObject *posix_setresgid(FASTCALL)
{
    PARSE("O&O&O&:setresgid", "", "", "");
    gid_t r, e, s;
    return PARSED(posix_gid, &r, posix_gid, &e, posix_gid, &s) ? none_or_error(setresgid(r, e, s)) : NULL;
}

static PyObject *groups_list(const gid_t *groups, int n)
{
    PyObject *list = PyList_New(n);
    for (int i = 0; list != NULL && i < n; i++) {
        PyObject *id = id_object(groups[i]);
        if (id == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, id);
    }
    return list;
}

static PyObject *posix_getgroups(PyObject *m, PyObject *u)
{
    int n = getgroups(0, NULL);
    if (n < 0)
        return posix_error();
    gid_t *groups = PyMem_New(gid_t, n ? n : 1);
    if (groups == NULL)
        return PyErr_NoMemory();
    n = getgroups(n, groups);
    PyObject *list = n < 0 ? posix_error() : groups_list(groups, n);
    PyMem_Free(groups);
    return list;
}

static PyObject *posix_setgroups(PyObject *module, PyObject *sequence)
{
    if (!PySequence_Check(sequence)) {
        PyErr_SetString(PyExc_TypeError, "setgroups argument must be a sequence");
        return NULL;
    }
    Py_ssize_t n = PySequence_Size(sequence);
    if (n < 0)
        return NULL;
    if (n > 65536) {
        PyErr_SetString(PyExc_ValueError, "too many groups");
        return NULL;
    }
    gid_t *groups = PyMem_New(gid_t, n ? n : 1);
    if (groups == NULL)
        return PyErr_NoMemory();
    PyObject *result = NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PySequence_GetItem(sequence, i);
        if (item == NULL)
            goto done;
        int ok = PyLong_Check(item);
        if (!ok)
            PyErr_SetString(PyExc_TypeError, "groups must be integers");
        else
            ok = posix_gid(item, &groups[i]);
        Py_DECREF(item);
        if (!ok)
            goto done;
    }
    result = none_or_error(setgroups(n, groups));
done:
    PyMem_Free(groups);
    return result;
}

static PyObject *posix_getgrouplist(FASTCALL)
{
    PARSE("si:getgrouplist", "", "");
    const char *user;
    int basegid, n = 64;
    if (!PARSED(&user, &basegid))
        return NULL;
    for (;;) {
        gid_t *groups = PyMem_New(gid_t, n);
        if (groups == NULL)
            return PyErr_NoMemory();
        int room = n;
        if (getgrouplist(user, basegid, groups, &n) >= 0) {
            PyObject *list = groups_list(groups, n);
            PyMem_Free(groups);
            return list;
        }
        PyMem_Free(groups);
        if (n <= room)
            n = room * 2;
    }
}

static PyObject *posix_initgroups(FASTCALL)
{
    PARSE("O&i:initgroups", "", "");
    PyObject *name;
    int gid;
    if (!PARSED(PyUnicode_FSConverter, &name, &gid))
        return NULL;
    int rc = initgroups(PyBytes_AS_STRING(name), gid);
    Py_DECREF(name);
    return rc == -1 ? posix_error() : none_or_error(0);
}

static PyObject *posix_getlogin(PyObject *m, PyObject *u)
{
    int saved = errno;
    errno = 0;
    char *name = getlogin();
    if (name == NULL) {
        if (errno)
            posix_error();
        else
            PyErr_SetString(PyExc_OSError, "unable to determine login name");
        return NULL;
    }
    errno = saved;
    return PyUnicode_DecodeFSDefault(name);
}

static PyObject *posix_getpgid(FASTCALL)
{
    PARSE("O&:getpgid", "pid");
    pid_t pid;
    if (!PARSED(posix_pid, &pid))
        return NULL;
    pid = getpgid(pid);
    return pid < 0 ? posix_error() : PyLong_FromLong(pid);
}

static PyObject *posix_setpgid(FASTCALL)
{
    PARSE("O&O&:setpgid", "", "");
    pid_t pid, group;
    return PARSED(posix_pid, &pid, posix_pid, &group) ? none_or_error(setpgid(pid, group)) : NULL;
}

static PyObject *posix_getsid(FASTCALL)
{
    PARSE("O&:getsid", "");
    pid_t pid;
    if (!PARSED(posix_pid, &pid))
        return NULL;
    pid = getsid(pid);
    return pid < 0 ? posix_error() : PyLong_FromLong(pid);
}

static PyObject *posix_setsid(PyObject *m, PyObject *u) { return none_or_error(setsid()); }

static PyObject *posix_kill(FASTCALL)
{
    PARSE("O&i:kill", "", "");
    pid_t pid;
    int number;
    if (!PARSED(posix_pid, &pid, &number) || PySys_Audit("os.kill", "ii", (int)pid, number) < 0)
        return NULL;
    PyObject *result = none_or_error(kill(pid, number));
    if (result != NULL && PyErr_CheckSignals()) /* perhaps it was sent to this process */
        Py_CLEAR(result);
    return result;
}

static PyObject *posix_killpg(FASTCALL)
{
    PARSE("O&i:killpg", "", "");
    pid_t pid;
    int number;
    if (!PARSED(posix_pid, &pid, &number) || PySys_Audit("os.killpg", "ii", (int)pid, number) < 0)
        return NULL;
    return none_or_error(killpg(pid, number));
}

static PyObject *posix_nice(FASTCALL)
{
    PARSE("i:nice", "");
    int increment;
    if (!PARSED(&increment))
        return NULL;
    errno = 0;
    int value = nice(increment);
    return value == -1 && errno != 0 ? posix_error() : PyLong_FromLong(value);
}

static PyObject *posix_getpriority(FASTCALL)
{
    PARSE("ii:getpriority", "which", "who");
    int which, who;
    if (!PARSED(&which, &who))
        return NULL;
    errno = 0;
    int value = getpriority(which, who);
    return errno != 0 ? posix_error() : PyLong_FromLong(value);
}

static PyObject *posix_setpriority(FASTCALL)
{
    PARSE("iii:setpriority", "which", "who", "priority");
    int which, who, priority;
    return PARSED(&which, &who, &priority) ? none_or_error(setpriority(which, who, priority)) : NULL;
}

/* --- fork --------------------------------------------------------------------------------------------------------------- */

static int warn_unless_main(const char *what)
{
    PyInterpreterState *interp = _PyInterpreterState_Get();
    if (interp == PyInterpreterState_Main())
        return 0;
    PyErr_Format(PyExc_RuntimeError, "%s not supported for subinterpreters", what);
    return -1;
}

static PyObject *do_fork(const char *name, int with_terminal)
{
    pid_t pid;
    int master = -1;
    if (warn_unless_main(with_terminal ? "forkpty" : "fork") < 0 || PySys_Audit(name, NULL) < 0)
        return NULL;
    PyOS_BeforeFork();
    pid = with_terminal ? forkpty(&master, NULL, NULL, NULL) : fork();
    int error = errno;
    if (pid == 0)
        PyOS_AfterFork_Child();
    else
        PyOS_AfterFork_Parent();
    errno = error;
    if (pid == -1)
        return posix_error();
    if (with_terminal)
        return Py_BuildValue("(Ni)", PyLong_FromLong(pid), master);
    return PyLong_FromLong(pid);
}

static PyObject *posix_fork(PyObject *m, PyObject *u) { return do_fork("os.fork", 0); }
static PyObject *posix_forkpty(PyObject *m, PyObject *u) { return do_fork("os.forkpty", 1); }

/* --- exec and spawn ------------------------------------------------------------------------------------------------------ */

static void free_strings(char **strings, Py_ssize_t n)
{
    if (strings == NULL)
        return;
    for (Py_ssize_t i = 0; i < n; i++)
        PyMem_Free(strings[i]);
    PyMem_Free(strings);
}

/* A copy of a path-like object's bytes, to PyMem_Free(). */
static int copy_fs_string(PyObject *object, char **result)
{
    PyObject *bytes;
    if (!PyUnicode_FSConverter(object, &bytes))
        return 0;
    Py_ssize_t n = PyBytes_GET_SIZE(bytes) + 1;
    *result = PyMem_Malloc(n);
    if (*result != NULL)
        memcpy(*result, PyBytes_AS_STRING(bytes), n);
    else
        PyErr_NoMemory();
    Py_DECREF(bytes);
    return *result != NULL;
}

/* argv as a NULL-ended array; *count strings. */
static char **parse_argv(PyObject *argv, const char *function, const char *what, Py_ssize_t *count)
{
    Py_ssize_t n;
    *count = 0;
    if (!PyList_Check(argv) && !PyTuple_Check(argv)) {
        PyErr_Format(PyExc_TypeError, "%s: %s must be a tuple or list", function, what);
        return NULL;
    }
    n = PySequence_Size(argv);
    if (n < 1) {
        PyErr_Format(PyExc_ValueError, "%s: %s must not be empty", function, what);
        return NULL;
    }
    char **strings = PyMem_New(char *, n + 1);
    if (strings == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PySequence_ITEM(argv, i);
        int ok = item != NULL && copy_fs_string(item, &strings[i]);
        Py_XDECREF(item);
        if (!ok) {
            free_strings(strings, i);
            return NULL;
        }
    }
    strings[n] = NULL;
    if (!strings[0][0]) {
        PyErr_Format(PyExc_ValueError, "%s: %s first element cannot be empty", function, what);
        free_strings(strings, n);
        return NULL;
    }
    *count = n;
    return strings;
}

/* A mapping as "key=value" strings. */
static char **parse_environment(PyObject *env, Py_ssize_t *count)
{
    PyObject *keys, *values = NULL;
    char **strings = NULL;
    *count = 0;
    keys = PyMapping_Keys(env);
    if (keys == NULL)
        return NULL;
    values = PyMapping_Values(env);
    if (values == NULL)
        goto error;
    if (!PyList_Check(keys) || !PyList_Check(values)) {
        PyErr_SetString(PyExc_TypeError, "env.keys() or env.values() is not a list");
        goto error;
    }
    Py_ssize_t n = PyList_GET_SIZE(keys);
    if (PyList_GET_SIZE(values) < n)
        n = PyList_GET_SIZE(values);
    strings = PyMem_New(char *, n + 1);
    if (strings == NULL) {
        PyErr_NoMemory();
        goto error;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *key, *value;
        if (!PyUnicode_FSConverter(PyList_GET_ITEM(keys, i), &key))
            goto error;
        if (!PyUnicode_FSConverter(PyList_GET_ITEM(values, i), &value)) {
            Py_DECREF(key);
            goto error;
        }
        const char *name = PyBytes_AS_STRING(key);
        size_t size = PyBytes_GET_SIZE(key) + PyBytes_GET_SIZE(value) + 2;
        /* A name may start with '=' (there are such) but not hold one further on. */
        if (name[0] == '\0' || strchr(name + 1, '=') != NULL)
            PyErr_SetString(PyExc_ValueError, "illegal environment variable name");
        else if ((strings[i] = PyMem_Malloc(size)) == NULL)
            PyErr_NoMemory();
        else
            PyOS_snprintf(strings[i], size, "%s=%s", name, PyBytes_AS_STRING(value));
        Py_DECREF(key);
        Py_DECREF(value);
        if (PyErr_Occurred())
            goto error;
        ++*count;
    }
    strings[n] = NULL;
    Py_DECREF(keys);
    Py_DECREF(values);
    return strings;
error:
    Py_DECREF(keys);
    Py_XDECREF(values);
    free_strings(strings, *count);
    return NULL;
}

extern char **environ;

static PyObject *posix_execv(FASTCALL)
{
    PARSE("O&O:execv", "", "");
    Path path = PATH_INIT("execv", "path", 0, 0);
    PyObject *argv;
    Py_ssize_t n;
    char **strings;
    if (PARSED(posix_path, &path, &argv) && (strings = parse_argv(argv, "execv()", "arg 2", &n)) != NULL) {
        if (PySys_Audit("os.exec", "OOO", path.object, argv, Py_None) == 0) {
            execv(path.narrow, strings);
            posix_path_error(&path);
        }
        free_strings(strings, n);
    }
    posix_path_clear(&path);
    return NULL;
}

static PyObject *posix_execve(FASTCALL)
{
    PARSE("O&OO:execve", "path", "argv", "env");
    Path path = PATH_INIT("execve", "path", 0, 1);
    PyObject *argv, *env;
    Py_ssize_t argc = 0, envc = 0;
    char **strings = NULL, **variables = NULL;
    if (!PARSED(posix_path, &path, &argv, &env))
        goto done;
    if (!PyList_Check(argv) && !PyTuple_Check(argv)) {
        PyErr_SetString(PyExc_TypeError, "execve: argv must be a tuple or list");
        goto done;
    }
    if (PySequence_Size(argv) < 1) {
        PyErr_SetString(PyExc_ValueError, "execve: argv must not be empty");
        goto done;
    }
    if (!PyMapping_Check(env)) {
        PyErr_SetString(PyExc_TypeError, "execve: environment must be a mapping object");
        goto done;
    }
    if ((strings = parse_argv(argv, "execve", "argv", &argc)) == NULL || (variables = parse_environment(env, &envc)) == NULL)
        goto done;
    if (PySys_Audit("os.exec", "OOO", path.object, argv, env) < 0)
        goto done;
    if (path.fd > -1)
        fexecve(path.fd, strings, variables);
    else
        execve(path.narrow, strings, variables);
    posix_path_error(&path);
done:
    free_strings(variables, envc);
    free_strings(strings, argc);
    posix_path_clear(&path);
    return NULL;
}

enum { SPAWN_OPEN, SPAWN_CLOSE, SPAWN_DUP2 };

static int fill_sigset(PyObject *signals, sigset_t *set)
{
    PyObject *it = PyObject_GetIter(signals), *item;
    sigemptyset(set);
    if (it == NULL)
        return -1;
    while ((item = PyIter_Next(it)) != NULL) {
        int overflow;
        long number = PyLong_AsLongAndOverflow(item, &overflow);
        Py_DECREF(item);
        if (number <= 0 || number >= NSIG) {
            if (overflow || !PyErr_Occurred())
                PyErr_Format(PyExc_ValueError, "signal number %ld out of range", number);
            Py_DECREF(it);
            return -1;
        }
        if (sigaddset(set, (int)number) && errno != EINVAL) {
            posix_error();
            Py_DECREF(it);
            return -1;
        }
    }
    Py_DECREF(it);
    return PyErr_Occurred() ? -1 : 0;
}

static int fill_file_actions(PyObject *sequence, posix_spawn_file_actions_t *actions, PyObject *keep)
{
    PyObject *fast = PySequence_Fast(sequence, "file_actions must be a sequence or None");
    if (fast == NULL)
        return -1;
    for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
        PyObject *action = PySequence_Fast_GET_ITEM(fast, i), *tag, *path;
        int fd, fd2, flags, error = 0;
        unsigned long mode;
        if (!PyTuple_Check(action) || !PyTuple_GET_SIZE(action)) {
            PyErr_SetString(PyExc_TypeError, "Each file_actions element must be a non-empty tuple");
            goto error;
        }
        long kind = PyLong_AsLong(PyTuple_GET_ITEM(action, 0));
        if (kind == -1 && PyErr_Occurred())
            goto error;
        switch (kind) {
        case SPAWN_OPEN:
            if (!PyArg_ParseTuple(action, "OiO&ik;A open file_action tuple must have 5 elements", &tag, &fd,
                                  PyUnicode_FSConverter, &path, &flags, &mode))
                goto error;
            if (PyList_Append(keep, path) < 0) {
                Py_DECREF(path);
                goto error;
            }
            error = posix_spawn_file_actions_addopen(actions, fd, PyBytes_AS_STRING(path), flags, (mode_t)mode);
            Py_DECREF(path);
            break;
        case SPAWN_CLOSE:
            if (!PyArg_ParseTuple(action, "Oi;A close file_action tuple must have 2 elements", &tag, &fd))
                goto error;
            error = posix_spawn_file_actions_addclose(actions, fd);
            break;
        case SPAWN_DUP2:
            if (!PyArg_ParseTuple(action, "Oii;A dup2 file_action tuple must have 3 elements", &tag, &fd, &fd2))
                goto error;
            error = posix_spawn_file_actions_adddup2(actions, fd, fd2);
            break;
        default: PyErr_SetString(PyExc_TypeError, "Unknown file_actions identifier"); goto error;
        }
        if (error) {
            errno = error;
            posix_error();
            goto error;
        }
    }
    Py_DECREF(fast);
    return 0;
error:
    Py_DECREF(fast);
    return -1;
}

typedef struct {
    PyObject *setpgroup, *setsigmask, *setsigdef, *scheduler;
    int resetids, setsid;
} SpawnOptions;

static int fill_attributes(const char *name, SpawnOptions *o, posix_spawnattr_t *attributes)
{
    short flags = 0;
    sigset_t set;
    int error = 0;
    if (o->setpgroup) {
        pid_t group;
        if (!posix_pid(o->setpgroup, &group))
            return -1;
        if ((error = posix_spawnattr_setpgroup(attributes, group)))
            goto fail;
        flags |= POSIX_SPAWN_SETPGROUP;
    }
    if (o->resetids)
        flags |= POSIX_SPAWN_RESETIDS;
    if (o->setsid)
        flags |= POSIX_SPAWN_SETSID;
    if (o->setsigmask) {
        if (fill_sigset(o->setsigmask, &set) < 0)
            return -1;
        if ((error = posix_spawnattr_setsigmask(attributes, &set)))
            goto fail;
        flags |= POSIX_SPAWN_SETSIGMASK;
    }
    if (o->setsigdef) {
        if (fill_sigset(o->setsigdef, &set) < 0)
            return -1;
        if ((error = posix_spawnattr_setsigdefault(attributes, &set)))
            goto fail;
        flags |= POSIX_SPAWN_SETSIGDEF;
    }
    if (o->scheduler) {
        PyObject *policy, *param;
        struct sched_param value;
        if (!PyTuple_Check(o->scheduler)) {
            PyErr_Format(PyExc_TypeError, "%s: scheduler must be a tuple or None", name);
            return -1;
        }
        if (!PyArg_ParseTuple(o->scheduler, "OO;A scheduler tuple must have two elements", &policy, &param))
            return -1;
        PyObject *priority = PyObject_GetAttrString(param, "sched_priority");
        if (priority == NULL)
            return -1;
        value.sched_priority = _PyLong_AsInt(priority);
        Py_DECREF(priority);
        if (value.sched_priority == -1 && PyErr_Occurred())
            return -1;
        if (policy != Py_None) {
            int number = _PyLong_AsInt(policy);
            if (number == -1 && PyErr_Occurred())
                return -1;
            if ((error = posix_spawnattr_setschedpolicy(attributes, number)))
                goto fail;
            flags |= POSIX_SPAWN_SETSCHEDULER;
        }
        if ((error = posix_spawnattr_setschedparam(attributes, &value)))
            goto fail;
        flags |= POSIX_SPAWN_SETSCHEDPARAM;
    }
    if ((error = posix_spawnattr_setflags(attributes, flags)) == 0)
        return 0;
fail:
    errno = error;
    posix_error();
    return -1;
}

static PyObject *do_spawn(const char *name, int search, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames,
                          _PyArg_Parser *parser)
{
    Path path = PATH_INIT(name, "path", 0, 0);
    PyObject *argv, *env, *file_actions = NULL, *keep = NULL, *result = NULL;
    SpawnOptions o = {0};
    Py_ssize_t argc = 0, envc = 0;
    char **strings = NULL, **variables = NULL;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int have_actions = 0, have_attributes = 0, error;
    pid_t pid;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, parser, posix_path, &path, &argv, &env, &file_actions, &o.setpgroup,
                                      &o.resetids, &o.setsid, &o.setsigmask, &o.setsigdef, &o.scheduler))
        goto done;
    if (!PyList_Check(argv) && !PyTuple_Check(argv)) {
        PyErr_Format(PyExc_TypeError, "%s: argv must be a tuple or list", name);
        goto done;
    }
    if (PySequence_Size(argv) < 1) {
        PyErr_Format(PyExc_ValueError, "%s: argv must not be empty", name);
        goto done;
    }
    if (!PyMapping_Check(env)) {
        PyErr_Format(PyExc_TypeError, "%s: environment must be a mapping object", name);
        goto done;
    }
    if ((strings = parse_argv(argv, name, "argv", &argc)) == NULL || (variables = parse_environment(env, &envc)) == NULL)
        goto done;
    if (file_actions != NULL && file_actions != Py_None) {
        if ((error = posix_spawn_file_actions_init(&actions))) {
            errno = error;
            posix_error();
            goto done;
        }
        have_actions = 1;
        if ((keep = PyList_New(0)) == NULL || fill_file_actions(file_actions, &actions, keep) < 0)
            goto done;
    }
    if ((error = posix_spawnattr_init(&attributes))) {
        errno = error;
        posix_error();
        goto done;
    }
    have_attributes = 1;
    if (fill_attributes(name, &o, &attributes) < 0)
        goto done;
    if (PySys_Audit("os.posix_spawn", "OOO", path.object, argv, env) < 0)
        goto done;
    error = search ? posix_spawnp(&pid, path.narrow, have_actions ? &actions : NULL, &attributes, strings, variables)
                   : posix_spawn(&pid, path.narrow, have_actions ? &actions : NULL, &attributes, strings, variables);
    if (error) {
        errno = error;
        posix_path_error(&path);
    } else {
        result = PyLong_FromLong(pid);
    }
done:
    if (have_actions)
        posix_spawn_file_actions_destroy(&actions);
    if (have_attributes)
        posix_spawnattr_destroy(&attributes);
    free_strings(variables, envc);
    free_strings(strings, argc);
    Py_XDECREF(keep);
    posix_path_clear(&path);
    return result;
}

#define SPAWN_NAMES "", "", "", "file_actions", "setpgroup", "resetids", "setsid", "setsigmask", "setsigdef", "scheduler"
static PyObject *posix_posix_spawn(FASTCALL)
{
    PARSE("O&OO|$OOiiOOO:posix_spawn", SPAWN_NAMES);
    return do_spawn("posix_spawn", 0, args, nargs, kwnames, &parser_);
}

static PyObject *posix_posix_spawnp(FASTCALL)
{
    PARSE("O&OO|$OOiiOOO:posix_spawnp", SPAWN_NAMES);
    return do_spawn("posix_spawnp", 1, args, nargs, kwnames, &parser_);
}

/* --- wait ----------------------------------------------------------------------------------------------------------------- */

static PyStructSequence_Field waitid_fields[] = {{"si_pid", "the child"}, {"si_uid", "its user"}, {"si_signo", "SIGCHLD"}, {"si_status", "exit status, or the signal"}, {"si_code", "what happened: CLD_..."}, {0}};
static PyStructSequence_Desc waitid_desc = {"posix.waitid_result", "Result of waitid().", waitid_fields, 5};

static PyObject *posix_waitpid(FASTCALL)
{
    PARSE("O&i:waitpid", "", "");
    pid_t pid, result;
    int options, async = 0, status = 0;
    if (!PARSED(posix_pid, &pid, &options))
        return NULL;
    RETRY(result, waitpid(pid, &status, options), async);
    return result < 0 ? (async ? NULL : posix_error()) : Py_BuildValue("Ni", PyLong_FromLong(result), status);
}

static PyObject *posix_wait(PyObject *m, PyObject *u)
{
    pid_t pid;
    int async = 0, status = 0;
    RETRY(pid, wait(&status), async);
    return pid < 0 ? (async ? NULL : posix_error()) : Py_BuildValue("Ni", PyLong_FromLong(pid), status);
}

/* (pid, status, struct_rusage), the type of which is the resource module's. */
static PyObject *wait_rusage(pid_t pid, int status, struct rusage *ru)
{
    PyObject *module = PyImport_ImportModuleNoBlock("resource"), *type, *usage;
    if (module == NULL)
        return NULL;
    type = PyObject_GetAttrString(module, "struct_rusage");
    Py_DECREF(module);
    if (type == NULL)
        return NULL;
    usage = PyStructSequence_New((PyTypeObject *)type);
    Py_DECREF(type);
    if (usage == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(usage, 0, PyFloat_FromDouble(ru->ru_utime.tv_sec + ru->ru_utime.tv_usec * 1e-6));
    PyStructSequence_SET_ITEM(usage, 1, PyFloat_FromDouble(ru->ru_stime.tv_sec + ru->ru_stime.tv_usec * 1e-6));
    long values[] = {ru->ru_maxrss, ru->ru_ixrss, ru->ru_idrss, ru->ru_isrss, ru->ru_minflt, ru->ru_majflt, ru->ru_nswap,
                     ru->ru_inblock, ru->ru_oublock, ru->ru_msgsnd, ru->ru_msgrcv, ru->ru_nsignals, ru->ru_nvcsw, ru->ru_nivcsw};
    for (int i = 0; i < 14; i++)
        PyStructSequence_SET_ITEM(usage, 2 + i, PyLong_FromLong(values[i]));
    if (PyErr_Occurred()) {
        Py_DECREF(usage);
        return NULL;
    }
    return Py_BuildValue("NiN", PyLong_FromLong(pid), status, usage);
}

static PyObject *posix_wait4(FASTCALL)
{
    PARSE("O&i:wait4", "pid", "options");
    pid_t pid, result;
    int options, async = 0, status = 0;
    struct rusage ru = {0};
    if (!PARSED(posix_pid, &pid, &options))
        return NULL;
    RETRY(result, wait4(pid, &status, options, &ru), async);
    return result < 0 ? (async ? NULL : posix_error()) : wait_rusage(result, status, &ru);
}

static PyObject *posix_wait3(FASTCALL)
{
    PARSE("i:wait3", "options");
    pid_t result;
    int options, async = 0, status = 0;
    struct rusage ru = {0};
    if (!PARSED(&options))
        return NULL;
    RETRY(result, wait3(&status, options, &ru), async);
    return result < 0 ? (async ? NULL : posix_error()) : wait_rusage(result, status, &ru);
}

static PyObject *posix_waitid(FASTCALL)
{
    PARSE("iO&i:waitid", "", "", "");
    int idtype, options, result, async = 0;
    pid_t id;
    siginfo_t si;
    if (!PARSED(&idtype, posix_pid, &id, &options))
        return NULL;
    si.si_pid = 0;
    RETRY(result, waitid((idtype_t)idtype, id, &si, options), async);
    if (result < 0)
        return async ? NULL : posix_error();
    if (si.si_pid == 0)
        Py_RETURN_NONE;
    PyObject *v = PyStructSequence_New(WaitidResult_Type);
    if (v == NULL)
        return NULL;
    PyStructSequence_SET_ITEM(v, 0, PyLong_FromLong(si.si_pid));
    PyStructSequence_SET_ITEM(v, 1, id_object(si.si_uid));
    PyStructSequence_SET_ITEM(v, 2, PyLong_FromLong(si.si_signo));
    PyStructSequence_SET_ITEM(v, 3, PyLong_FromLong(si.si_status));
    PyStructSequence_SET_ITEM(v, 4, PyLong_FromLong(si.si_code));
    if (PyErr_Occurred())
        Py_CLEAR(v);
    return v;
}

#define STATUS_TEST(name, make)                                                                              \
    static PyObject *posix_##name(FASTCALL)                                                                  \
    {                                                                                                        \
        PARSE("i:" #name, "status");                                                                         \
        int status;                                                                                          \
        return PARSED(&status) ? make(name(status)) : NULL;                                                  \
    }
static PyObject *posix_WCOREDUMP(FASTCALL)
{
    PARSE("i:WCOREDUMP", "");
    int status;
    return PARSED(&status) ? PyBool_FromLong(WCOREDUMP(status)) : NULL;
}
STATUS_TEST(WIFCONTINUED, PyBool_FromLong)
STATUS_TEST(WIFSTOPPED, PyBool_FromLong)
STATUS_TEST(WIFSIGNALED, PyBool_FromLong)
STATUS_TEST(WIFEXITED, PyBool_FromLong)
STATUS_TEST(WEXITSTATUS, PyLong_FromLong)
STATUS_TEST(WTERMSIG, PyLong_FromLong)
STATUS_TEST(WSTOPSIG, PyLong_FromLong)

static PyObject *posix__exit(FASTCALL)
{
    PARSE("i:_exit", "status");
    int status;
    if (!PARSED(&status))
        return NULL;
    _exit(status);
}

static PyObject *posix_abort(PyObject *m, PyObject *u)
{
    abort();
}

static PyObject *posix_system(FASTCALL)
{
    PARSE("O&:system", "command");
    PyObject *command;
    int status;
    if (!PARSED(PyUnicode_FSConverter, &command))
        return NULL;
    if (PySys_Audit("os.system", "(O)", command) < 0) {
        Py_DECREF(command);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    status = system(PyBytes_AS_STRING(command));
    Py_END_ALLOW_THREADS
    Py_DECREF(command);
    return PyLong_FromLong(status);
}

/* --- Handlers around fork -------------------------------------------------------------------------------------------------- */

static int note_handler(PyObject **list, PyObject *function)
{
    if (function == NULL)
        return 0;
    if (*list == NULL && (*list = PyList_New(0)) == NULL)
        return -1;
    return PyList_Append(*list, function);
}

static PyObject *posix_register_at_fork(FASTCALL)
{
    PARSE("|$OOO:register_at_fork", "before", "after_in_child", "after_in_parent");
    PyObject *functions[3] = {NULL, NULL, NULL};
    if (!PARSED(&functions[0], &functions[1], &functions[2]))
        return NULL;
    if (!functions[0] && !functions[1] && !functions[2]) {
        PyErr_SetString(PyExc_TypeError, "At least one argument is required.");
        return NULL;
    }
    static const char *const names[] = {"before", "after_in_child", "after_in_parent"};
    for (int i = 0; i < 3; i++)
        if (functions[i] && !PyCallable_Check(functions[i])) {
            PyErr_Format(PyExc_TypeError, "'%s' must be callable, not %.200s", names[i], Py_TYPE(functions[i])->tp_name);
            return NULL;
        }
    PyInterpreterState *interp = tai_interp();
    if (note_handler(&interp->before_forkers, functions[0]) < 0 || note_handler(&interp->after_forkers_child, functions[1]) < 0 ||
        note_handler(&interp->after_forkers_parent, functions[2]) < 0)
        return NULL;
    Py_RETURN_NONE;
}

PyMethodDef posix_process_methods[] = {
    METHOD_NOARGS(getpid, "getpid($module, /)\n--\n\nReturn the id of this process."),
    METHOD_NOARGS(getppid, "getppid($module, /)\n--\n\nReturn the id of the parent process."),
    METHOD_NOARGS(getpgrp, "getpgrp($module, /)\n--\n\nReturn the id of the process group."),
    METHOD_NOARGS(getuid, "getuid($module, /)\n--\n\nReturn the real user id."),
    METHOD_NOARGS(geteuid, "geteuid($module, /)\n--\n\nReturn the effective user id."),
    METHOD_NOARGS(getgid, "getgid($module, /)\n--\n\nReturn the real group id."),
    METHOD_NOARGS(getegid, "getegid($module, /)\n--\n\nReturn the effective group id."),
    METHOD_NOARGS(getresuid, "getresuid($module, /)\n--\n\nReturn the real, effective and saved user ids."),
    METHOD_NOARGS(getresgid, "getresgid($module, /)\n--\n\nReturn the real, effective and saved group ids."),
    METHOD_O(setuid, "setuid($module, uid, /)\n--\n\nSet the user id."),
    METHOD_O(seteuid, "seteuid($module, euid, /)\n--\n\nSet the effective user id."),
    METHOD_O(setgid, "setgid($module, gid, /)\n--\n\nSet the group id."),
    METHOD_O(setegid, "setegid($module, egid, /)\n--\n\nSet the effective group id."),
    METHOD(setreuid, "setreuid($module, ruid, euid, /)\n--\n\nSet the real and effective user ids."),
    METHOD(setregid, "setregid($module, rgid, egid, /)\n--\n\nSet the real and effective group ids."),
    METHOD(setresuid, "setresuid($module, ruid, euid, suid, /)\n--\n\nSet the real, effective and saved user ids."),
    METHOD(setresgid, "setresgid($module, rgid, egid, sgid, /)\n--\n\nSet the real, effective and saved group ids."),
    METHOD_NOARGS(getgroups, "getgroups($module, /)\n--\n\nReturn the supplementary group ids."),
    METHOD_O(setgroups, "setgroups($module, groups, /)\n--\n\nSet the supplementary group ids."),
    METHOD(getgrouplist, "getgrouplist(user, group) -> list of groups to which a user belongs\n\ngroup: an id that is put in as well."),
    METHOD(initgroups, "initgroups(username, gid) -> None\n\nMake the groups of a user, and gid, those of the process."),
    METHOD_NOARGS(getlogin, "getlogin($module, /)\n--\n\nReturn the name the user logged in with."),
    METHOD(getpgid, "getpgid($module, /, pid)\n--\n\nReturn the process group of a process."),
    METHOD(setpgid, "setpgid($module, pid, pgrp, /)\n--\n\nPut a process into a process group."),
    METHOD_NOARGS(setpgrp, "setpgrp($module, /)\n--\n\nMake the process the leader of its group."),
    METHOD(getsid, "getsid($module, pid, /)\n--\n\nReturn the session of a process."),
    METHOD_NOARGS(setsid, "setsid($module, /)\n--\n\nStart a new session."),
    METHOD(kill, "kill($module, pid, signal, /)\n--\n\nSend a signal to a process."),
    METHOD(killpg, "killpg($module, pgid, signal, /)\n--\n\nSend a signal to a process group."),
    METHOD(nice, "nice($module, increment, /)\n--\n\nAdd to the niceness and return it."),
    METHOD(getpriority, "getpriority($module, /, which, who)\n--\n\nReturn a scheduling priority."),
    METHOD(setpriority, "setpriority($module, /, which, who, priority)\n--\n\nSet a scheduling priority."),
    METHOD_NOARGS(fork, "fork($module, /)\n--\n\nMake a child process; return 0 in it and its id in the parent."),
    METHOD_NOARGS(forkpty, "forkpty($module, /)\n--\n\nMake a child process on a new terminal; return (0 or its id, the terminal's descriptor)."),
    METHOD(execv, "execv($module, path, argv, /)\n--\n\nReplace the process by another program."),
    METHOD(execve, "execve($module, /, path, argv, env)\n--\n\nReplace the process by another program with the environment env."),
    METHOD(posix_spawn, "posix_spawn(path, argv, env, *, file_actions=(), setpgroup=None, resetids=False, setsid=False, setsigmask=(), setsigdef=(), scheduler=None)\nRun a program in a new process and return its id."),
    METHOD(posix_spawnp, "posix_spawnp(file, argv, env, *, ...)\nThe same, with the program searched along PATH."),
    METHOD(waitpid, "waitpid($module, pid, options, /)\n--\n\nWait for a child; return (id, status)."),
    METHOD_NOARGS(wait, "wait($module, /)\n--\n\nWait for any child; return (id, status)."),
    METHOD(wait3, "wait3($module, /, options)\n--\n\nWait for any child; return (id, status, resource usage)."),
    METHOD(wait4, "wait4($module, /, pid, options)\n--\n\nWait for a child; return (id, status, resource usage)."),
    METHOD(waitid, "waitid($module, idtype, id, options, /)\n--\n\nWait for a child as idtype and id say; return a waitid_result or None."),
    METHOD(WCOREDUMP, "WCOREDUMP($module, status, /)\n--\n\nReturn whether the child dumped core."),
    METHOD(WIFCONTINUED, "WIFCONTINUED($module, /, status)\n--\n\nReturn whether the child was continued."),
    METHOD(WIFSTOPPED, "WIFSTOPPED($module, /, status)\n--\n\nReturn whether the child was stopped."),
    METHOD(WIFSIGNALED, "WIFSIGNALED($module, /, status)\n--\n\nReturn whether a signal ended the child."),
    METHOD(WIFEXITED, "WIFEXITED($module, /, status)\n--\n\nReturn whether the child called exit()."),
    METHOD(WEXITSTATUS, "WEXITSTATUS($module, /, status)\n--\n\nReturn the child's exit status."),
    METHOD(WTERMSIG, "WTERMSIG($module, /, status)\n--\n\nReturn the signal that ended the child."),
    METHOD(WSTOPSIG, "WSTOPSIG($module, /, status)\n--\n\nReturn the signal that stopped the child."),
    METHOD(_exit, "_exit($module, /, status)\n--\n\nEnd the process at once, without clean-up."),
    METHOD_NOARGS(abort, "abort($module, /)\n--\n\nEnd the process at once with SIGABRT."),
    METHOD(system, "system($module, /, command)\n--\n\nRun a command in a shell; return its status."),
    METHOD(register_at_fork, "register_at_fork(*, before=None, after_in_child=None, after_in_parent=None)\n\nHave functions called around fork(): before in reverse order of registration."),
    {NULL},
};

int posix_process_init(PyObject *module)
{
    if (WaitidResult_Type == NULL && (WaitidResult_Type = PyStructSequence_NewType(&waitid_desc)) == NULL)
        return -1;
    return posix_add(module, "waitid_result", WaitidResult_Type);
}
