/* SPDX-License-Identifier: MIT */
/* TextIOWrapper's object, shared by textio.c (reading, writing, life) and textseek.c (positions). */
#ifndef TAI_MODULES_IO_TEXTIO_H
#define TAI_MODULES_IO_TEXTIO_H

#include "io.h"

typedef enum { ENCODE_GENERIC, ENCODE_UTF8, ENCODE_ASCII, ENCODE_LATIN1 } EncodeWay;

/* [TEXTIO-1] ok: __init__ succeeded; detached: detach() was called since.
 * [TEXTIO-2] decoded_chars[decoded_used ..] is text read from the buffer and not yet handed out.
 * [TEXTIO-3] While telling, snapshot (decoder flags, bytes fed since) lets tell() find where decoded_chars starts.
 * [TEXTIO-4] pending holds encoded text on its way to the buffer; pending_size is its sum. */
typedef struct {
    PyObject_HEAD
    char ok, detached;
    char line_buffering, write_through, readuniversal, readtranslate, writetranslate;
    char seekable, has_read1, telling, finalizing, start_of_stream;
    EncodeWay way;
    Py_ssize_t chunk_size;
    PyObject *buffer;
    PyObject *encoding, *errors;
    PyObject *encoder, *decoder;
    PyObject *readnl;           /* None or a string */
    const char *writenl;        /* what \n becomes, NULL: stays */
    PyObject *decoded_chars;    /* str or NULL */
    Py_ssize_t decoded_used;
    PyObject *pending;          /* list of bytes or NULL */
    Py_ssize_t pending_size;
    PyObject *snapshot_input;   /* bytes or NULL */
    int snapshot_flags;
    double b2cratio;            /* bytes per character in the last chunk */
    PyObject *weakreflist, *dict;
} TextIO;

/* 0, or -1 with ValueError. */
int textio_check_ready(TextIO *self);
int textio_check_open(TextIO *self);
/* Hand the pending bytes to the buffer.  0 or -1. */
int textio_flush_pending(TextIO *self);
void textio_set_decoded(TextIO *self, PyObject *chars_steal);
/* Decode with the object's decoder; a new string. */
PyObject *textio_decode(TextIO *self, PyObject *bytes, int final);
/* Make the encoder know whether it stands at the start of the stream.  0 or -1. */
int textio_reset_encoder(TextIO *self, int start_of_stream);

PyObject *textio_seek(TextIO *self, PyObject *const *args, Py_ssize_t nargs);
PyObject *textio_tell(TextIO *self, PyObject *unused);

#endif
