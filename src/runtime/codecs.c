/* SPDX-License-Identifier: MIT */
/* The codec registry: search functions, the cache of what they found, and error handlers by name.
 *
 * All three live in the interpreter state and are made on first use, which also imports the encodings package.
 * [CODECS-1] codec_search_cache maps normalised names (lower case, ' ' -> '-') to 4-tuples.
 */
#include "runtime/state.h"
#include "objects/str/codec.h"
#include "ucnhash.h"

const char *Py_hexdigits = "0123456789abcdef";

static int registry_init(void);

static inline int need_registry(void) { return tai_interp()->codec_search_path ? 0 : registry_init(); }

/* ---- codecs ---- */

int PyCodec_Register(PyObject *search_function)
{
    if (need_registry() < 0)
        return -1;
    if (search_function == NULL) {
        PyErr_BadArgument();
        return -1;
    }
    if (!PyCallable_Check(search_function)) {
        PyErr_SetString(PyExc_TypeError, "argument must be callable");
        return -1;
    }
    return PyList_Append(tai_interp()->codec_search_path, search_function);
}

static PyObject *normalized(const char *encoding)
{
    size_t n = strlen(encoding);
    char *name = PyMem_Malloc(n + 1);
    if (name == NULL)
        return PyErr_NoMemory();
    for (size_t i = 0; i <= n; i++)
        name[i] = encoding[i] == ' ' ? '-' : (char)Py_TOLOWER(Py_CHARMASK(encoding[i]));
    PyObject *s = PyUnicode_FromString(name);
    PyMem_Free(name);
    if (s != NULL)
        PyUnicode_InternInPlace(&s);
    return s;
}

/* Ask the search functions in turn. New, or NULL with an exception. Runs code. */
static PyObject *search(const char *encoding, PyObject *name)
{
    PyObject *path = tai_interp()->codec_search_path;
    if (PyList_GET_SIZE(path) == 0) {
        PyErr_SetString(PyExc_LookupError, "no codec search functions registered: can't find encoding");
        return NULL;
    }
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(path); i++) {
        PyObject *codec = PyObject_CallFunctionObjArgs(PyList_GET_ITEM(path, i), name, NULL);
        if (codec == NULL)
            return NULL;
        if (codec == Py_None) {
            Py_DECREF(codec);
            continue;
        }
        if (PyTuple_Check(codec) && PyTuple_GET_SIZE(codec) == 4)
            return codec;
        PyErr_SetString(PyExc_TypeError, "codec search functions must return 4-tuples");
        Py_DECREF(codec);
        return NULL;
    }
    PyErr_Format(PyExc_LookupError, "unknown encoding: %s", encoding);
    return NULL;
}

PyObject *_PyCodec_Lookup(const char *encoding)
{
    if (encoding == NULL) {
        PyErr_BadArgument();
        return NULL;
    }
    if (need_registry() < 0)
        return NULL;
    PyObject *name = normalized(encoding);
    if (name == NULL)
        return NULL;
    PyObject *cache = tai_interp()->codec_search_cache, *codec = PyDict_GetItemWithError(cache, name);
    if (codec != NULL) {
        Py_INCREF(codec);
    } else if (!PyErr_Occurred() && (codec = search(encoding, name)) != NULL && PyDict_SetItem(cache, name, codec) < 0) {
        Py_CLEAR(codec);
    }
    Py_DECREF(name);
    return codec;
}

/* 0 and forgotten, or -1 if it was not known. */
int _PyCodec_Forget(const char *encoding)
{
    if (tai_interp()->codec_search_path == NULL)
        return -1;
    PyObject *name = normalized(encoding);
    if (name == NULL)
        return -1;
    int r = PyDict_DelItem(tai_interp()->codec_search_cache, name);
    Py_DECREF(name);
    return r;
}

int PyCodec_KnownEncoding(const char *encoding)
{
    PyObject *codec = _PyCodec_Lookup(encoding);
    if (codec == NULL) {
        PyErr_Clear();
        return 0;
    }
    Py_DECREF(codec);
    return 1;
}

static PyObject *codec_part_steal(PyObject *codec, int index)
{
    if (codec == NULL)
        return NULL;
    PyObject *part = PyTuple_GET_ITEM(codec, index);
    Py_INCREF(part);
    Py_DECREF(codec);
    return part;
}

PyObject *PyCodec_Encoder(const char *encoding) { return codec_part_steal(_PyCodec_Lookup(encoding), 0); }
PyObject *PyCodec_Decoder(const char *encoding) { return codec_part_steal(_PyCodec_Lookup(encoding), 1); }

static PyObject *call_attribute(PyObject *codec, const char *attribute, const char *errors)
{
    PyObject *factory = PyObject_GetAttrString(codec, attribute);
    if (factory == NULL)
        return NULL;
    PyObject *r = errors ? PyObject_CallFunction(factory, "s", errors) : PyObject_CallObject(factory, NULL);
    Py_DECREF(factory);
    return r;
}

PyObject *_PyCodecInfo_GetIncrementalDecoder(PyObject *codec, const char *errors)
{
    return call_attribute(codec, "incrementaldecoder", errors);
}

PyObject *_PyCodecInfo_GetIncrementalEncoder(PyObject *codec, const char *errors)
{
    return call_attribute(codec, "incrementalencoder", errors);
}

PyObject *PyCodec_IncrementalEncoder(const char *encoding, const char *errors)
{
    PyObject *codec = _PyCodec_Lookup(encoding), *r = codec ? call_attribute(codec, "incrementalencoder", errors) : NULL;
    Py_XDECREF(codec);
    return r;
}

PyObject *PyCodec_IncrementalDecoder(const char *encoding, const char *errors)
{
    PyObject *codec = _PyCodec_Lookup(encoding), *r = codec ? call_attribute(codec, "incrementaldecoder", errors) : NULL;
    Py_XDECREF(codec);
    return r;
}

static PyObject *make_stream(const char *encoding, PyObject *stream, const char *errors, int index)
{
    PyObject *factory = codec_part_steal(_PyCodec_Lookup(encoding), index);
    if (factory == NULL)
        return NULL;
    PyObject *r = errors ? PyObject_CallFunction(factory, "Os", stream, errors)
                         : PyObject_CallFunctionObjArgs(factory, stream, NULL);
    Py_DECREF(factory);
    return r;
}

PyObject *PyCodec_StreamReader(const char *encoding, PyObject *stream, const char *errors)
{
    return make_stream(encoding, stream, errors, 2);
}

PyObject *PyCodec_StreamWriter(const char *encoding, PyObject *stream, const char *errors)
{
    return make_stream(encoding, stream, errors, 3);
}

/* ---- encoding and decoding through the registry ---- */

/* function(object[, errors])[0]. Steals function. Runs code. */
static PyObject *run_codec(PyObject *function, PyObject *object, const char *encoding, const char *errors, int decoding)
{
    if (function == NULL)
        return NULL;
    PyObject *text = errors ? PyUnicode_FromString(errors) : NULL, *r = NULL, *pair = NULL;
    if (errors && text == NULL)
        goto done;
    pair = PyObject_CallFunctionObjArgs(function, object, text, NULL);
    if (pair == NULL) {
        _PyErr_TrySetFromCause("%s with '%s' codec failed", decoding ? "decoding" : "encoding", encoding);
        goto done;
    }
    if (!PyTuple_Check(pair) || PyTuple_GET_SIZE(pair) != 2) {
        PyErr_SetString(PyExc_TypeError, decoding ? "decoder must return a tuple (object,integer)"
                                                  : "encoder must return a tuple (object, integer)");
        goto done;
    }
    r = PyTuple_GET_ITEM(pair, 0);
    Py_INCREF(r);
done:
    Py_XDECREF(pair);
    Py_XDECREF(text);
    Py_DECREF(function);
    return r;
}

PyObject *PyCodec_Encode(PyObject *object, const char *encoding, const char *errors)
{
    return run_codec(PyCodec_Encoder(encoding), object, encoding, errors, 0);
}

PyObject *PyCodec_Decode(PyObject *object, const char *encoding, const char *errors)
{
    return run_codec(PyCodec_Decoder(encoding), object, encoding, errors, 1);
}

/* The codec, refused if it says that it is none for text. */
PyObject *_PyCodec_LookupTextEncoding(const char *encoding, const char *alternate_command)
{
    _Py_IDENTIFIER(_is_text_encoding);
    PyObject *codec = _PyCodec_Lookup(encoding), *mark;
    if (codec == NULL || PyTuple_CheckExact(codec))
        return codec;
    if (_PyObject_LookupAttrId(codec, &PyId__is_text_encoding, &mark) < 0) {
        Py_DECREF(codec);
        return NULL;
    }
    int is_text = mark == NULL ? 1 : PyObject_IsTrue(mark);
    Py_XDECREF(mark);
    if (is_text > 0)
        return codec;
    Py_DECREF(codec);
    if (is_text == 0)
        PyErr_Format(PyExc_LookupError, "'%.400s' is not a text encoding; use %s to handle arbitrary codecs", encoding,
                     alternate_command);
    return NULL;
}

PyObject *_PyCodec_EncodeText(PyObject *object, const char *encoding, const char *errors)
{
    PyObject *encoder = codec_part_steal(_PyCodec_LookupTextEncoding(encoding, "codecs.encode()"), 0);
    return run_codec(encoder, object, encoding, errors, 0);
}

PyObject *_PyCodec_DecodeText(PyObject *object, const char *encoding, const char *errors)
{
    PyObject *decoder = codec_part_steal(_PyCodec_LookupTextEncoding(encoding, "codecs.decode()"), 1);
    return run_codec(decoder, object, encoding, errors, 1);
}

/* ---- error handlers ---- */

int PyCodec_RegisterError(const char *name, PyObject *handler)
{
    if (need_registry() < 0)
        return -1;
    if (!PyCallable_Check(handler)) {
        PyErr_SetString(PyExc_TypeError, "handler must be callable");
        return -1;
    }
    return PyDict_SetItemString(tai_interp()->codec_error_registry, name, handler);
}

PyObject *PyCodec_LookupError(const char *name)
{
    if (need_registry() < 0)
        return NULL;
    PyObject *handler = _PyDict_GetItemStringWithError(tai_interp()->codec_error_registry, name ? name : "strict");
    if (handler != NULL)
        Py_INCREF(handler);
    else if (!PyErr_Occurred())
        PyErr_Format(PyExc_LookupError, "unknown error handler name '%.400s'", name);
    return handler;
}

static PyObject *refuse(PyObject *exception)
{
    PyErr_Format(PyExc_TypeError, "don't know how to handle %.200s in error callback", Py_TYPE(exception)->tp_name);
    return NULL;
}

static int is_instance(PyObject *e, PyObject *type) { return PyObject_TypeCheck(e, (PyTypeObject *)type); }

/* What the exception is about. kind: 'e', 'd', 't'; object is a new reference. */
typedef struct {
    char kind;
    PyObject *object;
    Py_ssize_t start, end;
} Fault;

/* kinds: which ones the handler takes. 0, or -1 with an exception. */
static int read_fault(PyObject *e, const char *kinds, Fault *f)
{
    if (strchr(kinds, 'e') && is_instance(e, PyExc_UnicodeEncodeError)) {
        f->kind = 'e';
        if (PyUnicodeEncodeError_GetStart(e, &f->start) || PyUnicodeEncodeError_GetEnd(e, &f->end))
            return -1;
        f->object = PyUnicodeEncodeError_GetObject(e);
    } else if (strchr(kinds, 'd') && is_instance(e, PyExc_UnicodeDecodeError)) {
        f->kind = 'd';
        if (PyUnicodeDecodeError_GetStart(e, &f->start) || PyUnicodeDecodeError_GetEnd(e, &f->end))
            return -1;
        f->object = PyUnicodeDecodeError_GetObject(e);
    } else if (strchr(kinds, 't') && is_instance(e, PyExc_UnicodeTranslateError)) {
        f->kind = 't';
        if (PyUnicodeTranslateError_GetStart(e, &f->start) || PyUnicodeTranslateError_GetEnd(e, &f->end))
            return -1;
        f->object = PyUnicodeTranslateError_GetObject(e);
    } else {
        refuse(e);
        return -1;
    }
    return f->object == NULL ? -1 : 0;
}

/* (text, end). Steals text. */
static PyObject *answer(PyObject *text, Py_ssize_t end) { return text ? Py_BuildValue("(Nn)", text, end) : NULL; }

PyObject *PyCodec_StrictErrors(PyObject *e)
{
    if (PyExceptionInstance_Check(e))
        PyErr_SetObject(PyExceptionInstance_Class(e), e);
    else
        PyErr_SetString(PyExc_TypeError, "codec must pass exception instance");
    return NULL;
}

PyObject *PyCodec_IgnoreErrors(PyObject *e)
{
    Fault f;
    if (read_fault(e, "edt", &f) < 0)
        return NULL;
    Py_DECREF(f.object);
    return answer(PyUnicode_New(0, 0), f.end);
}

PyObject *PyCodec_ReplaceErrors(PyObject *e)
{
    Fault f;
    if (read_fault(e, "edt", &f) < 0)
        return NULL;
    Py_DECREF(f.object);
    Py_UCS4 c = f.kind == 'e' ? '?' : 0xfffd;
    Py_ssize_t n = f.kind == 'd' ? 1 : f.end > f.start ? f.end - f.start : 0;
    PyObject *text = PyUnicode_New(n, c);
    if (text != NULL && n > 0)
        tai_str_fill(str_kind(text), str_data(text), 0, n, c);
    return answer(text, f.end);
}

/* Write one replacement into text (300 bytes); its length. */
typedef int (*Replace)(Py_UCS4 c, char *text);

static int replace_by_name(Py_UCS4 c, char *text)
{
    const _PyUnicode_Name_CAPI *api = tai_codec_name_api();
    if (api == NULL)
        return -1;
    if (api->getname(NULL, c, text + 3, 280, 1)) {
        memcpy(text, "\\N{", 3);
        strcat(text, "}");
        return (int)strlen(text);
    }
    return tai_codec_backslash(c, text);
}

static int replace_byte(Py_UCS4 c, char *text) { return tai_codec_backslash(c, text); }
static int replace_xml(Py_UCS4 c, char *text) { return tai_codec_xml_reference(c, text); }

static PyObject *replace_each(Fault *f, Replace replace)
{
    char text[300];
    _PyUnicodeWriter w;
    _PyUnicodeWriter_Init(&w);
    w.overallocate = 1;
    for (Py_ssize_t i = f->start; i < f->end; i++) {
        Py_UCS4 c = f->kind == 'd' ? (unsigned char)PyBytes_AS_STRING(f->object)[i] : tai_str_at(f->object, i);
        int n = replace(c, text);
        if (n < 0 || _PyUnicodeWriter_WriteASCIIString(&w, text, n) < 0) {
            _PyUnicodeWriter_Dealloc(&w);
            Py_DECREF(f->object);
            return NULL;
        }
    }
    Py_DECREF(f->object);
    return answer(_PyUnicodeWriter_Finish(&w), f->end);
}

PyObject *PyCodec_XMLCharRefReplaceErrors(PyObject *e)
{
    Fault f;
    return read_fault(e, "e", &f) < 0 ? NULL : replace_each(&f, replace_xml);
}

PyObject *PyCodec_BackslashReplaceErrors(PyObject *e)
{
    Fault f;
    return read_fault(e, "edt", &f) < 0 ? NULL : replace_each(&f, replace_byte);
}

PyObject *PyCodec_NameReplaceErrors(PyObject *e)
{
    Fault f;
    return read_fault(e, "e", &f) < 0 ? NULL : replace_each(&f, replace_by_name);
}

/* ---- surrogatepass ---- */

typedef struct {
    int width; /* bytes a surrogate takes: 3 in utf-8 */
    int big;
} Form;

/* From an encoding's name, in any of its usual spellings; width 0 if it is none of utf-8, -16, -32. */
static Form utf_form(const char *name)
{
    Form form = {0, PY_BIG_ENDIAN};
    if (Py_TOLOWER(name[0]) != 'u' || Py_TOLOWER(name[1]) != 't' || Py_TOLOWER(name[2]) != 'f')
        return form;
    name += 3;
    if (*name == '-' || *name == '_')
        name++;
    int width;
    if (name[0] == '8' && name[1] == 0)
        return (Form){3, 0};
    if (strncmp(name, "16", 2) == 0)
        width = 2;
    else if (strncmp(name, "32", 2) == 0)
        width = 4;
    else
        return form;
    name += 2;
    if (*name == 0)
        return (Form){width, form.big};
    if (*name == '-' || *name == '_')
        name++;
    if (Py_TOLOWER(name[1]) != 'e' || name[2] != 0)
        return form;
    if (Py_TOLOWER(name[0]) == 'b')
        return (Form){width, 1};
    return Py_TOLOWER(name[0]) == 'l' ? (Form){width, 0} : form;
}

static PyObject *pass_encode(PyObject *e, Fault *f, Form form)
{
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, (f->end - f->start) * form.width);
    if (bytes == NULL)
        return NULL;
    unsigned char *o = (unsigned char *)PyBytes_AS_STRING(bytes);
    for (Py_ssize_t i = f->start; i < f->end; i++, o += form.width) {
        Py_UCS4 c = tai_str_at(f->object, i);
        if (!Py_UNICODE_IS_SURROGATE(c)) {
            Py_DECREF(bytes);
            return PyCodec_StrictErrors(e);
        }
        if (form.width == 3) {
            o[0] = (unsigned char)(0xe0 | c >> 12);
            o[1] = (unsigned char)(0x80 | (c >> 6 & 0x3f));
            o[2] = (unsigned char)(0x80 | (c & 0x3f));
        } else {
            memset(o, 0, (size_t)form.width);
            o[form.big ? form.width - 1 : 0] = (unsigned char)c;
            o[form.big ? form.width - 2 : 1] = (unsigned char)(c >> 8);
        }
    }
    return answer(bytes, f->end);
}

static PyObject *pass_decode(PyObject *e, Fault *f, Form form)
{
    const unsigned char *p = (const unsigned char *)PyBytes_AS_STRING(f->object) + f->start;
    Py_UCS4 c = 0;
    if (PyBytes_GET_SIZE(f->object) - f->start >= form.width) {
        if (form.width == 3) {
            if ((p[0] & 0xf0) == 0xe0 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80)
                c = (Py_UCS4)(p[0] & 0xf) << 12 | (Py_UCS4)(p[1] & 0x3f) << 6 | (p[2] & 0x3f);
        } else {
            for (int i = 0; i < form.width; i++)
                c = c << 8 | p[form.big ? i : form.width - 1 - i];
        }
    }
    if (!Py_UNICODE_IS_SURROGATE(c))
        return PyCodec_StrictErrors(e);
    return answer(PyUnicode_FromOrdinal((int)c), f->start + form.width);
}

static PyObject *surrogate_pass(PyObject *e)
{
    Fault f;
    if (read_fault(e, "ed", &f) < 0)
        return NULL;
    PyObject *encoding = f.kind == 'e' ? PyUnicodeEncodeError_GetEncoding(e) : PyUnicodeDecodeError_GetEncoding(e), *r = NULL;
    const char *name = encoding ? PyUnicode_AsUTF8(encoding) : NULL;
    if (name != NULL) {
        Form form = utf_form(name);
        if (form.width == 0)
            r = PyCodec_StrictErrors(e);
        else
            r = f.kind == 'e' ? pass_encode(e, &f, form) : pass_decode(e, &f, form);
    }
    Py_XDECREF(encoding);
    Py_DECREF(f.object);
    return r;
}

/* ---- surrogateescape ---- */

static PyObject *surrogate_escape(PyObject *e)
{
    Fault f;
    PyObject *r = NULL;
    if (read_fault(e, "ed", &f) < 0)
        return NULL;
    if (f.kind == 'e') {
        PyObject *bytes = PyBytes_FromStringAndSize(NULL, f.end - f.start);
        char *o = bytes ? PyBytes_AS_STRING(bytes) : NULL;
        for (Py_ssize_t i = f.start; bytes != NULL && i < f.end; i++) {
            Py_UCS4 c = tai_str_at(f.object, i);
            if (c < 0xdc80 || c > 0xdcff) {
                Py_CLEAR(bytes);
                PyCodec_StrictErrors(e);
                break;
            }
            *o++ = (char)(c - 0xdc00);
        }
        r = answer(bytes, f.end);
    } else { /* up to 4 bytes, stopping before ascii */
        const unsigned char *p = (const unsigned char *)PyBytes_AS_STRING(f.object) + f.start;
        Py_UCS2 text[4];
        Py_ssize_t n = 0;
        while (n < 4 && n < f.end - f.start && p[n] >= 0x80) {
            text[n] = (Py_UCS2)(0xdc00 + p[n]);
            n++;
        }
        r = n == 0 ? PyCodec_StrictErrors(e) : answer(PyUnicode_FromKindAndData(2, text, n), f.start + n);
    }
    Py_DECREF(f.object);
    return r;
}

/* ---- start ---- */

#define NAMED_HANDLER(name, shown, function, doc) \
    static PyObject *handle_##name(PyObject *self, PyObject *e) { return function(e); } \
    static PyMethodDef def_##name = {shown, handle_##name, METH_O, doc};
#define HANDLER(name, function, doc) NAMED_HANDLER(name, #name "_errors", function, doc)
HANDLER(strict, PyCodec_StrictErrors, "Error handler that raises.")
HANDLER(ignore, PyCodec_IgnoreErrors, "Error handler that leaves out what is malformed.")
HANDLER(replace, PyCodec_ReplaceErrors, "Error handler that puts a replacement character.")
HANDLER(xmlcharrefreplace, PyCodec_XMLCharRefReplaceErrors, "Error handler that puts an XML character reference.")
HANDLER(backslashreplace, PyCodec_BackslashReplaceErrors, "Error handler that puts a backslash escape.")
HANDLER(namereplace, PyCodec_NameReplaceErrors, "Error handler that puts an escape with the character's name.")
NAMED_HANDLER(surrogatepass, "surrogatepass", surrogate_pass, "Error handler that lets surrogates through.")
NAMED_HANDLER(surrogateescape, "surrogateescape", surrogate_escape, "Error handler that carries undecodable bytes as surrogates.")

static int registry_init(void)
{
    static const struct {
        const char *name;
        PyMethodDef *def;
    } handlers[] = {
        {"strict", &def_strict}, {"ignore", &def_ignore}, {"replace", &def_replace},
        {"xmlcharrefreplace", &def_xmlcharrefreplace}, {"backslashreplace", &def_backslashreplace},
        {"namereplace", &def_namereplace}, {"surrogatepass", &def_surrogatepass}, {"surrogateescape", &def_surrogateescape},
    };
    PyInterpreterState *interp = tai_interp();
    PyObject *path = PyList_New(0), *cache = PyDict_New(), *errors = PyDict_New();
    if (path == NULL || cache == NULL || errors == NULL)
        goto error;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(handlers); i++) {
        PyObject *function = PyCFunction_NewEx(handlers[i].def, NULL, NULL);
        if (function == NULL || PyDict_SetItemString(errors, handlers[i].name, function) < 0) {
            Py_XDECREF(function);
            goto error;
        }
        Py_DECREF(function);
    }
    interp->codec_search_path = path;
    interp->codec_search_cache = cache;
    interp->codec_error_registry = errors;
    PyObject *encodings = PyImport_ImportModuleNoBlock("encodings");
    if (encodings == NULL)
        return -1;
    Py_DECREF(encodings);
    interp->codecs_initialized = 1;
    return 0;
error:
    Py_XDECREF(path);
    Py_XDECREF(cache);
    Py_XDECREF(errors);
    return -1;
}
