/* SPDX-License-Identifier: MIT */
/* termios: control of terminals.  What 3.8 offers but the headers of the C library do not, stands in the table as a number.
 * Tests: tests/modules/test_small_system.py.
 */
#include "Python.h"

#include <linux/tty.h>
#include <sys/ioctl.h>
#include <termios.h>

static PyObject *TermiosError;

static int to_descriptor(PyObject *o, void *out)
{
    *(int *)out = PyObject_AsFileDescriptor(o);
    return *(int *)out >= 0;
}

static PyObject *outcome(int status)
{
    if (status < 0)
        return PyErr_SetFromErrno(TermiosError);
    Py_RETURN_NONE;
}

/* The control characters: bytes, but numbers where they are counts. New. */
static PyObject *characters(const struct termios *mode)
{
    PyObject *list = PyList_New(NCCS);
    for (int i = 0; list && i < NCCS; i++) {
        int number = !(mode->c_lflag & ICANON) && (i == VMIN || i == VTIME);
        PyObject *v = number ? PyLong_FromLong(mode->c_cc[i]) : PyBytes_FromStringAndSize((const char *)&mode->c_cc[i], 1);
        if (v == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, v);
    }
    return list;
}

static PyObject *termios_tcgetattr(PyObject *Py_UNUSED(module), PyObject *args)
{
    int fd;
    struct termios mode;
    if (!PyArg_ParseTuple(args, "O&:tcgetattr", to_descriptor, &fd))
        return NULL;
    if (tcgetattr(fd, &mode) < 0)
        return PyErr_SetFromErrno(TermiosError);
    PyObject *cc = characters(&mode);
    return cc ? Py_BuildValue("[kkkkkkN]", (unsigned long)mode.c_iflag, (unsigned long)mode.c_oflag, (unsigned long)mode.c_cflag,
                              (unsigned long)mode.c_lflag, (unsigned long)cfgetispeed(&mode), (unsigned long)cfgetospeed(&mode), cc)
              : NULL;
}

static int set_characters(struct termios *mode, PyObject *cc)
{
    if (!PyList_Check(cc) || PyList_GET_SIZE(cc) != NCCS) {
        PyErr_Format(PyExc_TypeError, "tcsetattr: attributes[6] must be %d element list", NCCS);
        return -1;
    }
    for (int i = 0; i < NCCS; i++) {
        PyObject *v = PyList_GetItem(cc, i); /* the list may shrink: PyLong_AsLong runs code */
        if (v == NULL)
            return -1;
        if (PyBytes_Check(v) && PyBytes_GET_SIZE(v) == 1)
            mode->c_cc[i] = (cc_t)PyBytes_AS_STRING(v)[0];
        else if (PyLong_Check(v))
            mode->c_cc[i] = (cc_t)PyLong_AsLong(v);
        else {
            PyErr_SetString(PyExc_TypeError, "tcsetattr: elements of attributes must be characters or integers");
            return -1;
        }
    }
    return PyErr_Occurred() ? -1 : 0;
}

static PyObject *termios_tcsetattr(PyObject *Py_UNUSED(module), PyObject *args)
{
    int fd, when, status;
    PyObject *list;
    struct termios mode;
    if (!PyArg_ParseTuple(args, "O&iO:tcsetattr", to_descriptor, &fd, &when, &list))
        return NULL;
    if (!PyList_Check(list) || PyList_GET_SIZE(list) != 7) {
        PyErr_SetString(PyExc_TypeError, "tcsetattr, arg 3: must be 7 element list");
        return NULL;
    }
    if (tcgetattr(fd, &mode) < 0) /* for what the list does not say */
        return PyErr_SetFromErrno(TermiosError);
    tcflag_t n[6];
    for (int i = 0; i < 6; i++) {
        PyObject *v = PyList_GetItem(list, i);
        if (v == NULL)
            return NULL;
        n[i] = (tcflag_t)PyLong_AsLong(v);
        if (PyErr_Occurred())
            return NULL;
    }
    mode.c_iflag = n[0];
    mode.c_oflag = n[1];
    mode.c_cflag = n[2];
    mode.c_lflag = n[3];
    PyObject *cc = PyList_GetItem(list, 6);
    if (cc == NULL)
        return NULL;
    Py_INCREF(cc);
    status = set_characters(&mode, cc);
    Py_DECREF(cc);
    if (status < 0)
        return NULL;
    if (cfsetispeed(&mode, n[4]) < 0 || cfsetospeed(&mode, n[5]) < 0)
        return PyErr_SetFromErrno(TermiosError);
    Py_BEGIN_ALLOW_THREADS
    status = tcsetattr(fd, when, &mode);
    Py_END_ALLOW_THREADS
    return outcome(status);
}

/* The calls of the form f(fd, int). */
#define CALL2(name)                                                                    \
    static PyObject *termios_##name(PyObject *Py_UNUSED(module), PyObject *args)       \
    {                                                                                  \
        int fd, n, status;                                                             \
        if (!PyArg_ParseTuple(args, "O&i:" #name, to_descriptor, &fd, &n))             \
            return NULL;                                                               \
        Py_BEGIN_ALLOW_THREADS                                                         \
        status = name(fd, n);                                                          \
        Py_END_ALLOW_THREADS                                                           \
        return outcome(status);                                                        \
    }
CALL2(tcsendbreak)
CALL2(tcflush)
CALL2(tcflow)

static PyObject *termios_tcdrain(PyObject *Py_UNUSED(module), PyObject *args)
{
    int fd, status;
    if (!PyArg_ParseTuple(args, "O&:tcdrain", to_descriptor, &fd))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    status = tcdrain(fd);
    Py_END_ALLOW_THREADS
    return outcome(status);
}

static PyMethodDef methods[] = {
    {"tcgetattr", termios_tcgetattr, METH_VARARGS, "tcgetattr(fd) -> list_of_attrs\n\nThe terminal's attributes: [iflag, oflag, cflag, lflag, ispeed, ospeed, cc],\ncc being a list of control characters (bytes; numbers at VMIN and VTIME outside canonical mode)."},
    {"tcsetattr", termios_tcsetattr, METH_VARARGS, "tcsetattr(fd, when, attributes) -> None\n\nSet the attributes, a list as tcgetattr() gives, at once (TCSANOW), after the output\n(TCSADRAIN), or after the output and without the input so far (TCSAFLUSH)."},
    {"tcsendbreak", termios_tcsendbreak, METH_VARARGS, "tcsendbreak(fd, duration) -> None\n\nSend a break; 0 is a quarter to half a second, other numbers are up to the system."},
    {"tcdrain", termios_tcdrain, METH_VARARGS, "tcdrain(fd) -> None\n\nWait until the output has been sent."},
    {"tcflush", termios_tcflush, METH_VARARGS, "tcflush(fd, queue) -> None\n\nThrow away input (TCIFLUSH), output (TCOFLUSH) or both (TCIOFLUSH)."},
    {"tcflow", termios_tcflow, METH_VARARGS, "tcflow(fd, action) -> None\n\nStop (TCOOFF, TCIOFF) or restart (TCOON, TCION) output or input."},
    {NULL, NULL, 0, NULL},
};

#define C(name) {#name, name}
static const struct {
    const char *name;
    long value;
} constants[] = {
    C(B0), C(B1000000), C(B110), C(B115200), C(B1152000), C(B1200), C(B134), C(B150), C(B1500000), C(B1800), C(B19200),
    C(B200), C(B2000000), C(B230400), C(B2400), C(B2500000), C(B300), C(B3000000), C(B3500000), C(B38400), C(B4000000),
    C(B460800), C(B4800), C(B50), C(B500000), C(B57600), C(B576000), C(B600), C(B75), C(B921600), C(B9600), C(BRKINT),
    C(BS0), C(BS1), C(BSDLY), C(CBAUD), C(CBAUDEX), C(CDSUSP), C(CEOF), C(CEOL), C(CEOT), C(CERASE), C(CFLUSH),
    C(CIBAUD), C(CINTR), C(CKILL), C(CLNEXT), C(CLOCAL), C(CQUIT), C(CR0), C(CR1), C(CR2), C(CR3), C(CRDLY), C(CREAD),
    C(CRPRNT), C(CRTSCTS), C(CS5), C(CS6), C(CS7), C(CS8), C(CSIZE), C(CSTART), C(CSTOP), C(CSTOPB), C(CSUSP),
    C(CWERASE), C(ECHO), C(ECHOCTL), C(ECHOE), C(ECHOK), C(ECHOKE), C(ECHONL), C(ECHOPRT), C(EXTA), C(EXTB), C(FF0),
    C(FF1), C(FFDLY), C(FIOASYNC), C(FIOCLEX), C(FIONBIO), C(FIONCLEX), C(FIONREAD), C(FLUSHO), C(HUPCL), C(ICANON),
    C(ICRNL), C(IEXTEN), C(IGNBRK), C(IGNCR), C(IGNPAR), C(IMAXBEL), C(INLCR), C(INPCK), C(IOCSIZE_MASK),
    C(IOCSIZE_SHIFT), C(ISIG), C(ISTRIP), C(IUCLC), C(IXANY), C(IXOFF), C(IXON), C(NCC), C(NCCS), C(NL0), C(NL1),
    C(NLDLY), C(NOFLSH), C(N_MOUSE), C(N_PPP), C(N_SLIP), C(N_STRIP), C(N_TTY), C(OCRNL), C(OFDEL), C(OFILL), C(OLCUC),
    C(ONLCR), C(ONLRET), C(ONOCR), C(OPOST), C(PARENB), C(PARMRK), C(PARODD), C(PENDIN), C(TAB0), C(TAB1), C(TAB2),
    C(TAB3), C(TABDLY), C(TCFLSH), {"TCGETA", 21509}, C(TCGETS), C(TCIFLUSH), C(TCIOFF), C(TCIOFLUSH), C(TCION),
    C(TCOFLUSH), C(TCOOFF), C(TCOON), C(TCSADRAIN), C(TCSAFLUSH), C(TCSANOW), C(TCSBRK), C(TCSBRKP), {"TCSETA", 21510},
    {"TCSETAF", 21512}, {"TCSETAW", 21511}, C(TCSETS), C(TCSETSF), C(TCSETSW), C(TCXONC), C(TIOCCONS), C(TIOCEXCL),
    C(TIOCGETD), C(TIOCGICOUNT), C(TIOCGLCKTRMIOS), C(TIOCGPGRP), C(TIOCGSERIAL), C(TIOCGSOFTCAR), C(TIOCGWINSZ),
    C(TIOCINQ), C(TIOCLINUX), C(TIOCMBIC), C(TIOCMBIS), C(TIOCMGET), C(TIOCMIWAIT), C(TIOCMSET), C(TIOCM_CAR),
    C(TIOCM_CD), C(TIOCM_CTS), C(TIOCM_DSR), C(TIOCM_DTR), C(TIOCM_LE), C(TIOCM_RI), C(TIOCM_RNG), C(TIOCM_RTS),
    C(TIOCM_SR), C(TIOCM_ST), C(TIOCNOTTY), C(TIOCNXCL), C(TIOCOUTQ), C(TIOCPKT), C(TIOCPKT_DATA), C(TIOCPKT_DOSTOP),
    C(TIOCPKT_FLUSHREAD), C(TIOCPKT_FLUSHWRITE), C(TIOCPKT_NOSTOP), C(TIOCPKT_START), C(TIOCPKT_STOP), C(TIOCSCTTY),
    C(TIOCSERCONFIG), C(TIOCSERGETLSR), C(TIOCSERGETMULTI), C(TIOCSERGSTRUCT), C(TIOCSERGWILD), C(TIOCSERSETMULTI),
    C(TIOCSERSWILD), C(TIOCSER_TEMT), C(TIOCSETD), C(TIOCSLCKTRMIOS), C(TIOCSPGRP), C(TIOCSSERIAL), C(TIOCSSOFTCAR),
    C(TIOCSTI), C(TIOCSWINSZ), C(TOSTOP), C(VDISCARD), C(VEOF), C(VEOL), C(VEOL2), C(VERASE), C(VINTR), C(VKILL),
    C(VLNEXT), C(VMIN), C(VQUIT), C(VREPRINT), C(VSTART), C(VSTOP), C(VSUSP), C(VSWTC), {"VSWTCH", 7}, C(VT0), C(VT1),
    C(VTDLY), C(VTIME), C(VWERASE), C(XCASE), C(XTABS),
};
#undef C

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "termios",
    .m_doc = "Control of terminals as POSIX has it. Every function takes a descriptor, or an object with fileno(), first.",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_termios(void)
{
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    if (TermiosError == NULL && (TermiosError = PyErr_NewException("termios.error", NULL, NULL)) == NULL)
        goto error;
    Py_INCREF(TermiosError);
    PyModule_AddObject(m, "error", TermiosError);
    for (size_t i = 0; i < Py_ARRAY_LENGTH(constants); i++)
        if (PyModule_AddIntConstant(m, constants[i].name, constants[i].value) < 0)
            goto error;
    return m;
error:
    Py_DECREF(m);
    return NULL;
}
