/* SPDX-License-Identifier: MIT */
/* Where the program and its library are.
 *
 *   program    argv[0] if it has a slash, else found along PATH; sys.executable is empty if it is not found
 *   start      the directory of the program, symbolic links followed; or `home` of the pyvenv.cfg beside it or above it
 *   prefix     the nearest directory upward from start that has lib/python3.8/os.py. This finds an installation
 *              (<prefix>/bin/taipan) and a build (<sources>/build/<preset>/taipan) alike.
 *              A program that embeds libpython3.8.so elsewhere is served by the folder of that library.
 *   exec       the same with lib/python3.8/lib-dynload; a build has its lib-dynload beside the program or libpython, or in
 *              the folder that pybuilddir.txt beside the program names
 *
 * Without a library folder the library is the one carried in the executable (runtime/carried.h): the program itself is
 * then an entry of the search path.
 *
 * Texts are bytes here, decoded at the end. Tests: tests/program/test_paths.py
 */
#include "runtime/config/config.h"

#include "runtime/carried.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wchar.h>

#ifndef TAI_PREFIX
#define TAI_PREFIX "/usr/local"
#endif
#define LIB "lib/python3.8"
#define LANDMARK LIB "/os.py"
#define DYNLOAD LIB "/lib-dynload"

typedef char Path[PATH_MAX + 1];

static struct {
    wchar_t *home, *path, *program, *prefix, *exec_prefix;
    int path_by_user;
} global;

/* ---- small tools ---- */

static int join(Path out, const char *a, const char *b)
{
    int n;
    if (b[0] == '/')
        n = snprintf(out, sizeof(Path), "%s", b);
    else
        n = snprintf(out, sizeof(Path), "%s%s%s", a, a[0] && a[strlen(a) - 1] != '/' ? "/" : "", b);
    return n >= 0 && (size_t)n < sizeof(Path) ? 0 : -1;
}

static int is_file(const char *p)
{
    struct stat st;
    return stat(p, &st) == 0 && S_ISREG(st.st_mode);
}

static int is_program(const char *p)
{
    struct stat st;
    return stat(p, &st) == 0 && S_ISREG(st.st_mode) && (st.st_mode & 0111);
}

static int is_dir(const char *p)
{
    struct stat st;
    return stat(p, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Cut the last component off; 0 if there was nothing to cut. */
static int to_parent(Path p)
{
    char *slash = strrchr(p, '/');
    if (slash == NULL || (slash == p && p[1] == 0))
        return 0;
    slash == p ? (p[1] = 0) : (*slash = 0);
    return 1;
}

static void make_absolute(Path p)
{
    Path cwd, whole;
    if (p[0] == '/' || p[0] == 0 || getcwd(cwd, sizeof cwd) == NULL)
        return;
    const char *rest = p[0] == '.' && p[1] == '/' ? p + 2 : p;
    if (join(whole, cwd, rest) == 0)
        strcpy(p, whole);
}

static void follow_links(Path p)
{
    Path target, whole;
    for (int i = 0; i < 40; i++) {
        ssize_t n = readlink(p, target, sizeof target - 1);
        if (n <= 0)
            return;
        target[n] = 0;
        if (target[0] == '/') {
            strcpy(p, target);
        } else {
            to_parent(p);
            if (join(whole, p, target) < 0)
                return;
            strcpy(p, whole);
        }
    }
}

static int search_upward(const char *start, const char *landmark, int directory, Path found)
{
    Path p, probe;
    snprintf(p, sizeof p, "%s", start);
    do {
        if (join(probe, p, landmark) == 0 && (directory ? is_dir(probe) : is_file(probe))) {
            strcpy(found, p);
            return 1;
        }
    } while (to_parent(p));
    return 0;
}

/* ---- steps ---- */

static void find_program(const char *name, Path out)
{
    out[0] = 0;
    if (strchr(name, '/')) {
        snprintf(out, sizeof(Path), "%s", name);
    } else {
        const char *path = getenv("PATH");
        while (path != NULL && *path) {
            const char *colon = strchr(path, ':');
            Path dir;
            snprintf(dir, sizeof dir, "%.*s", (int)(colon ? colon - path : (ptrdiff_t)strlen(path)), path);
            if (join(out, dir, name) == 0 && is_program(out))
                break;
            out[0] = 0;
            path = colon ? colon + 1 : NULL;
        }
    }
    make_absolute(out);
}

/* `home = DIR` of a virtual environment's pyvenv.cfg. */
static int read_venv(const char *start, Path home)
{
    Path dir, file;
    char line[PATH_MAX + 64];
    snprintf(dir, sizeof dir, "%s", start);
    FILE *f = NULL;
    for (int i = 0; i < 2 && f == NULL; i++) {
        if (join(file, dir, "pyvenv.cfg") == 0)
            f = _Py_fopen(file, "r");
        if (f == NULL && !to_parent(dir))
            break;
    }
    if (f == NULL)
        return 0;
    int found = 0;
    while (!found && fgets(line, sizeof line, f)) {
        char *key = line + strspn(line, " \t"), *value = strchr(key, '=');
        if (key[0] == '#' || value == NULL)
            continue;
        *value++ = 0;
        key[strcspn(key, " \t")] = 0;
        if (strcmp(key, "home") != 0)
            continue;
        value += strspn(value, " \t");
        value[strcspn(value, "\r\n")] = 0;
        snprintf(home, sizeof(Path), "%s", value);
        found = home[0] != 0;
    }
    fclose(f);
    return found;
}

/* The folder of extension modules that a build names in pybuilddir.txt beside the program, relative to it. */
static int read_build_folder(const char *start, Path folder)
{
    Path file, line;
    FILE *f = join(file, start, "pybuilddir.txt") == 0 ? _Py_fopen(file, "r") : NULL;
    if (f == NULL)
        return 0;
    size_t n = fread(line, 1, sizeof line - 1, f);
    fclose(f);
    line[n] = 0;
    return strlen(line) == n && join(folder, start, line) == 0;
}

/* The folder of the file this code was loaded from: libpython3.8.so.1.0, or the program itself. */
static void library_folder(Path out)
{
    Dl_info info;
    out[0] = 0;
    if (dladdr((void *)Py_IsInitialized, &info) && info.dli_fname != NULL && strchr(info.dli_fname, '/')) {
        snprintf(out, sizeof(Path), "%s", info.dli_fname);
        make_absolute(out);
        follow_links(out);
        to_parent(out);
    }
}

typedef struct {
    Path program, start, prefix, exec_prefix, dynload, carried; /* carried: empty, or the program is the library */
} Places;

static void find_places(const PyConfig *c, Places *p, const char *program_name, const char *home)
{
    find_program(program_name, p->program);
    /* an embedding program, or one not found by its name, still finds the library beside its file */
    Path own, venv, whole;
    ssize_t n = readlink("/proc/self/exe", own, sizeof own - 1);
    own[n > 0 ? n : 0] = 0;
    strcpy(whole, own);
    snprintf(p->start, sizeof p->start, "%s", p->program[0] ? p->program : own);
    to_parent(own);
    Path shared;
    library_folder(shared);
    follow_links(p->start);
    to_parent(p->start);
    /* a virtual environment's program may be a link: its pyvenv.cfg is beside the link */
    Path beside;
    strcpy(beside, p->program);
    to_parent(beside);
    if (read_venv(beside, venv) || read_venv(p->start, venv))
        strcpy(p->start, venv);
    if (home != NULL) {
        snprintf(p->prefix, sizeof p->prefix, "%s", home);
        char *colon = strchr(p->prefix, ':');
        if (colon)
            *colon = 0;
        colon = strchr(home, ':');
        snprintf(p->exec_prefix, sizeof p->exec_prefix, "%s", colon ? colon + 1 : home);
    } else {
        if (!search_upward(p->start, LANDMARK, 0, p->prefix) && !search_upward(own, LANDMARK, 0, p->prefix) &&
            !search_upward(shared, LANDMARK, 0, p->prefix)) {
            if (tai_carried_is_library())
                strcpy(p->carried, whole);
            else if (c->pathconfig_warnings)
                fprintf(stderr, "Could not find platform independent libraries <prefix>\n");
            strcpy(p->prefix, TAI_PREFIX);
        }
        if (!search_upward(p->start, DYNLOAD, 1, p->exec_prefix) && !search_upward(shared, DYNLOAD, 1, p->exec_prefix))
            strcpy(p->exec_prefix, p->prefix);
    }
    if (read_build_folder(p->start, p->dynload))
        return;
    if (!(join(p->dynload, own, "lib-dynload") == 0 && is_dir(p->dynload)) &&
        !(shared[0] && join(p->dynload, shared, "lib-dynload") == 0 && is_dir(p->dynload)))
        (void)join(p->dynload, p->exec_prefix, DYNLOAD);
}

static PyStatus decode(const char *text, wchar_t **field)
{
    size_t n;
    wchar_t *wide = Py_DecodeLocale(text, &n);
    if (wide == NULL)
        return n == (size_t)-2 ? PyStatus_Error("cannot decode a path") : PyStatus_NoMemory();
    PyMem_RawFree(*field);
    *field = wide;
    return PyStatus_Ok();
}

static PyStatus decode_default(const char *text, wchar_t **field)
{
    return *field != NULL ? PyStatus_Ok() : decode(text, field);
}

static PyStatus append(PyWideStringList *list, const char *text)
{
    wchar_t *wide = NULL;
    TAI_TRY(decode(text, &wide));
    PyStatus status = PyWideStringList_Append(list, wide);
    PyMem_RawFree(wide);
    return status;
}

/* Split a ':'-separated list into the module search path. */
static PyStatus append_split(PyWideStringList *list, const wchar_t *text)
{
    for (const wchar_t *p = text;;) {
        const wchar_t *colon = wcschr(p, L':');
        size_t n = colon ? (size_t)(colon - p) : wcslen(p);
        wchar_t *part = PyMem_RawMalloc((n + 1) * sizeof(wchar_t));
        if (part == NULL)
            return PyStatus_NoMemory();
        wmemcpy(part, p, n);
        part[n] = 0;
        PyStatus status = PyWideStringList_Append(list, part);
        PyMem_RawFree(part);
        TAI_TRY(status);
        if (colon == NULL)
            return PyStatus_Ok();
        p = colon + 1;
    }
}

static PyStatus fill_search_paths(PyConfig *c, const Places *p)
{
    Path text;
    PyWideStringList *list = &c->module_search_paths;
    tai_wlist_clear(list);
    if (global.path_by_user) {
        TAI_TRY(append_split(list, global.path));
    } else {
        if (c->pythonpath_env != NULL)
            TAI_TRY(append_split(list, c->pythonpath_env));
        if (join(text, p->prefix, "lib/python38.zip") == 0)
            TAI_TRY(append(list, text));
        if (p->carried[0])
            TAI_TRY(append(list, p->carried));
        else if (join(text, p->prefix, LIB) == 0)
            TAI_TRY(append(list, text));
        TAI_TRY(append(list, p->dynload));
    }
    c->module_search_paths_set = 1;
    return PyStatus_Ok();
}

PyStatus tai_paths_compute(PyConfig *c)
{
    if (c->home == NULL && global.home != NULL && tai_wstr_set(&c->home, global.home) < 0)
        return PyStatus_NoMemory();
    if (c->module_search_paths_set && c->executable && c->prefix && c->exec_prefix && c->base_prefix && c->base_exec_prefix)
        goto rest;
    Places *p = PyMem_RawCalloc(1, sizeof *p);
    if (p == NULL)
        return PyStatus_NoMemory();
    char *name = _Py_EncodeLocaleRaw(c->program_name ? c->program_name : L"python3", NULL);
    char *home = c->home ? _Py_EncodeLocaleRaw(c->home, NULL) : NULL;
    PyStatus status = name == NULL || (c->home && !home) ? PyStatus_Error("cannot encode the program name or home") : PyStatus_Ok();
    if (TAI_OK(status)) {
        find_places(c, p, name, home);
        tai_carried_set_root(p->carried);
        if (!c->module_search_paths_set)
            status = fill_search_paths(c, p);
    }
    if (TAI_OK(status))
        status = decode_default(p->program, &c->executable);
    if (TAI_OK(status))
        status = decode_default(global.path_by_user ? "" : p->prefix, &c->prefix);
    if (TAI_OK(status))
        status = decode_default(global.path_by_user ? "" : p->exec_prefix, &c->exec_prefix);
    PyMem_RawFree(name);
    PyMem_RawFree(home);
    PyMem_RawFree(p);
    TAI_TRY(status);
rest:
    if ((c->base_prefix == NULL && tai_wstr_set(&c->base_prefix, c->prefix) < 0) ||
        (c->base_exec_prefix == NULL && tai_wstr_set(&c->base_exec_prefix, c->exec_prefix) < 0) ||
        (c->base_executable == NULL && tai_wstr_set(&c->base_executable, c->executable) < 0))
        return PyStatus_NoMemory();
    return PyStatus_Ok();
}

/* ---- telling ---- */

static void tell_text(const char *label, const wchar_t *text)
{
    PyObject *o = text ? PyUnicode_FromWideChar(text, -1) : NULL;
    if (o != NULL)
        PySys_FormatStderr("  %s = %A\n", label, o);
    else
        PySys_WriteStderr("  %s = (not set)\n", label);
    Py_XDECREF(o);
}

static void tell_sys(const char *name)
{
    PyObject *value = PySys_GetObject(name);
    if (value != NULL && PyUnicode_Check(value))
        PySys_FormatStderr("  sys.%s = %A\n", name, value);
    else
        PySys_WriteStderr("  sys.%s = (not set)\n", name);
}

void tai_paths_dump(const PyConfig *c)
{
    static const char *const names[] = {"_base_executable", "base_prefix", "base_exec_prefix", "executable", "prefix", "exec_prefix"};
    PyObject *type, *value, *trace, *path;
    PyErr_Fetch(&type, &value, &trace);
    PySys_WriteStderr("Python path configuration:\n");
    tell_text("PYTHONHOME", c->home);
    tell_text("PYTHONPATH", c->pythonpath_env);
    tell_text("program name", c->program_name);
    PySys_WriteStderr("  isolated = %d\n  environment = %d\n  user site = %d\n  import site = %d\n", c->isolated, c->use_environment,
                      c->user_site_directory, c->site_import);
    for (size_t i = 0; i < Py_ARRAY_LENGTH(names); i++)
        tell_sys(names[i]);
    path = PySys_GetObject("path");
    if (path != NULL && PyList_Check(path)) {
        PySys_WriteStderr("  sys.path = [\n");
        for (Py_ssize_t i = 0; i < PyList_GET_SIZE(path); i++)
            PySys_FormatStderr("    %A,\n", PyList_GET_ITEM(path, i));
        PySys_WriteStderr("  ]\n");
    }
    PyErr_Clear();
    PyErr_Restore(type, value, trace);
}

/* ---- the old functions ---- */

void tai_paths_publish(const PyConfig *c)
{
    tai_wstr_set_lasting(&global.home, c->home);
    tai_wstr_set_lasting(&global.program, c->executable);
    tai_wstr_set_lasting(&global.prefix, c->prefix);
    tai_wstr_set_lasting(&global.exec_prefix, c->exec_prefix);
    size_t n = 1;
    for (Py_ssize_t i = 0; i < c->module_search_paths.length; i++)
        n += wcslen(c->module_search_paths.items[i]) + 1;
    wchar_t *all = PyMem_RawMalloc(n * sizeof(wchar_t)), *p = all;
    if (all == NULL)
        return;
    for (Py_ssize_t i = 0; i < c->module_search_paths.length; i++) {
        if (i)
            *p++ = L':';
        size_t k = wcslen(c->module_search_paths.items[i]);
        wmemcpy(p, c->module_search_paths.items[i], k);
        p += k;
    }
    *p = 0;
    tai_wstr_set_lasting(&global.path, all);
    PyMem_RawFree(all);
}

static void clear_paths(void)
{
    wchar_t **const fields[] = {&global.path, &global.program, &global.prefix, &global.exec_prefix};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(fields); i++)
        tai_wstr_set_lasting(fields[i], NULL);
    global.path_by_user = 0;
}

static void need(void)
{
    if (global.program != NULL)
        return;
    PyConfig c;
    _PyConfig_InitCompatConfig(&c);
    c.pathconfig_warnings = 0;
    if (tai_wstr_set(&c.program_name, Py_GetProgramName()) == 0 && TAI_OK(tai_paths_compute(&c)))
        tai_paths_publish(&c);
    PyConfig_Clear(&c);
}

void Py_SetPath(const wchar_t *path)
{
    if (path == NULL) {
        clear_paths();
        return;
    }
    tai_wstr_set_lasting(&global.path, path);
    tai_wstr_set_lasting(&global.prefix, L"");
    tai_wstr_set_lasting(&global.exec_prefix, L"");
    tai_wstr_set_lasting(&global.program, Py_GetProgramName());
    global.path_by_user = 1;
}

void Py_SetPythonHome(const wchar_t *home) { tai_wstr_set_lasting(&global.home, home && home[0] ? home : NULL); }
void _Py_SetProgramFullPath(const wchar_t *path) { tai_wstr_set_lasting(&global.program, path && path[0] ? path : NULL); }

wchar_t *Py_GetPythonHome(void) { return global.home; }

wchar_t *Py_GetPath(void)
{
    need();
    return global.path;
}

wchar_t *Py_GetPrefix(void)
{
    need();
    return global.prefix;
}

wchar_t *Py_GetExecPrefix(void)
{
    need();
    return global.exec_prefix;
}

wchar_t *Py_GetProgramFullPath(void)
{
    need();
    return global.program;
}

/* ---- sys.path[0] ---- */

int tai_path_compute_sys_path0(const PyWideStringList *argv, PyObject **path0)
{
    if (argv->length == 0)
        return 0;
    const wchar_t *first = argv->items[0];
    wchar_t buffer[PATH_MAX + 1];
    int have_module = wcscmp(first, L"-m") == 0, have_script = !have_module && wcscmp(first, L"-c") != 0;
    if (have_module) {
        if (_Py_wgetcwd(buffer, PATH_MAX) == NULL)
            return 0;
        *path0 = PyUnicode_FromWideChar(buffer, -1);
        return *path0 ? 1 : -1;
    }
    size_t n = 0;
    const wchar_t *text = first;
    if (have_script) {
        /* the directory of the script, links followed once (as the script's own), made absolute */
        wchar_t link[PATH_MAX + 1], joined[2 * PATH_MAX + 2];
        int k = _Py_wreadlink(first, link, PATH_MAX);
        if (k > 0) {
            if (link[0] == L'/') {
                wcscpy(buffer, link);
                text = buffer;
            } else {
                const wchar_t *slash = wcsrchr(first, L'/');
                if (slash == NULL) {
                    wcscpy(buffer, link);
                    text = buffer;
                } else if ((size_t)(slash - first) + 1 + (size_t)k <= PATH_MAX) {
                    wcsncpy(joined, first, (size_t)(slash - first) + 1);
                    wcscpy(joined + (slash - first) + 1, link);
                    wcsncpy(buffer, joined, PATH_MAX);
                    text = buffer;
                }
            }
        }
        wchar_t full[PATH_MAX + 1];
        if (_Py_wrealpath(text, full, PATH_MAX)) {
            wcscpy(buffer, full);
            text = buffer;
        }
        const wchar_t *slash = wcsrchr(text, L'/');
        if (slash != NULL)
            n = (size_t)(slash - text) + (slash == text);
    }
    *path0 = PyUnicode_FromWideChar(text, (Py_ssize_t)n);
    return *path0 ? 1 : -1;
}
