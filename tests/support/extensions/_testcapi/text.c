/* SPDX-License-Identifier: MIT */
/* _testcapi: str from C: wide characters, code points, searching, formatting; codecs by name; the locale's encoding. */
#include "testcapi.h"

/* ---- wide characters and code points ---- */

/* unicode_aswidechar(text, room): what PyUnicode_AsWideChar wrote, with the NUL if there was one, and its result. */
static PyObject *unicode_aswidechar(PyObject *self, PyObject *args)
{
    PyObject *text;
    Py_ssize_t room;
    if (!PyArg_ParseTuple(args, "Un:unicode_aswidechar", &text, &room))
        return NULL;
    wchar_t *wide = PyMem_New(wchar_t, room);
    if (wide == NULL)
        return PyErr_NoMemory();
    PyObject *result = NULL;
    Py_ssize_t length = PyUnicode_AsWideChar(text, wide, room);
    if (length >= 0)
        result = Py_BuildValue("(Nn)", PyUnicode_FromWideChar(wide, length < room ? length + 1 : length), length);
    PyMem_Free(wide);
    return result;
}

static PyObject *unicode_aswidecharstring(PyObject *self, PyObject *args)
{
    PyObject *text;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "U:unicode_aswidecharstring", &text))
        return NULL;
    wchar_t *wide = PyUnicode_AsWideCharString(text, &length);
    if (wide == NULL)
        return NULL;
    PyObject *result = Py_BuildValue("(Nn)", PyUnicode_FromWideChar(wide, length + 1), length);
    PyMem_Free(wide);
    return result;
}

/* unicode_asucs4(text, n, copy_null): zeros, a U+FFFF behind the n-th, after PyUnicode_AsUCS4 wrote over them. */
static PyObject *unicode_asucs4(PyObject *self, PyObject *args)
{
    PyObject *text;
    Py_ssize_t count;
    int copy_null;
    if (!PyArg_ParseTuple(args, "Unp:unicode_asucs4", &text, &count, &copy_null))
        return NULL;
    if (count < 0) {
        PyErr_SetString(PyExc_ValueError, "a negative count");
        return NULL;
    }
    Py_UCS4 *points = PyMem_Calloc((size_t)count + 1, sizeof(Py_UCS4));
    if (points == NULL)
        return PyErr_NoMemory();
    points[count] = 0xFFFF;
    PyObject *result = NULL;
    if (PyUnicode_AsUCS4(text, points, count + 1, copy_null) != NULL)
        result = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, points, count + 1);
    PyMem_Free(points);
    return result;
}

/* unicode_findchar(text, character, start, end, direction) */
static PyObject *unicode_findchar(PyObject *self, PyObject *args)
{
    PyObject *text;
    unsigned int character;
    Py_ssize_t start, end;
    int direction;
    if (!PyArg_ParseTuple(args, "UInni:unicode_findchar", &text, &character, &start, &end, &direction))
        return NULL;
    Py_ssize_t index = PyUnicode_FindChar(text, character, start, end, direction);
    return index == -2 ? NULL : PyLong_FromSsize_t(index);
}

/* unicode_copycharacters(to, to_start, from, from_start, count): copies into NULs as many and as wide as those of to. */
static PyObject *unicode_copycharacters(PyObject *self, PyObject *args)
{
    PyObject *pattern, *from;
    Py_ssize_t to_start, from_start, count;
    if (!PyArg_ParseTuple(args, "UnOnn:unicode_copycharacters", &pattern, &to_start, &from, &from_start, &count))
        return NULL;
    Py_ssize_t length = PyUnicode_GET_LENGTH(pattern);
    PyObject *to = PyUnicode_New(length, PyUnicode_MAX_CHAR_VALUE(pattern));
    if (to == NULL)
        return NULL;
    if (length > 0 && PyUnicode_Fill(to, 0, length, 0) < 0)
        goto error;
    Py_ssize_t copied = PyUnicode_CopyCharacters(to, to_start, from, from_start, count);
    if (copied < 0)
        goto error;
    return Py_BuildValue("(Nn)", to, copied);
error:
    Py_DECREF(to);
    return NULL;
}

/* ---- the deprecated interface by Py_UNICODE ---- */

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"

/* A str that was made as Py_UNICODE and has no other form yet. */
static PyObject *unicode_legacy_string(PyObject *self, PyObject *args)
{
    Py_UNICODE *wide;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "u#:unicode_legacy_string", &wide, &length))
        return NULL;
    PyObject *text = PyUnicode_FromUnicode(NULL, length);
    if (text == NULL)
        return NULL;
    Py_UNICODE *target = PyUnicode_AsUnicode(text);
    if (target != NULL && length > 0)
        memcpy(target, wide, (size_t)length * sizeof(Py_UNICODE));
    if (target != NULL && (length == 0 || !PyUnicode_IS_READY(text)))
        return text;
    Py_DECREF(text);
    return testcapi_failed(__func__, "!PyUnicode_IS_READY(text)", __LINE__);
}

/* unicode_encodedecimal(text, errors=None) */
static PyObject *unicode_encodedecimal(PyObject *self, PyObject *args)
{
    Py_UNICODE *wide;
    Py_ssize_t length;
    const char *errors = NULL;
    if (!PyArg_ParseTuple(args, "u#|s:unicode_encodedecimal", &wide, &length, &errors))
        return NULL;
    PyObject *result = PyBytes_FromStringAndSize(NULL, length);
    if (result != NULL && PyUnicode_EncodeDecimal(wide, length, PyBytes_AS_STRING(result), errors) < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *unicode_transformdecimaltoascii(PyObject *self, PyObject *args)
{
    Py_UNICODE *wide;
    Py_ssize_t length;
    if (!PyArg_ParseTuple(args, "u#:unicode_transformdecimaltoascii", &wide, &length))
        return NULL;
    return PyUnicode_TransformDecimalToASCII(wide, length);
}

#pragma GCC diagnostic pop

/* ---- codecs ---- */

static PyObject *codec_incrementalencoder(PyObject *self, PyObject *args)
{
    const char *encoding, *errors = NULL;
    if (!PyArg_ParseTuple(args, "s|s:codec_incrementalencoder", &encoding, &errors))
        return NULL;
    return PyCodec_IncrementalEncoder(encoding, errors);
}

static PyObject *codec_incrementaldecoder(PyObject *self, PyObject *args)
{
    const char *encoding, *errors = NULL;
    if (!PyArg_ParseTuple(args, "s|s:codec_incrementaldecoder", &encoding, &errors))
        return NULL;
    return PyCodec_IncrementalDecoder(encoding, errors);
}

/* Set the exception for the negative result of a locale conversion. NULL. */
static PyObject *locale_failed(const char *what, int result, size_t position, const char *reason)
{
    switch (result) {
    case -1:
        return PyErr_NoMemory();
    case -2:
        return PyErr_Format(PyExc_RuntimeError, "%s error: pos=%zu, reason=%s", what, position, reason);
    case -3:
        PyErr_SetString(PyExc_ValueError, "unsupported error handler");
        return NULL;
    default:
        return PyErr_Format(PyExc_SystemError, "unknown %s result: %d", what, result);
    }
}

/* EncodeLocaleEx(text, current_locale=False, errors=None) */
static PyObject *EncodeLocaleEx(PyObject *self, PyObject *args)
{
    PyObject *text;
    int current = 0;
    const char *errors = NULL, *reason = NULL;
    if (!PyArg_ParseTuple(args, "U|iz:EncodeLocaleEx", &text, &current, &errors))
        return NULL;
    wchar_t *wide = PyUnicode_AsWideCharString(text, NULL);
    if (wide == NULL)
        return NULL;
    char *encoded = NULL;
    size_t position = 0;
    int result = _Py_EncodeLocaleEx(wide, &encoded, &position, &reason, current, _Py_GetErrorHandler(errors));
    PyMem_Free(wide);
    if (result != 0)
        return locale_failed("encode", result, position, reason);
    PyObject *bytes = PyBytes_FromString(encoded);
    PyMem_Free(encoded);
    return bytes;
}

/* DecodeLocaleEx(bytes, current_locale=False, errors=None) */
static PyObject *DecodeLocaleEx(PyObject *self, PyObject *args)
{
    const char *encoded;
    int current = 0;
    const char *errors = NULL, *reason = NULL;
    if (!PyArg_ParseTuple(args, "y|iz:DecodeLocaleEx", &encoded, &current, &errors))
        return NULL;
    wchar_t *wide = NULL;
    size_t length = 0;
    int result = _Py_DecodeLocaleEx(encoded, &wide, &length, &reason, current, _Py_GetErrorHandler(errors));
    if (result != 0)
        return locale_failed("decode", result, length, reason);
    PyObject *text = PyUnicode_FromWideChar(wide, (Py_ssize_t)length);
    PyMem_RawFree(wide);
    return text;
}

/* ---- checks ---- */

static PyObject *test_widechar(PyObject *self, PyObject *unused)
{
    PyObject *wide = PyUnicode_FromWideChar(L"\U0010FFFF", -1);
    PyObject *point = PyUnicode_FromOrdinal(0x10FFFF);
    CHECK(wide != NULL && point != NULL);
    CHECK(PyUnicode_GET_LENGTH(wide) == 1);
    CHECK(PyUnicode_Compare(wide, point) == 0);
    Py_DECREF(wide);
    Py_DECREF(point);
    static const wchar_t outside[] = {0x110000, 0};
    CHECK_RAISES(PyUnicode_FromWideChar(outside, 1) == NULL, PyExc_ValueError);
    Py_RETURN_NONE;
}

/* The comparison sees what stands behind a NUL in the text. */
static PyObject *test_unicode_compare_with_ascii(PyObject *self, PyObject *unused)
{
    PyObject *text = PyUnicode_FromStringAndSize("str\0", 4);
    CHECK(text != NULL);
    CHECK(PyUnicode_CompareWithASCIIString(text, "str") > 0);
    Py_SETREF(text, PyUnicode_FromString("str"));
    CHECK(text != NULL);
    CHECK(PyUnicode_CompareWithASCIIString(text, "str") == 0);
    CHECK(PyUnicode_CompareWithASCIIString(text, "strong") < 0);
    CHECK(PyUnicode_CompareWithASCIIString(text, "st") > 0);
    Py_DECREF(text);
    Py_RETURN_NONE;
}

/* Whether the text (stolen, may be NULL) is the expected ASCII. */
static int is_text(PyObject *text, const char *expected)
{
    int same = text != NULL && PyUnicode_CompareWithASCIIString(text, expected) == 0;
    Py_XDECREF(text);
    return same;
}

static PyObject *test_string_from_format(PyObject *self, PyObject *unused)
{
    CHECK(is_text(PyUnicode_FromFormat("%d|%i|%u", -1, 2, 3U), "-1|2|3"));
    CHECK(is_text(PyUnicode_FromFormat("%ld|%li|%lu", -1L, 2L, 3UL), "-1|2|3"));
    CHECK(is_text(PyUnicode_FromFormat("%lld|%lli|%llu", -1LL, 2LL, 3ULL), "-1|2|3"));
    CHECK(is_text(PyUnicode_FromFormat("%zd|%zi|%zu", (Py_ssize_t)-1, (Py_ssize_t)2, (size_t)3), "-1|2|3"));
    CHECK(is_text(PyUnicode_FromFormat("%lld|%llu", LLONG_MIN, ULLONG_MAX), "-9223372036854775808|18446744073709551615"));
    CHECK(is_text(PyUnicode_FromFormat("%5d|%05d|%x|%c|%%", 42, 42, 255, 'z'), "   42|00042|ff|z|%"));
    CHECK(is_text(PyUnicode_FromFormat("%s|%.2s|%5s", "abc", "abc", "abc"), "abc|ab|  abc"));
    CHECK(is_text(PyUnicode_FromFormat("%A|%S|%R", Py_None, Py_True, Py_None), "None|True|None"));
    Py_RETURN_NONE;
}

#define PLAIN(name) {#name, name, METH_NOARGS}
#define PARSED(name) {#name, name, METH_VARARGS}
static PyMethodDef functions[] = {
    PARSED(unicode_aswidechar),
    PARSED(unicode_aswidecharstring),
    PARSED(unicode_asucs4),
    PARSED(unicode_findchar),
    PARSED(unicode_copycharacters),
    PARSED(unicode_legacy_string),
    PARSED(unicode_encodedecimal),
    PARSED(unicode_transformdecimaltoascii),
    PARSED(codec_incrementalencoder),
    PARSED(codec_incrementaldecoder),
    PARSED(EncodeLocaleEx),
    PARSED(DecodeLocaleEx),
    PLAIN(test_widechar),
    PLAIN(test_unicode_compare_with_ascii),
    PLAIN(test_string_from_format),
    {NULL},
};

int testcapi_add_text_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
