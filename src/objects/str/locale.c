/* SPDX-License-Identifier: MIT */
/* str: file names and locale text. The file system encoding is utf-8 unless start-up found another; before it is
 * known, the C library's conversions serve. */
#include "objects/str/codec.h"
#include "runtime/state.h"

/* ---- C library conversions ---- */

/* Position and reason of a fault reported by _Py_{En,De}codeLocaleEx: raises. */
static void raise_decode(const char *s, size_t length, size_t position, const char *reason)
{
    PyObject *why = PyUnicode_DecodeLocale(reason ? reason : "can't decode bytes", "surrogateescape");
    PyObject *e = why ? PyObject_CallFunction(PyExc_UnicodeDecodeError, "sy#nnO", "locale", s, (Py_ssize_t)length,
                                              (Py_ssize_t)position, (Py_ssize_t)position + 1, why) : NULL;
    if (e != NULL)
        PyCodec_StrictErrors(e);
    Py_XDECREF(e);
    Py_XDECREF(why);
}

static PyObject *decode_locale(const char *s, Py_ssize_t length, _Py_error_handler errors, int current)
{
    wchar_t *wide;
    size_t n;
    const char *reason = NULL;
    if (s[length] != 0 || (size_t)length != strlen(s)) {
        PyErr_SetString(PyExc_ValueError, "embedded null byte");
        return NULL;
    }
    int r = _Py_DecodeLocaleEx(s, &wide, &n, &reason, current, errors);
    if (r == 0) {
        PyObject *text = PyUnicode_FromWideChar(wide, (Py_ssize_t)n);
        PyMem_RawFree(wide);
        return text;
    }
    if (r == -1)
        PyErr_NoMemory();
    else if (r == -2)
        raise_decode(s, (size_t)length, n, reason);
    else
        PyErr_SetString(PyExc_ValueError, "unsupported error handler");
    return NULL;
}

static PyObject *encode_locale(PyObject *s, _Py_error_handler errors, int current)
{
    Py_ssize_t n;
    size_t position;
    char *text;
    const char *reason = NULL;
    wchar_t *wide = PyUnicode_AsWideCharString(s, &n);
    if (wide == NULL)
        return NULL;
    if ((size_t)n != wcslen(wide)) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        PyMem_Free(wide);
        return NULL;
    }
    int r = _Py_EncodeLocaleEx(wide, &text, &position, &reason, current, errors);
    PyMem_Free(wide);
    if (r == 0) {
        PyObject *bytes = PyBytes_FromString(text);
        PyMem_RawFree(text);
        return bytes;
    }
    if (r == -1) {
        PyErr_NoMemory();
    } else if (r == -2) {
        PyObject *e = PyObject_CallFunction(PyExc_UnicodeEncodeError, "sOnns", "locale", s, (Py_ssize_t)position,
                                            (Py_ssize_t)position + 1, reason ? reason : "can't encode character");
        if (e != NULL) {
            PyCodec_StrictErrors(e);
            Py_DECREF(e);
        }
    } else {
        PyErr_SetString(PyExc_ValueError, "unsupported error handler");
    }
    return NULL;
}

PyObject *PyUnicode_DecodeLocaleAndSize(const char *s, Py_ssize_t length, const char *errors)
{
    return decode_locale(s, length, _Py_GetErrorHandler(errors), 1);
}

PyObject *PyUnicode_DecodeLocale(const char *s, const char *errors)
{
    return PyUnicode_DecodeLocaleAndSize(s, (Py_ssize_t)strlen(s), errors);
}

PyObject *PyUnicode_EncodeLocale(PyObject *s, const char *errors)
{
    return encode_locale(s, _Py_GetErrorHandler(errors), 1);
}

/* ---- file system encoding ---- */

PyObject *PyUnicode_DecodeFSDefaultAndSize(const char *s, Py_ssize_t size)
{
    PyInterpreterState *interp = tai_interp();
    if (interp->fs_codec.utf8)
        return PyUnicode_DecodeUTF8Stateful(s, size, interp->fs_codec.errors, NULL);
    if (interp->fs_codec.encoding)
        return PyUnicode_Decode(s, size, interp->fs_codec.encoding, interp->fs_codec.errors);
    return decode_locale(s, size, _Py_ERROR_SURROGATEESCAPE, 0);
}

PyObject *PyUnicode_DecodeFSDefault(const char *s) { return PyUnicode_DecodeFSDefaultAndSize(s, (Py_ssize_t)strlen(s)); }

PyObject *PyUnicode_EncodeFSDefault(PyObject *s)
{
    PyInterpreterState *interp = tai_interp();
    if (interp->fs_codec.utf8)
        return _PyUnicode_AsUTF8String(s, interp->fs_codec.errors);
    if (interp->fs_codec.encoding)
        return PyUnicode_AsEncodedString(s, interp->fs_codec.encoding, interp->fs_codec.errors);
    return encode_locale(s, _Py_ERROR_SURROGATEESCAPE, 0);
}

/* ---- converters for argument parsing: O& ---- */

int PyUnicode_FSConverter(PyObject *arg, void *address)
{
    PyObject **result = address;
    if (arg == NULL) {
        Py_CLEAR(*result);
        return 1;
    }
    PyObject *path = PyOS_FSPath(arg), *bytes = path;
    if (path == NULL)
        return 0;
    if (!PyBytes_Check(path)) {
        bytes = PyUnicode_EncodeFSDefault(path);
        Py_DECREF(path);
        if (bytes == NULL)
            return 0;
    }
    if (strlen(PyBytes_AS_STRING(bytes)) != (size_t)PyBytes_GET_SIZE(bytes)) {
        PyErr_SetString(PyExc_ValueError, "embedded null byte");
        Py_DECREF(bytes);
        return 0;
    }
    *result = bytes;
    return Py_CLEANUP_SUPPORTED;
}

static PyObject *decode_path(PyObject *path, PyObject *original)
{
    if (PyObject_CheckBuffer(path)) {
        if (!PyBytes_Check(path) &&
            PyErr_WarnFormat(PyExc_DeprecationWarning, 1, "path should be string, bytes, or os.PathLike, not %.200s",
                             Py_TYPE(original)->tp_name) < 0)
            return NULL;
        PyObject *bytes = PyBytes_FromObject(path);
        PyObject *text = bytes ? PyUnicode_DecodeFSDefaultAndSize(PyBytes_AS_STRING(bytes), PyBytes_GET_SIZE(bytes)) : NULL;
        Py_XDECREF(bytes);
        return text;
    }
    PyErr_Format(PyExc_TypeError, "path should be string, bytes, or os.PathLike, not %.200s", Py_TYPE(original)->tp_name);
    return NULL;
}

int PyUnicode_FSDecoder(PyObject *arg, void *address)
{
    PyObject **result = address;
    if (arg == NULL) {
        Py_CLEAR(*result);
        return 1;
    }
    int plain = PyUnicode_Check(arg) || PyObject_CheckBuffer(arg);
    PyObject *path = plain ? (Py_INCREF(arg), arg) : PyOS_FSPath(arg), *text = path;
    if (path == NULL)
        return 0;
    if (!PyUnicode_Check(path)) {
        text = decode_path(path, arg);
        Py_DECREF(path);
        if (text == NULL)
            return 0;
    }
    if (str_ready(text) < 0) {
        Py_DECREF(text);
        return 0;
    }
    if (tai_str_find_char(str_kind(text), str_data(text), 0, str_len(text), 0) >= 0) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        Py_DECREF(text);
        return 0;
    }
    *result = text;
    return Py_CLEANUP_SUPPORTED;
}
