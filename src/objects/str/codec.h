/* SPDX-License-Identifier: MIT */
/* Codecs, shared side: what a decoder and an encoder keep while they run, and how they meet error handlers.
 *
 * A codec handles strict, ignore, replace and surrogateescape (and, when encoding, backslashreplace and
 * xmlcharrefreplace) here; any other name is looked up in the registry on first need, and called with an exception.
 */
#ifndef TAI_OBJECTS_STR_CODEC_H
#define TAI_OBJECTS_STR_CODEC_H

#include "objects/str/str.h"

typedef struct {
    const char *encoding, *errors;
    _Py_error_handler kind;        /* of errors; _Py_ERROR_UNKNOWN until the first error */
    PyObject *handler, *exception; /* owned, lazily made */
    PyObject *replaced_input;      /* bytes that a handler put in place of the input, owned */
    const unsigned char *start, *p, *end;
    _PyUnicodeWriter w;
} StrDecoder;

void tai_decoder_init(StrDecoder *d, const char *encoding, const char *errors, const char *s, Py_ssize_t size);
/* Input [from, to) is wrong: write its replacement and set d->p to where decoding goes on. 0, or -1 with an
 * exception. Runs code; start, p and end may all change. */
NODISCARD int tai_decoder_error(StrDecoder *d, const char *reason, const unsigned char *from, const unsigned char *to);
/* The result, or NULL with failed; releases the decoder. consumed (may be NULL) gets the offset of d->p. */
NODISCARD PyObject *tai_decoder_finish(StrDecoder *d, int failed, Py_ssize_t *consumed);

typedef struct {
    const char *encoding, *errors;
    _Py_error_handler kind;
    PyObject *handler, *exception;
    PyObject *string;     /* borrowed, ready */
    PyObject *bytes;      /* owned result in the making */
    char *out, *out_end;  /* free part of it */
} StrEncoder;

/* room: bytes to begin with. 0 or -1. */
NODISCARD int tai_encoder_init(StrEncoder *e, const char *encoding, const char *errors, PyObject *string, Py_ssize_t room);
/* Make room for n bytes at e->out. */
NODISCARD int tai_encoder_grow(StrEncoder *e, Py_ssize_t n);

NODISCARD static inline int tai_encoder_room(StrEncoder *e, Py_ssize_t n)
{
    return LIKELY(e->out_end - e->out >= n) ? 0 : tai_encoder_grow(e, n);
}

/* Characters [from, to) cannot be encoded. Ask a handler: *replacement (new; str or bytes) and where to go on, or -1
 * with an exception. NULL replacement: strict has raised. Runs code. */
NODISCARD Py_ssize_t tai_encoder_ask(StrEncoder *e, const char *reason, Py_ssize_t from, Py_ssize_t to,
                                     PyObject **replacement);
/* Raise what strict raises for [from, to). */
void tai_encoder_raise(StrEncoder *e, const char *reason, Py_ssize_t from, Py_ssize_t to);
NODISCARD PyObject *tai_encoder_finish(StrEncoder *e, int failed);

/* The replacement of character c by backslashreplace or xmlcharrefreplace, as ascii in text; its length. */
int tai_codec_backslash(Py_UCS4 c, char text[12]);
int tai_codec_xml_reference(Py_UCS4 c, char text[12]);

/* UnicodeData's functions for \N{...}; NULL with an exception if the module is missing. */
const void *tai_codec_name_api(void);

#endif
