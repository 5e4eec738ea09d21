/* SPDX-License-Identifier: MIT */
/* _ctypes: C data and C functions as Python objects, calls by libffi.
 *
 *   codes.c     reading and writing one C value: the letters of _type_
 *   types.c     the metatypes, which compute what a C type is (Info), and the parameter conversion from_param()
 *   layout.c    _fields_: placing members, bit fields; field descriptors
 *   data.c      objects that hold or point to C data (CData), keeping what it refers to alive
 *   objects.c   the classes: simple values, arrays, pointers, structures
 *   call.c      arguments, foreign functions, callbacks (callback.c)
 *   module.c    functions of the module
 *
 * [CT-1] Heap types made by a metatype of ours carry an Info behind PyHeapTypeObject; static ones (Structure, Array, ...) have none.
 * [CT-2] Memory at CData.ptr belongs to the object (needs_free, or `own`), to `base`, to `buffer`, or to nobody we know. What was once
 *        handed out stays as long as the object: resize() keeps what it replaces.
 * [CT-3] `objects` of the outermost object keeps alive what pointers inside point to; see keep().
 */
#ifndef TAI_EXTENSIONS_CTYPES_H
#define TAI_EXTENSIONS_CTYPES_H

#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include "structmember.h"
#include <ffi.h>
#include <stddef.h>
#include <stdint.h>

/* Read a value: new. Write one: what must be kept alive for it (None mostly), new; NULL with an exception. */
typedef PyObject *Getter(const void *p, Py_ssize_t size);
typedef PyObject *Setter(void *p, PyObject *v, Py_ssize_t size);

typedef struct {
    char code, pep3118;
    ffi_type *ffi;
    Setter *set, *set_swapped; /* swapped: NULL if there is no other byte order */
    Getter *get, *get_swapped;
} Code;

enum Kind { SIMPLE = 1, POINTER, ARRAY, STRUCT, UNION, FUNCTION };
enum { FUNCFLAG_CDECL = 1, FUNCFLAG_PYTHONAPI = 4, FUNCFLAG_USE_ERRNO = 8, FUNCFLAG_USE_LASTERROR = 16 };

typedef struct {
    enum Kind kind;            /* 0: abstract */
    char final, has_pointer, big;
    Py_ssize_t size, align, length; /* length: items of an array, members of a structure */
    PyObject *proto;           /* _type_: str of a simple type, type of items or of what is pointed to */
    const Code *code;          /* simple types */
    Getter *get;
    Setter *set;
    ffi_type ffi;
    ffi_type **elements;       /* of a structure's ffi */
    PyObject *parts;           /* tuple of the types whose ffi `elements` points to, or NULL */
    char *format;              /* PEP 3118 */
    int ndim;
    Py_ssize_t *shape;
    int flags;                 /* functions */
    PyObject *argtypes, *converters, *restype, *checker;
} Info;

typedef struct {
    PyHeapTypeObject heap;
    Info info;
} MetaObject;

/* Memory that resize() replaced: parts, views and arguments may still point into it. */
typedef struct Outgrown {
    struct Outgrown *next;
    char *memory;
} Outgrown;

typedef struct CData {
    PyObject_HEAD
    char *ptr;
    int needs_free;
    struct CData *base;
    Py_ssize_t size, length, index; /* index: of this in base */
    PyObject *objects;
    PyObject *buffer;   /* the memoryview that ptr lies in, or NULL */
    Outgrown *outgrown; /* owned */
    union {
        char bytes[16];
        long double longest;
    } own;
} CData;

typedef struct {
    CData data;
    PyObject *callable, *argtypes, *converters, *restype, *checker, *errcheck, *paramflags;
} Function;

/* An argument ready to be passed. */
typedef struct {
    PyObject_HEAD
    ffi_type *ffi;
    char tag;
    union {
        char c;
        signed char b;
        short h;
        int i;
        long l;
        long long q;
        float f;
        double d;
        long double g;
        void *p;
        uint64_t all;
    } value;
    PyObject *obj; /* owned, what value comes from or points into */
    Py_ssize_t size;
} Argument;

typedef struct {
    PyObject_HEAD
    Py_ssize_t offset, size, index;
    int bits, shift; /* bits 0: no bit field */
    int anonymous;   /* its members are lifted into the class */
    PyObject *type;
    Getter *get;
    Setter *set;
} Field;

extern PyTypeObject CtMetaType, CtStructMeta, CtUnionMeta, CtPointerMeta, CtArrayMeta, CtSimpleMeta, CtFunctionMeta;
extern PyTypeObject CtDataType, CtStructType, CtUnionType, CtPointerType, CtArrayType, CtSimpleType, CtFunctionType;
extern PyTypeObject CtArgumentType, CtFieldType;
extern PyObject *CtArgumentError, *ct_pointer_types;

/* codes.c */
const Code *ct_code(char c);
extern const char ct_codes[];
Setter ct_set_chars, ct_set_wchars;
Getter ct_get_chars, ct_get_wchars;

/* types.c */
/* NULL if type is NULL, no C type, or abstract. */
static inline Info *ct_info(PyObject *type)
{
    return type && PyType_Check(type) && ((PyTypeObject *)type)->tp_flags & Py_TPFLAGS_HEAPTYPE && PyObject_TypeCheck(type, &CtMetaType) &&
                   ((MetaObject *)type)->info.kind
               ? &((MetaObject *)type)->info
               : NULL;
}
#define INFO_OF(object) ct_info((PyObject *)Py_TYPE(object))
PyObject *ct_array_type(PyObject *item, Py_ssize_t n);
PyObject *ct_make_converters(PyObject *argtypes);
int ct_is_plain_simple(PyObject *type); /* c_int itself, not a subclass: values come as Python objects */

/* layout.c */
int ct_set_fields(PyObject *type, PyObject *fields, int is_struct);
char *ct_join(const char *a, const char *b); /* PyMem_Malloc'd */
char *ct_shape(const char *before, const Info *info); /* the shape as PEP 3118 writes it: "(2,3)", nothing for no array; likewise */

/* data.c */
int ct_is_data(PyObject *o);
PyObject *ct_new_data(PyTypeObject *type, PyObject *args, PyObject *kwds);
PyObject *ct_part(PyObject *type, CData *base, Py_ssize_t index, char *p); /* an object inside another's memory */
PyObject *ct_at(PyObject *type, void *p);
PyObject *ct_get(PyObject *type, Getter *get, CData *from, Py_ssize_t index, Py_ssize_t size, char *p);
int ct_set(CData *into, PyObject *type, Setter *set, PyObject *v, Py_ssize_t index, Py_ssize_t size, char *p);
int ct_keep(CData *target, Py_ssize_t index, PyObject *keep_steal);
PyObject *ct_kept(CData *data); /* new; None if nothing */
int ct_resize(CData *data, Py_ssize_t size);
void ct_clear(CData *data);

/* call.c, callback.c */
Argument *ct_argument(void);
int *ct_saved_errno(void);
/* A closure of libffi that calls callable: an object to be kept as long as its address (code) is used. New. */
PyObject *ct_make_callback(PyObject *callable, Info *info, void **code);
extern PyTypeObject CtCallbackType;
PyObject *ct_call(void *address, PyObject *args, int flags, PyObject *converters, PyObject *restype, PyObject *checker);
PyObject *ct_byref(PyObject *o, Py_ssize_t offset);
PyObject *ct_string_at(const char *p, int n);
PyObject *ct_wstring_at(const wchar_t *p, int n);
PyObject *ct_pointer_type(PyObject *item);

#endif
