/* SPDX-License-Identifier: MIT */
/* code.h: code objects. */
#ifndef TAIPAN_CODE_H
#define TAIPAN_CODE_H

#define CO_OPTIMIZED 1
#define CO_NEWLOCALS 2
#define CO_VARARGS 4
#define CO_VARKEYWORDS 8
#define CO_NESTED 16
#define CO_GENERATOR 32
#define CO_NOFREE 64
#define CO_COROUTINE 128
#define CO_ITERABLE_COROUTINE 256
#define CO_ASYNC_GENERATOR 512
#define CO_FUTURE_DIVISION 131072
#define CO_FUTURE_ABSOLUTE_IMPORT 262144
#define CO_FUTURE_WITH_STATEMENT 524288
#define CO_FUTURE_PRINT_FUNCTION 1048576
#define CO_FUTURE_UNICODE_LITERALS 2097152
#define CO_FUTURE_BARRY_AS_BDFL 4194304
#define CO_FUTURE_GENERATOR_STOP 8388608
#define CO_FUTURE_ANNOTATIONS 16777216
#define CO_CELL_NOT_AN_ARG -1
#define CO_MAXBLOCKS 20

#ifdef __cplusplus
extern "C" {
#endif

typedef uint16_t _Py_CODEUNIT;
#ifndef Py_LIMITED_API
typedef struct {
    PyObject ob_base;
    int co_argcount;
    int co_posonlyargcount;
    int co_kwonlyargcount;
    int co_nlocals;
    int co_stacksize;
    int co_flags;
    int co_firstlineno;
    PyObject *co_code;
    PyObject *co_consts;
    PyObject *co_names;
    PyObject *co_varnames;
    PyObject *co_freevars;
    PyObject *co_cellvars;
    Py_ssize_t *co_cell2arg;
    PyObject *co_filename;
    PyObject *co_name;
    PyObject *co_lnotab;
    void *co_zombieframe;
    PyObject *co_weakreflist;
    void *co_extra;
    unsigned char *co_opcache_map;
    _PyOpcache *co_opcache;
    int co_opcache_flag;
    unsigned char co_opcache_size;
} PyCodeObject;

struct _addr_pair {
    int ap_lower;
    int ap_upper;
};

#endif
#ifndef Py_LIMITED_API
PyAPI_FUNC(int) PyCode_Addr2Line(PyCodeObject *, int);
PyAPI_FUNC(PyCodeObject *) PyCode_New(int, int, int, int, int, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, int, PyObject *);
PyAPI_FUNC(PyCodeObject *) PyCode_NewEmpty(const char *, const char *, int);
PyAPI_FUNC(PyCodeObject *) PyCode_NewWithPosOnlyArgs(int, int, int, int, int, int, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, PyObject *, int, PyObject *);
PyAPI_FUNC(PyObject *) PyCode_Optimize(PyObject *, PyObject *, PyObject *, PyObject *);
PyAPI_DATA(PyTypeObject) PyCode_Type;
PyAPI_FUNC(int) _PyCode_CheckLineNumber(PyCodeObject *, int, PyAddrPair *);
PyAPI_FUNC(PyObject *) _PyCode_ConstantKey(PyObject *);
PyAPI_FUNC(int) _PyCode_GetExtra(PyObject *, Py_ssize_t, void **);
PyAPI_FUNC(int) _PyCode_SetExtra(PyObject *, Py_ssize_t, void *);
#endif

#define _Py_OPCODE(word) ((word)&255)
#define _Py_OPARG(word) ((word) >> 8)
#define PyCode_Check(op) (Py_TYPE(op) == &PyCode_Type)
#define PyCode_GetNumFree(op) (PyTuple_GET_SIZE((op)->co_freevars))
#define PY_PARSER_REQUIRES_FUTURE_KEYWORD

#ifdef __cplusplus
}
#endif

#endif
