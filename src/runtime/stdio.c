/* SPDX-License-Identifier: MIT */
/* The standard streams, and the codec of file names. Tests: tests/bad_input/test_program.py
 */
#include "runtime/lifecycle.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

const char *Py_FileSystemDefaultEncoding;
int Py_HasFileSystemDefaultEncoding;
PyAPI_DATA(int) _Py_HasFileSystemDefaultEncodeErrors;
int _Py_HasFileSystemDefaultEncodeErrors;
const char *Py_FileSystemDefaultEncodeErrors = "surrogateescape";

_Py_IDENTIFIER(open);
_Py_IDENTIFIER(isatty);
_Py_IDENTIFIER(TextIOWrapper);
_Py_IDENTIFIER(mode);
_Py_IDENTIFIER(raw);
_Py_IDENTIFIER(name);
_Py_IDENTIFIER(flush);

static int fd_is_open(int fd)
{
    return fd >= 0 && fcntl(fd, F_GETFD) >= 0;
}

static PyObject *none(void)
{
    Py_RETURN_NONE;
}

/* New stream, None if the descriptor is closed, NULL with an exception. */
static PyObject *make_stream(const PyConfig *c, PyObject *io, int fd, int writing, const char *name, const wchar_t *encoding,
                             const wchar_t *errors)
{
    PyObject *buf = NULL, *raw = NULL, *text = NULL, *stream = NULL, *tty = NULL, *enc = NULL, *err = NULL;
    if (!fd_is_open(fd))
        return none();
    int buffering = !c->buffered_stdio && writing ? 0 : -1;
    buf = _PyObject_CallMethodId(io, &PyId_open, "isiOOOO", fd, writing ? "wb" : "rb", buffering, Py_None, Py_None, Py_None, Py_False);
    if (buf == NULL)
        goto done;
    if (buffering) {
        raw = _PyObject_GetAttrId(buf, &PyId_raw);
        if (raw == NULL)
            goto done;
    } else {
        raw = buf;
        Py_INCREF(raw);
    }
    text = PyUnicode_FromString(name);
    if (text == NULL || _PyObject_SetAttrId(raw, &PyId_name, text) < 0)
        goto done;
    tty = _PyObject_CallMethodIdObjArgs(raw, &PyId_isatty, NULL);
    int is_tty = tty ? PyObject_IsTrue(tty) : -1;
    if (is_tty < 0)
        goto done;
    PyObject *write_through = c->buffered_stdio ? Py_False : Py_True;
    PyObject *line_buffering = c->buffered_stdio && is_tty ? Py_True : Py_False;
    enc = PyUnicode_FromWideChar(encoding, -1);
    err = enc ? PyUnicode_FromWideChar(errors, -1) : NULL;
    if (err == NULL)
        goto done;
    stream = _PyObject_CallMethodId(io, &PyId_TextIOWrapper, "OOOsOO", buf, enc, err, "\n", line_buffering, write_through);
    if (stream != NULL) {
        PyObject *mode = PyUnicode_FromString(writing ? "w" : "r");
        if (mode == NULL || _PyObject_SetAttrId(stream, &PyId_mode, mode) < 0)
            Py_CLEAR(stream);
        Py_XDECREF(mode);
    }
done:
    Py_XDECREF(buf);
    Py_XDECREF(raw);
    Py_XDECREF(text);
    Py_XDECREF(tty);
    Py_XDECREF(enc);
    Py_XDECREF(err);
    if (stream == NULL && PyErr_ExceptionMatches(PyExc_OSError) && !fd_is_open(fd)) {
        PyErr_Clear();
        return none();
    }
    return stream;
}

/* Put the stream (stolen) under its two names. */
static int install(PyObject *stream, const char *name)
{
    char dunder[20];
    if (stream == NULL)
        return -1;
    PyOS_snprintf(dunder, sizeof dunder, "__%s__", name);
    int r = PySys_SetObject(dunder, stream) < 0 || PySys_SetObject(name, stream) < 0 ? -1 : 0;
    Py_DECREF(stream);
    return r;
}

/* The codec's own name for an encoding ("latin1" is "iso8859-1"). 0 / -1. */
static int canonical_name(wchar_t **encoding)
{
    char *text = _Py_EncodeLocaleRaw(*encoding, NULL);
    PyObject *codec = text ? _PyCodec_Lookup(text) : PyErr_NoMemory();
    PyObject *name = codec ? PyObject_GetAttrString(codec, "name") : NULL;
    PyMem_RawFree(text);
    Py_XDECREF(codec);
    wchar_t *wide = name ? PyUnicode_AsWideCharString(name, NULL) : NULL;
    Py_XDECREF(name);
    int r = wide ? tai_wstr_set(encoding, wide) : -1;
    PyMem_Free(wide);
    return r;
}

int tai_stdio_init(PyInterpreterState *interp)
{
    PyConfig *c = &interp->config;
    if (canonical_name(&c->stdio_encoding) < 0)
        return -1;
    PyObject *io = PyImport_ImportModule("io");
    int r = -1;
    if (io == NULL)
        return -1;
    PyObject *open = PyObject_GetAttrString(io, "open");
    if (open == NULL || PyDict_SetItemString(interp->builtins, "open", open) < 0)
        goto done;
    if (install(make_stream(c, io, fileno(stdin), 0, "<stdin>", c->stdio_encoding, c->stdio_errors), "stdin") < 0 ||
        install(make_stream(c, io, fileno(stdout), 1, "<stdout>", c->stdio_encoding, c->stdio_errors), "stdout") < 0 ||
        install(make_stream(c, io, fileno(stderr), 1, "<stderr>", c->stdio_encoding, L"backslashreplace"), "stderr") < 0)
        goto done;
    r = 0;
done:
    Py_XDECREF(open);
    Py_DECREF(io);
    return r;
}

static int is_closed(PyObject *f)
{
    PyObject *closed = PyObject_GetAttrString(f, "closed");
    int r = closed ? PyObject_IsTrue(closed) : -1;
    Py_XDECREF(closed);
    if (r < 0)
        PyErr_Clear();
    return r > 0;
}

int tai_stdio_flush(void)
{
    PyObject *out = PySys_GetObject("stdout"), *err = PySys_GetObject("stderr"), *r;
    int status = 0;
    if (out != NULL && out != Py_None && !is_closed(out)) {
        r = _PyObject_CallMethodIdObjArgs(out, &PyId_flush, NULL);
        if (r == NULL) {
            PyErr_WriteUnraisable(out);
            status = -1;
        }
        Py_XDECREF(r);
    }
    if (err != NULL && err != Py_None && !is_closed(err)) {
        r = _PyObject_CallMethodIdObjArgs(err, &PyId_flush, NULL);
        if (r == NULL) {
            PyErr_Clear();
            status = -1;
        }
        Py_XDECREF(r);
    }
    return status;
}

static char *narrow(const wchar_t *text)
{
    return _Py_EncodeLocaleRaw(text, NULL);
}

/* The codec's own name, so that "UTF-8" and "utf8" are seen to be the same. PyMem_Raw, or NULL with an exception. */
static char *codec_name(const char *encoding)
{
    PyObject *codec = _PyCodec_Lookup(encoding), *name = codec ? PyObject_GetAttrString(codec, "name") : NULL;
    Py_XDECREF(codec);
    const char *utf8 = name ? PyUnicode_AsUTF8(name) : NULL;
    char *copy = utf8 ? _PyMem_RawStrdup(utf8) : NULL;
    if (utf8 != NULL && copy == NULL)
        PyErr_NoMemory();
    Py_XDECREF(name);
    return copy;
}

/* The codec's own name for stdio_encoding. 0 / -1 */
int tai_stdio_codec_init(PyConfig *c)
{
    char *encoding = c->stdio_encoding ? narrow(c->stdio_encoding) : NULL;
    char *name = encoding ? codec_name(encoding) : NULL;
    PyMem_RawFree(encoding);
    if (name == NULL)
        return c->stdio_encoding ? -1 : 0;
    wchar_t *wide = Py_DecodeLocale(name, NULL);
    PyMem_RawFree(name);
    if (wide == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    PyMem_RawFree(c->stdio_encoding);
    c->stdio_encoding = wide;
    return 0;
}

int tai_fs_codec_init(PyInterpreterState *interp)
{
    PyConfig *c = &interp->config;
    char *encoding = narrow(c->filesystem_encoding ? c->filesystem_encoding : L"utf-8");
    char *errors = narrow(c->filesystem_errors ? c->filesystem_errors : L"surrogateescape");
    if (encoding == NULL || errors == NULL)
        goto error;
    char *canonical = codec_name(encoding);
    if (canonical == NULL)
        goto error;
    PyMem_RawFree(encoding);
    encoding = canonical;
    PyMem_RawFree(interp->fs_codec.encoding);
    PyMem_RawFree(interp->fs_codec.errors);
    interp->fs_codec.encoding = encoding;
    interp->fs_codec.errors = errors;
    interp->fs_codec.utf8 = strcmp(encoding, "utf-8") == 0;
    interp->fs_codec.error_handler = _Py_GetErrorHandler(errors);
    if (interp == tai_runtime.main) {
        static char *public_encoding, *public_errors;
        free(public_encoding);
        free(public_errors);
        Py_FileSystemDefaultEncoding = public_encoding = strdup(encoding);
        Py_FileSystemDefaultEncodeErrors = public_errors = strdup(errors);
    }
    wchar_t *wide = Py_DecodeLocale(encoding, NULL);
    if (wide != NULL) {
        PyMem_RawFree(c->filesystem_encoding);
        c->filesystem_encoding = wide;
    }
    return 0;
error:
    PyMem_RawFree(encoding);
    PyMem_RawFree(errors);
    if (!PyErr_Occurred())
        PyErr_NoMemory();
    return -1;
}
