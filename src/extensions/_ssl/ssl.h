/* SPDX-License-Identifier: MIT */
/* _ssl: TLS by OpenSSL 3, under the standard module ssl.
 *
 *   module.c      exceptions and how OpenSSL's errors become them, MemoryBIO, random numbers, constants
 *   context.c     _SSLContext: settings, certificates and keys
 *   socket.c      _SSLSocket: handshake, reading and writing with timeouts; SSLSession
 *   cert.c        certificates as Python data
 *
 * [SSL-1] OpenSSL runs without the GIL; callbacks take it (PyGILState_Ensure) and leave their exception in the socket (`raised`)
 *         for the call that was under way.
 */
#ifndef TAI_EXTENSIONS_SSL_H
#define TAI_EXTENSIONS_SSL_H

#define OPENSSL_SUPPRESS_DEPRECATED 1
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include "modules/_socket/sock.h"
#include <errno.h>
#include <limits.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

enum { ERROR_EOF = 8, ERROR_INVALID = 10 };

typedef struct {
    PyObject_HEAD
    SSL_CTX *ctx;
    unsigned char *alpn;
    unsigned alpn_length;
    PyObject *sni_callback, *message_callback, *keylog_name;
    BIO *keylog;
    int check_hostname, protocol, post_handshake_auth;
    unsigned host_flags;
} Context;

typedef struct {
    PyObject_HEAD
    SSL *ssl;
    PyObject *socket;   /* weak reference, or NULL for BIOs */
    PyObject *bios[2];  /* MemoryBIOs, or NULL */
    PyObject *owner;    /* weak reference, or NULL */
    Context *context;
    PyObject *hostname; /* str or NULL */
    int server_side, shutdown_seen_zero;
    int last_error, last_errno; /* of the last call without the GIL */
    PyObject *raised[3]; /* exception of a callback */
    unsigned long callback_of; /* the thread in which OpenSSL is calling Python code for this connection, or 0 */
} TlsSocket;

typedef struct {
    PyObject_HEAD
    BIO *bio;
    int eof;
} MemoryBio;

typedef struct {
    PyObject_HEAD
    SSL_SESSION *session;
    Context *context;
} Session;

extern PyTypeObject SslContextType, SslSocketType, SslBioType, SslSessionType;
extern PyObject *SslError, *SslZeroReturnError, *SslWantReadError, *SslWantWriteError, *SslSyscallError, *SslEofError, *SslCertError;
extern PyObject *ssl_timeout_error; /* socket.timeout */

/* Raise SSLError for OpenSSL's last error, or with text. NULL. */
PyObject *ssl_fail(const char *text, int line);
#define SSL_FAIL(text) ssl_fail(text, __LINE__)
PyObject *ssl_raise(TlsSocket *s, PyObject *type, int number, const char *text, unsigned long code, int line);
/* After a call on s returned ret <= 0. NULL. */
PyObject *ssl_call_failed(TlsSocket *s, int ret, int line);
PyObject *ssl_new_socket(Context *c, PyObject *socket, PyObject *in, PyObject *out, int server_side, PyObject *hostname, PyObject *owner, PyObject *session);
PyObject *ssl_decode_cert(X509 *cert);
PyObject *ssl_cert_bytes(X509 *cert);
PyObject *ssl_cipher(const SSL_CIPHER *cipher);
PyObject *ssl_object_info(const ASN1_OBJECT *o, int no_name);
int ssl_message_callback_to(Context *c, PyObject *v);
void ssl_on_message(int write_p, int version, int type, const void *data, size_t n, SSL *ssl, void *arg);
int ssl_on_server_name(SSL *ssl, int *alert, void *arg);

#endif
