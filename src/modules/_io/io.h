/* SPDX-License-Identifier: MIT */
/* _io: what its files share.
 *
 *   _io.c       module, open(), open_code(), UnsupportedOperation
 *   iobase.c    _IOBase, _RawIOBase
 *   fileio.c    FileIO
 *   bytesio.c   BytesIO and the buffer object behind getbuffer()
 *   stringio.c  StringIO
 *   buffered.c  BufferedReader, Writer, Random, RWPair
 *   newline.c   IncrementalNewlineDecoder
 *   textio.c    TextIOWrapper; textseek.c: its seek() and tell()
 *
 * Only the public C API is used: the module can be built for any Python 3.8 as a shared object.
 */
#ifndef TAI_MODULES_IO_H
#define TAI_MODULES_IO_H

#include "Python.h"
#include "structmember.h"
#include <sys/types.h>

#define IO_DEFAULT_BUFFER_SIZE (8 * 1024)

extern PyTypeObject IOBase_Type, RawIOBase_Type, BufferedIOBase_Type, TextIOBase_Type;
extern PyTypeObject FileIO_Type, BytesIO_Type, StringIO_Type;
#define BytesIOBuffer_Type _PyBytesIOBuffer_Type /* _testcapi imports it */
PyAPI_DATA(PyTypeObject) BytesIOBuffer_Type;
extern PyTypeObject BufferedReader_Type, BufferedWriter_Type, BufferedRandom_Type, BufferedRWPair_Type;
extern PyTypeObject NewlineDecoder_Type, TextIOWrapper_Type;

extern PyObject *io_unsupported_operation; /* the exception class */

/* Interned method names, made once by io_init_names(). */
#define IO_NAMES(X)                                                                                          \
    X(close) X(closed) X(decode) X(encode) X(fileno) X(flush) X(getstate) X(isatty) X(locale)                \
    X(newlines) X(peek) X(read) X(read1) X(readable) X(readall) X(readinto) X(readinto1) X(readline)         \
    X(reset) X(seek) X(seekable) X(setstate) X(tell) X(truncate) X(writable) X(write) X(mode) X(name)        \
    X(raw) X(errors) X(_dealloc_warn) X(_finalizing) X(__IOBase_closed) X(extend) X(strict) X(replace)
#define IO_NAME_DECLARE(n) extern PyObject *io_str_##n;
IO_NAMES(IO_NAME_DECLARE)
extern PyObject *io_empty_bytes, *io_empty_str, *io_zero, *io_nl;

/* All return a new reference or NULL with an exception; they run code. */
/* [IO-1] A stream's layers (raw, buffer, decoder, encoder) may be let go of by whatever runs: detach(), __init__(). So a layer is taken
 * from its field anew after every call, is held while it is called, and may be NULL, which is an error like any other. */
PyObject *io_call(PyObject *self, PyObject *name, PyObject *a, PyObject *b);
PyObject *io_get(PyObject *self, PyObject *name);
static inline PyObject *io_call0(PyObject *self, PyObject *name) { return io_call(self, name, NULL, NULL); }
static inline PyObject *io_call1(PyObject *self, PyObject *name, PyObject *a) { return io_call(self, name, a, NULL); }
/* Memory that was lent to a stream below, as a memoryview, is taken back: what was kept of it says that it is released. Steals. */
void io_end_loan(PyObject *memory);

/* Raise UnsupportedOperation(message); NULL. */
PyObject *io_unsupported(const char *message);
/* Py_True (borrowed) if all is well, else NULL with ValueError or UnsupportedOperation. */
PyObject *io_check_seekable(PyObject *self, PyObject *unused);
PyObject *io_check_readable(PyObject *self, PyObject *unused);
PyObject *io_check_writable(PyObject *self, PyObject *unused);
/* From tp_dealloc: run the finalizer; -1 if the object came back to life. */
int io_finalize(PyObject *self);
/* 1 if the pending exception is an OSError with errno EINTR, which is then cleared (a signal handler ran well). */
int io_trap_eintr(void);
/* The file position in an int-like object; -1 with an exception, of type `error` on overflow (NULL: clip). */
off_t io_as_offset(PyObject *number, PyObject *error);
PyObject *io_from_offset(off_t offset);
/* Argument None or an index: -1 for None.  1, or 0 with TypeError. */
int io_convert_size(PyObject *arg, void *result);

/* End of the first line in text of `kind`: offset after its end, or -1 and *consumed = characters that can be
 * skipped when searching again with more data.  universal: \n, \r, \r\n end lines; else `newline` (or '\n'). */
Py_ssize_t io_find_line_end(int translated, int universal, PyObject *newline, int kind, const char *start,
                            const char *end, Py_ssize_t *consumed);
/* decode() of an IncrementalNewlineDecoder, without a call. */
PyObject *io_newline_decode(PyObject *decoder, PyObject *input, int final);
/* The FileIO (borrowed) below a BufferedReader or BufferedWriter that holds no data, or op itself; else NULL. */
PyObject *io_idle_raw(PyObject *buffered);
/* For runtime/quiet_exit.c: the three layers (borrowed) of a text stream that holds no data, 1; else 0. */
int tai_io_layers(PyObject *stream, PyObject *layers[3]);
int tai_io_is_memory(PyTypeObject *type); /* BytesIO, StringIO: their end shows nothing */
/* FileIO: warn that it was not closed (ResourceWarning names `source`). */
PyObject *io_fileio_dealloc_warn(PyObject *self, PyObject *source);

int io_init_names(void);

/* For __setstate__ of streams in memory: the position, and the attributes (a dict, or None); `which` item of the state. 0 / -1. */
int io_restore_position(const char *which, PyObject *position, Py_ssize_t *pos);
int io_restore_dict(const char *which, PyObject *attributes, PyObject **dict);

/* A str argument as C text, borrowed from value; *text stays where value is NULL or an allowed None. 0 / -1. */
int io_text_argument(const char *function, const char *argument, PyObject *value, int or_none, const char **text);

#endif
