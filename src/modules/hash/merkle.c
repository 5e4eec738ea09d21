/* SPDX-License-Identifier: MIT */
/* hash/merkle: the modules _md5, _sha1, _sha256 and _sha512.
 *
 * All are of one build (Merkle and Damgard): a chain of words, changed block by block by a compression function, with the length
 * appended at the end. An Algorithm says which words, which function, and how they are written; the rest is written once.
 * References: RFC 1321, FIPS 180-4. Tests: tests/modules/test_hash_natives.py.
 */
#include "modules/hash/hash.h"


typedef struct {
    const char *name;
    int digest_size, block_size;
    int wide, big_endian; /* words of 64 bits; order of their bytes */
    void (*compress)(void *words, const uint8_t *block);
    uint64_t start[8];
} Algorithm;

typedef struct {
    HashHead head;
    int digest_size; /* read as a member */
    const Algorithm *algorithm;
    uint64_t length; /* bytes taken in so far (2**64 is not within reach) */
    union {
        uint32_t w32[8];
        uint64_t w64[8];
    } words;
    uint8_t buffer[128]; /* length % block_size bytes wait here */
} Hash;

/* ------------------------------------------------------------------ compression functions */

static const uint32_t md5_k[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1,
    0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453,
    0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942,
    0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05,
    0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d,
    0x85845dd1, 0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391,
};

static void md5_compress(void *words, const uint8_t *block)
{
    static const uint8_t turns[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};
    uint32_t *h = words, a = h[0], b = h[1], c = h[2], d = h[3], m[16];
    for (int i = 0; i < 16; i++)
        m[i] = load32le(block + 4 * i);
#pragma GCC unroll 64
    for (int i = 0; i < 64; i++) {
        uint32_t f;
        int g;
        if (i < 16) {
            f = d ^ (b & (c ^ d));
            g = i;
        }
        else if (i < 32) {
            f = c ^ (d & (b ^ c));
            g = (5 * i + 1) & 15;
        }
        else if (i < 48) {
            f = b ^ c ^ d;
            g = (3 * i + 5) & 15;
        }
        else {
            f = c ^ (b | ~d);
            g = 7 * i & 15;
        }
        f += a + md5_k[i] + m[g];
        a = d;
        d = c;
        c = b;
        b += rotl32(f, turns[i >> 4][i & 3]);
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
}

static void sha1_compress(void *words, const uint8_t *block)
{
    uint32_t *h = words, a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], w[16];
    for (int i = 0; i < 16; i++)
        w[i] = load32be(block + 4 * i);
#pragma GCC unroll 80
    for (int i = 0; i < 80; i++) {
        uint32_t f, k;
        if (i >= 16)
            w[i & 15] = rotl32(w[(i + 13) & 15] ^ w[(i + 8) & 15] ^ w[(i + 2) & 15] ^ w[i & 15], 1);
        if (i < 20) {
            f = d ^ (b & (c ^ d));
            k = 0x5a827999;
        }
        else if (i < 40) {
            f = b ^ c ^ d;
            k = 0x6ed9eba1;
        }
        else if (i < 60) {
            f = (b & c) | (d & (b | c));
            k = 0x8f1bbcdc;
        }
        else {
            f = b ^ c ^ d;
            k = 0xca62c1d6;
        }
        f += rotl32(a, 5) + e + k + w[i & 15];
        e = d;
        d = c;
        c = rotl32(b, 30);
        b = a;
        a = f;
    }
    h[0] += a;
    h[1] += b;
    h[2] += c;
    h[3] += d;
    h[4] += e;
}

/* The upper half of each is the constant of SHA-256 (for the first 64). */
static const uint64_t sha2_k[80] = {
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538, 0x59f111f1b605d019,
    0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe, 0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2,
    0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235, 0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3,
    0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65, 0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5,
    0x983e5152ee66dfab, 0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed, 0x53380d139d95b3df,
    0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b, 0xa2bfe8a14cf10364, 0xa81a664bbc423001,
    0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218, 0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8,
    0x19a4c116b8d2d0c8, 0x1e376c085141ab53, 0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb,
    0x5b9cca4f7763e373, 0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c, 0xd186b8c721c0c207,
    0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6, 0x113f9804bef90dae, 0x1b710b35131c471b,
    0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc, 0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a,
    0x5fcb6fab3ad6faec, 0x6c44198c4a475817,
};

/* One body for both word sizes: rotations and constants differ. */
#define SHA2(function, word, rounds, loader, rotr, S0a, S0b, S0c, S1a, S1b, S1c, s0a, s0b, s0s, s1a, s1b, s1s, constant)           \
    static void function(void *words, const uint8_t *block)                                                                      \
    {                                                                                                                            \
        word *h = words, w[16], v[8];                                                                                            \
        for (int i = 0; i < 16; i++)                                                                                             \
            w[i] = loader(block + sizeof(word) * (size_t)i);                                                                     \
        memcpy(v, h, sizeof v);                                                                                                  \
        _Pragma("GCC unroll 16")                                                                                                 \
        for (int i = 0; i < rounds; i++) {                                                                                       \
            if (i >= 16) {                                                                                                       \
                word x = w[(i + 1) & 15], y = w[(i + 14) & 15];                                                                  \
                w[i & 15] += (rotr(x, s0a) ^ rotr(x, s0b) ^ x >> s0s) + w[(i + 9) & 15] + (rotr(y, s1a) ^ rotr(y, s1b) ^ y >> s1s); \
            }                                                                                                                    \
            word e = v[4], a = v[0];                                                                                             \
            word t = v[7] + (rotr(e, S1a) ^ rotr(e, S1b) ^ rotr(e, S1c)) + (v[6] ^ (e & (v[5] ^ v[6]))) + (constant) + w[i & 15]; \
            word u = (rotr(a, S0a) ^ rotr(a, S0b) ^ rotr(a, S0c)) + ((a & v[1]) | (v[2] & (a | v[1])));                          \
            v[7] = v[6], v[6] = v[5], v[5] = e, v[4] = v[3] + t;                                                                 \
            v[3] = v[2], v[2] = v[1], v[1] = a, v[0] = t + u;                                                                    \
        }                                                                                                                        \
        for (int i = 0; i < 8; i++)                                                                                              \
            h[i] += v[i];                                                                                                        \
    }
SHA2(sha256_compress, uint32_t, 64, load32be, rotr32, 2, 13, 22, 6, 11, 25, 7, 18, 3, 17, 19, 10, (uint32_t)(sha2_k[i] >> 32))
SHA2(sha512_compress, uint64_t, 80, load64be, rotr64, 28, 34, 39, 14, 18, 41, 1, 8, 7, 19, 61, 6, sha2_k[i])

static const Algorithm md5 = {"md5", 16, 64, 0, 0, md5_compress, {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}};
static const Algorithm sha1 = {"sha1", 20, 64, 0, 1, sha1_compress, {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}};
static const Algorithm sha224 = {"sha224", 28, 64, 0, 1, sha256_compress,
    {0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939, 0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4}};
static const Algorithm sha256 = {"sha256", 32, 64, 0, 1, sha256_compress,
    {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
static const Algorithm sha384 = {"sha384", 48, 128, 1, 1, sha512_compress,
    {0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511,
     0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4}};
static const Algorithm sha512 = {"sha512", 64, 128, 1, 1, sha512_compress,
    {0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
     0x1f83d9abfb41bd6b, 0x5be0cd19137e2179}};

/* ------------------------------------------------------------------ chaining */

static void start(Hash *h, const Algorithm *a)
{
    h->algorithm = a;
    h->digest_size = a->digest_size;
    h->length = 0;
    for (int i = 0; i < 8; i++)
        if (a->wide)
            h->words.w64[i] = a->start[i];
        else
            h->words.w32[i] = (uint32_t)a->start[i];
}

static void take(PyObject *self, const uint8_t *data, size_t n)
{
    Hash *h = (Hash *)self;
    size_t size = (size_t)h->algorithm->block_size, waiting = h->length % size;
    h->length += n;
    if (waiting) {
        size_t more = size - waiting < n ? size - waiting : n;
        memcpy(h->buffer + waiting, data, more);
        data += more;
        n -= more;
        if (waiting + more < size)
            return;
        h->algorithm->compress(&h->words, h->buffer);
    }
    for (; n >= size; data += size, n -= size)
        h->algorithm->compress(&h->words, data);
    memcpy(h->buffer, data, n);
}

/* The digest so far; self goes on unchanged. */
static void digest(PyObject *self, uint8_t *out)
{
    hash_enter(self);
    Hash end = *(Hash *)self;
    hash_leave(self);
    const Algorithm *a = end.algorithm;
    size_t size = (size_t)a->block_size, field = a->wide ? 16 : 8, waiting = end.length % size;
    uint64_t bits = end.length << 3;
    end.buffer[waiting++] = 0x80;
    if (waiting > size - field) {
        memset(end.buffer + waiting, 0, size - waiting);
        a->compress(&end.words, end.buffer);
        waiting = 0;
    }
    memset(end.buffer + waiting, 0, size - waiting);
    if (a->wide)
        end.buffer[size - 9] = (uint8_t)(end.length >> 61);
    if (a->big_endian)
        bits = __builtin_bswap64(bits);
    memcpy(end.buffer + size - 8, &bits, 8);
    a->compress(&end.words, end.buffer);
    for (int i = 0; i < a->digest_size; i++) {
        int at = a->wide ? i & 7 : i & 3, shift = a->big_endian ? (a->wide ? 56 : 24) - 8 * at : 8 * at;
        out[i] = (uint8_t)(a->wide ? end.words.w64[i >> 3] >> shift : end.words.w32[i >> 2] >> shift);
    }
}

/* ------------------------------------------------------------------ objects */

static PyObject *hash_update(PyObject *self, PyObject *data)
{
    return hash_update_by(self, data, take);
}

static PyObject *hash_digest(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    uint8_t out[64];
    digest(self, out);
    return PyBytes_FromStringAndSize((char *)out, ((Hash *)self)->digest_size);
}

static PyObject *hash_hexdigest(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    uint8_t out[64];
    digest(self, out);
    return _Py_strhex((char *)out, ((Hash *)self)->digest_size);
}

static PyObject *hash_get_block_size(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromLong(((Hash *)self)->algorithm->block_size);
}

static PyObject *hash_get_digest_size(PyObject *self, void *Py_UNUSED(closure))
{
    return PyLong_FromLong(((Hash *)self)->digest_size);
}

static PyObject *hash_get_name(PyObject *self, void *Py_UNUSED(closure))
{
    return PyUnicode_FromString(((Hash *)self)->algorithm->name);
}

static PyMethodDef hash_methods[] = {
    {"copy", hash_copy, METH_NOARGS, "copy($self, /)\n--\n\nA second object in the same state."},
    {"digest", hash_digest, METH_NOARGS, "digest($self, /)\n--\n\nThe digest of what came in so far, as bytes."},
    {"hexdigest", hash_hexdigest, METH_NOARGS, "hexdigest($self, /)\n--\n\nThe digest of what came in so far, in hexadecimal."},
    {"update", hash_update, METH_O, "update($self, obj, /)\n--\n\nTake in more bytes."},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef hash_getset[] = {
    {"block_size", hash_get_block_size, NULL, PyDoc_STR("number of bytes that the function works on at once"), NULL},
    {"name", hash_get_name, NULL, PyDoc_STR("name of the function"), NULL},
    {"digest_size", hash_get_digest_size, NULL, PyDoc_STR("number of bytes of the digest"), NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

#define HASH_TYPE(variable, python_name)                                                                                         \
    static PyTypeObject variable = {                                                                                             \
        PyVarObject_HEAD_INIT(NULL, 0)                                                                                           \
        .tp_name = python_name,                                                                                                  \
        .tp_basicsize = sizeof(Hash),                                                                                            \
        .tp_dealloc = hash_dealloc,                                                                                              \
        .tp_flags = Py_TPFLAGS_DEFAULT,                                                                                          \
        .tp_methods = hash_methods,                                                                                              \
        .tp_getset = hash_getset,                                                                                                \
    };
HASH_TYPE(MD5Type, "_md5.md5")
HASH_TYPE(SHA1Type, "_sha1.sha1")
HASH_TYPE(SHA224Type, "_sha256.sha224")
HASH_TYPE(SHA256Type, "_sha256.sha256")
HASH_TYPE(SHA384Type, "_sha512.sha384")
HASH_TYPE(SHA512Type, "_sha512.sha512")

/* ------------------------------------------------------------------ modules */

static PyObject *make(PyTypeObject *type, const Algorithm *a, _PyArg_Parser *parser, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    PyObject *data = NULL;
    if (!_PyArg_ParseStackAndKeywords(args, nargs, kwnames, parser, &data))
        return NULL;
    Hash *h = PyObject_New(Hash, type);
    if (h == NULL)
        return NULL;
    h->head.lock = NULL;
    start(h, a);
    if (data && hash_feed((PyObject *)h, data, take) < 0)
        Py_CLEAR(h);
    return (PyObject *)h;
}

static const char *const make_names[] = {"string", NULL};

#define MAKER(algorithm, type)                                                                                                   \
    static PyObject *make_##algorithm(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)   \
    {                                                                                                                            \
        static _PyArg_Parser parser = {"|O:" #algorithm, make_names, NULL, 0};                                                   \
        return make(&type, &algorithm, &parser, args, nargs, kwnames);                                                           \
    }
MAKER(md5, MD5Type)
MAKER(sha1, SHA1Type)
MAKER(sha224, SHA224Type)
MAKER(sha256, SHA256Type)
MAKER(sha384, SHA384Type)
MAKER(sha512, SHA512Type)

#define MAKER_ROW(algorithm)                                                                                                     \
    {#algorithm, (PyCFunction)(void (*)(void))make_##algorithm, METH_FASTCALL | METH_KEYWORDS,                                   \
     #algorithm "($module, /, string=b\'\')\n--\n\nA new hash object, which has taken in string."}

#define MODULE(name, methods_, types)                                                                                            \
    static int name##_exec(PyObject *module)                                                                                     \
    {                                                                                                                            \
        static const struct {                                                                                                    \
            const char *as;                                                                                                      \
            PyTypeObject *type;                                                                                                  \
        } all[] = types;                                                                                                         \
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {                                                                \
            if (PyType_Ready(all[i].type) < 0)                                                                                   \
                return -1;                                                                                                       \
            Py_INCREF(all[i].type);                                                                                              \
            if (PyModule_AddObject(module, all[i].as, (PyObject *)all[i].type) < 0)                                              \
                return -1;                                                                                                       \
        }                                                                                                                        \
        return 0;                                                                                                                \
    }                                                                                                                            \
    static PyModuleDef_Slot name##_slots[] = {{Py_mod_exec, name##_exec}, {0, NULL}};                                            \
    static PyMethodDef name##_methods[] = methods_;                                                                              \
    static struct PyModuleDef name##_def = {                                                                                     \
        PyModuleDef_HEAD_INIT, .m_name = #name, .m_methods = name##_methods, .m_slots = name##_slots,                            \
    };
#define LIST(...) {__VA_ARGS__}
#define END {NULL, NULL, 0, NULL}

MODULE(_md5, LIST(MAKER_ROW(md5), END), LIST({"MD5Type", &MD5Type}))
MODULE(_sha1, LIST(MAKER_ROW(sha1), END), LIST({"SHA1Type", &SHA1Type}))
MODULE(_sha256, LIST(MAKER_ROW(sha256), MAKER_ROW(sha224), END), LIST({"SHA224Type", &SHA224Type}, {"SHA256Type", &SHA256Type}))
MODULE(_sha512, LIST(MAKER_ROW(sha512), MAKER_ROW(sha384), END), LIST({"SHA384Type", &SHA384Type}, {"SHA512Type", &SHA512Type}))

PyMODINIT_FUNC PyInit__md5(void)
{
    return PyModuleDef_Init(&_md5_def);
}

PyMODINIT_FUNC PyInit__sha1(void)
{
    return PyModuleDef_Init(&_sha1_def);
}

PyMODINIT_FUNC PyInit__sha256(void)
{
    return PyModuleDef_Init(&_sha256_def);
}

PyMODINIT_FUNC PyInit__sha512(void)
{
    return PyModuleDef_Init(&_sha512_def);
}
