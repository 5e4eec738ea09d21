/* SPDX-License-Identifier: MIT */
/* parsetok.h: parsing to a concrete syntax tree. */
#ifndef TAIPAN_PARSETOK_H
#define TAIPAN_PARSETOK_H

#include "grammar.h"
#include "node.h"

#define PyPARSE_DONT_IMPLY_DEDENT 2
#define PyPARSE_IGNORE_COOKIE 16
#define PyPARSE_BARRY_AS_BDFL 32
#define PyPARSE_TYPE_COMMENTS 64
#define PyPARSE_ASYNC_HACKS 128

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
typedef struct {
    int error;
    PyObject *filename;
    int lineno;
    int offset;
    char *text;
    int token;
    int expected;
} perrdetail;

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(void) PyParser_ClearError(perrdetail *);
PyAPI_FUNC(node *) PyParser_ParseFile(FILE *, const char *, grammar *, int, const char *, const char *, perrdetail *);
PyAPI_FUNC(node *) PyParser_ParseFileFlags(FILE *, const char *, const char *, grammar *, int, const char *, const char *, perrdetail *, int);
PyAPI_FUNC(node *) PyParser_ParseFileFlagsEx(FILE *, const char *, const char *, grammar *, int, const char *, const char *, perrdetail *, int *);
PyAPI_FUNC(node *) PyParser_ParseFileObject(FILE *, PyObject *, const char *, grammar *, int, const char *, const char *, perrdetail *, int *);
PyAPI_FUNC(node *) PyParser_ParseString(const char *, grammar *, int, perrdetail *);
PyAPI_FUNC(node *) PyParser_ParseStringFlags(const char *, grammar *, int, perrdetail *, int);
PyAPI_FUNC(node *) PyParser_ParseStringFlagsFilename(const char *, const char *, grammar *, int, perrdetail *, int);
PyAPI_FUNC(node *) PyParser_ParseStringFlagsFilenameEx(const char *, const char *, grammar *, int, perrdetail *, int *);
PyAPI_FUNC(node *) PyParser_ParseStringObject(const char *, PyObject *, grammar *, int, perrdetail *, int *);
PyAPI_FUNC(void) PyParser_SetError(perrdetail *);
#endif
#ifdef __cplusplus
}
#endif

#endif
