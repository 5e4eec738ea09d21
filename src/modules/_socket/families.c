/* SPDX-License-Identifier: MIT */
/* Addresses of families that only Linux has.
 *
 *   AF_PACKET  (interface, protocol[, packet type[, hardware type[, address]]])
 *   AF_CAN     (interface,), for ISO-TP (interface, receive id, send id); "" is every interface
 *   AF_TIPC    (kind, v1, v2, v3[, scope])        AF_QIPCRTR  (node, port)
 *   AF_VSOCK   (cid, port)                        AF_ALG      (type, name[, feature[, mask]])
 */
#include "sock.h"
#include <linux/can.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/qrtr.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <sys/ioctl.h>

static int needs_tuple(PyObject *args, const char *caller, const char *family)
{
    if (PyTuple_Check(args))
        return 1;
    PyErr_Format(PyExc_TypeError, "%s %s address must be tuple, not %.500s", caller, family, Py_TYPE(args)->tp_name);
    return 0;
}

/* The number of the interface called name. 1, or 0 with OSError. */
static int interface_index(Socket *s, const char *name, int *index)
{
    struct ifreq request = {0};
    strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
    if (ioctl(s->fd, SIOCGIFINDEX, &request) < 0) {
        s->set_error();
        return 0;
    }
    *index = request.ifr_ifindex;
    return 1;
}

static int parse_packet(Socket *s, PyObject *args, struct sockaddr_ll *ll, const char *caller)
{
    const char *name;
    int protocol, index, hardware = 0, kind = PACKET_HOST, ok = 0;
    Py_buffer address = {NULL};
    if (!PyArg_ParseTuple(args, "si|iiy*;AF_PACKET address must be a tuple of two to five elements", &name, &protocol, &kind, &hardware,
                          &address))
        return 0;
    if (!interface_index(s, name, &index))
        ;
    else if (address.buf && address.len > 8)
        PyErr_SetString(PyExc_ValueError, "Hardware address must be 8 bytes or less");
    else if (protocol < 0 || protocol > 0xffff)
        PyErr_Format(PyExc_OverflowError, "%s(): proto must be 0-65535.", caller);
    else {
        ll->sll_family = AF_PACKET;
        ll->sll_protocol = htons((uint16_t)protocol);
        ll->sll_ifindex = index;
        ll->sll_pkttype = (unsigned char)kind;
        ll->sll_hatype = (unsigned short)hardware;
        if (address.buf) {
            memcpy(ll->sll_addr, address.buf, (size_t)address.len);
            ll->sll_halen = (unsigned char)address.len;
        }
        ok = 1;
    }
    PyBuffer_Release(&address);
    return ok;
}

static int parse_can(Socket *s, PyObject *args, struct sockaddr_can *can, const char *caller)
{
    PyObject *name;
    unsigned long receive = 0, send = 0;
    int index = 0, ok = 1;
    if (s->proto == CAN_ISOTP) {
        if (!PyArg_ParseTuple(args, "O&kk", PyUnicode_FSConverter, &name, &receive, &send))
            return 0;
    } else {
        if (!needs_tuple(args, caller, "AF_CAN") ||
            !PyArg_ParseTuple(args, "O&;AF_CAN address must be a tuple (interface, )", PyUnicode_FSConverter, &name))
            return 0;
    }
    Py_ssize_t n = PyBytes_GET_SIZE(name);
    if (n >= IFNAMSIZ) {
        PyErr_SetString(PyExc_OSError, "AF_CAN interface name too long");
        ok = 0;
    } else if (n > 0)
        ok = interface_index(s, PyBytes_AS_STRING(name), &index);
    Py_DECREF(name);
    can->can_family = AF_CAN;
    can->can_ifindex = index;
    can->can_addr.tp.rx_id = (canid_t)receive;
    can->can_addr.tp.tx_id = (canid_t)send;
    return ok;
}

static int parse_tipc(PyObject *args, struct sockaddr_tipc *tipc)
{
    unsigned kind, v1, v2, v3, scope = TIPC_CLUSTER_SCOPE;
    if (!PyArg_ParseTuple(args, "IIII|I;AF_TIPC address must be a tuple (addr_type, v1, v2, v3[, scope])", &kind, &v1, &v2, &v3, &scope))
        return 0;
    tipc->family = AF_TIPC;
    tipc->scope = (signed char)scope;
    tipc->addrtype = (unsigned char)kind;
    if (kind == TIPC_ADDR_NAMESEQ) {
        tipc->addr.nameseq.type = v1;
        tipc->addr.nameseq.lower = v2;
        tipc->addr.nameseq.upper = v3;
    } else if (kind == TIPC_ADDR_NAME) {
        tipc->addr.name.name.type = v1;
        tipc->addr.name.name.instance = v2;
    } else if (kind == TIPC_ADDR_ID) {
        tipc->addr.id.node = v1;
        tipc->addr.id.ref = v2;
    } else {
        PyErr_SetString(PyExc_TypeError, "Invalid address type");
        return 0;
    }
    return 1;
}

static int parse_alg(PyObject *args, struct sockaddr_alg *alg)
{
    const char *type, *name;
    if (!PyArg_ParseTuple(args, "ss|HH;AF_ALG address must be a tuple (type, name[, feat[, mask]])", &type, &name, &alg->salg_feat,
                          &alg->salg_mask))
        return 0;
    const char *too_long = strlen(type) >= sizeof alg->salg_type   ? "AF_ALG type too long."
                           : strlen(name) >= sizeof alg->salg_name ? "AF_ALG name too long." : NULL;
    if (too_long) {
        PyErr_SetString(PyExc_ValueError, too_long);
        return 0;
    }
    alg->salg_family = AF_ALG;
    strcpy((char *)alg->salg_type, type);
    strcpy((char *)alg->salg_name, name);
    return 1;
}

int sock_parse_linux_address(Socket *s, PyObject *args, Address *a, socklen_t *length, const char *caller)
{
    char who[64];
    unsigned first, second;
    PyOS_snprintf(who, sizeof who, "%s():", caller);
    switch (s->family) {
    case AF_PACKET:
        *length = sizeof(struct sockaddr_ll);
        return needs_tuple(args, who, "AF_PACKET") && parse_packet(s, args, (struct sockaddr_ll *)a, caller);
    case AF_CAN:
        *length = sizeof(struct sockaddr_can);
        return parse_can(s, args, (struct sockaddr_can *)a, who);
    case AF_TIPC:
        *length = sizeof(struct sockaddr_tipc);
        return needs_tuple(args, who, "AF_TIPC") && parse_tipc(args, (struct sockaddr_tipc *)a);
    case AF_ALG:
        *length = sizeof(struct sockaddr_alg);
        return needs_tuple(args, who, "AF_ALG") && parse_alg(args, (struct sockaddr_alg *)a);
    case AF_VSOCK:
    case AF_QIPCRTR:
        if (!needs_tuple(args, "getsockaddrarg:", s->family == AF_VSOCK ? "AF_VSOCK" : "AF_QIPCRTR") ||
            !PyArg_ParseTuple(args, "II:getsockaddrarg", &first, &second))
            return 0;
        if (s->family == AF_VSOCK) {
            struct sockaddr_vm *vm = (struct sockaddr_vm *)a;
            vm->svm_family = AF_VSOCK;
            vm->svm_cid = first;
            vm->svm_port = second;
            *length = sizeof *vm;
        } else {
            struct sockaddr_qrtr *qrtr = (struct sockaddr_qrtr *)a;
            qrtr->sq_family = AF_QIPCRTR;
            qrtr->sq_node = first;
            qrtr->sq_port = second;
            *length = sizeof *qrtr;
        }
        return 1;
    default:
        PyErr_Format(PyExc_OSError, "%s(): bad family", caller);
        return 0;
    }
}

static PyObject *tipc_tuple(const struct sockaddr_tipc *t)
{
    switch (t->addrtype) {
    case TIPC_ADDR_NAMESEQ:
        return Py_BuildValue("IIIII", t->addrtype, t->addr.nameseq.type, t->addr.nameseq.lower, t->addr.nameseq.upper, t->scope);
    case TIPC_ADDR_NAME:
        return Py_BuildValue("IIIII", t->addrtype, t->addr.name.name.type, t->addr.name.name.instance, t->addr.name.name.instance, t->scope);
    case TIPC_ADDR_ID: return Py_BuildValue("IIIII", t->addrtype, t->addr.id.node, t->addr.id.ref, 0, t->scope);
    default: PyErr_SetString(PyExc_ValueError, "Invalid address type"); return NULL;
    }
}

PyObject *sock_make_linux_address(const struct sockaddr *address, int proto)
{
    char name[IFNAMSIZ] = "";
    switch (address->sa_family) {
    case AF_PACKET: {
        const struct sockaddr_ll *ll = (const struct sockaddr_ll *)address;
        if (ll->sll_ifindex)
            if_indextoname((unsigned)ll->sll_ifindex, name);
        return Py_BuildValue("shbhy#", name, ntohs(ll->sll_protocol), ll->sll_pkttype, ll->sll_hatype, (const char *)ll->sll_addr,
                             (Py_ssize_t)ll->sll_halen);
    }
    case AF_CAN: {
        const struct sockaddr_can *can = (const struct sockaddr_can *)address;
        if (can->can_ifindex)
            if_indextoname((unsigned)can->can_ifindex, name);
        if (proto == CAN_ISOTP)
            return Py_BuildValue("O&kk", PyUnicode_DecodeFSDefault, name, (unsigned long)can->can_addr.tp.rx_id,
                                 (unsigned long)can->can_addr.tp.tx_id);
        return Py_BuildValue("(O&)", PyUnicode_DecodeFSDefault, name);
    }
    case AF_TIPC: return tipc_tuple((const struct sockaddr_tipc *)address);
    case AF_ALG: {
        const struct sockaddr_alg *alg = (const struct sockaddr_alg *)address;
        return Py_BuildValue("s#s#HH", alg->salg_type, (Py_ssize_t)strnlen((const char *)alg->salg_type, sizeof alg->salg_type),
                             alg->salg_name, (Py_ssize_t)strnlen((const char *)alg->salg_name, sizeof alg->salg_name), alg->salg_feat,
                             alg->salg_mask);
    }
    case AF_VSOCK: {
        const struct sockaddr_vm *vm = (const struct sockaddr_vm *)address;
        return Py_BuildValue("II", vm->svm_cid, vm->svm_port);
    }
    case AF_QIPCRTR: {
        const struct sockaddr_qrtr *qrtr = (const struct sockaddr_qrtr *)address;
        return Py_BuildValue("II", qrtr->sq_node, qrtr->sq_port);
    }
    default: /* nobody asked for this family: its number and raw bytes */
        return Py_BuildValue("iy#", address->sa_family, address->sa_data, (Py_ssize_t)sizeof address->sa_data);
    }
}

/* ---- the crypto interface ---- */

static int add_item(PyObject *list, int type, const void *data, size_t size)
{
    PyObject *item = Py_BuildValue("iiy#", SOL_ALG, type, (const char *)data, (Py_ssize_t)size);
    int rc = item ? PyList_Append(list, item) : -1;
    Py_XDECREF(item);
    return rc;
}

/* The sendmsg() of an AF_ALG operation: what is to be done goes along as ancillary items. */
PyObject *sock_sendmsg_afalg(Socket *s, PyObject *args, PyObject *kwds)
{
    static char *names[] = {"msg", "op", "iv", "assoclen", "flags", NULL};
    PyObject *message = NULL, *op_object = NULL, *length_object = NULL, *items = NULL, *result = NULL, *all = NULL;
    int op = -1, flags = 0, length = -1;
    Py_buffer iv = {NULL};
    if (s->family != AF_ALG) {
        PyErr_SetString(PyExc_OSError, "algset is only supported for AF_ALG");
        return NULL;
    }
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|O$O!y*O!i:sendmsg_afalg", names, &message, &PyLong_Type, &op_object, &iv, &PyLong_Type,
                                     &length_object, &flags))
        return NULL;
    if (op_object != NULL && (op = _PyLong_AsInt(op_object)) == -1 && PyErr_Occurred())
        goto done;
    if (op < 0) {
        PyErr_SetString(PyExc_TypeError, "Invalid or missing argument 'op'");
        goto done;
    }
    if (length_object != NULL) {
        length = _PyLong_AsInt(length_object);
        if (length == -1 && PyErr_Occurred())
            goto done;
        if (length < 0) {
            PyErr_SetString(PyExc_TypeError, "assoclen must be positive");
            goto done;
        }
    }
    items = PyList_New(0);
    if (items == NULL || add_item(items, ALG_SET_OP, &op, sizeof op) < 0)
        goto done;
    if (iv.buf != NULL) {
        size_t size = sizeof(struct af_alg_iv) + (size_t)iv.len;
        struct af_alg_iv *block = PyMem_Calloc(1, size);
        if (block == NULL) {
            PyErr_NoMemory();
            goto done;
        }
        block->ivlen = (uint32_t)iv.len;
        memcpy(block->iv, iv.buf, (size_t)iv.len);
        int rc = add_item(items, ALG_SET_IV, block, size);
        PyMem_Free(block);
        if (rc < 0)
            goto done;
    }
    if (length >= 0 && add_item(items, ALG_SET_AEAD_ASSOCLEN, &length, sizeof length) < 0)
        goto done;
    all = message ? Py_BuildValue("OOi", message, items, flags) : Py_BuildValue("()Oi", items, flags);
    result = all ? sock_sendmsg(s, all) : NULL;
done:
    Py_XDECREF(all);
    Py_XDECREF(items);
    PyBuffer_Release(&iv);
    return result;
}
