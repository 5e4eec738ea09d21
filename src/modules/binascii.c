/* SPDX-License-Identifier: MIT */
/* binascii: bytes to printable text and back (base64, hexadecimal, quoted-printable, uuencode, BinHex 4), and two checksums.
 *
 * The decoders take bytes-like objects or ASCII str; results are bytes.
 * Tests: tests/modules/test_small_conformance.py, test_small_natives.py.
 */
#include "Python.h"

#include "objects/args.h"
#include "pystrhex.h"
#ifdef __x86_64__
#include <immintrin.h>
#endif
#include <stdint.h>

typedef struct {
    PyObject *error, *incomplete;
} State; /* each interpreter has its own exceptions */

/* ------------------------------------------------------------------ arguments */

typedef struct {
    const unsigned char *at;
    Py_ssize_t n;
    Py_buffer view;
    const State *state; /* of the module that was called */
} Input;

static void input_free(Input *in)
{
    if (in->view.obj)
        PyBuffer_Release(&in->view);
}

static int input_bytes(PyObject *module, PyObject *o, Input *in)
{
    in->state = PyModule_GetState(module);
    if (PyObject_GetBuffer(o, &in->view, PyBUF_SIMPLE) < 0)
        return -1;
    in->at = in->view.buf;
    in->n = in->view.len;
    return 0;
}

/* For decoders: text too. */
static int input_ascii(PyObject *module, PyObject *o, Input *in)
{
    in->state = PyModule_GetState(module);
    in->view.obj = NULL;
    if (PyUnicode_Check(o)) {
        if (PyUnicode_READY(o) < 0)
            return -1;
        if (!PyUnicode_IS_ASCII(o)) {
            PyErr_SetString(PyExc_ValueError, "string argument should contain only ASCII characters");
            return -1;
        }
        in->at = PyUnicode_1BYTE_DATA(o);
        in->n = PyUnicode_GET_LENGTH(o);
        return 0;
    }
    if (PyObject_GetBuffer(o, &in->view, PyBUF_SIMPLE) != 0) {
        PyErr_Format(PyExc_TypeError, "argument should be bytes, buffer or ASCII string, not '%.100s'", Py_TYPE(o)->tp_name);
        return -1;
    }
    in->at = in->view.buf;
    in->n = in->view.len;
    return 0;
}

/* A truth value given as an int, as 3.8's parsers take it. 0 / -1. */
static int flag(PyObject *o, int *out)
{
    if (o == NULL)
        return 0;
    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *out = _PyLong_AsInt(o);
    return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

/* Cut result (new bytes) at end. */
static PyObject *finish(PyObject *result, const unsigned char *end)
{
    Py_ssize_t n = end - (unsigned char *)PyBytes_AS_STRING(result);
    if (n != PyBytes_GET_SIZE(result))
        _PyBytes_Resize(&result, n);
    return result;
}

#define OUT(result) ((unsigned char *)PyBytes_AS_STRING(result))

/* ------------------------------------------------------------------ base64 */

static const char to_64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static const signed char from_64[256] = {
    [0 ... '+' - 1] = -1, ['+'] = 62, [',' ... '.'] = -1, ['/'] = 63, ['0'] = 52, 53, 54, 55, 56, 57, 58, 59, 60, 61,
    [':' ... '@'] = -1, ['A'] = 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
    ['[' ... '`'] = -1, ['a'] = 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51,
    ['{' ... 255] = -1,
};

/* Whole quadruples of alphabet characters. Returns how many bytes were read; *out moves along. */
static Py_ssize_t decode_quads(const unsigned char *s, Py_ssize_t n, unsigned char **out)
{
    unsigned char *p = *out;
    Py_ssize_t i = 0;
    for (; i + 4 <= n; i += 4) {
        int a = from_64[s[i]], b = from_64[s[i + 1]], c = from_64[s[i + 2]], d = from_64[s[i + 3]];
        if ((a | b | c | d) < 0)
            break;
        *p++ = (unsigned char)(a << 2 | b >> 4);
        *p++ = (unsigned char)(b << 4 | c >> 2);
        *p++ = (unsigned char)(c << 6 | d);
    }
    *out = p;
    return i;
}

/* Characters outside the alphabet are skipped; data ends at padding that completes a quadruple. */
static PyObject *decode_64(const Input *in)
{
    PyObject *result = PyBytes_FromStringAndSize(NULL, (in->n + 3) / 4 * 3);
    if (result == NULL)
        return NULL;
    unsigned char *p = OUT(result), left = 0;
    int phase = 0, pads = 0;
    for (Py_ssize_t i = 0; i < in->n; i++) {
        if (phase == 0) {
            i += decode_quads(in->at + i, in->n - i, &p);
            if (i >= in->n)
                break;
        }
        if (in->at[i] == '=') {
            if (phase >= 2 && phase + ++pads >= 4)
                return finish(result, p);
            continue;
        }
        int v = from_64[in->at[i]];
        if (v < 0)
            continue;
        pads = 0;
        switch (phase) {
        case 0:
            left = (unsigned char)v;
            break;
        case 1:
            *p++ = (unsigned char)(left << 2 | v >> 4);
            left = v & 15;
            break;
        case 2:
            *p++ = (unsigned char)(left << 4 | v >> 2);
            left = v & 3;
            break;
        default:
            *p++ = (unsigned char)(left << 6 | v);
        }
        phase = (phase + 1) & 3;
    }
    if (phase == 0)
        return finish(result, p);
    if (phase == 1)
        PyErr_Format(in->state->error, "Invalid base64-encoded string: number of data characters (%zd) cannot be 1 more than a multiple of 4",
                     (p - OUT(result)) / 3 * 4 + 1);
    else
        PyErr_SetString(in->state->error, "Incorrect padding");
    Py_DECREF(result);
    return NULL;
}

static PyObject *a2b_base64(PyObject *module, PyObject *arg)
{
    Input in;
    if (input_ascii(module, arg, &in) < 0)
        return NULL;
    PyObject *result = decode_64(&in);
    input_free(&in);
    return result;
}

static PyObject *encode_64(const Input *in, int newline)
{
    if (in->n > (PY_SSIZE_T_MAX - 3) / 2) {
        PyErr_SetString(in->state->error, "Too much data for base64 line");
        return NULL;
    }
    PyObject *result = PyBytes_FromStringAndSize(NULL, (in->n + 2) / 3 * 4 + (newline != 0));
    if (result == NULL)
        return NULL;
    unsigned char *p = OUT(result);
    const unsigned char *s = in->at, *end = s + in->n;
    for (; end - s >= 3; s += 3, p += 4) {
        uint32_t v = (uint32_t)s[0] << 16 | (uint32_t)s[1] << 8 | s[2];
        p[0] = (unsigned char)to_64[v >> 18];
        p[1] = (unsigned char)to_64[v >> 12 & 63];
        p[2] = (unsigned char)to_64[v >> 6 & 63];
        p[3] = (unsigned char)to_64[v & 63];
    }
    if (s < end) {
        uint32_t v = (uint32_t)s[0] << 16 | (end - s > 1 ? (uint32_t)s[1] << 8 : 0);
        *p++ = (unsigned char)to_64[v >> 18];
        *p++ = (unsigned char)to_64[v >> 12 & 63];
        *p++ = end - s > 1 ? (unsigned char)to_64[v >> 6 & 63] : '=';
        *p++ = '=';
    }
    if (newline)
        *p++ = '\n';
    return result;
}

static PyObject *b2a_base64(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"", "newline", NULL};
    static _PyArg_Parser parser = {NULL, names, "b2a_base64", 0};
    PyObject *slots[2];
    Input in;
    int newline = 1;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 1, 1, 2, slots) || input_bytes(module, slots[0], &in) < 0)
        return NULL;
    PyObject *result = flag(slots[1], &newline) < 0 ? NULL : encode_64(&in, newline);
    input_free(&in);
    return result;
}

/* ------------------------------------------------------------------ hexadecimal */

static PyObject *decode_hex(const Input *in)
{
    if (in->n & 1) {
        PyErr_SetString(in->state->error, "Odd-length string");
        return NULL;
    }
    PyObject *result = PyBytes_FromStringAndSize(NULL, in->n / 2);
    if (result == NULL)
        return NULL;
    unsigned char *p = OUT(result);
    for (Py_ssize_t i = 0; i < in->n; i += 2) {
        unsigned high = _PyLong_DigitValue[in->at[i]], low = _PyLong_DigitValue[in->at[i + 1]];
        if (high >= 16 || low >= 16) {
            PyErr_SetString(in->state->error, "Non-hexadecimal digit found");
            Py_DECREF(result);
            return NULL;
        }
        *p++ = (unsigned char)(high << 4 | low);
    }
    return result;
}

static PyObject *a2b_hex(PyObject *module, PyObject *arg)
{
    Input in;
    if (input_ascii(module, arg, &in) < 0)
        return NULL;
    PyObject *result = decode_hex(&in);
    input_free(&in);
    return result;
}

static PyObject *encode_hex(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames, _PyArg_Parser *parser)
{
    PyObject *slots[3];
    Input in;
    int group = 1;
    if (!tai_args_unpack(args, nargs, kwnames, parser, 1, 3, 3, slots) || input_bytes(module, slots[0], &in) < 0)
        return NULL;
    PyObject *result = flag(slots[2], &group) < 0 ? NULL : _Py_strhex_bytes_with_sep((const char *)in.at, in.n, slots[1], group);
    input_free(&in);
    return result;
}

static const char *const hex_names[] = {"data", "sep", "bytes_per_sep", NULL};

static PyObject *b2a_hex(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, hex_names, "b2a_hex", 0};
    return encode_hex(module, args, nargs, kwnames, &parser);
}

static PyObject *hexlify(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static _PyArg_Parser parser = {NULL, hex_names, "hexlify", 0};
    return encode_hex(module, args, nargs, kwnames, &parser);
}

/* ------------------------------------------------------------------ uuencode */

/* One line: a length character, then four characters for three bytes. Missing trailing blanks count as zeros. */
static PyObject *decode_uu(const Input *in)
{
    const unsigned char *s = in->at;
    Py_ssize_t n = in->n, want = n > 0 ? (*s - ' ') & 077 : 32; /* an empty line reads like a NUL length: 32 */
    PyObject *result = PyBytes_FromStringAndSize(NULL, want);
    if (result == NULL)
        return NULL;
    if (n > 0) {
        s++;
        n--;
    }
    unsigned char *p = OUT(result);
    unsigned bits = 0;
    int have = 0;
    for (; want > 0; s++, n--) {
        unsigned c = n > 0 ? *s : 0;
        if (c == '\n' || c == '\r' || n <= 0)
            c = 0;
        else if (c < ' ' || c > ' ' + 64) {
            PyErr_SetString(in->state->error, "Illegal char");
            Py_DECREF(result);
            return NULL;
        }
        else
            c = (c - ' ') & 077;
        bits = bits << 6 | c;
        have += 6;
        if (have >= 8) {
            have -= 8;
            *p++ = (unsigned char)(bits >> have);
            bits &= (1u << have) - 1;
            want--;
        }
    }
    for (; n > 0; n--, s++)
        if (*s != ' ' && *s != ' ' + 64 && *s != '\n' && *s != '\r') {
            PyErr_SetString(in->state->error, "Trailing garbage");
            Py_DECREF(result);
            return NULL;
        }
    return result;
}

static PyObject *a2b_uu(PyObject *module, PyObject *arg)
{
    Input in;
    if (input_ascii(module, arg, &in) < 0)
        return NULL;
    PyObject *result = decode_uu(&in);
    input_free(&in);
    return result;
}

static PyObject *encode_uu(const Input *in, int backtick)
{
    if (in->n > 45) {
        PyErr_SetString(in->state->error, "At most 45 bytes at once");
        return NULL;
    }
    PyObject *result = PyBytes_FromStringAndSize(NULL, 2 + (in->n + 2) / 3 * 4);
    if (result == NULL)
        return NULL;
    unsigned char *p = OUT(result);
    unsigned zero = backtick ? '`' : ' ';
#define UU(v) (unsigned char)((v) ? (v) + ' ' : zero)
    *p++ = UU((unsigned)in->n);
    for (Py_ssize_t i = 0; i < in->n; i += 3) {
        unsigned v = (unsigned)in->at[i] << 16 | (i + 1 < in->n ? (unsigned)in->at[i + 1] << 8 : 0) | (i + 2 < in->n ? in->at[i + 2] : 0);
        for (int shift = 18; shift >= 0; shift -= 6)
            *p++ = UU(v >> shift & 63);
    }
    *p++ = '\n';
#undef UU
    return result;
}

static PyObject *b2a_uu(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"", "backtick", NULL};
    static _PyArg_Parser parser = {NULL, names, "b2a_uu", 0};
    PyObject *slots[2];
    Input in;
    int backtick = 0;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 1, 1, 2, slots) || input_bytes(module, slots[0], &in) < 0)
        return NULL;
    PyObject *result = flag(slots[1], &backtick) < 0 ? NULL : encode_uu(&in, backtick);
    input_free(&in);
    return result;
}

/* ------------------------------------------------------------------ BinHex 4 */

static const char to_hqx[] = "!\"#$%&'()*+,-012345689@ABCDEFGHIJKLMNPQRSTUVXYZ[`abcdefhijklmpqr";
#define RUN 0x90 /* introduces a count of repetitions; RUN 0 is RUN itself */

static PyObject *decode_hqx(const Input *in)
{
    signed char table[256];
    memset(table, -1, sizeof table);
    for (int i = 0; i < 64; i++)
        table[(unsigned char)to_hqx[i]] = (signed char)i;
    PyObject *result = PyBytes_FromStringAndSize(NULL, in->n + 2);
    if (result == NULL)
        return NULL;
    unsigned char *p = OUT(result);
    unsigned bits = 0;
    int have = 0, done = 0;
    for (Py_ssize_t i = 0; i < in->n; i++) {
        unsigned char c = in->at[i];
        if (c == '\n' || c == '\r')
            continue;
        if (c == ':') {
            done = 1;
            break;
        }
        if (table[c] < 0) {
            PyErr_SetString(in->state->error, "Illegal char");
            Py_DECREF(result);
            return NULL;
        }
        bits = bits << 6 | (unsigned)table[c];
        have += 6;
        if (have >= 8) {
            have -= 8;
            *p++ = (unsigned char)(bits >> have);
            bits &= (1u << have) - 1;
        }
    }
    if (have && !done) {
        PyErr_SetString(in->state->incomplete, "String has incomplete number of bytes");
        Py_DECREF(result);
        return NULL;
    }
    result = finish(result, p);
    if (result == NULL)
        return NULL;
    PyObject *pair = Py_BuildValue("Oi", result, done);
    Py_DECREF(result);
    return pair;
}

static PyObject *encode_hqx(const Input *in)
{
    if (in->n > PY_SSIZE_T_MAX / 2 - 2)
        return PyErr_NoMemory();
    PyObject *result = PyBytes_FromStringAndSize(NULL, in->n * 2 + 2);
    if (result == NULL)
        return NULL;
    unsigned char *p = OUT(result);
    unsigned bits = 0;
    int have = 0;
    for (Py_ssize_t i = 0; i < in->n; i++) {
        bits = bits << 8 | in->at[i];
        for (have += 8; have >= 6;) {
            have -= 6;
            *p++ = (unsigned char)to_hqx[bits >> have & 63];
        }
    }
    if (have)
        *p++ = (unsigned char)to_hqx[bits << (6 - have) & 63];
    return finish(result, p);
}

static PyObject *pack_runs(const Input *in)
{
    if (in->n > PY_SSIZE_T_MAX / 2 - 2)
        return PyErr_NoMemory();
    PyObject *result = PyBytes_FromStringAndSize(NULL, in->n * 2 + 2);
    if (result == NULL)
        return NULL;
    unsigned char *p = OUT(result);
    for (Py_ssize_t i = 0; i < in->n;) {
        unsigned char c = in->at[i];
        Py_ssize_t run = 1;
        if (c == RUN) {
            *p++ = RUN;
            *p++ = 0;
            i++;
            continue;
        }
        while (run < 255 && i + run < in->n && in->at[i + run] == c)
            run++;
        if (run > 3) {
            *p++ = c;
            *p++ = RUN;
            *p++ = (unsigned char)run;
        }
        else {
            memset(p, c, (size_t)run);
            p += run;
        }
        i += run;
    }
    return finish(result, p);
}

static PyObject *unpack_runs(const Input *in)
{
    _PyBytesWriter w;
    _PyBytesWriter_Init(&w);
    if (in->n > PY_SSIZE_T_MAX / 2)
        return PyErr_NoMemory();
    unsigned char *p = _PyBytesWriter_Alloc(&w, 0);
    if (p == NULL)
        return NULL;
    w.overallocate = 1;
    int last = -1;
    for (Py_ssize_t i = 0; i < in->n; i++) {
        Py_ssize_t count = 1;
        unsigned char c = in->at[i];
        if (c == RUN) {
            if (++i >= in->n) {
                PyErr_SetString(in->state->incomplete, "");
                goto error;
            }
            if (in->at[i] == 0)
                ; /* the byte itself */
            else if (last < 0) {
                PyErr_SetString(i == 1 ? in->state->error : in->state->incomplete, "Orphaned RLE code at start");
                goto error;
            }
            else {
                c = (unsigned char)last;
                count = in->at[i] - 1;
            }
        }
        last = c;
        p = _PyBytesWriter_Prepare(&w, p, count);
        if (p == NULL)
            goto error;
        memset(p, c, (size_t)count);
        p += count;
    }
    return _PyBytesWriter_Finish(&w, p);
error:
    _PyBytesWriter_Dealloc(&w);
    return NULL;
}

#define ONE(name, get, body)                                                                                                     \
    static PyObject *name(PyObject *module, PyObject *arg)                                                            \
    {                                                                                                                            \
        Input in;                                                                                                                \
        if (get(module, arg, &in) < 0)                                                                                                 \
            return NULL;                                                                                                         \
        PyObject *result = body(&in);                                                                                            \
        input_free(&in);                                                                                                         \
        return result;                                                                                                           \
    }
ONE(a2b_hqx, input_ascii, decode_hqx)
ONE(b2a_hqx, input_bytes, encode_hqx)
ONE(rlecode_hqx, input_bytes, pack_runs)
ONE(rledecode_hqx, input_bytes, unpack_runs)

/* ------------------------------------------------------------------ checksums */

/* v as an unsigned 32-bit value, higher bits cut off. 0 / -1. */
static int unsigned_argument(PyObject *v, uint32_t *out)
{
    if (PyFloat_Check(v)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return -1;
    }
    *out = (uint32_t)PyLong_AsUnsignedLongMask(v);
    return *out == (uint32_t)-1 && PyErr_Occurred() ? -1 : 0;
}

/* CRC-CCITT: polynomial 0x1021. */
static PyObject *crc_hqx(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    Input in;
    uint32_t crc;
    if (!_PyArg_CheckPositional("crc_hqx", nargs, 2, 2) || input_bytes(module, args[0], &in) < 0)
        return NULL;
    if (unsigned_argument(args[1], &crc) < 0) {
        input_free(&in);
        return NULL;
    }
    crc &= 0xffff;
    for (Py_ssize_t i = 0; i < in.n; i++) {
        uint32_t x = (crc >> 8 ^ in.at[i]) & 0xff;
        x ^= x >> 4;
        crc = (crc << 8 ^ x << 12 ^ x << 5 ^ x) & 0xffff;
    }
    input_free(&in);
    return PyLong_FromUnsignedLong(crc);
}

/* CRC-32 (polynomial 0xedb88320, reflected) sixteen bytes a step: crc_tables[k][b] is b followed by k zero bytes. */
static uint32_t crc_tables[16][256];

static void crc_init(void)
{
    for (uint32_t b = 0; b < 256; b++) {
        uint32_t c = b;
        for (int i = 0; i < 8; i++)
            c = c >> 1 ^ (c & 1 ? 0xedb88320u : 0);
        crc_tables[0][b] = c;
    }
    for (int k = 1; k < 16; k++)
        for (int b = 0; b < 256; b++)
            crc_tables[k][b] = crc_tables[k - 1][b] >> 8 ^ crc_tables[0][crc_tables[k - 1][b] & 0xff];
}

/* What eight bytes add, when eight more (high 0) or none (high 8) stand between them and the end of the step. */
static inline uint32_t crc_word(uint64_t v, int high)
{
    const uint32_t(*t)[256] = crc_tables + 8 - high;
    return t[7][v & 0xff] ^ t[6][v >> 8 & 0xff] ^ t[5][v >> 16 & 0xff] ^ t[4][v >> 24 & 0xff] ^ t[3][v >> 32 & 0xff] ^
           t[2][v >> 40 & 0xff] ^ t[1][v >> 48 & 0xff] ^ t[0][v >> 56];
}

/* Without the complements before and after. */
static uint32_t crc_by_table(uint32_t crc, const unsigned char *s, Py_ssize_t n)
{
    for (; n >= 16; s += 16, n -= 16) {
        uint64_t v, w;
        memcpy(&v, s, 8);
        memcpy(&w, s + 8, 8);
        crc = crc_word(v ^ crc, 0) ^ crc_word(w, 8);
    }
    for (; n > 0; s++, n--)
        crc = crc >> 8 ^ crc_tables[0][(crc ^ *s) & 0xff];
    return crc;
}

#ifdef __x86_64__
/* Data is a polynomial over GF(2); folding replaces its first 16 bytes by a product that has the same remainder and stands
 * d bytes further on. For that their two halves are multiplied by the powers x^(8d+64) and x^8d, modulo the CRC's
 * polynomial (in the reflected order of bits, hence the odd exponents of the table). Four such streams run side by side;
 * what is left at the end are 16 bytes, whose CRC the table gives. */
typedef struct {
    uint64_t first, second;
} FoldBy;

static const FoldBy fold_64 = {0x154442bd4, 0x1c6e41596}, fold_16 = {0x1751997d0, 0x0ccaa009e};

__attribute__((target("pclmul,sse2"))) static inline __m128i folded(__m128i v, const FoldBy *by, __m128i next)
{
    __m128i k = _mm_set_epi64x((long long)by->second, (long long)by->first);
    return _mm_xor_si128(next, _mm_xor_si128(_mm_clmulepi64_si128(v, k, 0x00), _mm_clmulepi64_si128(v, k, 0x11)));
}

__attribute__((target("pclmul,sse2"))) static uint32_t crc_by_folding(uint32_t crc, const unsigned char *s, Py_ssize_t n)
{
    const __m128i *at = (const __m128i *)s;
    __m128i v[4];
    for (int i = 0; i < 4; i++)
        v[i] = _mm_loadu_si128(at++);
    v[0] = _mm_xor_si128(v[0], _mm_cvtsi32_si128((int)crc));
    for (n -= 64; n >= 64; n -= 64)
        for (int i = 0; i < 4; i++)
            v[i] = folded(v[i], &fold_64, _mm_loadu_si128(at++));
    for (int i = 1; i < 4; i++)
        v[0] = folded(v[0], &fold_16, v[i]);
    for (; n >= 16; n -= 16)
        v[0] = folded(v[0], &fold_16, _mm_loadu_si128(at++));
    unsigned char last[16];
    memcpy(last, v, 16);
    return crc_by_table(crc_by_table(0, last, 16), (const unsigned char *)at, n);
}
#endif

static uint32_t crc_bytes(uint32_t crc, const unsigned char *s, Py_ssize_t n)
{
#ifdef __x86_64__
    if (n >= 128 && __builtin_cpu_supports("pclmul"))
        return ~crc_by_folding(~crc, s, n);
#endif
    return ~crc_by_table(~crc, s, n);
}

static PyObject *crc32(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    Input in;
    uint32_t crc = 0;
    if (!_PyArg_CheckPositional("crc32", nargs, 1, 2) || input_bytes(module, args[0], &in) < 0)
        return NULL;
    if (nargs > 1 && unsigned_argument(args[1], &crc) < 0) {
        input_free(&in);
        return NULL;
    }
    if (in.n > 64 * 1024) {
        Py_BEGIN_ALLOW_THREADS
        crc = crc_bytes(crc, in.at, in.n);
        Py_END_ALLOW_THREADS
    }
    else
        crc = crc_bytes(crc, in.at, in.n);
    input_free(&in);
    return PyLong_FromUnsignedLong(crc);
}

/* ------------------------------------------------------------------ quoted-printable */

static int hex_of(unsigned char c)
{
    int v = _PyLong_DigitValue[c];
    return v < 16 ? v : -1;
}

static PyObject *decode_qp(const Input *in, int header)
{
    PyObject *result = PyBytes_FromStringAndSize(NULL, in->n);
    if (result == NULL)
        return NULL;
    unsigned char *p = OUT(result);
    const unsigned char *s = in->at, *end = s + in->n;
    while (s < end) {
        if (*s != '=') {
            *p++ = header && *s == '_' ? ' ' : *s;
            s++;
            continue;
        }
        if (++s >= end)
            break;
        if (*s == '\n' || *s == '\r') { /* soft line break: up to the end of the line */
            while (s < end && *s != '\n')
                s++;
            if (s < end)
                s++;
        }
        else if (*s == '=') { /* not allowed, but some write it */
            *p++ = '=';
            s++;
        }
        else if (s + 1 < end && hex_of(s[0]) >= 0 && hex_of(s[1]) >= 0) {
            *p++ = (unsigned char)(hex_of(s[0]) << 4 | hex_of(s[1]));
            s += 2;
        }
        else
            *p++ = '=';
    }
    return finish(result, p);
}

static PyObject *a2b_qp(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"data", "header", NULL};
    static _PyArg_Parser parser = {NULL, names, "a2b_qp", 0};
    PyObject *slots[2];
    Input in;
    int header = 0;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 1, 2, 2, slots) || input_ascii(module, slots[0], &in) < 0)
        return NULL;
    PyObject *result = flag(slots[1], &header) < 0 ? NULL : decode_qp(&in, header);
    input_free(&in);
    return result;
}

#define QP_LINE 76

typedef struct {
    int quote_tabs, text, header, crlf;
} QpOptions;

/* Must the byte at s be written as =XX? column is where it would stand. */
static int qp_quoted(const unsigned char *s, const unsigned char *end, Py_ssize_t column, const QpOptions *o)
{
    unsigned char c = *s;
    int last = s + 1 == end;
    if (c > 126 || c == '=' || (o->header && c == '_'))
        return 1;
    if (c == '.' && column == 0 && (last || s[1] == '\n' || s[1] == '\r' || s[1] == 0))
        return 1;
    if (!o->text && (c == '\r' || c == '\n'))
        return 1;
    if ((c == '\t' || c == ' ') && last)
        return 1;
    if (c < 33 && c != '\r' && c != '\n' && c != '\t' && c != ' ')
        return 1;
    return c < 33 && c != '\r' && c != '\n' && (o->quote_tabs || (!o->quote_tabs && c != '\t' && c != ' '));
}

static unsigned char *put_quoted(unsigned char *p, unsigned char c)
{
    *p++ = '=';
    *p++ = (unsigned char)"0123456789ABCDEF"[c >> 4];
    *p++ = (unsigned char)"0123456789ABCDEF"[c & 15];
    return p;
}

static PyObject *encode_qp(const Input *in, QpOptions o)
{
    const unsigned char *s = in->at, *end = s + in->n, *lf = in->n ? memchr(s, '\n', (size_t)in->n) : NULL;
    o.crlf = lf && lf > s && lf[-1] == '\r'; /* line ends of the output are those of the input */
    if (in->n > PY_SSIZE_T_MAX / 8)
        return PyErr_NoMemory();
    unsigned char *out = PyMem_Malloc((size_t)in->n * 4 + (size_t)in->n / 8 + 16), *p = out; /* =XX, and a break each 73 columns */
    if (out == NULL)
        return PyErr_NoMemory();
    Py_ssize_t column = 0;
#define SOFT_BREAK                                                                                                               \
    do {                                                                                                                         \
        *p++ = '=';                                                                                                              \
        if (o.crlf)                                                                                                              \
            *p++ = '\r';                                                                                                         \
        *p++ = '\n';                                                                                                             \
        column = 0;                                                                                                              \
    } while (0)
    while (s < end) {
        unsigned char c = *s;
        if (qp_quoted(s, end, column, &o)) {
            if (column + 3 >= QP_LINE)
                SOFT_BREAK;
            p = put_quoted(p, c);
            column += 3;
            s++;
            continue;
        }
        if (o.text && (c == '\n' || (c == '\r' && s + 1 < end && s[1] == '\n'))) {
            if (column && (p[-1] == ' ' || p[-1] == '\t')) { /* blanks at the end of a line do not travel well */
                p = put_quoted(p - 1, p[-1]);
            }
            if (o.crlf)
                *p++ = '\r';
            *p++ = '\n';
            s += c == '\r' ? 2 : 1;
            column = 0;
            continue;
        }
        if (s + 1 != end && s[1] != '\n' && column + 1 >= QP_LINE)
            SOFT_BREAK;
        *p++ = o.header && c == ' ' ? '_' : c;
        column++;
        s++;
    }
#undef SOFT_BREAK
    PyObject *result = PyBytes_FromStringAndSize((char *)out, p - out);
    PyMem_Free(out);
    return result;
}

static PyObject *b2a_qp(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"data", "quotetabs", "istext", "header", NULL};
    static _PyArg_Parser parser = {NULL, names, "b2a_qp", 0};
    PyObject *slots[4], *result = NULL;
    Input in;
    QpOptions o = {0, 1, 0, 0};
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 1, 4, 4, slots) || input_bytes(module, slots[0], &in) < 0)
        return NULL;
    if (flag(slots[1], &o.quote_tabs) == 0 && flag(slots[2], &o.text) == 0 && flag(slots[3], &o.header) == 0)
        result = encode_qp(&in, o);
    input_free(&in);
    return result;
}

/* ------------------------------------------------------------------ module */

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
#define FASTKW(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL | METH_KEYWORDS
static PyMethodDef methods[] = {
    {"a2b_uu", a2b_uu, METH_O, "a2b_uu($module, data, /)\n--\n\nBytes of a line of uuencoded text."},
    {"b2a_uu", FASTKW(b2a_uu), "b2a_uu($module, data, /, *, backtick=False)\n--\n\nA line of uuencoded text for up to 45 bytes; with backtick zeros show as such."},
    {"a2b_base64", a2b_base64, METH_O, "a2b_base64($module, data, /)\n--\n\nBytes of base64 text."},
    {"b2a_base64", FASTKW(b2a_base64), "b2a_base64($module, data, /, *, newline=True)\n--\n\nBase64 text of bytes, in one line."},
    {"a2b_hqx", a2b_hqx, METH_O, "a2b_hqx($module, data, /)\n--\n\nBytes of BinHex text, and whether its end was there."},
    {"b2a_hqx", b2a_hqx, METH_O, "b2a_hqx($module, data, /)\n--\n\nBinHex text of bytes."},
    {"a2b_hex", a2b_hex, METH_O, "a2b_hex($module, hexstr, /)\n--\n\nBytes of pairs of hexadecimal digits."},
    {"b2a_hex", FASTKW(b2a_hex), "b2a_hex($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\nTwo hexadecimal digits for each byte, as bytes; sep stands between groups of bytes_per_sep, counted from the\nright or, when negative, from the left.\n\n>>> binascii.b2a_hex(b'\\xb9\\x01\\xef', ':')\nb'b9:01:ef'"},
    {"hexlify", FASTKW(hexlify), "hexlify($module, /, data, sep=<unrepresentable>, bytes_per_sep=1)\n--\n\nAnother name of b2a_hex()."},
    {"unhexlify", a2b_hex, METH_O, "unhexlify($module, hexstr, /)\n--\n\nAnother name of a2b_hex()."},
    {"rlecode_hqx", rlecode_hqx, METH_O, "rlecode_hqx($module, data, /)\n--\n\nRuns of equal bytes packed as BinHex does."},
    {"rledecode_hqx", rledecode_hqx, METH_O, "rledecode_hqx($module, data, /)\n--\n\nBytes with BinHex's packed runs unpacked."},
    {"crc_hqx", FAST(crc_hqx), "crc_hqx($module, data, crc, /)\n--\n\nCRC-CCITT of data, going on from crc."},
    {"crc32", FAST(crc32), "crc32($module, data, crc=0, /)\n--\n\nCRC-32 of data, going on from crc."},
    {"a2b_qp", FASTKW(a2b_qp), "a2b_qp($module, /, data, header=False)\n--\n\nBytes of quoted-printable text."},
    {"b2a_qp", FASTKW(b2a_qp), "b2a_qp($module, /, data, quotetabs=False, istext=True, header=False)\n--\n\nQuoted-printable text of bytes.\n\n  quotetabs\n    Quote all tabs and blanks, not only those at the end of a line.\n  istext\n    Line ends are line ends; else they are quoted.\n  header\n    Blanks become underscores, as in mail headers."},
    {NULL, NULL, 0, NULL},
};

static int binascii_exec(PyObject *module)
{
    State *state = PyModule_GetState(module);
    state->error = PyErr_NewException("binascii.Error", PyExc_ValueError, NULL);
    state->incomplete = PyErr_NewException("binascii.Incomplete", NULL, NULL);
    if (state->error == NULL || state->incomplete == NULL)
        return -1;
    crc_init();
    Py_INCREF(state->error);
    Py_INCREF(state->incomplete);
    return PyModule_AddObject(module, "Error", state->error) < 0 ||
                   PyModule_AddObject(module, "Incomplete", state->incomplete) < 0
               ? -1 : 0;
}

static int binascii_traverse(PyObject *module, visitproc visit, void *arg)
{
    State *state = PyModule_GetState(module);
    Py_VISIT(state->error);
    Py_VISIT(state->incomplete);
    return 0;
}

static int binascii_clear(PyObject *module)
{
    State *state = PyModule_GetState(module);
    Py_CLEAR(state->error);
    Py_CLEAR(state->incomplete);
    return 0;
}

static void binascii_free(void *module) { binascii_clear(module); }

static PyModuleDef_Slot slots_of_module[] = {
    {Py_mod_exec, binascii_exec},
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "binascii",
    .m_doc = "Bytes as printable text, in several encodings, and back.",
    .m_size = sizeof(State),
    .m_methods = methods,
    .m_slots = slots_of_module,
    .m_traverse = binascii_traverse,
    .m_clear = binascii_clear,
    .m_free = binascii_free,
};

PyMODINIT_FUNC PyInit_binascii(void) { return PyModuleDef_Init(&module_def); }
