/* SPDX-License-Identifier: MIT */
/* _codecs: what codecs.py and the encodings package stand on. Encoders and decoders return (result, length). */
#include "Python.h"

/* ---- arguments ---- */

static int bad(const char *name, const char *which, const char *expected, PyObject *arg)
{
    _PyArg_BadArgument(name, which, expected, arg);
    return -1;
}

/* None or a str without inner zeros. */
static int errors_arg(const char *name, PyObject *const *args, Py_ssize_t nargs, const char **errors)
{
    Py_ssize_t n;
    *errors = NULL;
    if (nargs < 2 || args[1] == Py_None)
        return 0;
    if (!PyUnicode_Check(args[1]))
        return bad(name, "argument 2", "str or None", args[1]);
    *errors = PyUnicode_AsUTF8AndSize(args[1], &n);
    if (*errors == NULL)
        return -1;
    if (strlen(*errors) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return -1;
    }
    return 0;
}

/* A contiguous buffer; a str counts as its utf-8 form where text is set. */
static int data_arg(const char *name, PyObject *arg, int text, Py_buffer *data)
{
    if (text && PyUnicode_Check(arg)) {
        Py_ssize_t n;
        const char *s = PyUnicode_AsUTF8AndSize(arg, &n);
        return s == NULL ? -1 : PyBuffer_FillInfo(data, arg, (void *)s, n, 1, 0);
    }
    if (PyObject_GetBuffer(arg, data, PyBUF_SIMPLE) != 0)
        return -1;
    if (!PyBuffer_IsContiguous(data, 'C')) {
        PyBuffer_Release(data);
        return bad(name, "argument 1", "contiguous buffer", arg);
    }
    return 0;
}

static int int_arg(PyObject *arg, int *out)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *out = _PyLong_AsInt(arg);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *result(PyObject *value, Py_ssize_t consumed) { return value ? Py_BuildValue("Nn", value, consumed) : NULL; }

/* ---- registry ---- */

static PyObject *m_register(PyObject *module, PyObject *function)
{
    if (PyCodec_Register(function) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* arg as C text, or NULL with an exception. */
static const char *text_of(const char *name, const char *which, PyObject *arg)
{
    Py_ssize_t n;
    if (!PyUnicode_Check(arg)) {
        bad(name, which, "str", arg);
        return NULL;
    }
    const char *s = PyUnicode_AsUTF8AndSize(arg, &n);
    if (s != NULL && strlen(s) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return NULL;
    }
    return s;
}

static PyObject *m_lookup(PyObject *module, PyObject *arg)
{
    const char *encoding = text_of("lookup", "argument", arg);
    return encoding ? _PyCodec_Lookup(encoding) : NULL;
}

static PyObject *m_lookup_error(PyObject *module, PyObject *arg)
{
    const char *name = text_of("lookup_error", "argument", arg);
    return name ? PyCodec_LookupError(name) : NULL;
}

static PyObject *m_register_error(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("register_error", nargs, 2, 2))
        return NULL;
    const char *name = text_of("register_error", "argument 1", args[0]);
    if (name == NULL || PyCodec_RegisterError(name, args[1]) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *m_forget(PyObject *module, PyObject *arg)
{
    const char *encoding = text_of("_forget_codec", "argument", arg);
    if (encoding == NULL)
        return NULL;
    if (_PyCodec_Forget(encoding) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *through_registry(const char *name, _PyArg_Parser *parser, PyObject *const *args, Py_ssize_t nargs,
                                  PyObject *kwnames, PyObject *(*run)(PyObject *, const char *, const char *))
{
    PyObject *buffer[3] = {NULL};
    const char *encoding = NULL, *errors = NULL;
    Py_ssize_t given = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
    int plain = given == nargs;
    args = _PyArg_UnpackKeywords(args, nargs, NULL, kwnames, parser, 1, 3, 0, buffer);
    if (args == NULL)
        return NULL;
    if ((plain ? nargs > 1 : args[1] != NULL) && (encoding = text_of(name, "argument 'encoding'", args[1])) == NULL)
        return NULL;
    if ((plain ? nargs > 2 : args[2] != NULL) && (errors = text_of(name, "argument 'errors'", args[2])) == NULL)
        return NULL;
    return run(args[0], encoding ? encoding : PyUnicode_GetDefaultEncoding(), errors);
}

static const char *const code_keywords[] = {"obj", "encoding", "errors", NULL};

static PyObject *m_encode(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, code_keywords, "encode", 0};
    return through_registry("encode", &parser, args, nargs, kwnames, PyCodec_Encode);
}

static PyObject *m_decode(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, code_keywords, "decode", 0};
    return through_registry("decode", &parser, args, nargs, kwnames, PyCodec_Decode);
}

/* ---- decoders ---- */

/* name(data, errors=None, /) */
#define SIMPLE_DECODER(name, text, call) \
    static PyObject *m_##name(PyObject *module, PyObject *const *args, Py_ssize_t nargs) \
    { \
        const char *errors; \
        Py_buffer data = {0}; \
        if (!_PyArg_CheckPositional(#name, nargs, 1, 2) || data_arg(#name, args[0], text, &data) < 0) \
            return NULL; \
        PyObject *r = NULL; \
        if (errors_arg(#name, args, nargs, &errors) == 0) \
            r = result(call, data.len); \
        PyBuffer_Release(&data); \
        return r; \
    }
SIMPLE_DECODER(latin_1_decode, 0, PyUnicode_DecodeLatin1(data.buf, data.len, errors))
SIMPLE_DECODER(ascii_decode, 0, PyUnicode_DecodeASCII(data.buf, data.len, errors))
SIMPLE_DECODER(unicode_escape_decode, 1, PyUnicode_DecodeUnicodeEscape(data.buf, data.len, errors))
SIMPLE_DECODER(raw_unicode_escape_decode, 1, PyUnicode_DecodeRawUnicodeEscape(data.buf, data.len, errors))
SIMPLE_DECODER(escape_decode, 1, PyBytes_DecodeEscape(data.buf, data.len, errors, 0, NULL))
SIMPLE_DECODER(readbuffer_encode, 1, PyBytes_FromStringAndSize(data.buf, data.len))

/* name(data, errors=None, final=False, /) */
#define STATEFUL_DECODER(name, order, call) \
    static PyObject *m_##name(PyObject *module, PyObject *const *args, Py_ssize_t nargs) \
    { \
        const char *errors; \
        int final = 0, byteorder = order; \
        Py_buffer data = {0}; \
        (void)byteorder; \
        if (!_PyArg_CheckPositional(#name, nargs, 1, 3) || data_arg(#name, args[0], 0, &data) < 0) \
            return NULL; \
        PyObject *r = NULL; \
        if (errors_arg(#name, args, nargs, &errors) == 0 && (nargs < 3 || int_arg(args[2], &final) == 0)) { \
            Py_ssize_t n = data.len, *consumed = final ? NULL : &n; \
            PyObject *s = call; \
            r = result(s, n); \
        } \
        PyBuffer_Release(&data); \
        return r; \
    }
STATEFUL_DECODER(utf_7_decode, 0, PyUnicode_DecodeUTF7Stateful(data.buf, data.len, errors, consumed))
STATEFUL_DECODER(utf_8_decode, 0, PyUnicode_DecodeUTF8Stateful(data.buf, data.len, errors, consumed))
STATEFUL_DECODER(utf_16_decode, 0, PyUnicode_DecodeUTF16Stateful(data.buf, data.len, errors, &byteorder, consumed))
STATEFUL_DECODER(utf_16_le_decode, -1, PyUnicode_DecodeUTF16Stateful(data.buf, data.len, errors, &byteorder, consumed))
STATEFUL_DECODER(utf_16_be_decode, 1, PyUnicode_DecodeUTF16Stateful(data.buf, data.len, errors, &byteorder, consumed))
STATEFUL_DECODER(utf_32_decode, 0, PyUnicode_DecodeUTF32Stateful(data.buf, data.len, errors, &byteorder, consumed))
STATEFUL_DECODER(utf_32_le_decode, -1, PyUnicode_DecodeUTF32Stateful(data.buf, data.len, errors, &byteorder, consumed))
STATEFUL_DECODER(utf_32_be_decode, 1, PyUnicode_DecodeUTF32Stateful(data.buf, data.len, errors, &byteorder, consumed))

/* name(data, errors=None, byteorder=0, final=False, /) -> (str, length, byteorder) */
#define EX_DECODER(name, decode) \
    static PyObject *m_##name(PyObject *module, PyObject *const *args, Py_ssize_t nargs) \
    { \
        const char *errors; \
        int byteorder = 0, final = 0; \
        Py_buffer data = {0}; \
        if (!_PyArg_CheckPositional(#name, nargs, 1, 4) || data_arg(#name, args[0], 0, &data) < 0) \
            return NULL; \
        PyObject *r = NULL; \
        if (errors_arg(#name, args, nargs, &errors) == 0 && (nargs < 3 || int_arg(args[2], &byteorder) == 0) && \
            (nargs < 4 || int_arg(args[3], &final) == 0)) { \
            Py_ssize_t n = data.len; \
            PyObject *s = decode(data.buf, data.len, errors, &byteorder, final ? NULL : &n); \
            r = s ? Py_BuildValue("Nni", s, n, byteorder) : NULL; \
        } \
        PyBuffer_Release(&data); \
        return r; \
    }
EX_DECODER(utf_16_ex_decode, PyUnicode_DecodeUTF16Stateful)
EX_DECODER(utf_32_ex_decode, PyUnicode_DecodeUTF32Stateful)

static PyObject *m_charmap_decode(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    const char *errors;
    Py_buffer data = {0};
    if (!_PyArg_CheckPositional("charmap_decode", nargs, 1, 3) || data_arg("charmap_decode", args[0], 0, &data) < 0)
        return NULL;
    PyObject *r = NULL;
    if (errors_arg("charmap_decode", args, nargs, &errors) == 0)
        r = result(PyUnicode_DecodeCharmap(data.buf, data.len, nargs < 3 || args[2] == Py_None ? NULL : args[2], errors),
                   data.len);
    PyBuffer_Release(&data);
    return r;
}

/* ---- encoders ---- */

static int str_arg(const char *name, PyObject *const *args, Py_ssize_t nargs, Py_ssize_t max, const char **errors)
{
    if (!_PyArg_CheckPositional(name, nargs, 1, max))
        return -1;
    if (!PyUnicode_Check(args[0]))
        return bad(name, "argument 1", "str", args[0]);
    return PyUnicode_READY(args[0]) < 0 ? -1 : errors_arg(name, args, nargs, errors);
}

/* name(str, errors=None, /) */
#define ENCODER(name, call) \
    static PyObject *m_##name(PyObject *module, PyObject *const *args, Py_ssize_t nargs) \
    { \
        const char *errors; \
        if (str_arg(#name, args, nargs, 2, &errors) < 0) \
            return NULL; \
        PyObject *s = args[0]; \
        return result(call, PyUnicode_GET_LENGTH(s)); \
    }
ENCODER(utf_7_encode, _PyUnicode_EncodeUTF7(s, 0, 0, errors))
ENCODER(utf_8_encode, _PyUnicode_AsUTF8String(s, errors))
ENCODER(utf_16_le_encode, _PyUnicode_EncodeUTF16(s, errors, -1))
ENCODER(utf_16_be_encode, _PyUnicode_EncodeUTF16(s, errors, 1))
ENCODER(utf_32_le_encode, _PyUnicode_EncodeUTF32(s, errors, -1))
ENCODER(utf_32_be_encode, _PyUnicode_EncodeUTF32(s, errors, 1))
ENCODER(unicode_escape_encode, PyUnicode_AsUnicodeEscapeString(s))
ENCODER(raw_unicode_escape_encode, PyUnicode_AsRawUnicodeEscapeString(s))
ENCODER(latin_1_encode, _PyUnicode_AsLatin1String(s, errors))
ENCODER(ascii_encode, _PyUnicode_AsASCIIString(s, errors))

/* name(str, errors=None, byteorder=0, /) */
#define ORDER_ENCODER(name, encode) \
    static PyObject *m_##name(PyObject *module, PyObject *const *args, Py_ssize_t nargs) \
    { \
        const char *errors; \
        int byteorder = 0; \
        if (str_arg(#name, args, nargs, 3, &errors) < 0 || (nargs > 2 && int_arg(args[2], &byteorder) < 0)) \
            return NULL; \
        return result(encode(args[0], errors, byteorder), PyUnicode_GET_LENGTH(args[0])); \
    }
ORDER_ENCODER(utf_16_encode, _PyUnicode_EncodeUTF16)
ORDER_ENCODER(utf_32_encode, _PyUnicode_EncodeUTF32)

static PyObject *m_charmap_encode(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    const char *errors;
    if (str_arg("charmap_encode", args, nargs, 3, &errors) < 0)
        return NULL;
    PyObject *mapping = nargs < 3 || args[2] == Py_None ? NULL : args[2];
    return result(_PyUnicode_EncodeCharmap(args[0], mapping, errors), PyUnicode_GET_LENGTH(args[0]));
}

static PyObject *m_charmap_build(PyObject *module, PyObject *arg)
{
    if (!PyUnicode_Check(arg)) {
        bad("charmap_build", "argument", "str", arg);
        return NULL;
    }
    return PyUnicode_READY(arg) < 0 ? NULL : PyUnicode_BuildEncodingMap(arg);
}

/* Bytes as the inside of a bytes literal in single quotes. */
static PyObject *escaped(const unsigned char *p, Py_ssize_t n)
{
    static const char hex[] = "0123456789abcdef";
    if (n > PY_SSIZE_T_MAX / 4) {
        PyErr_SetString(PyExc_OverflowError, "string is too large to encode");
        return NULL;
    }
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, n * 4);
    if (bytes == NULL)
        return NULL;
    char *o = PyBytes_AS_STRING(bytes);
    for (Py_ssize_t i = 0; i < n; i++) {
        unsigned char c = p[i];
        char letter = c == '\'' || c == '\\' ? (char)c : c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : 0;
        if (letter) {
            *o++ = '\\';
            *o++ = letter;
        } else if (c < ' ' || c >= 0x7f) {
            *o++ = '\\';
            *o++ = 'x';
            *o++ = hex[c >> 4];
            *o++ = hex[c & 15];
        } else {
            *o++ = (char)c;
        }
    }
    _PyBytes_Resize(&bytes, o - PyBytes_AS_STRING(bytes));
    return bytes;
}

static PyObject *m_escape_encode(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    const char *errors;
    if (!_PyArg_CheckPositional("escape_encode", nargs, 1, 2))
        return NULL;
    if (!PyBytes_Check(args[0])) {
        bad("escape_encode", "argument 1", "bytes", args[0]);
        return NULL;
    }
    if (errors_arg("escape_encode", args, nargs, &errors) < 0)
        return NULL;
    Py_ssize_t n = PyBytes_GET_SIZE(args[0]);
    return result(escaped((const unsigned char *)PyBytes_AS_STRING(args[0]), n), n);
}

/* ---- tables ---- */

#define DOCUMENTED(name, signature, doc) \
    {#name, (PyCFunction)(void (*)(void))m_##name, METH_FASTCALL, #name signature "\n--\n\n" doc}
/* Encoders and decoders: what they return is the same for all. */
#define ENCODES(name, signature) DOCUMENTED(name, signature, "Return the encoded object and how many items of the input it stands for.")
#define DECODES(name, signature) DOCUMENTED(name, signature, "Return the decoded object and how many bytes were used.")

static PyMethodDef methods[] = {
    {"register", m_register, METH_O,
     "register($module, search_function, /)\n--\n\nAdd a function that finds codecs: name -> CodecInfo or None."},
    {"lookup", m_lookup, METH_O, "lookup($module, encoding, /)\n--\n\nThe CodecInfo of an encoding; LookupError if unknown."},
    {"encode", (PyCFunction)(void (*)(void))m_encode, METH_FASTCALL | METH_KEYWORDS,
     "encode($module, /, obj, encoding='utf-8', errors='strict')\n--\n\nobj run through the encoder of a codec."},
    {"decode", (PyCFunction)(void (*)(void))m_decode, METH_FASTCALL | METH_KEYWORDS,
     "decode($module, /, obj, encoding='utf-8', errors='strict')\n--\n\nobj run through the decoder of a codec."},
    ENCODES(escape_encode, "($module, data, errors=None, /)"),
    DECODES(escape_decode, "($module, data, errors=None, /)"),
    ENCODES(utf_8_encode, "($module, str, errors=None, /)"),
    DECODES(utf_8_decode, "($module, data, errors=None, final=False, /)"),
    ENCODES(utf_7_encode, "($module, str, errors=None, /)"),
    DECODES(utf_7_decode, "($module, data, errors=None, final=False, /)"),
    ENCODES(utf_16_encode, "($module, str, errors=None, byteorder=0, /)"),
    DECODES(utf_16_decode, "($module, data, errors=None, final=False, /)"),
    ENCODES(utf_16_le_encode, "($module, str, errors=None, /)"),
    DECODES(utf_16_le_decode, "($module, data, errors=None, final=False, /)"),
    ENCODES(utf_16_be_encode, "($module, str, errors=None, /)"),
    DECODES(utf_16_be_decode, "($module, data, errors=None, final=False, /)"),
    DECODES(utf_16_ex_decode, "($module, data, errors=None, byteorder=0, final=False,\n                 /)"),
    ENCODES(utf_32_encode, "($module, str, errors=None, byteorder=0, /)"),
    DECODES(utf_32_decode, "($module, data, errors=None, final=False, /)"),
    ENCODES(utf_32_le_encode, "($module, str, errors=None, /)"),
    DECODES(utf_32_le_decode, "($module, data, errors=None, final=False, /)"),
    ENCODES(utf_32_be_encode, "($module, str, errors=None, /)"),
    DECODES(utf_32_be_decode, "($module, data, errors=None, final=False, /)"),
    DECODES(utf_32_ex_decode, "($module, data, errors=None, byteorder=0, final=False,\n                 /)"),
    ENCODES(unicode_escape_encode, "($module, str, errors=None, /)"),
    DECODES(unicode_escape_decode, "($module, data, errors=None, /)"),
    ENCODES(raw_unicode_escape_encode, "($module, str, errors=None, /)"),
    DECODES(raw_unicode_escape_decode, "($module, data, errors=None, /)"),
    ENCODES(latin_1_encode, "($module, str, errors=None, /)"),
    DECODES(latin_1_decode, "($module, data, errors=None, /)"),
    ENCODES(ascii_encode, "($module, str, errors=None, /)"),
    DECODES(ascii_decode, "($module, data, errors=None, /)"),
    ENCODES(charmap_encode, "($module, str, errors=None, mapping=None, /)"),
    DECODES(charmap_decode, "($module, data, errors=None, mapping=None, /)"),
    ENCODES(readbuffer_encode, "($module, data, errors=None, /)"),
    {"charmap_build", m_charmap_build, METH_O, "charmap_build($module, map, /)\n--\n\nThe inverse of a decoding string."},
    DOCUMENTED(register_error, "($module, errors, handler, /)",
               "Register a function that is called with the UnicodeError where errors=name is given."),
    {"lookup_error", m_lookup_error, METH_O, "lookup_error($module, name, /)\n--\n\nThe error handler of that name."},
    {"_forget_codec", m_forget, METH_O, "_forget_codec($module, encoding, /)\n--\n\nDrop an encoding from the cache."},
    {NULL},
};

static struct PyModuleDef module_def = {PyModuleDef_HEAD_INIT, .m_name = "_codecs", .m_doc = "The registry of codecs, and the native codecs.", .m_methods = methods, .m_size = -1};

PyMODINIT_FUNC PyInit__codecs(void) { return PyModule_Create(&module_def); }
