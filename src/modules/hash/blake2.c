/* SPDX-License-Identifier: MIT */
/* hash/blake2: BLAKE2b and BLAKE2s (RFC 7693) with all parameters: key, salt, person, tree hashing.
 *
 * A block is compressed only when more input follows it, because the last one is marked; so the buffer may hold a full block.
 * BLAKE2s is BLAKE2b with words of half the size, ten rounds and other rotations: one macro body makes both.
 * Tests: tests/modules/test_hash_natives.py.
 */
#include "modules/hash/hash.h"

#include "objects/args.h"

typedef struct {
    HashHead head;
    union {
        uint64_t h64[8];
        uint32_t h32[8];
    } chain;
    uint64_t count[2]; /* bytes compressed; words of the size in use */
    uint8_t buffer[128];
    int waiting; /* bytes in the buffer */
    uint8_t digest_size, wide, last_node;
} Blake;

static PyTypeObject blake2b_type, blake2s_type;

/* ------------------------------------------------------------------ compression */

static const uint64_t iv64[8] = {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1,
                                 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};
static const uint32_t iv32[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/* Which message words each round takes; rounds 10 and 11 are 0 and 1 again. */
static const uint8_t order[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
};

#define COMPRESS(name, word, loader, rotr, iv, rounds, r1, r2, r3, r4)                                                           \
    static void name(word *h, const uint64_t *count, const uint8_t *block, int last, int last_node)                              \
    {                                                                                                                            \
        word v[16], m[16];                                                                                                       \
        for (int i = 0; i < 16; i++)                                                                                             \
            m[i] = loader(block + sizeof(word) * (size_t)i);                                                                     \
        for (int i = 0; i < 8; i++) {                                                                                            \
            v[i] = h[i];                                                                                                         \
            v[i + 8] = iv[i];                                                                                                    \
        }                                                                                                                        \
        v[12] ^= (word)count[0];                                                                                                 \
        v[13] ^= (word)count[1];                                                                                                 \
        if (last) {                                                                                                              \
            v[14] = ~v[14];                                                                                                      \
            if (last_node)                                                                                                       \
                v[15] = ~v[15];                                                                                                  \
        }                                                                                                                        \
        _Pragma("GCC unroll 12")                                                                                                 \
        for (int round = 0; round < rounds; round++) {                                                                           \
            const uint8_t *o = order[round % 10];                                                                                \
            _Pragma("GCC unroll 8")                                                                                              \
            for (int i = 0; i < 8; i++) { /* four columns, then four diagonals */                                                \
                int diagonal = i >> 2, a = i & 3, b = 4 + ((i + diagonal) & 3), c = 8 + ((i + 2 * diagonal) & 3),                \
                    d = 12 + ((i + 3 * diagonal) & 3);                                                                           \
                v[a] += v[b] + m[o[2 * i]];                                                                                      \
                v[d] = rotr(v[d] ^ v[a], r1);                                                                                    \
                v[c] += v[d];                                                                                                    \
                v[b] = rotr(v[b] ^ v[c], r2);                                                                                    \
                v[a] += v[b] + m[o[2 * i + 1]];                                                                                  \
                v[d] = rotr(v[d] ^ v[a], r3);                                                                                    \
                v[c] += v[d];                                                                                                    \
                v[b] = rotr(v[b] ^ v[c], r4);                                                                                    \
            }                                                                                                                    \
        }                                                                                                                        \
        for (int i = 0; i < 8; i++)                                                                                              \
            h[i] ^= v[i] ^ v[i + 8];                                                                                             \
    }
COMPRESS(compress64, uint64_t, load64le, rotr64, iv64, 12, 32, 24, 16, 63)
COMPRESS(compress32, uint32_t, load32le, rotr32, iv32, 10, 16, 12, 8, 7)

static void compress(Blake *b, const uint8_t *block, int bytes, int last)
{
    if (b->wide) {
        b->count[0] += (uint64_t)bytes;
        b->count[1] += b->count[0] < (uint64_t)bytes;
        compress64(b->chain.h64, b->count, block, last, b->last_node);
    }
    else {
        uint64_t all = (b->count[1] << 32 | b->count[0]) + (uint64_t)bytes;
        b->count[0] = (uint32_t)all;
        b->count[1] = all >> 32;
        compress32(b->chain.h32, b->count, block, last, b->last_node);
    }
}

static void take(PyObject *self, const uint8_t *data, size_t n)
{
    Blake *b = (Blake *)self;
    size_t size = b->wide ? 128 : 64;
    while (n > 0) {
        if ((size_t)b->waiting == size) {
            compress(b, b->buffer, (int)size, 0);
            b->waiting = 0;
        }
        if (b->waiting == 0)
            for (; n > size; data += size, n -= size)
                compress(b, data, (int)size, 0);
        size_t more = size - (size_t)b->waiting < n ? size - (size_t)b->waiting : n;
        memcpy(b->buffer + b->waiting, data, more);
        b->waiting += (int)more;
        data += more;
        n -= more;
    }
}

static void digest(PyObject *self, uint8_t *out)
{
    hash_enter(self);
    Blake end = *(Blake *)self;
    hash_leave(self);
    int size = end.wide ? 128 : 64;
    memset(end.buffer + end.waiting, 0, (size_t)(size - end.waiting));
    compress(&end, end.buffer, end.waiting, 1);
    memcpy(out, &end.chain, end.digest_size); /* little-endian words as they lie */
}

/* ------------------------------------------------------------------ parameters */

typedef struct {
    PyObject *data;
    Py_buffer key, salt, person;
    int digest_size, fanout, depth, last_node;
    unsigned long leaf_size, node_depth, inner_size;
    unsigned long long node_offset;
} Parameters;

static int value_error(const char *format, int limit)
{
    PyErr_Format(PyExc_ValueError, format, limit);
    return -1;
}

static int check_parameters(const Parameters *p, int wide)
{
    int size = wide ? 64 : 32, text = wide ? 16 : 8;
    if (p->digest_size <= 0 || p->digest_size > size) {
        PyErr_Format(PyExc_ValueError, "digest_size must be between 1 and %d bytes", size);
        return -1;
    }
    if (p->salt.len > text)
        return value_error("maximum salt length is %d bytes", text);
    if (p->person.len > text)
        return value_error("maximum person length is %d bytes", text);
    if (p->fanout < 0 || p->fanout > 255)
        return value_error("fanout must be between 0 and 255", 0);
    if (p->depth <= 0 || p->depth > 255)
        return value_error("depth must be between 1 and 255", 0);
    if (p->leaf_size > 0xffffffffu) {
        PyErr_SetString(PyExc_OverflowError, "leaf_size is too large");
        return -1;
    }
    if (!wide && p->node_offset > 0xffffffffffffULL) {
        PyErr_SetString(PyExc_OverflowError, "node_offset is too large");
        return -1;
    }
    if (p->node_depth > 255)
        return value_error("node_depth must be between 0 and 255", 0);
    if (p->inner_size > (unsigned long)size)
        return value_error("inner_size must be between 0 and is %d", size);
    if (p->key.len > size)
        return value_error("maximum key length is %d bytes", size);
    return 0;
}

/* The parameter block is laid out in bytes and folded into the initial chain. */
static void start(Blake *b, const Parameters *p, int wide)
{
    uint8_t block[64] = {0};
    block[0] = (uint8_t)p->digest_size;
    block[1] = (uint8_t)p->key.len;
    block[2] = (uint8_t)p->fanout;
    block[3] = (uint8_t)p->depth;
    for (int i = 0; i < 4; i++)
        block[4 + i] = (uint8_t)(p->leaf_size >> 8 * i);
    for (int i = 0; i < (wide ? 8 : 6); i++)
        block[8 + i] = (uint8_t)(p->node_offset >> 8 * i);
    block[wide ? 16 : 14] = (uint8_t)p->node_depth;
    block[wide ? 17 : 15] = (uint8_t)p->inner_size;
    if (p->salt.len)
        memcpy(block + (wide ? 32 : 16), p->salt.buf, (size_t)p->salt.len);
    if (p->person.len)
        memcpy(block + (wide ? 48 : 24), p->person.buf, (size_t)p->person.len);
    for (int i = 0; i < 8; i++)
        if (wide)
            b->chain.h64[i] = iv64[i] ^ load64le(block + 8 * i);
        else
            b->chain.h32[i] = iv32[i] ^ load32le(block + 4 * i);
    b->count[0] = b->count[1] = 0;
    b->waiting = 0;
    b->digest_size = (uint8_t)p->digest_size;
    b->wide = (uint8_t)wide;
    b->last_node = p->last_node != 0;
    if (p->key.len) {
        memset(b->buffer, 0, sizeof b->buffer);
        memcpy(b->buffer, p->key.buf, (size_t)p->key.len);
        b->waiting = wide ? 128 : 64;
    }
}

/* ------------------------------------------------------------------ objects */

static PyObject *blake_update(PyObject *self, PyObject *data)
{
    return hash_update_by(self, data, take);
}

/* A positive int of any size; the message when it is none. 0 / -1. */
static int unsigned_argument(PyObject *o, unsigned long *out)
{
    if (o == NULL)
        return 0;
    return _PyLong_UnsignedLong_Converter(o, out) ? 0 : -1;
}

static PyObject *blake_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"", "digest_size", "key", "salt", "person", "fanout", "depth", "leaf_size", "node_offset",
                            "node_depth", "inner_size", "last_node", NULL};
    int wide = type == &blake2b_type;
    PyObject *leaf = NULL, *offset = NULL, *result = NULL;
    int node_depth = 0, inner_size = 0;
    Parameters p = {.digest_size = wide ? 64 : 32, .fanout = 1, .depth = 1};
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, wide ? "|O$iy*y*y*iiOOiip:blake2b" : "|O$iy*y*y*iiOOiip:blake2s", names, &p.data,
                                     &p.digest_size, &p.key, &p.salt, &p.person, &p.fanout, &p.depth, &leaf, &offset, &node_depth,
                                     &inner_size, &p.last_node))
        return NULL;
    p.node_depth = node_depth < 0 ? 256 : (unsigned long)node_depth;
    p.inner_size = inner_size < 0 ? 256 : (unsigned long)inner_size;
    if (unsigned_argument(leaf, &p.leaf_size) < 0 || (offset && !_PyLong_UnsignedLongLong_Converter(offset, &p.node_offset)) ||
        check_parameters(&p, wide) < 0)
        goto done;
    Blake *b = PyObject_New(Blake, type);
    if (b == NULL)
        goto done;
    result = (PyObject *)b;
    b->head.lock = NULL;
    start(b, &p, wide);
    if (p.data && hash_feed(result, p.data, take) < 0)
        Py_CLEAR(result);
done:
    PyBuffer_Release(&p.key);
    PyBuffer_Release(&p.salt);
    PyBuffer_Release(&p.person);
    return result;
}

static PyObject *blake_digest(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    uint8_t out[64];
    digest(self, out);
    return PyBytes_FromStringAndSize((char *)out, ((Blake *)self)->digest_size);
}

static PyObject *blake_hexdigest(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    uint8_t out[64];
    digest(self, out);
    return _Py_strhex((char *)out, ((Blake *)self)->digest_size);
}

static PyObject *get_name(PyObject *self, void *Py_UNUSED(closure))
{
    return PyUnicode_FromString(((Blake *)self)->wide ? "blake2b" : "blake2s");
}

static PyObject *get_block_size(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromLong(((Blake *)self)->wide ? 128 : 64);
}

static PyObject *get_digest_size(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromLong(((Blake *)self)->digest_size);
}

static PyGetSetDef blake_getset[] = {
    {"name", get_name, NULL, PyDoc_STR("name of the function"), NULL},
    {"block_size", get_block_size, NULL, PyDoc_STR("number of bytes that the function works on at once"), NULL},
    {"digest_size", get_digest_size, NULL, PyDoc_STR("number of bytes of the digest"), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef blake_methods[] = {
    {"copy", hash_copy, METH_NOARGS, "copy($self, /)\n--\n\nA second object in the same state."},
    {"digest", blake_digest, METH_NOARGS, "digest($self, /)\n--\n\nThe digest of what came in so far, as bytes."},
    {"hexdigest", blake_hexdigest, METH_NOARGS, "hexdigest($self, /)\n--\n\nThe digest of what came in so far, in hexadecimal."},
    {"update", blake_update, METH_O, "update($self, data, /)\n--\n\nTake in more bytes."},
    {NULL, NULL, 0, NULL},
};

#define BLAKE_DOC(name)                                                                                                          \
    name "(data=b\'\', /, *, digest_size=_blake2." name ".MAX_DIGEST_SIZE,\n        key=b\'\', salt=b\'\', person=b\'\', "                \
         "fanout=1, depth=1, leaf_size=0,\n        node_offset=0, node_depth=0, inner_size=0, last_node=False)\n--\n\n"          \
         "A new hash object, which has taken in data."

#define BLAKE_TYPE(variable, name)                                                                                               \
    static PyTypeObject variable = {                                                                                             \
        PyVarObject_HEAD_INIT(NULL, 0)                                                                                           \
        .tp_name = "_blake2." name,                                                                                              \
        .tp_basicsize = sizeof(Blake),                                                                                           \
        .tp_dealloc = hash_dealloc,                                                                                             \
        .tp_flags = Py_TPFLAGS_DEFAULT,                                                                                          \
        .tp_doc = BLAKE_DOC(name),                                                                                               \
        .tp_methods = blake_methods,                                                                                             \
        .tp_getset = blake_getset,                                                                                               \
        .tp_new = blake_new,                                                                                                     \
    };
BLAKE_TYPE(blake2b_type, "blake2b")
BLAKE_TYPE(blake2s_type, "blake2s")

static int add_limits(PyObject *module, PyTypeObject *type, const char *prefix, const int limits[4])
{
    static const char *const names[4] = {"SALT_SIZE", "PERSON_SIZE", "MAX_KEY_SIZE", "MAX_DIGEST_SIZE"};
    for (int i = 0; i < 4; i++) {
        char name[40];
        PyObject *v = PyLong_FromLong(limits[i]);
        PyOS_snprintf(name, sizeof name, "%s_%s", prefix, names[i]);
        if (v == NULL || PyDict_SetItemString(type->tp_dict, names[i], v) < 0 || PyModule_AddIntConstant(module, name, limits[i]) < 0) {
            Py_XDECREF(v);
            return -1;
        }
        Py_DECREF(v);
    }
    return 0;
}

static int blake2_exec(PyObject *module)
{
    static const int limits_b[4] = {16, 16, 64, 64}, limits_s[4] = {8, 8, 32, 32};
    if (PyType_Ready(&blake2b_type) < 0 || PyType_Ready(&blake2s_type) < 0)
        return -1;
    Py_INCREF(&blake2b_type);
    PyModule_AddObject(module, "blake2b", (PyObject *)&blake2b_type);
    Py_INCREF(&blake2s_type);
    PyModule_AddObject(module, "blake2s", (PyObject *)&blake2s_type);
    return add_limits(module, &blake2b_type, "BLAKE2B", limits_b) < 0 ? -1 : add_limits(module, &blake2s_type, "BLAKE2S", limits_s);
}

static PyModuleDef_Slot blake2_slots[] = {{Py_mod_exec, blake2_exec}, {0, NULL}};

static struct PyModuleDef blake2_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_blake2",
    .m_doc = "BLAKE2b and BLAKE2s.",
    .m_slots = blake2_slots,
};

PyMODINIT_FUNC PyInit__blake2(void)
{
    return PyModuleDef_Init(&blake2_def);
}
