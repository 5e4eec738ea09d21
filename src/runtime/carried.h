/* SPDX-License-Identifier: MIT */
/* The library inside the executable: compiled modules in read-only memory, made by tools/freeze.c.
 *
 * A carried module stands for a source file. If the library folder has that file, it is used only as long as the file is
 * what was compiled (same time and size): the import then needs one stat() and reads nothing. If no library folder is
 * found at all, the carried modules are the library, and so are the carried files: the sources (tracebacks and inspect
 * show them), a grammar, a style sheet, scripts.
 */
#ifndef TAI_RUNTIME_CARRIED_H
#define TAI_RUNTIME_CARRIED_H

#include "Python.h"

/* Texts are offsets in tai_carried_texts: a start would have to relocate pointers. */
typedef struct {
    uint32_t name;         /* "json.decoder"; packages by their own name */
    uint32_t relative;     /* "json/decoder.py", "json/__init__.py" */
    uint32_t offset, size; /* of its marshalled code in tai_carried_blob */
    int64_t mtime, source_size; /* of the source file: seconds, bytes */
} TaiCarried;

extern const TaiCarried tai_carried_modules[]; /* sorted by name */
extern const size_t tai_carried_count;

typedef struct {
    uint32_t relative;       /* "lib2to3/Grammar.txt" */
    uint32_t offset, stored; /* of its content in tai_carried_blob, compressed (base/lz.h) unless stored == size */
    uint32_t size;
} TaiCarriedFile;

extern const TaiCarriedFile tai_carried_files[]; /* sorted by path */
extern const size_t tai_carried_file_count;
extern const char tai_carried_texts[];
extern const unsigned char tai_carried_blob[] __attribute__((visibility("hidden")));

/* Where the module would be below `folder`, if it is carried and its file there is the one compiled. New str; None if
 * not; NULL with exception. The folder of a submodule is its package's. */
PyObject *tai_carried_find(PyObject *name, PyObject *folder);
/* The code of a carried module, its file names set to `path`. New; None if it is not carried, or `path` is another file. */
PyObject *tai_carried_code(PyObject *name, PyObject *path);

/* ---- without a library folder ----
 * The root is a path that stands for the carried library on sys.path: that of the executable. */
int tai_carried_is_library(void);             /* is enough carried to start? */
void tai_carried_set_root(const char *path);  /* "" for none */
PyObject *tai_carried_root(void);             /* new str, or None */
PyObject *tai_carried_relative(PyObject *name); /* new str, the path below the root; None if the module is not carried */
PyObject *tai_carried_data(PyObject *path);     /* new bytes: the content of a file below the root; None if not carried */
PyObject *tai_carried_names(void);              /* new list: path below the root of each module and file */

#endif
