/* SPDX-License-Identifier: MIT */
/* errno: the system's error numbers by name, and errorcode, the way back. Where two names share a number the later one in this
 * table is the one that errorcode shows. Tests: CPython's test_errno
 */
#include "Python.h"

#include <errno.h>

static const struct {
    const char *name;
    int code;
} table[] = {
#define CODE(name) {#name, name}
    CODE(ENODEV), CODE(ENOCSI), CODE(EHOSTUNREACH), CODE(ENOMSG), CODE(EL2NSYNC), CODE(EL2HLT), CODE(ENODATA), CODE(ENOTBLK),
    CODE(ENOSYS), CODE(EPIPE), CODE(EINVAL), CODE(EOVERFLOW), CODE(EADV), CODE(EINTR), CODE(EUSERS), CODE(ENOTEMPTY), CODE(ENOBUFS),
    CODE(EPROTO), CODE(EREMOTE), CODE(ENAVAIL), CODE(ECHILD), CODE(ELOOP), CODE(EXDEV), CODE(E2BIG), CODE(ESRCH), CODE(EMSGSIZE),
    CODE(EAFNOSUPPORT), CODE(EBADR), CODE(EHOSTDOWN), CODE(EPFNOSUPPORT), CODE(ENOPROTOOPT), CODE(EBUSY), CODE(EWOULDBLOCK),
    CODE(EBADFD), CODE(EDOTDOT), CODE(EISCONN), CODE(ENOTCONN), CODE(ESHUTDOWN), CODE(ENONET), CODE(EBADE), CODE(EBADF),
    CODE(EMULTIHOP), CODE(EIO), CODE(EUNATCH), CODE(EPROTOTYPE), CODE(ENOSPC), CODE(ENOEXEC), CODE(EALREADY), CODE(ENETDOWN),
    CODE(ENOTNAM), CODE(EACCES), CODE(ELNRNG), CODE(EILSEQ), CODE(ENOTDIR), CODE(ENOTUNIQ), CODE(EPERM), CODE(EDOM), CODE(EXFULL),
    CODE(ECONNREFUSED), CODE(EISDIR), CODE(EPROTONOSUPPORT), CODE(EROFS), CODE(EADDRNOTAVAIL), CODE(EIDRM), CODE(ECOMM),
    CODE(ESRMNT), CODE(EREMOTEIO), CODE(EL3RST), CODE(EBADMSG), CODE(ENFILE), CODE(ELIBMAX), CODE(ESPIPE), CODE(ENOLINK),
    CODE(ENETRESET), CODE(ETIMEDOUT), CODE(ENOENT), CODE(EEXIST), CODE(EDQUOT), CODE(ENOSTR), CODE(EBADSLT), CODE(EBADRQC),
    CODE(ELIBACC), CODE(EFAULT), CODE(EFBIG), CODE(EDEADLK), CODE(EDEADLOCK), CODE(ENOTSUP), CODE(EDESTADDRREQ), CODE(ELIBSCN),
    CODE(ENOLCK), CODE(EISNAM), CODE(ECONNABORTED), CODE(ENETUNREACH), CODE(ESTALE), CODE(ENOSR), CODE(ENOMEM), CODE(ENOTSOCK),
    CODE(ESTRPIPE), CODE(EMLINK), CODE(ERANGE), CODE(ELIBEXEC), CODE(EL3HLT), CODE(ECONNRESET), CODE(EADDRINUSE), CODE(EOPNOTSUPP),
    CODE(EREMCHG), CODE(EAGAIN), CODE(ENAMETOOLONG), CODE(ENOTTY), CODE(ERESTART), CODE(ESOCKTNOSUPPORT), CODE(ETIME), CODE(EBFONT),
    CODE(ETOOMANYREFS), CODE(EMFILE), CODE(ETXTBSY), CODE(EINPROGRESS), CODE(ENXIO), CODE(ELIBBAD), CODE(ENOMEDIUM),
    CODE(EMEDIUMTYPE), CODE(ECANCELED), CODE(ENOKEY), CODE(EKEYEXPIRED), CODE(EKEYREVOKED), CODE(EKEYREJECTED), CODE(EOWNERDEAD),
    CODE(ENOTRECOVERABLE), CODE(ERFKILL), CODE(ECHRNG), CODE(ENOANO), CODE(ENOPKG), CODE(EUCLEAN),
};

PyDoc_STRVAR(doc, "The error numbers of the system, by name; errorcode is a dict from numbers to names.");

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "errno", doc, -1, NULL, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_errno(void)
{
    PyObject *m = PyModule_Create(&definition), *codes = m ? PyDict_New() : NULL;
    if (codes == NULL || PyDict_SetItemString(PyModule_GetDict(m), "errorcode", codes) < 0)
        return NULL;
    Py_DECREF(codes);
    for (size_t i = 0; i < Py_ARRAY_LENGTH(table); i++) {
        PyObject *number = PyLong_FromLong(table[i].code), *name = PyUnicode_FromString(table[i].name);
        int r = number && name ? PyDict_SetItem(PyModule_GetDict(m), name, number) : -1;
        if (r == 0)
            r = PyDict_SetItem(codes, number, name);
        Py_XDECREF(number);
        Py_XDECREF(name);
        if (r < 0) {
            Py_DECREF(m);
            return NULL;
        }
    }
    return m;
}
