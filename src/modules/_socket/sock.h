/* SPDX-License-Identifier: MIT */
/* _socket: what its files share.
 *
 *   module.c    the module: names and addresses, conversion functions, constants
 *   socket.c    the socket object
 *   address.c   addresses: from Python objects to sockaddr and back
 *   families.c  the same for families that only Linux has
 */
#ifndef TAI_MODULES_SOCKET_H
#define TAI_MODULES_SOCKET_H

#include "Python.h"
#include "structmember.h"
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <arpa/inet.h>
#include <linux/netlink.h>
#include <net/if.h>
#include <sys/socket.h>
#include <sys/un.h>

typedef struct {
    PyObject_HEAD
    int fd;               /* -1: closed */
    int family, type, proto;
    PyObject *(*set_error)(void); /* extensions (_ssl) know the object by 3.8's layout: this and timeout are theirs too */
    _PyTime_t timeout;    /* nanoseconds; negative: none, 0: non-blocking */
} Socket;

typedef union {
    struct sockaddr sa;
    struct sockaddr_in in;
    struct sockaddr_in6 in6;
    struct sockaddr_un un;
    struct sockaddr_nl nl;
    struct sockaddr_storage storage;
} Address;

extern PyTypeObject Socket_Type;
extern PyObject *sock_timeout, *sock_gaierror;
extern _PyTime_t sock_default_timeout;
int sock_set_default_timeout(PyObject *arg);

/* 1, or 0 with an exception: OSError for hosts, TypeError and OverflowError for what is no address. */
int sock_parse_address(Socket *s, PyObject *args, Address *address, socklen_t *length, const char *caller);
/* The Python form of an address, on a socket of that protocol; new reference. */
PyObject *sock_make_address(const struct sockaddr *address, socklen_t length, int proto);
/* The same for families that only Linux has (families.c). */
int sock_parse_linux_address(Socket *s, PyObject *args, Address *address, socklen_t *length, const char *caller);
PyObject *sock_make_linux_address(const struct sockaddr *address, int proto);
PyObject *sock_sendmsg(Socket *s, PyObject *args);
PyObject *sock_sendmsg_afalg(Socket *s, PyObject *args, PyObject *kwds);
/* Resolve a host name into address; the length of the address bytes, or -1.  Runs without the GIL. */
int sock_resolve(const char *name, struct sockaddr *address, size_t room, int family);
PyObject *sock_gai_error(int code);
PyObject *sock_ip_text(const struct sockaddr *address, socklen_t length);
extern PyMethodDef socket_module_methods[];

#endif
