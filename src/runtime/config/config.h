/* SPDX-License-Identifier: MIT */
/* Configuration (PEP 587), shared by the files of this folder and by lifecycle.c. */
#ifndef TAI_RUNTIME_CONFIG_H
#define TAI_RUNTIME_CONFIG_H

#include "Python.h"
#include "runtime/runtime.h"

#define CONFIG_COMPAT 1
#define CONFIG_PYTHON 2
#define CONFIG_ISOLATED 3
#define WORDS_PARSED 2 /* a value of parse_argv between PyConfig_Read and the start */

#define TAI_OK(status) (!PyStatus_Exception(status))
#define TAI_TRY(expression)                 \
    do {                                    \
        PyStatus try_status_ = (expression); \
        if (PyStatus_Exception(try_status_)) \
            return try_status_;             \
    } while (0)
/* An error that names the function, as the messages of 3.8 do. */
#define TAI_ERROR(message) ((PyStatus){._type = _PyStatus_TYPE_ERROR, .func = __func__, .err_msg = (message)})

/* Command line words before they are in a PyConfig: of bytes, or wide. */
typedef struct {
    Py_ssize_t argc;
    int wide;
    char *const *bytes;
    wchar_t *const *words;
} TaiArgv;

/* status.c */
void tai_wlist_clear(PyWideStringList *list);
int tai_wlist_copy(PyWideStringList *to, const PyWideStringList *from);   /* 0 / -1 (no memory) */
int tai_wlist_extend(PyWideStringList *to, const PyWideStringList *from);
int tai_wstr_set(wchar_t **field, const wchar_t *value);                  /* copy; NULL allowed. 0 / -1 */
/* For what outlives a choice of allocators: memory is the default raw one. No memory: the text becomes NULL. */
int tai_wlist_copy_lasting(PyWideStringList *to, const PyWideStringList *from);
void tai_wstr_set_lasting(wchar_t **field, const wchar_t *value);

/* preconfig.c */
PyStatus tai_preinit(const PyPreConfig *config, const TaiArgv *args);
PyStatus tai_preinit_from_config(const PyConfig *config, const TaiArgv *args);
const char *tai_env(int use_environment, const char *name);               /* NULL if unset or empty */
PyStatus tai_argv_to_list(const TaiArgv *args, PyWideStringList *list);

/* cmdline.c */
typedef struct {
    int index;               /* of the next word */
    const wchar_t *rest;     /* letters left in the current word */
    const wchar_t *arg;
    int opened;
} TaiOptions;
/* The next option letter, -1 at the end, '_' for an unknown one, 0 for --check-hash-based-pycs; messages if `report`. */
int tai_option_next(TaiOptions *o, Py_ssize_t argc, wchar_t *const *argv, int report);
PyStatus tai_cmdline_parse(PyConfig *config, PyWideStringList *warnoptions, Py_ssize_t *opt_index);

/* config.c */
int tai_config_copy(PyConfig *to, const PyConfig *from);                  /* 0 / -1 */
PyStatus tai_config_read(PyConfig *config, const TaiArgv *args);
PyStatus tai_config_write(const PyConfig *config);                        /* to the global variables, C streams */
const wchar_t *tai_config_xoption(const PyConfig *config, const wchar_t *name); /* L"name" or L"name=value" */

/* paths.c */
PyStatus tai_paths_compute(PyConfig *config);
void tai_paths_publish(const PyConfig *config); /* for Py_GetPath and friends */
int tai_path_compute_sys_path0(const PyWideStringList *argv, PyObject **path0); /* 1: *path0 new; 0: none; -1 */
void tai_paths_dump(const PyConfig *config);    /* to stderr, when the library cannot be found */

PyAPI_FUNC(void) _PyConfig_InitCompatConfig(PyConfig *);
PyAPI_FUNC(void) _PyPreConfig_InitCompatConfig(PyPreConfig *);

#endif
