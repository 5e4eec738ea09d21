/* SPDX-License-Identifier: MIT */
/* taipan-freeze OUT.c OUT.bin LIST: compile Python modules with our own front end and carry them in the executable.
 * This program is the core linked with empty tables.
 *
 * LIST has one module a line, fields separated by tabs:
 *     frozen   NAME  FILENAME  SOURCE     for the table of frozen modules; FILENAME is what tracebacks show
 *     package  NAME  FILENAME  SOURCE     the same for a package
 *     carried  NAME  RELATIVE  SOURCE     a module of the library (runtime/carried.h); RELATIVE: its path in the library
 *     data     -     RELATIVE  FILE       a file of the library that is carried as it is: sources and others
 *
 * OUT.bin holds the marshalled code and the data, one after the other; OUT.c includes it and has the tables that point into it.
 */
#include "Python.h"
#include "marshal.h"

#include "base/lz.h"
#include "runtime/carried.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const struct _frozen tai_frozen_modules[] = {{NULL, NULL, 0}};
const TaiCarried tai_carried_modules[] = {{0}};
const size_t tai_carried_count = 0;
const TaiCarriedFile tai_carried_files[] = {{0}};
const size_t tai_carried_file_count = 0;
const char tai_carried_texts[] = "";
const unsigned char tai_carried_blob[] = {0};

typedef struct {
    char *kind, *name, *filename, *source;
    size_t offset, size, name_at, filename_at; /* the last two: in the table of texts */
    long long mtime, source_size;
} Module;

static Module *modules;
static size_t module_count;

static void die(const char *what, const char *which)
{
    fprintf(stderr, "taipan-freeze: %s: %s\n", what, which);
    if (PyErr_Occurred()) {
        PyObject *type, *value, *tb;
        PyErr_Fetch(&type, &value, &tb);
        PyErr_NormalizeException(&type, &value, &tb);
        PyObject *text = value ? PyObject_Repr(value) : NULL;
        fprintf(stderr, "%s\n", text ? PyUnicode_AsUTF8(text) : "(exception)");
    }
    exit(1);
}

/* The content of a file with a zero after it; its size is stored in *size. */
static char *read_file(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (f == NULL)
        die("cannot open", path);
    fseek(f, 0, SEEK_END);
    long n = ftell(f);
    rewind(f);
    char *text = malloc((size_t)n + 1);
    if (text == NULL || fread(text, 1, (size_t)n, f) != (size_t)n)
        die("cannot read", path);
    text[n] = 0;
    fclose(f);
    *size = (size_t)n;
    return text;
}

static void read_list(const char *path)
{
    size_t n;
    char *text = read_file(path, &n);
    for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        modules = realloc(modules, (module_count + 1) * sizeof *modules);
        if (modules == NULL)
            die("out of memory", path);
        Module *m = &modules[module_count++];
        char **fields[] = {&m->kind, &m->name, &m->filename, &m->source};
        for (int i = 0; i < 4; i++) {
            *fields[i] = line;
            char *tab = line ? strchr(line, '\t') : NULL;
            if ((tab == NULL) != (i == 3))
                die("not four fields", path);
            if (tab) {
                *tab = 0;
                line = tab + 1;
            }
        }
    }
}

static void append(Module *m, const char *bytes, size_t n, FILE *blob)
{
    m->offset = (size_t)ftell(blob);
    m->size = n;
    if (fwrite(bytes, 1, n, blob) != n)
        die("cannot write what comes from", m->source);
}

static void compile(Module *m, FILE *blob)
{
    struct stat st;
    size_t n;
    char *text = read_file(m->source, &n);
    if (stat(m->source, &st) != 0)
        die("cannot stat", m->source);
    m->mtime = (long long)st.st_mtime;
    m->source_size = (long long)st.st_size;
    PyObject *code = Py_CompileStringExFlags(text, m->filename, Py_file_input, NULL, 0);
    if (code == NULL)
        die("cannot compile", m->source);
    PyObject *bytes = PyMarshal_WriteObjectToString(code, Py_MARSHAL_VERSION);
    if (bytes == NULL)
        die("cannot marshal", m->source);
    append(m, PyBytes_AS_STRING(bytes), (size_t)PyBytes_GET_SIZE(bytes), blob);
    Py_DECREF(bytes);
    Py_DECREF(code);
    free(text);
}

/* Appends a file, compressed where that makes it smaller. */
static void copy(Module *m, FILE *blob)
{
    size_t n;
    char *content = read_file(m->source, &n);
    unsigned char *block = malloc(tai_lz_bound(n));
    size_t size = block ? tai_lz_encode((unsigned char *)content, n, block) : 0;
    int is_smaller = size > 0 && size < n;
    append(m, is_smaller ? (char *)block : content, is_smaller ? size : n, blob);
    m->source_size = (long long)n;
    free(block);
    free(content);
}

static int is_frozen(const Module *m) { return strcmp(m->kind, "frozen") == 0 || strcmp(m->kind, "package") == 0; }
static int is_carried(const Module *m) { return strcmp(m->kind, "carried") == 0; }
static int is_data(const Module *m) { return strcmp(m->kind, "data") == 0; }

/* Modules by name, the data (all of one name) by path. */
static int by_name(const void *a, const void *b)
{
    const Module *x = a, *y = b;
    int order = strcmp(x->name, y->name);
    return order ? order : strcmp(x->filename, y->filename);
}

/* The names and paths of what is carried, one behind the other. */
static void write_texts(FILE *out)
{
    size_t at = 0;
    fprintf(out, "const char tai_carried_texts[] =\n");
    for (Module *m = modules; m < modules + module_count; m++)
        if (!is_frozen(m)) {
            m->name_at = at;
            m->filename_at = at + strlen(m->name) + 1;
            at = m->filename_at + strlen(m->filename) + 1;
            fprintf(out, "    \"%s\\0\" \"%s\\0\"\n", m->name, m->filename);
        }
    fprintf(out, "    \"\";\n\n");
}

static void write_tables(FILE *out, const char *blob)
{
    fprintf(out, "/* Made by tools/freeze.c. */\n#include \"Python.h\"\n\n#include \"runtime/carried.h\"\n\n"
                 "__asm__(\".pushsection .rodata\\n.globl tai_carried_blob\\n.hidden tai_carried_blob\\n"
                 "tai_carried_blob:\\n.incbin \\\"%s\\\"\\n.popsection\\n\");\n\n", blob);
    fprintf(out, "extern const struct _frozen tai_frozen_modules[];\nconst struct _frozen tai_frozen_modules[] = {\n");
    for (Module *m = modules; m < modules + module_count; m++)
        if (is_frozen(m))
            fprintf(out, "    {\"%s\", tai_carried_blob + %zu, %s%zu},\n", m->name, m->offset, m->kind[0] == 'p' ? "-" : "", m->size);
    fprintf(out, "    {NULL, NULL, 0},\n};\n\n");
    size_t carried = 0, files = 0;
    qsort(modules, module_count, sizeof *modules, by_name);
    write_texts(out);
    fprintf(out, "const TaiCarried tai_carried_modules[] = {\n");
    for (Module *m = modules; m < modules + module_count; m++)
        if (is_carried(m)) {
            fprintf(out, "    {%zu, %zu, %zu, %zu, %lld, %lld},\n", m->name_at, m->filename_at, m->offset, m->size,
                    m->mtime, m->source_size);
            carried++;
        }
    fprintf(out, "    {0},\n};\nconst size_t tai_carried_count = %zu;\n\nconst TaiCarriedFile tai_carried_files[] = {\n", carried);
    for (Module *m = modules; m < modules + module_count; m++)
        if (is_data(m)) {
            fprintf(out, "    {%zu, %zu, %zu, %lld},\n", m->filename_at, m->offset, m->size, m->source_size);
            files++;
        }
    fprintf(out, "    {0},\n};\nconst size_t tai_carried_file_count = %zu;\n", files);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: taipan-freeze OUT.c OUT.bin LIST\n");
        return 2;
    }
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config._install_importlib = 0;
    config._init_main = 0;
    config.site_import = 0;
    PyStatus status = Py_InitializeFromConfig(&config);
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
    FILE *out = fopen(argv[1], "w"), *blob = fopen(argv[2], "wb");
    if (out == NULL || blob == NULL)
        die("cannot write", out ? argv[2] : argv[1]);
    read_list(argv[3]);
    for (size_t i = 0; i < module_count; i++)
        (is_data(&modules[i]) ? copy : compile)(&modules[i], blob);
    write_tables(out, argv[2]);
    return fclose(out) == 0 && fclose(blob) == 0 ? 0 : 1;
}
