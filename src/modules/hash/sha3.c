/* SPDX-License-Identifier: MIT */
/* hash/sha3: SHA-3 and SHAKE (FIPS 202), sponges over the permutation Keccak-f[1600].
 *
 *   lanes[25]: 1600 bits, of which the first `rate` bytes take input and give output.
 * Tests: tests/modules/test_hash_natives.py.
 */
#include "modules/hash/hash.h"

typedef struct {
    HashHead head;
    uint64_t lanes[25];
    int rate, at; /* bytes; where the next byte goes */
    uint8_t suffix; /* domain bits and the first bit of padding */
    uint8_t digest_size; /* 0 for SHAKE: as long as asked for */
} Sponge;

static PyTypeObject types[6];

/* ------------------------------------------------------------------ permutation */

static const uint64_t round_constants[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800a, 0x800000008000000a, 0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

/* Where the lanes go in the steps rho and pi, and by how much they turn, along the cycle that starts at lane 1. */
static const uint8_t lane_order[24] = {10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1};
static const uint8_t lane_turn[24] = {1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44};

/* All inner loops are unrolled: indices become constants. */
static void permute(uint64_t *state)
{
    uint64_t s[25], column[5], row[5];
    memcpy(s, state, sizeof s);
    for (int round = 0; round < 24; round++) {
#pragma GCC unroll 5
        for (int x = 0; x < 5; x++)
            column[x] = s[x] ^ s[x + 5] ^ s[x + 10] ^ s[x + 15] ^ s[x + 20];
#pragma GCC unroll 5
        for (int x = 0; x < 5; x++) {
            uint64_t d = column[(x + 4) % 5] ^ rotl64(column[(x + 1) % 5], 1);
#pragma GCC unroll 5
            for (int y = 0; y < 25; y += 5)
                s[x + y] ^= d;
        }
        uint64_t moving = s[1];
#pragma GCC unroll 24
        for (int i = 0; i < 24; i++) {
            uint64_t next = s[lane_order[i]];
            s[lane_order[i]] = rotl64(moving, lane_turn[i]);
            moving = next;
        }
#pragma GCC unroll 5
        for (int y = 0; y < 25; y += 5) {
#pragma GCC unroll 5
            for (int x = 0; x < 5; x++)
                row[x] = s[x + y];
#pragma GCC unroll 5
            for (int x = 0; x < 5; x++)
                s[x + y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
        }
        s[0] ^= round_constants[round];
    }
    memcpy(state, s, sizeof s);
}

static void absorb(PyObject *self, const uint8_t *data, size_t n)
{
    Sponge *s = (Sponge *)self;
    uint8_t *bytes = (uint8_t *)s->lanes;
    while (n > 0) {
        if (s->at == 0 && n >= (size_t)s->rate) { /* whole blocks by words */
            for (int i = 0; i < s->rate / 8; i++)
                s->lanes[i] ^= load64le(data + 8 * i);
            permute(s->lanes);
            data += s->rate;
            n -= (size_t)s->rate;
            continue;
        }
        bytes[s->at++] ^= *data++;
        n--;
        if (s->at == s->rate) {
            permute(s->lanes);
            s->at = 0;
        }
    }
}

/* Output of a copy, so that self can go on. */
static void squeeze(PyObject *self, uint8_t *out, size_t n)
{
    hash_enter(self);
    Sponge end = *(Sponge *)self;
    hash_leave(self);
    uint8_t *bytes = (uint8_t *)end.lanes;
    bytes[end.at] ^= end.suffix;
    bytes[end.rate - 1] ^= 0x80;
    while (n > 0) {
        permute(end.lanes);
        size_t more = n < (size_t)end.rate ? n : (size_t)end.rate;
        memcpy(out, bytes, more);
        out += more;
        n -= more;
    }
}

/* ------------------------------------------------------------------ objects */

static const struct {
    const char *name;
    int digest_size, rate, suffix;
} variants[6] = {
    {"sha3_224", 28, 144, 0x06}, {"sha3_256", 32, 136, 0x06}, {"sha3_384", 48, 104, 0x06}, {"sha3_512", 64, 72, 0x06},
    {"shake_128", 0, 168, 0x1f}, {"shake_256", 0, 136, 0x1f},
};

static int variant_of(PyTypeObject *type)
{
    for (int i = 0; i < 6; i++)
        if (type == &types[i])
            return i;
    return -1;
}

static PyObject *sponge_update(PyObject *self, PyObject *data)
{
    return hash_update_by(self, data, absorb);
}

static PyObject *sponge_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    PyObject *data = NULL;
    int v = variant_of(type);
    if (v < 0) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (!_PyArg_NoKeywords(variants[v].name, kwargs) || !PyArg_UnpackTuple(args, variants[v].name, 0, 1, &data))
        return NULL;
    Sponge *s = PyObject_New(Sponge, type);
    if (s == NULL)
        return NULL;
    s->head.lock = NULL;
    memset(s->lanes, 0, sizeof s->lanes);
    s->rate = variants[v].rate;
    s->at = 0;
    s->suffix = (uint8_t)variants[v].suffix;
    s->digest_size = (uint8_t)variants[v].digest_size;
    if (data && hash_feed((PyObject *)s, data, absorb) < 0)
        Py_CLEAR(s);
    return (PyObject *)s;
}

static PyObject *sponge_digest(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    uint8_t out[64];
    squeeze(self, out, ((Sponge *)self)->digest_size);
    return PyBytes_FromStringAndSize((char *)out, ((Sponge *)self)->digest_size);
}

static PyObject *sponge_hexdigest(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    uint8_t out[64];
    squeeze(self, out, ((Sponge *)self)->digest_size);
    return _Py_strhex((char *)out, ((Sponge *)self)->digest_size);
}

static PyObject *shake(PyObject *self, PyObject *length, int hex)
{
    unsigned long n;
    if (!_PyLong_UnsignedLong_Converter(length, &n))
        return NULL;
    if (n >= 1ul << 29) {
        PyErr_SetString(PyExc_ValueError, "length is too large");
        return NULL;
    }
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)n);
    if (bytes == NULL)
        return NULL;
    squeeze(self, (uint8_t *)PyBytes_AS_STRING(bytes), n);
    if (!hex)
        return bytes;
    PyObject *text = _Py_strhex(PyBytes_AS_STRING(bytes), (Py_ssize_t)n);
    Py_DECREF(bytes);
    return text;
}

static PyObject *shake_digest(PyObject *self, PyObject *length)
{
    return shake(self, length, 0);
}

static PyObject *shake_hexdigest(PyObject *self, PyObject *length)
{
    return shake(self, length, 1);
}

static PyObject *get_block_size(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromLong(((Sponge *)self)->rate);
}

static PyObject *get_name(PyObject *self, void *Py_UNUSED(closure))
{
    return PyUnicode_FromString(variants[variant_of(Py_TYPE(self))].name);
}

static PyObject *get_digest_size(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromLong(((Sponge *)self)->digest_size);
}

static PyObject *get_capacity_bits(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromLong(1600 - 8 * ((Sponge *)self)->rate);
}

static PyObject *get_rate_bits(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromLong(8 * ((Sponge *)self)->rate);
}

static PyObject *get_suffix(PyObject *self, void *Py_UNUSED(closure))
{
    return PyBytes_FromStringAndSize((char *)&((Sponge *)self)->suffix, 1);
}

static PyGetSetDef sponge_getset[] = {
    {"block_size", get_block_size, NULL, PyDoc_STR("number of bytes that the function works on at once"), NULL},
    {"name", get_name, NULL, PyDoc_STR("name of the function"), NULL},
    {"digest_size", get_digest_size, NULL, PyDoc_STR("number of bytes of the digest"), NULL},
    {"_capacity_bits", get_capacity_bits, NULL, NULL, NULL},
    {"_rate_bits", get_rate_bits, NULL, NULL, NULL},
    {"_suffix", get_suffix, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

#define COPY {"copy", hash_copy, METH_NOARGS, "copy($self, /)\n--\n\nA second object in the same state."}
#define UPDATE {"update", sponge_update, METH_O, "update($self, data, /)\n--\n\nTake in more bytes."}

static PyMethodDef sha3_methods[] = {
    COPY,
    {"digest", sponge_digest, METH_NOARGS, "digest($self, /)\n--\n\nThe digest of what came in so far, as bytes."},
    {"hexdigest", sponge_hexdigest, METH_NOARGS, "hexdigest($self, /)\n--\n\nThe digest of what came in so far, in hexadecimal."},
    UPDATE,
    {NULL, NULL, 0, NULL},
};

static PyMethodDef shake_methods[] = {
    COPY,
    {"digest", shake_digest, METH_O, "digest($self, length, /)\n--\n\nA digest of length bytes of what came in so far."},
    {"hexdigest", shake_hexdigest, METH_O, "hexdigest($self, length, /)\n--\n\nA digest of length bytes of what came in so far, in hexadecimal."},
    UPDATE,
    {NULL, NULL, 0, NULL},
};

#define SPONGE_TYPE(name, methods, bits)                                                                                         \
    {                                                                                                                            \
        PyVarObject_HEAD_INIT(NULL, 0)                                                                                           \
        .tp_name = "_sha3." #name,                                                                                               \
        .tp_basicsize = sizeof(Sponge),                                                                                          \
        .tp_dealloc = hash_dealloc,                                                                                            \
        .tp_flags = Py_TPFLAGS_DEFAULT,                                                                                          \
        .tp_doc = #name "([data]) -> " bits,                                                                                     \
        .tp_methods = methods,                                                                                                   \
        .tp_getset = sponge_getset,                                                                                              \
        .tp_new = sponge_new,                                                                                                    \
    }

static PyTypeObject types[6] = {
    SPONGE_TYPE(sha3_224, sha3_methods, "SHA-3 object with a digest of 28 bytes"),
    SPONGE_TYPE(sha3_256, sha3_methods, "SHA-3 object with a digest of 32 bytes"),
    SPONGE_TYPE(sha3_384, sha3_methods, "SHA-3 object with a digest of 48 bytes"),
    SPONGE_TYPE(sha3_512, sha3_methods, "SHA-3 object with a digest of 64 bytes"),
    SPONGE_TYPE(shake_128, shake_methods, "SHAKE object, with digests of any length"),
    SPONGE_TYPE(shake_256, shake_methods, "SHAKE object, with digests of any length"),
};

static int sha3_exec(PyObject *module)
{
    for (int i = 0; i < 6; i++) {
        if (PyType_Ready(&types[i]) < 0)
            return -1;
        Py_INCREF(&types[i]);
        if (PyModule_AddObject(module, variants[i].name, (PyObject *)&types[i]) < 0)
            return -1;
    }
    if (PyModule_AddIntConstant(module, "keccakopt", 64) < 0)
        return -1;
    return PyModule_AddStringConstant(module, "implementation", "64-bit lanes, plain C");
}

static PyModuleDef_Slot sha3_slots[] = {{Py_mod_exec, sha3_exec}, {0, NULL}};

static struct PyModuleDef sha3_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_sha3",
    .m_doc = "SHA-3 and SHAKE.",
    .m_slots = sha3_slots,
};

PyMODINIT_FUNC PyInit__sha3(void)
{
    return PyModuleDef_Init(&sha3_def);
}
