/* SPDX-License-Identifier: MIT */
/* cpython/unicodeobject.h: str, beyond the limited API. */
#ifndef TAIPAN_CPYTHON_UNICODEOBJECT_H
#define TAIPAN_CPYTHON_UNICODEOBJECT_H

#define SSTATE_NOT_INTERNED 0
#define SSTATE_INTERNED_MORTAL 1
#define SSTATE_INTERNED_IMMORTAL 2

#ifdef __cplusplus
extern "C" {
#endif

typedef wchar_t Py_UNICODE;
#define PY_UNICODE_TYPE wchar_t

enum PyUnicode_Kind { PyUnicode_WCHAR_KIND = 0, PyUnicode_1BYTE_KIND = 1, PyUnicode_2BYTE_KIND = 2, PyUnicode_4BYTE_KIND = 4 };
typedef struct {
    PyObject ob_base;
    Py_ssize_t length;
    Py_hash_t hash;
    struct {
        unsigned int interned : 2;
        unsigned int kind : 3;
        unsigned int compact : 1;
        unsigned int ascii : 1;
        unsigned int ready : 1;
    } state;
    wchar_t *wstr;
} PyASCIIObject;

typedef struct {
    PyASCIIObject _base;
    Py_ssize_t utf8_length;
    char *utf8;
    Py_ssize_t wstr_length;
} PyCompactUnicodeObject;

typedef struct {
    PyCompactUnicodeObject _base;
    union {
        void *any;
        Py_UCS1 *latin1;
        Py_UCS2 *ucs2;
        Py_UCS4 *ucs4;
    } data;
} PyUnicodeObject;

typedef struct {
    PyObject *buffer;
    void *data;
    enum PyUnicode_Kind kind;
    Py_UCS4 maxchar;
    Py_ssize_t size;
    Py_ssize_t pos;
    Py_ssize_t min_length;
    Py_UCS4 min_char;
    unsigned char overallocate;
    unsigned char readonly;
} _PyUnicodeWriter;

PyAPI_FUNC(const char *) PyUnicode_AsUTF8(PyObject *);
PyAPI_FUNC(const char *) PyUnicode_AsUTF8AndSize(PyObject *, Py_ssize_t *);
PyAPI_FUNC(Py_UNICODE *) PyUnicode_AsUnicode(PyObject *);
PyAPI_FUNC(Py_UNICODE *) PyUnicode_AsUnicodeAndSize(PyObject *, Py_ssize_t *);
PyAPI_FUNC(Py_UNICODE *) PyUnicode_AsUnicodeCopy(PyObject *) Py_DEPRECATED(3);
PyAPI_FUNC(Py_ssize_t) PyUnicode_CopyCharacters(PyObject *, Py_ssize_t, PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyUnicode_Encode(const Py_UNICODE *, Py_ssize_t, const char *, const char *) Py_DEPRECATED(3);
PyAPI_FUNC(PyObject *) PyUnicode_EncodeASCII(const Py_UNICODE *, Py_ssize_t, const char *) Py_DEPRECATED(3);
PyAPI_FUNC(PyObject *) PyUnicode_EncodeCharmap(const Py_UNICODE *, Py_ssize_t, PyObject *, const char *) Py_DEPRECATED(3);
PyAPI_FUNC(int) PyUnicode_EncodeDecimal(Py_UNICODE *, Py_ssize_t, char *, const char *);
PyAPI_FUNC(PyObject *) PyUnicode_EncodeLatin1(const Py_UNICODE *, Py_ssize_t, const char *) Py_DEPRECATED(3);
PyAPI_FUNC(PyObject *) PyUnicode_EncodeRawUnicodeEscape(const Py_UNICODE *, Py_ssize_t) Py_DEPRECATED(3);
PyAPI_FUNC(PyObject *) PyUnicode_EncodeUTF16(const Py_UNICODE *, Py_ssize_t, const char *, int) Py_DEPRECATED(3);
PyAPI_FUNC(PyObject *) PyUnicode_EncodeUTF32(const Py_UNICODE *, Py_ssize_t, const char *, int) Py_DEPRECATED(3);
PyAPI_FUNC(PyObject *) PyUnicode_EncodeUTF7(const Py_UNICODE *, Py_ssize_t, int, int, const char *) Py_DEPRECATED(3);
PyAPI_FUNC(PyObject *) PyUnicode_EncodeUTF8(const Py_UNICODE *, Py_ssize_t, const char *) Py_DEPRECATED(3);
PyAPI_FUNC(PyObject *) PyUnicode_EncodeUnicodeEscape(const Py_UNICODE *, Py_ssize_t) Py_DEPRECATED(3);
PyAPI_FUNC(Py_ssize_t) PyUnicode_Fill(PyObject *, Py_ssize_t, Py_ssize_t, Py_UCS4);
PyAPI_FUNC(PyObject *) PyUnicode_FromKindAndData(int, const void *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyUnicode_FromUnicode(const Py_UNICODE *, Py_ssize_t);
PyAPI_FUNC(Py_UNICODE) PyUnicode_GetMax(void) Py_DEPRECATED(3);
PyAPI_FUNC(PyObject *) PyUnicode_New(Py_ssize_t, Py_UCS4);
PyAPI_FUNC(PyObject *) PyUnicode_TransformDecimalToASCII(Py_UNICODE *, Py_ssize_t);
PyAPI_FUNC(PyObject *) PyUnicode_TranslateCharmap(const Py_UNICODE *, Py_ssize_t, PyObject *, const char *) Py_DEPRECATED(3);
PyAPI_FUNC(Py_UNICODE *) Py_UNICODE_strcat(Py_UNICODE *, const Py_UNICODE *) Py_DEPRECATED(3);
PyAPI_FUNC(Py_UNICODE *) Py_UNICODE_strchr(const Py_UNICODE *, Py_UNICODE) Py_DEPRECATED(3);
PyAPI_FUNC(int) Py_UNICODE_strcmp(const Py_UNICODE *, const Py_UNICODE *) Py_DEPRECATED(3);
PyAPI_FUNC(Py_UNICODE *) Py_UNICODE_strcpy(Py_UNICODE *, const Py_UNICODE *) Py_DEPRECATED(3);
PyAPI_FUNC(size_t) Py_UNICODE_strlen(const Py_UNICODE *) Py_DEPRECATED(3);
PyAPI_FUNC(int) Py_UNICODE_strncmp(const Py_UNICODE *, const Py_UNICODE *, size_t) Py_DEPRECATED(3);
PyAPI_FUNC(Py_UNICODE *) Py_UNICODE_strncpy(Py_UNICODE *, const Py_UNICODE *, size_t) Py_DEPRECATED(3);
PyAPI_FUNC(Py_UNICODE *) Py_UNICODE_strrchr(const Py_UNICODE *, Py_UNICODE) Py_DEPRECATED(3);
PyAPI_FUNC(void) _PyUnicodeWriter_Dealloc(_PyUnicodeWriter *);
PyAPI_FUNC(PyObject *) _PyUnicodeWriter_Finish(_PyUnicodeWriter *);
PyAPI_FUNC(void) _PyUnicodeWriter_Init(_PyUnicodeWriter *);
PyAPI_FUNC(int) _PyUnicodeWriter_PrepareInternal(_PyUnicodeWriter *, Py_ssize_t, Py_UCS4);
PyAPI_FUNC(int) _PyUnicodeWriter_PrepareKindInternal(_PyUnicodeWriter *, enum PyUnicode_Kind);
PyAPI_FUNC(int) _PyUnicodeWriter_WriteASCIIString(_PyUnicodeWriter *, const char *, Py_ssize_t);
PyAPI_FUNC(int) _PyUnicodeWriter_WriteChar(_PyUnicodeWriter *, Py_UCS4);
PyAPI_FUNC(int) _PyUnicodeWriter_WriteLatin1String(_PyUnicodeWriter *, const char *, Py_ssize_t);
PyAPI_FUNC(int) _PyUnicodeWriter_WriteStr(_PyUnicodeWriter *, PyObject *);
PyAPI_FUNC(int) _PyUnicodeWriter_WriteSubstring(_PyUnicodeWriter *, PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(PyObject *) _PyUnicode_AsASCIIString(PyObject *, const char *);
PyAPI_FUNC(void *) _PyUnicode_AsKind(PyObject *, unsigned int);
PyAPI_FUNC(PyObject *) _PyUnicode_AsLatin1String(PyObject *, const char *);
PyAPI_FUNC(PyObject *) _PyUnicode_AsUTF8String(PyObject *, const char *);
PyAPI_FUNC(const Py_UNICODE *) _PyUnicode_AsUnicode(PyObject *);
PyAPI_FUNC(int) _PyUnicode_CheckConsistency(PyObject *, int);
PyAPI_FUNC(void) _PyUnicode_ClearStaticStrings(void);
PyAPI_FUNC(PyObject *) _PyUnicode_Copy(PyObject *);
PyAPI_FUNC(PyObject *) _PyUnicode_DecodeUnicodeEscape(const char *, Py_ssize_t, const char *, const char **);
PyAPI_FUNC(int) _PyUnicode_EQ(PyObject *, PyObject *);
PyAPI_FUNC(PyObject *) _PyUnicode_EncodeCharmap(PyObject *, PyObject *, const char *);
PyAPI_FUNC(PyObject *) _PyUnicode_EncodeUTF16(PyObject *, const char *, int);
PyAPI_FUNC(PyObject *) _PyUnicode_EncodeUTF32(PyObject *, const char *, int);
PyAPI_FUNC(PyObject *) _PyUnicode_EncodeUTF7(PyObject *, int, int, const char *);
PyAPI_FUNC(int) _PyUnicode_EqualToASCIIId(PyObject *, _Py_Identifier *);
PyAPI_FUNC(int) _PyUnicode_EqualToASCIIString(PyObject *, const char *);
PyAPI_FUNC(void) _PyUnicode_FastCopyCharacters(PyObject *, Py_ssize_t, PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(void) _PyUnicode_FastFill(PyObject *, Py_ssize_t, Py_ssize_t, Py_UCS4);
PyAPI_FUNC(Py_UCS4) _PyUnicode_FindMaxChar(PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(int) _PyUnicode_FormatAdvancedWriter(_PyUnicodeWriter *, PyObject *, PyObject *, Py_ssize_t, Py_ssize_t);
PyAPI_FUNC(PyObject *) _PyUnicode_FormatLong(PyObject *, int, int, int);
PyAPI_FUNC(PyObject *) _PyUnicode_FromASCII(const char *, Py_ssize_t);
PyAPI_FUNC(PyObject *) _PyUnicode_FromId(_Py_Identifier *);
PyAPI_FUNC(Py_ssize_t) _PyUnicode_InsertThousandsGrouping(_PyUnicodeWriter *, Py_ssize_t, PyObject *, Py_ssize_t, Py_ssize_t, Py_ssize_t, const char *, PyObject *, Py_UCS4 *);
PyAPI_FUNC(int) _PyUnicode_IsAlpha(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsCaseIgnorable(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsCased(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsDecimalDigit(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsDigit(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsLinebreak(const Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsLowercase(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsNumeric(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsPrintable(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsTitlecase(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsUppercase(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsWhitespace(const Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsXidContinue(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_IsXidStart(Py_UCS4);
PyAPI_FUNC(PyObject *) _PyUnicode_JoinArray(PyObject *, PyObject *const *, Py_ssize_t);
PyAPI_FUNC(int) _PyUnicode_Ready(PyObject *);
PyAPI_FUNC(int) _PyUnicode_ToDecimalDigit(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_ToDigit(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_ToFoldedFull(Py_UCS4, Py_UCS4 *);
PyAPI_FUNC(int) _PyUnicode_ToLowerFull(Py_UCS4, Py_UCS4 *);
PyAPI_FUNC(Py_UCS4) _PyUnicode_ToLowercase(Py_UCS4);
PyAPI_FUNC(double) _PyUnicode_ToNumeric(Py_UCS4);
PyAPI_FUNC(int) _PyUnicode_ToTitleFull(Py_UCS4, Py_UCS4 *);
PyAPI_FUNC(Py_UCS4) _PyUnicode_ToTitlecase(Py_UCS4) Py_DEPRECATED(3);
PyAPI_FUNC(int) _PyUnicode_ToUpperFull(Py_UCS4, Py_UCS4 *);
PyAPI_FUNC(Py_UCS4) _PyUnicode_ToUppercase(Py_UCS4);
PyAPI_FUNC(PyObject *) _PyUnicode_TransformDecimalAndSpaceToASCII(PyObject *);
PyAPI_FUNC(PyObject *) _PyUnicode_XStrip(PyObject *, int, PyObject *);
PyAPI_DATA(const unsigned char) _Py_ascii_whitespace[];

/* Classes and case of characters. */
#define Py_UNICODE_ISSPACE(ch) ((ch) < 128U ? _Py_ascii_whitespace[(ch)] : _PyUnicode_IsWhitespace(ch))
#define Py_UNICODE_ISLOWER(ch) _PyUnicode_IsLowercase(ch)
#define Py_UNICODE_ISUPPER(ch) _PyUnicode_IsUppercase(ch)
#define Py_UNICODE_ISTITLE(ch) _PyUnicode_IsTitlecase(ch)
#define Py_UNICODE_ISLINEBREAK(ch) _PyUnicode_IsLinebreak(ch)
#define Py_UNICODE_TOLOWER(ch) _PyUnicode_ToLowercase(ch)
#define Py_UNICODE_TOUPPER(ch) _PyUnicode_ToUppercase(ch)
#define Py_UNICODE_TOTITLE(ch) _PyUnicode_ToTitlecase(ch)
#define Py_UNICODE_ISDECIMAL(ch) _PyUnicode_IsDecimalDigit(ch)
#define Py_UNICODE_ISDIGIT(ch) _PyUnicode_IsDigit(ch)
#define Py_UNICODE_ISNUMERIC(ch) _PyUnicode_IsNumeric(ch)
#define Py_UNICODE_ISPRINTABLE(ch) _PyUnicode_IsPrintable(ch)
#define Py_UNICODE_TODECIMAL(ch) _PyUnicode_ToDecimalDigit(ch)
#define Py_UNICODE_TODIGIT(ch) _PyUnicode_ToDigit(ch)
#define Py_UNICODE_TONUMERIC(ch) _PyUnicode_ToNumeric(ch)
#define Py_UNICODE_ISALPHA(ch) _PyUnicode_IsAlpha(ch)
#define Py_UNICODE_ISALNUM(ch)                                                                               \
    (Py_UNICODE_ISALPHA(ch) || Py_UNICODE_ISDECIMAL(ch) || Py_UNICODE_ISDIGIT(ch) || Py_UNICODE_ISNUMERIC(ch))

/* Arrays of Py_UNICODE. */
#define Py_UNICODE_COPY(target, source, length) memcpy((target), (source), (length) * sizeof(Py_UNICODE))
#define Py_UNICODE_FILL(target, value, length)                                                               \
    do {                                                                                                     \
        Py_ssize_t at_;                                                                                      \
        for (at_ = 0; at_ < (length); at_++)                                                                 \
            (target)[at_] = (value);                                                                         \
    } while (0)
#define Py_UNICODE_MATCH(string, offset, substring)                                                          \
    ((*((string)->wstr + (offset)) == *((substring)->wstr)) &&                                               \
     ((*((string)->wstr + (offset) + (substring)->wstr_length - 1) ==                                        \
       *((substring)->wstr + (substring)->wstr_length - 1))) &&                                              \
     !memcmp((string)->wstr + (offset), (substring)->wstr, (substring)->wstr_length * sizeof(Py_UNICODE)))

/* Surrogates. */
#define Py_UNICODE_IS_SURROGATE(ch) (((ch) & ~0x7FFU) == 0xD800)
#define Py_UNICODE_IS_HIGH_SURROGATE(ch) (((ch) & ~0x3FFU) == 0xD800)
#define Py_UNICODE_IS_LOW_SURROGATE(ch) (((ch) & ~0x3FFU) == 0xDC00)
#define Py_UNICODE_JOIN_SURROGATES(high, low)                                                                \
    (0x10000 + ((((Py_UCS4)(high)&0x03FF) << 10) | ((Py_UCS4)(low)&0x03FF)))
#define Py_UNICODE_HIGH_SURROGATE(ch) (0xD7C0 + ((ch) >> 10))
#define Py_UNICODE_LOW_SURROGATE(ch) (0xDC00 + ((ch)&0x3FF))

/* Representation: compact ascii after PyASCIIObject, other compact after PyCompactUnicodeObject, else data.any. */
#define PyUnicode_IS_COMPACT(op) (((PyASCIIObject *)(op))->state.compact)
#define PyUnicode_IS_COMPACT_ASCII(op)                                                                       \
    (((PyASCIIObject *)(op))->state.ascii && PyUnicode_IS_COMPACT(op))
#define PyUnicode_IS_READY(op) (((PyASCIIObject *)(op))->state.ready)
#define PyUnicode_READY(op)                                                                                  \
    (assert(PyUnicode_Check(op)), (PyUnicode_IS_READY(op) ? 0 : _PyUnicode_Ready((PyObject *)(op))))
#define PyUnicode_IS_ASCII(op)                                                                               \
    (assert(PyUnicode_Check(op)), assert(PyUnicode_IS_READY(op)), ((PyASCIIObject *)(op))->state.ascii)
#define PyUnicode_KIND(op)                                                                                   \
    (assert(PyUnicode_Check(op)), assert(PyUnicode_IS_READY(op)),                                            \
     (enum PyUnicode_Kind)((PyASCIIObject *)(op))->state.kind)
#define _PyUnicode_COMPACT_DATA(op)                                                                          \
    (PyUnicode_IS_ASCII(op) ? (void *)((PyASCIIObject *)(op) + 1)                                            \
                            : (void *)((PyCompactUnicodeObject *)(op) + 1))
#define _PyUnicode_NONCOMPACT_DATA(op)                                                                       \
    (assert(((PyUnicodeObject *)(op))->data.any), ((PyUnicodeObject *)(op))->data.any)
#define PyUnicode_DATA(op)                                                                                   \
    (assert(PyUnicode_Check(op)),                                                                            \
     PyUnicode_IS_COMPACT(op) ? _PyUnicode_COMPACT_DATA(op) : _PyUnicode_NONCOMPACT_DATA(op))
#define PyUnicode_1BYTE_DATA(op) ((Py_UCS1 *)PyUnicode_DATA(op))
#define PyUnicode_2BYTE_DATA(op) ((Py_UCS2 *)PyUnicode_DATA(op))
#define PyUnicode_4BYTE_DATA(op) ((Py_UCS4 *)PyUnicode_DATA(op))
#define PyUnicode_GET_LENGTH(op)                                                                             \
    (assert(PyUnicode_Check(op)), assert(PyUnicode_IS_READY(op)), ((PyASCIIObject *)(op))->length)
#define PyUnicode_READ(kind, data, index)                                                                    \
    ((Py_UCS4)((kind) == PyUnicode_1BYTE_KIND   ? ((const Py_UCS1 *)(data))[(index)]                         \
               : (kind) == PyUnicode_2BYTE_KIND ? ((const Py_UCS2 *)(data))[(index)]                         \
                                                : ((const Py_UCS4 *)(data))[(index)]))
#define PyUnicode_READ_CHAR(unicode, index)                                                                  \
    PyUnicode_READ(PyUnicode_KIND(unicode), PyUnicode_DATA(unicode), (index))
#define PyUnicode_WRITE(kind, data, index, value)                                                            \
    do {                                                                                                     \
        switch ((kind)) {                                                                                    \
        case PyUnicode_1BYTE_KIND: ((Py_UCS1 *)(data))[(index)] = (Py_UCS1)(value); break;                   \
        case PyUnicode_2BYTE_KIND: ((Py_UCS2 *)(data))[(index)] = (Py_UCS2)(value); break;                   \
        default: ((Py_UCS4 *)(data))[(index)] = (Py_UCS4)(value);                                            \
        }                                                                                                    \
    } while (0)
#define PyUnicode_MAX_CHAR_VALUE(op)                                                                         \
    (assert(PyUnicode_IS_READY(op)), PyUnicode_IS_ASCII(op)                          ? (0x7f)                \
                                     : PyUnicode_KIND(op) == PyUnicode_1BYTE_KIND ? (0xffU)                  \
                                     : PyUnicode_KIND(op) == PyUnicode_2BYTE_KIND ? (0xffffU)                \
                                                                                  : (0x10ffffU))

/* The old Py_UNICODE form, made on demand. */
#define PyUnicode_WSTR_LENGTH(op)                                                                            \
    (PyUnicode_IS_COMPACT_ASCII(op) ? ((PyASCIIObject *)(op))->length                                        \
                                    : ((PyCompactUnicodeObject *)(op))->wstr_length)
#define PyUnicode_AS_UNICODE(op)                                                                             \
    (assert(PyUnicode_Check(op)),                                                                            \
     ((PyASCIIObject *)(op))->wstr ? ((PyASCIIObject *)(op))->wstr : PyUnicode_AsUnicode((PyObject *)(op)))
#define PyUnicode_GET_SIZE(op)                                                                               \
    (assert(PyUnicode_Check(op)),                                                                            \
     ((PyASCIIObject *)(op))->wstr                                                                           \
         ? PyUnicode_WSTR_LENGTH(op)                                                                         \
         : ((void)PyUnicode_AsUnicode((PyObject *)(op)), PyUnicode_WSTR_LENGTH(op)))
#define PyUnicode_GET_DATA_SIZE(op) (PyUnicode_GET_SIZE(op) * Py_UNICODE_SIZE)
#define PyUnicode_AS_DATA(op) ((const char *)PyUnicode_AS_UNICODE(op))

#define _PyUnicodeWriter_Prepare(WRITER, LENGTH, MAXCHAR)                                                    \
    ((LENGTH) == 0 || ((MAXCHAR) <= (WRITER)->maxchar && (LENGTH) <= (WRITER)->size - (WRITER)->pos)         \
         ? 0                                                                                                 \
         : _PyUnicodeWriter_PrepareInternal((WRITER), (LENGTH), (MAXCHAR)))
#define _PyUnicodeWriter_PrepareKind(WRITER, KIND)                                                           \
    ((KIND) <= (WRITER)->kind ? 0 : _PyUnicodeWriter_PrepareKindInternal((WRITER), (KIND)))

#define _PyUnicode_AsString PyUnicode_AsUTF8
#define _PyUnicode_AsStringAndSize PyUnicode_AsUTF8AndSize

#ifdef __cplusplus
}
#endif

#endif
