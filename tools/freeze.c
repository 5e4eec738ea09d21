/* SPDX-License-Identifier: MIT */
/* taipan-freeze OUT.c [NAME FILENAME SOURCE]...: compile Python modules with our own front end and write them as a table
 * of frozen modules. This program is the core linked with an empty table; NAME is the module ("@" in front: a package),
 * FILENAME is what tracebacks show.
 */
#include "Python.h"
#include "marshal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct _frozen tai_frozen_modules[] = {{NULL, NULL, 0}};

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

static char *read_file(const char *path)
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
    return text;
}

static void write_array(FILE *out, int index, const char *bytes, Py_ssize_t n)
{
    fprintf(out, "static const unsigned char module_%d[] = {", index);
    for (Py_ssize_t i = 0; i < n; i++)
        fprintf(out, "%s%d,", i % 24 ? "" : "\n", (unsigned char)bytes[i]);
    fprintf(out, "\n};\n");
}

int main(int argc, char **argv)
{
    if (argc < 2 || (argc - 2) % 3 != 0) {
        fprintf(stderr, "usage: taipan-freeze OUT.c [NAME FILENAME SOURCE]...\n");
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
    FILE *out = fopen(argv[1], "w");
    if (out == NULL)
        die("cannot write", argv[1]);
    fprintf(out, "/* Made by tools/freeze.c. */\n#include \"Python.h\"\n\n");
    int count = (argc - 2) / 3;
    Py_ssize_t *sizes = calloc((size_t)count + 1, sizeof *sizes);
    for (int i = 0; i < count; i++) {
        char **item = argv + 2 + 3 * i, *text = read_file(item[2]);
        PyObject *code = Py_CompileStringExFlags(text, item[1], Py_file_input, NULL, 0);
        if (code == NULL)
            die("cannot compile", item[2]);
        PyObject *bytes = PyMarshal_WriteObjectToString(code, Py_MARSHAL_VERSION);
        if (bytes == NULL)
            die("cannot marshal", item[2]);
        sizes[i] = PyBytes_GET_SIZE(bytes);
        write_array(out, i, PyBytes_AS_STRING(bytes), sizes[i]);
        Py_DECREF(bytes);
        Py_DECREF(code);
        free(text);
    }
    fprintf(out, "\nextern const struct _frozen tai_frozen_modules[];\nconst struct _frozen tai_frozen_modules[] = {\n");
    for (int i = 0; i < count; i++) {
        const char *name = argv[2 + 3 * i];
        int package = name[0] == '@';
        fprintf(out, "    {\"%s\", module_%d, %s%zd},\n", name + package, i, package ? "-" : "", sizes[i]);
    }
    fprintf(out, "    {NULL, NULL, 0},\n};\n");
    return fclose(out) == 0 ? 0 : 1;
}
